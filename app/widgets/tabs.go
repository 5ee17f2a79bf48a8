package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Tab is one tab of a strip.
type Tab struct {
	Key   string // unique in the strip
	Title string
	Icon  fyne.Resource
}

// Tabs is a strip of tabs, each with a cross; a strip too long for its place is
// moved by the wheel and follows the tab that is chosen. The owner keeps the
// tabs: the strip says what was asked for.
type Tabs struct {
	widget.BaseWidget
	OnChosen func(key string)
	OnClosed func(key string) // the cross, or the middle button
	OnMenu   func(key string, at fyne.Position)

	tabs    []Tab
	key     string
	offset  float32
	hovered int
	cross   bool // the pointer is on the cross of the hovered tab
}

// The widths of a tab.
const (
	mostTab  = 230
	leastTab = 110
	tabCross = 22
)

// NewTabs makes an empty strip.
func NewTabs() *Tabs {
	t := &Tabs{hovered: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows tabs, one of them chosen.
func (t *Tabs) Set(tabs []Tab, chosen string) {
	t.tabs, t.key = tabs, chosen
	t.reveal()
	t.Refresh()
}

func (t *Tabs) each() float32 {
	if len(t.tabs) == 0 {
		return mostTab
	}
	return min(mostTab, max(leastTab, t.Size().Width/float32(len(t.tabs))))
}

func (t *Tabs) bound() {
	t.offset = max(0, min(t.offset, t.each()*float32(len(t.tabs))-t.Size().Width))
}

// reveal moves the strip until the chosen tab can be seen.
func (t *Tabs) reveal() {
	w := t.each()
	for i, x := range t.tabs {
		if x.Key == t.key {
			left := float32(i) * w
			t.offset = min(t.offset, left)
			t.offset = max(t.offset, left+w-t.Size().Width)
		}
	}
	t.bound()
}

// at is the tab under x, -1 for none, and whether x is on its cross.
func (t *Tabs) at(x float32) (i int, cross bool) {
	w := t.each()
	x += t.offset
	i = int(x / w)
	if x < 0 || i >= len(t.tabs) {
		return -1, false
	}
	return i, x > float32(i+1)*w-tabCross-2
}

// CreateRenderer is part of the widget interface.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return &tabsRenderer{t: t, ground: canvas.NewRectangle(nil), rule: canvas.NewRectangle(nil)}
}

type tabsRenderer struct {
	t            *Tabs
	ground, rule *canvas.Rectangle
	faces        []*tabFace
	objects      []fyne.CanvasObject
}

// tabFace is a tab on the window.
type tabFace struct {
	sheet, edge, mark, ring *canvas.Rectangle
	icon, cross             *canvas.Image
	text                    *Text
}

func (r *tabsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(60, theme.Size(theme.SizeBody)*1.4+14)
}

func (r *tabsRenderer) Layout(size fyne.Size) {
	t := r.t
	t.bound()
	r.ground.FillColor = theme.Color(theme.ColorSidebar)
	r.ground.Resize(size)
	r.rule.FillColor = theme.Color(theme.ColorBorder)
	r.rule.Move(fyne.NewPos(0, size.Height-1))
	r.rule.Resize(fyne.NewSize(size.Width, 1))
	r.objects = []fyne.CanvasObject{r.ground, r.rule}
	w := t.each()
	used := 0
	for i, x := range t.tabs {
		left := float32(i)*w - t.offset
		if left+w <= 0 || left >= size.Width {
			continue
		}
		if used == len(r.faces) {
			f := &tabFace{sheet: canvas.NewRectangle(nil), edge: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil),
				icon: canvas.NewImageFromResource(nil), cross: canvas.NewImageFromResource(nil), text: NewText("", theme.SizeBody, "")}
			f.icon.FillMode, f.cross.FillMode = canvas.ImageFillContain, canvas.ImageFillContain
			r.faces = append(r.faces, f)
		}
		f := r.faces[used]
		used++
		chosen := x.Key == t.key
		f.sheet.FillColor = nil
		switch {
		case chosen:
			f.sheet.FillColor = theme.Color(ft.ColorNameBackground)
		case i == t.hovered:
			f.sheet.FillColor = theme.Color(ft.ColorNameHover)
		}
		f.sheet.Move(fyne.NewPos(left, 0))
		f.sheet.Resize(fyne.NewSize(w, size.Height))
		f.mark.Hidden = !chosen
		f.mark.FillColor = theme.Color(ft.ColorNamePrimary)
		f.mark.Move(fyne.NewPos(left, 0))
		f.mark.Resize(fyne.NewSize(w, 2))
		f.edge.FillColor = theme.Color(theme.ColorBorder)
		f.edge.Move(fyne.NewPos(left+w-1, 0))
		f.edge.Resize(fyne.NewSize(1, size.Height))
		f.icon.Resource, f.icon.Hidden = x.Icon, x.Icon == nil
		f.icon.Move(fyne.NewPos(left+9, (size.Height-15)/2))
		f.icon.Resize(fyne.NewSize(15, 15))
		f.icon.Refresh()
		start := left + 9
		if x.Icon != nil {
			start += 21
		}
		f.text.Text, f.text.Bold, f.text.Colour = x.Title, chosen, ft.ColorNameForeground
		if !chosen {
			f.text.Colour = theme.ColorMuted
		}
		h := f.text.MinSize().Height
		f.text.Move(fyne.NewPos(start, (size.Height-h)/2))
		f.text.Resize(fyne.NewSize(max(0, left+w-tabCross-4-start), h))
		f.text.Refresh()
		f.ring.Hidden = !(i == t.hovered && t.cross)
		f.ring.FillColor = theme.Color(ft.ColorNamePressed)
		f.ring.CornerRadius = 4
		f.ring.Move(fyne.NewPos(left+w-tabCross, (size.Height-18)/2))
		f.ring.Resize(fyne.NewSize(18, 18))
		f.cross.Hidden = !chosen && i != t.hovered
		f.cross.Resource = theme.IconIn("close", theme.ColorMuted)
		f.cross.Move(fyne.NewPos(left+w-tabCross+2, (size.Height-14)/2))
		f.cross.Resize(fyne.NewSize(14, 14))
		f.cross.Refresh()
		r.objects = append(r.objects, f.sheet, f.mark, f.edge, f.icon, f.text, f.ring, f.cross)
	}
}

func (r *tabsRenderer) Refresh() {
	r.Layout(r.t.Size())
	canvas.Refresh(r.t)
}
func (r *tabsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *tabsRenderer) Destroy()                     {}

// MouseDown is part of desktop.Mouseable.
func (t *Tabs) MouseDown(e *desktop.MouseEvent) {
	i, cross := t.at(e.Position.X)
	if i < 0 {
		return
	}
	key := t.tabs[i].Key
	switch {
	case e.Button == desktop.MouseButtonTertiary, e.Button == desktop.MouseButtonPrimary && cross:
		if t.OnClosed != nil {
			t.OnClosed(key)
		}
	case e.Button == desktop.MouseButtonPrimary && t.OnChosen != nil:
		t.OnChosen(key)
	case e.Button == desktop.MouseButtonSecondary && t.OnMenu != nil:
		t.OnMenu(key, e.AbsolutePosition)
	}
}

// MouseUp is part of desktop.Mouseable.
func (t *Tabs) MouseUp(*desktop.MouseEvent) {}

// MouseIn is part of desktop.Hoverable.
func (t *Tabs) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (t *Tabs) MouseMoved(e *desktop.MouseEvent) {
	i, cross := t.at(e.Position.X)
	if i != t.hovered || cross != t.cross {
		t.hovered, t.cross = i, cross
		t.Refresh()
	}
}

// MouseOut is part of desktop.Hoverable.
func (t *Tabs) MouseOut() {
	t.hovered, t.cross = -1, false
	t.Refresh()
}

// Scrolled is part of fyne.Scrollable.
func (t *Tabs) Scrolled(e *fyne.ScrollEvent) {
	by := e.Scrolled.DX
	if by == 0 {
		by = e.Scrolled.DY
	}
	t.offset -= by
	t.bound()
	t.Refresh()
}

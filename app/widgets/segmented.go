package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
)

// Segmented is a row of choices of which one holds. With Clearable, pressing
// the one that holds clears it. The arrows move it while it has the focus.
type Segmented struct {
	widget.BaseWidget
	Choices   []present.Choice
	Keys      bool // show the keys ("1") and not the labels
	Clearable bool
	OnChanged func(key string)
	OnHover   func(key string) // with "" when the pointer leaves

	key     string
	hovered int
	focused bool
}

// NewSegmented makes a row of choices, none of them chosen.
func NewSegmented(choices []present.Choice, changed func(string)) *Segmented {
	s := &Segmented{Choices: choices, OnChanged: changed, hovered: -1}
	s.ExtendBaseWidget(s)
	return s
}

// Key is the choice that holds, empty for none.
func (s *Segmented) Key() string { return s.key }

// Set chooses without calling OnChanged.
func (s *Segmented) Set(key string) {
	s.key = key
	s.Refresh()
}

func (s *Segmented) choose(key string) {
	if key == s.key {
		if !s.Clearable {
			return
		}
		key = ""
	}
	s.Set(key)
	if s.OnChanged != nil {
		s.OnChanged(key)
	}
}

func (s *Segmented) index() int {
	for i, c := range s.Choices {
		if c.Key == s.key {
			return i
		}
	}
	return -1
}

// CreateRenderer is part of the widget interface.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	r := &segRenderer{s: s, ground: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil)}
	for range s.Choices {
		seg := canvas.NewRectangle(nil)
		seg.CornerRadius = 4
		r.segs = append(r.segs, seg)
		t := canvas.NewText("", nil)
		t.Alignment = fyne.TextAlignCenter
		r.texts = append(r.texts, t)
	}
	r.style()
	return r
}

type segRenderer struct {
	s            *Segmented
	ground, ring *canvas.Rectangle
	segs         []*canvas.Rectangle
	texts        []*canvas.Text
}

func (r *segRenderer) style() {
	r.ground.CornerRadius, r.ring.CornerRadius = 5, 5
	r.ground.FillColor = theme.Color(ft.ColorNameButton)
	r.ring.FillColor = nil
	r.ring.StrokeColor = theme.Color(ft.ColorNamePrimary)
	r.ring.StrokeWidth = 1.5
	r.ring.Hidden = !r.s.focused
	for i, c := range r.s.Choices {
		on := c.Key == r.s.key
		fill, text := fyne.ThemeColorName(""), ft.ColorNameForeground
		switch {
		case on:
			fill, text = ft.ColorNamePrimary, ft.ColorNameForegroundOnPrimary
		case i == r.s.hovered:
			fill = ft.ColorNameHover
		}
		r.segs[i].FillColor = nil
		if fill != "" {
			r.segs[i].FillColor = theme.Color(fill)
		}
		t := r.texts[i]
		t.Text = c.Label
		if r.s.Keys {
			t.Text = c.Key
		}
		t.TextSize = theme.Size(theme.SizeBody)
		t.Color = theme.Color(text)
	}
}

func (r *segRenderer) width(i int) float32 {
	w := r.texts[i].MinSize().Width + 18
	return max(w, 30)
}

func (r *segRenderer) MinSize() fyne.Size {
	var w, h float32 = 4, 0
	for i, t := range r.texts {
		w += r.width(i)
		h = max(h, t.MinSize().Height)
	}
	return fyne.NewSize(w, h+10)
}

func (r *segRenderer) Layout(size fyne.Size) {
	size.Width = r.MinSize().Width
	r.ground.Resize(size)
	r.ring.Resize(size)
	x := float32(2)
	for i := range r.segs {
		w := r.width(i)
		r.segs[i].Move(fyne.NewPos(x, 2))
		r.segs[i].Resize(fyne.NewSize(w, max(0, size.Height-4)))
		th := r.texts[i].MinSize().Height
		r.texts[i].Move(fyne.NewPos(x, (size.Height-th)/2))
		r.texts[i].Resize(fyne.NewSize(w, th))
		x += w
	}
}

func (r *segRenderer) Refresh() {
	r.style()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *segRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{r.ground}
	for i := range r.segs {
		o = append(o, r.segs[i], r.texts[i])
	}
	return append(o, r.ring)
}
func (r *segRenderer) Destroy() {}

// at is the choice under x, -1 for none.
func (s *Segmented) at(x float32) int {
	left := float32(2)
	for i, c := range s.Choices {
		label := c.Label
		if s.Keys {
			label = c.Key
		}
		w := max(fyne.MeasureText(label, theme.Size(theme.SizeBody), fyne.TextStyle{}).Width+18, 30)
		if x >= left && x < left+w {
			return i
		}
		left += w
	}
	return -1
}

// Tapped is part of fyne.Tappable.
func (s *Segmented) Tapped(e *fyne.PointEvent) {
	if i := s.at(e.Position.X); i >= 0 {
		s.choose(s.Choices[i].Key)
	}
}

// MouseIn is part of desktop.Hoverable.
func (s *Segmented) MouseIn(e *desktop.MouseEvent) { s.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (s *Segmented) MouseMoved(e *desktop.MouseEvent) {
	i := s.at(e.Position.X)
	if i == s.hovered {
		return
	}
	s.hovered = i
	s.Refresh()
	if s.OnHover != nil {
		if i >= 0 {
			s.OnHover(s.Choices[i].Key)
		} else {
			s.OnHover("")
		}
	}
}

// MouseOut is part of desktop.Hoverable.
func (s *Segmented) MouseOut() {
	s.hovered = -1
	s.Refresh()
	if s.OnHover != nil {
		s.OnHover("")
	}
}

// Cursor is a hand.
func (s *Segmented) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is part of fyne.Focusable.
func (s *Segmented) FocusGained() { s.focused = true; s.Refresh() }

// FocusLost is part of fyne.Focusable.
func (s *Segmented) FocusLost() { s.focused = false; s.Refresh() }

// TypedRune chooses by key, so that a grade can be typed.
func (s *Segmented) TypedRune(r rune) {
	for _, c := range s.Choices {
		if s.Keys && c.Key != s.key && (c.Key == string(r) || c.Key == string(r-'a'+'A')) {
			s.choose(c.Key)
		}
	}
}

// TypedKey moves the choice by the arrows.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	i := s.index()
	switch e.Name {
	case fyne.KeyRight, fyne.KeyDown:
		i = min(i+1, len(s.Choices)-1)
	case fyne.KeyLeft, fyne.KeyUp:
		i = max(i-1, 0)
	case fyne.KeyBackspace, fyne.KeyDelete:
		if s.Clearable && s.key != "" {
			s.choose(s.key)
		}
		return
	default:
		return
	}
	if i >= 0 && s.Choices[i].Key != s.key {
		s.choose(s.Choices[i].Key)
	}
}

// Explained is a row of choices with a line below that explains the one that
// holds, or the one under the pointer.
type Explained struct {
	*Segmented
	Box  *fyne.Container
	line *widget.Label
	none string
}

// NewExplained makes an explained row; none is said where nothing is chosen.
func NewExplained(choices []present.Choice, none string, changed func(string)) *Explained {
	e := &Explained{none: none, line: widget.NewLabel("")}
	e.line.Wrapping = fyne.TextWrapWord
	e.line.SizeName = theme.SizeCaption
	e.line.Importance = widget.LowImportance
	e.Segmented = NewSegmented(choices, func(k string) {
		e.explain("")
		if changed != nil {
			changed(k)
		}
	})
	e.OnHover = e.explain
	e.Box = Column(3, e.Segmented, Flush(e.line))
	e.explain("")
	return e
}

// Set chooses without calling the callback.
func (e *Explained) Set(key string) {
	e.Segmented.Set(key)
	e.explain("")
}

func (e *Explained) explain(key string) {
	if key == "" {
		key = e.Key()
	}
	if key == "" {
		e.line.SetText(e.none)
		return
	}
	label := present.Label(e.Choices, key)
	if e.Keys {
		label = key + " · " + label
	}
	e.line.SetText(label + ". " + present.Hint(e.Choices, key))
}

// Explain explains the choice that holds, after OnChanged was replaced.
func (e *Explained) Explain() { e.explain("") }

package window

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// names are what the places are called.
var names = map[session.Place]string{
	session.Library: "Library", session.Claims: "Claims", session.Countries: "Countries", session.Compare: "Compare",
	session.Timeline: "Timeline", session.Briefings: "Briefings", session.Search: "Search", session.Bin: "Bin",
}

// sidebar is the column of places.
type sidebar struct {
	w     *Window
	box   *fyne.Container
	items map[session.Place]*placeItem
	back  *widgets.Button
	fwd   *widgets.Button
}

func newSidebar(w *Window) *sidebar {
	s := &sidebar{w: w, items: map[session.Place]*placeItem{}}
	list := widgets.Column(2)
	for _, p := range session.Places {
		if p == session.Bin {
			list.Add(widgets.Pad(theme.Gap2, theme.Gap1, widget.NewSeparator()))
		}
		it := newPlaceItem(names[p], string(p), func() { w.goer(p)() })
		s.items[p] = it
		list.Add(it)
	}
	s.back = widgets.IconButton("back", "Back (Alt+Left)", w.back)
	s.fwd = widgets.IconButton("forward", "Forward (Alt+Right)", w.forward)
	palette := widgets.IconButton("command", "Commands (Ctrl+K)", func() { w.showPalette() })
	head := widgets.Spread(0, 2, s.back, s.fwd, container.NewStack(), palette)
	foot := widgets.Spread(0, 2,
		widgets.IconButton("settings", "Settings (Ctrl+,)", func() { w.showSettings() }),
		widgets.IconButton("keyboard", "Shortcuts (?)", func() { w.showShortcuts() }),
		container.NewStack(),
		widgets.IconButton("moon", "Light or dark (Ctrl+Shift+D)", func() { w.toggleDark() }))
	body := container.NewBorder(widgets.Pad(theme.Gap1, theme.Gap2, head), widgets.Pad(theme.Gap1, theme.Gap1, foot), nil, nil,
		widgets.Pad(theme.Gap2, 0, list))
	s.box = container.NewStack(widgets.NewSurface(theme.ColorSidebar), widgets.Wide(184, body))
	return s
}

func (s *sidebar) choose(p session.Place) {
	for q, it := range s.items {
		if it.chosen != (q == p) {
			it.chosen = q == p
			it.Refresh()
		}
	}
}

func (s *sidebar) refresh() { s.box.Refresh() }

// arrows enables back and forward where they lead somewhere.
func (s *sidebar) arrows(back, forward bool) {
	for b, on := range map[*widgets.Button]bool{s.back: back, s.fwd: forward} {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// refreshCounts counts what the places hold.
func (w *Window) refreshCounts() {
	session.LoadElse(w, &w.counts, func(ctx context.Context, tx *notebook.Tx) (map[session.Place]int, error) {
		n := map[session.Place]int{}
		var err error
		if n[session.Library], err = tx.CountSources(notebook.SourceQuery{}); err != nil {
			return nil, err
		}
		if n[session.Claims], err = tx.CountClaims(notebook.ClaimQuery{}); err != nil {
			return nil, err
		}
		countries, err := tx.CountryCounts()
		if err != nil {
			return nil, err
		}
		n[session.Countries] = len(countries)
		comparisons, err := tx.Comparisons()
		if err != nil {
			return nil, err
		}
		n[session.Compare] = len(comparisons)
		briefings, err := tx.Briefings()
		if err != nil {
			return nil, err
		}
		n[session.Briefings] = len(briefings)
		binned, err := tx.Bin()
		n[session.Bin] = len(binned)
		return n, err
	}, func(n map[session.Place]int) {
		for p, it := range w.sidebar.items {
			if it.count != n[p] {
				it.count = n[p]
				it.Refresh()
			}
		}
	}, func(error) {})
}

// placeItem is one place in the sidebar.
type placeItem struct {
	widget.BaseWidget
	label   string
	icon    string
	count   int
	chosen  bool
	hovered bool
	tapped  func()
}

func newPlaceItem(label, icon string, tapped func()) *placeItem {
	p := &placeItem{label: label, icon: icon, tapped: tapped}
	p.ExtendBaseWidget(p)
	return p
}

func (p *placeItem) CreateRenderer() fyne.WidgetRenderer {
	r := &placeRenderer{p: p, ground: canvas.NewRectangle(nil), icon: canvas.NewImageFromResource(theme.Icon(p.icon)),
		label: widgets.NewText(p.label, theme.SizeBody, ""), count: widgets.Muted("")}
	r.icon.FillMode = canvas.ImageFillContain
	r.count.Whole = true
	r.style()
	return r
}

type placeRenderer struct {
	p            *placeItem
	ground       *canvas.Rectangle
	icon         *canvas.Image
	label, count *widgets.Text
}

func (r *placeRenderer) style() {
	r.ground.CornerRadius = 6
	r.ground.FillColor = nil
	colour := ft.ColorNameForeground
	switch {
	case r.p.chosen:
		r.ground.FillColor = theme.Color(theme.ColorSelected)
		colour = ft.ColorNamePrimary
	case r.p.hovered:
		r.ground.FillColor = theme.Color(ft.ColorNameHover)
	}
	r.icon.Resource = theme.IconIn(r.p.icon, colour)
	r.label.Colour, r.label.Bold = colour, r.p.chosen
	r.count.Text = ""
	if r.p.count > 0 {
		r.count.Text = present.Number(r.p.count)
	}
}

func (r *placeRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, r.label.MinSize().Height+14)
}

func (r *placeRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.icon.Move(fyne.NewPos(9, (size.Height-18)/2))
	r.icon.Resize(fyne.NewSize(18, 18))
	m := r.count.MinSize()
	r.count.Move(fyne.NewPos(size.Width-m.Width-10, (size.Height-m.Height)/2))
	r.count.Resize(m)
	h := r.label.MinSize().Height
	r.label.Move(fyne.NewPos(37, (size.Height-h)/2))
	r.label.Resize(fyne.NewSize(max(0, size.Width-37-m.Width-14), h))
}

func (r *placeRenderer) Refresh() {
	r.style()
	r.Layout(r.p.Size())
	r.icon.Refresh()
	r.label.Refresh()
	r.count.Refresh()
	r.ground.Refresh()
}

func (r *placeRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.icon, r.label, r.count}
}
func (r *placeRenderer) Destroy() {}

func (p *placeItem) Tapped(*fyne.PointEvent) { p.tapped() }
func (p *placeItem) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
}
func (p *placeItem) MouseMoved(*desktop.MouseEvent) {}
func (p *placeItem) MouseOut() {
	p.hovered = false
	p.Refresh()
}
func (p *placeItem) Cursor() desktop.Cursor { return desktop.PointerCursor }

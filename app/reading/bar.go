package reading

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// Colours are the colours of highlights, in the order they are offered.
var Colours = []notebook.Colour{notebook.Yellow, notebook.Green, notebook.Blue, notebook.Pink, notebook.Orange, notebook.Purple}

// bar is the small bar at a selection, or at a highlight that was clicked.
type bar struct {
	p *Pane
}

func newBar(p *Pane) *bar { return &bar{p: p} }

func (b *bar) hide() {
	if len(b.p.over.Objects) > 0 {
		b.p.over.RemoveAll()
		b.p.over.Refresh()
	}
}

// atSelection shows the bar above the selection, below it where there is no
// room above, so that it never covers the selected lines.
func (b *bar) atSelection() {
	at, size, ok := b.p.reader.SelectionRect()
	if !ok {
		b.hide()
		return
	}
	var items []fyne.CanvasObject
	for _, c := range Colours {
		items = append(items, newSwatch(c, c == b.p.colour, func() { b.p.makeHighlight(c, nil) }))
	}
	items = append(items, rule(),
		command("Highlight", "highlight", "Highlight (H)", func() { b.p.Command("highlight") }),
		command("Claim", "claim", "Make a claim (C)", func() { b.p.Command("claim") }),
		command("Note", "note", "Highlight with a note (N)", func() { b.p.Command("note") }),
		command("", "copy", "Copy with its source", func() { b.p.copySelection(true) }))
	b.place(items, at, size)
}

// atHighlight shows the bar for a highlight at the place of a click.
func (b *bar) atHighlight(id notebook.HighlightID, at fyne.Position) {
	h, ok := b.p.highlight(id)
	if !ok {
		return
	}
	var items []fyne.CanvasObject
	for _, c := range Colours {
		items = append(items, newSwatch(c, c == h.Colour, func() { b.p.recolour(id, c) }))
	}
	items = append(items, rule(),
		command("Note", "note", "Write a note (N)", func() { b.hide(); b.p.notes.edit(id) }),
		command("Claim", "claim", "Make a claim (C)", func() { b.p.claimOnHighlight(h) }),
		command("", "trash", "Remove this highlight", func() { b.p.binHighlight(id) }))
	b.place(items, at.SubtractXY(0, 12), fyne.NewSize(1, 24))
}

func command(label, icon, tip string, do func()) fyne.CanvasObject {
	c := widgets.Flat(label, icon, do)
	c.Tip = tip
	return c
}

func rule() fyne.CanvasObject {
	return widgets.Tall(18, widget.NewSeparator())
}

func (b *bar) place(items []fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	ground := canvas.NewRectangle(theme.Color(ft.ColorNameMenuBackground))
	ground.CornerRadius = 7
	ground.StrokeColor = theme.Color(theme.ColorBorder)
	ground.StrokeWidth = 1
	shade := canvas.NewRectangle(theme.Color(ft.ColorNameShadow))
	shade.CornerRadius = 8
	row := widgets.Pad(6, 2, widgets.Line(3, items...))
	box := container.NewStack(ground, row)
	m := box.MinSize()
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(b.p.over)
	area := b.p.over.Size()
	pos := at.Subtract(origin)
	x := pos.X + size.Width/2 - m.Width/2
	x = max(6, min(x, area.Width-m.Width-6))
	y := pos.Y - m.Height - 8
	if y < 4 {
		y = pos.Y + size.Height + 8
	}
	if y+m.Height > area.Height {
		y = max(4, area.Height-m.Height-4)
	}
	shade.Resize(m)
	shade.Move(fyne.NewPos(x, y+2))
	box.Resize(m)
	box.Move(fyne.NewPos(x, y))
	b.p.over.Objects = []fyne.CanvasObject{shade, box}
	b.p.over.Refresh()
}

// swatch is one colour that can be chosen.
type swatch struct {
	widget.BaseWidget
	colour  notebook.Colour
	chosen  bool
	hovered bool
	tapped  func()
}

func newSwatch(c notebook.Colour, chosen bool, tapped func()) *swatch {
	s := &swatch{colour: c, chosen: chosen, tapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

func (s *swatch) CreateRenderer() fyne.WidgetRenderer {
	dot := canvas.NewCircle(theme.Highlight(string(s.colour)))
	ring := canvas.NewCircle(nil)
	r := &swatchRenderer{s: s, dot: dot, ring: ring}
	r.Refresh()
	return r
}

type swatchRenderer struct {
	s         *swatch
	dot, ring *canvas.Circle
}

func (r *swatchRenderer) MinSize() fyne.Size { return fyne.NewSize(22, 22) }
func (r *swatchRenderer) Layout(size fyne.Size) {
	r.dot.Resize(fyne.NewSize(14, 14))
	r.dot.Move(fyne.NewPos((size.Width-14)/2, (size.Height-14)/2))
	r.ring.Resize(fyne.NewSize(20, 20))
	r.ring.Move(fyne.NewPos((size.Width-20)/2, (size.Height-20)/2))
}
func (r *swatchRenderer) Refresh() {
	r.ring.StrokeWidth = 0
	if r.s.chosen || r.s.hovered {
		r.ring.StrokeWidth = 2
		r.ring.StrokeColor = theme.Color(ft.ColorNameForeground)
		if !r.s.chosen {
			r.ring.StrokeColor = theme.Color(theme.ColorMuted)
		}
	}
	r.ring.Refresh()
}
func (r *swatchRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.ring, r.dot} }
func (r *swatchRenderer) Destroy()                     {}

func (s *swatch) Tapped(*fyne.PointEvent) { s.tapped() }
func (s *swatch) MouseIn(*desktop.MouseEvent) {
	s.hovered = true
	s.Refresh()
}
func (s *swatch) MouseMoved(*desktop.MouseEvent) {}
func (s *swatch) MouseOut() {
	s.hovered = false
	s.Refresh()
}
func (s *swatch) Cursor() desktop.Cursor { return desktop.PointerCursor }

package reading

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

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
	for _, c := range notebook.Colours {
		items = append(items, b.swatch(c, c == b.p.colour, func() { b.p.makeHighlight(c, nil) }))
	}
	items = append(items, rule(),
		b.command("Highlight", "highlight", "Highlight (H)", func() { b.p.Command("highlight") }),
		b.command("Claim", "claim", "Make a claim (C)", func() { b.p.Command("claim") }),
		b.command("Note", "note", "Highlight with a note (N)", func() { b.p.Command("note") }),
		b.command("Link", "link", "Link to a claim (L)", func() { b.p.Command("link") }),
		command("", "copy", "Copy with its source", func() { b.p.copySelection(copyQuote) }))
	b.place(items, at, size)
}

// atHighlight shows the bar for a highlight at the place of a click.
func (b *bar) atHighlight(id notebook.HighlightID, at fyne.Position) {
	h, ok := b.p.highlight(id)
	if !ok {
		return
	}
	var items []fyne.CanvasObject
	for _, c := range notebook.Colours {
		items = append(items, b.swatch(c, c == h.Colour, func() { b.p.recolour(id, c) }))
	}
	items = append(items, rule(),
		b.command("Note", "note", "Write a note (N)", func() { b.hide(); b.p.notes.edit(id) }),
		b.command("Claim", "claim", "Make a claim (C)", func() { b.p.claimOnHighlight(h) }),
		b.command("Link", "link", "Link to a claim (L)", func() { b.p.Command("link") }),
		command("", "trash", "Remove this highlight", func() { b.p.binHighlight(id) }))
	b.place(items, at.SubtractXY(0, 12), fyne.NewSize(1, 24))
}

// atOverlap lists the highlights under a click, the topmost first, to open one.
func (b *bar) atOverlap(ids []string, at fyne.Position) {
	list := widgets.Column(theme.Gap1)
	for _, raw := range ids {
		id := notebook.HighlightID(raw)
		h, ok := b.p.highlight(id)
		if !ok {
			continue
		}
		text := widgets.NewText(present.Short(h.Exact, 90), theme.SizeBody, "")
		body := widgets.Column(0, text)
		if line := present.Join(b.p.held.names[h.Colour], present.Short(h.Note, 80), present.Count(len(b.p.held.evidence[id]), "claim")); line != "" {
			body.Add(widgets.Muted(line))
		}
		card := widgets.NewCard(body)
		card.Stripe = string(h.Colour)
		card.OnTapped = func() {
			b.p.active = id
			b.p.reader.SetActiveMark(raw)
			b.p.notes.refresh()
			b.atHighlight(id, at)
		}
		list.Add(card)
	}
	b.place([]fyne.CanvasObject{widgets.Wide(320, list)}, at.SubtractXY(0, 12), fyne.NewSize(1, 24))
}

// atDropped shows what can be done with the dropped passages that are selected.
func (b *bar) atDropped(v *droppedView) {
	at, size, ok := v.reader.SelectionRect()
	if !ok {
		b.hide()
		return
	}
	b.place([]fyne.CanvasObject{
		command("Put back", "restore", "Put back into the text (P)", v.putBack),
		command("", "copy", "Copy", func() { b.p.copyOf(v.reader, copyPlain) })}, at, size)
}

// swatch offers a colour by its name.
func (b *bar) swatch(c notebook.Colour, chosen bool, do func()) *swatch {
	s := newSwatch(c, colourName(b.p.held.names, c), chosen, do)
	s.named = b.p.nameColours
	return s
}

// narrow is the width of a pane in which the bar has room for icons alone.
const narrow = 560

// command is a button of the bar, its label left to the tip where there is no
// room for it.
func (b *bar) command(label, icon, tip string, do func()) fyne.CanvasObject {
	if b.p.over.Size().Width < narrow*theme.Size(theme.SizeBody)/13.5 {
		label = ""
	}
	return command(label, icon, tip, do)
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
	name    string
	tapped  func()
	named   func() // for a secondary click: names the colours
}

func newSwatch(c notebook.Colour, name string, chosen bool, tapped func()) *swatch {
	s := &swatch{colour: c, name: name, chosen: chosen, tapped: tapped}
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

func (s *swatch) Tapped(*fyne.PointEvent) {
	widgets.HideTip(s)
	s.tapped()
}

// TappedSecondary names the colours.
func (s *swatch) TappedSecondary(*fyne.PointEvent) {
	if s.named != nil {
		s.named()
	}
}

func (s *swatch) MouseIn(*desktop.MouseEvent) {
	s.hovered = true
	s.Refresh()
	widgets.ShowTip(s, s.name)
}
func (s *swatch) MouseMoved(*desktop.MouseEvent) {}
func (s *swatch) MouseOut() {
	s.hovered = false
	s.Refresh()
	widgets.HideTip(s)
}
func (s *swatch) Cursor() desktop.Cursor { return desktop.PointerCursor }

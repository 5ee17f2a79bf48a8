package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Card is a sheet with a hairline around it. With OnTapped it can be pressed;
// with Stripe it has a coloured left edge, such as a highlight's colour.
type Card struct {
	widget.BaseWidget
	Content     fyne.CanvasObject
	Selected    bool
	Stripe      string // a highlight colour's stored word, empty for none
	OnTapped    func()
	OnSecondary func(at fyne.Position)

	hovered bool
}

// NewCard makes a card around content.
func NewCard(content fyne.CanvasObject) *Card {
	c := &Card{Content: content}
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is part of the widget interface.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	r := &cardRenderer{c: c, ground: canvas.NewRectangle(nil), stripe: canvas.NewRectangle(nil)}
	r.style()
	return r
}

type cardRenderer struct {
	c              *Card
	ground, stripe *canvas.Rectangle
}

const cardPad = 10

func (r *cardRenderer) style() {
	r.ground.CornerRadius = 6
	r.ground.StrokeWidth = 1
	fill, edge := theme.ColorCard, theme.ColorBorder
	if r.c.Selected {
		fill, edge = theme.ColorSelected, ft.ColorNamePrimary
	} else if r.c.hovered && r.c.OnTapped != nil {
		edge = ft.ColorNamePrimary
	}
	r.ground.FillColor, r.ground.StrokeColor = theme.Color(fill), theme.Color(edge)
	r.stripe.Hidden = r.c.Stripe == ""
	r.stripe.FillColor = theme.Highlight(r.c.Stripe)
	r.stripe.CornerRadius = 2
}

func (r *cardRenderer) MinSize() fyne.Size {
	return r.c.Content.MinSize().AddWidthHeight(2*cardPad, 2*cardPad-2)
}

func (r *cardRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.stripe.Move(fyne.NewPos(0, 4))
	r.stripe.Resize(fyne.NewSize(4, max(0, size.Height-8)))
	r.c.Content.Move(fyne.NewPos(cardPad, cardPad-1))
	r.c.Content.Resize(size.SubtractWidthHeight(2*cardPad, 2*cardPad-2))
}

func (r *cardRenderer) Refresh() {
	r.style()
	r.ground.Refresh()
	r.stripe.Refresh()
	r.c.Content.Refresh()
}
func (r *cardRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.stripe, r.c.Content}
}
func (r *cardRenderer) Destroy() {}

// Tapped is part of fyne.Tappable.
func (c *Card) Tapped(*fyne.PointEvent) {
	if c.OnTapped != nil {
		c.OnTapped()
	}
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (c *Card) TappedSecondary(e *fyne.PointEvent) {
	if c.OnSecondary != nil {
		c.OnSecondary(e.AbsolutePosition)
	}
}

// MouseIn is part of desktop.Hoverable.
func (c *Card) MouseIn(*desktop.MouseEvent) { c.hover(true) }

// MouseMoved is part of desktop.Hoverable.
func (c *Card) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (c *Card) MouseOut() { c.hover(false) }

func (c *Card) hover(on bool) {
	if c.OnTapped == nil || c.hovered == on {
		return
	}
	c.hovered = on
	c.Refresh()
}

// Cursor is a hand where the card can be pressed.
func (c *Card) Cursor() desktop.Cursor {
	if c.OnTapped != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Ground puts content on a surface of a colour of the theme.
func Ground(colour fyne.ThemeColorName, content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(NewSurface(colour), content)
}

// Surface is a rectangle in a colour of the theme that follows the theme.
type Surface struct {
	widget.BaseWidget
	Colour fyne.ThemeColorName
}

// NewSurface makes a surface.
func NewSurface(colour fyne.ThemeColorName) *Surface {
	s := &Surface{Colour: colour}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is part of the widget interface.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	return &surfaceRenderer{s: s, rect: canvas.NewRectangle(theme.Color(s.Colour))}
}

type surfaceRenderer struct {
	s    *Surface
	rect *canvas.Rectangle
}

func (r *surfaceRenderer) MinSize() fyne.Size    { return fyne.Size{} }
func (r *surfaceRenderer) Layout(size fyne.Size) { r.rect.Resize(size) }
func (r *surfaceRenderer) Refresh() {
	r.rect.FillColor = theme.Color(r.s.Colour)
	r.rect.Refresh()
}
func (r *surfaceRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rect} }
func (r *surfaceRenderer) Destroy()                     {}

// Pad puts a margin around content: left and right x, above and below y.
func Pad(x, y float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(y, y, x, x), content)
}

// Column stacks objects with a gap of the grid between them.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(gap), objects...)
}

// Line puts objects side by side with a gap, each as wide as it wants, centred
// on one height.
func Line(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(lineLayout{gap: gap}, objects...)
}

// Spread is a Line whose object at index wide takes the room that is left.
func Spread(gap float32, wide int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(lineLayout{gap: gap, wide: wide + 1}, objects...)
}

type lineLayout struct {
	gap  float32
	wide int // 1 and up; zero for none
}

func (l lineLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	n := 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if n > 0 {
			out.Width += l.gap
		}
		out.Width += m.Width
		out.Height = max(out.Height, m.Height)
		n++
	}
	return out
}

func (l lineLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free := size.Width - l.MinSize(objects).Width
	var x float32
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		if i == l.wide-1 {
			m.Width = max(0, m.Width+free)
		}
		o.Resize(m)
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += m.Width + l.gap
	}
}

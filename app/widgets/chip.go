package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Tone is what a chip's colour says.
type Tone int

// The tones.
const (
	Neutral Tone = iota
	Accent
	Good
	Caution
	Bad
)

// colours gives a tone's ground and text.
func (t Tone) colours() (ground, text fyne.ThemeColorName) {
	switch t {
	case Accent:
		return theme.ColorAccent, ft.ColorNamePrimary
	case Good:
		return theme.ColorGood, ft.ColorNameSuccess
	case Caution:
		return theme.ColorCaution, ft.ColorNameWarning
	case Bad:
		return theme.ColorBad, ft.ColorNameError
	}
	return theme.ColorChip, ft.ColorNameForeground
}

// Chip is a small rounded label: a country, a topic, a grade, a state. With
// OnTapped it is a button; with OnRemove it has a cross.
type Chip struct {
	widget.BaseWidget
	Label    string
	Lead     fyne.Resource // a flag or an icon, nil for none
	Tone     Tone
	Tip      string
	OnTapped func()
	OnRemove func()

	hovered bool
}

// NewChip makes a chip.
func NewChip(label string, tone Tone) *Chip {
	c := &Chip{Label: label, Tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// CountryChip makes a chip with a country's flag.
func CountryChip(code, name string) *Chip {
	c := NewChip(name, Neutral)
	c.Lead = theme.Flag(code)
	return c
}

// CreateRenderer is part of the widget interface.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	r := &chipRenderer{c: c, ground: canvas.NewRectangle(nil), over: canvas.NewRectangle(nil), text: canvas.NewText("", nil),
		lead: canvas.NewImageFromResource(nil), cross: canvas.NewImageFromResource(nil)}
	r.lead.FillMode = canvas.ImageFillContain
	r.cross.FillMode = canvas.ImageFillContain
	r.style()
	return r
}

type chipRenderer struct {
	c            *Chip
	ground, over *canvas.Rectangle
	text         *canvas.Text
	lead, cross  *canvas.Image
}

func (r *chipRenderer) style() {
	ground, text := r.c.Tone.colours()
	r.ground.FillColor = theme.Color(ground)
	r.over.FillColor = theme.Color(ft.ColorNameHover)
	r.over.Hidden = !(r.c.hovered && (r.c.OnTapped != nil || r.c.OnRemove != nil))
	r.text.Text = r.c.Label
	r.text.TextSize = theme.Size(theme.SizeCaption)
	r.text.Color = theme.Color(text)
	r.text.FontSource = fontFor(r.c.Label, false)
	r.lead.Resource = r.c.Lead
	r.lead.Hidden = r.c.Lead == nil
	r.cross.Hidden = r.c.OnRemove == nil
	if !r.cross.Hidden {
		r.cross.Resource = theme.Icon("close")
	}
}

const chipPad = 7

func (r *chipRenderer) MinSize() fyne.Size {
	t := r.text.MinSize()
	w := t.Width + 2*chipPad
	if !r.lead.Hidden {
		w += t.Height + 2
	}
	if !r.cross.Hidden {
		w += t.Height - 1
	}
	return fyne.NewSize(w, t.Height+4)
}

func (r *chipRenderer) Layout(size fyne.Size) {
	for _, g := range []*canvas.Rectangle{r.ground, r.over} {
		g.CornerRadius = min(size.Height/2, 10)
		g.Resize(size)
	}
	x := float32(chipPad)
	th := r.text.MinSize()
	if !r.lead.Hidden {
		d := th.Height - 4
		r.lead.Move(fyne.NewPos(x, (size.Height-d)/2))
		r.lead.Resize(fyne.NewSize(d+2, d))
		x += th.Height + 2
	}
	r.text.Move(fyne.NewPos(x, (size.Height-th.Height)/2))
	r.text.Resize(th)
	if !r.cross.Hidden {
		d := th.Height - 5
		r.cross.Move(fyne.NewPos(size.Width-d-5, (size.Height-d)/2))
		r.cross.Resize(fyne.NewSize(d, d))
	}
}

func (r *chipRenderer) Refresh() {
	r.style()
	r.Layout(r.c.Size())
	canvas.Refresh(r.c)
	r.lead.Refresh()
	r.cross.Refresh()
	r.text.Refresh()
}

func (r *chipRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.over, r.lead, r.text, r.cross}
}
func (r *chipRenderer) Destroy() {}

// Tapped removes where the cross is under the pointer, else does OnTapped.
func (c *Chip) Tapped(e *fyne.PointEvent) {
	if c.OnRemove != nil && (c.OnTapped == nil || e.Position.X > c.Size().Width-20) {
		c.OnRemove()
		return
	}
	if c.OnTapped != nil {
		c.OnTapped()
	}
}

// MouseIn is part of desktop.Hoverable.
func (c *Chip) MouseIn(e *desktop.MouseEvent) {
	c.hovered = true
	showTip(c, c.Tip)
	c.Refresh()
}

// MouseMoved is part of desktop.Hoverable.
func (c *Chip) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (c *Chip) MouseOut() {
	c.hovered = false
	hideTip(c)
	c.Refresh()
}

// Cursor is a hand where the chip can be pressed.
func (c *Chip) Cursor() desktop.Cursor {
	if c.OnTapped != nil || c.OnRemove != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

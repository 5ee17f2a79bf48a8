package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Empty is what a place without content shows: what belongs here, and how it
// gets here.
func Empty(icon, title, text string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	img := canvas.NewImageFromResource(theme.IconIn(icon, theme.ColorMuted))
	img.FillMode = canvas.ImageFillContain
	img.SetMinSize(fyne.NewSize(40, 40))
	head := NewText(title, theme.SizeSub, "")
	head.Bold, head.Align, head.Whole = true, fyne.TextAlignCenter, true
	body := widget.NewLabel(text)
	body.Wrapping = fyne.TextWrapWord
	body.Alignment = fyne.TextAlignCenter
	box := Column(theme.Gap2, img, container.NewCenter(head), container.New(fixedWidth(380), body))
	if len(actions) > 0 {
		box.Add(container.NewCenter(Line(theme.Gap2, actions...)))
	}
	return container.New(&middle{}, box)
}

// middle centres its one object, kept within the width there is.
type middle struct{}

func (*middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, o[0].MinSize().Height)
}
func (*middle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	m := o[0].MinSize()
	w := min(max(m.Width, 380), size.Width)
	o[0].Resize(fyne.NewSize(w, m.Height))
	o[0].Move(fyne.NewPos((size.Width-w)/2, max(0, (size.Height-m.Height)*0.42)))
}

// fixedWidth lays its objects out at a width or less, centred, as high as they
// want.
type fixedWidth float32

func (f fixedWidth) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, o[0].MinSize().Height)
}
func (f fixedWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(float32(f), size.Width)
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[0].Move(fyne.NewPos((size.Width-w)/2, 0))
}

// AtMost keeps content within a width, at the left.
func AtMost(width float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(atMost(width), content)
}

type atMost float32

func (a atMost) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(min(m.Width, float32(a)), m.Height)
}
func (a atMost) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(min(float32(a), size.Width), size.Height))
}

// Wide asks for a width of at least w.
func Wide(w float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(atLeast{w, 0}, content)
}

// Tall asks for a height of at least h.
func Tall(h float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(atLeast{0, h}, content)
}

type atLeast struct{ w, h float32 }

func (a atLeast) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().Max(fyne.NewSize(a.w, a.h))
}
func (a atLeast) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[0].Move(fyne.Position{})
}

// Heading is a screen's title.
func Heading(s string) *Text {
	t := NewText(s, theme.SizeHeading, "")
	t.Bold = true
	return t
}

// Section is the title of a part of a screen or panel, with buttons at its
// right.
func Section(title string, actions ...fyne.CanvasObject) fyne.CanvasObject {
	t := NewText(title, theme.SizeBody, "")
	t.Bold = true
	return Spread(theme.Gap1, 0, append([]fyne.CanvasObject{t}, actions...)...)
}

// Prose is wrapped text that can be selected.
func Prose(s string) *widget.Label {
	l := widget.NewLabel(s)
	l.Wrapping = fyne.TextWrapWord
	l.Selectable = true
	return l
}

// Flush takes the toolkit's label padding off wrapped text, so that it stands
// on the same edge as a Text.
func Flush(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(flush{}, o)
}

type flush struct{}

func inner() float32 { return fyne.CurrentApp().Settings().Theme().Size("innerPadding") }

func (flush) MinSize(o []fyne.CanvasObject) fyne.Size {
	p := inner()
	return o[0].MinSize().SubtractWidthHeight(2*p, 2*p)
}
func (flush) Layout(o []fyne.CanvasObject, size fyne.Size) {
	p := inner()
	o[0].Move(fyne.NewPos(-p, -p))
	o[0].Resize(size.AddWidthHeight(2*p, 2*p))
}

// Para is wrapped text without padding of its own.
func Para(s string, size fyne.ThemeSizeName, muted bool) fyne.CanvasObject {
	l := widget.NewLabel(s)
	l.Wrapping = fyne.TextWrapWord
	l.SizeName = size
	if muted {
		l.Importance = widget.LowImportance
	}
	return Flush(l)
}

// Field is a form's field: its label, the field, and a hint below where there
// is one.
func Field(label string, field fyne.CanvasObject, hint string) *fyne.Container {
	t := NewText(label, theme.SizeCaption, theme.ColorMuted)
	t.Bold = true
	c := Column(3, t, field)
	if hint != "" {
		c.Add(Para(hint, theme.SizeCaption, true))
	}
	return c
}

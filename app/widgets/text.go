package widgets

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Text is one line of text without padding of its own, cut with an ellipsis
// where it does not fit. The zero values of SizeName and Colour are the body's.
type Text struct {
	widget.BaseWidget
	Text     string
	SizeName fyne.ThemeSizeName
	Colour   fyne.ThemeColorName
	Bold     bool
	Italic   bool
	Align    fyne.TextAlign
	Whole    bool // never cut: asks for all the width it needs
}

// NewText makes a Text of a size and a colour.
func NewText(s string, size fyne.ThemeSizeName, colour fyne.ThemeColorName) *Text {
	t := &Text{Text: s, SizeName: size, Colour: colour}
	t.ExtendBaseWidget(t)
	return t
}

// Muted makes a small line in the second-rank colour.
func Muted(s string) *Text { return NewText(s, theme.SizeCaption, theme.ColorMuted) }

// SetText replaces the text.
func (t *Text) SetText(s string) {
	if s == t.Text {
		return
	}
	t.Text = s
	t.Refresh()
}

// CreateRenderer is part of the widget interface.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	r := &textRenderer{t: t, c: canvas.NewText("", nil)}
	r.style()
	return r
}

type textRenderer struct {
	t    *Text
	c    *canvas.Text
	full string
}

func (r *textRenderer) style() {
	size, colour := r.t.SizeName, r.t.Colour
	if size == "" {
		size = theme.SizeBody
	}
	if colour == "" {
		colour = ft.ColorNameForeground
	}
	r.full = strings.Join(strings.Fields(r.t.Text), " ")
	r.c.TextSize = theme.Size(size)
	r.c.Color = theme.Color(colour)
	r.c.TextStyle = fyne.TextStyle{Bold: r.t.Bold, Italic: r.t.Italic}
	r.c.Alignment = r.t.Align
	r.c.FontSource = fontFor(r.full, r.t.Bold)
}

func (r *textRenderer) measure(s string) fyne.Size {
	sz, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, r.c.TextSize, r.c.TextStyle, r.c.FontSource)
	return sz
}

func (r *textRenderer) MinSize() fyne.Size {
	r.style() // the text may have been set since the last Refresh
	h := r.measure("Ág").Height
	if r.t.Whole {
		return fyne.NewSize(r.measure(r.full).Width, h)
	}
	return fyne.NewSize(min(r.measure(r.full).Width, 24), h)
}

func (r *textRenderer) Layout(size fyne.Size) {
	r.c.Move(fyne.NewPos(0, 0))
	r.c.Resize(size)
	if s := r.fit(size.Width); s != r.c.Text {
		r.c.Text = s
		r.c.Refresh()
	}
}

// fit cuts the text to a width at a code point.
func (r *textRenderer) fit(width float32) string {
	return fitText(r.full, width, func(s string) float32 { return r.measure(s).Width })
}

// fitText cuts a text to a width at a code point, with an ellipsis. Measuring is
// dear, so the place to cut is guessed from the width of the whole.
func fitText(text string, width float32, measure func(string) float32) string {
	if text == "" {
		return ""
	}
	whole := measure(text)
	if whole <= width+0.5 {
		return text
	}
	runes := []rune(text)
	cut := func(n int) string { return strings.TrimRightFunc(string(runes[:n]), unicode.IsSpace) + "…" }
	fits := func(n int) bool { return measure(cut(n)) <= width }
	lo, hi := 0, len(runes) // lo fits or is nothing; hi does not fit
	guess := int(float32(len(runes)) * width / whole)
	for step := 1; lo < hi-1; step *= 2 {
		guess = min(max(guess, lo+1), hi-1)
		if fits(guess) {
			lo = guess
			guess += step
		} else {
			hi = guess
			guess -= step
		}
	}
	return cut(lo)
}

func (r *textRenderer) Refresh() {
	r.style()
	r.c.Text = r.fit(r.t.Size().Width)
	r.c.Refresh()
}

func (r *textRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.c} }
func (r *textRenderer) Destroy()                     {}

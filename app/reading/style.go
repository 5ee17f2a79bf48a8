package reading

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
)

// The preferences of how text is set. They hold for every source.
const (
	prefSize     = "reader.size" // index into sizes
	prefLine     = "reader.line" // key of lineHeights
	prefWidth    = "reader.width"
	prefLetters  = "reader.letters"
	prefSepia    = "reader.sepia"
	prefPatterns = "reader.patterns"
)

// sizes are the steps of the reader's text size.
var sizes = []float32{13, 14.5, 16, 18, 20, 23, 27}

const usualSize = 2 // index into sizes

var (
	lineHeights = []present.Choice{{Key: "1.35", Label: "Close"}, {Key: "1.5", Label: "Usual"}, {Key: "1.75", Label: "Open"}}
	// Widths are in ems of the text; 0 takes the whole pane.
	widths  = []present.Choice{{Key: "29", Label: "Narrow"}, {Key: "37", Label: "Usual"}, {Key: "48", Label: "Wide"}, {Key: "0", Label: "Whole pane"}}
	letters = []present.Choice{{Key: "sans", Label: "Sans"}, {Key: "serif", Label: "Serif"}}
	papers  = []present.Choice{{Key: "window", Label: "As the window"}, {Key: "sepia", Label: "Sepia"}}
)

// style reads how text is set from the preferences.
func (p *Pane) style() reader.Style {
	pref := p.s.Preferences()
	size := sizes[min(max(pref.IntWithFallback(prefSize, usualSize), 0), len(sizes)-1)]
	st := reader.Style{TextSize: size, LineHeight: number(pref.String(prefLine), 1.5), Sepia: pref.Bool(prefSepia), Patterns: pref.Bool(prefPatterns) || theme.Contrast()}
	if st.MaxWidth = number(pref.String(prefWidth), 37) * size; st.MaxWidth <= 0 {
		st.MaxWidth = 100_000
	}
	if pref.String(prefLetters) == "serif" {
		st.Letters = reader.Serif
	}
	return st
}

func number(s string, otherwise float32) float32 {
	if v, err := strconv.ParseFloat(s, 32); err == nil {
		return float32(v)
	}
	return otherwise
}

// applyStyle sets every text of the pane anew.
func (p *Pane) applyStyle() {
	st := p.style()
	p.reader.SetStyle(st)
	if p.droppedView != nil {
		p.droppedView.reader.SetStyle(st)
	}
	if p.versionsView != nil {
		p.versionsView.reader.SetStyle(st)
	}
}

// resize moves the text size to a step.
func (p *Pane) resize(i int) {
	p.s.Preferences().SetInt(prefSize, min(max(i, 0), len(sizes)-1))
	p.applyStyle()
}

func (p *Pane) sizeStep() int { return p.s.Preferences().IntWithFallback(prefSize, usualSize) }

// showStyles opens the small sheet of how text is set, below the button at.
func (p *Pane) showStyles(at fyne.CanvasObject) {
	pref := p.s.Preferences()
	choice := func(choices []present.Choice, key, usual string, set func(string)) *widgets.Segmented {
		s := widgets.NewSegmented(choices, func(k string) { set(k); p.applyStyle() })
		s.Set(pref.StringWithFallback(key, usual))
		return s
	}
	store := func(key string) func(string) { return func(k string) { pref.SetString(key, k) } }
	size := widgets.NewText("", theme.SizeBody, "")
	size.Whole = true
	say := func() { size.SetText(strconv.FormatFloat(float64(p.style().TextSize), 'g', 3, 32) + " px") }
	say()
	step := func(by int) func() { return func() { p.resize(p.sizeStep() + by); say() } }
	paper := choice(papers, "", "window", func(k string) { pref.SetBool(prefSepia, k == "sepia") })
	if pref.Bool(prefSepia) {
		paper.Set("sepia")
	}
	patterns := widgets.NewToggle("A pattern under each colour", func(on bool) { pref.SetBool(prefPatterns, on); p.applyStyle() })
	patterns.Set(p.style().Patterns)
	face := widgets.Column(0)
	body := widgets.Column(theme.Gap3,
		widgets.Field("Size", widgets.Line(theme.Gap2, widgets.IconButton("zoom-out", "Smaller (Ctrl+-)", step(-1)), size, widgets.IconButton("zoom-in", "Larger (Ctrl++)", step(1))), ""),
		widgets.Field("Lines", widgets.Line(0, choice(lineHeights, prefLine, "1.5", store(prefLine))), ""),
		widgets.Field("Width", widgets.Line(0, choice(widths, prefWidth, "37", store(prefWidth))), ""),
		face,
		widgets.Field("Paper", widgets.Line(0, paper), ""),
		widgets.Field("Highlights", widgets.Line(0, patterns), "For eyes that see the colours alike; always on in high contrast."))
	c := p.s.Window().Canvas()
	pop := widget.NewPopUp(widgets.Pad(theme.Gap3, theme.Gap2, body), c)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(at).AddXY(0, at.Size().Height+4)
	pop.ShowAtPosition(fyne.NewPos(max(8, min(pos.X, c.Size().Width-pop.MinSize().Width-8)), pos.Y))
	// Whether there is a serif takes a look at the fonts of the computer.
	p.s.Background(func(context.Context) {
		if reader.HasSerif() {
			p.s.Deliver(func() {
				face.Add(widgets.Field("Letters", widgets.Line(0, choice(letters, prefLetters, "sans", store(prefLetters))), ""))
				pop.Resize(pop.MinSize())
			})
		}
	})
}

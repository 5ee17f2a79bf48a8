package widgets

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/text/unicode/bidi"

	"sourcebook/app/theme"
)

// Marked is a text of at most so many lines with passages marked in it, cut with
// an ellipsis where it does not fit. Unlike the toolkit's rich text it is cheap
// enough for a list that changes with every letter typed.
type Marked struct {
	widget.BaseWidget
	Text     string
	Marks    [][2]int // half-open ranges in code points, in order, not overlapping
	Lines    int      // at most; zero: one
	SizeName fyne.ThemeSizeName
	Colour   fyne.ThemeColorName // of what is not marked
	Bold     bool
}

// NewMarked makes an empty Marked of so many lines.
func NewMarked(lines int, size fyne.ThemeSizeName, colour fyne.ThemeColorName) *Marked {
	m := &Marked{Lines: lines, SizeName: size, Colour: colour}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer is part of the widget interface.
func (m *Marked) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	return &markedRenderer{m: m}
}

type markedRenderer struct {
	m       *Marked
	texts   []*canvas.Text
	grounds []*canvas.Rectangle
	used    int // of both
	marked  int
	size    fyne.Size
}

// piece is a stretch of a line that is drawn at once: of one mark, one
// direction.
type piece struct {
	text   string
	marked bool
	right  bool // runs from right to left
	width  float32
}

func (r *markedRenderer) textSize() float32 {
	if r.m.SizeName == "" {
		return theme.Size(theme.SizeBody)
	}
	return theme.Size(r.m.SizeName)
}

func (r *markedRenderer) measure(s string, bold bool) fyne.Size {
	size, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, r.textSize(), fyne.TextStyle{Bold: bold}, fontFor(s, bold))
	return size
}

func (r *markedRenderer) lineHeight() float32 { return r.measure("Ág", false).Height }

func (r *markedRenderer) MinSize() fyne.Size {
	return fyne.NewSize(40, r.lineHeight()*float32(max(1, r.m.Lines)))
}

// words parts the text at spaces and marks; each word keeps the space behind it.
func (m *Marked) words() []piece {
	var list []piece
	runes := []rune(m.Text)
	mark := 0
	from := 0
	flush := func(to int, marked bool) {
		if from < to {
			s := string(runes[from:to])
			list = append(list, piece{text: s, marked: marked, right: rightToLeft(s)})
		}
		from = to
	}
	inside := false
	for i, c := range runes {
		for mark < len(m.Marks) && m.Marks[mark][1] <= i {
			if inside {
				flush(i, true)
				inside = false
			}
			mark++
		}
		if mark < len(m.Marks) && m.Marks[mark][0] <= i && !inside {
			flush(i, false)
			inside = true
		}
		if unicode.IsSpace(c) {
			runes[i] = ' '
			if i > 0 && runes[i-1] == ' ' {
				flush(i, inside)
				from = i + 1 // of several spaces, as between paragraphs, one stays
				continue
			}
			flush(i+1, inside)
		} else if i > from && ideograph(c) && ideograph(runes[i-1]) {
			flush(i, inside) // written without spaces: a line may end here
		}
	}
	flush(len(runes), inside)
	return list
}

func ideograph(r rune) bool {
	return r >= 0x2E80 && r < 0xA000 || r >= 0xF900 && r < 0xFB00 || r >= 0xFF00 && r < 0xFFF0 || r >= 0x20000 && r < 0x32000
}

// rightToLeft tells the direction of the first letter that has one.
func rightToLeft(s string) bool {
	for _, r := range s {
		p, _ := bidi.LookupRune(r)
		switch p.Class() {
		case bidi.R, bidi.AL:
			return true
		case bidi.L:
			return false
		}
	}
	return false
}

// lines breaks the words into lines of a width.
func (r *markedRenderer) lines(width float32) [][]piece {
	words := r.m.words()
	most := max(1, r.m.Lines)
	var lines [][]piece
	var line []piece
	var x float32
	for i := 0; i < len(words); i++ {
		w := words[i]
		bold := w.marked || r.m.Bold
		bare := r.measure(strings.TrimRight(w.text, " "), bold).Width
		w.width = r.measure(w.text, bold).Width
		if x+bare <= width+0.5 || len(line) == 0 && len(lines)+1 < most {
			line = append(line, w)
			x += w.width
			continue
		}
		if len(lines)+1 == most { // the last line: what fits, and an ellipsis
			rest := w
			for _, more := range words[i+1:] {
				if more.marked != rest.marked || utf8.RuneCountInString(rest.text) > 60 {
					break
				}
				rest.text += more.text
			}
			room := max(0, width-x)
			rest.text = fitText(rest.text+" …", room, func(s string) float32 { return r.measure(s, bold).Width })
			if r.measure(rest.text, bold).Width > room && len(line) > 0 {
				last := &line[len(line)-1]
				last.text = strings.TrimRight(last.text, " ") + "…"
				last.width = r.measure(last.text, last.marked || r.m.Bold).Width
			} else {
				rest.width = r.measure(rest.text, bold).Width
				line = append(line, rest)
			}
			return append(lines, line)
		}
		lines = append(lines, line)
		line, x = nil, 0
		i--
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// joined puts words of one mark and direction together, so that few texts are
// drawn, and scripts that join across them look right.
func (r *markedRenderer) joined(line []piece) []piece {
	var out []piece
	for _, w := range line {
		if n := len(out); n > 0 && out[n-1].marked == w.marked && out[n-1].right == w.right {
			out[n-1].text += w.text
			continue
		}
		out = append(out, w)
	}
	for i := range out {
		out[i].width = r.measure(out[i].text, out[i].marked || r.m.Bold).Width
	}
	return out
}

func (r *markedRenderer) Layout(size fyne.Size) {
	r.size = size
	r.used, r.marked = 0, 0
	h := r.lineHeight()
	right := rightToLeft(r.m.Text)
	for i, line := range r.lines(size.Width) {
		at := fyne.NewPos(0, float32(i)*h)
		if right {
			r.fromRight(r.joined(line), at.AddXY(size.Width, 0), h)
			continue
		}
		for _, p := range r.joined(line) {
			r.put(p, at, h)
			at.X += p.width
		}
	}
	for _, t := range r.texts[r.used:] {
		t.Hide()
	}
	for _, g := range r.grounds[r.marked:] {
		g.Hide()
	}
}

// fromRight draws the pieces of a line that runs from right to left, beginning
// at its right end. Runs the other way, such as a Latin name or a number, keep
// their order among themselves. The space behind a word stands at its left.
func (r *markedRenderer) fromRight(line []piece, at fyne.Position, h float32) {
	for begin := 0; begin < len(line); {
		end := begin + 1
		for !line[begin].right && end < len(line) && !line[end].right {
			end++
		}
		group := line[begin:end]
		last := &group[len(group)-1]
		bare := strings.TrimRight(last.text, " ")
		space := last.width
		last.width = r.measure(bare, last.marked || r.m.Bold).Width
		space -= last.width
		last.text = bare
		for _, p := range group {
			at.X -= p.width
		}
		to := at
		for _, p := range group {
			width := p.width
			if p.right { // signs at its ends belong to it
				p.text = "\u200f" + p.text + "\u200f"
			}
			r.put(p, to, h)
			to.X += width
		}
		at.X -= space
		begin = end
	}
}

// put draws a piece.
func (r *markedRenderer) put(p piece, at fyne.Position, h float32) {
	if r.used == len(r.texts) {
		r.texts = append(r.texts, canvas.NewText("", nil))
	}
	t := r.texts[r.used]
	r.used++
	bold := p.marked || r.m.Bold
	colour := r.m.Colour
	if p.marked || colour == "" {
		colour = ft.ColorNameForeground
	}
	t.Text, t.TextSize, t.Color = p.text, r.textSize(), theme.Color(colour)
	t.TextStyle, t.FontSource = fyne.TextStyle{Bold: bold}, fontFor(p.text, bold)
	t.Move(at)
	t.Resize(fyne.NewSize(p.width, h))
	t.Show()
	t.Refresh()
	if !p.marked {
		return
	}
	if r.marked == len(r.grounds) {
		g := canvas.NewRectangle(nil)
		g.CornerRadius = 2
		r.grounds = append(r.grounds, g)
	}
	g := r.grounds[r.marked]
	r.marked++
	g.FillColor = theme.Color(theme.ColorCaution)
	width := r.measure(strings.TrimRight(p.text, " "), bold).Width
	g.Move(fyne.NewPos(at.X-1, at.Y+1))
	g.Resize(fyne.NewSize(width+2, h-2))
	g.Show()
	g.Refresh()
}

func (r *markedRenderer) Refresh() {
	r.Layout(r.size)
	canvas.Refresh(r.m)
}

func (r *markedRenderer) Objects() []fyne.CanvasObject {
	list := make([]fyne.CanvasObject, 0, r.used+r.marked)
	for _, g := range r.grounds[:r.marked] {
		list = append(list, g)
	}
	for _, t := range r.texts[:r.used] {
		list = append(list, t)
	}
	return list
}

func (r *markedRenderer) Destroy() {}

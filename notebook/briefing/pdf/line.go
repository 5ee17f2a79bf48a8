package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
	"golang.org/x/text/unicode/norm"
)

// ink is a colour, red, green and blue.
type ink [3]uint8

// attr is how a run of text is set. Sizes and lengths are in points.
type attr struct {
	style style
	size  float64
	rise  float64 // of the baseline, for references
	ink   ink
	back  *ink   // behind the letters
	url   string // an address it links to
	dest  string // an anchor in this document it links to
	mark  string // an anchor that this run is
}

// run is text in one way of setting.
type run struct {
	text string
	attr *attr
}

// segment is a piece of a line that is drawn at once.
type segment struct {
	x, width float64 // from the left of the line
	text     string  // in the order of drawing
	actual   string  // the letter that a joined form is drawn for
	face     *face   // nil: a character that no font has
	missing  rune
	attr     *attr
}

// line is one set line of a paragraph.
type line struct {
	segments []segment
	width    float64
	rtl      bool
	marks    []string
}

// typesetter breaks paragraphs into lines. It is not safe for concurrent use.
type typesetter struct {
	faces   *faces
	seg     segmenter.Segmenter
	missing map[rune]bool // that no font has, of all that was set
	// scratch, kept between paragraphs
	text   []rune
	attrs  []*attr
	widths []float64
	glyphs []glyph
	breaks []bool
}

// clean brings text into the form that is set: valid UTF-8 in NFC, one space
// for a tab, "\n" for each kind of line end, and U+FFFD for the control
// characters that mean nothing on paper. Overrides of direction are taken out:
// what they do is make words read otherwise than they are written.
func clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c < 0x20 && c != '\n' || c == 0x7F {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return norm.NFC.String(strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
			return '\uFFFD'
		case r == 0x202D, r == 0x202E:
			return -1
		}
		return r
	}, s))
}

// A box for a character that no font has is this wide, in ems.
const boxWidth = 1.0

// lines sets runs to a width. There is at least one line, so that an empty
// paragraph keeps its place.
func (t *typesetter) lines(runs []run, width float64) []line {
	var out []line
	t.text, t.attrs = t.text[:0], t.attrs[:0]
	for _, r := range runs {
		for _, c := range clean(r.text) {
			if c == '\n' {
				out = t.paragraph(out, width)
				t.text, t.attrs = t.text[:0], t.attrs[:0]
				continue
			}
			t.text, t.attrs = append(t.text, c), append(t.attrs, r.attr)
		}
	}
	return t.paragraph(out, width)
}

func (t *typesetter) paragraph(out []line, width float64) []line {
	text := t.text
	if len(text) == 0 {
		return append(out, line{})
	}
	rtl := rightToLeft(text)
	levels := levels(text, rtl)
	drawn := t.measure(shape(text))
	t.opportunities()

	// Greedy: a line ends at the last opportunity that fits, or within a word
	// that is wider than a line.
	for start := 0; start < len(text); {
		w, last := 0.0, -1 // the width so far, the last opportunity
		end := len(text)
		for i := start; i < len(text); i++ {
			space := unicode.IsSpace(text[i]) && text[i] != 0xA0
			if !space && w+t.widths[i] > width+1e-6 && i > start {
				if end = last; end < 0 {
					for end = i; end > start+1 && (mark(text[end]) || invisible(text[end]) || drawn[end] == 0); end-- {
					}
				}
				break
			}
			w += t.widths[i]
			if t.breaks[i+1] {
				last = i + 1
			}
		}
		out = append(out, t.set(drawn, levels, start, end, rtl))
		start = end
		for start < len(text) && text[start] == ' ' {
			start++
		}
	}
	return out
}

// measure finds the face and width of each character, and takes the plain
// letter where no face has its joined form.
func (t *typesetter) measure(drawn []rune) []rune {
	t.widths, t.glyphs = t.widths[:0], t.glyphs[:0]
	for i, r := range drawn {
		a := t.attrs[i]
		if r == 0 || invisible(r) {
			drawn[i] = 0
			t.widths, t.glyphs = append(t.widths, 0), append(t.glyphs, glyph{})
			continue
		}
		g, ok := t.faces.glyph(a.style, r)
		if !ok && r != t.text[i] {
			g, ok = t.plainLetter(drawn, i)
		}
		if !ok && unicode.IsSpace(r) {
			// A space of a width that no face has is still a space.
			drawn[i] = ' '
			g, ok = t.faces.glyph(a.style, ' ')
		}
		if !ok {
			g = glyph{width: boxWidth}
			if t.missing == nil {
				t.missing = map[rune]bool{}
			}
			t.missing[t.text[i]] = true
		}
		t.widths, t.glyphs = append(t.widths, g.width*a.size), append(t.glyphs, g)
	}
	return drawn
}

func (t *typesetter) plainLetter(drawn []rune, i int) (glyph, bool) {
	drawn[i] = t.text[i]
	if i+1 < len(drawn) && drawn[i+1] == 0 && !invisible(t.text[i+1]) {
		drawn[i+1] = t.text[i+1] // give back what the ligature took
	}
	return t.faces.glyph(t.attrs[i].style, drawn[i])
}

// opportunities marks where a line may end (UAX 14): breaks[i] is before
// character i.
func (t *typesetter) opportunities() {
	t.breaks = t.breaks[:0]
	for range len(t.text) + 1 {
		t.breaks = append(t.breaks, false)
	}
	t.seg.Init(t.text)
	for it := t.seg.LineIterator(); it.Next(); {
		l := it.Line()
		t.breaks[l.Offset+len(l.Text)] = true
	}
}

// set makes a line of the characters [start, end), without the white space
// around it.
func (t *typesetter) set(drawn []rune, levels []uint8, start, end int, rtl bool) line {
	hyphen := end < len(t.text) && end > start && t.text[end-1] == 0xAD
	for end > start && unicode.IsSpace(t.text[end-1]) {
		end--
	}
	l := line{rtl: rtl}
	x := 0.0
	var b strings.Builder
	var cur segment
	flush := func() {
		if cur.attr != nil && (b.Len() > 0 || cur.missing != 0) {
			cur.text, cur.width = b.String(), x-cur.x
			l.segments = append(l.segments, cur)
		}
		b.Reset()
		cur = segment{}
	}
	for _, i := range visual(t.text, levels, start, end, rtl) {
		a := t.attrs[i]
		if a.mark != "" && (len(l.marks) == 0 || l.marks[len(l.marks)-1] != a.mark) {
			l.marks = append(l.marks, a.mark)
		}
		r := drawn[i]
		if r == 0 {
			continue
		}
		g := t.glyphs[i]
		single := t.joined(drawn, i)
		if cur.attr != a || cur.face != g.face || g.face == nil || single || cur.actual != "" {
			flush()
			cur = segment{x: x, face: g.face, attr: a}
			if single {
				cur.actual = string(t.text[i])
			}
			if g.face == nil {
				cur.missing = t.text[i]
			}
		}
		if g.face != nil {
			if levels != nil && levels[i]%2 == 1 {
				r = mirror(r)
			}
			b.WriteRune(r)
		}
		x += t.widths[i]
	}
	if hyphen && len(l.segments)+b.Len() > 0 {
		if a := t.attrs[end-1]; !rtl {
			if g, ok := t.faces.glyph(a.style, '-'); ok {
				flush()
				cur = segment{x: x, face: g.face, attr: a}
				b.WriteByte('-')
				x += g.width * a.size
			}
		}
	}
	flush()
	l.width = x
	return l
}

// joined says whether a joined form is drawn for character i alone. Such a form
// is a segment of its own, so that the plain letter can stand behind it: put
// together to words they would be read backwards by those who take the letters
// of a page from left to right. A ligature is left to the reader's own tables.
func (t *typesetter) joined(drawn []rune, i int) bool {
	if drawn[i] == t.text[i] || drawn[i] == 0 || t.glyphs[i].face == nil {
		return false
	}
	return i+1 == len(drawn) || drawn[i+1] != 0 || invisible(t.text[i+1])
}

// width is how wide s would be on one line.
func (t *typesetter) width(s string, a *attr) float64 {
	widest := 0.0
	for _, l := range t.lines([]run{{s, a}}, math.Inf(1)) {
		widest = math.Max(widest, l.width)
	}
	return widest
}

// shorten gives s, or as much of it as fits with an ellipsis, on one line.
func (t *typesetter) shorten(s string, a *attr, width float64) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	if len(s) > 2000 {
		s = strings.ToValidUTF8(s[:2000], "") + "…"
	}
	if t.width(s, a) <= width {
		return s
	}
	return t.firstLine(s, a, width-t.width("…", a)) + "…"
}

// firstLine is the words of s that its first line takes.
func (t *typesetter) firstLine(s string, a *attr, width float64) string {
	w := 0.0
	var b strings.Builder
	for _, r := range s {
		em := boxWidth
		if g, ok := t.faces.glyph(a.style, r); ok {
			em = g.width
		} else if invisible(r) {
			em = 0
		}
		if w += em * a.size; w > width {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ,;:–-")
}

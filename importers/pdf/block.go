package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// para is a paragraph while it is put together.
type para struct {
	lines     []line
	compounds map[string]bool // of the document
}

// compounds are the words that have a hyphen within a line: the same broken at
// its hyphen keeps it.
func compounds(pages []page) map[string]bool {
	found := map[string]bool{}
	for _, p := range pages {
		for _, l := range p.lines {
			if !strings.Contains(l.text, "-") {
				continue
			}
			for _, w := range strings.Fields(l.text) {
				if w = bareWord(w); strings.Contains(strings.Trim(w, "-"), "-") {
					found[w] = true
				}
			}
		}
	}
	return found
}

// bareWord is a word in small letters without the marks around it.
func bareWord(w string) string {
	return strings.ToLower(strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' }))
}

// hyphenated tells whether the word that a line end parts is a compound that
// stands whole elsewhere.
func (p para) hyphenated(a, b string) bool {
	first, last := strings.Fields(a), strings.Fields(b)
	if len(p.compounds) == 0 || len(first) == 0 || len(last) == 0 {
		return false
	}
	head := strings.TrimRight(first[len(first)-1], "-\u00ad\u2010")
	return p.compounds[bareWord(head+"-"+last[0])]
}

// blocks puts lines in reading order together to blocks. Footnotes, small text
// at the foot of a page that begins with a mark, come back apart.
func blocks(pages []page, body float32) (text, notes []document.Block) {
	sizes := headingSizes(pages, body)
	hyphens := compounds(pages)
	var paras, foot []para
	for _, p := range pages {
		column := columnWidths(p.lines)
		inNote := false
		for i, l := range p.lines {
			note := l.size < body*0.92 && l.y1 < p.height*0.45 && body > 0
			inNote = note && (inNote || startsWithMark(l.text))
			list := &paras
			if inNote {
				list = &foot
			}
			var prev *line
			if n := len(*list); n > 0 {
				last := (*list)[n-1]
				prev = &last.lines[len(last.lines)-1]
			}
			if prev != nil && continues(*prev, l, i, column, inNote) {
				last := &(*list)[len(*list)-1]
				last.lines = append(last.lines, l)
				continue
			}
			*list = append(*list, para{lines: []line{l}, compounds: hyphens})
		}
	}
	for _, p := range paras {
		text = append(text, p.block(body, sizes))
	}
	for _, p := range foot {
		b := p.block(body, nil)
		b.Kind, b.Level = document.Paragraph, 0
		notes = append(notes, b)
	}
	return text, notes
}

// columnWidths is, for each line, the right edge that lines around it reach: a
// line that ends well before it ends a paragraph.
func columnWidths(lines []line) []float32 {
	out := make([]float32, len(lines))
	const around = 6
	for i, l := range lines {
		out[i] = l.x1
		for j := max(0, i-around); j < min(len(lines), i+around+1); j++ {
			o := lines[j]
			if math.Abs(float64(o.x0-l.x0)) < float64(4*l.size) {
				out[i] = max(out[i], o.x1)
			}
		}
	}
	return out
}

// continues tells whether l goes on with the paragraph that prev is the last
// line of. i is l's place on its page, edges the right edges of the page's lines.
func continues(prev, l line, i int, edges []float32, note bool) bool {
	if prev.divided {
		return true
	}
	if ratio := l.size / prev.size; ratio < 0.9 || ratio > 1.1 {
		return false
	}
	if prev.bold != l.bold && (short(prev.text) || short(l.text)) {
		return false
	}
	if _, marked := listMark(l.text); marked || note && startsWithMark(l.text) {
		return false
	}
	if prev.page != l.page || l.y0 > prev.y1 {
		// A new page or column: a sentence goes on over it.
		return !endsSentence(prev.text) && !upperStart(l.text)
	}
	gap := prev.y0 - l.y1
	if gap > 0.75*l.size {
		return false
	}
	if l.y1 > prev.y1 { // beside it, as in a table
		return false
	}
	indented := l.x0 > prev.x0+1.2*l.size && !nearlyAll(prev, edges, i)
	full := i > 0 && i-1 < len(edges) && prev.x1 > edges[i-1]-0.18*(edges[i-1]-prev.x0)
	switch {
	case indented && endsSentence(prev.text):
		return false
	case l.x0 > prev.x0+0.8*l.size && l.x0 < prev.x0+4*l.size && endsSentence(prev.text):
		return false
	case !full && endsSentence(prev.text):
		return false
	case !full && upperStart(l.text) && gap > 0.35*l.size:
		return false
	}
	return true
}

func nearlyAll(l line, edges []float32, i int) bool {
	return i > 0 && i-1 < len(edges) && l.x1 > edges[i-1]-l.size
}

func short(s string) bool { return utf8.RuneCountInString(s) < 90 }

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”\"»’')]0123456789")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…:;。！？։؟", r)
}

func upperStart(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "“\"«‘'(["))
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// listMark tells a list item's mark at a line's start, and the text after it.
func listMark(s string) (rest string, ok bool) {
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune("•◦▪‣●○■□–—\uf0b7\uf0a7·", r) && len(s) > n && s[n] == ' ' {
		return strings.TrimSpace(s[n:]), true
	}
	return s, false
}

// startsWithMark tells a footnote's beginning: a number or a star, then text.
func startsWithMark(s string) bool {
	digits := strings.TrimLeft(s, "0123456789")
	if n := len(s) - len(digits); n > 0 && n <= 3 {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(digits, " .)"))
		return unicode.IsLetter(r) || strings.ContainsRune("“\"«‘(", r)
	}
	return strings.HasPrefix(s, "*") || strings.HasPrefix(s, "†")
}

// headingSizes are the sizes well over the body's, largest first: the levels of
// headings. At most six are told apart.
func headingSizes(pages []page, body float32) []float32 {
	var sizes []float32
	for _, p := range pages {
		for _, l := range p.lines {
			s := float32(math.Round(float64(l.size*2)) / 2)
			if s >= body*1.12 && utf8.RuneCountInString(l.text) < 200 && !slices.Contains(sizes, s) {
				sizes = append(sizes, s)
			}
		}
	}
	slices.SortFunc(sizes, func(a, b float32) int { return byFloat(b, a) })
	return sizes
}

func (p para) block(body float32, sizes []float32) document.Block {
	first := p.lines[0]
	b := document.Block{Kind: document.Paragraph, Page: first.page, Text: p.text()}
	n := utf8.RuneCountInString(b.Text)
	bold := !slices.ContainsFunc(p.lines, func(l line) bool { return !l.bold })
	switch rest, marked := listMark(b.Text); {
	case marked:
		b.Kind, b.Level, b.Text = document.ListItem, 1, rest
	case n < 250 && len(p.lines) <= 4 && hasLetter(b.Text) && first.size >= body*1.12:
		b.Kind = document.Heading
		at := slices.IndexFunc(sizes, func(s float32) bool { return first.size >= s-0.5 })
		b.Level = min(max(at, 0)+1, 6)
	case bold && n < 120 && len(p.lines) <= 2 && hasLetter(b.Text) && !endsSentence(b.Text):
		b.Kind, b.Level = document.Heading, min(len(sizes)+1, 6)
	}
	return b
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// text joins the lines: a divided word without its hyphen, else with a space,
// and with nothing between ideographs.
func (p para) text() string {
	var b strings.Builder
	for i, l := range p.lines {
		t := l.text
		if i > 0 {
			prev := p.lines[i-1]
			switch {
			case prev.divided || dividedWord(prev.text, t):
				s := strings.TrimRight(b.String(), "-\u00ad\u2010")
				b.Reset()
				b.WriteString(s)
				if p.hyphenated(prev.text, t) {
					b.WriteByte('-')
				}
			case ideograph(prev.text, t):
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteString(t)
	}
	return b.String()
}

// dividedWord tells a hyphen between two small letters at a line's end. A
// compound that was broken at its hyphen loses it too unless it stands whole
// elsewhere: the divided word is by far the more common.
func dividedWord(a, b string) bool {
	if !strings.HasSuffix(a, "-") && !strings.HasSuffix(a, "\u00ad") && !strings.HasSuffix(a, "\u2010") {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(strings.TrimRight(a, "-\u00ad\u2010"))
	after, _ := utf8.DecodeRuneInString(b)
	return unicode.IsLower(before) && unicode.IsLower(after)
}

func ideograph(a, b string) bool {
	x, _ := utf8.DecodeLastRuneInString(a)
	y, _ := utf8.DecodeRuneInString(b)
	return unicode.In(x, unicode.Han, unicode.Hiragana, unicode.Katakana) && unicode.In(y, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

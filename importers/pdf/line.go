package pdf

import (
	"slices"
	"strings"
	"unicode"

	"sourcebook/importers/pdf/pdfium"
	"sourcebook/notebook/document"
)

// line is one line of a page: characters that stand side by side. The box is in
// points from the lower left corner.
type line struct {
	text           string
	page           int
	x0, y0, x1, y1 float32
	size           float32 // height of its characters' boxes, the median
	bold           bool
	divided        bool // ends in a hyphen that divides a word
}

type page struct {
	number        int
	width, height float32
	lines         []line
}

// linesOf puts the characters of a page together: a line ends where PDFium ends
// it, where the next character stands on another height, and at a gap so wide
// that it must be a gutter or a column of a table.
func linesOf(p pdfium.Page, number int) []line {
	var lines []line
	var run []pdfium.Char
	flush := func() {
		if l, ok := makeLine(run, number); ok {
			lines = append(lines, l)
		}
		run = run[:0]
	}
	for _, c := range p.Chars {
		if c.Rune == '\n' {
			flush()
			continue
		}
		if n := len(run); n > 0 && !unicode.IsSpace(c.Rune) {
			last := lastInk(run)
			h := last.Y1 - last.Y0
			apart := c.Y0 > last.Y1-h*0.3 || c.Y1 < last.Y0+h*0.3
			if apart || c.X0-last.X1 > 2.5*h || c.X1 < last.X0-2.5*h {
				flush()
			}
		}
		run = append(run, c)
	}
	flush()
	return join(lines)
}

func lastInk(run []pdfium.Char) pdfium.Char {
	for i := len(run) - 1; i >= 0; i-- {
		if !unicode.IsSpace(run[i].Rune) {
			return run[i]
		}
	}
	return run[len(run)-1]
}

func makeLine(run []pdfium.Char, number int) (line, bool) {
	var b strings.Builder
	l := line{page: number}
	var heights []float32
	bold, ink := 0, 0
	for _, c := range run {
		if unicode.IsControl(c.Rune) || c.Rune == '\ufffd' {
			continue
		}
		b.WriteRune(c.Rune)
		if unicode.IsSpace(c.Rune) {
			continue
		}
		if ink == 0 {
			l.x0, l.y0, l.x1, l.y1 = c.X0, c.Y0, c.X1, c.Y1
		}
		l.x0, l.y0, l.x1, l.y1 = min(l.x0, c.X0), min(l.y0, c.Y0), max(l.x1, c.X1), max(l.y1, c.Y1)
		heights = append(heights, c.Y1-c.Y0)
		l.divided = c.Hyphen
		ink++
		if c.Bold {
			bold++
		}
	}
	l.text = strings.Join(strings.Fields(b.String()), " ")
	if l.text == "" {
		return l, false
	}
	slices.Sort(heights)
	l.size = heights[len(heights)/2]
	l.bold = bold*2 > ink
	return l, true
}

// join puts pieces of one line together that a change of font or a raised
// number had parted: on one height, side by side, a word's gap apart.
func join(lines []line) []line {
	var out []line
	for _, l := range lines {
		if n := len(out); n > 0 {
			p := &out[n-1]
			overlap := min(p.y1, l.y1) - max(p.y0, l.y0)
			gap := l.x0 - p.x1
			if overlap > 0.5*min(p.y1-p.y0, l.y1-l.y0) && gap > -0.5*p.size && gap < 1.2*max(p.size, l.size) {
				space := ""
				if gap > 0.12*p.size {
					space = " "
				}
				if len(l.text) > len(p.text) {
					p.size, p.bold = l.size, l.bold
				}
				p.text, p.divided = p.text+space+l.text, l.divided
				p.x0, p.x1, p.y0, p.y1 = min(p.x0, l.x0), max(p.x1, l.x1), min(p.y0, l.y0), max(p.y1, l.y1)
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// bodySize is the size that most characters have.
func bodySize(pages []page) float32 {
	weight := map[int]int{} // by half points
	for _, p := range pages {
		for _, l := range p.lines {
			weight[int(l.size*2+0.5)] += len(l.text)
		}
	}
	best, most := 0, 0
	for s, n := range weight {
		if n > most || n == most && s < best {
			best, most = s, n
		}
	}
	return float32(best) / 2
}

// dropRunning takes running heads, feet and page numbers out of pages: lines at
// the upper or lower edge that come back on other pages with at most their
// numbers changed, and lines there that are only a page number.
func dropRunning(pages []page) []document.Dropped {
	type key struct {
		text string
		top  bool
	}
	seen := map[key]int{}
	edge := func(p page, visit func(i int, k key)) {
		order := make([]int, len(p.lines))
		for i := range order {
			order[i] = i
		}
		slices.SortStableFunc(order, func(a, b int) int {
			switch d := p.lines[b].y1 - p.lines[a].y1; {
			case d > 0:
				return 1
			case d < 0:
				return -1
			}
			return 0
		})
		const deep = 3 // lines from either edge
		for rank, i := range order {
			l := p.lines[i]
			if rank < deep && l.y0 > p.height*0.85 {
				visit(i, key{numbersOut(l.text), true})
			} else if rank >= len(order)-deep && l.y1 < p.height*0.15 {
				visit(i, key{numbersOut(l.text), false})
			}
		}
	}
	for _, p := range pages {
		edge(p, func(_ int, k key) { seen[k]++ })
	}
	need := max(2, min(3, len(pages)/2))
	var dropped []document.Dropped
	for pi := range pages {
		p := &pages[pi]
		drop := map[int]bool{}
		edge(*p, func(i int, k key) {
			onlyNumber := strings.Trim(k.text, "#–-—|/. ") == "" || pageWord(k.text)
			if onlyNumber || seen[k] >= need && len(pages) > 2 {
				drop[i] = true
			}
		})
		kept := p.lines[:0:0]
		for i, l := range p.lines {
			if drop[i] {
				reason := document.Navigation
				if l.y1 < p.height/2 {
					reason = document.Footer
				}
				dropped = append(dropped, document.Dropped{Reason: reason, Text: l.text})
				continue
			}
			kept = append(kept, l)
		}
		p.lines = kept
	}
	return dropped
}

// numbersOut replaces each run of digits by "#".
func numbersOut(s string) string {
	var b strings.Builder
	digit := false
	for _, r := range s {
		if unicode.IsDigit(r) {
			if !digit {
				b.WriteByte('#')
			}
			digit = true
			continue
		}
		digit = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// pageWord tells "page #", "# of #" and the like.
func pageWord(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '/' || r == '|' || r == '-' || r == '–' }) {
		switch strings.Trim(w, ".:") {
		case "#", "page", "p", "of", "seite", "von", "стр", "страница", "из", "sayfa", "səhifə", "página", "de":
		default:
			return false
		}
	}
	return strings.Contains(s, "#")
}

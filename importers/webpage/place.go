package webpage

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// place is where the text of a page stands among its segments, as what stands
// near its headline or its first line speaks of it and not of something else.
type place struct {
	title       int // segment of the headline, -1 where it was not found
	first, last int // segments of text; -1 where there are none
	lead        int // the first segment of running text that is kept
}

// place finds the headline and the text.
func (r *reader) place(keep []bool) place {
	p := place{title: r.titleAt, first: -1, last: -1, lead: -1}
	for i, k := range keep {
		if !k {
			continue
		}
		if p.first < 0 {
			p.first = i
		}
		if p.lead < 0 && r.page.segs[i].good() {
			p.lead = i
		}
		p.last = i
	}
	if p.lead < 0 {
		p.lead = p.first
	}
	if p.title > p.lead && p.lead >= 0 && p.title-p.lead > 3 {
		p.title = -1 // the headline is repeated somewhere below
	}
	return p
}

// nearness grades how likely a thing before segment i speaks of the text: from
// 5 between headline and text down to 0.
func (p place) nearness(i int) float64 {
	switch {
	case p.title >= 0 && i >= p.title && i <= p.lead:
		return 5
	case p.title >= 0 && i >= p.title && i <= p.title+12 && (p.lead < 0 || p.lead < p.title):
		return 4
	case p.title >= 0 && i < p.title && i >= p.title-6:
		return 4
	case p.title < 0 && p.first >= 0 && i <= p.lead && i >= p.first-8:
		return 4
	case p.lead >= 0 && i > p.lead && i <= p.lead+2:
		return 3
	case p.last >= 0 && i > p.last && i <= p.last+5:
		return 2.5
	case p.last >= 0 && i == p.last:
		return 2
	case p.first >= 0 && i > p.lead && i <= p.last:
		return 1
	case p.title >= 0 && i < p.title && i >= p.title-15:
		return 1.5
	}
	return 0
}

// findTitle finds the segment that is the page's headline: the one that shares
// most words with the title, headings before others.
func (r *reader) findTitle() {
	r.titleAt = -1
	words := map[string]bool{}
	for _, w := range strings.Fields(fold(r.doc.Title)) {
		words[w] = true
	}
	if len(words) == 0 {
		return
	}
	best := 0.0
	size := utf8.RuneCountInString(r.doc.Title)
	for i := range r.page.segs {
		g := &r.page.segs[i]
		if g.runes > 400 || g.hidden || g.control || !heading(g.tag) && (int(g.runes) > 3*size+20 || int(g.runes)*3 < size) {
			continue // too long or too short to share enough words with it
		}
		f := strings.Fields(fold(g.text))
		in := 0
		for _, w := range f {
			if words[w] {
				in++
			}
		}
		score := 2 * float64(in) / float64(len(f)+len(words))
		switch g.tag {
		case atom.H1:
			score += 0.5
		case atom.H2, atom.H3:
			score += 0.2
		}
		if g.linkRunes*2 > g.runes {
			score -= 0.4
		}
		if r.page.boxes[g.box].all&(cueNav|cueRelated|cueComment|cueFooter) != 0 {
			score -= 0.2
		}
		if score > 0.75 && score > best {
			best, r.titleAt = score, i
		}
	}
}

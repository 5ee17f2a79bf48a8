package selector

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// The weights of a candidate's parts, as in Hypothesis.
const (
	quoteWeight    = 50.0
	prefixWeight   = 20.0
	suffixWeight   = 20.0
	positionWeight = 2.0
	fullWeight     = quoteWeight + prefixWeight + suffixWeight + positionWeight
)

// A candidate is taken from acceptLong on. A quotation of less than shortQuote
// code points says little by itself ("Baku" stands in every paragraph), so it
// also needs a context that fits.
const (
	acceptLong  = 0.5
	acceptShort = 0.75
	shortQuote  = 24
	minQuote    = 0.5 // similarity of the quotation itself
)

// A quotation with differences is first looked for within nearby code points of
// where it stood; a place there with a score of sure ends the search.
const (
	nearby = 20_000
	sure   = 0.85
)

// maxContext is how many code points of a prefix or suffix are weighed: more
// than Make makes, for selectors of other programs.
const maxContext = 2 * Context

// maxCandidates bounds how many places are weighed; the nearest to the hinted
// position are taken.
const maxCandidates = 512

// Resolve finds s in text. It returns the half-open range in code points, a
// score from 0 to 1 (1: quotation, context and position all as they were), and
// whether the place can be trusted; where it cannot, the range is empty.
//
// A prefix or suffix that is empty is taken as fitting, so that a quotation
// alone can be looked for.
func Resolve(text string, s Selector) (start, end int, score float64, ok bool) {
	if s.Exact == "" || text == "" {
		return 0, 0, 0, false
	}
	// Invalid bytes would match within a character.
	if !utf8.ValidString(s.Exact) || !utf8.ValidString(s.Prefix) || !utf8.ValidString(s.Suffix) {
		text, s.Exact, s.Prefix, s.Suffix = valid(text), valid(s.Exact), valid(s.Prefix), valid(s.Suffix)
	}
	s.Prefix = before(s.Prefix, len(s.Prefix), maxContext)
	s.Suffix = after(s.Suffix, 0, maxContext)
	// Most often nothing moved.
	if s.Start >= 0 && s.End > s.Start {
		if from, in := offset(text, 0, s.Start); in && strings.HasPrefix(text[from:], s.Exact) &&
			strings.HasSuffix(text[:from], s.Prefix) && strings.HasPrefix(text[from+len(s.Exact):], s.Suffix) {
			return s.Start, s.Start + utf8.RuneCountInString(s.Exact), 1, true
		}
	}
	t := newText(text)
	best := t.best(exactCandidates(t, s), s)
	if best.score < 0 && len(t.runes) > 4*nearby {
		// In a long text it most often still stands near where it stood.
		from := min(max(0, s.Start-nearby), len(t.runes))
		to := max(from, min(len(t.runes), s.End+nearby))
		near := s
		near.Start, near.End = s.Start-from, s.End-from
		cands := fuzzyCandidates(t.runes[from:to], near)
		for i := range cands {
			cands[i].start, cands[i].end = cands[i].start+from, cands[i].end+from
		}
		if best = t.best(cands, s); best.score < sure {
			best.score = -1
		}
	}
	if best.score < 0 {
		best = t.best(fuzzyCandidates(t.runes, s), s)
	}
	accept := acceptLong
	if utf8.RuneCountInString(s.Exact) < shortQuote && s.Prefix+s.Suffix != "" {
		accept = acceptShort
	}
	if best.score < accept || best.quote < minQuote {
		return 0, 0, max(best.score, 0), false
	}
	return best.start, best.end, best.score, true
}

// valid replaces each invalid byte by U+FFFD, so that positions stay.
func valid(s string) string { return string([]rune(s)) }

// candidate is one place where the quotation may stand, in code points.
type candidate struct {
	start, end int
	quote      float64 // similarity of the quotation, 0–1
	score      float64
}

// indexed is a text by code points. Invalid bytes count one each, as in Make.
type indexed struct {
	s     string
	runes []rune
}

func newText(s string) indexed { return indexed{s: s, runes: []rune(s)} }

// best weighs candidates and gives the best one; its score is -1 where there are none.
func (t indexed) best(cands []candidate, s Selector) candidate {
	best := candidate{score: -1}
	for _, c := range cands {
		c.score = t.weigh(c, s)
		if c.score > best.score {
			best = c
		}
	}
	return best
}

// exactCandidates finds where the quotation stands word for word, overlapping
// places included.
func exactCandidates(t indexed, s Selector) []candidate {
	n := utf8.RuneCountInString(s.Exact)
	var found []candidate
	at, pos := 0, 0 // bytes, and the same in code points
	for {
		i := strings.Index(t.s[at:], s.Exact)
		if i < 0 {
			break
		}
		pos += utf8.RuneCountInString(t.s[at : at+i])
		at += i
		found = append(found, candidate{start: pos, end: pos + n, quote: 1})
		_, size := utf8.DecodeRuneInString(t.s[at:])
		at += size
		pos++
	}
	return nearest(found, s.Start)
}

// nearest keeps the maxCandidates places nearest to the hinted position, of
// places in rising order.
func nearest(c []candidate, hint int) []candidate {
	if len(c) <= maxCandidates {
		return c
	}
	at := sort.Search(len(c), func(i int) bool { return c[i].start >= hint })
	from := max(0, at-maxCandidates)
	c = c[from:min(len(c), at+maxCandidates)]
	for len(c) > maxCandidates {
		if abs(c[0].start-hint) > abs(c[len(c)-1].start-hint) {
			c = c[1:]
		} else {
			c = c[:len(c)-1]
		}
	}
	return c
}

// weigh gives the score of a place from 0 to 1.
func (t indexed) weigh(c candidate, s Selector) float64 {
	prefix, suffix := 1.0, 1.0
	if s.Prefix != "" {
		want := []rune(s.Prefix)
		prefix = similarity(want, t.runes[max(0, c.start-len(want)):c.start])
	}
	if s.Suffix != "" {
		want := []rune(s.Suffix)
		suffix = similarity(want, t.runes[c.end:min(len(t.runes), c.end+len(want))])
	}
	position := 1 - min(1, float64(abs(c.start-s.Start))/float64(len(t.runes)))
	return (quoteWeight*c.quote + prefixWeight*prefix + suffixWeight*suffix + positionWeight*position) / fullWeight
}

// similarity is 1 less the share of code points that must be changed to turn a
// into b, by Levenshtein distance.
func similarity(a, b []rune) float64 {
	longest := max(len(a), len(b))
	if longest == 0 {
		return 1
	}
	return 1 - float64(distance(a, b))/float64(longest)
}

// distance is the Levenshtein distance. Callers keep a and b short, or equal at
// both ends.
func distance(a, b []rune) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

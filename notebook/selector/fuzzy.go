package selector

import "sort"

// Bounds of the search with differences, so that neither a long quotation nor
// a long text makes it slow.
const (
	maxPattern = 512 // code points matched at once; a longer quotation is found by its ends
	maxErrors  = 256
	maxMinima  = 24 // places that are worked out in full
)

// fuzzyCandidates finds places where the quotation stands with differences. A
// quotation of more than maxPattern code points is looked for by its first and
// its last maxPattern/2.
func fuzzyCandidates(text []rune, s Selector) []candidate {
	want := []rune(s.Exact)
	if len(want) <= maxPattern {
		return approximate(text, want, s.Start)
	}
	half := maxPattern / 2
	heads := approximate(text, want[:half], s.Start)
	tails := approximate(text, want[len(want)-half:], s.End-half)
	var out []candidate
	for _, h := range heads {
		for _, tl := range tails {
			n := tl.end - h.start
			// The middle may have grown or shrunk by half, not more.
			if n < len(want)/2 || n > len(want)*3/2 || tl.start < h.start {
				continue
			}
			length := 1 - float64(abs(n-len(want)))/float64(max(n, len(want)))
			out = append(out, candidate{start: h.start, end: tl.end, quote: (h.quote + tl.quote) / 2 * length})
		}
	}
	return out
}

// approximate finds the places of pattern in text with at most half of it
// changed: Myers' bit-parallel algorithm ("A fast bit-vector algorithm for
// approximate string matching based on dynamic programming", 1999) gives the
// end of each, and run backwards from there its start.
func approximate(text, pattern []rune, hint int) []candidate {
	limit := min(maxErrors, len(pattern)/2)
	if limit == 0 {
		return nil
	}
	ends := localMinima(newMatcher(pattern).scan(text, limit, false), hint)
	back := make([]rune, len(pattern))
	for i, r := range pattern {
		back[len(pattern)-1-i] = r
	}
	m := newMatcher(back)
	out := make([]candidate, 0, len(ends))
	for _, e := range ends {
		from := max(0, e.at-len(pattern)-e.errors)
		window := make([]rune, e.at-from)
		for i, r := range text[from:e.at] {
			window[len(window)-1-i] = r
		}
		// The whole pattern read backwards ends where the match starts. Of
		// several starts with as few errors, the one nearest to the pattern's
		// own length is taken.
		best, errors := -1, limit+1
		for _, s := range m.scan(window, e.errors, true) {
			if s.errors < errors || s.errors == errors && abs(s.at-len(pattern)) < abs(best-len(pattern)) {
				best, errors = s.at, s.errors
			}
		}
		if best <= 0 {
			continue
		}
		out = append(out, candidate{start: e.at - best, end: e.at, quote: 1 - float64(errors)/float64(len(pattern))})
	}
	return out
}

// ending is a place in the text where a match ends (after code point at-1), and
// with how many errors.
type ending struct{ at, errors int }

// localMinima keeps the best ending of each run of endings, and of these the
// maxMinima with fewest errors, those nearest to hint first.
func localMinima(all []ending, hint int) []ending {
	var out []ending
	for i := 0; i < len(all); {
		best := all[i]
		j := i + 1
		for ; j < len(all) && all[j].at == all[j-1].at+1; j++ {
			// A rise of the errors after the bottom starts another valley.
			if all[j].errors > all[j-1].errors && all[j-1].errors > best.errors+2 {
				break
			}
			if all[j].errors < best.errors {
				best = all[j]
			}
		}
		out = append(out, best)
		i = j
	}
	sort.SliceStable(out, func(i, j int) bool {
		if out[i].errors != out[j].errors {
			return out[i].errors < out[j].errors
		}
		return abs(out[i].at-hint) < abs(out[j].at-hint)
	})
	return out[:min(len(out), maxMinima)]
}

// matcher holds the bit vectors of one pattern, 64 code points a word.
type matcher struct {
	n     int
	words int
	dense [][]uint64 // bit vectors of the first code points, nil where not in the pattern
	peq   map[rune][]uint64
	none  []uint64
}

// denseRunes is how many code points are looked up in a slice: Latin, Greek,
// Cyrillic, Armenian, Hebrew, Arabic.
const denseRunes = 0x700

func newMatcher(pattern []rune) *matcher {
	m := &matcher{n: len(pattern), words: (len(pattern) + 63) / 64, dense: make([][]uint64, denseRunes), peq: map[rune][]uint64{}}
	m.none = make([]uint64, m.words)
	for i, r := range pattern {
		v := m.peq[r]
		if v == nil {
			v = make([]uint64, m.words)
			m.peq[r] = v
			if r >= 0 && r < denseRunes {
				m.dense[r] = v
			}
		}
		v[i/64] |= 1 << (i % 64)
	}
	return m
}

// scan gives every place of text where the pattern ends with at most limit
// errors. Anchored, the match must start at the text's first code point;
// otherwise it may start anywhere.
func (m *matcher) scan(text []rune, limit int, anchored bool) []ending {
	pv, mv := make([]uint64, m.words), make([]uint64, m.words)
	for i := range pv {
		pv[i] = ^uint64(0)
	}
	last := uint64(1) << ((m.n - 1) % 64)
	score := m.n
	var out []ending
	for i, r := range text {
		var eqs []uint64
		if r >= 0 && r < denseRunes {
			eqs = m.dense[r]
		} else {
			eqs = m.peq[r]
		}
		if eqs == nil {
			eqs = m.none
		}
		// carry is the horizontal difference that enters the word from above:
		// the top row rises by one each column when anchored, else stays 0.
		carry := 0
		if anchored {
			carry = 1
		}
		for w := range m.words {
			eq, p, n := eqs[w], pv[w], mv[w]
			xv := eq | n
			if carry < 0 {
				eq |= 1
			}
			xh := (((eq & p) + p) ^ p) | eq
			ph := n | ^(xh | p)
			mh := p & xh
			top := uint64(1) << 63
			if w == m.words-1 {
				top = last
			}
			out := 0
			if ph&top != 0 {
				out = 1
			} else if mh&top != 0 {
				out = -1
			}
			ph <<= 1
			mh <<= 1
			if carry > 0 {
				ph |= 1
			} else if carry < 0 {
				mh |= 1
			}
			pv[w] = mh | ^(xv | ph)
			mv[w] = ph & xv
			carry = out
		}
		score += carry
		if score <= limit {
			out = append(out, ending{at: i + 1, errors: score})
		}
	}
	return out
}

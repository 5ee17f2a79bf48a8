package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Range is a half-open range of Unicode code points.
type Range struct{ Start, End int }

// Snippet is a passage of a body. Text is the passage as it stands there; Start
// is its place in the body and Marks what to mark in it, both in code points,
// Marks counted from the beginning of Text. The ends are cut between words;
// Before and After tell whether the paragraph goes on there.
type Snippet struct {
	Text          string
	Start         int
	Marks         []Range
	Before, After bool
}

// passage takes a snippet out of a body, between two bytes.
func passage(body string, from, to int, hits [][2]int) Snippet {
	return Snippet{
		Text: body[from:to], Start: utf8.RuneCountInString(body[:from]), Marks: toRanges(body, from, hits),
		Before: from > 0 && body[from-1] != '\n', After: to < len(body) && body[to] != '\n',
	}
}

// matcher finds again in a text what a query found in the index.
type matcher struct {
	terms    map[string]bool // folded words
	stems    map[string]bool // stems of searched words
	prefixes []string
	fuzzy    []fuzzyTerm
	phrases  [][]string
	// Single ideographs: a text has them in pairs.
	ideographs []rune
}

type fuzzyTerm struct {
	term  []rune
	edits int
}

func newMatcher(root node, typing bool, last *wordNode) *matcher {
	m := &matcher{terms: map[string]bool{}, stems: map[string]bool{}}
	m.collect(root, typing, last)
	return m
}

// collect gathers the words of a query, but not those it excludes.
func (m *matcher) collect(n node, typing bool, last *wordNode) {
	switch n := n.(type) {
	case wordNode:
		list := queryTokens(n.text)
		if len(list) > 1 {
			m.phrase(n.text)
			return
		}
		for _, t := range list {
			r, size := utf8.DecodeRuneInString(t.term)
			switch {
			case n.fuzzy > 0:
				m.fuzzy = append(m.fuzzy, fuzzyTerm{[]rune(t.term), n.fuzzy})
			case paired(r) && size == len(t.term):
				m.ideographs = append(m.ideographs, r)
			case n.prefix:
				m.prefixes = append(m.prefixes, t.term)
			default:
				if typing && last != nil && last.text == n.text {
					m.prefixes = append(m.prefixes, t.term)
				}
				m.terms[t.term] = true
				for _, s := range stemsOfQuery(t) {
					m.stems[s] = true
				}
			}
		}
	case phraseNode:
		m.phrase(n.text)
	case textNode:
		m.phrase(n.text)
	case andNode:
		for _, of := range n.list {
			m.collect(of, typing, last)
		}
	case orNode:
		for _, of := range n.list {
			m.collect(of, typing, last)
		}
	}
}

func (m *matcher) phrase(text string) {
	list := terms(text)
	switch len(list) {
	case 0:
	case 1:
		m.terms[list[0]] = true
	default:
		m.phrases = append(m.phrases, list)
	}
}

// word tells whether a single word is one that was searched.
func (m *matcher) word(t token, lang string) bool {
	if m.terms[t.term] || m.stems[t.term] {
		return true
	}
	for _, p := range m.prefixes {
		if len(t.term) >= len(p) && t.term[:len(p)] == p {
			return true
		}
	}
	if len(m.stems) > 0 {
		for _, s := range stems(t, lang) {
			if m.stems[s] {
				return true
			}
		}
	}
	for _, f := range m.fuzzy {
		if near(f.term, []rune(t.term), f.edits) {
			return true
		}
	}
	return false
}

// How much of a long text is looked through for hits at once, in bytes, and
// after how many hits that is enough for snippets.
const (
	stretch    = 16 << 10
	enoughHits = 60
)

// hits returns the byte ranges of a text that the query found, in order and
// without overlap. Of a long text it may be only the first ones.
func (m *matcher) hits(text, lang string) [][2]int {
	var all [][2]int
	for from := 0; from < len(text) && len(all) < enoughHits; {
		to := len(text)
		if to-from > stretch {
			if n := strings.IndexByte(text[from+stretch:], '\n'); n >= 0 {
				to = from + stretch + n + 1
			}
		}
		for _, h := range m.hitsOf(text[from:to], lang) {
			all = append(all, [2]int{from + h[0], from + h[1]})
		}
		from = to
	}
	return all
}

// hitsOf returns the hits of a stretch of text.
func (m *matcher) hitsOf(text, lang string) [][2]int {
	list := queryTokens(text)
	var found [][2]int
	if len(m.ideographs) > 0 {
		for i, r := range text {
			if slices.Contains(m.ideographs, r) {
				found = append(found, [2]int{i, i + utf8.RuneLen(r)})
			}
		}
	}
	for i, t := range list {
		if m.word(t, lang) {
			found = append(found, [2]int{t.start, t.end})
		}
		for _, p := range m.phrases {
			if i+len(p) > len(list) {
				continue
			}
			ok := true
			for k, term := range p {
				if list[i+k].term != term {
					ok = false
					break
				}
			}
			if ok {
				found = append(found, [2]int{t.start, list[i+len(p)-1].end})
			}
		}
	}
	slices.SortFunc(found, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return b[1] - a[1]
	})
	merged := found[:0]
	for _, f := range found {
		if n := len(merged); n > 0 && f[0] < merged[n-1][1] {
			merged[n-1][1] = max(merged[n-1][1], f[1])
			continue
		}
		merged = append(merged, f)
	}
	return merged
}

// marks returns what to mark in a short text.
func (m *matcher) marks(text, lang string) []Range {
	return toRanges(text, 0, m.hits(text, lang))
}

// toRanges counts byte ranges of text in code points, from byte from on.
func toRanges(text string, from int, hits [][2]int) []Range {
	var list []Range
	at, points := from, 0
	for _, h := range hits {
		points += utf8.RuneCountInString(text[at:h[0]])
		start := points
		points += utf8.RuneCountInString(text[h[0]:h[1]])
		at = h[1]
		list = append(list, Range{start, points})
	}
	return list
}

// The length of a snippet in code points: about as much as two lines show.
const (
	snippetLead   = 60
	snippetLength = 220
)

// snippets cuts the passages of a body that hold the most hits, at most n, in
// the order of the text. Where nothing was found in the body, it is the
// beginning.
func (m *matcher) snippets(body, lang string, n int) []Snippet {
	if body == "" {
		return nil
	}
	hits := m.hits(body, lang)
	if len(hits) == 0 {
		return []Snippet{passage(body, 0, forward(body, 0, snippetLength), nil)}
	}
	// Windows begin a little before a hit and never overlap; the fullest are kept.
	type window struct {
		from, to int // bytes
		hits     [][2]int
	}
	var windows []window
	for _, h := range hits {
		if k := len(windows); k > 0 && h[0] < windows[k-1].to {
			windows[k-1].to = max(windows[k-1].to, h[1])
			windows[k-1].hits = append(windows[k-1].hits, h)
			continue
		}
		from := back(body, h[0], snippetLead)
		if k := len(windows); k > 0 {
			from = max(from, windows[k-1].to)
		}
		windows = append(windows, window{from, max(h[1], forward(body, from, snippetLength)), [][2]int{h}})
	}
	order := make([]int, len(windows))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return len(windows[b].hits) - len(windows[a].hits) })
	order = order[:min(n, len(order))]
	slices.Sort(order)
	var list []Snippet
	for _, i := range order {
		w := windows[i]
		list = append(list, passage(body, w.from, w.to, w.hits))
	}
	return list
}

// back goes from byte at to the beginning of the paragraph where that is near,
// else at most n code points back, to the beginning of a word.
func back(s string, at, n int) int {
	i, word := at, at
	for k := 0; k < 2*n && i > 0; k++ {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if r == '\n' {
			return i
		}
		if unicode.IsSpace(r) && k < n {
			word = i
		}
		i -= size
	}
	if i == 0 {
		return 0
	}
	return word
}

// forward goes at most n code points on from byte at, to the end of a word.
func forward(s string, at, n int) int {
	i, word := at, at
	for ; n > 0 && i < len(s); n-- {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			word = i
		}
		i += size
	}
	if i == len(s) || word == at {
		return i
	}
	return word
}

// near tells whether two words differ by at most edits letters put in, left out
// or replaced. It gives up as soon as they cannot.
func near(a, b []rune, edits int) bool {
	if len(a)-len(b) > edits || len(b)-len(a) > edits {
		return false
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		last := row[0]
		row[0] = i
		best := i
		for j := 1; j <= len(b); j++ {
			cost := last
			if a[i-1] != b[j-1] {
				cost = 1 + min(last, row[j], row[j-1])
			}
			last, row[j] = row[j], cost
			best = min(best, cost)
		}
		if best > edits {
			return false
		}
	}
	return row[len(b)] <= edits
}

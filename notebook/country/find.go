package country

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// reading is one text while countries are looked for in it.
type reading struct {
	text  string
	words []word
	small bool // the text has no capitals at all
	// Found so far, by country: what a doubtful name is weighed against.
	georgia func() int8
}

// at returns the word at i, an empty one outside of the text.
func (t *reading) at(i int) word {
	if i < 0 || i >= len(t.words) {
		return word{gap: wide}
	}
	return t.words[i]
}

// raw returns the word at i as written.
func (t *reading) raw(i int) string {
	w := t.at(i)
	return t.text[w.from:w.to]
}

// Find finds where a text names a country: by name, demonym, capital, seat of
// government or common short form. lang is the text's language as a BCP 47 tag;
// where it is empty, unknown or does not fit a word's script, the languages of
// that script are tried. Mentions do not overlap, the longest wins, and they
// come in the order of the text. The time taken is linear in the text.
func Find(text, lang string) []Mention {
	t := &reading{text: text, words: words(text)}
	t.small = allSmall(t.words)
	t.georgia = weighGeorgia(t)
	choice := choose(t, primary(lang))
	var found []Mention
	for i := 0; i < len(t.words); {
		n, code, end := t.match(i, choice[t.words[i].script])
		if n == 0 {
			i++
			continue
		}
		if code != "" {
			first, last := t.words[i], t.words[i+n-1]
			to := last.to
			found = append(found, Mention{Code: code, Start: first.start, End: last.end, Form: text[first.from:to]})
			if m := &found[len(found)-1]; end > 0 && end < len(m.Form) && utf8.RuneStart(m.Form[end]) {
				// The word begins with a particle that is no part of the name.
				m.Form = m.Form[end:]
				m.Start = m.End - utf8.RuneCountInString(m.Form)
			}
		}
		i += n
	}
	return found
}

// Count counts the mentions of each country in a text, the most named first and
// by code where they are equal.
func Count(text, lang string) []document.CountryCount {
	return Tally(Find(text, lang))
}

// Tally counts mentions by country, the most named first and by code where they
// are equal. It is never nil.
func Tally(mentions []Mention) []document.CountryCount {
	n := map[Code]int{}
	for _, m := range mentions {
		n[m.Code]++
	}
	counts := make([]document.CountryCount, 0, len(n))
	for code, mentions := range n {
		counts = append(counts, document.CountryCount{Code: string(code), Mentions: mentions})
	}
	slices.SortFunc(counts, func(a, b document.CountryCount) int {
		if a.Mentions != b.Mentions {
			return b.Mentions - a.Mentions
		}
		return strings.Compare(a.Code, b.Code)
	})
	return counts
}

// longestWord bounds the work on one word: no form is longer.
const longestWord = 120

// match finds the longest form of any of the tables that begins at word i. It
// returns how many words it spans, none for no match; the country, empty for a
// stretch that only looks like one; and how many bytes of a particle come first.
func (t *reading) match(i int, choice []*table) (n int, code Code, particle int) {
	w := t.words[i]
	if len(w.fold) > longestWord {
		return 0, "", 0
	}
	for _, table := range choice {
		if f, k := t.longest(i, w.fold, table); k > n {
			n, code, particle = k, f.code, 0
		}
	}
	if n == 0 && w.script == arabic {
		for _, rest := range withoutParticles(w.fold) {
			for _, table := range choice {
				if f, k := t.longest(i, rest.fold, table); k > n {
					n, code = k, f.code
					particle = rest.cut
				}
			}
			if n > 0 {
				break
			}
		}
	}
	return n, code, particle
}

// longest finds the longest form of one table that begins at word i, whose
// folded form is given.
func (t *reading) longest(i int, fold string, table *table) (best *form, words int) {
	for _, f := range table.whole[fold] {
		if len(f.parts) > words && t.fits(i, f) {
			best, words = f, len(f.parts)
			break // sorted, longest first
		}
	}
	if words > 0 {
		return best, words
	}
	for cut := min(len(fold), table.max); cut >= table.min; cut-- {
		if cut < len(fold) && !utf8.RuneStart(fold[cut]) {
			continue
		}
		for _, f := range table.stems[fold[:cut]] {
			if f.tail.fits(fold[cut:]) && t.right(i, 1, f) {
				return f, 1
			}
		}
	}
	return nil, 0
}

// fits tells whether the words from i on are the form f.
func (t *reading) fits(i int, f *form) bool {
	if i+len(f.parts) > len(t.words) {
		return false
	}
	for k, p := range f.parts[1:] {
		w := t.words[i+1+k]
		if !sameGap(p.gap, w.gap) {
			return false
		}
		if w.fold == p.fold {
			continue
		}
		rest, ok := strings.CutPrefix(w.fold, p.fold)
		if !ok || f.tail == nil || k+2 != len(f.parts) || !f.tail.fits(rest) {
			return false
		}
	}
	return t.right(i, len(f.parts), f)
}

// sameGap tells whether a text may have got where a name has want.
func sameGap(want, got gap) bool {
	switch want {
	case space:
		return got == space || got == hyphen || got == joined
	case hyphen:
		return got == hyphen || got == space || got == joined
	case dot:
		return got == dot || got == space
	}
	return want == got
}

// right tells whether f is written as it must be and its guard lets it pass.
func (t *reading) right(i, n int, f *form) bool {
	w := t.words[i]
	switch f.cases {
	case capital:
		if w.cased && !w.title && !t.small {
			return false
		}
	case exact:
		last := t.words[i+n-1]
		if strings.TrimSuffix(t.text[w.from:last.to], ".") != f.exact {
			return false
		}
	case distinct, anyCase:
	}
	if w.script == ideograph && !t.standsAlone(i, n) {
		return false
	}
	return f.check == nil || f.check(t, i, n)
}

// standsAlone tells whether words i to i+n are not part of a longer word in
// Katakana, which is the only hint that text without spaces gives.
func (t *reading) standsAlone(i, n int) bool {
	if !katakana(t.raw(i)) {
		return true
	}
	before, after := t.at(i-1), t.at(i+n)
	return !(i > 0 && t.words[i].gap == joined && katakana(t.text[before.from:before.to])) &&
		!(after.gap == joined && katakana(t.text[after.from:after.to]))
}

func katakana(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x30A1 && r <= 0x30FF && r != '・'
}

// allSmall tells whether a text has cased words and not one capital, as quick
// posts and search queries have.
func allSmall(ws []word) bool {
	cased := 0
	for _, w := range ws {
		if w.title {
			return false
		}
		if w.cased {
			cased++
		}
	}
	return cased > 0
}

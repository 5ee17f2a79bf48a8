package pdf

import (
	"slices"
	"sync"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"golang.org/x/text/unicode/norm"
)

// Arabic letters join by their presentation forms, the one way that a PDF
// written by character codes can show them. The forms are read off the
// compatibility decompositions of the blocks U+FB50 and U+FE70.

// forms of a letter: isolated, final, initial, medial; 0 where it has none.
type forms [4]rune

const (
	isolated = iota
	final
	initial
	medial
)

type joining struct {
	letters   map[rune]forms
	ligatures map[[2]rune][2]rune // lam and alef: isolated, final
}

var arabic = sync.OnceValue(func() joining {
	j := joining{map[rune]forms{}, map[[2]rune][2]rune{}}
	for _, block := range [][2]rune{{0xFE80, 0xFEFC}, {0xFB50, 0xFBB1}, {0xFBD3, 0xFBE9}, {0xFBFC, 0xFBFF}} {
		for r := block[0]; r <= block[1]; {
			base := []rune(norm.NFKC.String(string(r)))
			if len(base) == 2 && base[0] == 'ل' && r >= 0xFEF5 {
				j.ligatures[[2]rune{base[0], base[1]}] = [2]rune{r, r + 1}
				r += 2
				continue
			}
			if len(base) != 1 || base[0] == r || !unicode.Is(unicode.Arabic, base[0]) {
				r++
				continue
			}
			// The forms of one letter follow each other in the order of forms.
			var f forms
			n := rune(0)
			for r+n <= block[1] && n < 4 {
				if c := []rune(norm.NFKC.String(string(r + n))); len(c) != 1 || c[0] != base[0] {
					break
				}
				f[n] = r + n
				n++
			}
			if _, known := j.letters[base[0]]; !known {
				j.letters[base[0]] = f
			}
			r += n
		}
	}
	return j
})

const (
	tatweel   = 'ـ'
	nonJoiner = 0x200C
	joiner    = 0x200D
)

func mark(r rune) bool { return unicode.In(r, unicode.Mn, unicode.Me) }

// shape gives for each character of text the one to draw, 0 where a ligature
// before it has taken it in.
func shape(text []rune) []rune {
	out := make([]rune, len(text))
	copy(out, text)
	if !hasArabic(text) {
		return out
	}
	table := arabic()
	joinsBefore := func(r rune) bool {
		return r == tatweel || r == joiner || table.letters[r][final] != 0
	}
	joinsAfter := func(r rune) bool {
		return r == tatweel || r == joiner || table.letters[r][initial] != 0
	}
	before := false // whether the letter before reaches out to this one
	for i := 0; i < len(text); i++ {
		r := text[i]
		if mark(r) {
			continue
		}
		f, ok := table.letters[r]
		if !ok {
			before = joinsAfter(r)
			continue
		}
		next := i + 1
		for next < len(text) && mark(text[next]) {
			next++
		}
		if next == i+1 && next < len(text) {
			if lig, ok := table.ligatures[[2]rune{r, text[next]}]; ok {
				out[i], out[next] = lig[0], 0
				if before {
					out[i] = lig[1]
				}
				before = false
				i = next
				continue
			}
		}
		after := joinsAfter(r) && next < len(text) && joinsBefore(text[next])
		k := isolated
		switch before = before && joinsBefore(r); {
		case before && after:
			k = medial
		case after:
			k = initial
		case before:
			k = final
		}
		if f[k] != 0 {
			out[i] = f[k]
		}
		before = joinsAfter(r)
	}
	return out
}

func hasArabic(text []rune) bool {
	for _, r := range text {
		if r >= 0x600 && r < 0x780 {
			return true
		}
	}
	return false
}

// rightToLeft says whether a paragraph reads from the right: by its first
// letter (UAX 9, P2 and P3).
func rightToLeft(text []rune) bool {
	for _, r := range text {
		if rtlLetter(r) {
			return true
		}
		if unicode.IsLetter(r) {
			return false
		}
	}
	return false
}

func rtlLetter(r rune) bool {
	return r >= 0x590 && (r <= 0x8FF || r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC ||
		r >= 0x10800 && r <= 0x10FFF || r >= 0x1E800 && r <= 0x1EFFF) && unicode.IsLetter(r)
}

// turns says whether r can bring right-to-left order into a line: a letter, a
// number or a mark of direction of its own.
func turns(r rune) bool {
	return r >= 0x590 && r < 0x900 || r == 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 ||
		r >= 0xFB1D && r <= 0xFDFF || r >= 0xFE70 && r <= 0xFEFC || r >= 0x10800 && r <= 0x10FFF || r >= 0x1E800 && r <= 0x1EFFF
}

// levels are the embedding levels of a paragraph (UAX 9), nil where all of it
// is written from the left.
func levels(text []rune, rtl bool) []uint8 {
	if !rtl && !slices.ContainsFunc(text, turns) {
		return nil
	}
	direction := bidi.LeftToRight
	if rtl {
		direction = bidi.RightToLeft
	}
	var p bidi.Paragraph
	runs := p.Segment(text, direction)
	out := make([]uint8, len(text))
	odd := false
	for i := range runs.NumRuns() {
		run := runs.Run(i)
		for k := run.Start; k < run.End && k < len(out); k++ {
			out[k] = uint8(run.Level)
			odd = odd || run.Level%2 == 1
		}
	}
	if !odd {
		return nil
	}
	if !rtl {
		raiseNumbers(text, out)
	}
	return out
}

// raiseNumbers parts what the library joins: in a paragraph from the left it
// gives one run, and one level, to a number that follows right-to-left text
// (level 2) and the left-to-right text behind it (level 0).
func raiseNumbers(text []rune, levels []uint8) {
	rtl := false // the last strong letter
	for i := 0; i < len(text); i++ {
		r := text[i]
		switch {
		case rtlLetter(r):
			rtl = true
			continue
		case unicode.IsLetter(r):
			rtl = false
		}
		if levels[i]%2 == 1 || levels[i] > 2 {
			continue
		}
		if !unicode.IsDigit(r) || !rtl && !arabicDigit(r) {
			levels[i] = 0
			continue
		}
		end := i + 1
		for end < len(text) && (unicode.IsDigit(text[end]) || end+1 < len(text) && separator(text[end]) && unicode.IsDigit(text[end+1])) {
			end++
		}
		for end < len(text) && terminator(text[end]) {
			end++
		}
		for ; i < end; i++ {
			levels[i] = 2
		}
		i--
	}
}

func arabicDigit(r rune) bool { return r >= 0x660 && r <= 0x669 }

func separator(r rune) bool {
	switch r {
	case '.', ',', ':', '/', 0xA0, 0x66B, 0x66C:
		return true
	}
	return false
}

func terminator(r rune) bool {
	switch r {
	case '%', '‰', '#', '°', '$', '€', '£', '₸', '₼', '₽', 0x66A:
		return true
	}
	return false
}

// mirrors are the brackets that turn round in right-to-left text, in pairs.
var mirrors = []rune("()[]{}<>«»‹›≤≥≪≫⟨⟩⟪⟫⟦⟧⦅⦆")

func mirror(r rune) rune {
	for i, c := range mirrors {
		if c == r {
			return mirrors[i^1]
		}
	}
	return r
}

// visual gives the order in which the characters [start, end) of a line are
// drawn from the left (UAX 9, L1 and L2). Marks stay behind their base.
func visual(text []rune, levels []uint8, start, end int, rtl bool) []int {
	order := make([]int, end-start)
	for i := range order {
		order[i] = start + i
	}
	if levels == nil {
		return order
	}
	base := uint8(0)
	if rtl {
		base = 1
	}
	level := make([]uint8, end-start)
	copy(level, levels[start:end])
	for i := len(level) - 1; i >= 0 && unicode.IsSpace(text[start+i]); i-- {
		level[i] = base
	}
	// Marks take the level of their base, so that a cluster stays whole.
	highest := uint8(0)
	for i := range level {
		if i > 0 && mark(text[start+i]) {
			level[i] = level[i-1]
		}
		highest = max(highest, level[i])
	}
	reverse := func(a, b int) {
		for b--; a < b; a, b = a+1, b-1 {
			order[a], order[b] = order[b], order[a]
			level[a], level[b] = level[b], level[a]
		}
	}
	for l := highest; l >= 1; l-- {
		for i := 0; i < len(order); {
			if level[i] < l {
				i++
				continue
			}
			j := i
			for j < len(order) && level[j] >= l {
				j++
			}
			reverse(i, j)
			i = j
		}
	}
	// In a reversed run the marks now come before their base: bring them back.
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && level[j]%2 == 1 && mark(text[order[j]]) {
			j++
		}
		if j > i && j < len(order) && level[j]%2 == 1 {
			base := order[j]
			for k := j; k > i; k-- {
				order[k] = order[k-1]
			}
			order[i] = base
			for a, b := i+1, j; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = j + 1
			continue
		}
		i = max(j, i+1)
	}
	return order
}

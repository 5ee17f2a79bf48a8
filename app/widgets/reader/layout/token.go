package layout

import (
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"
)

// token is what a line is made of: (part of) a word and the spaces behind it.
// Widths are in ems, offsets in runes of the block.
type token struct {
	start, word, end int32 // the word ends at word, its spaces at end
	wordW, fullW     float32
	run              *Run // nil for a token of spaces alone
	level            uint8
	brk              breaking
}

// breaking says whether a line may end behind a token.
type breaking uint8

const (
	noBreak breaking = iota
	mayBreak
	mustBreak
)

// hanging reports the runes that a line's end may swallow.
func hanging(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\r', '\v', '\f', 0x85, 0x200b, 0x2028, 0x2029:
		return true
	}
	return false
}

// cutter finds the line-break opportunities of a text. Running words take a
// short way; the rules of UAX 14 are asked about all the rest.
type cutter struct {
	seg  segmenter.Segmenter
	ends []int // break opportunities found ahead, nearest first
}

// plain reports the letters of class AL that running text is made of.
func plain(r rune) bool {
	switch {
	case r < 0x80:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	case r < 0xc0:
		return false
	}
	return r <= 0x24f && r != 0xd7 && r != 0xf7 || r >= 0x400 && r < 0x482 || r >= 0x391 && r <= 0x3ce && unicode.IsLetter(r)
}

// next gives where the piece that begins at i ends.
func (c *cutter) next(text []rune, i int) int {
	if len(c.ends) > 0 {
		end := c.ends[0]
		c.ends = c.ends[1:]
		return end
	}
	n := len(text)
	j := i
	for j < n && plain(text[j]) {
		j++
	}
	if j > i {
		for j < n && (text[j] == ',' || text[j] == '.') {
			j++
		}
		k := j
		for k < n && text[k] == ' ' {
			k++
		}
		// A line may end behind spaces between such words (LB18), and never
		// inside one.
		if k == n || k > j && plain(text[k]) {
			return k
		}
	}
	// Up to the next place where the context does not matter.
	end := n
	for k := i + 1; k+1 < n; k++ {
		if text[k] == ' ' && plain(text[k+1]) && (plain(text[k-1]) || text[k-1] == ',' || text[k-1] == '.') {
			end = k + 1
			break
		}
	}
	c.seg.Init(text[i:end])
	c.ends = c.ends[:0]
	it := c.seg.LineIterator()
	for it.Next() {
		l := it.Line()
		c.ends = append(c.ends, i+l.Offset+len(l.Text))
	}
	if len(c.ends) == 0 {
		return end
	}
	e := c.ends[0]
	c.ends = c.ends[1:]
	return e
}

// tokenise appends the tokens of runes[from:to], which is text[0:], to toks.
// Offsets in the tokens count from the start of runes. lv are the levels of
// runes[from:to], nil where all are 0.
func (s *Shaper) tokenise(toks []token, text string, runes []rune, from, to int, f Face, lv []uint8) []token {
	if from == to {
		return toks
	}
	space := s.spaces[f]
	part := runes[from:to]
	s.cutter.ends = s.cutter.ends[:0]
	atByte, atRune := 0, 0 // of text and part
	for start, end := 0, 0; start < len(part); start = end {
		end = s.cutter.next(part, start)
		word := end
		for word > start && hanging(part[word-1]) {
			word--
		}
		first := len(toks)
		// The word, one stretch of a level after the other.
		for a := start; a < word; {
			b := word
			level := uint8(0)
			if lv != nil {
				level = lv[a]
				b = a + 1
				for b < word && lv[b] == level {
					b++
				}
			}
			if a != atRune { // only spaces lie between
				atByte += spanBytes(text[atByte:], a-atRune)
				atRune = a
			}
			n := spanBytes(text[atByte:], b-a)
			at := a
			for _, run := range s.word(text[atByte:atByte+n], part[a:b], f, level&1 == 1) {
				e := int32(from + at + run.Runes)
				toks = append(toks, token{start: int32(from + at), word: e, end: e, wordW: run.Width, fullW: run.Width, run: run, level: level})
				at += run.Runes
			}
			atByte, atRune = atByte+n, b
			a = b
		}
		// The spaces go with the word, or stand alone where their level differs.
		if word < end {
			w := float32(0)
			for _, r := range part[word:end] {
				switch r {
				case ' ':
					w += space
				case '\t':
					w += 4 * space
				}
			}
			level := uint8(0)
			if lv != nil {
				level = lv[word]
			}
			if n := len(toks); n > first && toks[n-1].level == level {
				toks[n-1].end = int32(from + end)
				toks[n-1].fullW += w
			} else {
				toks = append(toks, token{start: int32(from + word), word: int32(from + word), end: int32(from + end), fullW: w, level: level})
			}
		}
		brk := mayBreak
		if endsLine(part[end-1]) {
			brk = mustBreak
		}
		toks[len(toks)-1].brk = brk
	}
	return toks
}

// endsLine reports the runes behind which UAX 14 always breaks.
func endsLine(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// spanBytes is how many bytes the first n runes of s take.
func spanBytes(s string, n int) int {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, w := utf8.DecodeRuneInString(s[i:])
		i += w
	}
	return i
}

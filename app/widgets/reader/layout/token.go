package layout

import (
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

// cutter cuts text into tokens; it holds what is used again.
type cutter struct {
	seg segmenter.Segmenter
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
	s.cutter.seg.Init(part)
	it := s.cutter.seg.LineIterator()
	atByte, atRune := 0, 0 // of text and part
	for it.Next() {
		l := it.Line()
		start, end := l.Offset, l.Offset+len(l.Text)
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
		if l.IsMandatoryBreak && end < len(part) || end > start && endsLine(part[end-1]) {
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

package layout

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/words"
)

// wordWindow bounds how far around a place the edges of a word are looked for.
const wordWindow = 200

// text gives the runes of block i, prepared or not.
func (p *Page) text(i int) []rune {
	if b := p.blocks[i]; b.ready {
		return b.runes
	}
	return []rune(p.blocks[i].Text)
}

// Text is the canonical text from start to end.
func (p *Page) Text(start, end int) string {
	start, end = max(start, 0), min(end, p.length)
	first := p.blockOf(start)
	if start >= end || first < 0 {
		return ""
	}
	var sb strings.Builder
	for i := first; i < len(p.blocks) && p.starts[i] < end; i++ {
		runes := p.text(i)
		s, e := min(max(start-p.starts[i], 0), len(runes)), min(end-p.starts[i], len(runes))
		sb.WriteString(string(runes[s:e]))
		if i+1 < len(p.blocks) { // as much of the blank line as is asked for
			gap := p.starts[i] + len(runes)
			n := min(end, gap+2) - max(start, gap)
			sb.WriteString("\n\n"[:max(n, 0)])
		}
	}
	return sb.String()
}

// locate gives the block of a position and the position in its runes.
func (p *Page) locate(pos int) (i, off int, runes []rune, ok bool) {
	i = p.blockOf(pos)
	if i < 0 {
		return 0, 0, nil, false
	}
	runes = p.text(i)
	return i, min(max(pos-p.starts[i], 0), len(runes)), runes, true
}

// BlockOf gives the block that a position stands in, and the code points that
// the block takes; ok is false where there is no text.
func (p *Page) BlockOf(pos int) (i, start, end int, ok bool) {
	i, _, runes, ok := p.locate(pos)
	if !ok {
		return 0, 0, 0, false
	}
	return i, p.starts[i], p.starts[i] + len(runes), true
}

// Next is the position behind the character at pos, over the blank line where
// a block ends.
func (p *Page) Next(pos int) int {
	i, off, runes, ok := p.locate(pos)
	switch {
	case !ok:
		return pos
	case off < len(runes):
		return p.starts[i] + nextGrapheme(runes, off)
	case i+1 < len(p.blocks):
		return p.starts[i+1]
	}
	return p.length
}

// Prev is the position before the character in front of pos.
func (p *Page) Prev(pos int) int {
	i, off, runes, ok := p.locate(pos)
	switch {
	case !ok:
		return pos
	case off > 0:
		return p.starts[i] + prevGrapheme(runes, off)
	case i > p.header:
		return p.starts[i-1] + len(p.text(i-1))
	}
	return 0
}

// wordSpans calls f with the words and what stands between them (UAX 29)
// around rune off.
func wordSpans(runes []rune, off int, f func(start, end int, word bool)) {
	from := max(off-wordWindow, 0)
	for from > 0 && !hanging(runes[from-1]) && from > off-2*wordWindow {
		from--
	}
	to := min(off+wordWindow, len(runes))
	it := words.FromString(string(runes[from:to]))
	at := from
	for it.Next() {
		n := len([]rune(it.Value()))
		f(at, at+n, isWord(it.Value()))
		at += n
	}
}

// isWord reports a span that holds a letter, a digit or a symbol of writing,
// rather than spaces and punctuation.
func isWord(s string) bool {
	for _, r := range s {
		if wordRune(r) {
			return true
		}
	}
	return false
}

// Word is the word at pos, or what stands there in its place: punctuation, or
// a gap.
func (p *Page) Word(pos int) (start, end int) {
	i, off, runes, ok := p.locate(pos)
	if !ok || len(runes) == 0 {
		return pos, pos
	}
	off = min(off, len(runes)-1)
	start, end = off, off+1
	wordSpans(runes, off, func(s, e int, _ bool) {
		if s <= off && off < e {
			start, end = s, e
		}
	})
	return p.starts[i] + start, p.starts[i] + end
}

// NextWord is the end of the word at or behind pos.
func (p *Page) NextWord(pos int) int {
	i, off, runes, ok := p.locate(pos)
	if !ok {
		return pos
	}
	if off >= len(runes) {
		return p.Next(pos)
	}
	best := -1
	wordSpans(runes, off, func(s, e int, word bool) {
		if best < 0 && word && e > off {
			best = e
		}
	})
	if best < 0 {
		best = len(runes)
	}
	return p.starts[i] + best
}

// PrevWord is the start of the word before pos.
func (p *Page) PrevWord(pos int) int {
	i, off, runes, ok := p.locate(pos)
	if !ok {
		return pos
	}
	if off == 0 {
		return p.Prev(pos)
	}
	best := 0
	wordSpans(runes, off, func(s, e int, word bool) {
		if word && s < off {
			best = s
		}
	})
	return p.starts[i] + best
}

// LineEdges is the first position of the line that pos stands on, and its last.
func (p *Page) LineEdges(pos int) (start, end int) {
	r, ok := p.LineOf(pos)
	if !ok {
		return pos, pos
	}
	return p.Span(r)
}

// Step is the position nearest to x on the line n below the one that pos
// stands on, or above where n is negative.
func (p *Page) Step(pos int, x float32, n int) int {
	r, ok := p.LineOf(pos)
	if !ok {
		return pos
	}
	for ; n > 0; n-- {
		if r.Line++; r.Line < len(p.laid[r.Block].lines) {
			continue
		}
		i := r.Block + 1
		for i < len(p.blocks) && len(p.laid[i].lines) == 0 {
			i++
		}
		if i == len(p.blocks) {
			return p.length
		}
		r = Ref{i, 0}
	}
	for ; n < 0; n++ {
		if r.Line--; r.Line >= 0 {
			continue
		}
		i := r.Block - 1
		for i >= p.header && len(p.laid[i].lines) == 0 {
			i--
		}
		if i < p.header {
			return 0
		}
		r = Ref{i, len(p.laid[i].lines) - 1}
	}
	pos, _ = p.hit(r, x)
	return pos
}

// RTL reports whether the block at pos reads from right to left.
func (p *Page) RTL(pos int) bool {
	i := p.blockOf(pos)
	return i >= 0 && p.blocks[i].RTL
}

// LinkAt gives the address of the link on the character at pos, or "".
func (p *Page) LinkAt(pos int) string {
	i := p.blockOf(pos)
	if i < 0 {
		return ""
	}
	off := pos - p.starts[i]
	for _, l := range p.blocks[i].Links {
		if l.Start > off {
			break
		}
		if off < l.End {
			return l.URL
		}
	}
	return ""
}

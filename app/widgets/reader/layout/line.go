package layout

// Line is one line of a block, or of a cell of a table.
type Line struct {
	Start, End  int32 // runes of the block; End is behind the spaces and the line end
	first, last int32 // tokens
	base        uint8 // level of the paragraph
	// X is the left edge of what is drawn and Width its width, without the
	// spaces that hang at the end. Y is the top, from the top of the block.
	X, Y, Width float32
}

// breaker breaks tokens into lines at a width. It is the hot loop of a
// relayout: arithmetic, no calls on the common way.
type breaker struct {
	b     *Block
	limit float32 // in ems
}

// lines appends the lines of tokens[first:last]; X and Y are left to the
// caller, Width is in ems.
func (k breaker) lines(out []Line, first, last int32) []Line {
	toks := k.b.tokens
	if first == last {
		return out
	}
	start := toks[first].start
	x := float32(0)        // of what is on the line so far
	lastBreak := first - 1 // token behind which the line may end
	breakX := float32(0)   // width of the line if it ends there
	from := first
	emit := func(end, tok int32, width float32) {
		out = append(out, Line{Start: start, End: end, first: from, last: tok, Width: width})
		start = end
	}
	for i := first; i < last; {
		t := &toks[i]
		if x+t.wordW > k.limit && (i > from || t.word-start > 1) && t.wordW > 0 {
			switch {
			case lastBreak >= from:
				emit(toks[lastBreak].end, lastBreak+1, breakX)
				from = lastBreak + 1
				i, x = from, 0
				continue
			case i > from:
				emit(t.start, i, x)
				from, x, lastBreak = i, 0, i-1
				continue
			}
			// One word wider than the line: cut inside it.
			at, w, restW := k.cut(t, start)
			if at < t.word {
				emit(at, i+1, w)
				from, x, lastBreak = i, 0, i-1
				// What is left of the word may be too wide again.
				for restW > k.limit {
					at, w, restW = k.cut(t, start)
					if at >= t.word {
						break
					}
					emit(at, i+1, w)
				}
				x = k.rest(t, start) + t.fullW - t.wordW
				if t.brk != noBreak {
					lastBreak, breakX = i, x-(t.fullW-t.wordW)
				}
				if t.brk == mustBreak {
					emit(t.end, i+1, breakX)
					from, x = i+1, 0
				}
				i++
				continue
			}
		}
		switch t.brk {
		case mayBreak:
			lastBreak, breakX = i, x+t.wordW
		case mustBreak:
			emit(t.end, i+1, x+t.wordW)
			from, x, lastBreak = i+1, 0, i
			i++
			continue
		}
		x += t.fullW
		i++
	}
	if from < last {
		t := &toks[last-1]
		w := x - (t.fullW - t.wordW)
		emit(t.end, last, w)
	}
	return out
}

// balance breaks a whole block again, as narrow as it can be without more
// lines, so that a title does not end in a lonely word.
func (k breaker) balance(lines []Line) []Line {
	n, last := len(lines), int32(len(k.b.tokens))
	if n < 2 || n > 5 {
		return lines
	}
	low, high := k.limit/2, k.limit
	for range 7 {
		k.limit = (low + high) / 2
		if lines = k.lines(lines[:0], 0, last); len(lines) > n {
			low = k.limit
		} else {
			high = k.limit
		}
	}
	k.limit = high
	return k.lines(lines[:0], 0, last)
}

// cut finds how much of a word that begins at rune start fits the line: at
// least one grapheme. It gives the rune to cut before, the width up to it and
// the width that is left.
func (k breaker) cut(t *token, start int32) (at int32, width, rest float32) {
	base := t.run.offset(int(start - t.start))
	at = t.word
	for o := start; ; {
		if o = int32(nextGrapheme(k.b.runes, int(o))); o >= t.word {
			break
		}
		w := t.run.offset(int(o-t.start)) - base
		if w > k.limit && width > 0 {
			return at, width, t.wordW - base - width
		}
		at, width = o, w
		if w > k.limit {
			return at, width, t.wordW - base - width
		}
	}
	if w := t.wordW - base; w <= k.limit || width == 0 {
		return t.word, w, 0
	}
	return at, width, t.wordW - base - width
}

// rest is the width of a word from rune start on.
func (k breaker) rest(t *token, start int32) float32 {
	return t.wordW - t.run.offset(int(start-t.start))
}

// piece is a stretch of a line that lies in one token, placed.
type piece struct {
	tok        *token
	start, end int32   // runes that the line takes of the token
	word       int32   // where its word ends, at most end
	x, w       float32 // left edge on the page and width with spaces, in pixels
	wordX      float32 // left edge of the word
}

// place puts the tokens of a line side by side, from left to right on the page,
// at a text size. What hangs at the end takes no room.
func (b *Block) place(l *Line, size float32, buf []piece) []piece {
	buf = buf[:0]
	n := int(l.last - l.first)
	mixed := false
	for i := l.first; i < l.last; i++ {
		t := &b.tokens[i]
		p := piece{tok: t, start: max(t.start, l.Start), end: min(t.end, l.End)}
		p.word = min(t.word, p.end)
		p.word = max(p.word, p.start)
		p.w = t.fullW
		if t.run != nil && (p.start > t.start || p.word < t.word) {
			p.w = t.run.offset(int(p.word-t.start)) - t.run.offset(int(p.start-t.start))
			if p.end > p.word {
				p.w += t.fullW - t.wordW
			}
		}
		mixed = mixed || t.level != 0
		buf = append(buf, p)
	}
	// Spaces at the end hang: they have a place but no width.
	for i := n - 1; i >= 0; i-- {
		p := &buf[i]
		if p.tok.run == nil {
			p.w = 0
			continue
		}
		if p.end > p.word {
			p.w -= p.tok.fullW - p.tok.wordW
		}
		break
	}
	if !mixed && l.base == 0 {
		x := l.X
		for i := range buf {
			buf[i].x, buf[i].wordX = x, x
			buf[i].w *= size
			x += buf[i].w
		}
		return buf
	}
	lv := make([]uint8, n)
	for i := range buf {
		lv[i] = buf[i].tok.level
	}
	for i := n - 1; i >= 0 && buf[i].tok.run == nil; i-- { // L1
		lv[i] = l.base
	}
	placed := make([]piece, 0, n)
	x := l.X
	for _, i := range visualOrder(lv, make([]int, 0, n)) {
		p := buf[i]
		p.w *= size
		p.x, p.wordX = x, x
		if p.tok.run != nil && p.tok.run.RTL {
			p.wordX = x + p.w - p.wordWidth(size)
		}
		x += p.w
		placed = append(placed, p)
	}
	return append(buf[:0], placed...)
}

// wordWidth is the width of the piece's part of its word.
func (p *piece) wordWidth(size float32) float32 {
	if p.tok.run == nil {
		return 0
	}
	return (p.tok.run.offset(int(p.word-p.tok.start)) - p.tok.run.offset(int(p.start-p.tok.start))) * size
}

// at is the x of rune o of the piece's token on the page.
func (p *piece) at(o int32, size float32) float32 {
	o = min(max(o, p.start), p.end)
	d := float32(0)
	if p.tok.run != nil {
		d = (p.tok.run.offset(int(min(o, p.word)-p.tok.start)) - p.tok.run.offset(int(p.start-p.tok.start))) * size
	}
	if o > p.word && p.end > p.word {
		d += (p.w - d) * float32(o-p.word) / float32(p.end-p.word)
	}
	if p.tok.level&1 == 1 {
		return p.x + p.w - d
	}
	return p.x + d
}

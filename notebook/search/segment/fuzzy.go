package segment

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// longestWord is how many letters a word may have for Near.
const longestWord = 200

// Near yields the terms of a field that differ from word by at most edits
// letters put in, left out or replaced, the number of them first. The first
// letters must be the same, as many as same says. What cannot be near any more
// is skipped, so that only a small part of the dictionary is read. A word of more
// than 200 letters is near nothing.
func (s *Segment) Near(field uint8, word []rune, same, edits int) func(yield func(int, *Cursor) bool) {
	return func(yield func(int, *Cursor) bool) {
		if len(word) > longestWord {
			return
		}
		key := append([]byte{field}, string(word[:min(same, len(word))])...)
		prefix := len(key)
		// rows[d] is the row of the table of distances behind the first d letters of
		// the term; ends[d] is where they end, in bytes.
		width := len(word) + 1
		rows := make([]uint8, width, 32*width)
		for j := range rows {
			rows[j] = uint8(min(j, 255))
		}
		ends := []int{1}
		c := &Cursor{s: s}
		ok := c.seek(key)
		shared := 0
		var next []byte
		for ok && len(c.term) >= prefix && string(c.term[:prefix]) == string(key) {
			for len(ends) > 1 && ends[len(ends)-1] > shared {
				ends = ends[:len(ends)-1]
			}
			depth := len(ends) - 1
			rows = rows[:(depth+1)*width]
			at := ends[depth]
			dead := false
			for at < len(c.term) {
				r, size := utf8.DecodeRune(c.term[at:])
				at += size
				before := rows[depth*width : (depth+1)*width]
				depth++
				rows = append(rows, make([]uint8, width)...)
				row := rows[depth*width : (depth+1)*width]
				row[0] = uint8(min(depth, 255))
				best := row[0]
				for j := 1; j < width; j++ {
					cost := before[j-1]
					if word[j-1] != r {
						cost = 1 + min(before[j-1], before[j], row[j-1])
					}
					row[j] = cost
					best = min(best, cost)
				}
				ends = append(ends, at)
				if int(best) > edits {
					dead = true
					break
				}
			}
			if !dead {
				if d := int(rows[depth*width+width-1]); d <= edits {
					if !yield(d, c) {
						return
					}
				}
				shared, ok = c.next()
				continue
			}
			// No term that begins so is near: go on behind the last of them. Where the
			// letters before have used up all edits, only a letter that the word has
			// there can follow.
			from := ends[depth-1]
			last, size := utf8.DecodeRune(c.term[from:])
			next = append(next[:0], c.term[:from]...)
			before := rows[(depth-1)*width : depth*width]
			switch follows, spent := viable(before, word, edits, last); {
			case !spent || last == utf8.RuneError:
				next = successor(append(next, c.term[from:from+size]...))
			case follows >= 0:
				next = utf8.AppendRune(next, follows)
			default:
				next = successor(next)
			}
			if next == nil {
				return
			}
			ok = c.skip(next)
			shared = min(common(next, c.term), len(next)-1, from) // behind that it is another letter
			for len(ends) > 1 && ends[len(ends)-1] > shared {
				ends = ends[:len(ends)-1]
			}
		}
	}
}

// viable is the least letter behind last that may follow where the row of
// distances is before; -1 where there is none. spent is false where any letter
// may.
func viable(before []uint8, word []rune, edits int, last rune) (follows rune, spent bool) {
	follows = -1
	for j, d := range before {
		if int(d) < edits {
			return -1, false
		}
		if int(d) == edits && j < len(word) && word[j] > last && (follows < 0 || word[j] < follows) {
			follows = word[j]
		}
	}
	return follows, true
}

// successor is the first key behind all that begin with key; nil where there is
// none. It changes key.
func successor(key []byte) []byte {
	for i := len(key) - 1; i >= 0; i-- {
		if key[i] < 0xFF {
			key[i]++
			return key[:i+1]
		}
	}
	return nil
}

// skip goes on to the first term that is not before key, which is not far as a
// rule: the rest of the block is read, then blocks are tried in growing steps.
func (c *Cursor) skip(key []byte) bool {
	for c.in > 0 {
		if _, ok := c.next(); !ok {
			return false
		}
		if bytes.Compare(c.term, key) >= 0 {
			return true
		}
	}
	n := len(c.s.blocks) / 4
	low, step := c.block, 1 // the blocks before low are behind
	for low+step < n && bytes.Compare(c.s.firstOf(low+step), key) <= 0 {
		low += step
		step *= 2
	}
	high := min(low+step, n)
	i := low + sort.Search(high-low, func(i int) bool { return bytes.Compare(c.s.firstOf(low+i), key) > 0 })
	c.start(max(c.block, i-1))
	for {
		if _, ok := c.next(); !ok {
			return false
		}
		if bytes.Compare(c.term, key) >= 0 {
			return true
		}
	}
}

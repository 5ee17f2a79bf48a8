package segment

import "unicode/utf8"

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
			// No term that begins so is near: go on behind the last of them.
			if next = successor(append(next[:0], c.term[:at]...)); next == nil {
				return
			}
			ok = c.skip(next)
			shared = min(common(next, c.term), len(next)-1) // its last byte was counted up
			for len(ends) > 1 && ends[len(ends)-1] > shared {
				ends = ends[:len(ends)-1]
			}
		}
	}
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

// nearby is how many terms skip reads before it looks the place up.
const nearby = 2 * blockSize

// skip goes on to the first term that is not before key, which is not far as a
// rule.
func (c *Cursor) skip(key []byte) bool {
	for range nearby {
		if _, ok := c.next(); !ok {
			return false
		}
		if string(c.term) >= string(key) {
			return true
		}
	}
	return c.seek(key)
}

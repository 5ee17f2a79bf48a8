package pdf

import (
	"slices"
)

// readingOrder puts a page's lines in the order in which a person reads them:
// from top to bottom, and where several lines in a row stand in columns, column
// by column. Lines that run over the columns, such as headings, part the page
// into bands, each of which is read before the next.
func readingOrder(p page) []line {
	lines := slices.Clone(p.lines)
	// Rows: lines whose heights overlap.
	slices.SortStableFunc(lines, func(a, b line) int { return byFloat(b.y1, a.y1) })
	var rows [][]line
	for _, l := range lines {
		if n := len(rows); n > 0 {
			r := rows[n-1]
			if overlap := min(r[0].y1, l.y1) - max(r[0].y0, l.y0); overlap > 0.4*min(r[0].y1-r[0].y0, l.y1-l.y0) {
				rows[n-1] = append(r, l)
				continue
			}
		}
		rows = append(rows, []line{l})
	}
	var out []line
	for i := 0; i < len(rows); {
		end, cut := band(rows, i, p.width)
		if cut == 0 {
			slices.SortStableFunc(rows[i], func(a, b line) int { return byFloat(a.x0, b.x0) })
			out = append(out, rows[i]...)
			i++
			continue
		}
		// Left of the gutter first; each side may have columns of its own.
		var left, right []line
		for _, r := range rows[i:end] {
			for _, l := range r {
				if (l.x0+l.x1)/2 < cut {
					left = append(left, l)
				} else {
					right = append(right, l)
				}
			}
		}
		out = append(out, readingOrder(page{width: p.width, lines: left})...)
		out = append(out, readingOrder(page{width: p.width, lines: right})...)
		i = end
	}
	return out
}

func byFloat(a, b float32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// band finds the longest run of rows from i on that one gutter goes through, and
// where that gutter is; 0 where there is none. A gutter is a strip without ink
// with text on both sides: at least three rows on each, so that a table of
// numbers beside its labels or a lone caption is not read as columns.
func band(rows [][]line, i int, width float32) (end int, cut float32) {
	const minGap, minRows = 8, 3
	type span struct{ from, to float32 }
	free := []span{{0, width}}
	bestEnd, bestCut := i, float32(0)
	for j := i; j < len(rows); j++ {
		for _, l := range rows[j] {
			var next []span
			for _, s := range free {
				if l.x1 <= s.from || l.x0 >= s.to {
					next = append(next, s)
					continue
				}
				if l.x0-s.from >= minGap {
					next = append(next, span{s.from, l.x0})
				}
				if s.to-l.x1 >= minGap {
					next = append(next, span{l.x1, s.to})
				}
			}
			free = next
		}
		for _, s := range free {
			mid := (s.from + s.to) / 2
			left, right, both := 0, 0, 0
			for _, r := range rows[i : j+1] {
				hasLeft, hasRight := false, false
				for _, l := range r {
					hasLeft = hasLeft || l.x1 <= s.from+1
					hasRight = hasRight || l.x0 >= s.to-1
				}
				if hasLeft {
					left++
				}
				if hasRight {
					right++
				}
				if hasLeft && hasRight {
					both++
				}
			}
			if left >= minRows && right >= minRows && (both >= minRows || left+right >= 8) && prose(rows[i:j+1], mid) {
				bestEnd, bestCut = j+1, mid
			}
		}
		if len(free) == 0 {
			break
		}
	}
	if bestCut == 0 {
		return i, 0
	}
	return i + sideBySide(rows[i:bestEnd], bestCut), bestCut
}

// sideBySide is how many of a band's rows belong to its columns. Columns differ in
// length, so that the last rows may stand on the left alone; where these begin
// with a heading or after a gap they are what comes below the columns, and only
// happens not to reach over the gutter.
func sideBySide(rows [][]line, cut float32) int {
	last := 0 // the last row with text on both sides
	var sizes []float32
	for i, r := range rows {
		left, right := false, false
		for _, l := range r {
			if (l.x0+l.x1)/2 < cut {
				left = true
			} else {
				right = true
			}
			sizes = append(sizes, l.size)
		}
		if left && right {
			last = i
		}
	}
	slices.Sort(sizes)
	usual := sizes[len(sizes)/2]
	for i := last + 1; i < len(rows); i++ {
		above, l := rows[i-1][0], rows[i][0]
		if (l.x0+l.x1)/2 < cut && (l.size > 1.12*usual || above.y0-l.y1 > 2*usual) {
			return i
		}
	}
	return len(rows)
}

// prose tells columns of text from a table: the lines on both sides of the cut
// are long enough on average to be parts of sentences.
func prose(rows [][]line, cut float32) bool {
	var left, right, nl, nr int
	for _, r := range rows {
		for _, l := range r {
			if (l.x0+l.x1)/2 < cut {
				left, nl = left+len([]rune(l.text)), nl+1
			} else {
				right, nr = right+len([]rune(l.text)), nr+1
			}
		}
	}
	const words = 18 // code points a line
	return nl > 0 && nr > 0 && left/nl >= words && right/nr >= words
}

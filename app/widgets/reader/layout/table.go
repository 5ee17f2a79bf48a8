package layout

// layTable sets block i, a table: each column as wide as its cells want, or as
// fair a share of the room as there is, and every cell broken into lines in its
// column.
func (p *Page) layTable(i int) {
	b, l := p.blocks[i], &p.laid[i]
	size := p.size(i)
	gap := min(cellGap*size, p.style.Wide/float32(6*b.cols))
	pad := p.snap(cellPad * size)
	widths := p.columns(b, size, gap)
	lefts := make([]float32, b.cols)
	total := gap * float32(b.cols-1)
	for c := range widths {
		total += widths[c]
	}
	// A table wider than the column stands out on both sides.
	l.left, l.right = 0, p.width
	if total > p.width {
		l.left = p.snap((p.width - total) / 2)
		l.right = l.left + total
	}
	x := l.left
	for c := range widths {
		lefts[c] = x
		x += widths[c] + gap
	}
	l.rows = append(l.rows[:0], 0)
	y := pad
	row, rowH := 0, float32(0)
	endRow := func() {
		y = p.snap(y + max(rowH, l.lineH) + pad)
		l.rows = append(l.rows, y)
		y += pad
		rowH = 0
	}
	for n := range b.cells {
		c := &b.cells[n]
		for row < c.row {
			endRow()
			row++
		}
		left := lefts[c.col]
		if b.RTL {
			left = l.left + l.right - left - widths[c.col]
		}
		from := len(l.lines)
		k := breaker{b: b, limit: widths[c.col] / size}
		// Rounding must not break a cell that asked for just this width.
		k.limit += 0.001
		l.lines = k.lines(l.lines, c.first, c.last)
		if from == len(l.lines) { // an empty cell keeps a line, so that a caret has a place
			l.lines = append(l.lines, Line{Start: c.start, End: c.end, first: c.first, last: c.first})
		}
		for j := range l.lines[from:] {
			ln := &l.lines[from+j]
			ln.Width *= size
			ln.X = left
			if c.rtl {
				ln.base = 1
			}
			if c.rtl || b.RTL || b.figure[c.col] {
				ln.X = left + widths[c.col] - ln.Width
			}
			ln.Y = y + float32(j)*l.lineH
		}
		rowH = max(rowH, float32(len(l.lines)-from)*l.lineH)
	}
	endRow()
	l.height = l.rows[len(l.rows)-1]
}

// columns shares the width of the page out to the columns of a table: each gets
// what its longest word needs, and of what is left in proportion to what it
// would like on top. Where the words alone take more than the column of text,
// the table may grow to the wide measure; where not even that is enough, the
// widest give way.
func (p *Page) columns(b *Block, size, gap float32) []float32 {
	least, whole := make([]float32, b.cols), make([]float32, b.cols)
	for n := range b.cells {
		c := &b.cells[n]
		least[c.col] = max(least[c.col], c.least*size)
		whole[c.col] = max(whole[c.col], c.whole*size)
	}
	gaps := gap * float32(b.cols-1)
	room := max(p.width-gaps, size*float32(b.cols))
	sumLeast, sumWhole := float32(0), float32(0)
	for c := range whole {
		whole[c] = max(whole[c], size)
		least[c] = min(max(least[c], min(whole[c], 4*size)), max(room/2, size))
		sumLeast += least[c]
		sumWhole += whole[c]
	}
	if sumLeast > 0.75*room { // some room to breathe
		room = max(min(p.style.Wide-gaps, sumLeast*1.4), room)
	}
	switch {
	case sumWhole <= room:
		return whole
	case sumLeast >= room:
		return level(least, room)
	}
	spare := room - sumLeast
	for c := range least {
		least[c] += spare * (whole[c] - least[c]) / (sumWhole - sumLeast)
	}
	return least
}

// level cuts widths down to a common height so that they add up to room: the
// widest give way first, and short columns, of figures say, stay whole.
func level(widths []float32, room float32) []float32 {
	low, high := float32(0), room
	for range 24 {
		cap, sum := (low+high)/2, float32(0)
		for _, w := range widths {
			sum += min(w, cap)
		}
		if sum > room {
			high = cap
		} else {
			low = cap
		}
	}
	for c := range widths {
		widths[c] = max(min(widths[c], low), 1)
	}
	return widths
}

// figureColumns tells the columns of figures, which are set flush to the right:
// every cell but the head is a figure or empty, and at least two are figures.
func figureColumns(b *Block) []bool {
	count := make([]int, b.cols)
	for n := range b.cells {
		c := &b.cells[n]
		text := string(b.runes[c.start:c.end])
		switch {
		case c.row == 0 && !numeric(text), text == "":
		case numeric(text) && count[c.col] >= 0:
			count[c.col]++
		default:
			count[c.col] = -1
		}
	}
	out := make([]bool, b.cols)
	for c := range out {
		out[c] = count[c] >= 2
	}
	return out
}

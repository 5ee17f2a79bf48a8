package pdf

import (
	"math"

	"sourcebook/notebook/briefing"
)

// The white space within a table's cells.
const (
	cellSide = 6.0
	cellEnds = 5.0
)

func (b *book) table(t briefing.Table, x, width float64) []*row {
	columns := len(t.Header)
	for _, r := range t.Rows {
		columns = max(columns, len(r))
	}
	if columns == 0 {
		return nil
	}
	widths := b.columns(t, columns, width-x)
	var out []*row
	top := &head{}
	if len(t.Header) > 0 {
		cells := make([][]*row, columns)
		for i := range cells {
			if i < len(t.Header) {
				a := attr{style: bold, size: cellSize, ink: white}
				cells[i] = b.paragraph(b.cellText(t.Header[i], a), 0, max(widths[i]-2*cellSide, 1), cellSize, cellLead)
			}
		}
		r := b.strip(stripe{cells: cells, widths: widths, x: x, header: true}, nil)
		r.keep, r.head = true, top
		top.rows = []*row{r}
		out = append(out, r)
	}
	for _, cells := range t.Rows {
		if b.stop() {
			return nil
		}
		set := make([][]*row, columns)
		for i := range set {
			var cell briefing.Cell
			if i < len(cells) {
				cell = cells[i]
			}
			inner := max(widths[i]-2*cellSide, 1)
			switch {
			case cell.Gap:
				set[i] = b.paragraph([]run{{briefing.WordNothing, &attr{style: italic, size: cellSize, ink: quiet}}}, 0, inner, cellSize, cellLead)
			case i == 0 && t.Lead:
				set[i] = b.paragraph(b.cellText(cell, attr{style: bold, size: cellSize, ink: navy}), 0, inner, cellSize, cellLead)
			default:
				set[i] = b.blocks(cell.Blocks, 0, inner, cellType)
			}
		}
		out = append(out, b.strip(stripe{cells: set, widths: widths, x: x, lead: t.Lead}, top))
	}
	out[len(out)-1].keep = false
	return out
}

// cellText is the running text of a cell in one manner.
func (b *book) cellText(c briefing.Cell, a attr) []run {
	var out []run
	briefing.Walk(c.Blocks, func(block briefing.Block) {
		var t briefing.Text
		switch block := block.(type) {
		case briefing.Paragraph:
			t = block.Text
		case briefing.Heading:
			t = block.Text
		case briefing.Code:
			t = briefing.Plain(block.Text)
		}
		if len(out) > 0 && len(t) > 0 {
			out = append(out, run{" ", &a})
		}
		out = append(out, b.runs(t, a)...)
	})
	return out
}

// columns shares the width out. A comparison's columns are alike, but for the
// first; those of another table go by what stands in them.
func (b *book) columns(t briefing.Table, n int, width float64) []float64 {
	weights := make([]float64, n)
	rows := append([][]briefing.Cell{t.Header}, t.Rows...)
	for i := range weights {
		longest := 4
		for k, r := range rows {
			if i < len(r) && k < 500 {
				length := 0
				briefing.Walk(r[i].Blocks, func(block briefing.Block) {
					if p, ok := block.(briefing.Paragraph); ok {
						length += len(p.Text.String())
					}
				})
				longest = max(longest, length)
			}
		}
		weights[i] = math.Sqrt(float64(min(longest, 400)))
	}
	if t.Lead && n > 1 {
		first := min(max(width/float64(n)*0.62, 62), 110)
		weights[0] = first
		for i := 1; i < n; i++ {
			weights[i] = (width - first) / float64(n-1)
		}
	}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	for i := range weights {
		weights[i] *= width / sum
	}
	return weights
}

// stripe is one row of a table, or what is left of one after a page break.
type stripe struct {
	cells  [][]*row
	widths []float64
	x      float64
	header bool
	lead   bool
}

// strip makes a row of the page of a row of a table. It splits where the page
// ends, each cell by its own lines.
func (b *book) strip(s stripe, top *head) *row {
	tallest := 0.0
	r := &row{head: top}
	at := s.x
	for i, cell := range s.cells {
		tallest = max(tallest, height(cell))
		y := cellEnds
		for k, line := range cell {
			if k > 0 {
				y += line.before
			}
			for _, m := range line.marks {
				r.marks = append(r.marks, anchor{m.name, y + m.dy})
			}
			y += line.height
		}
		at += s.widths[i]
	}
	r.height = tallest + 2*cellEnds
	r.draw = func(c *canvas, left, y float64) {
		total := 0.0
		for _, w := range s.widths {
			total += w
		}
		if s.header {
			c.rect(left+s.x, y, total, r.height, navy)
		} else {
			c.rule(left+s.x, y+r.height, left+s.x+total, y+r.height, 0.5, hair)
		}
		at := left + s.x
		for i, cell := range s.cells {
			top := y + cellEnds
			for k, line := range cell {
				if k > 0 {
					top += line.before
				}
				if line.draw != nil {
					line.draw(c, at+cellSide, top)
				}
				top += line.height
			}
			at += s.widths[i]
		}
	}
	if !s.header {
		r.split = func(room float64) (*row, *row) { return b.splitStripe(s, top, room) }
	}
	return r
}

// A first column of no more lines than this is said again after a page break.
const repeatLead = 3

func (b *book) splitStripe(s stripe, top *head, room float64) (*row, *row) {
	fits, rest := s, s
	fits.cells, rest.cells = make([][]*row, len(s.cells)), make([][]*row, len(s.cells))
	progress := false
	for i, cell := range s.cells {
		h, n := 2*cellEnds, 0
		for n < len(cell) {
			step := cell[n].height
			if n > 0 {
				step += cell[n].before
			}
			if h+step > room {
				break
			}
			h += step
			n++
		}
		if n < len(cell) {
			for n > 1 && cell[n-1].keep {
				n--
			}
		}
		if n == 0 && len(cell) > 0 {
			return nil, nil
		}
		fits.cells[i], rest.cells[i] = cell[:n:n], cell[n:]
		progress = progress || n < len(cell)
		if i == 0 && s.lead && n == len(cell) && n <= repeatLead {
			rest.cells[i] = quietly(cell)
		}
	}
	if !progress {
		return nil, nil
	}
	return b.strip(fits, top), b.strip(rest, top)
}

// quietly is rows said again, which are not the place that links lead to.
func quietly(rows []*row) []*row {
	out := make([]*row, len(rows))
	for i, r := range rows {
		again := *r
		again.marks, again.entry = nil, nil
		out[i] = &again
	}
	return out
}

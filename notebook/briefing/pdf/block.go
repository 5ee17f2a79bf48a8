package pdf

import (
	"strconv"

	"sourcebook/notebook/briefing"
)

// kind of type that blocks are set in: a page's or a table cell's.
type setting struct {
	size, lead float64
	gap        float64 // between blocks
	cell       bool
}

var (
	bodyType = setting{bodySize, bodyLead, 7, false}
	cellType = setting{cellSize, cellLead, 4, true}
)

// Lists and quotations are indented no deeper than this share of the column.
const deepestShare = 0.5

func (b *book) blocks(blocks []briefing.Block, x, width float64, s setting) []*row {
	var out []*row
	put := func(gap float64, rows []*row) {
		if len(rows) > 0 {
			// A heading brings the space below it along.
			if len(out) > 0 && !out[len(out)-1].heading && rows[0].before == 0 {
				rows[0].before = gap
			}
			out = append(out, rows...)
		}
	}
	for i, block := range blocks {
		if b.stop() {
			return nil
		}
		switch block := block.(type) {
		case briefing.Heading:
			put(s.gap, b.inner(block, x, width, s))
		case briefing.Paragraph:
			a := attr{size: s.size, ink: dark}
			leading := s.lead
			if block.Quiet {
				a.ink, a.size, leading = quiet, min(s.size, 9), min(s.lead, 12.6)
			}
			put(s.gap, b.paragraph(b.runs(block.Text, a), x, width-x, a.size, leading))
		case briefing.List:
			gap := s.gap
			if _, ok := before(blocks, i).(briefing.Paragraph); ok {
				gap = 3 // the list goes on with the sentence before it
			}
			put(gap, b.list(block, x, width, s))
		case briefing.Quote:
			put(s.gap+2, b.quote(block, x, width, s))
		case briefing.Code:
			put(s.gap, b.code(block, x, width, s))
		case briefing.Claims:
			for _, c := range block.Items {
				if s.cell {
					put(5, b.cellClaim(c, x, width))
				} else {
					put(10, b.claim(c, x, width))
				}
			}
		case briefing.Judgements:
			for i, c := range block.Items {
				put(8, b.judgement(i+1, c, x, width))
			}
		case briefing.Table:
			put(12, b.table(block, x, width))
			out = append(out, &row{height: 4})
		case briefing.Timeline:
			put(10, b.timeline(block, x, width))
		}
	}
	return out
}

func before(blocks []briefing.Block, i int) briefing.Block {
	if i == 0 {
		return nil
	}
	return blocks[i-1]
}

// inner is a heading among blocks; within a cell or an indented block it is a
// bold line, without a place in the outline.
func (b *book) inner(h briefing.Heading, x, width float64, s setting) []*row {
	if x == 0 && !s.cell {
		return b.heading(h.Level, h.Number, h.Text, width)
	}
	rows := b.paragraph(b.runs(h.Text, attr{style: bold, size: s.size, ink: navy}), x, width-x, s.size, s.lead)
	for _, r := range rows {
		r.keep = true
	}
	return rows
}

func (b *book) list(l briefing.List, x, width float64, s setting) []*row {
	var out []*row
	inset := s.size * 1.5
	if l.Ordered && l.Start+len(l.Items) > 99 {
		inset = s.size * 2.4
	}
	if x+inset > width*deepestShare {
		inset = 0
	}
	for i, item := range l.Items {
		if b.stop() {
			return nil
		}
		rows := b.blocks(item, x+inset, width, s)
		if len(rows) == 0 {
			rows = []*row{{height: s.lead}}
		}
		sign := "•"
		if l.Ordered {
			sign = strconv.Itoa(l.Start+i) + "."
		}
		if inset > 0 {
			a := attr{size: s.size, ink: navy}
			mark := b.set.lines([]run{{sign, &a}}, width)[0]
			under, at := rows[0].draw, x
			baseline := s.lead/2 + s.size*0.36
			if l.Ordered {
				at += max(inset-mark.width-s.size*0.4, 0)
			} else {
				at += s.size * 0.4
			}
			rows[0].draw = func(c *canvas, left, y float64) {
				c.line(mark, left+at, y+baseline)
				if under != nil {
					under(c, left, y)
				}
			}
		}
		if i > 0 {
			rows[0].before = max(rows[0].before, 2.5)
		}
		out = append(out, rows...)
	}
	return out
}

func (b *book) quote(q briefing.Quote, x, width float64, s setting) []*row {
	inset := 14.0
	if x+inset > width*deepestShare {
		inset = 0
	}
	rows := b.blocks(q.Blocks, x+inset, width, s)
	if inset == 0 {
		return rows
	}
	for i, r := range rows {
		under, gap := r.draw, 0.0
		if i > 0 {
			gap = r.before
		}
		high := r.height
		r.draw = func(c *canvas, left, y float64) {
			c.rect(left+x+2, y-gap, 2, high+gap, hair)
			if under != nil {
				under(c, left, y)
			}
		}
	}
	return rows
}

func (b *book) code(k briefing.Code, x, width float64, s setting) []*row {
	size, leading := s.size*0.88, s.lead*0.86
	a := attr{style: mono, size: size, ink: dark}
	rows := b.paragraph([]run{{k.Text, &a}}, x+8, width-x-16, size, leading)
	for i, r := range rows {
		under := r.draw
		top, bottom := 0.3, 0.3 // overlap, so that no seam shows between lines
		if i == 0 {
			top = 4
		}
		if i == len(rows)-1 {
			bottom = 4
		}
		r.draw = func(c *canvas, left, y float64) {
			c.rect(left+x, y-top, width-x, leading+top+bottom, ground)
			under(c, left, y)
		}
	}
	rows[0].before = s.gap + 4
	rows = append(rows, &row{height: 4})
	return rows
}

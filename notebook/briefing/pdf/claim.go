package pdf

import (
	"strconv"
	"strings"

	"sourcebook/notebook/briefing"
)

// The column that a claim's grade stands in.
const gradeColumn = 34.0

// claim is a claim in running pages: its grade at the left; statement, facts,
// estimate and remarks at the right.
func (b *book) claim(c briefing.Claim, x, width float64) []*row {
	base := attr{size: bodySize, ink: dark}
	rows := b.claimBody(c, b.statement(c, base), bodySize, x+gradeColumn, width, bodyLead)
	b.chip(rows[0], c, x)
	return rows
}

// statement is what a claim says, with its references.
func (b *book) statement(c briefing.Claim, base attr) []run {
	return b.runs(c.Statement.WithNotes(c.Notes...), base)
}

// graded is a claim's statement with its grade behind it.
func (b *book) graded(c briefing.Claim, base attr) []run {
	runs := b.statement(c, base)
	if g := c.Grade(); g != "" {
		chip := attr{style: bold, size: base.size * 0.82, ink: navy, back: &tint}
		runs = append(runs, run{"\u2002", &base}, run{g, &chip})
	}
	return runs
}

// claimBody is a claim below its statement's runs.
func (b *book) claimBody(c briefing.Claim, statement []run, size, x, width, leading float64) []*row {
	rows := b.paragraph(statement, x, width-x, size, leading)
	small := attr{size: smallSize, ink: quiet}
	put := func(gap float64, runs []run) {
		more := b.paragraph(runs, x, width-x, smallSize, smallLead)
		more[0].before = gap
		rows[len(rows)-1].keep = true
		rows = append(rows, more...)
	}
	if facts := c.Facts(); len(facts) > 0 {
		put(0.5, []run{{strings.Join(facts, "  ·  "), &small}})
	}
	if lines := c.Estimate(); len(lines) > 0 {
		put(0.5, []run{{strings.Join(lines, "   "), &small}})
	}
	for _, r := range c.Remarks {
		put(1, b.remark(r))
	}
	if len(c.See) > 0 {
		put(0.5, b.runs(briefing.Plain(briefing.WordSeeAlso+" ").WithNotes(c.See...), small))
	}
	if len(rows) <= 9 {
		for _, r := range rows[:len(rows)-1] {
			r.keep = true
		}
	}
	return rows
}

func (b *book) remark(r briefing.Remark) []run {
	a := attr{size: smallSize, ink: quiet}
	switch {
	case r.Kind == briefing.NeedsSource || r.Kind == briefing.NotHeld:
		a.ink = lead
	case r.Kind.Warns():
		a.ink = warning
	}
	var out []run
	if label := r.Kind.Label(); label != "" {
		strong := a
		strong.style |= bold
		out = append(out, run{label + " ", &strong})
	}
	return append(out, b.runs(r.Text, a)...)
}

// chip draws a claim's grade at the left of its first row.
func (b *book) chip(r *row, c briefing.Claim, x float64) {
	const wide, high = 25.0, 13.0
	grade := c.Grade()
	a := attr{style: bold, size: 8.4, ink: navy}
	if grade == "" {
		grade, a.ink = "–", quiet
	}
	l := b.set.lines([]run{{grade, &a}}, wide)[0]
	under := r.draw
	r.draw = func(cv *canvas, left, y float64) {
		top := y + (bodyLead-high)/2
		if c.Graded() {
			cv.round(left+x, top, wide, high, 3, tint)
		} else {
			cv.outline(left+x, top, wide, high, 3, hair)
		}
		cv.line(l, left+x+(wide-l.width)/2, top+high/2+8.4*0.36)
		under(cv, left, y)
	}
}

// cellClaim is a claim in a table: statement, grade and date in one paragraph.
func (b *book) cellClaim(c briefing.Claim, x, width float64) []*row {
	runs := b.graded(c, attr{size: cellSize, ink: dark})
	tail := append(c.Facts(), c.Estimate()...)
	if len(tail) > 0 {
		if c.Date != "" {
			tail[0] = strings.ReplaceAll(tail[0], " ", "\u00A0") // a day is not parted from its month
		}
		a := attr{size: cellSize * 0.88, ink: quiet}
		runs = append(runs, run{"  " + strings.Join(tail, " · "), &a})
	}
	rows := b.paragraph(runs, x, width-x, cellSize, cellLead)
	for _, r := range c.Remarks {
		if r.Kind.Warns() {
			rows = append(rows, b.paragraph(b.remark(r), x, width-x, smallSize*0.94, smallLead*0.94)...)
		}
	}
	return rows
}

// The padding of the box that key judgements stand in.
const boxPad = 12.0

// judgements is the box at the head of a briefing.
func (b *book) judgements(s briefing.Section, width float64) []*row {
	frame := &box{fill: ground, edge: navy, pad: boxPad}
	inner := width - 14
	rows := b.heading(1, s.Number, briefing.Plain(s.Heading), inner)
	if e := rows[0].entry; e != nil {
		e.level = 0
	}
	rows[0].before = 16 + boxPad
	rows = append(rows, b.blocks(s.Blocks, 0, inner, bodyType)...)
	rows[len(rows)-1].keep = false
	for _, r := range rows {
		r.box = frame
		if under := r.draw; under != nil {
			r.draw = func(c *canvas, left, y float64) { under(c, left+16, y) }
		}
	}
	// The box reaches below its last row by its padding.
	return append(rows, &row{height: 0.1, before: boxPad})
}

// judgement is one key judgement, numbered.
func (b *book) judgement(n int, c briefing.Claim, x, width float64) []*row {
	const column = 22.0
	c = withoutFacts(c)
	rows := b.claimBody(c, b.graded(c, attr{size: 10.4, ink: dark}), 10.4, x+column, width-6, 14.8)
	a := attr{style: bold, size: 10.4, ink: navy}
	number := b.set.lines([]run{{strconv.Itoa(n) + ".", &a}}, column)[0]
	under := rows[0].draw
	rows[0].draw = func(cv *canvas, left, y float64) {
		cv.line(number, left+x, y+14.8/2+10.4*0.36)
		under(cv, left, y)
	}
	return rows
}

// withoutFacts leaves a judgement what bears on how far to trust it.
func withoutFacts(c briefing.Claim) briefing.Claim {
	c.Countries, c.Topics, c.Date = nil, nil, ""
	return c
}

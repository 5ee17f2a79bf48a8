package pdf

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"sourcebook/notebook/briefing"
)

// The passages of one endnote that are shown, and how many characters of each.
const (
	passagesShown = 6
	passageLength = 320
)

// sources is the summary statement, the endnotes and the scales.
func (b *book) sources(width float64) []*row {
	var out []*row
	put := func(gap float64, rows []*row) {
		if len(rows) > 0 {
			if rows[0].before == 0 && len(out) > 0 && !out[len(out)-1].heading {
				rows[0].before = gap
			}
			out = append(out, rows...)
		}
	}
	if len(b.doc.Summary) > 0 {
		title := b.heading(1, "", briefing.Plain(briefing.HeadingSummary), width)
		title[0].before = 4 // it follows the heading of its section
		put(0, title)
		for _, s := range b.doc.Summary {
			put(5, b.paragraph([]run{{s, &attr{size: 9.4, ink: dark}}}, 0, width, 9.4, 13.4))
		}
	}
	if len(b.doc.Notes) > 0 {
		put(0, b.heading(1, "", briefing.Plain(briefing.HeadingNotes), width))
		for _, n := range b.doc.Notes {
			if b.stop() {
				return nil
			}
			put(7, b.note(n, width))
		}
	}
	put(0, b.scales(width))
	return out
}

// note is one endnote. Its number leads back to where it is first referred to.
func (b *book) note(n briefing.Note, width float64) []*row {
	const column = 26.0
	title := attr{style: bold, size: 8.8, ink: dark}
	if n.URL != "" && linkable(n.URL) {
		title.url = n.URL
		if n.Name() == n.URL {
			title.ink = blue
		}
	}
	rows := b.paragraph([]run{{n.Name(), &title}}, column, width-column, 8.8, 12)
	put := func(text string, a attr, leading float64) {
		more := b.paragraph([]run{{text, &a}}, column, width-column, a.size, leading)
		rows[len(rows)-1].keep = true
		rows = append(rows, more...)
	}
	small := attr{size: 8, ink: quiet}
	for _, s := range n.Descriptor() {
		a := small
		if s == briefing.TextLead {
			a.ink = lead
			a.style = bold
		}
		put(s, a, 11)
	}
	if n.URL != "" && n.URL != n.Name() {
		a := small
		if linkable(n.URL) {
			a.ink, a.url = blue, n.URL
		}
		put(n.URL, a, 11)
	}
	if n.SHA256 != "" {
		put(briefing.WordSHA256+"  "+n.SHA256, attr{style: mono, size: tinySize, ink: quiet}, tinyLead)
	}
	for i, p := range n.Passages {
		a := attr{style: italic, size: 8, ink: dark}
		if i == passagesShown {
			put(fmt.Sprintf("and %d more passages", len(n.Passages)-i), small, 11)
			break
		}
		put("“"+excerpt(p)+"”", a, 11.2)
	}
	number := attr{style: bold, size: 8.8, ink: navy}
	if b.cited[n.N] {
		number.dest, number.ink = referenceName(n.N), blue
	}
	l := b.set.lines([]run{{strconv.Itoa(n.N), &number}}, column)[0]
	under := rows[0].draw
	rows[0].draw = func(c *canvas, left, y float64) {
		c.line(l, left+column-8-l.width, y+6+8.8*0.36)
		under(c, left, y)
	}
	rows[0].marks = append(rows[0].marks, anchor{noteName(n.N), 0})
	if len(rows) <= 10 {
		for _, r := range rows[:len(rows)-1] {
			r.keep = true
		}
	}
	return rows
}

// excerpt is a passage, or its beginning and its end.
func excerpt(s string) string {
	if utf8.RuneCountInString(s) <= passageLength {
		return s
	}
	r := []rune(s)
	return string(r[:passageLength*2/3]) + " […] " + string(r[len(r)-passageLength/3:])
}

// scales explains the scales in use, two beside each other.
func (b *book) scales(width float64) []*row {
	scales := b.doc.Scales()
	if len(scales) == 0 {
		return nil
	}
	out := b.heading(1, "", briefing.Plain(briefing.HeadingScales), width)
	const gutter = 24.0
	half := (width - gutter) / 2
	for i := 0; i < len(scales); i += 2 {
		cells := [][]*row{b.scale(scales[i], half), nil}
		if i+1 < len(scales) {
			cells[1] = b.scale(scales[i+1], half)
		}
		pair := &row{height: max(height(cells[0]), height(cells[1])), before: 8}
		pair.draw = func(c *canvas, left, y float64) {
			for k, cell := range cells {
				at := y
				for j, r := range cell {
					if j > 0 {
						at += r.before
					}
					r.draw(c, left+float64(k)*(half+gutter), at)
					at += r.height
				}
			}
		}
		out = append(out, pair)
	}
	return out
}

func (b *book) scale(s briefing.Scale, width float64) []*row {
	rows := b.paragraph([]run{{s.Name, &attr{style: bold, size: 8.8, ink: navy}}}, 0, width, 8.8, 12.4)
	rows = append(rows, b.paragraph([]run{{s.Text, &attr{size: 8, ink: quiet}}}, 0, width, 8, 10.8)...)
	column := 18.0
	for _, r := range s.Rows {
		column = max(column, b.set.width(r[0], &attr{style: bold, size: 8.2, ink: dark})+10)
	}
	for i, r := range s.Rows {
		sign := b.set.lines([]run{{r[0], &attr{style: bold, size: 8.2, ink: dark}}}, width)[0]
		lines := b.paragraph([]run{{r[1], &attr{size: 8.2, ink: dark}}}, column, width-column, 8.2, 11.4)
		under := lines[0].draw
		lines[0].draw = func(c *canvas, left, y float64) {
			c.line(sign, left, y+5.7+8.2*0.36)
			under(c, left, y)
		}
		if i == 0 {
			lines[0].before = 3
		}
		rows = append(rows, lines...)
	}
	return rows
}

package pdf

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
)

// The colours of the page.
var (
	black   = ink{0, 0, 0}
	white   = ink{255, 255, 255}
	dark    = ink{31, 36, 44}
	quiet   = ink{98, 106, 117}
	hair    = ink{205, 210, 217}
	navy    = ink{24, 54, 92}
	blue    = ink{26, 86, 160}
	tint    = ink{226, 234, 244}
	ground  = ink{242, 246, 250}
	warning = ink{150, 42, 28}
	lead    = ink{134, 84, 0}
)

// The sizes of type and the distances between lines, in points.
const (
	bodySize, bodyLead   = 10, 14.2
	smallSize, smallLead = 8.4, 11.6
	tinySize, tinyLead   = 7, 9.6
	cellSize, cellLead   = 8.6, 11.8
)

// Beyond this number of pages a document has a list of contents.
const contentsFrom = 6

// book is a document laid out.
type book struct {
	ctx     context.Context
	doc     *briefing.Document
	set     *typesetter
	sheet   sheet
	flows   []flow
	pages   []*page
	where   map[string]place
	entries []*entry
	cited   map[int]bool // endnotes that were referred to, so far
	err     error
}

func lay(ctx context.Context, d *briefing.Document, fs *faces, s sheet) (*book, error) {
	b := &book{ctx: ctx, doc: d, set: &typesetter{faces: fs}, sheet: s, cited: map[int]bool{}}
	cover := b.cover()
	b.add(false, cover...)
	opening := len(cover) // rows of the first flow that stand before the contents
	for i, sec := range d.Ordered() {
		rows := b.section(sec, s.column(sec.Wide))
		b.add(sec.Wide, rows...)
		if i == 0 && sec.Kind == notebook.PartJudgements && !sec.Wide {
			opening = len(b.flows[0].rows)
		}
		if b.err != nil {
			return nil, b.err
		}
	}
	b.add(false, b.colophon()...)
	if fs.err != nil {
		return nil, fs.err
	}

	pages, err := paginate(ctx, b.flows, s)
	if err != nil {
		return nil, err
	}
	if len(pages) > contentsFrom {
		rows := slices.Clone(b.flows[0].rows)
		b.flows[0].rows = slices.Insert(rows, opening, b.contents()...)
		if pages, err = paginate(ctx, b.flows, s); err != nil {
			return nil, err
		}
	}
	b.pages = pages
	b.where = map[string]place{}
	for i, p := range pages {
		for _, r := range p.rows {
			for _, m := range r.row.marks {
				if _, ok := b.where[m.name]; !ok {
					b.where[m.name] = place{i + 1, r.y + m.dy, p.wide}
				}
			}
		}
	}
	return b, nil
}

// add puts rows on pages of an orientation.
func (b *book) add(wide bool, rows ...*row) {
	if n := len(b.flows); n > 0 && b.flows[n-1].wide == wide {
		b.flows[n-1].rows = append(b.flows[n-1].rows, rows...)
		return
	}
	b.flows = append(b.flows, flow{wide, rows})
}

// stop says whether to leave off, and looks whether the job was cancelled.
func (b *book) stop() bool {
	if b.err == nil {
		b.err = b.ctx.Err()
	}
	return b.err != nil
}

// paragraph sets runs in a column x from the left of the page's, with no line
// alone at the foot or the head of a page.
func (b *book) paragraph(runs []run, x, width, size, leading float64) []*row {
	lines := b.set.lines(runs, width)
	rows := make([]*row, len(lines))
	baseline := leading/2 + size*0.36
	for i, l := range lines {
		dx := x
		if l.rtl {
			dx += width - l.width
		}
		rows[i] = &row{height: leading, draw: func(c *canvas, left, y float64) { c.line(l, left+dx, y+baseline) }}
		for _, m := range l.marks {
			rows[i].marks = append(rows[i].marks, anchor{m, 0})
		}
	}
	if n := len(rows); n > 1 {
		rows[0].keep = true
		rows[n-2].keep = true
	}
	return rows
}

// runs sets t as runs in the manner of base. It is here that an endnote gets
// the place that leads back from it: the first reference.
func (b *book) runs(t briefing.Text, base attr) []run {
	var out []run
	for i, s := range t {
		if s.Note > 0 {
			out = append(out, b.reference(s.Note, base, i > 0 && t[i-1].Note > 0)...)
			continue
		}
		a := base
		if s.Bold {
			a.style |= bold
		}
		if s.Italic {
			a.style |= italic
		}
		if s.Code {
			a.style |= mono
			a.size *= 0.94
			a.back = &ground
		}
		if s.URL != "" && linkable(s.URL) {
			a.url, a.ink = s.URL, blue
		}
		out = append(out, run{s.Text, &a})
	}
	return out
}

// linkable are the addresses that a reader may follow from a document.
func linkable(u string) bool {
	u = strings.ToLower(strings.TrimSpace(u))
	for _, scheme := range []string{"http://", "https://", "mailto:", "ftp://", "doi:"} {
		if strings.HasPrefix(u, scheme) {
			return true
		}
	}
	return false
}

// reference is the raised number of an endnote, bound to the word before it.
func (b *book) reference(n int, base attr, comma bool) []run {
	raised := base
	raised.size, raised.rise = base.size*0.66, base.size*0.34
	raised.style &^= italic | mono
	raised.url, raised.back = "", nil
	link := raised
	link.ink = blue
	if base.ink == white {
		link.ink = white
	}
	link.dest = noteName(n)
	if !b.cited[n] {
		b.cited[n] = true
		link.mark = referenceName(n)
	}
	const bind = "\u2060" // word joiner
	if comma {
		return []run{{bind + "," + bind, &raised}, {strconv.Itoa(n), &link}}
	}
	return []run{{bind + strconv.Itoa(n), &link}}
}

func noteName(n int) string      { return "note:" + strconv.Itoa(n) }
func referenceName(n int) string { return "ref:" + strconv.Itoa(n) }

// cover is the block at the head of the first page.
func (b *book) cover() []*row {
	width := b.sheet.column(false)
	rows := []*row{{height: 14, keep: true, draw: func(c *canvas, x, y float64) { c.rect(x, y, 56, 4, navy) }}}
	rows = append(rows, b.paragraph([]run{{b.doc.Title, &attr{style: bold, size: 25, ink: navy}}}, 0, width, 25, 31)...)
	if b.doc.Subtitle != "" {
		sub := b.paragraph([]run{{b.doc.Subtitle, &attr{size: 13, ink: quiet}}}, 0, width, 13, 18)
		sub[0].before = 4
		rows = append(rows, sub...)
	}
	who := []string{briefing.DateWords(b.doc.Date)}
	if b.doc.Author != "" {
		who = append(who, b.doc.Author)
	}
	by := b.paragraph([]run{{strings.Join(who, "  ·  "), &attr{size: 10, ink: dark}}}, 0, width, 10, 14)
	by[0].before = 10
	rows = append(rows, by...)
	rows = append(rows, &row{height: 1, before: 12, draw: func(c *canvas, x, y float64) { c.rule(x, y, x+width, y, 0.8, hair) }})
	for i := range rows[:len(rows)-1] {
		rows[i].keep = true
	}
	return rows
}

// heading is a heading of a section (level 0) or within one.
func (b *book) heading(level int, number string, t briefing.Text, width float64) []*row {
	sizes := [...]struct{ size, lead, before, after float64 }{{15, 20, 26, 8}, {11.6, 16, 16, 5}, {10.4, 14.6, 12, 4}, {10, 14.2, 10, 3}}
	s := sizes[min(max(level, 0), len(sizes)-1)]
	base := attr{style: bold, size: s.size, ink: navy}
	if level > 1 {
		base.ink = dark
	}
	x := 0.0
	var mark []run
	if number != "" {
		a := base
		mark = []run{{number, &a}}
		x = b.set.width(number, &a) + s.size*0.7
	}
	rows := b.paragraph(b.runs(t, base), x, width-x, s.size, s.lead)
	if mark != nil {
		l := b.set.lines(mark, width)[0]
		under := rows[0].draw
		baseline := s.lead/2 + s.size*0.36
		rows[0].draw = func(c *canvas, left, y float64) {
			c.line(l, left, y+baseline)
			under(c, left, y)
		}
	}
	rows[0].before = s.before
	if level == 0 {
		under := rows[0].draw
		rows[0].draw = func(c *canvas, left, y float64) {
			c.rule(left, y-4, left+width, y-4, 0.6, hair)
			c.rect(left, y-5, 28, 2, navy)
			under(c, left, y)
		}
	}
	for _, r := range rows {
		r.keep = true
	}
	last := rows[len(rows)-1]
	last.height += s.after
	last.heading = true
	if level <= 1 {
		e := &entry{level: level, number: number, title: t.String(), name: "entry:" + strconv.Itoa(len(b.entries))}
		b.entries = append(b.entries, e)
		rows[0].entry = e
		rows[0].marks = append(rows[0].marks, anchor{e.name, -s.before / 2})
	}
	return rows
}

// section sets one section.
func (b *book) section(s briefing.Section, width float64) []*row {
	if s.Kind == notebook.PartJudgements {
		return b.judgements(s, width)
	}
	rows := b.heading(0, s.Number, briefing.Plain(s.Heading), width)
	rows = append(rows, b.blocks(s.Blocks, 0, width, bodyType)...)
	if s.Kind == notebook.PartSources {
		rows = append(rows, b.sources(width)...)
	}
	// A heading at the very end has nothing to be kept with.
	rows[len(rows)-1].keep = false
	return rows
}

// contents lists the entries with their pages, which are known once all is set.
func (b *book) contents() []*row {
	width := b.sheet.column(false)
	deep := len(b.entries) <= 45
	title := b.paragraph([]run{{briefing.HeadingContents, &attr{style: bold, size: 11.6, ink: navy}}}, 0, width, 11.6, 20)
	title[0].before, title[0].keep = 22, true
	rows := title
	for _, e := range b.entries {
		if e.level > 0 && !deep {
			continue
		}
		a := attr{size: 9.6, ink: dark, dest: e.name}
		x, before := 0.0, 4.0
		if e.level > 0 {
			a.size, a.ink, x, before = 9, quiet, 22, 0
		}
		number := b.set.lines([]run{{e.number, &a}}, width)[0]
		gap := 22.0
		if e.level > 0 {
			gap = 28
		}
		name := b.set.lines([]run{{b.set.shorten(e.title, &a, width-x-gap-50), &a}}, width)[0]
		dots := attr{size: 8, ink: hair}
		rows = append(rows, &row{height: 14, before: before, draw: func(c *canvas, left, y float64) {
			base := y + 10
			if e.number != "" {
				c.line(number, left+x, base)
			}
			c.line(name, left+x+gap, base)
			page := b.set.lines([]run{{strconv.Itoa(c.where[e.name].page), &a}}, width)[0]
			c.line(page, left+width-page.width, base)
			if room := width - x - gap - name.width - page.width - 12; room > 8 {
				leader := b.set.lines([]run{{strings.Repeat(" .", int(room/b.set.width(" .", &dots))), &dots}}, width)[0]
				c.line(leader, left+width-page.width-6-leader.width, base)
			}
		}})
	}
	return rows
}

// colophon says, at the end, what could not be drawn.
func (b *book) colophon() []*row {
	if len(b.set.missing) == 0 {
		return nil
	}
	all := slices.Sorted(maps.Keys(b.set.missing))
	var names []string
	for _, r := range all[:min(len(all), 12)] {
		names = append(names, fmt.Sprintf("U+%04X", r))
	}
	words := strings.Join(names, ", ")
	if len(all) > len(names) {
		words += fmt.Sprintf(" and %d more", len(all)-len(names))
	}
	rows := b.paragraph([]run{{"The fonts of this document lack some characters; each stands as a box with its Unicode number: " + words + ".", &attr{size: smallSize, ink: quiet}}},
		0, b.sheet.column(false), smallSize, smallLead)
	rows[0].before = 18
	return rows
}

// margins draws the head and foot of a page. The marking stands in both, at the
// right, in 12 point bold on black, as TLP 2.0 asks.
func (b *book) margins(c *canvas, n int) {
	width := c.sheet.width(c.wide)
	foot := c.sheet.height(c.wide) - 40
	small := attr{size: 8, ink: quiet}
	right := width - c.sheet.right
	free := right - c.sheet.left
	if mark := briefing.MarkingWords(b.doc.TLP); mark != "" {
		a := attr{style: bold, size: 12, ink: hexInk(briefing.MarkingColour(b.doc.TLP))}
		l := b.set.lines([]run{{mark, &a}}, width)[0]
		for _, base := range []float64{42, foot} {
			c.rect(right-l.width-10, base-12.5, l.width+10, 17, black)
			c.line(l, right-l.width-5, base)
		}
		free -= l.width + 24
	}
	if n > 1 {
		l := b.set.lines([]run{{b.set.shorten(b.doc.Title, &small, free), &small}}, width)[0]
		c.line(l, c.sheet.left, 41)
		c.rule(c.sheet.left, 54, right, 54, 0.5, hair)
	}
	page := b.set.lines([]run{{fmt.Sprintf("Page %d of %d", n, len(b.pages)), &small}}, width)[0]
	c.line(page, c.sheet.left, foot-1)
}

func hexInk(s string) ink {
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil {
		return white
	}
	return ink{uint8(v >> 16), uint8(v >> 8), uint8(v)}
}

// boxes draws the grounds of a page's rows, each around all the rows that
// follow each other on it.
func (b *book) boxes(c *canvas, p *page) {
	width := c.sheet.column(c.wide)
	for i := 0; i < len(p.rows); {
		box := p.rows[i].row.box
		if box == nil {
			i++
			continue
		}
		j := i
		for j+1 < len(p.rows) && p.rows[j+1].row.box == box {
			j++
		}
		top := p.rows[i].y - box.pad
		bottom := p.rows[j].y + p.rows[j].row.height + box.pad
		c.rect(c.sheet.left, top, width, bottom-top, box.fill)
		c.rect(c.sheet.left, top, 3, bottom-top, box.edge)
		i = j + 1
	}
}

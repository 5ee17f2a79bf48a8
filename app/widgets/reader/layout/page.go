package layout

import (
	"math"
	"sort"
	"unicode/utf8"
)

// Style is how a Page is set. Size must be positive; the others have defaults.
type Style struct {
	Size       float32 // of the text, in pixels of the toolkit
	LineHeight float32 // as a multiple of Size; 1.5 where it is 0
	Pixel      float32 // a device pixel, that lines are aligned to; 1 where it is 0
	Tall       float32 // how high a picture may get; 0 leaves that to the width of the column
	Wide       float32 // how wide a table may get that does not fit the column, on both sides alike; at least the column
}

// Rect is a rectangle on the page.
type Rect struct{ X, Y, W, H float32 }

// Page is the blocks of a document, laid out in a column. It is for one
// goroutine. Blocks may still be raw: they take an estimated height until
// SetBlock replaces them.
type Page struct {
	blocks []*Block
	starts []int // code point of the canonical text where a block begins; the title block's have that of the text's start
	length int
	header int // how many blocks belong to the title block

	style Style
	width float32
	laid  []laid
	tops  []float32 // one more than blocks: the last is the height
	buf   []piece

	figures     []Figure
	figureRects []Rect
}

// laid is a block broken into lines.
type laid struct {
	lines  []Line
	height float32
	lineH  float32
	rows   []float32 // of a table: the tops of its rows, and its height
	left   float32   // of a table: its edges
	right  float32
	done   bool // lines are for the page's style and width
}

// Ref names a line of a page.
type Ref struct{ Block, Line int }

// NewPage makes a page of header blocks followed by blocks. Blocks without
// text are not part of the canonical text and must be left out by the caller.
func NewPage(header, blocks []*Block) *Page {
	p := &Page{header: len(header), style: Style{Size: 16}}
	p.blocks = append(append(make([]*Block, 0, len(header)+len(blocks)), header...), blocks...)
	p.starts = make([]int, len(p.blocks))
	p.laid = make([]laid, len(p.blocks))
	p.tops = make([]float32, len(p.blocks)+1)
	at := 0
	for i := range blocks {
		if i > 0 {
			at += 2 // the blank line
		}
		p.starts[p.header+i] = at
		at += utf8.RuneCountInString(blocks[i].Text)
	}
	p.length = at
	return p
}

// Len is the number of code points of the canonical text.
func (p *Page) Len() int { return p.length }

// Blocks is how many blocks there are, those of the title block first.
func (p *Page) Blocks() int { return len(p.blocks) }

// Block gives block i. It must not be changed.
func (p *Page) Block(i int) *Block { return p.blocks[i] }

// Header is how many of the blocks are the title block.
func (p *Page) Header() int { return p.header }

// Start is the code point where block i begins.
func (p *Page) Start(i int) int { return p.starts[i] }

// SetBlock replaces a raw block by its prepared form. Reflow brings the page
// up to date afterwards.
func (p *Page) SetBlock(i int, b *Block) {
	p.blocks[i] = b
	p.laid[i].done = false
}

// Ready reports whether every block is prepared.
func (p *Page) Ready() bool {
	for _, b := range p.blocks {
		if !b.ready {
			return false
		}
	}
	return true
}

// SetStyle sets the type and the width of the column. Reflow does the work.
func (p *Page) SetStyle(s Style, width float32) {
	if s.LineHeight == 0 {
		s.LineHeight = 1.5
	}
	if s.Pixel == 0 {
		s.Pixel = 1
	}
	width = max(width, 1)
	s.Wide = max(s.Wide, width)
	p.style.Tall = s.Tall // the lines are broken without it
	if s == p.style && width == p.width {
		return
	}
	p.style, p.width = s, width
	for i := range p.laid {
		p.laid[i].done = false
	}
}

// Width is the width of the column.
func (p *Page) Width() float32 { return p.width }

// Height is the height of all blocks.
func (p *Page) Height() float32 { return p.tops[len(p.blocks)] }

// snap rounds a length to whole device pixels.
func (p *Page) snap(v float32) float32 {
	return float32(math.Round(float64(v/p.style.Pixel))) * p.style.Pixel
}

// Reflow lays out what is not laid out yet, and stacks the blocks.
func (p *Page) Reflow() {
	y := float32(0)
	below := float32(0)
	figure := 0
	for i, b := range p.blocks {
		set := p.setting(b)
		gap := float32(0)
		if i > 0 {
			gap = max(set.above, below) * p.style.Size
		}
		if figure < len(p.figures) && p.figures[figure].Before <= i {
			y, figure = p.layFigures(i, figure, y, below*p.style.Size)
			gap = max(set.above, min(figureGap, set.above+0.15)) * p.style.Size
		}
		if b.Kind == Title && i > 0 { // a byline above the title keeps near to it
			gap = 0.5 * p.style.Size
		}
		below = set.below
		y = p.snap(y + gap)
		p.tops[i] = y
		if !p.laid[i].done {
			p.layBlock(i)
		}
		y += p.laid[i].height
	}
	y, _ = p.layFigures(len(p.blocks), figure, y, below*p.style.Size)
	p.tops[len(p.blocks)] = y
}

// column is where the text of block i stands: its left and right edge.
func (p *Page) column(i int) (float32, float32) {
	b := p.blocks[i]
	in := float32(0)
	switch b.Kind {
	case ListItem:
		in = float32(min(max(b.Level, 1), 8)) * indentStep * p.style.Size
	case Quote:
		in = float32(min(max(b.Level, 1), 8)) * quoteStep * p.style.Size
	case Code:
		return codePad * p.style.Size, max(p.width-codePad*p.style.Size, 1)
	}
	in = min(p.snap(in), p.width/2)
	if b.RTL {
		return 0, p.width - in
	}
	return in, p.width
}

// setting is how a block is set on this page: in a narrow column the title is
// smaller.
func (p *Page) setting(b *Block) setting {
	set := settingOf(b.Kind, b.Level)
	if b.Kind == Title {
		set.size *= min(max(p.width/(30*p.style.Size), 0.7), 1)
	}
	return set
}

// size is the text size of block i.
func (p *Page) size(i int) float32 { return p.setting(p.blocks[i]).size * p.style.Size }

// layBlock breaks block i into lines.
func (p *Page) layBlock(i int) {
	b, l := p.blocks[i], &p.laid[i]
	set := p.setting(b)
	size := set.size * p.style.Size
	l.lineH = max(p.snap(size*p.style.LineHeight*set.leading), p.style.Pixel)
	l.lines = l.lines[:0]
	l.done = true
	left, right := p.column(i)
	if !b.ready {
		perLine := max((right-left)/(size*0.52), 1)
		lines := math.Ceil(float64(len(b.Text)) / float64(perLine))
		l.height = l.lineH * float32(max(lines, 1))
		return
	}
	if b.Kind == Table {
		p.layTable(i)
		return
	}
	k := breaker{b: b, limit: (right - left) / size}
	hang := float32(0)
	if b.hang > 0 && len(b.tokens) > 0 {
		hang = b.hangWidth() * size
	}
	l.lines = k.lines(l.lines, 0, int32(len(b.tokens)))
	if n := len(l.lines); b.Kind == Title || b.Kind == Heading || b.Kind == Standfirst && n > 1 && l.lines[n-1].Width < k.limit*0.3 {
		l.lines = k.balance(l.lines)
	}
	y := float32(0)
	if b.Kind == Code {
		y = p.snap(codePad * p.style.Size)
	}
	base := uint8(0)
	if b.RTL {
		base = 1
	}
	for j := range l.lines {
		ln := &l.lines[j]
		ln.base = base
		ln.Width *= size
		ln.X = left
		if b.RTL {
			ln.X = right - ln.Width
		}
		if j == 0 && hang > 0 {
			// The number stands out into the margin.
			if b.RTL {
				ln.X += min(hang, p.width-right)
			} else {
				ln.X -= min(hang, left)
			}
		}
		ln.Y = y
		y += l.lineH
	}
	if b.Kind == Code {
		y += p.snap(codePad * p.style.Size)
	}
	l.height = y
}

// hangWidth is the width, in ems, of the marker that a list item brings along.
func (b *Block) hangWidth() float32 {
	w := float32(0)
	for _, t := range b.tokens {
		if t.start >= b.hang {
			break
		}
		if t.end > b.hang { // a hard space glues it to the text
			return w + t.run.offset(int(b.hang-t.start))
		}
		w += t.fullW
	}
	return w
}

// BlockAt gives the block at a height, the nearest where none is.
func (p *Page) BlockAt(y float32) int {
	n := len(p.blocks)
	i := sort.Search(n, func(i int) bool { return p.tops[i+1] > y })
	return min(i, n-1)
}

// Top is the y of block i.
func (p *Page) Top(i int) float32 { return p.tops[i] }

// BlockHeight is the height of block i.
func (p *Page) BlockHeight(i int) float32 { return p.laid[i].height }

// LineHeight is the height of the lines of block i.
func (p *Page) LineHeight(i int) float32 { return p.laid[i].lineH }

// Lines is how many lines block i has.
func (p *Page) Lines(i int) int { return len(p.laid[i].lines) }

// Line gives a line.
func (p *Page) Line(r Ref) Line { return p.laid[r.Block].lines[r.Line] }

// LineTop is the y of a line on the page.
func (p *Page) LineTop(r Ref) float32 { return p.tops[r.Block] + p.laid[r.Block].lines[r.Line].Y }

// Span gives the code points that a line takes, without the spaces and the
// line end behind it.
func (p *Page) Span(r Ref) (start, end int) {
	b, l := p.blocks[r.Block], p.laid[r.Block].lines[r.Line]
	return p.starts[r.Block] + int(l.Start), p.starts[r.Block] + int(b.trim(&l))
}

// trim gives the end of a line without what hangs there.
func (b *Block) trim(l *Line) int32 {
	end := l.End
	for end > l.Start && hanging(b.runes[end-1]) {
		end--
	}
	return end
}

// Visible calls f for every line that reaches into y0..y1.
func (p *Page) Visible(y0, y1 float32, f func(Ref)) {
	if len(p.blocks) == 0 {
		return
	}
	for i := p.BlockAt(y0); i < len(p.blocks) && p.tops[i] < y1; i++ {
		l := &p.laid[i]
		top := p.tops[i]
		j := 0
		if p.blocks[i].Kind != Table { // the lines of a table do not go down steadily
			j = sort.Search(len(l.lines), func(j int) bool { return top+l.lines[j].Y+l.lineH > y0 })
		}
		for ; j < len(l.lines); j++ {
			y := top + l.lines[j].Y
			if y >= y1 {
				if p.blocks[i].Kind == Table {
					continue
				}
				break
			}
			if y+l.lineH > y0 {
				f(Ref{i, j})
			}
		}
	}
}

// blockOf gives the block that holds a code point: the last that begins at or
// before it. It is never one of the title block, and -1 where there is no text.
func (p *Page) blockOf(pos int) int {
	text := p.starts[p.header:]
	i := sort.Search(len(text), func(i int) bool { return text[i] > pos })
	if len(text) == 0 {
		return -1
	}
	return p.header + max(i-1, 0)
}

// LineOf gives the line on which a code point stands; ok is false where its
// block is not prepared.
func (p *Page) LineOf(pos int) (Ref, bool) {
	i := p.blockOf(pos)
	if i < 0 || len(p.laid[i].lines) == 0 {
		return Ref{i, 0}, false
	}
	off := int32(pos - p.starts[i])
	lines := p.laid[i].lines
	j := sort.Search(len(lines), func(j int) bool { return lines[j].Start > off })
	return Ref{i, max(j-1, 0)}, true
}

// YOf is the top of the line on which a code point stands, or of its block.
func (p *Page) YOf(pos int) float32 {
	r, ok := p.LineOf(pos)
	if r.Block < 0 {
		return 0
	}
	if !ok {
		return p.tops[r.Block]
	}
	return p.LineTop(r)
}

// Caret is where a caret before a code point stands: a rectangle without width.
func (p *Page) Caret(pos int) (Rect, bool) {
	r, ok := p.LineOf(pos)
	if !ok {
		return Rect{}, false
	}
	b, l := p.blocks[r.Block], &p.laid[r.Block].lines[r.Line]
	size := p.size(r.Block)
	off := min(int32(pos-p.starts[r.Block]), b.trim(l))
	x := l.X
	if l.base == 1 {
		x += l.Width
	}
	p.buf = b.place(l, size, p.buf)
	best := int32(-1)
	for k := range p.buf {
		pc := &p.buf[k]
		switch {
		case off >= pc.start && off < pc.end:
			x, best = pc.at(off, size), math.MaxInt32
		case off >= pc.end && pc.end > best: // behind the last
			x, best = pc.at(pc.end, size), pc.end
		}
	}
	return Rect{X: x, Y: p.LineTop(r), H: p.laid[r.Block].lineH}, true
}

// Rects gives the rectangles that code points start..end take, a line after the
// other and from left to right, and calls f with each and its line.
func (p *Page) Rects(start, end int, f func(Ref, Rect)) {
	if start >= end {
		return
	}
	first, ok := p.LineOf(start)
	if first.Block < 0 {
		return
	}
	if !ok {
		first.Line = 0
	}
	for i := first.Block; i < len(p.blocks) && p.starts[i] < end; i++ {
		from := 0
		if i == first.Block {
			from = first.Line
		}
		for j := from; j < len(p.laid[i].lines); j++ {
			if p.starts[i]+int(p.laid[i].lines[j].Start) >= end {
				break
			}
			p.LineRects(Ref{i, j}, start, end, func(r Rect) { f(Ref{i, j}, r) })
		}
	}
}

// LineRects gives the rectangles that code points start..end take on one line.
func (p *Page) LineRects(r Ref, start, end int, f func(Rect)) {
	if r.Block < p.header {
		return
	}
	b, l := p.blocks[r.Block], &p.laid[r.Block].lines[r.Line]
	s := max(int32(max(start-p.starts[r.Block], 0)), l.Start)
	e := b.trim(l)
	if rel := end - p.starts[r.Block]; rel < int(e) {
		e = int32(rel)
	}
	if s >= e {
		return
	}
	size := p.size(r.Block)
	out := Rect{Y: p.LineTop(r), H: p.laid[r.Block].lineH}
	open := false
	p.buf = b.place(l, size, p.buf)
	for k := range p.buf {
		pc := &p.buf[k]
		a, z := max(s, pc.start), min(e, pc.end)
		if a >= z {
			continue
		}
		x0, x1 := pc.at(a, size), pc.at(z, size)
		if x1 < x0 {
			x0, x1 = x1, x0
		}
		if open && x0-(out.X+out.W) < 0.01*size {
			out.W = x1 - out.X
			continue
		}
		if open {
			f(out)
		}
		out.X, out.W, open = x0, x1-x0, true
	}
	if open {
		f(out)
	}
}

// lineAt gives the line nearest to a point.
func (p *Page) lineAt(x, y float32) (Ref, bool) {
	if len(p.blocks) == p.header {
		return Ref{}, false
	}
	i := max(p.BlockAt(y), p.header)
	for i > p.header && y < p.tops[i] && p.tops[i]-y > y-(p.tops[i-1]+p.laid[i-1].height) {
		i-- // in the gap, nearer to the block above
	}
	l := &p.laid[i]
	if len(l.lines) == 0 {
		return Ref{i, 0}, false
	}
	y -= p.tops[i]
	if p.blocks[i].Kind != Table {
		j := sort.Search(len(l.lines), func(j int) bool { return l.lines[j].Y+l.lineH > y })
		return Ref{i, min(j, len(l.lines)-1)}, true
	}
	// In a table the row counts first, then the column, then the line.
	row := max(sort.Search(len(l.rows), func(k int) bool { return l.rows[k] > y })-1, 0)
	top, bottom := l.rows[0], float32(math.Inf(1))
	if row < len(l.rows) {
		top = l.rows[row]
	}
	if row+1 < len(l.rows) {
		bottom = l.rows[row+1]
	}
	best, bestD := -1, float32(math.Inf(1))
	for j := range l.lines {
		ln := &l.lines[j]
		if ln.Y < top || ln.Y >= bottom {
			continue
		}
		dx := max(ln.X-x, x-(ln.X+ln.Width), 0)
		dy := max(ln.Y-y, y-(ln.Y+l.lineH), 0)
		if d := dx*8 + dy; d < bestD {
			best, bestD = j, d
		}
	}
	if best < 0 { // a row of empty cells: the nearest line above
		best = max(sort.Search(len(l.lines), func(j int) bool { return l.lines[j].Y > y })-1, 0)
	}
	return Ref{i, best}, true
}

// PosAt gives the caret position nearest to a point on the page; ok is false
// where there is no prepared text near it.
func (p *Page) PosAt(x, y float32) (pos int, ok bool) {
	r, ok := p.lineAt(x, y)
	if !ok {
		if r.Block >= p.header && r.Block < len(p.blocks) {
			return p.starts[r.Block], false
		}
		return 0, false
	}
	pos, _ = p.hit(r, x)
	return pos, true
}

// CharAt gives the code point under a point, for what can be clicked; ok is
// false beside the text.
func (p *Page) CharAt(x, y float32) (pos int, ok bool) {
	r, ok := p.lineAt(x, y)
	if !ok {
		return 0, false
	}
	l := &p.laid[r.Block].lines[r.Line]
	top := p.LineTop(r)
	if y < top || y >= top+p.laid[r.Block].lineH || x < l.X || x > l.X+l.Width {
		return 0, false
	}
	_, char := p.hit(r, x)
	return char, char >= 0
}

// hit finds the caret position nearest to x on a line, and the code point whose
// shape x is on, or -1.
func (p *Page) hit(r Ref, x float32) (caret, char int) {
	b, l := p.blocks[r.Block], &p.laid[r.Block].lines[r.Line]
	size := p.size(r.Block)
	end := b.trim(l)
	start := p.starts[r.Block]
	p.buf = b.place(l, size, p.buf)
	bestD := float32(math.Inf(1))
	caret, char = start+int(l.Start), -1
	for k := range p.buf {
		pc := &p.buf[k]
		// Only the nearest pieces need a closer look.
		if d := max(pc.x-x, x-(pc.x+pc.w), 0); d > bestD {
			continue
		}
		for o := pc.start; o < min(pc.end, end); {
			next := int32(nextGrapheme(b.runes, int(o)))
			next = min(next, pc.end)
			lead, trail := pc.at(o, size), pc.at(next, size)
			lo, hi := min(lead, trail), max(lead, trail)
			if d := max(lo-x, x-hi, 0); d < bestD {
				bestD = d
				caret = start + int(o)
				if abs(x-trail) < abs(x-lead) {
					caret = start + int(min(next, end))
				}
				char = start + int(o)
			}
			o = next
		}
	}
	return caret, char
}

func abs(v float32) float32 { return max(v, -v) }

// Placed is a glyph on the page: its origin, and the code point it begins,
// counted in its block.
type Placed struct {
	Run   *Run
	Glyph *Glyph
	X     float32
	Rune  int32
}

// Glyphs calls f for every glyph of a line, and tells the text size and the
// baseline of the line, from the top of the line.
func (p *Page) Glyphs(r Ref, f func(Placed)) (size, baseline float32) {
	b, l := p.blocks[r.Block], &p.laid[r.Block].lines[r.Line]
	size = p.size(r.Block)
	lineH := p.laid[r.Block].lineH
	// Latin letters sit right where ascent and descent are 1.069 and 0.293 em, as
	// in Noto Sans; other scripts share the baseline.
	baseline = p.snap((lineH-(1.069+0.293)*size)/2 + 1.069*size)
	p.buf = b.place(l, size, p.buf)
	for k := range p.buf {
		pc := &p.buf[k]
		if pc.tok.run == nil {
			continue
		}
		x := pc.wordX
		from, to := uint16(pc.start-pc.tok.start), uint16(pc.word-pc.tok.start)
		for g := range pc.tok.run.Glyphs {
			gl := &pc.tok.run.Glyphs[g]
			if gl.Cluster < from || gl.Cluster >= to {
				continue
			}
			f(Placed{pc.tok.run, gl, x, pc.tok.start + int32(gl.Cluster)})
			x += gl.Advance * size
		}
	}
	if r.Line == 0 && len(b.marker) > 0 {
		p.marker(r.Block, size, f)
	}
	return size, baseline
}

// marker places the bullet of a list item in the margin. Its glyphs have Rune -1.
func (p *Page) marker(i int, size float32, f func(Placed)) {
	b := p.blocks[i]
	w := float32(0)
	for _, t := range b.marker {
		w += t.wordW * size
	}
	left, right := p.column(i)
	x := left - 0.62*size - w
	if b.RTL {
		x = right + 0.62*size
	}
	for _, t := range b.marker {
		for g := range t.run.Glyphs {
			gl := &t.run.Glyphs[g]
			f(Placed{t.run, gl, x, -1})
			x += gl.Advance * size
		}
	}
}

// Bounds is the left and right edge of all that a line draws, bullet included.
func (p *Page) Bounds(r Ref) (left, right float32) {
	l := &p.laid[r.Block].lines[r.Line]
	left, right = l.X, l.X+l.Width
	if r.Line == 0 && len(p.blocks[r.Block].marker) > 0 {
		cl, cr := p.column(r.Block)
		left = min(left, cl-indentStep*p.style.Size)
		if p.blocks[r.Block].RTL {
			right = max(right, cr+indentStep*p.style.Size)
		}
	}
	return left, right
}

// Bars gives the upright bars beside a quotation, one a level, of width w.
func (p *Page) Bars(i int, w float32, f func(Rect)) {
	b := p.blocks[i]
	if b.Kind != Quote {
		return
	}
	for n := range min(max(b.Level, 1), 8) {
		x := p.snap(float32(n) * quoteStep * p.style.Size)
		if b.RTL {
			x = p.width - x - w
		}
		f(Rect{X: x, Y: p.tops[i], W: w, H: p.laid[i].height})
	}
}

// Rows gives the y of the edges between the rows of a table, and of its end.
func (p *Page) Rows(i int) []float32 { return p.laid[i].rows }

// TableSpan is the left and right edge of a table.
func (p *Page) TableSpan(i int) (left, right float32) { return p.laid[i].left, p.laid[i].right }

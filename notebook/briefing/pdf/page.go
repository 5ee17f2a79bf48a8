package pdf

import "context"

// row is a strip of the page that is not broken: a line of text, most often.
// Rows are laid out once and never changed; pages are made of them.
type row struct {
	height float64
	before float64 // space above, dropped at the top of a page
	keep   bool    // no page break between this row and the next
	box    *box    // what it stands on
	head   *head   // of the table it belongs to
	draw   func(c *canvas, x, y float64)
	split  func(room float64) (fits, rest *row) // nil: cannot be split
	marks  []anchor
	entry  *entry // an entry of the outline that leads here

	heading bool // the last row of a heading
}

// box is a ground shared by rows that follow each other, drawn around them with
// padding, on each page that they reach.
type box struct {
	fill, edge ink
	pad        float64
}

// head is the header rows of a table, repeated at the top of each page.
type head struct{ rows []*row }

func (h *head) height() float64 { return height(h.rows) }

// anchor is a place that links lead to, so far below the top of its row.
type anchor struct {
	name string
	dy   float64
}

// entry is a line of the outline and of the contents.
type entry struct {
	level  int
	number string
	title  string
	name   string // its anchor
}

// flow is rows that stand on pages of one orientation.
type flow struct {
	wide bool
	rows []*row
}

// page is rows in their places.
type page struct {
	wide bool
	rows []placed
}

type placed struct {
	row *row
	y   float64 // of its top, from the top of the page
}

func height(rows []*row) float64 {
	h := 0.0
	for i, r := range rows {
		if i > 0 {
			h += r.before
		}
		h += r.height
	}
	return h
}

// A row that can be split is split only where at least so much of it fits. It
// moves to the next page whole where it is no higher than a good part of one and
// leaves no large white space behind. Both are shares of a page's height.
const (
	leastPiece = 64.0
	wholeShare = 0.35
	whiteShare = 0.18
)

// paginate puts flows on pages. Each row is looked at a bounded number of
// times, so the time is linear.
func paginate(ctx context.Context, flows []flow, s sheet) ([]*page, error) {
	p := &paginator{sheet: s}
	for i, f := range flows {
		if i == 0 || f.wide != p.page.wide {
			p.turn(f.wide)
		}
		for k := 0; k < len(f.rows); {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			// The chain of rows that no break may part.
			n := k + 1
			for n < len(f.rows) && f.rows[n-1].keep {
				n++
			}
			p.chain(f.rows[k:n])
			k = n
		}
	}
	return p.pages, nil
}

type paginator struct {
	sheet sheet
	pages []*page
	page  *page
	y     float64
	top   float64 // where the page's rows began
}

func (p *paginator) turn(wide bool) {
	p.page = &page{wide: wide}
	p.pages = append(p.pages, p.page)
	p.top = p.sheet.top
	p.y = p.top
}

func (p *paginator) fresh() bool { return p.y == p.top }

func (p *paginator) bottom() float64 { return p.sheet.height(p.page.wide) - p.sheet.bottom }

func (p *paginator) chain(rows []*row) {
	for try := 0; ; try++ {
		need := height(rows)
		if !p.fresh() {
			need += rows[0].before
		}
		if p.y+need <= p.bottom() {
			p.place(rows)
			return
		}
		full := p.bottom() - p.sheet.top
		last := rows[len(rows)-1]
		before := need - last.height
		room := p.bottom() - p.y - before
		if last.split != nil && room >= leastPiece && (last.height > wholeShare*full || room > whiteShare*full || p.fresh()) {
			if fits, rest := last.split(room); fits != nil {
				fits.before = last.before
				p.place(append(rows[:len(rows)-1:len(rows)-1], fits))
				p.turn(p.page.wide)
				p.repeat(rest.head)
				rows, try = []*row{rest}, 0
				continue
			}
		}
		if p.fresh() || try > 0 {
			break // higher than a page: broken where the page ends
		}
		p.turn(p.page.wide)
		if !rows[0].isHead() {
			p.repeat(rows[0].head)
		}
	}
	for _, r := range rows {
		if !p.fresh() && p.y+r.before+r.height > p.bottom() {
			p.turn(p.page.wide)
			if !r.isHead() {
				p.repeat(r.head)
			}
		}
		p.place([]*row{r})
	}
}

func (r *row) isHead() bool {
	if r.head != nil {
		for _, h := range r.head.rows {
			if h == r {
				return true
			}
		}
	}
	return false
}

// repeat sets a table's header at the top of a page, where it leaves room.
func (p *paginator) repeat(h *head) {
	if h != nil && h.height() < (p.bottom()-p.sheet.top)/2 {
		for _, r := range h.rows {
			quiet := *r
			quiet.marks, quiet.entry = nil, nil
			p.place([]*row{&quiet})
		}
		p.top = p.y
	}
}

func (p *paginator) place(rows []*row) {
	for _, r := range rows {
		if !p.fresh() {
			p.y += r.before
		}
		p.page.rows = append(p.page.rows, placed{r, p.y})
		p.y += r.height
	}
}

// sheet is the paper and its margins, in points.
type sheet struct {
	short, long              float64
	left, right, top, bottom float64
}

func (s sheet) width(wide bool) float64 {
	if wide {
		return s.long
	}
	return s.short
}

func (s sheet) height(wide bool) float64 {
	if wide {
		return s.short
	}
	return s.long
}

func (s sheet) column(wide bool) float64 { return s.width(wide) - s.left - s.right }

package reader

import (
	"sort"
	"strings"

	"sourcebook/app/widgets/reader/layout"
)

// finds is the state of find in page.
type finds struct {
	query   string // folded
	hits    []Range
	current int // index into hits, -1 where there is none
	texts   []folded
}

// changed forgets what is kept of the text.
func (f *finds) changed() { f.texts = nil }

// Find marks every place where query stands, whatever its case and
// diacritics, brings the first from here into view and tells how many there
// are. An empty query clears. While the text is not there yet the answer is 0,
// and OnFound is called with the number later.
func (r *Reader) Find(query string) int {
	f := &r.finds
	query = strings.TrimRight(fold(query).text, "\n")
	if query == f.query && len(f.hits) > 0 {
		return len(f.hits)
	}
	f.query, f.hits, f.current = query, nil, -1
	if !r.laid() {
		if query != "" {
			r.waiting = append(r.waiting, func() {
				if f.query != query {
					return // another search since
				}
				f.query = ""
				if n := r.Find(query); r.OnFound != nil {
					r.OnFound(n)
				}
			})
		}
		return 0
	}
	if query != "" {
		r.search(query)
	}
	if len(f.hits) > 0 {
		from := r.ReadingPosition()
		if r.offset <= 0 {
			from = 0
		}
		if pos, ok := r.sel.caret(); ok {
			from = min(pos, r.sel.anchor)
		}
		f.current = sort.Search(len(f.hits), func(i int) bool { return f.hits[i].Start >= from })
		if f.current == len(f.hits) {
			f.current = 0
		}
		r.ScrollTo(f.hits[f.current])
	}
	r.bar.changed()
	r.update()
	return len(f.hits)
}

// search fills hits. The folded text is kept, so that typing on in a search
// field costs only the search.
func (r *Reader) search(query string) {
	f := &r.finds
	n := r.page.Blocks() - r.page.Header()
	if f.texts == nil {
		f.texts = make([]folded, n)
		to := folder{}
		for i := range f.texts {
			f.texts[i] = to.fold(r.page.Block(r.page.Header() + i).Text)
		}
	}
	for i := range f.texts {
		at := r.page.Start(r.page.Header() + i)
		f.texts[i].each(r.page.Block(r.page.Header()+i).Text, query, func(start, end int) {
			f.hits = append(f.hits, Range{at + start, at + end})
		})
	}
}

// FindNext goes to the next place found, and around the end. It tells which
// one that is, from 1, and how many there are.
func (r *Reader) FindNext() (n, of int) { return r.findStep(1) }

// FindPrev goes to the place found before.
func (r *Reader) FindPrev() (n, of int) { return r.findStep(-1) }

// FindCurrent tells which place found is the current one, from 1, and how many
// there are.
func (r *Reader) FindCurrent() (n, of int) { return r.findStep(0) }

func (r *Reader) findStep(d int) (n, of int) {
	f := &r.finds
	of = len(f.hits)
	if of == 0 || r.page == nil {
		return 0, of
	}
	if d != 0 {
		f.current = (f.current + d + of) % of
		r.ScrollTo(f.hits[f.current])
		r.update()
	}
	return f.current + 1, of
}

// ClearFind takes the marks of the search away.
func (r *Reader) ClearFind() {
	f := &r.finds
	if f.query == "" {
		return
	}
	f.query, f.hits, f.current = "", nil, -1
	r.bar.changed()
	r.update()
}

// drawFinds draws the grounds of the places found on a line.
func (r *Reader) drawFinds(ref layout.Ref) {
	f := &r.finds
	if len(f.hits) == 0 {
		return
	}
	start, end := r.page.Span(ref)
	lineH := r.page.LineHeight(ref.Block)
	for i := sort.Search(len(f.hits), func(i int) bool { return f.hits[i].End > start }); i < len(f.hits) && f.hits[i].Start < end; i++ {
		c := r.palette.found
		if i == f.current {
			c = r.palette.foundHere
		}
		r.page.LineRects(ref, f.hits[i].Start, f.hits[i].End, func(rc layout.Rect) {
			rc.X, rc.W = rc.X-r.pixel, rc.W+2*r.pixel
			rc.Y, rc.H = rc.Y+r.snap(lineH*0.06), r.snap(lineH*0.88)
			o := r.newRect(rc, c, 2)
			o.StrokeColor, o.StrokeWidth = r.palette.foundInk, r.pixel
			r.objects = append(r.objects, o)
		})
	}
}

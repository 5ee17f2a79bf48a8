package layout

// Figure is the room for a picture, above a block. It is no part of the text,
// so positions pass it by.
type Figure struct {
	Before int     // the block that it stands above, those of the title block counted too; Blocks for the end
	W, H   float32 // the picture's own size in pixels of the toolkit, 0 where it is not known
	Absent bool    // there is no picture: a line that says so
}

// How much room figures take: what is not known yet gets unknownFigure ems, and
// no picture is higher than the widths of the column or than Style.Tall.
const (
	unknownFigure = 5
	figureGap     = 0.9 // above and below, in ems of the text
	absentFigure  = 2.2
	highFigure    = 1.3
)

// SetFigures replaces the figures; they must stand in the order of Before.
// Reflow brings the page up to date.
func (p *Page) SetFigures(list []Figure) {
	p.figures = append(p.figures[:0], list...)
	p.figureRects = make([]Rect, len(list))
}

// SetFigureSize tells the own size of the picture of figure i.
func (p *Page) SetFigureSize(i int, w, h float32) { p.figures[i].W, p.figures[i].H = w, h }

// Figure gives where figure i stands.
func (p *Page) Figure(i int) Rect { return p.figureRects[i] }

// Figures calls f for every figure that reaches into y0..y1.
func (p *Page) Figures(y0, y1 float32, f func(i int, at Rect)) {
	for i, r := range p.figureRects {
		if r.Y+r.H > y0 && r.Y < y1 {
			f(i, r)
		}
	}
}

// FigureAt gives the figure at a point of the page.
func (p *Page) FigureAt(x, y float32) (int, bool) {
	for i, r := range p.figureRects {
		if y >= r.Y && y < r.Y+r.H && x >= r.X && x < r.X+r.W {
			return i, true
		}
	}
	return 0, false
}

// layFigures stacks the figures above block i, from figure next on, below y; it
// gives where they end and the next figure.
func (p *Page) layFigures(i, next int, y, gap float32) (float32, int) {
	for ; next < len(p.figures) && p.figures[next].Before <= i; next++ {
		g := &p.figures[next]
		w, h := p.width, p.snap(unknownFigure*p.style.Size)
		switch {
		case g.Absent:
			h = p.snap(absentFigure * p.style.Size)
		case g.W > 0 && g.H > 0:
			high := highFigure * p.width
			if p.style.Tall > 0 {
				high = min(high, p.style.Tall)
			}
			scale := min(1, p.width/g.W, high/g.H)
			w, h = max(p.snap(g.W*scale), p.style.Pixel), max(p.snap(g.H*scale), p.style.Pixel)
		}
		y = p.snap(y + max(gap, figureGap*p.style.Size))
		r := Rect{Y: y, W: w, H: h}
		if i < len(p.blocks) && p.blocks[i].RTL {
			r.X = p.width - w
		}
		p.figureRects[next] = r
		y += h
		gap = 0
	}
	return y, next
}

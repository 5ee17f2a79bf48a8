package reader

import (
	"image"
	"image/color"
	"math"
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"sourcebook/app/widgets/reader/layout"
)

// MarkKind says what a mark stands for, and so how it is drawn.
type MarkKind int

// The kinds of mark.
const (
	MarkHighlight MarkKind = iota // a band of colour behind the text
	MarkClaim                     // a band with a line under it: evidence of a claim
	MarkCandidate                 // a dotted line: a suggestion that waits for a decision
)

// Mark is a stretch of the text that is drawn apart from the rest. Marks may
// overlap. Colour is one of yellow, green, blue, pink, orange and purple;
// anything else counts as yellow. Note is shown when the pointer rests on the
// mark.
type Mark struct {
	ID     string
	Range  Range
	Colour string
	Note   string
	Kind   MarkKind
}

// SetMarks replaces the marks. Later marks lie on top of earlier ones.
func (r *Reader) SetMarks(marks []Mark) {
	r.marks = slices.Clone(marks)
	r.handle.mark = -1
	r.tip.hide()
	r.bar.changed()
	r.update()
}

// marksAt gives the marks on a code point, the topmost first.
func (r *Reader) marksAt(pos int) []Mark {
	var at []Mark
	for i := len(r.marks) - 1; i >= 0; i-- {
		if m := r.marks[i]; m.Range.Start <= pos && pos < m.Range.End {
			at = append(at, m)
		}
	}
	return at
}

// drawMarks draws the grounds of the marks on a line, and appends to ink what
// is to be drawn over the text.
func (r *Reader) drawMarks(ref layout.Ref, ink []fyne.CanvasObject) []fyne.CanvasObject {
	start, end := r.page.Span(ref)
	line := Range{start, end}
	var on []*Mark
	var cuts []int
	for i := range r.marks {
		if m := &r.marks[i]; m.Range.overlaps(line) {
			on = append(on, m)
			cuts = append(cuts, max(m.Range.Start, start), min(m.Range.End, end))
		}
	}
	if len(on) == 0 {
		return ink
	}
	sort.Ints(cuts)
	cuts = slices.Compact(cuts)
	lineH := r.page.LineHeight(ref.Block)
	for i := 0; i+1 < len(cuts); i++ {
		part := Range{cuts[i], cuts[i+1]}
		var names []string
		var top, claim, candidate *Mark
		for _, m := range on {
			if !m.Range.overlaps(part) {
				continue
			}
			switch m.Kind {
			case MarkCandidate:
				candidate = m
				continue
			case MarkClaim:
				claim = m
			}
			names = append(names, m.Colour)
			top = m
		}
		var rects []layout.Rect
		r.page.LineRects(ref, part.Start, part.End, func(rc layout.Rect) { rects = append(rects, rc) })
		for _, rc := range rects {
			if top != nil {
				g := rc
				g.Y, g.H = r.snap(rc.Y+lineH*0.08), r.snap(lineH*0.84)
				r.rect(g, r.palette.blend(names), 2)
			}
			foot := r.snap(rc.Y + lineH*0.92)
			switch {
			case claim != nil:
				h := max(r.snap(lineH*0.075), 2*r.pixel)
				ink = append(ink, r.newRect(layout.Rect{X: rc.X, Y: foot - h, W: rc.W, H: h}, r.palette.ink(claim.Colour), 0))
			case len(names) > 1: // where marks overlap: the colour of the one beneath
				h := max(r.snap(lineH*0.05), r.pixel)
				ink = append(ink, r.newRect(layout.Rect{X: rc.X, Y: foot - h, W: rc.W, H: h}, r.palette.ink(names[len(names)-2]), 0))
			}
			if candidate != nil {
				ink = append(ink, r.dotted(layout.Rect{X: rc.X, Y: foot - 2*r.pixel, W: rc.W, H: 2 * r.pixel}, r.palette.ink(candidate.Colour)))
			}
		}
		// A dot where a mark with a note ends.
		for _, m := range on {
			if m.Note == "" || m.Range.End != part.End || m.Range.Start > part.Start || len(rects) == 0 {
				continue
			}
			rc := rects[len(rects)-1]
			x := rc.X + rc.W
			if r.page.RTL(m.Range.Start) {
				x = rects[0].X
			}
			d := r.snap(max(lineH*0.2, 4))
			ink = append(ink, r.newRect(layout.Rect{X: r.snap(x - d/2), Y: r.snap(rc.Y + lineH*0.08 - d/2), W: d, H: d}, r.palette.ink(m.Colour), d/2))
		}
	}
	return ink
}

// dotted lends a dotted line.
func (r *Reader) dotted(rc layout.Rect, c color.RGBA) fyne.CanvasObject {
	o := r.dots.next()
	o.Generator = func(w, h int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		step := max(h, 1) * 2
		for x := range w {
			if x%step >= (step+1)/2 {
				continue
			}
			for y := range h {
				img.SetRGBA(x, y, c)
			}
		}
		return img
	}
	size := fyne.NewSize(max(float32(math.Round(float64(rc.W/r.pixel)))*r.pixel, r.pixel), rc.H)
	if o.Size() == size {
		o.Refresh()
	}
	o.Move(r.screen(r.snap(rc.X), rc.Y))
	o.Resize(size)
	return o
}

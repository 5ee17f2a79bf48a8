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
	MarkAdded                     // words that a later version has: on green, underlined
	MarkRemoved                   // words that it no longer has: on red, struck through
)

// drift tells the marks of a comparison, which cannot be clicked and have
// colours of their own.
func (k MarkKind) drift() bool { return k == MarkAdded || k == MarkRemoved }

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
		if m := r.marks[i]; !m.Kind.drift() && m.Range.Start <= pos && pos < m.Range.End {
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
		var top, claim, candidate, drift *Mark
		for _, m := range on {
			if !m.Range.overlaps(part) {
				continue
			}
			switch m.Kind {
			case MarkAdded, MarkRemoved:
				drift = m
				continue
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
			if drift != nil {
				ink = r.drawDrift(drift.Kind, rc, lineH, ink)
			}
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
			if r.style.Patterns && top != nil {
				h := max(r.snap(lineH*0.12), 3*r.pixel)
				ink = append(ink, r.patterned(layout.Rect{X: rc.X, Y: foot, W: rc.W, H: h}, r.palette.ink(top.Colour), patternOf(top.Colour)))
			}
			if candidate != nil {
				ink = append(ink, r.patterned(layout.Rect{X: rc.X, Y: foot - 2*r.pixel, W: rc.W, H: 2 * r.pixel}, r.palette.ink(candidate.Colour), dots))
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

// drawDrift draws words that a version added or removed: the ground, and on ink
// the line that says the same without colour.
func (r *Reader) drawDrift(k MarkKind, rc layout.Rect, lineH float32, ink []fyne.CanvasObject) []fyne.CanvasObject {
	ground, c, y := r.palette.added, r.palette.addedInk, rc.Y+lineH*0.86
	if k == MarkRemoved {
		ground, c, y = r.palette.removed, r.palette.removedInk, rc.Y+lineH*0.54
	}
	g := rc
	g.Y, g.H = r.snap(rc.Y+lineH*0.08), r.snap(lineH*0.84)
	r.rect(g, ground, 2)
	h := max(r.snap(lineH*0.06), r.pixel)
	return append(ink, r.newRect(layout.Rect{X: rc.X, Y: r.snap(y), W: rc.W, H: h}, c, 0))
}

// pattern says which pixels of a line of height h are drawn.
type pattern func(x, y, h int) bool

// The patterns of lines under marks.
var (
	dots    pattern = func(x, _, h int) bool { return x%(2*h) < (2*h+1)/2 }
	solid   pattern = func(_, y, h int) bool { return y >= h-(h+2)/3 }
	dashes  pattern = func(x, y, h int) bool { return y >= h-(h+2)/3 && x%(4*h) < 3*h }
	double  pattern = func(_, y, h int) bool { return y >= h-(h+3)/4 || y < (h+3)/4 }
	zigzag  pattern = func(x, y, h int) bool { d := x % (2 * h); return y == min(d, 2*h-1-d) }
	dashdot pattern = func(x, y, h int) bool {
		d := x % (6 * h)
		return y >= h-(h+2)/3 && (d < 3*h || d >= 4*h && d < 5*h)
	}
	spaced pattern = func(x, _, h int) bool { return x%(4*h) < h }
)

// patternOf gives each colour of mark a line of its own.
func patternOf(colour string) pattern {
	switch colour {
	case "green":
		return dashes
	case "blue":
		return double
	case "pink":
		return zigzag
	case "orange":
		return dashdot
	case "purple":
		return spaced
	}
	return solid
}

// patterned lends a line with a pattern.
func (r *Reader) patterned(rc layout.Rect, c color.RGBA, on pattern) fyne.CanvasObject {
	o := r.lines.next()
	o.Generator = func(w, h int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for x := range w {
			for y := range h {
				if on(x, y, h) {
					img.SetRGBA(x, y, c)
				}
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

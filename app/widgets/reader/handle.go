package reader

import (
	"fyne.io/fyne/v2"
	"sourcebook/app/widgets/reader/layout"
)

// handleGrab is how near the pointer must be to the handle of a mark to take it.
const handleGrab = 7

// handle is an end of the active mark, while it is dragged.
type handle struct {
	mark   int // index into marks, -1 where none is dragged
	start  bool
	before Range
}

// SetActiveMark shows handles at the ends of a mark, by which it can be made
// longer or shorter where OnMarkMoved is set. A click on a mark does the same;
// an empty ID takes the handles away.
func (r *Reader) SetActiveMark(id string) {
	if r.active == id {
		return
	}
	r.active = id
	r.update()
}

// activeMark gives the index of the active mark, or -1. A mark that waits for a
// decision has no handles.
func (r *Reader) activeMark() int {
	if r.active == "" || r.OnMarkMoved == nil || r.page == nil {
		return -1
	}
	for i := range r.marks {
		if m := &r.marks[i]; m.ID == r.active && m.Kind != MarkCandidate && !m.Range.Empty() {
			return i
		}
	}
	return -1
}

// edge is where an end of a mark stands on the page: the edge of its first or
// last character.
func (r *Reader) edge(at Range, start bool) (layout.Rect, bool) {
	pos := at.End - 1
	if start {
		pos = at.Start
	}
	var first, last layout.Rect
	found := false
	r.page.Rects(pos, pos+1, func(_ layout.Ref, rc layout.Rect) {
		if !found {
			first, found = rc, true
		}
		last = rc
	})
	if !found { // a space at the end of a line, a line end
		return r.page.Caret(pos)
	}
	rc := first
	// Whether reading begins at the left edge of the character is told by where
	// the caret before it stands.
	leftToRight := true
	if c, ok := r.page.Caret(pos); ok {
		leftToRight = c.X <= first.X+first.W/2
	}
	if start != leftToRight {
		rc = last
		rc.X += rc.W
	}
	rc.W = 0
	return rc, true
}

// drawHandles draws the ends of the active mark.
func (r *Reader) drawHandles() {
	i := r.activeMark()
	if i < 0 {
		return
	}
	m := &r.marks[i]
	c := r.palette.ink(m.Colour)
	for _, start := range []bool{true, false} {
		e, ok := r.edge(m.Range, start)
		if !ok {
			continue
		}
		w, d := max(r.snap(2), r.pixel), r.snap(9)
		r.rect(layout.Rect{X: r.snap(e.X - w/2), Y: e.Y, W: w, H: e.H}, c, 0)
		y := e.Y + e.H - d/3
		if start {
			y = e.Y - d*2/3
		}
		r.rect(layout.Rect{X: r.snap(e.X - d/2), Y: r.snap(y), W: d, H: d}, c, d/2)
	}
}

// handleAt gives the handle under a point of the widget.
func (r *Reader) handleAt(p fyne.Position) (handle, bool) {
	i := r.activeMark()
	if i < 0 {
		return handle{mark: -1}, false
	}
	x, y := r.at(p)
	for _, start := range []bool{false, true} {
		e, ok := r.edge(r.marks[i].Range, start)
		if !ok {
			continue
		}
		top, bottom := e.Y, e.Y+e.H+handleGrab
		if start {
			top, bottom = e.Y-handleGrab, e.Y+e.H
		}
		if absolute(x-e.X) <= handleGrab && y >= top && y <= bottom {
			return handle{mark: i, start: start, before: r.marks[i].Range}, true
		}
	}
	return handle{mark: -1}, false
}

// dragHandle moves the end of a mark to a position; the mark keeps at least one
// character.
func (r *Reader) dragHandle(pos int) {
	m := &r.marks[r.handle.mark]
	to := m.Range
	if r.handle.start {
		to.Start = min(pos, r.page.Prev(to.End))
	} else {
		to.End = max(pos, r.page.Next(to.Start))
	}
	if to != m.Range {
		m.Range = to
		r.update()
	}
}

// dropHandle ends the drag: the new range is told, or taken back.
func (r *Reader) dropHandle(keep bool) {
	i := r.handle.mark
	if i < 0 {
		return
	}
	r.handle.mark = -1
	m := r.marks[i]
	if !keep {
		r.marks[i].Range = r.handle.before
		r.update()
		return
	}
	if m.Range != r.handle.before {
		r.bar.changed()
		r.OnMarkMoved(m.ID, m.Range)
	}
}

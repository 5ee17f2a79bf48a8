package reader

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// How near in time and place clicks count together, and how far the pointer
// may stray in a click.
const (
	clickTime = 400 * time.Millisecond
	clickSlop = 4
)

// mouse is the state of pointing: clicks that count together, and a drag that
// scrolls.
type mouse struct {
	down    bool
	moved   bool
	clicks  int
	at      fyne.Position // of the last press, on the canvas
	when    time.Time
	drag    fyne.Position // of the pointer in the drag, on the canvas
	scroll  *fyne.Animation
	pending bool // the press began no selection, so letting go may be a click on something
	cursor  desktop.Cursor
}

func (r *Reader) focus() {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(r); c != nil {
			c.Focus(r)
		}
	}
}

// MouseDown is part of the toolkit's Mouseable interface: it begins a selection.
func (r *Reader) MouseDown(e *desktop.MouseEvent) {
	r.focus()
	r.shift = e.Modifier&fyne.KeyModifierShift != 0
	r.tip.hide()
	if r.page == nil {
		return
	}
	pos, ok := r.page.PosAt(r.at(e.Position))
	if !ok {
		return
	}
	if e.Button == desktop.MouseButtonSecondary {
		// A menu is about what is selected; a click elsewhere moves there first.
		if sel, ok := r.selected(); !ok || pos < sel.Start || pos > sel.End {
			r.sel.reset()
			r.sel.anchor, r.sel.head = pos, pos
			r.update()
			r.tellSelection()
		}
		return
	}
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	if h, ok := r.handleAt(e.Position); ok {
		r.handle = h
		return
	}
	m, now := &r.mouse, r.now()
	near := absolute(e.AbsolutePosition.X-m.at.X) <= clickSlop && absolute(e.AbsolutePosition.Y-m.at.Y) <= clickSlop
	if near && now.Sub(m.when) < clickTime {
		m.clicks++
	} else {
		m.clicks = 1
	}
	m.at, m.when, m.down, m.moved, m.pending = e.AbsolutePosition, now, true, false, false
	r.sel.goal = -1
	switch {
	case e.Modifier&fyne.KeyModifierShift != 0 && r.sel.head >= 0:
		r.sel.unit = byCharacter
		r.extendTo(pos)
	case m.clicks == 1:
		r.sel.reset()
		r.sel.anchor, r.sel.head = pos, pos
		m.pending = true
	default:
		r.sel.unit = byWord
		if m.clicks > 2 {
			r.sel.unit = byParagraph
		}
		if char, ok := r.page.CharAt(r.at(e.Position)); ok {
			pos = char
		}
		r.sel.origin = r.unitAt(pos, r.sel.unit)
		r.sel.anchor, r.sel.head = r.sel.origin.Start, r.sel.origin.End
	}
	r.update()
}

// MouseUp is part of the toolkit's Mouseable interface: it ends a selection, or
// is a click on a mark or a link.
func (r *Reader) MouseUp(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	r.stopAutoScroll()
	r.dropHandle(true)
	if !r.mouse.down {
		return
	}
	r.mouse.down = false
	if r.mouse.pending && !r.mouse.moved {
		r.click(e)
	}
	r.tellSelection()
}

// click opens what is under the pointer.
func (r *Reader) click(e *desktop.MouseEvent) {
	if r.page == nil {
		return
	}
	pos, ok := r.page.CharAt(r.at(e.Position))
	if !ok {
		r.SetActiveMark("")
		if i, ok := r.page.FigureAt(r.at(e.Position)); ok && r.OnPictureTapped != nil {
			r.OnPictureTapped(i)
		}
		return
	}
	link := r.page.LinkAt(pos)
	marks := r.marksAt(pos)
	r.active = ""
	if len(marks) > 0 {
		r.active = marks[0].ID
	}
	r.update()
	if link != "" && (len(marks) == 0 || e.Modifier&fyne.KeyModifierShortcutDefault != 0) {
		if r.OnLinkTapped != nil {
			r.OnLinkTapped(link)
		}
		return
	}
	if len(marks) > 0 && r.OnMarkTapped != nil {
		ids := make([]string, len(marks))
		for i, m := range marks {
			ids[i] = m.ID
		}
		r.OnMarkTapped(ids, e.AbsolutePosition)
		return
	}
	if len(marks) == 0 && r.OnTextTapped != nil {
		r.OnTextTapped(pos, e.AbsolutePosition)
	}
}

// Dragged is part of the toolkit's Draggable interface: it moves the end of the
// selection, and scrolls while the pointer is outside.
func (r *Reader) Dragged(e *fyne.DragEvent) {
	m := &r.mouse
	if !m.down && r.handle.mark < 0 || r.page == nil {
		return
	}
	if r.handle.mark < 0 && !m.moved && absolute(e.AbsolutePosition.X-m.at.X) < clickSlop && absolute(e.AbsolutePosition.Y-m.at.Y) < clickSlop {
		return
	}
	m.moved = true
	m.drag = e.AbsolutePosition
	r.dragTo(e.Position)
	if e.Position.Y < 0 || e.Position.Y > r.Size().Height {
		r.startAutoScroll()
	} else {
		r.stopAutoScroll()
	}
}

// dragTo moves the end of the selection to a point of the widget.
func (r *Reader) dragTo(p fyne.Position) {
	p.Y = min(max(p.Y, 0), r.Size().Height)
	x, y := r.at(p)
	if pos, ok := r.page.PosAt(x, y); ok {
		if r.handle.mark >= 0 {
			r.dragHandle(pos)
			return
		}
		if r.sel.unit != byCharacter {
			if char, ok := r.page.CharAt(x, y); ok {
				pos = char
			}
		}
		r.extendTo(pos)
		r.update()
	}
}

// DragEnd is part of the toolkit's Draggable interface.
func (r *Reader) DragEnd() {
	r.stopAutoScroll()
	r.mouse.down = false
	r.dropHandle(true)
	r.focus() // letting go outside the widget takes the focus away
	r.tellSelection()
}

// startAutoScroll scrolls on its own, the faster the further the pointer is
// outside.
func (r *Reader) startAutoScroll() {
	if r.mouse.scroll != nil {
		return
	}
	last := r.now()
	r.mouse.scroll = &fyne.Animation{Duration: time.Second, RepeatCount: fyne.AnimationRepeatForever, Tick: func(float32) {
		if r.mouse.scroll == nil || r.page == nil {
			return
		}
		now := r.now()
		dt := min(float32(now.Sub(last).Seconds()), 0.1)
		last = now
		p := r.mouse.drag.Subtract(r.absolute())
		d := p.Y
		if d > 0 {
			d = max(p.Y-r.Size().Height, 0)
		}
		// 60 pixels a second at the edge, and twelve times the distance on top.
		speed := d * 12
		if d < 0 {
			speed -= 60
		} else if d > 0 {
			speed += 60
		}
		r.setOffset(r.offset + speed*dt)
		r.dragTo(p)
	}}
	r.mouse.scroll.Start()
}

func (r *Reader) stopAutoScroll() {
	if a := r.mouse.scroll; a != nil {
		r.mouse.scroll = nil
		a.Stop()
	}
}

// TappedSecondary is part of the toolkit's SecondaryTappable interface.
func (r *Reader) TappedSecondary(e *fyne.PointEvent) {
	if r.OnContextMenu != nil {
		r.OnContextMenu(e.AbsolutePosition)
	}
}

// MouseIn is part of the toolkit's Hoverable interface.
func (r *Reader) MouseIn(e *desktop.MouseEvent) { r.MouseMoved(e) }

// MouseMoved is part of the toolkit's Hoverable interface: it chooses the
// pointer's shape and shows the note of what it rests on.
func (r *Reader) MouseMoved(e *desktop.MouseEvent) {
	r.mouse.cursor = desktop.TextCursor
	if r.page == nil {
		return
	}
	if _, ok := r.handleAt(e.Position); ok {
		r.mouse.cursor = desktop.HResizeCursor
		r.tip.hide()
		return
	}
	pos, ok := r.page.CharAt(r.at(e.Position))
	if !ok {
		if i, ok := r.page.FigureAt(r.at(e.Position)); ok {
			if r.OnPictureTapped != nil {
				r.mouse.cursor = desktop.PointerCursor
			}
			if p := r.pictures[i]; p.Alt != "" && p.image != nil {
				r.tip.show(Mark{ID: fmt.Sprintf("picture %d", i), Note: p.Alt}, e.Position)
				return
			}
		}
		r.tip.hide()
		return
	}
	marks := r.marksAt(pos)
	if len(marks) > 0 || r.page.LinkAt(pos) != "" {
		r.mouse.cursor = desktop.PointerCursor
	}
	for _, m := range marks {
		if m.Note != "" {
			r.tip.show(m, e.Position)
			return
		}
	}
	r.tip.hide()
}

// MouseOut is part of the toolkit's Hoverable interface.
func (r *Reader) MouseOut() { r.tip.hide() }

// Cursor is part of the toolkit's Cursorable interface.
func (r *Reader) Cursor() desktop.Cursor {
	// A click may come before the first movement over the reader, and the
	// toolkit asks for the cursor then too.
	if r.mouse.cursor == nil {
		return desktop.DefaultCursor
	}
	return r.mouse.cursor
}

func absolute(v float32) float32 { return max(v, -v) }

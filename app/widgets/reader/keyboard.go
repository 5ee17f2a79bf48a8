package reader

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// FocusGained is part of the toolkit's Focusable interface.
func (r *Reader) FocusGained() {
	r.sel.focused = true
	r.update()
}

// FocusLost is part of the toolkit's Focusable interface.
func (r *Reader) FocusLost() {
	r.sel.focused = false
	r.shift = false
	r.update()
}

// KeyDown is part of the toolkit's Keyable interface.
func (r *Reader) KeyDown(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		r.shift = true
	}
}

// KeyUp is part of the toolkit's Keyable interface.
func (r *Reader) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		r.shift = false
	}
}

// markKeys are the letters that make marks, and what stands on their keys in
// layouts of other scripts.
var markKeys = map[rune]rune{
	'h': 'H', 'c': 'C', 'n': 'N', 'l': 'L',
	'р': 'H', 'с': 'C', 'т': 'N', 'д': 'L', // Cyrillic, ЙЦУКЕН
	'η': 'H', 'ψ': 'C', 'ν': 'N', 'λ': 'L', // Greek
	'י': 'H', 'ב': 'C', 'מ': 'N', 'ך': 'L', // Hebrew
	'ا': 'H', 'ؤ': 'C', 'ى': 'N', 'م': 'L', // Arabic
	'ჰ': 'H', 'ც': 'C', 'ნ': 'N', 'ლ': 'L', // Georgian
}

// TypedRune is part of the toolkit's Focusable interface.
func (r *Reader) TypedRune(key rune) {
	if k, ok := markKeys[key]; ok && !r.shift && r.OnKey != nil {
		r.OnKey(k)
	}
}

// TypedKey is part of the toolkit's Focusable interface. Where there is a caret
// in view the arrows move it; else they scroll.
func (r *Reader) TypedKey(e *fyne.KeyEvent) {
	if r.page == nil {
		r.pass(e)
		return
	}
	extend := r.shift
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyRight:
		r.moveSideways(e.Name == fyne.KeyRight, false, extend)
	case fyne.KeyUp, fyne.KeyDown:
		n := 1
		if e.Name == fyne.KeyUp {
			n = -1
		}
		if r.caretInView() || extend {
			r.moveLines(n, extend)
			return
		}
		r.setOffset(r.offset + float32(n)*3*r.Style().TextSize*r.Style().LineHeight)
	case fyne.KeyHome, fyne.KeyEnd:
		start := e.Name == fyne.KeyHome
		if !extend && !r.caretInView() {
			r.toEdge(start, false)
			return
		}
		if pos, ok := r.sel.caret(); ok {
			first, last := r.page.LineEdges(pos)
			if start {
				last = first
			}
			r.moveTo(last, extend)
		}
	case fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeySpace:
		h := r.Size().Height
		d := max(h-3*r.Style().TextSize*r.Style().LineHeight, h/2)
		if e.Name == fyne.KeyPageUp || e.Name == fyne.KeySpace && extend {
			d = -d
		}
		r.movePage(d, extend && e.Name != fyne.KeySpace)
	case fyne.KeyEscape:
		switch {
		case r.handle.mark >= 0:
			r.dropHandle(false)
		case r.active != "":
			r.SetActiveMark("")
		case r.sel.head >= 0:
			r.ClearSelection()
		default:
			r.pass(e)
		}
	default:
		r.pass(e)
	}
}

func (r *Reader) pass(e *fyne.KeyEvent) {
	if r.OnTypedKey != nil {
		r.OnTypedKey(e)
	}
}

// caretInView reports whether there is a caret that the arrows should move.
func (r *Reader) caretInView() bool {
	pos, ok := r.sel.caret()
	if !ok {
		return false
	}
	c, ok := r.page.Caret(pos)
	y := c.Y + padTop - r.offset
	return ok && y+c.H > 0 && y < r.Size().Height
}

// startCaret puts a caret at the top of the view where there is none.
func (r *Reader) startCaret() int {
	if pos, ok := r.sel.caret(); ok {
		return pos
	}
	pos := r.ReadingPosition()
	r.sel.anchor, r.sel.head = pos, pos
	return pos
}

// moveTo puts the caret at a position, and the end of the selection with it if
// extend is set; else the selection is given up.
func (r *Reader) moveTo(pos int, extend bool) {
	goal := r.sel.goal
	if r.sel.anchor < 0 || !extend {
		r.sel.anchor = pos
	}
	r.sel.unit = byCharacter
	r.sel.head, r.sel.goal = pos, -1
	if c, ok := r.page.Caret(pos); ok {
		h, margin := r.Size().Height, c.H*0.5
		switch y := c.Y + padTop; {
		case y < r.offset+margin:
			r.setOffset(y - margin)
		case y+c.H > r.offset+h-margin:
			r.setOffset(y + c.H - h + margin)
		}
	}
	r.sel.goal = goal
	r.update()
	r.tellSelection()
}

// moveSideways moves the caret by a character or word. In a right-to-left
// paragraph the arrows go the way they point.
func (r *Reader) moveSideways(right, word, extend bool) {
	pos := r.startCaret()
	r.sel.goal = -1
	forward := right != r.page.RTL(pos)
	if sel, ok := r.selected(); ok && !extend && !word {
		if forward { // an arrow leaves a selection at that end
			r.moveTo(sel.End, false)
		} else {
			r.moveTo(sel.Start, false)
		}
		return
	}
	switch {
	case forward && word:
		pos = r.page.NextWord(pos)
	case forward:
		pos = r.page.Next(pos)
	case word:
		pos = r.page.PrevWord(pos)
	default:
		pos = r.page.Prev(pos)
	}
	r.moveTo(pos, extend)
}

// moveLines moves the caret n lines down, keeping to the same x.
func (r *Reader) moveLines(n int, extend bool) {
	pos := r.startCaret()
	if r.sel.goal < 0 {
		c, ok := r.page.Caret(pos)
		if !ok {
			return
		}
		r.sel.goal = c.X
	}
	r.moveTo(r.page.Step(pos, r.sel.goal, n), extend)
}

// movePage scrolls by d and takes the caret along.
func (r *Reader) movePage(d float32, extend bool) {
	inView := r.caretInView()
	pos, ok := r.sel.caret()
	c, _ := r.page.Caret(max(pos, 0))
	before := r.offset
	r.setOffset(r.offset + d)
	if !ok || !inView && !extend {
		return
	}
	x := c.X
	if r.sel.goal >= 0 {
		x = r.sel.goal
	}
	moved := r.offset - before
	if moved == 0 {
		moved = d
	}
	if to, ok := r.page.PosAt(x, c.Y+c.H/2+moved); ok && (extend || r.sel.span().Empty()) {
		r.sel.goal = x
		r.moveTo(to, extend)
	}
}

// toEdge goes to the start or the end of the text.
func (r *Reader) toEdge(start, extend bool) {
	pos, y := r.page.Len(), r.contentHeight()
	if start {
		pos, y = 0, 0
	}
	if _, ok := r.sel.caret(); ok || extend {
		r.startCaret()
		r.sel.goal = -1
		r.moveTo(pos, extend)
	}
	r.setOffset(y)
}

// TypedShortcut is part of the toolkit's Shortcutable interface. What the
// reader has no use for goes on to the window.
func (r *Reader) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutCopy:
		r.Copy()
		return
	case *fyne.ShortcutSelectAll:
		r.SelectAll()
		return
	case *desktop.CustomShortcut:
		if r.page != nil && r.navigate(s) {
			return
		}
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		if next, ok := c.(fyne.Shortcutable); ok {
			next.TypedShortcut(s)
		}
	}
}

// navigate is Ctrl with a key that moves.
func (r *Reader) navigate(s *desktop.CustomShortcut) bool {
	if s.Modifier&^fyne.KeyModifierShift != fyne.KeyModifierShortcutDefault {
		return false
	}
	extend := s.Modifier&fyne.KeyModifierShift != 0
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight:
		r.moveSideways(s.KeyName == fyne.KeyRight, true, extend)
	case fyne.KeyUp, fyne.KeyDown:
		r.moveParagraph(s.KeyName == fyne.KeyDown, extend)
	case fyne.KeyHome, fyne.KeyEnd:
		r.toEdge(s.KeyName == fyne.KeyHome, extend)
	default:
		return false
	}
	return true
}

// moveParagraph goes to the edge of the paragraph, or of the next one.
func (r *Reader) moveParagraph(down, extend bool) {
	pos := r.startCaret()
	r.sel.goal = -1
	_, start, end, ok := r.page.BlockOf(pos)
	if !ok {
		return
	}
	switch {
	case down && pos >= end:
		_, _, end, _ = r.page.BlockOf(r.page.Next(end))
		pos = end
	case down:
		pos = end
	case pos <= start:
		_, start, _, _ = r.page.BlockOf(r.page.Prev(start))
		pos = start
	default:
		pos = start
	}
	r.moveTo(pos, extend)
}

// Copy puts the selected text on the clipboard, paragraphs parted by a blank
// line. It does nothing where nothing is selected.
func (r *Reader) Copy() {
	if _, text, ok := r.Selection(); ok {
		fyne.CurrentApp().Clipboard().SetContent(text)
	}
}

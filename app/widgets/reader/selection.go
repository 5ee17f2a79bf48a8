package reader

// unit is what a selection grows by while it is dragged.
type unit int

const (
	byCharacter unit = iota
	byWord
	byParagraph
)

// selection is what is selected: from where it began to where it is being
// moved. Both are -1 where there is not even a caret.
type selection struct {
	anchor, head int
	unit         unit
	origin       Range   // the word or paragraph that a selection by units began with
	goal         float32 // x that the caret keeps to when it goes up and down, or -1
	focused      bool
	told         Range // what OnSelectionChanged was last called with
}

func (s *selection) reset() {
	*s = selection{anchor: -1, head: -1, goal: -1, focused: s.focused, told: s.told}
}

// caret gives the place of the caret.
func (s *selection) caret() (int, bool) { return s.head, s.head >= 0 }

// span is the selection in order; it is empty where there is only a caret.
func (s *selection) span() Range {
	if s.head < 0 {
		return Range{}
	}
	return Range{s.anchor, s.head}.ordered()
}

// selected gives the selection where it is not empty and there is a text.
func (r *Reader) selected() (Range, bool) {
	if r.page == nil {
		return Range{}, false
	}
	sel := r.sel.span().clamp(r.page.Len())
	return sel, !sel.Empty()
}

// Selection gives what is selected and its text, paragraphs parted by a blank
// line. It reports false where nothing is.
func (r *Reader) Selection() (Range, string, bool) {
	sel, ok := r.selected()
	if !ok {
		return Range{}, "", false
	}
	return sel, r.page.Text(sel.Start, sel.End), true
}

// Select selects a stretch of the text. It waits for the text where that is not
// prepared yet.
func (r *Reader) Select(sel Range) {
	if r.page == nil {
		r.waiting = append(r.waiting, func() { r.Select(sel) })
		return
	}
	sel = sel.clamp(r.page.Len())
	r.sel.reset()
	r.sel.anchor, r.sel.head = sel.Start, sel.End
	r.update()
	r.tellSelection()
}

// ClearSelection gives the selection up.
func (r *Reader) ClearSelection() {
	if r.sel.head < 0 {
		return
	}
	r.sel.reset()
	r.update()
	r.tellSelection()
}

// SelectAll selects the whole text.
func (r *Reader) SelectAll() {
	if r.page != nil {
		r.Select(Range{0, r.page.Len()})
	}
}

// tellSelection calls OnSelectionChanged if what is selected has changed.
func (r *Reader) tellSelection() {
	sel, ok := r.selected()
	if !ok {
		sel = Range{}
	}
	if sel == r.sel.told {
		return
	}
	r.sel.told = sel
	if r.OnSelectionChanged == nil {
		return
	}
	text := ""
	if ok {
		text = r.page.Text(sel.Start, sel.End)
	}
	r.OnSelectionChanged(sel, text)
}

// unitAt gives the word or paragraph around a position.
func (r *Reader) unitAt(pos int, u unit) Range {
	switch u {
	case byWord:
		start, end := r.page.Word(pos)
		return Range{start, end}
	case byParagraph:
		if _, start, end, ok := r.page.BlockOf(pos); ok {
			return Range{start, end}
		}
	}
	return Range{pos, pos}
}

// extendTo moves the end of the selection to a position, by whole units.
func (r *Reader) extendTo(pos int) {
	if r.sel.anchor < 0 {
		r.sel.anchor = pos
	}
	r.sel.goal = -1
	if r.sel.unit == byCharacter {
		r.sel.head = pos
		return
	}
	to := r.unitAt(pos, r.sel.unit)
	if pos < r.sel.origin.Start {
		r.sel.anchor, r.sel.head = r.sel.origin.End, to.Start
	} else {
		r.sel.anchor, r.sel.head = r.sel.origin.Start, max(to.End, r.sel.origin.End)
	}
}

package reader

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"sourcebook/notebook/document"
)

// Reader is the widget. Create it with New.
type Reader struct {
	widget.BaseWidget

	// OnSelectionChanged is called when a selection is finished (the button is
	// let go), changed by the keyboard, or given up; sel is empty then.
	OnSelectionChanged func(sel Range, text string)
	// OnMarkTapped is called with the marks under a click, the topmost first,
	// and the place of the click on the canvas.
	OnMarkTapped func(ids []string, at fyne.Position)
	// OnLinkTapped is called for a click on a link that no mark covers, and for
	// a Ctrl+click on any link.
	OnLinkTapped func(url string)
	// OnKey is called for H, C, N and L typed without modifiers. It reports
	// whether the key was used.
	OnKey func(key rune) bool
	// OnContextMenu is called for a secondary click, with its place on the
	// canvas.
	OnContextMenu func(at fyne.Position)

	run Runner
}

// New makes an empty Reader.
func New() *Reader {
	r := &Reader{run: Threads()}
	r.ExtendBaseWidget(r)
	return r
}

// SetRunner replaces how slow work is run. Call it before SetDocument.
func (r *Reader) SetRunner(run Runner) { r.run = run }

// SetDocument shows blocks under a header, from the top, without marks.
func (r *Reader) SetDocument(blocks []document.Block, header Header) {}

// SetMarks replaces the marks. Later marks lie on top of earlier ones.
func (r *Reader) SetMarks(marks []Mark) {}

// ScrollTo brings a stretch of the text into view, a little below the top. It
// does nothing where all of it is in view already.
func (r *Reader) ScrollTo(at Range) {}

// Selection gives what is selected and its text, paragraphs parted by a blank
// line. It reports false where nothing is.
func (r *Reader) Selection() (Range, string, bool) { return Range{}, "", false }

// Select selects a stretch of the text.
func (r *Reader) Select(sel Range) {}

// ClearSelection gives the selection up.
func (r *Reader) ClearSelection() {}

// SelectAll selects the whole text.
func (r *Reader) SelectAll() {}

// SelectionRect is the rectangle, in the canvas's coordinates, around the
// visible lines of the selection: what a floating bar must not cover. It
// reports false where nothing is selected or in view.
func (r *Reader) SelectionRect() (fyne.Position, fyne.Size, bool) {
	return fyne.Position{}, fyne.Size{}, false
}

// Find marks every place where query stands, whatever its case and
// diacritics, brings the first from here into view and tells how many there
// are. An empty query clears.
func (r *Reader) Find(query string) int { return 0 }

// FindNext goes to the next place found, and around the end. It tells which
// one that is, from 1, and how many there are.
func (r *Reader) FindNext() (n, of int) { return 0, 0 }

// FindPrev goes to the place found before.
func (r *Reader) FindPrev() (n, of int) { return 0, 0 }

// ClearFind takes the marks of the search away.
func (r *Reader) ClearFind() {}

// ReadingPosition is the code point at the top of the view, to come back to.
// (Position is the toolkit's word for where the widget stands.)
func (r *Reader) ReadingPosition() int { return 0 }

// SetReadingPosition brings a code point to the top of the view; it waits for the
// text where that is not prepared yet.
func (r *Reader) SetReadingPosition(pos int) {}

// SetStyle changes how the text is set. The text at the top of the view stays.
func (r *Reader) SetStyle(style Style) {}

// CreateRenderer is part of the widget interface.
func (r *Reader) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(widget.NewLabel(""))
}

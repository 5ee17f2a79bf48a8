package reader

import (
	"image/color"
	"math"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"sourcebook/app/widgets/reader/layout"
	"sourcebook/notebook/document"
)

// Room around the column of text, in the toolkit's pixels.
const (
	padTop    = 28
	padBottom = 96
	padSide   = 28
	padNarrow = 10 // at the sides of a reader too narrow for more
)

// Reader is the widget. Create it with New.
type Reader struct {
	widget.BaseWidget

	// OnSelectionChanged is called when a selection is finished (the button is
	// let go), changed by the keyboard or by Select, or given up; sel is empty
	// then.
	OnSelectionChanged func(sel Range, text string)
	// OnMarkTapped is called with the marks under a click, the topmost first,
	// and the place of the click on the canvas.
	OnMarkTapped func(ids []string, at fyne.Position)
	// OnMarkMoved is called when an end of the active mark was dragged. Without
	// it the ends of marks cannot be taken.
	OnMarkMoved func(id string, to Range)
	// OnTextTapped is called for a click on text that neither a mark nor a link
	// takes, with the code point and the place of the click on the canvas.
	OnTextTapped func(pos int, at fyne.Position)
	// OnLinkTapped is called for a click on a link that no mark covers, and for
	// a Ctrl+click on any link.
	OnLinkTapped func(url string)
	// OnKey is called for H, C, N and L typed without modifiers. It reports
	// whether the key was used.
	OnKey func(key rune) bool
	// OnContextMenu is called for a secondary click, with its place on the
	// canvas.
	OnContextMenu func(at fyne.Position)
	// OnPictureTapped is called for a click on a picture, with its place among
	// those given to SetPictures.
	OnPictureTapped func(i int)
	// OnTypedKey is called for keys that the reader has no use for: F3, say, or
	// Escape where nothing is selected.
	OnTypedKey func(e *fyne.KeyEvent)
	// OnFound is called with the number of places found where Find had to wait
	// for the text.
	OnFound func(of int)

	run   Runner
	style Style

	generation atomic.Int64 // of the document, so that late work is dropped
	want       atomic.Int64 // code point to prepare first
	page       *layout.Page // nil until its first blocks are prepared
	waiting    []func()     // what to do once the page is laid out, in order

	blocks   []document.Block // as given to SetDocument, to be prepared again in other letters
	header   Header
	index    []int // of blocks → among those with text
	pictures []*picture

	palette palette
	pixel   float32 // a device pixel
	offset  float32 // of the view, from the top of the content
	left    float32 // of the column

	// What stays at its height when the text is laid out anew: a position, and
	// how far its line is below the top of the view. stayPos is -1 while the
	// title block is at the top.
	stayPos int
	stayGap float32

	marks  []Mark // in the order they were given
	active string // ID of the mark with handles
	handle handle
	finds  finds
	sel    selection
	mouse  mouse
	shift  bool // held down

	atlas     *atlas
	views     map[layout.Ref]*lineView
	spare     []*lineView
	refs      []layout.Ref // in view, kept for the next update
	pixels    []uint8      // that lines are painted in
	rescaling bool
	laidFor   fyne.Size // that the text was laid out for last
	version   int       // of the layout that views are made for
	rects     pool[*canvas.Rectangle]
	lines     pool[*canvas.Raster] // patterned lines under marks
	objects   []fyne.CanvasObject
	ground    *canvas.Rectangle
	sentinel  *canvas.Rectangle
	bar       *bar
	tip       tip

	now func() time.Time
}

// New makes an empty Reader.
func New() *Reader {
	r := &Reader{
		run:   Threads(),
		atlas: shapes, views: map[layout.Ref]*lineView{}, pixel: 1, stayPos: -1,
		ground: canvas.NewRectangle(color.Transparent), sentinel: canvas.NewRectangle(color.Transparent),
		now: time.Now,
	}
	r.sel.reset()
	r.handle.mark = -1
	r.rects.make = func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	r.lines.make = func() *canvas.Raster { return canvas.NewRaster(nil) }
	r.bar = newBar(r)
	r.tip.init(r)
	r.ExtendBaseWidget(r)
	go func() { _, _ = fontsOf(Sans) }() // read by the time there is a document
	return r
}

// Warm makes ready, off the toolkit's thread, what the first text would wait for:
// the fonts, and the shapes of the commonest letters at the size of running text.
// c is the canvas that the reader will stand on.
func (r *Reader) Warm(c fyne.Canvas) {
	size, l := r.Style().TextSize, r.letters()
	if x, _ := c.PixelCoordinateForPosition(fyne.NewPos(10000, 0)); x > 0 {
		size *= float32(x) / 10000
	}
	a := r.atlas
	r.run.Background(func() {
		if set, err := fontsOf(l); err == nil {
			a.warm(set, size)
		}
	})
}

// SetRunner replaces how slow work is run. Call it before SetDocument.
func (r *Reader) SetRunner(run Runner) { r.run = run }

// SetDocument shows blocks under a header, from the top, without marks. The
// text appears as soon as the first screen of it is prepared.
func (r *Reader) SetDocument(blocks []document.Block, header Header) {
	r.page, r.waiting = nil, nil
	r.offset, r.stayPos, r.stayGap = 0, -1, 0
	r.marks, r.active, r.handle.mark = nil, "", -1
	r.finds = finds{}
	r.dropViews()
	r.want.Store(0)
	r.take(blocks, header)
}

// ReplaceDocument is SetDocument for another state of the same text: what is in
// view stays there until the new text is prepared, and then the view stays at
// the code point keep, or at the top for 0. Words that are searched for are
// searched for again.
func (r *Reader) ReplaceDocument(blocks []document.Block, header Header, keep int) {
	if r.page == nil {
		r.SetDocument(blocks, header)
		r.SetReadingPosition(keep)
		return
	}
	r.marks, r.handle.mark = nil, -1
	if r.offset > 0 {
		r.stayPos = keep
	}
	r.want.Store(int64(max(keep, 0)))
	r.take(blocks, header)
}

// take has a document prepared.
func (r *Reader) take(blocks []document.Block, header Header) {
	r.pictures = nil
	r.blocks, r.header = blocks, header
	r.index = make([]int, len(blocks))
	n := 0
	for i, b := range blocks {
		r.index[i] = n
		if b.Text != "" {
			n++
		}
	}
	r.sel.reset()
	r.tip.hide()
	r.begin()
}

// BlockOf gives the block, of those given to SetDocument, that a code point
// stands in, and the code points that it takes.
func (r *Reader) BlockOf(pos int) (i int, at Range, ok bool) {
	if r.page == nil {
		return 0, Range{}, false
	}
	own, start, end, ok := r.page.BlockOf(pos)
	own -= r.page.Header()
	for i, n := range r.index {
		if ok && n == own && r.blocks[i].Text != "" {
			return i, Range{start, end}, true
		}
	}
	return 0, Range{}, false
}

// Caret gives the code point that the caret stands before; a secondary click
// puts it there.
func (r *Reader) Caret() (int, bool) { return r.sel.caret() }

// begin has the document prepared.
func (r *Reader) begin() {
	generation := r.generation.Add(1)
	blocks, header, letters := r.blocks, r.header, r.letters()
	r.update()
	r.run.Background(func() { r.load(generation, blocks, header, letters) })
}

// letters is the face that the text is set in.
func (r *Reader) letters() Letters { return r.style.Letters }

// setPage takes the page over from the goroutine that began it.
func (r *Reader) setPage(p *layout.Page) {
	again := r.page != nil
	r.page = p
	if f := &r.finds; again && f.query != "" {
		f.hits, f.texts, f.current = nil, nil, -1
		r.search(f.query)
	}
	r.finds.changed()
	r.placeFigures()
	r.reflow()
}

// setBlocks takes over more of what is prepared.
func (r *Reader) setBlocks(list []prepared) {
	for _, b := range list {
		r.page.SetBlock(b.at, b.block)
	}
	r.reflow()
}

// whenLaid does f now, or as soon as there is a page and it is laid out.
func (r *Reader) whenLaid(f func()) {
	if r.laid() {
		f()
		return
	}
	r.waiting = append(r.waiting, f)
}

// laid reports whether there is a page that is laid out for the reader's size.
func (r *Reader) laid() bool { return r.page != nil && r.page.Height() > 0 }

// SetStyle changes how the text is set. The text at the top of the view stays.
func (r *Reader) SetStyle(style Style) {
	if r.style == style {
		return
	}
	old := r.style
	r.style = style
	switch {
	case old.Letters != style.Letters && r.blocks != nil:
		// Every letter has another width: what was prepared is of no use. The old
		// page stays in view until the new one is there, at the same place.
		r.want.Store(int64(max(r.stayPos, 0)))
		r.forgetAlts()
		r.begin()
	case old.Sepia != style.Sepia || old.Patterns != style.Patterns:
		r.Refresh()
	default:
		r.reflow()
	}
}

// Style gives how the text is set, with the defaults filled in.
func (r *Reader) Style() Style {
	s := r.style
	if s.TextSize <= 0 {
		s.TextSize = float32(math.Round(float64(r.themeSize(theme.SizeNameText) * 1.2)))
	}
	if s.LineHeight <= 0 {
		s.LineHeight = 1.5
	}
	if s.MaxWidth <= 0 {
		s.MaxWidth = s.TextSize * 37 // about 72 characters of running text
	}
	return s
}

func (r *Reader) themeSize(n fyne.ThemeSizeName) float32 { return r.Theme().Size(n) }

// reflow lays the text out for the size and style of the reader.
func (r *Reader) reflow() {
	size := r.Size()
	r.laidFor = size
	if r.page == nil || size.Width <= 0 {
		r.update()
		return
	}
	r.pixel = r.devicePixel()
	st := r.Style()
	room := size.Width - barWidth
	side := float32(padSide)
	if room < 420 {
		side = padNarrow
	}
	width := r.snap(max(min(st.MaxWidth, room-2*side), 40))
	r.left = r.snap(max((room-width)/2, side))
	r.page.SetStyle(layout.Style{Size: st.TextSize, LineHeight: st.LineHeight, Pixel: r.pixel, Wide: r.snap(room - 2*side), Tall: r.snap(size.Height * 0.8)}, width)
	r.page.Reflow()
	r.forgetPictures()
	r.dropViews()
	if r.stayPos >= 0 {
		r.offset = r.page.YOf(r.stayPos) + padTop - r.stayGap
	}
	r.offset = r.clampOffset(r.offset)
	r.bar.changed()
	r.update()
	if w := r.waiting; len(w) > 0 && r.page.Height() > 0 {
		r.waiting = nil
		for _, f := range w {
			f()
		}
	}
}

// devicePixel is the size of a device pixel in the toolkit's pixels.
func (r *Reader) devicePixel() float32 {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(r); c != nil {
			if x, _ := c.PixelCoordinateForPosition(fyne.NewPos(10000, 0)); x > 0 {
				return 10000 / float32(x)
			}
		}
	}
	return 1
}

func (r *Reader) snap(v float32) float32 {
	return float32(math.Round(float64(v/r.pixel))) * r.pixel
}

// contentHeight is the height of all that can be scrolled through.
func (r *Reader) contentHeight() float32 {
	if r.page == nil {
		return 0
	}
	return r.page.Height() + padTop + padBottom
}

func (r *Reader) clampOffset(y float32) float32 {
	return r.snap(max(min(y, r.contentHeight()-r.Size().Height), 0))
}

// setOffset scrolls to y.
func (r *Reader) setOffset(y float32) {
	y = r.clampOffset(y)
	if y == r.offset {
		return
	}
	r.offset = y
	r.stay()
	r.want.Store(int64(max(r.stayPos, 0))) // prepare this next
	r.tip.hide()
	r.update()
}

// stay remembers what is at the top of the view.
func (r *Reader) stay() {
	r.stayPos = -1
	if r.page == nil || r.page.Blocks() == r.page.Header() {
		return
	}
	top := r.offset - padTop
	if first := r.page.Header(); r.offset <= 0 || first > 0 && top < r.page.Top(first) {
		return
	}
	found := false
	r.page.Visible(top, top+r.Size().Height+1, func(ref layout.Ref) {
		if !found && ref.Block >= r.page.Header() {
			found = true
			r.stayPos, _ = r.page.Span(ref)
		}
	})
	if !found {
		r.stayPos = r.page.Start(max(r.page.BlockAt(top), r.page.Header()))
	}
	r.stayGap = r.page.YOf(r.stayPos) - top
}

// ReadingPosition is the code point at the top of the view, to come back to.
// (Position is the toolkit's word for where the widget stands.)
func (r *Reader) ReadingPosition() int {
	if r.page == nil {
		return int(r.want.Load())
	}
	return max(r.stayPos, 0)
}

// SetReadingPosition brings a code point to the top of the view; it waits for
// the text where that is not prepared yet.
func (r *Reader) SetReadingPosition(pos int) {
	r.want.Store(int64(max(pos, 0)))
	r.whenLaid(func() {
		if pos <= 0 {
			r.setOffset(0)
			return
		}
		pos := min(pos, r.page.Len())
		r.setOffset(r.page.YOf(pos) + padTop)
		r.stayPos, r.stayGap = pos, r.page.YOf(pos)+padTop-r.offset
	})
}

// ScrollTo brings a stretch of the text into view, a little below the top. It
// does nothing where all of it is in view already.
func (r *Reader) ScrollTo(at Range) {
	r.want.Store(int64(max(at.ordered().Start, 0)))
	r.whenLaid(func() {
		at := at.clamp(r.page.Len())
		y0 := r.page.YOf(at.Start) + padTop
		y1 := y0
		if c, ok := r.page.Caret(at.End); ok {
			y1 = c.Y + c.H + padTop
		}
		h := r.Size().Height
		if margin := min(float32(24), h/8); y0 >= r.offset+margin && y1 <= r.offset+h-margin {
			return
		}
		y := y0 - h*0.28
		if y1 > y+h { // long: as much of it as there is room for
			y = min(y0-24, y1-h+24)
		}
		r.setOffset(y)
		// Later blocks may still be prepared and move: hold on to this place.
		r.stayPos, r.stayGap = at.Start, r.page.YOf(at.Start)+padTop-r.offset
	})
}

// SelectionRect is the rectangle, in the canvas's coordinates, around the
// visible lines of the selection: what a floating bar must not cover. It
// reports false where nothing is selected or in view.
func (r *Reader) SelectionRect() (fyne.Position, fyne.Size, bool) {
	sel, ok := r.selected()
	if !ok {
		return fyne.Position{}, fyne.Size{}, false
	}
	x0, y0 := float32(math.Inf(1)), float32(math.Inf(1))
	x1, y1 := float32(math.Inf(-1)), float32(math.Inf(-1))
	top, height := r.offset-padTop, r.Size().Height
	r.page.Visible(top, top+height, func(ref layout.Ref) {
		r.page.LineRects(ref, sel.Start, sel.End, func(rc layout.Rect) {
			x0, x1 = min(x0, rc.X), max(x1, rc.X+rc.W)
			y0, y1 = min(y0, rc.Y), max(y1, rc.Y+rc.H)
		})
	})
	if x1 < x0 {
		return fyne.Position{}, fyne.Size{}, false
	}
	at := r.absolute()
	y0, y1 = max(y0-top, 0), min(y1-top, height)
	return fyne.NewPos(at.X+r.left+x0, at.Y+y0), fyne.NewSize(x1-x0, y1-y0), true
}

// absolute is where the reader stands on its canvas.
func (r *Reader) absolute() fyne.Position {
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(r)
}

// at gives the point of the page under a point of the widget.
func (r *Reader) at(p fyne.Position) (x, y float32) {
	return p.X - r.left, p.Y + r.offset - padTop
}

// MinSize is part of the widget interface. A reader takes what room there is.
func (r *Reader) MinSize() fyne.Size {
	r.ExtendBaseWidget(r)
	return fyne.NewSize(160, 80)
}

// Scrolled is part of the toolkit's Scrollable interface; being one also makes
// the toolkit clip what reaches over the edges.
func (r *Reader) Scrolled(e *fyne.ScrollEvent) { r.setOffset(r.offset - e.Scrolled.DY) }

var (
	_ fyne.Widget            = (*Reader)(nil)
	_ fyne.Scrollable        = (*Reader)(nil)
	_ fyne.Focusable         = (*Reader)(nil)
	_ fyne.Shortcutable      = (*Reader)(nil)
	_ fyne.Draggable         = (*Reader)(nil)
	_ fyne.SecondaryTappable = (*Reader)(nil)
	_ desktop.Mouseable      = (*Reader)(nil)
	_ desktop.Hoverable      = (*Reader)(nil)
	_ desktop.Cursorable     = (*Reader)(nil)
	_ desktop.Keyable        = (*Reader)(nil)
)

// CreateRenderer is part of the widget interface.
func (r *Reader) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	r.palette = r.currentPalette()
	r.bar.changed()
	r.update()
	return &renderer{r}
}

func (r *Reader) currentPalette() palette {
	v := fyne.CurrentApp().Settings().ThemeVariant()
	return newPalette(r.Theme(), v, r.style.Sepia)
}

// renderer hands the toolkit the objects that update keeps.
type renderer struct{ r *Reader }

// Layout is called for a new size, but also for every frame in which an object
// is drawn that was not drawn before: scrolling must not lay the text out anew,
// and a line that comes into view must not ask for another frame.
func (n *renderer) Layout(size fyne.Size) {
	if n.r.laidFor != size {
		n.r.reflow()
	}
}

func (n *renderer) MinSize() fyne.Size { return n.r.MinSize() }

// Refresh is called when the theme changes, or by whoever holds the reader.
func (n *renderer) Refresh() {
	n.r.palette = n.r.currentPalette()
	n.r.tip.hide()
	n.r.reflow()
	canvas.Refresh(n.r)
}

func (n *renderer) Objects() []fyne.CanvasObject { return n.r.objects }

func (n *renderer) Destroy() {}

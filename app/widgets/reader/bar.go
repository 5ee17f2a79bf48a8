package reader

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Sizes of the bar beside the text.
const (
	barWidth  = 18
	tickWidth = 6 // of the marks, to the left of the scroll bar
	thumbMin  = 28
	tickGrab  = 5 // how near a click must be to a mark to go there
)

// bar is the scroll bar with the marks bar beside it: a tick where there is a
// highlight, a claim or a place found.
type bar struct {
	widget.BaseWidget
	r      *Reader
	ground *canvas.Rectangle
	ticks  *canvas.Raster
	thumb  *canvas.Rectangle
	hover  bool
	grab   float32 // where on the thumb a drag holds it, -1 without one
	places []tick
}

// tick is a mark on the bar; at is its place as a share of the content.
type tick struct {
	from, to float32
	at       Range
	colour   color.RGBA
	wide     bool
	name     string // what the mark is, where its words do not say it
}

// tickName says what a mark is.
func (r *Reader) tickName(m *Mark) string {
	switch m.Kind {
	case MarkClaim:
		return "Claim"
	case MarkCandidate:
		return "Suggested"
	case MarkAdded:
		return "Added"
	case MarkRemoved:
		return "Removed"
	}
	if m.Note != "" {
		return m.Note
	}
	return ""
}

func newBar(r *Reader) *bar {
	b := &bar{r: r, ground: canvas.NewRectangle(color.Transparent), thumb: canvas.NewRectangle(color.Transparent), grab: -1}
	b.ticks = canvas.NewRaster(b.paint)
	b.ticks.ScaleMode = canvas.ImageScalePixels
	b.ExtendBaseWidget(b)
	return b
}

// changed finds the places of the marks anew, after these or the layout have
// changed.
func (b *bar) changed() {
	r := b.r
	b.places = b.places[:0]
	if r.page != nil && r.contentHeight() > 0 {
		whole := r.contentHeight()
		add := func(at Range, c color.RGBA, wide bool, name string) {
			at = at.clamp(r.page.Len())
			y := r.page.YOf(at.Start) + padTop
			to := y
			if at.End > at.Start {
				to = r.page.YOf(at.End-1) + padTop
			}
			b.places = append(b.places, tick{from: y / whole, to: to / whole, at: at, colour: c, wide: wide, name: name})
		}
		for _, m := range r.marks {
			c := r.palette.ink(m.Colour)
			switch m.Kind {
			case MarkAdded:
				c = r.palette.addedInk
			case MarkRemoved:
				c = r.palette.removedInk
			}
			add(m.Range, c, m.Kind == MarkClaim || m.Kind.drift(), r.tickName(&m))
		}
		for _, h := range r.finds.hits {
			add(h, r.palette.foundInk, true, "")
		}
	}
	b.ticks.Refresh()
}

// place moves the bar to the right edge and the thumb to where the view is.
func (b *bar) place(size fyne.Size) {
	r := b.r
	b.ground.FillColor = r.palette.track
	b.thumb.FillColor = r.palette.thumb
	if b.hover || b.grab >= 0 {
		b.thumb.FillColor = r.palette.thumbHover
	}
	b.Move(fyne.NewPos(size.Width-barWidth, 0))
	b.Resize(fyne.NewSize(barWidth, size.Height))
	b.ground.Resize(fyne.NewSize(barWidth, size.Height))
	b.ticks.Resize(fyne.NewSize(tickWidth, size.Height))
	b.ticks.Move(fyne.NewPos(2, 0))
	y, h := b.thumbSpan()
	b.thumb.Hidden = h >= size.Height
	b.thumb.CornerRadius = 3
	b.thumb.Move(fyne.NewPos(tickWidth+4, y))
	b.thumb.Resize(fyne.NewSize(barWidth-tickWidth-6, h))
}

// thumbSpan is where the thumb lies and how long it is.
func (b *bar) thumbSpan() (y, h float32) {
	view, whole := b.r.Size().Height, b.r.contentHeight()
	if whole <= view || view <= 0 {
		return 0, view
	}
	h = max(view*view/whole, min(thumbMin, view))
	return b.r.offset / (whole - view) * (view - h), h
}

// paint draws the ticks. Claims and places found take the whole width,
// highlights the inner part.
func (b *bar) paint(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	least := max(int(2.5/b.r.pixel+0.5), 2)
	for _, t := range b.places {
		y0, y1 := int(t.from*float32(h)), int(t.to*float32(h))
		y1 = max(y1, y0+least)
		x0 := 0
		if !t.wide {
			x0 = w / 3
		}
		for y := max(y0, 0); y < min(y1, h); y++ {
			for x := x0; x < w; x++ {
				img.SetRGBA(x, y, t.colour)
			}
		}
	}
	return img
}

// MouseDown goes to the mark under the pointer, or to that part of the text.
func (b *bar) MouseDown(e *desktop.MouseEvent) {
	r := b.r
	if e.Button != desktop.MouseButtonPrimary || r.page == nil {
		return
	}
	y, h := b.thumbSpan()
	onThumb := e.Position.X > tickWidth+2 && e.Position.Y >= y && e.Position.Y < y+h
	if onThumb {
		b.grab = e.Position.Y - y
		r.update()
		return
	}
	if e.Position.X <= tickWidth+4 {
		if t, ok := b.nearest(e.Position.Y); ok {
			r.setOffset(r.page.YOf(t.at.Start) + padTop - r.Size().Height*0.28)
			return
		}
	}
	b.grab = h / 2
	b.dragTo(e.Position.Y)
}

// nearest gives the tick that a click at y means.
func (b *bar) nearest(y float32) (tick, bool) {
	best, found := tick{}, false
	bestD := float32(tickGrab)
	h := b.Size().Height
	for _, t := range b.places {
		if d := max(t.from*h-y, y-t.to*h, 0); d < bestD {
			best, bestD, found = t, d, true
		}
	}
	return best, found
}

// dragTo scrolls so that the thumb is held where it was taken.
func (b *bar) dragTo(y float32) {
	view, whole := b.r.Size().Height, b.r.contentHeight()
	_, h := b.thumbSpan()
	if view <= h {
		return
	}
	b.r.setOffset((y - b.grab) / (view - h) * (whole - view))
}

// MouseUp lets the thumb go.
func (b *bar) MouseUp(*desktop.MouseEvent) { b.DragEnd() }

// Dragged scrolls with the thumb.
func (b *bar) Dragged(e *fyne.DragEvent) {
	if b.grab >= 0 {
		b.dragTo(e.Position.Y)
	}
}

// DragEnd lets the thumb go.
func (b *bar) DragEnd() {
	b.grab = -1
	b.r.update()
}

// MouseIn shows that the thumb can be taken.
func (b *bar) MouseIn(*desktop.MouseEvent) { b.setHover(true) }

// MouseMoved is part of the toolkit's Hoverable interface: it shows the words
// that the mark under the pointer stands on.
func (b *bar) MouseMoved(e *desktop.MouseEvent) {
	r := b.r
	if r.page == nil || e.Position.X > tickWidth+4 {
		r.tip.hide()
		return
	}
	t, ok := b.nearest(e.Position.Y)
	if !ok {
		r.tip.hide()
		return
	}
	words := []rune(strings.Join(strings.Fields(r.page.Text(t.at.Start, min(t.at.End, t.at.Start+200))), " "))
	if len(words) > 140 {
		words = append(words[:140:140], '…')
	}
	note := "“" + string(words) + "”"
	if t.name != "" {
		note = t.name + "\n" + note
	}
	r.tip.show(Mark{ID: fmt.Sprintf("tick %d %d", t.at.Start, t.at.End), Note: note}, fyne.NewPos(r.Size().Width-barWidth, e.Position.Y))
}

// Cursor is part of the toolkit's Cursorable interface.
func (b *bar) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// MouseOut is the end of MouseIn.
func (b *bar) MouseOut() { b.setHover(false) }

func (b *bar) setHover(on bool) {
	b.r.tip.hide()
	if b.hover == on {
		return
	}
	b.hover = on
	b.r.update()
}

// MinSize is part of the widget interface.
func (b *bar) MinSize() fyne.Size { return fyne.NewSize(barWidth, thumbMin) }

// CreateRenderer is part of the widget interface.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	return &barRenderer{b, []fyne.CanvasObject{b.ground, b.ticks, b.thumb}}
}

type barRenderer struct {
	b       *bar
	objects []fyne.CanvasObject
}

func (n *barRenderer) Layout(fyne.Size)             {}
func (n *barRenderer) MinSize() fyne.Size           { return n.b.MinSize() }
func (n *barRenderer) Refresh()                     { canvas.Refresh(n.b) }
func (n *barRenderer) Objects() []fyne.CanvasObject { return n.objects }
func (n *barRenderer) Destroy()                     {}

package reader

import (
	"image"
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"sourcebook/app/widgets/reader/layout"
)

// lineView is a line as the toolkit draws it: one raster, painted when it is
// first shown and moved from then on.
type lineView struct {
	raster *canvas.Raster
	at     fyne.Position // on the page
	seen   int           // the last update that showed it
}

// dropViews lets all line views go, to be made anew.
func (r *Reader) dropViews() {
	r.version++
	for _, v := range r.views {
		r.spare = append(r.spare, v)
	}
	clear(r.views)
}

// update brings the canvas objects up to what is in view. It is called for
// every step of scrolling, so it touches nothing but the visible lines.
func (r *Reader) update() {
	size := r.Size()
	r.objects = r.objects[:0]
	r.rects.reset()
	r.lines.reset()
	r.ground.FillColor = r.palette.ground
	r.ground.Resize(size)
	r.objects = append(r.objects, r.ground)
	if r.page != nil && size.Width > 0 && size.Height > 0 {
		r.updateText(size)
	}
	r.objects = append(r.objects, r.sentinel)
	r.bar.place(size)
	r.objects = append(r.objects, r.bar)
	r.objects = append(r.objects, r.tip.objects()...)
	// Refreshing the reader would free the texture of every line; refreshing an
	// object without one has the window painted again all the same.
	canvas.Refresh(r.sentinel)
}

func (r *Reader) updateText(size fyne.Size) {
	r.version++ // serves as the number of this update; views compare it in seen
	top := r.offset - padTop
	lo, hi := top-size.Height/8, top+size.Height*9/8

	refs := r.refs[:0]
	firstBlock, lastBlock := -1, -1
	r.page.Visible(lo, hi, func(ref layout.Ref) {
		refs = append(refs, ref)
		if firstBlock < 0 {
			firstBlock = ref.Block
		}
		lastBlock = max(lastBlock, ref.Block)
	})
	r.refs = refs
	if firstBlock >= 0 {
		r.decorate(firstBlock, lastBlock, lo, hi)
	}
	r.drawPictures(lo, hi)
	// Behind the text: marks, find hits, the selection.
	var ink []fyne.CanvasObject
	for _, ref := range refs {
		if ref.Block >= r.page.Header() {
			ink = r.drawMarks(ref, ink)
		}
	}
	for _, ref := range refs {
		if ref.Block >= r.page.Header() {
			r.drawFinds(ref)
		}
	}
	if sel, ok := r.selected(); ok {
		for _, ref := range refs {
			r.page.LineRects(ref, sel.Start, sel.End, func(rc layout.Rect) { r.rect(rc, r.palette.selection, 0) })
		}
	}
	// The text.
	for _, ref := range refs {
		v := r.views[ref]
		if v == nil {
			v = r.newView(ref)
			r.views[ref] = v
		}
		v.seen = r.version
		v.raster.Move(r.screen(v.at.X, v.at.Y))
		r.objects = append(r.objects, v.raster)
	}
	for ref, v := range r.views {
		if v.seen != r.version {
			r.spare = append(r.spare, v)
			delete(r.views, ref)
		}
	}
	// Before the text: lines under marks, the caret.
	r.objects = append(r.objects, ink...)
	r.drawHandles()
	if pos, ok := r.sel.caret(); ok && r.sel.focused {
		if c, ok := r.page.Caret(pos); ok {
			w := r.snap(max(r.Style().TextSize/12, r.pixel))
			r.rect(layout.Rect{X: r.snap(c.X - w/2), Y: c.Y + c.H*0.1, W: max(w, r.pixel), H: c.H * 0.8}, r.palette.caret, 0)
		}
	}
}

// screen gives the point of the widget where a point of the page is drawn.
func (r *Reader) screen(x, y float32) fyne.Position {
	return fyne.NewPos(r.left+x, y-r.offset+padTop)
}

// newRect lends a rectangle of the page, coloured.
func (r *Reader) newRect(rc layout.Rect, c color.Color, radius float32) *canvas.Rectangle {
	o := r.rects.next()
	o.FillColor, o.CornerRadius, o.StrokeWidth = c, radius, 0
	o.Move(r.screen(rc.X, rc.Y))
	o.Resize(fyne.NewSize(rc.W, rc.H))
	return o
}

// rect draws a rectangle of the page over what is drawn so far.
func (r *Reader) rect(rc layout.Rect, c color.Color, radius float32) {
	r.objects = append(r.objects, r.newRect(rc, c, radius))
}

// decorate draws what belongs to whole blocks: the ground of code, the bars of
// quotations, the lines of tables between lo and hi, the line under the title
// block.
func (r *Reader) decorate(first, last int, lo, hi float32) {
	for i := first; i <= last; i++ {
		switch r.page.Block(i).Kind {
		case layout.Code:
			r.rect(layout.Rect{Y: r.page.Top(i), W: r.page.Width(), H: r.page.BlockHeight(i)}, r.palette.code, 5)
		case layout.Quote:
			r.page.Bars(i, r.snap(3), func(rc layout.Rect) { r.rect(rc, r.palette.rule, 1.5) })
		case layout.Table:
			top := r.page.Top(i)
			left, right := r.page.TableSpan(i)
			for n, y := range r.page.Rows(i) {
				h := r.pixel
				if n == 1 { // under what may be the head
					h = 2 * r.pixel
				}
				if n > 0 && top+y >= lo && top+y <= hi {
					r.rect(layout.Rect{X: left, Y: r.snap(top + y), W: right - left, H: h}, r.palette.rule, 0)
				}
			}
		}
		if i == r.page.Header()-1 && r.page.Block(0).Kind == layout.Title {
			y := r.page.Top(i) + r.page.BlockHeight(i)
			r.rect(layout.Rect{Y: r.snap(y + 0.55*r.Style().TextSize), W: r.page.Width(), H: r.pixel}, r.palette.rule, 0)
		}
	}
}

// newView makes the view of a line, from one that is out of use where there is.
func (r *Reader) newView(ref layout.Ref) *lineView {
	var v *lineView
	if n := len(r.spare); n > 0 {
		v, r.spare = r.spare[n-1], r.spare[:n-1]
	} else {
		v = &lineView{raster: canvas.NewRaster(nil)}
		v.raster.ScaleMode = canvas.ImageScalePixels
	}
	left, right := r.page.Bounds(ref)
	lineH := r.page.LineHeight(ref.Block)
	// Letters reach over the edges of their line: accents, slants, deep descents.
	side, above := lineH*0.35, r.snap(lineH*0.25)
	x := float32(math.Floor(float64((left-side)/r.pixel))) * r.pixel
	w := float32(math.Ceil(float64((right+side-x)/r.pixel))) * r.pixel
	v.at = fyne.NewPos(x, r.page.LineTop(ref)-above)
	page, pal := r.page, r.palette
	lines := r.page.Lines(ref.Block)
	v.raster.Generator = func(pw, ph int) image.Image {
		img := r.canvasOf(pw, ph)
		scale := float32(pw) / w
		if math.Abs(float64(scale*r.pixel)-1) > 0.02 {
			r.rescale()
		}
		if page.Lines(ref.Block) == lines && ref.Line < lines {
			paintLine(img, page, ref, r.atlas, &pal, x, above, scale)
		}
		return img
	}
	size := fyne.NewSize(w, lineH+2*above)
	if v.raster.Size() == size {
		v.raster.Refresh() // a new size refreshes of itself
	}
	v.raster.Resize(size)
	return v
}

// canvasOf lends an empty picture to paint a line in. A painter takes what it
// needs of it before the next is asked for, so one serves for all.
func (r *Reader) canvasOf(w, h int) *image.RGBA {
	n := 4 * w * h
	if cap(r.pixels) < n {
		r.pixels = make([]uint8, n)
	}
	pix := r.pixels[:n]
	clear(pix)
	return &image.RGBA{Pix: pix, Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}

// rescale lays out anew when a line turns out to be painted at another scale
// than it was laid out for: the reader was not on a canvas yet, or the window
// has moved to another screen. It waits until the painting is over.
func (r *Reader) rescale() {
	if r.rescaling {
		return
	}
	r.rescaling = true
	time.AfterFunc(time.Millisecond, func() {
		r.run.Deliver(func() {
			r.rescaling = false
			if r.devicePixel() != r.pixel {
				r.reflow()
			}
		})
	})
}

// paintLine paints a line of a page into img, whose left edge lies at x on the
// page and whose top lies above the line. scale is device pixels a unit.
func paintLine(img *image.RGBA, page *layout.Page, ref layout.Ref, a *atlas, pal *palette, x, above, scale float32) {
	b := page.Block(ref.Block)
	ln := page.Line(ref)
	text := pal.text
	switch b.Kind {
	case layout.Caption, layout.Standfirst, layout.Byline:
		text = pal.muted
	}
	type span struct{ start, end int32 }
	var links []span
	for _, l := range b.Links {
		if int32(l.Start) < ln.End && int32(l.End) > ln.Start {
			links = append(links, span{int32(l.Start), int32(l.End)})
		}
	}
	var size, baseline float32
	var placed []layout.Placed
	size, baseline = page.Glyphs(ref, func(g layout.Placed) { placed = append(placed, g) })
	y := (above + baseline) * scale
	for _, g := range placed {
		c := text
		if g.Rune < 0 {
			c = pal.muted
		}
		for _, l := range links {
			if g.Rune >= l.start && g.Rune < l.end {
				c = pal.link
			}
		}
		a.draw(img, g, size*scale*g.Run.Scale, (g.X+g.Glyph.X*size-x)*scale, y-g.Glyph.Y*size*scale, c)
	}
	thick := max(int(math.Round(float64(size*scale/15))), 1)
	under := int(math.Round(float64(y + size*scale*0.13)))
	start := page.Start(ref.Block)
	for _, l := range links {
		page.LineRects(ref, start+int(l.start), start+int(l.end), func(rc layout.Rect) {
			x0, x1 := int(math.Round(float64((rc.X-x)*scale))), int(math.Round(float64((rc.X+rc.W-x)*scale)))
			underline(img, image.Rect(x0, under, x1, under+thick), pal.link)
		})
	}
}

// underline fills a rectangle with a colour that lets descenders show through.
func underline(img *image.RGBA, rc image.Rectangle, c color.RGBA) {
	rc = rc.Intersect(img.Rect)
	const v = 0.6
	for y := rc.Min.Y; y < rc.Max.Y; y++ {
		for x := rc.Min.X; x < rc.Max.X; x++ {
			o := img.Pix[img.PixOffset(x, y):]
			if o[3] > 100 {
				continue // part of a letter
			}
			o[0], o[1], o[2], o[3] = uint8(float32(c.R)*v), uint8(float32(c.G)*v), uint8(float32(c.B)*v), 153
		}
	}
}

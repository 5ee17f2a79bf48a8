package pages

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

// Source draws pages.
type Source interface {
	Count() int
	// Draw draws page i, counted from 0, at dpi dots an inch. It is called off the
	// toolkit's thread, once at a time.
	Draw(ctx context.Context, i int, dpi float64) (image.Image, error)
}

// Runner says where pages are drawn and how they come back.
type Runner struct {
	Background func(func(context.Context))
	Deliver    func(func()) // on the toolkit's thread
}

// Room around pages and between them, and the bounds of zooming.
const (
	gap     = 14
	minZoom = 0.25
	maxZoom = 4
	maxDots = 24_000_000 // of one page
)

// A page whose shape is not known yet is taken for A4.
const (
	paperWidth  = 595.0
	paperHeight = 842.0
)

// Viewer shows the pages of a Source. Create it with New; its Content is what is
// shown.
type Viewer struct {
	run     Runner
	box     *fyne.Container
	scroll  *container.Scroll
	sheets  *sheets
	number  *widgets.Entry
	of      *widgets.Text
	zoomed  *widgets.Text
	source  Source
	cancel  context.CancelFunc
	turn    int     // of sources, so that late pages are dropped
	zoom    float64 // 0 fits the width
	current int
	busy    bool
	pages   []sheet
}

// sheet is a page.
type sheet struct {
	w, h   float64 // points
	known  bool
	image  *canvas.Image
	dpi    float64 // that it was drawn at
	fault  error
	top    float32
	height float32
	width  float32
}

// New makes a viewer without pages.
func New(run Runner) *Viewer {
	v := &Viewer{run: run, number: widgets.NewEntry(""), of: widgets.Muted(""), zoomed: widgets.Muted("")}
	v.of.Whole, v.zoomed.Whole = true, true
	v.sheets = newSheets(v)
	v.scroll = container.NewScroll(v.sheets)
	v.scroll.OnScrolled = func(fyne.Position) { v.sheets.update() }
	v.number.OnSubmitted = func(t string) {
		if n, err := strconv.Atoi(strings.TrimSpace(t)); err == nil {
			v.Go(n)
		}
		v.say()
		v.sheets.focus()
	}
	v.number.OnEscape = func() { v.say(); v.sheets.focus() }
	tools := widgets.Pad(theme.Gap3, theme.Gap1, widgets.Spread(theme.Gap1, 3,
		widgets.IconButton("chevron-up", "Previous page (Page Up)", func() { v.Go(v.current) }),
		widgets.IconButton("chevron-down", "Next page (Page Down)", func() { v.Go(v.current + 2) }),
		widgets.Wide(52, v.number), v.of,
		widgets.IconButton("zoom-out", "Smaller (-)", func() { v.Zoom(-1) }), v.zoomed,
		widgets.IconButton("zoom-in", "Larger (+)", func() { v.Zoom(1) }),
		widgets.Flat("Fit", "", func() { v.SetZoom(0) })))
	v.box = widgets.Dock(widgets.Ruled(tools), nil, nil, nil, widgets.Ground(theme.ColorPanel, v.scroll))
	return v
}

// Content is what is shown.
func (v *Viewer) Content() fyne.CanvasObject { return v.box }

// Show shows the pages of a source; nil shows none. The page in view stays where
// there are as many pages as before.
func (v *Viewer) Show(s Source) {
	if v.cancel != nil {
		v.cancel()
	}
	v.turn++
	v.source, v.busy, v.cancel = s, false, nil
	old := v.pages
	v.pages = nil
	if s != nil {
		v.pages = make([]sheet, s.Count())
		for i := range v.pages {
			v.pages[i] = sheet{w: paperWidth, h: paperHeight}
			if i < len(old) { // what was there stays until the new one is drawn
				v.pages[i] = old[i]
				v.pages[i].dpi, v.pages[i].fault = 0, nil
			}
		}
	}
	v.current = min(v.current, max(len(v.pages)-1, 0))
	v.sheets.lay()
}

// Go brings a page into view, counted from 1.
func (v *Viewer) Go(n int) {
	n = min(max(n, 1), max(len(v.pages), 1))
	v.current = n - 1
	if n <= len(v.pages) && v.sheets.Size().Width > 0 {
		v.scroll.ScrollToOffset(fyne.NewPos(v.scroll.Offset.X, v.pages[n-1].top-gap))
		v.sheets.update()
		v.current = n - 1 // the last pages may not reach the top
	}
	v.say()
}

// Page is the page in view, counted from 1.
func (v *Viewer) Page() int { return v.current + 1 }

// Zoom makes the pages larger or smaller by a step.
func (v *Viewer) Zoom(by int) {
	v.SetZoom(v.scale() * math.Pow(1.25, float64(by)))
}

// SetZoom sets the size of pages, 1 being a screen's 96 dots an inch; 0 fits the
// width.
func (v *Viewer) SetZoom(z float64) {
	if z != 0 {
		z = min(max(z, minZoom), maxZoom)
	}
	v.zoom = z
	v.sheets.lay()
}

// scale is how many times 96 dots an inch the pages are drawn at.
func (v *Viewer) scale() float64 {
	if v.zoom > 0 {
		return v.zoom
	}
	widest := paperWidth
	if len(v.pages) > 0 {
		widest = 0
		for i := range v.pages {
			widest = max(widest, v.pages[i].w)
		}
	}
	room := float64(v.scroll.Size().Width - 2*gap - theme.Size("scrollBar"))
	return min(max(room/(widest*96/72), minZoom), maxZoom)
}

func (v *Viewer) say() {
	if len(v.pages) == 0 {
		v.number.SetText("")
		v.of.SetText("")
		return
	}
	if v.number.Text != strconv.Itoa(v.current+1) {
		v.number.SetText(strconv.Itoa(v.current + 1))
	}
	v.of.SetText(fmt.Sprintf("of %d", len(v.pages)))
	v.zoomed.SetText(fmt.Sprintf("%.0f %%", 100*v.scale()))
	v.box.Refresh()
}

// ask has the page drawn that is needed most, unless one is being drawn.
func (v *Viewer) ask() {
	if v.busy || v.source == nil {
		return
	}
	first, last := v.sheets.visible()
	want := -1
	dpi := func(i int) float64 {
		s := &v.pages[i]
		d := 72 * float64(s.width/v.sheets.pixel()) / s.w
		return min(d, math.Sqrt(maxDots/(s.w*s.h))*72)
	}
	for _, i := range []int{v.current, -1} {
		if i >= first && i <= last && v.lacks(i, dpi(i)) {
			want = i
		}
	}
	for i := max(first-1, 0); want < 0 && i <= min(last+1, len(v.pages)-1); i++ {
		if j := i; v.lacks(j, dpi(j)) {
			want = j
		}
	}
	if want < 0 {
		return
	}
	v.busy = true
	turn, source, d := v.turn, v.source, dpi(want)
	v.run.Background(func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		v.run.Deliver(func() {
			if turn == v.turn {
				v.cancel = cancel
			} else {
				cancel()
			}
		})
		img, err := source.Draw(ctx, want, d)
		v.run.Deliver(func() {
			if turn != v.turn {
				return
			}
			v.busy, v.cancel = false, nil
			v.drawn(want, d, img, err)
		})
	})
}

func (v *Viewer) lacks(i int, dpi float64) bool {
	s := &v.pages[i]
	return s.fault == nil && math.Abs(s.dpi-dpi) > 0.5
}

// drawn takes over a page.
func (v *Viewer) drawn(i int, dpi float64, img image.Image, err error) {
	s := &v.pages[i]
	s.dpi = dpi
	if err != nil {
		s.fault = err
		v.sheets.update()
		return
	}
	s.image = canvas.NewImageFromImage(img)
	s.image.FillMode, s.image.ScaleMode = canvas.ImageFillStretch, canvas.ImageScaleFastest
	w, h := float64(img.Bounds().Dx())*72/dpi, float64(img.Bounds().Dy())*72/dpi
	if math.Abs(w-s.w) > 2 || math.Abs(h-s.h) > 2 {
		s.w, s.h = w, h
		if !s.known { // the pages after it are most likely of the same shape
			for j := range v.pages {
				if !v.pages[j].known && v.pages[j].image == nil {
					v.pages[j].w, v.pages[j].h = w, h
				}
			}
		}
		s.known = true
		v.sheets.lay()
		return
	}
	s.known = true
	v.sheets.update()
}

// sheets is the widget that the pages lie on, inside the scroll.
type sheets struct {
	widget.BaseWidget
	v       *Viewer
	size    fyne.Size
	room    fyne.Size // of the scroll, that the pages are laid out for
	objects []fyne.CanvasObject
	shapes  map[int]*canvas.Rectangle
	words   map[int]*widgets.Text
	// Refreshing the widget would free the textures of all pages; refreshing an
	// object without one has the window painted again all the same.
	sentinel *canvas.Rectangle
}

func newSheets(v *Viewer) *sheets {
	s := &sheets{v: v, shapes: map[int]*canvas.Rectangle{}, words: map[int]*widgets.Text{}, sentinel: canvas.NewRectangle(color.Transparent)}
	s.ExtendBaseWidget(s)
	return s
}

func (s *sheets) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
}

// pixel is the size of a device pixel in the toolkit's.
func (s *sheets) pixel() float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		if x, _ := c.PixelCoordinateForPosition(fyne.NewPos(10000, 0)); x > 0 {
			return 10000 / float32(x)
		}
	}
	return 1
}

// lay stacks the pages and keeps the one in view there.
func (s *sheets) lay() {
	v := s.v
	if v.scroll == nil || v.scroll.Size().Width <= 0 {
		return
	}
	within, current := float32(0), v.current
	if v.current < len(v.pages) && v.pages[v.current].height > 0 {
		within = (v.scroll.Offset.Y - v.pages[v.current].top) / v.pages[v.current].height
	}
	scale := float32(v.scale() * 96 / 72)
	y, widest := float32(gap), float32(0)
	for i := range v.pages {
		p := &v.pages[i]
		p.top, p.width, p.height = y, float32(p.w)*scale, float32(p.h)*scale
		widest = max(widest, p.width)
		y += p.height + gap
	}
	s.room = v.scroll.Size()
	s.size = fyne.NewSize(widest+2*gap, y)
	v.scroll.Refresh() // which looks at what is in view, before the view has moved
	if v.current = current; current < len(v.pages) {
		v.scroll.ScrollToOffset(fyne.NewPos(v.scroll.Offset.X, max(v.pages[current].top+within*v.pages[current].height, 0)))
	}
	s.update()
	v.say()
}

// visible is the first and the last page in view.
func (s *sheets) visible() (first, last int) {
	v := s.v
	top, bottom := v.scroll.Offset.Y, v.scroll.Offset.Y+v.scroll.Size().Height
	first, last = len(v.pages), -1
	for i := range v.pages {
		p := &v.pages[i]
		if p.top+p.height > top && p.top < bottom {
			first, last = min(first, i), i
		}
	}
	return first, last
}

// update brings the objects up to what is in view.
func (s *sheets) update() {
	v := s.v
	s.objects = s.objects[:0]
	first, last := s.visible()
	middle := v.scroll.Offset.Y + v.scroll.Size().Height*0.4
	for i := range v.pages {
		p := &v.pages[i]
		if i < first-2 || i > last+2 {
			p.image, p.dpi = nil, 0 // far: let go
			delete(s.shapes, i)
			delete(s.words, i)
			continue
		}
		if i < first || i > last {
			continue
		}
		if p.top <= middle {
			v.current = i
		}
		x := max((s.Size().Width-p.width)/2, gap)
		shape := s.shapes[i]
		if shape == nil {
			shape = canvas.NewRectangle(color.White)
			s.shapes[i] = shape
		}
		shape.StrokeColor, shape.StrokeWidth = theme.Color(theme.ColorBorder), 1
		shape.Move(fyne.NewPos(x-1, p.top-1))
		shape.Resize(fyne.NewSize(p.width+2, p.height+2))
		s.objects = append(s.objects, shape)
		switch {
		case p.fault != nil:
			t := s.words[i]
			if t == nil {
				t = widgets.NewText(fmt.Sprintf("Page %d cannot be drawn: %v", i+1, p.fault), theme.SizeCaption, "error")
				s.words[i] = t
			}
			t.Move(fyne.NewPos(x+gap, p.top+gap))
			t.Resize(fyne.NewSize(max(p.width-2*gap, 0), t.MinSize().Height))
			s.objects = append(s.objects, t)
		case p.image != nil:
			p.image.Move(fyne.NewPos(x, p.top))
			p.image.Resize(fyne.NewSize(p.width, p.height))
			s.objects = append(s.objects, p.image)
		}
	}
	if len(v.pages) > 0 && v.number.Text != strconv.Itoa(v.current+1) {
		v.say()
	}
	s.objects = append(s.objects, s.sentinel)
	canvas.Refresh(s.sentinel)
	v.ask()
}

// MinSize is part of the widget interface: all pages.
func (s *sheets) MinSize() fyne.Size {
	s.ExtendBaseWidget(s)
	if s.v.scroll != nil && s.v.zoom == 0 {
		return fyne.NewSize(min(s.size.Width, 60), s.size.Height)
	}
	return s.size
}

// FocusGained is part of the toolkit's Focusable interface.
func (s *sheets) FocusGained() {}

// FocusLost is part of the toolkit's Focusable interface.
func (s *sheets) FocusLost() {}

// TypedRune is part of the toolkit's Focusable interface.
func (s *sheets) TypedRune(r rune) {
	switch r {
	case '+', '=':
		s.v.Zoom(1)
	case '-':
		s.v.Zoom(-1)
	case '0':
		s.v.SetZoom(0)
	}
}

// TypedKey is part of the toolkit's Focusable interface.
func (s *sheets) TypedKey(e *fyne.KeyEvent) {
	v := s.v
	by := func(dy float32) {
		most := max(s.size.Height-v.scroll.Size().Height, 0)
		v.scroll.ScrollToOffset(fyne.NewPos(v.scroll.Offset.X, min(max(v.scroll.Offset.Y+dy, 0), most)))
		s.update()
	}
	switch e.Name {
	case fyne.KeyDown:
		by(60)
	case fyne.KeyUp:
		by(-60)
	case fyne.KeySpace:
		by(v.scroll.Size().Height * 0.9)
	case fyne.KeyPageDown:
		v.Go(v.current + 2)
	case fyne.KeyPageUp:
		v.Go(v.current)
	case fyne.KeyHome:
		v.Go(1)
	case fyne.KeyEnd:
		v.Go(len(v.pages))
	}
}

// Tapped gives the pages the keyboard.
func (s *sheets) Tapped(*fyne.PointEvent) { s.focus() }

// Cursor is part of the toolkit's Cursorable interface.
func (s *sheets) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer is part of the widget interface.
func (s *sheets) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	return &sheetsRenderer{s}
}

type sheetsRenderer struct{ s *sheets }

func (r *sheetsRenderer) Layout(fyne.Size) {
	if r.s.room != r.s.v.scroll.Size() {
		r.s.lay()
		return
	}
	r.s.update()
}
func (r *sheetsRenderer) MinSize() fyne.Size           { return r.s.MinSize() }
func (r *sheetsRenderer) Refresh()                     { r.s.update() }
func (r *sheetsRenderer) Objects() []fyne.CanvasObject { return r.s.objects }
func (r *sheetsRenderer) Destroy()                     {}

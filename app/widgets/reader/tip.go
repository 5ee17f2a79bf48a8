package reader

import (
	"image"
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"sourcebook/app/widgets/reader/layout"
	"sourcebook/notebook/document"
)

// How long the pointer rests before a note is shown, how wide it may be, and
// how much of it is shown.
const (
	tipDelay = 350 * time.Millisecond
	tipWidth = 320
	tipRunes = 700
)

// tip shows the note of the mark that the pointer rests on.
type tip struct {
	r      *Reader
	mark   string // ID of the mark that is shown or waited for, with wanted
	wanted bool
	shown  bool
	turn   int // of asking, so that a late timer does nothing
	ground *canvas.Rectangle
	text   *canvas.Raster
	after  func(time.Duration, func()) // runs a function later, on the toolkit's thread
}

func (t *tip) init(r *Reader) {
	t.r = r
	t.ground = canvas.NewRectangle(color.Transparent)
	t.text = canvas.NewRaster(nil)
	t.text.ScaleMode = canvas.ImageScalePixels
	t.after = func(d time.Duration, f func()) { time.AfterFunc(d, func() { r.run.Deliver(f) }) }
}

func (t *tip) objects() []fyne.CanvasObject {
	if !t.shown {
		return nil
	}
	return []fyne.CanvasObject{t.ground, t.text}
}

// show asks for the note of a mark to be shown beside a point of the reader.
func (t *tip) show(m Mark, at fyne.Position) {
	if t.wanted && t.mark == m.ID {
		return
	}
	t.hide()
	t.mark, t.wanted = m.ID, true
	t.turn++
	turn := t.turn
	t.after(tipDelay, func() {
		if t.wanted && t.turn == turn {
			t.open(m, at)
		}
	})
}

// hide takes the note away.
func (t *tip) hide() {
	t.wanted, t.mark = false, ""
	if t.shown {
		t.shown = false
		t.r.update()
	}
}

// open prepares the note, off the toolkit's thread since its letters may be the
// first to ask for the fonts of the computer, and shows it.
func (t *tip) open(m Mark, at fyne.Position) {
	r, turn := t.r, t.turn
	note := []rune(m.Note)
	if len(note) > tipRunes {
		note = append(note[:tipRunes:tipRunes], '…')
	}
	letters := r.letters()
	r.run.Background(func() {
		set, err := fontsOf(letters)
		if err != nil {
			return
		}
		block := layout.NewShaper(set).Prepare(layout.Raw(document.Block{Text: string(note)}))
		r.run.Deliver(func() {
			if t.wanted && t.turn == turn && r.page != nil {
				t.place(block, at)
			}
		})
	})
}

// place sets the note and puts it below the pointer, or above where there is no
// room.
func (t *tip) place(note *layout.Block, at fyne.Position) {
	r := t.r
	page := layout.NewPage(nil, []*layout.Block{note})
	pad := r.snap(9)
	width := min(float32(tipWidth), r.Size().Width-barWidth-4*pad)
	page.SetStyle(layout.Style{Size: r.Style().TextSize * 0.84, LineHeight: 1.4, Pixel: r.pixel}, width)
	page.Reflow()
	wide := float32(0)
	for i := range page.Lines(0) {
		wide = max(wide, page.Line(layout.Ref{Line: i}).Width)
	}
	if page.Block(0).RTL {
		wide = width
	}
	wide = float32(math.Ceil(float64(wide/r.pixel))) * r.pixel
	size := fyne.NewSize(wide+2*pad, page.Height()+2*pad)
	x := min(max(at.X-size.Width/3, pad), r.Size().Width-barWidth-pad-size.Width)
	y := at.Y + 20
	if y+size.Height > r.Size().Height {
		y = max(at.Y-size.Height-14, 0)
	}
	pos := fyne.NewPos(r.snap(x), r.snap(y))
	t.ground.FillColor, t.ground.StrokeColor = r.palette.tip, r.palette.tipEdge
	t.ground.StrokeWidth, t.ground.CornerRadius = r.pixel, 5
	t.ground.Move(pos)
	t.ground.Resize(size)
	pal, scale := r.palette, 1/r.pixel
	pal.text = pal.tipText
	t.text.Generator = func(w, h int) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := range page.Lines(0) {
			ref := layout.Ref{Line: i}
			paintLine(img, page, ref, r.atlas, &pal, -pad, pad+page.LineTop(ref), scale)
		}
		return img
	}
	t.text.Move(pos)
	t.text.Resize(size)
	t.text.Refresh()
	t.shown = true
	r.update()
}

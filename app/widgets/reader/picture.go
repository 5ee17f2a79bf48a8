package reader

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	_ "image/gif" // pictures of pages come in these
	_ "image/jpeg"
	_ "image/png"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	scale "golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
	"sourcebook/app/widgets/reader/layout"
	"sourcebook/notebook/document"
)

// Picture is a picture of a document. It stands between blocks and is no part
// of the text.
type Picture struct {
	Before        int    // the block, of those given to SetDocument, that it stands above; their number for the end
	Alt           string // what stands in its place until it is there, or where it is not held
	Width, Height int    // as the page states them, 0 where it does not
	// Read gives the bytes of the picture. It is called off the toolkit's thread,
	// and again when the picture comes into view a second time. nil says that the
	// capture does not hold it.
	Read func() ([]byte, error)
}

// Bounds of a picture: what is beyond them is not drawn, whatever the page says.
const (
	maxPictureBytes  = 24 << 20
	maxPicturePixels = 24_000_000
)

// Errors of reading a picture.
var (
	errPictureLarge  = errors.New("it is too large to draw")
	errPictureFormat = errors.New("its format is not one that can be drawn")
)

type pictureState int

const (
	pictureWaiting pictureState = iota // to be asked for when it comes near
	pictureAsked
	pictureShown
	pictureAbsent
)

// picture is a Picture as it is shown.
type picture struct {
	Picture
	state pictureState
	image *canvas.Image
	drawn image.Point // device pixels that it was scaled to
	fault string      // why it is absent

	alt    *layout.Block // what is written in its place
	line   *canvas.Raster
	asked  bool // for alt
	lineAt layout.Rect
}

// pictureTurn lets one picture be decoded at a time, so that a page of large
// ones does not take their memory all at once.
var pictureTurn = make(chan struct{}, 1)

// SetPictures tells the pictures of the document, in the order in which they
// stand. Call it after SetDocument, which takes the pictures of the last
// document away. Their sizes are read first, so that the text does not jump
// later; each is decoded when it comes near to the view.
func (r *Reader) SetPictures(list []Picture) {
	r.pictures = nil
	for _, p := range list {
		own := &picture{Picture: p}
		if p.Read == nil {
			own.state, own.fault = pictureAbsent, "not in the capture"
		}
		r.pictures = append(r.pictures, own)
	}
	r.setFigures()
	r.measurePictures()
}

// setFigures makes room for the pictures on the page, and lays it out.
func (r *Reader) setFigures() {
	if r.page != nil && len(r.pictures) > 0 {
		r.placeFigures()
		r.reflow()
	}
}

// placeFigures tells the page of the pictures.
func (r *Reader) placeFigures() {
	figures := make([]layout.Figure, len(r.pictures))
	for i, p := range r.pictures {
		before := r.page.Blocks()
		if p.Before < len(r.index) {
			before = r.page.Header() + r.index[max(p.Before, 0)]
		}
		figures[i] = layout.Figure{Before: before, W: float32(p.Width), H: float32(p.Height), Absent: p.state == pictureAbsent}
	}
	r.page.SetFigures(figures)
}

// measurePictures finds out which of the pictures there are, and the sizes of
// those that state none, so that the text does not move under its reader later.
func (r *Reader) measurePictures() {
	generation := r.generation.Load()
	pictures := r.pictures
	var ask []*picture
	for _, p := range pictures {
		if p.Read != nil && len(ask) < mostMeasured {
			ask = append(ask, p)
		}
	}
	if len(ask) == 0 {
		return
	}
	r.run.Background(func() {
		type size struct {
			image.Config
			err error
		}
		found := make([]size, len(ask))
		for i, p := range ask {
			if r.generation.Load() != generation {
				return
			}
			b, err := p.Read()
			if err == nil {
				found[i].Config, err = pictureConfig(b)
			}
			found[i].err = err
		}
		r.run.Deliver(func() {
			if r.generation.Load() != generation {
				return
			}
			changed := false
			for i, p := range ask {
				switch cfg := found[i]; {
				case p.state == pictureAbsent:
				case cfg.err != nil:
					p.absent(cfg.err)
					changed = true
				case p.Width <= 0 || p.Height <= 0 || !sameShape(image.Pt(p.Width, p.Height), image.Pt(cfg.Width, cfg.Height)):
					p.Width, p.Height = cfg.Width, cfg.Height
					changed = true
				}
			}
			if changed {
				r.setFigures()
			}
		})
	})
}

// mostMeasured is how many pictures of a document are looked at beforehand.
const mostMeasured = 400

// absent notes that a picture cannot be shown, and why.
func (p *picture) absent(err error) {
	p.state, p.fault, p.alt, p.asked, p.image = pictureAbsent, err.Error(), nil, false, nil
}

// sameShape tells whether two sizes have the same proportions.
func sameShape(a, b image.Point) bool {
	return a.X > 0 && a.Y > 0 && b.X > 0 && b.Y > 0 && absolute(float32(a.X*b.Y)/float32(a.Y*b.X)-1) < 0.03
}

// pictureConfig reads the size of a picture, and refuses what is out of bounds
// before anything of it is decoded.
func pictureConfig(b []byte) (image.Config, error) {
	if len(b) > maxPictureBytes {
		return image.Config{}, errPictureLarge
	}
	cfg, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return cfg, errPictureFormat
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width*cfg.Height > maxPicturePixels {
		return cfg, errPictureLarge
	}
	return cfg, nil
}

// DecodePicture decodes a picture within the bounds that the reader keeps, for
// showing one at its own size.
func DecodePicture(b []byte) (img image.Image, err error) {
	// A decoder that trips over a hostile file must not take the program along.
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, fmt.Errorf("decode the picture: %v", p)
		}
	}()
	if _, err := pictureConfig(b); err != nil {
		return nil, err
	}
	if img, _, err = image.Decode(bytes.NewReader(b)); err != nil {
		return nil, fmt.Errorf("decode the picture: %w", err)
	}
	return img, nil
}

// scaledPicture decodes a picture and scales it to w by h; what is transparent
// shows white, which is what pages are drawn for.
func scaledPicture(b []byte, w, h int) (image.Image, error) {
	src, err := DecodePicture(b)
	if err != nil {
		return nil, err
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	op := draw.Src
	if o, ok := src.(interface{ Opaque() bool }); !ok || !o.Opaque() {
		draw.Draw(dst, dst.Rect, image.White, image.Point{}, draw.Src)
		op = draw.Over
	}
	kernel := scale.Interpolator(scale.ApproxBiLinear)
	if size := src.Bounds(); size.Dx() < 4*w && size.Dx()*size.Dy() < 4_000_000 {
		kernel = scale.CatmullRom // dearer, and worth it where it shows
	}
	kernel.Scale(dst, dst.Rect, src, src.Bounds(), op, nil)
	return dst, nil
}

// drawPictures draws the pictures in view, asks for those that come near, and
// lets go of those that are far.
func (r *Reader) drawPictures(lo, hi float32) {
	if len(r.pictures) == 0 {
		return
	}
	far := 3 * r.Size().Height
	for i, p := range r.pictures {
		at := r.page.Figure(i)
		if p.state == pictureShown && (at.Y+at.H < lo-far || at.Y > hi+far) {
			p.state, p.image, p.drawn = pictureWaiting, nil, image.Point{}
		}
	}
	r.page.Figures(lo, hi, func(i int, at layout.Rect) {
		p := r.pictures[i]
		want := image.Pt(int(math.Round(float64(at.W/r.pixel))), int(math.Round(float64(at.H/r.pixel))))
		if p.state == pictureWaiting || p.state == pictureShown && p.drawn != want {
			r.askPicture(p, want)
		}
		if p.image != nil {
			p.image.Move(r.screen(at.X, at.Y))
			if size := r.sizeOf(at); p.image.Size() != size {
				p.image.Resize(size)
			}
			r.objects = append(r.objects, p.image)
			return
		}
		o := r.newRect(at, r.palette.code, 4)
		o.StrokeColor, o.StrokeWidth = r.palette.rule, r.pixel
		r.objects = append(r.objects, o)
		r.drawAlt(p, at)
	})
}

// askPicture has a picture decoded at a size in device pixels.
func (r *Reader) askPicture(p *picture, want image.Point) {
	first := p.state == pictureWaiting
	p.state = pictureAsked
	generation := r.generation.Load()
	size := image.Pt(p.Width, p.Height)
	r.run.Background(func() {
		if r.generation.Load() != generation {
			return
		}
		img, own, err := p.scaled(want, size, first)
		r.run.Deliver(func() {
			if r.generation.Load() != generation {
				return
			}
			switch {
			case err != nil:
				p.absent(err)
				r.setFigures()
			case img == nil:
				p.state, p.Width, p.Height = pictureWaiting, own.X, own.Y
				r.setFigures()
			default:
				p.image = canvas.NewImageFromImage(img)
				p.image.FillMode, p.image.ScaleMode = canvas.ImageFillStretch, canvas.ImageScalePixels
				p.state, p.drawn = pictureShown, want
				r.update()
			}
		})
	})
}

// scaled reads the picture and scales it to want device pixels. Where it has
// another shape than stated and loose is set, it gives its own size and no
// picture: then it is asked for again at the size that it turns out to get.
func (p *picture) scaled(want, stated image.Point, loose bool) (img image.Image, own image.Point, err error) {
	pictureTurn <- struct{}{}
	defer func() { <-pictureTurn }()
	b, err := p.Read()
	if err != nil {
		return nil, own, err
	}
	cfg, err := pictureConfig(b)
	if err != nil {
		return nil, own, err
	}
	own = image.Pt(cfg.Width, cfg.Height)
	if loose && !sameShape(stated, own) {
		return nil, own, nil
	}
	img, err = scaledPicture(b, max(want.X, 1), max(want.Y, 1))
	return img, own, err
}

// drawAlt writes into the place of a picture what it is.
func (r *Reader) drawAlt(p *picture, at layout.Rect) {
	if p.alt == nil {
		if !p.asked {
			p.asked = true
			r.prepareAlt(p)
		}
		return
	}
	if p.line == nil {
		p.line = canvas.NewRaster(nil)
		p.line.ScaleMode = canvas.ImageScalePixels
	}
	if p.lineAt.W != at.W || p.lineAt.H != at.H {
		page := layout.NewPage(nil, []*layout.Block{p.alt})
		pad := r.snap(10)
		page.SetStyle(layout.Style{Size: r.Style().TextSize, LineHeight: 1.35, Pixel: r.pixel}, max(at.W-2*pad, 1))
		page.Reflow()
		top := r.snap(max((at.H-page.Height())/2, pad/2))
		pal, pixel := r.palette, r.pixel
		p.line.Generator = func(w, h int) image.Image {
			img := image.NewRGBA(image.Rect(0, 0, w, h))
			for i := range page.Lines(0) {
				if ref := (layout.Ref{Line: i}); top+page.LineTop(ref)+page.LineHeight(0) <= at.H {
					paintLine(img, page, ref, r.atlas, &pal, -pad, top+page.LineTop(ref), 1/pixel)
				}
			}
			return img
		}
		p.lineAt = at
		p.line.Resize(r.sizeOf(at))
		p.line.Refresh()
	}
	p.line.Move(r.screen(at.X, at.Y))
	r.objects = append(r.objects, p.line)
}

// prepareAlt shapes what is written in the place of a picture.
func (r *Reader) prepareAlt(p *picture) {
	text := "Picture"
	if alt := []rune(p.Alt); len(alt) > 0 {
		if len(alt) > 300 {
			alt = append(alt[:300:300], '…')
		}
		text = "Picture: " + string(alt)
	}
	if p.fault != "" {
		text += " (" + p.fault + ")"
	}
	generation, letters := r.generation.Load(), r.letters()
	r.run.Background(func() {
		set, err := fontsOf(letters)
		if err != nil {
			return
		}
		block := layout.NewShaper(set).Prepare(layout.Raw(document.Block{Kind: document.Caption, Text: text}))
		r.run.Deliver(func() {
			if r.generation.Load() == generation {
				p.alt, p.lineAt = block, layout.Rect{}
				r.update()
			}
		})
	})
}

// forgetPictures has what is written in their places set anew, after a change
// of theme or size.
func (r *Reader) forgetPictures() {
	for _, p := range r.pictures {
		p.lineAt = layout.Rect{}
	}
}

// forgetAlts has it shaped anew, in other letters.
func (r *Reader) forgetAlts() {
	for _, p := range r.pictures {
		p.alt, p.asked = nil, false
		if p.state == pictureAsked { // the answer would come for another page
			p.state = pictureWaiting
		}
	}
}

// sizeOf is the size of a rectangle of the page on the widget.
func (r *Reader) sizeOf(at layout.Rect) fyne.Size { return fyne.NewSize(at.W, at.H) }

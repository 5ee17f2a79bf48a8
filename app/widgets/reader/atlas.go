package reader

import (
	"bytes"
	"image"
	"image/color"
	_ "image/jpeg" // bitmap glyphs
	"image/png"
	"math"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/draw"
	"golang.org/x/image/vector"
	"sourcebook/app/widgets/reader/layout"
	"sourcebook/notebook/document"
)

// subpixels is how many places inside a device pixel a glyph can begin at.
// Four is enough for even spacing at the smallest sizes.
const subpixels = 4

// atlasLimit is how many bytes of masks are kept before all are let go.
const atlasLimit = 12 << 20

// atlas keeps the shapes of glyphs at the sizes they were drawn at.
type atlas struct {
	mu    sync.Mutex
	masks map[maskKey]*mask
	faces map[*font.Font]*font.Face
	ras   *vector.Rasterizer
	bytes int
}

// shapes is the atlas of every Reader: what one has drawn, another need not.
var shapes = newAtlas()

// warm draws the letters of most texts beforehand, at a size in device pixels.
func (a *atlas) warm(f *layout.Fonts, size float32) {
	const letters = "etaoinshrdlcumwfgypbvk ETAOINSHRDLCUMWFGYPBVK .,0123456789-’“”:;() jxqz JXQZ"
	block := layout.NewShaper(f).Prepare(layout.Raw(document.Block{Text: letters}))
	p := layout.NewPage(nil, []*layout.Block{block})
	p.SetStyle(layout.Style{Size: size}, 200*size)
	p.Reflow()
	for line := range p.Lines(0) {
		p.Glyphs(layout.Ref{Line: line}, func(g layout.Placed) {
			for sub := range uint8(subpixels) {
				a.mu.Lock()
				a.mask(maskKey{g.Run.Font, g.Glyph.ID, size * g.Run.Scale, sub})
				a.mu.Unlock()
			}
		})
	}
}

type maskKey struct {
	font *font.Font
	id   font.GID
	size float32 // in device pixels
	sub  uint8
}

// mask is the shape of a glyph, dx and dy from its origin. A glyph with colours
// of its own has them in img.
type mask struct {
	alpha  *image.Alpha
	img    *image.RGBA
	dx, dy int
}

func newAtlas() *atlas {
	return &atlas{masks: map[maskKey]*mask{}, faces: map[*font.Font]*font.Face{}, ras: vector.NewRasterizer(1, 1)}
}

func (a *atlas) face(f *font.Font) *font.Face {
	face := a.faces[f]
	if face == nil {
		face = font.NewFace(f)
		a.faces[f] = face
	}
	return face
}

func (a *atlas) mask(k maskKey) *mask {
	if m, ok := a.masks[k]; ok {
		return m
	}
	if a.bytes > atlasLimit {
		clear(a.masks)
		a.bytes = 0
	}
	m := a.make(k)
	a.masks[k] = m
	if m.alpha != nil {
		a.bytes += len(m.alpha.Pix)
	}
	if m.img != nil {
		a.bytes += len(m.img.Pix)
	}
	return m
}

func (a *atlas) make(k maskKey) *mask {
	switch g := a.face(k.font).GlyphData(k.id).(type) {
	case font.GlyphOutline:
		return a.outline(g, k)
	case font.GlyphSVG:
		return a.outline(g.Outline, k)
	case font.GlyphBitmap:
		if m := a.bitmap(g, k); m != nil {
			return m
		}
		if g.Outline != nil {
			return a.outline(*g.Outline, k)
		}
	}
	return &mask{}
}

// outline fills the path of a glyph.
func (a *atlas) outline(o font.GlyphOutline, k maskKey) *mask {
	scale := k.size / float32(k.font.Upem())
	shift := float32(k.sub) / subpixels
	minX, minY := float32(math.Inf(1)), float32(math.Inf(1))
	maxX, maxY := float32(math.Inf(-1)), float32(math.Inf(-1))
	for i := range o.Segments {
		for _, p := range o.Segments[i].ArgsSlice() {
			x, y := p.X*scale+shift, -p.Y*scale
			minX, maxX = min(minX, x), max(maxX, x)
			minY, maxY = min(minY, y), max(maxY, y)
		}
	}
	if !(maxX > minX && maxY > minY) || maxX-minX > 4096 || maxY-minY > 4096 {
		return &mask{}
	}
	x0, y0 := int(math.Floor(float64(minX))), int(math.Floor(float64(minY)))
	w, h := int(math.Ceil(float64(maxX)))-x0, int(math.Ceil(float64(maxY)))-y0
	ox, oy := shift-float32(x0), -float32(y0)
	a.ras.Reset(w, h)
	for i := range o.Segments {
		s := &o.Segments[i]
		at := func(i int) (float32, float32) { return s.Args[i].X*scale + ox, -s.Args[i].Y*scale + oy }
		x, y := at(0)
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			a.ras.ClosePath()
			a.ras.MoveTo(x, y)
		case opentype.SegmentOpLineTo:
			a.ras.LineTo(x, y)
		case opentype.SegmentOpQuadTo:
			x1, y1 := at(1)
			a.ras.QuadTo(x, y, x1, y1)
		case opentype.SegmentOpCubeTo:
			x1, y1 := at(1)
			x2, y2 := at(2)
			a.ras.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	a.ras.ClosePath()
	m := &mask{alpha: image.NewAlpha(image.Rect(0, 0, w, h)), dx: x0, dy: y0}
	a.ras.DrawOp = draw.Src
	a.ras.Draw(m.alpha, m.alpha.Bounds(), image.Opaque, image.Point{})
	return m
}

// bitmap scales a glyph that is a picture (emoji) to its size.
func (a *atlas) bitmap(g font.GlyphBitmap, k maskKey) *mask {
	if g.Format != font.PNG {
		return nil
	}
	cfg, err := png.DecodeConfig(bytes.NewReader(g.Data))
	if err != nil || cfg.Width > 1024 || cfg.Height > 1024 {
		return nil
	}
	src, err := png.Decode(bytes.NewReader(g.Data))
	if err != nil {
		return nil
	}
	w, h := int(k.size*1.2), int(k.size*1.2)
	if e, ok := a.face(k.font).GlyphExtents(k.id); ok && e.Width > 0 {
		s := k.size / float32(k.font.Upem())
		w, h = int(math.Round(float64(e.Width*s))), int(math.Round(float64(-e.Height*s)))
	}
	if w <= 0 || h <= 0 || w > 4096 || h > 4096 {
		return nil
	}
	m := &mask{img: image.NewRGBA(image.Rect(0, 0, w, h)), dy: -int(0.93 * float32(h))}
	draw.BiLinear.Scale(m.img, m.img.Bounds(), src, src.Bounds(), draw.Src, nil)
	return m
}

// draw paints a glyph with its origin at x, y in device pixels.
func (a *atlas) draw(dst *image.RGBA, g layout.Placed, size, x, y float32, c color.RGBA) {
	fx := math.Floor(float64(x))
	sub := uint8((float64(x) - fx) * subpixels)
	a.mu.Lock()
	m := a.mask(maskKey{g.Run.Font, g.Glyph.ID, size, min(sub, subpixels-1)})
	a.mu.Unlock()
	px, py := int(fx)+m.dx, int(math.Round(float64(y)))+m.dy
	switch {
	case m.alpha != nil:
		blend(dst, m.alpha, px, py, c)
	case m.img != nil:
		r := m.img.Bounds().Add(image.Pt(px, py))
		draw.Draw(dst, r, m.img, image.Point{}, draw.Over)
	}
}

// blend lays colour c over dst where the mask says. All values are
// premultiplied; c is opaque.
func blend(dst *image.RGBA, m *image.Alpha, x, y int, c color.RGBA) {
	r := m.Rect.Add(image.Pt(x, y)).Intersect(dst.Rect)
	if r.Empty() {
		return
	}
	cr, cg, cb := uint32(c.R), uint32(c.G), uint32(c.B)
	for row := r.Min.Y; row < r.Max.Y; row++ {
		src := m.Pix[(row-y)*m.Stride+r.Min.X-x:]
		out := dst.Pix[dst.PixOffset(r.Min.X, row):]
		for i := 0; i < r.Dx(); i++ {
			v := uint32(src[i])
			if v == 0 {
				continue
			}
			o := out[i*4 : i*4+4 : i*4+4]
			if v == 255 {
				o[0], o[1], o[2], o[3] = c.R, c.G, c.B, 255
				continue
			}
			rest := 255 - v
			o[0] = uint8((cr*v + uint32(o[0])*rest + 127) / 255)
			o[1] = uint8((cg*v + uint32(o[1])*rest + 127) / 255)
			o[2] = uint8((cb*v + uint32(o[2])*rest + 127) / 255)
			o[3] = uint8((255*v + uint32(o[3])*rest + 127) / 255)
		}
	}
}

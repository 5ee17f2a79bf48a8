package pdfium

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"math"
	"unicode/utf16"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Document is an open PDF in its own sandbox. It is used by one goroutine at a time.
type Document struct {
	mod     api.Module
	fn      map[string]api.Function
	doc     uint64
	pages   int
	scratch uint32     // 64 bytes of the sandbox's memory for results
	stack   [10]uint64 // arguments and result of a call
}

// Open opens a PDF. Close it after use. Cancelling the context of a later call
// ends that call and leaves the document closed.
func (e *Engine) Open(ctx context.Context, pdf []byte) (*Document, error) {
	mod, err := e.runtime.InstantiateModule(ctx, e.module, wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, fmt.Errorf("open the PDF: %w", reason(ctx, err))
	}
	d := &Document{mod: mod, fn: map[string]api.Function{}}
	if err := d.load(ctx, pdf); err != nil {
		mod.Close(context.WithoutCancel(ctx))
		return nil, fmt.Errorf("open the PDF: %w", err)
	}
	return d, nil
}

func (d *Document) load(ctx context.Context, pdf []byte) error {
	if _, err := d.call(ctx, "FPDF_InitLibrary"); err != nil {
		return err
	}
	at, err := d.call(ctx, "malloc", uint64(len(pdf)))
	if err != nil {
		return err
	}
	if at == 0 || !d.mod.Memory().Write(uint32(at), pdf) {
		return ErrCrashed
	}
	scratch, err := d.call(ctx, "malloc", 64)
	if err != nil {
		return err
	}
	d.scratch = uint32(scratch)
	if d.doc, err = d.call(ctx, "FPDF_LoadMemDocument", at, uint64(len(pdf)), 0); err != nil {
		return err
	}
	if d.doc == 0 {
		code, err := d.call(ctx, "FPDF_GetLastError")
		const password = 4 // FPDF_ERR_PASSWORD
		switch {
		case err != nil:
			return err
		case code == password:
			return ErrPassword
		}
		return ErrDamaged
	}
	n, err := d.call(ctx, "FPDF_GetPageCount", d.doc)
	d.pages = int(int32(n))
	return err
}

// Close frees the sandbox.
func (d *Document) Close() error { return d.mod.Close(context.Background()) }

// Pages is the number of pages.
func (d *Document) Pages() int { return d.pages }

func (d *Document) call(ctx context.Context, name string, args ...uint64) (result uint64, err error) {
	// A sandbox that faults inside a host function panics through wazero's frames.
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w (%s)", ErrCrashed, name)
		}
	}()
	f := d.fn[name]
	if f == nil {
		if f = d.mod.ExportedFunction(name); f == nil {
			return 0, fmt.Errorf("%w: it has no %s", ErrCrashed, name)
		}
		d.fn[name] = f
	}
	d.stack[0] = 0 // a function without a result leaves it
	copy(d.stack[:], args)
	if err := f.CallWithStack(ctx, d.stack[:]); err != nil {
		return 0, reason(ctx, err)
	}
	return d.stack[0], nil
}

// reason is the context's error where that ended a call, else ErrCrashed.
func reason(ctx context.Context, err error) error {
	if cerr := ctx.Err(); cerr != nil {
		return cerr
	}
	if errors.Is(err, ErrCrashed) {
		return ErrCrashed
	}
	return fmt.Errorf("%w: %.80v", ErrCrashed, firstLine(err))
}

func firstLine(err error) string {
	s := err.Error()
	for i, r := range s {
		if r == '\n' {
			return s[:i]
		}
	}
	return s
}

// Meta is an entry of the document's information dictionary ("Title",
// "Author", "CreationDate" …), empty where there is none.
func (d *Document) Meta(ctx context.Context, key string) (string, error) {
	tag, err := d.call(ctx, "malloc", uint64(len(key)+1))
	if err != nil {
		return "", err
	}
	defer d.free(ctx, tag)
	d.mod.Memory().Write(uint32(tag), append([]byte(key), 0))
	n, err := d.call(ctx, "FPDF_GetMetaText", d.doc, tag, 0, 0)
	if err != nil || n <= 2 || n > 1<<16 {
		return "", err
	}
	buf, err := d.call(ctx, "malloc", n)
	if err != nil {
		return "", err
	}
	defer d.free(ctx, buf)
	if _, err := d.call(ctx, "FPDF_GetMetaText", d.doc, tag, buf, n); err != nil {
		return "", err
	}
	b, ok := d.mod.Memory().Read(uint32(buf), uint32(n-2))
	if !ok {
		return "", ErrCrashed
	}
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u)), nil
}

func (d *Document) free(ctx context.Context, at uint64) { _, _ = d.call(ctx, "free", at) }

// Char is one character of a page, in the order that the page shows its text.
// The box is in points from the lower left corner and as high as the line of its
// font, so that characters of one line have boxes of one height.
type Char struct {
	Rune           rune
	X0, Y0, X1, Y1 float32
	Bold           bool
	Hyphen         bool // a hyphen at a line's end that only divides a word
}

// Page is the text of one page.
type Page struct {
	Width, Height float32 // points
	Chars         []Char  // with "\n" where PDFium sees a line end
}

// maxChars bounds a page: a page of a newspaper has some 40,000.
const maxChars = 400_000

// Page reads the text of page i, counted from 0.
func (d *Document) Page(ctx context.Context, i int) (Page, error) {
	var p Page
	page, err := d.call(ctx, "FPDF_LoadPage", d.doc, uint64(i))
	if err != nil {
		return p, err
	}
	if page == 0 {
		return p, fmt.Errorf("page %d: %w", i+1, ErrDamaged)
	}
	defer d.closePage(ctx, page)
	w, err := d.call(ctx, "FPDF_GetPageWidthF", page)
	if err != nil {
		return p, err
	}
	h, err := d.call(ctx, "FPDF_GetPageHeightF", page)
	if err != nil {
		return p, err
	}
	p.Width, p.Height = api.DecodeF32(w), api.DecodeF32(h)
	text, err := d.call(ctx, "FPDFText_LoadPage", page)
	if err != nil || text == 0 {
		return p, err
	}
	defer func() { _, _ = d.call(ctx, "FPDFText_ClosePage", text) }()
	n, err := d.call(ctx, "FPDFText_CountChars", text)
	if err != nil {
		return p, err
	}
	count := min(int(int32(n)), maxChars)
	p.Chars = make([]Char, 0, max(count, 0))
	mem := d.mod.Memory()
	for k := range count {
		r, err := d.call(ctx, "FPDFText_GetUnicode", text, uint64(k))
		if err != nil {
			return p, err
		}
		c := Char{Rune: rune(uint32(r))}
		switch c.Rune {
		case 0, '\r', 0xfeff:
			continue
		case 2, 0xfffe: // PDFium's signs for a hyphen that divides a word
			c.Rune, c.Hyphen = '-', true
		case '\n':
			p.Chars = append(p.Chars, c)
			continue
		}
		if _, err := d.call(ctx, "FPDFText_GetLooseCharBox", text, uint64(k), uint64(d.scratch)); err != nil {
			return p, err
		}
		b, ok := mem.Read(d.scratch, 16) // FS_RECTF: left, top, right, bottom
		if !ok {
			return p, ErrCrashed
		}
		f := func(i int) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])) }
		c.X0, c.Y1, c.X1, c.Y0 = f(0), f(1), f(2), f(3)
		if c.Y0 > c.Y1 {
			c.Y0, c.Y1 = c.Y1, c.Y0
		}
		if !finite(c.X0, c.X1, c.Y0, c.Y1) {
			continue
		}
		weight, err := d.call(ctx, "FPDFText_GetFontWeight", text, uint64(k))
		if err != nil {
			return p, err
		}
		c.Bold = int32(weight) >= 600
		p.Chars = append(p.Chars, c)
	}
	joinSurrogates(&p)
	return p, nil
}

// joinSurrogates joins the two halves of characters beyond U+FFFF, which PDFium
// counts as two.
func joinSurrogates(p *Page) {
	out := p.Chars[:0]
	for i := 0; i < len(p.Chars); i++ {
		c := p.Chars[i]
		if utf16.IsSurrogate(c.Rune) {
			if i+1 < len(p.Chars) {
				if r := utf16.DecodeRune(c.Rune, p.Chars[i+1].Rune); r != '\ufffd' {
					c.Rune = r
					out = append(out, c)
					i++
				}
			}
			continue
		}
		out = append(out, c)
	}
	p.Chars = out
}

func finite(fs ...float32) bool {
	for _, f := range fs {
		if v := float64(f); math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return true
}

func (d *Document) closePage(ctx context.Context, page uint64) {
	_, _ = d.call(ctx, "FPDF_ClosePage", page)
}

// Draw draws page i, counted from 0, at dpi dots an inch on white. Pictures over
// 64 million dots are refused.
func (d *Document) Draw(ctx context.Context, i int, dpi float64) (*image.RGBA, error) {
	page, err := d.call(ctx, "FPDF_LoadPage", d.doc, uint64(i))
	if err != nil {
		return nil, err
	}
	if page == 0 {
		return nil, fmt.Errorf("draw page %d: %w", i+1, ErrDamaged)
	}
	defer d.closePage(ctx, page)
	wr, err := d.call(ctx, "FPDF_GetPageWidthF", page)
	if err != nil {
		return nil, err
	}
	hr, err := d.call(ctx, "FPDF_GetPageHeightF", page)
	if err != nil {
		return nil, err
	}
	w := int(math.Ceil(float64(api.DecodeF32(wr)) * dpi / 72))
	h := int(math.Ceil(float64(api.DecodeF32(hr)) * dpi / 72))
	if w <= 0 || h <= 0 || w > 1<<15 || h > 1<<15 || w*h > 64_000_000 {
		return nil, fmt.Errorf("draw page %d: a picture of %d × %d dots is out of bounds", i+1, w, h)
	}
	bitmap, err := d.call(ctx, "FPDFBitmap_Create", uint64(w), uint64(h), 0)
	if err != nil {
		return nil, err
	}
	if bitmap == 0 {
		return nil, fmt.Errorf("draw page %d: %w: no memory", i+1, ErrCrashed)
	}
	defer func() { _, _ = d.call(ctx, "FPDFBitmap_Destroy", bitmap) }()
	if _, err := d.call(ctx, "FPDFBitmap_FillRect", bitmap, 0, 0, uint64(w), uint64(h), 0xffffffff); err != nil {
		return nil, err
	}
	const annotations, reverseBytes = 0x01, 0x10 // FPDF_ANNOT, FPDF_REVERSE_BYTE_ORDER: RGBA
	if _, err := d.call(ctx, "FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(w), uint64(h), 0, annotations|reverseBytes); err != nil {
		return nil, err
	}
	buf, err := d.call(ctx, "FPDFBitmap_GetBuffer", bitmap)
	if err != nil {
		return nil, err
	}
	b, ok := d.mod.Memory().Read(uint32(buf), uint32(w*h*4))
	if !ok {
		return nil, ErrCrashed
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	copy(img.Pix, b)
	for k := 3; k < len(img.Pix); k += 4 {
		img.Pix[k] = 255
	}
	return img, nil
}

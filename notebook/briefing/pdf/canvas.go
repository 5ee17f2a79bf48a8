package pdf

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/jung-kurt/gofpdf"
)

// canvas draws on the pages of a PDF. It is the one place that knows gofpdf,
// and keeps from it all that it does badly: only characters that a face has
// reach Text, never one beyond U+FFFF, and nothing reaches its line breaking.
type canvas struct {
	pdf    *gofpdf.Fpdf
	faces  *faces
	sheet  sheet
	number int // of the page being drawn, from 1
	wide   bool
	font   string
	size   float64
	ink    ink
	added  map[*face]bool
	where  map[string]place
	links  map[string]int
}

// place is where an anchor came to stand.
type place struct {
	page int // from 1
	y    float64
	wide bool
}

func (c *canvas) turn(wide bool) {
	o := "P"
	if wide {
		o = "L"
	}
	c.pdf.AddPageFormat(o, gofpdf.SizeType{Wd: c.sheet.short, Ht: c.sheet.long})
	c.number++
	c.wide = wide
	c.font = "" // the state of type does not reach over pages
	c.pdf.SetTextColor(0, 0, 0)
	c.ink = ink{}
}

func (c *canvas) fill(i ink) { c.pdf.SetFillColor(int(i[0]), int(i[1]), int(i[2])) }

func (c *canvas) rect(x, y, w, h float64, i ink) {
	c.fill(i)
	c.pdf.Rect(x, y, w, h, "F")
}

func (c *canvas) round(x, y, w, h, radius float64, i ink) {
	c.fill(i)
	c.pdf.RoundedRect(x, y, w, h, radius, "1234", "F")
}

func (c *canvas) outline(x, y, w, h, radius float64, i ink) {
	c.pdf.SetDrawColor(int(i[0]), int(i[1]), int(i[2]))
	c.pdf.SetLineWidth(0.6)
	c.pdf.RoundedRect(x, y, w, h, radius, "1234", "D")
}

func (c *canvas) rule(x1, y1, x2, y2, width float64, i ink) {
	c.pdf.SetDrawColor(int(i[0]), int(i[1]), int(i[2]))
	c.pdf.SetLineWidth(width)
	c.pdf.Line(x1, y1, x2, y2)
}

func (c *canvas) dot(x, y, radius float64, i ink) {
	c.fill(i)
	c.pdf.Circle(x, y, radius, "F")
}

// line draws l with its left end at x and its baseline at y.
func (c *canvas) line(l line, x, y float64) {
	for _, s := range l.segments {
		a := s.attr
		if a.back != nil {
			c.round(x+s.x-1.5, y-a.size*0.92, s.width+3, a.size*1.24, 2, *a.back)
		}
		if s.face == nil {
			c.missing(s, x+s.x, y-a.rise)
		} else {
			c.use(s.face, a.size, a.ink)
			if s.actual != "" {
				c.reads(s.actual)
			}
			c.pdf.Text(x+s.x, y-a.rise, s.text)
			if s.actual != "" {
				c.pdf.RawWriteStr("EMC")
			}
		}
		top, high := y-a.rise-a.size*0.9, a.size*1.15
		if a.url != "" {
			c.pdf.LinkString(x+s.x, top, s.width, high, address(a.url))
		} else if a.dest != "" {
			c.to(x+s.x, top, s.width, high, a.dest)
		}
	}
}

func (c *canvas) to(x, y, w, h float64, name string) {
	p, ok := c.where[name]
	if !ok {
		return
	}
	id, ok := c.links[name]
	if !ok {
		id = c.pdf.AddLink()
		c.pdf.SetLink(id, max(p.y-6, 0), p.page)
		c.links[name] = id
	}
	c.pdf.Link(x, y, w, h, id)
}

func (c *canvas) use(f *face, size float64, i ink) {
	if !c.added[f] {
		// A copy: gofpdf writes into the bytes.
		c.pdf.AddUTF8FontFromBytes(f.key, "", bytes.Clone(f.data))
		c.added[f] = true
	}
	if size *= f.size; c.font != f.key || c.size != size {
		c.pdf.SetFont(f.key, "", size)
		c.font, c.size = f.key, size
	}
	if c.ink != i {
		c.pdf.SetTextColor(int(i[0]), int(i[1]), int(i[2]))
		c.ink = i
	}
}

// missing draws a box with the number of a character that no font has. The
// character itself stands behind it as ActualText, for search and copying.
func (c *canvas) missing(s segment, x, y float64) {
	a := s.attr
	digits := strings.ToUpper(strconv.FormatInt(int64(s.missing), 16))
	for len(digits) < 4 {
		digits = "0" + digits
	}
	half := (len(digits) + 1) / 2
	c.outline(x+a.size*0.06, y-a.size*0.82, a.size*0.88, a.size*0.98, a.size*0.08, a.ink)
	c.reads(string(s.missing))
	size := a.size * 0.4
	if len(digits) > 4 {
		size = a.size * 0.33
	}
	for i, d := range []string{digits[:half], digits[half:]} {
		w := 0.0
		var f *face
		for _, r := range d {
			if g, ok := c.faces.glyph(a.style&^mono&^italic, r); ok {
				w += g.width * size
				f = g.face
			}
		}
		if f != nil {
			c.use(f, size, a.ink)
			c.pdf.Text(x+(a.size-w)/2, y-a.size*0.42+float64(i)*a.size*0.42, d)
		}
	}
	c.pdf.RawWriteStr("EMC")
}

// reads begins a passage that search and copying take for s, whatever is drawn.
// It lasts to the next EMC.
func (c *canvas) reads(s string) {
	var hex strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&hex, "%04X", u)
	}
	c.pdf.RawWriteStr("/Span <</ActualText <FEFF" + hex.String() + ">>> BDC")
}

// address is u with everything that may not stand in an address
// percent-encoded, as PDF readers expect of a URI.
func address(u string) string {
	u = strings.ToValidUTF8(strings.TrimSpace(u), "\uFFFD")
	if parsed, err := url.Parse(u); err == nil && parsed.Host != "" {
		if s := parsed.String(); ascii(s) {
			return s
		}
	}
	var b strings.Builder
	for i := 0; i < len(u); i++ {
		if ch := u[i]; ch <= ' ' || ch >= 0x7F || strings.IndexByte("\"<>\\^`{|}", ch) >= 0 {
			fmt.Fprintf(&b, "%%%02X", ch)
		} else {
			b.WriteByte(ch)
		}
	}
	return b.String()
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// metadata is s in the one form that gofpdf turns into right UTF-16: characters
// beyond U+FFFF as two surrogates of three bytes each.
func metadata(s string) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	var b strings.Builder
	for _, r := range s {
		if r <= 0xFFFF {
			b.WriteRune(r)
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			b.Write([]byte{0xE0 | byte(u>>12), 0x80 | byte(u>>6)&0x3F, 0x80 | byte(u)&0x3F})
		}
	}
	return b.String()
}

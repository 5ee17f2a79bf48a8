package pdf

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/font"
)

// ErrFont means that a font cannot be used: it is damaged, has no TrueType
// outlines or no Unicode map.
var ErrFont = errors.New("not a usable TrueType font")

// style is a set of the ways a face can differ from the plain one.
type style uint8

const (
	bold style = 1 << iota
	italic
	mono
	styles = 1 << iota
)

// face is one font file with what setting type needs of it. It is parsed when
// the first character is looked for in it: most texts need few of the faces.
type face struct {
	key  string // name in the PDF, unique
	data []byte
	font *font.Face // nil: not parsed yet, or damaged
	upem float64
	size float64 // of this face where that of the text is 1
	err  error
}

// glyph is a character in the face that has it. Its width is in ems, rounded as
// the PDF's width table rounds it, so that lines end where they are drawn to end.
type glyph struct {
	face  *face
	width float64
}

// faces finds a face for each character: the first in the order of fallback
// that has it, in the style asked for or the nearest.
type faces struct {
	order [styles][]*face
	cache [styles]map[rune]glyph
	err   error // of the first face that turned out damaged
}

func newFaces(fonts []Font, monospace []byte) (*faces, error) {
	if len(fonts) == 0 {
		return nil, fmt.Errorf("set type without a font: %w", ErrFont)
	}
	fs := new(faces)
	load := func(name string, data []byte) (*face, error) {
		if len(data) == 0 {
			return nil, nil
		}
		f, err := loadFace(data)
		if err != nil {
			return nil, fmt.Errorf("load font %s: %w", name, err)
		}
		return f, nil
	}
	for i, f := range fonts {
		var cut [4]*face
		for st, data := range [4][]byte{f.Regular, f.Bold, f.Italic, f.BoldItalic} {
			var err error
			if cut[st], err = load(f.Name, data); err != nil {
				return nil, err
			}
			if cut[st] != nil {
				if cut[st].size = f.Scale; f.Scale <= 0 {
					cut[st].size = 1
				}
				cut[st].key = fmt.Sprintf("%s%c", fontKey(f.Name, i), "rbiz"[st])
			}
		}
		if cut[0] == nil {
			return nil, fmt.Errorf("load font %s: no regular face: %w", f.Name, ErrFont)
		}
		if cut[bold] == nil {
			cut[bold] = cut[0]
		}
		if cut[italic] == nil {
			cut[italic] = cut[0]
		}
		if cut[bold|italic] == nil {
			cut[bold|italic] = cut[bold]
		}
		for st := range cut {
			fs.order[st] = append(fs.order[st], cut[st])
		}
	}
	m, err := load("monospace", monospace)
	if err != nil {
		return nil, err
	}
	for st := style(0); st < mono; st++ {
		if m != nil {
			m.key = "mono"
			fs.order[st|mono] = append(fs.order[st|mono], m)
		}
		fs.order[st|mono] = append(fs.order[st|mono], fs.order[st]...)
	}
	for st := range fs.cache {
		fs.cache[st] = map[rune]glyph{}
	}
	return fs, nil
}

// fontKey is a name that gofpdf leaves as it is: lower-case letters and digits.
func fontKey(name string, i int) string {
	keep := func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}
	return fmt.Sprintf("%sn%d", strings.Map(keep, name), i)
}

// The tables that gofpdf reads without looking whether they are there.
var needed = []string{"head", "hhea", "maxp", "hmtx", "cmap", "loca", "glyf", "post", "name"}

// loadFace checks and reads a font. gofpdf panics on a font without these
// tables, prints to standard output for one without a Unicode map of format 4,
// and writes into the bytes it is given: so the checks, and so a copy of our own.
func loadFace(data []byte) (*face, error) {
	if len(data) < 12 {
		return nil, ErrFont
	}
	if v := binary.BigEndian.Uint32(data); v != 0x00010000 && v != 0x74727565 {
		return nil, fmt.Errorf("outlines of kind %#08x: %w", v, ErrFont)
	}
	found := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(data[4:])) {
		record := 12 + 16*i
		if record+16 > len(data) {
			return nil, fmt.Errorf("table directory cut short: %w", ErrFont)
		}
		offset := uint64(binary.BigEndian.Uint32(data[record+8:]))
		size := uint64(binary.BigEndian.Uint32(data[record+12:]))
		if offset+size > uint64(len(data)) {
			return nil, fmt.Errorf("table %q beyond the end: %w", data[record:record+4], ErrFont)
		}
		found[string(data[record:record+4])] = data[offset : offset+size]
	}
	for _, name := range needed {
		if len(found[name]) == 0 {
			return nil, fmt.Errorf("no table %q: %w", name, ErrFont)
		}
	}
	if !hasFormat4(found["cmap"]) {
		return nil, fmt.Errorf("no Unicode map of format 4: %w", ErrFont)
	}
	if len(found["post"]) < 16 || len(found["name"]) < 6 || binary.BigEndian.Uint16(found["name"]) != 0 {
		return nil, fmt.Errorf("name or post table of an unknown form: %w", ErrFont)
	}
	if os2 := found["OS/2"]; len(os2) >= 10 {
		// Restricted, not to be subset, bitmaps only: what its maker forbids is
		// not done, and gofpdf would say so on standard output.
		if embedding := binary.BigEndian.Uint16(os2[8:]); embedding&0x000F == 0x0002 || embedding&0x0300 != 0 {
			return nil, fmt.Errorf("embedding is not allowed (fsType %#04x): %w", embedding, ErrFont)
		}
	}
	return &face{data: data, size: 1}, nil
}

// open parses the face, once. It says whether characters can be looked for.
func (f *face) open() bool {
	if f.font == nil && f.err == nil {
		parsed, err := font.ParseTTF(bytes.NewReader(f.data))
		if err != nil {
			f.err = fmt.Errorf("parse font %s: %v: %w", f.key, err, ErrFont)
			return false
		}
		f.font, f.upem = parsed, float64(parsed.Upem())
	}
	return f.err == nil
}

func hasFormat4(cmap []byte) bool {
	if len(cmap) < 4 {
		return false
	}
	for i := range int(binary.BigEndian.Uint16(cmap[2:])) {
		record := 4 + 8*i
		if record+8 > len(cmap) {
			return false
		}
		platform, encoding := binary.BigEndian.Uint16(cmap[record:]), binary.BigEndian.Uint16(cmap[record+2:])
		offset := uint64(binary.BigEndian.Uint32(cmap[record+4:]))
		if platform == 0 || platform == 3 && encoding == 1 {
			if offset+14 <= uint64(len(cmap)) && binary.BigEndian.Uint16(cmap[offset:]) == 4 {
				return true
			}
		}
	}
	return false
}

// glyph finds r. It is false where no face has it, and for all beyond the basic
// plane, which gofpdf cannot address.
func (fs *faces) glyph(st style, r rune) (glyph, bool) {
	if g, ok := fs.cache[st][r]; ok {
		return g, g.face != nil
	}
	var g glyph
	if r > 0 && r < 0xFFFF {
		for _, f := range fs.order[st] {
			if !f.open() {
				fs.err = cmp.Or(fs.err, f.err)
				continue
			}
			if id, ok := f.font.NominalGlyph(r); ok && id != 0 {
				em := math.Round(float64(f.font.HorizontalAdvance(id)) * 1000 / f.upem)
				g = glyph{f, em / 1000 * f.size}
				break
			}
		}
	}
	fs.cache[st][r] = g
	return g, g.face != nil
}

// invisible are the characters that are never drawn: joiners, marks of
// direction, selectors of variants.
func invisible(r rune) bool {
	switch {
	case r == 0x00AD, r == 0x034F, r == 0x061C, r == 0x3164, r == 0xFEFF, r == 0xFFA0,
		0x115F <= r && r <= 0x1160, 0x17B4 <= r && r <= 0x17B5, 0x180B <= r && r <= 0x180F,
		0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x206F,
		0xFE00 <= r && r <= 0xFE0F, 0xFFF0 <= r && r <= 0xFFF8, 0xE0000 <= r && r <= 0xE0FFF:
		return true
	}
	return false
}

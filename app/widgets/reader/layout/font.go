package layout

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype/tables"
	"github.com/go-text/typesetting/harfbuzz"
)

// Face is a style of letter.
type Face uint8

// The faces.
const (
	Regular Face = iota
	Bold
	Italic
	Mono
	faces
)

// ErrNoFont says that a face has no font that could be read.
var ErrNoFont = errors.New("no font")

// FontSource is a font file that is read when a letter asks for it. Scale makes
// up for letters that are drawn small on their em; 0 counts as 1.
type FontSource struct {
	Name  string
	Read  func() []byte
	Scale float32
}

// Fonts is the fonts to look for a glyph in, in order, for each Face. It is
// safe for concurrent use.
type Fonts struct {
	faces  [faces][]*lazyFont
	system func(r rune, bold bool) *font.Font

	// tables is held for reading while text is shaped, and for writing while
	// harfbuzz has the tables of a font in disguise.
	tables sync.RWMutex
}

type lazyFont struct {
	source FontSource
	once   sync.Once
	font   *font.Font
	err    error
}

func (l *lazyFont) get() *font.Font {
	l.once.Do(func() {
		f, err := font.ParseTTF(bytes.NewReader(l.source.Read()))
		if err != nil {
			l.err = fmt.Errorf("read font %s: %w", l.source.Name, err)
			return
		}
		l.font = f.Font
	})
	return l.font
}

// NewFonts makes a set of fonts. A face without sources uses those of Regular.
// system, which may be nil, is asked for a rune that none of them has, and
// answers nil where it has none either; it is called from several goroutines.
// The first font of Regular must be readable.
func NewFonts(sources map[Face][]FontSource, system func(r rune, bold bool) *font.Font) (*Fonts, error) {
	f := &Fonts{system: system}
	known := map[string]*lazyFont{}
	for face := range f.faces {
		list := sources[Face(face)]
		if len(list) == 0 {
			list = sources[Regular]
		}
		for _, s := range list {
			if known[s.Name] == nil {
				known[s.Name] = &lazyFont{source: s}
			}
			f.faces[face] = append(f.faces[face], known[s.Name])
		}
	}
	if len(f.faces[Regular]) == 0 {
		return nil, ErrNoFont
	}
	for face := range f.faces {
		if first := f.faces[face][0]; first.get() == nil {
			return nil, fmt.Errorf("%w: %w", ErrNoFont, first.err)
		}
	}
	return f, nil
}

// harfbuzz makes what shapes with a face.
//
// The shaper asks a filter before it looks a glyph up in the coverage of a
// lookup. Version 0.3.5 of the library drops the ranges of a coverage that come
// after its filter has one part full, and so never joins some Arabic letters in
// fonts with long coverages. The filters are made here, once, so where ranges
// would be dropped the first is widened for the moment: the filter then lets
// everything through, and the coverage itself decides.
func (f *Fonts) harfbuzz(face *font.Face) *harfbuzz.Font {
	f.tables.Lock()
	defer f.tables.Unlock()
	var undo []func()
	widen := func(covers []tables.Coverage) {
		if !dropsRanges(covers) {
			return
		}
		for _, c := range covers {
			if c, ok := c.(tables.Coverage2); ok && len(c.Ranges) > 0 {
				first := c.Ranges[0]
				undo = append(undo, func() { c.Ranges[0] = first })
				c.Ranges[0] = tables.RangeRecord{StartGlyphID: 0, EndGlyphID: 0xffff}
			}
		}
	}
	for _, l := range face.GSUB.Lookups {
		var covers []tables.Coverage
		for _, s := range l.Subtables {
			covers = append(covers, s.Cov())
		}
		widen(covers)
	}
	for _, l := range face.GPOS.Lookups {
		var covers []tables.Coverage
		for _, s := range l.Subtables {
			covers = append(covers, s.Cov())
		}
		widen(covers)
	}
	made := harfbuzz.NewFont(face)
	for i := len(undo) - 1; i >= 0; i-- { // tables may share their bytes
		undo[i]()
	}
	return made
}

// dropsRanges reports whether the filter of a lookup with these coverages would
// have a part full before the last of their ranges.
func dropsRanges(covers []tables.Coverage) bool {
	var parts [3]uint64
	full := func() bool {
		return parts[0] == ^uint64(0) || parts[1] == ^uint64(0) || parts[2] == ^uint64(0)
	}
	add := func(from, to uint) {
		for i, shift := range []uint{4, 0, 6} {
			for v := from >> shift; v <= to>>shift && v < from>>shift+64; v++ {
				parts[i] |= 1 << (v & 63)
			}
		}
	}
	for _, c := range covers {
		switch c := c.(type) {
		case tables.Coverage1:
			for _, g := range c.Glyphs {
				add(uint(g), uint(g))
			}
		case tables.Coverage2:
			for _, r := range c.Ranges {
				if full() {
					return true
				}
				add(uint(r.StartGlyphID), uint(r.EndGlyphID))
			}
		}
	}
	return false
}

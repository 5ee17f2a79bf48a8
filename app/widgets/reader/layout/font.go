package layout

import (
	"bytes"
	"errors"
	"fmt"
	"sync"

	"github.com/go-text/typesetting/font"
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

// FontSource is a font file that is read when a letter asks for it.
type FontSource struct {
	Name string
	Read func() []byte
}

// Fonts is the fonts to look for a glyph in, in order, for each Face. It is
// safe for concurrent use.
type Fonts struct {
	faces  [faces][]*lazyFont
	system func(r rune, bold bool) *font.Font
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

//go:build !ci

package reader

import (
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// quiet swallows what the font scanner has to say about damaged fonts.
type quiet struct{}

func (quiet) Printf(string, ...any) {}

// system is the fonts of this computer. They are looked through the first time
// that a text has a letter which no embedded font has.
var system struct {
	sync.Mutex
	fonts *fontscan.FontMap
}

// systemFont finds a font of this computer for a rune, or nil.
func systemFont(r rune, bold bool) *font.Font {
	system.Lock()
	defer system.Unlock()
	if system.fonts == nil {
		system.fonts = fontscan.NewFontMap(quiet{})
		// Without fonts the map resolves nothing, which is what is wanted then.
		_ = system.fonts.UseSystemFonts("")
	}
	aspect := font.Aspect{}
	if bold {
		aspect.Weight = font.WeightBold
	}
	system.fonts.SetQuery(fontscan.Query{Families: []string{"Noto Sans", fontscan.SansSerif}, Aspect: aspect})
	system.fonts.SetScript(language.LookupScript(r))
	face := system.fonts.ResolveFace(r)
	if face == nil {
		return nil
	}
	if _, ok := face.NominalGlyph(r); !ok {
		return nil
	}
	return face.Font
}

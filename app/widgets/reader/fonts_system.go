//go:build !ci

package reader

import (
	"os"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"sourcebook/app/widgets/reader/layout"
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

// serifFamilies are looked for in this order: those that have the letters of
// most languages first.
var serifFamilies = []string{"Noto Serif", "Source Serif 4", "DejaVu Serif", "Liberation Serif", "Georgia", "Times New Roman", fontscan.Serif}

// systemSerif reads the serif of this computer, each face from its file; the
// map is empty where there is none.
func systemSerif() map[layout.Face][]byte {
	system.Lock()
	defer system.Unlock()
	scanFonts()
	out := map[layout.Face][]byte{}
	for face, aspect := range map[layout.Face]font.Aspect{
		layout.Regular: {Style: font.StyleNormal, Weight: font.WeightNormal},
		layout.Bold:    {Style: font.StyleNormal, Weight: font.WeightBold},
		layout.Italic:  {Style: font.StyleItalic, Weight: font.WeightNormal},
	} {
		for _, family := range serifFamilies {
			system.fonts.SetQuery(fontscan.Query{Families: []string{family}, Aspect: aspect})
			system.fonts.SetScript(language.Latin)
			found := system.fonts.ResolveFace('a')
			if found == nil {
				continue
			}
			at := system.fonts.FontLocation(found.Font)
			name, _ := system.fonts.FontMetadata(found.Font)
			if family != fontscan.Serif && !strings.EqualFold(name, family) || at.Index != 0 {
				continue
			}
			if b, err := os.ReadFile(at.File); err == nil {
				out[face] = b
				break
			}
		}
	}
	return out
}

// scanFonts looks through the fonts of this computer, once.
func scanFonts() {
	if system.fonts == nil {
		system.fonts = fontscan.NewFontMap(quiet{})
		// Without fonts the map resolves nothing, which is what is wanted then.
		_ = system.fonts.UseSystemFonts("")
	}
}

// systemFont finds a font of this computer for a rune, or nil.
func systemFont(r rune, bold bool) *font.Font {
	system.Lock()
	defer system.Unlock()
	scanFonts()
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

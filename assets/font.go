package assets

// Names of the embedded fonts, for Font. All are TrueType outlines.
const (
	NotoSans             = "NotoSans-Regular"
	NotoSansBold         = "NotoSans-Bold"
	NotoSansItalic       = "NotoSans-Italic"
	NotoSansBoldItalic   = "NotoSans-BoldItalic"
	NotoSansGeorgian     = "NotoSansGeorgian-Regular"
	NotoSansGeorgianBold = "NotoSansGeorgian-Bold"
	NotoSansArmenian     = "NotoSansArmenian-Regular"
	NotoSansArmenianBold = "NotoSansArmenian-Bold"
	NotoNaskhArabic      = "NotoNaskhArabic-Regular"
	NotoNaskhArabicBold  = "NotoNaskhArabic-Bold"
	NotoSansHebrew       = "NotoSansHebrew-Regular"
	NotoSansHebrewBold   = "NotoSansHebrew-Bold"
	NotoSansMono         = "NotoSansMono-Regular"
	DejaVuSans           = "DejaVuSans"
)

// Font returns the bytes of an embedded font by its name, nil where there is
// none. Each call returns its own copy, so that two users never share bytes
// that a PDF writer may scribble on.
func Font(name string) []byte { return read("fonts/" + name + ".ttf") }

// Fonts returns the names of the faces of one style, in the order in which to
// look for a glyph: Latin, Cyrillic and Greek first, then the scripts of their
// own, then the last resort. A script that has no italic gives its upright face.
func Fonts(bold, italic bool) []string {
	var first string
	switch {
	case bold && italic:
		first = NotoSansBoldItalic
	case bold:
		first = NotoSansBold
	case italic:
		first = NotoSansItalic
	default:
		first = NotoSans
	}
	if bold {
		return []string{first, NotoSansGeorgianBold, NotoSansArmenianBold, NotoNaskhArabicBold, NotoSansHebrewBold, DejaVuSans}
	}
	return []string{first, NotoSansGeorgian, NotoSansArmenian, NotoNaskhArabic, NotoSansHebrew, DejaVuSans}
}

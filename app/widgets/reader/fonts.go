package reader

import (
	"sync"

	"sourcebook/app/widgets/reader/layout"
	"sourcebook/assets"
)

// fontsOf gives the set of fonts of every Reader with these letters: the
// embedded faces, then those of the system. Each set is read once; that is slow,
// and no work for the toolkit's thread.
func fontsOf(l Letters) (*layout.Fonts, error) {
	if l == Serif {
		return serifFonts()
	}
	return sansFonts()
}

var sansFonts = sync.OnceValues(func() (*layout.Fonts, error) { return newFonts(nil) })

// serifFonts has the serif of this computer before the embedded faces.
var serifFonts = sync.OnceValues(func() (*layout.Fonts, error) {
	serif := systemSerif()
	if serif[layout.Regular] == nil {
		return sansFonts()
	}
	return newFonts(serif)
})

// HasSerif tells whether this computer has a serif to set text in. The answer
// takes a look at its fonts the first time, which is slow.
func HasSerif() bool {
	sans, err := fontsOf(Sans)
	if err != nil {
		return false
	}
	serif, err := fontsOf(Serif)
	return err == nil && serif != sans
}

// newFonts makes a set with files of its own before the embedded faces.
func newFonts(first map[layout.Face][]byte) (*layout.Fonts, error) {
	sources := func(face layout.Face, names ...string) []layout.FontSource {
		var list []layout.FontSource
		if b := first[face]; b != nil {
			list = append(list, layout.FontSource{Name: "serif", Read: func() []byte { return b }})
			list[0].Name += string('0' + rune(face))
		}
		for _, n := range names {
			source := layout.FontSource{Name: n, Read: func() []byte { return assets.Font(n) }}
			if n == assets.NotoNaskhArabic || n == assets.NotoNaskhArabicBold {
				source.Scale = 1.14 // its letters are small beside Latin of the same size
			}
			list = append(list, source)
		}
		return list
	}
	return layout.NewFonts(map[layout.Face][]layout.FontSource{
		layout.Regular: sources(layout.Regular, assets.Fonts(false, false)...),
		layout.Bold:    sources(layout.Bold, assets.Fonts(true, false)...),
		layout.Italic:  sources(layout.Italic, assets.Fonts(false, true)...),
		layout.Mono:    sources(layout.Mono, append([]string{assets.NotoSansMono}, assets.Fonts(false, false)...)...),
	}, systemFont)
}

package reader

import (
	"sync"

	"sourcebook/app/widgets/reader/layout"
	"sourcebook/assets"
)

// fonts is the set of fonts of every Reader: the embedded faces, then those of
// the system. It is read once, off the toolkit's thread.
var fonts = sync.OnceValues(func() (*layout.Fonts, error) {
	sources := func(names ...string) []layout.FontSource {
		var list []layout.FontSource
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
		layout.Regular: sources(assets.Fonts(false, false)...),
		layout.Bold:    sources(assets.Fonts(true, false)...),
		layout.Italic:  sources(assets.Fonts(false, true)...),
		layout.Mono:    sources(append([]string{assets.NotoSansMono}, assets.Fonts(false, false)...)...),
	}, systemFont)
})

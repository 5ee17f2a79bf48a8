package widgets

import (
	"sync"

	"fyne.io/fyne/v2"

	"sourcebook/assets"
)

// scripts are the bundled faces for what Noto Sans lacks, by the first and last
// letter of their main block. Each has Latin letters too.
var scripts = []struct {
	from, to      rune
	regular, bold string
}{
	{0x10A0, 0x10FF, assets.NotoSansGeorgian, assets.NotoSansGeorgianBold},
	{0x0530, 0x058F, assets.NotoSansArmenian, assets.NotoSansArmenianBold},
	{0x0600, 0x06FF, assets.NotoNaskhArabic, assets.NotoNaskhArabicBold},
	{0x0590, 0x05FF, assets.NotoSansHebrew, assets.NotoSansHebrewBold},
}

var faces sync.Map // name → fyne.Resource

func face(name string) fyne.Resource {
	if r, ok := faces.Load(name); ok {
		return r.(fyne.Resource)
	}
	r, _ := faces.LoadOrStore(name, fyne.NewStaticResource(name+".ttf", assets.Font(name)))
	return r.(fyne.Resource)
}

// fontFor is the bundled face for a text in a script that the theme's font
// lacks, nil where the theme's font will do. A text that mixes several takes
// the last resort, which has most of them.
func fontFor(s string, bold bool) fyne.Resource {
	found := -1
	cyrillic := false
	for _, r := range s {
		if r < 0x0400 {
			continue
		}
		if r <= 0x052F {
			cyrillic = true
			continue
		}
		for i, sc := range scripts {
			if r < sc.from || r > sc.to {
				continue
			}
			if found >= 0 && found != i {
				return face(assets.DejaVuSans)
			}
			found = i
		}
	}
	switch {
	case found < 0:
		return nil
	case cyrillic:
		return face(assets.DejaVuSans)
	case bold:
		return face(scripts[found].bold)
	}
	return face(scripts[found].regular)
}

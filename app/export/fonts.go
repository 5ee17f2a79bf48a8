package export

import (
	"sourcebook/assets"
	"sourcebook/notebook/briefing/pdf"
)

// Fonts are the embedded font families for PDF, in the order in which they are
// asked for a character.
func Fonts() []pdf.Font {
	return []pdf.Font{
		{Name: "Noto Sans", Regular: assets.Font(assets.NotoSans), Bold: assets.Font(assets.NotoSansBold), Italic: assets.Font(assets.NotoSansItalic), BoldItalic: assets.Font(assets.NotoSansBoldItalic)},
		{Name: "Noto Sans Georgian", Regular: assets.Font(assets.NotoSansGeorgian), Bold: assets.Font(assets.NotoSansGeorgianBold)},
		{Name: "Noto Sans Armenian", Regular: assets.Font(assets.NotoSansArmenian), Bold: assets.Font(assets.NotoSansArmenianBold)},
		{Name: "Noto Naskh Arabic", Scale: 1.2, Regular: assets.Font(assets.NotoNaskhArabic), Bold: assets.Font(assets.NotoNaskhArabicBold)},
		{Name: "Noto Sans Hebrew", Regular: assets.Font(assets.NotoSansHebrew), Bold: assets.Font(assets.NotoSansHebrewBold)},
		{Name: "DejaVu Sans", Regular: assets.Font(assets.DejaVuSans)},
	}
}

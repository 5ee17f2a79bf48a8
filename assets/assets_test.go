package assets

import (
	"bytes"
	"encoding/json"
	"image/png"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestFontsCoverTheirScripts(t *testing.T) {
	for _, c := range []struct{ name, font, text string }{
		{"Azerbaijani and Turkish letters", NotoSans, "ƏəĞğİıÖöŞşÜüÇç₼"},
		{"Kazakh Cyrillic", NotoSansBold, "ҒғҚқҢңӨөҰұҮүҺһІі"},
		{"Greek", NotoSansItalic, "Ελλάδα"},
		{"italic bold", NotoSansBoldItalic, "Ştefan"},
		{"Georgian", NotoSansGeorgian, "საქართველო"},
		{"Georgian capitals", NotoSansGeorgianBold, "ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ"},
		{"Armenian", NotoSansArmenian, "Հայաստան"},
		{"Armenian bold", NotoSansArmenianBold, "Հայաստան"},
		{"Arabic and Persian", NotoNaskhArabic, "ایران پچژگ"},
		{"Arabic bold", NotoNaskhArabicBold, "مصر"},
		{"Hebrew", NotoSansHebrew, "ישראל"},
		{"Hebrew bold", NotoSansHebrewBold, "ישראל"},
		{"mono", NotoSansMono, "sha256 0123"},
		{"last resort", DejaVuSans, "→✓§"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := sfnt.Parse(Font(c.font))
			if err != nil {
				t.Fatal(err)
			}
			var buf sfnt.Buffer
			for _, r := range c.text {
				if g, err := f.GlyphIndex(&buf, r); err != nil || g == 0 {
					t.Errorf("%s has no glyph for %c (%U)", c.font, r, r)
				}
			}
		})
	}
}

func TestFontsAreThere(t *testing.T) {
	for _, bold := range []bool{false, true} {
		for _, italic := range []bool{false, true} {
			for _, name := range Fonts(bold, italic) {
				if len(Font(name)) == 0 {
					t.Errorf("font %s is not embedded", name)
				}
			}
		}
	}
	if Font("nothing") != nil {
		t.Error("an unknown font should be nil")
	}
}

func TestFontGivesACopy(t *testing.T) {
	a := Font(NotoSansHebrew)
	a[0] = 0xff
	if Font(NotoSansHebrew)[0] == 0xff {
		t.Error("two calls share bytes")
	}
}

func TestIconSizes(t *testing.T) {
	if !bytes.Contains(Icon(), []byte("<svg")) {
		t.Error("the icon is not SVG")
	}
	for _, size := range []int{64, 256, 512} {
		cfg, err := png.DecodeConfig(bytes.NewReader(IconPNG(size)))
		if err != nil || cfg.Width != size || cfg.Height != size {
			t.Errorf("icon of %d pixels: %v, %v", size, cfg, err)
		}
	}
	if IconPNG(7) != nil {
		t.Error("an unknown size should be nil")
	}
}

func TestUIIconsOfEveryPlace(t *testing.T) {
	for _, name := range []string{"library", "claims", "countries", "compare", "timeline", "briefings", "search", "bin",
		"import", "highlight", "claim", "link", "note", "copy", "undo", "redo", "settings", "export", "pdf", "warning",
		"check", "close", "more", "filter", "sort", "tag", "folder", "calendar", "external-link", "eye", "trash", "plus",
		"minus", "chevron-left", "chevron-right", "chevron-up", "chevron-down", "sun", "moon"} {
		if UIIcon(name) == nil {
			t.Errorf("no icon %q", name)
		}
	}
	for _, name := range UIIcons() {
		if svg := UIIcon(name); bytes.Contains(svg, []byte("stroke")) || !bytes.Contains(svg, []byte("<path")) {
			t.Errorf("icon %q is not filled shapes", name)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, code := range []string{"AZ", "az", "IR", "SA", "XK", "EU", "UN"} {
		cfg, err := png.DecodeConfig(bytes.NewReader(Flag(code)))
		if err != nil || cfg.Width != 40 || cfg.Height != 30 {
			t.Errorf("flag %s: %v, %v", code, cfg, err)
		}
	}
	for _, code := range []string{"", "A", "QQ", "../", "AZE"} {
		if Flag(code) != nil {
			t.Errorf("flag %q should be nil", code)
		}
	}
}

func TestWorldMap(t *testing.T) {
	var m struct {
		Type    string
		Objects map[string]struct{ Geometries []struct{ ID string } }
	}
	if err := json.Unmarshal(WorldMap(), &m); err != nil {
		t.Fatal(err)
	}
	if m.Type != "Topology" || len(m.Objects["countries"].Geometries) < 170 {
		t.Errorf("map is %s with %d countries", m.Type, len(m.Objects["countries"].Geometries))
	}
}

package theme

import (
	"fmt"
	"image/color"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	ft "fyne.io/fyne/v2/theme"

	"sourcebook/assets"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	surfaces := []fyne.ThemeColorName{ft.ColorNameBackground, ColorSidebar, ColorPanel, ColorCard, ColorSelected,
		ft.ColorNameOverlayBackground, ft.ColorNameMenuBackground, ft.ColorNameInputBackground, ft.ColorNameHeaderBackground, ft.ColorNameButton}
	texts := []fyne.ThemeColorName{ft.ColorNameForeground, ColorMuted, ft.ColorNamePrimary, ft.ColorNameError, ft.ColorNameWarning, ft.ColorNameSuccess}
	type pair struct{ text, on fyne.ThemeColorName }
	var pairs []pair
	for _, s := range surfaces {
		for _, x := range texts {
			pairs = append(pairs, pair{x, s})
		}
	}
	for _, s := range []fyne.ThemeColorName{ft.ColorNameBackground, ft.ColorNameInputBackground, ColorPanel, ColorCard} {
		pairs = append(pairs, pair{ft.ColorNamePlaceHolder, s}, pair{ft.ColorNameDisabled, s})
	}
	pairs = append(pairs,
		pair{ft.ColorNameForegroundOnPrimary, ft.ColorNamePrimary},
		pair{ft.ColorNameForegroundOnError, ft.ColorNameError},
		pair{ft.ColorNameForegroundOnWarning, ft.ColorNameWarning},
		pair{ft.ColorNameForegroundOnSuccess, ft.ColorNameSuccess},
		pair{ft.ColorNameForeground, ColorChip}, pair{ColorMuted, ColorChip},
		pair{ft.ColorNamePrimary, ColorAccent}, pair{ft.ColorNameSuccess, ColorGood},
		pair{ft.ColorNameWarning, ColorCaution}, pair{ft.ColorNameError, ColorBad},
		pair{ColorOnToast, ColorToast},
	)
	for name, p := range palettes {
		want := 4.5
		if strings.HasPrefix(name, "contrast") {
			want = 7
		}
		for _, q := range pairs {
			t.Run(fmt.Sprintf("%s/%s on %s", name, q.text, q.on), func(t *testing.T) {
				if c := contrast(p[q.text], p[q.on]); c < want {
					t.Errorf("contrast is %.2f, want %.1f or more", c, want)
				}
			})
		}
	}
}

// TestContrastOfEdges holds what must be seen though it is no text (WCAG 2.2,
// criterion 1.4.11): in high contrast also every hairline.
func TestContrastOfEdges(t *testing.T) {
	for _, name := range []string{"contrast light", "contrast dark"} {
		p := palettes[name]
		for _, edge := range []fyne.ThemeColorName{ColorBorder, ft.ColorNameSeparator, ft.ColorNameInputBorder} {
			for _, on := range []fyne.ThemeColorName{ft.ColorNameBackground, ColorPanel, ColorSidebar, ColorCard} {
				if c := contrast(p[edge], p[on]); c < 4.5 {
					t.Errorf("%s: %s on %s has contrast %.2f, want 4.5 or more", name, edge, on, c)
				}
			}
		}
	}
}

var palettes = map[string]palette{"light": light, "dark": dark, "contrast light": contrastLight, "contrast dark": contrastDark}

func TestThemeTakesThePalette(t *testing.T) {
	for _, c := range []struct {
		name     string
		mode     Mode
		contrast bool
		variant  fyne.ThemeVariant
		want     string
	}{
		{"light on a dark desktop", Light, false, ft.VariantDark, "light"},
		{"dark on a light desktop", Dark, false, ft.VariantLight, "dark"},
		{"as the desktop, dark", System, false, ft.VariantDark, "dark"},
		{"as the desktop, light, in contrast", System, true, ft.VariantLight, "contrast light"},
		{"dark in contrast", Dark, true, ft.VariantLight, "contrast dark"},
	} {
		t.Run(c.name, func(t *testing.T) {
			th := New(c.mode, 1).WithContrast(c.contrast)
			for _, n := range []fyne.ThemeColorName{ft.ColorNameBackground, ft.ColorNameForeground, ColorBorder} {
				if got := th.Color(n, c.variant); got != palettes[c.want][n] {
					t.Errorf("%s is %v, want that of %s", n, got, c.want)
				}
			}
			if th.Contrast() != c.contrast || New(c.mode, 1).Contrast() {
				t.Error("the contrast is not told right")
			}
		})
	}
}

func TestPalettesNameTheSame(t *testing.T) {
	for name, p := range palettes {
		for n := range light {
			if _, ok := p[n]; !ok {
				t.Errorf("%s lacks %s", name, n)
			}
		}
		if len(p) != len(light) {
			t.Errorf("%s names %d colours, light %d", name, len(p), len(light))
		}
	}
}

func TestIconsExist(t *testing.T) {
	for n, name := range toolkitIcons {
		if assets.UIIcon(name) == nil {
			t.Errorf("icon %q for %s is not embedded", name, n)
		}
	}
}

func TestFontsExist(t *testing.T) {
	if got := len(fonts()); got != 5 {
		t.Errorf("%d faces are embedded, want 5", got)
	}
}

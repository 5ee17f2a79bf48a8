package reader

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Contrast that WCAG 2.2 asks for: of text (1.4.3), and of graphics (1.4.11).
const (
	textContrast    = 4.5
	graphicContrast = 3
)

// palette is every colour that a Reader draws with, fitted to the theme so that
// text keeps its contrast on every ground it can stand on.
type palette struct {
	ground, text, muted, link color.RGBA
	rule, code                color.RGBA
	selection                 color.NRGBA // translucent
	caret, accent             color.RGBA
	thumb, thumbHover, track  color.Color
	tip, tipText, tipEdge     color.RGBA
	found, foundHere          color.RGBA // grounds of find hits
	foundInk                  color.RGBA
	added, addedInk           color.RGBA // of comparisons
	removed, removedInk       color.RGBA
	fitted                    bool // links and captions are fitted to the bands
}

// swatches are the six colours of marks at full strength.
var swatches = map[string]color.RGBA{
	"yellow": {0xff, 0xd0, 0x2e, 0xff},
	"green":  {0x5c, 0xc6, 0x6f, 0xff},
	"blue":   {0x52, 0xa6, 0xf5, 0xff},
	"pink":   {0xf4, 0x78, 0xac, 0xff},
	"orange": {0xff, 0x94, 0x3b, 0xff},
	"purple": {0xa8, 0x86, 0xea, 0xff},
}

func swatch(name string) color.RGBA {
	if c, ok := swatches[name]; ok {
		return c
	}
	return swatches["yellow"]
}

// newPalette fits the colours to a theme, or to sepia.
func newPalette(th fyne.Theme, v fyne.ThemeVariant, sepia bool) palette {
	opaque := func(n fyne.ThemeColorName, under color.RGBA) color.RGBA { return over(th.Color(n, v), under) }
	white := color.RGBA{0xff, 0xff, 0xff, 0xff}
	p := palette{ground: opaque(theme.ColorNameBackground, white)}
	p.text = opaque(theme.ColorNameForeground, p.ground)
	p.muted = opaque(theme.ColorNamePlaceHolder, p.ground)
	p.link = opaque(theme.ColorNameHyperlink, p.ground)
	p.accent = opaque(theme.ColorNamePrimary, p.ground)
	if sepia {
		p.ground = color.RGBA{0xf7, 0xee, 0xdb, 0xff}
		p.text = color.RGBA{0x3a, 0x2e, 0x21, 0xff}
		p.muted = color.RGBA{0x73, 0x61, 0x4b, 0xff}
		p.link = color.RGBA{0x8a, 0x44, 0x14, 0xff}
		p.accent = p.link
	}
	p.text = legible(p.text, p.ground, textContrast)
	// Links and captions must be legible on marks too, so they give way to them.
	grounds := []color.RGBA{p.ground}
	for n := range swatches {
		grounds = append(grounds, p.band(n))
	}
	p.link = legibleOn(p.link, grounds, textContrast)
	p.muted = legibleOn(p.muted, grounds, textContrast)
	p.fitted = true
	p.caret = p.accent
	p.rule = mix(p.ground, p.text, 0.16)
	p.code = mix(p.ground, p.text, 0.05)
	sel := toRGBA(th.Color(theme.ColorNameSelection, v))
	if sepia {
		sel = mix(p.ground, p.accent, 0.5)
	}
	sel.A = 255
	p.selection = color.NRGBA{sel.R, sel.G, sel.B, 0x58}
	if n := color.NRGBAModel.Convert(th.Color(theme.ColorNameSelection, v)).(color.NRGBA); !sepia && n.A > 0 {
		p.selection = color.NRGBA{n.R, n.G, n.B, min(n.A, 0x70)}
	}
	p.selection.A = p.bearable(p.selection)
	p.thumb = mix(p.ground, p.text, 0.28)
	p.thumbHover = mix(p.ground, p.text, 0.42)
	p.track = mix(p.ground, p.text, 0.03)
	p.tip, p.tipText = mix(p.ground, p.text, 0.06), p.text
	p.tipEdge = mix(p.ground, p.text, 0.25)
	p.found = p.bandAt(color.RGBA{0xff, 0xb0, 0x20, 0xff}, 0.34)
	p.foundHere = p.bandAt(color.RGBA{0xff, 0x7a, 0x10, 0xff}, 0.8)
	green, red := color.RGBA{0x2f, 0xa8, 0x4f, 0xff}, color.RGBA{0xe0, 0x3e, 0x36, 0xff}
	p.added, p.removed = p.bandAt(green, 0.3), p.bandAt(red, 0.26)
	p.addedInk, p.removedInk = legible(green, p.ground, graphicContrast), legible(red, p.ground, graphicContrast)
	p.foundInk = legible(color.RGBA{0xe0, 0x6c, 0x00, 0xff}, p.ground, graphicContrast)
	return p
}

// bearable is the alpha of a selection, at most its own, with which text stays
// legible on every selected mark.
func (p *palette) bearable(sel color.NRGBA) uint8 {
	for ; sel.A > 0x20; sel.A -= 4 {
		least := contrast(p.text, over(sel, p.ground))
		for n := range swatches {
			least = min(least, contrast(p.text, over(sel, p.band(n))))
		}
		if least >= textContrast {
			break
		}
	}
	return sel.A
}

// strength is how far the ground of a mark goes towards its colour. On a dark
// ground less is seen as much.
func (p *palette) strength() float64 {
	if luminance(p.ground) < 0.18 {
		return 0.32
	}
	return 0.42
}

// band is the ground of a mark.
func (p *palette) band(name string) color.RGBA { return p.bandAt(swatch(name), p.strength()) }

// bandAt is the ground moved towards c by at most strength, so that what is
// written on it stays legible: text alone while links and captions are still to
// be fitted to the bands, these as well afterwards.
func (p *palette) bandAt(c color.RGBA, strength float64) color.RGBA {
	written := []color.RGBA{p.text}
	if p.fitted {
		written = append(written, p.link, p.muted)
	}
search:
	for s := strength; s > 0; s -= 0.02 {
		b := mix(p.ground, c, s)
		for _, w := range written {
			if contrast(w, b) < textContrast {
				continue search
			}
		}
		return b
	}
	return p.ground
}

// blend is the ground where several marks lie over each other: mostly the
// colour of the topmost, which is the last of names, with what lies beneath
// shining through. An even mixture would turn to mud.
func (p *palette) blend(names []string) color.RGBA {
	if len(names) == 1 {
		return p.band(names[0])
	}
	c := swatch(names[0])
	for _, n := range names[1:] {
		c = mix(c, swatch(n), 0.7)
	}
	return p.bandAt(c, p.strength()*1.35)
}

// ink is the colour of lines that belong to a mark.
func (p *palette) ink(name string) color.RGBA {
	return legible(swatch(name), p.ground, graphicContrast)
}

// legible moves c away from ground until their contrast is at least want.
func legible(c, ground color.RGBA, want float64) color.RGBA {
	return legibleOn(c, []color.RGBA{ground}, want)
}

// legibleOn moves c away from the first of several grounds until its contrast
// with all of them is at least want, as far as it can.
func legibleOn(c color.RGBA, grounds []color.RGBA, want float64) color.RGBA {
	far := color.RGBA{0, 0, 0, 0xff}
	if luminance(grounds[0]) < 0.18 {
		far = color.RGBA{0xff, 0xff, 0xff, 0xff}
	}
search:
	for s := 0.0; s < 1; s += 0.04 {
		m := mix(c, far, s)
		for _, g := range grounds {
			if contrast(m, g) < want {
				continue search
			}
		}
		return m
	}
	return far
}

func mix(a, b color.RGBA, t float64) color.RGBA {
	f := func(x, y uint8) uint8 { return uint8(math.Round(float64(x) + (float64(y)-float64(x))*t)) }
	return color.RGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), 0xff}
}

func toRGBA(c color.Color) color.RGBA { return color.RGBAModel.Convert(c).(color.RGBA) }

// over lays a colour that may be translucent on an opaque one.
func over(c color.Color, under color.RGBA) color.RGBA {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return mix(under, color.RGBA{n.R, n.G, n.B, 0xff}, float64(n.A)/255)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c color.RGBA) float64 {
	f := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

// contrast is the contrast ratio of WCAG 2.2, from 1 to 21.
func contrast(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

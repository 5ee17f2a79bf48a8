package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	ft "fyne.io/fyne/v2/theme"
)

// The colours that Fyne has no name for.
const (
	ColorSidebar  fyne.ThemeColorName = "sourcebook-sidebar"  // the column of places
	ColorPanel    fyne.ThemeColorName = "sourcebook-panel"    // side panels, bars
	ColorCard     fyne.ThemeColorName = "sourcebook-card"     // a raised sheet on a panel
	ColorBorder   fyne.ThemeColorName = "sourcebook-border"   // hairlines
	ColorMuted    fyne.ThemeColorName = "sourcebook-muted"    // second-rank text
	ColorSelected fyne.ThemeColorName = "sourcebook-selected" // the row that is open
	ColorChip     fyne.ThemeColorName = "sourcebook-chip"     // the ground of a neutral chip
	ColorAccent   fyne.ThemeColorName = "sourcebook-accent"   // the ground of a blue chip
	ColorGood     fyne.ThemeColorName = "sourcebook-good"     // the ground of a green chip
	ColorCaution  fyne.ThemeColorName = "sourcebook-caution"  // the ground of an amber chip
	ColorBad      fyne.ThemeColorName = "sourcebook-bad"      // the ground of a red chip
	ColorToast    fyne.ThemeColorName = "sourcebook-toast"
	ColorOnToast  fyne.ThemeColorName = "sourcebook-on-toast"
)

type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 0xff}
}

func alpha(v uint32, a uint8) color.NRGBA {
	c := rgb(v)
	c.A = a
	return c
}

var light = palette{
	ft.ColorNameBackground:          rgb(0xffffff),
	ft.ColorNameForeground:          rgb(0x1c2128),
	ft.ColorNameDisabled:            rgb(0x5f6873),
	ft.ColorNamePlaceHolder:         rgb(0x666f7a),
	ft.ColorNameButton:              rgb(0xeceff2),
	ft.ColorNameDisabledButton:      rgb(0xf2f4f6),
	ft.ColorNamePrimary:             rgb(0x1f5cb8),
	ft.ColorNameForegroundOnPrimary: rgb(0xffffff),
	ft.ColorNameHyperlink:           rgb(0x1f5cb8),
	ft.ColorNameFocus:               alpha(0x1f5cb8, 0x38),
	ft.ColorNameSelection:           alpha(0x2f74d8, 0x38),
	ft.ColorNameHover:               alpha(0x1c2128, 0x0d),
	ft.ColorNamePressed:             alpha(0x1c2128, 0x1c),
	ft.ColorNameInputBackground:     rgb(0xf6f7f9),
	ft.ColorNameInputBorder:         rgb(0xc3cad2),
	ft.ColorNameMenuBackground:      rgb(0xffffff),
	ft.ColorNameOverlayBackground:   rgb(0xffffff),
	ft.ColorNameHeaderBackground:    rgb(0xf4f5f7),
	ft.ColorNameSeparator:           rgb(0xdde1e6),
	ft.ColorNameScrollBar:           alpha(0x1c2128, 0x50),
	ft.ColorNameScrollBarBackground: alpha(0x1c2128, 0x08),
	ft.ColorNameShadow:              alpha(0x000000, 0x30),
	ft.ColorNameError:               rgb(0xb3261e),
	ft.ColorNameForegroundOnError:   rgb(0xffffff),
	ft.ColorNameWarning:             rgb(0x855300),
	ft.ColorNameForegroundOnWarning: rgb(0xffffff),
	ft.ColorNameSuccess:             rgb(0x1a6e35),
	ft.ColorNameForegroundOnSuccess: rgb(0xffffff),

	ColorSidebar:  rgb(0xf1f3f5),
	ColorPanel:    rgb(0xf7f8fa),
	ColorCard:     rgb(0xffffff),
	ColorBorder:   rgb(0xdde1e6),
	ColorMuted:    rgb(0x5a636e),
	ColorSelected: rgb(0xdfeafa),
	ColorChip:     rgb(0xe9ecf0),
	ColorAccent:   rgb(0xe0ebfb),
	ColorGood:     rgb(0xdff3e5),
	ColorCaution:  rgb(0xfcefd4),
	ColorBad:      rgb(0xfde5e3),
	ColorToast:    rgb(0x2a2f37),
	ColorOnToast:  rgb(0xf5f6f8),
}

var dark = palette{
	ft.ColorNameBackground:          rgb(0x1b1e23),
	ft.ColorNameForeground:          rgb(0xe4e7eb),
	ft.ColorNameDisabled:            rgb(0x9aa3ad),
	ft.ColorNamePlaceHolder:         rgb(0x98a1ab),
	ft.ColorNameButton:              rgb(0x2d323a),
	ft.ColorNameDisabledButton:      rgb(0x24282e),
	ft.ColorNamePrimary:             rgb(0x79aefc),
	ft.ColorNameForegroundOnPrimary: rgb(0x0c1a30),
	ft.ColorNameHyperlink:           rgb(0x79aefc),
	ft.ColorNameFocus:               alpha(0x79aefc, 0x40),
	ft.ColorNameSelection:           alpha(0x5b95f0, 0x58),
	ft.ColorNameHover:               alpha(0xffffff, 0x10),
	ft.ColorNamePressed:             alpha(0xffffff, 0x20),
	ft.ColorNameInputBackground:     rgb(0x15181c),
	ft.ColorNameInputBorder:         rgb(0x434a54),
	ft.ColorNameMenuBackground:      rgb(0x25292f),
	ft.ColorNameOverlayBackground:   rgb(0x23272d),
	ft.ColorNameHeaderBackground:    rgb(0x22262b),
	ft.ColorNameSeparator:           rgb(0x343a42),
	ft.ColorNameScrollBar:           alpha(0xffffff, 0x50),
	ft.ColorNameScrollBarBackground: alpha(0xffffff, 0x08),
	ft.ColorNameShadow:              alpha(0x000000, 0x80),
	ft.ColorNameError:               rgb(0xff8f85),
	ft.ColorNameForegroundOnError:   rgb(0x2d0704),
	ft.ColorNameWarning:             rgb(0xe8b860),
	ft.ColorNameForegroundOnWarning: rgb(0x2b1c00),
	ft.ColorNameSuccess:             rgb(0x6fcf8b),
	ft.ColorNameForegroundOnSuccess: rgb(0x06230f),

	ColorSidebar:  rgb(0x15181c),
	ColorPanel:    rgb(0x1f2328),
	ColorCard:     rgb(0x272b32),
	ColorBorder:   rgb(0x343a42),
	ColorMuted:    rgb(0xa3abb5),
	ColorSelected: rgb(0x26395a),
	ColorChip:     rgb(0x343a43),
	ColorAccent:   rgb(0x253a5e),
	ColorGood:     rgb(0x1e3d2a),
	ColorCaution:  rgb(0x42341a),
	ColorBad:      rgb(0x4a2623),
	ColorToast:    rgb(0xe4e7eb),
	ColorOnToast:  rgb(0x1b1e23),
}

// contrastLight and contrastDark are for eyes that need more: texts at 7:1 or
// better (WCAG 2.2, criterion 1.4.6), and edges that are drawn at 4.5:1 where
// the others hint at them.
var contrastLight = palette{
	ft.ColorNameBackground:          rgb(0xffffff),
	ft.ColorNameForeground:          rgb(0x000000),
	ft.ColorNameDisabled:            rgb(0x474c52),
	ft.ColorNamePlaceHolder:         rgb(0x42474d),
	ft.ColorNameButton:              rgb(0xeef0f2),
	ft.ColorNameDisabledButton:      rgb(0xf4f5f6),
	ft.ColorNamePrimary:             rgb(0x003a8c),
	ft.ColorNameForegroundOnPrimary: rgb(0xffffff),
	ft.ColorNameHyperlink:           rgb(0x003a8c),
	ft.ColorNameFocus:               alpha(0x003a8c, 0x70),
	ft.ColorNameSelection:           alpha(0x2f74d8, 0x50),
	ft.ColorNameHover:               alpha(0x000000, 0x18),
	ft.ColorNamePressed:             alpha(0x000000, 0x30),
	ft.ColorNameInputBackground:     rgb(0xffffff),
	ft.ColorNameInputBorder:         rgb(0x50565d),
	ft.ColorNameMenuBackground:      rgb(0xffffff),
	ft.ColorNameOverlayBackground:   rgb(0xffffff),
	ft.ColorNameHeaderBackground:    rgb(0xf4f5f7),
	ft.ColorNameSeparator:           rgb(0x6a7077),
	ft.ColorNameScrollBar:           alpha(0x000000, 0xa0),
	ft.ColorNameScrollBarBackground: alpha(0x000000, 0x10),
	ft.ColorNameShadow:              alpha(0x000000, 0x60),
	ft.ColorNameError:               rgb(0x8a0f0a),
	ft.ColorNameForegroundOnError:   rgb(0xffffff),
	ft.ColorNameWarning:             rgb(0x5e3a00),
	ft.ColorNameForegroundOnWarning: rgb(0xffffff),
	ft.ColorNameSuccess:             rgb(0x0a4a1f),
	ft.ColorNameForegroundOnSuccess: rgb(0xffffff),

	ColorSidebar:  rgb(0xf4f5f7),
	ColorPanel:    rgb(0xf9fafb),
	ColorCard:     rgb(0xffffff),
	ColorBorder:   rgb(0x6a7077),
	ColorMuted:    rgb(0x383d43),
	ColorSelected: rgb(0xdce9fb),
	ColorChip:     rgb(0xeaedf0),
	ColorAccent:   rgb(0xe3edfb),
	ColorGood:     rgb(0xe1f4e7),
	ColorCaution:  rgb(0xfcf1da),
	ColorBad:      rgb(0xfde8e6),
	ColorToast:    rgb(0x000000),
	ColorOnToast:  rgb(0xffffff),
}

var contrastDark = palette{
	ft.ColorNameBackground:          rgb(0x000000),
	ft.ColorNameForeground:          rgb(0xffffff),
	ft.ColorNameDisabled:            rgb(0xb9c0c8),
	ft.ColorNamePlaceHolder:         rgb(0xbcc3cb),
	ft.ColorNameButton:              rgb(0x1d2126),
	ft.ColorNameDisabledButton:      rgb(0x14171b),
	ft.ColorNamePrimary:             rgb(0xa6caff),
	ft.ColorNameForegroundOnPrimary: rgb(0x000000),
	ft.ColorNameHyperlink:           rgb(0xa6caff),
	ft.ColorNameFocus:               alpha(0xa6caff, 0x80),
	ft.ColorNameSelection:           alpha(0x5b95f0, 0x70),
	ft.ColorNameHover:               alpha(0xffffff, 0x20),
	ft.ColorNamePressed:             alpha(0xffffff, 0x38),
	ft.ColorNameInputBackground:     rgb(0x000000),
	ft.ColorNameInputBorder:         rgb(0xaab2bb),
	ft.ColorNameMenuBackground:      rgb(0x0c0e11),
	ft.ColorNameOverlayBackground:   rgb(0x0c0e11),
	ft.ColorNameHeaderBackground:    rgb(0x101317),
	ft.ColorNameSeparator:           rgb(0x8b939c),
	ft.ColorNameScrollBar:           alpha(0xffffff, 0xa0),
	ft.ColorNameScrollBarBackground: alpha(0xffffff, 0x18),
	ft.ColorNameShadow:              alpha(0x000000, 0xc0),
	ft.ColorNameError:               rgb(0xffb3ac),
	ft.ColorNameForegroundOnError:   rgb(0x000000),
	ft.ColorNameWarning:             rgb(0xffd27a),
	ft.ColorNameForegroundOnWarning: rgb(0x000000),
	ft.ColorNameSuccess:             rgb(0x97ecb0),
	ft.ColorNameForegroundOnSuccess: rgb(0x000000),

	ColorSidebar:  rgb(0x08090b),
	ColorPanel:    rgb(0x060709),
	ColorCard:     rgb(0x0f1216),
	ColorBorder:   rgb(0x8b939c),
	ColorMuted:    rgb(0xced4da),
	ColorSelected: rgb(0x14305c),
	ColorChip:     rgb(0x24292f),
	ColorAccent:   rgb(0x132a4f),
	ColorGood:     rgb(0x0c3018),
	ColorCaution:  rgb(0x33260a),
	ColorBad:      rgb(0x3f1512),
	ColorToast:    rgb(0xffffff),
	ColorOnToast:  rgb(0x000000),
}

// highlight holds the six colours of highlights as swatches, strong enough to
// be told apart on either ground; the reader blends its own behind text.
var highlight = map[string]color.NRGBA{
	"yellow": rgb(0xf2c744),
	"green":  rgb(0x5cb874),
	"blue":   rgb(0x5a9be6),
	"pink":   rgb(0xe57ba6),
	"orange": rgb(0xee9244),
	"purple": rgb(0xa584dd),
}

// Highlight is the swatch of a highlight colour's stored word; unknown words
// are yellow.
func Highlight(word string) color.Color {
	if c, ok := highlight[word]; ok {
		return c
	}
	return highlight["yellow"]
}

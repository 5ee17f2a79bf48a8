package theme

import (
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	ft "fyne.io/fyne/v2/theme"

	"sourcebook/assets"
)

// Mode says whether the window is light or dark.
type Mode string

// The modes, as stored in the preferences.
const (
	System Mode = "system" // as the desktop is set
	Light  Mode = "light"
	Dark   Mode = "dark"
)

// The sizes of text. Body is what is read most; the rest follow from it.
const (
	SizeCaption fyne.ThemeSizeName = ft.SizeNameCaptionText
	SizeBody    fyne.ThemeSizeName = ft.SizeNameText
	SizeLead    fyne.ThemeSizeName = "sourcebook-lead" // a claim's statement, a row's title in large places
	SizeSub     fyne.ThemeSizeName = ft.SizeNameSubHeadingText
	SizeHeading fyne.ThemeSizeName = ft.SizeNameHeadingText
)

// The grid: distances are multiples of four.
const (
	Gap1 float32 = 4
	Gap2 float32 = 8
	Gap3 float32 = 12
	Gap4 float32 = 16
	Gap6 float32 = 24
)

// MinScale and MaxScale bound the text size that a person can choose.
const (
	MinScale float32 = 0.8
	MaxScale float32 = 1.8
)

// Theme is the window's theme. The zero value is not ready; use New.
type Theme struct {
	mode     Mode
	scale    float32
	contrast bool
	fonts    map[fyne.TextStyle]fyne.Resource
}

// New makes a theme in a mode, its text scaled by scale (1 is the plain size).
func New(mode Mode, scale float32) *Theme {
	if scale == 0 {
		scale = 1
	}
	return &Theme{mode: mode, scale: min(max(scale, MinScale), MaxScale), fonts: fonts()}
}

// WithContrast is the theme in high contrast, or out of it: stronger colours,
// edges that are drawn and not hinted at, and in the reader a pattern under
// each colour of highlight. It goes with every mode.
func (t *Theme) WithContrast(on bool) *Theme {
	c := *t
	c.contrast = on
	return &c
}

// Contrast tells whether the theme is in high contrast.
func (t *Theme) Contrast() bool { return t.contrast }

// Mode is the mode that the theme was made in.
func (t *Theme) Mode() Mode { return t.mode }

// Scale is the factor on the size of text.
func (t *Theme) Scale() float32 { return t.scale }

var fonts = sync.OnceValue(func() map[fyne.TextStyle]fyne.Resource {
	m := map[fyne.TextStyle]fyne.Resource{}
	for style, name := range map[fyne.TextStyle]string{
		{}:                         assets.NotoSans,
		{Bold: true}:               assets.NotoSansBold,
		{Italic: true}:             assets.NotoSansItalic,
		{Bold: true, Italic: true}: assets.NotoSansBoldItalic,
		{Monospace: true}:          assets.NotoSansMono,
	} {
		if b := assets.Font(name); b != nil {
			m[style] = fyne.NewStaticResource(name+".ttf", b)
		}
	}
	return m
})

// Font is part of fyne.Theme.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	key := fyne.TextStyle{Bold: s.Bold, Italic: s.Italic}
	switch {
	case s.Symbol:
		return ft.DefaultTheme().Font(s)
	case s.Monospace:
		key = fyne.TextStyle{Monospace: true}
	}
	if r, ok := t.fonts[key]; ok {
		return r
	}
	return ft.DefaultTheme().Font(s)
}

// Icon is part of fyne.Theme: the toolkit's own widgets get our icons where we
// have one for the purpose.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource {
	if name, ok := toolkitIcons[n]; ok {
		return Icon(name)
	}
	return ft.DefaultTheme().Icon(n)
}

var toolkitIcons = map[fyne.ThemeIconName]string{
	ft.IconNameCancel:        "close",
	ft.IconNameConfirm:       "check",
	ft.IconNameDelete:        "trash",
	ft.IconNameSearch:        "search",
	ft.IconNameArrowDropDown: "chevron-down",
	ft.IconNameArrowDropUp:   "chevron-up",
	ft.IconNameMenuExpand:    "chevron-right",
	ft.IconNameContentCopy:   "copy",
	ft.IconNameContentPaste:  "paste",
	ft.IconNameFolder:        "folder",
	ft.IconNameFolderOpen:    "folder-open",
	ft.IconNameSettings:      "settings",
	ft.IconNameInfo:          "info",
	ft.IconNameWarning:       "warning",
	ft.IconNameError:         "error",
	ft.IconNameHelp:          "help",
	ft.IconNameCalendar:      "calendar",
}

// Size is part of fyne.Theme.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case SizeCaption:
		return 12 * t.scale
	case SizeBody:
		return 13.5 * t.scale
	case SizeLead:
		return 15 * t.scale
	case SizeSub:
		return 17 * t.scale
	case SizeHeading:
		return 22 * t.scale
	case ft.SizeNamePadding:
		return Gap1
	case ft.SizeNameInnerPadding:
		return 7
	case ft.SizeNameInlineIcon:
		return 18 * t.scale
	case ft.SizeNameInputRadius, ft.SizeNameSelectionRadius:
		return 5
	case ft.SizeNameInputBorder:
		if t.contrast {
			return 2
		}
		return 1
	case ft.SizeNameSeparatorThickness:
		return 1
	case ft.SizeNameScrollBar:
		return 12
	case ft.SizeNameScrollBarSmall:
		return 4
	case ft.SizeNameSplitThickness:
		return 1
	case ft.SizeNameModalBlurRadius:
		// Blurring the whole window costs a weak graphics card a second a frame;
		// the shade behind a dialog says enough.
		return 0
	}
	return ft.DefaultTheme().Size(n)
}

// Color is part of fyne.Theme.
func (t *Theme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	p, dim := light, t.Dark(v)
	switch {
	case dim && t.contrast:
		p = contrastDark
	case dim:
		p = dark
	case t.contrast:
		p = contrastLight
	}
	if v = ft.VariantLight; dim {
		v = ft.VariantDark
	}
	if c, ok := p[n]; ok {
		return c
	}
	return ft.DefaultTheme().Color(n, v)
}

// Dark tells whether the window is dark on a desktop of variant v.
func (t *Theme) Dark(v fyne.ThemeVariant) bool {
	return t.mode == Dark || t.mode != Light && v == ft.VariantDark
}

// Contrast tells whether the theme in use is in high contrast.
func Contrast() bool {
	t, ok := fyne.CurrentApp().Settings().Theme().(*Theme)
	return ok && t.contrast
}

// Color is a colour of the theme in use.
func Color(n fyne.ThemeColorName) color.Color {
	s := fyne.CurrentApp().Settings()
	return s.Theme().Color(n, s.ThemeVariant())
}

// Size is a size of the theme in use.
func Size(n fyne.ThemeSizeName) float32 { return fyne.CurrentApp().Settings().Theme().Size(n) }

var icons sync.Map // name → fyne.Resource

// Icon is one of the window's icons in the colour of text, the toolkit's
// question mark where there is none of that name.
func Icon(name string) fyne.Resource {
	if r, ok := icons.Load(name); ok {
		return r.(fyne.Resource)
	}
	b := assets.UIIcon(name)
	if b == nil {
		return ft.DefaultTheme().Icon(ft.IconNameQuestion)
	}
	r := ft.NewThemedResource(fyne.NewStaticResource("ui-"+name+".svg", b))
	icons.Store(name, r)
	return r
}

// IconIn is an icon in a colour of the theme.
func IconIn(name string, c fyne.ThemeColorName) fyne.Resource {
	key := name + "/" + string(c)
	if r, ok := icons.Load(key); ok {
		return r.(fyne.Resource)
	}
	b := assets.UIIcon(name)
	if b == nil {
		return ft.DefaultTheme().Icon(ft.IconNameQuestion)
	}
	r := ft.NewColoredResource(fyne.NewStaticResource("ui-"+name+".svg", b), c)
	icons.Store(key, r)
	return r
}

// Flag is a country's flag, nil where there is none.
func Flag(code string) fyne.Resource {
	key := "flag/" + code
	if r, ok := icons.Load(key); ok {
		return r.(fyne.Resource)
	}
	b := assets.Flag(code)
	if b == nil {
		return nil
	}
	r := fyne.NewStaticResource("flag-"+code+".png", b)
	icons.Store(key, r)
	return r
}

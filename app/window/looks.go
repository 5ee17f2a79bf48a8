package window

import (
	"context"

	"sourcebook/app/theme"
)

// applyTheme takes the theme from the preferences.
func (p *program) applyTheme() {
	pref := p.app.Preferences()
	mode := theme.Mode(pref.StringWithFallback("theme.mode", string(theme.System)))
	if mode == theme.System && p.o.Desktop != nil {
		// The toolkit is dark on a desktop that states nothing: a sheet of paper is
		// the better guess. What it said last time is shown until it has said it.
		mode = theme.Light
		if pref.Bool("theme.desktop.dark") {
			mode = theme.Dark
		}
	}
	p.app.Settings().SetTheme(theme.New(mode, float32(pref.FloatWithFallback("theme.scale", 1))).WithContrast(pref.Bool("theme.contrast")))
}

// askDesktop asks whether the desktop is dark, and follows it.
func (p *program) askDesktop() {
	if p.o.Desktop == nil {
		return
	}
	p.background(func(context.Context) {
		dark := p.o.Desktop()
		p.tell(func() {
			if pref := p.app.Preferences(); dark != pref.Bool("theme.desktop.dark") {
				pref.SetBool("theme.desktop.dark", dark)
				p.applyTheme()
			}
		})
	})
}

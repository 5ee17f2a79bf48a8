// Package settings is the window's settings: few, and each with an effect.
package settings

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

// Options are what the settings need of the window.
type Options struct {
	Changed func() // the theme's preferences were changed
	Path    string // of the open notebook
	Reindex func() // builds the search index anew
}

// Show shows the settings over the window. Every change holds at once.
func Show(s session.Session, o Options) {
	p := s.Preferences()
	mode := widgets.NewSegmented([]present.Choice{
		{Key: string(theme.System), Label: "As the desktop"}, {Key: string(theme.Light), Label: "Light"}, {Key: string(theme.Dark), Label: "Dark"},
	}, func(k string) {
		p.SetString("theme.mode", k)
		o.Changed()
	})
	mode.Set(p.StringWithFallback("theme.mode", string(theme.System)))
	size := widgets.Muted("")
	size.Whole = true
	show := func() {
		size.SetText(fmt.Sprintf("%.0f %%", 100*p.FloatWithFallback("theme.scale", 1)))
	}
	step := func(by float64) func() {
		return func() {
			v := p.FloatWithFallback("theme.scale", 1) + by
			v = min(max(v, float64(theme.MinScale)), float64(theme.MaxScale))
			p.SetFloat("theme.scale", v)
			show()
			o.Changed()
		}
	}
	show()
	author := widgets.NewEntry("Your name, as it stands on briefings")
	author.SetText(p.String("briefing.author"))
	author.OnChanged = func(t string) { p.SetString("briefing.author", t) }
	head := widgets.NewText("Settings", theme.SizeSub, "")
	head.Bold = true
	path := widget.NewLabel(o.Path)
	path.Wrapping = fyne.TextWrapBreak
	path.Selectable = true
	var pop *widget.PopUp
	body := widgets.Column(theme.Gap4, head,
		widgets.Field("Colours", widgets.Line(0, mode), ""),
		widgets.Field("Size of the window's text", widgets.Line(theme.Gap2, widgets.NewButton("Smaller", "zoom-out", step(-0.1)), size, widgets.NewButton("Larger", "zoom-in", step(0.1))), "The text of sources has its own size: Ctrl++ and Ctrl+-."),
		widgets.Field("Author", author, ""),
		widgets.Field("Notebook", widgets.Flush(path), "All that matters is in this one file. Copy it and you have a backup."),
		widgets.Field("Search index", widgets.Line(0, widgets.NewButton("Build it anew", "refresh", func() { pop.Hide(); o.Reindex() })), "It is derived from the notebook and can be built again at any time."),
		widgets.Spread(0, 0, container.NewStack(), widgets.Primary("Close", "", func() { pop.Hide() })))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap4, body), s.Window().Canvas())
	pop.Resize(fyne.NewSize(520, pop.MinSize().Height+20))
	pop.Show()
	s.Window().Canvas().Focus(author)
}

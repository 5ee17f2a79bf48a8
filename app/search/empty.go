package search

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	index "sourcebook/notebook/search"
)

// The searches that were asked last, as the preferences keep them.
const (
	historyKey  = "search.history"
	mostHistory = 12
)

// remember puts the query at the front of the history: the user has found
// something by it, or asked for it by Return.
func (c *Screen) remember() {
	if c.query == "" {
		return
	}
	list := []string{c.query}
	for _, q := range c.history() {
		if q != c.query && len(list) < mostHistory {
			list = append(list, q)
		}
	}
	c.s.Preferences().SetStringList(historyKey, list)
}

func (c *Screen) history() []string { return c.s.Preferences().StringList(historyKey) }

// saved is the saved search that is the query, nil where there is none.
func (c *Screen) saved() *notebook.Saved {
	for i, s := range c.held.saved {
		if s.Query == c.query {
			return &c.held.saved[i]
		}
	}
	return nil
}

// keep saves the query, or forgets it where it is saved.
func (c *Screen) keep() {
	if s := c.saved(); s != nil {
		c.s.DoUndoable("forget the search", "Search forgotten", func(error) { c.load() }, &notebook.DropSaved{ID: s.ID})
		return
	}
	if c.query == "" {
		return
	}
	saved := notebook.Saved{Name: present.Short(c.query, 80), Place: string(session.Search), Query: c.query}
	c.s.DoUndoable("save the search", "Search saved", func(error) { c.load() }, &notebook.PutSaved{Saved: saved})
}

// showSaved shows whether the query is saved.
func (c *Screen) showSaved() {
	icon, tip := "bookmark", "Save this search"
	if c.query != "" && c.saved() != nil {
		icon, tip = "done", "Saved; press to forget it"
	}
	c.star.Tip = tip
	if c.query == "" {
		c.star.Disable()
	} else {
		c.star.Enable()
	}
	c.star.SetIcon(theme.Icon(icon))
}

// example is a query that teaches the language.
type example struct{ query, says string }

// examples are made of what the notebook holds where they name something.
func examples(h held) []example {
	list := []example{
		{"corridor", "a word, in any of its forms: corridors too. Capitals and accents do not matter"},
		{`"middle corridor"`, "words that stand together"},
		{"transit*", "words that begin so"},
		{"coridor~", "words spelt nearly so; ~2 allows two letters to differ"},
		{"rail OR road", "either of them; without OR, all words must be there"},
		{"port -tariff", "the one without the other"},
	}
	code := country.Code("KZ")
	if len(h.countries) > 0 {
		code = h.countries[0].Country
	}
	list = append(list, example{"country:" + string(code), "what is about " + country.Name(code, "en")})
	if len(h.tags) > 0 {
		list = append(list, example{index.With("", "tag", h.tags[0].Word), "what you have tagged so"})
	}
	if len(h.sites) > 0 {
		list = append(list, example{index.With("", "site", h.sites[0].Word), "what this site has published"})
	}
	year := h.now.Year()
	if h.now.IsZero() {
		year = 2025
	}
	return append(list,
		example{fmt.Sprintf("published:%d-10..", year-1), "since a month; a day, a year, or a span such as 2024..2025 will do"},
		example{"kind:claim credibility:<=2", "claims that are at least probably true"},
		example{"has:highlights lang:ru", "Russian sources in which you have highlighted something"},
	)
}

// empty is what the screen shows before anything is searched.
func (c *Screen) empty() fyne.CanvasObject {
	col := widgets.Column(theme.Gap4)
	if len(c.held.saved) > 0 {
		var chips []fyne.CanvasObject
		for _, s := range c.held.saved {
			chip := widgets.NewChip(present.Short(s.Name, 60), widgets.Accent)
			chip.Lead = theme.IconIn("bookmark", theme.ColorMuted)
			chip.OnTapped = func() { c.write(s.Query) }
			chip.OnRemove = func() {
				c.s.DoUndoable("forget the search", "Search forgotten", func(error) { c.load() }, &notebook.DropSaved{ID: s.ID})
			}
			chips = append(chips, chip)
		}
		col.Add(widgets.Column(theme.Gap2, widgets.Section("Saved searches"), widgets.NewFlow(chips...)))
	}
	if asked := c.history(); len(asked) > 0 {
		var chips []fyne.CanvasObject
		for _, q := range asked {
			chip := widgets.NewChip(present.Short(q, 60), widgets.Neutral)
			chip.Lead = theme.IconIn("history", theme.ColorMuted)
			chip.OnTapped = func() { c.write(q) }
			chip.OnRemove = func() {
				c.s.Preferences().SetStringList(historyKey, slices.DeleteFunc(c.history(), func(is string) bool { return is == q }))
				c.show()
			}
			chips = append(chips, chip)
		}
		col.Add(widgets.Column(theme.Gap2, widgets.Section("Searched lately"), widgets.NewFlow(chips...)))
	}
	teach := widgets.Column(theme.Gap2, widgets.Section("How to ask"))
	for _, e := range examples(c.held) {
		chip := widgets.NewChip(e.query, widgets.Neutral)
		chip.OnTapped = func() { c.write(e.query) }
		chip.Tip = "Search for " + e.query
		teach.Add(container.New(columns(260), container.NewHBox(chip), widgets.Muted(present.UpperFirst(e.says))))
	}
	col.Add(teach)
	return container.NewVScroll(widgets.Pad(theme.Gap6, theme.Gap4, widgets.AtMost(wide, col)))
}

// nothing is what the screen shows where nothing was found: what could be tried.
func (c *Screen) nothing() fyne.CanvasObject {
	var tries []fyne.CanvasObject
	try := func(label, query string) {
		tries = append(tries, widgets.NewButton(label, "", func() { c.write(query) }))
	}
	words, filtered := wordsOf(c.query)
	switch {
	case len(words) == 1 && !filtered:
		try("Near spellings", words[0]+"~")
	case len(words) > 1:
		try("Any of the words", strings.TrimSpace(strings.Join(words, " OR ")))
	}
	if filtered && len(words) > 0 {
		try("Without the filters", strings.Join(words, " "))
	}
	says := "Nothing in this notebook has all of it. Fewer words find more."
	if c.results.Building {
		says = "The search index is still being built: what you look for may not be in it yet."
	}
	return widgets.Empty("search", "Nothing found", says, tries...)
}

// wordsOf are the bare words of a query, and whether there are filters beside
// them. A query with signs of its own has none.
func wordsOf(query string) (words []string, filtered bool) {
	list := index.Filters(query)
	for i := len(list) - 1; i >= 0; i-- {
		query = index.Without(query, list[i])
	}
	if strings.ContainsAny(query, `"“”„«»()*~:|&`) {
		return nil, len(list) > 0
	}
	for _, w := range strings.Fields(query) {
		if w == "AND" || w == "OR" || w == "NOT" || strings.HasPrefix(w, "-") {
			return nil, len(list) > 0
		}
		words = append(words, w)
	}
	return words, len(list) > 0
}

// columns sets two objects side by side, the first so wide.
type columns float32

// MinSize is part of fyne.Layout.
func (w columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(float32(w)+b.Width, max(a.Height, b.Height))
}

// Layout is part of fyne.Layout.
func (w columns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for i, x := range []float32{0, float32(w)} {
		m := o[i].MinSize()
		width := float32(w) - theme.Gap2
		if i == 1 {
			width = max(0, size.Width-x)
		}
		o[i].Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		o[i].Resize(fyne.NewSize(width, m.Height))
	}
}

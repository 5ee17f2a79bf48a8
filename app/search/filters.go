package search

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	index "sourcebook/notebook/search"
)

// choice is a value that a filter offers.
type choice struct{ value, label string }

// filter is a button that writes a field into the query.
type filter struct {
	field, label string
	choices      func(held) []choice
}

// held is what the notebook has, for the choices of filters and the examples.
type held struct {
	countries []notebook.CountryCount
	tags      []notebook.Count
	sites     []notebook.Count
	saved     []notebook.Saved
	now       time.Time
}

// mostChoices is how many values a filter offers.
const mostChoices = 14

func fixed(list ...choice) func(held) []choice { return func(held) []choice { return list } }

func counted(counts []notebook.Count) []choice {
	var list []choice
	for _, c := range counts {
		if len(list) == mostChoices {
			break
		}
		list = append(list, choice{c.Word, c.Word + "  (" + present.Number(c.N) + ")"})
	}
	return list
}

// filters are the buttons under the field.
var filters = []filter{
	{"kind", "Kind", fixed(choice{"source", "Sources"}, choice{"article", "Articles"}, choice{"document", "Documents"}, choice{"post", "Posts"},
		choice{"search_snapshot", "Search snapshots"}, choice{"highlight", "Highlights"}, choice{"claim", "Claims"}, choice{"note", "Notes"})},
	{"country", "Country", func(h held) []choice {
		var list []choice
		for _, c := range h.countries {
			if len(list) == mostChoices {
				break
			}
			list = append(list, choice{string(c.Country), country.Name(c.Country, "en")})
		}
		return list
	}},
	{"published", "Published", func(h held) []choice { return since(h.now) }},
	{"captured", "Captured", func(h held) []choice { return since(h.now) }},
	{"lang", "Language", fixed(choice{"en", "English"}, choice{"ru", "Russian"}, choice{"tr", "Turkish"}, choice{"az", "Azerbaijani"}, choice{"ka", "Georgian"},
		choice{"hy", "Armenian"}, choice{"kk", "Kazakh"}, choice{"uz", "Uzbek"}, choice{"fa", "Persian"}, choice{"ar", "Arabic"}, choice{"zh", "Chinese"},
		choice{"uk", "Ukrainian"}, choice{"de", "German"}, choice{"fr", "French"}, choice{"es", "Spanish"})},
	{"tag", "Tag", func(h held) []choice { return counted(h.tags) }},
	{"site", "Site", func(h held) []choice { return counted(h.sites) }},
	{"has", "Has", fixed(choice{"highlights", "Highlights"}, choice{"claims", "Claims"}, choice{"notes", "Notes"}, choice{"tags", "Tags"}, choice{"date", "A date"})},
	{"credibility", "Credibility", fixed(choice{"1", "1, confirmed"}, choice{"<=2", "1 or 2, probably true or better"}, choice{"<=3", "1 to 3, possibly true or better"}, choice{">=4", "4 to 6, doubtful or worse"})},
}

// since are spans of time up to now.
func since(now time.Time) []choice {
	day := func(t time.Time) string { return t.Format("2006-01-02") + ".." }
	year := now.Format("2006")
	return []choice{
		{day(now.AddDate(0, 0, -7)), "In the last 7 days"}, {day(now.AddDate(0, -1, 0)), "In the last month"}, {day(now.AddDate(0, -6, 0)), "In the last 6 months"},
		{year, "In " + year}, {now.AddDate(-1, 0, 0).Format("2006"), "In " + now.AddDate(-1, 0, 0).Format("2006")},
		{".." + now.AddDate(-2, 0, 0).Format("2006"), "Until the end of " + now.AddDate(-2, 0, 0).Format("2006")},
	}
}

// load reads what the notebook has, for the choices.
func (c *Screen) load() {
	session.LoadElse(c.s, &c.loader, func(_ context.Context, tx *notebook.Tx) (h held, err error) {
		if h.countries, err = tx.CountryCounts(); err != nil {
			return h, err
		}
		if h.tags, err = tx.Tags(); err != nil {
			return h, err
		}
		if h.sites, err = tx.Sites(); err != nil {
			return h, err
		}
		h.saved, err = tx.Saved(string(session.Search))
		return h, err
	}, func(h held) {
		h.now = time.Now()
		c.held = h
		c.showSaved()
		if c.query == "" {
			c.show()
		}
	}, func(error) {}) // the choices stay those that there were; whoever lists says what is wrong
}

// filterChips are the buttons of the filters, those in the query first.
func (c *Screen) filterChips() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, f := range index.Filters(c.entry.Text) {
		label := f.Field + ":" + f.Value
		var flag fyne.Resource
		if f.Field == "country" {
			if code, err := country.ParseCode(f.Value); err == nil {
				label, flag = country.Name(code, "en"), theme.Flag(string(code))
			}
		}
		if f.Not {
			label = "not " + label
		}
		chip := widgets.NewChip(present.Short(label, 40), widgets.Accent)
		chip.Tip = "Take " + label + " out of the search"
		chip.Lead = flag
		chip.OnRemove = func() { c.write(index.Without(c.entry.Text, f)) }
		list = append(list, chip)
	}
	for _, f := range filters {
		chip := widgets.NewChip(f.label, widgets.Neutral)
		chip.Lead = theme.IconIn("chevron-down", theme.ColorMuted)
		chip.OnTapped = func() { c.offer(f, chip) }
		list = append(list, chip)
	}
	return list
}

// offer shows the choices of a filter below its button.
func (c *Screen) offer(f filter, below fyne.CanvasObject) {
	has := ""
	for _, now := range index.Filters(c.entry.Text) {
		if now.Field == f.field && !now.Not {
			has = now.Value
		}
	}
	var items []*fyne.MenuItem
	for _, ch := range f.choices(c.held) {
		item := fyne.NewMenuItem(present.Short(ch.label, 50), func() { c.write(index.With(c.entry.Text, f.field, ch.value)) })
		item.Checked = has == ch.value
		if f.field == "country" {
			item.Icon = theme.Flag(ch.value)
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		none := fyne.NewMenuItem("Nothing in this notebook has one", nil)
		none.Disabled = true
		items = append(items, none)
	}
	if has != "" {
		items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Any", func() { c.write(index.With(c.entry.Text, f.field, "")) }))
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c.s.Window().Canvas(), at.AddXY(0, below.Size().Height+2))
}

// write puts a query into the field, searches, and leaves the cursor at its end.
func (c *Screen) write(query string) {
	c.entry.SetText(query)
	c.entry.CursorColumn = len([]rune(query))
	c.entry.Refresh()
	c.FocusFilter()
}

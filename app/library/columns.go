package library

import (
	"slices"
	"strconv"
	"strings"

	ft "fyne.io/fyne/v2/theme"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// column is one thing that the table can show of a source.
type column struct {
	widgets.TableColumn
	order    notebook.SourceOrder // empty: it cannot be sorted by
	latest   bool                 // the order has the newest or the most first
	byChoice bool                 // not shown until it is asked for
	text     func(r notebook.SourceRow) string
}

// columns are all that the table can show, in their order on the window. The icon
// before a title tells its kind and bold type that it is unread: those columns
// need not be shown at first, and leave their room to the title.
var columns = []column{
	{TableColumn: widgets.TableColumn{Key: "title", Title: "Title", Width: 260, Wide: true}, order: notebook.OrderTitle,
		text: func(r notebook.SourceRow) string { return present.SourceTitle(r.Source) }},
	{TableColumn: widgets.TableColumn{Key: "site", Title: "Site", Width: 120}, order: notebook.OrderSite,
		text: func(r notebook.SourceRow) string { return siteOf(r.Source) }},
	{TableColumn: widgets.TableColumn{Key: "author", Title: "Author", Width: 110}, order: notebook.OrderAuthor,
		text: func(r notebook.SourceRow) string { return strings.Join(r.Byline, ", ") }},
	{TableColumn: widgets.TableColumn{Key: "published", Title: "Published", Width: 106}, order: notebook.OrderPublished, latest: true,
		text: func(r notebook.SourceRow) string { return present.Date(r.Published) }},
	{TableColumn: widgets.TableColumn{Key: "captured", Title: "Captured", Width: 106}, order: notebook.OrderCaptured, latest: true,
		text: func(r notebook.SourceRow) string { return present.Day(r.Captured) }},
	{TableColumn: widgets.TableColumn{Key: "added", Title: "Added", Width: 106}, order: notebook.OrderAdded, latest: true, byChoice: true,
		text: func(r notebook.SourceRow) string { return present.Day(r.Added) }},
	{TableColumn: widgets.TableColumn{Key: "kind", Title: "Kind", Width: 112}, order: notebook.OrderKind, byChoice: true,
		text: func(r notebook.SourceRow) string { return present.Label(present.Kinds, string(r.Kind)) }},
	{TableColumn: widgets.TableColumn{Key: "language", Title: "Language", Width: 84}, order: notebook.OrderLang, byChoice: true,
		text: func(r notebook.SourceRow) string { return r.Lang }},
	{TableColumn: widgets.TableColumn{Key: "countries", Title: "Countries", Width: 120}, order: notebook.OrderCountry,
		text: func(r notebook.SourceRow) string { return countriesOf(r.Source) }},
	{TableColumn: widgets.TableColumn{Key: "highlights", Title: "Highlights", Width: 80, Right: true}, order: notebook.OrderHighlights, latest: true,
		text: func(r notebook.SourceRow) string { return many(r.Highlights) }},
	{TableColumn: widgets.TableColumn{Key: "claims", Title: "Claims", Width: 68, Right: true}, order: notebook.OrderClaims, latest: true,
		text: func(r notebook.SourceRow) string { return many(r.Claims) }},
	{TableColumn: widgets.TableColumn{Key: "reliability", Title: "Reliability", Width: 80}, order: notebook.OrderReliability,
		text: func(r notebook.SourceRow) string { return string(r.Grade) }},
	{TableColumn: widgets.TableColumn{Key: "words", Title: "Words", Width: 70, Right: true}, order: notebook.OrderWords, latest: true, byChoice: true,
		text: func(r notebook.SourceRow) string { return many(r.Words) }},
	{TableColumn: widgets.TableColumn{Key: "folder", Title: "Folder", Width: 110, Plain: true}, byChoice: true,
		text: func(r notebook.SourceRow) string { return r.Folder }},
	{TableColumn: widgets.TableColumn{Key: "tags", Title: "Tags", Width: 130, Plain: true}, byChoice: true,
		text: func(r notebook.SourceRow) string { return strings.Join(r.Tags, ", ") }},
	{TableColumn: widgets.TableColumn{Key: "read", Title: "Read", Width: 48, Plain: true}, byChoice: true,
		text: func(r notebook.SourceRow) string {
			if r.Read {
				return "Yes"
			}
			return "No"
		}},
}

func columnOf(key string) (column, bool) {
	i := slices.IndexFunc(columns, func(c column) bool { return c.Key == key })
	if i < 0 {
		return column{}, false
	}
	return columns[i], true
}

// many writes a number, nothing for none: a column of zeros hides the rest.
func many(n int) string {
	if n == 0 {
		return ""
	}
	return present.Number(n)
}

func siteOf(s notebook.Source) string {
	if s.Site != "" {
		return s.Site
	}
	return present.Host(s.URL)
}

// mostCountries is how many countries are named in a cell; the rest are counted.
const mostCountries = 4

// countriesOf names the countries of a source, the one named most first.
func countriesOf(s notebook.Source) string {
	list := slices.Clone(s.Countries)
	slices.SortStableFunc(list, func(a, b document.CountryCount) int { return b.Mentions - a.Mentions })
	var names []string
	for i, c := range list {
		if i == mostCountries && len(list) > mostCountries+1 {
			names = append(names, "+"+strconv.Itoa(len(list)-i))
			break
		}
		names = append(names, country.Name(country.Code(c.Code), "en"))
	}
	return strings.Join(names, ", ")
}

// layout is which columns are shown, and how wide each is.
type layout struct {
	shown  map[string]bool
	widths map[string]float32
}

// layoutFrom reads a layout as store wrote it: "title=320", "-kind=100" for a
// column that is hidden. Columns that it does not name are as they come.
func layoutFrom(stored []string) layout {
	l := layout{shown: map[string]bool{}, widths: map[string]float32{}}
	for _, c := range columns {
		l.shown[c.Key] = !c.byChoice
	}
	for _, s := range stored {
		key, width, _ := strings.Cut(s, "=")
		hidden := strings.HasPrefix(key, "-")
		key = strings.TrimPrefix(key, "-")
		if _, ok := columnOf(key); !ok {
			continue
		}
		l.shown[key] = !hidden
		if w, err := strconv.ParseFloat(width, 32); err == nil && w > 0 && w < 4000 {
			l.widths[key] = float32(w)
		}
	}
	l.shown["title"] = true // a row without a name is no row
	return l
}

// store writes the layout for the preferences.
func (l layout) store() []string {
	var out []string
	for _, c := range columns {
		key := c.Key
		if !l.shown[key] {
			key = "-" + key
		}
		out = append(out, key+"="+strconv.FormatFloat(float64(l.width(c)), 'f', 0, 32))
	}
	return out
}

func (l layout) width(c column) float32 {
	if w := l.widths[c.Key]; w > 0 {
		return w
	}
	return c.Width
}

// table gives the columns for the table on the window.
func (l layout) table() []widgets.TableColumn {
	var out []widgets.TableColumn
	for _, c := range columns {
		if l.shown[c.Key] {
			x := c.TableColumn
			x.Width = l.width(c)
			out = append(out, x)
		}
	}
	return out
}

// query gives the query's order for a column sorted by, and whether its rows run
// from the last to the first: the notebook has the newest and the most first, a
// column the first letter, the oldest and the least.
func (c column) query(down bool) (by notebook.SourceOrder, reverse bool) {
	return c.order, down != c.latest
}

// sortedBy is query the other way round.
func sortedBy(by notebook.SourceOrder, reverse bool) (key string, down bool) {
	if by == "" {
		by = notebook.OrderAdded
	}
	for _, c := range columns {
		if c.order == by {
			return c.Key, reverse != c.latest
		}
	}
	return "", false
}

// cell fills one cell of a row.
func (c column) cell(r notebook.SourceRow, to *widgets.Cell) {
	to.Text = c.text(r)
	to.Bold = !r.Read && c.Key == "title"
	switch c.Key {
	case "title":
		to.Icon = theme.IconIn(present.KindIcon(r.Kind), theme.ColorMuted)
	case "read":
		to.Colour = theme.ColorMuted
		if !r.Read {
			to.Colour = ft.ColorNamePrimary
		}
	default:
		to.Colour = theme.ColorMuted
	}
	if c.Key == "countries" && len(r.Countries) == 1 {
		to.Icon = theme.Flag(r.Countries[0].Code)
	}
}

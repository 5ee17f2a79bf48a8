// Package library is the place for sources: the list with its filters beside
// the reading pane.
package library

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/reading"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// Actions are what the window does for the library.
type Actions struct {
	Import func() // asks for files
	Paste  func() // imports what is on the clipboard
	Sample func() // opens the sample notebook
}

// order is one way to sort the list.
type order struct {
	label string
	by    notebook.SourceOrder
	rev   bool
}

var orders = []order{
	{"Added, newest first", notebook.OrderAdded, false},
	{"Added, oldest first", notebook.OrderAdded, true},
	{"Published, newest first", notebook.OrderPublished, false},
	{"Published, oldest first", notebook.OrderPublished, true},
	{"Captured, newest first", notebook.OrderCaptured, false},
	{"Title, A to Z", notebook.OrderTitle, false},
	{"Title, Z to A", notebook.OrderTitle, true},
	{"Site, A to Z", notebook.OrderSite, false},
}

// Screen is the place for sources.
type Screen struct {
	s       session.Session
	actions Actions
	content *container.Split

	query notebook.SourceQuery
	pages *pages
	words session.Loader
	open  notebook.SourceID

	filter    *widgets.Entry
	kind      *widget.Select
	country   *widget.Select
	countries []country.Code
	tag       *widget.Select
	tags      []string
	sort      *widget.Select
	unread    *widgets.Toggle
	bare      *widgets.Toggle
	count     *widgets.Text
	head      *fyne.Container
	list      *widgets.List
	area      *fyne.Container
	pane      *reading.Pane
	quiet     bool
	which     *widgets.Segmented // of the lists
	entries   *entries
	narrow    *fyne.Container // the filters that only sources have
}

const (
	anyKind    = "All kinds"
	anyCountry = "All countries"
	anyTag     = "All tags"
)

// New makes the screen.
func New(s session.Session, a Actions) *Screen {
	l := &Screen{s: s, actions: a}
	l.pages = newPages(s, l.showList)
	l.filter = widgets.NewFilter("Filter by title, site, author", func(t string) { l.query.Text = t; l.load() })
	l.filter.OnDown = func() { s.Window().Canvas().Focus(l.list) }
	kinds := []string{anyKind}
	for _, k := range present.Kinds {
		kinds = append(kinds, k.Label+"s")
	}
	l.kind = widget.NewSelect(kinds, func(string) {
		l.query.Kind = ""
		if i := l.kind.SelectedIndex(); i > 0 {
			l.query.Kind = document.Kind(present.Kinds[i-1].Key)
		}
		l.load()
	})
	l.country = widget.NewSelect([]string{anyCountry}, func(string) {
		l.query.Country = ""
		if i := l.country.SelectedIndex(); i > 0 {
			l.query.Country = l.countries[i-1]
		}
		l.load()
	})
	l.tag = widget.NewSelect([]string{anyTag}, func(string) {
		l.query.Tag = ""
		if i := l.tag.SelectedIndex(); i > 0 {
			l.query.Tag = l.tags[i-1]
		}
		l.load()
	})
	l.kind.PlaceHolder, l.country.PlaceHolder, l.tag.PlaceHolder = anyKind, anyCountry, anyTag
	var labels []string
	for _, o := range orders {
		labels = append(labels, o.label)
	}
	l.sort = widget.NewSelect(labels, nil)
	l.sort.SetSelectedIndex(min(max(s.Preferences().IntWithFallback("library.order", 0), 0), len(orders)-1))
	l.takeOrder()
	l.sort.OnChanged = func(string) {
		s.Preferences().SetInt("library.order", l.sort.SelectedIndex())
		l.takeOrder()
		l.load()
	}
	l.unread = widgets.NewToggle("Unread", func(on bool) { l.query.Unread = on; l.load() })
	l.bare = widgets.NewToggle("Without claims", func(on bool) { l.query.WithoutClaims = on; l.load() })
	l.count = widgets.Muted("")
	l.count.Whole = true
	l.list = widgets.NewList(func() int { return l.pages.total }, func() fyne.CanvasObject {
		r := widgets.NewRow()
		r.Two = true
		return r
	}, l.showRow)
	l.list.OnChosen = func(i int) {
		if src, ok := l.pages.at(i); ok {
			s.Go(session.Target{Place: session.Library, ID: string(src.ID)})
		}
	}
	l.list.OnOpen = func(int) { l.pane.Focus() }
	l.list.OnDelete = func(int) { l.Delete() }
	l.area = container.NewStack(l.list)

	imp := widgets.IconButton("import", "Import files (Ctrl+I)", a.Import)
	l.entries = newEntries(l)
	l.which = widgets.NewSegmented(lists, func(string) { l.choose() })
	l.which.Set(allSources)
	l.narrow = container.NewGridWithColumns(2, l.kind, l.country, l.tag, l.sort)
	l.head = widgets.Spread(theme.Gap1, 2, l.unread, l.bare, container.NewStack(), l.count)
	top := widgets.Pad(theme.Gap3, theme.Gap3, widgets.Column(theme.Gap2,
		widgets.Spread(theme.Gap1, 0, widgets.Heading("Library"), widgets.IconButton("paste", "Import what is on the clipboard (Ctrl+V)", a.Paste), imp),
		l.which, l.filter, l.narrow, l.head))
	left := widgets.Dock(widgets.Ruled(top), nil, nil, nil, l.area)
	l.pane = reading.New(s)
	l.content = container.NewHSplit(left, l.pane.Content())
	l.content.Offset = 0.27
	return l
}

func (l *Screen) takeOrder() {
	if i := l.sort.SelectedIndex(); i >= 0 {
		l.query.Order, l.query.Reverse = orders[i].by, orders[i].rev
	}
}

// Content is part of session.Screen.
func (l *Screen) Content() fyne.CanvasObject { return l.content }

// Split is the divider whose place is remembered.
func (l *Screen) Split() *container.Split { return l.content }

// Pane is the reading pane.
func (l *Screen) Pane() *reading.Pane { return l.pane }

// Open is part of session.Screen.
func (l *Screen) Open(t session.Target) {
	if t.ID != "" {
		l.open = notebook.SourceID(t.ID)
		l.pane.Open(l.open, t.Range, t.Query)
		l.mark()
	}
	l.load()
	l.loadWords()
}

// Changed is part of session.Screen.
func (l *Screen) Changed() {
	l.load()
	l.loadWords()
	l.pane.Changed()
}

func (l *Screen) load() {
	switch {
	case l.quiet:
	case l.which.Key() != allSources:
		l.entries.load(l.which.Key(), l.query.Text)
	default:
		l.pages.load(l.query)
	}
}

// choose shows one of the lists: sources, highlights, what is cited and not held.
func (l *Screen) choose() {
	sources := l.which.Key() == allSources
	for _, o := range []fyne.CanvasObject{l.narrow, l.unread, l.bare} {
		if sources {
			o.Show()
		} else {
			o.Hide()
		}
	}
	if !sources {
		l.area.Objects = []fyne.CanvasObject{l.entries.area}
		l.area.Refresh()
	}
	l.content.Leading.Refresh()
	l.load()
}

func (l *Screen) loadWords() {
	type words struct {
		tags      []notebook.Count
		countries []notebook.CountryCount
	}
	session.Load(l.s, &l.words, "read the countries", func(_ context.Context, tx *notebook.Tx) (w words, err error) {
		if w.tags, err = tx.Tags(); err != nil {
			return w, err
		}
		w.countries, err = tx.CountryCounts()
		return w, err
	}, func(w words) {
		l.countries = l.countries[:0]
		names := []string{anyCountry}
		slices.SortStableFunc(w.countries, func(a, b notebook.CountryCount) int { return b.Sources - a.Sources })
		for _, c := range w.countries {
			if c.Sources > 0 {
				l.countries = append(l.countries, c.Country)
				names = append(names, country.Name(c.Country, "en"))
			}
		}
		setOptions(l.country, names)
		l.tags = l.tags[:0]
		names = []string{anyTag}
		for _, t := range w.tags {
			l.tags = append(l.tags, t.Word)
			names = append(names, t.Word)
		}
		setOptions(l.tag, names)
	})
}

func setOptions(s *widget.Select, names []string) {
	if !slices.Equal(s.Options, names) {
		s.Options = names
		s.Refresh()
	}
}

func (l *Screen) filtered() bool {
	q := l.query
	return q.Text != "" || q.Kind != "" || q.Country != "" || q.Tag != "" || q.Unread || q.WithoutClaims
}

func (l *Screen) showList() {
	if l.which.Key() != allSources {
		return
	}
	l.count.SetText(present.Count(l.pages.total, "source"))
	l.head.Refresh()
	var show fyne.CanvasObject = l.list
	switch {
	case l.pages.total > 0:
	case l.filtered():
		show = widgets.Empty("filter", "No source fits", "No source has all that the filters ask for.", widgets.NewButton("Clear filters", "", l.clear))
	default:
		show = widgets.Empty("inbox", "Nothing captured yet",
			"Drop saved pages or text files onto this window, paste an article with Ctrl+V, or choose files. Every capture is kept as it came.",
			widgets.Primary("Import files…", "import", l.actions.Import),
			widgets.NewButton("Try the sample", "", l.actions.Sample))
	}
	if len(l.area.Objects) != 1 || l.area.Objects[0] != show {
		l.area.Objects = []fyne.CanvasObject{show}
		l.area.Refresh()
	}
	l.list.Refresh()
	l.mark()
	l.s.Trace("library listed", map[string]any{"sources": l.pages.total})
}

// mark selects the row of the open source where it is among those read.
func (l *Screen) mark() {
	l.list.Choose(l.pages.index(l.open))
}

func (l *Screen) clear() {
	l.quiet = true
	l.query = notebook.SourceQuery{}
	l.takeOrder()
	l.filter.SetText("")
	l.kind.ClearSelected()
	l.country.ClearSelected()
	l.tag.ClearSelected()
	l.unread.Set(false)
	l.bare.Set(false)
	l.quiet = false
	l.load()
}

func (l *Screen) showRow(i int, o fyne.CanvasObject) {
	r := o.(*widgets.Row)
	src, ok := l.pages.at(i)
	if !ok {
		r.Lead, r.Title, r.Sub, r.Meta, r.Badges, r.Dot, r.OnSecondary = nil, "", "", "", nil, false, nil
		r.Refresh()
		return
	}
	r.Lead = theme.IconIn(present.KindIcon(src.Kind), theme.ColorMuted)
	r.Title = present.SourceTitle(src)
	r.Bold = !src.Read
	r.Dot = !src.Read
	site := src.Site
	if site == "" {
		site = present.Host(src.URL)
	}
	r.Sub = present.Join(site, firstAuthor(src))
	r.Meta = present.Date(src.Published)
	if r.Meta == "" {
		r.Meta = present.Ago(src.Captured, time.Now())
	}
	r.OnSecondary = func(at fyne.Position) { l.menu(src, at) }
	r.Refresh()
}

func firstAuthor(s notebook.Source) string {
	switch len(s.Byline) {
	case 0:
		return ""
	case 1:
		return s.Byline[0]
	}
	return s.Byline[0] + " and others"
}

func (l *Screen) menu(src notebook.Source, at fyne.Position) {
	read := fyne.NewMenuItem("Mark as unread", func() { l.s.Do("mark it as unread", nil, &notebook.MarkRead{Source: src.ID}) })
	if !src.Read {
		read = fyne.NewMenuItem("Mark as read", func() { l.s.Do("mark it as read", nil, &notebook.MarkRead{Source: src.ID, Read: true}) })
	}
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("Open", func() { l.s.Go(session.Target{Place: session.Library, ID: string(src.ID)}) }),
		read,
	}
	if src.URL != "" {
		items = append(items, fyne.NewMenuItem("Open its address in the browser", func() { claims.OpenURL(l.s, src.URL) }),
			fyne.NewMenuItem("Copy its address", func() {
				fyne.CurrentApp().Clipboard().SetContent(src.URL)
				l.s.Toast(session.Toast{Text: "Address copied"})
			}))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Move to the bin", func() { l.bin(src.ID) }))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), l.s.Window().Canvas(), at)
}

func (l *Screen) bin(id notebook.SourceID) {
	if id == l.open {
		next := notebook.SourceID("")
		if i := l.list.At(); i >= 0 {
			if s, ok := l.pages.at(i + 1); ok {
				next = s.ID
			} else if s, ok := l.pages.at(i - 1); ok {
				next = s.ID
			}
		}
		l.open = next
		if next != "" {
			l.s.Go(session.Target{Place: session.Library, ID: string(next)})
		} else {
			l.pane.Close()
		}
	}
	l.s.DoUndoable("move the source to the bin", "Source moved to the bin", nil,
		&notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(id)}}})
}

// Delete moves the open source to the bin.
func (l *Screen) Delete() {
	if l.open != "" {
		l.bin(l.open)
	}
}

// FocusFilter is part of session.Filterer.
func (l *Screen) FocusFilter() { l.s.Window().Canvas().Focus(l.filter) }

// Command does one of the window's commands where it means something here.
func (l *Screen) Command(id string) bool { return l.pane.Command(id) }

package library

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// order is one way to sort the list, for the list without a heading.
type order struct {
	label string
	by    notebook.SourceOrder
	rev   bool
}

var orders = []order{
	{"Newest added", notebook.OrderAdded, false},
	{"Oldest added", notebook.OrderAdded, true},
	{"Newest published", notebook.OrderPublished, false},
	{"Oldest published", notebook.OrderPublished, true},
	{"Newest captured", notebook.OrderCaptured, false},
	{"Title A to Z", notebook.OrderTitle, false},
	{"Title Z to A", notebook.OrderTitle, true},
	{"Site A to Z", notebook.OrderSite, false},
	{"Author A to Z", notebook.OrderAuthor, false},
	{"Most claims", notebook.OrderClaims, false},
	{"Most highlights", notebook.OrderHighlights, false},
	{"Most reliable", notebook.OrderReliability, false},
	{"Longest", notebook.OrderWords, false},
}

const (
	anyKind    = "All kinds"
	anyCountry = "All countries"
	anyTag     = "All tags"
	anyFolder  = "All folders"
)

// bar is the head of the list: its title, its filters and its count.
type bar struct {
	l         *Screen
	box       *fyne.Container
	filter    *widgets.Entry
	kind      *widget.Select
	country   *widget.Select
	countries []country.Code
	tag       *widget.Select
	tags      []string
	folder    *widget.Select
	folders   []string
	sort      *widget.Select
	unread    *widgets.Toggle
	bare      *widgets.Toggle
	grouped   *widgets.Toggle
	reset     *widgets.Chip
	save      *widgets.Chip
	count     *widgets.Text
	line      *fyne.Container
}

func newBar(l *Screen) *bar {
	b := &bar{l: l, box: container.NewStack()}
	b.filter = widgets.NewFilter("Filter by title, site, author", func(t string) { l.query.Text = t; b.changed() })
	b.filter.OnDown = l.table.Focus
	kinds := []string{anyKind}
	for _, k := range present.Kinds {
		kinds = append(kinds, k.Label+"s")
	}
	b.kind = choice(kinds, func(i int) {
		l.query.Kind = ""
		if i > 0 {
			l.query.Kind = document.Kind(present.Kinds[i-1].Key)
		}
		b.changed()
	})
	b.country = choice([]string{anyCountry}, func(i int) {
		l.query.Country = ""
		if i > 0 {
			l.query.Country = b.countries[i-1]
		}
		b.changed()
	})
	b.tag = choice([]string{anyTag}, func(i int) {
		l.query.Tag = ""
		if i > 0 {
			l.query.Tag = b.tags[i-1]
		}
		b.changed()
	})
	b.folder = choice([]string{anyFolder}, func(i int) {
		l.query.Folder = ""
		if i > 0 {
			l.query.Folder = b.folders[i-1]
		}
		b.changed()
	})
	var labels []string
	for _, o := range orders {
		labels = append(labels, o.label)
	}
	b.sort = choice(labels, func(i int) {
		if i >= 0 && (orders[i].by != cmp.Or(l.query.Order, notebook.OrderAdded) || orders[i].rev != l.query.Reverse) {
			l.order(orders[i].by, orders[i].rev)
		}
	})
	b.sort.PlaceHolder = "Sorted"
	b.unread = widgets.NewToggle("Unread", func(on bool) { l.query.Unread = on; b.changed() })
	b.bare = widgets.NewToggle("Without claims", func(on bool) { l.query.WithoutClaims = on; b.changed() })
	b.grouped = widgets.NewToggle("Group reprints", l.group)
	b.grouped.Tip = "Sources that trace to one text, below one row"
	b.reset = widgets.NewChip("Clear", widgets.Accent)
	b.reset.OnTapped = l.clear
	b.reset.Hide()
	b.save = widgets.NewChip("Save…", widgets.Accent)
	b.save.Tip = "Save these filters under a name"
	b.save.OnTapped = l.askSave
	b.save.Hide()
	b.count = widgets.Muted("")
	b.count.Whole = true
	return b
}

// choice is a select that says which of its options was chosen.
func choice(options []string, chosen func(i int)) *widget.Select {
	s := widget.NewSelect(options, nil)
	s.PlaceHolder = options[0]
	s.OnChanged = func(string) { chosen(s.SelectedIndex()) }
	return s
}

// changed follows a filter: the list starts at its head again.
func (b *bar) changed() {
	if !b.l.quiet {
		b.l.table.ScrollTo(0)
		b.say()
		b.l.shelf.follow()
	}
	b.l.load()
}

// fill lays the bar out for the width there is.
func (b *bar) fill() {
	l := b.l
	sources := l.which.Key() == allSources
	layout, tip := "table", "The list above the text, as a table (Ctrl+T)"
	if l.above() {
		layout, tip = "panel-left", "The list beside the text (Ctrl+T)"
	}
	shelf := widgets.IconButton("folder", "Folders, tags and saved filters", func() { l.shelf.toggle() })
	turn := widgets.IconButton(layout, tip, l.turn)
	paste := widgets.IconButton("paste", "Import what is on the clipboard (Ctrl+V)", l.actions.Paste)
	imp := widgets.IconButton("import", "Import files (Ctrl+I)", l.actions.Import)
	title := widgets.Heading("Library")
	title.Whole = true
	selects := []fyne.CanvasObject{b.kind, b.country, b.tag, b.folder}
	var rows *fyne.Container
	if l.compact {
		rows = widgets.Column(theme.Gap2,
			widgets.Spread(theme.Gap1, 1, title, container.NewStack(), shelf, turn, paste, imp),
			l.which, b.filter)
		b.line = widgets.Spread(theme.Gap1, 4, b.unread, b.bare, b.reset, b.save, container.NewStack(), b.count)
		if sources {
			rows.Add(container.NewGridWithColumns(2, b.kind, b.country, b.tag, b.sort))
		} else {
			b.line = widgets.Spread(0, 0, container.NewStack(), b.count)
		}
		rows.Add(b.line)
	} else {
		rows = widgets.Column(theme.Gap2, widgets.Spread(theme.Gap2, 2, title, l.which, container.NewStack(), shelf, turn, paste, imp))
		if sources {
			rows.Add(container.New(filterLine{}, append([]fyne.CanvasObject{b.filter}, selects...)...))
			b.line = widgets.Spread(theme.Gap1, 5, b.unread, b.bare, b.grouped, b.reset, b.save, container.NewStack(), b.count)
		} else {
			rows.Add(b.filter)
			b.line = widgets.Spread(0, 0, container.NewStack(), b.count)
		}
		rows.Add(b.line)
	}
	b.box.Objects = []fyne.CanvasObject{widgets.Pad(theme.Gap3, theme.Gap3, rows)}
	b.box.Refresh()
	b.say()
}

// filterLine gives the first field the most room and the others the same.
type filterLine struct{}

func (filterLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(200, h)
}

func (filterLine) Layout(o []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(o) - 1)
	each := min(180, (size.Width*0.66)/n-theme.Gap2)
	first := size.Width - n*(each+theme.Gap2)
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(first, size.Height))
	x := first + theme.Gap2
	for _, s := range o[1:] {
		s.Move(fyne.NewPos(x, 0))
		s.Resize(fyne.NewSize(each, size.Height))
		x += each + theme.Gap2
	}
}

// showOrder shows the order that holds, where the select has it.
func (b *bar) showOrder() {
	q := b.l.query
	by := cmp.Or(q.Order, notebook.OrderAdded)
	i := slices.IndexFunc(orders, func(o order) bool { return o.by == by && o.rev == q.Reverse })
	if i != b.sort.SelectedIndex() {
		if i < 0 {
			b.sort.ClearSelected()
		} else {
			b.sort.SetSelectedIndex(i)
		}
	}
}

// say shows how many sources are listed.
func (b *bar) say() {
	l := b.l
	if l.which.Key() == allSources {
		says := present.Count(l.pages.found, "source")
		if n := l.pages.length(); n < l.pages.found && l.pages.view != nil {
			says = present.Number(n) + " of " + says
		}
		b.count.SetText(says)
		b.showOrder()
	}
	if b.filtered() {
		b.reset.Show()
		b.save.Show()
	} else {
		b.reset.Hide()
		b.save.Hide()
	}
	if b.line != nil {
		b.line.Refresh()
	}
}

// filtered tells whether any filter holds.
func (b *bar) filtered() bool {
	q := b.l.query
	q.Order, q.Reverse, q.Offset, q.Limit = "", false, 0, 0
	return q != notebook.SourceQuery{}
}

// words shows what there is to filter by.
func (b *bar) words(w filterWords) {
	b.countries = b.countries[:0]
	names := []string{anyCountry}
	byUse := slices.Clone(w.countries)
	slices.SortStableFunc(byUse, func(a, b notebook.CountryCount) int { return b.Sources - a.Sources })
	for _, c := range byUse {
		if c.Sources > 0 {
			b.countries = append(b.countries, c.Country)
			names = append(names, country.Name(c.Country, "en"))
		}
	}
	setOptions(b.country, names)
	setOptions(b.tag, append([]string{anyTag}, wordsOf(w.tags, &b.tags)...))
	setOptions(b.folder, append([]string{anyFolder}, wordsOf(w.folders, &b.folders)...))
}

func wordsOf(counts []notebook.Count, to *[]string) []string {
	*to = (*to)[:0]
	for _, c := range counts {
		*to = append(*to, c.Word)
	}
	return *to
}

func setOptions(s *widget.Select, names []string) {
	if !slices.Equal(s.Options, names) {
		s.Options = slices.Clone(names)
		s.Refresh()
	}
}

// show sets the filters to those of a query.
func (b *bar) show(q notebook.SourceQuery) {
	l := b.l
	l.quiet = true
	pick := func(s *widget.Select, i int) {
		if i < 0 {
			s.ClearSelected()
		} else {
			s.SetSelectedIndex(i + 1)
		}
	}
	b.filter.SetText(q.Text)
	pick(b.kind, slices.IndexFunc(present.Kinds, func(c present.Choice) bool { return q.Kind != "" && c.Key == string(q.Kind) }))
	pick(b.country, slices.Index(b.countries, q.Country))
	pick(b.tag, slices.Index(b.tags, q.Tag))
	pick(b.folder, slices.Index(b.folders, q.Folder))
	b.unread.Set(q.Unread)
	b.bare.Set(q.WithoutClaims)
	l.query = q
	l.quiet = false
	l.table.Sort, l.table.Down = sortedBy(q.Order, q.Reverse)
	b.changed()
}

// clear takes all filters away.
func (l *Screen) clear() {
	l.bar.show(notebook.SourceQuery{Order: l.query.Order, Reverse: l.query.Reverse})
}

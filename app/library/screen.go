// Package library is the place for sources: the list, as a table or in rows of
// two lines, with its filters, folders and tags, and the sources that are open,
// each in a tab.
package library

import (
	"context"

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
)

// Actions are what the window does for the library.
type Actions struct {
	Import func() // asks for files
	Paste  func() // imports what is on the clipboard
	Sample func() // opens the sample notebook
}

// Screen is the place for sources.
type Screen struct {
	s       session.Session
	actions Actions
	content *container.Split // the list, and what is open

	query  notebook.SourceQuery
	pages  *pages
	words  session.Loader
	open   notebook.SourceID
	cursor notebook.SourceID // the row that the keys move from
	chosen map[notebook.SourceID]bool
	layout layout
	quiet  bool // filters are being set together

	bar     *bar
	table   *widgets.Table
	area    *fyne.Container
	bulk    *bulk
	entries *entries
	which   *widgets.Segmented // of the lists
	shelf   *shelf
	list    *fyne.Container
	tabs    *tabs
	compact bool
	grouper session.Work // looks for reprints, nil where none does
}

// New makes the screen.
func New(s session.Session, a Actions) *Screen {
	p := s.Preferences()
	l := &Screen{s: s, actions: a, chosen: map[notebook.SourceID]bool{}, layout: layoutFrom(p.StringList("library.columns"))}
	l.pages = newPages(s, l.showList)
	l.query.Order, l.query.Reverse = notebook.SourceOrder(p.String("library.sort")), p.Bool("library.reverse")
	if key, _ := sortedBy(l.query.Order, false); key == "" {
		l.query.Order, l.query.Reverse = "", false
	}
	l.table = widgets.NewTable(l.layout.table(), l.pages.length)
	l.table.Cells, l.table.Face = l.cells, l.face
	l.table.Chosen = func(i int) bool { r, ok := l.peek(i); return ok && l.chosen[r.ID] }
	l.table.Sort, l.table.Down = sortedBy(l.query.Order, l.query.Reverse)
	l.table.OnChosen = l.choose
	l.table.OnToggled = l.toggle
	l.table.OnExtended = l.extend
	l.table.OnAll = l.chooseAll
	l.table.OnOpen = func(i int) { l.openRow(i, false); l.tabs.focus() }
	l.table.OnOpenApart = func(i int) { l.openRow(i, true) }
	l.table.OnDelete = func() { l.Delete() }
	l.table.OnEscape = func() { l.Command("escape") }
	l.table.OnMenu = l.menu
	l.table.OnFold = l.fold
	l.table.OnDrag, l.table.OnDrop = l.dragged, l.dropped
	l.table.OnSorted = l.sorted
	l.table.OnResized = func(key string, width float32) {
		l.layout.widths[key] = width
		p.SetStringList("library.columns", l.layout.store())
	}
	l.table.OnMoved = func(i int) {
		if r, ok := l.peek(i); ok {
			l.cursor = r.ID
		}
	}
	l.table.OnHeaderMenu = l.columnMenu
	l.table.Compact, l.compact = true, true
	l.area = container.NewStack(l.table)
	l.entries = newEntries(l)
	l.which = widgets.NewSegmented(lists, func(string) { l.chooseList() })
	l.which.Set(allSources)
	l.bar = newBar(l)
	l.bulk = newBulk(l)
	l.shelf = newShelf(l)
	l.tabs = newTabs(l)
	middle := widgets.Dock(widgets.Ruled(l.bar.box), l.bulk.box, nil, nil, l.area)
	l.list = container.New(&fitting{l}, widgets.Dock(nil, nil, l.shelf.box, nil, middle))
	l.content = container.NewHSplit(l.list, l.tabs.box)
	l.arrange()
	l.bar.fill()
	if p.Bool("library.grouped") {
		l.group(true)
	}
	return l
}

// narrow is the width from which on the list has columns.
const narrow = 620

// fitting gives the list columns where there is room for them.
type fitting struct{ l *Screen }

func (f *fitting) MinSize(o []fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 160) }

func (f *fitting) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if compact := size.Width < narrow*theme.Size(theme.SizeBody)/13.5; compact != f.l.compact {
		f.l.compact = compact
		f.l.bar.fill()
		f.l.table.SetCompact(compact)
	}
	o[0].Resize(size)
	o[0].Move(fyne.Position{})
}

// Content is part of session.Screen.
func (l *Screen) Content() fyne.CanvasObject { return l.content }

// above tells whether the list stands above what is open, as a table, and not
// beside it.
func (l *Screen) above() bool { return l.s.Preferences().String("library.layout") == "above" }

// arrange puts the list above or beside what is open.
func (l *Screen) arrange() {
	p := l.s.Preferences()
	l.content.Horizontal = !l.above()
	if l.above() {
		l.content.Offset = p.FloatWithFallback("library.above", 0.45)
	} else {
		l.content.Offset = p.FloatWithFallback("library.beside", 0.27)
	}
	l.content.Refresh()
}

// turn puts the list beside what is open where it was above, and the other way
// round.
func (l *Screen) turn() {
	l.Remember(false)
	to := "above"
	if l.above() {
		to = "beside"
	}
	l.s.Preferences().SetString("library.layout", to)
	l.arrange()
	l.bar.fill()
	l.s.Trace("library layout", map[string]any{"layout": to})
}

// Remember keeps where the dividers are and, where wanted, which tabs are open.
func (l *Screen) Remember(tabs bool) {
	key := "library.beside"
	if l.above() {
		key = "library.above"
	}
	l.s.Preferences().SetFloat(key, l.content.Offset)
	if tabs {
		l.tabs.remember()
	}
}

// Pane is the reading pane that is shown.
func (l *Screen) Pane() *reading.Pane { return l.tabs.pane() }

// Open is part of session.Screen.
func (l *Screen) Open(t session.Target) {
	if t.ID != "" {
		l.open = notebook.SourceID(t.ID)
		l.cursor = l.open
		l.tabs.open(t)
		if len(l.chosen) < 2 {
			l.chosen = map[notebook.SourceID]bool{l.open: true}
		}
		l.mark()
	}
	l.load()
	l.loadWords()
}

// Changed is part of session.Screen.
func (l *Screen) Changed() {
	l.load()
	l.loadWords()
	l.tabs.changed()
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

// chooseList shows one of the lists: sources, highlights, what is cited and not
// held.
func (l *Screen) chooseList() {
	if l.which.Key() != allSources {
		l.area.Objects = []fyne.CanvasObject{l.entries.area}
		l.area.Refresh()
	}
	l.bar.fill()
	l.load()
}

func (l *Screen) loadWords() {
	session.Load(l.s, &l.words, "read the filters", func(_ context.Context, tx *notebook.Tx) (w filterWords, err error) {
		if w.tags, err = tx.Tags(); err != nil {
			return w, err
		}
		if w.folders, err = tx.Folders(); err != nil {
			return w, err
		}
		if w.saved, err = tx.Saved(savedPlace); err != nil {
			return w, err
		}
		if w.all, err = tx.CountSources(notebook.SourceQuery{}); err != nil {
			return w, err
		}
		if w.unread, err = tx.CountSources(notebook.SourceQuery{Unread: true}); err != nil {
			return w, err
		}
		w.countries, err = tx.CountryCounts()
		return w, err
	}, func(w filterWords) {
		l.bar.words(w)
		l.shelf.show(w)
	})
}

// filterWords are what there is to filter by.
type filterWords struct {
	tags, folders []notebook.Count
	saved         []notebook.Saved
	countries     []notebook.CountryCount
	all, unread   int
}

func (l *Screen) showList() {
	if l.which.Key() != allSources {
		return
	}
	l.bar.say()
	var show fyne.CanvasObject = l.table
	switch {
	case l.pages.found > 0:
	case l.bar.filtered():
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
	l.mark()
	l.table.Refresh()
	l.bulk.show()
	l.s.Trace("library listed", map[string]any{"sources": l.pages.found, "rows": l.pages.length()})
}

// mark keeps the cursor on its source, else puts it on the one that is open,
// where these are among those read.
func (l *Screen) mark() {
	i := l.pages.index(l.cursor)
	if i < 0 {
		i = l.pages.index(l.open)
	}
	l.table.Mark(i)
}

// peek gives a row where it is read, without having it read.
func (l *Screen) peek(i int) (notebook.SourceRow, bool) {
	if i < 0 || i >= l.pages.length() {
		return notebook.SourceRow{}, false
	}
	at := l.pages.row(i).at
	rows := l.pages.held[at/pageSize]
	if at%pageSize >= len(rows) {
		return notebook.SourceRow{}, false
	}
	return rows[at%pageSize], true
}

// cells fills a row of the table.
func (l *Screen) cells(i int, to []widgets.Cell) {
	r, ok := l.pages.at(i)
	if !ok {
		return
	}
	v := l.pages.row(i)
	n := 0
	for _, c := range columns {
		if !l.layout.shown[c.Key] || n >= len(to) {
			continue
		}
		c.cell(r, &to[n])
		if c.Key == "title" {
			to[n].Fold, to[n].Indent = v.fold, v.indent
			if v.others > 0 {
				to[n].Text += "  (+" + present.Count(v.others, "reprint") + ")"
			}
		}
		n++
	}
}

// face fills a row of two lines.
func (l *Screen) face(i int, to *widgets.Row) {
	r, ok := l.pages.at(i)
	if !ok {
		return
	}
	v := l.pages.row(i)
	to.Fold, to.Indent = v.fold, v.indent
	to.Lead = theme.IconIn(present.KindIcon(r.Kind), theme.ColorMuted)
	to.Title = present.SourceTitle(r.Source)
	to.Bold, to.Dot = !r.Read, !r.Read
	to.Sub = present.Join(siteOf(r.Source), firstAuthor(r.Source))
	to.Meta = present.Date(r.Published)
	if to.Meta == "" {
		to.Meta = "captured " + present.Day(r.Captured)
	}
	if v.others > 0 {
		to.Badges = []widgets.Badge{{Text: "+" + present.Number(v.others), Tone: widgets.Accent}}
	}
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

// sorted orders the list by a column.
func (l *Screen) sorted(key string, down bool) {
	c, ok := columnOf(key)
	if !ok || c.order == "" {
		return
	}
	l.order(c.query(down))
}

func (l *Screen) order(by notebook.SourceOrder, reverse bool) {
	l.query.Order, l.query.Reverse = by, reverse
	l.table.Sort, l.table.Down = sortedBy(by, reverse)
	p := l.s.Preferences()
	p.SetString("library.sort", string(by))
	p.SetBool("library.reverse", reverse)
	l.table.ScrollTo(0)
	l.load()
}

// columnMenu offers the columns that can be shown.
func (l *Screen) columnMenu(at fyne.Position) {
	var items []*fyne.MenuItem
	for _, c := range columns {
		it := fyne.NewMenuItem(c.Title, func() {
			l.layout.shown[c.Key] = !l.layout.shown[c.Key]
			l.setColumns()
		})
		it.Checked = l.layout.shown[c.Key]
		it.Disabled = c.Key == "title"
		items = append(items, it)
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("The usual columns", func() {
		l.layout = layoutFrom(nil)
		l.setColumns()
	}))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), l.s.Window().Canvas(), at)
}

func (l *Screen) setColumns() {
	l.s.Preferences().SetStringList("library.columns", l.layout.store())
	l.table.SetColumns(l.layout.table())
}

// fold opens or closes a group of reprints.
func (l *Screen) fold(i int) {
	r, ok := l.pages.at(i)
	if !ok || l.pages.view == nil {
		return
	}
	if l.pages.opened[r.ID] {
		delete(l.pages.opened, r.ID)
	} else {
		l.pages.opened[r.ID] = true
	}
	l.load()
}

// group shows reprints below one row, or each by itself. What belongs together
// is worked out in the background, and kept.
func (l *Screen) group(on bool) {
	l.s.Preferences().SetBool("library.grouped", on)
	l.bar.grouped.Set(on)
	if l.grouper != nil {
		l.grouper.Finish()
		l.grouper = nil
	}
	if !on {
		l.pages.groups = nil
		l.load()
		return
	}
	work := l.s.Working("Looking for reprints")
	l.grouper = work
	nb := l.s.Notebook()
	dir := reprintsDir(nb)
	l.s.Background(func(context.Context) {
		g, err := findReprints(work.Context(), nb, dir, func(done, total int) {
			l.s.Deliver(func() { work.Progress(done, total) })
		})
		l.s.Deliver(func() {
			if l.grouper != work {
				return
			}
			work.Finish()
			l.grouper = nil
			switch {
			case work.Context().Err() != nil && g == nil:
				l.bar.grouped.Set(false)
			case g == nil:
				l.s.Fail("look for reprints", err)
				l.bar.grouped.Set(false)
			default:
				l.pages.groups = g
				l.s.Trace("reprints", map[string]any{"groups": g.n})
				l.load()
			}
		})
	})
}

// openRow opens the source of a row, in a tab of its own where apart.
func (l *Screen) openRow(i int, apart bool) {
	r, ok := l.pages.at(i)
	if !ok {
		return
	}
	if apart {
		l.tabs.apart(r.ID)
		return
	}
	if r.ID != l.open {
		l.s.Go(session.Target{Place: session.Library, ID: string(r.ID)})
	}
}

// menu is what can be done with a row, or with all that are chosen.
func (l *Screen) menu(i int, at fyne.Position) {
	r, ok := l.pages.at(i)
	if !ok {
		return
	}
	one := len(l.chosen) < 2
	var items []*fyne.MenuItem
	if one {
		items = append(items,
			fyne.NewMenuItem("Open", func() { l.s.Go(session.Target{Place: session.Library, ID: string(r.ID)}) }),
			fyne.NewMenuItem("Open in a new tab", func() { l.tabs.apart(r.ID) }),
			fyne.NewMenuItemSeparator())
	}
	items = append(items, l.bulk.items()...)
	if one && r.URL != "" {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem("Open its address in the browser", func() { claims.OpenURL(l.s, r.URL) }),
			fyne.NewMenuItem("Copy its address", func() {
				fyne.CurrentApp().Clipboard().SetContent(r.URL)
				l.s.Toast(session.Toast{Text: "Address copied"})
			}))
	}
	items = append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("Move to the bin", l.Delete))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), l.s.Window().Canvas(), at)
}

// FocusFilter is part of session.Filterer.
func (l *Screen) FocusFilter() { l.s.Window().Canvas().Focus(l.bar.filter) }

// Command does one of the window's commands where it means something here.
func (l *Screen) Command(id string) bool {
	switch id {
	case "close-tab":
		return l.tabs.close(l.tabs.current())
	case "next-tab":
		return l.tabs.step(1)
	case "previous-tab":
		return l.tabs.step(-1)
	case "open-apart":
		if l.table.At() < 0 {
			return false
		}
		l.openRow(l.table.At(), true)
		return true
	case "save":
		// Ctrl+Return saves a form that is open, else it opens the row in a tab.
		if l.Pane().Command(id) {
			return true
		}
		return l.table.Focused() && l.Command("open-apart")
	case "library-layout":
		l.turn()
		return true
	case "shelf":
		l.shelf.toggle()
		return true
	case "reprints":
		l.group(!l.bar.grouped.On)
		return true
	case "tag-sources", "untag-sources", "file-sources", "read-sources", "unread-sources", "brief-sources", "csv-sources":
		if len(l.chosen) == 0 {
			l.s.Toast(session.Toast{Text: "Choose a source first"})
			return true
		}
		map[string]func(){
			"tag-sources": l.bulk.askTag, "untag-sources": l.bulk.askUntag, "file-sources": l.bulk.askFolder,
			"read-sources": func() { l.bulk.mark(true) }, "unread-sources": func() { l.bulk.mark(false) },
			"brief-sources": l.bulk.brief, "csv-sources": l.bulk.askCSV,
		}[id]()
		return true
	case "new-folder":
		l.askNewFolder()
		return true
	case "save-filters":
		if !l.bar.filtered() {
			l.s.Toast(session.Toast{Text: "No filter holds that could be saved"})
			return true
		}
		l.askSave()
		return true
	case "clear-filters":
		l.clear()
		return true
	case "escape":
		if l.Pane().Command(id) && len(l.chosen) < 2 {
			return true
		}
		l.chooseNone()
		return true
	}
	return l.Pane().Command(id)
}

// Tabs is how many sources are open in tabs.
func (l *Screen) Tabs() int { return len(l.tabs.items) }

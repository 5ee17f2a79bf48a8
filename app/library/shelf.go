package library

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// shelf is the column of folders, tags and saved filters beside the list.
// Sources that are dropped on a folder go there, on a tag get it.
type shelf struct {
	l     *Screen
	box   *fyne.Container
	table *widgets.Table
	rows  []shelfRow
}

// shelfRow is one line of the shelf.
type shelfRow struct {
	kind   shelfKind
	word   string // the tag, the folder, the filter's name
	label  string
	icon   string
	count  int
	indent bool
	query  notebook.SourceQuery
}

type shelfKind int

const (
	shelfHead shelfKind = iota
	shelfAll
	shelfUnread
	shelfUnfiled
	shelfFolder
	shelfTag
	shelfFilter
)

func newShelf(l *Screen) *shelf {
	s := &shelf{l: l}
	s.table = widgets.NewTable([]widgets.TableColumn{{Key: "name", Width: 110, Wide: true}, {Key: "count", Width: 72, Right: true}}, func() int { return len(s.rows) })
	s.table.Bare = true
	s.table.Cells = s.cells
	s.table.Chosen = func(i int) bool { return i < len(s.rows) && s.rows[i].kind != shelfHead && s.holds(s.rows[i]) }
	s.table.Dull = func(i int) bool { return i >= len(s.rows) || s.rows[i].kind == shelfHead }
	s.table.OnChosen = s.choose
	s.table.OnMenu = s.menu
	right := widget.NewSeparator()
	s.box = widgets.Dock(nil, nil, nil, right, widgets.Ground(theme.ColorPanel, widgets.Wide(190, widgets.Pad(0, theme.Gap1, s.table))))
	if !l.s.Preferences().Bool("library.shelf") {
		s.box.Hide()
	}
	return s
}

// toggle shows or hides the shelf.
func (s *shelf) toggle() { s.open(!s.box.Visible()) }

func (s *shelf) open(on bool) {
	s.l.s.Preferences().SetBool("library.shelf", on)
	if on {
		s.box.Show()
	} else {
		s.box.Hide()
	}
	s.l.list.Refresh()
	s.table.Refresh()
}

// show shows what there is.
func (s *shelf) show(w filterWords) {
	rows := []shelfRow{
		{kind: shelfAll, label: "All sources", icon: "library", count: w.all},
		{kind: shelfUnread, label: "Unread", icon: "eye-off", count: w.unread, query: notebook.SourceQuery{Unread: true}},
	}
	rows = append(rows, filterRows(w.saved)...)
	rows = append(rows, shelfRow{label: "Folders"})
	folders := slices.Clone(w.folders)
	slices.SortFunc(folders, func(a, b notebook.Count) int {
		return strings.Compare(strings.ToLower(a.Word), strings.ToLower(b.Word))
	})
	for _, f := range folders {
		rows = append(rows, shelfRow{kind: shelfFolder, word: f.Word, label: f.Word, icon: "folder", count: f.N, query: notebook.SourceQuery{Folder: f.Word}})
	}
	rows = append(rows, shelfRow{kind: shelfUnfiled, label: "In no folder", icon: "inbox", query: notebook.SourceQuery{Unfiled: true}})
	rows = append(rows, shelfRow{label: "Tags"})
	for _, t := range w.tags {
		rows = append(rows, shelfRow{kind: shelfTag, word: t.Word, label: t.Word, icon: "tag", count: t.N, query: notebook.SourceQuery{Tag: t.Word}})
	}
	if len(w.tags) == 0 {
		rows = append(rows, shelfRow{label: "none yet", indent: true})
	}
	s.rows = rows
	s.table.Refresh()
}

func (s *shelf) follow() { s.table.Refresh() }

// holds tells whether the list shows just what a row stands for.
func (s *shelf) holds(r shelfRow) bool {
	q := s.l.query
	q.Order, q.Reverse = "", false
	if r.kind == shelfFilter {
		f := r.query
		f.Order, f.Reverse = "", false
		return q == f
	}
	return q == r.query
}

func (s *shelf) cells(i int, to []widgets.Cell) {
	if i >= len(s.rows) {
		return
	}
	r := s.rows[i]
	to[0].Text = r.label
	if r.kind == shelfHead {
		to[0].Colour, to[0].Bold, to[0].Indent = theme.ColorMuted, !r.indent, r.indent
		return
	}
	to[0].Icon = theme.IconIn(r.icon, theme.ColorMuted)
	to[1].Colour = theme.ColorMuted
	if r.count > 0 {
		to[1].Text = present.Number(r.count)
	}
}

func (s *shelf) choose(i int) {
	if i >= len(s.rows) || s.rows[i].kind == shelfHead {
		return
	}
	q := s.rows[i].query
	if q.Order == "" {
		q.Order, q.Reverse = s.l.query.Order, s.l.query.Reverse
	}
	if s.l.which.Key() != allSources {
		s.l.which.Set(allSources)
		s.l.chooseList()
	}
	s.l.bar.show(q)
}

// takes tells whether sources can be dropped on a row.
func (r shelfRow) takes() bool {
	return r.kind == shelfFolder || r.kind == shelfTag || r.kind == shelfUnfiled
}

func (s *shelf) under(at fyne.Position) (shelfRow, int) {
	if !s.box.Visible() {
		return shelfRow{}, -1
	}
	i := s.table.RowAt(at)
	if i < 0 || i >= len(s.rows) || !s.rows[i].takes() {
		return shelfRow{}, -1
	}
	return s.rows[i], i
}

// hover marks where what is dragged would go.
func (s *shelf) hover(at fyne.Position) {
	_, i := s.under(at)
	s.table.Point(i)
}

// goal names where what is dragged would go, empty for nowhere.
func (s *shelf) goal(at fyne.Position) string {
	r, i := s.under(at)
	if i < 0 {
		return ""
	}
	return r.label
}

// take files or tags sources that were dropped.
func (s *shelf) take(at fyne.Position, ids []notebook.SourceID) {
	r, i := s.under(at)
	s.table.Point(-1)
	if i < 0 || len(ids) == 0 {
		return
	}
	switch r.kind {
	case shelfTag:
		s.l.tag(ids, []string{r.word})
	default:
		s.l.file(ids, r.word)
	}
}

// menu is what can be done with a folder, a tag or a saved filter.
func (s *shelf) menu(i int, at fyne.Position) {
	if i >= len(s.rows) {
		return
	}
	if items := s.items(s.rows[i]); len(items) > 0 {
		showMenu(s.l.s, items, at)
	}
}

package library

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"

	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// choose chooses one row alone and opens it.
func (l *Screen) choose(i int) {
	r, ok := l.pages.at(i)
	if !ok {
		return
	}
	l.chosen = map[notebook.SourceID]bool{r.ID: true}
	l.bulk.show()
	l.s.Go(session.Target{Place: session.Library, ID: string(r.ID)})
}

// toggle takes a row among the chosen, or out of them.
func (l *Screen) toggle(i int) {
	r, ok := l.pages.at(i)
	if !ok {
		return
	}
	if l.chosen[r.ID] {
		delete(l.chosen, r.ID)
	} else {
		l.chosen[r.ID] = true
	}
	l.selected()
}

// extend chooses the rows from one to another.
func (l *Screen) extend(from, to int) {
	l.pages.span(from, to, func(ids []notebook.SourceID) {
		l.chosen = make(map[notebook.SourceID]bool, len(ids))
		for _, id := range ids {
			l.chosen[id] = true
		}
		l.selected()
	})
}

// chooseAll chooses all that the filters leave.
func (l *Screen) chooseAll() {
	l.pages.all(func(ids []notebook.SourceID) {
		l.chosen = make(map[notebook.SourceID]bool, len(ids))
		for _, id := range ids {
			l.chosen[id] = true
		}
		l.selected()
	})
}

// chooseNone chooses nothing but what is open.
func (l *Screen) chooseNone() {
	l.chosen = map[notebook.SourceID]bool{}
	if l.open != "" {
		l.chosen[l.open] = true
	}
	l.selected()
}

func (l *Screen) selected() {
	l.bulk.show()
	l.table.Refresh()
	l.s.Trace("sources chosen", map[string]any{"chosen": len(l.chosen)})
}

// ids are the chosen sources, the oldest first.
func (l *Screen) ids() []notebook.SourceID { return slices.Sorted(maps.Keys(l.chosen)) }

// edit does one thing to sources, in one undo step.
func (l *Screen) edit(doing, said string, cmd *notebook.EditSources) {
	if len(cmd.Sources) > 0 {
		l.s.DoUndoable(doing, said, nil, cmd)
	}
}

// Delete moves the chosen sources to the bin, or the one that is open.
func (l *Screen) Delete() {
	ids := l.ids()
	if len(ids) == 0 && l.open != "" {
		ids = []notebook.SourceID{l.open}
	}
	if len(ids) == 0 {
		return
	}
	gone := map[notebook.SourceID]bool{}
	keys := make([]notebook.Key, 0, len(ids))
	for _, id := range ids {
		gone[id] = true
		keys = append(keys, notebook.Key{Kind: "source", ID: string(id)})
	}
	l.chosen = map[notebook.SourceID]bool{}
	if gone[l.open] {
		next := l.beside(gone)
		l.open = next
		if next != "" {
			l.s.Go(session.Target{Place: session.Library, ID: string(next)})
		}
	}
	l.tabs.drop(gone)
	said := "Source moved to the bin"
	if len(ids) > 1 {
		said = sourcesSaid(len(ids)) + " moved to the bin"
	}
	l.s.DoUndoable("move to the bin", said, nil, &notebook.ToBin{Keys: keys})
}

// beside is the source after the cursor that stays, else the one before it.
func (l *Screen) beside(gone map[notebook.SourceID]bool) notebook.SourceID {
	at := l.table.At()
	if at < 0 {
		return ""
	}
	for i := at; i < min(at+pageSize, l.pages.length()); i++ {
		if r, ok := l.peek(i); ok && !gone[r.ID] {
			return r.ID
		}
	}
	for i := at - 1; i >= max(0, at-pageSize); i-- {
		if r, ok := l.peek(i); ok && !gone[r.ID] {
			return r.ID
		}
	}
	return ""
}

// dragged shows what is being dragged, and where it would go.
func (l *Screen) dragged(i int, at fyne.Position) {
	r, ok := l.pages.at(i)
	if !ok {
		return
	}
	if !l.chosen[r.ID] {
		l.chosen = map[notebook.SourceID]bool{r.ID: true}
		l.selected()
	}
	if !l.shelf.box.Visible() {
		l.shelf.open(true) // where it can be dropped
	}
	l.shelf.hover(at)
	says := sourcesSaid(len(l.chosen))
	if to := l.shelf.goal(at); to != "" {
		says += " → " + to
	}
	l.bulk.carry(says, at)
}

// dropped puts the chosen sources where they were dropped.
func (l *Screen) dropped(_ int, at fyne.Position) {
	l.bulk.carry("", at)
	l.shelf.take(at, l.ids())
}

// bulk is the line below the list that says how many sources are chosen, and
// what can be done with them.
type bulk struct {
	l     *Screen
	box   *fyne.Container
	count *widgets.Text
	line  *fyne.Container
	ghost *fyne.Container
	label *widgets.Text
	pop   fyne.CanvasObject
}

func newBulk(l *Screen) *bulk {
	b := &bulk{l: l, count: widgets.NewText("", theme.SizeBody, "")}
	b.count.Bold, b.count.Whole = true, true
	more := widgets.IconButton("more", "More to do with them", nil)
	more.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
		showMenu(l.s, b.items(), at)
	}
	b.line = widgets.Spread(theme.Gap1, 1, b.count, widgets.Line(0),
		widgets.IconButton("tag", "Tag them", b.askTag),
		widgets.IconButton("folder", "Move them to a folder", b.askFolder),
		widgets.IconButton("eye", "Mark them as read", func() { b.mark(true) }),
		widgets.IconButton("trash", "Move them to the bin", l.Delete),
		more,
		widgets.IconButton("close", "Choose none (Esc)", l.chooseNone))
	b.box = widgets.Column(0, separator(), widgets.Ground(theme.ColorPanel, widgets.Pad(theme.Gap3, theme.Gap1, b.line)))
	b.box.Hide()
	return b
}

// show follows what is chosen.
func (b *bulk) show() {
	n := len(b.l.chosen)
	if n < 2 {
		if b.box.Visible() {
			b.box.Hide()
			b.relayout()
		}
		return
	}
	b.count.SetText(chosenSaid(n))
	b.line.Refresh()
	if !b.box.Visible() {
		b.box.Show()
		b.relayout()
	}
}

func (b *bulk) relayout() {
	if b.l.list != nil {
		b.l.list.Refresh()
	}
}

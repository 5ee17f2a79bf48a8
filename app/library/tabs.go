package library

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/present"
	"sourcebook/app/reading"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// mostPanes is how many tabs keep their reading pane. A source whose pane was
// taken for another is read again when its tab is shown; a pane in which
// something is being edited is never taken.
const mostPanes = 4

// tabs are the sources that are open.
type tabs struct {
	l      *Screen
	box    *fyne.Container
	strip  *widgets.Tabs
	body   *fyne.Container
	items  []*tab
	at     int    // the tab that is shown; there always is one
	recent []*tab // those that have a pane, the one shown last at the end
	spare  []*reading.Pane
	words  session.Loader
}

// tab is one open source, or the place for the first.
type tab struct {
	id    notebook.SourceID
	title string
	kind  string
	pane  *reading.Pane // nil where it was let go
}

func newTabs(l *Screen) *tabs {
	t := &tabs{l: l, strip: widgets.NewTabs()}
	t.items = []*tab{{pane: reading.New(l.s)}}
	t.recent = []*tab{t.items[0]}
	t.body = container.NewStack(t.items[0].pane.Content())
	t.strip.OnChosen = func(key string) {
		t.l.s.Go(session.Target{Place: session.Library, ID: key})
	}
	t.strip.OnClosed = func(key string) { t.close(t.index(notebook.SourceID(key))) }
	t.strip.OnMenu = t.menu
	t.strip.Hide()
	t.box = widgets.Dock(t.strip, nil, nil, nil, t.body)
	return t
}

// Warm makes ready what the first source that is opened would wait for.
func (l *Screen) Warm() { l.tabs.pane().Warm() }

func (t *tabs) pane() *reading.Pane { return t.items[t.at].pane }
func (t *tabs) current() int        { return t.at }
func (t *tabs) focus()              { t.pane().Focus() }

func (t *tabs) index(id notebook.SourceID) int {
	return slices.IndexFunc(t.items, func(x *tab) bool { return x.id == id })
}

// open shows a source: in its tab where it has one, else in the tab that is
// shown. A tab in which something is edited is left alone.
func (t *tabs) open(target session.Target) {
	id := notebook.SourceID(target.ID)
	i := t.index(id)
	switch now := t.items[t.at]; {
	case i >= 0:
	case now.id != "" && (target.Apart || now.pane.Editing()):
		i = t.add(id)
	default:
		now.id, now.title, now.kind = id, "", ""
		i = t.at
	}
	t.show(i)
	t.pane().Open(id, target.Range, target.Query)
	t.read()
}

// apart opens a source in a tab of its own.
func (t *tabs) apart(id notebook.SourceID) {
	t.l.s.Go(session.Target{Place: session.Library, ID: string(id), Apart: true})
}

// add makes a tab after the one that is shown.
func (t *tabs) add(id notebook.SourceID) int {
	t.items = slices.Insert(t.items, t.at+1, &tab{id: id})
	return t.at + 1
}

// show brings a tab to the front, and gives it a pane where it has none.
func (t *tabs) show(i int) {
	t.at = i
	x := t.items[i]
	fresh := x.pane == nil
	if fresh {
		x.pane = t.free()
	}
	t.recent = append(slices.DeleteFunc(t.recent, func(y *tab) bool { return y == x }), x)
	for k := 0; len(t.recent) > mostPanes && k < len(t.recent)-1; {
		if y := t.recent[k]; !y.pane.Editing() {
			t.letGo(y)
			t.recent = slices.Delete(t.recent, k, k+1)
		} else {
			k++
		}
	}
	if o := x.pane.Content(); len(t.body.Objects) != 1 || t.body.Objects[0] != o {
		t.body.Objects = []fyne.CanvasObject{o}
		t.body.Refresh()
		if !fresh {
			x.pane.Changed() // it has not followed while it was away
		}
	}
	t.draw()
}

// free gives a pane that no tab has. Panes are used again: the toolkit keeps
// what was once on a window for a while.
func (t *tabs) free() *reading.Pane {
	if n := len(t.spare); n > 0 {
		p := t.spare[n-1]
		t.spare = t.spare[:n-1]
		return p
	}
	return reading.New(t.l.s)
}

// letGo takes a tab's pane away.
func (t *tabs) letGo(x *tab) {
	if x.pane != nil {
		x.pane.Close()
		t.spare = append(t.spare, x.pane)
		x.pane = nil
	}
}

// draw shows the strip, where there is more than one tab.
func (t *tabs) draw() {
	var all []widgets.Tab
	for _, x := range t.items {
		title, icon := x.title, x.kind
		if title == "" {
			title = "…"
		}
		if icon == "" {
			icon = "article"
		}
		all = append(all, widgets.Tab{Key: string(x.id), Title: title, Icon: theme.IconIn(icon, theme.ColorMuted)})
	}
	visible := len(t.items) > 1
	t.strip.Set(all, string(t.items[t.at].id))
	if visible != t.strip.Visible() {
		if visible {
			t.strip.Show()
		} else {
			t.strip.Hide()
		}
		t.box.Refresh()
	}
	t.l.s.Trace("tabs", map[string]any{"tabs": len(t.items), "shown": t.at})
}

// read reads the titles of the tabs, and closes those whose source is gone.
func (t *tabs) read() {
	ids := make([]notebook.SourceID, 0, len(t.items))
	for _, x := range t.items {
		if x.id != "" {
			ids = append(ids, x.id)
		}
	}
	session.Load(t.l.s, &t.words, "read the titles of the tabs", func(_ context.Context, tx *notebook.Tx) (map[notebook.SourceID]notebook.Source, error) {
		out := map[notebook.SourceID]notebook.Source{}
		for _, id := range ids {
			s, err := tx.Source(id)
			switch {
			case errors.Is(err, notebook.ErrNotFound):
				continue
			case err != nil:
				return nil, err
			}
			out[id] = s
		}
		return out, nil
	}, func(found map[notebook.SourceID]notebook.Source) {
		gone := map[notebook.SourceID]bool{}
		for _, x := range t.items {
			s, ok := found[x.id]
			if x.id != "" && !ok && slices.Contains(ids, x.id) && len(t.items) > 1 {
				gone[x.id] = true
				continue
			}
			if ok {
				x.title, x.kind = present.SourceTitle(s), present.KindIcon(s.Kind)
			}
		}
		t.drop(gone)
		t.draw()
	})
}

// changed follows a change to the notebook.
func (t *tabs) changed() {
	t.pane().Changed()
	t.read()
}

// close closes a tab and shows its neighbour. It reports false where there is
// only an empty one.
func (t *tabs) close(i int) bool {
	if i < 0 || i >= len(t.items) || len(t.items) == 1 && t.items[0].id == "" {
		return false
	}
	x := t.items[i]
	if x.pane != nil {
		if x.pane.Editing() {
			t.l.s.Toast(session.Toast{Text: "A claim is being made in this tab. Save or cancel it first."})
			return true
		}
	}
	pane := x.pane
	t.letGo(x)
	t.recent = slices.DeleteFunc(t.recent, func(y *tab) bool { return y == x })
	t.items = slices.Delete(t.items, i, i+1)
	if len(t.items) == 0 {
		if pane == nil {
			pane = t.free()
		}
		t.spare = slices.DeleteFunc(t.spare, func(p *reading.Pane) bool { return p == pane })
		t.items = []*tab{{pane: pane}} // its pane shows that nothing is open
		t.recent = []*tab{t.items[0]}
		t.at = 0
		t.l.open = ""
		t.l.chooseNone()
		t.l.mark()
		t.draw()
		return true
	}
	switch {
	case i < t.at:
		t.at--
		t.draw()
	case i == t.at:
		t.at = min(i, len(t.items)-1)
		t.l.s.Go(session.Target{Place: session.Library, ID: string(t.items[t.at].id)})
	default:
		t.draw()
	}
	return true
}

// drop closes the tabs of sources that are gone.
func (t *tabs) drop(gone map[notebook.SourceID]bool) {
	for i := len(t.items) - 1; i >= 0; i-- {
		if gone[t.items[i].id] {
			t.close(i)
		}
	}
}

// step shows the next tab, or the one before.
func (t *tabs) step(by int) bool {
	n := len(t.items)
	if n < 2 {
		return false
	}
	t.l.s.Go(session.Target{Place: session.Library, ID: string(t.items[(t.at+by+n)%n].id)})
	return true
}

func (t *tabs) menu(key string, at fyne.Position) {
	i := t.index(notebook.SourceID(key))
	closeBut := func(keep func(j int) bool) {
		gone := map[notebook.SourceID]bool{}
		for j, x := range t.items {
			if !keep(j) {
				gone[x.id] = true
			}
		}
		t.drop(gone)
	}
	showMenu(t.l.s, []*fyne.MenuItem{
		fyne.NewMenuItem("Close", func() { t.close(t.index(notebook.SourceID(key))) }),
		fyne.NewMenuItem("Close the others", func() { closeBut(func(j int) bool { return j == i }) }),
		fyne.NewMenuItem("Close those to the right", func() { closeBut(func(j int) bool { return j <= i }) }),
	}, at)
}

// key is the preference that holds the tabs of a notebook: the one that is
// shown, then all.
func (t *tabs) key() string { return "library.tabs." + t.l.s.Notebook().Identity() }

// remember keeps which sources are open, for the next time.
func (t *tabs) remember() {
	stored := []string{string(t.items[t.at].id)}
	for _, x := range t.items {
		if x.id != "" {
			stored = append(stored, string(x.id))
		}
	}
	t.l.s.Preferences().SetStringList(t.key(), stored)
}

// Restore makes the tabs that were open in this notebook the last time, and
// gives the source that was shown, empty for none. Nothing is read yet but
// their titles.
func (l *Screen) Restore() notebook.SourceID {
	t := l.tabs
	stored := l.s.Preferences().StringList(t.key())
	if len(stored) < 2 {
		return ""
	}
	for _, id := range stored[1:] {
		if t.index(notebook.SourceID(id)) < 0 {
			if t.items[0].id == "" {
				t.items[0].id = notebook.SourceID(id)
			} else {
				t.items = append(t.items, &tab{id: notebook.SourceID(id)})
			}
		}
	}
	t.read()
	t.draw()
	return notebook.SourceID(stored[0])
}

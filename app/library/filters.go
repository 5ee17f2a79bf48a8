package library

import (
	"context"
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// savedPlace is the place under which the library's filters are saved.
const savedPlace = "library"

// filterRows are the saved filters, for the shelf. One that cannot be read, of a
// newer version perhaps, is left out.
func filterRows(saved []notebook.Saved) []shelfRow {
	var out []shelfRow
	for _, f := range saved {
		var q notebook.SourceQuery
		if json.Unmarshal([]byte(f.Query), &q) == nil {
			out = append(out, shelfRow{kind: shelfFilter, word: string(f.ID), label: f.Name, icon: "filter", query: q})
		}
	}
	if len(out) > 0 {
		out = append([]shelfRow{{label: "Saved filters"}}, out...)
	}
	return out
}

// askSave saves the filters that hold, under a name.
func (l *Screen) askSave() {
	q := l.query
	q.Offset, q.Limit = 0, 0
	raw, err := json.Marshal(q)
	if err != nil {
		l.s.Fail("save the filter", err)
		return
	}
	l.askName("Save these filters", "A name for them", l.bar.proposal(), "Save", func(name string) {
		l.s.DoUndoable("save the filter", "Saved as “"+name+"”", nil,
			&notebook.PutSaved{Saved: notebook.Saved{Name: name, Place: savedPlace, Query: string(raw)}})
		l.shelf.open(true)
	})
}

// proposal proposes a name for the filters that hold.
func (b *bar) proposal() string {
	q := b.l.query
	var parts []string
	for _, s := range []*widget.Select{b.kind, b.country, b.tag, b.folder} {
		if s.SelectedIndex() > 0 {
			parts = append(parts, s.Selected)
		}
	}
	if q.Text != "" {
		parts = append(parts, "“"+q.Text+"”")
	}
	if q.Unread {
		parts = append(parts, "unread")
	}
	if q.WithoutClaims {
		parts = append(parts, "without claims")
	}
	return present.Short(strings.Join(parts, ", "), 60)
}

// askName asks for a name in a small form.
func (l *Screen) askName(title, hint, text, ok string, take func(string)) {
	e := widgets.NewEntry(hint)
	e.SetText(text)
	head := widgets.NewText(title, theme.SizeSub, "")
	head.Bold = true
	var pop *widget.PopUp
	do := func() {
		name := strings.TrimSpace(e.Text)
		if name == "" {
			l.s.Window().Canvas().Focus(e)
			return
		}
		pop.Hide()
		take(name)
	}
	e.OnSubmitted = func(string) { do() }
	e.OnEscape = func() { pop.Hide() }
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, widgets.Column(theme.Gap3, head, e,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", func() { pop.Hide() }), widgets.Primary(ok, "check", do)))), l.s.Window().Canvas())
	pop.Resize(fyne.NewSize(420, pop.MinSize().Height))
	pop.Show()
	l.s.Window().Canvas().Focus(e)
	e.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// items are what can be done with a row of the shelf.
func (s *shelf) items(r shelfRow) []*fyne.MenuItem {
	l := s.l
	switch r.kind {
	case shelfFilter:
		return []*fyne.MenuItem{
			fyne.NewMenuItem("Rename…", func() {
				l.askName("Rename the filter", "A name", r.label, "Rename", func(name string) { l.changeSaved(r.word, func(f *notebook.Saved) { f.Name = name }) })
			}),
			fyne.NewMenuItem("Take over the filters that hold now", func() {
				q := l.query
				q.Offset, q.Limit = 0, 0
				if raw, err := json.Marshal(q); err == nil {
					l.changeSaved(r.word, func(f *notebook.Saved) { f.Query = string(raw) })
				}
			}),
			fyne.NewMenuItem("Delete", func() {
				l.s.DoUndoable("delete the filter", "Filter “"+r.label+"” deleted", nil, &notebook.DropSaved{ID: notebook.SavedID(r.word)})
			}),
		}
	case shelfFolder:
		return []*fyne.MenuItem{
			fyne.NewMenuItem("Rename…", func() {
				l.askName("Rename the folder", "A name", r.label, "Rename", func(name string) {
					l.s.DoUndoable("rename the folder", "Folder renamed to “"+name+"”", nil, &notebook.RenameFolder{From: r.word, To: name})
				})
			}),
			fyne.NewMenuItem("Take the folder away", func() {
				l.s.DoUndoable("take the folder away", "Folder “"+r.label+"” is gone, what was in it stays", nil, &notebook.DropFolder{Folder: r.word})
			}),
			fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem("New folder…", l.askNewFolder),
		}
	case shelfUnfiled:
		return []*fyne.MenuItem{fyne.NewMenuItem("New folder…", l.askNewFolder)}
	case shelfTag:
		return []*fyne.MenuItem{
			fyne.NewMenuItem("Take this tag from all sources…", func() {
				d := dialog.NewConfirm("Take the tag away?", sourcesSaid(r.count)+" and highlights bear “"+r.label+"”. It is taken from the sources; that can be undone.", func(yes bool) {
					if yes {
						l.untagAll(r.word)
					}
				}, l.s.Window())
				d.SetConfirmText("Take away")
				d.SetDismissText("Keep")
				d.Show()
			}),
		}
	}
	return nil
}

func (l *Screen) askNewFolder() {
	l.askName("New folder", "A name", "", "Make", func(name string) {
		l.s.DoUndoable("make the folder", "Folder “"+name+"” made", nil, &notebook.PutFolder{Folder: name})
	})
}

// untagAll takes a tag from all sources.
func (l *Screen) untagAll(tag string) {
	loader := &session.Loader{}
	session.Load(l.s, loader, "take the tag away", func(_ context.Context, tx *notebook.Tx) ([]notebook.SourceID, error) {
		return tx.SourceIDs(notebook.SourceQuery{Tag: tag})
	}, func(ids []notebook.SourceID) {
		l.edit("take the tag away", "Took "+tag+" from "+sourcesSaid(len(ids)), &notebook.EditSources{Sources: ids, RemoveTags: []string{tag}})
	})
}

// changeSaved changes a saved filter.
func (l *Screen) changeSaved(id string, change func(*notebook.Saved)) {
	loader := &session.Loader{}
	session.Load(l.s, loader, "change the filter", func(_ context.Context, tx *notebook.Tx) (notebook.Saved, error) {
		all, err := tx.Saved(savedPlace)
		for _, f := range all {
			if string(f.ID) == id {
				return f, err
			}
		}
		if err == nil {
			err = notebook.ErrNotFound
		}
		return notebook.Saved{}, err
	}, func(f notebook.Saved) {
		change(&f)
		l.s.DoUndoable("change the filter", "Filter changed", nil, &notebook.PutSaved{Saved: f})
	})
}

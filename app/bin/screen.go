// Package bin is the place for what was deleted: it can be restored, or deleted
// for good after a question that says what is lost.
package bin

import (
	"context"
	"fmt"
	"time"

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

// Screen is the place for what was deleted.
type Screen struct {
	s       session.Session
	content fyne.CanvasObject
	loader  session.Loader
	rows    []notebook.Binned
	list    *widgets.List
	area    *fyne.Container
	restore *widgets.Button
	empty   *widgets.Button
	count   *widgets.Text
}

// New makes the screen.
func New(s session.Session) *Screen {
	b := &Screen{s: s, count: widgets.Muted("")}
	b.list = widgets.NewList(func() int { return len(b.rows) }, func() fyne.CanvasObject { return widgets.NewRow() }, b.showRow)
	b.list.OnChosen = func(int) { b.restore.Enable() }
	b.list.OnOpen = func(int) { b.restoreChosen() }
	b.restore = widgets.NewButton("Restore", "restore", b.restoreChosen)
	b.restore.Disable()
	b.empty = widgets.NewButton("Empty the bin…", "trash", b.askEmpty)
	b.area = container.NewStack()
	top := widgets.Pad(theme.Gap6, theme.Gap4, widgets.Column(theme.Gap2,
		widgets.Spread(theme.Gap2, 0, widgets.Heading("Bin"), b.restore, b.empty), b.count))
	b.content = widgets.Dock(widgets.Ruled(top), nil, nil, nil, b.area)
	return b
}

// Content is part of session.Screen.
func (b *Screen) Content() fyne.CanvasObject { return b.content }

// Open is part of session.Screen.
func (b *Screen) Open(session.Target) { b.Changed() }

// Changed is part of session.Screen.
func (b *Screen) Changed() {
	session.Load(b.s, &b.loader, "list the bin", func(_ context.Context, tx *notebook.Tx) ([]notebook.Binned, error) { return tx.Bin() }, func(rows []notebook.Binned) {
		b.rows = rows
		b.count.SetText(present.Count(len(rows), "thing") + " in the bin. What is here can be restored until the bin is emptied.")
		var show fyne.CanvasObject = widgets.Pad(theme.Gap4, theme.Gap2, b.list)
		if len(rows) == 0 {
			b.count.SetText("")
			b.empty.Disable()
			show = widgets.Empty("bin", "The bin is empty", "What you delete comes here first and can be restored.")
		} else {
			b.empty.Enable()
		}
		b.area.Objects = []fyne.CanvasObject{show}
		b.area.Refresh()
		b.list.Choose(-1)
		b.restore.Disable()
		b.list.Refresh()
	})
}

var icons = map[string]string{"source": "article", "highlight": "highlight", "claim": "claim", "link": "link", "relation": "relation",
	"comparison": "compare", "briefing": "briefings", "dossier": "note"}

func (b *Screen) showRow(i int, o fyne.CanvasObject) {
	if i >= len(b.rows) {
		return
	}
	x := b.rows[i]
	r := o.(*widgets.Row)
	icon, ok := icons[x.Key.Kind]
	if !ok {
		icon = "file"
	}
	r.Lead = theme.IconIn(icon, theme.ColorMuted)
	r.Title = x.Title
	if r.Title == "" {
		r.Title = "Untitled"
	}
	r.Sub = present.UpperFirst(x.Key.Kind) + ", deleted " + present.Ago(x.At, time.Now())
	r.Refresh()
}

func (b *Screen) restoreChosen() {
	i := b.list.At()
	if i < 0 || i >= len(b.rows) {
		return
	}
	x := b.rows[i]
	b.s.DoUndoable("restore it", present.UpperFirst(x.Key.Kind)+" restored", nil, &notebook.Restore{Keys: []notebook.Key{x.Key}})
}

// loss is what emptying the bin takes away.
type loss struct {
	kinds            map[string]int
	claims, briefing int // that lean on what goes
}

func (b *Screen) askEmpty() {
	rows := b.rows
	session.Load(b.s, &b.loader, "work out what is lost", func(_ context.Context, tx *notebook.Tx) (loss, error) {
		l := loss{kinds: map[string]int{}}
		claims, briefings := map[notebook.ClaimID]bool{}, map[notebook.BriefingID]bool{}
		for _, x := range rows {
			l.kinds[x.Key.Kind]++
			if x.Key.Kind != "source" {
				continue
			}
			im, err := tx.Impact(notebook.SourceID(x.Key.ID))
			if err != nil {
				return l, err
			}
			for _, c := range im.Claims {
				claims[c.ID] = true
			}
			for _, br := range im.Briefings {
				briefings[br.ID] = true
			}
		}
		l.claims, l.briefing = len(claims), len(briefings)
		return l, nil
	}, func(l loss) {
		text := fmt.Sprintf("%s will be deleted for good, with the originals of the sources among them.", present.Count(len(rows), "thing"))
		if l.claims+l.briefing > 0 {
			text += fmt.Sprintf("\n%s and %s lean on a source that goes.", present.Count(l.claims, "claim"), present.Count(l.briefing, "briefing"))
		}
		text += "\nThis cannot be undone."
		d := dialog.NewConfirm("Empty the bin?", text, func(yes bool) {
			if !yes {
				return
			}
			b.s.Do("empty the bin", func(err error) {
				if err == nil {
					b.s.Toast(session.Toast{Text: "The bin is empty"})
				}
			}, &notebook.EmptyBin{})
		}, b.s.Window())
		d.SetConfirmText("Delete for good")
		d.SetDismissText("Keep")
		d.SetConfirmImportance(widget.DangerImportance)
		d.Show()
	})
}

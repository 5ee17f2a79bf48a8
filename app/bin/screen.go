// Package bin is the place for what was deleted: it can be restored, or deleted
// for good after a question that says what is lost.
package bin

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
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
	notebook.Losses
	sources int // in the bin, with their originals
}

// mostLost is how many claims or briefings are named one by one.
const mostLost = 40

// askEmpty says what claims and briefings would lose, and then empties the bin.
func (b *Screen) askEmpty() {
	rows := b.rows
	session.Load(b.s, &b.loader, "work out what is lost", func(_ context.Context, tx *notebook.Tx) (l loss, err error) {
		l.Losses, err = tx.BinLosses()
		for _, x := range rows {
			if x.Key.Kind == "source" {
				l.sources++
			}
		}
		return l, err
	}, func(l loss) { b.confirm(len(rows), l) })
}

func (b *Screen) confirm(n int, l loss) {
	head := widgets.NewText("Empty the bin?", theme.SizeSub, "")
	head.Bold = true
	text := present.Count(n, "thing") + " will be deleted for good"
	if l.sources > 0 {
		text += ", with the originals of " + present.Count(l.sources, "source")
	}
	text += ". This cannot be undone, nor what was done before it."
	col := widgets.Column(theme.Gap3, head, widgets.Para(text, theme.SizeBody, false))
	unfounded := map[notebook.ClaimID]bool{}
	for _, id := range l.Unfounded {
		unfounded[id] = true
	}
	list := widgets.Column(theme.Gap1)
	line := func(icon, title, says string, tone widgets.Tone) {
		if len(list.Objects) == mostLost {
			list.Add(widgets.Muted("and others"))
		}
		if len(list.Objects) > mostLost {
			return
		}
		list.Add(widgets.Spread(theme.Gap2, 1, widget.NewIcon(theme.IconIn(icon, theme.ColorMuted)), widgets.NewText(title, theme.SizeBody, ""), widgets.NewChip(says, tone)))
	}
	for _, c := range l.Claims {
		if unfounded[c.ID] {
			line("claim", c.Statement, "loses all its evidence", widgets.Bad)
		} else {
			line("claim", c.Statement, "loses evidence", widgets.Caution)
		}
	}
	for _, br := range l.Briefings {
		line("briefings", br.Title, "loses a claim", widgets.Caution)
	}
	if len(list.Objects) > 0 {
		scroll := container.NewVScroll(list)
		scroll.SetMinSize(fyne.NewSize(200, min(260, list.MinSize().Height)))
		col.Add(widgets.Section("What stays, and loses something"))
		col.Add(scroll)
	} else {
		col.Add(widgets.Muted("No claim and no briefing outside the bin leans on any of it."))
	}
	var pop *widget.PopUp
	keep := widgets.NewButton("Keep", "", func() { pop.Hide() })
	keep.OnEscape = func() { pop.Hide() }
	empty := widgets.NewButton("Delete for good", "trash", func() {
		pop.Hide()
		b.s.Do("empty the bin", func(err error) {
			if err == nil {
				b.s.Toast(session.Toast{Text: "The bin is empty"})
			}
		}, &notebook.EmptyBin{})
	})
	empty.Importance = widget.DangerImportance
	col.Add(widgets.Spread(theme.Gap2, 0, container.NewStack(), keep, empty))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, col), b.s.Window().Canvas())
	pop.Resize(fyne.NewSize(600, pop.MinSize().Height+20))
	pop.Show()
	b.s.Window().Canvas().Focus(keep)
	b.s.Trace("empty form", map[string]any{"open": true, "claims": len(l.Claims), "briefings": len(l.Briefings)})
}

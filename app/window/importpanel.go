package window

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

// importPanel is the queue of imports, above the status line: each item, what
// has become of it, and what can be done about it.
type importPanel struct {
	w      *Window
	box    *fyne.Container
	says   *widgets.Text
	bar    *widget.ProgressBar
	wrong  *widgets.Toggle
	retry  *widgets.Button
	cancel *widgets.Button
	head   *fyne.Container
	table  *widgets.Table
	rows   []queued
	of     []*queued
	at     int
}

func newImportPanel(w *Window) *importPanel {
	p := &importPanel{w: w, says: widgets.NewText("", theme.SizeBody, "")}
	p.says.Whole = true
	p.bar = widget.NewProgressBar()
	p.bar.TextFormatter = func() string { return "" }
	p.wrong = widgets.NewToggle("Only what went wrong", func(bool) { p.refresh() })
	p.retry = widgets.NewButton("Try all again", "refresh", func() { w.book.imports.retry(nil) })
	p.cancel = widgets.NewButton("Cancel", "", w.book.imports.stopAll)
	title := widgets.NewText("Imports", theme.SizeBody, "")
	title.Bold, title.Whole = true, true
	p.head = widgets.Spread(theme.Gap3, 2, title, p.says, container.New(low{}, p.bar), p.wrong, p.cancel, p.retry,
		widgets.IconButton("copy", "Copy what went wrong", p.copy),
		widgets.IconButton("trash", "Forget what is done", func() { w.book.imports.clear() }),
		widgets.IconButton("close", "Close", w.hideImports))
	p.table = widgets.NewTable([]widgets.TableColumn{
		{Key: "name", Title: "Item", Width: 300, Plain: true},
		{Key: "result", Title: "What became of it", Width: 420, Wide: true, Plain: true},
	}, func() int { return len(p.rows) })
	p.table.Bare = true
	p.table.Cells = p.cells
	p.table.Chosen = func(i int) bool { return i == p.at }
	p.table.OnChosen = func(i int) { p.at = i; p.table.Refresh() }
	p.table.OnOpen = p.open
	p.table.OnMenu = p.menu
	p.at = -1
	p.box = widgets.Column(0, widget.NewSeparator(), widgets.Ground(theme.ColorPanel,
		widgets.Dock(widgets.Pad(theme.Gap3, theme.Gap1, p.head), nil, nil, nil, widgets.Tall(200, p.table))))
	p.refresh()
	return p
}

func (p *importPanel) refresh() {
	rows, of, t := p.w.book.imports.snapshot()
	if p.wrong.On {
		var bad []queued
		var badOf []*queued
		for i, q := range rows {
			if q.state == failed || q.state == cancelled || len(q.wrong) > 0 || len(q.last.Warnings) > 0 {
				bad, badOf = append(bad, q), append(badOf, of[i])
			}
		}
		rows, of = bad, badOf
	}
	atEnd := p.table.Top()+p.table.Shown() >= len(p.rows)-1
	p.rows, p.of = rows, of
	says := present.Number(t.total-t.waiting) + " of " + present.Number(t.total)
	if t.total == 0 {
		says = "Nothing has been imported since the window was opened"
	}
	if t.failed > 0 {
		says += ", " + present.Number(t.failed) + " failed"
	}
	if t.cancelled > 0 {
		says += ", " + present.Number(t.cancelled) + " cancelled"
	}
	p.says.SetText(says)
	p.bar.Hidden = t.waiting == 0
	if t.total > 0 {
		p.bar.SetValue(float64(t.total-t.waiting) / float64(t.total))
	}
	show(p.cancel, t.waiting > 0)
	show(p.retry, t.failed+t.cancelled > 0 && t.waiting == 0)
	p.head.Refresh()
	p.table.Refresh()
	if atEnd && t.waiting > 0 && !p.wrong.On { // follow the item at hand
		p.table.Reveal(min(len(p.rows)-1, t.total-t.waiting+2))
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

func (p *importPanel) cells(i int, to []widgets.Cell) {
	if i >= len(p.rows) {
		return
	}
	q := p.rows[i]
	to[0].Text, to[1].Text = q.item.Label(), q.result()
	to[1].Colour = theme.ColorMuted
	icon, colour := "clock", fyne.ThemeColorName(theme.ColorMuted)
	switch {
	case q.state == failed:
		icon, colour, to[1].Colour = "error", ft.ColorNameError, ft.ColorNameError
	case q.state == cancelled:
		icon = "minus"
	case q.state == done && (len(q.wrong) > 0 || len(q.last.Warnings) > 0):
		icon, colour = "warning", ft.ColorNameWarning
	case q.state == done:
		icon, colour = "done", ft.ColorNameSuccess
	}
	to[0].Icon = theme.IconIn(icon, colour)
}

// open shows the source of an item, or why there is none.
func (p *importPanel) open(i int) {
	if i >= len(p.rows) {
		return
	}
	if q := p.rows[i]; q.last.Source != "" {
		p.w.Go(session.Target{Place: session.Library, ID: string(q.last.Source)})
	} else if q.state == failed {
		p.w.details(q.item.Label(), detailsOf(q))
	}
}

func detailsOf(q queued) string {
	where := q.item.Path
	if where == "" {
		where = q.item.URL
	}
	return strings.TrimSpace(strings.Join(append([]string{q.item.Label(), where}, q.wrong...), "\n"))
}

func (p *importPanel) menu(i int, at fyne.Position) {
	if i >= len(p.rows) {
		return
	}
	q, of := p.rows[i], p.of[i]
	var items []*fyne.MenuItem
	if q.last.Source != "" {
		items = append(items, fyne.NewMenuItem("Show the source", func() { p.open(i) }))
	}
	if q.state == failed || q.state == cancelled {
		items = append(items, fyne.NewMenuItem("Try again", func() { p.w.book.imports.retry([]*queued{of}) }))
	}
	items = append(items,
		fyne.NewMenuItem("Details…", func() { p.w.details(q.result(), detailsOf(q)) }),
		fyne.NewMenuItem("Copy", func() { p.w.app.Clipboard().SetContent(q.item.Label() + ": " + q.result()) }))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.w.win.Canvas(), at)
}

// copy puts all that went wrong on the clipboard.
func (p *importPanel) copy() {
	rows, _, _ := p.w.book.imports.snapshot()
	var lines []string
	for _, q := range rows {
		if q.state == failed || q.state == cancelled || len(q.wrong) > 0 || len(q.last.Warnings) > 0 {
			lines = append(lines, q.item.Label()+": "+q.result())
		}
	}
	if len(lines) == 0 {
		p.w.Toast(session.Toast{Text: "Nothing went wrong"})
		return
	}
	p.w.app.Clipboard().SetContent(strings.Join(lines, "\n"))
	p.w.Toast(session.Toast{Text: present.Count(len(lines), "line") + " copied"})
}

// showImports opens the panel, and hideImports closes it.
func (w *Window) showImports() {
	if w.panel == nil {
		w.panel = newImportPanel(w)
		w.foot.Objects = slices.Insert(w.foot.Objects, 0, fyne.CanvasObject(w.panel.box))
		w.frame.Refresh()
	}
	w.Trace("import panel", map[string]any{"open": true})
}

func (w *Window) hideImports() {
	if w.panel != nil {
		w.foot.Objects = slices.DeleteFunc(w.foot.Objects, func(o fyne.CanvasObject) bool { return o == w.panel.box })
		w.panel = nil
		w.frame.Refresh()
	}
	w.Trace("import panel", map[string]any{"open": false})
}

func (w *Window) toggleImports() {
	if w.panel != nil {
		w.hideImports()
	} else {
		w.showImports()
	}
}

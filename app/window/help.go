package window

import (
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/settings"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/assets"
	"sourcebook/notebook"
)

// sheetRow is a line of the shortcut sheet.
type sheetRow struct{ group, label, keys string }

// sheetRows are the lines of the shortcut sheet: every command that has a key,
// by menu, and then what lists and texts do with theirs.
func (w *Window) sheetRows() []sheetRow {
	var rows []sheetRow
	for _, c := range w.table {
		keys := keysOf(c.keys)
		switch {
		case c.plain != "" && keys != "":
			keys = c.plain + "  or  " + keys
		case c.plain != "":
			keys = c.plain
		}
		if keys != "" {
			rows = append(rows, sheetRow{c.menu, c.label, keys})
		}
	}
	for _, r := range [][2]string{{"Choose several", "Ctrl+click, Shift+click, Shift+arrows"}, {"Choose all", "Ctrl+A"}, {"Open in a new tab", "Middle click, Ctrl+Enter"},
		{"Move on without choosing, choose", "Ctrl+arrows, Ctrl+Space"}, {"Open or close a group", "Right, Left"}, {"To the bin", "Delete"}, {"Choose none", "Escape"}} {
		rows = append(rows, sheetRow{"In the list of sources", r[0], r[1]})
	}
	for _, r := range [][2]string{{"Word, paragraph", "Double-click, triple-click"}, {"Extend the selection", "Shift+arrows, Shift+click"}, {"Copy", "Ctrl+C"}, {"Select all", "Ctrl+A"}, {"Page, start, end", "Space, Home, End"}, {"Next place found", "F3"}} {
		rows = append(rows, sheetRow{"In the text", r[0], r[1]})
	}
	return rows
}

// showShortcuts shows every shortcut, by menu.
func (w *Window) showShortcuts() {
	head := widgets.NewText("Shortcuts", theme.SizeSub, "")
	head.Bold = true
	var columns [2]*fyne.Container
	for i := range columns {
		columns[i] = widgets.Column(theme.Gap1)
	}
	seen, at := "", 0
	for _, r := range w.sheetRows() {
		if r.group != seen {
			seen = r.group
			if seen == "Go" {
				at = 1
			}
			t := widgets.NewText(seen, theme.SizeBody, theme.ColorMuted)
			t.Bold = true
			columns[at].Add(widgets.Pad(0, theme.Gap1, t))
		}
		k := widgets.Muted(r.keys)
		k.Whole = true
		columns[at].Add(widgets.Spread(theme.Gap4, 0, widgets.NewText(r.label, theme.SizeBody, ""), k))
	}
	var pop *widget.PopUp
	closeIt := widgets.Primary("Close", "", func() { pop.Hide() })
	closeIt.OnEscape = func() { pop.Hide() }
	body := container.NewBorder(widgets.Pad(0, theme.Gap2, head), widgets.Pad(0, theme.Gap2, widgets.Spread(0, 0, container.NewStack(), closeIt)), nil, nil,
		container.NewVScroll(container.NewGridWithColumns(2, widgets.Pad(theme.Gap3, 0, columns[0]), widgets.Pad(theme.Gap3, 0, columns[1]))))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap3, theme.Gap2, body), w.win.Canvas())
	size := w.win.Canvas().Size()
	pop.Resize(fyne.NewSize(min(900, size.Width-40), min(700, size.Height-40)))
	pop.Show()
	w.win.Canvas().Focus(closeIt)
}

// showAbout says what this is, and where the notebook lies.
func (w *Window) showAbout() {
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.IconPNG(256)))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSize(72, 72))
	title := widgets.NewText("Sourcebook", theme.SizeHeading, "")
	title.Bold = true
	version := w.o.Version
	if version == "" {
		version = "development build"
	}
	text := "A research notebook for people who follow countries: capture, read, claim, corroborate, compare, brief. One person, one computer, one file; nothing is sent anywhere unless you ask for a page to be fetched."
	facts := "Version " + version + " · " + runtime.GOOS + "/" + runtime.GOARCH + " · MIT licence\nNotebook: " + w.nb.Path()
	if dir, err := filepath.Abs(w.nb.Path()); err == nil {
		facts = "Version " + version + " · " + runtime.GOOS + "/" + runtime.GOARCH + " · MIT licence\nNotebook: " + dir
	}
	f := widget.NewLabel(facts)
	f.Wrapping = fyne.TextWrapWord
	f.Selectable = true
	var pop *widget.PopUp
	closeIt := widgets.Primary("Close", "", func() { pop.Hide() })
	closeIt.OnEscape = func() { pop.Hide() }
	body := widgets.Column(theme.Gap3, widgets.Spread(theme.Gap4, 1, icon, title), widgets.Para(text, theme.SizeBody, false), widgets.Flush(f),
		widgets.Para("Fonts: Noto (OFL), DejaVu. Icons: Lucide (ISC). Flags: their licence lies beside them. Map: Natural Earth, public domain.", theme.SizeCaption, true),
		widgets.Spread(0, 0, container.NewStack(), closeIt))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap4, body), w.win.Canvas())
	pop.Resize(fyne.NewSize(520, pop.MinSize().Height+60))
	pop.Show()
	w.win.Canvas().Focus(closeIt)
}

func (w *Window) showSettings() {
	b := w.book
	settings.Show(w, settings.Options{
		Path: w.nb.Path(), Changed: w.applyTheme, Reindex: w.reindex,
		Hours: b.backups.hours, SetHours: b.backups.setHours,
		Backups:   func() ([]notebook.BackupFile, error) { return b.nb.BackupFiles("") },
		BackUp:    func(then func()) { b.backups.now(w, then) },
		Restore:   b.backups.restore,
		Folder:    b.watch.folder,
		SetFolder: b.watch.setFolder,
		AskFolder: w.askWatched,
	})
}

// Package settings is the window's settings: few, and each with an effect at
// once.
package settings

import (
	"context"
	"fmt"
	"strconv"

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

// Options are what the settings need of the window.
type Options struct {
	Path    string // of the open notebook
	Changed func() // the theme's preferences were changed
	Reindex func() // builds the search index anew

	// Hours is how often backups are made, zero for never; SetHours changes it.
	Hours     func() int
	SetHours  func(int)
	Backups   func() ([]notebook.BackupFile, error) // the newest first; it reads the disk
	BackUp    func(then func())
	Restore   func(notebook.BackupFile)
	Folder    func() string // that is watched, empty for none
	SetFolder func(string)
	AskFolder func(then func(path string)) // lets the user choose a folder
}

// everies are how often backups can be made.
var everies = []present.Choice{{Key: "1", Label: "Every hour"}, {Key: "4", Label: "Every four hours"}, {Key: "24", Label: "Once a day"}, {Key: "0", Label: "Never"}}

// mostBackups is how many backups are listed.
const mostBackups = 40

// sheet is the open settings.
type sheet struct {
	s       session.Session
	o       Options
	pop     *widget.PopUp
	list    *fyne.Container // of backups
	folder  *widgets.Text
	unwatch *widgets.Button
	loader  session.Loader
	names   map[notebook.Colour]*widgets.Entry
	named   map[notebook.Colour]string // as stored
}

// Show shows the settings over the window.
func Show(s session.Session, o Options) {
	x := &sheet{s: s, o: o, names: map[notebook.Colour]*widgets.Entry{}}
	head := widgets.NewText("Settings", theme.SizeSub, "")
	head.Bold = true
	closer := widgets.Primary("Close", "", x.close)
	closer.OnEscape = x.close
	left := widgets.Column(theme.Gap4, x.looks(), x.briefings(), x.colours())
	right := widgets.Column(theme.Gap4, x.backups(), x.watching(), x.file())
	body := container.NewBorder(widgets.Pad(0, theme.Gap2, head), widgets.Pad(0, theme.Gap2, widgets.Spread(0, 0, container.NewStack(), closer)), nil, nil,
		container.NewVScroll(container.NewGridWithColumns(2, widgets.Pad(theme.Gap3, 0, left), widgets.Pad(theme.Gap3, 0, right))))
	c := s.Window().Canvas()
	x.pop = widget.NewModalPopUp(widgets.Pad(theme.Gap3, theme.Gap2, body), c)
	x.pop.Resize(fyne.NewSize(min(940, c.Size().Width-40), min(700, c.Size().Height-40)))
	x.pop.Show()
	c.Focus(closer)
	s.Trace("settings", map[string]any{"open": true})
}

// close keeps what was typed and takes the settings away.
func (x *sheet) close() {
	x.saveColours()
	x.pop.Hide()
}

func section(title string, parts ...fyne.CanvasObject) fyne.CanvasObject {
	t := widgets.NewText(title, theme.SizeLead, "")
	t.Bold = true
	return widgets.Column(theme.Gap3, append([]fyne.CanvasObject{widgets.Ruled(widgets.Pad(0, theme.Gap1, t))}, parts...)...)
}

// looks are the colours and the size of text.
func (x *sheet) looks() fyne.CanvasObject {
	p := x.s.Preferences()
	mode := widgets.NewSegmented([]present.Choice{
		{Key: string(theme.System), Label: "As the desktop"}, {Key: string(theme.Light), Label: "Light"}, {Key: string(theme.Dark), Label: "Dark"},
	}, func(k string) {
		p.SetString("theme.mode", k)
		x.o.Changed()
	})
	mode.Set(p.StringWithFallback("theme.mode", string(theme.System)))
	contrast := widgets.NewToggle("High contrast", func(on bool) {
		p.SetBool("theme.contrast", on)
		x.o.Changed()
	})
	contrast.Set(p.Bool("theme.contrast"))
	size := widgets.Muted("")
	size.Whole = true
	line := widgets.Line(theme.Gap2)
	say := func() {
		size.SetText(fmt.Sprintf("%.0f %%", 100*p.FloatWithFallback("theme.scale", 1)))
		line.Refresh()
	}
	step := func(by float64) func() {
		return func() {
			v := p.FloatWithFallback("theme.scale", 1) + by
			p.SetFloat("theme.scale", min(max(v, float64(theme.MinScale)), float64(theme.MaxScale)))
			say()
			x.o.Changed()
		}
	}
	say()
	line.Objects = []fyne.CanvasObject{widgets.NewButton("Smaller", "zoom-out", step(-0.1)), size, widgets.NewButton("Larger", "zoom-in", step(0.1))}
	return section("Looks",
		widgets.Field("Colours", widgets.Line(theme.Gap2, mode, contrast), ""),
		widgets.Field("Size of the window's text", line, "Size, letters, width and paper of the sources' text are set in the reading pane, for all sources."))
}

// briefings is what new briefings begin with.
func (x *sheet) briefings() fyne.CanvasObject {
	p := x.s.Preferences()
	author := widgets.NewEntry("Your name, as it stands on briefings")
	author.SetText(p.String("briefing.author"))
	author.OnChanged = func(t string) { p.SetString("briefing.author", t) }
	author.OnEscape = x.close
	labels := []string{"None"}
	for _, t := range present.TLPs {
		labels = append(labels, t.Label)
	}
	tlp := widget.NewSelect(labels, nil)
	tlp.SetSelectedIndex(0)
	for i, t := range present.TLPs {
		if t.Key == p.String("briefing.tlp") {
			tlp.SetSelectedIndex(i + 1)
		}
	}
	tlp.OnChanged = func(string) {
		word := ""
		if i := tlp.SelectedIndex(); i > 0 {
			word = present.TLPs[i-1].Key
		}
		p.SetString("briefing.tlp", word)
	}
	return section("New briefings",
		widgets.Field("Author", author, ""),
		widgets.Field("Marking (TLP 2.0)", tlp, "What a new briefing is marked with. Each can be marked otherwise."))
}

// colours are the names of the colours of highlights, which belong to the
// notebook.
func (x *sheet) colours() fyne.CanvasObject {
	grid := container.NewGridWithColumns(2)
	for _, c := range notebook.Colours {
		e := widgets.NewEntry(present.UpperFirst(string(c)))
		e.OnEscape = x.close
		e.OnSubmitted = func(string) { x.saveColours() }
		x.names[c] = e
		grid.Add(widgets.Spread(theme.Gap2, 1, widgets.NewSwatch(string(c)), e))
	}
	session.Load(x.s, &x.loader, "read the names of the colours", func(_ context.Context, tx *notebook.Tx) (map[notebook.Colour]string, error) {
		return tx.ColourNames()
	}, func(named map[notebook.Colour]string) {
		x.named = named
		for c, e := range x.names {
			e.SetText(named[c])
		}
	})
	return section("What the colours of highlights stand for", grid)
}

func (x *sheet) saveColours() {
	if x.named == nil {
		return // they were not read yet
	}
	names, changed := map[notebook.Colour]string{}, false
	for c, e := range x.names {
		names[c] = e.Text
		changed = changed || e.Text != x.named[c]
	}
	if !changed {
		return
	}
	x.named = names
	x.s.DoUndoable("name the colours", "Colours named", nil, &notebook.PutColourNames{Names: names})
}

// backups are how often they are made, and those that there are.
func (x *sheet) backups() fyne.CanvasObject {
	every := widgets.NewSegmented(everies, func(k string) {
		if n, err := strconv.Atoi(k); err == nil {
			x.o.SetHours(n)
		}
	})
	every.Set(strconv.Itoa(x.o.Hours()))
	x.list = widgets.Column(2)
	x.listBackups()
	scroll := container.NewVScroll(x.list)
	scroll.SetMinSize(fyne.NewSize(200, 150))
	return section("Backups",
		widgets.Column(theme.Gap2, widgets.AtMost(420, every), widgets.Para("Made while you work, if something has changed: all of today, then one a day for a week, then one a week.", theme.SizeCaption, true)),
		scroll,
		widgets.Line(theme.Gap2, widgets.NewButton("Back up now", "save", func() { x.o.BackUp(x.listBackups) })))
}

// reasons say why a backup was made.
var reasons = map[string]string{"scheduled": "on schedule", "by-hand": "by hand", "before-migration": "before a newer format", "before-compact": "before compacting", "before-restore": "before a backup was restored"}

// listBackups reads and shows the backups.
func (x *sheet) listBackups() {
	x.s.Background(func(context.Context) {
		list, err := x.o.Backups()
		x.s.Deliver(func() { x.showBackups(list, err) })
	})
}

func (x *sheet) showBackups(list []notebook.BackupFile, err error) {
	x.list.RemoveAll()
	switch {
	case err != nil:
		x.list.Add(widgets.Para(present.UpperFirst(err.Error()), theme.SizeBody, false))
	case len(list) == 0:
		x.list.Add(widgets.Muted("None yet"))
	}
	for _, b := range list[:min(len(list), mostBackups)] {
		why := reasons[b.Reason]
		if why == "" {
			why = b.Reason
		}
		when := widgets.NewText(present.Moment(b.At), theme.SizeBody, "")
		when.Whole = true
		x.list.Add(widgets.Spread(theme.Gap2, 1, when, widgets.Muted(present.Join(why, present.Bytes(b.Size))), widgets.Flat("Restore…", "", func() { x.askRestore(b) })))
	}
	if n := len(list) - mostBackups; n > 0 {
		x.list.Add(widgets.Muted(present.Count(n, "older one")))
	}
	x.list.Refresh()
}

func (x *sheet) askRestore(b notebook.BackupFile) {
	d := dialog.NewConfirm("Restore this backup?", "The notebook becomes what it was on "+present.Moment(b.At)+".\nWhat is there now is kept among the backups.", func(yes bool) {
		if yes {
			x.pop.Hide()
			x.o.Restore(b)
		}
	}, x.s.Window())
	d.SetConfirmText("Restore")
	d.SetDismissText("Keep")
	d.Show()
}

// watching is the folder from which captures are taken.
func (x *sheet) watching() fyne.CanvasObject {
	x.folder = widgets.NewText("", theme.SizeBody, "")
	x.unwatch = widgets.NewButton("Stop", "close", func() { x.o.SetFolder(""); x.showFolder() })
	choose := widgets.NewButton("Choose a folder…", "folder", func() {
		x.o.AskFolder(func(path string) { x.o.SetFolder(path); x.showFolder() })
	})
	x.showFolder()
	return section("Watched folder",
		widgets.Column(theme.Gap2, x.folder, widgets.Line(theme.Gap2, choose, x.unwatch),
			widgets.Para("Pages and texts that come into it, and into its folders, are imported once they are written. No file there is changed or deleted.", theme.SizeCaption, true)))
}

func (x *sheet) showFolder() {
	dir := x.o.Folder()
	x.folder.Colour = ""
	if dir == "" {
		dir = "None"
		x.folder.Colour = theme.ColorMuted
		x.unwatch.Hide()
	} else {
		x.unwatch.Show()
	}
	x.folder.Text = dir
	x.folder.Refresh()
}

// file is the notebook's file and its index.
func (x *sheet) file() fyne.CanvasObject {
	path := widget.NewLabel(x.o.Path)
	path.Wrapping = fyne.TextWrapBreak
	path.Selectable = true
	return section("Notebook",
		widgets.Field("File", widgets.Flush(path), "All that matters is in this one file. Copy it and you have moved the notebook."),
		widgets.Field("Search index", widgets.Line(0, widgets.NewButton("Build it anew", "refresh", func() { x.close(); x.o.Reindex() })), "It is derived from the notebook and can be built again at any time."))
}

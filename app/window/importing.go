package window

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/intake"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// importItems puts items in the queue of imports. wrong are what could not be
// read before it began.
func (w *Window) importItems(items []intake.Item, wrong []intake.Result) {
	if len(items) == 0 && len(wrong) == 0 {
		w.Toast(session.Toast{Text: "Nothing to import there. Pages, PDFs, documents, messages, feeds, web archives and texts can be read."})
		return
	}
	w.book.imports.add(items, wrong)
}

// imported says what became of a batch, and opens a single source.
func (w *Window) imported(sum intake.Summary, tried []*queued, wrong int) {
	w.Trace("import finished", map[string]any{"added": sum.Added, "versions": sum.Versions, "held": sum.Held, "failed": sum.Failed, "cancelled": sum.Cancelled})
	if len(tried) == 1 && len(sum.Results) == 1 && sum.Results[0].Err == nil {
		w.Go(session.Target{Place: session.Library, ID: string(sum.Results[0].Source)})
	}
	t := session.Toast{Text: summary(sum)}
	switch {
	case sum.Failed > 0 || warned(sum):
		t.Bad = sum.Failed > 0
		t.Action, t.Do = "What happened", func() {
			w.showImports()
			w.panel.wrong.Set(true)
			w.panel.refresh()
		}
	case len(sum.Results) == 1 && sum.Added == 1:
		t.Action, t.Do = "Undo", w.undo
	}
	w.Toast(t)
}

func warned(sum intake.Summary) bool {
	for _, r := range sum.Results {
		if len(r.Warnings) > 0 {
			return true
		}
	}
	return false
}

// summary is a batch in one line.
func summary(sum intake.Summary) string {
	var parts []string
	if sum.Added > 0 {
		parts = append(parts, present.Count(sum.Added, "source")+" added")
	}
	if sum.Versions > 0 {
		parts = append(parts, present.Count(sum.Versions, "new version"))
	}
	if sum.Held > 0 {
		if len(sum.Results) == 1 {
			parts = append(parts, "already in the notebook")
		} else {
			parts = append(parts, present.Number(sum.Held)+" already there")
		}
	}
	if sum.Failed > 0 {
		parts = append(parts, present.Number(sum.Failed)+" could not be read")
	}
	if sum.Cancelled {
		parts = append(parts, "cancelled")
	}
	if len(parts) == 0 {
		return "Nothing was imported"
	}
	return present.UpperFirst(strings.Join(parts, ", "))
}

// importPaths imports files and folders, archives of notebooks among them.
func (w *Window) importPaths(paths []string, method notebook.Method) {
	w.Background(func(context.Context) {
		var archives, captures []string
		for _, p := range paths {
			if notebook.IsArchive(p) {
				archives = append(archives, p)
			} else {
				captures = append(captures, p)
			}
		}
		items, failed := intake.Expand(captures, method)
		w.Deliver(func() {
			for _, p := range archives {
				w.importArchive(p, "")
			}
			if len(captures) > 0 {
				w.importItems(items, failed)
			}
		})
	})
}

func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	var items []intake.Item
	for _, u := range uris {
		switch u.Scheme() {
		case "file":
			paths = append(paths, u.Path())
		case "http", "https":
			items = append(items, intake.Item{URL: u.String(), Method: notebook.ByURL})
		}
	}
	if len(paths) > 0 {
		w.importPaths(paths, notebook.ByDrop)
	}
	if len(items) > 0 {
		w.importItems(items, nil)
	}
}

// pasteImport imports what is on the clipboard: an address, else text.
func (w *Window) pasteImport() {
	text := w.app.Clipboard().Content()
	switch {
	case strings.TrimSpace(text) == "":
		w.Toast(session.Toast{Text: "There is no text on the clipboard"})
	case isAddress(text):
		w.importItems([]intake.Item{{URL: strings.TrimSpace(text), Method: notebook.ByURL}}, nil)
	default:
		w.importItems([]intake.Item{{Bytes: []byte(text), Name: "pasted text", Method: notebook.ByPaste, Received: time.Now()}}, nil)
	}
}

// isAddress tells whether a text is one web address and nothing else.
func isAddress(text string) bool {
	text = strings.TrimSpace(text)
	if strings.ContainsAny(text, " \t\r\n") {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func (w *Window) askImport() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			w.Fail("open the file", err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		w.app.Preferences().SetString("import.folder", filepath.Dir(path))
		w.importPaths([]string{path}, notebook.ByFile)
	}, w.win)
	d.SetFilter(importable{})
	d.SetTitleText("Import a file")
	w.locate(d, "import.folder")
	d.Show()
}

// importable is the filter of the import dialog: what a folder import would take,
// and encrypted archives.
type importable struct{}

// Matches tells whether a file is shown.
func (importable) Matches(u fyne.URI) bool {
	return intake.Takes(u.Path()) || strings.EqualFold(filepath.Ext(u.Path()), ".age")
}

func (w *Window) askFolder() {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		if err != nil {
			w.Fail("open the folder", err)
			return
		}
		if l == nil {
			return
		}
		w.app.Preferences().SetString("import.folder", l.Path())
		w.importPaths([]string{l.Path()}, notebook.ByFile)
	}, w.win)
	d.SetTitleText("Import all pages and texts of a folder")
	w.locate(d, "import.folder")
	d.Show()
}

// askWatched asks for the folder to watch.
func (w *Window) askWatched(then func(path string)) {
	d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
		switch {
		case err != nil:
			w.Fail("open the folder", err)
		case l != nil:
			then(l.Path())
		}
	}, w.win)
	d.SetTitleText("Watch a folder")
	w.locate(d, "import.folder")
	d.Show()
}

// locate opens a file dialog in the folder used last, as large as fits.
func (w *Window) locate(d *dialog.FileDialog, key string) {
	if p := w.app.Preferences().String(key); p != "" {
		if l, err := storage.ListerForURI(storage.NewFileURI(p)); err == nil {
			d.SetLocation(l)
		}
	}
	size := w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(960, size.Width-60), min(640, size.Height-80)))
}

// askAddress asks for addresses, files and folders by their names.
func (w *Window) askAddress() {
	e := widgets.NewTextEntry("https://…, or the path of a file or folder; one a line", 4)
	if c := w.app.Clipboard().Content(); isAddress(c) {
		e.SetText(strings.TrimSpace(c))
	}
	head := widgets.NewText("Import by address or path", theme.SizeSub, "")
	head.Bold = true
	var pop *widget.PopUp
	do := func() {
		var items []intake.Item
		var paths []string
		for line := range strings.Lines(e.Text) {
			line = strings.TrimSpace(line)
			switch {
			case line == "":
			case isAddress(line):
				items = append(items, intake.Item{URL: line, Method: notebook.ByURL})
			case strings.HasPrefix(line, "file://"):
				if u, err := url.Parse(line); err == nil {
					paths = append(paths, u.Path)
				}
			default:
				paths = append(paths, line)
			}
		}
		pop.Hide()
		if len(items) > 0 {
			w.importItems(items, nil)
		}
		if len(paths) > 0 {
			w.importPaths(paths, notebook.ByFile)
		}
	}
	e.OnSubmitted = func(string) { do() }
	e.OnEscape = func() { pop.Hide() }
	body := widgets.Column(theme.Gap3, head, widgets.Para("An address is fetched from the network; nothing else is sent anywhere.", theme.SizeBody, true), e,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", e.OnEscape), widgets.Primary("Import", "import", do)))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), w.win.Canvas())
	pop.Resize(fyne.NewSize(560, pop.MinSize().Height))
	pop.Show()
	w.win.Canvas().Focus(e)
	w.Trace("address form", map[string]any{"open": true})
}

var errNoSample = errors.New("this program carries no sample notebook")

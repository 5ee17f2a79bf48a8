package window

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// Ending is the ending of notebook files.
const Ending = ".sourcebook"

// mostRecent is how many notebooks the menu remembers.
const mostRecent = 8

// remember puts a notebook at the head of the recent ones.
func (w *Window) remember(path string) {
	list := w.app.Preferences().StringList("notebook.recent")
	list = slices.DeleteFunc(list, func(p string) bool { return p == path })
	list = append([]string{path}, list...)
	w.app.Preferences().SetStringList("notebook.recent", list[:min(len(list), mostRecent)])
}

func (w *Window) recentMenu() *fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, p := range w.app.Preferences().StringList("notebook.recent") {
		if w.nb != nil && p == w.nb.Path() {
			continue
		}
		items = append(items, fyne.NewMenuItem(filepath.Base(p), func() { w.openPath(p, true) }))
	}
	if len(items) == 0 {
		return nil
	}
	it := fyne.NewMenuItem("Open recent", nil)
	it.ChildMenu = fyne.NewMenu("", items...)
	return it
}

// openPath opens another notebook in this window, in the background.
func (w *Window) openPath(path string, mustExist bool) {
	if path == w.nb.Path() {
		w.Toast(session.Toast{Text: "This notebook is open already"})
		return
	}
	if b := w.bookAt(path); b != nil { // another window has it
		w.take(b)
		return
	}
	w.Background(func(context.Context) {
		var nb *notebook.Notebook
		var err error
		if mustExist {
			nb, err = notebook.Open(path, notebook.Options{Actor: "window", MustExist: true})
		} else {
			nb, err = openNotebook(path)
		}
		w.Deliver(func() {
			switch {
			case errors.Is(err, notebook.ErrLocked):
				w.Toast(session.Toast{Bad: true, Text: filepath.Base(path) + " is open in another window. Close it there first."})
			case err != nil:
				w.Fail("open "+filepath.Base(path), err)
			default:
				w.take(w.openBook(nb, path))
				w.Toast(session.Toast{Text: "Opened " + filepath.Base(path)})
			}
		})
	})
}

func (w *Window) askOpen() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			w.Fail("open the notebook", err)
			return
		}
		if r == nil {
			return
		}
		path := r.URI().Path()
		r.Close()
		w.openPath(path, true)
	}, w.win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{Ending}))
	d.SetTitleText("Open a notebook")
	w.locate(d, "notebook.folder")
	d.Show()
}

// askNew asks for the file of a new notebook.
func (w *Window) askNew() {
	dir := filepath.Dir(w.nb.Path())
	e := widgets.NewEntry("")
	e.SetText(filepath.Join(dir, "new"+Ending))
	head := widgets.NewText("New notebook", theme.SizeSub, "")
	head.Bold = true
	problem := widget.NewLabel("")
	problem.Importance = widget.DangerImportance
	problem.Wrapping = fyne.TextWrapWord
	problem.Hide()
	var pop *widget.PopUp
	do := func() {
		path := strings.TrimSpace(e.Text)
		if path != "" && !strings.HasSuffix(path, Ending) {
			path += Ending
		}
		if _, err := os.Stat(path); path == "" || err == nil {
			problem.SetText("Name a file that is not there yet.")
			problem.Show()
			return
		}
		pop.Hide()
		w.openPath(path, false)
	}
	e.OnSubmitted = func(string) { do() }
	e.OnEscape = func() { pop.Hide() }
	body := widgets.Column(theme.Gap3, head, widgets.Para("One notebook is one file. Copy the file and you have moved the notebook.", theme.SizeBody, true), e, problem,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", e.OnEscape), widgets.Primary("Create", "check", do)))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), w.win.Canvas())
	pop.Resize(fyne.NewSize(600, pop.MinSize().Height))
	pop.Show()
	w.win.Canvas().Focus(e)
}

// openSample opens the sample notebook, and builds it where it is not there.
func (w *Window) openSample() {
	path := w.o.SamplePath
	if w.o.Sample == nil || path == "" {
		w.Fail("open the sample notebook", errNoSample)
		return
	}
	if _, err := os.Stat(path); err == nil {
		w.openPath(path, true)
		return
	}
	work := w.Working("Building the sample notebook")
	w.Background(func(context.Context) {
		err := w.o.Sample(work.Context(), path)
		w.Deliver(func() {
			work.Finish()
			if err != nil {
				w.Fail("build the sample notebook", err)
				return
			}
			w.openPath(path, true)
		})
	})
}

// verify checks the whole file.
func (w *Window) verify() {
	work := w.Working("Verifying the notebook")
	nb := w.nb
	w.Background(func(context.Context) {
		r, err := nb.Verify()
		w.Deliver(func() {
			work.Finish()
			switch {
			case err != nil:
				w.Fail("verify the notebook", err)
			case len(r.Faults) == 0:
				n := 0
				for _, k := range r.Checked {
					n += k
				}
				w.Toast(session.Toast{Text: "The notebook is sound: " + present.Count(n, "thing") + " checked"})
			default:
				var lines []string
				for _, f := range r.Faults {
					lines = append(lines, f.Where+": "+f.What)
				}
				w.Toast(session.Toast{Bad: true, Text: fmt.Sprintf("Verify found %s. Restore a backup.", present.Count(len(r.Faults), "fault")), Detail: strings.Join(lines, "\n")})
			}
		})
	})
}

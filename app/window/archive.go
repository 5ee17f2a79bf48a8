package window

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// importArchive brings what an archive of a notebook holds into the open one.
// Of an encrypted archive the passphrase is asked for, and again where it is wrong.
func (w *Window) importArchive(path, passphrase string) {
	name := filepath.Base(path)
	nb := w.nb
	work := w.Working("Importing the archive " + name)
	w.Background(func(context.Context) {
		sum, err := nb.ReadArchive(work.Context(), path, passphrase, func(done, total int64) {
			w.Deliver(func() { work.Progress(int(done), int(total)) })
		})
		w.Deliver(func() {
			work.Finish()
			switch {
			case errors.Is(err, notebook.ErrPassphrase):
				w.askPassphrase(name, passphrase != "", func(p string) { w.importArchive(path, p) })
			case errors.Is(err, context.Canceled):
				w.Toast(session.Toast{Text: "Stopped. What is in by now stays; import the archive again for the rest."})
			case err != nil:
				w.Fail("import the archive "+name, err)
			case len(sum.Added) == 0:
				w.Toast(session.Toast{Text: "All of the archive is in the notebook already"})
			default:
				w.Toast(session.Toast{Text: present.Count(sum.Added["source"], "source") + " and " + present.Count(sum.Added["claim"], "claim") + " added from the archive"})
			}
			w.Trace("archive imported", map[string]any{"sources": sum.Added["source"], "held": sum.Held, "failed": err != nil})
		})
	})
}

// askPassphrase asks for the passphrase of an encrypted file.
func (w *Window) askPassphrase(name string, wrong bool, then func(passphrase string)) {
	e := widgets.NewEntry("")
	e.Password = true
	head := widgets.NewText("Passphrase of "+name, theme.SizeSub, "")
	head.Bold = true
	why := "It is encrypted. The passphrase is not kept anywhere."
	if wrong {
		why = "That was not the passphrase. " + why
	}
	var pop *widget.PopUp
	do := func() {
		if e.Text == "" {
			return
		}
		pop.Hide()
		then(e.Text)
	}
	e.OnSubmitted = func(string) { do() }
	e.OnEscape = func() { pop.Hide() }
	body := widgets.Column(theme.Gap3, head, widgets.Para(why, theme.SizeBody, true), e,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", e.OnEscape), widgets.Primary("Open", "check", do)))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), w.win.Canvas())
	pop.Resize(fyne.NewSize(480, pop.MinSize().Height))
	pop.Show()
	w.win.Canvas().Focus(e)
}

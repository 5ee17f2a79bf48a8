package window

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/assets"
	"sourcebook/notebook"
)

// refuse shows why a notebook cannot be opened: a person who clicked an icon
// sees no message on standard error. It returns the fault, for the exit code.
func refuse(ctx context.Context, a fyne.App, path string, o Options, err error) error {
	a.SetIcon(fyne.NewStaticResource("sourcebook.png", assets.IconPNG(256)))
	a.Settings().SetTheme(theme.New(theme.Mode(a.Preferences().StringWithFallback("theme.mode", string(theme.System))), 1))
	tr := newTrace(o.Trace)
	defer tr.close()
	tr.note("refused", map[string]any{"path": path, "error": err.Error()})
	w := a.NewWindow("Sourcebook")
	name := filepath.Base(path)
	title, text := "This notebook cannot be opened", present.UpperFirst(err.Error())+". "+nextStep(err)
	switch {
	case errors.Is(err, notebook.ErrLocked):
		title, text = "The notebook is open in another window", name+" is in use by another window of Sourcebook. Go on there, or close it first."
	case errors.Is(err, notebook.ErrNewerFormat):
		title, text = "The notebook is newer than this program", name+" was written by a newer version of Sourcebook. Update the program to open it."
	}
	w.SetContent(widgets.Pad(theme.Gap6, theme.Gap6, container.NewBorder(nil,
		widgets.Spread(theme.Gap2, 0, container.NewStack(),
			widgets.NewButton("Copy details", "copy", func() { a.Clipboard().SetContent(err.Error()) }),
			widgets.Primary("Close", "", w.Close)), nil, nil,
		widgets.Empty("lock", title, text))))
	w.Resize(fyne.NewSize(560, 320))
	w.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			w.Close()
		}
	})
	stop := context.AfterFunc(ctx, func() { fyne.Do(w.Close) })
	defer stop()
	w.ShowAndRun()
	return err
}

package settings

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/session/sessiontest"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// found gives the objects of a type that the settings show.
func found[T fyne.CanvasObject](s *sessiontest.Session) []T {
	var out []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if x, ok := o.(T); ok {
			out = append(out, x)
		}
		switch x := o.(type) {
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(x).Objects() {
				walk(c)
			}
		}
	}
	for _, o := range s.Window().Canvas().Overlays().List() {
		walk(o)
	}
	return out
}

func press(t *testing.T, s *sessiontest.Session, label string) {
	t.Helper()
	for _, b := range found[*widgets.Button](s) {
		if b.Text == label {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q", label)
}

func TestSettings(t *testing.T) {
	nb := notebooktest.New(t)
	s := sessiontest.New(t, nb)
	var said []string
	say := func(what string) { said = append(said, what) }
	list := []notebook.BackupFile{{Path: "a", At: time.Date(2026, 3, 4, 5, 6, 0, 0, time.UTC), Reason: "scheduled", Size: 120_000}}
	folder, hours := "", 1
	Show(s, Options{
		Path: "notes.sourcebook", Changed: func() { say("looks") }, Reindex: func() { say("reindex") },
		Hours: func() int { return hours }, SetHours: func(n int) { hours = n },
		Backups: func() ([]notebook.BackupFile, error) { return list, nil },
		BackUp: func(then func()) {
			list = append([]notebook.BackupFile{{Path: "b", At: list[0].At.Add(time.Hour), Reason: "by-hand"}}, list...)
			then()
		},
		Restore: func(b notebook.BackupFile) { say("restore " + b.Path) },
		Folder:  func() string { return folder }, SetFolder: func(f string) { folder = f },
		AskFolder: func(then func(string)) { then("/captures") },
	})
	restores := func() (n int) {
		for _, b := range found[*widgets.Button](s) {
			if b.Text == "Restore…" {
				n++
			}
		}
		return n
	}
	if restores() != 1 {
		t.Errorf("%d backups are listed, want 1", restores())
	}
	press(t, s, "Back up now")
	if restores() != 2 {
		t.Errorf("%d backups are listed after another was made, want 2", restores())
	}
	press(t, s, "Choose a folder…")
	if folder != "/captures" {
		t.Errorf("the folder is %q", folder)
	}
	press(t, s, "Stop")
	if folder != "" {
		t.Errorf("after Stop the folder is %q", folder)
	}
	for _, seg := range found[*widgets.Segmented](s) {
		for _, c := range seg.Choices {
			if c.Label == "Never" || c.Label == "Dark" {
				seg.OnChanged(c.Key)
			}
		}
	}
	if hours != 0 || s.Preferences().String("theme.mode") != "dark" {
		t.Errorf("backups every %d hours, colours %q", hours, s.Preferences().String("theme.mode"))
	}
	for _, tg := range found[*widgets.Toggle](s) {
		if tg.Label == "High contrast" {
			tg.OnTapped()
		}
	}
	press(t, s, "Larger")
	if !s.Preferences().Bool("theme.contrast") || s.Preferences().Float("theme.scale") != 1.1 {
		t.Errorf("contrast %v, scale %v", s.Preferences().Bool("theme.contrast"), s.Preferences().Float("theme.scale"))
	}
	if want := []string{"looks", "looks", "looks"}; !slices.Equal(said, want) {
		t.Errorf("the window was told %q, want %q", said, want)
	}
	for _, sel := range found[*widget.Select](s) {
		sel.SetSelected("TLP:AMBER")
	}
	if got := s.Preferences().String("briefing.tlp"); got != "AMBER" {
		t.Errorf("new briefings are marked %q", got)
	}
	for _, e := range found[*widgets.Entry](s) {
		if e.PlaceHolder == "Green" {
			e.SetText("Figures")
		}
	}
	press(t, s, "Close")
	if err := nb.View(func(tx *notebook.Tx) error {
		names, err := tx.ColourNames()
		if names[notebook.Green] != "Figures" || len(names) != 1 {
			t.Errorf("the colours are named %v", names)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

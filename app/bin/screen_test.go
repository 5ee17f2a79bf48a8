package bin

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/session"
	"sourcebook/app/session/sessiontest"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// open shows the bin of a notebook in which a source with a claim on it, and a
// claim of its own, were deleted.
func open(t *testing.T) (*Screen, *sessiontest.Session, notebook.Claim) {
	t.Helper()
	nb := notebooktest.New(t)
	if err := notebooktest.Fill(nb, 3, notebooktest.FillOptions{Words: 60}); err != nil {
		t.Fatal(err)
	}
	var src notebook.Source
	err := nb.View(func(tx *notebook.Tx) error {
		for s, err := range tx.Sources(notebook.SourceQuery{}) {
			src = s
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	mark := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: src.ID, Capture: src.Current(), Start: 0, End: 20, Colour: notebook.Yellow}}
	if _, err := nb.Do(mark); err != nil {
		t.Fatal(err)
	}
	claim := &notebook.PutClaim{Claim: notebook.Claim{Statement: "It leans on one highlight.", Evidence: []notebook.Evidence{{Highlight: mark.Highlight.ID, Stance: notebook.Supports}}}}
	if _, err := nb.Do(claim); err != nil {
		t.Fatal(err)
	}
	if _, err := nb.Do(&notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(src.ID)}}}); err != nil {
		t.Fatal(err)
	}
	s := sessiontest.New(t, nb)
	b := New(s)
	s.Window().SetContent(b.Content())
	b.Open(session.Target{Place: session.Bin})
	return b, s, claim.Claim
}

func TestRestore(t *testing.T) {
	b, s, _ := open(t)
	n := len(b.rows)
	if n == 0 || b.empty.Disabled() {
		t.Fatalf("%d things are in the bin", n)
	}
	if !b.restore.Disabled() {
		t.Error("something can be restored before anything is chosen")
	}
	b.list.Tap(0)
	b.restoreChosen()
	b.Changed()
	if len(b.rows) >= n {
		t.Errorf("%d of %d things are left after one was restored", len(b.rows), n)
	}
	if len(s.Toasts) != 1 || len(s.Failed) > 0 {
		t.Errorf("it said %v, failed %v", s.Toasts, s.Failed)
	}
}

func TestEmptySaysWhatIsLost(t *testing.T) {
	b, s, claim := open(t)
	b.askEmpty()
	pops := s.Window().Canvas().Overlays().List()
	if len(pops) == 0 {
		t.Fatal("nothing is asked")
	}
	var texts []string
	var del *widgets.Button
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch x := o.(type) {
		case *widgets.Text:
			texts = append(texts, x.Text)
		case *widgets.Chip:
			texts = append(texts, x.Label)
		case *widgets.Button:
			if x.Text == "Delete for good" {
				del = x
			}
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
	walk(pops[len(pops)-1])
	has := func(want string) bool {
		for _, x := range texts {
			if x == want {
				return true
			}
		}
		return false
	}
	if !has(claim.Statement) || !has("loses all its evidence") {
		t.Errorf("it says %q", texts)
	}
	if del == nil {
		t.Fatal("there is no button that empties the bin")
	}
	test.Tap(del)
	b.Changed()
	if len(b.rows) != 0 || !b.empty.Disabled() {
		t.Errorf("%d things are left", len(b.rows))
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

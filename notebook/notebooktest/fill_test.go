package notebooktest_test

import (
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// A filled notebook is sound, holds some of everything, and is the same each time.
func TestFill(t *testing.T) {
	var titles [2]string
	for i := range titles {
		n := notebooktest.New(t)
		var last int
		err := notebooktest.Fill(n, 120, notebooktest.FillOptions{Words: 80, Batch: 50, Progress: func(done int) { last = done }})
		if err != nil || last != 120 {
			t.Fatalf("fill: %v, %d done", err, last)
		}
		err = n.View(func(tx *notebook.Tx) error {
			for s, err := range tx.Sources(notebook.SourceQuery{}) {
				if err != nil {
					return err
				}
				titles[i] += s.Title + "\n"
			}
			sources, err := tx.CountSources(notebook.SourceQuery{})
			if err != nil {
				return err
			}
			claims, err := tx.CountClaims(notebook.ClaimQuery{})
			if err != nil {
				return err
			}
			links := 0
			for _, err := range tx.CitedLinks() {
				if err != nil {
					return err
				}
				links++
			}
			relations := 0
			for _, err := range tx.AllRelations() {
				if err != nil {
					return err
				}
				relations++
			}
			if sources != 120 || claims != 12 || links == 0 || relations == 0 {
				t.Errorf("%d sources, %d claims, %d links, %d relations", sources, claims, links, relations)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if titles[0] != titles[1] {
		t.Error("two notebooks of the same seed differ")
	}
}

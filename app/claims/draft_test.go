package claims

import (
	"testing"
	"time"

	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

func article(t *testing.T, nb *notebook.Notebook, kind document.Kind) *notebook.AddCapture {
	t.Helper()
	d := &document.Document{Kind: kind, Title: "A harbour", Site: "Harbour News", Lang: "en",
		Blocks: []document.Block{{Kind: document.Paragraph, Text: "The harbour of Port A was closed on Monday. Two ships wait."}}}
	d.Finish()
	if kind == document.SearchSnapshot {
		d.Search = &document.Search{Engine: "google", Query: "harbour", Results: []document.Result{},
			Answer: &document.Answer{Sections: []document.Section{{Statements: []document.Statement{{Text: "The harbour of Port A was closed", Start: 0, End: 32}}}}}}
	}
	add := &notebook.AddCapture{Capture: notebook.Capture{Name: "a.txt", Method: notebook.ByFile, Received: time.Date(2025, 1, 2, 3, 4, 5, 0, time.UTC)}, Original: []byte(d.Text + string(kind)), Document: d}
	if _, err := nb.Do(add); err != nil {
		t.Fatal(err)
	}
	return add
}

func TestSave(t *testing.T) {
	for _, c := range []struct {
		name        string
		kind        document.Kind
		at          reader.Range
		links       []Link
		evidence    int
		needsSource bool
	}{
		{"a passage of an article", document.Article, reader.Range{Start: 0, End: 20}, nil, 1, false},
		{"a passage and two sources", document.Article, reader.Range{Start: 0, End: 20}, []Link{ReadLink("https://example.org/a"), ReadLink("EDM, 8 May 2024")}, 3, false},
		{"an AI answer alone is a lead", document.SearchSnapshot, reader.Range{Start: 4, End: 20}, nil, 1, true},
		{"an AI answer with a source", document.SearchSnapshot, reader.Range{Start: 4, End: 20}, []Link{ReadLink("EDM, 8 May 2024")}, 2, false},
		{"a result page alone is a lead", document.SearchSnapshot, reader.Range{Start: 44, End: 58}, nil, 1, true},
		{"sources alone", document.Article, reader.Range{}, []Link{ReadLink("example.org/b")}, 1, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			nb := notebooktest.New(t)
			src := article(t, nb, c.kind)
			d := Draft{Claim: notebook.Claim{Statement: "Port A is closed."}, Links: c.links}
			if !c.at.Empty() {
				var lead bool
				err := nb.View(func(tx *notebook.Tx) error {
					s, err := tx.Source(src.SourceID)
					if err != nil {
						return err
					}
					lead, err = InAnswer(tx, s, c.at)
					d.Quotes = []Quote{{Source: s.ID, Capture: s.Current(), Range: c.at, Colour: notebook.Yellow, Stance: notebook.Supports, Lead: lead}}
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			save := &Save{Draft: d}
			change, err := nb.Do(save)
			if err != nil {
				t.Fatal(err)
			}
			if change.Name != "add claim" {
				t.Errorf("the change is called %q", change.Name)
			}
			var again Draft
			err = nb.View(func(tx *notebook.Tx) error {
				cl, err := tx.Claim(save.Claim)
				if err != nil {
					return err
				}
				if len(cl.Evidence) != c.evidence {
					t.Errorf("the evidence is %+v", cl.Evidence)
				}
				if cl.NeedsSource != c.needsSource {
					t.Errorf("needs a source: %v", cl.NeedsSource)
				}
				again, err = Load(tx, cl.ID)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(again.Links) != len(c.links) {
				t.Errorf("%d links come back, want %d", len(again.Links), len(c.links))
			}
			// Saving again what was loaded changes no evidence.
			if _, err := nb.Do(&Save{Draft: again}); err != nil {
				t.Fatal(err)
			}
			err = nb.View(func(tx *notebook.Tx) error {
				cl, err := tx.Claim(save.Claim)
				if len(cl.Evidence) != c.evidence {
					t.Errorf("after saving again the evidence is %+v", cl.Evidence)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			for nb.UndoName() != "" && nb.UndoName() != "add source" {
				if _, err := nb.Undo(); err != nil {
					t.Fatal(err)
				}
			}
			err = nb.View(func(tx *notebook.Tx) error {
				n, err := tx.CountClaims(notebook.ClaimQuery{})
				h, _ := tx.Highlights(src.SourceID)
				if n != 0 || len(h) != 0 {
					t.Errorf("undo leaves %d claims and %d highlights", n, len(h))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestSaveRefusesNoStatement(t *testing.T) {
	nb := notebooktest.New(t)
	if _, err := nb.Do(&Save{Draft: Draft{}}); err == nil {
		t.Error("a claim without a statement is kept")
	}
}

func TestReadLink(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		want        Link
	}{
		{"an address", "https://example.org/a?b=1", Link{URL: "https://example.org/a?b=1"}},
		{"an address without its scheme", "example.org/a", Link{URL: "https://example.org/a"}},
		{"a citation with a date", "EDM, 8 May 2024", Link{Stub: "EDM, 8 May 2024", Outlet: "EDM", Date: "2024-05-08"}},
		{"a citation without", "Radio Harbour", Link{Stub: "Radio Harbour"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ReadLink(c.typed)
			c.want.Stance, c.want.State = notebook.Supports, notebook.Cited
			if got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

package sample_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/app/sample"
	assets "sourcebook/assets/sample"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

func TestBuild(t *testing.T) {
	nb := notebooktest.New(t)
	if err := sample.Build(context.Background(), nb); err != nil {
		t.Fatal(err)
	}
	err := nb.View(func(tx *notebook.Tx) error {
		kinds := map[document.Kind]int{}
		for s, err := range tx.Sources(notebook.SourceQuery{}) {
			if err != nil {
				return err
			}
			kinds[s.Kind]++
			d, err := tx.Document(s.Current())
			if err != nil {
				return err
			}
			if !strings.Contains(strings.ToLower(d.Text), "sample") {
				t.Errorf("%q does not say that it is a sample", s.Title)
			}
			for _, foreign := range []string{"Sample headline", "Privacy", "Sign in", "Useful links"} {
				if strings.Contains(d.Text, foreign) {
					t.Errorf("%q holds %q", s.Title, foreign)
				}
			}
		}
		if kinds[document.Article] != 2 || kinds[document.SearchSnapshot] != 1 {
			t.Errorf("the sources are %v", kinds)
		}
		lead := 0
		for c, err := range tx.Claims(notebook.ClaimQuery{NeedsSource: true}) {
			if err != nil {
				return err
			}
			lead++
			if !strings.Contains(c.Statement, "second terminal") {
				t.Errorf("%q needs a source", c.Statement)
			}
		}
		if lead != 1 {
			t.Errorf("%d claims stand on the AI answer alone", lead)
		}
		bs, err := tx.Briefings()
		if err != nil || len(bs) != 1 {
			t.Errorf("%d briefings, %v", len(bs), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestCreateLeavesNothingHalf(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	path := filepath.Join(dir, "s.sourcebook")
	if err := sample.Create(ctx, path, notebook.Options{}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestSampleIsOurs looks for sentences of the real captures in the sample's texts.
func TestSampleIsOurs(t *testing.T) {
	seeds, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "seeds", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(seeds) == 0 {
		t.Skip("the real captures are not beside the project")
	}
	for _, name := range []string{assets.Freight, assets.Level, assets.Search} {
		own := strings.Fields(string(assets.Capture(name)))
		for _, s := range seeds {
			b, err := os.ReadFile(s)
			if err != nil {
				t.Fatal(err)
			}
			const run = 8 // words
			foreign := strings.Join(strings.Fields(string(b)), " ")
			for i := 0; i+run <= len(own); i++ {
				if words := strings.Join(own[i:i+run], " "); strings.Contains(foreign, words) {
					t.Errorf("%s shares %q with a real capture", name, words)
				}
			}
		}
	}
}

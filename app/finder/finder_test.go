package finder_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"sourcebook/app/finder"
	"sourcebook/app/sample"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/notebooktest"
	"sourcebook/notebook/search"
)

func open(t *testing.T, nb *notebook.Notebook, dir string) *finder.Finder {
	t.Helper()
	f, err := finder.Open(nb, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := f.Update(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return f
}

func find(t *testing.T, f *finder.Finder, query string) []string {
	t.Helper()
	if err := f.Update(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	res, err := f.Search(context.Background(), query, search.Options{})
	if err != nil {
		t.Fatalf("search %q: %v", query, err)
	}
	var ids []string
	for _, h := range res.Hits {
		ids = append(ids, string(h.Kind))
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func TestFinderFollowsChanges(t *testing.T) {
	nb := notebooktest.New(t)
	if err := sample.Build(context.Background(), nb); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "index")
	f := open(t, nb, dir)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"dredging", []string{"claim", "highlight", "source"}},
		{"country:GE transit", []string{"note"}},
		{"\"single tariff\" kind:article", []string{"source"}},
		{"has:highlights kind:search_snapshot", []string{"source"}},
		{"xylophone", nil},
	} {
		got := find(t, f, c.query)
		if c.query == "country:GE transit" || c.query == "\"single tariff\" kind:article" {
			if !slices.Contains(got, c.want[0]) {
				t.Errorf("%q finds %v, want %v among them", c.query, got, c.want)
			}
			continue
		}
		if c.query == "has:highlights kind:search_snapshot" {
			if !slices.Contains(got, "source") {
				t.Errorf("%q finds %v", c.query, got)
			}
			continue
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q finds %v, want %v", c.query, got, c.want)
		}
	}

	put := &notebook.PutClaim{Claim: notebook.Claim{Statement: "A xylophone was played in Baku.", Countries: []country.Code{"AZ"}}}
	if _, err := nb.Do(put); err != nil {
		t.Fatal(err)
	}
	if got := find(t, f, "xylophone"); !slices.Equal(got, []string{"claim"}) {
		t.Errorf("after adding: %v", got)
	}
	if _, err := nb.Undo(); err != nil {
		t.Fatal(err)
	}
	if got := find(t, f, "xylophone"); got != nil {
		t.Errorf("after undo: %v", got)
	}
	if _, err := nb.Redo(); err != nil {
		t.Fatal(err)
	}
	if got := find(t, f, "xylophone"); !slices.Equal(got, []string{"claim"}) {
		t.Errorf("after redo: %v", got)
	}

	t.Run("beside another program", func(t *testing.T) {
		second := open(t, nb, dir)
		if got := find(t, second, "xylophone"); !slices.Equal(got, []string{"claim"}) {
			t.Errorf("the copy finds %v", got)
		}
		if err := second.Rebuild(context.Background(), nil); !errors.Is(err, search.ErrLocked) {
			t.Errorf("the copy is rebuilt: %v", err)
		}
	})
	t.Run("kept over a restart", func(t *testing.T) {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		f = open(t, nb, dir)
		if got := find(t, f, "xylophone"); !slices.Equal(got, []string{"claim"}) {
			t.Errorf("after reopening: %v", got)
		}
	})
	t.Run("damaged", func(t *testing.T) {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "root.bolt"), []byte("not a database"), 0o600); err != nil {
			t.Fatal(err)
		}
		f = open(t, nb, dir)
		if got := find(t, f, "xylophone"); !slices.Equal(got, []string{"claim"}) {
			t.Errorf("after damage: %v", got)
		}
	})
	t.Run("deleted", func(t *testing.T) {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
		f = open(t, nb, dir)
		if got := find(t, f, "dredging"); len(got) != 3 {
			t.Errorf("after deleting the index: %v", got)
		}
	})
}

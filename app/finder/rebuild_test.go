package finder_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"sourcebook/app/finder"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
	"sourcebook/notebook/search"
)

func filled(t testing.TB, sources, words int) *notebook.Notebook {
	t.Helper()
	nb := notebooktest.New(t)
	if err := notebooktest.Fill(nb, sources, notebooktest.FillOptions{Words: words}); err != nil {
		t.Fatal(err)
	}
	return nb
}

// large is a notebook with more entries than are indexed in one write.
func large(t testing.TB) (nb *notebook.Notebook, entries int) {
	t.Helper()
	nb = filled(t, 20, 60)
	var cmds []notebook.Command
	for i := range 1300 {
		cmds = append(cmds, &notebook.PutClaim{Claim: notebook.Claim{Statement: fmt.Sprintf("Claim %d on a port.", i)}})
	}
	if _, err := nb.Do(cmds...); err != nil {
		t.Fatal(err)
	}
	return nb, 20 + 2 + 2 + 1300
}

// everything is how many entries the index finds.
func everything(t *testing.T, f *finder.Finder) int {
	t.Helper()
	res, err := f.Search(context.Background(), "", search.Options{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

// While the index is built, what is in it can be found, and the notebook changed.
func TestAllWorksWhileTheIndexIsBuilt(t *testing.T) {
	nb, entries := large(t)
	f, err := finder.Open(nb, filepath.Join(t.TempDir(), "index"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	during := -1
	var once sync.Once
	var said []int
	err = f.Update(context.Background(), func(done, total int) {
		said = append(said, done)
		if done == 0 {
			return
		}
		once.Do(func() {
			during = everything(t, f)
			if _, err := nb.Do(&notebook.PutClaim{Claim: notebook.Claim{Statement: "A xylophone was played."}}); err != nil {
				t.Error(err)
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if during < 1000 || during >= entries {
		t.Errorf("%d entries were found while it was built", during)
	}
	if !slices.IsSorted(said) || len(said) < 3 {
		t.Errorf("the progress was %v", said)
	}
	if got := everything(t, f); got != entries {
		t.Errorf("%d entries are found, want %d", got, entries)
	}
	if got := find(t, f, "xylophone"); len(got) != 1 {
		t.Errorf("what was added meanwhile: %v", got)
	}
}

// A build that is stopped begins anew with the next Update.
func TestABuildMayBeStopped(t *testing.T) {
	nb, entries := large(t)
	dir := filepath.Join(t.TempDir(), "index")
	f, err := finder.Open(nb, dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	err = f.Update(ctx, func(done, total int) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	f = open(t, nb, dir)
	if got := everything(t, f); got != entries {
		t.Errorf("%d entries are found", got)
	}
}

// A change can be found at once, and the older index of the same notebook
// follows all that was changed without it.
func TestChangesAreFollowed(t *testing.T) {
	nb := filled(t, 50, 60)
	dir := filepath.Join(t.TempDir(), "index")
	f := open(t, nb, dir)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		if _, err := nb.Do(&notebook.PutClaim{Claim: notebook.Claim{Statement: fmt.Sprintf("Claim without the index, xylophone %d.", i)}}); err != nil {
			t.Fatal(err)
		}
	}
	f, err := finder.Open(nb, dir)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	total := 0
	if err := f.Update(context.Background(), func(_, n int) { total = n }); err != nil {
		t.Fatal(err)
	}
	if total != 30 {
		t.Errorf("%d entries were brought up to date, want 30", total)
	}
	res, err := f.Search(context.Background(), "xylophone", search.Options{})
	if err != nil || res.Total != 30 {
		t.Errorf("%d found, %v", res.Total, err)
	}
}

// Damage that shows only in reading is noticed, by Check or by a search, and the
// index built anew.
func TestDamageUnderAnOpenIndex(t *testing.T) {
	nb := filled(t, 60, 60)
	for _, c := range []struct {
		name string
		harm func(t *testing.T, path string)
		find func(f *finder.Finder) error
	}{
		{"a byte has changed, Check", func(t *testing.T, path string) {
			w, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			if _, err := w.WriteAt([]byte{0xFF, 0xFE}, 2000); err != nil {
				t.Fatal(err)
			}
		}, func(f *finder.Finder) error { return f.Check(context.Background(), nil) }},
		{"cut off, a search", func(t *testing.T, path string) {
			if err := os.Truncate(path, 10); err != nil {
				t.Skip(err) // some systems keep a mapped file from that
			}
		}, func(f *finder.Finder) error {
			_, err := f.Search(context.Background(), "kind:source", search.Options{})
			if !errors.Is(err, search.ErrStale) {
				return fmt.Errorf("the search gives %v", err)
			}
			return f.Update(context.Background(), nil)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			f := open(t, nb, dir)
			before := everything(t, f)
			parts, err := filepath.Glob(filepath.Join(dir, "*"+search.SegmentExt))
			if err != nil || len(parts) == 0 {
				t.Fatalf("segments %v, %v", parts, err)
			}
			c.harm(t, parts[0])
			if err := c.find(f); err != nil {
				t.Fatal(err)
			}
			if got := everything(t, f); got != before {
				t.Errorf("%d entries are found, before it were %d", got, before)
			}
		})
	}
}

// A second program searches a copy while the first goes on changing and merging.
func TestTwoPrograms(t *testing.T) {
	nb := filled(t, 40, 60)
	dir := filepath.Join(t.TempDir(), "index")
	first := open(t, nb, dir)
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			if _, err := nb.Do(&notebook.PutClaim{Claim: notebook.Claim{Statement: fmt.Sprintf("Claim %d on ferries.", i)}}); err != nil {
				t.Error(err)
			}
			if err := first.Update(ctx, nil); err != nil && ctx.Err() == nil {
				t.Error(err)
			}
		}
	})
	for range 3 {
		began := time.Now()
		second, err := finder.Open(nb, dir)
		if err != nil {
			t.Error(err)
			break
		}
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("opening took %v", took)
		}
		if got := everything(t, second); got < 40+4+4 {
			t.Errorf("the copy finds %d entries", got)
		}
		if err := second.Close(); err != nil {
			t.Error(err)
		}
	}
	cancel()
	wg.Wait()
	left, err := filepath.Glob(filepath.Join(filepath.Dir(dir), ".copy-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// BenchmarkFinder builds the index of a filled notebook, and searches it with
// all that the window shows of a hit.
func BenchmarkFinder(b *testing.B) {
	nb := filled(b, 2000, 600)
	dir := filepath.Join(b.TempDir(), "index")
	f, err := finder.Open(nb, dir)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	ctx := context.Background()
	if err := f.Update(ctx, nil); err != nil {
		b.Fatal(err)
	}
	b.Run("rebuild", func(b *testing.B) {
		for b.Loop() {
			if err := f.Rebuild(ctx, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(2000*float64(b.N)/b.Elapsed().Seconds(), "sources/s")
	})
	for _, q := range []string{"tare", "ta", "port", "kind:claim", "tar*"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				if _, err := f.Search(ctx, q, search.Options{Typing: true, Limit: 40}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("add", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := nb.Do(&notebook.PutClaim{Claim: notebook.Claim{Statement: fmt.Sprintf("Claim %d.", i)}}); err != nil {
				b.Fatal(err)
			}
			if err := f.Update(ctx, nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

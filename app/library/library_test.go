package library

import (
	"flag"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sourcebook/app/session"
	"sourcebook/app/session/sessiontest"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

func open(t *testing.T, sources int) (*Screen, *sessiontest.Session) {
	t.Helper()
	nb := notebooktest.New(t)
	if err := notebooktest.Fill(nb, sources, notebooktest.FillOptions{Words: 60}); err != nil {
		t.Fatal(err)
	}
	s := sessiontest.New(t, nb)
	l := New(s, Actions{})
	s.Window().SetContent(l.Content())
	l.Open(session.Target{Place: session.Library})
	return l, s
}

func TestFilters(t *testing.T) {
	l, s := open(t, 250)
	all := l.pages.found
	if all != 250 {
		t.Fatalf("%d sources are listed, want 250", all)
	}
	// Rows far down are read when they come into view.
	if _, ok := l.pages.at(240); !ok {
		if _, ok = l.pages.at(240); !ok {
			t.Error("row 240 is not read")
		}
	}
	l.bar.bare.OnTapped()
	if l.pages.found >= all || l.pages.found == 0 {
		t.Errorf("%d of %d are without claims", l.pages.found, all)
	}
	l.bar.filter.SetText("no such words anywhere")
	if l.pages.found != 0 {
		t.Errorf("%d sources fit nonsense", l.pages.found)
	}
	l.clear()
	if l.pages.found != all || l.bar.filter.Text != "" || l.bar.bare.On {
		t.Errorf("after clearing %d are listed", l.pages.found)
	}
	for i := range orders {
		l.bar.sort.SetSelectedIndex(i)
		if l.pages.found != all {
			t.Errorf("ordered by %s %d are listed", orders[i].label, l.pages.found)
		}
	}
	l.table.OnChosen(0)
	if len(s.Went) != 1 || s.Went[0].ID == "" {
		t.Errorf("a click led to %v", s.Went)
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

func TestListsOfHighlightsAndCited(t *testing.T) {
	l, s := open(t, 120)
	for _, which := range []string{allHighlights, citedNotHeld} {
		l.which.Set(which)
		l.chooseList()
		if len(l.entries.rows) == 0 {
			t.Errorf("%s: nothing is listed", which)
			continue
		}
		n := len(l.entries.rows)
		l.entries.list.OnChosen(0)
		if got := s.Went[len(s.Went)-1]; got.ID == "" {
			t.Errorf("%s: a click led to %v", which, got)
		}
		l.bar.filter.SetText("no such words anywhere")
		if len(l.entries.rows) != 0 {
			t.Errorf("%s: %d of %d fit nonsense", which, len(l.entries.rows), n)
		}
		l.bar.filter.SetText("")
	}
	l.which.Set(allSources)
	l.chooseList()
	if l.pages.found != 120 || len(l.area.Objects) != 1 || l.area.Objects[0] != l.table {
		t.Errorf("back at the sources %d are listed", l.pages.found)
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

func TestDeleteGoesToTheNext(t *testing.T) {
	l, s := open(t, 5)
	first, _ := l.pages.at(0)
	second, _ := l.pages.at(1)
	l.Open(session.Target{Place: session.Library, ID: string(first.ID)})
	l.Delete()
	if got := s.Went[len(s.Went)-1]; got.ID != string(second.ID) {
		t.Errorf("after the deletion it went to %v", got)
	}
	err := s.Notebook().View(func(tx *notebook.Tx) error {
		n, err := tx.CountSources(notebook.SourceQuery{})
		if n != 4 {
			t.Errorf("%d sources are left", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var size = flag.Int("sources", 2000, "sources in the notebook of the benchmarks")

// BenchmarkList measures what the list does on a large notebook:
//
//	go test -bench List -run ^$ ./app/library -args -sources 100000
func BenchmarkList(b *testing.B) {
	nb, err := notebook.Open(filepath.Join(b.TempDir(), "n.sourcebook"), notebook.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer nb.Close()
	if err := notebooktest.Fill(nb, *size, notebooktest.FillOptions{Words: 40}); err != nil {
		b.Fatal(err)
	}
	s := sessiontest.New(b, nb)
	s.Preferences().SetString("library.layout", "above")
	s.Window().Resize(fyne.NewSize(1440, 900))
	l := New(s, Actions{})
	s.Window().SetContent(l.Content())
	start := time.Now()
	l.load()
	b.Logf("first rows of %d sources after %v", l.pages.found, time.Since(start).Round(time.Millisecond/10))
	start = time.Now()
	l.order(notebook.OrderTitle, false)
	b.Logf("first order after %v", time.Since(start).Round(time.Millisecond/10))
	b.Run("open/"+strconv.Itoa(*size), func(b *testing.B) {
		for b.Loop() {
			l.load()
		}
	})
	for _, c := range columns {
		if c.order == "" {
			continue
		}
		b.Run("sort/"+c.Key, func(b *testing.B) {
			down := false
			for b.Loop() {
				down = !down
				l.sorted(c.Key, down)
			}
		})
	}
	l.order(notebook.OrderAdded, false)
	b.Run("filter/text", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			l.bar.filter.SetText([]string{"port", "rail"}[i%2])
		}
	})
	l.clear()
	b.Run("filter/unread and without claims", func(b *testing.B) {
		for b.Loop() {
			l.bar.unread.OnTapped()
			l.bar.bare.OnTapped()
		}
	})
	l.clear()
	b.Run("jump to the end and back", func(b *testing.B) {
		for b.Loop() {
			l.table.ScrollTo(*size)
			l.table.ScrollTo(0)
		}
	})
	b.Run("scroll by a row", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			l.table.ScrollTo(i % (*size - 100))
		}
	})
	b.Run("choose all", func(b *testing.B) {
		for b.Loop() {
			l.chooseAll()
		}
	})
	if len(s.Failed) > 0 {
		b.Errorf("failed: %v", s.Failed)
	}
}

package notebook_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// Writers, readers, undo, backup, verify and compaction at once: each reader
// sees a whole state, and nothing is lost.
func TestConcurrent(t *testing.T) {
	dir := t.TempDir()
	n := notebooktest.Open(t, filepath.Join(dir, "busy.sourcebook"), notebook.Options{NewID: nil})
	const writers, each = 3, 15
	var wg sync.WaitGroup
	fail := func(what string, err error) {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	cancel := n.Subscribe(func(notebook.Change) {})
	defer cancel()
	for w := range writers {
		wg.Go(func() {
			g := notebooktest.NewTexts(uint64(w))
			for i := range each {
				c := g.Capture(w*1000+i, 200)
				_, err := n.Do(c)
				fail("add", err)
				// Two that belong together come in one change.
				h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: c.SourceID, Start: 0, End: 10}}
				_, err = n.Do(h, &notebook.MarkRead{Source: c.SourceID, Read: true})
				fail("highlight", err)
			}
		})
	}
	stop := make(chan bool)
	var others sync.WaitGroup
	keeper := n.Keep(notebook.KeeperOptions{Every: 5 * time.Millisecond, Done: func(_ notebook.BackupFile, err error) { fail("scheduled backup", err) }})
	// The library, and the command line beside the window.
	others.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			by := notebook.SourceOrders[i%len(notebook.SourceOrders)]
			fail("list", n.View(func(tx *notebook.Tx) error {
				page, err := tx.SourcePage(notebook.SourceQuery{Order: by, Limit: 10})
				if err != nil {
					return err
				}
				ids, err := tx.SourceIDs(notebook.SourceQuery{Order: by, WithHighlights: true})
				if err == nil && len(ids) > page.Total {
					err = fmt.Errorf("%d of %d sources have highlights", len(ids), page.Total)
				}
				return err
			}))
			if i%8 != 0 {
				continue
			}
			beside, err := notebook.OpenForReading(n.Path(), notebook.Options{})
			if err != nil {
				fail("open beside", err)
				continue
			}
			fail("list beside", beside.View(func(tx *notebook.Tx) error {
				_, err := tx.SourcePage(notebook.SourceQuery{Order: by})
				return err
			}))
			fail("close beside", beside.Close())
		}
	})
	for range 2 {
		others.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				fail("read", n.View(func(tx *notebook.Tx) error {
					count, err := tx.CountSources(notebook.SourceQuery{})
					if err != nil {
						return err
					}
					unread, err := tx.CountSources(notebook.SourceQuery{Unread: true})
					if err != nil {
						return err
					}
					marks := 0
					for _, err := range tx.AllHighlights() {
						if err != nil {
							return err
						}
						marks++
					}
					if count-unread != marks {
						return fmt.Errorf("%d sources, %d unread, %d highlights", count, unread, marks)
					}
					return nil
				}))
				_ = n.UndoName()
			}
		})
	}
	others.Go(func() {
		for i := range 4 {
			fail("backup", n.Backup(context.Background(), filepath.Join(dir, fmt.Sprint("b", i, ".sourcebook")), nil))
			_, _, err := n.Compact(context.Background())
			fail("compact", err)
			r, err := n.Verify()
			fail("verify", err)
			for _, f := range r.Faults {
				t.Errorf("while it is written to: %s", f)
			}
		}
	})
	wg.Wait()
	close(stop)
	others.Wait()
	keeper.Stop()
	list, err := n.BackupFiles("")
	fail("list backups", err)
	for _, b := range list {
		_, err := notebook.CheckBackup(t.Context(), b.Path)
		fail("check backup", err)
	}
	for {
		if _, err := n.Undo(); errors.Is(err, notebook.ErrNothing) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	view(t, n, func(tx *notebook.Tx) error {
		count, err := tx.CountSources(notebook.SourceQuery{})
		if count != 0 {
			t.Errorf("%d sources left", count)
		}
		return err
	})
	for {
		if _, err := n.Redo(); errors.Is(err, notebook.ErrNothing) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	view(t, n, func(tx *notebook.Tx) error {
		count, err := tx.CountSources(notebook.SourceQuery{})
		if count != writers*each {
			t.Errorf("%d sources, want %d", count, writers*each)
		}
		return err
	})
}

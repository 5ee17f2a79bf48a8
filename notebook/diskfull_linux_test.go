package notebook_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// On a full disk a change is refused with a clear error, nothing that was saved
// is lost, and work goes on when there is room.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=6m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	path := filepath.Join(dir, "full.sourcebook")
	n, err := notebook.Open(path, notebook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { n.Close() }()
	g := notebooktest.NewTexts(1)
	var saved []*notebook.AddCapture
	var full error
	for i := 0; full == nil && i < 5000; i++ {
		c := g.Capture(i, 3000)
		if _, full = n.Do(c); full == nil {
			saved = append(saved, c)
		} else if c.SourceID != "" {
			t.Errorf("the refused one has the ID %s", c.SourceID)
		}
	}
	var fe *notebook.FileError
	if !errors.Is(full, syscall.ENOSPC) || !errors.As(full, &fe) || fe.Next == "" || strings.Contains(full.Error(), "\n") {
		t.Fatalf("after %d sources: %v", len(saved), full)
	}
	t.Logf("after %d sources: %v; %s", len(saved), full, fe.Next)
	check := func(what string) {
		t.Helper()
		notebooktest.Verify(t, n)
		err := n.View(func(tx *notebook.Tx) error {
			count, err := tx.CountSources(notebook.SourceQuery{})
			if err != nil || count != len(saved) {
				return fmt.Errorf("%s: %d sources, want %d, %v", what, count, len(saved), err)
			}
			for _, c := range saved {
				if _, err := tx.Original(c.Capture.ID); err != nil {
					return fmt.Errorf("%s: %w", what, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	check("full")
	if err := n.Backup(t.Context(), filepath.Join(dir, "copy.sourcebook"), nil); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("backup onto the full disk: %v", err)
	}
	if _, err := n.AutoBackup(t.Context(), "", nil); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("automatic backup onto the full disk: %v", err)
	}
	if _, _, err := n.Compact(t.Context()); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("compaction on the full disk: %v", err)
	}
	notebook.WeakPassphrases(t)
	for _, passphrase := range []string{"", "correct horse"} {
		if err := n.Archive(t.Context(), filepath.Join(dir, "all.zip"), passphrase, nil); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("archive onto the full disk: %v", err)
		}
	}
	left, _ := filepath.Glob(filepath.Join(dir, ".*"))
	more, _ := filepath.Glob(filepath.Join(notebook.BackupDir(path), ".*"))
	if left = append(left, more...); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, "size=40m"); err != nil {
		t.Fatal(err)
	}
	for i := range 20 {
		c := g.Capture(10_000+i, 3000)
		do(t, n, c)
		saved = append(saved, c)
	}
	check("with room again")
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err = notebook.Open(path, notebook.Options{}); err != nil {
		t.Fatal(err)
	}
	check("opened again")
}

// A notebook of a past format on a full disk stays as it is, and is brought up
// to date when there is room.
func TestMigrateDiskFull(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	old, err := os.ReadFile(filepath.Join("testdata", "v1.sourcebook"))
	if err != nil {
		t.Fatal(err)
	}
	path, ballast := filepath.Join(dir, "old.sourcebook"), filepath.Join(dir, "ballast")
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	_, err = notebook.Open(path, notebook.Options{})
	var fe *notebook.FileError
	if !errors.Is(err, syscall.ENOSPC) || !errors.As(err, &fe) || fe.Next == "" {
		t.Errorf("open on the full disk: %v", err)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, old) {
		t.Errorf("the file has changed, %v", err)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Open(path, notebook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	notebooktest.Verify(t, n)
}

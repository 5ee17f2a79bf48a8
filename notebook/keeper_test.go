package notebook_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// A Keeper backs up when something has changed, and only then.
func TestKeeper(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.sourcebook")
	n := notebooktest.Open(t, path, notebook.Options{})
	add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	made := make(chan notebook.BackupFile, 64)
	keep := func() *notebook.Keeper {
		return n.Keep(notebook.KeeperOptions{Every: time.Millisecond, Done: func(b notebook.BackupFile, err error) {
			if err != nil {
				t.Error(err)
			}
			made <- b
		}})
	}
	k := keep()
	b := <-made
	info, err := notebook.CheckBackup(t.Context(), b.Path)
	if err != nil || info.Identity != n.Identity() || info.Sequence != 1 || info.Sources != 1 || info.Changed.IsZero() || b.Reason != "scheduled" {
		t.Errorf("the backup %+v holds %+v, %v", b, info, err)
	}
	add(t, n, article("Rail", "https://rail.example/a", "The line was closed."), "b")
	<-made
	k.SetEvery(-1)
	k.SetEvery(-1)
	time.Sleep(30 * time.Millisecond)
	for len(made) > 0 {
		<-made
	}
	add(t, n, article("Ferry", "https://ferry.example/a", "The ferry sails."), "c")
	time.Sleep(30 * time.Millisecond)
	if len(made) > 0 {
		t.Error("it backed up though it was not to")
	}
	byHand, err := k.Now(t.Context(), nil)
	if err != nil || byHand.Reason != "by-hand" {
		t.Errorf("by hand: %+v, %v", byHand, err)
	}
	k.Stop()
	list, err := n.BackupFiles("")
	if err != nil || len(list) != 3 || list[0].Path != byHand.Path {
		t.Errorf("the backups are %+v, %v", list, err)
	}
	// The next one finds that nothing has changed since.
	k = keep()
	time.Sleep(50 * time.Millisecond)
	k.Stop()
	if len(made) > 0 {
		t.Errorf("nothing had changed, and %+v was made", <-made)
	}
	if _, err := notebook.CheckBackup(t.Context(), path+".none"); err == nil {
		t.Error("a backup that is not there was checked")
	}
}

// Restoring keeps what was there, among the backups where it is sound, and gives
// the notebook another identity.
func TestRestoreBackupKeeps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "r.sourcebook")
	n, err := notebook.Open(path, notebook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	b, err := n.AutoBackup(t.Context(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	identity := n.Identity()
	add(t, n, article("Rail", "https://rail.example/a", "The line was closed."), "b")
	if _, err := notebook.RestoreBackup(t.Context(), b.Path, path); err == nil {
		t.Error("a notebook that is open was replaced")
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := notebook.RestoreBackup(t.Context(), b.Path, path)
	if err != nil || filepath.Dir(kept) != notebook.BackupDir(path) || !strings.Contains(kept, "before-restore") {
		t.Fatalf("kept %q, %v", kept, err)
	}
	n = notebooktest.Open(t, path, notebook.Options{MustExist: true})
	view(t, n, func(tx *notebook.Tx) error {
		sources, err := tx.CountSources(notebook.SourceQuery{})
		if sources != 1 || n.Identity() == identity {
			t.Errorf("restored: %d sources, identity %s, was %s", sources, n.Identity(), identity)
		}
		return err
	})
	list, err := n.BackupFiles("")
	if err != nil || len(list) != 2 {
		t.Errorf("the backups are %+v, %v", list, err)
	}
	// And back to what was there.
	again := filepath.Join(t.TempDir(), "again.sourcebook")
	if kept, err := notebook.RestoreBackup(context.Background(), kept, again); err != nil || kept != "" {
		t.Errorf("restored to a new file: kept %q, %v", kept, err)
	}
	if info, err := notebook.CheckBackup(t.Context(), again); err != nil || info.Sources != 2 {
		t.Errorf("the new file holds %+v, %v", info, err)
	}
	// What is damaged stays beside.
	if err := os.WriteFile(again, []byte("rubbish, and enough of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	if kept, err := notebook.RestoreBackup(t.Context(), b.Path, again); err != nil || kept != again+".replaced-1" {
		t.Errorf("over a damaged file: kept %q, %v", kept, err)
	}
}

package notebook_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// sampleFile makes a closed notebook with one article and gives its bytes.
func sampleFile(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.sourcebook")
	n := notebooktest.Open(t, path, notebook.Options{})
	add(t, n, article("Port opens berth", "https://harbour.example/port", portText), "<html>one</html>")
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// otherFile is a bbolt file of another program.
func otherFile(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket([]byte("things"))
		if err != nil {
			return err
		}
		return b.Put([]byte("a"), []byte("b"))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestOpenBadFiles(t *testing.T) {
	sound := sampleFile(t)
	page := os.Getpagesize()
	damaged := func(from, to int) []byte {
		raw := bytes.Clone(sound)
		for i := from; i < to; i++ {
			raw[i] ^= 0x5a
		}
		return raw
	}
	for _, tt := range []struct {
		name string
		raw  []byte
		want error
		says string
	}{
		{"empty", nil, notebook.ErrDamaged, "empty (0 bytes)"},
		{"one byte", []byte("x"), notebook.ErrNotNotebook, ""},
		{"text", []byte("Dear reader,\n" + strings.Repeat("this is a letter.\n", 1000)), notebook.ErrNotNotebook, ""},
		{"zip", append([]byte("PK\x03\x04"), make([]byte, 20_000)...), notebook.ErrNotNotebook, ""},
		{"zeros", make([]byte, 1<<16), notebook.ErrNotNotebook, ""},
		{"bbolt file of another program", otherFile(t), notebook.ErrNotNotebook, ""},
		{"both meta pages damaged", damaged(32, 2*page), notebook.ErrDamaged, ""},
		{"cut off after six pages", sound[:6*page], notebook.ErrDamaged, "cut off"},
		{"cut off after one page", sound[:page], notebook.ErrDamaged, "cut off"},
		{"cut off within the first page", sound[:60], notebook.ErrNotNotebook, ""},
		{"all but the meta pages damaged", damaged(2*page, len(sound)), notebook.ErrDamaged, ""},
	} {
		for _, readOnly := range []bool{false, true} {
			t.Run(tt.name+map[bool]string{true: ", read-only"}[readOnly], func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "bad.sourcebook")
				if err := os.WriteFile(path, tt.raw, 0o600); err != nil {
					t.Fatal(err)
				}
				n, err := notebook.Open(path, notebook.Options{ReadOnly: readOnly})
				if err == nil {
					n.Close()
				}
				if !errors.Is(err, tt.want) || !strings.Contains(err.Error(), tt.says) || strings.Contains(err.Error(), "\n") {
					t.Errorf("open: %v; want %v", err, tt.want)
				}
				var fe *notebook.FileError
				if !errors.As(err, &fe) || fe.Next == "" {
					t.Errorf("%v does not say what next", err)
				}
				if err != nil && strings.Count(err.Error(), path) != 1 {
					t.Errorf("the path does not stand once in %q", err)
				}
				after, err := os.ReadFile(path)
				if err != nil || !bytes.Equal(after, tt.raw) {
					t.Errorf("the file was changed (%d bytes, was %d), %v", len(after), len(tt.raw), err)
				}
			})
		}
	}
	t.Run("one meta page damaged", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "one.sourcebook")
		// The older of the two: what was saved last is still there.
		if err := os.WriteFile(path, sound, 0o600); err != nil {
			t.Fatal(err)
		}
		for at := range 2 {
			raw := bytes.Clone(sound)
			raw[at*page+60] ^= 1
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			n, err := notebook.Open(path, notebook.Options{})
			if err != nil {
				t.Fatalf("meta page %d damaged: %v", at, err)
			}
			n.Close()
		}
	})
}

// Every single page of the file turned to rubbish, and the file cut at every
// page: an error or a report, never a panic.
func TestDamagedPages(t *testing.T) {
	sound := sampleFile(t)
	page := os.Getpagesize()
	dir := t.TempDir()
	try := func(name string, raw []byte) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		defer os.Remove(path)
		n, err := notebook.Open(path, notebook.Options{ReadOnly: true})
		if err != nil {
			return
		}
		defer n.Close()
		if _, err := n.Verify(); err != nil {
			t.Errorf("%s: verify: %v", name, err)
		}
		_ = n.View(func(tx *notebook.Tx) error {
			for s, err := range tx.Sources(notebook.SourceQuery{}) {
				if err != nil {
					return err
				}
				if _, err := tx.Original(s.Current()); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for at := 0; at < len(sound)/page; at++ {
		for _, fill := range []byte{0, 0xff, 0x41} {
			raw := bytes.Clone(sound)
			for i := at * page; i < (at+1)*page; i++ {
				raw[i] = fill
			}
			try("page.sourcebook", raw)
		}
		raw := bytes.Clone(sound)
		raw[at*page+8] ^= 0x10 // the page's flags
		try("flags.sourcebook", raw)
		raw = bytes.Clone(sound)
		raw[at*page+10] = 0xff // the number of its entries
		try("count.sourcebook", raw)
		try("cut.sourcebook", sound[:at*page])
	}
}

func TestOpenPlaces(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range []struct {
		name string
		path string
		o    notebook.Options
		want error
	}{
		{"missing, must exist", filepath.Join(dir, "none.sourcebook"), notebook.Options{MustExist: true}, os.ErrNotExist},
		{"missing, read-only", filepath.Join(dir, "none.sourcebook"), notebook.Options{ReadOnly: true}, os.ErrNotExist},
		{"folder is missing", filepath.Join(dir, "none", "a.sourcebook"), notebook.Options{}, os.ErrNotExist},
		{"path is a folder", dir, notebook.Options{}, notebook.ErrNotNotebook},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := notebook.Open(tt.path, tt.o)
			if err == nil {
				n.Close()
			}
			if !errors.Is(err, tt.want) || strings.Count(err.Error(), tt.path) != 1 {
				t.Errorf("open: %v; want %v", err, tt.want)
			}
		})
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		return // permissions say nothing there
	}
	t.Run("unwritable file", func(t *testing.T) {
		path := filepath.Join(dir, "sealed.sourcebook")
		if err := os.WriteFile(path, sampleFile(t), 0o400); err != nil {
			t.Fatal(err)
		}
		var fe *notebook.FileError
		_, err := notebook.Open(path, notebook.Options{})
		if !errors.Is(err, os.ErrPermission) || !errors.As(err, &fe) || fe.Next == "" {
			t.Errorf("open: %v", err)
		}
		n, err := notebook.Open(path, notebook.Options{ReadOnly: true})
		if err != nil {
			t.Fatalf("open read-only: %v", err)
		}
		n.Close()
	})
	t.Run("unwritable folder", func(t *testing.T) {
		sealed := filepath.Join(dir, "sealed")
		if err := os.Mkdir(sealed, 0o500); err != nil {
			t.Fatal(err)
		}
		if _, err := notebook.Open(filepath.Join(sealed, "a.sourcebook"), notebook.Options{}); !errors.Is(err, os.ErrPermission) {
			t.Errorf("open: %v", err)
		}
	})
}

func TestMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps no such modes")
	}
	n := notebooktest.New(t)
	info, err := os.Stat(n.Path())
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "locked.sourcebook")
	first := notebooktest.Open(t, path, notebook.Options{Actor: "window"})
	add(t, first, article("Port opens berth", "https://harbour.example/port", portText), "one")
	for _, readOnly := range []bool{false, true} {
		n, err := notebook.Open(path, notebook.Options{ReadOnly: readOnly})
		if err == nil {
			n.Close()
		}
		var locked *notebook.LockedError
		if !errors.Is(err, notebook.ErrLocked) || !errors.As(err, &locked) {
			t.Fatalf("open a second time: %v", err)
		}
		if locked.PID != os.Getpid() || locked.Actor != "window" || locked.Since.IsZero() || !strings.Contains(err.Error(), " since ") {
			t.Errorf("open a second time: %v", err)
		}
	}

	// Reading goes on beside it.
	n, err := notebook.OpenForReading(path, notebook.Options{})
	if err != nil {
		t.Fatalf("open for reading: %v", err)
	}
	if !n.Snapshot() || n.Path() != path {
		t.Errorf("snapshot %v of %s", n.Snapshot(), n.Path())
	}
	if _, err := n.Do(&notebook.EmptyBin{}); !errors.Is(err, notebook.ErrReadOnly) {
		t.Errorf("change while reading: %v", err)
	}
	notebooktest.Verify(t, n)
	view(t, n, func(tx *notebook.Tx) error {
		count, err := tx.CountSources(notebook.SourceQuery{})
		if count != 1 {
			t.Errorf("%d sources in the snapshot", count)
		}
		return err
	})
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".lock"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the lock's note is left: %v", err)
	}

	// A note that was left by a killed program locks nothing.
	if err := os.WriteFile(path+".lock", []byte(`{"host":"elsewhere","pid":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	again := notebooktest.Open(t, path, notebook.Options{})
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Errorf("close a second time: %v", err)
	}
	if err := again.View(func(*notebook.Tx) error { return nil }); !errors.Is(err, notebook.ErrClosed) {
		t.Errorf("view when closed: %v", err)
	}
	if _, err := again.Do(&notebook.EmptyBin{}); !errors.Is(err, notebook.ErrClosed) {
		t.Errorf("do when closed: %v", err)
	}
}

// Snapshots that are taken while the notebook is written to are sound, and at
// least as new as what was saved when they were asked for.
func TestSnapshotWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "busy.sourcebook")
	n := notebooktest.Open(t, path, notebook.Options{})
	g := notebooktest.NewTexts(3)
	stop, done := make(chan bool), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			if _, err := n.Do(g.Capture(i, 300)); err != nil {
				done <- err
				return
			}
		}
	}()
	for range 5 {
		least := n.Sequence()
		r, err := notebook.OpenForReading(path, notebook.Options{})
		if errors.Is(err, notebook.ErrLocked) {
			continue // written to all the time: it says so
		}
		if err != nil {
			t.Errorf("open for reading: %v", err)
			break
		}
		if r.Sequence() < least {
			t.Errorf("the snapshot is at %d, %d was saved", r.Sequence(), least)
		}
		notebooktest.Verify(t, r)
		r.Close()
	}
	close(stop)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// A panic of the caller's own is not taken for damage.
func TestOwnPanic(t *testing.T) {
	n := notebooktest.New(t)
	defer func() {
		if r := recover(); r != "mine" {
			t.Errorf("recovered %v", r)
		}
	}()
	_ = n.View(func(*notebook.Tx) error { panic("mine") })
	t.Error("the panic was swallowed")
}

func TestBackupAndRestore(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.sourcebook")
	o := notebook.Options{Clock: notebooktest.Clock(), NewID: notebooktest.IDs()}
	n := notebooktest.Open(t, path, o)
	a := add(t, n, article("Port opens berth", "https://harbour.example/port", portText), "one")
	copied := filepath.Join(dir, "copy.sourcebook")
	var last int64
	if err := n.Backup(context.Background(), copied, func(done, total int64) {
		if done < last || done > total {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	}); err != nil {
		t.Fatal(err)
	}
	auto, err := n.AutoBackup(context.Background(), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	list, err := notebook.Backups(notebook.BackupDir(path))
	if err != nil || len(list) != 1 || list[0] != auto || auto.Reason != "scheduled" || auto.Size == 0 {
		t.Errorf("backups = %+v, %v; made %+v", list, err, auto)
	}
	c := notebooktest.Open(t, copied, notebook.Options{})
	view(t, c, func(tx *notebook.Tx) error {
		_, err := tx.Original(a.Capture.ID)
		return err
	})

	add(t, n, article("Later", "https://harbour.example/later", "Later text."), "two")
	if _, err := notebook.RestoreBackup(context.Background(), auto.Path, path); !errors.Is(err, notebook.ErrLocked) {
		t.Errorf("restore over an open notebook: %v", err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := notebook.RestoreBackup(context.Background(), auto.Path, path)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		path string
		want int
	}{{path, 1}, {kept, 2}} {
		n := notebooktest.Open(t, tt.path, notebook.Options{})
		view(t, n, func(tx *notebook.Tx) error {
			count, err := tx.CountSources(notebook.SourceQuery{})
			if count != tt.want {
				t.Errorf("%s has %d sources, want %d", filepath.Base(tt.path), count, tt.want)
			}
			return err
		})
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
	}

	// A damaged notebook offers the newest backup that is good.
	if err := os.WriteFile(filepath.Join(notebook.BackupDir(path), "a-20991231T000000Z-scheduled.sourcebook"), []byte("damaged too"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(kept, 0); err != nil {
		t.Fatal(err)
	}
	var fe *notebook.FileError
	if _, err := notebook.Open(kept, notebook.Options{Backups: notebook.BackupDir(path)}); !errors.As(err, &fe) || !strings.Contains(fe.Next, auto.Path) {
		t.Errorf("open a damaged notebook: %v, %+v", err, fe)
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	n = notebooktest.Open(t, path, notebook.Options{})
	if err := n.Backup(ctx, filepath.Join(dir, "never.sourcebook"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled backup: %v", err)
	}
	bad := filepath.Join(dir, "bad.sourcebook")
	if err := os.WriteFile(bad, []byte("not one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := notebook.RestoreBackup(context.Background(), bad, filepath.Join(dir, "b.sourcebook")); !errors.Is(err, notebook.ErrNotNotebook) {
		t.Errorf("restore from a letter: %v", err)
	}
	names, err := filepath.Glob(filepath.Join(dir, ".*"))
	if err != nil || len(names) > 0 {
		t.Errorf("left behind: %v, %v", names, err)
	}
}

func TestCompact(t *testing.T) {
	n := notebooktest.New(t)
	var keys []notebook.Key
	g := notebooktest.NewTexts(1)
	for i := range 300 {
		c := g.Capture(i, 1500)
		do(t, n, c)
		if i%10 != 0 {
			keys = append(keys, notebook.Key{Kind: "source", ID: string(c.SourceID)})
		}
	}
	do(t, n, &notebook.ToBin{Keys: keys})
	do(t, n, &notebook.EmptyBin{})
	before, after, err := n.Compact(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if after > before/2 {
		t.Errorf("compacted from %d to %d bytes", before, after)
	}
	info, err := os.Stat(n.Path())
	if err != nil || info.Size() != after {
		t.Errorf("the file has %d bytes, %v; want %d", info.Size(), err, after)
	}
	add(t, n, &document.Document{Kind: document.Note, Title: "after", Blocks: []document.Block{{Text: "After."}}, Text: "After."}, "After.")
	view(t, n, func(tx *notebook.Tx) error {
		count, err := tx.CountSources(notebook.SourceQuery{})
		if count != 31 {
			t.Errorf("%d sources after compacting, want 31", count)
		}
		return err
	})
	if names, _ := filepath.Glob(filepath.Join(filepath.Dir(n.Path()), ".*")); len(names) > 0 {
		t.Errorf("left behind: %v", names)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := n.Compact(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled compaction: %v", err)
	}
}

// Whatever stands in a file, checking it ends, with an error of ours.
func FuzzFile(f *testing.F) {
	sound := sampleFile(f)
	f.Add(sound, 0, byte(0))
	f.Add(sound[:5*os.Getpagesize()], 3, byte(1))
	f.Add([]byte{}, 0, byte(0))
	f.Fuzz(func(t *testing.T, raw []byte, at int, flip byte) {
		raw = bytes.Clone(raw)
		if at >= 0 && at < len(raw) {
			raw[at] ^= flip
		}
		err := notebook.CheckBytes(raw)
		if err != nil && !errors.Is(err, notebook.ErrDamaged) && !errors.Is(err, notebook.ErrNotNotebook) {
			t.Errorf("check: %v", err)
		}
	})
}

func FuzzRecent(f *testing.F) {
	f.Add([]byte("\x01\x0aclaim.made\x03abc\x01\x00"))
	f.Add([]byte("\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := notebook.RecentEntries(raw)
		if err != nil && !errors.Is(err, notebook.ErrDamaged) || n > len(raw) {
			t.Errorf("%d entries, %v", n, err)
		}
	})
}

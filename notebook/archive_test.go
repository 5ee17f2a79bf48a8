package notebook_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// entitiesOf dumps what an archive must give back: all entities, texts and
// bytes, but for where content is kept.
func entitiesOf(t *testing.T, n *notebook.Notebook) map[string]string {
	t.Helper()
	out := map[string]string{}
	view(t, n, func(tx *notebook.Tx) error {
		return tx.Archived(func(kind, key string, line []byte) { out[kind+" "+key] = string(line) })
	})
	return out
}

// An archive gives a notebook back: the same entities, versions, texts and bytes.
func TestArchive(t *testing.T) {
	notebook.WeakPassphrases(t)
	n := notebooktest.New(t)
	w := makeWhole(t, n)
	do(t, n, &notebook.ToBin{Keys: []notebook.Key{{Kind: "relation", ID: string(w.relation)}}})
	if err := notebooktest.Fill(n, 30, notebooktest.FillOptions{Words: 60}); err != nil {
		t.Fatal(err)
	}
	want := entitiesOf(t, n)
	for _, passphrase := range []string{"", "correct horse"} {
		t.Run("passphrase "+passphrase, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "all.zip")
			if err := n.Archive(t.Context(), path, passphrase, nil); err != nil {
				t.Fatal(err)
			}
			if !notebook.IsArchive(path) {
				t.Error("it is no archive")
			}
			encrypted, err := notebook.IsEncrypted(path)
			if err != nil || encrypted != (passphrase != "") {
				t.Errorf("encrypted: %v, %v", encrypted, err)
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if encrypted && bytes.Contains(raw, []byte("manifest.json")) {
				t.Error("the encrypted archive shows what is in it")
			}
			other := notebooktest.Open(t, filepath.Join(t.TempDir(), "other.sourcebook"), notebook.Options{})
			if encrypted {
				for _, wrong := range []string{"", "wrong"} {
					if _, err := other.ReadArchive(t.Context(), path, wrong, nil); !errors.Is(err, notebook.ErrPassphrase) {
						t.Errorf("with the passphrase %q: %v", wrong, err)
					}
				}
			}
			sum, err := other.ReadArchive(t.Context(), path, passphrase, nil)
			if err != nil {
				t.Fatal(err)
			}
			if sum.Added["source"] != 33 || sum.Held != 0 || sum.Added["folder"] != 1 || sum.Added["briefing"] != 1 {
				t.Errorf("it brought in %+v", sum)
			}
			got := entitiesOf(t, other)
			for _, k := range slices.Sorted(maps.Keys(want)) {
				if got[k] != want[k] {
					t.Errorf("%s is\n%s, was\n%s", k, got[k], want[k])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d entities, want %d", len(got), len(want))
			}
			notebooktest.Verify(t, other)
			// Again: all is there.
			sum, err = other.ReadArchive(t.Context(), path, passphrase, nil)
			if err != nil || len(sum.Added) != 0 || sum.Held == 0 {
				t.Errorf("again: %+v, %v", sum, err)
			}
			for range 2 {
				if _, err := other.Undo(); err != nil {
					t.Fatal(err)
				}
			}
			notebooktest.Verify(t, other)
			if left := entitiesOf(t, other); len(left) != 0 {
				t.Errorf("after undo %d entities are left", len(left))
			}
			entries, err := os.ReadDir(filepath.Dir(path))
			if err != nil || len(entries) != 1 {
				t.Errorf("beside the archive lie %v, %v", entries, err)
			}
		})
	}
}

// Archives that are damaged, or would not fit, are refused whole.
func TestArchiveRefused(t *testing.T) {
	n := notebooktest.New(t)
	makeWhole(t, n)
	dir := t.TempDir()
	path := filepath.Join(dir, "all.zip")
	if err := n.Archive(t.Context(), path, "", nil); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	var names []string
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = raw
		names = append(names, f.Name)
	}
	if names[len(names)-1] != "manifest.json" || !slices.Contains(names, "source.jsonl") || !slices.Contains(names, "documents.jsonl") {
		t.Errorf("the archive has the files %v", names)
	}
	original := ""
	for _, name := range names {
		if strings.HasPrefix(name, "originals/") {
			original = name
		}
	}
	manifest := func(files map[string][]byte, fn func(map[string]any)) {
		m := map[string]any{}
		if err := json.Unmarshal(files["manifest.json"], &m); err != nil {
			t.Fatal(err)
		}
		fn(m)
		files["manifest.json"], _ = json.Marshal(m)
	}
	for _, tt := range []struct {
		name   string
		change func(map[string][]byte)
		want   error
	}{
		{"no manifest", func(f map[string][]byte) { delete(f, "manifest.json") }, notebook.ErrDamaged},
		{"another format", func(f map[string][]byte) { manifest(f, func(m map[string]any) { m["format"] = "zip" }) }, notebook.ErrDamaged},
		{"a newer version", func(f map[string][]byte) { manifest(f, func(m map[string]any) { m["version"] = 9 }) }, notebook.ErrNewerFormat},
		{"a file is missing", func(f map[string][]byte) { delete(f, original) }, notebook.ErrDamaged},
		{"a file was changed", func(f map[string][]byte) { f["claim.jsonl"] = []byte("{}\n") }, notebook.ErrDamaged},
		{"an original was changed", func(f map[string][]byte) { f[original] = []byte("x") }, notebook.ErrDamaged},
		{"sources are left out", func(f map[string][]byte) {
			manifest(f, func(m map[string]any) { delete(m["files"].(map[string]any), "source.jsonl") })
		}, notebook.ErrDamaged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := maps.Clone(files)
			tt.change(changed)
			bad := filepath.Join(t.TempDir(), "bad.zip")
			out, err := os.Create(bad)
			if err != nil {
				t.Fatal(err)
			}
			w := zip.NewWriter(out)
			for _, name := range names {
				if raw, ok := changed[name]; ok {
					f, err := w.Create(name)
					if err != nil {
						t.Fatal(err)
					}
					f.Write(raw)
				}
			}
			if err := errors.Join(w.Close(), out.Close()); err != nil {
				t.Fatal(err)
			}
			other := notebooktest.Open(t, filepath.Join(t.TempDir(), "other.sourcebook"), notebook.Options{})
			if _, err := other.ReadArchive(t.Context(), bad, "", nil); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if left := entitiesOf(t, other); len(left) != 0 {
				t.Errorf("%d entities came in", len(left))
			}
		})
	}
	other := notebooktest.Open(t, filepath.Join(t.TempDir(), "other.sourcebook"), notebook.Options{NewID: ids(t, 5000)})
	add(t, other, article("Port opens berth", "https://harbour.example/port", "Another text."), "c")
	if _, err := other.ReadArchive(t.Context(), path, "", nil); !errors.Is(err, notebook.ErrInvalid) || !strings.Contains(err.Error(), "new notebook") {
		t.Errorf("a source that is held under another ID: %v", err)
	}
}

// ids are those of notebooktest, from the n-th on.
func ids(t *testing.T, n int) func() string {
	next := notebooktest.IDs()
	for range n {
		next()
	}
	return next
}

// An encrypted backup is restored with its passphrase only, and leaves nothing
// beside.
func TestBackupEncrypted(t *testing.T) {
	notebook.WeakPassphrases(t)
	n := notebooktest.New(t)
	makeWhole(t, n)
	dir := t.TempDir()
	backup := filepath.Join(dir, "n.sourcebook.age")
	if err := n.BackupEncrypted(t.Context(), backup, "correct horse", nil); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(backup)
	if err != nil || bytes.Contains(raw, []byte("harbour.example")) {
		t.Errorf("the backup shows what is in it, %v", err)
	}
	if err := n.BackupEncrypted(t.Context(), backup, "", nil); !errors.Is(err, notebook.ErrInvalid) {
		t.Errorf("an empty passphrase: %v", err)
	}
	cut, changed := filepath.Join(dir, "cut.age"), filepath.Join(dir, "changed.age")
	flipped := bytes.Clone(raw)
	flipped[len(flipped)-2000] ^= 1
	if err := errors.Join(os.WriteFile(cut, raw[:len(raw)/2], 0o600), os.WriteFile(changed, flipped, 0o600)); err != nil {
		t.Fatal(err)
	}
	if _, err := n.ReadArchive(t.Context(), backup, "correct horse", nil); !errors.Is(err, notebook.ErrInvalid) || !strings.Contains(err.Error(), "restore") {
		t.Errorf("a backup taken for an archive: %v", err)
	}
	path := filepath.Join(t.TempDir(), "back.sourcebook")
	for _, tt := range []struct {
		name, backup, passphrase string
		want                     error
	}{
		{"no passphrase", backup, "", notebook.ErrPassphrase},
		{"wrong passphrase", backup, "battery staple", notebook.ErrPassphrase},
		{"cut off", cut, "correct horse", notebook.ErrDamaged},
		{"changed", changed, "correct horse", notebook.ErrDamaged},
		{"not there", path + ".none", "correct horse", os.ErrNotExist},
	} {
		_, err := notebook.RestoreEncrypted(t.Context(), tt.backup, tt.passphrase, path)
		var fe *notebook.FileError
		if !errors.Is(err, tt.want) || !errors.As(err, &fe) || fe.Next == "" {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 0 {
			t.Errorf("%s: left are %v, %v", tt.name, entries, err)
		}
	}
	if _, err := notebook.RestoreEncrypted(t.Context(), backup, "correct horse", path); err != nil {
		t.Fatal(err)
	}
	other := notebooktest.Open(t, path, notebook.Options{MustExist: true})
	if !maps.Equal(entitiesOf(t, other), entitiesOf(t, n)) {
		t.Error("the restored notebook is another")
	}
}

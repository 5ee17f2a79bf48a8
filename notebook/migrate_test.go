package notebook_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

var update = flag.Bool("update", false, "write the goldens, and the fixture of this format where there is none")

// Every past format still opens, is sound, and holds what it held.
func TestFixtures(t *testing.T) {
	newest := filepath.Join("testdata", fmt.Sprintf("v%d.sourcebook", notebook.FormatVersion))
	if _, err := os.Stat(newest); errors.Is(err, os.ErrNotExist) && *update {
		n, err := notebook.Open(newest, notebook.Options{Clock: notebooktest.Clock(), NewID: notebooktest.IDs(), Actor: "test"})
		if err != nil {
			t.Fatal(err)
		}
		w := makeWhole(t, n)
		do(t, n, &notebook.ToBin{Keys: []notebook.Key{{Kind: "relation", ID: string(w.relation)}}})
		if _, _, err := n.Compact(context.Background()); err != nil {
			t.Fatal(err)
		}
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
	}
	fixtures, err := filepath.Glob(filepath.Join("testdata", "v*.sourcebook"))
	if err != nil || len(fixtures) < notebook.FormatVersion {
		t.Fatalf("fixtures %v, %v; want one of each of %d versions", fixtures, err, notebook.FormatVersion)
	}
	for _, fixture := range fixtures {
		t.Run(filepath.Base(fixture), func(t *testing.T) {
			raw, err := os.ReadFile(fixture)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), filepath.Base(fixture))
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			n := notebooktest.Open(t, path, notebook.Options{MustExist: true})
			dump, err := n.Dump()
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			for _, k := range slices.Sorted(maps.Keys(dump)) {
				kind, rest, _ := strings.Cut(k, " ")
				if kind == "index" || kind == "count" || kind == "content" || kind == "original" || kind == "document" {
					continue // checked against the entities and the hashes
				}
				fmt.Fprintf(&b, "%s %s\n\t%s\n", kind, rest[strings.LastIndex(rest, " ")+1:], dump[k][1:])
			}
			golden := strings.TrimSuffix(fixture, ".sourcebook") + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if b.String() != string(want) {
				t.Errorf("it holds\n%s\nwant\n%s", b.String(), want)
			}
			if n.UndoName() != "delete relation" {
				t.Errorf("the undo name is %q", n.UndoName())
			}
			if _, err := n.Undo(); err != nil {
				t.Error(err)
			}
		})
	}
}

// A notebook of a past format is read as it stands where it is opened for
// reading only.
func TestReadOlderFormat(t *testing.T) {
	for version := 1; version < notebook.FormatVersion; version++ {
		raw, err := os.ReadFile(filepath.Join("testdata", fmt.Sprintf("v%d.sourcebook", version)))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "old.sourcebook")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		n := notebooktest.Open(t, path, notebook.Options{ReadOnly: true}) // verified at the end
		view(t, n, func(tx *notebook.Tx) error {
			for _, by := range notebook.SourceOrders {
				page, err := tx.SourcePage(notebook.SourceQuery{Order: by})
				if err != nil || len(page.Rows) == 0 || page.Total != len(page.Rows) {
					t.Errorf("by %s: %d of %d sources, %v", by, len(page.Rows), page.Total, err)
				}
				for _, row := range page.Rows {
					for _, c := range row.Captures {
						if _, err := tx.Original(c); err != nil {
							t.Error(err)
						}
						if _, err := tx.Document(c); err != nil {
							t.Error(err)
						}
					}
					if _, err := tx.Resolve("", string(row.ID)); err != nil {
						t.Error(err)
					}
				}
			}
			folders, err := tx.Folders()
			if err != nil || len(folders) != 0 {
				t.Errorf("folders %v, %v", folders, err)
			}
			saved, err := tx.Saved("search")
			if err != nil || len(saved) != 0 {
				t.Errorf("saved queries %v, %v", saved, err)
			}
			_, err = tx.ColourNames()
			return err
		})
		after, err := os.ReadFile(path)
		if err != nil || string(after) != string(raw) {
			t.Errorf("reading has changed the file, %v", err)
		}
	}
}

// setVersions writes the file's versions.
func setVersions(t *testing.T, n *notebook.Notebook, version, readable byte) {
	t.Helper()
	err := n.Plant(func(b *bolt.Tx) error {
		m := b.Bucket([]byte("meta"))
		return errors.Join(m.Put([]byte("version"), []byte{0, 0, 0, 0, 0, 0, 0, version}), m.Put([]byte("readable"), []byte{0, 0, 0, 0, 0, 0, 0, readable}))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestNewerFormat(t *testing.T) {
	for _, tt := range []struct {
		name              string
		version, readable byte
		readOnly          bool
		want              error
	}{
		{"newer, for writing", 99, 1, false, notebook.ErrNewerFormat},
		{"newer, for reading", 99, 1, true, nil},
		{"newer and unreadable, for reading", 99, 98, true, notebook.ErrNewerFormat},
		{"no version", 0, 0, false, notebook.ErrDamaged},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "newer.sourcebook")
			n, err := notebook.Open(path, notebook.Options{})
			if err != nil {
				t.Fatal(err)
			}
			add(t, n, article("Port", "https://harbour.example/port", portText), "a")
			setVersions(t, n, tt.version, tt.readable)
			if err := n.Close(); err != nil {
				t.Fatal(err)
			}
			n, err = notebook.Open(path, notebook.Options{ReadOnly: tt.readOnly})
			if err == nil {
				defer n.Close()
			}
			if !errors.Is(err, tt.want) {
				t.Fatalf("open: %v, want %v", err, tt.want)
			}
			var fe *notebook.FileError
			if err != nil && (!errors.As(err, &fe) || fe.Next == "") {
				t.Errorf("%v does not say what next", err)
			}
		})
	}
}

// Migrations run in order, each whole or not at all, after a backup.
func TestMigrate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.sourcebook")
	n, err := notebook.Open(path, notebook.Options{Clock: notebooktest.Clock()})
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	var ran []string
	step := func(name string, err error) func(*bolt.Tx) error {
		return func(b *bolt.Tx) error {
			ran = append(ran, name)
			if err := b.Bucket([]byte("meta")).Put([]byte("mark"), []byte(name)); err != nil {
				return err
			}
			return err
		}
	}
	boom := errors.New("boom")
	err = n.MigrateWith(1, 4, []string{"one", "two", "three"}, []func(*bolt.Tx) error{step("one", nil), step("two", nil), step("three", boom)})
	if !errors.Is(err, boom) || !strings.Contains(err.Error(), "three") {
		t.Errorf("migrate: %v", err)
	}
	if !slices.Equal(ran, []string{"one", "two", "three"}) {
		t.Errorf("ran %v", ran)
	}
	var mark string
	var version byte
	err = n.Plant(func(b *bolt.Tx) error {
		mark, version = string(b.Bucket([]byte("meta")).Get([]byte("mark"))), b.Bucket([]byte("meta")).Get([]byte("version"))[7]
		return nil
	})
	if err != nil || mark != "two" || version != 3 {
		t.Errorf("after the third failed: mark %q, version %d, %v", mark, version, err)
	}
	list, err := notebook.Backups(notebook.BackupDir(path))
	if err != nil || len(list) != 1 || list[0].Reason != "before-migration" {
		t.Errorf("backups %+v, %v", list, err)
	}
	if err := n.MigrateWith(3, 9, nil, nil); err == nil {
		t.Error("a format without migration was passed over")
	}
}

package notebook

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Folder is a folder that was made by hand. One that a source was put into is
// there without, as long as it has a source.
type Folder struct {
	Name string    `json:"name"`
	Made time.Time `json:"made,omitzero"`
}

var folders = table[Folder]{
	word: "folder",
	key:  func(f Folder) string { return f.Name },
}

// folderName trims a name as it is stored.
func folderName(s string) string {
	s = strings.Join(strings.Fields(norm.NFC.String(strings.ReplaceAll(s, "\x00", ""))), " ")
	return groupKey(s)
}

// hasFolder says whether there is a folder of this name, by hand or by a source.
func (t *Tx) hasFolder(name string) (bool, error) {
	if held, err := folders.has(t, name); err != nil || held {
		return held, err
	}
	n, err := t.sizeOf(sourceOfFolder, name)
	return n > 0, err
}

// PutFolder makes an empty folder.
type PutFolder struct{ Folder string }

// Name is "add folder".
func (c *PutFolder) Name() string { return "add folder" }

// Validate wants a name that no folder has.
func (c *PutFolder) Validate(t *Tx) error {
	name := folderName(c.Folder)
	if name == "" {
		return invalid("a folder without a name")
	}
	there, err := t.hasFolder(name)
	if err == nil && there {
		return invalid("there is a folder %q already", name)
	}
	return err
}

// Apply makes the folder.
func (c *PutFolder) Apply(w *WriteTx) error {
	c.Folder = folderName(c.Folder)
	return folders.put(w, c.Folder, Folder{Name: c.Folder, Made: w.now})
}

// RenameFolder gives a folder another name, and moves what is in it, also what
// is in the bin. If there is a folder of that name, they become one.
type RenameFolder struct{ From, To string }

// Name is "rename folder".
func (c *RenameFolder) Name() string { return "rename folder" }

// Validate wants a folder that is there, and a name.
func (c *RenameFolder) Validate(t *Tx) error {
	if folderName(c.To) == "" {
		return invalid("a folder without a name")
	}
	return t.wantFolder(c.From)
}

func (t *Tx) wantFolder(name string) error {
	there, err := t.hasFolder(folderName(name))
	if err == nil && !there {
		return fmt.Errorf("folder %q: %w", name, ErrNotFound)
	}
	return err
}

// Apply renames it.
func (c *RenameFolder) Apply(w *WriteTx) error {
	from, to := folderName(c.From), folderName(c.To)
	if from == to {
		return nil
	}
	if err := w.refile(from, to); err != nil {
		return err
	}
	f, err := folders.getIf(&w.Tx, from)
	if err != nil || f == nil {
		return err
	}
	if err := folders.drop(w, from); err != nil {
		return err
	}
	if there, err := folders.has(&w.Tx, to); err != nil || there {
		return err
	}
	f.Name = to
	return folders.put(w, to, *f)
}

// DropFolder takes a folder away. What is in it stays, in no folder.
type DropFolder struct{ Folder string }

// Name is "delete folder".
func (c *DropFolder) Name() string { return "delete folder" }

// Validate wants a folder that is there.
func (c *DropFolder) Validate(t *Tx) error { return t.wantFolder(c.Folder) }

// Apply takes it away.
func (c *DropFolder) Apply(w *WriteTx) error {
	name := folderName(c.Folder)
	if err := w.refile(name, ""); err != nil {
		return err
	}
	return folders.drop(w, name)
}

// refile moves all sources of a folder into another, also those in the bin.
func (w *WriteTx) refile(from, to string) error {
	ids, err := w.idsIn(sourceOfFolder, from)
	if err != nil {
		return err
	}
	binned, err := w.idsIn(sourceBinned, "")
	if err != nil {
		return err
	}
	for _, id := range append(ids, binned...) {
		s, err := w.Source(SourceID(id))
		if err != nil {
			return err
		}
		if groupKey(s.Folder) != from {
			continue
		}
		s.Folder, s.Edited = to, w.now
		if err := sources.put(w, id, s); err != nil {
			return err
		}
	}
	return nil
}

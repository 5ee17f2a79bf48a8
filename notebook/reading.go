package notebook

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// snapshotTries is how often a copy is begun anew because the notebook was
// written to meanwhile.
const snapshotTries = 20

// OpenForReading opens a notebook for reading only, also while another program
// has it open for writing: then what is read is a temporary copy, as the
// notebook stood when it was opened, which Close deletes. Snapshot tells which.
//
// The copy is consistent although the writer is not asked. bbolt never writes
// over a page that the newest state uses, so that while the number of that
// state, which is read before and after copying, is the same, all its pages
// were copied whole. If it has changed the copy is made anew.
func OpenForReading(path string, o Options) (*Notebook, error) {
	o.ReadOnly = true
	n, err := Open(path, o)
	if !errors.Is(err, ErrLocked) {
		return n, err
	}
	dir, err := os.MkdirTemp("", "sourcebook-reading-")
	if err != nil {
		return nil, fileError("read notebook", path, err)
	}
	n, err = openSnapshot(path, dir, o)
	if err != nil {
		os.RemoveAll(dir)
		return nil, fileError("read notebook", path, err)
	}
	return n, nil
}

func openSnapshot(path, dir string, o Options) (*Notebook, error) {
	ctx := context.Background()
	for try := range snapshotTries {
		if try > 0 {
			time.Sleep(time.Duration(try) * 10 * time.Millisecond)
		}
		before, err := probeFile(path)
		if err != nil {
			return nil, err
		}
		temp, err := copyFile(ctx, path, dir, filepath.Base(path)+"-*")
		if err != nil {
			return nil, err
		}
		after, err := probeFile(path)
		if err != nil {
			return nil, err
		}
		copied, err := probeFile(temp)
		if err != nil || before.txid != after.txid || copied.txid != before.txid {
			if err := os.Remove(temp); err != nil {
				return nil, err
			}
			continue
		}
		n, err := open(temp, o)
		if err != nil {
			return nil, err
		}
		n.snapshotOf = path
		n.release = func() { os.RemoveAll(dir) }
		return n, nil
	}
	return nil, fmt.Errorf("%w and is being written to all the time; try again in a moment", ErrLocked)
}

// Snapshot says whether what is open is a temporary copy, made because another
// program has the notebook open.
func (n *Notebook) Snapshot() bool { return n.snapshotOf != "" }

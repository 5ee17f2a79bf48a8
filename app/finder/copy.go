package finder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"sourcebook/notebook/search"
)

// openCopy opens a copy of an index that another program has open. The index's
// segments are never changed once written, so they are linked, not copied; only
// the root, which names them, is. Where the other program changes it meanwhile,
// the copy is tried again.
func openCopy(dir, identity string) (tmp string, x *search.Index, err error) {
	sweepCopies(filepath.Dir(dir))
	for range 10 {
		if tmp, err = os.MkdirTemp(filepath.Dir(dir), ".copy-*"); err != nil {
			return "", nil, fmt.Errorf("copy the search index: %w", err)
		}
		target := filepath.Join(tmp, "index")
		if err = copyIndex(dir, target); err == nil {
			if x, err = search.Open(target, identity); err == nil {
				return tmp, x, nil
			}
		}
		os.RemoveAll(tmp)
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, search.ErrStale) && !errors.Is(err, errMoved) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "", nil, fmt.Errorf("search beside another window: %w; search there", err)
}

// sweepCopies removes copies that a killed program left behind.
func sweepCopies(folder string) {
	left, err := filepath.Glob(filepath.Join(folder, ".copy-*"))
	if err != nil {
		return
	}
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
			os.RemoveAll(path)
		}
	}
}

// errMoved says that the index has changed while it was copied.
var errMoved = errors.New("the index is changing")

func copyIndex(from, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	root := filepath.Join(from, search.RootName)
	before, err := os.ReadFile(root)
	if err != nil {
		return err
	}
	segments, err := filepath.Glob(filepath.Join(from, "*"+search.SegmentExt))
	if err != nil {
		return err
	}
	for _, path := range segments {
		target := filepath.Join(to, filepath.Base(path))
		if os.Link(path, target) == nil {
			continue
		}
		if err := copyFile(path, target); err != nil {
			return err
		}
	}
	after, err := os.ReadFile(root)
	if err != nil {
		return err
	}
	if !bytes.Equal(before, after) {
		return errMoved
	}
	return os.WriteFile(filepath.Join(to, search.RootName), after, 0o600)
}

func copyFile(from, to string) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	return err
}

package finder

import (
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
// its small table of contents is. Where the other program drops a segment in
// between, the copy is tried again.
func openCopy(dir, identity string) (tmp string, x *search.Index, err error) {
	for range 5 {
		if tmp, err = os.MkdirTemp(filepath.Dir(dir), ".copy-*"); err != nil {
			return "", nil, fmt.Errorf("copy the search index: %w", err)
		}
		target := filepath.Join(tmp, "index")
		if err = copyTree(dir, target); err == nil {
			if x, err = search.Open(target, identity); err == nil {
				return tmp, x, nil
			}
		}
		os.RemoveAll(tmp)
		if !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, search.ErrStale) {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	return "", nil, fmt.Errorf("search beside another window: %w; search there", err)
}

func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if e.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		if filepath.Ext(path) == ".zap" && os.Link(path, target) == nil {
			return nil
		}
		return copyFile(path, target)
	})
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

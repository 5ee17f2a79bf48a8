package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"sourcebook/notebook"
)

// DefaultNotebook is the notebook of a user who names none: SOURCEBOOK_NOTEBOOK,
// else "notebook.sourcebook" in the user's data folder (XDG Base Directory on
// Linux, Application Support on macOS, LocalAppData on Windows).
func DefaultNotebook(getenv func(string) string) (string, error) {
	if p := getenv("SOURCEBOOK_NOTEBOOK"); p != "" {
		return p, nil
	}
	dir, err := DataDir(getenv)
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "notebook.sourcebook"), nil
}

// DataDir is the folder for the user's notebooks.
func DataDir(getenv func(string) string) (string, error) {
	home := getenv("HOME")
	switch runtime.GOOS {
	case "windows":
		if d := getenv("LocalAppData"); d != "" {
			return filepath.Join(d, "Sourcebook"), nil
		}
	case "darwin":
		if home != "" {
			return filepath.Join(home, "Library", "Application Support", "Sourcebook"), nil
		}
	default:
		if d := getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
			return filepath.Join(d, "sourcebook"), nil
		}
		if home != "" {
			return filepath.Join(home, ".local", "share", "sourcebook"), nil
		}
	}
	return "", fmt.Errorf("find your data folder: no home folder is set; name a notebook with -n FILE")
}

// path is the notebook that this run works on.
func (r *run) path() (string, error) {
	if r.notebook != "" {
		return r.notebook, nil
	}
	return DefaultNotebook(r.Getenv)
}

// change opens the notebook for changing, creating it where there is none, and
// closes it after fn.
func (r *run) change(fn func(nb *notebook.Notebook) error) error {
	path, err := r.path()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder of %s: %w", path, err)
	}
	nb, err := notebook.Open(path, notebook.Options{Clock: r.Clock, Actor: "cli"})
	if err != nil {
		return err
	}
	err = fn(nb)
	if cerr := nb.Close(); err == nil {
		err = cerr
	}
	return err
}

// edit is change on a notebook that must be there already.
func (r *run) edit(fn func(nb *notebook.Notebook) error) error {
	if err := r.mustExist(); err != nil {
		return err
	}
	return r.change(fn)
}

// read opens the notebook for reading, also beside an open window.
func (r *run) read(fn func(nb *notebook.Notebook) error) error {
	if err := r.mustExist(); err != nil {
		return err
	}
	path, err := r.path()
	if err != nil {
		return err
	}
	nb, err := notebook.OpenForReading(path, notebook.Options{Clock: r.Clock})
	if err != nil {
		return err
	}
	defer nb.Close()
	return fn(nb)
}

// view is read with one transaction.
func (r *run) view(fn func(tx *notebook.Tx) error) error {
	return r.read(func(nb *notebook.Notebook) error { return nb.View(fn) })
}

func (r *run) mustExist() error {
	path, err := r.path()
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); os.IsNotExist(err) {
		return fmt.Errorf("open %s: there is no such notebook; make one with: sourcebook -n FILE import PATH, or try: sourcebook demo", path)
	}
	return nil
}

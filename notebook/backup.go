package notebook

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Progress hears how much of long work is done. total is zero where not known.
type Progress func(done, total int64)

// BackupDir is where the automatic backups of the notebook at path lie by
// default: beside it, in a folder of its name.
func BackupDir(path string) string { return path + ".backups" }

// Backup writes a checked copy of the notebook to path while it stays in use:
// the state at one moment. The copy is made under another name, its structure
// is checked, and only then it gets its name, taking the place of a file there.
// progress may be nil.
func (n *Notebook) Backup(ctx context.Context, path string, progress Progress) (err error) {
	fail := func(err error) error { return fileError("back up notebook to", path, err) }
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(path)+".part-*")
	if err != nil {
		return fail(unwrapPath(err))
	}
	temp := f.Name()
	defer os.Remove(temp)
	err = n.View(func(t *Tx) error {
		m := &meter{w: f, ctx: ctx, total: t.b.Size(), progress: progress}
		if _, err := t.b.WriteTo(m); m.err == nil {
			return err
		}
		return m.err // bbolt keeps only its words
	})
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fail(unwrapPath(err))
	}
	if err := checkCopy(ctx, temp); err != nil {
		return fail(err)
	}
	if err := os.Rename(temp, path); err != nil {
		return fail(err)
	}
	syncDir(dir)
	return nil
}

// checkCopy checks the pages of a file that nobody writes to.
func checkCopy(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	meta, err := probe(f, info.Size())
	if err != nil {
		return err
	}
	return checkStructure(ctx, f, meta, func(page uint64, format string, args ...any) error {
		return fmt.Errorf("%w: page %d: "+format, append([]any{ErrDamaged, page}, args...)...)
	})
}

// meter counts what goes through it, and stops when the context ends.
type meter struct {
	w        io.Writer
	ctx      context.Context
	err      error
	done     int64
	total    int64
	progress Progress
}

func (m *meter) Write(p []byte) (int, error) {
	if m.err = m.ctx.Err(); m.err != nil {
		return 0, m.err
	}
	n, err := m.w.Write(p)
	m.err = err
	m.done += int64(n)
	if m.progress != nil {
		m.progress(m.done, m.total)
	}
	return n, err
}

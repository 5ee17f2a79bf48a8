package notebook

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// compactTx is how many bytes go into one transaction of the copy.
const compactTx = 64 << 20

// Compact gives the space back that deleting has freed: what is held is written
// to a new file beside, which is checked and compared, and only then takes the
// notebook's place. Others can read meanwhile; writers wait. It tells the size
// in bytes before and after.
//
// It is backed up before, as a migration is.
//
// A power cut at any moment leaves either the old file or the new one, both
// whole.
func (n *Notebook) Compact(ctx context.Context) (before, after int64, err error) {
	fail := func(err error) (int64, int64, error) {
		return 0, 0, fileError("compact notebook", n.path, err)
	}
	if n.o.ReadOnly {
		return fail(ErrReadOnly)
	}
	if _, err := n.addBackup(ctx, "", "before-compact", nil); err != nil {
		return fail(err)
	}
	// Nothing may be written between copying and replacing.
	n.writing.Lock()
	defer n.writing.Unlock()
	dir := filepath.Dir(n.path)
	f, err := os.CreateTemp(dir, "."+filepath.Base(n.path)+".compact-*")
	if err != nil {
		return fail(unwrapPath(err))
	}
	temp := f.Name()
	f.Close()
	defer os.Remove(temp)
	if err := n.compactTo(ctx, temp); err != nil {
		return fail(unwrapPath(err))
	}
	was, err := os.Stat(n.path)
	if err != nil {
		return fail(err)
	}
	is, err := os.Stat(temp)
	if err != nil {
		return fail(err)
	}
	if err := n.replace(temp); err != nil {
		return fail(err)
	}
	return was.Size(), is.Size(), nil
}

// compactTo writes what is held to the file at path, and checks it.
func (n *Notebook) compactTo(ctx context.Context, path string) (err error) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if n.closed {
		return ErrClosed
	}
	defer guardDamage(n.path, &err)()
	dst, err := openEngine(path, engineOptions(false, 0))
	if err != nil {
		return err
	}
	dst.NoSync = true // synced once, below
	err = bolt.Compact(dst, n.db, compactTx)
	if err == nil {
		err = dst.Sync()
	}
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	if err := checkCopy(ctx, path); err != nil {
		return err
	}
	return n.sameAs(ctx, path)
}

// sameAs compares every key and value with those of another file.
func (n *Notebook) sameAs(ctx context.Context, path string) (err error) {
	defer guardDamage(path, &err)()
	other, err := openEngine(path, engineOptions(true, 0))
	if err != nil {
		return err
	}
	defer other.Close()
	return n.db.View(func(a *bolt.Tx) error {
		return other.View(func(b *bolt.Tx) error {
			return sameBuckets(ctx, a.Cursor(), b.Cursor(), a.Bucket, b.Bucket)
		})
	})
}

func sameBuckets(ctx context.Context, a, b *bolt.Cursor, in, of func([]byte) *bolt.Bucket) error {
	ak, av := a.First()
	bk, bv := b.First()
	for ; ak != nil || bk != nil; ak, av, bk, bv = next(a, b) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if string(ak) != string(bk) || string(av) != string(bv) || (av == nil) != (bv == nil) {
			return errors.New("the copy is not the same at key " + printable(ak))
		}
		if av == nil {
			x, y := in(ak), of(bk)
			if x == nil || y == nil {
				return fmt.Errorf("the copy has no bucket %s", printable(ak))
			}
			if err := sameBuckets(ctx, x.Cursor(), y.Cursor(), x.Bucket, y.Bucket); err != nil {
				return err
			}
		}
	}
	return nil
}

func next(a, b *bolt.Cursor) (ak, av, bk, bv []byte) {
	ak, av = a.Next()
	bk, bv = b.Next()
	return
}

// replace puts the file at temp in the notebook's place and opens it, once no
// one reads.
func (n *Notebook) replace(temp string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return ErrClosed
	}
	// Systems differ in whether an open file can be replaced: it is closed
	// first. Whoever comes between gets a whole file, and this one an error.
	if err := n.db.Close(); err != nil {
		return err
	}
	rerr := os.Rename(temp, n.path)
	if rerr == nil {
		syncDir(filepath.Dir(n.path))
	}
	db, err := openEngine(n.path, engineOptions(false, 0))
	if err != nil {
		n.closed = true
		if n.release != nil {
			n.release()
		}
		return errors.Join(rerr, fmt.Errorf("open it again: %w", err))
	}
	n.db = db
	return rerr
}

// Package finder keeps the search index in step with a notebook, and searches.
//
// The index lies in the user's cache, by the notebook's identity, and follows
// the notebook's changes: its watermark is the number of the last change that
// is in it. A missing, stale or damaged index is built anew.
package finder

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"

	"sourcebook/notebook"
	"sourcebook/notebook/search"
)

// Finder searches one notebook. It may be used from several goroutines at once.
type Finder struct {
	nb  *notebook.Notebook
	dir string
	tmp string // the copy that is searched while another program has the index

	mu     sync.Mutex // one update at a time, and whoever swaps index
	index  *search.Index
	closed bool
}

// Dir is the folder of the search index of a notebook below the user's cache.
func Dir(cache, identity string) string {
	return filepath.Join(cache, "sourcebook", "search", identity)
}

// CacheDir is the user's cache, or a temporary folder where there is none.
func CacheDir() string {
	if dir, err := os.UserCacheDir(); err == nil {
		return dir
	}
	return os.TempDir()
}

// Open opens the index of nb in dir. It does not bring it up to date: Update
// does. While another program has the index open, a copy of it is used.
func Open(nb *notebook.Notebook, dir string) (*Finder, error) {
	f := &Finder{nb: nb, dir: dir}
	x, err := search.Open(dir, nb.Identity())
	switch {
	case errors.Is(err, search.ErrLocked):
		f.tmp, x, err = openCopy(dir, nb.Identity())
	case errors.Is(err, search.ErrStale):
		x, err = search.Create(dir, nb.Identity())
	}
	if err != nil {
		return nil, err
	}
	f.index = x
	return f, nil
}

// Close closes the index.
func (f *Finder) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return nil
	}
	f.closed = true
	err := f.index.Close()
	if f.tmp != "" {
		if rerr := os.RemoveAll(f.tmp); err == nil {
			err = rerr
		}
	}
	return err
}

// Progress is told how many entries of how many are in the index; total is 0
// while it is not known.
type Progress func(done, total int)

// Update brings the index up to date: with the changes since its watermark, or
// with everything where it is new or older than the audit trail. progress may
// be nil.
func (f *Finder) Update(ctx context.Context, progress Progress) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return search.ErrClosed
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	mark, err := f.index.Watermark()
	if err != nil {
		return err
	}
	at, perr := strconv.ParseUint(mark, 10, 64)
	if perr != nil || at > f.nb.Sequence() {
		return f.rebuild(ctx, progress)
	}
	if at == f.nb.Sequence() {
		return nil
	}
	err = f.follow(ctx, at, progress)
	if errors.Is(err, errGap) || errors.Is(err, search.ErrStale) {
		return f.rebuild(ctx, progress)
	}
	return err
}

// Rebuild builds the index anew.
func (f *Finder) Rebuild(ctx context.Context, progress Progress) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return search.ErrClosed
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return f.rebuild(ctx, progress)
}

// errGap says that the audit trail does not reach back to the watermark.
var errGap = errors.New("changes are missing")

// follow applies the changes after at.
func (f *Finder) follow(ctx context.Context, at uint64, progress Progress) error {
	var entries []search.Entry
	var gone []string
	var upTo uint64
	err := f.nb.View(func(tx *notebook.Tx) error {
		next := at + 1
		touched := map[string]bool{}
		for ch, err := range tx.Changes(at) {
			if err != nil {
				return err
			}
			if ch.Seq != next {
				return errGap
			}
			next, upTo = next+1, ch.Seq
			for _, k := range ch.Keys {
				if err := touch(tx, k, touched); err != nil {
					return err
				}
			}
		}
		for id := range touched {
			if err := ctx.Err(); err != nil {
				return err
			}
			e, ok, err := entryOf(tx, id)
			switch {
			case err != nil:
				return err
			case ok:
				entries = append(entries, e)
			default:
				gone = append(gone, id)
			}
		}
		return nil
	})
	if err != nil || upTo == 0 {
		return err
	}
	slices.SortFunc(entries, func(a, b search.Entry) int {
		switch {
		case a.ID < b.ID:
			return -1
		case a.ID > b.ID:
			return 1
		}
		return 0
	})
	// The watermark moves with the last write: a stop in between repeats work and
	// loses none.
	before, after := strconv.FormatUint(at, 10), strconv.FormatUint(upTo, 10)
	for part := range slices.Chunk(entries, batch) {
		if err := f.index.Update(ctx, part, before); err != nil {
			return err
		}
		progress(len(part), len(entries))
	}
	return f.index.Delete(ctx, gone, after)
}

// batch is how many entries go into the index in one write.
const batch = 100

func (f *Finder) rebuild(ctx context.Context, progress Progress) error {
	if f.tmp != "" {
		return fmt.Errorf("build the search index anew: %w: close the other window first", search.ErrLocked)
	}
	if err := f.index.Close(); err != nil {
		return err
	}
	x, err := search.Create(f.dir, f.nb.Identity())
	if err != nil {
		return err
	}
	f.index = x
	return f.nb.View(func(tx *notebook.Tx) error {
		total, err := countAll(tx)
		if err != nil {
			return err
		}
		upTo, err := tx.Sequence()
		if err != nil {
			return err
		}
		done := 0
		part := make([]search.Entry, 0, batch)
		flush := func() error {
			// Without a watermark until the end: a build that was stopped begins anew.
			if err := x.Update(ctx, part, ""); err != nil {
				return err
			}
			done += len(part)
			part = part[:0]
			progress(done, total)
			return nil
		}
		for e, err := range allEntries(tx) {
			if err != nil {
				return err
			}
			if part = append(part, e); len(part) == batch {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		if err := flush(); err != nil {
			return err
		}
		return x.Delete(ctx, nil, strconv.FormatUint(upTo, 10))
	})
}

// Search searches what is in the index. Hits carry snippets from the notebook.
func (f *Finder) Search(ctx context.Context, query string, o search.Options) (Results, error) {
	f.mu.Lock()
	x := f.index
	f.mu.Unlock()
	var out Results
	err := f.nb.View(func(tx *notebook.Tx) error {
		o.Text = func(id string) (title, body, lang string, ok bool) {
			e, ok, err := entryOf(tx, id)
			if err != nil || !ok {
				return "", "", "", false
			}
			return e.Title, e.Body, e.Lang, true
		}
		res, err := x.Search(ctx, query, o)
		if err != nil {
			return err
		}
		out, err = describe(tx, res)
		return err
	})
	return out, err
}

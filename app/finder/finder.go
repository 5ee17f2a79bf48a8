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
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/search"
)

// Finder searches one notebook. It may be used from several goroutines at once:
// while the index is brought up to date, or built anew, what is in it is found.
type Finder struct {
	nb  *notebook.Notebook
	dir string
	tmp string // the copy that is searched while another program has the index

	updating sync.Mutex // one update at a time

	mu     sync.RWMutex // guards what follows
	index  *search.Index
	stale  bool // a search has met damage
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

// Close closes the index, after an update under way, which should be cancelled
// before.
func (f *Finder) Close() error {
	f.updating.Lock()
	defer f.updating.Unlock()
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

// current is the index, and whether it must be built anew.
func (f *Finder) current() (x *search.Index, stale bool, err error) {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if f.closed {
		return nil, false, search.ErrClosed
	}
	return f.index, f.stale, nil
}

// Progress is told how many entries of how many are in the index; total is 0
// while it is not known.
type Progress func(done, total int)

// Update brings the index up to date: with the changes since its watermark, or
// with everything where it is new, damaged, or older than the audit trail.
// progress may be nil.
func (f *Finder) Update(ctx context.Context, progress Progress) error {
	f.updating.Lock()
	defer f.updating.Unlock()
	x, stale, err := f.current()
	if err != nil {
		return err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	if stale {
		return f.rebuild(ctx, progress)
	}
	mark, err := x.Watermark()
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
	f.updating.Lock()
	defer f.updating.Unlock()
	if _, _, err := f.current(); err != nil {
		return err
	}
	if progress == nil {
		progress = func(int, int) {}
	}
	return f.rebuild(ctx, progress)
}

// Check reads all of the index. Where it is damaged, it is built anew.
func (f *Finder) Check(ctx context.Context, progress Progress) error {
	x, _, err := f.current()
	if err != nil {
		return err
	}
	if err := x.Check(ctx); !errors.Is(err, search.ErrStale) {
		return err
	}
	return f.Rebuild(ctx, progress)
}

// errGap says that the audit trail does not reach back to the watermark.
var errGap = errors.New("changes are missing")

// follow applies the changes after at.
func (f *Finder) follow(ctx context.Context, at uint64, progress Progress) error {
	touched := map[string]bool{}
	var upTo uint64
	err := f.nb.View(func(tx *notebook.Tx) error {
		next := at + 1
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
		return nil
	})
	if err != nil || upTo == 0 {
		return err
	}
	ids := make([]string, 0, len(touched))
	for id := range touched {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	// The watermark moves with the last write: a stop in between repeats work and
	// loses none.
	return f.put(ctx, ids, strconv.FormatUint(at, 10), strconv.FormatUint(upTo, 10), progress)
}

// How much is read from the notebook at once and goes into the index in one
// write.
const (
	batch      = 1000
	batchBytes = 8 << 20 // of text
)

// part is what goes into the index in one write.
type part struct {
	entries []search.Entry
	gone    []string
	ids     int
	err     error
}

// put brings the entries of ids up to date. Each part is read in a transaction
// of its own, since a long one would hold up who saves; the next is read while
// one is indexed.
func (f *Finder) put(ctx context.Context, ids []string, before, after string, progress Progress) error {
	x, _, err := f.current()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	parts := make(chan part)
	go func() {
		defer close(parts)
		for rest := ids; len(rest) > 0; {
			p := f.read(ctx, rest)
			rest = rest[p.ids:]
			select {
			case parts <- p:
			case <-ctx.Done():
				return
			}
			if p.err != nil {
				return
			}
		}
	}()
	if len(ids) == 0 {
		return x.Delete(ctx, nil, after)
	}
	done := 0
	for p := range parts {
		if p.err != nil {
			return p.err
		}
		done += p.ids
		mark := before
		if done == len(ids) {
			mark = after
		}
		if len(p.gone) > 0 {
			first := mark
			if len(p.entries) > 0 {
				first = before
			}
			if err := x.Delete(ctx, p.gone, first); err != nil {
				return err
			}
		}
		if len(p.entries) > 0 {
			if err := x.Update(ctx, p.entries, mark); err != nil {
				return err
			}
		}
		progress(done, len(ids))
	}
	return ctx.Err()
}

// read makes the entries of the first of ids, as many as go into one part.
func (f *Finder) read(ctx context.Context, ids []string) (p part) {
	p.err = f.nb.View(func(tx *notebook.Tx) error {
		for size := 0; p.ids < len(ids) && p.ids < batch && size < batchBytes; p.ids++ {
			if err := ctx.Err(); err != nil {
				return err
			}
			e, ok, err := entryOf(tx, ids[p.ids])
			switch {
			case err != nil:
				return err
			case ok:
				p.entries = append(p.entries, e)
				size += len(e.Body)
			default:
				p.gone = append(p.gone, ids[p.ids])
			}
		}
		return nil
	})
	return p
}

// rebuild builds the index anew. The caller holds updating.
func (f *Finder) rebuild(ctx context.Context, progress Progress) error {
	if f.tmp != "" {
		return fmt.Errorf("build the search index anew: %w: close the other window first", search.ErrLocked)
	}
	if err := f.begin(); err != nil {
		return err
	}
	var ids []string
	var upTo uint64
	err := f.nb.View(func(tx *notebook.Tx) (err error) {
		if upTo, err = tx.Sequence(); err != nil {
			return err
		}
		ids, err = allIDs(tx)
		return err
	})
	if err != nil {
		return err
	}
	// Without a watermark until the end: a build that was stopped begins anew. What
	// changes meanwhile is followed afterwards.
	progress(0, len(ids))
	return f.put(ctx, ids, "", strconv.FormatUint(upTo, 10), progress)
}

// begin puts an empty index in the place of the one there is.
func (f *Finder) begin() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return search.ErrClosed
	}
	if err := f.index.Close(); err != nil {
		return err
	}
	f.stale = true
	x, err := search.Create(f.dir, f.nb.Identity())
	if err != nil {
		return err // what is left is closed: searching says so, and Update tries again
	}
	f.index, f.stale = x, false
	return nil
}

// Search searches what is in the index. Hits carry snippets from the notebook.
// Where the index proves to be damaged, the error is search.ErrStale, and the
// next Update builds it anew.
func (f *Finder) Search(ctx context.Context, query string, o search.Options) (Results, error) {
	q, err := search.Parse(query)
	if err != nil {
		return Results{}, err
	}
	began := time.Now()
	for again := false; ; again = true {
		x, _, err := f.current()
		if err != nil {
			return Results{}, err
		}
		var out Results
		err = f.nb.View(func(tx *notebook.Tx) error {
			o.Text = func(id string) (title, body, lang string, ok bool) {
				title, body, lang, err := textOf(tx, id)
				return title, body, lang, err == nil
			}
			res, err := x.Run(ctx, q, o)
			if err != nil {
				return err
			}
			out, err = describe(tx, res)
			return err
		})
		switch {
		case errors.Is(err, search.ErrClosed) && !again:
			continue // it was built anew in between
		case errors.Is(err, search.ErrStale):
			f.mu.Lock()
			f.stale = f.stale || f.index == x
			f.mu.Unlock()
		}
		out.Took = time.Since(began)
		return out, err
	}
}

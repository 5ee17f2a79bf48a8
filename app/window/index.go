package window

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"sourcebook/app/finder"
	"sourcebook/app/search"
	"sourcebook/notebook"
	index_ "sourcebook/notebook/search"
)

// index is the search index of the open notebook. It is opened and brought up
// to date in the background, and once more after every change.
type index struct {
	b      *book
	nb     *notebook.Notebook
	mu     sync.Mutex
	finder *finder.Finder
	err    error
	ready  chan struct{}
	wake   chan struct{}
	ctx    context.Context
	stop   context.CancelFunc
	done   chan struct{}

	building atomic.Bool
}

func newIndex(b *book) *index {
	x := &index{b: b, nb: b.nb, ready: make(chan struct{}), wake: make(chan struct{}, 1), done: make(chan struct{})}
	x.ctx, x.stop = context.WithCancel(b.p.ctx)
	go x.follow()
	return x
}

// follow opens the index and keeps it in step until close.
func (x *index) follow() {
	defer close(x.done)
	f, err := finder.Open(x.nb, finder.Dir(finder.CacheDir(), x.nb.Identity()))
	x.mu.Lock()
	x.finder, x.err = f, err
	x.mu.Unlock()
	close(x.ready)
	if err != nil {
		x.b.each(func(w *Window) { w.Fail("open the search index", err) })
		return
	}
	defer f.Close()
	progress := func(done, total int) {
		x.building.Store(done < total)
		x.b.each(func(w *Window) { w.status.indexing(done, total) })
	}
	for checked := false; ; checked = true {
		err := f.Update(x.ctx, progress)
		if err == nil && !checked { // once, since all of it is read
			err = f.Check(x.ctx, progress)
		}
		x.building.Store(false)
		if x.ctx.Err() != nil {
			return
		}
		x.b.each(func(w *Window) {
			w.status.indexing(0, 0)
			if err != nil {
				w.Fail("bring the search index up to date", err)
				return
			}
			w.indexed()
		})
		select {
		case <-x.wake:
		case <-x.ctx.Done():
			return
		}
	}
}

// changed has the index brought up to date.
func (x *index) changed() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

func (x *index) close() {
	x.stop()
	<-x.done
}

// Find is part of search.Finder.
func (x *index) Find(ctx context.Context, q search.Query) (search.Results, error) {
	select {
	case <-x.ready:
	case <-ctx.Done():
		return search.Results{}, ctx.Err()
	}
	x.mu.Lock()
	f, err := x.finder, x.err
	x.mu.Unlock()
	if err != nil {
		return search.Results{}, err
	}
	res, err := find(ctx, f, q)
	if errors.Is(err, index_.ErrStale) {
		x.changed() // it is built anew
	}
	res.Building = x.building.Load()
	return res, err
}

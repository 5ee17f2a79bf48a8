package search

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"

	"sourcebook/notebook/search/segment"
)

// Segments of like size are merged, so that there are never many: those with 8
// to 63 entries are of one size, those with 64 to 511 of the next.
const (
	sizeStep  = 8
	mergeFrom = 8  // segments of one size
	mostParts = 80 // Update waits for merging where there are more
)

// sizeOf is the step of size of a segment with n entries.
func sizeOf(n int) int {
	s := 0
	for ; n >= sizeStep; n /= sizeStep {
		s++
	}
	return s
}

// toMerge picks the parts of a snapshot that should become one, by their places;
// nil where none should.
func toMerge(s *snapshot) []int {
	bySize := map[int][]int{}
	smallest := -1
	for i, n := range s.live {
		docs := s.parts[i].segment.Docs()
		if docs >= sizeStep*sizeStep && n < docs/2 { // more than half of it is deleted
			return []int{i}
		}
		size := sizeOf(n)
		bySize[size] = append(bySize[size], i)
		if len(bySize[size]) >= mergeFrom && (smallest < 0 || size < smallest) {
			smallest = size
		}
	}
	if smallest < 0 {
		return nil
	}
	return bySize[smallest]
}

// kick has the merger look whether there is something to do.
func (x *Index) kick() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// merger merges in the background until the index is closed.
func (x *Index) merger() {
	defer close(x.merged)
	debug.SetPanicOnFault(true)
	for {
		select {
		case <-x.wake:
		case <-x.ctx.Done():
			return
		}
		for x.ctx.Err() == nil {
			did, err := x.mergeOnce()
			x.stuck.Store(err != nil)
			if err != nil || !did {
				break // what could not be merged is found all the same, and tried again with the next change
			}
		}
	}
}

// mergeOnce merges some parts; false where none should be.
func (x *Index) mergeOnce() (did bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("merge the search index: %w: %v", ErrStale, r)
		}
	}()
	s := x.acquire()
	if s == nil {
		return false, nil
	}
	defer s.release()
	chosen := toMerge(s)
	if chosen == nil {
		return false, nil
	}
	parts := make([]segment.Part, len(chosen))
	for i, c := range chosen {
		parts[i] = segment.Part{Segment: s.parts[c].segment, Deleted: s.deleted[c]}
	}
	number := x.number()
	var numbers [][]uint32
	fresh, err := x.writePart(number, func(w io.Writer) (err error) {
		numbers, err = segment.Merge(x.ctx, w, parts)
		return err
	})
	if err != nil {
		return false, err
	}

	x.write.Lock()
	defer x.write.Unlock()
	now := x.acquire()
	if now == nil {
		fresh.drop()
		return false, nil
	}
	defer now.release()
	// What was deleted meanwhile is deleted in the new segment too.
	var deleted segment.Set
	list, sets := []*part{}, []segment.Set{}
	at := 0
	for i, p := range now.parts {
		k := slices.IndexFunc(chosen, func(c int) bool { return s.parts[c] == p })
		if k < 0 {
			list, sets = append(list, p), append(sets, now.deleted[i])
			continue
		}
		at = len(list)
		for doc := range now.deleted[i].All {
			if to := numbers[k][doc]; to != segment.Gone {
				if deleted == nil {
					deleted = segment.NewSet(fresh.segment.Docs())
				}
				deleted.Add(to)
			}
		}
	}
	if fresh.segment.Docs() > 0 {
		list, sets = slices.Insert(list, at, fresh), slices.Insert(sets, at, deleted)
	}
	next := newSnapshot(list, sets)
	if err := x.commit(next, nil); err != nil {
		fresh.obsolete.Store(true)
		next.release()
		return false, err
	}
	for _, c := range chosen {
		s.parts[c].obsolete.Store(true)
	}
	if fresh.segment.Docs() == 0 {
		fresh.drop()
	}
	x.swap(next)
	return true, nil
}

// writePart writes a segment's file, on the disk when it returns, and opens it.
func (x *Index) writePart(number uint64, write func(io.Writer) error) (*part, error) {
	path := partPath(x.path, number)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	var p *part
	if err == nil {
		p, err = openPart(x.path, number)
	}
	if err != nil {
		_ = os.Remove(path)
		return nil, err
	}
	return p, nil
}

// drop closes and deletes a part that nobody refers to.
func (p *part) drop() {
	p.obsolete.Store(true)
	p.refs.Store(1)
	p.release()
}

// settled waits until there are few enough segments, or ctx ends. Where merging
// does not work, on a full disk, it does not wait.
func (x *Index) settled(ctx context.Context) error {
	for {
		x.mu.RLock()
		n, changed := 0, x.changed
		if x.snap != nil {
			n = len(x.snap.parts)
		}
		x.mu.RUnlock()
		if n < mostParts || x.stuck.Load() {
			return nil
		}
		x.kick()
		select {
		case <-changed:
		case <-x.ctx.Done():
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

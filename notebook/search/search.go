// Package search is the full-text index beside a notebook.
//
// The index is derived: it holds nothing that the notebook does not, and can be
// deleted and built again at any time. It knows no store; whoever owns both
// hands it entries and remembers, by the watermark, how far it has come. A
// folder holds one index, together with the identity of the notebook that it
// belongs to, the version of its schema, and the watermark; Open tells with
// ErrStale when they do not fit, and Create begins anew.
//
// Texts are indexed in one exact field (words by UAX 29, folded; pairs of
// ideographs) and one field of stems. They are not kept in the index: snippets
// and hits are found again, in Go, in the text that Options.Text returns.
//
// The index is made of segments, files that never change once they are written
// (package segment has their format) and are mapped into memory. A small bbolt
// file, the root, names those that count and what is deleted in each; a change
// writes a new segment and then moves the root on, so that it is found, and on
// the disk, when Update returns. Segments of like size are merged in the
// background. A search goes through a snapshot, which later changes do not touch.
package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"sourcebook/notebook/search/segment"
)

// schema is the version of what is indexed and how. It goes up with every
// change to analysis or fields, which makes older indexes stale.
const schema = "4"

// Errors that callers branch on.
var (
	// ErrLocked says that another program has the index open.
	ErrLocked = errors.New("the search index is in use by another program")
	// ErrStale says that the index belongs to another notebook, was made by
	// another version, or is damaged: it must be built again with Create.
	ErrStale = errors.New("the search index must be built again")
	// ErrClosed says that the index has been closed.
	ErrClosed = errors.New("the search index is closed")
)

// lockTimeout is how long Open waits for another program to let go.
const lockTimeout = time.Second

// Index is an open index. It may be used from several goroutines at once.
type Index struct {
	path string
	root *bbolt.DB

	mu        sync.RWMutex // guards what follows
	snap      *snapshot    // nil when closed
	watermark string
	changed   chan struct{} // closed when snap is another one

	write sync.Mutex // one writer at a time, so that watermarks do not cross
	last  atomic.Uint64

	ctx    context.Context // ends when the index is closed
	cancel context.CancelFunc
	wake   chan struct{}
	merged chan struct{} // closed when the merger has ended
	stuck  atomic.Bool   // the last merge did not work
}

func newIndex(path string, root *bbolt.DB, s *snapshot, watermark string) *Index {
	x := &Index{path: path, root: root, snap: s, watermark: watermark, changed: make(chan struct{}), wake: make(chan struct{}, 1), merged: make(chan struct{})}
	x.ctx, x.cancel = context.WithCancel(context.Background())
	for _, p := range s.parts {
		x.last.Store(max(x.last.Load(), p.number))
	}
	go x.merger()
	x.kick()
	return x
}

// number is that of the next segment.
func (x *Index) number() uint64 { return x.last.Add(1) }

// Open opens the index in the folder path for the notebook of the given
// identity, and creates an empty one where there is no such folder. The error
// wraps ErrLocked or ErrStale where the caller can do something about it.
func Open(path, identity string) (*Index, error) {
	if entries, err := os.ReadDir(path); errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return Create(path, identity)
	} else if err != nil {
		return nil, fmt.Errorf("open the search index %s: %w", path, err)
	}
	stale := func(why error) error {
		return fmt.Errorf("open the search index %s: %w: %w", path, ErrStale, why)
	}
	root, err := openRoot(path)
	switch {
	case isLocked(err):
		return nil, fmt.Errorf("open the search index %s: %w", path, ErrLocked)
	case errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("open the search index %s: %w", path, err)
	case err != nil:
		return nil, stale(err)
	}
	s, err := readState(root)
	switch {
	case err != nil:
	case s.schema != schema:
		err = errors.New("it was made by another version of the program")
	case s.identity != identity:
		err = errors.New("it belongs to another notebook")
	}
	if err != nil {
		root.Close()
		return nil, stale(err)
	}
	var parts []*part
	for i, n := range s.numbers {
		p, err := openPart(path, n)
		if err == nil && s.deleted[i] != nil && len(s.deleted[i]) != len(segment.NewSet(p.segment.Docs())) {
			err = fmt.Errorf("%s: %w: it is not the segment that the root knows", p.path, segment.ErrDamaged)
			_ = p.file.Unmap()
		}
		if err != nil {
			for _, p := range parts {
				_ = p.file.Unmap()
			}
			root.Close()
			return nil, stale(err)
		}
		parts = append(parts, p)
	}
	sweep(path, s.numbers)
	return newIndex(path, root, newSnapshot(parts, s.deleted), s.watermark), nil
}

// acquire gives the present snapshot, which must be released; nil where the
// index is closed.
func (x *Index) acquire() *snapshot {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.snap != nil {
		x.snap.refs.Add(1)
	}
	return x.snap
}

// swap makes a snapshot the present one. The caller holds write.
func (x *Index) swap(s *snapshot) {
	x.mu.Lock()
	old := x.snap
	x.snap = s
	close(x.changed)
	x.changed = make(chan struct{})
	x.mu.Unlock()
	if old != nil {
		old.release()
	}
}

// Watermark returns what the last Update or Delete was given: how far the index
// has followed the notebook. It is empty for a new index.
func (x *Index) Watermark() (string, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.snap == nil {
		return "", ErrClosed
	}
	return x.watermark, nil
}

// Len returns how many entries the index holds.
func (x *Index) Len() (int, error) {
	s := x.acquire()
	if s == nil {
		return 0, ErrClosed
	}
	defer s.release()
	return s.entries(), nil
}

// Check reads all of the index and tells with ErrStale where a byte of it has
// changed. Open sees only what is cut off, missing or foreign.
func (x *Index) Check(ctx context.Context) (err error) {
	s := x.acquire()
	if s == nil {
		return ErrClosed
	}
	defer s.release()
	defer guard("check the search index", &err)()
	for _, p := range s.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.segment.Check(); err != nil {
			return fmt.Errorf("check the search index: %w: %s: %w", ErrStale, p.path, err)
		}
	}
	return nil
}

// guard turns the panic that a damaged segment causes into an error, a fault of
// reading a file that was cut off meanwhile too. Its result is to be deferred.
func guard(doing string, err *error) func() {
	old := debug.SetPanicOnFault(true)
	return func() {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			*err = fmt.Errorf("%s: %w: %v", doing, ErrStale, r)
		}
	}
}

// batchSize is how many entries become one segment, and batchBytes how long
// their texts are together: more take more memory.
const (
	batchSize  = 1000
	batchBytes = 16 << 20
)

// Update puts entries into the index, replacing those with the same ID, and
// sets the watermark together with the last of them. They can be found, and are
// on the disk, when Update returns. Where ctx ends early, what was put in stays,
// and the watermark does not move.
func (x *Index) Update(ctx context.Context, entries []Entry, watermark string) error {
	for i, e := range entries {
		if e.ID == "" || strings.ContainsRune(e.ID, 0) || len(e.ID) > longestValue {
			return fmt.Errorf("update the search index: entry %d (%s %q) has no usable ID", i, e.Kind, e.Title)
		}
	}
	for {
		n, bytes := 0, 0
		for n < len(entries) && n < batchSize && bytes < batchBytes {
			bytes += len(entries[n].Body)
			n++
		}
		mark := &watermark
		if n < len(entries) {
			mark = nil
		}
		if err := x.apply(ctx, entries[:n], nil, mark); err != nil {
			return fmt.Errorf("update the search index: %w", err)
		}
		if entries = entries[n:]; len(entries) == 0 {
			return nil
		}
	}
}

// Delete removes entries, by their IDs, and sets the watermark.
func (x *Index) Delete(ctx context.Context, ids []string, watermark string) error {
	if err := x.apply(ctx, nil, ids, &watermark); err != nil {
		return fmt.Errorf("update the search index: %w", err)
	}
	return nil
}

// apply makes one change to the index.
func (x *Index) apply(ctx context.Context, entries []Entry, gone []string, watermark *string) (err error) {
	if err := x.settled(ctx); err != nil {
		return err
	}
	x.write.Lock()
	defer x.write.Unlock()
	s := x.acquire()
	if s == nil {
		return ErrClosed
	}
	defer s.release()
	defer guard("change it", &err)()
	if err := ctx.Err(); err != nil {
		return err
	}
	entries = lastOfEach(entries)
	for _, e := range entries {
		gone = append(gone, e.ID)
	}
	fresh, err := x.index(ctx, entries)
	if err != nil {
		return err
	}
	var parts []*part
	var deleted []segment.Set
	for i, p := range s.parts {
		set, own := s.deleted[i], false
		for _, id := range gone {
			found, ok := p.segment.Find(fieldID, id)
			if !ok {
				continue
			}
			for r := found.Reader(); r.Next(); {
				if is, _, _ := readStored(p.segment.Stored(r.Doc)); is != id || set.Has(r.Doc) {
					continue
				}
				if !own {
					if own = true; set == nil {
						set = segment.NewSet(p.segment.Docs())
					} else {
						set = set.Clone()
					}
				}
				set.Add(r.Doc)
			}
		}
		if set.Len() == p.segment.Docs() {
			p.obsolete.Store(true)
			continue
		}
		parts, deleted = append(parts, p), append(deleted, set)
	}
	for _, p := range fresh {
		parts, deleted = append(parts, p), append(deleted, nil)
	}
	next := newSnapshot(parts, deleted)
	if err := x.commit(next, watermark); err != nil {
		for _, p := range s.parts {
			p.obsolete.Store(false)
		}
		for _, p := range fresh {
			p.obsolete.Store(true)
		}
		next.release()
		return err
	}
	if watermark != nil {
		x.mu.Lock()
		x.watermark = *watermark
		x.mu.Unlock()
	}
	x.swap(next)
	x.kick()
	return nil
}

// lastOfEach leaves out entries that come once more under the same ID.
func lastOfEach(entries []Entry) []Entry {
	at := make(map[string]int, len(entries))
	for i, e := range entries {
		at[e.ID] = i
	}
	if len(at) == len(entries) {
		return entries
	}
	kept := make([]Entry, 0, len(at))
	for i, e := range entries {
		if at[e.ID] == i {
			kept = append(kept, e)
		}
	}
	return kept
}

// Where there are many entries, several segments are made of them side by side.
const (
	sideBySide = 4   // at most
	worthIt    = 200 // entries for each
)

// index makes segments of entries.
func (x *Index) index(ctx context.Context, entries []Entry) ([]*part, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	n := min(max(1, len(entries)/worthIt), sideBySide, runtime.GOMAXPROCS(0))
	parts, errs := make([]*part, n), make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		share := entries[len(entries)*i/n : len(entries)*(i+1)/n]
		number := x.number()
		wg.Go(func() {
			in := segment.NewBuilder(layouts, columns)
			for _, e := range share {
				if errs[i] = ctx.Err(); errs[i] != nil {
					return
				}
				e.addTo(in)
			}
			parts[i], errs[i] = x.writePart(number, in.Write)
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		for _, p := range parts {
			if p != nil {
				p.drop()
			}
		}
		return nil, err
	}
	return parts, nil
}

// Close closes the index. Searches under way end as they would; further calls
// give ErrClosed, a second Close nothing.
func (x *Index) Close() error {
	x.cancel()
	<-x.merged
	x.write.Lock()
	defer x.write.Unlock()
	x.mu.Lock()
	s := x.snap
	x.snap = nil
	x.mu.Unlock()
	if s == nil {
		return nil
	}
	s.release()
	if err := x.root.Close(); err != nil {
		return fmt.Errorf("close the search index: %w", err)
	}
	return nil
}

// Order says how hits are sorted.
type Order string

// The orders of hits.
const (
	Best Order = "best" // by how well they fit; the zero value means this too
	// Newest is by publication, or capture where that is not stated, the latest
	// first; entries with neither come last. Oldest is the other way round.
	Newest Order = "newest"
	Oldest Order = "oldest"
)

// Options say what a search returns. The zero value gives the 50 best hits
// without snippets.
type Options struct {
	Limit  int // hits to return, 50 where 0
	Offset int // hits to skip
	Order  Order
	// Typing says that the last word may not be finished: it is taken as the
	// beginning of one.
	Typing bool
	// Kinds restricts what is searched, nothing for all.
	Kinds []Kind
	// Text returns the title and body of an entry for snippets; ok is false
	// where there is none any more. A nil Text gives hits without snippets.
	Text func(id string) (title, body, lang string, ok bool)
	// Snippets is how many are cut from each body, 2 where 0.
	Snippets int
}

// Results are the hits of one search.
type Results struct {
	Total int // all hits, also those not returned
	Hits  []Hit
	Took  time.Duration
}

// Hit is one entry that was found.
type Hit struct {
	ID       string
	Kind     Kind
	SourceID string
	Score    float64   // how well it fits, for the order Best
	Title    []Range   // what to mark in the title
	Snippets []Snippet // passages of the body, in its order
}

// Group is the hits that belong to one source, in their order.
type Group struct {
	SourceID string
	Hits     []Hit
}

// BySource puts the hits of one source together, sources in the order of their
// first hit. A hit without a source is a group of its own.
func (r Results) BySource() []Group {
	var groups []Group
	at := map[string]int{}
	for _, h := range r.Hits {
		if h.SourceID == "" {
			groups = append(groups, Group{Hits: []Hit{h}})
			continue
		}
		i, ok := at[h.SourceID]
		if !ok {
			i = len(groups)
			at[h.SourceID] = i
			groups = append(groups, Group{SourceID: h.SourceID})
		}
		groups[i].Hits = append(groups[i].Hits, h)
	}
	return groups
}

// Search runs a query. The error is a *QueryError where the query cannot be
// read, and wraps ErrStale where the index proves to be damaged.
func (x *Index) Search(ctx context.Context, query string, o Options) (res Results, err error) {
	q, err := Parse(query)
	if err != nil {
		return Results{}, err
	}
	return x.Run(ctx, q, o)
}

// Run runs a query that has been parsed. An empty one finds everything.
func (x *Index) Run(ctx context.Context, q Query, o Options) (res Results, err error) {
	began := time.Now()
	s := x.acquire()
	if s == nil {
		return Results{}, ErrClosed
	}
	defer s.release()
	defer guard("search", &err)()
	if o.Limit <= 0 {
		o.Limit = 50
	}
	if o.Snippets <= 0 {
		o.Snippets = 2
	}
	c := compiler{typing: o.Typing, last: lastWord(q.root)}
	compiled := c.query(q.root)
	if len(o.Kinds) > 0 {
		var any orPlan
		for _, k := range o.Kinds {
			any = append(any, &filterPlan{fieldKind, string(k)})
		}
		compiled = andPlan{compiled, any}
	}
	total, hits, err := evaluate(ctx, s, compiled, o.Order, max(0, o.Offset)+o.Limit)
	if err != nil {
		return Results{}, fmt.Errorf("search: %w", err)
	}
	res = Results{Total: total}
	var m *matcher
	if o.Text != nil {
		m = newMatcher(q.root, c.typing, c.last)
	}
	for _, f := range hits[min(len(hits), max(0, o.Offset)):] {
		hit := Hit{Score: float64(f.score)}
		hit.ID, hit.Kind, hit.SourceID = readStored(s.parts[f.part].segment.Stored(f.doc))
		if o.Text != nil {
			if title, body, lang, ok := o.Text(hit.ID); ok {
				hit.Title = m.marks(title, primary(lang))
				hit.Snippets = m.snippets(body, primary(lang), o.Snippets)
			}
		}
		res.Hits = append(res.Hits, hit)
	}
	res.Took = time.Since(began)
	return res, nil
}

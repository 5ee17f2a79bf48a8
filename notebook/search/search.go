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
package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveQuery "github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"
)

// schema is the version of what is indexed and how. It goes up with every
// change to analysis or fields, which makes older indexes stale.
const schema = "3"

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

// batchSize is how many entries are put into the index at once: more use more
// memory and are no faster.
const batchSize = 100

// lockTimeout is how long Open waits for another program to let go.
const lockTimeout = time.Second

var (
	keyIdentity  = []byte("sourcebook.identity")
	keySchema    = []byte("sourcebook.schema")
	keyWatermark = []byte("sourcebook.watermark")
)

// Index is an open index. It may be used from several goroutines at once.
type Index struct {
	path string

	mu     sync.RWMutex // held for reading while in use, for writing by Close
	bleve  bleve.Index
	closed bool
	write  sync.Mutex // one writer at a time, so that watermarks do not cross
	last   chan error // the end of the last batch's way to the disk; guarded by write
}

// Open opens the index in the folder path for the notebook of the given
// identity, and creates an empty one where there is no such folder. The error
// wraps ErrLocked or ErrStale where the caller can do something about it. Where
// the newest state on disk is damaged and an older one is whole, that one is
// opened: its watermark says what must be put in again.
func Open(path, identity string) (*Index, error) {
	if entries, err := os.ReadDir(path); errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return Create(path, identity)
	} else if err != nil {
		return nil, fmt.Errorf("open the search index %s: %w", path, err)
	}
	b, err := openBleve(path)
	if err != nil {
		if errors.Is(err, bolterrors.ErrTimeout) || strings.Contains(err.Error(), bolterrors.ErrTimeout.Error()) {
			return nil, fmt.Errorf("open the search index %s: %w", path, ErrLocked)
		}
		if errors.Is(err, os.ErrPermission) {
			return nil, fmt.Errorf("open the search index %s: %w", path, err)
		}
		return nil, fmt.Errorf("open the search index %s: %w: %w", path, ErrStale, err)
	}
	for _, want := range []struct {
		key         []byte
		value, what string
	}{
		{keySchema, schema, "it was made by another version of the program"},
		{keyIdentity, identity, "it belongs to another notebook"},
	} {
		got, err := b.GetInternal(want.key)
		if err != nil || string(got) != want.value {
			b.Close()
			return nil, fmt.Errorf("open the search index %s: %w: %s", path, ErrStale, want.what)
		}
	}
	return &Index{path: path, bleve: b}, nil
}

// openBleve opens what is there, turning the panics of a damaged index into
// errors.
func openBleve(path string) (b bleve.Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, fmt.Errorf("damaged: %v", r)
		}
	}()
	if err := sound(filepath.Join(path, "store", "root.bolt")); err != nil {
		return nil, err
	}
	return bleve.OpenUsing(path, settings())
}

// settings are those of the engine. With unsafe_batch a batch can be searched as
// soon as it is in memory, and segments are merged before they are written:
// what a power cut takes is put in again, since the watermark goes with it.
func settings() map[string]any {
	return map[string]any{"bolt_timeout": lockTimeout.String(), "unsafe_batch": true}
}

// Create removes what is in the folder path, if it is an index, and begins an
// empty one. It refuses a folder that holds anything else. It gives ErrLocked
// where another program uses the index.
func Create(path, identity string) (*Index, error) {
	if err := remove(path); err != nil {
		return nil, fmt.Errorf("create the search index %s: %w", path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("create the search index: %w", err)
	}
	m := bleve.NewIndexMapping()
	m.ScoringModel = index.BM25Scoring
	b, err := bleve.NewUsing(path, m, scorch.Name, scorch.Name, settings())
	if err != nil {
		return nil, fmt.Errorf("create the search index %s: %w", path, err)
	}
	batch := b.NewBatch()
	batch.SetInternal(keyIdentity, []byte(identity))
	batch.SetInternal(keySchema, []byte(schema))
	batch.SetInternal(keyWatermark, nil)
	x := &Index{path: path, bleve: b}
	if err := x.put(b, batch); err != nil {
		b.Close()
		return nil, fmt.Errorf("create the search index %s: %w", path, err)
	}
	return x, nil
}

// remove deletes an index and nothing else.
func remove(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		if name := e.Name(); name != "index_meta.json" && name != "store" {
			return fmt.Errorf("%s is no part of a search index; it is left alone", filepath.Join(path, name))
		}
	}
	if _, err := os.Stat(filepath.Join(path, "store", "root.bolt")); err == nil {
		if err := unlocked(filepath.Join(path, "store", "root.bolt")); err != nil {
			return err
		}
	}
	return os.RemoveAll(path)
}

// Watermark returns what the last Update or Delete was given: how far the index
// has followed the notebook. It is empty for a new index.
func (x *Index) Watermark() (string, error) {
	b, done, err := x.use()
	if err != nil {
		return "", err
	}
	defer done()
	w, err := b.GetInternal(keyWatermark)
	if err != nil {
		return "", fmt.Errorf("read the watermark of the search index: %w", err)
	}
	return string(w), nil
}

// Len returns how many entries the index holds.
func (x *Index) Len() (int, error) {
	b, done, err := x.use()
	if err != nil {
		return 0, err
	}
	defer done()
	n, err := b.DocCount()
	if err != nil {
		return 0, fmt.Errorf("count the entries of the search index: %w", err)
	}
	return int(n), nil
}

// use gives the index for one call, and what to call at its end.
func (x *Index) use() (bleve.Index, func(), error) {
	x.mu.RLock()
	if x.closed {
		x.mu.RUnlock()
		return nil, nil, ErrClosed
	}
	return x.bleve, x.mu.RUnlock, nil
}

// Update puts entries into the index, replacing those with the same ID, and
// sets the watermark together with the last of them. They can be found when
// Update returns; they are on the disk a moment later, at the latest when Close
// returns. Where ctx ends early, what was put in stays, and the watermark does
// not move.
func (x *Index) Update(ctx context.Context, entries []Entry, watermark string) error {
	return x.apply(ctx, len(entries), watermark, func(batch *bleve.Batch, i int) error {
		if entries[i].ID == "" {
			return fmt.Errorf("entry %d (%s %q) has no ID", i, entries[i].Kind, entries[i].Title)
		}
		return batch.IndexAdvanced(entries[i].document())
	})
}

// Delete removes entries, by their IDs, and sets the watermark.
func (x *Index) Delete(ctx context.Context, ids []string, watermark string) error {
	return x.apply(ctx, len(ids), watermark, func(batch *bleve.Batch, i int) error {
		batch.Delete(ids[i])
		return nil
	})
}

// apply writes n changes in batches; the last carries the watermark.
func (x *Index) apply(ctx context.Context, n int, watermark string, add func(*bleve.Batch, int) error) (err error) {
	b, done, err := x.use()
	if err != nil {
		return err
	}
	defer done()
	x.write.Lock()
	defer x.write.Unlock()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("update the search index: %w: %v", ErrStale, r)
		}
	}()
	batch := b.NewBatch()
	for i := range n {
		if i%(batchSize*ahead) == 0 {
			if err := x.settle(ctx); err != nil { // let the disk keep up, so that memory stays flat
				return fmt.Errorf("update the search index: %w", err)
			}
		}
		if err := add(batch, i); err != nil {
			return fmt.Errorf("update the search index: %w", err)
		}
		if batch.Size() >= batchSize && i+1 < n {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("update the search index: %w", err)
			}
			if err := x.put(b, batch); err != nil {
				return fmt.Errorf("update the search index: %w", err)
			}
			batch = b.NewBatch()
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("update the search index: %w", err)
	}
	batch.SetInternal(keyWatermark, []byte(watermark))
	if err := x.put(b, batch); err != nil {
		return fmt.Errorf("update the search index: %w", err)
	}
	return nil
}

// ahead is how many batches may be in memory before the disk has them.
const ahead = 10

// put runs a batch and remembers when it is on the disk.
func (x *Index) put(b bleve.Index, batch *bleve.Batch) error {
	written := make(chan error, 1)
	batch.SetPersistedCallback(func(err error) {
		select {
		case written <- err:
		default:
		}
	})
	if err := b.Batch(batch); err != nil {
		return err
	}
	x.last = written
	return nil
}

// settle waits until the last batch is on the disk.
func (x *Index) settle(ctx context.Context) error {
	if x.last == nil {
		return nil
	}
	select {
	case err := <-x.last:
		x.last = nil
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// closeTimeout is how long Close waits for the disk.
const closeTimeout = 10 * time.Second

// Close closes the index. It waits for searches under way; further calls give
// ErrClosed, a second Close nothing.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	x.settle(ctx) // what is lost here is put in again: the watermark is lost with it
	if err := x.bleve.Close(); err != nil {
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
	b, done, err := x.use()
	if err != nil {
		return Results{}, err
	}
	defer done()
	defer func() {
		if r := recover(); r != nil {
			res, err = Results{}, fmt.Errorf("search: %w: %v", ErrStale, r)
		}
	}()
	if o.Limit <= 0 {
		o.Limit = 50
	}
	if o.Snippets <= 0 {
		o.Snippets = 2
	}
	c := compiler{typing: o.Typing, last: lastWord(q.root)}
	compiled := c.query(q.root)
	if len(o.Kinds) > 0 {
		var any []bleveQuery.Query
		for _, k := range o.Kinds {
			any = append(any, term("kind", string(k)))
		}
		compiled = both(compiled, bleveQuery.NewDisjunctionQuery(any))
	}
	req := bleve.NewSearchRequestOptions(compiled, o.Limit, max(0, o.Offset), false)
	req.Fields = []string{"kind", "source"}
	if o.Order == Newest || o.Order == Oldest {
		req.Score = "none" // nobody looks at it, and counting it takes most of the time
	}
	switch o.Order {
	case Newest:
		req.SortBy([]string{"-order"})
	case Oldest:
		req.SortBy([]string{"order"})
	default:
		req.SortBy([]string{"-_score"}) // a second key would be read for every hit, not only for ties
	}
	found, err := b.SearchInContext(ctx, req)
	if err != nil {
		return Results{}, fmt.Errorf("search: %w", err)
	}
	res = Results{Total: int(found.Total), Took: found.Took}
	var m *matcher
	if o.Text != nil {
		m = newMatcher(q.root, c.typing, c.last)
	}
	for _, h := range found.Hits {
		hit := Hit{ID: h.ID, Score: h.Score}
		if v, ok := h.Fields["kind"].(string); ok {
			hit.Kind = Kind(v)
		}
		hit.SourceID, _ = h.Fields["source"].(string)
		if o.Text != nil {
			if title, body, lang, ok := o.Text(h.ID); ok {
				hit.Title = m.marks(title, primary(lang))
				hit.Snippets = m.snippets(body, primary(lang), o.Snippets)
			}
		}
		res.Hits = append(res.Hits, hit)
	}
	return res, nil
}

// Package notebook keeps an analyst's notebook: one bbolt file with captures,
// sources, documents, highlights, claims, source links, relations, dossier
// notes, comparisons and briefings. FORMAT.md beside this file is its format.
//
// Reading goes through View, changing through Do with a Command; both give a
// consistent state. Every Do is one transaction, is durable when it returns,
// can be undone, and is in the audit trail.
package notebook

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Errors that callers branch on.
var (
	ErrNotFound    = errors.New("not in this notebook")
	ErrLocked      = errors.New("the notebook is open in another window")
	ErrNewerFormat = errors.New("the notebook was written by a newer version of Sourcebook")
	ErrNotNotebook = errors.New("not a Sourcebook notebook")
	ErrDamaged     = errors.New("the notebook is damaged")
	ErrReadOnly    = errors.New("the notebook is open for reading only")
	ErrInvalid     = errors.New("not valid")
	ErrNothing     = errors.New("nothing to undo or redo")
	ErrClosed      = errors.New("the notebook is closed")
)

// Options says how to open a notebook. The zero value opens for writing,
// creates the file where there is none, and uses the real clock.
type Options struct {
	ReadOnly  bool
	MustExist bool
	Wait      time.Duration    // how long to wait for another program's lock; zero: not at all
	Clock     func() time.Time // nil: time.Now
	NewID     func() string    // nil: monotonic ULIDs; must give ULIDs, each a new one
	Actor     string           // who changes it, for the audit trail: "window", "cli"; empty: "unknown"
	Backups   string           // folder for the backup that is made before a migration; empty: BackupDir(path)
}

// Notebook is one open notebook file. Its methods may be called from any goroutine.
type Notebook struct {
	path       string
	o          Options
	identity   string
	format     uint64 // the file's version; an older one than this program's only where it is open for reading
	sequence   atomic.Uint64
	recent     atomic.Pointer[recent]
	snapshotOf string // the path that was asked for, where a temporary copy is open
	catalogued catalogued
	preparing  atomic.Bool // the catalogue, in the background
	release    func()      // lets go of what stands beside the file: the lock's note, a temporary copy

	writing     sync.Mutex   // held by the one that writes, or keeps others from it; taken before mu
	mu          sync.RWMutex // held for writing only while the file is swapped or closed
	db          *bolt.DB
	closed      bool
	subscribers subscribers
}

// Path is the file that is open.
func (n *Notebook) Path() string { return first(n.snapshotOf, n.path) }

// Identity is a ULID made when the file was created; derived data carries it.
func (n *Notebook) Identity() string { return n.identity }

// Sequence is the number of the last change; derived data carries it as watermark.
func (n *Notebook) Sequence() uint64 { return n.sequence.Load() }

// ReadOnly says whether it was opened for reading only.
func (n *Notebook) ReadOnly() bool { return n.o.ReadOnly }

// Close lets the file go. It waits for readers, and is safe to call twice.
func (n *Notebook) Close() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return nil
	}
	n.closed = true
	err := n.db.Close()
	if n.release != nil {
		n.release()
	}
	if err != nil {
		return &FileError{Op: "close notebook", Path: n.path, Err: err, Next: "check the disk, then run verify"}
	}
	return nil
}

// View calls fn with a consistent state for reading. Nothing of tx may be kept
// after. Neither View nor Do nor Close may be called within fn: a writer that
// waits for the readers would wait for ever.
func (n *Notebook) View(fn func(tx *Tx) error) (err error) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if n.closed {
		return fmt.Errorf("read notebook %s: %w", n.path, ErrClosed)
	}
	defer guardDamage(n.path, &err)()
	return n.db.View(func(b *bolt.Tx) error {
		return fn(&Tx{b: b, n: n})
	})
}

// Subscribe calls fn after every change, on the goroutine that made it, until cancel.
func (n *Notebook) Subscribe(fn func(Change)) (cancel func()) { return n.subscribers.add(fn) }

// subscribers is who wants to hear of changes.
type subscribers struct {
	mu   sync.Mutex
	last int
	fns  map[int]func(Change)
}

func (s *subscribers) add(fn func(Change)) (cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fns == nil {
		s.fns = map[int]func(Change){}
	}
	s.last++
	id := s.last
	s.fns[id] = fn
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.fns, id)
	}
}

// tell calls them without the lock, so that one of them may change the
// notebook, subscribe or cancel.
func (s *subscribers) tell(c Change) {
	s.mu.Lock()
	fns := make([]func(Change), 0, len(s.fns))
	for id := 1; id <= s.last; id++ {
		if fn := s.fns[id]; fn != nil {
			fns = append(fns, fn)
		}
	}
	s.mu.Unlock()
	for _, fn := range fns {
		fn(c)
	}
}

// Closed says whether Close was called.
func (n *Notebook) Closed() bool {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.closed
}

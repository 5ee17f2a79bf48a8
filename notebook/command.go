package notebook

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"
)

// Command is one change: a value that says what to do. Those of this package
// are pointers, and get what they made (IDs, outcomes) set in them by Do.
type Command interface {
	Name() string          // for people: "add highlight"
	Validate(tx *Tx) error // ErrInvalid or ErrNotFound, wrapped, with what and why
	Apply(tx *WriteTx) error
}

// preparer is a Command with work that needs no transaction, such as
// compressing: Do has it done before it takes the one place for writing.
type preparer interface{ prepare() error }

// passing is a Command that is not an undo step.
type passing interface{ passing() }

// final is a Command that cannot be undone, nor what came before it.
type final interface{ final() }

// Do validates and applies cmds as one change, in one durable transaction, each
// seeing what those before it did. The change's name is that of the first. If
// one of them is refused, nothing is changed. If nothing had to be changed, the
// Change has no Keys and no new Seq.
//
// Some hundred commands in one Do are written as fast as the file takes them;
// one by one each waits for the disk.
func (n *Notebook) Do(cmds ...Command) (Change, error) {
	if len(cmds) == 0 {
		return Change{}, fmt.Errorf("do nothing: %w", ErrInvalid)
	}
	if n.o.ReadOnly {
		return Change{}, fmt.Errorf("%s in %s: %w", cmds[0].Name(), n.path, ErrReadOnly)
	}
	undoSets := keepValues(cmds)
	if err := prepareAll(cmds); err != nil {
		undoSets()
		return Change{}, err
	}
	change := Change{Name: cmds[0].Name()}
	err := n.update(&change, func(w *WriteTx) error {
		w.step = newStep()
		for _, c := range cmds {
			if _, skip := c.(passing); !skip {
				w.step.record = true
			}
			if _, last := c.(final); last {
				w.step.final = true
			}
		}
		for _, c := range cmds {
			if err := c.Validate(&w.Tx); err != nil {
				return fmt.Errorf("%s: %w", c.Name(), err)
			}
			if err := c.Apply(w); err != nil {
				return fmt.Errorf("%s: %w", c.Name(), err)
			}
		}
		return nil
	})
	if err != nil {
		undoSets()
		return Change{}, err
	}
	return change, nil
}

// Prepare does the work of commands that needs no transaction, such as
// compressing, ahead of their Do: that of the next batch while this one is
// written. A caller that adds thousands of captures gains about half the time.
func (n *Notebook) Prepare(cmds ...Command) error { return prepareAll(cmds) }

// prepareAll prepares commands, on all processors where they are many. Of
// several errors it gives that of the first command.
func prepareAll(cmds []Command) error {
	errs := make([]error, len(cmds))
	var next atomic.Int64
	work := func() {
		for {
			i := int(next.Add(1)) - 1
			if i >= len(cmds) {
				return
			}
			if p, ok := cmds[i].(preparer); ok {
				if err := p.prepare(); err != nil {
					errs[i] = fmt.Errorf("%s: %w", cmds[i].Name(), err)
				}
			}
		}
	}
	var wg sync.WaitGroup
	for range min(len(cmds), runtime.GOMAXPROCS(0)) - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// keepValues remembers the commands as they came in, for a Do that is refused:
// IDs that were set in them would name what does not exist.
func keepValues(cmds []Command) (restore func()) {
	saved := make([]reflect.Value, len(cmds))
	for i, c := range cmds {
		if v := reflect.ValueOf(c); v.Kind() == reflect.Pointer && !v.IsNil() {
			saved[i] = reflect.New(v.Elem().Type()).Elem()
			saved[i].Set(v.Elem())
		}
	}
	return func() {
		for i, c := range cmds {
			if saved[i].IsValid() {
				reflect.ValueOf(c).Elem().Set(saved[i])
			}
		}
	}
}

// errUnchanged rolls a transaction back that turned out to change nothing.
var errUnchanged = errors.New("nothing changed")

// update runs fn in a durable transaction, then keeps its step and its line in
// the audit trail, and tells the subscribers.
func (n *Notebook) update(change *Change, fn func(*WriteTx) error) (err error) {
	if n.o.ReadOnly {
		return fmt.Errorf("%s in %s: %w", change.Name, n.path, ErrReadOnly)
	}
	if err := n.commit(change, fn); err != nil {
		if errors.Is(err, errUnchanged) {
			*change = Change{Seq: n.Sequence(), Name: change.Name, Actor: n.actor()}
			return nil
		}
		return err
	}
	n.subscribers.tell(*change)
	return nil
}

func (n *Notebook) commit(change *Change, fn func(*WriteTx) error) (err error) {
	n.writing.Lock()
	defer n.writing.Unlock()
	n.mu.RLock()
	defer n.mu.RUnlock()
	if n.closed {
		return fmt.Errorf("%s in %s: %w", change.Name, n.path, ErrClosed)
	}
	defer guardDamage(n.path, &err)()
	refused := false
	err = n.db.Update(func(b *bolt.Tx) error {
		w := &WriteTx{Tx: Tx{b: b, n: n, writing: true}, now: n.now()}
		if err := fn(w); err != nil {
			refused = true
			return err
		}
		if len(w.step.touched) == 0 {
			return errUnchanged
		}
		change.Actor, change.At, change.Keys = n.actor(), w.now, entities(w.step.touched)
		seq, err := w.number(metaSequence)
		if err != nil {
			return err
		}
		change.Seq = seq + 1
		if err := w.step.save(w, *change); err != nil {
			return err
		}
		if err := w.setNumber(metaSequence, change.Seq); err != nil {
			return err
		}
		if err := w.keepRecent(change.Seq); err != nil {
			return err
		}
		b.OnCommit(func() {
			n.sequence.Store(change.Seq)
			if w.over != nil {
				n.recent.Store(&recent{change.Seq, w.over})
			}
		})
		return nil
	})
	if err != nil && !refused && !errors.Is(err, errUnchanged) {
		return fileError("save to notebook", n.path, err)
	}
	return err
}

func (n *Notebook) actor() string {
	if n.o.Actor == "" {
		return "unknown"
	}
	return n.o.Actor
}

// invalid is ErrInvalid with what is wrong.
func invalid(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, ErrInvalid)...)
}

package notebook

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// changesKept is how far back, in changes of any sort, Undo can go: at least
// that many less those that are no steps. Older ones are only in the audit trail.
const changesKept = 5000

// What the meta bucket holds of undo.
const (
	metaDone   = "done"   // the last step that is done, counter
	metaUndone = "undone" // those that can be redone, eight bytes each, the next one last
)

// step gathers what a change touches and, for Undo, what the keys held before:
// their images. Undo and Redo are the same swap of keys and images, so that
// they give back every byte. A key that was not there has no image.
type step struct {
	record  bool // false: a change that is no undo step
	final   bool // after it nothing can be undone
	of      uint64
	touched []touched
	images  map[int][]byte
	seen    map[string]bool
}

func newStep() *step {
	return &step{images: map[int][]byte{}, seen: map[string]bool{}}
}

// keep remembers what a key held before the change, the first time it is touched.
func (s *step) keep(bucket, key string, old []byte) {
	id := bucket + "\x00" + key
	if s.seen[id] {
		return
	}
	s.seen[id] = true
	if old != nil && s.record && !s.final {
		s.images[len(s.touched)] = clone(old)
	}
	s.touched = append(s.touched, touch(bucket, key))
}

// save writes the change's line and images, drops what was undone before it,
// and lets go of images that are too old.
func (s *step) save(w *WriteTx, c Change) error {
	l := logged{Seq: c.Seq, Name: c.Name, Actor: c.Actor, At: c.At, Of: s.of}
	if s.of == 0 {
		l.Touched = s.touched
	}
	images, err := w.bucket(bucketImage)
	if err != nil {
		return err
	}
	switch {
	case s.final:
		if err := w.dropImages(0, ^uint64(0)); err != nil {
			return err
		}
		if err := w.setUndo(0, nil); err != nil {
			return err
		}
	case s.record && s.of == 0:
		done, undone, err := w.undoState()
		if err != nil {
			return err
		}
		for _, seq := range undone {
			if err := w.dropImages(seq, seq); err != nil {
				return err
			}
		}
		l.Step, l.Before = true, done
		if err := w.setUndo(c.Seq, nil); err != nil {
			return err
		}
		for i, image := range s.images {
			if err := images.Put(number8and4(c.Seq, uint32(i)), image); err != nil {
				return err
			}
		}
	}
	if c.Seq > changesKept {
		if err := w.dropImages(0, c.Seq-changesKept); err != nil {
			return err
		}
	}
	return w.log(l)
}

// undoState gives the last step that is done, zero where none, and those that
// can be redone, the next one last.
func (t *Tx) undoState() (done uint64, undone []uint64, err error) {
	if done, err = t.number(metaDone); err != nil {
		return 0, nil, err
	}
	raw, err := t.get(bucketMeta, metaUndone)
	if err != nil {
		return 0, nil, err
	}
	if len(raw)%8 != 0 {
		return 0, nil, fmt.Errorf("meta %q has %d bytes: %w", metaUndone, len(raw), ErrDamaged)
	}
	for ; len(raw) > 0; raw = raw[8:] {
		undone = append(undone, binary.BigEndian.Uint64(raw))
	}
	return done, undone, nil
}

func (w *WriteTx) setUndo(done uint64, undone []uint64) error {
	if err := w.setNumber(metaDone, done); err != nil {
		return err
	}
	meta, err := w.bucket(bucketMeta)
	if err != nil {
		return err
	}
	if len(undone) == 0 {
		return meta.Delete([]byte(metaUndone))
	}
	var raw []byte
	for _, seq := range undone {
		raw = binary.BigEndian.AppendUint64(raw, seq)
	}
	return meta.Put([]byte(metaUndone), raw)
}

// dropImages deletes the images of the changes from first to last, inclusive.
func (w *WriteTx) dropImages(first, last uint64) error {
	b, err := w.bucket(bucketImage)
	if err != nil {
		return err
	}
	var gone [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(number8(first)); len(k) >= 8 && binary.BigEndian.Uint64(k) <= last; k, _ = c.Next() {
		gone = append(gone, clone(k))
	}
	for _, k := range gone {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	return nil
}

// Undo takes the last change back. ErrNothing where there is none.
func (n *Notebook) Undo() (Change, error) { return n.swap(undo) }

// Redo does the change again that was undone last. ErrNothing where there is none.
func (n *Notebook) Redo() (Change, error) { return n.swap(redo) }

// UndoName names what Undo would take back, empty where nothing.
func (n *Notebook) UndoName() string { return n.nextName(undo) }

// RedoName names what Redo would do again, empty where nothing.
func (n *Notebook) RedoName() string { return n.nextName(redo) }

// direction is undo or redo.
type direction string

const (
	undo direction = "undo"
	redo direction = "redo"
)

// next gives the step that is to be swapped, ErrNothing where there is none.
func (t *Tx) next(d direction) (logged, error) {
	done, undone, err := t.undoState()
	if err != nil {
		return logged{}, err
	}
	seq := done
	if d == redo {
		seq = 0
		if len(undone) > 0 {
			seq = undone[len(undone)-1]
		}
	}
	last, err := t.number(metaSequence)
	if err != nil {
		return logged{}, err
	}
	// The swap is itself a change, and lets the oldest image go.
	if seq == 0 || seq+changesKept <= last+1 {
		return logged{}, ErrNothing
	}
	return t.logged(seq)
}

func (n *Notebook) nextName(d direction) string {
	name := ""
	err := n.View(func(t *Tx) error {
		l, err := t.next(d)
		name = l.Name
		return err
	})
	if err != nil {
		return "" // what cannot be read cannot be undone; Undo says why
	}
	return name
}

// swap undoes the last step or redoes the next.
func (n *Notebook) swap(d direction) (Change, error) {
	change := Change{Name: string(d)}
	err := n.update(&change, func(w *WriteTx) error {
		l, err := w.next(d)
		if err != nil {
			return err
		}
		change.Name = string(d) + " " + l.Name
		w.step = &step{of: l.Seq, touched: l.Touched}
		images, err := w.bucket(bucketImage)
		if err != nil {
			return err
		}
		for i, t := range l.Touched {
			key, err := t.key()
			if err != nil {
				return err
			}
			now, err := w.get(t.Bucket, key)
			if err != nil {
				return err
			}
			now = clone(now)
			at := number8and4(l.Seq, uint32(i))
			if err := w.write(t.Bucket, key, now, clone(images.Get(at))); err != nil {
				return err
			}
			if now == nil {
				err = images.Delete(at)
			} else {
				err = images.Put(at, now)
			}
			if err != nil {
				return err
			}
		}
		_, undone, err := w.undoState()
		if err != nil {
			return err
		}
		if d == undo {
			return w.setUndo(l.Before, append(undone, l.Seq))
		}
		return w.setUndo(l.Seq, undone[:len(undone)-1])
	})
	if errors.Is(err, ErrNothing) {
		return Change{}, ErrNothing
	}
	return change, err
}

// clone copies b and keeps nil nil.
func clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

package notebook

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// stepsKept is how many changes can be undone; older ones are only in the
// audit trail.
const stepsKept = 500

// metaDone is the number of the last step that is done; those after it are undone.
const metaDone = "done"

// step is one undo step: the keys that a change touched and, in the image
// bucket, what they held on the other side. Undo and Redo are the same swap of
// keys and images, so that they give back every byte.
type step struct {
	record  bool // false: a change that is no undo step
	final   bool // after it nothing can be undone
	touched []touched
	images  map[int][]byte
	seen    map[string]bool
	saved   bool // it stands in the file and must not be saved anew
}

// touched is one key of a step.
type touched struct {
	Bucket string `json:"b"`
	Key    string `json:"k,omitempty"`
	Hex    string `json:"x,omitempty"` // the key in hex, where it is not text
	Absent bool   `json:"a,omitempty"` // on the other side the key is not there, and has no image
}

func (t touched) key() (string, error) {
	if t.Hex == "" {
		return t.Key, nil
	}
	var raw []byte
	if _, err := fmt.Sscanf(t.Hex, "%x", &raw); err != nil {
		return "", fmt.Errorf("key %q of a step: %w", t.Hex, ErrDamaged)
	}
	return string(raw), nil
}

// savedStep is a step as stored.
type savedStep struct {
	Change  Change    `json:"change"`
	Touched []touched `json:"touched"`
}

func newStep() *step {
	return &step{images: map[int][]byte{}, seen: map[string]bool{}}
}

// keep remembers what a key held before the change, the first time it is touched.
func (s *step) keep(w *WriteTx, bucket, key string, old []byte) error {
	id := bucket + "\x00" + key
	if s.seen[id] {
		return nil
	}
	s.seen[id] = true
	t := touched{Bucket: bucket, Key: key, Absent: old == nil}
	if !utf8.ValidString(key) {
		t.Key, t.Hex = "", fmt.Sprintf("%x", key)
	}
	if old != nil && s.record && !s.final {
		s.images[len(s.touched)] = append([]byte(nil), old...)
	}
	s.touched = append(s.touched, t)
	return nil
}

// entities are the entities that the step touched.
func (s *step) entities() []Key {
	var keys []Key
	seen := map[Key]bool{}
	for _, t := range s.touched {
		k := Key{Kind: t.Bucket, ID: t.Key}
		if t.Bucket == bucketRead {
			k.Kind = sources.word
		} else if tables[t.Bucket] == nil {
			continue
		}
		if !seen[k] {
			seen[k] = true
			keys = append(keys, k)
		}
	}
	return keys
}

// save puts the step on top of those that are done, drops what was undone, and
// lets go of steps that are too old.
func (s *step) save(w *WriteTx, c Change) error {
	if s.saved {
		return nil
	}
	done, err := w.number(metaDone)
	if err != nil {
		return err
	}
	if s.final {
		if err := w.dropSteps(0, ^uint64(0)); err != nil {
			return err
		}
		return w.setNumber(metaDone, 0)
	}
	if !s.record {
		return nil
	}
	if err := w.dropSteps(done+1, ^uint64(0)); err != nil {
		return err
	}
	done++
	steps, err := w.bucket(bucketStep)
	if err != nil {
		return err
	}
	images, err := w.bucket(bucketImage)
	if err != nil {
		return err
	}
	c.Keys = nil // they follow from what was touched
	raw, err := encode(savedStep{Change: c, Touched: s.touched})
	if err != nil {
		return fmt.Errorf("encode step %d: %w", done, err)
	}
	if err := steps.Put(number8(done), raw); err != nil {
		return err
	}
	for i, image := range s.images {
		if err := images.Put(number8and4(done, uint32(i)), image); err != nil {
			return err
		}
	}
	if done > stepsKept {
		if err := w.dropSteps(0, done-stepsKept); err != nil {
			return err
		}
	}
	return w.setNumber(metaDone, done)
}

// dropSteps deletes the steps from first to last, inclusive, and their images.
func (w *WriteTx) dropSteps(first, last uint64) error {
	for _, name := range []string{bucketStep, bucketImage} {
		b, err := w.bucket(name)
		if err != nil {
			return err
		}
		var gone [][]byte
		c := b.Cursor()
		for k, _ := c.Seek(number8(first)); k != nil && len(k) >= 8 && binary.BigEndian.Uint64(k) <= last; k, _ = c.Next() {
			gone = append(gone, append([]byte(nil), k...))
		}
		for _, k := range gone {
			if err := b.Delete(k); err != nil {
				return err
			}
		}
	}
	return nil
}

// Undo takes the last change back. ErrNothing where there is none.
func (n *Notebook) Undo() (Change, error) { return n.swap("undo", 0) }

// Redo does the change again that was undone last. ErrNothing where there is none.
func (n *Notebook) Redo() (Change, error) { return n.swap("redo", 1) }

// UndoName names what Undo would take back, empty where nothing.
func (n *Notebook) UndoName() string { return n.stepName(0) }

// RedoName names what Redo would do again, empty where nothing.
func (n *Notebook) RedoName() string { return n.stepName(1) }

// stepAt gives the step that is by positions after the last one done.
func (t *Tx) stepAt(by uint64) (number uint64, s savedStep, err error) {
	done, err := t.number(metaDone)
	if err != nil {
		return 0, s, err
	}
	b, err := t.bucket(bucketStep)
	if err != nil {
		return 0, s, err
	}
	raw := b.Get(number8(done + by))
	if raw == nil {
		return 0, s, ErrNothing
	}
	if err := decode(raw, &s); err != nil {
		return 0, s, fmt.Errorf("step %d: %w", done+by, err)
	}
	return done + by, s, nil
}

func (n *Notebook) stepName(by uint64) string {
	name := ""
	err := n.View(func(t *Tx) error {
		_, s, err := t.stepAt(by)
		name = s.Change.Name
		return err
	})
	if err != nil {
		return "" // what cannot be read cannot be undone; Undo says why
	}
	return name
}

// swap undoes the last step (by 0) or redoes the next (by 1).
func (n *Notebook) swap(verb string, by uint64) (Change, error) {
	change := Change{Name: verb}
	err := n.update(&change, func(w *WriteTx) error {
		number, saved, err := w.stepAt(by)
		if err != nil {
			return fmt.Errorf("%s in %s: %w", verb, n.path, err)
		}
		change.Name = verb + " " + saved.Change.Name
		// What the swap touches is what the change touches, but no new step.
		w.step = &step{touched: append([]touched(nil), saved.Touched...), saved: true}
		images, err := w.bucket(bucketImage)
		if err != nil {
			return err
		}
		for i := range saved.Touched {
			t := &saved.Touched[i]
			key, err := t.key()
			if err != nil {
				return err
			}
			now, err := w.get(t.Bucket, key)
			if err != nil {
				return err
			}
			now = clone(now)
			at := number8and4(number, uint32(i))
			var other []byte
			if !t.Absent {
				other = images.Get(at)
				if other == nil {
					return fmt.Errorf("image %d of step %d is missing: %w", i, number, ErrDamaged)
				}
				other = clone(other)
			}
			if err := w.write(t.Bucket, key, now, other); err != nil {
				return err
			}
			t.Absent = now == nil
			if now == nil {
				err = images.Delete(at)
			} else {
				err = images.Put(at, now)
			}
			if err != nil {
				return err
			}
		}
		raw, err := encode(saved)
		if err != nil {
			return err
		}
		steps, err := w.bucket(bucketStep)
		if err != nil {
			return err
		}
		if err := steps.Put(number8(number), raw); err != nil {
			return err
		}
		return w.setNumber(metaDone, number-1+by)
	})
	if err != nil {
		if errors.Is(err, ErrNothing) {
			return Change{}, ErrNothing
		}
		return Change{}, err
	}
	change.Name = strings.TrimSpace(change.Name)
	return change, nil
}

// clone copies b and keeps nil nil.
func clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

package notebook

import (
	"encoding/binary"
	"fmt"
	"iter"
	"time"
)

// Change is what a Do, Undo or Redo did: one line of the audit trail.
type Change struct {
	Seq   uint64    `json:"seq"`
	Name  string    `json:"name"`
	Actor string    `json:"actor"`
	At    time.Time `json:"at"`
	Keys  []Key     `json:"keys,omitempty"` // the entities touched, for lists and the search index to follow
}

// Key names one entity: its bucket's word and its ID.
type Key struct {
	Kind string `json:"kind"` // "source", "capture", "highlight", "claim", "link", "relation", "publisher", "dossier", "comparison", "briefing"
	ID   string `json:"id"`
}

// Changes gives the changes after seq, oldest first: the audit trail.
func (t *Tx) Changes(seq uint64) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		b, err := t.bucket(bucketChange)
		if err != nil {
			yield(Change{}, err)
			return
		}
		c := b.Cursor()
		for k, v := c.Seek(number8(seq + 1)); k != nil; k, v = c.Next() {
			var ch Change
			err := decode(v, &ch)
			if err == nil && (len(k) != 8 || binary.BigEndian.Uint64(k) != ch.Seq) {
				err = fmt.Errorf("change %x: %w", k, ErrDamaged)
			}
			if !yield(ch, err) || err != nil {
				return
			}
		}
	}
}

// Sequence is the number of the last change that t sees.
func (t *Tx) Sequence() (uint64, error) { return t.number(metaSequence) }

// logChange adds a line to the audit trail.
func (w *WriteTx) logChange(c Change) error {
	raw, err := encodePacked(c)
	if err != nil {
		return fmt.Errorf("encode change %d: %w", c.Seq, err)
	}
	b, err := w.bucket(bucketChange)
	if err != nil {
		return err
	}
	// Keys only ever rise, so pages can be filled.
	b.FillPercent = 0.9
	return b.Put(number8(c.Seq), raw)
}

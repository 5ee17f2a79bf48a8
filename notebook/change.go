package notebook

import (
	"encoding/binary"
	"fmt"
	"iter"
	"time"
	"unicode/utf8"
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
	Kind string `json:"kind"` // "source", "capture", "highlight", "claim", "link", "relation", "publisher", "dossier", "comparison", "briefing", "folder", "saved", "setting"
	ID   string `json:"id"`
}

// logged is a line of the audit trail as stored: what Undo needs, besides the
// images of its keys, to take it back.
type logged struct {
	Seq     uint64    `json:"seq"`
	Name    string    `json:"name"`
	Actor   string    `json:"actor"`
	At      time.Time `json:"at"`
	Step    bool      `json:"step,omitempty"`    // it can be undone
	Before  uint64    `json:"before,omitempty"`  // the step before it, zero where none
	Of      uint64    `json:"of,omitempty"`      // it undid or redid this one
	Touched []touched `json:"touched,omitempty"` // every key, but of an Undo or Redo
}

// touched is one key that a change wrote.
type touched struct {
	Bucket string `json:"b"`
	Key    string `json:"k,omitempty"`
	Hex    string `json:"x,omitempty"` // the key in hex, where it is not text
}

func touch(bucket, key string) touched {
	if !utf8.ValidString(key) {
		return touched{Bucket: bucket, Hex: fmt.Sprintf("%x", key)}
	}
	return touched{Bucket: bucket, Key: key}
}

func (t touched) key() (string, error) {
	if t.Hex == "" {
		return t.Key, nil
	}
	var raw []byte
	if _, err := fmt.Sscanf(t.Hex, "%x", &raw); err != nil {
		return "", fmt.Errorf("key %q of a change: %w", t.Hex, ErrDamaged)
	}
	return string(raw), nil
}

// entities are the entities among the keys, each once.
func entities(list []touched) []Key {
	var keys []Key
	seen := map[Key]bool{}
	for _, t := range list {
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

// Changes gives the changes after seq, oldest first: the audit trail.
func (t *Tx) Changes(seq uint64) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		b, err := t.bucket(bucketChange)
		if err != nil {
			yield(Change{}, err)
			return
		}
		c := b.Cursor()
		for k, raw := c.Seek(number8(seq + 1)); k != nil; k, raw = c.Next() {
			l, err := readLogged(k, raw)
			touched := l.Touched
			if err == nil && l.Of != 0 {
				of, oerr := t.logged(l.Of)
				touched, err = of.Touched, oerr
			}
			ch := Change{Seq: l.Seq, Name: l.Name, Actor: l.Actor, At: l.At, Keys: entities(touched)}
			if !yield(ch, err) || err != nil {
				return
			}
		}
	}
}

// logged gives the line of one change.
func (t *Tx) logged(seq uint64) (logged, error) {
	b, err := t.bucket(bucketChange)
	if err != nil {
		return logged{}, err
	}
	raw := b.Get(number8(seq))
	if raw == nil {
		return logged{}, fmt.Errorf("change %d is missing: %w", seq, ErrDamaged)
	}
	return readLogged(number8(seq), raw)
}

func readLogged(key, raw []byte) (logged, error) {
	var l logged
	if err := decode(raw, &l); err != nil {
		return l, fmt.Errorf("change %x: %w", key, err)
	}
	if len(key) != 8 || binary.BigEndian.Uint64(key) != l.Seq {
		return l, fmt.Errorf("change %x says it is %d: %w", key, l.Seq, ErrDamaged)
	}
	return l, nil
}

// log adds a line to the audit trail.
func (w *WriteTx) log(l logged) error {
	raw, err := encodePacked(l)
	if err != nil {
		return fmt.Errorf("encode change %d: %w", l.Seq, err)
	}
	b, err := w.bucket(bucketChange)
	if err != nil {
		return err
	}
	b.FillPercent = 0.9 // keys only ever rise, so pages can be filled
	return b.Put(number8(l.Seq), raw)
}

// Sequence is the number of the last change that t sees. Whoever keeps derived
// data in step with the notebook follows Changes from there.
func (t *Tx) Sequence() (uint64, error) { return t.number(metaSequence) }

package notebook

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"
)

// The buckets beside those of the entities; FORMAT.md says what each holds.
const (
	bucketMeta     = "meta"
	bucketContent  = "content"  // captures' bytes, and what importers read out of them
	bucketOriginal = "original" // captures' bytes, as format 1 kept them
	bucketDocument = "document" // documents, likewise
	bucketRead     = "read"     // read flags
	bucketIndex    = "index"    // one bucket an index
	bucketCount    = "count"    // how many entries the groups of counted indexes have
	bucketChange   = "change"   // the audit trail
	bucketImage    = "image"    // the other side of each key of a change that can be undone
	bucketRecent   = "recent"   // index entries that are not yet merged
)

// Tx is a consistent state for reading.
type Tx struct {
	b *bolt.Tx
	n *Notebook

	// The text that was asked for last: several highlights on one source are
	// then checked against it without unpacking it each time.
	lastHash, lastText string

	over    *overlay // index entries that are not yet merged, once they were asked for
	listed  *catalogue
	writing bool             // it is a WriteTx's
	counts  map[string]int64 // of a WriteTx: by how much the sizes of groups moved
}

// WriteTx is a Tx that commands change.
type WriteTx struct {
	Tx
	now  time.Time
	step *step

	private bool   // over is this transaction's own
	fresh   []byte // the change's entries as stored in the recent bucket
	freshN  int
	merged  bool // they were merged instead
}

// now is the time of the change, in UTC and whole milliseconds: what is stored
// is then equal to what was put.
func (n *Notebook) now() time.Time {
	clock := n.o.Clock
	if clock == nil {
		clock = time.Now
	}
	return clock().UTC().Truncate(time.Millisecond)
}

func (t *Tx) bucket(name string) (*bolt.Bucket, error) {
	b := t.b.Bucket([]byte(name))
	if b == nil {
		return nil, fmt.Errorf("bucket %q is missing: %w", name, ErrDamaged)
	}
	return b, nil
}

// get gives the value of a key, nil where there is none. It is valid only in
// this transaction.
func (t *Tx) get(bucket, key string) ([]byte, error) {
	b, err := t.bucket(bucket)
	if err != nil {
		return nil, err
	}
	if key == "" {
		return nil, nil
	}
	return b.Get([]byte(key)), nil
}

// set is the one way to write what can be undone: it keeps the key's value in
// the step, writes, and brings the indexes along. A nil value deletes.
func (w *WriteTx) set(bucket, key string, value []byte) error {
	old, err := w.change(bucket, key, value)
	if err != nil || bytes.Equal(old, value) && (old == nil) == (value == nil) {
		return err
	}
	return w.write(bucket, key, old, value)
}

// setEntity is set for an entity whose index entries are known.
func (w *WriteTx) setEntity(bucket, key string, value []byte, after []entry) error {
	old, err := w.change(bucket, key, value)
	if err != nil || old != nil && bytes.Equal(old, value) {
		return err
	}
	before, err := w.derived(bucket, key, old)
	if err != nil {
		return err
	}
	b, err := w.bucket(bucket)
	if err != nil {
		return err
	}
	if old == nil {
		b.FillPercent = 0.85 // IDs rise, so pages can be filled, but for what edits add
	}
	if err := b.Put([]byte(key), value); err != nil {
		return fmt.Errorf("write %s %q: %w", bucket, key, err)
	}
	return w.reindex(before, after)
}

// change gives what a key holds and, if value is something else, keeps it in
// the step.
func (w *WriteTx) change(bucket, key string, value []byte) (old []byte, err error) {
	b, err := w.bucket(bucket)
	if err != nil {
		return nil, err
	}
	old = b.Get([]byte(key))
	if bytes.Equal(old, value) && (old == nil) == (value == nil) {
		return old, nil
	}
	w.step.keep(bucket, key, old)
	return old, nil
}

// write writes a key and brings the indexes along, without keeping anything.
func (w *WriteTx) write(bucket, key string, old, value []byte) error {
	b, err := w.bucket(bucket)
	if err != nil {
		return err
	}
	before, err := w.derived(bucket, key, old)
	if err != nil {
		return err
	}
	if value == nil {
		err = b.Delete([]byte(key))
	} else {
		err = b.Put([]byte(key), value)
	}
	if err != nil {
		return fmt.Errorf("write %s %q: %w", bucket, key, err)
	}
	after, err := w.derived(bucket, key, value)
	if err != nil {
		return err
	}
	return w.reindex(before, after)
}

// derived gives the index entries that follow from a key: those of the entity
// that it is, or for a read flag those of its source, as the buckets now stand.
func (t *Tx) derived(bucket, key string, value []byte) ([]entry, error) {
	if bucket == bucketRead {
		raw, err := t.get(sources.word, key)
		if err != nil || raw == nil {
			return nil, err
		}
		return sources.derive(t, key, raw)
	}
	tb := tables[bucket]
	if tb == nil || value == nil {
		return nil, nil
	}
	return tb.derive(t, key, value)
}

// meta gives a value of the meta bucket as text.
func (t *Tx) meta(key string) (string, error) {
	v, err := t.get(bucketMeta, key)
	return string(v), err
}

// number gives a counter of the meta bucket, zero where it is not set.
func (t *Tx) number(key string) (uint64, error) {
	v, err := t.get(bucketMeta, key)
	if err != nil || v == nil {
		return 0, err
	}
	if len(v) != 8 {
		return 0, fmt.Errorf("meta %q has %d bytes, not 8: %w", key, len(v), ErrDamaged)
	}
	return binary.BigEndian.Uint64(v), nil
}

func (w *WriteTx) setNumber(key string, n uint64) error {
	b, err := w.bucket(bucketMeta)
	if err != nil {
		return err
	}
	return b.Put([]byte(key), number8(n))
}

func number8(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// number8and4 is the key of one of several values of n.
func number8and4(n uint64, i uint32) []byte {
	return binary.BigEndian.AppendUint32(number8(n), i)
}

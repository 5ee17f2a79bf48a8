package notebook

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"maps"

	bolt "go.etcd.io/bbolt"
)

// Plant changes the file behind the notebook's back.
func (n *Notebook) Plant(fn func(*bolt.Tx) error) error {
	err := n.db.Update(fn)
	n.recent.Store(nil)
	return err
}

// Merge merges the recent index entries into the buckets.
func (n *Notebook) Merge() error {
	return n.Plant(func(b *bolt.Tx) error {
		w := &WriteTx{Tx: Tx{b: b, n: n}}
		return w.merge()
	})
}

// Dump gives all that undo must give back, byte for byte: the entities, the
// content, the index entries and the sizes of groups.
func (n *Notebook) Dump() (map[string]string, error) {
	out := map[string]string{}
	err := n.View(func(t *Tx) error {
		for _, bucket := range append([]string{bucketContent, bucketOriginal, bucketDocument}, kinds...) {
			for k, v := range t.values(bucket) {
				out[bucket+" "+hex.EncodeToString([]byte(k))+" "+printable([]byte(k))] = string(v)
			}
		}
		for name := range maps.Keys(indexes) {
			s, err := t.shelf(name)
			if err != nil {
				return err
			}
			s.each("", "", false, func(k, v []byte) bool {
				out["index "+name+" "+printable(k)] = string(v)
				return true
			})
			// Downwards there is the same.
			down := 0
			s.each("", "", true, func(k, v []byte) bool {
				if out["index "+name+" "+printable(k)] != string(v) {
					out["index "+name+" down "+printable(k)] = string(v)
				}
				down++
				return true
			})
		}
		s, err := t.shelf(bucketCount)
		if err != nil {
			return err
		}
		s.each("", "", false, func(k, v []byte) bool {
			out["count "+printable(k)] = string(v)
			return true
		})
		return nil
	})
	return out, err
}

// StructureOf checks the pages of a file.
var StructureOf = checkCopy

// MigrateWith brings a notebook of an older format up to date by other
// migrations than the real ones.
func (n *Notebook) MigrateWith(from, to uint64, what []string, steps []func(*bolt.Tx) error) error {
	var list []migration
	for i, s := range steps {
		list = append(list, migration{to: from + uint64(i) + 1, what: what[i], apply: func(w *WriteTx) error { return s(w.b) }})
	}
	return n.migrateBy(from, to, list)
}

// FormatVersion is the version of the format that is written.
const FormatVersion = formatVersion

// CheckBytes probes and checks a file that is in memory.
func CheckBytes(raw []byte) error {
	meta, err := probe(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	return checkStructure(context.Background(), bytes.NewReader(raw), meta, func(page uint64, format string, args ...any) error {
		return fmt.Errorf("%w: page %d: "+format, append([]any{ErrDamaged, page}, args...)...)
	})
}

// RecentEntries counts the entries of a value of the recent bucket.
func RecentEntries(raw []byte) (n int, err error) {
	err = decodeOps(raw, func(string, op) { n++ })
	return n, err
}

// Plain is how texts are compared.
var Plain = plain

// ForgetLists forgets the catalogue, ForgetAnswers what was sorted and filtered.
func (n *Notebook) ForgetLists() { n.catalogued.current = nil }

func (n *Notebook) ForgetAnswers() {
	if c := n.catalogued.current; c != nil {
		c.orders, c.answers = map[SourceOrder]ordering{}, map[SourceQuery][]*line{}
	}
}

// ReadCatalogue makes the catalogue where it is not there.
func (t *Tx) ReadCatalogue() error {
	_, err := t.catalogue()
	return err
}

// WeakPassphrases makes encrypting quick, until the test ends.
func WeakPassphrases(t interface{ Cleanup(func()) }) {
	before := workFactor
	workFactor = 8
	t.Cleanup(func() { workFactor = before })
}

// Archived gives every entity as a line of an archive, every document and every
// original.
func (t *Tx) Archived(fn func(kind, key string, line []byte)) error {
	for _, kind := range kinds {
		for key, raw := range t.values(kind) {
			line, err := tables[kind].archived(t, key, raw)
			if err != nil {
				return err
			}
			fn(kind, key, line)
		}
	}
	for c, err := range captures.all(t) {
		if err != nil {
			return err
		}
		for _, k := range []kept{c.original(), c.document(), c.imported()} {
			raw, err := t.content(k)
			if err != nil {
				return err
			}
			fn(k.old, k.sum, raw)
		}
	}
	return nil
}

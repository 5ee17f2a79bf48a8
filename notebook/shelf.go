package notebook

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// An index, like the group sizes, is a shelf: a sorted bucket, and over it the
// entries that changed lately. A change touches some twenty places in as many
// indexes; writing them all would rewrite some sixty pages for one clip. So
// they go, in the same transaction, as one value into the bucket "recent", and
// are held in memory as an overlay. When there are mergeAt of them they are
// merged into the buckets, again in the transaction of a change. Readers see
// bucket and overlay as one.

// How many entries the overlay may have: the more, the fewer pages are rewritten
// for each, and the longer the first list after opening takes. A batch may leave
// more than a single change does, which is as fast as the next.
const (
	mergeAt      = 4000
	mergeBatchAt = 20_000
	batchFrom    = 500 // entries of one change
)

// op is one entry of an overlay: a key and its value, or that it is gone.
type op struct {
	key   string
	value string
	gone  bool
}

// overlay is the entries by shelf, each list in the order of its keys. Once it
// is shared it is not changed.
type overlay struct {
	shelves map[string][]op
	n       int
	own     map[string]bool // lists that may be changed in place
}

// private gives an overlay that can be changed without changing o.
func (o *overlay) private() *overlay {
	p := &overlay{shelves: make(map[string][]op, len(o.shelves)), n: o.n, own: map[string]bool{}}
	for name, list := range o.shelves {
		p.shelves[name] = list
	}
	return p
}

// set puts an entry over a shelf.
func (o *overlay) set(shelf string, e op) {
	list := o.shelves[shelf]
	if !o.own[shelf] {
		list = slices.Clone(list)
		o.own[shelf] = true
	}
	i, found := slices.BinarySearchFunc(list, e.key, func(a op, key string) int { return strings.Compare(a.key, key) })
	if found {
		list[i] = e
	} else {
		list = slices.Insert(list, i, e)
		o.n++
	}
	o.shelves[shelf] = list
}

// shelf is one sorted map of keys to values.
type shelf struct {
	name string
	b    *bolt.Bucket
	over []op
}

// shelf gives an index, or the group sizes, by name.
func (t *Tx) shelf(name string) (shelf, error) {
	s := shelf{name: name}
	if name == bucketCount {
		b, err := t.bucket(bucketCount)
		if err != nil {
			return s, err
		}
		s.b = b
	} else {
		root, err := t.bucket(bucketIndex)
		if err != nil {
			return s, err
		}
		if s.b = root.Bucket([]byte(name)); s.b == nil {
			return s, fmt.Errorf("index %q is missing: %w", name, ErrDamaged)
		}
	}
	o, err := t.overlay()
	if err != nil {
		return s, err
	}
	s.over = o.shelves[name]
	return s, nil
}

// get gives the value of a key, and whether it is there.
func (s shelf) get(key string) (string, bool) {
	i := sort.Search(len(s.over), func(i int) bool { return s.over[i].key >= key })
	if i < len(s.over) && s.over[i].key == key {
		return s.over[i].value, !s.over[i].gone
	}
	v := s.b.Get([]byte(key))
	return string(v), v != nil
}

// each goes through the keys that begin with prefix, upwards from from (or
// prefix, where that is later), or downwards from the last, until fn says stop.
// Key and value are only good until fn returns.
func (s shelf) each(prefix, from string, down bool, fn func(key, value []byte) (more bool)) {
	if down {
		s.eachDown(prefix, fn)
		return
	}
	from = max(from, prefix)
	c := s.b.Cursor()
	k, v := c.Seek([]byte(from))
	i := sort.Search(len(s.over), func(i int) bool { return s.over[i].key >= from })
	for {
		inBucket := k != nil && strings.HasPrefix(string(k), prefix)
		inOver := i < len(s.over) && strings.HasPrefix(s.over[i].key, prefix)
		switch {
		case !inBucket && !inOver:
			return
		case inOver && (!inBucket || s.over[i].key <= string(k)):
			e := s.over[i]
			i++
			if inBucket && e.key == string(k) {
				k, v = c.Next()
			}
			if !e.gone && !fn([]byte(e.key), []byte(e.value)) {
				return
			}
		default:
			if !fn(k, v) {
				return
			}
			k, v = c.Next()
		}
	}
}

func (s shelf) eachDown(prefix string, fn func(key, value []byte) (more bool)) {
	c := s.b.Cursor()
	k, v := c.Last()
	i := len(s.over) - 1
	if end, ok := successor(prefix); ok {
		if k, _ = c.Seek([]byte(end)); k == nil {
			k, v = c.Last()
		} else {
			k, v = c.Prev()
		}
		i = sort.Search(len(s.over), func(i int) bool { return s.over[i].key >= end }) - 1
	}
	for {
		inBucket := k != nil && strings.HasPrefix(string(k), prefix)
		inOver := i >= 0 && strings.HasPrefix(s.over[i].key, prefix)
		switch {
		case !inBucket && !inOver:
			return
		case inOver && (!inBucket || s.over[i].key >= string(k)):
			e := s.over[i]
			i--
			if inBucket && e.key == string(k) {
				k, v = c.Prev()
			}
			if !e.gone && !fn([]byte(e.key), []byte(e.value)) {
				return
			}
		default:
			if !fn(k, v) {
				return
			}
			k, v = c.Prev()
		}
	}
}

// successor is the first key after all that begin with prefix, false where
// there is none.
func successor(prefix string) (string, bool) {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] != 0xff {
			return prefix[:i] + string([]byte{prefix[i] + 1}), true
		}
	}
	return "", false
}

// recent is the overlay of the state after the change seq.
type recent struct {
	seq     uint64
	overlay *overlay
}

// overlay gives the entries that are not yet merged.
func (t *Tx) overlay() (*overlay, error) {
	if t.over != nil {
		return t.over, nil
	}
	seq, err := t.number(metaSequence)
	if err != nil {
		return nil, err
	}
	if r := t.n.recent.Load(); r != nil && r.seq == seq {
		t.over = r.overlay
		return t.over, nil
	}
	o := (&overlay{}).private()
	b, err := t.bucket(bucketRecent)
	if err != nil {
		return nil, err
	}
	c := b.Cursor()
	for k, raw := c.First(); k != nil; k, raw = c.Next() {
		if err := decodeOps(raw, o.set); err != nil {
			return nil, fmt.Errorf("recent %x: %w", k, err)
		}
	}
	t.over = o
	t.n.recent.Store(&recent{seq, o})
	return o, nil
}

// put sets an entry of a shelf; nil deletes it.
func (w *WriteTx) put(shelf, key string, value []byte) error {
	o, err := w.overlay()
	if err != nil {
		return err
	}
	if o.own == nil || !w.private {
		o = o.private()
		w.over, w.private = o, true
	}
	e := op{key: key, value: string(value), gone: value == nil}
	o.set(shelf, e)
	w.fresh = appendOp(w.fresh, shelf, e)
	w.freshN++
	// A large batch would make the lists long; they are merged as it goes on.
	if o.n > 2*mergeBatchAt {
		return w.merge()
	}
	return nil
}

// keepRecent stores the change's entries, or merges all.
func (w *WriteTx) keepRecent(seq uint64) error {
	if err := w.putCounts(); err != nil {
		return err
	}
	if w.freshN == 0 {
		return nil
	}
	most := mergeAt
	if w.freshN >= batchFrom {
		most = mergeBatchAt
	}
	if w.merged || w.over.n > most {
		return w.merge()
	}
	b, err := w.bucket(bucketRecent)
	if err != nil {
		return err
	}
	return b.Put(number8(seq), append([]byte{valueVersion}, w.fresh...))
}

// merge writes the overlay into the buckets and empties it.
func (w *WriteTx) merge() error {
	if err := w.putCounts(); err != nil {
		return err
	}
	o, err := w.overlay()
	if err != nil {
		return err
	}
	for name, list := range o.shelves {
		s, err := w.shelf(name)
		if err != nil {
			return err
		}
		if last, _ := s.b.Cursor().Last(); len(list) > 0 && string(last) < list[0].key {
			s.b.FillPercent = 0.9 // all are put at the end
		}
		for _, e := range list {
			if e.gone {
				err = s.b.Delete([]byte(e.key))
			} else {
				err = s.b.Put([]byte(e.key), []byte(e.value))
			}
			if err != nil {
				return fmt.Errorf("merge into %s: %w", name, err)
			}
		}
	}
	b, err := w.bucket(bucketRecent)
	if err != nil {
		return err
	}
	var keys [][]byte
	c := b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		keys = append(keys, append([]byte(nil), k...))
	}
	for _, k := range keys {
		if err := b.Delete(k); err != nil {
			return err
		}
	}
	w.over, w.private, w.merged = (&overlay{}).private(), true, true
	return nil
}

// appendOp adds an entry to a value of the recent bucket: name of the shelf, key,
// 1 and value or 0; texts are preceded by their length as uvarint.
func appendOp(to []byte, shelf string, e op) []byte {
	text := func(s string) {
		to = binary.AppendUvarint(to, uint64(len(s)))
		to = append(to, s...)
	}
	text(shelf)
	text(e.key)
	if e.gone {
		return append(to, 0)
	}
	to = append(to, 1)
	text(e.value)
	return to
}

// decodeOps reads a value of the recent bucket.
func decodeOps(raw []byte, each func(shelf string, e op)) error {
	bad := fmt.Errorf("its entries cannot be read: %w", ErrDamaged)
	if len(raw) == 0 || raw[0] != valueVersion {
		return bad
	}
	raw = raw[1:]
	text := func() (string, bool) {
		n, size := binary.Uvarint(raw)
		if size <= 0 || n > uint64(len(raw)-size) {
			return "", false
		}
		s := string(raw[size : size+int(n)])
		raw = raw[size+int(n):]
		return s, true
	}
	for len(raw) > 0 {
		name, ok := text()
		if !ok {
			return bad
		}
		var e op
		if e.key, ok = text(); !ok || len(raw) == 0 {
			return bad
		}
		e.gone = raw[0] == 0
		raw = raw[1:]
		if !e.gone {
			if e.value, ok = text(); !ok {
				return bad
			}
		}
		each(name, e)
	}
	return nil
}

package notebook

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// index is one secondary index: a bucket of its name within the index bucket.
// Every entry ends in the ID of the entity that it is for. A grouped entry is
// the group (a country, a tag), a NUL, what orders it within the group, and the
// ID. Counted indexes also keep the size of each group.
type index struct {
	name    string
	counted bool
}

// entry is one entry of an index.
type entry struct {
	ix    *index
	group string
	order string // what comes between group and ID
	id    string
	value string // most often empty
}

func (e entry) key() string { return e.group + "\x00" + e.order + e.id }

// indexes are all of them, by name. FORMAT.md lists what each is for.
var indexes = map[string]*index{}

func newIndex(name string) *index {
	ix := &index{name: name}
	indexes[name] = ix
	return ix
}

func newCounted(name string) *index {
	ix := newIndex(name)
	ix.counted = true
	return ix
}

// reindex takes the index from the entries before to those after.
func (w *WriteTx) reindex(before, after []entry) error {
	type place struct{ ix, key string }
	keep := make(map[place]string, len(after))
	for _, e := range after {
		keep[place{e.ix.name, e.key()}] = e.value
	}
	have := make(map[place]string, len(before))
	for _, e := range before {
		p := place{e.ix.name, e.key()}
		if _, twice := have[p]; twice {
			continue
		}
		have[p] = e.value
		if _, stays := keep[p]; stays {
			continue
		}
		if err := w.put(e.ix.name, p.key, nil); err != nil {
			return err
		}
		w.count(e, -1)
	}
	for _, e := range after {
		p := place{e.ix.name, e.key()}
		was, held := have[p]
		if held && was == e.value {
			continue
		}
		have[p] = e.value
		if err := w.put(e.ix.name, p.key, []byte(e.value)); err != nil {
			return err
		}
		if !held {
			w.count(e, 1)
		}
	}
	return nil
}

// count moves the size of an entry's group. What moved is put once, at the end:
// a batch moves few groups very often.
func (w *WriteTx) count(e entry, by int64) {
	if !e.ix.counted {
		return
	}
	if w.counts == nil {
		w.counts = map[string]int64{}
	}
	w.counts[e.ix.name+"\x00"+e.group] += by
}

// putCounts puts the sizes that moved.
func (w *WriteTx) putCounts() error {
	if len(w.counts) == 0 {
		return nil
	}
	sizes, err := w.shelf(bucketCount)
	if err != nil {
		return err
	}
	moved := w.counts
	w.counts = nil
	for _, key := range slices.Sorted(maps.Keys(moved)) {
		by := moved[key]
		if by == 0 {
			continue
		}
		n := by
		if v, ok := sizes.get(key); ok && len(v) == 8 {
			n += int64(binary.BigEndian.Uint64([]byte(v)))
		}
		value := number8(uint64(n))
		if n <= 0 {
			value = nil
		}
		if err := w.put(bucketCount, key, value); err != nil {
			return err
		}
	}
	return nil
}

// sizeOf is how many entries a group of a counted index has.
func (t *Tx) sizeOf(ix *index, group string) (int, error) {
	sizes, err := t.shelf(bucketCount)
	if err != nil {
		return 0, err
	}
	key := ix.name + "\x00" + group
	n := int(t.counts[key])
	if v, ok := sizes.get(key); ok && len(v) == 8 {
		n += int(binary.BigEndian.Uint64([]byte(v)))
	}
	return n, nil
}

// groups gives the groups of a counted index and their sizes, by name.
func (t *Tx) groups(ix *index, fn func(group string, n int)) error {
	sizes, err := t.shelf(bucketCount)
	if err != nil {
		return err
	}
	prefix := ix.name + "\x00"
	held := map[string]int{}
	for key, n := range t.counts {
		if group, ok := strings.CutPrefix(key, prefix); ok {
			held[group] = int(n)
		}
	}
	sizes.each(prefix, "", false, func(k, v []byte) bool {
		if len(v) == 8 {
			held[string(k[len(prefix):])] += int(binary.BigEndian.Uint64(v))
		}
		return true
	})
	for _, group := range slices.Sorted(maps.Keys(held)) {
		if held[group] > 0 {
			fn(group, held[group])
		}
	}
	return nil
}

// inGroup gives the IDs of a group, in the order of its keys, until fn says stop.
func (t *Tx) inGroup(ix *index, group string, fn func(id string, value []byte) (more bool)) error {
	s, err := t.shelf(ix.name)
	if err != nil {
		return err
	}
	s.each(group+"\x00", "", false, func(k, v []byte) bool { return fn(entityID(k), v) })
	return nil
}

// idsIn collects the IDs of a group.
func (t *Tx) idsIn(ix *index, group string) ([]string, error) {
	var ids []string
	err := t.inGroup(ix, group, func(id string, _ []byte) bool {
		ids = append(ids, id)
		return true
	})
	return ids, err
}

// holds says whether id is in a group of an index that orders by nothing else.
func (t *Tx) holds(ix *index, group, id string) (bool, error) {
	s, err := t.shelf(ix.name)
	if err != nil {
		return false, err
	}
	_, ok := s.get(group + "\x00" + id)
	return ok, nil
}

// entityID is the ID at the end of an index key.
func entityID(key []byte) string {
	if len(key) < idLength {
		return string(key)
	}
	return string(key[len(key)-idLength:])
}

// byTime orders by t.
func byTime(t time.Time) string {
	if t.IsZero() {
		return string(number8(0))
	}
	// Shifted so that times before 1970 sort first too.
	return string(number8(uint64(t.UnixMilli()) + 1<<63))
}

// byNumber orders by n.
func byNumber(n int) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(max(n, 0))))
}

// fold brings text to the form in which it is compared: NFKC, case folded,
// spaces single.
func fold(s string) string {
	s = cases.Fold().String(norm.NFKC.String(s))
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "\x00", "")
}

// plain is fold without what is written above and below letters, and with one i,
// so that "istanbul" finds "İstanbul", and "Éclair" stands by E.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(fold(s)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'ı':
			b.WriteByte('i')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// shorten cuts s to at most n bytes between code points.
func shorten(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// groupKey makes a word fit to be the group of an entry.
func groupKey(s string) string { return shorten(strings.ReplaceAll(s, "\x00", ""), 512) }

package notebook

import (
	"bytes"
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"time"

	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// SourceOrder says how Sources are ordered.
type SourceOrder string

// The orders; the newest, or the first letter, comes first unless Reverse.
const (
	OrderAdded     SourceOrder = "added"
	OrderPublished SourceOrder = "published"
	OrderCaptured  SourceOrder = "captured"
	OrderTitle     SourceOrder = "title"
	OrderSite      SourceOrder = "site"
)

// SourceQuery chooses sources. The zero value is all, newest added first.
type SourceQuery struct {
	Kind          document.Kind
	Country       country.Code
	Tag           string
	Folder        string
	Site          string
	Text          string // words that all stand in title, site or byline, case folded
	Unread        bool
	WithoutClaims bool
	Binned        bool // those in the bin instead, most recently deleted first
	Order         SourceOrder
	Reverse       bool
	Offset, Limit int // Limit zero: no limit
}

// Sources lists sources through an index, without loading documents.
func (t *Tx) Sources(q SourceQuery) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		l, err := t.sourceListing(q)
		if err != nil {
			yield(Source{}, err)
			return
		}
		each(t, sources, l)(yield)
	}
}

// CountSources counts what Sources would list without Offset and Limit.
func (t *Tx) CountSources(q SourceQuery) (int, error) {
	q.Offset, q.Limit = 0, 0
	l, err := t.sourceListing(q)
	if err != nil {
		return 0, err
	}
	return t.countListing(l)
}

func (t *Tx) sourceListing(q SourceQuery) (listing, error) {
	l := listing{offset: q.Offset, limit: q.Limit, texts: sourceText, whole: sourceByAdded, orderKey: orderKeyOf(sources)}
	switch q.Order {
	case "", OrderAdded:
		l.order, l.desc = sourceByAdded, true
	case OrderPublished:
		l.order, l.desc = sourceByPublished, true
	case OrderCaptured:
		l.order, l.desc = sourceByCaptured, true
	case OrderTitle:
		l.order = sourceByTitle
	case OrderSite:
		l.order = sourceBySite
	default:
		return l, invalid("sources cannot be ordered by %q", q.Order)
	}
	if q.Binned {
		l.order, l.desc, l.whole = sourceBinned, true, sourceBinned
	}
	if q.Reverse {
		l.desc = !l.desc
	}
	l.words = strings.Fields(plain(q.Text))
	if q.Kind != "" {
		l.filter(sourceOfKind, string(q.Kind))
	}
	if q.Country != "" {
		l.filter(sourceOfCountry, string(q.Country))
	}
	if q.Tag != "" {
		l.filter(sourceOfTag, groupKey(first(words([]string{q.Tag})...)))
	}
	if q.Folder != "" {
		l.filter(sourceOfFolder, groupKey(strings.TrimSpace(q.Folder)))
	}
	if q.Site != "" {
		l.filter(sourceOfSite, groupKey(fold(q.Site)))
	}
	if q.Unread {
		l.filter(sourceUnread, "")
	}
	if q.WithoutClaims {
		l.keep = func(id string) (bool, error) {
			leaning, err := t.leanedOn(SourceID(id))
			return !leaning, err
		}
	}
	if q.Binned {
		l.byValue(func(t *Tx, id string) ([]entry, error) {
			s, err := sources.get(t, id)
			s.Binned = time.Time{}
			if err != nil {
				return nil, err
			}
			return sourceEntries(s), nil
		}, sourceText, t)
	}
	return l, nil
}

// byValue has filters and words tried on the entities' values, for the bin: the
// filters' indexes hold only what is not there. entries gives the index entries
// that an entity would have.
func (l *listing) byValue(entries func(*Tx, string) ([]entry, error), texts *index, t *Tx) {
	filters, words, before := l.filters, l.words, l.keep
	l.filters, l.words, l.texts = nil, nil, nil
	if len(filters) == 0 && len(words) == 0 {
		return
	}
	l.keep = func(id string) (bool, error) {
		if before != nil {
			if ok, err := before(id); err != nil || !ok {
				return false, err
			}
		}
		have, err := entries(t, id)
		if err != nil {
			return false, err
		}
		for _, f := range filters {
			if !slices.ContainsFunc(have, func(e entry) bool { return e.ix == f.ix && e.group == f.group }) {
				return false, nil
			}
		}
		for _, e := range have {
			if e.ix == texts && !hasWords([]byte(e.value), words) {
				return false, nil
			}
		}
		return true, nil
	}
}

// leanedOn says whether a claim that is not in the bin leans on a source.
func (t *Tx) leanedOn(id SourceID) (bool, error) {
	ids, err := t.claimsOfSource(id)
	if err != nil {
		return false, err
	}
	for _, c := range ids {
		active, err := t.holds(claimText, "", c)
		if err != nil || active {
			return active, err
		}
	}
	return false, nil
}

// filter is one group that an entity must be in.
type filter struct {
	ix    *index
	group string
}

// listing says which entities to go through, in which order.
type listing struct {
	order         *index
	whole         *index // a counted index of as many entries, for counting
	desc          bool   // from its end
	filters       []filter
	texts         *index   // id → folded text
	words         []string // that all stand in it
	only          []string // IDs to choose from; nil: all
	keep          func(id string) (bool, error)
	offset, limit int
	// orderKey gives an entity's key in the order's index, false where it is not there.
	orderKey func(t *Tx, ix *index, id string) (string, bool, error)
}

func (l *listing) filter(ix *index, group string) { l.filters = append(l.filters, filter{ix, group}) }

// limitTo chooses from ids only, and from what was chosen from before.
func (l *listing) limitTo(ids []string) {
	if l.only == nil {
		l.only = ids
		return
	}
	in := make(map[string]bool, len(ids))
	for _, id := range ids {
		in[id] = true
	}
	both := []string{}
	for _, id := range l.only {
		if in[id] {
			both = append(both, id)
		}
	}
	l.only = both
}

// fewEnough is how many IDs are gathered and sorted rather than the order's
// index walked.
const fewEnough = 500

// ids goes through the IDs of a listing in order.
//
// There are two ways. Where a filter, or the words, leave few, these are
// gathered and sorted by their keys in the order's index. Where many are left,
// the order's index is walked and each ID tried against the filters' indexes;
// the first page is then soon full. Either way no more entities are decoded
// than are listed.
func (t *Tx) ids(l listing, yield func(id string) bool) error {
	few, err := t.few(l)
	if err != nil {
		return err
	}
	skip, left := l.offset, l.limit
	give := func(id string) (more bool, err error) {
		ok, err := t.passes(l, id)
		if err != nil || !ok {
			return true, err
		}
		if skip > 0 {
			skip--
			return true, nil
		}
		if !yield(id) {
			return false, nil
		}
		left--
		return left != 0, nil // a limit of zero never gets there
	}
	if few != nil {
		type keyed struct{ key, id string }
		var sorted []keyed
		for _, id := range few {
			// The filters first: what they leave must be decoded for its key.
			if ok, err := t.fits(l, id); err != nil {
				return err
			} else if !ok {
				continue
			}
			key, ok, err := l.orderKey(t, l.order, id)
			if err != nil {
				return err
			}
			if ok {
				sorted = append(sorted, keyed{key, id})
			}
		}
		slices.SortFunc(sorted, func(a, b keyed) int {
			if l.desc {
				a, b = b, a
			}
			return cmp.Compare(a.key, b.key)
		})
		for _, k := range sorted {
			if more, err := give(k.id); err != nil || !more {
				return err
			}
		}
		return nil
	}
	s, err := t.shelf(l.order.name)
	if err != nil {
		return err
	}
	plain := l.plain()
	var failed error
	s.each("", "", l.desc, func(k, _ []byte) bool {
		// Without filters, pages that were already seen are stepped over.
		if skip > 0 && plain {
			skip--
			return true
		}
		more, err := give(entityID(k))
		failed = err
		return more && err == nil
	})
	return failed
}

// plain says whether the listing is the whole order.
func (l listing) plain() bool {
	return len(l.filters) == 0 && len(l.words) == 0 && l.only == nil && l.keep == nil
}

// few gives the IDs to sort where they are few, nil where the order is to be walked.
func (t *Tx) few(l listing) ([]string, error) {
	if l.only != nil {
		return l.only, nil
	}
	best := -1
	size := fewEnough + 1
	for i, f := range l.filters {
		n, err := t.sizeOf(f.ix, f.group)
		if err != nil {
			return nil, err
		}
		if n < size {
			best, size = i, n
		}
	}
	if best >= 0 {
		ids, err := t.idsIn(l.filters[best].ix, l.filters[best].group)
		if ids == nil {
			ids = []string{}
		}
		return ids, err
	}
	if len(l.words) > 0 && l.texts != nil {
		return t.withWords(l.texts, l.words, fewEnough)
	}
	return nil, nil
}

// withWords reads through a text index for the IDs whose text has all words,
// nil where there are more than most.
func (t *Tx) withWords(texts *index, words []string, most int) ([]string, error) {
	s, err := t.shelf(texts.name)
	if err != nil {
		return nil, err
	}
	ids := []string{}
	s.each("", "", false, func(k, v []byte) bool {
		if hasWords(v, words) {
			ids = append(ids, entityID(k))
		}
		return len(ids) <= most
	})
	if len(ids) > most {
		return nil, nil
	}
	return ids, nil
}

func hasWords(text []byte, words []string) bool {
	for _, w := range words {
		if !bytes.Contains(text, []byte(w)) {
			return false
		}
	}
	return true
}

// passes says whether id meets the filters, the words and keep.
func (t *Tx) passes(l listing, id string) (bool, error) {
	if ok, err := t.fits(l, id); err != nil || !ok {
		return false, err
	}
	if l.keep != nil {
		return l.keep(id)
	}
	return true, nil
}

// fits says whether id meets the filters and the words.
func (t *Tx) fits(l listing, id string) (bool, error) {
	for _, f := range l.filters {
		if in, err := t.holds(f.ix, f.group, id); err != nil || !in {
			return false, err
		}
	}
	if len(l.words) > 0 && l.texts != nil {
		s, err := t.shelf(l.texts.name)
		if err != nil {
			return false, err
		}
		if text, _ := s.get("\x00" + id); !hasWords([]byte(text), l.words) {
			return false, nil
		}
	}
	return true, nil
}

// countListing counts a listing: by the sizes of groups where it can, else by
// going through the smallest group or the texts, in no order.
func (t *Tx) countListing(l listing) (int, error) {
	n := 0
	if l.only != nil || l.keep != nil {
		err := t.ids(l, func(string) bool {
			n++
			return true
		})
		return n, err
	}
	switch {
	case len(l.filters) == 0 && len(l.words) == 0:
		return t.sizeOf(l.whole, "")
	case len(l.filters) == 1 && len(l.words) == 0:
		return t.sizeOf(l.filters[0].ix, l.filters[0].group)
	case len(l.filters) == 0:
		s, err := t.shelf(l.texts.name)
		if err != nil {
			return 0, err
		}
		s.each("", "", false, func(_, v []byte) bool {
			if hasWords(v, l.words) {
				n++
			}
			return true
		})
		return n, nil
	}
	smallest, size := 0, math.MaxInt
	for i, f := range l.filters {
		have, err := t.sizeOf(f.ix, f.group)
		if err != nil {
			return 0, err
		}
		if have < size {
			smallest, size = i, have
		}
	}
	f := l.filters[smallest]
	l.filters = slices.Delete(slices.Clone(l.filters), smallest, smallest+1)
	var failed error
	err := t.inGroup(f.ix, f.group, func(id string, _ []byte) bool {
		ok, err := t.passes(l, id)
		if ok {
			n++
		}
		failed = err
		return err == nil
	})
	if err == nil {
		err = failed
	}
	return n, err
}

// each decodes the entities of a listing one by one.
func each[T any](t *Tx, tb table[T], l listing) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var failed error
		err := t.ids(l, func(id string) bool {
			v, err := tb.get(t, id)
			if err != nil {
				failed = err
				return false
			}
			return yield(v, nil)
		})
		if err == nil {
			err = failed
		}
		if err != nil {
			var zero T
			yield(zero, err)
		}
	}
}

// collect gives the entities of a group, in its order.
func collect[T any](t *Tx, tb table[T], ix *index, group string) ([]T, error) {
	ids, err := t.idsIn(ix, group)
	if err != nil {
		return nil, err
	}
	out := make([]T, 0, len(ids))
	for _, id := range ids {
		v, err := tb.get(t, id)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// orderKeyOf gives the key of an entity of tb in an index, by its value.
func orderKeyOf[T any](tb table[T]) func(*Tx, *index, string) (string, bool, error) {
	return func(t *Tx, ix *index, id string) (string, bool, error) {
		v, err := tb.get(t, id)
		if err != nil {
			return "", false, err
		}
		for _, e := range tb.entries(v) {
			if e.ix == ix {
				return e.key(), true, nil
			}
		}
		return "", false, nil
	}
}

package notebook

import (
	"bytes"
	"cmp"
	"iter"
	"math"
	"slices"

	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// SourceOrder says how sources are ordered.
type SourceOrder string

// The orders. Of times, dates and numbers the newest or the most comes first,
// of words the first letter, of grades A; Reverse turns them round. What does
// not state the thing that orders (no date, no author) comes last either way.
const (
	OrderAdded       SourceOrder = "added"
	OrderPublished   SourceOrder = "published"
	OrderCaptured    SourceOrder = "captured"
	OrderTitle       SourceOrder = "title"
	OrderSite        SourceOrder = "site"
	OrderAuthor      SourceOrder = "author"      // of the byline
	OrderKind        SourceOrder = "kind"        // then title
	OrderLang        SourceOrder = "language"    // its code, then title
	OrderCountry     SourceOrder = "country"     // English name of the one named first, then title
	OrderWords       SourceOrder = "words"       // length of the text
	OrderHighlights  SourceOrder = "highlights"  // how many
	OrderClaims      SourceOrder = "claims"      // how many lean on it
	OrderReliability SourceOrder = "reliability" // the source's, or else its publisher's; then title
)

// SourceOrders are all of them.
var SourceOrders = []SourceOrder{
	OrderAdded, OrderPublished, OrderCaptured, OrderTitle, OrderSite, OrderAuthor, OrderKind, OrderLang,
	OrderCountry, OrderWords, OrderHighlights, OrderClaims, OrderReliability,
}

// SourceQuery chooses sources. The zero value is all, newest added first. It can
// be compared, and kept as JSON.
type SourceQuery struct {
	Kind           document.Kind `json:"kind,omitempty"`
	Country        country.Code  `json:"country,omitempty"`
	Tag            string        `json:"tag,omitempty"`
	Untagged       bool          `json:"untagged,omitempty"`
	Folder         string        `json:"folder,omitempty"`
	Unfiled        bool          `json:"unfiled,omitempty"` // those in no folder
	Site           string        `json:"site,omitempty"`
	Publisher      string        `json:"publisher,omitempty"` // name or key
	Lang           string        `json:"lang,omitempty"`
	Text           string        `json:"text,omitempty"` // words that all stand in title, site or byline, case folded
	From           document.Date `json:"from,omitempty"` // published in this span, which dates may touch in part
	To             document.Date `json:"to,omitempty"`
	Reliability    Reliability   `json:"reliability,omitempty"` // the source's, or else its publisher's
	Ungraded       bool          `json:"ungraded,omitempty"`    // those without
	Unread         bool          `json:"unread,omitempty"`
	Read           bool          `json:"read,omitempty"`
	WithoutClaims  bool          `json:"without_claims,omitempty"`
	WithClaims     bool          `json:"with_claims,omitempty"`
	WithHighlights bool          `json:"with_highlights,omitempty"`
	Binned         bool          `json:"binned,omitempty"` // those in the bin instead, most recently deleted first
	Order          SourceOrder   `json:"order,omitempty"`
	Reverse        bool          `json:"reverse,omitempty"`
	Offset         int           `json:"offset,omitempty"`
	Limit          int           `json:"limit,omitempty"` // zero: no limit
}

// SourceRow is a source as a list shows it.
type SourceRow struct {
	Source
	Highlights int         // those not in the bin
	Claims     int         // those that lean on it, by a highlight or a held link; none in the bin counts
	Grade      Reliability // the source's, or else its publisher's
}

// SourcePage is one page of a list.
type SourcePage struct {
	Rows  []SourceRow // from the query's Offset, at most its Limit
	Total int         // of the whole list
}

// SourcePage lists a page of sources with what a list shows of each, and says how
// many the list has in all. With 100,000 sources the first page in the order of
// adding takes a millisecond. Any other order or filter needs the catalogue,
// which is made once, and then takes some milliseconds; further pages of the
// same query less. The first call has it made in the background.
func (t *Tx) SourcePage(q SourceQuery) (SourcePage, error) {
	if q.Order == "" {
		q.Order = OrderAdded
	}
	page := SourcePage{Rows: []SourceRow{}}
	if q.Binned || q.simple() && !t.hasCatalogue() {
		if !q.Binned {
			t.n.PrepareLists()
		}
		for s, err := range t.Sources(q) {
			if err != nil {
				return page, err
			}
			row, err := t.sourceRow(s)
			if err != nil {
				return page, err
			}
			page.Rows = append(page.Rows, row)
		}
		var err error
		page.Total, err = t.CountSources(q)
		return page, err
	}
	c, found, err := t.find(q)
	if err != nil {
		return page, err
	}
	page.Total = len(found)
	for _, l := range cut(found, q) {
		s, err := t.Source(SourceID(l.id()))
		if err != nil {
			return page, err
		}
		n := c.tally[l.id()]
		page.Rows = append(page.Rows, SourceRow{s, n.highlights, n.claims, c.gradeOf(l)})
	}
	return page, nil
}

// SourceIDs gives the IDs that a query lists, in order: for choosing all of them.
func (t *Tx) SourceIDs(q SourceQuery) ([]SourceID, error) {
	ids := []SourceID{}
	if q.Binned {
		for s, err := range t.Sources(q) {
			if err != nil {
				return nil, err
			}
			ids = append(ids, s.ID)
		}
		return ids, nil
	}
	_, found, err := t.find(q)
	if err != nil {
		return nil, err
	}
	for _, l := range cut(found, q) {
		ids = append(ids, SourceID(l.id()))
	}
	return ids, nil
}

// PrepareLists makes, in the background, what lists sort and filter by, where it
// is not there yet. A window calls it once it is open.
func (n *Notebook) PrepareLists() {
	if n.preparing.Swap(true) {
		return
	}
	go func() {
		// What cannot be read is said by whoever lists it.
		_ = n.View(func(t *Tx) error {
			c, err := t.catalogue()
			if err == nil {
				c.ordered(OrderTitle) // what most other orders begin with
			}
			return err
		})
	}()
}

func (t *Tx) sourceRow(s Source) (SourceRow, error) {
	row := SourceRow{Source: s, Grade: s.Reliability}
	n, err := t.tallyOf(s.ID)
	if err != nil {
		return row, err
	}
	row.Highlights, row.Claims = n.highlights, n.claims
	if row.Grade == "" {
		p, err := t.Publisher(PublisherKey(s))
		if err != nil {
			return row, err
		}
		row.Grade = p.Reliability
	}
	return row, nil
}

// cut gives the page of a query.
func cut[T any](list []T, q SourceQuery) []T {
	list = list[min(max(q.Offset, 0), len(list)):]
	if q.Limit > 0 {
		list = list[:min(q.Limit, len(list))]
	}
	return list
}

// find gives the lines that a query lists, whatever its page.
func (t *Tx) find(q SourceQuery) (*catalogue, []*line, error) {
	if q.Order == "" {
		q.Order = OrderAdded
	}
	if _, ok := sortKeys[q.Order]; !ok {
		return nil, nil, invalid("sources cannot be ordered by %q", q.Order)
	}
	c, err := t.catalogue()
	if err != nil {
		return nil, nil, err
	}
	return c, c.find(q), nil
}

// simple says whether a query is the whole library by when it was added, or is
// of the bin: what an index gives at once.
func (q SourceQuery) simple() bool {
	q.Reverse, q.Offset, q.Limit = false, 0, 0
	return q == SourceQuery{} || q == SourceQuery{Order: OrderAdded}
}

// Sources lists sources without loading documents.
func (t *Tx) Sources(q SourceQuery) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		if q.Binned || q.simple() {
			l, err := t.sourceListing(q)
			if err != nil {
				yield(Source{}, err)
				return
			}
			each(t, sources, l)(yield)
			return
		}
		_, found, err := t.find(q)
		if err != nil {
			yield(Source{}, err)
			return
		}
		for _, l := range cut(found, q) {
			s, err := t.Source(SourceID(l.id()))
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// CountSources counts what Sources would list without Offset and Limit.
func (t *Tx) CountSources(q SourceQuery) (int, error) {
	q.Offset, q.Limit = 0, 0
	if q.Binned || q.simple() {
		l, err := t.sourceListing(q)
		if err != nil {
			return 0, err
		}
		return t.countListing(l)
	}
	if !t.hasCatalogue() {
		// The size of a single group is known without it.
		if f, ok := q.group(); ok {
			return t.sizeOf(f.ix, f.group)
		}
	}
	_, found, err := t.find(q)
	return len(found), err
}

// group gives the group of an index that has just the sources of a query.
func (q SourceQuery) group() (filter, bool) {
	q.Order, q.Reverse, q.Offset, q.Limit = "", false, 0, 0
	for _, g := range []struct {
		only SourceQuery
		f    filter
	}{
		{SourceQuery{Kind: q.Kind}, filter{sourceOfKind, string(q.Kind)}},
		{SourceQuery{Country: q.Country}, filter{sourceOfCountry, string(q.Country)}},
		{SourceQuery{Tag: q.Tag}, filter{sourceOfTag, groupKey(first(words([]string{q.Tag})...))}},
		{SourceQuery{Folder: q.Folder}, filter{sourceOfFolder, folderName(q.Folder)}},
		{SourceQuery{Site: q.Site}, filter{sourceOfSite, groupKey(fold(q.Site))}},
		{SourceQuery{Unread: true}, filter{sourceUnread, ""}},
	} {
		if q == g.only {
			return g.f, true
		}
	}
	return filter{}, false
}

// sourceListing lists the whole library by when it was added, or the bin.
func (t *Tx) sourceListing(q SourceQuery) (listing, error) {
	l := listing{offset: q.Offset, limit: q.Limit, whole: sourceByAdded, order: sourceByAdded, desc: !q.Reverse, orderKey: orderKeyOf(sources)}
	if !q.Binned {
		return l, nil
	}
	if _, ok := sortKeys[q.Order]; !ok && q.Order != "" {
		return l, invalid("sources cannot be ordered by %q", q.Order)
	}
	l.order, l.whole = sourceBinned, sourceBinned
	only := q
	only.Binned, only.Order, only.Reverse, only.Offset, only.Limit = false, "", false, 0, 0
	if only == (SourceQuery{}) {
		return l, nil
	}
	// What lies in the bin is not in the catalogue: its filters are tried on a
	// line made for each.
	grades, err := t.publisherGrades()
	if err != nil {
		return l, err
	}
	l.keep = func(id string) (bool, error) {
		s, err := sources.get(t, id)
		if err != nil {
			return false, err
		}
		n, err := t.tallyOf(s.ID)
		if err != nil {
			return false, err
		}
		names := newCataloguer()
		of, err := names.newLine(s)
		if err != nil {
			return false, err
		}
		c := &catalogue{grades: grades, names: names.names, tally: map[string]tally{id: n}}
		return c.filter(only)(of), nil
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

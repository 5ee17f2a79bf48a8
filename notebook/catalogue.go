package notebook

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"

	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// catalogue is one compact line for each source that is not in the bin, in
// memory: what lists are sorted and filtered by. It is made when a list first
// needs it, takes some 250 bytes a source, and is brought along with the changes
// since. Once made it is not changed, so that readers of different states each
// have theirs: the next one shares the lines that stayed.
type catalogue struct {
	seq    uint64
	lines  []*line  // by ID
	names  []string // what the numbers in lines stand for; only ever added to
	grades map[string]Reliability
	tally  map[string]tally // by source; those without are not in it

	mu      sync.Mutex
	orders  map[SourceOrder]ordering
	answers map[SourceQuery][]*line // what was asked for lately
}

// line is one source. A numbered field is an index into names; zero is empty.
type line struct {
	text            string // ID, then plain title, site and byline, each after a line break
	site, byline    uint16 // where these begin in text
	kind, lang      uint32
	outlet          uint32 // folded site
	folder          uint32
	publisher       uint32
	countries, tags uint32 // joined by NUL
	published       uint32 // as digits, 20251029; what is not stated is zero
	words           uint32
	added, captured int64 // Unix milliseconds
	grade           Reliability
	read            bool
}

func (l *line) id() string      { return l.text[:idLength] }
func (l *line) title() string   { return l.text[idLength+1 : l.site-1] }
func (l *line) place() string   { return l.text[l.site : l.byline-1] }
func (l *line) author() string  { return l.text[l.byline:] }
func (l *line) listed() string  { return l.text[idLength:] }
func compareIDs(a, b *line) int { return cmp.Compare(a.id(), b.id()) }

// tally is how much leans on a source.
type tally struct{ highlights, claims int }

// ordering is all lines in an order, ascending; from missing on are those that
// do not state what it orders by.
type ordering struct {
	lines   []*line
	missing int
}

// cataloguer gives numbers to names, and makes lines, many of them and their
// texts in one piece of memory.
type cataloguer struct {
	names   []string
	numbers map[string]uint32
	lines   []line
	texts   strings.Builder
}

// line gives an empty line.
func (c *cataloguer) line() *line {
	if len(c.lines) == cap(c.lines) {
		c.lines = make([]line, 0, 256)
	}
	c.lines = append(c.lines, line{})
	return &c.lines[len(c.lines)-1]
}

// text keeps the text of a line.
func (c *cataloguer) text(id string, plain []byte) string {
	const piece = 32 << 10
	n := len(id) + 1 + len(plain)
	if c.texts.Cap()-c.texts.Len() < n {
		c.texts = strings.Builder{}
		c.texts.Grow(max(piece, n))
	}
	start := c.texts.Len()
	c.texts.WriteString(id)
	c.texts.WriteByte('\n')
	c.texts.Write(plain)
	return c.texts.String()[start:]
}

func newCataloguer() cataloguer {
	return cataloguer{numbers: map[string]uint32{"": 0}, names: []string{""}}
}

func (c *cataloguer) number(name []byte) uint32 {
	n, ok := c.numbers[string(name)]
	if !ok {
		n = uint32(len(c.names))
		c.names = append(c.names, string(name))
		c.numbers[c.names[n]] = n
	}
	return n
}

// catalogued keeps the newest catalogue of a notebook.
type catalogued struct {
	mu      sync.Mutex // held while one is made
	names   cataloguer
	current *catalogue
}

// dateNumber is a date as digits, so that it sorts; a month or year has zeros.
func dateNumber(d document.Date) uint32 {
	n, digits := uint32(0), 0
	for _, c := range d {
		if c >= '0' && c <= '9' {
			n = n*10 + uint32(c-'0')
			digits++
		}
	}
	for ; digits > 0 && digits < 8; digits++ {
		n *= 10
	}
	return n
}

// lineValue is a source's line as stored in its index: ten texts, each preceded
// by its length as uvarint (plain title, site and byline, each but the first
// after a line break; kind; language; folded site; folder; publisher's key;
// countries; tags; date of publication; reliability), the number of words as
// uvarint, the times added and captured in Unix milliseconds as varints, and 1
// where it was read, else 0. Countries and tags are joined by NUL.
func lineValue(s Source) string {
	title, site, byline := plainOf(s)
	codes := make([]string, len(s.Countries))
	for i, cc := range s.Countries {
		codes[i] = cc.Code
	}
	tags := make([]string, len(s.Tags))
	for i, tag := range s.Tags {
		tags[i] = groupKey(tag)
	}
	raw := make([]byte, 0, 64+len(title)+len(site)+len(byline))
	for _, text := range [...]string{
		title + "\n" + site + "\n" + byline, string(s.Kind), s.Lang, groupKey(fold(s.Site)), groupKey(s.Folder), PublisherKey(s),
		strings.Join(codes, "\x00"), strings.Join(tags, "\x00"), string(s.Published), string(s.Reliability),
	} {
		raw = binary.AppendUvarint(raw, uint64(len(text)))
		raw = append(raw, text...)
	}
	raw = binary.AppendUvarint(raw, uint64(max(s.Words, 0)))
	raw = binary.AppendVarint(raw, s.Added.UnixMilli())
	raw = binary.AppendVarint(raw, s.Captured.UnixMilli())
	if s.Read {
		return string(append(raw, 1))
	}
	return string(append(raw, 0))
}

// newLine makes the line of a source.
func (c *cataloguer) newLine(s Source) (*line, error) {
	return c.readLine(string(s.ID), []byte(lineValue(s)))
}

// readLine reads what lineValue wrote.
func (c *cataloguer) readLine(id string, raw []byte) (*line, error) {
	bad := fmt.Errorf("the line of source %q cannot be read: %w", printable([]byte(id)), ErrDamaged)
	if len(id) != idLength {
		return nil, bad
	}
	text := func() []byte {
		n, size := binary.Uvarint(raw)
		if size <= 0 || n > uint64(len(raw)-size) {
			raw = nil
			return nil
		}
		s := raw[size : size+int(n)]
		raw = raw[size+int(n):]
		return s
	}
	plain := text()
	l := c.line()
	l.text = c.text(id, plain)
	for _, to := range []*uint32{&l.kind, &l.lang, &l.outlet, &l.folder, &l.publisher, &l.countries, &l.tags} {
		*to = c.number(text())
	}
	l.published = dateNumber(document.Date(text()))
	l.grade = Reliability(c.names[c.number(text())])
	title := bytes.IndexByte(plain, '\n')
	site := bytes.IndexByte(plain[title+1:], '\n')
	if title < 0 || site < 0 || len(l.text) > math.MaxUint16 {
		return nil, bad
	}
	l.site = uint16(idLength + 1 + title + 1)
	l.byline = l.site + uint16(site+1)
	words, n := binary.Uvarint(raw)
	if n <= 0 {
		return nil, bad
	}
	raw = raw[n:]
	l.words = uint32(words)
	for _, to := range []*int64{&l.added, &l.captured} {
		if *to, n = binary.Varint(raw); n <= 0 {
			return nil, bad
		}
		raw = raw[n:]
	}
	if len(raw) != 1 {
		return nil, bad
	}
	l.read = raw[0] == 1
	return l, nil
}

// plainOf gives what words are looked for in, in plain form and bounded.
func plainOf(s Source) (title, site, byline string) {
	const most = maxListText / 3
	return shorten(plain(s.Title), most), shorten(plain(s.Site), most), shorten(plain(strings.Join(s.Byline, ", ")), most)
}

// catalogue gives the catalogue of the state that t reads.
func (t *Tx) catalogue() (*catalogue, error) {
	if t.listed != nil {
		return t.listed, nil
	}
	seq, err := t.number(metaSequence)
	if err != nil {
		return nil, err
	}
	if t.writing {
		// The state has no number yet, and nobody else can use it.
		names := newCataloguer()
		return t.newCatalogue(&names, seq)
	}
	k := &t.n.catalogued
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.names.numbers == nil {
		k.names = newCataloguer()
	}
	c := k.current
	switch {
	case c != nil && c.seq == seq:
	case c != nil && c.seq < seq:
		c, err = t.follow(c, &k.names, seq)
	default:
		c, err = t.newCatalogue(&k.names, seq)
	}
	if err != nil {
		return nil, err
	}
	if k.current == nil || k.current.seq < seq {
		k.current = c
	}
	t.listed = c
	return c, nil
}

// hasCatalogue says whether there is one that need not be made anew.
func (t *Tx) hasCatalogue() bool {
	k := &t.n.catalogued
	if t.writing || !k.mu.TryLock() {
		return false
	}
	defer k.mu.Unlock()
	return k.current != nil
}

// newCatalogue reads all sources.
func (t *Tx) newCatalogue(names *cataloguer, seq uint64) (*catalogue, error) {
	c := &catalogue{seq: seq, orders: map[SourceOrder]ordering{}, answers: map[SourceQuery][]*line{}}
	if t.n.format < 2 { // open for reading, and not brought up to date
		for s, err := range sources.all(t) {
			if err != nil {
				return nil, err
			}
			if s.Binned.IsZero() {
				l, err := names.newLine(s)
				if err != nil {
					return nil, err
				}
				c.lines = append(c.lines, l)
			}
		}
		c.names = names.names
		return c, c.count(t)
	}
	s, err := t.shelf(sourceLine.name)
	if err != nil {
		return nil, err
	}
	s.each("", "", false, func(k, v []byte) bool {
		var l *line
		l, err = names.readLine(entityID(k), v)
		c.lines = append(c.lines, l)
		return err == nil
	})
	if err != nil {
		return nil, err
	}
	c.names = names.names
	return c, c.count(t)
}

// count works out grades and tallies.
func (c *catalogue) count(t *Tx) (err error) {
	if c.grades, err = t.publisherGrades(); err != nil {
		return err
	}
	c.tally, err = t.tallies()
	return err
}

func (t *Tx) publisherGrades() (map[string]Reliability, error) {
	grades := map[string]Reliability{}
	for p, err := range publishers.all(t) {
		if err != nil {
			return nil, err
		}
		if p.Reliability != "" {
			grades[p.Key] = p.Reliability
		}
	}
	return grades, nil
}

// tallies counts by source the highlights that are not in the bin, and the
// claims that are not in the bin and lean on it by such a highlight or link. It
// reads indexes only.
func (t *Tx) tallies() (map[string]tally, error) {
	out := map[string]tally{}
	source := map[string]string{} // of a highlight or link that is not in the bin
	err := t.eachEntry(highlightByPlace, func(group, id string) {
		n := out[group]
		n.highlights++
		out[group] = n
		source[id] = group
	})
	if err != nil {
		return nil, err
	}
	if err := t.eachEntry(linkBySource, func(group, id string) { source[id] = group }); err != nil {
		return nil, err
	}
	if err := t.eachEntry(linkBinned, func(_, id string) { delete(source, id) }); err != nil {
		return nil, err
	}
	active := map[string]bool{}
	if err := t.eachEntry(claimByMade, func(_, id string) { active[id] = true }); err != nil {
		return nil, err
	}
	type pair struct{ source, claim string }
	seen := map[pair]bool{}
	lean := func(ground, claim string) {
		p := pair{source[ground], claim}
		if p.source == "" || !active[claim] || seen[p] {
			return
		}
		seen[p] = true
		n := out[p.source]
		n.claims++
		out[p.source] = n
	}
	if err := t.eachEntry(claimByHighlight, lean); err != nil {
		return nil, err
	}
	return out, t.eachEntry(claimByLink, lean)
}

// tallyOf is tallies for one source.
func (t *Tx) tallyOf(id SourceID) (tally, error) {
	var out tally
	seen := map[string]bool{}
	lean := func(ix *index, ground string) error {
		cs, err := t.idsIn(ix, ground)
		if err != nil {
			return err
		}
		for _, c := range cs {
			active, err := t.holds(claimText, "", c)
			if err != nil {
				return err
			}
			if active && !seen[c] {
				seen[c] = true
				out.claims++
			}
		}
		return nil
	}
	hs, err := t.idsIn(highlightByPlace, string(id))
	if err != nil {
		return out, err
	}
	out.highlights = len(hs)
	for _, h := range hs {
		if err := lean(claimByHighlight, h); err != nil {
			return out, err
		}
	}
	ls, err := t.idsIn(linkBySource, string(id))
	if err != nil {
		return out, err
	}
	for _, id := range ls {
		l, err := links.get(t, id)
		if err != nil {
			return out, err
		}
		if l.Binned.IsZero() {
			if err := lean(claimByLink, id); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// eachEntry goes through all entries of an index.
func (t *Tx) eachEntry(ix *index, fn func(group, id string)) error {
	s, err := t.shelf(ix.name)
	if err != nil {
		return err
	}
	s.each("", "", false, func(k, _ []byte) bool {
		key := string(k)
		group, _, _ := strings.Cut(key, "\x00")
		fn(group, entityID(k))
		return true
	})
	return nil
}

// mostFollowed is how many entities are brought along one by one; more are read
// anew with all others.
const mostFollowed = 2000

// follow makes the catalogue of the state seq from that of an earlier one.
func (t *Tx) follow(old *catalogue, names *cataloguer, seq uint64) (*catalogue, error) {
	touched := map[string]bool{}
	recount := false
	for ch, err := range t.Changes(old.seq) {
		if err != nil {
			// The audit trail is damaged; the lists need not be.
			return t.newCatalogue(names, seq)
		}
		if ch.Seq > seq {
			break
		}
		for _, k := range ch.Keys {
			switch k.Kind {
			case sources.word:
				touched[k.ID] = true
			case publishers.word, highlights.word, claims.word, links.word:
				recount = true
			}
		}
		if len(touched) > mostFollowed {
			return t.newCatalogue(names, seq)
		}
	}
	c := &catalogue{seq: seq, grades: old.grades, tally: old.tally, orders: map[SourceOrder]ordering{}, answers: map[SourceQuery][]*line{}}
	var fresh []*line
	for _, id := range slices.Sorted(maps.Keys(touched)) {
		s, err := sources.getIf(t, id)
		if err != nil {
			return nil, err
		}
		if s != nil && s.Binned.IsZero() {
			l, err := names.newLine(*s)
			if err != nil {
				return nil, err
			}
			fresh = append(fresh, l)
		}
	}
	c.names = names.names
	gone := func(l *line) bool { return touched[l.id()] }
	c.lines = merged(old.lines, gone, fresh, compareIDs)
	if recount {
		if err := c.count(t); err != nil {
			return nil, err
		}
	}
	old.mu.Lock()
	defer old.mu.Unlock()
	for by, o := range old.orders {
		key := sortKeys[by]
		if recount && key.counted {
			continue // sorted anew when it is asked for
		}
		var stated, missing []*line
		for _, l := range fresh {
			if key.missing(c, l) {
				missing = append(missing, l)
			} else {
				stated = append(stated, l)
			}
		}
		number := key.number(c)
		compare := func(a, b *line) int { return key.compare(numbered{number(a), a}, numbered{number(b), b}) }
		first := merged(o.lines[:o.missing], gone, stated, compare)
		last := merged(o.lines[o.missing:], gone, missing, compareIDs)
		c.orders[by] = ordering{append(first, last...), len(first)}
	}
	return c, nil
}

// merged gives the sorted list without what is gone and with what is fresh.
func merged(list []*line, gone func(*line) bool, fresh []*line, compare func(a, b *line) int) []*line {
	fresh = slices.Clone(fresh)
	slices.SortFunc(fresh, compare)
	out := make([]*line, 0, len(list)+len(fresh))
	for _, l := range list {
		if gone(l) {
			continue
		}
		for len(fresh) > 0 && compare(fresh[0], l) < 0 {
			out = append(out, fresh[0])
			fresh = fresh[1:]
		}
		out = append(out, l)
	}
	return append(out, fresh...)
}

// sortKey is what one order compares, ascending: a number, then a text, then the
// title, where there are such, and at last the ID. What is missing comes last,
// whichever way the list runs.
type sortKey struct {
	desc    bool // the way a list runs unless reversed
	counted bool // it depends on more than the sources
	number  func(c *catalogue) func(l *line) uint64
	text    func(l *line) string // nil: there is none
	titled  bool
	missing func(c *catalogue, l *line) bool
}

func never(*catalogue, *line) bool { return false }

// of makes a number of a line that needs nothing else.
func of(number func(*line) uint64) func(*catalogue) func(*line) uint64 {
	return func(*catalogue) func(*line) uint64 { return number }
}

// beginning is the first eight bytes of a text as a number.
func beginning(s string) uint64 {
	var b [8]byte
	copy(b[:], s)
	return binary.BigEndian.Uint64(b[:])
}

// ranked gives numbers for names in the order of what name makes of them.
func ranked(number func(*line) uint32, name func(string) string) func(*catalogue) func(*line) uint64 {
	return func(c *catalogue) func(*line) uint64 {
		texts := make([]string, len(c.names))
		seen := make([]bool, len(c.names))
		for _, l := range c.lines {
			if n := number(l); !seen[n] {
				seen[n], texts[n] = true, name(c.names[n])
			}
		}
		of := make([]uint64, len(c.names))
		all := slices.Compact(slices.Sorted(slices.Values(texts)))
		for n, text := range texts {
			rank, _ := slices.BinarySearch(all, text)
			of[n] = uint64(rank)
		}
		return func(l *line) uint64 { return of[number(l)] }
	}
}

func asIs(s string) string { return s }

func signed(n int64) uint64 { return uint64(n) + 1<<63 }

var sortKeys = map[SourceOrder]sortKey{
	OrderAdded:     {desc: true, number: of(func(l *line) uint64 { return signed(l.added) }), missing: never},
	OrderCaptured:  {desc: true, number: of(func(l *line) uint64 { return signed(l.captured) }), missing: never},
	OrderPublished: {desc: true, number: of(func(l *line) uint64 { return uint64(l.published) }), missing: func(_ *catalogue, l *line) bool { return l.published == 0 }},
	OrderWords:     {desc: true, number: of(func(l *line) uint64 { return uint64(l.words) }), missing: never},
	OrderTitle:     {number: of(func(l *line) uint64 { return beginning(l.title()) }), text: (*line).title, missing: func(_ *catalogue, l *line) bool { return l.title() == "" }},
	OrderSite:      {number: ranked(func(l *line) uint32 { return l.outlet }, plain), titled: true, missing: func(_ *catalogue, l *line) bool { return l.place() == "" }},
	OrderAuthor:    {number: of(func(l *line) uint64 { return beginning(l.author()) }), text: (*line).author, titled: true, missing: func(_ *catalogue, l *line) bool { return l.author() == "" }},
	OrderKind:      {number: ranked(func(l *line) uint32 { return l.kind }, asIs), titled: true, missing: func(_ *catalogue, l *line) bool { return l.kind == 0 }},
	OrderLang:      {number: ranked(func(l *line) uint32 { return l.lang }, asIs), titled: true, missing: func(_ *catalogue, l *line) bool { return l.lang == 0 }},
	OrderCountry:   {number: ranked(func(l *line) uint32 { return l.countries }, countryName), titled: true, missing: func(_ *catalogue, l *line) bool { return l.countries == 0 }},
	OrderHighlights: {desc: true, counted: true, number: func(c *catalogue) func(*line) uint64 {
		return func(l *line) uint64 { return uint64(c.tally[l.id()].highlights) }
	}, missing: never},
	OrderClaims: {desc: true, counted: true, number: func(c *catalogue) func(*line) uint64 {
		return func(l *line) uint64 { return uint64(c.tally[l.id()].claims) }
	}, missing: never},
	OrderReliability: {counted: true, titled: true, number: func(c *catalogue) func(*line) uint64 {
		return func(l *line) uint64 { return beginning(string(c.gradeOf(l))) }
	}, missing: func(c *catalogue, l *line) bool { return c.gradeOf(l) == "" }},
}

// byTitle compares titles; what has none comes last.
func byTitle(a, b *line) int {
	x, y := a.title(), b.title()
	if (x == "") != (y == "") {
		return cmp.Compare(y, x)
	}
	return cmp.Compare(x, y)
}

// compare compares lines with their numbers.
func (k sortKey) compare(a, b numbered) int {
	if a.number != b.number {
		return cmp.Compare(a.number, b.number)
	}
	if k.text != nil {
		if c := cmp.Compare(k.text(a.l), k.text(b.l)); c != 0 {
			return c
		}
	}
	if k.titled {
		if c := byTitle(a.l, b.l); c != 0 {
			return c
		}
	}
	return compareIDs(a.l, b.l)
}

// countryName is the English name, plain, of the first of some countries, which
// are joined by NUL.
func countryName(countries string) string {
	code, _, _ := strings.Cut(countries, "\x00")
	return plain(country.Name(country.Code(code), "en"))
}

// gradeOf is the reliability of a source: its own, or else its publisher's.
func (c *catalogue) gradeOf(l *line) Reliability {
	if l.grade != "" {
		return l.grade
	}
	return c.grades[c.names[l.publisher]]
}

// numbered is a line with the number that it is sorted by.
type numbered struct {
	number uint64
	l      *line
}

// ordered gives all lines in an order.
func (c *catalogue) ordered(by SourceOrder) ordering {
	key := sortKeys[by]
	base := c.lines
	if key.titled {
		// Lines of the same number then stand by title already.
		base = c.ordered(OrderTitle).lines
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if o, ok := c.orders[by]; ok {
		return o
	}
	number := key.number(c)
	list := make([]numbered, 0, len(base))
	for _, l := range base {
		if !key.missing(c, l) {
			list = append(list, numbered{number(l), l})
		}
	}
	var missing []*line
	for _, l := range c.lines { // by ID
		if len(list) < len(base) && key.missing(c, l) {
			missing = append(missing, l)
		}
	}
	list = byNumber64(list)
	if key.text != nil {
		sortRuns(list, key.compare)
	}
	o := ordering{lines: make([]*line, 0, len(base)), missing: len(list)}
	for _, n := range list {
		o.lines = append(o.lines, n.l)
	}
	o.lines = append(o.lines, missing...)
	c.orders[by] = o
	return o
}

// byNumber64 sorts by number, and leaves what has the same in its order: by one
// byte after the other, from the last.
func byNumber64(list []numbered) []numbered {
	other := make([]numbered, len(list))
	for shift := 0; shift < 64; shift += 8 {
		var at [257]int
		for _, n := range list {
			at[n.number>>shift&0xff+1]++
		}
		if slices.Contains(at[1:], len(list)) {
			continue // all have the same byte here
		}
		for i := 1; i < 256; i++ {
			at[i] += at[i-1]
		}
		for _, n := range list {
			b := n.number >> shift & 0xff
			other[at[b]] = n
			at[b]++
		}
		list, other = other, list
	}
	return list
}

// sortRuns sorts each run of one number.
func sortRuns(list []numbered, compare func(a, b numbered) int) {
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].number == list[from].number {
			to++
		}
		slices.SortFunc(list[from:to], compare)
		from = to
	}
}

// answersKept is how many answers a catalogue keeps, for their next pages.
const answersKept = 8

// find gives the lines that a query lists, in order, whatever its page.
func (c *catalogue) find(q SourceQuery) []*line {
	q.Offset, q.Limit = 0, 0
	c.mu.Lock()
	out, ok := c.answers[q]
	c.mu.Unlock()
	if ok {
		return out
	}
	key := sortKeys[q.Order]
	o := c.ordered(q.Order)
	fits := c.filter(q)
	out = []*line{}
	take := func(l *line) {
		if fits(l) {
			out = append(out, l)
		}
	}
	if key.desc != q.Reverse {
		for i := o.missing - 1; i >= 0; i-- {
			take(o.lines[i])
		}
	} else {
		for _, l := range o.lines[:o.missing] {
			take(l)
		}
	}
	for _, l := range o.lines[o.missing:] {
		take(l)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.answers) >= answersKept {
		clear(c.answers)
	}
	c.answers[q] = out
	return out
}

// filter gives what says whether a line fits a query.
func (c *catalogue) filter(q SourceQuery) func(*line) bool {
	var all []func(*line) bool
	is := func(number func(*line) uint32, name string) {
		// A name may be asked for that no source has.
		n := slices.Index(c.names, name)
		all = append(all, func(l *line) bool { return int(number(l)) == n })
	}
	has := func(number func(*line) uint32, name string) {
		known := map[uint32]bool{}
		all = append(all, func(l *line) bool {
			n := number(l)
			in, ok := known[n]
			if !ok {
				in = slices.Contains(strings.Split(c.names[n], "\x00"), name)
				known[n] = in
			}
			return in
		})
	}
	if q.Kind != "" {
		is(func(l *line) uint32 { return l.kind }, string(q.Kind))
	}
	if q.Lang != "" {
		is(func(l *line) uint32 { return l.lang }, q.Lang)
	}
	if folder := folderName(q.Folder); folder != "" {
		is(func(l *line) uint32 { return l.folder }, folder)
	}
	if q.Unfiled {
		is(func(l *line) uint32 { return l.folder }, "")
	}
	if q.Site != "" {
		is(func(l *line) uint32 { return l.outlet }, groupKey(fold(q.Site)))
	}
	if q.Publisher != "" {
		is(func(l *line) uint32 { return l.publisher }, publisherKey(q.Publisher))
	}
	if q.Country != "" {
		has(func(l *line) uint32 { return l.countries }, string(q.Country))
	}
	if q.Tag != "" {
		has(func(l *line) uint32 { return l.tags }, groupKey(first(words([]string{q.Tag})...)))
	}
	if q.Untagged {
		is(func(l *line) uint32 { return l.tags }, "")
	}
	if q.Unread {
		all = append(all, func(l *line) bool { return !l.read })
	}
	if q.Read {
		all = append(all, func(l *line) bool { return l.read })
	}
	if q.WithoutClaims {
		all = append(all, func(l *line) bool { return c.tally[l.id()].claims == 0 })
	}
	if q.WithClaims {
		all = append(all, func(l *line) bool { return c.tally[l.id()].claims > 0 })
	}
	if q.WithHighlights {
		all = append(all, func(l *line) bool { return c.tally[l.id()].highlights > 0 })
	}
	if q.Reliability != "" {
		all = append(all, func(l *line) bool { return c.gradeOf(l) == q.Reliability })
	}
	if q.Ungraded {
		all = append(all, func(l *line) bool { return c.gradeOf(l) == "" })
	}
	if q.From != "" || q.To != "" {
		all = append(all, spanned(func(l *line) uint32 { return l.published }, q.From, q.To))
	}
	for _, w := range strings.Fields(plain(q.Text)) {
		all = append(all, func(l *line) bool { return strings.Contains(l.listed(), w) })
	}
	return func(l *line) bool {
		for _, fits := range all {
			if !fits(l) {
				return false
			}
		}
		return true
	}
}

// spanned says of dates, which may be whole months or years, whether they touch
// the span from from to to.
func spanned(of func(*line) uint32, from, to document.Date) func(*line) bool {
	low, high := dateNumber(from), fill(dateNumber(to))
	return func(l *line) bool {
		d := of(l)
		return d != 0 && fill(d) >= low && (high == 0 || d <= high)
	}
}

// fill is the last day that a date, which may be a whole month or year, can mean.
func fill(d uint32) uint32 {
	switch {
	case d == 0:
		return 0
	case d%10000 == 0:
		return d + 1299
	case d%100 == 0:
		return d + 99
	}
	return d
}

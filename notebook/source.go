package notebook

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sourcebook/notebook/document"
)

// Source is one article, search snapshot, post, report or note. Its Document
// stands apart (Tx.Document); what lists and filters need is kept here.
type Source struct {
	ID       SourceID      `json:"id"`
	Identity string        `json:"identity,omitempty"` // canonical URL, or "sha256:" and the hash of the text where there is none
	Kind     document.Kind `json:"kind,omitempty"`

	Title             string        `json:"title,omitempty"`
	Standfirst        string        `json:"standfirst,omitempty"`
	Byline            []string      `json:"byline,omitempty"`
	Site              string        `json:"site,omitempty"`
	Publisher         string        `json:"publisher,omitempty"`
	OriginalPublisher string        `json:"original_publisher,omitempty"`
	Section           string        `json:"section,omitempty"`
	Lang              string        `json:"lang,omitempty"`
	URL               string        `json:"url,omitempty"`
	CanonicalURL      string        `json:"canonical_url,omitempty"`
	Published         document.Date `json:"published,omitempty"`
	Modified          document.Date `json:"modified,omitempty"`

	Countries   []document.CountryCount `json:"countries,omitempty"`
	Tags        []string                `json:"tags,omitempty"`
	Folder      string                  `json:"folder,omitempty"`
	Note        string                  `json:"note,omitempty"`        // the analyst's own, Markdown
	Reliability Reliability             `json:"reliability,omitempty"` // overrides the publisher's where stated
	Read        bool                    `json:"read,omitempty"`
	Words       int                     `json:"words,omitempty"` // of the current document

	// ByHand names the fields of metadata that the analyst has set ("title"): a
	// new version leaves them as they are.
	ByHand []string `json:"by_hand,omitempty"`

	Captures []CaptureID `json:"captures,omitempty"` // oldest first; the last is the current version
	Added    time.Time   `json:"added,omitzero"`     // when it first came in
	Captured time.Time   `json:"captured,omitzero"`  // when the current capture was received
	Edited   time.Time   `json:"edited,omitzero"`
	Binned   time.Time   `json:"binned,omitzero"` // zero unless in the bin
}

// Current is the capture whose document is shown.
func (s Source) Current() CaptureID {
	if len(s.Captures) == 0 {
		return ""
	}
	return s.Captures[len(s.Captures)-1]
}

// The indexes of sources. Those without "all" hold only what is not in the bin.
var (
	sourceByAdded     = newCounted("source.added")
	sourceByPublished = newIndex("source.published")
	sourceOfSite      = newCounted("source.of-site") // folded site →
	sourceOfKind      = newCounted("source.kind")
	sourceOfCountry   = newCounted("source.country")
	sourceByMentions  = newIndex("source.mentions") // country → sources, most mentions first
	sourceOfTag       = newCounted("source.tag")
	sourceOfFolder    = newCounted("source.folder")
	sourceOfPublisher = newCounted("source.publisher")
	sourceUnread      = newCounted("source.unread")
	sourceLine        = newIndex("source.line")     // id → its line of the catalogue
	sourceByIdentity  = newIndex("source.identity") // all
	sourceBinned      = newCounted("source.binned")
)

var sources = table[Source]{
	word:    "source",
	key:     func(s Source) string { return string(s.ID) },
	entries: sourceEntries,
	fill: func(t *Tx, id string, s *Source) error {
		flag, err := t.get(bucketRead, id)
		s.Read = flag != nil
		return err
	},
	strip: func(s *Source) { s.Read = false },
	refs: func(s Source) []ref {
		var out []ref
		for _, c := range s.Captures {
			out = append(out, ref{"capture", string(c), "captures"})
		}
		return out
	},
}

// maxListText is how much of title, site and byline lists filter by, in bytes.
const maxListText = 4096

func sourceEntries(s Source) []entry {
	id := string(s.ID)
	out := []entry{{ix: sourceByIdentity, group: s.Identity, id: id}}
	if !s.Binned.IsZero() {
		return append(out, entry{ix: sourceBinned, order: byTime(s.Binned), id: id})
	}
	out = append(out,
		entry{ix: sourceByAdded, order: byTime(s.Added), id: id},
		entry{ix: sourceByPublished, order: string(s.Published) + "\x00", id: id},
		entry{ix: sourceOfKind, group: string(s.Kind), id: id},
		entry{ix: sourceLine, id: id, value: lineValue(s)},
	)
	if s.Site != "" {
		out = append(out, entry{ix: sourceOfSite, group: groupKey(fold(s.Site)), id: id})
	}
	if key := PublisherKey(s); key != "" {
		out = append(out, entry{ix: sourceOfPublisher, group: key, id: id})
	}
	for _, c := range s.Countries {
		out = append(out,
			entry{ix: sourceOfCountry, group: c.Code, id: id},
			entry{ix: sourceByMentions, group: c.Code, order: string(binary.BigEndian.AppendUint32(nil, ^uint32(max(c.Mentions, 0)))), id: id})
	}
	for _, tag := range s.Tags {
		out = append(out, entry{ix: sourceOfTag, group: groupKey(tag), id: id})
	}
	if s.Folder != "" {
		out = append(out, entry{ix: sourceOfFolder, group: groupKey(s.Folder), id: id})
	}
	if !s.Read {
		out = append(out, entry{ix: sourceUnread, id: id})
	}
	return out
}

// Source is one source by ID.
func (t *Tx) Source(id SourceID) (Source, error) { return sources.get(t, string(id)) }

// FindSource finds a source by identity: canonical URL or "sha256:" and text
// hash. ErrNotFound where none.
func (t *Tx) FindSource(identity string) (Source, error) {
	ids, err := t.idsIn(sourceByIdentity, identity)
	if err != nil {
		return Source{}, err
	}
	if len(ids) == 0 || identity == "" {
		return Source{}, fmt.Errorf("source %q: %w", identity, ErrNotFound)
	}
	return t.Source(SourceID(ids[0]))
}

// FindOriginal finds a source by the SHA-256 of a capture's bytes, in
// lower-case hex. ErrNotFound where none.
func (t *Tx) FindOriginal(sha256 string) (Source, error) {
	return t.findCapture(captureBySHA256, sha256)
}

// follow takes over what a document says, but for what was set by hand.
func (s *Source) follow(d *document.Document, words int) {
	byHand := map[string]bool{}
	for _, f := range s.ByHand {
		byHand[f] = true
	}
	for _, f := range s.fields() {
		if byHand[f.name] {
			continue
		}
		f.set(d)
	}
	if s.Kind == "" {
		s.Kind = document.Article
	}
	s.Words = words
}

// field is one metadatum of a source: its name as in JSON, and how it follows
// from a document.
type field struct {
	name  string
	value any // a pointer into the source
	set   func(*document.Document)
}

// fields are the metadata of a source that a document gives.
func (s *Source) fields() []field {
	text := func(name string, to *string, from func(*document.Document) string) field {
		return field{name, to, func(d *document.Document) { *to = norm.NFC.String(strings.TrimSpace(from(d))) }}
	}
	return []field{
		{"kind", &s.Kind, func(d *document.Document) { s.Kind = d.Kind }},
		text("title", &s.Title, func(d *document.Document) string { return d.Title }),
		text("standfirst", &s.Standfirst, func(d *document.Document) string { return d.Standfirst }),
		{"byline", &s.Byline, func(d *document.Document) { s.Byline = append([]string(nil), d.Byline...) }},
		text("site", &s.Site, func(d *document.Document) string { return d.Site }),
		text("publisher", &s.Publisher, func(d *document.Document) string { return d.Publisher }),
		text("original_publisher", &s.OriginalPublisher, func(d *document.Document) string { return d.OriginalPublisher }),
		text("section", &s.Section, func(d *document.Document) string { return d.Section }),
		text("lang", &s.Lang, func(d *document.Document) string { return d.Lang }),
		text("url", &s.URL, func(d *document.Document) string { return d.URL }),
		text("canonical_url", &s.CanonicalURL, func(d *document.Document) string { return d.CanonicalURL }),
		{"published", &s.Published, func(d *document.Document) { s.Published = validDate(d.Published) }},
		{"modified", &s.Modified, func(d *document.Document) { s.Modified = validDate(d.Modified) }},
		{"countries", &s.Countries, func(d *document.Document) {
			s.Countries = nil
			seen := map[string]bool{}
			for _, c := range d.Countries {
				if validCountry(c.Code) && !seen[c.Code] {
					seen[c.Code] = true
					s.Countries = append(s.Countries, c)
				}
			}
		}},
	}
}

// knownKind says whether k is a kind of source, or not stated.
func knownKind(k document.Kind) bool {
	switch k {
	case "", document.Article, document.SearchSnapshot, document.Post, document.Report, document.Note:
		return true
	}
	return false
}

// validDate is d, or empty where d is no day, month or year.
func validDate(d document.Date) document.Date {
	layout := map[int]string{10: "2006-01-02", 7: "2006-01", 4: "2006"}[len(d)]
	if layout == "" {
		return ""
	}
	if _, err := time.Parse(layout, string(d)); err != nil {
		return ""
	}
	return d
}

// validCountry says whether code has the shape of an ISO 3166-1 alpha-2 code.
func validCountry(code string) bool {
	return len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
}

// words trims the words of a list (tags, topics), brings them to NFC, and leaves
// out what is empty or stands twice.
func words(list []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range list {
		w = strings.Join(strings.Fields(norm.NFC.String(strings.ReplaceAll(w, "\x00", ""))), " ")
		if w != "" && !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// wordLetters says of the characters up to Arabic whether they are part of words.
var wordLetters = func() (is [0x700]bool) {
	for r := range rune(len(is)) {
		is[r] = unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
	}
	return is
}()

// countWords counts runs of letters and digits; in scripts that are written
// without spaces, each character.
func countWords(text string) int {
	n, in := 0, false
	for _, r := range text {
		letter := false
		switch {
		case r < 0x80:
			letter = 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r == '\'' || r == '-'
		case int(r) < len(wordLetters):
			letter = wordLetters[r]
		case r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			n++
		default:
			letter = unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '’'
		}
		if letter && !in {
			n++
		}
		in = letter
	}
	return n
}

// PutSource saves a source's metadata, tags, folder, note, grade and read flag.
// What the captures decide (identity, versions, times) stays as stored,
// whatever Source says, so that a form that was filled in slowly undoes no new
// version. A field that is changed joins ByHand; one that is taken out of ByHand
// follows the next version again. Sources come in by AddCapture: an empty ID is not valid.
type PutSource struct {
	Source Source

	follow []string // fields that follow the next version, though they change now
}

// Name is "edit source".
func (c *PutSource) Name() string { return "edit source" }

// Validate wants a source that is held, and grades and dates that exist.
func (c *PutSource) Validate(t *Tx) error {
	s := c.Source
	if s.ID == "" {
		return invalid("a source without ID; sources come in as captures")
	}
	if _, err := t.Source(s.ID); err != nil {
		return err
	}
	if !knownKind(s.Kind) {
		return invalid("kind %q of a source is not known", s.Kind)
	}
	if !s.Reliability.valid() {
		return invalid("reliability %q is not A to F", s.Reliability)
	}
	for _, d := range []document.Date{s.Published, s.Modified} {
		if d != "" && validDate(d) == "" {
			return invalid("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", d)
		}
	}
	for _, cc := range s.Countries {
		if !validCountry(cc.Code) {
			return invalid("country %q is not two capital letters", cc.Code)
		}
	}
	return nil
}

// Apply saves the source.
func (c *PutSource) Apply(w *WriteTx) error {
	old, err := w.Source(c.Source.ID)
	if err != nil {
		return err
	}
	s := c.Source
	s.Identity, s.Captures, s.Words = old.Identity, old.Captures, old.Words
	s.Added, s.Captured, s.Binned = old.Added, old.Captured, old.Binned
	if s.Kind == "" {
		s.Kind = old.Kind
	}
	s.Tags, s.Folder = words(s.Tags), folderName(s.Folder)
	s.ByHand = nil
	was := map[string]bool{}
	for _, f := range c.Source.ByHand {
		was[f] = true
	}
	olds := old.fields()
	for i, f := range s.fields() {
		if slices.Contains(c.follow, f.name) {
			continue
		}
		if was[f.name] || !sameValue(f.value, olds[i].value) {
			s.ByHand = append(s.ByHand, f.name)
		}
	}
	s.Edited = old.Edited
	before, after := old, s
	if sameEntity(before, after) {
		c.Source = old
		return nil
	}
	s.Edited = w.now
	if s.Read != old.Read {
		if err := w.setRead(s.ID, s.Read); err != nil {
			return err
		}
	}
	c.Source = s
	if err := sources.put(w, string(s.ID), s); err != nil {
		return err
	}
	if s.Kind != old.Kind {
		return w.refreshClaimsOfSource(s.ID)
	}
	return nil
}

// sameValue compares two fields by what they point to; a nil list equals an
// empty one.
func sameValue(a, b any) bool {
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	if x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(x.Interface(), y.Interface())
}

// sameEntity compares two entities as they would be stored.
func sameEntity[T any](a, b T) bool {
	x, err := encode(a)
	if err != nil {
		return false
	}
	y, err := encode(b)
	return err == nil && string(x) == string(y)
}

// MarkRead sets the read flag; it is not an undo step.
type MarkRead struct {
	Source SourceID
	Read   bool
}

// Name is "mark read" or "mark unread".
func (c *MarkRead) Name() string {
	if c.Read {
		return "mark read"
	}
	return "mark unread"
}

func (c *MarkRead) passing() {}

// Validate wants a source that is held.
func (c *MarkRead) Validate(t *Tx) error {
	_, err := t.Source(c.Source)
	return err
}

// Apply sets the flag.
func (c *MarkRead) Apply(w *WriteTx) error { return w.setRead(c.Source, c.Read) }

// setRead sets or clears the read flag. It stands apart from the source, so
// that undoing an edit does not make a source unread.
func (w *WriteTx) setRead(id SourceID, read bool) error {
	if read {
		return w.set(bucketRead, string(id), []byte{valueVersion})
	}
	return w.set(bucketRead, string(id), nil)
}

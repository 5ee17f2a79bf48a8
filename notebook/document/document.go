// Package document holds what an importer reads out of a capture: blocks of
// text with links, and metadata, each metadatum with the place it came from.
//
// A Document is a plain value. It knows neither the store nor the screen, and
// its JSON form is the public format that `sourcebook extract --json` prints
// (docs/extract.md). Positions are half-open ranges counted in Unicode code
// points of the text they stand beside: a Link counts in its Block's Text, a
// Citation and a Statement in the Document's canonical Text or, for a
// Statement, in Answer text order as documented there.
package document

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Kind says what sort of thing a source is.
type Kind string

// The kinds, as stored and as printed.
const (
	Article        Kind = "article"
	SearchSnapshot Kind = "search_snapshot"
	Post           Kind = "post"
	Report         Kind = "document" // a PDF, DOCX, EPUB or other paged document
	Note           Kind = "note"
)

// BlockKind says what a block of text is.
type BlockKind string

// The kinds of block, as stored and as printed.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	ListItem  BlockKind = "list_item"
	Quote     BlockKind = "quote"
	Table     BlockKind = "table" // rows parted by "\n", cells by "\t"
	Code      BlockKind = "code"
	Caption   BlockKind = "caption"
)

// Date is a calendar day, month or year as YYYY-MM-DD, YYYY-MM or YYYY. Empty
// means not stated; in JSON that is null.
type Date string

// MarshalJSON writes null for a date that is not stated.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(d))
}

// Precision says how much of a Date is known.
type Precision string

// The precisions of a date.
const (
	Day   Precision = "day"
	Month Precision = "month"
	Year  Precision = "year"
)

// Precision tells the precision of d by its length, empty where d is not stated.
func (d Date) Precision() Precision {
	switch len(d) {
	case 10:
		return Day
	case 7:
		return Month
	case 4:
		return Year
	}
	return ""
}

// Link is an address that stands on a stretch of a block's text.
type Link struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	URL   string `json:"url"`
}

// Block is one paragraph, heading, list item, quotation, table, code or caption.
// Its Text is NFC and has no blank line in it.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Level int       `json:"level"` // heading 1–6, nesting depth of a list item or quote from 1, else 0
	Text  string    `json:"text"`
	Links []Link    `json:"links"`
	Page  int       `json:"page,omitempty"` // of a paged document, from 1
}

// Image is a picture in the capture, by reference: its bytes stay in the
// original. It stands between blocks and is no part of the text; its caption,
// where it has one, is a block of its own, the one that it stands above.
type Image struct {
	// URL leads to the picture: an address, a path within a book or document, or,
	// of one that stands in the page itself, "data:" with the length and a hash
	// of its content. Package importers finds the bytes by it.
	URL    string `json:"url"`
	Alt    string `json:"alt"`    // what the page writes in its place; may be empty
	Before int    `json:"before"` // the block that it stands above; the number of blocks for the end
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"` // in CSS pixels as the page states them, zero where it does not
}

// Citation is a source that the running text names: "(see EDM, May 8, 2024)".
type Citation struct {
	Text         string    `json:"text"` // the outlet and date as they would be written in full
	Start        int       `json:"start"`
	End          int       `json:"end"`
	Outlet       string    `json:"outlet"`
	Handle       string    `json:"handle"` // "@channel", where the text names one
	Date         Date      `json:"date"`
	Precision    Precision `json:"precision"`
	DateInferred bool      `json:"date_inferred"` // the year was not written
	RepostedBy   string    `json:"reposted_by"`
	URL          string    `json:"url,omitempty"` // where the mention is linked
}

// Search is what a result page holds.
type Search struct {
	Engine       string   `json:"engine"` // google, bing, duckduckgo, yandex, baidu, ecosia, yahoo, brave
	Query        string   `json:"query"`
	URL          string   `json:"url"`
	URLTruncated bool     `json:"url_truncated"` // the address was shortened with "…" in what was captured
	Answer       *Answer  `json:"answer"`
	Results      []Result `json:"results"`
}

// AnswerState tells an AI answer that was given from one that was not.
type AnswerState string

// The states of an AI answer.
const (
	Answered  AnswerState = "answered"
	Declined  AnswerState = "declined"  // the engine said it has no answer
	Collapsed AnswerState = "collapsed" // only part of it stood on the page
)

// Answer is a search engine's AI answer: a lead, not evidence.
type Answer struct {
	State    AnswerState `json:"state,omitempty"`
	Sections []Section   `json:"sections"`
}

// Section is a part of an AI answer. The lead before the first heading is a
// section with an empty Heading.
type Section struct {
	Heading    string      `json:"heading"`
	Statements []Statement `json:"statements"`
}

// Statement is one statement of an AI answer, with the label that stood before
// it ("Civilian airliner crash"). Start and End are its place in the document's
// canonical text. Sources are addresses or names that the answer cites for it.
type Statement struct {
	Label   string   `json:"label"`
	Text    string   `json:"text"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Sources []string `json:"sources"`
}

// Result is one entry of a result page. Kind is empty for an ordinary result.
type Result struct {
	Rank    int    `json:"rank"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	Site    string `json:"site"`
	Date    string `json:"date"`
	Snippet string `json:"snippet"`
	Kind    string `json:"kind,omitempty"` // ad, news, video, question, related, panel
}

// SharedBy is who passed a capture on, and when.
type SharedBy struct {
	Name   string `json:"name"`
	Handle string `json:"handle"`
	Date   Date   `json:"date"`
}

// CountryCount is how often a country is named.
type CountryCount struct {
	Code     string `json:"code"` // ISO 3166-1 alpha-2
	Mentions int    `json:"mentions"`
}

// Origin says where a metadatum was read.
type Origin string

// The origins, from the most to the least trusted but for FromUser, which
// nothing overwrites.
const (
	FromUser   Origin = "user"
	FromJSONLD Origin = "json-ld"
	FromOG     Origin = "og"
	FromMeta   Origin = "meta"
	FromHTML   Origin = "html" // the page's markup: <title>, <time>, a byline element
	FromText   Origin = "text" // a rule on the running text
	FromURL    Origin = "url"
)

// Candidate is one value that was found for a metadatum, chosen or not.
type Candidate struct {
	Field      string  `json:"field"`
	Value      string  `json:"value"`
	Origin     Origin  `json:"origin"`
	Confidence float64 `json:"confidence"` // 0–1; 1 where it was stated outright
}

// Reason says why a passage was not taken as text.
type Reason string

// The reasons for dropping a passage.
const (
	Navigation Reason = "navigation"
	Related    Reason = "related"
	Share      Reason = "share"
	Comments   Reason = "comments"
	Footer     Reason = "footer"
	Advert     Reason = "advert"
	Form       Reason = "form"
	Repeated   Reason = "repeated" // it stands elsewhere: title, byline, standfirst, a picture's name
	ByUser     Reason = "user"     // the user threw it out; no importer says so
)

// Dropped is a passage of the capture that is not part of the text.
type Dropped struct {
	Reason Reason `json:"reason"`
	Text   string `json:"text"`
}

// Document is what an importer read out of one capture.
type Document struct {
	Kind              Kind              `json:"kind"`
	Title             string            `json:"title"`
	Standfirst        string            `json:"standfirst"`
	Byline            []string          `json:"byline"`
	Site              string            `json:"site"`               // the site that carries it
	Publisher         string            `json:"publisher"`          // who publishes the site; often the same
	OriginalPublisher string            `json:"original_publisher"` // where it was reprinted from
	Section           string            `json:"section"`
	Published         Date              `json:"published"`
	Modified          Date              `json:"modified"`
	Lang              string            `json:"lang"` // BCP 47 primary subtag, or "und"
	URL               string            `json:"url"`
	CanonicalURL      string            `json:"canonical_url"`
	Text              string            `json:"text"`
	Blocks            []Block           `json:"blocks"`
	Images            []Image           `json:"images,omitempty"` // in the order in which they stand
	Citations         []Citation        `json:"citations"`
	Search            *Search           `json:"search"`
	SharedBy          *SharedBy         `json:"shared_by"`
	Countries         []CountryCount    `json:"countries"`
	OriginOf          map[string]Origin `json:"origin_of"`
	Candidates        []Candidate       `json:"candidates,omitempty"`
	Dropped           []Dropped         `json:"dropped"`
	Warnings          []string          `json:"warnings"`
}

// Canonical joins the texts of blocks by a blank line: the text that positions
// count in. Empty blocks are left out.
func Canonical(blocks []Block) string {
	var b strings.Builder
	for _, bl := range blocks {
		if bl.Text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(bl.Text)
	}
	return b.String()
}

// Finish brings d into its canonical form: texts to NFC, empty blocks out, Text
// from Blocks, and no nil list where the format promises one. An importer calls
// it once, after it has set Blocks and before it counts positions in Text.
// Link positions move with their text where NFC changes its length, and images
// with their blocks.
func (d *Document) Finish() {
	kept := d.Blocks[:0]
	now := make([]int, 0, len(d.Blocks)+1) // where each block, and the end, is now
	for _, b := range d.Blocks {
		now = append(now, len(kept))
		b.Text, b.Links = compose(b.Text, b.Links)
		if strings.TrimSpace(b.Text) == "" {
			continue
		}
		if b.Links == nil {
			b.Links = []Link{}
		}
		kept = append(kept, b)
	}
	d.Blocks = kept
	now = append(now, len(kept))
	for i := range d.Images {
		d.Images[i].Before = now[min(max(d.Images[i].Before, 0), len(now)-1)]
	}
	d.Text = Canonical(d.Blocks)
	d.Title, d.Standfirst = norm.NFC.String(d.Title), norm.NFC.String(d.Standfirst)
	if d.Blocks == nil {
		d.Blocks = []Block{}
	}
	if d.Byline == nil {
		d.Byline = []string{}
	}
	if d.Citations == nil {
		d.Citations = []Citation{}
	}
	if d.Countries == nil {
		d.Countries = []CountryCount{}
	}
	if d.OriginOf == nil {
		d.OriginOf = map[string]Origin{}
	}
	if d.Dropped == nil {
		d.Dropped = []Dropped{}
	}
	if d.Warnings == nil {
		d.Warnings = []string{}
	}
	if d.Search != nil && d.Search.Results == nil {
		d.Search.Results = []Result{}
	}
}

// compose brings text to NFC and moves its links along.
func compose(text string, links []Link) (string, []Link) {
	if norm.NFC.IsNormalString(text) {
		return text, links
	}
	r := []rune(text)
	at := func(pos int) int {
		pos = min(max(pos, 0), len(r))
		return utf8.RuneCountInString(norm.NFC.String(string(r[:pos])))
	}
	moved := make([]Link, len(links))
	for i, l := range links {
		moved[i] = Link{Start: at(l.Start), End: at(l.End), URL: l.URL}
	}
	return norm.NFC.String(text), moved
}

// Set records value for a metadatum and its origin, and keeps it among the
// candidates. It does not overwrite a value that is there: importers ask the
// most trusted origin first. It reports whether value was taken.
func (d *Document) Set(field *string, name, value string, origin Origin, confidence float64) bool {
	value = strings.TrimSpace(value)
	if value == "" {
		return false
	}
	d.Candidates = append(d.Candidates, Candidate{Field: name, Value: value, Origin: origin, Confidence: confidence})
	if *field != "" {
		return false
	}
	*field = value
	if d.OriginOf == nil {
		d.OriginOf = map[string]Origin{}
	}
	d.OriginOf[name] = origin
	return true
}

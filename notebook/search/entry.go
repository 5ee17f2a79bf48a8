package search

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	bleveDocument "github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// Kind says what sort of thing an entry is.
type Kind string

// The kinds of entry.
const (
	Source    Kind = "source"
	Claim     Kind = "claim"
	Highlight Kind = "highlight"
	Note      Kind = "note"
)

// An Entry is one thing that can be found. Its texts are indexed and not kept:
// Options.Text hands them back when snippets are cut.
type Entry struct {
	ID         string // unique among all entries
	Kind       Kind
	SourceID   string // the source it belongs to; a source names itself; may be empty for a claim or a note
	SourceKind string // of a source: article, search_snapshot, post, document, note
	Title      string
	Body       string // what the text is: body, statement, quotation and note
	Site       string
	Author     string
	Lang       string   // BCP 47, or empty
	Countries  []string // ISO 3166-1 alpha-2
	Tags       []string // tags and topics
	Published  string   // YYYY-MM-DD, YYYY-MM, YYYY or a time stamp; or empty
	Captured   string   // likewise
	Highlights int      // how many of each it has
	Claims     int
	Notes      int
	// Credibility is 1 to 6, 0 for not stated; Reliability A to F or empty.
	Credibility int
	Reliability string
}

// The fields of the index. Text holds title, site, author and body, stems the
// stems of the same words.
const (
	fieldText  = "text"
	fieldTitle = "title"
	fieldStem  = "stem"
)

// document brings an entry into the form that is indexed.
func (e Entry) document() *bleveDocument.Document {
	d := bleveDocument.NewDocument(e.ID)
	text := func(field, value string, options index.FieldIndexingOptions, a analysis.Analyzer) {
		if value != "" {
			d.AddField(bleveDocument.NewTextFieldCustom(field, nil, []byte(value), options|index.IndexField, a))
		}
	}
	const positions = index.IncludeTermVectors
	whole := strings.Join([]string{e.Title, e.Site, e.Author, strings.Join(e.Tags, "\n"), e.Body}, "\n\n")
	lang := primary(e.Lang)
	text(fieldText, whole, positions, exactAnalyzer{})
	text(fieldStem, whole, 0, stemAnalyzer{lang})
	text(fieldTitle, e.Title, positions, exactAnalyzer{})
	text("site", e.Site, positions, exactAnalyzer{})
	text("author", e.Author, positions, exactAnalyzer{})
	term := func(field, value string) {
		text(field, value, index.SkipFreqNorm, wholeAnalyzer{})
	}
	kept := func(field, value string) {
		text(field, value, index.SkipFreqNorm|index.StoreField, wholeAnalyzer{})
	}
	kept("kind", string(e.Kind))
	kept("source", e.SourceID)
	term("id", e.ID)
	term("source_kind", e.SourceKind)
	term("lang", lang)
	term("reliability", e.Reliability)
	for _, c := range e.Countries {
		term("country", strings.ToUpper(c))
	}
	for _, t := range e.Tags {
		term("tag", fold(t))
	}
	for _, has := range []struct {
		what string
		is   bool
	}{
		{"highlights", e.Highlights > 0}, {"claims", e.Claims > 0}, {"notes", e.Notes > 0},
		{"tags", len(e.Tags) > 0}, {"countries", len(e.Countries) > 0}, {"date", e.Published != ""},
	} {
		if has.is {
			term("has", has.what)
		}
	}
	number := func(field string, value float64) {
		d.AddField(bleveDocument.NewNumericFieldWithIndexingOptions(field, nil, value, index.IndexField))
	}
	if key := e.orderKey(); key != "" {
		text("order", key, index.SkipFreqNorm|index.DocValues|index.SkipDVCompression, wholeAnalyzer{})
	}
	if first, _, ok := days(e.Published); ok {
		number("published", first)
	}
	if first, _, ok := days(e.Captured); ok {
		number("captured", first)
	}
	if e.Credibility > 0 {
		number("credibility", float64(e.Credibility))
	}
	return d
}

// orderKey is what entries are sorted by in time: publication, or capture where
// that is not stated, then capture. One short key is read for each hit; the
// numbers that ranges are searched by have sixteen terms each.
func (e Entry) orderKey() string {
	published, captured := e.Published, e.Captured
	if published == "" {
		published = captured
	}
	if published == "" {
		return ""
	}
	if len(published) > 10 {
		published = published[:10]
	}
	return published + " " + captured
}

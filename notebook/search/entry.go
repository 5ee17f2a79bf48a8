package search

import (
	"strings"

	"sourcebook/notebook/search/segment"
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

// The fields of the index. Text holds title, site, author, tags and body; stem
// holds the stems of those words that differ from the words themselves.
const (
	fieldText uint8 = iota
	fieldTitle
	fieldSite
	fieldAuthor
	fieldStem
	fieldKind
	fieldSource
	fieldID
	fieldSourceKind
	fieldLang
	fieldReliability
	fieldCountry
	fieldTag
	fieldHas
)

// layouts say what is kept of each field's terms.
var layouts = []segment.Layout{
	fieldText: segment.Places, fieldTitle: segment.Places, fieldSite: segment.Places, fieldAuthor: segment.Places,
	fieldStem: segment.Counts, fieldHas: segment.Docs,
}

// The columns of the index: days since 1970, a grade, and how many words the
// text has.
const (
	columnPublished = iota
	columnCaptured
	columnCredibility
	columnLength
	columns
)

// apart keeps a phrase from reaching from one part of an entry into the next.
const apart = 100

// stored is what is kept of an entry: its ID, kind and source, which hits tell.
func (e Entry) stored() []byte {
	return []byte(e.ID + "\x00" + string(e.Kind) + "\x00" + e.SourceID)
}

// readStored takes apart what was kept of an entry.
func readStored(b []byte) (id string, kind Kind, source string) {
	id, rest, _ := strings.Cut(string(b), "\x00")
	k, source, _ := strings.Cut(rest, "\x00")
	return id, Kind(k), source
}

// addTo puts an entry into a segment.
func (e Entry) addTo(b *segment.Builder) {
	lang := primary(e.Lang)
	length := 0
	// The text is gone through once, before the document begins, since its length
	// is a column.
	type word struct {
		token
		field uint8
		place int
	}
	var list []word
	place := 0
	for _, part := range []struct {
		text  string
		field uint8
	}{{e.Title, fieldTitle}, {e.Site, fieldSite}, {e.Author, fieldAuthor}, {strings.Join(e.Tags, "\n"), fieldText}, {e.Body, fieldText}} {
		tokens(part.text, func(t token) {
			if !t.last { // a single ideograph is found by the pair that it begins, the last one by itself
				place++
				length++
			}
			list = append(list, word{t, part.field, place})
		})
		place += apart
	}
	b.Begin(e.stored(), dayOf(e.Published), dayOf(e.Captured), gradeOf(e.Credibility), int32(length))
	for _, w := range list {
		b.Add(fieldText, w.term, w.place)
		if w.field != fieldText {
			b.Add(w.field, w.term, w.place)
		}
		if w.last {
			continue
		}
		if beginnings[lang] {
			for _, s := range stems(w.token, lang) {
				if s != w.term {
					b.Add(fieldStem, s, 0)
				}
			}
		} else if s := known.stem(w.token, lang); s != w.term {
			b.Add(fieldStem, s, 0)
		}
	}
	term := func(field uint8, value string) {
		if value != "" && len(value) <= longestValue {
			b.Add(field, value, 0)
		}
	}
	term(fieldKind, string(e.Kind))
	term(fieldSource, e.SourceID)
	term(fieldID, e.ID)
	if _, id, ok := strings.Cut(e.ID, ":"); ok {
		term(fieldID, id)
	}
	term(fieldSourceKind, e.SourceKind)
	term(fieldLang, lang)
	term(fieldReliability, e.Reliability)
	for _, c := range e.Countries {
		term(fieldCountry, strings.ToUpper(c))
	}
	for _, t := range e.Tags {
		term(fieldTag, fold(t))
	}
	for _, has := range []struct {
		what string
		is   bool
	}{
		{"highlights", e.Highlights > 0}, {"claims", e.Claims > 0}, {"notes", e.Notes > 0},
		{"tags", len(e.Tags) > 0}, {"countries", len(e.Countries) > 0}, {"date", e.Published != ""},
	} {
		if has.is {
			term(fieldHas, has.what)
		}
	}
}

// longestValue bounds what can be looked for by a field, in bytes.
const longestValue = 1000

// dayOf is the first day of a date in days since 1970.
func dayOf(date string) int32 {
	first, _, ok := days(date)
	if !ok {
		return segment.NoValue
	}
	return int32(first)
}

func gradeOf(credibility int) int32 {
	if credibility < 1 || credibility > 6 {
		return segment.NoValue
	}
	return int32(credibility)
}

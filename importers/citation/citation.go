// Package citation finds the sources that running text names: parenthesised
// lists ("see EDM, May 8, 2024, October 8; APA, October 22"), "as Reuters
// reported on May 8", "according to TASS", "Reuters (May 8)", footnotes and
// lines such as "Source: …", in English, Russian, Turkish and Azerbaijani and,
// for the lists, in other languages whose dates package dates reads.
//
// A citation is a stub: an outlet and, where stated, a day. A date without a
// year takes the year that makes it the latest day not after publication. Where
// a year is written in the same list of the same outlet, the list is taken to
// run forward in time: a date before the written one is not later than it, and
// one after it not earlier. Such years are marked as inferred.
//
// Outlets that are not in the table of this package are recognised by their
// shape and by the company they stand in. What could as well be an event, a
// place or a person is left out.
package citation

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/importers/language"
	"sourcebook/notebook/document"
)

// Options say what the text itself does not.
type Options struct {
	Lang      string        // BCP 47 primary subtag; where it is "" or "und", the text tells
	Published document.Date // bounds dates without a year; empty leaves them without a date
}

// longestText bounds, in bytes, what Find reads; some ten books.
const longestText = 16 << 20

// Find lists the citations in text in order. Positions count Unicode code
// points of text.
func Find(text string, o Options) []document.Citation {
	if len(text) > longestText {
		text = strings.ToValidUTF8(text[:longestText], "")
	}
	if o.Lang == "" || o.Lang == language.Undetermined {
		o.Lang = language.Detect(text)
	}
	s := newScan(text, o)
	s.lists()
	s.labelled()
	s.footnotes()
	s.mentions()
	sort.SliceStable(s.found, func(i, j int) bool { return s.found[i].Start < s.found[j].Start })
	if s.found == nil {
		return []document.Citation{}
	}
	return s.found
}

// InDocument lists the citations in d's canonical text, with the addresses of
// the links that stand on them. A link whose text is a known outlet's name
// counts as a citation where the sentence treats it as one.
func InDocument(d *document.Document) []document.Citation {
	found := Find(d.Text, Options{Lang: d.Lang, Published: d.Published})
	at, first := 0, 0 // first is the citation before which no further link can stand
	for _, b := range d.Blocks {
		if b.Text == "" {
			continue
		}
		n := utf8.RuneCountInString(b.Text)
		for _, l := range b.Links {
			start, end := at+l.Start, at+l.End
			// The nearest citation that the link stands on or right beside:
			// "Reuters <a>reported</a>".
			best, distance := -1, 12
			for first < len(found) && found[first].End+distance < start {
				first++
			}
			for i := first; i < len(found) && found[i].Start < end+distance; i++ {
				gap := max(start-found[i].End, found[i].Start-end, 0)
				if gap < distance && found[i].URL == "" {
					best, distance = i, gap
				}
			}
			if best >= 0 && end-start < 200 {
				found[best].URL = l.URL
			}
		}
		at += n + 2
	}
	return found
}

// scan is one pass over a text. Positions are indices into r.
type scan struct {
	r     []rune
	o     Options
	found []document.Citation
	taken []bool // the code points that are settled
}

func newScan(text string, o Options) *scan {
	s := &scan{r: []rune(text), o: o}
	for i, r := range s.r {
		// One blank for all: no-break spaces stand in many lists.
		if r > unicode.MaxASCII && unicode.Is(unicode.Zs, r) {
			s.r[i] = ' '
		}
	}
	return s
}

func (s *scan) text(start, end int) string {
	return string(s.r[max(start, 0):min(max(end, start, 0), len(s.r))])
}

// overlaps tells whether a stretch meets one that is settled.
func (s *scan) overlaps(start, end int) bool {
	if s.taken == nil {
		return false
	}
	for i := max(start, 0); i < min(end, len(s.taken)); i++ {
		if s.taken[i] {
			return true
		}
	}
	return false
}

func (s *scan) take(start, end int) {
	if s.taken == nil {
		s.taken = make([]bool, len(s.r))
	}
	for i := max(start, 0); i < min(end, len(s.taken)); i++ {
		s.taken[i] = true
	}
}

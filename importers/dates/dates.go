// Package dates reads calendar dates as people and machines write them: ISO
// 8601, numbers with dots, slashes or dashes, month names in some thirty
// languages, 年月日, digits of other scripts, the Persian solar calendar, and,
// where it is told the present moment, "yesterday" and "2 days ago".
//
// Parse takes a string that is a date, such as a meta tag or the line under a
// headline. Find takes running text. Both prefer no date to a wrong one: what
// could be read two ways is left out unless the language or Options settles it.
//
// A date is the calendar day as stated: "2025-10-29T23:30:00-05:00" is
// 2025-10-29 whatever the zone. Cost is linear in the length of the text.
package dates

import (
	"fmt"
	"strings"
	"time"

	"sourcebook/notebook/document"
)

// Order says how "05/06/2025" is to be read.
type Order string

// The orders. Unknown leaves it to the language: day first for most, neither
// for English without a region and for what is not known.
const (
	Unknown    Order = ""
	DayFirst   Order = "day-first"
	MonthFirst Order = "month-first"
)

// The years that a date may have, unless Options.From says otherwise.
const (
	firstYear = 1990
	lastYear  = 2100
)

// Options settle what a text alone does not say. The zero value is useful: only
// dates with a year are read then.
type Options struct {
	// Reference is the day that a date without a year is measured against: such
	// a date takes the year that makes it the latest one not after Reference.
	// A month or a year stands for its last day. Empty: no year is inferred.
	Reference document.Date

	// Now is the moment that "2 hours ago" counts from. Zero: such phrases are
	// not dates.
	Now time.Time

	// Order is how day and month stand in numbers.
	Order Order

	// From is the earliest year that counts as one, 1990 where it is zero.
	From int
}

// Found is a date in a text. Start and End are half-open and count Unicode code
// points. The first day stands for a stretch of days ("20–21 October"), and
// the range covers the stretch.
type Found struct {
	Start, End   int
	Date         document.Date
	Precision    document.Precision
	YearInferred bool // the year was not written, or stands with the other end of a range
}

// Of gives the calendar day of t in t's own zone.
func Of(t time.Time) document.Date {
	if t.IsZero() {
		return ""
	}
	return document.Date(t.Format("2006-01-02"))
}

// Parse reads a string that is a date and little else: weekday, time, zone and
// words such as "Published" may stand around it. lang is a BCP 47 tag whose
// region matters ("en-US" is month first); "" and "und" are fine.
func Parse(s, lang string, o Options) (document.Date, bool) {
	found, ok := ParseFound(s, lang, o)
	return found.Date, ok
}

// ParseFound is Parse that also tells where in s the date stands and whether
// its year was inferred.
func ParseFound(s, lang string, o Options) (Found, bool) {
	if len(s) > 400 {
		return Found{}, false
	}
	p := newParser(lang, o)
	p.whole = true
	p.tokenize(s, 0)
	for i := 0; i < len(p.toks); i++ {
		t := &p.toks[i]
		if h, ok := p.at(i); ok {
			if !p.fillers(h.end, len(p.toks)) || h.needsYear && !p.infer(&h) {
				return Found{}, false
			}
			f, ok := p.found(h)
			return f, ok
		}
		if !p.filler(i) {
			return Found{}, false
		}
		if t.kind == number {
			i = p.skipClock(i) - 1
		}
	}
	return Found{}, false
}

// Find lists the dates in running text, in order, without overlaps. Dates do
// not reach across a line feed.
func Find(text, lang string, o Options) []Found {
	p := newParser(lang, o)
	var found []Found
	pos := 0
	for len(text) > 0 {
		n := strings.IndexByte(text, '\n')
		next := n + 1
		if n < 0 {
			n, next = len(text), len(text)
		}
		line := text[:n]
		for len(line) > 0 {
			piece := line[:cut(line)]
			line = line[len(piece):]
			if p.maybe(piece) {
				found = append(found, p.find(piece, pos)...)
			}
			pos += runes(piece)
		}
		pos += next - n
		text = text[next:]
	}
	return found
}

// find lists the dates of one line or piece of a line that begins at code point
// base.
func (p *parser) find(piece string, base int) []Found {
	p.tokenize(piece, base)
	var hits []hit
	for i := 0; i < len(p.toks); {
		h, ok := p.at(i)
		if !ok {
			if p.toks[i].kind == number {
				i = p.skipNumber(i)
			} else {
				i++
			}
			continue
		}
		hits = append(hits, h)
		i = h.end
	}
	// "December 30 – January 2, 2026": the year of the second is that of the
	// first, or the year before where the first is later in the year.
	for i := len(hits) - 2; i >= 0; i-- {
		a, b := &hits[i], &hits[i+1]
		if a.needsYear && b.day > 0 && b.year != 0 && p.joined(a.end, b.start) {
			a.year, a.needsYear, a.inferred = b.year, false, true
			if a.month > b.month {
				a.year--
			}
		}
	}
	var found []Found
	for _, h := range hits {
		if h.needsYear && !p.infer(&h) {
			continue
		}
		if f, ok := p.found(h); ok {
			found = append(found, f)
		}
	}
	return found
}

// hit is a date as read from the tokens start up to end.
type hit struct {
	start, end       int // tokens
	year, month, day int // 0 where not stated
	needsYear        bool
	inferred         bool
}

// found turns a hit into a Found, or says that there is no such day.
func (p *parser) found(h hit) (Found, bool) {
	if h.year < p.from || h.year > lastYear {
		return Found{}, false
	}
	f := Found{Start: p.toks[h.start].pos, End: p.toks[h.end-1].posEnd, YearInferred: h.inferred}
	switch {
	case h.month == 0:
		f.Date, f.Precision = document.Date(fmt.Sprintf("%04d", h.year)), document.Year
	case h.day == 0:
		f.Date, f.Precision = document.Date(fmt.Sprintf("%04d-%02d", h.year, h.month)), document.Month
	default:
		if h.day > daysIn(h.year, h.month) {
			return Found{}, false
		}
		f.Date, f.Precision = document.Date(fmt.Sprintf("%04d-%02d-%02d", h.year, h.month, h.day)), document.Day
	}
	return f, true
}

// infer gives h the year that makes it the latest date not after the reference.
func (p *parser) infer(h *hit) bool {
	if p.ref.IsZero() {
		return false
	}
	for year := p.ref.Year(); year > p.ref.Year()-9; year-- {
		if h.day > daysIn(year, h.month) || time.Date(year, time.Month(h.month), h.day, 0, 0, 0, 0, time.UTC).After(p.ref) {
			continue
		}
		h.year, h.needsYear, h.inferred = year, false, true
		return true
	}
	return false
}

// Latest infers a year as Find does: the day of month and day that is the latest
// not after reference. It is for callers that read the parts themselves.
func Latest(month, day int, reference document.Date) (document.Date, bool) {
	p := newParser("", Options{Reference: reference})
	h := hit{month: month, day: day, needsYear: true}
	if month < 1 || month > 12 || day < 1 || !p.infer(&h) {
		return "", false
	}
	return document.Date(fmt.Sprintf("%04d-%02d-%02d", h.year, h.month, h.day)), true
}

// lastDay is the last day that d covers, zero where d is not stated or not a date.
func lastDay(d document.Date) time.Time {
	switch d.Precision() {
	case document.Day:
		if t, err := time.Parse("2006-01-02", string(d)); err == nil {
			return t
		}
	case document.Month:
		if t, err := time.Parse("2006-01", string(d)); err == nil {
			return t.AddDate(0, 1, -1)
		}
	case document.Year:
		if t, err := time.Parse("2006", string(d)); err == nil {
			return t.AddDate(1, 0, -1)
		}
	}
	return time.Time{}
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// Package pastedtext reads plain text that was copied from a browser with the
// whole page around the article: menus, lists of headlines, share labels,
// counters, names of pictures, footers.
//
// Read finds the article among them and what the lines around it say: title,
// byline, the site that carries it and the publisher it was reprinted from,
// section, date and standfirst. Which lines are the article's is judged by
// package line; this package names the parts and accounts for the rest: every
// line is either kept, stands in the metadata, or is listed as dropped with a
// reason. Text that has no page around it, such as a note or an article
// without chrome, is kept whole.
package pastedtext

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// Limits of Read.
const (
	MaxBytes = 64 << 20
	MaxLines = 1 << 20 // that are not blank
)

// Errors of Read.
var (
	ErrTooLarge = errors.New("text is too large")
	ErrEmpty    = errors.New("text is empty")
)

// Options tell what is known of a text besides itself. The zero value is fine.
type Options struct {
	Received time.Time // when it was pasted: bounds dates without a year
	URL      string    // where it was copied from
	Name     string    // of the file it came in
}

// Read reads text. Its cost is linear in the length of text. It gives
// ErrEmpty where nothing is in it, ErrTooLarge where it exceeds MaxBytes or
// MaxLines, and the error of ctx where that ends first.
func Read(ctx context.Context, text string, o Options) (*document.Document, error) {
	if len(text) > MaxBytes {
		return nil, fmt.Errorf("read pasted text of %d bytes: %w (at most %d)", len(text), ErrTooLarge, MaxBytes)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	ends := 0
	for _, end := range []string{"\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"} {
		ends += strings.Count(text, end)
	}
	if ends > pageLines {
		return readLong(ctx, text, o)
	}
	lines := line.Split(text)
	if len(lines) == 0 {
		return nil, fmt.Errorf("read pasted text: %w", ErrEmpty)
	}
	p := &paste{lines: lines, o: o, part: make([]part, len(lines))}
	p.doc = &document.Document{URL: o.URL}
	scores, err := line.Score(ctx, lines)
	if err != nil {
		return nil, err
	}
	p.score = scores
	kept := line.Article(lines, scores)
	if !slices.Contains(kept, true) {
		// A page has an article as a rule: the best that there is.
		best := slices.Index(scores, slices.Max(scores))
		kept[best] = lines[best].Words() >= 8
	}
	for i, k := range kept {
		if k {
			p.part[i] = body
		}
	}
	p.findLanguage()
	if p.isPlain() {
		p.readPlain()
	} else {
		p.readPage()
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.doc.Finish()
	return p.doc, nil
}

// part is what a line turned out to be.
type part uint8

const (
	rest       part = iota // not of the article
	body                   // of the article
	title                  // the title
	standfirst             // the standfirst
	metadata               // byline, date, section, breadcrumb: what they say stands in the document
	repeated               // what stands elsewhere already
)

// paste is a text while it is being read.
type paste struct {
	lines []line.Line
	score []float64
	part  []part
	o     Options
	doc   *document.Document

	lang        string
	crumbs      []string // of the breadcrumb
	top, bottom int      // the first body line and the line after the last
	titleLine   int      // -1 where none
}

// readPage reads a text with a page around it.
func (p *paste) readPage() {
	p.doc.Kind = document.Article
	thread := p.thread()
	p.bounds()
	p.findCrumbs()
	p.findTitle()
	p.findSite()
	p.bounds()
	p.findDateline()
	p.findByline()
	p.findSection()
	p.findStandfirst()
	p.dropRepeats()
	p.trimHead()
	if !thread {
		p.cutTail()
		p.trimTail()
		p.callouts()
		p.bounds()
		p.goOn()
		p.listHeads()
	}
	p.bounds()
	p.doc.Blocks = p.blocks()
	p.doc.Dropped = p.dropped()
	if p.top == p.bottom {
		p.doc.Warnings = append(p.doc.Warnings, "no article was found in this text; all of it is among what was dropped")
	}
}

// bounds sets top and bottom to the lines that were kept.
func (p *paste) bounds() {
	p.top, p.bottom = len(p.lines), len(p.lines)
	for i, k := range p.part {
		if k == body {
			p.top = min(p.top, i)
			p.bottom = i + 1
		}
	}
}

// findLanguage tells the language by what was kept, or by all of it.
func (p *paste) findLanguage() {
	p.findLanguageOnly()
	p.doc.Lang = p.lang
}

func (p *paste) findLanguageOnly() {
	var b strings.Builder
	for i, k := range p.part {
		if k == body && b.Len() < 24<<10 {
			b.WriteString(p.lines[i].Text)
			b.WriteByte('\n')
		}
	}
	for i := 0; b.Len() < 200 && i < len(p.lines); i++ {
		b.WriteString(p.lines[i].Text)
		b.WriteByte('\n')
	}
	p.lang = language.Detect(b.String())
}

// dateOptions are those for dates in this text.
func (p *paste) dateOptions() dates.Options {
	return dates.Options{Reference: dates.Of(p.o.Received), Now: p.o.Received}
}

package briefing

import "strings"

// Block is one piece of a section: Heading, Paragraph, List, Quote, Code,
// Claims, Judgements, Table or Timeline.
type Block interface{ block() }

// Heading stands within a section. Level counts from 1, the one just below the
// section's own heading.
type Heading struct {
	Level  int
	Number string // "2.1", empty where it is not numbered
	Text   Text
}

// Paragraph is running text. A Quiet one is said in passing: freshness, gaps.
type Paragraph struct {
	Text  Text
	Quiet bool
}

// List is a list of items, each of which is blocks. Start is the number of the
// first item of an ordered one.
type List struct {
	Ordered bool
	Start   int
	Items   [][]Block
}

// Quote is a quotation set apart.
type Quote struct{ Blocks []Block }

// Code is text whose lines and spaces are kept.
type Code struct{ Text string }

// Claims is a list of claims.
type Claims struct{ Items []Claim }

// Judgements are the key judgements: claims, or statements of the author's own,
// which have no ID and no grade.
type Judgements struct{ Items []Claim }

// Table is a table with one header row. Its first column names the row where
// Lead is set.
type Table struct {
	Header []Cell
	Rows   [][]Cell
	Lead   bool
}

// Cell is one cell of a table. One without blocks is empty; in a comparison
// that is a gap.
type Cell struct {
	Blocks []Block
	Gap    bool
}

// Timeline is claims in the order of their event dates.
type Timeline struct{ Entries []Claim }

func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Quote) block()      {}
func (Code) block()       {}
func (Claims) block()     {}
func (Judgements) block() {}
func (Table) block()      {}
func (Timeline) block()   {}

// Text is running text as spans of one style each.
type Text []Span

// Span is a stretch of text in one style, or, where Note is set, a reference to
// that endnote. A "\n" in Text is a line break that was asked for.
type Span struct {
	Text   string
	Bold   bool
	Italic bool
	Code   bool
	URL    string
	Note   int
}

// Plain is s as a Text without style.
func Plain(s string) Text {
	if s == "" {
		return nil
	}
	return Text{{Text: s}}
}

// String is the words of t without style and references.
func (t Text) String() string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return b.String()
}

// WithNotes is t with references to the notes after it.
func (t Text) WithNotes(notes ...int) Text {
	t = t[:len(t):len(t)]
	for _, n := range notes {
		t = append(t, Span{Note: n})
	}
	return t
}

// Walk calls fn with every block of blocks, those inside lists, quotations and
// tables too, each before what it holds.
func Walk(blocks []Block, fn func(Block)) {
	for _, b := range blocks {
		fn(b)
		switch b := b.(type) {
		case List:
			for _, item := range b.Items {
				Walk(item, fn)
			}
		case Quote:
			Walk(b.Blocks, fn)
		case Table:
			for _, row := range append([][]Cell{b.Header}, b.Rows...) {
				for _, cell := range row {
					Walk(cell.Blocks, fn)
				}
			}
		}
	}
}

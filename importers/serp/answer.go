package serp

import (
	"strings"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// piece is a line of an AI answer after what was pasted together has been taken
// apart again.
type piece struct {
	kind    pieceKind
	label   string // of a statement
	text    string
	sources []string
	listed  bool // it had a bullet or a number
}

type pieceKind int

const (
	statementPiece pieceKind = iota
	headingPiece
)

// sections builds an answer's sections from its pieces.
func sections(pieces []piece) []document.Section {
	var list []document.Section
	for _, p := range pieces {
		if p.kind == headingPiece {
			if len(list) >= maxSections {
				break
			}
			list = append(list, document.Section{Heading: p.text, Statements: []document.Statement{}})
			continue
		}
		if len(list) == 0 {
			list = append(list, document.Section{Statements: []document.Statement{}})
		}
		last := &list[len(list)-1]
		sources := p.sources
		if sources == nil {
			sources = []string{}
		}
		last.Statements = append(last.Statements, document.Statement{Label: p.label, Text: p.text, Sources: sources})
	}
	return list
}

// place appends an answer to d as blocks. The statements' places in the
// canonical text are set by locate, once the document is finished.
func place(d *document.Document, answer *document.Answer) {
	d.Search.Answer = answer
	for _, s := range answer.Sections {
		if s.Heading != "" {
			d.Blocks = append(d.Blocks, document.Block{Kind: document.Heading, Level: 2, Text: s.Heading})
		}
		for _, st := range s.Statements {
			if st.Label != "" {
				d.Blocks = append(d.Blocks, document.Block{Kind: document.ListItem, Level: 1, Text: st.Label + ": " + st.Text})
			} else {
				d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: st.Text})
			}
		}
	}
}

// locate sets where each statement stands in the finished document's text. It
// relies on place having put one block a statement at the front, in order.
func locate(d *document.Document) {
	if d.Search == nil || d.Search.Answer == nil {
		return
	}
	at, next := 0, 0
	step := func() document.Block {
		b := d.Blocks[next]
		next++
		return b
	}
	for i := range d.Search.Answer.Sections {
		s := &d.Search.Answer.Sections[i]
		if s.Heading != "" {
			if next >= len(d.Blocks) {
				return
			}
			at += utf8.RuneCountInString(step().Text) + 2
		}
		for k := range s.Statements {
			st := &s.Statements[k]
			if next >= len(d.Blocks) {
				return
			}
			text := step().Text
			n := utf8.RuneCountInString(text)
			st.Start, st.End = at, at+n
			if st.Label != "" {
				if j := strings.Index(text, ": "); j >= 0 {
					st.Start = at + min(utf8.RuneCountInString(st.Label)+2, n)
				}
			}
			// NFC may have changed what place was given.
			st.Text = string([]rune(text)[st.Start-at:])
			at += n + 2
		}
	}
}

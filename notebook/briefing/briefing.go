// Package briefing turns a notebook's briefing into a document: composed from
// claims, dossiers and comparisons, with every statement led back by numbered
// endnotes to the originals that are kept.
//
// Compose gives a Document, which knows no file format. The packages pdf, docx,
// markdown and html beside this one render it; Check says where it falls short
// of good practice; Draft proposes the parts of a briefing on given countries.
//
// The practice followed: ICD 206 for endnotes, source descriptors and the
// summary statement on sources, ICD 203 for likelihood and confidence, the
// Admiralty code (NATO AJP-2.1) for grades, TLP 2.0 (FIRST) for marking.
package briefing

import (
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// Document is a composed briefing, ready to be rendered. It is a plain value;
// the same value always renders to the same bytes.
type Document struct {
	Title    string
	Subtitle string
	Author   string
	Date     document.Date // on the cover; empty: not stated
	TLP      notebook.TLP  // empty: not marked
	Made     time.Time     // when it was composed; the date inside rendered files
	Sections []Section
	Notes    []Note    // the endnotes; Notes[i].N is i+1
	Summary  []string  // the summary statement on sources, one paragraph each
	Omitted  []Omitted // what the briefing asked for and could not be shown
	Unfound  []Unfound // what does not stand in the originals cited for it
}

// Omitted is a claim that a briefing names and the document does not hold.
type Omitted struct {
	Claim  notebook.ClaimID
	Reason string
}

// Section is one part of the document. A section of kind PartSources has no
// Blocks: the summary statement, the endnotes and the scales stand there.
type Section struct {
	Kind    notebook.PartKind
	Number  string // "1", "2"; empty for key judgements and sources
	Heading string
	Blocks  []Block
	Wide    bool // its tables want a page in landscape
}

// Ordered gives the sections with one of kind PartSources among them: where d
// has none but has endnotes or a summary, it is added at the end.
func (d *Document) Ordered() []Section {
	for _, s := range d.Sections {
		if s.Kind == notebook.PartSources {
			return d.Sections
		}
	}
	if len(d.Notes) == 0 && len(d.Summary) == 0 {
		return d.Sections
	}
	return append(d.Sections[:len(d.Sections):len(d.Sections)],
		Section{Kind: notebook.PartSources, Heading: HeadingSources})
}

// Note gives endnote n, counted from 1.
func (d *Document) Note(n int) (Note, bool) {
	if n < 1 || n > len(d.Notes) {
		return Note{}, false
	}
	return d.Notes[n-1], true
}

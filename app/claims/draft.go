// Package claims is the place for claims: the list with its filters, one claim
// with its evidence, links, relations and impact, and the form that makes and
// changes them.
package claims

import (
	"fmt"
	"time"

	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// Quote is a passage that is to be evidence. With an empty Highlight it is a
// passage of Source that is highlighted when the claim is saved.
type Quote struct {
	Highlight notebook.HighlightID
	Source    notebook.SourceID
	Capture   notebook.CaptureID
	Range     reader.Range
	Exact     string
	Where     string // the source's name, to show
	Colour    notebook.Colour
	Stance    notebook.Stance
	Lead      bool // it stands in a search engine's AI answer: a lead, not evidence
}

// Link is a source link that is to be attached.
type Link struct {
	ID     notebook.LinkID // where it is there already
	URL    string
	Stub   string
	Title  string
	Outlet string
	Date   document.Date
	Cited  notebook.SourceID // the source whose text cites it
	Stance notebook.Stance
	State  notebook.LinkState

	Accessed time.Time // zero: not stated
	changed  bool      // of one that is there already
}

// saved is the link as the notebook keeps it.
func (l Link) saved(claim notebook.ClaimID) notebook.SourceLink {
	out := notebook.SourceLink{ID: l.ID, Claim: claim, URL: l.URL, Stub: l.Stub, Title: l.Title, Outlet: l.Outlet, Date: l.Date, Accessed: l.Accessed, CitedIn: l.Cited, State: notebook.Cited}
	if l.State == notebook.Unreachable {
		out.State = l.State
	}
	return out
}

// Draft is a claim as the form holds it.
type Draft struct {
	Claim   notebook.Claim // an empty ID for a new one
	Quotes  []Quote
	Links   []Link
	removed []notebook.LinkID
}

// Save is the one change that keeps a draft: highlights first, then the claim
// with its evidence, then its links.
type Save struct {
	Draft Draft
	// Claim is set by Apply: the claim as saved.
	Claim notebook.ClaimID
}

// Name is part of notebook.Command.
func (s *Save) Name() string {
	if s.Draft.Claim.ID == "" {
		return "add claim"
	}
	return "edit claim"
}

// Validate checks what can be checked before the highlights exist.
func (s *Save) Validate(tx *notebook.Tx) error {
	return (&notebook.PutClaim{Claim: s.bare()}).Validate(tx)
}

// bare is the claim without its evidence.
func (s *Save) bare() notebook.Claim {
	c := s.Draft.Claim
	c.Evidence = nil
	return c
}

// Apply is part of notebook.Command.
func (s *Save) Apply(tx *notebook.WriteTx) error {
	c := s.bare()
	for _, q := range s.Draft.Quotes {
		if q.Highlight == "" {
			put := &notebook.PutHighlight{Highlight: notebook.Highlight{
				Source: q.Source, Capture: q.Capture, Start: q.Range.Start, End: q.Range.End, Colour: q.Colour}}
			if err := run(tx, put); err != nil {
				return fmt.Errorf("highlight the passage: %w", err)
			}
			q.Highlight = put.Highlight.ID
		}
		c.Evidence = append(c.Evidence, notebook.Evidence{Highlight: q.Highlight, Stance: q.Stance})
	}
	for _, l := range s.Draft.Links {
		if l.ID != "" {
			c.Evidence = append(c.Evidence, notebook.Evidence{Link: l.ID, Stance: l.Stance})
		}
	}
	put := &notebook.PutClaim{Claim: c}
	if err := run(tx, put); err != nil {
		return err
	}
	s.Claim = put.Claim.ID
	for _, l := range s.Draft.Links {
		if l.ID != "" && !l.changed {
			continue
		}
		link := &notebook.PutLink{Stance: l.Stance, Link: l.saved(s.Claim)}
		if l.ID != "" { // what the form does not show stays
			old, err := tx.Link(l.ID)
			if err != nil {
				return fmt.Errorf("change %s: %w", firstOf(l.Title, l.URL, l.Stub), err)
			}
			link.Link.Source = old.Source
		}
		if err := run(tx, link); err != nil {
			return fmt.Errorf("attach %s: %w", firstOf(l.URL, l.Stub, l.Title), err)
		}
	}
	if len(s.Draft.removed) > 0 {
		bin := &notebook.ToBin{}
		for _, id := range s.Draft.removed {
			bin.Keys = append(bin.Keys, notebook.Key{Kind: "link", ID: string(id)})
		}
		return run(tx, bin)
	}
	return nil
}

func run(tx *notebook.WriteTx, c notebook.Command) error {
	if err := c.Validate(&tx.Tx); err != nil {
		return err
	}
	return c.Apply(tx)
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

// Load reads the draft of a claim that is there, to be edited.
func Load(tx *notebook.Tx, id notebook.ClaimID) (Draft, error) {
	c, err := tx.Claim(id)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Claim: c}
	for _, e := range c.Evidence {
		switch {
		case e.Highlight != "":
			h, err := tx.Highlight(e.Highlight)
			if err != nil {
				return Draft{}, err
			}
			q := Quote{Highlight: h.ID, Source: h.Source, Capture: h.Capture, Range: reader.Range{Start: h.Start, End: h.End},
				Exact: h.Exact, Colour: h.Colour, Stance: e.Stance}
			if s, err := tx.Source(h.Source); err == nil {
				q.Where = s.Title
				q.Lead, err = InAnswer(tx, s, q.Range)
				if err != nil {
					return Draft{}, err
				}
			}
			d.Quotes = append(d.Quotes, q)
		case e.Link != "":
			l, err := tx.Link(e.Link)
			if err != nil {
				return Draft{}, err
			}
			d.Links = append(d.Links, Link{ID: l.ID, URL: l.URL, Stub: l.Stub, Title: l.Title, Outlet: l.Outlet, Date: l.Date,
				Cited: l.CitedIn, Stance: e.Stance, State: l.State, Accessed: l.Accessed})
		}
	}
	return d, nil
}

// InAnswer tells whether a passage of a source lies in a search engine's AI
// answer.
func InAnswer(tx *notebook.Tx, s notebook.Source, at reader.Range) (bool, error) {
	if s.Kind != document.SearchSnapshot {
		return false, nil
	}
	doc, err := tx.Document(s.Current())
	if err != nil {
		return false, fmt.Errorf("read the text of %s: %w", s.Title, err)
	}
	return AnswerCovers(doc, at), nil
}

// AnswerCovers tells whether a passage overlaps a statement of an AI answer.
func AnswerCovers(doc *document.Document, at reader.Range) bool {
	if doc.Search == nil || doc.Search.Answer == nil {
		return false
	}
	for _, sec := range doc.Search.Answer.Sections {
		for _, st := range sec.Statements {
			if st.Start < at.End && at.Start < st.End {
				return true
			}
		}
	}
	return false
}

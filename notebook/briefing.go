package notebook

import (
	"slices"
	"strings"
	"time"

	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// PartKind is what stands in one part of a briefing.
type PartKind string

// The kinds of part.
const (
	PartJudgements PartKind = "judgements" // key judgements: Text, one a line, and Claims
	PartSection    PartKind = "section"    // Heading, Text (Markdown), Claims
	PartDossier    PartKind = "dossier"    // Country, Topics
	PartComparison PartKind = "comparison" // Countries, Topics
	PartTimeline   PartKind = "timeline"   // Countries; claims by event date
	PartSources    PartKind = "sources"    // the numbered endnotes; added at the end where absent
)

// Part is one part of a briefing, in order.
type Part struct {
	Kind      PartKind       `json:"kind,omitempty"`
	Heading   string         `json:"heading,omitempty"`
	Text      string         `json:"text,omitempty"`
	Claims    []ClaimID      `json:"claims,omitempty"`
	Country   country.Code   `json:"country,omitempty"`
	Countries []country.Code `json:"countries,omitempty"`
	Topics    []string       `json:"topics,omitempty"`
}

// Briefing is an ordered document made of the notebook's claims and dossiers.
// Package briefing composes it and renders it.
type Briefing struct {
	ID       BriefingID `json:"id"`
	Title    string     `json:"title,omitempty"`
	Subtitle string     `json:"subtitle,omitempty"`
	Author   string     `json:"author,omitempty"`
	TLP      TLP        `json:"tlp,omitempty"`
	Date     string     `json:"date,omitempty"` // YYYY-MM-DD, the date on the cover; empty: that of export
	Parts    []Part     `json:"parts,omitempty"`
	Made     time.Time  `json:"made,omitzero"`
	Edited   time.Time  `json:"edited,omitzero"`
	Binned   time.Time  `json:"binned,omitzero"`
}

var (
	briefingByMade  = newCounted("briefing.made")
	briefingByClaim = newIndex("briefing.claim") // all, also in the bin
	briefingBinned  = newCounted("briefing.binned")
)

var briefings = table[Briefing]{
	word: "briefing",
	key:  func(b Briefing) string { return string(b.ID) },
	entries: func(b Briefing) []entry {
		id := string(b.ID)
		var out []entry
		for _, c := range b.claims() {
			out = append(out, entry{ix: briefingByClaim, group: string(c), id: id})
		}
		if !b.Binned.IsZero() {
			return append(out, entry{ix: briefingBinned, order: byTime(b.Binned), id: id})
		}
		return append(out, entry{ix: briefingByMade, order: byTime(b.Made), id: id})
	},
	refs: func(b Briefing) []ref {
		var out []ref
		for _, c := range b.claims() {
			out = append(out, ref{"claim", string(c), "parts"})
		}
		return out
	},
}

// claims are those that its parts name, each once.
func (b Briefing) claims() []ClaimID {
	var out []ClaimID
	for _, p := range b.Parts {
		out = append(out, p.Claims...)
	}
	return unique(out)
}

// uses says whether the briefing shows a claim: by name, or as part of a
// dossier, a comparison or a timeline.
func (b Briefing) uses(c Claim) bool {
	has := func(countries []country.Code, topics []string) bool {
		in := slices.ContainsFunc(countries, func(cc country.Code) bool { return slices.Contains(c.Countries, cc) })
		return in && (len(topics) == 0 || slices.ContainsFunc(topics, func(t string) bool { return slices.Contains(c.Topics, t) }))
	}
	for _, p := range b.Parts {
		switch {
		case slices.Contains(p.Claims, c.ID),
			p.Kind == PartDossier && has([]country.Code{p.Country}, p.Topics),
			p.Kind == PartComparison && has(p.Countries, p.Topics),
			p.Kind == PartTimeline && c.EventDate != "" && (len(p.Countries) == 0 || has(p.Countries, p.Topics)):
			return true
		}
	}
	return false
}

// Briefing is one briefing by ID.
func (t *Tx) Briefing(id BriefingID) (Briefing, error) { return briefings.get(t, string(id)) }

// Briefings are all of them, newest first.
func (t *Tx) Briefings() ([]Briefing, error) {
	out, err := collect(t, briefings, briefingByMade, "")
	slices.Reverse(out)
	return out, err
}

// PutBriefing saves a briefing, new where its ID is empty.
type PutBriefing struct{ Briefing Briefing }

// Name is "add briefing" or "edit briefing".
func (c *PutBriefing) Name() string {
	if c.Briefing.ID == "" {
		return "add briefing"
	}
	return "edit briefing"
}

// Validate wants known kinds of part, claims that are held, and a TLP marking
// that exists.
func (c *PutBriefing) Validate(t *Tx) error {
	b := c.Briefing
	if b.ID != "" {
		if _, err := t.Briefing(b.ID); err != nil {
			return err
		}
	}
	if !b.TLP.valid() {
		return invalid("TLP:%s is not a marking of TLP 2.0", b.TLP)
	}
	if b.Date != "" && (len(b.Date) != 10 || validDate(document.Date(b.Date)) == "") {
		return invalid("date %q is not YYYY-MM-DD", b.Date)
	}
	for i, p := range b.Parts {
		switch p.Kind {
		case PartJudgements, PartSection, PartDossier, PartComparison, PartTimeline, PartSources:
		default:
			return invalid("part %d is of the unknown kind %q", i+1, p.Kind)
		}
		if p.Country != "" && !validCountry(string(p.Country)) {
			return invalid("country %q of part %d is not two capital letters", p.Country, i+1)
		}
		for _, cc := range p.Countries {
			if !validCountry(string(cc)) {
				return invalid("country %q of part %d is not two capital letters", cc, i+1)
			}
		}
		for _, id := range p.Claims {
			if _, err := t.Claim(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// Apply saves the briefing.
func (c *PutBriefing) Apply(w *WriteTx) error {
	b := c.Briefing
	b.Title = strings.TrimSpace(b.Title)
	b.Made, b.Edited, b.Binned = time.Time{}, time.Time{}, time.Time{}
	if b.ID != "" {
		old, err := w.Briefing(b.ID)
		if err != nil {
			return err
		}
		b.Made, b.Edited, b.Binned = old.Made, old.Edited, old.Binned
	}
	if err := stamp(w, (*string)(&b.ID), &b.Made, &b.Edited, b, briefings); err != nil {
		return err
	}
	c.Briefing = b
	return briefings.put(w, string(b.ID), b)
}

package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// What the commands print with --json: the notebook's entities in the names of
// the public format (docs/cli.md), apart from how they are stored.

type sourceView struct {
	ID                string                  `json:"id"`
	Kind              document.Kind           `json:"kind"`
	Title             string                  `json:"title"`
	Byline            []string                `json:"byline"`
	Site              string                  `json:"site"`
	OriginalPublisher string                  `json:"original_publisher"`
	Section           string                  `json:"section"`
	Published         document.Date           `json:"published"`
	Captured          time.Time               `json:"captured"`
	Lang              string                  `json:"lang"`
	URL               string                  `json:"url"`
	Countries         []document.CountryCount `json:"countries"`
	Tags              []string                `json:"tags"`
	Reliability       notebook.Reliability    `json:"reliability"`
	Versions          int                     `json:"versions"`
	Words             int                     `json:"words"`
}

func viewSource(tx *notebook.Tx, s notebook.Source) (sourceView, error) {
	grade, err := tx.GradeOf(s)
	if err != nil {
		return sourceView{}, err
	}
	return sourceView{
		ID: string(s.ID), Kind: s.Kind, Title: s.Title, Byline: list(s.Byline), Site: s.Site,
		OriginalPublisher: s.OriginalPublisher, Section: s.Section, Published: s.Published,
		Captured: s.Captured, Lang: s.Lang, URL: s.URL, Countries: list(s.Countries), Tags: list(s.Tags),
		Reliability: grade, Versions: len(s.Captures), Words: s.Words,
	}, nil
}

type highlightView struct {
	ID     string   `json:"id"`
	Source string   `json:"source"`
	Exact  string   `json:"exact"`
	Start  int      `json:"start"`
	End    int      `json:"end"`
	Colour string   `json:"colour"`
	Note   string   `json:"note"`
	Tags   []string `json:"tags"`
	Orphan bool     `json:"orphan"`
}

func viewHighlight(h notebook.Highlight) highlightView {
	return highlightView{ID: string(h.ID), Source: string(h.Source), Exact: h.Exact, Start: h.Start, End: h.End,
		Colour: string(h.Colour), Note: h.Note, Tags: list(h.Tags), Orphan: h.Orphan}
}

type evidenceView struct {
	Stance    notebook.Stance `json:"stance"`
	Highlight *highlightView  `json:"highlight"`
	Link      *linkView       `json:"link"`
	Title     string          `json:"title"` // of the source, or of the link
}

type linkView struct {
	ID     string             `json:"id"`
	URL    string             `json:"url"`
	Stub   string             `json:"stub"`
	Title  string             `json:"title"`
	Outlet string             `json:"outlet"`
	Date   document.Date      `json:"date"`
	State  notebook.LinkState `json:"state"`
	Source string             `json:"source"`
}

func viewLink(l notebook.SourceLink) *linkView {
	return &linkView{ID: string(l.ID), URL: l.URL, Stub: l.Stub, Title: l.Title, Outlet: l.Outlet,
		Date: l.Date, State: l.State, Source: string(l.Source)}
}

type relationView struct {
	ID    string                 `json:"id"`
	Kind  notebook.RelationKind  `json:"kind"`
	State notebook.RelationState `json:"state"`
	From  string                 `json:"from"`
	To    string                 `json:"to"`
}

type claimView struct {
	ID          string               `json:"id"`
	Statement   string               `json:"statement"`
	Countries   []country.Code       `json:"countries"`
	Topics      []string             `json:"topics"`
	EventDate   document.Date        `json:"event_date"`
	Grade       string               `json:"grade"` // Admiralty: reliability and credibility, "-" where not stated
	Likelihood  notebook.Likelihood  `json:"likelihood"`
	Confidence  notebook.Confidence  `json:"confidence"`
	NeedsSource bool                 `json:"needs_source"`
	Note        string               `json:"note"`
	Evidence    []evidenceView       `json:"evidence"`
	Relations   []relationView       `json:"relations"`
	Made        time.Time            `json:"made"`
	Credibility notebook.Credibility `json:"credibility"`
}

// viewClaim is a claim with its evidence and relations.
func viewClaim(tx *notebook.Tx, c notebook.Claim) (claimView, error) {
	v := claimView{
		ID: string(c.ID), Statement: c.Statement, Countries: list(c.Countries), Topics: list(c.Topics),
		EventDate: c.EventDate, Likelihood: c.Likelihood, Confidence: c.Confidence, Credibility: c.Credibility,
		NeedsSource: c.NeedsSource, Note: c.Note, Made: c.Made, Evidence: []evidenceView{}, Relations: []relationView{},
	}
	var err error
	if v.Grade, err = gradeOf(tx, c); err != nil {
		return v, err
	}
	for _, e := range c.Evidence {
		ev := evidenceView{Stance: e.Stance}
		switch {
		case e.Highlight != "":
			h, err := tx.Highlight(e.Highlight)
			if err != nil {
				return v, err
			}
			hv := viewHighlight(h)
			ev.Highlight = &hv
			s, err := tx.Source(h.Source)
			if err != nil {
				return v, err
			}
			ev.Title = s.Title
		case e.Link != "":
			l, err := tx.Link(e.Link)
			if err != nil {
				return v, err
			}
			ev.Link, ev.Title = viewLink(l), cmp.Or(l.Title, l.Stub, l.URL)
		}
		v.Evidence = append(v.Evidence, ev)
	}
	rels, err := tx.Relations(c.ID)
	if err != nil {
		return v, err
	}
	for _, rel := range rels {
		v.Relations = append(v.Relations, relationView{ID: string(rel.ID), Kind: rel.Kind, State: rel.State, From: string(rel.From), To: string(rel.To)})
	}
	return v, nil
}

// gradeOf is a claim's Admiralty grade, "B2"; "-" stands for what is not stated.
func gradeOf(tx *notebook.Tx, c notebook.Claim) (string, error) {
	rel, cred, err := tx.GradeOfClaim(c)
	if err != nil {
		return "", err
	}
	return gradeText(rel, cred), nil
}

func gradeText(rel notebook.Reliability, cred notebook.Credibility) string {
	letter, figure := string(rel), "-"
	if letter == "" {
		letter = "-"
	}
	if cred != 0 {
		figure = fmt.Sprint(int(cred))
	}
	return letter + figure
}

// list makes a nil list an empty one, as the format promises.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// short is the end of an ID: enough to type, and what Resolve takes.
func short[T ~string](id T) string {
	const n = 8
	s := string(id)
	return strings.ToLower(s[max(0, len(s)-n):])
}

// clip shortens s to n code points for one line of a list.
func clip(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}

// resolve finds the entity that a person typed the ID of, of one of kinds. With
// several kinds the first that has it counts; an ambiguous one is an error.
func resolve(tx *notebook.Tx, typed string, kinds ...string) (kind, id string, err error) {
	for _, k := range kinds {
		id, err := tx.Resolve(k, strings.ToUpper(strings.TrimSpace(typed)))
		if err == nil {
			return k, id, nil
		}
		if !errors.Is(err, notebook.ErrNotFound) {
			return "", "", err
		}
	}
	return "", "", fmt.Errorf("find %q: no %s has this ID; see: sourcebook list, sourcebook claim list", typed, strings.Join(kinds, ", "))
}

// codes reads countries as people type them: codes or names, also parted by commas.
func codes(words []string) ([]country.Code, error) {
	var out []country.Code
	for _, w := range words {
		for part := range strings.SplitSeq(w, ",") {
			part = strings.TrimSpace(part)
			if part == "" {
				continue
			}
			c, err := country.ParseCode(part)
			if err != nil {
				return nil, usagef("%q is no country: give its ISO 3166-1 code or its name", part)
			}
			if !slices.Contains(out, c) {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

func codeList(cc []country.Code) string {
	words := make([]string, len(cc))
	for i, c := range cc {
		words[i] = string(c)
	}
	return strings.Join(words, " ")
}

package finder

import (
	"errors"
	"fmt"
	"strings"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/search"
)

// The IDs of entries are the kind of what they show and its ID in the notebook.
const (
	sourceEntry    = "source:"
	highlightEntry = "highlight:"
	claimEntry     = "claim:"
	noteEntry      = "dossier:"
)

// touch adds to touched the entries that a change of k makes out of date: its
// own, and those that count it.
func touch(tx *notebook.Tx, k notebook.Key, touched map[string]bool) error {
	switch k.Kind {
	case "source":
		touched[sourceEntry+k.ID] = true
	case "highlight":
		touched[highlightEntry+k.ID] = true
		h, err := tx.Highlight(notebook.HighlightID(k.ID))
		if errors.Is(err, notebook.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		touched[sourceEntry+string(h.Source)] = true
	case "claim":
		touched[claimEntry+k.ID] = true
		c, err := tx.Claim(notebook.ClaimID(k.ID))
		if errors.Is(err, notebook.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, e := range c.Evidence {
			if e.Highlight == "" {
				continue
			}
			h, err := tx.Highlight(e.Highlight)
			if err != nil && !errors.Is(err, notebook.ErrNotFound) {
				return err
			}
			if err == nil {
				touched[sourceEntry+string(h.Source)] = true
			}
		}
	case "dossier":
		touched[noteEntry+k.ID] = true
	}
	return nil
}

// entryOf is the entry of an ID; ok is false where what it shows is deleted.
func entryOf(tx *notebook.Tx, id string) (e search.Entry, ok bool, err error) {
	kind, of, _ := strings.Cut(id, ":")
	switch kind + ":" {
	case sourceEntry:
		s, err := tx.Source(notebook.SourceID(of))
		if missing(err) || err == nil && !s.Binned.IsZero() {
			return e, false, nil
		}
		if err != nil {
			return e, false, err
		}
		e, err = source(tx, s)
		return e, err == nil, err
	case highlightEntry:
		h, err := tx.Highlight(notebook.HighlightID(of))
		if missing(err) || err == nil && !h.Binned.IsZero() {
			return e, false, nil
		}
		if err != nil {
			return e, false, err
		}
		e, err = highlight(tx, h)
		return e, err == nil, err
	case claimEntry:
		c, err := tx.Claim(notebook.ClaimID(of))
		if missing(err) || err == nil && !c.Binned.IsZero() {
			return e, false, nil
		}
		if err != nil {
			return e, false, err
		}
		e, err = claim(tx, c)
		return e, err == nil, err
	case noteEntry:
		code, topic, _ := strings.Cut(of, "/")
		d, err := tx.DossierNotes(country.Code(code))
		if err != nil {
			return e, false, err
		}
		n, ok := d[topic]
		return note(n), ok, nil
	}
	return e, false, fmt.Errorf("the search index holds an entry %q of no known kind: %w", id, search.ErrStale)
}

func missing(err error) bool { return errors.Is(err, notebook.ErrNotFound) }

func source(tx *notebook.Tx, s notebook.Source) (search.Entry, error) {
	e := search.Entry{
		ID: sourceEntry + string(s.ID), Kind: search.Source, SourceID: string(s.ID), SourceKind: string(s.Kind),
		Title: s.Title, Site: join(s.Site, s.Publisher, s.OriginalPublisher), Author: strings.Join(s.Byline, "\n"),
		Lang: s.Lang, Tags: s.Tags, Published: string(s.Published), Captured: s.Captured.Format("2006-01-02"),
	}
	for _, c := range s.Countries {
		e.Countries = append(e.Countries, c.Code)
	}
	var err error
	if e.Body, err = bodyOf(tx, s); err != nil {
		return e, err
	}
	if s.Note != "" {
		e.Notes = 1
	}
	hs, err := tx.Highlights(s.ID)
	if err != nil {
		return e, err
	}
	e.Highlights = len(hs)
	n, err := tx.CountClaims(notebook.ClaimQuery{Source: s.ID})
	if err != nil {
		return e, err
	}
	e.Claims = n
	grade, err := tx.GradeOf(s)
	e.Reliability = string(grade)
	return e, err
}

func highlight(tx *notebook.Tx, h notebook.Highlight) (search.Entry, error) {
	e := search.Entry{
		ID: highlightEntry + string(h.ID), Kind: search.Highlight, SourceID: string(h.Source),
		Body: join(h.Exact, h.Note), Tags: h.Tags, Captured: h.Made.Format("2006-01-02"), Highlights: 1,
	}
	if h.Note != "" {
		e.Notes = 1
	}
	s, err := tx.Source(h.Source)
	if err != nil {
		return e, err
	}
	e.Lang, e.Published, e.SourceKind = s.Lang, string(s.Published), string(s.Kind)
	for _, c := range s.Countries {
		e.Countries = append(e.Countries, c.Code)
	}
	return e, nil
}

func claim(tx *notebook.Tx, c notebook.Claim) (search.Entry, error) {
	e := search.Entry{
		ID: claimEntry + string(c.ID), Kind: search.Claim, Title: c.Statement, Body: c.Note, Tags: c.Topics,
		Published: string(c.EventDate), Captured: c.Made.Format("2006-01-02"), Claims: 1, Credibility: int(c.Credibility),
	}
	if c.Note != "" {
		e.Notes = 1
	}
	for _, cc := range c.Countries {
		e.Countries = append(e.Countries, string(cc))
	}
	grade, _, err := tx.GradeOfClaim(c)
	e.Reliability = string(grade)
	return e, err
}

func note(n notebook.DossierNote) search.Entry {
	return search.Entry{
		ID: noteEntry + string(n.Country) + "/" + n.Topic, Kind: search.Note, Title: country.Name(n.Country, "en"), Body: n.Text,
		Countries: []string{string(n.Country)}, Tags: topics(n.Topic), Captured: n.Edited.Format("2006-01-02"), Notes: 1,
	}
}

func topics(t string) []string {
	if t == "" {
		return nil
	}
	return []string{t}
}

// join puts what is not empty on lines of its own.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n")
}

// textOf is the title and the body of an entry, and their language: what
// snippets are cut from.
func textOf(tx *notebook.Tx, id string) (title, body, lang string, err error) {
	kind, of, _ := strings.Cut(id, ":")
	if kind+":" == sourceEntry {
		s, err := tx.Source(notebook.SourceID(of))
		if err != nil {
			return "", "", "", err
		}
		body, err = bodyOf(tx, s)
		return s.Title, body, s.Lang, err
	}
	e, _, err := entryOf(tx, id)
	return e.Title, e.Body, e.Lang, err
}

// bodyOf is the text of a source, with the user's note behind it.
func bodyOf(tx *notebook.Tx, s notebook.Source) (string, error) {
	body := ""
	if c := s.Current(); c != "" {
		d, err := tx.Document(c)
		if err != nil {
			return "", err
		}
		body = d.Text
	}
	if s.Note != "" {
		body += "\n\n" + s.Note
	}
	return body, nil
}

// allIDs lists the IDs of the entries of everything that is held.
func allIDs(tx *notebook.Tx) ([]string, error) {
	var ids []string
	sources, err := tx.SourceIDs(notebook.SourceQuery{})
	if err != nil {
		return nil, err
	}
	for _, id := range sources {
		ids = append(ids, sourceEntry+string(id))
	}
	for h, err := range tx.AllHighlights() {
		if err != nil {
			return nil, err
		}
		ids = append(ids, highlightEntry+string(h.ID))
	}
	for c, err := range tx.Claims(notebook.ClaimQuery{}) {
		if err != nil {
			return nil, err
		}
		ids = append(ids, claimEntry+string(c.ID))
	}
	for n, err := range tx.AllDossierNotes() {
		if err != nil {
			return nil, err
		}
		ids = append(ids, noteEntry+string(n.Country)+"/"+n.Topic)
	}
	return ids, nil
}

package briefing

import (
	"fmt"

	"sourcebook/notebook"
	"sourcebook/notebook/evidence"
)

// Unfound is a number, date or quotation of the document that does not stand in
// the originals cited for it, or stands there with another value. It is for the
// author (see Check): renderers do not show it, since a figure that was worked
// out stands in no source either.
type Unfound struct {
	Section   string
	Claim     notebook.ClaimID // empty for running text
	Statement string
	Point     evidence.Point
}

// support looks for the points of a statement in the originals behind notes. A
// statement that cites no original is not looked for: that is another finding.
func (c *composer) support(statement string, notes []int) ([]evidence.Point, error) {
	// Most statements have nothing to look for: no original is read for them.
	if len(evidence.Support(statement, c.options.Lang, nil)) == 0 {
		return nil, nil
	}
	var originals []evidence.Original
	for _, n := range notes {
		id, ok := c.versions[n]
		if !ok {
			continue
		}
		o, ok := c.originals[id]
		if !ok {
			d, err := c.Document(id)
			if err != nil {
				return nil, fmt.Errorf("document of capture %s: %w", id, err)
			}
			o = evidence.Original{ID: string(id), Text: d.Text, Lang: d.Lang, Published: d.Published}
			c.originals[id] = o
		}
		originals = append(originals, o)
	}
	if len(originals) == 0 {
		return nil, nil
	}
	var points []evidence.Point
	for _, p := range evidence.Support(statement, c.options.Lang, originals) {
		if p.Verdict == evidence.NotFound || p.Verdict == evidence.Differs {
			points = append(points, p)
		}
	}
	return points, nil
}

// unfound checks a composed section: its claims, each once in the document, and
// the paragraphs that refer to endnotes.
func (c *composer) unfound(s Section) error {
	var failed error
	check := func(id notebook.ClaimID, statement string, notes []int) {
		if failed != nil || len(notes) == 0 {
			return
		}
		points, err := c.support(statement, notes)
		if err != nil {
			failed = err
		}
		for _, p := range points {
			c.doc.Unfound = append(c.doc.Unfound, Unfound{s.Heading, id, statement, p})
		}
	}
	claims := func(items []Claim) {
		for _, cl := range items {
			if cl.ID == "" {
				check("", cl.Statement.String(), references(cl.Statement))
			} else if !c.checked[cl.ID] {
				c.checked[cl.ID] = true
				check(cl.ID, cl.Statement.String(), cl.Notes)
			}
		}
	}
	Walk(s.Blocks, func(b Block) {
		switch b := b.(type) {
		case Paragraph:
			check("", b.Text.String(), references(b.Text))
		case Claims:
			claims(b.Items)
		case Judgements:
			claims(b.Items)
		case Timeline:
			claims(b.Entries)
		}
	})
	return failed
}

func references(t Text) []int {
	var notes []int
	for _, s := range t {
		if s.Note > 0 {
			notes = add(notes, s.Note)
		}
	}
	return notes
}

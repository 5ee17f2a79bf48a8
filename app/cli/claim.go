package cli

import (
	"cmp"
	"slices"
	"strings"
	"text/tabwriter"

	"sourcebook/importers/dates"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

type claimCmd struct {
	Add  claimAddCmd  `cmd:"" help:"Make a claim."`
	List claimListCmd `cmd:"" help:"List claims."`
	Show claimShowCmd `cmd:"" help:"Show a claim with its evidence and relations."`
	Edit claimEditCmd `cmd:"" help:"Change a claim; what is not named stays."`
}

// claimFlags are what add and edit set.
type claimFlags struct {
	Highlight   []string `help:"IDs of highlights that are evidence."`
	Stance      string   `default:"supports" enum:"supports,contradicts,mentions" help:"How the highlights stand to it: supports, contradicts, mentions."`
	Country     []string `help:"Countries, by code or name."`
	Topic       []string `help:"Topics."`
	Date        string   `help:"When it happened: a day, month or year."`
	Credibility int      `help:"Admiralty credibility 1–6."`
	Likelihood  string   `help:"ICD 203 band, such as 'likely'."`
	Confidence  string   `help:"low, moderate or high."`
	Note        string   `help:"A note (Markdown)."`
}

// set puts into cl what the flags state.
func (f claimFlags) set(tx *notebook.Tx, cl *notebook.Claim) error {
	for _, typed := range f.Highlight {
		_, id, err := resolve(tx, typed, "highlight")
		if err != nil {
			return err
		}
		e := notebook.Evidence{Highlight: notebook.HighlightID(id), Stance: notebook.Stance(f.Stance)}
		if !slices.ContainsFunc(cl.Evidence, func(have notebook.Evidence) bool { return have.Highlight == e.Highlight }) {
			cl.Evidence = append(cl.Evidence, e)
		}
	}
	if len(f.Country) > 0 {
		cc, err := codes(f.Country)
		if err != nil {
			return err
		}
		cl.Countries = cc
	}
	if len(f.Topic) > 0 {
		cl.Topics = f.Topic
	}
	if f.Date != "" {
		d, err := eventDate(f.Date)
		if err != nil {
			return err
		}
		cl.EventDate = d
	}
	if f.Credibility != 0 {
		cl.Credibility = notebook.Credibility(f.Credibility)
	}
	if f.Likelihood != "" {
		cl.Likelihood = notebook.Likelihood(strings.ToLower(f.Likelihood))
	}
	if f.Confidence != "" {
		cl.Confidence = notebook.Confidence(strings.ToLower(f.Confidence))
	}
	if f.Note != "" {
		cl.Note = f.Note
	}
	return nil
}

func eventDate(typed string) (document.Date, error) {
	if d, ok := dates.Parse(typed, "en", dates.Options{}); ok {
		return d, nil
	}
	return "", usagef("%q is no date: write 2025-10-29, 2025-10 or 2025", typed)
}

type claimAddCmd struct {
	Statement string `required:"" help:"One checkable statement, in your words."`
	Source    string `help:"With --quote: the source to highlight as evidence."`
	Quote     string `help:"With --source: the passage to highlight as evidence."`
	claimFlags
}

func (c *claimAddCmd) Run(r *run) error {
	if (c.Source == "") != (c.Quote == "") {
		return usagef("--source and --quote go together")
	}
	return r.edit(func(nb *notebook.Notebook) error {
		put := &notebook.PutClaim{Claim: notebook.Claim{Statement: c.Statement}}
		var mark *notebook.PutHighlight
		err := nb.View(func(tx *notebook.Tx) error {
			if c.Quote != "" {
				h, err := quoteIn(tx, c.Source, c.Quote)
				if err != nil {
					return err
				}
				h.Colour = notebook.Yellow
				mark = &notebook.PutHighlight{Highlight: h}
			}
			return c.set(tx, &put.Claim)
		})
		if err != nil {
			return err
		}
		if mark != nil {
			if _, err := nb.Do(mark); err != nil {
				return err
			}
			put.Claim.Evidence = append(put.Claim.Evidence, notebook.Evidence{Highlight: mark.Highlight.ID, Stance: notebook.Stance(c.Stance)})
		}
		if _, err := nb.Do(put); err != nil {
			return err
		}
		return showSaved(r, nb, put.Claim.ID)
	})
}

func showSaved(r *run, nb *notebook.Notebook, id notebook.ClaimID) error {
	return nb.View(func(tx *notebook.Tx) error {
		cl, err := tx.Claim(id)
		if err != nil {
			return err
		}
		return showClaim(r, tx, cl)
	})
}

type claimEditCmd struct {
	ID        string `arg:"" help:"The claim's ID."`
	Statement string `help:"Its new wording."`
	claimFlags
}

func (c *claimEditCmd) Run(r *run) error {
	return r.edit(func(nb *notebook.Notebook) error {
		put := &notebook.PutClaim{}
		err := nb.View(func(tx *notebook.Tx) error {
			_, id, err := resolve(tx, c.ID, "claim")
			if err != nil {
				return err
			}
			if put.Claim, err = tx.Claim(notebook.ClaimID(id)); err != nil {
				return err
			}
			if c.Statement != "" {
				put.Claim.Statement = c.Statement
			}
			return c.set(tx, &put.Claim)
		})
		if err != nil {
			return err
		}
		if _, err := nb.Do(put); err != nil {
			return err
		}
		return showSaved(r, nb, put.Claim.ID)
	})
}

type claimShowCmd struct {
	ID string `arg:"" help:"The claim's ID."`
}

func (c *claimShowCmd) Run(r *run) error {
	return r.view(func(tx *notebook.Tx) error {
		_, id, err := resolve(tx, c.ID, "claim")
		if err != nil {
			return err
		}
		cl, err := tx.Claim(notebook.ClaimID(id))
		if err != nil {
			return err
		}
		return showClaim(r, tx, cl)
	})
}

type claimListCmd struct {
	Country     string `help:"Only on this country."`
	Topic       string `help:"Only on this topic."`
	Text        string `help:"Only with these words."`
	NeedsSource bool   `help:"Only those that stand on an AI answer alone."`
	Ungraded    bool   `help:"Only those without a credibility."`
	Contested   bool   `help:"Only those that something contradicts."`
	Bin         bool   `help:"Those in the bin."`
	Limit       int    `help:"At most so many; 0: all."`
}

func (c *claimListCmd) Run(r *run) error {
	q := notebook.ClaimQuery{Topic: c.Topic, Text: c.Text, NeedsSource: c.NeedsSource, Ungraded: c.Ungraded, Contested: c.Contested, Binned: c.Bin, Limit: c.Limit}
	if c.Country != "" {
		cc, err := codes([]string{c.Country})
		if err != nil {
			return err
		}
		q.Country = cc[0]
	}
	return r.view(func(tx *notebook.Tx) error {
		views := []claimView{}
		for cl, err := range tx.Claims(q) {
			if err != nil {
				return err
			}
			v, err := viewClaim(tx, cl)
			if err != nil {
				return err
			}
			views = append(views, v)
		}
		if r.json {
			return r.print(views)
		}
		w := tabwriter.NewWriter(r.Stdout, 0, 0, 2, ' ', 0)
		for _, v := range views {
			row(w, short(v.ID), v.Grade, cmp.Or(string(v.EventDate), "no date"), codeList(v.Countries), clip(v.Statement, 90))
		}
		if err := w.Flush(); err != nil {
			return err
		}
		if len(views) == 0 {
			r.say("nothing found")
		}
		return nil
	})
}

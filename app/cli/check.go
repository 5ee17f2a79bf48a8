package cli

import (
	"context"
	"fmt"

	"sourcebook/importers/language"
	"sourcebook/notebook"
	"sourcebook/notebook/evidence"
)

type checkCmd struct{}

// findingView is one thing that a reader of a briefing would object to.
type findingView struct {
	Claim     string `json:"claim"`
	Statement string `json:"statement"`
	Finding   string `json:"finding"`
}

// Run looks at every claim: has it evidence, held evidence, a grade, a country,
// and do its numbers, dates and quotations stand in its originals?
func (c *checkCmd) Run(r *run) error {
	return r.view(func(tx *notebook.Tx) error {
		out := []findingView{}
		for cl, err := range tx.Claims(notebook.ClaimQuery{}) {
			if err != nil {
				return err
			}
			found, err := faultsOf(tx, cl)
			if err != nil {
				return err
			}
			unsupported, err := unsupportedIn(r.ctx, tx, cl)
			if err != nil {
				return err
			}
			found = append(found, unsupported...)
			for _, f := range found {
				out = append(out, findingView{string(cl.ID), cl.Statement, f})
			}
		}
		if r.json {
			if err := r.print(out); err != nil {
				return err
			}
		} else {
			for _, f := range out {
				r.printf("%s  %-28s %s\n", short(f.Claim), f.Finding, clip(f.Statement, 80))
			}
		}
		if len(out) > 0 {
			return errFault
		}
		r.say("every claim has held evidence, a grade and a country")
		return nil
	})
}

// unsupportedIn names the numbers, dates and quotations of a claim that do not
// stand in the originals it leans on.
func unsupportedIn(ctx context.Context, tx *notebook.Tx, cl notebook.Claim) ([]string, error) {
	originals, err := originalsOf(ctx, tx, cl)
	if err != nil || len(originals) == 0 {
		return nil, err
	}
	var found []string
	for _, p := range evidence.Support(cl.Statement, language.Detect(cl.Statement), originals) {
		switch p.Verdict {
		case evidence.Differs:
			found = append(found, fmt.Sprintf("%q differs from its source", p.Text))
		case evidence.NotFound:
			found = append(found, fmt.Sprintf("%q is not in its sources", p.Text))
		}
	}
	return found, nil
}

func faultsOf(tx *notebook.Tx, cl notebook.Claim) ([]string, error) {
	var found []string
	held, supported := false, false
	for _, e := range cl.Evidence {
		supported = supported || e.Stance == notebook.Supports
		if e.Highlight != "" {
			held = true
			continue
		}
		l, err := tx.Link(e.Link)
		if err != nil {
			return nil, err
		}
		held = held || l.State == notebook.Held
	}
	switch {
	case len(cl.Evidence) == 0:
		found = append(found, "no evidence")
	case !supported:
		found = append(found, "nothing supports it")
	case !held:
		found = append(found, "cited, not held")
	}
	if cl.NeedsSource {
		found = append(found, "stands on an AI answer alone")
	}
	if cl.Credibility == 0 {
		found = append(found, "not graded")
	}
	if len(cl.Countries) == 0 {
		found = append(found, "no country")
	}
	return found, nil
}

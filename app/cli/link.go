package cli

import (
	"cmp"
	"strings"

	"sourcebook/importers/citation"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

type linkCmd struct {
	Claim  string `arg:"" help:"The claim's ID."`
	URL    string `arg:"" optional:"" name:"url" help:"The address."`
	Stub   string `help:"A cited source without an address, such as 'EDM, May 8, 2024'."`
	Title  string `help:"Its title."`
	Outlet string `help:"Who published it."`
	Date   string `help:"When it was published."`
	Stance string `default:"supports" enum:"supports,contradicts,mentions" help:"supports, contradicts or mentions."`
}

func (c *linkCmd) Run(r *run) error {
	if (c.URL == "") == (c.Stub == "") {
		return usagef("link needs an address or --stub, one of the two")
	}
	l := notebook.SourceLink{URL: c.URL, Stub: c.Stub, Title: c.Title, Outlet: c.Outlet}
	if c.Stub != "" {
		l.Outlet, l.Date = readStub(c.Stub, l.Outlet, document.Date(r.Clock().Format("2006-01-02")))
	}
	if c.Date != "" {
		d, err := eventDate(c.Date)
		if err != nil {
			return err
		}
		l.Date = d
	}
	return r.edit(func(nb *notebook.Notebook) error {
		err := nb.View(func(tx *notebook.Tx) error {
			_, id, err := resolve(tx, c.Claim, "claim")
			l.Claim = notebook.ClaimID(id)
			return err
		})
		if err != nil {
			return err
		}
		put := &notebook.PutLink{Link: l, Stance: notebook.Stance(c.Stance)}
		if _, err := nb.Do(put); err != nil {
			return err
		}
		return showSaved(r, nb, l.Claim)
	})
}

// readStub reads outlet and date out of a stub as a citation in running text.
func readStub(stub, outlet string, today document.Date) (string, document.Date) {
	found := citation.Find("("+stub+")", citation.Options{Lang: "en", Published: today})
	if len(found) == 0 {
		return outlet, ""
	}
	return cmp.Or(outlet, found[0].Outlet), found[0].Date
}

type relateCmd struct {
	From string `arg:"" help:"A claim's ID."`
	Kind string `arg:"" help:"supports, contradicts, refines or same-as."`
	To   string `arg:"" help:"The other claim's ID."`
}

func (c *relateCmd) Run(r *run) error {
	kind := notebook.RelationKind(strings.ToLower(c.Kind))
	switch kind {
	case notebook.RelSupports, notebook.RelContradicts, notebook.RelRefines, notebook.RelSameAs:
	default:
		return usagef("%q is no relation: one of supports, contradicts, refines, same-as", c.Kind)
	}
	return r.edit(func(nb *notebook.Notebook) error {
		rel := notebook.Relation{Kind: kind, State: notebook.Made}
		err := nb.View(func(tx *notebook.Tx) error {
			_, from, err := resolve(tx, c.From, "claim")
			if err != nil {
				return err
			}
			_, to, err := resolve(tx, c.To, "claim")
			rel.From, rel.To = notebook.ClaimID(from), notebook.ClaimID(to)
			return err
		})
		if err != nil {
			return err
		}
		if _, err := nb.Do(&notebook.PutRelation{Relation: rel}); err != nil {
			return err
		}
		return showSaved(r, nb, rel.From)
	})
}

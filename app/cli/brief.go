package cli

import (
	"fmt"

	"sourcebook/app/export"
	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
)

type briefCmd struct {
	ID      string   `arg:"" optional:"" help:"A saved briefing's ID; without it one is drafted from the countries."`
	Country []string `help:"The countries, by code or name; default: all that claims name."`
	Out     string   `required:"" placeholder:"FILE" help:"Where to write; the ending says the format: .pdf, .docx, .md, .html."`
	Title   string   `help:"The title."`
	Author  string   `help:"The author."`
	TLP     string   `name:"tlp" help:"The marking: CLEAR, GREEN, AMBER, AMBER+STRICT, RED."`
	Save    bool     `help:"Also save the drafted briefing in the notebook."`
}

func (c *briefCmd) Run(r *run) error {
	cc, err := codes(c.Country)
	if err != nil {
		return err
	}
	if _, err := export.FormatOf(c.Out); err != nil {
		return usagef("%v", err)
	}
	tlp, err := export.ParseTLP(c.TLP)
	if err != nil {
		return usagef("%v", err)
	}
	open := r.read
	if c.Save {
		open = r.edit
	}
	return open(func(nb *notebook.Notebook) error {
		var b notebook.Briefing
		err := nb.View(func(tx *notebook.Tx) error {
			var err error
			if c.ID != "" {
				var id string
				if _, id, err = resolve(tx, c.ID, "briefing"); err != nil {
					return err
				}
				b, err = tx.Briefing(notebook.BriefingID(id))
				return err
			}
			if len(cc) == 0 {
				counts, err := tx.CountryCounts()
				if err != nil {
					return err
				}
				for _, n := range counts {
					if n.Claims > 0 {
						cc = append(cc, n.Country)
					}
				}
			}
			b, err = briefing.Draft(tx, cc, c.Title)
			return err
		})
		if err != nil {
			return fmt.Errorf("compose the briefing: %w", err)
		}
		if c.Title != "" {
			b.Title = c.Title
		}
		if c.Author != "" {
			b.Author = c.Author
		}
		if tlp != "" {
			b.TLP = tlp
		}
		if c.Save {
			put := &notebook.PutBriefing{Briefing: b}
			if _, err := nb.Do(put); err != nil {
				return err
			}
			b = put.Briefing
		}
		if err := export.Briefing(r.ctx, nb, b, c.Out, r.Clock()); err != nil {
			return err
		}
		if r.json {
			return r.print(map[string]string{"id": string(b.ID), "title": b.Title, "out": c.Out})
		}
		r.printf("%s\n", c.Out)
		return nil
	})
}

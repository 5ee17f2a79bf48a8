package cli

import (
	"cmp"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

type dossierCmd struct {
	Country string `arg:"" help:"The country, by code or name."`
}

type dossierView struct {
	Country  country.Code       `json:"country"`
	Name     string             `json:"name"`
	Notes    map[string]string  `json:"notes"` // by topic; "" is the general one
	Topics   []dossierTopicView `json:"topics"`
	Sources  []sourceView       `json:"sources"`
	Freshest *time.Time         `json:"freshest"`
	Gaps     []string           `json:"gaps"`
}

type dossierTopicView struct {
	Topic  string      `json:"topic"`
	Claims []claimView `json:"claims"`
}

func (c *dossierCmd) Run(r *run) error {
	cc, err := codes([]string{c.Country})
	if err != nil {
		return err
	}
	return r.view(func(tx *notebook.Tx) error {
		d, err := tx.Dossier(cc[0])
		if err != nil {
			return err
		}
		out := dossierView{Country: d.Country, Name: country.Name(d.Country, "en"), Notes: map[string]string{}, Topics: []dossierTopicView{}, Sources: []sourceView{}, Gaps: list(d.Gaps)}
		if !d.Freshest.IsZero() {
			out.Freshest = &d.Freshest
		}
		for topic, n := range d.Notes {
			out.Notes[topic] = n.Text
		}
		for _, t := range d.Topics {
			tv := dossierTopicView{Topic: t.Topic, Claims: []claimView{}}
			for _, cl := range t.Claims {
				v, err := viewClaim(tx, cl)
				if err != nil {
					return err
				}
				tv.Claims = append(tv.Claims, v)
			}
			out.Topics = append(out.Topics, tv)
		}
		for _, s := range d.Sources {
			v, err := viewSource(tx, s)
			if err != nil {
				return err
			}
			out.Sources = append(out.Sources, v)
		}
		if r.json {
			return r.print(out)
		}
		r.printf("%s (%s)\n", out.Name, out.Country)
		if n := out.Notes[""]; n != "" {
			r.printf("\n%s\n", n)
		}
		for _, t := range out.Topics {
			r.printf("\n%s\n", cmp.Or(t.Topic, "Without a topic"))
			if n := out.Notes[t.Topic]; t.Topic != "" && n != "" {
				r.printf("  %s\n", n)
			}
			for _, v := range t.Claims {
				r.printf("  %s  %s  %s\n", short(v.ID), v.Grade, v.Statement)
			}
		}
		if len(out.Sources) > 0 {
			r.printf("\nSources\n")
		}
		for _, s := range out.Sources {
			r.printf("  %s  %s  %s\n", short(s.ID), cmp.Or(string(s.Published), "no date   "), clip(s.Title, 80))
		}
		if len(out.Gaps) > 0 {
			r.printf("\nGaps\n")
		}
		for _, g := range out.Gaps {
			r.printf("  %s\n", g)
		}
		return nil
	})
}

package cli

import "sourcebook/notebook"

type impactCmd struct {
	Source string `arg:"" help:"The source's ID."`
}

// impactView is what leans on a source.
type impactView struct {
	Source    sourceView  `json:"source"`
	Claims    []claimView `json:"claims"`
	Alone     []string    `json:"alone"` // claims that nothing else supports
	Countries []string    `json:"countries"`
	Briefings []briefRef  `json:"briefings"`
}

type briefRef struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

func (c *impactCmd) Run(r *run) error {
	return r.view(func(tx *notebook.Tx) error {
		_, id, err := resolve(tx, c.Source, "source")
		if err != nil {
			return err
		}
		s, err := tx.Source(notebook.SourceID(id))
		if err != nil {
			return err
		}
		im, err := tx.Impact(s.ID)
		if err != nil {
			return err
		}
		out := impactView{Claims: []claimView{}, Alone: []string{}, Countries: []string{}, Briefings: []briefRef{}}
		if out.Source, err = viewSource(tx, s); err != nil {
			return err
		}
		alone := map[string]bool{}
		for _, a := range im.Alone {
			out.Alone = append(out.Alone, string(a))
			alone[string(a)] = true
		}
		for _, cl := range im.Claims {
			v, err := viewClaim(tx, cl)
			if err != nil {
				return err
			}
			out.Claims = append(out.Claims, v)
		}
		for _, cc := range im.Countries {
			out.Countries = append(out.Countries, string(cc))
		}
		for _, b := range im.Briefings {
			out.Briefings = append(out.Briefings, briefRef{string(b.ID), b.Title})
		}
		if r.json {
			return r.print(out)
		}
		verb := "lean"
		if len(out.Claims) == 1 {
			verb = "leans"
		}
		r.printf("%s\n%s %s on it, %d on it alone; %s, %s\n", s.Title, count(len(out.Claims), "claim"), verb, len(out.Alone), count(len(out.Countries), "dossier"), count(len(out.Briefings), "briefing"))
		for _, v := range out.Claims {
			mark := " "
			if alone[v.ID] {
				mark = "!"
			}
			r.printf("%s %s  %s  %s\n", mark, short(v.ID), v.Grade, clip(v.Statement, 90))
		}
		for _, b := range out.Briefings {
			r.printf("  briefing %s  %s\n", short(b.ID), b.Title)
		}
		return nil
	})
}

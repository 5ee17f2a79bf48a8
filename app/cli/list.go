package cli

import (
	"cmp"
	"text/tabwriter"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

type listCmd struct {
	Kind          string `help:"Only of this kind: article, search_snapshot, post, document, note."`
	Country       string `help:"Only those that name this country."`
	Tag           string `help:"Only with this tag."`
	Folder        string `help:"Only in this folder."`
	Site          string `help:"Only from this site."`
	Text          string `help:"Only with these words in title, site or byline."`
	Lang          string `help:"Only in this language, by its code: en, az."`
	From          string `help:"Only published since this day, month or year."`
	To            string `help:"Only published until this day, month or year."`
	Unread        bool   `help:"Only unread ones."`
	WithoutClaims bool   `help:"Only those that no claim leans on."`
	Bin           bool   `help:"Those in the bin."`
	Order         string `default:"added" enum:"added,published,captured,title,site,author,kind,language,country,words,highlights,claims,reliability" help:"One of added, published, captured, title, site, author, kind, language, country, words, highlights, claims, reliability."`
	Reverse       bool   `help:"The other way round."`
	Offset        int    `help:"Leave out the first ones."`
	Limit         int    `help:"At most so many; 0: all."`
}

func (c *listCmd) Run(r *run) error {
	q := notebook.SourceQuery{
		Kind: document.Kind(c.Kind), Tag: c.Tag, Folder: c.Folder, Site: c.Site, Text: c.Text, Unread: c.Unread,
		WithoutClaims: c.WithoutClaims, Binned: c.Bin, Order: notebook.SourceOrder(c.Order), Reverse: c.Reverse,
		Lang: c.Lang, From: document.Date(c.From), To: document.Date(c.To), Offset: c.Offset, Limit: c.Limit,
	}
	if c.Country != "" {
		cc, err := codes([]string{c.Country})
		if err != nil {
			return err
		}
		q.Country = cc[0]
	}
	return r.view(func(tx *notebook.Tx) error {
		views := []sourceView{}
		for s, err := range tx.Sources(q) {
			if err != nil {
				return err
			}
			v, err := viewSource(tx, s)
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
			published := cmp.Or(string(v.Published), "no date")
			row(w, short(v.ID), published, string(v.Kind), clip(cmp.Or(v.Site, "-"), 24), clip(cmp.Or(v.Title, "(no title)"), 80))
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

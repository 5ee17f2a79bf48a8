package cli

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"sourcebook/app/finder"
	"sourcebook/notebook"
	"sourcebook/notebook/search"
)

type searchCmd struct {
	Query  []string `arg:"" help:"Words, \"phrases\", prefix*, fuzzy~, AND OR NOT, and fields such as country:KZ published:2025-10.. kind:article tag:x has:highlights."`
	Limit  int      `default:"20" help:"At most so many."`
	Newest bool     `help:"Newest first, instead of best first."`
}

type hitView struct {
	Kind     string   `json:"kind"` // source, highlight, claim, note
	ID       string   `json:"id"`
	Source   string   `json:"source"`
	Title    string   `json:"title"`
	Snippets []string `json:"snippets"` // hits between « and »
}

func (c *searchCmd) Run(r *run) error {
	return r.read(func(nb *notebook.Notebook) error {
		f, err := r.finder(nb)
		if err != nil {
			return err
		}
		defer f.Close()
		if err := f.Update(r.ctx, r.indexing()); err != nil {
			return err
		}
		o := search.Options{Limit: c.Limit}
		if c.Newest {
			o.Order = search.Newest
		}
		query := strings.Join(c.Query, " ")
		res, err := f.Search(r.ctx, query, o)
		var bad *search.QueryError
		if errors.As(err, &bad) {
			r.say("%s\n%s", query, caret(query, bad))
			return usagef("%v", bad)
		}
		if err != nil {
			return err
		}
		views := make([]hitView, len(res.Hits))
		for i, h := range res.Hits {
			_, id, _ := strings.Cut(h.ID, ":")
			v := hitView{Kind: string(h.Kind), ID: id, Snippets: []string{}}
			switch {
			case h.Claim != nil:
				v.Title = h.Claim.Statement
			case h.Source != nil:
				v.Title, v.Source = h.Source.Title, string(h.Source.ID)
			default:
				v.Title = h.Note
			}
			for _, s := range h.Snippets {
				v.Snippets = append(v.Snippets, marked(s))
			}
			views[i] = v
		}
		if r.json {
			return r.print(map[string]any{"total": res.Total, "hits": views})
		}
		for _, v := range views {
			r.printf("%-9s %s  %s\n", v.Kind, short(v.ID), clip(v.Title, 90))
			for _, s := range v.Snippets {
				r.printf("          %s\n", s)
			}
		}
		if res.Total > len(views) {
			r.say("%d of %d", len(views), res.Total)
		} else if res.Total == 0 {
			r.say("nothing found")
		}
		return nil
	})
}

// caret is a line of carets below the place where a query cannot be read. A wide
// character, such as a Chinese one, takes two columns of a terminal.
func caret(query string, bad *search.QueryError) string {
	column := func(r []rune) int {
		n := 0
		for _, c := range r {
			switch width.LookupRune(c).Kind() {
			case width.EastAsianWide, width.EastAsianFullwidth:
				n += 2
			default:
				if !unicode.Is(unicode.Mn, c) {
					n++
				}
			}
		}
		return n
	}
	r := []rune(query)
	at, end := min(bad.Pos, len(r)), min(bad.End, len(r))
	return strings.Repeat(" ", column(r[:at])) + strings.Repeat("^", max(1, column(r[at:end])))
}

// marked is a snippet on one line with its hits between « and ».
func marked(s search.Snippet) string {
	var b strings.Builder
	runes := []rune(s.Text)
	at := 0
	for _, m := range s.Marks {
		b.WriteString(string(runes[at:m.Start]))
		b.WriteString("«" + string(runes[m.Start:m.End]) + "»")
		at = m.End
	}
	b.WriteString(string(runes[at:]))
	return strings.Join(strings.Fields(b.String()), " ")
}

// finder opens the notebook's search index in the user's cache.
func (r *run) finder(nb *notebook.Notebook) (*finder.Finder, error) {
	return finder.Open(nb, finder.Dir(finder.CacheDir(), nb.Identity()))
}

// indexing tells on standard error how far the building of an index is, from
// the first thousand on.
func (r *run) indexing() finder.Progress {
	last := 0
	return func(done, total int) {
		if done-last >= 1000 {
			last = done
			fmt.Fprintf(r.Stderr, "indexing %d of %d\n", done, total)
		}
	}
}

type reindexCmd struct{}

func (c *reindexCmd) Run(r *run) error {
	return r.read(func(nb *notebook.Notebook) error {
		f, err := r.finder(nb)
		if err != nil {
			return err
		}
		defer f.Close()
		n := 0
		err = f.Rebuild(r.ctx, func(done, total int) {
			n = done
			if done%1000 == 0 {
				fmt.Fprintf(r.Stderr, "indexing %d of %d\n", done, total)
			}
		})
		if err != nil {
			return err
		}
		r.printf("%d entries are in the search index\n", n)
		return nil
	})
}

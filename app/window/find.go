package window

import (
	"context"
	"strings"

	"sourcebook/app/finder"
	"sourcebook/app/present"
	"sourcebook/app/search"
	"sourcebook/app/session"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook/country"
	index_ "sourcebook/notebook/search"
)

// find searches, and turns the hits into what the search screen shows.
func find(ctx context.Context, f *finder.Finder, q search.Query) (search.Results, error) {
	o := index_.Options{Typing: q.Typing, Limit: q.Limit}
	if q.Newest {
		o.Order = index_.Newest
	}
	res, err := f.Search(ctx, q.Text, o)
	if err != nil {
		return search.Results{}, err
	}
	out := search.Results{Total: res.Total, Took: res.Took}
	for _, h := range res.Hits {
		hit := search.Hit{Kind: string(h.Kind)}
		for _, s := range h.Snippets {
			sn := search.Snippet{Text: s.Text, Marks: marks(s.Marks, 0), At: -1}
			if h.Source != nil && h.Highlight == nil {
				sn.At = s.Start
			}
			if s.Before {
				const lead = "… "
				sn.Text, sn.Marks = lead+sn.Text, marks(s.Marks, 2)
				if sn.At >= 0 {
					sn.At -= 2 // where the text would stand with what leads it in
				}
			}
			if s.After {
				sn.Text += " …"
			}
			hit.Snippets = append(hit.Snippets, sn)
		}
		switch {
		case h.Highlight != nil && h.Source != nil:
			hit.Group, hit.Source = string(h.Source.ID), present.SourceTitle(*h.Source)
			hit.Title, hit.Line = present.Short(h.Highlight.Exact, 200), present.SourceLine(*h.Source)
			hit.Target = session.Target{Place: session.Library, ID: string(h.Source.ID), Range: reader.Range{Start: h.Highlight.Start, End: h.Highlight.End}}
		case h.Source != nil:
			hit.Group, hit.Icon = string(h.Source.ID), present.KindIcon(h.Source.Kind)
			hit.Title, hit.Line = present.SourceTitle(*h.Source), present.SourceLine(*h.Source)
			if hit.Title == h.Source.Title {
				hit.Marks = marks(h.Title, 0)
			}
			hit.Target = session.Target{Place: session.Library, ID: string(h.Source.ID)}
		case h.Claim != nil:
			hit.Title, hit.Marks = h.Claim.Statement, marks(h.Title, 0)
			hit.Line = present.Date(h.Claim.EventDate)
			hit.Target = session.Target{Place: session.Claims, ID: string(h.Claim.ID)}
		default:
			code, topic, _ := strings.Cut(h.Note, "/")
			hit.Title = present.Join(country.Name(country.Code(code), "en"), topic)
			hit.Line = "Your note"
			hit.Target = session.Target{Place: session.Countries, ID: code}
		}
		out.Hits = append(out.Hits, hit)
	}
	return out, nil
}

// marks are ranges, so many code points further on.
func marks(list []index_.Range, by int) [][2]int {
	var out [][2]int
	for _, m := range list {
		out = append(out, [2]int{m.Start + by, m.End + by})
	}
	return out
}

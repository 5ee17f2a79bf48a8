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
func find(ctx context.Context, f *finder.Finder, query string) (search.Results, error) {
	res, err := f.Search(ctx, query, index_.Options{Typing: true, Limit: 60})
	if err != nil {
		return search.Results{}, err
	}
	out := search.Results{Total: res.Total}
	for _, h := range res.Hits {
		hit := search.Hit{Kind: string(h.Kind)}
		for _, s := range h.Snippets {
			sn := search.Snippet{Text: s.Text, At: -1}
			for _, m := range s.Marks {
				sn.Marks = append(sn.Marks, reader.Range{Start: m.Start, End: m.End})
			}
			if h.Source != nil && h.Highlight == nil {
				sn.At = s.Start
			}
			hit.Snippets = append(hit.Snippets, sn)
		}
		switch {
		case h.Highlight != nil && h.Source != nil:
			hit.Title = present.Short(h.Highlight.Exact, 120)
			hit.Line = present.SourceTitle(*h.Source)
			hit.Target = session.Target{Place: session.Library, ID: string(h.Source.ID), Range: reader.Range{Start: h.Highlight.Start, End: h.Highlight.End}}
		case h.Source != nil:
			hit.Title, hit.Line = present.SourceTitle(*h.Source), present.SourceLine(*h.Source)
			hit.Target = session.Target{Place: session.Library, ID: string(h.Source.ID)}
		case h.Claim != nil:
			hit.Title = h.Claim.Statement
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

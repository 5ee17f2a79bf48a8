package finder

import (
	"errors"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/search"
)

// Results are hits with what a list shows of them.
type Results struct {
	Total int
	Hits  []Hit
	Took  time.Duration // with reading what is shown
}

// Hit is one thing that was found. Just one of Source, Highlight, Claim and
// Note is what was found; Source is also set for a highlight.
type Hit struct {
	search.Hit
	Source    *notebook.Source
	Highlight *notebook.Highlight
	Claim     *notebook.Claim
	Note      string // country code and topic of a dossier note: "KZ/Transport"
}

// describe reads the entities of hits. One that was deleted since is left out.
func describe(tx *notebook.Tx, res search.Results) (Results, error) {
	out := Results{Total: res.Total}
	for _, h := range res.Hits {
		hit := Hit{Hit: h}
		kind, id, _ := strings.Cut(h.ID, ":")
		var err error
		switch kind + ":" {
		case sourceEntry:
			var s notebook.Source
			s, err = tx.Source(notebook.SourceID(id))
			hit.Source = &s
		case highlightEntry:
			var m notebook.Highlight
			if m, err = tx.Highlight(notebook.HighlightID(id)); err == nil {
				var s notebook.Source
				s, err = tx.Source(m.Source)
				hit.Highlight, hit.Source = &m, &s
			}
		case claimEntry:
			var c notebook.Claim
			c, err = tx.Claim(notebook.ClaimID(id))
			hit.Claim = &c
		case noteEntry:
			hit.Note = id
		}
		if errors.Is(err, notebook.ErrNotFound) {
			out.Total--
			continue
		}
		if err != nil {
			return out, err
		}
		out.Hits = append(out.Hits, hit)
	}
	return out, nil
}

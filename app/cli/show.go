package cli

import (
	"fmt"
	"strings"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

type showCmd struct {
	ID       string `arg:"" help:"The ID, or its last characters (at least 4)."`
	Dropped  bool   `help:"Also what was left out of a source's text, with the reason."`
	Original bool   `help:"The bytes as received, nothing else."`
}

// sourceDetail is what show --json prints of a source.
type sourceDetail struct {
	sourceView
	Document   *document.Document `json:"document"`
	Highlights []highlightView    `json:"highlights"`
	Captures   []captureView      `json:"captures"`
}

type captureView struct {
	ID       string `json:"id"`
	SHA256   string `json:"sha256"`
	Size     int64  `json:"size"`
	Name     string `json:"name"`
	URL      string `json:"url"`
	Method   string `json:"method"`
	Received string `json:"received"`
}

func (c *showCmd) Run(r *run) error {
	return r.view(func(tx *notebook.Tx) error {
		kind, id, err := resolve(tx, c.ID, "source", "claim", "highlight", "briefing")
		if err != nil {
			return err
		}
		switch kind {
		case "source":
			return c.source(r, tx, notebook.SourceID(id))
		case "claim":
			cl, err := tx.Claim(notebook.ClaimID(id))
			if err != nil {
				return err
			}
			return showClaim(r, tx, cl)
		case "highlight":
			h, err := tx.Highlight(notebook.HighlightID(id))
			if err != nil {
				return err
			}
			if r.json {
				return r.print(viewHighlight(h))
			}
			r.printf("“%s”\n", h.Exact)
			if h.Note != "" {
				r.printf("%s\n", h.Note)
			}
			return nil
		default:
			b, err := tx.Briefing(notebook.BriefingID(id))
			if err != nil {
				return err
			}
			if r.json {
				return r.print(b)
			}
			r.printf("%s\n", b.Title)
			for _, p := range b.Parts {
				r.printf("  %s %s\n", p.Kind, p.Heading)
			}
			return nil
		}
	})
}

func (c *showCmd) source(r *run, tx *notebook.Tx, id notebook.SourceID) error {
	s, err := tx.Source(id)
	if err != nil {
		return err
	}
	if c.Original {
		b, err := tx.Original(s.Current())
		if err != nil {
			return err
		}
		_, err = r.Stdout.Write(b)
		return err
	}
	d, err := tx.Document(s.Current())
	if err != nil {
		return err
	}
	hs, err := tx.Highlights(id)
	if err != nil {
		return err
	}
	if !r.json {
		printDocument(r.Stdout, d)
		if len(hs) > 0 {
			r.printf("\nhighlights\n")
		}
		for _, h := range hs {
			r.printf("  %s  “%s”\n", short(h.ID), clip(h.Exact, 100))
		}
		if c.Dropped {
			r.printf("\ndropped\n")
			for _, x := range d.Dropped {
				r.printf("  %-10s %s\n", x.Reason, strings.ReplaceAll(x.Text, "\n", "\n             "))
			}
		}
		return nil
	}
	out := sourceDetail{Document: d, Highlights: []highlightView{}, Captures: []captureView{}}
	if out.sourceView, err = viewSource(tx, s); err != nil {
		return err
	}
	for _, h := range hs {
		out.Highlights = append(out.Highlights, viewHighlight(h))
	}
	for _, cid := range s.Captures {
		cp, err := tx.Capture(cid)
		if err != nil {
			return err
		}
		out.Captures = append(out.Captures, captureView{ID: string(cp.ID), SHA256: cp.SHA256, Size: cp.Size, Name: cp.Name, URL: cp.URL, Method: string(cp.Method), Received: cp.Received.Format("2006-01-02T15:04:05Z07:00")})
	}
	return r.print(out)
}

func showClaim(r *run, tx *notebook.Tx, cl notebook.Claim) error {
	v, err := viewClaim(tx, cl)
	if err != nil {
		return err
	}
	if r.json {
		return r.print(v)
	}
	r.printf("%s  %s  %s\n", short(v.ID), v.Grade, v.Statement)
	line := func(name, value string) {
		if value != "" {
			r.printf("  %-11s %s\n", name, value)
		}
	}
	line("countries", codeList(v.Countries))
	line("topics", strings.Join(v.Topics, ", "))
	line("event", string(v.EventDate))
	line("likelihood", string(v.Likelihood))
	line("confidence", string(v.Confidence))
	if v.NeedsSource {
		line("warning", "needs a source: it stands on an AI answer alone")
	}
	for _, e := range v.Evidence {
		switch {
		case e.Highlight != nil:
			line(string(e.Stance), fmt.Sprintf("“%s” (%s)", clip(e.Highlight.Exact, 100), clip(e.Title, 60)))
		case e.Link != nil:
			state := map[notebook.LinkState]string{notebook.Cited: "cited, not held", notebook.Held: "held", notebook.Unreachable: "unreachable"}[e.Link.State]
			line(string(e.Stance), fmt.Sprintf("%s (%s)", e.Title, state))
		}
	}
	for _, rel := range v.Relations {
		other, way := rel.To, string(rel.Kind)
		if rel.To == v.ID {
			other, way = rel.From, string(rel.Kind)+" (from)"
		}
		o, err := tx.Claim(notebook.ClaimID(other))
		if err != nil {
			return err
		}
		line(way, fmt.Sprintf("%s  %s", short(o.ID), clip(o.Statement, 90)))
	}
	line("note", v.Note)
	return nil
}

package cli

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"sourcebook/importers"
	"sourcebook/importers/language"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/evidence"
)

type findFiguresCmd struct {
	finding `embed:""`
}

func (c *findFiguresCmd) Run(r *run) error {
	return c.each(r, func(p passage) any {
		return map[string]any{"figures": list(evidence.Figures(p.Text, p.Lang))}
	})
}

type relateTextsCmd struct {
	Batch bool   `required:"" help:"{\"a\",\"b\",\"published_a\",\"published_b\"} a line in, one object a line out."`
	Lang  string `help:"The texts' language (BCP 47); default: detected."`
}

// pair is two statements to compare.
type pair struct {
	A          string        `json:"a"`
	B          string        `json:"b"`
	PublishedA document.Date `json:"published_a"`
	PublishedB document.Date `json:"published_b"`
}

func (c *relateTextsCmd) Run(r *run) error {
	lines := bufio.NewScanner(r.Stdin)
	lines.Buffer(nil, importers.MaxBytes)
	bad := false
	for n := 1; lines.Scan(); n++ {
		var p pair
		var out any
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			bad, out = true, map[string]string{"error": fmt.Sprintf("line %d is not the JSON that is wanted: %v", n, err)}
		} else {
			lang := cmp.Or(c.Lang, language.Detect(p.A+"\n"+p.B))
			s := evidence.Relate(evidence.Statement{Text: p.A, Lang: lang, Published: p.PublishedA}, evidence.Statement{Text: p.B, Lang: lang, Published: p.PublishedB})
			s.Reasons = list(s.Reasons)
			out = s
		}
		if err := r.printLine(out); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	if bad {
		return errFault
	}
	return nil
}

type sameOriginCmd struct {
	A string `arg:"" name:"file" help:"A capture."`
	B string `arg:"" name:"other" help:"Another one."`
}

func (c *sameOriginCmd) Run(r *run) error {
	var texts [2]string
	for i, name := range []string{c.A, c.B} {
		b, err := readCapped(name)
		if err != nil {
			return err
		}
		d, err := importers.Read(r.ctx, importers.Input{Bytes: b, Name: filepath.Base(name), Received: r.Clock()})
		if err != nil {
			return err
		}
		texts[i] = d.Text
	}
	o := evidence.SameOrigin(texts[0], texts[1])
	if r.json {
		return r.print(o)
	}
	r.printf("%s: %.0f%% of the first stands in the second, %.0f%% the other way round; %s\n", o.Verdict, 100*o.InB, 100*o.InA, count(len(o.Passages), "shared passage"))
	if o.Reason != "" {
		r.printf("%s\n", o.Reason)
	}
	for _, p := range o.Passages {
		mark := ""
		if p.Quoted {
			mark = " (quoted)"
		}
		r.printf("  %d words%s: %s\n", p.Words, mark, clip(p.Text, 100))
	}
	return nil
}

type originsCmd struct {
	Claim string `arg:"" help:"The claim's ID."`
}

// originView is the sources whose texts trace to one origin.
type originView struct {
	Sources []sourceView `json:"sources"`
}

func (c *originsCmd) Run(r *run) error {
	return r.view(func(tx *notebook.Tx) error {
		_, id, err := resolve(tx, c.Claim, "claim")
		if err != nil {
			return err
		}
		cl, err := tx.Claim(notebook.ClaimID(id))
		if err != nil {
			return err
		}
		held, err := originalsOf(r.ctx, tx, cl)
		if err != nil {
			return err
		}
		texts := make([]string, len(held))
		for i, h := range held {
			texts[i] = h.Text
		}
		out := []originView{}
		for _, group := range evidence.Origins(texts) {
			var v originView
			for _, i := range group {
				s, err := tx.Source(notebook.SourceID(held[i].ID))
				if err != nil {
					return err
				}
				sv, err := viewSource(tx, s)
				if err != nil {
					return err
				}
				v.Sources = append(v.Sources, sv)
			}
			out = append(out, v)
		}
		if r.json {
			return r.print(map[string]any{"claim": id, "sources": len(held), "origins": out})
		}
		r.printf("%s from %s: %s\n", count(len(held), "held source"), count(len(out), "origin"), cl.Statement)
		for i, o := range out {
			for _, s := range o.Sources {
				r.printf("%3d  %s  %s  %s\n", i+1, short(s.ID), cmp.Or(string(s.Published), "no date"), clip(cmp.Or(s.Site, "-")+": "+s.Title, 90))
			}
		}
		return nil
	})
}

// originalsOf are the held texts that a claim leans on, each source once, by its ID.
func originalsOf(ctx context.Context, tx *notebook.Tx, cl notebook.Claim) ([]evidence.Original, error) {
	var out []evidence.Original
	seen := map[notebook.SourceID]bool{}
	for _, e := range cl.Evidence {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var of notebook.SourceID
		if e.Highlight != "" {
			h, err := tx.Highlight(e.Highlight)
			if err != nil {
				return nil, err
			}
			of = h.Source
		} else {
			l, err := tx.Link(e.Link)
			if err != nil {
				return nil, err
			}
			of = l.Source
		}
		if of == "" || seen[of] {
			continue
		}
		seen[of] = true
		s, err := tx.Source(of)
		if err != nil {
			return nil, err
		}
		d, err := tx.Document(s.Current())
		if err != nil {
			return nil, err
		}
		out = append(out, evidence.Original{ID: string(of), Text: d.Text, Lang: d.Lang, Published: d.Published})
	}
	return out, nil
}

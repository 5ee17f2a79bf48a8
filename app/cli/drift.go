package cli

import (
	"cmp"
	"fmt"
	"strings"

	"sourcebook/notebook"
)

type driftCmd struct {
	Source string `arg:"" help:"The source's ID."`
}

// driftView is what later versions did to the highlights of a source.
type driftView struct {
	Source   sourceView   `json:"source"`
	Versions int          `json:"versions"`
	Drifts   []driftEntry `json:"drifts"`
}

type driftEntry struct {
	Highlight highlightView `json:"highlight"`
	Outcome   string        `json:"outcome"` // changed, removed
	Was       string        `json:"was"`
	Now       string        `json:"now"`
	Words     []driftWords  `json:"words"`
}

type driftWords struct {
	Change notebook.WordChange `json:"change"` // kept, added, removed
	Text   string              `json:"text"`
}

func (c *driftCmd) Run(r *run) error {
	return r.view(func(tx *notebook.Tx) error {
		_, id, err := resolve(tx, c.Source, "source")
		if err != nil {
			return err
		}
		s, err := tx.Source(notebook.SourceID(id))
		if err != nil {
			return err
		}
		found, err := tx.Drift(s.ID)
		if err != nil {
			return err
		}
		out := driftView{Versions: len(s.Captures), Drifts: []driftEntry{}}
		if out.Source, err = viewSource(tx, s); err != nil {
			return err
		}
		for _, d := range found {
			e := driftEntry{Highlight: viewHighlight(d.Highlight), Outcome: "changed", Was: d.Was, Now: d.Now, Words: []driftWords{}}
			if d.Now == "" {
				e.Outcome = "removed"
			}
			for _, w := range d.Words {
				e.Words = append(e.Words, driftWords{w.Change, w.Text})
			}
			out.Drifts = append(out.Drifts, e)
		}
		if r.json {
			return r.print(out)
		}
		versions := "1 version"
		if n := len(s.Captures); n != 1 {
			versions = fmt.Sprintf("%d versions", n)
		}
		r.printf("%s  %s, %s\n", short(string(s.ID)), clip(cmp.Or(s.Title, "(no title)"), 80), versions)
		for _, e := range out.Drifts {
			r.printf("\n%s  %s\n", short(e.Highlight.ID), e.Outcome)
			if e.Outcome == "removed" {
				r.printf("  - %s\n", oneSpace(e.Was))
				continue
			}
			var b strings.Builder
			for _, w := range e.Words {
				text := oneSpace(w.Text)
				switch w.Change {
				case notebook.WordsAdded:
					text = "{+" + text + "+}"
				case notebook.WordsRemoved:
					text = "[-" + text + "-]"
				}
				if b.Len() > 0 {
					b.WriteByte(' ')
				}
				b.WriteString(text)
			}
			r.printf("  %s\n", b.String())
		}
		if len(out.Drifts) == 0 {
			r.say("no version has changed what is highlighted")
		}
		return nil
	})
}

// oneSpace brings text onto one line.
func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

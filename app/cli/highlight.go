package cli

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"sourcebook/notebook"
	"sourcebook/notebook/selector"
)

type highlightCmd struct {
	Source string   `arg:"" help:"The source's ID."`
	Quote  string   `required:"" help:"The passage, as it stands in the text."`
	Note   string   `help:"A note on it."`
	Colour string   `default:"yellow" enum:"yellow,green,blue,pink,orange,purple" help:"One of yellow, green, blue, pink, orange, purple."`
	Tag    []string `help:"Tags."`
}

func (c *highlightCmd) Run(r *run) error {
	return r.edit(func(nb *notebook.Notebook) error {
		var put *notebook.PutHighlight
		err := nb.View(func(tx *notebook.Tx) error {
			h, err := quoteIn(tx, c.Source, c.Quote)
			if err != nil {
				return err
			}
			h.Colour, h.Note, h.Tags = notebook.Colour(c.Colour), c.Note, c.Tag
			put = &notebook.PutHighlight{Highlight: h}
			return nil
		})
		if err != nil {
			return err
		}
		if _, err := nb.Do(put); err != nil {
			return err
		}
		return nb.View(func(tx *notebook.Tx) error {
			h, err := tx.Highlight(put.Highlight.ID)
			if err != nil {
				return err
			}
			if r.json {
				return r.print(viewHighlight(h))
			}
			r.printf("%s  “%s”\n", short(h.ID), clip(h.Exact, 100))
			return nil
		})
	})
}

// quoteIn is a highlight on the one place of a source where quote stands. White
// space and small differences of wording are forgiven; a quote that stands
// several times is not guessed at.
func quoteIn(tx *notebook.Tx, typed, quote string) (notebook.Highlight, error) {
	var h notebook.Highlight
	_, id, err := resolve(tx, typed, "source")
	if err != nil {
		return h, err
	}
	s, err := tx.Source(notebook.SourceID(id))
	if err != nil {
		return h, err
	}
	d, err := tx.Document(s.Current())
	if err != nil {
		return h, err
	}
	if strings.TrimSpace(quote) == "" {
		return h, usagef("--quote is empty: give the passage to highlight")
	}
	h = notebook.Highlight{Source: s.ID, Capture: s.Current()}
	switch n := strings.Count(d.Text, quote); {
	case n == 1:
		h.Start = utf8.RuneCountInString(d.Text[:strings.Index(d.Text, quote)])
		h.End = h.Start + utf8.RuneCountInString(quote)
	case n > 1:
		return h, fmt.Errorf("highlight in %s: the quote stands there %d times; give more of the sentence", clip(s.Title, 60), n)
	default:
		start, end, _, ok := selector.Resolve(d.Text, selector.Selector{Exact: quote})
		if !ok {
			return h, fmt.Errorf("highlight in %s: the quote was not found; copy it from: sourcebook show %s", clip(s.Title, 60), short(s.ID))
		}
		h.Start, h.End = start, end
	}
	return h, nil
}

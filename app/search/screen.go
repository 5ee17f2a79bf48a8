// Package search is the place for searching all that the notebook holds, as
// one types.
package search

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
)

// Finder finds words in the notebook.
type Finder interface {
	// Find gives the best hits for a query that may still be typed.
	Find(ctx context.Context, query string) (Results, error)
}

// Results are the hits of a query.
type Results struct {
	Total int
	Hits  []Hit
}

// Hit is one thing that was found.
type Hit struct {
	Kind     string // source, claim, highlight, note
	Target   session.Target
	Title    string
	Line     string // where, who, when
	Snippets []Snippet
}

// Snippet is a stretch of text with what was found in it. At is where it
// stands in a source's canonical text, -1 where it does not.
type Snippet struct {
	Text  string
	Marks []reader.Range
	At    int
}

// Screen is the place for searching.
type Screen struct {
	s       session.Session
	finder  Finder
	content fyne.CanvasObject
	entry   *widgets.Entry
	kinds   *widgets.Segmented
	says    *widgets.Text
	area    *fyne.Container
	query   string
	results Results
	cancel  context.CancelFunc
	seq     int
	first   func()
}

var kinds = []present.Choice{{Key: "", Label: "All"}, {Key: "source", Label: "Sources"}, {Key: "claim", Label: "Claims"}, {Key: "highlight", Label: "Highlights"}, {Key: "note", Label: "Notes"}}

// New makes the screen.
func New(s session.Session, f Finder) *Screen {
	c := &Screen{s: s, finder: f, says: widgets.Muted("")}
	c.entry = widgets.NewFilter("Search all texts, claims and notes", func(t string) { c.search(t) })
	c.entry.OnSubmitted = func(string) {
		if c.first != nil {
			c.first()
		}
	}
	c.kinds = widgets.NewSegmented(kinds, func(string) { c.show() })
	c.area = container.NewStack()
	top := widgets.Pad(theme.Gap6, theme.Gap4, widgets.AtMost(860, widgets.Column(theme.Gap3,
		widgets.Heading("Search"), c.entry, widgets.Spread(theme.Gap3, 1, c.kinds, c.says))))
	c.content = widgets.Dock(widgets.Ruled(top), nil, nil, nil, c.area)
	c.show()
	return c
}

// Content is part of session.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.content }

// Open is part of session.Screen.
func (c *Screen) Open(t session.Target) {
	if t.Query != "" && t.Query != c.entry.Text {
		c.entry.SetText(t.Query)
	} else {
		c.Changed()
	}
}

// Changed is part of session.Screen.
func (c *Screen) Changed() {
	if c.query != "" {
		c.search(c.query)
	}
}

// FocusFilter is part of session.Filterer.
func (c *Screen) FocusFilter() { c.s.Window().Canvas().Focus(c.entry) }

func (c *Screen) search(q string) {
	c.seq++
	seq := c.seq
	if c.cancel != nil {
		c.cancel()
	}
	c.query = strings.TrimSpace(q)
	if c.query == "" {
		c.results = Results{}
		c.says.SetText("")
		c.show()
		return
	}
	query := c.query
	c.s.Background(func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		c.s.Deliver(func() {
			if seq == c.seq {
				c.cancel = cancel
			} else {
				cancel()
			}
		})
		res, err := c.finder.Find(ctx, query)
		c.s.Deliver(func() {
			switch {
			case seq != c.seq:
			case err != nil:
				c.results = Results{}
				c.says.SetText("")
				c.first = nil
				c.area.Objects = []fyne.CanvasObject{widgets.Empty("search", "This query cannot be read", present.UpperFirst(err.Error()))}
				c.area.Refresh()
			default:
				c.results = res
				c.says.SetText(present.Count(res.Total, "hit"))
				c.show()
				c.s.Trace("searched", map[string]any{"query": query, "hits": res.Total})
			}
		})
	})
}

func (c *Screen) show() {
	c.first = nil
	if c.query == "" {
		c.area.Objects = []fyne.CanvasObject{widgets.Empty("search", "Search all that you hold",
			"Words are found in any of their forms. “In quotation marks” finds a phrase, -word leaves out, country:KZ, site:, author:, tag: and kind: narrow it.")}
		c.area.Refresh()
		return
	}
	col := widgets.Column(theme.Gap2)
	kind := c.kinds.Key()
	n := 0
	for _, h := range c.results.Hits {
		if kind != "" && h.Kind != kind {
			continue
		}
		n++
		col.Add(c.card(h))
		if c.first == nil {
			c.first = func() { c.open(h, 0) }
		}
	}
	if n == 0 {
		c.area.Objects = []fyne.CanvasObject{widgets.Empty("search", "Nothing found", fmt.Sprintf("Nothing in this notebook has all the words of “%s”. Fewer words find more.", present.Short(c.query, 60)))}
		c.area.Refresh()
		return
	}
	if more := c.results.Total - len(c.results.Hits); more > 0 && kind == "" {
		col.Add(widgets.Muted(fmt.Sprintf("and %s more; add a word to narrow the search", present.Number(more))))
	}
	c.area.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.Pad(theme.Gap6, theme.Gap3, widgets.AtMost(860, col)))}
	c.area.Refresh()
}

var icons = map[string]string{"source": "article", "claim": "claim", "highlight": "highlight", "note": "note"}

func (c *Screen) card(h Hit) fyne.CanvasObject {
	icon := widget.NewIcon(theme.IconIn(icons[h.Kind], theme.ColorMuted))
	title := widgets.NewText(h.Title, theme.SizeBody, "")
	title.Bold = true
	kind := widgets.NewChip(h.Kind, widgets.Neutral)
	body := widgets.Column(theme.Gap1, widgets.Spread(theme.Gap2, 1, icon, title, kind))
	if h.Line != "" {
		body.Add(widgets.Muted(h.Line))
	}
	for _, s := range h.Snippets {
		body.Add(widgets.Flush(marked(s)))
	}
	card := widgets.NewCard(body)
	card.OnTapped = func() { c.open(h, 0) }
	return card
}

// open goes to the hit, at its n-th snippet where that has a place.
func (c *Screen) open(h Hit, n int) {
	t := h.Target
	if t.Place == session.Library && t.Range.Empty() && n < len(h.Snippets) && h.Snippets[n].At >= 0 && len(h.Snippets[n].Marks) > 0 {
		s := h.Snippets[n]
		t.Range = reader.Range{Start: s.At + s.Marks[0].Start, End: s.At + s.Marks[0].End}
	}
	c.s.Go(t)
}

// marked sets a snippet with what was found in bold.
func marked(s Snippet) *widget.RichText {
	r := []rune(s.Text)
	var segs []widget.RichTextSegment
	at := 0
	plain := widget.RichTextStyle{Inline: true, SizeName: theme.SizeBody, ColorName: theme.ColorMuted}
	bold := plain
	bold.TextStyle.Bold = true
	bold.ColorName = ft.ColorNameForeground
	add := func(a, b int, st widget.RichTextStyle) {
		if a < b {
			segs = append(segs, &widget.TextSegment{Style: st, Text: strings.ReplaceAll(string(r[a:b]), "\n", " ")})
		}
	}
	for _, m := range s.Marks {
		m.Start, m.End = min(max(m.Start, at), len(r)), min(max(m.End, at), len(r))
		add(at, m.Start, plain)
		add(m.Start, m.End, bold)
		at = m.End
	}
	add(at, len(r), plain)
	t := widget.NewRichText(segs...)
	t.Wrapping = fyne.TextWrapWord
	return t
}

package library

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
)

// The lists of the library.
const (
	allSources    = "sources"
	allHighlights = "highlights"
	citedNotHeld  = "cited"
)

var lists = []present.Choice{{Key: allSources, Label: "Sources"}, {Key: allHighlights, Label: "Highlights"}, {Key: citedNotHeld, Label: "Cited, not held"}}

// mostEntries is how many highlights or links are listed; words narrow a longer
// list.
const mostEntries = 1000

// entry is a highlight or a cited source as its list shows it.
type entry struct {
	title, sub, meta string
	stripe           string // the highlight's colour
	to               session.Target
}

// entries is the list of highlights, or of cited sources.
type entries struct {
	l      *Screen
	kind   string
	rows   []entry
	cut    bool
	list   *widgets.List
	area   *fyne.Container
	loader session.Loader
}

func newEntries(l *Screen) *entries {
	e := &entries{l: l}
	e.list = widgets.NewList(func() int { return len(e.rows) }, func() fyne.CanvasObject {
		r := widgets.NewRow()
		r.Two = true
		return r
	}, func(i int, o fyne.CanvasObject) {
		if i >= len(e.rows) {
			return
		}
		r, x := o.(*widgets.Row), e.rows[i]
		r.Lead = theme.IconIn("link", theme.ColorMuted)
		r.Stripe = x.stripe
		if x.stripe != "" {
			r.Lead = nil
		}
		r.Title, r.Sub, r.Meta = x.title, x.sub, x.meta
		r.Refresh()
	})
	e.list.OnChosen = func(i int) { l.s.Go(e.rows[i].to) }
	e.area = container.NewStack(e.list)
	return e
}

func (e *entries) load(kind, words string) {
	if kind != e.kind {
		e.kind, e.rows = kind, nil
		e.list.Choose(-1)
		e.list.ScrollToTop()
	}
	words = strings.ToLower(strings.TrimSpace(words))
	type found struct {
		rows []entry
		cut  bool
	}
	read := readHighlights
	if kind == citedNotHeld {
		read = readCited
	}
	session.Load(e.l.s, &e.loader, "list them", func(ctx context.Context, tx *notebook.Tx) (f found, err error) {
		err = read(ctx, tx, func(x entry) bool {
			if words != "" && !strings.Contains(strings.ToLower(x.title+" "+x.sub), words) {
				return true
			}
			f.cut = len(f.rows) == mostEntries
			if !f.cut {
				f.rows = append(f.rows, x)
			}
			return !f.cut
		})
		return f, err
	}, func(f found) {
		e.rows, e.cut = f.rows, f.cut
		e.show(kind, words)
	})
}

func (e *entries) show(kind, words string) {
	noun := "highlight"
	if kind == citedNotHeld {
		noun = "cited source"
	}
	says := present.Count(len(e.rows), noun)
	if e.cut {
		says = "the first " + says
	}
	e.l.bar.count.SetText(says)
	e.l.bar.line.Refresh()
	var show fyne.CanvasObject = e.list
	switch {
	case len(e.rows) > 0:
	case words != "":
		show = widgets.Empty("filter", "Nothing fits", "No "+noun+" has these words.")
	case kind == citedNotHeld:
		show = widgets.Empty("link", "Nothing cited is missing", "Sources that your claims cite and the notebook does not hold are listed here until you import them.")
	default:
		show = widgets.Empty("highlight", "No highlights yet", "Select a passage in a source and press H. All your highlights are listed here.")
	}
	e.area.Objects = []fyne.CanvasObject{show}
	e.area.Refresh()
	e.list.Refresh()
	e.l.s.Trace("library listed", map[string]any{kind: len(e.rows)})
}

func readHighlights(ctx context.Context, tx *notebook.Tx, take func(entry) bool) error {
	titles := map[notebook.SourceID]string{}
	for h, err := range tx.AllHighlights() {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		title, ok := titles[h.Source]
		if !ok {
			s, err := tx.Source(h.Source)
			if err != nil {
				return err
			}
			title = present.SourceTitle(s)
			titles[h.Source] = title
		}
		x := entry{title: present.Short(h.Exact, 200), sub: present.Join(h.Note, title), meta: present.Day(h.Made), stripe: string(h.Colour),
			to: session.Target{Place: session.Library, ID: string(h.Source), Range: reader.Range{Start: h.Start, End: h.End}}}
		if !take(x) {
			return nil
		}
	}
	return nil
}

func readCited(ctx context.Context, tx *notebook.Tx, take func(entry) bool) error {
	for l, err := range tx.CitedLinks() {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		c, err := tx.Claim(l.Claim)
		if err != nil {
			return err
		}
		x := entry{title: present.LinkTitle(l), sub: c.Statement, meta: present.Date(l.Date), to: session.Target{Place: session.Claims, ID: string(l.Claim)}}
		if !take(x) {
			return nil
		}
	}
	return nil
}

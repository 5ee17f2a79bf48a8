// Package search is the place for searching all that the notebook holds, as
// one types.
package search

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	ft "fyne.io/fyne/v2/theme"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	index "sourcebook/notebook/search"
)

// Finder finds words in the notebook.
type Finder interface {
	// Find gives the first hits for a query. A query that cannot be read gives an
	// *index.QueryError.
	Find(ctx context.Context, q Query) (Results, error)
}

// Query is what is searched for.
type Query struct {
	Text   string
	Typing bool // the last word may be the beginning of one
	Newest bool // the newest first, and not the best
	Limit  int  // hits at most
}

// Results are the hits of a query.
type Results struct {
	Total    int // all hits, also those not given
	Hits     []Hit
	Took     time.Duration
	Building bool // the index is being built: there may be more
}

// Hit is one thing that was found.
type Hit struct {
	Kind     string // source, claim, highlight, note
	Group    string // of hits that belong together: the source; empty for none
	Target   session.Target
	Title    string
	Marks    [][2]int // what was found in the title, in code points
	Source   string   // the title of the source that it belongs to
	Icon     string   // empty for that of the kind
	Line     string   // where, who, when
	Snippets []Snippet
}

// Snippet is a stretch of text with what was found in it. At is where it
// stands in a source's canonical text, -1 where it does not.
type Snippet struct {
	Text  string
	Marks [][2]int
	At    int
}

// Screen is the place for searching.
type Screen struct {
	s       session.Session
	finder  Finder
	content fyne.CanvasObject
	entry   *widgets.Entry
	star    *widgets.Button
	order   *widgets.Segmented
	chips   *widgets.Flow
	says    *widgets.Text
	fault   *fyne.Container // the query with the place of its fault, and what is wrong
	faulty  *widgets.Marked
	wrong   *widgets.Text
	area    *fyne.Container
	list    *widgets.List

	loader session.Loader
	held   held

	query   string // what is searched for
	limit   int
	results Results
	lines   []line
	failed  error // of the last search, but for faults in the query
	answer  string
	asking  context.CancelFunc
	seq     int
	wait    time.Duration // after a letter, before searching
	pressed bool          // Return was pressed before the answer came
}

// The hits of a page, and how long typing must rest before they are looked for.
const (
	pageSize = 25
	mostHits = 600
	pause    = 50 * time.Millisecond
)

// wide is how wide the column of hits is at most.
const wide = 900

var orders = []present.Choice{{Key: "best", Label: "Best first"}, {Key: "newest", Label: "Newest first"}}

// orderKey is the preference that keeps the order.
const orderKey = "search.order"

// New makes the screen.
func New(s session.Session, f Finder) *Screen {
	c := &Screen{s: s, finder: f, limit: pageSize, wait: pause, says: widgets.Muted("")}
	c.entry = widgets.NewFilter("Search all texts, claims, highlights and notes", func(t string) { c.typed(t) })
	c.entry.OnSubmitted = func(string) { c.submit() }
	c.entry.OnDown = c.down
	c.star = widgets.IconButton("bookmark", "Save this search", c.keep)
	c.order = widgets.NewSegmented(orders, func(k string) {
		s.Preferences().SetString(orderKey, k)
		c.ask(0)
	})
	c.order.Set(s.Preferences().StringWithFallback(orderKey, "best"))
	c.says.Whole = true
	c.chips = widgets.NewFlow()
	c.faulty = widgets.NewMarked(1, theme.SizeBody, theme.ColorMuted)
	c.wrong = widgets.NewText("", theme.SizeCaption, ft.ColorNameError)
	c.fault = widgets.Column(2, c.faulty, c.wrong)
	c.fault.Hide()
	c.list = widgets.NewList(func() int { return len(c.lines) }, func() fyne.CanvasObject { return newRow() }, func(i int, o fyne.CanvasObject) {
		r := o.(*row)
		r.set(c.lines[i])
		r.OnTapped = func() { c.tap(i) }
	})
	c.list.OnOpen = c.open
	c.area = container.NewStack()
	top := widgets.Pad(theme.Gap6, theme.Gap4, widgets.AtMost(wide, widgets.Column(theme.Gap3,
		widgets.Spread(theme.Gap2, 0, widgets.Heading("Search"), c.order),
		widgets.Spread(theme.Gap1, 0, c.entry, c.star), c.fault, widgets.Spread(theme.Gap3, 0, c.chips, c.says))))
	c.content = widgets.Dock(widgets.Ruled(top), nil, nil, nil, c.area)
	c.refreshTop()
	c.show()
	return c
}

// Content is part of session.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.content }

// Open is part of session.Screen.
func (c *Screen) Open(t session.Target) {
	c.load()
	if t.Query != "" && t.Query != c.entry.Text {
		c.write(t.Query)
	} else {
		c.ask(0)
	}
}

// Changed is part of session.Screen.
func (c *Screen) Changed() {
	c.load()
	c.ask(0)
}

// FocusFilter is part of session.Filterer.
func (c *Screen) FocusFilter() { c.s.Window().Canvas().Focus(c.entry) }

// typed takes over what stands in the field.
func (c *Screen) typed(text string) {
	text = strings.TrimSpace(text)
	if text == c.query {
		return
	}
	c.query, c.limit, c.pressed = text, pageSize, false
	c.refreshTop()
	c.ask(c.wait)
}

// refreshTop shows the filters of the query, and whether it is saved.
func (c *Screen) refreshTop() {
	c.chips.Set(c.filterChips()...)
	c.showSaved()
}

// ask searches for the query after a pause in which it may change. What was
// asked before is given up.
func (c *Screen) ask(after time.Duration) {
	c.seq++
	seq := c.seq
	if c.asking != nil {
		c.asking()
		c.asking = nil
	}
	if c.query == "" {
		c.results, c.lines, c.failed, c.answer = Results{}, nil, nil, ""
		c.say("")
		c.faultAt(nil)
		c.show()
		return
	}
	if after == 0 {
		c.find(seq)
		return
	}
	time.AfterFunc(after, func() {
		c.s.Deliver(func() {
			if seq == c.seq {
				c.find(seq)
			}
		})
	})
}

// find asks the index, away from the toolkit's thread.
func (c *Screen) find(seq int) {
	ctx, cancel := context.WithCancel(context.Background())
	c.asking = cancel
	q := Query{Text: c.query, Typing: !strings.HasSuffix(c.entry.Text, " "), Newest: c.order.Key() == "newest", Limit: c.limit}
	c.s.Background(func(outer context.Context) {
		defer context.AfterFunc(outer, cancel)()
		res, err := c.finder.Find(ctx, q)
		list := lines(res.Hits)
		c.s.Deliver(func() {
			if seq == c.seq {
				c.found(q, res, list, err)
			}
		})
	})
}

// found takes over an answer.
func (c *Screen) found(q Query, res Results, list []line, err error) {
	var bad *index.QueryError
	if errors.As(err, &bad) {
		c.faultAt(bad) // what was found before stays, since the query is half typed as a rule
		c.show()
		return
	}
	fresh := c.answer != q.Text
	c.faultAt(nil)
	c.results, c.lines, c.failed, c.answer = res, list, err, q.Text
	switch {
	case err != nil:
		c.say("")
	default:
		if more := res.Total - len(res.Hits); more > 0 {
			c.lines = append(c.lines, line{head: true, icon: "chevron-down", text: "Show more", under: fmt.Sprintf("%s of %s are shown", present.Number(len(res.Hits)), present.Number(res.Total)), hit: -1, at: -1})
		}
		said := present.Number(res.Total) + " found"
		if res.Took > 0 {
			said = present.Join(said, fmt.Sprintf("%.3g ms", float64(res.Took.Microseconds())/1000))
		}
		if res.Building {
			said = present.Join(said, "the index is being built, more may follow")
		}
		c.say(said)
		c.s.Trace("searched", map[string]any{"query": q.Text, "hits": res.Total})
	}
	c.show()
	if fresh && len(c.lines) > 0 {
		c.list.UnselectAll()
		c.list.MinSize() // the toolkit's list can scroll only once it has been looked at
		c.list.ScrollToTop()
	}
	if c.pressed {
		c.pressed = false
		c.remember()
		c.openFirst()
	}
}

func (c *Screen) say(text string) {
	c.says.SetText(text)
	c.chips.Refresh()
}

// faultAt shows where the query cannot be read; nil shows nothing.
func (c *Screen) faultAt(bad *index.QueryError) {
	if bad == nil {
		c.fault.Hide()
		return
	}
	c.faulty.Text, c.faulty.Marks = c.query, [][2]int{{bad.Pos, max(bad.End, bad.Pos+1)}}
	c.wrong.SetText(present.UpperFirst(bad.Msg))
	c.faulty.Refresh()
	c.fault.Show()
}

// show puts into the area what there is to show.
func (c *Screen) show() {
	var what fyne.CanvasObject
	switch {
	case c.query == "":
		what = c.empty()
	case c.failed != nil:
		what = widgets.Empty("search", "The search did not work", present.UpperFirst(c.failed.Error()), widgets.NewButton("Try again", "refresh", func() { c.ask(0) }))
	case len(c.lines) > 0:
		what = c.hits()
	case c.answer == "" || c.fault.Visible():
		what = container.NewStack() // the first answer is under way, or the query is not one
	default:
		what = c.nothing()
	}
	if len(c.area.Objects) == 1 && c.area.Objects[0] == what {
		c.list.Refresh()
		return
	}
	c.area.Objects = []fyne.CanvasObject{what}
	c.area.Refresh()
}

// hits is the list in its column.
func (c *Screen) hits() fyne.CanvasObject {
	if len(c.area.Objects) == 1 && len(c.lines) > 0 {
		if p, ok := c.area.Objects[0].(*fyne.Container); ok && p.Layout == listLayout {
			return p
		}
	}
	return container.New(listLayout, c.list)
}

// listLayout keeps the list to the column of the field above it.
var listLayout fyne.Layout = column{}

type column struct{}

// MinSize is part of fyne.Layout.
func (column) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// Layout is part of fyne.Layout.
func (column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	x := theme.Gap6 - theme.Gap2
	o[0].Move(fyne.NewPos(x, theme.Gap2))
	o[0].Resize(fyne.NewSize(max(0, min(wide+2*theme.Gap2, size.Width-2*x)), max(0, size.Height-theme.Gap2)))
}

// submit opens the first hit at its place.
func (c *Screen) submit() {
	if c.query == "" {
		return
	}
	if c.answer != c.query || c.failed != nil { // typed and pressed at once: the answer is not there yet
		c.ask(0)
		c.pressed = c.answer != c.query // and did not come at once
		if c.pressed || c.failed != nil {
			return
		}
	}
	c.remember()
	c.openFirst()
}

// openFirst opens the first hit that has a place, or else the first.
func (c *Screen) openFirst() {
	for i, l := range c.lines {
		if l.at >= 0 && len(l.marks) > 0 {
			c.open(i)
			return
		}
	}
	if len(c.lines) > 0 && c.lines[0].hit >= 0 {
		c.open(0)
	}
}

// down goes from the field into the list.
func (c *Screen) down() {
	if len(c.lines) == 0 || c.query == "" {
		return
	}
	c.s.Window().Canvas().Focus(c.list)
	c.list.Choose(0)
}

// tap is a click on a row.
func (c *Screen) tap(i int) {
	c.s.Window().Canvas().Focus(c.list)
	c.list.Choose(i)
	c.open(i)
}

// open goes to what row i shows.
func (c *Screen) open(i int) {
	if i < 0 || i >= len(c.lines) {
		return
	}
	l := c.lines[i]
	if l.hit < 0 { // there is more
		c.limit = min(c.limit+pageSize, mostHits)
		c.ask(0)
		return
	}
	c.remember()
	h := c.results.Hits[l.hit]
	t := h.Target
	n := l.at
	if n < 0 && len(h.Snippets) > 0 {
		n = 0
	}
	if n >= 0 && n < len(h.Snippets) {
		if s := h.Snippets[n]; t.Place == session.Library && t.Range.Empty() && s.At >= 0 && len(s.Marks) > 0 {
			t.Range = reader.Range{Start: s.At + s.Marks[0][0], End: s.At + s.Marks[0][1]}
		}
	}
	c.s.Go(t)
}

// Package timeline is the place that shows claims by the date of their event.
package timeline

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// most is how many claims are shown at once; a filter narrows a longer line.
const most = 2000

// entry is a row: the heading of a month, or a claim.
type entry struct {
	month string
	claim notebook.Claim
	grade string
}

// Screen is the timeline.
type Screen struct {
	s         session.Session
	content   fyne.CanvasObject
	loader    session.Loader
	words     session.Loader
	countries *widgets.Tokens
	topic     *widget.Select
	topics    []string
	newest    bool
	order     *widgets.Segmented
	rows      []entry
	list      *widgets.List
	area      *fyne.Container
	count     *widgets.Text
}

// New makes the screen.
func New(s session.Session) *Screen {
	t := &Screen{s: s, count: widgets.Muted(""), newest: s.Preferences().BoolWithFallback("timeline.newest", true)}
	t.countries = widgets.NewTokens("All countries", widgets.CompleteCountry(nil), nil)
	t.countries.OnChanged = func([]string) { t.Changed() }
	t.topic = widget.NewSelect([]string{"All topics"}, func(string) { t.Changed() })
	t.topic.PlaceHolder = "All topics"
	t.order = widgets.NewSegmented([]present.Choice{{Key: "newest", Label: "Newest first"}, {Key: "oldest", Label: "Oldest first"}}, func(k string) {
		t.newest = k == "newest"
		s.Preferences().SetBool("timeline.newest", t.newest)
		t.Changed()
	})
	t.order.Set(map[bool]string{true: "newest", false: "oldest"}[t.newest])
	t.list = widgets.NewList(func() int { return len(t.rows) }, func() fyne.CanvasObject { return newItem() }, func(i int, o fyne.CanvasObject) {
		if i < len(t.rows) {
			o.(*item).show(t.rows[i])
			o.(*item).row.OnTapped = func() { t.list.Tap(i) }
		}
	})
	t.list.OnChosen = func(i int) {
		if e := t.rows[i]; e.month == "" {
			t.list.Choose(-1)
			s.Go(session.Target{Place: session.Claims, ID: string(e.claim.ID)})
		} else {
			t.list.Choose(-1)
		}
	}
	t.area = container.NewStack()
	top := widgets.Pad(theme.Gap6, theme.Gap4, widgets.Column(theme.Gap3,
		widgets.Spread(theme.Gap3, 0, widgets.Heading("Timeline"), t.order),
		container.NewGridWithColumns(2, t.countries.Box, t.topic), t.count))
	t.content = widgets.Dock(widgets.Ruled(top), nil, nil, nil, t.area)
	return t
}

// Content is part of session.Screen.
func (t *Screen) Content() fyne.CanvasObject { return t.content }

// Open is part of session.Screen.
func (t *Screen) Open(to session.Target) {
	if to.ID != "" {
		t.countries.Set([]widgets.Option{widgets.CountryOption(country.Code(to.ID))})
	}
	t.Changed()
	type words struct {
		topics []notebook.Count
		often  []country.Code
	}
	session.Load(t.s, &t.words, "read the topics", func(_ context.Context, tx *notebook.Tx) (w words, err error) {
		if w.topics, err = tx.Topics(); err != nil {
			return w, err
		}
		counts, err := tx.CountryCounts()
		w.often = claims.Often(counts)
		return w, err
	}, func(w words) {
		t.countries.Offer(widgets.CompleteCountry(w.often))
		names := []string{"All topics"}
		t.topics = t.topics[:0]
		for _, c := range w.topics {
			t.topics = append(t.topics, c.Word)
			names = append(names, c.Word)
		}
		if !slices.Equal(names, t.topic.Options) {
			t.topic.Options = names
			t.topic.Refresh()
		}
	})
}

type line struct {
	rows    []entry
	claims  int
	undated int
	cut     bool
}

// Changed is part of session.Screen.
func (t *Screen) Changed() {
	codes := t.countries.Keys()
	topic := ""
	if i := t.topic.SelectedIndex(); i > 0 && i <= len(t.topics) {
		topic = t.topics[i-1]
	}
	newest := t.newest
	session.Load(t.s, &t.loader, "list the claims by date", func(ctx context.Context, tx *notebook.Tx) (line, error) {
		return read(ctx, tx, codes, topic, newest)
	}, func(l line) {
		t.rows = l.rows
		says := present.Count(l.claims, "dated claim")
		if l.undated > 0 {
			says = present.Join(says, present.Count(l.undated, "claim")+" without an event date")
		}
		if l.cut {
			says = present.Join(says, "the first "+present.Number(most)+" are shown; filter for the rest")
		}
		t.count.SetText(says)
		var show fyne.CanvasObject = t.list
		if len(l.rows) == 0 {
			show = widgets.Empty("timeline", "Nothing on the line yet",
				"Claims stand here once they have the date of their event. Open a claim and say when it happened.",
				widgets.NewButton("Go to the claims", "claims", func() { t.s.Go(session.Target{Place: session.Claims}) }))
		}
		t.area.Objects = []fyne.CanvasObject{widgets.Pad(theme.Gap4, 0, show)}
		t.area.Refresh()
		t.list.Refresh()
		t.s.Trace("timeline shown", map[string]any{"claims": l.claims})
	})
}

func read(ctx context.Context, tx *notebook.Tx, codes []string, topic string, newest bool) (line, error) {
	var l line
	var dated []notebook.Claim
	seen := map[notebook.ClaimID]bool{}
	queries := []notebook.ClaimQuery{{Topic: topic}}
	if len(codes) > 0 {
		queries = queries[:0]
		for _, c := range codes {
			queries = append(queries, notebook.ClaimQuery{Topic: topic, Country: country.Code(c)})
		}
	}
	for _, q := range queries {
		for c, err := range tx.Claims(q) {
			if err != nil {
				return l, err
			}
			if ctx.Err() != nil {
				return l, ctx.Err()
			}
			if seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			if c.EventDate == "" {
				l.undated++
				continue
			}
			dated = append(dated, c)
		}
	}
	slices.SortStableFunc(dated, func(a, b notebook.Claim) int {
		by := strings.Compare(string(a.EventDate), string(b.EventDate))
		if newest {
			by = -by
		}
		return by
	})
	l.claims = len(dated)
	if len(dated) > most {
		dated, l.cut = dated[:most], true
	}
	month := ""
	for _, c := range dated {
		if m := present.MonthOf(c.EventDate); m != month {
			month = m
			l.rows = append(l.rows, entry{month: m})
		}
		r, k, err := tx.GradeOfClaim(c)
		if err != nil {
			return l, err
		}
		l.rows = append(l.rows, entry{claim: c, grade: present.Grade(r, k)})
	}
	return l, nil
}

// item is one row of the line: a month's heading, or a date, a dot on the line
// and the claim.
type item struct {
	widget.BaseWidget
	date, month *widgets.Text
	row         *widgets.Row
	dot         *canvas.Circle
	stem        *canvas.Line
	heading     bool
}

func newItem() *item {
	i := &item{date: widgets.NewText("", theme.SizeBody, theme.ColorMuted), month: widgets.NewText("", theme.SizeSub, ""), row: widgets.NewRow(),
		dot: canvas.NewCircle(nil), stem: canvas.NewLine(nil)}
	i.month.Bold = true
	i.date.Align = fyne.TextAlignTrailing
	i.row.Two = true
	i.ExtendBaseWidget(i)
	return i
}

func (i *item) show(e entry) {
	i.heading = e.month != ""
	i.month.Hidden = !i.heading
	i.date.Hidden, i.row.Hidden, i.dot.Hidden = i.heading, i.heading, i.heading
	i.month.SetText(e.month)
	if !i.heading {
		i.date.SetText(present.Date(e.claim.EventDate))
		claims.FillRow(i.row, e.claim, e.grade)
		i.row.Sub = claims.CountryNames(e.claim.Countries, 4)
		i.row.Refresh()
	}
	i.Refresh()
}

func (i *item) CreateRenderer() fyne.WidgetRenderer { return &itemRenderer{i} }

type itemRenderer struct{ i *item }

const dateWidth = 112

func (r *itemRenderer) MinSize() fyne.Size { return r.i.row.MinSize().AddWidthHeight(dateWidth+30, 0) }
func (r *itemRenderer) Layout(size fyne.Size) {
	x := float32(dateWidth + 16)
	r.i.stem.Position1, r.i.stem.Position2 = fyne.NewPos(x, -2), fyne.NewPos(x, size.Height+4)
	r.i.dot.Move(fyne.NewPos(x-5, size.Height/2-5))
	r.i.dot.Resize(fyne.NewSize(10, 10))
	h := r.i.date.MinSize().Height
	r.i.date.Move(fyne.NewPos(0, (size.Height-h)/2))
	r.i.date.Resize(fyne.NewSize(dateWidth, h))
	r.i.row.Move(fyne.NewPos(x+8, 0))
	r.i.row.Resize(fyne.NewSize(min(size.Width-x-8, 860), size.Height))
	mh := r.i.month.MinSize().Height
	r.i.month.Move(fyne.NewPos(x+18, size.Height-mh-8))
	r.i.month.Resize(fyne.NewSize(size.Width-x-18, mh))
}
func (r *itemRenderer) Refresh() {
	r.i.stem.StrokeColor = theme.Color(theme.ColorBorder)
	r.i.stem.StrokeWidth = 2
	r.i.dot.FillColor = theme.Color(ft.ColorNamePrimary)
	r.i.date.Refresh()
	r.i.month.Refresh()
	r.i.row.Refresh()
	canvas.Refresh(r.i)
}
func (r *itemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.i.stem, r.i.dot, r.i.date, r.i.row, r.i.month}
}
func (r *itemRenderer) Destroy() {}

// Package dossier is the place for countries: the list of those that the
// notebook holds something on, and the dossier of one by topic, with the
// analyst's notes, freshness, gaps and sources.
package dossier

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// Screen is the place for countries.
type Screen struct {
	s       session.Session
	content *container.Split
	loader  session.Loader
	reader  session.Loader
	all     []notebook.CountryCount
	rows    []notebook.CountryCount
	open    country.Code
	filter  *widgets.Entry
	count   *widgets.Text
	list    *widgets.List
	area    *fyne.Container
	right   *fyne.Container
	scroll  *container.Scroll
	shown   country.Code
	editing *string // the topic whose note is being written
	entry   *widgets.Entry
}

// New makes the screen.
func New(s session.Session) *Screen {
	d := &Screen{s: s, count: widgets.Muted("")}
	d.filter = widgets.NewFilter("Find a country", func(string) { d.narrow() })
	d.filter.OnSubmitted = func(string) {
		if len(d.rows) > 0 {
			s.Go(session.Target{Place: session.Countries, ID: string(d.rows[0].Country)})
		}
	}
	d.filter.OnDown = func() { s.Window().Canvas().Focus(d.list) }
	d.list = widgets.NewList(func() int { return len(d.rows) }, func() fyne.CanvasObject { return widgets.NewRow() }, func(i int, o fyne.CanvasObject) {
		if i >= len(d.rows) {
			return
		}
		r, c := o.(*widgets.Row), d.rows[i]
		r.Lead = theme.Flag(string(c.Country))
		r.Title = country.Name(c.Country, "en")
		r.Bold = c.Claims > 0
		r.Dim = c.Claims+c.Sources == 0
		r.Sub = present.Join(counted(c.Claims, "claim"), counted(c.Sources, "source"))
		if r.Sub == "" {
			r.Sub = country.Region(c.Country)
		}
		r.Refresh()
	})
	d.list.OnChosen = func(i int) { s.Go(session.Target{Place: session.Countries, ID: string(d.rows[i].Country)}) }
	d.area = container.NewStack(d.list)
	top := widgets.Pad(theme.Gap3, theme.Gap3, widgets.Column(theme.Gap2, widgets.Heading("Countries"), d.filter, d.count))
	left := widgets.Dock(widgets.Ruled(top), nil, nil, nil, d.area)
	d.right = container.NewStack(widgets.Empty("countries", "Choose a country", "Its dossier opens here: claims by topic, your own notes, how fresh it is and what is missing."))
	d.content = container.NewHSplit(left, d.right)
	d.content.Offset = 0.22
	return d
}

func counted(n int, noun string) string {
	if n == 0 {
		return ""
	}
	return present.Count(n, noun)
}

// Content is part of session.Screen.
func (d *Screen) Content() fyne.CanvasObject { return d.content }

// Split is the divider whose place is remembered.
func (d *Screen) Split() *container.Split { return d.content }

// Open is part of session.Screen.
func (d *Screen) Open(t session.Target) {
	if t.ID != "" {
		if c := country.Code(t.ID); c != d.open {
			d.open, d.editing = c, nil
		}
	}
	d.Changed()
}

// Changed is part of session.Screen.
func (d *Screen) Changed() {
	session.Load(d.s, &d.loader, "list the countries", func(_ context.Context, tx *notebook.Tx) ([]notebook.CountryCount, error) { return tx.CountryCounts() }, func(all []notebook.CountryCount) {
		d.all = slices.Clone(all)
		slices.SortStableFunc(d.all, func(a, b notebook.CountryCount) int {
			if x := b.Claims - a.Claims; x != 0 {
				return x
			}
			return b.Sources - a.Sources
		})
		d.narrow()
	})
	if d.open != "" && d.editing == nil {
		d.load()
	}
}

// narrow fits the list to the filter. With a filter all countries can be found,
// also those that nothing is held on.
func (d *Screen) narrow() {
	q := strings.TrimSpace(d.filter.Text)
	d.rows = d.all
	if q != "" {
		held := map[country.Code]notebook.CountryCount{}
		var often []country.Code
		for _, c := range d.all {
			held[c.Country] = c
			often = append(often, c.Country)
		}
		d.rows = nil
		for _, o := range widgets.CompleteCountry(often)(q) {
			c := held[country.Code(o.Key)]
			c.Country = country.Code(o.Key)
			d.rows = append(d.rows, c)
		}
	}
	d.count.SetText(present.Count(len(d.rows), "country"))
	var show fyne.CanvasObject = d.list
	if len(d.rows) == 0 && q == "" {
		show = widgets.Empty("countries", "No countries yet", "Countries appear as sources and claims name them. Type a name above to open any country's dossier.")
	} else if len(d.rows) == 0 {
		show = widgets.Empty("filter", "No such country", "Names, codes, capitals and demonyms are known in many languages.")
	}
	d.area.Objects = []fyne.CanvasObject{show}
	d.area.Refresh()
	d.list.Refresh()
	d.list.Choose(slices.IndexFunc(d.rows, func(c notebook.CountryCount) bool { return c.Country == d.open }))
}

// graded is a dossier with the grades of its claims.
type graded struct {
	dossier notebook.Dossier
	grades  map[notebook.ClaimID]string
	topics  []notebook.Count
}

func (d *Screen) load() {
	c := d.open
	session.Load(d.s, &d.reader, "work out the dossier", func(ctx context.Context, tx *notebook.Tx) (graded, error) {
		g := graded{grades: map[notebook.ClaimID]string{}}
		var err error
		if g.dossier, err = tx.Dossier(c); err != nil {
			return g, err
		}
		for _, t := range g.dossier.Topics {
			for _, cl := range t.Claims {
				r, k, err := tx.GradeOfClaim(cl)
				if err != nil {
					return g, err
				}
				g.grades[cl.ID] = present.Grade(r, k)
			}
		}
		g.topics, err = tx.Topics()
		return g, err
	}, d.show)
}

func (d *Screen) show(g graded) {
	do := g.dossier
	name := country.Name(do.Country, "en")
	flag := canvas.NewImageFromResource(theme.Flag(string(do.Country)))
	flag.FillMode = canvas.ImageFillContain
	flag.SetMinSize(fyne.NewSize(40, 30))
	compare := widgets.NewButton("Compare", "compare", func() { d.s.Go(session.Target{Place: session.Compare, Query: string(do.Country)}) })
	compare.Tip = "Set it beside other countries"
	line := widgets.NewButton("Timeline", "timeline", func() { d.s.Go(session.Target{Place: session.Timeline, ID: string(do.Country)}) })
	n := map[notebook.ClaimID]bool{}
	for _, t := range do.Topics {
		for _, c := range t.Claims {
			n[c.ID] = true
		}
	}
	fresh := "nothing captured yet"
	if !do.Freshest.IsZero() {
		fresh = "newest evidence captured " + present.Ago(do.Freshest, time.Now())
	}
	says := present.Join(country.Region(do.Country), present.Count(len(n), "claim"), present.Count(len(do.Sources), "source"), fresh)
	col := widgets.Column(theme.Gap4,
		widgets.Spread(theme.Gap2, 1, flag, widgets.Column(1, widgets.Heading(name), widgets.Muted(says)), line, compare),
		d.note(do, "", "Assessment"))
	if len(do.Gaps) > 0 {
		var chips []fyne.CanvasObject
		for _, gap := range do.Gaps {
			chips = append(chips, widgets.NewChip(gap, widgets.Caution))
		}
		col.Add(widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Gaps (%d)", len(do.Gaps))), widgets.NewFlow(chips...)))
	}
	for _, t := range do.Topics {
		title := t.Topic
		if title == "" {
			title = "Without a topic"
		}
		h := widgets.NewText(fmt.Sprintf("%s (%d)", title, len(t.Claims)), theme.SizeSub, "")
		h.Bold = true
		part := widgets.Column(theme.Gap2, widget.NewSeparator(), h)
		if t.Topic != "" {
			part.Add(d.note(do, t.Topic, ""))
		}
		for _, c := range t.Claims {
			part.Add(Card(d.s, c, g.grades[c.ID], do.Country))
		}
		col.Add(part)
	}
	if len(do.Topics) == 0 {
		col.Add(widgets.Para("No claims on "+name+" yet. Open one of the sources below, select a passage and press C.", theme.SizeBody, true))
	}
	if len(do.Sources) > 0 {
		part := widgets.Column(theme.Gap1, widget.NewSeparator(), widgets.Section(fmt.Sprintf("Sources that name it (%d)", len(do.Sources))))
		for i, s := range do.Sources {
			if i == 30 {
				part.Add(widgets.Muted(fmt.Sprintf("and %d more: filter the Library by this country", len(do.Sources)-30)))
				break
			}
			mentions := 0
			for _, m := range s.Countries {
				if m.Code == string(do.Country) {
					mentions = m.Mentions
				}
			}
			card := widgets.NewCard(widgets.Column(1, widgets.NewText(present.SourceTitle(s), theme.SizeBody, ""), widgets.Muted(present.Join(present.SourceLine(s), present.Count(mentions, "mention")))))
			card.OnTapped = func() { d.s.Go(session.Target{Place: session.Library, ID: string(s.ID)}) }
			part.Add(card)
		}
		col.Add(part)
	}
	offset := fyne.Position{}
	if d.scroll != nil && d.shown == do.Country {
		offset = d.scroll.Offset
	}
	d.shown = do.Country
	d.scroll = container.NewVScroll(widgets.Pad(theme.Gap6, theme.Gap4, widgets.AtMost(820, col)))
	d.scroll.Offset = offset
	d.right.Objects = []fyne.CanvasObject{d.scroll}
	d.right.Refresh()
	if d.entry != nil && d.editing != nil {
		d.s.Window().Canvas().Focus(d.entry)
	}
	d.s.Trace("dossier shown", map[string]any{"country": string(do.Country), "claims": len(n)})
}

// note is the analyst's own text on the country or a topic, or the field to
// write it in.
func (d *Screen) note(do notebook.Dossier, topic, title string) fyne.CanvasObject {
	n := do.Notes[topic]
	edit := func() {
		d.editing = &topic
		d.load()
	}
	if d.editing != nil && *d.editing == topic {
		e := widgets.NewTextEntry("Your own text (Markdown). Shift+Return saves.", 5)
		e.SetText(n.Text)
		d.entry = e
		done := func() { d.editing, d.entry = nil, nil }
		save := func() {
			text := strings.TrimSpace(e.Text)
			done()
			d.s.DoUndoable("save the note", "Note saved", nil, &notebook.PutDossierNote{Note: notebook.DossierNote{Country: do.Country, Topic: topic, Text: text}})
			d.load()
		}
		e.OnEscape = func() { done(); d.load() }
		e.OnSubmitted = func(string) { save() }
		buttons := widgets.Spread(theme.Gap1, 0, container.NewStack(), widgets.Flat("Cancel", "", e.OnEscape), widgets.Primary("Save note", "", save))
		c := widgets.Column(theme.Gap2)
		if title != "" {
			c.Add(widgets.Section(title))
		}
		c.Add(e)
		c.Add(buttons)
		return c
	}
	button := widgets.Flat("Write", "edit", edit)
	if n.Text != "" {
		button.SetText("Edit")
	}
	if title == "" && n.Text == "" {
		button.SetText("Add a note on this topic")
		return widgets.Line(0, button)
	}
	c := widgets.Column(theme.Gap1)
	if title != "" {
		c.Add(widgets.Section(title, button))
	}
	if n.Text == "" {
		c.Add(widgets.Para("No assessment yet. Your own text stands at the head of the dossier and of briefings that use it.", theme.SizeBody, true))
		return c
	}
	md := widget.NewRichTextFromMarkdown(n.Text)
	md.Wrapping = fyne.TextWrapWord
	if title == "" {
		c.Add(container.NewBorder(nil, nil, nil, container.NewVBox(button), widgets.Flush(md)))
	} else {
		c.Add(widgets.Flush(md))
		c.Add(widgets.Muted("edited " + present.Ago(n.Edited, time.Now())))
	}
	return c
}

// Card is a claim in a dossier or a comparison; but is the country that need
// not be named.
func Card(s session.Session, c notebook.Claim, grade string, but country.Code) fyne.CanvasObject {
	var chips []fyne.CanvasObject
	if grade != "" {
		chips = append(chips, widgets.NewChip(grade, claims.GradeTone(c.Credibility)))
	}
	if c.NeedsSource {
		chips = append(chips, widgets.NewChip("needs a source", widgets.Caution))
	}
	if c.EventDate != "" {
		chips = append(chips, widgets.NewChip(present.Date(c.EventDate), widgets.Neutral))
	}
	for _, code := range c.Countries {
		if code != but {
			chips = append(chips, widgets.CountryChip(string(code), country.Name(code, "en")))
		}
	}
	body := widgets.Column(theme.Gap2, widgets.Para(c.Statement, theme.SizeBody, false))
	if len(chips) > 0 {
		body.Add(widgets.NewFlow(chips...))
	}
	card := widgets.NewCard(body)
	card.OnTapped = func() { s.Go(session.Target{Place: session.Claims, ID: string(c.ID)}) }
	return card
}

// FocusFilter is part of session.Filterer.
func (d *Screen) FocusFilter() { d.s.Window().Canvas().Focus(d.filter) }

// Command does one of the window's commands where it means something here.
func (d *Screen) Command(id string) bool {
	switch id {
	case "edit":
		if d.open == "" {
			return false
		}
		topic := ""
		d.editing = &topic
		d.load()
	case "save":
		if d.entry == nil {
			return false
		}
		d.entry.OnSubmitted(d.entry.Text)
	default:
		return false
	}
	return true
}

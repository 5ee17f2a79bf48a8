// Package briefing is the place for briefings: their list, the editor of one
// with its parts, a preview of the document as composed, what a reviewer would
// send back, and the export.
package briefing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	compose "sourcebook/notebook/briefing"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// Screen is the place for briefings.
type Screen struct {
	s       session.Session
	content *container.Split
	lists   session.Loader
	loader  session.Loader
	drafter session.Loader
	saved   []notebook.Briefing
	often   []country.Code
	topics  []notebook.Count

	list     *widgets.List
	listArea *fyne.Container
	right    *fyne.Container

	b        notebook.Briefing
	open     bool
	own      int // changes of our own that are under way
	title    *widgets.Entry
	subtitle *widgets.Entry
	author   *widgets.Entry
	date     *widgets.Entry
	tlp      *widget.Select
	parts    *fyne.Container
	preview  *preview
	split    *container.Split
	save     *time.Timer
	pending  bool
	words    map[notebook.ClaimID]string // statements of the claims that parts name
}

// New makes the screen.
func New(s session.Session) *Screen {
	c := &Screen{s: s, words: map[notebook.ClaimID]string{}}
	c.list = widgets.NewList(func() int { return len(c.saved) }, func() fyne.CanvasObject { return widgets.NewRow() }, func(i int, o fyne.CanvasObject) {
		if i >= len(c.saved) {
			return
		}
		r, b := o.(*widgets.Row), c.saved[i]
		r.Lead = theme.IconIn("briefings", theme.ColorMuted)
		r.Title = name(b)
		r.Sub = present.Join(present.Count(len(b.Parts), "part"), present.Ago(b.Edited, time.Now()))
		r.Badges = nil
		if b.TLP != "" {
			r.Badges = []widgets.Badge{{Text: "TLP:" + string(b.TLP), Tone: tlpTone(b.TLP)}}
		}
		r.Refresh()
	})
	c.list.OnChosen = func(i int) { s.Go(session.Target{Place: session.Briefings, ID: string(c.saved[i].ID)}) }
	c.list.OnDelete = func(int) { c.Delete() }
	c.listArea = container.NewStack(c.list)
	top := widgets.Pad(theme.Gap3, theme.Gap3, widgets.Spread(theme.Gap1, 0, widgets.Heading("Briefings"), widgets.IconButton("plus", "New briefing (Ctrl+N)", c.New)))
	left := widgets.Dock(widgets.Ruled(top), nil, nil, nil, c.listArea)
	c.preview = newPreview(s)
	c.right = container.NewStack()
	c.build()
	c.showEmpty()
	c.content = container.NewHSplit(left, c.right)
	c.content.Offset = 0.2
	return c
}

func name(b notebook.Briefing) string {
	if b.Title != "" {
		return b.Title
	}
	return "Untitled briefing"
}

func tlpTone(t notebook.TLP) widgets.Tone {
	switch t {
	case notebook.TLPGreen:
		return widgets.Good
	case notebook.TLPAmber, notebook.TLPAmberStrict:
		return widgets.Caution
	case notebook.TLPRed:
		return widgets.Bad
	}
	return widgets.Neutral
}

// Content is part of session.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.content }

// Split is the divider whose place is remembered.
func (c *Screen) Split() *container.Split { return c.content }

func (c *Screen) showEmpty() {
	c.open = false
	c.right.Objects = []fyne.CanvasObject{widgets.Empty("briefings", "Hand in what you know",
		"A briefing is made of your claims, dossiers and comparisons. Every sentence leads back to a kept original by its endnote.",
		widgets.Primary("New briefing", "plus", c.New), widgets.NewButton("Draft one on countries…", "countries", c.askDraft))}
	c.right.Refresh()
}

// build makes the editor.
func (c *Screen) build() {
	c.title = widgets.NewEntry("Title")
	c.subtitle = widgets.NewEntry("Subtitle (optional)")
	c.author = widgets.NewEntry("Author")
	c.date = widgets.NewEntry("Date of export")
	names := []string{"Not marked"}
	for _, t := range present.TLPs {
		names = append(names, t.Label)
	}
	c.tlp = widget.NewSelect(names, func(string) {
		t := notebook.TLP("")
		if i := c.tlp.SelectedIndex(); i > 0 {
			t = notebook.TLP(present.TLPs[i-1].Key)
		}
		c.change(func(b *notebook.Briefing) bool { same := b.TLP == t; b.TLP = t; return !same })
	})
	bind := func(e *widgets.Entry, field func(*notebook.Briefing) *string) {
		e.OnChanged = func(t string) {
			c.change(func(b *notebook.Briefing) bool {
				f := field(b)
				same := *f == t
				*f = t
				return !same
			})
		}
	}
	bind(c.title, func(b *notebook.Briefing) *string { return &b.Title })
	bind(c.subtitle, func(b *notebook.Briefing) *string { return &b.Subtitle })
	bind(c.author, func(b *notebook.Briefing) *string { return &b.Author })
	c.date.OnChanged = func(t string) {
		d, ok := present.ParseDate(t, time.Now())
		if !ok || d != "" && d.Precision() != document.Day {
			return
		}
		c.change(func(b *notebook.Briefing) bool { same := b.Date == string(d); b.Date = string(d); return !same })
	}
	c.parts = widgets.Column(theme.Gap3)
	add := widgets.NewButton("Add a part", "plus", nil)
	add.OnTapped = func() {
		var items []*fyne.MenuItem
		for _, k := range partKinds {
			it := fyne.NewMenuItem(k.Label, func() { c.addPart(notebook.PartKind(k.Key)) })
			items = append(items, it)
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(add)
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c.s.Window().Canvas(), at.AddXY(0, add.Size().Height))
	}
	export := widgets.Primary("Export…", "export", c.export)
	export.Tip = "Write it as PDF, DOCX, Markdown or HTML (Ctrl+P)"
	view := widgets.NewButton("Open PDF", "pdf", c.openPDF)
	view.Tip = "Compose it and open the PDF"
	bin := widgets.IconButton("bin", "Move to the bin", c.Delete)
	tools := widgets.Pad(theme.Gap4, theme.Gap2, widgets.Spread(theme.Gap2, 0, container.NewStack(), view, export, bin))
	form := widgets.Column(theme.Gap3,
		widgets.Field("Title", c.title, ""), widgets.Field("Subtitle", c.subtitle, ""),
		container.NewGridWithColumns(3, widgets.Field("Author", c.author, ""), widgets.Field("Date", c.date, ""), widgets.Field("Marking (TLP 2.0)", c.tlp, "")),
		widget.NewSeparator(), widgets.Section("Parts", add), c.parts)
	editor := widgets.Dock(widgets.Ruled(tools), nil, nil, nil, container.NewVScroll(widgets.Pad(theme.Gap4, theme.Gap3, form)))
	c.split = container.NewHSplit(editor, widgets.Ground(theme.ColorPanel, c.preview.box))
	c.split.Offset = 0.48
}

var partKinds = []present.Choice{
	{Key: string(notebook.PartJudgements), Label: "Key judgements", Hint: "The few statements that a reader must take away, one a line, and the claims behind them."},
	{Key: string(notebook.PartSection), Label: "Section", Hint: "Your own text with claims."},
	{Key: string(notebook.PartDossier), Label: "Dossier of a country", Hint: "All that is held on a country, by topic."},
	{Key: string(notebook.PartComparison), Label: "Comparison", Hint: "Two to six countries side by side."},
	{Key: string(notebook.PartTimeline), Label: "Timeline", Hint: "Claims by the date of their event."},
	{Key: string(notebook.PartSources), Label: "Sources", Hint: "The numbered endnotes. They stand at the end where no other place is given."},
}

// Open is part of session.Screen.
func (c *Screen) Open(t session.Target) {
	if t.ID != "" && (notebook.BriefingID(t.ID) != c.b.ID || !c.open) {
		c.flush()
		id := notebook.BriefingID(t.ID)
		type opened struct {
			b     notebook.Briefing
			words map[notebook.ClaimID]string
		}
		session.Load(c.s, &c.loader, "open the briefing", func(_ context.Context, tx *notebook.Tx) (o opened, err error) {
			if o.b, err = tx.Briefing(id); err != nil {
				return o, err
			}
			o.words, err = statements(tx, o.b)
			return o, err
		}, func(o opened) {
			maps.Copy(c.words, o.words)
			c.show(o.b)
		})
	}
	c.Changed()
}

// Changed is part of session.Screen.
func (c *Screen) Changed() {
	type lists struct {
		saved  []notebook.Briefing
		often  []country.Code
		topics []notebook.Count
		words  map[notebook.ClaimID]string
		now    *notebook.Briefing
	}
	id, open := c.b.ID, c.open
	session.Load(c.s, &c.lists, "list the briefings", func(_ context.Context, tx *notebook.Tx) (l lists, err error) {
		if l.saved, err = tx.Briefings(); err != nil {
			return l, err
		}
		if l.topics, err = tx.Topics(); err != nil {
			return l, err
		}
		counts, err := tx.CountryCounts()
		if err != nil {
			return l, err
		}
		l.often = claims.Often(counts)
		l.words = map[notebook.ClaimID]string{}
		for _, b := range l.saved {
			if b.ID != id {
				continue
			}
			l.now = &b
			if l.words, err = statements(tx, b); err != nil {
				return l, err
			}
		}
		return l, nil
	}, func(l lists) {
		c.saved, c.often, c.topics = l.saved, l.often, l.topics
		maps.Copy(c.words, l.words)
		var show fyne.CanvasObject = c.list
		if len(c.saved) == 0 {
			show = widgets.Pad(theme.Gap4, theme.Gap4, widgets.Para("Your briefings stand here.", theme.SizeCaption, true))
		}
		c.listArea.Objects = []fyne.CanvasObject{show}
		c.listArea.Refresh()
		c.list.Refresh()
		c.list.Choose(slices.IndexFunc(c.saved, func(b notebook.Briefing) bool { return c.open && b.ID == c.b.ID }))
		switch {
		case !open || c.b.ID != id:
		case l.now == nil && id != "":
			c.b = notebook.Briefing{}
			c.showEmpty()
		case l.now != nil && !c.pending && c.own == 0:
			// Undone, or changed elsewhere: what is stored holds.
			if !same(*l.now, c.b) {
				c.show(*l.now)
				return
			}
			c.preview.show(c.b)
		}
	})
}

// statements reads the statements of the claims that a briefing names.
func statements(tx *notebook.Tx, b notebook.Briefing) (map[notebook.ClaimID]string, error) {
	words := map[notebook.ClaimID]string{}
	for _, p := range b.Parts {
		for _, id := range p.Claims {
			cl, err := tx.Claim(id)
			switch {
			case errors.Is(err, notebook.ErrNotFound), err == nil && !cl.Binned.IsZero():
				words[id] = "A claim that was deleted"
			case err != nil:
				return nil, err
			default:
				words[id] = cl.Statement
			}
		}
	}
	return words, nil
}

// same tells whether two states of a briefing say the same.
func same(a, b notebook.Briefing) bool {
	return a.Title == b.Title && a.Subtitle == b.Subtitle && a.Author == b.Author && a.TLP == b.TLP && a.Date == b.Date &&
		slices.EqualFunc(a.Parts, b.Parts, func(x, y notebook.Part) bool {
			return x.Kind == y.Kind && x.Heading == y.Heading && x.Text == y.Text && x.Country == y.Country &&
				slices.Equal(x.Claims, y.Claims) && slices.Equal(x.Countries, y.Countries) && slices.Equal(x.Topics, y.Topics)
		})
}

// show opens a briefing in the editor.
func (c *Screen) show(b notebook.Briefing) {
	c.b = b
	c.open = true
	c.pending = false
	c.title.SetText(b.Title)
	c.subtitle.SetText(b.Subtitle)
	c.author.SetText(b.Author)
	c.date.SetText(b.Date)
	c.tlp.SetSelectedIndex(1 + slices.IndexFunc(present.TLPs, func(x present.Choice) bool { return x.Key == string(b.TLP) }))
	c.showParts()
	if len(c.right.Objects) != 1 || c.right.Objects[0] != fyne.CanvasObject(c.split) {
		c.right.Objects = []fyne.CanvasObject{c.split}
		c.right.Refresh()
	}
	c.list.Choose(slices.IndexFunc(c.saved, func(x notebook.Briefing) bool { return x.ID == b.ID }))
	c.preview.show(b)
	c.s.Trace("briefing shown", map[string]any{"briefing": string(b.ID)})
}

// change changes the open briefing and has it saved a moment later, so that
// typing does not make a change of every letter.
func (c *Screen) change(f func(*notebook.Briefing) bool) {
	if !c.open || !f(&c.b) {
		return
	}
	c.pending = true
	if c.save != nil {
		c.save.Stop()
	}
	c.save = time.AfterFunc(700*time.Millisecond, func() { c.s.Deliver(c.flush) })
}

// now is change for what is not typed: it is saved at once.
func (c *Screen) now(f func(*notebook.Briefing)) {
	if !c.open {
		return
	}
	f(&c.b)
	c.pending = true
	c.flush()
	c.showParts()
}

// flush saves what is pending.
func (c *Screen) flush() {
	if c.save != nil {
		c.save.Stop()
	}
	if !c.pending || !c.open {
		return
	}
	c.pending = false
	c.own++
	b := c.b
	b.Parts = slices.Clone(b.Parts)
	cmd := &notebook.PutBriefing{Briefing: b}
	c.s.Do("save the briefing", func(err error) {
		c.own--
		if err == nil && c.b.ID == "" {
			c.b.ID = cmd.Briefing.ID
		}
		if err == nil {
			c.Changed()
		}
	}, cmd)
}

// New starts a briefing.
func (c *Screen) New() {
	c.flush()
	b := notebook.Briefing{Title: "", Author: c.s.Preferences().String("briefing.author"),
		Parts: []notebook.Part{{Kind: notebook.PartJudgements}, {Kind: notebook.PartSection, Heading: "Background"}}}
	b.Title = "New briefing"
	c.create(b)
}

func (c *Screen) create(b notebook.Briefing) {
	if b.TLP == "" {
		b.TLP = notebook.TLP(c.s.Preferences().String("briefing.tlp"))
	}
	cmd := &notebook.PutBriefing{Briefing: b}
	c.s.Do("make the briefing", func(err error) {
		if err == nil {
			c.s.Go(session.Target{Place: session.Briefings, ID: string(cmd.Briefing.ID)})
			c.s.Window().Canvas().Focus(c.title)
		}
	}, cmd)
}

// askDraft asks for countries and drafts a briefing on them.
func (c *Screen) askDraft() {
	tokens := widgets.NewTokens("Add a country", widgets.CompleteCountry(c.often), nil)
	title := widgets.NewEntry("Title (optional)")
	head := widgets.NewText("Draft a briefing", theme.SizeSub, "")
	head.Bold = true
	var pop *widget.PopUp
	draft := func() {
		tokens.Accept()
		var codes []country.Code
		for _, k := range tokens.Keys() {
			codes = append(codes, country.Code(k))
		}
		if len(codes) == 0 {
			c.s.Window().Canvas().Focus(tokens.Entry)
			return
		}
		pop.Hide()
		text := title.Text
		session.Load(c.s, &c.drafter, "draft the briefing", func(_ context.Context, tx *notebook.Tx) (notebook.Briefing, error) {
			return compose.Draft(tx, codes, text)
		}, func(b notebook.Briefing) {
			b.Author = c.s.Preferences().String("briefing.author")
			c.create(b)
		})
	}
	title.OnSubmitted = func(string) { draft() }
	title.OnEscape = func() { pop.Hide() }
	ok := widgets.Primary("Draft", "check", draft)
	body := widgets.Column(theme.Gap3, head, widgets.Para("Key judgements from the best graded claims, a dossier for each country, a comparison and a timeline where there is matter for one. You can change all of it.", theme.SizeBody, true),
		widgets.Field("Countries", tokens.Box, ""), widgets.Field("Title", title, ""),
		widgets.Tall(120, container.NewStack()),
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", func() { pop.Hide() }), ok))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), c.s.Window().Canvas())
	pop.Resize(fyne.NewSize(520, pop.MinSize().Height))
	pop.Show()
	c.s.Window().Canvas().Focus(tokens.Entry)
}

// Delete moves the open briefing to the bin.
func (c *Screen) Delete() {
	if !c.open || c.b.ID == "" {
		return
	}
	c.flush()
	id := c.b.ID
	c.b = notebook.Briefing{}
	c.showEmpty()
	c.s.DoUndoable("move the briefing to the bin", "Briefing moved to the bin", nil, &notebook.ToBin{Keys: []notebook.Key{{Kind: "briefing", ID: string(id)}}})
}

// Command does one of the window's commands where it means something here.
func (c *Screen) Command(id string) bool {
	switch id {
	case "draft":
		c.askDraft()
	case "export":
		c.export()
	case "save":
		c.flush()
	default:
		return false
	}
	return true
}

func (c *Screen) addPart(k notebook.PartKind) {
	p := notebook.Part{Kind: k}
	if k == notebook.PartSection {
		p.Heading = "New section"
	}
	c.now(func(b *notebook.Briefing) { b.Parts = append(slices.Clone(b.Parts), p) })
}

// showParts builds the cards of the parts.
func (c *Screen) showParts() {
	c.parts.RemoveAll()
	for i := range c.b.Parts {
		c.parts.Add(c.part(i))
	}
	if len(c.b.Parts) == 0 {
		c.parts.Add(widgets.Para("No parts yet. Add key judgements first: what the reader must take away.", theme.SizeCaption, true))
	}
	c.parts.Refresh()
}

func (c *Screen) part(i int) fyne.CanvasObject {
	p := c.b.Parts[i]
	label := widgets.NewText(fmt.Sprintf("%d. %s", i+1, present.Label(partKinds, string(p.Kind))), theme.SizeBody, "")
	label.Bold = true
	up := widgets.IconButton("chevron-up", "Move up", func() { c.move(i, i-1) })
	down := widgets.IconButton("chevron-down", "Move down", func() { c.move(i, i+1) })
	if i == 0 {
		up.Disable()
	}
	if i == len(c.b.Parts)-1 {
		down.Disable()
	}
	drop := widgets.IconButton("close", "Take this part out", func() {
		c.now(func(b *notebook.Briefing) { b.Parts = slices.Delete(slices.Clone(b.Parts), i, i+1) })
	})
	body := widgets.Column(theme.Gap2, widgets.Spread(0, 0, label, up, down, drop))
	heading := func() {
		e := widgets.NewEntry("Heading")
		e.SetText(p.Heading)
		e.OnChanged = func(t string) {
			c.change(func(b *notebook.Briefing) bool { b.Parts = slices.Clone(b.Parts); b.Parts[i].Heading = t; return true })
		}
		body.Add(e)
	}
	text := func(placeholder string, lines int) {
		e := widgets.NewTextEntry(placeholder, lines)
		e.SetText(p.Text)
		e.OnChanged = func(t string) {
			c.change(func(b *notebook.Briefing) bool { b.Parts = slices.Clone(b.Parts); b.Parts[i].Text = t; return true })
		}
		body.Add(e)
	}
	countries := func(most int) {
		t := widgets.NewTokens("Add a country", widgets.CompleteCountry(c.often), nil)
		t.Max = most
		t.Set(widgets.CountryOptions(p.Countries))
		t.OnChanged = func(keys []string) {
			var codes []country.Code
			for _, k := range keys {
				codes = append(codes, country.Code(k))
			}
			c.quiet(func(b *notebook.Briefing) { b.Parts = slices.Clone(b.Parts); b.Parts[i].Countries = codes })
		}
		body.Add(t.Box)
	}
	topics := func() {
		t := widgets.NewTokens("All topics", widgets.CompleteWord(claims.TopicOptions(c.topics)), widgets.NewWord)
		var have []widgets.Option
		for _, x := range p.Topics {
			have = append(have, widgets.Option{Key: x, Label: x})
		}
		t.Set(have)
		t.OnChanged = func(keys []string) {
			c.quiet(func(b *notebook.Briefing) { b.Parts = slices.Clone(b.Parts); b.Parts[i].Topics = keys })
		}
		body.Add(t.Box)
	}
	switch p.Kind {
	case notebook.PartJudgements:
		text("One judgement a line", 3)
		body.Add(c.claimsOf(i))
	case notebook.PartSection:
		heading()
		text("Text (Markdown)", 4)
		body.Add(c.claimsOf(i))
	case notebook.PartDossier:
		t := widgets.NewTokens("Country", widgets.CompleteCountry(c.often), nil)
		t.Max = 1
		if p.Country != "" {
			t.Set(widgets.CountryOptions([]country.Code{p.Country}))
		}
		t.OnChanged = func(keys []string) {
			code := country.Code("")
			if len(keys) > 0 {
				code = country.Code(keys[0])
			}
			c.quiet(func(b *notebook.Briefing) { b.Parts = slices.Clone(b.Parts); b.Parts[i].Country = code })
		}
		body.Add(t.Box)
		topics()
	case notebook.PartComparison:
		countries(6)
		topics()
	case notebook.PartTimeline:
		countries(0)
	default:
		body.Add(widgets.Para(present.Hint(partKinds, string(p.Kind)), theme.SizeCaption, true))
	}
	return widgets.NewCard(body)
}

// quiet is now without building the cards again, for a field that has the
// cursor.
func (c *Screen) quiet(f func(*notebook.Briefing)) {
	if !c.open {
		return
	}
	f(&c.b)
	c.pending = true
	c.flush()
}

func (c *Screen) move(from, to int) {
	if to < 0 || to >= len(c.b.Parts) {
		return
	}
	c.now(func(b *notebook.Briefing) {
		b.Parts = slices.Clone(b.Parts)
		b.Parts[from], b.Parts[to] = b.Parts[to], b.Parts[from]
	})
}

// claimsOf lists the claims of a part, which can be moved and taken out.
func (c *Screen) claimsOf(i int) fyne.CanvasObject {
	p := c.b.Parts[i]
	col := widgets.Column(2)
	for j, id := range p.Claims {
		t := widgets.NewText(c.words[id], theme.SizeBody, "")
		up := widgets.IconButton("chevron-up", "Move up", func() {
			if j > 0 {
				c.editClaims(i, func(l []notebook.ClaimID) []notebook.ClaimID { l[j-1], l[j] = l[j], l[j-1]; return l })
			}
		})
		drop := widgets.IconButton("close", "Take this claim out", func() {
			c.editClaims(i, func(l []notebook.ClaimID) []notebook.ClaimID { return slices.Delete(l, j, j+1) })
		})
		icon := widget.NewIcon(theme.IconIn("claim", theme.ColorMuted))
		col.Add(widgets.Spread(4, 1, icon, t, up, drop))
	}
	add := widgets.Flat("Add claims…", "plus", func() {
		claims.Pick(c.s, claims.PickOptions{Title: "Which claims?", Many: true, Exclude: p.Claims, Confirm: "Add",
			OnPicked: func(_ string, ids []notebook.ClaimID) {
				c.editClaims(i, func(l []notebook.ClaimID) []notebook.ClaimID { return append(l, ids...) })
			}})
	})
	col.Add(widgets.Line(0, add))
	return col
}

func (c *Screen) editClaims(i int, f func([]notebook.ClaimID) []notebook.ClaimID) {
	if i >= len(c.b.Parts) {
		return
	}
	var missing []notebook.ClaimID
	list := f(slices.Clone(c.b.Parts[i].Claims))
	for _, id := range list {
		if c.words[id] == "" {
			missing = append(missing, id)
		}
	}
	apply := func() {
		c.now(func(b *notebook.Briefing) { b.Parts = slices.Clone(b.Parts); b.Parts[i].Claims = list })
	}
	if len(missing) == 0 {
		apply()
		return
	}
	session.Load(c.s, &c.drafter, "read the claims", func(_ context.Context, tx *notebook.Tx) (map[notebook.ClaimID]string, error) {
		words := map[notebook.ClaimID]string{}
		for _, id := range missing {
			cl, err := tx.Claim(id)
			if err != nil {
				return nil, err
			}
			words[id] = cl.Statement
		}
		return words, nil
	}, func(words map[notebook.ClaimID]string) {
		maps.Copy(c.words, words)
		apply()
	})
}

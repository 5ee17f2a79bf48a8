// Package compare is the place that sets two to six countries side by side, by
// topic.
package compare

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/dossier"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// The number of countries that can be set side by side.
const (
	atLeast = 2
	atMost  = 6
)

// Screen is the place for comparisons.
type Screen struct {
	s       session.Session
	content *container.Split
	saved   []notebook.Comparison
	current notebook.Comparison // an empty ID while it is not saved
	dirty   bool
	lists   session.Loader
	loader  session.Loader
	opener  session.Loader

	list      *widgets.List
	listArea  *fyne.Container
	title     *widgets.Entry
	countries *widgets.Tokens
	topics    *widgets.Tokens
	says      *widgets.Text
	save      *widgets.Button
	area      *fyne.Container
	side      *fyne.Container
	split     *container.Split
	table     notebook.Table
	grades    map[notebook.ClaimID]string
}

// New makes the screen.
func New(s session.Session) *Screen {
	c := &Screen{s: s, says: widgets.Muted("")}
	c.list = widgets.NewList(func() int { return len(c.saved) }, func() fyne.CanvasObject { return widgets.NewRow() }, func(i int, o fyne.CanvasObject) {
		if i >= len(c.saved) {
			return
		}
		r, x := o.(*widgets.Row), c.saved[i]
		r.Lead = theme.IconIn("compare", theme.ColorMuted)
		r.Title = Title(x)
		r.Sub = present.Join(claims.CountryNames(x.Countries, 4))
		r.Refresh()
	})
	c.list.OnChosen = func(i int) { s.Go(session.Target{Place: session.Compare, ID: string(c.saved[i].ID)}) }
	c.list.OnDelete = func(int) { c.Delete() }
	c.listArea = container.NewStack(c.list)
	fresh := widgets.IconButton("plus", "New comparison (Ctrl+N)", c.New)
	top := widgets.Pad(theme.Gap3, theme.Gap3, widgets.Spread(theme.Gap1, 0, widgets.Heading("Compare"), fresh))
	left := widgets.Dock(widgets.Ruled(top), nil, nil, nil, c.listArea)

	c.title = widgets.NewEntry("Title (optional)")
	c.title.OnChanged = func(t string) {
		if t != c.current.Title {
			c.current.Title = t
			c.touch()
		}
	}
	c.countries = widgets.NewTokens("Add a country", widgets.CompleteCountry(nil), nil)
	c.countries.Max = atMost
	c.countries.OnChanged = func(keys []string) {
		c.current.Countries = nil
		for _, k := range keys {
			c.current.Countries = append(c.current.Countries, country.Code(k))
		}
		c.touch()
		c.work()
	}
	c.topics = widgets.NewTokens("All topics", widgets.CompleteWord(nil), widgets.NewWord)
	c.topics.OnChanged = func(keys []string) {
		c.current.Topics = keys
		c.touch()
		c.work()
	}
	c.save = widgets.Primary("Save", "save", c.keep)
	export := widgets.NewButton("Export…", "export", c.export)
	head := widgets.Column(theme.Gap3,
		widgets.Spread(theme.Gap2, 0, c.title, c.save, export),
		container.NewGridWithColumns(2,
			widgets.Field("Countries, two to six", c.countries.Box, ""),
			widgets.Field("Topics", c.topics.Box, "")), c.says)
	c.area = container.NewStack()
	c.side = container.NewStack()
	main := widgets.Dock(widgets.Ruled(widgets.Pad(theme.Gap4, theme.Gap3, head)), nil, nil, nil, c.area)
	c.split = container.NewHSplit(main, widgets.Ground(theme.ColorPanel, c.side))
	c.split.Offset = 0.7
	c.split.Trailing.Hide()
	c.split.Offset = 1
	c.content = container.NewHSplit(left, c.split)
	c.content.Offset = 0.2
	c.fill()
	return c
}

// Title names a comparison that may have no title.
func Title(x notebook.Comparison) string {
	if x.Title != "" {
		return x.Title
	}
	return claims.CountryNames(x.Countries, 6)
}

// Content is part of session.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.content }

// Split is the divider whose place is remembered.
func (c *Screen) Split() *container.Split { return c.content }

// Open is part of session.Screen. A query names a country to begin with.
func (c *Screen) Open(t session.Target) {
	switch {
	case t.ID != "" && notebook.ComparisonID(t.ID) != c.current.ID:
		id := notebook.ComparisonID(t.ID)
		session.Load(c.s, &c.opener, "open the comparison", func(_ context.Context, tx *notebook.Tx) (notebook.Comparison, error) { return tx.Comparison(id) }, func(x notebook.Comparison) {
			c.current, c.dirty = x, false
			c.fill()
			c.work()
			c.mark()
		})
	case t.Query != "":
		c.current, c.dirty = notebook.Comparison{Countries: []country.Code{country.Code(t.Query)}}, true
		c.fill()
		c.work()
	}
	c.Changed()
}

// Changed is part of session.Screen.
func (c *Screen) Changed() {
	type lists struct {
		saved  []notebook.Comparison
		topics []notebook.Count
		often  []country.Code
	}
	session.Load(c.s, &c.lists, "list the comparisons", func(_ context.Context, tx *notebook.Tx) (l lists, err error) {
		if l.saved, err = tx.Comparisons(); err != nil {
			return l, err
		}
		if l.topics, err = tx.Topics(); err != nil {
			return l, err
		}
		counts, err := tx.CountryCounts()
		l.often = claims.Often(counts)
		return l, err
	}, func(l lists) {
		c.saved = l.saved
		c.topics.Offer(widgets.CompleteWord(claims.TopicOptions(l.topics)))
		c.countries.Offer(widgets.CompleteCountry(l.often))
		var show fyne.CanvasObject = c.list
		if len(c.saved) == 0 {
			show = widgets.Pad(theme.Gap4, theme.Gap4, widgets.Para("Saved comparisons stand here.", theme.SizeCaption, true))
		}
		c.listArea.Objects = []fyne.CanvasObject{show}
		c.listArea.Refresh()
		c.list.Refresh()
		c.mark()
	})
	c.work()
}

func (c *Screen) mark() {
	c.list.Choose(slices.IndexFunc(c.saved, func(x notebook.Comparison) bool { return x.ID == c.current.ID && x.ID != "" }))
}

// fill shows the current comparison's choices in the fields.
func (c *Screen) fill() {
	c.title.SetText(c.current.Title)
	c.countries.Set(widgets.CountryOptions(c.current.Countries))
	var topics []widgets.Option
	for _, t := range c.current.Topics {
		topics = append(topics, widgets.Option{Key: t, Label: t})
	}
	c.topics.Set(topics)
	c.enable()
}

func (c *Screen) touch() {
	c.dirty = true
	c.enable()
}

func (c *Screen) enable() {
	if c.dirty && len(c.current.Countries) >= atLeast {
		c.save.Enable()
	} else {
		c.save.Disable()
	}
}

// work works the table out.
func (c *Screen) work() {
	codes, topics := slices.Clone(c.current.Countries), slices.Clone(c.current.Topics)
	if len(codes) < atLeast {
		c.loader.Cancel()
		c.says.SetText("")
		c.closeCell()
		text := "Add at least two countries above. Each topic becomes a row; each cell holds what you have on that country."
		c.area.Objects = []fyne.CanvasObject{widgets.Empty("compare", "Set countries side by side", text)}
		c.area.Refresh()
		return
	}
	type worked struct {
		table  notebook.Table
		grades map[notebook.ClaimID]string
	}
	session.Load(c.s, &c.loader, "work out the comparison", func(_ context.Context, tx *notebook.Tx) (w worked, err error) {
		w.grades = map[notebook.ClaimID]string{}
		if w.table, err = tx.Compare(codes, topics); err != nil {
			return w, err
		}
		for _, row := range w.table.Rows {
			for _, cell := range row.Cells {
				for _, cl := range cell.Claims {
					r, k, err := tx.GradeOfClaim(cl)
					if err != nil {
						return w, err
					}
					w.grades[cl.ID] = present.Grade(r, k)
				}
			}
		}
		return w, nil
	}, func(w worked) {
		c.table, c.grades = w.table, w.grades
		c.showTable()
	})
}

func (c *Screen) showTable() {
	gaps := 0
	for _, row := range c.table.Rows {
		for _, cell := range row.Cells {
			if len(cell.Claims) == 0 && cell.Note == "" {
				gaps++
			}
		}
	}
	c.says.SetText(present.Join(present.Count(len(c.table.Rows), "topic"), present.Count(gaps, "gap")))
	if len(c.table.Rows) == 0 {
		c.area.Objects = []fyne.CanvasObject{widgets.Empty("compare", "Nothing to compare yet", "None of these countries has a claim with a topic. Give your claims topics, or name the topics above.")}
		c.area.Refresh()
		return
	}
	c.area.Objects = []fyne.CanvasObject{newGrid(c.table, c.grades, func(row, col int) { c.openCell(row, col) })}
	c.area.Refresh()
	var codes []string
	for _, x := range c.table.Countries {
		codes = append(codes, string(x))
	}
	c.s.Trace("compared", map[string]any{"countries": codes, "topics": len(c.table.Rows)})
}

// openCell shows the claims of a cell beside the table.
func (c *Screen) openCell(row, col int) {
	r := c.table.Rows[row]
	code, cell := c.table.Countries[col], r.Cells[col]
	title := r.Topic
	if title == "" {
		title = "Without a topic"
	}
	head := widgets.NewText(title, theme.SizeSub, "")
	head.Bold = true
	chip := widgets.CountryChip(string(code), country.Name(code, "en"))
	chip.OnTapped = func() { c.s.Go(session.Target{Place: session.Countries, ID: string(code)}) }
	list := widgets.Column(theme.Gap2, widgets.Spread(theme.Gap1, 0, head, widgets.IconButton("close", "Close", c.closeCell)), widgets.NewFlow(chip))
	if cell.Note != "" {
		md := widget.NewRichTextFromMarkdown(cell.Note)
		md.Wrapping = fyne.TextWrapWord
		list.Add(widgets.Flush(md))
	}
	for _, cl := range cell.Claims {
		list.Add(dossier.Card(c.s, cl, c.grades[cl.ID], code))
	}
	if len(cell.Claims) == 0 {
		list.Add(widgets.Para(fmt.Sprintf("A gap: no claim on %s under %s yet.", country.Name(code, "en"), title), theme.SizeBody, true))
	}
	c.side.Objects = []fyne.CanvasObject{container.NewVScroll(widgets.Pad(theme.Gap4, theme.Gap3, list))}
	if !c.split.Trailing.Visible() {
		c.split.Trailing.Show()
		c.split.SetOffset(0.68)
	}
	c.side.Refresh()
}

func (c *Screen) closeCell() {
	if c.split.Trailing.Visible() {
		c.split.Trailing.Hide()
		c.split.SetOffset(1)
	}
}

// New starts an empty comparison.
func (c *Screen) New() {
	c.current, c.dirty = notebook.Comparison{}, false
	c.fill()
	c.work()
	c.mark()
	c.s.Window().Canvas().Focus(c.countries.Entry)
}

// FocusFilter is part of session.Filterer.
func (c *Screen) FocusFilter() { c.s.Window().Canvas().Focus(c.countries.Entry) }

func (c *Screen) keep() {
	if len(c.current.Countries) < atLeast {
		return
	}
	cmd := &notebook.PutComparison{Comparison: c.current}
	c.s.DoUndoable("save the comparison", "Comparison saved", func(err error) {
		if err == nil {
			c.current = cmd.Comparison
			c.dirty = false
			c.enable()
			c.mark()
		}
	}, cmd)
}

// Delete moves the saved comparison to the bin.
func (c *Screen) Delete() {
	if c.current.ID == "" {
		return
	}
	id := c.current.ID
	c.s.DoUndoable("move the comparison to the bin", "Comparison moved to the bin", nil, &notebook.ToBin{Keys: []notebook.Key{{Kind: "comparison", ID: string(id)}}})
	c.New()
}

// Command does one of the window's commands where it means something here.
func (c *Screen) Command(id string) bool {
	switch id {
	case "save":
		c.keep()
	case "export":
		c.export()
	default:
		return false
	}
	return true
}

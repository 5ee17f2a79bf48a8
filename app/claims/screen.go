package claims

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// pageSize is how many rows are read at a time.
const pageSize = 100

// row is what the list shows of a claim.
type row struct {
	claim notebook.Claim
	grade string
}

// Screen is the place for claims.
type Screen struct {
	s       session.Session
	content *container.Split
	query   notebook.ClaimQuery
	rows    []row
	more    bool // there are rows that are not read yet
	reading bool
	loader  session.Loader
	words   session.Loader
	open    notebook.ClaimID

	filter    *widgets.Entry
	country   *widget.Select
	topic     *widget.Select
	countries []country.Code
	topics    []string
	toggles   map[string]*widgets.Toggle
	list      *widgets.List
	listArea  *fyne.Container
	count     *widgets.Text
	detail    *Detail
	form      *Form
	right     *fyne.Container
}

// New makes the screen.
func New(s session.Session) *Screen {
	c := &Screen{s: s, toggles: map[string]*widgets.Toggle{}}
	c.filter = widgets.NewFilter("Filter claims", func(t string) { c.query.Text = t; c.load() })
	c.country = widget.NewSelect([]string{anyCountry}, func(string) {
		c.query.Country = ""
		if i := c.country.SelectedIndex(); i > 0 {
			c.query.Country = c.countries[i-1]
		}
		c.load()
	})
	c.topic = widget.NewSelect([]string{anyTopic}, func(string) {
		c.query.Topic = ""
		if i := c.topic.SelectedIndex(); i > 0 {
			c.query.Topic = c.topics[i-1]
		}
		c.load()
	})
	c.country.PlaceHolder, c.topic.PlaceHolder = anyCountry, anyTopic
	flow := widgets.NewFlow(
		c.toggle("Needs a source", &c.query.NeedsSource),
		c.toggle("Contested", &c.query.Contested),
		c.toggle("Not graded", &c.query.Ungraded))
	c.count = widgets.Muted("")
	c.list = widgets.NewList(func() int { return len(c.rows) }, func() fyne.CanvasObject {
		r := widgets.NewRow()
		r.Two = true
		return r
	}, c.showRow)
	c.list.OnChosen = func(i int) { c.show(c.rows[i].claim.ID) }
	c.list.OnOpen = func(i int) { c.Command("edit") }
	c.list.OnDelete = func(i int) { c.Delete() }
	c.listArea = container.NewStack(c.list)
	top := widgets.Pad(theme.Gap3, theme.Gap3, widgets.Column(theme.Gap2,
		widgets.Spread(theme.Gap1, 0, widgets.Heading("Claims"), widgets.IconButton("plus", "New claim (Ctrl+N)", c.New)),
		c.filter,
		container.NewGridWithColumns(2, c.country, c.topic),
		flow,
		c.count))
	left := widgets.Dock(widgets.Ruled(top), nil, nil, nil, c.listArea)
	c.detail = NewDetail(s)
	c.detail.OnEdit = c.edit
	c.right = container.NewStack(c.detail.Content())
	c.content = container.NewHSplit(left, c.right)
	c.content.Offset = 0.32
	return c
}

const (
	anyCountry = "All countries"
	anyTopic   = "All topics"
)

func (c *Screen) toggle(label string, field *bool) *widgets.Toggle {
	t := widgets.NewToggle(label, func(on bool) { *field = on; c.load() })
	c.toggles[label] = t
	return t
}

// Content is part of session.Screen.
func (c *Screen) Content() fyne.CanvasObject { return c.content }

// Split is the divider whose place is remembered.
func (c *Screen) Split() *container.Split { return c.content }

// Open is part of session.Screen.
func (c *Screen) Open(t session.Target) {
	if t.ID != "" {
		c.show(notebook.ClaimID(t.ID))
	}
	c.Changed()
}

// Changed is part of session.Screen.
func (c *Screen) Changed() {
	c.load()
	c.loadWords()
	if c.open != "" && c.form == nil {
		c.detail.Show(c.open)
	}
}

func (c *Screen) loadWords() {
	type words struct {
		topics    []notebook.Count
		countries []notebook.CountryCount
	}
	session.Load(c.s, &c.words, "read the topics", func(ctx context.Context, tx *notebook.Tx) (w words, err error) {
		if w.topics, err = tx.Topics(); err != nil {
			return w, err
		}
		w.countries, err = tx.CountryCounts()
		return w, err
	}, func(w words) {
		c.countries = c.countries[:0]
		names := []string{anyCountry}
		for _, code := range Often(w.countries) {
			c.countries = append(c.countries, code)
			names = append(names, country.Name(code, "en"))
		}
		setOptions(c.country, names)
		c.topics = c.topics[:0]
		names = []string{anyTopic}
		for _, t := range w.topics {
			c.topics = append(c.topics, t.Word)
			names = append(names, t.Word)
		}
		setOptions(c.topic, names)
	})
}

// setOptions replaces the options of a select and keeps what is selected.
func setOptions(s *widget.Select, names []string) {
	if slices.Equal(s.Options, names) {
		return
	}
	s.Options = names
	s.Refresh()
}

// load reads the first page, and as many rows as were shown.
func (c *Screen) load() { c.read(max(pageSize, len(c.rows))) }

func (c *Screen) read(limit int) {
	q := c.query
	q.Offset, q.Limit = 0, limit+1
	c.reading = true
	session.Load(c.s, &c.loader, "list the claims", func(ctx context.Context, tx *notebook.Tx) ([]row, error) {
		return readRows(ctx, tx, q)
	}, func(rows []row) {
		c.reading = false
		c.more = len(rows) > limit
		c.rows = rows[:min(len(rows), limit)]
		c.showList()
	})
}

func readRows(ctx context.Context, tx *notebook.Tx, q notebook.ClaimQuery) ([]row, error) {
	var rows []row
	for cl, err := range tx.Claims(q) {
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		r, k, err := tx.GradeOfClaim(cl)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row{cl, present.Grade(r, k)})
	}
	return rows, nil
}

func (c *Screen) filtered() bool {
	q := c.query
	return q.Text != "" || q.Country != "" || q.Topic != "" || q.NeedsSource || q.Contested || q.Ungraded
}

func (c *Screen) showList() {
	n := present.Number(len(c.rows))
	if c.more {
		n += "+"
	}
	c.count.SetText(n + " " + map[bool]string{true: "claim", false: "claims"}[len(c.rows) == 1 && !c.more])
	c.listArea.RemoveAll()
	switch {
	case len(c.rows) > 0:
		c.listArea.Add(c.list)
		c.list.Refresh()
		c.list.Choose(slices.IndexFunc(c.rows, func(r row) bool { return r.claim.ID == c.open }))
	case c.filtered():
		c.listArea.Add(widgets.Empty("filter", "No claim fits", "No claim has all that the filters ask for.",
			widgets.NewButton("Clear filters", "", c.clear)))
	default:
		c.listArea.Add(widgets.Empty("claim", "No claims yet", "Open a source in the Library, select a passage and press C. Each claim keeps the passage as its evidence.",
			widgets.NewButton("Go to the Library", "library", func() { c.s.Go(session.Target{Place: session.Library}) })))
	}
	c.listArea.Refresh()
}

func (c *Screen) clear() {
	c.query = notebook.ClaimQuery{}
	for _, t := range c.toggles {
		t.Set(false)
	}
	c.filter.SetText("")
	c.country.ClearSelected()
	c.topic.ClearSelected()
	c.load()
}

func (c *Screen) showRow(i int, o fyne.CanvasObject) {
	if i >= len(c.rows) {
		return
	}
	if i == len(c.rows)-1 && c.more && !c.reading {
		c.read(len(c.rows) + pageSize)
	}
	FillRow(o.(*widgets.Row), c.rows[i].claim, c.rows[i].grade)
}

// FillRow shows a claim and its grade in a row.
func FillRow(r *widgets.Row, cl notebook.Claim, grade string) {
	r.Title = cl.Statement
	r.Two = true
	r.Sub = present.Join(CountryNames(cl.Countries, 3), present.Date(cl.EventDate))
	r.Badges = nil
	if cl.NeedsSource {
		r.Badges = append(r.Badges, widgets.Badge{Text: "needs a source", Tone: widgets.Caution})
	}
	if grade != "" {
		r.Badges = append(r.Badges, widgets.Badge{Text: grade, Tone: GradeTone(cl.Credibility)})
	}
	r.Refresh()
}

// GradeTone is the colour of a credibility: green to 2, amber at 4, red at 5,
// none between and where it cannot be judged.
func GradeTone(c notebook.Credibility) widgets.Tone {
	switch c {
	case 1, 2:
		return widgets.Good
	case 4:
		return widgets.Caution
	case 5:
		return widgets.Bad
	}
	return widgets.Neutral
}

// CountryNames writes up to n countries, and how many more there are.
func CountryNames(codes []country.Code, n int) string {
	out := ""
	for i, code := range codes {
		if i == n {
			return out + " and " + strconv.Itoa(len(codes)-n) + " more"
		}
		if i > 0 {
			out += ", "
		}
		out += country.Name(code, "en")
	}
	return out
}

func (c *Screen) show(id notebook.ClaimID) {
	c.open = id
	c.closeForm()
	c.detail.Show(id)
	c.list.Choose(slices.IndexFunc(c.rows, func(r row) bool { return r.claim.ID == id }))
	c.s.Trace("claim shown", map[string]any{"claim": string(id)})
}

// New starts a claim without a passage.
func (c *Screen) New() {
	d := Draft{Claim: notebook.Claim{Countries: nil, EventDate: document.Date("")}}
	if c.query.Country != "" {
		d.Claim.Countries = []country.Code{c.query.Country}
	}
	if c.query.Topic != "" {
		d.Claim.Topics = []string{c.query.Topic}
	}
	c.showForm(d)
}

func (c *Screen) edit(id notebook.ClaimID) {
	session.Load(c.s, &c.words, "open the claim", func(_ context.Context, tx *notebook.Tx) (Draft, error) { return Load(tx, id) }, c.showForm)
}

func (c *Screen) showForm(d Draft) {
	c.form = NewForm(c.s, d)
	c.form.OnCancel = c.closeForm
	c.form.OnSaved = func(id notebook.ClaimID) {
		c.closeForm()
		c.show(id)
	}
	c.right.Objects = []fyne.CanvasObject{widgets.AtMost(640, c.form.Content())}
	c.right.Refresh()
	c.form.Focus()
	c.s.Trace("claim form", map[string]any{"open": true})
}

func (c *Screen) closeForm() {
	if c.form == nil {
		return
	}
	c.form = nil
	c.right.Objects = []fyne.CanvasObject{c.detail.Content()}
	c.right.Refresh()
	c.s.Window().Canvas().Focus(c.list)
}

// FocusFilter is part of session.Filterer.
func (c *Screen) FocusFilter() { c.s.Window().Canvas().Focus(c.filter) }

// Delete moves the open claim to the bin.
func (c *Screen) Delete() {
	if c.open == "" || c.form != nil {
		return
	}
	id := c.open
	next := notebook.ClaimID("")
	if i := c.list.At(); i >= 0 {
		if i+1 < len(c.rows) {
			next = c.rows[i+1].claim.ID
		} else if i > 0 {
			next = c.rows[i-1].claim.ID
		}
	}
	c.open = next
	c.detail.Show(next)
	c.s.DoUndoable("move the claim to the bin", "Claim moved to the bin", nil,
		&notebook.ToBin{Keys: []notebook.Key{{Kind: "claim", ID: string(id)}}})
}

// Command does one of the window's commands where it means something here.
func (c *Screen) Command(id string) bool {
	switch id {
	case "save":
		if c.form == nil {
			return false
		}
		c.form.Save()
	case "edit":
		if c.open == "" || c.form != nil {
			return false
		}
		c.edit(c.open)
	case "relate":
		if c.open == "" || c.form != nil {
			return false
		}
		c.detail.Relate()
	default:
		return false
	}
	return true
}

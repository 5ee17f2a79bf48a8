// Package reading is the reading pane: a source as clean text with its
// highlights, what was dropped from it, the original as received, and beside it
// the notes: claims, highlights, citations, results, details.
package reading

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// View is one of the views of a source.
type View string

// The views.
const (
	TextView     View = "text"
	DroppedView  View = "dropped"
	OriginalView View = "original"
)

// held is a source with all that the pane shows of it.
type held struct {
	source      notebook.Source
	doc         *document.Document
	highlights  []notebook.Highlight
	claims      []heldClaim
	evidence    map[notebook.HighlightID][]notebook.ClaimID
	captures    []notebook.Capture
	publisher   notebook.Publisher
	reliability notebook.Reliability
	stubs       map[string]bool // citations that are attached to a claim already
}

type heldClaim struct {
	claim notebook.Claim
	grade string
}

// Pane is the reading pane.
type Pane struct {
	s       session.Session
	content *fyne.Container
	split   *container.Split
	body    *fyne.Container // the reader, or another view
	side    *fyne.Container // the notes, or a claim form
	over    *fyne.Container // the bar at a selection
	empty   fyne.CanvasObject
	shown   fyne.CanvasObject

	reader  *reader.Reader
	views   *widgets.Segmented
	find    *finder
	notes   *notes
	form    *claims.Form
	bar     *bar
	sideOn  bool
	styleAt int

	id      notebook.SourceID
	held    *held
	view    View
	goal    reader.Range // to be shown once the text is there
	words   string
	loader  session.Loader
	origin  session.Loader
	colour  notebook.Colour
	active  notebook.HighlightID
	places  map[notebook.SourceID]int // where the reader was
	capture notebook.CaptureID        // the version that is shown
}

// New makes the pane, empty.
func New(s session.Session) *Pane {
	p := &Pane{s: s, places: map[notebook.SourceID]int{}, colour: notebook.Yellow, view: TextView, sideOn: true}
	if c := notebook.Colour(s.Preferences().String("reader.colour")); c != "" {
		p.colour = c
	}
	p.reader = reader.New()
	p.reader.SetRunner(reader.Runner{Background: func(f func()) { s.Background(func(context.Context) { f() }) }, Deliver: s.Deliver})
	p.reader.OnSelectionChanged = func(sel reader.Range, text string) { p.selected(sel) }
	p.reader.OnMarkTapped = p.markTapped
	p.reader.OnMarkMoved = p.markMoved
	p.reader.OnLinkTapped = func(url string) { claims.OpenURL(s, url) }
	p.reader.OnKey = p.key
	p.reader.OnContextMenu = p.contextMenu
	p.bar = newBar(p)
	p.find = newFinder(p)
	p.notes = newNotes(p)
	p.styleAt = s.Preferences().IntWithFallback("reader.size", 2)
	p.applyStyle()

	p.views = widgets.NewSegmented([]present.Choice{{Key: string(TextView), Label: "Text"}, {Key: string(DroppedView), Label: "Dropped"}, {Key: string(OriginalView), Label: "Original"}},
		func(k string) { p.show(View(k)) })
	p.views.Set(string(TextView))
	tools := widgets.Pad(theme.Gap3, theme.Gap1+2, widgets.Spread(theme.Gap1, 1, p.views, container.NewStack(),
		widgets.IconButton("search", "Find in this text (Ctrl+Shift+F)", p.find.open),
		widgets.IconButton("zoom-out", "Smaller text (Ctrl+-)", func() { p.Command("text-smaller") }),
		widgets.IconButton("zoom-in", "Larger text (Ctrl++)", func() { p.Command("text-larger") }),
		widgets.IconButton("external-link", "Open the original in the browser", p.openOriginal),
		widgets.IconButton("bin", "Move this source to the bin", func() { p.binSource() }),
		widgets.IconButton("panel-right", "Show or hide the notes (Ctrl+J)", p.toggleSide)))
	p.body = container.NewStack(p.reader)
	p.over = container.NewWithoutLayout()
	p.side = container.NewStack(p.notes.box)
	main := widgets.Dock(widgets.Column(0, widgets.Ruled(tools), p.find.box), nil, nil, nil, container.NewStack(p.body, p.over))
	p.split = container.NewHSplit(main, widgets.Ground(theme.ColorPanel, p.side))
	p.split.Offset = s.Preferences().FloatWithFallback("reading.split", 0.62)
	p.empty = widgets.Empty("article", "Choose a source", "Its text opens here. Select a passage and press H to highlight it, C to make a claim of it.")
	p.content = container.NewStack(p.empty)
	return p
}

// Content is the pane itself.
func (p *Pane) Content() fyne.CanvasObject { return p.content }

// Remember stores where the divider is.
func (p *Pane) Remember() {
	if p.sideOn {
		p.s.Preferences().SetFloat("reading.split", p.split.Offset)
	}
}

// Editing tells whether a claim is being made or changed in the pane.
func (p *Pane) Editing() bool { return p.form != nil }

// Focus gives the reader the keyboard.
func (p *Pane) Focus() { p.s.Window().Canvas().Focus(p.reader) }

// Close shows that nothing is chosen.
func (p *Pane) Close() {
	p.loader.Cancel()
	p.id, p.held = "", nil
	p.set(p.empty)
}

func (p *Pane) set(o fyne.CanvasObject) {
	if p.shown == o {
		return
	}
	p.shown = o
	p.content.Objects = []fyne.CanvasObject{o}
	p.content.Refresh()
}

// Open shows a source, at a passage where one is given, with words marked where
// some are.
func (p *Pane) Open(id notebook.SourceID, at reader.Range, words string) {
	if p.held != nil && p.id == id && p.capture == p.held.source.Current() {
		p.goal, p.words = at, words
		p.reach()
		return
	}
	p.leave()
	p.id, p.goal, p.words, p.active, p.capture = id, at, words, "", ""
	p.load(true)
}

// leave remembers where the reader was.
func (p *Pane) leave() {
	if p.held != nil && p.view == TextView {
		p.places[p.id] = p.reader.ReadingPosition()
	}
	p.closeForm()
	p.bar.hide()
}

// Changed reads the source again after a change to the notebook.
func (p *Pane) Changed() {
	if p.id != "" {
		p.load(false)
	}
}

func (p *Pane) load(fresh bool) {
	id, version := p.id, p.capture
	session.LoadElse(p.s, &p.loader, func(_ context.Context, tx *notebook.Tx) (*held, error) { return read(tx, id, version) },
		func(h *held) {
			fresh := fresh || p.held == nil || p.held.source.ID != h.source.ID
			p.held = h
			if p.capture == "" {
				p.capture = h.source.Current()
			}
			p.set(p.split)
			if fresh {
				p.fresh()
			}
			p.reader.SetMarks(p.marks())
			p.notes.refresh()
			if fresh && !h.source.Read && h.source.Binned.IsZero() {
				p.s.Do("mark it as read", nil, &notebook.MarkRead{Source: id, Read: true})
			}
			if p.view == DroppedView {
				p.show(DroppedView)
			}
		}, func(err error) {
			p.held = nil
			p.set(widgets.Empty("error", "This source cannot be shown", err.Error()))
		})
}

func read(tx *notebook.Tx, id notebook.SourceID, version notebook.CaptureID) (*held, error) {
	h := &held{evidence: map[notebook.HighlightID][]notebook.ClaimID{}, stubs: map[string]bool{}}
	var err error
	if h.source, err = tx.Source(id); err != nil {
		return nil, err
	}
	if version == "" {
		version = h.source.Current()
	}
	if h.doc, err = tx.Document(version); err != nil {
		return nil, fmt.Errorf("read its text: %w", err)
	}
	if h.highlights, err = tx.Highlights(id); err != nil {
		return nil, err
	}
	for c, err := range tx.Claims(notebook.ClaimQuery{Source: id, Limit: 500}) {
		if err != nil {
			return nil, err
		}
		r, k, err := tx.GradeOfClaim(c)
		if err != nil {
			return nil, err
		}
		h.claims = append(h.claims, heldClaim{c, present.Grade(r, k)})
		for _, e := range c.Evidence {
			if e.Highlight != "" {
				h.evidence[e.Highlight] = append(h.evidence[e.Highlight], c.ID)
			}
		}
		links, err := tx.Links(c.ID)
		if err != nil {
			return nil, err
		}
		for _, l := range links {
			if l.CitedIn == id {
				h.stubs[l.Stub] = true
			}
		}
	}
	for _, c := range h.source.Captures {
		capture, err := tx.Capture(c)
		if err != nil {
			return nil, err
		}
		h.captures = append(h.captures, capture)
	}
	if h.reliability, err = tx.GradeOf(h.source); err != nil {
		return nil, err
	}
	if key := notebook.PublisherKey(h.source); key != "" {
		if h.publisher, err = tx.Publisher(key); err != nil {
			return nil, err
		}
		h.publisher.Key = key
	}
	return h, nil
}

// fresh shows the text of a source that was just opened.
func (p *Pane) fresh() {
	s := p.held.source
	p.views.Set(string(TextView))
	p.show(TextView)
	p.reader.SetDocument(p.held.doc.Blocks, reader.Header{
		Title: present.SourceTitle(s), Standfirst: s.Standfirst, Byline: strings.Join(s.Byline, ", "), Site: siteLine(s), Date: present.Date(s.Published),
	})
	p.reader.SetMarks(p.marks())
	if p.goal.Empty() && p.words == "" {
		if at, ok := p.places[p.id]; ok {
			p.reader.SetReadingPosition(at)
		}
	}
	p.reach()
	p.trace()
}

func siteLine(s notebook.Source) string {
	site := s.Site
	if site == "" {
		site = present.Host(s.URL)
	}
	if s.OriginalPublisher != "" && !strings.EqualFold(s.OriginalPublisher, site) {
		return present.Join(site, "reprinted from "+s.OriginalPublisher)
	}
	return site
}

// reach brings the wanted passage into view.
func (p *Pane) reach() {
	if !p.goal.Empty() {
		if p.view != TextView {
			p.views.Set(string(TextView))
			p.show(TextView)
		}
		p.reader.SetReadingPosition(max(0, p.goal.Start-400))
		p.reader.ScrollTo(p.goal)
		p.flash(p.goal)
		p.goal = reader.Range{}
	}
	if p.words != "" {
		p.find.search(p.words)
		p.words = ""
	}
}

// flash marks the passage that was asked for by selecting it, unless it is a
// highlight that shows by itself.
func (p *Pane) flash(at reader.Range) {
	for _, h := range p.held.highlights {
		if h.Start == at.Start && h.End == at.End {
			p.active = h.ID
			p.notes.refresh()
			return
		}
	}
	p.reader.Select(at)
}

func (p *Pane) marks() []reader.Mark {
	var marks []reader.Mark
	for _, h := range p.held.highlights {
		if h.Orphan || h.End > utf8.RuneCountInString(p.held.doc.Text) {
			continue
		}
		m := reader.Mark{ID: string(h.ID), Range: reader.Range{Start: h.Start, End: h.End}, Colour: string(h.Colour), Note: h.Note}
		if len(p.held.evidence[h.ID]) > 0 {
			m.Kind = reader.MarkClaim
		}
		marks = append(marks, m)
	}
	return marks
}

// show switches the view.
func (p *Pane) show(v View) {
	p.view = v
	p.bar.hide()
	switch v {
	case DroppedView:
		p.body.Objects = []fyne.CanvasObject{p.dropped()}
	case OriginalView:
		p.body.Objects = []fyne.CanvasObject{p.original()}
	default:
		p.body.Objects = []fyne.CanvasObject{p.reader}
	}
	p.body.Refresh()
}

func (p *Pane) toggleSide() {
	p.sideOn = !p.sideOn
	if p.sideOn {
		p.split.Trailing.Show()
		p.split.SetOffset(p.s.Preferences().FloatWithFallback("reading.split", 0.62))
	} else {
		p.s.Preferences().SetFloat("reading.split", p.split.Offset)
		p.split.Trailing.Hide()
		p.split.SetOffset(1)
	}
	p.split.Refresh()
}

// selected shows the bar at a finished selection.
func (p *Pane) selected(sel reader.Range) {
	if sel.Empty() {
		p.bar.hide()
		return
	}
	p.bar.atSelection()
	p.traceSelection(sel)
}

func (p *Pane) key(k rune) bool {
	switch k {
	case 'h', 'H':
		return p.Command("highlight")
	case 'c', 'C':
		return p.Command("claim")
	case 'n', 'N':
		return p.Command("note")
	case 'l', 'L':
		return p.Command("link")
	}
	return false
}

func (p *Pane) markTapped(ids []string, at fyne.Position) {
	if len(ids) == 0 {
		return
	}
	p.active = notebook.HighlightID(ids[0])
	p.notes.tab("notes")
	p.notes.refresh()
	p.bar.atHighlight(p.active, at)
	p.reader.SetActiveMark(ids[0])
}

// markMoved makes a highlight longer or shorter, after one of its ends was dragged.
func (p *Pane) markMoved(id string, to reader.Range) {
	h, ok := p.highlight(notebook.HighlightID(id))
	if !ok || p.held == nil || h.Start == to.Start && h.End == to.End {
		return
	}
	h.Start, h.End = to.Start, to.End
	p.bar.hide()
	p.s.Do("change the highlight", nil, &notebook.PutHighlight{Highlight: h})
}

func (p *Pane) highlight(id notebook.HighlightID) (notebook.Highlight, bool) {
	if p.held != nil {
		for _, h := range p.held.highlights {
			if h.ID == id {
				return h, true
			}
		}
	}
	return notebook.Highlight{}, false
}

// makeHighlight keeps the selection as a highlight and then calls then with it.
func (p *Pane) makeHighlight(colour notebook.Colour, then func(notebook.HighlightID)) bool {
	sel, _, ok := p.reader.Selection()
	if !ok || p.held == nil {
		p.s.Toast(session.Toast{Text: "Select a passage first"})
		return false
	}
	p.colour = colour
	p.s.Preferences().SetString("reader.colour", string(colour))
	cmd := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: p.id, Capture: p.capture, Start: sel.Start, End: sel.End, Colour: colour}}
	p.reader.ClearSelection()
	p.bar.hide()
	p.s.Do("highlight the passage", func(err error) {
		if err != nil {
			return
		}
		p.active = cmd.Highlight.ID
		p.s.Trace("highlight saved", map[string]any{"highlight": string(cmd.Highlight.ID), "start": cmd.Highlight.Start, "end": cmd.Highlight.End})
		if then != nil {
			then(cmd.Highlight.ID)
		}
	}, cmd)
	return true
}

// makeClaim opens the claim form on the selection, or on the highlight that is
// open.
func (p *Pane) makeClaim() bool {
	if p.held == nil {
		return false
	}
	if sel, text, ok := p.reader.Selection(); ok {
		p.bar.hide()
		p.claimOn(claims.Quote{Source: p.id, Capture: p.capture, Range: sel, Exact: text, Colour: p.colour}, text)
		return true
	}
	if h, ok := p.highlight(p.active); ok {
		p.claimOnHighlight(h)
		return true
	}
	p.s.Toast(session.Toast{Text: "Select a passage first"})
	return false
}

func (p *Pane) claimOnHighlight(h notebook.Highlight) {
	p.bar.hide()
	p.claimOn(claims.Quote{Highlight: h.ID, Source: h.Source, Capture: h.Capture, Range: reader.Range{Start: h.Start, End: h.End}, Exact: h.Exact, Colour: h.Colour}, h.Exact)
}

// claimOn opens the form with a quotation as evidence and statement.
func (p *Pane) claimOn(q claims.Quote, statement string) {
	q.Stance = notebook.Supports
	q.Where = present.SourceTitle(p.held.source)
	q.Lead = claims.AnswerCovers(p.held.doc, q.Range)
	d := claims.Draft{Quotes: []claims.Quote{q}}
	d.Claim.Statement = strings.Join(strings.Fields(statement), " ")
	for _, c := range country.Count(q.Exact, p.held.doc.Lang) {
		d.Claim.Countries = append(d.Claim.Countries, country.Code(c.Code))
	}
	d.Claim.EventDate = eventDate(q.Exact, p.held.doc)
	// Sources that the passage itself cites come along as links.
	for _, c := range p.held.doc.Citations {
		if c.Start >= q.Range.Start && c.End <= q.Range.End {
			d.Links = append(d.Links, citationLink(c, p.id))
		}
	}
	p.showForm(d)
}

func citationLink(c document.Citation, in notebook.SourceID) claims.Link {
	return claims.Link{URL: c.URL, Stub: c.Text, Outlet: c.Outlet, Date: c.Date, Cited: in, Stance: notebook.Supports, State: notebook.Cited}
}

func (p *Pane) showForm(d claims.Draft) {
	p.form = claims.NewForm(p.s, d)
	p.form.OnCancel = func() { p.closeForm(); p.Focus() }
	p.form.OnSaved = func(notebook.ClaimID) { p.reader.ClearSelection(); p.closeForm(); p.Focus() }
	if !p.sideOn {
		p.toggleSide()
	}
	p.side.Objects = []fyne.CanvasObject{p.form.Content()}
	p.side.Refresh()
	p.split.Refresh() // a form asks for more width than the notes
	p.form.Focus()
	p.s.Trace("claim form", map[string]any{"open": true})
}

func (p *Pane) closeForm() {
	if p.form == nil {
		return
	}
	p.form = nil
	p.side.Objects = []fyne.CanvasObject{p.notes.box}
	p.side.Refresh()
	p.s.Trace("claim form", map[string]any{"open": false})
}

// EditClaim opens the form on a claim that is there.
func (p *Pane) EditClaim(id notebook.ClaimID) {
	session.Load(p.s, &p.origin, "open the claim", func(_ context.Context, tx *notebook.Tx) (claims.Draft, error) { return claims.Load(tx, id) }, p.showForm)
}

func (p *Pane) binHighlight(id notebook.HighlightID) {
	p.bar.hide()
	if p.active == id {
		p.active = ""
	}
	p.s.DoUndoable("remove the highlight", "Highlight removed", nil, &notebook.ToBin{Keys: []notebook.Key{{Kind: "highlight", ID: string(id)}}})
}

func (p *Pane) binSource() {
	if p.held == nil {
		return
	}
	id := p.id
	p.s.DoUndoable("move the source to the bin", "Source moved to the bin", nil, &notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(id)}}})
	p.Close()
}

func (p *Pane) recolour(id notebook.HighlightID, c notebook.Colour) {
	h, ok := p.highlight(id)
	if !ok {
		return
	}
	h.Colour = c
	p.bar.hide()
	p.s.Do("change the highlight's colour", nil, &notebook.PutHighlight{Highlight: h})
}

// copySelection copies the selection as plain text, or as a quotation with its
// source.
func (p *Pane) copySelection(quote bool) bool {
	_, text, ok := p.reader.Selection()
	if !ok || p.held == nil {
		return false
	}
	said := "Copied"
	if quote {
		s := p.held.source
		text = "“" + text + "” (" + present.Join(present.SourceTitle(s), present.SourceLine(s), s.URL) + ")"
		said = "Copied with its source"
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
	p.s.Toast(session.Toast{Text: said})
	return true
}

func (p *Pane) contextMenu(at fyne.Position) {
	item := func(label, command string) *fyne.MenuItem {
		return fyne.NewMenuItem(label, func() { p.Command(command) })
	}
	menu := fyne.NewMenu("",
		item("Highlight  (H)", "highlight"), item("Make a claim  (C)", "claim"), item("Highlight with a note  (N)", "note"),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Copy", func() { p.copySelection(false) }), item("Copy with source", "copy-quote"),
		fyne.NewMenuItem("Select all", p.reader.SelectAll),
	)
	widget.ShowPopUpMenuAtPosition(menu, p.s.Window().Canvas(), at)
}

// Command does one of the window's commands where it means something here.
func (p *Pane) Command(id string) bool {
	if p.held == nil {
		return false
	}
	switch id {
	case "highlight":
		return p.makeHighlight(p.colour, nil)
	case "claim":
		return p.makeClaim()
	case "note":
		if _, _, ok := p.reader.Selection(); !ok && p.active != "" {
			p.notes.edit(p.active)
			return true
		}
		return p.makeHighlight(p.colour, func(id notebook.HighlightID) { p.notes.edit(id) })
	case "link":
		p.notes.tab("citations")
		p.notes.refresh()
	case "copy-quote":
		return p.copySelection(true)
	case "save":
		if p.form == nil {
			return false
		}
		p.form.Save()
	case "find":
		p.find.open()
	case "find-next":
		p.find.next()
	case "find-previous":
		p.find.previous()
	case "text-larger":
		p.restyle(p.styleAt + 1)
	case "text-smaller":
		p.restyle(p.styleAt - 1)
	case "text-reset":
		p.restyle(2)
	case "sepia":
		p.s.Preferences().SetBool("reader.sepia", !p.s.Preferences().Bool("reader.sepia"))
		p.applyStyle()
	case "notes":
		p.toggleSide()
	case "view-text", "view-dropped", "view-original":
		v := strings.TrimPrefix(id, "view-")
		p.views.Set(v)
		p.show(View(v))
	case "next-highlight":
		p.step(1)
	case "previous-highlight":
		p.step(-1)
	case "escape":
		if p.find.shown() {
			p.find.close()
			return true
		}
		p.bar.hide()
		p.reader.ClearSelection()
	default:
		return false
	}
	return true
}

// step goes to the next or the previous highlight.
func (p *Pane) step(by int) {
	var at []notebook.Highlight
	for _, h := range p.held.highlights {
		if !h.Orphan {
			at = append(at, h)
		}
	}
	if len(at) == 0 {
		p.s.Toast(session.Toast{Text: "No highlights in this source yet"})
		return
	}
	i := -1
	for n, h := range at {
		if h.ID == p.active {
			i = n
		}
	}
	if i < 0 && by < 0 {
		i = 0
	}
	i = (i + by + len(at)) % len(at)
	p.active = at[i].ID
	p.reader.ScrollTo(reader.Range{Start: at[i].Start, End: at[i].End})
	p.notes.tab("notes")
	p.notes.refresh()
}

// sizes are the steps of the reader's text size.
var sizes = []float32{13, 14.5, 16, 18, 20, 23, 27}

func (p *Pane) restyle(i int) {
	p.styleAt = min(max(i, 0), len(sizes)-1)
	p.s.Preferences().SetInt("reader.size", p.styleAt)
	p.applyStyle()
}

func (p *Pane) applyStyle() {
	p.styleAt = min(max(p.styleAt, 0), len(sizes)-1)
	p.reader.SetStyle(reader.Style{TextSize: sizes[p.styleAt], LineHeight: 1.5, Sepia: p.s.Preferences().Bool("reader.sepia")})
}

// Package reading is the reading pane: a source as clean text with its
// highlights, what was dropped from it, the original as received, and beside it
// the notes: claims, highlights, citations, results, details.
package reading

import (
	"context"
	"fmt"
	"slices"
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
	"sourcebook/notebook/selector"
)

// View is one of the views of a source.
type View string

// The views.
const (
	TextView     View = "text"
	DroppedView  View = "dropped"
	VersionsView View = "versions"
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
	metadata    []notebook.Metadatum
	names       map[notebook.Colour]string
	// places are where the highlights stand in the version that is shown; those
	// that are not in it have none.
	places map[notebook.HighlightID]reader.Range
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

	reader   *reader.Reader
	views    *widgets.Segmented
	viewsBox *fyne.Container
	find     *finder
	strip    *strip
	notes    *notes
	form     *claims.Form
	bar      *bar
	sideOn   bool

	droppedView  *droppedView
	versionsView *versionsView
	originalView *originalView

	id      notebook.SourceID
	held    *held
	view    View
	goal    reader.Range // to be shown once the text is there
	words   string
	loader  session.Loader
	origin  session.Loader
	colour  notebook.Colour
	active  notebook.HighlightID
	editing session.Loader
	capture notebook.CaptureID // the version that is shown
	text    string             // hash of the document whose text is shown
}

// New makes the pane, empty.
func New(s session.Session) *Pane {
	p := &Pane{s: s, colour: notebook.Yellow, view: TextView, sideOn: true}
	if c := notebook.Colour(s.Preferences().String("reader.colour")); c != "" {
		p.colour = c
	}
	p.reader = p.newReader()
	p.reader.OnSelectionChanged = func(sel reader.Range, text string) { p.selected(sel) }
	p.reader.OnMarkTapped = p.markTapped
	p.reader.OnMarkMoved = p.markMoved
	p.reader.OnPictureTapped = p.showPicture
	p.reader.OnKey = p.key
	p.reader.OnContextMenu = p.contextMenu
	p.bar = newBar(p)
	p.find = newFinder(p)
	p.strip = newStrip(p)
	p.notes = newNotes(p)

	p.viewsBox = container.NewStack()
	p.setViews()
	var styles *widgets.Button
	styles = widgets.IconButton("text-size", "How the text is set", func() { p.showStyles(styles) })
	tools := widgets.Pad(theme.Gap3, theme.Gap1+2, widgets.Spread(0, 1, p.viewsBox, container.NewStack(),
		widgets.IconButton("search", "Find in this text (Ctrl+Shift+F)", p.find.open),
		widgets.IconButton("list", "Go to a heading (Alt+H)", func() { p.Command("outline") }),
		styles,
		widgets.IconButton("external-link", "Open the original in the browser", p.openOriginal),
		widgets.IconButton("bin", "Move this source to the bin", func() { p.binSource() }),
		widgets.IconButton("panel-right", "Show or hide the notes (Ctrl+J)", p.toggleSide)))
	p.body = container.NewStack(p.reader)
	p.over = container.NewWithoutLayout()
	p.side = container.NewStack(p.notes.box)
	main := widgets.Dock(widgets.Column(0, widgets.Ruled(tools), p.find.box, p.strip.box), nil, nil, nil, container.NewStack(p.body, p.over))
	p.split = container.NewHSplit(main, widgets.Ground(theme.ColorPanel, p.side))
	p.split.Offset = s.Preferences().FloatWithFallback("reading.split", 0.62)
	p.empty = widgets.Empty("article", "Choose a source", "Its text opens here. Select a passage and press H to highlight it, C to make a claim of it.")
	p.content = container.NewStack(p.empty)
	return p
}

// newReader makes a reader that works as the pane does.
func (p *Pane) newReader() *reader.Reader {
	r := reader.New()
	r.SetRunner(reader.Runner{Background: func(f func()) { p.s.Background(func(context.Context) { f() }) }, Deliver: p.s.Deliver})
	r.OnLinkTapped = func(url string) { claims.OpenURL(p.s, url) }
	r.SetStyle(p.style())
	return r
}

// setViews offers the views that the source has.
func (p *Pane) setViews() {
	dropped := "Dropped"
	choices := []present.Choice{{Key: string(TextView), Label: "Text"}, {Key: string(DroppedView), Label: dropped}}
	if p.held != nil && len(p.held.captures) > 1 {
		choices = append(choices, present.Choice{Key: string(VersionsView), Label: "Versions"})
	}
	choices = append(choices, present.Choice{Key: string(OriginalView), Label: "Original"})
	if p.views == nil || !slices.Equal(p.views.Choices, choices) {
		p.views = widgets.NewSegmented(choices, func(k string) { p.show(View(k)) })
		p.viewsBox.Objects = []fyne.CanvasObject{p.views}
		p.viewsBox.Refresh()
	}
	p.views.Set(string(p.view))
}

// Content is the pane itself.
func (p *Pane) Content() fyne.CanvasObject { return p.content }

// Remember stores where the divider is, and how far the source was read.
func (p *Pane) Remember() {
	p.remember()
	if p.sideOn {
		p.s.Preferences().SetFloat("reading.split", p.split.Offset)
	}
}

// Editing tells whether a claim is being made or changed in the pane.
func (p *Pane) Editing() bool { return p.form != nil }

// Warm makes ready what the first source that is opened would otherwise wait
// for: the pane's icons are read and its texts measured. It belongs to the
// toolkit's thread; call it when nothing else is to be done.
func (p *Pane) Warm() {
	if p.shown == nil || p.shown == p.empty {
		p.split.Resize(p.content.Size())
		p.split.MinSize()
	}
	p.reader.Warm(p.s.Window().Canvas())
}

// Focus gives the reader the keyboard.
func (p *Pane) Focus() { p.s.Window().Canvas().Focus(p.reader) }

// Close shows that nothing is chosen.
func (p *Pane) Close() {
	p.leave()
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

// leave remembers where the reader was, and lets go of what belongs to the
// source.
func (p *Pane) leave() {
	p.remember()
	p.closeForm()
	p.bar.hide()
	if p.originalView != nil {
		p.originalView.close()
	}
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
			p.setViews()
			p.applyStyle() // the theme may have gone into high contrast
			if fresh {
				p.fresh()
			} else if text := h.held(p.capture).DocumentHash; text != p.text {
				p.text = text
				p.reader.ReplaceDocument(h.doc.Blocks, p.header(), p.reader.ReadingPosition())
				p.setPictures()
			}
			p.reader.SetMarks(p.marks())
			p.strip.refresh()
			p.notes.refresh()
			if fresh && !h.source.Read && h.source.Binned.IsZero() {
				p.s.Do("mark it as read", nil, &notebook.MarkRead{Source: id, Read: true})
			}
			if !fresh && p.view != TextView {
				p.show(p.view)
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
	h.places = placesOf(h.highlights, h.doc.Text, version, version == h.source.Current())
	if h.metadata, err = tx.Metadata(id); err != nil {
		return nil, err
	}
	if h.names, err = tx.ColourNames(); err != nil {
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

// placesOf finds highlights in a version of their source: those that were made
// on it stand where they stand, others are looked for.
func placesOf(list []notebook.Highlight, text string, version notebook.CaptureID, current bool) map[notebook.HighlightID]reader.Range {
	out := map[notebook.HighlightID]reader.Range{}
	length := utf8.RuneCountInString(text)
	for _, h := range list {
		switch {
		case h.Capture == version && h.Document == "":
			if h.End <= length && h.Start < h.End {
				out[h.ID] = reader.Range{Start: h.Start, End: h.End}
			}
		case current: // the notebook has looked for it
		default:
			if start, end, _, ok := selector.Resolve(text, h.Selector()); ok {
				out[h.ID] = reader.Range{Start: start, End: end}
			}
		}
	}
	return out
}

// fresh shows the text of a source that was just opened.
func (p *Pane) fresh() {
	p.views.Set(string(TextView))
	p.show(TextView)
	p.text = p.held.held(p.capture).DocumentHash
	p.reader.SetDocument(p.held.doc.Blocks, p.header())
	p.setPictures()
	p.reader.SetMarks(p.marks())
	if p.goal.Empty() && p.words == "" && p.capture == p.held.source.Current() {
		if at := placeOf(p.s.Preferences().StringList(prefPlaces), p.id); at > 0 {
			p.reader.SetReadingPosition(at)
		}
	}
	p.reach()
	p.trace()
}

// header is the title block of the source.
func (p *Pane) header() reader.Header {
	s := p.held.source
	return reader.Header{Title: present.SourceTitle(s), Standfirst: s.Standfirst, Byline: strings.Join(s.Byline, ", "), Site: siteLine(s), Date: present.Date(s.Published)}
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
		p.showText()
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

// candidate is what the IDs of marks begin with that stand on a statement of an
// AI answer; its number follows.
const candidate = "statement "

// candidates mark the statements of an AI answer that nothing was made of yet.
func (h *held) candidates() []reader.Mark {
	if h.doc.Search == nil || h.doc.Search.Answer == nil {
		return nil
	}
	var marks []reader.Mark
	for _, sec := range h.doc.Search.Answer.Sections {
	statements:
		for _, st := range sec.Statements {
			if st.End <= st.Start {
				continue
			}
			for _, at := range h.places {
				if at.Start < st.End && st.Start < at.End {
					continue statements
				}
			}
			marks = append(marks, reader.Mark{ID: fmt.Sprint(candidate, len(marks)), Range: reader.Range{Start: st.Start, End: st.End}, Colour: string(notebook.Purple),
				Kind: reader.MarkCandidate, Note: "AI answer: a lead, not evidence. Click to select it."})
		}
	}
	return marks
}

func (p *Pane) marks() []reader.Mark {
	marks := p.held.candidates()
	for _, h := range p.held.highlights {
		at, ok := p.held.places[h.ID]
		if !ok {
			continue
		}
		m := reader.Mark{ID: string(h.ID), Range: at, Colour: string(h.Colour), Note: h.Note}
		if name := p.held.names[h.Colour]; name != "" && m.Note != "" {
			m.Note = name + "\n" + m.Note
		}
		if len(p.held.evidence[h.ID]) > 0 {
			m.Kind = reader.MarkClaim
		}
		marks = append(marks, m)
	}
	return marks
}

// show switches the view.
func (p *Pane) show(v View) {
	if v == VersionsView && len(p.held.captures) < 2 {
		v = TextView
	}
	if v != TextView {
		p.remember()
	}
	p.view = v
	p.bar.hide()
	body := fyne.CanvasObject(p.reader)
	switch v {
	case DroppedView:
		if p.droppedView == nil {
			p.droppedView = newDroppedView(p)
		}
		p.droppedView.show()
		body = p.droppedView.stack
	case VersionsView:
		if p.versionsView == nil {
			p.versionsView = newVersionsView(p)
		}
		p.versionsView.show()
		body = p.versionsView.box
	case OriginalView:
		if p.originalView == nil {
			p.originalView = newOriginalView(p)
		}
		p.originalView.show()
		body = p.originalView.box
	}
	if len(p.body.Objects) != 1 || p.body.Objects[0] != body {
		p.body.Objects = []fyne.CanvasObject{body}
		p.body.Refresh()
		p.s.Trace("view", map[string]any{"view": string(v)})
	}
}

// goTo shows a view as if it had been chosen.
func (p *Pane) goTo(v View) {
	if p.held == nil {
		return
	}
	p.show(v)
	p.views.Set(string(p.view))
}

// showText shows the text where another view is.
func (p *Pane) showText() {
	if p.view != TextView {
		p.goTo(TextView)
	}
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
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool {
		number, ok := strings.CutPrefix(id, candidate)
		if !ok || len(ids) > 1 {
			return ok
		}
		for _, m := range p.held.candidates() {
			if m.ID == candidate+number {
				p.reader.Select(m.Range)
			}
		}
		return true
	})
	if len(ids) == 0 {
		return
	}
	p.active = notebook.HighlightID(ids[0])
	p.notes.tab("notes")
	p.notes.refresh()
	p.reader.SetActiveMark(ids[0])
	if len(ids) > 1 {
		p.bar.atOverlap(ids, at)
		return
	}
	p.bar.atHighlight(p.active, at)
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
	if !ok || p.held == nil || p.view != TextView {
		p.s.Toast(session.Toast{Text: "Select a passage of the text first"})
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

// makeNote keeps the selection as a highlight and opens its note, which can be
// typed at once.
func (p *Pane) makeNote() bool {
	_, quote, ok := p.reader.Selection()
	if !ok || p.held == nil || p.view != TextView {
		return p.makeHighlight(p.colour, nil) // which says what is missing
	}
	return p.makeHighlight(p.colour, p.notes.begin(quote))
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

func (p *Pane) contextMenu(at fyne.Position) {
	p.bar.hide()
	_, _, chosen := p.reader.Selection()
	item := func(label, command string, needs bool) *fyne.MenuItem {
		m := fyne.NewMenuItem(label, func() { p.Command(command) })
		m.Disabled = needs && !chosen
		return m
	}
	copyAs := func(label, as string) *fyne.MenuItem {
		m := fyne.NewMenuItem(label, func() { p.copySelection(as) })
		m.Disabled = !chosen
		return m
	}
	what := "Throw this paragraph out  (Delete)"
	if chosen {
		what = "Throw the selected paragraphs out  (Delete)"
	}
	items := []*fyne.MenuItem{
		item("Highlight  (H)", "highlight", true), item("Make a claim  (C)", "claim", true), item("Highlight with a note  (N)", "note", true),
		item("Link to a claim  (L)", "link", true),
		fyne.NewMenuItemSeparator(),
		copyAs("Copy", copyPlain), copyAs("Copy as a quotation with its source", copyQuote), copyAs("Copy as Markdown", copyMarkdown),
		fyne.NewMenuItem("Select all", p.reader.SelectAll),
		fyne.NewMenuItemSeparator(),
		item(what, "throw-out", false),
	}
	if p.held.doc.Kind == document.Report {
		items = append(items, item("Show this page of the original", "show-page", false))
	}
	items = append(items, item("Name the colours…", "name-colours", false))
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.s.Window().Canvas(), at)
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
		return p.makeNote()
	case "link":
		return p.link()
	case "copy-quote":
		return p.copySelection(copyQuote)
	case "copy-markdown":
		return p.copySelection(copyMarkdown)
	case "throw-out":
		return p.throwOut()
	case "restore-text":
		p.restoreText()
	case "show-page":
		return p.showPage()
	case "name-colours":
		p.nameColours()
	case "outline":
		p.showOutline()
	case "save":
		switch {
		case p.form != nil:
			p.form.Save()
		case p.notes.draft != nil:
			p.notes.save(p.notes.draft)
		default:
			return false
		}
	case "find":
		p.find.open()
	case "find-next":
		p.find.next()
	case "find-previous":
		p.find.previous()
	case "text-larger":
		p.resize(p.sizeStep() + 1)
	case "text-smaller":
		p.resize(p.sizeStep() - 1)
	case "text-reset":
		p.resize(usualSize)
	case "sepia":
		p.s.Preferences().SetBool(prefSepia, !p.s.Preferences().Bool(prefSepia))
		p.applyStyle()
	case "notes":
		p.toggleSide()
	case "view-text", "view-dropped", "view-versions", "view-original":
		v := View(strings.TrimPrefix(id, "view-"))
		if v == VersionsView && len(p.held.captures) < 2 {
			p.s.Toast(session.Toast{Text: "There is one version of this source"})
			return true
		}
		p.goTo(v)
	case "view-details":
		if !p.sideOn {
			p.toggleSide()
		}
		p.ShowTab("details")
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

// step goes to the next or the previous highlight, or change of a comparison.
func (p *Pane) step(by int) {
	if p.view == VersionsView {
		p.versionsView.step(by)
		return
	}
	p.showText()
	var at []notebook.Highlight
	for _, h := range p.held.highlights {
		if _, ok := p.held.places[h.ID]; ok {
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
	p.reader.SetActiveMark(string(p.active))
	p.reader.ScrollTo(p.held.places[p.active])
	p.notes.tab("notes")
	p.notes.refresh()
}

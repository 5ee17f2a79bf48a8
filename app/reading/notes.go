package reading

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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

// notes is the panel beside the text.
type notes struct {
	p       *Pane
	box     *fyne.Container
	tabs    *widgets.Segmented
	tabsBox *fyne.Container
	body    *fyne.Container
	scroll  *container.Scroll
	open    string
	draft   *noteDraft
	source  notebook.SourceID

	field     string // the metadatum that is open for change
	allFields bool
}

// noteDraft is a note that is being written. It may be begun before its highlight
// is saved: what is typed must never wait.
type noteDraft struct {
	id    notebook.HighlightID // empty until the highlight is saved
	quote string
	entry *widgets.Entry
	done  bool // to be saved as soon as the highlight is
	read  session.Loader
}

func newNotes(p *Pane) *notes {
	n := &notes{p: p, open: "notes", tabsBox: container.NewStack(), body: widgets.Column(theme.Gap3)}
	n.scroll = container.NewVScroll(widgets.Pad(theme.Gap3, theme.Gap3, n.body))
	n.box = widgets.Dock(widgets.Ruled(widgets.Pad(theme.Gap3, theme.Gap1+2, n.tabsBox)), nil, nil, nil, n.scroll)
	return n
}

// tab opens one of the tabs: notes, citations, results, details.
func (n *notes) tab(name string) {
	if n.open != name {
		n.open = name
		n.scroll.Offset = fyne.Position{}
	}
	if n.tabs != nil {
		n.tabs.Set(name)
	}
}

// ShowTab opens one of the tabs of the notes: notes, citations, results,
// details.
func (p *Pane) ShowTab(name string) {
	p.notes.tab(name)
	p.notes.refresh()
}

// edit opens the note of a highlight for writing.
func (n *notes) edit(id notebook.HighlightID) {
	h, ok := n.p.highlight(id)
	if !ok {
		return
	}
	n.p.active = id
	n.write(&noteDraft{id: id, quote: h.Exact}, h.Note)
}

// begin opens a note on a passage whose highlight is still being saved; saved
// tells it which that is.
func (n *notes) begin(quote string) (saved func(notebook.HighlightID)) {
	d := &noteDraft{quote: quote}
	n.write(d, "")
	return func(id notebook.HighlightID) {
		d.id = id
		if d.done {
			n.save(d)
		}
	}
}

// write gives a draft its field and the keyboard.
func (n *notes) write(d *noteDraft, text string) {
	d.entry = widgets.NewTextEntry("Note on this passage (Ctrl+Return saves)", 3)
	d.entry.SetText(text)
	d.entry.OnEscape = func() { n.stop(d) }
	d.entry.OnSubmitted = func(string) { n.save(d) }
	n.draft = d
	if !n.p.sideOn {
		n.p.toggleSide()
	}
	n.p.closeForm()
	n.tab("notes")
	n.refresh()
	n.p.s.Window().Canvas().Focus(d.entry)
	n.p.s.Trace("note open", map[string]any{"highlight": string(d.id)})
}

// stop gives a draft up.
func (n *notes) stop(d *noteDraft) {
	if n.draft == d {
		n.draft = nil
	}
	n.refresh()
	n.p.Focus()
}

// save keeps a note, now or as soon as its highlight is there.
func (n *notes) save(d *noteDraft) {
	d.done = true
	if d.id == "" {
		return
	}
	p, id, text := n.p, d.id, d.entry.Text
	// The highlight is read anew: it may be newer than what the pane shows.
	session.Load(p.s, &d.read, "save the note", func(_ context.Context, tx *notebook.Tx) (notebook.Highlight, error) { return tx.Highlight(id) },
		func(h notebook.Highlight) {
			h.Note = text
			p.s.Do("save the note", func(err error) {
				if err != nil {
					d.done = false
					return
				}
				n.stop(d)
			}, &notebook.PutHighlight{Highlight: h})
		})
}

// writing is the field of a draft with what ends it.
func (n *notes) writing(d *noteDraft) []fyne.CanvasObject {
	return []fyne.CanvasObject{d.entry, widgets.Spread(theme.Gap1, 0, container.NewStack(),
		widgets.Flat("Cancel", "", func() { n.stop(d) }), widgets.Primary("Save note", "", func() { n.save(d) }))}
}

func (n *notes) refresh() {
	h := n.p.held
	if h == nil {
		return
	}
	if n.source != h.source.ID {
		n.source = h.source.ID
		n.scroll.Offset = fyne.Position{}
		n.draft, n.field = nil, ""
	}
	choices := []present.Choice{{Key: "notes", Label: "Notes"}}
	if h.doc.Search != nil {
		choices = append(choices, present.Choice{Key: "results", Label: "Results"})
	}
	if len(h.doc.Citations) > 0 || h.doc.Search == nil {
		choices = append(choices, present.Choice{Key: "citations", Label: fmt.Sprintf("Cited (%d)", len(h.doc.Citations))})
	}
	choices = append(choices, present.Choice{Key: "details", Label: "Details"})
	if !slices.ContainsFunc(choices, func(c present.Choice) bool { return c.Key == n.open }) {
		n.open = "notes" // this source has no such tab
	}
	if n.tabs == nil || !slices.Equal(n.tabs.Choices, choices) {
		n.tabs = widgets.NewSegmented(choices, func(k string) {
			n.tab(k)
			n.refresh()
		})
		n.tabsBox.Objects = []fyne.CanvasObject{n.tabs}
		n.box.Refresh()
	}
	n.tabs.Set(n.open)
	var objects []fyne.CanvasObject
	switch n.open {
	case "citations":
		objects = n.citations(h)
	case "results":
		objects = n.results(h)
	case "details":
		objects = n.details(h)
	default:
		objects = n.marks(h)
	}
	n.body.Objects = objects
	n.body.Refresh()
	n.scroll.Refresh()
}

// marks is the tab of claims and highlights.
func (n *notes) marks(h *held) []fyne.CanvasObject {
	p := n.p
	claimsPart := widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Claims (%d)", len(h.claims))))
	for _, c := range h.claims {
		var chips []fyne.CanvasObject
		if c.grade != "" {
			chips = append(chips, widgets.NewChip(c.grade, claims.GradeTone(c.claim.Credibility)))
		}
		if c.claim.NeedsSource {
			chip := widgets.NewChip("needs a source", widgets.Caution)
			chip.Tip = "Its only ground is a search engine's AI answer: a lead, not evidence"
			chips = append(chips, chip)
		}
		for i, code := range c.claim.Countries {
			if i == 3 {
				chips = append(chips, widgets.NewChip(fmt.Sprintf("+%d", len(c.claim.Countries)-3), widgets.Neutral))
				break
			}
			chips = append(chips, widgets.CountryChip(string(code), country.Name(code, "en")))
		}
		body := widgets.Column(theme.Gap2, widgets.Para(c.claim.Statement, theme.SizeBody, false))
		edit := widgets.IconButton("edit", "Edit this claim", func() { p.EditClaim(c.claim.ID) })
		body.Add(widgets.Spread(theme.Gap1, 0, widgets.NewFlow(chips...), edit))
		card := widgets.NewCard(body)
		card.OnTapped = func() { p.s.Go(session.Target{Place: session.Claims, ID: string(c.claim.ID)}) }
		claimsPart.Add(card)
	}
	if len(h.claims) == 0 {
		claimsPart.Add(widgets.Para("None yet. Select a passage and press C: it becomes the evidence of a claim.", theme.SizeCaption, true))
	}
	marks := widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Highlights (%d)", len(h.highlights))))
	if len(h.highlights) == 0 {
		marks.Add(widgets.Para("None yet. Select a passage and press H.", theme.SizeCaption, true))
	}
	if d := n.draft; d != nil && !slices.ContainsFunc(h.highlights, func(x notebook.Highlight) bool { return x.ID == d.id }) {
		// Its highlight is on its way.
		body := widgets.Column(theme.Gap2, widgets.Para(present.Short(d.quote, 220), theme.SizeBody, false))
		for _, o := range n.writing(d) {
			body.Add(o)
		}
		card := widgets.NewCard(body)
		card.Selected, card.Stripe = true, string(p.colour)
		marks.Add(card)
	}
	for _, hl := range h.highlights {
		marks.Add(n.highlight(h, hl))
	}
	return []fyne.CanvasObject{claimsPart, marks}
}

func (n *notes) highlight(h *held, hl notebook.Highlight) fyne.CanvasObject {
	p := n.p
	body := widgets.Column(theme.Gap2, widgets.Para(present.Short(hl.Exact, 220), theme.SizeBody, false))
	card := widgets.NewCard(body)
	at, held := h.places[hl.ID]
	card.Stripe = string(hl.Colour)
	card.Selected = p.active == hl.ID
	card.OnTapped = func() {
		p.active = hl.ID
		if held {
			p.showText()
			p.reader.SetActiveMark(string(hl.ID))
			p.reader.ScrollTo(at)
		}
		n.refresh()
	}
	var chips []fyne.CanvasObject
	if name := h.names[hl.Colour]; name != "" {
		chips = append(chips, widgets.NewChip(name, widgets.Neutral))
	}
	if !held {
		chip := widgets.NewChip("not in this version", widgets.Caution)
		chip.Tip = "The text that is shown does not hold this passage"
		chips = append(chips, chip)
	}
	if len(chips) > 0 {
		body.Add(widgets.NewFlow(chips...))
	}
	open := n.draft != nil && n.draft.id == hl.ID
	switch {
	case open:
		for _, o := range n.writing(n.draft) {
			body.Add(o)
		}
	case hl.Note != "":
		body.Add(widgets.Para(hl.Note, theme.SizeCaption, true))
	}
	if card.Selected && !open {
		note := widgets.IconButton("note", "Write a note", func() { n.edit(hl.ID) })
		claim := widgets.IconButton("claim", "Make a claim of it", func() { p.claimOnHighlight(hl) })
		bin := widgets.IconButton("trash", "Remove this highlight", func() { p.binHighlight(hl.ID) })
		body.Add(widgets.Spread(0, 0, container.NewStack(), note, claim, bin))
	}
	return card
}

// citations is the tab of the sources that the text names.
func (n *notes) citations(h *held) []fyne.CanvasObject {
	p := n.p
	if len(h.doc.Citations) == 0 {
		return []fyne.CanvasObject{widgets.Section("Cited in the text"), widgets.Para("The text names no source in a form that is recognised, such as “(see EDM, May 8, 2024)”.", theme.SizeCaption, true)}
	}
	part := widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Cited in the text (%d)", len(h.doc.Citations))),
		widgets.Para("Sources that the text names: cited, not held. Attach one to a claim, and import it when you have it.", theme.SizeCaption, true))
	for _, c := range h.doc.Citations {
		name := c.Outlet
		if c.Handle != "" {
			name = present.Join(c.Outlet, c.Handle)
		}
		if name == "" {
			name = c.Text
		}
		line := present.Date(c.Date)
		if c.DateInferred && line != "" {
			line += " (year inferred)"
		}
		if c.RepostedBy != "" {
			line = present.Join(line, "reposted by "+c.RepostedBy)
		}
		head := widgets.NewText(name, theme.SizeBody, "")
		head.Bold = true
		add := widgets.IconButton("link", "Attach it to a claim as a source link", func() { n.attach(c) })
		row := widgets.Spread(theme.Gap1, 0, widgets.Column(1, head, widgets.Muted(line)), add)
		body := widgets.Column(theme.Gap1, row)
		if h.stubs[c.Text] {
			chip := widgets.NewChip("attached to a claim", widgets.Good)
			body.Add(widgets.NewFlow(chip))
		}
		card := widgets.NewCard(body)
		card.OnTapped = func() {
			p.showText()
			at := reader.Range{Start: c.Start, End: c.End}
			p.reader.ScrollTo(at)
			p.reader.Select(at)
		}
		part.Add(card)
	}
	return []fyne.CanvasObject{part}
}

// attach asks for the claim that a cited source is attached to; the claims of
// this source come first.
func (n *notes) attach(c document.Citation) {
	p := n.p
	link := citationLink(c, p.id)
	claims.Pick(p.s, claims.PickOptions{
		Title: "Attach “" + present.Short(c.Text, 80) + "” to which claim?", Kinds: present.Stances, Kind: string(notebook.Supports),
		Query: notebook.ClaimQuery{Source: p.id}, Confirm: "Attach",
		OnPicked: func(stance string, ids []notebook.ClaimID) {
			var cmds []notebook.Command
			for _, id := range ids {
				cmds = append(cmds, &notebook.PutLink{Stance: notebook.Stance(stance), Link: notebook.SourceLink{
					Claim: id, URL: link.URL, Stub: link.Stub, Outlet: link.Outlet, Date: link.Date, CitedIn: p.id, State: notebook.Cited}})
			}
			p.s.DoUndoable("attach the source", "Source attached", nil, cmds...)
		},
	})
}

// results is the tab of a result page.
func (n *notes) results(h *held) []fyne.CanvasObject {
	p := n.p
	se := h.doc.Search
	query := widgets.Column(theme.Gap1, widgets.Section("Query"), widgets.Para(firstOf(se.Query, "not stated"), theme.SizeBody, false),
		widgets.Muted(present.Join(present.UpperFirst(se.Engine), shortened(se))))
	out := []fyne.CanvasObject{query}
	if se.Answer != nil && len(se.Answer.Sections) > 0 {
		lead := widgets.NewChip("a lead, not evidence", widgets.Caution)
		part := widgets.Column(theme.Gap2, widgets.Section("AI answer", lead))
		for _, sec := range se.Answer.Sections {
			if sec.Heading != "" {
				t := widgets.NewText(sec.Heading, theme.SizeBody, theme.ColorMuted)
				t.Bold = true
				part.Add(t)
			}
			for _, st := range sec.Statements {
				text := st.Text
				if st.Label != "" {
					text = st.Label + ": " + text
				}
				at := reader.Range{Start: st.Start, End: st.End}
				body := widgets.Column(theme.Gap1, widgets.Para(text, theme.SizeBody, false),
					widgets.Spread(0, 0, container.NewStack(), widgets.Flat("Claim", "claim", func() {
						p.claimOn(claims.Quote{Source: p.id, Capture: p.capture, Range: at, Exact: textAt(h.doc.Text, at, st.Text), Colour: p.colour}, st.Text)
					})))
				card := widgets.NewCard(body)
				card.OnTapped = func() { p.showText(); p.reader.ScrollTo(at); p.reader.Select(at) }
				part.Add(card)
			}
		}
		out = append(out, part)
	}
	if len(se.Results) > 0 {
		part := widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Results (%d)", len(se.Results))))
		for _, r := range se.Results {
			head := widgets.Para(firstOf(r.Title, r.URL), theme.SizeBody, false)
			body := widgets.Column(theme.Gap1, head, widgets.Muted(present.Join(fmt.Sprintf("%d", r.Rank), firstOf(r.Site, present.Host(r.URL)), r.Date, r.Kind)))
			card := widgets.NewCard(body)
			if r.URL != "" {
				card.OnTapped = func() { claims.OpenURL(p.s, r.URL) }
			}
			part.Add(card)
		}
		out = append(out, part)
	}
	return out
}

func shortened(se *document.Search) string {
	if se.URLTruncated {
		return "address shortened in the capture"
	}
	return ""
}

func textAt(text string, at reader.Range, otherwise string) string {
	r := []rune(text)
	if at.Start < 0 || at.End > len(r) || at.Empty() {
		return otherwise
	}
	return string(r[at.Start:at.End])
}

func firstOf(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}

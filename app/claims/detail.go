package claims

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// Detail shows one claim with all that stands by it.
type Detail struct {
	OnEdit func(notebook.ClaimID)

	s      session.Session
	box    *fyne.Container
	loader session.Loader
	id     notebook.ClaimID
	held   *loaded
	scroll *container.Scroll
}

// evidence is one piece of evidence with what names it.
type evidence struct {
	e           notebook.Evidence
	highlight   notebook.Highlight
	source      notebook.Source
	link        notebook.SourceLink
	reliability notebook.Reliability
	lead        bool
}

// related is a relation with the claim at its other end.
type related struct {
	rel   notebook.Relation
	other notebook.Claim
	from  bool // the claim that is shown is its first
}

type loaded struct {
	claim       notebook.Claim
	reliability notebook.Reliability
	credibility notebook.Credibility
	evidence    []evidence
	related     []related
	briefings   []notebook.Briefing
}

// NewDetail makes the pane, empty.
func NewDetail(s session.Session) *Detail {
	d := &Detail{s: s, box: container.NewStack()}
	d.Show("")
	return d
}

// Content is the pane itself.
func (d *Detail) Content() fyne.CanvasObject { return d.box }

// Show shows a claim, or for an empty ID that none is chosen.
func (d *Detail) Show(id notebook.ClaimID) {
	if id == "" {
		d.loader.Cancel()
		d.id, d.held = "", nil
		d.set(widgets.Empty("claim", "Choose a claim", "Its evidence, sources and relations stand here."))
		return
	}
	d.id = id
	session.LoadElse(d.s, &d.loader, func(_ context.Context, tx *notebook.Tx) (*loaded, error) { return read(tx, id) },
		d.show, func(err error) {
			d.set(widgets.Empty("error", "This claim cannot be shown", err.Error()))
		})
}

func read(tx *notebook.Tx, id notebook.ClaimID) (*loaded, error) {
	c, err := tx.Claim(id)
	if err != nil {
		return nil, err
	}
	l := &loaded{claim: c}
	if l.reliability, l.credibility, err = tx.GradeOfClaim(c); err != nil {
		return nil, err
	}
	for _, e := range c.Evidence {
		ev := evidence{e: e}
		if e.Highlight != "" {
			if ev.highlight, err = tx.Highlight(e.Highlight); err != nil {
				return nil, err
			}
			if ev.source, err = tx.Source(ev.highlight.Source); err != nil {
				return nil, err
			}
			if ev.lead, err = InAnswer(tx, ev.source, reader.Range{Start: ev.highlight.Start, End: ev.highlight.End}); err != nil {
				return nil, err
			}
		} else {
			if ev.link, err = tx.Link(e.Link); err != nil {
				return nil, err
			}
			if ev.link.Source != "" {
				if ev.source, err = tx.Source(ev.link.Source); err != nil {
					return nil, err
				}
			}
		}
		if ev.source.ID != "" {
			if ev.reliability, err = tx.GradeOf(ev.source); err != nil {
				return nil, err
			}
		}
		l.evidence = append(l.evidence, ev)
	}
	rels, err := tx.Relations(id)
	if err != nil {
		return nil, err
	}
	for _, r := range rels {
		if r.State == notebook.Dismissed {
			continue
		}
		x := related{rel: r, from: r.From == id}
		other := r.From
		if x.from {
			other = r.To
		}
		if x.other, err = tx.Claim(other); err != nil {
			return nil, err
		}
		l.related = append(l.related, x)
	}
	all, err := tx.Briefings()
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		for _, p := range b.Parts {
			if slices.Contains(p.Claims, id) {
				l.briefings = append(l.briefings, b)
				break
			}
		}
	}
	return l, nil
}

func (d *Detail) set(o fyne.CanvasObject) {
	d.box.Objects = []fyne.CanvasObject{o}
	d.box.Refresh()
}

func (d *Detail) show(l *loaded) {
	c := l.claim
	again := d.held != nil && d.held.claim.ID == c.ID
	d.held = l
	edit := widgets.NewButton("Edit", "edit", func() { d.OnEdit(c.ID) })
	edit.Tip = "Edit this claim (Ctrl+E)"
	relate := widgets.NewButton("Relate", "relation", d.Relate)
	relate.Tip = "Say how it stands to another claim (Ctrl+R)"
	bin := widgets.IconButton("bin", "Move to the bin (Delete)", func() {
		d.s.DoUndoable("move the claim to the bin", "Claim moved to the bin", nil,
			&notebook.ToBin{Keys: []notebook.Key{{Kind: "claim", ID: string(c.ID)}}})
	})
	if !c.Binned.IsZero() {
		edit.Disable()
		relate.Disable()
		bin.Disable()
	}

	statement := widgets.Prose(c.Statement)
	statement.SizeName = theme.SizeSub
	statement.TextStyle = fyne.TextStyle{Bold: true}

	var chips []fyne.CanvasObject
	if g := present.Grade(l.reliability, l.credibility); g != "" {
		chip := widgets.NewChip(g, GradeTone(l.credibility))
		chip.Tip = present.GradeInWords(l.reliability, l.credibility)
		chips = append(chips, chip)
	} else {
		chips = append(chips, widgets.NewChip("not graded", widgets.Neutral))
	}
	if c.NeedsSource {
		chip := widgets.NewChip("needs a source", widgets.Caution)
		chip.Tip = "Its only ground is a search engine's AI answer: a lead, not evidence"
		chips = append(chips, chip)
	}
	for _, code := range c.Countries {
		chip := widgets.CountryChip(string(code), country.Name(code, "en"))
		chip.OnTapped = func() { d.s.Go(session.Target{Place: session.Countries, ID: string(code)}) }
		chip.Tip = "Open the dossier"
		chips = append(chips, chip)
	}
	for _, t := range c.Topics {
		chip := widgets.NewChip(t, widgets.Neutral)
		chip.Lead = theme.Icon("tag")
		chips = append(chips, chip)
	}

	facts := present.Join(
		prefix("happened ", present.Date(c.EventDate)),
		prefix("likelihood: ", string(c.Likelihood)),
		"made "+present.Day(c.Made),
		edited(c))
	col := widgets.Column(theme.Gap4,
		widgets.Column(theme.Gap2, widgets.Flush(statement), widgets.NewFlow(chips...), widgets.Muted(present.UpperFirst(facts))))
	if c.Confidence != "" {
		col.Add(widgets.Muted("Confidence: " + string(c.Confidence)))
	}
	if c.Note != "" {
		md := widget.NewRichTextFromMarkdown(c.Note)
		md.Wrapping = fyne.TextWrapWord
		col.Add(widgets.Column(theme.Gap1, widgets.Section("Note"), widgets.Flush(md)))
	}
	col.Add(d.evidence(l))
	col.Add(d.relations(l))
	if len(l.briefings) > 0 {
		part := widgets.Column(theme.Gap1, widgets.Section("Used in"))
		for _, b := range l.briefings {
			part.Add(widgets.NewFlow(d.goChip(firstOf(b.Title, "Untitled briefing"), "briefings", session.Target{Place: session.Briefings, ID: string(b.ID)})))
		}
		col.Add(part)
	}
	top := widgets.Pad(theme.Gap4, theme.Gap2, widgets.Spread(theme.Gap1, 0, container.NewStack(), edit, relate, bin))
	offset := fyne.Position{}
	if again && d.scroll != nil {
		offset = d.scroll.Offset
	}
	d.scroll = container.NewVScroll(widgets.Pad(theme.Gap6, theme.Gap4, widgets.AtMost(760, col)))
	d.scroll.Offset = offset
	d.set(widgets.Dock(widgets.Ruled(top), nil, nil, nil, d.scroll))
}

func prefix(p, s string) string {
	if s == "" {
		return ""
	}
	return p + s
}

func edited(c notebook.Claim) string {
	if c.Edited.IsZero() || c.Edited.Sub(c.Made).Seconds() < 60 {
		return ""
	}
	return "edited " + present.Day(c.Edited)
}

func (d *Detail) goChip(label, icon string, t session.Target) fyne.CanvasObject {
	chip := widgets.NewChip(label, widgets.Accent)
	chip.Lead = theme.IconIn(icon, "primary")
	chip.OnTapped = func() { d.s.Go(t) }
	return chip
}

func (d *Detail) evidence(l *loaded) fyne.CanvasObject {
	part := widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Evidence (%d)", len(l.evidence))))
	if len(l.evidence) == 0 {
		part.Add(widgets.Para("Nothing supports this claim yet. Select a passage in a source and press C, or edit the claim and attach a source.", theme.SizeCaption, true))
	}
	for _, e := range l.evidence {
		var head []fyne.CanvasObject
		chip := widgets.NewChip(present.Label(present.Stances, string(e.e.Stance)), StanceTone(e.e.Stance))
		head = append(head, chip)
		if e.lead {
			lead := widgets.NewChip("AI answer", widgets.Caution)
			lead.Tip = "A search engine's AI answer is a lead, not evidence"
			head = append(head, lead)
		}
		body := widgets.Column(theme.Gap2)
		card := widgets.NewCard(body)
		if e.e.Highlight != "" {
			body.Add(widgets.Para("“"+present.Short(e.highlight.Exact, 600)+"”", theme.SizeBody, false))
			if e.highlight.Note != "" {
				body.Add(widgets.Para(e.highlight.Note, theme.SizeCaption, true))
			}
			where := present.Join(present.SourceTitle(e.source), present.SourceLine(e.source))
			if e.reliability != "" {
				where += " · " + string(e.reliability)
			}
			body.Add(widgets.Muted(where))
			card.Stripe = string(e.highlight.Colour)
			card.OnTapped = func() {
				d.s.Go(session.Target{Place: session.Library, ID: string(e.highlight.Source), Range: reader.Range{Start: e.highlight.Start, End: e.highlight.End}})
			}
			if e.highlight.Orphan {
				head = append(head, widgets.NewChip("not in the newest version", widgets.Caution))
			}
		} else {
			body.Add(widgets.Para(present.LinkTitle(e.link), theme.SizeBody, false))
			line := present.Join(e.link.Outlet, present.Date(e.link.Date), present.Host(e.link.URL))
			if line != "" {
				body.Add(widgets.Muted(line))
			}
			state := widgets.NewChip(present.Label(present.LinkStates, string(e.link.State)), LinkTone(e.link.State))
			state.Tip = present.Hint(present.LinkStates, string(e.link.State))
			head = append(head, state)
			switch {
			case e.link.Source != "":
				card.OnTapped = func() { d.s.Go(session.Target{Place: session.Library, ID: string(e.link.Source)}) }
			case e.link.URL != "":
				card.OnTapped = func() { OpenURL(d.s, e.link.URL) }
			}
		}
		body.Objects = append([]fyne.CanvasObject{widgets.NewFlow(head...)}, body.Objects...)
		part.Add(card)
	}
	return part
}

// StanceTone is the colour of a stance.
func StanceTone(s notebook.Stance) widgets.Tone {
	switch s {
	case notebook.Supports:
		return widgets.Good
	case notebook.Contradicts:
		return widgets.Bad
	}
	return widgets.Neutral
}

// LinkTone is the colour of a link's state.
func LinkTone(s notebook.LinkState) widgets.Tone {
	switch s {
	case notebook.Held:
		return widgets.Good
	case notebook.Unreachable:
		return widgets.Caution
	}
	return widgets.Neutral
}

// relationWords says a relation from the side of the claim that is shown.
func relationWords(k notebook.RelationKind, from bool) string {
	words := map[notebook.RelationKind][2]string{
		notebook.RelSupports:    {"Supports", "Supported by"},
		notebook.RelContradicts: {"Contradicts", "Contradicted by"},
		notebook.RelRefines:     {"Refines", "Refined by"},
		notebook.RelSameAs:      {"Same as", "Same as"},
	}[k]
	if from {
		return words[0]
	}
	return words[1]
}

func relationTone(k notebook.RelationKind) widgets.Tone {
	switch k {
	case notebook.RelContradicts:
		return widgets.Bad
	case notebook.RelSupports:
		return widgets.Good
	}
	return widgets.Accent
}

func (d *Detail) relations(l *loaded) fyne.CanvasObject {
	add := widgets.Flat("Relate", "plus", d.Relate)
	part := widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Relations (%d)", len(l.related)), add))
	if len(l.related) == 0 {
		part.Add(widgets.Para("Say which claims support, contradict or refine this one.", theme.SizeCaption, true))
	}
	for _, r := range l.related {
		chips := []fyne.CanvasObject{widgets.NewChip(relationWords(r.rel.Kind, r.from), relationTone(r.rel.Kind))}
		body := widgets.Column(theme.Gap2)
		if r.rel.State == notebook.Suggested {
			s := widgets.NewChip("suggested", widgets.Caution)
			s.Tip = strings.Join(r.rel.Reasons, "; ")
			chips = append(chips, s)
			accept := widgets.IconButton("check", "Accept this relation", func() { d.decide(r.rel, notebook.Accepted) })
			dismiss := widgets.IconButton("close", "Dismiss this suggestion", func() { d.decide(r.rel, notebook.Dismissed) })
			body.Add(widgets.Spread(4, 0, widgets.NewFlow(chips...), accept, dismiss))
		} else {
			drop := widgets.IconButton("close", "Remove this relation", func() {
				d.s.DoUndoable("remove the relation", "Relation removed", nil,
					&notebook.ToBin{Keys: []notebook.Key{{Kind: "relation", ID: string(r.rel.ID)}}})
			})
			body.Add(widgets.Spread(4, 0, widgets.NewFlow(chips...), drop))
		}
		body.Add(widgets.Para(r.other.Statement, theme.SizeBody, false))
		if r.rel.Note != "" {
			body.Add(widgets.Para(r.rel.Note, theme.SizeCaption, true))
		}
		card := widgets.NewCard(body)
		card.OnTapped = func() { d.s.Go(session.Target{Place: session.Claims, ID: string(r.other.ID)}) }
		part.Add(card)
	}
	return part
}

func (d *Detail) decide(r notebook.Relation, state notebook.RelationState) {
	r.State = state
	d.s.Do("decide on the relation", nil, &notebook.PutRelation{Relation: r})
}

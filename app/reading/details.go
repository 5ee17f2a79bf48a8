package reading

import (
	"context"
	"fmt"
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

// details is the tab of metadata, grade, countries, tags, versions and what
// leans on the source.
func (n *notes) details(h *held) []fyne.CanvasObject {
	s := h.source
	meta := n.metadata(h)

	grade := widgets.NewExplained(present.Reliabilities, "Not graded. The publisher's grade holds for all its sources.", nil)
	grade.Keys, grade.Clearable = true, true
	grade.Set(string(h.publisher.Reliability))
	grade.OnChanged = func(k string) {
		pub := h.publisher
		pub.Reliability = notebook.Reliability(k)
		if pub.Name == "" {
			pub.Name = firstOf(s.Publisher, s.Site)
		}
		n.p.s.Do("grade the publisher", nil, &notebook.PutPublisher{Publisher: pub})
	}
	reliability := widgets.Column(theme.Gap2, widgets.Section("Reliability of the publisher"))
	if h.publisher.Key == "" {
		reliability.Add(widgets.Para("The source names no site or publisher; edit the details to grade it.", theme.SizeCaption, true))
	} else {
		reliability.Add(widgets.Muted(firstOf(h.publisher.Name, s.Publisher, s.Site)))
		reliability.Add(grade.Box)
	}

	var chips []fyne.CanvasObject
	for _, c := range s.Countries {
		chip := widgets.CountryChip(c.Code, fmt.Sprintf("%s %d", country.Name(country.Code(c.Code), "en"), c.Mentions))
		chip.OnTapped = func() { n.p.s.Go(session.Target{Place: session.Countries, ID: c.Code}) }
		chips = append(chips, chip)
	}
	countries := widgets.Column(theme.Gap2, widgets.Section("Countries named"))
	if len(chips) > 0 {
		countries.Add(widgets.NewFlow(chips...))
	} else {
		countries.Add(widgets.Muted("none found"))
	}

	tags := widgets.NewTokens("Add a tag", widgets.CompleteWord(nil), widgets.NewWord)
	var have []widgets.Option
	for _, t := range s.Tags {
		have = append(have, widgets.Option{Key: t, Label: t})
	}
	tags.Set(have)
	tags.OnChanged = func(keys []string) {
		src := s
		src.Tags = keys
		n.p.s.Do("change the tags", nil, &notebook.PutSource{Source: src})
	}

	versionsHead := []fyne.CanvasObject{}
	if len(h.captures) > 1 {
		versionsHead = append(versionsHead, widgets.Flat("Compare", "versions", func() { n.p.goTo(VersionsView) }))
	}
	versions := widgets.Column(theme.Gap2, widgets.Section(fmt.Sprintf("Versions (%d)", len(h.captures)), versionsHead...))
	for i := len(h.captures) - 1; i >= 0; i-- {
		c := h.captures[i]
		head := widgets.NewText(present.Moment(c.Received), theme.SizeBody, "")
		head.Bold = c.ID == n.p.capture
		body := widgets.Column(2, head, widgets.Muted(present.Join(present.Label(present.Methods, string(c.Method)), c.Name, present.Bytes(c.Size))), hash(c.SHA256))
		card := widgets.NewCard(body)
		card.Selected = c.ID == n.p.capture && len(h.captures) > 1
		card.OnTapped = func() {
			n.p.showVersion(c.ID, reader.Range{})
		}
		versions.Add(card)
	}
	remark := widgets.NewTextEntry("Your own remarks on this source (Markdown)", 2)
	remark.SetText(s.Note)
	remark.OnFocus = func(on bool) {
		if on || remark.Text == s.Note {
			return
		}
		src := s
		src.Note = remark.Text
		n.p.s.Do("save the remark", nil, &notebook.PutSource{Source: src})
	}
	remark.OnSubmitted = func(string) { n.p.Focus() }
	impact := widgets.Column(theme.Gap2, widgets.Section("What leans on it", widgets.Flat("Show", "impact", n.impact)))
	out := []fyne.CanvasObject{meta, widget.NewSeparator(), reliability, widget.NewSeparator(), countries, widgets.Column(theme.Gap2, widgets.Section("Tags"), tags.Box), widgets.Column(theme.Gap2, widgets.Section("Remarks"), remark), versions, impact}
	if len(h.doc.Warnings) > 0 {
		warn := widgets.Column(theme.Gap1, widgets.Section("Warnings of the import"))
		for _, w := range h.doc.Warnings {
			warn.Add(widgets.Para(present.UpperFirst(w), theme.SizeCaption, true))
		}
		out = append(out, warn)
	}
	return out
}

func fact(label, value, origin string) fyne.CanvasObject {
	l := widgets.NewText(label, theme.SizeCaption, theme.ColorMuted)
	l.Bold = true
	v := widget.NewLabel(value)
	v.Wrapping = fyne.TextWrapWord
	v.Selectable = true
	right := widgets.Column(1, widgets.Flush(v))
	if origin != "" {
		right.Add(widgets.Muted(origin))
	}
	return widgets.Dock(nil, nil, widgets.Wide(100, widgets.Column(0, widgets.Pad(0, 1, l))), nil, right)
}

// hash shows a SHA-256 whole, to be selected and compared.
func hash(sha string) fyne.CanvasObject {
	l := widget.NewLabel("SHA-256 " + sha)
	l.SizeName = theme.SizeCaption
	l.Importance = widget.LowImportance
	l.Wrapping = fyne.TextWrapBreak
	l.Selectable = true
	return widgets.Flush(l)
}

// impact shows the blast radius of the source.
func (n *notes) impact() {
	id := n.p.id
	session.LoadElse(n.p.s, &n.p.origin, func(_ context.Context, tx *notebook.Tx) (notebook.Impact, error) { return tx.Impact(id) }, func(im notebook.Impact) {
		col := widgets.Column(theme.Gap2)
		head := widgets.NewText("What leans on this source", theme.SizeSub, "")
		head.Bold = true
		col.Add(head)
		var codes []string
		for _, c := range im.Countries {
			codes = append(codes, country.Name(c, "en"))
		}
		col.Add(widgets.Para(present.Join(present.Count(len(im.Claims), "claim"), fmt.Sprintf("%d with no other support", len(im.Alone)),
			present.Count(len(im.Countries), "dossier"), present.Count(len(im.Briefings), "briefing")), theme.SizeBody, false))
		if len(codes) > 0 {
			col.Add(widgets.Para("Dossiers: "+strings.Join(codes, ", "), theme.SizeCaption, true))
		}
		list := widgets.Column(theme.Gap2)
		var pop *widget.PopUp
		for _, c := range im.Claims {
			body := widgets.Column(theme.Gap1, widgets.Para(c.Statement, theme.SizeBody, false))
			for _, a := range im.Alone {
				if a == c.ID {
					body.Add(widgets.NewFlow(widgets.NewChip("nothing else supports it", widgets.Caution)))
				}
			}
			card := widgets.NewCard(body)
			card.OnTapped = func() { pop.Hide(); n.p.s.Go(session.Target{Place: session.Claims, ID: string(c.ID)}) }
			list.Add(card)
		}
		for _, b := range im.Briefings {
			card := widgets.NewCard(widgets.Column(1, widgets.NewText(firstOf(b.Title, "Untitled briefing"), theme.SizeBody, ""), widgets.Muted("Briefing")))
			card.OnTapped = func() { pop.Hide(); n.p.s.Go(session.Target{Place: session.Briefings, ID: string(b.ID)}) }
			list.Add(card)
		}
		closeButton := widgets.NewButton("Close", "", func() { pop.Hide() })
		body := container.NewBorder(widgets.Pad(0, theme.Gap2, col), widgets.Spread(0, 0, container.NewStack(), closeButton), nil, nil, container.NewVScroll(list))
		pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), n.p.s.Window().Canvas())
		pop.Resize(fyne.NewSize(560, 480))
		pop.Show()
	}, func(err error) { n.p.s.Fail("work out what leans on this source", err) })
}

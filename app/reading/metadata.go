package reading

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// metadataLabels name the fields, in the order in which they are shown. Those
// with quiet set are shown only where they are stated.
var metadataLabels = []struct {
	field, label, hint string
	quiet              bool
}{
	{"title", "Title", "", false},
	{"byline", "Author", "Several, parted by commas", false},
	{"site", "Site", "", false},
	{"publisher", "Publisher", "", true},
	{"original_publisher", "Reprinted from", "", true},
	{"published", "Published", "2025-10-29, 2025-10 or 2025", false},
	{"modified", "Modified", "2025-10-29, 2025-10 or 2025", true},
	{"section", "Section", "", true},
	{"standfirst", "Standfirst", "", true},
	{"lang", "Language", "en, ru, fa …", false},
	{"kind", "Kind", "", false},
	{"url", "Address", "https://", false},
	{"canonical_url", "Canonical", "https://", true},
}

// metadata is the list of a source's metadata: each with its origin, its other
// candidates, and a way to set it or to take it back to what was imported.
func (n *notes) metadata(h *held) fyne.CanvasObject {
	known := map[string]notebook.Metadatum{}
	for _, m := range h.metadata {
		known[m.Field] = m
	}
	more := widgets.Flat("All fields", "", func() { n.allFields = !n.allFields; n.refresh() })
	if n.allFields {
		more.SetText("Fewer fields")
	}
	col := widgets.Column(theme.Gap2, widgets.Section("Details", more))
	for _, l := range metadataLabels {
		m, ok := known[l.field]
		if !ok || l.quiet && m.Value == "" && !n.allFields && n.field != l.field {
			continue
		}
		if n.field == l.field {
			col.Add(n.editField(h, l.label, l.hint, m))
			continue
		}
		col.Add(n.fieldLine(h, l.label, m))
	}
	col.Add(fact("Words", present.Number(h.source.Words), ""))
	if by := h.doc.SharedBy; by != nil {
		col.Add(fact("Shared by", present.Join(by.Name, by.Handle, present.Date(by.Date)), ""))
	}
	return col
}

// shownValue is a metadatum as people read it.
func shownValue(m notebook.Metadatum) string {
	switch m.Field {
	case "published", "modified":
		return present.Date(document.Date(m.Value))
	case "kind":
		return present.Label(present.Kinds, m.Value)
	}
	return m.Value
}

// originLine says where a metadatum is from and how many others were found.
func originLine(m notebook.Metadatum) string {
	line := ""
	switch {
	case m.ByHand:
		line = "set by you"
		if m.Imported != "" && m.Imported != m.Value {
			line += "; imported: " + present.Short(m.Imported, 60)
		}
	case m.Value == "":
		return ""
	case m.Origin != "":
		line = "from " + present.Label(present.Origins, string(m.Origin))
	}
	if n := len(otherCandidates(m)); n > 0 {
		line = present.Join(line, fmt.Sprintf("%d more found", n))
	}
	return line
}

// otherCandidates are the values found for a field that are not the one it has.
func otherCandidates(m notebook.Metadatum) []document.Candidate {
	var out []document.Candidate
	seen := map[string]bool{m.Value: true}
	for _, c := range m.Candidates {
		if !seen[c.Value] {
			seen[c.Value] = true
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b document.Candidate) int { return int(100*b.Confidence) - int(100*a.Confidence) })
	return out
}

func (n *notes) fieldLine(h *held, label string, m notebook.Metadatum) fyne.CanvasObject {
	value := shownValue(m)
	if value == "" {
		value = "not stated"
	}
	edit := widgets.IconButton("edit", "Change it, or choose among what was found", func() {
		n.field = m.Field
		n.refresh()
	})
	name := widgets.NewText(label, theme.SizeCaption, theme.ColorMuted)
	name.Bold = true
	var shown fyne.CanvasObject
	if m.Field == "url" && m.Value != "" {
		link := widget.NewHyperlink(m.Value, nil)
		link.Wrapping = fyne.TextWrapBreak
		link.OnTapped = func() { claims.OpenURL(n.p.s, m.Value) }
		shown = widgets.Flush(link)
	} else {
		l := widget.NewLabel(value)
		l.Wrapping = fyne.TextWrapWord
		l.Selectable = true
		if m.Value == "" {
			l.Importance = widget.LowImportance
		}
		shown = widgets.Flush(l)
	}
	right := widgets.Column(1, shown)
	if line := originLine(m); line != "" {
		right.Add(widgets.Para(line, theme.SizeCaption, true))
	}
	return widgets.Dock(nil, nil, widgets.Wide(100, widgets.Column(0, widgets.Pad(0, 1, name))), widgets.Column(0, edit), right)
}

// editField is a field open for change.
func (n *notes) editField(h *held, label, hint string, m notebook.Metadatum) fyne.CanvasObject {
	s := n.p.s
	done := func() { n.field = ""; n.refresh(); n.p.Focus() }
	problem := widget.NewLabel("")
	problem.Importance = widget.DangerImportance
	problem.Wrapping = fyne.TextWrapWord
	problem.Hide()
	set := func(value string) {
		if m.Field == "published" || m.Field == "modified" {
			d, ok := present.ParseDate(value, time.Now())
			if !ok {
				problem.SetText("The date cannot be read. Write 2025-10-29, 2025-10 or 2025.")
				problem.Show()
				return
			}
			value = string(d)
		}
		n.field = ""
		s.DoUndoable("change the "+strings.ToLower(label), label+" saved", func(err error) { n.p.Focus() },
			&notebook.SetMetadata{Source: h.source.ID, Values: map[string]string{m.Field: value}})
	}
	reset := func() {
		n.field = ""
		s.DoUndoable("take the "+strings.ToLower(label)+" back to what was imported", label+" as imported", func(error) { n.p.Focus() },
			&notebook.SetMetadata{Source: h.source.ID, Reset: []string{m.Field}})
	}
	body := widgets.Column(theme.Gap2)
	head := widgets.NewText(label, theme.SizeBody, "")
	head.Bold = true
	body.Add(head)
	actions := []fyne.CanvasObject{container.NewStack()}
	if m.ByHand {
		b := widgets.Flat("Reset", "restore", reset)
		b.Tip = "Back to what was imported: " + firstOf(m.Imported, "not stated")
		actions = append(actions, b)
	}
	actions = append(actions, widgets.Flat("Cancel", "", done))
	if m.Field == "kind" {
		seg := widgets.NewSegmented(present.Kinds, set)
		seg.Set(m.Value)
		body.Add(widgets.NewFlow(seg))
	} else {
		e := widgets.NewEntry(hint)
		if m.Field == "title" || m.Field == "standfirst" {
			e = widgets.NewTextEntry(hint, 3)
		}
		e.SetText(m.Value)
		e.OnSubmitted = set
		e.OnEscape = done
		body.Add(e)
		actions = append(actions, widgets.Primary("Save", "check", func() { set(e.Text) }))
		s.Deliver(func() { s.Window().Canvas().Focus(e) })
	}
	body.Add(problem)
	if others := otherCandidates(m); len(others) > 0 {
		body.Add(widgets.Muted("Also found; a click takes it"))
		for i, c := range others {
			if i == 8 {
				body.Add(widgets.Muted(fmt.Sprintf("and %d more", len(others)-8)))
				break
			}
			line := widgets.Column(0, widgets.Para(present.Short(c.Value, 160), theme.SizeBody, false),
				widgets.Muted(present.Join(present.Label(present.Origins, string(c.Origin)), fmt.Sprintf("confidence %.0f %%", 100*c.Confidence))))
			card := widgets.NewCard(line)
			card.OnTapped = func() { set(c.Value) }
			body.Add(card)
		}
	}
	body.Add(widgets.Spread(theme.Gap1, 0, actions...))
	card := widgets.NewCard(body)
	card.Selected = true
	return card
}

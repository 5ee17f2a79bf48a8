package claims

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// EditLink asks for what is known of a source link, and gives it back changed.
func EditLink(s session.Session, l Link, done func(Link)) {
	var pop *widget.PopUp
	field := func(placeholder, text string) *widgets.Entry {
		e := widgets.NewEntry(placeholder)
		e.SetText(text)
		e.OnEscape = func() { pop.Hide() }
		return e
	}
	title := field("", l.Title)
	outlet := field("Eurasia Daily Monitor", l.Outlet)
	url := field("https://", l.URL)
	stub := field("EDM, May 8, 2024", l.Stub)
	date := field("2024-05-08, 2024-05 or 2024", string(l.Date))
	accessed := field("2026-11-22", "")
	if !l.Accessed.IsZero() {
		accessed.SetText(l.Accessed.Format(time.DateOnly))
	}
	stance := widgets.NewExplained(present.Stances, "", nil)
	stance.Set(string(firstStance(l.Stance)))
	state := widgets.NewExplained([]present.Choice{
		{Key: string(notebook.Cited), Label: "Cited", Hint: present.Hint(present.LinkStates, string(notebook.Cited))},
		{Key: string(notebook.Unreachable), Label: "Unreachable", Hint: present.Hint(present.LinkStates, string(notebook.Unreachable))},
	}, "", nil)
	state.Set(string(notebook.Cited))
	if l.State == notebook.Unreachable {
		state.Set(string(notebook.Unreachable))
	}
	stateBox := fyne.CanvasObject(widgets.Field("State", state.Box, ""))
	if l.State == notebook.Held {
		stateBox = widgets.Field("State", widgets.Line(0, widgets.NewChip("held", widgets.Good)), "The source is in the notebook.")
	}
	problem := widget.NewLabel("")
	problem.Importance = widget.DangerImportance
	problem.Wrapping = fyne.TextWrapWord
	problem.Hide()
	save := func() {
		out, complaint := readLink(l, title.Text, outlet.Text, url.Text, stub.Text, date.Text, accessed.Text)
		if complaint != "" {
			problem.SetText(complaint)
			problem.Show()
			return
		}
		out.Stance = notebook.Stance(stance.Key())
		if l.State != notebook.Held {
			out.State = notebook.LinkState(state.Key())
		}
		out.changed = true
		pop.Hide()
		done(out)
	}
	for _, e := range []*widgets.Entry{title, outlet, url, stub, date, accessed} {
		e.OnSubmitted = func(string) { save() }
	}
	head := widgets.NewText("Source link", theme.SizeSub, "")
	head.Bold = true
	body := widgets.Column(theme.Gap3, head,
		widgets.Field("Title", title, ""),
		container.NewGridWithColumns(2, widgets.Field("Outlet", outlet, ""), widgets.Field("Date of publication", date, "")),
		widgets.Field("Address", url, ""),
		container.NewGridWithColumns(2, widgets.Field("As cited", stub, ""), widgets.Field("Accessed", accessed, "")),
		widgets.Field("It", stance.Box, ""), stateBox, problem,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", func() { pop.Hide() }), widgets.Primary("Done", "check", save)))
	c := s.Window().Canvas()
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), c)
	pop.Resize(fyne.NewSize(min(560, c.Size().Width-40), pop.MinSize().Height))
	pop.Show()
	c.Focus(title)
}

func firstStance(s notebook.Stance) notebook.Stance {
	if s == "" {
		return notebook.Supports
	}
	return s
}

// readLink takes over what was typed into the fields of a link; complaint says
// what cannot be read.
func readLink(l Link, title, outlet, url, stub, date, accessed string) (out Link, complaint string) {
	out = l
	out.Title, out.Outlet, out.URL, out.Stub = strings.TrimSpace(title), strings.TrimSpace(outlet), strings.TrimSpace(url), strings.TrimSpace(stub)
	if out.Title+out.Outlet+out.URL+out.Stub == "" {
		return l, "A source link needs an address, a title, an outlet or the words in which it is cited."
	}
	d, ok := present.ParseDate(date, time.Now())
	if !ok {
		return l, "The date of publication cannot be read. Write 2024-05-08, 2024-05 or 2024."
	}
	out.Date = d
	day, ok := present.ParseDate(accessed, time.Now())
	switch {
	case !ok || day != "" && day.Precision() != document.Day:
		return l, "The day of access cannot be read. Write 2026-11-22."
	case day == "":
		out.Accessed = time.Time{}
	default:
		if t, err := time.Parse(time.DateOnly, string(day)); err == nil && t.Format(time.DateOnly) != l.Accessed.Format(time.DateOnly) {
			out.Accessed = t
		}
	}
	return out, ""
}

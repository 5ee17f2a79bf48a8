package reading

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// colourName is what a colour is called: the name that the user gave, else its
// own.
func colourName(names map[notebook.Colour]string, c notebook.Colour) string {
	if n := names[c]; n != "" {
		return n
	}
	return present.UpperFirst(string(c))
}

// nameColours asks what the colours of highlights stand for.
func (p *Pane) nameColours() {
	names := map[notebook.Colour]string{}
	if p.held != nil {
		names = p.held.names
	}
	var pop *widget.PopUp
	entries := map[notebook.Colour]*widgets.Entry{}
	save := func() {
		cmd := &notebook.PutColourNames{Names: map[notebook.Colour]string{}}
		for c, e := range entries {
			cmd.Names[c] = e.Text
		}
		pop.Hide()
		p.s.DoUndoable("name the colours", "Names saved", nil, cmd)
	}
	rows := widgets.Column(theme.Gap1)
	var first *widgets.Entry
	for _, c := range notebook.Colours {
		e := widgets.NewEntry(present.UpperFirst(string(c)))
		e.SetText(names[c])
		e.OnEscape = func() { pop.Hide() }
		e.OnSubmitted = func(string) { save() }
		entries[c] = e
		if first == nil {
			first = e
		}
		rows.Add(widgets.Spread(theme.Gap2, 1, newSwatch(c, "", false, func() {}), e))
	}
	head := widgets.NewText("What the colours stand for", theme.SizeSub, "")
	head.Bold = true
	body := widgets.Column(theme.Gap3, head,
		widgets.Para("“Figures”, “To check”, “Quotation”: the names show with the colours everywhere in this notebook.", theme.SizeCaption, true), rows,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", func() { pop.Hide() }), widgets.Primary("Save", "check", save)))
	c := p.s.Window().Canvas()
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), c)
	pop.Resize(fyne.NewSize(min(400, c.Size().Width-40), pop.MinSize().Height))
	pop.Show()
	c.Focus(first)
}

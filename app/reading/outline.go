package reading

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook/document"
)

// heading is a heading of a text and where it stands.
type heading struct {
	text  string
	level int
	at    reader.Range
}

// headings finds the headings of a text, their levels counted from the highest
// that there is. Pages count as headings where there are no others.
func headings(blocks []document.Block) []heading {
	var found, pages []heading
	at, page, least := 0, 0, 99
	for _, b := range blocks {
		n := utf8.RuneCountInString(b.Text)
		if b.Text == "" {
			continue
		}
		r := reader.Range{Start: at, End: at + n}
		if b.Kind == document.Heading {
			found = append(found, heading{strings.Join(strings.Fields(b.Text), " "), max(b.Level, 1), r})
			least = min(least, max(b.Level, 1))
		}
		if b.Page > page {
			page = b.Page
			pages = append(pages, heading{fmt.Sprintf("Page %d", page), 1, r})
		}
		at += n + 2
	}
	if len(found) == 0 {
		return pages
	}
	for i := range found {
		found[i].level -= least - 1
	}
	return found
}

// showOutline opens the headings of the text to go to one.
func (p *Pane) showOutline() {
	all := headings(p.held.doc.Blocks)
	if len(all) == 0 {
		p.s.Toast(session.Toast{Text: "This text has no headings"})
		return
	}
	shown := all
	var pop *widget.PopUp
	var list *widgets.List
	visit := func(i int) {
		if i < 0 || i >= len(shown) {
			return
		}
		at := shown[i].at
		pop.Hide()
		p.showText()
		p.reader.SetReadingPosition(at.Start)
		p.Focus()
	}
	list = widgets.NewList(func() int { return len(shown) }, func() fyne.CanvasObject { return widgets.NewRow() }, func(i int, o fyne.CanvasObject) {
		if i < len(shown) {
			r := o.(*widgets.Row)
			r.Title, r.Bold, r.Indent = shown[i].text, shown[i].level == 1, shown[i].level > 1
			if shown[i].level > 2 {
				r.Title = strings.Repeat("– ", min(shown[i].level-2, 4)) + r.Title
			}
			r.Refresh()
		}
	})
	list.OnOpen = visit
	list.OnChosen = visit
	filter := widgets.NewFilter("Go to a heading", nil)
	at := -1
	filter.OnChanged = func(t string) {
		shown = nil
		for _, h := range all {
			if strings.Contains(strings.ToLower(h.text), strings.ToLower(strings.TrimSpace(t))) {
				shown = append(shown, h)
			}
		}
		at = -1
		list.Choose(-1)
		list.Refresh()
	}
	move := func(by int) {
		if len(shown) > 0 {
			at = min(max(at+by, 0), len(shown)-1)
			list.Choose(at)
		}
	}
	filter.OnDown, filter.OnUp = func() { move(1) }, func() { move(-1) }
	filter.OnSubmitted = func(string) { visit(max(at, 0)) }
	filter.OnEscape = func() { pop.Hide(); p.Focus() }
	c := p.s.Window().Canvas()
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap3, theme.Gap3, container.NewBorder(widgets.Pad(0, theme.Gap1, filter), nil, nil, nil, list)), c)
	pop.Resize(fyne.NewSize(min(520, c.Size().Width-40), min(420, c.Size().Height-60)))
	pop.Show()
	c.Focus(filter)
}

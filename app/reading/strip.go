package reading

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
)

// strip is what has to be known before the text is read: that this is an older
// version, that its extraction was edited, that highlights are not in it.
type strip struct {
	p   *Pane
	box *fyne.Container
}

func newStrip(p *Pane) *strip { return &strip{p: p, box: widgets.Column(0)} }

// refresh says what holds for the source that is shown.
func (s *strip) refresh() {
	s.box.RemoveAll()
	p := s.p
	if h := p.held; h != nil {
		c := h.held(p.capture)
		if p.capture != h.source.Current() {
			s.add("history", "You are reading the version of "+present.Moment(c.Received)+", which is not the newest.",
				widgets.Flat("Compare", "versions", func() { p.goTo(VersionsView) }),
				widgets.Flat("Show the newest", "", func() { p.showVersion(h.source.Current(), reader.Range{}) }))
		}
		if c.Edited() {
			s.add("edit", "You have edited what belongs to this text.",
				widgets.Flat("Back to the importer's reading", "restore", p.restoreText))
		}
		if orphans := h.orphans(); len(orphans) > 0 {
			text := "A highlight is not in this version: “" + present.Short(orphans[0].Exact, 60) + "”"
			if len(orphans) > 1 {
				text = fmt.Sprintf("%d highlights are not in this version.", len(orphans))
			}
			s.add("unlink", text, widgets.Flat("Show", "", func() { p.showOrphans() }))
		}
	}
	s.box.Refresh()
}

func (s *strip) add(icon, text string, actions ...fyne.CanvasObject) {
	img := widget.NewIcon(theme.IconIn(icon, "warning"))
	line := append([]fyne.CanvasObject{img, widgets.NewText(text, theme.SizeCaption, "")}, actions...)
	s.box.Add(widgets.Ruled(widgets.Ground(theme.ColorCaution, widgets.Pad(theme.Gap3, 1, widgets.Spread(theme.Gap2, 1, line...)))))
}

// orphans are the highlights that are not in the version that is shown.
func (h *held) orphans() []notebook.Highlight {
	var out []notebook.Highlight
	for _, x := range h.highlights {
		if _, ok := h.places[x.ID]; !ok {
			out = append(out, x)
		}
	}
	return out
}

// showOrphans lists the highlights that are not in the version that is shown,
// each tied to the version that it was made on.
func (p *Pane) showOrphans() {
	h := p.held
	var pop *widget.PopUp
	list := widgets.Column(theme.Gap2)
	for _, x := range h.orphans() {
		body := widgets.Column(theme.Gap1, widgets.Para("“"+present.Short(x.Exact, 300)+"”", theme.SizeBody, false))
		if x.Note != "" {
			body.Add(widgets.Para(x.Note, theme.SizeCaption, true))
		}
		made := h.held(x.Capture)
		body.Add(widgets.Spread(theme.Gap1, 0, widgets.Muted("It stands in the version of "+present.Moment(made.Received)),
			widgets.Flat("Read it there", "history", func() {
				pop.Hide()
				p.showVersion(x.Capture, reader.Range{Start: x.Start, End: x.End})
			}),
			widgets.IconButton("trash", "Remove this highlight", func() { pop.Hide(); p.binHighlight(x.ID) })))
		card := widgets.NewCard(body)
		card.Stripe = string(x.Colour)
		list.Add(card)
	}
	head := widgets.NewText("Highlights that are not in this version", theme.SizeSub, "")
	head.Bold = true
	foot := widgets.Spread(theme.Gap1, 0, container.NewStack(), widgets.Flat("Compare the versions", "versions", func() { pop.Hide(); p.goTo(VersionsView) }),
		widgets.Primary("Close", "", func() { pop.Hide() }))
	c := p.s.Window().Canvas()
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, container.NewBorder(widgets.Pad(0, theme.Gap2, head), widgets.Pad(0, theme.Gap2, foot), nil, nil, container.NewVScroll(list))), c)
	pop.Resize(fyne.NewSize(min(600, c.Size().Width-40), min(440, c.Size().Height-60)))
	pop.Show()
}

// showVersion shows the text of another version, at a passage where one is given.
func (p *Pane) showVersion(id notebook.CaptureID, at reader.Range) {
	p.goTo(TextView)
	if p.capture == id {
		p.goal = at
		p.reach()
		return
	}
	p.remember()
	p.capture, p.goal = id, at
	p.load(true)
}

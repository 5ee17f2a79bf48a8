package compare

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// The widths of the grid's columns.
const (
	topicWidth = 150
	cellWidth  = 230
)

// newGrid lays a comparison out as a table: the countries stay in view at the
// top while the topics scroll below them.
func newGrid(t notebook.Table, grades map[notebook.ClaimID]string, tapped func(row, col int)) fyne.CanvasObject {
	head := []fyne.CanvasObject{widgets.NewSurface("headerBackground")}
	for _, c := range t.Countries {
		flag := canvas.NewImageFromResource(theme.Flag(string(c)))
		flag.FillMode = canvas.ImageFillContain
		flag.SetMinSize(fyne.NewSize(24, 18))
		name := widgets.NewText(country.Name(c, "en"), theme.SizeLead, "")
		name.Bold = true
		head = append(head, container.NewStack(widgets.NewSurface("headerBackground"), widgets.Pad(10, 8, widgets.Spread(8, 1, flag, name))))
	}
	rows := container.NewVBox()
	cols := columns{n: len(t.Countries)}
	rows.Layout = stacked{}
	for i, r := range t.Rows {
		topic := r.Topic
		if topic == "" {
			topic = "Without a topic"
		}
		l := widget.NewLabel(topic)
		l.TextStyle.Bold = true
		l.Wrapping = fyne.TextWrapWord
		line := []fyne.CanvasObject{container.NewStack(widgets.NewSurface(theme.ColorPanel), widgets.Pad(3, 3, l))}
		for j, cell := range r.Cells {
			line = append(line, newCell(cell, grades, func() { tapped(i, j) }))
		}
		rows.Add(container.New(cols, line...))
	}
	body := container.NewVScroll(rows)
	inner := widgets.Dock(widgets.Ruled(container.New(cols, head...)), nil, nil, nil, body)
	return container.NewHScroll(inner)
}

// columns lays out one row: the topic, then the cells in equal widths.
type columns struct{ n int }

func (c columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	var h float32
	for _, x := range o {
		h = max(h, x.MinSize().Height)
	}
	return fyne.NewSize(topicWidth+float32(c.n)*cellWidth, h)
}

func (c columns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := max(cellWidth, (size.Width-topicWidth)/float32(max(c.n, 1)))
	x := float32(0)
	for i, obj := range o {
		width := w
		if i == 0 {
			width = topicWidth
		}
		obj.Move(fyne.NewPos(x, 0))
		obj.Resize(fyne.NewSize(width-1, size.Height))
		x += width
	}
}

// stacked puts rows below each other with a hairline's gap.
type stacked struct{}

func (stacked) MinSize(o []fyne.CanvasObject) fyne.Size {
	var out fyne.Size
	for _, x := range o {
		m := x.MinSize()
		out.Width = max(out.Width, m.Width)
		out.Height += m.Height + 1
	}
	return out
}

func (stacked) Layout(o []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, x := range o {
		h := x.MinSize().Height
		x.Move(fyne.NewPos(0, y))
		x.Resize(fyne.NewSize(size.Width, h))
		y += h + 1
	}
}

// inCell is how many claims a cell shows before it only counts them.
const inCell = 4

func newCell(cell notebook.TableCell, grades map[notebook.ClaimID]string, tapped func()) fyne.CanvasObject {
	col := widgets.Column(theme.Gap2)
	if cell.Note != "" {
		col.Add(widgets.Para(present.Short(strings.NewReplacer("*", "", "#", "").Replace(cell.Note), 160), theme.SizeBody, true))
	}
	for i, c := range cell.Claims {
		if i == inCell {
			col.Add(widgets.Muted(fmt.Sprintf("and %d more", len(cell.Claims)-inCell)))
			break
		}
		end := present.Join(grades[c.ID], present.Date(c.EventDate))
		if c.NeedsSource {
			end = present.Join(end, "needs a source")
		}
		col.Add(widgets.Column(1, widgets.Para(present.Short(c.Statement, 180), theme.SizeBody, false), widgets.Muted(end)))
	}
	if len(cell.Claims) == 0 && cell.Note == "" {
		col.Add(widgets.NewFlow(widgets.NewChip("gap", widgets.Caution)))
	}
	card := widgets.NewCard(col)
	card.OnTapped = tapped
	return widgets.Pad(2, 2, card)
}

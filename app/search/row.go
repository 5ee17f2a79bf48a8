package search

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

// line is one row of the list: the head of a group, or a passage in it.
type line struct {
	head  bool
	icon  string
	text  string
	marks [][2]int
	under string // of a head: where, who, when
	badge string // what was found there: Title, Highlight, Claim, Note
	tone  widgets.Tone
	hit   int // into the screen's hits, -1 for none
	at    int // of the hit's snippets, -1 for none
}

// row shows a line. All rows have one height, so that the list builds only those
// that are seen.
type row struct {
	widget.BaseWidget
	line     line
	OnTapped func()
}

func newRow() *row {
	r := &row{}
	r.ExtendBaseWidget(r)
	return r
}

// set shows another line.
func (r *row) set(l line) {
	r.line = l
	r.Refresh()
}

// Tapped is part of fyne.Tappable.
func (r *row) Tapped(*fyne.PointEvent) {
	if r.OnTapped != nil {
		r.OnTapped()
	}
}

// CreateRenderer is part of the widget interface.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	w := &rowRenderer{r: r, icon: canvas.NewImageFromResource(nil), rule: canvas.NewRectangle(nil), under: widgets.Muted(""),
		title: widgets.NewMarked(1, theme.SizeBody, ""), passage: widgets.NewMarked(2, theme.SizeBody, theme.ColorMuted), badge: widgets.NewChip("", widgets.Neutral)}
	w.title.Bold = true
	w.icon.FillMode = canvas.ImageFillContain
	w.style()
	return w
}

type rowRenderer struct {
	r              *row
	icon           *canvas.Image
	rule           *canvas.Rectangle
	title, passage *widgets.Marked
	under          *widgets.Text
	badge          *widgets.Chip
}

// The distances within a row.
const (
	rowPad   = 5
	iconSize = 18
	indent   = iconSize + 10
)

func (w *rowRenderer) style() {
	l := w.r.line
	w.icon.Hidden = !l.head
	if l.head && l.icon != "" {
		w.icon.Resource = theme.IconIn(l.icon, theme.ColorMuted)
	}
	w.rule.FillColor = theme.Color(theme.ColorBorder)
	w.rule.Hidden = l.head
	w.title.Hidden, w.under.Hidden, w.passage.Hidden = !l.head, !l.head, l.head
	if l.head {
		w.title.Text, w.title.Marks, w.under.Text = l.text, l.marks, l.under
	} else {
		w.passage.Text, w.passage.Marks = l.text, l.marks
	}
	w.badge.Hidden = l.badge == ""
	w.badge.Label, w.badge.Tone = l.badge, l.tone
}

func (w *rowRenderer) MinSize() fyne.Size {
	return fyne.NewSize(120, max(w.passage.MinSize().Height, w.title.MinSize().Height+w.under.MinSize().Height)+2*rowPad)
}

func (w *rowRenderer) Layout(size fyne.Size) {
	right := size.Width - theme.Gap2
	if !w.badge.Hidden {
		m := w.badge.MinSize()
		w.badge.Resize(m)
		w.badge.Move(fyne.NewPos(right-m.Width, rowPad+1))
		right -= m.Width + theme.Gap2
	}
	x := theme.Gap2 + indent
	wide := max(40, right-x)
	if w.r.line.head {
		h := w.title.MinSize().Height
		y := float32(rowPad)
		if w.r.line.under == "" {
			y = (size.Height - h) / 2
			w.badge.Move(fyne.NewPos(w.badge.Position().X, (size.Height-w.badge.Size().Height)/2))
		}
		w.icon.Resize(fyne.NewSquareSize(iconSize))
		w.icon.Move(fyne.NewPos(theme.Gap2, y+(h-iconSize)/2))
		w.title.Move(fyne.NewPos(x, y))
		w.title.Resize(fyne.NewSize(wide, h))
		w.under.Move(fyne.NewPos(x, rowPad+h))
		w.under.Resize(fyne.NewSize(wide, w.under.MinSize().Height))
		return
	}
	w.rule.Move(fyne.NewPos(theme.Gap2+iconSize/2, 0))
	w.rule.Resize(fyne.NewSize(1, size.Height))
	w.passage.Move(fyne.NewPos(x, rowPad))
	w.passage.Resize(fyne.NewSize(wide, size.Height-2*rowPad))
}

func (w *rowRenderer) Refresh() {
	w.style()
	w.Layout(w.r.Size())
	w.icon.Refresh()
	w.rule.Refresh()
	w.title.Refresh()
	w.passage.Refresh()
	w.under.Refresh()
	w.badge.Refresh()
	canvas.Refresh(w.r)
}

func (w *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{w.rule, w.icon, w.title, w.under, w.passage, w.badge}
}

func (w *rowRenderer) Destroy() {}

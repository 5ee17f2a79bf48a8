package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Badge is a short word or number at the end of a row.
type Badge struct {
	Text string
	Tone Tone
}

// Row is a two-line row of a list: a lead, a title, a line under it, and a
// word and badges at the right.
type Row struct {
	widget.BaseWidget
	Lead   fyne.Resource
	Title  string
	Sub    string
	Meta   string // right of Sub
	Badges []Badge
	Bold   bool
	Dot    bool   // unread
	Dim    bool   // title in the second-rank colour
	Two    bool   // the title may take two lines
	Stripe string // a highlight colour at the left edge, empty for none
	Indent bool   // a row within a group
	Fold   Fold   // a triangle before the lead that opens and closes a group

	OnTapped    func() // NewList sets it for its rows
	OnSecondary func(at fyne.Position)
}

// NewRow makes an empty row.
func NewRow() *Row {
	r := &Row{}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped is part of fyne.Tappable. A row takes secondary clicks, so the toolkit
// gives it the others too and not the list around it.
func (r *Row) Tapped(*fyne.PointEvent) {
	if r.OnTapped != nil {
		r.OnTapped()
	}
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (r *Row) TappedSecondary(e *fyne.PointEvent) {
	if r.OnSecondary != nil {
		r.OnSecondary(e.AbsolutePosition)
	}
}

// CreateRenderer is part of the widget interface.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	return newRowRenderer(r)
}

func newRowRenderer(r *Row) *rowRenderer {
	w := &rowRenderer{r: r, fold: canvas.NewImageFromResource(nil), stripe: canvas.NewRectangle(nil), lead: canvas.NewImageFromResource(nil), dot: canvas.NewCircle(nil),
		title: NewText("", theme.SizeBody, ""), title2: NewText("", theme.SizeBody, ""), sub: Muted(""), meta: Muted("")}
	w.meta.Whole = true
	w.lead.FillMode = canvas.ImageFillContain
	w.style()
	return w
}

type rowRenderer struct {
	r                        *Row
	lead, fold               *canvas.Image
	dot                      *canvas.Circle
	stripe                   *canvas.Rectangle
	title, title2, sub, meta *Text
	chips                    []*Chip
	size                     fyne.Size
}

const (
	rowPadX = 10
	rowPadY = 6
	rowLead = 18
)

func (w *rowRenderer) style() {
	r := w.r
	w.lead.Resource = r.Lead
	w.lead.Hidden = r.Lead == nil
	w.fold.Hidden = r.Fold == NoFold
	switch r.Fold {
	case Folded:
		w.fold.Resource = theme.IconIn("chevron-right", theme.ColorMuted)
	case Unfolded:
		w.fold.Resource = theme.IconIn("chevron-down", theme.ColorMuted)
	}
	w.stripe.Hidden = r.Stripe == ""
	w.stripe.FillColor = theme.Highlight(r.Stripe)
	w.stripe.CornerRadius = 2
	w.dot.FillColor = theme.Color(ft.ColorNamePrimary)
	w.dot.Hidden = !r.Dot
	colour := ft.ColorNameForeground
	if r.Dim {
		colour = theme.ColorMuted
	}
	for _, t := range []*Text{w.title, w.title2} {
		t.Bold, t.Colour = r.Bold, colour
	}
	w.title.Text = r.Title
	w.title2.Hidden = !r.Two
	w.sub.Text, w.meta.Text = r.Sub, r.Meta
	for len(w.chips) < len(r.Badges) {
		w.chips = append(w.chips, NewChip("", Neutral))
	}
	for i, c := range w.chips {
		c.Hidden = i >= len(r.Badges)
		if !c.Hidden {
			c.Label, c.Tone = r.Badges[i].Text, r.Badges[i].Tone
			c.Refresh()
		}
	}
}

func (w *rowRenderer) MinSize() fyne.Size {
	h := w.title.MinSize().Height
	if w.r.Two {
		h *= 2
	}
	return fyne.NewSize(80, h+w.sub.MinSize().Height+2*rowPadY+1)
}

func (w *rowRenderer) Layout(size fyne.Size) {
	w.size = size
	x := float32(rowPadX)
	th, sh := w.title.MinSize().Height, w.sub.MinSize().Height
	if w.r.Indent {
		x += foldWide
	}
	if !w.fold.Hidden {
		w.fold.Move(fyne.NewPos(x-4, rowPadY+(th-16)/2+0.5))
		w.fold.Resize(fyne.NewSize(16, 16))
		x += foldWide - 2
	}
	if !w.lead.Hidden {
		w.lead.Move(fyne.NewPos(x, rowPadY+(th-rowLead)/2+0.5))
		w.lead.Resize(fyne.NewSize(rowLead, rowLead))
		x += rowLead + 9
	}
	w.stripe.Move(fyne.NewPos(4, rowPadY+1))
	w.stripe.Resize(fyne.NewSize(4, max(0, size.Height-2*rowPadY-2)))
	if !w.stripe.Hidden {
		x += 4
	}
	right := size.Width - rowPadX
	w.dot.Resize(fyne.NewSize(8, 8))
	w.dot.Move(fyne.NewPos(right-8, rowPadY+th/2-4))
	tw := right - x
	if !w.dot.Hidden {
		tw -= 14
	}
	y := float32(rowPadY)
	first, second := w.r.Title, ""
	if w.r.Two {
		first, second = w.breakTitle(tw)
	}
	w.title.Text, w.title2.Text = first, second
	if w.r.Two && second == "" {
		y += th / 2 // a row of a short title stands in the middle of its place
		w.lead.Move(w.lead.Position().AddXY(0, th/2))
		w.fold.Move(w.fold.Position().AddXY(0, th/2))
		w.dot.Move(w.dot.Position().AddXY(0, th/2))
	}
	for _, t := range []*Text{w.title, w.title2} {
		if t.Hidden || t == w.title2 && second == "" {
			t.Resize(fyne.NewSize(0, th))
			t.Refresh() // a row is used again: the old line must go
			continue
		}
		t.Move(fyne.NewPos(x, y))
		t.Resize(fyne.NewSize(tw, th))
		t.Refresh()
		y += th
	}
	y++
	// Badges and meta stand at the right of the last line.
	for i := len(w.chips) - 1; i >= 0; i-- {
		c := w.chips[i]
		if c.Hidden {
			continue
		}
		m := c.MinSize()
		c.Resize(m)
		c.Move(fyne.NewPos(right-m.Width, y+(sh-m.Height)/2))
		right -= m.Width + 4
	}
	if w.r.Meta != "" {
		m := w.meta.MinSize()
		w.meta.Move(fyne.NewPos(right-m.Width, y))
		w.meta.Resize(m)
		right -= m.Width + 8
	} else {
		w.meta.Resize(fyne.NewSize(0, sh))
	}
	w.sub.Move(fyne.NewPos(x, y))
	w.sub.Resize(fyne.NewSize(max(0, right-x), sh))
}

// breakTitle breaks the title after the last word that fits.
func (w *rowRenderer) breakTitle(width float32) (first, second string) {
	s := []rune(w.r.Title)
	style := fyne.TextStyle{Bold: w.r.Bold}
	src := fontFor(w.r.Title, w.r.Bold)
	fits := func(n int) bool {
		sz, _ := fyne.CurrentApp().Driver().RenderedTextSize(string(s[:n]), theme.Size(theme.SizeBody), style, src)
		return sz.Width <= width
	}
	if fits(len(s)) {
		return w.r.Title, ""
	}
	lo, hi := 0, len(s)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fits(mid) {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	cut := lo
	for i := lo; i > lo/2; i-- {
		if s[i] == ' ' {
			cut = i
			break
		}
	}
	return string(s[:cut]), string(s[cut:])
}

func (w *rowRenderer) Refresh() {
	w.style()
	w.lead.Refresh()
	w.fold.Refresh()
	w.dot.Refresh()
	w.stripe.Refresh()
	w.Layout(w.size)
	w.sub.Refresh()
	w.meta.Refresh()
	canvas.Refresh(w.r)
}

func (w *rowRenderer) Objects() []fyne.CanvasObject {
	o := []fyne.CanvasObject{w.stripe, w.fold, w.lead, w.title, w.title2, w.sub, w.meta, w.dot}
	for _, c := range w.chips {
		o = append(o, c)
	}
	return o
}
func (w *rowRenderer) Destroy() {}

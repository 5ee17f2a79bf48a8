package widgets

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// TableColumn is one column of a Table.
type TableColumn struct {
	Key   string // stable: for the preferences and for sorting
	Title string
	Width float32 // at the usual text size
	Right bool    // numbers stand at the right
	Wide  bool    // takes the room that the others leave
	Plain bool    // cannot be sorted by
}

// leastColumn is how narrow a column can be made.
const leastColumn = 36

// Cell is what a Table shows in one column of one row.
type Cell struct {
	Text   string
	Icon   fyne.Resource       // before the text
	Colour fyne.ThemeColorName // of the text; empty: that of the row
	Bold   bool
	Indent bool // a row within a group
	Fold   Fold // a triangle that opens and closes a group
}

// Fold says whether a row heads a group of rows.
type Fold int

// The folds.
const (
	NoFold Fold = iota
	Folded
	Unfolded
)

// Table is a virtualised list of rows of one height, of which several can be
// chosen: in columns with a heading, or, while Compact, in rows of two lines.
// Only rows that can be seen exist. The owner keeps what is chosen and tells the
// table by Chosen; the table says what the mouse and the keys ask for.
type Table struct {
	widget.BaseWidget

	Length func() int
	Cells  func(row int, cells []Cell) // fills one cell a column
	Face   func(row int, r *Row)       // fills the compact form
	Chosen func(row int) bool

	Compact bool   // rows of two lines
	Bare    bool   // columns without a heading
	Sort    string // the key of the column that the rows are ordered by
	Down    bool   // from the last to the first

	OnChosen     func(row int)      // this row alone: a click, or the arrows
	OnToggled    func(row int)      // Ctrl and a click, or Ctrl+Space
	OnExtended   func(from, to int) // Shift and a click or the arrows: from the anchor to the cursor
	OnAll        func()             // Ctrl+A
	OnOpen       func(row int)      // a second click, or Return
	OnOpenApart  func(row int)      // the middle button, or Ctrl+Return
	OnDelete     func()             // Delete
	OnEscape     func()
	OnMenu       func(row int, at fyne.Position)
	OnFold       func(row int)
	OnDrag       func(row int, at fyne.Position) // the row, or what is chosen, is dragged; at is absolute
	OnDrop       func(row int, at fyne.Position)
	OnSorted     func(key string, down bool)
	OnResized    func(key string, width float32)
	OnHeaderMenu func(at fyne.Position)
	OnScrolled   func()
	OnMoved      func(row int)      // the cursor, by the mouse or the keys
	Dull         func(row int) bool // a row that says nothing to the pointer, such as a heading; nil: none

	columns []TableColumn
	at      int // the cursor, -1 for none
	anchor  int
	body    *tableBody
	header  *tableHeader
	clip    *container.Clip
	scroll  *container.Scroll
}

// NewTable makes a table of columns.
func NewTable(columns []TableColumn, length func() int) *Table {
	t := &Table{columns: columns, Length: length, at: -1, anchor: -1}
	t.body = &tableBody{t: t, hovered: -1, pressed: -1}
	t.body.ExtendBaseWidget(t.body)
	t.header = &tableHeader{t: t, grabbed: -1, hovered: -1}
	t.header.ExtendBaseWidget(t.header)
	t.clip = container.NewClip(t.header)
	t.scroll = container.NewScroll(t.body)
	t.scroll.OnScrolled = func(fyne.Position) { t.scrolled() }
	t.ExtendBaseWidget(t)
	return t
}

// Columns are the columns as shown, with their widths.
func (t *Table) Columns() []TableColumn { return slices.Clone(t.columns) }

// SetColumns shows other columns.
func (t *Table) SetColumns(columns []TableColumn) {
	t.columns = columns
	t.body.forget()
	t.Refresh()
}

// At is the row of the cursor, -1 for none.
func (t *Table) At() int { return t.at }

// Mark moves the cursor without a word to the owner and without scrolling;
// a row that is not there takes it away.
func (t *Table) Mark(row int) {
	if row < 0 || row >= t.Length() {
		row = -1
	}
	if row != t.at {
		t.at, t.anchor = row, row
	}
}

func (t *Table) moved() {
	if t.OnMoved != nil {
		t.OnMoved(t.at)
	}
}

// Reveal scrolls until a row can be seen.
func (t *Table) Reveal(row int) {
	h := t.body.rowHeight()
	top, view := float32(row)*h, t.scroll.Size().Height
	y := t.scroll.Offset.Y
	switch {
	case top < y:
		y = top
	case top+h > y+view:
		y = top + h - view
	default:
		return
	}
	t.scrollTo(y)
}

// Top is the first row that can be seen, and ScrollTo shows a row as the first.
func (t *Table) Top() int {
	return int(t.scroll.Offset.Y / t.body.rowHeight())
}

// ScrollTo shows a row as the first.
func (t *Table) ScrollTo(row int) { t.scrollTo(float32(row) * t.body.rowHeight()) }

func (t *Table) scrollTo(y float32) {
	most := max(0, float32(t.Length())*t.body.rowHeight()-t.scroll.Size().Height)
	t.scroll.ScrollToOffset(fyne.NewPos(t.scroll.Offset.X, min(max(y, 0), most)))
	t.scrolled()
}

func (t *Table) scrolled() {
	t.header.Move(fyne.NewPos(-t.scroll.Offset.X, 0))
	t.body.place(false)
	if t.OnScrolled != nil {
		t.OnScrolled()
	}
}

// Focus gives the table the keyboard.
func (t *Table) Focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t.body)
	}
}

// Focused tells whether the table has the keyboard.
func (t *Table) Focused() bool { return t.body.focused }

// Shown is how many rows can be seen at once.
func (t *Table) Shown() int {
	return max(1, int(t.scroll.Size().Height/t.body.rowHeight()))
}

// SetCompact shows the rows in two lines, or in columns.
func (t *Table) SetCompact(on bool) {
	if t.Compact == on {
		return
	}
	top := t.Top()
	t.Compact = on
	t.body.forget()
	t.Refresh()
	t.ScrollTo(top)
}

// RowAt is the row under a place on the window, -1 for none.
func (t *Table) RowAt(at fyne.Position) int {
	d := fyne.CurrentApp().Driver()
	in := at.Subtract(d.AbsolutePositionForObject(t.scroll))
	if s := t.scroll.Size(); in.X < 0 || in.Y < 0 || in.X > s.Width || in.Y > s.Height {
		return -1
	}
	return t.body.rowAt(in.AddXY(0, t.scroll.Offset.Y))
}

// Point shows a row as under the pointer, -1 for none: while something is
// dragged over the table.
func (t *Table) Point(row int) { t.body.hover(row) }

// CreateRenderer is part of the widget interface.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	t.ExtendBaseWidget(t)
	return &tableRenderer{t: t, rule: widget.NewSeparator()}
}

type tableRenderer struct {
	t    *Table
	rule *widget.Separator
}

func (r *tableRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 90) }

func (r *tableRenderer) Layout(size fyne.Size) {
	var y float32
	t := r.t
	r.rule.Hidden, t.clip.Hidden = t.Compact || t.Bare, t.Compact || t.Bare
	if !t.clip.Hidden {
		h := t.header.MinSize().Height
		t.clip.Resize(fyne.NewSize(size.Width, h))
		t.header.Resize(fyne.NewSize(max(size.Width, t.body.width()), h))
		r.rule.Move(fyne.NewPos(0, h))
		r.rule.Resize(fyne.NewSize(size.Width, 1))
		y = h + 1
	}
	t.scroll.Move(fyne.NewPos(0, y))
	t.scroll.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
	t.header.Refresh()
	t.body.place(true)
}

func (r *tableRenderer) Refresh() {
	t := r.t
	if t.at >= t.Length() {
		t.at, t.anchor = -1, -1
	}
	r.Layout(t.Size())
	t.scroll.Refresh()
	// A list that became shorter leaves the place it was scrolled to.
	most := max(0, float32(t.Length())*t.body.rowHeight()-t.scroll.Size().Height)
	if t.scroll.Offset.Y > most {
		t.scroll.ScrollToOffset(fyne.NewPos(t.scroll.Offset.X, most))
	}
	t.body.place(true)
	canvas.Refresh(t)
}

func (r *tableRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.t.clip, r.rule, r.t.scroll}
}
func (r *tableRenderer) Destroy() {}

// widths are the columns' widths on the window, the wide one with the room that
// the others leave.
func (t *Table) widths() []float32 {
	scale := theme.Size(theme.SizeBody) / 13.5
	out := make([]float32, len(t.columns))
	var sum float32
	wide := -1
	for i, c := range t.columns {
		out[i] = max(leastColumn, c.Width) * scale
		sum += out[i]
		if c.Wide {
			wide = i
		}
	}
	if free := t.scroll.Size().Width - sum; free > 0 && wide >= 0 {
		out[wide] += free
	}
	return out
}

// tableBody is the rows.
type tableBody struct {
	widget.BaseWidget
	t       *Table
	rows    map[int]*tableRow
	spare   []*tableRow
	shown   []fyne.CanvasObject
	ring    *canvas.Rectangle
	focused bool
	hovered int
	pressed int // the row that the button went down on, -1 for none
	drags   bool
	late    bool // the press on a chosen row chooses it alone when the button comes up
	clicks  int
	clicked time.Time
	last    fyne.Position // of the pointer, absolute
	height  float32
}

const tablePad = 8

// rowHeight is the height of every row.
func (b *tableBody) rowHeight() float32 {
	if b.height == 0 {
		if b.t.Compact {
			r := NewRow()
			r.Two = true
			b.height = r.MinSize().Height
		} else {
			b.height = NewText("Ág", theme.SizeBody, "").MinSize().Height + 9
		}
	}
	return b.height
}

func (b *tableBody) width() float32 {
	if b.t.Compact {
		return 0
	}
	var sum float32
	for _, w := range b.t.widths() {
		sum += w
	}
	return sum
}

// forget drops the rows that are drawn, after the columns or the form changed.
func (b *tableBody) forget() {
	b.rows, b.spare, b.height = nil, nil, 0
}

// CreateRenderer is part of the widget interface.
func (b *tableBody) CreateRenderer() fyne.WidgetRenderer {
	b.ring = canvas.NewRectangle(nil)
	b.ring.StrokeWidth = 1.5
	b.ring.CornerRadius = 4
	return &bodyRenderer{b: b}
}

type bodyRenderer struct{ b *tableBody }

func (r *bodyRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.b.width(), float32(r.b.t.Length())*r.b.rowHeight())
}
func (r *bodyRenderer) Layout(fyne.Size) { r.b.place(true) }
func (r *bodyRenderer) Refresh() {
	r.b.height = 0 // the size of text may be another
	r.b.place(true)
}
func (r *bodyRenderer) Objects() []fyne.CanvasObject { return r.b.shown }
func (r *bodyRenderer) Destroy()                     {}

// place makes the rows that can be seen, and lets the others go. With fill, all
// are filled anew, else only those that came into view.
func (b *tableBody) place(fill bool) {
	if b.ring == nil { // not on a window yet
		return
	}
	t := b.t
	n, h := t.Length(), b.rowHeight()
	view := t.scroll.Size().Height
	first := max(0, int(t.scroll.Offset.Y/h))
	last := min(n, int((t.scroll.Offset.Y+view)/h)+1)
	if b.rows == nil {
		b.rows = map[int]*tableRow{}
	}
	for i, r := range b.rows {
		if i < first || i >= last {
			delete(b.rows, i)
			b.spare = append(b.spare, r)
		}
	}
	var widths []float32
	if !t.Compact {
		widths = t.widths()
	}
	wide := max(b.Size().Width, t.scroll.Size().Width)
	b.shown = b.shown[:0:0]
	for i := first; i < last; i++ {
		r, had := b.rows[i]
		if !had {
			if k := len(b.spare) - 1; k >= 0 {
				r, b.spare = b.spare[k], b.spare[:k]
			} else {
				r = newTableRow(t)
			}
			b.rows[i] = r
		}
		if !had || fill {
			r.fill(t, i, widths)
		}
		r.move(t, fyne.NewPos(0, float32(i)*h), fyne.NewSize(wide, h), widths)
		r.style(t, i, i == b.hovered)
		b.shown = append(b.shown, r.objects...)
	}
	if len(b.spare) > 40 {
		b.spare = b.spare[:40]
	}
	// What is chosen says where the cursor is, unless the cursor went on alone.
	b.ring.Hidden = !b.focused || t.at < first || t.at >= last || t.Chosen != nil && t.Chosen(t.at)
	if !b.ring.Hidden {
		b.ring.StrokeColor = theme.Color(ft.ColorNamePrimary)
		b.ring.Move(fyne.NewPos(2, float32(t.at)*h+1))
		b.ring.Resize(fyne.NewSize(wide-4, h-2))
		b.shown = append(b.shown, b.ring)
	}
	canvas.Refresh(b)
}

// restyle follows what is chosen and where the pointer is.
func (b *tableBody) restyle() {
	for i, r := range b.rows {
		r.style(b.t, i, i == b.hovered)
	}
	canvas.Refresh(b)
}

// tableRow is one row that can be seen.
type tableRow struct {
	ground  *canvas.Rectangle
	over    *canvas.Rectangle
	texts   []*canvas.Text
	icons   []*canvas.Image
	cells   []Cell
	face    *still
	objects []fyne.CanvasObject
}

func newTableRow(t *Table) *tableRow {
	r := &tableRow{ground: canvas.NewRectangle(nil), over: canvas.NewRectangle(nil)}
	r.objects = []fyne.CanvasObject{r.ground, r.over}
	if t.Compact {
		r.face = newStill()
		r.face.row.Two = true
		r.objects = append(r.objects, r.face)
		return r
	}
	r.cells = make([]Cell, len(t.columns))
	for range t.columns {
		text, icon := canvas.NewText("", nil), canvas.NewImageFromResource(nil)
		icon.FillMode = canvas.ImageFillContain
		r.texts, r.icons = append(r.texts, text), append(r.icons, icon)
		r.objects = append(r.objects, icon, text)
	}
	return r
}

const (
	cellIcon = 16
	foldWide = 18
)

// fill asks the owner for what stands in the row.
func (r *tableRow) fill(t *Table, i int, widths []float32) {
	if r.face != nil {
		*r.face.row = Row{Two: true}
		if t.Face != nil {
			t.Face(i, r.face.row)
		}
		r.face.Refresh()
		return
	}
	clear(r.cells)
	if t.Cells != nil {
		t.Cells(i, r.cells)
	}
	size := theme.Size(theme.SizeBody)
	for c, cell := range r.cells {
		icon := cell.Icon
		switch cell.Fold {
		case Folded:
			icon = theme.Icon("chevron-right")
		case Unfolded:
			icon = theme.Icon("chevron-down")
		}
		if r.icons[c].Resource != icon {
			r.icons[c].Resource = icon
			r.icons[c].Refresh()
		}
		r.icons[c].Hidden = icon == nil
		text := r.texts[c]
		colour := cell.Colour
		if colour == "" {
			colour = ft.ColorNameForeground
		}
		room := widths[c] - 2*tablePad - lead(cell)
		style := fyne.TextStyle{Bold: cell.Bold}
		src := fontFor(cell.Text, cell.Bold)
		fitted := fitText(cell.Text, room, func(s string) float32 {
			sz, _ := fyne.CurrentApp().Driver().RenderedTextSize(s, size, style, src)
			return sz.Width
		})
		col := theme.Color(colour)
		if text.Text != fitted || text.Color != col || text.TextSize != size || text.TextStyle != style || text.FontSource != src {
			text.Text, text.Color, text.TextSize, text.TextStyle, text.FontSource = fitted, col, size, style, src
			text.Alignment = fyne.TextAlignLeading
			if t.columns[c].Right {
				text.Alignment = fyne.TextAlignTrailing
			}
			text.Refresh()
		}
	}
}

// lead is the room that stands before a cell's text.
func lead(c Cell) float32 {
	var x float32
	if c.Indent {
		x += foldWide
	}
	switch {
	case c.Fold != NoFold:
		x += foldWide
	case c.Icon != nil && c.Text != "":
		x += cellIcon + 7
	case c.Icon != nil:
		x += cellIcon
	}
	return x
}

func (r *tableRow) move(t *Table, at fyne.Position, size fyne.Size, widths []float32) {
	r.ground.Move(at)
	r.ground.Resize(size)
	r.over.Move(at)
	r.over.Resize(size)
	if r.face != nil {
		r.face.Move(at)
		r.face.Resize(size)
		return
	}
	x := float32(0)
	for c, w := range widths {
		left := x + tablePad
		if r.cells[c].Indent {
			left += foldWide
		}
		if !r.icons[c].Hidden {
			r.icons[c].Resize(fyne.NewSize(cellIcon, cellIcon))
			r.icons[c].Move(fyne.NewPos(left, at.Y+(size.Height-cellIcon)/2))
		}
		left = x + tablePad + lead(r.cells[c])
		h := r.texts[c].MinSize().Height
		r.texts[c].Move(fyne.NewPos(left, at.Y+(size.Height-h)/2))
		r.texts[c].Resize(fyne.NewSize(max(0, x+w-tablePad-left), h))
		x += w
	}
}

func (r *tableRow) style(t *Table, i int, hovered bool) {
	fill, over := fyne.ThemeColorName(""), hovered && (t.Dull == nil || !t.Dull(i))
	if t.Chosen != nil && t.Chosen(i) {
		fill = theme.ColorSelected
	}
	r.ground.Hidden = fill == ""
	if fill != "" {
		r.ground.FillColor = theme.Color(fill)
	}
	r.over.Hidden = !over
	r.over.FillColor = theme.Color(ft.ColorNameHover)
}

// still is a Row without its clicks: the table has them.
type still struct {
	widget.BaseWidget
	row *Row
}

func newStill() *still {
	s := &still{row: &Row{}}
	s.ExtendBaseWidget(s)
	return s
}

func (s *still) CreateRenderer() fyne.WidgetRenderer { return newRowRenderer(s.row) }

// rowAt is the row under a place of the body, -1 for none.
func (b *tableBody) rowAt(p fyne.Position) int {
	i := int(p.Y / b.rowHeight())
	if p.Y < 0 || i >= b.t.Length() {
		return -1
	}
	return i
}

// foldAt tells whether the triangle of row i is at x.
func (b *tableBody) foldAt(i int, x float32) bool {
	r := b.rows[i]
	if r == nil {
		return false
	}
	if r.face != nil {
		return r.face.row.Fold != NoFold && x < foldWide+4
	}
	left := float32(0)
	for c, w := range b.t.widths() {
		if r.cells[c].Fold != NoFold && x >= left && x < left+tablePad+foldWide {
			return true
		}
		left += w
	}
	return false
}

// doubleTime is how soon a second click makes a double one.
const doubleTime = 400 * time.Millisecond

// MouseDown is part of desktop.Mouseable.
func (b *tableBody) MouseDown(e *desktop.MouseEvent) {
	t := b.t
	i := b.rowAt(e.Position)
	b.last = e.AbsolutePosition
	t.Focus()
	b.pressed, b.late = -1, false
	if i < 0 {
		return
	}
	switch e.Button {
	case desktop.MouseButtonTertiary:
		if t.OnOpenApart != nil {
			t.OnOpenApart(i)
		}
		return
	case desktop.MouseButtonSecondary:
		if t.Chosen == nil || !t.Chosen(i) {
			b.choose(i)
		}
		if t.OnMenu != nil {
			t.OnMenu(i, e.AbsolutePosition)
		}
		return
	case desktop.MouseButtonPrimary:
	default:
		return
	}
	if t.OnFold != nil && b.foldAt(i, e.Position.X) {
		t.OnFold(i)
		return
	}
	b.pressed = i
	now := time.Now()
	if i == t.at && now.Sub(b.clicked) < doubleTime {
		b.clicks++
	} else {
		b.clicks = 1
	}
	b.clicked = now
	switch {
	case e.Modifier&fyne.KeyModifierShift != 0:
		b.extend(i)
	case e.Modifier&fyne.KeyModifierShortcutDefault != 0:
		t.at, t.anchor = i, i
		t.moved()
		if t.OnToggled != nil {
			t.OnToggled(i)
		}
		b.place(false)
	case b.clicks == 2:
		b.clicks = 0
		if t.OnOpen != nil {
			t.OnOpen(i)
		}
	case t.Chosen != nil && t.Chosen(i) && i != t.at, t.OnDrag != nil && t.Chosen != nil && t.Chosen(i):
		b.late = true // it may become a drag of all that is chosen
	default:
		b.choose(i)
	}
}

// MouseUp is part of desktop.Mouseable.
func (b *tableBody) MouseUp(*desktop.MouseEvent) {
	if b.late && !b.drags && b.pressed >= 0 {
		b.choose(b.pressed)
	}
	b.late = false
	if !b.drags {
		b.pressed = -1
	}
}

// Dragged is part of fyne.Draggable.
func (b *tableBody) Dragged(e *fyne.DragEvent) {
	b.last = e.AbsolutePosition
	if b.pressed < 0 || b.t.OnDrag == nil {
		return
	}
	b.drags = true
	b.t.OnDrag(b.pressed, e.AbsolutePosition)
}

// DragEnd is part of fyne.Draggable.
func (b *tableBody) DragEnd() {
	if b.drags && b.t.OnDrop != nil {
		b.t.OnDrop(b.pressed, b.last)
	}
	b.drags, b.late, b.pressed = false, false, -1
	b.t.Focus() // a button that comes up elsewhere takes the keyboard away
}

// MouseIn is part of desktop.Hoverable.
func (b *tableBody) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (b *tableBody) MouseMoved(e *desktop.MouseEvent) { b.hover(b.rowAt(e.Position)) }

// MouseOut is part of desktop.Hoverable.
func (b *tableBody) MouseOut() { b.hover(-1) }

func (b *tableBody) hover(i int) {
	if i != b.hovered {
		b.hovered = i
		b.restyle()
	}
}

func (b *tableBody) choose(i int) {
	b.t.at, b.t.anchor = i, i
	b.t.moved()
	if b.t.OnChosen != nil {
		b.t.OnChosen(i)
	}
	b.place(false)
}

func (b *tableBody) extend(to int) {
	t := b.t
	if t.anchor < 0 {
		t.anchor = max(t.at, 0)
	}
	t.at = to
	t.moved()
	if t.OnExtended != nil {
		t.OnExtended(t.anchor, to)
	}
	b.place(false)
}

// FocusGained is part of fyne.Focusable.
func (b *tableBody) FocusGained() { b.focused = true; b.place(false) }

// FocusLost is part of fyne.Focusable.
func (b *tableBody) FocusLost() { b.focused = false; b.place(false) }

// TypedRune is part of fyne.Focusable.
func (b *tableBody) TypedRune(rune) {}

// held are the modifier keys that are down.
func held() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// TypedKey is part of fyne.Focusable.
func (b *tableBody) TypedKey(e *fyne.KeyEvent) { b.press(e.Name, held()) }

func (b *tableBody) press(key fyne.KeyName, with fyne.KeyModifier) {
	t := b.t
	n := t.Length()
	if key == fyne.KeyEscape && t.OnEscape != nil {
		t.OnEscape()
		return
	}
	if n == 0 {
		return
	}
	to := t.at
	switch key {
	case fyne.KeyDown:
		to = min(to+1, n-1)
	case fyne.KeyUp:
		to = max(to-1, 0)
	case fyne.KeyPageDown:
		to = min(max(to, 0)+t.Shown(), n-1)
	case fyne.KeyPageUp:
		to = max(to-t.Shown(), 0)
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = n - 1
	case fyne.KeyRight, fyne.KeyLeft:
		if r := b.rows[t.at]; r != nil && t.OnFold != nil {
			if f := r.fold(); f == Folded && key == fyne.KeyRight || f == Unfolded && key == fyne.KeyLeft {
				t.OnFold(t.at)
			}
		}
		return
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if t.at >= 0 && t.OnOpen != nil {
			t.OnOpen(t.at)
		}
		return
	case fyne.KeyDelete:
		if t.OnDelete != nil {
			t.OnDelete()
		}
		return
	default:
		return
	}
	if with&fyne.KeyModifierShift != 0 {
		b.extend(to)
	} else if to != t.at {
		b.choose(to)
	}
	t.Reveal(to)
}

// fold is the row's fold.
func (r *tableRow) fold() Fold {
	if r.face != nil {
		return r.face.row.Fold
	}
	for _, c := range r.cells {
		if c.Fold != NoFold {
			return c.Fold
		}
	}
	return NoFold
}

// TypedShortcut is part of fyne.Shortcutable.
func (b *tableBody) TypedShortcut(s fyne.Shortcut) {
	t := b.t
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		if t.OnAll != nil {
			t.OnAll()
			b.restyle()
		}
		return
	case *desktop.CustomShortcut:
		if s.Modifier == fyne.KeyModifierShortcutDefault && t.at >= 0 {
			switch s.KeyName {
			case fyne.KeySpace:
				if t.OnToggled != nil {
					t.OnToggled(t.at)
					b.restyle()
				}
				return
			case fyne.KeyUp, fyne.KeyDown: // the cursor alone
				to := min(max(t.at+map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1}[s.KeyName], 0), t.Length()-1)
				t.at, t.anchor = to, to
				t.moved()
				t.Reveal(to)
				b.place(false)
				return
			}
		}
	}
	// What the list has no use for is the window's.
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		if w, ok := c.(fyne.Shortcutable); ok {
			w.TypedShortcut(s)
		}
	}
}

// tableHeader is the heading: a click sorts, a drag of a border resizes.
type tableHeader struct {
	widget.BaseWidget
	t       *Table
	grabbed int // the column whose border is dragged, -1 for none
	hovered int
	border  bool // the pointer is on a border
	moved   bool
}

// grip is how near a border the pointer takes it.
const grip = 5

func (h *tableHeader) CreateRenderer() fyne.WidgetRenderer {
	r := &headerRenderer{h: h, ground: canvas.NewRectangle(nil), over: canvas.NewRectangle(nil)}
	r.style()
	return r
}

type headerRenderer struct {
	h            *tableHeader
	ground, over *canvas.Rectangle
	titles       []*canvas.Text
	arrow        *canvas.Image
	rules        []*canvas.Rectangle
	objects      []fyne.CanvasObject
}

func (r *headerRenderer) style() {
	t := r.h.t
	r.ground.FillColor = theme.Color(ft.ColorNameHeaderBackground)
	r.over.FillColor = theme.Color(ft.ColorNameHover)
	if r.arrow == nil {
		r.arrow = canvas.NewImageFromResource(nil)
		r.arrow.FillMode = canvas.ImageFillContain
	}
	for len(r.titles) < len(t.columns) {
		r.titles = append(r.titles, canvas.NewText("", nil))
		r.rules = append(r.rules, canvas.NewRectangle(nil))
	}
	r.objects = []fyne.CanvasObject{r.ground, r.over}
	name := "chevron-up"
	if t.Down {
		name = "chevron-down"
	}
	r.arrow.Resource = theme.IconIn(name, ft.ColorNamePrimary)
	r.arrow.Hidden = true
	for i, c := range t.columns {
		colour := theme.ColorMuted
		if c.Key == t.Sort {
			colour = ft.ColorNamePrimary
			r.arrow.Hidden = false
		}
		x := r.titles[i]
		x.TextSize = theme.Size(theme.SizeCaption)
		x.TextStyle = fyne.TextStyle{Bold: true}
		x.Color = theme.Color(colour)
		x.Alignment = fyne.TextAlignLeading
		if c.Right {
			x.Alignment = fyne.TextAlignTrailing
		}
		r.rules[i].FillColor = theme.Color(theme.ColorBorder)
		r.objects = append(r.objects, x, r.rules[i])
	}
	r.objects = append(r.objects, r.arrow)
}

func (r *headerRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.h.t.body.width(), theme.Size(theme.SizeCaption)*1.4+12)
}

func (r *headerRenderer) Layout(size fyne.Size) {
	t := r.h.t
	r.ground.Resize(size)
	x := float32(0)
	r.over.Hidden = true
	for i, w := range t.widths() {
		c := t.columns[i]
		sorted := c.Key == t.Sort
		room := w - 2*tablePad
		if sorted {
			room -= 16
		}
		style := r.titles[i].TextStyle
		r.titles[i].Text = fitText(c.Title, room, func(s string) float32 {
			return fyne.MeasureText(s, r.titles[i].TextSize, style).Width
		})
		h := r.titles[i].MinSize().Height
		left := x + tablePad
		if sorted && c.Right { // the arrow stands before a number's title
			left += 16
		}
		r.titles[i].Move(fyne.NewPos(left, (size.Height-h)/2))
		r.titles[i].Resize(fyne.NewSize(max(0, room), h))
		if sorted {
			r.arrow.Resize(fyne.NewSize(14, 14))
			at := x + tablePad + r.titles[i].MinSize().Width + 3
			if c.Right {
				at = x + w - tablePad - r.titles[i].MinSize().Width - 17
			}
			r.arrow.Move(fyne.NewPos(at, (size.Height-14)/2))
		}
		if i == r.h.hovered && !c.Plain {
			r.over.Hidden = false
			r.over.Move(fyne.NewPos(x, 0))
			r.over.Resize(fyne.NewSize(w, size.Height))
		}
		x += w
		r.rules[i].Move(fyne.NewPos(x-1, 6))
		r.rules[i].Resize(fyne.NewSize(1, max(0, size.Height-12)))
	}
}

func (r *headerRenderer) Refresh() {
	r.style()
	r.Layout(r.h.Size())
	canvas.Refresh(r.h)
}
func (r *headerRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *headerRenderer) Destroy()                     {}

// under gives the column at x and, where x is on a border, the column that the
// border ends; -1 for none.
func (h *tableHeader) under(x float32) (column, border int) {
	left := float32(0)
	column, border = -1, -1
	for i, w := range h.t.widths() {
		if x >= left && x < left+w {
			column = i
		}
		left += w
		if x >= left-grip && x <= left+grip {
			border = i
		}
	}
	return column, border
}

// Tapped is part of fyne.Tappable.
func (h *tableHeader) Tapped(e *fyne.PointEvent) {
	i, border := h.under(e.Position.X)
	t := h.t
	if i < 0 || border >= 0 || t.columns[i].Plain || t.OnSorted == nil {
		return
	}
	if c := t.columns[i]; c.Key == t.Sort {
		t.Down = !t.Down
	} else {
		t.Sort, t.Down = c.Key, false
	}
	h.Refresh()
	t.OnSorted(t.Sort, t.Down)
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (h *tableHeader) TappedSecondary(e *fyne.PointEvent) {
	if h.t.OnHeaderMenu != nil {
		h.t.OnHeaderMenu(e.AbsolutePosition)
	}
}

// MouseDown is part of desktop.Mouseable.
func (h *tableHeader) MouseDown(e *desktop.MouseEvent) {
	_, h.grabbed = h.under(e.Position.X)
	h.moved = false
}

// MouseUp is part of desktop.Mouseable.
func (h *tableHeader) MouseUp(*desktop.MouseEvent) {
	if !h.moved {
		h.grabbed = -1
	}
}

// Dragged is part of fyne.Draggable.
func (h *tableHeader) Dragged(e *fyne.DragEvent) {
	if h.grabbed < 0 || h.grabbed >= len(h.t.columns) {
		return
	}
	h.moved = true
	widths := h.t.widths()
	c := &h.t.columns[h.grabbed]
	scale := theme.Size(theme.SizeBody) / 13.5
	c.Width = max(leastColumn, (widths[h.grabbed]+e.Dragged.DX)/scale)
	h.t.body.place(true)
	h.t.Refresh()
}

// DragEnd is part of fyne.Draggable.
func (h *tableHeader) DragEnd() {
	if h.grabbed >= 0 && h.grabbed < len(h.t.columns) && h.t.OnResized != nil {
		c := h.t.columns[h.grabbed]
		h.t.OnResized(c.Key, c.Width)
	}
	h.grabbed, h.moved = -1, false
}

// MouseIn is part of desktop.Hoverable.
func (h *tableHeader) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (h *tableHeader) MouseMoved(e *desktop.MouseEvent) {
	i, border := h.under(e.Position.X)
	h.border = border >= 0
	if i != h.hovered {
		h.hovered = i
		h.Refresh()
	}
}

// MouseOut is part of desktop.Hoverable.
func (h *tableHeader) MouseOut() {
	h.hovered, h.border = -1, false
	h.Refresh()
}

// Cursor shows what a press would do.
func (h *tableHeader) Cursor() desktop.Cursor {
	if h.border {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

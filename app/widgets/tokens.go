package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ft "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Option is one value that a completion offers.
type Option struct {
	Key   string
	Label string
	Note  string        // at the right, such as a count
	Lead  fyne.Resource // a flag or an icon, nil for none
}

// Tokens is a field for several values, each a chip, with completion below as
// one types. Return takes the marked suggestion, the arrows move the mark, and
// Backspace in the empty field takes the last chip away.
type Tokens struct {
	Box       *fyne.Container
	Entry     *Entry
	OnChanged func(keys []string)
	Max       int // how many values at most; zero: any number

	complete func(typed string) []Option
	make     func(typed string) (Option, bool) // nil: only what is offered

	chosen []Option
	chips  *Flow
	list   *suggestions
}

// NewTokens makes the field. complete gives what fits what was typed, best
// first, and also for nothing typed; make turns free text into a value, nil
// where only offered values may be taken.
func NewTokens(placeholder string, complete func(string) []Option, make func(string) (Option, bool)) *Tokens {
	t := &Tokens{complete: complete, make: make, chips: NewFlow(), Entry: NewEntry(placeholder)}
	t.list = newSuggestions(func(o Option) { t.take(o) })
	t.list.Hide()
	t.chips.Hide()
	t.Entry.OnChanged = func(string) { t.suggest() }
	t.Entry.OnFocus = func(on bool) {
		if on {
			t.suggest()
			return
		}
		// A click on a suggestion takes the focus first: the list goes away only
		// where it is not what is being pressed.
		if !t.list.hovered() {
			t.list.Hide()
			if s := strings.TrimSpace(t.Entry.Text); s != "" && t.make != nil {
				if o, ok := t.make(s); ok {
					t.take(o)
				}
			}
		}
	}
	t.Entry.OnKey = t.key
	t.Box = Column(4, t.chips, t.Entry, t.list)
	return t
}

func (t *Tokens) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		if !t.list.Visible() {
			t.suggest()
		}
		t.list.move(1)
	case fyne.KeyUp:
		t.list.move(-1)
	case fyne.KeyEscape:
		if !t.list.Visible() {
			return false
		}
		t.list.Hide()
	case fyne.KeyReturn, fyne.KeyEnter:
		t.accept()
	case fyne.KeyBackspace:
		if t.Entry.Text != "" || len(t.chosen) == 0 {
			return false
		}
		t.remove(len(t.chosen) - 1)
	default:
		return false
	}
	return true
}

// Accept takes what is typed as the value that fits it best, where one does.
func (t *Tokens) Accept() {
	if strings.TrimSpace(t.Entry.Text) != "" {
		t.suggest()
		t.accept()
	}
}

func (t *Tokens) accept() {
	typed := strings.TrimSpace(t.Entry.Text)
	if o, ok := t.list.marked(); ok && (typed != "" || t.list.moved) {
		t.take(o)
		return
	}
	if typed != "" && t.make != nil {
		if o, ok := t.make(typed); ok {
			t.take(o)
		}
	}
}

// Keys are the chosen values' keys.
func (t *Tokens) Keys() []string {
	out := make([]string, len(t.chosen))
	for i, o := range t.chosen {
		out[i] = o.Key
	}
	return out
}

// Set replaces the chosen values without calling OnChanged.
func (t *Tokens) Set(options []Option) {
	t.chosen = append([]Option(nil), options...)
	t.show()
}

// Add adds a value where it is not there yet, without calling OnChanged.
func (t *Tokens) Add(o Option) {
	if !t.has(o.Key) {
		t.chosen = append(t.chosen, o)
		t.show()
	}
}

func (t *Tokens) has(key string) bool {
	for _, o := range t.chosen {
		if strings.EqualFold(o.Key, key) {
			return true
		}
	}
	return false
}

func (t *Tokens) take(o Option) {
	t.list.Hide()
	full := t.Max > 0 && len(t.chosen) >= t.Max
	if !t.has(o.Key) && !full {
		t.chosen = append(t.chosen, o)
		t.show()
		t.changed()
	}
	t.Entry.SetText("")
	t.list.Hide()
}

func (t *Tokens) remove(i int) {
	t.chosen = append(t.chosen[:i:i], t.chosen[i+1:]...)
	t.show()
	t.changed()
}

func (t *Tokens) changed() {
	if t.OnChanged != nil {
		t.OnChanged(t.Keys())
	}
}

func (t *Tokens) show() {
	var chips []fyne.CanvasObject
	for i, o := range t.chosen {
		c := NewChip(o.Label, Neutral)
		c.Lead = o.Lead
		c.OnRemove = func() { t.remove(i) }
		chips = append(chips, c)
	}
	t.chips.Set(chips...)
	if len(chips) == 0 {
		t.chips.Hide()
	} else {
		t.chips.Show()
	}
	t.Box.Refresh()
}

func (t *Tokens) suggest() {
	var fit []Option
	for _, o := range t.complete(strings.TrimSpace(t.Entry.Text)) {
		if !t.has(o.Key) {
			fit = append(fit, o)
		}
		if len(fit) == 6 {
			break
		}
	}
	t.list.set(fit)
	if len(fit) == 0 || t.Max > 0 && len(t.chosen) >= t.Max {
		t.list.Hide()
	} else {
		t.list.Show()
	}
	t.Box.Refresh()
}

// suggestions is the short list below a field.
type suggestions struct {
	widget.BaseWidget
	options []Option
	at      int
	moved   bool
	inside  bool
	tapped  func(Option)
}

func newSuggestions(tapped func(Option)) *suggestions {
	s := &suggestions{tapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

func (s *suggestions) hovered() bool { return s.inside && s.Visible() }

func (s *suggestions) set(o []Option) {
	s.options, s.at, s.moved = o, 0, false
	s.Refresh()
}

func (s *suggestions) move(by int) {
	if len(s.options) == 0 {
		return
	}
	if s.moved || by < 0 {
		s.at = (s.at + by + len(s.options)) % len(s.options)
	}
	s.moved = true
	s.Refresh()
}

func (s *suggestions) marked() (Option, bool) {
	if !s.Visible() || s.at >= len(s.options) {
		return Option{}, false
	}
	return s.options[s.at], true
}

func (s *suggestions) rowHeight() float32 {
	return fyne.MeasureText("Ág", theme.Size(theme.SizeBody), fyne.TextStyle{}).Height + 8
}

func (s *suggestions) row(y float32) int { return int((y - 3) / s.rowHeight()) }

// Tapped is part of fyne.Tappable.
func (s *suggestions) Tapped(e *fyne.PointEvent) {
	if i := s.row(e.Position.Y); i >= 0 && i < len(s.options) {
		s.tapped(s.options[i])
	}
}

// MouseIn is part of desktop.Hoverable.
func (s *suggestions) MouseIn(e *desktop.MouseEvent) { s.inside = true; s.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (s *suggestions) MouseMoved(e *desktop.MouseEvent) {
	if i := s.row(e.Position.Y); i != s.at && i >= 0 && i < len(s.options) {
		s.at = i
		s.Refresh()
	}
}

// MouseOut is part of desktop.Hoverable.
func (s *suggestions) MouseOut() { s.inside = false }

// Cursor is a hand.
func (s *suggestions) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer is part of the widget interface.
func (s *suggestions) CreateRenderer() fyne.WidgetRenderer {
	r := &suggestRenderer{s: s, ground: canvas.NewRectangle(nil), mark: canvas.NewRectangle(nil)}
	r.build()
	return r
}

type suggestRenderer struct {
	s            *suggestions
	ground, mark *canvas.Rectangle
	rows         []fyne.CanvasObject
}

func (r *suggestRenderer) build() {
	r.ground.CornerRadius, r.mark.CornerRadius = 5, 4
	r.ground.FillColor = theme.Color(ft.ColorNameMenuBackground)
	r.ground.StrokeColor = theme.Color(theme.ColorBorder)
	r.ground.StrokeWidth = 1
	r.mark.FillColor = theme.Color(theme.ColorSelected)
	r.rows = r.rows[:0]
	for _, o := range r.s.options {
		t := NewText(o.Label, theme.SizeBody, "")
		n := Muted(o.Note)
		n.Whole = true
		img := canvas.NewImageFromResource(o.Lead)
		img.FillMode = canvas.ImageFillContain
		img.SetMinSize(fyne.NewSize(18, 14))
		img.Hidden = o.Lead == nil
		r.rows = append(r.rows, Spread(8, 1, img, t, n))
	}
}

func (r *suggestRenderer) MinSize() fyne.Size {
	return fyne.NewSize(60, float32(len(r.s.options))*r.s.rowHeight()+6)
}

func (r *suggestRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	h := r.s.rowHeight()
	for i, row := range r.rows {
		row.Move(fyne.NewPos(10, 3+float32(i)*h))
		row.Resize(fyne.NewSize(max(0, size.Width-20), h))
	}
	r.mark.Move(fyne.NewPos(3, 3+float32(r.s.at)*h))
	r.mark.Resize(fyne.NewSize(max(0, size.Width-6), h))
}

func (r *suggestRenderer) Refresh() {
	r.build()
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}

func (r *suggestRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.ground, r.mark}, r.rows...)
}
func (r *suggestRenderer) Destroy() {}

// Offer replaces what the completion offers.
func (t *Tokens) Offer(complete func(string) []Option) { t.complete = complete }

// Commit takes what is typed but not yet a value, where free text may be one.
func (t *Tokens) Commit() {
	typed := strings.TrimSpace(t.Entry.Text)
	if typed == "" || t.make == nil {
		return
	}
	if o, ok := t.make(typed); ok {
		t.take(o)
	}
}

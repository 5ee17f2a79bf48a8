package window

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// How long a word to the user stays.
const (
	toastTime    = 5 * time.Second
	badToastTime = 12 * time.Second
	mostToasts   = 3
)

// toasts shows short words above the status line.
type toasts struct {
	w     *Window
	layer *fyne.Container
	shown []*toast
}

type toast struct {
	box   fyne.CanvasObject
	timer *time.Timer
}

func newToasts(w *Window) *toasts {
	t := &toasts{w: w}
	t.layer = container.New(toastLayout{})
	return t
}

// toastLayout stacks toasts from the bottom up, in the middle.
type toastLayout struct{}

func (toastLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }
func (toastLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := size.Height - 44
	for i := len(objects) - 1; i >= 0; i-- {
		m := objects[i].MinSize()
		m.Width = min(max(m.Width, 220), size.Width-40)
		objects[i].Resize(m)
		objects[i].Move(fyne.NewPos((size.Width-m.Width)/2, y-m.Height))
		y -= m.Height + 8
	}
}

// Toast is part of session.Session.
func (w *Window) Toast(t session.Toast) {
	if w.closed {
		return
	}
	w.toasts.show(t)
	w.Trace("toast", map[string]any{"text": t.Text, "bad": t.Bad})
}

func (ts *toasts) show(t session.Toast) {
	colour := theme.ColorOnToast
	text := widgets.NewText(t.Text, theme.SizeBody, colour)
	text.Whole = true
	ground := canvas.NewRectangle(theme.Color(theme.ColorToast))
	ground.CornerRadius = 8
	if t.Bad {
		ground.StrokeColor = theme.Color("error")
		ground.StrokeWidth = 2
	}
	this := &toast{}
	items := []fyne.CanvasObject{text}
	gone := func() { ts.drop(this) }
	if t.Action != "" {
		items = append(items, newToastButton(t.Action, func() { gone(); t.Do() }))
	}
	if t.Detail != "" {
		items = append(items, newToastButton("Details", func() { gone(); ts.w.details(t.Text, t.Detail) }))
	}
	items = append(items, newToastButton("×", gone))
	this.box = container.NewStack(ground, widgets.Pad(theme.Gap4, theme.Gap2+2, widgets.Spread(theme.Gap3, 0, items...)))
	ts.shown = append(ts.shown, this)
	if len(ts.shown) > mostToasts {
		ts.drop(ts.shown[0])
	}
	stay := toastTime
	if t.Bad {
		stay = badToastTime
	}
	this.timer = time.AfterFunc(stay, func() { ts.w.Deliver(gone) })
	ts.fill()
}

func (ts *toasts) drop(t *toast) {
	for i, x := range ts.shown {
		if x == t {
			if x.timer != nil {
				x.timer.Stop()
			}
			ts.shown = append(ts.shown[:i:i], ts.shown[i+1:]...)
			ts.fill()
			return
		}
	}
}

// forget stops all timers.
func (ts *toasts) forget() {
	for _, t := range ts.shown {
		t.timer.Stop()
	}
	ts.shown = nil
}

func (ts *toasts) fill() {
	ts.layer.Objects = nil
	for _, t := range ts.shown {
		ts.layer.Objects = append(ts.layer.Objects, t.box)
	}
	ts.layer.Refresh()
}

// toastButton is a word in a toast that can be pressed.
type toastButton struct {
	widgets.Text
	tapped func()
}

func newToastButton(label string, tapped func()) *toastButton {
	b := &toastButton{tapped: tapped}
	b.Text.Text, b.Colour, b.Bold, b.Whole = label, theme.ColorOnToast, true, true
	b.ExtendBaseWidget(b)
	return b
}

func (b *toastButton) Tapped(*fyne.PointEvent) { b.tapped() }
func (b *toastButton) Cursor() desktop.Cursor  { return desktop.PointerCursor }

// Fail is part of session.Session: what happened, why, what to do next.
func (w *Window) Fail(doing string, err error) {
	w.Trace("failed", map[string]any{"doing": doing, "error": err.Error()})
	w.Toast(session.Toast{Bad: true, Text: "Could not " + doing + ". " + nextStep(err), Detail: "Could not " + doing + ":\n" + err.Error()})
}

// nextStep says what a person can do about an error, or what it was.
func nextStep(err error) string {
	var file *notebook.FileError
	switch {
	case errors.As(err, &file) && file.Next != "":
		return sentence(file.Next)
	case errors.Is(err, notebook.ErrReadOnly):
		return "The notebook is open for reading only."
	case errors.Is(err, notebook.ErrNotFound):
		return "It is not in this notebook any more."
	case errors.Is(err, notebook.ErrDamaged):
		return "The notebook is damaged: verify it (File menu), then restore a backup."
	}
	return sentence(present.Short(err.Error(), 110))
}

func sentence(s string) string {
	s = present.UpperFirst(strings.TrimSpace(s))
	if s != "" && !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "…") {
		s += "."
	}
	return s
}

// block covers the window with a word while the notebook is not there.
func (w *Window) block(text string) {
	w.uncover()
	t := widgets.NewText(text, theme.SizeBody, "")
	t.Whole = true
	widget.NewModalPopUp(widgets.Pad(theme.Gap6, theme.Gap4, t), w.win.Canvas()).Show()
}

// uncover takes away what lies over the window: forms, menus, the palette.
func (w *Window) uncover() {
	c := w.win.Canvas()
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		if p, _ := widgets.Over(c); p != nil {
			p.Hide()
		}
		c.Overlays().Remove(top)
	}
}

// details shows what is known of a fault, to be copied.
func (w *Window) details(title, text string) {
	t := widgets.NewText("Details", theme.SizeSub, "")
	t.Bold = true
	body := widget.NewLabel(text)
	body.Wrapping = fyne.TextWrapWord
	body.Selectable = true
	var pop *widget.PopUp
	closeIt := widgets.Primary("Close", "", func() { pop.Hide() })
	closeIt.OnEscape = func() { pop.Hide() }
	buttons := widgets.Spread(theme.Gap2, 0, container.NewStack(),
		widgets.NewButton("Copy", "copy", func() { w.app.Clipboard().SetContent(title + "\n\n" + text) }),
		closeIt)
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, container.NewBorder(t, buttons, nil, nil, container.NewVScroll(body))), w.win.Canvas())
	pop.Resize(fyne.NewSize(560, 320))
	pop.Show()
	w.win.Canvas().Focus(closeIt)
}

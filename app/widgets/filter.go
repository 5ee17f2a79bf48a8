package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Entry is the toolkit's field with the keys that a form needs: Escape, the
// arrows, and Return in a field of several lines with Ctrl.
type Entry struct {
	widget.Entry
	OnEscape func()
	OnDown   func()
	OnUp     func()
	OnFocus  func(bool)
	// OnKey sees a key first and reports whether it was used.
	OnKey func(fyne.KeyName) bool
}

// NewEntry makes a field of one line.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.PlaceHolder = placeholder
	e.ExtendBaseWidget(e)
	return e
}

// NewTextEntry makes a field of several lines that wraps.
func NewTextEntry(placeholder string, lines int) *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.PlaceHolder = placeholder
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(lines)
	return e
}

// NewFilter makes a field that narrows a list as one types; Escape clears it.
func NewFilter(placeholder string, changed func(string)) *Entry {
	e := NewEntry(placeholder)
	e.Icon = theme.IconIn("search", theme.ColorMuted)
	e.OnChanged = changed
	e.OnEscape = func() { e.SetText("") }
	return e
}

// TypedKey is part of fyne.Focusable.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k.Name) {
		return
	}
	switch {
	case k.Name == fyne.KeyEscape && e.OnEscape != nil:
		e.OnEscape()
	case k.Name == fyne.KeyDown && e.OnDown != nil:
		e.OnDown()
	case k.Name == fyne.KeyUp && e.OnUp != nil:
		e.OnUp()
	default:
		e.Entry.TypedKey(k)
	}
}

// FocusGained is part of fyne.Focusable.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost is part of fyne.Focusable.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// Toggle is a small switch: a chip that is on or off.
type Toggle struct {
	Chip
	On        bool
	OnChanged func(bool)
}

// NewToggle makes a toggle that is off.
func NewToggle(label string, changed func(bool)) *Toggle {
	t := &Toggle{OnChanged: changed}
	t.Label = label
	t.OnTapped = func() { t.Set(!t.On); t.OnChanged(t.On) }
	t.ExtendBaseWidget(t)
	return t
}

// Set turns the toggle on or off without calling OnChanged.
func (t *Toggle) Set(on bool) {
	t.On = on
	t.Tone = Neutral
	if on {
		t.Tone = Accent
	}
	t.Refresh()
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
)

// Button is the toolkit's button with a tip.
type Button struct {
	widget.Button
	Tip      string
	OnEscape func() // nil: as the toolkit has it
}

// NewButton makes a button with a label and an icon's name, either empty.
func NewButton(label, icon string, tapped func()) *Button {
	b := &Button{}
	b.Text = label
	if icon != "" {
		b.Icon = theme.Icon(icon)
	}
	b.OnTapped = tapped
	b.ExtendBaseWidget(b)
	return b
}

// IconButton makes a flat button of an icon alone; its tip says what it does.
func IconButton(icon, tip string, tapped func()) *Button {
	b := NewButton("", icon, tapped)
	b.Importance = widget.LowImportance
	b.Tip = tip
	return b
}

// Primary makes the button of a screen or form that does its main thing.
func Primary(label, icon string, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.HighImportance
	return b
}

// Flat makes a button without a ground.
func Flat(label, icon string, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// TypedKey is part of fyne.Focusable.
func (b *Button) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape && b.OnEscape != nil {
		b.OnEscape()
		return
	}
	b.Button.TypedKey(e)
}

// MouseIn is part of desktop.Hoverable.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.Button.MouseIn(e)
	showTip(b, b.Tip)
}

// MouseOut is part of desktop.Hoverable.
func (b *Button) MouseOut() {
	b.Button.MouseOut()
	hideTip(b)
}

// Tapped is part of fyne.Tappable.
func (b *Button) Tapped(e *fyne.PointEvent) {
	hideTip(b)
	b.Button.Tapped(e)
}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// List is the toolkit's virtualised list with the keys of a desktop list: the
// arrows select, Home and End go to the ends, Return opens, Delete deletes.
type List struct {
	widget.List
	OnOpen   func(int)
	OnDelete func(int)
	OnChosen func(int) // as OnSelected, but not for Choose

	at     int
	silent bool
}

// NewList makes a list of rows of one height.
func NewList(length func() int, create func() fyne.CanvasObject, update func(int, fyne.CanvasObject)) *List {
	l := &List{at: -1}
	l.Length = length
	l.CreateItem = create
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		update(i, o)
		if r, ok := o.(*Row); ok {
			r.OnTapped = func() { l.Tap(i) }
		}
	}
	l.HideSeparators = true
	l.OnSelected = func(i int) {
		l.at = i
		if !l.silent && l.OnChosen != nil {
			l.OnChosen(i)
		}
	}
	l.OnUnselected = func(int) { l.at = -1 }
	l.ExtendBaseWidget(l)
	return l
}

// Tap is a click on a row: it selects it and gives the list the keyboard.
func (l *List) Tap(i int) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	if i == l.at && l.OnChosen != nil {
		l.OnChosen(i)
		return
	}
	l.Select(i)
}

// At is the selected row, -1 for none.
func (l *List) At() int { return l.at }

// Choose selects a row without calling OnChosen; a row that is not there
// unselects.
func (l *List) Choose(i int) {
	if i == l.at {
		return
	}
	l.silent = true
	defer func() { l.silent = false }()
	if i < 0 || i >= l.Length() {
		l.UnselectAll()
		l.at = -1
		return
	}
	l.Select(i)
}

// TypedKey is part of fyne.Focusable.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	n := l.Length()
	if n == 0 {
		return
	}
	var to int
	switch e.Name {
	case fyne.KeyDown:
		to = min(l.at+1, n-1)
	case fyne.KeyUp:
		to = max(l.at-1, 0)
	case fyne.KeyPageDown:
		to = min(l.at+10, n-1)
	case fyne.KeyPageUp:
		to = max(l.at-10, 0)
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = n - 1
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if l.at >= 0 && l.OnOpen != nil {
			l.OnOpen(l.at)
		}
		return
	case fyne.KeyDelete:
		if l.at >= 0 && l.OnDelete != nil {
			l.OnDelete(l.at)
		}
		return
	default:
		return
	}
	if to != l.at {
		l.Select(to)
	}
}

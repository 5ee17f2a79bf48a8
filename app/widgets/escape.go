package widgets

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Over is the pop-up that lies topmost over a canvas, nil where none does, and
// whether it is modal. A menu is no pop-up.
func Over(c fyne.Canvas) (p *widget.PopUp, modal bool) {
	top := c.Overlays().Top()
	if top == nil {
		return nil, false
	}
	// What the toolkit puts there is a type of its own, whose name cannot be said
	// outside of it; its fields can be read. Only a modal one has a background.
	field := func(name string) any {
		v := reflect.Indirect(reflect.ValueOf(top))
		if v.Kind() != reflect.Struct {
			return nil
		}
		if f := v.FieldByName(name); f.IsValid() && f.CanInterface() {
			return f.Interface()
		}
		return nil
	}
	p, _ = field("Content").(*widget.PopUp)
	return p, p != nil && field("Background") != nil
}

// EscapeOf finds what the Escape key does in a form or sheet: what its first
// button or field with an OnEscape does, nil where there is none. A click beside
// all fields takes the focus away, so that the key reaches none of them.
func EscapeOf(o fyne.CanvasObject) func() {
	switch x := o.(type) {
	case *Button:
		return x.OnEscape
	case *Entry:
		return x.OnEscape
	case *container.Scroll:
		return EscapeOf(x.Content)
	case *fyne.Container:
		for _, part := range x.Objects {
			if do := EscapeOf(part); do != nil {
				return do
			}
		}
	}
	return nil
}

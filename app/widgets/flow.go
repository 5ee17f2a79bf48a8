package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Flow lays objects out in lines, each as wide as it wants, and breaks lines
// where the width ends.
type Flow struct {
	widget.BaseWidget
	objects []fyne.CanvasObject
	height  float32
}

// NewFlow makes a Flow of objects.
func NewFlow(objects ...fyne.CanvasObject) *Flow {
	f := &Flow{objects: objects}
	f.ExtendBaseWidget(f)
	return f
}

// Set replaces the objects.
func (f *Flow) Set(objects ...fyne.CanvasObject) {
	f.objects = objects
	f.Refresh()
}

// CreateRenderer is part of the widget interface.
func (f *Flow) CreateRenderer() fyne.WidgetRenderer { return &flowRenderer{f: f} }

type flowRenderer struct{ f *Flow }

func (r *flowRenderer) MinSize() fyne.Size {
	var w, h float32
	for _, o := range r.f.objects {
		if o.Visible() {
			m := o.MinSize()
			w, h = max(w, m.Width), max(h, m.Height)
		}
	}
	// A single long chip must not force its column wide.
	return fyne.NewSize(min(w, 60), max(h, r.f.height))
}

func (r *flowRenderer) Layout(size fyne.Size) {
	var x, y, line float32
	for _, o := range r.f.objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		m.Width = min(m.Width, max(size.Width, 1))
		if x > 0 && x+m.Width > size.Width {
			x, y = 0, y+line+4
			line = 0
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(m)
		x += m.Width + 4
		line = max(line, m.Height)
	}
	if h := y + line; h != r.f.height {
		r.f.height = h
		// The height follows from the width, which is known only now: ask the
		// parents to look again at the next frame.
		canvas.Refresh(r.f)
	}
}

func (r *flowRenderer) Refresh() {
	r.Layout(r.f.Size())
	canvas.Refresh(r.f)
}
func (r *flowRenderer) Objects() []fyne.CanvasObject { return r.f.objects }
func (r *flowRenderer) Destroy()                     {}

package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Dock sets objects at the edges of an area and one in what is left, without
// the gaps that the toolkit's border layout puts between. Any may be nil.
func Dock(top, bottom, left, right, centre fyne.CanvasObject) *fyne.Container {
	l := &dock{top: top, bottom: bottom, left: left, right: right}
	var all []fyne.CanvasObject
	for _, o := range []fyne.CanvasObject{top, bottom, left, right, centre} {
		if o != nil {
			all = append(all, o)
		}
	}
	return container.New(l, all...)
}

// Ruled puts a hairline below content.
func Ruled(content fyne.CanvasObject) fyne.CanvasObject {
	return Column(0, content, widget.NewSeparator())
}

type dock struct{ top, bottom, left, right fyne.CanvasObject }

func (d *dock) shown(o fyne.CanvasObject) bool { return o != nil && o.Visible() }

func (d *dock) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var mid fyne.Size
	for _, o := range objects {
		if o != d.top && o != d.bottom && o != d.left && o != d.right && o.Visible() {
			mid = mid.Max(o.MinSize())
		}
	}
	for _, o := range []fyne.CanvasObject{d.left, d.right} {
		if d.shown(o) {
			m := o.MinSize()
			mid.Width += m.Width
			mid.Height = max(mid.Height, m.Height)
		}
	}
	for _, o := range []fyne.CanvasObject{d.top, d.bottom} {
		if d.shown(o) {
			m := o.MinSize()
			mid.Height += m.Height
			mid.Width = max(mid.Width, m.Width)
		}
	}
	return mid
}

func (d *dock) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pos, rest := fyne.Position{}, size
	if d.shown(d.top) {
		h := d.top.MinSize().Height
		d.top.Move(pos)
		d.top.Resize(fyne.NewSize(rest.Width, h))
		pos.Y += h
		rest.Height -= h
	}
	if d.shown(d.bottom) {
		h := d.bottom.MinSize().Height
		rest.Height -= h
		d.bottom.Move(fyne.NewPos(0, pos.Y+rest.Height))
		d.bottom.Resize(fyne.NewSize(rest.Width, h))
	}
	if d.shown(d.left) {
		w := d.left.MinSize().Width
		d.left.Move(pos)
		d.left.Resize(fyne.NewSize(w, rest.Height))
		pos.X += w
		rest.Width -= w
	}
	if d.shown(d.right) {
		w := d.right.MinSize().Width
		rest.Width -= w
		d.right.Move(fyne.NewPos(pos.X+rest.Width, pos.Y))
		d.right.Resize(fyne.NewSize(w, rest.Height))
	}
	for _, o := range objects {
		if o != d.top && o != d.bottom && o != d.left && o != d.right && o.Visible() {
			o.Move(pos)
			o.Resize(rest.Max(fyne.Size{}))
		}
	}
}

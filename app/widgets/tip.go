package widgets

import (
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/theme"
)

// TipDelay is how long the pointer rests before a tip is shown.
const TipDelay = 550 * time.Millisecond

// TipLayer shows the tips of one window: a layer above its content that takes
// no events. Fyne's own overlays would take the pointer away from what the tip
// explains.
type TipLayer struct {
	box   *fyne.Container
	mu    sync.Mutex
	timer *time.Timer
	owner fyne.CanvasObject
}

var tipLayers sync.Map // fyne.Canvas → *TipLayer

// NewTipLayer makes the layer of a canvas; put its Object on top of the
// window's content.
func NewTipLayer(c fyne.Canvas) *TipLayer {
	l := &TipLayer{box: container.NewWithoutLayout()}
	tipLayers.Store(c, l)
	return l
}

// Object is the layer itself.
func (l *TipLayer) Object() fyne.CanvasObject { return l.box }

// Forget lets the layer of a closed window's canvas go.
func (l *TipLayer) Forget(c fyne.Canvas) { tipLayers.Delete(c) }

func layerOf(o fyne.CanvasObject) *TipLayer {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	if l, ok := tipLayers.Load(c); ok {
		return l.(*TipLayer)
	}
	return nil
}

// showTip shows text by o once the pointer has rested.
func showTip(o fyne.CanvasObject, text string) {
	if text == "" {
		return
	}
	l := layerOf(o)
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer != nil {
		l.timer.Stop()
	}
	l.owner = o
	l.timer = time.AfterFunc(TipDelay, func() {
		fyne.Do(func() {
			l.mu.Lock()
			still := l.owner == o
			l.mu.Unlock()
			if still {
				l.place(o, text)
			}
		})
	})
}

// hideTip takes the tip of o away.
func hideTip(o fyne.CanvasObject) {
	l := layerOf(o)
	if l == nil {
		return
	}
	l.mu.Lock()
	mine := l.owner == o
	if mine {
		l.owner = nil
		if l.timer != nil {
			l.timer.Stop()
		}
	}
	l.mu.Unlock()
	if mine && len(l.box.Objects) > 0 {
		l.box.RemoveAll()
	}
}

func (l *TipLayer) place(o fyne.CanvasObject, text string) {
	t := NewText(text, theme.SizeCaption, theme.ColorOnToast)
	t.Whole = true
	ground := canvas.NewRectangle(theme.Color(theme.ColorToast))
	ground.CornerRadius = 4
	size := t.MinSize().AddWidthHeight(14, 8)
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(o)
	if c == nil {
		return
	}
	at := d.AbsolutePositionForObject(o)
	origin := d.AbsolutePositionForObject(l.box)
	pos := at.Subtract(origin).AddXY((o.Size().Width-size.Width)/2, o.Size().Height+4)
	if pos.Y+size.Height > l.box.Size().Height {
		pos.Y = at.Y - origin.Y - size.Height - 4
	}
	pos.X = max(4, min(pos.X, l.box.Size().Width-size.Width-4))
	ground.Resize(size)
	ground.Move(pos)
	t.Resize(t.MinSize())
	t.Move(pos.AddXY(7, 4))
	l.box.Objects = []fyne.CanvasObject{ground, t}
	l.box.Refresh()
}

// ShowTip shows text by o, a widget of a screen's own, once the pointer has
// rested on it. HideTip takes it away.
func ShowTip(o fyne.CanvasObject, text string) { showTip(o, text) }

// HideTip is the end of ShowTip.
func HideTip(o fyne.CanvasObject) { hideTip(o) }

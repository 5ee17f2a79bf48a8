package reading

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"sourcebook/app/widgets/reader"
)

// trace tells a test where the reader stands on the window, in the canvas's
// coordinates. The place is known only once the window has been drawn.
func (p *Pane) trace() {
	if !p.s.Tracing() {
		return
	}
	id := p.id
	p.s.Background(func(ctx context.Context) {
		told := make(chan bool, 1)
		for range 100 {
			select {
			case <-time.After(50 * time.Millisecond):
			case <-ctx.Done():
				return
			}
			p.s.Deliver(func() { told <- p.tell(id) })
			select {
			case done := <-told:
				if done {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	})
}

// tell writes the state once the reader is drawn. It reports whether there is
// nothing more to tell.
func (p *Pane) tell(id any) bool {
	if p.held == nil || any(p.id) != id {
		return true
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.reader)
	size := p.reader.Size()
	if at.IsZero() || size.IsZero() {
		return false
	}
	p.s.Trace("source opened", map[string]any{
		"source": string(p.id), "title": p.held.source.Title, "kind": string(p.held.source.Kind),
		"reader": []float32{at.X, at.Y, size.Width, size.Height},
	})
	return true
}

func (p *Pane) traceSelection(sel reader.Range) {
	at, size, _ := p.reader.SelectionRect()
	p.s.Trace("selection", map[string]any{"start": sel.Start, "end": sel.End, "rect": []float32{at.X, at.Y, size.Width, size.Height}})
}

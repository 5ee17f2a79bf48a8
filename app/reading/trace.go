package reading

import (
	"fyne.io/fyne/v2"

	"sourcebook/app/widgets/reader"
)

// trace tells a test where the reader stands on the window, in the canvas's
// coordinates, once its text is laid out.
func (p *Pane) trace() {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.reader)
	size := p.reader.Size()
	p.s.Trace("source opened", map[string]any{
		"source": string(p.id), "title": p.held.source.Title, "kind": string(p.held.source.Kind),
		"reader": []float32{at.X, at.Y, size.Width, size.Height},
	})
}

func (p *Pane) traceSelection(sel reader.Range) {
	at, size, _ := p.reader.SelectionRect()
	p.s.Trace("selection", map[string]any{"start": sel.Start, "end": sel.End, "rect": []float32{at.X, at.Y, size.Width, size.Height}})
}

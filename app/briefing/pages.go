package briefing

import (
	"bytes"
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/export"
	"sourcebook/app/paper"
	"sourcebook/app/session"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/pages"
	compose "sourcebook/notebook/briefing"
)

// renderDelay is how long a briefing rests before its pages are drawn anew, so
// that typing does not draw every letter.
const renderDelay = 350 * time.Millisecond

// sheets shows the pages of a briefing as the exported PDF has them.
type sheets struct {
	s      session.Session
	box    *fyne.Container
	viewer *pages.Viewer
	pdf    *paper.PDF
	shown  *compose.Document // that the pages are of, or are being made of
	cancel context.CancelFunc
	turn   int
}

func newSheets(s session.Session) *sheets {
	v := &sheets{s: s, viewer: pages.New(pages.Runner{Background: s.Background, Deliver: s.Deliver})}
	v.box = container.NewStack(widgets.Empty("loading", "Setting the pages…", ""))
	return v
}

// show sets the pages of a document and draws those in view. An earlier one that
// is still being set is given up.
func (v *sheets) show(d *compose.Document) {
	if d == v.shown && d != nil {
		return
	}
	v.stop()
	v.shown = d
	turn, again := v.turn, v.pdf != nil
	v.s.Background(func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		v.s.Deliver(func() {
			if turn == v.turn {
				v.cancel = cancel
			} else {
				cancel()
			}
		})
		if again { // the first is wanted at once
			select {
			case <-time.After(renderDelay):
			case <-ctx.Done():
				return
			}
		}
		var out bytes.Buffer
		err := export.Render(ctx, &out, d, export.PDF)
		var pdf *paper.PDF
		if err == nil {
			pdf, err = paper.Open(ctx, out.Bytes())
		}
		v.s.Deliver(func() {
			switch {
			case turn != v.turn:
				v.let(pdf)
			case err != nil:
				v.shown = nil
				v.set(widgets.Empty("error", "The pages cannot be shown", err.Error()))
			default:
				v.let(v.pdf)
				v.pdf = pdf
				v.set(v.viewer.Content())
				v.viewer.Show(pdf)
				v.s.Trace("pages shown", map[string]any{"pages": pdf.Count()})
			}
		})
	})
}

// stop gives up what is being set.
func (v *sheets) stop() {
	v.turn++
	v.shown = nil
	if v.cancel != nil {
		v.cancel()
		v.cancel = nil
	}
}

// close lets go of the pages.
func (v *sheets) close() {
	v.stop()
	v.let(v.pdf)
	v.pdf = nil
	v.viewer.Show(nil)
}

// let closes a PDF away from the toolkit's thread: a page that is being drawn is
// waited for.
func (v *sheets) let(pdf *paper.PDF) {
	if pdf != nil {
		v.s.Background(func(context.Context) { _ = pdf.Close() })
	}
}

func (v *sheets) set(o fyne.CanvasObject) {
	if len(v.box.Objects) == 1 && v.box.Objects[0] == o {
		return
	}
	v.box.Objects = []fyne.CanvasObject{o}
	v.box.Refresh()
}

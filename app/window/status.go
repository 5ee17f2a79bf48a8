package window

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

// status is the line at the bottom: what is saved, the search index, the work
// that is under way.
type status struct {
	w      *Window
	box    *fyne.Container
	state  *widgets.Text
	index  *widgets.Text
	backup *widgets.Text
	jobs   *fyne.Container
	busy   int
}

func newStatus(w *Window) *status {
	s := &status{w: w, state: widgets.Muted(""), index: widgets.Muted(""), backup: widgets.Muted("")}
	s.state.Whole, s.index.Whole, s.backup.Whole = true, true, true
	s.jobs = container.NewHBox()
	line := widgets.Spread(theme.Gap4, 1, s.state, container.NewStack(), s.backup, s.index, s.jobs)
	s.box = widgets.Dock(widget.NewSeparator(), nil, nil, nil,
		container.NewStack(widgets.NewSurface(theme.ColorSidebar), widgets.Pad(theme.Gap3, 2, widgets.Tall(24, line))))
	return s
}

func (s *status) working() {
	s.busy++
	s.state.SetText("Saving…")
	s.box.Refresh()
}

func (s *status) saved() {
	s.busy = max(0, s.busy-1)
	if s.busy == 0 && s.w.nb != nil {
		s.state.SetText("All changes saved in " + filepath.Base(s.w.nb.Path()))
		s.box.Refresh()
	}
}

// backedUp says when the last backup was made.
func (s *status) backedUp(at time.Time) {
	s.backup.SetText("Backed up " + at.Local().Format("15:04"))
	s.box.Refresh()
}

// indexing shows how far the search index is; nothing once it is done.
func (s *status) indexing(done, total int) {
	text := ""
	if total > 0 && done < total {
		text = "Building the search index: " + present.Number(done) + " of " + present.Number(total)
	}
	s.index.SetText(text)
	s.box.Refresh()
}

// job is a piece of work in the status line.
type job struct {
	w      *Window
	ctx    context.Context
	cancel context.CancelFunc
	box    fyne.CanvasObject
	name   *widgets.Text
	title  string
	bar    *widget.ProgressBar
	spin   *widget.ProgressBarInfinite
}

// Working is part of session.Session.
func (w *Window) Working(name string) session.Work { return w.working(name, nil, nil) }

// working is Working; stop is told of a cancel, and more, where there is more to
// see, is offered.
func (w *Window) working(name string, stop, more func()) session.Work {
	j := &job{w: w, title: name}
	j.ctx, j.cancel = context.WithCancel(w.ctx)
	j.name = widgets.Muted(name)
	j.name.Whole = true
	j.bar = widget.NewProgressBar()
	j.bar.TextFormatter = func() string { return "" }
	j.bar.Hide()
	j.spin = widget.NewProgressBarInfinite()
	cancel := widgets.NewChip("Cancel", widgets.Neutral)
	cancel.OnTapped = func() {
		j.cancel()
		if stop != nil {
			stop()
		}
		j.name.SetText("Cancelling…")
	}
	bars := container.NewStack(j.bar, j.spin)
	line := widgets.Line(theme.Gap2, j.name, widgets.Wide(160, container.New(low{}, bars)))
	if more != nil {
		see := widgets.NewChip("Show", widgets.Neutral)
		see.OnTapped = more
		line.Add(see)
	}
	line.Add(cancel)
	j.box = line
	w.status.jobs.Add(j.box)
	w.status.box.Refresh()
	return j
}

// low keeps a bar from making the status line taller.
type low struct{}

func (low) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, 8) }
func (low) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[0].Move(fyne.Position{})
}

// Context is part of session.Work.
func (j *job) Context() context.Context { return j.ctx }

// Progress is part of session.Work.
func (j *job) Progress(done, total int) {
	if total <= 0 {
		return
	}
	if j.spin.Visible() {
		j.spin.Stop()
		j.spin.Hide()
		j.bar.Show()
	}
	j.bar.SetValue(float64(done) / float64(total))
	if j.ctx.Err() == nil {
		j.name.SetText(j.title + ": " + present.Number(done) + " of " + present.Number(total))
	}
	j.w.status.box.Refresh()
}

// Finish is part of session.Work.
func (j *job) Finish() {
	j.cancel()
	j.spin.Stop()
	j.w.status.jobs.Remove(j.box)
	j.w.status.box.Refresh()
}

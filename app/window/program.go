package window

import (
	"context"
	"sync"

	"fyne.io/fyne/v2"
)

// program is what the windows share: the toolkit, and the notebooks that are
// open. Its fields belong to the toolkit's thread, but for those set once.
type program struct {
	app     fyne.App
	o       Options
	ctx     context.Context
	stop    context.CancelFunc
	trace   *trace
	deliver func(func())
	start   func(func())
	running sync.WaitGroup

	windows []*Window
	books   []*book
	made    int // windows so far
}

func newProgram(ctx context.Context, a fyne.App, o Options, deliver, start func(func())) *program {
	p := &program{app: a, o: o, deliver: deliver, start: start}
	p.ctx, p.stop = context.WithCancel(ctx)
	p.trace = newTrace(o.Trace)
	p.applyTheme()
	a.Settings().AddListener(func(fyne.Settings) {
		p.tell(func() {
			for _, w := range p.windows {
				w.restyled()
			}
			p.askDesktop()
		})
	})
	p.askDesktop()
	return p
}

// tell runs f on the toolkit's thread, unless the program ends.
func (p *program) tell(f func()) {
	if p.ctx.Err() == nil {
		p.deliver(f)
	}
}

// background runs work away from the toolkit's thread; end waits for it.
func (p *program) background(work func(context.Context)) {
	p.running.Add(1)
	p.start(func() {
		defer p.running.Done()
		work(p.ctx)
	})
}

// close closes all windows, the first one last: its place is remembered.
func (p *program) close() {
	for i := len(p.windows) - 1; i >= 0; i-- {
		p.windows[i].close()
	}
}

// end lets everything go once the toolkit has stopped.
func (p *program) end() {
	p.stop()
	for _, b := range p.books {
		b.halt()
	}
	p.running.Wait()
	for _, b := range p.books {
		b.shut()
	}
	p.trace.close()
}

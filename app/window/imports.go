package window

import (
	"context"
	"strings"
	"sync"
	"time"

	"sourcebook/app/intake"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/notebook"
)

// importState is what has become of an item in the queue.
type importState int

const (
	waiting importState = iota
	done
	failed
	cancelled
)

// queued is one item in the queue of imports.
type queued struct {
	item  intake.Item
	state importState
	last  intake.Result
	parts int      // captures in it, where it is a file of several
	wrong []string // what went wrong with its parts, or with it
	tries int
}

// result says in a few words what has become of an item.
func (q *queued) result() string {
	switch q.state {
	case waiting:
		if q.tries > 0 {
			return "Waiting for another try"
		}
		return "Waiting"
	case cancelled:
		return "Cancelled"
	case failed:
		return present.UpperFirst(strings.Join(q.wrong, "; "))
	}
	says := "Added"
	switch {
	case q.parts > 0:
		says = present.Count(q.parts, "capture")
	case q.last.Outcome == notebook.NewVersion:
		says = "New version"
	case q.last.Outcome != notebook.NewSource:
		says = "Already in the notebook"
	}
	if len(q.wrong) > 0 {
		return says + ". " + present.UpperFirst(strings.Join(q.wrong, "; "))
	}
	if len(q.last.Warnings) > 0 {
		return says + ". " + present.UpperFirst(strings.Join(q.last.Warnings, "; "))
	}
	return present.Join(says, q.last.Title)
}

// imports is the queue of a notebook: batches are imported one after the other.
// Its fields belong to mu: items are told of off the toolkit's thread, which
// looks at them some times a second.
type imports struct {
	b  *book
	mu sync.Mutex
	// queue is all items since it was last cleared, in the order they came.
	queue   []*queued
	batches [][]*queued // not begun
	running []*queued   // the batch at hand
	at      int         // items of running that are done
	cancel  context.CancelFunc
	told    bool // a refresh is on its way
	stopped bool
}

func newImports(b *book) *imports { return &imports{b: b} }

// refreshEvery is how often at most the windows follow a running import.
const refreshEvery = 120 * time.Millisecond

// add puts items at the end of the queue. wrong are what could not be read
// before it began.
func (im *imports) add(items []intake.Item, wrong []intake.Result) {
	im.mu.Lock()
	batch := make([]*queued, 0, len(items))
	for _, it := range items {
		batch = append(batch, &queued{item: it})
	}
	im.queue = append(im.queue, batch...)
	for _, r := range wrong {
		q := &queued{item: r.Item, state: failed, wrong: []string{r.Err.Error()}}
		im.queue = append(im.queue, q)
		batch = append(batch, q) // so that the summary tells of it
	}
	im.batches = append(im.batches, batch)
	im.mu.Unlock()
	im.next()
}

// next begins the batch that is to come, where none is under way.
func (im *imports) next() {
	im.mu.Lock()
	if im.running != nil || im.stopped || len(im.batches) == 0 {
		im.mu.Unlock()
		return
	}
	batch := im.batches[0]
	im.batches = im.batches[1:]
	var todo []*queued
	for _, q := range batch {
		if q.state == waiting {
			todo = append(todo, q)
		}
	}
	im.running, im.at = todo, 0
	if todo == nil {
		im.running = []*queued{}
	}
	ctx, cancel := context.WithCancel(im.b.p.ctx)
	im.cancel = cancel
	im.mu.Unlock()
	name := "Importing"
	if len(todo) == 1 {
		name = "Importing " + present.Short(todo[0].item.Label(), 40)
	}
	works := map[*Window]session.Work{}
	for _, w := range im.b.windows {
		works[w] = w.working(name, im.stopAll, w.showImports)
	}
	im.b.p.background(func(context.Context) {
		defer cancel()
		items := make([]intake.Item, len(todo))
		for i, q := range todo {
			items[i] = q.item
		}
		var sum intake.Summary
		if len(items) > 0 {
			sum = intake.New(im.b.nb, intake.Options{}).Import(ctx, items, func(p intake.Progress) {
				im.progress(p, todo)
				im.tell(works)
			})
		}
		im.b.p.tell(func() {
			for _, work := range works {
				work.Finish()
			}
			im.finish(batch, sum)
		})
	})
	im.tell(works)
}

// progress notes what has become of an item.
func (im *imports) progress(p intake.Progress, todo []*queued) {
	im.mu.Lock()
	defer im.mu.Unlock()
	if p.Part > 0 {
		q := todo[p.Done]
		q.parts = p.Part
		if p.Last.Err != nil {
			q.wrong = append(q.wrong, p.Last.Err.Error())
		} else {
			q.last = p.Last
		}
		return
	}
	q := todo[p.Done-1]
	im.at = p.Done
	q.tries++
	q.state = done
	switch {
	case p.Last.Err != nil:
		q.state, q.wrong = failed, []string{p.Last.Err.Error()}
	case q.parts == 0:
		q.last = p.Last
	case len(q.wrong) == q.parts:
		q.state = failed
	}
}

// tell has the windows follow, soon.
func (im *imports) tell(works map[*Window]session.Work) {
	im.mu.Lock()
	defer im.mu.Unlock()
	if im.told {
		return
	}
	im.told = true
	time.AfterFunc(refreshEvery, func() {
		im.b.p.tell(func() {
			im.mu.Lock()
			im.told = false
			at, total := im.at, len(im.running)
			running := im.running != nil
			im.mu.Unlock()
			if running {
				for _, work := range works {
					work.Progress(at, total)
				}
			}
			im.refresh()
		})
	})
}

// refresh brings the panels in step. It belongs to the toolkit's thread.
func (im *imports) refresh() {
	for _, w := range im.b.windows {
		if w.panel != nil {
			w.panel.refresh()
		}
	}
}

// finish ends a batch and begins the next.
func (im *imports) finish(batch []*queued, sum intake.Summary) {
	im.mu.Lock()
	var tried, wrong []*queued
	for _, q := range batch {
		if q.state == waiting {
			q.state = cancelled
		}
		if q.state == failed {
			wrong = append(wrong, q)
		}
		if q.state != cancelled {
			tried = append(tried, q)
		}
	}
	im.running, im.cancel = nil, nil
	im.mu.Unlock()
	sum.Failed = max(sum.Failed, len(wrong))
	if len(im.b.windows) > 0 && !im.b.halted {
		im.b.windows[0].imported(sum, tried, len(wrong))
	}
	im.refresh()
	im.next()
}

// stopAll cancels what is under way and all that waits. What was kept stays.
func (im *imports) stopAll() {
	im.mu.Lock()
	defer im.mu.Unlock()
	for _, batch := range im.batches {
		for _, q := range batch {
			if q.state == waiting {
				q.state = cancelled
			}
		}
	}
	im.batches = nil
	if im.cancel != nil {
		im.cancel()
	}
}

// stop is stopAll for good.
func (im *imports) stop() {
	im.stopAll()
	im.mu.Lock()
	im.stopped = true
	im.mu.Unlock()
}

// retry tries items again that failed or were cancelled; nil: all of them.
func (im *imports) retry(these []*queued) {
	im.mu.Lock()
	if these == nil {
		these = im.queue
	}
	var batch []*queued
	for _, q := range these {
		if q.state == failed || q.state == cancelled {
			q.state, q.wrong, q.parts = waiting, nil, 0
			batch = append(batch, q)
		}
	}
	if len(batch) > 0 {
		im.batches = append(im.batches, batch)
	}
	im.mu.Unlock()
	im.next()
	im.refresh()
}

// clear forgets what is done with.
func (im *imports) clear() {
	im.mu.Lock()
	var left []*queued
	for _, q := range im.queue {
		if q.state == waiting {
			left = append(left, q)
		}
	}
	im.queue = left
	im.mu.Unlock()
	im.refresh()
}

// tally counts the queue.
type tally struct{ total, waiting, done, failed, cancelled int }

// snapshot gives the queue as it stands, the newest item last.
func (im *imports) snapshot() ([]queued, []*queued, tally) {
	im.mu.Lock()
	defer im.mu.Unlock()
	out := make([]queued, len(im.queue))
	of := make([]*queued, len(im.queue))
	var t tally
	t.total = len(im.queue)
	for i, q := range im.queue {
		out[i], of[i] = *q, q
		switch q.state {
		case waiting:
			t.waiting++
		case done:
			t.done++
		case failed:
			t.failed++
		case cancelled:
			t.cancelled++
		}
	}
	return out, of, t
}

package session

import (
	"context"

	"sourcebook/notebook"
)

// Loader reads from the notebook away from the toolkit's thread and shows what
// it read on it. A later Load makes an earlier one moot, so a slow answer never
// overwrites a newer one. The zero value is ready; it belongs to one screen and
// the toolkit's thread.
type Loader struct {
	seq    int
	cancel context.CancelFunc
}

// Cancel makes what is under way moot.
func (l *Loader) Cancel() {
	l.seq++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// Load reads with read and shows with show, unless a later Load or a Cancel
// came between. An error of read is shown to the user, named by doing.
func Load[T any](s Session, l *Loader, doing string, read func(ctx context.Context, tx *notebook.Tx) (T, error), show func(T)) {
	LoadElse(s, l, read, show, func(err error) { s.Fail(doing, err) })
}

// LoadElse is Load with a way of its own for errors.
func LoadElse[T any](s Session, l *Loader, read func(ctx context.Context, tx *notebook.Tx) (T, error), show func(T), fail func(error)) {
	l.Cancel()
	seq, nb := l.seq, s.Notebook()
	s.Background(func(ctx context.Context) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		s.Deliver(func() {
			if seq == l.seq {
				l.cancel = cancel
			} else {
				cancel()
			}
		})
		var v T
		err := nb.View(func(tx *notebook.Tx) (err error) {
			v, err = read(ctx, tx)
			return err
		})
		s.Deliver(func() {
			switch {
			case seq != l.seq, nb != s.Notebook(): // moot, or of a notebook that was closed since
			case err != nil && ctx.Err() != nil:
			case err != nil:
				fail(err)
			default:
				show(v)
			}
		})
	})
}

package window

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/notebook"
)

// backups has the notebook backed up as long as it is open, and restores
// backups.
type backups struct {
	b      *book
	keeper *notebook.Keeper
}

// Backups are looked after every so many hours, if something has changed; by
// default every hour. Zero is never.
const usualBackups = 1

func newBackups(b *book) *backups {
	k := &backups{b: b}
	if !b.nb.ReadOnly() {
		k.keeper = b.nb.Keep(notebook.KeeperOptions{Every: everyHours(k.hours()), Done: k.done})
	}
	return k
}

func everyHours(n int) time.Duration {
	if n <= 0 {
		return -1
	}
	return time.Duration(n) * time.Hour
}

// hours is how often backups are made, in hours; zero is never.
func (k *backups) hours() int {
	return k.b.p.app.Preferences().IntWithFallback("backup.hours", usualBackups)
}

func (k *backups) setHours(n int) {
	k.b.p.app.Preferences().SetInt("backup.hours", n)
	if k.keeper != nil {
		k.keeper.SetEvery(everyHours(n))
	}
}

// stop may be called twice.
func (k *backups) stop() {
	if k.keeper != nil {
		k.keeper.Stop()
	}
}

// done hears of the backups made on schedule, on the keeper's goroutine.
func (k *backups) done(made notebook.BackupFile, err error) {
	k.b.each(func(w *Window) {
		if err != nil {
			w.Fail("back up the notebook", err)
			return
		}
		w.status.backedUp(made.At)
		w.Trace("backed up", map[string]any{"path": made.Path})
	})
}

// now makes a backup in the background, and tells then.
func (k *backups) now(w *Window, then func()) {
	if k.keeper == nil {
		w.Toast(session.Toast{Text: "The notebook is open for reading only: nothing in it can change"})
		return
	}
	work := w.Working("Backing up")
	k.b.p.background(func(context.Context) {
		made, err := k.keeper.Now(work.Context(), func(n, total int64) {
			w.Deliver(func() { work.Progress(int(n/1000), int(total/1000)) })
		})
		w.Deliver(func() {
			work.Finish()
			if err != nil {
				if !errors.Is(err, context.Canceled) {
					w.Fail("back up the notebook", err)
				}
				return
			}
			k.done(made, nil)
			w.Toast(session.Toast{Text: "Backed up: " + present.Bytes(made.Size)})
			then()
		})
	})
}

// restore puts a backup in the place of the notebook, in all its windows. What
// was there is kept beside it.
func (k *backups) restore(file notebook.BackupFile) {
	b := k.b
	windows := append([]*Window{}, b.windows...)
	if len(windows) == 0 {
		return
	}
	for _, w := range windows {
		w.store()
		w.cancel()
		w.block("Restoring the backup of " + present.Moment(file.At) + "…")
	}
	b.windows = nil
	// The file must not be open while it is replaced.
	closing := b.close()
	b.p.background(func(ctx context.Context) {
		err := closing
		kept := ""
		if err == nil {
			kept, err = notebook.RestoreBackup(ctx, file.Path, b.path)
		}
		nb, openErr := openNotebook(b.path)
		b.p.tell(func() {
			if openErr != nil {
				for _, w := range windows {
					w.book = nil
					w.block("The notebook cannot be opened: " + openErr.Error())
				}
				return
			}
			next := b.p.openBook(nb, b.path)
			for _, w := range windows {
				w.book = nil
				w.take(next)
			}
			w := windows[0]
			if err != nil {
				w.Fail("restore the backup", err)
				return
			}
			w.Trace("restored", map[string]any{"path": file.Path})
			w.Toast(session.Toast{Text: "Restored the backup of " + present.Moment(file.At) + ". What was there is kept as " + filepath.Base(kept) + "."})
		})
	})
}

package window

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"time"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/notebook"
)

// backups makes the automatic backups of a notebook: so often, and only of a
// notebook that has changed since the last.
type backups struct {
	b      *book
	cancel context.CancelFunc
}

// backupLook is how often it is asked whether a backup is due, and backupFirst
// how long after the window has opened for the first time.
const (
	backupLook  = 10 * time.Minute
	backupFirst = time.Minute
)

// Backups are made every so many hours, by default once a day; zero is never.
const usualBackups = 24

func newBackups(b *book) *backups {
	k := &backups{b: b}
	ctx, cancel := context.WithCancel(b.p.ctx)
	k.cancel = cancel
	go func() {
		timer := time.NewTimer(backupFirst)
		defer timer.Stop()
		for {
			select {
			case <-timer.C:
				b.p.tell(func() {
					if ctx.Err() == nil && k.due(time.Now()) {
						k.make(nil)
					}
				})
				timer.Reset(backupLook)
			case <-ctx.Done():
				return
			}
		}
	}()
	return k
}

func (k *backups) stop() { k.cancel() }

func (k *backups) dir() string { return notebook.BackupDir(k.b.path) }

func (k *backups) every() int {
	return k.b.p.app.Preferences().IntWithFallback("backup.hours", usualBackups)
}

// due tells whether a backup is to be made now.
func (k *backups) due(now time.Time) bool {
	hours := k.every()
	if hours <= 0 || k.b.nb.ReadOnly() || k.b.nb.Sequence() == 0 {
		return false
	}
	p := k.b.p.app.Preferences()
	if p.String("backup.made."+k.b.nb.Identity()) == strconv.FormatUint(k.b.nb.Sequence(), 10) {
		return false
	}
	list, err := notebook.Backups(k.dir())
	if err != nil {
		return true // making one says what is wrong
	}
	for _, f := range list {
		if f.Reason == "scheduled" {
			return now.Sub(f.At) >= time.Duration(hours)*time.Hour
		}
	}
	return true
}

// make makes a backup in the background, and tells then.
func (k *backups) make(then func(notebook.BackupFile, error)) {
	if len(k.b.windows) == 0 {
		return
	}
	w := k.b.windows[0]
	work := w.Working("Backing up")
	seq := k.b.nb.Sequence()
	k.b.p.background(func(context.Context) {
		made, err := k.b.nb.AutoBackup(work.Context(), k.dir(), nil)
		k.b.p.tell(func() {
			work.Finish()
			switch {
			case err == nil:
				k.b.p.app.Preferences().SetString("backup.made."+k.b.nb.Identity(), strconv.FormatUint(seq, 10))
				w.Trace("backed up", map[string]any{"path": made.Path})
			case !errors.Is(err, context.Canceled) && !w.closed:
				w.Fail("back up the notebook", err)
			}
			if then != nil {
				then(made, err)
			}
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

package window

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"sourcebook/app/finder"
	"sourcebook/app/intake"
	"sourcebook/app/session"
	"sourcebook/notebook"
)

// watch imports what comes into a folder. It looks every few seconds, which
// works on every file system, and takes a file once it has not changed between
// two looks. It never changes or deletes a file.
type watch struct {
	b      *book
	mu     sync.Mutex
	cancel context.CancelFunc
	done   chan struct{}
}

// watchEvery is how often the folder is looked at.
var watchEvery = 4 * time.Second

func newWatch(b *book) *watch {
	w := &watch{b: b}
	w.start()
	return w
}

// folder is the folder that is watched for this notebook, empty for none.
func (w *watch) folder() string {
	p := w.b.p.app.Preferences()
	if p.String("watch.notebook") != w.b.path {
		return ""
	}
	return p.String("watch.folder")
}

// setFolder watches another folder, none where it is empty.
func (w *watch) setFolder(dir string) {
	w.stop()
	p := w.b.p.app.Preferences()
	p.SetString("watch.folder", dir)
	p.SetString("watch.notebook", w.b.path)
	w.start()
}

func (w *watch) start() {
	dir := w.folder()
	if dir == "" {
		return
	}
	ctx, cancel := context.WithCancel(w.b.p.ctx)
	w.mu.Lock()
	w.cancel, w.done = cancel, make(chan struct{})
	done := w.done
	w.mu.Unlock()
	state := filepath.Join(finder.CacheDir(), "sourcebook", "watch", w.b.nb.Identity())
	go func() {
		defer close(done)
		w.run(ctx, dir, state)
	}()
}

func (w *watch) stop() {
	w.mu.Lock()
	cancel := w.cancel
	w.cancel = nil
	w.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

// run looks at the folder until ctx ends.
func (w *watch) run(ctx context.Context, dir, state string) {
	l := looker{taken: readTaken(state)}
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	lost := false
	for {
		fresh, err := l.look(dir)
		switch {
		case err != nil && !lost:
			lost = true
			w.b.each(func(win *Window) {
				win.Toast(session.Toast{Bad: true, Text: "The watched folder cannot be read. Choose another in Settings.", Detail: err.Error()})
			})
		case err == nil:
			lost = false
		}
		if len(fresh) > 0 {
			_ = writeTaken(state, l.taken) // without it they are found to be held, and that is all
			w.b.p.tell(func() {
				if ctx.Err() == nil && !w.b.halted {
					w.b.imports.add(fresh, nil)
				}
			})
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// looker tells which files of a folder are new and no longer being written.
type looker struct {
	seen  map[string]string // path → how it was at the last look
	taken map[string]string // path → how it was when it was taken
}

// look gives the files to import now.
func (l *looker) look(dir string) ([]intake.Item, error) {
	if st, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("watch %s: %w", dir, err)
	} else if !st.IsDir() {
		return nil, fmt.Errorf("watch %s: it is not a folder", dir)
	}
	items, _ := intake.Expand([]string{dir}, notebook.ByFile)
	now := make(map[string]string, len(items))
	var out []intake.Item
	for _, it := range items {
		st, err := os.Stat(it.Path)
		if err != nil || !st.Mode().IsRegular() || st.Size() == 0 {
			continue // it went away, or is not there yet
		}
		how := fmt.Sprintf("%d %d", st.Size(), st.ModTime().UnixNano())
		now[it.Path] = how
		if l.seen[it.Path] == how && l.taken[it.Path] != how {
			if l.taken == nil {
				l.taken = map[string]string{}
			}
			l.taken[it.Path] = how
			out = append(out, it)
		}
	}
	l.seen = now
	return out, nil
}

func readTaken(path string) map[string]string {
	out := map[string]string{}
	f, err := os.Open(path)
	if err != nil {
		return out
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		how, name, ok := strings.Cut(sc.Text(), "\t")
		if ok {
			out[name] = how
		}
	}
	return out
}

func writeTaken(path string, taken map[string]string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	var b strings.Builder
	for name, how := range taken {
		if !strings.ContainsAny(name, "\n\t") {
			fmt.Fprintf(&b, "%s\t%s\n", how, name)
		}
	}
	return os.WriteFile(path, []byte(b.String()), 0o600)
}

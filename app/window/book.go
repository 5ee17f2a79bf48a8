package window

import (
	"fmt"
	"slices"

	"sourcebook/notebook"
)

// book is an open notebook with what belongs to it and not to one window: the
// search index, the changes that wait, the imports. Windows on the same file
// share it; when the last lets it go, it is closed.
type book struct {
	p       *program
	nb      *notebook.Notebook
	path    string
	index   *index
	imports *imports
	watch   *watch
	backups *backups
	writes  chan func()
	windows []*Window
	halted  bool
}

// openBook makes nb, opened at path, a book of the program.
func (p *program) openBook(nb *notebook.Notebook, path string) *book {
	b := &book{p: p, nb: nb, path: path, writes: make(chan func(), 64)}
	b.index = newIndex(b)
	b.imports = newImports(b)
	b.watch = newWatch(b)
	b.backups = newBackups(b)
	go b.write()
	p.books = append(p.books, b)
	return b
}

// bookAt is the book that is open on a path, nil where none is.
func (p *program) bookAt(path string) *book {
	for _, b := range p.books {
		if b.path == path {
			return b
		}
	}
	return nil
}

// write makes the changes one after the other.
func (b *book) write() {
	for f := range b.writes {
		f()
	}
}

// join and leave say which windows show the book.
func (b *book) join(w *Window) { b.windows = append(b.windows, w) }

// leave takes a window away; the book that no window shows any more is closed,
// unless it was the program's last window: then end closes it.
func (b *book) leave(w *Window) {
	b.windows = slices.DeleteFunc(b.windows, func(x *Window) bool { return x == w })
	if len(b.windows) > 0 {
		return
	}
	b.imports.stop()
	b.watch.stop()
	b.backups.stop()
	if len(b.p.windows) == 0 {
		return
	}
	if err := b.close(); err != nil {
		b.p.windows[0].Fail("close the notebook", err)
	}
}

// close closes the book at once.
func (b *book) close() error {
	b.p.books = slices.DeleteFunc(b.p.books, func(x *book) bool { return x == b })
	b.halt()
	return b.shut()
}

// halt lets no more changes come; shut closes the file. Both may be called twice.
func (b *book) halt() {
	if b.halted {
		return
	}
	b.halted = true
	b.imports.stop()
	b.watch.stop()
	b.backups.stop()
	close(b.writes)
}

func (b *book) shut() error {
	b.index.close()
	if err := b.nb.Close(); err != nil {
		return fmt.Errorf("close %s: %w", b.path, err)
	}
	return nil
}

// each runs f for every window on the book, on the toolkit's thread.
func (b *book) each(f func(*Window)) {
	b.p.deliver(func() {
		if b.p.ctx.Err() != nil {
			return
		}
		for _, w := range slices.Clone(b.windows) {
			f(w)
		}
	})
}

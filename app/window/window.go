// Package window is Sourcebook's window: the frame around the places, with its
// menus, palette, imports, messages and memory of where the user was. Screens
// know it only as a session.Session.
package window

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/bin"
	"sourcebook/app/briefing"
	"sourcebook/app/claims"
	"sourcebook/app/compare"
	"sourcebook/app/dossier"
	"sourcebook/app/finder"
	"sourcebook/app/library"
	"sourcebook/app/search"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/timeline"
	"sourcebook/app/widgets"
	"sourcebook/assets"
	"sourcebook/notebook"
)

// Options say what a window opens.
type Options struct {
	// Path is the notebook's file; it is created where there is none. Empty: the
	// notebook that was open last, else Default.
	Path string
	// Default is the notebook of a user who names none.
	Default string
	// Version is shown in About.
	Version string
	// Sample builds the sample notebook at a path; nil: there is none.
	Sample func(ctx context.Context, path string) error
	// SamplePath is where the sample notebook is built.
	SamplePath string
	// Desktop tells whether the desktop asks for dark windows; nil: the toolkit
	// knows. It may take a while, and is called on any goroutine.
	Desktop func() bool
	// Trace is a file for the lines described at trace; empty: none.
	Trace string
}

// Window is one window on one notebook. It implements session.Session.
type Window struct {
	*program
	number int // of the window, from 1
	win    fyne.Window
	book   *book
	nb     *notebook.Notebook // the book's
	cancel func()             // ends the subscription to the notebook's changes

	screens          map[session.Place]session.Screen
	place            session.Place
	styled           map[session.Place]string // the style that a place was last shown in
	last             map[session.Place]string // what was opened last in a place
	seen             map[session.Place]bool   // the places that were shown since the notebook was opened
	looks            string                   // the style of the window
	past             history
	sidebar          *sidebar
	stage            *fyne.Container
	frame            *fyne.Container
	foot             *fyne.Container // what stands below: the status line, the imports
	panel            *importPanel    // nil while it is closed
	palette          *palette        // that was opened last
	toasts           *toasts
	tips             *widgets.TipLayer
	status           *status
	menu             map[string]*fyne.MenuItem
	table            []command
	closed           bool
	told             atomic.Bool // of a change, and has not looked yet
	counts           session.Loader
	following, again bool // see changed
}

// Run opens a window on a notebook and returns when the last window is closed.
// Cancelling ctx closes them.
func Run(ctx context.Context, a fyne.App, o Options) error {
	w, err := New(ctx, a, o)
	if err != nil {
		return refuse(ctx, a, pathOf(a, o), o, err)
	}
	stop := context.AfterFunc(ctx, func() { fyne.Do(w.program.close) })
	defer stop()
	w.win.ShowAndRun()
	w.program.end()
	return nil
}

// New makes a window, not yet shown, on a notebook.
func New(ctx context.Context, a fyne.App, o Options) (*Window, error) {
	return newWindow(ctx, a, o, fyne.Do, func(f func()) { go f() })
}

func newWindow(ctx context.Context, a fyne.App, o Options, deliver, start func(func())) (*Window, error) {
	a.SetIcon(fyne.NewStaticResource("sourcebook.png", assets.IconPNG(256)))
	path := pathOf(a, o)
	nb, err := openNotebook(path)
	if err != nil {
		return nil, err
	}
	p := newProgram(ctx, a, o, deliver, start)
	w := p.window(p.openBook(nb, path))
	time.AfterFunc(warmDelay, func() { // once the window is drawn
		w.Deliver(func() {
			if l, ok := w.screens[session.Library].(interface{ Warm() }); ok {
				l.Warm()
			}
		})
	})
	w.Trace("started", map[string]any{"window": []float32{w.win.Canvas().Size().Width, w.win.Canvas().Size().Height}})
	return w, nil
}

// window makes a window on a book, not yet shown.
func (p *program) window(b *book) *Window {
	p.made++
	w := &Window{program: p, number: p.made}
	w.win = p.app.NewWindow("Sourcebook")
	w.win.SetPadded(false)
	p.windows = append(p.windows, w)
	w.build()
	w.take(b)
	pref := p.app.Preferences()
	w.win.Resize(fyne.NewSize(float32(pref.FloatWithFallback("window.width", 1360)), float32(pref.FloatWithFallback("window.height", 860))))
	w.win.SetCloseIntercept(w.close)
	w.win.SetOnDropped(w.dropped)
	w.win.Canvas().SetOnTypedRune(func(r rune) {
		if r == '?' {
			w.showShortcuts()
		}
	})
	w.win.Canvas().SetOnTypedKey(func(k *fyne.KeyEvent) {
		if k.Name == fyne.KeyEscape {
			w.escape()
		}
		if k.Name == fyne.KeyF3 {
			w.run("find-next")
		}
	})
	return w
}

// another opens a second window on the notebook, with a place of its own.
func (w *Window) another() {
	x := w.program.window(w.book)
	if t, ok := w.past.current(); ok {
		x.Go(t)
	}
	x.win.Show()
	x.Trace("window opened", nil)
}

// pathOf is the notebook to open: the one that is named, else the one that was
// open last, else the default.
func pathOf(a fyne.App, o Options) string {
	if o.Path != "" {
		return o.Path
	}
	last := a.Preferences().String("notebook.last")
	if _, err := os.Stat(last); last == "" || err != nil {
		return o.Default
	}
	return last
}

// openNotebook opens or creates the notebook at path, with its folder.
func openNotebook(path string) (*notebook.Notebook, error) {
	if path == "" {
		return nil, errors.New("open the notebook: no file is named; name one: sourcebook FILE.sourcebook")
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the notebook: %w", err)
	}
	return notebook.Open(path, notebook.Options{Actor: "window"})
}

// build makes the frame, which stays for as long as the window.
func (w *Window) build() {
	w.screens = map[session.Place]session.Screen{}
	w.toasts = newToasts(w)
	w.status = newStatus(w)
	w.tips = widgets.NewTipLayer(w.win.Canvas())
	w.sidebar = newSidebar(w)
	w.stage = container.NewStack()
	left := widgets.Dock(nil, nil, nil, widget.NewSeparator(), w.sidebar.box)
	w.foot = widgets.Column(0, w.status.box)
	w.frame = widgets.Dock(nil, w.foot, left, nil, w.stage)
	w.win.SetContent(container.NewStack(widgets.NewSurface("background"), w.frame, w.toasts.layer, w.tips.Object()))
}

// take makes b the window's notebook, in place of the one before.
func (w *Window) take(b *book) {
	if w.book != nil {
		w.drop()
	}
	nb, path := b.nb, b.path
	if w.panel != nil {
		w.hideImports()
	}
	// A palette or form that is open is about the notebook before.
	w.uncover()
	w.book, w.nb = b, nb
	b.join(w)
	// A long import changes the notebook hundreds of times a second: the toolkit
	// is told once for all that came since it looked.
	w.cancel = nb.Subscribe(func(c notebook.Change) {
		w.Trace("changed", map[string]any{"name": c.Name, "seq": c.Seq})
		if !w.told.Swap(true) {
			w.tell(func() {
				w.told.Store(false)
				if !w.closed && w.nb == nb {
					w.changed()
				}
			})
		}
	})
	w.app.Preferences().SetString("notebook.last", path)
	w.remember(path)
	w.win.SetTitle(filepath.Base(path) + " — Sourcebook")
	w.past = history{}
	w.styled = map[session.Place]string{}
	w.looks = w.style()
	w.place = ""
	w.screens = map[session.Place]session.Screen{
		session.Library:   library.New(w, library.Actions{Import: w.askImport, Paste: w.pasteImport, Sample: w.openSample}),
		session.Claims:    claims.New(w),
		session.Countries: dossier.New(w),
		session.Compare:   compare.New(w),
		session.Timeline:  timeline.New(w),
		session.Briefings: briefing.New(w),
		session.Search:    search.New(w, b.index),
		session.Bin:       bin.New(w),
	}
	for place, s := range w.screens {
		if split, ok := s.(interface{ Split() *container.Split }); ok {
			split.Split().SetOffset(w.app.Preferences().FloatWithFallback("split."+string(place), split.Split().Offset))
		}
	}
	w.makeMenu()
	w.status.saved()
	w.refreshCounts()
	p := w.app.Preferences()
	at := session.Target{Place: session.Library}
	w.last, w.seen = map[session.Place]string{}, map[session.Place]bool{}
	w.last[session.Library] = string(w.screens[session.Library].(*library.Screen).Restore())
	if p.String("place.notebook") == nb.Identity() {
		for pl := range w.screens {
			if pl != session.Timeline && pl != session.Library { // its ID is a filter, not a thing that is open
				w.last[pl] = p.String("place.open." + string(pl))
			}
		}
		if pl := session.Place(p.String("place.place")); w.screens[pl] != nil {
			at.Place = pl
		}
	}
	w.Go(at)
}

// drop lets the notebook go.
func (w *Window) drop() {
	w.store()
	w.cancel()
	w.book.leave(w)
}

// store keeps where the user is for the next time.
func (w *Window) store() {
	p := w.app.Preferences()
	size := w.win.Canvas().Size()
	if size.Width > 300 && !w.win.FullScreen() {
		p.SetFloat("window.width", float64(size.Width))
		p.SetFloat("window.height", float64(size.Height))
	}
	for place, s := range w.screens {
		if split, ok := s.(interface{ Split() *container.Split }); ok {
			p.SetFloat("split."+string(place), split.Split().Offset)
		}
	}
	if l, ok := w.screens[session.Library].(*library.Screen); ok {
		l.Remember(len(w.book.windows) == 1) // the tabs of the last window are those to come back to
		l.Pane().Remember()
	}
	if t, ok := w.past.current(); ok {
		p.SetString("place.notebook", w.nb.Identity())
		p.SetString("place.place", string(t.Place))
		for pl := range w.screens {
			p.SetString("place.open."+string(pl), w.last[pl])
		}
	}
}

// close ends the window. With the last window on a notebook, imports that run
// are cancelled; what was kept stays.
func (w *Window) close() {
	if w.closed {
		return
	}
	w.store()
	w.closed = true
	w.cancel()
	w.program.windows = slices.DeleteFunc(w.program.windows, func(x *Window) bool { return x == w })
	w.book.leave(w)
	w.tips.Forget(w.win.Canvas())
	w.toasts.forget()
	w.win.Close()
	if len(w.program.windows) > 0 {
		w.Trace("window closed", nil)
		w.screens, w.menu, w.table = nil, nil, nil // what the toolkit still holds is small
	}
}

// warmDelay is how long after the start the first source's pane is made ready.
const warmDelay = 900 * time.Millisecond

// Notebook is part of session.Session.
func (w *Window) Notebook() *notebook.Notebook { return w.nb }

// Window is part of session.Session.
func (w *Window) Window() fyne.Window { return w.win }

// Preferences is part of session.Session.
func (w *Window) Preferences() fyne.Preferences { return w.app.Preferences() }

// Background is part of session.Session.
func (w *Window) Background(work func(context.Context)) { w.background(work) }

// Deliver is part of session.Session.
func (w *Window) Deliver(f func()) {
	if w.ctx.Err() == nil {
		w.deliver(func() {
			if !w.closed {
				f()
			}
		})
	}
}

// Trace is part of session.Session. Events of windows after the first say whose
// they are.
func (w *Window) Trace(event string, fields map[string]any) {
	if w.number > 1 && w.Tracing() {
		all := map[string]any{"window": w.number}
		maps.Copy(all, fields)
		fields = all
	}
	w.trace.note(event, fields)
}

// Tracing is part of session.Session.
func (w *Window) Tracing() bool { return w.trace.f != nil }

// Do is part of session.Session.
func (w *Window) Do(doing string, then func(error), cmds ...notebook.Command) {
	nb := w.nb
	w.queue(func() {
		_, err := nb.Do(cmds...)
		w.Deliver(func() {
			if err != nil {
				w.Fail(doing, err)
			}
			if then != nil {
				then(err)
			}
		})
	})
}

// queue has f run after the changes before it.
func (w *Window) queue(f func()) {
	if w.ctx.Err() != nil || w.book.halted {
		return
	}
	w.status.working()
	w.book.writes <- func() {
		f()
		w.Deliver(w.status.saved)
	}
}

// DoUndoable is part of session.Session.
func (w *Window) DoUndoable(doing, said string, then func(error), cmds ...notebook.Command) {
	w.Do(doing, func(err error) {
		if err == nil {
			w.Toast(session.Toast{Text: said, Action: "Undo", Do: w.undo})
		}
		if then != nil {
			then(err)
		}
	}, cmds...)
}

// Go is part of session.Session.
func (w *Window) Go(t session.Target) {
	s := w.screens[t.Place]
	if s == nil {
		return
	}
	w.past.visit(session.Target{Place: t.Place, ID: t.ID})
	w.open(t)
}

func (w *Window) open(t session.Target) {
	s := w.screens[t.Place]
	if t.ID == "" && t.Query == "" && !w.seen[t.Place] {
		t.ID = w.last[t.Place] // what was open there when the window was closed
	}
	w.seen[t.Place] = true
	if t.ID != "" {
		w.last[t.Place] = t.ID
	}
	if w.place != t.Place {
		w.place = t.Place
		w.stage.Objects = []fyne.CanvasObject{s.Content()}
		w.stage.Refresh()
		w.sidebar.choose(t.Place)
		// The toolkit brings a new theme to what is on the window; a place that was
		// not gets it when it comes back.
		if was, now := w.styled[t.Place], w.style(); was != now {
			w.styled[t.Place] = now
			if was != "" {
				w.app.Settings().SetTheme(w.app.Settings().Theme())
			}
		}
	}
	s.Open(t)
	w.enable()
	w.Trace("place", map[string]any{"place": string(t.Place), "id": t.ID})
}

func (w *Window) back() {
	if t, ok := w.past.back(); ok {
		w.open(t)
	}
}

func (w *Window) forward() {
	if t, ok := w.past.forward(); ok {
		w.open(t)
	}
}

func (w *Window) goer(p session.Place) func() {
	return func() {
		w.Go(session.Target{Place: p})
		if f, ok := w.screens[p].(session.Filterer); ok && p == session.Search {
			f.FocusFilter()
		}
	}
}

// changed follows changes to the notebook: the screen a few times a second at
// most, and always once after the last.
func (w *Window) changed() {
	w.book.index.changed()
	if w.following {
		w.again = true
		return
	}
	w.follow()
}

// followEvery is how often at most the screen follows changes.
const followEvery = 250 * time.Millisecond

// follow shows what has changed.
func (w *Window) follow() {
	w.following, w.again = true, false
	w.enable()
	if s := w.screens[w.place]; s != nil {
		s.Changed()
	}
	w.refreshCounts()
	time.AfterFunc(followEvery, func() {
		w.Deliver(func() {
			w.following = false
			if w.again && !w.closed {
				w.follow()
			}
		})
	})
}

// indexed tells the search screen that newer things can be found.
func (w *Window) indexed() {
	if w.place == session.Search {
		w.screens[session.Search].Changed()
	}
}

// reindex builds the search index anew.
func (w *Window) reindex() {
	b := w.book
	b.index.close()
	w.Background(func(context.Context) {
		err := os.RemoveAll(finder.Dir(finder.CacheDir(), b.nb.Identity()))
		w.deliver(func() {
			if b.halted || w.ctx.Err() != nil {
				return
			}
			if err != nil {
				w.Fail("remove the old search index", err)
			}
			b.index = newIndex(b)
			for _, x := range b.windows {
				x.screens[session.Search] = search.New(x, b.index)
				if x.place == session.Search {
					x.place = "" // the screen is another
					x.open(session.Target{Place: session.Search})
				}
			}
		})
	})
}

// run does a command by its id.
func (w *Window) run(id string) {
	for _, c := range w.table {
		if c.id == id && c.do != nil {
			c.do()
			return
		}
	}
	for _, c := range w.table {
		if c.id == id && c.menu == "Sources" && w.place != session.Library {
			w.Go(session.Target{Place: session.Library})
		}
	}
	if s, ok := w.screens[w.place].(interface{ Command(string) bool }); ok {
		s.Command(id)
	}
}

func (w *Window) focusFilter() {
	if f, ok := w.screens[w.place].(session.Filterer); ok {
		f.FocusFilter()
	}
}

func (w *Window) newHere() {
	if n, ok := w.screens[w.place].(session.Newer); ok {
		n.New()
		return
	}
	w.Go(session.Target{Place: session.Claims})
	w.screens[session.Claims].(session.Newer).New()
}

// draftBriefing goes to the briefings and asks for countries to draft one on.
func (w *Window) draftBriefing() {
	w.Go(session.Target{Place: session.Briefings})
	w.screens[session.Briefings].(*briefing.Screen).Command("draft")
}

// closeTab closes the tab that is shown where there are several, else the
// window.
func (w *Window) closeTab() {
	if l, ok := w.screens[w.place].(*library.Screen); ok && l.Tabs() > 1 {
		l.Command("close-tab")
		return
	}
	w.close()
}

func (w *Window) closeName() string {
	if l, ok := w.screens[w.place].(*library.Screen); ok && l.Tabs() > 1 {
		return "Close the tab"
	}
	return ""
}

// quit closes all windows.
func (w *Window) quit() { w.program.close() }

func (w *Window) deleteOpen() {
	if d, ok := w.screens[w.place].(session.Deleter); ok {
		d.Delete()
	}
}

func (w *Window) undo() {
	nb := w.nb
	w.queue(func() {
		c, err := nb.Undo()
		w.Deliver(func() { w.undone("Undone", "undo the last change", c, err) })
	})
}

func (w *Window) redo() {
	nb := w.nb
	w.queue(func() {
		c, err := nb.Redo()
		w.Deliver(func() { w.undone("Done again", "redo the last change", c, err) })
	})
}

func (w *Window) undone(said, doing string, c notebook.Change, err error) {
	switch {
	case errors.Is(err, notebook.ErrNothing):
		w.Toast(session.Toast{Text: "Nothing to take back"})
	case err != nil:
		w.Fail(doing, err)
	default:
		// The change of an undo is named "undo add claim".
		_, what, _ := strings.Cut(c.Name, " ")
		w.Toast(session.Toast{Text: said + ": " + what})
	}
}

func (w *Window) undoName() string { return named("Undo ", w.nb.UndoName()) }
func (w *Window) redoName() string { return named("Redo ", w.nb.RedoName()) }

func named(verb, name string) string {
	if name == "" {
		return ""
	}
	return verb + name
}

func (w *Window) toggleSidebar() {
	if w.sidebar.box.Visible() {
		w.sidebar.box.Hide()
	} else {
		w.sidebar.box.Show()
	}
	w.frame.Refresh()
}

func (w *Window) dark() bool {
	t, ok := w.app.Settings().Theme().(*theme.Theme)
	return ok && t.Dark(w.app.Settings().ThemeVariant())
}

// style names the looks of the window, to tell when they have changed.
func (w *Window) style() string {
	t, ok := w.app.Settings().Theme().(*theme.Theme)
	if !ok {
		return ""
	}
	return fmt.Sprintf("%v %.2f", w.dark(), t.Scale())
}

func (w *Window) toggleDark() {
	mode := theme.Dark
	if w.dark() {
		mode = theme.Light
	}
	w.app.Preferences().SetString("theme.mode", string(mode))
	w.applyTheme()
}

func (w *Window) scaleText(by float32) {
	p := w.app.Preferences()
	scale := float32(p.FloatWithFallback("theme.scale", 1)) + by
	scale = min(max(scale, theme.MinScale), theme.MaxScale)
	p.SetFloat("theme.scale", float64(scale))
	w.applyTheme()
}

// restyled follows a change of theme: content that was built in the old
// colours is built again.
func (w *Window) restyled() {
	if w.nb == nil || w.closed || w.looks == w.style() {
		return
	}
	w.looks = w.style()
	w.styled[w.place] = w.looks
	if s := w.screens[w.place]; s != nil {
		s.Changed()
	}
	w.sidebar.refresh()
	w.status.saved()
	w.Trace("theme", map[string]any{"dark": w.dark()})
}

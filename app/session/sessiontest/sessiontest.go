// Package sessiontest has a session.Session for tests of screens: all work runs
// at once, on the test's own goroutine, and what the user would be told is kept
// to be looked at.
package sessiontest

import (
	"context"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/notebook"
)

// Session is a session without a window around it. Went, Toasts and Failed are
// what the screen asked for.
type Session struct {
	Went   []session.Target
	Toasts []session.Toast
	Failed []error

	t   testing.TB
	nb  *notebook.Notebook
	app fyne.App
	win fyne.Window
}

// New makes a session on nb.
func New(t testing.TB, nb *notebook.Notebook) *Session {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light, 1))
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1280, 800))
	return &Session{t: t, nb: nb, app: a, win: w}
}

// Notebook is part of session.Session.
func (s *Session) Notebook() *notebook.Notebook { return s.nb }

// Window is part of session.Session.
func (s *Session) Window() fyne.Window { return s.win }

// Preferences is part of session.Session.
func (s *Session) Preferences() fyne.Preferences { return s.app.Preferences() }

// Go is part of session.Session.
func (s *Session) Go(t session.Target) { s.Went = append(s.Went, t) }

// Do is part of session.Session.
func (s *Session) Do(doing string, then func(error), cmds ...notebook.Command) {
	_, err := s.nb.Do(cmds...)
	if err != nil {
		s.Fail(doing, err)
	}
	if then != nil {
		then(err)
	}
}

// DoUndoable is part of session.Session.
func (s *Session) DoUndoable(doing, said string, then func(error), cmds ...notebook.Command) {
	s.Do(doing, then, cmds...)
	s.Toast(session.Toast{Text: said})
}

// Background is part of session.Session.
func (s *Session) Background(work func(context.Context)) { work(context.Background()) }

// Deliver is part of session.Session.
func (s *Session) Deliver(f func()) { f() }

// Working is part of session.Session.
func (s *Session) Working(string) session.Work { return work{} }

// Toast is part of session.Session.
func (s *Session) Toast(t session.Toast) { s.Toasts = append(s.Toasts, t) }

// Fail is part of session.Session.
func (s *Session) Fail(_ string, err error) { s.Failed = append(s.Failed, err) }

// Trace is part of session.Session.
func (s *Session) Trace(string, map[string]any) {}

// Tracing is part of session.Session.
func (s *Session) Tracing() bool { return false }

type work struct{}

func (work) Context() context.Context { return context.Background() }
func (work) Progress(int, int)        {}
func (work) Finish()                  {}

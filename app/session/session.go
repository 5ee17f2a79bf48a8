// Package session is what the screens share: the open notebook, where to go
// next, slow work off the toolkit's thread, and a word to the user. The window
// implements Session; tests have their own in sessiontest.
package session

import (
	"context"

	"fyne.io/fyne/v2"

	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
)

// Place is one of the places in the sidebar.
type Place string

// The places, in the order of the sidebar.
const (
	Library   Place = "library"
	Claims    Place = "claims"
	Countries Place = "countries"
	Compare   Place = "compare"
	Timeline  Place = "timeline"
	Briefings Place = "briefings"
	Search    Place = "search"
	Bin       Place = "bin"
)

// Places lists the places in the order of the sidebar.
var Places = []Place{Library, Claims, Countries, Compare, Timeline, Briefings, Search, Bin}

// Target is somewhere to go: a place and what is open there.
type Target struct {
	Place Place
	ID    string       // of the source, claim, comparison or briefing; the country's code
	Range reader.Range // the passage to show in a source, empty for none
	Query string       // words to search for
	Apart bool         // a source: in a tab of its own
}

// Toast is a short word to the user that goes away by itself.
type Toast struct {
	Text   string
	Bad    bool
	Action string // the label of a button, empty for none
	Do     func()
	Detail string // what "Details" shows and copies, empty for none
}

// Session is what a screen may ask of the window around it. Its methods belong
// to the toolkit's thread, but for Deliver.
type Session interface {
	Notebook() *notebook.Notebook
	Window() fyne.Window
	Preferences() fyne.Preferences

	// Go opens a target and remembers where the user came from.
	Go(Target)
	// Do makes a change away from the toolkit's thread, one after the other, and
	// then calls then on it. An error is shown to the user, named by doing ("save
	// the claim"); then is told it too. then may be nil.
	Do(doing string, then func(error), cmds ...notebook.Command)
	// DoUndoable is Do that ends with a toast said, which offers to take it back.
	DoUndoable(doing, said string, then func(error), cmds ...notebook.Command)

	// Background runs work away from the toolkit's thread; Deliver runs f on it.
	Background(work func(ctx context.Context))
	Deliver(f func())

	// Working shows that work named so is under way, until Finish; the user may
	// cancel its Context.
	Working(name string) Work
	Toast(Toast)
	// Fail tells the user what went wrong and what to do next.
	Fail(doing string, err error)
	// Trace notes a state for a test that drives the window.
	Trace(event string, fields map[string]any)
	// Tracing tells whether Trace is heard.
	Tracing() bool
}

// Screen is one place's content.
type Screen interface {
	Content() fyne.CanvasObject
	// Open shows what the target names; an empty ID shows what was open before.
	Open(Target)
	// Changed is told of every change to the notebook while the screen is shown,
	// and once for all others when it is shown again.
	Changed()
}

// Filterer is a Screen with a field that narrows its list: Ctrl+F goes there.
type Filterer interface{ FocusFilter() }

// Newer is a Screen that can make something new: Ctrl+N asks it to.
type Newer interface{ New() }

// Deleter is a Screen that can bin what is open or selected: Delete asks it to.
type Deleter interface{ Delete() }

// Work is something under way that the status line shows.
type Work interface {
	// Context ends when the user cancels the work or the window closes. It may be
	// read on any goroutine.
	Context() context.Context
	// Progress shows how much is done; a total of zero means that it is not known.
	Progress(done, total int)
	Finish()
}

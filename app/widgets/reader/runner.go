package reader

import "fyne.io/fyne/v2"

// Runner says where a Reader's slow work runs and how its results come back.
type Runner struct {
	Background func(func()) // starts work that must not hold up the window
	Deliver    func(func()) // runs a function on the toolkit's thread
}

// Threads is the Runner of a running program: goroutines, and fyne.Do.
func Threads() Runner {
	return Runner{Background: func(f func()) { go f() }, Deliver: fyne.Do}
}

// Inline is a Runner that does everything at once, for tests: when a call on
// the Reader returns, its work is done.
func Inline() Runner {
	run := func(f func()) { f() }
	return Runner{Background: run, Deliver: run}
}

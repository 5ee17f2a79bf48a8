package library

import "fyne.io/fyne/v2"

// filterRows are the saved filters, for the shelf.
func (s *shelf) filterRows() []shelfRow { return nil }

// items are what can be done with a row of the shelf.
func (s *shelf) items(r shelfRow) []*fyne.MenuItem { return nil }

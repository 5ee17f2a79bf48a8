package reading

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

// finder is the bar for finding words in the text.
type finder struct {
	p     *Pane
	box   *fyne.Container
	entry *widgets.Entry
	says  *widgets.Text
}

func newFinder(p *Pane) *finder {
	f := &finder{p: p, says: widgets.Muted("")}
	f.says.Whole = true
	f.entry = widgets.NewFilter("Find in this text", func(t string) { f.look(t) })
	f.entry.OnEscape = f.close
	f.entry.OnSubmitted = func(string) { f.next() }
	f.entry.OnDown, f.entry.OnUp = f.next, f.previous
	f.box = container.NewVBox(
		widgets.Pad(theme.Gap3, theme.Gap1, widgets.Spread(theme.Gap1, 0, f.entry, f.says,
			widgets.IconButton("chevron-up", "Previous (Shift+F3)", f.previous),
			widgets.IconButton("chevron-down", "Next (F3)", f.next),
			widgets.IconButton("close", "Close (Esc)", f.close))),
		widget.NewSeparator())
	f.box.Hide()
	p.reader.OnFound = f.say
	p.reader.OnTypedKey = func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyF3:
			f.next()
		case fyne.KeyDelete:
			p.throwOut()
		case fyne.KeyEscape:
			p.Command("escape")
		}
	}
	return f
}

func (f *finder) shown() bool { return f.box.Visible() }

func (f *finder) open() {
	if f.p.view != TextView {
		f.p.Command("view-text")
	}
	f.box.Show()
	f.p.s.Window().Canvas().Focus(f.entry)
	if f.entry.Text != "" {
		f.look(f.entry.Text)
	}
}

// search opens the bar with words in it and leaves the focus where it is.
func (f *finder) search(words string) {
	f.box.Show()
	if f.entry.Text != words {
		f.entry.SetText(words)
	} else {
		f.look(words)
	}
}

func (f *finder) look(t string) {
	f.say(f.p.reader.Find(t))
}

// say tells how many places were found, which may be known only later.
func (f *finder) say(n int) {
	switch {
	case f.entry.Text == "":
		f.says.SetText("")
	case n == 0:
		f.says.SetText("not found")
	default:
		at, of := f.p.reader.FindCurrent()
		f.says.SetText(fmt.Sprintf("%d of %d", at, of))
	}
	f.box.Refresh()
}

func (f *finder) tell(n, of int) {
	if of > 0 {
		f.says.SetText(fmt.Sprintf("%d of %d", n, of))
		f.box.Refresh()
	}
}

func (f *finder) next()     { f.tell(f.p.reader.FindNext()) }
func (f *finder) previous() { f.tell(f.p.reader.FindPrev()) }

func (f *finder) close() {
	f.box.Hide()
	f.p.reader.ClearFind()
	f.p.Focus()
}

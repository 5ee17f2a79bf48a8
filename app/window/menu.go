package window

import (
	"slices"

	"fyne.io/fyne/v2"

	"sourcebook/app/widgets"
)

// makeMenu makes the menus from the table of commands.
func (w *Window) makeMenu() {
	w.table = w.commands()
	w.menu = map[string]*fyne.MenuItem{}
	var menus []*fyne.Menu
	at := map[string]*fyne.Menu{}
	for _, c := range w.table {
		if c.menu == "" {
			continue
		}
		m := at[c.menu]
		if m == nil {
			m = fyne.NewMenu(c.menu)
			at[c.menu] = m
			menus = append(menus, m)
		}
		if c.rule && len(m.Items) > 0 {
			m.Items = append(m.Items, fyne.NewMenuItemSeparator())
		}
		item := fyne.NewMenuItem(c.label, func() { w.pressed(c) })
		if c.keys != nil {
			item.Shortcut = c.keys
		}
		w.menu[c.id] = item
		m.Items = append(m.Items, item)
	}
	if recent := w.recentMenu(); recent != nil {
		file := at["File"]
		i := slices.IndexFunc(file.Items, func(it *fyne.MenuItem) bool { return it == w.menu["open-sample"] })
		file.Items = slices.Insert(file.Items, i, recent)
	}
	w.enable()
	w.win.SetMainMenu(fyne.NewMainMenu(menus...))
}

// pressed does a command of the menu. Menu shortcuts come before the focused
// field's own: where a field has the focus, undo and paste are the field's.
func (w *Window) pressed(c command) {
	if c.field && c.keys != nil {
		if e := w.field(); e != nil {
			e.TypedShortcut(w.forField(c.keys))
			return
		}
	}
	// What lies under a form or sheet stays as it is until that is closed.
	if w.covered() && c.id != "palette" && c.id != "quit" {
		return
	}
	w.run(c.id)
}

// covered tells whether a form, sheet or dialog lies over the window. A menu or a
// list that is open does not count: it is put away.
func (w *Window) covered() bool {
	_, modal := widgets.Over(w.win.Canvas())
	if !modal {
		w.uncover()
	}
	return modal
}

// escape closes what lies over the window, the way that its own close or cancel
// button does, or else is the command of what is shown.
func (w *Window) escape() {
	top, _ := widgets.Over(w.win.Canvas())
	if top == nil {
		w.run("escape")
		return
	}
	if do := widgets.EscapeOf(top.Content); do != nil {
		do()
		return
	}
	top.Hide()
}

// forField is the shortcut with what a field needs of it.
func (w *Window) forField(s fyne.Shortcut) fyne.Shortcut {
	if _, ok := s.(*fyne.ShortcutPaste); ok {
		return &fyne.ShortcutPaste{Clipboard: w.app.Clipboard()}
	}
	return s
}

// field is the field that has the focus, nil where none has.
func (w *Window) field() fyne.Shortcutable {
	if e, ok := w.win.Canvas().Focused().(*widgets.Entry); ok {
		return e
	}
	return nil
}

// enable brings the menus and arrows in step with what can be done.
func (w *Window) enable() {
	changed := false
	for _, c := range w.table {
		item := w.menu[c.id]
		if item == nil {
			continue
		}
		label := c.label
		if c.name != nil {
			if n := c.name(); n != "" {
				label = n
			}
		}
		off := c.off != nil && c.off()
		if c.field {
			off = false // a field may still have something to undo
		}
		if item.Label != label || item.Disabled != off {
			item.Label, item.Disabled = label, off
			changed = true
		}
	}
	if changed {
		if m := w.win.MainMenu(); m != nil {
			m.Refresh()
		}
	}
	w.sidebar.arrows(w.past.canBack(), w.past.canForward())
}

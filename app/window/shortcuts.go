package window

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// command is one thing that the window can do. Menus, the palette and the
// shortcut sheet are made from the table of commands.
type command struct {
	id    string // stable: for tests and for screens
	menu  string // File, Edit, …; empty: not in a menu
	label string
	keys  fyne.KeyboardShortcut // nil for none
	plain string                // a key without modifiers, as the reader has it; for the sheet
	field bool                  // where a field has the focus, the shortcut is the field's
	do    func()                // nil: the screen that is shown does it
	name  func() string         // replaces the label, "" for the label; for undo and redo
	off   func() bool           // true while it can do nothing; nil: never
	rule  bool                  // a separator stands before it
}

func ctrl(k fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

func ctrlShift(k fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

func alt(k fyne.KeyName) fyne.KeyboardShortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

// keysOf writes a shortcut as people read it: "Ctrl+Shift+H".
func keysOf(s fyne.KeyboardShortcut) string {
	if s == nil {
		return ""
	}
	var parts []string
	m := s.Mod()
	if m&fyne.KeyModifierControl != 0 {
		parts = append(parts, "Ctrl")
	}
	if m&fyne.KeyModifierSuper != 0 {
		parts = append(parts, "Cmd")
	}
	if m&fyne.KeyModifierAlt != 0 {
		parts = append(parts, "Alt")
	}
	if m&fyne.KeyModifierShift != 0 {
		parts = append(parts, "Shift")
	}
	return strings.Join(append(parts, string(s.Key())), "+")
}

// commands is the table. Its order is that of the menus.
func (w *Window) commands() []command {
	return []command{
		{id: "import", menu: "File", label: "Import files…", keys: ctrl(fyne.KeyI), do: w.askImport},
		{id: "import-folder", menu: "File", label: "Import a folder…", keys: ctrlShift(fyne.KeyI), do: w.askFolder},
		{id: "import-address", menu: "File", label: "Import an address…", keys: ctrl(fyne.KeyU), do: w.askAddress},
		{id: "paste-source", menu: "File", label: "Import what is on the clipboard", keys: ctrlShift(fyne.KeyV), do: w.pasteImport},
		{id: "imports", menu: "File", label: "Show or hide the imports", keys: ctrlShift(fyne.KeyU), do: w.toggleImports},
		{id: "new-notebook", menu: "File", label: "New notebook…", do: w.askNew, rule: true},
		{id: "open-notebook", menu: "File", label: "Open notebook…", keys: ctrl(fyne.KeyO), do: w.askOpen},
		{id: "open-sample", menu: "File", label: "Open the sample notebook", do: w.openSample},
		{id: "new-window", menu: "File", label: "New window on this notebook", keys: ctrlShift(fyne.KeyN), do: w.another},
		{id: "verify", menu: "File", label: "Verify the notebook", do: w.verify, rule: true},
		{id: "settings", menu: "File", label: "Settings…", keys: ctrl(fyne.KeyComma), do: w.showSettings},
		{id: "close", menu: "File", label: "Close the window", keys: ctrl(fyne.KeyW), do: w.closeTab, name: w.closeName, rule: true},
		{id: "quit", menu: "File", label: "Quit", keys: ctrl(fyne.KeyQ), do: w.quit},

		{id: "undo", menu: "Edit", label: "Undo", keys: &fyne.ShortcutUndo{}, field: true, do: w.undo, name: w.undoName, off: func() bool { return w.nb.UndoName() == "" }},
		{id: "redo", menu: "Edit", label: "Redo", keys: &fyne.ShortcutRedo{}, field: true, do: w.redo, name: w.redoName, off: func() bool { return w.nb.RedoName() == "" }},
		{id: "paste", menu: "Edit", label: "Paste", keys: &fyne.ShortcutPaste{}, field: true, do: w.pasteImport, rule: true},
		{id: "copy-quote", menu: "Edit", label: "Copy with source", keys: ctrlShift(fyne.KeyC)},
		{id: "copy-markdown", menu: "Edit", label: "Copy as Markdown"},
		{id: "delete", menu: "Edit", label: "Move to the bin", keys: ctrl(fyne.KeyD), do: w.deleteOpen},
		{id: "find", menu: "Edit", label: "Find in this text", keys: ctrlShift(fyne.KeyF), rule: true},
		{id: "find-next", menu: "Edit", label: "Find next", keys: ctrl(fyne.KeyG)},
		{id: "find-previous", menu: "Edit", label: "Find previous", keys: ctrlShift(fyne.KeyG)},
		{id: "filter", menu: "Edit", label: "Filter this list", keys: ctrl(fyne.KeyF), do: w.focusFilter},
		{id: "save", menu: "Edit", label: "Save what is being edited", keys: ctrl(fyne.KeyReturn), rule: true},

		{id: "tag-sources", menu: "Sources", label: "Tag what is chosen…", keys: ctrlShift(fyne.KeyT)},
		{id: "untag-sources", menu: "Sources", label: "Take tags away…"},
		{id: "file-sources", menu: "Sources", label: "Move what is chosen to a folder…", keys: ctrlShift(fyne.KeyE)},
		{id: "new-folder", menu: "Sources", label: "New folder…"},
		{id: "read-sources", menu: "Sources", label: "Mark as read", rule: true},
		{id: "unread-sources", menu: "Sources", label: "Mark as unread"},
		{id: "brief-sources", menu: "Sources", label: "Make a briefing from what is chosen", rule: true},
		{id: "csv-sources", menu: "Sources", label: "Export the list as CSV…"},
		{id: "save-filters", menu: "Sources", label: "Save the filters that hold…", rule: true},
		{id: "clear-filters", menu: "Sources", label: "Clear the filters"},
		{id: "reprints", menu: "Sources", label: "Group reprints, or not"},

		{id: "highlight", menu: "Notes", label: "Highlight the selection", keys: ctrlShift(fyne.KeyH), plain: "H"},
		{id: "claim", menu: "Notes", label: "Make a claim of the selection", keys: ctrlShift(fyne.KeyK), plain: "C"},
		{id: "note", menu: "Notes", label: "Highlight with a note", keys: ctrlShift(fyne.KeyM), plain: "N"},
		{id: "link", menu: "Notes", label: "Link the selection to a claim", keys: ctrlShift(fyne.KeyL), plain: "L"},
		{id: "next-highlight", menu: "Notes", label: "Next highlight", keys: alt(fyne.KeyDown), rule: true},
		{id: "previous-highlight", menu: "Notes", label: "Previous highlight", keys: alt(fyne.KeyUp)},
		{id: "name-colours", menu: "Notes", label: "Name the colours…"},
		{id: "throw-out", menu: "Notes", label: "Throw the paragraph out of the text", plain: "Delete"},
		{id: "restore-text", menu: "Notes", label: "Back to the importer's reading"},
		{id: "new", menu: "Notes", label: "New claim or briefing", keys: ctrl(fyne.KeyN), do: w.newHere, rule: true},
		{id: "draft", menu: "Notes", label: "Draft a briefing on countries…", do: w.draftBriefing},
		{id: "edit", menu: "Notes", label: "Edit what is open", keys: ctrl(fyne.KeyE)},
		{id: "relate", menu: "Notes", label: "Relate this claim to another", keys: ctrl(fyne.KeyR)},
		{id: "export", menu: "Notes", label: "Export what is open…", keys: ctrl(fyne.KeyP), rule: true},

		{id: "open-apart", menu: "Go", label: "Open in a new tab", keys: ctrlShift(fyne.KeyO)},
		{id: "next-tab", menu: "Go", label: "Next tab", keys: ctrl(fyne.KeyTab)},
		{id: "previous-tab", menu: "Go", label: "Previous tab", keys: ctrlShift(fyne.KeyTab)},
		{id: "back", menu: "Go", rule: true, label: "Back", keys: alt(fyne.KeyLeft), do: w.back, off: func() bool { return !w.past.canBack() }},
		{id: "forward", menu: "Go", label: "Forward", keys: alt(fyne.KeyRight), do: w.forward, off: func() bool { return !w.past.canForward() }},
		{id: "go-library", menu: "Go", label: "Library", keys: ctrl(fyne.Key1), do: w.goer("library"), rule: true},
		{id: "go-claims", menu: "Go", label: "Claims", keys: ctrl(fyne.Key2), do: w.goer("claims")},
		{id: "go-countries", menu: "Go", label: "Countries", keys: ctrl(fyne.Key3), do: w.goer("countries")},
		{id: "go-compare", menu: "Go", label: "Compare", keys: ctrl(fyne.Key4), do: w.goer("compare")},
		{id: "go-timeline", menu: "Go", label: "Timeline", keys: ctrl(fyne.Key5), do: w.goer("timeline")},
		{id: "go-briefings", menu: "Go", label: "Briefings", keys: ctrl(fyne.Key6), do: w.goer("briefings")},
		{id: "go-search", menu: "Go", label: "Search", keys: ctrl(fyne.Key7), do: w.goer("search")},
		{id: "go-bin", menu: "Go", label: "Bin", keys: ctrl(fyne.Key8), do: w.goer("bin")},
		{id: "palette", menu: "Go", label: "Command palette…", keys: ctrl(fyne.KeyK), do: w.showPalette, rule: true},

		{id: "view-text", menu: "View", label: "Clean text", keys: alt(fyne.Key1)},
		{id: "view-dropped", menu: "View", label: "What was dropped", keys: alt(fyne.Key2)},
		{id: "view-original", menu: "View", label: "Original", keys: alt(fyne.Key3)},
		{id: "view-versions", menu: "View", label: "Versions compared", keys: alt(fyne.Key4)},
		{id: "view-details", menu: "View", label: "Details of the source", keys: alt(fyne.Key5)},
		{id: "show-page", menu: "View", label: "This page of the original"},
		{id: "outline", menu: "View", label: "Go to a heading…", keys: alt(fyne.KeyH)},
		{id: "notes", menu: "View", label: "Show or hide the notes", keys: ctrl(fyne.KeyJ)},
		{id: "sidebar", menu: "View", label: "Show or hide the places", keys: ctrl(fyne.KeyB), do: w.toggleSidebar},
		{id: "library-layout", menu: "View", label: "The list of sources above or beside the text", keys: ctrl(fyne.KeyT)},
		{id: "shelf", menu: "View", label: "Folders, tags and saved filters", keys: ctrlShift(fyne.KeyB)},
		{id: "text-larger", menu: "View", label: "Larger reading text", keys: ctrl(fyne.KeyEqual), rule: true},
		{id: "text-smaller", menu: "View", label: "Smaller reading text", keys: ctrl(fyne.KeyMinus)},
		{id: "text-reset", menu: "View", label: "Usual reading text", keys: ctrl(fyne.Key0)},
		{id: "sepia", menu: "View", label: "Sepia paper on or off"},
		{id: "window-larger", menu: "View", label: "Larger window text", keys: ctrlShift(fyne.KeyEqual), do: func() { w.scaleText(0.1) }},
		{id: "window-smaller", menu: "View", label: "Smaller window text", keys: ctrlShift(fyne.KeyMinus), do: func() { w.scaleText(-0.1) }},
		{id: "dark", menu: "View", label: "Light or dark", keys: ctrlShift(fyne.KeyD), do: w.toggleDark, rule: true},
		{id: "fullscreen", menu: "View", label: "Full screen", keys: alt(fyne.KeyReturn), do: func() { w.win.SetFullScreen(!w.win.FullScreen()) }},

		{id: "shortcuts", menu: "Help", label: "Shortcuts", keys: ctrl(fyne.KeySlash), plain: "?", do: w.showShortcuts},
		{id: "about", menu: "Help", label: "About Sourcebook", do: w.showAbout},
	}
}

package window

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sourcebook/app/intake"
	"sourcebook/app/library"
	"sourcebook/app/session"
	"sourcebook/app/widgets"
	"sourcebook/assets/sample"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

func TestTwoWindowsOnOneNotebook(t *testing.T) {
	p := openTest(t, sampleFile(t))
	first := p.w
	source, _, _, _ := p.ids()
	first.Go(session.Target{Place: session.Library, ID: string(source)})
	p.settle()
	first.another()
	if len(first.windows) != 2 {
		t.Fatalf("%d windows are open", len(first.windows))
	}
	second := first.windows[1]
	p.settle()
	if second.nb != first.nb || second.place != session.Library {
		t.Errorf("the second window is at %s, on the same notebook: %v", second.place, second.nb == first.nb)
	}
	// Each has its own place.
	second.Go(session.Target{Place: session.Countries, ID: "KZ"})
	p.settle()
	if first.place != session.Library || second.place != session.Countries {
		t.Errorf("the windows are at %s and %s", first.place, second.place)
	}
	// A change in one shows in the other.
	second.Go(session.Target{Place: session.Library})
	p.settle()
	tag := &notebook.EditSources{Sources: []notebook.SourceID{source}, AddTags: []string{"from the other"}}
	first.DoUndoable("tag it", "Tagged", nil, tag)
	p.settle()
	if name := second.menu["undo"].Label; !strings.Contains(name, "tag") {
		t.Errorf("the second window would %q", name)
	}
	second.undo()
	p.settle()
	p.view(func(tx *notebook.Tx) error {
		s, err := tx.Source(source)
		if slices.Contains(s.Tags, "from the other") {
			t.Error("an undo in the second window did not take back what was done in the first")
		}
		return err
	})
	// The notebook stays open until the last is closed.
	first.close()
	p.w = second
	p.settle()
	if second.nb.Closed() || len(second.windows) != 1 {
		t.Fatal("the notebook was closed with the first window")
	}
	second.Go(session.Target{Place: session.Claims})
	p.settle()
	third := filepath.Join(t.TempDir(), "other.sourcebook")
	nb := second.nb
	second.openPath(third, false)
	p.settle()
	if !nb.Closed() || filepath.Base(second.nb.Path()) != "other.sourcebook" {
		t.Error("the notebook before is still open")
	}
}

func TestImportsAreQueuedAndTriedAgain(t *testing.T) {
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	w := p.w
	dir := t.TempDir()
	good := filepath.Join(dir, sample.Freight)
	if err := os.WriteFile(good, sample.Capture(sample.Freight), 0o600); err != nil {
		t.Fatal(err)
	}
	late := filepath.Join(dir, "late.html")
	w.importItems([]intake.Item{{Path: good}, {Path: late}}, nil)
	p.settle()
	_, _, n := w.book.imports.snapshot()
	if n.total != 2 || n.done != 1 || n.failed != 1 {
		t.Fatalf("the queue holds %+v", n)
	}
	w.showImports()
	p.shoot("imports")
	if w.panel == nil || len(w.panel.rows) != 2 || !w.panel.retry.Visible() {
		t.Fatal("the panel does not offer to try again")
	}
	w.panel.wrong.OnTapped()
	if len(w.panel.rows) != 1 || !strings.Contains(w.panel.rows[0].result(), "Read late.html") && w.panel.rows[0].state != failed {
		t.Errorf("what went wrong: %+v", w.panel.rows)
	}
	w.panel.copy()
	if got := w.app.Clipboard().Content(); !strings.Contains(got, "late.html") {
		t.Errorf("copied %q", got)
	}
	if err := os.WriteFile(late, sample.Capture(sample.Level), 0o600); err != nil {
		t.Fatal(err)
	}
	w.book.imports.retry(nil)
	p.settle()
	if _, _, n := w.book.imports.snapshot(); n.done != 2 || n.failed != 0 {
		t.Errorf("after another try the queue holds %+v", n)
	}
	w.book.imports.clear()
	if _, _, n := w.book.imports.snapshot(); n.total != 0 {
		t.Errorf("after clearing the queue holds %+v", n)
	}
	w.hideImports()
	p.settle()
}

func TestCancelledImportsCanBeTriedAgain(t *testing.T) {
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	w := p.w
	var items []intake.Item
	for i := range 300 {
		items = append(items, intake.Item{Name: fmt.Sprintf("text %d", i), Bytes: []byte(fmt.Sprintf("Ports of the Caspian, part %d\n\nThe port handled %d tonnes in the first quarter.", i, 1000+i))})
	}
	w.importItems(items[:200], nil)
	w.importItems(items[200:], nil)
	w.book.imports.stopAll()
	p.settle()
	_, _, n := w.book.imports.snapshot()
	if n.waiting != 0 || n.cancelled == 0 || n.total != 300 {
		t.Fatalf("after cancelling the queue holds %+v", n)
	}
	w.book.imports.retry(nil)
	p.settle()
	if _, _, n := w.book.imports.snapshot(); n.done != 300 {
		t.Errorf("after another try the queue holds %+v", n)
	}
	p.view(func(tx *notebook.Tx) error {
		n, err := tx.CountSources(notebook.SourceQuery{})
		if n != 300 {
			t.Errorf("%d sources are held", n)
		}
		return err
	})
}

func TestWatchedFolder(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var l looker
	look := func(want ...string) {
		t.Helper()
		items, err := l.look(dir)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, it := range items {
			got = append(got, filepath.Base(it.Path))
		}
		if !slices.Equal(got, want) {
			t.Errorf("it takes %q, want %q", got, want)
		}
	}
	write("a.html", "<p>one</p>")
	look()         // it may still be written
	look("a.html") // it has not changed
	look()         // once is enough
	write("b.txt", "two")
	look()
	write("b.txt", "two and more") // it was being written
	look()
	look("b.txt")
	write("notes.tmp", "no capture")
	write("empty.html", "")
	look()
	look()
	write("a.html", "<p>another text</p>")
	look()
	look("a.html") // a new state of it
	state := filepath.Join(t.TempDir(), "watch", "state")
	if err := writeTaken(state, l.taken); err != nil {
		t.Fatal(err)
	}
	l = looker{taken: readTaken(state)}
	look()
	look() // what was taken is not again after a restart
	if _, err := l.look(filepath.Join(dir, "gone")); err == nil {
		t.Error("a folder that is not there is no fault")
	}
	for _, name := range []string{"a.html", "b.txt", "notes.tmp", "empty.html"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWatchedFolderIsImported(t *testing.T) {
	before := watchEvery
	watchEvery = 20 * time.Millisecond
	t.Cleanup(func() { watchEvery = before })
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	dir := t.TempDir()
	p.w.book.watch.setFolder(dir)
	if err := os.WriteFile(filepath.Join(dir, sample.Freight), sample.Capture(sample.Freight), 0o600); err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		p.view(func(tx *notebook.Tx) (err error) { n, err = tx.CountSources(notebook.SourceQuery{}); return err })
		return n
	}
	for end := time.Now().Add(20 * time.Second); count() == 0 && time.Now().Before(end); {
		p.turn()
		time.Sleep(5 * time.Millisecond)
	}
	if count() != 1 {
		t.Error("what came into the folder is not imported")
	}
	p.w.book.watch.setFolder("")
	p.settle()
}

func TestBackUpAndRestore(t *testing.T) {
	path := sampleFile(t)
	p := openTest(t, path)
	w := p.w
	w.another()
	p.settle()
	w.book.backups.now(w, func() {})
	p.settle()
	list, err := w.nb.BackupFiles("")
	if err != nil || len(list) != 1 {
		t.Fatalf("%d backups are there: %v", len(list), err)
	}
	source, _, _, _ := p.ids()
	w.Do("bin it", nil, &notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(source)}}})
	p.settle()
	w.book.backups.restore(list[0])
	p.settle()
	if len(w.windows) != 2 || w.windows[0].nb != w.windows[1].nb || w.nb.Closed() {
		t.Fatal("the windows are not on the notebook that was restored")
	}
	p.view(func(tx *notebook.Tx) error {
		n, err := tx.CountSources(notebook.SourceQuery{})
		if n != 3 {
			t.Errorf("%d sources are there after restoring, want 3", n)
		}
		return err
	})
	if len(w.win.Canvas().Overlays().List()) > 0 {
		t.Error("the window is still covered")
	}
	w.windows[1].close()
	p.settle()
}

func TestImportOfAnEncryptedArchive(t *testing.T) {
	const passphrase = "eleven harbour cranes"
	archive := filepath.Join(t.TempDir(), "sample.zip.age")
	from, err := notebook.Open(sampleFile(t), notebook.Options{MustExist: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(from.Archive(context.Background(), archive, passphrase, nil), from.Close()); err != nil {
		t.Fatal(err)
	}
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	p.w.importPaths([]string{archive}, notebook.ByFile)
	p.settle()
	count := func() (n int) {
		p.view(func(tx *notebook.Tx) (err error) {
			n, err = tx.CountSources(notebook.SourceQuery{})
			return err
		})
		return n
	}
	for _, try := range []struct {
		passphrase string
		want       int
	}{{"wrong", 0}, {passphrase, 3}} {
		e, ok := p.w.win.Canvas().Focused().(*widgets.Entry)
		if !ok || !e.Password {
			t.Fatal("no passphrase is asked for")
		}
		e.SetText(try.passphrase)
		e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		p.settle()
		if n := count(); n != try.want {
			t.Fatalf("%d sources are there after the passphrase %q, want %d", n, try.passphrase, try.want)
		}
	}
	if len(p.w.win.Canvas().Overlays().List()) > 0 {
		t.Error("the window is still covered")
	}
}

func TestTabs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "n.sourcebook")
	nb, err := notebook.Open(path, notebook.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := notebooktest.Fill(nb, 60, notebooktest.FillOptions{Words: 700}); err != nil {
		t.Fatal(err)
	}
	var all []notebook.SourceID
	err = nb.View(func(tx *notebook.Tx) (err error) { all, err = tx.SourceIDs(notebook.SourceQuery{}); return err })
	if err != nil {
		t.Fatal(err)
	}
	read := true // so that opening one is no change
	if _, err := nb.Do(&notebook.EditSources{Sources: all, Read: &read}); err != nil {
		t.Fatal(err)
	}
	if err := nb.Close(); err != nil {
		t.Fatal(err)
	}
	p := openTest(t, path)
	w := p.w
	w.win.Resize(fyne.NewSize(1200, 700))
	lib := w.screens[session.Library].(*library.Screen)
	var ids []notebook.SourceID
	p.view(func(tx *notebook.Tx) (err error) { ids, err = tx.SourceIDs(notebook.SourceQuery{}); return err })
	w.Go(session.Target{Place: session.Library, ID: string(ids[0])})
	p.settle()
	memory := func() uint64 {
		p.settle()
		for range 3 {
			runtime.GC()
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	open := func(n int) {
		for _, id := range ids[1 : n+1] {
			w.Go(session.Target{Place: session.Library, ID: string(id), Apart: true})
			p.settle()
		}
		if lib.Tabs() != n+1 {
			t.Fatalf("%d tabs are open, want %d", lib.Tabs(), n+1)
		}
	}
	closeAll := func() {
		for lib.Tabs() > 1 {
			w.run("close")
			p.settle()
		}
	}
	// What is made once and kept (fonts, icons, measures) is made by now.
	open(10)
	closeAll()
	before := memory()
	open(50)
	w.run("next-tab")
	p.settle()
	if w.last[session.Library] != string(ids[0]) {
		t.Errorf("after the last tab comes %s", w.last[session.Library])
	}
	w.run("previous-tab")
	p.settle()
	closeAll()
	after := memory()
	t.Logf("heap before %d kB, after 50 tabs were opened and closed %d kB", before/1024, after/1024)
	if after > before+before/5+4<<20 {
		t.Errorf("50 tabs opened and closed leave %d kB more than the %d kB before", (after-before)/1024, before/1024)
	}
	if w.closed {
		t.Error("closing tabs closed the window")
	}
	// A source that is open is not opened twice; one that is binned loses its tab.
	w.Go(session.Target{Place: session.Library, ID: string(ids[1]), Apart: true})
	w.Go(session.Target{Place: session.Library, ID: string(ids[2]), Apart: true})
	w.Go(session.Target{Place: session.Library, ID: string(ids[1]), Apart: true})
	p.settle()
	if lib.Tabs() != 3 {
		t.Errorf("%d tabs are open, want 3", lib.Tabs())
	}
	w.run("delete")
	p.settle()
	if n := lib.Tabs(); n > 3 {
		t.Errorf("%d tabs are open after one of their sources went to the bin", n)
	}
}

func TestTabsAreRemembered(t *testing.T) {
	path := sampleFile(t)
	p := openTest(t, path)
	w := p.w
	var ids []notebook.SourceID
	p.view(func(tx *notebook.Tx) (err error) { ids, err = tx.SourceIDs(notebook.SourceQuery{}); return err })
	for _, id := range ids {
		w.Go(session.Target{Place: session.Library, ID: string(id), Apart: true})
		p.settle()
	}
	w.another()
	p.settle()
	w.windows[1].close() // its tabs are not those to come back to
	p.settle()
	// The same program, another notebook, and back: as after a restart.
	w.openPath(filepath.Join(t.TempDir(), "other.sourcebook"), false)
	p.settle()
	if n := w.screens[session.Library].(*library.Screen).Tabs(); n != 1 {
		t.Errorf("%d tabs are open in an empty notebook", n)
	}
	w.openPath(path, true)
	p.settle()
	if n := w.screens[session.Library].(*library.Screen).Tabs(); n != len(ids) {
		t.Errorf("%d tabs are open again, want %d", n, len(ids))
	}
}

// TestShortcutSheetIsTrue holds the sheet, the menus and the palette to one
// table.
func TestShortcutSheetIsTrue(t *testing.T) {
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	w := p.w
	rows := w.sheetRows()
	var sheet []string
	for _, r := range rows {
		sheet = append(sheet, r.label)
	}
	inMenu := map[string]bool{}
	for _, m := range w.win.MainMenu().Items {
		for _, it := range m.Items {
			inMenu[it.Label] = true
		}
	}
	inPalette := map[string]bool{}
	for _, c := range (&palette{w: w}).commands("") {
		inPalette[c.label] = true
	}
	for _, c := range w.table {
		if c.menu == "" {
			t.Errorf("the command %q is in no menu", c.id)
			continue
		}
		label := c.label
		if c.name != nil && c.name() != "" {
			label = c.name()
		}
		if !inMenu[label] {
			t.Errorf("%q is not in the menus", label)
		}
		if c.id != "palette" && c.id != "paste" && !inPalette[strings.TrimSuffix(label, "…")] {
			t.Errorf("%q is not in the palette", label)
		}
		if (c.keys != nil || c.plain != "") != slices.Contains(sheet, c.label) {
			t.Errorf("%q (%s) and the sheet disagree", c.label, keysOf(c.keys))
		}
		if w.menu[c.id] == nil || c.keys != nil && w.menu[c.id].Shortcut != fyne.Shortcut(c.keys) {
			t.Errorf("the menu has another shortcut for %q", c.label)
		}
	}
	for _, r := range rows {
		if strings.TrimSpace(r.keys) == "" {
			t.Errorf("%q stands in the sheet without a key", r.label)
		}
	}
}

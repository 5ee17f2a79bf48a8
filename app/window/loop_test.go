package window

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/library"
	"sourcebook/app/session"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/assets/sample"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// view reads from the notebook of the window.
func (p *pump) view(fn func(tx *notebook.Tx) error) {
	p.t.Helper()
	if err := p.w.nb.View(fn); err != nil {
		p.t.Fatal(err)
	}
}

// find gives the first object of a type on the window that fits.
func findOn[T fyne.CanvasObject](p *pump, fits func(T) bool) (found T, ok bool) {
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if ok || !o.Visible() {
			return
		}
		if x, is := o.(T); is && fits(x) {
			found, ok = x, true
			return
		}
		switch x := o.(type) {
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(x).Objects() {
				walk(c)
			}
		}
	}
	tops := append([]fyne.CanvasObject{}, p.w.win.Canvas().Overlays().List()...)
	for i := len(tops) - 1; i >= 0; i-- {
		walk(tops[i])
	}
	walk(p.w.win.Content())
	return found, ok
}

func (p *pump) press(label string) {
	p.t.Helper()
	b, ok := findOn(p, func(b *widgets.Button) bool { return b.Text == label })
	if !ok {
		p.t.Fatalf("there is no button %q", label)
	}
	test.Tap(b)
	p.settle()
}

func (p *pump) entry(placeholder string) *widgets.Entry {
	p.t.Helper()
	e, ok := findOn(p, func(e *widgets.Entry) bool { return strings.HasPrefix(e.PlaceHolder, placeholder) })
	if !ok {
		p.t.Fatalf("there is no field %q", placeholder)
	}
	return e
}

func (p *pump) reader() *reader.Reader {
	p.t.Helper()
	r, ok := findOn(p, func(*reader.Reader) bool { return true })
	if !ok {
		p.t.Fatal("there is no reader")
	}
	return r
}

// TestLoop goes from the capture to the comparison by the window's own parts
// and looks at the notebook after each step.
func TestLoop(t *testing.T) {
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	w := p.w
	file := filepath.Join(t.TempDir(), sample.Freight)
	if err := os.WriteFile(file, sample.Capture(sample.Freight), 0o600); err != nil {
		t.Fatal(err)
	}
	w.importPaths([]string{file, filepath.Join(t.TempDir(), "missing.html")}, notebook.ByFile)
	p.settle()
	var src notebook.Source
	p.view(func(tx *notebook.Tx) error {
		n, err := tx.CountSources(notebook.SourceQuery{})
		if n != 1 || err != nil {
			t.Fatalf("%d sources are held after the import (%v)", n, err)
		}
		for s, err := range tx.Sources(notebook.SourceQuery{}) {
			src = s
			if err != nil {
				return err
			}
		}
		return nil
	})
	if len(w.toasts.shown) != 1 {
		t.Errorf("%d messages are shown after an import with a fault, want 1", len(w.toasts.shown))
	}
	w.Go(session.Target{Place: session.Library, ID: string(src.ID)})
	p.settle()

	// Highlight.
	r := p.reader()
	r.Select(reader.Range{Start: 200, End: 260})
	w.run("highlight")
	p.settle()
	var marks []notebook.Highlight
	p.view(func(tx *notebook.Tx) (err error) { marks, err = tx.Highlights(src.ID); return err })
	if len(marks) != 1 || marks[0].Start != 200 || marks[0].End != 260 {
		t.Fatalf("after H the highlights are %+v", marks)
	}
	p.shoot("loop-highlight")

	// A note on it.
	w.run("note")
	p.settle()
	e := p.entry("Note on this passage")
	e.SetText("Check with the ports.")
	p.press("Save note")
	p.view(func(tx *notebook.Tx) (err error) { marks, err = tx.Highlights(src.ID); return err })
	if marks[0].Note != "Check with the ports." {
		t.Errorf("the note is %q", marks[0].Note)
	}

	// Claim.
	r.Select(reader.Range{Start: 300, End: 380})
	w.run("claim")
	p.settle()
	p.shoot("loop-form")
	st := p.entry("One checkable statement")
	if st.Text == "" {
		t.Error("the form does not propose the selection as statement")
	}
	st.SetText("Kazakhstan builds two berths at Aktau.")
	c := p.entry("Add a country")
	w.win.Canvas().Focus(c)
	test.Type(c, "Turkm")
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	topic := p.entry("Add a topic")
	test.Type(topic, "Ports")
	topic.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.entry("2025-10-29").SetText("September 2025")
	test.Type(p.entry("Address, or as cited"), "Port Bulletin, August 12, 2025")
	w.run("save")
	p.settle()
	var claim notebook.Claim
	p.view(func(tx *notebook.Tx) error {
		for x, err := range tx.Claims(notebook.ClaimQuery{}) {
			claim = x
			if err != nil {
				return err
			}
		}
		return nil
	})
	if claim.Statement != "Kazakhstan builds two berths at Aktau." || claim.EventDate != "2025-09" || len(claim.Topics) != 1 || claim.Topics[0] != "Ports" {
		t.Errorf("the claim is %+v", claim)
	}
	hasTM := false
	for _, code := range claim.Countries {
		hasTM = hasTM || code == country.Code("TM")
	}
	if !hasTM {
		t.Errorf("the countries are %v, without the one that was typed", claim.Countries)
	}
	highlights, links := 0, 0
	for _, ev := range claim.Evidence {
		if ev.Highlight != "" {
			highlights++
		} else {
			links++
		}
	}
	if highlights != 1 || links < 1 {
		t.Errorf("the evidence is %+v", claim.Evidence)
	}

	// One undo takes claim, highlight and link away together; redo brings them back.
	w.undo()
	p.settle()
	p.view(func(tx *notebook.Tx) error {
		if n, _ := tx.CountClaims(notebook.ClaimQuery{}); n != 0 {
			t.Errorf("%d claims are left after undo", n)
		}
		marks, _ := tx.Highlights(src.ID)
		if len(marks) != 1 {
			t.Errorf("%d highlights are left after undo, want 1", len(marks))
		}
		return nil
	})
	w.redo()
	p.settle()
	w.Go(session.Target{Place: session.Claims, ID: string(claim.ID)})
	p.shoot("loop-claim")

	// The claim to the bin and back.
	w.run("delete")
	p.settle()
	p.view(func(tx *notebook.Tx) error {
		b, err := tx.Bin()
		if len(b) != 1 {
			t.Errorf("the bin holds %v", b)
		}
		return err
	})
	w.undo()
	p.settle()

	// Compare.
	w.Go(session.Target{Place: session.Compare, Query: "KZ"})
	p.settle()
	c = p.entry("Add a country")
	w.win.Canvas().Focus(c)
	test.Type(c, "Azerb")
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	p.settle()
	p.press("Save")
	p.view(func(tx *notebook.Tx) error {
		cs, err := tx.Comparisons()
		if len(cs) != 1 || len(cs[0].Countries) != 2 {
			t.Errorf("the comparisons are %+v", cs)
		}
		return err
	})
	p.shoot("loop-compare")

	// Search, then the way back.
	w.Go(session.Target{Place: session.Search, Query: "berths"})
	p.settle()
	w.back()
	p.settle()
	if w.place != session.Compare {
		t.Errorf("back leads to %s", w.place)
	}
	if _, ok := w.screens[session.Library].(*library.Screen); !ok {
		t.Error("the library is gone")
	}
	rep, err := w.nb.Verify()
	if err != nil || len(rep.Faults) > 0 {
		t.Errorf("verify: %v %v", rep.Faults, err)
	}
}

func TestPaletteAndSheets(t *testing.T) {
	p := openTest(t, sampleFile(t))
	w := p.w
	w.showPalette()
	p.settle()
	p.shoot("palette")
	e := p.entry("A command, source")
	for _, r := range "freight" {
		test.Type(e, string(r))
		p.settle()
	}
	p.shoot("palette-typed")
	e.OnSubmitted(e.Text)
	p.settle()
	if s, ok := w.past.current(); !ok || s.Place != session.Library || s.ID == "" {
		t.Errorf("the palette led to %+v", s)
	}
	w.showPalette()
	e = p.entry("A command, source")
	for _, r := range "zzqqzz" {
		test.Type(e, string(r))
		p.settle()
	}
	if n := len(w.palette.choices); n != 1 || w.palette.choices[0].icon != "search" {
		t.Errorf("for a name that nothing has, %d choices are there; want the search", n)
	}
	w.showPalette()
	if n := len(w.win.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d things lie over the window after the key was pressed again", n)
	}
	// A sheet keeps what lies under it, and Escape closes it wherever the focus is.
	w.showSettings()
	w.win.Canvas().Unfocus()
	place := w.place
	for _, c := range w.table {
		if c.id == "go-timeline" {
			w.pressed(c)
		}
	}
	if w.place != place {
		t.Errorf("a key pressed in the settings led to %s", w.place)
	}
	w.escape()
	if n := len(w.win.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d things lie over the window after Escape", n)
	}
	for name, open := range map[string]func(){"shortcuts": w.showShortcuts, "about": w.showAbout, "settings": w.showSettings, "address": w.askAddress, "new": w.askNew} {
		open()
		p.shoot(name)
		for _, o := range w.win.Canvas().Overlays().List() {
			o.Hide()
			w.win.Canvas().Overlays().Remove(o)
		}
	}
}

func TestNoShortcutTwice(t *testing.T) {
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	seen, ids := map[string]string{}, map[string]bool{}
	for _, c := range p.w.table {
		if ids[c.id] {
			t.Errorf("the command %q is there twice", c.id)
		}
		ids[c.id] = true
		if c.keys == nil {
			continue
		}
		if other := seen[c.keys.ShortcutName()]; other != "" {
			t.Errorf("%s is the shortcut of %q and of %q", keysOf(c.keys), other, c.id)
		}
		seen[c.keys.ShortcutName()] = c.id
	}
}

func TestTheWindowRemembersWhereItWas(t *testing.T) {
	path := sampleFile(t)
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	a := test.NewTempApp(t)
	run := func(do func(p *pump)) {
		p := &pump{t: t}
		w, err := newWindow(context.Background(), a, Options{Path: path}, p.deliver, p.start)
		if err != nil {
			t.Fatal(err)
		}
		p.w = w
		w.win.Resize(fyne.NewSize(1200, 700))
		p.settle()
		do(p)
		p.settle()
		w.close()
		w.end()
	}
	var source notebook.SourceID
	run(func(p *pump) {
		source, _, _, _ = p.ids()
		p.w.Go(session.Target{Place: session.Library, ID: string(source)})
		p.settle()
		p.w.Go(session.Target{Place: session.Countries, ID: "GE"})
		p.settle()
		p.w.goer(session.Countries)()
	})
	run(func(p *pump) {
		if p.w.place != session.Countries || p.w.last[session.Countries] != "GE" {
			t.Errorf("it opens at %s, %v", p.w.place, p.w.last)
		}
		p.w.goer(session.Library)()
		p.settle()
		if p.w.last[session.Library] != string(source) {
			t.Errorf("the library opens %q", p.w.last[session.Library])
		}
		p.reader()
	})
}

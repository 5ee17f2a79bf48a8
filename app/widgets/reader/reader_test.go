package reader

import (
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	sourcebook "sourcebook/app/theme"
	"sourcebook/app/widgets/reader/layout"
	"sourcebook/notebook/document"
)

// bench is a reader in a window of the software driver, with what it said.
type bench struct {
	*Reader
	t      *testing.T
	win    fyne.Window
	sel    []Range
	text   string
	marks  []string
	links  []string
	keys   []rune
	menus  int
	clock  time.Time
	blocks []document.Block
}

var sample = []document.Block{
	{Kind: document.Paragraph, Text: "The ferry waits for weather on one day in five, says the port.", Links: []document.Link{{Start: 53, End: 61, URL: "https://example.org/port"}}},
	{Kind: document.Heading, Level: 2, Text: "Second thoughts"},
	{Kind: document.Paragraph, Text: "Nobody gave a date for the new terminal; the yard in Ələt gave none either."},
	{Kind: document.Paragraph, Text: "הנמל קלט 1,240 מכולות החודש."},
}

func newBench(t *testing.T, blocks []document.Block, size fyne.Size) *bench {
	t.Helper()
	test.NewTempApp(t)
	b := &bench{Reader: New(), t: t, clock: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), blocks: blocks}
	b.SetRunner(Inline())
	b.now = func() time.Time { return b.clock }
	b.tip.after = func(_ time.Duration, f func()) { f() }
	b.OnSelectionChanged = func(sel Range, text string) { b.sel, b.text = append(b.sel, sel), text }
	b.OnMarkTapped = func(ids []string, _ fyne.Position) { b.marks = append(b.marks, strings.Join(ids, ",")) }
	b.OnLinkTapped = func(url string) { b.links = append(b.links, url) }
	b.OnKey = func(k rune) bool { b.keys = append(b.keys, k); return true }
	b.OnContextMenu = func(fyne.Position) { b.menus++ }
	b.win = test.NewTempWindow(t, b.Reader)
	b.win.SetPadded(false)
	b.win.Resize(size)
	b.SetDocument(blocks, Header{})
	return b
}

// point gives a point in the leading half of a code point, in the reader.
func (b *bench) point(pos int) fyne.Position {
	b.t.Helper()
	lead := float32(0.4)
	if b.page.RTL(pos) {
		lead = 0.6
	}
	var at fyne.Position
	found := false
	b.page.Rects(pos, pos+1, func(_ layout.Ref, r layout.Rect) {
		if !found {
			at, found = b.screen(r.X+r.W*lead, r.Y+r.H/2), true
		}
	})
	if !found {
		b.t.Fatalf("nothing is drawn at %d", pos)
	}
	return at
}

func (b *bench) event(pos int, button desktop.MouseButton, mod fyne.KeyModifier) *desktop.MouseEvent {
	p := b.point(pos)
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p, AbsolutePosition: p.Add(b.absolute())}, Button: button, Modifier: mod}
}

// click presses and lets go, a while after the last click unless it counts with it.
func (b *bench) click(pos int, mod fyne.KeyModifier) {
	b.clock = b.clock.Add(time.Second)
	b.clickAgain(pos, mod)
}

func (b *bench) clickAgain(pos int, mod fyne.KeyModifier) {
	b.clock = b.clock.Add(50 * time.Millisecond)
	b.MouseDown(b.event(pos, desktop.MouseButtonPrimary, mod))
	b.MouseUp(b.event(pos, desktop.MouseButtonPrimary, mod))
}

// drag presses at from and lets go at to.
func (b *bench) drag(from, to int) {
	b.clock = b.clock.Add(time.Second)
	b.MouseDown(b.event(from, desktop.MouseButtonPrimary, 0))
	p := b.point(to)
	b.dragPoint(p)
	b.DragEnd()
	b.MouseUp(b.event(to, desktop.MouseButtonPrimary, 0))
}

func (b *bench) dragPoint(p fyne.Position) {
	b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: p, AbsolutePosition: p.Add(b.absolute())}})
}

func (b *bench) key(name fyne.KeyName) { b.TypedKey(&fyne.KeyEvent{Name: name}) }

func (b *bench) shiftKey(name fyne.KeyName) {
	b.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	b.key(name)
	b.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func (b *bench) shortcut(name fyne.KeyName, mod fyne.KeyModifier) {
	b.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault | mod})
}

// canonical is the text that positions count in.
func (b *bench) canonical() []rune { return []rune(document.Canonical(b.blocks)) }

// at finds the code point where a text stands.
func (b *bench) at(text string) int {
	b.t.Helper()
	i := strings.Index(document.Canonical(b.blocks), text)
	if i < 0 {
		b.t.Fatalf("%q is not in the sample", text)
	}
	return len([]rune(document.Canonical(b.blocks)[:i]))
}

func (b *bench) wantSelection(text string) {
	b.t.Helper()
	sel, got, ok := b.Selection()
	if got != text || ok != (text != "") {
		b.t.Errorf("selected %q at %v, want %q", got, sel, text)
	}
	if ok && string(b.canonical()[sel.Start:sel.End]) != got {
		b.t.Errorf("positions %v are not those of %q", sel, got)
	}
}

var wide = fyne.NewSize(700, 500)

func TestSelectByMouse(t *testing.T) {
	b := newBench(t, sample, wide)
	ferry := b.at("ferry")

	b.drag(ferry, ferry+5)
	b.wantSelection("ferry")
	if len(b.sel) != 1 || b.text != "ferry" {
		t.Errorf("told %v, %q", b.sel, b.text)
	}
	b.drag(ferry+5, ferry) // backwards
	b.wantSelection("ferry")

	b.drag(b.at("port."), b.at("Nobody")+6) // across blocks
	b.wantSelection("port.\n\nSecond thoughts\n\nNobody")

	b.click(b.at("weather")+2, 0)
	b.wantSelection("")
	b.clickAgain(b.at("weather")+2, 0)
	b.wantSelection("weather")
	b.clickAgain(b.at("weather")+2, 0)
	b.wantSelection(sample[0].Text)

	b.click(ferry, 0)
	b.click(b.at("waits")+5, fyne.KeyModifierShift)
	b.wantSelection("ferry waits")

	// A drag that begins with a double click grows by words, to both sides.
	b.click(b.at("weather")+2, 0)
	b.clock = b.clock.Add(50 * time.Millisecond)
	b.MouseDown(b.event(b.at("weather")+2, desktop.MouseButtonPrimary, 0))
	b.dragPoint(b.point(b.at("day") + 1))
	b.wantSelection("weather on one day")
	b.dragPoint(b.point(b.at("waits") + 1))
	b.wantSelection("waits for weather")
	b.DragEnd()

	hebrew := b.at("הנמל")
	b.drag(hebrew, hebrew+4)
	b.wantSelection("הנמל")
	b.drag(hebrew, b.at("מכולות"))
	b.wantSelection("הנמל קלט 1,240 ")
}

func TestSelectByKeyboard(t *testing.T) {
	b := newBench(t, sample, wide)
	b.win.Canvas().Focus(b.Reader)
	b.click(b.at("ferry"), 0)
	for range 5 {
		b.shiftKey(fyne.KeyRight)
	}
	b.wantSelection("ferry")
	b.shortcut(fyne.KeyRight, fyne.KeyModifierShift)
	b.wantSelection("ferry waits")
	b.shortcut(fyne.KeyLeft, fyne.KeyModifierShift)
	b.wantSelection("ferry ")
	b.key(fyne.KeyLeft)
	b.wantSelection("")
	b.shiftKey(fyne.KeyHome)
	b.wantSelection("The ")
	b.shiftKey(fyne.KeyEnd)
	start, end := b.page.LineEdges(0)
	b.wantSelection(string(b.canonical()[4:end]))
	if start != 0 {
		t.Errorf("line begins at %d", start)
	}
	b.click(b.at("Nobody"), 0)
	b.shortcut(fyne.KeyEnd, fyne.KeyModifierShift)
	b.wantSelection(string(b.canonical()[b.at("Nobody"):]))
	b.shortcut(fyne.KeyHome, fyne.KeyModifierShift)
	b.wantSelection(string(b.canonical()[:b.at("Nobody")]))
	b.TypedShortcut(&fyne.ShortcutSelectAll{})
	b.wantSelection(string(b.canonical()))
	b.TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != string(b.canonical()) {
		t.Errorf("copied %q", got)
	}
	b.key(fyne.KeyEscape)
	b.wantSelection("")

	// Down and up again comes back to the same place.
	b.click(b.at("weather"), 0)
	from := b.Reader.sel.head
	for range 3 {
		b.key(fyne.KeyDown)
	}
	for range 3 {
		b.key(fyne.KeyUp)
	}
	if got := b.Reader.sel.head; got != from {
		t.Errorf("the caret came back to %d, from %d", got, from)
	}

	// In a right-to-left paragraph the left arrow goes forward.
	hebrew := b.at("הנמל")
	b.click(hebrew, 0)
	for range 4 {
		b.shiftKey(fyne.KeyLeft)
	}
	b.wantSelection("הנמל")
}

func TestKeysOfTheReader(t *testing.T) {
	b := newBench(t, sample, wide)
	b.win.Canvas().Focus(b.Reader)
	test.Type(b.Reader, "hcnlxсd")
	if string(b.keys) != "HCNLC" {
		t.Errorf("keys %q", string(b.keys))
	}
	b.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	b.TypedRune('h')
	b.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	if len(b.keys) != 5 {
		t.Error("a key with shift counts")
	}
	passed := false
	s := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}
	b.win.Canvas().AddShortcut(s, func(fyne.Shortcut) { passed = true })
	b.TypedShortcut(s)
	if _, ok := b.win.Canvas().(fyne.Shortcutable); ok && !passed {
		t.Error("a shortcut that the reader has no use for does not reach the window")
	}
}

func TestMarksAndLinksAreClicked(t *testing.T) {
	b := newBench(t, sample, wide)
	ferry, port := b.at("ferry"), b.at("the port")
	b.SetMarks([]Mark{
		{ID: "one", Range: Range{ferry, ferry + 11}, Colour: "yellow"},
		{ID: "two", Range: Range{ferry + 6, ferry + 19}, Colour: "blue", Kind: MarkClaim, Note: "Ask the port."},
	})
	b.click(ferry+1, 0)
	b.click(ferry+7, 0)
	b.click(port+1, 0)
	if got := strings.Join(b.marks, " "); got != "one two,one" {
		t.Errorf("marks tapped: %s", got)
	}
	if len(b.links) != 1 || b.links[0] != "https://example.org/port" {
		t.Errorf("links tapped: %v", b.links)
	}
	// Over a link a mark comes first, unless Ctrl is held.
	b.SetMarks([]Mark{{ID: "three", Range: Range{port, port + 8}, Colour: "green"}})
	b.click(port+1, 0)
	b.click(port+1, fyne.KeyModifierShortcutDefault)
	if got := strings.Join(b.marks, " "); got != "one two,one three" || len(b.links) != 2 {
		t.Errorf("marks %s, links %v", got, b.links)
	}
	// A drag over a mark is not a click on it.
	b.drag(port, port+3)
	if len(b.marks) != 3 {
		t.Error("a drag counts as a click")
	}
	b.MouseMoved(b.event(port+1, 0, 0))
	if b.Cursor() != desktop.PointerCursor {
		t.Error("no hand over a link")
	}
	b.MouseMoved(b.event(ferry, 0, 0))
	if b.Cursor() != desktop.TextCursor {
		t.Error("no I-beam over text")
	}
}

func TestNoteIsShown(t *testing.T) {
	b := newBench(t, sample, wide)
	b.SetMarks([]Mark{{ID: "a", Range: Range{4, 20}, Colour: "pink", Note: "Check the date of this."}})
	b.MouseMoved(b.event(8, 0, 0))
	if !b.tip.shown {
		t.Fatal("the note is not shown")
	}
	last := b.objects[len(b.objects)-2:]
	if last[0] != fyne.CanvasObject(b.tip.ground) || last[1] != fyne.CanvasObject(b.tip.text) {
		t.Error("the note is not on top")
	}
	b.MouseMoved(b.event(40, 0, 0))
	if b.tip.shown {
		t.Error("the note stays")
	}
}

func TestContextMenu(t *testing.T) {
	b := newBench(t, sample, wide)
	ferry := b.at("ferry")
	b.drag(ferry, ferry+5)
	secondary := func(pos int) {
		b.MouseDown(b.event(pos, desktop.MouseButtonSecondary, 0))
		b.MouseUp(b.event(pos, desktop.MouseButtonSecondary, 0))
		e := b.event(pos, desktop.MouseButtonSecondary, 0)
		b.TappedSecondary(&e.PointEvent)
	}
	secondary(ferry + 2)
	b.wantSelection("ferry")
	secondary(b.at("weather"))
	b.wantSelection("")
	if b.menus != 2 {
		t.Errorf("%d menus", b.menus)
	}
}

func TestFind(t *testing.T) {
	long := append([]document.Block{}, sample...)
	for range 40 {
		long = append(long, document.Block{Kind: document.Paragraph, Text: strings.Repeat("Nothing of interest is said here. ", 8)})
	}
	long = append(long, document.Block{Kind: document.Paragraph, Text: "At last the ELET yard, and Èlet’s “queue” too: əlet."})
	b := newBench(t, long, wide)
	if n := b.Find("element"); n != 0 {
		t.Errorf("found %d of what is not there", n)
	}
	if n, of := b.FindNext(); n != 0 || of != 0 {
		t.Errorf("next of nothing is %d of %d", n, of)
	}
	if n := b.Find("elet"); n != 2 {
		t.Errorf("found %d, want 2", n)
	}
	if n := b.Find("ələt"); n != 1 {
		t.Errorf("found %d, want 1", n)
	}
	if n := b.Find("elet"); n != 2 {
		t.Fatalf("found %d, want 2", n)
	}
	first := b.finds.hits[b.finds.current]
	if got := string(b.canonical()[first.Start:first.End]); got != "ELET" {
		t.Errorf("first is %q", got)
	}
	y := b.page.YOf(first.Start) + padTop
	if y < b.offset || y > b.offset+b.Size().Height {
		t.Error("the first place found is not in view")
	}
	if n, of := b.FindNext(); n != 2 || of != 2 {
		t.Errorf("next is %d of %d", n, of)
	}
	if n, _ := b.FindNext(); n != 1 {
		t.Errorf("around the end is %d", n)
	}
	if n, _ := b.FindPrev(); n != 2 {
		t.Errorf("around the start is %d", n)
	}
	if n := b.Find(`"queue"`); n != 1 {
		t.Error("straight quotation marks do not find curly ones")
	}
	b.ClearFind()
	if len(b.finds.hits) != 0 || len(b.bar.places) != 0 {
		t.Error("marks of the search stay")
	}
}

func TestScroll(t *testing.T) {
	b := newBench(t, many(200), wide)
	if len(b.views) > 60 {
		t.Errorf("%d lines exist", len(b.views))
	}
	b.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -1000)})
	if b.offset != 1000 {
		t.Errorf("offset %g", b.offset)
	}
	pos := b.ReadingPosition()
	if pos == 0 {
		t.Error("still at the start")
	}
	b.SetReadingPosition(5000)
	if got := b.ReadingPosition(); got != 5000 {
		t.Errorf("position %d, want 5000", got)
	}
	// Another width keeps the place.
	b.win.Resize(fyne.NewSize(420, 500))
	if got := b.page.YOf(5000) + padTop - b.offset; absolute(got) > 40 {
		t.Errorf("after a resize the place lies %g from the top", got)
	}
	b.win.Resize(wide)
	if got := b.page.YOf(5000) + padTop - b.offset; absolute(got) > 1 {
		t.Errorf("after the way back the place lies %g from the top", got)
	}
	b.SetStyle(Style{TextSize: 24})
	if got := b.page.YOf(5000) + padTop - b.offset; absolute(got) > 40 {
		t.Errorf("at another size the place lies %g from the top", got)
	}
	b.ScrollTo(Range{9000, 9010})
	y := b.page.YOf(9000) + padTop - b.offset
	if y < 0 || y > b.Size().Height/2 {
		t.Errorf("scrolled to, a place lies %g from the top", y)
	}
	before := b.offset
	b.ScrollTo(Range{9000, 9020})
	if b.offset != before {
		t.Error("what is in view is scrolled to")
	}
	b.key(fyne.KeyHome)
	if b.offset != 0 {
		t.Errorf("home is %g", b.offset)
	}
	b.key(fyne.KeyPageDown)
	if b.offset < 300 || b.offset > 500 {
		t.Errorf("a page is %g", b.offset)
	}
	b.key(fyne.KeyEnd)
	if want := b.contentHeight() - b.Size().Height; absolute(b.offset-want) > 1 {
		t.Errorf("the end is %g, want %g", b.offset, want)
	}
}

func TestDragOutsideScrolls(t *testing.T) {
	b := newBench(t, many(60), wide)
	b.MouseDown(b.event(10, desktop.MouseButtonPrimary, 0))
	p := fyne.NewPos(200, b.Size().Height+40)
	b.dragPoint(p)
	tick := b.mouse.scroll
	if tick == nil {
		t.Fatal("a drag below the reader does not scroll")
	}
	for range 10 {
		b.clock = b.clock.Add(50 * time.Millisecond)
		tick.Tick(0)
	}
	if b.offset < 100 {
		t.Errorf("scrolled by %g", b.offset)
	}
	sel, _, ok := b.Selection()
	if !ok || sel.Start != 10 || b.page.YOf(sel.End)+padTop < b.offset {
		t.Errorf("selected %v", sel)
	}
	b.dragPoint(fyne.NewPos(200, 100))
	if b.mouse.scroll != nil {
		t.Error("scrolls on inside the reader")
	}
	b.DragEnd()
	if b.win.Canvas().Focused() != fyne.Focusable(b.Reader) {
		t.Error("the focus is lost behind a drag")
	}
}

func TestSelectionRect(t *testing.T) {
	b := newBench(t, sample, wide)
	if _, _, ok := b.SelectionRect(); ok {
		t.Error("a rectangle of nothing")
	}
	ferry := b.at("ferry")
	b.Select(Range{ferry, ferry + 5})
	pos, size, ok := b.SelectionRect()
	in := b.point(ferry + 2).Add(b.absolute())
	if !ok || in.X < pos.X || in.Y < pos.Y || in.X > pos.X+size.Width || in.Y > pos.Y+size.Height {
		t.Errorf("%v %v does not hold %v", pos, size, in)
	}
	if size.Width > 80 || size.Height > 40 {
		t.Errorf("size %v of one word", size)
	}
}

func TestBar(t *testing.T) {
	b := newBench(t, many(200), wide)
	at := b.page.Len() / 2
	b.SetMarks([]Mark{{ID: "m", Range: Range{at, at + 20}, Colour: "green"}})
	if len(b.bar.places) != 1 {
		t.Fatalf("%d ticks", len(b.bar.places))
	}
	tk := b.bar.places[0]
	if tk.from < 0.4 || tk.from > 0.6 {
		t.Errorf("the middle of the text is at %g", tk.from)
	}
	press := func(x, y float32) {
		b.bar.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary})
		b.bar.MouseUp(nil)
	}
	press(3, tk.from*b.bar.Size().Height+1)
	if y := b.page.YOf(at) + padTop - b.offset; y < 0 || y > b.Size().Height/2 {
		t.Errorf("the mark lies %g from the top", y)
	}
	press(14, b.bar.Size().Height-1)
	if want := b.contentHeight() - b.Size().Height; absolute(b.offset-want) > 30 {
		t.Errorf("the end of the bar is %g, want %g", b.offset, want)
	}
	y, h := b.bar.thumbSpan()
	if h < thumbMin || y+h > b.bar.Size().Height+1 {
		t.Errorf("thumb at %g, %g long", y, h)
	}
}

func TestHeaderIsDrawn(t *testing.T) {
	b := newBench(t, sample, wide)
	b.SetDocument(sample, Header{Title: "A title", Standfirst: "What it is about", Byline: "A. Writer", Site: "Example", Date: "2 January 2026"})
	if b.page.Header() != 3 {
		t.Fatalf("%d parts", b.page.Header())
	}
	if got := b.page.Block(2).Text; got != "A. Writer  ·  Example  ·  2 January 2026" {
		t.Errorf("byline %q", got)
	}
	b.SelectAll()
	b.wantSelection(string(b.canonical()))
}

func TestTitleIsNotDrawnTwice(t *testing.T) {
	b := newBench(t, sample, wide)
	own := append([]document.Block{
		{Kind: document.Heading, Level: 1, Text: "A Title"},
		{Kind: document.Paragraph, Text: "What it is about"},
	}, sample...)
	h := Header{Title: "A title ", Standfirst: "What it is about", Byline: "A. Writer"}
	kinds := func() (out []layout.Kind) {
		for i := range min(b.page.Blocks(), 4) {
			out = append(out, b.page.Block(i).Kind)
		}
		return out
	}
	for _, c := range []struct {
		name   string
		blocks []document.Block
		head   int
		want   []layout.Kind
	}{
		{"in the text", own, 1, []layout.Kind{layout.Byline, layout.Title, layout.Standfirst, layout.Paragraph}},
		{"standfirst in the text", own[1:], 2, []layout.Kind{layout.Title, layout.Byline, layout.Standfirst, layout.Paragraph}},
		{"not in the text", sample, 3, []layout.Kind{layout.Title, layout.Standfirst, layout.Byline, layout.Paragraph}},
	} {
		b.SetDocument(c.blocks, h)
		if got := kinds(); !slices.Equal(got, c.want) || b.page.Header() != c.head {
			t.Errorf("%s: kinds %v, %d above the text; want %v, %d", c.name, got, b.page.Header(), c.want, c.head)
		}
		b.blocks = c.blocks
		b.SelectAll()
		b.wantSelection(string(b.canonical()))
	}
}

func TestBeforeTheTextIsThere(t *testing.T) {
	test.NewTempApp(t)
	r := New()
	var later []func()
	r.SetRunner(Runner{Background: func(f func()) { later = append(later, f) }, Deliver: func(f func()) { f() }})
	w := test.NewTempWindow(t, r)
	w.Resize(wide)
	// Everything may be asked of a reader that is empty or still waits.
	touch := func() {
		r.SetMarks([]Mark{{ID: "x", Range: Range{2, 9}}})
		r.Select(Range{1, 4})
		r.Selection()
		r.ScrollTo(Range{1, 2})
		r.Find("zz")
		r.FindNext()
		r.SelectionRect()
		r.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		r.TypedShortcut(&fyne.ShortcutCopy{})
		r.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
		r.MouseMoved(&desktop.MouseEvent{})
		r.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
		r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -10)})
		r.Refresh()
	}
	touch()
	r.SetDocument(many(50), Header{Title: "First"})
	touch()
	r.SetDocument(sample, Header{Title: "Second"})
	r.SetMarks([]Mark{{ID: "y", Range: Range{0, 3}}})
	r.SetReadingPosition(70)
	r.Find("terminal")
	for _, f := range later {
		f()
	}
	if r.page == nil || r.page.Block(0).Text != "Second" {
		t.Fatal("the first document came late and won")
	}
	if len(r.finds.hits) != 1 {
		t.Errorf("found %d after the text came", len(r.finds.hits))
	}
	touch()
	r.SetDocument(nil, Header{})
	later[len(later)-1]()
	touch()
	r.SetDocument([]document.Block{{Text: ""}, {Text: "   "}, {Kind: document.Table, Text: "\t\n\t"}}, Header{})
	later[len(later)-1]()
	touch()
}

func TestContrastOfMarks(t *testing.T) {
	test.NewTempApp(t)
	for _, v := range []fyne.ThemeVariant{theme.VariantLight, theme.VariantDark} {
		for _, sepia := range []bool{false, true} {
			for _, own := range []fyne.Theme{sourcebook.New(sourcebook.System, 1), sourcebook.New(sourcebook.System, 1).WithContrast(true)} {
				p := newPalette(own, v, sepia)
				for _, g := range []color.RGBA{p.added, p.removed, p.code, p.tip, p.found, p.foundHere} {
					if c := contrast(p.text, g); c < textContrast {
						t.Errorf("variant %d, sepia %v: text on %v has contrast %.2f", v, sepia, g, c)
					}
				}
				if p.added == p.ground || p.removed == p.ground {
					t.Errorf("variant %d, sepia %v: words of a comparison cannot be seen", v, sepia)
				}
			}
			p := newPalette(theme.DefaultTheme(), v, sepia)
			grounds := map[string][]string{"none": nil}
			for n := range swatches {
				grounds[n] = []string{n}
				for m := range swatches {
					grounds[n+" over "+m] = []string{m, n}
				}
			}
			for name, names := range grounds {
				g := p.ground
				if names != nil {
					g = p.blend(names)
				}
				for what, c := range map[string]float64{"text": contrast(p.text, g), "link": contrast(p.link, g), "caption": contrast(p.muted, g)} {
					if c < textContrast {
						t.Errorf("variant %d, sepia %v: %s on %s has contrast %.2f", v, sepia, what, name, c)
					}
				}
				if names != nil && g == p.ground {
					t.Errorf("variant %d, sepia %v: %s cannot be seen", v, sepia, name)
				}
			}
			for n := range swatches {
				if c := contrast(p.ink(n), p.ground); c < graphicContrast {
					t.Errorf("the ink of %s has contrast %.2f", n, c)
				}
			}
		}
	}
}

// many is a document of n paragraphs.
func many(n int) []document.Block {
	var out []document.Block
	for i := range n {
		out = append(out, document.Block{Kind: document.Paragraph, Text: strings.Repeat("A plain sentence, neither short nor long. ", 3+i%5)})
	}
	return out
}

func TestThemeChange(t *testing.T) {
	b := newBench(t, sample, wide)
	fyne.CurrentApp().Settings().SetTheme(tinted{theme.DefaultTheme(), theme.VariantLight})
	b.Refresh()
	light := b.palette.ground
	fyne.CurrentApp().Settings().SetTheme(tinted{theme.DefaultTheme(), theme.VariantDark})
	b.Refresh()
	if b.palette.ground == light || luminance(b.palette.ground) > 0.2 {
		t.Errorf("the ground stays %v", b.palette.ground)
	}
	b.SetStyle(Style{Sepia: true})
	if luminance(b.palette.ground) < 0.5 {
		t.Errorf("sepia is %v", b.palette.ground)
	}
}

// tinted is a theme of one variant.
type tinted struct {
	fyne.Theme
	variant fyne.ThemeVariant
}

func (f tinted) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return f.Theme.Color(n, f.variant)
}

// TestQueuedRequests asks for things while the text is still being prepared;
// each must be done, in order, when it comes.
func TestQueuedRequests(t *testing.T) {
	test.NewTempApp(t)
	r := New()
	var later func()
	r.SetRunner(Runner{Background: func(f func()) { later = f }, Deliver: func(f func()) { f() }})
	found := 0
	r.OnFound = func(of int) { found = of }
	blocks := many(400)
	r.SetDocument(blocks, Header{Title: "T"})
	r.SetReadingPosition(20000)
	r.Select(Range{20100, 20110})
	r.ScrollTo(Range{20100, 20110})
	r.Find("plain")
	later() // before there is a window
	r.Resize(wide)
	if sel, _, ok := r.Selection(); !ok || sel != (Range{20100, 20110}) {
		t.Errorf("selected %v", sel)
	}
	if y := r.page.YOf(20100) + padTop - r.offset; y < 0 || y > r.Size().Height {
		t.Errorf("the wanted place lies %g from the top", y)
	}
	if found < 400 {
		t.Errorf("found %d", found)
	}
}

// TestWantedPlaceComesFirst looks at what is prepared before anything else.
func TestWantedPlaceComesFirst(t *testing.T) {
	test.NewTempApp(t)
	r := New()
	var later func()
	first := -1
	r.SetRunner(Runner{Background: func(f func()) { later = f }, Deliver: func(f func()) {
		f()
		if first < 0 && r.page != nil {
			for i := range r.page.Blocks() {
				if r.page.Block(i).Ready() {
					first = i
					break
				}
			}
		}
	}})
	w := test.NewTempWindow(t, r)
	w.Resize(wide)
	r.SetDocument(many(400), Header{})
	r.SetReadingPosition(30000)
	later()
	at, _, _, _ := r.page.BlockOf(30000)
	if first < at-4 || first > at {
		t.Errorf("block %d is the first prepared, wanted %d", first, at)
	}
	if !r.page.Ready() || r.ReadingPosition() != 30000 {
		t.Errorf("ready %v, at %d", r.page.Ready(), r.ReadingPosition())
	}
}

func TestMarkIsDraggedByItsEnds(t *testing.T) {
	b := newBench(t, sample, wide)
	var moved []string
	ferry, hebrew := b.at("ferry"), b.at("קלט")
	b.SetMarks([]Mark{
		{ID: "one", Range: Range{ferry, ferry + 11}, Colour: "yellow"},
		{ID: "two", Range: Range{hebrew, hebrew + 3}, Colour: "green"},
	})
	hold := func(start bool, to int) {
		t.Helper()
		i := b.activeMark()
		if i < 0 {
			t.Fatal("no mark has handles")
		}
		e, ok := b.edge(b.Reader.marks[i].Range, start)
		if !ok {
			t.Fatal("the end has no place")
		}
		p := b.screen(e.X+1, e.Y+e.H/2)
		press := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p, AbsolutePosition: p.Add(b.absolute())}, Button: desktop.MouseButtonPrimary}
		b.MouseMoved(press)
		if b.Cursor() != desktop.HResizeCursor && b.OnMarkMoved != nil {
			t.Error("the pointer does not tell that the end can be taken")
		}
		b.MouseDown(press)
		b.dragPoint(b.point(to))
		b.DragEnd()
		b.MouseUp(press)
	}
	b.click(ferry+2, 0)
	if b.activeMark() >= 0 {
		t.Error("handles, and nobody to be told")
	}
	b.OnMarkMoved = func(id string, to Range) {
		moved = append(moved, id+" "+string(b.canonical()[to.Start:to.End]))
	}
	b.click(ferry+2, 0)
	hold(false, b.at("on one"))
	hold(true, b.at("waits"))
	hold(false, b.at("The")) // before its start: one character is left
	b.click(hebrew+1, 0)
	hold(false, b.at("מכולות"))
	want := []string{"one ferry waits for weather ", "one waits for weather ", "one w", "two קלט 1,240 "}
	if strings.Join(moved, "|") != strings.Join(want, "|") {
		t.Errorf("moved %q, want %q", moved, want)
	}
	if _, _, ok := b.Selection(); ok {
		t.Error("dragging an end selects")
	}
	// Escape takes the drag back, then the handles away.
	b.MouseDown(func() *desktop.MouseEvent {
		e, _ := b.edge(b.Reader.marks[1].Range, true)
		p := b.screen(e.X, e.Y+e.H/2)
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p, AbsolutePosition: p}, Button: desktop.MouseButtonPrimary}
	}())
	before := b.Reader.marks[1].Range
	b.dragPoint(b.point(b.at("הנמל")))
	b.key(fyne.KeyEscape)
	if b.Reader.marks[1].Range != before || len(moved) != 4 {
		t.Errorf("escape leaves %v, want %v", b.Reader.marks[1].Range, before)
	}
	b.key(fyne.KeyEscape)
	if b.activeMark() >= 0 {
		t.Error("the handles stay")
	}
}

// TestThreads prepares a document on a goroutine, as a running program does,
// and replaces it half way. With -race it shows that nothing is shared.
func TestThreads(t *testing.T) {
	test.NewTempApp(t)
	r := New()
	thread, ended := make(chan func(), 100), make(chan bool, 3)
	r.SetRunner(Runner{
		Background: func(f func()) { go func() { f(); ended <- true }() },
		Deliver:    func(f func()) { thread <- f },
	})
	r.Resize(wide)
	use := func() {
		r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -200)})
		for _, v := range r.views {
			s := v.raster.Size()
			v.raster.Generator(int(s.Width), int(s.Height))
		}
	}
	r.SetDocument(many(3000), Header{Title: "First"})
	(<-thread)()
	use()
	r.SetDocument(many(300), Header{Title: "Second"})
	for n := 0; n < 2; {
		select {
		case f := <-thread:
			f()
			use()
		case <-ended:
			n++
		}
	}
	for len(thread) > 0 {
		(<-thread)()
	}
	if r.page.Block(0).Text != "Second" || !r.page.Ready() || r.page.Blocks() != 301 {
		t.Errorf("%q, ready %v, %d blocks", r.page.Block(0).Text, r.page.Ready(), r.page.Blocks())
	}
}

func TestBarTellsItsMarks(t *testing.T) {
	var blocks []document.Block
	for range 60 {
		blocks = append(blocks, sample...)
	}
	b := newBench(t, blocks, fyne.NewSize(500, 400))
	at := b.at("terminal")
	b.SetMarks([]Mark{{ID: "1", Range: Range{at, at + 8}, Colour: "blue", Note: "Which one?"},
		{ID: "2", Range: Range{3000, 3010}, Kind: MarkRemoved}})
	hover := func(y float32) {
		b.bar.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(3, y)}})
	}
	for i, want := range []string{"tick", "tick"} {
		y := b.bar.places[i].from * b.Size().Height
		hover(y + 1)
		if !b.tip.shown || !strings.HasPrefix(b.tip.mark, want) {
			t.Errorf("mark %d is not told: shown %v, %q", i, b.tip.shown, b.tip.mark)
		}
	}
	hover(b.Size().Height - 2)
	if b.tip.shown {
		t.Error("something is told where there is no mark")
	}
	b.bar.MouseIn(nil)
	hover(b.bar.places[0].from*b.Size().Height + 1)
	b.bar.MouseOut()
	if b.tip.shown {
		t.Error("it stays when the pointer leaves")
	}
}

func TestWordsOfAComparisonAreNotTapped(t *testing.T) {
	b := newBench(t, sample, fyne.NewSize(500, 400))
	at := b.at("terminal")
	b.SetMarks([]Mark{{ID: "1", Range: Range{at, at + 8}, Kind: MarkAdded}})
	b.click(at+2, 0)
	if len(b.Reader.marks) != 1 || len(b.marks) != 0 {
		t.Errorf("tapped %v", b.marks)
	}
}

func TestReplaceDocument(t *testing.T) {
	b := newBench(t, many(200), fyne.NewSize(400, 300))
	b.SetReadingPosition(6000)
	b.Find("neither")
	hits := len(b.finds.hits)
	b.SetReadingPosition(6000)
	shorter := append([]document.Block{}, b.blocks[:3]...)
	shorter = append(shorter, b.blocks[4:]...)
	b.ReplaceDocument(shorter, Header{}, 5800)
	if got := b.ReadingPosition(); got > 5800 || got < 5700 {
		t.Errorf("the view is at %d, want at 5800", got)
	}
	if got := len(b.finds.hits); got >= hits || got == 0 {
		t.Errorf("%d places are found, before there were %d", got, hits)
	}
	b.ReplaceDocument(nil, Header{}, 0)
	b.key(fyne.KeyDown)
	b.ReplaceDocument(sample, Header{}, 20)
	if b.page.Len() == 0 {
		t.Error("nothing is shown")
	}
}

func TestBlockOf(t *testing.T) {
	blocks := []document.Block{{Text: ""}, {Kind: document.Paragraph, Text: "First."}, {Text: ""}, {Kind: document.Paragraph, Text: "Second."}}
	b := newBench(t, blocks, wide)
	for _, c := range []struct{ pos, block int }{{0, 1}, {5, 1}, {8, 3}, {14, 3}, {900, 3}} {
		if i, at, ok := b.BlockOf(c.pos); !ok || i != c.block || at.Empty() {
			t.Errorf("%d stands in block %d %v, want %d", c.pos, i, at, c.block)
		}
	}
	tapped := -1
	b.OnTextTapped = func(pos int, _ fyne.Position) { tapped = pos }
	b.click(10, 0)
	if got, ok := b.Caret(); tapped != 10 || !ok || got != 10 {
		t.Errorf("tapped %d, caret %d", tapped, got)
	}
}

// TestLayoutOfTheSameSize holds what the toolkit does with every object that it
// has not drawn before: it lays out the widget around it again. That must change
// nothing, or every frame would ask for another.
func TestLayoutOfTheSameSize(t *testing.T) {
	b := newBench(t, many(200), fyne.NewSize(400, 300))
	b.setOffset(2000)
	version := b.version
	before := slices.Clone(b.objects)
	n := &renderer{b.Reader}
	for range 3 {
		n.Layout(b.Size())
	}
	if b.version != version || !slices.Equal(before, b.objects) {
		t.Error("laid out at the same size, the reader makes its lines anew")
	}
	b.win.Resize(fyne.NewSize(500, 300))
	if b.version == version {
		t.Error("a new size changes nothing")
	}
}

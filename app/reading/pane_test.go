package reading

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sourcebook/app/session/sessiontest"
	"sourcebook/app/theme"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// desk is a pane in a window of the software driver.
type desk struct {
	*Pane
	t  *testing.T
	nb *notebook.Notebook
	s  *sessiontest.Session
	id notebook.SourceID
}

const page = `<html><nav>Home World</nav><article><h1>Ferries wait</h1><p>Two berths are closed.</p><p>A third is due in 2026, says the port.</p><p>Nobody gave a date.</p></article><footer>All rights reserved.</footer></html>`

func blocks(texts ...string) []document.Block {
	var out []document.Block
	for _, t := range texts {
		kind, level := document.Paragraph, 0
		if strings.HasPrefix(t, "# ") {
			kind, level, t = document.Heading, 1, t[2:]
		}
		out = append(out, document.Block{Kind: kind, Level: level, Text: t})
	}
	return out
}

// capture keeps a version of one source.
func (d *desk) capture(received time.Time, dropped []document.Dropped, texts ...string) {
	d.t.Helper()
	doc := &document.Document{Kind: document.Article, Title: "Ferries wait", Site: "The Ledger", URL: "https://example.org/a", Blocks: blocks(texts...), Dropped: dropped,
		Candidates: []document.Candidate{{Field: "title", Value: "Ferries wait", Origin: document.FromOG, Confidence: 1}, {Field: "title", Value: "Ferries wait – The Ledger", Origin: document.FromHTML, Confidence: 0.5}},
		OriginOf:   map[string]document.Origin{"title": document.FromOG}}
	doc.Finish()
	cmd := &notebook.AddCapture{Capture: notebook.Capture{MediaType: "text/html; charset=utf-8", Name: "a.html", Received: received}, Original: []byte(page + strings.Join(texts, "")), Document: doc}
	if _, err := d.nb.Do(cmd); err != nil {
		d.t.Fatal(err)
	}
	d.id = cmd.SourceID
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	nb := notebooktest.New(t)
	d := &desk{t: t, nb: nb, s: sessiontest.New(t, nb)}
	d.capture(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), []document.Dropped{{Reason: document.Navigation, Text: "Home World"}, {Reason: document.Related, Text: "A third is due in 2026, says the port."}},
		"# Ferries wait", "Two berths are closed.", "Nobody gave a date.")
	d.show()
	return d
}

// show opens the source in a new pane, as after a restart.
func (d *desk) show() {
	d.Pane = New(d.s)
	d.s.Window().SetContent(d.Content())
	d.s.Window().Resize(fyne.NewSize(1000, 700))
	d.Open(d.id, reader.Range{}, "")
}

func (d *desk) text() string { return d.held.doc.Text }

// click presses and lets go in the middle of a stretch of a text.
func (d *desk) click(r *reader.Reader, text, words string) {
	d.t.Helper()
	at := strings.Index(text, words)
	if at < 0 {
		d.t.Fatalf("%q does not stand in the text", words)
	}
	start := len([]rune(text[:at]))
	r.Select(reader.Range{Start: start, End: start + 3})
	pos, size, ok := r.SelectionRect()
	if !ok {
		d.t.Fatalf("%q is not in view", words)
	}
	r.ClearSelection()
	abs := pos.AddXY(size.Width/2, size.Height/2)
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{AbsolutePosition: abs, Position: abs.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(r))}, Button: desktop.MouseButtonPrimary}
	r.MouseDown(e)
	r.MouseUp(e)
}

func (d *desk) want(texts ...string) {
	d.t.Helper()
	if got := d.text(); got != strings.Join(texts, "\n\n") {
		d.t.Errorf("the text is %q", got)
	}
	d.reader.SelectAll()
	if _, got, _ := d.reader.Selection(); got != strings.Join(texts, "\n\n") {
		d.t.Errorf("the reader shows %q", got)
	}
	d.reader.ClearSelection()
}

func (d *desk) undo() {
	d.t.Helper()
	if _, err := d.nb.Undo(); err != nil {
		d.t.Fatal(err)
	}
	d.Changed()
}

func TestPutBack(t *testing.T) {
	d := newDesk(t)
	d.Command("view-dropped")
	v := d.droppedView
	whole := document.Canonical(func() []document.Block { b, _ := droppedBlocks(d.held.doc); return b }())
	d.click(v.reader, whole, "third is due")
	if got := v.selected(); !slices.Equal(got, []int{1}) {
		t.Fatalf("a click chooses %v", got)
	}
	if len(d.over.Objects) == 0 {
		t.Error("nothing offers to put it back")
	}
	v.reader.TypedKey(&fyne.KeyEvent{Name: fyne.KeyP})
	d.Changed()
	d.want("Ferries wait", "Two berths are closed.", "A third is due in 2026, says the port.", "Nobody gave a date.")
	if !d.held.held(d.Pane.capture).Edited() || len(d.strip.box.Objects) == 0 {
		t.Error("it is not shown as the user's edit")
	}
	if len(d.held.doc.Dropped) != 1 {
		t.Errorf("dropped: %v", d.held.doc.Dropped)
	}
	d.undo()
	d.want("Ferries wait", "Two berths are closed.", "Nobody gave a date.")
}

func TestThrowOut(t *testing.T) {
	d := newDesk(t)
	d.click(d.reader, d.text(), "berths")
	d.reader.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	d.Changed()
	d.want("Ferries wait", "Nobody gave a date.")
	if last := d.held.doc.Dropped[len(d.held.doc.Dropped)-1]; last.Reason != document.ByUser || last.Text != "Two berths are closed." {
		t.Errorf("dropped: %v", last)
	}
	d.Command("restore-text")
	d.Changed()
	d.want("Ferries wait", "Two berths are closed.", "Nobody gave a date.")
	d.reader.SelectAll()
	d.Command("throw-out")
	d.Changed()
	d.want("Ferries wait", "Two berths are closed.", "Nobody gave a date.")
	for _, err := range d.s.Failed {
		t.Error(err)
	}
}

func TestVersions(t *testing.T) {
	d := newDesk(t)
	mark := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: d.id, Exact: "Nobody gave a date.", Colour: notebook.Blue}}
	if _, err := d.nb.Do(mark); err != nil {
		t.Fatal(err)
	}
	d.capture(time.Date(2026, 1, 3, 3, 4, 5, 0, time.UTC), nil, "# Ferries wait", "Three berths are closed.", "The minister went home.")
	d.show()
	if len(d.held.orphans()) != 1 || len(d.strip.box.Objects) == 0 {
		t.Fatalf("orphans: %v", d.held.orphans())
	}
	d.Command("view-versions")
	c := d.versionsView.comparison
	if c == nil || c.drifted != 1 || len(c.changes) == 0 {
		t.Fatalf("compared: %+v", c)
	}
	d.step(1)
	// The older version shows the highlight where it was made.
	d.showVersion(mark.Highlight.Capture, reader.Range{})
	if len(d.held.orphans()) != 0 || len(d.marks()) != 1 {
		t.Errorf("in its own version the highlight is not shown: %v", d.marks())
	}
	d.want("Ferries wait", "Two berths are closed.", "Nobody gave a date.")
}

func TestMetadata(t *testing.T) {
	d := newDesk(t)
	d.ShowTab("details")
	title := func() notebook.Metadatum {
		for _, m := range d.held.metadata {
			if m.Field == "title" {
				return m
			}
		}
		return notebook.Metadatum{}
	}
	if got := otherCandidates(title()); len(got) != 1 || got[0].Origin != document.FromHTML {
		t.Fatalf("candidates: %v", got)
	}
	d.notes.field = "title"
	d.notes.refresh()
	if _, err := d.nb.Do(&notebook.SetMetadata{Source: d.id, Values: map[string]string{"title": "Ferries wait – The Ledger"}}); err != nil {
		t.Fatal(err)
	}
	d.Changed()
	if m := title(); !m.ByHand || !strings.Contains(originLine(m), "set by you") {
		t.Errorf("%+v: %q", m, originLine(m))
	}
}

func TestPlaceIsRemembered(t *testing.T) {
	d := newDesk(t)
	var long []string
	for i := range 200 {
		long = append(long, strings.Repeat("The ferry waits for weather, as it did the year before. ", 3)+string(rune('a'+i%26)))
	}
	d.capture(time.Date(2026, 1, 4, 3, 4, 5, 0, time.UTC), nil, long...)
	d.show()
	d.reader.SetReadingPosition(9000)
	at := d.reader.ReadingPosition()
	d.Remember()
	d.show()
	if got := d.reader.ReadingPosition(); got != at || at < 8000 {
		t.Errorf("it was at %d and opens at %d", at, got)
	}
}

func TestWithPlace(t *testing.T) {
	list := withPlace(withPlace(withPlace(nil, "a", 5), "b", 7), "a", 9)
	if !slices.Equal(list, []string{"b 7", "a 9"}) || placeOf(list, "a") != 9 || placeOf(list, "c") != 0 {
		t.Errorf("%v", list)
	}
	if list = withPlace(list, "b", 0); len(list) != 1 {
		t.Errorf("the top is kept: %v", list)
	}
	for i := range 2 * mostPlaces {
		list = withPlace(list, notebook.SourceID(string(rune(0x4e00+i))), 3)
	}
	if len(list) != mostPlaces {
		t.Errorf("%d are kept", len(list))
	}
}

func TestPlaceIn(t *testing.T) {
	doc := &document.Document{Blocks: blocks("First one.", "Third one.", "Fifth, \u201cone\u201d."), Dropped: []document.Dropped{{Text: "Second  one."}, {Text: "Zeroth"}, {Text: "Last."}, {Text: "Gone"}}}
	original := "Zeroth\nFIRST ONE.\nSecond one.\n\nThird\none. Fifth, \u201cone\u201d. Last."
	for i, want := range []struct {
		at   int
		sure bool
	}{{1, true}, {0, true}, {3, true}, {3, false}} {
		if at, sure := placeIn(doc, i, original); at != want.at || sure != want.sure {
			t.Errorf("%q comes before block %d, %v; want %v", doc.Dropped[i].Text, at, sure, want)
		}
	}
	if at, sure := placeIn(doc, 0, ""); at != 3 || sure {
		t.Errorf("without an original: %d %v", at, sure)
	}
}

func TestCopyAsMarkdown(t *testing.T) {
	source := notebook.Source{Title: "A [draft]", URL: "https://example.org/a(b)", Site: "The Ledger", Published: "2025-10-14"}
	list := []document.Block{
		{Kind: document.Heading, Level: 2, Text: "What *changed*"},
		{Kind: document.Paragraph, Text: "See the report here.", Links: []document.Link{{Start: 8, End: 14, URL: "https://example.org/r"}}},
		{Kind: document.ListItem, Level: 1, Text: "one"}, {Kind: document.ListItem, Level: 2, Text: "two"}, {Kind: document.ListItem, Level: 1, Text: "3. three"},
		{Kind: document.Table, Text: "a\tb\nc|d\te"}, {Kind: document.Code, Text: "x*y"},
	}
	got := markdown(list, reader.Range{Start: 0, End: 1000}, source)
	want := "> ### What \\*changed\\*\n> \n> See the [report](https://example.org/r) here.\n> \n> - one\n>     - two\n> 3. three\n> \n> | a | b |\n> | --- | --- |\n> | c\\|d | e |\n> \n> ```\n> x*y\n> ```\n> \n> — [A \\[draft\\]](https://example.org/a%28b%29) · The Ledger · 14 Oct 2025\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := markdown(list, reader.Range{Start: 20, End: 28}, source); !strings.HasPrefix(got, "> the [repo](https://example.org/r)\n") {
		t.Errorf("part: %q", got)
	}
}

func TestCompareVersions(t *testing.T) {
	was := blocks("One stays.", "Two berths are closed now.", "This goes away entirely.", "港は今月も過去最多の貨物を受け入れた。", "Last.")
	is := blocks("One stays.", "Three berths are closed now.", "港は先月も過去最多の貨物を受け入れた。", "Quite another thing.", "Last.")
	c, err := compareVersions(t.Context(), was, is, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := []rune(document.Canonical(c.blocks))
	var got []string
	for _, m := range c.marks {
		got = append(got, strings.Fields(m.ID)[0]+": "+string(text[m.Range.Start:m.Range.End]))
	}
	want := []string{"removed: Two", "added: Three", "removed: This goes away entirely.", "removed: 今", "added: 先", "added: Quite another thing."}
	if !slices.Equal(got, want) {
		t.Errorf("marks %q\nwant %q", got, want)
	}
	if len(c.changes) != 4 {
		t.Errorf("%d changes: %v", len(c.changes), c.changes)
	}
	same, _ := compareVersions(t.Context(), was, was, nil)
	if len(same.changes) != 0 || !strings.Contains(same.summary(), "same words") {
		t.Error(same.summary())
	}
}

func TestHeadings(t *testing.T) {
	list := []document.Block{{Kind: document.Heading, Level: 2, Text: "A"}, {Text: ""}, {Kind: document.Paragraph, Text: "text"}, {Kind: document.Heading, Level: 3, Text: "B"}}
	got := headings(list)
	if len(got) != 2 || got[0].level != 1 || got[1].level != 2 || got[1].at != (reader.Range{Start: 9, End: 10}) {
		t.Errorf("%+v", got)
	}
	paged := []document.Block{{Text: "a", Page: 1}, {Text: "b", Page: 1}, {Text: "c", Page: 2}}
	if got := headings(paged); len(got) != 2 || got[1].text != "Page 2" {
		t.Errorf("%+v", got)
	}
}

func TestNoteIsTypedAtOnce(t *testing.T) {
	d := newDesk(t)
	d.reader.Select(reader.Range{Start: 14, End: 20})
	d.Command("note")
	draft := d.notes.draft
	if draft == nil || d.s.Window().Canvas().Focused() != draft.entry {
		t.Fatal("the note does not have the keyboard")
	}
	draft.entry.TypedRune('h')
	d.Changed() // the highlight is there, the panel is made anew
	draft.entry.TypedRune('m')
	if d.notes.draft != draft || draft.entry.Text != "hm" {
		t.Fatalf("what was typed is %q", draft.entry.Text)
	}
	d.Command("save") // Ctrl+Return comes as the menu's command
	d.Changed()
	if len(d.held.highlights) != 1 || d.held.highlights[0].Note != "hm" || d.notes.draft != nil {
		t.Errorf("held: %+v", d.held.highlights)
	}
	d.undo()
	d.undo()
	if len(d.held.highlights) != 0 {
		t.Errorf("after undoing twice: %+v", d.held.highlights)
	}
	for _, err := range d.s.Failed {
		t.Error(err)
	}
}

func TestOverlapIsListed(t *testing.T) {
	d := newDesk(t)
	for _, h := range []notebook.Highlight{{Source: d.id, Exact: "Two berths are closed.", Colour: notebook.Blue}, {Source: d.id, Exact: "berths are", Colour: notebook.Pink, Note: "which?"}} {
		if _, err := d.nb.Do(&notebook.PutHighlight{Highlight: h}); err != nil {
			t.Fatal(err)
		}
	}
	d.Changed()
	d.click(d.reader, d.text(), "rths ar")
	if len(d.over.Objects) != 2 || d.active == "" {
		t.Fatalf("over the text: %d objects, active %q", len(d.over.Objects), d.active)
	}
	d.Command("escape")
	if len(d.over.Objects) != 0 {
		t.Error("Escape leaves the list")
	}
}

func TestColourNames(t *testing.T) {
	if got := colourName(map[notebook.Colour]string{notebook.Blue: "Figures"}, notebook.Blue); got != "Figures" {
		t.Error(got)
	}
	if got := colourName(nil, notebook.Pink); got != "Pink" {
		t.Error(got)
	}
	d := newDesk(t)
	d.Command("name-colours")
	if d.s.Window().Canvas().Overlays().Top() == nil {
		t.Error("nothing asks for the names")
	}
}

func TestEveryViewOpensWithoutVersions(t *testing.T) {
	d := newDesk(t)
	for _, c := range []string{"view-dropped", "view-original", "view-versions", "view-details", "view-text", "outline", "show-page", "next-highlight"} {
		d.Command(c)
	}
	d.showStyles(d.viewsBox)
	for _, err := range d.s.Failed {
		t.Error(err)
	}
}

func TestStatementsOfAnAnswerAreCandidates(t *testing.T) {
	d := newDesk(t)
	doc := &document.Document{Kind: document.SearchSnapshot, Title: "ports", Blocks: blocks("Two berths are closed.", "Nobody gave a date."),
		Search: &document.Search{Engine: "google", Query: "ports", Answer: &document.Answer{Sections: []document.Section{{Statements: []document.Statement{{Text: "Two berths are closed.", End: 22}, {Text: "Nobody gave a date.", Start: 24, End: 43}}}}}}}
	doc.Finish()
	cmd := &notebook.AddCapture{Capture: notebook.Capture{MediaType: "text/plain"}, Original: []byte("x"), Document: doc}
	if _, err := d.nb.Do(cmd); err != nil {
		t.Fatal(err)
	}
	if _, err := d.nb.Do(&notebook.PutHighlight{Highlight: notebook.Highlight{Source: cmd.SourceID, Exact: "berths"}}); err != nil {
		t.Fatal(err)
	}
	d.Open(cmd.SourceID, reader.Range{}, "")
	marks := d.marks()
	if len(marks) != 2 || marks[0].Kind != reader.MarkCandidate || marks[0].Range.Start != 24 {
		t.Fatalf("marks: %+v", marks)
	}
	d.markTapped([]string{marks[0].ID}, fyne.Position{})
	if sel, _, _ := d.reader.Selection(); sel != marks[0].Range {
		t.Errorf("a click selects %v", sel)
	}
}

func TestPatternsInHighContrast(t *testing.T) {
	d := newDesk(t)
	if d.reader.Style().Patterns {
		t.Fatal("there are patterns without need")
	}
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light, 1).WithContrast(true))
	d.Changed()
	if !d.reader.Style().Patterns {
		t.Error("high contrast does not bring the patterns")
	}
}

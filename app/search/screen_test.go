package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/session"
	"sourcebook/app/session/sessiontest"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
	index "sourcebook/notebook/search"
)

// fake answers with the hits of a map, and remembers what it was asked.
type fake struct {
	hits  map[string][]Hit
	asked []Query
	err   error
}

func (f *fake) Find(ctx context.Context, q Query) (Results, error) {
	f.asked = append(f.asked, q)
	if f.err != nil {
		return Results{}, f.err
	}
	if _, err := index.Parse(q.Text); err != nil {
		return Results{}, err
	}
	all := f.hits[q.Text]
	return Results{Total: len(all), Hits: all[:min(len(all), q.Limit)]}, nil
}

// ports are the hits of the tests.
var ports = []Hit{
	{Kind: "highlight", Group: "a", Source: "Berths at Aktau", Title: "two more berths", Line: "Quay Notes",
		Target:   session.Target{Place: session.Library, ID: "a", Range: reader.Range{Start: 70, End: 85}},
		Snippets: []Snippet{{Text: "two more berths at the port", Marks: [][2]int{{23, 27}}, At: -1}}},
	{Kind: "claim", Title: "The port has two berths.", Marks: [][2]int{{4, 8}}, Target: session.Target{Place: session.Claims, ID: "c"}},
	{Kind: "source", Group: "a", Title: "Berths at Aktau", Line: "Quay Notes", Target: session.Target{Place: session.Library, ID: "a"},
		Snippets: []Snippet{{Text: "… in the port of Aktau", Marks: [][2]int{{9, 13}}, At: 100}, {Text: "no mark here", At: 300}}},
	{Kind: "note", Title: "Kazakhstan · transport", Target: session.Target{Place: session.Countries, ID: "KZ"},
		Snippets: []Snippet{{Text: "ask about the port", Marks: [][2]int{{14, 18}}, At: -1}}},
}

func open(t *testing.T, f *fake) (*Screen, *sessiontest.Session) {
	t.Helper()
	nb := notebooktest.New(t)
	if err := notebooktest.Fill(nb, 12, notebooktest.FillOptions{Words: 40}); err != nil {
		t.Fatal(err)
	}
	s := sessiontest.New(t, nb)
	c := New(s, f)
	c.wait = 0
	s.Window().SetContent(c.Content())
	c.Open(session.Target{Place: session.Search})
	return c, s
}

// written is the list as text: a line each, marks in brackets.
func written(c *Screen) string {
	var b strings.Builder
	for _, l := range c.lines {
		text := []rune(l.text)
		for i := len(l.marks) - 1; i >= 0; i-- {
			m := l.marks[i]
			text = slices.Concat(text[:m[0]], []rune("["), text[m[0]:m[1]], []rune("]"), text[m[1]:])
		}
		lead := "  "
		if l.head {
			lead = ""
		}
		fmt.Fprintf(&b, "%s%s", lead, string(text))
		if l.badge != "" {
			fmt.Fprintf(&b, " (%s)", l.badge)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestHitsStandUnderTheirSource(t *testing.T) {
	f := &fake{hits: map[string][]Hit{"port": ports}}
	c, s := open(t, f)
	test.Type(c.entry, "port")
	want := `Berths at Aktau
  two more berths at the [port] (Highlight)
  … in the [port] of Aktau
The [port] has two berths. (Claim)
Kazakhstan · transport (Note)
  ask about the [port]
`
	if got := written(c); got != want {
		t.Errorf("the list is\n%s\nwant\n%s", got, want)
	}
	if !strings.HasPrefix(c.says.Text, "4 found") {
		t.Errorf("it says %q", c.says.Text)
	}
	for i, want := range []session.Target{
		{Place: session.Library, ID: "a", Range: reader.Range{Start: 109, End: 113}},
		{Place: session.Library, ID: "a", Range: reader.Range{Start: 70, End: 85}},
		{Place: session.Library, ID: "a", Range: reader.Range{Start: 109, End: 113}},
		{Place: session.Claims, ID: "c"},
		{Place: session.Countries, ID: "KZ"},
		{Place: session.Countries, ID: "KZ"},
	} {
		c.tap(i)
		if got := s.Went[len(s.Went)-1]; got != want {
			t.Errorf("row %d leads to %+v, want %+v", i, got, want)
		}
	}
	if got := c.history(); !slices.Equal(got, []string{"port"}) {
		t.Errorf("the history is %v", got)
	}
}

func TestTypingAsksForBeginnings(t *testing.T) {
	f := &fake{hits: map[string][]Hit{"port": ports}}
	c, _ := open(t, f)
	test.Type(c.entry, "port ")
	if n := len(f.asked); n != 4 || f.asked[3].Text != "port" || !f.asked[3].Typing {
		t.Errorf("asked %+v", f.asked)
	}
	test.Type(c.entry, "a")
	if last := f.asked[len(f.asked)-1]; last.Text != "port a" || !last.Typing {
		t.Errorf("asked %+v", last)
	}
}

func TestReturnOpensTheFirstHit(t *testing.T) {
	f := &fake{hits: map[string][]Hit{"port": ports}}
	c, s := open(t, f)
	c.FocusFilter()
	test.Type(c.entry, "port")
	c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.Went) != 1 || s.Went[0].Range != (reader.Range{Start: 70, End: 85}) {
		t.Errorf("Return led to %v", s.Went)
	}
	// Down goes into the list, and Return opens what is chosen there.
	c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	c.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	c.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if len(s.Went) != 1 {
		t.Errorf("moving in the list led to %v", s.Went)
	}
	c.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.Went) != 2 || s.Went[1].Range != (reader.Range{Start: 109, End: 113}) {
		t.Errorf("Return in the list led to %v", s.Went)
	}
	// Escape clears.
	c.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if c.query != "" || len(c.lines) != 0 {
		t.Errorf("after Escape %q and %d rows are left", c.query, len(c.lines))
	}
}

// slow is a session whose background work waits until it is let go.
type slow struct {
	session.Session
	work []func()
}

func (s *slow) Background(work func(context.Context)) {
	s.work = append(s.work, func() { work(context.Background()) })
}

func TestALaterSearchMakesAnEarlierOneMoot(t *testing.T) {
	nb := notebooktest.New(t)
	f := &fake{hits: map[string][]Hit{"port": ports, "p": ports[:1]}}
	s := sessiontest.New(t, nb)
	held := &slow{Session: s}
	c := New(held, f)
	c.wait = 0
	s.Window().SetContent(c.Content())
	c.entry.SetText("p")
	c.entry.SetText("port")
	c.submit() // before any answer has come
	if len(s.Went) != 0 {
		t.Errorf("it led to %v before there was an answer", s.Went)
	}
	for i := len(held.work) - 1; i >= 0; i-- { // the last first
		held.work[i]()
	}
	if c.results.Total != len(ports) {
		t.Errorf("%d hits are shown", c.results.Total)
	}
	if len(s.Went) != 1 || s.Went[0].ID != "a" {
		t.Errorf("Return led to %v", s.Went)
	}
}

func TestFaultsAreShownAtTheirPlace(t *testing.T) {
	f := &fake{hits: map[string][]Hit{"port": ports}}
	c, _ := open(t, f)
	c.entry.SetText("port")
	c.entry.SetText("port country:Atlantis")
	if !c.fault.Visible() || c.faulty.Text != "port country:Atlantis" || c.faulty.Marks[0] != [2]int{13, 21} || !strings.Contains(c.wrong.Text, "no country") {
		t.Errorf("the fault: visible %v, %q at %v: %q", c.fault.Visible(), c.faulty.Text, c.faulty.Marks, c.wrong.Text)
	}
	if len(c.lines) == 0 {
		t.Error("the last hits are gone")
	}
	c.entry.SetText("port")
	if c.fault.Visible() {
		t.Error("the fault stays after it was put right")
	}
	f.err = errors.New("the disk is on fire")
	c.Changed()
	if c.failed == nil || c.fault.Visible() {
		t.Errorf("failed: %v", c.failed)
	}
	f.err = nil
	c.Changed()
	if c.failed != nil || len(c.lines) == 0 {
		t.Errorf("after it worked again: %v, %d rows", c.failed, len(c.lines))
	}
}

func chips(c *Screen) []string {
	var list []string
	for _, o := range c.filterChips() {
		if chip := o.(*widgets.Chip); chip.OnRemove != nil {
			list = append(list, chip.Label)
		}
	}
	return list
}

func TestFiltersWriteTheQuery(t *testing.T) {
	c, s := open(t, &fake{})
	c.entry.SetText("port")
	for _, f := range filters {
		choices := f.choices(c.held)
		if len(choices) == 0 {
			t.Errorf("%s offers nothing", f.field)
			continue
		}
		for _, ch := range choices {
			query := index.With("port", f.field, ch.value)
			if _, err := index.Parse(query); err != nil {
				t.Errorf("%s: %v", query, err)
			}
		}
		c.offer(f, c.chips)
		if s.Window().Canvas().Overlays().Top() == nil {
			t.Errorf("%s opens no menu", f.field)
		} else {
			s.Window().Canvas().Overlays().Top().Hide()
		}
	}
	c.write(index.With(c.entry.Text, "country", "KZ"))
	c.write(index.With(c.entry.Text, "kind", "claim"))
	if c.query != "port country:KZ kind:claim" {
		t.Errorf("the query is %q", c.query)
	}
	if got := chips(c); !slices.Equal(got, []string{"Kazakhstan", "kind:claim"}) {
		t.Errorf("the chips are %v", got)
	}
	c.filterChips()[0].(*widgets.Chip).OnRemove()
	if c.query != "port kind:claim" {
		t.Errorf("after removing one the query is %q", c.query)
	}
}

func TestSearchesAreSavedAndForgotten(t *testing.T) {
	c, s := open(t, &fake{hits: map[string][]Hit{"port": ports}})
	c.keep() // nothing to save
	c.entry.SetText("port")
	c.keep()
	saved := func() []notebook.Saved {
		var list []notebook.Saved
		if err := s.Notebook().View(func(tx *notebook.Tx) (err error) {
			list, err = tx.Saved(string(session.Search))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return list
	}
	if l := saved(); len(l) != 1 || l[0].Query != "port" {
		t.Fatalf("saved: %v", l)
	}
	if c.saved() == nil {
		t.Error("the screen does not know that it is saved")
	}
	c.keep()
	if l := saved(); len(l) != 0 || c.saved() != nil {
		t.Errorf("after forgetting: %v", l)
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

func TestMoreHits(t *testing.T) {
	var many []Hit
	for i := range 3 * pageSize / 2 {
		many = append(many, Hit{Kind: "claim", Title: fmt.Sprint("claim ", i)})
	}
	c, s := open(t, &fake{hits: map[string][]Hit{"claim": many}})
	c.entry.SetText("claim")
	if len(c.lines) != pageSize+1 {
		t.Fatalf("%d rows, want %d and one for more", len(c.lines), pageSize)
	}
	c.tap(pageSize)
	if len(c.lines) != len(many) || len(s.Went) != 0 {
		t.Errorf("%d rows after asking for more, went to %v", len(c.lines), s.Went)
	}
}

func TestExamplesCanBeRead(t *testing.T) {
	c, _ := open(t, &fake{})
	for _, h := range []held{{}, c.held} {
		for _, e := range examples(h) {
			if _, err := index.Parse(e.query); err != nil {
				t.Errorf("%s: %v", e.query, err)
			}
		}
	}
}

func TestWordsOf(t *testing.T) {
	for _, c := range []struct {
		query, words string
		filtered     bool
	}{
		{"port grain", "port grain", false},
		{"port country:KZ grain", "port grain", true},
		{`"port of" grain`, "", false},
		{"port -grain", "", false},
		{"country:KZ", "", true},
	} {
		words, filtered := wordsOf(c.query)
		if got := strings.Join(words, " "); got != c.words || filtered != c.filtered {
			t.Errorf("%s: %q, %v", c.query, got, filtered)
		}
	}
}

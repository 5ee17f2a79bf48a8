package library

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sourcebook/app/session"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

func source(t *testing.T, nb *notebook.Notebook, id notebook.SourceID) (s notebook.Source) {
	t.Helper()
	if err := nb.View(func(tx *notebook.Tx) (err error) { s, err = tx.Source(id); return err }); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestManyAreChosenAndChangedInOneStep(t *testing.T) {
	l, s := open(t, 250)
	l.table.OnChosen(2)
	l.table.OnToggled(4)
	l.table.OnToggled(6)
	l.table.OnToggled(4)
	if len(l.chosen) != 2 || !l.bulk.box.Visible() {
		t.Fatalf("%d are chosen, the line shows: %v", len(l.chosen), l.bulk.box.Visible())
	}
	// From one row to another, over pages that are not read.
	l.table.OnExtended(10, 219)
	if len(l.chosen) != 210 {
		t.Fatalf("%d are chosen, want 210", len(l.chosen))
	}
	if got := l.bulk.count.Text; got != "210 chosen" {
		t.Errorf("it says %q", got)
	}
	ids := l.ids()
	l.tag(ids, []string{"rail"})
	l.bulk.mark(true)
	l.bulk.grade("B")
	l.file(ids, "Corridor")
	x := source(t, s.Notebook(), ids[100])
	if !slices.Contains(x.Tags, "rail") || !x.Read || x.Reliability != "B" || x.Folder != "Corridor" {
		t.Errorf("after the changes: %+v", x)
	}
	if len(s.Toasts) != 4 {
		t.Errorf("%d messages, want 4: %v", len(s.Toasts), s.Toasts)
	}
	for range 4 {
		if _, err := s.Notebook().Undo(); err != nil {
			t.Fatal(err)
		}
	}
	x = source(t, s.Notebook(), ids[100])
	if slices.Contains(x.Tags, "rail") || x.Reliability != "" || x.Folder != "" {
		t.Errorf("four undos leave %+v", x)
	}
	// All that the filters leave.
	l.bar.filter.SetText("port")
	want := l.pages.found
	l.table.OnAll()
	if len(l.chosen) != want || want == 0 {
		t.Errorf("%d are chosen of %d", len(l.chosen), want)
	}
	l.Command("escape")
	l.Command("escape")
	if len(l.chosen) > 1 || l.bulk.box.Visible() {
		t.Errorf("after Escape %d are chosen", len(l.chosen))
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

func TestDeleteMany(t *testing.T) {
	l, s := open(t, 30)
	l.table.OnExtended(0, 9)
	l.Delete()
	if l.Changed(); l.pages.found != 20 {
		t.Errorf("%d are left, want 20", l.pages.found)
	}
	if _, err := s.Notebook().Undo(); err != nil {
		t.Fatal(err)
	}
	if l.Changed(); l.pages.found != 30 {
		t.Errorf("after one undo %d are there", l.pages.found)
	}
}

func TestTableSortsByItsColumns(t *testing.T) {
	l, s := open(t, 120)
	for _, c := range columns {
		if c.order == "" {
			continue
		}
		var first [2]notebook.SourceID
		for i, down := range []bool{false, true} {
			l.table.OnSorted(c.Key, down)
			if key, d := sortedBy(l.query.Order, l.query.Reverse); key != c.Key || d != down {
				t.Errorf("%s, down %v, is shown as %s, %v", c.Key, down, key, d)
			}
			r, ok := l.pages.at(0)
			if !ok || l.pages.found != 120 {
				t.Fatalf("%s: %d are listed", c.Key, l.pages.found)
			}
			first[i] = r.ID
		}
		if c.Key == "title" && first[0] == first[1] {
			t.Error("both ways begin with one source")
		}
	}
	l.table.OnSorted("title", false)
	a, _ := l.pages.at(0)
	z, _ := l.pages.at(119)
	if strings.ToLower(a.Title) > strings.ToLower(z.Title) {
		t.Errorf("%q comes before %q", a.Title, z.Title)
	}
	if got := s.Preferences().String("library.sort"); got != string(notebook.OrderTitle) {
		t.Errorf("the order is remembered as %q", got)
	}
	if New(s, Actions{}).query.Order != notebook.OrderTitle {
		t.Error("a new screen has not the order")
	}
}

func TestColumnsAreRemembered(t *testing.T) {
	l, s := open(t, 5)
	l.layout.shown["author"], l.layout.shown["words"] = false, true
	l.setColumns()
	l.table.OnResized("site", 222)
	again := New(s, Actions{})
	var keys []string
	for _, c := range again.table.Columns() {
		keys = append(keys, c.Key)
		if c.Key == "site" && c.Width != 222 {
			t.Errorf("the site is %v wide", c.Width)
		}
	}
	if slices.Contains(keys, "author") || !slices.Contains(keys, "words") || keys[0] != "title" {
		t.Errorf("the columns are %q", keys)
	}
	for _, bad := range [][]string{{"", "=", "title", "-title=4", "nonsense=1", "site=x", "site=-5", "site=1e30"}} {
		lay := layoutFrom(bad)
		if !lay.shown["title"] || lay.width(columns[1]) != columns[1].Width {
			t.Errorf("%q gives %+v", bad, lay)
		}
	}
}

func TestCellsOfHardSources(t *testing.T) {
	var many []document.CountryCount
	for i := range 40 {
		many = append(many, document.CountryCount{Code: string([]byte{'A' + byte(i%26), 'Z' - byte(i%20)}), Mentions: i})
	}
	for name, s := range map[string]notebook.Source{
		"nothing":   {},
		"long":      {Title: strings.Repeat("A very long title ", 100)},
		"arabic":    {Title: "ممر النقل الدولي عبر بحر قزوين", Lang: "ar"},
		"chinese":   {Title: "跨里海国际运输走廊的货运量继续增长", Lang: "zh"},
		"countries": {Title: "Forty", Countries: many},
	} {
		for _, c := range columns {
			var cell widgets.Cell
			c.cell(notebook.SourceRow{Source: s}, &cell)
			if c.Key == "countries" && len(cell.Text) > 200 {
				t.Errorf("%s: %q", name, cell.Text)
			}
		}
	}
	if got := countriesOf(notebook.Source{Countries: many}); !strings.HasSuffix(got, ", +36") {
		t.Errorf("forty countries are %q", got)
	}
}

func TestShelfFilesAndTags(t *testing.T) {
	l, s := open(t, 20)
	l.table.OnExtended(0, 4)
	ids := l.ids()
	l.file(ids[:2], "Ports")
	l.Changed()
	row := func(kind shelfKind, word string) int {
		i := slices.IndexFunc(l.shelf.rows, func(r shelfRow) bool { return r.kind == kind && r.word == word })
		if i < 0 {
			t.Fatalf("%q is not on the shelf: %+v", word, l.shelf.rows)
		}
		return i
	}
	l.shelf.choose(row(shelfFolder, "Ports"))
	if l.pages.found != 2 || l.bar.folder.Selected != "Ports" {
		t.Errorf("the folder lists %d, the filter says %q", l.pages.found, l.bar.folder.Selected)
	}
	l.shelf.choose(row(shelfAll, ""))
	if l.pages.found != 20 || l.bar.filtered() {
		t.Errorf("all sources: %d are listed", l.pages.found)
	}
	// A drop on the folder, by the mouse.
	l.Command("shelf")
	s.Window().Resize(fyne.NewSize(1200, 700))
	at := fyne.NewPos(0, 0)
	for y := float32(0); y < 700 && at.IsZero(); y += 4 {
		for x := float32(0); x < 300; x += 20 {
			if r, i := l.shelf.under(fyne.NewPos(x, y)); i >= 0 && r.word == "Ports" {
				at = fyne.NewPos(x, y)
				break
			}
		}
	}
	if at.IsZero() {
		t.Fatal("the folder is nowhere on the window")
	}
	l.chosen = map[notebook.SourceID]bool{}
	for _, id := range ids {
		l.chosen[id] = true
	}
	i := l.pages.index(ids[4])
	l.table.OnDrag(i, at)
	if l.bulk.ghost == nil || !strings.HasSuffix(l.bulk.label.Text, "→ Ports") {
		t.Error("it does not say where they would go")
	}
	l.table.OnDrop(i, at)
	if l.bulk.ghost != nil {
		t.Error("the word beside the pointer stays")
	}
	if got := source(t, s.Notebook(), ids[4]).Folder; got != "Ports" {
		t.Errorf("a source that was dropped on the folder is in %q", got)
	}
	l.table.OnDrag(i, fyne.NewPos(900, 500))
	l.table.OnDrop(i, fyne.NewPos(900, 500))
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

func TestFiltersAreSaved(t *testing.T) {
	l, s := open(t, 60)
	l.bar.unread.OnTapped()
	l.bar.filter.SetText("port")
	n := l.pages.found
	raw, err := json.Marshal(l.query)
	if err != nil {
		t.Fatal(err)
	}
	if got := l.bar.proposal(); got != "“port”, unread" {
		t.Errorf("the name proposed is %q", got)
	}
	cmd := &notebook.PutSaved{Saved: notebook.Saved{Name: "Ports to read", Place: savedPlace, Query: string(raw)}}
	s.Do("save", nil, cmd)
	l.clear()
	l.Changed()
	i := slices.IndexFunc(l.shelf.rows, func(r shelfRow) bool { return r.label == "Ports to read" })
	if i < 0 {
		t.Fatalf("it is not on the shelf: %+v", l.shelf.rows)
	}
	l.shelf.choose(i)
	if l.pages.found != n || l.bar.filter.Text != "port" || !l.bar.unread.On {
		t.Errorf("it lists %d, want %d; the bar says %q", l.pages.found, n, l.bar.filter.Text)
	}
	l.changeSaved(string(cmd.Saved.ID), func(f *notebook.Saved) { f.Name = "Ports" })
	l.Changed()
	items := l.shelf.items(l.shelf.rows[i])
	if l.shelf.rows[i].label != "Ports" || len(items) != 3 {
		t.Errorf("after renaming the row is %+v with %d things to do", l.shelf.rows[i], len(items))
	}
	items[2].Action() // delete
	l.Changed()
	if slices.ContainsFunc(l.shelf.rows, func(r shelfRow) bool { return r.kind == shelfFilter }) {
		t.Error("it is still on the shelf")
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

func TestCSVAndBriefing(t *testing.T) {
	l, s := open(t, 40)
	nb := s.Notebook()
	l.table.OnAll()
	var b strings.Builder
	var br notebook.Briefing
	err := nb.View(func(tx *notebook.Tx) (err error) {
		if err := WriteCSV(context.Background(), &b, tx, l.ids()); err != nil {
			return err
		}
		br, err = briefingOf(context.Background(), tx, l.ids())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n < 41 || !strings.HasPrefix(b.String(), "Title,Site,Author,") {
		t.Errorf("%d lines: %.80s", n, b.String())
	}
	claims := map[notebook.ClaimID]bool{}
	for _, p := range br.Parts {
		for _, c := range p.Claims {
			if claims[c] {
				t.Errorf("claim %s stands twice", c)
			}
			claims[c] = true
		}
	}
	if len(claims) == 0 || br.Title == "" || br.Parts[len(br.Parts)-1].Kind != notebook.PartSources {
		t.Errorf("the briefing has %d claims: %+v", len(claims), br)
	}
	l.bulk.brief()
	if got := s.Went[len(s.Went)-1]; got.Place != session.Briefings || got.ID == "" {
		t.Errorf("it led to %+v", got)
	}
}

// article is a text of its own for each n.
func article(n int) string { return notebooktest.NewTexts(uint64(n+1)).Paragraph("en", 400) }

func add(t *testing.T, nb *notebook.Notebook, title, text string) notebook.SourceID {
	t.Helper()
	cmd := &notebook.AddCapture{Capture: notebook.Capture{Name: title, Method: notebook.ByFile}, Original: []byte(title + text),
		Document: &document.Document{Kind: document.Article, Title: title, Text: text, Blocks: []document.Block{{Kind: document.Paragraph, Text: text}}}}
	if _, err := nb.Do(cmd); err != nil {
		t.Fatal(err)
	}
	return cmd.SourceID
}

func TestReprintsAreGrouped(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	l, s := open(t, 0)
	nb := s.Notebook()
	var ids []notebook.SourceID
	for i := range 5 {
		ids = append(ids, add(t, nb, fmt.Sprintf("Article %d", i), article(i)))
	}
	reprint := add(t, nb, "The same elsewhere", "From our partners. "+article(2))
	edited := add(t, nb, "Shortened", article(2)[:len(article(2))*4/5])
	l.group(true)
	if l.pages.found != 7 || l.pages.length() != 5 {
		t.Fatalf("%d sources in %d rows, want 7 in 5", l.pages.found, l.pages.length())
	}
	g := l.pages.groups
	if g.n != 1 || g.of[ids[2]] != g.of[reprint] || g.of[reprint] != g.of[edited] {
		t.Errorf("the groups are %+v", g)
	}
	if _, ok := g.of[ids[1]]; ok {
		t.Error("an article alone is in a group")
	}
	head := slices.IndexFunc(l.pages.view, func(v viewRow) bool { return v.others == 2 })
	if head < 0 {
		t.Fatalf("no row heads the group: %+v", l.pages.view)
	}
	l.table.OnFold(head)
	if l.pages.length() != 7 || !l.pages.row(head+1).indent {
		t.Errorf("open, the list has %d rows: %+v", l.pages.length(), l.pages.view)
	}
	l.table.OnExtended(head, head+2)
	if len(l.chosen) != 3 {
		t.Errorf("%d are chosen in the group", len(l.chosen))
	}
	l.table.OnFold(head)
	// What was found is kept, and found again without reading a text.
	kept := readSketches(reprintsDir(nb) + "/reprints")
	if len(kept.Of) != 7 || len(kept.Related) == 0 {
		t.Errorf("%d sketches and %d comparisons are kept", len(kept.Of), len(kept.Related))
	}
	again, err := findReprints(context.Background(), nb, reprintsDir(nb), nil)
	if err != nil || again.n != 1 {
		t.Errorf("again: %+v, %v", again, err)
	}
	l.group(false)
	if l.pages.length() != 7 {
		t.Errorf("not grouped, the list has %d rows", l.pages.length())
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := findReprints(ctx, nb, t.TempDir(), nil); err == nil {
		t.Error("a search that was cancelled ends well")
	}
	if len(s.Failed) > 0 {
		t.Errorf("failed: %v", s.Failed)
	}
}

func TestTheListHasColumnsWhereThereIsRoom(t *testing.T) {
	l, s := open(t, 10)
	s.Window().Resize(fyne.NewSize(1200, 700))
	if !l.table.Compact {
		t.Error("beside the text it has columns")
	}
	l.Command("library-layout")
	if l.table.Compact || l.content.Horizontal {
		t.Errorf("above the text it is compact %v, beside %v", l.table.Compact, l.content.Horizontal)
	}
	if New(s, Actions{}).content.Horizontal {
		t.Error("a new screen has not the layout")
	}
	l.Command("library-layout")
	if !l.table.Compact || !l.content.Horizontal {
		t.Errorf("beside the text again it is compact %v", l.table.Compact)
	}
}

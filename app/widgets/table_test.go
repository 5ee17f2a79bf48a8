package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/theme"
)

// tableTest shows a table of n rows in a window, and keeps what it asked for.
type tableTest struct {
	*Table
	chosen map[int]bool
	said   []string
}

func newTableTest(t *testing.T, n int) *tableTest {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light, 1))
	x := &tableTest{chosen: map[int]bool{}}
	say := func(f string, v ...any) { x.said = append(x.said, fmt.Sprintf(f, v...)) }
	x.Table = NewTable([]TableColumn{{Key: "title", Title: "Title", Width: 200, Wide: true}, {Key: "n", Title: "Number", Width: 80, Right: true}}, func() int { return n })
	x.Cells = func(i int, c []Cell) { c[0].Text, c[1].Text = fmt.Sprintf("row %d", i), fmt.Sprint(i) }
	x.Face = func(i int, r *Row) { r.Title = fmt.Sprintf("row %d", i) }
	x.Table.Chosen = func(i int) bool { return x.chosen[i] }
	x.OnChosen = func(i int) { x.chosen = map[int]bool{i: true}; say("choose %d", i) }
	x.OnToggled = func(i int) { x.chosen[i] = !x.chosen[i]; say("toggle %d", i) }
	x.OnExtended = func(a, b int) { say("extend %d %d", a, b) }
	x.OnAll = func() { say("all") }
	x.OnOpen = func(i int) { say("open %d", i) }
	x.OnOpenApart = func(i int) { say("apart %d", i) }
	x.OnDelete = func() { say("delete") }
	x.OnMenu = func(i int, _ fyne.Position) { say("menu %d", i) }
	x.OnDrag = func(i int, _ fyne.Position) { say("drag %d", i) }
	x.OnDrop = func(i int, _ fyne.Position) { say("drop %d", i) }
	x.OnSorted = func(key string, down bool) { say("sort %s %v", key, down) }
	x.OnResized = func(key string, w float32) { say("resize %s %.0f", key, w) }
	w := test.NewTempWindow(t, x.Table)
	w.Resize(fyne.NewSize(500, 400))
	return x
}

// heard gives what the table asked for since the last time.
func (x *tableTest) heard() []string {
	out := x.said
	x.said = nil
	return out
}

func (x *tableTest) click(row int, b desktop.MouseButton, with fyne.KeyModifier) {
	e := &desktop.MouseEvent{Button: b, Modifier: with}
	e.Position = fyne.NewPos(30, (float32(row)+0.5)*x.body.rowHeight())
	e.AbsolutePosition = e.Position
	x.body.MouseDown(e)
	x.body.MouseUp(e)
	x.body.clicks = 0
}

func TestTableChooses(t *testing.T) {
	const primary, shift, ctrl = desktop.MouseButtonPrimary, fyne.KeyModifierShift, fyne.KeyModifierShortcutDefault
	for _, c := range []struct {
		name string
		do   func(x *tableTest)
		want []string
	}{
		{"a click", func(x *tableTest) { x.click(3, primary, 0) }, []string{"choose 3"}},
		{"Ctrl adds", func(x *tableTest) { x.click(3, primary, 0); x.click(5, primary, ctrl) }, []string{"choose 3", "toggle 5"}},
		{"Shift extends from the anchor", func(x *tableTest) {
			x.click(3, primary, 0)
			x.click(6, primary, shift)
			x.click(1, primary, shift)
		}, []string{"choose 3", "extend 3 6", "extend 3 1"}},
		{"the middle button", func(x *tableTest) { x.click(2, desktop.MouseButtonTertiary, 0) }, []string{"apart 2"}},
		{"the right button chooses what is not", func(x *tableTest) { x.click(2, desktop.MouseButtonSecondary, 0) }, []string{"choose 2", "menu 2"}},
		{"the right button leaves what is chosen", func(x *tableTest) {
			x.chosen = map[int]bool{2: true, 3: true}
			x.click(2, desktop.MouseButtonSecondary, 0)
		}, []string{"menu 2"}},
		{"below the last row", func(x *tableTest) { x.click(5000, primary, 0) }, nil},
		{"a double click", func(x *tableTest) {
			e := &desktop.MouseEvent{Button: primary}
			e.Position = fyne.NewPos(30, 10)
			x.body.MouseDown(e)
			x.body.MouseUp(e)
			x.body.MouseDown(e)
			x.body.MouseUp(e)
		}, []string{"choose 0", "open 0"}},
		{"a drag of what is chosen", func(x *tableTest) {
			x.chosen = map[int]bool{1: true, 2: true}
			e := &desktop.MouseEvent{Button: primary}
			e.Position = fyne.NewPos(30, 1.5*x.body.rowHeight())
			x.body.MouseDown(e)
			x.body.Dragged(&fyne.DragEvent{})
			x.body.DragEnd()
			x.body.MouseUp(e)
		}, []string{"drag 1", "drop 1"}},
		{"a press on what is chosen, let go", func(x *tableTest) {
			x.chosen = map[int]bool{1: true, 2: true}
			x.click(2, primary, 0)
		}, []string{"choose 2"}},
		{"the arrows", func(x *tableTest) {
			x.body.press(fyne.KeyDown, 0)
			x.body.press(fyne.KeyDown, 0)
			x.body.press(fyne.KeyUp, 0)
			x.body.press(fyne.KeyUp, 0)
		}, []string{"choose 0", "choose 1", "choose 0"}},
		{"Shift and the arrows", func(x *tableTest) {
			x.click(4, primary, 0)
			x.body.press(fyne.KeyDown, shift)
			x.body.press(fyne.KeyDown, shift)
			x.body.press(fyne.KeyEnd, shift)
		}, []string{"choose 4", "extend 4 5", "extend 4 6", "extend 4 999"}},
		{"Home, End, Return, Delete", func(x *tableTest) {
			x.body.press(fyne.KeyEnd, 0)
			x.body.press(fyne.KeyHome, 0)
			x.body.press(fyne.KeyReturn, 0)
			x.body.press(fyne.KeyDelete, 0)
		}, []string{"choose 999", "choose 0", "open 0", "delete"}},
		{"Ctrl+A", func(x *tableTest) { x.body.TypedShortcut(&fyne.ShortcutSelectAll{}) }, []string{"all"}},
		{"Ctrl and the arrows, then space", func(x *tableTest) {
			x.click(1, primary, 0)
			x.body.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyDown, Modifier: ctrl})
			x.body.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: ctrl})
		}, []string{"choose 1", "toggle 2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newTableTest(t, 1000)
			c.do(x)
			if got := x.heard(); !slices.Equal(got, c.want) {
				t.Errorf("it asked for %q, want %q", got, c.want)
			}
		})
	}
}

func TestTableHeader(t *testing.T) {
	x := newTableTest(t, 10)
	tap := func(at float32) { x.header.Tapped(&fyne.PointEvent{Position: fyne.NewPos(at, 8)}) }
	tap(40)
	tap(40)
	if got := x.heard(); !slices.Equal(got, []string{"sort title false", "sort title true"}) {
		t.Errorf("two clicks on a title asked for %q", got)
	}
	tap(470)
	if got := x.heard(); !slices.Equal(got, []string{"sort n false"}) {
		t.Errorf("a click on another asked for %q", got)
	}
	widths := x.widths()
	if sum := widths[0] + widths[1]; sum != x.scroll.Size().Width {
		t.Errorf("the columns take %v of %v", sum, x.scroll.Size().Width)
	}
	border := widths[0] + widths[1] - 1
	e := &desktop.MouseEvent{}
	e.Position = fyne.NewPos(border, 8)
	x.header.MouseDown(e)
	x.header.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(40, 0)})
	x.header.DragEnd()
	if got := x.heard(); !slices.Equal(got, []string{"resize n 120"}) {
		t.Errorf("a drag of a border asked for %q", got)
	}
	tap(border)
	if got := x.heard(); len(got) != 0 {
		t.Errorf("a click on a border asked for %q", got)
	}
}

func TestTableMakesOnlyWhatIsSeen(t *testing.T) {
	x := newTableTest(t, 100_000)
	filled := map[int]int{}
	cells := x.Cells
	x.Cells = func(i int, c []Cell) { filled[i]++; cells(i, c) }
	x.ScrollTo(50_000)
	if x.Top() != 50_000 {
		t.Errorf("row %d is the first, want 50000", x.Top())
	}
	if n := len(x.body.rows); n > x.Shown()+3 {
		t.Errorf("%d rows exist where %d can be seen", n, x.Shown())
	}
	if filled[50_000] == 0 || filled[49_990] != 0 {
		t.Errorf("filled %v", filled)
	}
	x.Reveal(99_999)
	if top := x.Top(); top+x.Shown() < 99_999 {
		t.Errorf("the last row cannot be seen: the first is %d", top)
	}
	x.SetCompact(true)
	if x.body.rows[x.Top()] == nil || x.body.rows[x.Top()].face == nil {
		t.Error("the rows have not two lines")
	}
	if x.Length() != 100_000 || float32(99_999)*x.body.rowHeight() > x.body.MinSize().Height {
		t.Error("the rows do not fit below each other")
	}
}

func TestTableFolds(t *testing.T) {
	x := newTableTest(t, 5)
	x.Cells = func(i int, c []Cell) {
		c[0].Text = "row"
		if i == 1 {
			c[0].Fold = Folded
		}
	}
	folded := -1
	x.OnFold = func(i int) { folded = i }
	x.Refresh()
	x.Mark(1)
	x.body.press(fyne.KeyRight, 0)
	if folded != 1 {
		t.Errorf("the right arrow opened row %d", folded)
	}
	folded = -1
	e := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	e.Position = fyne.NewPos(12, 1.5*x.body.rowHeight())
	x.body.MouseDown(e)
	if folded != 1 || len(x.heard()) != 0 {
		t.Errorf("a click on the triangle opened row %d", folded)
	}
}

func TestFitText(t *testing.T) {
	wide := func(s string) float32 { return float32(len([]rune(s))) * 10 }
	for _, c := range []struct {
		in    string
		width float32
		want  string
	}{
		{"", 10, ""}, {"abc", 30, "abc"}, {"abcdef", 50, "abcd…"}, {"ab cdef", 40, "ab…"}, {"abcdef", 10, "…"}, {"abcdef", 0, "…"},
		{"Қазақстан темір жолы", 60, "Қазақ…"},
	} {
		if got := fitText(c.in, c.width, wide); got != c.want {
			t.Errorf("fitText(%q, %v) is %q, want %q", c.in, c.width, got, c.want)
		}
	}
	// It cuts at the last place that fits, whatever the guess.
	for n := 2; n < 200; n++ {
		s := ""
		for len(s) < n {
			s += "x"
		}
		for w := float32(20); w < float32(n*10); w += 30 {
			if got := fitText(s, w, wide); wide(got) > w || wide(got)+10 <= w {
				t.Fatalf("%d letters in %v: %d", n, w, len(got))
			}
		}
	}
}

func TestTabs(t *testing.T) {
	test.NewTempApp(t)
	s := NewTabs()
	var said []string
	s.OnChosen = func(k string) { said = append(said, "choose "+k) }
	s.OnClosed = func(k string) { said = append(said, "close "+k) }
	var all []Tab
	for i := range 30 {
		all = append(all, Tab{Key: fmt.Sprint(i), Title: fmt.Sprintf("tab %d", i)})
	}
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(600, 40))
	s.Resize(fyne.NewSize(600, 32))
	s.Set(all, "0")
	press := func(x float32, b desktop.MouseButton) {
		e := &desktop.MouseEvent{Button: b}
		e.Position = fyne.NewPos(x, 10)
		s.MouseDown(e)
	}
	press(20, desktop.MouseButtonPrimary)
	press(leastTab+20, desktop.MouseButtonTertiary)
	press(2*leastTab-10, desktop.MouseButtonPrimary)
	s.Set(all, "29")
	press(590-tabCross, desktop.MouseButtonPrimary)
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 100000)})
	press(20, desktop.MouseButtonPrimary)
	if want := []string{"choose 0", "close 1", "close 1", "choose 29", "choose 0"}; !slices.Equal(said, want) {
		t.Errorf("it said %q, want %q", said, want)
	}
}

package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/present"
	"sourcebook/app/theme"
)

func app(t *testing.T) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light, 1))
}

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

func fruit() []Option {
	return []Option{{Key: "apple", Label: "Apple"}, {Key: "pear", Label: "Pear"}, {Key: "pineapple", Label: "Pineapple"}}
}

func TestTokens(t *testing.T) {
	app(t)
	for _, c := range []struct {
		name string
		free bool
		max  int
		do   func(*Tokens)
		want string
	}{
		{"return takes what fits best", false, 0, func(k *Tokens) { test.Type(k.Entry, "pe"); k.Entry.TypedKey(key(fyne.KeyReturn)) }, "pear"},
		{"an arrow moves the mark", false, 0, func(k *Tokens) {
			test.Type(k.Entry, "apple")
			k.Entry.TypedKey(key(fyne.KeyDown))
			k.Entry.TypedKey(key(fyne.KeyDown))
			k.Entry.TypedKey(key(fyne.KeyReturn))
		}, "pineapple"},
		{"what is not offered is refused", false, 0, func(k *Tokens) { test.Type(k.Entry, "fig"); k.Entry.TypedKey(key(fyne.KeyReturn)) }, ""},
		{"free text is taken where it may be", true, 0, func(k *Tokens) { test.Type(k.Entry, "fig"); k.Entry.TypedKey(key(fyne.KeyReturn)) }, "fig"},
		{"no value twice", true, 0, func(k *Tokens) {
			for range 2 {
				test.Type(k.Entry, "fig")
				k.Entry.TypedKey(key(fyne.KeyReturn))
			}
		}, "fig"},
		{"no more than the most", true, 2, func(k *Tokens) {
			for _, w := range []string{"a1", "b1", "c1"} {
				test.Type(k.Entry, w)
				k.Entry.TypedKey(key(fyne.KeyReturn))
			}
		}, "a1 b1"},
		{"backspace in the empty field takes the last away", true, 0, func(k *Tokens) {
			for _, w := range []string{"a1", "b1"} {
				test.Type(k.Entry, w)
				k.Entry.TypedKey(key(fyne.KeyReturn))
			}
			k.Entry.TypedKey(key(fyne.KeyBackspace))
		}, "a1"},
		{"what is typed and not taken counts on commit", true, 0, func(k *Tokens) { test.Type(k.Entry, "zz"); k.Commit() }, "zz"},
		{"return without a word takes nothing", false, 0, func(k *Tokens) { k.Entry.FocusGained(); k.Entry.TypedKey(key(fyne.KeyReturn)) }, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var free func(string) (Option, bool)
			if c.free {
				free = NewWord
			}
			k := NewTokens("", CompleteWord(fruit()), free)
			k.Max = c.max
			w := test.NewTempWindow(t, k.Box)
			w.Resize(fyne.NewSize(300, 300))
			c.do(k)
			if got := strings.Join(k.Keys(), " "); got != c.want {
				t.Errorf("holds %q, want %q", got, c.want)
			}
		})
	}
}

func TestCompleteCountry(t *testing.T) {
	for _, c := range []struct{ name, typed, first string }{
		{"a name's beginning", "azer", "AZ"},
		{"a code", "kz", "KZ"},
		{"without diacritics", "turk", "TR"},
		{"a later word", "arabia", "SA"},
		{"a capital", "Baku", "AZ"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := CompleteCountry(nil)(c.typed)
			if !slices.ContainsFunc(got, func(o Option) bool { return o.Key == c.first }) {
				t.Errorf("%q offers %v", c.typed, got)
			}
		})
	}
	if got := CompleteCountry(nil)("no such place at all"); len(got) != 0 {
		t.Errorf("nonsense offers %v", got)
	}
}

func TestSegmentedByKeys(t *testing.T) {
	app(t)
	var said []string
	s := NewSegmented(present.Credibilities, func(k string) { said = append(said, k) })
	s.Keys, s.Clearable = true, true
	s.TypedRune('3')
	s.TypedKey(key(fyne.KeyRight))
	s.TypedKey(key(fyne.KeyDelete))
	if got := strings.Join(said, ","); got != "3,4," {
		t.Errorf("it said %q", got)
	}
}

func TestSegmentedByMouse(t *testing.T) {
	app(t)
	s := NewSegmented(present.Stances, nil)
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(400, 60))
	for i, c := range present.Stances {
		for x := float32(0); x < 400; x++ {
			if s.at(x) == i {
				test.TapCanvas(w.Canvas(), fyne.CurrentApp().Driver().AbsolutePositionForObject(s).AddXY(x+3, 10))
				break
			}
		}
		if s.Key() != c.Key {
			t.Errorf("a click on %s chose %q", c.Label, s.Key())
		}
	}
}

func TestListKeys(t *testing.T) {
	app(t)
	chosen, opened, deleted := -1, -1, -1
	l := NewList(func() int { return 30 }, func() fyne.CanvasObject { return NewRow() }, func(int, fyne.CanvasObject) {})
	l.OnChosen = func(i int) { chosen = i }
	l.OnOpen = func(i int) { opened = i }
	l.OnDelete = func(i int) { deleted = i }
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(300, 300))
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyUp} {
		l.TypedKey(key(k))
	}
	if chosen != 10 {
		t.Errorf("row %d is chosen, want 10", chosen)
	}
	l.TypedKey(key(fyne.KeyReturn))
	l.TypedKey(key(fyne.KeyDelete))
	if opened != 10 || deleted != 10 {
		t.Errorf("opened %d, deleted %d", opened, deleted)
	}
	chosen = -1
	l.Choose(4)
	if chosen != -1 || l.At() != 4 {
		t.Errorf("Choose called back (%d) or did not choose (%d)", chosen, l.At())
	}
	l.Choose(-1)
	if l.At() != -1 {
		t.Errorf("row %d is still chosen", l.At())
	}
	l.TypedKey(key(fyne.KeyEnd))
	l.TypedKey(key(fyne.KeyDown))
	if l.At() != 29 {
		t.Errorf("the end is %d", l.At())
	}
}

func TestRowTapIsTheListsTap(t *testing.T) {
	app(t)
	chosen := -1
	l := NewList(func() int { return 5 }, func() fyne.CanvasObject { return NewRow() }, func(i int, o fyne.CanvasObject) { o.(*Row).Title = "x" })
	l.OnChosen = func(i int) { chosen = i }
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(300, 300))
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 70))
	if chosen != 1 {
		t.Errorf("a click on the second row chose %d", chosen)
	}
}

func TestTextIsCut(t *testing.T) {
	app(t)
	for _, c := range []struct{ name, text string }{
		{"latin", strings.Repeat("The port of Alat ", 20)}, {"georgian", strings.Repeat("თბილისი ", 20)},
		{"arabic", strings.Repeat("بحر قزوين ", 20)}, {"chinese", strings.Repeat("里海", 80)}, {"empty", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := NewText(c.text, theme.SizeBody, "")
			r := test.TempWidgetRenderer(t, x).(*textRenderer)
			for _, w := range []float32{0, 3, 80, 300} {
				x.Resize(fyne.NewSize(w, 20))
				if got := r.measure(r.c.Text).Width; c.text != "" && w > 20 && got > w+1 {
					t.Errorf("%.0f wide in a place of %.0f", got, w)
				}
			}
		})
	}
}

func TestFlowBreaksLines(t *testing.T) {
	app(t)
	var chips []fyne.CanvasObject
	for range 12 {
		chips = append(chips, NewChip("Kazakhstan", Neutral))
	}
	f := NewFlow(chips...)
	f.Resize(fyne.NewSize(300, 20))
	if h := f.MinSize().Height; h < 3*chips[0].MinSize().Height {
		t.Errorf("12 chips take a height of %.0f", h)
	}
	f.Resize(fyne.NewSize(3000, 20))
	if h := f.MinSize().Height; h > chips[0].MinSize().Height+1 {
		t.Errorf("12 chips in a wide place take a height of %.0f", h)
	}
}

func TestRowUsedAgainForgetsItsSecondLine(t *testing.T) {
	app(t)
	r := NewRow()
	r.Two = true
	r.Title = strings.Repeat("long title ", 20)
	w := test.NewTempWindow(t, r)
	w.Resize(fyne.NewSize(300, 90))
	r.Refresh()
	r.Title = "short"
	r.Refresh()
	second := test.TempWidgetRenderer(t, r).(*rowRenderer).title2
	if got := test.TempWidgetRenderer(t, second).(*textRenderer).c.Text; got != "" {
		t.Errorf("the second line still says %q", got)
	}
}

package pdf

import (
	"slices"
	"strings"
	"testing"
)

func setter(t testing.TB) *typesetter {
	t.Helper()
	o := options(t)
	fs, err := newFaces(o.Fonts, o.Mono)
	if err != nil {
		t.Fatal(err)
	}
	return &typesetter{faces: fs}
}

// drawn is what a line shows from left to right; a character that no font has
// is itself.
func drawn(l line) string {
	var b strings.Builder
	for _, s := range l.segments {
		if s.face == nil {
			b.WriteRune(s.missing)
		} else if s.actual != "" {
			b.WriteString(s.actual)
		} else {
			b.WriteString(s.text)
		}
	}
	return b.String()
}

func TestLines(t *testing.T) {
	set := setter(t)
	a := &attr{size: 10}
	for _, tt := range []struct {
		name, in string
		width    float64
		want     []string
	}{
		{"nothing", "", 100, []string{""}},
		{"fits", "one two", 100, []string{"one two"}},
		{"breaks at a space", "one two three", 40, []string{"one two", "three"}},
		{"spaces at the break are gone", "one     two", 25, []string{"one", "two"}},
		{"asked for", "one\ntwo\n\nthree", 100, []string{"one", "two", "", "three"}},
		{"line ends of all kinds", "a\r\nb\rc\u2028d\u0085e", 100, []string{"a", "b", "c", "d", "e"}},
		{"after a hyphen", "long-winded", 40, []string{"long-", "winded"}},
		{"not within a number", "x 1,234.5", 40, []string{"x", "1,234.5"}},
		{"not before a full stop", "aaaa bbb.", 41, []string{"aaaa", "bbb."}},
		{"no-break space", "aaa\u00A0bbb cc", 45, []string{"aaa\u00A0bbb", "cc"}},
		{"soft hyphen shows", "com\u00ADpound", 38, []string{"com-", "pound"}},
		{"soft hyphen hides", "com\u00ADpound", 100, []string{"compound"}},
		{"word wider than a line", "aaaaaaaaaa", 30, []string{"aaaaa", "aaaaa"}},
		{"narrower than a letter", "abc", 1, []string{"a", "b", "c"}},
		{"Chinese keeps each character", "里海港口货运量增长", 30, []string{"里海港", "口货运", "量增长"}},
		{"Chinese full stop stays", "里海港。口", 30, []string{"里海", "港。口"}},
		{"mark stays with its letter", "q\u0323\u0307q\u0323\u0307q\u0323\u0307", 13, []string{"q\u0323\u0307q\u0323\u0307", "q\u0323\u0307"}},
		{"override of direction is taken out", "a\u202Ebc\u202Cd", 100, []string{"abcd"}},
		{"control characters show", "a\x00b\x1b", 100, []string{"a\uFFFDb\uFFFD"}},
		{"not UTF-8", "a\xffb", 100, []string{"a\uFFFDb"}},
		{"composed", "e\u0301", 100, []string{"é"}},
		{"Hebrew", "אבג דהו", 100, []string{"והד גבא"}},
		{"Hebrew wraps in the order of reading", "אבגדה והזחט", 32, []string{"הדגבא", "טחזהו"}},
		{"Hebrew in English", "see שלום now", 100, []string{"see םולש now"}},
		{"number after Hebrew in English", "at חיפה 2025, and", 200, []string{"at 2025 הפיח, and"}},
		{"English in Hebrew", "אבג (BP) 12", 100, []string{"12 (BP) גבא"}},
		{"brackets turn", "אב (גד)", 100, []string{"(דג) בא"}},
		{"Arabic reads by its plain letters", "بيت", 100, []string{"تيب"}},
		{"Arabic marks follow their letter", "بَت", 100, []string{"تب\u064E"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, l := range set.lines([]run{{tt.in, a}}, tt.width) {
				got = append(got, drawn(l))
				if l.width > tt.width && len([]rune(drawn(l))) > 3 {
					t.Errorf("line %q is %.1f wide, want %.1f at most", drawn(l), l.width, tt.width)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestShape(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"alone", "ب", "ﺏ"},
		{"initial, medial, final", "ببب", "ﺑﺒﺐ"},
		{"alef joins back only", "باب", "ﺑﺎﺏ"},
		{"lam and alef", "لا", "ﻻ\x00"},
		{"lam and alef after a letter", "بلا", "ﺑﻼ\x00"},
		{"non-joiner parts", "می‌پ", "ﻣﯽ‌ﭖ"},
		{"marks are seen through", "بَب", "ﺑَﺐ"},
		{"Latin is let be", "abc", "abc"},
		{"tatweel joins", "بـب", "ﺑـﺐ"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(shape([]rune(tt.in))); got != tt.want {
				t.Errorf("shape(%q) = %+q, want %+q", tt.in, got, tt.want)
			}
		})
	}
}

func TestShorten(t *testing.T) {
	set := setter(t)
	a := &attr{size: 10}
	for _, s := range []string{"", "short", strings.Repeat("a long title ", 40), strings.Repeat("里", 100), "two\nlines"} {
		got := set.shorten(s, a, 120)
		if w := set.width(got, a); w > 120 || strings.Contains(got, "\n") {
			t.Errorf("shorten(%.20q) = %q, %.1f wide", s, got, w)
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add("a b", 10.0)
	f.Add("אב (cd) 12 لا\u064E", 20.0)
	f.Add("里海\u00AD\u200D🚢", 3.0)
	set := setter(f)
	a := &attr{size: 10}
	f.Fuzz(func(t *testing.T, s string, width float64) {
		var got strings.Builder
		for _, l := range set.lines([]run{{s, a}}, width) {
			got.WriteString(drawn(l))
		}
		// A hyphen may be added where a soft one stands.
		want := letters(strings.ReplaceAll(clean(s), "-", ""))
		if have := letters(strings.ReplaceAll(got.String(), "-", "")); have != want {
			t.Errorf("lines of %q show %q, want %q", s, have, want)
		}
	})
}

package present

import (
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

var now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     document.Date
		ok       bool
	}{
		{"empty is not stated", "", "", true},
		{"iso day", "2025-10-29", "2025-10-29", true},
		{"iso month", "2025-10", "2025-10", true},
		{"year", "2025", "2025", true},
		{"points, day first", "29.10.2025", "2025-10-29", true},
		{"words, day first", "29 October 2025", "2025-10-29", true},
		{"words, month first", "Oct 29, 2025", "2025-10-29", true},
		{"month and year", "October 2025", "2025-10", true},
		{"Sept", "Sept 2025", "2025-09", true},
		{"today", "today", "2026-03-10", true},
		{"yesterday", "Yesterday", "2026-03-09", true},
		{"no such day", "2025-02-30", "", false},
		{"no such month", "2025-13", "", false},
		{"prose", "last week", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := ParseDate(c.in, now)
			if got != c.want || ok != c.ok {
				t.Errorf("ParseDate(%q) = %q, %v; want %q, %v", c.in, got, ok, c.want, c.ok)
			}
		})
	}
}

func FuzzParseDate(f *testing.F) {
	f.Add("29 October 2025")
	f.Fuzz(func(t *testing.T, s string) {
		d, ok := ParseDate(s, now)
		if ok && d != "" && d.Precision() == "" {
			t.Errorf("ParseDate(%q) = %q, of no precision", s, d)
		}
	})
}

func TestDate(t *testing.T) {
	for in, want := range map[document.Date]string{"2025-10-29": "29 Oct 2025", "2025-10": "October 2025", "2025": "2025", "": ""} {
		if got := Date(in); got != want {
			t.Errorf("Date(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAgo(t *testing.T) {
	for _, c := range []struct {
		before time.Duration
		want   string
	}{
		{20 * time.Second, "just now"}, {5 * time.Minute, "5 min ago"}, {time.Hour, "1 hour ago"},
		{30 * time.Hour, "yesterday"}, {12 * 24 * time.Hour, "12 days ago"}, {100 * 24 * time.Hour, "3 months ago"},
		{800 * 24 * time.Hour, "2 years ago"},
	} {
		if got := Ago(now.Add(-c.before), now); got != c.want {
			t.Errorf("Ago(%v) = %q, want %q", c.before, got, c.want)
		}
	}
}

func TestGrade(t *testing.T) {
	for _, c := range []struct {
		name string
		r    notebook.Reliability
		c    notebook.Credibility
		want string
	}{
		{"both", "B", 2, "B2"}, {"source only", "B", 0, "B–"}, {"item only", "", 2, "–2"}, {"neither", "", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Grade(c.r, c.c); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		n    int
		noun string
		want string
	}{{0, "claim", "0 claims"}, {1, "claim", "1 claim"}, {2, "country", "2 countries"}, {1204, "day", "1,204 days"}, {-1200000, "byte", "-1,200,000 bytes"}} {
		if got := Count(c.n, c.noun); got != c.want {
			t.Errorf("Count(%d, %q) = %q, want %q", c.n, c.noun, got, c.want)
		}
	}
}

func TestShort(t *testing.T) {
	for _, c := range []struct {
		name, in string
		n        int
		want     string
	}{
		{"fits", "a b", 5, "a b"},
		{"at a word", "the port was closed, again", 20, "the port was closed…"},
		{"no space", "abcdefghij", 4, "abcd…"},
		{"lines become spaces", "a\nb", 9, "a b"},
		{"code points, not bytes", "Баку Баку", 9, "Баку Баку"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Short(c.in, c.n); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestHost(t *testing.T) {
	for in, want := range map[string]string{
		"https://www.example.org/a?b": "example.org", "http://u@Example.org": "example.org", "no address": "", "https://x.test#f": "x.test",
	} {
		if got := Host(in); got != want {
			t.Errorf("Host(%q) = %q, want %q", in, got, want)
		}
	}
}

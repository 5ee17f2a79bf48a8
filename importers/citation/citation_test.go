package citation

import (
	"testing"

	"sourcebook/notebook/document"
)

func TestResolve(t *testing.T) {
	cases := []struct {
		name, text string
		published  document.Date
		want       []string
	}{
		{"latest not after publication", "(EDM, May 8, December 1)", "2025-10-29", []string{"2025-05-08 ?", "2024-12-01 ?"}},
		{"day of publication", "(EDM, October 29)", "2025-10-29", []string{"2025-10-29 ?"}},
		{"day after publication", "(EDM, October 30)", "2025-10-29", []string{"2024-10-30 ?"}},
		{"year written first", "(EDM, May 8, 2024, October 8)", "2025-10-29", []string{"2024-05-08", "2025-10-08 ?"}},
		{"year written in the middle", "(EDM, May 15, November 21, 2024, July 7)", "2025-10-29", []string{"2024-05-15 ?", "2024-11-21", "2025-07-07 ?"}},
		{"year written last, over a new year", "(EDM, November 5, January 10, 2024)", "2025-10-29", []string{"2023-11-05 ?", "2024-01-10"}},
		{"a written year binds only its own outlet", "(EDM, May 8, 2021; APA, October 22)", "2025-10-29", []string{"2021-05-08", "2025-10-22 ?"}},
		{"leap day", "(EDM, February 29)", "2025-10-29", []string{"2024-02-29 ?"}},
		{"publication known to the month", "(EDM, October 22)", "2025-10", []string{"2025-10-22 ?"}},
		{"publication known to the year", "(EDM, December 30)", "2025", []string{"2025-12-30 ?"}},
		{"no publication", "(EDM, October 22)", "", []string{""}},
		{"no publication, but a year before", "(EDM, May 8, 2024, October 8)", "", []string{"2024-05-08", "2024-10-08 ?"}},
		{"no publication, but a year behind", "(EDM, May 15, November 21, 2024)", "", []string{"2024-05-15 ?", "2024-11-21"}},
		{"day and month in numbers", "(EDM, 2024-05-08)", "2025-10-29", []string{"2024-05-08"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Find(c.text, Options{Lang: "en", Published: c.published})
			if len(got) != len(c.want) {
				t.Fatalf("%d citations: %+v", len(got), got)
			}
			for i, g := range got {
				s := string(g.Date)
				if g.DateInferred {
					s += " ?"
				}
				if s != c.want[i] {
					t.Errorf("%d is %q, want %q", i, s, c.want[i])
				}
				if g.Precision != g.Date.Precision() {
					t.Errorf("precision %q of %q", g.Precision, g.Date)
				}
			}
		})
	}
}

func TestText(t *testing.T) {
	cases := []struct{ name, lang, text, want, range_ string }{
		{"english", "en", "It grew (see EDM, May 8).", "EDM, May 8, 2025", "EDM, May 8"},
		{"carried on", "en", "It grew (EDM, May 8, June 9).", "EDM, June 9, 2025", "June 9"},
		{"russian", "ru", "Рост продолжается (ТАСС, 8 мая).", "ТАСС, 8 мая 2025", "ТАСС, 8 мая"},
		{"turkish", "tr", "Büyüdü (AA, 8 Mayıs).", "AA, 8 Mayıs 2025", "AA, 8 Mayıs"},
		{"azerbaijani", "az", "Artıb (APA, 8 may).", "APA, 8 may 2025", "APA, 8 may"},
		{"handle", "en", "It grew (Telegram/@kran, May 8).", "Telegram/@kran, May 8, 2025", "Telegram/@kran, May 8"},
		{"no date", "en", "It grew, according to Reuters.", "Reuters", "Reuters"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := Find(c.text, Options{Lang: c.lang, Published: "2025-10-29"})
			if len(got) == 0 {
				t.Fatal("nothing found")
			}
			last := got[len(got)-1]
			if last.Text != c.want {
				t.Errorf("text %q, want %q", last.Text, c.want)
			}
			if s := string([]rune(c.text)[last.Start:last.End]); s != c.range_ {
				t.Errorf("stands on %q, want %q", s, c.range_)
			}
		})
	}
}

func TestInDocument(t *testing.T) {
	d := &document.Document{Lang: "en", Published: "2025-10-29", Blocks: []document.Block{
		{Kind: document.Heading, Level: 1, Text: "Grain"},
		{Kind: document.Paragraph, Text: "Volumes fell, Reuters reported on May 8.", Links: []document.Link{{Start: 22, End: 30, URL: "https://example.org/volumes"}}},
		{Kind: document.Paragraph, Text: "Others disagree (see EDM, May 8, 2024; APA, October 22).", Links: []document.Link{{Start: 39, End: 54, URL: "https://example.org/apa"}}},
	}}
	d.Finish()
	got := InDocument(d)
	want := []struct{ outlet, url string }{{"Reuters", "https://example.org/volumes"}, {"EDM", ""}, {"APA", "https://example.org/apa"}}
	if len(got) != len(want) {
		t.Fatalf("%+v", got)
	}
	for i, w := range want {
		if got[i].Outlet != w.outlet || got[i].URL != w.url {
			t.Errorf("%d = %+v, want %+v", i, got[i], w)
		}
	}
}

func TestCanonical(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{{"EDM", "Eurasia Daily Monitor", true}, {"ТАСС", "TASS", true}, {"Anadolu Ajansı", "Anadolu Agency", true}, {"Harbour Times", "Harbour Times", false}} {
		if got, ok := Canonical(c.in); got != c.want || ok != c.ok {
			t.Errorf("Canonical(%q) = %q, %v", c.in, got, ok)
		}
	}
}

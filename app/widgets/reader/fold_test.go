package reader

import (
	"fmt"
	"testing"
)

func TestFoldFinds(t *testing.T) {
	for _, c := range []struct{ name, text, query, want string }{
		{"case", "The PORT of Port", "port", "[4-8 12-16]"},
		{"query is folded too", "the port", "PORT", "[4-8]"},
		{"diacritics in the text", "Böyük Kəsik, Zürich", "boyuk", "[0-5]"},
		{"diacritics in the query", "Zurich", "Zürich", "[0-6]"},
		{"decomposed", "Zu\u0308rich", "zurich", "[0-7]"},
		{"trailing mark belongs to its letter", "cafe\u0301 x", "cafe", "[0-5]"},
		{"dotless i", "Qırğızıstan", "qirgizistan", "[0-11]"},
		{"sharp s", "Straße der Größe", "strasse", "[0-6]"},
		{"ligature", "of\ufb01ce", "office", "[0-5]"},
		{"hard space and line end", "a\u00a0b\nc", "a b c", "[0-5]"},
		{"soft hyphen", "trans\u00adport", "transport", "[0-10]"},
		{"dash", "Baku–Tbilisi", "baku-tbilisi", "[0-12]"},
		{"Cyrillic", "Ёлка ЕЛКА", "елка", "[0-4 5-9]"},
		{"Greek with final sigma", "Λόγος", "λογοσ", "[0-5]"},
		{"Arabic with vowels", "الْعَرَبِيَّةُ", "العربية", "[0-14]"},
		{"Hebrew with points", "שָׁלוֹם", "שלום", "[0-7]"},
		{"not overlapping", "aaaa", "aa", "[0-2 2-4]"},
		{"nothing", "abc", "", "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := []string{}
			fold(c.text).each(c.text, fold(c.query).text, func(s, e int) { got = append(got, fmt.Sprintf("%d-%d", s, e)) })
			if fmt.Sprint(got) != c.want {
				t.Errorf("%q in %q: %v, want %s", c.query, c.text, got, c.want)
			}
		})
	}
}

func FuzzFold(f *testing.F) {
	f.Add("Böyük Kəsik", "boyuk")
	f.Add("x\xff\u0301", "x")
	f.Fuzz(func(t *testing.T, text, query string) {
		n, last := len([]rune(text)), 0
		fold(text).each(text, fold(query).text, func(s, e int) {
			if s < last || e <= s || e > n {
				t.Fatalf("place %d..%d behind %d, in %d runes", s, e, last, n)
			}
			last = s
		})
	})
}

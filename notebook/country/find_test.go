package country

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

// labelled is one sentence and the mentions in it.
type labelled struct {
	line int
	lang string
	text string
	want []Mention
}

// readLabelled reads testdata/labelled.txt.
func readLabelled(t testing.TB) []labelled {
	t.Helper()
	b, err := os.ReadFile("testdata/labelled.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []labelled
	for i, line := range strings.Split(string(b), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		lang, marked, ok := strings.Cut(line, "|")
		if !ok {
			t.Fatalf("line %d has no language", i+1)
		}
		c := labelled{line: i + 1, lang: strings.TrimSpace(lang)}
		var text strings.Builder
		rest := strings.TrimSpace(marked)
		for {
			before, after, ok := strings.Cut(rest, "[")
			text.WriteString(before)
			if !ok {
				break
			}
			mark, tail, ok := strings.Cut(after, "]")
			code, form, colon := strings.Cut(mark, ":")
			if !ok || !colon {
				t.Fatalf("line %d: a mark that is not closed", i+1)
			}
			start := utf8.RuneCountInString(text.String())
			text.WriteString(form)
			c.want = append(c.want, Mention{Code: Code(code), Start: start, End: start + utf8.RuneCountInString(form), Form: form})
			rest = tail
		}
		c.text = text.String()
		list = append(list, c)
	}
	return list
}

// TestFindLabelled holds precision and recall over the labelled sentences, and
// names every sentence that is not right.
func TestFindLabelled(t *testing.T) {
	cases := readLabelled(t)
	if len(cases) < 150 {
		t.Fatalf("only %d sentences", len(cases))
	}
	right, found, wanted := 0, 0, 0
	for _, c := range cases {
		got := Find(c.text, c.lang)
		found += len(got)
		wanted += len(c.want)
		want := map[string]bool{}
		for _, m := range c.want {
			want[fmt.Sprint(m)] = true
		}
		for _, m := range got {
			if want[fmt.Sprint(m)] {
				right++
				delete(want, fmt.Sprint(m))
			} else {
				t.Logf("line %d (%s): found %s %q at %d", c.line, c.lang, m.Code, m.Form, m.Start)
			}
		}
		for m := range want {
			t.Logf("line %d (%s): missed %s", c.line, c.lang, m)
		}
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(wanted)
	t.Logf("%d sentences, %d mentions: precision %.3f, recall %.3f", len(cases), wanted, precision, recall)
	if precision < 0.98 || recall < 0.98 {
		t.Errorf("precision %.3f, recall %.3f, want .98 of both", precision, recall)
	}
}

func TestCount(t *testing.T) {
	got := Count("Baku and Astana. Azerbaijan's and Kazakh and Azerbaijani officials in Georgia.", "en")
	if s := fmt.Sprint(got); s != "[{AZ 3} {KZ 2} {GE 1}]" {
		t.Errorf("counted %s", s)
	}
	if got := Count("nothing here", "en"); got == nil || len(got) != 0 {
		t.Errorf("no country gives %v", got)
	}
}

// TestFindEveryName looks for each country by the name that is shown, in every
// language with rules of its own.
func TestFindEveryName(t *testing.T) {
	// Names that are a word of the language, or stand for another country first.
	except := map[string]bool{"tr ML": true, "fa ML": true, "fa PE": true, "fa GH": true, "fa TD": true, "ka ML": true, "hy ML": true, "ka NE": true}
	for _, lang := range []string{"en", "ru", "uk", "tr", "az", "de", "fr", "es", "kk", "ka", "hy"} {
		missed := 0
		for _, c := range All() {
			name := Name(c.Code, lang)
			if except[lang+" "+string(c.Code)] || strings.ContainsAny(name, "()–") || strings.Contains(name, " - ") || strings.HasPrefix(name, "о-в") {
				continue
			}
			text := map[string]string{"en": "delegates from %s spoke", "ru": "делегация из %s сказала", "uk": "делегація з %s сказала"}[lang]
			if text == "" {
				text = "x %s x"
			}
			m := Find(fmt.Sprintf(text, name), lang)
			if len(m) != 1 || m[0].Code != c.Code || m[0].Form != name {
				missed++
				t.Logf("%s %s: %s gives %v", lang, c.Code, name, m)
			}
		}
		if missed > 6 {
			t.Errorf("%s: %d names are not found", lang, missed)
		}
	}
}

func TestFindIsLinear(t *testing.T) {
	for _, unit := range []string{"Republic of the ", "Georgia ", "a", "стан", "中", "U.S.", "وال", "New "} {
		text := strings.Repeat(unit, 200_000/len(unit))
		Find(text, "") // must end; the test's time limit is the bar
	}
}

func FuzzFind(f *testing.F) {
	for _, c := range readLabelled(f) {
		f.Add(c.text, c.lang)
	}
	f.Add("U.S.\u0301A. \xff I\u0307ran و‌ ‌", "tr")
	f.Fuzz(func(t *testing.T, text, lang string) {
		runes := []rune(text)
		end := 0
		for _, m := range Find(text, lang) {
			if m.Start < end || m.End <= m.Start || m.End > len(runes) {
				t.Fatalf("mention %+v after %d in a text of %d", m, end, len(runes))
			}
			if utf8.ValidString(text) && string(runes[m.Start:m.End]) != m.Form {
				t.Fatalf("%q stands at %d, not %q", string(runes[m.Start:m.End]), m.Start, m.Form)
			}
			if _, ok := Lookup(m.Code); !ok {
				t.Fatalf("no country %q", m.Code)
			}
			end = m.End
		}
	})
}

func BenchmarkFind(b *testing.B) {
	var text strings.Builder
	for _, c := range readLabelled(b) {
		if c.lang == "en" {
			text.WriteString(c.text + " ")
		}
	}
	s := strings.Repeat(text.String(), 10)
	Find(s, "en")
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Find(s, "en")
	}
}

func BenchmarkFirstFind(b *testing.B) {
	for b.Loop() {
		build("en")
	}
}

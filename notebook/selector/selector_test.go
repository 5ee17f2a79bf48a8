package selector

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMake(t *testing.T) {
	text := "Bakı limanı açıldı. 港が開いた。 The port opened."
	for _, tt := range []struct {
		name                  string
		start, end            int
		exact, prefix, suffix string
		err                   error
	}{
		{name: "start of text", start: 0, end: 4, exact: "Bakı", suffix: " limanı açıldı. 港が開いた。 The port "},
		{name: "across scripts", start: 20, end: 25, exact: "港が開いた", prefix: "Bakı limanı açıldı. ", suffix: "。 The port opened."},
		{name: "end of text", start: 36, end: 43, exact: "opened.", prefix: "anı açıldı. 港が開いた。 The port ", suffix: ""},
		{name: "empty", start: 3, end: 3, err: ErrRange},
		{name: "backwards", start: 5, end: 3, err: ErrRange},
		{name: "negative", start: -1, end: 3, err: ErrRange},
		{name: "past the end", start: 40, end: 44, err: ErrRange},
		{name: "start past the end", start: 400, end: 440, err: ErrRange},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Make(text, tt.start, tt.end)
			if !errors.Is(err, tt.err) {
				t.Fatalf("Make: %v, want %v", err, tt.err)
			}
			if err != nil {
				return
			}
			if s.Exact != tt.exact || s.Suffix != tt.suffix || !strings.HasSuffix(s.Prefix, tt.prefix) || utf8.RuneCountInString(s.Prefix) > Context {
				t.Errorf("Make = %+v", s)
			}
		})
	}
}

const report = "The ministry said on Monday that grain exports through the northern terminal had resumed. " +
	"Officials counted 14 ships in the roadstead. Exports of oil were not affected, the ministry said. " +
	"A second terminal stays shut until the spring. Officials counted no delays at the southern border. " +
	"The ministry said that talks on transit fees would go on in Tbilisi next week."

func TestResolve(t *testing.T) {
	quote := func(exact string) Selector {
		i := strings.Index(report, exact)
		if i < 0 {
			t.Fatalf("%q is not in the report", exact)
		}
		s, err := Make(report, utf8.RuneCountInString(report[:i]), utf8.RuneCountInString(report[:i+len(exact)]))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	ships := quote("Officials counted 14 ships in the roadstead.")
	for _, tt := range []struct {
		name string
		text string
		s    Selector
		want string
		ok   bool
	}{
		{"unchanged", report, ships, "Officials counted 14 ships in the roadstead.", true},
		{"moved by a new first paragraph", "Updated at noon.\n\n" + report, ships, "Officials counted 14 ships in the roadstead.", true},
		{"a figure changed", strings.Replace(report, "14 ships", "16 vessels", 1), ships, "Officials counted 16 vessels in the roadstead.", true},
		{"words added", strings.Replace(report, "in the roadstead", "at anchor in the outer roadstead", 1), ships, "Officials counted 14 ships at anchor in the outer roadstead.", true},
		{"context changed, quotation kept", "Elsewhere: Officials counted 14 ships in the roadstead. Other news.", ships, "Officials counted 14 ships in the roadstead.", true},
		{"sentence removed", strings.Replace(report, "Officials counted 14 ships in the roadstead. ", "", 1), ships, "", false},
		{"another text", "Nothing here is alike; a recipe for soup with onions, leeks and a little thyme.", ships, "", false},
		{"short, repeated: by context", "Also: the ministry said. " + report, quote("terminal stays"), "terminal stays", true},
		{"quotation alone", report, Selector{Exact: "talks on transit fees"}, "talks on transit fees", true},
		{"quotation alone, typed with a slip", report, Selector{Exact: "grain exports trough the northern termnal"}, "grain exports through the northern terminal", true},
		{"empty quotation", report, Selector{}, "", false},
		{"empty text", "", ships, "", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start, end, score, ok := Resolve(tt.text, tt.s)
			got := string([]rune(tt.text)[start:end])
			if ok != tt.ok || got != tt.want {
				t.Errorf("Resolve = %q, score %.2f, %v; want %q, %v", got, score, ok, tt.want, tt.ok)
			}
		})
	}
}

// Where one word stands many times, context and position decide.
func TestResolveRepeated(t *testing.T) {
	text := strings.Repeat("One ship came. Two ships left. ", 40)
	runes := []rune(text)
	for start := 4; start+4 < len(runes); start += 31 {
		s, err := Make(text, start, start+4)
		if err != nil {
			t.Fatal(err)
		}
		got, _, _, ok := Resolve("A new line. "+text, s)
		if !ok || abs(got-start-12) > 31 {
			t.Errorf("from %d: found at %d, %v", start, got, ok)
		}
	}
}

func TestLongQuotation(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(report)
	var b strings.Builder
	for range 6000 {
		b.WriteString(words[r.IntN(len(words))] + " ")
	}
	text := b.String()
	s, err := Make(text, 10_000, 16_000)
	if err != nil {
		t.Fatal(err)
	}
	changed := text[:12_000] + "An added sentence about nothing much. " + text[12_000:]
	start, end, score, ok := Resolve(changed, s)
	if !ok || start != 10_000 || end != 16_000+utf8.RuneCountInString("An added sentence about nothing much. ") {
		t.Errorf("Resolve = %d, %d, %.2f, %v", start, end, score, ok)
	}
}

// A selector made from a text finds its own place in it.
func TestMadeIsFound(t *testing.T) {
	alphabet := []rune("ab ,.é港\U0001F600\n")
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 7))
		runes := make([]rune, 1+r.IntN(200))
		for i := range runes {
			runes[i] = alphabet[r.IntN(len(alphabet))]
		}
		text := string(runes)
		start := r.IntN(len(runes))
		end := start + 1 + r.IntN(len(runes)-start)
		s, err := Make(text, start, end)
		if err != nil {
			t.Fatal(err)
		}
		if a, b, score, ok := Resolve(text, s); !ok || a != start || b != end || score != 1 {
			t.Fatalf("seed %d: %q %d–%d found at %d–%d, %v, %v", seed, text, start, end, a, b, score, ok)
		}
	}
}

// The bit-parallel search agrees with the plain dynamic programme.
func TestScanMatchesTable(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		gen := func(n int) []rune {
			out := make([]rune, n)
			for i := range out {
				out[i] = rune('a' + r.IntN(3))
			}
			return out
		}
		pattern, text := gen(1+r.IntN(150)), gen(r.IntN(200))
		for _, anchored := range []bool{false, true} {
			got := newMatcher(pattern).scan(text, len(pattern), anchored)
			want := table(pattern, text, anchored)
			for _, g := range got {
				if want[g.at] != g.errors {
					t.Fatalf("seed %d anchored %v: at %d %d errors, want %d", seed, anchored, g.at, g.errors, want[g.at])
				}
			}
			if !anchored && len(got) != len(text) {
				t.Fatalf("seed %d: %d endings of %d", seed, len(got), len(text))
			}
		}
	}
}

func table(pattern, text []rune, anchored bool) []int {
	column := make([]int, len(pattern)+1)
	for i := range column {
		column[i] = i
	}
	out := []int{len(pattern)}
	for _, r := range text {
		diagonal := column[0]
		if anchored {
			column[0]++
		}
		for i, p := range pattern {
			cost := diagonal
			if p != r {
				cost = 1 + min(diagonal, column[i], column[i+1])
			}
			diagonal, column[i+1] = column[i+1], cost
		}
		out = append(out, column[len(pattern)])
	}
	return out
}

func FuzzResolve(f *testing.F) {
	f.Add(report, "Officials counted", "roadstead. ", " 14 ships", 80, 97)
	f.Add("a\xffb\U0001F600", "\xff", "a", "b", 1, 2)
	f.Add(strings.Repeat("ab", 400), strings.Repeat("ba", 300), "", "", -5, 1<<40)
	f.Fuzz(func(t *testing.T, text, exact, prefix, suffix string, start, end int) {
		a, b, score, ok := Resolve(text, Selector{Exact: exact, Prefix: prefix, Suffix: suffix, Start: start, End: end})
		n := utf8.RuneCountInString(text)
		if a < 0 || b > n || a > b || score < 0 || score > 1 || ok && a == b {
			t.Fatalf("Resolve = %d, %d, %v, %v in a text of %d", a, b, score, ok, n)
		}
		if s, err := Make(text, start, end); err == nil {
			if a, b, _, ok := Resolve(text, s); !ok || a != start || b != end {
				t.Fatalf("made at %d–%d, found at %d–%d, %v", start, end, a, b, ok)
			}
		}
	})
}

func longText() string { return strings.Repeat(report+"\n\n", 8000) } // 3 MB, about 1,000 pages

func BenchmarkResolveUnchanged(b *testing.B) {
	text := longText()
	s, _ := Make(text, 1_500_000, 1_500_120)
	for b.Loop() {
		if _, _, _, ok := Resolve(text, s); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkResolveFuzzy(b *testing.B) {
	text := longText()
	s, _ := Make(text, 1_500_000, 1_500_120)
	s.Exact = strings.Replace(s.Exact, "ministry", "minister", 1) + " x"
	for b.Loop() {
		Resolve(text, s)
	}
}

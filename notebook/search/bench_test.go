package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// generated makes a source of about 600 words with a Zipf vocabulary in one of
// four languages. The same number gives the same source.
func generated(n int) Entry {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	z := rand.NewZipf(r, 1.1, 4, 60_000)
	lang := []string{"en", "ru", "tr", "az"}[n%4]
	letters := map[string][2]string{
		"en": {"bcdfglmnprstvw", "aeiou"}, "ru": {"бвгдзклмнпрстч", "аеиоы"},
		"tr": {"bcçdğklmnrsştv", "aeıiü"}, "az": {"bcçdğklmnrsşqv", "aeəıü"},
	}[lang]
	onset, vowel := []rune(letters[0]), []rune(letters[1])
	word := func(k uint64) string { // syllables of two letters, as many as it takes
		base := uint64(len(onset) * len(vowel))
		k += base
		var b strings.Builder
		for ; k > 0; k /= base {
			b.WriteRune(onset[k%base%uint64(len(onset))])
			b.WriteRune(vowel[k%base/uint64(len(onset))])
		}
		return b.String()
	}
	text := func(words int) string {
		var b strings.Builder
		for i := range words {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word(z.Uint64()))
		}
		return b.String()
	}
	return Entry{
		ID: fmt.Sprintf("s%08d", n), Kind: Source, SourceID: fmt.Sprintf("s%08d", n), SourceKind: "article", Lang: lang,
		Title: text(8), Body: text(600), Site: fmt.Sprintf("site%d.example", n%500), Countries: []string{[]string{"AZ", "KZ", "RU", "TR", "GE"}[n%5]},
		Tags: []string{fmt.Sprintf("topic %d", n%40)}, Published: time.Unix(int64(1_500_000_000+n*2000), 0).UTC().Format("2006-01-02"), Captured: "2025-11-01",
		Credibility: 1 + n%6, Highlights: n % 3,
	}
}

// BenchmarkSearch measures each kind of query over SEARCH_BENCH_N generated
// sources, 2,000 where it is not set, and reports the median and the 95th
// percentile in milliseconds, besides how fast the index is built and how long
// one source more takes.
func BenchmarkSearch(b *testing.B) {
	n := 2000
	if s := os.Getenv("SEARCH_BENCH_N"); s != "" {
		if _, err := fmt.Sscan(s, &n); err != nil {
			b.Fatal(err)
		}
	}
	x, err := Open(filepath.Join(b.TempDir(), "index"), "bench")
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	ctx := context.Background()
	began := time.Now()
	for from := 0; from < n; from += 1000 {
		var batch []Entry
		for i := from; i < min(n, from+1000); i++ {
			batch = append(batch, generated(i))
		}
		if err := x.Update(ctx, batch, fmt.Sprint(from)); err != nil {
			b.Fatal(err)
		}
	}
	built := time.Since(began)
	words := strings.Fields(generated(1).Body + " " + generated(4).Body + " " + generated(6).Body + " " + generated(7).Body)
	r := rand.New(rand.NewPCG(1, 2))
	pick := func() string { return words[r.IntN(len(words))] }
	beginning := func() string {
		w := []rune(pick())
		return string(w[:min(4, len(w))])
	}
	run := func(name string, query func() string, o Options) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				q := query()
				began := time.Now()
				if _, err := x.Search(ctx, q, o); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
			b.ReportMetric(ms(took[len(took)/2]), "p50-ms")
			b.ReportMetric(ms(took[len(took)*95/100]), "p95-ms")
		})
	}
	run("word", pick, Options{})
	common := strings.Fields(generated(0).Body)[0]
	run("common", func() string { return common }, Options{})
	run("and", func() string { return pick() + " " + pick() }, Options{})
	run("phrase", func() string { i := r.IntN(len(words) - 1); return `"` + words[i] + " " + words[i+1] + `"` }, Options{})
	run("prefix", func() string { return beginning() + "*" }, Options{})
	run("typing", beginning, Options{Typing: true})
	run("fuzzy", func() string { return pick() + "~" }, Options{})
	run("field", func() string { return pick() + " country:KZ published:2018..2020 credibility:<=3" }, Options{})
	run("newest", pick, Options{Order: Newest})
	b.Run("add", func(b *testing.B) {
		i := n
		var took []time.Duration
		for b.Loop() {
			e := generated(i)
			i++
			began := time.Now()
			if err := x.Update(ctx, []Entry{e}, fmt.Sprint(i)); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	})
	b.Logf("%d sources built in %v", n, built.Round(time.Millisecond))
}

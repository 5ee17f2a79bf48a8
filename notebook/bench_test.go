package notebook_test

import (
	"encoding/binary"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	bolt "go.etcd.io/bbolt"

	"sourcebook/notebook"
	"sourcebook/notebook/notebooktest"
)

// The size of the large notebook of the benchmarks. 100,000 sources take some
// minutes and 1 GB.
var benchSources = flag.Int("sources", 10_000, "sources in the large notebook of the benchmarks")

// BenchmarkAdd sets one clip kept durably beside one bare bbolt commit of the
// same bytes: of the original and the text as they came, and of what the
// notebook stores of them. The three take turns, so that whatever else the
// machine does meets them alike; medians are reported, in milliseconds. Each run
// is 50 clips.
func BenchmarkAdd(b *testing.B) {
	n := benchNotebook(b, 2000)
	g := notebooktest.NewTexts(7)
	type side struct {
		name  string
		of    func(*testing.B, *notebooktest.Texts, int) []byte
		g     *notebooktest.Texts
		db    *bolt.DB
		times []time.Duration
	}
	sides := []*side{{name: "bbolt", of: bare}, {name: "as-stored", of: stored}}
	for _, s := range sides {
		s.db, s.g = bareFile(b, 2000, s.of), notebooktest.NewTexts(7)
	}
	var times []time.Duration
	took := func(fn func() error) time.Duration {
		start := time.Now()
		if err := fn(); err != nil {
			b.Fatal(err)
		}
		return time.Since(start)
	}
	clip := 0
	add := func() {
		i := clip
		clip++
		c := g.Capture(1_000_000+i, 600)
		times = append(times, took(func() error {
			_, err := n.Do(c)
			return err
		}))
		for _, s := range sides {
			raw := s.of(b, s.g, 1_000_000+i)
			s.times = append(s.times, took(func() error {
				return s.db.Update(func(tx *bolt.Tx) error {
					return tx.Bucket([]byte("clip")).Put(binary.BigEndian.AppendUint64(nil, uint64(i+1_000_000)), raw)
				})
			}))
		}
	}
	for b.Loop() {
		for range 50 { // so that there is a median after few runs
			add()
		}
	}
	ms := func(list []time.Duration) float64 {
		slices.Sort(list)
		return float64(list[len(list)/2].Microseconds()) / 1000
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(ms(times), "notebook-ms")
	for _, s := range sides {
		b.ReportMetric(ms(s.times), s.name+"-ms")
		b.ReportMetric(ms(times)/ms(s.times), "times-"+s.name)
	}
}

// BenchmarkBuild sets building in batches of 250 sources beside raw bbolt puts
// in transactions of the same size, of the bytes as they came and of those that
// the notebook stores; each run is one batch. While one batch is written, the
// next is prepared, as an import does it.
func BenchmarkBuild(b *testing.B) {
	const batch = 250
	rate := func(b *testing.B) {
		b.ReportMetric(float64(b.N*batch)/b.Elapsed().Seconds(), "sources/s")
	}
	b.Run("notebook", func(b *testing.B) {
		n := notebooktestOpen(b, filepath.Join(b.TempDir(), "build.sourcebook"))
		g := notebooktest.NewTexts(7)
		made := 0
		next := func() []notebook.Command {
			cmds := make([]notebook.Command, batch)
			for k := range cmds {
				cmds[k] = g.Capture(made, 600)
				made++
			}
			return cmds
		}
		cmds := next()
		if err := n.Prepare(cmds...); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			b.StopTimer()
			coming := next()
			b.StartTimer()
			prepared := make(chan error, 1)
			go func() { prepared <- n.Prepare(coming...) }()
			if _, err := n.Do(cmds...); err != nil {
				b.Fatal(err)
			}
			if err := <-prepared; err != nil {
				b.Fatal(err)
			}
			cmds = coming
		}
		rate(b)
	})
	for _, raw := range []struct {
		name string
		of   func(*testing.B, *notebooktest.Texts, int) []byte
	}{{"bbolt", bare}, {"bbolt, as stored", stored}} {
		b.Run(raw.name, func(b *testing.B) {
			db := bareFile(b, 0, raw.of)
			g := notebooktest.NewTexts(7)
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				var raws [][]byte
				for k := range batch {
					raws = append(raws, raw.of(b, g, i*batch+k))
				}
				b.StartTimer()
				err := db.Update(func(tx *bolt.Tx) error {
					for k, raw := range raws {
						if err := tx.Bucket([]byte("clip")).Put(binary.BigEndian.AppendUint64(nil, uint64(i*batch+k)), raw); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			rate(b)
		})
	}
}

// BenchmarkOpen opens a notebook of 100 sources and a large one, and lists the
// first page of the library.
func BenchmarkOpen(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"100", 100}, {"large", *benchSources}} {
		b.Run(size.name, func(b *testing.B) {
			path := benchFile(b, size.n)
			for b.Loop() {
				n, err := notebook.Open(path, notebook.Options{MustExist: true})
				if err != nil {
					b.Fatal(err)
				}
				if err := n.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkList measures what the library asks for, on the large notebook.
func BenchmarkList(b *testing.B) {
	path := benchFile(b, *benchSources)
	n, err := notebook.Open(path, notebook.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer n.Close()
	for _, q := range []struct {
		name string
		q    notebook.SourceQuery
	}{
		{"first page", notebook.SourceQuery{Limit: 50}},
		{"page in the middle", notebook.SourceQuery{Limit: 50, Offset: *benchSources / 2, Order: notebook.OrderTitle}},
		{"by country and tag", notebook.SourceQuery{Limit: 50, Country: "KZ", Tag: "energy", Order: notebook.OrderPublished}},
		{"by title", notebook.SourceQuery{Limit: 50, Order: notebook.OrderTitle}},
		{"by claims", notebook.SourceQuery{Limit: 50, Order: notebook.OrderClaims}},
		{"by country", notebook.SourceQuery{Limit: 50, Order: notebook.OrderCountry, Unread: true}},
		{"by words, many", notebook.SourceQuery{Limit: 50, Text: "harbour"}},
		{"by words, none", notebook.SourceQuery{Limit: 50, Text: "harbour zzzz"}},
		{"without claims", notebook.SourceQuery{Limit: 50, WithoutClaims: true}},
	} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				err := n.View(func(tx *notebook.Tx) error {
					_, err := tx.SourcePage(q.q)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run("count "+q.name, func(b *testing.B) {
			for b.Loop() {
				err := n.View(func(tx *notebook.Tx) error {
					_, err := tx.CountSources(q.q)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("catalogue", func(b *testing.B) {
		for b.Loop() {
			n.ForgetLists()
			err := n.View(func(tx *notebook.Tx) error { return tx.ReadCatalogue() })
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, q := range []struct {
		name string
		q    notebook.SourceQuery
	}{
		{"title", notebook.SourceQuery{Limit: 50, Order: notebook.OrderTitle}},
		{"country", notebook.SourceQuery{Limit: 50, Order: notebook.OrderCountry}},
		{"claims", notebook.SourceQuery{Limit: 50, Order: notebook.OrderClaims}},
		{"words", notebook.SourceQuery{Limit: 50, Text: "harbour"}},
		{"without claims", notebook.SourceQuery{Limit: 50, WithoutClaims: true, Order: notebook.OrderPublished}},
	} {
		b.Run("first sort or filter by "+q.name, func(b *testing.B) {
			for b.Loop() {
				n.ForgetAnswers()
				err := n.View(func(tx *notebook.Tx) error {
					_, err := tx.SourcePage(q.q)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("countries", func(b *testing.B) {
		for b.Loop() {
			if err := n.View(func(tx *notebook.Tx) error { _, err := tx.CountryCounts(); return err }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("dossier", func(b *testing.B) {
		for b.Loop() {
			if err := n.View(func(tx *notebook.Tx) error { _, err := tx.Dossier("KZ"); return err }); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkVerify verifies the large notebook.
func BenchmarkVerify(b *testing.B) {
	n, err := notebook.Open(benchFile(b, *benchSources), notebook.Options{ReadOnly: true})
	if err != nil {
		b.Fatal(err)
	}
	defer n.Close()
	for b.Loop() {
		r, err := n.Verify()
		if err != nil || len(r.Faults) > 0 {
			b.Fatalf("verify: %v, %v", err, r.Faults)
		}
	}
}

// benchFile gives a closed notebook of so many sources. Those of one size are
// made once a run.
func benchFile(b *testing.B, sources int) string {
	b.Helper()
	if path := benchFiles[sources]; path != "" {
		return path
	}
	dir, err := os.MkdirTemp("", "sourcebook-bench-")
	if err != nil {
		b.Fatal(err)
	}
	benchDirs = append(benchDirs, dir)
	path := filepath.Join(dir, "bench.sourcebook")
	n, err := notebook.Open(path, notebook.Options{})
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if err := notebooktest.Fill(n, sources, notebooktest.FillOptions{}); err != nil {
		b.Fatal(err)
	}
	if err := n.Close(); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("built %d sources in %s: %.0f a second, %d MB", sources, time.Since(start).Round(time.Millisecond), float64(sources)/time.Since(start).Seconds(), info.Size()>>20)
	benchFiles[sources] = path
	return path
}

var (
	benchFiles = map[int]string{}
	benchDirs  []string
)

func benchNotebook(b *testing.B, sources int) *notebook.Notebook {
	b.Helper()
	n := notebooktestOpen(b, filepath.Join(b.TempDir(), "bench.sourcebook"))
	if err := notebooktest.Fill(n, sources, notebooktest.FillOptions{}); err != nil {
		b.Fatal(err)
	}
	return n
}

// notebooktestOpen opens without verifying at the end.
func notebooktestOpen(b *testing.B, path string) *notebook.Notebook {
	b.Helper()
	n, err := notebook.Open(path, notebook.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { n.Close() })
	return n
}

// bare is what the i-th page weighs: its bytes and those of its document.
func bare(_ *testing.B, g *notebooktest.Texts, i int) []byte {
	c := g.Capture(i, 600)
	return append(append([]byte(nil), c.Original...), c.Document.Text...)
}

// stored is what the notebook stores of the i-th page: original and document,
// compressed, and the JSON of source and capture.
func stored(b *testing.B, g *notebooktest.Texts, i int) []byte {
	c := g.Capture(i, 600)
	raw, err := json.Marshal(c.Document)
	if err != nil {
		b.Fatal(err)
	}
	enc := encoder()
	out := enc.EncodeAll(raw, enc.EncodeAll(c.Original, nil))
	return append(out, raw[:min(1400, len(raw))]...) // the JSON of both has about 1400 bytes
}

var encoder = sync.OnceValue(func() *zstd.Encoder {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false))
	if err != nil {
		panic(err)
	}
	return enc
})

func bareFile(b *testing.B, clips int, of func(*testing.B, *notebooktest.Texts, int) []byte) *bolt.DB {
	b.Helper()
	db, err := bolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	g := notebooktest.NewTexts(1)
	err = db.Update(func(tx *bolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists([]byte("clip"))
		if err != nil {
			return err
		}
		for i := range clips {
			if err := bucket.Put(binary.BigEndian.AppendUint64(nil, uint64(i)), of(b, g, i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return db
}

func TestMain(m *testing.M) {
	flag.Parse()
	if dir := os.Getenv(killEnv); dir != "" {
		victim(dir)
		return
	}
	code := m.Run()
	for _, d := range benchDirs {
		os.RemoveAll(d)
	}
	os.Exit(code)
}

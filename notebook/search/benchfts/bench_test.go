// Package benchfts measures the search index beside SQLite's FTS5, and bleve
// where asked to, on the same texts in the same run. It is a module of its own,
// so that neither is in a program of ours.
package benchfts

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"sourcebook/notebook/search"
)

var (
	sources = flag.Int("sources", 10_000, "how many sources are searched")
	dir     = flag.String("dir", "", "keep both indexes in this folder and use what lies there; empty: a temporary one")
	queries = flag.Int("queries", 200, "how many queries of a kind are asked")
	only    = flag.String("only", "", "ask only this engine: ours, fts5 or bleve")
	three   = flag.Bool("bleve", false, "ask bleve too, which takes long to build")
)

// engine is an index that is measured.
type engine interface {
	name() string
	count() (int, error) // entries
	add(ctx context.Context, list []search.Entry) error
	// ask returns how many hits of at most 50 it gave.
	ask(ctx context.Context, q question) (int, error)
	close() error
}

// question is one query, in each language. An empty fts means that FTS5 cannot be
// asked so, an empty bleve that it is as ours.
type question struct {
	ours, fts, bleve string
	country          string // narrowed to a country and the days from and to
	from, to         string
	newest           bool
}

type ours struct{ x *search.Index }

func openOurs(path string) (engine, error) {
	x, err := search.Open(path, "bench")
	if errors.Is(err, search.ErrStale) {
		x, err = search.Create(path, "bench")
	}
	if err != nil {
		return nil, err
	}
	return &ours{x}, nil
}

func (o *ours) name() string { return "ours" }

func (o *ours) count() (int, error) { return o.x.Len() }

func (o *ours) add(ctx context.Context, list []search.Entry) error {
	return o.x.Update(ctx, list, "1")
}

func (o *ours) ask(ctx context.Context, q question) (int, error) {
	query := q.ours
	if q.country != "" {
		query += " country:" + q.country + " published:" + q.from + ".." + q.to
	}
	opts := search.Options{}
	if q.newest {
		opts.Order = search.Newest
	}
	res, err := o.x.Search(ctx, query, opts)
	return len(res.Hits), err
}

func (o *ours) close() error { return o.x.Close() }

// fts5 is SQLite with a contentless index of title and body, prefixes of two to
// four letters, and the filters in a table beside it.
type fts5 struct {
	db *sql.DB
	n  int64
}

const ftsSchema = `
PRAGMA journal_mode=WAL;
PRAGMA synchronous=NORMAL;
CREATE TABLE IF NOT EXISTS source(id INTEGER PRIMARY KEY, name TEXT, published TEXT, captured TEXT, credibility INT);
CREATE TABLE IF NOT EXISTS country(code TEXT, source INT, PRIMARY KEY(code, source)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS published ON source(published);
CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(title, site, author, tags, body, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3 4');
`

func openFTS5(path string) (engine, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", filepath.Join(path, "fts5.db"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(ftsSchema + "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;"); err != nil {
		return nil, err
	}
	f := &fts5{db: db}
	return f, db.QueryRow("SELECT coalesce(max(id), 0) FROM source").Scan(&f.n)
}

func (f *fts5) name() string { return "fts5" }

func (f *fts5) count() (int, error) { return int(f.n), nil }

func (f *fts5) add(ctx context.Context, list []search.Entry) error {
	tx, err := f.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, e := range list {
		f.n++
		if _, err := tx.Exec("INSERT INTO source VALUES(?,?,?,?,?)", f.n, e.ID, e.Published, e.Captured, e.Credibility); err != nil {
			return err
		}
		for _, c := range e.Countries {
			if _, err := tx.Exec("INSERT INTO country VALUES(?,?)", c, f.n); err != nil {
				return err
			}
		}
		if _, err := tx.Exec("INSERT INTO texts(rowid,title,site,author,tags,body) VALUES(?,?,?,?,?,?)",
			f.n, e.Title, e.Site, e.Author, strings.Join(e.Tags, "\n"), e.Body); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (f *fts5) ask(ctx context.Context, q question) (int, error) {
	order := "rank"
	if q.newest {
		order = "source.published DESC"
	}
	query := "SELECT texts.rowid FROM texts WHERE texts MATCH ? ORDER BY " + order + " LIMIT 50"
	args := []any{q.fts}
	if q.newest {
		query = "SELECT texts.rowid FROM texts JOIN source ON source.id = texts.rowid WHERE texts MATCH ? ORDER BY " + order + " LIMIT 50"
	}
	if q.country != "" {
		query = `SELECT texts.rowid FROM texts JOIN source ON source.id = texts.rowid WHERE texts MATCH ?
			AND source.published BETWEEN ? AND ? AND EXISTS (SELECT 1 FROM country WHERE code = ? AND source = texts.rowid)
			ORDER BY ` + order + " LIMIT 50"
		args = append(args, q.from, q.to, q.country)
	}
	rows, err := f.db.QueryContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return 0, err
		}
		n++
	}
	return n, rows.Err()
}

func (f *fts5) close() error { return f.db.Close() }

// size is what the files below path take, in bytes.
func size(path string) int64 {
	var total int64
	filepath.WalkDir(path, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			if info, err := e.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// resident is the memory of this process in bytes, 0 where it is not known.
func resident() int64 {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(raw)) {
		var kb int64
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kb); n == 1 {
			return kb << 10
		}
	}
	return 0
}

// build puts all sources into both engines, each batch into one and then the
// other, and tells how long each took.
func build(b *testing.B, engines []engine, from int) {
	ctx := context.Background()
	took := make([]time.Duration, len(engines))
	t := newTexts()
	const batch = 1000
	list := make([]search.Entry, 0, batch)
	for n := 0; n < *sources; n++ {
		e := t.next()
		if n < from {
			continue
		}
		list = append(list, e)
		if len(list) == batch || n == *sources-1 {
			for i, e := range engines {
				began := time.Now()
				if err := e.add(ctx, list); err != nil {
					b.Fatalf("%s: %v", e.name(), err)
				}
				took[i] += time.Since(began)
			}
			list = list[:0]
		}
	}
	for i, e := range engines {
		fmt.Printf("%s: %d sources put in in %v, %.0f a second\n", e.name(), *sources-from, took[i].Round(10*time.Millisecond), float64(*sources-from)/took[i].Seconds())
	}
}

// words are the words of some texts, in their order, so that frequent words are
// asked for as often as they are written.
func words(t *texts) [][]string {
	var list [][]string
	for range 400 {
		e := t.next()
		list = append(list, strings.Fields(strings.ReplaceAll(e.Body, ".", " ")))
	}
	return list
}

// kinds are the kinds of queries.
func kinds(t *texts) []struct {
	name string
	make func() question
} {
	r := rand.New(rand.NewPCG(1, 2))
	texts := words(t)
	count := map[string]int{}
	for _, w := range texts {
		for _, w := range w {
			count[w]++
		}
	}
	common := make([]string, 0, len(count))
	for w := range count {
		common = append(common, w)
	}
	slices.SortFunc(common, func(a, b string) int {
		if count[a] != count[b] {
			return count[b] - count[a]
		}
		return strings.Compare(a, b)
	})
	common = common[:40]
	text := func() []string {
		for {
			if w := texts[r.IntN(len(texts))]; len(w) > 3 {
				return w
			}
		}
	}
	pick := func() string { w := text(); return w[r.IntN(len(w))] }
	run := func(n int) string {
		w := text()
		i := r.IntN(len(w) - n)
		return strings.Join(w[i:i+n], " ")
	}
	same := func(s, fts string) question { return question{ours: s, fts: fts} }
	quoted := func(s string) string { return `"` + s + `"` }
	field := func() question {
		w := pick()
		q := same(w, quoted(w))
		q.country = []string{"AZ", "KZ", "GE", "TR", "RU"}[r.IntN(5)]
		q.from, q.to = "2022-01-01", "2023-06-30"
		return q
	}
	return []struct {
		name string
		make func() question
	}{
		{"word", func() question { w := pick(); return same(w, quoted(w)) }},
		{"common word", func() question { w := common[r.IntN(len(common))]; return same(w, quoted(w)) }},
		{"AND", func() question {
			w := text()
			a, b := w[r.IntN(len(w))], w[r.IntN(len(w))]
			return question{ours: a + " " + b, fts: quoted(a) + " AND " + quoted(b), bleve: "+" + a + " +" + b}
		}},
		{"OR", func() question {
			a, b := pick(), pick()
			return question{ours: a + " OR " + b, fts: quoted(a) + " OR " + quoted(b), bleve: a + " " + b}
		}},
		{"phrase of two", func() question { p := run(2); return same(quoted(p), quoted(p)) }},
		{"phrase of three", func() question { p := run(3); return same(quoted(p), quoted(p)) }},
		{"phrase of common words", func() question {
			a, b := common[r.IntN(len(common))], common[r.IntN(len(common))]
			return same(quoted(a+" "+b), quoted(a+" "+b))
		}},
		{"prefix of four", func() question {
			w := []rune(pick())
			p := string(w[:min(4, len(w))])
			return same(p+"*", quoted(p)+"*")
		}},
		{"prefix of two", func() question {
			w := []rune(pick())
			p := string(w[:min(2, len(w))])
			return same(p+"*", quoted(p)+"*")
		}},
		{"fuzzy, 1", func() question { return question{ours: misspelt(r, pick()) + "~"} }},
		{"fuzzy, 2", func() question { return question{ours: misspelt(r, misspelt(r, pick())) + "~2"} }},
		{"fielded", field},
		{"newest first", func() question { w := pick(); q := same(w, quoted(w)); q.newest = true; return q }},
	}
}

// misspelt replaces a letter behind the first by another one of the word.
func misspelt(r *rand.Rand, w string) string {
	letters := []rune(w)
	if len(letters) < 3 {
		return w
	}
	letters[1+r.IntN(len(letters)-1)] = letters[r.IntN(len(letters))]
	return string(letters)
}

// times are how long queries took: by the clock, and on the processor.
type times struct{ clock, processor []time.Duration }

// measure runs f.
func (t *times) measure(f func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	began, before := time.Now(), processor()
	f()
	t.processor = append(t.processor, processor()-before)
	t.clock = append(t.clock, time.Since(began))
}

// String is the median and the 95th percentile by the clock, then on the
// processor, in milliseconds.
func (t *times) String() string {
	ms := func(list []time.Duration, percent int) string {
		slices.Sort(list)
		return fmt.Sprintf("%.2f", float64(list[(len(list)-1)*percent/100].Microseconds())/1000)
	}
	return fmt.Sprintf("%s / %s | %s / %s", ms(t.clock, 50), ms(t.clock, 95), ms(t.processor, 50), ms(t.processor, 95))
}

// BenchmarkBeside asks both engines the same and prints a table.
func BenchmarkBeside(b *testing.B) {
	for range b.N {
		beside(b)
	}
}

func beside(b *testing.B) {
	ctx := context.Background()
	folder := *dir
	if folder == "" {
		folder = b.TempDir()
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		b.Fatal(err)
	}
	var engines, empty []engine
	var sizes []string
	for _, k := range []struct {
		name string
		open func(path string) (engine, error)
	}{{"ours", openOurs}, {"fts5", openFTS5}, {"bleve", openBleve}} {
		if *only != "" && *only != k.name || *only == "" && k.name == "bleve" && !*three {
			continue
		}
		path := filepath.Join(folder, k.name)
		began := time.Now()
		e, err := k.open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer e.close()
		n, err := e.count()
		if err != nil {
			b.Fatal(err)
		}
		fmt.Printf("%s: opened with %d entries in %v\n", k.name, n, time.Since(began).Round(10*time.Microsecond))
		engines = append(engines, e)
		sizes = append(sizes, path)
		if n == 0 {
			empty = append(empty, e)
		}
	}
	t := newTexts()
	if len(empty) > 0 {
		build(b, empty, 0)
	}
	for i, e := range engines {
		fmt.Printf("%s takes %d MB\n", e.name(), size(sizes[i])>>20)
	}
	fmt.Printf("resident %d MB\n", resident()>>20)

	fmt.Printf("\n%d sources, %d queries of each kind; ms p50 / p95, by the clock and on the processor\n\n| kind |", *sources, *queries)
	for _, e := range engines {
		fmt.Printf(" %s | on the processor |", e.name())
	}
	fmt.Printf("\n|---|%s\n", strings.Repeat("---|---|", len(engines)))
	for _, k := range kinds(t) {
		asked := make([]question, *queries)
		for i := range asked {
			asked[i] = k.make()
		}
		fmt.Printf("| %s |", k.name)
		for _, e := range engines {
			if e.name() == "fts5" && asked[0].fts == "" {
				fmt.Print(" — | — |")
				continue
			}
			runtime.GC()
			var took times
			for _, q := range asked {
				took.measure(func() {
					if _, err := e.ask(ctx, q); err != nil {
						b.Fatalf("%s: ask %+v: %v", e.name(), q, err)
					}
				})
			}
			fmt.Printf(" %s |", &took)
		}
		fmt.Println()
	}
	fmt.Print("| add one, until found |")
	fresh := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	for _, e := range engines {
		var took times
		for range min(*queries, 100) {
			entry := t.next()
			marker := "marker" + name(fresh.Uint64())
			entry.ID += marker
			entry.Body += " " + marker
			took.measure(func() {
				if err := e.add(ctx, []search.Entry{entry}); err != nil {
					b.Fatal(err)
				}
				if n, err := e.ask(ctx, question{ours: marker, fts: marker}); err != nil || n != 1 {
					b.Fatalf("%s: %d hits for what was just added: %v", e.name(), n, err)
				}
			})
		}
		fmt.Printf(" %s |", &took)
	}
	fmt.Printf("\n\nresident %d MB\n", resident()>>20)
}

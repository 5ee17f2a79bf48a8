package serp

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"sourcebook/notebook/document"
)

// corpusFile holds saved result pages with what is in them, outside the
// repository.
const corpusFile = "../../../shared/corpus/extract/serp-dev.tar.gz"

// saved is a page of the corpus.
type saved struct {
	name  string
	page  []byte
	truth struct {
		Engine    string `json:"engine"`
		Kind      string `json:"kind"`
		PageTitle string `json:"page_title"`
		URL       string `json:"url"`
		Results   []struct {
			Types []string `json:"types"`
			Title string   `json:"title"`
			URL   string   `json:"url"`
		} `json:"results"`
		Overview struct {
			With []string `json:"with"`
		} `json:"ai_overview"`
	}
}

func readCorpus(t testing.TB) []saved {
	t.Helper()
	f, err := os.Open(corpusFile)
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("../shared/corpus is absent")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	pages, order := map[string]*saved{}, []string{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		ext := path.Ext(h.Name)
		if ext != ".html" && ext != ".json" {
			continue
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(path.Base(h.Name), ext)
		if pages[name] == nil {
			pages[name] = &saved{name: name}
			order = append(order, name)
		}
		if ext == ".html" {
			pages[name].page = b
		} else if err := json.Unmarshal(b, &pages[name].truth); err != nil {
			t.Fatalf("%s: %v", h.Name, err)
		}
	}
	var list []saved
	for _, n := range order {
		if p := pages[n]; p.page != nil && p.truth.Engine != "" {
			list = append(list, *p)
		}
	}
	if len(list) == 0 {
		t.Fatal("no pages in the corpus")
	}
	return list
}

// TestCorpus measures recognition and results on real pages. Where the truth
// names a result's title or address, that must be among those found; where it
// only gives the order of kinds, the numbers of ordinary results are compared.
func TestCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 25 MB of pages")
	}
	var pages, engines, queries, withQuery int
	var truth, found, both, named, namedFound int
	var parse, read time.Duration
	for _, s := range readCorpus(t) {
		pages++
		start := time.Now()
		root, err := html.Parse(bytes.NewReader(s.page))
		if err != nil {
			t.Fatal(err)
		}
		parse += time.Since(start)
		start = time.Now()
		d, ok := ReadPage(root, Options{})
		read += time.Since(start)
		if !ok {
			t.Logf("%s: not recognised", s.name)
			continue
		}
		check(t, d)
		engine, _, _ := strings.Cut(s.truth.Engine, "-")
		if d.Search.Engine == engine {
			engines++
		} else {
			t.Logf("%s: engine %q, want %q", s.name, d.Search.Engine, engine)
		}
		if want := wantedQuery(s); want != "" {
			withQuery++
			if sameQuery(d.Search.Query, want) {
				queries++
			} else {
				t.Logf("%s: query %q, want %q", s.name, d.Search.Query, want)
			}
		}
		if s.truth.Kind == "captcha" && len(d.Warnings) == 0 {
			t.Errorf("%s: a captcha that is not told", s.name)
		}
		for _, part := range s.truth.Overview.With {
			if !strings.Contains(d.Text, part) {
				t.Errorf("%s: the AI answer lacks %q", s.name, part)
			}
		}
		if len(s.truth.Results) == 0 {
			continue
		}
		want, got := 0, 0
		for _, r := range s.truth.Results {
			ordinary := false
			for _, ty := range r.Types {
				ordinary = ordinary || ty == "CLASSICAL"
			}
			if !ordinary {
				continue
			}
			want++
			if r.Title == "" && r.URL == "" {
				continue
			}
			named++
			if holds(d.Search.Results, r.Title, r.URL) {
				namedFound++
			} else {
				t.Logf("%s: missed %q %s", s.name, r.Title, r.URL)
			}
		}
		for _, r := range d.Search.Results {
			if r.Kind == "" {
				got++
			}
		}
		if got != want {
			t.Logf("%s: %d ordinary results, want %d", s.name, got, want)
		}
		truth, found, both = truth+want, found+got, both+min(want, got)
	}
	recall, precision := float64(both)/float64(truth), float64(both)/float64(found)
	t.Logf("%d pages: engine right on %d, query on %d of %d", pages, engines, queries, withQuery)
	t.Logf("ordinary results: %d in the truth, %d found, recall %.3f, precision %.3f by number; %d of %d named ones found", truth, found, recall, precision, namedFound, named)
	t.Logf("time %v, parsing %v", read.Round(time.Millisecond), parse.Round(time.Millisecond))
	if recall < .95 || precision < .95 || float64(namedFound) < .95*float64(named) || float64(engines) < .95*float64(pages) || float64(queries) < .95*float64(withQuery) {
		t.Error("a figure is below .95")
	}
}

// wantedQuery takes the query from the page's title, cut by hand rather than by
// this package, or from its address.
func wantedQuery(s saved) string {
	title := s.truth.PageTitle
	for _, sep := range []string{" - Google", " - Recherche Google", " - Pesquisa Google", " - Bing", " - Search", " at DuckDuckGo", " — Яндекс", "_百度", " - Ecosia", " - Yahoo", " - Ask.com"} {
		if i := strings.LastIndex(title, sep); i > 0 {
			return title[:i]
		}
	}
	for _, a := range []string{s.truth.URL, s.truth.PageTitle} {
		if u, err := url.Parse(a); err == nil && u.Host != "" {
			for _, key := range []string{"q", "text", "wd", "p"} {
				if v := u.Query().Get(key); v != "" {
					return v
				}
			}
		}
	}
	return ""
}

func holds(results []document.Result, title, address string) bool {
	for _, r := range results {
		if (title == "" || sameQuery(r.Title, title)) && (address == "" || r.URL == address) {
			return true
		}
	}
	return false
}

// BenchmarkReadPage reads all the pages; divide by those of html.Parse.
func BenchmarkReadPage(b *testing.B) {
	var roots []*html.Node
	for _, s := range readCorpus(b) {
		root, err := html.Parse(bytes.NewReader(s.page))
		if err != nil {
			b.Fatal(err)
		}
		roots = append(roots, root)
	}
	for b.Loop() {
		for _, r := range roots {
			ReadPage(r, Options{})
		}
	}
}

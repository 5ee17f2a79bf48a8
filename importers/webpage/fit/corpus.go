package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/net/publicsuffix"

	"sourcebook/importers/webpage"
)

// truth is what is known of a page.
type truth struct {
	URL      string   `json:"url"`
	Source   string   `json:"source"`
	PageType string   `json:"page_type"`
	Text     string   `json:"text"`
	With     []string `json:"with"`
	Without  []string `json:"without"`
}

// sample is one page to fit on.
type sample struct {
	name   string
	truth  truth
	fold   int
	page   *webpage.Explained
	labels []float32 // the share of each segment that stands in the true text
	weight []float32 // how much each segment counts
}

// groups are the names under which a page is reported.
func (s *sample) groups() []string {
	g := []string{s.truth.Source}
	if s.truth.Source == "wcxb" {
		if s.truth.PageType == "article" {
			g = []string{"wcxb articles"}
		} else {
			g = []string{"wcxb other", "wcxb " + s.truth.PageType}
		}
	}
	return g
}

// load reads the archives of the corpus and describes every page that has truth.
func load(dir string) ([]*sample, error) {
	var out []*sample
	for _, name := range []string{"dev.tar.gz", "dev-ext.tar.gz"} {
		list, err := loadArchive(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out = append(out, list...)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out, nil
}

func loadArchive(path string) ([]*sample, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var out []*sample
	html, truths := map[string][]byte{}, map[string]truth{}
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		base := filepath.Base(h.Name)
		name, kind := strings.TrimSuffix(base, filepath.Ext(base)), filepath.Ext(base)
		if kind != ".html" && kind != ".json" {
			continue
		}
		b, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		if kind == ".html" {
			html[name] = b
		} else {
			var t truth
			if err := json.Unmarshal(b, &t); err != nil {
				return nil, fmt.Errorf("%s: %w", base, err)
			}
			truths[name] = t
		}
		t, ok := truths[name]
		if !ok || html[name] == nil {
			continue
		}
		if t.Text != "" || len(t.With)+len(t.Without) > 0 {
			e, err := webpage.Explain(context.Background(), html[name], webpage.Options{})
			if err != nil {
				return nil, fmt.Errorf("%s: %w", base, err)
			}
			s := &sample{name: name, truth: t, page: e, fold: foldOf(t.URL, name)}
			s.align()
			out = append(out, s)
		}
		delete(html, name)
		delete(truths, name)
	}
}

// foldOf puts all pages of one site into one fold.
func foldOf(address, name string) int {
	site := name
	if u, err := url.Parse(address); err == nil && u.Hostname() != "" {
		site = u.Hostname()
		if e, err := publicsuffix.EffectiveTLDPlusOne(site); err == nil {
			site = e
		}
	}
	h := fnv.New32a()
	h.Write([]byte(site))
	return int(h.Sum32() % 1_000_000)
}

package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"hash/fnv"
	"io"
	"net/url"
	"os"
	"path"
	"sort"
	"strings"
	"unicode"

	"sourcebook/importers/pastedtext/line"
)

// page is a page of the corpus with a label for each of its lines.
type page struct {
	Name     string `json:"-"`
	URL      string
	Source   string
	PageType string `json:"page_type"`
	Text     string
	Title    string
	With     []string
	Without  []string

	pasted   string
	lines    []line.Line
	bins     [][]uint8
	label    []int8    // 1 article, -1 not, 0 not known
	weight   []float64 // of each line in fitting
	shingles map[string]int
	group    int // of its domain
}

// groups is how many parts the domains are put into.
const groups = 5

func load(file string) ([]*page, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	texts, truths := map[string]string{}, map[string][]byte{}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(t)
		if err != nil {
			return nil, err
		}
		name := path.Base(h.Name)
		if n, ok := strings.CutSuffix(name, ".txt"); ok {
			texts[n] = string(b)
		} else if n, ok := strings.CutSuffix(name, ".json"); ok {
			truths[n] = b
		}
	}
	var pages []*page
	for name, text := range texts {
		p := &page{Name: name}
		if truths[name] == nil {
			continue
		}
		if err := json.Unmarshal(truths[name], p); err != nil {
			return nil, err
		}
		p.pasted = text
		p.lines = line.Split(text)
		p.bins = line.Bins(p.lines)
		p.group = groupOf(p.URL, name)
		p.shingles = shingles(tokens(p.Text))
		p.align()
		pages = append(pages, p)
	}
	sort.Slice(pages, func(i, j int) bool { return pages[i].Name < pages[j].Name })
	return pages, nil
}

// groupOf puts pages of one domain into one group.
func groupOf(address, name string) int {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		parts := strings.Split(u.Hostname(), ".")
		if n := len(parts); n > 2 && len(parts[n-2]) > 3 {
			parts = parts[n-2:]
		} else if n > 3 {
			parts = parts[n-3:]
		}
		name = strings.Join(parts, ".")
	}
	h := fnv.New32a()
	h.Write([]byte(name))
	return int(h.Sum32() % groups)
}

// align labels the lines of a page. A line of an article is looked for in it as
// a run of words; of all ways to place lines one after another that which covers
// most words is taken, so that a headline that stands in the menu too, or a
// paragraph that is repeated, is labelled once.
func (p *page) align() {
	p.label = make([]int8, len(p.lines))
	p.weight = make([]float64, len(p.lines))
	if p.Text == "" {
		p.bySnippets()
		return
	}
	truth := tokens(p.Text)
	at := map[string][]int{}
	for i := range truth {
		at[truth[i]] = append(at[truth[i]], i)
	}
	type place struct{ line, from, to, prev, sum int }
	var places []place
	// best[e] is the place with the highest sum that ends at or before truth
	// token e, in a Fenwick tree.
	best := make([]int, len(truth)+2)
	for i := range best {
		best[i] = -1
	}
	query := func(e int) int {
		b := -1
		for e++; e > 0; e -= e & -e {
			if x := best[e]; x >= 0 && (b < 0 || places[x].sum > places[b].sum) {
				b = x
			}
		}
		return b
	}
	update := func(e, k int) {
		for e++; e < len(best); e += e & -e {
			if best[e] < 0 || places[best[e]].sum < places[k].sum {
				best[e] = k
			}
		}
	}
	for i := range p.lines {
		t := tokens(p.lines[i].Text)
		if len(t) == 0 {
			continue
		}
		first := len(places)
		// Look from the first few words of the line; the place must hold most of it.
		for skip := 0; skip < min(4, len(t)) && len(places) == first; skip++ {
			for _, from := range at[t[skip]] {
				n := 0
				for skip+n < len(t) && from+n < len(truth) && t[skip+n] == truth[from+n] {
					n++
				}
				if len(t) <= 4 && n == len(t) || n >= 5 && n*2 >= len(t) || n >= 4 && n >= len(t)-2 || n >= 25 {
					q := query(from)
					sum := n*n/max(len(t), 1)*2 + n
					if q >= 0 {
						sum += places[q].sum
						// A line that goes on where the one before ended is likelier.
						if places[q].to == from-0 && places[q].line >= i-2 {
							sum++
						}
					}
					places = append(places, place{i, from, from + n, q, sum})
					if len(places)-first > 200 {
						break
					}
				}
			}
		}
		for k := first; k < len(places); k++ {
			update(places[k].to, k)
		}
	}
	for i := range p.label {
		p.label[i] = -1
	}
	for k := query(len(truth)); k >= 0; k = places[k].prev {
		p.label[places[k].line] = 1
	}
	// A line that the chain left out, but whose words nearly all stand in the
	// truth in runs, is of a text that was put together otherwise.
	placed := 0
	for i := range p.lines {
		if p.label[i] > 0 {
			placed += len(tokens(p.lines[i].Text))
		}
	}
	norm := float64(max(len(truth), 80))
	for i := range p.lines {
		t := tokens(p.lines[i].Text)
		if p.label[i] < 0 && len(t) >= 6 {
			hits := 0
			for j := 0; j+shingleSize <= len(t); j++ {
				if p.shingles[strings.Join(t[j:j+shingleSize], "\x00")] > 0 {
					hits++
				}
			}
			if hits*3 > (len(t)-shingleSize+1)*2 && float64(placed) < 0.7*float64(len(truth)) {
				p.label[i] = 1
			} else if hits*3 > len(t)-shingleSize+1 {
				p.label[i] = 0
			}
		}
		p.weight[i] = (float64(min(len(t), 80)) + 3) / norm
	}
	p.weigh()
}

// bySnippets labels the lines that hold a passage known to be, or not to be, of
// the article.
func (p *page) bySnippets() {
	for i := range p.lines {
		s := squeeze(p.lines[i].Text)
		for _, w := range p.With {
			if w := squeeze(w); len(w) > 3 && (strings.Contains(s, w) || len(s) > 20 && strings.Contains(w, s)) {
				p.label[i] = 1
			}
		}
		for _, w := range p.Without {
			if w := squeeze(w); len(w) > 3 && strings.Contains(s, w) && p.label[i] == 0 {
				p.label[i] = -1
			}
		}
		if p.label[i] != 0 {
			p.weight[i] = 0.06
		}
	}
	p.weigh()
}

// weigh makes pages that are not articles count less.
func (p *page) weigh() {
	f := 1.0
	if p.Source == "wcxb" && p.PageType != "article" {
		f = otherPages
	}
	for i := range p.weight {
		p.weight[i] = min(p.weight[i]*f, 0.5)
	}
}

// otherPages is how much pages of other kinds (forums, shops, listings) count.
const otherPages = 0.3

// The measures below are those of the corpus's scorer.

const shingleSize = 4

func tokens(s string) []string {
	s = strings.ReplaceAll(s, "\u00ad", "")
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
}

func shingles(t []string) map[string]int {
	m := make(map[string]int, len(t))
	for i := 0; i <= max(0, len(t)-shingleSize); i++ {
		if end := min(i+shingleSize, len(t)); end > i {
			m[strings.Join(t[i:end], "\x00")]++
		}
	}
	return m
}

func overlap(a, b map[string]int) (hit, extra, miss float64) {
	for k, n := range a {
		hit += float64(min(n, b[k]))
		miss += float64(max(0, n-b[k]))
	}
	for k, n := range b {
		extra += float64(max(0, n-a[k]))
	}
	return
}

func squeeze(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\u00ad", "")), " ")
}

func snippets(p *page, text string) (tp, fn, fp int) {
	text = squeeze(text)
	for _, w := range p.With {
		if strings.Contains(text, squeeze(w)) {
			tp++
		} else {
			fn++
		}
	}
	for _, w := range p.Without {
		if strings.Contains(text, squeeze(w)) {
			fp++
		}
	}
	return
}

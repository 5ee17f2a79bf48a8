// Command fit makes ../line/weights.go: the weights by which package line tells
// the lines of an article from those of the page around it.
//
//	go run ./importers/pastedtext/fit [-corpus FILE.tar.gz] [-out weights.go]
//
// It reads pasted pages with known articles (paste-dev.tar.gz, see the corpus's
// README), labels each line by aligning it with the article, and fits the two
// additive tables by logistic regression with stochastic gradient steps. The
// second table is fitted on scores that the first gives to pages it was not
// fitted on. Domains are parted into five groups for that, and the printed
// figures are those of pages whose group was left out.
//
// With -titles it makes ../titleweights.go instead, by which package pastedtext
// chooses the title among the lines around the article. It uses the weights of
// lines that are checked in: fit those first, build again, then the titles.
//
// All of it is deterministic: the same corpus gives the same files.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"

	"sourcebook/importers/pastedtext/line"
)

func main() {
	corpus := flag.String("corpus", "", "paste-dev.tar.gz; by default the one beside the module, in ../shared")
	out := flag.String("out", "", "where to write weights.go; by default into ../line")
	dry := flag.Bool("n", false, "only print the figures")
	titles := flag.Bool("titles", false, "only fit the table of titles, with the weights of lines as they are")
	dir := flag.String("lines", "", "a folder to write every page's lines to, with labels, scores and what was kept, for reading")
	flag.Parse()
	if err := run(*corpus, *out, *dry, *titles, *dir); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(corpus, out string, dry, titles bool, dir string) error {
	root, err := moduleRoot()
	if err != nil {
		return err
	}
	if corpus == "" {
		corpus = filepath.Join(root, "..", "shared", "corpus", "extract", "paste-dev.tar.gz")
	}
	if out == "" {
		out = filepath.Join(root, "importers", "pastedtext", "line", "weights.go")
	}
	pages, err := load(corpus)
	if err != nil {
		return fmt.Errorf("reading the corpus: %w", err)
	}
	titleOut := filepath.Join(root, "importers", "pastedtext", "titleweights.go")
	if titles {
		return fitTitles(pages, titleOut)
	}
	report("best labels possible", pages, func(p *page) []bool {
		kept := make([]bool, len(p.label))
		for i, l := range p.label {
			kept[i] = l > 0
		}
		return kept
	})
	model, scores := fit(pages)
	if dir != "" {
		if err := writeLines(dir, pages, model, scores); err != nil {
			return err
		}
	}
	if dry {
		return nil
	}
	var b bytes.Buffer
	if err := model.WriteGo(&b); err != nil {
		return err
	}
	src, err := format.Source(b.Bytes())
	if err != nil {
		return fmt.Errorf("formatting %s: %w", out, err)
	}
	return os.WriteFile(out, src, 0o644)
}

// moduleRoot is the folder of go.mod, at or above the present one.
func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("looking for go.mod above the present folder: not found")
		}
		dir = up
	}
	return "", err
}

// writeLines writes a file a page: each line behind its label (+, - or ?), what was
// done with it (K for kept) and its score.
func writeLines(dir string, pages []*page, model *line.Model, scores [][]float64) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for i, p := range pages {
		var b strings.Builder
		for j, k := range model.Decode(p.lines, scores[i]) {
			mark := " "
			if k {
				mark = "K"
			}
			if p.lines[j].BlankBefore {
				b.WriteString("\n")
			}
			fmt.Fprintf(&b, "%c%s %5.1f  %s\n", "-?+"[p.label[j]+1], mark, scores[i][j], p.lines[j].Text)
		}
		if err := os.WriteFile(filepath.Join(dir, p.Name+".txt"), []byte(b.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// report prints the measures of the corpus's scorer for one way of labelling.
func report(name string, pages []*page, keep func(*page) []bool) {
	type sums struct {
		p, r       float64
		np, nr     int
		tp, fp, fn int
	}
	groups := map[string]*sums{}
	order := []string{"scrapinghub", "wcxb/article", "wcxb/other", "mozilla", "trafilatura snippets"}
	for _, g := range order {
		groups[g] = &sums{}
	}
	for _, p := range pages {
		var text strings.Builder
		for i, k := range keep(p) {
			if k {
				text.WriteString(p.lines[i].Text)
				text.WriteString("\n")
			}
		}
		g := p.Source
		if g == "wcxb" {
			if p.PageType == "article" {
				g += "/article"
			} else {
				g += "/other"
			}
		}
		if s := groups[g]; s != nil && p.Text != "" {
			hit, extra, miss := overlap(p.shingles, shingles(tokens(text.String())))
			if hit+extra > 0 {
				s.p += hit / (hit + extra)
				s.np++
			}
			s.r += hit / (hit + miss)
			s.nr++
		}
		if p.Source == "trafilatura" {
			s := groups["trafilatura snippets"]
			tp, fn, fp := snippets(p, text.String())
			s.tp, s.fn, s.fp = s.tp+tp, s.fn+fn, s.fp+fp
		}
	}
	fmt.Printf("%-34s", name)
	for _, g := range order {
		s := groups[g]
		switch {
		case s.np > 0:
			pr, re := s.p/float64(s.np), s.r/float64(s.nr)
			fmt.Printf("  %s %.4f (%.3f %.3f)", short(g), 2*pr*re/(pr+re), pr, re)
		case s.tp > 0:
			pr, re := float64(s.tp)/float64(s.tp+s.fp), float64(s.tp)/float64(s.tp+s.fn)
			fmt.Printf("  %s %.4f (%.3f %.3f)", short(g), 2*pr*re/(pr+re), pr, re)
		}
	}
	fmt.Println()
}

func short(group string) string {
	switch group {
	case "scrapinghub":
		return "sh"
	case "wcxb/article":
		return "wcxb"
	case "wcxb/other":
		return "other"
	case "mozilla":
		return "moz"
	}
	return "traf"
}

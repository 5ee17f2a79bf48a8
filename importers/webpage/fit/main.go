// Command fit makes the weights in ../model.txt from saved pages whose article
// text is known.
//
//	fit -corpus ../shared/corpus/extract -out importers/webpage/model.txt
//	fit -corpus ../shared/corpus/extract -folds 5
//
// The first form fits on all pages and writes the weights. The second writes
// nothing: it parts the pages into folds by site, fits on all folds but one,
// reads the pages of that one, and prints how well that went: what to expect of
// pages from sites that were not seen.
//
// How it works, in the order of the files: corpus.go reads the pages; align.go
// finds which segments of a page stand in the true text; boost.go fits a forest
// of small decision trees to that, one tree at a time, each to what the ones
// before it got wrong (gradient boosting on the logistic loss). A second forest
// is fitted to the same truth with what the first one thinks of each segment's
// surroundings added; for that the first one's opinions come from forests that
// did not see the page. There is no chance in it but for a generator with a
// fixed seed: the same pages give the same weights.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"runtime"
	"slices"
	"sort"
	"strings"

	"sourcebook/importers/webpage"
)

func main() {
	corpus := flag.String("corpus", "../shared/corpus/extract", "folder with dev.tar.gz and dev-ext.tar.gz")
	out := flag.String("out", "", "file to write the weights to")
	folds := flag.Int("folds", 0, "measure by cross-validation with so many folds instead of writing weights")
	trees1 := flag.Int("trees1", 90, "trees in the first forest")
	trees2 := flag.Int("trees2", 110, "trees in the second forest")
	leaves := flag.Int("leaves", 16, "leaves of a tree")
	rate := flag.Float64("rate", 0.1, "how far each tree goes")
	threshold := flag.Float64("threshold", 0.5, "from which part of the F1 to be expected a segment is kept: see label.go")
	worst := flag.Int("worst", 0, "with -folds, name so many of the worst pages a source")
	show := flag.String("show", "", "with -folds, print the segments of these pages (names parted by commas) with their values and truth")
	least := flag.Float64("least", 100, "weight of the segments that a leaf must have")
	columns := flag.Float64("columns", 0.2, "share of the features that a tree may use")
	without := flag.String("without", "", "leave out the features whose names match this regular expression")
	importance := flag.Bool("importance", false, "print which features the forests use")
	lambda := flag.Float64("lambda", 6, "pulls leaves towards zero")
	kept := flag.String("values", "", "with -folds, a file to keep the values of pages in; one that exists is read instead of fitting, to measure what is done with them")
	shift := flag.Int("shift", 7, "which parting into folds")
	flag.Parse()
	o := options{trees1: *trees1, trees2: *trees2, leaves: *leaves, rate: *rate, least: *least, columns: *columns,
		lambda: *lambda, shift: *shift, values: *kept}
	if *without != "" {
		o.without = regexp.MustCompile(*without)
	}
	if err := run(*corpus, *out, *folds, float32(*threshold), *worst, *show, *importance, o); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

type options struct {
	trees1, trees2, leaves int
	rate, least, columns   float64
	lambda                 float64
	shift                  int
	values                 string
	without                *regexp.Regexp
}

func run(corpus, out string, folds int, threshold float32, worst int, show string, importance bool, o options) error {
	pages, err := load(corpus)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%d pages with truth\n", len(pages))
	if folds > 1 {
		return crossValidate(pages, folds, threshold, worst, show, o)
	}
	m := fit(pages, o)
	m.Threshold = threshold
	if importance {
		printImportance(m)
	}
	if out == "" {
		return nil
	}
	header := "# The weights by which label.go tells text from what stands around it.\n" +
		"# Made by the program in fit; do not edit by hand.\n#\n" +
		"# A tree asks questions about a segment of a page (features.go says what the\n" +
		"# words mean). The two branches below a question are the one for yes and the\n" +
		"# one for no; a number adds to (or takes from) how sure the forest is.\n"
	return os.WriteFile(out, []byte(header+m.String()), 0o644)
}

// fit makes a model of pages.
func fit(pages []*sample, o options) *webpage.Model {
	m := &webpage.Model{}
	// The second forest must learn from opinions on pages that the first one
	// has not seen, as it will have to judge such.
	const parts = 4
	sure := map[*sample][]float32{}
	for k := range parts {
		var rest, held []*sample
		for _, p := range pages {
			if p.fold%parts == k {
				held = append(held, p)
			} else {
				rest = append(rest, p)
			}
		}
		f := boost(dataset(rest, nil), o.trees1, o)
		for _, p := range held {
			sure[p] = values(f, p.page.Rows, p.page.Width)
		}
		runtime.GC()
	}
	m.First = boost(dataset(pages, nil), o.trees1, o)
	m.Second = boost(dataset(pages, func(p *sample) []float32 { return p.page.Around(sure[p]) }), o.trees2, o)
	return m
}

func values(f webpage.Forest, rows []float32, width int) []float32 {
	if width == 0 {
		return nil
	}
	out := make([]float32, len(rows)/width)
	for i := range out {
		out[i] = f.Value(rows[i*width : (i+1)*width])
	}
	return out
}

// judge gives the second forest's value for every segment of a page.
func judge(m *webpage.Model, p *sample) []float32 {
	rows := p.page.Around(values(m.First, p.page.Rows, p.page.Width))
	if len(p.page.Texts) == 0 {
		return nil
	}
	return values(m.Second, rows, len(rows)/len(p.page.Texts))
}

// crossValidate prints what pages score that were not fitted on.
func crossValidate(pages []*sample, folds int, threshold float32, worst int, show string, o options) error {
	results, err := readValues(o.values, pages)
	if err != nil {
		return err
	}
	for k := range folds {
		if len(results) == len(pages) {
			break
		}
		var rest, held []*sample
		for _, p := range pages {
			if (p.fold/o.shift)%folds == k {
				held = append(held, p)
			} else {
				rest = append(rest, p)
			}
		}
		m := fit(rest, o)
		for _, p := range held {
			results[p] = judge(m, p)
		}
		fmt.Fprintf(os.Stderr, "fold %d of %d: fitted on %d, read %d\n", k+1, folds, len(rest), len(held))
	}
	if err := keepValues(o.values, results); err != nil {
		return err
	}
	printLoss(pages, results)
	for _, t := range []float32{threshold - 0.1, threshold - 0.05, threshold, threshold + 0.05} {
		report(pages, results, t, 0)
	}
	if worst > 0 {
		report(pages, results, threshold, worst)
	}
	for _, p := range pages {
		if show != "" && strings.Contains(","+show+",", ","+p.name+",") {
			printSegments(p, results[p], threshold)
		}
	}
	return nil
}

// readValues reads what keepValues wrote; nothing where there is no such file or
// it does not fit the pages.
func readValues(path string, pages []*sample) (map[*sample][]float32, error) {
	results := map[*sample][]float32{}
	b, err := os.ReadFile(path)
	if path == "" || os.IsNotExist(err) {
		return results, nil
	}
	values := map[string][]float32{}
	if err == nil {
		err = json.Unmarshal(b, &values)
	}
	if err != nil {
		return nil, fmt.Errorf("read values %s: %w", path, err)
	}
	for _, p := range pages {
		if v, ok := values[p.name]; ok && len(v) == len(p.page.Texts) {
			results[p] = v
		}
	}
	return results, nil
}

func keepValues(path string, results map[*sample][]float32) error {
	if path == "" {
		return nil
	}
	values := map[string][]float32{}
	for p, v := range results {
		values[p.name] = v
	}
	b, err := json.Marshal(values)
	if err == nil {
		err = os.WriteFile(path, b, 0o644)
	}
	if err != nil {
		return fmt.Errorf("keep values %s: %w", path, err)
	}
	return nil
}

// printSegments shows what became of every segment of a page.
func printSegments(p *sample, sure []float32, threshold float32) {
	fmt.Printf("== %s (%s %s)\n", p.name, p.truth.Source, p.truth.PageType)
	for i, t := range p.page.Texts {
		if r := []rune(t); len(r) > 90 {
			t = string(r[:90]) + "…"
		}
		mark := " "
		if got, want := sure[i] >= threshold, p.labels[i] >= 0.5; got && !want {
			mark = "+"
		} else if want && !got {
			mark = "-"
		}
		fmt.Printf("%s %.2f %.2f %5.2f  %s\n", mark, sure[i], p.labels[i], p.weight[i], strings.ReplaceAll(t, "\n", "⏎"))
	}
}

// report prints the scores of pages by source.
func report(pages []*sample, results map[*sample][]float32, threshold float32, worst int) {
	groups := map[string][]overlap{}
	type bad struct {
		name string
		f1   float64
		o    overlap
	}
	worstOf := map[string][]bad{}
	snip := snippets{}
	for _, p := range pages {
		text := p.page.Read(results[p], threshold).Text
		if p.truth.Source == "trafilatura" {
			snip.add(p.truth, text)
		}
		if p.truth.Text == "" {
			continue
		}
		ov := compare(p.truth.Text, text)
		for _, g := range p.groups() {
			groups[g] = append(groups[g], ov)
			worstOf[g] = append(worstOf[g], bad{p.name, ov.f1(), ov})
		}
	}
	var names []string
	for g := range groups {
		names = append(names, g)
	}
	sort.Strings(names)
	fmt.Printf("threshold %.2f  trafilatura snippets %.4f\n", threshold, snip.f1())
	for _, g := range names {
		p, r, f := mean(groups[g])
		fmt.Printf("  %-22s %4d pages  F1 %.4f  precision %.4f  recall %.4f\n", g, len(groups[g]), f, p, r)
		if worst > 0 {
			list := worstOf[g]
			sort.Slice(list, func(i, j int) bool { return list[i].f1 < list[j].f1 })
			for _, b := range list[:min(worst, len(list))] {
				fmt.Printf("      %.3f  surplus %.2f missed %.2f  %s\n", b.f1, b.o.extra, b.o.miss, b.name)
			}
		}
	}
}

// printLoss prints the mean over pages of the loss that the forests are fitted
// to, a measure that hangs less on chance than the scores do.
func printLoss(pages []*sample, results map[*sample][]float32) {
	sum, count := map[string]float64{}, map[string]float64{}
	for _, p := range pages {
		var loss, weight float64
		for i, v := range results[p] {
			q, y, w := min(max(float64(v), 1e-3), 1-1e-3), float64(p.labels[i]), float64(p.weight[i])
			loss -= w * (y*math.Log(q) + (1-y)*math.Log(1-q))
			weight += w
		}
		g := p.groups()[0]
		sum[g] += loss
		count[g]++
	}
	for _, g := range slices.Sorted(maps.Keys(sum)) {
		fmt.Printf("loss %-20s %.4f\n", g, sum[g]/count[g])
	}
}

func printImportance(m *webpage.Model) {
	names := webpage.FeatureNames()
	for i, f := range []webpage.Forest{m.First, m.Second} {
		count := map[int]int{}
		for _, t := range f.Trees {
			for _, n := range t {
				if n.Feature >= 0 {
					count[int(n.Feature)]++
				}
			}
		}
		var ids []int
		for id := range count {
			ids = append(ids, id)
		}
		sort.Slice(ids, func(a, b int) bool {
			return count[ids[a]] > count[ids[b]] || count[ids[a]] == count[ids[b]] && ids[a] < ids[b]
		})
		fmt.Printf("forest %d uses %d of %d features:\n", i+1, len(ids), len(names))
		for _, id := range ids[:min(50, len(ids))] {
			fmt.Printf("  %4d  %s\n", count[id], names[id])
		}
	}
}

package main

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"math"
	"os"
	"strings"

	"sourcebook/importers/pastedtext"
)

// titled is a page with a known title that stands in one of its lines.
type titled struct {
	group      int
	candidates []pastedtext.TitleCandidate
	right      []bool
	any        bool
}

const titleRounds = 15

// fitTitles fits the table that tells a title from the lines around it: for
// each page, the weights that make the lines with the title likelier than the
// others (softmax regression by Adagrad's steps). It uses the checked-in
// weights of package line.
func fitTitles(pages []*page, out string) error {
	var all []*titled
	for _, p := range pages {
		if p.Title == "" || p.Source == "mozilla" {
			continue
		}
		c, err := pastedtext.TitleCandidates(context.Background(), p.pasted)
		if err != nil {
			return err
		}
		t := &titled{group: p.group, candidates: c, right: make([]bool, len(c))}
		want := plain(p.Title)
		for i := range c {
			t.right[i] = plain(c[i].Text) == want
			t.any = t.any || t.right[i]
		}
		all = append(all, t)
	}
	right, possible := 0, 0
	for g := range groups {
		w := titleWeights(all, g)
		for _, t := range all {
			if t.group == g {
				if k := bestTitle(t, w); k >= 0 && t.right[k] {
					right++
				}
				if t.any {
					possible++
				}
			}
		}
	}
	fmt.Printf("titles right, domains left out: %d of %d, %d possible\n", right, len(all), possible)
	w := titleWeights(all, -1)
	var sum, n float64
	for _, t := range all {
		if k := bestTitle(t, w); k >= 0 && t.right[k] {
			sum += value(t.candidates[k].Bins, w)
			n++
		}
	}
	// A title that scores far below those that were right is none.
	var spread float64
	for _, t := range all {
		if k := bestTitle(t, w); k >= 0 && t.right[k] {
			spread += math.Pow(value(t.candidates[k].Bins, w)-sum/n, 2)
		}
	}
	least := sum/n - 4*math.Sqrt(spread/n)
	var b bytes.Buffer
	if err := pastedtext.WriteTitleTable(&b, w, least); err != nil {
		return err
	}
	src, err := format.Source(b.Bytes())
	if err != nil {
		return fmt.Errorf("formatting %s: %w", out, err)
	}
	return os.WriteFile(out, src, 0o644)
}

func plain(s string) string { return strings.ToLower(strings.Join(tokens(s), " ")) }

func bestTitle(t *titled, w [][]float32) int {
	best, at := 0.0, -1
	for i, c := range t.candidates {
		if v := value(c.Bins, w); at < 0 || v > best {
			best, at = v, i
		}
	}
	return at
}

func value(bins []uint8, w [][]float32) float64 {
	s := 0.0
	for f, b := range bins {
		s += float64(w[f][b])
	}
	return s
}

func titleWeights(all []*titled, without int) [][]float32 {
	w, squares := make([][]float32, len(pastedtext.TitleFeatures)), make([][]float32, len(pastedtext.TitleFeatures))
	for f, x := range pastedtext.TitleFeatures {
		w[f], squares[f] = make([]float32, x.Bins), make([]float32, x.Bins)
	}
	for range titleRounds {
		for _, t := range all {
			if t.group == without || !t.any {
				continue
			}
			// p is each candidate's share, q its share among the right ones.
			p := make([]float64, len(t.candidates))
			var sum, good float64
			for i, c := range t.candidates {
				p[i] = math.Exp(value(c.Bins, w))
				sum += p[i]
				if t.right[i] {
					good += p[i]
				}
			}
			grad := map[[2]int]float64{}
			for i, c := range t.candidates {
				g := p[i] / sum
				if t.right[i] {
					g -= p[i] / good
				}
				if math.Abs(g) < 1e-4 {
					continue
				}
				for f, b := range c.Bins {
					grad[[2]int{f, int(b)}] += g
				}
			}
			for f := range w {
				for b := range w[f] {
					g := float32(grad[[2]int{f, b}]) + 0.01*w[f][b]
					squares[f][b] += g * g
					w[f][b] -= 0.1 * g / float32(math.Sqrt(float64(squares[f][b])+0.1))
				}
			}
		}
	}
	return w
}

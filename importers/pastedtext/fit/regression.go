package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"sourcebook/importers/pastedtext/line"
)

// How the tables are fitted.
const (
	rounds = 14     // over all lines
	rate   = 0.12   // of the first steps
	decay  = 0.0004 // of weights, for each step that touches them, by the line's weight
	scale  = 100    // of line weights, so that they are about one
)

// fit fits both tables and the costs of decoding. scores are those of each page
// by tables that were fitted without its group.
func fit(pages []*page) (model *line.Model, scores [][]float64) {
	// First pass: scores for each page by tables that were fitted without its group.
	scores = make([][]float64, len(pages))
	for g := range groups {
		t := regress(1, pages, func(i int) [][]uint8 { return pages[i].bins }, g)
		for i, p := range pages {
			if p.group == g {
				scores[i] = apply(&t, p.bins)
			}
		}
	}
	model = &line.Model{Enter: 1, Leave: 1}
	at := map[*page]int{}
	for i, p := range pages {
		at[p] = i
	}
	report("first pass alone", pages, func(p *page) []bool { return above(scores[at[p]]) })
	report("first pass, decoded", pages, func(p *page) []bool { return model.Decode(p.lines, scores[at[p]]) })

	second := make([][][]uint8, len(pages))
	for i, p := range pages {
		second[i] = line.SecondBins(p.lines, p.bins, scores[i])
	}
	final := make([][]float64, len(pages))
	for g := range groups {
		t := regress(2, pages, func(i int) [][]uint8 { return second[i] }, g)
		for i, p := range pages {
			if p.group == g {
				final[i] = apply(&t, second[i])
			}
		}
	}
	report("second pass alone", pages, func(p *page) []bool { return above(final[at[p]]) })

	// What a change of label costs was chosen by the figures of the whole reading
	// (benchextract) on pages whose domains were left out: lower costs and a
	// higher bias keep more of what stands around the article.
	model.Enter, model.Leave, model.Bias, model.Scale = 1.5, 1.5, 0, 1
	report(fmt.Sprintf("decoded, %g %g %g %g", model.Enter, model.Leave, model.Bias, model.Scale), pages, func(p *page) []bool { return model.Decode(p.lines, final[at[p]]) })

	model.First = regress(1, pages, func(i int) [][]uint8 { return pages[i].bins }, -1)
	model.Second = regress(2, pages, func(i int) [][]uint8 { return second[i] }, -1)
	return model, final
}

func above(scores []float64) []bool {
	kept := make([]bool, len(scores))
	for i, s := range scores {
		kept[i] = s > 0
	}
	return kept
}

func apply(t *line.Table, bins [][]uint8) []float64 {
	s := make([]float64, len(bins))
	for i, b := range bins {
		s[i] = t.Sum(b)
	}
	return s
}

// regress fits a table by logistic regression on the lines of all pages but
// those of group without. Steps are Adagrad's: each weight has a rate of its
// own that shrinks with the steps it has taken. The order of lines is shuffled
// from a fixed seed.
func regress(pass int, pages []*page, bins func(int) [][]uint8, without int) line.Table {
	type sample struct{ page, line int32 }
	var samples []sample
	for i, p := range pages {
		if p.group == without {
			continue
		}
		for j := range p.lines {
			if p.label[j] != 0 && p.weight[j] > 0 {
				samples = append(samples, sample{int32(i), int32(j)})
			}
		}
	}
	t := line.NewTable(pass)
	squares := line.NewTable(pass)
	biasSquares := 1.0
	mean, meanBias := line.NewTable(pass), 0.0
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		rng.Shuffle(len(samples), func(i, j int) { samples[i], samples[j] = samples[j], samples[i] })
		for _, s := range samples {
			p := pages[s.page]
			b := bins(int(s.page))[s.line]
			y := 0.0
			if p.label[s.line] > 0 {
				y = 1
			}
			w := p.weight[s.line] * scale
			g := w * (1/(1+math.Exp(-t.Sum(b))) - y)
			biasSquares += g * g
			t.Bias -= rate * g / math.Sqrt(biasSquares)
			for f, k := range b {
				x := &t.Weights[f][k]
				d := float32(g) + float32(w*decay)**x
				q := &squares.Weights[f][k]
				*q += d * d
				*x -= rate * d / float32(math.Sqrt(float64(*q)+1))
			}
		}
		// The tables of the last rounds are averaged.
		if round >= rounds/2 {
			n := float32(rounds - rounds/2)
			meanBias += t.Bias / float64(n)
			for f := range t.Weights {
				for k := range t.Weights[f] {
					mean.Weights[f][k] += t.Weights[f][k] / n
				}
			}
		}
	}
	mean.Bias = meanBias
	return mean
}

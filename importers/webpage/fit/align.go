package main

import (
	"sort"
	"strings"
	"unicode"
)

// words cuts a text into runs of letters and numbers.
func words(s string) []string {
	s = strings.ReplaceAll(s, "\u00ad", "")
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '_' })
}

// align finds which segments of the page stand in the true text and sets labels
// and weights. Where only snippets are known, segments that hold none of them
// weigh nothing.
func (s *sample) align() {
	n := len(s.page.Texts)
	s.labels, s.weight = make([]float32, n), make([]float32, n)
	if s.truth.Text == "" {
		s.alignSnippets()
		return
	}
	var tokens []string
	of := make([]int, 0, n*20)
	count := make([]int, n)
	for i, t := range s.page.Texts {
		w := words(t)
		count[i] = len(w)
		for _, x := range w {
			tokens = append(tokens, strings.ToLower(x))
			of = append(of, i)
		}
	}
	want := words(s.truth.Text)
	for i := range want {
		want[i] = strings.ToLower(want[i])
	}
	hit := make([]int, n)
	match(tokens, want, func(a, b int) { hit[of[a]]++ })
	var wrong float32
	for i := range s.labels {
		if count[i] == 0 {
			continue
		}
		s.labels[i] = float32(hit[i]) / float32(count[i])
		s.weight[i] = (float32(count[i]) + 0.7) / float32(len(want)+30)
		if s.labels[i] < 0.5 {
			wrong += s.weight[i]
		}
	}
	const most = 3 // surplus can at worst make a page worthless
	if wrong > most {
		for i := range s.weight {
			if s.labels[i] < 0.5 {
				s.weight[i] *= most / wrong
			}
		}
	}
	if s.truth.Source == "mozilla" {
		for i := range s.weight {
			s.weight[i] /= 2 // what a tool made, looked over
		}
	}
}

func (s *sample) alignSnippets() {
	squeeze := func(t string) string { return strings.Join(strings.Fields(t), " ") }
	for i, t := range s.page.Texts {
		t = squeeze(t)
		for k, list := range [][]string{s.truth.With, s.truth.Without} {
			for _, w := range list {
				w = squeeze(w)
				if w != "" && strings.Contains(t, w) {
					s.labels[i] = float32(1 - k)
					s.weight[i] = 0.12
				}
			}
		}
	}
}

// match pairs equal words of two texts in order: first where runs of five, then
// of two words are the same in both, then in the gaps between these word by
// word.
func match(a, b []string, pair func(i, j int)) {
	matchRuns(a, b, 0, 0, 5, pair)
}

func matchRuns(a, b []string, offA, offB, k int, pair func(i, j int)) {
	if len(a) == 0 || len(b) == 0 {
		return
	}
	if k == 0 || len(a)*len(b) <= 10_000 {
		if len(a)*len(b) <= 4_000_000 {
			longestCommon(a, b, offA, offB, pair)
		}
		return
	}
	if len(a) < k || len(b) < k {
		matchRuns(a, b, offA, offB, nextRun(k), pair)
		return
	}
	places := map[string][]int{}
	for i := 0; i+k <= len(a); i++ {
		key := strings.Join(a[i:i+k], " ")
		if len(places[key]) < 4 {
			places[key] = append(places[key], i)
		}
	}
	// The longest rising chain of places (Hunt and Szymanski).
	type link struct{ a, b, prev int }
	var links []link
	var tails []int
	for j := 0; j+k <= len(b); j++ {
		at := places[strings.Join(b[j:j+k], " ")]
		for x := len(at) - 1; x >= 0; x-- {
			i := at[x]
			pos := sort.Search(len(tails), func(t int) bool { return links[tails[t]].a >= i })
			prev := -1
			if pos > 0 {
				prev = tails[pos-1]
			}
			links = append(links, link{i, j, prev})
			if pos == len(tails) {
				tails = append(tails, len(links)-1)
			} else {
				tails[pos] = len(links) - 1
			}
		}
	}
	if len(tails) == 0 {
		matchRuns(a, b, offA, offB, nextRun(k), pair)
		return
	}
	var chain []link
	for at := tails[len(tails)-1]; at >= 0; at = links[at].prev {
		chain = append(chain, links[at])
	}
	lastA, lastB := 0, 0 // up to where words are paired
	for x := len(chain) - 1; x >= 0; x-- {
		c := chain[x]
		if c.a >= lastA && c.b >= lastB {
			matchRuns(a[lastA:c.a], b[lastB:c.b], offA+lastA, offB+lastB, nextRun(k), pair)
		}
		for d := range k {
			if c.a+d >= lastA && c.b+d >= lastB {
				pair(offA+c.a+d, offB+c.b+d)
				lastA, lastB = c.a+d+1, c.b+d+1
			}
		}
	}
	matchRuns(a[lastA:], b[lastB:], offA+lastA, offB+lastB, nextRun(k), pair)
}

func nextRun(k int) int {
	if k == 5 {
		return 2
	}
	return 0
}

// longestCommon pairs the words of a longest common subsequence.
func longestCommon(a, b []string, offA, offB int, pair func(i, j int)) {
	w := len(b) + 1
	best := make([]uint16, (len(a)+1)*w)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i*w+j] = best[(i+1)*w+j+1] + 1
			} else {
				best[i*w+j] = max(best[(i+1)*w+j], best[i*w+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			pair(offA+i, offB+j)
			i, j = i+1, j+1
		case best[(i+1)*w+j] >= best[i*w+j+1]:
			i++
		default:
			j++
		}
	}
}

package main

import "strings"

// overlap is the share of matched, surplus and missed runs of four words of one
// page; they add up to one.
type overlap struct{ hit, extra, miss float64 }

func compare(want, got string) overlap {
	a, b := shingles(words(want)), shingles(words(got))
	var o overlap
	for k, n := range a {
		o.hit += float64(min(n, b[k]))
		o.miss += float64(max(0, n-b[k]))
	}
	for k, n := range b {
		o.extra += float64(max(0, n-a[k]))
	}
	if s := o.hit + o.extra + o.miss; s > 0 {
		o.hit, o.extra, o.miss = o.hit/s, o.extra/s, o.miss/s
	}
	return o
}

func shingles(w []string) map[string]int {
	m := map[string]int{}
	for i := 0; i <= max(len(w)-4, 0); i++ {
		if end := min(i+4, len(w)); end > i {
			m[strings.Join(w[i:end], " ")]++
		}
	}
	return m
}

func (o overlap) f1() float64 {
	if o.hit == 0 {
		return 0
	}
	return 2 * o.hit / (2*o.hit + o.extra + o.miss)
}

// mean is precision over pages with any text, recall over pages with any truth,
// and the harmonic mean of the two.
func mean(list []overlap) (p, r, f float64) {
	var np, nr float64
	for _, o := range list {
		if o.hit+o.extra > 0 {
			p += o.hit / (o.hit + o.extra)
			np++
		}
		if o.hit+o.miss > 0 {
			r += o.hit / (o.hit + o.miss)
			nr++
		}
	}
	p, r = p/max(np, 1), r/max(nr, 1)
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}

// snippets counts passages that must and must not be in a text.
type snippets struct{ tp, fn, fp int }

func (s *snippets) add(t truth, text string) {
	text = strings.Join(strings.Fields(text), " ")
	for _, w := range t.With {
		if strings.Contains(text, strings.Join(strings.Fields(w), " ")) {
			s.tp++
		} else {
			s.fn++
		}
	}
	for _, w := range t.Without {
		if strings.Contains(text, strings.Join(strings.Fields(w), " ")) {
			s.fp++
		}
	}
}

func (s snippets) f1() float64 {
	return 2 * float64(s.tp) / max(1, float64(2*s.tp+s.fn+s.fp))
}

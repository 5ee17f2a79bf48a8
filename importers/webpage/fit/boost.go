package main

import (
	"math"
	"math/rand"
	"sort"
	"sync"

	"sourcebook/importers/webpage"
)

const bins = 64

// data is a table of rows to fit on, every feature cut into at most 64 steps.
type data struct {
	rows  int
	cuts  [][]float32 // of each feature, rising
	steps [][]uint8   // of each feature, for each row
	label []float32
	w     []float32
}

// dataset puts the segments of pages into one table. rows gives a page's rows
// where they are not the ones it has.
func dataset(pages []*sample, rows func(*sample) []float32) *data {
	var all [][]float32
	d := &data{}
	width := 0
	for _, p := range pages {
		r := p.page.Rows
		if rows != nil {
			r = rows(p)
		}
		if n := len(p.page.Texts); n > 0 {
			width = len(r) / n
		}
		for i := range p.page.Texts {
			if p.weight[i] == 0 {
				continue
			}
			all = append(all, r[i*width:(i+1)*width])
			d.label = append(d.label, p.labels[i])
			d.w = append(d.w, p.weight[i])
		}
	}
	d.rows = len(all)
	var sum float64
	for _, w := range d.w {
		sum += float64(w)
	}
	for i := range d.w {
		d.w[i] *= float32(float64(d.rows) / sum)
	}
	d.cuts, d.steps = make([][]float32, width), make([][]uint8, width)
	rng := rand.New(rand.NewSource(1))
	pick := make([]int, min(d.rows, 40000))
	for i := range pick {
		pick[i] = rng.Intn(d.rows)
	}
	each(width, func(f int) {
		v := make([]float32, 0, len(pick))
		for _, i := range pick {
			v = append(v, all[i][f])
		}
		sort.Slice(v, func(i, j int) bool { return v[i] < v[j] })
		var distinct []float32
		for i, x := range v {
			if i == 0 || x != v[i-1] {
				distinct = append(distinct, x)
			}
		}
		var cuts []float32
		if len(distinct) <= bins {
			for i := 1; i < len(distinct); i++ {
				cuts = append(cuts, (distinct[i-1]+distinct[i])/2)
			}
		} else {
			for i := 1; i < bins; i++ {
				c := v[i*len(v)/bins]
				if len(cuts) == 0 || c > cuts[len(cuts)-1] {
					cuts = append(cuts, c)
				}
			}
		}
		for i := range cuts {
			cuts[i] = round(cuts[i])
		}
		d.cuts[f] = cuts
		s := make([]uint8, d.rows)
		for i, r := range all {
			x := r[f]
			s[i] = uint8(sort.Search(len(cuts), func(k int) bool { return x <= cuts[k] }))
		}
		d.steps[f] = s
	})
	return d
}

// round keeps four digits, as model.txt does.
func round(x float32) float32 {
	if x == 0 {
		return 0
	}
	e := math.Pow(10, 3-math.Floor(math.Log10(math.Abs(float64(x)))))
	return float32(math.Round(float64(x)*e) / e)
}

// each runs f for 0…n-1 on all processors.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	next := make(chan int, n)
	for i := range n {
		next <- i
	}
	close(next)
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				f(i)
			}
		}()
	}
	wg.Wait()
}

type cell struct{ g, h, w float64 }

type leaf struct {
	rows       []int32
	hist       [][]cell
	g, h, w    float64
	node       int32
	gain       float64
	feature    int
	step       int
	splittable bool
}

// boost fits a forest.
func boost(d *data, trees int, o options) webpage.Forest {
	rng := rand.New(rand.NewSource(7))
	var y, w float64
	for i := range d.label {
		y += float64(d.label[i]) * float64(d.w[i])
		w += float64(d.w[i])
	}
	mean := y / w
	f := webpage.Forest{Bias: float32(math.Log(mean / (1 - mean)))}
	score := make([]float32, d.rows)
	for i := range score {
		score[i] = f.Bias
	}
	grad, hess, scale := make([]float32, d.rows), make([]float32, d.rows), make([]float32, d.rows)
	masked := make([]bool, len(d.cuts))
	for i, n := range webpage.FeatureNames()[:len(d.cuts)] {
		masked[i] = o.without != nil && o.without.MatchString(n)
	}
	for range trees {
		for i := range score {
			p := 1 / (1 + math.Exp(-float64(score[i])))
			grad[i] = float32((p - float64(d.label[i])) * float64(d.w[i]))
			hess[i] = float32(max(p*(1-p), 1e-4) * float64(d.w[i]))
		}
		// Half of the rows, but those that weigh little are taken less often, and
		// weigh more then: the sums stay what they would be.
		var rows []int32
		for i := range d.rows {
			if share := min(1, 0.1+0.4*float64(d.w[i])); rng.Float64() < share {
				rows = append(rows, int32(i))
				scale[i] = float32(0.5 / share)
			}
		}
		var cols []int
		for c := range d.cuts {
			if r := rng.Float64(); len(d.cuts[c]) > 0 && r < o.columns && !masked[c] {
				cols = append(cols, c)
			}
		}
		t := d.grow(rows, cols, grad, hess, scale, o)
		f.Trees = append(f.Trees, t)
		// d.steps and d.cuts say the same as the rows themselves
		for i := range score {
			n := &t[0]
			for n.Feature >= 0 {
				if int(d.steps[n.Feature][i]) <= d.stepOf(int(n.Feature), n.At) {
					n = &t[n.Yes]
				} else {
					n = &t[n.No]
				}
			}
			score[i] += n.Value
		}
	}
	return f
}

func (d *data) stepOf(feature int, at float32) int {
	c := d.cuts[feature]
	return sort.Search(len(c), func(k int) bool { return c[k] >= at })
}

// grow makes one tree, splitting the leaf that gains most until there are
// enough.
func (d *data) grow(rows []int32, cols []int, grad, hess, scale []float32, o options) webpage.Tree {
	t := webpage.Tree{{Feature: -1}}
	root := &leaf{rows: rows, node: 0}
	d.fill(root, cols, grad, hess, scale)
	d.best(root, cols, o)
	list := []*leaf{root}
	for len(list) < o.leaves {
		at := -1
		for i, l := range list {
			if l.splittable && (at < 0 || l.gain > list[at].gain) {
				at = i
			}
		}
		if at < 0 {
			break
		}
		l := list[at]
		yes, no := &leaf{}, &leaf{}
		s := d.steps[l.feature]
		for _, r := range l.rows {
			if int(s[r]) <= l.step {
				yes.rows = append(yes.rows, r)
			} else {
				no.rows = append(no.rows, r)
			}
		}
		small, large := yes, no
		if len(small.rows) > len(large.rows) {
			small, large = no, yes
		}
		d.fill(small, cols, grad, hess, scale)
		large.hist = l.hist
		large.g, large.h, large.w = l.g-small.g, l.h-small.h, l.w-small.w
		for i := range large.hist {
			for k := range large.hist[i] {
				c, o := &large.hist[i][k], &small.hist[i][k]
				c.g, c.h, c.w = c.g-o.g, c.h-o.h, c.w-o.w
			}
		}
		yes.node, no.node = int32(len(t)), int32(len(t)+1)
		t[l.node] = webpage.Node{Feature: int32(l.feature), At: d.cuts[l.feature][l.step], Yes: yes.node, No: no.node}
		t = append(t, webpage.Node{Feature: -1}, webpage.Node{Feature: -1})
		d.best(yes, cols, o)
		d.best(no, cols, o)
		list[at] = yes
		list = append(list, no)
	}
	for _, l := range list {
		t[l.node].Value = float32(math.Round(-l.g/(l.h+o.lambda)*o.rate*1000) / 1000)
	}
	return t
}

func (d *data) fill(l *leaf, cols []int, grad, hess, scale []float32) {
	// gathered, so that only the steps are read from all over
	near := make([]cell, len(l.rows))
	for k, r := range l.rows {
		by := float64(scale[r])
		c := cell{by * float64(grad[r]), by * float64(hess[r]), by * float64(d.w[r])}
		near[k] = c
		l.g += c.g
		l.h += c.h
		l.w += c.w
	}
	l.hist = make([][]cell, len(cols))
	each(len(cols), func(i int) {
		h := make([]cell, len(d.cuts[cols[i]])+1)
		s := d.steps[cols[i]]
		for k, r := range l.rows {
			c, e := &h[s[r]], &near[k]
			c.g += e.g
			c.h += e.h
			c.w += e.w
		}
		l.hist[i] = h
	})
}

func (d *data) best(l *leaf, cols []int, o options) {
	lambda, least := o.lambda, o.least
	parent := l.g * l.g / (l.h + lambda)
	l.gain = 1e-3
	for i, c := range cols {
		var g, h, w float64
		for k := 0; k+1 < len(l.hist[i]); k++ {
			e := &l.hist[i][k]
			g, h, w = g+e.g, h+e.h, w+e.w
			if w < least || l.w-w < least {
				continue
			}
			gain := g*g/(h+lambda) + (l.g-g)*(l.g-g)/(l.h-h+lambda) - parent
			if gain > l.gain {
				l.gain, l.feature, l.step, l.splittable = gain, c, k, true
			}
		}
	}
}

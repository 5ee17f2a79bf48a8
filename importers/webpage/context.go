package webpage

// contextNames are the features that say what the first forest thought of the
// segments around one; they follow the others in a row.
var contextNames = []string{
	"sure", "sure of 3rd before", "sure of 2nd before", "sure of before", "sure of after", "sure of 2nd after", "sure of 3rd after",
	"sure of 6 before", "sure of 6 after",
	"sure of box", "sure of parent", "sure of 2nd parent", "sure of 3rd parent", "sure of 4th parent", "sure of main",
	"sure of path", "sure of kin", "sure of section", "sure of heading above",
	"text before", "text after", "sure segments before", "sure segments after", "sure length", "page sure part",
	"sure run", "terms of sure text", "terms of other text",
}

// around fills in the features of contextNames in every row. sure is the first
// forest's value for every segment.
func (p *page) around(rows []float32, sure []float32, main int32) {
	n := len(p.segs)
	if n == 0 {
		return
	}
	width := len(rows) / n
	weight := make([]float32, n)
	for i := range p.segs {
		weight[i] = float32(p.segs[i].weight())
		if p.segs[i].hidden {
			weight[i] /= 4
		}
	}
	// sums from the start, so that any stretch's mean is a difference
	mass, length := make([]float32, n+1), make([]float32, n+1)
	for i := range n {
		mass[i+1] = mass[i] + sure[i]*weight[i]
		length[i+1] = length[i] + weight[i]
	}
	mean := func(a, b int) float32 {
		a, b = max(a, 0), min(b, n)
		if a >= b || length[b] <= length[a] {
			return -1
		}
		return (mass[b] - mass[a]) / (length[b] - length[a])
	}
	type sum struct{ mass, length float32 }
	paths, kins := map[uint32]*sum{}, map[uint32]*sum{}
	add := func(m map[uint32]*sum, k uint32, i int) {
		e := m[k]
		if e == nil {
			e = &sum{}
			m[k] = e
		}
		e.mass += sure[i] * weight[i]
		e.length += weight[i]
	}
	for i := range p.segs {
		b := &p.boxes[p.segs[i].box]
		add(paths, b.path, i)
		add(kins, b.kin, i)
	}
	// section: from one heading to the next
	section, headingAt := make([]float32, n), make([]int, n)
	start, head := 0, -1
	for i := 0; i <= n; i++ {
		if i == n || heading(p.segs[i].tag) {
			m := mean(start, i)
			for j := start; j < i; j++ {
				section[j], headingAt[j] = m, head
			}
			start, head = i+1, i
			if i < n {
				headingAt[i] = -1
			}
		}
	}
	for i := range p.segs { // a heading belongs to what it heads
		if heading(p.segs[i].tag) {
			section[i] = -1
			if i+1 < n {
				section[i] = section[i+1]
			}
		}
	}
	last := make([]float32, n) // segments since one that was sure
	run := make([]float32, n)
	since := float32(99)
	for i := range n {
		last[i] = since
		if sure[i] > 0.5 {
			since = 0
		}
		since = min(since+1, 99)
	}
	next := make([]float32, n)
	since = 99
	for i := n - 1; i >= 0; i-- {
		next[i] = since
		if sure[i] > 0.5 {
			since = 0
		}
		since = min(since+1, 99)
	}
	for i := 0; i < n; {
		j := i
		for j < n && (sure[j] > 0.5) == (sure[i] > 0.5) {
			j++
		}
		l := logf(length[j] - length[i])
		if sure[i] <= 0.5 {
			l = -l
		}
		for ; i < j; i++ {
			run[i] = l
		}
	}
	known, other := p.shareTerms(sure)
	mainSure := float32(-1)
	if main >= 0 {
		mainSure = mean(int(p.boxes[main].first), int(p.boxes[main].last))
	}
	total := max(mass[n], 1)
	at := func(i int) float32 {
		if i < 0 || i >= n {
			return -1
		}
		return sure[i]
	}
	for i := range p.segs {
		out := rows[(i+1)*width-len(contextNames) : (i+1)*width][:0]
		out = append(out, sure[i], at(i-3), at(i-2), at(i-1), at(i+1), at(i+2), at(i+3), mean(i-6, i), mean(i+1, i+7))
		box := p.segs[i].box
		for range 5 {
			if box < 0 {
				out = append(out, -1)
				continue
			}
			e := &p.boxes[box]
			out = append(out, mean(int(e.first), int(e.last)))
			box = e.parent
		}
		b := &p.boxes[p.segs[i].box]
		path, kin := paths[b.path], kins[b.kin]
		head := float32(-1)
		if headingAt[i] >= 0 {
			head = sure[headingAt[i]]
		}
		_ = append(out, mainSure, path.mass/max(path.length, 1), kin.mass/max(kin.length, 1), section[i], head,
			mass[i]/total, (mass[n]-mass[i+1])/total, last[i], next[i], logf(mass[n]), mass[n]/max(length[n], 1), run[i], known[i], other[i])
	}
}

// shareTerms gives for every segment the share of its longer words that stand in
// other segments which are sure to be text, and in others which are sure not to
// be: what a page speaks of runs through its text. Words are told apart by a
// hash of 14 bits, which is enough for a share. It is -1 where a segment has
// fewer than three such words.
func (p *page) shareTerms(sure []float32) (known, other []float32) {
	const bits = 14
	slot := func(t uint32) uint32 { return t * 2654435769 >> (32 - bits) }
	known, other = make([]float32, len(p.segs)), make([]float32, len(p.segs))
	var text, rest [1 << bits]uint8 // in how many segments a word stands
	var seen [1 << bits]int32       // the last segment that it was counted for
	from := int32(0)
	for i, to := range p.termEnds {
		if !p.segs[i].hidden {
			for _, t := range p.terms[from:to] {
				k := slot(t)
				if seen[k] == int32(i)+1 {
					continue
				}
				seen[k] = int32(i) + 1
				if sure[i] > 0.5 {
					text[k] = min(text[k], 254) + 1
				} else {
					rest[k] = min(rest[k], 254) + 1
				}
			}
		}
		from = to
	}
	from = 0
	for i, to := range p.termEnds {
		known[i], other[i] = -1, -1
		if to-from >= 3 {
			var own [2]uint8 // itself is not counted
			if !p.segs[i].hidden && sure[i] > 0.5 {
				own[0] = 1
			} else if !p.segs[i].hidden {
				own[1] = 1
			}
			var a, b int
			for _, t := range p.terms[from:to] {
				k := slot(t)
				if text[k] > own[0] {
					a++
				}
				if rest[k] > own[1] {
					b++
				}
			}
			known[i], other[i] = float32(a)/float32(to-from), float32(b)/float32(to-from)
		}
		from = to
	}
	return known, other
}

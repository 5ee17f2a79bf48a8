package webpage

// maxJudged is the number of segments up to which each is judged by the
// weights. No page for people has more; one that has is read by a simple rule.
const maxJudged = 20_000

// label decides for every segment whether it is text to keep.
func (r *reader) label() []bool {
	p := r.page
	keep := make([]bool, len(p.segs))
	if len(p.segs) == 0 {
		return keep
	}
	if len(p.segs) > maxJudged {
		r.doc.Warnings = append(r.doc.Warnings, "the page has very many parts: all running text of its main part is kept")
		b := &p.boxes[max(0, p.mainBox())]
		for i := b.first; i < b.last; i++ {
			g := &p.segs[i]
			keep[i] = !g.hidden && !g.control && g.linkRunes*2 <= g.runes
		}
		return keep
	}
	m := model()
	rows, _ := r.describeAll(false)
	width := len(rows) / len(p.segs)
	sure := make([]float32, len(p.segs))
	for i := range sure {
		sure[i] = m.First.Value(rows[i*width : (i+1)*width])
	}
	p.around(rows, sure, r.main)
	for i := range sure {
		sure[i] = m.Second.Value(rows[i*width : (i+1)*width])
	}
	return r.choose(sure, m.Threshold)
}

// choose keeps the segments that the second forest is sure enough of. What is
// enough depends on the page: with values that are probabilities, the choice
// with the best F1 to be expected keeps what is above half of that F1. A page
// that is clear gets a strict limit, one that is doubtful throughout a lower
// one. threshold stands for that half.
func (r *reader) choose(sure []float32, threshold float32) []bool {
	keep := make([]bool, len(sure))
	limit := max(0.2, threshold*r.expected(sure))
	for i := range keep {
		keep[i] = sure[i] >= limit && !r.page.segs[i].hidden
	}
	r.ensure(keep, sure)
	return keep
}

// expected is the best F1 that a choice of segments can be expected to have,
// counted in runes, where sure is how likely each is text.
func (r *reader) expected(sure []float32) float32 {
	const steps = 100
	var length, text [steps + 1]float32 // of the segments with a value in each step
	var all float32
	for i, v := range sure {
		if g := &r.page.segs[i]; !g.hidden {
			w := float32(g.weight() + 4)
			k := int(v * steps)
			length[k] += w
			text[k] += w * v
			all += w * v
		}
	}
	var best, l, t float32
	for k := steps; k >= 0; k-- {
		l, t = l+length[k], t+text[k]
		best = max(best, 2*t/max(l+all, 1))
	}
	return best
}

// ensure keeps something of a page on which nothing was sure enough, or where
// all that is sure is hidden by the page's own markup until a script shows it.
func (r *reader) ensure(keep []bool, sure []float32) {
	var best float32
	for i, k := range keep {
		if k {
			return
		}
		best = max(best, sure[i])
	}
	if best < 0.1 {
		return
	}
	for i := range keep {
		if sure[i] >= best*0.7 {
			keep[i] = true
		}
	}
}

// mainBox is the box that the running text of the page stands in, by the
// weight of its paragraphs: each counts for the box around it, half for the
// next, a third for the one after. It is -1 where there is no running text.
func (p *page) mainBox() int32 {
	score := make([]float64, len(p.boxes))
	for i := range p.segs {
		g := &p.segs[i]
		if !g.good() || g.hidden {
			continue
		}
		w := float64(min(g.weight(), 1200))
		b := &p.boxes[g.box]
		if b.all&(cueComment|cueFooter|cueForm|cueRelated|cueAside) != 0 {
			w /= 4
		}
		at := b.parent
		if b.children > 0 || at < 0 {
			at = g.box // text directly among other boxes
		}
		for k := 1; k <= 4 && at >= 0; k++ {
			score[at] += w / float64(k)
			at = p.boxes[at].parent
		}
	}
	best, top := int32(-1), 0.0
	for i := range score {
		b := &p.boxes[i]
		if b.runes == 0 || score[i] == 0 {
			continue
		}
		s := score[i] * (1 - float64(b.linkRunes)/float64(b.runes))
		if b.all&(cueRoleBody) != 0 {
			s *= 1.5
		}
		if s > top {
			best, top = int32(i), s
		}
	}
	return best
}

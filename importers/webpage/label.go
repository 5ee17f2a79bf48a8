package webpage

// label decides for every segment whether it is text to keep.
func (r *reader) label() []bool {
	p := r.page
	keep := make([]bool, len(p.segs))
	best := p.mainBox()
	for i := range p.segs {
		g := &p.segs[i]
		b := &p.boxes[g.box]
		inside := best >= 0 && i >= int(p.boxes[best].first) && i < int(p.boxes[best].last)
		bad := b.all&(cueComment|cueShare|cueNav|cueForm|cueFooter|cueRelated|cueAd|cueTags|cueCaption|cueAside) != 0
		keep[i] = inside && !g.hidden && !g.control && !(g.linkRunes*2 > g.runes) && (!bad || best >= 0 && b.all&^p.boxes[best].all&(cueComment|cueShare|cueNav|cueForm|cueFooter|cueRelated|cueAd|cueTags|cueCaption|cueAside) == 0)
	}
	return keep
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

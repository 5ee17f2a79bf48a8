package webpage

import (
	"strings"

	"sourcebook/notebook/document"
)

// standfirst finds the sentence or two between headline and text that sum it
// up. Where they only repeat how the text begins, they are no part of it: keep
// is changed.
func (r *reader) standfirst(keep []bool, at place) {
	d, p := r.doc, r.page
	if at.lead < 0 {
		return
	}
	var said []string
	for _, v := range []string{r.said.main.text("description"), r.first("og:description"), r.first("description"), r.first("twitter:description")} {
		if f := strings.TrimSuffix(fold(v), " "); len(f) > 30 {
			said = append(said, f)
		}
	}
	from := max(at.title, at.lead-15, 0)
	for i := from; i <= at.lead && i < len(p.segs); i++ {
		g := &p.segs[i]
		if g.hidden || g.control || g.runes < 30 || g.runes > 700 || i == at.title || heading(g.tag) && g.runes < 60 || g.linkRunes*2 > g.runes || p.elsewhere(g.box, at) {
			continue
		}
		f := fold(g.text)
		marked := p.boxes[g.box].own&cueLead != 0
		for a, k := g.box, 0; a >= 0 && k < 2 && !marked; a, k = p.boxes[a].parent, k+1 {
			marked = p.boxes[a].own&cueLead != 0 && p.boxes[a].segments <= 3
		}
		for _, s := range said {
			marked = marked || s == f || len(s) > 60 && strings.HasPrefix(f, strings.TrimSuffix(s, "…")) && len(f) < len(s)+40 || len(f) > 60 && strings.HasPrefix(s, f)
		}
		if !marked || f == fold(d.Title) {
			continue
		}
		// the first paragraph is a standfirst only where it is set apart
		repeats := false
		for j := i + 1; j < min(i+12, len(p.segs)); j++ {
			if !p.segs[j].hidden && len(f) > 30 && strings.HasPrefix(fold(p.segs[j].text), f) {
				repeats = true
			}
		}
		if i == at.lead && p.boxes[g.box].own&cueLead == 0 && !repeats {
			continue
		}
		if repeats {
			r.take(keep, i)
		}
		d.Set(&d.Standfirst, "standfirst", g.text, document.FromHTML, 0.8)
		return
	}
}

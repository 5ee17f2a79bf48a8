package webpage

import (
	"regexp"
	"strings"
)

// tidy takes out of the text what stands in the metadata or can never be text,
// however sure the weights are: lines of links, the author and the date above
// the first paragraph of an article. Pages without running text, such as lists
// of links, stay as they are.
func (r *reader) tidy(keep []bool, at place) {
	p := r.page
	var good, all int32
	for i, k := range keep {
		if k {
			all += p.segs[i].runes
			if p.segs[i].good() {
				good += p.segs[i].runes
			}
		}
	}
	if at.lead < 0 || good*2 < all {
		return
	}
	if at.title >= 0 && at.title < at.lead && keep[at.title] {
		shown, title := fold(p.segs[at.title].text), fold(r.doc.Title)
		kicker := heading(p.segs[at.title].tag) && len(shown) < 2*len(title) && (strings.HasSuffix(shown, " "+title) || strings.HasPrefix(shown, title+" "))
		if shown == title || kicker {
			r.take(keep, at.title)
		}
	}
	for i := at.first; i <= at.last; i++ {
		g := &p.segs[i]
		if !keep[i] || g.runes > 160 || heading(g.tag) {
			continue
		}
		if i < at.lead {
			line := strings.TrimSpace(g.text)
			if g.linkRunes*10 > g.runes*7 || bylineStart.MatchString(line) && g.runes < 100 || r.onlyDate(g) {
				r.take(keep, i)
			}
		}
	}
	for i := at.lead + 1; i < at.last; i++ { // callouts between paragraphs
		g := &p.segs[i]
		if keep[i] && g.runes < 200 && (advertLine.MatchString(g.text) || len(g.links) > 0 && (calloutLine.MatchString(g.text) || r.relatedLink(g))) {
			keep[i] = false
		}
	}
	for i := at.last; i > at.lead; i-- { // lines of links and rights under the text
		g := &p.segs[i]
		if !keep[i] || g.good() || g.tag == 0 {
			continue
		}
		if g.linkRunes*10 > g.runes*7 && len(g.links) > 1 && strings.Contains(g.text, "\n") || strings.Contains(g.text, "©") && g.runes < 160 {
			keep[i] = false
			continue
		}
		break
	}
}

// relatedLink says whether a line is nothing but a link in an element whose
// class says that it leads to something related.
func (r *reader) relatedLink(g *segment) bool {
	if g.linkRunes*10 < g.runes*9 {
		return false
	}
	for at, k := g.box, 0; at >= 0 && k < 3; at, k = r.page.boxes[at].parent, k+1 {
		if b := &r.page.boxes[at]; b.own&cueRelated != 0 && b.linkRunes*10 >= b.runes*9 {
			return true
		}
	}
	return false
}

var (
	// advertLine is all that stands in place of an advertisement.
	advertLine = regexp.MustCompile(`(?i)^[\s\-–—•*\[(]*(?:advertisement|advertising|sponsored(?: content)?|anzeige|werbung|реклама|reklam|publicité|publicidad|pubblicità|reklama|advertentie|article continues (?:below|after) (?:this )?(?:ad|advertisement)|story continues below(?: advertisement)?|continue reading(?: below)?)[\s\-–—•*\])]*$`)
	// calloutLine leads away from the text in the middle of it.
	calloutLine = regexp.MustCompile(`(?i)^[\s\-–—•*►▶»>\[(]*(?:read (?:more|also|next|on)|also read|see also|more on this|related(?: (?:article|story|stories|content|reading|coverage|news))?|recommended|you (?:may|might) also (?:like|enjoy)|don[’']t miss|watch(?: now| also)?|lesen sie (?:auch|mehr)|mehr (?:dazu|zum thema)|siehe auch|das könnte sie auch interessieren|lire aussi|à lire(?: aussi)?|voir aussi|lea (?:también|además)|te puede interesar|leia (?:também|mais)|leggi anche|читайте также|читать также|по теме|смотрите также|ayrıca oku|ilgili haber|həmçinin oxu|oxşar xəbər|zobacz (?:także|też)|czytaj (?:także|też|więcej)|lees ook|läs (?:också|mer)|les også)\b[^.]{0,12}?(?::|>|»|►|\n|-|–|—|$)`)
)

// onlyDate says whether a short line holds a date and hardly more.
func (r *reader) onlyDate(g *segment) bool {
	if g.runes > 60 {
		return false
	}
	in := r.datesIn(g.text)
	return len(in) > 0 && int(g.runes)-(in[0].End-in[0].Start) < 25
}

package webpage

import (
	"strings"

	"golang.org/x/net/html/atom"

	"sourcebook/notebook/document"
)

// content makes the document's blocks of the segments to keep and lists the
// others with a reason.
func (r *reader) content(keep []bool) {
	p := r.page
	var reason document.Reason
	var passage []string // neighbours with one reason are one passage
	end := func() {
		if len(passage) > 0 {
			r.doc.Dropped = append(r.doc.Dropped, document.Dropped{Reason: reason, Text: strings.Join(passage, "\n")})
			passage = nil
		}
	}
	for i := range p.segs {
		g := &p.segs[i]
		if keep[i] {
			end()
			r.doc.Blocks = append(r.doc.Blocks, p.block(g))
			continue
		}
		if g.hidden {
			continue
		}
		if why := r.reason(i); why != reason {
			end()
			reason = why
		}
		passage = append(passage, g.text)
	}
	end()
	r.pictures(keep)
}

// block is the document's form of a segment.
func (p *page) block(g *segment) document.Block {
	b := &p.boxes[g.box]
	out := document.Block{Kind: document.Paragraph, Text: g.text, Links: g.links}
	switch g.tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		out.Kind, out.Level = document.Heading, int(g.tag.String()[1]-'0')
	case atom.Li:
		out.Kind, out.Level = document.ListItem, max(1, int(b.list))
	case atom.Pre:
		out.Kind = document.Code
	case atom.Table:
		out.Kind = document.Table
	case atom.Figcaption, atom.Caption:
		out.Kind = document.Caption
	default:
		if b.quote > 0 {
			out.Kind, out.Level = document.Quote, int(b.quote)
		}
	}
	if out.Kind != document.Code && out.Kind != document.Table {
		return out
	}
	for strings.Contains(out.Text, "\n\n") { // a block has no blank line in it
		out.Text = strings.ReplaceAll(out.Text, "\n\n", "\n \n")
	}
	return out
}

// reason says what a dropped segment most likely is.
func (r *reader) reason(i int) document.Reason {
	p := r.page
	g := &p.segs[i]
	own := cues(0)
	if i == r.titleAt || r.taken[i] {
		return document.Repeated
	}
	if g.runes < 120 && p.boxes[g.box].all&(cueComment|cueRelated|cueFooter|cueNav|cueShare|cueAd|cueForm|cueAside) == 0 && r.saidAlready(g) {
		return document.Repeated
	}
	for at, k := g.box, 0; at >= 0 && k < 40; at, k = p.boxes[at].parent, k+1 {
		c := p.boxes[at].own
		switch {
		case c&cueComment != 0:
			return document.Comments
		case c&cueShare != 0:
			return document.Share
		case c&cueRelated != 0:
			return document.Related
		case c&cueAd != 0:
			return document.Advert
		case c&cueForm != 0:
			return document.Form
		case c&cueFooter != 0:
			return document.Footer
		case c&(cueNav|cueHeader) != 0:
			return document.Navigation
		case c&(cueTitle|cueMeta|cueAuthor|cueLead|cueCaption) != 0 && own == 0:
			own = c
		case c&(cueTags) != 0:
			return document.Navigation
		}
	}
	switch {
	case g.control:
		return document.Form
	case own != 0:
		return document.Repeated
	case g.linkRunes*2 > g.runes:
		return document.Navigation
	}
	return document.Related
}

// saidAlready says whether a short line only holds what the metadata hold: a
// date, an author, the section, the site.
func (r *reader) saidAlready(g *segment) bool {
	d := r.doc
	f := fold(g.text)
	if r.folded == nil {
		r.folded = []string{}
		for _, s := range append([]string{d.Title, d.Section, d.Site, d.Standfirst}, d.Byline...) {
			r.folded = append(r.folded, fold(s))
		}
	}
	for _, s := range r.folded {
		if s != "" && (f == s || len(s) > 5 && strings.Contains(f, s) && len(f) < len(s)+40) {
			return true
		}
	}
	return d.Published != "" && g.runes < 60 && len(r.datesIn(g.text)) > 0
}

package pastedtext

import (
	"strings"
	"unicode/utf8"

	"sourcebook/importers/dates"
	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// chrome are the cues that only the frame of a page has.
const chrome = line.Share | line.Nav | line.Account | line.Privacy | line.Legal | line.Related | line.Comment | line.Letter | line.Form | line.More

// isPlain says that there is no page around the text: hardly a line that only a
// frame has, and no long run of short lines beside running text.
func (p *paste) isPlain() bool {
	marks, prose, run, longest, dropped := 0, 0, 0, 0, 0
	for i := range p.lines {
		l := &p.lines[i]
		if l.Words() <= 8 && l.Whole&chrome != 0 || l.FileName() || strings.Contains(l.Text, "©") {
			marks++
		}
		if crumbs(l.Text) != nil {
			marks += 2
		}
		if l.Repeats() > 1 && l.Words() < 12 && l.Words() > 1 {
			marks++
		}
		if l.Prose() {
			prose++
		}
		if p.part[i] != body {
			dropped++
			run++
		} else {
			run = 0
		}
		longest = max(longest, run)
	}
	switch {
	case marks == 0 && (longest < 12 || prose*4 < dropped):
		return true
	case marks <= 1 && longest < 4:
		return true
	case prose == 0 && marks*6 < len(p.lines):
		return true // a list
	}
	return false
}

// readPlain keeps all of a text: as an article where it begins with a title and
// has paragraphs, else as a note.
func (p *paste) readPlain() {
	p.titleLine = -1
	for i := range p.part {
		p.part[i] = body
	}
	paragraphs := p.paragraphs()
	prose := 0
	for _, b := range paragraphs {
		if b.Kind == document.Paragraph && len(b.Text) > 80 {
			prose++
		}
	}
	d := p.doc
	d.Kind = document.Note
	if prose >= 2 && p.titled() {
		d.Kind = document.Article
		p.titleLine = p.plainTitle()
		d.Set(&d.Title, "title", p.lines[p.titleLine].Text, document.FromText, 0.7)
		p.part[p.titleLine] = title
		if p.titleLine == 1 {
			d.Set(&d.Site, "site", p.lines[0].Text, document.FromText, 0.5)
			p.part[0] = metadata
		}
		p.plainEdges()
		p.plainHead()
		p.bounds()
		p.signature()
		for i := range p.part {
			if p.part[i] == repeated {
				p.part[i] = body
			}
		}
		paragraphs = p.paragraphs()
	}
	d.Blocks = paragraphs
	p.bounds()
	d.Dropped = p.dropped()
}

// titled says that the first line is like a title: short, without a full stop,
// and set off from what follows.
func (p *paste) titled() bool {
	l := &p.lines[0]
	if l.Words() > 22 || l.Words() == 0 || len(p.lines) < 2 || !headingEnd(l.Last()) || cutBullet(l.Text) != l.Text {
		return false
	}
	return l.BlankAfter || p.lines[1].Words() > 2*l.Words() || p.lines[1].Dateline()
}

// plainTitle is the line of the title: the first, or the second where the first
// is a short name and the second stands over byline or date.
func (p *paste) plainTitle() int {
	if len(p.lines) > 3 && p.lines[0].Words() <= 3 && p.lines[1].Words() > 3 && p.lines[1].Words() <= 25 && headingEnd(p.lines[1].Last()) && p.lines[2].Dateline() {
		return 1
	}
	return 0
}

// plainEdges takes the address that stands alone in the first or last lines, and
// drops words of the frame there, such as "Print".
func (p *paste) plainEdges() {
	for _, i := range []int{0, 1, len(p.lines) - 2, len(p.lines) - 1} {
		if i < 0 || i >= len(p.lines) || p.part[i] != body {
			continue
		}
		l := &p.lines[i]
		switch {
		case strings.HasPrefix(l.Text, "http") && hostOf(l.Text) != "" && !strings.Contains(l.Text, " "):
			p.doc.Set(&p.doc.URL, "url", l.Text, document.FromText, 0.8)
			p.part[i] = metadata
		case l.Words() <= 3 && l.Whole&(line.Share|line.Nav) != 0:
			p.part[i] = rest
		}
	}
}

// plainHead takes byline and date from the lines under the title.
func (p *paste) plainHead() {
	d := p.doc
	for i := p.titleLine + 1; i < len(p.lines) && i <= p.titleLine+5; i++ {
		l := &p.lines[i]
		if l.Prose() || l.Words() > 16 {
			break
		}
		names, _ := p.bylineIn(l.Text)
		for _, n := range names {
			p.author(n, 0.8)
			p.part[i] = metadata
		}
		if f := dates.Find(l.Text, p.lang, p.dateOptions()); len(f) > 0 && f[0].Precision == document.Day {
			d.Set((*string)(&d.Published), "published", string(f[0].Date), document.FromText, 0.7)
			p.part[i] = metadata
		}
	}
}

// paragraphs makes blocks of all lines that are kept. Lines that were wrapped at
// a fixed width are joined again.
func (p *paste) paragraphs() []document.Block {
	var list []document.Block
	for i := 0; i < len(p.lines); {
		if p.part[i] != body {
			i++
			continue
		}
		end := i + 1
		for end < len(p.lines) && !p.lines[end].BlankBefore && p.part[end] == body {
			end++
		}
		if p.wrapped(i, end) {
			var parts []string
			for j := i; j < end; j++ {
				parts = append(parts, p.lines[j].Text)
			}
			text := strings.Join(parts, " ")
			kind := document.Paragraph
			if cut := cutBullet(text); cut != text {
				kind, text = document.ListItem, cut
			}
			b := document.Block{Kind: kind, Text: text, Links: linksIn(text)}
			if kind == document.ListItem {
				b.Level = 1
			}
			list = append(list, b)
		} else {
			for j := i; j < end; j++ {
				list = append(list, p.block(j, p.blockKind(j)))
			}
		}
		i = end
	}
	return list
}

// wrapped says that the lines from i up to end are one paragraph that was cut at
// a fixed width: the first word of each would not have fitted on the line
// before.
func (p *paste) wrapped(i, end int) bool {
	if end-i < 2 {
		return false
	}
	width := 0
	for j := i; j < end; j++ {
		width = max(width, p.lines[j].Runes())
	}
	if width < 40 || width > 120 {
		return false
	}
	for j := i; j < end-1; j++ {
		next := p.lines[j+1].Text
		if cutBullet(next) != next || strings.HasPrefix(next, "http") || !strings.Contains(p.lines[j].Text, " ") {
			return false
		}
		word, _, _ := strings.Cut(next, " ")
		if p.lines[j].Runes()+1+utf8.RuneCountInString(word) < width-1 {
			return false
		}
	}
	return true
}

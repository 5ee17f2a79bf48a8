package pastedtext

import (
	"strings"
	"unicode/utf8"

	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// findStandfirst takes as the standfirst a summary between title and body. One
// that repeats the opening of a later paragraph is no part of the body.
func (p *paste) findStandfirst() {
	if p.top == len(p.lines) {
		return
	}
	from := max(p.titleLine, p.top-10, 0)
	for i := from; i < min(p.top+4, p.bottom); i++ {
		l := &p.lines[i]
		if p.part[i] != rest && p.part[i] != body || l.Words() < 6 || cutBullet(l.Text) != l.Text {
			continue
		}
		// The paragraph that it repeats is the first or second after it.
		for j, prose := i+1, 0; j < len(p.lines) && j <= i+14 && prose < 2; j++ {
			if p.part[j] != body || p.lines[j].Words() < l.Words() {
				continue
			}
			if opens(p.lines[j].Text, l.Text) {
				p.doc.Set(&p.doc.Standfirst, "standfirst", l.Text, document.FromText, 0.9)
				p.part[i] = standfirst
				return
			}
			prose++
		}
	}
	if p.titleLine < 0 {
		return
	}
	// A summary between the title and a line with the author or the date, or one
	// that was not taken for body.
	last := p.lastHeadLine()
	for i := p.titleLine + 1; i <= p.titleLine+6 && i < len(p.lines) && i < max(p.top, last); i++ {
		l := &p.lines[i]
		if p.part[i] != rest && (p.part[i] != body || i > last) {
			continue
		}
		if l.Words() >= 6 && l.Words() <= 70 && l.Whole == 0 && l.Start&(line.Credit|line.Related|line.By) == 0 && !l.FileName() && !l.Dateline() && capitalised(l.Text) && l.Repeats() <= 2 && cutBullet(l.Text) == l.Text {
			p.doc.Set(&p.doc.Standfirst, "standfirst", l.Text, document.FromText, 0.6)
			p.part[i] = standfirst
			return
		}
	}
}

// lastHeadLine is the last line of byline or date within a few lines after the
// title, 0 where there is none.
func (p *paste) lastHeadLine() int {
	last, prose := 0, 0
	for i := p.titleLine + 1; i < p.bottom-1 && i <= p.titleLine+9 && prose < 2; i++ {
		if p.lines[i].Prose() {
			prose++
		}
		if p.part[i] == metadata && (p.lines[i].Dateline() || p.lines[i].Words() <= 8) {
			last = i
		}
	}
	return last
}

// opens says that paragraph begins with what summary says, but for an ellipsis
// at the summary's end.
func opens(paragraph, summary string) bool {
	summary = strings.TrimRight(summary, ". …\u00a0")
	if utf8.RuneCountInString(summary) < 30 {
		return false
	}
	if strings.HasPrefix(paragraph, summary) {
		return true
	}
	a, b := key(paragraph), key(summary)
	return strings.HasPrefix(a, b)
}

// dropRepeats drops what stands twice: a body paragraph that was there before,
// lines that only repeat title or standfirst, names of pictures.
func (p *paste) dropRepeats() {
	seen := map[string]bool{}
	for i := range p.lines {
		if p.part[i] != body {
			continue
		}
		l := &p.lines[i]
		switch {
		case same(l.Text, p.doc.Title), p.doc.Standfirst != "" && same(l.Text, p.doc.Standfirst):
			p.part[i] = repeated
		case l.FileName() && l.Words() < 8:
			p.part[i] = repeated
		case l.Repeats() > 1 && l.Words() >= 8:
			if seen[l.Text] {
				p.part[i] = repeated
			}
			seen[l.Text] = true
		}
	}
}

// trimHead drops lines before the headline, and short lines between it and the
// first paragraph that were taken for body and only name the site, the author,
// a picture or a count.
func (p *paste) trimHead() {
	for i := p.top; i < p.titleLine; i++ {
		if p.part[i] == body && !p.lines[i].Prose() {
			p.part[i] = rest
		}
	}
	last := p.lastHeadLine()
	for i := max(p.top, p.titleLine+1); i < p.bottom && i < p.top+14; i++ {
		l := &p.lines[i]
		if p.part[i] != body {
			continue
		}
		if l.Prose() {
			if i > last {
				return
			}
			continue
		}
		switch {
		case l.Letters() == 0, l.FileName():
			p.part[i] = rest
		case p.isSite(l.Text) && l.Words() <= 4, p.isAuthor(l.Text):
			p.part[i] = repeated
		case l.Words() <= 8 && l.Whole&^line.Credit != 0 && l.Whole&line.Tags == 0, l.Dateline() && l.Words() <= 14 && !sentence(l.Text),
			l.Words() <= 10 && l.Start&line.Credit != 0 && credit(l.Text):
			p.part[i] = rest
		}
	}
}

// callouts drop what interrupts the body: "Advertisement", "READ ALSO: …".
func (p *paste) callouts() {
	for i := p.top; i < p.bottom; i++ {
		l := &p.lines[i]
		if p.part[i] != body || l.Words() > 28 {
			continue
		}
		switch head, _, ok := strings.Cut(l.Text, ":"); {
		case ok && l.Start&(line.Related|line.More|line.Letter) != 0 && line.CuesOf(head)&(line.Related|line.More|line.Letter) != 0 && !sentence(l.Text):
			p.part[i] = rest
		case l.Words() <= 5 && l.Whole&(line.Advert|line.Account|line.Letter) != 0, l.Words() <= 3 && l.Whole&line.Share != 0 && l.Whole&(line.Nav|line.Form) == 0:
			p.part[i] = rest
		}
	}
}

// goOn takes back paragraphs right behind the body that were dropped for what
// interrupts it: a newsletter box, an advert, one link to another article.
func (p *paste) goOn() {
	stems := map[string]bool{}
	for i := p.top; i < p.bottom; i++ {
		if p.part[i] == body && p.lines[i].Prose() {
			for _, w := range strings.FieldsFunc(p.lines[i].Text, notWord) {
				if s := stem(w); s != "" && len(stems) < 4000 {
					stems[s] = true
				}
			}
		}
	}
	for from := p.bottom; from < len(p.lines); {
		found := -1
		for i := from; i < len(p.lines) && i < from+7; i++ {
			l := &p.lines[i]
			cue := l.Whole | l.Start
			if l.Words() <= 8 && cue&(line.Comment|line.About|line.Legal|line.Tags) != 0 || strings.Contains(l.Text, "©") || l.Words() <= 6 && l.Whole&line.Related != 0 {
				return
			}
			if p.part[i] == rest && l.Prose() && sentence(l.Text) && l.Words() >= 12 && l.BlankBefore && l.BlankAfter && cue == 0 && l.Repeats() == 1 &&
				(p.score[i] > -2 || p.score[i] > -5.5 && (strings.Contains(l.Text, ". ") && l.Words() >= 18 || speaksOf(l.Text, stems))) {
				found = i
				break
			}
		}
		if found < 0 {
			return
		}
		p.part[found] = body
		if h := &p.lines[found-1]; p.part[found-1] == rest && h.BlankBefore && h.BlankAfter && h.Words() <= 10 && h.Words() > 1 && h.Whole|h.Start == 0 && !h.HasYear() && headingEnd(h.Last()) && capitalised(h.Text) {
			p.part[found-1] = body // its heading
		}
		from = found + 1
	}
}

// listHeads takes back the short line over a list that was kept.
func (p *paste) listHeads() {
	for i := max(p.titleLine+1, p.top-1); i > 0 && i < p.bottom-1; i++ {
		l, next := &p.lines[i], p.lines[i+1].Text
		if p.part[i] == rest && p.part[i+1] == body && cutBullet(next) != next && l.Words() <= 8 && l.Letters() > 0 && l.Whole|l.Start == 0 && capitalised(l.Text) && !l.Dateline() && (i == 0 || p.part[i-1] != rest) {
			p.part[i] = body
		}
	}
}

// speaksOf says that a text shares words with the body.
func speaksOf(text string, stems map[string]bool) bool {
	hits, n := 0, 0
	for _, w := range strings.FieldsFunc(text, notWord) {
		if s := stem(w); s != "" {
			n++
			if stems[s] {
				hits++
			}
		}
	}
	return hits >= 2 && hits*6 >= n
}

// trimTail drops from the body's end what is no text: a lone count, a name that
// was read as the author's, words of the frame.
func (p *paste) trimTail() {
	for i := p.bottom - 1; i > p.top && i > p.bottom-12; i-- {
		l := &p.lines[i]
		if p.part[i] != body {
			continue
		}
		switch {
		case l.Letters() == 0 && !sentence(l.Text), l.FileName(), l.Words() <= 8 && l.Whole != 0:
			p.part[i] = rest
		case p.isAuthor(l.Text):
			p.part[i] = repeated
		default:
			return
		}
	}
}

// sentence says that a text ends like one.
func sentence(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

// isAuthor says that a text is a name of the byline.
func (p *paste) isAuthor(text string) bool {
	for _, n := range p.doc.Byline {
		if same(n, text) {
			return true
		}
	}
	return false
}

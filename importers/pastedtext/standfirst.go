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
		if p.part[i] != rest && p.part[i] != body || l.Words() < 6 {
			continue
		}
		for j := i + 1; j < len(p.lines) && j <= i+14; j++ {
			if p.part[j] == body && p.lines[j].Words() >= l.Words() && opens(p.lines[j].Text, l.Text) {
				p.doc.Set(&p.doc.Standfirst, "standfirst", l.Text, document.FromText, 0.9)
				p.part[i] = standfirst
				return
			}
		}
	}
	// One that was not taken for body, under the title.
	if p.titleLine < 0 {
		return
	}
	for i := p.titleLine + 1; i < p.top && i <= p.titleLine+8; i++ {
		l := &p.lines[i]
		if p.part[i] == rest && l.Words() >= 8 && l.Words() <= 80 && l.Cues == 0 && !l.HasYear() && !l.FileName() && capitalised(l.Text) && l.Repeats() <= 2 {
			p.doc.Set(&p.doc.Standfirst, "standfirst", l.Text, document.FromText, 0.6)
			p.part[i] = standfirst
			return
		}
	}
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

// trimHead drops short lines between the headline and the first paragraph that
// were taken for body and only name the site, the author, a picture or a count.
func (p *paste) trimHead() {
	for i := p.top; i < p.bottom && i < p.top+12; i++ {
		l := &p.lines[i]
		if p.part[i] != body {
			continue
		}
		if l.Prose() {
			return
		}
		switch {
		case l.Letters() == 0, l.FileName():
			p.part[i] = rest
		case p.isSite(l.Text) && l.Words() <= 4, p.isAuthor(l.Text):
			p.part[i] = repeated
		case l.Words() <= 8 && l.Whole&^line.Credit != 0, l.Dateline() && l.Words() <= 14:
			p.part[i] = rest
		}
	}
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

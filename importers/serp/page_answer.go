package serp

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/notebook/document"
)

// answer finds and reads the AI answer of the page, and gives the element that
// holds it. Without one it is nil.
func (p *page) answer() *html.Node {
	mark := p.answerMark()
	if mark == nil {
		return nil
	}
	box, lines := p.answerBox(mark)
	if box == nil {
		return nil
	}
	answer := &document.Answer{State: document.Answered}
	declined := false
	var pieces []piece
	for _, l := range lines {
		switch {
		case l.cited:
			p.cite(l)
			continue
		case l.text == "" && len(l.sources) == 0:
			continue
		case declinedMark.MatchString(l.text):
			declined = true
			continue
		case answerHeading(l.text) != "" || chrome.MatchString(l.text) || endOfAnswer.MatchString(l.text) || collapsedMark.MatchString(l.text) || pageMark.MatchString(l.text):
			continue
		case chip.MatchString(l.text) && len(pieces) > 0 && utf8.RuneCountInString(l.text) < 50:
			last := &pieces[len(pieces)-1]
			last.sources = append(last.sources, chip.FindStringSubmatch(l.text)[1])
			continue
		}
		var q piece
		switch {
		case l.text == "" && len(pieces) > 0:
			pieces[len(pieces)-1].sources = appendNew(pieces[len(pieces)-1].sources, l.sources...)
			continue
		case l.text == "":
			continue
		case l.label != "":
			q = piece{label: l.label, text: l.text}
		case l.heading:
			q = piece{kind: headingPiece, text: strings.TrimSpace(strings.TrimRight(l.text, ":： "))}
		default:
			q = read(l.text)
			if q.kind == headingPiece && (l.listed || !strings.HasSuffix(l.text, ":")) {
				// Markup says what is a heading; other short lines are statements.
				q = piece{text: l.text}
			}
		}
		q.listed, q.sources = l.listed, l.sources
		if len(pieces) >= maxResults {
			break
		}
		pieces = append(pieces, q)
	}
	answer.Sections = sections(settleHeadings(pieces))
	if answer.Sections == nil {
		answer.Sections = []document.Section{}
		answer.State = document.Collapsed
		if declined {
			answer.State = document.Declined
		}
	} else if last := pieces[len(pieces)-1].text; strings.HasSuffix(last, "…") || strings.HasSuffix(last, "...") {
		answer.State = document.Collapsed
	}
	place(p.d, answer)
	return box
}

func appendNew(list []string, more ...string) []string {
	for _, m := range more {
		known := false
		for _, l := range list {
			known = known || l == m
		}
		if !known {
			list = append(list, m)
		}
	}
	return list
}

// answerMark finds the heading over an AI answer.
func (p *page) answerMark() *html.Node {
	var found *html.Node
	walk(p.root, func(n *html.Node) (bool, bool) {
		if n.Type == html.ElementNode && unseen(n) && n.DataAtom != atom.Head {
			return true, false
		}
		if n.Type != html.TextNode || len(n.Data) > 120 {
			return false, false
		}
		e := answerHeading(collapse(n.Data))
		if e == "" || e != p.engine && e != anyEngine {
			return false, false
		}
		// A heading, or what stands in for one; not a link in the page's menu.
		if ancestor(n, 5, isHeading) != nil || ancestor(n, 4, func(m *html.Node) bool { return m.DataAtom == atom.Strong || m.DataAtom == atom.B }) != nil || ancestor(n, 6, isLink) == nil {
			found = n.Parent
			return true, true
		}
		return false, false
	})
	return found
}

// answerLine is a block of an AI answer.
type answerLine struct {
	text            string
	label           string // a bold opening that a dash or colon parts from the rest
	heading, listed bool
	sources         []string
	cited           bool // a card of a source: text is its title, sources its address
}

// answerBox climbs from the heading to the element that holds the answer.
func (p *page) answerBox(mark *html.Node) (*html.Node, []answerLine) {
	box := mark
	var lines []answerLine
	var kept *html.Node
	for range 24 {
		if box.Parent == nil || box.Parent.DataAtom == atom.Body || attr(box.Parent, "role") == "main" || box.Parent.DataAtom == atom.Main {
			break
		}
		box = box.Parent
		if p.holdsResults(box) {
			break
		}
		now := p.answerLines(box)
		n := 0
		for _, l := range now {
			if !l.cited && !declinedMark.MatchString(l.text) && answerHeading(l.text) == "" && !chrome.MatchString(l.text) {
				n += utf8.RuneCountInString(l.text)
			}
		}
		before := 0
		for _, l := range lines {
			before += utf8.RuneCountInString(l.text)
		}
		if n < 60 {
			if kept == nil || len(now) > len(lines) {
				kept, lines = box, now
			}
			continue
		}
		// Climb on only while that adds to the answer.
		if before >= 60 && n <= before+20 {
			break
		}
		kept, lines = box, now
	}
	return kept, lines
}

// holdsResults tells whether an element holds linked headings outside the
// answer: it is the list of results then.
func (p *page) holdsResults(n *html.Node) bool {
	count := 0
	walk(n, func(m *html.Node) (bool, bool) {
		if m.Type == html.ElementNode && m.DataAtom == atom.Cite {
			count++
		}
		if isHeading(m) && m.DataAtom != atom.H1 && ancestor(m, 6, isLink) != nil {
			count++
		}
		return false, count > 2
	})
	return count > 2
}

// answerLines reads the blocks under an element.
func (p *page) answerLines(root *html.Node) []answerLine {
	var lines []answerLine
	var now answerLine
	var b strings.Builder
	total := 0
	flush := func() {
		now.text = collapse(b.String())
		b.Reset()
		if now.text == "" && now.label != "" {
			now.text, now.label = now.label, ""
		}
		if now.text != "" || len(now.sources) > 0 {
			lines = append(lines, now)
			total += len(now.text)
		}
		now = answerLine{}
	}
	var open []*html.Node
	var labelEnd *html.Node // a bold opening of a block, which is a label
	walk(root, func(n *html.Node) (bool, bool) {
		for len(open) > 0 && !within(n, open[len(open)-1]) {
			flush()
			open = open[:len(open)-1]
		}
		if labelEnd != nil && !within(n, labelEnd) {
			if s := strings.TrimSpace(b.String()); s != "" && n.Type == html.TextNode {
				next := strings.TrimLeft(n.Data, " \u00a0\n\t")
				colon := strings.HasSuffix(s, ":") || strings.HasPrefix(next, ":")
				dash := strings.HasPrefix(next, "—") || strings.HasPrefix(next, "–") || strings.HasPrefix(next, "- ")
				if rest := strings.TrimLeft(next, ":—–- "); (colon || dash) && len(strings.Fields(s)) <= longestLabel {
					// "<b>Ports</b> — the two …"
					b.Reset()
					b.WriteString(rest)
					now.label = collapse(strings.TrimRight(s, ": "))
					labelEnd = nil
					return false, false
				}
			}
			labelEnd = nil
		}
		if total > 200000 || len(lines) > maxResults {
			return true, true
		}
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
			return false, false
		case html.ElementNode:
		default:
			return false, false
		}
		if n != root && (unseen(n) || styledAway(n)) {
			return true, false
		}
		if n != root && (n.DataAtom == atom.Button || attr(n, "role") == "button") && len(text(n, 200)) < 80 {
			return true, false
		}
		if isLink(n) {
			return p.answerLink(n, &now, &b, flush, &lines), false
		}
		if n.DataAtom == atom.Pre && n != root {
			// Some answers set words of code in a sentence so.
			if t := text(n, 100); len(t) < 60 && !strings.Contains(t, "\n") {
				b.WriteString(" " + t + " ")
				return true, false
			}
		}
		if isBlock(n) || isHeading(n) {
			flush()
			if n.FirstChild != nil {
				open = append(open, n)
			}
			now.heading = isHeading(n)
			now.listed = n.DataAtom == atom.Li || ancestor(n, 3, func(m *html.Node) bool { return m.DataAtom == atom.Li }) != nil
		}
		if (n.DataAtom == atom.Strong || n.DataAtom == atom.B) && strings.TrimSpace(b.String()) == "" {
			labelEnd = n
			if len(open) > 0 && sameText(n, open[len(open)-1]) && headingLine(text(n, 200)) && !now.listed {
				now.heading = true
			}
		}
		return false, false
	})
	flush()
	return lines
}

// sameText tells whether an element holds all the text of a block.
func sameText(n, block *html.Node) bool {
	return text(n, 300) == text(block, 300)
}

// answerLink reads a link within an answer: the mark of a source, a card of
// one, or words of the sentence. It tells whether to leave its content out.
func (p *page) answerLink(a *html.Node, now *answerLine, b *strings.Builder, flush func(), lines *[]answerLine) (skip bool) {
	u, _ := p.resolve(a)
	if u == nil || ownHost(p.engine, u.Host) && !strings.HasPrefix(u.Host, "support.") && p.searches(u) {
		return false
	}
	label := text(a, 400)
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	if ownHost(p.engine, u.Host) {
		return utf8.RuneCountInString(label) < 30 // "Learn more"
	}
	switch {
	case label == "" || isNumber(label) || isSourceLine(strings.ToLower(label)) || strings.EqualFold(label, host) || chip.MatchString(label):
		now.sources = appendNew(now.sources, u.String())
		return true
	}
	// A card: the link is all that its block holds, and it has several lines or
	// a heading of its own.
	box := ancestor(a, 6, isBlock)
	if box != nil && strings.TrimSpace(b.String()) == "" && (len(linesUnder(a, 1000, nil)) > 1 || text(box, 600) == label && utf8.RuneCountInString(label) > 25) {
		flush()
		*lines = append(*lines, answerLine{text: firstLine(a), sources: []string{u.String()}, cited: true})
		return true
	}
	now.sources = appendNew(now.sources, u.String())
	return false
}

func firstLine(n *html.Node) string {
	best := ""
	for _, l := range linesUnder(n, 1000, nil) {
		if _, ok := displayAddress(l); ok {
			continue
		}
		if utf8.RuneCountInString(l) > utf8.RuneCountInString(best) && utf8.RuneCountInString(best) < 20 {
			best = l
		}
	}
	return best
}

func isNumber(s string) bool {
	s = strings.Trim(s, "[]() ")
	if s == "" || len(s) > 4 {
		return false
	}
	for _, r := range s {
		if (r < '0' || r > '9') && r != '+' {
			return false
		}
	}
	return true
}

// cite lists a source that the answer as a whole cites.
func (p *page) cite(l answerLine) {
	u, err := url.Parse(l.sources[0])
	if err != nil || l.text == "" {
		return
	}
	for _, r := range p.d.Search.Results {
		if r.URL == l.sources[0] {
			return
		}
	}
	p.d.Search.Results = append(p.d.Search.Results, document.Result{Title: l.text, URL: l.sources[0], Site: strings.TrimPrefix(u.Hostname(), "www."), Kind: "panel"})
}

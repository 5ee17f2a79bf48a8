package pastedtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/importers/dates"
	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// titleWindow is how many lines before the body a title is looked for in, and
// titleInside how many of the body's own first lines.
const (
	titleWindow = 40
	titleInside = 4
)

// findTitle takes as the title the line near the body's beginning that looks
// most like one.
func (p *paste) findTitle() {
	p.titleLine = -1
	d := p.doc
	if p.top == len(p.lines) {
		return
	}
	crumb := ""
	if n := len(p.crumbs); n > 1 && utf8.RuneCountInString(p.crumbs[n-1]) > 12 {
		crumb = strings.TrimRight(p.crumbs[n-1], "….")
	}
	opening := p.openingWords()
	counts := p.keyCounts()
	best, at := 0.0, -1
	from := max(0, p.top-titleWindow)
	// The top of the page may hold the document's title.
	for i := range min(3, from) {
		if v := p.titleValue(i, crumb, opening, counts); v > best {
			best, at = v, i
		}
	}
	for i := from; i < min(p.top+titleInside, p.bottom); i++ {
		if i > p.top && p.lines[i].Prose() {
			break
		}
		if v := p.titleValue(i, crumb, opening, counts); v > best {
			best, at = v, i
		}
	}
	if best < 2.2 && crumb != "" && !strings.HasSuffix(p.crumbs[len(p.crumbs)-1], "…") {
		d.Set(&d.Title, "title", p.crumbs[len(p.crumbs)-1], document.FromText, 0.8)
		return
	}
	if at < 0 || best < 1 {
		return
	}
	text := p.lines[at].Text
	text, site := cutSite(text, counts, p.hostNames())
	d.Set(&d.Title, "title", text, document.FromText, min(0.5+best/12, 0.95))
	if site != "" {
		d.Set(&d.Site, "site", site, document.FromText, 0.8)
	}
	p.titleLine = at
	p.part[at] = title
	// Where the document's title stands at the top and the headline below, the
	// headline is where the article begins.
	for i := from; i < min(p.top+titleInside, p.bottom); i++ {
		if i != at && same(p.lines[i].Text, text) {
			p.part[i] = repeated
			if i > p.titleLine {
				p.titleLine = i
			}
		}
	}
}

// keyCounts counts the lines of the page by their letters and digits.
func (p *paste) keyCounts() map[string]int {
	n := map[string]int{}
	for i := range p.lines {
		if t := p.lines[i].Text; len(t) <= 300 {
			n[key(t)]++
		}
	}
	return n
}

// openingWords are the longer words of the body's first paragraphs.
func (p *paste) openingWords() map[string]bool {
	words := map[string]bool{}
	seen := 0
	for i := p.top; i < p.bottom && seen < 260; i++ {
		if p.part[i] != body || !p.lines[i].Prose() {
			continue
		}
		for _, w := range strings.FieldsFunc(p.lines[i].Text, notWord) {
			if seen++; seen > 260 {
				break
			}
			if s := stem(w); s != "" {
				words[s] = true
			}
		}
	}
	return words
}

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// stem is the beginning of a word of four letters or more, by which words of
// many languages are the same in all their forms.
func stem(w string) string {
	r := []rune(strings.ToLower(w))
	if len(r) < 4 {
		return ""
	}
	return string(r[:min(len(r), 5)])
}

// titleValue says how much line i looks like the title. A line that cannot be
// one has a value below 0.
func (p *paste) titleValue(i int, crumb string, opening map[string]bool, counts map[string]int) float64 {
	l := &p.lines[i]
	n := utf8.RuneCountInString(l.Text)
	if n < 8 && l.Words() < 2 || n > 260 || l.Words() > 40 || p.part[i] == metadata || !capitalised(l.Text) && !unicode.IsDigit(firstRune(l.Text)) {
		return -1
	}
	v := 0.0
	if crumb != "" {
		switch {
		case same(l.Text, crumb), len(key(crumb)) > 15 && strings.HasPrefix(key(l.Text), key(crumb)):
			v += 6
		}
	}
	switch w := l.Words(); {
	case w <= 1:
		v -= 2.5
	case w == 2:
		v -= 1
	case w == 3:
		v += 0.2
	case w <= 22:
		v += 1.5
	case w <= 28:
		v += 0.5
	default:
		v -= 1.5
	}
	// Headlines hardly end with a full stop.
	switch last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(l.Text, "\"”»’)")); last {
	case '.', ':', ',', ';':
		v -= 2
	case '…':
		v -= 1.5
	}
	if strings.Contains(l.Text, ". ") && l.Words() > 14 {
		v -= 1
	}
	switch {
	case l.Whole != 0:
		v -= 3
	case l.Start&(line.Related|line.Share|line.Nav|line.Account|line.Privacy|line.Legal|line.Comment|line.Letter|line.Advert|line.More|line.Credit|line.Reading|line.Tags) != 0 && l.Words() < 7:
		v -= 1.2
	case l.Start&(line.By|line.Dated) != 0 && l.Words() < 12:
		v -= 1.5
	}
	if l.Cues&(line.Privacy|line.Legal) != 0 && l.Words() > 3 {
		v -= 1.5
	}
	if n := len(dates.Find(l.Text, p.lang, p.dateOptions())); n > 0 && l.Words() < 9 {
		v -= 2
	}
	if l.FileName() {
		v -= 3
	}
	// What the body speaks of.
	hits, total := 0, 0
	for _, w := range strings.FieldsFunc(l.Text, notWord) {
		if s := stem(w); s != "" {
			total++
			if opening[s] {
				hits++
			}
		}
	}
	if total > 0 {
		v += 3.5 * float64(hits) / float64(max(total, 3))
	}
	// A headline stands once or twice more: in the page's title, a breadcrumb,
	// the name of a picture. What stands more often is a part of the frame.
	switch c := counts[key(l.Text)]; {
	case c == 2 || c == 3:
		v += 0.6
	case c > 4:
		v -= 1.5
	}
	// Near the body, with only datelines and the like between.
	gap, junk := 0, 0
	if i < p.top {
		for j := i + 1; j < p.top; j++ {
			gap++
			if o := &p.lines[j]; o.Words() > 3 && o.Cues == 0 && !o.HasYear() {
				junk++
			}
		}
	}
	v -= 0.03*float64(gap) + 0.14*float64(junk)
	if i > p.top {
		v -= 0.5 * float64(i-p.top)
	}
	// A dateline or byline right after it.
	for j := i + 1; j <= i+4 && j < len(p.lines) && j <= p.top+2; j++ {
		o := &p.lines[j]
		if o.Dateline() {
			v += 0.9
			break
		}
	}
	if l.BlankBefore || l.BlankAfter {
		v += 0.4
	}
	if l.Prose() && strings.HasSuffix(l.Text, ".") {
		v -= 1
	}
	return v
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// hostNames are the names that the address gives the site.
func (p *paste) hostNames() []string {
	host := hostOf(p.o.URL)
	if host == "" {
		return nil
	}
	names := []string{key(host)}
	if i := strings.LastIndexByte(host, '.'); i > 0 {
		names = append(names, key(host[:i]))
		if j := strings.LastIndexByte(host[:i], '.'); j > 0 {
			names = append(names, key(host[j+1:i]))
		}
	}
	return names
}

// cutSite parts a title from the name of the site behind it: "Title | Site".
// What is behind a bar is the site's; behind a dash it must be known from
// elsewhere on the page.
func cutSite(text string, counts map[string]int, names []string) (title, site string) {
	for _, mark := range []string{" | ", " — ", " – ", " - ", " :: ", " » ", " • ", " · ", " « "} {
		i := strings.LastIndex(text, mark)
		if i < 0 {
			continue
		}
		head, tail := strings.TrimSpace(text[:i]), strings.TrimSpace(text[i+len(mark):])
		if n := len(strings.Fields(tail)); n == 0 || n > 5 || len(strings.Fields(head)) < 2 {
			continue
		}
		known := counts[key(tail)] > 0
		for _, n := range names {
			known = known || n == key(tail)
		}
		if known || mark == " | " && capitalised(tail) {
			if counts[key(head)] > 0 || known || mark == " | " {
				return head, tail
			}
		}
	}
	return text, ""
}

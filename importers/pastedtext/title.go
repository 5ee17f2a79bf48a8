package pastedtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// titleWindow is how many lines before the body a title is looked for in, and
// titleInside how many of the body's own first lines.
const (
	titleWindow = 40
	titleInside = 4
)

// findTitle takes as the title the line near the body's beginning that looks
// most like one, by a table of weights that ./fit makes.
func (p *paste) findTitle() {
	p.titleLine = -1
	d := p.doc
	if p.top == len(p.lines) {
		return
	}
	crumb := p.titleCrumb()
	best, at := 0.0, -1
	values := map[int]float64{}
	for _, c := range p.titleCandidates() {
		v := titleTable.sum(c.Bins)
		if p.isCrumb(c.Text, crumb) {
			v += 10
		}
		values[c.Line] = v
		if at < 0 || v > best {
			best, at = v, c.Line
		}
	}
	// A sentence under a line that is nearly as likely is the standfirst.
	if at > 0 && p.lines[at].Last() == '.' {
		for i := at - 1; i >= max(0, at-2); i-- {
			if v, ok := values[i]; ok && v > best-1.2 && p.lines[i].Last() != '.' && p.lines[i].Words() > 2 {
				best, at = v, i
				break
			}
		}
	}
	if at < 0 || best < leastTitle {
		if crumb != "" && !strings.HasSuffix(p.crumbs[len(p.crumbs)-1], "…") {
			d.Set(&d.Title, "title", p.crumbs[len(p.crumbs)-1], document.FromText, 0.6)
		}
		return
	}
	counts := p.keyCounts()
	text, site := cutSite(p.lines[at].Text, counts, p.hostNames())
	d.Set(&d.Title, "title", text, document.FromText, min(max(0.5+best/10, 0.4), 0.95))
	if site != "" {
		d.Set(&d.Site, "site", site, document.FromText, 0.8)
	}
	p.titleLine = at
	p.part[at] = title
	// Where the document's title stands at the top and the headline below, the
	// headline is where the article begins.
	for i := max(0, p.top-titleWindow); i < min(p.top+titleInside, p.bottom); i++ {
		if i != at && same(p.lines[i].Text, text) {
			p.part[i] = repeated
			if i > p.titleLine {
				p.titleLine = i
			}
		}
	}
}

// titleCrumb is the last step of the breadcrumb where that may be a title.
func (p *paste) titleCrumb() string {
	if n := len(p.crumbs); n > 1 && utf8.RuneCountInString(p.crumbs[n-1]) > 12 {
		return strings.TrimRight(p.crumbs[n-1], "….")
	}
	return ""
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

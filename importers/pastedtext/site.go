package pastedtext

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// crumbMarks part the steps of a breadcrumb.
var crumbMarks = []string{" > ", " » ", " › ", " → ", " / ", " | ", " · ", " ▸ ", " ❯ ", " — ", ">", "»", "›"}

// findCrumbs looks for a breadcrumb near the body's beginning: "Site > Section
// > Title".
func (p *paste) findCrumbs() {
	for i := min(p.top+4, len(p.lines)-1); i >= 0 && i > p.top-60; i-- {
		if steps := crumbs(p.lines[i].Text); steps != nil && (p.part[i] != body || i < p.top+2) {
			p.crumbs = steps
			p.part[i] = metadata
			return
		}
	}
}

// crumbs parts a breadcrumb into its steps, nil where text is none.
func crumbs(text string) []string {
	if len(text) > 600 {
		return nil
	}
	for _, mark := range crumbMarks {
		if strings.Count(text, mark) < 2 && !(strings.Count(text, mark) == 1 && len(mark) > 2 && mark[1] != '|' && mark != " — " && mark != " / " && mark != " · ") {
			continue
		}
		steps := strings.Split(text, mark)
		if len(steps) > 7 {
			return nil
		}
		for i, s := range steps {
			steps[i] = strings.TrimSpace(s)
			n := utf8.RuneCountInString(steps[i])
			if n == 0 || i < len(steps)-1 && (n > 40 || strings.ContainsAny(steps[i], ".!?,") && strings.Contains(steps[i], " ")) {
				return nil
			}
		}
		if mark == " | " || mark == " / " || mark == " — " || mark == " · " {
			// Such marks part the items of menus, too: a breadcrumb begins at home.
			if line.CuesOf(steps[0])&line.Nav == 0 {
				return nil
			}
		}
		return steps
	}
	return nil
}

// key is a name as it is compared: letters and digits only, small.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// findSite names the site that carries the text, by the breadcrumb's first
// step, the title's suffix, the copyright line, or the address.
func (p *paste) findSite() {
	d := p.doc
	if len(p.crumbs) > 2 || len(p.crumbs) == 2 && d.Title != "" && same(p.crumbs[1], d.Title) {
		if c := p.crumbs[0]; line.CuesOf(c) == 0 && len(key(c)) > 1 {
			d.Set(&d.Site, "site", c, document.FromText, 0.9)
		}
	}
	// The document's own title at the top: "Title | Site".
	for i := 0; i < min(4, p.titleLine) && d.Title != ""; i++ {
		rest, ok := strings.CutPrefix(p.lines[i].Text, d.Title)
		rest = strings.TrimLeft(rest, " |–—-·•:»")
		if ok && rest != "" && len(strings.Fields(rest)) <= 5 {
			d.Set(&d.Site, "site", rest, document.FromText, 0.8)
			p.part[i] = repeated
		}
	}
	owner := p.copyrightOwner()
	if owner != "" {
		d.Set(&d.Site, "site", owner, document.FromText, 0.7)
	}
	host := hostOf(p.o.URL)
	if host != "" {
		for i := range p.lines {
			// The name that the page writes for its address: "Aze.Media".
			if t := p.lines[i].Text; len(t) < 40 && p.lines[i].Words() <= 4 && key(t) != "" && (key(t) == key(host) || key(t) == key(strings.TrimSuffix(host, host[strings.LastIndexByte(host, '.'):]))) {
				d.Set(&d.Site, "site", t, document.FromText, 0.8)
				break
			}
		}
		d.Set(&d.Site, "site", host, document.FromURL, 0.5)
	}
	if d.Site == "" {
		if s := p.domainNamed(); s != "" {
			d.Set(&d.Site, "site", s, document.FromText, 0.4)
		}
	}
}

// hostOf is the host of an address without "www.".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.Contains(u.Hostname(), ".") {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// copyrightOwner is the name behind "©" and its year, as in "© 2021 Aze.Media –
// Daily Digest". The last one on the page counts.
func (p *paste) copyrightOwner() string {
	for i := len(p.lines) - 1; i >= 0; i-- {
		t := p.lines[i].Text
		if p.part[i] == body || len(t) > 400 {
			continue
		}
		_, after, ok := strings.Cut(t, "©")
		if !ok {
			low := strings.ToLower(t)
			k := strings.Index(low, "copyright")
			if k < 0 || len(low) != len(t) {
				continue
			}
			after = t[k+len("copyright"):]
			after = strings.TrimPrefix(strings.TrimSpace(after), "(c)")
		}
		after = strings.TrimLeftFunc(after, func(r rune) bool { return !unicode.IsLetter(r) })
		if low := strings.ToLower(after); strings.HasPrefix(low, "copyright") {
			after = strings.TrimLeftFunc(after[len("copyright"):], func(r rune) bool { return !unicode.IsLetter(r) })
		}
		if low := strings.ToLower(after); strings.HasPrefix(low, "by ") {
			after = after[3:]
		}
		for _, stop := range []string{" – ", " - ", " — ", " | ", ". ", ", ", "; ", " All ", " all ", " ALL ", " Все ", " Tous ", " Alle ", " Todos ", " Tüm ", " Bütün ", "(", "®", "™", "©", ":", "\t", " • ", " · "} {
			if k := strings.Index(after, stop); k > 0 {
				after = after[:k]
			}
		}
		after = strings.TrimFunc(after, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		after = cutYears(after)
		if n := len(strings.Fields(after)); n >= 1 && n <= 6 && len(after) <= 50 && line.CuesOf(after)&(line.Legal|line.Privacy) == 0 {
			return after
		}
	}
	return ""
}

// cutYears takes years off the end of a name: "Caspian Ledger 2019–2025".
func cutYears(s string) string {
	for {
		t := strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsDigit(r) || r == '–' || r == '-' || r == ' ' || r == ',' })
		if digits := len(s) - len(t); digits < 5 || t == "" {
			return s
		}
		s = t
	}
}

// domainNamed is an address that the page writes for itself, in "…@site.az" or
// "www.site.az" outside the body.
func (p *paste) domainNamed() string {
	for i := len(p.lines) - 1; i >= 0 && i > len(p.lines)-80; i-- {
		if p.part[i] == body || len(p.lines[i].Text) > 300 {
			continue
		}
		for _, w := range strings.Fields(p.lines[i].Text) {
			_, host, mail := strings.Cut(w, "@")
			if !mail {
				var ok bool
				if host, ok = strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(w), "https://"), "http://"), "www."); !ok {
					continue
				}
			}
			host = strings.ToLower(strings.Trim(host, ".,;:/()"))
			host, _, _ = strings.Cut(host, "/")
			if name, tld, ok := strings.Cut(host, "."); ok && len(name) > 1 && len(tld) > 1 && key(host) == strings.NewReplacer(".", "", "-", "").Replace(host) && !freeMail[host] {
				return host
			}
		}
	}
	return ""
}

// freeMail are hosts that say nothing of a site.
var freeMail = map[string]bool{"gmail.com": true, "mail.ru": true, "yahoo.com": true, "hotmail.com": true, "outlook.com": true, "yandex.ru": true,
	"facebook.com": true, "twitter.com": true, "instagram.com": true, "youtube.com": true}

// findSection takes the section from the breadcrumb or from the single short
// line before the title that stands in the menu, too.
func (p *paste) findSection() {
	d := p.doc
	if n := len(p.crumbs); n > 1 {
		last := n - 1
		if d.Title != "" && same(p.crumbs[last], d.Title) || utf8.RuneCountInString(p.crumbs[last]) > 40 {
			last--
		}
		if last > 0 || last == 0 && line.CuesOf(p.crumbs[0]) == 0 && !same(p.crumbs[0], d.Site) {
			d.Set(&d.Section, "section", p.crumbs[last], document.FromText, 0.9)
		}
	}
	if p.titleLine < 0 {
		return
	}
	for i := p.titleLine - 1; i >= 0 && i >= p.titleLine-3; i-- {
		l := &p.lines[i]
		if p.part[i] == metadata && len(p.crumbs) > 0 {
			continue
		}
		if l.Words() == 0 || l.Words() > 4 || !capitalised(l.Text) || same(l.Text, d.Site) {
			break
		}
		if cue := l.Whole; cue&^(line.Tags|line.Related) != 0 || l.Start&line.Dated != 0 {
			break
		}
		if l.Repeats() > 1 || i == p.titleLine-1 && d.Section != "" && same(l.Text, d.Section) {
			if d.Set(&d.Section, "section", l.Text, document.FromText, 0.7) || same(l.Text, d.Section) {
				p.part[i] = metadata
			}
			break
		}
	}
}

// capitalised says that a text's first letter is a capital or has no case.
func capitalised(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return !unicode.IsLower(r)
		}
	}
	return false
}

// same compares two names or titles without regard to case and marks.
func same(a, b string) bool {
	k := key(a)
	return k != "" && k == key(b)
}

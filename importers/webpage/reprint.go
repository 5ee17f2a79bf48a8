package webpage

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"sourcebook/notebook/document"
)

var (
	// reprintPhrase introduces where a text was taken from. The name follows.
	reprintPhrase = regexp.MustCompile(`(?i)(?:(?:article|story|piece|post|report|essay|text|analysis|commentary|version|it)?\s*(?:was|were|is|has been)?\s*(?:originally|first|previously)\s+(?:published|appeared|posted|ran)\s+(?:on|in|at|by|with)|(?:republished|reprinted|reposted|reproduced|re-published|syndicated)\s+(?:here\s+)?(?:with (?:the )?(?:kind )?permission (?:from|of)|from|courtesy of|by permission of)|courtesy of|zuerst (?:erschienen|veröffentlicht) (?:in|bei|auf)|erschien zuerst (?:in|bei|auf)|publié (?:initialement|à l'origine|d'abord) (?:sur|dans|par)|publicado originalmente (?:en|por)|впервые опубликован[оа]?\s+(?:в|на)|перепечатан[оа]?\s+(?:с|из)|ilk olarak)\s+`)
	// sourceLabel stands at the start of a line that names the source.
	sourceLabel = regexp.MustCompile(`(?i)^(?:source|original source|quelle|fuente|fonte|bron|источник|первоисточник|kaynak|mənbə|дереккөз|джерело|źródło|via)\s*[:：]\s*`)
	// reprintEnd is where the name ends.
	reprintEnd = regexp.MustCompile(`(?i)[,;.(|\n]|\s(?:on|and|under|in|at|as|by|with|it|you|read|here|the original|am|le|el)\s|\s[–—-]\s|\s(?:19|20)\d\d`)
)

// reprint finds where the text was first published, where the page says that it
// carries another's.
func (r *reader) reprint(at place) {
	d := r.doc
	if r.said.main != nil {
		for _, key := range []string{"isBasedOn", "sourceOrganization", "copyrightHolder"} {
			if n := r.said.named(r.said.main[key], 0); len(n) > 0 && !strings.Contains(n[0], "://") && !r.organisation(n[0]) && key != "copyrightHolder" {
				d.Set(&d.OriginalPublisher, "original_publisher", n[0], document.FromJSONLD, 0.9)
			}
		}
	}
	for _, name := range []string{"original-source", "syndication-source", "original_source", "article:original_publisher"} {
		if v := r.first(name); v != "" {
			d.Set(&d.OriginalPublisher, "original_publisher", sourceName(v), document.FromMeta, 0.9)
		}
	}
	for i := range r.page.segs {
		g := &r.page.segs[i]
		near := at.nearness(i)
		if g.runes > 600 || g.hidden || near == 0 && !(at.last >= 0 && i > at.last && i < at.last+12) || r.page.elsewhere(g.box, at) {
			continue
		}
		phrase, label := mayReprint(g.text)
		start := -1
		if phrase {
			if m := reprintPhrase.FindStringIndex(g.text); m != nil {
				start = m[1]
			}
		}
		if start < 0 && label && g.runes < 120 && near != 1 {
			if m := sourceLabel.FindStringIndex(g.text); m != nil {
				start = m[1]
			}
		}
		if start < 0 {
			continue
		}
		name := g.nameFrom(start)
		if name == "" || r.organisation(name) || utf8.RuneCountInString(name) > 60 {
			continue
		}
		d.Set(&d.OriginalPublisher, "original_publisher", name, document.FromText, 0.7)
	}
	if host := r.foreignCanonical(); host != "" {
		d.Set(&d.OriginalPublisher, "original_publisher", host, document.FromHTML, 0.6)
	}
}

// mayReprint says whether a text has the beginning of a word that the first of
// the two expressions above needs, and the colon that the second one needs: they
// are slow, and nearly no text has either.
func mayReprint(text string) (phrase, label bool) {
	for _, w := range reprintWords {
		if strings.Contains(text, w) {
			phrase = true
			break
		}
	}
	start := short(text, 40)
	return phrase, strings.Contains(start, ":") || strings.Contains(start, "：")
}

var reprintWords = []string{"riginally", "irst published", "irst appeared", "reviously published", "print", "epublish", "eposted", "eproduced", "yndicated", "ourtesy", "uerst ",
	"initialement", "originalmente", "à l'origine", "Впервые", "впервые", "ерепечатан", "lk olarak"}

// nameFrom reads a name that starts at byte at of a segment: the text of the
// link that starts there, or the words up to the end of the clause.
func (g *segment) nameFrom(at int) string {
	pos := utf8.RuneCountInString(g.text[:at])
	for _, l := range g.links {
		if l.Start >= pos && l.Start <= pos+5 {
			r := []rune(g.text)
			name := clean(string(r[l.Start:min(l.End, len(r))]))
			if f := strings.ToLower(name); f == "here" || f == "link" || strings.HasPrefix(f, "http") || strings.HasPrefix(f, "www.") {
				return sourceName(l.URL)
			}
			return strings.TrimSuffix(strings.TrimPrefix(name, "the "), ".")
		}
	}
	rest := g.text[at:]
	if m := reprintEnd.FindStringIndex(rest); m != nil {
		rest = rest[:m[0]]
	}
	rest = strings.TrimPrefix(clean(rest), "the ")
	return strings.Trim(rest, " \"“”«»'’:")
}

// sourceName is the site of an address, or s itself.
func sourceName(s string) string {
	if u, err := url.Parse(strings.TrimSpace(s)); err == nil && u.Host != "" {
		return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	}
	return clean(s)
}

// foreignCanonical is the site that the page names as its preferred address
// where that is not the site it was found on.
func (r *reader) foreignCanonical() string {
	found, err := url.Parse(r.doc.URL)
	if err != nil || r.doc.OriginOf["url"] == document.FromHTML && r.said.saved.url == "" {
		return ""
	}
	preferred, err := url.Parse(r.doc.CanonicalURL)
	if err != nil || found.Host == "" || preferred.Host == "" {
		return ""
	}
	a, err1 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(found.Hostname()))
	b, err2 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(preferred.Hostname()))
	if err1 != nil || err2 != nil || a == b || hostLabel(a) == hostLabel(b) {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(preferred.Hostname()), "www.")
}

package webpage

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"

	"sourcebook/importers/language"
	"sourcebook/notebook/document"
)

// metadata fills in what the page says of itself. Every field asks the most
// trusted origin first; the others stay as candidates.
func (r *reader) metadata() {
	r.addresses()
	r.site()
	r.title()
	r.published()
	r.byline()
	r.section()
}

// fold is a text for comparing: small letters and digits, one space between
// words.
func fold(s string) string {
	b := make([]byte, 0, len(s)+8)
	space := false
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			i++
			switch {
			case c >= 'A' && c <= 'Z':
				c += 'a' - 'A'
			case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			default:
				space = space || c != '\''
				continue
			}
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			space = false
			b = append(b, c)
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			if space && len(b) > 0 {
				b = append(b, ' ')
			}
			space = false
			b = utf8.AppendRune(b, unicode.ToLower(r))
		} else if r != '’' {
			space = true
		}
	}
	return string(b)
}

// addresses are where the page was found and which address it prefers.
func (r *reader) addresses() {
	d := r.doc
	abs := func(s string) string {
		s = r.resolve(s)
		if u, err := url.Parse(s); err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return ""
		}
		return s
	}
	d.Set(&d.CanonicalURL, "canonical_url", abs(r.said.canonical), document.FromHTML, 1)
	d.Set(&d.CanonicalURL, "canonical_url", abs(r.first("og:url")), document.FromOG, 1)
	if o := r.said.main; o != nil {
		at := o.text("url")
		if at == "" {
			at = o.text("mainEntityOfPage")
		}
		if at == "" {
			if m, ok := o["mainEntityOfPage"].(map[string]any); ok {
				at = object(m).text("@id")
			}
		}
		d.Set(&d.CanonicalURL, "canonical_url", abs(at), document.FromJSONLD, 1)
	}
	d.Set(&d.URL, "url", r.o.URL, document.FromUser, 1)
	d.Set(&d.URL, "url", abs(r.said.saved.url), document.FromHTML, 1)
	if d.URL == "" {
		d.Set(&d.URL, "url", d.CanonicalURL, d.OriginOf["canonical_url"], 0.8)
	}
}

// host is the page's own host without "www.".
func (r *reader) host() string {
	for _, s := range []string{r.doc.URL, r.doc.CanonicalURL} {
		if u, err := url.Parse(s); err == nil && u.Host != "" {
			return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		}
	}
	return ""
}

// named is the name of an organisation or person that a property holds, in
// whatever form: a text, an object with a name, or a reference to another.
func (s *statements) named(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if v = clean(html.UnescapeString(v)); v != "" {
			return []string{v}
		}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, s.named(e, depth+1)...)
		}
		return out
	case map[string]any:
		if n := object(v).text("name"); n != "" {
			return []string{n}
		}
		if _, nested := v["name"].([]any); nested {
			return s.named(v["name"], depth+1)
		}
		given, family := object(v).text("givenName"), object(v).text("familyName")
		if given != "" && family != "" {
			return []string{given + " " + family}
		}
		if id := object(v).text("@id"); id != "" {
			for _, o := range s.objects {
				if o.text("@id") == id && len(o) > 1 && o.text("name") != "" {
					return []string{o.text("name")}
				}
			}
		}
	}
	return nil
}

// site is the name of the site, and the publisher.
func (r *reader) site() {
	d, s := r.doc, &r.said
	var publisher string
	if s.main != nil {
		if n := s.named(s.main["publisher"], 0); len(n) > 0 {
			publisher = n[0]
		}
	}
	d.Set(&d.Site, "site", r.first("og:site_name"), document.FromOG, 1)
	for _, o := range s.objects {
		if o.is("WebSite") {
			d.Set(&d.Site, "site", o.text("name"), document.FromJSONLD, 1)
			break
		}
	}
	d.Set(&d.Site, "site", publisher, document.FromJSONLD, 0.9)
	d.Set(&d.Site, "site", r.first("application-name", "apple-mobile-web-app-title", "al:android:app_name"), document.FromMeta, 0.8)
	if name := r.siteInTitle(); name != "" {
		d.Set(&d.Site, "site", name, document.FromHTML, 0.6)
	}
	if h := r.host(); h != "" {
		d.Set(&d.Site, "site", h, document.FromURL, 0.4)
	}
	d.Set(&d.Publisher, "publisher", publisher, document.FromJSONLD, 1)
	d.Set(&d.Publisher, "publisher", r.first("publisher", "dc.publisher", "dcterms.publisher", "citation_publisher"), document.FromMeta, 0.9)
	for _, o := range s.objects {
		if o.is("Organization", "NewsMediaOrganization", "Corporation") {
			d.Set(&d.Publisher, "publisher", o.text("name"), document.FromJSONLD, 0.7)
			break
		}
	}
}

// label of a host: "example" of "www.example.co.uk".
func hostLabel(host string) string {
	if e, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		host = e
	}
	label, _, _ := strings.Cut(host, ".")
	return label
}

// titleSeparators part a headline from the site's name in a title element.
var titleSeparators = []string{" | ", " – ", " — ", " - ", " :: ", " » ", " « ", " · ", " • ", " ‹ ", " › ", " / ", " ~ ", " ⋆ ", "｜", " ‒ ", " − ", " ― ", " │ ", " ︱ ", "＿", " < ", " > ", " : ", ": "}

// splitTitle parts a title at its last or first separator.
func splitTitle(s string, fromEnd bool) (rest, part string, ok bool) {
	at, length := -1, 0
	for _, sep := range titleSeparators {
		if sep == ": " && fromEnd {
			continue
		}
		i := strings.Index(s, sep)
		if fromEnd {
			i = strings.LastIndex(s, sep)
		}
		if i < 0 {
			continue
		}
		if at < 0 || fromEnd && i > at || !fromEnd && i < at {
			at, length = i, len(sep)
		}
	}
	if at <= 0 || at+length >= len(s) {
		return s, "", false
	}
	if fromEnd {
		return strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+length:]), true
	}
	return strings.TrimSpace(s[at+length:]), strings.TrimSpace(s[:at]), true
}

// isSite says whether a part of a title is the site's name.
func (r *reader) isSite(part string) bool {
	f := fold(part)
	if f == "" {
		return false
	}
	squeezed := strings.ReplaceAll(f, " ", "")
	names := []string{r.doc.Site, r.doc.Publisher, r.first("og:site_name"), r.first("application-name"), r.first("twitter:site")}
	if h := r.host(); h != "" {
		names = append(names, h, hostLabel(h))
	}
	for _, n := range names {
		n = strings.ReplaceAll(fold(n), " ", "")
		if n == "" {
			continue
		}
		if squeezed == n || strings.TrimPrefix(squeezed, "the") == strings.TrimPrefix(n, "the") {
			return true
		}
		if len(n) >= 4 && len(squeezed) >= 4 && len(f) <= 60 && (strings.HasPrefix(squeezed, n) || strings.HasSuffix(squeezed, n) || strings.HasPrefix(n, squeezed)) {
			return true
		}
	}
	return false
}

// siteInTitle finds the site's name at an end of the title element, where the
// host bears it out.
func (r *reader) siteInTitle() string {
	t := r.said.title
	for _, fromEnd := range []bool{true, false} {
		if _, part, ok := splitTitle(t, fromEnd); ok && len(part) <= 60 {
			squeezed := strings.ReplaceAll(fold(part), " ", "")
			if l := hostLabel(r.host()); len(l) >= 3 && squeezed != "" && (strings.Contains(l, squeezed) || strings.Contains(squeezed, strings.ReplaceAll(l, "-", ""))) {
				return part
			}
		}
	}
	return ""
}

// withoutSite drops the site's name, and sections before it, from the ends of a
// title.
func (r *reader) withoutSite(s string) string {
	s = strings.TrimSpace(strings.TrimLeft(clean(short(s, 2000)), "|»·•–—:"))
	for range 3 {
		rest, part, ok := splitTitle(s, true)
		if !ok || !r.isSite(part) || fold(rest) == "" {
			break
		}
		s = rest
	}
	if rest, part, ok := splitTitle(s, false); ok && r.isSite(part) && len(rest) > len(part) {
		s = rest
	}
	return s
}

// title chooses among what the page calls its headline. The markup's headline
// is what the reader of the page saw, so it is believed wherever another
// statement bears it out.
func (r *reader) title() {
	d, s := r.doc, &r.said
	var said []string
	note := func(v string) {
		if v = r.withoutSite(v); v != "" {
			said = append(said, v)
		}
	}
	jsonld := ""
	if s.main != nil {
		if jsonld = s.main.text("headline"); jsonld == "" {
			jsonld = s.main.text("name")
		}
		jsonld = short(jsonld, 2000)
	}
	og := r.first("og:title")
	meta := r.first("twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "title", "headline")
	note(jsonld)
	note(og)
	note(s.title)
	note(meta)
	heading := r.headline(said)
	if heading == "" {
		heading = r.shownPart(said)
	}
	if heading == "" {
		if h := r.onlyHeadline(); h != "" && r.nameless(said, h) {
			heading = h
		}
	}
	if heading == "" {
		heading = r.loneHeading(said)
	}
	for _, v := range []string{jsonld, og} {
		// a headline element often holds a kicker or a subtitle besides
		v = r.withoutSite(v)
		n := 0
		for _, c := range said {
			if fold(c) == fold(v) {
				n++
			}
		}
		f, h := fold(v), fold(heading)
		longPart := len(f)*2 > len(h) && len(strings.Fields(f)) >= 3 && (strings.HasSuffix(h, " "+f) || strings.HasPrefix(h, f+" "))
		if len(f) < len(h) && (longPart || n >= 2 && len(strings.Fields(f)) >= 2 && standsApart(heading, v)) {
			heading = v
			break
		}
	}
	if heading == "" {
		s.title = withoutShortEnd(s.title)
		og = withoutShortEnd(og)
		meta = withoutShortEnd(meta)
	}
	d.Set(&d.Title, "title", heading, document.FromHTML, 1)
	for _, c := range []struct {
		value  string
		origin document.Origin
		sure   float64
	}{{jsonld, document.FromJSONLD, 0.95}, {og, document.FromOG, 0.9}, {meta, document.FromMeta, 0.7}, {s.title, document.FromHTML, 0.6}} {
		if v := r.withoutSite(c.value); v != "" && !(d.Title == "" && r.isSite(v) && fold(v) == fold(d.Site)) {
			d.Set(&d.Title, "title", v, c.origin, c.sure)
		}
	}
	for _, h := range s.headings {
		if t := textOf(h, 400); t != "" {
			d.Set(&d.Title, "title", t, document.FromHTML, 0.5)
			break
		}
	}
	if d.Site == "" || d.OriginOf["site"] == document.FromURL {
		for _, fromEnd := range []bool{true, false} {
			if rest, part, ok := splitTitle(s.title, fromEnd); ok && fold(rest) == fold(d.Title) && len(part) <= 60 {
				d.Site = ""
				d.Set(&d.Site, "site", part, document.FromHTML, 0.5)
				break
			}
		}
	}
}

// standsApart says whether a headline is v with something before or after it
// that no sign joins to it, as where a kicker or a subtitle is an element of its
// own.
func standsApart(heading, v string) bool {
	if rest, ok := strings.CutPrefix(heading, v+" "); ok {
		r, _ := utf8.DecodeRuneInString(rest)
		last, _ := utf8.DecodeLastRuneInString(v)
		return unicode.IsUpper(r) && unicode.IsLetter(last)
	}
	if rest, ok := strings.CutSuffix(heading, " "+v); ok {
		last, _ := utf8.DecodeLastRuneInString(rest)
		return unicode.IsLetter(last)
	}
	return false
}

// headline finds the h1 that another statement bears out: one of them holds
// the other, or they share most words.
func (r *reader) headline(said []string) string {
	best, score := "", 0.0
	for _, h := range r.said.headings {
		t := textOf(h, 600)
		f := fold(t)
		if f == "" || len(t) > 400 || r.masthead(h, t) {
			continue
		}
		for _, c := range said {
			o := fold(c)
			n := 0.0
			switch {
			case o == f:
				n = 3
			case strings.Contains(o, f) && len(f)*3 >= len(o), strings.Contains(f, o) && len(o)*3 >= len(f):
				n = 2 + float64(min(len(f), len(o)))/float64(max(len(f), len(o), 1))*0.9
			default:
				if w := sharedWords(f, o); w > 0.6 {
					n = w
				}
			}
			if n > score {
				best, score = t, n
			}
		}
	}
	return best
}

// masthead says whether an h1 holds the site's name rather than the page's: it
// links to the site's front, or the title element has it as the part after its
// last separator (or before its first) and a longer part besides.
func (r *reader) masthead(h *html.Node, text string) bool {
	for n := range h.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == atom.A && r.front(attr(n, "href")) {
			return true
		}
	}
	f := fold(text)
	if rest, part, ok := splitTitle(r.said.title, true); ok && fold(part) == f && len(fold(rest)) > 3 {
		return true
	}
	if rest, part, ok := splitTitle(r.said.title, false); ok && fold(part) == f && len(fold(rest)) > len(f) && r.isSite(part) {
		return true
	}
	return false
}

// front says whether an address is the front of a site.
func (r *reader) front(href string) bool {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || href == "" || strings.HasPrefix(href, "#") || u.RawQuery != "" || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	if i := strings.LastIndex(u.Path, "/http"); i >= 0 { // as a web archive keeps it
		if in, err := url.Parse(u.Path[i+1:]); err == nil && in.Host != "" {
			u = in
		}
	}
	return strings.Trim(u.Path, "/") == "" && (u.Host != "" || u.Path != "" && r.host() == "" || r.host() != "" && r.resolve(href) != r.doc.URL)
}

// nameless says whether nothing that the page states is a headline: it only
// names the site, if need be with its motto, or all that there is is a title
// element that shares no word with the headline h.
func (r *reader) nameless(said []string, h string) bool {
	for _, a := range []string{r.doc.URL, r.doc.CanonicalURL} {
		if a != "" && r.front(a) {
			return false // the front of a site is the site
		}
	}
	site := func(s string) bool { return fold(s) != "" && fold(s) == fold(r.doc.Site) }
	named, lone := true, len(strings.Fields(h)) >= 4
	for _, s := range said {
		_, part, _ := splitTitle(s, false)
		named = named && (site(s) || site(part))
		lone = lone && s == said[0] && sharedWords(fold(s), fold(h)) == 0
	}
	return named || lone
}

// onlyHeadline is the page's h1 where there is but one that is no masthead and
// reads as a headline.
func (r *reader) onlyHeadline() string {
	found := ""
	for _, h := range r.said.headings {
		t := textOf(h, 300)
		if t == "" || r.isSite(t) || r.masthead(h, t) || fold(t) == fold(found) {
			continue
		}
		if found != "" {
			return ""
		}
		found = t
	}
	if len(found) > 250 || len(strings.Fields(found)) < 2 && len(found) < 12 {
		return ""
	}
	return found
}

// withoutShortEnd drops a name of up to three words after the last upright
// stroke, and one after a hyphen in a Chinese or Japanese title: nothing but the
// site stands there, even where its name is not known.
func withoutShortEnd(s string) string {
	if i := strings.LastIndex(s, " | "); i > 0 && len(strings.Fields(s[i+3:])) <= 3 {
		return strings.TrimSpace(s[:i])
	}
	for _, sep := range []string{" - ", " – ", " — ", " │ "} {
		if i := strings.LastIndex(s, sep); i > 0 && capitalName(s[i+len(sep):]) && len(strings.Fields(s[:i])) > len(strings.Fields(s[i+len(sep):])) && len(strings.Fields(s[:i])) >= 3 {
			return strings.TrimSpace(s[:i])
		}
	}
	if i := strings.LastIndexAny(s, "-_"); i > 24 && len(s)-i < 40 && !strings.Contains(s, " ") && s[0] >= 0xE3 && s[i+1:] != "" && s[i+1] >= 0xE3 {
		return s[:i]
	}
	return s
}

// capitalName says whether s reads as the name of a site: up to four words, each
// with a capital.
func capitalName(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
	}
	return len(words) > 0 && len(words) <= 4 && !strings.ContainsAny(s, "?!,:")
}

// shownPart finds the part of a title, cut at its separators, that stands on the
// page as a heading of whatever level.
func (r *reader) shownPart(said []string) string {
	shown := map[string]string{}
	for i := range r.page.segs {
		g := &r.page.segs[i]
		if g.runes <= 250 && (heading(g.tag) || r.page.boxes[g.box].own&cueTitle != 0) && g.runes >= 8 {
			if f := fold(g.text); shown[f] == "" {
				shown[f] = g.text
			}
		}
	}
	for _, s := range said {
		if t := shown[fold(s)]; t != "" && !r.isSite(t) {
			return t
		}
		for _, fromEnd := range []bool{true, false} {
			for rest := s; ; {
				next, part, ok := splitTitle(rest, fromEnd)
				if !ok {
					break
				}
				if t := shown[fold(next)]; t != "" && !r.isSite(t) {
					return t
				}
				if t := shown[fold(part)]; t != "" && len(part)*2 > len(s) && !r.isSite(t) {
					return t
				}
				rest = next
			}
		}
	}
	return ""
}

// loneHeading is the page's only h1, where it reads as a headline: more than a
// name, and not the site's. Other statements may word it for search engines.
func (r *reader) loneHeading(said []string) string {
	if len(r.said.headings) != 1 || len(said) == 0 || r.masthead(r.said.headings[0], textOf(r.said.headings[0], 300)) {
		return ""
	}
	h := textOf(r.said.headings[0], 300)
	n := len(strings.Fields(h))
	if n < 3 || len(h) > 250 || r.isSite(h) {
		return ""
	}
	best := 0.0
	for _, s := range said {
		best = max(best, sharedWords(fold(h), fold(s)))
	}
	if best < 0.2 {
		return ""
	}
	return h
}

// sharedWords is the share of the words of both texts that stand in both.
func sharedWords(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	in := map[string]int{}
	for _, w := range x {
		in[w]++
	}
	both := 0
	for _, w := range y {
		if in[w] > 0 {
			in[w]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(x)+len(y))
}

// elsewhere says whether a box belongs to something other than the main text: a
// comment, a list of other articles. What holds the text too says nothing.
func (p *page) elsewhere(box int32, at place) bool {
	for ; box >= 0; box = p.boxes[box].parent {
		b := &p.boxes[box]
		if at.lead >= int(b.first) && at.lead < int(b.last) {
			return false
		}
		if b.own&(cueComment|cueRelated|cueAside|cueNav|cueFooter) != 0 {
			return true
		}
	}
	return false
}

// section is the part of the site that the page stands in.
func (r *reader) section() {
	d := r.doc
	if r.said.main != nil {
		d.Set(&d.Section, "section", r.said.main.text("articleSection"), document.FromJSONLD, 1)
	}
	d.Set(&d.Section, "section", r.first("article:section", "og:article:section"), document.FromOG, 1)
	d.Set(&d.Section, "section", r.first("parsely-section", "sailthru.section", "section", "category", "dc.subject", "news_category"), document.FromMeta, 0.8)
	for _, o := range r.said.objects {
		if !o.is("BreadcrumbList") {
			continue
		}
		list, _ := o["itemListElement"].([]any)
		for i := len(list) - 1; i >= 1; i-- {
			e, _ := list[i].(map[string]any)
			name := object(e).text("name")
			if name == "" {
				if item, ok := e["item"].(map[string]any); ok {
					name = object(item).text("name")
				}
			}
			if name != "" && fold(name) != fold(d.Title) {
				d.Set(&d.Section, "section", name, document.FromJSONLD, 0.7)
				break
			}
		}
	}
}

// nearby fills in what the page shows around its text. keep says which segments
// are text.
func (r *reader) nearby(keep []bool) {
	at := r.place(keep)
	r.publishedNearby(at)
	r.bylineNearby(keep, at)
	r.reprint(at)
	r.standfirst(keep, at)
	r.tidy(keep, at)
}

// language checks the declared language against the text.
func (r *reader) language() {
	d, s := r.doc, &r.said
	var text strings.Builder
	for _, b := range d.Blocks {
		if text.Len() > 20000 {
			break
		}
		text.WriteString(short(b.Text, 4000))
		text.WriteByte('\n')
	}
	for _, c := range []struct {
		value  string
		origin document.Origin
	}{{s.lang, document.FromHTML}, {s.main.text("inLanguage"), document.FromJSONLD}, {r.first("og:locale"), document.FromOG}, {r.first("content-language", "language", "dc.language"), document.FromMeta}} {
		if l := language.Primary(c.value); l != language.Undetermined {
			d.Set(&d.Lang, "lang", l, c.origin, 0.9)
		}
	}
	if l := language.Check(d.Lang, text.String()); l != d.Lang {
		d.Candidates = append(d.Candidates, document.Candidate{Field: "lang", Value: l, Origin: document.FromText, Confidence: 0.9})
		d.Lang = l
		if d.OriginOf == nil {
			d.OriginOf = map[string]document.Origin{}
		}
		d.OriginOf["lang"] = document.FromText
	}
}

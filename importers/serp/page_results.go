package serp

import (
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

// page reads a saved result page.
type page struct {
	root          *html.Node
	engine, query string
	base          *url.URL
	received      time.Time
	d             *document.Document
}

// candidate is a link that may be a result's title.
type candidate struct {
	heading, anchor *html.Node
	url             *url.URL
	ad              bool
	container       *html.Node
	lines           []string
	shown           string // the address as the result shows it
	site            string // the site's name beside that address
	kind            string
	dropped         bool
	named           string // the title, where it is not the link's text
}

// read fills the document from the page.
func (p *page) read() {
	answerRoot := p.answer()
	found, known := p.candidates(answerRoot)
	found = p.contain(found)
	if countOrdinary(found) < 3 {
		// A layout without headings, or with few of them.
		for _, c := range found {
			if c.kind == "other" {
				c.dropped = true
			}
		}
		if more := p.byShownAddress(nil, known); len(more) > countOrdinary(found) {
			found = p.contain(append(found, more...))
		}
	}
	seen := map[string]bool{}
	rank := 0
	ordinary := 0
	for _, c := range found {
		if c.dropped || len(p.d.Search.Results) >= maxResults {
			continue
		}
		title := p.title(c)
		address := c.url.String()
		if title == "" {
			continue
		}
		if _, isAddress := displayAddress(title); isAddress && c.kind != "" {
			continue
		}
		key := c.kind + "\x00" + address + "\x00" + title
		if seen[key] {
			continue
		}
		seen[key] = true
		r := document.Result{Title: title, URL: address, Kind: c.kind}
		p.details(c, &r)
		if c.kind == "" {
			rank++
			ordinary++
			r.Rank = rank
		}
		p.d.Search.Results = append(p.d.Search.Results, r)
	}
	p.related(seen)
	p.questions(seen)
	none := p.noResults()
	switch {
	case ordinary == 0 && none != "":
		p.d.Warnings = append(p.d.Warnings, "the engine says that it found nothing: "+none)
	case ordinary == 0:
		if n := p.fallback(seen); n > 0 {
			p.d.Warnings = append(p.d.Warnings, "the layout of this result page is not known: its links are listed as they stand")
		} else {
			p.d.Warnings = append(p.d.Warnings, "no results were found on this page")
		}
	case none != "":
		p.d.Warnings = append(p.d.Warnings, "the engine says that nothing matched as asked: "+none)
	}
	finish(p.d)
}

func countOrdinary(list []*candidate) int {
	n := 0
	for _, c := range list {
		if !c.dropped && c.kind == "" {
			n++
		}
	}
	return n
}

// finish appends the results to the document as blocks and brings it into its
// canonical form. The AI answer's blocks are there already.
func finish(d *document.Document) {
	for _, r := range d.Search.Results {
		text := r.Title
		if r.Snippet != "" {
			text += "\n" + r.Snippet
		}
		b := document.Block{Kind: document.ListItem, Level: 1, Text: text}
		if r.URL != "" && r.Title != "" {
			b.Links = []document.Link{{Start: 0, End: utf8.RuneCountInString(r.Title), URL: r.URL}}
		}
		d.Blocks = append(d.Blocks, b)
	}
	d.Finish()
	locate(d)
}

// candidates lists the links that are headings, outside the AI answer.
func (p *page) candidates(answer *html.Node) (list []*candidate, known map[*html.Node]bool) {
	known = map[*html.Node]bool{}
	add := func(heading, anchor *html.Node) {
		if known[anchor] || len(list) > maxResults {
			return
		}
		known[anchor] = true
		u, ad := p.resolve(anchor)
		if u == nil {
			return
		}
		list = append(list, &candidate{heading: heading, anchor: anchor, url: u, ad: ad})
	}
	walk(p.root, func(n *html.Node) (bool, bool) {
		if n.Type != html.ElementNode {
			return false, false
		}
		if n == answer || unseen(n) && n.DataAtom != atom.Head {
			return true, false
		}
		if !isHeading(n) || n.DataAtom == atom.H1 {
			return false, false
		}
		if a := ancestor(n, 6, isLink); a != nil {
			add(n, a)
			return false, false
		}
		var inner *html.Node
		walk(n, func(m *html.Node) (bool, bool) {
			if isLink(m) && collapsedLen(m) > 0 {
				inner = m
				return true, true
			}
			return false, false
		})
		if inner != nil {
			add(n, inner)
		}
		return false, false
	})
	return list, known
}

var readMore = regexp.MustCompile(`(?i)^(?:mehr lesen|weiterlesen|read more|more|cached|similar|translate this page|lire la suite|leer más|подробнее|читать далее|devamı)\s*[»›…]?$`)

func collapsedLen(n *html.Node) int { return len(text(n, 200)) }

// byShownAddress finds results on pages without headings: a line that shows an
// address, and the nearest link that leads there.
func (p *page) byShownAddress(list []*candidate, known map[*html.Node]bool) []*candidate {
	budget := maxNodes / 2 // a page of nothing but addresses must not take for ever
	walk(p.root, func(n *html.Node) (bool, bool) {
		if n.Type == html.ElementNode && unseen(n) && n.DataAtom != atom.Head {
			return true, false
		}
		if n.Type != html.TextNode || len(n.Data) > 300 || len(list) > maxResults || budget < 0 {
			return false, false
		}
		s := collapse(n.Data)
		shown, ok := displayAddress(s)
		if !ok {
			return false, false
		}
		u, err := url.Parse(shown.url)
		if err != nil {
			return false, false
		}
		host := strings.TrimPrefix(strings.ToLower(u.Host), "www.")
		// Climb until there is a link to that host with a text of its own.
		up := n.Parent
		for range 7 {
			if up == nil || up.DataAtom == atom.Body {
				return false, false
			}
			var best, more *html.Node
			walk(up, func(m *html.Node) (bool, bool) {
				if budget--; budget < 0 {
					return true, true
				}
				if !isLink(m) {
					return false, false
				}
				t, _ := p.resolve(m)
				if t == nil || strings.TrimPrefix(strings.ToLower(t.Host), "www.") != host {
					return true, false
				}
				txt := text(m, 300)
				if readMore.MatchString(txt) {
					more = m
					return true, false
				}
				if _, isAddress := displayAddress(txt); isAddress || len(txt) < 3 {
					return true, false
				}
				best = m
				return true, true
			})
			named := ""
			if best == nil && more != nil {
				// The title is no link here: it stands over the address.
				lines := linesUnder(up, 3000, nil)
				for i := 1; i < len(lines); i++ {
					if lines[i] == s && utf8.RuneCountInString(lines[i-1]) < 150 {
						best, named = more, lines[i-1]
						break
					}
				}
			}
			if best != nil {
				if !known[best] {
					known[best] = true
					t, ad := p.resolve(best)
					list = append(list, &candidate{heading: best, anchor: best, url: t, ad: ad, named: named})
				}
				return false, false
			}
			up = up.Parent
		}
		return false, false
	})
	return list
}

// resolve gives the address that a link leads to, unwrapped. It is nil for
// links that lead nowhere or to another search.
func (p *page) resolve(a *html.Node) (*url.URL, bool) {
	href := strings.TrimSpace(attr(a, "href"))
	if href == "" || strings.HasPrefix(href, "#") || len(href) > 16000 {
		return nil, false
	}
	u, err := p.base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		// A page may keep the real address beside a script's.
		for _, key := range []string{"data-weburl", "data-href", "data-url"} {
			if v := attr(a, key); strings.HasPrefix(v, "http") {
				if t, err := url.Parse(v); err == nil {
					return t, false
				}
			}
		}
		return nil, false
	}
	t, ad := unwrap(u)
	if p.engine == baidu && ownHost(baidu, t.Host) && strings.HasPrefix(t.Path, "/link") {
		// Baidu's own addresses cannot be unwrapped, but the result's box names
		// the target.
		if box := ancestor(a, 12, func(n *html.Node) bool { return strings.HasPrefix(attr(n, "mu"), "http") }); box != nil {
			if m, err := url.Parse(attr(box, "mu")); err == nil && m.Host != "" && !strings.HasSuffix(m.Host, "nourl.ubs.baidu.com") {
				return m, ad
			}
		}
	}
	if !ad && p.searches(t) {
		return nil, false
	}
	return t, ad
}

// searches tells whether an address is another search or a setting of the
// engine.
func (p *page) searches(u *url.URL) bool {
	if !ownHost(p.engine, u.Host) {
		return false
	}
	if _, ok := fromAddress(u.String()); ok {
		return true
	}
	for _, s := range []string{"/search", "/preferences", "/advanced_search", "/setprefs", "/settings", "/images/", "/videos/", "/account", "/travel/", "/shop", "/news/search", "/s?", "/aclk", "/url", "/maps/search", "/maps/dir", "/imgres", "/flights"} {
		if strings.HasPrefix(u.Path, s) {
			return true
		}
	}
	return false
}

// contain finds the box of each candidate, the largest element that holds no
// other, and judges by what stands in it.
func (p *page) contain(list []*candidate) []*candidate {
	for range 2 {
		counts, first := map[*html.Node]int{}, map[*html.Node]*candidate{}
		for _, c := range list {
			if c.dropped {
				continue
			}
			for n := c.anchor; n != nil; n = n.Parent {
				counts[n]++
				if first[n] == nil {
					first[n] = c
				}
			}
		}
		for _, c := range list {
			if c.dropped {
				continue
			}
			box := c.anchor
			for n := c.anchor.Parent; n != nil && counts[n] == 1 && n.DataAtom != atom.Body && n.DataAtom != atom.Main && attr(n, "role") != "main"; n = n.Parent {
				box = n
			}
			c.container = box
			p.judge(c)
		}
		p.share(list, counts, first)
		host := ""
		for _, c := range list {
			if c.dropped || c.kind != "" {
				continue
			}
			// So do further pages of a site right below its result, even with a
			// snippet of their own.
			if c.shown != "" {
				host = c.url.Host
			} else if c.url.Host == host {
				c.kind = "other"
			}
		}
		for _, c := range list {
			// Links below a result to other pages of its site show no address of
			// their own: once they are out, the result's box can grow.
			if c.kind == "other" {
				c.dropped = true
			}
		}
	}
	return list
}

// share gives a box to the first of several candidates in it where the address
// that it shows belongs to none of them alone: the others are links below the
// first one, to further pages of its site.
func (p *page) share(list []*candidate, counts map[*html.Node]int, first map[*html.Node]*candidate) {
	showing := map[*html.Node]bool{}
	for _, c := range list {
		if c.dropped || c.shown == "" {
			continue
		}
		for n := c.anchor; n != nil; n = n.Parent {
			showing[n] = true
		}
	}
	for i, c := range list {
		if c.dropped || c.shown != "" || c.ad {
			continue
		}
		n := c.container.Parent
		for range 4 {
			if n == nil || n.DataAtom == atom.Body || counts[n] > 15 || first[n] != c || showing[n] {
				break
			}
			whole := *c
			whole.container = n
			p.judge(&whole)
			if whole.shown != "" {
				*c = whole
				// They follow in document order.
				left := counts[n] - 1
				for _, o := range list[i+1:] {
					if left == 0 {
						break
					}
					if !o.dropped && within(o.anchor, n) {
						o.dropped = true
						left--
					}
				}
				break
			}
			n = n.Parent
		}
	}
}

var (
	adWords = regexp.MustCompile(`(?i)^(?:ad|ads|sponsored|sponsored by.*|anzeigen?|gesponsert|annonces?|sponsorisée?s?|anuncios?|patrocinad[oa]s?|annunci(?:o)?|sponsorizzat[oi]|реклама|reklam|sponsorlu|广告|広告|スポンサー|광고|advertentie|reklama|sponsorowane|promoted)(?:\s*[·•:].*)?$`)
	ago     = regexp.MustCompile(`(?i)^(?:\d{1,2} (?:second|minute|min|hour|day|week|month|year)s? ago|yesterday|\d{1,2} (?:часа?|часов|минуты?|минут|дней|дня|день|недел\p{L}+|месяц\p{L}*) назад|вчера|\d{1,2} (?:saat|dakika|gün|hafta|ay) önce|dün|vor \d{1,2} \p{L}+|il y a \d{1,2} \p{L}+|hace \d{1,2} \p{L}+|há \d{1,2} \p{L}+|\d{1,2}(?:天|小时|分钟|日)前|\d{1,2}[hdwm])$`)
	price   = regexp.MustCompile(`^(?:[$€£₽₺₼¥₸]|US\$|USD|EUR|CHF)\s?\d[\d.,\s]*(?:\D{0,20})$|^\d[\d.,\s]*\s?(?:€|£|₽|руб\.?|₺|TL|₼|zł|kr|Kč|₸)$`)
	// somePrice is a price within a short line.
	somePrice = regexp.MustCompile(`[$€£₽₺₼¥₸]\s?\d|\d\s?(?:€|£|₽|₺|₼|₸)`)
	duration  = regexp.MustCompile(`^(?:\d{1,2}:)?\d{1,2}:\d{2}$`)
)

// judge reads a candidate's box and says what kind of result it is: "" for an
// ordinary one, "other" for what is none.
func (p *page) judge(c *candidate) {
	c.lines = linesUnder(c.container, 6000, func(n *html.Node) bool { return n == c.heading && n != c.anchor })
	c.shown, c.site = "", ""
	cite := ""
	walk(c.container, func(n *html.Node) (bool, bool) {
		if n.Type != html.ElementNode {
			return false, false
		}
		if n.DataAtom == atom.Cite && cite == "" {
			cite = text(n, 300)
		}
		return unseen(n), cite != ""
	})
	host := strings.TrimPrefix(strings.ToLower(c.url.Host), "www.")
	for i, l := range c.lines {
		if i > 12 || c.shown != "" {
			break
		}
		if s, ok := displayAddress(l); ok {
			c.shown = l
			if s.site != "" {
				c.site = s.site
			} else if i > 0 && siteLike(c.lines[i-1]) {
				c.site = c.lines[i-1]
			}
		} else if names(l, host) {
			c.shown = l
		}
	}
	if c.shown == "" && strings.ContainsAny(cite, ".›") {
		c.shown = cite
	}
	if c.shown == "" {
		// Some layouts set the address into the title.
		walk(c.heading, func(n *html.Node) (bool, bool) {
			if n.Type == html.ElementNode && showsAddress(n) && n.DataAtom != atom.Cite {
				c.shown = text(n, 300)
			}
			return c.shown != "", c.shown != ""
		})
	}
	own := ownHost(p.engine, c.url.Host)
	if own && p.engine == baidu && strings.HasPrefix(c.url.Path, "/link") && c.shown != "" {
		// Where the way out is sealed, the address that is shown is what is known.
		if s, ok := displayAddress(c.shown); ok && !s.shortened {
			if t, err := url.Parse(s.url); err == nil && t.Host != "" {
				c.url, own = t, false
			}
		}
	}
	switch {
	case c.ad || p.advert(c):
		c.kind = "ad"
	case p.inQuestion(c):
		c.kind = "question"
	case p.inPanel(c):
		c.kind = "panel"
	case c.shown != "" && cite == "" && !strings.ContainsAny(c.shown, "›/") && offers(c.lines):
		c.kind = "ad" // a shop's offer, under the shop's name
	case c.shown != "" && p.timeline(c):
		c.kind = "panel"
	case c.shown != "":
		c.kind = ""
	case own:
		c.kind = "other"
	default:
		c.kind = p.card(c)
	}
}

// names tells whether a line shows a host: alone, after a site's name and a
// dash, or before a path.
func names(line, host string) bool {
	if host == "" || utf8.RuneCountInString(line) > 90 {
		return false
	}
	i := strings.Index(strings.ToLower(line), host)
	if i < 0 || i > len(line) {
		return false
	}
	before := strings.TrimSpace(line[:i])
	before = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(before, "www."), "https://"), "http://")
	before = strings.TrimSpace(before)
	return before == "" || strings.ContainsAny(before[len(before)-1:], "-|>(") || strings.HasSuffix(before, "·") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, "›")
}

// siteLike tells whether a line over an address can be a site's name.
func siteLike(l string) bool {
	n := utf8.RuneCountInString(l)
	if n == 0 || n > 50 || sentenceEnd(l) || len(strings.Fields(l)) > 7 {
		return false
	}
	// Ideographs need no blanks: what is long is a sentence.
	return n <= 16 || n*2 > len(l)
}

// offers tells whether one of the first lines shows a price.
func offers(lines []string) bool {
	for i, l := range lines {
		if i < 8 && utf8.RuneCountInString(l) < 40 && somePrice.MatchString(l) {
			return true
		}
	}
	return false
}

func sentenceEnd(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?")
}

// card judges a link that shows no address: a news story, a video, or a link
// that belongs to a result or a panel.
func (p *page) card(c *candidate) string {
	host := strings.ToLower(c.url.Host)
	for _, l := range c.lines {
		if duration.MatchString(l) {
			return "video"
		}
	}
	if strings.HasSuffix(host, "youtube.com") || strings.HasSuffix(host, "vimeo.com") || strings.HasSuffix(host, "dailymotion.com") {
		return "video"
	}
	for _, l := range c.lines {
		if ago.MatchString(l) {
			return "news"
		}
		for _, part := range strings.FieldsFunc(l, func(r rune) bool { return r == '·' || r == '•' || r == '|' || r == '—' }) {
			if ago.MatchString(strings.TrimSpace(part)) {
				return "news"
			}
		}
	}
	for i, l := range c.lines {
		if i < 8 && price.MatchString(l) {
			return "ad" // a shop's offer
		}
	}
	// A snippet below makes it an ordinary result that hides its address.
	longest := 0
	for _, l := range c.lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	if longest >= 60 && p.alone(c) {
		return ""
	}
	return "other"
}

// alone tells whether a candidate's box is one of a list of like boxes rather
// than a part of another result: it has a sibling of its own tag with a heading
// link, or is a list item.
func (p *page) alone(c *candidate) bool {
	switch c.container.DataAtom {
	case atom.Li, atom.Article:
		return true
	}
	n := 0
	if s := c.container.Parent; s != nil {
		for k := s.FirstChild; k != nil; k = k.NextSibling {
			if k.Type == html.ElementNode && k.DataAtom == c.container.DataAtom {
				n++
			}
		}
	}
	return n >= 3
}

// advert tells whether a candidate stands among advertisements.
func (p *page) advert(c *candidate) bool {
	for i, l := range c.lines {
		if i > 6 {
			break
		}
		if adWords.MatchString(l) {
			return true
		}
	}
	return ancestor(c.anchor, 16, func(n *html.Node) bool {
		switch attr(n, "id") {
		case "tads", "tadsb", "bottomads", "tvcap", "b_ads", "east-ads", "m", "taw-ads":
			return attr(n, "id") != "m" || p.engine == yahoo
		}
		if hasAttr(n, "data-text-ad") || hasAttr(n, "data-ta-slot") {
			return true
		}
		label := strings.ToLower(attr(n, "aria-label"))
		if label == "ads" || label == "anzeigen" || label == "annonces" || label == "реклама" || label == "anuncios" || label == "sponsored" {
			return true
		}
		for _, t := range strings.Fields(strings.ToLower(attr(n, "class"))) {
			switch t {
			case "ads", "ad", "b_ad", "b_adtop", "b_adbottom", "ads-ad", "ad_sc", "adbox", "result--ad", "result-ad", "sponsored", "spns", "adunit", "serp-adv-item", "ads-container":
				return true
			}
		}
		return false
	}) != nil
}

// timeline tells whether a result is a box of several posts rather than a page:
// it links to two or more single posts of its own host.
func (p *page) timeline(c *candidate) bool {
	if strings.Contains(c.url.Query().Get("ref_src"), "serp") {
		return true // X's own mark for the box that an engine builds of its posts
	}
	posts := map[string]bool{}
	walk(c.container, func(n *html.Node) (bool, bool) {
		if isLink(n) && strings.Contains(attr(n, "href"), "/status/") {
			posts[attr(n, "href")] = true
		}
		return false, len(posts) > 1
	})
	return len(posts) > 1
}

// inQuestion tells whether a candidate is the source within a question that
// people also ask: a box that opens, headed by a question.
func (p *page) inQuestion(c *candidate) bool {
	return ancestor(c.anchor, 14, func(n *html.Node) bool {
		if v := attr(n, "data-q"); v != "" && !sameQuery(v, p.query) {
			return true
		}
		return strings.Contains(attr(n, "class"), "related-question")
	}) != nil
}

// inPanel tells whether a candidate stands in the column beside the results.
func (p *page) inPanel(c *candidate) bool {
	return ancestor(c.anchor, 40, func(n *html.Node) bool {
		switch attr(n, "id") {
		case "rhs", "b_context", "rhs_block", "content_right", "right":
			return true
		}
		return n.DataAtom == atom.Aside || attr(n, "role") == "complementary" && attr(n, "id") != "center_col"
	}) != nil
}

// title gives a candidate's title: its heading's text without the address that
// some layouts put into it.
func (p *page) title(c *candidate) string {
	if c.named != "" {
		return c.named
	}
	n := c.heading
	if !within(n, c.anchor) && within(c.anchor, n) {
		// The link is a part of the heading; the rest is marks such as "PDF".
		if t := strings.Join(linesUnder(c.anchor, 600, showsAddress), " "); t != "" {
			return t
		}
	}
	if n == c.anchor {
		// No heading: the link holds site, address and title, in lines.
		lines := linesUnder(n, 1000, nil)
		best, after := "", false
		for _, l := range lines {
			if _, ok := displayAddress(l); ok || l == c.shown {
				after, best = true, ""
				continue
			}
			if best == "" || !after && utf8.RuneCountInString(l) > utf8.RuneCountInString(best) {
				best = l
			}
		}
		if best == "" {
			for _, l := range lines {
				if _, ok := displayAddress(l); !ok && utf8.RuneCountInString(l) > utf8.RuneCountInString(best) {
					best = l
				}
			}
		}
		return best
	}
	lines := linesUnder(n, 600, showsAddress)
	if len(lines) > 1 {
		kept := lines[:0]
		for _, l := range lines {
			if _, ok := displayAddress(l); !ok {
				kept = append(kept, l)
			}
		}
		lines = kept
	}
	if len(lines) == 0 {
		return ""
	}
	if len(lines) > 1 && utf8.RuneCountInString(lines[0]) < 12 {
		return strings.Join(lines, " ")
	}
	return lines[0]
}

// showsAddress tells elements within a title that hold nothing but an address.
func showsAddress(n *html.Node) bool {
	if n.DataAtom == atom.Cite {
		return true
	}
	if n.DataAtom != atom.Span && n.DataAtom != atom.Div {
		return false
	}
	s := text(n, 300)
	if !strings.ContainsAny(s, "›/") {
		return false
	}
	_, ok := displayAddress(s)
	return ok
}

// details fills in site, date and snippet from a candidate's box.
func (p *page) details(c *candidate, r *document.Result) {
	r.Site = strings.TrimPrefix(c.url.Hostname(), "www.")
	if c.site != "" && !strings.EqualFold(c.site, r.Title) && !adWords.MatchString(c.site) {
		r.Site = c.site
	}
	var parts []string
	for _, l := range c.lines {
		if l == c.shown || l == r.Title || l == c.site || adWords.MatchString(l) || chrome.MatchString(l) {
			continue
		}
		if _, ok := displayAddress(l); ok {
			continue
		}
		if d, ok := p.date(l); ok && r.Date == "" {
			r.Date = d
			continue
		}
		if utf8.RuneCountInString(l) < 25 && len(strings.Fields(l)) < 4 {
			continue
		}
		if len(parts) > 0 && contains(parts, l) {
			continue
		}
		parts = append(parts, l)
	}
	// The snippet is the longest line and those of its kind beside it.
	best := -1
	for i, l := range parts {
		if best < 0 || len(l) > len(parts[best])+20 {
			best = i
		}
	}
	if best < 0 {
		return
	}
	snippet := parts[best]
	for _, l := range parts[best+1:] {
		if utf8.RuneCountInString(l) >= 80 && len(snippet) < 500 {
			snippet += " " + l
		}
	}
	if d, rest, ok := p.leadingDate(snippet); ok {
		if r.Date == "" {
			r.Date = d
		}
		snippet = rest
	}
	r.Snippet = snippet
}

func contains(parts []string, l string) bool {
	for _, p := range parts {
		if strings.Contains(p, l) {
			return true
		}
	}
	return false
}

// date reads a line that is a date and nothing else.
func (p *page) date(line string) (string, bool) { return resultDate(line, p.received) }

func resultDate(line string, received time.Time) (string, bool) {
	line = strings.Trim(line, " ·•—–-|")
	if line == "" || utf8.RuneCountInString(line) > 40 {
		return "", false
	}
	if d, ok := dates.Parse(line, "en-US", dates.Options{Reference: dates.Of(received), Now: received}); ok {
		return string(d), true
	}
	if d, ok := dates.Parse(line, "", dates.Options{Reference: dates.Of(received), Now: received}); ok {
		return string(d), true
	}
	if ago.MatchString(line) {
		return line, true
	}
	return "", false
}

var dateSeparator = regexp.MustCompile(`^(.{4,32}?)\s*(?:—|–| - |·|•| \.\.\. )\s*`)

// leadingDate cuts the date off a snippet: "Oct 22, 2025 — The port …".
func (p *page) leadingDate(snippet string) (date, rest string, ok bool) {
	return cutDate(snippet, p.received)
}

// cjkDate is a date that needs no mark to part it from the text.
var cjkDate = regexp.MustCompile(`^(\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}(?:分钟|小时|天)前|昨天)\s*`)

func cutDate(snippet string, received time.Time) (date, rest string, ok bool) {
	m := dateSeparator.FindStringSubmatch(snippet)
	if cjk := cjkDate.FindStringSubmatch(snippet); cjk != nil {
		m = cjk
	}
	if m == nil {
		return "", snippet, false
	}
	head := m[1]
	if d, ok := resultDate(head, received); ok {
		return d, strings.TrimSpace(snippet[len(m[0]):]), true
	}
	return "", snippet, false
}

// related lists the searches that the engine proposes: links to another search
// whose text is that search's query.
func (p *page) related(seen map[string]bool) {
	n := 0
	walk(p.root, func(a *html.Node) (bool, bool) {
		if a.Type == html.ElementNode && unseen(a) && a.DataAtom != atom.Head {
			return true, false
		}
		if !isLink(a) {
			return false, false
		}
		u, err := p.base.Parse(attr(a, "href"))
		if err != nil || !ownHost(p.engine, u.Host) {
			return true, false
		}
		t, ok := fromAddress(u.String())
		if !ok || t.query == "" || sameQuery(t.query, p.query) || n >= 60 {
			return true, n >= 60
		}
		label := text(a, 300)
		if label == "" || !sameQuery(label, t.query) || seen["related\x00"+strings.ToLower(t.query)] {
			return true, false
		}
		seen["related\x00"+strings.ToLower(t.query)] = true
		p.d.Search.Results = append(p.d.Search.Results, document.Result{Title: label, URL: u.String(), Kind: "related"})
		n++
		return true, false
	})
}

// questions lists the questions that people also ask.
func (p *page) questions(seen map[string]bool) {
	n := 0
	walk(p.root, func(b *html.Node) (bool, bool) {
		if b.Type != html.ElementNode {
			return false, false
		}
		if unseen(b) && b.DataAtom != atom.Head || n >= 60 {
			return true, n >= 60
		}
		q := attr(b, "data-q")
		if q == "" && (hasAttr(b, "aria-expanded") || attr(b, "data-tag") == "RelatedQnA.Item" || strings.Contains(attr(b, "class"), "related-question")) {
			if s := text(b, 300); (strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？")) && utf8.RuneCountInString(s) < 200 {
				q = s
			}
		}
		q = collapse(q)
		if q == "" || sameQuery(q, p.query) || seen["question\x00"+strings.ToLower(q)] || !strings.ContainsAny(q, " ") {
			return false, false
		}
		seen["question\x00"+strings.ToLower(q)] = true
		p.d.Search.Results = append(p.d.Search.Results, document.Result{Title: q, Kind: "question"})
		n++
		return false, false
	})
}

var nothing = regexp.MustCompile(`(?i)did not match any documents|no results (?:found )?(?:for|containing)|there are no results for|we did(?:n['’]t| not) find (?:any )?results|unfortunately we didn['’]t find any results|not find any results|didn['’]t return any results|ничего не нашлось|ничего не найдено|нет результатов|不到和您|没有找到|抱歉，没有|抱歉没有|keine (?:mit deiner|dokumente|ergebnisse|resultate|treffer)|nichts gefunden|wurden keine|aucun (?:document|résultat)|no se han encontrado resultados|no obtuvo ningún resultado|nessun risultato|não encontrou nenhum|hiçbir (?:arama )?sonuç|sonuç bulunamadı|heç bir nəticə|nəticə tapılmadı|nie zgadza|brak wyników|一致する情報は見つかりませんでした|검색결과가 없습니다`)

// noResults gives the sentence with which the engine says that it found
// nothing, or "".
func (p *page) noResults() string {
	sentence := ""
	walk(p.root, func(n *html.Node) (bool, bool) {
		if n.Type == html.ElementNode && unseen(n) && n.DataAtom != atom.Head {
			return true, false
		}
		if n.Type == html.TextNode && len(n.Data) > 8 && len(n.Data) < 600 && nothing.MatchString(n.Data) {
			hidden := ancestor(n, 10, styledAway)
			// Snippets quote such sentences too.
			if hidden == nil && ancestor(n, 12, isLink) == nil {
				box := n.Parent
				for range 2 {
					if box.Parent != nil && len(text(box, 400)) < 60 {
						box = box.Parent
					}
				}
				if s := text(box, 400); utf8.RuneCountInString(s) < 260 {
					sentence = s
					return true, true
				}
			}
		}
		return false, false
	})
	if utf8.RuneCountInString(sentence) > 160 {
		r := []rune(sentence)
		sentence = string(r[:160]) + "…"
	}
	return sentence
}

// fallback lists the links that lead away from the engine.
func (p *page) fallback(seen map[string]bool) int {
	n := 0
	walk(p.root, func(a *html.Node) (bool, bool) {
		if a.Type == html.ElementNode && unseen(a) && a.DataAtom != atom.Head {
			return true, false
		}
		if !isLink(a) {
			return false, false
		}
		u, _ := p.resolve(a)
		title := text(a, 300)
		if u == nil || ownHost(p.engine, u.Host) || len(strings.Fields(title)) < 3 || seen[u.String()] || n >= 200 {
			return true, n >= 200
		}
		if _, ok := displayAddress(title); ok {
			return true, false
		}
		seen[u.String()] = true
		n++
		p.d.Search.Results = append(p.d.Search.Results, document.Result{Rank: n, Title: title, URL: u.String(), Site: strings.TrimPrefix(u.Hostname(), "www.")})
		return true, false
	})
	return n
}

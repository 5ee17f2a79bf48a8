package serp

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/importers/language"
	"sourcebook/notebook/document"
)

// ReadPage reads a saved result page. ok is false where root is none; to tell
// so, only the head of the page and the names of a few elements are looked at.
func ReadPage(root *html.Node, o Options) (*document.Document, bool) {
	if root == nil {
		return nil, false
	}
	h := readHead(root)
	t, kind := recognisePage(root, h, o)
	if kind == notResults {
		return nil, false
	}
	d := snapshot(t.engine, t.query, t.address, t.truncated)
	d.URL = firstNonEmpty(o.URL, t.address)
	d.OriginOf = map[string]document.Origin{}
	if t.query != "" {
		d.OriginOf["title"], d.OriginOf["query"] = document.FromHTML, document.FromHTML
	}
	p := &page{root: root, engine: t.engine, query: t.query, base: baseOf(h, t, o), d: d, received: o.Received}
	switch kind {
	case captchaPage:
		d.Warnings = append(d.Warnings, "the engine asked whether a person is searching: this page has no results")
		d.Finish()
	default:
		p.read()
	}
	if d.Title == "" {
		d.Title = h.title
	}
	d.Lang = language.Check(h.lang, d.Title+"\n"+d.Text)
	return d, true
}

func firstNonEmpty(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// head is what the top of a page says about it.
type head struct {
	title, lang, base, canonical string
	saved                        string // the address that a browser noted when it saved the page
	results                      bool   // marked up as schema.org SearchResultsPage
}

var savedFrom = regexp.MustCompile(`(?i)saved from url=\(\d+\)(\S+)|^\s*page saved with singlefile\s+url:\s*(\S+)|(?m)^\s*url:\s*(https?://\S+)`)

// readHead reads the elements up to the body. A page without a head costs no
// more than a few hundred nodes.
func readHead(root *html.Node) head {
	var h head
	seen := 0
	walk(root, func(n *html.Node) (bool, bool) {
		seen++
		switch n.Type {
		case html.CommentNode:
			if h.saved == "" && len(n.Data) < 10000 {
				if m := savedFrom.FindStringSubmatch(n.Data); m != nil {
					h.saved = firstNonEmpty(m[1], m[2], m[3])
				}
			}
		case html.ElementNode:
			switch n.DataAtom {
			case atom.Html:
				h.lang = attr(n, "lang")
				h.results = strings.Contains(attr(n, "itemtype"), "SearchResultsPage")
			case atom.Body:
				h.results = h.results || strings.Contains(attr(n, "itemtype"), "SearchResultsPage")
				return false, true
			case atom.Title:
				if h.title == "" {
					var b strings.Builder
					for c := n.FirstChild; c != nil; c = c.NextSibling {
						if c.Type == html.TextNode && b.Len() < 4000 {
							b.WriteString(c.Data)
						}
					}
					h.title = collapse(b.String())
				}
			case atom.Base:
				h.base = attr(n, "href")
			case atom.Link:
				if strings.EqualFold(attr(n, "rel"), "canonical") {
					h.canonical = attr(n, "href")
				}
			case atom.Meta:
				if attr(n, "property") == "og:url" && h.canonical == "" {
					h.canonical = attr(n, "content")
				}
			case atom.Script, atom.Style, atom.Svg:
				return true, false
			}
		}
		return false, seen > 20000
	})
	return h
}

type pageKind int

const (
	notResults pageKind = iota
	resultsPage
	captchaPage
)

// bareTitles are titles of result and captcha pages that name no query.
var bareTitles = map[string]string{
	"яндекс": yandex, "yandex": yandex, "百度安全验证": baidu, "百度一下": baidu, "ой!": yandex, "oops!": yandex, "are you not a robot?": yandex, "вы не робот?": yandex,
	"robot musun?": yandex, "google search": google, "google": google, "bing": bing, "duckduckgo": duckduckgo, "ecosia": ecosia, "brave search": brave, "yahoo search": yahoo,
}

// recognisePage tells whether a page is a result page, and of what.
func recognisePage(root *html.Node, h head, o Options) (titled, pageKind) {
	var t titled
	evidence := 0
	if found, ok := fromTitle(h.title); ok {
		t = found
		evidence++
	}
	if a, ok := fromAddress(h.title); ok && strings.Contains(h.title, "://") {
		// Captcha pages of Google have their address as title.
		t.engine, t.query, t.address = a.engine, a.query, a.address
		evidence++
	}
	for _, address := range []string{o.URL, h.saved, h.canonical} {
		a, ok := fromAddress(address)
		if !ok || t.engine != "" && t.engine != a.engine {
			continue
		}
		evidence += 2
		t.engine = a.engine
		if t.query == "" {
			t.query = a.query
		}
		t.address, t.truncated = a.address, a.truncated
		break
	}
	if h.results {
		evidence++
	}
	bare := bareTitles[strings.ToLower(h.title)]
	if t.engine == "" && bare == "" && !h.results {
		// The title may be that of a page whose engine is only named in the body,
		// such as "coal exports - Search".
		found, ok := weakTitle(h.title)
		if !ok {
			return t, notResults
		}
		t = found
	}
	if bare != "" && t.engine == "" {
		t.engine = bare
	}
	// The page must hold what only result pages do: the search box with the
	// query in it, or an engine's own addresses.
	box, engine, captcha := inspect(root, t.engine, h)
	if t.engine == "" {
		t.engine = engine
	}
	if engine != "" && (t.engine == engine || !t.strong) {
		t.engine = engine
		evidence++
	}
	if box != "" {
		cut := strings.TrimRight(t.query, "….")
		if t.query == "" || sameQuery(box, t.query) || cut != t.query && strings.HasPrefix(box, strings.TrimSpace(cut)) {
			evidence++
			t.query = box
		}
	}
	switch {
	case t.engine == "":
		return t, notResults
	case captcha && (evidence >= 1 || bare != ""):
		return t, captchaPage
	case bare != "" && evidence < 2 && box == "":
		return t, notResults
	case evidence < 2:
		return t, notResults
	}
	return t, resultsPage
}

// weakTitle reads titles that only count with other evidence.
func weakTitle(title string) (titled, bool) {
	for _, p := range titlePatterns {
		if p.strong {
			continue
		}
		if m := p.pattern.FindStringSubmatch(title); m != nil {
			return titled{engine: p.engine, query: cleanQuery(m[1])}, true
		}
	}
	return titled{}, false
}

func sameQuery(a, b string) bool {
	return strings.EqualFold(collapse(a), collapse(b))
}

// boxNames are the parameters that engines' search boxes send.
var boxNames = map[string]bool{"q": true, "p": true, "text": true, "wd": true, "word": true, "query": true, "va": true}

// engineIDs are element IDs that engines have kept for ten years and more.
var engineIDs = map[string]string{
	"rso": google, "center_col": google, "tads": google, "gb": google, "b_results": bing, "b_content": bing, "sb_form_q": bing,
	"content_left": baidu, "content_right": baidu, "search-result": yandex, "yschsp": yahoo, "links_wrapper": duckduckgo, "search_form_input": duckduckgo,
}

// inspect looks through the body for the search box and its query, for the
// engine that the page's own addresses name, and for a captcha.
func inspect(root *html.Node, engine string, h head) (box, found string, captcha bool) {
	hosts := map[string]int{}
	textBytes, links := 0, 0
	marks := false
	walk(root, func(n *html.Node) (bool, bool) {
		if n.Type == html.TextNode {
			textBytes += len(strings.TrimSpace(n.Data))
			return false, false
		}
		if n.Type != html.ElementNode {
			return false, false
		}
		if id := attr(n, "id"); id != "" {
			if e := engineIDs[id]; e != "" {
				hosts[e] += 2
			}
		}
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Svg:
			if src := attr(n, "src"); strings.Contains(src, "recaptcha") || strings.Contains(src, "smartcaptcha") || strings.Contains(src, "captcha") {
				marks = true
			}
			return true, false
		case atom.Input:
			if box == "" && boxNames[attr(n, "name")] && attr(n, "type") != "hidden" {
				box = collapse(attr(n, "value"))
			}
		case atom.Textarea:
			if box == "" && boxNames[attr(n, "name")] {
				if n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
					box = collapse(n.FirstChild.Data)
				} else {
					box = collapse(attr(n, "value"))
				}
			}
		case atom.Form:
			a := strings.ToLower(attr(n, "action"))
			if strings.Contains(a, "captcha") || attr(n, "id") == "captcha-form" {
				marks = true
			}
			for e := range siteOf {
				if u, err := url.Parse(a); err == nil && u.Host != "" && ownHost(e, u.Host) {
					hosts[e] += 5
				}
			}
		case atom.A:
			links++
			if href := attr(n, "href"); links < 3000 && strings.Contains(href, "://") {
				if u, err := url.Parse(href); err == nil {
					for e := range siteOf {
						if ownHost(e, u.Host) {
							hosts[e]++
						}
					}
				}
			}
		case atom.Div, atom.Iframe:
			if id := attr(n, "id") + attr(n, "class"); strings.Contains(strings.ToLower(id), "captcha") || strings.Contains(id, "verify") && strings.Contains(h.title, "验证") {
				marks = true
			}
		}
		return false, false
	})
	best := 0
	for _, e := range []string{google, bing, duckduckgo, yandex, baidu, ecosia, yahoo, brave, ask, startpage} {
		if hosts[e] > best {
			found, best = e, hosts[e]
		}
	}
	if best < 2 || engine != "" && hosts[engine] >= 2 {
		found = ""
		if hosts[engine] >= 2 {
			found = engine
		}
	}
	captcha = marks && links < 25 && textBytes < 6000 || strings.Contains(h.title, "安全验证") || strings.Contains(strings.ToLower(h.title), "not a robot") || strings.Contains(h.title, "не робот")
	return box, found, captcha
}

// baseOf gives the address that the page's relative links belong to.
func baseOf(h head, t titled, o Options) *url.URL {
	fallback := map[string]string{google: "https://www.google.com/search", bing: "https://www.bing.com/search", duckduckgo: "https://duckduckgo.com/", yandex: "https://yandex.ru/search/",
		baidu: "https://www.baidu.com/s", ecosia: "https://www.ecosia.org/search", yahoo: "https://search.yahoo.com/search", brave: "https://search.brave.com/search", ask: "https://www.ask.com/web", startpage: "https://www.startpage.com/sp/search"}[t.engine]
	for _, s := range []string{h.base, o.URL, h.saved, t.address, fallback} {
		if u, err := url.Parse(s); err == nil && u.Host != "" && strings.HasPrefix(u.Scheme, "http") {
			return u
		}
	}
	return &url.URL{Scheme: "https", Host: "www.google.com", Path: "/search"}
}

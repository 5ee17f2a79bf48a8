package webpage

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/notebook/document"
)

// byline names the people who wrote the page.
func (r *reader) byline() {
	d, s := r.doc, &r.said
	set := func(names []string, origin document.Origin, sure float64) {
		var out []string
		for _, n := range names {
			for _, p := range people(n) {
				if r.author(p) && !has(out, p) {
					out = append(out, p)
				}
			}
		}
		v := strings.Join(d.Byline, "; ")
		if d.Set(&v, "byline", strings.Join(out, "; "), origin, sure) {
			d.Byline = out
		}
	}
	if s.main != nil {
		set(s.named(s.main["author"], 0), document.FromJSONLD, 1)
		set(s.named(s.main["creator"], 0), document.FromJSONLD, 0.9)
	}
	set(s.meta["article:author"], document.FromOG, 0.9)
	for _, name := range []string{"author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "citation_author", "article:author_name", "article.author", "creator", "cxenseparse:author", "article_author"} {
		set(s.meta[name], document.FromMeta, 0.9)
	}
	if n := r.first("twitter:data1"); n != "" && strings.Contains(strings.ToLower(r.first("twitter:label1")), "written") {
		set([]string{n}, document.FromMeta, 0.9)
	}
	var marked []string
	for _, n := range s.authors {
		if !r.elsewhere(n) {
			marked = append(marked, authorName(n))
		}
	}
	set(marked, document.FromHTML, 0.8)
	set(r.bylineElements(), document.FromHTML, 0.6)
}

func has(list []string, s string) bool {
	for _, e := range list {
		if strings.EqualFold(e, s) {
			return true
		}
	}
	return false
}

// authorName is the name within an element marked as author.
func authorName(n *html.Node) string {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && attr(d, "itemprop") == "name" {
			if c := attr(d, "content"); c != "" {
				return clean(c)
			}
			return textOf(d, 200)
		}
	}
	if c := attr(n, "content"); c != "" {
		return clean(c)
	}
	return textOf(n, 200)
}

// bylineElements are texts of elements whose class says that they name the
// author.
func (r *reader) bylineElements() []string {
	for i := range r.page.boxes {
		_ = i
	}
	var out []string
	for n := range r.page.body.Descendants() {
		if n.Type != html.ElementNode || len(n.Attr) == 0 || n.DataAtom == atom.Script {
			continue
		}
		class := attr(n, "class")
		if class == "" || len(class) > 300 || r.page.classCues(class)&cueAuthor == 0 {
			continue
		}
		t := textOf(n, 160)
		if t == "" || utf8.RuneCountInString(t) > 100 || r.elsewhere(n) {
			continue
		}
		if len(people(t)) > 0 && r.author(people(t)[0]) {
			return []string{t}
		}
	}
	return out
}

// bylineIntro are the words before the name in many languages.
var bylineIntro = regexp.MustCompile(`(?i)^(?:(?:written|posted|published|words|story|text|report|reporting|article|analysis|opinion|reviewed|contributed|edited|medically reviewed|by|post)\s+by|by|von|par|por|de|da|di|door|af|av|autor(?:in)?|auteur|autore|autor/a|author|authors|yazar|yazan|muəllif|автор(?:ы)?|текст|текст:|text|redaktion|著者|作者|文|撰文|記者|kirjoittaja)\b?\s*[:：]?\s+|^(?:by|author|authors|text|words|von|автор|著者|作者|文|記者|责任编辑|编辑)\s*[:：/／]\s*`)

// nameSeparators stand between names.
var nameSeparators = regexp.MustCompile(`\s*(?:;|\s\|\s|\s/\s|、|，|\s&\s|\s+(?:and|und|et|y|e|ve|və|и|en|og|och|i|with)\s+|\s*•\s*|\s+·\s+)\s*|,\s+(?:and\s+|und\s+)?`)

// people parts a byline into names, without what introduces them.
func people(s string) []string {
	s = clean(s)
	for range 3 {
		if m := bylineIntro.FindString(s); m != "" && len(m) < len(s) {
			s = strings.TrimSpace(s[len(m):])
		}
	}
	if s == "" || utf8.RuneCountInString(s) > 300 {
		return nil
	}
	var out []string
	for _, p := range nameSeparators.Split(s, -1) {
		p = strings.Trim(p, " ,.;:|-–—•·()[]\"“”")
		if p == "" {
			continue
		}
		if len(out) > 0 && notName(p) {
			continue // a post, a place, an agency after the name
		}
		out = append(out, p)
	}
	return out
}

var roleWord = regexp.MustCompile(`(?i)\b(?:editor|reporter|writer|correspondent|staff|contributor|journalist|columnist|redakteur|redaktion|analyst|producer|chief|senior|associate|director|professor|phd|ph\.d|md|m\.d|cpp|mba|fellow|published|updated|min read|minutes?|ago|contributing|special to)\b`)

// notName says whether a part after a name is something else.
func notName(s string) bool {
	if roleWord.MatchString(s) {
		return true
	}
	for _, r := range s {
		if unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// emptyAuthors are what publishing systems write where no one is named.
var emptyAuthors = map[string]bool{"admin": true, "administrator": true, "user": true, "username": true, "guest": true, "anonymous": true, "unknown": true,
	"null": true, "undefined": true, "none": true, "author": true, "autor": true, "webmaster": true, "editor": true, "root": true, "n a": true, "lesedauer": true,
	"test": true, "name": true, "false": true, "true": true, "[object object]": true, "by": true, "staff": true, "staff writer": true, "wordpress": true, "siteadmin": true}

// author says whether s can be the name of an author.
func (r *reader) author(s string) bool {
	n := utf8.RuneCountInString(s)
	f := fold(s)
	if n < 2 || n > 80 || f == "" || emptyAuthors[f] || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.Count(s, " ") > 7 {
		return false
	}
	if strings.Contains(s, "/") && !strings.Contains(s, " ") || strings.Contains(s, "{{") || strings.Contains(s, "@") && strings.Contains(s, ".") {
		return false
	}
	digits := 0
	for _, c := range s {
		if unicode.IsDigit(c) {
			digits++
		}
	}
	return digits*2 < n
}

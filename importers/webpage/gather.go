package webpage

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// statements is what a page says of itself, as it stands there.
type statements struct {
	meta      map[string][]string // content by name, property or itemprop in lower case
	title     string              // of the title element
	lang      string              // of the html element
	canonical string
	amp       bool
	base      string
	objects   []object // of JSON-LD, outermost first
	main      object   // the one that describes the page's main content
	data      []string // scripts with other JSON: the state of pages that scripts draw
	saved     savedBy
	headings  []*html.Node // h1
	credits   string       // the author, as a reader view names it
}

// savedBy is the note that SingleFile leaves at the head of a file.
type savedBy struct {
	url  string
	date time.Time
}

const (
	maxJSON    = 4 << 20 // of one script
	maxObjects = 2000    // of JSON-LD
)

// gather walks the tree once and notes what the page says of itself.
func (r *reader) gather() {
	s := &r.said
	s.meta = map[string][]string{}
	root := find(r.root, atom.Html)
	if root != nil {
		s.lang = attr(root, "lang")
		if s.lang == "" {
			s.lang = attr(root, "xml:lang")
		}
		for _, a := range root.Attr {
			if a.Key == "amp" || a.Key == "⚡" {
				s.amp = true
			}
		}
	}
	for n := r.root.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == html.CommentNode && s.saved.url == "" {
			s.saved = singleFile(n.Data)
		}
	}
	if head := find(r.root, atom.Head); head != nil {
		r.gatherHead(goquery.NewDocumentFromNode(head).Selection)
	}
	if body := find(r.root, atom.Body); body != nil {
		r.gatherBody(body)
	}
	s.main = mainObject(s)
}

// gatherHead reads the elements that stand in the page's head.
func (r *reader) gatherHead(head *goquery.Selection) {
	s := &r.said
	s.title = clean(short(head.Find("title").First().Text(), 2000))
	if base, ok := head.Find("base[href]").First().Attr("href"); ok {
		s.base = base
	}
	head.Find("meta").Each(func(_ int, m *goquery.Selection) { s.addMeta(m.Nodes[0]) })
	head.Find("link").Each(func(_ int, l *goquery.Selection) { s.addLink(l.Nodes[0]) })
	head.Find("script").Each(func(_ int, x *goquery.Selection) { s.addScript(x.Nodes[0]) })
}

func (s *statements) addLink(n *html.Node) {
	for _, rel := range strings.Fields(strings.ToLower(attr(n, "rel"))) {
		switch rel {
		case "canonical":
			if s.canonical == "" {
				s.canonical = attr(n, "href")
			}
		}
	}
}

func (s *statements) addMeta(n *html.Node) {
	content := clean(short(attr(n, "content"), 20000))
	if content == "" {
		content = clean(attr(n, "value")) // a common slip
	}
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		// a property may be several, parted by spaces
		for name := range strings.FieldsSeq(strings.ToLower(short(attr(n, key), 500))) {
			if scheme, rest, ok := strings.Cut(name, ":"); ok && (scheme == "dc" || scheme == "dcterm" || scheme == "dcterms") {
				name = strings.TrimSuffix(scheme, "s") + "s." + rest
				if scheme == "dc" {
					name = "dc." + rest
				}
			}
			if len(s.meta[name]) < 20 {
				s.meta[name] = append(s.meta[name], content)
			}
		}
	}
}

func (s *statements) addScript(n *html.Node) {
	if n.FirstChild == nil {
		return
	}
	text := n.FirstChild.Data
	switch kind := strings.ToLower(attr(n, "type")); {
	case strings.Contains(kind, "ld+json"):
		if len(text) <= maxJSON {
			s.addJSONLD(text)
		}
	case strings.HasSuffix(kind, "json"):
		if len(text) > 500 && len(text) <= maxJSON {
			s.data = append(s.data, text)
		}
	case kind == "" || strings.Contains(kind, "javascript") || kind == "module":
		if state := assignedJSON(text); state != "" {
			s.data = append(s.data, state)
		}
	}
}

var assignment = regexp.MustCompile(`^\s*(?:window|self|var|let|const)?[.\s]*\[?["']?(?:__[A-Za-z_]+__|[A-Za-z_]*(?:STATE|DATA|State|Data|preload|Fusion\.globalContent)[A-Za-z_]*)["']?\]?\s*=\s*([{\[])`)

// assignedJSON takes the object out of a script that does nothing but assign
// it: window.__INITIAL_STATE__ = {…}.
func assignedJSON(text string) string {
	if len(text) < 1000 || len(text) > maxJSON {
		return ""
	}
	m := assignment.FindStringSubmatchIndex(text[:400])
	if m == nil {
		return ""
	}
	return text[m[2]:]
}

// gatherBody notes what is needed of the body.
func (r *reader) gatherBody(body *html.Node) {
	s := &r.said
	for n := range body.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.H1:
			if len(s.headings) < 20 {
				s.headings = append(s.headings, n)
			}
		case atom.Meta:
			s.addMeta(n)
		case atom.Script:
			s.addScript(n)
			continue
		case atom.Link:
			s.addLink(n)
		case atom.A, atom.Div:
			s.readerView(n)
		}
	}
}

// readerView notes the address and the author that a browser's reader view
// writes above the text, where its page was saved.
func (s *statements) readerView(n *html.Node) {
	class := attr(n, "class")
	switch {
	case !strings.Contains(class, "reader-"):
	case n.DataAtom == atom.A && strings.Contains(class, "reader-domain") && s.saved.url == "":
		s.saved.url = attr(n, "href")
	case n.DataAtom == atom.Div && strings.Contains(class, "reader-credits") && s.credits == "":
		s.credits = textOf(n, 200)
	}
}

// singleFile reads the comment that SingleFile writes at the head of a page:
// "url: …" and "saved date: …" on lines of their own.
func singleFile(comment string) (s savedBy) {
	if !strings.Contains(comment, "SingleFile") && !strings.Contains(comment, "saved date:") {
		return s
	}
	for _, line := range strings.Split(comment, "\n") {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "url":
			s.url = value
		case "saved date":
			// "Thu Oct 30 2025 09:12:44 GMT+0400 (Azerbaijan Standard Time)"
			if i := strings.Index(value, " ("); i > 0 {
				value = value[:i]
			}
			for _, layout := range []string{"Mon Jan 02 2006 15:04:05 GMT-0700", "Mon Jan 2 2006 15:04:05 GMT-0700", time.RFC3339} {
				if t, err := time.Parse(layout, value); err == nil {
					s.date = t
					break
				}
			}
		}
	}
	return s
}

// short cuts a text to at most n bytes, at a character.
func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// clean collapses white space and drops what is not seen.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\ufeff':
			return -1
		case '\u00a0':
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// baseURL is the address that others in the page are relative to.
func (r *reader) baseURL() *url.URL {
	var base *url.URL
	for _, s := range []string{r.o.URL, r.said.saved.url, r.said.canonical, r.first("og:url")} {
		if u, err := url.Parse(strings.TrimSpace(s)); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			base = u
			break
		}
	}
	if r.said.base != "" {
		if u, err := url.Parse(r.said.base); err == nil {
			if base != nil {
				return base.ResolveReference(u)
			}
			if u.IsAbs() {
				return u
			}
		}
	}
	return base
}

// first gives the first content of the first of the named meta elements.
func (r *reader) first(names ...string) string {
	for _, n := range names {
		if v := r.said.meta[n]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// textOf is the text of an element and all within it, white space collapsed, up
// to some length; block elements stand apart by a space.
func textOf(n *html.Node, limit int) string {
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if depth > maxDepth || b.Len() > limit {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case c.Type == html.ElementNode && !unseen(c):
				if c.DataAtom == atom.Br || isBox(c) {
					b.WriteByte(' ')
				}
				walk(c, depth+1)
				if isBox(c) {
					b.WriteByte(' ')
				}
			}
		}
	}
	walk(n, 0)
	return strings.TrimRight(clean(b.String()), " ¶")
}

// object is a JSON object.
type object map[string]any

// addJSONLD takes the objects out of a script of JSON-LD, a graph's one by one.
func (s *statements) addJSONLD(text string) {
	v, ok := looseJSON(text)
	if !ok {
		return
	}
	var add func(v any, depth int)
	add = func(v any, depth int) {
		if depth > 8 || len(s.objects) >= maxObjects {
			return
		}
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				add(e, depth+1)
			}
		case map[string]any:
			s.objects = append(s.objects, v)
			for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "about", "hasPart", "subjectOf"} {
				if in, ok := v[key]; ok {
					add(in, depth+1)
				}
			}
		}
	}
	add(v, 0)
}

// looseJSON reads JSON as sites write it: in a comment or CDATA, with raw line
// feeds within strings, with commas or semicolons too many at the end.
func looseJSON(text string) (v any, ok bool) {
	text = strings.TrimSpace(text)
	for _, wrap := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"<![CDATA[", "]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}} {
		if strings.HasPrefix(text, wrap[0]) {
			text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(text, wrap[0])), wrap[1]))
		}
	}
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&v); err == nil {
		return v, true
	}
	v = nil
	if err := json.NewDecoder(strings.NewReader(mendJSON(text))).Decode(&v); err == nil {
		return v, true
	}
	return nil, false
}

// mendJSON escapes control characters within strings, drops bad escapes and
// commas before a closing bracket.
func mendJSON(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 64)
	in := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !in {
			if c == '"' {
				in = true
			}
			if c == ',' {
				rest := strings.TrimLeft(s[i+1:min(len(s), i+200)], " \t\r\n")
				if strings.HasPrefix(rest, "}") || strings.HasPrefix(rest, "]") || strings.HasPrefix(rest, ",") {
					continue
				}
			}
			b.WriteByte(c)
			continue
		}
		switch {
		case c == '"':
			in = false
			b.WriteByte(c)
		case c == '\\' && i+1 < len(s):
			i++
			if strings.IndexByte(`"\/bfnrtu`, s[i]) >= 0 {
				b.WriteByte('\\')
			}
			b.WriteByte(s[i])
		case c == '\n':
			b.WriteString(`\n`)
		case c < 0x20:
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// is says whether an object is of one of the types.
func (o object) is(types ...string) bool {
	for _, t := range o.strings("@type") {
		if i := strings.LastIndexAny(t, "/#:"); i >= 0 {
			t = t[i+1:]
		}
		for _, want := range types {
			if strings.EqualFold(t, want) {
				return true
			}
		}
	}
	return false
}

// text is a property that is a text, or the first of several.
func (o object) text(key string) string {
	for _, s := range o.strings(key) {
		if s = clean(html.UnescapeString(s)); s != "" {
			return s
		}
	}
	return ""
}

// strings are the texts of a property, whether one or several.
func (o object) strings(key string) []string {
	switch v := o[key].(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, e := range v {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
		return out
	case map[string]any:
		if s, ok := v["@value"].(string); ok {
			return []string{s}
		}
	}
	return nil
}

// articleTypes are the types of schema.org that a page's main text has.
var articleTypes = []string{"NewsArticle", "Article", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
	"ReviewNewsArticle", "AskPublicNewsArticle", "TechArticle", "ScholarlyArticle", "MedicalScholarlyArticle", "LiveBlogPosting", "SocialMediaPosting",
	"DiscussionForumPosting", "Report", "AdvertiserContentArticle", "SatiricalArticle", "APIReference", "HowTo", "Recipe", "Review", "CreativeWork", "NewsItem",
	"Question", "Blog", "MedicalWebPage"}

// mainObject chooses the JSON-LD object that describes the page's main content:
// an article before others, and one whose headline stands in the page's title
// before one that merely comes first.
func mainObject(s *statements) object {
	var best object
	score := -1
	title := fold(s.title)
	for _, o := range s.objects {
		if !o.is(articleTypes...) {
			continue
		}
		n := 2
		if o.is("CreativeWork", "Review", "Question", "Blog") {
			n = 0
		}
		h := o.text("headline")
		if h == "" {
			h = o.text("name")
		}
		if h = fold(h); h != "" && title != "" && (strings.Contains(title, h) || strings.Contains(h, title)) {
			n += 4
		}
		if _, ok := o["datePublished"]; ok {
			n++
		}
		if n > score {
			best, score = o, n
		}
	}
	return best
}

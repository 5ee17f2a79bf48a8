package feed

import (
	"context"
	"errors"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// spaces are the namespaces that feeds draw on, by their usual prefix. A feed
// may bind others to them.
var spaces = map[string]string{
	"http://www.w3.org/2005/atom":                 "atom",
	"http://purl.org/atom/ns#":                    "atom",
	"http://purl.org/rss/1.0/":                    "",
	"http://my.netscape.com/rdf/simple/0.9/":      "",
	"http://purl.org/rss/1.0/modules/content/":    "content",
	"http://purl.org/dc/elements/1.1/":            "dc",
	"http://purl.org/dc/terms/":                   "dcterms",
	"http://search.yahoo.com/mrss/":               "media",
	"http://search.yahoo.com/mrss":                "media",
	"http://www.itunes.com/dtds/podcast-1.0.dtd":  "itunes",
	"http://rssnamespace.org/feedburner/ext/1.0":  "feedburner",
	"http://news.yandex.ru":                       "yandex",
	"http://www.w3.org/1999/xhtml":                "xhtml",
	"http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf",
}

// frame is an open element.
type frame struct {
	name string // with its usual prefix
	base string // the address that those within are relative to; empty where not stated
	lang string
}

// capture is a text in the making: an element whose content is wanted.
type capture struct {
	name   string // as it stands in the feed
	usual  string // with its usual prefix
	attrs  map[string]string
	base   string
	markup strings.Builder // the content as it stands
	text   strings.Builder // the content with entities resolved and tags left out
	tags   bool            // there are elements within
	open   int             // elements of the same name within
	cut    bool
}

// xmlReader reads the elements of RSS and Atom.
type xmlReader struct {
	feed     *Feed
	z        *html.Tokenizer
	prefixes map[string]string
	stack    []frame
	source   string // the whole feed
	at       int    // where in it the token in hand ends
	began    int    // where in it the open entry begins
	entries  []*entry
	entry    *entry // the open one
	field    *capture
	tooDeep  bool
	tooLong  bool
}

// readXML reads RSS of any version, or Atom.
func readXML(ctx context.Context, f *Feed, text string) ([]*entry, error) {
	r := &xmlReader{feed: f, prefixes: map[string]string{}, source: text}
	r.z = html.NewTokenizer(strings.NewReader(text))
	r.z.SetMaxBuf(maxToken)
	r.z.AllowCDATA(true)
	if strings.Contains(text[:min(len(text), 64<<10)], "<!ENTITY") {
		f.warn("the feed defines entities of its own; they are not expanded")
	}
	ended := false
	for n := 0; !ended && !(r.entry == nil && len(r.entries) >= maxEntries); n++ {
		if n&0xfff == 0 {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		}
		tt := r.z.Next()
		r.at += len(r.z.Raw())
		switch tt {
		case html.ErrorToken:
			ended = true
			if err := r.z.Err(); !errors.Is(err, io.EOF) {
				f.warn("an element of the feed is too large: it is read up to there")
			} else if f.Format != "" && len(r.stack) > 0 {
				f.warn("the feed ends within an element: it is read up to there")
			}
		case html.TextToken:
			r.text()
		case html.StartTagToken, html.SelfClosingTagToken:
			r.start(tt == html.SelfClosingTagToken)
		case html.EndTagToken:
			raw := string(r.z.Raw())
			name, _ := r.z.TagName()
			r.end(string(name), raw)
		}
	}
	if !ended {
		f.More = true
		f.warn("the feed has more than %d entries: only the first are read", maxEntries)
	}
	r.endField()
	r.endEntry()
	if f.Format == "" {
		return nil, ErrNotFeed
	}
	if r.tooDeep {
		f.warn("the feed nests its elements too deeply: the deepest are left out")
	}
	if r.tooLong {
		f.warn("a text in the feed is longer than %d MB: it is read up to there", maxField>>20)
	}
	return r.entries, nil
}

// usual is an element's name with the usual prefix of its namespace, and
// without one where it belongs to the feed's own.
func (r *xmlReader) usual(name string) string {
	prefix, local, found := strings.Cut(name, ":")
	if !found {
		return name
	}
	if p, known := r.prefixes[prefix]; known {
		prefix = p
	}
	if prefix == "" || prefix == "atom" && r.feed.Format == "Atom" {
		return local
	}
	return prefix + ":" + local
}

func (r *xmlReader) start(selfClosing bool) {
	raw := string(r.z.Raw())
	tag, more := r.z.TagName()
	name := string(tag)
	r.z.NextIsNotRawText()
	if r.field != nil {
		if u := r.usual(name); r.field.usual == u || u != "item" && u != "entry" && !(oneLine[r.field.usual] && wanted[u]) {
			r.within(name, raw, selfClosing)
			return
		}
		r.endField() // its end is missing
	}
	attrs := map[string]string{}
	for n := 0; more && n < 64; n++ {
		var k, v []byte
		k, v, more = r.z.TagAttr()
		key := string(k)
		attrs[key] = strings.TrimSpace(string(v))
		if p, found := strings.CutPrefix(key, "xmlns:"); found {
			if u, known := spaces[strings.ToLower(attrs[key])]; known {
				r.prefixes[p] = u
			}
		}
	}
	usual := r.usual(name)
	parent := r.top()
	fr := frame{name: usual, base: resolve(parent.base, attrs["xml:base"]), lang: parent.lang}
	if l := attrs["xml:lang"]; l != "" {
		fr.lang = l
	}
	r.open(usual, fr, attrs, name, len(raw))
	switch {
	case r.field != nil && selfClosing:
		r.endField()
	case selfClosing, r.field != nil:
	case len(r.stack) >= maxDepth:
		r.tooDeep = true
	default:
		r.stack = append(r.stack, fr)
	}
	if selfClosing && (usual == "item" || usual == "entry") {
		r.endEntry()
	}
}

func (r *xmlReader) top() frame {
	if len(r.stack) == 0 {
		return frame{}
	}
	return r.stack[len(r.stack)-1]
}

// open acts on the start of an element outside any text, a tag of size bytes.
func (r *xmlReader) open(usual string, fr frame, attrs map[string]string, name string, size int) {
	f := r.feed
	switch usual {
	case "rss", "rdf:rdf", "channel":
		if f.Format == "" {
			f.Format = "RSS"
		}
	case "feed", "atom:feed":
		if f.Format == "" {
			f.Format = "Atom"
		}
	}
	if f.Format == "" {
		return
	}
	if f.Lang == "" && r.entry == nil {
		f.Lang = fr.lang
	}
	switch usual {
	case "item", "entry":
		r.endEntry()
		r.entry = &entry{lang: fr.lang, base: fr.base}
		r.began = r.at - size
		for k, v := range attrs {
			if p, local, _ := strings.Cut(k, ":"); local == "about" && (p == "rdf" || r.prefixes[p] == "rdf") {
				r.entry.id = v
			}
		}
		return
	case "category":
		if r.entry != nil && !r.inSource() {
			set(&r.entry.section, attrs["label"])
			set(&r.entry.section, attrs["term"])
		}
	case "link", "atom:link":
		if href := attrs["href"]; href != "" {
			r.link(resolve(fr.base, href), attrs)
			return
		}
	case "enclosure", "media:content", "media:thumbnail", "itunes:image":
		r.attached(usual, fr, attrs)
	}
	// RSS has a text where Atom has elements.
	if wanted[usual] || f.Format == "RSS" && (usual == "author" || usual == "source") {
		r.field = &capture{name: name, usual: usual, attrs: attrs, base: fr.base}
	}
}

// wanted are the elements whose text is taken, in an entry or in the feed.
var wanted = map[string]bool{
	"title": true, "link": true, "guid": true, "id": true, "dc:identifier": true,
	"pubdate": true, "published": true, "issued": true, "created": true, "dc:date": true, "dcterms:created": true, "dcterms:issued": true, "date": true,
	"updated": true, "modified": true, "atom:updated": true, "dcterms:modified": true, "lastbuilddate": true,
	"name": true, "dc:creator": true, "itunes:author": true, "creator": true,
	"content:encoded": true, "content": true, "xhtml:body": true, "xhtml:div": true, "yandex:full-text": true,
	"description": true, "summary": true, "itunes:summary": true, "media:description": true, "dc:description": true,
	"category": true, "dc:subject": true, "language": true, "dc:language": true, "feedburner:origlink": true,
}

// oneLine are those of them that hold a line and none of the others.
var oneLine = map[string]bool{"title": true, "link": true, "guid": true, "id": true, "pubdate": true, "published": true, "updated": true, "dc:date": true, "dc:creator": true}

// link takes a link of Atom.
func (r *xmlReader) link(href string, attrs map[string]string) {
	rel := strings.ToLower(attrs["rel"])
	switch {
	case r.inSource():
	case rel == "enclosure" && r.entry != nil:
		r.entry.enclose(Enclosure{href, attrs["type"]})
	case rel != "" && rel != "alternate":
	case r.entry != nil:
		if r.entry.link == "" || strings.Contains(attrs["type"], "html") && !r.entry.linkHTML {
			r.entry.link, r.entry.linkHTML = href, strings.Contains(attrs["type"], "html")
		}
	case r.feed.URL == "":
		r.feed.URL = href
	}
}

// attached takes the files that an entry carries.
func (r *xmlReader) attached(usual string, fr frame, attrs map[string]string) {
	e := r.entry
	if e == nil {
		return
	}
	at := resolve(fr.base, attrs["url"]+attrs["href"])
	picture := strings.HasPrefix(attrs["type"], "image/") || attrs["medium"] == "image" || usual == "media:thumbnail" || usual == "itunes:image"
	switch {
	case at == "":
	case picture:
		if e.image == "" || usual == "media:content" && e.thumbnail {
			e.image, e.thumbnail = at, usual == "media:thumbnail"
		}
	default:
		e.enclose(Enclosure{at, attrs["type"]})
	}
}

func (r *xmlReader) inside(names ...string) bool {
	for i := len(r.stack) - 1; i >= 0; i-- {
		for _, n := range names {
			if r.stack[i].name == n {
				return true
			}
		}
		if n := r.stack[i].name; n == "item" || n == "entry" {
			return false
		}
	}
	return false
}

func (r *xmlReader) inSource() bool { return r.inside("source", "image", "textinput") }

// within takes an element inside a text as it stands.
func (r *xmlReader) within(name, raw string, selfClosing bool) {
	c := r.field
	if name == c.name && !selfClosing {
		c.open++
	}
	c.tags = true
	if p, local, found := strings.Cut(name, ":"); found && (r.prefixes[p] == "xhtml" || p == "xhtml") {
		raw = strings.Replace(raw, p+":"+raw[len(p)+2:len(p)+2+len(local)], local, 1)
	}
	r.add(raw, "")
}

func (r *xmlReader) text() {
	raw := string(r.z.Raw())
	if r.field == nil {
		return
	}
	if inner, cdata := strings.CutPrefix(raw, "<![CDATA["); cdata {
		inner = strings.TrimSuffix(inner, "]]>")
		r.add(html.EscapeString(inner), inner)
		return
	}
	r.add(raw, string(r.z.Text()))
}

func (r *xmlReader) add(markup, text string) {
	c := r.field
	if c.markup.Len()+len(markup) > maxField || c.text.Len()+len(text) > maxField {
		c.cut = true
		room := max(0, maxField-max(c.markup.Len(), c.text.Len()))
		markup, text = upTo(markup, room), upTo(text, room)
	}
	c.markup.WriteString(markup)
	c.text.WriteString(text)
}

// upTo cuts s to at most n bytes, between characters.
func upTo(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "")
}

func (r *xmlReader) end(name, raw string) {
	usual := r.usual(name)
	if c := r.field; c != nil {
		if name == c.name {
			if c.open--; c.open < 0 {
				r.endField()
				return
			}
		}
		if !(usual == "item" || usual == "entry" || usual == "channel" || usual == "feed") || c.open > 0 && usual == c.usual {
			if p, local, found := strings.Cut(name, ":"); found && (r.prefixes[p] == "xhtml" || p == "xhtml") {
				raw = "</" + local + ">"
			}
			r.add(raw, "")
			return
		}
		r.endField() // its end is missing
	}
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.stack[i].name == usual {
			r.stack = r.stack[:i]
			break
		}
	}
	if usual == "item" || usual == "entry" {
		r.endEntry()
	}
}

func (r *xmlReader) endEntry() {
	if r.entry != nil {
		r.entry.raw = r.source[r.began:r.at]
		r.entries = append(r.entries, r.entry)
		r.entry = nil
	}
}

// endField stores a text that is complete.
func (r *xmlReader) endField() {
	c := r.field
	if c == nil {
		return
	}
	r.field = nil
	r.tooLong = r.tooLong || c.cut
	v := value{text: c.text.String(), base: c.base}
	kind := strings.ToLower(c.attrs["type"])
	switch {
	case kind == "xhtml" || c.tags && !strings.Contains(v.text, "<"):
		v.text, v.html = c.markup.String(), true
	case c.tags:
		v.text, v.html = html.UnescapeString(c.markup.String()), true // escaped and bare in one
	case kind == "text" || kind == "text/plain":
		v.plain = true
	case kind == "html" || kind == "text/html":
		v.html = true
	}
	if r.entry == nil {
		r.feedField(c, v)
		return
	}
	r.entryField(c, v)
}

func (r *xmlReader) feedField(c *capture, v value) {
	f := r.feed
	if f.Format == "" || r.inside("image", "textinput", "author") {
		return
	}
	switch c.usual {
	case "title":
		if f.Title == "" {
			f.Title = v.line()
		}
	case "link":
		if f.URL == "" {
			f.URL = resolve(c.base, v.line())
		}
	case "language", "dc:language":
		if f.Lang == "" {
			f.Lang = v.line()
		}
	}
}

func (r *xmlReader) entryField(c *capture, v value) {
	e := r.entry
	line := v.line()
	if line == "" && !v.html {
		return
	}
	if r.inSource() {
		if c.usual == "title" && e.source == "" {
			e.source = line
		}
		return
	}
	switch c.usual {
	case "title":
		set(&e.title, line)
	case "link":
		if e.link == "" {
			e.link = resolve(c.base, line)
		}
	case "feedburner:origlink":
		set(&e.origin, line)
	case "guid":
		e.id = line
		if c.attrs["ispermalink"] != "false" && isAddress(line) {
			e.permalink = line
		}
	case "id", "dc:identifier":
		set(&e.id, line)
	case "pubdate", "published", "issued":
		set(&e.published, line)
	case "created", "dc:date", "dcterms:created", "dcterms:issued", "date":
		set(&e.dated, line)
	case "updated", "modified", "atom:updated", "dcterms:modified":
		set(&e.modified, line)
	case "name":
		if r.inside("author", "atom:author") {
			e.author(line)
		}
	case "dc:creator", "creator":
		e.author(line)
	case "itunes:author":
		set(&e.speaker, line)
	case "author": // of RSS: an address of mail and a name
		e.author(line)
	case "content:encoded", "content", "xhtml:body", "xhtml:div", "yandex:full-text":
		if c.attrs["src"] != "" {
			return // the content lies elsewhere
		}
		if len(v.text) > len(e.content.text) {
			e.content = v
		}
	case "description", "summary":
		if e.summary.text == "" {
			e.summary = v
		}
	case "itunes:summary", "media:description", "dc:description":
		if e.other.text == "" {
			e.other = v
		}
	case "category", "dc:subject":
		if e.section == "" {
			e.section = line
		}
	case "source":
		set(&e.source, line)
		e.sourceURL = c.attrs["url"]
	case "language", "dc:language":
		e.lang = line
	}
}

func set(field *string, s string) {
	if *field == "" {
		*field = s
	}
}

// resolve makes ref absolute by base; it stays as it is where it cannot.
func resolve(base, ref string) string {
	ref = strings.TrimSpace(ref)
	if base == "" {
		return ref
	}
	b, err := url.Parse(base)
	if err != nil {
		return ref
	}
	u, err := b.Parse(ref)
	if err != nil {
		return ref
	}
	return u.String()
}

func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

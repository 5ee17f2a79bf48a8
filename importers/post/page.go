package post

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/importers/dates"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// maxNodes bounds how much of a page is looked at for posts, and maxPosts how
// many of a channel's page are given.
const (
	maxNodes = 400_000
	maxPosts = 2000
)

// page is what a saved page says of itself.
type page struct {
	root    *html.Node
	address *url.URL          // of the page; nil where it is not known
	meta    map[string]string // by property or name in lower case
	posts   []*html.Node      // messages of Telegram, articles of X
	quote   []*html.Node      // posts as X has others embed them
	schema  []map[string]any  // of JSON-LD
}

// ReadPage reads a saved page that shows a post of X, Telegram, Facebook,
// Mastodon or Bluesky. ok is false where the page is none, or none that can be
// read as one. Where it shows several it gives the one that its address names,
// else the first. root is changed only where ok is true.
func ReadPage(root *html.Node, o Options) (d *document.Document, ok bool) {
	p := look(root, o)
	if p == nil {
		return nil, false
	}
	for _, layout := range []func(*page, Options) *read{xDOM, telegramDOM, embedded, blueskyPage, mastodonPage, facebookDOM, titledPage} {
		if r := layout(p, o); r != nil {
			return p.document(r, o), true
		}
	}
	return nil, false
}

// Each gives all posts of a channel's page of Telegram, in the order of the page,
// each with its own markup. It gives none where the page is no such page, or its
// address names one post.
func Each(root *html.Node, o Options, give func(d *document.Document, markup string) error) error {
	p := look(root, o)
	if p == nil || p.site() != "Telegram" || len(p.posts) < 2 || p.named() != "" {
		return nil
	}
	for i, n := range p.posts {
		if i >= maxPosts {
			break
		}
		var raw strings.Builder
		if err := html.Render(&raw, n); err != nil {
			continue
		}
		if r := p.telegramPost(n, o); r != nil {
			if err := give(p.document(r, o), raw.String()); err != nil {
				return err
			}
		}
	}
	return nil
}

// IsChannel tells by the beginning of a page, in lower case, whether it may be a
// channel's page of Telegram.
func IsChannel(head string) bool {
	return strings.Contains(head, "telegram") && (strings.Contains(head, "tgme_") || strings.Contains(head, "tg://resolve?domain="))
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// look walks the page once; nil where nothing speaks for a post.
func look(root *html.Node, o Options) *page {
	p := &page{root: root, meta: map[string]string{}}
	canonical, saved := "", ""
	n := 0
	for d := range root.Descendants() {
		if n++; n > maxNodes {
			break
		}
		if d.Type == html.CommentNode && strings.Contains(d.Data, "SingleFile") {
			if m := savedFrom.FindStringSubmatch(d.Data); m != nil {
				saved = m[1]
			}
		}
		if d.Type != html.ElementNode {
			continue
		}
		switch d.Data {
		case "meta":
			key := strings.ToLower(attr(d, "property"))
			if key == "" {
				key = strings.ToLower(attr(d, "name"))
			}
			if v := strings.TrimSpace(attr(d, "content")); v != "" && p.meta[key] == "" && len(p.meta) < 300 {
				p.meta[key] = v
			}
		case "title":
			if t := d.FirstChild; t != nil && p.meta["<title>"] == "" {
				p.meta["<title>"] = strings.TrimSpace(t.Data)
			}
		case "link":
			if attr(d, "rel") == "canonical" && canonical == "" {
				canonical = attr(d, "href")
			}
		case "article":
			if len(p.posts) < 500 {
				p.posts = append(p.posts, d)
			}
		case "blockquote":
			if strings.Contains(attr(d, "class"), "twitter-tweet") && len(p.quote) < 20 {
				p.quote = append(p.quote, d)
			}
		case "script":
			if attr(d, "type") == "application/ld+json" && d.FirstChild != nil && len(d.FirstChild.Data) < 1<<20 && len(p.schema) < 50 {
				p.addSchema(d.FirstChild.Data)
			}
		default:
			if messageID.MatchString(attr(d, "data-post")) && len(p.posts) <= maxPosts {
				p.posts = append(p.posts, d)
			}
		}
	}
	for _, s := range []string{o.URL, saved, canonical, p.meta["og:url"]} {
		if u, err := url.Parse(strings.TrimSpace(s)); err == nil && u.Host != "" {
			p.address = u
			break
		}
	}
	return p
}

var (
	savedFrom = regexp.MustCompile(`(?m)^\s*url:\s*(\S+)`)
	messageID = regexp.MustCompile(`^[A-Za-z0-9_]{3,40}/\d{1,12}$`)
	statusID  = regexp.MustCompile(`^/([A-Za-z0-9_]{1,20})/status(?:es)?/(\d{5,25})`)
)

func (p *page) addSchema(text string) {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return
	}
	var add func(v any, depth int)
	add = func(v any, depth int) {
		if depth > 4 || len(p.schema) > 200 {
			return
		}
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				add(e, depth+1)
			}
		case map[string]any:
			p.schema = append(p.schema, v)
			add(v["@graph"], depth+1)
			add(v["mainEntity"], depth+1)
		}
	}
	add(v, 0)
}

// host is the page's, without www. and the like.
func (p *page) host() string {
	if p.address == nil {
		return ""
	}
	h := strings.ToLower(p.address.Hostname())
	for _, sub := range []string{"www.", "m.", "mobile.", "web."} {
		h = strings.TrimPrefix(h, sub)
	}
	return h
}

// site is whose page it is by its address, or by what it says of itself where
// that is not known.
func (p *page) site() string {
	switch h := p.host(); h {
	case "x.com", "twitter.com":
		return "X"
	case "t.me", "telegram.me":
		return "Telegram"
	case "facebook.com", "fb.com":
		return "Facebook"
	case "bsky.app":
		return "Bluesky"
	case "":
		switch name := p.meta["og:site_name"]; {
		case name == "Telegram":
			return "Telegram"
		case strings.HasPrefix(name, "X (formerly"), name == "X", name == "Twitter":
			return "X"
		}
	}
	return ""
}

// named is the path of the post that the address names, or empty.
func (p *page) named() string {
	if p.address == nil {
		return ""
	}
	path := strings.TrimPrefix(strings.Trim(p.address.Path, "/"), "s/")
	if p.site() == "Telegram" && messageID.MatchString(path) {
		return path
	}
	return ""
}

// document turns what was read into a document, with the page's address.
func (p *page) document(r *read, o Options) *document.Document {
	if r.address == "" && p.address != nil {
		r.address = p.address.String()
	}
	d := r.document(o)
	d.OriginOf["title"] = document.FromText
	for _, key := range []string{"byline", "published"} {
		if d.OriginOf[key] != "" && d.OriginOf[key] != document.FromURL {
			d.OriginOf[key] = r.origin
		}
	}
	if r.stated != "" {
		d.Candidates = append(d.Candidates, document.Candidate{Field: "published", Value: r.stated, Origin: r.origin, Confidence: 1})
	}
	if r.address != "" {
		d.URL = r.address
	}
	return d
}

// find gives the elements below n for which want is true, outermost first.
func find(n *html.Node, want func(*html.Node) bool) []*html.Node {
	var list []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && want(d) {
			if list = append(list, d); len(list) >= 50 {
				break
			}
		}
	}
	return list
}

func within(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		} else if d.Data == "img" {
			b.WriteString(emoji(d))
		}
		if b.Len() > longest {
			break
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// emoji is the character that a picture stands for, or empty.
func emoji(img *html.Node) string {
	alt := attr(img, "alt")
	if alt == "" || utf8.RuneCountInString(alt) > 8 {
		return ""
	}
	for _, r := range alt {
		if unicode.IsLetter(r) && r < 0x2000 || unicode.IsSpace(r) {
			return ""
		}
	}
	return alt
}

// blocksOf reads the text of a post. Line breaks within texts count where pre is
// true, as pages that scripts write have them.
func (r *read) blocksOf(n *html.Node, base string, pre bool) {
	var texts, pictures []*html.Node
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode && pre && strings.Contains(d.Data, "\n"):
			texts = append(texts, d)
		case d.Type == html.ElementNode && d.Data == "img":
			pictures = append(pictures, d)
		}
	}
	for _, d := range pictures {
		if s := emoji(d); s != "" {
			d.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: s}, d)
			d.Parent.RemoveChild(d)
		}
	}
	for _, d := range texts {
		for i, line := range strings.Split(d.Data, "\n") {
			if i > 0 {
				d.Parent.InsertBefore(&html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br}, d)
			}
			d.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: line}, d)
		}
		d.Parent.RemoveChild(d)
	}
	c := webpage.BlocksOf(n, base)
	for i := range c.Blocks {
		if c.Blocks[i].Kind == document.Heading { // no post has one: it is a way of writing large
			c.Blocks[i].Kind, c.Blocks[i].Level = document.Paragraph, 0
		}
	}
	r.blocks = c.Blocks
	for _, b := range c.Blocks {
		r.body = append(append(r.body, strings.Split(b.Text, "\n")...), "")
	}
}

// moment sets the day of a post from a machine's date.
func (r *read) moment(stated string, o Options) {
	d, ok := dates.Parse(stated, "en", dates.Options{})
	if ok && (o.Received.IsZero() || string(d) <= o.Received.AddDate(0, 0, 2).Format("2006-01-02")) {
		r.date, r.dated, r.stated = d, true, stated
	}
}

// xDOM reads a post from the page that X draws: an article with a time that is a
// link to the post's address, and the text in an element with its language.
func xDOM(p *page, o Options) *read {
	if s := p.site(); s != "X" && (s != "" || p.host() != "") {
		return nil
	}
	want := ""
	if p.address != nil {
		if m := statusID.FindStringSubmatch(p.address.Path); m != nil {
			want = m[2]
		}
	}
	var best *read
	for _, a := range p.posts {
		if a.Data != "article" {
			continue
		}
		r, id := xArticle(a, o)
		if r == nil {
			continue
		}
		if best == nil || id == want && want != "" {
			best = r
		}
		if id == want || want == "" {
			break
		}
	}
	if best == nil {
		return nil
	}
	best.fill(o)
	return best
}

// fill reads the texts that a layout has found. It changes the tree.
func (r *read) fill(o Options) {
	if r.text != nil {
		r.blocksOf(r.text, r.base, r.pre)
	}
	if q := r.quoted; q != nil && q.text != nil {
		q.blocksOf(q.text, q.base, q.pre)
	}
}

func xArticle(a *html.Node, o Options) (*read, string) {
	var r *read
	id := ""
	times := find(a, func(n *html.Node) bool { return n.Data == "time" && attr(n, "datetime") != "" })
	texts := find(a, func(n *html.Node) bool {
		return attr(n, "data-testid") == "tweetText" || attr(n, "lang") != "" && attr(n, "dir") == "auto" && n.Data == "div"
	})
	for _, t := range times {
		link := t.Parent
		for link != nil && link != a && link.Data != "a" {
			link = link.Parent
		}
		if link == nil || link == a {
			continue
		}
		u, err := url.Parse(attr(link, "href"))
		if err != nil {
			continue
		}
		if m := statusID.FindStringSubmatch(u.Path); m != nil {
			r = &read{site: "X", handle: "@" + m[1], address: "https://x.com/" + m[1] + "/status/" + m[2], origin: document.FromHTML}
			r.moment(attr(t, "datetime"), o)
			id = m[2]
			break
		}
	}
	if r == nil || len(texts) == 0 {
		return nil, ""
	}
	// The names: in each block of names a handle stands under the name.
	names := find(a, func(n *html.Node) bool { return attr(n, "data-testid") == "User-Name" })
	people := [][2]string{}
	for _, n := range names {
		name, handle := "", ""
		for d := range n.Descendants() {
			if d.Type != html.TextNode {
				continue
			}
			s := strings.TrimSpace(d.Data)
			switch {
			case handleLine.MatchString(s):
				handle = s
			case name == "" && s != "" && s != "·":
				name = s
			}
		}
		people = append(people, [2]string{name, handle})
	}
	if len(people) == 0 {
		for d := range a.Descendants() {
			if d.Type == html.TextNode && strings.EqualFold(strings.TrimSpace(d.Data), r.handle) {
				people = append(people, [2]string{"", r.handle})
				break
			}
		}
	}
	if len(people) > 0 {
		r.name = people[0][0]
		if people[0][1] != "" {
			r.handle = people[0][1]
		}
	}
	r.text, r.base, r.pre = texts[0], "https://x.com/", true
	if len(texts) > 1 && !within(texts[1], texts[0]) && len(people) > 1 {
		q := &read{site: "X", name: people[1][0], handle: people[1][1], text: texts[1], base: "https://x.com/", pre: true, origin: document.FromHTML}
		for _, t := range times {
			if s := attr(t, "datetime"); s != r.stated {
				q.moment(s, o)
				break
			}
		}
		r.quoted = q
	}
	return r, id
}

// telegramDOM reads a message from a channel's page or an embedded one.
func telegramDOM(p *page, o Options) *read {
	if s := p.site(); s != "Telegram" && (s != "" || p.host() != "") {
		return nil
	}
	named := p.named()
	var first *html.Node
	for _, n := range p.posts {
		id := attr(n, "data-post")
		if id == "" {
			continue
		}
		if first == nil {
			first = n
		}
		if strings.EqualFold(id, named) {
			first = n
			break
		}
	}
	if first != nil {
		return p.telegramPost(first, o)
	}
	// The page of a post says in its head what the frame in it shows.
	if named == "" || p.meta["og:description"] == "" || p.site() != "Telegram" {
		return nil
	}
	handle, _, _ := strings.Cut(named, "/")
	return &read{site: "Telegram", name: p.meta["og:title"], handle: "@" + handle, body: strings.Split(p.meta["og:description"], "\n"),
		address: "https://t.me/" + named, origin: document.FromOG}
}

func class(part string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for _, c := range strings.Fields(attr(n, "class")) {
			if c == part || strings.HasSuffix(c, part) && strings.HasSuffix(strings.TrimSuffix(c, part), "_") {
				return true
			}
		}
		return false
	}
}

func (p *page) telegramPost(n *html.Node, o Options) *read {
	id := attr(n, "data-post")
	handle, _, _ := strings.Cut(id, "/")
	r := &read{site: "Telegram", handle: "@" + handle, address: "https://t.me/" + id, origin: document.FromHTML}
	for _, t := range find(n, func(d *html.Node) bool { return d.Data == "time" && attr(d, "datetime") != "" }) {
		if !r.dated {
			r.moment(attr(t, "datetime"), o)
		}
	}
	if names := find(n, class("owner_name")); len(names) > 0 {
		r.name = textOf(names[0])
	} else if names := find(n, class("message_author")); len(names) > 0 {
		r.name = textOf(names[0])
	} else {
		r.name = strings.TrimSuffix(p.meta["og:title"], " – Telegram")
	}
	if from := find(n, class("forwarded_from_name")); len(from) > 0 {
		r.forwarded = textOf(from[0])
	}
	replies := find(n, class("message_reply"))
	for _, d := range find(n, class("message_text")) {
		quoted := false
		for _, q := range replies {
			quoted = quoted || within(d, q)
		}
		if !quoted {
			r.text = d
			break
		}
	}
	for _, q := range replies {
		if t := textOf(q); t != "" {
			r.dropped = append(r.dropped, t)
		}
	}
	if r.text == nil {
		caption := find(n, func(d *html.Node) bool { return attr(d, "dir") == "auto" && textOf(d) != "" && textOf(d) != r.name })
		if len(caption) == 0 {
			return nil // a picture without a word
		}
		r.text = caption[0]
	}
	for _, d := range find(n, class("message_views")) {
		r.dropped = append(r.dropped, textOf(d)+" views")
	}
	r.blocksOf(r.text, r.address, false)
	if len(r.blocks) == 0 {
		return nil
	}
	return r
}

// embedded reads a page that is nothing but a post as X has others embed it.
func embedded(p *page, o Options) *read {
	if len(p.quote) != 1 {
		return nil
	}
	all, own := textOf(p.root), textOf(p.quote[0])
	if len(own)*10 < len(all)*8 {
		return nil // it stands in an article
	}
	r, ok := signed([]string{own}, o)
	if !ok {
		return nil
	}
	r.origin = document.FromHTML
	for _, a := range find(p.quote[0], func(n *html.Node) bool { return n.Data == "a" }) {
		if u, err := url.Parse(attr(a, "href")); err == nil {
			if m := statusID.FindStringSubmatch(u.Path); m != nil {
				r.address = "https://x.com/" + m[1] + "/status/" + m[2]
			}
		}
	}
	if texts := find(p.quote[0], func(n *html.Node) bool { return n.Data == "p" }); len(texts) > 0 {
		r.body = nil
		r.blocksOf(texts[0], "", false)
	}
	return r
}

// accounted is a name with an account: "Ann Quay (@ann@port.example)".
var accounted = regexp.MustCompile(`^(.{0,100}?)\s*\(?(@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}_.-]+)?)\)?\s*(?:[-—–|•·].*)?$`)

// stated reads a post from what the head of its page says.
func (p *page) stated(site string, o Options) *read {
	text := p.meta["og:description"]
	if text == "" {
		return nil
	}
	r := &read{site: site, body: strings.Split(text, "\n"), origin: document.FromOG}
	if m := accounted.FindStringSubmatch(p.meta["og:title"]); m != nil {
		r.name, r.handle = m[1], m[2]
	} else {
		r.name = p.meta["og:title"]
	}
	r.moment(p.meta["article:published_time"], o)
	for _, s := range p.schema { // more exact, where it is there
		if kind, _ := s["@type"].(string); kind != "SocialMediaPosting" && kind != "DiscussionForumPosting" {
			continue
		}
		if stated, ok := s["datePublished"].(string); ok {
			r.moment(stated, o)
		}
		for _, key := range []string{"articleBody", "text"} {
			if body, ok := s[key].(string); ok && len(body) >= len(text) {
				r.body = strings.Split(body, "\n")
				r.origin = document.FromJSONLD
			}
		}
		if a, ok := s["author"].(map[string]any); ok {
			if name, ok := a["name"].(string); ok && name != "" {
				r.name = name
			}
		}
	}
	return r
}

var blueskyPath = regexp.MustCompile(`^/profile/([\w.:-]+)/post/\w+`)

func blueskyPage(p *page, o Options) *read {
	if p.site() != "Bluesky" {
		return nil
	}
	m := blueskyPath.FindStringSubmatch(p.address.Path)
	if m == nil {
		return nil
	}
	r := p.stated("Bluesky", o)
	if r != nil && !strings.HasPrefix(m[1], "did:") {
		r.handle = "@" + m[1]
	}
	return r
}

var mastodonPath = regexp.MustCompile(`^/@([\w.-]+(?:@[\w.-]+)?)/\d{9,25}$`)

// mastodonPage reads a post of any server of Mastodon and its kin: the address
// and the head have their shape.
func mastodonPage(p *page, o Options) *read {
	if p.address == nil {
		return nil
	}
	m := mastodonPath.FindStringSubmatch(p.address.Path)
	if m == nil || !accounted.MatchString(p.meta["og:title"]) {
		return nil
	}
	r := p.stated("Mastodon", o)
	if r == nil {
		return nil
	}
	if r.handle = "@" + m[1]; !strings.Contains(m[1], "@") {
		r.handle += "@" + p.host()
	}
	// Mastodon says under the text what is attached to it.
	for n := len(r.body); n > 0 && (r.body[n-1] == "" || strings.HasPrefix(r.body[n-1], "Attached: ")); n = len(r.body) {
		if r.body[n-1] != "" {
			r.dropped = append(r.dropped, r.body[n-1])
		}
		r.body = r.body[:n-1]
	}
	return r
}

var facebookPath = regexp.MustCompile(`/(?:posts|permalink|videos|photos?|reel)/|/(?:story|permalink|photo)\.php|/groups/[^/]+/`)

// facebookDOM reads a post of Facebook: the element that its page marks as the
// message, or what the head says.
func facebookDOM(p *page, o Options) *read {
	if p.site() != "Facebook" || !facebookPath.MatchString(p.address.Path) {
		return nil
	}
	r := &read{site: "Facebook", origin: document.FromHTML}
	if texts := find(p.root, func(n *html.Node) bool {
		return attr(n, "data-ad-preview") == "message" || attr(n, "data-ad-comet-preview") == "message" || attr(n, "data-testid") == "post_message"
	}); len(texts) > 0 {
		box := texts[0].Parent
		for k := 0; k < 30 && box != nil && attr(box, "role") != "article"; k++ {
			box = box.Parent
		}
		if box != nil {
			if heads := find(box, func(n *html.Node) bool { return n.Data == "strong" || n.Data == "h2" || n.Data == "h3" }); len(heads) > 0 {
				r.name = textOf(heads[0])
			}
			for _, n := range find(box, func(n *html.Node) bool { return n.Data == "abbr" || n.Data == "time" }) {
				if d, ok := day(textOf(n), o); ok && !r.dated {
					r.date, r.dated = d, true
				}
			}
		}
		if r.name == "" {
			r.name, _, _ = strings.Cut(p.meta["og:title"], " - ")
		}
		r.blocksOf(texts[0], p.address.String(), false)
		if len(r.blocks) > 0 {
			return r
		}
	}
	s := p.stated("Facebook", o)
	if s == nil {
		return nil
	}
	s.name, _, _ = strings.Cut(s.name, " - ")
	s.name, _, _ = strings.Cut(s.name, " | ")
	return s
}

// titledPage reads a post of X from the title that its page has, where a script
// has yet to draw the rest.
func titledPage(p *page, o Options) *read {
	if p.site() != "X" || p.address == nil || !statusID.MatchString(p.address.Path) {
		return nil
	}
	m := statusID.FindStringSubmatch(p.address.Path)
	for _, s := range []string{p.meta["<title>"], p.meta["og:title"] + " / X"} {
		if r, ok := xTitle(split(s), o); ok {
			r.handle, r.origin = "@"+m[1], document.FromHTML
			return r
		}
	}
	if text := strings.Trim(p.meta["og:description"], "“”\""); text != "" && strings.Contains(p.meta["og:title"], " on ") {
		name, _, _ := strings.Cut(p.meta["og:title"], " on ")
		return &read{site: "X", name: name, handle: "@" + m[1], body: strings.Split(text, "\n"), origin: document.FromOG}
	}
	return nil
}

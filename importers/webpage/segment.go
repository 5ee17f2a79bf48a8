package webpage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/notebook/document"
)

// A box is an element that stands as a block on the page, with what its whole
// content adds up to.
type box struct {
	node        *html.Node
	tag         atom.Atom
	parent      int32 // -1 for the body
	depth       int32
	first, last int32 // its segments, half-open
	own         cues  // what its class, id and role say
	all         cues  // the same, with those of the boxes around it
	hidden      bool
	path        uint32 // of its tag and class and those around it
	kin         uint32 // of its tag and class alone
	runes       int32
	linkRunes   int32
	good        int32 // runes of running text: long segments with few links
	links       int32
	segments    int32
	list        int16 // depth of lists around it
	quote       int16 // depth of quotations around it
	children    int32 // boxes directly within
}

// A segment is the least stretch of text that is kept or dropped as a whole:
// the text directly within one box, between other boxes.
type segment struct {
	box       int32
	tag       atom.Atom // p, li, h1–h6, td, pre, figcaption, table …: what it reads as
	text      string
	links     []document.Link
	runes     int32
	linkRunes int32
	strong    int32 // runes in bold or italic
	hidden    bool
	broken    bool // parted from the segment before by br, not by a box
	control   bool // a button, an option or a field
	images    int32
}

// A mark is an element that names an author or a date, with the segment before
// which it starts.
type mark struct {
	node *html.Node
	seg  int32
	box  int32 // the one it is, or stands in
	kind markKind
}

type markKind uint8

const (
	markTime       markKind = iota + 1
	markAuthor              // rel or itemprop says so
	markAuthorLink          // a link to an author's page
	markAuthorName          // its class says so
	markDate                // its class says so
)

// A page is one cut into segments.
type page struct {
	root     *html.Node
	body     *html.Node
	boxes    []box
	segs     []segment
	vocab    map[string]cues // of class attributes seen on this page
	tokens   map[string]cues // of the names in them
	marks    []mark
	linkURLs func(string) string
	terms    []uint32 // hashes of the longer words of all segments, in order
	termEnds []int32  // where each segment's end there
}

// goodRunes is the length from which a segment with few links counts as
// running text. Chinese and Japanese need far fewer characters for the same.
const goodRunes = 80

type segmenter struct {
	*page
	buf       []byte
	runes     int32
	linkRunes int32
	strong    int32
	images    int32
	links     []document.Link
	link      string // address of the open link
	inLink    bool
	linkFrom  int32
	inStrong  int
	space     bool // a space is due before the next word
	newlines  int  // line breaks due before the next word
	broken    bool
	pre       int
	control   int
	tag       atom.Atom
}

// segmentPage cuts the tree under root into boxes and segments.
func segmentPage(root *html.Node, resolve func(string) string) *page {
	p := &page{root: root, body: find(root, atom.Body), vocab: map[string]cues{}, tokens: map[string]cues{}, linkURLs: resolve}
	if p.body == nil {
		p.body = root
	}
	s := &segmenter{page: p}
	s.walkBox(p.body, -1, 0)
	p.unhide()
	return p
}

// unhide shows the hidden parts of a page that hides nearly all of itself until
// a script has run.
func (p *page) unhide() {
	var shown, hidden int32
	for i := range p.segs {
		if g := &p.segs[i]; g.hidden {
			hidden += g.runes
		} else {
			shown += g.runes
		}
	}
	if hidden < 4*shown {
		return
	}
	for i := range p.segs {
		p.segs[i].hidden = false
	}
}

// find returns the first element a in document order.
func find(n *html.Node, a atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == a {
			return d
		}
	}
	return nil
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// isBox says whether an element stands as a block.
func isBox(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Dialog,
		atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4,
		atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Legend, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Noscript, atom.Ol, atom.Optgroup,
		atom.Option, atom.P, atom.Pre, atom.Section, atom.Select, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Textarea, atom.Tfoot, atom.Th,
		atom.Thead, atom.Tr, atom.Ul:
		return true
	case 0:
		if n.Data == "search" {
			return true
		}
		return strings.IndexByte(n.Data, '-') > 0 && (n.Parent == nil || n.Parent.DataAtom != atom.P)
	}
	return false
}

// unseen says whether nothing within an element is shown as text.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Head, atom.Iframe, atom.Object, atom.Embed, atom.Canvas, atom.Audio, atom.Video, atom.Map,
		atom.Noembed, atom.Noframes, atom.Title, atom.Datalist, atom.Rp, atom.Svg, atom.Meta, atom.Link:
		return true
	}
	return n.Namespace == "svg"
}

// hides says whether an element's own attributes hide it.
func hides(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			return true
		case "style":
			v := n.Attr[i].Val
			if len(v) > 2048 {
				v = v[:2048]
			}
			if j := strings.Index(v, "display"); j >= 0 && strings.HasPrefix(strings.TrimLeft(v[j+7:], " :"), "none") {
				return true
			}
			if j := strings.Index(v, "visibility"); j >= 0 && strings.HasPrefix(strings.TrimLeft(v[j+10:], " :"), "hidden") {
				return true
			}
		}
	}
	return false
}

func hash(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < '0' || c > '9' { // post-123 and post-456 are kin
			h = (h ^ uint32(c)) * 16777619
		}
	}
	return h
}

// walkBox takes the box of n and all within it.
func (s *segmenter) walkBox(n *html.Node, parent int32, depth int) {
	if depth > 2*maxDepth {
		return
	}
	s.flush(parent)
	id := int32(len(s.boxes))
	b := box{node: n, tag: n.DataAtom, parent: parent, first: int32(len(s.segs))}
	b.own = s.cuesOf(n)
	s.mark(n, id, b.own)
	b.all = b.own
	b.kin = hash(hash(2166136261, n.Data), attr(n, "class"))
	b.path = b.kin
	b.hidden = hides(n)
	if parent >= 0 {
		up := &s.boxes[parent]
		up.children++
		b.all |= up.all
		b.hidden = b.hidden || up.hidden
		b.depth, b.list, b.quote = up.depth+1, up.list, up.quote
		b.path = (up.path*31 + b.kin) * 16777619
	}
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Dir, atom.Menu:
		b.list++
	case atom.Blockquote:
		b.quote++
	}
	s.boxes = append(s.boxes, b)
	outer, control, pre := s.tag, s.control, s.pre
	s.tag = segmentTag(n, outer)
	switch n.DataAtom {
	case atom.Button, atom.Option, atom.Select, atom.Textarea, atom.Optgroup:
		s.control++
	case atom.Pre:
		s.pre++
	}
	if n.DataAtom == atom.Table && dataTable(n) {
		s.table(n, id)
	} else {
		s.children(n, id, depth+1)
	}
	s.flush(id)
	s.tag, s.control, s.pre = outer, control, pre
	e := &s.boxes[id]
	e.last = int32(len(s.segs))
	if parent >= 0 {
		up := &s.boxes[parent]
		up.runes += e.runes
		up.linkRunes += e.linkRunes
		up.good += e.good
		up.links += e.links
		up.segments += e.segments
	}
}

// segmentTag is what a segment directly within n reads as, where the box around
// n reads as outer: a paragraph in a list item is the item, and so on.
func segmentTag(n *html.Node, outer atom.Atom) atom.Atom {
	switch a := n.DataAtom; a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Li, atom.Pre, atom.Figcaption, atom.Blockquote, atom.Td, atom.Th, atom.Dt, atom.Dd,
		atom.Button, atom.Option, atom.Caption, atom.Legend, atom.Summary:
		return a
	case atom.P:
		switch outer {
		case atom.Li, atom.Figcaption, atom.Blockquote, atom.Dd, atom.Dt:
			return outer
		}
		return a
	case atom.Ul, atom.Ol, atom.Article, atom.Section, atom.Main, atom.Body, atom.Aside:
		return atom.Div
	default:
		if outer != 0 {
			if outer == atom.P {
				return atom.Div
			}
			return outer
		}
		return atom.Div
	}
}

func (s *segmenter) children(n *html.Node, id int32, depth int) {
	if depth > 2*maxDepth {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			s.text(c)
		case html.ElementNode:
			s.element(c, id, depth)
		}
	}
}

func (s *segmenter) element(c *html.Node, id int32, depth int) {
	if unseen(c) {
		return
	}
	if isBox(c) {
		s.walkBox(c, id, depth)
		return
	}
	if len(c.Attr) > 0 || c.DataAtom == atom.Time {
		s.mark(c, id, s.cuesOf(c))
	}
	switch c.DataAtom {
	case atom.Br:
		s.newlines++
		if s.newlines >= 2 && s.pre == 0 {
			s.flush(id)
			s.broken = true
		}
		return
	case atom.Hr:
		s.flush(id)
		return
	case atom.Img:
		s.images++
		return
	case atom.Input:
		return
	case atom.A:
		if s.inLink {
			break
		}
		href := attr(c, "href")
		if href == "" {
			break
		}
		if t := c.FirstChild; t != nil && t.NextSibling == nil && (t.Data == "¶" || t.Data == "#" || t.Data == "§") {
			return // the mark that documentation puts beside its headings
		}
		if prev := c.PrevSibling; prev != nil && prev.DataAtom == atom.A && len(s.buf) > 0 {
			s.space = true // two links that touch are two things
		}
		s.inLink, s.link, s.linkFrom = true, href, -1
		s.inner(c, id, depth)
		s.endLink()
		s.inLink = false
		return
	case atom.Math:
		s.children(c, id, depth+1)
		return
	case atom.Span:
		if prev := c.PrevSibling; prev != nil && prev.DataAtom == atom.Span && len(s.buf) > 0 && s.pre == 0 && apartSpans(prev, c) {
			s.space = true
		}
	case atom.Annotation:
		return
	case atom.B, atom.Strong, atom.I, atom.Em:
		s.inStrong++
		s.inner(c, id, depth)
		s.inStrong--
		return
	}
	if c.Data == "annotation" || c.Data == "annotation-xml" {
		return
	}
	s.inner(c, id, depth)
}

// apartSpans says whether two spans that touch are two things, such as a name
// and a date, rather than parts of a word: both have a class and some length.
func apartSpans(a, b *html.Node) bool {
	for _, n := range []*html.Node{a, b} {
		if t := n.FirstChild; t == nil || t.NextSibling != nil || t.Type != html.TextNode || len(t.Data) < 4 {
			return false
		}
	}
	return len(b.FirstChild.Data) > 0 && (b.FirstChild.Data[0] < 'a' || b.FirstChild.Data[0] > 'z')
}

const maxMarks = 3000

// mark notes n where it says that it names an author or a date.
func (s *segmenter) mark(n *html.Node, box int32, c cues) {
	if len(s.marks) >= maxMarks {
		return
	}
	at := int32(len(s.segs))
	if n.DataAtom == atom.Time {
		s.marks = append(s.marks, mark{n, at, box, markTime})
		return
	}
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "itemprop":
			switch {
			case strings.Contains(a.Val, "datePublished") || strings.Contains(a.Val, "dateCreated"):
				s.marks = append(s.marks, mark{n, at, box, markTime})
				return
			case a.Val == "author" || a.Val == "creator":
				s.marks = append(s.marks, mark{n, at, box, markAuthor})
				return
			}
		case "rel":
			if a.Val == "author" || strings.HasPrefix(a.Val, "author ") || strings.HasSuffix(a.Val, " author") {
				s.marks = append(s.marks, mark{n, at, box, markAuthor})
				return
			}
		case "href":
			if n.DataAtom == atom.A && authorAddress(a.Val) {
				s.marks = append(s.marks, mark{n, at, box, markAuthorLink})
				return
			}
		case "title":
			if v := a.Val; len(v) >= 10 && len(v) < 40 && v[0] <= '9' && v[4] == '-' && v[7] == '-' { // as hAtom has it
				s.marks = append(s.marks, mark{n, at, box, markTime})
				return
			}
		case "datetime", "data-datetime", "data-timestamp", "data-date", "data-time", "data-utime", "data-published", "created-timestamp", "timestamp", "ts":
			s.marks = append(s.marks, mark{n, at, box, markTime})
			return
		}
	}
	switch {
	case c&cueAuthor != 0:
		s.marks = append(s.marks, mark{n, at, box, markAuthorName})
	case c&cueMeta != 0:
		s.marks = append(s.marks, mark{n, at, box, markDate})
	}
}

// authorAddress says whether a link leads to the page of an author.
func authorAddress(href string) bool {
	if len(href) > 400 {
		return false
	}
	for _, part := range []string{"/author/", "/authors/", "/autor/", "/autoren/", "/by/", "/byline/", "/staff/", "/contributor/", "/contributors/", "/people/",
		"/journalist/", "/journalists/", "/reporter/", "/reporters/", "/columnist/", "/profile/", "/profiles/", "/auteur/", "/auteurs/", "/autore/", "/autori/", "/yazar/",
		"/yazarlar/", "/author?", "/avtor/", "/writers/", "/writer/", "/team/", "/bio/", "/experts/", "/redaktion/", "/users/", "/user/", "/member/", "/members/", "/u/"} {
		if strings.Contains(href, part) {
			return true
		}
	}
	return false
}

// inner walks an inline element. One that hides its text makes a segment of its
// own, as does one whose class says that it is no part of the sentence around.
func (s *segmenter) inner(c *html.Node, id int32, depth int) {
	if len(c.Attr) > 0 && hides(c) {
		s.flush(id)
		first := len(s.segs)
		s.children(c, id, depth+1)
		s.flush(id)
		for i := first; i < len(s.segs); i++ {
			s.segs[i].hidden = true
		}
		return
	}
	s.children(c, id, depth+1)
}

// endLink closes the stretch of the open link in the text so far.
func (s *segmenter) endLink() {
	if s.inLink && s.linkFrom >= 0 && s.runes > s.linkFrom {
		if url := s.linkURLs(s.link); url != "" {
			s.links = append(s.links, document.Link{Start: int(s.linkFrom), End: int(s.runes), URL: url})
		}
		s.linkRunes += s.runes - s.linkFrom
	}
	s.linkFrom = -1
}

func (s *segmenter) text(n *html.Node) {
	if s.pre > 0 {
		s.preText(n)
		return
	}
	data := n.Data
	for i := 0; i < len(data); {
		c := data[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' {
			s.space = true
			i++
			continue
		}
		if c == 0xC2 && i+1 < len(data) && (data[i+1] == 0xA0 || data[i+1] == 0xAD) {
			if data[i+1] == 0xA0 {
				s.space = true
			}
			i += 2 // a soft hyphen is no part of the word
			continue
		}
		if c == 0xE2 && strings.HasPrefix(data[i:], "\u200b") || c == 0xEF && strings.HasPrefix(data[i:], "\ufeff") {
			i += 3
			continue
		}
		if c < 0x20 || c == 0x7f {
			i++
			continue
		}
		// a word
		if len(s.buf) > 0 {
			if s.newlines > 0 {
				s.buf = append(s.buf, '\n')
				s.runes++
			} else if s.space {
				s.buf = append(s.buf, ' ')
				s.runes++
			}
		}
		s.space, s.newlines = false, 0
		if s.inLink && s.linkFrom < 0 {
			s.linkFrom = s.runes
		}
		start := i
		ascii := true
		for i < len(data) {
			c := data[i]
			if c <= ' ' || c == 0x7f || c == 0xC2 && i+1 < len(data) && (data[i+1] == 0xA0 || data[i+1] == 0xAD) || c == 0xE2 && strings.HasPrefix(data[i:], "\u200b") || c == 0xEF && strings.HasPrefix(data[i:], "\ufeff") {
				break
			}
			if c >= utf8.RuneSelf {
				ascii = false
			}
			i++
		}
		word := data[start:i]
		s.buf = append(s.buf, word...)
		n := int32(len(word))
		if !ascii {
			n = int32(utf8.RuneCountInString(word))
		}
		s.runes += n
		if s.inStrong > 0 {
			s.strong += n
		}
	}
}

// preText keeps white space as it stands.
func (s *segmenter) preText(n *html.Node) {
	if s.newlines > 0 && len(s.buf) > 0 {
		s.buf = append(s.buf, '\n')
		s.runes++
	}
	s.newlines = 0
	if s.inLink && s.linkFrom < 0 {
		s.linkFrom = s.runes
	}
	for _, r := range n.Data {
		if r == '\r' {
			continue
		}
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			continue
		}
		s.buf = utf8.AppendRune(s.buf, r)
		s.runes++
	}
}

// flush ends the segment in hand, which stands directly within box id.
func (s *segmenter) flush(id int32) {
	s.endLink()
	if len(s.buf) > 0 && id >= 0 {
		text := string(s.buf)
		if s.pre > 0 {
			text = strings.Trim(text, "\n")
			if cut := strings.Index(string(s.buf), text); cut > 0 { // only line feeds: as many runes as bytes
				for i := range s.links {
					s.links[i].Start = max(0, s.links[i].Start-cut)
					s.links[i].End = max(0, s.links[i].End-cut)
				}
			}
			s.runes = int32(utf8.RuneCountInString(text))
		}
		if strings.TrimSpace(text) != "" {
			s.add(segment{box: id, tag: s.tag, text: text, links: s.links, runes: s.runes, linkRunes: s.linkRunes, strong: s.strong,
				hidden: s.boxes[id].hidden, broken: s.broken, control: s.control > 0, images: s.images})
			s.broken = false
		}
	}
	s.buf, s.links = s.buf[:0], nil
	s.runes, s.linkRunes, s.strong, s.images = 0, 0, 0, 0
	s.space, s.newlines = false, 0
}

func (s *segmenter) add(g segment) {
	s.segs = append(s.segs, g)
	b := &s.boxes[g.box]
	b.runes += g.runes
	b.linkRunes += g.linkRunes
	b.links += int32(len(g.links))
	b.segments++
	if g.good() {
		b.good += g.runes
	}
}

// good says whether a segment is running text.
func (g *segment) good() bool {
	return !g.control && g.weight() >= goodRunes && g.linkRunes*3 < g.runes
}

// weight is the segment's length in runes, where a Chinese or Japanese
// character counts as three.
func (g *segment) weight() int32 {
	if int(g.runes)*2 < len(g.text) && len(g.text) > 2 && g.text[0] >= 0xE3 && g.text[0] <= 0xED {
		return g.runes * 3
	}
	return g.runes
}

// dataTable tells a table of data from one that lays out a page: it has at
// least two rows and two columns, its cells hold little, and no other table.
func dataTable(t *html.Node) bool {
	if r := attr(t, "role"); r == "presentation" || r == "none" {
		return false
	}
	rows, cells, cols, long, blocks := 0, 0, 0, 0, 0
	var walk func(n *html.Node, depth int) bool
	walk = func(n *html.Node, depth int) bool {
		if depth > maxDepth {
			return false
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				if len(c.Data) > 400 {
					long++
				}
				continue
			}
			if c.Type != html.ElementNode {
				continue
			}
			switch c.DataAtom {
			case atom.Table, atom.Form, atom.H1, atom.H2, atom.Article, atom.Section, atom.Nav, atom.Select, atom.Textarea, atom.Iframe, atom.Blockquote, atom.Pre:
				return false
			case atom.Tr:
				rows++
				cols = max(cols, cells)
				cells = 0
			case atom.Td, atom.Th:
				cells++
			case atom.P, atom.Div, atom.Li:
				blocks++
			}
			if !walk(c, depth+1) {
				return false
			}
		}
		return true
	}
	if !walk(t, 0) {
		return false
	}
	cols = max(cols, cells)
	return rows >= 2 && cols >= 2 && long*4 <= rows && blocks <= rows*cols*2
}

// table takes a table of data as one segment: rows on lines, cells parted by
// tabs.
func (s *segmenter) table(t *html.Node, id int32) {
	s.flush(id)
	s.tag = atom.Table
	var captions []*html.Node
	var cell func(n *html.Node, depth int)
	cell = func(n *html.Node, depth int) {
		if depth > maxDepth {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				s.text(c)
				continue
			}
			if c.Type != html.ElementNode || unseen(c) {
				continue
			}
			if c.DataAtom == atom.A && !s.inLink && attr(c, "href") != "" {
				s.inLink, s.link, s.linkFrom = true, attr(c, "href"), -1
				cell(c, depth+1)
				s.endLink()
				s.inLink = false
				continue
			}
			if c.DataAtom == atom.Br || isBox(c) {
				s.space = true
			}
			cell(c, depth+1)
			if isBox(c) {
				s.space = true
			}
		}
	}
	row, col := 0, 0
	sep := func(x byte) {
		s.endLink()
		s.buf = append(s.buf, x)
		s.runes++
		s.space, s.newlines = false, 0
	}
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if depth > maxDepth {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode || unseen(c) {
				continue
			}
			switch c.DataAtom {
			case atom.Caption:
				captions = append(captions, c)
			case atom.Tr:
				if row > 0 {
					sep('\n')
				}
				row++
				col = 0
				walk(c, depth+1)
			case atom.Td, atom.Th:
				if col > 0 {
					sep('\t')
				}
				col++
				cell(c, depth+1)
			default:
				walk(c, depth+1)
			}
		}
	}
	walk(t, 0)
	s.trimTable()
	s.flush(id)
	s.tag = atom.Caption
	for _, c := range captions {
		cell(c, 0)
		s.flush(id)
	}
}

// trimTable drops rows without text and the tabs at the ends of rows, where no
// link has to move for it.
func (s *segmenter) trimTable() {
	if len(s.links) > 0 {
		return
	}
	lines := strings.Split(string(s.buf), "\n")
	kept := lines[:0]
	for _, l := range lines {
		if l = strings.TrimRight(l, "\t "); strings.TrimSpace(l) != "" {
			kept = append(kept, l)
		}
	}
	text := strings.Join(kept, "\n")
	s.buf = append(s.buf[:0], text...)
	s.runes = int32(utf8.RuneCountInString(text))
}

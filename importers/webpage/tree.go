package webpage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of one page. A page that goes beyond one is read as far as it
// goes, with a warning; only one of more than maxBytes is cut before it is read.
const (
	maxBytes     = 64 << 20        // of the page as received
	maxNodes     = 1_000_000       // elements and texts
	maxText      = 12 << 20        // bytes of text outside scripts: more than any document keeps
	maxDepth     = 480             // open elements; deeper ones become siblings
	maxAttrs     = 128             // of one element
	maxAttrBytes = 1 << 20         // of one attribute's value
	maxTagMarks  = 400_000         // spaces, slashes and quotes in one tag
	maxParseTime = 6 * time.Second // of building the tree
)

// treeBuilder makes a tree of html.Nodes from the tokens of a page.
//
// It follows the tree construction of the HTML standard where that bears on
// which text stands in which element, and leaves out what can make a small page
// into a huge tree: formatting elements that a page forgets to close are not
// opened again in every later block (the standard's adoption agency), so no
// token makes more than one element. This is what bounds time and memory.
type treeBuilder struct {
	z        *html.Tokenizer
	root     *html.Node // the document
	html     *html.Node
	head     *html.Node
	body     *html.Node
	open     []*html.Node // the open elements, from html down
	inBody   bool
	foreign  int // how many svg or math elements are open
	nodes    int
	said     int               // bytes of text
	tooDeep  int               // elements left out of open because of maxDepth
	openOf   map[atom.Atom]int // how many of each element are open
	spare    []html.Node       // made together, as a tree lives and dies as one
	spareKV  []html.Attribute
	warnings []string
}

// node makes a node.
func (b *treeBuilder) node() *html.Node {
	if len(b.spare) == 0 {
		b.spare = make([]html.Node, min(256, 32+b.nodes))
	}
	n := &b.spare[0]
	b.spare = b.spare[1:]
	return n
}

// buildTree parses page, which is UTF-8 text, into a tree. It never fails on
// what stands in page; the error is ctx's.
func buildTree(ctx context.Context, page string) (root *html.Node, warnings []string, err error) {
	b := &treeBuilder{root: &html.Node{Type: html.DocumentNode}, openOf: map[atom.Atom]int{}}
	if cut := endlessTag(page); cut >= 0 {
		page = page[:cut]
		b.warn("an element has too many attributes: the page is read up to there")
	}
	b.z = html.NewTokenizer(strings.NewReader(page))
	b.html, b.head, b.body = element(atom.Html), element(atom.Head), element(atom.Body)
	b.root.AppendChild(b.html)
	b.html.AppendChild(b.head)
	b.html.AppendChild(b.body)
	b.open = append(b.open, b.html, b.head)
	start := time.Now()
	for n := 0; ; n++ {
		if n&0xfff == 0 {
			if err := ctx.Err(); err != nil {
				return nil, nil, fmt.Errorf("parse page: %w", err)
			}
			if time.Since(start) > maxParseTime {
				b.warn("the page takes too long to parse: it is read up to there")
				break
			}
		}
		if b.said > maxText {
			b.warn("the page has too much text: it is read up to there")
			break
		}
		if b.nodes > maxNodes {
			b.warn("the page has too many elements: it is read up to there")
			break
		}
		if err := b.token(); err != nil {
			if !errors.Is(err, io.EOF) {
				b.warn("the page ends within an element")
			}
			break
		}
	}
	return b.root, b.warnings, nil
}

func (b *treeBuilder) warn(s string) { b.warnings = append(b.warnings, s) }

func element(a atom.Atom) *html.Node {
	return &html.Node{Type: html.ElementNode, DataAtom: a, Data: a.String()}
}

// endlessTag finds a tag with more attributes than any page has, which the
// tokenizer would hold in memory all at once. It returns where that tag starts,
// or -1. Short pages cannot hold so many and are not looked at.
func endlessTag(page string) int {
	if len(page) < 2*maxTagMarks {
		return -1
	}
	for i := 0; i < len(page); {
		j := strings.IndexByte(page[i:], '<')
		if j < 0 {
			return -1
		}
		start := i + j
		i = start + 1
		if i >= len(page) || page[i]|0x20 < 'a' || page[i]|0x20 > 'z' {
			continue
		}
		marks, quote := 0, byte(0)
		for ; i < len(page); i++ {
			c := page[i]
			if quote != 0 {
				if c == quote {
					quote = 0
				}
				continue
			}
			if c == '>' {
				break
			}
			switch c {
			case '"', '\'':
				if page[i-1] == '=' || page[i-1] == ' ' {
					quote = c
				}
				marks++
			case ' ', '\n', '\t', '\r', '\f', '/', '=':
				marks++
			}
			if marks > maxTagMarks {
				return start
			}
		}
		for _, raw := range []string{"script", "style"} {
			if hasFold(page[start+1:], raw) {
				if end := strings.Index(page[min(i, len(page)):], "</"+raw); end >= 0 {
					i += end
				}
			}
		}
	}
	return -1
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// token takes one token into the tree.
func (b *treeBuilder) token() error {
	switch tt := b.z.Next(); tt {
	case html.ErrorToken:
		return b.z.Err()
	case html.TextToken:
		b.text(b.z.Text())
	case html.StartTagToken, html.SelfClosingTagToken:
		b.startTag(tt == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := b.z.TagName()
		a := atom.Lookup(name)
		var custom string
		if a == 0 {
			custom = string(name)
		}
		b.endTag(a, custom)
	case html.CommentToken:
		// Only the head of a file says something there (SingleFile); a comment
		// within the body is not kept.
		if !b.inBody {
			text := b.z.Text()
			if len(text) > 4096 {
				text = text[:4096]
			}
			b.nodes++
			b.root.AppendChild(&html.Node{Type: html.CommentNode, Data: string(text)})
		}
	case html.DoctypeToken:
	}
	return nil
}

func (b *treeBuilder) top() *html.Node { return b.open[len(b.open)-1] }

func (b *treeBuilder) startBody() {
	if !b.inBody {
		b.inBody = true
		b.openOf = map[atom.Atom]int{}
		b.open = append(b.open[:0], b.html, b.body)
	}
}

func (b *treeBuilder) text(raw []byte) {
	blank := true
	for _, c := range raw {
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\f' {
			blank = false
			break
		}
	}
	top := b.top()
	if !b.inBody && rawText(top.DataAtom) == 0 {
		if blank {
			return
		}
		b.startBody()
		top = b.top()
	}
	if top.DataAtom == atom.Style {
		return // nothing reads style sheets, and saved pages hold megabytes of them
	}
	if blank && len(raw) > 1 && top.DataAtom != atom.Pre && top.DataAtom != atom.Code {
		raw = []byte(" ")
	}
	b.nodes++
	if rawText(top.DataAtom) == 0 {
		b.said += len(raw)
	}
	n := b.node()
	n.Type, n.Data = html.TextNode, string(raw)
	if !blank && tablePart(top.DataAtom) {
		b.foster(n)
		return
	}
	top.AppendChild(n)
}

// rawText is nonzero for elements whose text is not markup and that may stand
// in the head.
func rawText(a atom.Atom) atom.Atom {
	switch a {
	case atom.Title, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Textarea:
		return a
	}
	return 0
}

func tablePart(a atom.Atom) bool {
	switch a {
	case atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr:
		return true
	}
	return false
}

// foster puts n before the table that it may not stand in.
func (b *treeBuilder) foster(n *html.Node) {
	for i := len(b.open) - 1; i > 0; i-- {
		if t := b.open[i]; t.DataAtom == atom.Table {
			if t.Parent != nil {
				t.Parent.InsertBefore(n, t)
				return
			}
		}
	}
	b.top().AppendChild(n)
}

func (b *treeBuilder) attrs(n *html.Node, more bool) {
	var buf [16]html.Attribute
	list := buf[:0]
	for more {
		var k, v []byte
		k, v, more = b.z.TagAttr()
		if len(list) >= maxAttrs || b.foreign > 0 && len(v) > 256 {
			continue // the second are the lines of a drawing
		}
		if len(v) >= longInline && string(v[:5]) == "data:" {
			v = []byte(inlineRef(v)) // the bytes of an inlined picture
		}
		if len(v) > maxAttrBytes {
			v = v[:maxAttrBytes]
		}
		a := html.Attribute{Val: string(v)}
		if known := atom.Lookup(k); known != 0 {
			a.Key = known.String()
		} else {
			a.Key = string(k)
		}
		list = append(list, a)
	}
	if len(n.Attr) > 0 { // of a second html or body tag
		n.Attr = append(n.Attr, list...)
		return
	}
	if len(list) > len(b.spareKV) {
		b.spareKV = make([]html.Attribute, max(len(list), min(256, 32+b.nodes)))
	}
	n.Attr = append(b.spareKV[:0:len(list)], list...)
	b.spareKV = b.spareKV[len(list):]
}

func (b *treeBuilder) startTag(selfClosing bool) {
	name, more := b.z.TagName()
	a := atom.Lookup(name)
	n := b.node()
	n.Type, n.DataAtom = html.ElementNode, a
	if a != 0 {
		n.Data = a.String()
	} else {
		n.Data = string(name)
	}
	switch a {
	case atom.Html:
		b.attrs(b.html, more)
		return
	case atom.Head:
		b.attrs(b.head, more)
		return
	case atom.Body, atom.Frameset:
		b.attrs(b.body, more)
		b.startBody()
		return
	case atom.Image:
		n.DataAtom, n.Data = atom.Img, "img"
		a = atom.Img
	}
	b.attrs(n, more)
	b.nodes++
	if !b.inBody {
		switch a {
		case atom.Base, atom.Basefont, atom.Bgsound, atom.Link, atom.Meta, atom.Noscript, atom.Script, atom.Style, atom.Template, atom.Title:
		default:
			if top := b.top(); top.DataAtom != atom.Noscript && top.DataAtom != atom.Template || a != atom.Img && a != atom.Iframe {
				b.startBody()
			}
		}
	}
	switch a {
	case atom.Noscript, atom.Plaintext:
		b.z.NextIsNotRawText()
	}
	if b.foreign > 0 {
		b.z.NextIsNotRawText()
		if !breaksOut(a) {
			n.Namespace = "svg"
			b.insert(n, !selfClosing)
			return
		}
		for b.foreign > 0 && len(b.open) > 2 {
			b.pop()
		}
	}
	if b.inBody {
		if ignore := b.impliedEnds(a); ignore {
			return
		}
	}
	switch a {
	case atom.Area, atom.Base, atom.Basefont, atom.Bgsound, atom.Br, atom.Col, atom.Embed, atom.Frame, atom.Hr, atom.Img, atom.Input,
		atom.Keygen, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		b.insert(n, false)
	case atom.Svg, atom.Math:
		n.Namespace = n.Data
		b.insert(n, !selfClosing)
	case atom.Form:
		b.insert(n, !tablePart(b.top().DataAtom))
	default:
		b.insert(n, true)
	}
}

// breaksOut says whether an element of HTML ends an svg or math element that
// was left open.
func breaksOut(a atom.Atom) bool {
	switch a {
	case atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Div, atom.Dl, atom.Dt, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Hr, atom.Img, atom.Li, atom.Nobr, atom.Ol, atom.P, atom.Pre, atom.Ruby, atom.Span, atom.Table, atom.Ul, atom.Section, atom.Article,
		atom.Header, atom.Footer, atom.Nav, atom.Main, atom.Aside:
		return true
	}
	return false
}

func (b *treeBuilder) insert(n *html.Node, push bool) {
	top := b.top()
	if tablePart(top.DataAtom) && !partOfTable(n.DataAtom) {
		b.foster(n)
	} else {
		top.AppendChild(n)
	}
	if !push {
		return
	}
	if len(b.open) >= maxDepth {
		if b.tooDeep == 0 {
			b.warn("the page nests its elements too deeply: the deepest are read side by side")
		}
		b.tooDeep++
		return
	}
	b.open = append(b.open, n)
	b.openOf[n.DataAtom]++
	if n.DataAtom == atom.Svg || n.DataAtom == atom.Math {
		b.foreign++
	}
}

func partOfTable(a atom.Atom) bool {
	switch a {
	case atom.Caption, atom.Colgroup, atom.Col, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th, atom.Script, atom.Style, atom.Template,
		atom.Input, atom.Form, atom.Noscript:
		return true
	}
	return false
}

func (b *treeBuilder) pop() {
	n := b.top()
	if n.DataAtom == atom.Svg || n.DataAtom == atom.Math {
		b.foreign--
	}
	b.openOf[n.DataAtom]--
	b.open = b.open[:len(b.open)-1]
}

// popTo closes open elements down to and with the one at i.
func (b *treeBuilder) popTo(i int) {
	for len(b.open) > i {
		b.pop()
	}
}

// boundary says whether an element hides the ones outside it from an end tag
// within: "has an element in scope" of the standard.
func boundary(a atom.Atom) bool {
	switch a {
	case atom.Applet, atom.Caption, atom.Html, atom.Body, atom.Table, atom.Td, atom.Th, atom.Marquee, atom.Object, atom.Template, atom.Svg, atom.Math:
		return true
	}
	return false
}

// special says whether an element is of the standard's category "special":
// those that an inline end tag does not close.
func special(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Applet, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Button, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2,
		atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Html, atom.Iframe, atom.Li, atom.Main, atom.Marquee, atom.Menu, atom.Nav,
		atom.Noscript, atom.Object, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Select, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Template,
		atom.Textarea, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

func formatting(a atom.Atom) bool {
	switch a {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

// closesParagraph says whether the start of an element ends an open p.
func closesParagraph(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dd, atom.Dt,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header,
		atom.Hgroup, atom.Hr, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Ul:
		return true
	}
	return false
}

// find returns the place of the innermost open element a, not looking beyond a
// boundary or an element for which stop is true; -1 where there is none.
func (b *treeBuilder) find(a atom.Atom, stop func(atom.Atom) bool) int {
	if b.openOf[a] <= 0 {
		return -1 // most searches end here: nothing else bounds them on a deep page
	}
	for i := len(b.open) - 1; i > 1; i-- {
		x := b.open[i].DataAtom
		if x == a {
			return i
		}
		if boundary(x) || stop != nil && stop(x) {
			return -1
		}
	}
	return -1
}

func isButton(a atom.Atom) bool { return a == atom.Button }
func isList(a atom.Atom) bool   { return a == atom.Ul || a == atom.Ol }
func isTable(a atom.Atom) bool  { return a == atom.Table }

// impliedEnds closes what the start of an element a ends without saying so. It
// reports whether a is to be left out.
func (b *treeBuilder) impliedEnds(a atom.Atom) (ignore bool) {
	if closesParagraph(a) {
		if i := b.find(atom.P, isButton); i >= 0 {
			b.popTo(i)
		}
		if i := b.find(atom.Select, nil); i >= 0 {
			b.popTo(i)
		}
	}
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if heading(b.top().DataAtom) {
			b.pop()
		}
	case atom.Li:
		if i := b.find(atom.Li, func(x atom.Atom) bool {
			return special(x) && x != atom.Address && x != atom.Div && x != atom.P && x != atom.Li
		}); i >= 0 {
			b.popTo(i)
		}
	case atom.Dd, atom.Dt:
		for i := len(b.open) - 1; i > 1; i-- {
			x := b.open[i].DataAtom
			if x == atom.Dd || x == atom.Dt {
				b.popTo(i)
				break
			}
			if special(x) && x != atom.Address && x != atom.Div && x != atom.P {
				break
			}
		}
	case atom.A:
		if i := b.find(atom.A, nil); i >= 0 {
			b.close(i)
		}
	case atom.Button:
		if i := b.find(atom.Button, nil); i >= 0 {
			b.popTo(i)
		}
	case atom.Option, atom.Optgroup:
		if b.top().DataAtom == atom.Option {
			b.pop()
		}
	case atom.Select, atom.Input, atom.Textarea:
		if i := b.find(atom.Select, nil); i >= 0 {
			b.popTo(i)
		}
	case atom.Form:
		if b.find(atom.Form, nil) >= 0 {
			return true
		}
	case atom.Caption, atom.Colgroup, atom.Col, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th:
		return !b.tableContext(a)
	}
	return false
}

// tableContext closes open parts of the innermost table so that a can follow.
// It reports false where no table is open.
func (b *treeBuilder) tableContext(a atom.Atom) bool {
	if b.openOf[atom.Table] <= 0 {
		return false
	}
	table := -1
	for i := len(b.open) - 1; i > 1; i-- {
		if x := b.open[i].DataAtom; x == atom.Table {
			table = i
			break
		} else if x == atom.Template {
			return false
		}
	}
	if table < 0 {
		return false
	}
	keep := func(x atom.Atom) bool { return false }
	switch a {
	case atom.Td, atom.Th:
		keep = func(x atom.Atom) bool {
			return x == atom.Tr || x == atom.Tbody || x == atom.Thead || x == atom.Tfoot
		}
	case atom.Tr:
		keep = func(x atom.Atom) bool { return x == atom.Tbody || x == atom.Thead || x == atom.Tfoot }
	case atom.Col:
		keep = func(x atom.Atom) bool { return x == atom.Colgroup }
	}
	i := table + 1
	for i < len(b.open) && keep(b.open[i].DataAtom) {
		i++
	}
	b.popTo(i)
	return true
}

// close ends the open inline element at i. Where blocks were opened within it,
// they stay open: only what comes after them stands outside.
func (b *treeBuilder) close(i int) {
	for j := i + 1; j < len(b.open); j++ {
		if special(b.open[j].DataAtom) {
			b.openOf[b.open[i].DataAtom]--
			b.open = append(b.open[:i], b.open[i+1:]...)
			return
		}
	}
	b.popTo(i)
}

func (b *treeBuilder) endTag(a atom.Atom, custom string) {
	if b.tooDeep > 0 && len(b.open) >= maxDepth && a != atom.Br {
		b.tooDeep--
		return
	}
	switch a {
	case atom.Html, atom.Body:
		return
	case atom.Head:
		if !b.inBody {
			b.openOf = map[atom.Atom]int{}
			b.open = append(b.open[:0], b.html, b.head)
		}
		return
	case atom.Br:
		b.startBody()
		b.nodes++
		b.insert(element(atom.Br), false)
		return
	}
	if !b.inBody {
		for i := len(b.open) - 1; i > 1; i-- {
			if b.open[i].DataAtom == a {
				b.popTo(i)
				return
			}
		}
		return
	}
	if b.openOf[a] <= 0 && !heading(a) {
		return
	}
	i := -1
	switch {
	case a == atom.P:
		i = b.find(a, isButton)
	case a == atom.Li:
		i = b.find(a, isList)
	case heading(a):
		for j := len(b.open) - 1; j > 1 && !boundary(b.open[j].DataAtom); j-- {
			if heading(b.open[j].DataAtom) {
				i = j
				break
			}
		}
	case a == atom.Tbody || a == atom.Thead || a == atom.Tfoot || a == atom.Tr || a == atom.Td || a == atom.Th || a == atom.Table || a == atom.Caption ||
		a == atom.Svg || a == atom.Math:
		for j := len(b.open) - 1; j > 1; j-- {
			if x := b.open[j].DataAtom; x == a {
				i = j
				break
			} else if isTable(x) {
				break
			}
		}
	case formatting(a):
		if j := b.find(a, nil); j >= 0 {
			b.close(j)
		}
		return
	case special(a):
		i = b.find(a, nil)
	default:
		for j := len(b.open) - 1; j > 1; j-- {
			n := b.open[j]
			if n.DataAtom == a && (a != 0 || n.Data == custom) {
				i = j
				break
			}
			if special(n.DataAtom) {
				break
			}
		}
	}
	if i > 1 {
		b.popTo(i)
	}
}

package epub

import (
	"errors"
	"net/url"
	"path"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"sourcebook/importers/charset"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// closedTag is a tag of XHTML that closes itself, which HTML reads as open.
var closedTag = regexp.MustCompile(`<([A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>`)

var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true,
	"param": true, "source": true, "track": true, "wbr": true, "image": true}

// chapter reads one page of the spine.
func (b *book) chapter(it item, raw []byte) (webpage.Content, error) {
	text, _, err := charset.Decode(raw, charset.Hint{HTML: true})
	if err != nil {
		return webpage.Content{Warnings: []string{"it is no text"}}, nil
	}
	text = closedTag.ReplaceAllStringFunc(text, func(t string) string {
		m := closedTag.FindStringSubmatch(t)
		if void[strings.ToLower(m[1])] {
			return t
		}
		return "<" + m[1] + m[2] + "></" + m[1] + ">"
	})
	root, _, err := webpage.ParseLimited(b.ctx, []byte(text), webpage.Options{Charset: "utf-8"})
	if errors.Is(err, charset.ErrBinary) {
		return webpage.Content{Warnings: []string{"it is no text"}}, nil
	}
	if err != nil {
		return webpage.Content{}, err
	}
	warnings := webpage.Warnings(root)
	if b.pkg.skip[it.path] {
		if text := document.Canonical(webpage.BlocksOf(root, "").Blocks); text != "" {
			b.doc.Dropped = append(b.doc.Dropped, document.Dropped{Reason: document.Navigation, Text: text})
		}
		return webpage.Content{}, nil
	}
	notes := b.prepare(root, path.Dir(it.path))
	c := webpage.BlocksOf(root, "")
	for i, img := range c.Images {
		if s, err := url.PathUnescape(img.URL); err == nil {
			c.Images[i].URL = s
		}
	}
	c.Warnings = warnings
	b.head(it, &c)
	for _, n := range notes {
		// The note stands at the end of the chapter, whole, whatever it stood in.
		c.Blocks = append(c.Blocks, webpage.BlocksOf(n, "").Blocks...)
	}
	return c, nil
}

// head sees to the heading of a chapter: what the table of contents calls it,
// where it has none.
func (b *book) head(it item, c *webpage.Content) {
	label := b.pkg.labels[it.path]
	if label == "" || len(c.Blocks) == 0 {
		return
	}
	for i := range c.Blocks[:min(len(c.Blocks), 3)] {
		switch bl := &c.Blocks[i]; {
		case bl.Kind == document.Heading:
			return
		case fold(bl.Text) == fold(label):
			bl.Kind, bl.Level = document.Heading, 1
			return
		}
	}
	if fold(label) == fold(b.doc.Title) {
		return // the cover or the title page
	}
	c.Blocks = append([]document.Block{{Kind: document.Heading, Level: 1, Text: label}}, c.Blocks...)
	for i := range c.Images {
		c.Images[i].Before++
	}
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// prepare makes a page of a book one that stands alone: tables of contents and
// page numbers are taken out, references to notes marked, notes given back to
// stand at the end, links into the book dropped and pictures named by their
// path.
func (b *book) prepare(root *html.Node, dir string) (notes []*html.Node) {
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		kinds := attr(n, "epub:type") + " " + attr(n, "role")
		switch n.Data {
		case "nav":
			if has(kinds, "toc") || has(kinds, "landmarks") || has(kinds, "page-list") || has(kinds, "doc-toc") || has(kinds, "doc-pagelist") {
				out = append(out, n)
			}
		case "a":
			href := attr(n, "href")
			if has(kinds, "noteref") || has(kinds, "doc-noteref") {
				bracket(n)
			} else if has(kinds, "doc-backlink") || has(kinds, "backlink") {
				out = append(out, n)
			}
			if u, err := url.Parse(href); href != "" && (err != nil || !u.IsAbs()) {
				drop(n, "href")
			}
		case "img":
			if src := attr(n, "src"); src != "" && !strings.Contains(src, ":") {
				set(n, "src", (&url.URL{Path: inBook(dir, src)}).EscapedPath())
			}
		}
		if has(kinds, "pagebreak") || has(kinds, "doc-pagebreak") {
			out = append(out, n)
		}
		if n.Data == "aside" || n.Data == "div" || n.Data == "p" || n.Data == "section" {
			if has(kinds, "footnote") || has(kinds, "doc-footnote") || n.Data == "aside" && (has(kinds, "endnote") || has(kinds, "rearnote")) {
				drop(n, "hidden") // shown in a window of its own by readers
				notes = append(notes, n)
				out = append(out, n)
			}
		}
	}
	for _, n := range out {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
	return notes
}

// bracket writes the mark of a note in brackets, so that it is no part of the
// word before it.
func bracket(n *html.Node) {
	var text strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			text.WriteString(d.Data)
		}
	}
	mark := strings.Trim(strings.TrimSpace(text.String()), "[]()")
	if mark == "" || len(mark) > 12 {
		return
	}
	for n.FirstChild != nil {
		n.RemoveChild(n.FirstChild)
	}
	n.AppendChild(&html.Node{Type: html.TextNode, Data: "[" + mark + "]"})
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func set(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
		}
	}
}

func drop(n *html.Node, key string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr = append(n.Attr[:i:i], n.Attr[i+1:]...)
			return
		}
	}
}

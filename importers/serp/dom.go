package serp

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxNodes bounds the nodes of a page that are looked at.
const maxNodes = 2000000

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key && n.Attr[i].Namespace == "" {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

// unseen tells elements whose content is not shown, or is no text.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Iframe, atom.Select, atom.Option, atom.Head, atom.Math, atom.Object, atom.Textarea:
		return true
	}
	return false
}

// styledAway tells elements that their own style hides.
func styledAway(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			return true
		case "style":
			s := strings.ToLower(strings.ReplaceAll(n.Attr[i].Val, " ", ""))
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// isBlock tells elements that begin a line of their own.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.P, atom.Li, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Table, atom.Tr, atom.Td, atom.Th,
		atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Nav, atom.Br, atom.Hr, atom.Dl, atom.Dt, atom.Dd, atom.Blockquote,
		atom.Pre, atom.Form, atom.Cite, atom.Figure, atom.Figcaption, atom.Button, atom.Tbody, atom.Details, atom.Summary:
		return true
	}
	return false
}

// walk visits the nodes under root in document order until f says stop. Going
// down is left out where f gives skip. It does not recurse: saved pages may be
// nested without bound.
func walk(root *html.Node, f func(n *html.Node) (skip, stop bool)) {
	n, visited := root, 0
	for n != nil {
		visited++
		if visited > maxNodes {
			return
		}
		skip, stop := f(n)
		if stop {
			return
		}
		if n.FirstChild != nil && !skip {
			n = n.FirstChild
			continue
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			if n == nil {
				return
			}
		}
		if n == root {
			return
		}
		n = n.NextSibling
	}
}

// text gives the visible text under n in one line, at most limit bytes.
func text(n *html.Node, limit int) string {
	return strings.Join(linesUnder(n, limit, nil), " ")
}

// linesUnder gives the visible text under root, a line for each block, at most
// limit bytes. Nodes that skip accepts are left out.
func linesUnder(root *html.Node, limit int, skip func(*html.Node) bool) []string {
	var lines []string
	var b strings.Builder
	total := 0
	flush := func() {
		if b.Len() == 0 {
			return
		}
		if s := collapse(b.String()); s != "" {
			lines = append(lines, s)
			total += len(s)
		}
		b.Reset()
	}
	var open []*html.Node // blocks whose end begins a new line
	walk(root, func(n *html.Node) (bool, bool) {
		for len(open) > 0 && !within(n, open[len(open)-1]) {
			flush()
			open = open[:len(open)-1]
		}
		if total+b.Len() > limit {
			return true, true
		}
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
		case html.ElementNode:
			if n != root && (unseen(n) || styledAway(n) || skip != nil && skip(n)) {
				if isBlock(n) {
					flush()
				}
				return true, false
			}
			if isBlock(n) {
				flush()
				if n.FirstChild != nil {
					open = append(open, n)
				}
			}
		}
		return false, false
	})
	flush()
	return lines
}

// within tells whether n is a or beneath it, looking only as far up as it must:
// walk leaves a block by its next sibling or that of an ancestor.
func within(n, a *html.Node) bool {
	for range 400 {
		if n == nil {
			return false
		}
		if n == a {
			return true
		}
		n = n.Parent
	}
	return false
}

// collapse makes every run of white space one blank and takes invisible marks
// out.
func collapse(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	blank := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
		case r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\ufeff' || r == '\u00ad' || r == '\u2060' || r >= '\ue000' && r <= '\uf8ff':
		default:
			if blank {
				b.WriteByte(' ')
				blank = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isHeading tells headings by their tag or role.
func isHeading(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5:
		return true
	}
	return attr(n, "role") == "heading"
}

// ancestor gives the nearest ancestor that f accepts, at most depth levels up.
func ancestor(n *html.Node, depth int, f func(*html.Node) bool) *html.Node {
	for p := n.Parent; p != nil && depth > 0; p, depth = p.Parent, depth-1 {
		if p.Type == html.ElementNode && f(p) {
			return p
		}
	}
	return nil
}

// isLink tells anchors with an address.
func isLink(n *html.Node) bool {
	return n.Type == html.ElementNode && n.DataAtom == atom.A && attr(n, "href") != ""
}

package webpage

import (
	"context"
	"net/url"

	"golang.org/x/net/html"

	"sourcebook/notebook/document"
)

// Blocks reads markup that is content throughout, such as a feed's item, the
// body of a mail or a chapter of a book: nothing is judged and nothing dropped
// but what is hidden or a control. Links are made absolute by base, which may
// be empty. The error is ctx's; what had to be left out is a warning.
func Blocks(ctx context.Context, markup, base string) (blocks []document.Block, warnings []string, err error) {
	root, _, err := ParseLimited(ctx, []byte(markup), Options{Charset: "utf-8"})
	if err != nil {
		return nil, nil, err
	}
	return BlocksOf(root, base), Warnings(root), nil
}

// BlocksOf is Blocks for a tree that ParseLimited made, or a part of one.
func BlocksOf(root *html.Node, base string) []document.Block {
	r := &reader{doc: &document.Document{}}
	if u, err := url.Parse(base); err == nil && u.IsAbs() {
		r.base = u
	}
	var blocks []document.Block
	p := segmentPage(root, r.resolve)
	for i := range p.segs {
		if g := &p.segs[i]; !g.hidden && !g.control {
			blocks = append(blocks, p.block(g))
		}
	}
	return blocks
}

// Warnings is what ParseLimited had to leave out of a tree.
func Warnings(root *html.Node) []string {
	var list []string
	for _, a := range root.Attr {
		if a.Key == warningKey {
			list = append(list, a.Val)
		}
	}
	return list
}

// Authors takes the names out of a statement of authors, such as "By Ann Quay
// and Tom Harbour". What publishing systems write where no one is named
// ("admin") is left out.
func Authors(statement string) []string {
	r := &reader{doc: &document.Document{}}
	var list []string
	for _, p := range people(clean(statement)) {
		if r.author(p) && !has(list, p) && len(list) < 20 {
			list = append(list, p)
		}
	}
	return list
}

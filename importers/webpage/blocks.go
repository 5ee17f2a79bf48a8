package webpage

import (
	"context"
	"net/url"

	"golang.org/x/net/html"

	"sourcebook/notebook/document"
)

// Content is what markup holds that is content throughout. The places of Images
// count in Blocks.
type Content struct {
	Blocks   []document.Block
	Images   []document.Image
	Warnings []string // of what had to be left out
}

// Blocks reads markup that is content throughout, such as a feed's item, the
// body of a mail or a chapter of a book: nothing is judged and nothing dropped
// but what is hidden or a control. Links are made absolute by base, which may
// be empty. The error is ctx's.
func Blocks(ctx context.Context, markup, base string) (Content, error) {
	root, _, err := ParseLimited(ctx, []byte(markup), Options{Charset: "utf-8"})
	if err != nil {
		return Content{}, err
	}
	c := BlocksOf(root, base)
	c.Warnings = Warnings(root)
	return c, nil
}

// BlocksOf is Blocks for a tree that ParseLimited made, or a part of one.
func BlocksOf(root *html.Node, base string) Content {
	r := &reader{doc: &document.Document{}, root: root, titleAt: -1}
	if u, err := url.Parse(base); err == nil && u.IsAbs() {
		r.base = u
	}
	r.page = segmentPage(root, r.resolve)
	keep := make([]bool, len(r.page.segs))
	var c Content
	for i := range r.page.segs {
		if g := &r.page.segs[i]; !g.hidden && !g.control {
			keep[i] = true
			c.Blocks = append(c.Blocks, r.page.block(g))
		}
	}
	if len(r.page.boxes) > 0 {
		r.allPictures(keep)
	}
	c.Images = r.doc.Images
	return c
}

// allPictures finds the pictures of a page that is content throughout, wherever
// they stand in it.
func (r *reader) allPictures(keep []bool) {
	v := pictureFinder{reader: r, keptBefore: make([]int32, len(keep)+1), blockAt: make([]int, len(keep)+1), to: int32(len(keep)), seen: map[string]bool{}}
	for i, k := range keep {
		v.keptBefore[i+1], v.blockAt[i+1] = v.keptBefore[i], v.blockAt[i]
		if k {
			v.keptBefore[i+1]++
			v.blockAt[i+1]++
		}
	}
	v.walk(r.page.boxes[0].node, -1)
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

// Package webpage reads a saved page of HTML: which of its text is the article
// (or the posts of a thread, the description of a product, the page of a
// manual), and what the page says of itself: title, authors, dates, address.
//
// Read goes one way, once over the page:
//
//  1. charset turns its bytes into text, tree.go that into a tree of bounded
//     size;
//  2. segment.go cuts the tree into segments, the least pieces that are kept or
//     dropped as a whole, in boxes, the elements around them;
//  3. features.go describes every segment by numbers, and label.go decides with
//     the weights in model.txt, which the program in fit makes, what is text;
//  4. tidy.go takes out what stands in the metadata, content.go makes blocks of
//     what is kept and a list of what is not, and hydrate.go reads the data of
//     pages that hold their text nowhere else;
//  5. metadata.go, byline.go, dateline.go and standfirst.go ask JSON-LD,
//     OpenGraph, meta elements, markup and text, in that order of trust, and keep
//     all candidates; reprint.go asks where the text was first published.
//
// Nothing that a page holds is an error: what cannot be read is left out with a
// warning. Time and memory are bounded by the limits in tree.go.
package webpage

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"sourcebook/importers/charset"
	"sourcebook/notebook/document"
)

// ErrEmpty means that a page holds no text at all.
var ErrEmpty = errors.New("the page holds no text")

// Options is what is known of a page from outside it. The zero value is fine.
type Options struct {
	URL         string    // where it was found; what the page itself says comes second
	ContentType string    // the reply's header
	Charset     string    // the user's word on the encoding
	Received    time.Time // when it was captured: no date after it is believed
}

// Read reads a page. The error is ctx's, one of package charset, or ErrEmpty.
func Read(ctx context.Context, page []byte, o Options) (*document.Document, error) {
	root, _, err := ParseLimited(ctx, page, o)
	if err != nil {
		return nil, err
	}
	return ReadNode(ctx, root, o)
}

// warningKey marks the attributes of the document node that hold what
// ParseLimited had to say.
const warningKey = "warning"

// ParseLimited turns a page into a tree of bounded size, for readers that share
// the parse, and names the encoding that it was in. What had to be left out is
// noted in the document node's attributes, where ReadNode finds it. Its errors
// are those of Read but for ErrEmpty.
func ParseLimited(ctx context.Context, page []byte, o Options) (root *html.Node, charsetName string, err error) {
	var warnings []string
	if len(page) > maxBytes {
		page = page[:maxBytes]
		warnings = append(warnings, fmt.Sprintf("the page is larger than %d MiB: it is read up to there", maxBytes>>20))
	}
	text, name, err := charset.Decode(page, charset.Hint{ContentType: o.ContentType, Override: o.Charset, HTML: true})
	if err != nil {
		return nil, "", fmt.Errorf("read page: %w", err)
	}
	root, more, err := buildTree(ctx, text)
	if err != nil {
		return nil, name, err
	}
	for _, w := range append(warnings, more...) {
		root.Attr = append(root.Attr, html.Attribute{Key: warningKey, Val: w})
	}
	return root, name, nil
}

// ReadNode reads a page that ParseLimited parsed. It does not change the tree.
func ReadNode(ctx context.Context, root *html.Node, o Options) (*document.Document, error) {
	r := newReader(root, o)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	keep := r.label()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read page: %w", err)
	}
	r.finish(keep)
	if r.doc.Text == "" && len(r.doc.Dropped) == 0 && r.doc.Title == "" {
		return nil, fmt.Errorf("read page: %w", ErrEmpty)
	}
	return r.doc, nil
}

// finish makes the document where keep says which segments are text.
func (r *reader) finish(keep []bool) {
	r.nearby(keep)
	r.content(keep)
	r.hydrate()
	r.language()
	r.doc.Candidates = distinct(r.doc.Candidates)
	r.doc.Finish()
}

// distinct leaves of candidates with the same field, value and origin the
// surest, where the first of them stood.
func distinct(list []document.Candidate) []document.Candidate {
	type key struct {
		field, value string
		origin       document.Origin
	}
	at := map[key]int{}
	var out []document.Candidate
	for _, c := range list {
		k := key{c.Field, c.Value, c.Origin}
		if i, ok := at[k]; ok {
			out[i].Confidence = max(out[i].Confidence, c.Confidence)
			continue
		}
		at[k] = len(out)
		out = append(out, c)
	}
	return out
}

// A reader holds one page while it is read.
type reader struct {
	o    Options
	root *html.Node
	base *url.URL
	page *page
	said statements
	doc  *document.Document

	universal  bool         // the date of publication is stated in universal time
	vague      bool         // it is stated under a name that may mean another date
	main       int32        // box that the running text stands in, -1 for none
	titleAt    int          // segment of the headline, -1 where it was not found
	folded     []string     // the metadata that a short line may repeat
	taken      map[int]bool // segments that stand in the metadata instead of the text
	deskName   string       // an author that is only the site or an agency
	deskOrigin document.Origin
}

// newReader reads a tree up to where the weights come in.
func newReader(root *html.Node, o Options) *reader {
	r := &reader{o: o, root: root, doc: &document.Document{Kind: document.Article}}
	for _, a := range root.Attr {
		if a.Key == warningKey {
			r.doc.Warnings = append(r.doc.Warnings, a.Val)
		}
	}
	r.gather()
	r.base = r.baseURL()
	r.page = segmentPage(root, r.resolve)
	r.metadata()
	r.findTitle()
	return r
}

// resolve makes an address in the page absolute; empty where it leads nowhere
// that a reader could go.
func (r *reader) resolve(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || strings.HasPrefix(ref, "#") || hasFold(ref, "javascript:") || hasFold(ref, "data:") || hasFold(ref, "about:") || len(ref) > 8192 {
		return ""
	}
	if hasFold(ref, "https://") || hasFold(ref, "http://") || hasFold(ref, "mailto:") {
		return ref
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if r.base != nil {
		u = r.base.ResolveReference(u)
	}
	return u.String()
}

package webpage

import (
	"context"
	"maps"
	"slices"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/notebook/document"
)

// Explained is a page with what the weights see of it. It is what the program
// that fits them works on, and tells why a passage was kept or dropped.
type Explained struct {
	Texts  []string // of the segments, in page order
	Hidden []bool   // by the page's own markup
	Rows   []float32
	Width  int // numbers in a row: all features, the last of which Around fills in
	r      *reader
	main   int32
}

// Explain reads a page up to where the weights come in.
func Explain(ctx context.Context, b []byte, o Options) (*Explained, error) {
	root, _, err := ParseLimited(ctx, b, o)
	if err != nil {
		return nil, err
	}
	r := newReader(root, o)
	e := &Explained{r: r}
	e.Rows, _ = r.describeAll(false)
	e.main = r.main
	for i := range r.page.segs {
		e.Texts = append(e.Texts, r.page.segs[i].text)
		e.Hidden = append(e.Hidden, r.page.segs[i].hidden)
	}
	if len(e.Texts) > 0 {
		e.Width = len(e.Rows) / len(e.Texts)
	}
	return e, nil
}

// Around gives the rows that the second forest sees, where sure is the first
// one's value for every segment.
func (e *Explained) Around(sure []float32) []float32 {
	rows := slices.Clone(e.Rows)
	e.r.page.around(rows, sure, e.main)
	return rows
}

// Read gives what Read would, were sure what the second forest thinks of the
// segments.
func (e *Explained) Read(sure []float32, threshold float32) *document.Document {
	r, d := *e.r, *e.r.doc
	d.OriginOf, d.Candidates, d.Warnings = maps.Clone(d.OriginOf), slices.Clip(d.Candidates), slices.Clip(d.Warnings)
	r.doc = &d
	r.finish(r.choose(sure, threshold))
	return r.doc
}

// FeatureNames are the names of the features in a row: those that the first
// forest sees, then those of contextNames.
var FeatureNames = sync.OnceValue(func() []string {
	doc := &html.Node{Type: html.DocumentNode}
	body, p := element(atom.Body), element(atom.P)
	p.AppendChild(&html.Node{Type: html.TextNode, Data: "x"})
	body.AppendChild(p)
	doc.AppendChild(body)
	_, names := newReader(doc, Options{}).describeAll(true)
	return append(names, contextNames...)
})

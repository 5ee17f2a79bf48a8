// Package xmlwalk reads the XML of office documents and books as a stream of
// tags and texts, with bounded memory and whatever state the XML is in.
//
// It is no validating parser. Names come in lower case with the prefix that the
// document uses, tags need not match, entities that a document defines are not
// expanded. It stands on the tokenizer of HTML, which bounds what a single tag
// may hold.
package xmlwalk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"sourcebook/importers/charset"
)

// ErrTooLarge means that a tag or a text is larger than any in a real document.
// What came before it has been read.
var ErrTooLarge = errors.New("an element is too large")

const (
	maxToken = 4 << 20 // bytes of one tag or text
	maxAttrs = 64      // of one tag; the others are left out
)

// Kind says what Next found.
type Kind uint8

// The kinds of token.
const (
	End   Kind = iota // the end of the document, or an error: see Err
	Open              // a start tag
	Close             // an end tag; one follows every tag that closes itself
	Text
)

// Walker walks one document.
type Walker struct {
	// Name is that of the tag at hand, in lower case, with its prefix.
	Name string

	ctx    context.Context
	z      *html.Tokenizer
	attrs  [][2]string
	text   string
	empty  bool // the tag at hand closes itself
	tokens int
	err    error
}

// New walks b, in any encoding that its XML declaration names.
func New(ctx context.Context, b []byte) *Walker {
	text, _, err := charset.Decode(b, charset.Hint{HTML: true})
	w := &Walker{ctx: ctx, z: html.NewTokenizer(strings.NewReader(text))}
	w.z.SetMaxBuf(maxToken)
	w.z.AllowCDATA(true)
	if err != nil {
		w.err = fmt.Errorf("read XML: %w", err)
	}
	return w
}

// Err is why the walk ended before the end of the document, or nil.
func (w *Walker) Err() error { return w.err }

// Next goes to the next token.
func (w *Walker) Next() Kind {
	if w.err != nil {
		return End
	}
	if w.empty {
		w.empty = false
		return Close
	}
	for {
		if w.tokens++; w.tokens&0xfff == 0 {
			if w.err = w.ctx.Err(); w.err != nil {
				return End
			}
		}
		switch tt := w.z.Next(); tt {
		case html.ErrorToken:
			if err := w.z.Err(); !errors.Is(err, io.EOF) {
				w.err = fmt.Errorf("read XML: %w", ErrTooLarge)
			}
			return End
		case html.TextToken:
			raw := w.z.Raw()
			if inner, found := strings.CutPrefix(string(raw[:min(len(raw), 9)]), "<![CDATA["); found && inner == "" {
				w.text = strings.TrimSuffix(string(raw[9:]), "]]>")
			} else {
				w.text = string(w.z.Text())
			}
			return Text
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := w.z.TagName()
			w.Name = string(name)
			w.z.NextIsNotRawText()
			w.attrs = w.attrs[:0]
			for more && len(w.attrs) < maxAttrs {
				var k, v []byte
				k, v, more = w.z.TagAttr()
				w.attrs = append(w.attrs, [2]string{string(k), string(v)})
			}
			w.empty = tt == html.SelfClosingTagToken
			return Open
		case html.EndTagToken:
			name, _ := w.z.TagName()
			w.Name = string(name)
			return Close
		}
	}
}

// Attr is an attribute of the start tag at hand, by its name in lower case with
// its prefix, or empty.
func (w *Walker) Attr(name string) string {
	for _, a := range w.attrs {
		if a[0] == name {
			return a[1]
		}
	}
	return ""
}

// Has tells whether the start tag at hand has an attribute.
func (w *Walker) Has(name string) bool {
	for _, a := range w.attrs {
		if a[0] == name {
			return true
		}
	}
	return false
}

// Text is the text at hand, with entities resolved.
func (w *Walker) Text() string { return w.text }

// Inner reads on to the end of the element whose start tag is at hand and gives
// its text, white space collapsed.
func (w *Walker) Inner() string {
	name, depth := w.Name, 1
	var b strings.Builder
	for depth > 0 {
		switch w.Next() {
		case End:
			depth = 0
		case Text:
			b.WriteString(w.text)
		case Open:
			if w.Name == name {
				depth++
			}
		case Close:
			if w.Name == name {
				depth--
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Skip reads on to the end of the element whose start tag is at hand.
func (w *Walker) Skip() { w.Inner() }

package briefing

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Beyond this depth of lists and quotations within each other the inner ones
// are set at the depth reached, so that hostile text cannot push the words off
// the page or the stack over its end.
const deepest = 6

var prose = goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify))

// Prose reads Markdown as blocks. Headings start at level 1, whatever their
// level in the text, and keep their order of depth. Raw HTML is kept as the
// characters it is made of. cite, if given, is asked for the endnotes of a link
// such as "claim:ID" or "source:ID"; these stand behind the link's words.
func Prose(markdown string, cite func(target string) (notes []int, ok bool)) []Block {
	markdown = strings.ToValidUTF8(markdown, "\uFFFD")
	if tangled(markdown) {
		return unmarked(markdown)
	}
	source := []byte(markdown)
	root := prose.Parser().Parse(text.NewReader(source))
	r := proseReader{source: source, cite: cite, top: topLevel(root)}
	return r.blocks(root, 0)
}

// ProseLine reads one line of Markdown as running text.
func ProseLine(markdown string, cite func(target string) (notes []int, ok bool)) Text {
	var line Text
	Walk(Prose(markdown, cite), func(b Block) {
		var t Text
		switch b := b.(type) {
		case Paragraph:
			t = b.Text
		case Heading:
			t = b.Text
		case Code:
			t = Text{{Text: b.Text, Code: true}}
		}
		if len(line) > 0 && len(t) > 0 {
			line = append(line, Span{Text: " "})
		}
		line = append(line, t...)
	})
	return line
}

// The parser takes time in the square of the signs that may begin or end markup
// in a paragraph, and of the depth of nesting. These bounds are far above what
// is written by hand.
const (
	mostSigns = 1000
	mostDepth = 200
)

func tangled(markdown string) bool {
	signs := 0
	for line := range strings.Lines(markdown) {
		body := strings.TrimLeft(line, " \t>-+*")
		if len(line)-len(body) > mostDepth && body != "" {
			return true
		}
		if strings.TrimSpace(line) == "" || itemOrRow(line) {
			signs = 0
		}
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '*', '_', '[', ']', '~', '`', '<', '!', '(':
				signs++
			}
		}
		if signs > mostSigns {
			return true
		}
	}
	return false
}

// itemOrRow says whether a line begins a list's item or is a row of a table:
// what stands in it is parsed by itself.
func itemOrRow(line string) bool {
	line = strings.TrimLeft(line, " \t")
	if line == "" {
		return false
	}
	switch line[0] {
	case '|':
		return true
	case '-', '+', '*':
		return len(line) > 1 && (line[1] == ' ' || line[1] == '\t')
	}
	n := 0
	for n < len(line) && n < 9 && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	return n > 0 && n+1 < len(line) && (line[n] == '.' || line[n] == ')') && line[n+1] == ' '
}

func unmarked(s string) []Block {
	var out []Block
	var lines []string
	flush := func() {
		if len(lines) > 0 {
			out = append(out, Paragraph{Text: Plain(strings.Join(lines, "\n"))})
		}
		lines = nil
	}
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line == "" {
			flush()
		} else {
			lines = append(lines, line)
		}
	}
	flush()
	return out
}

func topLevel(root ast.Node) int {
	top := 0
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && (top == 0 || h.Level < top) {
			top = h.Level
		}
	}
	return max(top, 1)
}

type proseReader struct {
	source []byte
	cite   func(string) ([]int, bool)
	top    int
}

func (r *proseReader) blocks(parent ast.Node, depth int) []Block {
	var out []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			if t := r.inline(n); len(t) > 0 {
				out = append(out, Heading{Level: min(1+n.Level-min(r.top, n.Level), 3), Text: t})
			}
		case *ast.Paragraph, *ast.TextBlock:
			if t := r.inline(n); len(t) > 0 {
				out = append(out, Paragraph{Text: t})
			}
		case *ast.List:
			if depth >= deepest {
				for item := n.FirstChild(); item != nil; item = item.NextSibling() {
					out = append(out, r.blocks(r.flat(item), depth)...)
				}
				continue
			}
			list := List{Ordered: n.IsOrdered(), Start: n.Start}
			for item := n.FirstChild(); item != nil; item = item.NextSibling() {
				list.Items = append(list.Items, r.blocks(item, depth+1))
			}
			out = append(out, list)
		case *ast.Blockquote:
			if depth >= deepest {
				out = append(out, r.blocks(r.flat(n), depth)...)
				continue
			}
			out = append(out, Quote{r.blocks(n, depth+1)})
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			out = append(out, Code{strings.TrimRight(string(n.Lines().Value(r.source)), "\n")})
		case *ast.HTMLBlock:
			raw := string(n.Lines().Value(r.source))
			if n.HasClosure() {
				raw += string(n.ClosureLine.Value(r.source))
			}
			if raw = strings.TrimSpace(raw); raw != "" {
				out = append(out, Paragraph{Text: Plain(raw)})
			}
		case *east.Table:
			out = append(out, r.table(n))
		case *ast.ThematicBreak:
			// A rule says nothing that the space between blocks does not say.
		default:
			out = append(out, r.blocks(n, depth)...)
		}
	}
	return out
}

// flat lifts what stands in a chain of quotations and lists that hold nothing
// beside each other, so that reading on does not recurse once a level.
func (r *proseReader) flat(n ast.Node) ast.Node {
	for n.ChildCount() == 1 {
		switch n.FirstChild().(type) {
		case *ast.Blockquote, *ast.List, *ast.ListItem:
			n = n.FirstChild()
		default:
			return n
		}
	}
	return n
}

func (r *proseReader) table(n *east.Table) Table {
	var t Table
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []Cell
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			var cell Cell
			if words := r.inline(c); len(words) > 0 {
				cell.Blocks = []Block{Paragraph{Text: words}}
			}
			cells = append(cells, cell)
		}
		if _, ok := row.(*east.TableHeader); ok {
			t.Header = cells
		} else {
			t.Rows = append(t.Rows, cells)
		}
	}
	return t
}

func (r *proseReader) inline(parent ast.Node) Text {
	var t Text
	r.spans(parent, Span{}, &t, 0)
	return trim(t)
}

func (r *proseReader) spans(parent ast.Node, style Span, t *Text, depth int) {
	if depth > 50 {
		return
	}
	add := func(s Span) {
		if last := len(*t) - 1; last >= 0 && s.Note == 0 && (*t)[last].Note == 0 {
			if old := (*t)[last]; old.Bold == s.Bold && old.Italic == s.Italic && old.Code == s.Code && old.URL == s.URL {
				(*t)[last].Text += s.Text
				return
			}
		}
		*t = append(*t, s)
	}
	words := func(s string) {
		if s != "" {
			span := style
			span.Text = s
			add(span)
		}
	}
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			value := n.Value(r.source)
			if !n.IsRaw() {
				value = unescape(value)
			}
			words(string(value))
			if n.HardLineBreak() {
				words("\n")
			} else if n.SoftLineBreak() {
				words(" ")
			}
		case *ast.String:
			words(string(n.Value))
		case *ast.CodeSpan:
			inner := style
			inner.Code = true
			r.spans(n, inner, t, depth+1)
		case *ast.Emphasis:
			inner := style
			if n.Level >= 2 {
				inner.Bold = true
			} else {
				inner.Italic = true
			}
			r.spans(n, inner, t, depth+1)
		case *ast.Link:
			target := string(unescape(n.Destination))
			if r.cite != nil {
				if notes, ok := r.cite(target); ok {
					r.spans(n, style, t, depth+1)
					for _, number := range notes {
						add(Span{Note: number})
					}
					continue
				}
			}
			inner := style
			inner.URL = target
			r.spans(n, inner, t, depth+1)
		case *ast.AutoLink:
			span := style
			span.Text, span.URL = string(n.Label(r.source)), string(n.URL(r.source))
			if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(span.URL, "mailto:") {
				span.URL = "mailto:" + span.URL
			}
			add(span)
		case *ast.Image:
			inner := style
			inner.URL = string(unescape(n.Destination))
			if n.ChildCount() == 0 {
				inner.Text = inner.URL
				add(inner)
			}
			r.spans(n, inner, t, depth+1)
		case *ast.RawHTML:
			words(string(n.Segments.Value(r.source)))
		default:
			r.spans(n, style, t, depth+1)
		}
	}
}

// unescape resolves entities and takes the backslash off signs, in one pass: an
// escaped ampersand begins no entity.
func unescape(b []byte) []byte {
	var out []byte
	for {
		i := bytes.IndexByte(b, '\\')
		for i >= 0 && (i+1 == len(b) || !util.IsPunct(b[i+1])) {
			next := bytes.IndexByte(b[i+1:], '\\')
			if next < 0 {
				i = -1
				break
			}
			i += 1 + next
		}
		if i < 0 {
			return append(out, entities(b)...)
		}
		out = append(append(out, entities(b[:i])...), b[i+1])
		b = b[i+2:]
	}
}

func entities(b []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(b))
}

// trim takes the white space off both ends of t and drops what is then empty.
func trim(t Text) Text {
	for len(t) > 0 && t[0].Note == 0 {
		if t[0].Text = strings.TrimLeft(t[0].Text, " \t\n"); t[0].Text != "" {
			break
		}
		t = t[1:]
	}
	for i := len(t) - 1; i >= 0 && t[i].Note == 0; i-- {
		if t[i].Text = strings.TrimRight(t[i].Text, " \t\n"); t[i].Text != "" {
			break
		}
		t = t[:i]
	}
	return t
}

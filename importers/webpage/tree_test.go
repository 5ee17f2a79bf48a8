package webpage

import (
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// outline writes a tree's body as nested brackets.
func outline(n *html.Node, b *strings.Builder) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			b.WriteString(c.Data)
		case html.ElementNode:
			b.WriteString("(" + c.Data + " ")
			outline(c, b)
			b.WriteString(")")
		}
	}
}

func bodyOf(t testing.TB, page string) (string, []string) {
	t.Helper()
	root, warnings, err := buildTree(context.Background(), page)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	outline(root.FirstChild.LastChild, &b)
	return b.String(), warnings
}

func TestBuildTree(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"paragraphs end each other", "<p>a<p>b<div>c</div>d", "(p a)(p b)(div c)d"},
		{"list items", "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "(ul (li a)(li b(ul (li c)))(li d))"},
		{"definitions", "<dl><dt>a<dd>b<dt>c</dl>", "(dl (dt a)(dd b)(dt c))"},
		{"unclosed inline ends with its block", "<div><b>a</div><p>b", "(div (b a))(p b)"},
		{"unclosed link ends at the next", "<a>a<a>b</a>c", "(a a)(a b)c"},
		{"link around blocks", "<a><div>a</div></a><p>b", "(a (div a))(p b)"},
		{"link closed within a block", "<a><div>a</a></div><p>b", "(a (div a))(p b)"},
		{"stray end tags", "</div></p>a</span>", "a"},
		{"cell hides outer div", "<div><table><tr><td>a</div>b</td></tr></table>c</div>", "(div (table (tr (td ab)))c)"},
		{"cells and rows without ends", "<table><tr><td>a<td>b<tr><td>c</table>", "(table (tr (td a)(td b))(tr (td c)))"},
		{"text in a table goes before it", "<table>a<tr><td>b</table>", "a(table (tr (td b)))"},
		{"cell without a table", "<div><td>a</td></div>", "(div a)"},
		{"script is text", "<script>if(a<b)'</p>'</script>a", "a"},
		{"noscript is markup", "<div><noscript><p>a</noscript></div>", "(div (noscript (p a)))"},
		{"svg title", "<svg><title/><path/></svg><p>a", "(svg (title )(path ))(p a)"},
		{"svg left open", "<svg><path/><p>a", "(svg (path ))(p a)"},
		{"headings end each other", "<h2>a<h3>b</h2>c", "(h2 a)(h3 b)c"},
		{"select left open", "<select><option>a<option>b<p>c", "(select (option a)(option b))(p c)"},
		{"after the end", "<body>a</body></html>b", "ab"},
		{"custom elements", "<x-a><p>a</p></x-a>b", "(x-a (p a))b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, _ := bodyOf(t, c.in); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.in, got, c.want)
			}
		})
	}
}

// A page built to be small and parse huge, or slow, is read in bounded time.
func TestBuildTreeHostile(t *testing.T) {
	formats := ""
	for i := range 400 {
		formats += "<b c=" + strings.Repeat("x", i%7) + ">"
	}
	for name, page := range map[string]string{
		"nested":              strings.Repeat("<div>", 300_000) + "x",
		"nested and closed":   strings.Repeat("<div>", 100_000) + "x" + strings.Repeat("</div>", 100_000),
		"formatting":          formats + strings.Repeat("<p>x", 60_000),
		"siblings":            strings.Repeat("<p>", 600_000),
		"attributes":          "<p " + strings.Repeat("a ", 3_000_000) + ">x",
		"attributes, values":  "<p " + strings.Repeat(`a="1"`, 1_000_000) + ">x",
		"one huge attribute":  `<p title="` + strings.Repeat("x", 20<<20) + `">x`,
		"open comment":        "<p>x<!--" + strings.Repeat("-", 10<<20),
		"comments":            strings.Repeat("<!--->", 400_000),
		"tables":              strings.Repeat("<table><tr><td>", 200_000),
		"text between tables": strings.Repeat("<table>x", 200_000),
		"links":               strings.Repeat("<a><div>", 60_000),
		"end tags":            strings.Repeat("<div>", 400) + strings.Repeat("</x></p></a>", 60_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			root, _, err := buildTree(context.Background(), page)
			if err != nil || root == nil {
				t.Fatal(err)
			}
			if d := time.Since(start); d > 60*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestBuildTreeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := buildTree(ctx, "<p>x"); err == nil {
		t.Error("no error from a context that is done")
	}
}

package briefing

import (
	"fmt"
	"strings"
	"testing"
)

// sketch writes blocks in a short form for comparison.
func sketch(blocks []Block) string {
	var b strings.Builder
	for _, block := range blocks {
		switch block := block.(type) {
		case Heading:
			fmt.Fprintf(&b, "h%d(%s)", block.Level, spans(block.Text))
		case Paragraph:
			fmt.Fprintf(&b, "p(%s)", spans(block.Text))
		case Code:
			fmt.Fprintf(&b, "code(%s)", block.Text)
		case Quote:
			fmt.Fprintf(&b, "quote(%s)", sketch(block.Blocks))
		case List:
			b.WriteString("list(")
			if block.Ordered {
				fmt.Fprintf(&b, "from %d ", block.Start)
			}
			for _, item := range block.Items {
				fmt.Fprintf(&b, "[%s]", sketch(item))
			}
			b.WriteString(")")
		case Table:
			b.WriteString("table(")
			for _, row := range append([][]Cell{block.Header}, block.Rows...) {
				for _, c := range row {
					fmt.Fprintf(&b, "[%s]", sketch(c.Blocks))
				}
				b.WriteString("/")
			}
			b.WriteString(")")
		}
	}
	return b.String()
}

func spans(t Text) string {
	var b strings.Builder
	for _, s := range t {
		word := s.Text
		if s.Bold {
			word = "<b>" + word + "</b>"
		}
		if s.Italic {
			word = "<i>" + word + "</i>"
		}
		if s.Code {
			word = "<code>" + word + "</code>"
		}
		if s.URL != "" {
			word += "→" + s.URL
		}
		if s.Note != 0 {
			word += fmt.Sprintf("^%d", s.Note)
		}
		b.WriteString(word)
	}
	return b.String()
}

func TestProse(t *testing.T) {
	cite := func(target string) ([]int, bool) { return []int{7}, strings.HasPrefix(target, "claim:") }
	for _, tt := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"words", "One\nline.", "p(One line.)"},
		{"styles", "a **b** *c* ***d*** `e`", "p(a <b>b</b> <i>c</i> <i><b>d</b></i> <code>e</code>)"},
		{"hard break", "a  \nb", "p(a\nb)"},
		{"escapes and entities", `\*a\* &amp; &#601; &lt;b&gt;`, "p(*a* & ə <b>)"},
		{"escaped ampersand", `\&amp; a\b \\\* \`, `p(&amp; a\b \* \)`},
		{"headings begin at one", "### A\n\n#### B\n\n### C", "h1(A)h2(B)h1(C)"},
		{"link", "[a](https://b.example/c?d=e&f)", "p(a→https://b.example/c?d=e&f)"},
		{"bare address", "see https://b.example/c.", "p(see https://b.example/c→https://b.example/c.)"},
		{"citation", "[a](claim:X), b", "p(a^7, b)"},
		{"list", "- a\n- b\n  1. c", "list([p(a)][p(b)list(from 1 [p(c)])])"},
		{"ordered from", "3. a\n4. b", "list(from 3 [p(a)][p(b)])"},
		{"quotation", "> a\n> b", "quote(p(a b))"},
		{"code", "```\na\n b\n```", "code(a\n b)"},
		{"table", "|a|b|\n|-|-|\n|1||", "table([p(a)][p(b)]/[p(1)][]/)"},
		{"html is letters", "<script>x</script>\n\na <b>c</b>", "p(<script>x</script>)p(a <b>c</b>)"},
		{"image", "![map](https://a.example/m.png)", "p(map→https://a.example/m.png)"},
		{"rule", "a\n\n---\n\nb", "p(a)p(b)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := sketch(Prose(tt.in, cite)); got != tt.want {
				t.Errorf("Prose(%q)\n got %s\nwant %s", tt.in, got, tt.want)
			}
		})
	}
}

func TestProseDeep(t *testing.T) {
	got := sketch(Prose(strings.Repeat("> ", 90)+"deep", nil))
	if !strings.Contains(got, "p(deep)") || strings.Count(got, "quote(") != deepest {
		t.Errorf("90 quotations within each other = %.200s", got)
	}
}

// Each of these takes the parser minutes and more where nothing bounds it.
func TestProseTangled(t *testing.T) {
	var nested strings.Builder
	for i := range 1000 {
		nested.WriteString(strings.Repeat("  ", i) + "- x\n")
	}
	for name, s := range map[string]string{
		"emphasis": strings.Repeat("_a_ **b", 200_000), "links": strings.Repeat("[a](", 200_000), "quotations": strings.Repeat("> ", 200_000) + "x",
		"lists": nested.String(), "lines of a quotation": strings.Repeat("> _a_ **b\n", 100_000),
	} {
		blocks := Prose(s, nil)
		if len(blocks) != 1 {
			t.Errorf("%s: %d blocks, want one plain paragraph", name, len(blocks))
			continue
		}
		if p := blocks[0].(Paragraph); len(p.Text) != 1 || !strings.HasPrefix(p.Text[0].Text, strings.TrimSpace(s)[:3]) {
			t.Errorf("%s: the words were not kept", name)
		}
	}
	long := strings.Repeat("- **item** with *words* and [a link](https://a.example)\n", 2000)
	if list, ok := Prose(long, nil)[0].(List); !ok || len(list.Items) != 2000 {
		t.Error("a long list is no tangle")
	}
}

func FuzzProse(f *testing.F) {
	for _, s := range []string{"# a\n- b\n> c", "|a|\n|-|\n|b|", "[x](claim:Y) **z", "<!-- a\n--> &#0; \\", "1. a\n   ```\n   b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		blocks := Prose(s, func(string) ([]int, bool) { return []int{1}, true })
		Walk(blocks, func(b Block) {
			if h, ok := b.(Heading); ok && (h.Level < 1 || h.Level > 3) {
				t.Errorf("heading of level %d", h.Level)
			}
		})
	})
}

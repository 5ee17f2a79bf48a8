package markdown

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"sourcebook/importers/importertest"
)

func TestCases(t *testing.T) {
	importertest.Cases(t, func(t *testing.T, a *txtar.Archive) string {
		b, name := importertest.File(t, a, "md"), strings.TrimSpace(string(importertest.File(t, a, "name")))
		if !Is(name, "", b) {
			t.Error("it is not recognised")
		}
		d, err := Read(context.Background(), string(b), Options{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		importertest.Check(t, d)
		return importertest.Show(d)
	})
}

func TestIs(t *testing.T) {
	for _, c := range []struct {
		name, mediaType, head string
		want                  bool
	}{
		{"a.md", "", "", true},
		{"a.txt", "", "---\ntitle: A\n---\ntext", true},
		{"", "text/markdown; charset=utf-8", "", true},
		{"a.txt", "", "---\nonly a rule\n---\ntext", false},
		{"a.txt", "", "title: A\n\ntext", false},
		{"a.txt", "", "---\ntitle: never closed", false},
	} {
		if got := Is(c.name, c.mediaType, []byte(c.head)); got != c.want {
			t.Errorf("%q %q %q: %v", c.name, c.mediaType, c.head, got)
		}
	}
}

// Every limit ends in a warning, quickly, with what was read until then.
func TestLimits(t *testing.T) {
	bomb := "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
	for _, p := range []string{"ba", "cb", "dc", "ed", "fe", "gf", "hg"} {
		ref := "*" + p[1:]
		bomb += p[:1] + ": &" + p[:1] + " [" + strings.Repeat(ref+",", 8) + ref + "]\n"
	}
	bomb += "title: *h\n---\ntext"
	for _, c := range []struct{ name, in, warning string }{
		{"a long text", strings.Repeat("word word word word\n\n", maxBytes/20), "longer than"},
		{"a long line", strings.Repeat("*a _b ", 200_000), "a line is longer"},
		{"quotations within quotations", strings.Repeat(">", 100_000) + " deep", "too deeply"},
		{"lists within lists", strings.Repeat("- ", 50_000) + "deep", "too deeply"},
		{"brackets", strings.Repeat("[", 100_000) + "a" + strings.Repeat("](b)", 1000), ""},
		{"emphasis", strings.Repeat("*a_", 30_000), "too many marks"},
		{"links of no end", strings.Repeat("[a](", 20_000), "too many marks"},
		{"notes", strings.Repeat("[^1]\n", 3_000) + "\n[^1]: note", ""},
		{"a wide table", strings.Repeat("|a", 2000) + "|\n" + strings.Repeat("|-", 2000) + "|\n" + strings.Repeat("|b|\n", 100_000), "a table is too large"},
		{"an alias bomb", bomb, ""},
		{"front matter of no end", "---\n" + strings.Repeat("a: b\n", 100_000), ""},
		{"elements within elements", strings.Repeat("<div>", 100_000), "too deeply"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			d, err := Read(context.Background(), c.in, Options{})
			if err != nil {
				t.Fatal(err)
			}
			importertest.Check(t, d)
			if all := strings.Join(d.Warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
			if d := time.Since(start); d > time.Minute {
				t.Errorf("it took %v", d)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, "text", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"---\ntitle: a\n---\n# a\n\n[[b|c]] [d](e)[^1]\n\n[^1]: f", "% a\n% b\n% c\n\n> [!note] d", "+++\na = \"b\"\n+++\n|a|\n|-|\n|b|", "```\n[[a]]\n```\n<p>x</p>", "% \xef"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Read(context.Background(), s, Options{Name: "a b.md"})
		if err != nil {
			t.Fatal(err)
		}
		importertest.Check(t, d)
	})
}

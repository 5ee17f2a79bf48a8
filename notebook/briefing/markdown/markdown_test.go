package markdown

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/notebook/briefing"
	"sourcebook/notebook/briefing/briefingtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func render(t testing.TB, d *briefing.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestRender(t *testing.T) {
	for name, d := range map[string]*briefing.Document{"sample": briefingtest.Sample(), "scripts": briefingtest.Scripts(), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			golden := filepath.Join("testdata", name+".md")
			got := render(t, d)
			if *update {
				if err := os.MkdirAll("testdata", 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("differs from %s; run with -update and read the difference", golden)
			}
		})
	}
}

// words is the text of Markdown as a reader shows it.
func words(markdown string) string {
	return strings.Join(strings.Fields(briefing.ProseLine(markdown, nil).String()), " ")
}

func TestTextStaysText(t *testing.T) {
	for _, s := range []string{
		"# no heading", "- no item", "+ no item", "1. no item", "12) no item", "> no quotation", "*no* **style** _at_ `all`", "[no](link)", "![no](picture)",
		"<b>no tag</b>", "&amp; no entity", "a | b", "~~kept~~", "\\* backslash", "=== ", "--- ", "***", ":-- ", "    no code", "[^1] no note", "``` no fence", "http://a.example/_b_*c*",
	} {
		if got, want := words(escape(s)), strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("%q reads as %q", s, got)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestRenderWriteFails(t *testing.T) {
	if err := Render(full{}, briefingtest.Sample()); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error = %v, want that of the writer", err)
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range briefingtest.Texts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 500 {
			return // reading back, more markup than a person writes is left as it is
		}
		want := strings.Join(strings.Fields(clean(s)), " ")
		if got := words(escape(s)); got != want {
			t.Errorf("%q reads as %q, want %q", s, got, want)
		}
	})
}

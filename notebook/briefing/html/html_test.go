package html

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sourcebook/notebook"
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
			golden := filepath.Join("testdata", name+".html")
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

// The policy is a second lock: what is written must pass it as it is, or words
// of the briefing would be lost to it.
func TestPolicyChangesNothing(t *testing.T) {
	p := &page{doc: briefingtest.Scripts(), cited: map[int]bool{}}
	p.body()
	ordinary := func(s string) string { return strings.ReplaceAll(s, ` rel="noreferrer"`, "") }
	if got := ordinary(policy().Sanitize(p.out.String())); text(t, got) != text(t, p.out.String()) || strings.Count(got, "<") != strings.Count(p.out.String(), "<") {
		t.Error("the policy took something off the page")
	}
}

func TestLinksMeetTheirPlaces(t *testing.T) {
	page := render(t, briefingtest.Sample())
	ids := map[string]bool{}
	for _, m := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("id %q stands twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] {
			t.Errorf("a link leads to %q, which is nowhere", m[1])
		}
	}
	for _, want := range []string{`href="#n1"`, `href="#r1"`, `href="https://ports.example/bulletin?half=1&amp;year=2025"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestRenderStandsAlone(t *testing.T) {
	page := render(t, briefingtest.Sample())
	if m := regexp.MustCompile(`(?i)<(script|link|img|iframe|object|embed)|@import|url\(|\bsrc=`).FindString(page); m != "" {
		t.Errorf("the page fetches something: %q", m)
	}
}

func TestRenderHostile(t *testing.T) {
	evil := `<script>alert(1)</script><img src=x onerror=alert(1)>"'><a href="javascript:alert(1)">`
	d := &briefing.Document{Title: evil, Subtitle: evil, Author: evil, TLP: notebook.TLP(evil), Date: "2025", Sections: []briefing.Section{{Kind: notebook.PartSection, Number: evil, Heading: evil, Blocks: []briefing.Block{
		briefing.Paragraph{Text: briefing.Text{{Text: evil, URL: "javascript:alert(1)"}, {Text: evil, URL: `https://a.example/"onclick="x`}}}, briefing.Code{Text: evil}}}},
		Notes: []briefing.Note{{N: 1, Title: evil, URL: "data:text/html," + evil}}}
	page := render(t, d)
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Data == "script" || n.Data == "img" {
			t.Errorf("text became an element %s", n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") || strings.HasPrefix(a.Val, "data:") {
				t.Errorf("text became an attribute %s=%q", a.Key, a.Val)
			}
		}
	}
	if got := strings.Count(text(t, page), "alert(1)"); got < 10 {
		t.Errorf("the words stand %d times, want them all kept as words", got)
	}
}

func text(t testing.TB, page string) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestRenderWriteFails(t *testing.T) {
	if err := Render(full{}, briefingtest.Sample()); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error = %v, want that of the writer", err)
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range briefingtest.Texts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := &briefing.Document{Title: s, Sections: []briefing.Section{{Kind: notebook.PartSection, Heading: s, Blocks: append(briefing.Prose(s, nil), briefing.Paragraph{Text: briefing.Plain("[[" + s + "]]")})}}}
		got := text(t, render(t, d))
		want := html.UnescapeString(esc("[[" + s + "]]"))
		if flat := func(s string) string { return strings.ReplaceAll(s, "\n", "") }; !strings.Contains(flat(got), flat(want)) {
			t.Errorf("%q is not on the page", want)
		}
	})
}

package serp

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"sourcebook/notebook/document"
)

var update = flag.Bool("update", false, "write the results into the cases")

// summary writes what was read in a form that is easy to check by eye.
func summary(d *document.Document, ok bool) string {
	if !ok {
		return "no result page\n"
	}
	var b strings.Builder
	s := d.Search
	fmt.Fprintf(&b, "engine %s\nquery %s\n", s.Engine, s.Query)
	if s.URL != "" {
		fmt.Fprintf(&b, "url %s\n", s.URL)
	}
	if s.URLTruncated {
		b.WriteString("url truncated\n")
	}
	if d.SharedBy != nil {
		fmt.Fprintf(&b, "shared by %s %s %s\n", d.SharedBy.Name, d.SharedBy.Handle, d.SharedBy.Date)
	}
	fmt.Fprintf(&b, "lang %s\n", d.Lang)
	if s.Answer != nil {
		fmt.Fprintf(&b, "answer %s\n", s.Answer.State)
		for _, sec := range s.Answer.Sections {
			fmt.Fprintf(&b, "## %s\n", sec.Heading)
			for _, st := range sec.Statements {
				b.WriteString("- ")
				if st.Label != "" {
					fmt.Fprintf(&b, "[%s] ", st.Label)
				}
				b.WriteString(st.Text)
				if len(st.Sources) > 0 {
					fmt.Fprintf(&b, " <%s>", strings.Join(st.Sources, " "))
				}
				b.WriteByte('\n')
			}
		}
	}
	for _, r := range s.Results {
		kind := r.Kind
		if kind == "" {
			kind = fmt.Sprint(r.Rank)
		}
		fmt.Fprintf(&b, "%s. %s", kind, r.Title)
		for _, part := range []string{r.URL, r.Site, r.Date} {
			if part != "" {
				fmt.Fprintf(&b, " | %s", part)
			}
		}
		b.WriteByte('\n')
		if r.Snippet != "" {
			fmt.Fprintf(&b, "   %s\n", r.Snippet)
		}
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "warning %s\n", w)
	}
	return b.String()
}

// TestCases reads the pages of testdata and compares with what each wants.
func TestCases(t *testing.T) {
	received := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	files, _ := filepath.Glob("testdata/*/*.txtar")
	if len(files) < 10 {
		t.Fatalf("%d cases in testdata", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			o := Options{Received: received}
			for _, l := range strings.Split(string(a.Comment), "\n") {
				if u, ok := strings.CutPrefix(l, "url: "); ok {
					o.URL = u
				}
			}
			var d *document.Document
			var ok bool
			switch a.Files[0].Name {
			case "page.txt":
				d, ok = ReadText(strings.TrimSuffix(string(a.Files[0].Data), "\n"), o)
			case "page.html":
				root, err := html.Parse(strings.NewReader(string(a.Files[0].Data)))
				if err != nil {
					t.Fatal(err)
				}
				d, ok = ReadPage(root, o)
			default:
				t.Fatalf("%s begins with %s", file, a.Files[0].Name)
			}
			if ok {
				check(t, d)
			}
			got := summary(d, ok)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 {
				t.Fatal("no want; run with -update and read it")
			}
			if want := string(a.Files[1].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// check holds what is true of every document.
func check(t testing.TB, d *document.Document) {
	t.Helper()
	runes := []rune(d.Text)
	if d.Search == nil || d.Kind != document.SearchSnapshot || d.Search.Results == nil {
		t.Fatalf("no search in %+v", d)
	}
	if d.Text != document.Canonical(d.Blocks) {
		t.Error("the text is not that of the blocks")
	}
	if a := d.Search.Answer; a != nil {
		for _, s := range a.Sections {
			for _, st := range s.Statements {
				if st.Start < 0 || st.End > len(runes) || st.Start > st.End || string(runes[st.Start:st.End]) != st.Text {
					t.Errorf("statement %q is not at %d..%d", st.Text, st.Start, st.End)
				}
			}
		}
	}
	for _, b := range d.Blocks {
		n := len([]rune(b.Text))
		for _, l := range b.Links {
			if l.Start < 0 || l.End > n || l.Start > l.End {
				t.Errorf("link %+v in a block of %d", l, n)
			}
		}
	}
}

func FuzzReadText(f *testing.F) {
	files, _ := filepath.Glob("testdata/text/*.txtar")
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil {
			f.Add(string(a.Files[0].Data), "")
		}
	}
	f.Add("AI Overview\nA\u0301: b:\x00 c\nXX.Yyy: zz", "https://www.bing.com/search?q=a")
	f.Fuzz(func(t *testing.T, text, url string) {
		d, ok := ReadText(text, Options{URL: url})
		if ok {
			check(t, d)
		} else if d != nil {
			t.Error("a document without ok")
		}
	})
}

func FuzzReadPage(f *testing.F) {
	files, _ := filepath.Glob("testdata/page/*.txtar")
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil {
			f.Add(string(a.Files[0].Data), "")
		}
	}
	f.Add("<title>a - Google Search</title><h1>AI Overview</h1><p>b<h3><a href=//x.y/>c</a></h3><cite>x.y</cite>", "https://www.google.com/search?q=a")
	f.Fuzz(func(t *testing.T, page, url string) {
		root, err := html.Parse(strings.NewReader(page))
		if err != nil {
			return
		}
		d, ok := ReadPage(root, Options{URL: url})
		if ok {
			check(t, d)
		} else if d != nil {
			t.Error("a document without ok")
		}
	})
}

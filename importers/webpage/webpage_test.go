package webpage

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
	unicodeenc "golang.org/x/text/encoding/unicode"

	"sourcebook/importers/charset"
	"sourcebook/notebook/document"
)

var update = flag.Bool("update", false, "write the results of the cases in testdata anew")

// render writes a document as the cases in testdata show it: what it says of
// itself, its blocks, and what was dropped.
func render(d *document.Document) string {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s", name, value)
			if o := d.OriginOf[name]; o != "" {
				fmt.Fprintf(&b, " (%s)", o)
			}
			b.WriteByte('\n')
		}
	}
	field("title", d.Title)
	field("standfirst", d.Standfirst)
	field("byline", strings.Join(d.Byline, "; "))
	field("site", d.Site)
	field("publisher", d.Publisher)
	field("original_publisher", d.OriginalPublisher)
	field("section", d.Section)
	field("published", string(d.Published))
	field("modified", string(d.Modified))
	field("lang", d.Lang)
	field("url", d.URL)
	field("canonical_url", d.CanonicalURL)
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	for _, bl := range d.Blocks {
		b.WriteByte('\n')
		switch bl.Kind {
		case document.Heading:
			b.WriteString(strings.Repeat("#", bl.Level) + " ")
		case document.ListItem:
			b.WriteString(strings.Repeat("  ", bl.Level-1) + "- ")
		case document.Quote:
			b.WriteString(strings.Repeat("> ", bl.Level))
		case document.Table, document.Code, document.Caption:
			fmt.Fprintf(&b, "[%s] ", bl.Kind)
		}
		r := []rune(bl.Text)
		at := 0
		for _, l := range bl.Links {
			b.WriteString(string(r[at:l.Start]) + "[" + string(r[l.Start:l.End]) + "](" + l.URL + ")")
			at = l.End
		}
		b.WriteString(string(r[at:]) + "\n")
	}
	if len(d.Dropped) > 0 {
		b.WriteByte('\n')
	}
	for _, x := range d.Dropped {
		fmt.Fprintf(&b, "~ %s: %s\n", x.Reason, strings.ReplaceAll(x.Text, "\n", " ⏎ "))
	}
	return b.String()
}

// Each case is a page in the shape of real ones, and what is read from it. Its
// comment may name the address ("url: …") and the time of capture.
func TestRead(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "pages", "*.txtar"))
	if err != nil || len(files) < 15 {
		t.Fatalf("%d cases in testdata/pages: %v", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var o Options
			for _, line := range strings.Split(string(a.Comment), "\n") {
				if v, ok := strings.CutPrefix(line, "url: "); ok {
					o.URL = v
				}
				if v, ok := strings.CutPrefix(line, "received: "); ok {
					if o.Received, err = time.Parse("2006-01-02", v); err != nil {
						t.Fatal(err)
					}
				}
			}
			if len(a.Files) == 0 || a.Files[0].Name != "page.html" {
				t.Fatal("the first file is not page.html")
			}
			d, err := Read(context.Background(), a.Files[0].Data, o)
			if err != nil {
				t.Fatal(err)
			}
			got := render(d)
			if *update {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(a.Files) < 2 || got != string(a.Files[1].Data) {
				want := []byte{}
				if len(a.Files) > 1 {
					want = a.Files[1].Data
				}
				t.Errorf("%s", diff.Diff("want", want, "got", []byte(got)))
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	if _, err := Read(context.Background(), []byte("<html><body><script>x()</script></body></html>"), Options{}); !errors.Is(err, ErrEmpty) {
		t.Errorf("a page without text: %v, want ErrEmpty", err)
	}
	if _, err := Read(context.Background(), []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), Options{}); !errors.Is(err, charset.ErrBinary) {
		t.Errorf("a picture: %v, want charset.ErrBinary", err)
	}
	if _, err := Read(context.Background(), []byte("<p>x"), Options{Charset: "nonsense"}); !errors.Is(err, charset.ErrUnknown) {
		t.Errorf("an unknown encoding: %v, want charset.ErrUnknown", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, []byte("<p>x"), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// visibleWords counts the words of all text that a browser would show: an own
// and simpler walk than the one under test.
func visibleWords(n *html.Node, count map[string]int) {
	if n.Type == html.TextNode {
		for _, w := range wordsOf(n.Data) {
			count[w]++
		}
		return
	}
	if n.Type == html.ElementNode && (unseen(n) || hides(n)) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		visibleWords(c, count)
	}
}

func wordsOf(s string) []string {
	s = strings.NewReplacer("\u00ad", "", "\u200b", "", "\ufeff", "").Replace(s)
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// Nothing is lost: what is kept and what is dropped together hold every word
// that the page shows.
func TestNothingIsLost(t *testing.T) {
	missing, total := 0, 0
	for i, b := range corpusPages(t, 120) {
		root, _, err := ParseLimited(context.Background(), b, Options{})
		if err != nil {
			t.Fatal(err)
		}
		d, err := ReadNode(context.Background(), root, Options{})
		if errors.Is(err, ErrEmpty) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]int{}
		visibleWords(root, want)
		for _, x := range d.Dropped {
			for _, w := range wordsOf(x.Text) {
				want[w]--
			}
		}
		for _, bl := range d.Blocks {
			for _, w := range wordsOf(bl.Text) {
				want[w]--
			}
		}
		lost := 0
		for _, n := range want {
			if n > 0 {
				lost += n
			}
		}
		words := 0
		count := map[string]int{}
		visibleWords(root, count)
		for _, n := range count {
			words += n
		}
		missing, total = missing+lost, total+words
		// Where words of two elements stand without a space between them they
		// are one word on the page.
		if lost*20 > words && lost > 20 {
			t.Errorf("page %d: %d of %d words are neither kept nor dropped", i, lost, words)
		}
	}
	t.Logf("%d of %d words are written otherwise", missing, total)
	if missing*100 > total {
		t.Errorf("%d of %d words are neither kept nor dropped", missing, total)
	}
}

// Links stand on text, in order, within their block.
func TestLinks(t *testing.T) {
	for i, b := range corpusPages(t, 60) {
		d, err := Read(context.Background(), b, Options{URL: "https://example.org/a/b"})
		if errors.Is(err, ErrEmpty) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, bl := range d.Blocks {
			r := []rune(bl.Text)
			last := 0
			for _, l := range bl.Links {
				if l.Start < last || l.End <= l.Start || l.End > len(r) || l.URL == "" {
					t.Fatalf("page %d: link %+v in %q", i, l, bl.Text)
				}
				if s := string(r[l.Start:l.End]); s != strings.TrimSpace(s) && bl.Kind != document.Code {
					t.Errorf("page %d: link on %q", i, s)
				}
				last = l.End
			}
			if strings.Contains(bl.Text, "\n\n") {
				t.Errorf("page %d: blank line in %q", i, bl.Text)
			}
		}
	}
}

// Whatever comes, the answer comes in time.
func TestReadHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("slow")
	}
	for name, page := range map[string]string{
		"nested tags":      strings.Repeat("<div>", 1_000_000) + "x",
		"nested lists":     strings.Repeat("<ul><li>", 50_000) + "x",
		"nested tables":    strings.Repeat("<table><tr><td>", 30_000) + "x",
		"many paragraphs":  strings.Repeat("<p>Some words of a paragraph, and some more.", 60_000),
		"many links":       strings.Repeat("<a href=x>y</a> ", 100_000),
		"one long word":    "<p>" + strings.Repeat("x", 8<<20),
		"attributes":       "<p " + strings.Repeat("a ", 10_000_000) + ">x",
		"classes":          `<p class="` + strings.Repeat("nav-main ", 100_000) + `">x`,
		"many classes":     strings.Repeat(`<p class="a b c d e f g h">x`, 40_000),
		"json nested":      `<script type="application/ld+json">` + strings.Repeat(`{"a":[`, 100_000) + `</script><p>x`,
		"json wide":        `<script type="application/ld+json">[` + strings.Repeat(`{"@type":"Article"},`, 100_000) + `{}]</script><p>x`,
		"authors":          strings.Repeat(`<span class="author">By Some One</span>`, 20_000),
		"dates":            strings.Repeat(`<p>1 May 2024 2 May 2024 3 May 2024`, 20_000),
		"headings":         strings.Repeat(`<h1>Some words of a heading that is long enough</h1>`, 20_000),
		"meta":             strings.Repeat(`<meta name="author" content="Some One; Any One; No One">`, 40_000),
		"entities":         "<p>" + strings.Repeat("&amp;&lt;", 400_000),
		"title separators": "<title>" + strings.Repeat("a | ", 100_000) + "</title><p>x",
		"data table":       "<table>" + strings.Repeat("<tr><td>a<td>b", 60_000) + "</table>",
		"breaks":           "<p>" + strings.Repeat("x<br>", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if _, err := Read(context.Background(), []byte(page), Options{}); err != nil && !errors.Is(err, ErrEmpty) {
				t.Error(err)
			}
			if d := time.Since(start); d > 60*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// A page beyond the limit of bytes is read up to there, and says so.
func TestReadTooLarge(t *testing.T) {
	page := append([]byte("<title>Grain</title><p>The mill on the river grinds again after the flood, and its owner has hired four people."), bytes.Repeat([]byte(" "), maxBytes)...)
	d, err := Read(context.Background(), page, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(d.Text, "The mill on the river") || len(d.Warnings) == 0 || !strings.Contains(d.Warnings[0], "64 MiB") {
		t.Errorf("text %q, warnings %q", d.Text, d.Warnings)
	}
}

// The encoding is the user's word, the header's, the byte order mark's, the meta
// element's, or what the bytes look like, in this order.
func TestReadCharsets(t *testing.T) {
	const text = "Паром Аральск снова ходит между берегами, сообщили в порту в среду утром."
	win, err := charmap.Windows1251.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	koi, err := charmap.KOI8R.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	utf16le, err := unicodeenc.UTF16(unicodeenc.LittleEndian, unicodeenc.UseBOM).NewEncoder().String("<p>" + text)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, page string
		o          Options
	}{
		{"declared in a meta element", `<meta charset="windows-1251"><p>` + win, Options{}},
		{"declared in the older way", `<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>` + koi, Options{}},
		{"the header before the element", `<meta charset="utf-8"><p>` + win, Options{ContentType: "text/html; charset=cp1251"}},
		{"the user before the header", "<p>" + koi, Options{ContentType: "text/html; charset=windows-1251", Charset: "koi8-r"}},
		{"a byte order mark", utf16le, Options{}},
		{"UTF-8 that says it is something else", `<meta charset="iso-8859-1"><p>` + text, Options{}},
		{"nothing declared", "<p>" + win + " " + win, Options{}},
		{"nothing declared, UTF-8", "<p>" + text, Options{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Read(context.Background(), []byte(c.page), c.o)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(d.Text, text) {
				t.Errorf("got %q", d.Text)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join("testdata", "pages", "*.txtar"))
	for _, file := range files {
		if a, err := txtar.ParseFile(file); err == nil && len(a.Files) > 0 {
			f.Add(a.Files[0].Data)
		}
	}
	f.Add([]byte("<table><tr><td><a href=x>a<table><caption>b</table>c"))
	f.Add([]byte("<svg><p><math><a><select><option><div>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		d, err := Read(context.Background(), b, Options{URL: "https://example.org/"})
		if err != nil {
			return
		}
		for _, bl := range d.Blocks {
			n := len([]rune(bl.Text))
			for _, l := range bl.Links {
				if l.Start < 0 || l.End > n || l.Start >= l.End {
					t.Fatalf("link %+v in %q", l, bl.Text)
				}
			}
		}
		if d.Text != document.Canonical(d.Blocks) {
			t.Fatal("the text is not that of the blocks")
		}
	})
}

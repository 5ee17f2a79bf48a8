// Package importertest is what the tests of the importers share: documents
// shown as text that people can read, cases in txtar files, and the things that
// must hold for every document.
package importertest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"

	"sourcebook/notebook/document"
)

var update = flag.Bool("update", false, "write the results of the cases in testdata anew")

// Show writes a document as the cases in testdata have it: what it says of
// itself, its blocks with their links as in Markdown, and what was dropped.
func Show(d *document.Document) string {
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
	field("kind", string(d.Kind))
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
	if s := d.SharedBy; s != nil {
		field("shared_by", fmt.Sprintf("%s <%s> %s", s.Name, s.Handle, s.Date))
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "warning: %s\n", w)
	}
	images := func(before int) {
		for _, img := range d.Images {
			if img.Before == before {
				fmt.Fprintf(&b, "\n![%s](%s)\n", img.Alt, img.URL)
			}
		}
	}
	for i, bl := range d.Blocks {
		images(i)
		b.WriteByte('\n')
		switch bl.Kind {
		case document.Heading:
			b.WriteString(strings.Repeat("#", max(bl.Level, 0)) + " ")
		case document.ListItem:
			b.WriteString(strings.Repeat("  ", max(bl.Level-1, 0)) + "- ")
		case document.Quote:
			b.WriteString(strings.Repeat("> ", max(bl.Level, 0)))
		case document.Table, document.Code, document.Caption:
			fmt.Fprintf(&b, "[%s] ", bl.Kind)
		}
		r := []rune(bl.Text)
		at := 0
		for _, l := range bl.Links {
			if l.Start < at || l.End > len(r) || l.End < l.Start {
				fmt.Fprintf(&b, "«link at %d–%d»", l.Start, l.End)
				continue
			}
			b.WriteString(string(r[at:l.Start]) + "[" + string(r[l.Start:l.End]) + "](" + l.URL + ")")
			at = l.End
		}
		b.WriteString(string(r[at:]) + "\n")
	}
	images(len(d.Blocks))
	if len(d.Dropped) > 0 {
		b.WriteByte('\n')
	}
	for _, x := range d.Dropped {
		fmt.Fprintf(&b, "~ %s: %s\n", x.Reason, strings.ReplaceAll(x.Text, "\n", " ⏎ "))
	}
	return b.String()
}

// Cases runs the cases of testdata/*.txtar: the file "want" of each is what
// show gives for the archive's other files. With -update it is written anew.
func Cases(t *testing.T, show func(t *testing.T, a *txtar.Archive) string) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want := -1
			for i, f := range a.Files {
				if f.Name == "want" {
					want = i
				}
			}
			got := show(t, a)
			if !strings.HasSuffix(got, "\n") {
				got += "\n"
			}
			if *update {
				if want < 0 {
					a.Files = append(a.Files, txtar.File{Name: "want"})
					want = len(a.Files) - 1
				}
				a.Files[want].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want < 0 {
				t.Fatal("the case has no file \"want\": run the test with -update and read it")
			}
			if string(a.Files[want].Data) != got {
				t.Errorf("%s", diff.Diff("want", a.Files[want].Data, "got", []byte(got)))
			}
		})
	}
}

// File gives a file of a case; it must be there.
func File(t *testing.T, a *txtar.Archive, name string) []byte {
	t.Helper()
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	t.Fatalf("the case has no file %q", name)
	return nil
}

// Check says what is wrong with a document that an importer finished, for fuzz
// targets and goldens alike: text that is not that of its blocks, links outside
// their block or out of order, levels below their kind's, text that is no UTF-8.
func Check(t *testing.T, d *document.Document) {
	t.Helper()
	if d.Text != document.Canonical(d.Blocks) {
		t.Errorf("the text is not that of the blocks")
	}
	for i, b := range d.Blocks {
		n, at := utf8.RuneCountInString(b.Text), 0
		if !utf8.ValidString(b.Text) {
			t.Errorf("block %d is not UTF-8: %.80q", i, b.Text)
		}
		if b.Kind != document.Code && b.Kind != document.Table && strings.Contains(b.Text, "\n\n") {
			t.Errorf("block %d has a blank line in it: %.80q", i, b.Text)
		}
		for _, l := range b.Links {
			if l.Start < at || l.End <= l.Start || l.End > n || l.URL == "" {
				t.Errorf("block %d of %d code points has the link %+v after %d", i, n, l, at)
			}
			at = l.End
		}
		switch b.Kind {
		case document.Heading:
			if b.Level < 1 || b.Level > 6 {
				t.Errorf("heading %d has level %d", i, b.Level)
			}
		case document.ListItem, document.Quote:
			if b.Level < 1 {
				t.Errorf("%s %d has level %d", b.Kind, i, b.Level)
			}
		}
	}
	for _, img := range d.Images {
		if img.Before < 0 || img.Before > len(d.Blocks) || img.URL == "" {
			t.Errorf("the picture %+v stands among %d blocks", img, len(d.Blocks))
		}
	}
	for _, s := range append([]string{d.Title, d.Standfirst, d.Site}, d.Byline...) {
		if !utf8.ValidString(s) {
			t.Errorf("not UTF-8: %.80q", s)
		}
	}
}

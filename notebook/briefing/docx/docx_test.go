package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
	"sourcebook/notebook/briefing/briefingtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func render(t testing.TB, d *briefing.Document) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := Render(&b, d); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
	}
	return parts
}

// sound says whether each part is XML, and gives the text of the document.
func sound(t testing.TB, parts map[string]string) string {
	t.Helper()
	var words strings.Builder
	for name, text := range parts {
		d := xml.NewDecoder(strings.NewReader(text))
		in := false
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("part %s: %v", name, err)
			}
			if name != "word/document.xml" {
				continue
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				in = tok.Name.Local == "t"
				if tok.Name.Local == "p" {
					words.WriteString("\n")
				}
			case xml.EndElement:
				in = false
			case xml.CharData:
				if in {
					words.Write(tok)
				}
			}
		}
	}
	return words.String()
}

func TestRender(t *testing.T) {
	for name, d := range map[string]*briefing.Document{"sample": briefingtest.Sample(), "scripts": briefingtest.Scripts(), "empty": {}} {
		t.Run(name, func(t *testing.T) {
			golden := filepath.Join("testdata", name+".xml")
			// A line for each paragraph, so that a difference can be read.
			got := strings.ReplaceAll(render(t, d)["word/document.xml"], "<w:p>", "\n<w:p>") + "\n"
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

func TestRenderText(t *testing.T) {
	parts := render(t, briefingtest.Sample())
	got := sound(t, parts)
	for _, want := range []string{"The Middle Corridor after two years of growth", "Key judgements", "1  What has changed", " B2 ", "Contested. Contradicted by Harbour Bulletin.4", "Nothing held",
		"20 November 2024", "Likelihood: likely (55–80 %).   Confidence: moderate.", "Aktau counts its ships", strings.Repeat("b2", 32), "Captured: 2 March 2026", "95–99 %"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the document", want)
		}
	}
	for _, part := range []string{"word/header.xml", "word/footer.xml"} {
		if !strings.Contains(parts[part], "TLP:AMBER") || !strings.Contains(parts[part], "FFC000") {
			t.Errorf("no marking in %s", part)
		}
	}
}

// Word offers to repair a document with a reference that leads nowhere.
func TestReferencesAreSound(t *testing.T) {
	for name, d := range map[string]*briefing.Document{"sample": briefingtest.Sample(), "scripts": briefingtest.Scripts()} {
		parts := render(t, d)
		doc := parts["word/document.xml"]
		find := func(text, pattern string) map[string]int {
			found := map[string]int{}
			for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
				found[m[1]]++
			}
			return found
		}
		for _, pair := range [][2]map[string]int{
			{find(doc, `w:anchor="([^"]+)"`), find(doc, `w:name="([^"]+)"`)},
			{find(doc, `r:id="([^"]+)"`), find(parts["word/_rels/document.xml.rels"], ` Id="([^"]+)"`)},
			{find(doc, `w:(?:pStyle|rStyle|tblStyle) w:val="([^"]+)"`), find(parts["word/styles.xml"], `w:styleId="([^"]+)"`)},
			{find(doc, `<w:numId w:val="([^"]+)"`), find(parts["word/numbering.xml"], `w:numId="([^"]+)"`)},
			{find(parts["word/styles.xml"], `w:basedOn w:val="([^"]+)"`), find(parts["word/styles.xml"], `w:styleId="([^"]+)"`)},
		} {
			for ref := range pair[0] {
				if pair[1][ref] != 1 {
					t.Errorf("%s: %q is defined %d times", name, ref, pair[1][ref])
				}
			}
		}
		for id, n := range find(doc, `bookmarkStart w:id="(\d+)"`) {
			if n != 1 {
				t.Errorf("%s: bookmark %s stands %d times", name, id, n)
			}
		}
	}
}

func TestRenderTurnsThePaper(t *testing.T) {
	d := briefingtest.Sample()
	for i := range d.Sections {
		d.Sections[i].Wide = d.Sections[i].Kind == notebook.PartComparison
	}
	doc := render(t, d)["word/document.xml"]
	if n, wide := strings.Count(doc, "<w:sectPr>"), strings.Count(doc, "landscape"); n != 3 || wide != 1 {
		t.Errorf("%d sections, %d in landscape; want 3 and 1", n, wide)
	}
	if i, j := strings.Index(doc, "landscape"), strings.Index(doc, "Nothing held"); i < j {
		t.Error("the landscape section ends before the table")
	}
}

func TestRenderSameBytes(t *testing.T) {
	var a, b bytes.Buffer
	if err := errors.Join(Render(&a, briefingtest.Scripts()), Render(&b, briefingtest.Scripts())); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two renderings differ")
	}
}

func TestURI(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f"},
		{"https://a.example/x%20y%zz", "https://a.example/x%20y%25zz"},
		{"https://a.example/я <b>", "https://a.example/%D1%8F%20%3Cb%3E"},
	} {
		if got := uri(tt.in); got != tt.want {
			t.Errorf("uri(%q) = %q, want %q", tt.in, got, tt.want)
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

func FuzzRender(f *testing.F) {
	for _, s := range briefingtest.Texts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := &briefing.Document{Title: s, Subtitle: s, Author: s, TLP: notebook.TLP(s), Sections: []briefing.Section{{Kind: notebook.PartSection, Heading: s, Blocks: append(briefing.Prose(s, nil),
			briefing.Paragraph{Text: briefing.Text{{Text: "[[" + s + "]]", URL: "https://" + s}}}, briefing.Table{Rows: [][]briefing.Cell{{{Blocks: briefing.Prose(s, nil)}}}})}}}
		got := strings.ReplaceAll(sound(t, render(t, d)), "\n", "")
		if want := strings.ReplaceAll(clean("[["+s+"]]"), "\n", ""); !strings.Contains(got, want) {
			t.Errorf("%q is not in the document", want)
		}
	})
}

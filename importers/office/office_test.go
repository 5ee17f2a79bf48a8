package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"sourcebook/importers/archive"
	"sourcebook/importers/importertest"
	"sourcebook/notebook/document"
)

func read(ctx context.Context, b []byte, o Options) (*document.Document, error) {
	return Read(ctx, bytes.NewReader(b), int64(len(b)), o)
}

func TestCases(t *testing.T) {
	importertest.Cases(t, func(t *testing.T, a *txtar.Archive) string {
		var files []string
		for _, f := range a.Files {
			if f.Name != "want" {
				files = append(files, f.Name, string(f.Data))
			}
		}
		b := importertest.Zip(t, files...)
		d, err := read(context.Background(), b, Options{Name: "x.docx"})
		if err != nil {
			t.Fatal(err)
		}
		importertest.Check(t, d)
		return importertest.Show(d)
	})
}

func inDOCX(body string) []string {
	return []string{"word/document.xml", "<w:document><w:body>" + body + "</w:body></w:document>"}
}

func TestReadRefuses(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	many := make([]string, 0, 120_000)
	for i := range 51_000 {
		many = append(many, fmt.Sprint(i), "")
	}
	for _, c := range []struct {
		name string
		in   []byte
		ctx  context.Context
		want error
	}{
		{"nothing", nil, nil, archive.ErrDamaged},
		{"no zip", []byte("PK\x03\x04 and so on"), nil, archive.ErrDamaged},
		{"another zip", importertest.Zip(t, "a.txt", "a"), nil, ErrNotText},
		{"a spreadsheet", importertest.Zip(t, "_rels/.rels", "<a/>", "[Content_Types].xml", "<a/>", "xl/workbook.xml", "<a/>"), nil, ErrNotText},
		{"a spreadsheet of OpenDocument", importertest.Zip(t, "content.xml", "<office:spreadsheet><text:p>a</text:p></office:spreadsheet>"), nil, ErrNotText},
		{"a locked ODT", importertest.Zip(t, "content.xml", "?", "META-INF/manifest.xml", "<manifest:encryption-data/>"), nil, ErrEncrypted},
		{"a way out", importertest.Zip(t, append(inDOCX(""), "../../etc/x", "a")...), nil, archive.ErrDamaged},
		{"an absolute path", importertest.Zip(t, append(inDOCX(""), "a/../../x", "a")...), nil, archive.ErrDamaged},
		{"one name twice", importertest.Zip(t, append(inDOCX(""), inDOCX("")...)...), nil, archive.ErrDamaged},
		{"too many entries", importertest.Zip(t, many...), nil, archive.ErrTooLarge},
		{"a bomb", importertest.Zip(t, inDOCX(strings.Repeat(" ", maxPart+1))...), nil, archive.ErrTooLarge},
		{"cancelled", importertest.Zip(t, inDOCX("<w:p><w:r><w:t>a</w:t></w:r></w:p>")...), cancelled, context.Canceled},
	} {
		ctx := c.ctx
		if ctx == nil {
			ctx = context.Background()
		}
		if d, err := read(ctx, c.in, Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v, want %v", c.name, d, err, c.want)
		}
	}
}

// Every limit ends in a warning, quickly, with what was read until then.
func TestLimits(t *testing.T) {
	const p = "<w:p><w:r><w:t>text</w:t></w:r></w:p>"
	for _, c := range []struct {
		name, warning string
		in            []string
	}{
		{"many paragraphs", "too long", inDOCX(strings.Repeat(p, maxBlocks+10))},
		{"open elements", "", inDOCX(p + strings.Repeat("<w:p><w:tbl><w:tr><w:tc>", 20_000))},
		{"text boxes within one another", "", inDOCX(p + strings.Repeat("<w:p><w:r><w:txbxContent>", 20_000) + p)},
		{"fields within fields", "", inDOCX("<w:p>" + strings.Repeat(`<w:fldChar w:fldCharType="begin"/>`, 50_000) + "</w:p>" + p)},
		{"an element without end", "only in part", inDOCX(p + "<w:p " + strings.Repeat("a ", 5<<19) + ">")},
		{"a million attributes", "", inDOCX(p + "<w:p " + strings.Repeat(`a="" `, 1_000_000) + ">")},
		{"entities", "", []string{"word/document.xml", `<!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;">]><w:document><w:p><w:t>&m;&m;&m;</w:t></w:p></w:document>`}},
		{"closing without opening", "", inDOCX(strings.Repeat("</w:p></w:tc></w:tr></w:tbl></w:txbxContent></w:hyperlink>", 1000) + p)},
		{"cut off", "", []string{"word/document.xml", "<w:document><w:body>" + p + "<w:p><w:r><w:t>half a"}},
		{"empty", "no text", inDOCX("")},
		{"endless levels", "", inDOCX(`<w:p><w:pPr><w:numPr><w:ilvl w:val="999999999999"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:p><w:pPr><w:outlineLvl w:val="-3"/></w:pPr></w:p>` + p)},
		{"ODT, open elements", "", []string{"content.xml", "<office:text><text:p>text</text:p>" + strings.Repeat("<text:list><text:list-item><text:p><text:note><text:note-body><draw:text-box><table:table>", 10_000)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			d, err := read(context.Background(), importertest.Zip(t, c.in...), Options{})
			if err != nil {
				t.Fatal(err)
			}
			importertest.Check(t, d)
			if all := strings.Join(d.Warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
			if !strings.Contains(d.Text, "text") && c.name != "empty" && c.name != "entities" {
				t.Errorf("the text is %.80q", d.Text)
			}
			if d := time.Since(start); d > time.Minute {
				t.Errorf("it took %v", d)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:hyperlink r:id="r"><w:r><w:t>a</w:t></w:r></w:hyperlink></w:p><w:tbl><w:tr><w:tc><w:p><w:t>b</w:t></w:p></w:tc></w:tr></w:tbl>`, "word/document.xml")
	f.Add(`<office:text><text:list><text:list-item><text:p>a<text:note><text:note-body><text:p>b</text:p></text:note-body></text:note></text:p></text:list-item></text:list>`, "content.xml")
	f.Fuzz(func(t *testing.T, body, name string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, e := range [][2]string{{name, body}, {"word/_rels/document.xml.rels", `<Relationship Id="r" Target="https://a.example/" TargetMode="External"/>`}, {"word/footnotes.xml", body}} {
			w, err := z.Create(e[0])
			if err != nil {
				return
			}
			if _, err := w.Write([]byte(e[1])); err != nil {
				return
			}
		}
		if z.Close() != nil {
			return
		}
		if d, err := read(context.Background(), b.Bytes(), Options{}); err == nil {
			importertest.Check(t, d)
		}
	})
}

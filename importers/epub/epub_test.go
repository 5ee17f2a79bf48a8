package epub

import (
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

func read(ctx context.Context, b []byte) (*document.Document, error) {
	return Read(ctx, bytes.NewReader(b), int64(len(b)), Options{})
}

func TestCases(t *testing.T) {
	importertest.Cases(t, func(t *testing.T, a *txtar.Archive) string {
		var files []string
		for _, f := range a.Files {
			if f.Name != "want" {
				files = append(files, f.Name, string(f.Data))
			}
		}
		d, err := read(context.Background(), importertest.Zip(t, files...))
		if err != nil {
			t.Fatal(err)
		}
		importertest.Check(t, d)
		return importertest.Show(d)
	})
}

// inBookOf is a book of chapters.
func inBookOf(chapters ...string) []string {
	manifest, spine := "", ""
	var files []string
	for i, c := range chapters {
		manifest += fmt.Sprintf(`<item id="c%d" href="c%d.xhtml" media-type="application/xhtml+xml"/>`, i, i)
		spine += fmt.Sprintf(`<itemref idref="c%d"/>`, i)
		files = append(files, fmt.Sprintf("c%d.xhtml", i), c)
	}
	return append(files, "META-INF/container.xml", `<container><rootfile full-path="a.opf"/></container>`, "a.opf", "<package><manifest>"+manifest+"</manifest><spine>"+spine+"</spine></package>")
}

func TestReadRefuses(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	const locked = `<encryption><EncryptedData><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><CipherData><CipherReference URI="c0.xhtml"/></CipherData></EncryptedData></encryption>`
	for _, c := range []struct {
		name string
		in   []byte
		ctx  context.Context
		want error
	}{
		{"nothing", nil, nil, archive.ErrDamaged},
		{"another zip", importertest.Zip(t, "a.txt", "a"), nil, ErrNotBook},
		{"no package", importertest.Zip(t, "META-INF/container.xml", `<container><rootfile full-path="a.opf"/></container>`), nil, ErrNotBook},
		{"no chapters", importertest.Zip(t, inBookOf()...), nil, ErrNotBook},
		{"locked", importertest.Zip(t, append(inBookOf("<p>a"), "META-INF/encryption.xml", locked)...), nil, ErrLocked},
		{"a way out", importertest.Zip(t, append(inBookOf("<p>a"), "../x", "a")...), nil, archive.ErrDamaged},
		{"cancelled", importertest.Zip(t, inBookOf("<p>a")...), cancelled, context.Canceled},
	} {
		ctx := c.ctx
		if ctx == nil {
			ctx = context.Background()
		}
		if d, err := read(ctx, c.in); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, %v, want %v", c.name, d, err, c.want)
		}
	}
}

// Every limit ends in a warning, quickly, with what was read until then.
func TestLimits(t *testing.T) {
	self := make([]string, 0)
	many := ""
	for range maxChapters + 10 {
		many += `<itemref idref="c0"/>`
	}
	self = append(self, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "c0.xhtml", "<p>text", "a.opf", `<item id="c0" href="c0.xhtml"/><spine>`+many+`</spine>`)
	for _, c := range []struct {
		name, warning string
		in            []string
	}{
		{"many chapters", "more than 5000 chapters", self},
		{"a bomb of a chapter", "cannot be read", inBookOf("<p>text", strings.Repeat(" ", maxPart+1))},
		{"elements within elements", "too deeply", inBookOf("<p>text" + strings.Repeat("<div>", 10_000))},
		{"not text", "no text", inBookOf("<p>text", strings.Repeat("\x00\x01", 500))},
		{"no order", "in which order", []string{"a.opf", "<package/>", "b.html", "<p>text"}},
		{"labels without end", "", append(inBookOf("<p>text"), "toc.ncx", strings.Repeat("<navLabel><text>a</text></navLabel><content src='b'/>", 20_000))},
		{"a path out of the book", "", []string{"META-INF/container.xml", `<rootfile full-path="../../a.opf"/>`, "a.opf", `<item id="c0" href="../../../c0.xhtml"/><itemref idref="c0"/>`, "c0.xhtml", "<p>text<img src='../../../x.png'>"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			d, err := read(context.Background(), importertest.Zip(t, c.in...))
			if err != nil {
				t.Fatal(err)
			}
			importertest.Check(t, d)
			if all := strings.Join(d.Warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
			if !strings.HasPrefix(d.Text, "text") {
				t.Errorf("the text is %.80q", d.Text)
			}
			if d := time.Since(start); d > time.Minute {
				t.Errorf("it took %v", d)
			}
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`<item id="c" href="c.xhtml"/><itemref idref="c"/><dc:title>a</dc:title>`, `<h1>a</h1><p>b<a epub:type="noteref" href="#n">1</a><aside epub:type="footnote">c</aside><img src="d.png"/>`)
	f.Fuzz(func(t *testing.T, opf, chapter string) {
		b := importertest.Zip(t, "a.opf", opf, "c.xhtml", chapter, "toc.ncx", opf, "META-INF/encryption.xml", opf)
		if d, err := read(context.Background(), b); err == nil {
			importertest.Check(t, d)
		}
	})
}

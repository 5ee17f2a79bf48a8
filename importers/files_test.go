package importers_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sourcebook/importers"
	"sourcebook/importers/epub"
	"sourcebook/importers/importertest"
	"sourcebook/importers/office"
	"sourcebook/notebook/document"
)

func TestOffice(t *testing.T) {
	in := importers.Input{Name: "report.docx", Bytes: importertest.Zip(t, "word/document.xml", `<w:document><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Grain by rail</w:t></w:r></w:p><w:p><w:r><w:t>The first train left Aktau in Kazakhstan at dawn.</w:t></w:r></w:p></w:body></w:document>`)}
	d, err := importers.Read(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != document.Report || d.Title != "Grain by rail" || !strings.HasPrefix(d.Text, "The first train") || len(d.Countries) != 1 {
		t.Errorf("got %q %q %q %v", d.Kind, d.Title, d.Text, d.Countries)
	}
	d, err = importers.Read(context.Background(), importers.Input{Name: "report.rtf", Bytes: []byte(`{\rtf1\ansi The first train left Aktau at dawn.\par}`)})
	if err != nil || d.Text != "The first train left Aktau at dawn." || len(d.Warnings) > 0 {
		t.Errorf("RTF: %v, %+v", err, d)
	}
	in.Bytes = importertest.Zip(t, "content.xml", "<office:spreadsheet/>", "META-INF/manifest.xml", "<manifest:manifest/>")
	if _, err := importers.Read(context.Background(), in); !errors.Is(err, office.ErrNotText) {
		t.Errorf("a spreadsheet: %v", err)
	}
}

func TestBook(t *testing.T) {
	in := importers.Input{Name: "b.epub", Bytes: importertest.Zip(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "a.opf", `<dc:title>Ports</dc:title><item id="c" href="c.xhtml"/><itemref idref="c"/>`, "c.xhtml", "<p>The first train left Aktau at dawn.</p>")}
	d, err := importers.Read(context.Background(), in)
	if err != nil || d.Title != "Ports" || d.Text != "The first train left Aktau at dawn." || len(d.Warnings) > 0 {
		t.Errorf("%v, %+v", err, d)
	}
	in.Bytes = importertest.Zip(t, "META-INF/container.xml", `<rootfile full-path="a.opf"/>`, "a.opf", `<item id="c" href="c.xhtml"/><itemref idref="c"/>`, "c.xhtml", "?", "META-INF/encryption.xml", `<EncryptionMethod Algorithm="aes"/><CipherReference URI="c.xhtml"/>`)
	if _, err := importers.Read(context.Background(), in); !errors.Is(err, epub.ErrLocked) {
		t.Errorf("locked: %v", err)
	}
}

package importers_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"sourcebook/importers"
)

// article is a page with enough text to be read as an article.
func article(title string) string {
	return "<html><head><title>" + title + "</title></head><body><article><h1>" + title + "</h1><p>The first paragraph of this page is long enough to be text, and says that grain moves by rail in Kazakhstan.</p><p>The second paragraph is long enough as well, and adds that ships are waiting in Baku.</p></article></body></html>"
}

// zipped makes a zip of name, content pairs.
func zipped(t testing.TB, pairs ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err == nil {
			_, err = io.WriteString(w, pairs[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

// reply is a WARC record with a page.
func reply(address, date, body string) string {
	block := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
	return fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: %s\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", address, date, len(block), block)
}

func TestContainers(t *testing.T) {
	warc := reply("https://site.example/rail", "2024-05-08T10:00:00Z", article("Rail")) + reply("https://ads.example/frame", "2024-05-08T10:00:01Z", "<html><body><script>x()</script></body></html>")
	const rail = "arch > https://site.example/rail: Rail https://site.example/rail 2024-05-08"
	for _, c := range []struct{ name, content, want string }{
		{"a zip of pages", zipped(t, "a.html", article("A"), "note.txt", "A note with a line that is long enough to be read as such.", "style.css", "p{}"), "arch > a.html: A\narch > note.txt: A note with a line that is long enough to be read as such."},
		{"a zip in a zip", zipped(t, "in.zip", zipped(t, "a.html", article("A")), "b.html", article("B")), "arch > in.zip > a.html: A\narch > b.html: B"},
		{"a web archive, without its empty frame", warc, rail},
		{"a packed web archive", gzipped(warc), rail},
		{"a web archive in a zip", zipped(t, "1.warc.gz", gzipped(warc)), strings.Replace(rail, "arch", "arch > 1.warc.gz", 1)},
		{"a packed page", gzipped(article("A")), "arch: A"},
		{"a spreadsheet in a zip", zipped(t, "book.xlsx", zipped(t, "xl/workbook.xml", "<x/>"), "b.html", article("B")), "arch > book.xlsx: ERROR read arch > book.xlsx: this kind of file cannot be read; it is a spreadsheet: copy its text and paste it\narch > b.html: B"},
		{"a torn zip", zipped(t, "a.html", article("A"))[:100], "arch: ERROR read arch: the archive is damaged: zip: not a valid zip file; what could be read of it was; get it again for the rest"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, stands := range []string{"in memory", "in a file"} {
				in := importers.Input{Name: "arch", Bytes: []byte(c.content)}
				if stands == "in a file" {
					in.Bytes, in.File, in.Size = nil, strings.NewReader(c.content), int64(len(c.content))
				}
				var got []string
				err := importers.ReadEach(context.Background(), in, func(p importers.Part) error {
					line := p.Input.Name + ": "
					if p.Err != nil {
						line += "ERROR " + p.Err.Error()
					} else {
						line += p.Document.Title
						if len(p.Input.Bytes) == 0 {
							t.Error("a part without its bytes")
						}
					}
					if p.Input.URL != "" {
						line += " " + p.Input.URL
					}
					if !p.Input.Received.IsZero() {
						line += p.Input.Received.Format(" 2006-01-02")
					}
					got = append(got, line)
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				if g := strings.Join(got, "\n"); g != c.want {
					t.Errorf("%s: got\n%s\nwant\n%s", stands, g, c.want)
				}
			}
		})
	}
}

func TestReadAPackedPage(t *testing.T) {
	d, err := importers.Read(context.Background(), importers.Input{Name: "a.html.gz", Bytes: []byte(gzipped(article("A")))})
	if err != nil || d.Title != "A" || len(d.Warnings) > 0 {
		t.Errorf("got %+v, %v", d, err)
	}
	_, err = importers.Read(context.Background(), importers.Input{Name: "a.gz", Bytes: []byte(gzipped(gzipped(article("A"))))})
	if !errors.Is(err, importers.ErrLimit) {
		t.Errorf("packed twice: %v", err)
	}
}

func FuzzReadEach(f *testing.F) {
	warc := reply("https://site.example/rail", "2024-05-08T10:00:00Z", article("Rail"))
	for _, s := range []string{zipped(f, "a.html", article("A"), "in.zip", zipped(f, "b.txt", "B")), warc, gzipped(warc), gzipped(article("A")), "PK\x05\x06" + strings.Repeat("\x00", 18)} {
		f.Add([]byte(s), "a")
	}
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		parts := 0
		err := importers.ReadEach(context.Background(), importers.Input{Bytes: b, Name: name}, func(p importers.Part) error {
			if parts++; (p.Document == nil) == (p.Err == nil) {
				t.Fatalf("document %v and error %v", p.Document, p.Err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

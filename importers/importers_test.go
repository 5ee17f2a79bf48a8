package importers_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"sourcebook/importers"
	"sourcebook/notebook/document"
)

func TestReadRefuses(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		in   importers.Input
		want error
	}{
		{"nothing", nil, importers.Input{Name: "a.txt"}, importers.ErrEmpty},
		{"white space", nil, importers.Input{Bytes: []byte(" \n\t\r\n"), Name: "a.txt"}, importers.ErrEmpty},
		{"zeros", nil, importers.Input{Bytes: make([]byte, 5000), Name: "a.txt"}, importers.ErrBinary},
		{"control characters", nil, importers.Input{Bytes: bytes.Repeat([]byte("\x01\x02ab"), 50)}, importers.ErrBinary},
		{"a picture called a page", nil, importers.Input{Bytes: []byte("\x89PNG\x0d\x0a\x1a\x0a0000000000"), Name: "a.html"}, importers.ErrUnsupported},
		{"an archive", nil, importers.Input{Bytes: []byte("PK\x03\x04 and so on"), Name: "a.zip"}, importers.ErrCollection},
		{"too large", nil, importers.Input{Bytes: bytes.Repeat([]byte("a"), importers.MaxBytes+1)}, importers.ErrTooLarge},
		{"cancelled", cancelled, importers.Input{Bytes: []byte("some text")}, context.Canceled},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := c.ctx
			if ctx == nil {
				ctx = context.Background()
			}
			d, err := importers.Read(ctx, c.in)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, %v; want %v", d, err, c.want)
			}
			var e *importers.Error
			if !errors.As(err, &e) || strings.Contains(err.Error(), "\n") {
				t.Errorf("the error is not one line with a name: %q", err)
			}
		})
	}
}

func TestReadRecognises(t *testing.T) {
	const page = "<html><head><title>T</title></head><body><article><h1>Grain moves by rail</h1><p>The first paragraph is long enough to be text, and says that grain moves by rail in Kazakhstan.</p><p>The second paragraph is long enough as well, and adds that ships are waiting in Baku.</p></article></body></html>"
	for _, c := range []struct {
		name    string
		in      importers.Input
		kind    document.Kind
		holds   string
		warning string
	}{
		{"a page by its tags", importers.Input{Bytes: []byte(page)}, document.Article, "grain moves by rail", ""},
		{"a page called text", importers.Input{Bytes: []byte(page), Name: "a.txt"}, document.Article, "grain moves by rail", "promises text"},
		{"UTF-16", importers.Input{Bytes: utf16le(page), Name: "a.html"}, document.Article, "grain moves by rail", ""},
		{"plain text", importers.Input{Bytes: []byte("Grain moves by rail\n\nThe first paragraph says that 3 < 4 and that grain moves by rail.\n\nThe second one adds that ships wait."), Name: "a.txt"}, "", "3 < 4", ""},
		{"text called a page", importers.Input{Bytes: []byte("Only a line of text, which no one has marked up in any way."), Name: "a.html"}, "", "no one has marked up", "promises an HTML page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := importers.Read(context.Background(), c.in)
			if err != nil {
				t.Fatal(err)
			}
			if c.kind != "" && d.Kind != c.kind {
				t.Errorf("kind %q, want %q", d.Kind, c.kind)
			}
			if !strings.Contains(d.Text, c.holds) {
				t.Errorf("the text %q does not hold %q", d.Text, c.holds)
			}
			if all := strings.Join(d.Warnings, "; "); !strings.Contains(all, c.warning) || c.warning == "" && strings.Contains(all, "promises") {
				t.Errorf("the warnings are %q, want %q", all, c.warning)
			}
		})
	}
}

func utf16le(s string) []byte {
	b := []byte{0xff, 0xfe}
	for _, r := range s {
		b = append(b, byte(r), byte(r>>8))
	}
	return b
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"<html><p>a", "a\n\nb", "x – Google Search google.com/search?q=x", "%PDF-", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n\n<p>"} {
		f.Add([]byte(s), "a.html")
	}
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		d, err := importers.Read(context.Background(), importers.Input{Bytes: b, Name: name})
		if (d == nil) == (err == nil) {
			t.Fatalf("document %v and error %v", d, err)
		}
		if d != nil && d.Text != document.Canonical(d.Blocks) {
			t.Fatalf("the text is not that of the blocks")
		}
	})
}

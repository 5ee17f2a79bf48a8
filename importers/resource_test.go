package importers_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"sourcebook/importers"
)

const png = "\x89PNG\r\n\x1a\n"

// pictured is an article with one picture.
func pictured(src string) string {
	return strings.Replace(article("Rail"), "</h1>", `</h1><figure><img src="`+src+`" alt="A train"></figure>`, 1)
}

func TestResource(t *testing.T) {
	inline := "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte(png+strings.Repeat("0123456789", 400)))
	mht := "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://site.example/rail\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n" +
		"--b\r\nContent-Type: text/html\r\nContent-Location: https://site.example/rail\r\n\r\n" + pictured("https://site.example/a.png") +
		"\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\nContent-Location: https://site.example/a.png\r\n\r\n" + base64.StdEncoding.EncodeToString([]byte(png)) +
		"\r\n--b--\r\n"
	plist := `<?xml version="1.0"?><!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "x"><plist version="1.0"><dict><key>WebMainResource</key><dict><key>WebResourceURL</key><string>https://site.example/rail</string><key>WebResourceMIMEType</key><string>text/html</string><key>WebResourceData</key><data>` +
		base64.StdEncoding.EncodeToString([]byte(pictured("a.png"))) + `</data></dict><key>WebSubresources</key><array><dict><key>WebResourceURL</key><string>https://site.example/a.png</string><key>WebResourceMIMEType</key><string>image/png</string><key>WebResourceData</key><data>` +
		base64.StdEncoding.EncodeToString([]byte(png)) + `</data></dict></array></dict></plist>`
	for _, c := range []struct {
		name, capture, want string
		held                bool
	}{
		{"a page by itself names where it was", pictured("https://site.example/a.png"), "", false},
		{"in the page", pictured(inline), png, true},
		{"in the page, in UTF-16", string(utf16le(pictured(inline))), png, true},
		{"in MHTML", mht, png, true},
		{"in MHTML, in the page", strings.Replace(mht, "https://site.example/a.png", inline, 1), png, true},
		{"in Safari's archive", plist, png, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := importers.Read(context.Background(), importers.Input{Bytes: []byte(c.capture), Name: "a"})
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Images) != 1 || d.Images[0].Alt != "A train" {
				t.Fatalf("the images are %+v", d.Images)
			}
			b, media, err := importers.Resource(context.Background(), []byte(c.capture), "a", d.Images[0].URL)
			if !c.held {
				if !errors.Is(err, importers.ErrNotHeld) {
					t.Errorf("got %d bytes, %v", len(b), err)
				}
				return
			}
			if err != nil || media != "image/png" || !bytes.HasPrefix(b, []byte(c.want)) {
				t.Errorf("got %.20q, %s, %v", b, media, err)
			}
		})
	}
	t.Run("in a zip", func(t *testing.T) {
		z := []byte(zipped(t, "word/document.xml", "<x/>", "word/media/a.png", png))
		b, media, err := importers.Resource(context.Background(), z, "a.docx", "word/media/a.png")
		if err != nil || media != "image/png" || string(b) != png {
			t.Errorf("got %q, %s, %v", b, media, err)
		}
		for _, ref := range []string{"word/media/b.png", "../a.png", "", "https://site.example/a.png"} {
			if _, _, err := importers.Resource(context.Background(), z, "a.docx", ref); !errors.Is(err, importers.ErrNotHeld) {
				t.Errorf("%q: %v", ref, err)
			}
		}
	})
}

func FuzzResource(f *testing.F) {
	f.Add([]byte(pictured("data:image/png;base64,AAAA")), "data:image/png;base64,#9999-0")
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Location: x\n\ny\n--a--"), "x")
	f.Add([]byte(zipped(f, "a", "b")), "a")
	f.Fuzz(func(t *testing.T, b []byte, ref string) {
		_, _, _ = importers.Resource(context.Background(), b, "a", ref)
	})
}

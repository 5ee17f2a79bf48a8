package mhtml

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

const chrome = `From: <Saved by Blink>
Snapshot-Content-Location: https://caspian.example/news/ferry
Subject: =?utf-8?Q?Ferry=20line=20=E2=80=93=20Caspian=20Desk?=
Date: Wed, 29 Oct 2025 09:15:00 +0400
MIME-Version: 1.0
Content-Type: multipart/related;
	type="text/html";
	boundary="----MultipartBoundary--abc----"


------MultipartBoundary--abc----
Content-Type: text/html
Content-ID: <frame-ad@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://ads.example/frame

<p>advertisement</p>
------MultipartBoundary--abc----
Content-Type: text/html
Content-ID: <frame-1@mhtml.blink>
Content-Transfer-Encoding: quoted-printable
Content-Location: https://caspian.example/news/ferry

<!DOCTYPE html><html><head><meta charset=3D"utf-8"></head><body><p>A new ferry =
line opens. Caf=C3=A9.</p></body></html>
------MultipartBoundary--abc----
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://caspian.example/logo.png

iVBORw0KGgo=
------MultipartBoundary--abc------
`

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name, in, html, contentType, url, subject string
		saved                                     time.Time
	}{
		{"chrome", chrome, `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>A new ferry line opens. Café.</p></body></html>`, "text/html",
			"https://caspian.example/news/ferry", "Ferry line – Caspian Desk", time.Date(2025, 10, 29, 5, 15, 0, 0, time.UTC)},
		{"crlf", strings.ReplaceAll(chrome, "\n", "\r\n"), `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><p>A new ferry line opens. Café.</p></body></html>`, "text/html",
			"https://caspian.example/news/ferry", "Ferry line – Caspian Desk", time.Date(2025, 10, 29, 5, 15, 0, 0, time.UTC)},
		{"base64, old browser, no end", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=\"x\"\n\nThis is a multi-part message.\n\n--x\nContent-Type: text/html; charset=\"windows-1251\"\nContent-Transfer-Encoding: base64\nContent-Location: http://old.example/a\n\nPHA+\n wcDK0zwvcD4=\n",
			"<p>\xc1\xc0\xca\xd3</p>", `text/html; charset="windows-1251"`, "http://old.example/a", "", time.Time{}},
		{"start names the page", "Content-Type: multipart/related; start=\"<b>\"; boundary=x\n\n--x\nContent-Type: text/html\nContent-ID: <a>\n\nfirst\n--x\nContent-Type: text/html\nContent-ID: <b>\n\nsecond\n--x--\n",
			"second", "text/html", "", "", time.Time{}},
		{"multipart within multipart", "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: multipart/alternative; boundary=y\n\n--y\nContent-Type: text/plain\n\nplain\n--y\nContent-Type: text/html\n\n<p>rich\n--y--\n--x--\n",
			"<p>rich", "text/html", "", "", time.Time{}},
		{"a single page", "Content-Location: https://one.example/\nContent-Type: text/html; charset=utf-8\n\n<p>alone", "<p>alone", "text/html; charset=utf-8", "https://one.example/", "", time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Read(context.Background(), []byte(c.in))
			if err != nil {
				t.Fatal(err)
			}
			if string(p.HTML) != c.html {
				t.Errorf("page %q, want %q", p.HTML, c.html)
			}
			if p.ContentType != c.contentType || p.URL != c.url || p.Subject != c.subject || !p.Saved.Equal(c.saved) {
				t.Errorf("got %q %q %q %v", p.ContentType, p.URL, p.Subject, p.Saved)
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	for name, in := range map[string]string{
		"empty":           "",
		"a page":          "<html><body><p>not an archive</p></body></html>",
		"a mail":          "Subject: x\nContent-Type: text/plain\n\nhello\n",
		"no page in it":   "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n",
		"no boundary":     "Content-Type: multipart/related\n\n--x\nContent-Type: text/html\n\nx\n--x--\n",
		"only blank page": "Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n \n--x--\n",
	} {
		if _, err := Read(context.Background(), []byte(in)); !errors.Is(err, ErrNotMHTML) {
			t.Errorf("%s: %v, want ErrNotMHTML", name, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, []byte(chrome)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestReadHostile(t *testing.T) {
	nested := "Content-Type: multipart/related; boundary=x\n\n"
	for range 2000 {
		nested += "--x\nContent-Type: multipart/related; boundary=x\n\n"
	}
	for name, in := range map[string]string{
		"nested multiparts": nested,
		"many parts":        "Content-Type: multipart/related; boundary=x\n\n" + strings.Repeat("--x\nContent-Type: image/png\n\nx\n", 100_000),
		"endless header":    "Content-Type: " + strings.Repeat("x", 5<<20),
		"many headers":      strings.Repeat("A: b\n", 300_000) + "\n",
	} {
		start := time.Now()
		_, _ = Read(context.Background(), []byte(in))
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %v", name, d)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(chrome))
	f.Add([]byte("Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n====\n--x--\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Read(context.Background(), b)
		if err == nil && len(p.HTML) == 0 {
			t.Error("no page and no error")
		}
	})
}

package importers_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sourcebook/importers"
	"sourcebook/importers/mail"
	"sourcebook/notebook/document"
)

// parts reads all captures in a file: name and title or error of each.
func parts(t *testing.T, in importers.Input) []string {
	t.Helper()
	var list []string
	err := importers.ReadEach(context.Background(), in, func(p importers.Part) error {
		if (p.Document == nil) == (p.Err == nil) {
			t.Errorf("part %q has document %v and error %v", p.Input.Name, p.Document, p.Err)
		}
		s := p.Input.Name + ": "
		if p.Err != nil {
			s += "error " + p.Err.Error()
		} else {
			s += p.Document.Title
			if len(p.Input.Bytes) == 0 {
				t.Errorf("part %q has no bytes", p.Input.Name)
			}
		}
		list = append(list, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestFeed(t *testing.T) {
	in := importers.Input{Name: "news.xml", Bytes: []byte(`<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>
<item><title>Grain moves by rail</title><link>https://harbour.example/1</link><description>The first train left Aktau at dawn.</description></item>
<item><description>An entry without a title, of a port in Kazakhstan.</description></item></channel></rss>`)}
	if !importers.Collection(in) || !importers.Several(in) {
		t.Error("a feed is not taken for a collection")
	}
	got := parts(t, in)
	if want := "news.xml > Grain moves by rail: Grain moves by rail|news.xml > An entry without a title, of a port in Kazakhstan.: An entry without a title, of a port in Kazakhstan."; strings.Join(got, "|") != want {
		t.Errorf("got %q", got)
	}
	if _, err := importers.Read(context.Background(), in); !errors.Is(err, importers.ErrCollection) {
		t.Errorf("read as one: %v", err)
	}
	in.Bytes = []byte(`<rss><channel>` + strings.Repeat("<item><title>a</title></item>", 10_001) + `</channel></rss>`)
	got = parts(t, in)
	if n := len(got); n != 10_001 || !strings.Contains(got[n-1], "more than 10000 entries") {
		t.Errorf("%d parts, the last %q", n, got[len(got)-1])
	}
}

func TestMail(t *testing.T) {
	const head = "Message-ID: <a@b>\nFrom: Ann Quay <ann@example.org>\nDate: Wed, 29 Oct 2025 09:15:00 +0400\nSubject: Two files\nMIME-Version: 1.0\n"
	in := importers.Input{Name: "m.eml", Bytes: []byte(head + `Content-Type: multipart/related; boundary=b

--b
Content-Type: text/html

<p>Both are attached.</p>
--b
Content-Type: image/png; name=a.png
Content-Disposition: attachment
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--b
Content-Type: text/plain; name=notes.txt
Content-Disposition: attachment

Grain moves by rail, and ships wait in the port for a third day.
--b
Content-Type: message/rfc822

From: Tom Quay <tom@example.org>
Date: Tue, 28 Oct 2025 09:15:00 +0400
Subject: Within

The older message.
--b--
`)}
	got := strings.Join(parts(t, in), "|")
	if want := "m.eml: Two files|m.eml > notes.txt: Grain moves by rail, and ships wait in the port for a third day.|m.eml > Within.eml: Within"; got != want {
		t.Errorf("got %q", got)
	}
	d, err := importers.Read(context.Background(), in)
	if err != nil || d.Text != "Both are attached." {
		t.Errorf("read as one: %v, %v", d, err)
	}
	box := importers.Input{Name: "box.mbox", Bytes: []byte("From a@b Wed Oct 29 09:15:00 2025\n" + head + "\nThe first message.\n\nFrom a@b Wed Oct 29 09:15:00 2025\n" + head + "\nThe second message.\n")}
	if got := strings.Join(parts(t, box), "|"); got != "box.mbox > message 1: Two files|box.mbox > message 2: Two files" {
		t.Errorf("a mailbox: %q", got)
	}
	in.Bytes = []byte(head + "\n-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n")
	if _, err := importers.Read(context.Background(), in); !errors.Is(err, mail.ErrEncrypted) || strings.Contains(err.Error(), "\n") {
		t.Errorf("encrypted: %v", err)
	}
}

func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ name, file, in, title string }{
		{"by its name", "a.md", "# Ferry\n\nThe *line* is open.", "Ferry"},
		{"with HTML first", "a.md", "<div align=\"center\"><p>\n\n# Ferry\n\n</p></div>\n\nThe *line* is open.", "Ferry"},
		{"by its front matter", "a.txt", "---\ntitle: Ferry\n---\nThe *line* is open.", "Ferry"},
	} {
		d, err := importers.Read(context.Background(), importers.Input{Name: c.file, Bytes: []byte(c.in)})
		if err != nil {
			t.Fatal(err)
		}
		if d.Title != c.title || d.Text != "The line is open." || len(d.Warnings) > 0 {
			t.Errorf("%s: %q, %q, %q", c.name, d.Title, d.Text, d.Warnings)
		}
	}
}

func TestPosts(t *testing.T) {
	const page = `<!DOCTYPE html><html><head><meta property="og:site_name" content="Telegram"><meta property="og:title" content="Prichal"></head><body class="tgme_webpreview">` +
		`<div data-post="prichal/1"><div class="tgme_widget_message_text">The ferry waits in Aktau.</div></div><div data-post="prichal/2"><div class="tgme_widget_message_text">The weather does not change.</div></div></body></html>`
	in := importers.Input{Name: "p.html", URL: "https://t.me/s/prichal", Bytes: []byte(page)}
	if got := strings.Join(parts(t, in), "|"); got != "p.html > The ferry waits in Aktau.: The ferry waits in Aktau.|p.html > The weather does not change.: The weather does not change." {
		t.Errorf("a channel: %q", got)
	}
	in.URL = "https://t.me/s/prichal/2"
	if got := strings.Join(parts(t, in), "|"); got != "p.html: The weather does not change." {
		t.Errorf("an address that names one: %q", got)
	}
	d, err := importers.Read(context.Background(), in)
	if err != nil || d.Kind != document.Post || len(d.Warnings) > 0 {
		t.Errorf("read as one: %v, %+v", err, d)
	}
}

func TestMailPicture(t *testing.T) {
	const m = "Message-ID: <a@b>\nFrom: ann@example.org\nSubject: The port\nDate: Wed, 29 Oct 2025 09:15:00 +0400\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>The port by night.</p><img src=\"cid:port@x\">\n--b\nContent-Type: image/png\nContent-ID: <port@x>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--b--\n"
	d, err := importers.Read(context.Background(), importers.Input{Name: "m.eml", Bytes: []byte(m)})
	if err != nil || len(d.Images) != 1 {
		t.Fatalf("%v, %+v", err, d)
	}
	b, media, err := importers.Resource(context.Background(), []byte(m), "m.eml", d.Images[0].URL)
	if err != nil || media != "image/png" || len(b) != 8 {
		t.Errorf("%d bytes, %q, %v", len(b), media, err)
	}
	if _, _, err := importers.Resource(context.Background(), []byte(m), "m.eml", "cid:other@x"); !errors.Is(err, importers.ErrNotHeld) {
		t.Errorf("another: %v", err)
	}
}

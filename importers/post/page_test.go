package post

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/net/html"

	"sourcebook/importers/importertest"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

func parse(t testing.TB, page string) *html.Node {
	t.Helper()
	root, _, err := webpage.ParseLimited(context.Background(), []byte(page), webpage.Options{Charset: "utf-8"})
	if err != nil {
		t.Skip(err)
	}
	return root
}

func TestPages(t *testing.T) {
	importertest.Cases(t, func(t *testing.T, a *txtar.Archive) string {
		page := string(importertest.File(t, a, "page"))
		o := Options{URL: strings.TrimSpace(string(importertest.File(t, a, "url"))), Received: time.Date(2025, 11, 10, 12, 0, 0, 0, time.UTC)}
		d, ok := ReadPage(parse(t, page), o)
		if !ok {
			t.Fatal("it is not taken for a post")
		}
		importertest.Check(t, d)
		out := importertest.Show(d)
		err := Each(parse(t, page), o, func(d *document.Document, markup string) error {
			importertest.Check(t, d)
			out += fmt.Sprintf("\n==== %d bytes\n%s", len(markup), importertest.Show(d))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	})
}

func TestReadPageRefuses(t *testing.T) {
	const tweet = `<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Two tankers wait.</p>&mdash; Port Desk (@portdesk) <a href="https://twitter.com/portdesk/status/1963400000000000001">September 4, 2025</a></blockquote>`
	text := strings.Repeat("<p>The line between the two ports opened on Monday, and officials said that it would carry grain.</p>", 5)
	for _, c := range []struct{ name, url, page string }{
		{"empty", "", ""},
		{"an article with a post in it", "https://news.example/a", "<article><h1>Ports</h1>" + text + tweet + "</article>"},
		{"an article that shows a message of Telegram", "https://news.example/a", `<article>` + text + `<div data-post="prichal/117"><div class="tgme_widget_message_text">Text</div></div></article>`},
		{"a profile on X", "https://x.com/portdesk", "<title>Port Desk (@portdesk) / X</title><p>Posts"},
		{"a page of Facebook", "https://facebook.com/harbourmuseum", `<meta property="og:title" content="Harbour Museum"><meta property="og:description" content="12,000 likes">`},
		{"an author's page with a handle", "https://news.example/@ann", `<meta property="og:title" content="Ann (@ann)"><meta property="og:description" content="Writes on ports">`},
		{"a channel without messages", "https://t.me/prichal", `<meta property="og:site_name" content="Telegram"><meta property="og:title" content="Причал"><meta property="og:description" content="О порте">`},
	} {
		if d, ok := ReadPage(parse(t, c.page), Options{URL: c.url}); ok {
			t.Errorf("%s is taken for a post: %q", c.name, d.Text)
		}
	}
}

func TestEachEnds(t *testing.T) {
	page := `<meta property="og:site_name" content="Telegram">` + strings.Repeat(`<div data-post="prichal/1"><div class="tgme_widget_message_text">Text</div></div>`, maxPosts+100)
	n := 0
	own := errors.New("own")
	if err := Each(parse(t, page), Options{}, func(*document.Document, string) error { n++; return nil }); err != nil || n != maxPosts {
		t.Errorf("%d posts, %v", n, err)
	}
	if err := Each(parse(t, page), Options{}, func(*document.Document, string) error { return own }); !errors.Is(err, own) {
		t.Errorf("given up: %v", err)
	}
}

func TestReadPageHostile(t *testing.T) {
	for name, page := range map[string]string{
		"many articles": strings.Repeat(`<article><a href="/a/status/12345678"><time datetime="2025-01-01"></time></a><div lang="en" dir="auto">a</div>`, 20_000),
		"many messages": strings.Repeat(`<div data-post="prichal/1"><div class="message_reply">`, 20_000),
		"a long text":   `<article><a href="/a/status/12345678"><time datetime="2025-01-01"></time></a><div lang="en" dir="auto">` + strings.Repeat("a\n", 500_000),
		"deep data":     `<script type="application/ld+json">` + strings.Repeat("[", 100_000) + `</script>`,
	} {
		start := time.Now()
		ReadPage(parse(t, page), Options{URL: "https://x.com/a/status/12345678"})
		ReadPage(parse(t, page), Options{URL: "https://t.me/s/a"})
		if d := time.Since(start); d > time.Minute {
			t.Errorf("%s took %v", name, d)
		}
	}
}

func FuzzReadPage(f *testing.F) {
	f.Add(`<article><a href="/a/status/12345678"><time datetime="2025-01-01"></time></a><div lang="en" dir="auto">a<img alt="x"></div></article>`, "https://x.com/a/status/12345678")
	f.Add(`<div data-post="prichal/1"><div class="tgme_widget_message_text">a<br>b</div></div>`, "https://t.me/s/prichal")
	f.Add(`<meta property="og:title" content="a (@b)"><meta property="og:description" content="c">`, "https://social.example/@b/113400000000000001")
	f.Fuzz(func(t *testing.T, page, address string) {
		if d, ok := ReadPage(parse(t, page), Options{URL: address}); ok {
			importertest.Check(t, d)
		}
		_ = Each(parse(t, page), Options{URL: address}, func(d *document.Document, _ string) error {
			importertest.Check(t, d)
			return nil
		})
	})
}

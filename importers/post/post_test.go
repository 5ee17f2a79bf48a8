package post

import (
	"strings"
	"testing"
	"time"

	"sourcebook/notebook/document"
)

func TestReadText(t *testing.T) {
	received := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	cases := []struct {
		name, text, url                    string
		site, author, handle, date, quoted string
		body                               string // the paragraphs, joined by " | "
		forwarded                          string
		notPost                            bool
	}{
		{
			name: "x, page of one post",
			text: "Post\nSee new posts\nConversation\nLeyla Harbour\n@leylaharbour\nThe first train left Aktau at dawn.\n\nIt carries grain. https://example.org/train\n9:14 AM · Feb 2, 2026\n·\n12.3K\nViews\n45\nReposts\n6\nQuotes\n",
			site: "X", author: "Leyla Harbour", handle: "@leylaharbour", date: "2026-02-02",
			body: "The first train left Aktau at dawn. | It carries grain. https://example.org/train",
		},
		{
			name: "x, time line with a quoted post",
			text: "Tom Quay\n@tomquay\n·\nMar 3\nThis is the third delay since autumn.\nQuote\nPort Desk\n@portdesk\n·\nMar 2\nFerry traffic is suspended until Friday.\n4\n12\n30\n1.2K",
			site: "X", author: "Tom Quay", handle: "@tomquay", date: "2026-03-03",
			body: "This is the third delay since autumn.", quoted: "Port Desk (@portdesk), 2026-03-02: Ferry traffic is suspended until Friday.",
		},
		{
			name: "x, hours ago",
			text: "Tom Quay\n@tomquay · 5h\nThe pilots are back at work.",
			site: "X", author: "Tom Quay", handle: "@tomquay", date: "2026-03-10",
			body: "The pilots are back at work.",
		},
		{
			name: "x, in one line",
			text: "Tom Quay @tomquay · Jan 9, 2025\nThe pilots are back at work.",
			site: "X", author: "Tom Quay", handle: "@tomquay", date: "2025-01-09",
			body: "The pilots are back at work.",
		},
		{
			name: "x, embedded",
			text: "Two tankers wait outside the harbour. pic.twitter.com/AbCd12 — Port Desk (@portdesk) September 4, 2025",
			site: "X", author: "Port Desk", handle: "@portdesk", date: "2025-09-04",
			body: "Two tankers wait outside the harbour. pic.twitter.com/AbCd12",
		},
		{
			name: "x, title of the page",
			text: "Port Desk on X: \"Two tankers wait outside the harbour.\" / X",
			site: "X", author: "Port Desk", body: "Two tankers wait outside the harbour.",
		},
		{
			name: "telegram, copied from the program",
			text: "Gavan Xəbər, [04.03.2026 21:07]\nBərə bu gecə yola düşdü.\n\nhttps://t.me/gavanxeber/118",
			site: "Telegram", author: "Gavan Xəbər", handle: "@gavanxeber", date: "2026-03-04",
			body: "Bərə bu gecə yola düşdü.",
		},
		{
			name: "telegram, forwarded",
			text: "Причал, [12.01.2026 09:30:11]\n[Forwarded from Портовый вестник]\nПаром стоит третий день.",
			site: "Telegram", author: "Причал", date: "2026-01-12", forwarded: "Портовый вестник",
			body: "Паром стоит третий день.",
		},
		{
			name: "telegram, web preview",
			url:  "https://t.me/prichal/77",
			text: "Причал\nПаром стоит третий день.\n\nПогода не меняется.\n12.4K views 14:32",
			site: "Telegram", author: "Причал", handle: "@prichal",
			body: "Паром стоит третий день. | Погода не меняется.",
		},
		{
			name: "telegram, channel page without address",
			text: "Причал\n@prichal\n8.1K subscribers\nПричал\nПаром стоит третий день.\n1.2K views Причал, Mar 2, 2026 at 14:32\nView in Telegram",
			site: "Telegram", author: "Причал", handle: "@prichal", date: "2026-03-02",
			body: "Паром стоит третий день.",
		},
		{
			name: "facebook",
			text: "Harbour Museum\nFebruary 20 at 2:32 PM · \nThe old crane is open again.\n\nCome and see it.\nAll reactions:\n14\n3 comments\n2 shares\nLike\nComment\nShare",
			site: "Facebook", author: "Harbour Museum", date: "2026-02-20",
			body: "The old crane is open again. | Come and see it.",
		},
		{
			name:    "an article with share labels",
			text:    "New ferry line opens\n\nBy Leyla Harbour\nMarch 2, 2026\n\nFacebook\nTelegram\nShare\n\nThe line between the two ports opened on Monday. Officials said that it would carry grain.\n\nFollow us: https://t.me/harbournews",
			notPost: true,
		},
		{
			name:    "an article with an embedded post",
			text:    strings.Repeat("The line between the two ports opened on Monday. Officials said that it would carry grain and, from next year, cars.\n\n", 40) + "Two tankers wait. — Port Desk (@portdesk) September 4, 2025",
			notPost: true,
		},
		{name: "a list of people", text: "Tom Quay\nEditor\nLeyla Harbour\nReporter\n@harbour", notPost: true},
		{name: "empty", text: " \n", notPost: true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d, ok := ReadText(c.text, Options{URL: c.url, Received: received})
			if ok == c.notPost {
				t.Fatalf("ok = %v: %+v", ok, d)
			}
			if c.notPost {
				return
			}
			var body []string
			quoted := ""
			for _, b := range d.Blocks {
				if b.Kind == document.Quote {
					quoted = b.Text
					continue
				}
				body = append(body, b.Text)
				for _, l := range b.Links {
					if s := string([]rune(b.Text)[l.Start:l.End]); !strings.HasSuffix(l.URL, s) {
						t.Errorf("link %+v stands on %q", l, s)
					}
				}
			}
			if got := strings.Join(body, " | "); got != c.body && !strings.HasPrefix(got, c.body+" | https://t.me/") {
				t.Errorf("body %q, want %q", got, c.body)
			}
			if quoted != c.quoted {
				t.Errorf("quoted %q, want %q", quoted, c.quoted)
			}
			if d.Kind != document.Post || d.Site != c.site || len(d.Byline) == 0 || d.Byline[0] != c.author || string(d.Published) != c.date || d.OriginalPublisher != c.forwarded {
				t.Errorf("kind %q site %q byline %q published %q forwarded %q", d.Kind, d.Site, d.Byline, d.Published, d.OriginalPublisher)
			}
			if d.SharedBy == nil || d.SharedBy.Handle != c.handle {
				t.Errorf("by %+v, want handle %q", d.SharedBy, c.handle)
			}
			if d.Title == "" {
				t.Error("no title")
			}
		})
	}
}

func FuzzReadText(f *testing.F) {
	f.Add("Tom Quay\n@tomquay · 5h\nThe pilots are back.", "")
	f.Add("Причал, [12.01.2026 09:30:11]\n[Forwarded from X]\nПаром", "https://t.me/prichal/1")
	f.Add("Museum\nFebruary 20 at 2:32 PM · \nOpen.\nLike\nComment\nShare", "")
	f.Add("a — N (@h) May 4, 2025", "")
	f.Fuzz(func(t *testing.T, text, url string) {
		d, ok := ReadText(text, Options{URL: url, Received: time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)})
		if ok != (d != nil) {
			t.Fatal("ok without a document, or the other way round")
		}
		if ok && d.Text == "" {
			t.Fatal("a post without text")
		}
	})
}

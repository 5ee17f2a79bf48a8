package webpage

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"sourcebook/notebook/document"
)

// inlined is a picture that stands in a page, long enough to be no placeholder.
var inlined = "data:image/png;base64," + base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\n"+strings.Repeat("0123456789", 400)))

func TestPictures(t *testing.T) {
	const one = "<p>The first paragraph of the text is long enough to be kept, and says that the line was opened on Monday.</p>"
	const two = "<p>The second paragraph is as long as the first one, and adds that the trains were full on the first day.</p>"
	const three = "<p>The third paragraph ends the text by saying that nobody knows what a ticket will cost from next year on.</p>"
	for _, c := range []struct{ name, body, want string }{
		{"between paragraphs", one + `<img src="/a.jpg" alt="A train" width="600" height="400">` + two + three, "https://site.example/a.jpg (A train) 600x400 before: The second"},
		{"in a figure with its caption", one + `<figure><img src="/a.jpg"><figcaption>A train leaves the station on Monday morning.</figcaption></figure>` + two + three, "https://site.example/a.jpg () 0x0 before: A train"},
		{"between the headline and the text", `<div class="lead-media"><img src="a.jpg"></div>` + one + two + three, "https://site.example/news/a.jpg () 0x0 before: The first"},
		{"at the end", one + two + three + `<p><img src="/a.jpg"></p>`, "https://site.example/a.jpg () 0x0 at the end"},
		{"loaded late", one + `<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/late.jpg"></p>` + two + three, "https://site.example/late.jpg () 0x0 before: The second"},
		{"of a set", one + `<p><img srcset="/s.jpg 1x, /l.jpg 2x"></p>` + two + three, "https://site.example/s.jpg () 0x0 before: The second"},
		{"in the page itself", one + `<p><img src="` + inlined + `" alt="x"></p>` + two + three, inlineRef([]byte(inlined)) + " (x) 0x0 before: The second"},
		{"twice", one + `<img src="/a.jpg">` + two + `<img src="/a.jpg">` + three, "https://site.example/a.jpg () 0x0 before: The second"},
		{"what counts readers", one + `<img src="https://count.example/pixel.gif" width="1" height="1"><img src="/t.gif" width="1">` + two + three, ""},
		{"an author's portrait", one + two + three + `<div class="author-box"><img src="/face.jpg"><p>By a writer</p></div>`, ""},
		{"a teaser", one + two + `<div class="related"><a href="/other"><img src="/other.jpg">Another text that has nothing to do with it</a></div>` + three, ""},
		{"in the menu", `<nav><img src="/menu.jpg"><a href="/">Home</a></nav>` + one + two + three, ""},
		{"an emoji among words", one + `<p>A paragraph with a <img class="emoji" src="/1f600.png"> in it, which is a sign and not a picture of anything.</p>` + two + three, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := "<html><head><title>Line opened</title></head><body><header><img src=/logo.png></header><article><h1>Line opened</h1>" + c.body + "</article><footer><img src=/foot.jpg></footer></body></html>"
			d, err := Read(context.Background(), []byte(page), Options{URL: "https://site.example/news/1"})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range d.Images {
				at := "at the end"
				if i.Before < len(d.Blocks) {
					words := strings.Fields(d.Blocks[i.Before].Text)
					at = "before: " + strings.Join(words[:2], " ")
				}
				got = append(got, fmt.Sprintf("%s (%s) %dx%d %s", i.URL, i.Alt, i.Width, i.Height, at))
			}
			if g := strings.Join(got, "\n"); g != c.want {
				t.Errorf("got\n%s\nwant\n%s", g, c.want)
			}
			if d.Text != document.Canonical(d.Blocks) || strings.Contains(d.Text, "A train\n") {
				t.Errorf("a picture changes the text: %q", d.Text)
			}
		})
	}
}

func TestInline(t *testing.T) {
	other := strings.Replace(inlined, "IwMTIz", "IwMTIy", 1)
	page := []byte("<img src='" + other + "'><img src=\"" + inlined + "\">")
	b, media, ok := Inline(page, inlineRef([]byte(inlined)))
	if !ok || media != "image/png" || len(b) != 4008 || !strings.HasPrefix(string(b), "\x89PNG") {
		t.Errorf("got %d bytes of %s, %v", len(b), media, ok)
	}
	for _, ref := range []string{"", "data:image/png;base64,#9999-0", "https://site.example/a.png", "data:image/png;base64,#x", "data:image/png;base64,#-1-0"} {
		if _, _, ok := Inline(page, ref); ok {
			t.Errorf("%q leads to a picture", ref)
		}
	}
}

func FuzzInline(f *testing.F) {
	f.Add([]byte("<img src='"+inlined+"'>"), inlineRef([]byte(inlined)))
	f.Fuzz(func(t *testing.T, page []byte, ref string) { Inline(page, ref) })
}

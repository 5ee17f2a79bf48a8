package webpage

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sourcebook/notebook/document"
)

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ name, markup, base, want string }{
		{"paragraphs and links", `<p>The line <a href="/map">opened</a> on Monday.</p><p>It carries grain.</p>`, "https://port.example/news/1",
			"\nThe line [opened](https://port.example/map) on Monday.\n\nIt carries grain.\n"},
		{"short lines are kept", `Menu<br><br><b>Share</b><ul><li>one<ul><li>two</ul></ul>`, "",
			"\nMenu\n\nShare\n\n- one\n\n  - two\n"},
		{"quotes, headings, tables", `<h2>Ports</h2><blockquote><p>We wait.</p></blockquote><table><tr><th>Port<th>Ships<tr><td>Aktau<td>3</table><pre>a  b</pre>`, "",
			"\n## Ports\n\n> We wait.\n\n[table] Port\tShips\nAktau\t3\n\n[code] a  b\n"},
		{"hidden and controls", `<div style="display:none">preheader</div><p>Seen.</p><button>Press</button>`, "", "\nSeen.\n"},
		{"an address that leads nowhere", `<p><a href="javascript:x()">Run</a> <a href="rel">stays</a></p>`, "", "\nRun [stays](rel)\n"},
		{"empty", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Blocks(context.Background(), c.markup, c.base)
			if err != nil || len(got.Warnings) > 0 {
				t.Fatal(err, got.Warnings)
			}
			d := &document.Document{Blocks: got.Blocks}
			d.Finish()
			if got := render(d); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestBlocksWarns(t *testing.T) {
	c, err := Blocks(context.Background(), strings.Repeat("<div>", 5000)+"deep", "")
	if err != nil || len(c.Warnings) == 0 {
		t.Fatalf("%v, warnings %q", err, c.Warnings)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Blocks(ctx, "<p>text", ""); err == nil {
		t.Error("cancelled, and no error")
	}
}

func TestAuthors(t *testing.T) {
	for in, want := range map[string]string{
		"By Ann Quay and Tom Harbour": "Ann Quay; Tom Harbour", "admin": "", "": "", "Лейла Гаванова": "Лейла Гаванова", "ann@example.org": "",
	} {
		if got := strings.Join(Authors(in), "; "); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestBlocksImages(t *testing.T) {
	c, err := Blocks(context.Background(), `<p>One.</p><img src="a.jpg" alt="The port"><p>Two.</p><img src="cid:b@c"><img src="/pixel.gif" width="1">`, "https://port.example/news/")
	want := []document.Image{{URL: "https://port.example/news/a.jpg", Alt: "The port", Before: 1}, {URL: "cid:b@c", Before: 2}}
	if err != nil || !slices.Equal(c.Images, want) {
		t.Errorf("got %+v, %v", c.Images, err)
	}
	for _, markup := range []string{`<p>One.</p><img src="a.jpg">`, `<img src="a.jpg"><p>One.</p>`, `<div><img src="a.jpg"></div><div><p>One.</p></div>`} {
		if c, err := Blocks(context.Background(), markup, ""); err != nil || len(c.Images) != 1 {
			t.Errorf("%s: %+v, %v", markup, c.Images, err)
		}
	}
}

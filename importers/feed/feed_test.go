package feed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"sourcebook/importers/importertest"
)

// show reads a feed and writes all of it.
func show(t *testing.T, b []byte, o Options) string {
	t.Helper()
	var out strings.Builder
	f, err := Each(context.Background(), b, o, func(it Item) error {
		importertest.Check(t, it.Document)
		if !strings.Contains(string(b), it.Raw) || strings.Count(it.Raw, "<item") > 1 || !strings.Contains(strings.ToLower(it.Raw[:6]), "<item") && it.Raw[:6] != "<entry" && it.Raw[0] != '{' {
			t.Errorf("the entry as it stands is %q", it.Raw)
		}
		fmt.Fprintf(&out, "\n==== %s\n", it.ID)
		if !strings.HasPrefix(it.MediaType, "application/") {
			t.Errorf("media type %q", it.MediaType)
		}
		if it.Image != "" {
			fmt.Fprintf(&out, "image: %s\n", it.Image)
		}
		for _, x := range it.Enclosures {
			fmt.Fprintf(&out, "enclosure: %s %s\n", x.URL, x.MediaType)
		}
		out.WriteString(importertest.Show(it.Document))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	head := fmt.Sprintf("%s: %s <%s> %s, %d entries\n", f.Format, f.Title, f.URL, f.Lang, f.Entries)
	for _, w := range f.Warnings {
		head += "warning: " + w + "\n"
	}
	return head + out.String()
}

func TestCases(t *testing.T) {
	importertest.Cases(t, func(t *testing.T, a *txtar.Archive) string {
		b := importertest.File(t, a, "feed")
		if !Is(b) {
			t.Error("it is not recognised")
		}
		return show(t, b, Options{URL: "https://found.example/feed"})
	})
}

// read gives the entries of a feed, each as it is shown.
func read(b []byte, o Options) (f Feed, items []Item, err error) {
	f, err = Each(context.Background(), b, o, func(it Item) error {
		items = append(items, it)
		return nil
	})
	return f, items, err
}

func TestCharset(t *testing.T) {
	const head, tail = `<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><title>`, `</title></channel></rss>`
	for _, c := range []struct {
		name, in, contentType, title, warning string
	}{
		{"as declared", head + "\xcf\xf0\xe8\xf7\xe0\xeb" + tail, "", "Причал", ""},
		{"declared wrongly", head + "Причал" + tail, "", "Причал", ""},
		{"by the reply", "<rss><channel><title>\xcf\xf0\xe8\xf7\xe0\xeb" + tail, "application/rss+xml; charset=windows-1251", "Причал", ""},
		{"a stray byte", "<rss><channel><title>Причал дальнего плавания\xff" + tail, "application/rss+xml; charset=utf-8", "Причал дальнего плавания\uFFFD", "cannot be read"},
		{"control characters", "<rss><channel><title>Pri\x08chal" + tail, "", "Prichal", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, _, err := read([]byte(c.in), Options{ContentType: c.contentType})
			if err != nil {
				t.Fatal(err)
			}
			if got := f.Title; got != c.title {
				t.Errorf("title %q, want %q", f.Title, c.title)
			}
			if all := strings.Join(f.Warnings, "; "); !strings.Contains(all, c.warning) || c.warning == "" && all != "" {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
		})
	}
}

func TestIs(t *testing.T) {
	for in, want := range map[string]bool{
		"<rss version=\"2.0\">": true,
		"\ufeff\n<?xml version='1.0'?>\n<!-- <html> -->\n<feed xmlns='http://www.w3.org/2005/Atom'>": true,
		"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss>":                                 true,
		"{\"version\": \"https://jsonfeed.org/version/1\"}":                                          true,
		"<html><body><p>about <rss></p>":                                                             false,
		"<?xml version='1.0'?><urlset><url>":                                                         false,
		"{\"a\": 1}":                                                                                 false,
		"Some text about <rss> feeds":                                                                false,
		"":                                                                                           false,
		"<":                                                                                          false,
		"<!DOCTYPE":                                                                                  false,
	} {
		if got := Is([]byte(in)); got != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}

func TestEachRefuses(t *testing.T) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	own := errors.New("own")
	for _, c := range []struct {
		name, in string
		ctx      context.Context
		want     error
	}{
		{"empty", "", nil, ErrNotFeed},
		{"a page", "<html><body><p>text", nil, ErrNotFeed},
		{"other JSON", `{"items": []}`, nil, ErrNotFeed},
		{"damaged JSON", `{"version": "https://jsonfeed.org/version/1", "items": [`, nil, ErrNotFeed},
		{"cancelled", "<rss>", cancelled, context.Canceled},
		{"given up", "<rss><item><title>a</title></item>", nil, own},
	} {
		ctx := c.ctx
		if ctx == nil {
			ctx = context.Background()
		}
		if _, err := Each(ctx, []byte(c.in), Options{}, func(Item) error { return own }); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestFutureDate(t *testing.T) {
	in := []byte("<rss><item><title>a</title><pubDate>Wed, 29 Oct 2031 07:00:00 GMT</pubDate></item></rss>")
	_, items, err := read(in, Options{Received: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
	if err != nil || len(items) != 1 || items[0].Document.Published != "" {
		t.Errorf("%v, %+v", err, items)
	}
}

// Every limit ends in a warning, quickly, with what was read until then.
func TestLimits(t *testing.T) {
	laughs := "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY lol0 'lol'>"
	for i := 1; i < 10; i++ {
		laughs += fmt.Sprintf("<!ENTITY lol%d '%s'>", i, strings.Repeat(fmt.Sprintf("&lol%d;", i-1), 10))
	}
	laughs += "]><rss><channel><item><title>&lol9;</title></item></channel></rss>"
	const entry = "<item><title>The title of an entry</title></item>"
	var items strings.Builder
	for i := range maxEntries + 5 {
		fmt.Fprintf(&items, "<item><title>Entry %d</title><description>Text of the entry.</description></item>", i)
	}
	for _, c := range []struct {
		name, in, warning string
		entries           int
	}{
		{"a billion laughs", laughs, "not expanded", 1},
		{"too many entries", "<rss>" + items.String() + "</rss>", "more than 10000 entries", maxEntries},
		{"too many entries of JSON", `{"version":"https://jsonfeed.org/version/1","items":[` + strings.Repeat(`{"title":"a"},`, maxEntries+1) + `{}]}`, "only the first", maxEntries},
		{"a huge text", "<rss><item><title>a</title><description>" + strings.Repeat("word ", maxField/5+100) + "</description></item>" + entry + "</rss>", "longer than", 2},
		{"a huge element", "<rss>" + entry + "<item a='" + strings.Repeat("x", maxToken+1) + "'/></rss>", "too large", 1},
		{"millions of attributes", "<rss>" + entry + "<item" + strings.Repeat(" a", 2_500_000) + "/></rss>", "too large", 1},
		{"endless open elements", "<rss>" + entry + strings.Repeat("<a>", 300_000), "too deeply", 1},
		{"endless elements in a text", "<rss><item><title>a</title><description>" + strings.Repeat("<div>", 150_000) + "deep</description></item></rss>", "", 1},
		{"cut off", "<rss>" + entry + "<item><title>Half a ti", "ends within", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			f, items, err := read([]byte(c.in), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(items) != c.entries || f.Entries != c.entries {
				t.Errorf("%d entries, want %d", len(items), c.entries)
			}
			if all := strings.Join(f.Warnings, "; "); !strings.Contains(all, c.warning) {
				t.Errorf("warnings %q, want %q", all, c.warning)
			}
			for _, it := range items {
				if len(it.Document.Title) > 1000 {
					t.Errorf("a title of %d bytes", len(it.Document.Title))
				}
			}
			if d := time.Since(start); d > time.Minute {
				t.Errorf("it took %v", d)
			}
		})
	}
}

func FuzzEach(f *testing.F) {
	for _, s := range []string{
		`<rss><channel><title>a</title><item><title>b</title><link>http://c/</link><description>&lt;p&gt;d</description></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="/x"><entry><content type="xhtml"><div>a<content>b</content></div></content><author><name>n</name></author></entry></feed>`,
		`<rdf:RDF xmlns:x="http://purl.org/rss/1.0/modules/content/"><item><x:encoded><![CDATA[a]]></x:encoded></item>`,
		`<?xml version="1.0" encoding="windows-1251"?><rss><item><source url="u">s</source><title>t - s`,
		`{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"content_text":"a\n\nb"}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = Each(context.Background(), b, Options{URL: "https://a.example/f"}, func(it Item) error {
			importertest.Check(t, it.Document)
			return nil
		})
	})
}

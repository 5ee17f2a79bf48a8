package archive

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

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// page is a small page that differs by its word.
func page(word string) string {
	return "<html><head><title>" + word + "</title></head><body><p>" + word + " stands on this page.</p></body></html>"
}

// limits are wide enough for every case here.
func limits() Limits {
	room := int64(64 << 20)
	return Limits{Entry: 1 << 20, Room: &room}
}

// told lists entries as "name: start of content" or "name: ERROR sentence".
type told []string

func (l *told) each(e Entry) error {
	line := e.Name + ": "
	switch {
	case e.Err != nil:
		line += "ERROR " + e.Err.Error()
	case e.File != nil:
		line += fmt.Sprintf("%d bytes where they lie", e.Size)
	default:
		_, word, _ := strings.Cut(string(e.Bytes), "<title>")
		if word, _, _ = strings.Cut(word, "<"); word == "" {
			word = string(e.Bytes)
		}
		line += word
	}
	if !e.Received.IsZero() {
		line += " @" + e.Received.UTC().Format("2006-01-02")
	}
	*l = append(*l, line)
	return nil
}

func (l told) String() string { return strings.Join(l, "\n") }

// file is one entry of a zip that a test makes.
type file struct {
	name, content string
	stored        bool
}

func zipOf(t testing.TB, files ...file) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.stored {
			h.Method = zip.Store
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = io.WriteString(w, f.content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readZip(t *testing.T, b []byte, l Limits) (told, error) {
	t.Helper()
	var got told
	err := Zip(context.Background(), bytes.NewReader(b), int64(len(b)), l, got.each)
	return got, err
}

func TestZip(t *testing.T) {
	for _, c := range []struct {
		name  string
		files []file
		want  string
	}{
		{"pages in their order", []file{{name: "b.html", content: page("B")}, {name: "sub/a.html", content: page("A")}}, "b.html: B\nsub/a.html: A"},
		{"what belongs to pages is left out", []file{{name: "a.html", content: page("A")}, {name: "style.css", content: "p{}"}, {name: "x/pic.PNG", content: "x"}, {name: "dir/"}}, "a.html: A"},
		{"what systems leave is left out", []file{{name: "__MACOSX/._a.html", content: "x"}, {name: ".git/a.html", content: "x"}, {name: "Thumbs.db", content: "x"}, {name: "a.html", content: page("A")}}, "a.html: A"},
		{"a page with its folder is one", []file{{name: "in/Rail_files/frame.html", content: page("F")}, {name: "in/Rail.htm", content: page("Rail")}, {name: "Dach.html", content: page("D")}, {name: "Dach-Dateien/a/b.html", content: page("X")}}, "in/Rail.htm: Rail\nDach.html: D"},
		{"a folder of such a name without its page", []file{{name: "Rail_files/frame.html", content: page("F")}}, "Rail_files/frame.html: F"},
		{"what is too large is told", []file{{name: "big.txt", content: strings.Repeat("a b ", 400_000)}, {name: "a.html", content: page("A")}}, "big.txt: ERROR it is too large: it unpacks to 1 MB\na.html: A"},
		{"large and stored stays where it is", []file{{name: "big.warc", content: strings.Repeat("a", 2<<20), stored: true}}, "big.warc: 2097152 bytes where they lie"},
		{"a name in a Russian code page", []file{{name: "\x8e\xe2\xe7\xa5\xe2.html", content: page("A")}}, "Отчет.html: A"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readZip(t, zipOf(t, c.files...), limits())
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestZipRefuses(t *testing.T) {
	whole := zipOf(t, file{name: "a.html", content: page("A")}, file{name: "b.html", content: page("B")})
	locked := bytes.Replace(bytes.Clone(whole), []byte("PK\x01\x02\x14\x00\x14\x00\x08"), []byte("PK\x01\x02\x14\x00\x14\x00\x09"), 1)
	tight := limits()
	*tight.Room = 60
	for _, c := range []struct {
		name string
		b    []byte
		l    Limits
		want error
		told string
	}{
		{"cut short", whole[:len(whole)-30], limits(), ErrDamaged, ""},
		{"no zip", []byte("PK\x03\x04 and so on"), limits(), ErrDamaged, ""},
		{"entries that overlap", overlapped(t), limits(), ErrDamaged, ""},
		{"no room left after the first", whole, tight, ErrRoom, "a.html: A"},
		{"a password costs its entry", locked, limits(), nil, "a.html: ERROR it is locked with a password\nb.html: B"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readZip(t, c.b, c.l)
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if got.String() != c.told {
				t.Errorf("told %s, want %s", got, c.told)
			}
		})
	}
}

// overlapped is a zip whose two entries are the same bytes.
func overlapped(t testing.TB) []byte {
	b := zipOf(t, file{name: "a.html", content: page("A")}, file{name: "b.html", content: page("A")})
	second := bytes.LastIndex(b, []byte("PK\x01\x02"))
	clear(b[second+42 : second+46]) // where its local header lies
	return b
}

// record is one record of a WARC that a test makes.
func warcRecord(kind, address, date, contentType, block string, more ...string) string {
	head := "WARC/1.1\r\nWARC-Type: " + kind + "\r\nWARC-Target-URI: " + address + "\r\nWARC-Date: " + date + "\r\nContent-Type: " + contentType +
		fmt.Sprintf("\r\nContent-Length: %d\r\n", len(block))
	for _, m := range more {
		head += m + "\r\n"
	}
	return head + "\r\n" + block + "\r\n\r\n"
}

const date = "2024-05-08T10:00:00Z"

func response(address, body string, header ...string) string {
	return responseOf(200, address, body, header...)
}

func responseOf(status int, address, body string, header ...string) string {
	reply := fmt.Sprintf("HTTP/1.1 %d x\r\n", status)
	typed := false
	for _, h := range header {
		reply += h + "\r\n"
		typed = typed || strings.HasPrefix(h, "Content-Type")
	}
	if !typed {
		reply += "Content-Type: text/html; charset=utf-8\r\n"
	}
	return warcRecord("response", address, date, "application/http; msgtype=response", reply+"\r\n"+body, "WARC-Payload-Digest: sha1:"+fmt.Sprint(len(body))+body[:min(len(body), 20)])
}

func packed(method, s string) string {
	var b bytes.Buffer
	var w io.WriteCloser
	switch method {
	case "gzip":
		w = gzip.NewWriter(&b)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b)
	}
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func chunks(s string) string {
	return fmt.Sprintf("%x;x=y\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", 10, s[:10], len(s)-10, s[10:])
}

func TestWARC(t *testing.T) {
	info := warcRecord("warcinfo", "", date, "application/warc-fields", "software: a crawler")
	a, b := response("https://site.example/a", page("A")), response("https://site.example/b", page("B"))
	revisit := func(address, digest, header string) string {
		return warcRecord("revisit", address, "2024-06-01T00:00:00.123Z", "application/http; msgtype=response", header, "WARC-Payload-Digest: "+digest)
	}
	digestA := "sha1:" + fmt.Sprint(len(page("A"))) + page("A")[:20]
	for _, c := range []struct{ name, warc, want string }{
		{"replies", info + a + b, "https://site.example/a: A @2024-05-08\nhttps://site.example/b: B @2024-05-08"},
		{"requests, failures, redirects and what pages are made of", warcRecord("request", "https://site.example/a", date, "application/http; msgtype=request", "GET /a HTTP/1.1\r\n\r\n") +
			responseOf(404, "https://site.example/no", page("No")) + responseOf(301, "https://site.example/old", page("Moved"), "Location: /a") +
			response("https://site.example/x.png", "\x89PNG", "Content-Type: image/png") + response("https://site.example/api", "{}", "Content-Type: application/json") + a, "https://site.example/a: A @2024-05-08"},
		{"a resource", warcRecord("resource", "https://site.example/note", date, "text/plain", "A note."), "https://site.example/note: A note. @2024-05-08"},
		{"a resource that is no page", warcRecord("resource", "urn:view:https://site.example/", date, "image/png", "\x89PNG") + warcRecord("metadata", "https://site.example/", date, "text/plain", "x"), ""},
		{"chunks", response("https://site.example/a", chunks(page("A")), "Transfer-Encoding: chunked"), "https://site.example/a: A @2024-05-08"},
		{"chunks that were joined already", response("https://site.example/a", page("A"), "Transfer-Encoding: chunked"), "https://site.example/a: A @2024-05-08"},
		{"gzip", response("https://site.example/a", packed("gzip", page("A")), "Content-Encoding: gzip"), "https://site.example/a: A @2024-05-08"},
		{"gzip in chunks", response("https://site.example/a", chunks(packed("gzip", page("A"))), "Content-Encoding: gzip", "Transfer-Encoding: chunked"), "https://site.example/a: A @2024-05-08"},
		{"brotli", response("https://site.example/a", packed("br", page("A")), "Content-Encoding: br"), "https://site.example/a: A @2024-05-08"},
		{"zstd", response("https://site.example/a", packed("zstd", page("A")), "Content-Encoding: zstd"), "https://site.example/a: A @2024-05-08"},
		{"unpacked under a header that says packed", response("https://site.example/a", page("A"), "Content-Encoding: br"), "https://site.example/a: A @2024-05-08"},
		{"an encoding that is not known", response("https://site.example/a", page("A"), "Content-Encoding: x-own") + b, "https://site.example/a: ERROR it is packed in a way that is not known: \"x-own\" @2024-05-08\nhttps://site.example/b: B @2024-05-08"},
		{"a page seen again", a + revisit("https://site.example/copy", digestA, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), "https://site.example/a: A @2024-05-08\nhttps://site.example/copy: A @2024-06-01"},
		{"a page seen again that is elsewhere", a + revisit("https://site.example/c", "sha1:none", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), "https://site.example/a: A @2024-05-08\nhttps://site.example/c: ERROR it is not in the archive: it was as at an earlier visit, which another archive holds @2024-06-01"},
		{"a picture seen again", revisit("https://site.example/c", "sha1:none", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n") + revisit("https://site.example/d.png", "sha1:none", ""), ""},
		{"version 1.0 with brackets and folded lines", "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://site.example/a>\r\nWARC-Date:\r\n " + date + "\r\nContent-Type: application/http\r\nContent-Length: 48\r\n\r\nHTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A\r\n\r\n", "https://site.example/a: <p>A @2024-05-08"},
		{"a length that is too long", strings.Replace(a, "Content-Length: 1", "Content-Length: 9", 1) + b, "https://site.example/a: A @2024-05-08\nhttps://site.example/b: B @2024-05-08"},
		{"a length that is too short", strings.Replace(a, "Content-Length: 1", "Content-Length: ", 1) + b, "https://site.example/a: A @2024-05-08\nhttps://site.example/b: B @2024-05-08"},
		{"a length that is none", a + strings.Replace(b, "Content-Length: ", "Content-Length: -", 1) + response("https://site.example/c", page("C")), "https://site.example/a: A @2024-05-08\nhttps://site.example/c: C @2024-05-08"},
		{"noise between records", a + "\x00\x01 noise\nmore noise\n" + b, "https://site.example/a: A @2024-05-08\nhttps://site.example/b: B @2024-05-08"},
		{"cut short", a + b[:len(b)-60], "https://site.example/a: A @2024-05-08\nhttps://site.example/b: B @2024-05-08"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got told
			if err := WARC(context.Background(), strings.NewReader(c.warc), int64(len(c.warc)), limits(), got.each); err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("plain: got\n%s\nwant\n%s", got, c.want)
			}
			// The same, each record packed on its own; what lies about its length and
			// what lies between records is another thing there.
			if strings.Contains(c.name, "length") || strings.Contains(c.name, "noise") || strings.Contains(c.name, "cut") {
				return
			}
			var gz strings.Builder
			for _, rec := range strings.SplitAfter(c.warc, "\r\n\r\nWARC/1") {
				rec = strings.TrimSuffix(rec, "WARC/1")
				if !strings.HasPrefix(rec, "WARC/1") {
					rec = "WARC/1" + rec
				}
				gz.WriteString(packed("gzip", rec))
			}
			got = nil
			if err := WARC(context.Background(), strings.NewReader(gz.String()), int64(gz.Len()), limits(), got.each); err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("packed: got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestPackedWARC(t *testing.T) {
	a, b, c := response("https://site.example/a", page("A")), response("https://site.example/b", page("B")), response("https://site.example/c", page("C"))
	torn := []byte(packed("gzip", b))
	for i := 20; i < len(torn)-8; i += 3 {
		torn[i] ^= 0x55
	}
	all := "https://site.example/a: A @2024-05-08\nhttps://site.example/b: B @2024-05-08\nhttps://site.example/c: C @2024-05-08"
	for _, x := range []struct{ name, warc, want string }{
		{"all records in one member", packed("gzip", a+b+c), all},
		{"a torn member costs its record", packed("gzip", a) + string(torn) + packed("gzip", c), "https://site.example/a: A @2024-05-08\nhttps://site.example/c: C @2024-05-08"},
		{"noise between members", packed("gzip", a) + "noise\x1f\x8bmore" + packed("gzip", b) + packed("gzip", c), all},
		{"a length beyond the member", packed("gzip", strings.Replace(a, "Content-Length: 1", "Content-Length: 9", 1)) + packed("gzip", b) + packed("gzip", c), all},
		{"cut in a member", packed("gzip", a) + packed("gzip", b) + packed("gzip", c)[:60], "https://site.example/a: A @2024-05-08\nhttps://site.example/b: B @2024-05-08"},
	} {
		t.Run(x.name, func(t *testing.T) {
			if !IsWARC([]byte(x.warc)) {
				t.Error("it is not recognised")
			}
			var got told
			if err := WARC(context.Background(), strings.NewReader(x.warc), int64(len(x.warc)), limits(), got.each); err != nil {
				t.Fatal(err)
			}
			if got.String() != x.want {
				t.Errorf("got\n%s\nwant\n%s", got, x.want)
			}
		})
	}
}

func TestWARCRefuses(t *testing.T) {
	bomb := packed("gzip", response("https://site.example/a", strings.Repeat("<p>aaaa", 1<<20)))
	small := int64(1 << 20)
	for _, c := range []struct {
		name, warc string
		l          Limits
		want       error
	}{
		{"nothing of a WARC", "WARC/1.0 is a format", limits(), ErrDamaged},
		{"unpacks to more than there is room for", bomb, Limits{Entry: 1 << 30, Room: &small}, ErrRoom},
		{"a header without end", "WARC/1.0\r\n" + strings.Repeat("a: b\r\n", 100_000), limits(), ErrDamaged},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got told
			err := WARC(context.Background(), strings.NewReader(c.warc), int64(len(c.warc)), c.l, got.each)
			if !errors.Is(err, c.want) || len(got) > 0 {
				t.Errorf("got %v and %s, want %v", err, got, c.want)
			}
		})
	}
	t.Run("a page that is too large costs only itself", func(t *testing.T) {
		l := limits()
		l.Entry = 1000
		warc := response("https://site.example/a", page(strings.Repeat("A", 1000))) + response("https://site.example/b", page("B"))
		var got told
		if err := WARC(context.Background(), strings.NewReader(warc), int64(len(warc)), l, got.each); err != nil || len(got) != 2 || !strings.Contains(got[0], "too large") || !strings.Contains(got[1], ": B") {
			t.Errorf("got %v, %s", err, got)
		}
	})
}

func TestWACZ(t *testing.T) {
	list := `{"format":"json-pages-1.0","id":"pages","title":"All"}
{"id":"1","url":"https://site.example/a","ts":"2024-05-08T10:00:00Z","title":"A"}
{"id":"2","url":"http://site.example","ts":"2024-05-08T10:00:00Z"}
{"id":"3","url":"https://site.example/gone","ts":"2024-05-08T10:00:00Z"}
`
	one := response("https://ads.example/frame", page("Frame")) + response("https://site.example/a", page("A")) + responseOf(301, "http://site.example/", "", "Location: https://site.example/home")
	two := packed("gzip", response("https://site.example/home", page("Home"))) + packed("gzip", response("https://site.example/a", page("A")))
	described := file{name: "datapackage.json", content: `{"profile":"data-package"}`}
	for _, c := range []struct {
		name  string
		files []file
		want  string
	}{
		{"the listed pages", []file{described, {name: "pages/pages.jsonl", content: list}, {name: "archive/1.warc", content: one, stored: true}, {name: "archive/2.warc.gz", content: two, stored: true}, {name: "indexes/index.cdx", content: "x"}},
			"https://site.example/a: A @2024-05-08\nhttps://site.example/home: Home @2024-05-08\nhttps://site.example/gone: ERROR it is not in the archive, though it is in its list of pages"},
		{"packed once more", []file{described, {name: "pages/pages.jsonl", content: list}, {name: "archive/1.warc", content: one}, {name: "archive/2.warc.gz", content: two}},
			"https://site.example/a: A @2024-05-08\nhttps://site.example/home: Home @2024-05-08\nhttps://site.example/gone: ERROR it is not in the archive, though it is in its list of pages"},
		{"no list", []file{described, {name: "archive/1.warc", content: one, stored: true}}, "https://ads.example/frame: Frame @2024-05-08\nhttps://site.example/a: A @2024-05-08"},
		{"one file is no archive", []file{described, {name: "archive/0.warc", content: "WARC/ no"}, {name: "archive/1.warc", content: one, stored: true}}, "archive/0.warc: ERROR the archive is damaged: there is no record in it\nhttps://ads.example/frame: Frame @2024-05-08\nhttps://site.example/a: A @2024-05-08"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := readZip(t, zipOf(t, c.files...), limits())
			if err != nil {
				t.Fatal(err)
			}
			if got.String() != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func FuzzZip(f *testing.F) {
	f.Add(zipOf(f, file{name: "a.html", content: page("A")}, file{name: "big", content: strings.Repeat("b", 3000), stored: true}))
	f.Add(zipOf(f, file{name: "datapackage.json", content: "{}"}, file{name: "pages/pages.jsonl", content: `{"url":"https://site.example/a"}`}, file{name: "archive/1.warc", content: response("https://site.example/a", page("A")), stored: true}))
	f.Add(overlapped(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		room := int64(1 << 20)
		_ = Zip(context.Background(), bytes.NewReader(b), int64(len(b)), Limits{Entry: 1 << 16, Room: &room}, func(e Entry) error {
			if (e.Err == nil) == (e.Bytes == nil && e.File == nil) && e.Err != nil {
				t.Fatalf("content and %v", e.Err)
			}
			return nil
		})
	})
}

func FuzzWARC(f *testing.F) {
	a := response("https://site.example/a", chunks(packed("gzip", page("A"))), "Content-Encoding: gzip", "Transfer-Encoding: chunked")
	f.Add([]byte(a + a))
	f.Add([]byte(packed("gzip", a) + packed("gzip", a)))
	f.Add([]byte(warcRecord("revisit", "https://site.example/a", date, "application/http", "HTTP/1.1 200 OK\r\n\r\n", "WARC-Payload-Digest: sha1:x")))
	f.Add([]byte(response("https://site.example/a", packed("br", page("A")), "Content-Encoding: br, deflate, zstd")))
	f.Fuzz(func(t *testing.T, b []byte) {
		room := int64(1 << 20)
		_ = WARC(context.Background(), bytes.NewReader(b), int64(len(b)), Limits{Entry: 1 << 16, Room: &room}, func(e Entry) error {
			if e.Err == nil && e.Bytes == nil {
				t.Fatal("neither content nor an error")
			}
			return nil
		})
	})
}

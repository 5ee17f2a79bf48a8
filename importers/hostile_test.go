package importers_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"sourcebook/importers"
)

// full makes the hostile captures as large as they may be; without it they are a
// sixty-fourth of that, which shows the same unless time grows with the square.
var full = flag.Bool("full", false, "hostile captures in full size")

// The bounds of any single capture, with -full on a machine that does nothing else.
const (
	mostTime   = 10.0 // seconds
	mostMemory = 1 << 30
)

// zeros is a file of nothing, which costs no memory.
type zeros int64

func (z zeros) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(z) {
		return 0, io.EOF
	}
	n := int(min(int64(len(p)), int64(z)-off))
	clear(p[:n])
	return n, nil
}

// atLeast repeats s until it has n bytes, after a head and before a tail.
func atLeast(n int, head, s, tail string) []byte {
	var b bytes.Buffer
	b.Grow(n + len(head) + len(s) + len(tail))
	b.WriteString(head)
	for b.Len() < n {
		b.WriteString(s)
	}
	b.WriteString(tail)
	return b.Bytes()
}

// bomb is a zip with entries of n zeros each.
func bomb(t testing.TB, name string, entries, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range entries {
		w, err := z.Create(fmt.Sprintf("%d-%s", i, name))
		if err == nil {
			_, err = io.CopyN(w, zeroReader{}, int64(n))
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

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// boxed puts b into a zip within a zip, times deep, several beside one another.
func boxed(t testing.TB, b []byte, times, copies int) []byte {
	for range times {
		pairs := []string{}
		for i := range copies {
			pairs = append(pairs, fmt.Sprintf("%d.zip", i), string(b))
		}
		b = []byte(zipped(t, pairs...))
	}
	return b
}

// overlapping is a zip whose directory names one entry many times.
func overlapping(t testing.TB, times int) []byte {
	b := bomb(t, "a.html", 1, 1<<20)
	dir := bytes.LastIndex(b, []byte("PK\x01\x02"))
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	out := append([]byte(nil), b[:dir]...)
	for range times {
		out = append(out, b[dir:end]...)
	}
	tail := append([]byte(nil), b[end:]...)
	binary.LittleEndian.PutUint16(tail[8:], uint16(times))
	binary.LittleEndian.PutUint16(tail[10:], uint16(times))
	binary.LittleEndian.PutUint32(tail[12:], uint32(times*(end-dir)))
	return append(out, tail...)
}

// endlessPDF has a tree of pages that holds itself.
func endlessPDF(n int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 999999999/Kids[2 0 R 2 0 R 3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n")
	content := strings.Repeat("/X Do ", n)
	fmt.Fprintf(&b, "4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n", len(content), content)
	fmt.Fprintf(&b, "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length %d>>stream\n%s\nendstream endobj\n", len(content), content)
	b.WriteString("trailer<</Root 1 0 R>>\n%%EOF")
	return b.Bytes()
}

func warcHead(length int) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://site.example/a\r\nWARC-Date: 2024-05-08T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n", length)
}

func TestHostile(t *testing.T) {
	size := importers.MaxBytes - 64<<10
	if !*full {
		size /= 64
	}
	// Beside other tests only a time that grows with the square is a fault.
	bound := mostTime
	if !*full {
		bound *= 10
	}
	gz := func(b []byte) []byte {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		w.Write(b)
		w.Close()
		return out.Bytes()
	}
	laughs := `<!ENTITY a "haha">`
	for c := 'b'; c <= 'z'; c++ {
		laughs += fmt.Sprintf("<!ENTITY %c \"%s\">", c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	word := "A sentence about grain (see EDM, May 8, 2024, October 8; APA, October 22) that goes on. "
	for _, c := range []struct {
		name string
		make func() importers.Input
		want error // of some part; nil: it is read, perhaps with a warning
	}{
		{"a page of 200 MB", func() importers.Input { return importers.Input{File: zeros(200 << 20), Size: 200 << 20} }, importers.ErrTooLarge},
		{"nested elements", func() importers.Input {
			return importers.Input{Bytes: atLeast(size/64*5, "<html><body>", "<div>", "<p>text")}
		}, nil},
		{"nested inline elements", func() importers.Input {
			return importers.Input{Bytes: atLeast(size/16, "<html><body><p>text ", "<b>", "x")}
		}, nil},
		{"elements that nest without end", func() importers.Input { return importers.Input{Bytes: atLeast(size, "<html><body>", "<div><p>a", "")} }, nil},
		{"formatting that is never closed", func() importers.Input {
			return importers.Input{Bytes: atLeast(size/4, "<html><body>", "<p><b><i><font size=1>a", "")}
		}, nil},
		{"an element of ten million attributes", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><body><p ", "a=b ", ">text")}
		}, nil},
		{"an attribute of one length", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><body><p title='", "aaaaaaaa", "'>text")}
		}, nil},
		{"a page of links", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><body>", "<a href=/x>y</a> ", "")}
		}, nil},
		{"a page of tables", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><body>", "<table><tr><td>", "")}
		}, nil},
		{"a page of pictures", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><body><p>"+word, "<p>"+word+"<img src=data:image/png;base64,"+strings.Repeat("A", 3000)+">", "")}
		}, nil},
		{"a page of dates", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><body>", "<time datetime=2024-05-08>8 May 2024</time>", "")}
		}, nil},
		{"a page of JSON-LD", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><script type=application/ld+json>", "[", "</script><p>text")}
		}, nil},
		{"a long article", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "<html><body><article>", "<p>"+word+word+"</p>\n", "")}
		}, nil},
		{"angle brackets", func() importers.Input { return importers.Input{Bytes: atLeast(size, "<html>", "<", "")} }, nil},
		{"character references", func() importers.Input { return importers.Input{Bytes: atLeast(size, "<html><p>", "&amp", "")} }, nil},
		{"text in one line", func() importers.Input { return importers.Input{Bytes: atLeast(size, "", word, "")} }, nil},
		{"text in short lines", func() importers.Input { return importers.Input{Bytes: atLeast(size, "", "Menu\nShare\n\n", word)} }, nil},
		{"text in long lines", func() importers.Input { return importers.Input{Bytes: atLeast(size, "", word+word+"\n\n", "")} }, nil},
		{"open brackets", func() importers.Input { return importers.Input{Bytes: atLeast(size, "Title\n\n", "(see ", "")} }, nil},
		{"combining marks", func() importers.Input { return importers.Input{Bytes: atLeast(size, "a", "\u0301\u0323", "")} }, nil},
		{"a pasted result page", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "grain - Google Search\nhttps://www.google.com/search?q=grain\n", "Title of a result\nhttps://site.example › a\nA snippet of text.\n\n", "")}
		}, nil},
		{"laughs in a feed", func() importers.Input {
			return importers.Input{Bytes: []byte(`<?xml version="1.0"?><!DOCTYPE rss [` + laughs + `]><rss version="2.0"><channel><title>&z;</title><item><title>&z;</title><description>&z;&z;</description></item></channel></rss>`)}
		}, nil},
		{"a feed of short entries", func() importers.Input {
			return importers.Input{Bytes: atLeast(size/16, `<rss version="2.0"><channel>`, "<item><title>a</title><description>b</description></item>", "</channel></rss>")}
		}, nil},
		{"multiparts in multiparts", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n", "--a\r\nContent-Type: multipart/related; boundary=a\r\n\r\n", "")}
		}, nil},
		{"a message of many parts", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "From: a@site.example\r\nDate: Wed, 8 May 2024 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n", "--a\r\nContent-Type: text/plain\r\n\r\ntext\r\n", "--a--")}
		}, nil},
		{"Markdown that nests", func() importers.Input {
			return importers.Input{Name: "a.md", Bytes: atLeast(size/16, "# Title\n\n", "> ", "text")}
		}, nil},
		{"Markdown of brackets", func() importers.Input {
			return importers.Input{Name: "a.md", Bytes: atLeast(size/16, "# Title\n\n", "[a](", "text")}
		}, nil},
		{"a PDF that holds itself", func() importers.Input { return importers.Input{Bytes: endlessPDF(size / 1024)} }, nil},
		{"a PDF of noise", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "%PDF-1.7\n", "1 0 obj<</Type/Page/Kids[1 0 R", "")}
		}, nil},
		{"a zip of zeros", func() importers.Input { return importers.Input{Bytes: bomb(t, "a.html", 64, size)} }, nil},
		{"zips in zips of zeros", func() importers.Input { return importers.Input{Bytes: boxed(t, bomb(t, "a.html", 4, size), 2, 16)} }, importers.ErrLimit},
		{"zips in zips in zips", func() importers.Input {
			return importers.Input{Bytes: boxed(t, []byte(zipped(t, "a.html", article("A"))), 8, 4)}
		}, importers.ErrLimit},
		{"a zip whose entries overlap", func() importers.Input { return importers.Input{Bytes: overlapping(t, 60_000)} }, nil},
		{"gzip of zeros", func() importers.Input { return importers.Input{Bytes: gz(make([]byte, 2*size))} }, nil},
		{"a web archive of one packed page", func() importers.Input {
			return importers.Input{Bytes: gz(append([]byte(warcHead(16*size)+"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"), make([]byte, 8*size)...))}
		}, nil},
		{"a web archive of lies", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, "", warcHead(1<<50)+"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x"+strings.Repeat(" ", 4000)+"\r\n\r\n", "")}
		}, nil},
		{"a web archive of starts", func() importers.Input { return importers.Input{Bytes: atLeast(size, "", "WARC/1.0\r\n", "")} }, nil},
		{"gzip starts", func() importers.Input {
			return importers.Input{Bytes: append(gz([]byte(warcHead(1)+"x")), atLeast(size, "", "\x1f\x8b\x08", "")...)}
		}, nil},
		{"a property list of lists", func() importers.Input {
			return importers.Input{Bytes: atLeast(size, `<?xml version="1.0"?><!DOCTYPE plist><plist><dict><key>WebMainResource</key>`, "<array>", "")}
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !*full && strings.Contains(c.name, "PDF") {
				t.Skip("it takes its time limit whatever its size; package pdf tries a short one")
			}
			in := c.make()
			before, most, stop := watch()
			start, spent := time.Now(), processor()
			var said []string
			found := c.want == nil
			parts := 0
			err := importers.ReadEach(context.Background(), in, func(p importers.Part) error {
				parts++
				found = found || errors.Is(p.Err, c.want)
				switch {
				case len(said) > 2:
				case p.Err != nil:
					said = append(said, p.Err.Error())
				default:
					said = append(said, p.Document.Warnings...)
				}
				return nil
			})
			took := time.Since(start)
			cpu := processor() - spent
			stop()
			peak := (*most - min(*most, before)) >> 20
			t.Logf("%4d MB in: %5.1f s, %5.1f s of the processor, %4d MB, %d parts: %.160s", len(in.Bytes)>>20, took.Seconds(), cpu, peak, parts, strings.Join(said, "; "))
			switch {
			case err != nil:
				t.Error(err)
			case !found:
				t.Errorf("no part says %v", c.want)
			case min(cpu, took.Seconds()) > bound:
				t.Errorf("it took %.1f s, %.1f s of the processor", took.Seconds(), cpu)
			case peak > mostMemory>>20:
				t.Errorf("it took %d MB", peak)
			}
		})
	}
}

// processor is the time that the program's own code has taken, in seconds.
func processor() float64 {
	runtime.GC() // brings it up to date
	s := []metrics.Sample{{Name: "/cpu/classes/user:cpu-seconds"}}
	metrics.Read(s)
	return s[0].Value.Float64()
}

// watch follows how much memory the program holds. The size before is without
// what the last garbage collection found.
func watch() (before uint64, most *uint64, stop func()) {
	held := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}, {Name: "/memory/classes/heap/free:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64() - s[1].Value.Uint64() - s[2].Value.Uint64()
	}
	most = new(uint64)
	before = held()
	*most = before
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				*most = max(*most, held())
			}
		}
	}()
	return before, most, func() { close(done); <-ended }
}

package archive

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

// plistDict and plistData are what a test makes property lists of, beside
// strings and []any.
type (
	plistDict []any // key, value, key, value …
	plistData []byte
)

// binaryOf writes the binary form: every object in the order it is met.
func binaryOf(v any) []byte {
	b := []byte("bplist00")
	var offsets []int
	var add func(v any) int
	count := func(kind byte, n int) []byte {
		if n < 15 {
			return []byte{kind<<4 | byte(n)}
		}
		return binary.BigEndian.AppendUint32([]byte{kind<<4 | 0xf, 0x12}, uint32(n))
	}
	refs := func(kind byte, keys, values []int) {
		b = append(b, count(kind, max(len(keys), len(values)))...)
		for _, r := range append(keys, values...) {
			b = binary.BigEndian.AppendUint16(b, uint16(r))
		}
	}
	add = func(v any) int {
		n := len(offsets)
		offsets = append(offsets, 0)
		switch v := v.(type) {
		case string:
			offsets[n] = len(b)
			if strings.ToValidUTF8(v, "") == v && len(v) == len([]rune(v)) {
				b = append(append(b, count(5, len(v))...), v...)
				break
			}
			units := utf16.Encode([]rune(v))
			b = append(b, count(6, len(units))...)
			for _, u := range units {
				b = binary.BigEndian.AppendUint16(b, u)
			}
		case plistData:
			offsets[n] = len(b)
			b = append(append(b, count(4, len(v))...), v...)
		case []any:
			var items []int
			for _, item := range v {
				items = append(items, add(item))
			}
			offsets[n] = len(b)
			refs(0xa, nil, items)
		case plistDict:
			var keys, values []int
			for i := 0; i < len(v); i += 2 {
				keys, values = append(keys, add(v[i])), append(values, add(v[i+1]))
			}
			offsets[n] = len(b)
			refs(0xd, keys, values)
		}
		return n
	}
	top := add(v)
	table := len(b)
	for _, o := range offsets {
		b = binary.BigEndian.AppendUint32(b, uint32(o))
	}
	b = append(b, 0, 0, 0, 0, 0, 0, 4, 2)
	b = binary.BigEndian.AppendUint64(b, uint64(len(offsets)))
	b = binary.BigEndian.AppendUint64(b, uint64(top))
	return binary.BigEndian.AppendUint64(b, uint64(table))
}

// xmlOf writes the XML form.
func xmlOf(v any) []byte {
	var write func(v any) string
	write = func(v any) string {
		switch v := v.(type) {
		case string:
			return "<string>" + v + "</string>"
		case plistData:
			return "<data>\n\t" + base64.StdEncoding.EncodeToString(v) + "\n</data>"
		case []any:
			s := "<array>"
			for _, item := range v {
				s += write(item) + "\n"
			}
			return s + "</array>"
		case plistDict:
			s := "<dict>"
			for i := 0; i < len(v); i += 2 {
				s += "<key>" + v[i].(string) + "</key>" + write(v[i+1])
			}
			return s + "</dict>"
		}
		return ""
	}
	return []byte(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">` +
		"\n<plist version=\"1.0\">\n" + write(v) + "\n</plist>")
}

func webResource(address, mediaType, content string) plistDict {
	return plistDict{"WebResourceData", plistData(content), "WebResourceMIMEType", mediaType, "WebResourceTextEncodingName", "UTF-8", "WebResourceURL", address}
}

var webarchive = plistDict{
	"WebMainResource", webResource("https://site.example/Дорога", "text/html", page("Main")),
	"WebSubresources", []any{webResource("https://site.example/a.png", "image/png", "\x89PNG"), webResource("https://site.example/b.css", "text/css", "p{}")},
	"WebSubframeArchives", []any{plistDict{"WebMainResource", webResource("https://frame.example/", "text/html", page("Frame")),
		"WebSubframeArchives", []any{plistDict{"WebMainResource", webResource("https://deep.example/", "text/html", page("Deep"))}}}},
}

func TestReadWebArchive(t *testing.T) {
	for form, b := range map[string][]byte{"binary": binaryOf(webarchive), "XML": xmlOf(webarchive)} {
		t.Run(form, func(t *testing.T) {
			if !IsWebArchive(b) {
				t.Error("it is not recognised")
			}
			w, err := ReadWebArchive(context.Background(), b)
			if err != nil {
				t.Fatal(err)
			}
			got := fmt.Sprintf("%s %s %d", w.Page.URL, w.Page.MediaType, len(w.Page.Bytes))
			for _, f := range w.Frames {
				got += fmt.Sprintf("; %s %d", f.URL, len(f.Bytes))
			}
			for _, r := range w.Resources {
				got += fmt.Sprintf("; %s %q", r.URL, r.Bytes)
			}
			want := fmt.Sprintf("https://site.example/Дорога text/html; charset=UTF-8 %d; https://frame.example/ %d; https://deep.example/ %d; https://site.example/a.png \"\\x89PNG\"; https://site.example/b.css \"p{}\"",
				len(page("Main")), len(page("Frame")), len(page("Deep")))
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestReadWebArchiveRefuses(t *testing.T) {
	whole := binaryOf(webarchive)
	itself := []byte("bplist00\xa1\x00\x08\x00\x00\x00\x00\x00\x00\x01\x01" + strings.Repeat("\x00", 7) + "\x01" + strings.Repeat("\x00", 15) + "\x0a")
	laughs := `<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><plist><dict><key>WebMainResource</key><string>&b;</string></dict></plist>`
	for _, c := range []struct {
		name string
		b    []byte
	}{
		{"another list", binaryOf(plistDict{"Name", "value"})},
		{"cut short", whole[:len(whole)-10]},
		{"nothing after the mark", []byte("bplist00")},
		{"a list that holds itself", itself},
		{"a table beyond the end", append(whole[:len(whole)-1:len(whole)-1], 0xff)},
		{"entities of its own", []byte(laughs)},
		{"elements without end", []byte(`<!DOCTYPE plist><plist>` + strings.Repeat("<array>", 200))},
		{"a string in a string", []byte(`<!DOCTYPE plist><plist><string><string>a</string></string></plist>`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if w, err := ReadWebArchive(context.Background(), c.b); !errors.Is(err, ErrDamaged) {
				t.Errorf("got %+v, %v", w, err)
			}
		})
	}
}

func FuzzWebArchive(f *testing.F) {
	f.Add(binaryOf(webarchive))
	f.Add(xmlOf(webarchive))
	f.Fuzz(func(t *testing.T, b []byte) {
		w, err := ReadWebArchive(context.Background(), b)
		if err == nil && w.Page.Bytes != nil && bytes.HasPrefix(b, []byte("bplist")) && !bytes.Contains(b, w.Page.Bytes) {
			t.Fatal("content that does not stand in the archive")
		}
	})
}

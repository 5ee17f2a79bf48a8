// Package mhtml reads web archives in MIME form (.mht, .mhtml; RFC 2557), as
// browsers save them: it finds the main page among the parts, with the address
// and the time that the browser noted.
//
// The format is a mail message with a multipart/related body. Browsers deviate
// from the standard in small ways (Internet Explorer leaves out boundaries'
// white space, some tools forget the closing boundary), so parts are read as far
// as they go.
package mhtml

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"
)

// ErrNotMHTML means that the bytes are not a MIME message with a page in it.
var ErrNotMHTML = errors.New("not an MHTML archive")

// The limits of one archive.
const (
	maxBytes  = 256 << 20 // of the archive as received
	maxHTML   = 64 << 20  // of the main page, decoded
	maxHeader = 1 << 20   // of the message's own header
	maxParts  = 20_000
	maxDepth  = 4 // of multiparts within multiparts
)

// Page is the main page of an archive.
type Page struct {
	HTML        []byte    // in the encoding that ContentType or the page itself names
	ContentType string    // of the part, such as `text/html; charset="utf-8"`
	URL         string    // where the browser found it; empty where it did not say
	Saved       time.Time // when it was saved; zero where it did not say
	Subject     string    // the page's title as the browser noted it
}

// Read finds the main page in b. The error is ErrNotMHTML, or ctx's.
func Read(ctx context.Context, b []byte) (Page, error) {
	if err := ctx.Err(); err != nil {
		return Page{}, fmt.Errorf("read MHTML: %w", err)
	}
	if len(b) > maxBytes {
		return Page{}, fmt.Errorf("read MHTML: %w: it has %d MB, at most %d MB are read", ErrNotMHTML, len(b)>>20, maxBytes>>20)
	}
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), "\r\n\t ")
	header, body, err := splitHeader(b)
	if err != nil {
		return Page{}, fmt.Errorf("read MHTML: %w", err)
	}
	p := Page{URL: location(header.Get("Snapshot-Content-Location"))}
	if p.URL == "" {
		p.URL = location(header.Get("Content-Location"))
	}
	if t, err := mail.ParseDate(header.Get("Date")); err == nil {
		p.Saved = t
	}
	if s, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject")); err == nil {
		p.Subject = s
	}
	f := finder{ctx: ctx, want: p.URL}
	if err := f.entity(header, body, 0); err != nil {
		return Page{}, fmt.Errorf("read MHTML: %w", err)
	}
	if f.html == nil {
		return Page{}, fmt.Errorf("read MHTML: %w: it holds no page", ErrNotMHTML)
	}
	p.HTML, p.ContentType = f.html, f.contentType
	if p.URL == "" {
		p.URL = f.location
	}
	return p, nil
}

// splitHeader parts a message's header from its body.
func splitHeader(b []byte) (textproto.MIMEHeader, []byte, error) {
	end, skip := -1, 0
	for _, blank := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(b[:min(len(b), maxHeader)], []byte(blank)); i >= 0 && (end < 0 || i < end) {
			end, skip = i, len(blank)
		}
	}
	if end < 0 {
		return nil, nil, fmt.Errorf("%w: it has no header", ErrNotMHTML)
	}
	m, err := mail.ReadMessage(io.MultiReader(bytes.NewReader(b[:end]), strings.NewReader("\r\n\r\n")))
	if err != nil {
		return nil, nil, fmt.Errorf("%w: its header cannot be read: %w", ErrNotMHTML, err)
	}
	h := textproto.MIMEHeader(m.Header)
	if h.Get("Content-Type") == "" {
		return nil, nil, fmt.Errorf("%w: its header names no content type", ErrNotMHTML)
	}
	return h, b[end+skip:], nil
}

// location gives an address that leads somewhere, or nothing.
func location(s string) string {
	s = strings.Trim(strings.TrimSpace(s), "<>")
	if hasFold(s, "http://") || hasFold(s, "https://") || hasFold(s, "file:") {
		return s
	}
	return ""
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// finder looks for the main page.
type finder struct {
	ctx         context.Context
	want        string // its address, where known
	start       string // its Content-ID, where the multipart names it
	parts       int
	html        []byte
	contentType string
	location    string
	sure        bool
}

func (f *finder) entity(h textproto.MIMEHeader, body []byte, depth int) error {
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" {
		kind = strings.ToLower(strings.TrimSpace(strings.Split(h.Get("Content-Type"), ";")[0]))
	}
	if !strings.HasPrefix(kind, "multipart/") {
		f.page(h, kind, body)
		return nil
	}
	if depth >= maxDepth || params["boundary"] == "" {
		return nil
	}
	if s := strings.Trim(params["start"], "<>"); s != "" && f.start == "" {
		f.start = s
	}
	r := multipart.NewReader(bytes.NewReader(body), params["boundary"])
	for !f.sure {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		if f.parts++; f.parts > maxParts {
			return nil
		}
		part, err := r.NextRawPart()
		if err != nil {
			return nil // the end, or what cannot be read beyond
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if !strings.HasPrefix(kind, "multipart/") && !isPage(kind) {
			continue
		}
		b, err := io.ReadAll(io.LimitReader(part, maxBytes))
		if len(b) == 0 && err != nil {
			continue
		}
		if err := f.entity(part.Header, b, depth+1); err != nil {
			return err
		}
	}
	return nil
}

func isPage(kind string) bool { return kind == "text/html" || kind == "application/xhtml+xml" }

// page takes a part for the main page where it is the one that the header
// names, or the first.
func (f *finder) page(h textproto.MIMEHeader, kind string, body []byte) {
	if !isPage(kind) {
		return
	}
	at := location(h.Get("Content-Location"))
	id := strings.Trim(h.Get("Content-Id"), "<>")
	named := f.want != "" && sameAddress(at, f.want) || f.start != "" && id == f.start
	if f.html != nil && !named {
		return
	}
	b := decode(h.Get("Content-Transfer-Encoding"), body)
	if len(bytes.TrimSpace(b)) == 0 {
		return
	}
	f.html, f.contentType, f.location, f.sure = b, h.Get("Content-Type"), at, named
}

// sameAddress compares addresses without their fragments.
func sameAddress(a, b string) bool {
	a, _, _ = strings.Cut(a, "#")
	b, _, _ = strings.Cut(b, "#")
	return a != "" && a == b
}

// decode undoes a transfer encoding as far as it can be undone.
func decode(encoding string, body []byte) []byte {
	var r io.Reader = bytes.NewReader(body)
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, &base64Bytes{b: body})
	}
	out, err := io.ReadAll(io.LimitReader(r, maxHTML))
	if err != nil && len(out) == 0 {
		return body[:min(len(body), maxHTML)]
	}
	return out
}

// base64Bytes reads only the bytes that base64 knows.
type base64Bytes struct{ b []byte }

func (r *base64Bytes) Read(p []byte) (n int, err error) {
	for n < len(p) && len(r.b) > 0 {
		c := r.b[0]
		r.b = r.b[1:]
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
			p[n] = c
			n++
		}
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

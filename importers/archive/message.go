package archive

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// fields are the named fields of a header, names in lower case. Of a field that
// is there twice the first counts.
type fields map[string]string

// maxHeader bounds the header of a record or of a reply.
const maxHeader = 256 << 10

var errHeader = errors.New("its header cannot be read")

// readFields reads header lines up to the blank one (RFC 9112, 5; ISO 28500, 4).
func readFields(r *bufio.Reader) (fields, error) {
	f := fields{}
	left := maxHeader
	last := ""
	for {
		line, err := readLine(r, &left)
		if err != nil {
			return f, err
		}
		if line == "" {
			return f, nil
		}
		if line[0] == ' ' || line[0] == '\t' { // folded
			if last != "" {
				f[last] = strings.TrimSpace(f[last] + " " + strings.TrimSpace(line))
			}
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if !found {
			last = ""
			continue
		}
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := f[name]; twice {
			last = ""
			continue
		}
		f[name], last = strings.TrimSpace(value), name
	}
}

// readLine reads a line without its end. left is what the header may still have.
func readLine(r *bufio.Reader, left *int) (string, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if *left -= len(part); *left < 0 {
			return "", fmt.Errorf("%w: it has over %d KB", errHeader, maxHeader>>10)
		}
		line = append(line, part...)
		switch {
		case err == nil:
			return string(bytes.TrimRight(line, "\r\n")), nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(line) > 0:
			return "", io.ErrUnexpectedEOF
		default:
			return "", err
		}
	}
}

// reply is the start of an HTTP reply, as a web archive keeps it.
type reply struct {
	status int
	fields fields
}

// readReply reads a reply's status line and header.
func readReply(r *bufio.Reader) (reply, error) {
	left := maxHeader
	line, err := readLine(r, &left)
	if err != nil {
		return reply{}, err
	}
	words := strings.Fields(line)
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return reply{}, fmt.Errorf("%w: it is no reply of a server", errHeader)
	}
	status, err := strconv.Atoi(words[1])
	if err != nil {
		return reply{}, fmt.Errorf("%w: it has no status", errHeader)
	}
	f, err := readFields(r)
	if errors.Is(err, io.EOF) {
		err = nil // a reply without a body
	}
	return reply{status, f}, err
}

// body is the reply's content: the transfer's chunks and the content's encodings
// undone. Crawlers keep some replies decoded under the header that they came
// with, so an encoding that is not there is passed over.
func (p reply) body(ctx context.Context, r *bufio.Reader, l Limits) ([]byte, error) {
	if strings.EqualFold(p.fields["transfer-encoding"], "chunked") && chunkFollows(r) {
		r = bufio.NewReader(&chunked{r: r})
	}
	codings := strings.Split(p.fields["content-encoding"], ",")
	if len(codings) > maxCodings {
		return nil, fmt.Errorf("%w: %d encodings one over another", ErrMethod, len(codings))
	}
	for i := len(codings) - 1; i >= 0; i-- {
		var err error
		if r, err = decoded(strings.ToLower(strings.TrimSpace(codings[i])), r); err != nil {
			return nil, err
		}
	}
	b, err := l.unpack(ctx, r, 0)
	if err != nil && len(b) > 0 && !final(err) && !errors.Is(err, ErrTooLarge) {
		err = nil // a reply that broke off: what came is what there is
	}
	return b, err
}

const maxCodings = 3

// decoded undoes one content coding (RFC 9110, 8.4.1).
func decoded(coding string, r *bufio.Reader) (*bufio.Reader, error) {
	head, _ := r.Peek(4)
	var out io.Reader
	var err error
	switch coding {
	case "", "identity":
		return r, nil
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(head, []byte("\x1f\x8b")) {
			return r, nil
		}
		out, err = gzip.NewReader(r)
	case "deflate":
		// The standard means zlib; some servers send it bare.
		switch {
		case len(head) >= 2 && head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0:
			out, err = zlib.NewReader(r)
		case looksText(head):
			return r, nil
		default:
			out = flate.NewReader(r)
		}
	case "br":
		if looksText(head) {
			return r, nil
		}
		out = brotli.NewReader(r)
	case "zstd":
		if !bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")) {
			return r, nil
		}
		out, err = zstd.NewReader(r, zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxWindow), zstd.WithDecoderConcurrency(1))
	default:
		return nil, fmt.Errorf("%w: %q", ErrMethod, coding)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: undo %s: %w", ErrDamaged, coding, err)
	}
	return bufio.NewReader(out), nil
}

// looksText tells the start of a page or a text from packed bytes.
func looksText(head []byte) bool {
	text := bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	return len(text) > 0 && (text[0] == '<' || bytes.HasPrefix(text, []byte("%PDF")) || text[0] == '\n' || text[0] == '\r' || text[0] == ' ')
}

// chunkFollows tells whether a body begins with the length of a chunk, as it does
// unless the crawler kept it without its chunks.
func chunkFollows(r *bufio.Reader) bool {
	head, _ := r.Peek(18)
	at := bytes.IndexByte(head, '\n')
	if at < 1 {
		return false
	}
	_, ok := chunkLength(string(head[:at]))
	return ok
}

func chunkLength(line string) (int64, bool) {
	line, _, _ = strings.Cut(line, ";")
	n, err := strconv.ParseInt(strings.TrimSpace(line), 16, 64)
	return n, err == nil && n >= 0
}

// chunked undoes the chunked transfer coding (RFC 9112, 7.1). Where a chunk is
// not as it should be the body ends.
type chunked struct {
	r    *bufio.Reader
	left int64
	done bool
}

func (c *chunked) Read(p []byte) (int, error) {
	for c.left == 0 {
		if c.done {
			return 0, io.EOF
		}
		left := 4 << 10
		line, err := readLine(c.r, &left)
		if err == nil && line == "" { // the end of the chunk before
			line, err = readLine(c.r, &left)
		}
		n, ok := chunkLength(line)
		if err != nil || !ok || n == 0 {
			c.done = true
			return 0, io.EOF
		}
		c.left = n
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	if errors.Is(err, io.EOF) {
		c.done, c.left = true, 0
		err = nil
		if n == 0 {
			err = io.EOF
		}
	}
	return n, err
}

// readable tells the media types that are captures rather than what pages are
// made of. head is the content's start, for replies that state little.
func readable(mediaType, address string, head []byte) bool {
	media, _, err := mime.ParseMediaType(mediaType)
	if err != nil && media == "" {
		media = strings.ToLower(strings.TrimSpace(strings.Split(mediaType, ";")[0]))
	}
	head = bytes.ToLower(bytes.TrimSpace(head[:min(len(head), 1024)]))
	switch media {
	case "text/html", "application/xhtml+xml", "application/pdf", "application/rss+xml", "application/atom+xml", "application/rdf+xml",
		"multipart/related", "message/rfc822", "text/markdown", "application/epub+zip",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document":
		return true
	case "text/plain":
		return !strings.HasSuffix(strings.ToLower(address), "/robots.txt")
	case "text/xml", "application/xml":
		return bytes.Contains(head, []byte("<rss")) || bytes.Contains(head, []byte("<feed")) || bytes.Contains(head, []byte("<rdf")) || bytes.Contains(head, []byte("<html"))
	case "", "application/octet-stream", "unknown":
		return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) || bytes.HasPrefix(head, []byte("%pdf-"))
	}
	return false
}

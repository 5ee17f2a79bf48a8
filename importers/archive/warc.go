package archive

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// WARC calls each with every page in a web archive (ISO 28500, versions 1.0 and
// 1.1), plain or compressed record by record: the replies and resources that are
// captures of their own, not what pages are made of, not failures, redirects and
// requests. A revisit record, which says that a page was as before, gives the
// page again under its own address and date; where the archive lacks the page,
// an Entry with ErrAbsent.
//
// Damage costs no more than the records it touches: reading goes on at the next
// one. The error is that of each, ctx's, or one of this package's.
func WARC(ctx context.Context, r io.ReaderAt, size int64, l Limits, each func(Entry) error) error {
	s := warcSet{ctx: ctx, limits: l, each: each, seen: map[string]place{}}
	return s.file(warcFile{at: r, size: size})
}

// IsWARC tells the start of a web archive, packed or not.
func IsWARC(start []byte) bool {
	if bytes.HasPrefix(start, gzipMagic) {
		gz, err := gzip.NewReader(bytes.NewReader(start))
		if err != nil {
			return false
		}
		head := make([]byte, 64)
		n, _ := io.ReadFull(gz, head)
		start = head[:n]
	}
	return bytes.HasPrefix(bytes.TrimLeft(start, "\r\n"), []byte("WARC/"))
}

// IsGzip tells the start of a file packed by gzip.
func IsGzip(start []byte) bool { return bytes.HasPrefix(start, gzipMagic) }

// Gunzip unpacks a file packed by gzip.
func Gunzip(ctx context.Context, r io.ReaderAt, size int64, l Limits) ([]byte, error) {
	gz, err := gzip.NewReader(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	b, err := l.unpack(ctx, gz, 0)
	if err != nil && !final(err) && !errors.Is(err, ErrTooLarge) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return b, err
}

// warcFile is one file of an archive: at some place, or, packed within another,
// only to be read from its start.
type warcFile struct {
	at     io.ReaderAt
	size   int64
	stream io.Reader
}

// warcSet reads the files of one archive.
type warcSet struct {
	ctx    context.Context
	limits Limits
	each   func(Entry) error
	pages  *pageList        // of a WACZ; nil: every page is wanted
	seen   map[string]place // payload digests of what was given
}

// place is where a record lies.
type place struct {
	file      warcFile
	offset    int64 // of the record, or of the packed member that it begins
	mediaType string
}

// maxSeen bounds how many digests are kept for revisits.
const maxSeen = 200_000

// record is one record's header and the block that follows it.
type record struct {
	fields
	offset int64 // -1 where it cannot be gone back to
	length int64 // of the block, as stated
	block  *bufio.Reader
}

// file reads one file's records.
func (s *warcSet) file(f warcFile) error {
	r := newRecords(s.ctx, f, 0, s.limits.Room)
	for {
		rec, err := r.next()
		switch {
		case errors.Is(err, io.EOF):
			if r.count == 0 {
				return fmt.Errorf("%w: there is no record in it", ErrDamaged)
			}
			return nil
		case err != nil:
			return err
		}
		e, wanted := s.entry(f, rec)
		if e.Err != nil && final(e.Err) {
			return e.Err
		}
		if wanted {
			if err := s.each(e); err != nil {
				return err
			}
		}
	}
}

// entry is what a record gives, if it is a page.
func (s *warcSet) entry(f warcFile, rec record) (e Entry, wanted bool) {
	e.URL = strings.Trim(rec.fields["warc-target-uri"], "<>")
	e.Name, e.Received = e.URL, when(rec.fields["warc-date"])
	if !webAddress(e.URL) {
		return e, false
	}
	switch rec.fields["warc-type"] {
	case "response":
		if !isHTTP(rec.fields["content-type"]) {
			return s.resource(f, rec, e)
		}
		return s.response(f, rec, e)
	case "resource":
		return s.resource(f, rec, e)
	case "revisit":
		return s.revisit(rec, e)
	}
	return e, false
}

func (s *warcSet) response(f warcFile, rec record, e Entry) (Entry, bool) {
	p, err := readReply(rec.block)
	if err != nil {
		return e, false // no reply: the crawler kept a failure
	}
	if to := p.fields["location"]; p.status >= 300 && p.status < 400 && to != "" {
		s.pages.redirected(e.URL, to)
		return e, false
	}
	if p.status != 200 && p.status != 203 {
		return e, false
	}
	e.MediaType = cmpType(p.fields["content-type"], rec.fields["warc-identified-payload-type"])
	if wanted := s.pages.wants(&e); !wanted {
		return e, false
	}
	head, _ := rec.block.Peek(1024)
	packed := p.fields["content-encoding"] != "" || p.fields["transfer-encoding"] != ""
	if !packed && !readable(e.MediaType, e.URL, head) {
		return e, false
	}
	if packed && e.MediaType != "" && !readable(e.MediaType, e.URL, []byte("<html<rss")) {
		return e, false
	}
	e.Bytes, e.Err = p.body(s.ctx, rec.block, s.limits)
	if e.Err != nil {
		e.Bytes = nil
		return e, true
	}
	if !readable(e.MediaType, e.URL, e.Bytes) || len(bytes.TrimSpace(e.Bytes)) == 0 {
		return e, false
	}
	s.remember(f, rec, e)
	return e, true
}

func (s *warcSet) resource(f warcFile, rec record, e Entry) (Entry, bool) {
	e.MediaType = cmpType(rec.fields["content-type"], rec.fields["warc-identified-payload-type"])
	head, _ := rec.block.Peek(1024)
	if !readable(e.MediaType, e.URL, head) || !s.pages.wants(&e) {
		return e, false
	}
	e.Bytes, e.Err = s.limits.unpack(s.ctx, rec.block, rec.length)
	if e.Err != nil {
		e.Bytes = nil
		return e, true
	}
	s.remember(f, rec, e)
	return e, len(bytes.TrimSpace(e.Bytes)) > 0
}

// remember keeps where a page lies, for revisits.
func (s *warcSet) remember(f warcFile, rec record, e Entry) {
	digest := rec.fields["warc-payload-digest"]
	if digest == "" || rec.offset < 0 || f.at == nil || len(s.seen) >= maxSeen {
		return
	}
	if _, known := s.seen[digest]; !known {
		s.seen[digest] = place{f, rec.offset, e.MediaType}
	}
}

// revisit gives the page that a revisit record says was found again.
func (s *warcSet) revisit(rec record, e Entry) (Entry, bool) {
	p, err := readReply(rec.block)
	stated := err == nil
	if stated && p.status != 200 && p.status != 203 && p.status != 304 {
		return e, false
	}
	if digest := rec.fields["warc-payload-digest"]; digest != "" {
		if at, known := s.seen[digest]; known {
			if !s.pages.wants(&e) {
				return e, false
			}
			e.MediaType = at.mediaType
			e.Bytes, e.Err = s.again(at)
			return e, true
		}
	}
	// What it repeats is not here. It is told only where it was a page, not the
	// picture on one.
	if stated && p.fields["content-type"] != "" {
		if !readable(p.fields["content-type"], e.URL, nil) {
			return e, false
		}
	} else if u, err := url.Parse(e.URL); err != nil || asset(u.Path) || path.Ext(u.Path) != "" && !strings.Contains(path.Ext(u.Path), "htm") {
		return e, false
	}
	if !s.pages.wants(&e) {
		return e, false
	}
	e.Err = fmt.Errorf("%w: it was as at an earlier visit, which another archive holds", ErrAbsent)
	return e, true
}

// again reads the content of a record that was given before.
func (s *warcSet) again(at place) ([]byte, error) {
	rec, err := newRecords(s.ctx, at.file, at.offset, s.limits.Room).next()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if rec.fields["warc-type"] == "response" && isHTTP(rec.fields["content-type"]) {
		p, err := readReply(rec.block)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return p.body(s.ctx, rec.block, s.limits)
	}
	return s.limits.unpack(s.ctx, rec.block, rec.length)
}

func isHTTP(contentType string) bool {
	return strings.HasPrefix(strings.ToLower(contentType), "application/http") || contentType == ""
}

func webAddress(s string) bool {
	low := strings.ToLower(s[:min(len(s), 8)])
	return strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "file:")
}

// cmpType is the stated media type, or the one that the crawler worked out.
func cmpType(stated, found string) string {
	if media, _, _ := strings.Cut(strings.ToLower(stated), ";"); strings.TrimSpace(media) == "" || strings.TrimSpace(media) == "application/octet-stream" {
		if found != "" {
			return found
		}
	}
	return stated
}

// when reads a WARC date: RFC 3339 with or without fractions (1.1), down to a
// year; or the fourteen digits of older tools.
func when(s string) time.Time {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "20060102150405", "2006-01-02T15:04Z", "2006-01-02", "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// records reads a file record by record. A packed file is a row of gzip members,
// most often one a record (ISO 28500, annex D).
type records struct {
	ctx    context.Context
	file   warcFile
	raw    *bufio.Reader // the file as it lies
	taken  *tally        // what raw has read of it
	packed bool
	gz     *gzip.Reader
	room   *int64
	in     *bufio.Reader // the records: raw itself, or the member that is open
	block  *bufio.Reader
	last   *io.LimitedReader // the block of the record before
	count  int
	faults int
	scan   []byte
}

// maxFaults is how often reading goes on after damage.
const maxFaults = 1000

// tally counts what is read and ends with its context.
type tally struct {
	ctx context.Context
	r   io.Reader
	n   int64
}

func (t *tally) Read(p []byte) (int, error) {
	if err := t.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := t.r.Read(p)
	t.n += int64(n)
	return n, err
}

// newRecords begins to read f at an offset.
func newRecords(ctx context.Context, f warcFile, offset int64, room *int64) *records {
	r := &records{ctx: ctx, file: f, room: room, raw: bufio.NewReaderSize(nil, 64<<10), block: bufio.NewReader(nil)}
	r.seek(offset)
	head, _ := r.raw.Peek(2)
	r.packed = bytes.Equal(head, gzipMagic[:2])
	r.in = r.raw
	if r.packed {
		r.in = bufio.NewReaderSize(ended{}, 64<<10)
	}
	return r
}

var gzipMagic = []byte("\x1f\x8b\x08")

// ended is a reader without anything in it.
type ended struct{}

func (ended) Read([]byte) (int, error) { return 0, io.EOF }

// seek goes to an offset of the file as it lies.
func (r *records) seek(offset int64) {
	from := r.file.stream
	if r.file.at != nil {
		from = io.NewSectionReader(r.file.at, offset, r.file.size-offset)
	}
	r.taken = &tally{ctx: r.ctx, r: from, n: offset}
	r.raw.Reset(r.taken)
}

// offset is where raw stands.
func (r *records) offset() int64 { return r.taken.n - int64(r.raw.Buffered()) }

// next goes to the next record. The error is io.EOF after the last, or one that
// ends the archive.
func (r *records) next() (record, error) {
	if err := r.leave(); err != nil {
		return record{}, err
	}
	for {
		rec, err := r.header()
		if err == nil {
			r.count++
			return rec, nil
		}
		if errors.Is(err, io.EOF) || final(err) {
			return record{}, err
		}
		if r.faults++; r.faults > maxFaults {
			return record{}, fmt.Errorf("%w: in more than %d places", ErrDamaged, maxFaults)
		}
		if err := r.resume(); err != nil {
			return record{}, err
		}
	}
}

// leave passes over what of the last record was not read.
func (r *records) leave() error {
	if r.last == nil {
		return nil
	}
	rest := r.last
	r.last = nil
	if !r.packed && r.file.at != nil && rest.N > 64<<10 {
		r.seek(r.offset() + rest.N)
		return nil
	}
	if _, err := io.Copy(io.Discard, rest); err != nil && final(err) {
		return err
	}
	return nil // damage shows at the next header
}

// header reads a record's header, over the blank lines before it.
func (r *records) header() (record, error) {
	offset := int64(-1)
	if r.packed {
		if _, err := r.in.Peek(1); errors.Is(err, io.EOF) {
			if offset, err = r.member(); err != nil {
				return record{}, err
			}
		}
	} else if r.file.at != nil {
		offset = r.offset()
	}
	left := maxHeader
	version := ""
	for version == "" {
		var err error
		version, err = readLine(r.in, &left)
		if errors.Is(err, io.EOF) && r.packed {
			return r.header() // blank lines at a member's end; there is another, or none
		}
		if err != nil {
			return record{}, err
		}
	}
	if !strings.HasPrefix(version, "WARC/") {
		return record{}, fmt.Errorf("%w: it does not begin with WARC/", errHeader)
	}
	f, err := readFields(r.in)
	if errors.Is(err, io.EOF) {
		return record{}, io.ErrUnexpectedEOF
	}
	if err != nil {
		return record{}, err
	}
	length, err := strconv.ParseInt(f["content-length"], 10, 64)
	if err != nil || length < 0 {
		return record{}, fmt.Errorf("%w: it states no length", errHeader)
	}
	if !r.packed && r.file.at != nil {
		length = r.trueLength(length)
	}
	r.last = &io.LimitedReader{R: r.in, N: length}
	r.block.Reset(r.last)
	return record{fields: f, offset: offset, length: length, block: r.block}, nil
}

// member opens the next gzip member and says where it begins.
func (r *records) member() (int64, error) {
	if _, err := r.raw.Peek(1); err != nil {
		return 0, err
	}
	offset := r.offset()
	var err error
	if r.gz == nil {
		r.gz, err = gzip.NewReader(r.raw)
	} else {
		err = r.gz.Reset(r.raw)
	}
	if err != nil {
		if final(err) {
			return 0, err
		}
		return 0, fmt.Errorf("%w: %w", errHeader, err)
	}
	r.gz.Multistream(false)
	r.in.Reset(&counted{ctx: r.ctx, r: r.gz, room: r.room})
	return offset, nil
}

// trueLength is a block's length as stated, or, where no record and no end
// follows there, up to the next record: lengths are got wrong, and copies broken.
func (r *records) trueLength(stated int64) int64 {
	start := r.offset()
	if stated <= r.file.size-start && r.recordAt(start+stated) {
		return stated
	}
	mark := []byte("\nWARC/1.")
	if r.scan == nil {
		r.scan = make([]byte, 64<<10)
	}
	window := 1 << 10 // the next record may be near: lies come in numbers
	for at := start; at < r.file.size && r.ctx.Err() == nil; at += int64(window) {
		window = min(2*window, len(r.scan)-len(mark))
		buf := r.scan[:window+len(mark)]
		n, _ := r.file.at.ReadAt(buf, at)
		if i := bytes.Index(buf[:n], mark); i >= 0 {
			return at + int64(i) + 1 - start
		}
		if n < len(buf) {
			break
		}
	}
	return max(r.file.size-start, 0)
}

// recordAt tells whether a record, or nothing, follows at an offset after the
// line ends that part records.
func (r *records) recordAt(offset int64) bool {
	buf := make([]byte, 16)
	n, _ := r.file.at.ReadAt(buf, offset)
	rest := bytes.TrimLeft(buf[:n], "\r\n")
	return len(rest) == 0 || bytes.HasPrefix(rest, []byte("WARC/"))
}

// resume goes to the next place where a record may begin.
func (r *records) resume() error {
	if !r.packed {
		for {
			if head, err := r.in.Peek(5); err != nil {
				return err
			} else if string(head) == "WARC/" {
				return nil
			}
			if _, err := r.in.ReadSlice('\n'); err != nil && !errors.Is(err, bufio.ErrBufferFull) {
				return err
			}
		}
	}
	r.in.Reset(ended{})
	for {
		head, err := r.raw.Peek(len(gzipMagic))
		if err != nil {
			return err
		}
		if bytes.Equal(head, gzipMagic) {
			return nil
		}
		buffered, _ := r.raw.Peek(r.raw.Buffered())
		step := bytes.Index(buffered[1:], gzipMagic[:1])
		if step < 0 {
			step = len(buffered) - 1
		}
		if _, err := r.raw.Discard(step + 1); err != nil {
			return err
		}
	}
}

// Package archive finds the captures in archives: zips of pages (zip.go), web
// archives in WARC (warc.go, ISO 28500) and WACZ (wacz.go), and the web archives
// that Safari saves (webarchive.go).
//
// It unpacks and reads no page. What holds many captures gives them one at a
// time, streamed from where the archive lies, so that memory stays small however
// large it is. Everything is bounded: a single capture, what an archive may
// unpack to, its directory, its depth; entries that overlap, as in archives that
// are made to harm, are refused.
package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// Errors that callers branch on.
var (
	ErrDamaged   = errors.New("the archive is damaged")
	ErrTooLarge  = errors.New("it is too large")
	ErrRoom      = errors.New("the archive unpacks to far more than it holds")
	ErrEncrypted = errors.New("it is locked with a password")
	ErrAbsent    = errors.New("it is not in the archive")
	ErrMethod    = errors.New("it is packed in a way that is not known")
)

// Entry is one capture in an archive.
type Entry struct {
	Name      string    // within the archive; for web archives the address
	URL       string    // where it was captured; empty in a zip
	MediaType string    // as the server stated it; empty in a zip
	Received  time.Time // when it was captured; zero where that is not known
	Bytes     []byte    // or, of something large that lies unpacked, File and Size
	File      io.ReaderAt
	Size      int64
	// Listed is set where the archive names the capture as one of its pages, so
	// that it is no frame, script or advertisement that came along.
	Listed bool
	// Err says why this entry cannot be had, one of the errors above.
	Err error
}

// Limits bound what an archive may cost.
type Limits struct {
	Entry int64  // bytes of one capture
	Room  *int64 // bytes that may still be unpacked in all; counted down
}

// unpack reads r to its end within the limits.
func (l Limits) unpack(ctx context.Context, r io.Reader, hint int64) ([]byte, error) {
	c := counted{ctx: ctx, r: r, room: l.Room}
	var b []byte
	if hint > 0 {
		// A stated size is believed up to a point: it costs memory before a byte is read.
		b = make([]byte, 0, min(hint, l.Entry, 1<<20)+1)
	}
	for {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := c.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		switch {
		case int64(len(b)) > l.Entry:
			return nil, fmt.Errorf("%w: it has over %d MB", ErrTooLarge, l.Entry>>20)
		case errors.Is(err, io.EOF):
			return b, nil
		case err != nil:
			return b, err
		}
	}
}

// counted counts what is unpacked, and ends with ErrRoom or the context.
type counted struct {
	ctx  context.Context
	r    io.Reader
	room *int64
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	if *c.room <= 0 {
		return 0, ErrRoom
	}
	n, err := c.r.Read(p)
	*c.room -= int64(n)
	return n, err
}

// final tells the errors that end an archive, rather than cost one entry.
func final(err error) bool {
	return errors.Is(err, ErrRoom) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

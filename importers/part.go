package importers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"sourcebook/importers/archive"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// Part is one capture out of a file: the file itself where it holds one, a page
// of an archive, a message and each of its attachments, an entry of a feed.
type Part struct {
	// Input is the part: its bytes as they came, its address and media type, when
	// it was received, and a name that leads to it: "pages.zip > rail.html".
	Input Input
	// Document is what was read out of it. It is set from the start for a part
	// whose container says what it is, such as an entry of a feed.
	Document *document.Document
	// Err says why the part, or the rest of its container, could not be read.
	Err error

	// least is how many bytes of text the part must have to be given: what came
	// along with a page, such as a frame with an advertisement, may have none.
	least int
}

// The limits of one file, whatever it holds and however deep. What lies beyond
// is told by a part with ErrLimit.
const (
	MaxParts  = 1_000_000
	MaxDepth  = 4         // of containers within containers
	MaxGrowth = 50        // times the bytes of the file, beside MinGrowth
	MinGrowth = 256 << 20 // bytes that any file may unpack to
)

// Collection tells whether in is of a format that holds several captures, such
// as an archive or a feed. A page or a message gives false though parts may
// come with it.
func Collection(in Input) bool { return collections[recognise(in).format] }

// Several tells whether in may hold several captures, so that it is ReadEach that
// gives all of it: a collection, a message, a page with frames.
func Several(in Input) bool { return splitters[recognise(in).format] != nil }

// ReadEach reads every capture in a file and calls each with it, on the calling
// goroutine, in the order of the file. Parts are read on all cores, a few ahead,
// so that memory does not grow with their number; a capture that is no container
// gives one part. What cannot be read is a Part with Err and does not stop the
// rest. The error is that of each, which ends the reading, or ctx's.
func ReadEach(ctx context.Context, in Input, each func(Part) error) error {
	if !Several(in) {
		return Split(ctx, in, func(p Part) error { return each(p.read(ctx)) })
	}
	workers := runtime.GOMAXPROCS(0)
	type job struct {
		part Part
		out  chan Part // of one
	}
	ctx, cancel := context.WithCancel(ctx)
	queue := make(chan job)
	order := make(chan job, workers)
	var splitErr error
	var wg sync.WaitGroup
	// No reader is left behind: what it holds may belong to the caller.
	defer wg.Wait()
	defer cancel()
	wg.Go(func() {
		defer close(order)
		defer close(queue)
		splitErr = Split(ctx, in, func(p Part) error {
			j := job{p, make(chan Part, 1)}
			for _, to := range []chan job{order, queue} {
				select {
				case to <- j:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range workers {
		wg.Go(func() {
			for j := range queue {
				j.out <- j.part.read(ctx)
			}
		})
	}
	for j := range order {
		var p Part
		select {
		case p = <-j.out:
		case <-ctx.Done():
			return ctx.Err()
		}
		if p.idle() {
			continue
		}
		if err := each(p); err != nil {
			return err
		}
	}
	return splitErr
}

// read reads a part that is not read yet.
func (p Part) read(ctx context.Context) Part {
	if p.Err == nil && p.Document == nil {
		p.Document, p.Err = Read(ctx, p.Input)
	}
	return p
}

// idle tells a part that came along and says nothing.
func (p Part) idle() bool {
	return p.least > 0 && (p.Document != nil && len(p.Document.Text) < p.least || errors.Is(p.Err, ErrEmpty) || errors.Is(p.Err, webpage.ErrEmpty))
}

// Split calls each with every capture in a file, unread: the first half of
// ReadEach. Document is set only where the container says what the part is.
func Split(ctx context.Context, in Input, each func(Part) error) error {
	w := &walk{ctx: ctx, each: each, room: MinGrowth + MaxGrowth*in.size()}
	err := w.file(in, 0)
	var stop stopped
	if errors.As(err, &stop) {
		return stop.error
	}
	return err
}

// walk is one Split.
type walk struct {
	ctx   context.Context
	each  func(Part) error
	parts int
	room  int64 // bytes that may still be unpacked
}

// stopped carries an error of each, or of the context, through the containers'
// readers, which do not take it for a fault of theirs.
type stopped struct{ error }

func (s stopped) Unwrap() error { return s.error }

// splitters part the containers. One gives its parts to w.file, or to w.part
// where the document is known already. An error that is not a stopped one is a
// fault of the container, found after the parts that it gave.
var splitters map[format]splitter

type splitter func(w *walk, in Input, depth int) error

func init() { // filled here, since a splitter splits what it finds
	splitters = map[format]splitter{
		formatZip:    splitArchive(archive.Zip),
		formatWARC:   splitArchive(archive.WARC),
		formatGzip:   splitGzip,
		formatSafari: splitSafari,
		formatFeed:   splitFeed,
		formatMail:   splitMail,
		formatPosts:  splitPosts,
	}
}

// collections are the formats that hold several captures by their nature. Read
// refuses them; the other formats with a splitter it reads as one capture.
var collections = map[format]bool{formatZip: true, formatWARC: true, formatFeed: true}

// file gives the parts of in, or in itself where it is no container.
func (w *walk) file(in Input, depth int) error { return w.fileOf(in, depth, 0) }

// fileOf is file for what may be left out where it has less text than least.
func (w *walk) fileOf(in Input, depth, least int) error {
	split, found := splitters[recognise(in).format]
	if !found {
		loaded, err := in.load()
		return w.part(Part{Input: loaded, Err: err, least: least})
	}
	if depth >= MaxDepth {
		return w.part(Part{Input: in.bare(), Err: in.fault(ErrLimit, "it lies too deep in archives within archives: unpack it and import what is in it")})
	}
	err := split(w, in, depth)
	var stop stopped
	if err == nil || errors.As(err, &stop) {
		return err
	}
	return w.part(Part{Input: in.bare(), Err: w.containerFault(in, err)})
}

// containerFault names the container whose rest cannot be read.
func (w *walk) containerFault(in Input, err error) error {
	var own *Error
	if errors.As(err, &own) {
		return err
	}
	next := "what could be read of it was; get it again for the rest"
	if errors.Is(err, archive.ErrRoom) {
		err, next = ErrLimit, "what was read before that was; unpack it and import what you need"
	}
	return in.fault(err, next)
}

// part hands one part on.
func (w *walk) part(p Part) error {
	if err := w.ctx.Err(); err != nil {
		return stopped{err}
	}
	if w.parts++; w.parts > MaxParts {
		p = Part{Input: p.Input.bare(), Err: p.Input.fault(fmt.Errorf("%w: it holds more than %d captures", ErrLimit, MaxParts), "unpack it and import what you need")}
		if err := w.each(p); err != nil {
			return stopped{err}
		}
		return stopped{nil}
	}
	if err := w.each(p); err != nil {
		return stopped{err}
	}
	return nil
}

// Within is the name of something inside a container: "pages.zip > rail.html".
func Within(container, name string) string {
	switch {
	case container == "":
		return name
	case name == "":
		return container
	}
	return container + within + name
}

const within = " > "

// size is the number of bytes of in.
func (in Input) size() int64 {
	if in.File != nil {
		return in.Size
	}
	return int64(len(in.Bytes))
}

// reader reads in's bytes where they are.
func (in Input) reader() (io.ReaderAt, int64) {
	if in.File != nil {
		return in.File, in.Size
	}
	return bytes.NewReader(in.Bytes), int64(len(in.Bytes))
}

// head is the start of in, up to n bytes.
func (in Input) head(n int) []byte {
	if in.File == nil {
		return in.Bytes[:min(len(in.Bytes), n)]
	}
	b := make([]byte, min(int64(n), max(in.Size, 0)))
	got, err := in.File.ReadAt(b, 0)
	if err != nil && got == 0 {
		return nil
	}
	return b[:got]
}

// load gives in with its bytes in memory.
func (in Input) load() (Input, error) {
	if in.File == nil {
		return in, nil
	}
	if in.Size > MaxBytes {
		return in.bare(), in.tooLarge(in.Size)
	}
	b := make([]byte, max(in.Size, 0))
	n, err := in.File.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return in.bare(), in.fault(err, "")
	}
	in = in.bare()
	in.Bytes = b[:n]
	return in, nil
}

// bare is in without its bytes.
func (in Input) bare() Input {
	in.Bytes, in.File, in.Size = nil, nil, 0
	return in
}

func (in Input) tooLarge(size int64) error {
	return in.fault(ErrTooLarge, fmt.Sprintf("it has %d MB, at most %d MB can be read; save only the page or the part you need", size>>20, MaxBytes>>20))
}

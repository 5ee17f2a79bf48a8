package importers

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"sourcebook/importers/archive"
)

// splitArchive parts archives that hold many captures.
func splitArchive(read func(context.Context, io.ReaderAt, int64, archive.Limits, func(archive.Entry) error) error) splitter {
	return func(w *walk, in Input, depth int) error {
		r, size := in.reader()
		return read(w.ctx, r, size, w.limits(), func(e archive.Entry) error {
			part := Input{
				Name: Within(in.Name, e.Name), URL: e.URL, MediaType: e.MediaType, Received: e.Received,
				Bytes: e.Bytes, File: e.File, Size: e.Size, Charset: in.Charset,
			}
			if part.Received.IsZero() {
				part.Received = in.Received
			}
			if e.Err != nil {
				return w.part(Part{Input: part, Err: part.fault(e.Err, entryAdvice(e.Err))})
			}
			least := 0
			if e.URL != "" && !e.Listed {
				least = 1
			}
			return w.fileOf(part, depth+1, least)
		})
	}
}

// splitGzip gives what a single file packed by gzip is.
func splitGzip(w *walk, in Input, depth int) error {
	r, size := in.reader()
	b, err := archive.Gunzip(w.ctx, r, size, w.limits())
	if err != nil {
		return err
	}
	return w.file(in.gunzipped(b), depth+1)
}

// unpacked undoes the gzip that a single capture is packed by.
func unpacked(ctx context.Context, in Input) (Input, error) {
	room := MinGrowth + MaxGrowth*in.size()
	b, err := archive.Gunzip(ctx, bytes.NewReader(in.Bytes), in.size(), archive.Limits{Entry: MaxBytes, Room: &room})
	if err != nil {
		return in, in.fault(err, "unpack it and import what is in it")
	}
	in = in.gunzipped(b)
	if recognise(in).format == formatGzip {
		return in, in.fault(ErrLimit, "it is packed twice: unpack it and import what is in it")
	}
	return in, nil
}

func (in Input) gunzipped(b []byte) Input {
	in = in.bare()
	in.Bytes, in.MediaType, in.Name = b, "", trimEnding(in.Name, ".gz")
	return in
}

// leastFrame is how much text a frame of a page must have, in bytes, to be a
// source of its own: what has less is a button, a player or an advertisement.
const leastFrame = 500

// splitSafari gives the page of a web archive, as the whole of it, and then the
// pages in its frames.
func splitSafari(w *walk, in Input, depth int) error {
	in, err := in.load()
	if err != nil {
		return err
	}
	if err := w.part(Part{Input: in}); err != nil {
		return err
	}
	a, err := archive.ReadWebArchive(w.ctx, in.Bytes)
	if err != nil {
		return nil // the page's own reading says so
	}
	for _, f := range a.Frames {
		part := Input{Name: Within(in.Name, f.URL), URL: f.URL, MediaType: f.MediaType, Received: in.Received, Bytes: f.Bytes}
		if err := w.fileOf(part, depth+1, leastFrame); err != nil {
			return err
		}
	}
	return nil
}

// limits are what the file may still cost.
func (w *walk) limits() archive.Limits { return archive.Limits{Entry: MaxBytes, Room: &w.room} }

func entryAdvice(err error) string {
	switch {
	case errors.Is(err, archive.ErrEncrypted):
		return "unpack it with its password and import what is in it"
	case errors.Is(err, archive.ErrTooLarge), errors.Is(err, archive.ErrMethod):
		return "unpack it and import the part you need"
	case errors.Is(err, archive.ErrAbsent):
		return "import the archive that has it, or the page itself"
	}
	return "the others were read; get the archive again for this one"
}

func trimEnding(name, ending string) string {
	if n := len(name) - len(ending); n > 0 && strings.EqualFold(name[n:], ending) {
		return name[:n]
	}
	return name
}

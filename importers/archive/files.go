package archive

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"path"
	"strings"
)

// Files are the entries of a zip by name: what office documents and books are
// made of. Names are those in the zip's directory, with slashes, without a path
// that leads out of it.
type Files struct {
	r      io.ReaderAt
	limits Limits
	byName map[string]*zip.File
	names  []string
}

// maxFiles bounds the entries of one office document or book.
const maxFiles = 50_000

// OpenFiles reads a zip's directory. It refuses one whose entries overlap, have
// the same name, or lead out of the zip.
func OpenFiles(r io.ReaderAt, size int64, l Limits) (*Files, error) {
	z, err := openZip(r, size)
	if err != nil {
		return nil, err
	}
	if len(z.File) > maxFiles {
		return nil, fmt.Errorf("%w: it has %d entries", ErrTooLarge, len(z.File))
	}
	f := &Files{r: r, limits: l, byName: map[string]*zip.File{}}
	for _, e := range z.File {
		name := entryName(e)
		if strings.HasSuffix(name, "/") {
			continue
		}
		clean := path.Clean("/" + name)[1:]
		if clean != name && "/"+clean != name || strings.Contains(name, "\x00") {
			return nil, fmt.Errorf("%w: an entry's name leads out of it", ErrDamaged)
		}
		if f.byName[clean] != nil {
			return nil, fmt.Errorf("%w: it has two entries of one name", ErrDamaged)
		}
		f.byName[clean] = e
		f.names = append(f.names, clean)
	}
	return f, nil
}

// Names are the names of all entries, in the order of the zip.
func (f *Files) Names() []string { return f.names }

// Read gives the content of an entry. The error is ErrAbsent where there is none
// of that name, ctx's, or another of this package's.
func (f *Files) Read(ctx context.Context, name string) ([]byte, error) {
	e := f.byName[strings.TrimPrefix(path.Clean("/"+name), "/")]
	if e == nil {
		return nil, ErrAbsent
	}
	b, at, size, err := content(ctx, e, f.r, f.limits)
	if err != nil {
		return nil, err
	}
	if at != nil {
		return nil, fmt.Errorf("%w: it has %d MB", ErrTooLarge, size>>20)
	}
	return b, nil
}

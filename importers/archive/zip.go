package archive

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
)

// maxDirectory bounds a zip's directory, which is read whole before any entry:
// more than 100,000 entries with long names.
const maxDirectory = 32 << 20

// Zip calls each with every entry of a zip that may be a capture: neither the
// pictures, styles and scripts of pages nor what a system left there, and of a
// "web page, complete" the page without its folder. A zip that is a WACZ is read
// as that. The error is that of each, ctx's, or one of this package's; an entry
// that cannot be had is an Entry with Err.
func Zip(ctx context.Context, r io.ReaderAt, size int64, l Limits, each func(Entry) error) error {
	z, err := openZip(r, size)
	if err != nil {
		return err
	}
	if isWACZ(z) {
		return wacz(ctx, z, r, l, each)
	}
	pages := map[string]bool{}
	for _, f := range z.File {
		name := entryName(f)
		for _, ending := range PageEndings {
			if page, found := cutSuffixFold(name, ending); found {
				pages[page] = true
			}
		}
	}
	for _, f := range z.File {
		name := entryName(f)
		if strings.HasSuffix(name, "/") || leftBehind(name) || asset(name) || besidePage(name, pages) {
			continue
		}
		e := Entry{Name: name}
		e.Bytes, e.File, e.Size, e.Err = content(ctx, f, r, l)
		if e.Err != nil && final(e.Err) {
			return e.Err
		}
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

// openZip reads a zip's directory and refuses one whose entries overlap: that is
// how a small archive unpacks to petabytes.
func openZip(r io.ReaderAt, size int64) (*zip.Reader, error) {
	directory := &boundedAt{ReaderAt: r, left: maxDirectory, bounded: true}
	z, err := zip.NewReader(directory, size)
	if errors.Is(err, errDirectory) {
		return nil, fmt.Errorf("%w: its directory has over %d MB", ErrTooLarge, maxDirectory>>20)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	directory.bounded = false // what follows has limits of its own
	z.RegisterDecompressor(zip.Deflate, flate.NewReader)
	z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(maxWindow), zstd.WithDecoderConcurrency(1)))
	if overlapping(z) {
		return nil, fmt.Errorf("%w: its entries lie over one another, as in archives that are made to harm", ErrDamaged)
	}
	return z, nil
}

// Holds gives the first of names that is an entry of a zip, empty where none is:
// office documents and books are zips that are told apart by their entries.
func Holds(r io.ReaderAt, size int64, names ...string) string {
	z, err := zip.NewReader(&boundedAt{ReaderAt: r, left: maxDirectory, bounded: true}, size)
	if err != nil {
		return ""
	}
	for _, name := range names {
		for _, f := range z.File {
			if f.Name == name {
				return name
			}
		}
	}
	return ""
}

// maxWindow is the largest window that zstd may ask for.
const maxWindow = 64 << 20

// boundedAt gives up reading after so many bytes.
type boundedAt struct {
	io.ReaderAt
	left    int64
	bounded bool
}

var errDirectory = errors.New("the directory is too large")

func (b *boundedAt) ReadAt(p []byte, off int64) (int, error) {
	if b.bounded {
		if b.left -= int64(len(p)); b.left < 0 {
			return 0, errDirectory
		}
	}
	return b.ReaderAt.ReadAt(p, off)
}

// overlapping tells whether two entries share bytes.
func overlapping(z *zip.Reader) bool {
	type stretch struct{ start, end int64 }
	all := make([]stretch, 0, len(z.File))
	for _, f := range z.File {
		start, err := f.DataOffset()
		if err != nil || f.CompressedSize64 == 0 || f.CompressedSize64 > math.MaxInt64/2 {
			continue // cannot be read, or needs no reading
		}
		all = append(all, stretch{start, start + int64(f.CompressedSize64)})
	}
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Compare(a.start, b.start) })
	for i := 1; i < len(all); i++ {
		if all[i].start < all[i-1].end {
			return true
		}
	}
	return false
}

// content is the content of an entry: in memory, or, of what is too large for
// that and lies unpacked, where it is.
func content(ctx context.Context, f *zip.File, r io.ReaderAt, l Limits) (b []byte, at io.ReaderAt, size int64, err error) {
	if f.Flags&1 != 0 {
		return nil, nil, 0, ErrEncrypted
	}
	if f.UncompressedSize64 > uint64(l.Entry) {
		if f.Method == zip.Store && f.CompressedSize64 == f.UncompressedSize64 && f.CompressedSize64 < math.MaxInt64/2 {
			start, err := f.DataOffset()
			if err != nil {
				return nil, nil, 0, fmt.Errorf("%w: %w", ErrDamaged, err)
			}
			return nil, io.NewSectionReader(r, start, int64(f.CompressedSize64)), int64(f.CompressedSize64), nil
		}
		return nil, nil, 0, fmt.Errorf("%w: it unpacks to %d MB", ErrTooLarge, f.UncompressedSize64>>20)
	}
	in, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, nil, 0, ErrMethod
	}
	if err != nil {
		return nil, nil, 0, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer in.Close()
	b, err = l.unpack(ctx, in, int64(f.UncompressedSize64))
	if err != nil {
		if !final(err) && !errors.Is(err, ErrTooLarge) {
			err = fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return nil, nil, 0, err
	}
	return b, nil, 0, nil
}

// entryName is an entry's name with slashes, in Unicode. Names in a zip are
// UTF-8, or code page 437 (APPNOTE.TXT, appendix D); where two letters of code
// page 866 stand together it is taken for that, which Russian systems write.
func entryName(f *zip.File) string {
	name := f.Name
	if !utf8.ValidString(name) {
		page := charmap.CodePage437
		for i := 1; i < len(name); i++ {
			if cyrillic(name[i-1]) && cyrillic(name[i]) {
				page = charmap.CodePage866
			}
		}
		if decoded, err := page.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	return strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "./")
}

func cyrillic(c byte) bool { return c >= 0x80 && c <= 0xaf || c >= 0xe0 && c <= 0xf1 }

// leftBehind tells what a system leaves in a folder, and hidden files.
func leftBehind(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") && part != "." && part != ".." {
			return true
		}
	}
	last := strings.ToLower(path.Base(name))
	return last == "thumbs.db" || last == "desktop.ini"
}

// assets are the endings of files that belong to pages and are none.
var assets = []string{
	".css", ".js", ".mjs", ".map", ".json", ".woff", ".woff2", ".ttf", ".otf", ".eot",
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".bmp", ".tif", ".tiff", ".heic",
	".mp3", ".m4a", ".ogg", ".wav", ".mp4", ".m4v", ".webm", ".mov", ".avi", ".mkv", ".m3u8", ".ts",
}

func asset(name string) bool { return slices.Contains(assets, strings.ToLower(path.Ext(name))) }

// besidePage tells whether an entry lies in the folder that belongs to a page.
func besidePage(name string, pages map[string]bool) bool {
	for at := strings.IndexByte(name, '/'); at >= 0; {
		if page := CompanionOf(name[:at]); page != "" && pages[page] {
			return true
		}
		next := strings.IndexByte(name[at+1:], '/')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return false
}

func cutSuffixFold(s, suffix string) (string, bool) {
	if len(s) >= len(suffix) && strings.EqualFold(s[len(s)-len(suffix):], suffix) {
		return s[:len(s)-len(suffix)], true
	}
	return s, false
}

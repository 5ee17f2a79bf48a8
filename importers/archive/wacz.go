package archive

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
)

// The files of a WACZ (specs.webrecorder.net/wacz/1.1.1): web archives, and the
// list of the pages that were visited.
const (
	waczPackage = "datapackage.json"
	waczArchive = "archive/"
	waczPages   = "pages/"
)

// maxListed bounds the list of pages.
const maxListed = 200_000

func isWACZ(z *zip.Reader) bool {
	described, archived := false, false
	for _, f := range z.File {
		described = described || f.Name == waczPackage
		archived = archived || isWARCName(f.Name)
	}
	return described && archived
}

func isWARCName(name string) bool {
	return strings.HasPrefix(name, waczArchive) && (strings.HasSuffix(name, ".warc") || strings.HasSuffix(name, ".warc.gz"))
}

// wacz gives the pages that a WACZ lists or, where it lists none, all pages of
// its web archives. A page that is listed and not there is an Entry with
// ErrAbsent, after the others.
func wacz(ctx context.Context, z *zip.Reader, r io.ReaderAt, l Limits, each func(Entry) error) error {
	pages := newPageList()
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, waczPages) && strings.HasSuffix(f.Name, ".jsonl") {
			if err := pages.read(ctx, f, l); err != nil && final(err) {
				return err
			}
		}
	}
	s := warcSet{ctx: ctx, limits: l, each: each, seen: map[string]place{}}
	if len(pages.want) > 0 {
		s.pages = pages
	}
	for _, f := range z.File {
		if !isWARCName(f.Name) {
			continue
		}
		if err := s.packed(f, r); err != nil {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrMethod) && !errors.Is(err, ErrEncrypted) {
				return err
			}
			// One damaged file does not cost the others.
			if err := each(Entry{Name: f.Name, Err: err}); err != nil {
				return err
			}
		}
	}
	return pages.missing(each)
}

// packed reads one web archive in a WACZ: where it lies if it is stored, as the
// specification wants it, else unpacked as it is read.
func (s *warcSet) packed(f *zip.File, r io.ReaderAt) error {
	if f.Flags&1 != 0 {
		return ErrEncrypted
	}
	if f.Method == zip.Store && f.CompressedSize64 == f.UncompressedSize64 && f.CompressedSize64 < 1<<62 {
		start, err := f.DataOffset()
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		size := int64(f.CompressedSize64)
		return s.file(warcFile{at: io.NewSectionReader(r, start, size), size: size})
	}
	in, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return ErrMethod
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer in.Close()
	return s.file(warcFile{stream: &counted{ctx: s.ctx, r: in, room: s.limits.Room}})
}

// pageList is the list of pages of a WACZ. A nil one wants every page.
type pageList struct {
	want  map[string]int // how many captures of an address are wanted
	order []string
	got   map[string]bool
}

func newPageList() *pageList { return &pageList{want: map[string]int{}, got: map[string]bool{}} }

// read reads a list: JSON lines, the first of which describes the others.
func (p *pageList) read(ctx context.Context, f *zip.File, l Limits) error {
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer in.Close()
	lines := bufio.NewScanner(&counted{ctx: ctx, r: in, room: l.Room})
	lines.Buffer(nil, 4<<20) // a line may hold the page's text
	for lines.Scan() && len(p.order) < maxListed {
		var page struct {
			URL string `json:"url"`
		}
		if json.Unmarshal(bytes.TrimSpace(lines.Bytes()), &page) != nil || !webAddress(page.URL) {
			continue
		}
		key := pageKey(page.URL)
		if p.want[key] == 0 {
			p.order = append(p.order, page.URL)
		}
		p.want[key]++
	}
	return lines.Err()
}

// pageKey is an address as it is looked for: without its fragment, and without
// the difference that a lone slash makes.
func pageKey(address string) string {
	address, _, _ = strings.Cut(address, "#")
	if u, err := url.Parse(address); err == nil && u.Path == "" && u.RawQuery == "" {
		return strings.ToLower(address) + "/"
	}
	return address
}

// wants tells whether a capture is of a listed page, and not one more than there
// are entries for it.
func (p *pageList) wants(e *Entry) bool {
	if p == nil {
		return true
	}
	key := pageKey(e.URL)
	if p.want[key] <= 0 {
		return false
	}
	p.want[key]--
	p.got[key] = true
	e.Listed = true
	return true
}

// redirected notes that a listed page led elsewhere: that is then wanted.
func (p *pageList) redirected(from, to string) {
	if p == nil {
		return
	}
	key := pageKey(from)
	n := p.want[key]
	base, err := url.Parse(from)
	if n <= 0 || err != nil {
		return
	}
	target, err := base.Parse(to)
	if err != nil || pageKey(target.String()) == key {
		return
	}
	to = pageKey(target.String())
	p.want[key] = 0
	p.got[key] = true
	if p.want[to] == 0 && !p.got[to] && len(p.order) < 2*maxListed {
		p.order = append(p.order, target.String())
	}
	p.want[to] += n
}

// maxMissing is how many missing pages are named.
const maxMissing = 100

func (p *pageList) missing(each func(Entry) error) error {
	told := 0
	for _, address := range p.order {
		if p.got[pageKey(address)] {
			continue
		}
		if told++; told > maxMissing {
			return nil
		}
		e := Entry{Name: address, URL: address, Listed: true, Err: fmt.Errorf("%w, though it is in its list of pages", ErrAbsent)}
		if err := each(e); err != nil {
			return err
		}
	}
	return nil
}

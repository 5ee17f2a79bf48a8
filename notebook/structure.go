package notebook

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
)

// The layout of bbolt 1.5's pages: a header (number, flags, count, overflow),
// then count elements of 16 bytes, then keys and values.
const (
	pageHeader   = 16
	pageElement  = 16
	branchPage   = 0x01
	leafPage     = 0x02
	freelistPage = 0x10
	bucketLeaf   = 0x01 // flag of a leaf element whose value is a bucket
	bucketHeader = 16   // root page and sequence at the start of a bucket's value
	noFreelist   = ^uint64(0)
	maxDepth     = 64
)

// structure checks every page of a bbolt file: that each page below the high
// water mark is used once or free, that elements lie within their page, that
// keys rise, and that pages are where they say they are.
//
// bbolt has a check of its own, but it runs on the memory map in a goroutine of
// its own, where a fault on a damaged page ends the program. This one reads
// pages from the file and believes nothing in them.
type structure struct {
	ctx   context.Context
	f     io.ReaderAt
	meta  engineMeta
	seen  []byte // 0 not seen, 1 used, 2 free
	fault func(page uint64, format string, args ...any) error
}

// checkStructure goes through the file in the state of meta. fault is called
// for what is wrong; an error of it, or of reading, ends the check.
func checkStructure(ctx context.Context, f io.ReaderAt, meta engineMeta, fault func(page uint64, format string, args ...any) error) error {
	s := &structure{ctx: ctx, f: f, meta: meta, seen: make([]byte, meta.pages), fault: fault}
	if err := s.tree(meta.root, nil, nil, 0); err != nil {
		return err
	}
	if meta.freelist == noFreelist {
		return nil
	}
	if err := s.free(); err != nil {
		return err
	}
	for page := uint64(2); page < meta.pages; page++ {
		if s.seen[page] == 0 {
			if err := fault(page, "it is neither used nor free"); err != nil {
				return err
			}
		}
	}
	return nil
}

// read reads a page with its overflow and marks it used. It gives nil where the
// page cannot be read on.
func (s *structure) read(page uint64) (raw []byte, flags uint16, count int, err error) {
	if err := s.ctx.Err(); err != nil {
		return nil, 0, 0, err
	}
	if page < 2 || page >= s.meta.pages {
		return nil, 0, 0, s.fault(page, "it is named, but the file has pages 2 to %d", s.meta.pages-1)
	}
	order := binary.NativeEndian
	raw = make([]byte, s.meta.pageSize)
	if _, err := s.f.ReadAt(raw, int64(page)*s.meta.pageSize); err != nil {
		return nil, 0, 0, s.fault(page, "it cannot be read: %v", err)
	}
	if id := order.Uint64(raw); id != page {
		return nil, 0, 0, s.fault(page, "it says it is page %d", id)
	}
	flags, count = order.Uint16(raw[8:]), int(order.Uint16(raw[10:]))
	overflow := uint64(order.Uint32(raw[12:]))
	if page+overflow >= s.meta.pages {
		return nil, 0, 0, s.fault(page, "it says it goes on for %d pages, past the end", overflow)
	}
	for p := page; p <= page+overflow; p++ {
		if s.seen[p] != 0 {
			return nil, 0, 0, s.fault(p, "it is used twice")
		}
		s.seen[p] = 1
	}
	if overflow > 0 {
		raw = make([]byte, int64(overflow+1)*s.meta.pageSize)
		if _, err := s.f.ReadAt(raw, int64(page)*s.meta.pageSize); err != nil {
			return nil, 0, 0, s.fault(page, "it cannot be read: %v", err)
		}
	}
	return raw, flags, count, nil
}

// tree checks the page and those below it. All its keys are at least low, where
// low is given, and below high.
func (s *structure) tree(page uint64, low, high []byte, depth int) error {
	if depth > maxDepth {
		return s.fault(page, "it lies too deep")
	}
	raw, flags, count, err := s.read(page)
	if err != nil || raw == nil {
		return err
	}
	switch flags {
	case leafPage:
		return s.leaf(page, raw, count, low, high, depth)
	case branchPage:
	default:
		return s.fault(page, "it is neither branch nor leaf (flags %#x)", flags)
	}
	if count == 0 {
		return s.fault(page, "it is a branch without elements")
	}
	if pageHeader+count*pageElement > len(raw) {
		return s.fault(page, "its %d elements do not fit", count)
	}
	order := binary.NativeEndian
	type child struct {
		key  []byte
		page uint64
	}
	children := make([]child, 0, count)
	for i := range count {
		at := pageHeader + i*pageElement
		e := raw[at:]
		key, ok := bytesAt(raw, at, order.Uint32(e), order.Uint32(e[4:]))
		if !ok {
			return s.fault(page, "its element %d does not fit", i)
		}
		if i > 0 && bytes.Compare(children[i-1].key, key) >= 0 || high != nil && bytes.Compare(key, high) >= 0 || i > 0 && low != nil && bytes.Compare(key, low) < 0 {
			if err := s.fault(page, "the key of its element %d is out of order", i); err != nil {
				return err
			}
		}
		children = append(children, child{key, order.Uint64(e[8:])})
	}
	for i, c := range children {
		next := high
		if i+1 < len(children) {
			next = children[i+1].key
		}
		// The first key of a branch may be later than keys that were put below it
		// since; the bound from above holds.
		first := c.key
		if i == 0 {
			first = low
		}
		if err := s.tree(c.page, first, next, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// leaf checks the elements of a leaf, and the buckets in it.
func (s *structure) leaf(page uint64, raw []byte, count int, low, high []byte, depth int) error {
	if pageHeader+count*pageElement > len(raw) {
		return s.fault(page, "its %d elements do not fit", count)
	}
	order := binary.NativeEndian
	var before []byte
	for i := range count {
		at := pageHeader + i*pageElement
		e := raw[at:]
		pos, ksize, vsize := order.Uint32(e[4:]), order.Uint32(e[8:]), order.Uint32(e[12:])
		both, ok := bytesAt(raw, at, pos, ksize+vsize)
		if !ok || ksize+vsize < ksize || order.Uint32(e)&^bucketLeaf != 0 {
			return s.fault(page, "its element %d does not fit", i)
		}
		key, value := both[:ksize], both[ksize:]
		if i > 0 && bytes.Compare(before, key) >= 0 || low != nil && bytes.Compare(key, low) < 0 || high != nil && bytes.Compare(key, high) >= 0 {
			if err := s.fault(page, "the key of its element %d is out of order", i); err != nil {
				return err
			}
		}
		before = key
		if order.Uint32(e)&bucketLeaf == 0 {
			continue
		}
		if len(value) < bucketHeader {
			return s.fault(page, "the bucket %s is cut off", printable(key))
		}
		root := order.Uint64(value)
		var err error
		if root != 0 {
			err = s.tree(root, nil, nil, depth+1)
		} else {
			err = s.inline(page, key, value[bucketHeader:], depth+1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// inline checks a small bucket, whose one page lies in its value.
func (s *structure) inline(page uint64, key, raw []byte, depth int) error {
	if len(raw) < pageHeader || depth > maxDepth {
		return s.fault(page, "the bucket %s is cut off", printable(key))
	}
	order := binary.NativeEndian
	if flags := order.Uint16(raw[8:]); flags != leafPage {
		return s.fault(page, "the bucket %s in it is no leaf (flags %#x)", printable(key), flags)
	}
	return s.leaf(page, raw, int(order.Uint16(raw[10:])), nil, nil, depth)
}

// free checks the list of free pages.
func (s *structure) free() error {
	raw, flags, count, err := s.read(s.meta.freelist)
	if err != nil || raw == nil {
		return err
	}
	page := s.meta.freelist
	if flags != freelistPage {
		return s.fault(page, "it is not the list of free pages (flags %#x)", flags)
	}
	order := binary.NativeEndian
	at := pageHeader
	n := uint64(count)
	if count == 0xffff {
		n = order.Uint64(raw[at:])
		at += 8
	}
	if n > uint64(len(raw)-at)/8 {
		return s.fault(page, "its %d free pages do not fit", n)
	}
	for i := range n {
		id := order.Uint64(raw[at+int(i)*8:])
		switch {
		case id < 2 || id >= s.meta.pages:
			err = s.fault(id, "it is named as free, but the file has pages 2 to %d", s.meta.pages-1)
		case s.seen[id] == 1:
			err = s.fault(id, "it is used and named as free")
		case s.seen[id] == 2:
			err = s.fault(id, "it is named as free twice")
		default:
			s.seen[id] = 2
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// bytesAt gives size bytes at pos from the element at at, false where they do
// not lie in raw.
func bytesAt(raw []byte, at int, pos, size uint32) ([]byte, bool) {
	from := uint64(at) + uint64(pos)
	to := from + uint64(size)
	if pos < pageElement || to > uint64(len(raw)) {
		return nil, false
	}
	return raw[from:to], true
}

package notebook

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
	"os"
)

// What bbolt 1.5 writes at the beginning of each of its first two pages: a page
// header of 16 bytes, then the meta data, in the machine's byte order.
const (
	engineMagic   = 0xED0CDAED
	engineVersion = 2
	metaAt        = 16
	metaSize      = 64
	metaSummed    = 56 // bytes that the checksum is over
)

// engineMeta is one meta page.
type engineMeta struct {
	pageSize int64
	root     uint64 // page
	freelist uint64 // page
	pages    uint64 // the high water mark: the file has at least so many
	txid     uint64
}

// probe looks at a file before bbolt does, which initialises an empty file,
// panics on some that are cut off, and faults on others: is it a bbolt file,
// and as long as it says it is? It gives the newest sound meta page.
func probe(f io.ReaderAt, size int64) (engineMeta, error) {
	var best engineMeta
	if size == 0 {
		return best, fmt.Errorf("%w: the file is empty (0 bytes)", ErrDamaged)
	}
	ours, found := false, false
	// The second meta page lies one page on; pages are 1 KiB to 16 MiB.
	offsets := []int64{0}
	for shift := 10; shift <= 24; shift++ {
		offsets = append(offsets, 1<<shift)
	}
	for _, at := range offsets {
		m, magic, err := readMeta(f, at)
		if at == 0 || magic && errors.Is(err, errMetaSum) {
			ours = ours || magic
		}
		if err != nil {
			continue
		}
		if at != 0 && at != m.pageSize {
			continue
		}
		ours = true
		if !found || m.txid > best.txid {
			best, found = m, true
		}
	}
	switch {
	case !ours:
		return best, ErrNotNotebook
	case !found:
		return best, fmt.Errorf("%w: neither of its two first pages is sound", ErrDamaged)
	case size < int64(best.pages)*best.pageSize:
		return best, fmt.Errorf("%w: it is cut off (%d bytes of %d)", ErrDamaged, size, int64(best.pages)*best.pageSize)
	}
	return best, nil
}

var errMetaSum = errors.New("checksum")

// readMeta reads the meta page at an offset, and says whether it has the magic.
func readMeta(f io.ReaderAt, at int64) (m engineMeta, magic bool, err error) {
	var page [metaAt + metaSize]byte
	if _, err := f.ReadAt(page[:], at); err != nil {
		return m, false, err
	}
	raw := page[metaAt:]
	order := binary.NativeEndian
	if order.Uint32(raw) != engineMagic {
		return m, false, ErrNotNotebook
	}
	if v := order.Uint32(raw[4:]); v != engineVersion {
		return m, true, fmt.Errorf("engine version %d: %w", v, ErrNotNotebook)
	}
	h := fnv.New64a()
	h.Write(raw[:metaSummed])
	if h.Sum64() != order.Uint64(raw[metaSummed:]) {
		return m, true, errMetaSum
	}
	m = engineMeta{pageSize: int64(order.Uint32(raw[8:])), root: order.Uint64(raw[16:]), freelist: order.Uint64(raw[32:]), pages: order.Uint64(raw[40:]), txid: order.Uint64(raw[48:])}
	if m.pageSize < 1024 || m.pageSize > 16<<20 || bits.OnesCount64(uint64(m.pageSize)) != 1 || m.pages > 1<<36 {
		return m, true, errMetaSum
	}
	return m, true, nil
}

// probeFile probes the file at path.
func probeFile(path string) (engineMeta, error) {
	f, err := os.Open(path)
	if err != nil {
		return engineMeta{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return engineMeta{}, err
	}
	if info.IsDir() {
		return engineMeta{}, fmt.Errorf("it is a folder: %w", ErrNotNotebook)
	}
	if !info.Mode().IsRegular() {
		return engineMeta{}, fmt.Errorf("it is not a regular file: %w", ErrNotNotebook)
	}
	return probe(f, info.Size())
}

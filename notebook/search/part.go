package search

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/edsrzf/mmap-go"

	"sourcebook/notebook/search/segment"
)

// part is a segment of the index that is open. It is closed when nobody refers
// to it any more, and its file deleted where it is obsolete.
type part struct {
	number   uint64
	path     string
	file     mmap.MMap
	segment  *segment.Segment
	words    int64 // of all its texts
	refs     atomic.Int32
	obsolete atomic.Bool
}

// partPath is the file of a segment.
func partPath(folder string, number uint64) string {
	return filepath.Join(folder, fmt.Sprintf("%08d%s", number, SegmentExt))
}

// SegmentExt is the ending of the files of an index's segments.
const SegmentExt = ".seg"

// openPart maps a segment into memory.
func openPart(folder string, number uint64) (*part, error) {
	p := &part{number: number, path: partPath(folder, number)}
	f, err := os.Open(p.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil {
		return nil, err
	} else if info.Size() == 0 {
		return nil, fmt.Errorf("%s is empty: %w", p.path, segment.ErrDamaged)
	}
	if p.file, err = mmap.Map(f, mmap.RDONLY, 0); err != nil {
		return nil, fmt.Errorf("map %s: %w", p.path, err)
	}
	if p.segment, err = segment.Open(p.file); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", p.path, err), p.file.Unmap())
	}
	length := p.segment.Column(columnLength)
	for doc := range uint32(p.segment.Docs()) {
		p.words += int64(length.At(doc))
	}
	return p, nil
}

func (p *part) release() {
	if p.refs.Add(-1) > 0 {
		return
	}
	_ = p.file.Unmap() // of a file that was only read
	if p.obsolete.Load() {
		_ = os.Remove(p.path) // what stays is removed by the next Open
	}
}

// snapshot is the index at one time: its parts, and what is deleted in each. It
// does not change; who has acquired it must release it.
type snapshot struct {
	parts   []*part
	deleted []segment.Set // nil where nothing is
	live    []int
	refs    atomic.Int32
}

// newSnapshot refers to all its parts, and is referred to once.
func newSnapshot(parts []*part, deleted []segment.Set) *snapshot {
	s := &snapshot{parts: parts, deleted: deleted}
	for i, p := range parts {
		p.refs.Add(1)
		s.live = append(s.live, p.segment.Docs()-deleted[i].Len())
	}
	s.refs.Store(1)
	return s
}

func (s *snapshot) release() {
	if s.refs.Add(-1) > 0 {
		return
	}
	for _, p := range s.parts {
		p.release()
	}
}

// entries is how many entries there are.
func (s *snapshot) entries() int {
	n := 0
	for _, l := range s.live {
		n += l
	}
	return n
}

// meanLength is how many words a text has on average.
func (s *snapshot) meanLength() float32 {
	var words int64
	docs := 0
	for _, p := range s.parts {
		words += p.words
		docs += p.segment.Docs()
	}
	if words == 0 {
		return 1
	}
	return float32(words) / float32(docs)
}

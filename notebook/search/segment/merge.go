package segment

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"slices"
)

// Part is a segment that is merged, less its deleted documents.
type Part struct {
	Segment *Segment
	Deleted Set // may be nil
}

// Gone is the new number of a document that was left out.
const Gone = ^uint32(0)

// Merge writes one segment with the documents of all parts, in their order. It
// returns for each part the new numbers of its documents. All must have the same
// fields and columns. It looks at ctx now and then.
func Merge(ctx context.Context, w io.Writer, parts []Part) ([][]uint32, error) {
	numbers := make([][]uint32, len(parts))
	var stored []byte
	var ends []uint32
	first := parts[0].Segment
	columns := make([][]int32, first.columns)
	for i, p := range parts {
		numbers[i] = make([]uint32, p.Segment.docs)
		for doc := range uint32(p.Segment.docs) {
			if p.Deleted.Has(doc) {
				numbers[i][doc] = Gone
				continue
			}
			numbers[i][doc] = uint32(len(ends))
			stored = append(stored, p.Segment.Stored(doc)...)
			ends = append(ends, uint32(len(stored)))
			for c := range columns {
				columns[c] = append(columns[c], p.Segment.Column(c).At(doc))
			}
		}
	}

	out := newWriter(w, first.layouts)
	type head struct {
		*Cursor
		part int
	}
	heads := make([]head, 0, len(parts)) // sorted by term, then part
	less := func(a, b head) int {
		if c := bytes.Compare(a.term, b.term); c != 0 {
			return c
		}
		return a.part - b.part
	}
	put := func(h head) {
		i, _ := slices.BinarySearchFunc(heads, h, less)
		heads = slices.Insert(heads, i, h)
	}
	for i, p := range parts {
		c := &Cursor{s: p.Segment}
		if _, ok := c.next(); ok {
			put(head{c, i})
		}
	}
	var m merged
	var name []byte
	same := make([]head, 0, len(parts))
	for n := 0; len(heads) > 0; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		name = append(name[:0], heads[0].term...)
		m.reset(first.layouts[name[0]])
		same = same[:0]
		for len(heads) > 0 && bytes.Equal(heads[0].term, name) {
			h := heads[0]
			heads = slices.Delete(heads, 0, 1)
			m.add(h.Postings(), numbers[h.part], parts[h.part].Deleted != nil)
			same = append(same, h)
		}
		if m.count > 0 {
			out.term(name, m.Postings)
		}
		for _, h := range same {
			if _, ok := h.next(); ok {
				put(h)
			}
		}
	}
	return numbers, out.finish(stored, ends, columns)
}

// merged collects the postings of a term.
type merged struct {
	Postings
	last uint32
}

func (m *merged) reset(layout Layout) {
	m.Postings = Postings{layout: layout, docs: m.docs[:0], counts: m.counts[:0], place: m.place[:0]}
	m.last = 0
}

// add appends the postings of one part.
func (m *merged) add(p Postings, numbers []uint32, deleted bool) {
	if !deleted {
		// All documents move by the same: only the first difference changes, and the
		// rest is copied as it is.
		d, at := varint(p.docs, 0)
		m.docs = binary.AppendUvarint(m.docs, uint64(numbers[d]-m.last))
		m.docs = append(m.docs, p.docs[at:]...)
		last := d
		for range p.count - 1 {
			d, at = varint(p.docs, at)
			last += d
		}
		m.last = numbers[last]
		m.count += p.count
		m.counts = append(m.counts, p.counts...)
		m.place = append(m.place, p.place...)
		return
	}
	doc, at, in, place := uint32(0), 0, 0, 0
	for range p.count {
		var d uint32
		n := uint32(0)
		d, at = varint(p.docs, at)
		doc += d
		from := in
		if p.layout != Docs {
			n, in = varint(p.counts, in)
		}
		begin := place
		if p.layout == Places {
			for range n {
				for p.place[place] >= 0x80 {
					place++
				}
				place++
			}
		}
		to := numbers[doc]
		if to == Gone {
			continue
		}
		m.docs = binary.AppendUvarint(m.docs, uint64(to-m.last))
		m.last = to
		m.count++
		m.counts = append(m.counts, p.counts[from:in]...)
		m.place = append(m.place, p.place[begin:place]...)
	}
}

package segment

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
)

// Builder makes a segment of documents. It is used from one goroutine.
type Builder struct {
	layouts []Layout
	terms   []map[string]uint32 // by field: the number of each term
	texts   []key
	hits    []hit
	stored  []byte
	ends    []uint32
	columns [][]int32
}

type key struct {
	field uint8
	text  string
}

// hit is a term in a document.
type hit struct{ term, doc, place uint32 }

// NewBuilder begins a segment whose fields have these layouts, and so many
// columns.
func NewBuilder(layouts []Layout, columns int) *Builder {
	b := &Builder{layouts: layouts, columns: make([][]int32, columns)}
	for range layouts {
		b.terms = append(b.terms, map[string]uint32{})
	}
	return b
}

// Docs is how many documents were begun.
func (b *Builder) Docs() int { return len(b.ends) }

// Hits is how many terms were added: what the memory of the builder goes with.
func (b *Builder) Hits() int { return len(b.hits) }

// Begin begins a document, with what is stored of it and a value for each
// column.
func (b *Builder) Begin(stored []byte, columns ...int32) {
	b.stored = append(b.stored, stored...)
	b.ends = append(b.ends, uint32(len(b.stored)))
	for i := range b.columns {
		b.columns[i] = append(b.columns[i], columns[i])
	}
}

// Add adds a term of the document that was begun last. Places of one field must
// not go down.
func (b *Builder) Add(field uint8, term string, place int) {
	n, ok := b.terms[field][term]
	if !ok {
		n = uint32(len(b.texts))
		b.terms[field][term] = n
		b.texts = append(b.texts, key{field, term})
	}
	b.hits = append(b.hits, hit{n, uint32(len(b.ends) - 1), uint32(place)})
}

// Write writes the segment. The builder can be used no more.
func (b *Builder) Write(w io.Writer) error {
	// Hits of a term together, in the order of documents and places: a counting
	// sort, since they came in that order.
	starts := make([]uint32, len(b.texts)+1)
	for _, h := range b.hits {
		starts[h.term+1]++
	}
	for i := range b.texts {
		starts[i+1] += starts[i]
	}
	type spot struct{ doc, place uint32 }
	sorted := make([]spot, len(b.hits))
	next := slices.Clone(starts[:len(b.texts)])
	for _, h := range b.hits {
		sorted[next[h.term]] = spot{h.doc, h.place}
		next[h.term]++
	}
	b.hits = nil
	order := make([]uint32, len(b.texts))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(x, y uint32) int {
		if f := cmp.Compare(b.texts[x].field, b.texts[y].field); f != 0 {
			return f
		}
		return cmp.Compare(b.texts[x].text, b.texts[y].text)
	})

	out := newWriter(w, b.layouts)
	var p Postings
	var name []byte
	for _, n := range order {
		k := b.texts[n]
		p = Postings{layout: b.layouts[k.field], docs: p.docs[:0], counts: p.counts[:0], place: p.place[:0]}
		last, place, count := uint32(0), uint32(0), uint64(0)
		closeDoc := func() {
			if count > 0 && p.layout != Docs {
				p.counts = binary.AppendUvarint(p.counts, count)
			}
		}
		for _, s := range sorted[starts[n]:starts[n+1]] {
			if p.count == 0 || s.doc != last {
				closeDoc()
				p.docs = binary.AppendUvarint(p.docs, uint64(s.doc-last))
				p.count++
				last, place, count = s.doc, 0, 0
			}
			count++
			if p.layout == Places {
				p.place = binary.AppendUvarint(p.place, uint64(s.place-place))
				place = s.place
			}
		}
		closeDoc()
		name = append(append(name[:0], k.field), k.text...)
		out.term(name, p)
	}
	return out.finish(b.stored, b.ends, b.columns)
}

// writer writes the parts of a segment in their order.
type writer struct {
	w          *bufio.Writer
	crc        uint32
	err        error
	layouts    []Layout
	postings   uint64
	terms      int
	dictionary []byte
	blocks     []uint32
	last       []byte
	blob       []byte
}

func newWriter(w io.Writer, layouts []Layout) *writer {
	out := &writer{w: bufio.NewWriterSize(w, 1<<18), layouts: layouts}
	out.write([]byte(magic))
	return out
}

func (w *writer) write(b []byte) {
	if w.err != nil {
		return
	}
	w.crc = crc32.Update(w.crc, castagnoli, b)
	_, w.err = w.w.Write(b)
}

// term writes the next term and its postings. Terms must come in order.
func (w *writer) term(name []byte, p Postings) {
	same := 0
	if w.terms%blockSize == 0 {
		w.blocks = append(w.blocks, uint32(len(w.dictionary)))
		w.dictionary = binary.AppendUvarint(w.dictionary, w.postings)
	} else {
		same = common(w.last, name)
	}
	w.blob = appendPostings(w.blob[:0], p)
	d := binary.AppendUvarint(w.dictionary, uint64(same))
	d = binary.AppendUvarint(d, uint64(len(name)-same))
	d = append(d, name[same:]...)
	d = binary.AppendUvarint(d, uint64(p.count))
	w.dictionary = binary.AppendUvarint(d, uint64(len(w.blob)))
	w.last = append(w.last[:0], name...)
	w.write(w.blob)
	w.postings += uint64(len(w.blob))
	w.terms++
}

// finish writes what follows the postings.
func (w *writer) finish(stored []byte, ends []uint32, columns [][]int32) error {
	w.write(w.dictionary)
	w.numbers(w.blocks)
	w.write(stored)
	w.numbers(ends)
	for _, c := range columns {
		b := make([]byte, 0, 4*len(c))
		for _, v := range c {
			b = binary.LittleEndian.AppendUint32(b, uint32(v))
		}
		w.write(b)
	}
	f := []byte{uint8(len(w.layouts))}
	for _, l := range w.layouts {
		f = append(f, byte(l))
	}
	f = append(f, uint8(len(columns)))
	for _, n := range []uint64{uint64(len(ends)), uint64(w.terms), w.postings, uint64(len(w.dictionary)), uint64(4 * len(w.blocks)), uint64(len(stored))} {
		f = binary.LittleEndian.AppendUint64(f, n)
	}
	f = binary.LittleEndian.AppendUint32(f, w.crc)
	f = binary.LittleEndian.AppendUint32(f, crc32.Checksum(f, castagnoli))
	f = binary.LittleEndian.AppendUint32(f, uint32(len(f)+4+len(magic)))
	f = append(f, magic...)
	w.write(f)
	if w.err == nil {
		w.err = w.w.Flush()
	}
	return w.err
}

func (w *writer) numbers(list []uint32) {
	b := make([]byte, 0, 4*len(list))
	for _, v := range list {
		b = binary.LittleEndian.AppendUint32(b, v)
	}
	w.write(b)
}

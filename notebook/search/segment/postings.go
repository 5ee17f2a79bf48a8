package segment

import "encoding/binary"

// Postings are the documents that a term stands in.
type Postings struct {
	count               int
	layout              Layout
	docs, counts, place []byte
}

// Len is how many documents there are, deleted ones too.
func (p Postings) Len() int { return p.count }

// varint reads a number. It panics at the end of b, as any slice does.
func varint(b []byte, at int) (uint32, int) {
	c := b[at]
	if c < 0x80 {
		return uint32(c), at + 1
	}
	v := uint32(c & 0x7f)
	for shift := 7; ; shift += 7 {
		at++
		c = b[at]
		v |= uint32(c&0x7f) << shift
		if c < 0x80 {
			return v, at + 1
		}
	}
}

// readPostings takes the blob of a term apart.
func readPostings(blob []byte, count int, layout Layout) Postings {
	p := Postings{count: count, layout: layout}
	if layout == Docs {
		p.docs = blob
		return p
	}
	if count == 1 {
		_, at := varint(blob, 0)
		p.docs = blob[:at]
		if layout == Counts {
			p.counts = blob[at:]
			return p
		}
		_, end := varint(blob, at)
		p.counts, p.place = blob[at:end], blob[end:]
		return p
	}
	n, at := varint(blob, 0)
	if layout == Counts {
		p.docs, p.counts = blob[at:at+int(n)], blob[at+int(n):]
		return p
	}
	m, at := varint(blob, at)
	p.docs, blob = blob[at:at+int(n)], blob[at+int(n):]
	p.counts, p.place = blob[:m], blob[m:]
	return p
}

// appendPostings writes the blob of a term from its parts.
func appendPostings(b []byte, p Postings) []byte {
	if p.count > 1 && p.layout != Docs {
		b = binary.AppendUvarint(b, uint64(len(p.docs)))
		if p.layout == Places {
			b = binary.AppendUvarint(b, uint64(len(p.counts)))
		}
	}
	b = append(b, p.docs...)
	b = append(b, p.counts...)
	return append(b, p.place...)
}

// AddTo puts the documents into a set.
func (p Postings) AddTo(set Set) {
	doc, at := uint32(0), 0
	for range p.count {
		var d uint32
		if c := p.docs[at]; c < 0x80 {
			d, at = uint32(c), at+1
		} else {
			d, at = varint(p.docs, at)
		}
		doc += d
		set.Add(doc)
	}
}

// Count adds to each document how often the term stands in it, times weight, and
// puts the document into the set. A term without counts stands once.
func (p Postings) Count(weight float32, counts []float32, set Set) {
	doc, at, in := uint32(0), 0, 0
	for range p.count {
		var d uint32
		n := uint32(1)
		if c := p.docs[at]; c < 0x80 {
			d, at = uint32(c), at+1
		} else {
			d, at = varint(p.docs, at)
		}
		doc += d
		if p.layout != Docs {
			n, in = varint(p.counts, in)
		}
		counts[doc] += weight * float32(n)
		set.Add(doc)
	}
}

// Reader goes through postings in order.
type Reader struct {
	Doc    uint32 // of the last Next
	Count  int    // how often the term stands there
	p      Postings
	left   int
	at     int // in docs
	in     int // in counts
	place  int // in places, of the first place that was not skipped
	behind int // places before those of Doc that were not skipped
}

// Reader starts before the first document.
func (p Postings) Reader() *Reader { return &Reader{p: p, left: p.count} }

// Next goes to the next document; false after the last.
func (r *Reader) Next() bool {
	if r.left == 0 {
		return false
	}
	r.left--
	d, at := varint(r.p.docs, r.at)
	r.at = at
	r.Doc += d
	r.behind += r.Count
	n := uint32(1)
	if r.p.layout != Docs {
		n, r.in = varint(r.p.counts, r.in)
	}
	r.Count = int(n)
	return true
}

// To goes on to the document doc, or past it where it is not there; false after
// the last.
func (r *Reader) To(doc uint32) bool {
	for r.Doc < doc || r.Count == 0 {
		if !r.Next() {
			return false
		}
	}
	return true
}

// Places appends where the term stands in Doc. It may be called once for a
// document.
func (r *Reader) Places(to []uint32) []uint32 {
	b, at := r.p.place, r.place
	for ; r.behind > 0; r.behind-- {
		for b[at] >= 0x80 {
			at++
		}
		at++
	}
	v := uint32(0)
	for range r.Count {
		var d uint32
		if c := b[at]; c < 0x80 {
			d, at = uint32(c), at+1
		} else {
			d, at = varint(b, at)
		}
		v += d
		to = append(to, v)
	}
	r.place = at
	r.behind = -r.Count // Next counts these places as left behind
	return to
}

// Package segment is one immutable part of a search index: a file in which the
// terms of some documents lie sorted, each with the documents that it stands in.
//
// A document is a number, what is stored of it, and a row of small integers
// (the columns). A term belongs to a field, and a field has a layout: documents
// alone, with how often, or with every place. New segments come from a Builder,
// or from Merge, which puts several together and leaves deleted documents out.
//
// # File
//
// All fixed integers are little-endian; "varint" is an unsigned LEB128.
//
//	magic       8 bytes, "SBSEG\x00\x00\x01"
//	postings    one blob a term, in the order of the dictionary
//	dictionary  blocks of 32 terms
//	blocks      offset of each block in the dictionary, uint32
//	stored      what is stored of each document, end to end
//	ends        the end of each document in stored, uint32
//	columns     for each column an int32 a document
//	footer      see below
//
// A blob has the documents as varints, each less the one before; then, by
// layout, how often, as varints; then the places, as varints, each less the one
// before in the same document. Where a layout has more than documents and a term
// more than one, the blob begins with the length of the documents, and, with
// places, of the counts.
//
// A block begins with the offset of its first blob in postings; then for each
// term: how many bytes it shares with the one before, how many follow, those
// bytes, the number of documents, the length of its blob. A term is the byte of
// its field and its text.
//
// The footer is: the number of fields (1 byte) and the layout of each, the
// number of columns (1 byte), then as uint64 the numbers of documents, of terms,
// the sizes of postings, dictionary, blocks, stored; then the CRC-32C of all
// before the footer, the CRC-32C of the footer up to here, the footer's length,
// each uint32; then the magic again.
package segment

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
)

const magic = "SBSEG\x00\x00\x01"

// ErrDamaged says that a file is no whole segment.
var ErrDamaged = errors.New("the segment is damaged")

// Layout says what is kept of a term in a field.
type Layout uint8

// The layouts.
const (
	Docs   Layout = iota // which documents
	Counts               // and how often
	Places               // and where
)

// NoValue stands in a column where a document has no value.
const NoValue = math.MinInt32

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Segment reads a segment from bytes that must stay as they are. Its methods may
// be called from several goroutines at once. They panic where the bytes prove to
// be damaged in a way that Open does not see; Check sees all.
type Segment struct {
	layouts []Layout
	columns int
	docs    int
	terms   int
	body    []byte // all before the footer
	crc     uint32

	postings, dictionary, blocks, stored, ends, values []byte
}

// Open reads the footer of a segment. The error wraps ErrDamaged.
func Open(data []byte) (*Segment, error) {
	bad := func(what string) (*Segment, error) { return nil, fmt.Errorf("%w: %s", ErrDamaged, what) }
	const tail = 4 + len(magic) // the footer's length and the magic
	if len(data) < len(magic)+tail || string(data[:len(magic)]) != magic {
		return bad("it does not begin like one")
	}
	if string(data[len(data)-len(magic):]) != magic {
		return bad("it does not end like one")
	}
	size := int(binary.LittleEndian.Uint32(data[len(data)-tail:]))
	if size < tail+8 || size > len(data)-len(magic) {
		return bad("its footer has no sound length")
	}
	footer := data[len(data)-size : len(data)-tail]
	s := &Segment{body: data[:len(data)-size]}
	sum := len(footer) - 4
	if crc32.Checksum(footer[:sum], castagnoli) != binary.LittleEndian.Uint32(footer[sum:]) {
		return bad("its footer has changed")
	}
	fields := int(footer[0])
	const numbers = 6
	if sum != 1+fields+1+numbers*8+4 {
		return bad("its footer has no sound size")
	}
	for _, l := range footer[1 : 1+fields] {
		s.layouts = append(s.layouts, Layout(l))
	}
	s.columns = int(footer[1+fields])
	at := 1 + fields + 1
	var n [numbers]int
	for i := range n {
		v := binary.LittleEndian.Uint64(footer[at:])
		if v > uint64(len(data)) {
			return bad("its footer tells of more than there is")
		}
		n[i] = int(v)
		at += 8
	}
	s.crc = binary.LittleEndian.Uint32(footer[at:])
	s.docs, s.terms = n[0], n[1]
	rest := s.body[len(magic):]
	for i, part := range []*[]byte{&s.postings, &s.dictionary, &s.blocks, &s.stored} {
		if n[2+i] > len(rest) {
			return bad("it is too short")
		}
		*part, rest = rest[:n[2+i]:n[2+i]], rest[n[2+i]:]
	}
	if len(rest) != 4*s.docs*(1+s.columns) || len(s.blocks) != 4*((s.terms+blockSize-1)/blockSize) {
		return bad("its parts do not fit")
	}
	s.ends, s.values = rest[:4*s.docs], rest[4*s.docs:]
	return s, nil
}

// Check reads every byte and tells with ErrDamaged where one has changed.
func (s *Segment) Check() error {
	if crc32.Checksum(s.body, castagnoli) != s.crc {
		return fmt.Errorf("%w: bytes in it have changed", ErrDamaged)
	}
	return nil
}

// Docs is how many documents the segment holds, deleted ones too.
func (s *Segment) Docs() int { return s.docs }

// Size is how many bytes it has.
func (s *Segment) Size() int { return len(s.body) }

// Stored is what was stored of a document. It must not be changed.
func (s *Segment) Stored(doc uint32) []byte {
	from := uint32(0)
	if doc > 0 {
		from = binary.LittleEndian.Uint32(s.ends[4*(doc-1):])
	}
	return s.stored[from:binary.LittleEndian.Uint32(s.ends[4*doc:])]
}

// Column is a column of the segment.
type Column []byte

// Column gives the i-th column.
func (s *Segment) Column(i int) Column { return Column(s.values[4*s.docs*i : 4*s.docs*(i+1)]) }

// At is the value of a document.
func (c Column) At(doc uint32) int32 { return int32(binary.LittleEndian.Uint32(c[4*doc:])) }

// Between adds to a set the documents with a value from low to high, both
// included.
func (c Column) Between(low, high int32, into Set) {
	low = max(low, NoValue+1)
	for i := 0; i+4 <= len(c); i += 4 {
		if v := int32(binary.LittleEndian.Uint32(c[i:])); v >= low && v <= high {
			into.Add(uint32(i / 4))
		}
	}
}

package segment

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// blockSize is how many terms a block of the dictionary has.
const blockSize = 32

// Cursor goes through the terms of a segment in order.
type Cursor struct {
	s     *Segment
	term  []byte // the field and the text
	block int    // the next block
	in    int    // terms left in this block
	at    int    // in the dictionary
	end   int    // in postings, of the blob
	count int
	size  int
}

// blockAt is where block i begins in the dictionary.
func (s *Segment) blockAt(i int) int { return int(binary.LittleEndian.Uint32(s.blocks[4*i:])) }

// firstOf is the first term of block i.
func (s *Segment) firstOf(i int) []byte {
	b := s.dictionary[s.blockAt(i):]
	_, at := binary.Uvarint(b)
	_, n := varint(b, at) // shares nothing
	size, n := varint(b, n)
	return b[n : n+int(size)]
}

// start puts the cursor before the first term of block i.
func (c *Cursor) start(i int) {
	c.block = i
	c.in = 0
	c.term = c.term[:0]
}

// next goes to the next term; false after the last of the segment. shared is how
// many bytes the term has in common with the one before.
func (c *Cursor) next() (shared int, ok bool) {
	s := c.s
	if c.in == 0 {
		if c.block*4 >= len(s.blocks) {
			return 0, false
		}
		c.at = s.blockAt(c.block)
		base, n := binary.Uvarint(s.dictionary[c.at:])
		c.at += n
		c.end = int(base)
		c.in = min(blockSize, s.terms-c.block*blockSize)
		c.block++
	}
	c.in--
	d := s.dictionary
	same, at := varint(d, c.at)
	size, at := varint(d, at)
	if c.in == min(blockSize, s.terms-(c.block-1)*blockSize)-1 { // the first of a block is written whole
		shared = common(c.term, d[at:at+int(size)])
	} else {
		shared = int(same)
	}
	c.term = append(c.term[:same], d[at:at+int(size)]...)
	at += int(size)
	count, at := varint(d, at)
	length, at := varint(d, at)
	c.at, c.count, c.size = at, int(count), int(length)
	c.end += int(length)
	return shared, true
}

func common(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// seek goes to the first term that is not before key; false where there is none.
func (c *Cursor) seek(key []byte) bool {
	s := c.s
	n := len(s.blocks) / 4
	i := sort.Search(n, func(i int) bool { return bytes.Compare(s.firstOf(i), key) > 0 })
	c.start(max(0, i-1))
	for {
		if _, ok := c.next(); !ok {
			return false
		}
		if bytes.Compare(c.term, key) >= 0 {
			return true
		}
	}
}

// Postings are those of the term where the cursor stands.
func (c *Cursor) Postings() Postings {
	return readPostings(c.s.postings[c.end-c.size:c.end], c.count, c.s.layouts[c.term[0]])
}

// Text is the term where the cursor stands; it holds until the cursor moves.
func (c *Cursor) Text() []byte { return c.term[1:] }

// Len is how many documents the term where the cursor stands is in.
func (c *Cursor) Len() int { return c.count }

// Find looks a term of a field up.
func (s *Segment) Find(field uint8, text string) (Postings, bool) {
	var buf [64]byte
	key := append(append(buf[:0], field), text...)
	var term [128]byte
	c := Cursor{s: s, term: term[:0]}
	if !c.seek(key) || !bytes.Equal(c.term, key) {
		return Postings{}, false
	}
	return c.Postings(), true
}

// Prefix yields the terms of a field that begin with text, in order.
func (s *Segment) Prefix(field uint8, text string) func(yield func(*Cursor) bool) {
	return func(yield func(*Cursor) bool) {
		key := append([]byte{field}, text...)
		c := &Cursor{s: s}
		for ok := c.seek(key); ok && bytes.HasPrefix(c.term, key); _, ok = c.next() {
			if !yield(c) {
				return
			}
		}
	}
}

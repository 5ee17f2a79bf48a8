package segment

import "math/bits"

// Set is a set of document numbers, a bit each. Its length is fixed by NewSet;
// sets that are put together must be for as many documents.
type Set []uint64

// NewSet gives an empty set for numbers below n.
func NewSet(n int) Set { return make(Set, (n+63)/64) }

// Add puts i into the set.
func (s Set) Add(i uint32) { s[i>>6] |= 1 << (i & 63) }

// Has tells whether i is in the set. A nil set has nothing.
func (s Set) Has(i uint32) bool { return int(i>>6) < len(s) && s[i>>6]&(1<<(i&63)) != 0 }

// Len counts what is in the set.
func (s Set) Len() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// Fill puts all numbers below n into the set.
func (s Set) Fill(n int) {
	for i := range s {
		s[i] = ^uint64(0)
	}
	if n%64 != 0 && len(s) > 0 {
		s[len(s)-1] = 1<<(n%64) - 1
	}
}

// And keeps what is in o too.
func (s Set) And(o Set) {
	for i := range s {
		s[i] &= o[i]
	}
}

// Or adds what is in o.
func (s Set) Or(o Set) {
	for i := range o {
		s[i] |= o[i]
	}
}

// Without takes out what is in o. A nil o changes nothing.
func (s Set) Without(o Set) {
	for i := range o {
		s[i] &^= o[i]
	}
}

// Empty tells whether nothing is in the set.
func (s Set) Empty() bool {
	for _, w := range s {
		if w != 0 {
			return false
		}
	}
	return true
}

// Clone gives a set of its own with the same numbers.
func (s Set) Clone() Set { return append(Set(nil), s...) }

// All yields what is in the set, in order.
func (s Set) All(yield func(uint32) bool) {
	for i, w := range s {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(i<<6 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

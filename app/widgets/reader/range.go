package reader

// Range is a half-open range of Unicode code points in the canonical text.
type Range struct{ Start, End int }

// Empty reports whether r holds no code point.
func (r Range) Empty() bool { return r.End <= r.Start }

// ordered gives r with Start not behind End.
func (r Range) ordered() Range {
	if r.End < r.Start {
		return Range{r.End, r.Start}
	}
	return r
}

// clamp moves r inside [0, n].
func (r Range) clamp(n int) Range {
	r = r.ordered()
	return Range{min(max(r.Start, 0), n), min(max(r.End, 0), n)}
}

// overlaps reports whether r and o share a code point.
func (r Range) overlaps(o Range) bool { return r.Start < o.End && o.Start < r.End }

package reader

// MarkKind says what a mark stands for, and so how it is drawn.
type MarkKind int

// The kinds of mark.
const (
	MarkHighlight MarkKind = iota // a band of colour behind the text
	MarkClaim                     // a band with a line under it: evidence of a claim
	MarkCandidate                 // a dotted line: a suggestion that waits for a decision
)

// Mark is a stretch of the text that is drawn apart from the rest. Marks may
// overlap. Colour is one of yellow, green, blue, pink, orange and purple;
// anything else counts as yellow. Note is shown when the pointer rests on the
// mark.
type Mark struct {
	ID     string
	Range  Range
	Colour string
	Note   string
	Kind   MarkKind
}

package briefing

import (
	"strconv"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// Claim is a claim as it stands in a document.
type Claim struct {
	ID          notebook.ClaimID // empty for a statement of the author's own
	Statement   Text
	Reliability notebook.Reliability
	Credibility notebook.Credibility
	Countries   []string // names
	Topics      []string
	Date        document.Date // of the event; empty: not stated
	Likelihood  notebook.Likelihood
	Confidence  notebook.Confidence
	Notes       []int // endnotes that support it
	Against     []int // endnotes that contradict it
	See         []int // endnotes that mention it
	Remarks     []Remark
}

// Graded says whether either half of the Admiralty grade is stated.
func (c Claim) Graded() bool { return c.Reliability != "" || c.Credibility != 0 }

// Grade is the Admiralty grade, "B2". A half that is not stated is a dash, and
// the whole is empty where neither is.
func (c Claim) Grade() string {
	if !c.Graded() {
		return ""
	}
	r, n := string(c.Reliability), strconv.Itoa(int(c.Credibility))
	if r == "" {
		r = "–"
	}
	if c.Credibility == 0 {
		n = "–"
	}
	return r + n
}

// Remark is what a reader must know about a claim beside its statement.
type Remark struct {
	Kind RemarkKind
	Text Text
}

// RemarkKind says what a remark is about, so that a renderer can set it off.
type RemarkKind string

// The kinds of remark.
const (
	NeedsSource RemarkKind = "needs source" // an AI answer alone: a lead, not evidence
	Unsourced   RemarkKind = "unsourced"    // nothing supports it
	NotHeld     RemarkKind = "not held"     // only sources that are cited but not kept
	Contested   RemarkKind = "contested"    // evidence or another claim contradicts it
	Related     RemarkKind = "related"      // another claim supports, refines or repeats it
)

// Warns says whether the remark takes something away from the claim.
func (k RemarkKind) Warns() bool { return k != Related }

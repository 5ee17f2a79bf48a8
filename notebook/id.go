package notebook

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/oklog/ulid/v2"
)

// The IDs of what a notebook holds: ULIDs (26 characters of Crockford base32),
// so that keys sort by the time they were made. Each kind has its own type, so
// that one is never taken for another. Empty means none.
type (
	SourceID     string
	CaptureID    string
	HighlightID  string
	ClaimID      string
	LinkID       string
	RelationID   string
	ComparisonID string
	BriefingID   string
	SavedID      string
)

// idLength is the length of every ID.
const idLength = ulid.EncodedSize

// entropy gives the random part of new IDs, rising within one millisecond.
var entropy = &ulid.LockedMonotonicReader{MonotonicReader: ulid.Monotonic(rand.Reader, 0)}

// newID makes an ID that is not in use.
func (w *WriteTx) newID() (string, error) {
	if w.n.o.NewID == nil {
		id, err := ulid.New(ulid.Timestamp(w.now), entropy)
		if err != nil {
			return "", fmt.Errorf("make an ID: %w", err)
		}
		return id.String(), nil
	}
	id := w.n.o.NewID()
	if !validID(id) {
		return "", fmt.Errorf("make an ID: %q is not a ULID", id)
	}
	return id, nil
}

// validID says whether s has the shape of an ID.
func validID(s string) bool {
	_, err := ulid.ParseStrict(s)
	return err == nil && strings.ToUpper(s) == s
}

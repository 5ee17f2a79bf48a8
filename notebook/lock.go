package notebook

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// lockNote says who has a notebook open for writing. It stands beside the file
// as FILE.lock, for people and for the message of the program that comes
// second. The lock itself is bbolt's, on the file: a note that was left behind
// by a killed program locks nothing.
type lockNote struct {
	Host  string    `json:"host"`
	PID   int       `json:"pid"`
	Actor string    `json:"actor"`
	Since time.Time `json:"since"`
}

func lockPath(path string) string { return path + ".lock" }

// LockedError says that another program has the notebook open, and which where
// that is known. It is ErrLocked.
type LockedError struct {
	Path  string
	Host  string // empty: not known
	PID   int
	Actor string
	Since time.Time
}

// Error is one line: "… is open in another window on HOST since TIME".
func (e *LockedError) Error() string {
	s := fmt.Sprintf("open notebook %s: %v", e.Path, ErrLocked)
	if e.Host != "" {
		s += " on " + e.Host
	}
	if !e.Since.IsZero() {
		s += " since " + e.Since.Local().Format("2006-01-02 15:04")
	}
	if e.PID != 0 {
		s += fmt.Sprintf(" (%s, process %d)", e.Actor, e.PID)
	}
	return s
}

// Is makes it ErrLocked.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }

// Next is what to do next.
func (e *LockedError) Next() string { return "close it there, or open it for reading only" }

// leaveNote writes the note for a notebook that was opened for writing. That it
// cannot be written is no fault: the lock holds without it.
func leaveNote(path string, n lockNote) {
	raw, err := json.Marshal(n)
	if err != nil {
		return
	}
	_ = os.WriteFile(lockPath(path), append(raw, '\n'), 0o600)
}

func removeNote(path string) { _ = os.Remove(lockPath(path)) }

// lockedBy reads the note of the program that holds the lock. A note of this
// computer whose process is gone is stale, and tells nothing.
func lockedBy(path string) error {
	e := &LockedError{Path: path}
	raw, err := os.ReadFile(lockPath(path))
	if err != nil || len(raw) > 4096 {
		return e
	}
	var n lockNote
	if json.Unmarshal(raw, &n) != nil || n.Host == hostName() && !processLives(n.PID) {
		return e
	}
	e.Host, e.PID, e.Actor, e.Since = n.Host, n.PID, n.Actor, n.Since
	return e
}

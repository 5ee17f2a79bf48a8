// Package notebooktest gives tests a temporary notebook that is checked when
// the test is done.
package notebooktest

import (
	"encoding/binary"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"sourcebook/notebook"
)

// Start is the time at which the clock of a test notebook begins.
var Start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// New opens a new notebook in a temporary folder, with a Clock and IDs that are
// the same in every run. At the end of the test it is verified and closed; a
// fault fails the test.
func New(t testing.TB) *notebook.Notebook {
	t.Helper()
	return Open(t, filepath.Join(t.TempDir(), "test.sourcebook"), notebook.Options{})
}

// Open opens or creates a notebook at path like New. Clock, NewID and Actor of o
// may be empty.
func Open(t testing.TB, path string, o notebook.Options) *notebook.Notebook {
	t.Helper()
	if o.Clock == nil {
		o.Clock = Clock()
	}
	if o.NewID == nil {
		o.NewID = IDs()
	}
	if o.Actor == "" {
		o.Actor = "test"
	}
	n, err := notebook.Open(path, o)
	if err != nil {
		t.Fatalf("open the test notebook: %v", err)
	}
	t.Cleanup(func() {
		Verify(t, n)
		if err := n.Close(); err != nil {
			t.Errorf("close the test notebook: %v", err)
		}
	})
	return n
}

// Verify fails the test for each fault in n. A notebook that is closed is not
// looked at.
func Verify(t testing.TB, n *notebook.Notebook) {
	t.Helper()
	if n.Closed() {
		return
	}
	report, err := n.Verify()
	if err != nil {
		t.Errorf("verify the test notebook: %v", err)
	}
	for _, f := range report.Faults {
		t.Errorf("verify the test notebook: %s", f)
	}
}

// Clock gives a clock that begins at Start and goes on a second each time it is
// read. It may be read from any goroutine.
func Clock() func() time.Time {
	var mu sync.Mutex
	now := Start
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		at := now
		now = now.Add(time.Second)
		return at
	}
}

// IDs gives ULIDs that count up from 1, of the time Start. It may be called from
// any goroutine.
func IDs() func() string {
	var mu sync.Mutex
	n := uint64(0)
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		n++
		var id ulid.ULID
		if err := id.SetTime(ulid.Timestamp(Start)); err != nil {
			panic(err) // Start is a constant that fits
		}
		var entropy [10]byte
		binary.BigEndian.PutUint64(entropy[2:], n)
		if err := id.SetEntropy(entropy[:]); err != nil {
			panic(err) // ten bytes are what it wants
		}
		return id.String()
	}
}

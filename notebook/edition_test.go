package notebook_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// An edited text keeps its highlights; those whose words it lost keep the text
// that they were made on, and come back with it.
func TestEditDocument(t *testing.T) {
	n := notebooktest.New(t)
	d := article("Ferry", "https://ferry.example/b", "The ferry sails on Mondays.", "Tickets are sold at the quay.", "The crossing takes two hours.")
	d.Dropped = []document.Dropped{{Reason: document.Related, Text: "Fares rose in May.\nBicycles go free."}}
	d.Citations = []document.Citation{{Text: "quay", Start: 53, End: 57}, {Text: "hours", Start: 83, End: 88}}
	a := add(t, n, d, "<html>ferry</html>")
	on := func(exact string) *notebook.PutHighlight {
		h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: a.SourceID, Exact: exact}}
		do(t, n, h)
		return h
	}
	lost, stays := on("Tickets are sold"), on("two hours")
	shorter, err := notebook.WithoutBlock(d, 1, document.Advert)
	if err != nil {
		t.Fatal(err)
	}
	if len(shorter.Citations) != 1 || string([]rune(shorter.Text)[shorter.Citations[0].Start:shorter.Citations[0].End]) != "hours" {
		t.Errorf("citations after a block went: %+v in %q", shorter.Citations, shorter.Text)
	}
	edit := &notebook.EditDocument{Capture: a.Capture.ID, Document: shorter}
	do(t, n, edit)
	read := func(id notebook.HighlightID) (h notebook.Highlight) {
		t.Helper()
		view(t, n, func(tx *notebook.Tx) (err error) {
			h, err = tx.Highlight(id)
			return err
		})
		return h
	}
	if h := read(lost.Highlight.ID); !h.Orphan || h.Document == "" || h.Exact != "Tickets are sold" {
		t.Errorf("the highlight whose words went is %+v", h)
	}
	if h := read(stays.Highlight.ID); h.Orphan || h.Exact != "two hours" || h.Start >= stays.Highlight.Start {
		t.Errorf("the highlight that stays is %+v", h)
	}
	// A colour can still be given to the orphan.
	h := read(lost.Highlight.ID)
	h.Colour = notebook.Blue
	do(t, n, &notebook.PutHighlight{Highlight: h})
	longer, err := notebook.WithPassage(shorter, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := "The ferry sails on Mondays.\n\nFares rose in May.\n\nBicycles go free.\n\nThe crossing takes two hours."; longer.Text != want {
		t.Errorf("with the passage it is %q, want %q", longer.Text, want)
	}
	do(t, n, &notebook.EditDocument{Capture: a.Capture.ID, Document: longer})
	back := on("Bicycles go free")
	notebooktest.Verify(t, n)
	do(t, n, &notebook.RestoreDocument{Capture: a.Capture.ID})
	if h := read(lost.Highlight.ID); h.Orphan || h.Document != "" || h.Colour != notebook.Blue {
		t.Errorf("the highlight is not back: %+v", h)
	}
	if h := read(back.Highlight.ID); !h.Orphan || h.Document == "" {
		t.Errorf("the highlight on the passage that is out again is %+v", h)
	}
	view(t, n, func(tx *notebook.Tx) error {
		c, err := tx.Capture(a.Capture.ID)
		if err != nil || c.Edited() || c.DocumentHash != a.Capture.DocumentHash {
			t.Errorf("the restored capture is %+v, %v", c, err)
		}
		return err
	})
	notebooktest.Verify(t, n)
	for range 4 {
		if _, err := n.Undo(); err != nil {
			t.Fatal(err)
		}
		notebooktest.Verify(t, n)
	}
	for range 4 {
		if _, err := n.Redo(); err != nil {
			t.Fatal(err)
		}
		notebooktest.Verify(t, n)
	}
	// The same page again keeps what was edited.
	do(t, n, &notebook.EditDocument{Capture: a.Capture.ID, Document: longer})
	again := add(t, n, article("Ferry", "https://ferry.example/b", "The ferry sails on Mondays.", "Tickets are sold at the quay.", "The crossing takes two hours."), "<html>ferry, later</html>")
	view(t, n, func(tx *notebook.Tx) error {
		d, err := tx.Document(again.Capture.ID)
		if again.Outcome != notebook.SameText || err != nil || !strings.Contains(d.Text, "Bicycles") {
			t.Errorf("the same text again is %s, %q, %v", again.Outcome, d.Text, err)
		}
		return nil
	})
	// For good.
	do(t, n, &notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(a.SourceID)}}})
	do(t, n, &notebook.EmptyBin{})
	notebooktest.Verify(t, n)
	for _, tt := range []struct {
		name string
		c    notebook.Command
		want error
	}{
		{"no document", &notebook.EditDocument{Capture: a.Capture.ID}, notebook.ErrInvalid},
		{"empty text", &notebook.EditDocument{Capture: a.Capture.ID, Document: article("Ferry", "")}, notebook.ErrInvalid},
		{"no capture", &notebook.EditDocument{Capture: "x", Document: d}, notebook.ErrNotFound},
		{"restore of no capture", &notebook.RestoreDocument{Capture: "x"}, notebook.ErrNotFound},
	} {
		if _, err := n.Do(tt.c); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, err := notebook.WithPassage(d, 1, 0); err == nil {
		t.Error("a passage that is not there was put back")
	}
	if _, err := notebook.WithoutBlock(d, 3, ""); err == nil {
		t.Error("a block that is not there was taken out")
	}
}

// Metadata are set by hand and reset, one step each.
func TestSetMetadata(t *testing.T) {
	n := notebooktest.New(t)
	d := article("Ferry", "https://ferry.example/b", "The ferry sails on Mondays.")
	d.Published, d.Byline = "2026-02-01", []string{"A. Marin"}
	d.OriginOf = map[string]document.Origin{"title": document.FromOG}
	d.Candidates = []document.Candidate{{Field: "title", Value: "Ferry", Origin: document.FromOG}, {Field: "title", Value: "Ferry | Quay", Origin: document.FromHTML}}
	a := add(t, n, d, "<html>ferry</html>")
	field := func(name string) (m notebook.Metadatum) {
		t.Helper()
		view(t, n, func(tx *notebook.Tx) error {
			all, err := tx.Metadata(a.SourceID)
			i := slices.IndexFunc(all, func(m notebook.Metadatum) bool { return m.Field == name })
			m = all[i]
			return err
		})
		return m
	}
	if m := field("title"); m.Origin != document.FromOG || len(m.Candidates) != 2 || m.ByHand {
		t.Errorf("the title is %+v", m)
	}
	do(t, n, &notebook.SetMetadata{Source: a.SourceID, Values: map[string]string{"title": "Ferry | Quay", "published": "2026-02", "byline": "A. Marin, B. Osei"}})
	if m := field("title"); m.Value != "Ferry | Quay" || m.Imported != "Ferry" || m.Origin != document.FromUser || !m.ByHand {
		t.Errorf("the title by hand is %+v", m)
	}
	if m := field("byline"); m.Value != "A. Marin, B. Osei" {
		t.Errorf("the byline is %+v", m)
	}
	do(t, n, &notebook.SetMetadata{Source: a.SourceID, Reset: []string{"title", "published"}})
	if m := field("title"); m.Value != "Ferry" || m.ByHand {
		t.Errorf("the title after reset is %+v", m)
	}
	if m := field("published"); m.Value != "2026-02-01" || m.ByHand {
		t.Errorf("the date after reset is %+v", m)
	}
	if m := field("byline"); !m.ByHand {
		t.Errorf("the byline follows again: %+v", m)
	}
	for name, values := range map[string]map[string]string{
		"unknown field": {"mood": "x"}, "bad date": {"published": "May"}, "bad kind": {"kind": "song"}, "countries": {"countries": "AZ"},
	} {
		if _, err := n.Do(&notebook.SetMetadata{Source: a.SourceID, Values: values}); !errors.Is(err, notebook.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Commands on many sources, folders, saved queries and colours refuse what is
// not there.
func TestEditSources(t *testing.T) {
	n := notebooktest.New(t)
	a := add(t, n, article("Ferry", "https://ferry.example/b", "The ferry sails on Mondays."), "a")
	b := add(t, n, article("Rail", "https://rail.example/b", "The line was closed."), "b")
	both := []notebook.SourceID{a.SourceID, b.SourceID}
	read, grade, folder := true, notebook.Reliability("B"), "Crossings"
	for _, tt := range []struct {
		c    *notebook.EditSources
		name string
		n    int
	}{
		{&notebook.EditSources{Sources: both, AddTags: []string{"sea"}}, "tag 2 sources", 2},
		{&notebook.EditSources{Sources: both[:1], RemoveTags: []string{"sea"}}, "untag source", 1},
		{&notebook.EditSources{Sources: both, AddTags: []string{"sea"}}, "tag 2 sources", 1},
		{&notebook.EditSources{Sources: both, Folder: &folder}, "move 2 sources", 2},
		{&notebook.EditSources{Sources: both, Reliability: &grade}, "grade 2 sources", 2},
		{&notebook.EditSources{Sources: both, Read: &read}, "mark 2 sources read", 2},
		{&notebook.EditSources{Sources: both, Read: &read}, "mark 2 sources read", 0},
		{&notebook.EditSources{Sources: both, Read: &read, Folder: &folder}, "edit 2 sources", 0},
	} {
		do(t, n, tt.c)
		if tt.c.Name() != tt.name || tt.c.Changed != tt.n {
			t.Errorf("%s changed %d, want %s, %d", tt.c.Name(), tt.c.Changed, tt.name, tt.n)
		}
	}
	if name := n.UndoName(); name != "mark 2 sources read" {
		t.Errorf("undo would take back %q", name)
	}
	bad := notebook.Reliability("X")
	for _, tt := range []struct {
		name string
		c    notebook.Command
		want error
	}{
		{"no sources", &notebook.EditSources{}, notebook.ErrInvalid},
		{"no such source", &notebook.EditSources{Sources: []notebook.SourceID{"x"}}, notebook.ErrNotFound},
		{"no such grade", &notebook.EditSources{Sources: both, Reliability: &bad}, notebook.ErrInvalid},
		{"folder without name", &notebook.PutFolder{Folder: " "}, notebook.ErrInvalid},
		{"folder that is there", &notebook.PutFolder{Folder: "Crossings"}, notebook.ErrInvalid},
		{"rename of no folder", &notebook.RenameFolder{From: "x", To: "y"}, notebook.ErrNotFound},
		{"rename to nothing", &notebook.RenameFolder{From: "Crossings"}, notebook.ErrInvalid},
		{"delete of no folder", &notebook.DropFolder{Folder: "x"}, notebook.ErrNotFound},
		{"query without name", &notebook.PutSaved{Saved: notebook.Saved{Place: "search"}}, notebook.ErrInvalid},
		{"query without place", &notebook.PutSaved{Saved: notebook.Saved{Name: "x"}}, notebook.ErrInvalid},
		{"edit of no query", &notebook.PutSaved{Saved: notebook.Saved{ID: "x", Name: "x", Place: "search"}}, notebook.ErrNotFound},
		{"delete of no query", &notebook.DropSaved{ID: "x"}, notebook.ErrNotFound},
		{"no such colour", &notebook.PutColourNames{Names: map[notebook.Colour]string{"mauve": "x"}}, notebook.ErrInvalid},
	} {
		if _, err := n.Do(tt.c); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

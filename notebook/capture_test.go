package notebook_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

func TestAddCaptureOutcomes(t *testing.T) {
	url := "https://harbour.example/port"
	noURL := func(d *document.Document) *document.Document {
		d.URL, d.CanonicalURL = "", ""
		return d
	}
	n := notebooktest.New(t)
	var first notebook.SourceID
	for _, tt := range []struct {
		name     string
		d        *document.Document
		original string
		url      string // of the capture
		want     notebook.Outcome
		same     bool // as the first source
		versions int
	}{
		{"new", article("Port", url, "One.", "Two."), "a", "", notebook.NewSource, true, 1},
		{"the same bytes", article("Port", url, "One.", "Two."), "a", "", notebook.Duplicate, true, 1},
		{"the same bytes from a file without address", noURL(article("Port", "", "One.", "Two.")), "a", "", notebook.Duplicate, true, 1},
		{"the same text, other bytes", article("Port", url, "One.", "Two."), "b", "", notebook.SameText, true, 2},
		{"another spelling of the address", article("Port", "http://www.harbour.example/port/?utm_source=x#top", "One.", "Two."), "c", "", notebook.SameText, true, 3},
		{"the same text without address", noURL(article("Port", "", "One.", "Two.")), "d", "", notebook.SameText, true, 4},
		{"another text", article("Port, corrected", url, "One.", "Three."), "e", "", notebook.NewVersion, true, 5},
		{"the address only in the capture", noURL(article("Port, corrected", "", "One.", "Four.")), "f", url, notebook.NewVersion, true, 6},
		{"bytes of an older version", article("Port", url, "One.", "Two."), "b", "", notebook.Duplicate, true, 6},
		{"the same text at another address", article("Port", "https://wire.example/copy", "One.", "Four."), "g", "", notebook.NewSource, false, 1},
		{"no address, new text", noURL(article("Note", "", "Five.")), "h", "", notebook.NewSource, false, 1},
	} {
		c := &notebook.AddCapture{Capture: notebook.Capture{URL: tt.url}, Original: []byte(tt.original), Document: tt.d}
		do(t, n, c)
		if first == "" {
			first = c.SourceID
		}
		if c.Outcome != tt.want || (c.SourceID == first) != tt.same {
			t.Errorf("%s: %s of %s, want %s", tt.name, c.Outcome, c.SourceID, tt.want)
		}
		view(t, n, func(tx *notebook.Tx) error {
			s, err := tx.Source(c.SourceID)
			if err != nil || len(s.Captures) != tt.versions {
				t.Errorf("%s: %d versions, want %d, %v", tt.name, len(s.Captures), tt.versions, err)
			}
			if c.Outcome == notebook.SameText {
				held, err := tx.Capture(s.Captures[0])
				if err != nil || held.DocumentHash != c.Capture.DocumentHash {
					t.Errorf("%s: the document is not shared, %v", tt.name, err)
				}
			}
			return nil
		})
	}

	// What was pasted first gets the address that is learnt later.
	pasted := add(t, n, noURL(article("Rail", "", "The line opens.")), "paste")
	saved := add(t, n, article("Rail", "https://rail.example/1", "The line opens."), "page")
	if saved.SourceID != pasted.SourceID || saved.Outcome != notebook.SameText {
		t.Errorf("saved after pasted: %s", saved.Outcome)
	}
	view(t, n, func(tx *notebook.Tx) error {
		s, err := tx.FindSource("https://rail.example/1")
		if err != nil || s.ID != pasted.SourceID || s.URL != "https://rail.example/1" {
			t.Errorf("found %+v, %v", s, err)
		}
		o, err := tx.FindOriginal(saved.Capture.SHA256)
		if err != nil || o.ID != s.ID {
			t.Errorf("by hash: %v, %v", o.ID, err)
		}
		if _, err := tx.FindSource("https://none.example"); !errors.Is(err, notebook.ErrNotFound) {
			t.Errorf("unknown address: %v", err)
		}
		return nil
	})
}

func TestAddCaptureRefused(t *testing.T) {
	n := notebooktest.New(t)
	for _, tt := range []struct {
		name string
		c    *notebook.AddCapture
	}{
		{"no document", &notebook.AddCapture{Original: []byte("x")}},
		{"nothing at all", &notebook.AddCapture{Document: &document.Document{Kind: document.Note}}},
		{"unknown kind", &notebook.AddCapture{Original: []byte("x"), Document: &document.Document{Kind: "opera"}}},
	} {
		if _, err := n.Do(tt.c); !errors.Is(err, notebook.ErrInvalid) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", tt.name, err)
		}
		if tt.c.SourceID != "" || tt.c.Capture.ID != "" {
			t.Errorf("%s: IDs were set: %+v", tt.name, tt.c)
		}
	}
	// One that is refused takes the others with it.
	good := &notebook.AddCapture{Original: []byte("y"), Document: article("Port", "https://harbour.example/y", "Y.")}
	if _, err := n.Do(good, &notebook.PutClaim{}); !errors.Is(err, notebook.ErrInvalid) {
		t.Errorf("a batch with a claim without statement: %v", err)
	}
	if good.SourceID != "" || n.Sequence() != 0 {
		t.Errorf("the good one was kept: %s, %d", good.SourceID, n.Sequence())
	}
	do(t, n, good)
}

// Large and odd content comes back byte for byte.
func TestContent(t *testing.T) {
	n := notebooktest.New(t)
	random := make([]byte, 3<<20+17) // does not compress: four chunks
	g := uint32(1)
	for i := range random {
		g = g*1664525 + 1013904223
		random[i] = byte(g >> 24)
	}
	for name, raw := range map[string][]byte{
		"random": random, "zeros": make([]byte, 5<<20), "one": {0}, "none": nil, "not UTF-8": []byte("a\xff\xfeb"),
	} {
		d := &document.Document{Kind: document.Note, Title: name, Blocks: []document.Block{{Kind: document.Paragraph, Text: "Text of " + name + " \xff\U0001F600 here"}}}
		d.Text = document.Canonical(d.Blocks)
		c := &notebook.AddCapture{Original: raw, Document: d}
		do(t, n, c)
		h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: c.SourceID, Exact: "here"}}
		do(t, n, h)
		view(t, n, func(tx *notebook.Tx) error {
			got, err := tx.Original(c.Capture.ID)
			if err != nil || string(got) != string(raw) {
				t.Errorf("%s: %d bytes came back, %v", name, len(got), err)
			}
			doc, err := tx.Document(c.Capture.ID)
			if err != nil || string([]rune(doc.Text)[h.Highlight.Start:h.Highlight.End]) != "here" {
				t.Errorf("%s: text %q, %v", name, doc.Text, err)
			}
			return nil
		})
	}
}

// An older capture that comes in late does not become the current version.
func TestVersionsByTime(t *testing.T) {
	n := notebooktest.New(t)
	at := func(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }
	var id notebook.SourceID
	for _, year := range []int{2024, 2026, 2025} {
		c := &notebook.AddCapture{
			Capture: notebook.Capture{Received: at(year)}, Original: []byte{byte(year)},
			Document: article("Of "+at(year).Format("2006"), "https://harbour.example/v", "Text of "+at(year).Format("2006")+"."),
		}
		do(t, n, c)
		id = c.SourceID
	}
	view(t, n, func(tx *notebook.Tx) error {
		s, err := tx.Source(id)
		if err != nil || s.Title != "Of 2026" || !s.Captured.Equal(at(2026)) {
			t.Errorf("source %+v, %v", s, err)
		}
		for i, c := range s.Captures {
			got, err := tx.Capture(c)
			if err != nil || got.Received.Year() != 2024+i {
				t.Errorf("version %d is of %v, %v", i, got.Received, err)
			}
		}
		return nil
	})
}

// Highlights follow their words into a new version; those that cannot stay
// orphans of the version they came from, and the drift report says what became
// of them.
func TestHighlightsOverVersions(t *testing.T) {
	n := notebooktest.New(t)
	url := "https://harbour.example/port"
	old := "The ministry said that exports had resumed on Monday. Officials counted 14 ships in the roadstead. A second terminal stays shut until spring, the harbour master added."
	a := add(t, n, article("Port", url, old), "a")
	var ids []notebook.HighlightID
	for _, q := range []string{"exports had resumed on Monday", "Officials counted 14 ships in the roadstead.", "A second terminal stays shut until spring"} {
		h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: a.SourceID, Exact: q}}
		do(t, n, h)
		ids = append(ids, h.Highlight.ID)
	}
	b := add(t, n, article("Port", url, "Updated at noon.", strings.Replace(strings.Replace(old, "14 ships", "16 ships", 1), " A second terminal stays shut until spring, the harbour master added.", "", 1)), "b")
	if b.Outcome != notebook.NewVersion {
		t.Fatalf("outcome %s", b.Outcome)
	}
	view(t, n, func(tx *notebook.Tx) error {
		for i, want := range []struct {
			exact, quoted string
			orphan        bool
			capture       notebook.CaptureID
		}{
			{"exports had resumed on Monday", "", false, b.Capture.ID},
			{"Officials counted 16 ships in the roadstead.", "Officials counted 14 ships in the roadstead.", false, b.Capture.ID},
			{"A second terminal stays shut until spring", "", true, a.Capture.ID},
		} {
			h, err := tx.Highlight(ids[i])
			if err != nil || h.Exact != want.exact || h.Quoted != want.quoted || h.Orphan != want.orphan || h.Capture != want.capture {
				t.Errorf("highlight %d is %+v, %v", i, h, err)
			}
		}
		drift, err := tx.Drift(a.SourceID)
		if err != nil || len(drift) != 2 {
			t.Fatalf("drift = %+v, %v", drift, err)
		}
		for _, d := range drift {
			if d.Highlight.Orphan {
				if d.Now != "" || d.Was != "A second terminal stays shut until spring" {
					t.Errorf("drift of the orphan: %+v", d)
				}
				continue
			}
			var marks []string
			for _, w := range d.Words {
				marks = append(marks, string(w.Change)+":"+strings.TrimSpace(w.Text))
			}
			if got := strings.Join(marks, " "); got != "kept:Officials counted removed:14 added:16 kept:ships in the roadstead." {
				t.Errorf("words: %s", got)
			}
		}
		return nil
	})
	// The old words come back: so does the orphan, and the drift is gone.
	add(t, n, article("Port", url, "Corrected again.", old), "c")
	view(t, n, func(tx *notebook.Tx) error {
		drift, err := tx.Drift(a.SourceID)
		if err != nil || len(drift) != 0 {
			t.Errorf("drift = %+v, %v", drift, err)
		}
		return nil
	})
}

func TestPutHighlight(t *testing.T) {
	n := notebooktest.New(t)
	a := add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	other := add(t, n, article("Rail", "https://harbour.example/rail", "Rails."), "b")
	for _, tt := range []struct {
		name  string
		h     notebook.Highlight
		exact string
		err   error
	}{
		{"by position", notebook.Highlight{Start: 4, End: 8}, "port", nil},
		{"by quotation", notebook.Highlight{Exact: "second berth"}, "second berth", nil},
		{"by a quotation typed with a slip", notebook.Highlight{Exact: "Traffic rose by 12 percent in a year"}, "Traffic rose by 12 per cent in a year", nil},
		{"both, agreeing", notebook.Highlight{Exact: "port", Start: 4, End: 8}, "port", nil},
		{"both, not agreeing", notebook.Highlight{Exact: "port", Start: 5, End: 9}, "", notebook.ErrInvalid},
		{"not in the text", notebook.Highlight{Exact: "a recipe for soup with leeks"}, "", notebook.ErrInvalid},
		{"past the end", notebook.Highlight{Start: 4, End: 800}, "", notebook.ErrInvalid},
		{"nothing", notebook.Highlight{}, "", notebook.ErrInvalid},
		{"no such colour", notebook.Highlight{Start: 4, End: 8, Colour: "mauve"}, "", notebook.ErrInvalid},
		{"capture of another source", notebook.Highlight{Start: 0, End: 3, Capture: other.Capture.ID}, "", notebook.ErrInvalid},
		{"no such capture", notebook.Highlight{Start: 0, End: 3, Capture: "x"}, "", notebook.ErrNotFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.h.Source = a.SourceID
			c := &notebook.PutHighlight{Highlight: tt.h}
			_, err := n.Do(c)
			if !errors.Is(err, tt.err) {
				t.Fatalf("%v, want %v", err, tt.err)
			}
			if err == nil && c.Highlight.Exact != tt.exact {
				t.Errorf("exact %q, want %q", c.Highlight.Exact, tt.exact)
			}
		})
	}
	if _, err := n.Do(&notebook.PutHighlight{Highlight: notebook.Highlight{Source: "x"}}); !errors.Is(err, notebook.ErrNotFound) {
		t.Errorf("no such source: %v", err)
	}

	// Its ends can be moved, its note and colour changed.
	h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: a.SourceID, Start: 4, End: 8}}
	do(t, n, h)
	moved := h.Highlight
	moved.End, moved.Note, moved.Colour = 15, "to the verb", notebook.Blue
	c := &notebook.PutHighlight{Highlight: moved}
	do(t, n, c)
	if c.Highlight.Exact != "port opened" || c.Highlight.Prefix != "The " || c.Highlight.Edited.IsZero() {
		t.Errorf("moved: %+v", c.Highlight)
	}
	same := &notebook.PutHighlight{Highlight: c.Highlight}
	if change := do(t, n, same); len(change.Keys) != 0 {
		t.Errorf("saving what is there changed %v", change.Keys)
	}
}

func TestCompareWords(t *testing.T) {
	for _, tt := range []struct{ name, was, now, want string }{
		{"same", "a b c", "a b c", "kept:a b c"},
		{"changed", "a b c", "a x c", "kept:a removed:b added:x kept:c"},
		{"added at the end", "a b", "a b c", "kept:a b added:c"},
		{"all new", "a b", "c d", "removed:a b added:c d"},
		{"empty before", "", "a", "added:a"},
		{"empty after", "a", "", "removed:a"},
		{"without spaces", "港が開いた", "港は開いた", "kept:港 removed:が added:は kept:開いた"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, w := range notebook.CompareWords(tt.was, tt.now) {
				got = append(got, string(w.Change)+":"+strings.TrimSpace(w.Text))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

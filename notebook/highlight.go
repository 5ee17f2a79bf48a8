package notebook

import (
	"fmt"
	"iter"
	"strings"
	"time"

	"sourcebook/notebook/selector"
)

// Colour is the stored word for a highlight's colour.
type Colour string

// The colours of highlights.
const (
	Yellow Colour = "yellow"
	Green  Colour = "green"
	Blue   Colour = "blue"
	Pink   Colour = "pink"
	Orange Colour = "orange"
	Purple Colour = "purple"
)

// Highlight is a W3C Web Annotation on a source: a quotation with its context
// and its position, both of which selector.Resolve uses to find it again.
type Highlight struct {
	ID      HighlightID `json:"id"`
	Source  SourceID    `json:"source,omitempty"`
	Capture CaptureID   `json:"capture,omitempty"` // the version that Quote and Start, End were made on
	Exact   string      `json:"exact,omitempty"`   // TextQuoteSelector
	Prefix  string      `json:"prefix,omitempty"`  // up to 32 code points before
	Suffix  string      `json:"suffix,omitempty"`  // up to 32 code points after
	Start   int         `json:"start,omitempty"`   // TextPositionSelector, half-open, code points of the canonical text
	End     int         `json:"end,omitempty"`
	Colour  Colour      `json:"colour,omitempty"`
	Note    string      `json:"note,omitempty"`
	Tags    []string    `json:"tags,omitempty"`
	Orphan  bool        `json:"orphan,omitempty"` // not found in the current version; the positions are those of Capture
	// Quoted is the words as they were first highlighted, and QuotedIn the version,
	// where a later version has changed them.
	Quoted   string    `json:"quoted,omitempty"`
	QuotedIn CaptureID `json:"quoted_in,omitempty"`
	// Document is the hash of the document that the positions are in, and
	// DocumentAt the number of that content, where it is not Capture's any more:
	// the user has edited that since, and the words are gone from it.
	Document   string    `json:"document,omitempty"`
	DocumentAt uint64    `json:"document_at,omitempty"`
	Made       time.Time `json:"made,omitzero"`
	Edited     time.Time `json:"edited,omitzero"`
	Binned     time.Time `json:"binned,omitzero"`
}

var (
	highlightByDoc     = newIndex("highlight.document")
	highlightBySource  = newIndex("highlight.source") // all, also in the bin
	highlightByPlace   = newCounted("highlight.place")
	highlightByMade    = newCounted("highlight.made")
	highlightOfTag     = newCounted("highlight.tag")
	highlightByCapture = newIndex("highlight.capture") // all
	highlightBinned    = newCounted("highlight.binned")
)

var highlights = table[Highlight]{
	word: "highlight",
	key:  func(h Highlight) string { return string(h.ID) },
	entries: func(h Highlight) []entry {
		id := string(h.ID)
		out := []entry{
			{ix: highlightBySource, group: string(h.Source), id: id},
			{ix: highlightByCapture, group: string(h.Capture), id: id},
		}
		if h.Document != "" {
			out = append(out, entry{ix: highlightByDoc, group: h.Document, id: id})
		}
		if !h.Binned.IsZero() {
			return append(out, entry{ix: highlightBinned, order: byTime(h.Binned), id: id})
		}
		out = append(out,
			entry{ix: highlightByPlace, group: string(h.Source), order: byNumber(h.Start), id: id},
			entry{ix: highlightByMade, order: byTime(h.Made), id: id})
		for _, tag := range h.Tags {
			out = append(out, entry{ix: highlightOfTag, group: groupKey(tag), id: id})
		}
		return out
	},
	refs: func(h Highlight) []ref {
		out := []ref{{"source", string(h.Source), "source"}, {"capture", string(h.Capture), "capture"}}
		if h.QuotedIn != "" {
			out = append(out, ref{"capture", string(h.QuotedIn), "quoted_in"})
		}
		return out
	},
}

// Selector is what selector.Resolve finds it again by.
func (h Highlight) Selector() selector.Selector {
	return selector.Selector{Exact: h.Exact, Prefix: h.Prefix, Suffix: h.Suffix, Start: h.Start, End: h.End}
}

// document is where the document is kept that the positions are in, where it is
// not that of Capture.
func (h Highlight) document() kept { return kept{bucketDocument, h.Document, h.DocumentAt} }

// highlightText is the text that a highlight's positions are in.
func (t *Tx) highlightText(h Highlight) (string, error) {
	if h.Document != "" {
		return t.textOf(h.document())
	}
	return t.text(h.Capture)
}

func (h *Highlight) anchor(s selector.Selector) {
	h.Exact, h.Prefix, h.Suffix, h.Start, h.End = s.Exact, s.Prefix, s.Suffix, s.Start, s.End
}

// Highlight is one highlight by ID.
func (t *Tx) Highlight(id HighlightID) (Highlight, error) { return highlights.get(t, string(id)) }

// Highlights are those of a source, by position.
func (t *Tx) Highlights(id SourceID) ([]Highlight, error) {
	return collect(t, highlights, highlightByPlace, string(id))
}

// AllHighlights are all highlights, newest first.
func (t *Tx) AllHighlights() iter.Seq2[Highlight, error] {
	return each(t, highlights, listing{order: highlightByMade, desc: true})
}

// PutHighlight saves a highlight, new where its ID is empty. Exact, prefix and
// suffix are worked out from Start and End where Exact is empty, and the other
// way round where only Exact is given. Capture empty means the current version.
// Of an existing highlight, Source and Capture stay as they are.
type PutHighlight struct{ Highlight Highlight }

// Name is "add highlight" or "edit highlight".
func (c *PutHighlight) Name() string {
	if c.Highlight.ID == "" {
		return "add highlight"
	}
	return "edit highlight"
}

// Validate wants a source that is held, a known colour, and a place in the text.
func (c *PutHighlight) Validate(t *Tx) error {
	switch c.Highlight.Colour {
	case "", Yellow, Green, Blue, Pink, Orange, Purple:
	default:
		return invalid("colour %q is not known", c.Highlight.Colour)
	}
	_, err := c.resolved(t)
	return err
}

// resolved gives the highlight as it will be stored, but for ID and times.
func (c *PutHighlight) resolved(t *Tx) (Highlight, error) {
	h := c.Highlight
	var old Highlight
	if h.ID != "" {
		var err error
		if old, err = t.Highlight(h.ID); err != nil {
			return h, err
		}
		h.Source, h.Capture, h.Orphan, h.Quoted, h.QuotedIn = old.Source, old.Capture, old.Orphan, old.Quoted, old.QuotedIn
		h.Document, h.DocumentAt = old.Document, old.DocumentAt
		h.Made, h.Edited, h.Binned = old.Made, old.Edited, old.Binned
	} else {
		h.Orphan, h.Quoted, h.QuotedIn, h.Made, h.Edited, h.Binned = false, "", "", time.Time{}, time.Time{}, time.Time{}
		h.Document, h.DocumentAt = "", 0
	}
	s, err := t.Source(h.Source)
	if err != nil {
		return h, err
	}
	if h.Capture == "" {
		h.Capture = s.Current()
	}
	if h.Colour == "" {
		h.Colour = Yellow
	}
	h.Tags = words(h.Tags)
	if h.ID != "" {
		moved, requoted := h.Start != old.Start || h.End != old.End, h.Exact != old.Exact
		switch {
		case !moved && (!requoted || h.Exact == ""):
			h.anchor(old.Selector())
			return h, nil
		case moved && !requoted:
			h.Exact = ""
		case requoted && !moved:
			h.Start, h.End, h.Prefix, h.Suffix = 0, 0, "", ""
		}
		h.Quoted, h.QuotedIn = "", ""
	}
	held, err := t.Capture(h.Capture)
	if err != nil {
		return h, err
	}
	if held.Source != h.Source {
		return h, invalid("capture %s is not of source %s", h.Capture, h.Source)
	}
	text, err := t.highlightText(h)
	if err != nil {
		return h, err
	}
	if h.Exact == "" {
		sel, err := selector.Make(text, h.Start, h.End)
		if err != nil {
			return h, fmt.Errorf("highlight in %s: %w: %v", h.Source, ErrInvalid, err)
		}
		h.anchor(sel)
		return h, nil
	}
	if h.Start != 0 || h.End != 0 {
		sel, err := selector.Make(text, h.Start, h.End)
		if err != nil || sel.Exact != h.Exact {
			return h, invalid("the text of %s at %d to %d is not %q", h.Source, h.Start, h.End, excerpt(h.Exact))
		}
		h.anchor(sel)
		return h, nil
	}
	start, end, _, ok := selector.Resolve(text, h.Selector())
	if !ok {
		return h, invalid("%q is not found in the text of %s", excerpt(h.Exact), h.Source)
	}
	sel, err := selector.Make(text, start, end)
	if err != nil {
		return h, fmt.Errorf("highlight in %s: %w: %v", h.Source, ErrInvalid, err)
	}
	h.anchor(sel)
	return h, nil
}

// Apply saves the highlight.
func (c *PutHighlight) Apply(w *WriteTx) error {
	h, err := c.resolved(&w.Tx)
	if err != nil {
		return err
	}
	if err := stamp(w, (*string)(&h.ID), &h.Made, &h.Edited, h, highlights); err != nil {
		return err
	}
	c.Highlight = h
	return highlights.put(w, string(h.ID), h)
}

// reanchor looks for the highlights of s in the text of its new current version.
// Those that are not found are orphans of the version they came from; where that
// is the current one too, whose document was edited, they keep the document that
// it had.
func (w *WriteTx) reanchor(s Source, text string, had kept) error {
	text = storedText(text)
	ids, err := w.idsIn(highlightBySource, string(s.ID))
	if err != nil {
		return err
	}
	for _, id := range ids {
		h, err := w.Highlight(HighlightID(id))
		if err != nil {
			return err
		}
		left := h.document()
		start, end, _, ok := selector.Resolve(text, h.Selector())
		if !ok {
			h.Orphan = true
			if h.Capture == s.Current() && h.Document == "" {
				h.Document, h.DocumentAt = had.sum, had.number
			}
		} else {
			sel, err := selector.Make(text, start, end)
			if err != nil {
				return fmt.Errorf("highlight %s: %w", id, err)
			}
			if h.Quoted == "" && sel.Exact != h.Exact {
				h.Quoted, h.QuotedIn = h.Exact, h.Capture
			} else if h.Quoted == sel.Exact {
				h.Quoted, h.QuotedIn = "", ""
			}
			h.anchor(sel)
			h.Orphan, h.Capture, h.Document, h.DocumentAt = false, s.Current(), "", 0
		}
		if err := highlights.put(w, id, h); err != nil {
			return err
		}
		if left.sum != "" && h.Document == "" {
			if err := w.release(left); err != nil {
				return err
			}
		}
	}
	return nil
}

// excerpt is the beginning of a text, for a message of one line.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

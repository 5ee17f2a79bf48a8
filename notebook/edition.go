package notebook

import (
	"fmt"
	"slices"
	"strings"

	"sourcebook/notebook/document"
	"sourcebook/notebook/selector"
)

// EditDocument puts the user's edition of an extraction in the place of a
// capture's document: a passage that was dropped put back, one that was kept
// thrown out. The bytes stay, and so does the document as imported, until the
// source is gone for good; RestoreDocument brings it back.
//
// Highlights on the text are looked for in the new one. Those that are not found
// are orphans, and keep the document that they were made on. Metadata that follow
// the document, such as the countries, follow.
type EditDocument struct {
	Capture  CaptureID
	Document *document.Document

	packed packed
	words  int
}

// Name is "edit text".
func (c *EditDocument) Name() string { return "edit text" }

func (c *EditDocument) prepare() error {
	if c.Document == nil {
		return invalid("no document for capture %s", c.Capture)
	}
	raw, err := encodeDocument(c.Document)
	if err != nil {
		return fmt.Errorf("encode document of capture %s: %w", c.Capture, err)
	}
	if len(raw) > maxDocument {
		return invalid("the document has %d bytes, more than the %d that can be kept", len(raw), maxDocument)
	}
	c.words = countWords(c.Document.Text)
	c.packed, err = pack(raw)
	return err
}

// Validate wants a capture that is held, and a text.
func (c *EditDocument) Validate(t *Tx) error {
	if c.packed.sum == "" {
		if err := c.prepare(); err != nil {
			return err
		}
	}
	if strings.TrimSpace(c.Document.Text) == "" {
		return invalid("the edited text of capture %s is empty", c.Capture)
	}
	if !knownKind(c.Document.Kind) {
		return invalid("kind %q is not known", c.Document.Kind)
	}
	_, err := t.Capture(c.Capture)
	return err
}

// Apply replaces the document.
func (c *EditDocument) Apply(w *WriteTx) error {
	held, err := w.Capture(c.Capture)
	if err != nil {
		return err
	}
	if held.DocumentHash == c.packed.sum {
		return nil
	}
	k, there, err := w.heldDocument(c.packed.sum)
	if err != nil {
		return err
	}
	if !there {
		k = kept{old: bucketDocument, sum: c.packed.sum}
		if k.number, err = w.keepContent(c.packed); err != nil {
			return err
		}
	}
	err = w.replaceDocument(held, k, c.Document, c.words)
	c.packed = packed{}
	return err
}

// RestoreDocument takes a capture's document back to what the importer read.
type RestoreDocument struct{ Capture CaptureID }

// Name is "restore text".
func (c *RestoreDocument) Name() string { return "restore text" }

// Validate wants a capture that is held.
func (c *RestoreDocument) Validate(t *Tx) error {
	_, err := t.Capture(c.Capture)
	return err
}

// Apply restores it.
func (c *RestoreDocument) Apply(w *WriteTx) error {
	held, err := w.Capture(c.Capture)
	if err != nil || held.ImportedHash == "" {
		return err
	}
	k := held.imported()
	d, err := w.readDocument(k)
	if err != nil {
		return err
	}
	return w.replaceDocument(held, k, d, countWords(d.Text))
}

// replaceDocument makes k, which holds d, the document of a capture.
func (w *WriteTx) replaceDocument(c Capture, k kept, d *document.Document, words int) error {
	had, imported := c.document(), c.imported()
	c.DocumentHash, c.DocumentAt = k.sum, k.number
	c.ImportedHash, c.ImportedAt = imported.sum, imported.number
	if k.sum == imported.sum {
		c.ImportedHash, c.ImportedAt = "", 0
	}
	if err := captures.put(w, string(c.ID), c); err != nil {
		return err
	}
	s, err := w.Source(c.Source)
	if err != nil {
		return err
	}
	if s.Current() == c.ID {
		s.follow(d, words)
		s.Edited = w.now // who follows the changes of sources reads the text anew
		if err := sources.put(w, string(s.ID), s); err != nil {
			return err
		}
		if err := w.reanchor(s, d.Text, had); err != nil {
			return err
		}
		if err := w.refreshClaimsOfSource(s.ID); err != nil {
			return err
		}
	} else if err := w.reanchorOn(c, d.Text, had); err != nil {
		return err
	}
	return w.release(had)
}

// reanchorOn looks for the highlights that were left on an older version in its
// new text. They stay orphans of the current one.
func (w *WriteTx) reanchorOn(c Capture, text string, had kept) error {
	text = storedText(text)
	ids, err := w.idsIn(highlightByCapture, string(c.ID))
	if err != nil {
		return err
	}
	for _, id := range ids {
		h, err := w.Highlight(HighlightID(id))
		if err != nil {
			return err
		}
		left := h.document()
		if start, end, _, ok := selector.Resolve(text, h.Selector()); !ok {
			if h.Document == "" {
				h.Document, h.DocumentAt = had.sum, had.number
			}
		} else {
			sel, err := selector.Make(text, start, end)
			if err != nil {
				return fmt.Errorf("highlight %s: %w", id, err)
			}
			h.anchor(sel)
			h.Document, h.DocumentAt = "", 0
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

// Edited says whether the user has edited the document of a capture.
func (c Capture) Edited() bool { return c.ImportedHash != "" }

// WithPassage gives a copy of a document with a passage that was dropped put
// back as paragraphs, before the block at (its number of blocks: at the end).
// The passage leaves the list of dropped ones.
func WithPassage(d *document.Document, dropped, at int) (*document.Document, error) {
	if dropped < 0 || dropped >= len(d.Dropped) || at < 0 || at > len(d.Blocks) {
		return nil, invalid("no dropped passage %d or no block %d", dropped, at)
	}
	out := *d
	var back []document.Block
	for _, text := range strings.Split(d.Dropped[dropped].Text, "\n") {
		if text = strings.TrimSpace(text); text != "" {
			back = append(back, document.Block{Kind: document.Paragraph, Text: text, Links: []document.Link{}})
		}
	}
	out.Blocks = slices.Concat(d.Blocks[:at], back, d.Blocks[at:])
	out.Dropped = slices.Delete(slices.Clone(d.Dropped), dropped, dropped+1)
	return moved(d, &out, func(block int) int {
		if block < at {
			return block
		}
		return block + len(back)
	}), nil
}

// WithoutBlock gives a copy of a document without one of its blocks, which joins
// the dropped passages for a reason that the importer might give.
func WithoutBlock(d *document.Document, at int, why document.Reason) (*document.Document, error) {
	if at < 0 || at >= len(d.Blocks) {
		return nil, invalid("no block %d", at)
	}
	out := *d
	out.Blocks = slices.Delete(slices.Clone(d.Blocks), at, at+1)
	out.Dropped = append(slices.Clone(d.Dropped), document.Dropped{Reason: why, Text: d.Blocks[at].Text})
	return moved(d, &out, func(block int) int {
		switch {
		case block == at:
			return -1
		case block < at:
			return block
		}
		return block - 1
	}), nil
}

// moved finishes an edited document: the positions of citations and statements
// follow the blocks that they lie in; citations in blocks that are gone go.
func moved(was, is *document.Document, to func(block int) int) *document.Document {
	is.Blocks = slices.Clone(is.Blocks)
	// Images stand above the same blocks; where one is gone, above the next.
	is.Images = slices.Clone(was.Images)
	for i := range is.Images {
		at := len(is.Blocks)
		for block := max(is.Images[i].Before, 0); block < len(was.Blocks); block++ {
			if now := to(block); now >= 0 {
				at = now
				break
			}
		}
		is.Images[i].Before = at
	}
	is.Finish()
	starts := func(d *document.Document) []int {
		out, at := make([]int, len(d.Blocks)), 0
		for i, b := range d.Blocks {
			out[i] = at
			at += len([]rune(b.Text)) + 2
		}
		return out
	}
	before, after := starts(was), starts(is)
	shift := func(start, end int) (int, int, bool) {
		for i := len(before) - 1; i >= 0; i-- {
			if start >= before[i] {
				block := to(i)
				if block < 0 || end > before[i]+len([]rune(was.Blocks[i].Text)) {
					return 0, 0, false
				}
				by := after[block] - before[i]
				return start + by, end + by, true
			}
		}
		return 0, 0, false
	}
	citations := []document.Citation{}
	for _, c := range was.Citations {
		var ok bool
		if c.Start, c.End, ok = shift(c.Start, c.End); ok {
			citations = append(citations, c)
		}
	}
	is.Citations = citations
	if was.Search != nil && was.Search.Answer != nil {
		search, answer := *was.Search, *was.Search.Answer
		answer.Sections = slices.Clone(answer.Sections)
		for i, section := range answer.Sections {
			kept := []document.Statement{}
			for _, s := range section.Statements {
				var ok bool
				if s.Start, s.End, ok = shift(s.Start, s.End); ok {
					kept = append(kept, s)
				}
			}
			answer.Sections[i].Statements = kept
		}
		search.Answer = &answer
		is.Search = &search
	}
	return is
}

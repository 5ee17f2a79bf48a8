package notebook

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"sourcebook/notebook/document"
)

// Method says how a capture came in.
type Method string

// The ways in.
const (
	ByFile      Method = "file"
	ByPaste     Method = "paste"
	ByDrop      Method = "drop"
	ByURL       Method = "url"
	ByStdin     Method = "stdin"
	ByExtension Method = "extension"
	BySample    Method = "sample"
)

// Capture is bytes as received, never changed. The bytes stand apart
// (Tx.Original), compressed and addressed by their SHA-256.
type Capture struct {
	ID       CaptureID `json:"id"`
	Source   SourceID  `json:"source,omitempty"`
	SHA256   string    `json:"sha256,omitempty"`    // of the bytes as received, lower-case hex
	TextHash string    `json:"text_hash,omitempty"` // SHA-256 of the canonical text, lower-case hex
	// DocumentHash is the SHA-256 of the document as stored. Captures of the same
	// text share one document. TextHash is that of the text as imported.
	DocumentHash string `json:"document_hash,omitempty"`
	// ImportedHash is that of the document as the importer read it, where the user
	// has edited it since.
	ImportedHash string `json:"imported_hash,omitempty"`
	// OriginalAt, DocumentAt and ImportedAt are the numbers of the content.
	OriginalAt uint64 `json:"original,omitempty"`
	DocumentAt uint64 `json:"document,omitempty"`
	ImportedAt uint64 `json:"imported,omitempty"`

	Size      int64     `json:"size,omitempty"` // bytes as received
	Name      string    `json:"name,omitempty"` // file name, without folder
	MediaType string    `json:"media_type,omitempty"`
	URL       string    `json:"url,omitempty"` // where it was fetched or saved from
	Method    Method    `json:"method,omitempty"`
	Received  time.Time `json:"received,omitzero"`
}

var (
	captureBySource = newIndex("capture.source") // source → captures, oldest ID first
	captureBySHA256 = newIndex("capture.sha256") // hash of the bytes → captures
	captureByText   = newIndex("capture.text")   // hash of the canonical text → captures
	captureByDoc    = newIndex("capture.document")
)

var captures = table[Capture]{
	word: "capture",
	key:  func(c Capture) string { return string(c.ID) },
	entries: func(c Capture) []entry {
		id := string(c.ID)
		out := []entry{
			{ix: captureBySource, group: string(c.Source), id: id},
			{ix: captureBySHA256, group: c.SHA256, id: id},
			{ix: captureByText, group: c.TextHash, id: id},
			{ix: captureByDoc, group: c.DocumentHash, id: id},
		}
		if c.ImportedHash != "" {
			out = append(out, entry{ix: captureByDoc, group: c.ImportedHash, id: id})
		}
		return out
	},
	refs: func(c Capture) []ref { return []ref{{"source", string(c.Source), "source"}} },
}

// Capture is one capture by ID.
func (t *Tx) Capture(id CaptureID) (Capture, error) { return captures.get(t, string(id)) }

// AddCapture keeps bytes as received and the document read out of them: a new
// source, a new version of a source, or nothing where the same bytes are held.
//
// The source is found by its address (CanonicalURL of the document's canonical
// address, its address, or the capture's), or else by its text. A source in the
// bin comes back. On a new version the source's metadata follow the new
// document, but for fields that were set by hand, and its highlights are looked
// for in the new text: those that are not found are orphans of the version they
// came from. Cited links whose address or outlet and date are the source's
// become held.
type AddCapture struct {
	Capture  Capture // Source, SHA256, TextHash, DocumentHash, Size may be empty: worked out
	Original []byte
	Document *document.Document
	Tags     []string // added to the source's
	Folder   string   // for a new source
	// Results, set by Do:
	SourceID SourceID
	Outcome  Outcome

	original, document packed
	words              int
	ready              bool
}

// Outcome says what AddCapture did.
type Outcome string

// The outcomes.
const (
	NewSource  Outcome = "new"       // a source that was not held
	NewVersion Outcome = "version"   // a later capture of a held source, with another text
	SameText   Outcome = "same text" // a later capture whose text is that of the held one: kept as capture, document shared
	Duplicate  Outcome = "duplicate" // the same bytes: nothing was added
)

// Name is "add source".
func (c *AddCapture) Name() string { return "add source" }

// prepare hashes and compresses, so that the file is not held for it.
func (c *AddCapture) prepare() error {
	if c.ready {
		return nil
	}
	if c.Document == nil {
		return invalid("no document was read out of %q", c.Capture.Name)
	}
	if len(c.Original) > maxOriginal {
		return invalid("%q has %d bytes, more than the %d that can be kept", c.Capture.Name, len(c.Original), maxOriginal)
	}
	// The bytes are packed while the document is encoded and packed.
	var wg sync.WaitGroup
	var original packed
	var originalErr error
	wg.Go(func() { original, originalErr = pack(c.Original) })
	raw, err := encodeDocument(c.Document)
	switch {
	case err != nil:
		err = fmt.Errorf("encode document of %q: %w", c.Capture.Name, err)
	case len(raw) > maxDocument:
		err = invalid("the document of %q has %d bytes, more than the %d that can be kept", c.Capture.Name, len(raw), maxDocument)
	default:
		c.document, err = pack(raw)
	}
	c.words = countWords(c.Document.Text)
	wg.Wait()
	if err != nil {
		return err
	}
	if originalErr != nil {
		return originalErr
	}
	c.original = original
	c.Capture.SHA256, c.Capture.Size = c.original.sum, c.original.size
	// JSON stores each invalid byte as one U+FFFD; so does this.
	c.Capture.TextHash = sum([]byte(storedText(c.Document.Text)))
	c.Capture.DocumentHash, c.Capture.ImportedHash = c.document.sum, ""
	c.Capture.OriginalAt, c.Capture.DocumentAt, c.Capture.ImportedAt = 0, 0, 0
	c.ready = true
	return nil
}

// Validate refuses a capture with neither bytes nor text.
func (c *AddCapture) Validate(*Tx) error {
	if err := c.prepare(); err != nil {
		return err
	}
	if len(c.Original) == 0 && strings.TrimSpace(c.Document.Text) == "" {
		return invalid("%q is empty", c.Capture.Name)
	}
	if !knownKind(c.Document.Kind) {
		return invalid("kind %q of %q is not known", c.Document.Kind, c.Capture.Name)
	}
	return nil
}

// address is the canonical address of what was captured, empty where there is
// none that is whole.
func (c *AddCapture) address() string {
	if s := c.Document.Search; s != nil && s.URLTruncated {
		return ""
	}
	for _, raw := range []string{c.Document.CanonicalURL, c.Document.URL, c.Capture.URL} {
		if a, ok := CanonicalURL(raw); ok {
			return a
		}
	}
	return ""
}

// held finds the source that this is a capture of. ErrNotFound where none.
func (c *AddCapture) held(t *Tx, address string) (Source, error) {
	byText := "sha256:" + c.Capture.TextHash
	if strings.TrimSpace(c.Document.Text) == "" {
		byText = "sha256:" + c.Capture.SHA256
	}
	if address != "" {
		if s, err := t.FindSource(address); err == nil || !errors.Is(err, ErrNotFound) {
			return s, err
		}
		// The same text or bytes came in before without an address: now it has one.
		if s, err := t.FindSource(byText); err == nil || !errors.Is(err, ErrNotFound) {
			return s, err
		}
		s, err := t.findCapture(captureBySHA256, c.Capture.SHA256)
		if err == nil && (len(c.Original) == 0 || !strings.HasPrefix(s.Identity, "sha256:")) {
			return Source{}, ErrNotFound
		}
		return s, err
	}
	if s, err := t.FindSource(byText); err == nil || !errors.Is(err, ErrNotFound) {
		return s, err
	}
	if len(c.Original) > 0 {
		if s, err := t.findCapture(captureBySHA256, c.Capture.SHA256); err == nil || !errors.Is(err, ErrNotFound) {
			return s, err
		}
	}
	if strings.TrimSpace(c.Document.Text) == "" {
		return Source{}, ErrNotFound
	}
	return t.findCapture(captureByText, c.Capture.TextHash)
}

// findCapture finds the source of the first capture under a hash.
func (t *Tx) findCapture(ix *index, hash string) (Source, error) {
	ids, err := t.idsIn(ix, hash)
	if err != nil {
		return Source{}, err
	}
	if len(ids) == 0 {
		return Source{}, fmt.Errorf("capture with hash %s: %w", hash, ErrNotFound)
	}
	held, err := captures.get(t, ids[0])
	if err != nil {
		return Source{}, err
	}
	return t.Source(held.Source)
}

// Apply adds the capture.
func (c *AddCapture) Apply(w *WriteTx) error {
	if c.Capture.Received.IsZero() {
		c.Capture.Received = w.now
	}
	c.Capture.Received = c.Capture.Received.UTC().Truncate(time.Millisecond)
	address := c.address()
	s, err := c.held(&w.Tx, address)
	switch {
	case errors.Is(err, ErrNotFound):
		err = c.addSource(w, address)
	case err == nil:
		err = c.addVersion(w, s, address)
	}
	// What was prepared is done with; a caller may keep the command.
	c.original, c.document, c.ready = packed{}, packed{}, false
	return err
}

func (c *AddCapture) addSource(w *WriteTx, address string) error {
	id, err := w.newID()
	if err != nil {
		return err
	}
	s := Source{ID: SourceID(id), Identity: address, Added: w.now, Folder: folderName(c.Folder)}
	switch {
	case address != "":
	case strings.TrimSpace(c.Document.Text) != "":
		s.Identity = "sha256:" + c.Capture.TextHash
	default:
		s.Identity = "sha256:" + c.Capture.SHA256
	}
	s.Tags = words(c.Tags)
	s.follow(c.Document, c.words)
	s.Captured = c.Capture.Received
	if err := c.addTo(w, &s); err != nil {
		return err
	}
	if err := sources.put(w, id, s); err != nil {
		return err
	}
	c.SourceID, c.Outcome = s.ID, NewSource
	return w.holdLinks(s)
}

// addTo keeps the content and the capture, and puts it among those of s by when
// it was received.
func (c *AddCapture) addTo(w *WriteTx, s *Source) error {
	k, held, err := w.heldOriginal(c.original.sum)
	if err == nil && !held {
		k.number, err = w.keepContent(c.original)
	}
	if err != nil {
		return err
	}
	c.Capture.OriginalAt = k.number
	if c.Capture.DocumentHash == c.document.sum {
		k, held, err := w.heldDocument(c.document.sum)
		if err == nil && !held {
			k.number, err = w.keepContent(c.document)
		}
		if err != nil {
			return err
		}
		c.Capture.DocumentAt = k.number
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Capture.ID, c.Capture.Source = CaptureID(id), s.ID
	at := len(s.Captures)
	for ; at > 0; at-- {
		before, err := captures.get(&w.Tx, string(s.Captures[at-1]))
		if err != nil {
			return err
		}
		if !before.Received.After(c.Capture.Received) {
			break
		}
	}
	s.Captures = append(s.Captures[:at:at], append([]CaptureID{c.Capture.ID}, s.Captures[at:]...)...)
	return captures.put(w, id, c.Capture)
}

func (c *AddCapture) addVersion(w *WriteTx, s Source, address string) error {
	before := s.Current()
	c.SourceID, c.Outcome = s.ID, Duplicate
	s.Captures = append([]CaptureID(nil), s.Captures...)
	s.Tags = words(append(append([]string(nil), s.Tags...), c.Tags...))
	if strings.HasPrefix(s.Identity, "sha256:") && address != "" {
		s.Identity = address
		s.URL, s.CanonicalURL = first(c.Document.URL, c.Capture.URL, s.URL), first(c.Document.CanonicalURL, s.CanonicalURL)
	}
	if !s.Binned.IsZero() {
		if err := w.unbin(Key{sources.word, string(s.ID)}); err != nil {
			return err
		}
		s.Binned = time.Time{}
	}
	var same, sameText *Capture
	for _, id := range s.Captures {
		held, err := captures.get(&w.Tx, string(id))
		if err != nil {
			return err
		}
		if held.SHA256 == c.Capture.SHA256 && (len(c.Original) > 0 || held.TextHash == c.Capture.TextHash) {
			same = &held
		}
		if id == before && held.TextHash == c.Capture.TextHash {
			sameText = &held
		}
	}
	if same != nil {
		c.Capture = *same
		if err := sources.put(w, string(s.ID), s); err != nil {
			return err
		}
		return w.holdLinks(s)
	}
	c.Outcome = NewVersion
	if sameText != nil {
		c.Outcome = SameText
		// With what the user has edited.
		c.Capture.DocumentHash, c.Capture.DocumentAt = sameText.DocumentHash, sameText.DocumentAt
		c.Capture.ImportedHash, c.Capture.ImportedAt = sameText.ImportedHash, sameText.ImportedAt
	}
	if err := c.addTo(w, &s); err != nil {
		return err
	}
	current := s.Current() == c.Capture.ID
	if current {
		s.Captured = c.Capture.Received
		if c.Outcome == NewVersion {
			s.follow(c.Document, c.words)
		}
	}
	if err := sources.put(w, string(s.ID), s); err != nil {
		return err
	}
	if current && c.Outcome == NewVersion {
		if err := w.reanchor(s, c.Document.Text, kept{}); err != nil {
			return err
		}
		// It may have become, or ceased to be, a search snapshot.
		if err := w.refreshClaimsOfSource(s.ID); err != nil {
			return err
		}
	}
	return w.holdLinks(s)
}

// first is the first that is not empty.
func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

package notebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"sourcebook/notebook/document"
)

// Limits of what is kept.
const (
	chunkSize   = 1 << 20   // of a stored value, at most
	maxOriginal = 512 << 20 // bytes as received
	maxDocument = 256 << 20 // JSON of one document
)

// packed is content that is ready to be kept: compressed, with its SHA-256.
type packed struct {
	sum    string // lower-case hex
	size   int64
	stored []byte
}

// kept is where content is kept: under its number in the content bucket, or
// where that is zero, as format 1 did, under its hash in a bucket of its own.
type kept struct {
	old    string // the bucket of format 1
	sum    string // SHA-256, lower-case hex
	number uint64
}

// emptySum is the hash of no bytes, which are not kept.
var emptySum = sum(nil)

// header is what format 1 keeps as chunk 0 of content.
type header struct {
	Size   int64  `json:"size"`   // of the content
	Stored int64  `json:"stored"` // compressed
	Chunks uint32 `json:"chunks"` // numbered from 1
}

// The encoder and decoder have no state between calls and serve all goroutines.
var (
	compressor = sync.OnceValues(func() (*zstd.Encoder, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false))
	})
	decompressor = sync.OnceValues(func() (*zstd.Decoder, error) {
		return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxOriginal), zstd.WithDecoderConcurrency(0))
	})
)

// pack compresses content.
func pack(content []byte) (packed, error) {
	enc, err := compressor()
	if err != nil {
		return packed{}, fmt.Errorf("compress: %w", err)
	}
	return packed{sum: sum(content), size: int64(len(content)), stored: enc.EncodeAll(content, make([]byte, 0, len(content)/2+64))}, nil
}

// sum is the SHA-256 of content in lower-case hex.
func sum(content []byte) string {
	h := sha256.Sum256(content)
	return hex.EncodeToString(h[:])
}

// keepContent stores p under the next number, which it gives.
func (w *WriteTx) keepContent(p packed) (uint64, error) {
	if p.size == 0 {
		return 0, nil
	}
	last, err := w.number(metaContent)
	if err != nil {
		return 0, err
	}
	number := last + 1
	if err := w.setNumber(metaContent, number); err != nil {
		return 0, err
	}
	b, err := w.bucket(bucketContent)
	if err != nil {
		return 0, err
	}
	b.FillPercent = 0.95 // numbers only ever rise, so pages can be filled
	rest := p.stored
	for i := uint32(0); len(rest) > 0; i++ {
		n := min(len(rest), chunkSize)
		key := number8and4(number, i)
		w.step.keep(bucketContent, string(key), nil)
		if err := b.Put(key, rest[:n]); err != nil {
			return 0, fmt.Errorf("write content %d: %w", number, err)
		}
		rest = rest[n:]
	}
	return number, nil
}

// dropContent deletes content.
func (w *WriteTx) dropContent(k kept) error {
	if k.sum == emptySum {
		return nil
	}
	keys, _, err := w.chunks(k)
	if err != nil {
		return err
	}
	bucket := bucketContent
	if k.number == 0 {
		bucket = k.old
	}
	for _, key := range keys {
		if err := w.set(bucket, key, nil); err != nil {
			return err
		}
	}
	return nil
}

// chunks gives the keys of content and what they hold, compressed; of format 1
// with the header's key first.
func (t *Tx) chunks(k kept) (keys []string, stored []byte, err error) {
	bucket, prefix := bucketContent, string(number8(k.number))
	if k.number == 0 {
		raw, err := hex.DecodeString(k.sum)
		if err != nil || len(raw) != sha256.Size {
			return nil, nil, fmt.Errorf("%q is not a SHA-256: %w", k.sum, ErrDamaged)
		}
		bucket, prefix = k.old, string(raw)
	}
	b := t.b.Bucket([]byte(bucket))
	if b == nil {
		return nil, nil, fmt.Errorf("bucket %q is missing: %w", bucket, ErrDamaged)
	}
	last := -1
	c := b.Cursor()
	for key, v := c.Seek([]byte(prefix)); bytes.HasPrefix(key, []byte(prefix)); key, v = c.Next() {
		if len(key) != len(prefix)+4 || binary.BigEndian.Uint32(key[len(prefix):]) != uint32(last+1) {
			return nil, nil, fmt.Errorf("%s: chunk %d is missing: %w", k, last+1, ErrDamaged)
		}
		last++
		keys = append(keys, string(key))
		if k.number == 0 && last == 0 {
			var h header
			if err := decode(v, &h); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", k, err)
			}
			continue
		}
		if stored == nil {
			stored = v[:len(v):len(v)]
		} else {
			stored = append(stored, v...)
		}
	}
	if last < 0 {
		return nil, nil, fmt.Errorf("%s is missing: %w", k, ErrDamaged)
	}
	return keys, stored, nil
}

// String names content in messages.
func (k kept) String() string {
	if k.number == 0 {
		return k.old + " " + k.sum
	}
	return fmt.Sprintf("%s %s (content %d)", k.old, k.sum, k.number)
}

// content gives what is kept, checked against its hash.
func (t *Tx) content(k kept) ([]byte, error) {
	if k.number == 0 && k.sum == emptySum {
		return []byte{}, nil
	}
	_, stored, err := t.chunks(k)
	if err != nil {
		return nil, err
	}
	dec, err := decompressor()
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	out, err := dec.DecodeAll(stored, nil)
	if err != nil {
		return nil, fmt.Errorf("decompress %s: %w: %v", k, ErrDamaged, err)
	}
	if got := sum(out); got != k.sum {
		return nil, fmt.Errorf("%s has the hash %s: %w", k, got, ErrDamaged)
	}
	return out, nil
}

// original is where a capture's bytes are kept.
func (c Capture) original() kept { return kept{bucketOriginal, c.SHA256, c.OriginalAt} }

// document is where a capture's document is kept.
func (c Capture) document() kept { return kept{bucketDocument, c.DocumentHash, c.DocumentAt} }

// imported is where the document is kept that the importer read, which is
// another one where the user has edited it.
func (c Capture) imported() kept {
	if c.ImportedHash == "" {
		return c.document()
	}
	return kept{bucketDocument, c.ImportedHash, c.ImportedAt}
}

// heldOriginal finds where bytes are kept.
func (t *Tx) heldOriginal(sum string) (kept, bool, error) {
	ids, err := t.idsIn(captureBySHA256, sum)
	if err != nil || len(ids) == 0 {
		return kept{}, false, err
	}
	c, err := captures.get(t, ids[0])
	return c.original(), err == nil, err
}

// heldDocument finds where a document is kept.
func (t *Tx) heldDocument(sum string) (kept, bool, error) {
	ids, err := t.idsIn(captureByDoc, sum)
	if err != nil {
		return kept{}, false, err
	}
	if len(ids) > 0 {
		c, err := captures.get(t, ids[0])
		if k := c.imported(); k.sum == sum {
			return k, err == nil, err
		}
		return c.document(), err == nil, err
	}
	if ids, err = t.idsIn(highlightByDoc, sum); err != nil || len(ids) == 0 {
		return kept{}, false, err
	}
	h, err := highlights.get(t, ids[0])
	return h.document(), err == nil, err
}

// release deletes content that nothing has any more.
func (w *WriteTx) release(k kept) error {
	held := w.heldDocument
	if k.old == bucketOriginal {
		held = w.heldOriginal
	}
	if _, still, err := held(k.sum); err != nil || still {
		return err
	}
	return w.dropContent(k)
}

// Original is the bytes of a capture as received, checked against their hash.
func (t *Tx) Original(id CaptureID) ([]byte, error) {
	c, err := captures.get(t, string(id))
	if err != nil {
		return nil, err
	}
	return t.content(c.original())
}

// Document is what was read out of a capture, as the user has edited it if so.
func (t *Tx) Document(id CaptureID) (*document.Document, error) {
	c, err := captures.get(t, string(id))
	if err != nil {
		return nil, err
	}
	return t.readDocument(c.document())
}

// ImportedDocument is what the importer read out of a capture, and whether the
// user has edited it since.
func (t *Tx) ImportedDocument(id CaptureID) (d *document.Document, edited bool, err error) {
	c, err := captures.get(t, string(id))
	if err != nil {
		return nil, false, err
	}
	d, err = t.readDocument(c.imported())
	return d, c.ImportedHash != "", err
}

// encodeDocument gives a document as stored. Its text is left out where it is
// that of its blocks, which is so of every document that is finished.
func encodeDocument(d *document.Document) ([]byte, error) {
	stored := *d
	if stored.Text == document.Canonical(stored.Blocks) {
		stored.Text = ""
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(&stored)
	return b.Bytes(), err
}

// storedText is a text as it comes back: JSON keeps each invalid byte as one
// U+FFFD, so that positions stay.
func storedText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

func (t *Tx) readDocument(k kept) (*document.Document, error) {
	raw, err := t.content(k)
	if err != nil {
		return nil, err
	}
	d := &document.Document{}
	if err := json.Unmarshal(raw, d); err != nil {
		return nil, fmt.Errorf("%s: %w: %v", k, ErrDamaged, err)
	}
	if d.Text == "" {
		d.Text = document.Canonical(d.Blocks)
	}
	return d, nil
}

// text is the canonical text of a capture's document.
func (t *Tx) text(id CaptureID) (string, error) {
	c, err := captures.get(t, string(id))
	if err != nil {
		return "", err
	}
	return t.textOf(c.document())
}

// textOf is the canonical text of a document.
func (t *Tx) textOf(k kept) (string, error) {
	if t.lastHash == k.sum {
		return t.lastText, nil
	}
	d, err := t.readDocument(k)
	if err != nil {
		return "", err
	}
	t.lastHash, t.lastText = k.sum, d.Text
	return d.Text, nil
}

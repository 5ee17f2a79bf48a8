package notebook

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
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

// packed is content that is ready to be kept: compressed, under its SHA-256.
// Its header value says how large it is; its chunks follow under the same hash.
type packed struct {
	sum    string // lower-case hex
	size   int64
	stored []byte
}

// header is the value of chunk 0 of packed content.
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

// chunkKey is the key of a chunk: the 32 bytes of the hash and the chunk's number.
func chunkKey(sum string, i uint32) (string, error) {
	raw, err := hex.DecodeString(sum)
	if err != nil || len(raw) != sha256.Size {
		return "", fmt.Errorf("%q is not a SHA-256: %w", sum, ErrDamaged)
	}
	return string(binary.BigEndian.AppendUint32(raw, i)), nil
}

// keepContent stores p in bucket, where it is not there yet.
func (w *WriteTx) keepContent(bucket string, p packed) error {
	key, err := chunkKey(p.sum, 0)
	if err != nil {
		return err
	}
	if held, err := w.get(bucket, key); err != nil || held != nil {
		return err
	}
	h := header{Size: p.size, Stored: int64(len(p.stored)), Chunks: uint32((len(p.stored) + chunkSize - 1) / chunkSize)}
	raw, err := encode(h)
	if err != nil {
		return err
	}
	if err := w.set(bucket, key, raw); err != nil {
		return err
	}
	rest := p.stored
	for i := uint32(1); len(rest) > 0; i++ {
		n := min(len(rest), chunkSize)
		key, err := chunkKey(p.sum, i)
		if err != nil {
			return err
		}
		if err := w.set(bucket, key, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// dropContent deletes content.
func (w *WriteTx) dropContent(bucket, sum string) error {
	h, err := w.contentHeader(bucket, sum)
	if err != nil {
		return err
	}
	for i := range h.Chunks + 1 {
		key, err := chunkKey(sum, i)
		if err != nil {
			return err
		}
		if err := w.set(bucket, key, nil); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) contentHeader(bucket, sum string) (header, error) {
	var h header
	key, err := chunkKey(sum, 0)
	if err != nil {
		return h, err
	}
	raw, err := t.get(bucket, key)
	if err != nil {
		return h, err
	}
	if raw == nil {
		return h, fmt.Errorf("%s %s is missing: %w", bucket, sum, ErrDamaged)
	}
	if err := decode(raw, &h); err != nil {
		return h, fmt.Errorf("%s %s: %w", bucket, sum, err)
	}
	return h, nil
}

// content gives what is kept under sum, checked against it.
func (t *Tx) content(bucket, of string) ([]byte, error) {
	h, err := t.contentHeader(bucket, of)
	if err != nil {
		return nil, err
	}
	if h.Size < 0 || h.Size > maxOriginal || h.Stored < 0 || h.Stored > math.MaxInt32*2 {
		return nil, fmt.Errorf("%s %s says it has %d bytes: %w", bucket, of, h.Size, ErrDamaged)
	}
	var stored []byte
	for i := uint32(1); i <= h.Chunks; i++ {
		key, err := chunkKey(of, i)
		if err != nil {
			return nil, err
		}
		chunk, err := t.get(bucket, key)
		if err != nil {
			return nil, err
		}
		if chunk == nil {
			return nil, fmt.Errorf("%s %s: chunk %d of %d is missing: %w", bucket, of, i, h.Chunks, ErrDamaged)
		}
		if h.Chunks == 1 {
			stored = chunk
			break
		}
		stored = append(stored, chunk...)
	}
	dec, err := decompressor()
	if err != nil {
		return nil, fmt.Errorf("decompress: %w", err)
	}
	out, err := dec.DecodeAll(stored, make([]byte, 0, h.Size))
	if err != nil {
		return nil, fmt.Errorf("decompress %s %s: %w: %v", bucket, of, ErrDamaged, err)
	}
	if got := sum(out); got != of {
		return nil, fmt.Errorf("%s %s has the hash %s: %w", bucket, of, got, ErrDamaged)
	}
	return out, nil
}

// Original is the bytes of a capture as received, checked against their hash.
func (t *Tx) Original(id CaptureID) ([]byte, error) {
	c, err := captures.get(t, string(id))
	if err != nil {
		return nil, err
	}
	return t.content(bucketOriginal, c.SHA256)
}

// Document is what was read out of a capture.
func (t *Tx) Document(id CaptureID) (*document.Document, error) {
	c, err := captures.get(t, string(id))
	if err != nil {
		return nil, err
	}
	return t.readDocument(c.DocumentHash)
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

func (t *Tx) readDocument(of string) (*document.Document, error) {
	raw, err := t.content(bucketDocument, of)
	if err != nil {
		return nil, err
	}
	d := &document.Document{}
	if err := json.Unmarshal(raw, d); err != nil {
		return nil, fmt.Errorf("document %s: %w: %v", of, ErrDamaged, err)
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
	if t.lastHash == c.DocumentHash {
		return t.lastText, nil
	}
	d, err := t.readDocument(c.DocumentHash)
	if err != nil {
		return "", err
	}
	t.lastHash, t.lastText = c.DocumentHash, d.Text
	return d.Text, nil
}

package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
)

// The first byte of every stored value is its version.
const (
	valueVersion = 1 // JSON
	packedValue  = 2 // JSON compressed by zstd
)

// packFrom is the size from which lines of the audit trail and steps, which can
// name thousands of keys, are compressed.
const packFrom = 2 << 10

// encode gives v as stored.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte(valueVersion)
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// encodePacked gives v as stored, compressed where it is long.
func encodePacked(v any) ([]byte, error) {
	raw, err := encode(v)
	if err != nil || len(raw) < packFrom {
		return raw, err
	}
	enc, err := compressor()
	if err != nil {
		return nil, fmt.Errorf("compress: %w", err)
	}
	return enc.EncodeAll(raw[1:], []byte{packedValue}), nil
}

// decode reads what encode or encodePacked wrote.
func decode(raw []byte, v any) error {
	if len(raw) == 0 {
		return fmt.Errorf("the value is empty: %w", ErrDamaged)
	}
	body := raw[1:]
	switch {
	case raw[0] == valueVersion:
	case raw[0] == packedValue:
		dec, err := decompressor()
		if err != nil {
			return fmt.Errorf("decompress: %w", err)
		}
		if body, err = dec.DecodeAll(body, nil); err != nil {
			return fmt.Errorf("%w: %v", ErrDamaged, err)
		}
	case raw[0] > packedValue:
		return fmt.Errorf("value of version %d: %w", raw[0], ErrNewerFormat)
	default:
		return fmt.Errorf("value of version %d: %w", raw[0], ErrDamaged)
	}
	if err := json.Unmarshal(body, v); err != nil {
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	return nil
}

// table is one kind of entity: the bucket named by its word, keyed by ID.
type table[T any] struct {
	word    string
	entries func(T) []entry             // the index entries that follow from a value
	fill    func(*Tx, string, *T) error // what of a value stands in another bucket; may be nil
	strip   func(*T)                    // takes the same out before it is stored; may be nil
	refs    func(T) []ref               // the entities it names, for Verify
	key     func(T) string              // its ID
}

// ref is one entity naming another.
type ref struct {
	kind, id string
	what     string // the field, for a report
}

// anyTable is a table without its type, for what goes over all of them.
type anyTable interface {
	derive(t *Tx, key string, raw []byte) ([]entry, error)
	references(t *Tx, key string, raw []byte) ([]ref, error)
	archived(t *Tx, key string, raw []byte) ([]byte, error)
	parsed(line []byte) (key string, refs []ref, err error)
	putLine(w *WriteTx, line []byte) (added bool, err error)
}

// tables are all kinds of entity by word.
var tables = map[string]anyTable{
	sources.word:      sources,
	captures.word:     captures,
	highlights.word:   highlights,
	claims.word:       claims,
	links.word:        links,
	relations.word:    relations,
	publishers.word:   publishers,
	dossierNotes.word: dossierNotes,
	comparisons.word:  comparisons,
	briefings.word:    briefings,
	folders.word:      folders,
	saveds.word:       saveds,
	settings.word:     settings,
}

// kinds are the words of all tables, in the order in which they are reported.
var kinds = []string{"source", "capture", "highlight", "claim", "link", "relation", "publisher", "dossier", "comparison", "briefing", "folder", "saved", "setting"}

// worded are the kinds whose keys are words, not IDs.
var worded = map[string]bool{publishers.word: true, dossierNotes.word: true, folders.word: true, settings.word: true}

// kinds are those that the file's format has.
func (t *Tx) kinds() []string {
	if t.n.format < 2 {
		return kinds[:10]
	}
	return kinds
}

// get gives one entity, ErrNotFound where there is none.
func (tb table[T]) get(t *Tx, id string) (T, error) {
	var v T
	raw, err := t.get(tb.word, id)
	if err != nil {
		return v, err
	}
	if raw == nil {
		return v, fmt.Errorf("%s %q: %w", tb.word, id, ErrNotFound)
	}
	return tb.read(t, id, raw)
}

// getIf is get, nil where there is none.
func (tb table[T]) getIf(t *Tx, id string) (*T, error) {
	held, err := tb.has(t, id)
	if err != nil || !held {
		return nil, err
	}
	v, err := tb.get(t, id)
	return &v, err
}

// read decodes the stored value of id.
func (tb table[T]) read(t *Tx, id string, raw []byte) (T, error) {
	var v T
	if err := decode(raw, &v); err != nil {
		return v, fmt.Errorf("%s %q: %w", tb.word, id, err)
	}
	if tb.key != nil && tb.key(v) != id {
		return v, fmt.Errorf("%s %q says it is %q: %w", tb.word, id, tb.key(v), ErrDamaged)
	}
	if tb.fill != nil {
		if err := tb.fill(t, id, &v); err != nil {
			return v, err
		}
	}
	return v, nil
}

// has says whether there is an entity of this ID.
func (tb table[T]) has(t *Tx, id string) (bool, error) {
	raw, err := t.get(tb.word, id)
	return raw != nil, err
}

// put saves v under id.
func (tb table[T]) put(w *WriteTx, id string, v T) error {
	if tb.strip != nil {
		tb.strip(&v)
	}
	raw, err := encode(v)
	if err != nil {
		return fmt.Errorf("encode %s %q: %w", tb.word, id, err)
	}
	if tb.fill != nil {
		if err := tb.fill(&w.Tx, id, &v); err != nil {
			return err
		}
	}
	var after []entry
	if tb.entries != nil {
		after = tb.entries(v)
	}
	return w.setEntity(tb.word, id, raw, after)
}

// drop deletes the entity of this ID for good.
func (tb table[T]) drop(w *WriteTx, id string) error { return w.set(tb.word, id, nil) }

// all goes through every entity, in the order of their IDs.
func (tb table[T]) all(t *Tx) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		b, err := t.bucket(tb.word)
		if err != nil {
			yield(zero, err)
			return
		}
		c := b.Cursor()
		for k, raw := c.First(); k != nil; k, raw = c.Next() {
			if v, err := tb.read(t, string(k), raw); !yield(v, err) || err != nil {
				return
			}
		}
	}
}

func (tb table[T]) derive(t *Tx, key string, raw []byte) ([]entry, error) {
	v, err := tb.read(t, key, raw)
	if err != nil || tb.entries == nil {
		return nil, err
	}
	return tb.entries(v), nil
}

func (tb table[T]) references(t *Tx, key string, raw []byte) ([]ref, error) {
	v, err := tb.read(t, key, raw)
	if err != nil || tb.refs == nil {
		return nil, err
	}
	return tb.refs(v), nil
}

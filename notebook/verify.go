package notebook

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"sourcebook/notebook/selector"
)

// Report is what Verify found. Faults is empty for a sound notebook.
type Report struct {
	Checked map[string]int `json:"checked"` // how many of each kind, index entries, pages …
	Faults  []Fault        `json:"faults"`
}

// Fault is one thing wrong.
type Fault struct {
	Where string `json:"where"` // "claim 01J…", "index source.tag", "page 12"
	What  string `json:"what"`
}

// String is the fault in one line.
func (f Fault) String() string { return f.Where + ": " + f.What }

// maxFaults bounds a report on a file that is damaged throughout.
const maxFaults = 1000

// Verify checks structure, hashes, indexes, selectors and references. What is
// wrong stands in the report; an error means that it could not be checked.
func (n *Notebook) Verify() (Report, error) { return n.VerifyContext(context.Background(), nil) }

// VerifyContext is Verify, until ctx ends. progress, which may be nil, hears how
// many of the values have been checked.
func (n *Notebook) VerifyContext(ctx context.Context, progress Progress) (Report, error) {
	v := &verifier{
		report: Report{Checked: map[string]int{}, Faults: []Fault{}}, ctx: ctx, progress: progress,
		seeds: [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()},
	}
	// Each part is guarded by itself: a page that cannot be read in one bucket
	// is a fault, and the rest is still looked at.
	for _, part := range []func(*Tx) error{
		v.pages, v.layout, v.entities, v.indexes, v.contents, v.captures, v.highlights, v.claims, v.readFlags, v.history,
	} {
		err := n.View(func(t *Tx) error { return part(t) })
		switch {
		case err == nil:
		case errors.Is(err, errEnough):
			return v.report, nil
		case errors.Is(err, ErrDamaged), errors.Is(err, ErrNewerFormat):
			var fe *FileError
			if errors.As(err, &fe) {
				err = fe.Err
			}
			v.report.Faults = append(v.report.Faults, Fault{"file", err.Error()})
		default:
			return v.report, fmt.Errorf("verify %s: %w", n.path, err)
		}
	}
	return v.report, nil
}

// verifier gathers a report.
type verifier struct {
	report   Report
	ctx      context.Context
	progress Progress
	steps    int64
	total    int64
	held     map[string]map[string]bool // kind → IDs
	sizes    map[kept]int64             // of content
	seeds    [2]maphash.Seed
}

var errEnough = errors.New("enough faults")

func (v *verifier) fault(where, format string, args ...any) error {
	v.report.Faults = append(v.report.Faults, Fault{where, fmt.Sprintf(format, args...)})
	if len(v.report.Faults) >= maxFaults {
		v.report.Faults = append(v.report.Faults, Fault{"file", fmt.Sprintf("more than %d faults; the rest was not looked at", maxFaults)})
		return errEnough
	}
	return nil
}

// step counts one value as checked, and stops when the context ends.
func (v *verifier) step(what string) error {
	v.report.Checked[what]++
	v.steps++
	if v.steps%256 == 0 {
		if v.progress != nil {
			v.progress(v.steps, v.total)
		}
		return v.ctx.Err()
	}
	return nil
}

// pages checks the file page by page. Where pages are damaged nothing else is
// looked at: what is reached through them says nothing.
func (v *verifier) pages(t *Tx) error {
	f, err := os.Open(t.n.path)
	if err != nil {
		return err
	}
	defer f.Close()
	// The state that this transaction reads: its pages stay as they are while it lasts.
	var meta engineMeta
	found := false
	size := int64(t.b.DB().Info().PageSize)
	for _, at := range []int64{0, size} {
		if m, _, err := readMeta(f, at); err == nil && m.txid == uint64(t.b.ID()) {
			meta, found = m, true
		}
	}
	if !found {
		// Written to twice since it began: then the list of free pages is not known.
		meta = engineMeta{pageSize: size, root: uint64(t.b.Cursor().Bucket().Root()), freelist: noFreelist, pages: uint64(t.b.Size() / size)}
	}
	v.report.Checked["page"] = int(meta.pages)
	before := len(v.report.Faults)
	err = checkStructure(v.ctx, f, meta, func(page uint64, format string, args ...any) error {
		return v.fault(fmt.Sprintf("page %d", page), format, args...)
	})
	if err == nil && len(v.report.Faults) > before {
		return errEnough
	}
	return err
}

// layout looks for buckets that are missing or unknown, and the file's meta data.
func (v *verifier) layout(t *Tx) error {
	if t.n.format < formatVersion {
		return nil // its buckets and indexes are others; bringing it up to date makes them
	}
	known := map[string]bool{}
	for _, name := range bucketNames() {
		known[name] = true
		if t.b.Bucket([]byte(name)) == nil {
			if err := v.fault("bucket "+name, "it is missing"); err != nil {
				return err
			}
		}
	}
	c := t.b.Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		if !known[string(k)] {
			if err := v.fault("bucket "+printable(k), "it is not part of the format"); err != nil {
				return err
			}
		}
	}
	root, err := t.bucket(bucketIndex)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(indexes)) {
		if root.Bucket([]byte(name)) == nil {
			if err := v.fault("index "+name, "it is missing"); err != nil {
				return err
			}
		}
	}
	if id, err := t.meta(metaIdentity); err != nil {
		return err
	} else if !validID(id) {
		return v.fault("meta", "the identity %q is not a ULID", id)
	}
	return nil
}

// values goes through a bucket.
func (t *Tx) values(bucket string) iter.Seq2[string, []byte] {
	return func(yield func(string, []byte) bool) {
		b := t.b.Bucket([]byte(bucket))
		if b == nil {
			return
		}
		c := b.Cursor()
		for k, raw := c.First(); k != nil; k, raw = c.Next() {
			if !yield(string(k), raw) {
				return
			}
		}
	}
}

// entities decodes every entity, then follows every reference.
func (v *verifier) entities(t *Tx) error {
	v.held = map[string]map[string]bool{}
	for _, kind := range kinds {
		v.held[kind] = map[string]bool{}
		for key := range t.values(kind) {
			v.held[kind][key] = true
			v.total++
		}
	}
	for _, kind := range kinds {
		for key, raw := range t.values(kind) {
			if err := v.step(kind); err != nil {
				return err
			}
			where := kind + " " + key
			if !worded[kind] && !validID(key) {
				if err := v.fault(where, "its key is not a ULID"); err != nil {
					return err
				}
			}
			refs, err := tables[kind].references(t, key, raw)
			if err != nil {
				if err := v.fault(where, "it cannot be read: %v", err); err != nil {
					return err
				}
				continue
			}
			for _, r := range refs {
				if !v.held[r.kind][r.id] {
					if err := v.fault(where, "%s names the %s %q, which is not there", r.what, r.kind, r.id); err != nil {
						return err
					}
				}
			}
		}
	}
	return nil
}

// indexes works every index entry and every group's size out anew and compares,
// both ways. The entries of one index are compared by a sum over their hashes,
// so that a large notebook needs little memory; only where the sums differ are
// they set side by side.
func (v *verifier) indexes(t *Tx) error {
	if t.n.format < formatVersion {
		return nil
	}
	sizes := map[string]uint64{}
	should := map[string]entrySum{}
	v.derived(t, func(e entry) {
		sum := should[e.ix.name]
		sum.add(v.seeds, e.key(), e.value)
		should[e.ix.name] = sum
		if e.ix.counted {
			sizes[e.ix.name+"\x00"+e.group]++
		}
	})
	want := map[string]map[string]string{} // index → key → value, of those that differ
	for name := range indexes {
		held, err := t.shelf(name)
		if err != nil {
			continue // said by layout
		}
		var is entrySum
		held.each("", "", false, func(k, val []byte) bool {
			is.add(v.seeds, string(k), string(val))
			err = v.step("index entry")
			return err == nil
		})
		if err != nil {
			return err
		}
		if is != should[name] {
			want[name] = map[string]string{}
		}
	}
	if len(want) > 0 {
		v.derived(t, func(e entry) {
			if m := want[e.ix.name]; m != nil {
				m[e.key()] = e.value
			}
		})
	}
	root, err := t.bucket(bucketIndex)
	if err != nil {
		return err
	}
	err = root.ForEach(func(name, value []byte) error {
		if indexes[string(name)] == nil {
			return v.fault("index "+printable(name), "it is not part of the format")
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		entries, err := t.shelf(name)
		if err != nil {
			return err
		}
		var failed error
		entries.each("", "", false, func(k, val []byte) bool {
			w, ok := want[name][string(k)]
			switch {
			case !ok:
				failed = v.fault("index "+name, "the entry %s belongs to nothing", printable(k))
			case w != string(val):
				failed = v.fault("index "+name, "the entry %s holds another value than it should", printable(k))
			}
			delete(want[name], string(k))
			return failed == nil
		})
		if failed != nil {
			return failed
		}
		for _, k := range slices.Sorted(maps.Keys(want[name])) {
			if err := v.fault("index "+name, "the entry %s is missing", printable([]byte(k))); err != nil {
				return err
			}
		}
	}
	held, err := t.shelf(bucketCount)
	if err != nil {
		return err
	}
	var failed error
	held.each("", "", false, func(k, raw []byte) bool {
		key := string(k)
		if len(raw) != 8 || binary.BigEndian.Uint64(raw) != sizes[key] {
			failed = v.fault("count "+printable(k), "it holds %x, not %d", raw, sizes[key])
		}
		delete(sizes, key)
		return failed == nil
	})
	if failed != nil {
		return failed
	}
	for _, key := range slices.Sorted(maps.Keys(sizes)) {
		if err := v.fault("count "+printable([]byte(key)), "it is missing, and should be %d", sizes[key]); err != nil {
			return err
		}
	}
	return nil
}

// derived gives every index entry that follows from the entities, each once.
func (v *verifier) derived(t *Tx, fn func(entry)) {
	for _, kind := range kinds {
		for key, raw := range t.values(kind) {
			entries, err := tables[kind].derive(t, key, raw)
			if err != nil {
				continue // said by entities
			}
			for i, e := range entries {
				if !slices.ContainsFunc(entries[:i], func(b entry) bool { return b.ix == e.ix && b.group == e.group && b.order == e.order }) {
					fn(e)
				}
			}
		}
	}
}

// entrySum is a sum over entries that does not depend on their order.
type entrySum struct{ n, a, b uint64 }

func (s *entrySum) add(seeds [2]maphash.Seed, key, value string) {
	whole := key + "\x00" + value
	s.n++
	s.a += maphash.String(seeds[0], whole)
	s.b += maphash.String(seeds[1], whole)
}

// contents unpacks every original and document and compares its hash, then looks
// for content that nothing has.
func (v *verifier) contents(t *Tx) error {
	want := map[kept]bool{}
	for c, err := range captures.all(t) {
		if err != nil {
			break // said by entities
		}
		want[c.original()], want[c.document()], want[c.imported()] = true, true, true
	}
	for h, err := range highlights.all(t) {
		if err != nil {
			break
		}
		if h.Document != "" {
			want[h.document()] = true
		}
	}
	last, err := t.number(metaContent)
	if err != nil {
		return err
	}
	belongs := map[string]map[string]bool{bucketContent: {}, bucketOriginal: {}, bucketDocument: {}} // keys without the chunk
	v.sizes = make(map[kept]int64, len(want))
	for k := range want {
		if err := v.step(k.old); err != nil {
			return err
		}
		if k.number == 0 {
			if raw, err := hex.DecodeString(k.sum); err == nil {
				belongs[k.old][string(raw)] = true
			}
		} else {
			belongs[bucketContent][string(number8(k.number))] = true
		}
		content, err := t.content(k)
		v.sizes[k] = int64(len(content))
		if err == nil && k.number > last {
			err = fmt.Errorf("%s has a number above the last one, %d", k, last)
		}
		if err != nil {
			if err := v.fault(k.old+" "+k.sum, "%v", err); err != nil {
				return err
			}
		}
	}
	for _, bucket := range []string{bucketContent, bucketOriginal, bucketDocument} {
		for key, raw := range t.values(bucket) {
			if err := v.ctx.Err(); err != nil {
				return err
			}
			var err error
			switch where := bucket + " " + printable([]byte(key)); {
			case len(key) < 4 || !belongs[bucket][key[:len(key)-4]]:
				err = v.fault(where, "nothing has it")
			case len(raw) > chunkSize:
				err = v.fault(where, "it has %d bytes, more than %d", len(raw), chunkSize)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// captures looks at what belongs together: a capture and its source, its
// document and its text's hash, the order of versions.
func (v *verifier) captures(t *Tx) error {
	for s, err := range sources.all(t) {
		if err != nil {
			break // said by entities
		}
		where := "source " + string(s.ID)
		if len(s.Captures) == 0 {
			if err := v.fault(where, "it has no capture"); err != nil {
				return err
			}
		}
		ids, err := t.idsIn(captureBySource, string(s.ID))
		if err != nil {
			return err
		}
		for _, id := range ids {
			if !slices.Contains(s.Captures, CaptureID(id)) {
				if err := v.fault(where, "the capture %s says it is of this source, which does not list it", id); err != nil {
					return err
				}
			}
		}
		for i, id := range s.Captures {
			c, err := t.Capture(id)
			if err != nil {
				continue // said by entities
			}
			switch before := i - 1; {
			case c.Source != s.ID:
				err = v.fault(where, "it lists the capture %s, which is of %q", id, c.Source)
			case before >= 0:
				if b, berr := t.Capture(s.Captures[before]); berr == nil && b.Received.After(c.Received) {
					err = v.fault(where, "the capture %s is older than the one before it", id)
				}
			}
			if err != nil {
				return err
			}
			d, err := t.readDocument(c.imported())
			if err != nil {
				if err := v.fault("capture "+string(id), "its document: %v", err); err != nil {
					return err
				}
				continue
			}
			if sum([]byte(d.Text)) != c.TextHash {
				if err := v.fault("capture "+string(id), "the hash of its text is not that of its document's"); err != nil {
					return err
				}
			}
			n, ok := v.sizes[c.original()]
			if !ok { // it came in since they were looked at
				original, err := t.content(c.original())
				if err == nil {
					n = int64(len(original))
				}
			}
			if n != c.Size {
				if err := v.fault("capture "+string(id), "its original has %d bytes, not %d", n, c.Size); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// highlights compares every selector with the text it was made on.
func (v *verifier) highlights(t *Tx) error {
	for h, err := range highlights.all(t) {
		if err != nil {
			break // said by entities
		}
		where := "highlight " + string(h.ID)
		text, err := t.highlightText(h)
		if err != nil {
			continue // said by captures and contents
		}
		s, err := selector.Make(text, h.Start, h.End)
		switch {
		case err != nil:
			err = v.fault(where, "its place %d to %d is not in the text", h.Start, h.End)
		case s != h.Selector():
			err = v.fault(where, "the text at %d to %d is not as it says", h.Start, h.End)
		}
		if err != nil {
			return err
		}
		c, err := t.Capture(h.Capture)
		if err == nil && c.Source != h.Source {
			if err := v.fault(where, "its capture is not of its source"); err != nil {
				return err
			}
		}
	}
	return nil
}

// claims looks at evidence and links: each link stands in the evidence of its
// claim, and NeedsSource is right.
func (v *verifier) claims(t *Tx) error {
	for l, err := range links.all(t) {
		if err != nil {
			break
		}
		where := "link " + string(l.ID)
		c, err := t.Claim(l.Claim)
		if err != nil {
			continue
		}
		switch {
		case !slices.ContainsFunc(c.Evidence, func(e Evidence) bool { return e.Link == l.ID }):
			err = v.fault(where, "it is not among the evidence of its claim")
		case (l.State == Held) != (l.Source != ""):
			err = v.fault(where, "its state is %s, its source %q", l.State, l.Source)
		}
		if err != nil {
			return err
		}
	}
	for c, err := range claims.all(t) {
		if err != nil {
			break
		}
		where := "claim " + string(c.ID)
		needs, err := t.needsSource(c)
		if err != nil {
			continue
		}
		if needs != c.NeedsSource {
			err = v.fault(where, "whether it needs a source is not as its evidence says")
		} else if !norm.NFC.IsNormalString(c.Statement) {
			err = v.fault(where, "its statement is not NFC")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// readFlags looks at the read flags. One may outlive its source, so that Redo of
// what added the source brings it back as read.
func (v *verifier) readFlags(t *Tx) error {
	for id := range t.values(bucketRead) {
		if !validID(id) {
			if err := v.fault("read "+printable([]byte(id)), "its key is not a ULID"); err != nil {
				return err
			}
		}
	}
	return nil
}

// history looks at the audit trail and the steps of undo.
func (v *verifier) history(t *Tx) error {
	want := uint64(1)
	for c, err := range t.Changes(0) {
		if err != nil {
			if err := v.fault("change", "%v", err); err != nil {
				return err
			}
			break
		}
		if err := v.step("change"); err != nil {
			return err
		}
		if c.Seq != want {
			if err := v.fault("change", "%d follows on %d", c.Seq, want-1); err != nil {
				return err
			}
		}
		want = c.Seq + 1
	}
	seq, err := t.number(metaSequence)
	if err != nil {
		return err
	}
	if seq != want-1 {
		if err := v.fault("change", "the last one is %d, not %d", want-1, seq); err != nil {
			return err
		}
	}
	// The steps form a chain back from the last one done; images belong to steps.
	done, undone, err := t.undoState()
	if err != nil {
		return err
	}
	for _, s := range append(undone, done) {
		if s == 0 {
			continue
		}
		if l, err := t.logged(s); err != nil || !l.Step {
			if err := v.fault("meta", "the step %d that is done or undone is none", s); err != nil {
				return err
			}
		}
	}
	for key := range t.values(bucketImage) {
		where := "image " + printable([]byte(key))
		if len(key) != 12 {
			if err := v.fault(where, "its key is not two numbers"); err != nil {
				return err
			}
			continue
		}
		s, i := binary.BigEndian.Uint64([]byte(key)), binary.BigEndian.Uint32([]byte(key[8:]))
		l, err := t.logged(s)
		if err != nil || !l.Step || int(i) >= len(l.Touched) {
			if err := v.fault(where, "it belongs to no step"); err != nil {
				return err
			}
		}
	}
	return nil
}

// printable shows a key in a report.
func printable(key []byte) string {
	if bytes.IndexFunc(key, func(r rune) bool { return r < ' ' || r == '\uFFFD' }) < 0 {
		return string(key)
	}
	return strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%q", key), `"`), `"`)
}

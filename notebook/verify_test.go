package notebook_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// whole is a notebook with one or more of everything.
type whole struct {
	n          *notebook.Notebook
	source     notebook.SourceID
	capture    notebook.Capture
	second     notebook.Capture // the later version
	highlight  notebook.HighlightID
	claim      notebook.ClaimID
	link, held notebook.LinkID
	relation   notebook.RelationID
	briefing   notebook.BriefingID
}

func makeWhole(t testing.TB, n *notebook.Notebook) whole {
	t.Helper()
	a := add(t, n, article("Port opens berth", "https://harbour.example/port", portText), "<html>one</html>"+strings.Repeat("x", 100))
	first := a.Capture
	h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: a.SourceID, Exact: "opened a second berth", Tags: []string{"berths"}}}
	do(t, n, h)
	b := add(t, n, article("Port opens berth", "https://harbour.example/port", "Corrected. "+portText), "<html>two</html>")
	other := add(t, n, article("Rail", "https://rail.example/a", "The line was closed."), "<html>rail</html>")
	c := &notebook.PutClaim{Claim: notebook.Claim{Statement: "The port has two berths.", Countries: []country.Code{"AZ"}, Topics: []string{"transport"},
		Evidence: []notebook.Evidence{{Highlight: h.Highlight.ID, Stance: notebook.Supports}}, EventDate: "2026-02"}}
	c2 := &notebook.PutClaim{Claim: notebook.Claim{Statement: "The port has one berth."}}
	do(t, n, c, c2)
	cited := &notebook.PutLink{Link: notebook.SourceLink{Claim: c.Claim.ID, Stub: "Steppe Wire, 3 February", Outlet: "Steppe Wire", Date: "2026-02-03"}}
	held := &notebook.PutLink{Link: notebook.SourceLink{Claim: c.Claim.ID, Source: other.SourceID}}
	r := &notebook.PutRelation{Relation: notebook.Relation{From: c.Claim.ID, To: c2.Claim.ID, Kind: notebook.RelContradicts}}
	br := &notebook.PutBriefing{Briefing: notebook.Briefing{Title: "Ports", Parts: []notebook.Part{{Kind: notebook.PartSection, Claims: []notebook.ClaimID{c.Claim.ID}}}}}
	do(t, n, cited, held, r, br,
		&notebook.PutPublisher{Publisher: notebook.Publisher{Name: "Harbour Post", Reliability: "B"}},
		&notebook.PutDossierNote{Note: notebook.DossierNote{Country: "AZ", Topic: "transport", Text: "Watch."}},
		&notebook.PutComparison{Comparison: notebook.Comparison{Countries: []country.Code{"AZ", "KZ"}}})
	do(t, n, &notebook.MarkRead{Source: a.SourceID, Read: true})
	// An edited text, with a highlight that is gone from it.
	two := add(t, n, article("Ferry", "https://ferry.example/b", "The ferry sails on Mondays.", "Tickets are sold at the quay."), "<html>ferry</html>")
	gone := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: two.SourceID, Exact: "Tickets are sold"}}
	do(t, n, gone)
	shorter, err := notebook.WithoutBlock(two.Document, 1, document.Related)
	if err != nil {
		t.Fatal(err)
	}
	folder := "Ports"
	do(t, n, &notebook.EditDocument{Capture: two.Capture.ID, Document: shorter})
	do(t, n, &notebook.PutFolder{Folder: "Rail"}, &notebook.EditSources{Sources: []notebook.SourceID{a.SourceID}, Folder: &folder},
		&notebook.PutSaved{Saved: notebook.Saved{Name: "Berths", Place: "search", Query: "berth*"}},
		&notebook.PutColourNames{Names: map[notebook.Colour]string{notebook.Green: "figures"}})
	return whole{n: n, source: a.SourceID, capture: first, second: b.Capture, highlight: h.Highlight.ID, claim: c.Claim.ID,
		link: cited.Link.ID, held: held.Link.ID, relation: r.Relation.ID, briefing: br.Briefing.ID}
}

// edit rewrites the JSON of a stored value.
func edit(b *bolt.Bucket, key string, fn func(map[string]any)) error {
	raw := b.Get([]byte(key))
	if raw == nil {
		return errors.New("no value at " + key)
	}
	v := map[string]any{}
	if err := json.Unmarshal(raw[1:], &v); err != nil {
		return err
	}
	fn(v)
	out, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return b.Put([]byte(key), append([]byte{1}, out...))
}

// chunk is the key of a piece of content.
func chunk(number uint64, i uint32) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint64(nil, number), i)
}

func TestVerifyFindsPlantedFaults(t *testing.T) {
	index := func(b *bolt.Tx, name string) *bolt.Bucket { return b.Bucket([]byte("index")).Bucket([]byte(name)) }
	for _, tt := range []struct {
		name  string
		plant func(w whole, b *bolt.Tx) error
		where string // begins one fault's Where
		what  string // stands in its What
	}{
		{"value is rubbish", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("claim")).Put([]byte(w.claim), []byte("\x01{rubbish"))
		}, "claim ", "cannot be read"},
		{"value is empty", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("claim")).Put([]byte(w.claim), nil)
		}, "claim ", "cannot be read"},
		{"value of a newer version", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("link")).Put([]byte(w.link), []byte("\x63{}"))
		}, "link ", "newer version"},
		{"value under another key", func(w whole, b *bolt.Tx) error {
			c := b.Bucket([]byte("claim"))
			return c.Put([]byte("01KJQ00000000000000000ZZZZ"), bytes.Clone(c.Get([]byte(w.claim))))
		}, "claim 01KJQ00000000000000000ZZZZ", "cannot be read"},
		{"key is no ID", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("claim")).Put([]byte("x"), []byte("\x01{\"id\":\"x\"}"))
		}, "claim x", "not a ULID"},
		{"claim is gone", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("claim")).Delete([]byte(w.claim))
		}, "relation ", "from names the claim"},
		{"capture is gone", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("capture")).Delete([]byte(w.capture.ID))
		}, "source ", "captures names the capture"},
		{"evidence names nothing", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("claim")), string(w.claim), func(v map[string]any) {
				v["evidence"] = []any{map[string]any{"highlight": "01KJQ00000000000000000ZZZZ", "stance": "supports"}}
			})
		}, "claim ", "evidence names the highlight"},
		{"index entry is missing", func(w whole, b *bolt.Tx) error {
			return index(b, "claim.topic").Delete([]byte("transport\x00" + string(w.claim)))
		}, "index claim.topic", "missing"},
		{"index entry too many", func(w whole, b *bolt.Tx) error {
			return index(b, "claim.topic").Put([]byte("energy\x00"+string(w.claim)), nil)
		}, "index claim.topic", "belongs to nothing"},
		{"index value is another", func(w whole, b *bolt.Tx) error {
			return index(b, "claim.text").Put([]byte("\x00"+string(w.claim)), []byte("other words"))
		}, "index claim.text", "another value"},
		{"index is missing", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("index")).DeleteBucket([]byte("source.tag"))
		}, "index source.tag", "missing"},
		{"index that is unknown", func(w whole, b *bolt.Tx) error {
			_, err := b.Bucket([]byte("index")).CreateBucket([]byte("source.mood"))
			return err
		}, "index source.mood", "not part of the format"},
		{"recent entries are rubbish", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("recent")).Put(binary.BigEndian.AppendUint64(nil, 999), []byte("\x01\xff\xff"))
		}, "file", "cannot be read"},
		{"recent entry belongs to nothing", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("recent")).Put(binary.BigEndian.AppendUint64(nil, 999), []byte("\x01\x0aclaim.made\x03abc\x01\x00"))
		}, "index claim.made", "belongs to nothing"},
		{"size of a group is wrong", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("count")).Put([]byte("claim.topic\x00transport"), binary.BigEndian.AppendUint64(nil, 7))
		}, "count claim.topic", "not 1"},
		{"size of a group is missing", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("count")).Delete([]byte("claim.topic\x00transport"))
		}, "count claim.topic", "missing"},
		{"size of a group that is empty", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("count")).Put([]byte("claim.topic\x00water"), binary.BigEndian.AppendUint64(nil, 1))
		}, "count claim.topic", "not 0"},
		{"one bit of an original", func(w whole, b *bolt.Tx) error {
			o := b.Bucket([]byte("content"))
			raw := bytes.Clone(o.Get(chunk(w.capture.OriginalAt, 0)))
			raw[len(raw)/2] ^= 4
			return o.Put(chunk(w.capture.OriginalAt, 0), raw)
		}, "original ", ""},
		{"original is gone", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("content")).Delete(chunk(w.capture.OriginalAt, 0))
		}, "original ", "missing"},
		{"original is gone, of its capture", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("content")).Delete(chunk(w.capture.OriginalAt, 0))
		}, "capture ", "its original"},
		{"chunk of an original too many", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("content")).Put(chunk(w.capture.OriginalAt, 1), []byte("more"))
		}, "original ", "decompress"},
		{"chunk of an original is missing", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("content")).Put(chunk(w.capture.OriginalAt, 2), []byte("more"))
		}, "original ", "chunk 1 is missing"},
		{"content that nothing has", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("content")).Put(chunk(99, 0), []byte("x"))
		}, "content ", "nothing has it"},
		{"original that nothing has, as format 1 kept it", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("original")).Put(make([]byte, 36), []byte("x"))
		}, "original ", "nothing has it"},
		{"content above the last number", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("meta")).Put([]byte("content"), binary.BigEndian.AppendUint64(nil, 1))
		}, "", "above the last one"},
		{"line of the catalogue is rubbish", func(w whole, b *bolt.Tx) error {
			return index(b, "source.line").Put([]byte("\x00"+string(w.source)), []byte("\x80"))
		}, "index source.line", "another value"},
		{"original of another size", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("capture")), string(w.capture.ID), func(v map[string]any) { v["size"] = 3 })
		}, "capture ", "not 3"},
		{"document is gone", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("content")).Delete(chunk(w.second.DocumentAt, 0))
		}, "capture ", "its document"},
		{"hash of the text is another", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("capture")), string(w.capture.ID), func(v map[string]any) { v["text_hash"] = w.second.TextHash })
		}, "capture ", "hash of its text"},
		{"versions out of order", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("source")), string(w.source), func(v map[string]any) {
				v["captures"] = []any{string(w.second.ID), string(w.capture.ID)}
			})
		}, "source ", "older than the one before"},
		{"capture that is not listed", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("source")), string(w.source), func(v map[string]any) {
				v["captures"] = []any{string(w.second.ID)}
			})
		}, "source ", "does not list it"},
		{"highlight has moved", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("highlight")), string(w.highlight), func(v map[string]any) { v["start"] = v["start"].(float64) + 1 })
		}, "highlight ", "not as it says"},
		{"highlight past the end", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("highlight")), string(w.highlight), func(v map[string]any) { v["end"] = 1e6 })
		}, "highlight ", "not in the text"},
		{"highlight's prefix is another", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("highlight")), string(w.highlight), func(v map[string]any) { v["prefix"] = "x" })
		}, "highlight ", "not as it says"},
		{"link that its claim does not know", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("claim")), string(w.claim), func(v map[string]any) { delete(v, "evidence") })
		}, "link ", "not among the evidence"},
		{"held link without source", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("link")), string(w.held), func(v map[string]any) { delete(v, "source") })
		}, "link ", "its state is held"},
		{"needs a source and has one", func(w whole, b *bolt.Tx) error {
			return edit(b.Bucket([]byte("claim")), string(w.claim), func(v map[string]any) { v["needs_source"] = true })
		}, "claim ", "needs a source"},
		{"bucket is missing", func(w whole, b *bolt.Tx) error { return b.DeleteBucket([]byte("relation")) }, "bucket relation", "missing"},
		{"bucket that is unknown", func(w whole, b *bolt.Tx) error {
			_, err := b.CreateBucket([]byte("mood"))
			return err
		}, "bucket mood", "not part of the format"},
		{"identity is none", func(w whole, b *bolt.Tx) error { return b.Bucket([]byte("meta")).Put([]byte("identity"), []byte("me")) }, "meta", "not a ULID"},
		{"read flag of nothing", func(w whole, b *bolt.Tx) error { return b.Bucket([]byte("read")).Put([]byte("x"), []byte{1}) }, "read x", "not a ULID"},
		{"change is missing", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("change")).Delete(binary.BigEndian.AppendUint64(nil, 2))
		}, "change", "3 follows on 1"},
		{"sequence is another", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("meta")).Put([]byte("sequence"), binary.BigEndian.AppendUint64(nil, 77))
		}, "change", "not 77"},
		{"step that is none", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("meta")).Put([]byte("done"), binary.BigEndian.AppendUint64(nil, 77))
		}, "meta", "step 77"},
		{"image of nothing", func(w whole, b *bolt.Tx) error {
			return b.Bucket([]byte("image")).Put(append(binary.BigEndian.AppendUint64(nil, 77), 0, 0, 0, 0), []byte("x"))
		}, "image", "no step"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, err := notebook.Open(filepath.Join(t.TempDir(), "a.sourcebook"), notebook.Options{Clock: notebooktest.Clock(), NewID: notebooktest.IDs()})
			if err != nil {
				t.Fatal(err)
			}
			defer n.Close()
			w := makeWhole(t, n)
			if err := n.Merge(); err != nil {
				t.Fatal(err)
			}
			notebooktest.Verify(t, n)
			if err := n.Plant(func(b *bolt.Tx) error { return tt.plant(w, b) }); err != nil {
				t.Fatal(err)
			}
			r, err := n.Verify()
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range r.Faults {
				if strings.HasPrefix(f.Where, tt.where) && strings.Contains(f.What, tt.what) {
					return
				}
			}
			t.Errorf("not found among %d faults: %v", len(r.Faults), r.Faults)
		})
	}
}

// Each damage to a page is found by the check of the pages.
func TestVerifyFindsDamagedPages(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.sourcebook")
	n := notebooktest.Open(t, path, notebook.Options{})
	g := notebooktest.NewTexts(5)
	for i := range 40 {
		do(t, n, g.Capture(i, 200))
	}
	if err := n.Merge(); err != nil {
		t.Fatal(err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := os.Getpagesize()
	if err := notebook.StructureOf(context.Background(), path); err != nil {
		t.Fatalf("the sound file: %v", err)
	}
	kinds := map[uint16]int{}
	for at := 2; at < len(sound)/size; at++ {
		flags := binary.NativeEndian.Uint16(sound[at*size+8:])
		if binary.NativeEndian.Uint64(sound[at*size:]) != uint64(at) || flags == 0 || flags&^0x13 != 0 {
			continue // the continuation of another page, or free
		}
		kinds[flags]++
		type damage struct {
			name string
			at   int
		}
		damages := []damage{{"number", 0}, {"flags", 8}}
		switch flags {
		case 1:
			damages = append(damages, damage{"place of the first element", 17}, damage{"size of the first element", 21})
		case 2:
			damages = append(damages, damage{"flags of the first element", 16}, damage{"place of the first element", 21}, damage{"size of the first element", 25})
		}
		for _, tt := range damages {
			raw := bytes.Clone(sound)
			raw[at*size+tt.at] ^= 0x84
			if err := os.WriteFile(path, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := notebook.StructureOf(context.Background(), path); !errors.Is(err, notebook.ErrDamaged) {
				// A page that was freed keeps its look.
				if !usedPage(t, sound, uint64(at), path) {
					continue
				}
				t.Errorf("page %d (flags %#x), %s: %v", at, flags, tt.name, err)
			}
		}
	}
	if kinds[1] == 0 || kinds[2] == 0 || kinds[0x10] == 0 {
		t.Errorf("not every kind of page was tried: %v", kinds)
	}
}

// usedPage says whether a page is in use: with all of it rubbish, the file is
// found damaged.
func usedPage(t *testing.T, sound []byte, page uint64, path string) bool {
	t.Helper()
	size := os.Getpagesize()
	raw := bytes.Clone(sound)
	for i := range size {
		raw[int(page)*size+i] = 0x41
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return notebook.StructureOf(context.Background(), path) != nil
}

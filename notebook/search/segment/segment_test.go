package segment

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The fields of the tests.
const (
	plain uint8 = iota
	counted
	placed
)

var testLayouts = []Layout{plain: Docs, counted: Counts, placed: Places}

// doc is a document as a test sees it: for each field, its terms in order.
type doc struct {
	id     string
	value  int32
	fields [3][]string
}

func words(r *rand.Rand, n int) []string {
	letters := []rune("abeğıя路")
	var list []string
	for range n {
		w := make([]rune, 1+r.IntN(5))
		for i := range w {
			w[i] = letters[min(r.IntN(len(letters)), r.IntN(len(letters)))]
		}
		list = append(list, string(w))
	}
	return list
}

func docs(r *rand.Rand, n int) []doc {
	list := make([]doc, n)
	for i := range list {
		list[i] = doc{id: fmt.Sprintf("doc %d of %d", i, n), value: int32(r.IntN(100)) - 50}
		for f := range list[i].fields {
			list[i].fields[f] = words(r, r.IntN(60))
		}
	}
	return list
}

func built(t testing.TB, list []doc) []byte {
	t.Helper()
	b := NewBuilder(testLayouts, 1)
	for _, d := range list {
		b.Begin([]byte(d.id), d.value)
		for f, terms := range d.fields {
			for place, term := range terms {
				b.Add(uint8(f), term, place*3)
			}
		}
	}
	var buf bytes.Buffer
	if err := b.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func opened(t testing.TB, data []byte) *Segment {
	t.Helper()
	s, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

// same compares a segment with the documents that it should hold.
func same(t *testing.T, s *Segment, list []doc) {
	t.Helper()
	if s.Docs() != len(list) {
		t.Fatalf("%d documents, want %d", s.Docs(), len(list))
	}
	type key struct {
		field uint8
		term  string
	}
	want := map[key]map[uint32][]uint32{}
	for i, d := range list {
		if got := string(s.Stored(uint32(i))); got != d.id {
			t.Fatalf("document %d is %q, want %q", i, got, d.id)
		}
		if got := s.Column(0).At(uint32(i)); got != d.value {
			t.Fatalf("document %d has %d, want %d", i, got, d.value)
		}
		for f, terms := range d.fields {
			for place, term := range terms {
				k := key{uint8(f), term}
				if want[k] == nil {
					want[k] = map[uint32][]uint32{}
				}
				want[k][uint32(i)] = append(want[k][uint32(i)], uint32(place*3))
			}
		}
	}
	for k, in := range want {
		p, ok := s.Find(k.field, k.term)
		if !ok || p.Len() != len(in) {
			t.Fatalf("%v stands in %d documents, want %d", k, p.Len(), len(in))
		}
		set, counts := NewSet(s.Docs()), make([]float32, s.Docs())
		p.Count(2, counts, set)
		alone := NewSet(s.Docs())
		p.AddTo(alone)
		if !slices.Equal(set, alone) {
			t.Fatalf("%v: Count and AddTo differ", k)
		}
		r := p.Reader()
		skip := 0
		for doc := range set.All {
			places, ok := in[doc]
			if !ok {
				t.Fatalf("%v stands in %d", k, doc)
			}
			n := len(places)
			if testLayouts[k.field] == Docs {
				n = 1
			}
			if counts[doc] != 2*float32(n) {
				t.Fatalf("%v stands %v/2 times in %d, want %d", k, counts[doc], doc, n)
			}
			if skip++; skip%3 == 0 || testLayouts[k.field] != Places {
				continue // places that nobody asks for are skipped
			}
			if !r.To(doc) || r.Doc != doc {
				t.Fatalf("%v: no document %d", k, doc)
			}
			if got := r.Places(nil); !slices.Equal(got, places) {
				t.Fatalf("%v stands in %d at %v, want %v", k, doc, got, places)
			}
		}
	}
	for _, k := range []key{{plain, "zz"}, {counted, ""}, {placed, "aaaaaaaaaaa"}, {7, "a"}} {
		if _, ok := s.Find(k.field, k.term); ok {
			t.Errorf("%v was never put in", k)
		}
	}
	for _, prefix := range []string{"", "a", "ab", "ğ", "я路", "zz"} {
		var got, all []string
		for c := range s.Prefix(placed, prefix) {
			got = append(got, string(c.Text()))
		}
		for k := range want {
			if k.field == placed && strings.HasPrefix(k.term, prefix) {
				all = append(all, k.term)
			}
		}
		slices.Sort(all)
		if !slices.Equal(got, all) {
			t.Errorf("%d terms begin with %q, want %d", len(got), prefix, len(all))
		}
	}
	for _, word := range []string{"ab", "beğa", "яя路", "aaaaaaaa", "x", ""} {
		for edits := range 3 {
			for _, first := range []int{0, 1} {
				near := map[string]int{}
				for d, c := range s.Near(placed, []rune(word), first, edits) {
					near[string(c.Text())] = d
				}
				n := 0
				for k := range want {
					if k.field != placed || first == 1 && word != "" && []rune(word)[0] != []rune(k.term)[0] {
						continue
					}
					if d := distance([]rune(word), []rune(k.term)); d <= edits {
						n++
						if got, ok := near[k.term]; !ok || got != d {
							t.Fatalf("%q is %d from %q, Near says %d, %v", k.term, d, word, got, ok)
						}
					}
				}
				if n != len(near) {
					t.Fatalf("%d terms within %d of %q, want %d", len(near), edits, word, n)
				}
			}
		}
	}
}

// distance is the edit distance of two words, counted the plain way.
func distance(a, b []rune) int {
	switch {
	case len(a) == 0:
		return len(b)
	case len(b) == 0:
		return len(a)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0]++
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost = 1 + min(last, row[j], row[j+1])
			}
			last, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

func TestSegmentHoldsWhatWasPutIn(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{0, 1, 2, 63, 64, 65, 200} {
		list := docs(r, n)
		same(t, opened(t, built(t, list)), list)
	}
}

func TestMergeHoldsWhatItsPartsHeld(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for round := range 20 {
		var parts []Part
		var left []doc
		kept := make([][]uint32, 1+r.IntN(6))
		for i := range kept {
			list := docs(r, r.IntN(40))
			var deleted Set
			for n, d := range list {
				if round%2 == 1 && r.IntN(3) == 0 || round == 7 {
					if deleted == nil {
						deleted = NewSet(len(list))
					}
					deleted.Add(uint32(n))
					kept[i] = append(kept[i], Gone)
					continue
				}
				kept[i] = append(kept[i], uint32(len(left)))
				left = append(left, d)
			}
			parts = append(parts, Part{opened(t, built(t, list)), deleted})
		}
		var buf bytes.Buffer
		numbers, err := Merge(context.Background(), &buf, parts)
		if err != nil {
			t.Fatal(err)
		}
		for i := range kept {
			if !slices.Equal(numbers[i], kept[i]) {
				t.Fatalf("part %d became %v, want %v", i, numbers[i], kept[i])
			}
		}
		same(t, opened(t, buf.Bytes()), left)
		// What is merged is what would have been built.
		if whole := built(t, left); round%2 == 0 && round != 7 && !bytes.Equal(whole, buf.Bytes()) {
			t.Errorf("round %d: merged and built segments differ", round)
		}
	}
}

func TestMergeStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := opened(t, built(t, docs(rand.New(rand.NewPCG(3, 3)), 10)))
	if _, err := Merge(ctx, &bytes.Buffer{}, []Part{{s, nil}}); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancelling: %v", err)
	}
}

func TestBetween(t *testing.T) {
	list := docs(rand.New(rand.NewPCG(4, 4)), 100)
	list[7].value = NoValue
	s := opened(t, built(t, list))
	for _, c := range [][2]int32{{-10, 10}, {0, 0}, {NoValue, 100}, {5, -5}, {-50, 49}} {
		set := NewSet(s.Docs())
		s.Column(0).Between(c[0], c[1], set)
		for i, d := range list {
			if want := d.value != NoValue && d.value >= c[0] && d.value <= c[1]; set.Has(uint32(i)) != want {
				t.Errorf("document %d with %d between %v: %v", i, d.value, c, !want)
			}
		}
	}
}

func TestOpenRefusesWhatIsDamaged(t *testing.T) {
	data := built(t, docs(rand.New(rand.NewPCG(5, 5)), 20))
	for n := range len(data) {
		if _, err := Open(data[:n]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut off at %d of %d: %v", n, len(data), err)
		}
	}
	for at := range data {
		changed := bytes.Clone(data)
		changed[at] ^= 0x10
		s, err := Open(changed)
		if err == nil {
			err = s.Check()
		}
		if !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d of %d changed: %v", at, len(data), err)
		}
	}
}

// FuzzOpen reads segments of any bytes: whatever is read, it ends, with a panic
// of a slice at the worst, which the index turns into an error.
func FuzzOpen(f *testing.F) {
	data := built(f, docs(rand.New(rand.NewPCG(6, 6)), 5))
	f.Add(data, 100, byte(1))
	f.Add(data[:len(data)/2], 3, byte(0))
	f.Add([]byte(magic+magic), 0, byte(0))
	f.Fuzz(func(t *testing.T, data []byte, at int, change byte) {
		data = bytes.Clone(data)
		if at >= 0 && at < len(data) {
			data[at] ^= change
		}
		s, err := Open(data)
		if err != nil {
			return
		}
		defer func() { _ = recover() }()
		for f := range s.layouts {
			for c := range s.Prefix(uint8(f), "") {
				set := NewSet(s.Docs())
				c.Postings().AddTo(set)
				for r := c.Postings().Reader(); r.Next(); {
					if c.Postings().layout == Places {
						r.Places(nil)
					}
				}
			}
			for range s.Near(uint8(f), []rune("ab"), 0, 2) {
			}
		}
	})
}

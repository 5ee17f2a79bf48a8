package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// model is an index as it should be: a map, searched by looking at every word of
// every entry.
type model map[string]Entry

// modelWords are the words of the random entries: forms of each other, near
// spellings, several scripts.
var modelWords = strings.Fields("port ports porter train trains trained grain İlham ilham Bakıda порт порты порта ещё еще limanlar liman 铁路 铁路运输 港 თბილისი ᲗᲑᲘᲚᲘᲡᲘ كتاب كتب U.S. café")

func modelText(r *rand.Rand, n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = modelWords[r.IntN(len(modelWords))]
	}
	return strings.Join(list, " ")
}

func modelEntry(r *rand.Rand, id int) Entry {
	return Entry{
		ID: fmt.Sprintf("source:%d", id), Kind: []Kind{Source, Claim, Note}[r.IntN(3)], SourceID: fmt.Sprint(id),
		Title: modelText(r, r.IntN(3)), Body: modelText(r, r.IntN(12)), Lang: []string{"en", "ru", "tr", "az", ""}[r.IntN(5)],
		Countries: [][]string{{"KZ"}, {"AZ", "KZ"}, nil}[r.IntN(3)], Tags: [][]string{{"dry port"}, nil}[r.IntN(2)],
		Published: []string{"2024", "2025-03-01", "2025-03-07", ""}[r.IntN(4)], Captured: "2025-05-05", Credibility: r.IntN(7),
	}
}

// parts are the tokens of each part of an entry, by field.
func (e Entry) parts() map[uint8][][]token {
	list := map[uint8][][]token{}
	for field, text := range map[uint8]string{fieldTitle: e.Title, fieldSite: e.Site, fieldAuthor: e.Author} {
		list[field] = [][]token{queryTokens(text)}
		list[fieldText] = append(list[fieldText], queryTokens(text))
	}
	list[fieldText] = append(list[fieldText], queryTokens(strings.Join(e.Tags, "\n")), queryTokens(e.Body))
	return list
}

func (e Entry) any(field uint8, fits func(token) bool) bool {
	for _, part := range e.parts()[field] {
		if slices.ContainsFunc(part, fits) {
			return true
		}
	}
	return false
}

func (e Entry) phrase(field uint8, words []string) bool {
	for _, part := range e.parts()[field] {
		for i := 0; i+len(words) <= len(part); i++ {
			ok := true
			for j, w := range words {
				ok = ok && part[i+j].term == w
			}
			if ok {
				return true
			}
		}
	}
	return false
}

// fits tells whether an entry should be found.
func (e Entry) fits(n node) bool {
	switch n := n.(type) {
	case nil:
		return true
	case wordNode:
		list := queryTokens(n.text)
		if len(list) > 1 {
			return e.phrase(fieldText, terms(n.text))
		}
		t := list[0]
		switch {
		case n.fuzzy > 0:
			return e.any(fieldText, func(is token) bool {
				first := n.fuzzy < 2 || []rune(is.term)[0] == []rune(t.term)[0]
				return first && near([]rune(t.term), []rune(is.term), n.fuzzy)
			})
		case n.prefix:
			return e.any(fieldText, func(is token) bool { return strings.HasPrefix(is.term, t.term) })
		case t.term == "港": // an ideograph by itself stands in pairs
			return strings.Contains(e.Title+" "+e.Body, t.term)
		}
		wanted := stemsOfQuery(t)
		return e.any(fieldText, func(is token) bool {
			return slices.Contains(wanted, is.term) || slices.ContainsFunc(stems(is, primary(e.Lang)), func(s string) bool { return slices.Contains(wanted, s) })
		})
	case phraseNode:
		return e.phrase(fieldText, terms(n.text))
	case textNode:
		return e.phrase(n.field, terms(n.text))
	case termNode:
		switch n.field {
		case fieldCountry:
			return slices.Contains(e.Countries, n.value)
		case fieldKind:
			return string(e.Kind) == n.value
		case fieldTag:
			return slices.ContainsFunc(e.Tags, func(t string) bool { return fold(t) == n.value })
		case fieldLang:
			return e.Lang == n.value
		case fieldHas:
			return n.value == "date" && e.Published != "" || n.value == "tags" && len(e.Tags) > 0
		}
	case rangeNode:
		value := gradeOf(e.Credibility)
		if n.column == columnPublished {
			value = dayOf(e.Published)
		}
		return value != gradeOf(0) && (n.from == nil || float64(value) >= *n.from) && (n.to == nil || float64(value) <= *n.to)
	case notNode:
		return !e.fits(n.of)
	case andNode:
		return !slices.ContainsFunc(n.list, func(n node) bool { return !e.fits(n) })
	case orNode:
		return slices.ContainsFunc(n.list, e.fits)
	}
	panic(fmt.Sprintf("no rule for %#v", n))
}

func modelQuery(r *rand.Rand, depth int) string {
	word := func() string { return modelWords[r.IntN(len(modelWords))] }
	if depth > 0 && r.IntN(2) == 0 {
		a, b := modelQuery(r, depth-1), modelQuery(r, depth-1)
		switch r.IntN(4) {
		case 0:
			return "(" + a + ") OR (" + b + ")"
		case 1:
			return "(" + a + ") -(" + b + ")"
		case 2:
			return "NOT (" + a + ")"
		}
		return "(" + a + ") AND (" + b + ")"
	}
	switch r.IntN(8) {
	case 0:
		return `"` + modelText(r, 2+r.IntN(2)) + `"`
	case 1:
		w := []rune(word())
		if w[0] > 0x2E80 || w[0] == 'U' {
			return word()
		}
		return string(w[:1+r.IntN(len(w))]) + "*"
	case 2:
		w := []rune(word())
		if w[0] > 0x2E80 || w[0] == 'U' {
			return word()
		}
		w[r.IntN(len(w))] = 'o'
		return string(w) + []string{"~", "~2"}[r.IntN(2)]
	case 3:
		return []string{"country:KZ", "country:AZ", "kind:claim", `tag:"dry port"`, "lang:ru", "has:date", "has:tags", "published:2025", "published:..2024", "published:2025-03-02..", "credibility:<=3", "credibility:2..4"}[r.IntN(12)]
	case 4:
		return "title:" + word()
	}
	return word()
}

func (m model) search(q Query) []string {
	list := []string{}
	for id, e := range m {
		if e.fits(q.root) {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// TestIndexIsLikeTheModel makes random changes, with merging and closing in
// between, and asks random queries of index and model.
func TestIndexIsLikeTheModel(t *testing.T) {
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 11))
		path := filepath.Join(t.TempDir(), "index")
		x, err := Open(path, "model")
		if err != nil {
			t.Fatal(err)
		}
		m := model{}
		ctx := context.Background()
		for step := range 40 {
			switch r.IntN(10) {
			case 0:
				var gone []string
				for range r.IntN(20) {
					id := fmt.Sprintf("source:%d", r.IntN(150))
					gone = append(gone, id)
					delete(m, id)
				}
				err = x.Delete(ctx, gone, fmt.Sprint(step))
			case 1:
				if err = x.Close(); err == nil {
					x, err = Open(path, "model")
				}
			default:
				var list []Entry
				for range r.IntN(12) {
					e := modelEntry(r, r.IntN(150))
					list = append(list, e)
					m[e.ID] = e
				}
				err = x.Update(ctx, list, fmt.Sprint(step))
			}
			if err != nil {
				t.Fatal(err)
			}
			if n, err := x.Len(); err != nil || n != len(m) {
				t.Fatalf("seed %d, step %d: %d entries, %v; want %d", seed, step, n, err, len(m))
			}
			for range 12 {
				query := modelQuery(r, 2)
				q, err := Parse(query)
				if err != nil {
					t.Fatalf("%s: %v", query, err)
				}
				order := []Order{Best, Newest, Oldest}[r.IntN(3)]
				res, err := x.Run(ctx, q, Options{Limit: 1000, Order: order})
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, h := range res.Hits {
					got = append(got, h.ID)
				}
				slices.Sort(got)
				if want := m.search(q); !slices.Equal(got, want) && len(got)+len(want) > 0 {
					t.Fatalf("seed %d, step %d: %s finds %v, want %v", seed, step, query, got, want)
				}
				if res.Total != len(got) {
					t.Fatalf("%s: %d in all, %d given", query, res.Total, len(got))
				}
				if order == Best { // a merge in between may change what words are worth
					continue
				}
				first, err := x.Run(ctx, q, Options{Limit: 5, Offset: 2, Order: order})
				if err != nil {
					t.Fatal(err)
				}
				for i, h := range first.Hits {
					if h.ID != res.Hits[i+2].ID {
						t.Fatalf("%s: hit %d of a page is %s, want %s", query, i, h.ID, res.Hits[i+2].ID)
					}
				}
			}
		}
		if err := x.Check(ctx); err != nil {
			t.Error(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestMergingKeepsSegmentsFew adds entries one by one.
func TestMergingKeepsSegmentsFew(t *testing.T) {
	x := open(t, nil)
	ctx := context.Background()
	for i := range 150 {
		if err := x.Update(ctx, []Entry{{ID: fmt.Sprint(i), Kind: Note, Body: fmt.Sprintf("grain note%d", i)}}, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	deadline := time.Now().Add(10 * time.Second)
	for {
		s := x.acquire()
		n, todo := len(s.parts), toMerge(s)
		s.release()
		if todo == nil {
			if n > 3*mergeFrom {
				t.Errorf("%d segments after 150 changes", n)
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("still %d segments", n)
		}
		time.Sleep(5 * time.Millisecond)
	}
	files, err := filepath.Glob(filepath.Join(x.path, "*"+SegmentExt))
	if err != nil || len(files) > 3*mergeFrom+mergeFrom {
		t.Errorf("%d files, %v", len(files), err)
	}
	if got := ids(t, x, "grain", Options{Limit: 1000}); len(got) != 150 {
		t.Errorf("%d found", len(got))
	}
	if got := ids(t, x, "note137", Options{}); len(got) != 1 || got[0] != "137" {
		t.Errorf("found %v", got)
	}
}

package search

import (
	"bytes"
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"
	"sync"

	"sourcebook/notebook/search/segment"
)

// The constants of BM25: how soon more of a word stops counting, and how much a
// long text is held against it.
const (
	bm25K = 1.2
	bm25B = 0.75
)

// titleWeight is how many times in the body a word in the title is worth.
const titleWeight = 5

// A plan is a query that can be asked of a part of the index.
type plan interface {
	// prepare looks up what the plan needs in all parts, once.
	prepare(s *snapshot)
	// set gives the documents of a part that fit, deleted ones perhaps too. Where
	// e scores, it adds to the scores of those that fit. The set is the caller's.
	set(e *evaluation) segment.Set
}

// evaluation is the state of asking one part.
type evaluation struct {
	ctx    context.Context
	part   int
	s      *segment.Segment
	length segment.Column
	mean   float32   // length of a text, over all parts
	scores []float32 // by document; nil where nobody asks
	counts []float32 // zero between uses
}

func (e *evaluation) empty() segment.Set { return segment.NewSet(e.s.Docs()) }

type (
	allPlan  struct{}
	nonePlan struct{}
	andPlan  []plan
	orPlan   []plan
	notPlan  struct{ of plan }
	// butPlan is what fits one plan and not the other.
	butPlan struct{ of, not plan }
	// filterPlan is a value of a field; it does not score.
	filterPlan struct {
		field uint8
		value string
	}
	// rangePlan is a column between two values, both included.
	rangePlan struct {
		column    int
		low, high int32
	}
	// wordPlan is a word that may stand in several forms and fields.
	wordPlan struct {
		forms []form
		found [][]weighted // by part
		idf   float32
	}
	// prefixPlan is the beginning of a word.
	prefixPlan struct{ beginning string }
	// nearPlan is a word that may be misspelt.
	nearPlan struct {
		word  string
		edits int
		wordPlan
	}
	// phrasePlan is words that follow each other in a field.
	phrasePlan struct {
		field uint8
		words []string
		found [][]segment.Postings // by part; nil where a word is missing
		idf   float32
	}
)

type form struct {
	field  uint8
	term   string
	weight float32
}

type weighted struct {
	segment.Postings
	weight float32
}

func (allPlan) prepare(*snapshot)    {}
func (nonePlan) prepare(*snapshot)   {}
func (filterPlan) prepare(*snapshot) {}
func (rangePlan) prepare(*snapshot)  {}
func (prefixPlan) prepare(*snapshot) {}

func (p andPlan) prepare(s *snapshot) {
	for _, of := range p {
		of.prepare(s)
	}
}

func (p orPlan) prepare(s *snapshot) {
	for _, of := range p {
		of.prepare(s)
	}
}

func (p notPlan) prepare(s *snapshot) { p.of.prepare(s) }

func (p butPlan) prepare(s *snapshot) { p.of.prepare(s); p.not.prepare(s) }

// rarity is the inverse document frequency of a word in n of the entries.
func rarity(s *snapshot, n int) float32 {
	all := 0
	for _, p := range s.parts {
		all += p.segment.Docs()
	}
	n = min(n, all)
	return float32(math.Log(1 + (float64(all-n)+0.5)/(float64(n)+0.5)))
}

func (p *wordPlan) prepare(s *snapshot) {
	p.found = make([][]weighted, len(s.parts))
	most := 0
	for _, f := range p.forms {
		n := 0
		for i, part := range s.parts {
			if found, ok := part.segment.Find(f.field, f.term); ok {
				p.found[i] = append(p.found[i], weighted{found, f.weight})
				n += found.Len()
			}
		}
		most = max(most, n)
	}
	p.idf = rarity(s, most)
}

// mostNear is how many words a misspelt one may stand for: the nearest, and of
// those the most frequent.
const mostNear = 100

func (p *nearPlan) prepare(s *snapshot) {
	type candidate struct {
		distance, docs int
		at             []int // parts
		postings       []segment.Postings
	}
	candidates := map[string]*candidate{}
	word := []rune(p.word)
	same := 0
	if p.edits > 1 {
		same = 1 // with two letters free, the first must be right
	}
	for i, part := range s.parts {
		for d, c := range part.segment.Near(fieldText, word, same, p.edits) {
			k := candidates[string(c.Text())]
			if k == nil {
				k = &candidate{distance: d}
				candidates[string(c.Text())] = k
			}
			k.docs += c.Len()
			k.at = append(k.at, i)
			k.postings = append(k.postings, c.Postings())
		}
	}
	list := make([]*candidate, 0, len(candidates))
	for _, k := range candidates {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b *candidate) int {
		if a.distance != b.distance {
			return a.distance - b.distance
		}
		return b.docs - a.docs
	})
	p.found = make([][]weighted, len(s.parts))
	docs := 0
	for _, k := range list[:min(len(list), mostNear)] {
		docs += k.docs
		for j, i := range k.at {
			p.found[i] = append(p.found[i], weighted{k.postings[j], 1 / float32(1+2*k.distance)})
		}
	}
	p.idf = rarity(s, docs)
}

func (p *phrasePlan) prepare(s *snapshot) {
	p.found = make([][]segment.Postings, len(s.parts))
	docs := make([]int, len(p.words))
	for i, part := range s.parts {
		list := make([]segment.Postings, len(p.words))
		whole := true
		for j, w := range p.words {
			found, ok := part.segment.Find(p.field, w)
			list[j] = found
			docs[j] += found.Len()
			whole = whole && ok
		}
		if whole {
			p.found[i] = list
		}
	}
	p.idf = 0
	for _, n := range docs {
		p.idf += rarity(s, n)
	}
}

func (allPlan) set(e *evaluation) segment.Set {
	s := e.empty()
	s.Fill(e.s.Docs())
	return s
}

func (nonePlan) set(e *evaluation) segment.Set { return e.empty() }

func (p andPlan) set(e *evaluation) segment.Set {
	s := p[0].set(e)
	for _, of := range p[1:] {
		if s.Empty() {
			break
		}
		s.And(of.set(e))
	}
	return s
}

func (p orPlan) set(e *evaluation) segment.Set {
	s := e.empty()
	for _, of := range p {
		s.Or(of.set(e))
	}
	return s
}

// quiet evaluates a plan that must not score.
func quiet(p plan, e *evaluation) segment.Set {
	scores := e.scores
	e.scores = nil
	s := p.set(e)
	e.scores = scores
	return s
}

func (p notPlan) set(e *evaluation) segment.Set {
	s := allPlan{}.set(e)
	s.Without(quiet(p.of, e))
	return s
}

func (p butPlan) set(e *evaluation) segment.Set {
	s := p.of.set(e)
	s.Without(quiet(p.not, e))
	return s
}

func (p filterPlan) set(e *evaluation) segment.Set {
	s := e.empty()
	if found, ok := e.s.Find(p.field, p.value); ok {
		found.AddTo(s)
	}
	return s
}

func (p rangePlan) set(e *evaluation) segment.Set {
	s := e.empty()
	e.s.Column(p.column).Between(p.low, p.high, s)
	return s
}

// weigh is BM25: what a word that stands n times is worth in a document.
func (e *evaluation) weigh(doc uint32, n, idf float32) float32 {
	return idf * n * (bm25K + 1) / (n + bm25K*(1-bm25B+bm25B*float32(e.length.At(doc))/e.mean))
}

func (p *wordPlan) set(e *evaluation) segment.Set {
	s := e.empty()
	found := p.found[e.part]
	if e.scores == nil {
		for _, f := range found {
			f.AddTo(s)
		}
		return s
	}
	for _, f := range found {
		f.Count(f.weight, e.counts, s)
	}
	for doc := range s.All {
		e.scores[doc] += e.weigh(doc, e.counts[doc], p.idf)
		e.counts[doc] = 0
	}
	return s
}

func (p prefixPlan) set(e *evaluation) segment.Set {
	s := e.empty()
	n := 0
	for c := range e.s.Prefix(fieldText, p.beginning) {
		c.Postings().AddTo(s)
		if n++; n%1024 == 0 && e.ctx.Err() != nil {
			return s
		}
	}
	if e.scores == nil {
		return s
	}
	titles := e.empty()
	for c := range e.s.Prefix(fieldTitle, p.beginning) {
		c.Postings().AddTo(titles)
	}
	for doc := range s.All {
		e.scores[doc]++
	}
	for doc := range titles.All {
		e.scores[doc] += 2
	}
	return s
}

func (p *phrasePlan) set(e *evaluation) segment.Set {
	s := e.empty()
	found := p.found[e.part]
	if found == nil {
		return s
	}
	both := e.empty()
	found[0].AddTo(both)
	for _, f := range found[1:] {
		if both.Empty() {
			return s
		}
		other := e.empty()
		f.AddTo(other)
		both.And(other)
	}
	readers := make([]*segment.Reader, len(found))
	for i, f := range found {
		readers[i] = f.Reader()
	}
	var at, next []uint32
	n := 0
	for doc := range both.All {
		if n++; n%4096 == 0 && e.ctx.Err() != nil {
			return s
		}
		readers[0].To(doc)
		at = readers[0].Places(at[:0])
		for i, r := range readers[1:] {
			if len(at) == 0 {
				break
			}
			r.To(doc)
			next = r.Places(next[:0])
			at = follow(at, next, uint32(i+1))
		}
		if len(at) == 0 {
			continue
		}
		s.Add(doc)
		if e.scores != nil {
			e.scores[doc] += e.weigh(doc, float32(len(at)), p.idf)
		}
	}
	return s
}

// follow keeps the places in at that have one in next so far behind.
func follow(at, next []uint32, behind uint32) []uint32 {
	kept := at[:0]
	j := 0
	for _, a := range at {
		for j < len(next) && next[j] < a+behind {
			j++
		}
		if j == len(next) {
			break
		}
		if next[j] == a+behind {
			kept = append(kept, a)
		}
	}
	return kept
}

// found is a document that fits.
type found struct {
	part  int
	doc   uint32
	score float32
	day   int64 // publication or else capture, then capture; math.MinInt64 for neither
}

// better orders hits: by score, then by day, then by ID, so that the order stays
// when segments are merged.
func better(s *snapshot, order Order) func(a, b found) int {
	return func(a, b found) int {
		if order != Newest && order != Oldest && a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		if a.day != b.day {
			switch {
			case a.day == math.MinInt64:
				return 1
			case b.day == math.MinInt64:
				return -1
			case order == Oldest:
				return cmp.Compare(a.day, b.day)
			}
			return cmp.Compare(b.day, a.day)
		}
		return bytes.Compare(s.parts[a.part].segment.Stored(a.doc), s.parts[b.part].segment.Stored(b.doc))
	}
}

// best is a heap of the best hits so far, the worst of them first.
type best struct {
	list []found
	cmp  func(a, b found) int
}

func (h *best) Len() int           { return len(h.list) }
func (h *best) Less(i, j int) bool { return h.cmp(h.list[i], h.list[j]) > 0 }
func (h *best) Swap(i, j int)      { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *best) Push(v any)         { h.list = append(h.list, v.(found)) }
func (h *best) Pop() any {
	v := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return v
}

// numbers lends slices of zeros, which must be zero when they are given back.
var numbers sync.Pool

func lend(n int) []float32 {
	if b, ok := numbers.Get().(*[]float32); ok && cap(*b) >= n {
		return (*b)[:n]
	}
	return make([]float32, n)
}

func giveBack(b []float32) { numbers.Put(&b) }

// evaluate asks all parts, and returns how many entries fit and the n first of
// them.
func evaluate(ctx context.Context, s *snapshot, p plan, order Order, n int) (int, []found, error) {
	p.prepare(s)
	top := &best{cmp: better(s, order)}
	total := 0
	mean := s.meanLength()
	for i, part := range s.parts {
		if err := ctx.Err(); err != nil {
			return 0, nil, err
		}
		e := &evaluation{ctx: ctx, part: i, s: part.segment, length: part.segment.Column(columnLength), mean: mean}
		docs := part.segment.Docs()
		if order != Newest && order != Oldest {
			e.scores, e.counts = lend(docs), lend(docs)
		}
		set := p.set(e)
		if err := ctx.Err(); err != nil {
			return 0, nil, err // the set may not be whole
		}
		set.Without(s.deleted[i])
		total += set.Len()
		published, captured := part.segment.Column(columnPublished), part.segment.Column(columnCaptured)
		for doc := range set.All {
			f := found{part: i, doc: doc}
			if e.scores != nil {
				f.score = e.scores[doc]
				if len(top.list) == n && f.score < top.list[0].score {
					continue
				}
			}
			f.day = day(published.At(doc), captured.At(doc))
			if len(top.list) < n {
				heap.Push(top, f)
			} else if top.cmp(f, top.list[0]) < 0 {
				top.list[0] = f
				heap.Fix(top, 0)
			}
		}
		if e.scores != nil {
			clear(e.scores)
			giveBack(e.scores)
			giveBack(e.counts)
		}
	}
	slices.SortFunc(top.list, top.cmp)
	return total, top.list, nil
}

// day is what entries are sorted by in time.
func day(published, captured int32) int64 {
	if published == segment.NoValue {
		published = captured
	}
	if published == segment.NoValue {
		return math.MinInt64
	}
	return int64(published)<<32 + int64(captured)
}

package evidence

import (
	"hash/fnv"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Kinship says how two texts came about, as far as their words tell.
type Kinship string

// The kinships.
const (
	Reprint       Kinship = "reprint"        // one is, for the most part, the other
	SharedPassage Kinship = "shared passage" // they share a passage that neither quotes
	Independent   Kinship = "independent"
)

// Passage is a stretch of words that stands in both texts, as ranges of each.
// Quoted says that it stands between quotation marks: two reporters may have
// heard the same words.
type Passage struct {
	StartA int    `json:"start_a"`
	EndA   int    `json:"end_a"`
	StartB int    `json:"start_b"`
	EndB   int    `json:"end_b"`
	Words  int    `json:"words"`
	Text   string `json:"text"` // as it stands in the first
	Quoted bool   `json:"quoted"`
}

// Origin is what comparing two texts found.
type Origin struct {
	// InB is the share of the first text's words that stand in the second within
	// shared stretches, from 0 to 1; InA the other way round.
	InB      float64   `json:"a_in_b"`
	InA      float64   `json:"b_in_a"`
	Passages []Passage `json:"passages"` // in the order of the first text
	Verdict  Kinship   `json:"verdict"`
	Reason   string    `json:"reason"`
}

// The measures of kinship, in words. A stretch of shingle words that two writers
// hit upon by chance is rare; one of passage words is copied.
const (
	shingleWords = 5
	countedWords = 7   // shorter stretches are set phrases and count for nothing
	passageWords = 18  // a shared passage
	reprintShare = 0.6 // of the shorter text
	reprintWords = 25  // a text shorter than this is no reprint of anything
	longestText  = 200_000
)

// SameOrigin compares the words of two texts. Case, accents, marks and line ends
// do not matter. Texts are compared up to 200,000 words; the time taken is
// linear in their length but for passages that repeat within one of them.
func SameOrigin(a, b string) Origin {
	wa, wb := wordsOf(a), wordsOf(b)
	wa, wb = wa[:min(len(wa), longestText)], wb[:min(len(wb), longestText)]
	o := Origin{Passages: []Passage{}, Verdict: Independent}
	if len(wa) < shingleWords || len(wb) < shingleWords {
		o.Reason = "too short to compare"
		return o
	}
	quotedA, quotedB := quotedWords(a, wa), quotedWords(b, wb)
	at := shingles(wb)
	coveredB := make([]bool, len(wb))
	coveredA, own := 0, 0
	for i := 0; i+shingleWords <= len(wa); {
		length, from := longestRun(wa, wb, i, at[hashOf(wa[i:i+shingleWords])])
		if length < countedWords {
			i++
			continue
		}
		p := Passage{
			StartA: wa[i].start, EndA: wa[i+length-1].end, StartB: wb[from].start, EndB: wb[from+length-1].end,
			Words: length, Text: a[wa[i].from:wa[i+length-1].to],
		}
		said := 0
		for k := range length {
			if quotedA[i+k] && quotedB[from+k] {
				said++
			}
			coveredB[from+k] = true
		}
		p.Quoted = said*10 >= length*8
		if !p.Quoted {
			own = max(own, length-said)
		}
		coveredA += length
		o.Passages = append(o.Passages, p)
		i += length
	}
	inB := 0
	for _, c := range coveredB {
		if c {
			inB++
		}
	}
	o.InB, o.InA = float64(coveredA)/float64(len(wa)), float64(inB)/float64(len(wb))
	shorter := min(len(wa), len(wb))
	share := max(o.InB, o.InA)
	switch {
	case share >= reprintShare && shorter >= reprintWords && own >= countedWords:
		o.Verdict, o.Reason = Reprint, percent(share)+" of the words of one stand in the other"
	case own >= passageWords:
		o.Verdict, o.Reason = SharedPassage, plural(own, "word")+" in a row are the same, outside of quotations"
	case len(o.Passages) > 0:
		o.Reason = "what they share is short or quoted"
	default:
		o.Reason = "they share no passage"
	}
	return o
}

func percent(share float64) string { return strconv.Itoa(int(share*100+0.5)) + "%" }

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// mostPlaces bounds how many places of one shingle are tried: what stands in a
// text more often is a refrain.
const mostPlaces = 16

// shingles maps the hash of every few words to the places where they begin.
func shingles(ws []word) map[uint64][]int32 {
	m := make(map[uint64][]int32, len(ws))
	for i := 0; i+shingleWords <= len(ws); i++ {
		h := hashOf(ws[i : i+shingleWords])
		if len(m[h]) < mostPlaces {
			m[h] = append(m[h], int32(i))
		}
	}
	return m
}

func hashOf(ws []word) uint64 {
	h := fnv.New64a()
	for _, w := range ws {
		h.Write([]byte(w.fold))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

// longestRun is the longest stretch of the same words from word i of a on that
// begins at one of the places of b.
func longestRun(a, b []word, i int, places []int32) (length, from int) {
	for _, p := range places {
		n := 0
		for i+n < len(a) && int(p)+n < len(b) && a[i+n].fold == b[int(p)+n].fold {
			n++
		}
		if n > length {
			length, from = n, int(p)
		}
	}
	return length, from
}

// quotedWords tells which words stand between quotation marks.
func quotedWords(text string, ws []word) []bool {
	in := make([]bool, len(ws))
	k := 0
	for _, q := range quotations(text) {
		for k < len(ws) && ws[k].start < q.start {
			k++
		}
		for k < len(ws) && ws[k].start < q.end {
			in[k] = true
			k++
		}
	}
	return in
}

// Fingerprint is a 64-bit simhash of a text's words, three at a time. Texts of
// which a few words in a hundred differ are a few bits apart; unrelated ones
// about half of the bits. It finds candidates for SameOrigin, not verdicts.
func Fingerprint(text string) uint64 {
	ws := wordsOf(text)
	var sums [64]int
	const width = 3
	for i := 0; i < len(ws); i++ {
		h := hashOf(ws[i:min(len(ws), i+width)])
		for b := range sums {
			if h>>b&1 == 1 {
				sums[b]++
			} else {
				sums[b]--
			}
		}
		if i+width >= len(ws) {
			break
		}
	}
	var f uint64
	for b, s := range sums {
		if s > 0 {
			f |= 1 << b
		}
	}
	return f
}

// CandidateDistance is how many bits two fingerprints may be apart for the texts
// to be worth comparing.
const CandidateDistance = 12

// Distance counts the bits in which two fingerprints differ.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }

// Origins groups texts that trace to one origin: each that is a reprint of
// another, or of one that is, by their order in the list. Every text is in one
// group; groups and their members keep the order of the list. It compares each
// pair: meant for the sources of one claim, not for a whole notebook.
func Origins(texts []string) [][]int {
	group := make([]int, len(texts))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	for i := range texts {
		for j := range i {
			if root(i) != root(j) && SameOrigin(texts[i], texts[j]).Verdict == Reprint {
				a, b := root(i), root(j)
				group[max(a, b)] = min(a, b)
			}
		}
	}
	members := map[int][]int{}
	var order []int
	for i := range texts {
		r := root(i)
		if members[r] == nil {
			order = append(order, r)
		}
		members[r] = append(members[r], i)
	}
	slices.Sort(order)
	var groups [][]int
	for _, r := range order {
		groups = append(groups, members[r])
	}
	return groups
}

// join lists words for a reason: "a, b and c".
func join(list []string) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

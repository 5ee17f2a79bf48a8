package notebook

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Drift is what later versions of a source did to one highlight.
type Drift struct {
	Highlight Highlight
	Was       string      // the words as first highlighted
	Now       string      // the words in the current version; empty where they are gone
	Words     []WordDrift // from Was to Now; empty where they are gone
}

// WordDrift is a run of words that stayed, was added or was removed.
type WordDrift struct {
	Change WordChange
	Text   string // with the space after it, as in Was or Now
}

// WordChange says what became of a run of words.
type WordChange string

// The changes of words.
const (
	WordsKept    WordChange = "kept"
	WordsAdded   WordChange = "added"
	WordsRemoved WordChange = "removed"
)

// Drift reports the highlights of a source, by position, whose words later
// versions changed or removed.
func (t *Tx) Drift(id SourceID) ([]Drift, error) {
	hs, err := t.Highlights(id)
	if err != nil {
		return nil, err
	}
	var out []Drift
	for _, h := range hs {
		switch {
		case h.Orphan:
			was := first(h.Quoted, h.Exact)
			out = append(out, Drift{Highlight: h, Was: was})
		case h.Quoted != "":
			out = append(out, Drift{Highlight: h, Was: h.Quoted, Now: h.Exact, Words: CompareWords(h.Quoted, h.Exact)})
		}
	}
	return out, nil
}

// maxTable bounds the table of CompareWords; longer texts are compared by
// their common beginning and end alone.
const maxTable = 4_000_000

// CompareWords gives the words that were kept, added and removed from was to
// now, in order: a longest common subsequence of words. Joined, what was kept
// and removed gives was but for spaces between runs, what was kept and added
// gives now.
func CompareWords(was, now string) []WordDrift {
	a, b := splitWords(was), splitWords(now)
	var head, tail []WordDrift
	for len(a) > 0 && len(b) > 0 && same(a[0], b[0]) {
		head = append(head, WordDrift{WordsKept, b[0]})
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && same(a[len(a)-1], b[len(b)-1]) {
		tail = append(tail, WordDrift{WordsKept, b[len(b)-1]})
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	middle := compareTable(a, b)
	out := append(head, middle...)
	for i := len(tail) - 1; i >= 0; i-- {
		out = append(out, tail[i])
	}
	return joinRuns(out)
}

func same(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }

func compareTable(a, b []string) []WordDrift {
	var out []WordDrift
	if len(a)*len(b) > maxTable {
		for _, w := range a {
			out = append(out, WordDrift{WordsRemoved, w})
		}
		for _, w := range b {
			out = append(out, WordDrift{WordsAdded, w})
		}
		return out
	}
	// longest[i][j] is the length for a[i:] and b[j:].
	width := len(b) + 1
	longest := make([]int32, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if same(a[i], b[j]) {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && same(a[i], b[j]):
			out = append(out, WordDrift{WordsKept, b[j]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || longest[(i+1)*width+j] >= longest[i*width+j+1]):
			out = append(out, WordDrift{WordsRemoved, a[i]})
			i++
		default:
			out = append(out, WordDrift{WordsAdded, b[j]})
			j++
		}
	}
	return out
}

// joinRuns joins neighbours of the same change.
func joinRuns(list []WordDrift) []WordDrift {
	var out []WordDrift
	for _, w := range list {
		if n := len(out); n > 0 && out[n-1].Change == w.Change {
			out[n-1].Text += w.Text
			continue
		}
		out = append(out, w)
	}
	return out
}

// splitWords cuts text after each run of space, and around each character of
// the scripts that are written without spaces.
func splitWords(text string) []string {
	var out []string
	start := 0
	cut := func(at int) {
		if at > start {
			out = append(out, text[start:at])
			start = at
		}
	}
	space := false
	for i, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case space, unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			cut(i)
		case i > 0:
			if before, _ := utf8.DecodeLastRuneInString(text[:i]); unicode.In(before, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
				cut(i)
			}
		}
		space = false
	}
	cut(len(text))
	return out
}

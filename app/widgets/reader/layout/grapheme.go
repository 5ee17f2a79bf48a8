package layout

import (
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// graphemeWindow is how far around a place clusters are looked at. It bounds
// the work on text that is one endless cluster.
const graphemeWindow = 64

// graphemeStart reports whether a user-perceived character (UAX 29) begins at
// rune i.
func graphemeStart(runes []rune, i int) bool {
	if i <= 0 || i >= len(runes) {
		return true
	}
	a, b := runes[i-1], runes[i]
	if b < 0x300 && a != '\r' && a < 0x300 { // the common case
		return true
	}
	if unicode.IsLetter(a) && unicode.IsLetter(b) && a < 0x900 && b < 0x900 {
		return true
	}
	from := max(i-graphemeWindow, 0)
	// Begin where a cluster surely begins.
	for j := i - 1; j > from; j-- {
		if runes[j] == ' ' || runes[j] == '\n' {
			from = j
			break
		}
	}
	var seg segmenter.Segmenter
	seg.Init(runes[from:min(i+graphemeWindow, len(runes))])
	it := seg.GraphemeIterator()
	for it.Next() {
		g := it.Grapheme()
		if at := from + g.Offset; at == i {
			return true
		} else if at > i {
			return false
		}
	}
	return false
}

// nextGrapheme gives the start of the cluster behind rune i.
func nextGrapheme(runes []rune, i int) int {
	for i++; i < len(runes) && !graphemeStart(runes, i); i++ {
	}
	return min(i, len(runes))
}

// prevGrapheme gives the start of the cluster before rune i.
func prevGrapheme(runes []rune, i int) int {
	for i--; i > 0 && !graphemeStart(runes, i); i-- {
	}
	return max(i, 0)
}

// wordRune reports runes that make a span a word.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.N, r) || unicode.Is(unicode.So, r)
}

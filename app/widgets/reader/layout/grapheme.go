package layout

import (
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// graphemeWindow bounds how many runes are taken for one user-perceived
// character (UAX 29), and how far back one is looked for. No writing comes
// near it; a text of nothing but joiners does.
const graphemeWindow = 64

// apart reports pairs of runes that surely belong to two characters; most do.
func apart(a, b rune) bool {
	return a < 0x300 && b < 0x300 && a != '\r' ||
		b == ' ' || b == '\n' && a != '\r' ||
		a < 0x900 && b < 0x900 && unicode.IsLetter(a) && unicode.IsLetter(b)
}

// nextGrapheme gives the start of the character behind the one that begins at
// rune i.
func nextGrapheme(runes []rune, i int) int {
	if i+1 >= len(runes) {
		return len(runes)
	}
	if apart(runes[i], runes[i+1]) {
		return i + 1
	}
	window := string(runes[i:min(i+graphemeWindow, len(runes))])
	it := graphemes.FromString(window)
	if !it.Next() {
		return i + 1
	}
	n := 0
	for range it.Value() {
		n++
	}
	return min(i+max(n, 1), len(runes))
}

// graphemeFloor gives the start of the character that rune i belongs to.
func graphemeFloor(runes []rune, i int) int {
	if i <= 0 || i >= len(runes) || apart(runes[i-1], runes[i]) {
		return min(max(i, 0), len(runes))
	}
	from := i - 1
	for from > 0 && i-from < graphemeWindow && !apart(runes[from-1], runes[from]) {
		from--
	}
	for {
		next := nextGrapheme(runes, from)
		if next > i {
			return from
		}
		from = next
	}
}

// graphemeStart reports whether a character begins at rune i.
func graphemeStart(runes []rune, i int) bool { return graphemeFloor(runes, i) == i }

// prevGrapheme gives the start of the character before rune i.
func prevGrapheme(runes []rune, i int) int {
	if i <= 1 {
		return 0
	}
	return graphemeFloor(runes, min(i, len(runes))-1)
}

// wordRune reports runes that make a span a word.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.N, r) || unicode.Is(unicode.So, r)
}

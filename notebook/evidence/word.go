package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is a run of letters or of digits in a text.
type word struct {
	start, end int    // code points
	from, to   int    // bytes
	fold       string // small letters, one i, without accents
	digits     bool
	title      bool // begins with a capital
}

// wordsOf parts a text into runs of letters and runs of digits. An apostrophe
// within letters, as in "aren't" and "Türkiye'nin", parts them.
func wordsOf(text string) []word {
	list := make([]word, 0, len(text)/5+1)
	pos := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		letter := unicode.IsLetter(r) || unicode.IsMark(r)
		digit := unicode.IsDigit(r)
		if !letter && !digit {
			i += size
			pos++
			continue
		}
		w := word{start: pos, from: i, digits: digit, title: unicode.IsUpper(r)}
		for i < len(text) {
			r, size := utf8.DecodeRuneInString(text[i:])
			if digit && !unicode.IsDigit(r) || !digit && !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			i += size
			pos++
		}
		w.to, w.end = i, pos
		w.fold = foldText(text[w.from:w.to])
		list = append(list, w)
	}
	return list
}

// foldText brings a text to the form that is compared: small letters with one i
// for İ, I and ı, no accents but the two dots of ö and ü, ё as е, ə as e.
func foldText(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	last := rune(0)
	for _, r := range norm.NFKD.String(s) {
		// The breve and the diaeresis stay: й is no и, and "öldü" (died) no "oldu"
		// (was). ё is е all the same.
		if unicode.Is(unicode.Mn, r) && (r != '\u0306' && r != '\u0308' || last == 'е' || last == 'Е') {
			continue
		}
		last = r
		switch r = unicode.ToLower(r); r {
		case 'ı':
			r = 'i'
		case 'ə':
			r = 'e'
		case 'ß':
			b.WriteString("ss")
			continue
		}
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// wordList is a set of folded words.
func wordList(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[foldText(w)] = true
	}
	return m
}

// hasAny tells whether a folded word begins with one of a list of stems. A stem
// that ends in "." must be the whole word.
func hasAny(fold string, stems []string) bool {
	for _, s := range stems {
		if whole, ok := strings.CutSuffix(s, "."); ok {
			if fold == whole {
				return true
			}
		} else if strings.HasPrefix(fold, s) {
			return true
		}
	}
	return false
}

// stemList folds a list of stems for hasAny.
func stemList(list string) []string {
	var stems []string
	for _, w := range strings.Fields(list) {
		stems = append(stems, foldText(w))
	}
	return stems
}

package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"
)

// A token is one searchable word of a text.
type token struct {
	term       string // folded; for ideographs a pair of them
	raw        string // as written
	start, end int    // bytes of the text
	last       bool   // the last ideograph of a run by itself: only the index has use for it
}

// longestTerm bounds a term in bytes. Longer runs of letters are no words but
// encoded data; they are left out of the index.
const longestTerm = 120

// tokens parts a text into words by UAX 29 and hands each to yield, folded. An
// apostrophe, a zero-width non-joiner and a dot between longer parts break a
// word; initials ("U.S.") lose their dots; runs of ideographs and kana become
// overlapping pairs.
func tokens(text string, yield func(token)) {
	if strings.ContainsRune(text, '\u200c') {
		text = strings.ReplaceAll(text, "\u200c", "   ") // three bytes each: positions stay
	}
	var run []token // ideographs that touch
	flush := func() {
		switch {
		case len(run) == 1:
			yield(run[0])
		default:
			for i := 0; i+1 < len(run); i++ {
				a, b := run[i], run[i+1]
				yield(token{term: a.term + b.term, raw: text[a.start:b.end], start: a.start, end: b.end})
			}
			if len(run) > 1 {
				t := run[len(run)-1]
				t.last = true
				yield(t)
			}
		}
		run = run[:0]
	}
	it := words.FromString(text)
	for it.Next() {
		w := it.Value()
		start := it.Start()
		if !searchable(w) {
			flush()
			continue
		}
		if first, _ := utf8.DecodeRuneInString(w); paired(first) {
			for at := 0; at < len(w); {
				r, size := utf8.DecodeRuneInString(w[at:])
				if len(run) > 0 && run[len(run)-1].end != start+at {
					flush()
				}
				if (unicode.IsMark(r) || r == 'ﾞ' || r == 'ﾟ') && len(run) > 0 { // a voice mark of the kana before it
					k := &run[len(run)-1]
					k.end += size
					k.raw = text[k.start:k.end]
					k.term = fold(k.raw)
				} else {
					run = append(run, token{term: fold(w[at : at+size]), raw: w[at : at+size], start: start + at, end: start + at + size})
				}
				at += size
			}
			continue
		}
		flush()
		for from := 0; from < len(w); {
			n := piece(w[from:])
			if part := w[from : from+n]; searchable(part) && n <= longestTerm {
				if term := fold(part); term != "" && len(term) <= longestTerm {
					yield(token{term: term, raw: part, start: start + from, end: start + from + n})
				}
			}
			from += n
			if from < len(w) {
				_, size := utf8.DecodeRuneInString(w[from:])
				from += size
			}
		}
	}
	flush()
}

// piece returns how many bytes of a word stand before the sign that breaks it.
func piece(w string) int {
	for i, r := range w {
		switch {
		case isApostrophe(r), r == '_', r == ':':
			return i
		case r == '.' || r == '·' || r == '․':
			// "U.S" and "1.5" stay; "example.com" is two words.
			before, size := utf8.DecodeLastRuneInString(w[:i])
			after, asize := utf8.DecodeRuneInString(w[i+utf8.RuneLen(r):])
			digits := unicode.IsDigit(before) && unicode.IsDigit(after)
			rest := w[i+utf8.RuneLen(r)+asize:]
			initials := (i == size || strings.HasSuffix(w[:i-size], ".")) && (rest == "" || rest[0] == '.')
			if !digits && !initials {
				return i
			}
		}
	}
	return len(w)
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '`', '＇':
		return true
	}
	return false
}

// paired tells the scripts that are written without spaces and searched by
// pairs: Han, Hiragana, Katakana.
func paired(r rune) bool {
	return r >= 0x3040 && r < 0x3100 || r >= 0x31F0 && r < 0x3200 || r >= 0x3400 && r < 0xA000 ||
		r >= 0xF900 && r < 0xFB00 || r >= 0xFF66 && r < 0xFFA0 || r >= 0x20000 && r < 0x32000
}

func searchable(w string) bool {
	for _, r := range w {
		if r < utf8.RuneSelf {
			if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
				return true
			}
			continue
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// folds are the folds that NFKC and lower case do not give.
var folds = map[rune]string{
	'ı': "i", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ħ': "h",
	'ə':      "e", // Azerbaijani is often typed without its schwa
	'ё':      "е",
	'ς':      "σ",
	'ى':      "ي",
	'ی':      "ي",
	'ې':      "ي",
	'ک':      "ك",
	'ة':      "ه",
	'ہ':      "ه",
	'ھ':      "ه",
	'ە':      "ه",
	'أ':      "ا",
	'إ':      "ا",
	'آ':      "ا",
	'ٱ':      "ا",
	'\u0640': "", // tatweel
	'\u200d': "", '\u00ad': "", '.': "", ',': "", '٬': "",
}

// dropped tells marks that searching does not see: accents of Latin, Greek and
// Cyrillic, Arabic vowel signs, Hebrew points. Marks of Indic and other scripts
// are vowels and stay.
func dropped(r rune) bool {
	return r >= 0x300 && r < 0x370 || r >= 0x64B && r < 0x660 || r == 0x670 || r >= 0x6D6 && r < 0x6EE ||
		r >= 0x591 && r < 0x5C8 || r >= 0x1AB0 && r < 0x1B00 || r >= 0x1DC0 && r < 0x1E00 || r >= 0xFE00 && r < 0xFE10
}

// fold brings a word to the form that it is indexed and searched in: NFKC,
// lower case with one i for İ, I and ı, without accents, ё as е, Georgian
// capitals as small letters, Arabic and Persian yeh, kaf, heh and alef as one
// each. The Cyrillic й is a letter of its own and stays.
func fold(w string) string {
	plain := true
	for i := 0; i < len(w); i++ {
		if c := w[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' || c == '.' || c == ',' {
			plain = false
			break
		}
	}
	if plain {
		return w
	}
	table := foldTable()
	b := make([]byte, 0, len(w))
	for _, r := range norm.NFKC.String(w) {
		if r >= rune(len(table)) {
			b = foldRune(b, r)
			continue
		}
		switch f := table[r]; f {
		case 0:
		case -1:
			b = foldRune(b, r)
		default:
			b = utf8.AppendRune(b, f)
		}
	}
	return string(b)
}

// foldTable has the fold of every rune below U+0700 that folds to one rune: 0
// drops it, -1 means that it folds to more.
var foldTable = sync.OnceValue(func() *[0x700]rune {
	var t [0x700]rune
	for r := range rune(len(t)) {
		switch s := []rune(string(foldRune(nil, r))); len(s) {
		case 0:
			t[r] = 0
		case 1:
			t[r] = s[0]
		default:
			t[r] = -1
		}
	}
	return &t
})

func foldRune(b []byte, r rune) []byte {
	if r >= 'A' && r <= 'Z' {
		return append(b, byte(r)+'a'-'A')
	}
	if r >= 0x1C90 && r <= 0x1CBF {
		return utf8.AppendRune(b, r-0x1C90+0x10D0)
	}
	if r == 'İ' {
		return append(b, 'i')
	}
	r = unicode.ToLower(r)
	if s, ok := folds[r]; ok {
		return append(b, s...)
	}
	if r < 0xC0 || dropped(r) {
		if dropped(r) {
			return b
		}
		return utf8.AppendRune(b, r)
	}
	if r == 'й' || r == 'ї' || r >= 0x900 && r < 0x1AB0 || r >= 0x3040 && r < 0x3100 || r >= 0xAC00 && r < 0xD7B0 {
		return utf8.AppendRune(b, r)
	}
	if d := norm.NFD.PropertiesString(string(r)).Decomposition(); d != nil {
		for _, m := range string(d) {
			if dropped(m) {
				continue
			}
			if s, ok := folds[m]; ok {
				b = append(b, s...)
			} else if dd := norm.NFD.String(string(m)); len(dd) > utf8.RuneLen(m) {
				for _, x := range dd {
					if !dropped(x) {
						b = utf8.AppendRune(b, x)
					}
				}
			} else {
				b = utf8.AppendRune(b, m)
			}
		}
		return b
	}
	return utf8.AppendRune(b, r)
}

// queryTokens returns the words of a searched text.
func queryTokens(text string) []token {
	var list []token
	tokens(text, func(t token) {
		if !t.last {
			list = append(list, t)
		}
	})
	return list
}

// terms returns the folded words of a searched text.
func terms(text string) []string {
	var list []string
	for _, t := range queryTokens(text) {
		list = append(list, t.term)
	}
	return list
}

package country

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A script decides which language's forms are tried on a word.
type script uint8

const (
	noScript script = iota
	latin
	cyrillic
	arabic
	georgian
	armenian
	hebrew
	greek
	hangul
	devanagari
	ideograph // Han, Hiragana, Katakana: written without spaces
)

// A gap is what stands between a word and the one before it.
type gap uint8

const (
	wide       gap = iota // a line end, several signs: never inside a name
	space                 // one space of any kind
	hyphen                // "-" without spaces
	apostrophe            // ' or ’ without spaces
	comma                 // ", "
	dot                   // ". "
	ampersand             // " & "
	dash                  // " — ", " - "
	joined                // nothing: between ideographs, or a zero-width non-joiner
)

// A word is one token of a text.
type word struct {
	start, end int    // code points of the text, half open
	from, to   int    // bytes of the text
	fold       string // lower case, without marks: see foldWord
	gap        gap    // what stands before it
	script     script
	title      bool // begins with a capital
	caps       bool // two letters or more, all capitals
	cased      bool // its script has capitals
}

// foldTable folds the runes below U+0600 that fold to one rune; 0 means "drop",
// and -1 that the rune needs foldRune.
var foldTable = sync.OnceValue(func() *[0x600]rune {
	var t [0x600]rune
	for r := range rune(len(t)) {
		s := []rune(foldRune(r))
		switch len(s) {
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

// special are folds that Unicode's decomposition does not give. Schwa becomes e
// because Azerbaijani is often typed without it.
var special = map[rune]string{
	'ı': "i", 'ß': "ss", 'ø': "o", 'đ': "d", 'ð': "d", 'ł': "l", 'æ': "ae", 'œ': "oe", 'þ': "th", 'ə': "e", 'ħ': "h",
	'ى': "ي", 'ی': "ي", 'ې': "ي", 'ک': "ك", 'ة': "ه", 'ہ': "ه", 'ھ': "ه", 'ە': "ه", 'ٱ': "ا",
	'\u0640': "", '\u200d': "", '\u00ad': "",
}

// foldRune brings one rune to the form that names are compared in: lower case,
// no marks, one i, one e, one Arabic yeh, kaf and heh.
func foldRune(r rune) string {
	if r >= 0x1C90 && r <= 0x1CBF { // Georgian Mtavruli to Mkhedruli
		return string(r - 0x1C90 + 0x10D0)
	}
	if s, ok := special[unicode.ToLower(r)]; ok {
		return s
	}
	var b strings.Builder
	for _, d := range norm.NFKD.String(string(unicode.ToLower(r))) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		if s, ok := special[d]; ok {
			b.WriteString(s)
			continue
		}
		b.WriteRune(unicode.ToLower(d))
	}
	return b.String()
}

// foldWord folds a word. It is the same for names and for texts, so that both
// meet in one form.
func foldWord(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	table := foldTable()
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r < rune(len(table)) {
			switch f := table[r]; f {
			case 0:
			case -1:
				b = append(b, foldRune(r)...)
			default:
				b = utf8.AppendRune(b, f)
			}
			continue
		}
		b = append(b, foldRune(r)...)
	}
	return string(b)
}

func scriptOf(r rune) script {
	switch {
	case r < 0x250:
		if unicode.IsLetter(r) {
			return latin
		}
		return noScript
	case r < 0x300:
		return latin
	case r >= 0x370 && r < 0x400, r >= 0x1F00 && r < 0x2000:
		return greek
	case r >= 0x400 && r < 0x530:
		return cyrillic
	case r >= 0x531 && r < 0x590:
		return armenian
	case r >= 0x590 && r < 0x600:
		return hebrew
	case r >= 0x600 && r < 0x780, r >= 0x8A0 && r < 0x900, r >= 0xFB50 && r < 0xFE00, r >= 0xFE70 && r < 0xFEFF:
		return arabic
	case r >= 0x900 && r < 0x980:
		return devanagari
	case r >= 0x10A0 && r < 0x1100, r >= 0x1C90 && r < 0x1CC0:
		return georgian
	case r >= 0x1E00 && r < 0x1F00:
		return latin
	case r >= 0x3040 && r < 0x3100, r >= 0x3400 && r < 0xA000, r >= 0xF900 && r < 0xFB00, r >= 0x20000 && r < 0x32000:
		return ideograph
	case r >= 0xAC00 && r < 0xD7B0, r >= 0x1100 && r < 0x1200:
		return hangul
	}
	return noScript
}

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', 'ʻ', '`', '´', '′', '՚':
		return true
	}
	return false
}

func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' }

// isWordRune tells letters, marks and digits. The modifier letters that serve as
// apostrophes are not among them.
func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '\u00ad' || r == '\u200d') && !isApostrophe(r)
}

// words parts a text into words. Initials written with dots ("U.S.", "D.C.")
// are one word that holds its dots; an ideograph is a word of its own.
func words(text string) []word {
	list := make([]word, 0, len(text)/5+1)
	gapFrom := 0
	pos := 0 // code points before text[i:]
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf && !isWordRune(rune(c)) {
			i++
			pos++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !isWordRune(r) || r == utf8.RuneError && size == 1 {
			i += size
			pos++
			continue
		}
		w := word{start: pos, from: i, script: scriptOf(r), gap: gapOf(text[gapFrom:i], len(list) == 0)}
		w.title = unicode.IsUpper(r) || unicode.IsTitle(r)
		w.cased = w.title || unicode.IsLower(r)
		if w.script == ideograph {
			w.to, w.end = i+size, pos+1
			w.fold = text[i:w.to]
			list = append(list, w)
			i, pos, gapFrom = w.to, w.end, w.to
			continue
		}
		upper, letters := 0, 0
		j, p := i, pos
		for j < len(text) {
			if c := text[j]; c < utf8.RuneSelf { // most of most texts
				if !isWordRune(rune(c)) {
					break
				}
				if c > '9' {
					letters++
					if c <= 'Z' {
						upper++
					}
					if w.script == noScript {
						w.script = latin
					}
				}
				j++
				p++
				continue
			}
			r, size := utf8.DecodeRuneInString(text[j:])
			if !isWordRune(r) || r == utf8.RuneError && size == 1 || scriptOf(r) == ideograph {
				break
			}
			if w.script == noScript {
				w.script = scriptOf(r)
			}
			if unicode.IsLetter(r) {
				letters++
				if unicode.IsUpper(r) {
					upper++
				}
			}
			j += size
			p++
		}
		w.caps = upper > 1 && upper == letters
		w.to, w.end = j, p
		if letters == 1 && p == pos+1 && w.title {
			if to, n := initials(text[j:]); n > 0 {
				w.to, w.end = j+to, p+n
				w.caps = true
				w.fold = strings.TrimSuffix(foldWord(text[w.from:w.to]), ".")
			}
		}
		if w.fold == "" {
			w.fold = foldWord(text[w.from:w.to])
		}
		list = append(list, w)
		i, pos, gapFrom = w.to, w.end, w.to
	}
	return list
}

// initials reads the rest of "U.S.A." behind its first letter: pairs of a dot
// and a capital, and a last dot. It returns bytes and code points, none where
// there is no pair.
func initials(rest string) (bytes, runes int) {
	for {
		if !strings.HasPrefix(rest[bytes:], ".") {
			break
		}
		r, size := utf8.DecodeRuneInString(rest[bytes+1:])
		if !unicode.IsUpper(r) {
			break
		}
		after, _ := utf8.DecodeRuneInString(rest[bytes+1+size:])
		if bytes+1+size < len(rest) && isWordRune(after) {
			break
		}
		bytes += 1 + size
		runes += 2
	}
	if runes > 0 && strings.HasPrefix(rest[bytes:], ".") {
		bytes++
		runes++
	}
	return bytes, runes
}

// gapOf names what stands between two words.
func gapOf(s string, first bool) gap {
	if first {
		return wide
	}
	if s == "" || s == "\u200c" {
		return joined
	}
	if s == " " {
		return space
	}
	r, size := utf8.DecodeRuneInString(s)
	rest := s[size:]
	switch {
	case rest == "" && isHyphen(r):
		return hyphen
	case rest == "" && isApostrophe(r):
		return apostrophe
	case rest == "" && (r == '\u00a0' || r == '\u202f' || r == '\u2009' || r == '\n'):
		return space
	case r == ',' && rest == " ":
		return comma
	case r == '.' && (rest == " " || rest == "\u00a0"):
		return dot
	case s == " & ":
		return ampersand
	case s == " — " || s == " – " || s == " - ":
		return dash
	}
	return wide
}

// Package language tells which language a text is written in.
//
// Detect looks at scripts first, which settles most of the question for
// Armenian, Georgian, Greek, Hebrew, Korean and others, and then at letters that
// only some languages use, at common short words and at word endings. It needs
// no model and no data beyond the tables of this package, and reads only a
// bounded sample, so that it costs the same for a page and for a book.
//
// Check settles between what a page declares and what its text looks like:
// many pages declare the language of their template.
package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Undetermined is the BCP 47 subtag for a language that is not known.
const Undetermined = "und"

// sampleBytes bounds what Detect reads: a third from the beginning, the middle
// and the end of a longer text each.
const sampleBytes = 9 << 10

// enough is the evidence from which a language is named at all, and certain the
// evidence from which the text outweighs a declaration. One common word that
// only one language has counts 1.
const (
	enough  = 0.6
	certain = 6
)

// Detect gives the BCP 47 primary subtag of the language that text is written
// in, such as "az" or "en", or "und" where the text is too short or too mixed
// to tell.
func Detect(text string) string {
	lang, _ := detect(text)
	return lang
}

// Check chooses between the language that a page declares ("en-US", "ru_RU",
// "" where none) and the one that its text is written in. A declaration is
// believed unless the text is clearly in another language. The result is a
// primary subtag or "und".
func Check(declared, text string) string {
	want := Primary(declared)
	lang, weight := detect(text)
	switch {
	case lang == Undetermined:
		return want
	case want == Undetermined || want == lang:
		return lang
	case script(want) != script(lang) && utf8.RuneCountInString(text) >= 12:
		// The script cannot be a matter of taste, but for Serbian, Uzbek and
		// the like, whose declaration stands where the table allows both.
		if bothScripts[want] {
			return want
		}
		return lang
	case near[want] == lang || near[lang] == want:
		// Close relatives are told apart by a handful of words only.
		if weight >= 2*certain {
			return lang
		}
		return want
	case weight >= certain:
		return lang
	}
	return want
}

// Primary gives the primary subtag of a declared language in lower case:
// "en" for "en-US", "EN_gb" and "english". Country codes that are often written
// where a language belongs are put right. What is not a language is "und".
func Primary(declared string) string {
	s := strings.ToLower(strings.TrimSpace(declared))
	if i := strings.IndexAny(s, ",; "); i >= 0 {
		s = s[:i]
	}
	if i := strings.IndexAny(s, "-_"); i >= 0 {
		s = s[:i]
	}
	if fixed, ok := misnamed[s]; ok {
		return fixed
	}
	if len(s) < 2 || len(s) > 3 {
		return Undetermined
	}
	for i := 0; i < len(s); i++ {
		if s[i] < 'a' || s[i] > 'z' {
			return Undetermined
		}
	}
	return s
}

// misnamed holds names, ISO 639-2 codes, withdrawn codes and country codes that
// stand where a BCP 47 primary subtag belongs.
var misnamed = map[string]string{
	"iw": "he", "in": "id", "ji": "yi", "jp": "ja", "kr": "ko", "cn": "zh", "tw": "zh", "ua": "uk",
	"kz": "kk", "cz": "cs", "gr": "el", "ge": "ka", "am": "hy", "us": "en", "gb": "en",
	"eng": "en", "rus": "ru", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it",
	"por": "pt", "pol": "pl", "tur": "tr", "aze": "az", "kaz": "kk", "kat": "ka", "geo": "ka", "hye": "hy",
	"arm": "hy", "ukr": "uk", "fas": "fa", "per": "fa", "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja",
	"kor": "ko", "heb": "he", "ell": "el", "uzb": "uz", "zxx": Undetermined, "mul": Undetermined,
	"nb": "no", "nn": "no", "cmn": "zh",
	"english": "en", "russian": "ru", "german": "de", "deutsch": "de", "french": "fr", "français": "fr",
	"spanish": "es", "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "polish": "pl",
	"turkish": "tr", "türkçe": "tr", "azerbaijani": "az", "kazakh": "kk", "georgian": "ka", "armenian": "hy",
	"ukrainian": "uk", "persian": "fa", "farsi": "fa", "arabic": "ar", "chinese": "zh", "japanese": "ja",
	"korean": "ko", "hebrew": "he", "greek": "el", "русский": "ru",
}

// near pairs languages that short texts do not tell apart with any certainty.
var near = map[string]string{
	"da": "no", "cs": "sk", "hr": "sr", "bs": "hr", "id": "ms", "gl": "pt", "kk": "ky", "be": "uk", "af": "nl",
	"mk": "bg", "tt": "ba",
}

// bothScripts names languages that are printed in two scripts, of which Detect
// knows one better than the other.
var bothScripts = map[string]bool{"sr": true, "uz": true, "kk": true, "mn": true, "tk": true, "bs": true, "ku": true, "az": true, "tg": true}

func script(lang string) string {
	if s, ok := scriptOf[lang]; ok {
		return s
	}
	return "Latn"
}

// detect names the language and the weight of the evidence for it.
func detect(text string) (string, float64) {
	text = sample(text)
	var count [scripts]int
	for _, r := range text {
		count[scriptIndex(r)]++
	}
	// Han and kana stand together in Japanese.
	best, total := none, 0
	for s := none + 1; s < scripts; s++ {
		total += weightOf(s) * count[s]
		if best == none && count[s] > 0 || best != none && weightOf(s)*count[s] > weightOf(best)*count[best] {
			best = s
		}
	}
	if best == none || weightOf(best)*count[best]*2 < total && best != han && best != kana {
		return Undetermined, 0
	}
	switch best {
	case han, kana:
		return east(text, count)
	case latin, cyrillic, arabic, hebrew, devanagari:
		return byWords(text, best)
	}
	if lang := wholeScript[best]; lang != "" && count[best] >= 2 {
		return lang, float64(count[best])
	}
	return Undetermined, 0
}

// weightOf makes one ideograph or syllable weigh as much as the letters that
// would spell it.
func weightOf(s int) int {
	if s == han || s == kana || s == hangul {
		return 3
	}
	return 1
}

// east tells Japanese from Chinese.
func east(text string, count [scripts]int) (string, float64) {
	n := count[han] + count[kana]
	if n < 2 {
		return Undetermined, 0
	}
	if count[kana]*20 >= n {
		return "ja", float64(n)
	}
	japanese, chinese := 0, 0
	for _, r := range text {
		if strings.ContainsRune(japaneseOnly, r) {
			japanese++
		} else if strings.ContainsRune(chineseOnly, r) {
			chinese++
		}
	}
	if japanese > chinese {
		return "ja", float64(japanese)
	}
	return "zh", float64(n)
}

// byWords scores the languages of one script by letters, words and endings.
func byWords(text string, script int) (string, float64) {
	var scores [maxLanguages]float64
	words := 0
	met := map[string]int{}
	wordsOf(text, func(word []byte) {
		first, _ := utf8.DecodeRune(word)
		if scriptIndex(first) != script {
			return
		}
		words++
		if langs, ok := common[string(word)]; ok {
			// A word that comes again and again may be part of a name: the "Pro"
			// of a list of phones is not the Czech word.
			by := 1.0
			if met[string(word)]++; met[string(word)] > 4 {
				by = 0.05
			}
			add(&scores, langs, by)
		}
		for _, r := range string(word) {
			if r >= 0x80 {
				add(&scores, letters[r], 0.35)
			}
		}
		n := utf8.RuneCount(word)
		if n < 4 {
			return
		}
		tail := word
		for n > 5 {
			_, size := utf8.DecodeRune(tail)
			tail, n = tail[size:], n-1
		}
		for n >= 2 {
			if langs, ok := endings[string(tail)]; ok && len(tail) < len(word) {
				add(&scores, langs, 0.25)
			}
			_, size := utf8.DecodeRune(tail)
			tail, n = tail[size:], n-1
		}
	})
	best, second := -1, -1
	for lang := range order {
		if rare[order[lang]] {
			// A near tie goes to the languages that this program meets most.
			scores[lang] *= 0.85
		}
		switch s := scores[lang]; {
		case s == 0:
		case best < 0 || s > scores[best]:
			best, second = lang, best
		case second < 0 || s > scores[second]:
			second = lang
		}
	}
	if best < 0 || scores[best] < enough || scores[best] < 0.03*float64(words) {
		return fallback(script, words)
	}
	weight := scores[best]
	if second >= 0 {
		weight -= scores[second] / 2
	}
	return order[best], weight
}

// fallback names the language that a text in a script is in when nothing in it
// says otherwise: Russian in Cyrillic and Arabic in Arabic script have no
// letter of their own. For Latin there is no such guess.
func fallback(script, words int) (string, float64) {
	switch {
	case script == cyrillic && words >= 1:
		return "ru", 0.5 * float64(words)
	case script == arabic && words >= 1:
		return "ar", 0.5 * float64(words)
	case script == hebrew && words >= 1:
		return "he", float64(words)
	case script == devanagari && words >= 1:
		return "hi", 0.5 * float64(words)
	}
	return Undetermined, 0
}

func add(scores *[maxLanguages]float64, langs []weighted, by float64) {
	for _, w := range langs {
		scores[w.lang] += by * w.weight
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// wordsOf calls f with each word of text in lower case. The word is valid until
// f returns. An apostrophe parts words, except in Uzbek oʻ and gʻ.
func wordsOf(text string, f func([]byte)) {
	const longest = 120
	word := make([]byte, 0, longest+utf8.UTFMax)
	flush := func() {
		if len(word) > 0 && len(word) <= longest {
			f(word)
		}
		word = word[:0]
	}
	for i, r := range text {
		switch {
		case r < utf8.RuneSelf:
			switch {
			case r >= 'a' && r <= 'z':
				word = append(word, byte(r))
			case r >= 'A' && r <= 'Z':
				word = append(word, byte(r)|0x20)
			case r == '`' && uzbek(text, i):
				word = append(word, "ʻ"...)
			default:
				flush()
			}
		case r == 'ʻ' || r == '‘' || r == '’' || r == 'ʼ':
			if uzbek(text, i) {
				word = append(word, "ʻ"...)
			} else {
				flush()
			}
		case r == 'İ':
			word = append(word, 'i')
		case unicode.IsLetter(r) || len(word) > 0 && unicode.Is(unicode.Mn, r):
			word = utf8.AppendRune(word, unicode.ToLower(r))
		default:
			flush()
		}
		if len(word) > longest {
			word = word[:longest+1]
		}
	}
	flush()
}

// uzbek tells whether the apostrophe at text[i:] may belong to oʻ or gʻ: it
// stands after that letter and before another, or ends the word.
func uzbek(text string, i int) bool {
	if i == 0 {
		return false
	}
	c := text[i-1] | 0x20
	return c == 'o' || c == 'g'
}

// sample bounds text to what Detect reads, cut at code points.
func sample(text string) string {
	if len(text) <= sampleBytes {
		return text
	}
	third := sampleBytes / 3
	cut := func(at int) string {
		for at < len(text) && !utf8.RuneStart(text[at]) {
			at++
		}
		end := min(at+third, len(text))
		for end < len(text) && !utf8.RuneStart(text[end]) {
			end++
		}
		return text[at:end]
	}
	return cut(0) + " " + cut(len(text)/2-third/2) + " " + cut(len(text)-third)
}

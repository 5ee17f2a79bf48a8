package country

import "strings"

// scripts maps a language to the script it is written in.
var scripts = map[string]script{
	"en": latin, "tr": latin, "az": latin, "de": latin, "fr": latin, "es": latin, "it": latin, "pt": latin, "nl": latin,
	"pl": latin, "cs": latin, "sv": latin, "hu": latin, "ro": latin, "uz": latin, "tk": latin, "vi": latin, "id": latin,
	"ru": cyrillic, "uk": cyrillic, "be": cyrillic, "bg": cyrillic, "sr": cyrillic, "kk": cyrillic, "ky": cyrillic,
	"tg": cyrillic, "mn": cyrillic,
	"ka": georgian, "hy": armenian, "el": greek, "he": hebrew, "ar": arabic, "fa": arabic, "ur": arabic, "ps": arabic,
	"hi": devanagari, "zh": ideograph, "ja": ideograph, "ko": hangul,
}

// usual are the languages tried on a script when the text's language does not
// say.
var usual = map[script][]string{
	latin: {"en"}, cyrillic: {"ru", "uk", "kk"}, arabic: {"ar", "fa"}, georgian: {"ka"}, armenian: {"hy"},
	greek: {"el"}, hebrew: {"he"}, devanagari: {"hi"}, ideograph: {"zh", "ja"}, hangul: {"ko"},
}

// choose picks the tables to try on each script of a text.
func choose(t *reading, language string) map[script][]*table {
	choice := map[script][]*table{}
	for _, w := range t.words {
		if w.script == noScript || choice[w.script] != nil {
			continue
		}
		languages := usual[w.script]
		switch {
		case scripts[language] == w.script:
			languages = []string{language}
		case w.script == latin && (language == "" || language == "und"):
			languages = []string{guessLatin(t)}
		case w.script == cyrillic:
			languages = []string{guessCyrillic(t)}
		}
		for _, l := range languages {
			choice[w.script] = append(choice[w.script], tableOf(l))
		}
		if choice[w.script] == nil {
			choice[w.script] = []*table{}
		}
	}
	return choice
}

// latinWords maps folded small words to the languages that they are a sign of.
var latinWords = func() map[string][]string {
	m := map[string][]string{}
	for _, language := range latinOrder {
		for _, w := range strings.Fields(smallWords[language]) {
			m[w] = append(m[w], language)
		}
	}
	return m
}()

// latinOrder is the order in which languages win where the signs are equal.
var latinOrder = []string{"en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "az", "cs", "ro", "hu", "sv", "uz"}

var smallWords = map[string]string{
	"en": "the and of to is was with that for from by has vs said will its have",
	"de": "der die und das den dem mit nicht ist von zu auf eine einen im zwischen",
	"fr": "le les et est une dans du des pour qui sur avec au aux entre a",
	"es": "el los las y una del por con para es su entre se",
	"it": "il gli della di che per nel alla sono tra",
	"pt": "o os do da uma em nao ao com entre",
	"nl": "het een van en met niet voor zijn tussen",
	"pl": "w z na nie jest przez oraz sie miedzy",
	"tr": "ve bir bu ile icin olarak da gibi nin dedi arasinda",
	"az": "ve bir bu ile ucun olaraq gore edib olan haqqinda oz bildirib arasinda",
	"cs": "se je ve ktery podle pro jsou mezi",
	"ro": "si este in cu pentru din care intre",
	"hu": "a az es hogy nem egy",
	"sv": "och att det som en for med mellan",
	"uz": "va bilan uchun bir bu boldi haqida ozbekiston",
}

// guessLatin names the language of a text in the Latin script by its small
// words, English where they do not tell. It looks at the first 400 words.
func guessLatin(t *reading) string {
	score := map[string]int{}
	seen := 0
	for i, w := range t.words {
		if w.script != latin {
			continue
		}
		if seen++; seen > 400 {
			break
		}
		if strings.ContainsAny(t.raw(i), "əƏ") {
			score["az"] += 2
		}
		if w.title || len(w.fold) > 10 {
			continue
		}
		for _, language := range latinWords[w.fold] {
			score[language]++
		}
	}
	best := "en"
	for _, language := range latinOrder {
		if score[language] > score[best] {
			best = language
		}
	}
	return best
}

// guessCyrillic names the language of a text in Cyrillic by its own letters,
// Russian where it has none.
func guessCyrillic(t *reading) string {
	kazakh, ukrainian := 0, 0
	seen := 0
	for i, w := range t.words {
		if w.script != cyrillic {
			continue
		}
		if seen++; seen > 400 {
			break
		}
		raw := t.raw(i)
		if strings.ContainsAny(raw, "әғқңөұүһӘҒҚҢӨҰҮҺ") {
			kazakh++
		}
		if strings.ContainsAny(raw, "їєґЇЄҐ") {
			ukrainian++
		}
	}
	switch {
	case kazakh > ukrainian:
		return "kk"
	case ukrainian > 0:
		return "uk"
	}
	return "ru"
}

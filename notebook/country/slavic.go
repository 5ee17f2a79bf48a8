package country

import (
	"strings"
	"unicode/utf8"
)

// Russian and Ukrainian decline names. A name's case forms are derived by the
// end of each of its words; forms that no rule gives stand in the forms file.

func russian() lang {
	return lang{
		inflect: func(name string) []string { return decline(name, russianWord) },
		small:   true,
		common: set2("Чад", "Того", "Мали", "Куба", "Перу", "Панама", "Катар", "Мальта", "Чили", "Оман", "Гана", "Конго",
			"Джерси", "Мэн", "Бенин", "Тонга", "Греция", "Иордания", "Доминика", "Гвинея"),
		paradigms: map[string][]string{
			"adj": {"ий", "ая", "ое", "ие", "ого", "ому", "им", "ом", "ой", "ую", "их", "ими", "ою", "о"}, // the last in compounds: "российско-китайский"
			"ец":  {"ец", "ца", "цу", "цем", "цом", "це", "цы", "цев", "цов", "цам", "цами", "цах"},
			"йц":  {"ец", "йца", "йцу", "йцем", "йце", "йцы", "йцев", "йцам", "йцами", "йцах"},
			"ин":  {"ин", "ина", "ину", "ином", "ине", "е", "", "ам", "ами", "ах"},
			"м":   {"", "а", "у", "ом", "е", "ы", "ов", "ам", "ами", "ах"},
			"х":   {"", "а", "у", "ом", "е", "и", "ов", "ам", "ами", "ах"},
			"ф":   {"а", "и", "е", "у", "ой", "ам", "ами", "ах"},
		},
		guards: map[string]guard{"Того": insideSentence, "demonym": slavicLanguage, "Штаты": insideSentence, "РК": nil},
	}
}

func ukrainian() lang {
	return lang{
		inflect: func(name string) []string { return decline(name, ukrainianWord) },
		small:   true,
		common:  set2("Чад", "Того", "Малі", "Куба", "Перу", "Панама", "Катар", "Мальта", "Чилі", "Оман", "Гана", "Конго"),
		paradigms: map[string][]string{
			"adj": {"ий", "а", "е", "і", "ого", "ому", "им", "ої", "ій", "у", "ою", "их", "ими", "о"},
			"ець": {"ець", "ця", "цю", "цем", "ці", "ців", "цям", "цями", "цях", "цеві"},
			"єць": {"єць", "йця", "йцю", "йцем", "йці", "йців", "йцям", "йцями", "йцях"},
			"ин":  {"ин", "ина", "ину", "ином", "ині", "и", "", "ам", "ами", "ах"},
			"м":   {"", "а", "у", "ом", "ові", "и", "ів", "ам", "ами", "ах"},
		},
		guards: map[string]guard{"Того": insideSentence, "demonym": slavicLanguage, "Штати": insideSentence},
	}
}

// insideSentence refuses a word at the beginning of a sentence, where its
// capital says nothing.
func insideSentence(t *reading, at, _ int) bool {
	return at > 0 && t.words[at].gap != wide && t.words[at].gap != dot
}

// slavicLanguage refuses the names of languages: "русский язык", "на русском".
func slavicLanguage(t *reading, at, n int) bool {
	w := t.at(at + n)
	if at+n < len(t.words) && w.gap == space && (strings.HasPrefix(w.fold, "язык") || strings.HasPrefix(w.fold, "мов")) {
		return false
	}
	if b, ok := t.before(at); ok && n == 1 {
		ends := at+n >= len(t.words) || w.gap == wide || w.gap == comma || w.gap == dot || w.fold == "и"
		f := t.words[at].fold
		if b.fold == "на" && ends && (strings.HasSuffix(f, "ском") || strings.HasSuffix(f, "цком")) {
			return false
		}
	}
	return true
}

// decline writes a name in all its cases. word gives the forms of one word, by
// case, several where it is not known which; adjectives before a noun follow it.
func decline(name string, word func(w string, adjective bool) [6][]string) []string {
	parts := strings.Split(name, " ")
	if len(parts) > 5 {
		return []string{name}
	}
	forms := [6][]string{{""}, {""}, {""}, {""}, {""}, {""}}
	noun := false // what follows the noun ("Штаты Америки") does not change
	for i, p := range parts {
		var cases [6][]string
		adjective := i+1 < len(parts) && isAdjective(p)
		if noun || p == "и" || p == "та" || p == "й" || strings.ContainsAny(p, "'’(") {
			for k := range cases {
				cases[k] = []string{p}
			}
			if p == "и" || p == "та" {
				noun = false
			}
		} else {
			cases = word(p, adjective)
			noun = !adjective
		}
		for k := range forms {
			var longer []string
			for _, f := range forms[k] {
				for _, c := range cases[k] {
					if f != "" {
						longer = append(longer, f+" "+c)
					} else {
						longer = append(longer, c)
					}
				}
			}
			forms[k] = longer
		}
	}
	list := []string{name}
	seen := map[string]bool{name: true}
	for _, k := range forms {
		for _, f := range k {
			if !seen[f] {
				seen[f] = true
				list = append(list, f)
			}
		}
	}
	return list
}

// isAdjective tells the ending of an adjective in either language.
func isAdjective(w string) bool {
	for _, e := range []string{"ая", "яя", "ий", "ый", "ой", "ое", "ее", "ие", "ые", "ка", "ке", "ькі", "на", "ні"} {
		if strings.HasSuffix(w, e) && utf8.RuneCountInString(w) > utf8.RuneCountInString(e)+2 {
			return true
		}
	}
	return false
}

// each puts endings on a stem, one list of them for each case, parted by "/"
// where several are possible.
func each(stem string, endings ...string) (cases [6][]string) {
	for k := range cases {
		for _, e := range strings.Split(endings[k], "/") {
			cases[k] = append(cases[k], stem+strings.TrimSpace(e))
		}
	}
	return cases
}

// same is a word that does not change.
func same(w string) (cases [6][]string) {
	for k := range cases {
		cases[k] = []string{w}
	}
	return cases
}

func cutRunes(w string, n int) string {
	for ; n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(w)
		w = w[:len(w)-size]
	}
	return w
}

// russianWord declines one word: nominative, genitive, dative, accusative,
// instrumental, prepositional.
func russianWord(w string, adjective bool) [6][]string {
	if utf8.RuneCountInString(w) < 3 || w == strings.ToUpper(w) {
		return same(w)
	}
	if adjective {
		switch {
		case strings.HasSuffix(w, "ая"):
			return each(cutRunes(w, 2), "ая", "ой", "ой", "ую", "ой", "ой")
		case strings.HasSuffix(w, "яя"):
			return each(cutRunes(w, 2), "яя", "ей", "ей", "юю", "ей", "ей")
		case strings.HasSuffix(w, "ый"):
			return each(cutRunes(w, 2), "ый", "ого", "ому", "ый", "ым", "ом")
		case strings.HasSuffix(w, "ий"):
			return each(cutRunes(w, 2), "ий", "ого/его", "ому/ему", "ий", "им", "ом/ем")
		case strings.HasSuffix(w, "ой"):
			return each(cutRunes(w, 2), "ой", "ого", "ому", "ой", "ым", "ом")
		case strings.HasSuffix(w, "ое"):
			return each(cutRunes(w, 2), "ое", "ого", "ому", "ое", "ым/им", "ом")
		case strings.HasSuffix(w, "ые"):
			return each(cutRunes(w, 2), "ые", "ых", "ым", "ые", "ыми", "ых")
		case strings.HasSuffix(w, "ие"):
			return each(cutRunes(w, 2), "ие", "их", "им", "ие", "ими", "их")
		}
	}
	stem := cutRunes(w, 1)
	switch {
	case w == "Острова" || w == "острова":
		return each(stem, "а", "", "ам", "а", "ами", "ах")
	case strings.HasSuffix(w, "ия"):
		return each(stem, "я", "и", "и", "ю", "ей/ею", "и")
	case strings.HasSuffix(w, "я"):
		return each(stem, "я", "и", "е", "ю", "ей/ёй", "е")
	case strings.HasSuffix(w, "а"):
		genitive := "ы"
		if r, _ := utf8.DecodeLastRuneInString(stem); strings.ContainsRune("гкхжшщч", r) {
			genitive = "и"
		}
		return each(stem, "а", genitive, "е", "у", "ой/ою/ей", "е")
	case strings.HasSuffix(w, "й"):
		return each(stem, "й", "я", "ю", "й/я", "ем", "е")
	case strings.HasSuffix(w, "ь"):
		return each(stem, "ь", "я/и", "ю/и", "ь/я", "ем/ём/ью", "е/и")
	case strings.HasSuffix(w, "ы"):
		return each(stem, "ы", "ов/", "ам", "ы", "ами", "ах")
	}
	if r, _ := utf8.DecodeLastRuneInString(w); strings.ContainsRune("бвгджзклмнпрстфхцчшщ", r) {
		return each(w, "", "а", "у", "/а", "ом/ем", "е")
	}
	return same(w)
}

// ukrainianWord declines one word of a Ukrainian name.
func ukrainianWord(w string, adjective bool) [6][]string {
	if utf8.RuneCountInString(w) < 3 || w == strings.ToUpper(w) {
		return same(w)
	}
	stem := cutRunes(w, 1)
	if adjective {
		switch {
		case strings.HasSuffix(w, "ка"), strings.HasSuffix(w, "на"):
			return each(stem, "а", "ої", "ій", "у", "ою", "ій")
		case strings.HasSuffix(w, "ий"):
			return each(cutRunes(w, 2), "ий", "ого", "ому", "ий", "им", "ому")
		case strings.HasSuffix(w, "ке"):
			return each(stem, "е", "ого", "ому", "е", "им", "ому")
		case strings.HasSuffix(w, "і"):
			return each(stem, "і", "их", "им", "і", "ими", "их")
		}
	}
	switch {
	case strings.HasSuffix(w, "ія"):
		return each(stem, "я", "ї", "ї", "ю", "єю", "ї")
	case strings.HasSuffix(w, "я"):
		return each(stem, "я", "ї/і", "ї/і", "ю", "єю/ею", "ї/і")
	case strings.HasSuffix(w, "а"):
		return each(stem, "а", "и/і", "і", "у", "ою/ею", "і")
	case strings.HasSuffix(w, "й"):
		return each(stem, "й", "ю/я", "ю/єві", "й", "єм", "ї/ю")
	case strings.HasSuffix(w, "ь"):
		return each(stem, "ь", "ю/я/і", "ю/і", "ь", "ем/ьем/лю", "ю/і")
	case strings.HasSuffix(w, "и"):
		return each(stem, "и", "ів/", "ам", "и", "ами", "ах")
	}
	if r, _ := utf8.DecodeLastRuneInString(w); strings.ContainsRune("бвгґджзклмнпрстфхцчшщ", r) {
		return each(w, "", "у/а", "у/ові", "", "ом/ем", "і/у")
	}
	return same(w)
}

package country

import (
	"strings"
	"unicode/utf8"
)

// rules returns what a language brings to its table. A language without rules
// of its own has its names as they stand.
func rules(language string) lang {
	switch language {
	case "en":
		return english()
	case "ru":
		return russian()
	case "uk":
		return ukrainian()
	case "tr":
		return lang{tail: turkishEndings, common: set2("Mısır", "Katar", "Umman", "Malta", "Panama", "Tunus", "Türk"), guards: map[string]guard{
			"Mali": turkishName, "demonym": notLanguage("dil", "ca", "ce"),
		}}
	case "az":
		return lang{tail: azerbaijaniEndings, small: true, loose: true, common: set2("Misir", "Qətər", "Oman", "Malta", "Panama"), guards: map[string]guard{
			"Mali": turkishName, "demonym": notLanguage("dil"),
		}, skip: set2("BK")}
	case "kk":
		return lang{tail: kazakhEndings, small: true, loose: true, guards: map[string]guard{"demonym": notLanguage("тіл")},
			common: set2("Катар", "Куба", "Чили", "Мали", "Панама", "Конго")}
	case "uz":
		return lang{tail: uzbekEndings}
	case "ky":
		return lang{tail: kazakhEndings}
	case "ka":
		return lang{tail: georgianEndings, stem: georgianStem, skip: set2("მალი", "გაერთ.სამ.")}
	case "hy":
		return lang{tail: armenianEndings, small: true, stem: armenianStem, skip: set2("ՄԹ", "Մալի")}
	case "ar":
		return lang{demonymTail: arabicEndings, skip: set2("مالي", "عمان", "بنين", "توجو", "كوبا", "غانا"), guards: map[string]guard{"قطر": arabicQatar}}
	case "fa":
		return lang{tail: persianEndings, skip: set2("مالی", "پرو", "کره", "غنا", "چاد")}
	case "de":
		return lang{inflect: germanNames, small: true, common: set2("Togo", "Mali", "Türkei"), paradigms: map[string][]string{
			"adj": {"", "e", "er", "en", "em", "es"},
			"er":  {"er", "ers", "ern", "erin", "erinnen"},
			"e":   {"e", "en", "in", "innen"},
		}, guards: map[string]guard{"demonym": germanSpeaking}}
	case "fr":
		return lang{small: true, common: set2("Chine", "Liban", "Inde", "Chypre", "Tonga", "Oman", "Mali", "Niger", "Jordanie", "Pérou", "Mexique", "Maroc"), paradigms: map[string][]string{
			"e": {"", "e", "s", "es"}, "en": {"en", "enne", "ens", "ennes"}, "s": {"", "s"},
		}, guards: map[string]guard{"demonym": romanceLanguage("en", "langue", "parle", "parler"), "Mexico": nil}}
	case "es":
		return lang{small: true, common: set2("China", "India", "Granada", "Argentina", "Corea", "Jordania", "Bolivia"), paradigms: map[string][]string{
			"o": {"o", "a", "os", "as"}, "es": {"és", "esa", "eses", "esas"}, "s": {"", "s"},
		}, guards: map[string]guard{"demonym": romanceLanguage("en", "idioma", "habla", "hablar"), "Granada": unshared, "Argentina": nil}}
	case "pl":
		return lang{inflect: polishNames}
	case "cs":
		return lang{inflect: polishNames}
	case "ko":
		return lang{tail: koreanEndings}
	case "it", "pt", "nl", "sv", "ro", "hu", "id", "vi", "tk":
		return lang{common: set2("China", "Mali", "Cuba", "Peru", "Chad", "Niger", "Turchia")}
	case "zh":
		return lang{}
	}
	return lang{}
}

// set2 is a set of names as they stand.
func set2(names ...string) map[string]bool {
	m := map[string]bool{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// The endings that names take in agglutinative languages: cases, plurals,
// possessives and the derivations that mean "from there" and "of there".
var (
	turkishEndings = newSuffixes(4, `ın in un ün nın nin nun nün a e ya ye ı i u ü yı yi yu yü da de ta te dan den tan ten
		la le yla yle lı li lu lü lar ler daki deki taki teki na ne nda nde ndan nden nı ni dır dir dur dür ki ca ce lık lik sı si`)
	azerbaijaniEndings = newSuffixes(4, `ın in un ün nın nin nun nün a ə ya yə ı i u ü nı ni nu nü da də dan dən la lə yla ylə
		lı li lu lü lar lər dakı dəki dır dir dur dür na nə nda ndə ndan ndən ndakı ndəki mız miz muz müz ım im sı si ki`)
	kazakhEndings = newSuffixes(4, `ның нің дың дің тың тің ға ге қа ке на не ды ді ты ті ны ні да де та те нда нде дан ден тан тен нан нен
		мен бен пен лық лік дық дік тық тік лар лер дар дер тар тер дағы дегі тағы тегі ндағы ндегі сы сі ы і н ын ін`)
	uzbekEndings    = newSuffixes(3, `ning ga da dan ni lik liklar lar dagi si`)
	georgianEndings = newSuffixes(3, `ი ის ს მა ით ად ა ას ამ აში აზე ადან ასთან აში ში ზე თან ისთვის იდან დან მდე ამდე ისა ისგან ც
		ელი ელის ელმა ელს ები ების ებს ებმა ებთან ო ოს ომ ოში ოდან ოსთან ე ეს ემ ეში ური ურმა ურს ურ თვის სთვის თა ივე ხე`)
	armenianEndings = newSuffixes(3, `ը ն ի ին ից ով ում ու ուն ա այի այից այում այով յի յին յից յում յով յան ցի ցիներ ցիների ներ ները ների
		ներին ներից ներով եր երը երի երին երից ան անը անի ի ու վում վի վից`)
	arabicEndings  = newSuffixes(2, `ة ون ين ات ا تين تان و يا ه`)
	persianEndings = newSuffixes(3, `ی ها های هایی ان یان را یی ای تر ی‌ها هایش`)
	koreanEndings  = newSuffixes(2, `은 는 이 가 을 를 의 에 에서 와 과 도 로 으로 인 산 군 측 계 발 행 및 만 내 제 식 화 정부 대통령 총리 외교부 외무부 국민 사람 기업 당국 대사관 언론`)
)

// turkishName wants an apostrophe behind a name that is a common word, or a
// capital inside the sentence with none behind it.
func turkishName(t *reading, at, n int) bool {
	w := t.at(at + n)
	if w.gap == apostrophe {
		return true
	}
	starts := at == 0 || t.words[at].gap == wide || t.words[at].gap == dot
	return !starts && t.words[at].title && !(w.gap == space && w.title)
}

// notLanguage refuses a demonym that names a language: one before a word of the
// given beginnings ("Türk dili", "қазақ тілі").
func notLanguage(beginnings ...string) guard {
	for i, b := range beginnings {
		beginnings[i] = foldWord(b)
	}
	return func(t *reading, at, n int) bool {
		w := t.at(at + n)
		if at+n >= len(t.words) || w.gap != space {
			return true
		}
		for _, b := range beginnings {
			if len(b) >= 3 && strings.HasPrefix(w.fold, b) {
				return false
			}
		}
		return true
	}
}

// romanceLanguage refuses the masculine adjective that names a language: "en
// français".
func romanceLanguage(before ...string) guard {
	return func(t *reading, at, n int) bool {
		b, ok := t.before(at)
		if !ok || n > 1 || t.words[at].title {
			return true
		}
		for _, w := range before {
			if b.fold == w {
				return false
			}
		}
		return true
	}
}

// germanSpeaking refuses "russisch-sprachig" and "auf Russisch".
func germanSpeaking(t *reading, at, n int) bool {
	if w := t.at(at + n); w.gap == hyphen && (strings.HasPrefix(w.fold, "sprach") || strings.HasPrefix(w.fold, "sprech")) {
		return false
	}
	if b, ok := t.before(at); ok && (b.fold == "auf" || b.fold == "ins") && t.words[at].title {
		return !strings.HasSuffix(t.words[at].fold, "sch") && !strings.HasSuffix(t.words[at].fold, "sche")
	}
	return true
}

// arabicQatar refuses "diameter" before a measure.
func arabicQatar(t *reading, at, n int) bool {
	w := t.at(at + n)
	return w.fold == "" || w.fold[0] < '0' || w.fold[0] > '9'
}

// germanNames adds the genitive.
func germanNames(name string) []string {
	if strings.HasSuffix(name, "s") || strings.HasSuffix(name, "n") && strings.HasPrefix(name, "Vereinigte") || strings.Contains(name, ".") {
		return []string{name}
	}
	return []string{name, name + "s"}
}

// polishNames writes a Polish or Czech name in its commonest cases.
func polishNames(name string) []string {
	if strings.Contains(name, " ") {
		return []string{name}
	}
	stem := func(n int) string {
		for ; n > 0; n-- {
			_, size := utf8.DecodeLastRuneInString(name)
			name = name[:len(name)-size]
		}
		return name
	}
	whole := name
	switch {
	case strings.HasSuffix(name, "ia"), strings.HasSuffix(name, "ja"):
		s := stem(1)
		return []string{whole, s + "i", s + "ę", s + "ą", s}
	case strings.HasSuffix(name, "ie"):
		s := stem(1)
		return []string{whole, s, s + "i", s + "í"}
	case strings.HasSuffix(name, "a"):
		s := stem(1)
		return []string{whole, s + "y", s + "ę", s + "ą", s + "ie", s + "ou", s + "u"}
	case strings.HasSuffix(name, "y"), strings.HasSuffix(name, "e"), strings.HasSuffix(name, "o"), strings.HasSuffix(name, "u"), strings.HasSuffix(name, "i"):
		return []string{name}
	}
	return []string{whole, whole + "u", whole + "em", whole + "ie", whole + "owi"}
}

// georgianStem cuts the ending of the nominative, to which other cases are not
// added but put in its place.
func georgianStem(name string) string {
	for _, vowel := range []string{"ი", "ა", "ე"} {
		if rest, ok := strings.CutSuffix(name, vowel); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return name
}

// armenianStem cuts the final letter that changes before endings.
func armenianStem(name string) string {
	if rest, ok := strings.CutSuffix(name, "իա"); ok && utf8.RuneCountInString(rest) >= 3 {
		return rest + "ի"
	}
	return name
}

package citation

import (
	_ "embed"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/country"
)

//go:embed outlets.txt
var outletTable string

// alias is one name of an outlet, word by word.
type alias struct {
	canonical string
	name      string
	runes     []rune
	stems     [][]rune // Cyrillic names: the words without their endings
}

var (
	// byHead finds the aliases that begin with a word; for Cyrillic, with its
	// first three letters, since endings change.
	byHead = map[string][]*alias{}
	byName = map[string]*alias{}
)

func init() {
	for _, line := range strings.Split(outletTable, "\n") {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		names := strings.Split(line, "|")
		for _, n := range names {
			a := &alias{canonical: names[0], name: n, runes: []rune(n)}
			if isCyrillic(a.runes[0]) {
				for _, w := range strings.Fields(n) {
					a.stems = append(a.stems, stem([]rune(w)))
				}
			}
			h := head(a.runes)
			byHead[h] = append(byHead[h], a)
			if byName[n] == nil {
				byName[n] = a
			}
		}
	}
}

// Canonical gives the name in use for an outlet: "Eurasia Daily Monitor" for
// "EDM". ok is false for an outlet that is not in the table.
func Canonical(outlet string) (name string, ok bool) {
	if a := byName[strings.TrimSpace(outlet)]; a != nil {
		return a.canonical, true
	}
	return outlet, false
}

func head(r []rune) string {
	n := 0
	for n < len(r) && (unicode.IsLetter(r[n]) || unicode.IsDigit(r[n])) {
		n++
	}
	if n > 0 && isCyrillic(r[0]) {
		n = min(n, 3)
	}
	return string(r[:n])
}

func isCyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

// stem takes the vowels and soft signs off a Russian word's end. Abbreviations
// stay as they are.
func stem(w []rune) []rune {
	if len(w) > 1 && unicode.IsUpper(w[1]) {
		return w
	}
	n := len(w)
	for n > 3 && len(w)-n < 3 && strings.ContainsRune("аеёиоуыэюяйьъ", w[n-1]) {
		n--
	}
	return w[:n]
}

// known finds the longest known outlet that begins at position i, and where it
// ends with and without the ending that the language put on it.
func (s *scan) known(i int) (a *alias, end, withEnding int) {
	if i > 0 && wordRune(s.r[i-1]) && !(s.r[i-1] == '/' || s.r[i-1] == '-') {
		return nil, 0, 0
	}
	for _, c := range byHead[head(s.r[i:min(i+40, len(s.r))])] {
		e, w, ok := s.matches(c, i)
		if ok && e > end {
			a, end, withEnding = c, e, w
		}
	}
	return a, end, withEnding
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '@' || r == '/' || r == '-' || r == '_'
}

func (s *scan) matches(a *alias, i int) (end, withEnding int, ok bool) {
	if a.stems != nil {
		return s.matchesStems(a, i)
	}
	if i+len(a.runes) > len(s.r) {
		return 0, 0, false
	}
	for k, r := range a.runes {
		c := s.r[i+k]
		if c != r && !(r == '’' && c == '\'') {
			return 0, 0, false
		}
	}
	end = i + len(a.runes)
	if end == len(s.r) {
		return end, end, true
	}
	next := s.r[end]
	switch {
	case next == '\'' || next == '’' || next == '‘':
		// 's in English, 'nin in Turkish: at most five letters.
		n := letters(s.r, end+1)
		if n <= 5 {
			return end, end + 1 + n, true
		}
		return end, end, true
	case (next == '”' || next == '»' || next == '"') && (s.o.Lang == "az" || s.o.Lang == "tr"):
		if n := letters(s.r, end+1); n > 0 && turkicEndings[s.text(end+1, end+1+n)] {
			return end, end + 1 + n, true
		}
		return end, end, true
	case next == '-':
		n := letters(s.r, end+1)
		if n > 0 && n <= 6 && unicode.IsLower(s.r[end+1]) && turkicEndings[s.text(end+1, end+1+n)] {
			return end, end + 1 + n, true
		}
		return 0, 0, false // part of a longer name: Interfax-Religion
	case next == '.' && end+1 < len(s.r) && unicode.IsLetter(s.r[end+1]) && unicode.IsLower(s.r[end+1]):
		return 0, 0, false // part of an address: report.example
	case !unicode.IsLetter(next) && !unicode.IsDigit(next) && next != '_' && next != '@':
		return end, end, true
	}
	if n := letters(s.r, end); len(a.runes) >= 4 && n <= 6 && (s.o.Lang == "az" || s.o.Lang == "tr") && turkicEndings[s.text(end, end+n)] {
		return end, end + n, true
	}
	return 0, 0, false
}

func (s *scan) matchesStems(a *alias, i int) (end, withEnding int, ok bool) {
	pos := i
	for k, st := range a.stems {
		if k > 0 {
			if pos >= len(s.r) || !unicode.IsSpace(s.r[pos]) {
				return 0, 0, false
			}
			pos++
		}
		if pos+len(st) > len(s.r) || string(s.r[pos:pos+len(st)]) != string(st) {
			return 0, 0, false
		}
		pos += len(st)
		n := 0
		for pos < len(s.r) && unicode.IsLetter(s.r[pos]) {
			if !strings.ContainsRune("аеёиоуыэюяйьъмхвг", s.r[pos]) || n >= 3 {
				return 0, 0, false
			}
			pos, n = pos+1, n+1
		}
		if pos < len(s.r) && s.r[pos] == '-' && pos+1 < len(s.r) && unicode.IsLetter(s.r[pos+1]) {
			return 0, 0, false
		}
	}
	return pos, pos, true
}

func letters(r []rune, i int) int {
	n := 0
	for i+n < len(r) && unicode.IsLetter(r[i+n]) && n < 20 {
		n++
	}
	return n
}

// turkicEndings are the case endings of Azerbaijani and Turkish names.
var turkicEndings = func() map[string]bool {
	m := map[string]bool{}
	for _, e := range strings.Fields(`ın in un ün nın nin nun nün a ə e ya yə ye na nə ne da də de ta tə te dan dən den tan tən ten
		nda ndə nde ndan ndən nden dır dir ı i u ü nı ni nu nü sı si su sü yı yi ndakı dəki deki la lə le yla ylə yle ca cə ce`) {
		m[e] = true
	}
	return m
}()

// The strength of a name as an outlet.
const (
	notOutlet = 0
	possible  = 1 // a capitalised name that could be one
	likely    = 2 // it says so: a domain, "… News", "Ministry of …"
	certain   = 3 // in the table, or a handle
)

var (
	domain  = regexp.MustCompile(`(?i)^(?:www\.)?[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)*\.(?:com|org|net|info|int|gov|edu|ru|kz|az|uz|kg|tj|tm|ge|am|ua|by|md|tr|ir|cn|in|eu|uk|de|fr|it|es|pl|me|tv|io|news|media|press|today|online|asia|ру|рф|us|ee|lv|lt|il|jp|kr|biz|co|cc|su|live|world|agency)$`)
	handled = regexp.MustCompile(`(?i)^(telegram|телеграм|twitter|x|vk|youtube|instagram|facebook|tiktok|threads|bluesky|mastodon)?(?:[\s:/–—-]*(?:post|channel|kanalı|kanali|канал\p{L}*|chat|account|hesabı|səhifəsi))?[\s:/,–—-]*(@[\w.]+[\w])$`)
	tme     = regexp.MustCompile(`(?i)^(?:https?://)?(t\.me|telegram\.me|x\.com|twitter\.com)/(?:s/)?(\w+)`)
	onSite  = regexp.MustCompile(`(?i)^(@\w+)\s*(?:on|in|,|в|\()\s*(telegram|twitter|x|instagram|facebook|телеграм\p{L}*)\)?$`)
	channel = regexp.MustCompile(`(?i)^(?:telegram|телеграм)[\s-]*(?:channel|канал\p{L}*|kanalı)\s+[«“"]?([^»”"]+?)[»”"]?$`)
)

// asHandle reads "Telegram/@name", "t.me/name" and "@name on Telegram".
func asHandle(name string) (outlet, handle string, ok bool) {
	name = strings.TrimSpace(name)
	if m := handled.FindStringSubmatch(name); m != nil {
		return platform(m[1], m[2]), m[2], true
	}
	if m := onSite.FindStringSubmatch(name); m != nil {
		return platform(m[2], m[1]), m[1], true
	}
	if m := tme.FindStringSubmatch(name); m != nil {
		if strings.HasPrefix(strings.ToLower(m[1]), "t") && !strings.Contains(strings.ToLower(m[1]), "twitter") {
			return "Telegram", "@" + m[2], true
		}
		return "X", "@" + m[2], true
	}
	if m := channel.FindStringSubmatch(name); m != nil {
		return "Telegram", m[1], true
	}
	return "", "", false
}

func platform(name, handle string) string {
	switch lower := strings.ToLower(name); {
	case lower == "":
		return handle
	case strings.HasPrefix(lower, "телеграм") || lower == "telegram":
		return "Telegram"
	case lower == "x" || lower == "vk":
		return strings.ToUpper(lower)
	case lower == "youtube":
		return "YouTube"
	case lower == "tiktok":
		return "TikTok"
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + strings.ToLower(name[size:])
}

// mediaWords stand in the names of outlets, orgWords in those of institutions
// that publish. eventWords and the places say that a name with a date is not a
// source but something that happened.
var (
	mediaWords = wordSet(`news times press post journal agency tv radio review herald tribune monitor daily weekly bulletin gazette observer
		chronicle telegraph today media magazine newspaper telegram channel online courier mirror express independent dispatch report
		broadcasting podcast blog substack newsletter insider analytics portal wire digest leader eurasia quarterly gazeta gazetesi ajansı haber
		haberler qəzeti agentliyi xəbər xəbərlər mediası televiziyası saytı jurnalı газета газеты агентство агентства новости вести
		вестник правда радио журнал телеканал известия обозрение портал хабар zeitung anzeiger nachrichten journal presse courrier figaro diario noticias giornale corriere
		vestnik pravda novosti izvestia izvestiya vesti`)
	// weakMedia are media words that too many other names have: alone they do
	// not make a medium in running text.
	weakMedia = wordSet(`report analytics channel portal online media today express independent mirror magazine radio insider post eurasia новости портал вести mediası radio правда известия`)
	orgWords  = wordSet(`ministry president government parliament bank institute institution university foundation center centre committee
		commission agency office department council fund association organization organisation bureau service embassy secretariat statistics
		corporation company academy observatory think-tank министерство президент правительство парламент банк институт университет фонд центр
		комитет комиссия служба посольство совет росстат росатом bakanlığı cumhurbaşkanlığı merkezi bankası enstitüsü vakfı üniversitesi kurumu
		nazirliyi prezident prezidenti mərkəzi bankı institutu fondu komitəsi xidməti universiteti kremlin kreml kremlin.ru mfa mid state white pentagon`)
	eventWords = wordSet(`summit conference forum war battle treaty agreement resolution act law decree session meeting accord accords declaration
		convention protocol day championship cup olympics election elections operation earthquake exercise exercises expo congress festival visit order article
		chapter section figure fig table part photo image getty born died since until before after between during from to by version
		update updated published posted accessed retrieved last signed founded established est age aged circa c ca died born edition volume vol issue
		cop cop26 cop27 cop28 cop29 cop30 g7 g20 season episode round game match phase stage week quarter crisis revolution coup incident
		assembly massacre attack bombing crash case lawsuit opening closing deadline monday tuesday wednesday thursday friday saturday sunday
		january february march april may june july august september october november december
		саммит форум конференция война битва договор соглашение резолюция закон указ сессия встреча декларация конвенция протокол день чемпионат кубок выборы операция
		землетрясение учения конгресс фестиваль визит статья глава раздел рисунок таблица часть фото род родился умер с по до после между обновлено опубликовано
		zirvesi zirve forumu konferansı savaşı muharebesi antlaşması anlaşması kararı yasası kanunu oturumu toplantısı bildirgesi günü seçimleri operasyonu depremi tatbikatı ziyareti madde bölüm doğum ölüm güncelleme
		sammiti sammit forumu konfransı müharibəsi döyüşü müqaviləsi sazişi qətnaməsi qanunu fərmanı iclası görüşü bəyannaməsi günü seçkiləri əməliyyatı zəlzələsi təlimləri səfəri maddə hissə doğum ölüm yeniləndi`)
	// Places that stand with a date after an event, besides the countries and
	// capitals that package country knows.
	places = wordSet(`tianjin antalya batumi samarkand istanbul geneva munich shusha aktau almaty davos dubai new\u00a0york shanghai hong\u00a0kong sochi kazan
		aktobe atyrau ganja nakhchivan lankaran sumgait khankendi karabakh zangezur turkestan bukhara khujand osh bishkek mumbai karachi milan barcelona
		frankfurt hamburg strasbourg hague grozny makhachkala derbent vladivostok st.\u00a0petersburg petersburg yekaterinburg novosibirsk odesa odessa kharkiv lviv izmir trabzon konya
		стамбул антальи алматы актау казань сочи шуша гянджа самарканд женева мюнхен санкт-петербург екатеринбург владивосток
		şuşa gəncə naxçıvan lənkəran xankəndi sumqayıt səmərqənd i̇stanbul cenevrə münhen antalya bursa cenevre münih semerkant`)
	small = wordSet(`of on the and for in at de la le du des der die das und et y e a to with al el und & из и в на по при о об ve ile və ilə üçün für`)
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[strings.ReplaceAll(w, "\u00a0", " ")] = true
	}
	return m
}

// strength judges whether a name that stands where an outlet would is one.
func strength(name, lang string) int {
	name = strings.TrimSpace(name)
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 80 {
		return notOutlet
	}
	if _, ok := byName[name]; ok {
		return certain
	}
	if a, end, _ := newScan(name, Options{Lang: lang}).known(0); a != nil && end >= n-1 {
		return certain
	}
	if _, _, ok := asHandle(name); ok {
		return certain
	}
	if domain.MatchString(name) {
		return likely
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '/' })
	if len(words) > 9 {
		return notOutlet
	}
	media, org, event, lower := false, false, false, 0
	for i, w := range words {
		bare := strings.ToLower(strings.Trim(w, `.,:;"“”«»'’()[]`))
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"“«'‘([`))
		switch {
		case mediaWords[bare]:
			media = true
		case orgWords[bare]:
			org = true
		case eventWords[bare]:
			event = true
		}
		if !unicode.IsUpper(first) && !unicode.IsDigit(first) && unicode.IsLetter(first) && hasCase(first) {
			if i == 0 && !orgWords[bare] && !mediaWords[bare] {
				return notOutlet
			}
			if !small[bare] && !mediaWords[bare] && !orgWords[bare] {
				lower++
			}
		}
		if !unicode.IsLetter(first) && !unicode.IsDigit(first) && first != '&' {
			return notOutlet
		}
	}
	switch {
	case lower > 3 || lower > 0 && !media && !org:
		return notOutlet
	case event && !media:
		return notOutlet
	case places[strings.ToLower(name)]:
		return notOutlet
	case isPlace(name, lang):
		return notOutlet
	case media || org:
		return likely
	}
	first, _ := utf8.DecodeRuneInString(name)
	if unicode.IsDigit(first) {
		return notOutlet
	}
	return possible
}

func hasCase(r rune) bool { return unicode.ToUpper(r) != r || unicode.ToLower(r) != r }

// isPlace tells whether a name is nothing but a country, its people or its
// capital.
func isPlace(name, lang string) bool {
	n := utf8.RuneCountInString(name)
	for _, m := range country.Find(name, lang) {
		if m.Start == 0 && m.End >= n {
			return true
		}
	}
	return false
}

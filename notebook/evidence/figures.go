package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// Measure says what sort of thing a figure measures.
type Measure string

// The measures. Killed to Displaced count people by what happened to them.
const (
	Killed    Measure = "killed"
	Injured   Measure = "injured"
	Missing   Measure = "missing"
	Detained  Measure = "detained"
	Displaced Measure = "displaced" // evacuated, displaced, fled
	People    Measure = "people"
	Money     Measure = "money"
	Percent   Measure = "percent"
	Mass      Measure = "mass"
	Volume    Measure = "volume"
	Length    Measure = "length"
	Area      Measure = "area"
	Power     Measure = "power"
	Energy    Measure = "energy"
	Duration  Measure = "duration"
	Things    Measure = "count" // of what Noun says
)

// Bound says how a figure limits the true number.
type Bound string

// The bounds.
const (
	Exactly Bound = "exactly"
	AtLeast Bound = "at_least" // also "more than"
	AtMost  Bound = "at_most"  // also "fewer than"
	About   Bound = "about"
	Between Bound = "between" // Value to High
)

// Figure is one number of a text with what it measures. Its range covers the
// number with its unit or noun, and not the words of its bound.
type Figure struct {
	Text    string  `json:"text"`
	Start   int     `json:"start"`
	End     int     `json:"end"`
	Measure Measure `json:"measure"`
	Bound   Bound   `json:"bound"`
	Value   float64 `json:"value"` // in Unit
	High    float64 `json:"high"`  // the upper end for Between, else equal to Value
	Unit    string  `json:"unit"`  // person, %, an ISO 4217 code, t, m3, barrel, km, km2, MW, MWh, day …; empty for a count
	Noun    string  `json:"noun"`  // what is counted, in the text's words
}

// unit is what stands behind (or before) a number.
type unit struct {
	measure Measure
	name    string
	factor  float64 // to the named unit
}

var units = func() map[string]*unit {
	m := map[string]*unit{}
	add := func(u unit, list string) {
		for _, w := range strings.Fields(list) {
			m[foldText(w)] = &u
		}
	}
	add(unit{Percent, "%", 1}, `percent процент процента процентов проц відсотків відсотки faiz faizi prozent procent`)
	for code, list := range map[string]string{
		"USD": `dollar dollars usd доллар доллара долларов долл долара доларів dolar doları dolların dollar dolares dólares dólar`,
		"EUR": `euro euros eur евро євро avro euros`,
		"GBP": `pounds sterling gbp фунтов`,
		"RUB": `rouble roubles ruble rubles rub рубль рубля рублей руб ruble rubl rublu rubel roubles rublos`,
		"KZT": `tenge kzt тенге теңге`,
		"AZN": `manat manats azn манат маната манатов manatı manatın`,
		"TRY": `lira liras try лира лиры лир lirası`,
		"CNY": `yuan cny renminbi юань юаня юаней`,
		"JPY": `yen jpy иена иены иен`,
		"UAH": `hryvnia hryvnias uah гривна гривны гривен гривень гривні`,
		"GEL": `lari gel лари`,
		"AMD": `dram drams amd драм драма драмов`,
		"UZS": `soum som uzs сум сума сумов`,
	} {
		add(unit{Money, code, 1}, list)
	}
	add(unit{Mass, "t", 1}, `tonne tonnes ton tons mt тонна тонны тонн тонна т tonnen tonelada toneladas tonnelle`)
	add(unit{Mass, "t", 0.001}, `kg kilogram kilograms kilo kilos кг килограмм килограмма килограммов кілограмів kilogramm`)
	add(unit{Volume, "barrel", 1}, `barrel barrels bbl баррель барреля баррелей барелів varil barel barriles barils`)
	add(unit{Volume, "m3", 1}, `кубометр кубометра кубометров кубометрів`)
	add(unit{Volume, "m3", 1e9}, `bcm`)
	add(unit{Volume, "m3", 0.001}, `litre litres liter liters литр литра литров litr litros`)
	add(unit{Length, "km", 1}, `km kilometre kilometres kilometer kilometers км километр километра километров кілометрів kilometr kilómetros kilomètres`)
	add(unit{Length, "km", 1.609344}, `mile miles миля мили миль`)
	add(unit{Length, "km", 0.001}, `metre metres meter meters метр метра метров metr mètres metros`)
	add(unit{Length, "km", 0.0003048}, `foot feet ft`)
	add(unit{Length, "km", 0.0000254}, `inch inches`)
	add(unit{Area, "km2", 0.004046856}, `acre acres`)
	add(unit{Duration, "second", 1}, `second seconds секунд секунды saniye sekunden secondes segundos`)
	add(unit{Duration, "year", 10}, `decade decades десятилетия десятилетий`)
	add(unit{Area, "km2", 0.01}, `hectare hectares ha га гектар гектара гектаров hektar hectáreas`)
	add(unit{Power, "MW", 1}, `mw megawatt megawatts мвт мегаватт megavat`)
	add(unit{Power, "MW", 1000}, `gw gigawatt gigawatts гвт гигаватт`)
	add(unit{Power, "MW", 0.001}, `kw kilowatt kilowatts квт киловатт`)
	add(unit{Energy, "MWh", 1}, `mwh мвтч`)
	add(unit{Energy, "MWh", 1000}, `gwh гвтч`)
	add(unit{Energy, "MWh", 1e6}, `twh твтч`)
	add(unit{Energy, "MWh", 0.001}, `kwh квтч`)
	add(unit{Duration, "day", 1}, `day days день дня дней дні днів gün tage tagen jours días`)
	add(unit{Duration, "day", 7}, `week weeks неделя недели недель тижні тижнів hafta wochen semaines semanas`)
	add(unit{Duration, "month", 1}, `month months месяц месяца месяцев місяців ay monate monaten mois meses`)
	add(unit{Duration, "year", 1}, `year years год года лет роки років yıl jahre jahren ans années años`)
	add(unit{Duration, "hour", 1}, `hour hours час часа часов години годин saat stunden heures horas`)
	add(unit{Duration, "minute", 1}, `minute minutes минута минуты минут dakika minuten minutos`)
	for _, u := range strings.Fields(`people person persons человек человека людей люди осіб людини kişi nəfər адам menschen personen personnes
		personas soldiers soldier civilians civilian troops servicemen passengers passenger children migrants workers residents
		protesters demonstrators refugees prisoners officers policemen women men students citizens villagers fighters militants
		crew солдат солдата военных военнослужащих пассажиров пассажира детей ребенка ребенок ребёнка мигрантов жителей мирных asker yolcu sərnişin hərbçi
		soldaten passagiere kinder soldats civils passagers enfants soldados civiles pasajeros niños`) {
		m[foldText(u)] = &unit{People, "person", 1}
	}
	return m
}()

// signs are currencies written as a sign.
var signs = map[rune]string{'$': "USD", '€': "EUR", '£': "GBP", '¥': "JPY", '₽': "RUB", '₸': "KZT", '₼': "AZN", '₺': "TRY", '₴': "UAH", '₾': "GEL", '֏': "AMD"}

// What happened to people, by the beginnings of words.
var fates = []struct {
	measure Measure
	stems   []string
}{
	{Killed, stemList(`kill dead. died die. dies. deaths death. fatalit perish lives. погиб убит убил жертв скончал умер загин вбит öldü ölü. ölüm. ölüb hayatını ölen
		öldürül ölüb həlak vəfat tote toten. tot. todesopfer getötet starben gestorben morts mort. tué tués. décès muert murier murió. fallec қаза`)},
	{Injured, stemList(`injur wounded. wounding. hurt. hospitali ранен постра поранен травм yaralı yaralan xəsarət verletz blessé herid жарақат`)},
	{Missing, stemList(`missing. unaccounted пропал зник kayıp itkin vermisst disparu desaparec`)},
	{Detained, stemList(`detain arrest jailed. imprison задерж арест затрим gözaltı tutuklan saxlanıl həbs festgenommen verhaft arrêté interpell detenid arrestad`)},
	{Displaced, stemList(`evacuat displac fled. flee. fleeing. refugee эвакуир эвакуац бежен переселен евакуй tahliye təxliyə evakuier vertrieb évacu déplacé evacuad desplazad`)},
}

// Bounds before a number, longest first, folded at init.
var boundsBefore = func() []struct {
	words []string
	bound Bound
} {
	var list []struct {
		words []string
		bound Bound
	}
	for bound, phrases := range map[Bound]string{
		AtLeast: `at least|no fewer than|not fewer than|no less than|not less than|more than|over|above|upwards of|a minimum of|minimum|in excess of|exceeding|exceeded
			|не менее|по меньшей мере|по крайней мере|как минимум|более|больше|свыше|не менш|щонайменше|понад|більше|більш як
			|en az|ən azı|ən az|mindestens|mehr als|über|wenigstens|au moins|plus de|al menos|por lo menos|más de|кемінде`,
		AtMost: `at most|no more than|not more than|up to|as many as|fewer than|less than|under|below|a maximum of|maximum
			|не более|не больше|до|менее|меньше|максимум|не більше|менше|en fazla|ən çox|höchstens|weniger als|bis zu|jusqu à|moins de|hasta|menos de|como máximo`,
		About: `about|around|approximately|roughly|some|nearly|almost|close to|an estimated|estimated|circa|c
			|около|примерно|почти|порядка|приблизительно|близько|приблизно|майже|yaklaşık|neredeyse|təxminən|шамамен|rund|etwa|ungefähr|circa|fast|knapp
			|environ|près de|quelque|presque|unos|unas|cerca de|alrededor de|casi|aproximadamente`,
	} {
		for _, p := range strings.Split(phrases, "|") {
			list = append(list, struct {
				words []string
				bound Bound
			}{strings.Fields(foldText(strings.TrimSpace(p))), bound})
		}
	}
	return list
}()

// Figures finds the figures of a text: people killed, injured, missing, detained
// or displaced, money, shares, masses, volumes, lengths, areas, power, energy,
// and counts of things, with their bounds. Dates, times, ordinals and labels
// are no figures. lang is the text's language, for the signs in its numbers.
func Figures(text, lang string) []Figure {
	lang = strings.ToLower(lang)
	lang, _, _ = strings.Cut(lang, "-")
	ws := wordsOf(text)
	dated := map[int]bool{} // words that are part of a date
	for _, d := range datesOf(text, ws, "2999-12-31") {
		for k := d.from; k < d.from+d.words; k++ {
			dated[k] = true
		}
	}
	var found []Figure
	var at []int // the word at which each begins
	for i := 0; i < len(ws); {
		if dated[i] {
			i++
			continue
		}
		q := quantityAt(text, ws, i, lang)
		if q.words == 0 || q.vague {
			i += max(1, q.words)
			continue
		}
		f, n, ok := figureAt(text, ws, i, q, lang, dated)
		if ok {
			found = append(found, f)
			at = append(at, i)
		}
		i += n
	}
	fate(text, ws, found, at)
	kept := found[:0]
	for _, f := range found {
		if f.Measure != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

// dateSpan is a date with the words it spans.
type dateSpan struct {
	DateMention
	from, words int
}

func datesOf(text string, ws []word, published document.Date) []dateSpan {
	var list []dateSpan
	for i := 0; i < len(ws); {
		d, n := dateAt(text, ws, i, published)
		if n == 0 {
			i++
			continue
		}
		list = append(list, dateSpan{d, i, n})
		i += n
	}
	return list
}

// figureAt reads the figure whose number begins at word i. n is how many words
// were used up, also where it is no figure.
func figureAt(text string, ws []word, i int, q quantity, lang string, dated map[int]bool) (f Figure, n int, ok bool) {
	f = Figure{Bound: Exactly, Value: q.value, High: q.value}
	end := i + q.words // the word behind
	from, to := ws[i].from, ws[end-1].to

	// A range: "10–12 tonnes", "between 10 and 12".
	if end < len(ws) && !dated[end] {
		sep := between(text, ws, end-1)
		second, gap := quantity{}, 0
		switch {
		case isDash(sep) && strings.TrimSpace(sep) != "/":
			second = quantityAt(text, ws, end, lang)
		case end+1 < len(ws) && sep == " " && between(text, ws, end) == " " && rangeWord(ws, i, end):
			second, gap = quantityAt(text, ws, end+1, lang), 1
		}
		if second.words > 0 && !second.vague {
			low := q.value
			if ratio := second.value / max(low, 1e-9); !scaledQuantity(q) && ratio >= 1e3 {
				low *= scaleOf(second.value) // "2–3 million"
			}
			if second.value > low {
				f.Bound, f.Value, f.High = Between, low, second.value
				end += gap + second.words
				to = ws[end-1].to
				q.plain = false
			}
		}
	}

	// A sign before or behind.
	if r, size := utf8.DecodeLastRuneInString(strings.TrimRight(text[:from], " \u00a0")); signs[r] != "" {
		f.Measure, f.Unit = Money, signs[r]
		from = len(strings.TrimRight(text[:from], " \u00a0")) - size
		if strings.HasSuffix(text[:from], "US") {
			from -= 2
		}
	} else if r == '№' || r == '#' || r == '§' {
		return f, end - i, false
	}
	rest := strings.TrimLeft(text[to:], " \u00a0\u202f")
	space := len(text[to:]) - len(rest)
	if r, size := utf8.DecodeRuneInString(rest); f.Measure == "" {
		switch {
		case r == '%' || r == '٪':
			f.Measure, f.Unit = Percent, "%"
			to += space + size
		case signs[r] != "" && !(end < len(ws) && ws[end].digits && ws[end].from == to+space+size):
			f.Measure, f.Unit = Money, signs[r]
			to += space + size
		}
	}
	if f.Measure == Money {
		// "$5 billion" has its scale already; nothing more is read.
	}

	// A unit in words.
	if f.Measure == "" {
		if u, k := readUnit(text, ws, end); u != nil {
			if u.measure == Duration && ageAt(text, ws, end) {
				return f, end + k - i, false
			}
			f.Measure, f.Unit = u.measure, u.name
			f.Value *= u.factor
			f.High *= u.factor
			if u.measure == People {
				f.Noun = text[ws[end].from:ws[end+k-1].to]
			}
			to = ws[end+k-1].to
			end += k
		}
	}
	if f.Measure == "" && i > 0 && percentBefore(ws[i-1].fold) && between(text, ws, i-1) == " " {
		f.Measure, f.Unit = Percent, "%"
		from = ws[i-1].from
	}

	// A bound before, or behind.
	if f.Bound == Exactly {
		f.Bound = boundBefore(text, ws, i)
	}
	if f.Bound == AtLeast && f.Measure == Duration && i > 0 && (ws[i-1].fold == "over" || ws[i-1].fold == "uber") {
		f.Bound = Exactly // "over 15 years" is mostly how long something took
	}
	if f.Bound == Exactly {
		f.Bound = boundBehind(text, ws, end, to)
	}
	if k := ratio(text, ws, end); k > 0 && f.Measure == "" {
		return f, end + k - i, false
	}

	if f.Measure == "" {
		if !countable(text, ws, i, end, q) {
			return f, end - i, false
		}
		noun, k := nounAt(text, ws, end)
		if k > 0 && !(q.plain && named(text, ws, i)) && countNoun(noun, f.High, lang) {
			f.Noun = noun
			f.Measure = Things
			to = ws[end+k-1].to
			end += k
		}
		// A number without a noun may still count people: fate decides.
	}
	f.Text = text[from:to]
	f.Start = ws[i].start - utf8.RuneCountInString(text[from:max(from, ws[i].from)])
	if from > ws[i].from {
		f.Start = ws[i].start
	}
	f.End = f.Start + utf8.RuneCountInString(f.Text)
	return f, end - i, true
}

// ratio tells "in 10" and "out of 10" behind a number, by the words it spans.
func ratio(text string, ws []word, end int) int {
	switch {
	case end+1 < len(ws) && ws[end].fold == "in" && ws[end+1].digits && len(ws[end+1].fold) < 4 && between(text, ws, end-1) == " ":
		return 2
	case end+2 < len(ws) && ws[end].fold == "out" && ws[end+1].fold == "of" && ws[end+2].digits:
		return 3
	}
	return 0
}

func scaledQuantity(q quantity) bool { return q.value >= 1e5 }

// scaleOf is the scale that a number was written with.
func scaleOf(v float64) float64 {
	for _, s := range []float64{1e12, 1e9, 1e6, 1e3} {
		if v >= s {
			return s
		}
	}
	return 1
}

// rangeWord tells "between 10 and 12", "from 10 to 12", "10 to 12", "от 10 до 12".
func rangeWord(ws []word, i, end int) bool {
	before := ""
	if i > 0 {
		before = ws[i-1].fold
	}
	switch ws[end].fold {
	case "to", "до", "bis", "a", "à":
		return before == "from" || before == "от" || before == "von" || before == "de" || ws[end].fold == "to" || ws[end].fold == "bis"
	case "and", "и", "und", "et", "y", "ile", "ve":
		return before == "between" || before == "между" || before == "zwischen" || before == "entre"
	}
	return false
}

// ageAt tells "years old" and "-year-old" at word k.
func ageAt(text string, ws []word, k int) bool {
	return k+1 < len(ws) && ws[k+1].fold == "old" && (between(text, ws, k) == " " || between(text, ws, k) == "-")
}

// named tells whether the number at word i belongs to the name before it:
// "Season 2", "Wi-Fi 6".
func named(text string, ws []word, i int) bool {
	if i == 0 || !ws[i-1].title || between(text, ws, i-1) != " " {
		return false
	}
	return i > 1 && !sentenceEnd(between(text, ws, i-2)) && ws[i].digits
}

// countNoun tells whether a noun can be what a number counts: in English a plural
// in small letters, but for one; elsewhere any word in small letters, and any at
// all in German.
func countNoun(noun string, value float64, lang string) bool {
	first, _ := utf8.DecodeRuneInString(noun)
	if unicode.IsUpper(first) && lang != "de" {
		return strings.ToUpper(noun) != noun && strings.HasSuffix(noun, "s") && strings.Contains(noun, " ") // "300 Russian tanks"
	}
	if lang == "en" && value != 1 {
		fold := foldText(noun)
		return strings.HasSuffix(fold, "s") && !strings.HasSuffix(fold, "ss") || irregular[fold[strings.LastIndexByte(fold, ' ')+1:]]
	}
	return true
}

// irregular are English plurals without an s.
var irregular = wordList(`aircraft cattle sheep fish deer dead injured wounded missing dead detained people police crew livestock media data criteria phenomena`)

func percentBefore(fold string) bool { return fold == "yüzde" }

// readUnit reads a unit at word k and the words it spans.
func readUnit(text string, ws []word, k int) (*unit, int) {
	if k >= len(ws) || k == 0 {
		return nil, 0
	}
	sep := between(text, ws, k-1)
	if sep != " " && sep != "\u00a0" && sep != "\u202f" && sep != "-" && sep != "" {
		return nil, 0
	}
	f := ws[k].fold
	next := ""
	if k+1 < len(ws) && (between(text, ws, k) == " " || between(text, ws, k) == "-") {
		next = ws[k+1].fold
	}
	switch f {
	case "per", "pro", "pour", "por":
		if next == "cent" || next == "ciento" || next == "cento" {
			return &unit{Percent, "%", 1}, 2
		}
	case "percentage", "процентных":
		if next == "points" || next == "point" || next == "пункта" || next == "пунктов" {
			return &unit{Percent, "percentage point", 1}, 2
		}
	case "cubic":
		if strings.HasPrefix(next, "met") {
			return &unit{Volume, "m3", 1}, 2
		}
	case "куб", "кубических":
		if next == "м" || strings.HasPrefix(next, "метр") {
			return &unit{Volume, "m3", 1}, 2
		}
		return &unit{Volume, "m3", 1}, 1
	case "square", "sq", "кв", "квадратных":
		if strings.HasPrefix(next, "kilomet") || next == "km" || next == "км" || strings.HasPrefix(next, "километр") {
			return &unit{Area, "km2", 1}, 2
		}
		if strings.HasPrefix(next, "mile") {
			return &unit{Area, "km2", 2.589988}, 2
		}
		if strings.HasPrefix(next, "met") || next == "м" {
			return &unit{Area, "km2", 1e-6}, 2
		}
		if next == "foot" || next == "feet" {
			return &unit{Area, "km2", 9.290304e-8}, 2
		}
	case "us", "abd", "abs":
		if strings.HasPrefix(next, "dol") {
			return &unit{Money, "USD", 1}, 2
		}
	case "pounds":
		if next != "sterling" {
			return nil, 0
		}
	case "t", "т", "m", "м":
		if sep == "" || sep == " " && ws[k].to-ws[k].from <= 2 {
			if f == "t" || f == "т" {
				return &unit{Mass, "t", 1}, 1
			}
		}
		return nil, 0
	case "try", "gel", "som", "mt", "ay", "ha":
		if f != "ha" && strings.ToUpper(text[ws[k].from:ws[k].to]) != text[ws[k].from:ws[k].to] && f != "som" && f != "ay" {
			return nil, 0
		}
	}
	if u := units[f]; u != nil {
		return u, 1
	}
	// One adjective may stand between the number and the people: "38 Azerbaijani
	// soldiers", "12 mirnykh zhiteley".
	if u := units[next]; u != nil && u.measure == People && !units2(f) {
		return u, 2
	}
	return nil, 0
}

// units2 tells words that never stand between a number and its people.
func units2(fold string) bool {
	switch fold {
	case "of", "in", "and", "or", "at", "on", "by", "to", "from", "из", "в", "и", "на", "per", "for":
		return true
	}
	return false
}

// unitOf tells the unit at word k, nil for none.
func unitOf(ws []word, k int) *unit {
	if k >= len(ws) {
		return nil
	}
	return units[ws[k].fold]
}

// moneyBefore tells whether a currency sign stands before word i.
func moneyBefore(text string, ws []word, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(text[:ws[i].from])
	return signs[r] != ""
}

// boundBefore reads the bound in the three words before word i.
func boundBefore(text string, ws []word, i int) Bound {
	from := i
	if i > 0 && percentBefore(ws[i-1].fold) {
		from--
	}
	best, length := Exactly, 0
	for _, b := range boundsBefore {
		n := len(b.words)
		if n <= length || from < n {
			continue
		}
		fits := true
		for k, w := range b.words {
			sep := between(text, ws, from-n+k)
			if k == n-1 {
				sep = strings.TrimRight(sep, "$€£¥₽₸₼₺₴₾֏US~≈")
				if sep == "" {
					sep = " "
				}
			}
			if ws[from-n+k].fold != w || strings.TrimSpace(strings.Trim(sep, "’'")) != "" || strings.Contains(sep, "\n") {
				fits = false
				break
			}
		}
		if fits {
			best, length = b.bound, n
		}
	}
	if best == Exactly {
		before := strings.TrimRight(text[:ws[i].from], "$€£ ")
		switch {
		case strings.HasSuffix(before, "~"), strings.HasSuffix(before, "≈"):
			return About
		case strings.HasSuffix(before, ">"), strings.HasSuffix(before, "≥"):
			return AtLeast
		case strings.HasSuffix(before, "<"), strings.HasSuffix(before, "≤"):
			return AtMost
		}
	}
	return best
}

// boundBehind reads "or more", "+", "'den fazla", "-dən çox" behind a number.
func boundBehind(text string, ws []word, end, to int) Bound {
	if strings.HasPrefix(text[to:], "+") {
		return AtLeast
	}
	for k := end; k < len(ws) && k <= end+2; k++ {
		switch ws[k].fold {
		case "fazla", "cox", "artiq", "aşkın", "askin", "asa":
			return AtLeast
		case "az":
			return AtMost
		case "or", "или":
			if k+1 < len(ws) {
				switch ws[k+1].fold {
				case "more", "более", "больше":
					return AtLeast
				case "fewer", "less", "менее", "меньше":
					return AtMost
				case "so":
					return About
				}
			}
			return Exactly
		case "den", "dan", "ten", "tan", "i", "u":
			continue
		default:
			return Exactly
		}
	}
	return Exactly
}

// labels stand before numbers that count nothing: "Article 5", "flight 8243".
var labels = wordList(`article section chapter page no number flight room route highway line version resolution order decree law
	group unit brigade battalion regiment division cop g su mig f b tu boeing airbus type model level phase stage step day
	статья статьи статье рейс рейса номер пункт часть ст n madde maddə artikel seite article página artículo gate platform paragraph
	annex figure table covid channel age aged`)

// countable tells whether a bare number may count something: it is no time, no
// label, no part of a longer sign.
func countable(text string, ws []word, i, end int, q quantity) bool {
	before, after := byte(' '), byte(' ')
	if ws[i].from > 0 {
		before = text[ws[i].from-1]
	}
	if ws[end-1].to < len(text) {
		after = text[ws[end-1].to]
	}
	if strings.IndexByte(":/@#_=&+", before) >= 0 || strings.IndexByte(":/@_=&", after) >= 0 || after == '+' && ws[end-1].to+1 < len(text) && isDigit(text[ws[end-1].to+1]) && !(after == ':' && !(end < len(ws) && ws[end].digits)) {
		return false
	}
	if before == '-' || before != ' ' && ws[i].digits && i > 0 && ws[i-1].to == ws[i].from {
		return false // COP29, Su-30
	}
	if ws[i].digits && end < len(ws) && ws[end].from == ws[end-1].to {
		return false // 5th, 3D
	}
	if i > 0 && labels[ws[i-1].fold] && strings.TrimSpace(strings.Trim(between(text, ws, i-1), ".№")) == "" {
		return false
	}
	if q.plain && q.value >= 1900 && q.value <= 2099 && ws[i].digits && len(ws[i].fold) == 4 {
		return false
	}
	return true
}

// stop words that are no noun behind a number.
var noNoun = wordList(`of in on at by to from and or for with as is was were are has had have that which who when while than the a an
	out up down per after before since during into over under between against within without so but if not more most other others
	и в во на по из от до с со для при что как не или из-за после к у о об через между был были было
	ve ile için da de bu da və üçün und in im am an auf von vor nach mit bei für dass aus der die das den
	et en de des du le la les dans sur par pour que qui au aux y el los las del con por para que en
	получили получил получила остаются остались считаются числятся погибли ранены resultaron quedaron sont ont été wurden werden sind
	am pm gmt utc january february march april may june july august september october november december`)

// nounAt reads the noun behind a number: one to three words up to the first that
// looks like a plural, or the first word.
func nounAt(text string, ws []word, k int) (string, int) {
	n := 0
	for n < 3 && k+n < len(ws) {
		w := ws[k+n]
		sep := between(text, ws, k+n-1)
		if sep != " " && sep != "\u00a0" && !(n > 0 && sep == "-") || w.digits || noNoun[w.fold] {
			break
		}
		n++
		if strings.HasSuffix(w.fold, "s") && !strings.HasSuffix(w.fold, "ss") && !strings.HasSuffix(w.fold, "ous") {
			break
		}
	}
	if n == 0 {
		return "", 0
	}
	if last := ws[k+n-1]; n > 1 && !strings.HasSuffix(last.fold, "s") {
		n = 1 // no plural came: take the nearest word
	}
	first, _ := utf8.DecodeRuneInString(text[ws[k].from:])
	if n == 1 && unicode.IsUpper(first) && ws[k].to-ws[k].from < 3 {
		return "", 0
	}
	return text[ws[k].from:ws[k+n-1].to], n
}

// reach is how many words a fate may stand from its number.
const reach = 9

// fate gives the figures that count people what happened to them: the nearest
// word of a fate in the same sentence, without another figure between, one that
// follows before one that precedes.
func fate(text string, ws []word, figures []Figure, at []int) {
	for n := range figures {
		f := &figures[n]
		if f.Measure != "" && f.Measure != People && f.Measure != Things {
			continue
		}
		if f.Measure == Things && !sameFate(f.Noun) {
			// "12 trains were delayed": things have no fate, unless the noun is one.
			if !animate(f.Noun) {
				continue
			}
		}
		i := at[n]
		lowest, highest := max(0, i-reach), min(len(ws)-1, i+reach+2)
		if n > 0 {
			lowest = max(lowest, at[n-1]+1)
		}
		if n+1 < len(figures) {
			limit := at[n+1] - 1
			if limit > i && including[ws[limit].fold] { // "38 people, including 3 children, were killed"
				limit = at[n+1] + 3
			}
			highest = min(highest, limit)
		}
		behind, parted := Measure(""), false
		for k := i; k <= highest && behind == ""; k++ {
			if k > i {
				sep := between(text, ws, k-1)
				if sentenceEnd(sep) {
					break
				}
				parted = parted || strings.Contains(sep, ",") || conjunctions[ws[k].fold]
			}
			behind = fateOf(ws[k].fold)
		}
		before, distance := Measure(""), 0
		for k := i - 1; k >= lowest && before == ""; k-- {
			if sentenceEnd(between(text, ws, k)) {
				break
			}
			before, distance = fateOf(ws[k].fold), i-k
		}
		// What follows in one breath wins; then what stands right before, since
		// what comes after a comma or an "and" is said of the next figure.
		found := behind
		if before != "" && (behind == "" || parted && distance <= 3) && (f.Noun != "" || f.Measure != "" || leads(ws[i-distance+1:i])) {
			found = before
		}
		if found == behind && f.Measure == "" && parted {
			found = "" // a bare number before a comma belongs to what it follows, if to anything
			if before != "" && leads(ws[i-distance+1:i]) {
				found = before
			}
		}
		if found != "" {
			f.Measure, f.Unit = found, "person"
			if f.Noun != "" && fateOf(foldText(f.Noun)) != "" {
				f.Noun = ""
			}
		}
	}
}

// leads tells whether nothing but a bound or a verb of counting stands between a
// fate and its number: "killing at least 38", "the death toll rose to 41".
func leads(ws []word) bool {
	all := true
	for _, w := range ws {
		if hasAny(w.fold, rising) {
			return true
		}
		all = all && leading[w.fold]
	}
	return all
}

var rising = stemList(`rose. rises. rising. risen. climb reached stands. stood. put. выросл увелич достиг состав зросл підвищ сягн yüksel ulaş çat. çatıb
	steigt. stieg. gestiegen. liegt. s'élève élève. passe. monte. atteint subió. ascend asciende. alcanz`)

var leading = wordList(`at least more than over about around some nearly almost up to as many no fewer the toll rose risen stood stands has have
	climbed reached is was were are of now number a total не менее более около до почти свыше как минимум число en az sayısı sayı au moins plus de al menos más
	mindestens mehr als über rund`)

var (
	conjunctions = wordList("and but while и а но ve ama və und aber et mais y pero та і")
	including    = wordList("including among включая числе dahil o darunter dont incluidos incluidas cümlədən")
)

// sameFate tells a noun that is itself a fate: "38 dead", "12 wounded".
func sameFate(noun string) bool {
	for _, w := range strings.Fields(noun) {
		if fateOf(foldText(w)) != "" {
			return true
		}
	}
	return false
}

// animate tells nouns that may be people though they are not in the list.
func animate(noun string) bool {
	for _, w := range strings.Fields(foldText(noun)) {
		if u := units[w]; u != nil && u.measure == People {
			return true
		}
		for _, ending := range []string{"ers", "ians", "ees", "ists", "ants", "ors", "ish", "ese", "is", "men", "ists"} {
			if strings.HasSuffix(w, ending) && len(w) > len(ending)+2 {
				return true
			}
		}
	}
	return false
}

func fateOf(fold string) Measure {
	for _, f := range fates {
		if hasAny(fold, f.stems) {
			return f.measure
		}
	}
	return ""
}

func sentenceEnd(s string) bool {
	return strings.ContainsAny(s, "\n") || strings.ContainsAny(s, ".!?;。") && strings.Contains(s, " ")
}

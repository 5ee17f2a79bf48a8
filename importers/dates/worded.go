package dates

import (
	"strings"
	"unicode/utf8"
)

// at reads the date that begins at token i.
func (p *parser) at(i int) (hit, bool) {
	t := &p.toks[i]
	switch t.kind {
	case number:
		if i > 0 && p.tight(i) && !p.mayPrecede(i-1) {
			return hit{}, false
		}
		for _, read := range [...]func(*parser, int) (hit, bool){(*parser).yearFirst, (*parser).numeric, (*parser).eastern, (*parser).dayMonth, (*parser).ago, (*parser).yearWord} {
			if h, ok := read(p, i); ok && p.mayFollow(h) {
				return h, true
			}
		}
	case word:
		if p.now.IsZero() && !p.numberSoon(i) {
			return hit{}, false
		}
		if i > 0 && p.tight(i) && p.toks[i-1].kind == number && !ideograph(t.text) {
			return hit{}, false
		}
		for _, read := range [...]func(*parser, int) (hit, bool){(*parser).monthDay, (*parser).ago, (*parser).prepositionYear} {
			if h, ok := read(p, i); ok && p.mayFollow(h) {
				return h, true
			}
		}
	}
	return hit{}, false
}

// numberSoon says that a number stands shortly after token i, as it does in any
// date that begins with a word.
func (p *parser) numberSoon(i int) bool {
	for j := i + 1; j < len(p.toks) && j <= i+6; j++ {
		if p.toks[j].kind == number {
			return true
		}
	}
	return false
}

// ideograph says whether a word is one.
func ideograph(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return standsAlone(r)
}

// mayPrecede says whether a date's first number may stand directly after token
// i: not within a longer number, a version, an address or a word.
func (p *parser) mayPrecede(i int) bool {
	t := &p.toks[i]
	switch t.kind {
	case word:
		return ideograph(t.text) || p.whole
	case number:
		return false
	}
	switch t.r {
	case '.', ',', '/', ':':
		// Glued to a sentence ("Minsk.20 May") it may, within a number not.
		return i == 0 || p.toks[i-1].kind != number && (t.r != '/' || p.whole) || p.toks[i].space
	case '#', '$', '€', '£', '№', '%', '=', '&', '+', '₼', '₺', '₸', '₽', '@', '_', '§':
		return false
	}
	if dash(t.r) {
		return i == 0 || t.r != '-' && t.r != '~' || p.toks[i].space || p.toks[i-1].kind != number
	}
	return true
}

// mayFollow says whether a date may end where h does: not within a longer
// number, and not before a sign of percent or degree.
func (p *parser) mayFollow(h hit) bool {
	if !p.tight(h.end) || h.end == 0 {
		return true
	}
	t, last := &p.toks[h.end], &p.toks[h.end-1]
	if t.kind == number {
		return last.kind != number && last.kind != mark
	}
	if t.kind == mark {
		switch t.r {
		case '%', '‰', '°':
			return false
		case '.', ',', '/', ':', '-', '_':
			return h.end+1 >= len(p.toks) || p.toks[h.end+1].space || p.toks[h.end+1].kind != number || last.kind != number ||
				(t.r == ',' || t.r == '-' && !p.is(h.end-2, '-')) && last.digits == 4
		}
	}
	return true
}

// year reads a year at token i: four digits that are within the years that
// count. bad says that a number stands there that is a year out of them.
func (p *parser) year(i int) (year int, ok, bad bool) {
	n, is := p.num(i, 4)
	if !is || p.toks[i].digits != 4 {
		return 0, false, false
	}
	if n < p.from || n > lastYear {
		if n >= 1300 && n < 1480 {
			return n, false, true // perhaps of the Persian calendar; see jalali
		}
		return 0, false, n >= 1000 && n < 2200
	}
	return n, true, false
}

// links are words that stand between the parts of a date: "5 de noviembre de
// 2025", "5th of November", "5 d'octubre".
var links = set("de del of d do di the da")

// suffixes are what is hung on the number of a day, with or without a dash.
var suffixes = set("st nd rd th er re º ª e го числа ого ье е и го-го ci cı cu cü ci də da dən dan də in ın un ün nci ncı inci de te ta den dan i ı u ü si sı unda ında ində nda ndə əsində ə a inə nə ünə una ına yə ya ші шы де та жыл ე ի ին ים ום dagi da kuni th")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[fold(w)] = true
	}
	return m
}

// day reads the number of a day at token i with what is hung on it: "5th",
// "5.", "5-го", "20–21", "20 and 21". next is the token after it.
func (p *parser) day(i int) (day, next int, ok bool) {
	n, ok := p.num(i, 2)
	if !ok || n < 1 || n > 31 {
		return 0, i, false
	}
	return n, p.afterDay(i + 1), true
}

func (p *parser) afterDay(i int) int {
	switch {
	case p.tight(i) && suffixes[p.wordAt(i)]:
		return i + 1
	case p.is(i, '.', 'º', 'ª', '°', '\'', '’') && p.tight(i):
		if p.toks[i].r != '.' && p.tight(i+1) && suffixes[p.wordAt(i+1)] {
			return i + 2
		}
		return i + 1
	case p.isDash(i) && p.tight(i) && p.tight(i+1) && suffixes[p.wordAt(i+1)]:
		return i + 2
	}
	return i
}

// stretch reads the second day of "20–21" at token i, where the first has been
// read. It gives the token after it, or i.
func (p *parser) stretch(i, first int) int {
	j := i
	switch {
	case p.isDash(i), p.is(i, '/', '&', ','):
		j++
	case and[p.wordAt(i)]:
		j++
	default:
		return i
	}
	second, next, ok := p.day(j)
	if !ok || second <= first {
		return i
	}
	return next
}

// and joins two days or two dates.
var and = set("and to und bis et au y al e a и по ve ilə və i do та до until through en tot och og 至 到")

// joined says that only a dash or a word such as "and" stands between the
// tokens from and to.
func (p *parser) joined(from, to int) bool {
	for from < to && (p.is(from, ',') || p.isDash(from) || p.wordAt(from) == "on" || and[p.wordAt(from)]) {
		from++
	}
	return from >= to
}

// dayMonth reads "5 November 2025", "5. Oktober", "20–21 октября 2025 г.",
// "5 de noviembre del 2025", "05-Nov-2025", "1er mai", "25 yanvar".
func (p *parser) dayMonth(i int) (hit, bool) {
	day, j, ok := p.day(i)
	if !ok {
		return hit{}, false
	}
	for k := 0; k < 3; k++ {
		next := p.stretch(j, day)
		if next == j {
			break
		}
		j = next
	}
	if (p.is(j, '-', '/') || p.isDash(j)) && p.tight(j) == p.tight(j+1) && (p.tight(j) || p.is(j, '/')) {
		j++
	}
	if links[p.wordAt(j)] && (p.lang != "en" && p.lang != "" || p.wordAt(j) == "of" || p.wordAt(j) == "de") {
		j++
		if p.is(j, '\'', '’') {
			j++
		}
	}
	month, next := p.monthPhrase(j)
	if month == 0 {
		return hit{}, false
	}
	h := hit{start: i, month: month, day: day}
	return p.withYear(h, next)
}

// withYear reads the year that follows a month, or leaves it to be inferred.
func (p *parser) withYear(h hit, next int) (hit, bool) {
	h.end = next
	j := next
	for k := 0; k < 2; k++ {
		if p.is(j, ',', '،', '-', '/', '.', '\'', '’') || p.isDash(j) && p.tight(j) || links[p.wordAt(j)] || ofYear[p.wordAt(j)] {
			j++
		}
	}
	j = p.clockBetween(j)
	year, ok, bad := p.year(j)
	switch {
	case ok && (h.month < jalaliMonths):
		h.year, h.end = year, j+1
	case bad:
		if h.month > jalaliMonths && year != 0 {
			h.year, h.month, h.day = gregorian(year, h.month-jalaliMonths, h.day)
			h.end = j + 1
			return h, h.day > 0
		}
		return hit{}, false
	case h.day > 0:
		if h.month > jalaliMonths {
			return hit{}, false
		}
		// "05-Nov-25" and "5 Nov '25".
		if n, is := p.num(j, 2); is && j == next+1 && p.tight(j) && p.toks[j].digits == 2 && (p.is(next, '\'', '’') || p.is(next, '-', '/') && p.tight(next)) && 2000+n >= p.from {
			h.year, h.end = 2000+n, j+1
			break
		}
		h.needsYear = true
		if p.is(h.end-1, '.') && !p.whole {
			// The point may be the sentence's.
			h.end--
		}
	default:
		return hit{}, false
	}
	return h, true
}

// ofYear stands between a month and its year.
var ofYear = set("year anno tahun")

// clockBetween passes over the time of "Mon Jan 2 15:04:05 MST 2006".
func (p *parser) clockBetween(i int) int {
	j := p.skipClock(i)
	if j == i {
		return i
	}
	if w := p.wordAt(j); zones[w] {
		j++
	}
	if _, ok, _ := p.year(j); ok {
		return j
	}
	return i
}

// monthDay reads "November 5, 2025", "Nov. 5–7", "oktyabrın 20-də", and
// "November 2025".
func (p *parser) monthDay(i int) (hit, bool) {
	month, j := p.monthPhrase(i)
	if month == 0 {
		return hit{}, false
	}
	h := hit{start: i, month: month}
	k := j
	if p.isDash(k) && p.tight(k) && p.tight(k+1) || p.wordAt(k) == "the" {
		k++
	}
	if day, next, ok := p.day(k); ok && !p.clockAt(k) && !p.decimal(k) {
		h.day = day
		suffixed := next > k+1
		for n := 0; n < 3; n++ {
			to := p.stretch(next, day)
			if to == next || p.decimal(to-1) {
				break
			}
			// "May 8, 2024" is not the 8th to the 20th.
			next = to
		}
		if suffixed && p.is(next-1, '.') {
			next--
		}
		if units[p.wordAt(next)] {
			return hit{}, false
		}
		h2, ok := p.withYear(h, next)
		if ok && h2.needsYear && !p.whole && !p.monthFirstToo(i) {
			return hit{}, false
		}
		if ok && h2.needsYear && p.tight(next) && p.toks[next].kind == word && !ideograph(p.toks[next].text) {
			return hit{}, false
		}
		return h2, ok
	}
	return p.withYear(h, j)
}

// monthFirstToo says whether the language of the month's name puts the month
// before the day: English, Turkic, Hungarian, Armenian and the like. In others
// "mars 5" is hardly a date.
func (p *parser) monthFirstToo(i int) bool {
	switch p.lang {
	case "ru", "uk", "be", "bg", "de", "fr", "es", "it", "pt", "pl", "cs", "sk", "nl", "da", "no", "sv", "fi", "ro":
		for _, n := range monthNames[p.toks[i].text] {
			if n.lang == p.lang {
				return false
			}
		}
	}
	return true
}

// decimal says that the number at token i goes on: "5.5", "20,000".
func (p *parser) decimal(i int) bool {
	return p.is(i+1, '.', ',') && p.tight(i+1) && p.tight(i+2) && i+2 < len(p.toks) && p.toks[i+2].kind == number && p.toks[i+2].digits != 4 &&
		(p.toks[i+1].r == '.' || p.toks[i+2].digits == 3)
}

// units are words that show that a number after a month's name counts
// something: "In May 12 people …".
var units = set("people percent per million billion thousand mln bln times years countries soldiers persons km kg tons tonnes")

// yearFirst reads what begins with a year: ISO 8601, "2025/10/29",
// "2025. október 29.", "2025-ci il oktyabrın 20-də", "2025 жылғы 5 қараша".
func (p *parser) yearFirst(i int) (hit, bool) {
	if h, ok := p.compact(i); ok {
		return h, true
	}
	year, ok, bad := p.year(i)
	if !ok {
		if bad && year != 0 && (p.lang == "fa" || p.lang == "") {
			return p.jalaliNumeric(i, year)
		}
		return hit{}, false
	}
	h := hit{start: i, year: year}
	if h, ok := p.yearNumeric(h, i); ok {
		return h, true
	}
	// A year word, or a dash as in "2025-Nov-05", then day and month.
	j, marked := p.yearMark(i + 1)
	if !marked && p.is(j, ',', '.', '-', '/') && p.tight(j) {
		j++
	}
	if day, next, ok := p.day(j); ok && marked {
		next = p.stretch(next, day)
		if p.isDash(next) && p.tight(next) {
			next++
		}
		if month, end := p.monthPhrase(next); month > 0 && month < jalaliMonths {
			h.month, h.day, h.end = month, day, end
			return h, true
		}
	}
	if month, next := p.monthPhrase(j); month > 0 && month < jalaliMonths {
		if p.is(next, '-', '/') && p.tight(next) {
			next++
		}
		if day, end, ok := p.day(next); ok && !p.clockAt(next) {
			if _, isYear, _ := p.year(end); !isYear {
				h.month, h.day = month, day
				h.end = p.stretch(end, day)
				if p.is(h.end-1, '.') {
					h.end--
				}
				return h, true
			}
		}
		if marked {
			h.month, h.end = month, next
			return h, true
		}
	}
	return hit{}, false
}

// yearMark passes over the word for "year" after a year's number.
func (p *parser) yearMark(i int) (next int, marked bool) {
	if yearWords[p.wordAt(i)] {
		if p.is(i+1, '.') && p.tight(i+1) {
			return i + 2, true
		}
		return i + 1, true
	}
	if (p.isDash(i) || p.is(i, '\'', '’')) && p.tight(i) && p.tight(i+1) && yearSuffixes[p.wordAt(i+1)] {
		if yearWords[p.wordAt(i+2)] {
			return i + 3, true
		}
		return i + 2, true
	}
	return i, false
}

var (
	yearWords    = set("il ilin ili ildə ilində ilinde ildən ilindən yil yili yilin yilinda yilida жылғы жылы жылдың жылдан году года год годом г гг року рік рр р жыл жылда жылының m წლის წელს წელი թ թվական թվականի թվականին yılında yılı yılının yılın roku roce godine године година году́ року́ év évi évben")
	yearSuffixes = set("ci cı cu cü nci ncı inci ıncı uncu üncü de da te ta den dan nin nın ин un ün м го й")
)

// yearWord reads a year that a word marks as one: "2024 году", "2021-ci ildə".
func (p *parser) yearWord(i int) (hit, bool) {
	year, ok, _ := p.year(i)
	if !ok {
		return hit{}, false
	}
	h := hit{start: i, end: i + 1, year: year}
	if p.whole && len(p.toks) == 1 {
		return h, true
	}
	if _, marked := p.yearMark(i + 1); marked && !p.whole {
		return h, true
	}
	return hit{}, false
}

// prepositionYear reads a year after a word that is followed by years: "since
// 2014", "im Jahr 2021". The range is that of the year alone.
func (p *parser) prepositionYear(i int) (hit, bool) {
	if p.whole || !beforeYear[p.toks[i].text] {
		return hit{}, false
	}
	year, ok, _ := p.year(i + 1)
	if !ok || i+2 < len(p.toks) && p.toks[i+2].kind == word && units[p.toks[i+2].text] || p.is(i+2, ',', '.', ':') && p.tight(i+2) && p.tight(i+3) && i+3 < len(p.toks) && p.toks[i+3].kind == number {
		return hit{}, false
	}
	if _, other := p.yearFirst(i + 1); other {
		return hit{}, false
	}
	return hit{start: i + 1, end: i + 2, year: year}, true
}

var beforeYear = set("in since of until from during by early late mid before after year through jahr jahre seit im bis vor nach en depuis l'an année annee dès avant après desde hasta año nel dal dall' anno sino ano até с в до к после по год году od do w roku rok sinds tot jaar sedan år")

// skipNumber passes over a number with all that is glued to it, so that no date
// is read out of its middle.
func (p *parser) skipNumber(i int) int {
	i++
	for i+1 < len(p.toks) && p.tight(i) && p.tight(i+1) && p.is(i, '.', '/', ':', '-') && p.toks[i+1].kind == number {
		// A dash may part two dates: "12-14 mai".
		if p.toks[i].r == '-' {
			return i
		}
		i += 2
	}
	return i
}

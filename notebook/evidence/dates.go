package evidence

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sourcebook/notebook/document"
)

// DateMention is a date that a text names. Its range covers the date as written.
type DateMention struct {
	Text  string        `json:"text"`
	Start int           `json:"start"`
	End   int           `json:"end"`
	Date  document.Date `json:"date"` // YYYY-MM-DD, YYYY-MM or YYYY
	// Until is the last day of a range ("October 20–21"), empty for one date.
	Until document.Date `json:"until,omitempty"`
	// Inferred says that the year was not written: it is the one that makes the
	// date the latest not after publication.
	Inferred bool `json:"date_inferred"`
}

// months maps folded names of months, and their abbreviations, to their number,
// in en, ru, uk, tr, az, kk, de, fr, es, it, pt.
var months = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i, list := range []string{
		`january jan января январь янв січня січень ocak yanvar qantar қаңтар қаңтарда januar jänner janvier janv enero ene gennaio janeiro`,
		`february feb февраля февраль фев лютого лютий şubat fevral ақпан ақпанда februar février févr febrero febbraio fevereiro`,
		`march mar марта март березня березень mart наурыз наурызда märz mars marzo março`,
		`april apr апреля апрель апр квітня квітень nisan aprel сәуір сәуірде avril avr abril abr aprile`,
		`may мая май травня травень mayıs мамыр мамырда mai mayo maggio maio`,
		`june jun июня июнь червня червень haziran iyun маусым маусымда juni juin junio giugno junho`,
		`july jul июля июль липня липень temmuz iyul шілде шілдеде juli juillet juil julio luglio julho`,
		`august aug августа август авг серпня серпень ağustos avqust тамыз тамызда août agosto`,
		`september sep sept сентября сентябрь сен вересня вересень eylül sentyabr қыркүйек қыркүйекте septembre septiembre settembre setembro`,
		`october oct октября октябрь окт жовтня жовтень ekim oktyabr қазан қазанда oktober okt octobre octubre ottobre outubro`,
		`november nov ноября ноябрь ноя листопада листопад kasım noyabr қараша қарашада novembre noviembre novembro`,
		`december dec декабря декабрь дек грудня грудень aralık dekabr желтоқсан желтоқсанда dezember dez décembre déc diciembre dic dicembre dezembro`,
	} {
		for _, name := range strings.Fields(list) {
			m[foldText(name)] = time.Month(i + 1)
		}
	}
	// Endings that Turkish, Azerbaijani and Russian put on months.
	for name, month := range map[string]time.Month{
		"январе": 1, "феврале": 2, "марте": 3, "апреле": 4, "мае": 5, "июне": 6, "июле": 7, "августе": 8, "сентябре": 9,
		"октябре": 10, "ноябре": 11, "декабре": 12, "ocakta": 1, "şubatta": 2, "martta": 3, "nisanda": 4, "mayısta": 5,
		"haziranda": 6, "temmuzda": 7, "ağustosta": 8, "eylülde": 9, "ekimde": 10, "kasımda": 11, "aralıkta": 12,
		"yanvarda": 1, "fevralda": 2, "aprelde": 4, "iyunda": 6, "iyulda": 7, "avqustda": 8, "sentyabrda": 9, "oktyabrda": 10,
		"noyabrda": 11, "dekabrda": 12,
	} {
		m[foldText(name)] = month
	}
	return m
}()

// monthWords are names of months that are words of English too: they need a
// capital and a number beside them.
var monthWords = wordList("may march mar mart mai dec dez sen ene dic mars oct")

// Dates finds the dates that a text names: days, months and years in figures or
// with the month in words. published is when the text appeared, for dates
// without a year; where it is empty such dates are left out.
func Dates(text string, published document.Date) []DateMention {
	ws := wordsOf(text)
	var found []DateMention
	for i := 0; i < len(ws); {
		d, n := dateAt(text, ws, i, published)
		if n == 0 {
			i++
			continue
		}
		d.Start, d.End = ws[i].start, ws[i+n-1].end
		d.Text = text[ws[i].from:ws[i+n-1].to]
		found = append(found, d)
		i += n
	}
	return found
}

// between returns what stands between words i and i+1.
func between(text string, ws []word, i int) string {
	if i < 0 || i+1 >= len(ws) {
		return "\n"
	}
	return text[ws[i].to:ws[i+1].from]
}

func small(s string) bool {
	switch s {
	case " ", "\u00a0", "\u202f", "\n", ", ", ". ", ".", "-", "":
		return true
	}
	return false
}

func isDash(s string) bool {
	switch strings.TrimSpace(s) {
	case "-", "–", "—", "‑", "/":
		return true
	}
	return false
}

// number reads word i as a number of so many digits.
func number(ws []word, i, low, high int) (int, bool) {
	if i < 0 || i >= len(ws) || !ws[i].digits || len(ws[i].fold) < low || len(ws[i].fold) > high {
		return 0, false
	}
	n, err := strconv.Atoi(ws[i].fold)
	return n, err == nil
}

func year(ws []word, i int) (int, bool) {
	n, ok := number(ws, i, 4, 4)
	return n, ok && n >= 1500 && n <= 2199
}

func dayNumber(ws []word, i int) (int, bool) {
	n, ok := number(ws, i, 1, 2)
	return n, ok && n >= 1 && n <= 31
}

func month(ws []word, i int) (time.Month, bool) {
	if i < 0 || i >= len(ws) || ws[i].digits {
		return 0, false
	}
	m, ok := months[ws[i].fold]
	return m, ok
}

// linking words between a day, a month and a year.
var ofWords = wordList("of de del di do der the")

// ordinal endings behind a day: "1st", "1er".
var ordinals = wordList("st nd rd th er º ª го е")

// dateAt reads a date that begins at word i and returns it with the words it
// spans, none for no date.
func dateAt(text string, ws []word, i int, published document.Date) (DateMention, int) {
	if y, ok := year(ws, i); ok {
		if m, ok := number(ws, i+1, 2, 2); ok && m >= 1 && m <= 12 && oneOf(between(text, ws, i), "-", "/", ".") {
			if d, ok := number(ws, i+2, 2, 2); ok && between(text, ws, i+1) == between(text, ws, i) && valid(y, time.Month(m), d) {
				return DateMention{Date: iso(y, time.Month(m), d)}, 3 // 2025-10-29
			}
			if between(text, ws, i) == "-" {
				return DateMention{Date: iso(y, time.Month(m), 0)}, 2 // 2025-10
			}
		}
		if yearAlone(text, ws, i) {
			return DateMention{Date: iso(y, 0, 0)}, 1
		}
		return DateMention{}, 0
	}
	if d, ok := dayNumber(ws, i); ok {
		if sep := between(text, ws, i); oneOf(sep, ".", "/") {
			if m, ok := number(ws, i+1, 1, 2); ok && between(text, ws, i+1) == sep {
				if y, ok := year(ws, i+2); ok {
					if m >= 1 && m <= 12 && valid(y, time.Month(m), d) {
						return DateMention{Date: iso(y, time.Month(m), d)}, 3 // 29.10.2025
					}
					if d <= 12 && sep == "/" && valid(y, time.Month(d), m) {
						return DateMention{Date: iso(y, time.Month(d), m)}, 3 // 10/29/2025
					}
				}
			}
		}
		return dayFirst(text, ws, i, d, published)
	}
	if m, ok := month(ws, i); ok {
		return monthFirst(text, ws, i, m, published)
	}
	return DateMention{}, 0
}

func oneOf(s string, list ...string) bool {
	for _, l := range list {
		if s == l {
			return true
		}
	}
	return false
}

// dayFirst reads "29 October 2025", "20–21 October", "1er mars", "29 de octubre
// de 2025".
func dayFirst(text string, ws []word, i, d int, published document.Date) (DateMention, int) {
	last, k := d, i+1
	if k < len(ws) && ordinals[ws[k].fold] && between(text, ws, i) == "" {
		k++
	}
	if d2, ok := dayNumber(ws, k); ok && (isDash(between(text, ws, k-1)) && d2 > d) {
		last = d2
		k++
	}
	if k < len(ws) && ofWords[ws[k].fold] {
		k++
	}
	m, ok := month(ws, k)
	if !ok || !small(between(text, ws, k-1)) {
		return DateMention{}, 0
	}
	if monthWords[ws[k].fold] && !ws[k].title && ws[k].fold != "mai" && ws[k].fold != "mars" && ws[k].fold != "mart" {
		return DateMention{}, 0
	}
	k++
	y, n, written := yearAfter(text, ws, k)
	return complete(y, m, d, last, written, published, k+n-i)
}

// monthFirst reads "October 29, 2025", "October 20–21", "October 2025".
func monthFirst(text string, ws []word, i int, m time.Month, published document.Date) (DateMention, int) {
	if monthWords[ws[i].fold] && !ws[i].title {
		return DateMention{}, 0
	}
	sep := between(text, ws, i)
	if y, ok := year(ws, i+1); ok && small(sep) {
		return DateMention{Date: iso(y, m, 0)}, 2
	}
	if i+1 < len(ws) && ofWords[ws[i+1].fold] {
		if y, ok := year(ws, i+2); ok {
			return DateMention{Date: iso(y, m, 0)}, 3
		}
	}
	d, ok := dayNumber(ws, i+1)
	if !ok || !small(sep) || sep == "" {
		return DateMention{}, 0
	}
	last, k := d, i+2
	if k < len(ws) && ordinals[ws[k].fold] && between(text, ws, k-1) == "" {
		k++
	}
	if d2, ok := dayNumber(ws, k); ok && isDash(between(text, ws, k-1)) && d2 > d {
		last = d2
		k++
	}
	y, n, written := yearAfter(text, ws, k)
	return complete(y, m, d, last, written, published, k+n-i)
}

// yearAfter reads the year that may follow a day and a month at word k.
func yearAfter(text string, ws []word, k int) (y, n int, written bool) {
	if k < len(ws) && (ofWords[ws[k].fold]) {
		if y, ok := year(ws, k+1); ok {
			return y, 2, true
		}
	}
	if y, ok := year(ws, k); ok && small(between(text, ws, k-1)) {
		return y, 1, true
	}
	return 0, 0, false
}

// complete makes a date of its parts, with the year inferred where none stands.
func complete(y int, m time.Month, d, last int, written bool, published document.Date, n int) (DateMention, int) {
	if !written {
		if len(published) < 10 {
			return DateMention{}, 0
		}
		p, err := time.Parse("2006-01-02", string(published))
		if err != nil {
			return DateMention{}, 0
		}
		y = p.Year()
		if time.Date(y, m, d, 0, 0, 0, 0, time.UTC).After(p) {
			y--
		}
	}
	if !valid(y, m, d) || !valid(y, m, last) {
		return DateMention{}, 0
	}
	mention := DateMention{Date: iso(y, m, d), Inferred: !written}
	if last != d {
		mention.Until = iso(y, m, last)
	}
	return mention, n
}

// valid tells whether a day exists.
func valid(y int, m time.Month, d int) bool {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return t.Year() == y && t.Month() == m && t.Day() == d
}

// iso writes a date; 0 leaves out the day or the month.
func iso(y int, m time.Month, d int) document.Date {
	switch {
	case m == 0:
		return document.Date(fmt.Sprintf("%04d", y))
	case d == 0:
		return document.Date(fmt.Sprintf("%04d-%02d", y, m))
	}
	return document.Date(fmt.Sprintf("%04d-%02d-%02d", y, m, d))
}

// yearWords stand before or behind a year that is written by itself.
var yearWords = wordList(`in since by until till from during before after of early late mid end spring summer autumn fall
	winter year years and to for around about circa between the через в с до к году года год годов году рік року році
	у з від по yılında yılı yıl yılından ilde ildə il ilin ilindən jahr jahre seit im bis ende anfang en depuis avant
	après fin début desde hasta año años a жылы жылдан`)

// yearAlone tells whether the four digits at word i are a year and no amount:
// a capital world war, a preposition or brackets stand beside them.
func yearAlone(text string, ws []word, i int) bool {
	y, _ := strconv.Atoi(ws[i].fold)
	if y < 1800 || y > 2099 {
		return false
	}
	before, after := byte(0), byte(0)
	if ws[i].from > 0 {
		before = text[ws[i].from-1]
	}
	if ws[i].to < len(text) {
		after = text[ws[i].to]
	}
	if before == '$' || after == '%' || before == '.' || before == ',' || (after == ',' || after == '.') && ws[i].to+1 < len(text) && isDigit(text[ws[i].to+1]) {
		return false
	}
	if before == '(' && (after == ')' || after == ',' || after == ';') {
		return true
	}
	if i > 0 && yearWords[ws[i-1].fold] && between(text, ws, i-1) == " " {
		// "in 2000 tonnes" is an amount; "in 2000, tonnes" is a year.
		return !(i+1 < len(ws) && between(text, ws, i) == " " && unitOf(ws, i+1) != nil)
	}
	if i+1 < len(ws) && strings.TrimSpace(between(text, ws, i)) == "" && yearWords[ws[i+1].fold] && len(ws[i+1].fold) > 1 {
		f := ws[i+1].fold
		return strings.HasPrefix(f, "го") || strings.HasPrefix(f, "р") || strings.HasPrefix(f, "y") || strings.HasPrefix(f, "il") || strings.HasPrefix(f, "ж")
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

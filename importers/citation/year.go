package citation

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

// moment is a date in the text, its year 0 where none is written.
type moment struct {
	start, end       int
	year, month, day int
}

// reference lets package dates read dates without a year; the year it gives
// them is not used. The day is the last of a leap year, so that February 29 is
// one of them.
const reference = document.Date("2096-12-31")

// moments lists the dates between two positions.
func (s *scan) moments(start, end int) []moment {
	var list []moment
	for _, f := range dates.Find(s.text(start, end), s.o.Lang, dates.Options{Reference: reference, From: 1900}) {
		m := moment{start: start + f.Start, end: start + f.End}
		parts := strings.Split(string(f.Date), "-")
		if len(parts) > 0 && !f.YearInferred {
			m.year, _ = strconv.Atoi(parts[0])
		}
		if len(parts) > 1 {
			m.month, _ = strconv.Atoi(parts[1])
		}
		if len(parts) > 2 {
			m.day, _ = strconv.Atoi(parts[2])
		}
		if m.year == 0 && m.day == 0 {
			continue // "May" alone is as often a verb or a name
		}
		if two := twoDays.FindStringSubmatchIndex(s.text(m.start, m.end)); two != nil && m.day > 0 {
			// "August 12 and 19" is two dates.
			text := s.text(m.start, m.end)
			at := func(b int) int { return m.start + utf8.RuneCountInString(text[:b]) }
			first, second := m, m
			first.end, second.start = at(two[3]), at(two[4])
			first.day, _ = strconv.Atoi(text[two[2]:two[3]])
			second.day, _ = strconv.Atoi(text[two[4]:two[5]])
			if first.day > 0 && second.day > first.day && second.day <= 31 {
				list = append(list, first, second)
				continue
			}
		}
		list = append(list, m)
	}
	return list
}

var twoDays = regexp.MustCompile(`\b(\d{1,2})\s+(?:and|&|и|та|ve|və|und|et|y)\s+(\d{1,2})\b`)

// date gives m with year y as a Date of the precision that it was written in.
func (m moment) date(y int) document.Date {
	switch {
	case m.day > 0:
		return document.Date(fmt.Sprintf("%04d-%02d-%02d", y, m.month, m.day))
	case m.month > 0:
		return document.Date(fmt.Sprintf("%04d-%02d", y, m.month))
	}
	return document.Date(fmt.Sprintf("%04d", y))
}

// exists tells whether m is a day of the year y.
func (m moment) exists(y int) bool {
	return m.month != 2 || m.day != 29 || y%4 == 0 && (y%100 != 0 || y%400 == 0)
}

// last gives the last day that d can mean, so that days and months compare.
func last(d document.Date) string {
	switch d.Precision() {
	case document.Month:
		return string(d) + "-31"
	case document.Year:
		return string(d) + "-12-31"
	}
	return string(d)
}

// resolve gives each date of one outlet's list its year by the rule of the
// package comment. The date is empty where nothing bounds it.
func resolve(list []moment, published document.Date) (resolved []document.Date, inferred []bool) {
	resolved, inferred = make([]document.Date, len(list)), make([]bool, len(list))
	// later[i] is the first written date from i on: no date before it is later.
	later := make([]string, len(list)+1)
	for i := len(list) - 1; i >= 0; i-- {
		later[i] = later[i+1]
		if list[i].year > 0 {
			later[i] = last(list[i].date(list[i].year))
		}
	}
	earlier := ""
	for i, m := range list {
		if m.year > 0 {
			resolved[i] = m.date(m.year)
			earlier = string(resolved[i])
			continue
		}
		upper := last(published)
		if b := later[i+1]; b != "" && (upper == "" || b < upper) {
			upper = b
		}
		switch {
		case upper != "":
			y, _ := strconv.Atoi(upper[:min(4, len(upper))])
			for tries := 0; tries < 9; tries++ {
				if d := m.date(y); m.exists(y) && string(d) <= upper {
					resolved[i], inferred[i] = d, true
					break
				}
				y--
			}
		case earlier != "":
			y, _ := strconv.Atoi(earlier[:min(4, len(earlier))])
			for tries := 0; tries < 9; tries++ {
				if d := m.date(y); m.exists(y) && last(d) >= earlier {
					resolved[i], inferred[i] = d, true
					break
				}
				y++
			}
		}
	}
	return resolved, inferred
}

// months names the months as dates are written in full.
var months = map[string][]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"tr": {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
	"az": {"yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr"},
}

// inFull writes a date as the language of the text would, in English where that
// language is not known.
func inFull(d document.Date, lang string) string {
	parts := strings.Split(string(d), "-")
	if len(parts) < 2 {
		return string(d)
	}
	names := months[lang]
	if names == nil {
		names, lang = months["en"], "en"
	}
	month, _ := strconv.Atoi(parts[1])
	if month < 1 || month > 12 {
		return string(d)
	}
	name := names[month-1]
	switch {
	case len(parts) == 2:
		return name + " " + parts[0]
	case lang == "en":
		return name + " " + strings.TrimLeft(parts[2], "0") + ", " + parts[0]
	}
	return strings.TrimLeft(parts[2], "0") + " " + name + " " + parts[0]
}

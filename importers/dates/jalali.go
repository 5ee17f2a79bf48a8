package dates

import "time"

// nowruz1404 is 1 Farvardin 1404 of the solar Hijri calendar.
var nowruz1404 = time.Date(2025, 3, 21, 0, 0, 0, 0, time.UTC)

// leapJalali tells the leap years of the 33-year cycle, which agrees with the
// observed calendar from 1244 to 1502.
func leapJalali(year int) bool {
	switch year % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return true
	}
	return false
}

// gregorian gives the Gregorian date of a day of the solar Hijri calendar, or a
// day of 0 where there is none. Without a day it gives none: a Persian month
// lies in two others.
func gregorian(year, month, day int) (int, int, int) {
	length := 31
	switch {
	case month == 12 && !leapJalali(year):
		length = 29
	case month > 6:
		length = 30
	}
	if month < 1 || month > 12 || day < 1 || day > length {
		return 0, 0, 0
	}
	days := (month-1)*30 + min(month-1, 6) + day - 1
	for y := 1404; y < year; y++ {
		days += yearLength(y)
	}
	for y := year; y < 1404; y++ {
		days -= yearLength(y)
	}
	t := nowruz1404.AddDate(0, 0, days)
	return t.Year(), int(t.Month()), t.Day()
}

func yearLength(jalali int) int {
	if leapJalali(jalali) {
		return 366
	}
	return 365
}

// jalaliNumeric reads "۱۴۰۴/۰۸/۰۷" from its year on.
func (p *parser) jalaliNumeric(i, year int) (hit, bool) {
	if !p.is(i+1, '/', '-', '.') || !p.is(i+3, p.toks[i+1].r) || !p.tight(i+1) || !p.tight(i+2) || !p.tight(i+3) || !p.tight(i+4) {
		return hit{}, false
	}
	month, ok1 := p.num(i+2, 2)
	day, ok2 := p.num(i+4, 2)
	if !ok1 || !ok2 || p.lang == "" && p.toks[i].digits == 4 && p.toks[i].posEnd-p.toks[i].pos != 4 {
		return hit{}, false
	}
	h := hit{start: i, end: i + 5}
	h.year, h.month, h.day = gregorian(year, month, day)
	return h, h.day > 0
}

package dates

import "unicode/utf8"

// numeric reads "29.10.2025", "10/29/2025" and "29-10-2025". Which number is
// the day follows from the numbers, else from p.order; else it is no date.
func (p *parser) numeric(i int) (hit, bool) {
	a, ok1 := p.num(i, 2)
	b, ok2 := p.num(i+2, 2)
	if !ok1 || !ok2 || !p.is(i+1, '.', '/', '-') && !p.isDash(i+1) || !p.tight(i+2) && !(p.toks[i+1].r == '.' && p.tight(i+1)) || !p.is(i+3, p.toks[i+1].r) || !p.tight(i+1) || !p.tight(i+3) {
		return hit{}, false
	}
	sep := p.toks[i+1].r
	year, ok, bad := p.year(i + 4)
	spaced := !p.tight(i+2) || !p.tight(i+4)
	switch {
	case bad || i+4 >= len(p.toks):
		return hit{}, false
	case !ok:
		// Years of two digits stand with days and months of two, and not where
		// version numbers or times do.
		n, is := p.num(i+4, 2)
		if !is || spaced || p.toks[i].digits != 2 || p.toks[i+2].digits != 2 || p.toks[i+4].digits != 2 || p.is(i+5, '.', ':', '-', '/') && p.tight(i+5) && p.tight(i+6) && i+6 < len(p.toks) && p.toks[i+6].kind == number {
			return hit{}, false
		}
		if p.order == Unknown && sep != '.' {
			return hit{}, false
		}
		if year = 2000 + n; n >= 90 {
			year = 1900 + n
		}
		if year < p.from || !p.ref.IsZero() && year > p.ref.Year()+2 || p.ref.IsZero() && year > 2040 {
			return hit{}, false
		}
	case spaced && sep != '.':
		return hit{}, false
	}
	h := hit{start: i, end: i + 5, year: year}
	order := p.order
	if order == Unknown && sep == '.' && (p.lang == "en" || p.lang == "") {
		order = DayFirst // nobody writes the month first with points
	}
	switch {
	case a > 12 && b >= 1 && b <= 12 && a <= 31:
		h.day, h.month = a, b
	case b > 12 && a >= 1 && a <= 12 && b <= 31 && (order != DayFirst || sep == '/'):
		// Where the day comes first this can only be an American date.
		h.day, h.month = b, a
	case a < 1 || b < 1 || a > 12 || b > 12:
		return hit{}, false
	case a == b || order == DayFirst:
		h.day, h.month = a, b
	case order == MonthFirst:
		h.day, h.month = b, a
	default:
		return hit{}, false
	}
	if h.day > daysIn(h.year, h.month) {
		return hit{}, false
	}
	return h, true
}

// yearNumeric reads the rest of "2025-10-29T08:00:00+04:00", "2025/10/29",
// "2025.10.29", and, where the text is a date and no more, "2025-10". ISO 8601
// times are part of the range.
func (p *parser) yearNumeric(h hit, i int) (hit, bool) {
	if !p.is(i+1, '-', '/', '.') && !p.isDash(i+1) || !p.tight(i+1) || !p.tight(i+2) && p.toks[i+1].r != '.' {
		return hit{}, false
	}
	month, ok := p.num(i+2, 2)
	if !ok || month < 1 || month > 12 {
		return hit{}, false
	}
	if !p.is(i+3, p.toks[i+1].r) || !p.tight(i+3) || !p.tight(i+4) && p.toks[i+1].r != '.' {
		if p.whole && p.is(i+1, '-') && p.toks[i+2].digits == 2 && len(p.toks) == i+3 {
			h.month, h.end = month, i+3
			return h, true
		}
		return hit{}, false
	}
	day, ok := p.num(i+4, 2)
	if !ok || day < 1 || day > daysIn(h.year, month) {
		return hit{}, false
	}
	h.month, h.day, h.end = month, day, i+5
	if p.tight(h.end) && p.wordAt(h.end) == "t" && p.tight(h.end+1) {
		if end := p.skipClock(h.end + 1); end > h.end+1 {
			h.end = end
			if p.tight(end) && p.wordAt(end) == "z" {
				h.end++
			} else if (p.is(end, '+') || p.isDash(end)) && p.tight(end) {
				if zone := p.skipClock(end + 1); zone > end+1 {
					h.end = zone
				} else if _, ok := p.num(end+1, 4); ok {
					h.end = end + 2
				}
			}
		}
	}
	return h, true
}

// compact reads 20251029 and 20251029T080000, which only stand where a date
// and no more is given.
func (p *parser) compact(i int) (hit, bool) {
	t := &p.toks[i]
	if !p.whole || t.kind != number || t.digits != 8 && t.digits != 14 {
		return hit{}, false
	}
	n := t.value
	if t.digits == 14 {
		n /= 1_000_000
	}
	h := hit{start: i, end: i + 1, year: n / 10000, month: n / 100 % 100, day: n % 100}
	if h.year < p.from || h.year > lastYear || h.month < 1 || h.month > 12 || h.day < 1 || h.day > daysIn(h.year, h.month) {
		return hit{}, false
	}
	if p.tight(i+1) && p.wordAt(i+1) == "t" {
		if _, ok := p.num(i+2, 6); ok {
			h.end = i + 3
			if p.wordAt(h.end) == "z" {
				h.end++
			}
		}
	}
	return h, true
}

// eastern reads 2025年10月29日, 10月29日 and their Korean likes, from the year or
// the month on.
func (p *parser) eastern(i int) (hit, bool) {
	h := hit{start: i}
	j := i
	if year, ok, _ := p.year(i); ok && eastUnit(p.wordAt(i+1)) == '年' {
		h.year, h.end = year, i+2
		j = i + 2
	}
	month, ok := p.num(j, 2)
	if ok && month >= 1 && month <= 12 && eastUnit(p.wordAt(j+1)) == '月' {
		h.month, h.end = month, j+2
		if day, ok := p.num(j+2, 2); ok && day >= 1 && day <= 31 {
			if u := eastUnit(p.wordAt(j + 3)); u == '日' {
				h.day, h.end = day, j+4
			}
		}
	}
	switch {
	case h.year == 0 && h.day == 0:
		return hit{}, false
	case h.year == 0:
		h.needsYear = true
	}
	return h, true
}

// eastUnit tells the unit that a word of Chinese, Japanese or Korean begins
// with: 年, 月 or 日, else 0.
func eastUnit(w string) rune {
	switch r, _ := utf8.DecodeRuneInString(w); r {
	case '年', '년':
		return '年'
	case '月', '월':
		return '月'
	case '日', '号', '號', '일':
		return '日'
	}
	return 0
}

// clockAt says that a time stands at token i: "12:30".
func (p *parser) clockAt(i int) bool { return p.skipClock(i) > i }

// skipClock passes over a time such as "12:30", "9:05:59.123 pm" or "14h30", and gives
// the token after it, or i.
func (p *parser) skipClock(i int) int {
	hour, ok := p.num(i, 2)
	if !ok || hour > 24 {
		return i
	}
	if p.tight(i+1) && (p.is(i+1, ':') || p.wordAt(i+1) == "h") && p.tight(i+2) {
		if minute, ok := p.num(i+2, 2); ok && minute < 60 && p.toks[i+2].digits == 2 {
			j := i + 3
			if p.is(j, ':') && p.tight(j) && p.tight(j+1) {
				if _, ok := p.num(j+1, 2); ok {
					j += 2
					if p.is(j, '.', ',') && p.tight(j) && p.tight(j+1) && j+1 < len(p.toks) && p.toks[j+1].kind == number {
						j += 2
					}
				}
			}
			return p.half(j)
		}
	}
	if j := p.half(i + 1); j > i+1 && hour <= 12 {
		return j
	}
	return i
}

// half passes over "am", "p.m." and the like.
func (p *parser) half(i int) int {
	switch p.wordAt(i) {
	case "am", "pm":
		return i + 1
	case "a", "p":
		if p.is(i+1, '.') && p.wordAt(i+2) == "m" && p.tight(i+2) {
			if p.is(i+3, '.') && p.tight(i+3) {
				return i + 4
			}
			return i + 3
		}
	}
	return i
}

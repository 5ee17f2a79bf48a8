package dates

import "time"

// ago reads "yesterday", "2 days ago", "vor 3 Stunden", "il y a 2 jours",
// "вчера", "2 gün önce", counted from Options.Now.
func (p *parser) ago(i int) (hit, bool) {
	if p.now.IsZero() {
		return hit{}, false
	}
	if days, ok := namedDays[p.wordAt(i)]; ok && (p.whole || p.wordAt(i+1) != "s") {
		return p.back(i, i+1, 0, days), true
	}
	j := i
	lead := false
	switch w := p.wordAt(i); {
	case w == "il" && p.wordAt(i+1) == "y" && p.wordAt(i+2) == "a":
		j, lead = i+3, true
	case w == "vor" || w == "hace" || w == "há" || w == "منذ" || w == "for" && p.lang != "en":
		j, lead = i+1, true
	}
	n, ok := p.num(j, 4)
	if !ok {
		if w := p.wordAt(j); w == "a" || w == "an" || w == "ein" || w == "einem" || w == "einer" || w == "un" || w == "une" || w == "una" || w == "один" {
			n, ok = 1, true
		}
	}
	if !ok || j >= len(p.toks) {
		return hit{}, false
	}
	u, ok := spans[p.wordAt(j+1)]
	if !ok {
		return hit{}, false
	}
	end := j + 2
	if !lead {
		if !agoWords[p.wordAt(end)] {
			return hit{}, false
		}
		end++
	}
	if n > 10000 {
		return hit{}, false
	}
	switch u {
	case 'm':
		return p.back(i, end, n, 0), true
	case 'h':
		return p.back(i, end, n*60, 0), true
	case 'd':
		return p.back(i, end, 0, n), true
	case 'w':
		return p.back(i, end, 0, 7*n), true
	case 'M':
		t := p.now.AddDate(0, -n, 0)
		return hit{start: i, end: end, year: t.Year(), month: int(t.Month())}, true
	}
	return hit{start: i, end: end, year: p.now.Year() - n}, true
}

// back is the day that lies minutes and days before now.
func (p *parser) back(start, end, minutes, days int) hit {
	t := p.now.AddDate(0, 0, -days).Add(-time.Duration(minutes) * time.Minute)
	return hit{start: start, end: end, year: t.Year(), month: int(t.Month()), day: t.Day()}
}

// namedDays are words for a day near the present one, and how long ago it was.
var namedDays = func() map[string]int {
	m := map[string]int{}
	for days, words := range []string{
		"today heute aujourd сегодня сьогодні bugün bugun hoy oggi hoje dzisiaj dziś vandaag bu gün бүгін امروز اليوم 今日 今天",
		"yesterday gestern hier вчера вчора dün dünən ayer ieri ontem wczoraj gisteren кеше دیروز امس 昨日 昨天",
		"vorgestern позавчера позавчора anteayer przedwczoraj eergisteren 前天",
	} {
		for w := range set(words) {
			m[w] = days
		}
	}
	delete(m, "bu")
	delete(m, "gün")
	return m
}()

// spans are units of time: m minutes, h hours, d days, w weeks, M months, y years.
var spans = func() map[string]rune {
	m := map[string]rune{}
	for unit, words := range map[rune]string{
		'm': "minute minutes min mins minuten minuto minutos minuti minuta минуту минуты минут мин хвилин хвилини хвилину dakika dəqiqə minut minuty minuut минут دقیقه دقیقة دقائق 分 分钟",
		'h': "hour hours hr hrs stunde stunden std heure heures hora horas ora ore час часа часов ч годину години годин saat godzin godziny godzinę uur сағат ساعت ساعة ساعات 小時 小时",
		'd': "day days tag tagen tage jour jours día días dia dias giorno giorni день дня дней дні днів gün dzień dni dag dagen күн روز یوم ایام 天",
		'w': "week weeks woche wochen semaine semaines semana semanas settimana settimane неделю недели недель тиждень тижні тижнів hafta həftə tydzień tygodnie tygodni weken апта هفته اسبوع",
		'M': "month months monat monaten monate mois mes meses mês mese mesi месяц месяца месяцев місяць місяці місяців ay miesiąc miesiące miesięcy maand maanden ай ماه شهر",
		'y': "year years jahr jahren an ans année années año años ano anos anno anni год года лет рік роки років yıl il rok lata lat jaar жыл سال سنة",
	} {
		for w := range set(words) {
			m[w] = unit
		}
	}
	return m
}()

// agoWords follow a span that lies in the past.
var agoWords = set("ago назад тому önce evvel əvvəl öncə fa atrás temu geleden бұрын پیش قبل 前")

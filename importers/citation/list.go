package citation

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// longestList bounds a parenthesis that is read as a list of citations, and
// mostLists how many of them one text may have.
const (
	longestList = 1500
	mostLists   = 20000
)

// lists reads the parentheses and square brackets of the text.
func (s *scan) lists() {
	var open []int
	closing := map[rune]rune{')': '(', ']': '[', '）': '（'}
	n := 0
	for i, r := range s.r {
		switch r {
		case '(', '[', '（':
			if len(open) < 8 {
				open = append(open, i)
			}
		case ')', ']', '）':
			if len(open) == 0 {
				continue
			}
			if s.r[open[len(open)-1]] != closing[r] {
				open = open[:0]
				continue
			}
			start := open[len(open)-1]
			open = open[:len(open)-1]
			if i-start-1 > longestList || i-start-1 < 2 || n >= mostLists {
				continue
			}
			n++
			s.list(start, i, len(open) > 0)
		case '\n':
			if i > 0 && s.r[i-1] == '\n' {
				open = open[:0]
			}
		}
	}
}

// list reads the parenthesis that opens at position open and closes at close.
// Within another one it must have a date to count for itself.
func (s *scan) list(open, close int, inner bool) {
	if s.overlaps(open, close) {
		return // a parenthesis within was one already
	}
	if s.signature(open, close) {
		return
	}
	items, ok := s.items(open+1, close, false)
	if !ok {
		s.datedMention(open, close)
		return
	}
	if inner && !anyDated(items) {
		return
	}
	s.found = append(s.found, items...)
	s.take(open, close+1)
}

func anyDated(list []document.Citation) bool {
	for _, c := range list {
		if c.Date != "" {
			return true
		}
	}
	return false
}

// signature reads the line under an embedded post: "— Name (@handle) May 8,
// 2024".
func (s *scan) signature(open, close int) bool {
	handle := s.text(open+1, close)
	if len(handle) > 40 || !strings.HasPrefix(handle, "@") || !domainless.MatchString(handle) {
		return false
	}
	start := open
	for start > 0 && open-start < 80 && s.r[start-1] != '\n' && s.r[start-1] != '—' && s.r[start-1] != '–' {
		start--
	}
	if start == 0 || s.r[start-1] != '—' && s.r[start-1] != '–' {
		return false
	}
	moments := s.moments(close+1, min(close+40, len(s.r)))
	if len(moments) == 0 || strings.Trim(s.text(close+1, moments[0].start), " ,·") != "" {
		return false
	}
	it := &item{start: open + 1, end: close, outlet: "X", handle: handle, strength: certain, moments: moments[:1], own: true}
	s.found = append(s.found, s.citations(it)...)
	s.take(open, moments[0].end)
	return true
}

var domainless = regexp.MustCompile(`^@\w+$`)

// element is a date or a piece of text between separators.
type element struct {
	start, end int
	after      rune // the separator before it: ',' or ';', 0 where there is none
	isDate     bool
	moment     moment
}

// elements parts a stretch at commas, semicolons and dates. Quotations are kept
// whole.
func (s *scan) elements(start, end int) []element {
	var list []element
	after := rune(0)
	add := func(a, b int) {
		for a < b && (unicode.IsSpace(s.r[a]) || s.r[a] == '•') {
			a++
		}
		for b > a && unicode.IsSpace(s.r[b-1]) {
			b--
		}
		if a < b {
			el := element{start: a, end: b, after: after}
			if b-a == 4 && year.MatchString(s.text(a, b)) && len(list) > 0 {
				// A year alone is a date only in a list.
				el.isDate, el.moment = true, moment{start: a, end: b}
				el.moment.year, _ = strconv.Atoi(s.text(a, b))
			}
			list = append(list, el)
			after = 0
		}
	}
	piece := func(a, b int) {
		quote := rune(0)
		from := a
		for i := a; i < b; i++ {
			switch r := s.r[i]; {
			case quote != 0:
				if r == quote {
					quote = 0
				}
			case (r == '“' || r == '«' || r == '"' || r == '„') && s.closes(r, i, b):
				quote = closingQuote[r]
			case r == ',' || r == ';' || r == '，' || r == '；' || r == '、':
				add(from, i)
				from = i + 1
				if r == '；' {
					r = ';'
				}
				if after != ';' {
					after = r
				}
				if r == '，' || r == '、' {
					after = ','
				}
			}
		}
		add(from, b)
	}
	at := start
	for _, m := range s.moments(start, end) {
		piece(at, m.start)
		list = append(list, element{start: m.start, end: m.end, after: after, isDate: true, moment: m})
		after = 0
		at = m.end
	}
	piece(at, end)
	return list
}

var closingQuote = map[rune]rune{'“': '”', '«': '»', '"': '"', '„': '“'}

// closes tells whether the quotation that opens at i ends before end.
func (s *scan) closes(open rune, i, end int) bool {
	for k := i + 1; k < end; k++ {
		if s.r[k] == closingQuote[open] || open == '„' && s.r[k] == '”' {
			return s.r[k] == closingQuote[open]
		}
	}
	return false
}

var (
	// leads introduce a list or an item; strong ones say outright that what
	// follows is a source.
	strongLead = regexp.MustCompile(`(?i)^(?:see(?:,? (?:also|for example|for instance|e\.g\.))?,?|cf\.?|sources?\s*:|quoted (?:in|by)|(?:as )?(?:cited|reported|quoted|described|noted|published) (?:in|by|at|on)|according to|citing|originally(?: published)?(?: in| by| at| on)?|first (?:published|reported) (?:in|by)|published (?:in|by|on|at)|via|from|per|author’s translation of|` +
		`см\.?(?:,? (?:также|например|напр\.))?|ср\.|источники?\s*:?|цит\. по|цитируется по|по данным|по материалам|по информации|по сообщению|со ссылкой на|ранее в|опубликовано в|` +
		`(?:ayrıca )?bkz\.?(?: ayrıca)?:?|bakınız:?|kaynak(?:lar)?\s*:|akt\.|aktaran:?|alıntı:|` +
		`(?:həmçinin )?bax(?:ın)?\s*:?(?: həmçinin:?)?|mənbə(?:lər)?\s*:|istinad\s*:|` +
		`siehe(?: auch)?|vgl\.|quellen?\s*:|voir(?: aussi)?|véase(?: también)?|fuentes?\s*:|див\.(?: також)?|джерел[оа]\s*:|қараңыз:?)\s+`)
	weakLead = regexp.MustCompile(`(?i)^(?:and|&|also|as well as|e\.g\.,?|i\.e\.,?|for example,?|for instance,?|in|by|on|the website of|at|or|most recently|more recently|earlier|и|а также|также|например,?|напр\.,?|в|на сайте|сайт|газета|агентство|журнал|издание|ve|ayrıca|örneğin,?|və|həmçinin|məsələn,?|und|auch|z\. ?B\.|et|y|та|і)\s+`)
	// repost introduces the place that carried an item again. The paste may
	// have lost the blank before the name.
	repost = regexp.MustCompile(`^(?i:(?:and |и |ve |və )?(?:later |also |subsequently |позже |также )?(?:re-?posted|re-?published|re-?printed|reproduced|cross-?posted|re-?upped|shared|mirrored|syndicated|carried)(?: (?:also|later))?(?: (?:at|by|in|on|via|to)(?: the)?)?|` +
		`(?:re-?posted|reprinted|republished)(?:at|by|in|on)|(?:перепечатано|перепост(?:ил)?|репост|перепубликовано|опубликовано также|воспроизведено|переопубликовано)(?: (?:в|на|на сайте|у))?|` +
		`(?:yeniden (?:yayımlandı|yayınlandı|yayımlayan|yayınlayan)|tekrar (?:yayımlandı|yayınlayan)|alıntılayan|paylaşan)\s*:?|(?:təkrar dərc(?: edib| edən| olunub)?|yenidən dərc(?: edib| edən)?|paylaşıb|paylaşan)\s*:?)\s*`)
	skipped = regexp.MustCompile(`(?i)^(?:vol(?:ume)?\.?|no\.?|nr\.?|issue|iss\.|pp?\.|№|ch\.|с\.|стр\.|том|вып\.|sayı|s\.|cilt|say|səh\.)\s*[\divxlc]|^[\d–-]+$|^(?:in (?:english|russian|turkish|azerbaijani|kazakh|ukrainian)|на русском|author’s translation|emphasis added|translated|video|audio|interview|print edition|online|subscription required)$`)
	// notSource heads a date that is not the source's own.
	notSource  = regexp.MustCompile(`(?i)^(?:last )?(?:accessed|retrieved|updated|modified|archived|viewed|дата обращения|обновлено|erişim(?: tarihi)?|güncelleme|baxılıb|müraciət|since|until|till|after|before|from|born|died|elected|appointed|founded|established|с|до|после|beri|bəri)(?: on| in)?:?$|^(?:last )?(?:accessed|retrieved|updated|modified|archived|viewed)(?: on)?:?$`)
	credit     = regexp.MustCompile(`(?i)^(?:photo|image|picture|video|фото|фотография|foto|fotoğraf|şəkil|map|graphic|illustration)\b`)
	address    = regexp.MustCompile(`(?i)^(?:https?://|www\.)\S+$`)
	conjuncted = regexp.MustCompile(`(?i)^(?:and|&|or|und|et|y|и|ve|və|та|i|to|through|until|–|—|-|on|в|от|dated|of|the|tarihli|tarixli|at|as of|для|г\.|года|год|il|ildə|yılı|-cı|-ci|-cu|-cü|\.|:|again|and again)$`)
	bareDay    = regexp.MustCompile(`^(?:and |& |и |ve |və )?([12]?\d|3[01])$`)
)

var (
	// remarks stand in brackets within a list.
	remarks = regexp.MustCompile(`\[[^\[\]]*\]`)
	ibid    = regexp.MustCompile(`(?i)^(?:ibid(?:em)?\.?|idem|id\.|там же|тамо же|a\.g\.e\.|aynı yerde|yenə orada|ebd\.|ebenda)$`)
	// joint stands between two outlets.
	joint = regexp.MustCompile(`\s+(?:and|&|und|et|y|и|та|ve|və)\s+`)
	year  = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// pair parts "Interfax and TASS" into two where both are known.
func (s *scan) pair(el element) []element {
	name := s.text(el.start, el.end)
	m := joint.FindStringIndex(name)
	if m == nil {
		return nil
	}
	left := el
	left.end = el.start + utf8.RuneCountInString(name[:m[0]])
	right := element{start: el.start + utf8.RuneCountInString(name[:m[1]]), end: el.end, after: ','}
	lead := false
	a, b := s.outlet(left, &lead), s.outlet(right, &lead)
	if a == nil || b == nil || a.strength < certain || b.strength < certain {
		return nil
	}
	return []element{left, right}
}

// item is an outlet with its dates while a list is read.
type item struct {
	start, end     int // of the outlet in the text
	outlet, handle string
	strength       int
	moments        []moment
	own            bool // its dates are its own, not those of the outlet after it
	url, repostBy  string
}

// items reads a stretch as a list of citations. lead says that something before
// it announced sources. ok is false where it is no such list.
func (s *scan) items(start, end int, lead bool) (list []document.Citation, ok bool) {
	labelled := lead
	els := s.elements(start, end)
	if len(els) == 0 || len(els) > 400 {
		return nil, false
	}
	var items []*item
	var waiting []element // texts since the last date
	var undated []*item   // outlets that share the next outlet's date
	var orphans []moment  // dates before any outlet
	var current *item
	reposting := false
	pendingURL := "" // an address that stands before its date
	credits := credit.MatchString(s.text(els[0].start, els[0].end))

	shelve := func() {
		// What stood before a semicolon without a date waits for the next date.
		if it := s.choose(waiting, &lead); it != nil {
			undated = append(undated, it)
			items = append(items, it)
		}
		waiting = waiting[:0]
	}
	for i := range els {
		el := els[i]
		if el.after == ';' {
			if len(waiting) > 0 {
				shelve()
			}
			reposting = false
		}
		if !el.isDate {
			name := s.text(el.start, el.end)
			if m := repost.FindString(name); m != "" && current != nil && len(m) < len(name) {
				by := cleanName(name[len(m):])
				for _, it := range items {
					if it == current {
						it.repostBy = by
					}
				}
				reposting = true
				continue
			}
			if _, _, isHandle := asHandle(name); isHandle {
				waiting = append(waiting, el)
				continue
			}
			if address.MatchString(name) {
				if len(waiting) > 0 || current == nil {
					pendingURL = name
				} else if current.url == "" {
					current.url = name
				}
				continue
			}
			if m := bareDay.FindStringSubmatch(name); m != nil && current != nil && len(current.moments) > 0 && !reposting && len(waiting) == 0 {
				// "June 19, 21": another day of the month before.
				prev := current.moments[len(current.moments)-1]
				day := 0
				for _, c := range m[1] {
					day = day*10 + int(c-'0')
				}
				if prev.day > 0 && day > prev.day {
					current.moments = append(current.moments, moment{start: el.end - len(m[1]), end: el.end, year: prev.year, month: prev.month, day: day})
				}
				continue
			}
			if remark := strings.TrimSpace(remarks.ReplaceAllString(name, "")); remark == "" || conjuncted.MatchString(remark) || skipped.MatchString(name) || ibid.MatchString(name) && current != nil {
				continue
			}
			if pair := s.pair(el); pair != nil {
				waiting = append(waiting, pair...)
				continue
			}
			waiting = append(waiting, el)
			continue
		}
		// A date.
		if len(waiting) > 0 && notSource.MatchString(s.text(waiting[len(waiting)-1].start, waiting[len(waiting)-1].end)) {
			if waiting = waiting[:len(waiting)-1]; len(waiting) > 0 {
				shelve()
				undated = nil
			}
			continue
		}
		if len(waiting) == 0 {
			switch {
			case reposting:
			case current != nil:
				current.moments = append(current.moments, el.moment)
			default:
				orphans = append(orphans, el.moment)
			}
			continue
		}
		it := s.choose(waiting, &lead)
		if it != nil && it.strength == certain && len(waiting) > 1 && it.handle == "" {
			// "TASS, RIA Novosti, October 12": known names share the date.
			for _, el := range waiting {
				if o := s.outlet(el, &lead); o != nil && o.strength == certain && o.start < it.start {
					undated = append(undated, o)
					items = append(items, o)
				}
			}
			if o := s.outlet(waiting[len(waiting)-1], &lead); o != nil && o.strength == certain && o.start > it.start {
				for _, el := range waiting {
					if m := s.outlet(el, &lead); m != nil && m.strength == certain && m.start >= it.start && m.start < o.start {
						undated = append(undated, m)
						items = append(items, m)
					}
				}
				it = o
			}
		}
		waiting = waiting[:0]
		if it == nil {
			// What stands before the date is no outlet: neither is the date one's.
			current, undated, reposting = nil, nil, true
			continue
		}
		it.moments, it.own = []moment{el.moment}, true
		it.url, pendingURL = pendingURL, ""
		items = append(items, it)
		for _, u := range undated {
			if len(u.moments) == 0 {
				u.moments = []moment{el.moment}
			}
		}
		undated, reposting = nil, false
		current = it
	}
	if len(waiting) > 0 {
		shelve()
	}
	if len(orphans) > 0 && len(items) == 1 && len(items[0].moments) == 0 {
		// "8 May 2024, EDM".
		items[0].moments, items[0].own = orphans, true
	}
	return s.settle(items, lead, labelled, credits)
}

// settle keeps the items that are citations, gives their dates years, and tells
// whether the whole is a list of citations.
func (s *scan) settle(items []*item, lead, labelled, credits bool) ([]document.Citation, bool) {
	sure, dated := lead, 0
	for _, it := range items {
		if it.strength >= likely && (len(it.moments) > 0 || it.strength == certain) {
			sure = true
		}
		if len(it.moments) > 0 {
			dated++
		}
	}
	if credits && dated == 0 {
		return nil, false
	}
	var list []document.Citation
	for _, it := range items {
		strength := it.strength
		fullDate := len(it.moments) > 0 && it.moments[0].month > 0
		switch {
		case strength == notOutlet:
			continue
		case len(it.moments) == 0 && (strength < certain && !(labelled && strength >= likely)):
			continue
		case len(it.moments) == 0 && !lead && (unsure[it.outlet] || it.handle != "" && it.outlet == it.handle):
			continue
		case len(it.moments) > 0 && strength < certain && !fullDate && !lead:
			continue // "(The Company, 1925)" is a book's imprint
		case strength == possible && !sure && dated == 0:
			continue
		}
		if strength == certain && len(it.moments) == 0 && dated == 0 && !lead && s.abbreviates(it) {
			continue
		}
		list = append(list, s.citations(it)...)
	}
	return list, len(list) > 0
}

// unsure are outlets whose names are words: in a parenthesis without a date
// they are read as such.
var unsure = wordSet(`Report Trend Dawn Time Orient Karar Sabah Arka Mehr ABC Caliber Turan Duvar Upstream Fars Avesta Forbes Kabar AA Власть Взгляд Дождь Версия Зеркало Спутник Тренд Репорт Курсив`)

// abbreviates tells whether the parenthesis only gives the short form of the
// name before it: "Eurasia Daily Monitor (EDM)".
func (s *scan) abbreviates(it *item) bool {
	r := []rune(it.outlet)
	for i := len(r) - 1; i >= 0; i-- {
		if !unicode.IsUpper(r[i]) {
			return false
		}
	}
	before := s.text(it.start-80, it.start-1)
	words := strings.FieldsFunc(before, func(c rune) bool { return unicode.IsSpace(c) || c == '-' || c == '/' })
	if len(words) == 0 {
		return false
	}
	// Compare capitals from the end, letting small words out.
	k := len(r) - 1
	for i := len(words) - 1; i >= 0 && k >= 0; i-- {
		first, _ := utf8.DecodeRuneInString(words[i])
		if unicode.ToUpper(first) == r[k] {
			k--
		} else if !small[strings.ToLower(words[i])] {
			break
		}
	}
	return k < 0
}

// citations turns an item into one citation a date.
func (s *scan) citations(it *item) []document.Citation {
	base := document.Citation{Start: it.start, End: it.end, Outlet: it.outlet, Handle: it.handle, RepostedBy: it.repostBy, URL: it.url}
	name := it.outlet
	if it.handle != "" && it.handle != it.outlet {
		name += "/" + it.handle
	}
	base.Text = name
	if len(it.moments) == 0 {
		return []document.Citation{base}
	}
	resolved, inferred := resolve(it.moments, s.o.Published)
	var list []document.Citation
	for i, m := range it.moments {
		c := base
		if i > 0 {
			c.Start = m.start
		}
		if it.own && m.end > c.Start {
			c.End = m.end
		}
		c.Date, c.DateInferred = resolved[i], inferred[i]
		c.Precision = c.Date.Precision()
		when := inFull(c.Date, s.o.Lang)
		if c.Date == "" {
			when = s.text(m.start, m.end)
		}
		c.Text = name + ", " + when
		list = append(list, c)
	}
	return list
}

// choose picks the outlet among the texts that stand before a date: authors and
// headlines stand there too. It is nil where there is none.
func (s *scan) choose(texts []element, lead *bool) *item {
	var best *item
	for k, el := range texts {
		it := s.outlet(el, lead)
		if it == nil || it.strength == notOutlet {
			continue
		}
		quotation := strings.ContainsRune(`“"«„`, s.r[el.start])
		if quotation && it.strength < certain && len(texts) > 1 {
			continue // the headline
		}
		if best == nil || it.strength > best.strength || it.strength == best.strength && it.strength < certain && k == len(texts)-1 {
			best = it
		}
	}
	if best != nil && best.handle != "" && best.outlet == best.handle {
		// "Telegram, @channel": the platform stands before the handle.
		for _, el := range texts {
			name := s.text(el.start, el.end)
			for strongLead.MatchString(name) {
				name = name[len(strongLead.FindString(name)):]
			}
			if platforms.MatchString(name) {
				best.outlet = platform(name, best.handle)
				best.start = min(best.start, el.end-utf8.RuneCountInString(name))
			}
		}
	}
	if best != nil && best.strength == possible && len(texts) > 2 {
		return nil // a sentence with commas
	}
	return best
}

var headline = regexp.MustCompile(`^(?:“[^“”]{6,200}”|"[^"]{6,200}"|«[^«»]{6,200}»|„[^„“”]{6,200}[“”])[\s,.]+`)

var platforms = regexp.MustCompile(`(?i)^(?:telegram|телеграм|twitter|x|vk|youtube|instagram|facebook|tiktok|threads|bluesky|mastodon)$`)

// outlet reads one piece of text as the name of an outlet.
func (s *scan) outlet(el element, lead *bool) *item {
	start, end := el.start, el.end
	name := s.text(start, end)
	for range 6 {
		if m := strongLead.FindString(name); m != "" && len(m) < len(name) {
			*lead = true
			name = name[len(m):]
			start += utf8.RuneCountInString(m)
			continue
		}
		if _, known := byName[name]; known {
			break
		}
		if m := weakLead.FindString(name); m != "" && len(m) < len(name) {
			name = name[len(m):]
			start += utf8.RuneCountInString(m)
			continue
		}
		break
	}
	// A headline without a comma of its own before the outlet: “…,” Reuters.
	if m := headline.FindString(name); m != "" && strings.TrimSpace(name[len(m):]) != "" {
		name = name[len(m):]
		start += utf8.RuneCountInString(m)
	}
	if m := remarks.FindStringIndex(name); m != nil && m[0] > 0 && strings.TrimSpace(name[m[1]:]) == "" {
		end -= utf8.RuneCountInString(name[m[0]:])
		name = name[:m[0]]
	}
	trimmed := strings.TrimRight(name, " .,:–—-")
	end -= utf8.RuneCountInString(name) - utf8.RuneCountInString(trimmed)
	name = trimmed
	if name == "" {
		return nil
	}
	it := &item{start: start, end: end}
	if outlet, handle, ok := asHandle(name); ok {
		it.outlet, it.handle, it.strength = outlet, handle, certain
		return it
	}
	// A known outlet in other words: "the Russian daily Kommersant",
	// "«Коммерсанта»".
	clean := cleanName(name)
	it.outlet = clean
	it.strength = strength(clean, s.o.Lang)
	if it.strength < certain {
		for i := start; i < end; i++ {
			a, stop, with := s.known(i)
			if a == nil || with > end {
				continue
			}
			rest := strings.TrimSpace(strings.Trim(s.text(with, end), `”"»’'`))
			if i == start && rest != "" && it.strength >= possible {
				// A longer name that begins like a known one stands for itself:
				// "BBC Monitoring", "Trend Micro".
				break
			}
			if rest == "" && (i == start || descriptive(s.text(start, i))) {
				it.outlet, it.strength, it.start = a.name, certain, i
				if i > start && strings.ContainsRune(`“"«„`, s.r[i-1]) {
					it.start = i - 1
				}
				if a.stems == nil {
					it.outlet = s.text(i, stop)
				}
				break
			}
		}
	} else if a, stop, _ := s.known(start); a != nil {
		if a.stems != nil {
			it.outlet = a.name
		} else if stop < end {
			it.outlet = s.text(start, stop)
		}
	}
	return it
}

// descriptive tells whether words are only such as describe an outlet.
func descriptive(words string) bool {
	for _, w := range strings.Fields(words) {
		w = strings.ToLower(strings.Trim(w, `.,:;"“”«»'’`))
		if w == "" || small[w] || mediumNouns[w] || describing[strings.TrimSuffix(strings.TrimSuffix(w, "’s"), "'s")] {
			continue
		}
		return false
	}
	return true
}

var describing = wordSet(`the a an state state-run state-owned pro-kremlin pro-government independent opposition private official semi-official local national regional
	russian kazakh kazakhstani azerbaijani armenian georgian turkish iranian ukrainian chinese british american us german french western uzbek kyrgyz tajik turkmen
	russia kazakhstan azerbaijan armenia georgia turkey iran ukraine china moscow-based baku-based astana-based tbilisi-based london-based
	business financial economic daily weekly online leading news agency agencies outlet newspaper paper tabloid broadcaster magazine website site portal channel tv television radio service wire journal publication platform media
	bloc think tank research group
	государственное российское российская российский казахстанское казахстанский азербайджанское агентство информагентство информационное издание агентства агентству агентством информагентства издания изданию портала сайта телеканала газета газеты газету газете журнал журнала портал портала сайт сайта телеканал телеканала деловое деловая независимое интернет-издание новостное новостной информационный
	haber ajansı ajansının ajansına gazetesi gazetesine gazetesinde gazetesinin kanalına sitesine dergisine gazete sitesi kanalı televizyonu rus azerbaycan kazak devlet resmi
	xəbər agentliyi agentliyinin qəzetinin saytının portalının telekanalının jurnalının gazetesinin sitesinin ajansının kanalının dergisinin dergisi jurnalı qəzeti saytı portalı telekanalı rusiya rusiyanın türkiyə türkiyənin qazaxıstan qazaxıstanın azərbaycanın dövlət rəsmi informasiya`)

// cleanName takes quotation marks and stray punctuation off a name.
func cleanName(name string) string {
	name = strings.TrimSpace(strings.TrimRight(strings.TrimSpace(name), ".,;: "))
	for _, q := range []string{"“”", "\"\"", "«»", "„“", "‘’", "''", "„”"} {
		r := []rune(q)
		in := []rune(name)
		if len(in) > 2 && in[0] == r[0] && in[len(in)-1] == r[1] {
			name = strings.TrimSpace(string(in[1 : len(in)-1]))
		}
	}
	name = strings.TrimRight(name, ", ")
	if m := trailing.FindString(name); m != "" && len(m) < len(name) {
		name = name[:len(name)-len(m)]
	}
	return name
}

// trailing are words between a name and its date.
var trailing = regexp.MustCompile(`(?i),?\s+(?:on|of|dated|from|от|за|в)$`)

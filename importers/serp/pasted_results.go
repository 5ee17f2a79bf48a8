package serp

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// results reads the groups of lines below the answer. Each result of a pasted
// page shows its address in a line of its own; the title stands over it, or
// over a site's name and it, or right below it, the same way throughout one
// page.
func (p *paste) results() {
	rest := p.lines[min(p.next, len(p.lines)):]
	var lines []string
	section := ""
	kinds := map[int]string{} // line → section it stands in
	for _, l := range rest {
		switch {
		case l == "":
			continue
		case strings.HasPrefix(l, "›") && len(lines) > 0:
			// The rest of an address that stands in two lines.
			if _, ok := displayAddress(lines[len(lines)-1]); ok {
				lines[len(lines)-1] += " " + l
				continue
			}
		case sectionEnd.MatchString(l):
			section = ""
			p.drop(document.Navigation, l)
			continue
		case sectionStart.MatchString(l):
			section = sectionKind(l)
			p.drop(document.Navigation, l)
			continue
		case pageMark.MatchString(l):
			section = ""
			p.drop(document.Navigation, l)
			continue
		case statistics.MatchString(l), chrome.MatchString(l), endOfAnswer.MatchString(l), collapsedMark.MatchString(l), pager.MatchString(l), footer.MatchString(l):
			p.drop(document.Navigation, l)
			continue
		}
		kinds[len(lines)] = section
		lines = append(lines, l)
	}
	p.groups(lines, kinds)
	none := ""
	for _, l := range p.lines[:min(len(p.lines), 500)] {
		if len(l) < 400 && nothing.MatchString(l) {
			none = l
			break
		}
	}
	ordinary := 0
	for _, r := range p.d.Search.Results {
		if r.Kind == "" {
			ordinary++
		}
	}
	if none != "" && ordinary == 0 {
		p.d.Warnings = append(p.d.Warnings, "the engine says that it found nothing: "+none)
	}
	finish(p.d)
}

var (
	sectionStart = regexp.MustCompile(`(?i)^(?:people also ask|people also search for|related searches(?: for .*)?|top stories|videos|images for .*|latest news|news about .*|discover more.*|похожие запросы|люди также (?:спрашивают|ищут)|похожие вопросы|вместе с .* ищут|главные новости|kullanıcılar bunları da sordu|diğer kullanıcılar şunu da sordu|benzer aramalar|ilgili aramalar|ähnliche fragen|nutzer fragen auch|ähnliche suchanfragen|schlagzeilen|autres questions(?: posées)?|recherches associées|à la une|más preguntas|otras preguntas de los usuarios|búsquedas relacionadas|noticias destacadas|le persone hanno chiesto anche|ricerche correlate|as pessoas também perguntam|pesquisas relacionadas|相关搜索|大家还在搜|sponsored(?: results?)?|sponsored links?|реклама|gesponsert|anzeigen|sponsorlu)$`)
	// sectionEnd stands below the questions that people also ask.
	sectionEnd = regexp.MustCompile(`(?i)^(?:feedback|обратная связь|оставить отзыв|geri bildirim|feedback geben|commentaires|enviar comentarios|rəy|відгук)$`)
	pager      = regexp.MustCompile(`(?i)^(?:(?:\d{1,2}\s*)+|next|previous|more results|next >|›|вперёд|дальше|следующая|sonraki|weiter|suivant|siguiente|page navigation)$`)
	footer     = regexp.MustCompile(`(?i)^(?:help|send feedback|privacy|terms|footer links|update location|from your .*address|based on your places.*|results are (?:not )?personalized.*|learn more about .*|© .*|missing: .*|must include: .*|show results with:.*|справка|настройки|конфиденциальность|условия|gizlilik|şartlar)$`)
)

func sectionKind(line string) string {
	lower := strings.ToLower(line)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(lower, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("also ask", "спрашивают", "вопросы", "sordu", "fragen", "questions", "preguntas", "chiesto", "perguntam"):
		return "question"
	case has("search for", "related", "discover", "похожие запросы", "ищут", "arama", "suchanfragen", "recherches associées", "búsquedas", "ricerche", "pesquisas", "相关", "还在搜"):
		return "related"
	case has("stories", "news", "новости", "schlagzeilen", "à la une", "noticias"):
		return "news"
	case has("videos"):
		return "video"
	case has("sponsor", "реклама", "anzeigen"):
		return "ad"
	}
	return ""
}

// groups cuts the lines into results at the lines that show addresses.
func (p *paste) groups(lines []string, kinds map[int]string) {
	var at []int
	var addresses []shown
	for i, l := range lines {
		if s, ok := displayAddress(l); ok && !(i > 0 && len(at) > 0 && at[len(at)-1] == i-1 && sameHost(addresses[len(addresses)-1].url, s.url)) {
			at = append(at, i)
			addresses = append(addresses, s)
		}
	}
	if addressesLast(lines, at) {
		lines, kinds, at = addressesFirst(lines, kinds, at)
	}
	below := p.titleBelow(lines, at)
	used := make([]bool, len(lines))
	rank := 0
	shortened := 0
	for k, i := range at {
		if rank >= maxResults {
			break
		}
		start, end := 0, len(lines)
		if k > 0 {
			start = at[k-1] + 1
		}
		if k+1 < len(at) {
			end = at[k+1]
		}
		r := document.Result{URL: addresses[k].url, Kind: kinds[i]}
		switch r.Kind {
		case "related", "news", "video":
			// What these sections hold shows no address: the section is over.
			r.Kind = ""
		case "question":
			// Below an opened question stands its answer, then where that is from.
			if !answersQuestion(lines[start:i]) {
				r.Kind = ""
			}
		}
		u, err := url.Parse(addresses[k].url)
		if err != nil {
			continue
		}
		r.Site = strings.TrimPrefix(u.Hostname(), "www.")
		if addresses[k].site != "" {
			r.Site = addresses[k].site
		}
		used[i] = true
		from := i + 1
		if below {
			for from < end && (used[from] || sameHostLine(lines[from], u.Hostname())) {
				used[from] = true
				from++
			}
			if from >= end {
				continue
			}
			r.Title = lines[from]
			used[from] = true
			from++
			// The site's name stands over the address.
			if i > start && siteName(lines[i-1], u.Hostname()) && !used[i-1] {
				r.Site = lines[i-1]
				used[i-1] = true
			}
		} else {
			t := i - 1
			if t >= start && t > 0 && !used[t] && siteName(lines[t], u.Hostname()) && t-1 >= start && !used[t-1] && titleLike(lines[t-1]) {
				r.Site = lines[t]
				used[t] = true
				t--
			}
			if t < start || used[t] || !titleLike(lines[t]) {
				continue
			}
			r.Title = lines[t]
			used[t] = true
			if t > start && adWords.MatchString(lines[t-1]) {
				r.Kind = "ad"
				used[t-1] = true
			}
		}
		// The snippet ends where the next result begins: its title and site.
		stop := end
		if k+1 < len(at) {
			next := at[k+1]
			host := ""
			if v, err := url.Parse(addresses[k+1].url); err == nil {
				host = v.Hostname()
			}
			if below {
				if next-1 >= from && siteName(lines[next-1], host) {
					stop = next - 1
				}
			} else {
				stop = next - 1
				if next-2 >= from && siteName(lines[next-1], host) && titleLike(lines[next-2]) {
					stop = next - 2
				}
				if stop-1 >= from && adWords.MatchString(lines[stop-1]) {
					stop--
				}
			}
		}
		var snippet []string
		for j := from; j < stop && j < from+12; j++ {
			l := lines[j]
			if kinds[j] != kinds[i] || used[j] {
				break
			}
			if d, ok := resultDate(l, p.received); ok {
				if r.Date == "" {
					r.Date = d
				}
				used[j] = true
				continue
			}
			if utf8.RuneCountInString(l) < 25 && len(snippet) > 0 && !sentenceEnd(l) {
				continue // a link below the result
			}
			snippet = append(snippet, l)
			used[j] = true
		}
		r.Snippet = strings.Join(snippet, " ")
		r.Snippet = strings.TrimSpace(strings.TrimPrefix(r.Snippet, "WEB "))
		if d, rest, ok := cutDate(r.Snippet, p.received); ok {
			if r.Date == "" {
				r.Date = d
			}
			r.Snippet = rest
		}
		if adWords.MatchString(firstWord(r.Snippet)) || i > 0 && !below && adWords.MatchString(lines[max(i-3, 0)]) && i-3 >= start {
			r.Kind = "ad"
		}
		if addresses[k].shortened {
			shortened++
		}
		if r.Kind == "" {
			rank++
			r.Rank = rank
		}
		p.d.Search.Results = append(p.d.Search.Results, r)
	}
	p.loose(lines, kinds, used)
	if shortened > 0 {
		p.d.Warnings = append(p.d.Warnings, "the addresses of some results were shown shortened in what was pasted: only the site's part is kept")
	}
}

// addressesLast tells whether results end with their addresses, as Baidu's do:
// the first has its title and text above it, and below the last there is none.
func addressesLast(lines []string, at []int) bool {
	if len(at) < 2 || at[0] < 2 {
		return false
	}
	for _, l := range lines[at[len(at)-1]+1:] {
		if titleLike(l) && utf8.RuneCountInString(l) > 24 || longText(l) {
			return false
		}
	}
	good := 0
	for k, i := range at {
		from := 0
		if k > 0 {
			from = at[k-1] + 1
		}
		if i-from >= 2 && titleLike(lines[from]) && longText(lines[i-1]) {
			good++
		}
	}
	return 2*good > len(at)
}

// longText tells running text also where words have no spaces between them.
func longText(l string) bool {
	n := utf8.RuneCountInString(l)
	return snippetLike(l) || n > 20 && strings.ContainsAny(l, "。，") || n >= 40
}

// addressesFirst moves each address above the lines that belong to it.
func addressesFirst(lines []string, kinds map[int]string, at []int) ([]string, map[int]string, []int) {
	moved, places, tops := make([]string, 0, len(lines)), map[int]string{}, make([]int, 0, len(at))
	put := func(i int) {
		places[len(moved)] = kinds[i]
		moved = append(moved, lines[i])
	}
	from := 0
	for _, i := range at {
		tops = append(tops, len(moved))
		put(i)
		for ; from < i; from++ {
			put(from)
		}
		from = i + 1
	}
	for ; from < len(lines); from++ {
		put(from)
	}
	return moved, places, tops
}

// answersQuestion tells whether the lines before an address are a question and
// its answer.
func answersQuestion(lines []string) bool {
	asked := false
	for _, l := range lines {
		if strings.HasSuffix(l, "?") {
			asked = true
		} else if asked && snippetLike(l) {
			return true
		}
	}
	return false
}

// loose takes what stands in the sections of questions and related searches,
// and drops the other lines that no result took.
func (p *paste) loose(lines []string, kinds map[int]string, used []bool) {
	p.cards(lines, kinds, used)
	var dropped []string
	for i, l := range lines {
		if used[i] {
			continue
		}
		switch {
		case kinds[i] == "question" && strings.HasSuffix(l, "?") && utf8.RuneCountInString(l) < 200,
			kinds[i] == "related" && utf8.RuneCountInString(l) < 90:
			p.d.Search.Results = append(p.d.Search.Results, document.Result{Title: l, Kind: kinds[i]})
		default:
			dropped = append(dropped, l)
		}
	}
	p.drop(document.Navigation, dropped...)
}

// cards takes the news and videos that stand in sections of their own: a headline
// and who carries it, in either order, above how old it is.
func (p *paste) cards(lines []string, kinds map[int]string, used []bool) {
	for i := 2; i < len(lines); i++ {
		kind := kinds[i]
		if kind != "news" && kind != "video" || kinds[i-1] != kind || kinds[i-2] != kind || used[i] || used[i-1] || used[i-2] || utf8.RuneCountInString(lines[i]) > 30 {
			continue
		}
		date, ok := resultDate(lines[i], p.received)
		if !ok {
			continue
		}
		title, site := lines[i-1], lines[i-2]
		if strings.Contains(title, " · ") || utf8.RuneCountInString(site) > utf8.RuneCountInString(title) {
			title, site = site, title
		}
		if utf8.RuneCountInString(title) < 10 || utf8.RuneCountInString(site) > 60 {
			continue
		}
		used[i], used[i-1], used[i-2] = true, true, true
		p.d.Search.Results = append(p.d.Search.Results, document.Result{Title: title, Site: site, Date: date, Kind: kind})
	}
}

// titleBelow tells whether titles stand below their addresses on this page.
// After the address comes a title then, short and without an end, and with the
// snippet behind it; otherwise the snippet comes at once.
func (p *paste) titleBelow(lines []string, at []int) bool {
	score := 0
	for k, i := range at {
		end := len(lines)
		if k+1 < len(at) {
			end = at[k+1]
		}
		gap := end - i - 1
		if k == 0 && (i == 0 || !titleLike(lines[i-1])) {
			score += 2
		}
		if gap == 0 {
			continue
		}
		if snippetLike(lines[i+1]) {
			score--
		} else if gap >= 2 && (snippetLike(lines[i+2]) || gap >= 3 && snippetLike(lines[i+3])) {
			score++
		}
		if i > 0 && snippetLike(lines[i-1]) {
			score++
		}
	}
	if score == 0 {
		return p.engine == bing || p.engine == duckduckgo || p.engine == ecosia || p.engine == brave
	}
	return score > 0
}

// snippetLike tells a line of running text.
func snippetLike(l string) bool {
	n := utf8.RuneCountInString(l)
	return n > 110 || n > 50 && (strings.HasSuffix(l, ".") || strings.HasSuffix(l, "...") && n > 80 || strings.HasSuffix(l, "…") && n > 80 || strings.Contains(l, ". ") && n > 80) || dateSeparator.MatchString(l) && n > 60 && startsWithDate(l)
}

func startsWithDate(l string) bool {
	m := dateSeparator.FindStringSubmatch(l)
	return m != nil && strings.ContainsAny(m[1], "0123456789")
}

// titleLike tells a line that can be a result's title.
func titleLike(l string) bool {
	n := utf8.RuneCountInString(l)
	if n < 3 || n > 160 || snippetLike(l) && n > 110 {
		return false
	}
	_, isAddress := displayAddress(l)
	return !isAddress && !adWords.MatchString(l)
}

// siteName tells whether a line names the site of a host: it is short and
// shares a word with it, or is short without looking like a headline.
func siteName(l, host string) bool {
	n := utf8.RuneCountInString(l)
	if n == 0 || n > 45 || sentenceEnd(l) || len(strings.Fields(l)) > 6 {
		return false
	}
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	squeezed := strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, strings.ToLower(l))
	bare := strings.ReplaceAll(strings.ReplaceAll(host, ".", ""), "-", "")
	if strings.Contains(bare, squeezed) || strings.Contains(squeezed, strings.Split(host, ".")[0]) && len(strings.Split(host, ".")[0]) > 2 {
		return true
	}
	return len(strings.Fields(l)) <= 3 && n <= 25
}

func sameHostLine(l, host string) bool {
	s, ok := displayAddress(l)
	return ok && sameHost(s.url, "https://"+host)
}

func sameHost(a, b string) bool {
	u, err1 := url.Parse(a)
	v, err2 := url.Parse(b)
	return err1 == nil && err2 == nil && strings.EqualFold(strings.TrimPrefix(u.Hostname(), "www."), strings.TrimPrefix(v.Hostname(), "www."))
}

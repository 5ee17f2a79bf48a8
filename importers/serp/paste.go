package serp

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// paste reads the lines of a pasted page from top to bottom.
type paste struct {
	lines         []string
	engine, query string
	d             *document.Document
	next          int // the first line that is not yet read
	received      time.Time
}

func (p *paste) drop(reason document.Reason, lines ...string) {
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	if text != "" {
		p.d.Dropped = append(p.d.Dropped, document.Dropped{Reason: reason, Text: text})
	}
}

// head drops what stands above the page's own text: title, search box, tabs.
func (p *paste) head(at int) {
	p.drop(document.Navigation, p.lines[:at]...)
	p.next = at
}

var (
	// endOfAnswer are lines with which an AI answer ends.
	endOfAnswer = regexp.MustCompile(`(?i)^(?:ai responses may include mistakes.*|ai can make mistakes.*|ai-generated.*may.*|generative ai is experimental.*|dive deeper in ai mode|dive deeper|ask a follow[- ]?up.*|auto-generated based on listed sources.*|was this helpful\??.*|для ответов ии.*|в ответах ии возможны ошибки.*|ответы ии могут.*|yapay zek[aâ].* (?:hata|yanlış).*|ki-antworten können fehler.*|les réponses.*ia.*erreurs.*|las respuestas.*ia.*errores.*|le risposte.*ai.*errori.*|as respostas.*ia.*erros.*|info quality may vary.*|sources|источники|kaynaklar|mənbələr|quellen|fuentes|fonti|fontes)$`)
	// collapsedMark says that only part of the answer stood on the page.
	collapsedMark = regexp.MustCompile(`(?i)^(?:show more|show all|read more|see more|more|expand|показать ещё|показать больше|развернуть|читать далее|daha fazla göster|devamını oku|daha çox göstər|mehr anzeigen|alle anzeigen|afficher plus|tout afficher|mostrar más|mostrar todo|mostra altro|mostrar mais|もっと見る|展开)(?: \+?\d+)?$`)
	// declinedMark says that the engine gave no answer.
	declinedMark = regexp.MustCompile(`(?i)^(?:an ai overview is not available for this search.*|ai overview is not available.*|(?:sorry, )?(?:i |we )?can(?:'|’)t (?:generate|answer|help with|create) (?:an ai overview|that|this).*|can(?:'|’)t generate an ai overview right now.*|no ai (?:overview|answer) (?:is )?available.*|an answer (?:is not|isn't|isn’t) available.*|обзор от ии недоступен.*|не удалось создать обзор.*|yapay zek[aâ] özeti (?:kullanılamıyor|mevcut değil|oluşturulamıyor).*|für diese suche ist keine ki-übersicht.*|aucun aperçu ia.*|no hay (?:ningún )?resumen de ia.*|unable to generate.*answer.*)$`)
	// chrome are lines of the page's own controls.
	chrome = regexp.MustCompile(`(?i)^(?:skip to main content|accessibility (?:help|links|feedback)|turn off continuous scrolling|sign in|about this result|feedback|listen|share|copy|export|more options|pause|play|like|dislike|learn more|thank you|thanks|your feedback helps google improve.*|see our privacy policy\.?|close|all|images|videos|news|maps|shopping|books|flights|finance|web|forums|short videos|more|tools|settings|any time|all results|verbatim|filters and topics|ai mode|past (?:hour|24 hours|day|week|month|year)|advanced search|search modes|search settings|safesearch.*|все|картинки|видео|новости|карты|покупки|ещё|инструменты|войти|tümü|görseller|haberler|videolar|haritalar|daha fazla|araçlar|oturum aç|hamısı|şəkillər|xəbərlər|alle|bilder|nachrichten|tous|vidéos|actualités|todo|imágenes|noticias|vídeos|mapas|translate this page|cached|百度快照|评价|百度首页|百度一下|网页|图片|资讯|视频|贴吧|知道|文库|地图|采购|更多|设置|登录|新闻|jump to.*|overview|\+\d+|view all|opens in new tab|search with your voice|search by image|clear|google apps|main menu)$`)
	// chip is a source's mark behind a statement: "Reuters +2".
	plusMore = regexp.MustCompile(`^\+\s?\d{1,2}$`)
	chip     = regexp.MustCompile(`^(.{2,60}?)\s*\+\s?\d{1,2}$`)
)

// answer reads the AI answer, if there is one below the head.
func (p *paste) answer() {
	start, found := -1, false
	limit := min(len(p.lines), p.next+80)
	for i := p.next; i < limit; i++ {
		line := p.lines[i]
		if e := answerHeading(line); e != "" && (e == p.engine || e == anyEngine || p.engine == "") {
			start, found = i, true
			break
		}
		if rest := afterHeading(line, p.engine); rest != "" {
			// The heading was glued to the answer.
			p.lines[i] = rest
			start, found = i-1, true
			break
		}
		if declinedMark.MatchString(line) {
			start, found = i-1, true
			break
		}
		if pageMark.MatchString(line) {
			break
		}
		if _, ok := displayAddress(line); ok {
			break
		}
	}
	if !found {
		return
	}
	p.drop(document.Navigation, p.lines[p.next:max(start+1, p.next)]...)
	i := start + 1
	answer := &document.Answer{State: document.Answered}
	var body []string
	var sourcesOf [][]string
	ended := false
	for ; i < len(p.lines) && !ended; i++ {
		line := p.lines[i]
		switch {
		case line == "":
		case declinedMark.MatchString(line):
			answer.State = document.Declined
			p.drop(document.Navigation, line)
			ended = true
		case endOfAnswer.MatchString(line):
			p.drop(document.Navigation, line)
			ended = true
		case collapsedMark.MatchString(line):
			p.drop(document.Navigation, line)
			if len(body) > 0 {
				answer.State = document.Collapsed
				if !p.answerGoesOn(i + 1) {
					ended = true
				} else {
					answer.State = document.Answered
				}
			}
		case pageMark.MatchString(line):
			i--
			ended = true
		case p.resultBegins(i):
			i--
			ended = true
		case plusMore.MatchString(line):
			// "Harbour Times" in a line, "+2" in the next.
			if n := len(body); n > 1 && headingLine(body[n-1]) && len(strings.Fields(body[n-1])) <= 6 && !strings.HasSuffix(body[n-1], ":") {
				sourcesOf[n-2] = append(sourcesOf[n-2], body[n-1])
				body, sourcesOf = body[:n-1], sourcesOf[:n-1]
			}
		case chip.MatchString(line) && len(body) > 0:
			m := chip.FindStringSubmatch(line)
			sourcesOf[len(sourcesOf)-1] = append(sourcesOf[len(sourcesOf)-1], strings.TrimSpace(m[1]))
		case isSourceLine(line) && len(body) > 0:
			sourcesOf[len(sourcesOf)-1] = append(sourcesOf[len(sourcesOf)-1], line)
		case chrome.MatchString(line):
			p.drop(document.Navigation, line)
		default:
			body = append(body, line)
			sourcesOf = append(sourcesOf, nil)
		}
	}
	p.next = i
	list := piecesWithSources(body, sourcesOf)
	answer.Sections = sections(list)
	if answer.Sections == nil {
		answer.Sections = []document.Section{}
		if answer.State == document.Answered {
			answer.State = document.Collapsed
		}
	}
	if n := len(body); n > 0 && answer.State == document.Answered {
		if last := body[n-1]; strings.HasSuffix(last, "…") || strings.HasSuffix(last, "...") {
			answer.State = document.Collapsed
		}
	}
	place(p.d, answer)
}

// afterHeading gives what follows an answer's heading in the same line: "AI
// OverviewBoth …". It is empty where the line does not begin so.
func afterHeading(line, engine string) string {
	lower := strings.ToLower(line)
	if len(lower) != len(line) || len(line) < 40 {
		return ""
	}
	for heading, e := range answerHeadings {
		if e == "" || e != engine && e != anyEngine || !strings.HasPrefix(lower, heading) {
			continue
		}
		rest := strings.TrimLeft(line[len(heading):], " :+")
		if first, _ := utf8.DecodeRuneInString(rest); unicode.IsUpper(first) && len(rest) > 30 {
			return rest
		}
	}
	return ""
}

// piecesWithSources reads lines with the sources that were marked behind each.
func piecesWithSources(lines []string, sources [][]string) []piece {
	vocabulary := words(lines)
	var list []piece
	for i, line := range lines {
		line, listed := unbullet(line)
		if line == "" {
			continue
		}
		for _, part := range unglue(line, vocabulary) {
			if len(list) >= maxResults {
				return settleHeadings(list)
			}
			q := read(part)
			q.listed = listed
			list = append(list, q)
		}
		if len(sources[i]) > 0 && len(list) > 0 {
			list[len(list)-1].sources = sources[i]
		}
	}
	return settleHeadings(list)
}

// isSourceLine tells a line that is nothing but a domain.
func isSourceLine(line string) bool {
	return len(line) < 60 && !strings.ContainsAny(line, " ") && bareDomain.MatchString(line)
}

// answerGoesOn tells whether the lines after a "Show more" still belong to the
// answer: pages that were opened keep the button's text.
func (p *paste) answerGoesOn(i int) bool {
	for n := 0; i < len(p.lines) && n < 3; i++ {
		line := p.lines[i]
		if line == "" || chrome.MatchString(line) {
			continue
		}
		if pageMark.MatchString(line) || p.resultBegins(i) {
			return false
		}
		if endOfAnswer.MatchString(line) {
			return n > 0
		}
		if _, _, ok := cutLabel(line); ok {
			return true
		}
		n++
	}
	return false
}

// resultBegins tells whether a result's group of lines begins at line i: its
// address stands in one of the next lines.
func (p *paste) resultBegins(i int) bool {
	seen := 0
	for k := i; k < len(p.lines) && seen < 3; k++ {
		line := p.lines[k]
		if line == "" {
			continue
		}
		seen++
		if _, ok := displayAddress(line); ok {
			return seen == 1 || shortLine(p.lines[i])
		}
		if !shortLine(line) {
			return false
		}
	}
	return false
}

func shortLine(line string) bool {
	n := utf8.RuneCountInString(line)
	if n == 0 || n > 130 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	return !(strings.ContainsRune(".。;", last) && n > 60 && !strings.HasSuffix(line, "..."))
}

var (
	bareDomain = regexp.MustCompile(`(?i)^(?:https?://)?(?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,12}/?$`)
	crumbs     = regexp.MustCompile(`(?i)^((?:https?://)?(?:[\p{L}\p{N}_-]+\.)+[\p{L}]{2,12}(?::\d+)?)\s*(?:›|»|>|&gt;)\s*.*$`)
	fullURL    = regexp.MustCompile(`(?i)^(?:https?://\S+|(?:[\p{L}\p{N}-]+\.)+[\p{L}]{2,12}/\S*)$`)
	// dayAfter is the day behind an address, as Baidu shows it.
	dayAfter = regexp.MustCompile(`^\s+\d{4}[-/年]\d`)
	inParens = regexp.MustCompile(`(?i)^(.{1,60}?)\s*\(?((?:https?://|www\.)\S+?(?:\s*›.*)?)\)?$`)
)

// shown is a result's address as the page shows it.
type shown struct {
	url       string // as far as it is known
	shortened bool   // a path was shown as crumbs or cut
	site      string // a site's name that stood before it in the same line
}

// displayAddress reads a line that is a result's address: "https://example.org
// › world › asia", "example.org/world", "example.org". Sentences that hold an
// address are none.
func displayAddress(line string) (shown, bool) {
	if i := strings.IndexByte(line, ' '); i > 0 && dayAfter.MatchString(line[i:]) {
		line = line[:i]
	}
	if len(line) < 4 || len(line) > 600 || !strings.ContainsRune(line, '.') {
		return shown{}, false
	}
	if m := crumbs.FindStringSubmatch(line); m != nil {
		u := m[1]
		if !strings.Contains(u, "://") {
			u = "https://" + u
		}
		return shown{url: u, shortened: strings.TrimSpace(line[len(m[1]):]) != ""}, true
	}
	if strings.ContainsRune(line, ' ') {
		if m := inParens.FindStringSubmatch(line); m != nil && len(strings.Fields(m[1])) <= 5 {
			if s, ok := displayAddress(m[2]); ok {
				s.site = m[1]
				return s, true
			}
		}
		return shown{}, false
	}
	if fullURL.MatchString(line) || bareDomain.MatchString(line) {
		short := strings.HasSuffix(line, "…") || strings.HasSuffix(line, "...")
		u := strings.TrimRight(line, "….")
		if !strings.Contains(u, "://") {
			u = "https://" + u
		}
		return shown{url: u, shortened: short}, true
	}
	return shown{}, false
}

package serp

import (
	"net/url"
	"regexp"
	"strings"
)

// titled is what a result page's title or address says.
type titled struct {
	engine, query string
	address       string
	truncated     bool
	strong        bool // no ordinary page has such a title
}

// The titles that engines give their result pages: the query, then the engine's
// own words in the language of its interface.
var titlePatterns = []struct {
	engine  string
	strong  bool
	pattern *regexp.Regexp
}{
	{google, true, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+(?:Google Search|Google[- ]Suche|Recherche Google|Buscar con Google|Buscar en Google|Búsqueda de Google|Cerca con Google|Ricerca Google|Pesquisa Google|Pesquisa do Google|Szukaj w Google|Поиск в Google|Google Поиск|Пошук Google|Пошук у Google|Google['’]da Ara|Google Ara|Google Axtarış[ıi]?|Google-da Axtar|Google Іздеу|Google іздеу|Google қидирув|Google Qidiruv|Google 搜尋|Google 搜索|Google 検索|Google 검색|Google zoeken|Căutare Google|Vyhledávání Google|Hledat Googlem|Vyhľadávanie Google|Google[- ]keresés|Google-søgning|Google-søk|Google-haku|Sök på Google|Google Sök|Cerca amb Google|بحث Google|‏?بحث Google‏?|جستجوی Google|חיפוש ב-Google|Αναζήτηση Google|Google Որոնում|Google ძიება|Търсене с Google|Google претрага|Google pretraživanje|Google Penelusuran|Penelusuran Google|Tìm trên Google|Tìm kiếm trên Google|Google खोज)(?:\s|$)`)},
	{google, true, regexp.MustCompile(`(?i)^(?:Google (?:Search|Suche)|Recherche Google|Поиск в Google)\s*[:–—-]\s+(.+)$`)},
	{duckduckgo, true, regexp.MustCompile(`(?i)^(.+?)\s+(?:at|bei|chez|en|em|su|w|в|на|på|[-–—|])\s+DuckDuckGo(?:\s|$)`)},
	{bing, true, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+(?:Microsoft Bing|Bing(?: Search| Suche)?|Поиск Bing)(?:\s|$)`)},
	{bing, false, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+(?:Search|Suchen|Suche|Поиск|Arama|Axtar(?:ış)?|Rechercher|Buscar|Búsqueda|Cerca|Pesquisar|Wyszukaj|Пошук|搜索|検索)(?:\s|$)`)},
	{yandex, true, regexp.MustCompile(`(?i)^(.+?)\s*[-–—:|]\s+(?:Яндекс|Yandex)(?:[:.,].*|\s*(?:Поиск|Search|нашлось|нашёлся|нашлась|found)?.*)$`)},
	{baidu, true, regexp.MustCompile(`^(.+?)\s*[_–—-]\s*百度(?:搜索|一下)?(?:\s|$)`)},
	{ecosia, true, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+Ecosia(?:\s*[-–—|].*)?(?:\s|$)`)},
	{yahoo, true, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+(?:Yahoo[!]?\s*(?:Search|Suche|Recherche|Búsqueda|Ricerca|Arama|Suchergebnisse|奇摩|検索)|Yahoo!?検索)(?:\s.*)?$`)},
	{brave, true, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+Brave Search(?:\s|$)`)},
	{startpage, true, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+Startpage(?: Search)?(?:\s.*)?$`)},
	{ask, true, regexp.MustCompile(`(?i)^(.+?)\s+[-–—|]\s+Ask\.com(?:[ -]Web)?[ -](?:Search|Suche)(?:\s|$)|^Ask\.com\s*[-–—]\s*(.+)$`)},
}

// fromTitle reads a result page's title: "coal exports – Google Search". Its
// address may stand behind it in the same line, as some programs paste it.
func fromTitle(line string) (titled, bool) {
	line = strings.TrimSpace(line)
	if line == "" || len(line) > 2500 || !namesEngine(line) {
		return titled{}, false
	}
	var t titled
	rest := line
	if m := trailingAddress.FindStringIndex(line); m != nil {
		address := strings.TrimSpace(line[m[0]:m[1]])
		if a, ok := fromAddress(address); ok {
			t = a
			rest = strings.TrimSpace(line[:m[0]])
		}
	}
	for _, p := range titlePatterns {
		m := p.pattern.FindStringSubmatchIndex(rest)
		if m == nil || !p.strong && t.engine != p.engine {
			continue
		}
		if t.engine != "" && t.engine != p.engine {
			continue
		}
		query := ""
		for i := 2; i+1 < len(m); i += 2 {
			if m[i] >= 0 {
				query = rest[m[i]:m[i+1]]
				break
			}
		}
		// Only the address may follow the engine's words.
		if tail := strings.TrimSpace(rest[m[1]:]); tail != "" && t.address == "" && p.engine != yandex {
			continue
		}
		query = cleanQuery(query)
		if query == "" {
			continue
		}
		t.engine, t.strong = p.engine, p.strong
		if t.query == "" || t.truncated || len(query) > len(t.query) {
			t.query = query
		}
		return t, true
	}
	return titled{}, false
}

// engineWords stand in every title and address of a result page but Bing's weak
// titles, which only count with its address.
var engineWords = []string{"oogle", "uckDuck", "uckduck", "ndex", "ндекс", "Bing", "bing", "百度", "cosia", "ahoo", "rave", "tartpage", "sk.com", "aidu", "ya.ru"}

func namesEngine(s string) bool {
	for _, w := range engineWords {
		if strings.Contains(s, w) {
			return true
		}
	}
	upper := strings.ToUpper(s)
	return upper == s && (strings.Contains(s, "GOOGLE") || strings.Contains(s, "BING") || strings.Contains(s, "YAHOO"))
}

// cleanQuery takes off what browsers put before a title: the number of unread
// messages, marks of direction, an audio sign.
func cleanQuery(q string) string {
	q = strings.Trim(q, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069 \t🔊")
	if m := unread.FindString(q); m != "" && len(m) < len(q) {
		q = q[len(m):]
	}
	return strings.TrimSpace(q)
}

var (
	unread          = regexp.MustCompile(`^\(\d+\)\s+`)
	trailingAddress = regexp.MustCompile(`(?i)(?:^|\s|[(<\[])((?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/\S*[?&]\S*|(?:https?://)?(?:www\.)?(?:google|bing|duckduckgo|yandex|baidu|ecosia|yahoo|brave)\.[a-z.]{2,6}/\S*)$`)
)

// engineHosts recognise the engines by the host and path of a result page, and
// name the parameters that carry the query.
var engineHosts = []struct {
	engine string
	host   *regexp.Regexp
	path   *regexp.Regexp
	params []string
}{
	{google, regexp.MustCompile(`^(?:www\.|m\.|news\.|encrypted\.|ipv4\.|ipv6\.|images\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?$`), regexp.MustCompile(`^/(?:search|webhp|sorry|custom|images)?(?:/|$)`), []string{"q", "query"}},
	{bing, regexp.MustCompile(`^(?:[a-z]{2,4}\.)?bing\.com$`), regexp.MustCompile(`^/(?:search|news/search|copilotsearch|videos/search|images/search)(?:/|$)`), []string{"q"}},
	{duckduckgo, regexp.MustCompile(`^(?:html\.|lite\.|www\.|start\.|safe\.|noai\.)?duckduckgo\.com$`), regexp.MustCompile(`^/(?:html|lite)?/?$`), []string{"q"}},
	{yandex, regexp.MustCompile(`^(?:www\.|m\.)?(?:yandex\.(?:[a-z]{2,3}|com\.tr)|ya\.ru)$`), regexp.MustCompile(`^/(?:search|yandsearch|msearch|touchsearch|images/search|video/search)(?:/|$)`), []string{"text", "query"}},
	{baidu, regexp.MustCompile(`^(?:www\.|m\.)?baidu\.com$`), regexp.MustCompile(`^/(?:s|baidu|from.*/s)$`), []string{"wd", "word"}},
	{ecosia, regexp.MustCompile(`^(?:www\.)?ecosia\.org$`), regexp.MustCompile(`^/(?:search|news|images|videos|web)`), []string{"q"}},
	{yahoo, regexp.MustCompile(`^(?:[a-z]{2,4}\.)*(?:search\.)?(?:[a-z]{2,4}\.)*yahoo\.(?:com|co\.jp)$`), regexp.MustCompile(`^/search`), []string{"p", "va"}},
	{brave, regexp.MustCompile(`^search\.brave\.com$`), regexp.MustCompile(`^/(?:search|news|images|videos|ask)`), []string{"q"}},
	{startpage, regexp.MustCompile(`^(?:www\.)?startpage\.com$`), regexp.MustCompile(`^/(?:sp/search|do/(?:dsearch|search|metasearch\.pl))`), []string{"query", "q"}},
	{ask, regexp.MustCompile(`^(?:www\.|[a-z]{2}\.)?ask\.com$`), regexp.MustCompile(`^/web`), []string{"q"}},
}

// fromAddress reads a result page's address. One that was shortened with "…"
// is marked, and its query may be cut.
func fromAddress(address string) (titled, bool) {
	address = strings.TrimSpace(strings.Trim(address, "()<>[]"))
	if address == "" || len(address) > 8000 || strings.ContainsAny(address, " \n\t") || !strings.ContainsRune(address, '.') || !strings.ContainsAny(address, "/") || !namesEngine(strings.ToLower(address)) {
		return titled{}, false
	}
	full := address
	truncated := strings.HasSuffix(address, "…") || strings.HasSuffix(address, "...")
	full = strings.TrimRight(full, "….")
	if !strings.Contains(full, "://") {
		full = "https://" + full
	}
	u, err := url.Parse(full)
	if err != nil {
		// A cut in the middle of an escape.
		if i := strings.LastIndexByte(full, '%'); i < 0 {
			return titled{}, false
		} else if u, err = url.Parse(full[:i]); err != nil {
			return titled{}, false
		}
	}
	host := strings.ToLower(u.Hostname())
	for _, e := range engineHosts {
		if !e.host.MatchString(host) || !e.path.MatchString(u.Path) {
			continue
		}
		query := ""
		values := u.Query()
		if u.RawQuery == "" && strings.Contains(u.Fragment, "q=") {
			values, _ = url.ParseQuery(u.Fragment)
		}
		for _, p := range e.params {
			if query = strings.TrimSpace(values.Get(p)); query != "" {
				break
			}
		}
		if query == "" && !truncated {
			continue // the engine's front page
		}
		return titled{engine: e.engine, query: query, address: address, truncated: truncated}, true
	}
	return titled{}, false
}

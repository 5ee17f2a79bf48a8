package serp

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/notebook/document"
)

// ReadText reads a result page that was copied out of a browser. ok is false
// where text is none. Text that some program wrapped around the page, such as
// who shared it, is told apart from the page.
func ReadText(text string, o Options) (*document.Document, bool) {
	if len(text) > maxBytes {
		return nil, false
	}
	text = partTitle(text)
	t, at, ok := recogniseText(text, o)
	if !ok {
		return nil, false
	}
	text, shared, sharedLine := cutShared(text, o)
	lines := splitLines(text)
	at = min(at, len(lines))

	d := snapshot(t.engine, t.query, t.address, t.truncated)
	d.URL = o.URL
	d.SharedBy = shared
	d.OriginOf = map[string]document.Origin{}
	if t.query != "" {
		d.OriginOf["title"] = document.FromText
		d.OriginOf["query"] = document.FromText
	}
	if sharedLine != "" {
		d.Dropped = append(d.Dropped, document.Dropped{Reason: document.Share, Text: sharedLine})
	}
	p := &paste{lines: lines, engine: t.engine, query: t.query, d: d, received: o.Received}
	p.head(at)
	p.answer()
	p.results()
	d.Lang = language.Detect(d.Title + "\n" + d.Text)
	switch {
	case d.Search.Query == "":
		d.Warnings = append(d.Warnings, "the query is not in what was pasted")
	case t.truncated:
		d.OriginOf["url"] = document.FromText
	}
	return d, true
}

// anyDay reads a date in whatever language it is written.
func anyDay(s string, o Options) (document.Date, bool) {
	for _, lang := range []string{"en", "ru", "tr", "az", "de", "fr", "es", ""} {
		if day, ok := dates.Parse(s, lang, dates.Options{Reference: dates.Of(o.Received)}); ok {
			return day, true
		}
	}
	return "", false
}

// runOn is a page whose title, address and text lost the line ends between
// them.
var runOn = regexp.MustCompile(`^\s*(\S.{2,400}?)\s((?:https?://)?(?:[\w-]+\.)+[a-z]{2,}/\S*\?\S*)\s+(\S.{20,})`)

// partTitle gives the title and address of a page lines of their own where the
// text follows them in the same line.
func partTitle(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	if len(first) > 1<<20 {
		return text
	}
	m := runOn.FindStringSubmatchIndex(first)
	if m == nil {
		return text
	}
	if _, ok := fromTitle(first[:m[5]]); !ok {
		return text
	}
	return text[:m[5]] + "\n" + text[m[6]:]
}

func splitLines(text string) []string {
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
	if len(lines) > maxLines {
		lines = lines[:maxLines]
	}
	for i, l := range lines {
		lines[i] = strings.TrimSpace(strings.Map(func(r rune) rune {
			switch {
			case r < ' ' && r != '\t', r == 0x7f:
				return -1
			case r == '\u200e' || r == '\u200f' || r == '\u202a' || r == '\u202c' || r == '\u200b' || r == '\ufeff':
				return -1
			case unicode.Is(unicode.Zs, r):
				return ' '
			}
			return r
		}, l))
	}
	return lines
}

// recogniseText looks at the first lines of text. at is the line after the one
// that named the page.
func recogniseText(text string, o Options) (t titled, at int, ok bool) {
	lines := firstLines(text, headLines)
	var evidence int
	titleAt := -1
	for i, line := range lines {
		if line == "" {
			continue
		}
		if titleAt < 0 {
			if found, yes := fromTitle(line); yes {
				t, titleAt, at = found, i, i+1
				if found.address != "" {
					evidence += 2
				}
				continue
			}
		}
		if a, yes := fromAddress(line); yes && (t.engine == "" || t.engine == a.engine) && t.address == "" {
			evidence += 2
			t.address, t.truncated = a.address, a.truncated
			if t.engine == "" {
				t.engine = a.engine
			}
			if t.query == "" || len(a.query) > len(t.query) && !a.truncated {
				t.query = a.query
			}
			if titleAt < 0 || i <= titleAt+2 {
				at = max(at, i+1)
			}
			continue
		}
		if e := answerHeading(line); e != "" && (t.engine == "" || t.engine == e || e == anyEngine) {
			evidence++
			if t.engine == "" && (i == firstFull(lines) || countAddresses(lines) >= 1) {
				t.engine = e
				if e == anyEngine {
					t.engine = ""
				}
				evidence++
			}
			continue
		}
		if t.engine != "" || titleAt < 0 {
			if len(line) > 160 {
				continue
			}
			if statistics.MatchString(line) {
				evidence++
			} else if pageMark.MatchString(line) {
				evidence++
			}
		}
	}
	if a, yes := fromAddress(o.URL); yes && (t.engine == "" || t.engine == a.engine) {
		evidence += 2
		t.engine = a.engine
		if t.address == "" || t.truncated && !a.truncated {
			t.address, t.truncated = a.address, a.truncated
		}
		if t.query == "" || !a.truncated && a.query != "" {
			t.query = a.query
		}
	}
	if t.engine == "" {
		return t, 0, false
	}
	if evidence < 2 && titleAt >= 0 && t.strong {
		// Tabs stand below the title, and addresses in the manner of result pages
		// further down.
		tabs := 0
		for _, l := range lines {
			if len(l) < 40 && chrome.MatchString(l) {
				tabs++
			}
		}
		if tabs >= 3 {
			evidence++
		}
		if countAddresses(firstLines(text, 200)) >= 2 {
			evidence += 2
		}
	}
	if evidence >= 2 || evidence == 1 && titleAt >= 0 && t.strong {
		return t, at, true
	}
	return t, 0, false
}

// firstLines gives the first n lines of text that are not longer than a title
// can be, blank ones included, without splitting the rest.
func firstLines(text string, n int) []string {
	var lines []string
	for range n {
		i := strings.IndexByte(text, '\n')
		line := text
		if i >= 0 {
			line = text[:i]
		}
		if len(line) > 4000 {
			line = line[:4000]
		}
		lines = append(lines, strings.TrimSpace(strings.Trim(line, "\u200e\u200f\ufeff\r ")))
		if i < 0 {
			break
		}
		text = text[i+1:]
	}
	return lines
}

func firstFull(lines []string) int {
	for i, l := range lines {
		if l != "" {
			return i
		}
	}
	return -1
}

func countAddresses(lines []string) int {
	n := 0
	for _, l := range lines {
		if _, ok := displayAddress(l); ok {
			n++
		}
	}
	return n
}

// anyEngine stands for an AI answer's heading that several engines use.
const anyEngine = "any"

// answerHeadings are the lines that stand over AI answers.
var answerHeadings = map[string]string{
	"ai overview": google, "ai overviews": google, "обзор от ии": google, "обзор ии": google, "обзор от искусственного интеллекта": google,
	"yapay zekâ özeti": google, "yapay zeka özeti": google, "yapay zekaya genel bakış": google, "yapay zeka tarafından oluşturulan genel bakış": google,
	"übersicht mit ki": google, "ki-übersicht": google, "aperçu ia": google, "aperçu généré par ia": google, "resumen de ia": google,
	"vista creada con ia": google, "visión general creada por ia": google, "visão geral criada por ia": google, "panoramica ia": google,
	"ai による概要": google, "ai 개요": google, "ai 概览": google, "огляд від ші": google, "przegląd od ai": google, "ai-overzicht": google, "sün'i intellekt icmalı": google, "ai icmalı": google,
	"generative ai is experimental": google, "ai mode": "",
	"copilot answer": bing, "copilot search": bing, "copilot": "", "answer from copilot": bing,
	"search assist": duckduckgo, "duckassist": duckduckgo, "assist": duckduckgo,
	"ai answer": anyEngine, "ai-generated answer": brave, "answer with ai": brave, "ai summary": anyEngine,
	"нейро": yandex, "алиса ai": yandex, "alice ai": yandex, "алиса ии": yandex, "ответ нейро": yandex, "алиса": "", "ответ алисы": yandex, "быстрый ответ алисы": yandex, "поиск с алисой": yandex,
	"ai 智能回答": baidu, "ai智能回答": baidu, "百度ai": baidu,
}

func answerHeading(line string) string {
	if len(line) > 120 {
		return ""
	}
	return answerHeadings[strings.ToLower(strings.Trim(line, " :✦✨+*|·"))]
}

var (
	statistics = regexp.MustCompile(`(?i)^(?:about |page \d+ of )?(?:about )?[\d.,\s]+ results?(?: \([\d.,]+ (?:seconds|sec)\))?$|^(?:результатов: примерно|нашлось|найдено|yaklaşık|ungefähr|environ|cerca de|aproximadamente|circa|təxminən|нашёлся)\s+[\d.,\s]+.{0,60}$|^[\d.,\s]+ (?:млн|тыс\.?) результат.{0,40}$|^百度为您找到`)
	// pageMark are headings that only result pages have.
	pageMark = regexp.MustCompile(`(?i)^(?:search results|web results|people also ask|people also search for|related searches|related searches for .*|результаты поиска|похожие запросы|люди также спрашивают|вместе с .* ищут|похожие вопросы|arama sonuçları|kullanıcılar bunları da sordu|benzer sorular|diğer kullanıcılar şunu da sordu|ilgili aramalar|axtarış nəticələri|ähnliche fragen|ähnliche suchanfragen|suchergebnisse|nutzer fragen auch|autres questions(?: posées)?|recherches associées|résultats de recherche|más preguntas|búsquedas relacionadas|otras preguntas de los usuarios|le persone hanno chiesto anche|ricerche correlate|as pessoas também perguntam|pesquisas relacionadas|相关搜索|大家还在搜)$`)
)

// sharedLine is how posts are signed when they are copied: "— Name (@handle)
// Sep 17, 2025". It may be glued to the last sentence.
var sharedLine = regexp.MustCompile(`[—–―]\s*([^\n—–―()@]{1,80}?)\s*\((@[\p{L}\p{N}_.]{1,40})\)\s*[·,|]?\s*([^\n]{0,60})\s*$`)

// cutShared takes the line that says who shared the page off the end of text.
func cutShared(text string, o Options) (rest string, by *document.SharedBy, line string) {
	trimmed := strings.TrimRightFunc(text, unicode.IsSpace)
	end := len(trimmed)
	for range 3 {
		start := strings.LastIndexByte(trimmed[:end], '\n') + 1
		last := trimmed[start:end]
		if len(last) < 1<<16 {
			if m := sharedLine.FindStringSubmatchIndex(last); m != nil {
				date := strings.TrimSpace(last[m[6]:m[7]])
				day, ok := anyDay(date, o)
				if ok || date == "" {
					by = &document.SharedBy{Name: strings.TrimSpace(last[m[2]:m[3]]), Handle: last[m[4]:m[5]], Date: day}
					return trimmed[:start+m[0]], by, strings.TrimSpace(last[m[0]:])
				}
			}
		}
		if start == 0 {
			break
		}
		// A line or two of counters may stand below.
		if utf8.RuneCountInString(strings.TrimSpace(last)) > 40 {
			break
		}
		end = start - 1
	}
	return text, nil, ""
}

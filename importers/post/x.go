package post

import (
	"regexp"
	"strings"
)

var (
	handleLine = regexp.MustCompile(`^@[A-Za-z0-9_]{1,20}$`)
	// oneLine is a name, handle and date in a single line.
	oneLine = regexp.MustCompile(`^(.{1,60}?)\s*\(?(@[A-Za-z0-9_]{1,20})\)?\s*[·•]\s*(.{1,40})$`)
	// clock is the line under an opened post: "9:14 AM · Oct 22, 2025".
	clock   = regexp.MustCompile(`(?i)^(?:last edited\s*)?\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m\.?|\s?ÖÖ|\s?ÖS)?\s*[·•]\s*(.{4,40}?)(?:\s*[·•]\s*.*)?$`)
	counter = regexp.MustCompile(`(?i)^(?:[\d.,]+\s?(?:[KMkм]|тыс\.?|млн|B|mln|bin|min)?\.?\s*)?(?:views?|reposts?|retweets?|quotes?|quote tweets?|likes?|bookmarks?|replies|reply|shares?|comments?|post your reply|relevant|view \d+ repl.*|read [\d.,]+k? repl.*|просмотр\p{L}*|репост\p{L}*|цитат\p{L}*|нравится|отмет\p{L}* .*|ответ\p{L}*|закладк\p{L}*|görüntülenme|yeniden gönderi|alıntı|beğeni|yanıt|baxış|bəyənmə|like|comment|share|send|save|show this thread|translate post|translate bio|show translation|показать перевод|перевести пост|gönderiyi çevir|who can reply\?.*)$|^[\d.,]+\s?(?:[KMB]|тыс\.?|млн)?$|^[·•]$`)
	xChrome = regexp.MustCompile(`(?i)^(?:post|see new posts|conversation|home|explore|notifications|messages|grok|profile|more|follow|following|subscribe|premium|pinned|pinned post|thread|see new tweets|tweet|trending.*|what[’']s happening|log in|sign up|don[’']t miss what[’']s happening|people on x are the first to know\.?|to view keyboard shortcuts, press question mark|view keyboard shortcuts|replying to.*|пост|запись|читать|подписаться|gönderi|takip et|verified account|image|embedded video|gif|alt|edited|.{1,50} (?:reposted|retweeted))$`)
	xName   = regexp.MustCompile(`^.{1,70}$`)
	xTitled = regexp.MustCompile(`(?s)^(?:\(\d+\)\s*)?(.{1,70}?)(?:\s*\((@[A-Za-z0-9_]{1,20})\))? (?:on|в|auf|sur|en|X’te|X'te) (?:X|Twitter)\s*:\s*["“«](.+)["”»]\s*/\s*(?:X|Twitter)\s*$`)
)

// xTitle reads the title that X gives a post's page: `Name on X: "…" / X`.
func xTitle(lines []string, o Options) (*read, bool) {
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	if len(text) > 30000 || !strings.HasSuffix(text, "/ X") && !strings.HasSuffix(text, "/ Twitter") {
		return nil, false
	}
	m := xTitled.FindStringSubmatch(text)
	if m == nil {
		return nil, false
	}
	return &read{site: "X", name: m[1], handle: m[2], body: strings.Split(strings.TrimSpace(m[3]), "\n")}, true
}

// header looks for a name, a handle and a date from line i on, and gives the
// line after them.
func header(lines []string, i int, o Options) (r *read, next int, ok bool) {
	if i >= len(lines) {
		return nil, 0, false
	}
	if m := oneLine.FindStringSubmatch(lines[i]); m != nil {
		if d, yes := day(m[3], o); yes {
			return &read{site: "X", name: strings.TrimSpace(m[1]), handle: m[2], date: d, dated: true}, i + 1, true
		}
	}
	name := lines[i]
	if name == "" || !xName.MatchString(name) || strings.HasPrefix(name, "@") || counter.MatchString(name) || xChrome.MatchString(name) {
		return nil, 0, false
	}
	k := i + 1
	skip := func() {
		for k < len(lines) && (lines[k] == "" || lines[k] == "·" || lines[k] == "•" || lines[k] == "Verified account") {
			k++
		}
	}
	skip()
	if k >= len(lines) {
		return nil, 0, false
	}
	r = &read{site: "X", name: name}
	switch {
	case handleLine.MatchString(lines[k]):
		r.handle = lines[k]
		k++
	default:
		m := oneHandle.FindStringSubmatch(lines[k])
		if m == nil {
			return nil, 0, false
		}
		d, yes := day(m[2], o)
		if !yes {
			return nil, 0, false
		}
		r.handle, r.date, r.dated = m[1], d, true
		return r, k + 1, true
	}
	after := k
	skip()
	if k < len(lines) {
		if d, yes := day(lines[k], o); yes {
			r.date, r.dated = d, true
			return r, k + 1, true
		}
	}
	return r, after, true
}

var oneHandle = regexp.MustCompile(`^(@[A-Za-z0-9_]{1,20})\s*[·•]\s*(.{1,40})$`)

// xPage reads a post as the site's own page or time line gives it.
func xPage(lines []string, o Options) (*read, bool) {
	if !holds(lines, 80, "@") {
		return nil, false
	}
	start, seen := -1, 0
	var r *read
	next := 0
	for i := 0; i < len(lines) && seen < 40; i++ {
		if lines[i] == "" {
			continue
		}
		seen++
		if h, n, ok := header(lines, i, o); ok {
			r, next, start = h, n, i
			break
		}
	}
	if r == nil {
		return nil, false
	}
	sure := r.dated || ours(o.URL, "x.com", "twitter.com")
	for _, l := range lines[:start] {
		if l == "" {
			continue
		}
		if !xChrome.MatchString(l) && !counter.MatchString(l) && !sure {
			return nil, false
		}
		r.dropped = append(r.dropped, l)
	}
	into := r
	done := false
	counters := 0
	for i := next; i < len(lines); i++ {
		l := lines[i]
		if done {
			r.dropped = append(r.dropped, l)
			continue
		}
		if m := clock.FindStringSubmatch(l); m != nil {
			if d, ok := day(m[1], o); ok {
				r.dropped = append(r.dropped, l)
				if d != "" || !r.dated {
					r.date, r.dated = d, true
				}
				sure = true
				done = true
				continue
			}
		}
		if l == "Quote" || l == "Цитата" || l == "Alıntı" {
			if q, n, ok := nextHeader(lines, i+1, o); ok {
				r.quoted, into = q, q
				i = n - 1
				continue
			}
		}
		if counter.MatchString(l) && l != "" {
			counters++
			r.dropped = append(r.dropped, l)
			if counters >= 3 {
				done = true
				sure = true
			}
			continue
		}
		counters = 0
		if q, n, ok := header(lines, i, o); ok && q.dated && l != "" && r.quoted == nil && len(nonEmpty(into.body)) > 0 {
			// Another post: a quoted one stands right below the text, a reply after
			// the counters.
			r.quoted, into = q, q
			i = n - 1
			continue
		}
		if xChrome.MatchString(l) {
			r.dropped = append(r.dropped, l)
			continue
		}
		into.body = append(into.body, l)
	}
	return r, sure
}

func nextHeader(lines []string, i int, o Options) (*read, int, bool) {
	for i < len(lines) && lines[i] == "" {
		i++
	}
	return header(lines, i, o)
}

// signature closes an embedded post: "— Name (@handle) October 22, 2025".
var signature = regexp.MustCompile(`^(.*?)\s*[—–―]\s*([^—–―()@\n]{1,70}?)\s*\((@[A-Za-z0-9_]{1,40})\)\s*[·,]?\s*(.{0,60})$`)

// signed reads a post as sites embed it: the text, then who wrote it and when.
func signed(lines []string, o Options) (*read, bool) {
	if !holds(lines, 80, "(@") {
		return nil, false
	}
	full := nonEmpty(lines)
	if len(full) == 0 || len(full) > 20 {
		return nil, false
	}
	m := signature.FindStringSubmatch(full[len(full)-1])
	if m == nil {
		return nil, false
	}
	d, ok := day(m[4], o)
	if !ok {
		return nil, false
	}
	r := &read{site: "X", name: m[2], handle: m[3], date: d, dated: true}
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i] != "" {
			r.body = append(append([]string{}, lines[:i]...), m[1])
			break
		}
	}
	if len(strings.Join(r.body, "\n")) > 3000 {
		return nil, false
	}
	return r, true
}

// holds tells whether one of the first n lines holds a mark: a cheap way to say
// no to most texts.
func holds(lines []string, n int, mark string) bool {
	for _, l := range lines[:min(n, len(lines))] {
		if strings.Contains(l, mark) {
			return true
		}
	}
	return false
}

// ours tells whether an address is on one of the hosts.
func ours(address string, hosts ...string) bool {
	s := strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://"))
	s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "www."), "m."), "mobile.")
	for _, h := range hosts {
		if s == h || strings.HasPrefix(s, h+"/") {
			return true
		}
	}
	return false
}

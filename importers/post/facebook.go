package post

import (
	"regexp"
	"strings"

	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

var (
	fbWhen   = regexp.MustCompile(`(?i)^(.{2,40}?)(?:\s+(?:at|в|um|à|a las|saat|, saat|tarixində)\s+\d{1,2}[:.]\d{2}(?:\s?[ap]m)?)?\s*(?:[·•]\s*.{0,40})?$`)
	fbChrome = regexp.MustCompile(`(?i)^(?:follow|·|•|shared with public|public|facebook|like|comment|share|send|reply|see translation|see more|see less|all reactions:?|most relevant|write a comment.*|view more comments|view all \d+ .*|подписаться|нравится|комментировать|поделиться|отправить|ещё|все реакции:?|beğen|yorum yap|paylaş|gönder|tüm ifadeler:?|bəyən|şərh yaz|paylaş|[\d.,]+[KM]?|[\d.,]+[KM]? (?:comments?|shares?|комментари\p{L}*|репост\p{L}*|поделил\p{L}*|yorum|paylaşım|şərh)|.{0,80} and [\d.,]+[KM]? others)$`)
	fbWith   = regexp.MustCompile(`^(.{1,80}?) (?:is (?:at|in|with|feeling|celebrating)|shared a (?:post|link|photo|video)|posted a .*|added .* photos?|находится .*|поделил\p{L}* .*)\b.*$`)
)

// telegramDay reads a day in the order that messengers write it: day first,
// where the numbers allow both.
func telegramDay(s string, o Options) (document.Date, bool) {
	s = strings.TrimSpace(s)
	if d, ok := dates.Parse(s, "ru", dates.Options{Reference: dates.Of(o.Received), Now: o.Received, Order: dates.DayFirst}); ok {
		return d, true
	}
	return day(s, o)
}

// facebookPage reads a post of Facebook: a name, a line with the time and the
// audience, the text, then reactions.
func facebookPage(lines []string, o Options) (*read, bool) {
	fromURL := ours(o.URL, "facebook.com", "fb.com")
	at := make([]int, 0, 8)
	for i, l := range lines {
		if l != "" {
			at = append(at, i)
		}
		if len(at) == 8 {
			break
		}
	}
	r := &read{site: "Facebook"}
	start := -1
	for k := 0; k+1 < len(at) && start < 0; k++ {
		name := lines[at[k]]
		if fbChrome.MatchString(name) || len(name) > 120 {
			continue
		}
		for j := k + 1; j < min(k+4, len(at)); j++ {
			when := lines[at[j]]
			if when == "·" || strings.EqualFold(when, "follow") {
				continue
			}
			m := fbWhen.FindStringSubmatch(when)
			if m == nil {
				break
			}
			if d, ok := day(m[1], o); ok {
				r.name, r.date, r.dated = name, d, true
				start = at[j] + 1
			}
			break
		}
		if start < 0 {
			break // the name comes first
		}
	}
	if start < 0 {
		return nil, false
	}
	if m := fbWith.FindStringSubmatch(r.name); m != nil {
		r.name = m[1]
	}
	marks := 0
	for _, l := range lines[start:] {
		if l != "" && fbChrome.MatchString(l) {
			if strings.TrimLeft(l, "0123456789.,KM·• ") != "" {
				marks++
			}
			r.dropped = append(r.dropped, l)
			continue
		}
		if marks >= 3 {
			r.dropped = append(r.dropped, l) // comments
			continue
		}
		r.body = append(r.body, l)
	}
	return r, fromURL || marks >= 3
}

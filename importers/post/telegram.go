package post

import (
	"regexp"
	"strings"
)

var (
	// tgCopied heads a message that Telegram's own programs copied.
	tgCopied = regexp.MustCompile(`^(.{1,100}?),?\s*\[((?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d{2}-\d{2}|\p{L}+ \d{1,2}, \d{4}|\d{1,2} \p{L}+ \d{4}))(?:,| at| в)?\s*\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AP]M)?\]:?$`)
	// tgViews closes a message on the web: "12.4K views 14:32".
	tgViews     = regexp.MustCompile(`(?i)^(?:[\d.,]+\s?[KMКМ]?\s*(?:views?|просмотр\p{L}*|görüntülenme|baxış)?\s*)?(?:[·•,]\s*)?(?:edited\s+|изменено\s+|.{1,40}?[,\s]\s*)?(?:(.{4,30}?)(?: at| в|,)\s*)?\d{1,2}:\d{2}(?:\s?[AP]M)?$`)
	tgForwarded = regexp.MustCompile(`(?i)^(?:\[?forwarded (?:from|message from)|переслано (?:от|из)|\[?переслано от|kanalından iletildi:?|iletilen mesaj:?|yönləndirilib:?)\s*:?\s*(.{1,100}?)\]?$`)
	tgReply     = regexp.MustCompile(`(?i)^\[?(?:in reply to|в ответ на|yanıt olarak).{0,100}\]?$`)
	tgAddress   = regexp.MustCompile(`(?i)^(?:https?://)?t\.me/(?:s/)?([A-Za-z0-9_]{3,40})(?:/\d+)?(?:\?\S*)?$`)
	tgCount     = regexp.MustCompile(`(?i)^[\d.,\s]+[KMКМ]?\s*(?:subscribers|members|подписчик\p{L}*|участник\p{L}*|abone|üye|abunəçi|photos|videos|files|links)$`)
	tgChrome    = regexp.MustCompile(`(?i)^(?:telegram|view in telegram|preview channel|download|join|about|blog|apps|platform|please open telegram to view this post|view in channel|if you have telegram, you can view and join.*|right away\.?|подписаться|смотреть в telegram|channel created|contact|report|media is too big|view in telegram desktop|context|embed|view post|open comments|leave a comment|[\p{So}\p{Sk}\x{fe0f}\x{200d}\s]*\d+(?:\.\d+)?K?(?:[\p{So}\p{Sk}\x{fe0f}\x{200d}\s]+\d+(?:\.\d+)?K?)*)$`)
)

// telegramCopy reads messages as Telegram's programs copy them: "Channel,
// [22.10.2025 14:32]" over the text. Of several the first is the post.
func telegramCopy(lines []string, o Options) (*read, bool) {
	first := 0
	for first < len(lines) && lines[first] == "" {
		first++
	}
	if first == len(lines) {
		return nil, false
	}
	m := tgCopied.FindStringSubmatch(lines[first])
	if m == nil {
		return nil, false
	}
	d, ok := telegramDay(m[2], o)
	if !ok {
		return nil, false
	}
	r := &read{site: "Telegram", name: strings.TrimSpace(m[1]), date: d, dated: true}
	for i := first + 1; i < len(lines); i++ {
		l := lines[i]
		switch {
		case tgForwarded.MatchString(l) && len(nonEmpty(r.body)) == 0:
			r.forwarded = tgForwarded.FindStringSubmatch(l)[1]
		case tgReply.MatchString(l) && len(nonEmpty(r.body)) == 0:
			r.dropped = append(r.dropped, l)
		case r.handle == "" && tgAddress.MatchString(l):
			r.take(l)
		case tgCopied.MatchString(l):
			// Another message follows: the same author's goes on with the text.
			n := tgCopied.FindStringSubmatch(l)
			if strings.TrimSpace(n[1]) != r.name {
				r.dropped = append(r.dropped, lines[i:]...)
				return r, true
			}
			r.body = append(r.body, "")
		default:
			r.body = append(r.body, l)
		}
	}
	return r, true
}

// take keeps a post's own address and the channel's handle in it.
func (r *read) take(line string) {
	r.handle = "@" + tgAddress.FindStringSubmatch(line)[1]
	r.address = line
	if !strings.Contains(r.address, "://") {
		r.address = "https://" + r.address
	}
}

// telegramPage reads a channel's post from the web preview.
func telegramPage(lines []string, o Options) (*read, bool) {
	fromURL := ours(o.URL, "t.me", "telegram.me")
	r := &read{site: "Telegram"}
	if fromURL {
		if m := tgAddress.FindStringSubmatch(o.URL); m != nil {
			r.handle = "@" + m[1]
		}
	}
	// Share labels name Telegram on every second page: sure wants what only the
	// preview of a channel has.
	evidence, sure := 0, fromURL
	started := false
	if len(lines) > 400 || !fromURL && !holds(lines, 400, "@") && !holds(lines, 400, "t.me/") {
		return nil, false
	}
	for i := 0; i < len(lines); i++ {
		l := lines[i]
		switch {
		case len(l) > 300:
			// No mark of any kind is that long.
			if r.name == "" {
				r.name = l
			} else {
				started = true
				r.body = append(r.body, l)
			}
		case l == "":
			if started {
				r.body = append(r.body, "")
			}
		case tgAddress.MatchString(l) && (r.handle == "" || r.address == ""):
			r.take(l)
			evidence += 2
		case !started && handleLine.MatchString(l):
			r.handle = l
			evidence++
		case tgCount.MatchString(l):
			r.dropped = append(r.dropped, l)
			evidence++
		case tgChrome.MatchString(l):
			r.dropped = append(r.dropped, l)
			if lower := strings.ToLower(l); strings.Contains(lower, "telegram") {
				evidence++
				sure = sure || strings.HasPrefix(lower, "view in telegram") || strings.HasPrefix(lower, "please open telegram") || strings.HasPrefix(lower, "смотреть в")
			} else if lower == "preview channel" || lower == "view in channel" {
				evidence, sure = evidence+1, true
			}
		case tgForwarded.MatchString(l) && len(nonEmpty(r.body)) == 0:
			r.forwarded = tgForwarded.FindStringSubmatch(l)[1]
			evidence++
		case started && viewsLine(l):
			if m := tgViews.FindStringSubmatch(l); m != nil && m[1] != "" && !r.dated {
				if d, ok := telegramDay(m[1], o); ok {
					r.date, r.dated = d, true
				}
			}
			evidence, sure = evidence+2, true
			r.dropped = append(r.dropped, lines[i:]...)
			i = len(lines)
		case r.name == "":
			r.name = l
		case l == r.name && len(nonEmpty(r.body)) == 0:
		default:
			started = true
			r.body = append(r.body, l)
		}
	}
	if fromURL {
		evidence += 2
	}
	if len(r.name) > 120 {
		r.body = append([]string{r.name}, r.body...)
		r.name = ""
	}
	return r, sure && (evidence >= 3 && r.handle != "" || evidence >= 4)
}

// viewsLine tells the line that closes a message on the web.
func viewsLine(l string) bool {
	if len(l) > 120 || !tgViews.MatchString(l) {
		return false
	}
	lower := strings.ToLower(l)
	return strings.Contains(lower, "view") || strings.Contains(lower, "просмотр") || strings.Contains(lower, "görüntülenme") || strings.Contains(lower, "baxış")
}

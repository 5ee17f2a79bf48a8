package post

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

// dayOfID tells on which day, in universal time, a post was made by the number in
// its address: those of X count milliseconds since its own epoch in their upper
// bits ("snowflakes", since November 2010), those of Mastodon since 1970. It is
// empty where the address has no such number, or one of a day after received.
func dayOfID(address string, received time.Time) (day document.Date, stated string) {
	u, err := url.Parse(address)
	if err != nil {
		return "", ""
	}
	var ms int64
	switch host := strings.TrimPrefix(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), "mobile."); {
	case host == "x.com" || host == "twitter.com":
		m := statusID.FindStringSubmatch(u.Path)
		if m == nil {
			return "", ""
		}
		id, err := strconv.ParseInt(m[2], 10, 64)
		if err != nil || id < 29_700_859_247 { // the first snowflake
			return "", ""
		}
		ms = id>>22 + 1_288_834_974_657
	case mastodonPath.MatchString(u.Path):
		id, err := strconv.ParseInt(u.Path[strings.LastIndexByte(u.Path, '/')+1:], 10, 64)
		if err != nil {
			return "", ""
		}
		ms = id >> 16
	default:
		return "", ""
	}
	t := time.UnixMilli(ms).UTC()
	if t.Year() < 2010 || t.Year() > 2100 || !received.IsZero() && t.After(received.AddDate(0, 0, 1)) {
		return "", ""
	}
	return dates.Of(t), t.Format(time.RFC3339)
}

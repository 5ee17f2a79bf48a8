package present

import (
	"fmt"
	"strings"
	"time"

	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

// Date writes a date at its precision: "29 October 2025", "October 2025",
// "2025"; empty where not stated.
func Date(d document.Date) string {
	switch d.Precision() {
	case document.Day:
		if t, err := time.Parse("2006-01-02", string(d)); err == nil {
			return t.Format("2 Jan 2006")
		}
	case document.Month:
		if t, err := time.Parse("2006-01", string(d)); err == nil {
			return t.Format("January 2006")
		}
	}
	return string(d)
}

// Day writes the local day of a time, empty for the zero time.
func Day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2 Jan 2006")
}

// Moment writes a time to the minute in local time, empty for the zero time.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2 Jan 2006, 15:04")
}

// Ago writes how long before now t was, in one unit: "just now", "5 min ago",
// "yesterday", "12 days ago", "3 months ago".
func Ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	d := now.Sub(t)
	days := int(d.Hours() / 24)
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 24*time.Hour:
		return Count(int(d.Hours()), "hour") + " ago"
	case days == 1:
		return "yesterday"
	case days < 60:
		return Count(days, "day") + " ago"
	case days < 730:
		return Count(days/30, "month") + " ago"
	}
	return Count(days/365, "year") + " ago"
}

// MonthOf is the heading that a date stands under on a timeline: "October
// 2025", "2025", or "No date".
func MonthOf(d document.Date) string {
	switch {
	case len(d) >= 7:
		return Date(d[:7])
	case len(d) == 4:
		return string(d)
	}
	return "No date"
}

// ParseDate reads a date as a person types it: 2025-10-29, 2025-10, 2025, 29
// October 2025, today, yesterday. It reports false for anything else; empty
// text is the date that is not stated.
func ParseDate(s string, now time.Time) (document.Date, bool) {
	s = strings.TrimSpace(s)
	switch strings.ToLower(s) {
	case "":
		return "", true
	case "today":
		return dates.Of(now), true
	}
	return dates.Parse(s, "en", dates.Options{Now: now, From: 1000})
}

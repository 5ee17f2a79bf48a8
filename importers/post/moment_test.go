package post

import (
	"testing"
	"time"
)

func TestDayOfID(t *testing.T) {
	received := time.Date(2025, 11, 10, 0, 0, 0, 0, time.UTC)
	for address, want := range map[string]string{
		"https://x.com/portdesk/status/1963400000000000001":    "2025-09-04",
		"https://twitter.com/a/status/745276948213968896?s=20": "2016-06-21",
		"https://twitter.com/a/status/12345678":                "", // before the numbers told the time
		"https://x.com/a":                                      "",
		"https://social.example/@ann/113400000000000001":       "2024-10-31",
		"https://news.example/a/status/1963400000000000001":    "",
		"https://x.com/a/status/2963400000000000001":           "", // after it was received
		"https://x.com/a/status/99999999999999999999999":       "",
		"::": "",
	} {
		if got, _ := dayOfID(address, received); string(got) != want {
			t.Errorf("%s gives %q, want %q", address, got, want)
		}
	}
}

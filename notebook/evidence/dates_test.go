package evidence

import (
	"strings"
	"testing"

	"sourcebook/notebook/document"
)

func TestDates(t *testing.T) {
	for _, c := range []struct{ text, published, want string }{
		{"on October 29, 2025 and 2025-10-30", "", "2025-10-29 2025-10-30"},
		{"On October 20–21 the two met", "2025-10-29", "2025-10-20..2025-10-21?"},
		{"on December 1", "2025-10-29", "2024-12-01?"},
		{"on December 1", "", ""},
		{"in October 2025, since 2019", "", "2025-10 2019"},
		{"the 21st of October 2025, 1 May 2024", "", "2025-10-21 2024-05-01"},
		{"It may 5 times; march 3 miles", "2025-10-29", ""},
		{"29.10.2025, 29/10/2025, 10/29/2025", "", "2025-10-29 2025-10-29 2025-10-29"},
		{"21 октября 2025 года, в октябре 2025, в 2024 году", "", "2025-10-21 2025-10 2024"},
		{"21 Ekim 2025, 2024 yılında", "", "2025-10-21 2024"},
		{"21 oktyabr 2025-ci il", "", "2025-10-21"},
		{"21. Oktober 2025, im März 2024", "", "2025-10-21 2024-03"},
		{"le 1er mars 2025", "", "2025-03-01"},
		{"el 29 de octubre de 2025, marzo de 2024", "", "2025-10-29 2024-03"},
		{"31 February 2025, 2000 tonnes, 2025 trains", "", "2025-02"},
		{"version 10.2.3 of 1.1.1", "", ""},
	} {
		var got []string
		for _, d := range Dates(c.text, document.Date(c.published)) {
			s := string(d.Date)
			if d.Until != "" {
				s += ".." + string(d.Until)
			}
			if d.Inferred {
				s += "?"
			}
			if string([]rune(c.text)[d.Start:d.End]) != d.Text {
				t.Errorf("%q does not stand at %d", d.Text, d.Start)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.text, s, c.want)
		}
	}
}

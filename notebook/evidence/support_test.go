package evidence

import (
	"fmt"
	"strings"
	"testing"
)

var crash = []Original{
	{ID: "a", Lang: "en", Published: "2025-03-03", Text: "At least 38 people were killed when the ferry sank off the cape on March 1, the harbour master said. \"We heard nothing until the lights went out,\" a survivor said. The ferry carried 2,713 tonnes of grain worth $4.5 million, and 12 trucks."},
	{ID: "b", Lang: "ru", Published: "2025-03-04", Text: "Погибли 39 человек, ранены 29. Паром вышел из порта 28 февраля 2025 года."},
}

func TestSupport(t *testing.T) {
	for _, c := range []struct{ name, statement, want string }{
		{"figure as it stands", "The sinking killed at least 38 people.", "figure found a"},
		{"figure in another language", "The sinking killed 39 people and injured 29.", "figure found b; figure found b"},
		{"bound left out", "38 people were killed.", "figure loosely a"},
		{"another value", "The sinking killed 55 people.", "figure differs a b"},
		{"rounded", "It carried 2,700 tonnes.", "figure loosely a"},
		{"money", "The grain was worth $4.5 million.", "figure found a"},
		{"money, other value", "The grain was worth $6 million.", "figure differs a"},
		{"count with its noun", "Twelve trucks were lost.", "figure found a"},
		{"count of something else", "Twelve cranes were lost.", "figure loosely a"},
		{"nothing like it", "The ferry was 140 km out.", "figure not_found"},
		{"day", "It sank on 1 March 2025.", "date found a"},
		{"day in another language", "It sailed on February 28, 2025.", "date found b"},
		{"month", "It sank in March 2025.", "date found a"},
		{"day of publication", "It was reported on 4 March 2025.", "date loosely b"},
		{"wrong day", "It sank on 7 January 2025.", "date not_found"},
		{"quotation", "A survivor said: “We heard nothing until the lights went out”.", "quotation found a"},
		{"quotation with another word", "“We heard nothing before the lights went out”, she said.", "quotation loosely a"},
		{"invented quotation", "“The captain had been drinking all night”, she said.", "quotation not_found"},
		{"figures inside a quotation are part of it", "“38 people were killed at sea”", "quotation not_found"},
		{"nothing to check", "The ferry sank.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range Support(c.statement, "en", crash) {
				s := fmt.Sprintf("%s %s", p.Kind, p.Verdict)
				seen := map[string]bool{}
				for _, place := range p.Places {
					if !seen[place.Original] {
						s += " " + place.Original
					}
					seen[place.Original] = true
					for _, o := range crash {
						if o.ID == place.Original && string([]rune(o.Text)[place.Start:place.End]) != place.Text {
							t.Errorf("%q does not stand at %d of %s", place.Text, place.Start, o.ID)
						}
					}
				}
				if text := string([]rune(c.statement)[p.Start:p.End]); text != p.Text {
					t.Errorf("%q does not stand at %d of the statement", p.Text, p.Start)
				}
				if (p.Verdict == Found) != (p.Reason == "") {
					t.Errorf("verdict %s with the reason %q", p.Verdict, p.Reason)
				}
				got = append(got, s)
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("got  %s\nwant %s", s, c.want)
			}
		})
	}
}

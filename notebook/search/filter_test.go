package search

import (
	"fmt"
	"strings"
	"testing"
)

func TestFilters(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"none", `grain "port of"`, ""},
		{"several", `grain country:AZ -kind:note tag:"dry port"`, `country=AZ[6:16] -kind=note[17:27] tag=dry port[28:42]`},
		{"within brackets", "(country:AZ OR country:KZ) kind:claim", "kind=claim[27:37]"},
		{"half typed", "country: grain", ""},
		{"unknown", "colour:red kind:note", "kind=note[11:20]"},
		{"beside a fault", `kind:note "open`, "kind=note[0:9]"},
		{"in words", "grain NOT lang:ru", "-lang=ru[6:17]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range Filters(c.query) {
				not := ""
				if f.Not {
					not = "-"
				}
				got = append(got, fmt.Sprintf("%s%s=%s[%d:%d]", not, f.Field, f.Value, f.Start, f.End))
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s has %s, want %s", c.query, s, c.want)
			}
		})
	}
}

func TestWithAndWithout(t *testing.T) {
	for _, c := range []struct{ name, query, field, value, want string }{
		{"first", "", "country", "AZ", "country:AZ"},
		{"behind words", "grain ", "country", "AZ", "grain country:AZ"},
		{"another value", "country:KZ grain", "country", "AZ", "country:AZ grain"},
		{"a value of two words", "grain", "tag", "dry port", `grain tag:"dry port"`},
		{"a value with a quotation mark", "", "tag", `the "port"`, `tag:"the port"`},
		{"taken out", "grain country:KZ port", "country", "", "grain port"},
		{"taken out with its OR", "grain OR country:KZ", "country", "", "grain"},
		{"taken out at the front", "country:KZ AND grain", "country", "", "grain"},
		{"not there", "grain", "country", "", "grain"},
		{"beside an exclusion", "-country:KZ", "country", "AZ", "-country:KZ country:AZ"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := With(c.query, c.field, c.value)
			if got != c.want {
				t.Errorf("%s with %s:%s is %s, want %s", c.query, c.field, c.value, got, c.want)
			}
			if _, err := Parse(got); err != nil {
				t.Error(err)
			}
		})
	}
}

func FuzzFilters(f *testing.F) {
	f.Add(`a country:AZ OR (kind:note) -tag:"x y"`)
	f.Add(`"open kind:note`)
	f.Add("\xff\xff\xff tAg:0\"") // each byte that is no text becomes a code point
	f.Fuzz(func(t *testing.T, query string) {
		for _, filter := range Filters(query) {
			n := len([]rune(query))
			if filter.Start < 0 || filter.Start >= filter.End || filter.End > n {
				t.Fatalf("%+v in a query of %d", filter, n)
			}
			if len([]rune(Without(query, filter))) >= n {
				t.Fatalf("%q without %+v is no shorter", query, filter)
			}
		}
		With(query, "country", "AZ")
	})
}

package search

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParsePointsAtTheFault(t *testing.T) {
	for _, c := range []struct {
		name, query string
		pos, end    int
		says        string
	}{
		{"open quotation", `grain "port of`, 6, 14, "not closed"},
		{"open bracket", "grain (port", 6, 7, "not closed"},
		{"stray bracket", "grain) port", 5, 6, "nothing opens"},
		{"empty brackets", "grain ()", 6, 8, "nothing stands"},
		{"unknown field", "colour:red", 0, 7, `no field "colour"`},
		{"no value", "grain country:", 6, 14, "needs a value"},
		{"value apart", "country: AZ", 0, 8, "needs a value"},
		{"unknown country", "country:Atlantis", 8, 16, "no country"},
		{"unknown kind", "kind:book", 5, 9, "the kinds are"},
		{"unknown has", "has:legs", 4, 8, "has: takes"},
		{"credibility too high", "credibility:<=9", 12, 15, "from 1 to 6"},
		{"credibility word", "credibility:good", 12, 16, "from 1 to 6"},
		{"reliability", "reliability:Z", 12, 13, "A to F"},
		{"bad date", "published:yesterday", 10, 19, "is no date"},
		{"bad month", "published:2025-13", 10, 17, "is no date"},
		{"bad range", "published:..", 10, 12, "is no date"},
		{"range upside down", "published:2025..2024", 10, 20, "later than"},
		{"AND at the front", "AND grain", 0, 3, "between two words"},
		{"OR at the end", "grain OR", 6, 8, "must follow"},
		{"NOT at the end", "grain NOT", 6, 9, "must follow"},
		{"two ORs", "grain OR OR port", 9, 11, "between two words"},
		{"star inside", "gr*in", 0, 5, "end of a word"},
		{"too fuzzy", "grain~7", 0, 7, "1 or 2"},
		{"no letters", "grain ***", 6, 9, "end of a word"},
		{"only signs", "& -", 0, 3, "no letter or digit"},
		{"empty phrase", `"…"`, 0, 3, "no word"},
		{"behind letters beyond the BMP", "𐐀𐐀 (x", 3, 4, "not closed"},
		{"too long", strings.Repeat("a ", 2001), 4000, 4002, "4000"},
		{"too deep", strings.Repeat("(", 60) + "a", 50, 51, "too many"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.query)
			var q *QueryError
			if !errors.As(err, &q) {
				t.Fatalf("%s: %v", c.query, err)
			}
			if q.Pos != c.pos || q.End != c.end || !strings.Contains(q.Msg, c.says) {
				t.Errorf("%s: %d to %d %q, want %d to %d %q", c.query, q.Pos, q.End, q.Msg, c.pos, c.end, c.says)
			}
		})
	}
}

func TestParseTakes(t *testing.T) {
	for _, query := range []string{
		"", "  ", "a", "https://example.org/a?b=c", "12:30", "e-mail", "a - b", "“curly quotes”", "«ёлочки»", "„unten“",
		"NOT (a OR b) c", "--a", "lang:pt-BR", `country:"South Korea"`, "country:KAZ", "credibility:..3", "credibility:>2",
		"published:2025-10..2025-11", "published:>=2025", "published:2025-10-29T10:00:00Z", "captured:..2025", "NOT a",
		"tag:энергия", "grain &", "a, b; c", "a && b || c",
	} {
		if _, err := Parse(query); err != nil {
			t.Errorf("%s: %v", query, err)
		}
	}
	if q, _ := Parse(" "); !q.Empty() {
		t.Error("a blank query is not empty")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", `a "b c" -d (e OR f*) g~2 country:AZ credibility:<=3 published:2025-10..`, "((((", "a:b:c", "kind:", "«a", "NOT NOT a", "\xff\"", "~ * -"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		q, err := Parse(query)
		if err != nil {
			var e *QueryError
			if !errors.As(err, &e) {
				t.Fatalf("not a QueryError: %v", err)
			}
			if n := utf8.RuneCountInString(query); e.Pos < 0 || e.Pos > e.End || e.End > n {
				t.Fatalf("place %d to %d in a query of %d", e.Pos, e.End, n)
			}
			return
		}
		c := compiler{typing: true, last: lastWord(q.root)}
		c.query(q.root)
	})
}

package search

import (
	"strings"
	"unicode"
)

// Filter is a field of a query with its value, such as country:AZ, and where it
// stands, in code points; a minus before it is part of it.
type Filter struct {
	Field, Value string
	Not          bool
	Start, End   int
}

// Filters lists the fields of a query that stand outside brackets, in their
// order. The query may have faults elsewhere.
func Filters(query string) []Filter {
	p := &parser{text: []rune(query)}
	_ = p.lex() // what was read before a fault counts
	var list []Filter
	depth := 0
	for i, it := range p.items {
		switch it.kind {
		case itemOpen:
			depth++
		case itemClose:
			depth--
		}
		if it.kind != itemField || depth > 0 || fields[it.text] == nil || i+1 == len(p.items) {
			continue
		}
		v := p.items[i+1]
		if v.start != it.end || v.kind != itemWord && v.kind != itemPhrase {
			continue
		}
		f := Filter{Field: it.text, Value: v.text, Start: it.start, End: v.end}
		if i > 0 && p.items[i-1].kind == itemNot {
			f.Not, f.Start = true, p.items[i-1].start
		}
		list = append(list, f)
	}
	return list
}

// Without takes a filter of Filters out of the query.
func Without(query string, f Filter) string {
	r := []rune(query)
	before, after := strings.TrimRightFunc(string(r[:f.Start]), unicode.IsSpace), strings.TrimLeftFunc(string(r[f.End:]), unicode.IsSpace)
	for _, op := range []string{"AND", "OR", "&&", "||", "|"} { // it stood between the filter and something else
		if rest, ok := strings.CutSuffix(before, op); ok && (rest == "" || strings.HasSuffix(rest, " ")) {
			before = strings.TrimRightFunc(rest, unicode.IsSpace)
			break
		}
		if rest, ok := strings.CutPrefix(after, op); ok && before == "" && (rest == "" || strings.HasPrefix(rest, " ")) {
			after = strings.TrimLeftFunc(rest, unicode.IsSpace)
			break
		}
	}
	if before == "" || after == "" {
		return before + after
	}
	return before + " " + after
}

// With writes a field with a value into the query: in the place of the one it
// has, or else at its end. An empty value takes the field out.
func With(query, field, value string) string {
	for _, f := range Filters(query) {
		if f.Field != field || f.Not {
			continue
		}
		if value == "" {
			return Without(query, f)
		}
		r := []rune(query)
		return string(r[:f.Start]) + field + ":" + quoted(value) + string(r[f.End:])
	}
	if value == "" {
		return query
	}
	query = strings.TrimRightFunc(query, unicode.IsSpace)
	if query != "" {
		query += " "
	}
	return query + field + ":" + quoted(value)
}

// quoted puts a value in quotation marks where the query would end it early.
func quoted(value string) string {
	for _, r := range value {
		if unicode.IsSpace(r) || r == '(' || r == ')' || r == ',' || r == ';' || r == ':' {
			return `"` + strings.Map(func(r rune) rune {
				if isQuote(r) {
					return -1
				}
				return r
			}, value) + `"`
		}
	}
	return value
}

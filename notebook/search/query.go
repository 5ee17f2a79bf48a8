package search

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"sourcebook/notebook/country"
)

// QueryError says what is wrong with a query, and where.
type QueryError struct {
	Pos int // code points before the place
	End int // code points before the end of the place
	Msg string
}

func (e *QueryError) Error() string {
	return fmt.Sprintf("read the search at character %d: %s", e.Pos+1, e.Msg)
}

// A Query is a parsed search. Its zero value finds everything.
type Query struct {
	root node
}

// Empty tells whether the query asks for nothing in particular.
func (q Query) Empty() bool { return q.root == nil }

type node interface{}

type (
	// wordNode is one word, or the beginning or a near spelling of one.
	wordNode struct {
		text   string
		prefix bool
		fuzzy  int // edits allowed, 0 to 2
	}
	phraseNode struct{ text string }
	andNode    struct{ list []node }
	orNode     struct{ list []node }
	notNode    struct{ of node }
	// termNode is a field that holds one of a few values.
	termNode struct {
		field uint8
		value string
	}
	// rangeNode is a number or a day between two bounds, both included; nil is
	// open.
	rangeNode struct {
		column   int
		from, to *float64
	}
	// textNode is a word or phrase in a field of text.
	textNode struct {
		field uint8
		text  string
	}
)

// fields are the names before a colon, with what they take.
var fields = map[string]func(p *parser, value string, at, end int) (node, error){
	"country":     parseCountry,
	"site":        func(_ *parser, v string, _, _ int) (node, error) { return textNode{fieldSite, v}, nil },
	"author":      func(_ *parser, v string, _, _ int) (node, error) { return textNode{fieldAuthor, v}, nil },
	"title":       func(_ *parser, v string, _, _ int) (node, error) { return textNode{fieldTitle, v}, nil },
	"kind":        parseKind,
	"lang":        func(_ *parser, v string, _, _ int) (node, error) { return termNode{fieldLang, primary(v)}, nil },
	"tag":         func(_ *parser, v string, _, _ int) (node, error) { return termNode{fieldTag, fold(v)}, nil },
	"has":         parseHas,
	"claim":       parseClaim,
	"source":      func(_ *parser, v string, _, _ int) (node, error) { return termNode{fieldSource, v}, nil },
	"credibility": parseCredibility,
	"reliability": parseReliability,
	"published":   func(p *parser, v string, at, end int) (node, error) { return parseDates(columnPublished, v, at, end) },
	"captured":    func(p *parser, v string, at, end int) (node, error) { return parseDates(columnCaptured, v, at, end) },
}

// Fields lists the names that may stand before a colon, sorted.
func Fields() []string {
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Parse reads a query: words, "phrases", prefix*, fuzzy~ (or fuzzy~2), AND, OR,
// NOT or a minus before a word, brackets, and fields such as country:AZ,
// credibility:<=3, published:2025-10.. . Words beside each other must all be
// found. The error is a *QueryError.
func Parse(query string) (Query, error) {
	p := &parser{text: []rune(query)}
	if err := p.lex(); err != nil {
		return Query{}, err
	}
	if len(p.items) == 0 {
		if strings.TrimSpace(query) != "" {
			return Query{}, &QueryError{0, len(p.text), "there is no letter or digit to search for"}
		}
		return Query{}, nil
	}
	root, err := p.or()
	if err != nil {
		return Query{}, err
	}
	if p.next < len(p.items) {
		it := p.items[p.next]
		return Query{}, &QueryError{it.start, it.end, "a closing bracket that nothing opens"}
	}
	return Query{root}, nil
}

type itemKind uint8

const (
	itemWord itemKind = iota
	itemPhrase
	itemOpen
	itemClose
	itemAnd
	itemOr
	itemNot
	itemField // its value is the item behind it
)

type item struct {
	kind       itemKind
	text       string
	start, end int
}

type parser struct {
	text  []rune
	items []item
	next  int
	depth int
}

// The size of a query that is still read.
const (
	longestQuery = 4000 // code points
	deepestQuery = 50   // brackets within brackets
)

func isQuote(r rune) bool {
	return r == '"' || r == '“' || r == '”' || r == '„' || r == '«' || r == '»'
}

// lex cuts the query into items.
func (p *parser) lex() error {
	if len(p.text) > longestQuery {
		return &QueryError{longestQuery, len(p.text), fmt.Sprintf("a search may have %d characters", longestQuery)}
	}
	for i := 0; i < len(p.text); {
		r := p.text[i]
		switch {
		case unicode.IsSpace(r) || r == ',' || r == ';':
			i++
		case r == '(':
			p.items = append(p.items, item{itemOpen, "(", i, i + 1})
			i++
		case r == ')':
			p.items = append(p.items, item{itemClose, ")", i, i + 1})
			i++
		case isQuote(r):
			j := i + 1
			for j < len(p.text) && !isQuote(p.text[j]) {
				j++
			}
			if j == len(p.text) {
				return &QueryError{i, len(p.text), "this quotation mark is not closed"}
			}
			p.items = append(p.items, item{itemPhrase, string(p.text[i+1 : j]), i, j + 1})
			i = j + 1
		case (r == '-' || r == '!') && i+1 < len(p.text) && !unicode.IsSpace(p.text[i+1]) && (i == 0 || unicode.IsSpace(p.text[i-1]) || p.text[i-1] == '('):
			p.items = append(p.items, item{itemNot, string(r), i, i + 1})
			i++
		default:
			j := i
			for j < len(p.text) && !unicode.IsSpace(p.text[j]) && p.text[j] != '(' && p.text[j] != ')' && !isQuote(p.text[j]) && p.text[j] != ',' && p.text[j] != ';' {
				j++
				if p.text[j-1] == ':' && isFieldName(p.text[i:j-1]) {
					break
				}
			}
			word := string(p.text[i:j])
			switch {
			case word == "AND" || word == "&&":
				p.items = append(p.items, item{itemAnd, word, i, j})
			case word == "OR" || word == "||" || word == "|":
				p.items = append(p.items, item{itemOr, word, i, j})
			case word == "NOT":
				p.items = append(p.items, item{itemNot, word, i, j})
			case strings.HasSuffix(word, ":") && isFieldName(p.text[i:j-1]) && !(j+1 < len(p.text) && p.text[j] == '/' && p.text[j+1] == '/'):
				p.items = append(p.items, item{itemField, strings.ToLower(word[:len(word)-1]), i, j})
			case !searchable(word) && !strings.ContainsAny(word, "*~") && !p.afterField(i):
				// A dash or an ampersand between words asks for nothing.
			default:
				p.items = append(p.items, item{itemWord, word, i, j})
			}
			i = j
		}
	}
	return nil
}

// afterField tells whether a field ends right before character i.
func (p *parser) afterField(i int) bool {
	n := len(p.items)
	return n > 0 && p.items[n-1].kind == itemField && p.items[n-1].end == i
}

func isFieldName(r []rune) bool {
	for _, c := range r {
		if c > unicode.MaxASCII || !unicode.IsLetter(c) && c != '_' {
			return false
		}
	}
	return len(r) > 0
}

func (p *parser) peek() (item, bool) {
	if p.next >= len(p.items) {
		return item{start: len(p.text), end: len(p.text)}, false
	}
	return p.items[p.next], true
}

func (p *parser) or() (node, error) {
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	list := []node{first}
	for {
		if it, ok := p.peek(); !ok || it.kind != itemOr {
			break
		}
		p.next++
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	if len(list) == 1 {
		return first, nil
	}
	return orNode{list}, nil
}

func (p *parser) and() (node, error) {
	first, err := p.unary()
	if err != nil {
		return nil, err
	}
	list := []node{first}
	for {
		it, ok := p.peek()
		if !ok || it.kind == itemOr || it.kind == itemClose {
			break
		}
		if it.kind == itemAnd {
			p.next++
		}
		n, err := p.unary()
		if err != nil {
			return nil, err
		}
		list = append(list, n)
	}
	if len(list) == 1 {
		return first, nil
	}
	return andNode{list}, nil
}

func (p *parser) unary() (node, error) {
	it, ok := p.peek()
	if !ok {
		if p.next > 0 {
			last := p.items[p.next-1]
			return nil, &QueryError{last.start, last.end, fmt.Sprintf("something must follow %q", last.text)}
		}
		return nil, &QueryError{0, len(p.text), "nothing to search for"}
	}
	p.next++
	switch it.kind {
	case itemNot:
		of, err := p.unary()
		if err != nil {
			return nil, err
		}
		return notNode{of}, nil
	case itemOpen:
		if p.depth++; p.depth > deepestQuery {
			return nil, &QueryError{it.start, it.end, "too many brackets within brackets"}
		}
		if after, ok := p.peek(); ok && after.kind == itemClose {
			return nil, &QueryError{it.start, after.end, "nothing stands in these brackets"}
		}
		if _, ok := p.peek(); !ok {
			return nil, &QueryError{it.start, it.end, "this bracket is not closed"}
		}
		n, err := p.or()
		if err != nil {
			return nil, err
		}
		closing, ok := p.peek()
		if !ok || closing.kind != itemClose {
			return nil, &QueryError{it.start, it.end, "this bracket is not closed"}
		}
		p.next++
		p.depth--
		return n, nil
	case itemClose:
		return nil, &QueryError{it.start, it.end, "a closing bracket that nothing opens"}
	case itemAnd, itemOr:
		return nil, &QueryError{it.start, it.end, fmt.Sprintf("%s must stand between two words", it.text)}
	case itemPhrase:
		if !searchable(it.text) {
			return nil, &QueryError{it.start, it.end, "this phrase has no word in it"}
		}
		return phraseNode{it.text}, nil
	case itemField:
		return p.field(it)
	}
	return p.word(it)
}

// word reads a word with its * or ~.
func (p *parser) word(it item) (node, error) {
	w := wordNode{text: it.text}
	if at := strings.LastIndexByte(w.text, '~'); at >= 0 {
		if rest := w.text[at+1:]; rest == "" || rest == "1" || rest == "2" {
			w.fuzzy = 1
			if rest == "2" {
				w.fuzzy = 2
			}
			w.text = w.text[:at]
		} else {
			return nil, &QueryError{it.start, it.end, "~ takes 1 or 2, the number of letters that may differ"}
		}
	} else if rest, ok := strings.CutSuffix(w.text, "*"); ok {
		w.text, w.prefix = rest, true
	}
	if strings.ContainsRune(w.text, '*') {
		return nil, &QueryError{it.start, it.end, "* may only stand at the end of a word"}
	}
	if !searchable(w.text) {
		return nil, &QueryError{it.start, it.end, fmt.Sprintf("%q has no letter or digit to search for", it.text)}
	}
	return w, nil
}

// field reads a field and its value.
func (p *parser) field(it item) (node, error) {
	read := fields[it.text]
	if read == nil {
		return nil, &QueryError{it.start, it.end, fmt.Sprintf("there is no field %q; the fields are %s", it.text, strings.Join(Fields(), ", "))}
	}
	value, ok := p.peek()
	if !ok || value.start != it.end || value.kind != itemWord && value.kind != itemPhrase {
		return nil, &QueryError{it.start, it.end, fmt.Sprintf("%s: needs a value right behind the colon", it.text)}
	}
	p.next++
	return read(p, value.text, value.start, value.end)
}

func parseCountry(_ *parser, v string, at, end int) (node, error) {
	code, err := country.ParseCode(v)
	if err != nil {
		return nil, &QueryError{at, end, fmt.Sprintf("%q is no country; use a code such as AZ, or a name in quotation marks", v)}
	}
	return termNode{fieldCountry, string(code)}, nil
}

// kinds are what kind: takes: kinds of entries and kinds of sources.
var kinds = map[string]termNode{
	"source": {fieldKind, string(Source)}, "claim": {fieldKind, string(Claim)}, "highlight": {fieldKind, string(Highlight)},
	"note": {fieldKind, string(Note)}, "article": {fieldSourceKind, "article"}, "search_snapshot": {fieldSourceKind, "search_snapshot"},
	"search": {fieldSourceKind, "search_snapshot"}, "post": {fieldSourceKind, "post"}, "document": {fieldSourceKind, "document"},
	"report": {fieldSourceKind, "document"},
}

func parseKind(_ *parser, v string, at, end int) (node, error) {
	if n, ok := kinds[strings.ToLower(v)]; ok {
		return n, nil
	}
	return nil, &QueryError{at, end, fmt.Sprintf("there is no kind %q; the kinds are %s", v, keys(kinds))}
}

// hasValues are what has: takes.
var hasValues = map[string]string{
	"highlight": "highlights", "highlights": "highlights", "claim": "claims", "claims": "claims", "note": "notes",
	"notes": "notes", "tag": "tags", "tags": "tags", "country": "countries", "countries": "countries", "date": "date",
}

func parseHas(_ *parser, v string, at, end int) (node, error) {
	if value, ok := hasValues[strings.ToLower(v)]; ok {
		return termNode{fieldHas, value}, nil
	}
	return nil, &QueryError{at, end, fmt.Sprintf("has: takes one of %s", keys(hasValues))}
}

// parseClaim searches in claims alone, by their ID or their words.
func parseClaim(_ *parser, v string, at, end int) (node, error) {
	if !searchable(v) {
		return nil, &QueryError{at, end, "claim: needs a word, a phrase or the ID of a claim"}
	}
	return andNode{[]node{termNode{fieldKind, string(Claim)}, orNode{[]node{termNode{fieldID, v}, phraseNode{v}}}}}, nil
}

func parseReliability(_ *parser, v string, at, end int) (node, error) {
	v = strings.ToUpper(v)
	if len(v) == 1 && v[0] >= 'A' && v[0] <= 'F' {
		return termNode{fieldReliability, v}, nil
	}
	return nil, &QueryError{at, end, "reliability: takes a letter from A to F"}
}

func parseCredibility(_ *parser, v string, at, end int) (node, error) {
	bad := &QueryError{at, end, "credibility: takes a number from 1 to 6, as in 2, <=3 or 1..3"}
	low, high := 1.0, 6.0
	number := func(s string) (float64, bool) {
		n, err := strconv.Atoi(s)
		return float64(n), err == nil && n >= 1 && n <= 6
	}
	op, rest := operator(v)
	if op != "" {
		n, ok := number(rest)
		if !ok {
			return nil, bad
		}
		switch op {
		case "<=":
			high = n
		case "<":
			high = n - 1
		case ">=":
			low = n
		case ">":
			low = n + 1
		}
		return rangeNode{columnCredibility, &low, &high}, nil
	}
	from, to, isRange := strings.Cut(v, "..")
	if !isRange {
		to = from
	}
	if from != "" {
		n, ok := number(from)
		if !ok {
			return nil, bad
		}
		low = n
	}
	if to != "" {
		n, ok := number(to)
		if !ok {
			return nil, bad
		}
		high = n
	}
	return rangeNode{columnCredibility, &low, &high}, nil
}

// operator cuts <=, <, >= or > from the front of a value.
func operator(v string) (op, rest string) {
	for _, op := range []string{"<=", ">=", "<", ">", "≤", "≥"} {
		if rest, ok := strings.CutPrefix(v, op); ok {
			switch op {
			case "≤":
				op = "<="
			case "≥":
				op = ">="
			}
			return op, rest
		}
	}
	return "", v
}

// parseDates reads a day, month, year, or a range of them, one end of which may
// be open.
func parseDates(column int, v string, at, end int) (node, error) {
	bad := func(s string) error {
		return &QueryError{at, end, fmt.Sprintf("%q is no date; use 2025, 2025-10, 2025-10-29, or a range such as 2025-10..", s)}
	}
	op, rest := operator(v)
	if op != "" {
		first, last, ok := days(rest)
		if !ok {
			return nil, bad(rest)
		}
		switch op {
		case "<=":
			return rangeNode{column, nil, &last}, nil
		case "<":
			first--
			return rangeNode{column, nil, &first}, nil
		case ">=":
			return rangeNode{column, &first, nil}, nil
		default:
			last++
			return rangeNode{column, &last, nil}, nil
		}
	}
	from, to, isRange := strings.Cut(v, "..")
	if !isRange {
		first, last, ok := days(v)
		if !ok {
			return nil, bad(v)
		}
		return rangeNode{column, &first, &last}, nil
	}
	n := rangeNode{column: column}
	if from != "" {
		first, _, ok := days(from)
		if !ok {
			return nil, bad(from)
		}
		n.from = &first
	}
	if to != "" {
		_, last, ok := days(to)
		if !ok {
			return nil, bad(to)
		}
		n.to = &last
	}
	if n.from == nil && n.to == nil {
		return nil, bad(v)
	}
	if n.from != nil && n.to != nil && *n.from > *n.to {
		return nil, &QueryError{at, end, "the first date of this range is later than the last"}
	}
	return n, nil
}

// days reads a date of any precision as its first and last day, counted from
// 1970-01-01. Of a time stamp it takes the day.
func days(s string) (first, last float64, ok bool) {
	if len(s) > 10 && s[10] == 'T' {
		s = s[:10]
	}
	day := func(t time.Time) float64 { return float64(floorDiv(t.Unix(), 86400)) }
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return day(t), day(t), true
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		return day(t), day(t.AddDate(0, 1, -1)), true
	}
	if t, err := time.Parse("2006", s); err == nil {
		return day(t), day(t.AddDate(1, 0, -1)), true
	}
	return 0, 0, false
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// primary is the first part of a language tag, in lower case.
func primary(lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(lang, "_", "-")), "-")
	return lang
}

// keys lists the keys of a map for a message.
func keys[V any](m map[string]V) string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

package country

import (
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/forms.*.txt
var formsFiles embed.FS

// A part is one word of a form, with the gap before it.
type part struct {
	fold string
	gap  gap
}

// A letterCase says how a form must be written to count.
type letterCase uint8

const (
	capital  letterCase = iota // begins with a capital, or the text has none at all
	anyCase                    // adjectives of languages that write them small
	exact                      // letter by letter: abbreviations such as US
	distinct                   // names that are no word of the language: small letters too
)

// A form is one way in which a language names a country. A form without a code
// is a stretch that only looks like one ("New Mexico", "Indian Ocean").
type form struct {
	code  Code
	parts []part
	exact string // for letterCase exact
	cases letterCase
	tail  *suffixes // endings the last part may take, nil for none
	check guard     // what else must hold, nil for nothing
}

// A guard looks at the words around a form; false means that it is not meant.
type guard func(t *reading, at, n int) bool

// A table holds the forms of one language.
type table struct {
	whole map[string][]*form // by the first word, longest form first
	stems map[string][]*form // forms of one word that take endings, by the stem
	min   int                // bytes of the shortest stem
	max   int                // bytes of the longest stem
}

// suffixes are the endings of an agglutinative language. A word fits where what
// follows its stem can be cut into at most depth of them.
type suffixes struct {
	list  []string
	depth int
}

// fits tells whether rest, folded, is made of endings.
func (s *suffixes) fits(rest string) bool { return s.cut(rest, s.depth) }

func (s *suffixes) cut(rest string, depth int) bool {
	if rest == "" {
		return true
	}
	if depth == 0 {
		return false
	}
	for _, suffix := range s.list {
		if strings.HasPrefix(rest, suffix) && s.cut(rest[len(suffix):], depth-1) {
			return true
		}
	}
	return false
}

// newSuffixes folds a list of endings.
func newSuffixes(depth int, endings string) *suffixes {
	s := &suffixes{depth: depth}
	for _, e := range strings.Fields(endings) {
		if f := foldWord(e); !slices.Contains(s.list, f) {
			s.list = append(s.list, f)
		}
	}
	return s
}

func newTable() *table {
	return &table{whole: map[string][]*form{}, stems: map[string][]*form{}, min: 1 << 20}
}

// parse cuts a name into parts. ok is false for names with signs that no text
// writes the same way, such as brackets.
func parse(name string) (parts []part, ok bool) {
	if strings.ContainsAny(name, "()[]:;/") {
		return nil, false
	}
	if rest, ok := strings.CutPrefix(strings.TrimPrefix(name, "The "), "the "); ok || rest != name && rest != "Hague" {
		name = rest // the article is no part of the mention
	}
	ws := words(name)
	for i, w := range ws {
		if i > 0 && w.gap == wide {
			return nil, false
		}
		parts = append(parts, part{w.fold, w.gap})
	}
	return parts, len(parts) > 0
}

// add puts a form into the table, unless the same words stand there for the
// same country.
func (t *table) add(f *form) {
	if len(f.parts) == 1 && f.tail != nil {
		stem := f.parts[0].fold
		t.stems[stem] = append(t.stems[stem], f)
		t.min, t.max = min(t.min, len(stem)), max(t.max, len(stem))
		return
	}
	first := f.parts[0].fold
	for _, old := range t.whole[first] {
		if old.tail == nil && old.exact == f.exact && slices.EqualFunc(old.parts, f.parts, func(a, b part) bool { return a == b }) {
			return // who comes first is the better reading
		}
	}
	t.whole[first] = append(t.whole[first], f)
}

// finish sorts the forms that share a first word, longest first.
func (t *table) finish() *table {
	for _, forms := range t.whole {
		slices.SortStableFunc(forms, func(a, b *form) int { return len(b.parts) - len(a.parts) })
	}
	return t
}

// lang is what a language brings to its table.
type lang struct {
	// inflect writes a name in all its forms; nil where it has one.
	inflect func(name string) []string
	// stem cuts a name to what its endings are put on; nil leaves it whole.
	stem func(name string) string
	// tail are the endings of names and demonyms, nil for none.
	tail *suffixes
	// demonymTail are the endings of demonyms where names have others or none.
	demonymTail *suffixes
	// loose says that names of five letters and more are also known when
	// written with a small letter.
	loose bool
	// paradigms are the endings behind "stem/name" in the forms file.
	paradigms map[string][]string
	// small says that adjectives and demonyms are written with a small letter.
	small bool
	// common are names that are words of the language too: they need a capital.
	common map[string]bool
	// skip are names of names.txt that mean other things more often.
	skip map[string]bool
	// guards and blocks: see english.go.
	guards map[string]guard
	blocks []string
}

var tables sync.Map // language → func() *table

// tableOf returns the table of a language, building it at first use.
func tableOf(language string) *table {
	if f, ok := tables.Load(language); ok {
		return f.(func() *table)()
	}
	f, _ := tables.LoadOrStore(language, sync.OnceValue(func() *table { return build(language) }))
	return f.(func() *table)()
}

// build makes the table of a language from its forms file and its names.
func build(language string) *table {
	l := rules(language)
	t := newTable()
	for _, b := range l.blocks {
		if parts, ok := parse(b); ok {
			t.add(&form{parts: parts, cases: capital})
		}
	}
	forms, _ := formsFiles.ReadFile("data/forms." + language + ".txt")
	for line := range strings.Lines(string(forms)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "|")
		code := Code(strings.TrimSpace(columns[0]))
		for i, column := range columns[1:] {
			for _, entry := range splitForms(column) {
				t.entry(l, code, entry, i)
			}
		}
	}
	names := namesOf()[language]
	for _, c := range list() {
		for _, name := range names[c.Code] {
			if l.skip[name] || strings.Contains(name, "U.S.") { // initials stand in the forms file, to the letter
				continue
			}
			t.name(l, c.Code, name)
		}
	}
	return t.finish()
}

// splitForms cuts a column at its commas; "\," is a comma of the form.
func splitForms(column string) []string {
	var list []string
	for _, f := range strings.Split(strings.ReplaceAll(column, `\,`, "\x00"), ",") {
		if f = strings.TrimSpace(strings.ReplaceAll(f, "\x00", ",")); f != "" {
			list = append(list, f)
		}
	}
	return list
}

// The columns of a forms file behind the code.
const (
	nameColumn = iota
	demonymColumn
	capitalColumn
)

// entry adds one entry of a forms file.
func (t *table) entry(l lang, code Code, entry string, column int) {
	f := form{code: code}
	if rest, ok := strings.CutPrefix(entry, "="); ok {
		parts, ok := parse(rest)
		if ok {
			f.parts, f.exact, f.cases, f.check = parts, strings.TrimSuffix(rest, "."), exact, l.guards[rest]
			t.add(&f)
		}
		return
	}
	if rest, ok := strings.CutSuffix(entry, "-"); ok {
		f.check, entry = compound, rest
	}
	if rest, ok := strings.CutPrefix(entry, "!"); ok {
		entry, f.check = rest, unshared
	}
	if column == demonymColumn && l.small {
		f.cases = anyCase
	}
	if f.check == nil {
		f.check = l.guards[strings.TrimSuffix(entry, "+s")]
	}
	if general := [...]string{"name", "demonym", "capital"}; f.check == nil && column < len(general) {
		f.check = l.guards[general[column]]
	}
	if stem, paradigm, ok := strings.Cut(entry, "/"); ok {
		for _, ending := range l.paradigms[paradigm] {
			g := f
			if g.parts, ok = parse(stem + ending); ok {
				t.add(&g)
			}
		}
		return
	}
	spellings := []string{entry}
	if rest, ok := strings.CutSuffix(entry, "+s"); ok {
		spellings = []string{rest, rest + "s"}
	}
	if column != demonymColumn && l.inflect != nil {
		spellings = l.inflect(entry)
	}
	for _, s := range spellings {
		g := f
		if l.stem != nil && (column != demonymColumn || scriptOfForm(s) == georgian) {
			s = l.stem(s)
		}
		g.tail = l.tail
		if column == demonymColumn && l.demonymTail != nil {
			g.tail = l.demonymTail
		}
		var ok bool
		if g.parts, ok = parse(s); ok {
			t.add(&g)
		}
	}
}

// compound wants a hyphen behind the first half of a compound: "Sino-Russian".
func compound(t *reading, at, n int) bool {
	return at+n < len(t.words) && t.words[at+n].gap == hyphen
}

// scriptOfForm is the script of the first letter of a form.
func scriptOfForm(s string) script {
	r, _ := utf8.DecodeRuneInString(s)
	return scriptOf(r)
}

// name adds a name of names.txt.
func (t *table) name(l lang, code Code, name string) {
	spellings := []string{name}
	if l.inflect != nil {
		spellings = l.inflect(name)
	}
	for _, s := range spellings {
		if l.stem != nil {
			s = l.stem(s)
		}
		parts, ok := parse(s)
		if !ok {
			continue
		}
		f := form{code: code, parts: parts, tail: l.tail, cases: capital, check: l.guards[name]}
		if l.loose && !l.common[name] && utf8.RuneCountInString(name) >= 5 {
			f.cases = distinct
		}
		if f.check == nil {
			f.check = l.guards["name"]
		}
		t.add(&f)
		if and, ok := strings.CutSuffix(name, " Islands"); ok && len(parts) > 1 && and != "" && strings.Contains(s, "&") {
			if parts, ok := parse(and); ok {
				t.add(&form{code: code, parts: parts, cases: capital})
			}
		}
	}
}

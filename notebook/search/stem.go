package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	snowball "github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/turkish"
)

// stemmers are the languages with a stemmer. The others with rich endings are
// in beginnings.
var stemmers = map[string]func(*snowball.Env) bool{
	"en": english.Stem, "ru": russian.Stem, "tr": turkish.Stem, "ar": arabic.Stem,
	"de": german.Stem, "fr": french.Stem, "es": spanish.Stem,
}

// beginnings are languages without a good stemmer whose words grow at the end.
// Their words are indexed by every beginning of four letters and more, so that
// "Астана" finds "Астанада" in a Kazakh text without a search through the
// dictionary.
var beginnings = map[string]bool{"az": true, "kk": true, "ka": true, "hy": true, "uz": true, "ky": true, "tk": true}

// The letters of the beginnings that are indexed.
const (
	shortestBeginning = 4
	longestBeginning  = 12
)

// stems returns the terms of the stem field for a word of a text in a language:
// its stem, which may be the word itself, or its beginnings.
func stems(t token, lang string) []string {
	if beginnings[lang] && !isDigits(t.term) {
		return beginningsOf(t.term)
	}
	if s := stem(t, lang); s != "" {
		return []string{s}
	}
	return []string{t.term}
}

// known remembers stems while texts are indexed: most words of a text have been
// seen before.
var known stemCache

// stemCache maps a language and a word to its stem. It starts anew when it is
// full.
type stemCache struct {
	mu    sync.RWMutex
	stems map[[2]string]string
}

// mostStems bounds the cache to a few megabytes.
const mostStems = 50_000

func (c *stemCache) stem(t token, lang string) string {
	if stemmers[lang] == nil {
		return stem(t, lang)
	}
	key := [2]string{lang, t.raw}
	c.mu.RLock()
	s, ok := c.stems[key]
	c.mu.RUnlock()
	if ok {
		return s
	}
	if s = stem(t, lang); s == "" {
		s = t.term
	}
	key[1] = strings.Clone(t.raw) // the text itself is not kept alive
	c.mu.Lock()
	if c.stems == nil || len(c.stems) >= mostStems {
		c.stems = make(map[[2]string]string, 1024)
	}
	c.stems[key] = strings.Clone(s)
	c.mu.Unlock()
	return s
}

// beginningsOf lists the beginnings of a folded word, and the word itself where
// it is shorter or longer than all of them.
func beginningsOf(term string) []string {
	var list []string
	n := 0
	for i := range term {
		if n >= shortestBeginning && n <= longestBeginning {
			list = append(list, term[:i])
		}
		n++
	}
	return append(list, term)
}

// stem cuts the ending of a word by the rules of a language and folds what is
// left. It returns the folded word itself where the language has no rules or
// the word is of another script.
func stem(t token, lang string) string {
	if lang == "fa" {
		return persianStem(t.term)
	}
	run := stemmers[lang]
	if run == nil || !sameScript(t.raw, lang) || strings.Contains(t.raw, ".") { // initials have no endings
		return t.term
	}
	word := lower(t.raw, lang)
	if len(word) > longestTerm {
		return t.term
	}
	env := snowball.NewEnv(word)
	run(env)
	return fold(env.Current())
}

// lower writes a word small for a stemmer, which knows the accents of its
// language but not capitals.
func lower(w, lang string) string {
	if lang == "tr" {
		w = strings.ToLowerSpecial(unicode.TurkishCase, w)
	} else {
		w = strings.ToLower(strings.ReplaceAll(w, "İ", "i"))
	}
	if lang == "ru" {
		w = strings.ReplaceAll(w, "ё", "е")
	}
	return w
}

// sameScript tells whether a word is written in the letters of a language.
func sameScript(w, lang string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	switch lang {
	case "ru":
		return unicode.Is(unicode.Cyrillic, r)
	case "ar":
		return unicode.Is(unicode.Arabic, r)
	}
	return unicode.Is(unicode.Latin, r)
}

// persianStem cuts the plural and the comparative of a folded Persian word.
func persianStem(term string) string {
	for _, ending := range []string{"هايي", "هاي", "ها", "ترين", "تر", "ات", "ان", "ي"} {
		if rest, ok := strings.CutSuffix(term, ending); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return term
}

func isDigits(s string) bool {
	for _, r := range s {
		if !unicode.IsDigit(r) {
			return false
		}
	}
	return true
}

// stemsOfQuery returns the stems under which a searched word may stand: one for
// each language that is written like it.
func stemsOfQuery(t token) []string {
	list := []string{t.term} // texts of other languages, and beginnings
	for _, lang := range []string{"en", "de", "fr", "es", "tr", "ru", "ar", "fa"} {
		if lang == "fa" && !sameScript(t.raw, "ar") {
			continue
		}
		s := stem(t, lang)
		known := false
		for _, l := range list {
			known = known || l == s
		}
		if !known && s != "" {
			list = append(list, s)
		}
	}
	return list
}

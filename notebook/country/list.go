package country

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Country is one country or territory of ISO 3166-1.
type Country struct {
	Code      Code
	Alpha3    string // ISO 3166-1 alpha-3, such as "AZE"
	Numeric   string // ISO 3166-1 numeric, three digits; the key of the world map
	Name      string // the English name to show
	Region    string // UN M49 region, such as "Asia"
	Subregion string // UN M49 sub-region, such as "Western Asia"
}

// ErrUnknown says that a text names no country that is known.
var ErrUnknown = errors.New("no such country")

//go:embed data/countries.txt
var countriesText string

//go:embed data/names.txt
var namesText string

// m49 names the regions of the UN's standard M49.
var m49 = map[string]string{
	"002": "Africa", "009": "Oceania", "010": "Antarctica", "019": "Americas", "142": "Asia", "150": "Europe",
	"005": "South America", "011": "Western Africa", "013": "Central America", "014": "Eastern Africa",
	"015": "Northern Africa", "017": "Middle Africa", "018": "Southern Africa", "021": "Northern America",
	"029": "Caribbean", "030": "Eastern Asia", "034": "Southern Asia", "035": "South-eastern Asia",
	"039": "Southern Europe", "053": "Australia and New Zealand", "054": "Melanesia", "057": "Micronesia",
	"061": "Polynesia", "143": "Central Asia", "145": "Western Asia", "151": "Eastern Europe",
	"154": "Northern Europe", "155": "Western Europe",
}

// namesOf maps language to code to names, the one to show first.
var namesOf = sync.OnceValue(func() map[string]map[Code][]string {
	all := map[string]map[Code][]string{}
	var current map[Code][]string
	for line := range strings.Lines(namesText) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "[") {
			current = map[Code][]string{}
			all[strings.Trim(line, "[]")] = current
			continue
		}
		if code, rest, ok := strings.Cut(line, " "); ok {
			current[Code(code)] = strings.Split(rest, "|")
		}
	}
	return all
})

// list is every country, by code.
var list = sync.OnceValue(func() []Country {
	var all []Country
	english := namesOf()["en"]
	for line := range strings.Lines(countriesText) {
		f := strings.Fields(line)
		if len(f) != 5 {
			continue
		}
		all = append(all, Country{
			Code: Code(f[0]), Alpha3: f[1], Numeric: f[2], Name: english[Code(f[0])][0],
			Region: m49[f[3]], Subregion: m49[f[4]],
		})
	}
	return all
})

// All returns every country of ISO 3166-1 and, besides, Kosovo under the
// user-assigned code XK, sorted by code. The slice is the caller's own.
func All() []Country { return slices.Clone(list()) }

// Lookup returns the country of a code.
func Lookup(code Code) (Country, bool) {
	all := list()
	i, ok := slices.BinarySearchFunc(all, code, func(c Country, code Code) int { return strings.Compare(string(c.Code), string(code)) })
	if !ok {
		return Country{}, false
	}
	return all[i], true
}

// Name returns the name of a country in a language (a BCP 47 tag of which the
// first part counts), else in English, else the code itself.
func Name(code Code, lang string) string {
	for _, l := range []string{primary(lang), "en"} {
		if names := namesOf()[l][code]; len(names) > 0 {
			return names[0]
		}
	}
	return string(code)
}

// Languages lists the languages that Name knows, sorted.
func Languages() []string {
	var langs []string
	for l := range namesOf() {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	return langs
}

// Region returns the UN M49 sub-region of a country ("Western Asia"), empty for
// an unknown code.
func Region(code Code) string {
	c, _ := Lookup(code)
	return c.Subregion
}

// primary is the first part of a language tag, in lower case.
func primary(lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(lang, "_", "-")), "-")
	return lang
}

// ParseCode reads a country as people write it: alpha-2 or alpha-3 code in any
// case, or a name, short form or demonym in one of the languages. The error
// wraps ErrUnknown.
func ParseCode(s string) (Code, error) {
	trimmed := strings.TrimSpace(s)
	upper := strings.ToUpper(trimmed)
	switch len(upper) {
	case 2:
		if c, ok := Lookup(Code(upper)); ok {
			return c.Code, nil
		}
		if upper == "UK" {
			return "GB", nil
		}
	case 3:
		for _, c := range list() {
			if c.Alpha3 == upper {
				return c.Code, nil
			}
		}
	}
	if code, ok := parseNames()[nameKey(trimmed)]; ok {
		return code, nil
	}
	if len(trimmed) <= 100 {
		// The name may be a form that only Find knows: a demonym or a capital.
		for _, lang := range []string{"en", ""} {
			if m := Find(trimmed, lang); len(m) == 1 && m[0].Start == 0 && m[0].Form == trimmed {
				return m[0].Code, nil
			}
		}
	}
	return "", fmt.Errorf("read %q as a country: %w", s, ErrUnknown)
}

// parseNames maps the folded names of all languages to their country. English
// wins where languages differ.
var parseNames = sync.OnceValue(func() map[string]Code {
	m := map[string]Code{}
	langs := Languages()
	slices.SortStableFunc(langs, func(a, b string) int {
		if a == "en" {
			return -1
		}
		if b == "en" {
			return 1
		}
		return 0
	})
	for _, lang := range langs {
		for _, c := range list() {
			for _, name := range namesOf()[lang][c.Code] {
				if key := nameKey(name); key != "" {
					if _, taken := m[key]; !taken {
						m[key] = c.Code
					}
				}
			}
		}
	}
	// "Congo" alone means the larger country, as in Find.
	m["congo"] = "CD"
	return m
})

// nameKey folds a name and leaves out what is not a letter or digit.
func nameKey(s string) string {
	var b strings.Builder
	for _, w := range words(s) {
		b.WriteString(strings.ReplaceAll(w.fold, ".", ""))
	}
	return b.String()
}

package widgets

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"sourcebook/app/theme"
	"sourcebook/notebook/country"
)

// CountryOption is a country as a completion offers it.
func CountryOption(c country.Code) Option {
	return Option{Key: string(c), Label: country.Name(c, "en"), Note: string(c), Lead: theme.Flag(string(c))}
}

// CountryOptions turns codes into options.
func CountryOptions(codes []country.Code) []Option {
	out := make([]Option, len(codes))
	for i, c := range codes {
		out[i] = CountryOption(c)
	}
	return out
}

// CompleteCountry offers the countries whose name, a word of it, or code starts
// with what was typed; for nothing typed those of often, which come first
// among equals.
func CompleteCountry(often []country.Code) func(string) []Option {
	return func(typed string) []Option {
		if typed == "" {
			return CountryOptions(often)
		}
		want := fold(typed)
		var first, second []country.Code
		for _, c := range country.All() {
			name := fold(c.Name)
			switch {
			case strings.HasPrefix(name, want), strings.EqualFold(string(c.Code), typed), strings.EqualFold(c.Alpha3, typed):
				first = append(first, c.Code)
			case strings.Contains(" "+strings.NewReplacer("-", " ", "(", " ").Replace(name), " "+want):
				second = append(second, c.Code)
			}
		}
		all := append(first, second...)
		if len(all) == 0 {
			// Capitals, demonyms and names in other languages are known too.
			if c, err := country.ParseCode(typed); err == nil {
				all = append(all, c)
			}
		}
		slices.SortStableFunc(all, func(a, b country.Code) int {
			return rank(often, a) - rank(often, b)
		})
		return CountryOptions(all)
	}
}

func rank(often []country.Code, c country.Code) int {
	if i := slices.Index(often, c); i >= 0 {
		return i - len(often)
	}
	return 0
}

// CompleteWord offers the words that contain what was typed, those that start
// with it first.
func CompleteWord(words []Option) func(string) []Option {
	return func(typed string) []Option {
		want := fold(typed)
		var first, second []Option
		for _, w := range words {
			switch label := fold(w.Label); {
			case strings.HasPrefix(label, want):
				first = append(first, w)
			case strings.Contains(label, want):
				second = append(second, w)
			}
		}
		return append(first, second...)
	}
}

// NewWord makes a value of free text.
func NewWord(typed string) (Option, bool) {
	typed = strings.Join(strings.Fields(typed), " ")
	return Option{Key: typed, Label: typed}, typed != ""
}

// fold takes case and diacritics away.
func fold(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, strings.ToLower(s))
	if err != nil {
		return strings.ToLower(s)
	}
	return out
}

package notebook

import (
	"cmp"
	"slices"

	"sourcebook/notebook/country"
)

// Count is a word and how often it is used.
type Count struct {
	Word string `json:"word"`
	N    int    `json:"n"`
}

// CountryCount is how much the notebook holds on a country.
type CountryCount struct {
	Country country.Code `json:"country"`
	Claims  int          `json:"claims"`
	Sources int          `json:"sources"`
}

// Topics of claims with how often each is used, most used first.
func (t *Tx) Topics() ([]Count, error) { return t.mostUsed(claimOfTopic) }

// Tags of sources and highlights with how often each is used, most used first.
func (t *Tx) Tags() ([]Count, error) { return t.mostUsed(sourceOfTag, highlightOfTag) }

// Folders of sources with how many each holds, most first; those that were made
// and hold none come last.
func (t *Tx) Folders() ([]Count, error) {
	out, err := t.mostUsed(sourceOfFolder)
	if err != nil || t.n.format < 2 {
		return out, err
	}
	for f, err := range folders.all(t) {
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(out, func(c Count) bool { return c.Word == f.Name }) {
			out = append(out, Count{f.Name, 0})
		}
	}
	return out, nil
}

// Sites of sources, folded, with how many each has, most first.
func (t *Tx) Sites() ([]Count, error) { return t.mostUsed(sourceOfSite) }

// mostUsed adds up the groups of counted indexes.
func (t *Tx) mostUsed(from ...*index) ([]Count, error) {
	n := map[string]int{}
	for _, ix := range from {
		if err := t.groups(ix, func(group string, size int) { n[group] += size }); err != nil {
			return nil, err
		}
	}
	out := make([]Count, 0, len(n))
	for word, size := range n {
		out = append(out, Count{word, size})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Word, b.Word))
	})
	return out, nil
}

// CountryCounts gives for each country how many claims and sources name it, the
// most claims first.
func (t *Tx) CountryCounts() ([]CountryCount, error) {
	found := map[string]*CountryCount{}
	at := func(code string) *CountryCount {
		if found[code] == nil {
			found[code] = &CountryCount{Country: country.Code(code)}
		}
		return found[code]
	}
	if err := t.groups(claimOfCountry, func(code string, n int) { at(code).Claims = n }); err != nil {
		return nil, err
	}
	if err := t.groups(sourceOfCountry, func(code string, n int) { at(code).Sources = n }); err != nil {
		return nil, err
	}
	out := make([]CountryCount, 0, len(found))
	for _, c := range found {
		out = append(out, *c)
	}
	slices.SortFunc(out, func(a, b CountryCount) int {
		return cmp.Or(cmp.Compare(b.Claims, a.Claims), cmp.Compare(b.Sources, a.Sources), cmp.Compare(a.Country, b.Country))
	})
	return out, nil
}

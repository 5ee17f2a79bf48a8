package search

import (
	"unicode/utf8"

	bleveQuery "github.com/blevesearch/bleve/v2/search/query"
)

// compiler turns a parsed query into one that the index runs.
type compiler struct {
	typing bool
	last   *wordNode // the word that is still being typed
}

// lastWord returns the word at the very end of a query, nil where it ends in
// something else.
func lastWord(n node) *wordNode {
	switch n := n.(type) {
	case wordNode:
		if n.prefix || n.fuzzy > 0 {
			return nil
		}
		return &n
	case andNode:
		return lastWord(n.list[len(n.list)-1])
	case orNode:
		return lastWord(n.list[len(n.list)-1])
	case notNode:
		return lastWord(n.of)
	}
	return nil
}

func term(field, value string) bleveQuery.Query {
	q := bleveQuery.NewTermQuery(value)
	q.SetField(field)
	return q
}

func both(a, b bleveQuery.Query) bleveQuery.Query {
	return bleveQuery.NewConjunctionQuery([]bleveQuery.Query{a, b})
}

func (c *compiler) query(n node) bleveQuery.Query {
	switch n := n.(type) {
	case nil:
		return bleveQuery.NewMatchAllQuery()
	case wordNode:
		return c.word(n)
	case phraseNode:
		return phrase(fieldText, n.text)
	case textNode:
		return phrase(n.field, n.text)
	case termNode:
		q := bleveQuery.NewTermQuery(n.value)
		q.SetField(n.field)
		q.SetBoost(0) // a filter says nothing about how well a text fits
		return q
	case rangeNode:
		yes := true
		q := bleveQuery.NewNumericRangeInclusiveQuery(n.from, n.to, &yes, &yes)
		q.SetField(n.field)
		q.SetBoost(0)
		return q
	case notNode:
		return bleveQuery.NewBooleanQuery(nil, nil, []bleveQuery.Query{c.query(n.of)})
	case orNode:
		var list []bleveQuery.Query
		for _, of := range n.list {
			list = append(list, c.query(of))
		}
		return bleveQuery.NewDisjunctionQuery(list)
	case andNode:
		var must, not []bleveQuery.Query
		for _, of := range n.list {
			if no, ok := of.(notNode); ok {
				not = append(not, c.query(no.of))
			} else {
				must = append(must, c.query(of))
			}
		}
		if len(not) == 0 {
			return bleveQuery.NewConjunctionQuery(must)
		}
		return bleveQuery.NewBooleanQuery(must, nil, not)
	}
	return bleveQuery.NewMatchNoneQuery()
}

// word searches one word by its stems, best in a title. A word
// that falls into several (an address, a run of ideographs) is a phrase.
func (c *compiler) word(n wordNode) bleveQuery.Query {
	list := queryTokens(n.text)
	switch {
	case len(list) == 0:
		return bleveQuery.NewMatchNoneQuery()
	case len(list) > 1:
		return phrase(fieldText, n.text)
	}
	t := list[0]
	if n.fuzzy > 0 {
		q := bleveQuery.NewFuzzyQuery(t.term)
		q.SetField(fieldText)
		q.SetFuzziness(n.fuzzy)
		return q
	}
	unfinished := c.typing && c.last != nil && c.last.text == n.text
	if r, size := utf8.DecodeRuneInString(t.term); n.prefix || paired(r) && size == len(t.term) {
		return prefix(t.term)
	}
	// The stem field holds every word, so that the exact one need not be asked
	// as well: for a common word that would double the work.
	title := term(fieldTitle, t.term).(*bleveQuery.TermQuery)
	title.SetBoost(3)
	any := []bleveQuery.Query{title}
	for _, s := range stemsOfQuery(t) {
		any = append(any, term(fieldStem, s))
	}
	if unfinished {
		any = append(any, prefix(t.term))
	}
	return bleveQuery.NewDisjunctionQuery(any)
}

func prefix(beginning string) bleveQuery.Query {
	q := bleveQuery.NewPrefixQuery(beginning)
	q.SetField(fieldText)
	return q
}

// phrase searches words that follow each other in a field.
func phrase(field, text string) bleveQuery.Query {
	list := terms(text)
	switch len(list) {
	case 0:
		return bleveQuery.NewMatchNoneQuery()
	case 1:
		return term(field, list[0])
	}
	return bleveQuery.NewPhraseQuery(list, field)
}

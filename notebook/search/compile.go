package search

import (
	"math"
	"unicode/utf8"

	"sourcebook/notebook/search/segment"
)

// compiler turns a parsed query into a plan.
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

func (c *compiler) query(n node) plan {
	switch n := n.(type) {
	case nil:
		return allPlan{}
	case wordNode:
		return c.word(n)
	case phraseNode:
		return phrase(fieldText, n.text)
	case textNode:
		return phrase(n.field, n.text)
	case termNode:
		return filterPlan(n)
	case rangeNode:
		return rangePlan{n.column, bound(n.from, segment.NoValue+1), bound(n.to, math.MaxInt32)}
	case notNode:
		return notPlan{c.query(n.of)}
	case orNode:
		var list orPlan
		for _, of := range n.list {
			list = append(list, c.query(of))
		}
		return list
	case andNode:
		var must andPlan
		var not orPlan
		for _, of := range n.list {
			if no, ok := of.(notNode); ok {
				not = append(not, c.query(no.of))
			} else {
				must = append(must, c.query(of))
			}
		}
		if len(must) == 0 {
			return notPlan{not}
		}
		if len(not) == 0 {
			return must
		}
		return butPlan{must, not}
	}
	return nonePlan{}
}

// bound is an end of a range, open where v is nil.
func bound(v *float64, open int32) int32 {
	if v == nil {
		return open
	}
	return int32(min(max(*v, math.MinInt32+1), math.MaxInt32))
}

// word searches one word in all its forms, best in a title. A word
// that falls into several (an address, a run of ideographs) is a phrase.
func (c *compiler) word(n wordNode) plan {
	list := queryTokens(n.text)
	switch {
	case len(list) == 0:
		return nonePlan{}
	case len(list) > 1:
		return phrase(fieldText, n.text)
	}
	t := list[0]
	if n.fuzzy > 0 {
		return &nearPlan{word: t.term, edits: n.fuzzy}
	}
	if r, size := utf8.DecodeRuneInString(t.term); n.prefix || paired(r) && size == len(t.term) {
		return prefixPlan{t.term}
	}
	w := &wordPlan{forms: []form{{fieldTitle, t.term, titleWeight - 1}}}
	for _, s := range stemsOfQuery(t) {
		w.forms = append(w.forms, form{fieldText, s, 1}, form{fieldStem, s, 1})
	}
	if c.typing && c.last != nil && c.last.text == n.text {
		return orPlan{w, prefixPlan{t.term}}
	}
	return w
}

// phrase searches words that follow each other in a field.
func phrase(field uint8, text string) plan {
	list := terms(text)
	switch len(list) {
	case 0:
		return nonePlan{}
	case 1:
		return &wordPlan{forms: []form{{field, list[0], 1}}}
	}
	return &phrasePlan{field: field, words: list}
}

package search

import (
	"sourcebook/app/widgets"
)

// kindIcons and kindNames are by kind of hit.
var (
	kindIcons = map[string]string{"source": "article", "claim": "claim", "highlight": "highlight", "note": "note"}
	kindNames = map[string]string{"claim": "Claim", "highlight": "Highlight", "note": "Note"}
	kindTones = map[string]widgets.Tone{"claim": widgets.Good, "highlight": widgets.Caution, "note": widgets.Accent}
)

// lines lays hits out for the list: those of one source together, where the
// first of them stands; under the source's title what was found, and where.
func lines(hits []Hit) []line {
	var groups [][]int
	at := map[string]int{}
	for i, h := range hits {
		if h.Group == "" {
			groups = append(groups, []int{i})
			continue
		}
		g, ok := at[h.Group]
		if !ok {
			g = len(groups)
			at[h.Group] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	var list []line
	for _, group := range groups {
		list = append(list, groupLines(hits, group)...)
	}
	return list
}

// groupLines lays out the hits of one group, by their places in hits.
func groupLines(hits []Hit, group []int) []line {
	// The head is the source itself where it was found too.
	of := group[0]
	for _, i := range group {
		if hits[i].Kind == "source" {
			of = i
			break
		}
	}
	h := hits[of]
	head := line{head: true, icon: h.Icon, text: h.Title, marks: h.Marks, under: h.Line, hit: of, at: -1}
	if head.icon == "" {
		head.icon = kindIcons[h.Kind]
	}
	if h.Kind == "highlight" { // found alone: the source stands over it
		head.text, head.marks, head.under, head.icon = h.Source, nil, h.Line, kindIcons["source"]
	} else {
		head.badge, head.tone = kindNames[h.Kind], kindTones[h.Kind]
		if h.Kind == "source" && len(h.Marks) > 0 {
			head.badge = "Title"
		}
	}
	list := []line{head}
	for _, i := range group {
		h := hits[i]
		for n, s := range h.Snippets {
			if len(s.Marks) == 0 && (n > 0 || i != of) {
				continue // nothing is found there, and the head has said what it is
			}
			l := line{text: s.Text, marks: s.Marks, hit: i, at: n}
			if i != of || h.Kind == "highlight" {
				l.badge, l.tone = kindNames[h.Kind], kindTones[h.Kind]
			}
			list = append(list, l)
		}
		if len(h.Snippets) == 0 && i != of {
			list = append(list, line{text: h.Title, marks: h.Marks, hit: i, at: -1, badge: kindNames[h.Kind], tone: kindTones[h.Kind]})
		}
	}
	return list
}

package evidence

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// Original is one kept text that a claim leans on.
type Original struct {
	ID        string // whatever the caller knows it by
	Text      string
	Lang      string
	Published document.Date
}

// PointKind says what sort of thing is looked for.
type PointKind string

// The kinds of point.
const (
	FigurePoint PointKind = "figure"
	DatePoint   PointKind = "date"
	QuotePoint  PointKind = "quotation"
)

// Verdict says whether a point stands in an original.
type Verdict string

// The verdicts, from the best.
const (
	// Found: it stands there.
	Found Verdict = "found"
	// Loosely: something near it does: a rounded number, a bound, a date known
	// only by the day of publication, a quotation with a few other words.
	Loosely Verdict = "loosely"
	// Differs: the original has another value where the same is measured.
	Differs Verdict = "differs"
	// NotFound: nothing like it stands in any of the originals.
	NotFound Verdict = "not_found"
)

// Place is a stretch of an original.
type Place struct {
	Original string `json:"original"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	Text     string `json:"text"`
}

// Point is one number, date or quotation of a statement, with what was found of
// it. Start and End count in the statement. Reason says in words what was found,
// where it is not simply there.
type Point struct {
	Kind    PointKind `json:"kind"`
	Text    string    `json:"text"`
	Start   int       `json:"start"`
	End     int       `json:"end"`
	Verdict Verdict   `json:"verdict"`
	Places  []Place   `json:"places"`
	Reason  string    `json:"reason,omitempty"`
}

// shortestQuote is how many words a quotation needs to be looked for: shorter
// ones are words used as words.
const shortestQuote = 2

// Support looks for every number, date and quotation of a statement in the
// originals. lang is the statement's language. The points come in the order of
// the statement; a statement without any gives none. It finds what stands
// there, not whether it is meant: the reader judges.
func Support(statement, lang string, originals []Original) []Point {
	var points []Point
	quotes := quotations(statement)
	inQuote := func(start int) bool {
		return slices.ContainsFunc(quotes, func(q span) bool { return start >= q.start && start < q.end })
	}
	read := make([]reading, len(originals))
	for i, o := range originals {
		read[i] = reading{Original: o, words: wordsOf(o.Text)}
	}
	for _, q := range quotes {
		points = append(points, findQuote(q, read))
	}
	latest := document.Date("")
	for _, o := range originals {
		latest = max(latest, o.Published)
	}
	for _, d := range Dates(statement, latest) {
		if !inQuote(d.Start) {
			points = append(points, findDate(d, read))
		}
	}
	for _, f := range Figures(statement, lang) {
		if !inQuote(f.Start) {
			points = append(points, findFigure(f, read))
		}
	}
	slices.SortStableFunc(points, func(a, b Point) int { return a.Start - b.Start })
	return points
}

// reading is an original with what has been read out of it, each once.
type reading struct {
	Original
	words   []word
	figures []Figure
	dates   []DateMention
	read    bool
}

func (r *reading) parse() {
	if !r.read {
		r.figures, r.dates, r.read = Figures(r.Text, r.Lang), Dates(r.Text, r.Published), true
	}
}

type span struct {
	text       string
	start, end int
}

// quoteMarks pair an opening mark with those that close it.
var quoteMarks = map[rune]string{'"': "\"", '“': "”\"", '„': "“”", '«': "»", '»': "«", '‚': "‘", '「': "」", '『': "』"}

// quotations cuts what stands between quotation marks, without the marks.
func quotations(text string) []span {
	var list []span
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		closing, ok := quoteMarks[runes[i]]
		if !ok {
			continue
		}
		for j := i + 1; j < len(runes) && runes[j] != '\n'; j++ {
			if strings.ContainsRune(closing, runes[j]) {
				s := span{string(runes[i+1 : j]), i + 1, j}
				if len(wordsOf(s.text)) >= shortestQuote {
					list = append(list, s)
				}
				i = j
				break
			}
		}
	}
	return list
}

// findQuote looks for a quotation word by word, so that marks, dashes and case
// do not matter; where it is not there, for the stretch that shares most words
// in order.
func findQuote(q span, originals []reading) Point {
	p := Point{Kind: QuotePoint, Text: q.text, Start: q.start, End: q.end, Verdict: NotFound, Places: []Place{}}
	want := folds(wordsOf(q.text))
	best, bestPlace := 0.0, Place{}
	for i := range originals {
		o := &originals[i]
		have := folds(o.words)
		for at := 0; at+len(want) <= len(have); at++ {
			if have[at] == want[0] && slices.Equal(have[at:at+len(want)], want) {
				p.Places = append(p.Places, o.place(at, at+len(want)))
				at += len(want) - 1
			}
		}
		if len(p.Places) == 0 && len(want) >= 4 {
			if share, from, to := nearest(want, have); share > best {
				best, bestPlace = share, o.place(from, to)
			}
		}
	}
	switch {
	case len(p.Places) > 0:
		p.Verdict = Found
	case best >= 0.8:
		p.Verdict, p.Places = Loosely, []Place{bestPlace}
		p.Reason = fmt.Sprintf("%.0f%% of the quoted words stand there in this order", math.Floor(best*100))
	default:
		p.Reason = "these words stand in none of the originals"
	}
	return p
}

func folds(ws []word) []string {
	list := make([]string, len(ws))
	for i, w := range ws {
		list[i] = w.fold
	}
	return list
}

// place is the stretch of words from to to of an original.
func (r *reading) place(from, to int) Place {
	a, b := r.words[from], r.words[to-1]
	return Place{Original: r.ID, Start: a.start, End: b.end, Text: r.Text[a.from:b.to]}
}

// longestNearest bounds the words of an original in which a near quotation is
// looked for; beyond it only exact ones are found.
const longestNearest = 200_000

// nearest finds the window of have that shares the largest part of want in
// order, by its share of want. Windows are tried only where they hold enough of
// the words at all.
func nearest(want, have []string) (share float64, from, to int) {
	if len(have) > longestNearest || len(want) > 200 {
		return 0, 0, 0
	}
	in := map[string]int{}
	for _, w := range want {
		in[w]++
	}
	width := len(want) + len(want)/4 + 1
	hits := 0
	for i := range have {
		if in[have[i]] > 0 {
			hits++
		}
		if i >= width && in[have[i-width]] > 0 {
			hits--
		}
		if float64(hits) < 0.8*float64(len(want)) || float64(hits)/float64(len(want)) <= share {
			continue
		}
		start := max(0, i+1-width)
		if n, a, b := common(want, have[start:i+1]); float64(n)/float64(len(want)) > share {
			share, from, to = float64(n)/float64(len(want)), start+a, start+b
		}
	}
	return share, from, to
}

// common is the length of the longest common subsequence of two short lists,
// and the stretch of b from its first word to its last.
func common(a, b []string) (n, from, to int) {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i][j] = table[i+1][j+1] + 1
			} else {
				table[i][j] = max(table[i+1][j], table[i][j+1])
			}
		}
	}
	from, to = -1, 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			if from < 0 {
				from = j
			}
			to = j + 1
			i, j = i+1, j+1
		case table[i+1][j] >= table[i][j+1]:
			i++
		default:
			j++
		}
	}
	return table[0][0], max(from, 0), to
}

// findDate looks for a date. A month or year of the statement is there where the
// original names a day in it.
func findDate(d DateMention, originals []reading) Point {
	p := Point{Kind: DatePoint, Text: d.Text, Start: d.Start, End: d.End, Verdict: NotFound, Places: []Place{}}
	var published []string
	for i := range originals {
		o := &originals[i]
		o.parse()
		for _, have := range o.dates {
			if within(have, d) {
				p.Places = append(p.Places, Place{o.ID, have.Start, have.End, have.Text})
			}
		}
		if strings.HasPrefix(string(o.Published), string(d.Date)) {
			published = append(published, o.ID)
		}
	}
	switch {
	case len(p.Places) > 0:
		p.Verdict = Found
	case len(published) > 0:
		p.Verdict = Loosely
		p.Reason = "it is the day on which the original appeared, and not named in it"
		for _, id := range published {
			p.Places = append(p.Places, Place{Original: id})
		}
	default:
		p.Reason = "none of the originals names this date"
	}
	return p
}

// within tells whether a date of an original bears out one of a statement.
func within(have, want DateMention) bool {
	if strings.HasPrefix(string(have.Date), string(want.Date)) {
		return want.Until == "" || have.Until == want.Until || len(have.Date) < 10
	}
	return have.Until != "" && want.Until == "" && len(want.Date) == 10 && want.Date >= have.Date && want.Date <= have.Until
}

// findFigure looks for a figure: the same measure and unit with a value that
// bears it out; else the number by itself; else another value of the same.
func findFigure(f Figure, originals []reading) Point {
	p := Point{Kind: FigurePoint, Text: f.Text, Start: f.Start, End: f.End, Verdict: NotFound, Places: []Place{}}
	var loose, other []Place
	var looseReason string
	for i := range originals {
		o := &originals[i]
		o.parse()
		for _, have := range o.figures {
			place := Place{o.ID, have.Start, have.End, have.Text}
			switch alike := comparable(f, have); {
			case !alike:
				if have.Value == f.Value && have.High == f.High && have.Unit == f.Unit {
					loose = append(loose, place)
					if looseReason == "" {
						looseReason = fmt.Sprintf("the number stands there, as %s of something else", have.Measure)
					}
				}
			case equal(f.Value, have.Value) && equal(f.High, have.High):
				if f.Bound == have.Bound || f.Bound == About || have.Bound == Exactly && f.Bound != Between {
					p.Places = append(p.Places, place)
				} else {
					loose = append(loose, place)
					looseReason = fmt.Sprintf("the original says %s, the statement %s", have.Bound.words(), f.Bound.words())
				}
			case rounded(f, have):
				loose = append(loose, place)
				if looseReason == "" {
					looseReason = fmt.Sprintf("the original has %q", have.Text)
				}
			case bears(f, have):
				loose = append(loose, place)
				if looseReason == "" {
					looseReason = fmt.Sprintf("the original has %q, which fits within", have.Text)
				}
			default:
				other = append(other, place)
			}
		}
	}
	switch {
	case len(p.Places) > 0:
		p.Verdict = Found
	case len(loose) > 0:
		p.Verdict, p.Places, p.Reason = Loosely, loose, looseReason
	case len(other) > 0:
		p.Verdict, p.Places = Differs, other
		p.Reason = fmt.Sprintf("the original has %q", other[0].Text)
	default:
		p.Reason = "this number stands in none of the originals"
	}
	return p
}

// words says a bound for a reason.
func (b Bound) words() string {
	switch b {
	case AtLeast:
		return "at least"
	case AtMost:
		return "at most"
	case About:
		return "about"
	case Between:
		return "between"
	}
	return "exactly"
}

// comparable tells whether two figures measure the same sort of thing: counts
// only where a noun is shared.
func comparable(a, b Figure) bool {
	if a.Measure != b.Measure || a.Unit != b.Unit {
		return false
	}
	if a.Measure != Things && a.Measure != People {
		return true
	}
	return sharedNoun(a.Noun, b.Noun)
}

// sharedNoun compares the last words of two nouns by their beginnings, so that
// "trains" is "train".
func sharedNoun(a, b string) bool {
	x, y := strings.Fields(foldText(a)), strings.Fields(foldText(b))
	if len(x) == 0 || len(y) == 0 {
		return len(x) == len(y)
	}
	s, t := x[len(x)-1], y[len(y)-1]
	n := min(utf8.RuneCountInString(s), utf8.RuneCountInString(t))
	if n < 3 {
		return s == t
	}
	same := 0
	for r, u := []rune(s), []rune(t); same < n && r[same] == u[same]; {
		same++
	}
	return same >= n-2 && same >= 3
}

func equal(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }

// rounded tells whether one value is the other rounded: "2.7 million" for
// 2,713,400.
func rounded(a, b Figure) bool {
	if a.Bound == Between || b.Bound == Between || a.Value == 0 || b.Value == 0 {
		return false
	}
	for _, digits := range []int{2, 3} {
		if equal(round(a.Value, digits), b.Value) || equal(a.Value, round(b.Value, digits)) {
			return math.Abs(a.Value-b.Value) <= 0.05*math.Max(a.Value, b.Value)
		}
	}
	return false
}

// round keeps so many leading digits.
func round(v float64, digits int) float64 {
	scale := math.Pow(10, math.Floor(math.Log10(math.Abs(v)))-float64(digits-1))
	return math.Round(v/scale) * scale
}

// bears tells whether a value of the original lies within the bound of the
// statement, or the statement's within what the original says roughly. "At least
// 38" does not bear out 55.
func bears(claim, have Figure) bool {
	return inside(claim, have) || (have.Bound == About || have.Bound == Between) && inside(have, claim)
}

func inside(bound, f Figure) bool {
	switch bound.Bound {
	case AtLeast:
		return f.Value >= bound.Value && f.Value <= 1.5*bound.Value
	case AtMost:
		return f.High <= bound.Value && f.High >= 0.5*bound.Value
	case Between:
		return f.Value >= bound.Value && f.High <= bound.High
	case About:
		return math.Abs(f.Value-bound.Value) <= 0.1*bound.Value
	}
	return false
}

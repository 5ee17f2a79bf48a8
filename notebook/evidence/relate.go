package evidence

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// Relation is how one statement stands to another.
type Relation string

// The relations that texts suggest.
const (
	SameAs      Relation = "same_as"
	Supports    Relation = "supports"
	Contradicts Relation = "contradicts"
	Refines     Relation = "refines" // says the same with more detail
	Update      Relation = "update"  // a later state of the same thing
	Unrelated   Relation = "none"
)

// Statement is a claim's text with what is known of it.
type Statement struct {
	Text      string
	Lang      string
	Published document.Date
}

// Suggestion is a relation with the reasons for it, in words. It is a
// suggestion: a person accepts or dismisses it.
type Suggestion struct {
	Relation Relation `json:"relation"`
	Reasons  []string `json:"reasons"`
}

// How much of their words two statements share to be about one thing, by the
// shorter one, and to say the same, by both.
const (
	sameTopic = 0.4
	sameWords = 0.8
)

// Relate compares two statements: whether they are about the same thing, and if
// so, whether their figures, dates and verbs agree. A bound is no contradiction
// of a value within it, and a later, higher count of the dead is an update.
func Relate(a, b Statement) Suggestion {
	x, y := sense(a), sense(b)
	if len(x.content) == 0 || len(y.content) == 0 {
		return Suggestion{Unrelated, []string{"there are no words to compare"}}
	}
	shared := 0
	for w := range x.content {
		if y.content[w] {
			shared++
		}
	}
	overlap := float64(shared) / float64(min(len(x.content), len(y.content)))
	union := float64(shared) / float64(len(x.content)+len(y.content)-shared)
	places := 0
	for c := range x.countries {
		if y.countries[c] {
			places++
		}
	}
	apart := len(x.countries) > 0 && len(y.countries) > 0 && places == 0
	figures := compareFigures(x.figures, y.figures)
	// A figure of the same kind brings two statements together that use other
	// words: "38 people died" and "the disaster killed 39".
	near := overlap >= sameTopic && shared >= 2 || overlap >= 0.25 && shared >= 1 && figures.alike > 0 && (places > 0 || len(x.countries)+len(y.countries) == 0)
	if apart || !near {
		reason := fmt.Sprintf("they share %s of %d", plural(shared, "word"), min(len(x.content), len(y.content)))
		if apart {
			reason = "they speak of different countries"
		}
		return Suggestion{Unrelated, []string{reason}}
	}
	reasons := []string{fmt.Sprintf("they share %s", plural(shared, "word"))}
	dates := compareDates(x.dates, y.dates)
	if len(x.dates) == 0 && len(y.dates) == 0 && len(x.months) > 0 && len(y.months) > 0 && !slices.ContainsFunc(x.months, func(m time.Month) bool { return slices.Contains(y.months, m) }) {
		return Suggestion{Unrelated, append(reasons, fmt.Sprintf("they speak of different months: %s and %s", x.months[0], y.months[0]))}
	}

	if !dates.differ && len(figures.conflicts) > 0 {
		later := a.Published != "" && b.Published != "" && a.Published != b.Published
		for _, c := range figures.conflicts {
			if later && (c.grows(a.Published < b.Published) || !c.ofPeople() && daysApart(a.Published, b.Published) >= newState) {
				return Suggestion{Update, append(reasons, fmt.Sprintf("%q became %q between %s and %s", c.a.Text, c.b.Text, a.Published, b.Published))}
			}
		}
		c := figures.conflicts[0]
		return Suggestion{Contradicts, append(reasons, fmt.Sprintf("one says %s, the other %s", figureWords(c.a), figureWords(c.b)))}
	}
	if x.negated != y.negated && overlap >= 0.5 {
		return Suggestion{Contradicts, append(reasons, "one denies what the other says")}
	}
	if p, q, ok := opposites(x.all, y.all); ok && overlap >= 0.4 {
		return Suggestion{Contradicts, append(reasons, fmt.Sprintf("one says %q, the other %q", p, q))}
	}
	if dates.differ {
		if len(figures.conflicts) > 0 || overlap < sameWords {
			return Suggestion{Unrelated, append(reasons, fmt.Sprintf("they speak of different days: %s and %s", dates.a, dates.b))}
		}
		return Suggestion{Contradicts, append(reasons, fmt.Sprintf("one says %s, the other %s", dates.a, dates.b))}
	}
	if len(figures.within) > 0 {
		c := figures.within[0]
		if a.Published != "" && b.Published != "" && a.Published != b.Published && c.grows(a.Published < b.Published) {
			return Suggestion{Update, append(reasons, fmt.Sprintf("%s became %s", figureWords(c.a), figureWords(c.b)))}
		}
		return Suggestion{Refines, append(reasons, fmt.Sprintf("%s fits within %s", figureWords(c.a), figureWords(c.b)))}
	}
	extraA, extraB := x.details()-figures.alike, y.details()-figures.alike
	if dates.same {
		extraA, extraB = extraA-1, extraB-1
	}
	if union >= sameWords && extraA == extraB {
		return Suggestion{SameAs, append(reasons, "nearly all of their words are the same")}
	}
	less := x
	if extraB <= 0 && extraA > 0 {
		less = y
	}
	if float64(shared) >= 0.75*float64(len(less.content)) && (extraA > 0) != (extraB > 0) {
		return Suggestion{Refines, append(reasons, "one adds "+join(extras(x, y)))}
	}
	if overlap >= sameWords && (len(x.content) >= len(y.content)+3 || len(y.content) >= len(x.content)+3) {
		return Suggestion{Refines, append(reasons, "one says the same in more detail")}
	}
	if figures.equal > 0 {
		reasons = append(reasons, plural(figures.equal, "figure")+" agree")
	}
	if dates.same {
		reasons = append(reasons, "their dates agree")
	}
	if union >= 0.6 && figures.alike == figures.equal {
		return Suggestion{SameAs, append(reasons, "most of their words are the same")}
	}
	if overlap < 0.6 && figures.equal == 0 && !dates.same {
		return Suggestion{Unrelated, append(reasons, "they may be about one thing, but do not say the same of it")}
	}
	return Suggestion{Supports, append(reasons, "nothing in them differs")}
}

// newState is after how many days another value is a new state of things, and
// no contradiction.
const newState = 30

// daysApart counts the days between two dates, 0 where one is not a day.
func daysApart(a, b document.Date) int {
	x, errX := time.Parse(time.DateOnly, string(a))
	y, errY := time.Parse(time.DateOnly, string(b))
	if errX != nil || errY != nil {
		return 0
	}
	return int(math.Abs(y.Sub(x).Hours()) / 24)
}

// meaning is what is read out of a statement to compare it.
type meaning struct {
	content   map[string]bool // stems of words that carry meaning
	all       map[string]bool // every folded word
	countries map[country.Code]bool
	figures   []Figure
	dates     []DateMention
	months    []time.Month // named without a year
	negated   bool
}

func (m meaning) details() int { return len(m.figures) + len(m.dates) }

// emptyWords carry no meaning of their own, folded.
var emptyWords = wordList(`a an the of in on at by to from for with as and or but is are was were be been being has have had having will would
	could may might can that this these those it its he she they his her their them who which what when where than then there
	so also more most some any all both each other into over under about after before during between among against within
	said says say saying told according reported report reports officials official least people person up down out off per
	и в во на по из от до с со за для при что как не ни или но а же бы был была было были это этот его ее их он она они о об
	у к ко под над между после перед сообщил сообщили заявил заявили человек людей года году
	ve bir bu da de ile için olarak olan ki gibi göre kişi və üçün nəfər edib olub
	der die das den dem des ein eine einen einem einer und oder in im an am auf von vom zu zum zur mit bei nach für ist sind war
	waren wurde wurden hat haben dass sich nicht auch menschen
	le la les un une des du de et ou dans sur par pour avec que qui est sont a ont été au aux en ne pas se plus personnes
	el los las una unos unas del y o en con por para que es son fue fueron ha han se no más al lo su sus personas`)

// denials turn a statement round.
var denials = stemList(`not. no. never. denied. denies. deny. denying. refused. refuses. false. without. neither. cannot. не. нет. ни. отрица опроверг
	değil. yok. yalanla inkar etmədi. təkzib nicht. kein. keine. keinen. dementier bestritt pas. jamais. aucun. dément. niega. negó. nunca. ningún.`)

func sense(s Statement) meaning {
	m := meaning{content: map[string]bool{}, all: map[string]bool{}, countries: map[country.Code]bool{}}
	m.figures = Figures(s.Text, s.Lang)
	m.dates = Dates(s.Text, s.Published)
	counted := func(w word) bool {
		for _, f := range m.figures {
			if w.start < f.End && f.Start < w.end {
				return true
			}
		}
		for _, d := range m.dates {
			if w.start < d.End && d.Start < w.end {
				return true
			}
		}
		return false
	}
	mentions := country.Find(s.Text, s.Lang)
	for _, c := range mentions {
		m.countries[c.Code] = true
	}
	for _, w := range wordsOf(s.Text) {
		m.all[w.fold] = true
		if month, ok := months[w.fold]; ok && (w.title || !monthWords[w.fold]) && !counted(w) {
			m.months = append(m.months, month)
			continue
		}
		if hasAny(w.fold, denials) {
			m.negated = !m.negated
			continue
		}
		if w.digits || emptyWords[w.fold] || utf8.RuneCountInString(w.fold) < 2 {
			continue
		}
		if fate := fateOf(w.fold); fate != "" {
			m.content["#"+string(fate)] = true // killed, died, погибли: one word
			continue
		}
		if counted(w) {
			continue
		}
		named := false
		for _, c := range mentions {
			if w.start >= c.Start && w.end <= c.End {
				m.content["@"+string(c.Code)] = true // Baku and Azerbaijan: one word
				named = true
			}
		}
		if !named {
			m.content[beginning(w.fold)] = true
		}
	}
	return m
}

// beginning cuts a word to what its forms share.
func beginning(fold string) string {
	const keep = 5
	n := 0
	for i := range fold {
		if n == keep {
			return fold[:i]
		}
		n++
	}
	if n == 4 || n == 5 {
		return strings.TrimSuffix(fold, "s")
	}
	return fold
}

// pair is two figures of the same thing.
type pair struct{ a, b Figure }

// ofPeople tells counts of people by what happened to them.
func (p pair) ofPeople() bool {
	switch p.a.Measure {
	case Killed, Injured, Missing, Detained, Displaced:
		return true
	}
	return false
}

// grows tells whether the later figure may be a later count: of people, it is
// not smaller.
func (p pair) grows(bLater bool) bool {
	if !p.ofPeople() {
		return false
	}
	early, late := p.a, p.b
	if !bLater {
		early, late = late, early
	}
	if p.a.Measure == Missing {
		return late.Value != early.Value // the missing are found
	}
	return late.High > early.Value
}

type figureComparison struct {
	alike     int    // pairs that measure the same
	equal     int    // of them, equal ones
	conflicts []pair // of them, those that cannot both be true
	within    []pair // of them, those where one lies within the other's bound
}

// compareFigures pairs the figures of two statements that measure the same.
func compareFigures(a, b []Figure) figureComparison {
	var c figureComparison
	used := make([]bool, len(b))
	for _, f := range a {
		best := -1
		for j, g := range b {
			if used[j] || !comparable(f, g) || f.Measure == Duration {
				continue
			}
			if best < 0 || math.Abs(g.Value-f.Value) < math.Abs(b[best].Value-f.Value) {
				best = j
			}
		}
		if best < 0 {
			continue
		}
		used[best] = true
		g := b[best]
		c.alike++
		switch {
		case equal(f.Value, g.Value) && equal(f.High, g.High) && f.Bound == g.Bound:
			c.equal++
		case equal(f.Value, g.Value) && equal(f.High, g.High), overlapping(f, g):
			c.within = append(c.within, pair{f, g})
		default:
			c.conflicts = append(c.conflicts, pair{f, g})
		}
	}
	return c
}

// span of values that a figure allows.
func (f Figure) values() (low, high float64) {
	switch f.Bound {
	case AtLeast:
		return f.Value, math.Inf(1)
	case AtMost:
		return math.Inf(-1), f.Value
	case About:
		return f.Value * 0.9, f.Value * 1.1
	case Between:
		return f.Value, f.High
	}
	return f.Value, f.Value
}

func overlapping(a, b Figure) bool {
	la, ha := a.values()
	lb, hb := b.values()
	return la <= hb && lb <= ha
}

// figureWords says a figure for a reason: "at least 38 people".
func figureWords(f Figure) string {
	if f.Bound == Exactly || f.Bound == Between {
		return fmt.Sprintf("%q", f.Text)
	}
	return fmt.Sprintf("%s %q", f.Bound.words(), f.Text)
}

type dateComparison struct {
	same, differ bool
	a, b         document.Date
}

// compareDates tells whether two statements name the same day, or, where each
// names one date alone, different ones.
func compareDates(a, b []DateMention) dateComparison {
	for _, d := range a {
		for _, e := range b {
			if within(d, e) || within(e, d) {
				return dateComparison{same: true}
			}
		}
	}
	if len(a) == 1 && len(b) == 1 {
		return dateComparison{differ: true, a: a[0].Date, b: b[0].Date}
	}
	return dateComparison{}
}

// turns are pairs of words that turn a statement round, by their beginnings.
var turns = func() [][2][]string {
	var list [][2][]string
	for _, line := range strings.Split(strings.TrimSpace(`
rose rise rises risen increas grew grow. grows up. climb surge gain|fell fall falls fallen decreas declin drop shrank down. plunge lost
open reopen|clos shut
approv accept agreed ratif sign. signed|reject refus declin veto
won win. wins. victor|lost lose. loses. defeat
support back. backed|oppos condemn
start began begin launch resum|stop end. ended halt suspend
confirm admit acknowledg|deny denied denies
import|export
arriv enter|left. leave withdr
alive surviv|dead. died killed
guilty convict|innocen acquit
вырос выросл увелич рост|упал сниз сократ уменьш паден
открыл открыт|закрыл закрыт
подтверд|опроверг отриц
поддерж|осуди отверг
`), "\n") {
		left, right, _ := strings.Cut(line, "|")
		list = append(list, [2][]string{stemList(left), stemList(right)})
	}
	return list
}()

// opposites finds a pair of words that turn one statement against the other.
func opposites(a, b map[string]bool) (string, string, bool) {
	first := func(words map[string]bool, stems []string) string {
		var found []string
		for w := range words {
			if hasAny(w, stems) {
				found = append(found, w)
			}
		}
		slices.Sort(found)
		if len(found) == 0 {
			return ""
		}
		return found[0]
	}
	for _, turn := range turns {
		al, ar := first(a, turn[0]), first(a, turn[1])
		bl, br := first(b, turn[0]), first(b, turn[1])
		if al != "" && ar == "" && br != "" && bl == "" {
			return al, br, true
		}
		if ar != "" && al == "" && bl != "" && br == "" {
			return ar, bl, true
		}
	}
	return "", "", false
}

// extras lists the figures and dates of the statement that has more of them.
func extras(x, y meaning) []string {
	if y.details() > x.details() {
		x, y = y, x
	}
	var list []string
	for _, f := range x.figures {
		if !slices.ContainsFunc(y.figures, func(g Figure) bool { return comparable(f, g) }) {
			list = append(list, fmt.Sprintf("%q", f.Text))
		}
	}
	for _, d := range x.dates {
		if !slices.ContainsFunc(y.dates, func(e DateMention) bool { return within(d, e) || within(e, d) }) {
			list = append(list, fmt.Sprintf("%q", d.Text))
		}
	}
	if len(list) == 0 {
		return []string{"detail"}
	}
	return list
}

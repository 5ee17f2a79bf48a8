package line

import (
	"math"
	"slices"
	"unicode"
)

// A feature puts a line into one of a few bins. The score of a line is the sum
// of the weights of its bins, one a feature: an additive model that can be read
// as a table.
type feature struct {
	name string
	bins int
}

// vector holds a line's bin for each feature of a pass.
type vector []uint8

// The first pass looks at the line, its neighbours and the page; the second at
// what the first found, too. The names are those of weights.go.
var firstFeatures, secondFeatures []feature

func list(parts ...[]feature) []feature {
	var all []feature
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

var localFeatures = func() []feature {
	fs := []feature{
		{"characters", 11}, {"words", 11}, {"ending", 7}, {"beginning", 6}, {"capitals", 8}, {"all capitals", 3}, {"sentences", 6},
		{"commas", 4}, {"digits", 5}, {"symbols", 4}, {"repeats", 5}, {"blank lines, by length", 16}, {"address", 2},
		{"file name", 2}, {"clock", 2}, {"year, by length", 8}, {"tabs", 3}, {"letters", 2}, {"words by ending", 42},
	}
	for _, n := range cueNames {
		fs = append(fs, feature{"cue " + n, 10})
	}
	return append(fs, feature{"cues", 4})
}()

var contextFeatures = []feature{
	{"line before", 14}, {"line after", 14}, {"second before", 7}, {"second after", 7}, {"before, own, after", 7 * 4 * 4},
	{"prose before, near", 6}, {"prose after, near", 6}, {"prose before, far", 7}, {"prose after, far", 7},
	{"nearest prose", 6 * 6}, {"run of short lines", 8}, {"prose left behind", 9 * 2}, {"place", 8}, {"block", 6 * 4}, {"block words", 6 * 4},
	{"ends nearby", 6}, {"since closing words", 7 * 2}, {"closing words so far", 4 * 2}, {"dateline before", 5}, {"dateline after", 5},
	{"cue before", 8}, {"cue after", 8}, {"blank lines nearby", 5 * 4}, {"since prose, by closing", 6 * 3}, {"repeats nearby", 4}, {"prose here and ahead", 5 * 2},
	{"page prose", 6 * 4}, {"datelines nearby", 4 * 2}, {"datelines behind", 5 * 2}, {"names nearby", 4 * 2}, {"name", 2}, {"words of neighbours", 6 * 3},
}

// since are the cues whose distance counts for the lines that follow.
var since = [...]Cues{Share, Nav, Account, Privacy, Legal, Related, Comment, Letter, Tags, By, Credit, Reading | Count, Dated, About, More, Reprint, Form, Shop}

var sinceNames = [...]string{"share", "nav", "account", "privacy", "legal", "related", "comment", "letter", "tags", "by", "credit", "reading", "dated", "about", "more", "reprint", "form", "shop"}

func init() {
	for _, n := range sinceNames {
		contextFeatures = append(contextFeatures, feature{"lines since " + n, 6})
		passFeatures = append(passFeatures, feature{"in span since " + n, 4 * 2})
	}
	firstFeatures = list(localFeatures, contextFeatures)
	secondFeatures = list(localFeatures, contextFeatures, passFeatures)
}

var passFeatures = func() []feature {
	fs := []feature{
		{"pass", 12}, {"pass before", 7}, {"pass after", 7}, {"pass far before", 7}, {"pass far after", 7}, {"pass before, own, after", 5 * 5 * 5},
		{"span", 13}, {"span, by pass", 13 * 5}, {"span, by words", 5 * 7}, {"span share behind", 8 * 2}, {"closing words in span", 4 * 2}, {"span density", 6 * 2},
		{"span, by ending", 5 * 7}, {"pass of block", 6 * 2}, {"kept before", 7 * 2}, {"kept after", 7 * 2}, {"span size", 6 * 2},
		{"words of span", 7 * 4}, {"words of span, by span", 7 * 5}, {"datelines in span", 5 * 2}, {"names in span", 5 * 2},
	}
	for _, n := range cueNames {
		fs = append(fs, feature{"in span, cue " + n, 8})
	}
	return fs
}()

// page is a text's lines with the sums that context features need.
type page struct {
	lines  []Line
	prose  []int               // words in prose lines, summed up to each line
	ended  []int               // lines that end a sentence, summed
	blanks []int               // lines with an empty line before, summed
	again  []int               // repeated lines, summed
	first  []int               // first line of the block that each line is in
	after  []int               // the line after that block
	before []int               // nearest prose line before each, -1 where none
	next   []int               // nearest prose line after each, len(lines) where none
	close  []int               // nearest line with closing words at or before each, -1 where none
	closes []int               // lines with closing words, summed
	dated  []int               // nearest line with a date or byline words at or before each
	ahead  []int               // the same after each
	run    []int               // length of the run of lines without prose that each is in
	dates  []int               // lines that are datelines, summed
	names  []int               // lines that may be a person's name, summed
	last   [len(since)][]int32 // the nearest line with each cue before each, -1 where none
	stems  [][]uint64          // of each line; see stemsOf
}

// closing says that a short line begins what comes after an article.
func closing(l *Line) bool {
	return l.words <= 9 && (l.Whole|l.Start)&(Related|Comment|About|Tags|Letter) != 0 && l.Whole|l.Start&(Related|Comment|About|Letter) != 0 && !sentenceEnd(l.last)
}

// dateline says that a short line tells when, or by whom, something was written.
func dateline(l *Line) bool {
	return l.words <= 24 && (l.year || l.clock) && l.digits >= 3 && !l.Prose() || l.words <= 8 && l.Cues&Ago != 0 && l.digits > 0 || l.words <= 12 && (l.Start&(Dated|Reading) != 0 || l.Start&By != 0 && l.words >= 2 && l.words < 8)
}

func newPage(lines []Line) *page {
	n := len(lines)
	p := &page{lines: lines, prose: make([]int, n+1), ended: make([]int, n+1), blanks: make([]int, n+1), again: make([]int, n+1),
		first: make([]int, n), after: make([]int, n), before: make([]int, n), next: make([]int, n), close: make([]int, n),
		closes: make([]int, n+1), dated: make([]int, n), ahead: make([]int, n), run: make([]int, n),
		dates: make([]int, n+1), names: make([]int, n+1), stems: make([][]uint64, n)}
	var latest [len(since)]int32
	for c := range since {
		p.last[c] = make([]int32, n)
		latest[c] = -1
	}
	lastProse, lastClose, lastDate := -1, -1, -1
	for i := range lines {
		l := &lines[i]
		p.prose[i+1], p.ended[i+1], p.blanks[i+1], p.again[i+1], p.closes[i+1] = p.prose[i], p.ended[i], p.blanks[i], p.again[i], p.closes[i]
		p.dates[i+1], p.names[i+1] = p.dates[i], p.names[i]
		p.before[i] = lastProse
		for c, cue := range since {
			p.last[c][i] = latest[c]
			if l.words <= 10 && (l.Whole|l.Start)&cue != 0 {
				latest[c] = int32(i)
			}
		}
		p.stems[i] = stemsOf(l.Text)
		if named(l) {
			p.names[i+1]++
		}
		if l.Prose() {
			p.prose[i+1] += l.words
			lastProse = i
		}
		if sentenceEnd(l.last) && l.words >= 4 {
			p.ended[i+1]++
		}
		if l.BlankBefore {
			p.blanks[i+1]++
		}
		if l.repeats > 1 {
			p.again[i+1]++
		}
		if closing(l) {
			lastClose = i
			p.closes[i+1]++
		}
		if dateline(l) {
			lastDate = i
			p.dates[i+1]++
		}
		p.close[i], p.dated[i] = lastClose, lastDate
		if i > 0 && !l.BlankBefore {
			p.first[i] = p.first[i-1]
		} else {
			p.first[i] = i
		}
	}
	next, ahead := n, n
	for i := n - 1; i >= 0; i-- {
		p.next[i], p.ahead[i] = next, ahead
		if lines[i].Prose() {
			next = i
		}
		if dateline(&lines[i]) {
			ahead = i
		}
		if i < n-1 && p.first[i+1] == p.first[i] {
			p.after[i] = p.after[i+1]
		} else {
			p.after[i] = i + 1
		}
	}
	for i := range lines {
		if !lines[i].Prose() {
			p.run[i] = p.next[i] - p.before[i] - 1
		}
	}
	return p
}

// bin gives the index of the first limit that v does not exceed.
func bin(v int, limits ...int) uint8 {
	for i, l := range limits {
		if v <= l {
			return uint8(i)
		}
	}
	return uint8(len(limits))
}

func flag(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// lengthClass puts a line's words into seven classes.
func lengthClass(l *Line) uint8 { return bin(l.words, 1, 3, 6, 11, 19, 34) }

// shortClass puts a line's words into four classes.
func shortClass(l *Line) uint8 { return bin(l.words, 3, 8, 18) }

func ending(l *Line) uint8 {
	switch r := l.last; {
	case r == '…':
		return 1
	case sentenceEnd(r):
		return 2
	case r == ':':
		return 3
	case r == ',' || r == ';' || r == '-' || r == '–':
		return 4
	case unicode.IsDigit(r):
		return 5
	case !unicode.IsLetter(r):
		return 6
	}
	return 0
}

func beginning(l *Line) uint8 {
	switch r := l.first; {
	case unicode.IsUpper(r):
		return 0
	case unicode.IsLower(r):
		return 1
	case unicode.IsDigit(r):
		return 2
	case r == '"' || r == '“' || r == '«' || r == '„' || r == '‘' || r == '\'' || r == '「':
		return 3
	case r == '-' || r == '–' || r == '—' || r == '•' || r == '*' || r == '·' || r == '▪' || r == '●':
		return 4
	}
	return 5
}

func share(a, b int, limits ...float64) uint8 {
	if b == 0 {
		return 0
	}
	s := float64(a) / float64(b)
	for i, l := range limits {
		if s <= l {
			return uint8(i)
		}
	}
	return uint8(len(limits))
}

// local appends the bins of a line by itself.
func (p *page) local(i int, v vector) vector {
	l := &p.lines[i]
	blanks := flag(l.BlankBefore) + 2*flag(l.BlankAfter)
	v = append(v,
		bin(l.runes, 3, 8, 15, 25, 40, 60, 90, 140, 220, 400),
		bin(l.words, 0, 1, 2, 3, 4, 6, 9, 14, 22, 40),
		ending(l), beginning(l),
		share(l.upper, l.upper+l.lower, 0.001, 0.12, 0.25, 0.4, 0.6, 0.8, 0.999),
		share(l.caps, l.words, 0.01, 0.6),
		bin(l.ends, 0, 1, 2, 3, 5),
		bin(l.commas, 0, 1, 2),
		share(l.digits, l.runes, 0.001, 0.1, 0.3, 0.6),
		bin(l.symbols, 0, 1, 2),
		bin(l.repeats, 1, 2, 3, 5),
		blanks*4+shortClass(l),
		flag(l.address), flag(l.name), flag(l.clock), flag(l.year)*4+shortClass(l), bin(l.tabs, 0, 1), flag(l.emptyLetters),
		ending(l)*6+bin(l.words, 2, 5, 9, 16, 30),
	)
	long := flag(l.words > 8) + flag(l.words > 20)
	seen := 0
	for c := range cueNames {
		cue := Cues(1) << c
		switch {
		case l.Whole&cue != 0:
			v = append(v, 9)
			seen++
		case l.Start&cue != 0:
			v = append(v, 1+long)
			seen++
		case l.Cues&cue != 0:
			v = append(v, 4+long)
		default:
			v = append(v, 0)
		}
	}
	return append(v, bin(seen, 0, 1, 2))
}

// sum gives the sum of a prefix table over the lines from up to to, cut at the
// ends of the text.
func sum(t []int, from, to int) int {
	from, to = max(from, 0), min(to, len(t)-1)
	if from >= to {
		return 0
	}
	return t[to] - t[from]
}

// context appends the bins of a line among its neighbours.
func (p *page) context(i int, v vector) vector {
	n := len(p.lines)
	l := &p.lines[i]
	class := func(j int) uint8 {
		if j < 0 || j >= n {
			return 13
		}
		return lengthClass(&p.lines[j])*2 - flag(lengthClass(&p.lines[j]) == 6) + flag(sentenceEnd(p.lines[j].last))
	}
	plain := func(j int) uint8 {
		if j < 0 || j >= n {
			return 0
		}
		return lengthClass(&p.lines[j])
	}
	short := func(j int) uint8 {
		if j < 0 || j >= n {
			return 0
		}
		return shortClass(&p.lines[j])
	}
	cueAt := func(j int) uint8 {
		if j < 0 || j >= n {
			return 0
		}
		c := p.lines[j].Whole | p.lines[j].Start
		switch {
		case p.lines[j].words > 12:
			return 0
		case c&Related != 0:
			return 1
		case c&(Comment|About) != 0:
			return 2
		case c&Share != 0:
			return 3
		case c&(Legal|Privacy) != 0:
			return 4
		case c&(Credit|Reading) != 0:
			return 5
		case c&(Nav|Account|Letter|Form|Shop) != 0:
			return 6
		case c&(By|Dated) != 0:
			return 7
		}
		return 0
	}
	total := p.prose[n]
	prose := l.Prose()
	sinceClose := n
	behind := 0
	if p.close[i] >= 0 {
		sinceClose = i - p.close[i]
		behind = sum(p.prose, p.close[i], i)
	}
	block := p.after[i] - p.first[i]
	blockWords := 0
	for j := p.first[i]; j < p.after[i] && j < p.first[i]+40; j++ {
		blockWords += p.lines[j].words
	}
	blockWords /= min(block, 40)
	sinceProse := n
	closed := uint8(0)
	if p.before[i] >= 0 {
		sinceProse = i - p.before[i]
		if sum(p.closes, p.before[i], i) > 0 {
			closed = 1
		}
	} else {
		closed = 2
	}
	nextProse := n
	if p.next[i] < n {
		nextProse = p.next[i] - i
	}
	datedBefore, datedAfter := n, n
	if p.dated[i] >= 0 {
		datedBefore = i - p.dated[i]
	}
	if p.ahead[i] < n {
		datedAfter = p.ahead[i] - i
	}
	around := min(i+7, n) - max(i-6, 0)
	v = append(v,
		class(i-1), class(i+1), plain(i-2), plain(i+2), (lengthClass(l)*4+short(i-1))*4+short(i+1),
		bin(sum(p.prose, i-3, i), 0, 15, 35, 70, 130), bin(sum(p.prose, i+1, i+4), 0, 15, 35, 70, 130),
		bin(sum(p.prose, i-12, i), 0, 20, 60, 120, 250, 450), bin(sum(p.prose, i+1, i+13), 0, 20, 60, 120, 250, 450),
		bin(sinceProse, 1, 2, 4, 8, 20)*6+bin(nextProse, 1, 2, 4, 8, 20),
		bin(p.run[i], 0, 1, 2, 4, 8, 16, 32),
		share(p.prose[i], max(total, 1), 0, 0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98)*2+flag(prose),
		share(i, n, 0.02, 0.08, 0.2, 0.4, 0.6, 0.8, 0.95),
		bin(block, 1, 2, 4, 8, 16)*4+shortClass(l), bin(blockWords, 2, 4, 8, 14, 25)*4+shortClass(l),
		share(sum(p.ended, i-6, i+7), around, 0.01, 0.15, 0.35, 0.6, 0.85),
		bin(sinceClose, 0, 1, 3, 7, 15, 40)*2+flag(behind > 120),
		bin(p.closes[i], 0, 1, 3)*2+flag(prose),
		bin(datedBefore, 0, 1, 3, 8), bin(datedAfter, 0, 1, 3, 8),
		cueAt(i-1), cueAt(i+1),
		share(sum(p.blanks, i-5, i+6), min(i+6, n)-max(i-5, 0), 0.1, 0.3, 0.6, 0.9)*4+shortClass(l),
		bin(sinceProse, 0, 1, 2, 4, 8)*3+closed,
		share(sum(p.again, i-5, i+6), 11, 0.01, 0.2, 0.5),
		bin(total-p.prose[i], 20, 80, 200, 500)*2+flag(prose),
		bin(total, 60, 150, 300, 600, 1200)*4+shortClass(l),
		bin(sum(p.dates, i-8, i+9), 0, 1, 3)*2+flag(prose), bin(p.dates[i], 0, 1, 2, 5)*2+flag(prose),
		bin(sum(p.names, i-8, i+9), 0, 1, 3)*2+flag(prose), flag(named(l)),
		p.common(i)*3+min(shortClass(l), 2),
	)
	for c := range since {
		at := int(p.last[c][i])
		if at < 0 {
			v = append(v, 5)
			continue
		}
		v = append(v, bin(i-at, 1, 3, 8, 25))
	}
	return v
}

// named says that a line may be a person's name: two or three words, each with a
// capital.
func named(l *Line) bool {
	return l.words >= 2 && l.words <= 3 && l.upper == l.words && l.digits == 0 && l.Whole == 0 && l.symbols == 0 && l.ends == 0 && l.commas == 0
}

// common puts into bins how many of a line's stems the prose lines next to it
// have.
func (p *page) common(i int) uint8 {
	own := p.stems[i]
	if len(own) == 0 {
		return 0
	}
	near := map[uint64]bool{}
	for _, j := range [...]int{p.before[i], p.next[i]} {
		if j >= 0 && j < len(p.lines) && j >= i-12 && j <= i+12 {
			for _, s := range p.stems[j] {
				near[s] = true
			}
		}
	}
	if len(near) == 0 {
		return 1
	}
	hits := 0
	for _, s := range own {
		if near[s] {
			hits++
		}
	}
	return 2 + share(hits, len(own), 0.001, 0.15, 0.4)
}

// stemsOf gives hashes of the beginnings of a line's longer words, by which
// words of many languages are the same in all their forms. At most 60 words
// are looked at.
func stemsOf(text string) []uint64 {
	var stems []uint64
	var h uint64
	n, seen := 0, 0
	end := func() {
		if n >= 4 {
			stems = append(stems, h)
			seen++
		}
		n, h = 0, 14695981039346656037
	}
	end()
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			if seen >= 60 {
				break
			}
			continue
		}
		if n++; n <= 5 {
			h = (h ^ uint64(unicode.ToLower(r))) * 1099511628211
		}
	}
	end()
	return stems
}

// pass is what the first pass found.
type pass struct {
	score    []float64      // log-odds of each line
	kept     []float64      // words times probability, summed
	weight   []float64      // words, summed
	from, to int            // the span of lines with the highest sum
	inside   float64        // kept words within it
	stems    map[uint64]int // how many lines of the span have each stem
}

// newPass takes the scores of the first pass and finds the span of lines whose
// sum, weighted by words, is highest.
func newPass(p *page, score []float64) *pass {
	n := len(score)
	s := &pass{score: score, kept: make([]float64, n+1), weight: make([]float64, n+1)}
	best, sum, from := 0.0, 0.0, 0
	for i, x := range score {
		w := float64(min(p.lines[i].words, 60)) + 1
		s.kept[i+1] = s.kept[i] + w*logistic(x)
		s.weight[i+1] = s.weight[i] + w
		gain := w * (logistic(x) - 0.42)
		if sum <= 0 {
			sum, from = 0, i
		}
		sum += gain
		if sum > best {
			best, s.from, s.to = sum, from, i+1
		}
	}
	s.inside = s.kept[s.to] - s.kept[s.from]
	s.stems = map[uint64]int{}
	for i := s.from; i < s.to; i++ {
		if score[i] <= 0 {
			continue
		}
		for k, x := range p.stems[i] {
			if !slices.Contains(p.stems[i][:k], x) {
				s.stems[x]++
			}
		}
	}
	return s
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// mean is the mean probability of the words in the lines from up to to, -1
// where there are none.
func (s *pass) mean(from, to int) float64 {
	from, to = max(from, 0), min(to, len(s.score))
	if from >= to {
		return -1
	}
	return (s.kept[to] - s.kept[from]) / (s.weight[to] - s.weight[from])
}

// probability puts a probability into bins at the given limits; a negative one
// is the first.
func probability(x float64, limits ...float64) uint8 {
	if x < 0 {
		return 0
	}
	for i, l := range limits {
		if x <= l {
			return uint8(i + 1)
		}
	}
	return uint8(len(limits) + 1)
}

// where tells a line's place to the span of the first pass in 13 classes:
// inside, or how far before or after it.
func (s *pass) where(i int) uint8 {
	switch {
	case i < s.from:
		return 1 + bin(s.from-i, 1, 2, 4, 8, 20)
	case i >= s.to:
		return 7 + bin(i-s.to+1, 1, 2, 4, 8, 20)
	}
	return 0
}

// found appends the bins of a line by what the first pass found.
func (p *page) found(i int, s *pass, v vector) vector {
	l := &p.lines[i]
	five := func(j int) uint8 {
		if j < 0 || j >= len(p.lines) {
			return 0
		}
		return probability(logistic(s.score[j]), 0.15, 0.4, 0.7, 0.92) - 1
	}
	where := s.where(i)
	coarse := uint8(0) // inside, near before, far before, near after, far after
	switch {
	case where >= 10:
		coarse = 4
	case where >= 7:
		coarse = 3
	case where >= 4:
		coarse = 2
	case where >= 1:
		coarse = 1
	}
	in := flag(where == 0)
	behind := 0.0
	if s.inside > 0 {
		behind = (s.kept[min(max(i, s.from), s.to)] - s.kept[s.from]) / s.inside
	}
	v = append(v,
		bin(int(math.Floor(s.score[i]*2)), -10, -7, -5, -3, -2, -1, 0, 1, 3, 5, 8),
		probability(s.mean(i-1, i), 0.05, 0.2, 0.5, 0.8, 0.95), probability(s.mean(i+1, i+2), 0.05, 0.2, 0.5, 0.8, 0.95),
		probability(s.mean(i-8, i), 0.05, 0.2, 0.45, 0.7, 0.9), probability(s.mean(i+1, i+9), 0.05, 0.2, 0.45, 0.7, 0.9),
		(five(i-1)*5+five(i))*5+five(i+1),
		where, where*5+five(i), coarse*7+lengthClass(l),
		probability(behind, 0.001, 0.1, 0.3, 0.6, 0.9, 0.98)*2+in,
		bin(sum(p.closes, min(s.from, i), i), 0, 1, 3)*2+in,
		probability(s.mean(s.from, s.to), 0.6, 0.7, 0.8, 0.9)*2+in,
		coarse*7+ending(l),
		(probability(s.mean(p.first[i], p.after[i]), 0.1, 0.3, 0.6, 0.9)-1)*2+flag(l.words > 8),
		bin(int(s.kept[i]-s.kept[max(i-30, 0)]), 3, 12, 40, 100, 200, 400)*2+in, bin(int(s.kept[min(i+31, len(p.lines))]-s.kept[i+1]), 3, 12, 40, 100, 200, 400)*2+in,
		bin(int(s.inside), 40, 100, 250, 500, 1000)*2+in,
	)
	hits, own := 0, 0
	for _, x := range p.stems[i] {
		n := s.stems[x]
		if in == 1 && s.score[i] > 0 {
			n-- // its own
		}
		own++
		if n > 0 {
			hits++
		}
	}
	words := uint8(0)
	if own > 0 {
		words = 1 + share(hits, own, 0.001, 0.2, 0.4, 0.6, 0.8)
	}
	v = append(v, words*4+shortClass(l), words*5+coarse,
		bin(sum(p.dates, min(s.from, i), i), 0, 1, 3, 8)*2+in, bin(sum(p.names, min(s.from, i), i), 0, 1, 3, 8)*2+in)
	for c := range cueNames {
		cue := Cues(1) << c
		switch {
		case l.Whole&cue != 0:
			v = append(v, 1+in)
		case l.Start&cue != 0 && l.words > 12:
			v = append(v, 3+in)
		case l.Start&cue != 0:
			v = append(v, 5+in)
		default:
			v = append(v, 0)
		}
	}
	for c := range since {
		at := int(p.last[c][i])
		if at < s.from {
			v = append(v, in)
			continue
		}
		v = append(v, (1+bin(i-at, 3, 12))*2+in)
	}
	return v
}

package layout

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// This file is the Unicode Bidirectional Algorithm (UAX 9) up to the embedding
// levels of a paragraph, rules P2 to I2. The libraries at hand answer with runs
// of one direction, which is not enough: a number behind a Hebrew word in an
// English sentence lies at level 2, the English beside it at level 0, and a run
// that joins the two is put in the wrong place.

// maxDepth is the deepest explicit embedding (BD2).
const maxDepth = 125

// direction is what a paragraph is asked to run in.
type direction int8

const (
	auto direction = -1 // by the first strong character (P2, P3)
	ltr  direction = 0
	rtl  direction = 1
)

// mayBeRTL reports whether text holds anything that could ask for a level
// other than 0. Most text does not, and needs no more of this file.
func mayBeRTL(text []rune) bool {
	for _, r := range text {
		if r < 0x590 {
			continue
		}
		if r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfeff ||
			r >= 0x200e && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 ||
			r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff {
			return true
		}
	}
	return false
}

// levels gives the embedding level of every rune of a paragraph, and of the
// paragraph itself.
func levels(text []rune, dir direction) ([]uint8, uint8) {
	p := bidiParagraph{
		text:    text,
		initial: make([]bidi.Class, len(text)),
		types:   make([]bidi.Class, len(text)),
		levels:  make([]uint8, len(text)),
		match:   make([]int, len(text)),
	}
	for i, r := range text {
		props, _ := bidi.LookupRune(r)
		p.initial[i] = props.Class()
	}
	copy(p.types, p.initial)
	p.matchIsolates()
	switch dir {
	case auto:
		p.base = p.firstStrong(0, len(text))
	case rtl:
		p.base = 1
	}
	p.explicit()
	p.sequences()
	return p.levels, p.base
}

type bidiParagraph struct {
	text    []rune
	initial []bidi.Class
	types   []bidi.Class
	levels  []uint8
	given   []uint8 // levels after the explicit rules, which the edges of sequences go by
	match   []int   // of an isolate initiator its PDI and the other way round, else -1 or len
	base    uint8
}

func isolateInitiator(c bidi.Class) bool {
	return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI
}

// removed reports the characters that rule X9 takes out.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

// matchIsolates is BD9.
func (p *bidiParagraph) matchIsolates() {
	var open []int
	for i, c := range p.initial {
		p.match[i] = -1
		switch {
		case isolateInitiator(c):
			p.match[i] = len(p.text)
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			j := open[len(open)-1]
			open = open[:len(open)-1]
			p.match[i], p.match[j] = j, i
		}
	}
}

// paragraphLevel is P2 and P3 on a text; strong is false where it has no strong
// character to go by.
func paragraphLevel(text []rune) (level uint8, strong bool) {
	isolates := 0
	for _, r := range text {
		props, _ := bidi.LookupRune(r)
		switch c := props.Class(); {
		case isolateInitiator(c):
			isolates++
		case c == bidi.PDI:
			isolates = max(isolates-1, 0)
		case isolates > 0:
		case c == bidi.L:
			return 0, true
		case c == bidi.R || c == bidi.AL:
			return 1, true
		}
	}
	return 0, false
}

// firstStrong is P2 and P3: the level of the first strong character from start,
// leaving isolates aside.
func (p *bidiParagraph) firstStrong(start, end int) uint8 {
	for i := start; i < end; i++ {
		switch c := p.initial[i]; {
		case c == bidi.L:
			return 0
		case c == bidi.R || c == bidi.AL:
			return 1
		case isolateInitiator(c):
			i = min(p.match[i], end)
		}
	}
	return 0
}

// explicit is X1 to X8.
func (p *bidiParagraph) explicit() {
	type status struct {
		level    uint8
		override bidi.Class // ON where there is none
		isolate  bool
	}
	stack := []status{{level: p.base, override: bidi.ON}}
	overflowIsolates, overflowEmbeddings, validIsolates := 0, 0, 0
	top := func() status { return stack[len(stack)-1] }
	next := func(rightToLeft bool) uint8 {
		l := top().level
		if rightToLeft {
			return (l + 1) | 1
		}
		return (l + 2) &^ 1
	}
	place := func(i int) {
		p.levels[i] = top().level
		if o := top().override; o != bidi.ON {
			p.types[i] = o
		}
	}
	for i, c := range p.initial {
		switch {
		case c == bidi.LRE || c == bidi.RLE || c == bidi.LRO || c == bidi.RLO:
			p.levels[i] = top().level
			l := next(c == bidi.RLE || c == bidi.RLO)
			if l > maxDepth || overflowIsolates > 0 || overflowEmbeddings > 0 {
				if overflowIsolates == 0 {
					overflowEmbeddings++
				}
				continue
			}
			o := bidi.ON
			if c == bidi.LRO {
				o = bidi.L
			} else if c == bidi.RLO {
				o = bidi.R
			}
			stack = append(stack, status{level: l, override: o})
		case isolateInitiator(c):
			place(i)
			right := c == bidi.RLI || c == bidi.FSI && p.firstStrong(i+1, min(p.match[i], len(p.text))) == 1
			l := next(right)
			if l > maxDepth || overflowIsolates > 0 || overflowEmbeddings > 0 {
				overflowIsolates++
				continue
			}
			validIsolates++
			stack = append(stack, status{level: l, override: bidi.ON, isolate: true})
		case c == bidi.PDI:
			switch {
			case overflowIsolates > 0:
				overflowIsolates--
			case validIsolates > 0:
				overflowEmbeddings = 0
				for !top().isolate {
					stack = stack[:len(stack)-1]
				}
				stack = stack[:len(stack)-1]
				validIsolates--
			}
			place(i)
		case c == bidi.PDF:
			p.levels[i] = top().level
			switch {
			case overflowIsolates > 0:
			case overflowEmbeddings > 0:
				overflowEmbeddings--
			case !top().isolate && len(stack) > 1:
				stack = stack[:len(stack)-1]
			}
		case c == bidi.B:
			p.levels[i] = p.base
		case c == bidi.BN:
			p.levels[i] = top().level
		default:
			place(i)
		}
	}
}

// sequences is X10: it finds the isolating run sequences and resolves each.
func (p *bidiParagraph) sequences() {
	p.given = append([]uint8(nil), p.levels...)
	// The level runs, of the characters that X9 leaves.
	var runs [][]int
	runOf := make([]int, len(p.text))
	last := -1
	for i, c := range p.initial {
		if removed(c) {
			runOf[i] = -1
			continue
		}
		if last < 0 || p.levels[i] != p.levels[last] {
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], i)
		runOf[i] = len(runs) - 1
		last = i
	}
	for _, run := range runs {
		if first := run[0]; p.initial[first] == bidi.PDI && p.match[first] >= 0 {
			continue // goes on a sequence that began before
		}
		seq := append([]int(nil), run...)
		for {
			end := seq[len(seq)-1]
			if !isolateInitiator(p.initial[end]) || p.match[end] >= len(p.text) {
				break
			}
			// The initiator's own run may hold its match where the isolate is empty.
			cont := runs[runOf[p.match[end]]]
			if cont[0] != p.match[end] {
				break
			}
			seq = append(seq, cont...)
		}
		p.resolve(seq)
	}
	// What X9 removed goes with what stands before it.
	level := p.base
	for i, c := range p.initial {
		if removed(c) {
			p.levels[i] = level
		} else {
			level = p.levels[i]
		}
	}
}

// resolve is the rules W1 to I2 on one isolating run sequence.
func (p *bidiParagraph) resolve(seq []int) {
	level := p.levels[seq[0]]
	edge := func(l uint8) bidi.Class {
		if max(l, level)&1 == 1 {
			return bidi.R
		}
		return bidi.L
	}
	before, after := p.base, p.base
	for i := seq[0] - 1; i >= 0; i-- {
		if !removed(p.initial[i]) {
			before = p.given[i]
			break
		}
	}
	end := seq[len(seq)-1]
	if !isolateInitiator(p.initial[end]) {
		for i := end + 1; i < len(p.text); i++ {
			if !removed(p.initial[i]) {
				after = p.given[i]
				break
			}
		}
	}
	sos, eos := edge(before), edge(after)

	t := make([]bidi.Class, len(seq))
	for k, i := range seq {
		t[k] = p.types[i]
	}
	weak(t, sos)
	p.brackets(seq, t, sos, level)
	neutral(t, sos, eos, level)
	for k, i := range seq {
		switch {
		case level&1 == 0 && t[k] == bidi.R:
			p.levels[i] = level + 1
		case level&1 == 0 && (t[k] == bidi.AN || t[k] == bidi.EN):
			p.levels[i] = level + 2
		case level&1 == 1 && t[k] != bidi.R:
			p.levels[i] = level + 1
		}
	}
}

// weak is W1 to W7.
func weak(t []bidi.Class, sos bidi.Class) {
	prev := sos
	for i, c := range t { // W1
		if c == bidi.NSM {
			if isolateInitiator(prev) || prev == bidi.PDI {
				t[i] = bidi.ON
			} else {
				t[i] = prev
			}
		}
		prev = t[i]
	}
	strong := sos
	for i, c := range t { // W2
		switch c {
		case bidi.L, bidi.R, bidi.AL:
			strong = c
		case bidi.EN:
			if strong == bidi.AL {
				t[i] = bidi.AN
			}
		}
	}
	for i, c := range t { // W3
		if c == bidi.AL {
			t[i] = bidi.R
		}
	}
	for i := 1; i+1 < len(t); i++ { // W4
		a, b := t[i-1], t[i+1]
		switch {
		case t[i] == bidi.ES && a == bidi.EN && b == bidi.EN:
			t[i] = bidi.EN
		case t[i] == bidi.CS && a == b && (a == bidi.EN || a == bidi.AN):
			t[i] = a
		}
	}
	for i := 0; i < len(t); i++ { // W5, W6
		switch t[i] {
		case bidi.ET:
			j := i
			for j < len(t) && t[j] == bidi.ET {
				j++
			}
			to := bidi.ON
			if i > 0 && t[i-1] == bidi.EN || j < len(t) && t[j] == bidi.EN {
				to = bidi.EN
			}
			for ; i < j; i++ {
				t[i] = to
			}
			i--
		case bidi.ES, bidi.CS:
			t[i] = bidi.ON
		}
	}
	strong = sos
	for i, c := range t { // W7
		switch c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				t[i] = bidi.L
			}
		}
	}
}

// mirrored gives the bracket that closes or opens with r. The two pairs of
// angle brackets that are canonically equivalent count as one (BD16).
func mirrored(r rune) rune {
	switch r {
	case 0x2329:
		r = 0x3008
	case 0x232a:
		r = 0x3009
	}
	m, _ := utf8.DecodeRune(bidi.AppendReverse(nil, utf8.AppendRune(nil, r)))
	return m
}

// brackets is N0.
func (p *bidiParagraph) brackets(seq []int, t []bidi.Class, sos bidi.Class, level uint8) {
	type opener struct {
		close rune
		at    int
	}
	var stack []opener
	closes := map[int]int{}
	var order []int
find:
	for k, i := range seq {
		r := p.text[i]
		if t[k] != bidi.ON || r < '(' {
			continue
		}
		props, _ := bidi.LookupRune(r)
		switch {
		case !props.IsBracket():
		case props.IsOpeningBracket():
			if len(stack) == 63 {
				break find
			}
			stack = append(stack, opener{mirrored(r), k})
			order = append(order, k)
		default:
			if r == 0x232a {
				r = 0x3009
			}
			for s := len(stack) - 1; s >= 0; s-- {
				if stack[s].close == r {
					closes[stack[s].at] = k
					stack = stack[:s]
					break
				}
			}
		}
	}
	strong := func(c bidi.Class) (bidi.Class, bool) {
		switch c {
		case bidi.L:
			return bidi.L, true
		case bidi.R, bidi.EN, bidi.AN:
			return bidi.R, true
		}
		return c, false
	}
	embedding := bidi.L
	if level&1 == 1 {
		embedding = bidi.R
	}
	for _, open := range order {
		shut, ok := closes[open]
		if !ok {
			continue
		}
		same, opposite := false, false
		for k := open + 1; k < shut; k++ {
			if s, ok := strong(t[k]); ok {
				if s == embedding {
					same = true
					break
				}
				opposite = true
			}
		}
		to := bidi.ON
		switch {
		case same:
			to = embedding
		case opposite:
			context := sos
			for k := open - 1; k >= 0; k-- {
				if s, ok := strong(t[k]); ok {
					context = s
					break
				}
			}
			to = embedding
			if context != embedding {
				to = context
			}
		}
		if to == bidi.ON {
			continue
		}
		for _, k := range []int{open, shut} {
			t[k] = to
			for n := k + 1; n < len(seq) && p.initial[seq[n]] == bidi.NSM; n++ {
				t[n] = to
			}
		}
	}
}

// neutral is N1 and N2.
func neutral(t []bidi.Class, sos, eos bidi.Class, level uint8) {
	is := func(c bidi.Class) bool {
		switch c {
		case bidi.B, bidi.S, bidi.WS, bidi.ON, bidi.PDI, bidi.LRI, bidi.RLI, bidi.FSI:
			return true
		}
		return false
	}
	side := func(c bidi.Class) bidi.Class {
		if c == bidi.EN || c == bidi.AN {
			return bidi.R
		}
		return c
	}
	embedding := bidi.L
	if level&1 == 1 {
		embedding = bidi.R
	}
	for i := 0; i < len(t); i++ {
		if !is(t[i]) {
			continue
		}
		j := i
		for j < len(t) && is(t[j]) {
			j++
		}
		a, b := sos, eos
		if i > 0 {
			a = side(t[i-1])
		}
		if j < len(t) {
			b = side(t[j])
		}
		to := embedding
		if a == b {
			to = a
		}
		for ; i < j; i++ {
			t[i] = to
		}
	}
}

// visualOrder is rule L2: it gives the indexes of lv from left to right. buf is
// used for the answer where it is large enough.
func visualOrder(lv []uint8, buf []int) []int {
	buf = buf[:0]
	highest, lowestOdd := uint8(0), uint8(255)
	for i, l := range lv {
		buf = append(buf, i)
		highest = max(highest, l)
		if l&1 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for l := highest; l >= lowestOdd && l > 0; l-- {
		for i := 0; i < len(lv); i++ {
			if lv[i] < l {
				continue
			}
			j := i
			for j < len(lv) && lv[j] >= l {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				buf[a], buf[b] = buf[b], buf[a]
			}
			i = j
		}
	}
	return buf
}

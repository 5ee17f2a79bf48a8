package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// Block is a block that is prepared for breaking into lines. It does not
// change, so it is safe to share between goroutines.
type Block struct {
	Kind  Kind
	Level int
	Text  string
	Links []document.Link // in the order of their starts, inside the text
	// RTL tells that the block reads from right to left.
	RTL bool
	// Leads, set before Prepare, gives the direction that the block takes whatever
	// its letters: a byline follows the text that it stands above.
	Leads Direction

	runes  []rune
	tokens []token
	marker []token // a bullet that is not part of the text
	hang   int32   // runes at the start that stand out to the left: "12. "
	cells  []cell  // of a table, in the order of the text
	cols   int
	figure []bool // columns of figures, which are set flush to the right
	ready  bool
}

// Direction is how the base direction of a block is found.
type Direction uint8

// The directions. The zero value looks for the first letter that has one.
const (
	ByLetters Direction = iota
	LeftToRight
	RightToLeft
)

// ReadsRightToLeft tells the direction of a text by its first letter that has
// one (UAX 9, P2 and P3).
func ReadsRightToLeft(text string) bool { return firstStrongRTL([]rune(text)) }

// cell is one cell of a table.
type cell struct {
	row, col     int
	start, end   int32 // runes, without the tab or line end behind it
	first, last  int32 // tokens
	rtl          bool
	least, whole float32 // width of the longest word, and of all on one line, in ems
}

// Raw makes a Block that is not prepared: it has its text but no tokens yet,
// and lays out as an estimate of its height.
func Raw(b document.Block) *Block {
	return &Block{Kind: kindOf(b.Kind), Level: max(b.Level, 0), Text: b.Text, Links: b.Links}
}

// RawHeader makes a Block of a part of the title block.
func RawHeader(k Kind, text string) *Block { return &Block{Kind: k, Text: text} }

// Ready reports whether b is prepared.
func (b *Block) Ready() bool { return b.ready }

// Prepare shapes a block.
func (s *Shaper) Prepare(raw *Block) *Block {
	b := *raw
	b.runes = []rune(b.Text)
	b.Links = clampLinks(b.Links, len(b.runes))
	b.ready = true
	set := settingOf(b.Kind, b.Level)
	if b.Kind == Table {
		s.prepareTable(&b, set.face)
		return &b
	}
	s.prepareText(&b, set.face)
	if b.Kind == ListItem {
		s.prepareMarker(&b)
	}
	return &b
}

func (s *Shaper) prepareText(b *Block, f Face) {
	// Most words are of some six letters.
	b.tokens = make([]token, 0, len(b.runes)/5+1)
	if b.Leads != RightToLeft && !mayBeRTL(b.runes) {
		b.tokens = s.tokenise(b.tokens, b.Text, b.runes, 0, len(b.runes), f, nil)
		return
	}
	// A line end parts bidi paragraphs (P1), which all take the block's direction.
	dir := ltr
	if b.Leads == RightToLeft || b.Leads == ByLetters && firstStrongRTL(b.runes) {
		dir, b.RTL = rtl, true
	}
	lv := make([]uint8, 0, len(b.runes))
	for from := 0; from < len(b.runes); {
		to := from
		for to < len(b.runes) && !endsLine(b.runes[to]) {
			to++
		}
		to = min(to+1, len(b.runes))
		l, _ := levels(b.runes[from:to], dir)
		lv = append(lv, l...)
		from = to
	}
	b.tokens = s.tokenise(b.tokens, b.Text, b.runes, 0, len(b.runes), f, lv)
}

// firstStrongRTL is P2 and P3 over a whole block.
func firstStrongRTL(runes []rune) bool {
	for from := 0; from < len(runes); {
		to := from
		for to < len(runes) && !endsLine(runes[to]) {
			to++
		}
		if base, strong := paragraphLevel(runes[from:to]); strong {
			return base == 1
		}
		from = to + 1
	}
	return false
}

// prepareMarker gives a list item its bullet, or finds the number that it
// brings along in its text.
func (s *Shaper) prepareMarker(b *Block) {
	if b.hang = ownMarker(b.runes); b.hang > 0 {
		return
	}
	bullet := "•"
	switch max(b.Level, 1) % 3 {
	case 2:
		bullet = "◦"
	case 0:
		bullet = "–"
	}
	r := []rune(bullet)
	b.marker = s.tokenise(nil, bullet, r, 0, len(r), Regular, nil)
}

// ownMarker tells how many runes at the start of a list item are a marker of
// its own: "3. ", "(b) ", "iv) ", "– ". It is 0 where there is none.
func ownMarker(runes []rune) int32 {
	i, n := 0, len(runes)
	spaceAt := func(i int) bool { return i < n && (runes[i] == ' ' || runes[i] == '\t' || runes[i] == 0xa0) }
	after := func(i int) int32 {
		for spaceAt(i) {
			i++
		}
		return int32(i)
	}
	if n == 0 {
		return 0
	}
	if strings.ContainsRune("•◦▪‣–—-*·●○■", runes[0]) && spaceAt(1) {
		return after(1)
	}
	if runes[i] == '(' {
		i++
	}
	start := i
	for i < n && i-start < 4 && unicode.IsDigit(runes[i]) {
		i++
	}
	if i == start {
		for i < n && i-start < 1 && unicode.IsLetter(runes[i]) {
			i++
		}
		for i < n && i-start < 5 && strings.ContainsRune("ivxIVX", runes[i]) && strings.ContainsRune("ivxIVX", runes[start]) {
			i++
		}
	}
	if i == start || i >= n || runes[i] != '.' && runes[i] != ')' {
		return 0
	}
	if runes[i] == '.' && unicode.IsUpper(runes[start]) {
		return 0 // a name: "V. Havel"
	}
	if !spaceAt(i + 1) {
		return 0
	}
	return after(i + 1)
}

// maxColumns bounds the columns of a table; what follows stays in the last.
const maxColumns = 64

func (s *Shaper) prepareTable(b *Block, f Face) {
	rows := strings.Split(b.Text, "\n")
	head := headRow(rows)
	at := 0
	rightToLeft := 0
	for y, row := range rows {
		for x, text := range strings.SplitN(row, "\t", maxColumns) {
			n := utf8.RuneCountInString(text)
			c := cell{row: y, col: x, start: int32(at), end: int32(at + n), first: int32(len(b.tokens))}
			face := f
			if head && y == 0 {
				face = Bold
			}
			part := b.runes[at : at+n]
			var lv []uint8
			if mayBeRTL(part) {
				var base uint8
				lv, base = levels(part, auto)
				if c.rtl = base == 1; c.rtl {
					rightToLeft++
				}
			}
			b.tokens = s.tokenise(b.tokens, text, b.runes, at, at+n, face, lv)
			c.last = int32(len(b.tokens))
			c.least, c.whole = widths(b.tokens[c.first:c.last])
			b.cells = append(b.cells, c)
			b.cols = max(b.cols, x+1)
			at += n + 1
		}
	}
	b.RTL = 2*rightToLeft > len(b.cells)
	b.figure = figureColumns(b)
}

// headRow guesses whether the first row of a table names its columns: every
// cell has words, and there is something beneath.
func headRow(rows []string) bool {
	if len(rows) < 2 {
		return false
	}
	for _, c := range strings.Split(rows[0], "\t") {
		if strings.TrimSpace(c) == "" || numeric(c) {
			return false
		}
	}
	return true
}

// numeric reports text that is a figure: digits and what is written with them.
func numeric(text string) bool {
	digits := 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			return false
		}
	}
	return digits > 0
}

// widths gives the width of the longest stretch without a break, and of all.
func widths(toks []token) (least, whole float32) {
	run := float32(0)
	for i := range toks {
		t := &toks[i]
		least = max(least, run+t.wordW)
		run += t.fullW
		if t.brk != noBreak {
			run = 0
		}
		whole += t.fullW
	}
	if n := len(toks); n > 0 {
		whole -= toks[n-1].fullW - toks[n-1].wordW
	}
	return least, whole
}

// clampLinks keeps the links that lie inside a text of n runes.
func clampLinks(links []document.Link, n int) []document.Link {
	ok := true
	for i, l := range links {
		if l.Start < 0 || l.End > n || l.Start >= l.End || i > 0 && l.Start < links[i-1].Start {
			ok = false
		}
	}
	if ok {
		return links
	}
	var kept []document.Link
	for _, l := range links {
		l.Start, l.End = max(l.Start, 0), min(l.End, n)
		if l.Start < l.End {
			kept = append(kept, l)
		}
	}
	for i := 1; i < len(kept); i++ { // insertion: they are few, and all but in order
		for j := i; j > 0 && kept[j].Start < kept[j-1].Start; j-- {
			kept[j], kept[j-1] = kept[j-1], kept[j]
		}
	}
	return kept
}

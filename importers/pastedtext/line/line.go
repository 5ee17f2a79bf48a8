// Package line tells the lines of an article from the lines of the page around
// it, in text that was copied from a browser.
//
// Split cuts a text into lines and looks at each by itself; Score gives every
// line a number, positive where it belongs to the article, from two additive
// tables of weights; Article puts the numbers together to the lines kept. The
// tables (weights.go) are fitted by ../fit from pages with known articles. They
// speak of length, punctuation, blank lines, neighbours and the words of cues.go,
// never of a site.
package line

import (
	"hash/maphash"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line is one line of a text that is not blank, and what can be said of it
// without its neighbours.
type Line struct {
	Text         string // without white space around it
	BlankBefore  bool   // an empty line, or the text's beginning, stands before it
	BlankAfter   bool
	Cues         Cues // what the line's words say it is
	Start        Cues // the same of its first words only
	Whole        Cues // cues that the line consists of
	runes        int
	words        int // words; two ideographs count as one
	lower        int // words that begin with a small letter or have no case
	upper        int // words that begin with a capital
	caps         int // words of two letters or more, all capitals
	digits       int
	letters      int
	ends         int  // ends of sentences within the line and at its end
	commas       int  // commas and semicolons
	last         rune // its last character, quotation marks and brackets passed over
	first        rune
	repeats      int // how often the same line stands in the text
	symbols      int // bars, arrows, bullets and the like
	tabs         int
	address      bool // it holds a web or mail address
	name         bool // it looks like the name of a file or an identifier
	clock        bool // it holds a time of day
	year         bool // it holds a number that may be a year
	emptyLetters bool // no letter in it
}

// Words is the number of words in the line, where two ideographs count as one.
func (l *Line) Words() int { return l.words }

// Runes is the length of the line in code points.
func (l *Line) Runes() int { return l.runes }

// Letters is the number of letters in the line.
func (l *Line) Letters() int { return l.letters }

// Digits is the number of digits in the line.
func (l *Line) Digits() int { return l.digits }

// Repeats is how often the same line stands in the text.
func (l *Line) Repeats() int { return l.repeats }

// HasYear says that a number that may be a year stands in the line.
func (l *Line) HasYear() bool { return l.year }

// HasClock says that a time of day stands in the line.
func (l *Line) HasClock() bool { return l.clock }

// FileName says that the line looks like the name of a file or an identifier.
func (l *Line) FileName() bool { return l.name }

// Dateline says that the line is a short one that tells when, or by whom,
// something was written.
func (l *Line) Dateline() bool { return dateline(l) }

// Last is the line's last character, closing quotation marks and brackets
// passed over.
func (l *Line) Last() rune { return l.last }

// Prose says that a line reads like a sentence or more of running text.
func (l *Line) Prose() bool {
	return l.words >= 8 && l.lower*2 >= l.words && (sentenceEnd(l.last) || l.last == ':' || l.words >= 16) && !l.name
}

// Split cuts text at line ends of every kind. Lines without anything visible
// are left out; the lines beside them know of it.
func Split(text string) []Line {
	var lines []Line
	seed := maphash.MakeSeed()
	count := map[uint64]int{}
	blank := true
	for len(text) > 0 {
		i := strings.IndexAny(text, "\n\r\v\f\u0085\u2028\u2029")
		row := text
		if i < 0 {
			text = ""
		} else {
			row = text[:i]
			_, size := utf8.DecodeRuneInString(text[i:])
			if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
				size = 2
			}
			text = text[i+size:]
		}
		row = strings.TrimFunc(row, invisible)
		if row == "" {
			if n := len(lines); n > 0 {
				lines[n-1].BlankAfter = true
			}
			blank = true
			continue
		}
		l := Line{Text: row, BlankBefore: blank}
		blank = false
		l.look()
		count[maphash.String(seed, row)]++
		lines = append(lines, l)
	}
	if n := len(lines); n > 0 {
		lines[n-1].BlankAfter = true
	}
	for i := range lines {
		lines[i].repeats = count[maphash.String(seed, lines[i].Text)]
	}
	return lines
}

// invisible says that a character shows nothing at the edge of a line.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == 0x200B || r == 0x200E || r == 0x200F || r == 0xFEFF || r == 0xAD || r == 0xFFFC || r == 0x2060 || unicode.Is(unicode.Cc, r) || r >= 0xE000 && r <= 0xF8FF
}

// look counts what stands in the line.
func (l *Line) look() {
	ideographs := 0
	inWord, firstOf, capsRun, wordLen := false, rune(0), true, 0
	endWord := func() {
		if !inWord {
			return
		}
		l.words++
		switch {
		case unicode.IsUpper(firstOf):
			l.upper++
			if capsRun && wordLen > 1 {
				l.caps++
			}
		case !unicode.IsDigit(firstOf):
			l.lower++
		}
		inWord = false
	}
	previous := rune(0)
	for _, r := range l.Text {
		l.runes++
		if l.first == 0 {
			l.first = r
		}
		switch {
		case r >= 0x2E80 && r < 0xA000 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x0E00 && r < 0x0E80 && unicode.IsLetter(r):
			endWord()
			ideographs++
			l.letters++
		case unicode.IsLetter(r) || unicode.IsDigit(r) || inWord && unicode.Is(unicode.Mn, r):
			if unicode.IsDigit(r) {
				l.digits++
			} else {
				l.letters++
			}
			if !inWord {
				inWord, firstOf, capsRun, wordLen = true, r, true, 0
			}
			wordLen++
			capsRun = capsRun && unicode.IsUpper(r)
		case (r == '\'' || r == '’' || r == '-' || r == 0xAD) && inWord:
			// within a word
		default:
			endWord()
			switch r {
			case ',', ';', '،', '、', '，', '؛':
				l.commas++
			case '|', '»', '›', '→', '•', '·', '>', '<', '▼', '▶', '©', '#', '@', '+', '_', '/', '\\', '=', '{', '}', '★', '✓', '✕', '×', '←', '↓', '↑', '®', '™', '*', '~', '^':
				l.symbols++
			case '\t':
				l.tabs++
			}
			if sentenceEnd(r) && previous != r && r != '…' {
				l.ends++
			}
		}
		if r != '"' && r != '”' && r != '“' && r != '»' && r != '’' && r != '\'' && r != ')' && r != ']' && r != '*' && r != '」' && r != '』' && !unicode.IsSpace(r) {
			l.last = r
		}
		previous = r
	}
	endWord()
	l.words += (ideographs + 1) / 2
	l.lower += (ideographs + 1) / 2
	l.emptyLetters = l.letters == 0
	l.shapes()
	l.Cues, l.Start, l.Whole = cuesOf(l.Text)
}

// sentenceEnd says whether r ends a sentence in one of the scripts known here.
func sentenceEnd(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '։', '।', '｡':
		return true
	}
	return false
}

// shapes looks for addresses, times, years and names of files.
func (l *Line) shapes() {
	s := l.Text
	if len(s) > 2000 {
		s = s[:2000]
	}
	if strings.Contains(s, "http") || strings.Contains(s, "www.") || strings.Contains(s, "@") && strings.Contains(s, ".") && !strings.Contains(s, " @") {
		l.address = true
	}
	run, colon := 0, -9
	for i := 0; i <= len(s); i++ {
		c := byte(' ')
		if i < len(s) {
			c = s[i]
		}
		if c >= '0' && c <= '9' {
			run++
			continue
		}
		if run == 4 && i >= 4 && (s[i-4] == '1' && s[i-3] == '9' || s[i-4] == '2' && s[i-3] == '0') {
			l.year = true
		}
		if run == 2 && colon == i-3 {
			l.clock = true
		}
		if c == ':' && (run == 1 || run == 2) {
			colon = i
		}
		run = 0
	}
	l.name = l.fileName()
}

// fileName says that a line looks like a picture's or file's name or an
// identifier: a word of mixed letters and digits and hardly anything else, as
// pages show in place of pictures.
func (l *Line) fileName() bool {
	if l.runes > 160 || l.words == 0 || l.words > 14 || l.ends > 1 {
		return false
	}
	t := strings.ToLower(l.Text)
	for _, e := range [...]string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".mp4", ".avif"} {
		if strings.HasSuffix(t, e) {
			return true
		}
	}
	mixed, plain, long := 0, 0, 0
	for _, w := range strings.FieldsFunc(t, func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == '.' || r == '/' }) {
		letters, digits := 0, 0
		for _, r := range w {
			switch {
			case r >= '0' && r <= '9':
				digits++
			default:
				letters++
			}
		}
		switch {
		case digits > 0 && letters > 0 && letters+digits > 3 || digits > 5:
			mixed++
			if letters+digits > 12 {
				long++
			}
		case letters > 0:
			plain++
		}
	}
	return long > 0 && plain <= 4 || mixed > 1 && mixed >= plain || strings.Contains(t, "_") && plain+mixed > 1 && !strings.Contains(t, " ")
}

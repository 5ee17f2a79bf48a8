package dates

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

type tokenKind uint8

const (
	word tokenKind = iota
	number
	mark // one character that is neither letter nor digit nor space
)

// token is a word, a run of digits or a mark. Spaces part tokens and leave only
// the flag space behind.
type token struct {
	kind        tokenKind
	space       bool // white space stands before it
	upper       bool // a word's first letter is a capital
	r           rune // a mark
	text        string
	value       int // a number's value; -1 where it has more than 14 digits
	digits      int
	pos, posEnd int // code points
}

// parser reads dates from the tokens of one piece of text at a time.
type parser struct {
	lang, region string
	order        Order
	from         int
	ref          time.Time
	now          time.Time
	whole        bool // the text is a date, not running text
	toks         []token
}

func newParser(lang string, o Options) *parser {
	lang = strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	p := &parser{order: o.Order, from: o.From, ref: lastDay(o.Reference), now: o.Now}
	p.lang, p.region, _ = strings.Cut(lang, "-")
	if p.lang == "und" {
		p.lang = ""
	}
	if p.from <= 0 {
		p.from = firstYear
	}
	if p.order == Unknown {
		p.order = orderOf(p.lang, p.region)
	}
	return p
}

// orderOf is the order of day and month in numbers that end with the year.
func orderOf(lang, region string) Order {
	switch lang {
	case "en":
		switch region {
		case "us", "ph":
			return MonthFirst
		case "gb", "uk", "au", "nz", "ie", "in", "za", "ng", "ke", "pk", "sg", "hk", "my":
			return DayFirst
		}
		return Unknown
	case "", "zh", "ja", "ko", "hu", "lt", "mn", "fil":
		return Unknown
	}
	return DayFirst
}

// pieceBytes is about how much of a line is read at once.
const pieceBytes = 32 << 10

// cut says where to part a very long line: at a space that has no digit near
// it, so that no date is parted.
func cut(line string) int {
	if len(line) <= pieceBytes+pieceBytes/2 {
		return len(line)
	}
	quiet := 0
	for i := pieceBytes; i < pieceBytes+pieceBytes/2; i++ {
		switch c := line[i]; {
		case c >= '0' && c <= '9':
			quiet = 0
		case c == ' ' && quiet > 40:
			return i
		default:
			quiet++
		}
	}
	i := pieceBytes
	for i < len(line) && !utf8.RuneStart(line[i]) {
		i++
	}
	return i
}

// maybe says whether a piece can hold a date at all: nearly every date has a
// digit in it.
func (p *parser) maybe(s string) bool {
	if !p.now.IsZero() {
		return true
	}
	other := false
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= '0' && c <= '9' {
			return true
		} else if c >= 0x80 {
			other = true
		}
	}
	if other {
		for _, r := range s {
			if r >= 0x660 && digit(r) >= 0 {
				return true
			}
		}
	}
	return false
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// digit is the value of a decimal digit in any of the scripts that write dates
// with their own, else -1.
func digit(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r < 0x660:
		return -1
	case r <= 0x669: // Arabic-Indic
		return int(r - 0x660)
	case r >= 0x6F0 && r <= 0x6F9: // extended Arabic-Indic
		return int(r - 0x6F0)
	case r >= 0x966 && r <= 0x96F: // Devanagari
		return int(r - 0x966)
	case r >= 0x9E6 && r <= 0x9EF: // Bengali
		return int(r - 0x9E6)
	case r >= 0xFF10 && r <= 0xFF19: // full width
		return int(r - 0xFF10)
	}
	return -1
}

// tokenize fills p.toks with the tokens of s, which begins at code point base.
func (p *parser) tokenize(s string, base int) {
	p.toks = p.toks[:0]
	space := false
	pos := base
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == ' ' || r == '\t' || r >= 0x80 && unicode.IsSpace(r) || r == '\r' || r == '\n' || r == '\v' || r == '\f':
			space = true
			i, pos = i+size, pos+1
		case r == 0x200E || r == 0x200F || r == 0xAD || r == 0xFEFF || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
			// Marks of direction and soft hyphens stand within dates unseen.
			i, pos = i+size, pos+1
		case digit(r) >= 0:
			t := token{kind: number, space: space, pos: pos}
			for i < len(s) {
				r, size = utf8.DecodeRuneInString(s[i:])
				d := digit(r)
				if d < 0 {
					break
				}
				if t.digits++; t.digits > 14 {
					t.value = -1
				} else {
					t.value = t.value*10 + d
				}
				i, pos = i+size, pos+1
			}
			t.posEnd = pos
			first, second, two := p.glued(t)
			p.toks, space = append(p.toks, first), false
			if two {
				p.toks = append(p.toks, second)
			}
		case letter(r):
			t := token{kind: word, space: space, pos: pos, upper: unicode.IsUpper(r)}
			from, plain := i, true
			alone := standsAlone(r)
			for i < len(s) {
				r, size = utf8.DecodeRuneInString(s[i:])
				if !letter(r) && r != 0xAD && !unicode.Is(unicode.Mn, r) || i > from && (alone || standsAlone(r)) {
					break
				}
				plain = plain && r >= 'a' && r <= 'z'
				i, pos = i+size, pos+1
			}
			t.text, t.posEnd = s[from:i], pos
			if !plain {
				t.text = fold(t.text)
			}
			p.toks, space = append(p.toks, t), false
		default:
			p.toks = append(p.toks, token{kind: mark, space: space, r: r, pos: pos, posEnd: pos + 1})
			space = false
			i, pos = i+size, pos+1
		}
	}
}

// glued parts a year from the number that a page without a space has put behind
// it: "19. Dezember 202219. Dezember", "4 mayo 202214:05", "06/11/20230
// comments". It must stand where a year does.
func (p *parser) glued(t token) (year, rest token, two bool) {
	if t.digits < 5 || t.digits > 6 || t.value < 0 || len(p.toks) < 2 {
		return t, token{}, false
	}
	scale := 10
	if t.digits == 6 {
		scale = 100
	}
	before, number2 := &p.toks[len(p.toks)-1], &p.toks[len(p.toks)-2]
	after := before.kind == word && len(monthNames[before.text]) > 0 ||
		before.kind == mark && !t.space && (before.r == '.' || before.r == '/') && number2.kind == number && number2.digits <= 2 ||
		before.kind == word && links[before.text] && number2.kind == word && len(monthNames[number2.text]) > 0
	if y := t.value / scale; !after || y < firstYear || y > lastYear {
		return t, token{}, false
	}
	year, rest = t, t
	year.value, year.digits, year.posEnd = t.value/scale, 4, t.pos+4
	rest.value, rest.digits, rest.pos, rest.space = t.value%scale, t.digits-4, t.pos+4, true
	return year, rest, true
}

func letter(r rune) bool {
	if r < 0x80 {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) && r != 'ʼ' && r != 'ʻ'
}

// standsAlone says that a character is a word by itself: ideographs, which are
// written without spaces.
func standsAlone(r rune) bool {
	return r >= 0x2E80 && r < 0xA000 && unicode.Is(unicode.Han, r)
}

// fold brings a word to the form that the tables hold: composed, lower case,
// without the dots that Turkish and Azerbaijani tell i and ı apart by, and with
// the Arabic forms of letters that Persian writes otherwise made one.
func fold(w string) string {
	if len(w) > 96 {
		return w
	}
	ascii := true
	for i := 0; i < len(w); i++ {
		ascii = ascii && w[i] < 0x80
	}
	if ascii {
		return strings.ToLower(w)
	}
	folded := strings.Map(func(r rune) rune {
		switch r {
		case 'İ', 'ı', 'I':
			return 'i'
		case 0x307, 0x640, 0xAD: // the dot that lower-casing İ leaves; the Arabic tatweel; soft hyphens
			return -1
		case 'ي', 'ى':
			return 'ی'
		case 'ك':
			return 'ک'
		case 'أ', 'إ', 'آ':
			return 'ا'
		case 'ё':
			return 'е'
		}
		if r >= 0x64B && r <= 0x652 { // Arabic vowel marks
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFC.String(w))
	if folded == "" {
		return w
	}
	return folded
}

// is says whether token i exists and is the given mark.
func (p *parser) is(i int, marks ...rune) bool {
	if i < 0 || i >= len(p.toks) || p.toks[i].kind != mark {
		return false
	}
	for _, r := range marks {
		if p.toks[i].r == r {
			return true
		}
	}
	return false
}

// tight says that token i exists and no space stands before it.
func (p *parser) tight(i int) bool { return i < len(p.toks) && !p.toks[i].space }

// num gives the number at token i if it has at most most digits.
func (p *parser) num(i, most int) (int, bool) {
	if i < 0 || i >= len(p.toks) || p.toks[i].kind != number || p.toks[i].digits > most {
		return 0, false
	}
	return p.toks[i].value, true
}

// wordAt gives the folded word at token i, "" where there is none.
func (p *parser) wordAt(i int) string {
	if i < 0 || i >= len(p.toks) || p.toks[i].kind != word {
		return ""
	}
	return p.toks[i].text
}

func dash(r rune) bool {
	return r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == '~' || r == '〜' || r == '～'
}

func (p *parser) isDash(i int) bool {
	return i >= 0 && i < len(p.toks) && p.toks[i].kind == mark && dash(p.toks[i].r)
}

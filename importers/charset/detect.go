package charset

import (
	"strings"
	"unicode"

	"github.com/wlynxg/chardet"
	"golang.org/x/text/encoding/charmap"
)

// detect guesses the encoding of bytes that declare none and are not UTF-8. It
// returns an empty name where nothing is likely. Turkish (windows-1254) and
// Arabic (windows-1256), which the detector does not know, are recognised by
// their most frequent letters first.
func detect(b []byte) string {
	s := sample(b)
	counts := highBytes(s)
	switch {
	case counts.arabic():
		return "windows-1256"
	case counts.turkish():
		return "windows-1254"
	}
	r := chardet.Detect(s)
	name := strings.ToLower(r.Charset)
	if name == "" {
		name = strings.ToLower(r.Encoding)
	}
	if enc, known := lookup(name); enc == nil || wide(known) || known == "utf-8" && r.Confidence < 0.8 {
		name = ""
	} else {
		name = known
	}
	switch name {
	case "windows-1254":
		name = "windows-1252" // the two differ in the Turkish letters only, and those were looked for
	case "", "iso-8859-1", "windows-1252", "x-mac-cyrillic", "ibm866", "macintosh":
		if cyrillic := likelyCyrillic(s); cyrillic != "" {
			return cyrillic
		}
	}
	return name
}

// sample takes text around the first byte beyond ASCII, where what tells
// encodings apart is densest, and leaves out what stands in tags.
func sample(b []byte) []byte {
	start := 0
	for start < len(b) && b[start] < 0x80 {
		start++
	}
	start = max(0, start-256)
	return b[start:min(len(b), start+sampleBytes)]
}

type byteCounts struct {
	of    [256]int
	high  int // bytes from 0x80
	alpha int // ASCII letters
}

func highBytes(s []byte) (c byteCounts) {
	tag := false
	for _, x := range s {
		switch {
		case x == '<':
			tag = true
		case x == '>':
			tag = false
		case tag:
		case x >= 0x80:
			c.high++
			c.of[x]++
		case x|0x20 >= 'a' && x|0x20 <= 'z':
			c.alpha++
		}
	}
	return c
}

// turkish: ı, ş, ğ, İ, Ş, Ğ stand where windows-1252 has the Icelandic letters
// ý, þ, ð; Icelandic has vowels with an acute accent besides, Turkish none.
func (c *byteCounts) turkish() bool {
	letters := c.of[0xFD] + c.of[0xFE] + c.of[0xF0] + c.of[0xDD] + c.of[0xDE] + c.of[0xD0]
	acute := c.of[0xE1] + c.of[0xE9] + c.of[0xED] + c.of[0xF3] + c.of[0xFA] + c.of[0xE6]
	umlaut := c.of[0xFC] + c.of[0xF6] + c.of[0xE7] // ü, ö, ç
	return c.high >= 8 && c.alpha > 3*c.high && c.of[0xFD] > 0 && letters > 4*acute && (letters+umlaut)*10 > c.high*7
}

// arabic: alef and lam are a quarter of all Arabic and Persian letters.
func (c *byteCounts) arabic() bool {
	return c.high >= 16 && (c.of[0xC7]+c.of[0xE1])*100 > c.high*15 && c.of[0xC7]*100 > c.high*5 &&
		(c.of[0xED]+c.of[0xE4]+c.of[0xE3]+c.of[0xE6]+c.of[0xD1]+c.of[0xCA])*100 > c.high*15
}

// likelyCyrillic compares the three Cyrillic encodings by how much of the text
// is small letters, and by the share of the commonest letter, o. It answers
// only where nearly all bytes beyond ASCII are letters.
func likelyCyrillic(s []byte) string {
	best, bestScore := "", 0.0
	for name, enc := range map[string]*charmap.Charmap{"windows-1251": charmap.Windows1251, "koi8-u": charmap.KOI8U, "iso-8859-5": charmap.ISO8859_5} {
		var high, lower, common float64
		for _, x := range s {
			if x < 0x80 {
				continue
			}
			high++
			r := enc.DecodeByte(x)
			if r >= 0x400 && r < 0x500 && unicode.IsLower(r) {
				lower++
				if strings.ContainsRune("оеаинт", r) {
					common++
				}
			}
		}
		if high < 16 {
			return ""
		}
		if score := lower/high + common/high; lower/high > 0.8 && common/high > 0.3 && (score > bestScore || score == bestScore && name < best) {
			best, bestScore = name, score
		}
	}
	return best
}

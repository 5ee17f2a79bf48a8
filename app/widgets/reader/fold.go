package reader

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// folded is a text as it is searched: without case and diacritics, with the
// variants of quotation marks, dashes and spaces made one.
type folded struct {
	text string
	same bool // every rune of the original gave one byte
}

// fold folds a text.
func fold(s string) folded { return folder{}.fold(s) }

// folder remembers what runes fold to, for folding many texts.
type folder map[rune]string

func (f folder) fold(s string) folded {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			var sb strings.Builder
			sb.Grow(len(s))
			for _, r := range s {
				if r < utf8.RuneSelf {
					foldRune(&sb, r)
					continue
				}
				to, ok := f[r]
				if !ok {
					var one strings.Builder
					foldRune(&one, r)
					to = one.String()
					f[r] = to
				}
				sb.WriteString(to)
			}
			return folded{text: sb.String()}
		}
	}
	return folded{text: strings.ToLower(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, s)), same: true}
}

// foldRune writes what a rune folds to: often one rune, sometimes none or more.
func foldRune(sb *strings.Builder, r rune) {
	switch {
	case r < utf8.RuneSelf:
		if r == '\n' || r == '\t' {
			r = ' '
		}
		sb.WriteRune(unicode.ToLower(r))
		return
	case unicode.IsSpace(r), r >= 0x2000 && r <= 0x200a:
		sb.WriteByte(' ')
		return
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r), r == 0x640: // tatweel
		return
	}
	switch r {
	case '‘', '’', '‚', '‛', 'ʼ', '‹', '›', '′':
		sb.WriteByte('\'')
		return
	case '“', '”', '„', '‟', '«', '»', '″':
		sb.WriteByte('"')
		return
	case '‐', '‑', '‒', '–', '—', '−':
		sb.WriteByte('-')
		return
	case 'ı', 'İ':
		sb.WriteByte('i')
		return
	case 'ß', 'ẞ':
		sb.WriteString("ss")
		return
	case 'ø', 'Ø':
		sb.WriteByte('o')
		return
	case 'ł', 'Ł':
		sb.WriteByte('l')
		return
	case 'đ', 'Đ':
		sb.WriteByte('d')
		return
	case 'æ', 'Æ':
		sb.WriteString("ae")
		return
	case 'œ', 'Œ':
		sb.WriteString("oe")
		return
	case 'ς':
		sb.WriteRune('σ')
		return
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	for _, d := range string(norm.NFKD.Bytes(buf[:n])) {
		if !unicode.Is(unicode.Mn, d) {
			sb.WriteRune(unicode.ToLower(d))
		}
	}
}

// each calls f with every place where query, folded, stands in the text whose
// original is s; positions are runes of s. Places do not overlap.
func (f folded) each(s, query string, do func(start, end int)) {
	if query == "" || len(query) > len(f.text) || !strings.Contains(f.text, query) {
		return
	}
	// runeAt[i] is the rune of s that byte i of the folded text came from.
	var runeAt []int32
	if !f.same {
		runeAt = make([]int32, 0, len(f.text)+1)
		var sb strings.Builder
		n := int32(0)
		for _, r := range s {
			sb.Reset()
			foldRune(&sb, r)
			for range sb.Len() {
				runeAt = append(runeAt, n)
			}
			n++
		}
		runeAt = append(runeAt, n)
	}
	for at := 0; ; {
		i := strings.Index(f.text[at:], query)
		if i < 0 {
			return
		}
		start, end := at+i, at+i+len(query)
		at = end
		if f.same {
			do(start, end)
			continue
		}
		// What folds to nothing belongs to what stands before it.
		do(int(runeAt[start]), max(int(runeAt[end-1])+1, int(runeAt[end])))
	}
}

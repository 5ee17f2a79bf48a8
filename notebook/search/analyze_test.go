package search

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"words", "The ports of Baku", "the ports of baku"},
		{"initials", "in the U.S. today", "in the us today"},
		{"figures", "1,250.5 tonnes in 2025", "12505 tonnes in 2025"},
		{"addresses", "see example.com/a_b", "see example com a b"},
		{"apostrophes", "Kazakhstan’s d'Ivoire Türkiye'nin", "kazakhstan s d ivoire turkiye nin"},
		{"one i", "İlham Iğdır ılık", "ilham igdir ilik"},
		{"decomposed", "I\u0307lham cafe\u0301", "ilham cafe"},
		{"ё and й", "Ещё йод Нй", "еще йод нй"},
		{"Ukrainian ї", "Їжак", "їжак"},
		{"Georgian capitals", "ᲗᲑᲘᲚᲘᲡᲘ", "თბილისი"},
		{"Arabic", "مُحَمَّد إلى آسيا", "محمد الي اسيا"},
		{"Persian joiner", "می‌روند کتاب", "مي روند كتاب"},
		{"Han in pairs", "铁路运输", "铁路 路运 运输 输"},
		{"one Han", "港", "港"},
		{"kana and Han", "カスピ海の", "カス スピ ピ海 海の の"},
		{"full width", "ＡＢＣ１２", "abc12"},
		{"half-width kana", "ｶｽﾋﾟ", "カス スピ ピ"},
		{"Hangul", "서울에서", "서울에서"},
		{"German", "Straße Übung", "strasse ubung"},
		{"Vietnamese", "Việt Nam", "viet nam"},
		{"Hindi vowels stay", "दिल्ली", "दिल्ली"},
		{"soft hyphen", "inter\u00adnational", "international"},
		{"signs alone", "… — !", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			tokens(c.text, func(tok token) { got = append(got, tok.term) })
			if strings.Join(got, " ") != c.want {
				t.Errorf("%q gives %q, want %q", c.text, strings.Join(got, " "), c.want)
			}
		})
	}
}

func FuzzTokens(f *testing.F) {
	for _, e := range shelf {
		f.Add(e.Title + " " + e.Body)
	}
	f.Add("\xff\u200c\u200dａ\u0301港\u3099\u3099 U.S.A.B. '''")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		tokens(text, func(tok token) {
			if tok.start < 0 || tok.end > len(text) || tok.start >= tok.end || tok.end < end {
				t.Fatalf("token %q from %d to %d of %d", tok.term, tok.start, tok.end, len(text))
			}
			end = tok.end
			if utf8.ValidString(text) && fold(tok.term) != tok.term {
				t.Errorf("folding %q twice gives %q", tok.term, fold(tok.term))
			}
			for _, lang := range []string{"en", "ru", "tr", "ar", "fa", "de", "fr", "es", "az", "kk", ""} {
				stems(tok, lang)
			}
		})
		q, err := Parse(text)
		if err != nil {
			return
		}
		m := newMatcher(q.root, false, nil)
		for _, s := range m.snippets(text, "en", 2) {
			n := utf8.RuneCountInString(s.Text)
			for _, r := range s.Marks {
				if r.Start < 0 || r.Start >= r.End || r.End > n {
					t.Fatalf("mark %v in a snippet of %d", r, n)
				}
			}
		}
	})
}

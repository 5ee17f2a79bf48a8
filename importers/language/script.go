package language

import "unicode"

// The scripts that decide or narrow down a language.
const (
	none = iota
	latin
	cyrillic
	arabic
	hebrew
	greek
	armenian
	georgian
	hangul
	kana
	han
	devanagari
	thai
	bengali
	tamil
	telugu
	gujarati
	gurmukhi
	kannada
	malayalam
	sinhala
	khmer
	lao
	myanmar
	ethiopic
	tibetan
	scripts
)

// wholeScript names the one language that a script is, in practice, used for.
var wholeScript = [scripts]string{
	greek: "el", armenian: "hy", georgian: "ka", hangul: "ko", thai: "th", bengali: "bn", tamil: "ta",
	telugu: "te", gujarati: "gu", gurmukhi: "pa", kannada: "kn", malayalam: "ml", sinhala: "si", khmer: "km",
	lao: "lo", myanmar: "my", ethiopic: "am", tibetan: "bo",
}

// scriptOf names the script of languages that are not written in Latin letters
// (ISO 15924).
var scriptOf = map[string]string{
	"ru": "Cyrl", "uk": "Cyrl", "be": "Cyrl", "bg": "Cyrl", "sr": "Cyrl", "mk": "Cyrl", "kk": "Cyrl", "ky": "Cyrl",
	"tg": "Cyrl", "tt": "Cyrl", "mn": "Cyrl", "ba": "Cyrl", "ar": "Arab", "fa": "Arab", "ur": "Arab", "ps": "Arab",
	"ckb": "Arab", "he": "Hebr", "yi": "Hebr", "el": "Grek", "hy": "Armn", "ka": "Geor", "ko": "Kore", "ja": "Jpan",
	"zh": "Hani", "hi": "Deva", "mr": "Deva", "ne": "Deva", "th": "Thai", "bn": "Beng", "ta": "Taml", "te": "Telu",
	"gu": "Gujr", "pa": "Guru", "kn": "Knda", "ml": "Mlym", "si": "Sinh", "km": "Khmr", "lo": "Laoo", "my": "Mymr",
	"am": "Ethi", "bo": "Tibt",
}

// The rarer scripts, asked after the cheap range checks of scriptIndex.
var tables = []struct {
	script int
	table  *unicode.RangeTable
}{
	{bengali, unicode.Bengali}, {tamil, unicode.Tamil}, {telugu, unicode.Telugu}, {gujarati, unicode.Gujarati},
	{gurmukhi, unicode.Gurmukhi}, {kannada, unicode.Kannada}, {malayalam, unicode.Malayalam}, {sinhala, unicode.Sinhala},
	{khmer, unicode.Khmer}, {lao, unicode.Lao}, {myanmar, unicode.Myanmar}, {ethiopic, unicode.Ethiopic},
	{tibetan, unicode.Tibetan}, {thai, unicode.Thai}, {devanagari, unicode.Devanagari},
}

// scriptIndex names the script of a letter, or none for what is no letter.
func scriptIndex(r rune) int {
	switch {
	case r < 'A':
		return none
	case r <= 'z':
		if r <= 'Z' || r >= 'a' {
			return latin
		}
		return none
	case r < 0xC0:
		return none
	case r < 0x2B0:
		if r == 0xD7 || r == 0xF7 {
			return none
		}
		return latin
	case r >= 0x1E00 && r < 0x1F00:
		return latin
	case r >= 0x370 && r < 0x400, r >= 0x1F00 && r < 0x2000:
		return greek
	case r >= 0x400 && r < 0x530:
		return cyrillic
	case r >= 0x531 && r < 0x590:
		return armenian
	case r >= 0x5D0 && r < 0x600:
		return hebrew
	case r >= 0x620 && r < 0x64B, r >= 0x66E && r < 0x6D6, r >= 0x6EE && r < 0x6F0, r >= 0x6FA && r < 0x700, r >= 0x750 && r < 0x780, r >= 0xFB50 && r < 0xFE00, r >= 0xFE70 && r < 0xFEFF:
		return arabic
	case r >= 0x10A0 && r < 0x1100, r >= 0x1C90 && r < 0x1CC0, r >= 0x2D00 && r < 0x2D30:
		return georgian
	case r >= 0x1100 && r < 0x1200, r >= 0xAC00 && r < 0xD7B0, r >= 0x3130 && r < 0x3190:
		return hangul
	case r >= 0x3041 && r < 0x3097, r >= 0x30A1 && r < 0x30FB, r >= 0xFF66 && r < 0xFF9E:
		return kana
	case r >= 0x3400 && r < 0x4DC0, r >= 0x4E00 && r < 0xA000, r >= 0xF900 && r < 0xFB00, r >= 0x20000 && r < 0x32000:
		return han
	case r >= 0x900 && r < 0x1400 || r >= 0x1780 && r < 0x1800:
		for _, t := range tables {
			if unicode.Is(t.table, r) && (unicode.IsLetter(r) || unicode.IsMark(r)) {
				return t.script
			}
		}
	}
	return none
}

// Characters that only one of the two languages prints: the Japanese forms of
// the 1946 reform, and the commonest simplified and traditional Chinese ones.
const (
	japaneseOnly = "対関経済総発県戦売変単桜沢浜駅円労実応検権様気薬読験鉄転込働峠畑圏図楽広辺歩渋焼悪択択両価仮拡拠挙銭帰徴徳惨拝拡竜粛縄聴脳臓舎艦芸蔵覇訳豊転遅郷酔釈険隣雑霊頼顔駆騒髄鶏黒斎歯竜焼"
	chineseOnly  = "们这个为说对时会话国际东与车长门问间见贸达亚俄罗过还进运选导总统议员业务战争关发经济军队们吗吧呢您她它哪么没给让从把被這個為說對時話東與車長門問間見貿達亞過還進運選導總統議員業務戰爭關發經濟軍隊們嗎您她它沒給讓從該該斯阿哈克"
)

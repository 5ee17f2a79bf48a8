package evidence

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// quantity is a number as a text writes it: digits, or words, or both.
type quantity struct {
	value float64
	words int  // words of the text that it spans
	plain bool // digits alone, without separators or a scale: may be a year or a label
	vague bool // "dozens", "hundreds": no figure, but a size
}

// decimalComma are languages that write 1.234,5 for what English writes 1,234.5.
var decimalComma = wordList("ru uk be bg sr kk ky tg mn tr az de fr es it pt nl pl cs sv hu ro el id vi uz tk")

// scales multiply the number before them, folded.
var scales = func() map[string]float64 {
	m := map[string]float64{}
	for value, list := range map[float64]string{
		1e3: `thousand thousands k тысяча тысячи тысяч тыс тысячами тисяч тисячі тис bin min мың tausend mille mil mila tusen tysięcy`,
		1e6: `million millions mn mln m миллион миллиона миллионов млн мильйон мільйон мільйони мільйонів milyon milyonu millionen mio
			millón millones milhão milhões milioni`,
		1e9: `billion billions bn b миллиард миллиарда миллиардов млрд мільярд мільярди мільярдів milyar milyard milliarde milliarden
			mrd milliard milliards`,
		1e12: `trillion trillions tn триллион триллиона триллионов трлн trilyon billón billones`,
		100:  `hundred сто yüz жүз`,
		12:   `dozen`,
	} {
		for _, w := range strings.Fields(list) {
			m[foldText(w)] = value
		}
	}
	return m
}()

// languageScales are scales that mean something else in other languages.
var languageScales = map[string]map[string]float64{
	"de": {"billion": 1e12, "billionen": 1e12},
	"fr": {"billion": 1e12, "billions": 1e12},
	"tr": {"min": 0},
	"en": {"mil": 0, "min": 0, "mille": 0, "bin": 0, "mila": 0},
	"ru": {"сто": 0, "м": 0},
	"uk": {"сто": 0},
}

// units and tens in words, folded.
var numberWords = func() map[string]float64 {
	m := map[string]float64{}
	for _, list := range []string{
		`zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen`,
		`ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать`,
		`sıfır bir iki üç dört beş altı yedi sekiz dokuz on`,
		`null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf`,
		`zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize`,
		`cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince`,
		`- - - - dörd - - yeddi səkkiz doqquz`,
	} {
		for i, w := range strings.Fields(list) {
			if w != "-" {
				m[foldText(w)] = float64(i)
			}
		}
	}
	for _, list := range []string{
		`twenty thirty forty fifty sixty seventy eighty ninety`,
		`двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто`,
		`yirmi otuz kırk elli altmış yetmiş seksen doksan`,
		`zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig`,
		`vingt trente quarante cinquante soixante`,
		`veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa`,
		`iyirmi - qırx əlli - - - doxsan`,
	} {
		for i, w := range strings.Fields(list) {
			if w != "-" {
				m[foldText(w)] = float64(20 + 10*i)
			}
		}
	}
	m["dvoe"], m["двое"], m["трое"], m["четверо"], m["пятеро"], m["шестеро"], m["семеро"] = 2, 2, 3, 4, 5, 6, 7
	return m
}()

// ambiguousNumbers are number words that mostly are none: "one of", "un", "bir".
var ambiguousNumbers = wordList("one un bir uno eins on one's один elf once")

// vagueScales are sizes without a number.
var vagueScales = wordList("dozens scores hundreds thousands millions billions десятки сотни тысячи dizaines centaines decenas cientos dutzende hunderte tausende onlarca yüzlerce")

// quantityAt reads a number that begins at word i; words is 0 where there is
// none.
func quantityAt(text string, ws []word, i int, lang string) quantity {
	w := ws[i]
	if !w.digits {
		return wordsAt(text, ws, i, lang)
	}
	digits := w.fold
	k := i + 1
	decimal := ""
	separators := 0
	for k < len(ws) && ws[k].digits {
		sep := between(text, ws, k-1)
		group := len(ws[k].fold) == 3 && decimal == ""
		first := len(ws[i].fold) <= 3
		switch {
		case (sep == "\u00a0" || sep == "\u202f" || sep == " " || sep == "'" || sep == "’" || sep == "\u2009") && group && first && (sep != " " || separators > 0 || lang != "en" && lang != ""):
			digits += ws[k].fold
			separators++
		case (sep == "," || sep == ".") && decimal == "":
			thousands := group && first && (separators > 0 || (sep == ",") != decimalComma[lang])
			if thousands && separators == 0 && k+1 < len(ws) && ws[k+1].digits && len(ws[k+1].fold) != 3 && between(text, ws, k) == sep {
				return quantity{} // 1.234.5: a version, an address
			}
			switch {
			case thousands:
				digits += ws[k].fold
				separators++
			case k+1 < len(ws) && ws[k+1].digits && between(text, ws, k) == sep:
				return quantity{} // 10.2.3, 29.10.2025
			default:
				decimal = ws[k].fold
			}
		default:
			goto done
		}
		k++
	}
done:
	if len(digits) > 15 || len(decimal) > 9 {
		return quantity{}
	}
	value, err := strconv.ParseFloat(arabicDigits(digits+"."+decimal+"0"), 64)
	if err != nil {
		return quantity{}
	}
	q := quantity{value: value, words: k - i, plain: separators == 0 && decimal == ""}
	return q.scaled(text, ws, i, lang)
}

// scaled multiplies by the scales behind a number: "2.5 million", "3 mil millones".
func (q quantity) scaled(text string, ws []word, i int, lang string) quantity {
	for range 2 {
		k := i + q.words
		if k >= len(ws) || ws[k].digits {
			break
		}
		f := ws[k].fold
		s, ok := scales[f]
		if by, own := languageScales[lang][f]; own {
			s, ok = by, by > 0
		}
		sep := between(text, ws, k-1)
		if !ok || sep != " " && sep != "\u00a0" && sep != "" && sep != "-" && sep != "\u202f" {
			break
		}
		if utf8.RuneCountInString(f) == 1 && sep != "" { // "5 m" is metres; "5m" may be either, money tells
			break
		}
		if utf8.RuneCountInString(f) == 1 && !moneyBefore(text, ws, i) {
			break
		}
		if f == "mil" && lang != "es" && lang != "pt" || f == "mille" && lang != "fr" && lang != "it" {
			break
		}
		q.value *= s
		q.plain = false
		q.words++
		if q.value > 1e18 || math.IsInf(q.value, 0) {
			return quantity{}
		}
	}
	return q
}

// wordsAt reads a number in words: "twenty-one", "two hundred", "three million".
func wordsAt(text string, ws []word, i int, lang string) quantity {
	if vagueScales[ws[i].fold] {
		return quantity{words: 1, vague: true}
	}
	total, current, k := 0.0, 0.0, i
	read := false
	for k < len(ws) && !ws[k].digits {
		if k > i {
			if sep := between(text, ws, k-1); sep != " " && sep != "-" && sep != "\u00a0" {
				break
			}
		}
		f := ws[k].fold
		if v, ok := numberWords[f]; ok {
			if read && (current != 0 && v >= 10 && math.Mod(current, 100) != 0 || v < 10 && math.Mod(current, 10) != 0) {
				break
			}
			current += v
			read = true
		} else if s, ok := scales[f]; ok && read && utf8.RuneCountInString(f) > 2 {
			if by, own := languageScales[lang][f]; own {
				if by == 0 {
					break
				}
				s = by
			}
			if s < 1000 {
				current *= s
			} else {
				total += current * s
				current = 0
			}
		} else if f == "and" && read && k+1 < len(ws) && total+current >= 100 && numberWords[ws[k+1].fold] > 0 {
			// "a hundred and five"
		} else {
			break
		}
		k++
	}
	if !read || k == i+1 && ambiguousNumbers[ws[i].fold] {
		return quantity{}
	}
	return quantity{value: total + current, words: k - i}
}

// arabicDigits writes the digits of other scripts as ASCII.
func arabicDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r >= '०' && r <= '९':
			return r - '०' + '0'
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, s)
}

package evidence

import (
	"fmt"
	"strings"
	"testing"
)

func show(fs []Figure) string {
	var b []string
	for _, f := range fs {
		v := fmt.Sprint(f.Value)
		if f.Bound == Between {
			v += "–" + fmt.Sprint(f.High)
		}
		b = append(b, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", f.Measure, f.Bound, v, f.Unit)))
	}
	return strings.Join(b, " | ")
}

func TestFigures(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"en", "At least 38 people were killed and 29 injured when the jet came down.", "killed at_least 38 person | injured exactly 29 person"},
		{"en", "The crash killed 39 passengers, officials said.", "killed exactly 39 person"},
		{"en", "The blast left 12 dead and dozens wounded.", "killed exactly 12 person"},
		{"en", "The death toll rose to 41 on Friday.", "killed exactly 41 person"},
		{"en", "Of the 67 people on board, 38 died.", "people exactly 67 person | killed exactly 38 person"},
		{"en", "Police detained more than 200 protesters in the capital.", "detained at_least 200 person"},
		{"en", "Some 4,500 residents were evacuated.", "displaced about 4500 person"},
		{"en", "Twenty-one soldiers are missing.", "missing exactly 21 person"},
		{"en", "Trade reached $4.5 billion in 2024, up 12.3 percent.", "money exactly 4.5e+09 USD | percent exactly 12.3 %"},
		{"en", "A loan of 300 million euros over 15 years.", "money exactly 3e+08 EUR | duration exactly 15 year"},
		{"en", "Up to 20,000 tons of grain a month.", "mass at_most 20000 t"},
		{"en", "Between 10 and 12 bcm of gas a year.", "volume between 1e+10–1.2e+10 m3"},
		{"en", "Output was 1.5–2 million barrels.", "volume between 1.5e+06–2e+06 barrel"},
		{"en", "The line is about 340 km long and carries 700 MW.", "length about 340 km | power exactly 700 MW"},
		{"en", "Twelve trains and 340 containers arrived.", "count exactly 12 | count exactly 340"},
		{"en", "On October 29, 2025 at 10:30 flight 8243 left for COP29.", ""},
		{"en", "Article 5 was invoked in 1999.", ""},
		{"en", "The 3rd summit in five years", "duration exactly 5 year"},
		{"en", "Turnout was 56%, fewer than 3 in 10 young people voted.", "percent exactly 56 %"},
		{"en", "US$2bn and £15m were pledged.", "money exactly 2e+09 USD | money exactly 1.5e+07 GBP"},
		{"en", "38 people, including 3 children, were killed.", "killed exactly 38 person | killed exactly 3 person"},
		{"en", "The strike, killing 38 people and injuring 29, hit at noon.", "killed exactly 38 person | injured exactly 29 person"},
		{"ru", "Погибли 39 человек, ранены 29.", "killed exactly 39 person | injured exactly 29 person"},
		{"en", "Season 2 rapidly slowed; a Wi-Fi 6 router, 6.2 Language, rated 4.7 overall.", ""},
		{"en", "A 66-year-old man; he died before he was two, aged 30.", ""},
		{"en", "They lost 300 Russian tanks and two aircraft.", "count exactly 300 | count exactly 2"},
		{"en", "A 1,500 square foot hall, 30 feet high.", "area exactly 0.00013935456 km2 | length exactly 0.009144 km"},
		{"en", "Death toll from floods climbs to more than 200", "killed at_least 200 person"},
		{"en", "The 5+1 talks, the C5+1 format and a Su-25", ""},
		{"ru", "Число жертв выросло до 45.", "killed at_most 45 person"},
		{"tr", "Ölü sayısı 45'e yükseldi; toplantı 3 saat oldu.", "killed exactly 45 person | duration exactly 3 hour"},
		{"az", "Dövriyyə 529,4 milyon ABŞ dolları olub.", "money exactly 5.294e+08 USD"},
		{"de", "Die Zahl der Toten stieg auf 45.", "killed exactly 45 person"},
		{"es", "El número de muertos subió a 45.", "killed exactly 45 person"},
		{"ru", "Не менее 38 человек погибли и 29 получили ранения, ранены 4 ребёнка.", "killed at_least 38 person | injured exactly 29 person | injured exactly 4 person"},
		{"ru", "Товарооборот вырос на 12,5% до 1,3 млрд долларов.", "percent exactly 12.5 % | money at_most 1.3e+09 USD"},
		{"ru", "Перевезено около 2,7 млн тонн грузов.", "mass about 2.7e+06 t"},
		{"ru", "Задержаны более 200 человек.", "detained at_least 200 person"},
		{"tr", "Kazada en az 38 kişi öldü, 29 kişi yaralandı.", "killed at_least 38 person | injured exactly 29 person"},
		{"tr", "Yüzde 12,5 artışla 1.250 ton taşındı.", "percent exactly 12.5 % | mass exactly 1250 t"},
		{"az", "Qəzada 38 nəfər həlak olub, 29 nəfər yaralanıb.", "killed exactly 38 person | injured exactly 29 person"},
		{"de", "Mindestens 38 Menschen wurden getötet, 29 verletzt.", "killed at_least 38 person | injured exactly 29 person"},
		{"de", "Der Handel stieg um 12,5 Prozent auf 1,3 Milliarden Euro.", "percent exactly 12.5 % | money exactly 1.3e+09 EUR"},
		{"fr", "Au moins 38 personnes ont été tuées et 29 blessées.", "killed at_least 38 person | injured exactly 29 person"},
		{"es", "Al menos 38 personas murieron y 29 resultaron heridas.", "killed at_least 38 person | injured exactly 29 person"},
	} {
		got := Figures(c.text, c.lang)
		if s := show(got); s != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.text, s, c.want)
		}
		runes := []rune(c.text)
		for _, f := range got {
			if string(runes[f.Start:f.End]) != f.Text {
				t.Errorf("%s: %q stands at %d to %d", c.text, f.Text, f.Start, f.End)
			}
		}
	}
}

func FuzzFigures(f *testing.F) {
	for _, s := range []string{"At least 38 people were killed, 1,234.5 t", "$1.5–2bn", "1.234.567,89 €", "yüzde 12'den fazla", "9999999999999999999 million million", "от 1 до 2", "-- 5..6..7"} {
		f.Add(s, "en")
		f.Add(s, "de")
	}
	f.Fuzz(func(t *testing.T, text, lang string) {
		runes := []rune(text)
		for _, fig := range Figures(text, lang) {
			if fig.Start < 0 || fig.Start >= fig.End || fig.End > len(runes) {
				t.Fatalf("figure %+v in a text of %d", fig, len(runes))
			}
			if fig.Measure == "" || fig.High < fig.Value || fig.Value != fig.Value {
				t.Fatalf("figure %+v", fig)
			}
		}
		for _, d := range Dates(text, "2025-10-29") {
			if d.Start < 0 || d.Start >= d.End || d.End > len(runes) || len(d.Date) < 4 {
				t.Fatalf("date %+v", d)
			}
		}
		Support(text, lang, []Original{{ID: "a", Text: text, Lang: lang, Published: "2025-10-29"}})
	})
}

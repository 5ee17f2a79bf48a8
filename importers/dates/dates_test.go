package dates

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

var now = time.Date(2025, 11, 12, 1, 30, 0, 0, time.UTC)

func TestParse(t *testing.T) {
	ref := Options{Reference: "2025-11-12"}
	for _, c := range []struct {
		name, in, lang string
		o              Options
		want           document.Date // "" where it is no date
	}{
		{"iso day", "2025-10-29", "", Options{}, "2025-10-29"},
		{"iso time", "2025-10-29T08:00:00+04:00", "", Options{}, "2025-10-29"},
		{"iso keeps the day as stated", "2025-10-29T23:30:00-05:00", "en", Options{}, "2025-10-29"},
		{"iso z", "2025-10-29T23:30:00.000Z", "", Options{}, "2025-10-29"},
		{"iso space", "2025-10-29 08:00:00 +0400", "", Options{}, "2025-10-29"},
		{"iso bare zone", "2025-10-29T08:00:00+0400", "", Options{}, "2025-10-29"},
		{"iso month", "2025-10", "", Options{}, "2025-10"},
		{"iso compact", "20251029", "", Options{}, "2025-10-29"},
		{"iso compact time", "20251029T080000Z", "", Options{}, "2025-10-29"},
		{"year", "2025", "", Options{}, "2025"},
		{"slashes", "2025/10/29", "", Options{}, "2025-10-29"},
		{"rfc 1123", "Wed, 29 Oct 2025 08:00:00 GMT", "", Options{}, "2025-10-29"},
		{"ctime", "Wed Oct 29 08:00:00 UTC 2025", "", Options{}, "2025-10-29"},
		{"english", "October 29, 2025", "en", Options{}, "2025-10-29"},
		{"english short", "Oct. 29, 2025", "en", Options{}, "2025-10-29"},
		{"english ordinal", "29th of October, 2025", "en", Options{}, "2025-10-29"},
		{"english month", "October 2025", "en", Options{}, "2025-10"},
		{"words around", "Published: Wednesday, October 29, 2025 at 8:05 am EST", "en", Options{}, "2025-10-29"},
		{"time first", "14:05, 29 October 2025", "en", Options{}, "2025-10-29"},
		{"capitals", "OCTOBER 29, 2025", "en", Options{}, "2025-10-29"},
		{"two digits", "29-Oct-25", "en", Options{}, "2025-10-29"},
		{"german", "29. Oktober 2025, 14:05 Uhr", "de", Options{}, "2025-10-29"},
		{"german march", "3. März 2024", "de", Options{}, "2024-03-03"},
		{"german points", "03.04.2024", "de", Options{}, "2024-04-03"},
		{"german short year", "03.04.24", "de", Options{}, "2024-04-03"},
		{"russian", "29 октября 2025 года, 14:05", "ru", Options{}, "2025-10-29"},
		{"russian time first", "14:05 / 29.10.2025", "ru", Options{}, "2025-10-29"},
		{"ukrainian", "7 листопада 2025 р.", "uk", Options{}, "2025-11-07"},
		{"turkish", "5 Kasım 2025 Çarşamba", "tr", Options{}, "2025-11-05"},
		{"turkish capitals", "5 KASIM 2025", "tr", Options{}, "2025-11-05"},
		{"azerbaijani", "29 oktyabr 2025", "az", Options{}, "2025-10-29"},
		{"azerbaijani capitals", "29 İyun 2025", "az", Options{}, "2025-06-29"},
		{"azerbaijani year first", "2025-ci il oktyabrın 29-da", "az", Options{}, "2025-10-29"},
		{"french", "Publié le 1er février 2025 à 10h05", "fr", Options{}, "2025-02-01"},
		{"french without accents", "3 aout 2025", "fr", Options{}, "2025-08-03"},
		{"spanish", "5 de noviembre de 2025", "es", Options{}, "2025-11-05"},
		{"italian", "5 novembre 2025", "it", Options{}, "2025-11-05"},
		{"portuguese", "5 de março de 2025", "pt", Options{}, "2025-03-05"},
		{"polish", "5 października 2025 r.", "pl", Options{}, "2025-10-05"},
		{"polish november", "5 listopada 2025", "pl", Options{}, "2025-11-05"},
		{"croatian october", "5. listopada 2025.", "hr", Options{}, "2025-10-05"},
		{"dutch", "5 mei 2025", "nl", Options{}, "2025-05-05"},
		{"kazakh", "2025 жылғы 5 қараша", "kk", Options{}, "2025-11-05"},
		{"kazakh day first", "5 қараша 2025", "kk", Options{}, "2025-11-05"},
		{"hungarian", "2025. október 29.", "hu", Options{}, "2025-10-29"},
		{"georgian", "29 ოქტომბერი 2025", "ka", Options{}, "2025-10-29"},
		{"armenian", "29 հոկտեմբերի 2025", "hy", Options{}, "2025-10-29"},
		{"greek", "29 Οκτωβρίου 2025", "el", Options{}, "2025-10-29"},
		{"chinese", "2025年10月29日", "zh", Options{}, "2025-10-29"},
		{"chinese with time", "2025年10月29日 08:05", "zh", Options{}, "2025-10-29"},
		{"japanese wide", "２０２５年１０月２９日", "ja", Options{}, "2025-10-29"},
		{"korean", "2025년 10월 29일", "ko", Options{}, "2025-10-29"},
		{"korean points", "2025.10.29", "ko", Options{}, "2025-10-29"},
		{"arabic", "٢٩ أكتوبر ٢٠٢٥", "ar", Options{}, "2025-10-29"},
		{"arabic levant", "29 تشرين الأول 2025", "ar", Options{}, "2025-10-29"},
		{"persian gregorian", "۲۹ اکتبر ۲۰۲۵", "fa", Options{}, "2025-10-29"},
		{"persian solar", "۷ آبان ۱۴۰۴", "fa", Options{}, "2025-10-29"},
		{"persian solar in numbers", "۱۴۰۴/۰۸/۰۷", "fa", Options{}, "2025-10-29"},
		{"persian leap day", "۳۰ اسفند ۱۴۰۳", "fa", Options{}, "2025-03-20"},
		{"persian no leap day", "۳۰ اسفند ۱۴۰۲", "fa", Options{}, ""},
		{"lang unknown, name known", "29 oktyabr 2025", "und", Options{}, "2025-10-29"},
		{"english on a german page", "October 29, 2025", "de", Options{}, "2025-10-29"},
		{"soft hyphen", "29. Ok\u00adtober 2025", "de", Options{}, "2025-10-29"},
		{"no-break space", "29\u00a0октября\u00a02025", "ru", Options{}, "2025-10-29"},

		{"american", "10/05/2025", "en-US", Options{}, "2025-10-05"},
		{"british", "10/05/2025", "en-GB", Options{}, "2025-05-10"},
		{"ambiguous", "10/05/2025", "en", Options{}, ""},
		{"ambiguous with hint", "10/05/2025", "en", Options{Order: MonthFirst}, "2025-10-05"},
		{"settled by the numbers", "10/25/2025", "en", Options{}, "2025-10-25"},
		{"the same either way", "05/05/2025", "en", Options{}, "2025-05-05"},
		{"points are day first", "10.05.2025", "en", Options{}, "2025-05-10"},
		{"italian slashes", "10/05/2025", "it", Options{}, "2025-05-10"},

		{"year inferred", "October 29", "en", ref, "2025-10-29"},
		{"year inferred, last year", "December 1", "en", ref, "2024-12-01"},
		{"year inferred, same day", "November 12", "en", ref, "2025-11-12"},
		{"year inferred, leap day", "29 February", "en", ref, "2024-02-29"},
		{"no year, no reference", "October 29", "en", Options{}, ""},
		{"month as reference", "October 29", "en", Options{Reference: "2025-10"}, "2025-10-29"},

		{"relative without now", "2 days ago", "en", Options{}, ""},
		{"days ago", "2 days ago", "en", Options{Now: now}, "2025-11-10"},
		{"hours ago across midnight", "2 hours ago", "en", Options{Now: now}, "2025-11-11"},
		{"yesterday", "Yesterday", "en", Options{Now: now}, "2025-11-11"},
		{"yesterday at", "вчера, 14:05", "ru", Options{Now: now}, "2025-11-11"},
		{"german ago", "vor 3 Tagen", "de", Options{Now: now}, "2025-11-09"},
		{"french ago", "il y a 2 jours", "fr", Options{Now: now}, "2025-11-10"},
		{"spanish ago", "hace 2 días", "es", Options{Now: now}, "2025-11-10"},
		{"turkish ago", "2 gün önce", "tr", Options{Now: now}, "2025-11-10"},
		{"azerbaijani ago", "2 gün əvvəl", "az", Options{Now: now}, "2025-11-10"},
		{"months ago", "2 months ago", "en", Options{Now: now}, "2025-09"},

		{"empty", "", "en", ref, ""},
		{"text", "Opinion", "en", ref, ""},
		{"text with a date", "The summit of October 29, 2025 was long", "en", ref, ""},
		{"no such day", "31 November 2025", "en", ref, ""},
		{"no such day in numbers", "31.02.2025", "de", ref, ""},
		{"month 13", "2025-13-01", "", ref, ""},
		{"too early", "29 October 1925", "en", ref, ""},
		{"early but wanted", "29 October 1925", "en", Options{From: 1800}, "1925-10-29"},
		{"number", "17605", "en", ref, ""},
		{"version", "1.2.24", "en", ref, ""},
		{"views", "706 Views", "en", ref, ""},
		{"reading time", "11 Min Read", "en", ref, ""},
		{"time only", "14:05", "en", ref, ""},
		{"name of a person", "May 5000", "en", ref, ""},
		{"two dates", "29 October 2025 30 October 2025", "en", ref, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := Parse(c.in, c.lang, c.o)
			if got != c.want || ok != (c.want != "") {
				t.Errorf("Parse(%q, %q) = %q, %v; want %q", c.in, c.lang, got, ok, c.want)
			}
		})
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name, in, lang string
		o              Options
		want           string // "text=date" joined by "; ", a "~" where the year is inferred
	}{
		{"one", "Talks were held in Baku on October 29, 2025, officials said.", "en", Options{}, "October 29, 2025=2025-10-29"},
		{"stretch", "At a meeting on October 20–21 they agreed.", "en", Options{Reference: "2025-10-29"}, "October 20–21=2025-10-20~"},
		{"stretch, day first", "С 20 по 21 октября 2025 года шли переговоры.", "ru", Options{}, "20 по 21 октября 2025=2025-10-20"},
		{"year from the other end", "from December 30 to January 2, 2026", "en", Options{}, "December 30=2025-12-30~; January 2, 2026=2026-01-02"},
		{"ordinal", "on the 29th of October 2025", "en", Options{}, "29th of October 2025=2025-10-29"},
		{"months and years", "In October 2024 and since 2014, but in 2,014 cases", "en", Options{}, "October 2024=2024-10; 2014=2014"},
		{"year words", "В 2024 году и 5 мая", "ru", Options{Reference: "2025-11-01"}, "2024=2024; 5 мая=2025-05-05~"},
		{"azerbaijani", "2025-ci il oktyabrın 20-də Astanada, noyabrın 3-də Bakıda", "az", Options{Reference: "2025-11-10"}, "2025-ci il oktyabrın 20-də=2025-10-20; noyabrın 3-də=2025-11-03~"},
		{"turkish", "5 Kasım 2025'te ve 6 Kasım'da", "tr", Options{Reference: "2025-11-10"}, "5 Kasım 2025=2025-11-05; 6 Kasım=2025-11-06~"},
		{"kazakh", "2025 жылғы 5 қарашада кездесу өтті", "kk", Options{}, "2025 жылғы 5 қарашада=2025-11-05"},
		{"chinese", "双方于2025年10月29日在北京会谈，10月30日签署", "zh", Options{Reference: "2025-11-10"}, "2025年10月29日=2025-10-29; 10月30日=2025-10-30~"},
		{"after letters beyond ASCII", "Əliyev Bakıda, 29.10.2025", "az", Options{}, "29.10.2025=2025-10-29"},
		{"second line", "first line\n29.10.2025", "de", Options{}, "29.10.2025=2025-10-29"},
		{"glued to the sentence before", "ended in Minsk.20 October 2025 was", "en", Options{}, "20 October 2025=2025-10-20"},
		{"not in an address", "see https://a.example/2025/10/29/x or 10.12.2025.1", "en", Options{}, ""},
		{"not a decimal", "in May 5.5 million, in March 20,000 and May 8%", "en", Options{Reference: "2025-11-10"}, ""},
		{"not a verb", "you may 5 times march 6 miles", "en", Options{Reference: "2025-11-10"}, ""},
		{"not the number of a house", "12 Mart Street 5", "en", Options{Reference: "2025-11-10"}, ""},
		{"a year out of range is no inferred one", "on May 28, 1918 the republic", "en", Options{Reference: "2025-11-10"}, ""},
		{"a year out of range, wanted", "on May 28, 1918 the republic", "en", Options{From: 1800}, "May 28, 1918=1918-05-28"},
		{"no reference", "on May 28 the republic", "en", Options{}, ""},
		{"time behind", "October 29, 2025 12:30", "en", Options{}, "October 29, 2025=2025-10-29"},
		{"time for a year", "October 29 12:30", "en", Options{Reference: "2025-11-10"}, "October 29=2025-10-29~"},
		{"end of sentence", "He left on 29 Oct. The rest stayed.", "en", Options{Reference: "2025-11-10"}, "29 Oct=2025-10-29~"},
		{"relative", "It was said 2 days ago", "en", Options{Now: now}, "2 days ago=2025-11-10"},
		{"iso in text", "2025-10-29T08:00:00Z: started", "en", Options{}, "2025-10-29T08:00:00Z=2025-10-29"},
		{"several days", "on July 3, 5 and 8, 2024", "en", Options{}, "July 3, 5 and 8, 2024=2024-07-03"},
		{"american order in another language", "Okt 13, 2022 | Umwelt", "de", Options{}, "Okt 13, 2022=2022-10-13"},
		{"glued to what follows", "19. Dezember 202219. Dezember 2022 von Ann", "de", Options{}, "19. Dezember 2022=2022-12-19; 19. Dezember 2022=2022-12-19"},
		{"glued to a count", "06/11/20230 Kommentare", "de", Options{}, "06/11/2023=2023-11-06"},
		{"spaced slashes", "29 / Dezember / 2022", "de", Options{}, "29 / Dezember / 2022=2022-12-29"},
		{"phone", "+49 30 12-05-2025-77", "de", Options{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			r := []rune(c.in)
			for _, f := range Find(c.in, c.lang, c.o) {
				s := string(r[f.Start:f.End]) + "=" + string(f.Date)
				if f.YearInferred {
					s += "~"
				}
				if f.Precision != f.Date.Precision() {
					t.Errorf("precision of %s is %s", f.Date, f.Precision)
				}
				got = append(got, s)
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("Find(%q)\n got %s\nwant %s", c.in, s, c.want)
			}
		})
	}
}

// A date in a very long line is found wherever the line is parted.
func TestFindLongLine(t *testing.T) {
	unit := strings.Repeat("слово ", 900) + "29 октября 2025 года "
	n := 0
	text := strings.Repeat(unit, 50)
	for _, f := range Find(text, "ru", Options{}) {
		if f.Date != "2025-10-29" {
			t.Fatalf("found %v", f)
		}
		n++
	}
	if n != 50 {
		t.Errorf("found %d dates, want 50", n)
	}
}

func TestLatest(t *testing.T) {
	for _, c := range []struct {
		month, day int
		ref, want  document.Date
	}{
		{10, 29, "2025-10-29", "2025-10-29"},
		{10, 30, "2025-10-29", "2024-10-30"},
		{2, 29, "2025-10-29", "2024-02-29"},
		{2, 30, "2025-10-29", ""},
		{13, 1, "2025-10-29", ""},
		{10, 1, "", ""},
	} {
		if got, _ := Latest(c.month, c.day, c.ref); got != c.want {
			t.Errorf("Latest(%d, %d, %s) = %q, want %q", c.month, c.day, c.ref, got, c.want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("on October 20–21, 2025 and 29.10.25", "en")
	f.Add("2025-ci il oktyabrın 20-də", "az")
	f.Add("۷ آبان ۱۴۰۴ 2025年10月29日", "")
	f.Fuzz(func(t *testing.T, text, lang string) {
		end := 0
		n := utf8.RuneCountInString(text)
		for _, d := range Find(text, lang, Options{Reference: "2025-11-12", Now: now}) {
			if d.Start < end || d.End <= d.Start || d.End > n {
				t.Fatalf("range %d–%d after %d of %d", d.Start, d.End, end, n)
			}
			end = d.End
			if d.Precision == document.Day {
				if _, err := time.Parse("2006-01-02", string(d.Date)); err != nil {
					t.Fatal(err)
				}
			}
		}
		if d, ok := Parse(text, lang, Options{Reference: "2025-11-12", Now: now}); ok && d.Precision() == "" {
			t.Fatalf("Parse gives %q", d)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat("Talks were held in Baku on October 29, 2025, officials said, after 20 years and 5 rounds of them.\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find(text, "en", Options{Reference: "2025-11-12"})
	}
}

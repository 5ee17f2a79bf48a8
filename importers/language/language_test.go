package language

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDetect(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"english", "The two countries agreed to open a new freight corridor across the sea, officials said on Monday.", "en"},
		{"english headline", "Kazakhstan weighs new pipeline route", "en"},
		{"english, names only", "Baku Astana Tbilisi", "und"},
		{"english with azerbaijani name", "President İlham Əliyev said that the talks were useful and would go on.", "en"},
		{"german", "Die Regierung hat am Montag angekündigt, dass die neue Bahnstrecke über das Kaspische Meer gebaut wird.", "de"},
		{"german headline", "Kasachstan prüft neue Handelswege", "de"},
		{"french", "Le gouvernement a annoncé lundi que la nouvelle ligne de fret sera ouverte dans deux ans.", "fr"},
		{"french headline", "Le Kazakhstan cherche une nouvelle route", "fr"},
		{"spanish", "El gobierno anunció el lunes que la nueva línea de carga se abrirá dentro de dos años.", "es"},
		{"spanish headline", "Kazajistán busca una nueva ruta comercial", "es"},
		{"italian", "Il governo ha annunciato lunedì che la nuova linea merci sarà aperta tra due anni.", "it"},
		{"portuguese", "O governo anunciou na segunda-feira que a nova linha de carga não será aberta antes de dois anos.", "pt"},
		{"polish", "Rząd ogłosił w poniedziałek, że nowa linia towarowa zostanie otwarta za dwa lata.", "pl"},
		{"polish headline", "Kazachstan szuka nowych szlaków", "pl"},
		{"turkish", "Hükümet pazartesi günü yeni yük hattının iki yıl içinde açılacağını duyurdu.", "tr"},
		{"turkish headline", "Kazakistan yeni ticaret yolları arıyor", "tr"},
		{"turkish, no special letter", "Bakan yeni hat ile ilgili olarak konuya daha sonra bakacaklarini belirtti ve bu kadar dedi", "tr"},
		{"azerbaijani", "Hökumət bazar ertəsi yeni yük xəttinin iki il ərzində açılacağını bildirib.", "az"},
		{"azerbaijani headline", "Bakıda sammit keçirilib", "az"},
		{"azerbaijani short", "Qazaxıstan və Azərbaycan", "az"},
		{"dutch", "De regering heeft maandag aangekondigd dat de nieuwe goederenlijn over twee jaar open gaat.", "nl"},
		{"romanian", "Guvernul a anunțat luni că noua linie de marfă va fi deschisă după doi ani.", "ro"},
		{"czech", "Vláda v pondělí oznámila, že nová nákladní trať bude otevřena za dva roky, ale ještě není jisté kde.", "cs"},
		{"slovak", "Vláda v pondelok oznámila, že nová nákladná trať bude otvorená o dva roky, ale ešte nie je isté kde.", "sk"},
		{"hungarian", "A kormány hétfőn bejelentette, hogy az új teherszállító vonal két év múlva megnyílik.", "hu"},
		{"swedish", "Regeringen meddelade på måndagen att den nya godslinjen ska öppnas om två år och inte tidigare.", "sv"},
		{"danish", "Regeringen meddelte mandag, at den nye godslinje ikke bliver åbnet før om to år, siger han.", "da"},
		{"norwegian", "Regjeringen opplyste mandag at den nye godslinjen ikke blir åpnet før om to år, sier hun nå.", "no"},
		{"finnish", "Hallitus ilmoitti maanantaina, että uusi tavaralinja avataan kahden vuoden kuluttua.", "fi"},
		{"uzbek", "Hukumat dushanba kuni yangi yuk yoʻnalishi ikki yil ichida ochilishi haqida maʼlum qildi va bu uchun mablagʻ ajratdi.", "uz"},
		{"indonesian", "Pemerintah mengumumkan bahwa jalur kereta baru itu akan dibuka dalam dua tahun.", "id"},
		{"vietnamese", "Chính phủ hôm thứ hai cho biết tuyến đường sắt mới sẽ được mở trong hai năm.", "vi"},
		{"croatian", "Vlada je u ponedjeljak objavila da će nova teretna pruga biti otvorena za dvije godine.", "hr"},
		{"russian", "Правительство сообщило в понедельник, что новая грузовая линия откроется через два года.", "ru"},
		{"russian headline", "Казахстан ищет новые маршруты", "ru"},
		{"russian, two words", "Встреча министров", "ru"},
		{"ukrainian", "Уряд повідомив у понеділок, що нову вантажну лінію відкриють за два роки.", "uk"},
		{"ukrainian headline", "Зустріч міністрів у Києві", "uk"},
		{"belarusian", "Урад паведаміў у панядзелак, што новая грузавая лінія будзе адкрыта праз два гады, але яшчэ не ўся.", "be"},
		{"bulgarian", "Правителството съобщи в понеделник, че новата товарна линия ще бъде открита след две години.", "bg"},
		{"serbian", "Влада је у понедељак објавила да ће нова теретна пруга бити отворена за две године.", "sr"},
		{"kazakh", "Үкімет дүйсенбіде жаңа жүк бағыты екі жылдан кейін ашылатынын хабарлады.", "kk"},
		{"kazakh headline", "Қазақстан жаңа бағыт іздейді", "kk"},
		{"kyrgyz", "Өкмөт дүйшөмбүдө жаңы жүк багыты эки жылдан кийин ачыларын билдирди жана бул үчүн каражат бөлүндү.", "ky"},
		{"tajik", "Ҳукумат рӯзи душанбе хабар дод, ки роҳи нави боркашонӣ дар ду сол кушода мешавад.", "tg"},
		{"arabic", "أعلنت الحكومة يوم الاثنين أن خط الشحن الجديد سيفتح في غضون عامين.", "ar"},
		{"arabic short", "اجتماع الوزراء", "ar"},
		{"persian", "دولت روز دوشنبه اعلام کرد که خط باری جدید در دو سال آینده باز می‌شود.", "fa"},
		{"persian short", "گفتگوی وزیران در تهران", "fa"},
		{"urdu", "حکومت نے پیر کو بتایا کہ نئی مال بردار لائن دو سال میں کھول دی جائے گی۔", "ur"},
		{"hebrew", "הממשלה הודיעה ביום שני כי קו המטען החדש ייפתח בעוד שנתיים.", "he"},
		{"greek", "Η κυβέρνηση ανακοίνωσε ότι η νέα γραμμή θα ανοίξει σε δύο χρόνια.", "el"},
		{"armenian", "Կառավարությունը հայտարարեց, որ նոր գիծը կբացվի երկու տարի անց։", "hy"},
		{"georgian", "მთავრობამ განაცხადა, რომ ახალი ხაზი ორ წელიწადში გაიხსნება.", "ka"},
		{"chinese", "政府周一宣布，新的货运线路将在两年内开通。", "zh"},
		{"chinese, traditional", "政府週一宣布，新的貨運路線將於兩年內開通。", "zh"},
		{"japanese", "政府は月曜日、新しい貨物路線を二年以内に開通させると発表した。", "ja"},
		{"japanese, ideographs only", "日中経済会談、来週開催", "ja"},
		{"korean", "정부는 월요일 새 화물 노선이 2년 안에 개통될 것이라고 밝혔다.", "ko"},
		{"hindi", "सरकार ने सोमवार को कहा कि नई मालगाड़ी लाइन दो साल में खुलेगी।", "hi"},
		{"thai", "รัฐบาลประกาศเมื่อวันจันทร์ว่าเส้นทางใหม่จะเปิดในอีกสองปี", "th"},
		{"a list of names that hold a word of another language", "Replacement parts for the repair of phones. We have tested them for years." + strings.Repeat(" Phone 12 Pro Parts, Phone 12 Pro Max Parts,", 12), "en"},
		{"empty", "", "und"},
		{"digits", "2025-10-29 706 11", "und"},
		{"russian with a latin name", "Компания Aliyev Holdings LLC сообщила, что Baku Steel откроет завод", "ru"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Detect(c.text); got != c.want {
				t.Errorf("Detect(%q) = %q, want %q", c.text, got, c.want)
			}
		})
	}
}

func TestCheck(t *testing.T) {
	english := "The two countries agreed to open a new freight corridor across the sea, and officials said that it would be ready in the spring of next year."
	cases := []struct{ name, declared, text, want string }{
		{"declared stands for a short text", "de-AT", "Baku", "de"},
		{"nothing declared", "", english, "en"},
		{"template language", "ru-RU", english, "en"},
		{"agreeing", "en_US", english, "en"},
		{"other script", "en", "Казахстан ищет новые маршруты для грузов", "ru"},
		{"close relatives", "az", "Bakan dedi", "az"},
		{"withdrawn code", "iw", "", "he"},
		{"country instead of language", "ua", "Встреча", "uk"},
		{"not a language", "x-default-whatever", "", "und"},
		{"neither", "", "2025", "und"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := Check(c.declared, c.text); got != c.want {
				t.Errorf("Check(%q, %q) = %q, want %q", c.declared, c.text, got, c.want)
			}
		})
	}
}

func TestDetectLongText(t *testing.T) {
	text := strings.Repeat("Hökumət yeni yolun açılacağını bildirib. ", 20000)
	if got := Detect(text); got != "az" {
		t.Errorf("Detect of a long text = %q, want az", got)
	}
	if got := sample(text); !utf8.ValidString(got) || len(got) > sampleBytes+16 {
		t.Errorf("sample of %d bytes, valid %v", len(got), utf8.ValidString(got))
	}
}

func FuzzDetect(f *testing.F) {
	f.Add("The talks", "en")
	f.Add("görüş keçirildi", "az_AZ")
	f.Add("\xff\xfe会談", "")
	f.Fuzz(func(t *testing.T, text, declared string) {
		if got := Detect(text); got == "" {
			t.Errorf("Detect(%q) is empty", text)
		}
		if got := Check(declared, text); got == "" {
			t.Errorf("Check(%q, %q) is empty", declared, text)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	text := strings.Repeat("The two countries agreed to open a new freight corridor across the sea. ", 300)
	b.SetBytes(int64(min(len(text), sampleBytes)))
	for b.Loop() {
		Detect(text)
	}
}

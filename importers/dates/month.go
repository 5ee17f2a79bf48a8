package dates

import "strings"

// months holds the names of months as they stand in dates, by language: twelve
// fields, alternatives parted by "|". Full names, the case forms that dates
// use, and usual short forms without their point.
var months = map[string]string{
	"en":     "january|jan february|feb march|mar april|apr may june|jun july|jul august|aug september|sep|sept october|oct november|nov december|dec",
	"ru":     "января|январь|январе|янв февраля|февраль|феврале|фев|февр марта|март|марте|мар апреля|апрель|апреле|апр мая|май|мае июня|июнь|июне|июн июля|июль|июле|июл августа|август|августе|авг сентября|сентябрь|сентябре|сен|сент октября|октябрь|октябре|окт ноября|ноябрь|ноябре|ноя|нояб декабря|декабрь|декабре|дек",
	"uk":     "січня|січень|січні|січ лютого|лютий|лютому|лют березня|березень|березні|бер квітня|квітень|квітні|кві|квіт травня|травень|травні|тра|трав червня|червень|червні|чер|черв липня|липень|липні|лип серпня|серпень|серпні|сер|серп вересня|вересень|вересні|вер|верес жовтня|жовтень|жовтні|жов|жовт листопада|листопад|листопаді|лис|листоп грудня|грудень|грудні|гру|груд",
	"be":     "студзеня|студзень лютага|люты сакавіка|сакавік красавіка|красавік мая|май чэрвеня|чэрвень ліпеня|ліпень жніўня|жнівень верасня|верасень кастрычніка|кастрычнік лістапада|лістапад снежня|снежань",
	"bg":     "януари|ян февруари|фев март|мар април|апр май юни юли август|авг септември|сеп октомври|окт ноември|ное декември|дек",
	"sr":     "januar|januara|јануар|јануара|jan|јан februar|februara|фебруар|фебруара|feb|феб mart|marta|март|марта april|aprila|април|априла|апр maj|maja|мај|маја jun|juna|јун|јуна jul|jula|јул|јула avgust|avgusta|август|августа|авг septembar|septembra|септембар|септембра|сеп oktobar|oktobra|октобар|октобра|окт novembar|novembra|новембар|новембра|нов decembar|decembra|децембар|децембра|дец",
	"hr":     "siječanj|siječnja veljača|veljače ožujak|ožujka travanj|travnja svibanj|svibnja lipanj|lipnja srpanj|srpnja kolovoz|kolovoza rujan|rujna listopad|listopada studeni|studenoga prosinac|prosinca",
	"tr":     "ocak|oca şubat|şub mart|mar nisan|nis mayis|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki kasim|kas aralik|ara",
	"az":     "yanvar|yan fevral|fev mart|mar aprel|apr may iyun|iyn iyul|iyl avqust|avq sentyabr|sen|sent oktyabr|okt noyabr|noy dekabr|dek",
	"uz":     "yanvar|январ fevral|феврал mart|март aprel|апрел may|май iyun|июн iyul|июл avgust|август sentabr|sentyabr|сентябр oktabr|oktyabr|октябр noyabr|ноябр dekabr|декабр",
	"kk":     "қаңтар|қаңтарда ақпан|ақпанда наурыз|наурызда сәуір|сәуірде мамыр|мамырда маусым|маусымда шілде|шілдеде тамыз|тамызда қыркүйек|қыркүйекте қазан|қазанда қараша|қарашада|қарашасында желтоқсан|желтоқсанда",
	"ky":     "январь|январда февраль|февралда март|мартта апрель|апрелде май|майда июнь|июнда июль|июлда август|августта сентябрь|сентябрда октябрь|октябрда ноябрь|ноябрда декабрь|декабрда",
	"tk":     "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr",
	"tg":     "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
	"de":     "januar|jänner|jan februar|feber|feb märz|mär|mrz|maerz april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt november|nov dezember|dez",
	"nl":     "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept oktober|okt november|nov december|dec",
	"sv":     "januari|jan februari|feb mars april|apr maj juni|jun juli|jul augusti|aug september|sep|sept oktober|okt november|nov december|dec",
	"da":     "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sep|sept oktober|okt november|nov december|dec",
	"no":     "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sep|sept oktober|okt november|nov desember|des",
	"fi":     "tammikuuta|tammikuu helmikuuta|helmikuu maaliskuuta|maaliskuu huhtikuuta|huhtikuu toukokuuta|toukokuu kesäkuuta|kesäkuu heinäkuuta|heinäkuu elokuuta|elokuu syyskuuta|syyskuu lokakuuta|lokakuu marraskuuta|marraskuu joulukuuta|joulukuu",
	"fr":     "janvier|janv|jan février|fevrier|févr|fév|fev mars avril|avr mai juin juillet|juil août|aout septembre|sept octobre|oct novembre|nov décembre|decembre|déc|dec",
	"es":     "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago septiembre|setiembre|sep|sept|set octubre|oct noviembre|nov diciembre|dic",
	"ca":     "gener|gen febrer|febr març abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct novembre|nov desembre|des",
	"it":     "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
	"pt":     "janeiro|jan fevereiro|fev março|marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set outubro|out novembro|nov dezembro|dez",
	"ro":     "ianuarie|ian februarie|feb martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept octombrie|oct noiembrie|noi|nov decembrie|dec",
	"pl":     "stycznia|styczeń|styczniu|sty lutego|luty|lutym|lut marca|marzec|marcu|mar kwietnia|kwiecień|kwietniu|kwi maja|maj|maju czerwca|czerwiec|czerwcu|cze lipca|lipiec|lipcu|lip sierpnia|sierpień|sierpniu|sie września|wrzesień|wrześniu|wrz października|październik|październiku|paź listopada|listopad|listopadzie|lis grudnia|grudzień|grudniu|gru",
	"cs":     "ledna|leden|lednu února|únor|únoru března|březen|březnu dubna|duben|dubnu května|květen|květnu června|červen|červnu července|červenec|červenci srpna|srpen|srpnu září října|říjen|říjnu listopadu|listopad prosince|prosinec|prosinci",
	"sk":     "januára|január februára|február marca|marec apríla|apríl mája|máj júna|jún júla|júl augusta|august septembra|september októbra|október novembra|november decembra|december",
	"sl":     "januar|januarja februar|februarja marec|marca april|aprila maj|maja junij|junija julij|julija avgust|avgusta september|septembra oktober|oktobra november|novembra december|decembra",
	"hu":     "január|januári|jan február|február|febr március|márc április|ápr május|máj június|jún július|júl augusztus|aug szeptember|szept október|okt november|nov december|dec",
	"lt":     "sausio|sausis vasario|vasaris kovo|kovas balandžio|balandis gegužės|gegužė birželio|birželis liepos|liepa rugpjūčio|rugpjūtis rugsėjo|rugsėjis spalio|spalis lapkričio|lapkritis gruodžio|gruodis",
	"lv":     "janvāris|janvārī februāris|februārī marts|martā aprīlis|aprīlī maijs|maijā jūnijs|jūnijā jūlijs|jūlijā augusts|augustā septembris|septembrī oktobris|oktobrī novembris|novembrī decembris|decembrī",
	"et":     "jaanuar|jaanuaril veebruar|veebruaril märts|märtsil aprill|aprillil mai juuni juuli august|augustil september|septembril oktoober|oktoobril november|novembril detsember|detsembril",
	"el":     "ιανουαρίου|ιανουάριος|ιαν φεβρουαρίου|φεβρουάριος|φεβ μαρτίου|μάρτιος|μαρ απριλίου|απρίλιος|απρ μαΐου|μαίου|μάιος|μαι ιουνίου|ιούνιος|ιουν ιουλίου|ιούλιος|ιουλ αυγούστου|αύγουστος|αυγ σεπτεμβρίου|σεπτέμβριος|σεπ οκτωβρίου|οκτώβριος|οκτ νοεμβρίου|νοέμβριος|νοε δεκεμβρίου|δεκέμβριος|δεκ",
	"ka":     "იანვარი|იანვარს|იანვრის|იან თებერვალი|თებერვალს|თებერვლის|თებ მარტი|მარტს|მარტის|მარ აპრილი|აპრილს|აპრილის|აპრ მაისი|მაისს|მაისის|მაი ივნისი|ივნისს|ივნისის|ივნ ივლისი|ივლისს|ივლისის|ივლ აგვისტო|აგვისტოს|აგვ სექტემბერი|სექტემბერს|სექტემბრის|სექ ოქტომბერი|ოქტომბერს|ოქტომბრის|ოქტ ნოემბერი|ნოემბერს|ნოემბრის|ნოე დეკემბერი|დეკემბერს|დეკემბრის|დეკ",
	"hy":     "հունվարի|հունվար|հնվ փետրվարի|փետրվար|փտվ մարտի|մարտ|մրտ ապրիլի|ապրիլ|ապր մայիսի|մայիս|մյս հունիսի|հունիս|հնս հուլիսի|հուլիս|հլս օգոստոսի|օգոստոս|օգս սեպտեմբերի|սեպտեմբեր|սեպ հոկտեմբերի|հոկտեմբեր|հոկ նոյեմբերի|նոյեմբեր|նոյ դեկտեմբերի|դեկտեմբեր|դեկ",
	"fa":     "ژانویه|ژانویهٔ فوریه مارس آوریل مه|می ژوئن|ژوین ژوئیه|ژوییه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر",
	"ar":     "يناير|جانفي فبراير|شباط|فيفري مارس|آذار أبريل|ابريل|نيسان|أفريل مايو|أيار|ماي يونيو|يونيه|حزيران|جوان يوليو|يوليه|تموز|جويلية أغسطس|آب|أوت سبتمبر|أيلول أكتوبر نوفمبر ديسمبر",
	"ur":     "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
	"he":     "ינואר|בינואר פברואר|בפברואר מרץ|במרץ|מרס אפריל|באפריל מאי|במאי יוני|ביוני יולי|ביולי אוגוסט|באוגוסט ספטמבר|בספטמבר אוקטובר|באוקטובר נובמבר|בנובמבר דצמבר|בדצמבר",
	"hi":     "जनवरी फरवरी|फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर|सितम्बर अक्टूबर|अक्तूबर नवंबर|नवम्बर दिसंबर|दिसम्बर",
	"id":     "januari|jan februari|feb maret|mar april|apr mei juni|jun juli|jul agustus|agu|agt september|sep oktober|okt november|nov desember|des",
	"jalali": "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
}

// besides names the languages whose month names are also met on pages in a
// language: that of the page system, as a rule, or of the neighbour whose
// reports are quoted. English is met everywhere.
var besides = map[string][]string{
	"az": {"ru", "tr"}, "kk": {"ru"}, "ky": {"ru", "kk"}, "uz": {"ru"}, "tg": {"ru"}, "tk": {"ru"}, "uk": {"ru"}, "be": {"ru"},
	"hy": {"ru"}, "ka": {"ru"}, "ru": {"uk"}, "ca": {"es"}, "fa": {"jalali"}, "sr": {"hr"}, "hr": {"sr"}, "bs": {"hr", "sr"},
	"mk": {"sr", "bg"}, "ms": {"id"}, "sl": {"sr"}, "lb": {"de", "fr"}, "nb": {"no"}, "nn": {"no"}, "sk": {"cs"}, "gl": {"es", "pt"},
}

// jalaliMonths is added to the number of a month of the solar Hijri calendar.
const jalaliMonths = 100

type named struct {
	lang  string
	month int
}

var monthNames = func() map[string][]named {
	m := map[string][]named{}
	for lang, line := range months {
		for i, names := range strings.Fields(line) {
			n := named{lang, i + 1}
			if lang == "jalali" {
				n.month += jalaliMonths
			}
			for _, name := range strings.Split(names, "|") {
				name = fold(name)
				m[name] = append(m[name], n)
			}
		}
	}
	return m
}()

// capital names the English months that are common words when they are written
// small.
var capital = map[string]bool{"may": true, "march": true, "mar": true, "jan": true, "dec": true, "sep": true}

// turkicEndings are what Turkish and Azerbaijani hang on the name of a month:
// "oktyabrın 20-də", "noyabrda", "Ekimde".
var turkicEndings = []string{"indaki", "inda", "inde", "unda", "ında", "daki", "deki", "taki", "dan", "den", "tan", "ten", "ayinda", "ayi", "da", "de", "ta", "te", "in", "un", "ün", "nin", "i", "u", "ü"}

// month gives the number of the month that a token names, 0 where it names
// none, or where languages disagree on it and none is known.
func (p *parser) month(i int) int {
	if i < 0 || i >= len(p.toks) || p.toks[i].kind != word {
		return 0
	}
	t := &p.toks[i]
	if m := p.monthNamed(t.text); m > 0 {
		if !t.upper && !p.whole && capital[t.text] && (p.lang == "en" || p.lang == "") {
			return 0
		}
		return m
	}
	if p.lang == "az" || p.lang == "tr" || p.lang == "" {
		for _, e := range turkicEndings {
			if stem, ok := strings.CutSuffix(t.text, e); ok && len(stem) > 3 {
				if n, ok := monthIn(stem, "az"); ok && p.lang != "tr" {
					return n
				}
				if n, ok := monthIn(stem, "tr"); ok && p.lang != "az" {
					return n
				}
			}
		}
	}
	return 0
}

func monthIn(name, lang string) (int, bool) {
	for _, n := range monthNames[name] {
		if n.lang == lang {
			return n.month, true
		}
	}
	return 0, false
}

func (p *parser) monthNamed(name string) int {
	all := monthNames[name]
	if len(all) == 0 {
		return 0
	}
	if n, ok := monthIn(name, p.lang); ok {
		return n
	}
	if _, known := months[p.lang]; known || besides[p.lang] != nil {
		for _, other := range besides[p.lang] {
			if n, ok := monthIn(name, other); ok {
				return n
			}
		}
		n, _ := monthIn(name, "en")
		return n
	}
	for _, n := range all {
		if n.month != all[0].month {
			return 0
		}
	}
	return all[0].month
}

// monthPhrase reads a month's name that begins at token i, which may be of two
// words ("تشرين الأول", "кастрычніка"), and gives the token after it with the
// point of a short form.
func (p *parser) monthPhrase(i int) (month, next int) {
	if w := p.wordAt(i); w == "کانون" || w == "تشرین" {
		if m, ok := levantine[w+" "+p.wordAt(i+1)]; ok {
			return m, i + 2
		}
	}
	m := p.month(i)
	if m == 0 {
		return 0, i
	}
	next = i + 1
	if p.is(next, '.') && p.tight(next) && runes(p.toks[i].text) <= 6 {
		next++
	}
	return m, next
}

// levantine holds the months of the Levant that are of two words.
var levantine = func() map[string]int {
	m := map[string]int{}
	for name, month := range map[string]int{"كانون الثاني": 1, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12} {
		a, b, _ := strings.Cut(name, " ")
		m[fold(a)+" "+fold(b)] = month
	}
	return m
}()

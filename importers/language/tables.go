package language

import (
	"sort"
	"strings"
)

// weighted is a language and how much a mark speaks for it: 1 where no other
// language of the tables has the mark, less where several share it.
type weighted struct {
	lang   int // in order
	weight float64
}

// words lists common short words of each language, most of them function words
// and a few of the words that headlines are made of. A word that stands with
// several languages counts less for each.
var words = map[string]string{
	// Latin
	"en": "the of and to in is that for on with as was by it from at are this be have has not but which will would his her their they said were been an or who its about after more than over into new says we you he she can could should how why what when where all one two first out up against between amid while under during because there our your if no may also other some only many most year years world government president minister war talks deal plan trade oil gas state says report trump",
	"de": "der die das und ist nicht von mit den dem des ein eine einen einer eines zu im für auf sich auch als bei nach aus wird werden wurde hat haben sind war wie oder aber nur noch über um am zum zur vor durch gegen bis unter zwischen mehr kann können soll sollen wir ich sie er es dass daß diese dieser dieses seine ihre kein keine wenn was sein neue neuen jahr jahre jahren uhr krieg regierung laut wegen will",
	"fr": "le la les des et est une un du de dans que qui pour pas sur au aux avec ce cette ces son sa ses leur leurs par plus ne se il elle ils elles nous vous je mais ou où sont été être avoir ont fait comme après avant entre contre sous sans selon aussi tout tous toute même deux dont leurs depuis était ans pays guerre président gouvernement accord",
	"es": "el la los las de y en que un una es por con para del al se no su sus lo como más pero ha han fue ser está están este esta estos entre sobre sin hasta desde cuando muy también ya porque contra tras según años año dos donde todo todos hay ante durante presidente gobierno guerra son era hacia puede país países nuevo nueva",
	"it": "il lo la i gli le di e è che un una uno del della dei delle dello degli nel nella nei nelle al alla ai alle dal dalla con per non si in sono ha hanno più come anche ma da questo questa tra fra dopo contro stato essere era suo sua loro anni anno presidente governo guerra secondo sul sulla sui due prima ogni perché",
	"pt": "o a os as de do da dos das e em um uma que não no na nos nas para com por se mais como ao à foi ser são está seu sua pelo pela entre sobre até também já mas ou quando muito depois contra há tem anos ano dois governo presidente guerra segundo após novo nova ele ela isso país países",
	"pl": "i w na z do się nie że to jest o po od za przez dla jak ale oraz przy tym tego był była było być są ma który która które których co czy tylko już także po roku lat ze przed pod nad między może jego jej ich prezydent rząd wojny wojna też jednak gdy bardzo",
	"tr": "ve bir bu da de ile için olarak olan daha çok gibi ne var kadar sonra en ama ancak değil göre ise her ya mi mı o şu yeni dedi etti oldu olduğunu arasında yıl tarafından karşı üzerinde cumhurbaşkanı başkanı bakanı devlet türkiye hükümet açıkladı savaş ki biz ben sen onun bunun son iki ilk nasıl nerede neden içinde yılında şekilde yapılan edilen",
	"az": "və bir bu da də ilə üçün olaraq olan daha çox kimi nə var qədər sonra ən amma lakin deyil görə isə hər ki onun bunun yeni dedi etdi oldu olub olduğunu arasında il tərəfindən qarşı üzrə prezidenti prezident nazir naziri dövlət azərbaycan azərbaycanın haqqında həmin özü öz ilk iki edib edir bildirib deyib ildə ölkə ölkənin bakıda bakı keçirilib etmək artıq digər həm biz mən sən yalnız bütün bəzi",
	"nl": "de het een en van in is dat op te voor met zijn niet aan er om ook als bij door naar uit tot maar over deze dit wordt worden werd heeft hebben had nog wel meer dan kan zal ze hij zij wij we jaar na tegen onder tussen geen waar wat welke hun haar volgens nieuwe moet moeten",
	"ro": "și şi de la în in cu pe că ca nu o un una este sunt din a al ale lui pentru mai care fost fi va au sau dar după prin între contra către cel cea cei cele acest această aceste său sa lor fără până când unde cum președintele guvernul război ani anul",
	"cs": "a se na v je že to s z do o i za pro ve by jsou jako ale po jeho byl byla bylo které který která nebo už také při podle od není mezi proti před roku let ze jen ještě tak aby prezident vláda války však jejich byly",
	"sk": "a sa na v je že to s z do o aj za pre vo by sú ako ale po jeho bol bola bolo ktoré ktorý ktorá alebo už tiež pri podľa od nie medzi proti pred roku rokov zo len ešte tak aby prezident vláda vojny však ich boli",
	"hu": "a az és hogy nem is egy ez meg van volt de csak már még mint vagy azt ki ha el fel szerint után között ellen által minden lesz lett pedig mert sem nagyon kormány elnök háború évi év több amely aki ahol magyar",
	"sv": "och i att det som en på är av för med den till inte har de om ett var men från sig så kan vi man efter vid nu när också ska eller hade blev under mellan mot säger enligt år nya detta dessa sin sina bara över mer där regeringen kriget",
	"da": "og i at det som en på er af for med den til ikke har de om et var men fra sig så kan vi man efter ved nu når også skal eller havde blev under mellem mod siger ifølge år nye dette disse sin sine kun over mere hvor regeringen krigen jeg hun være været",
	"no": "og i at det som en på er av for med den til ikke har de om et var men fra seg så kan vi man etter ved nå når også skal eller hadde ble under mellom mot sier ifølge år nye dette disse sin sine bare over mer hvor regjeringen krigen jeg hun være vært",
	"fi": "ja on ei että se oli ovat hän en mutta kun myös ole tai joka mukaan sen sekä kuin niin jos ollut vain nyt vuoden vuonna jälkeen mitä kanssa ne hänen tämä tämän voi olisi eivät ettei presidentti hallitus sota",
	"uz": "va bilan uchun bu bir ham da de deb edi oʻz boʻlgan boʻlib boʻyicha haqida kerak qilish qilgan yangi davlat oʻzbekiston prezidenti prezident respublikasi yil yilda hamda emas lekin ammo biroq barcha esa keyin orasida bugun tomonidan",
	"tk": "we bilen üçin bu bir hem da diýip boldy bolan boýunça türkmenistanyň türkmenistan ýurdumyzyň ýyl ýylyň prezidenti soňra emma däl şeýle onuň döwlet täze dünýä",
	"id": "yang dan di ini itu dengan untuk dari dalam pada tidak akan adalah ke oleh juga telah sebagai atau karena saat lebih bisa ada mereka kata tersebut para seorang tahun setelah kami kita dia presiden pemerintah perang",
	"hr": "i je u na se da su za od s iz o kao ne koji koja koje što to će bio bila bilo li ali ili nije nakon prema između protiv samo već više prije godine godina predsjednik predsednik vlada ovo sve još tako sa kako kada biti",
	"vi": "và của là có trong cho với được các một những người không này đã khi tại từ đến về năm cũng ra để vào theo ông sẽ nhiều bị nước tổng thống chính phủ",
	"ca": "el la els les de i en que un una és per amb del dels al als no es ha han seu seva més com però són entre sobre aquest aquesta quan també ja perquè contra després segons anys any govern president guerra hi això ser fins tot molt",
	"sq": "dhe në të e i një për me që nga është se ka do më si por janë nuk u kjo ky pas mes shumë edhe kur ose ishte tha sipas qeveria presidenti luftë vit vitin",
	"lt": "ir yra kad į su iš tai bet kaip jis ne per už po apie buvo prie dėl nuo ar jau taip pat tik kuris kurie prieš tarp metų metais prezidentas vyriausybė karo lietuvos",
	"lv": "un ir ka uz ar no par kas pie bet tas tā pēc lai arī kā nav gada gadā bija vai pret starp tikai jau viņš latvijas valdība prezidents kara",
	"et": "ja on ei et see oli ta ning kui mis aga ka oma või pärast kes selle vastu vahel aasta aastal eesti valitsus president sõda olid nende välja mitte",
	"sl": "in je na se da so za od z iz o kot ne ki kar to bo bil bila bilo ali pa ni po med proti samo že več pred leta let predsednik vlada vse še tako kako ko biti v slovenije",
	"ku": "û ku li di ji bi de ev ew jî bo wê wî xwe ne ser nav piştî kurd kurdistan hate dike kirin yên heye",
	// Cyrillic
	"ru": "и в на не что с по как к из за от это для о он она они мы вы был была было были его её их но а или при до между после также если так только уже во ко со у же бы году года год лет все который которая которые которых может более этого том чем где когда президент сообщил сообщает заявил стран россии война против об под без есть ещё еще",
	"uk": "і в у на не що з по як до із за від це для про він вона вони ми ви був була було були його її їх але а або при між після також якщо так тільки вже та же б році року рік років всі який яка які яких може більше цього тому чим де коли президент повідомив заявив країн україни війна проти під без є ще зі",
	"be": "і ў на не што з па як да за ад гэта для пра ён яна яны мы вы быў была было былі яго яе іх але а ці пры між пасля таксама калі так толькі ўжо ды годзе года год гадоў усе які якая якія можа больш дзе прэзідэнт беларусі супраць",
	"bg": "и в на не че с по как към от за това е той тя те ние вие беше са се но а или при до между след също ако така само вече във със му ще година години всички който която които може повече този където когато президентът срещу под без има още да си из",
	"sr": "и је у на се да су за од с из о као не који која које што то ће био била било ли али или није након према између против само већ више пре године година председник влада ово све још тако са како када бити",
	"mk": "и е во на се да не за од со што како ќе го ја ги му се или но по дека беше сум има меѓу против само веќе година години претседателот владата кој која кои овој оваа",
	"kk": "және мен бен пен бұл бір үшін деп болып болған туралы ең да де емес деді еді керек арқылы кейін жылы жыл қазақстан қазақстанның президент президенті мемлекет мемлекеттік бойынша осы сол ол оның біз өз екі барлық жаңа үкімет тағы дейін",
	"ky": "жана менен бул бир үчүн деп болуп болгон тууралуу эң да эмес деди эле керек аркылуу кийин жылы жыл кыргызстан кыргызстандын президент президенти мамлекет мамлекеттик боюнча ушул ал анын биз өз эки бардык жаңы өкмөт дагы чейин",
	"tg": "ва дар аз ба ки бо ин барои он як буд аст мешавад кард тоҷикистон ҷумҳурии президенти сол соли ҳам низ ё то миёни онҳо шуд аммо",
	"tt": "һәм белән бу бер өчен дип булган татарстан турында иң дә да түгел дигән ел елда президенты дәүләт",
	"mn": "нь байна бол болон энэ юм гэж байгаа монгол улсын онд дээр хүн болно ба ч хэмээн байсан ерөнхийлөгч",
	// Arabic
	"ar":  "في من على إلى أن التي الذي هذا هذه مع عن ما لا كان كانت بعد بين قبل قال وقال كما أو ثم حيث لم لن قد وفي ومن ذلك هو هي كل خلال عام الرئيس الحكومة الحرب ضد أكثر",
	"fa":  "در از به که را با این آن است برای بر تا یک می های بود شد شده خود هم نیز اما کرد کرده گفت پس سال ایران رئیس کشور دولت جنگ علیه و یا هر چه",
	"ur":  "کے کی میں ہے اور سے کا کو نے پر ہیں کہ اس یہ بھی ایک تھا جو نہیں لیے گیا ہو تھے ان کر",
	"ps":  "د په چې او له کې ته دی دا هم یو شوی وه دې خو سره",
	"ckb": "لە بۆ بە کە ئەم و لەگەڵ دەکات کوردستان هەر ئەو هەروەها",
	"azb": "بیر اوچون ایله دیر کیمی اولان سونرا آذربایجانین",
	// Hebrew
	"he": "של את על לא זה הוא היא עם כי גם אל אבל כל יותר בין אחרי אם או היה היו אני הם אשר נגד לפי",
	"yi": "און פֿון די דער איז אין צו מיט נישט האָט דאָס",
	// Devanagari
	"hi": "के में की है और से का को ने पर हैं कि यह भी एक था जो नहीं लिए हो इस कर",
	"mr": "आणि आहे या च्या मध्ये ते आहेत होते हे की नाही करण्यात",
	"ne": "र छ को मा छन् गरेको पनि भएको यो हो लागि नेपाल",
}

// ends lists word endings that point to a language, and for Latin some that
// stand for its way of spelling.
var ends = map[string]string{
	"en": "ing tion ness ight ough ould ship ment ied ally ward eak",
	"de": "ung keit heit lich isch schaft chen ungen ische ischen licher tät",
	"fr": "eux euse ment aient ique ité ées tion aise ançais oir eaux",
	"es": "ción ciones dad ando iendo mente aron ieron idad ado ero ería eño",
	"it": "zione zioni tà ità mente ando endo ato eria etto ggio ono azione anno",
	"pt": "ção ções dade ando mente aram eiro inho ões ão agem ência",
	"pl": "ość ości ego ych owie ów ski ska skie skiego cji nie ych owy rz ają ków rów ania enia uje sz cz",
	"tr": "yor ıyor iyor uyor acak ecek mak mek ların lerin ları leri larının dır mış miş muş lı li nda ndan yla dığı diği duğu ildi ladı",
	"az": "lər lərin ləri lərinin lərdə mək ıb ib ub üb lıq lik ilib əcək acaq ndə ndən dir ınca rək ildi ilən ası iyi inin lıdır",
	"nl": "heid lijk ijk aan oor eren isch ende ingen ij tie",
	"ro": "ului lor ilor ția ție ții ească ești ul ele ării ată",
	"cs": "ého ých ost osti ení ský ská ské ích ou ují ání ěl",
	"sk": "ého ých osť osti enie ský ská ské ích ou ujú anie ení",
	"hu": "ság ség nak nek ban ben tól től ból ből hoz hez ra re ott ett ni",
	"sv": "ning het arna erna ande orna ligt ades skt ör",
	"da": "ning hed erne ende ligt ede skt else øre",
	"no": "ning het ene ende lig ede sk else øre",
	"fi": "nen sta stä ssa ssä lla llä ksi ttä iin ään taan een uus ista",
	"uz": "lar lari larning ning ishi iga dagi moqda ligi gan ydi oʻz",
	"tk": "lar ler yň iň ýar ýär lary ýan ýet däki laryň",
	"hr": "ije nje anje ski ska ije osti ima ih ovi eva aju",
	"kk": "лар лер дар дер тар тер ының інің ған ген қан кен ді ты дағы дегі ылы лық лік да де ің",
	"ky": "лар лер дын дин нын нин ган ген лык лүү дагы уу үү оо",
	"ru": "ого ему ыми ция ции ется ались ала ский ская ские ого ения ение ость остью ться ыл ыла или ый ая ое ые ств",
	"uk": "ого ння ення ість ості ться ський ська ські ція ції ють ити ила али ій",
	"bg": "ът ият ата ето ите ция ски ска ване ние та",
	"be": "ага нне ння ць цца скі ская скага ьне",
	"sr": "ије ање ски ска ије ости има их ови ева ају",
	"fa": "های هایی ند ستان",
}

// marks lists letters that only some languages use.
var marks = map[string]string{
	"az": "əƏığşçöü", "tr": "ığşçöüâîû", "de": "äöüß", "fr": "éèêàçùûîôëïœæ", "es": "ñáéíóú", "it": "àèéìòù",
	"pt": "ãõáéíóúâêôàç", "pl": "ąćęłńóśźż", "nl": "ëïé", "ro": "ăâîșțşţ", "cs": "áčďéěíňóřšťúůýž",
	"sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "sv": "åäö", "da": "åæø", "no": "åæø", "fi": "äö", "uz": "ʻ",
	"tk": "äçžňöşüý", "hr": "čćđšž", "vi": "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "ca": "àçèéíïòóúü", "sq": "ëç",
	"lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "et": "äöõü", "sl": "čšž", "ku": "êîûçş",
	"ru": "ыэёъ", "uk": "ієїґ", "be": "ўіыэё", "bg": "ъ", "sr": "јљњћђџ", "mk": "јљњѓќѕџ", "kk": "әғқңөұүһі", "ky": "өүңыэ",
	"tg": "ғӣқӯҳҷ", "tt": "әөүҗңһыэ", "mn": "өүыэ",
	"ar": "ةىيكأإؤئء", "fa": "پچژگکیۀ", "ur": "ٹڈڑںےہھگچپکی", "ps": "ښځڅېۍګټډړږڼپچ", "ckb": "ڕێۆڵەڤگچپ",
}

// maxLanguages bounds how many languages the tables tell apart.
const maxLanguages = 64

// scarce lists languages that a near tie should not name.
const scarce = "azb ba be ca ckb et ku lt lv mk mn mr ne no ps sk sl sq tg tk tt yi"

var (
	order   = sorted(words)
	common  = index(words, strings.Fields)
	endings = index(ends, strings.Fields)
	letters = letterIndex()
	rare    = set(strings.Fields(scarce))
)

// index turns "language → marks" into "mark → languages with weights".
func index(of map[string]string, split func(string) []string) map[string][]weighted {
	owners := map[string][]int{}
	for number, lang := range order {
		for m := range set(split(of[lang])) {
			owners[m] = append(owners[m], number)
		}
	}
	table := make(map[string][]weighted, len(owners))
	for m, langs := range owners {
		w := 1 / float64(len(langs))
		if len([]rune(m)) == 1 {
			w /= 2
		}
		for _, lang := range langs {
			table[m] = append(table[m], weighted{lang, w})
		}
	}
	return table
}

func letterIndex() map[rune][]weighted {
	byString := index(marks, func(s string) []string { return strings.Split(s, "") })
	table := make(map[rune][]weighted, len(byString))
	for m, langs := range byString {
		for _, l := range langs {
			l.weight *= 2 // index halves single letters, which here are the rule
			if m == "ə" {
				l.weight = 3
			}
			table[firstRune(m)] = append(table[firstRune(m)], l)
		}
	}
	return table
}

func sorted(of map[string]string) []string {
	keys := make([]string, 0, len(of))
	for k := range of {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

func set(of []string) map[string]bool {
	m := make(map[string]bool, len(of))
	for _, s := range of {
		m[s] = true
	}
	return m
}

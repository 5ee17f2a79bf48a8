package webpage

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"
)

// describer holds what the features of all segments of a page need.
type describer struct {
	*page
	r         *reader
	names     []string // filled on the first segment, when collect is set
	collect   bool
	row       []float32
	main      int32
	mainDepth int32
	total     float32 // runes on the page
	good      float32 // runes of running text
	before    float32 // runes before the segment in hand
	beforeOK  float32 // of running text
	title     string  // folded
	titleSet  map[string]bool
	titleAt   int // segment of the headline, -1 where none
	lead      string
	body      string // folded articleBody
	authors   string
	words     []wordFacts
	same      map[uint64]int32
	paths     map[uint32]*kinFacts
	kins      map[uint32]*kinFacts
	pageRow   []float32
	alike     []alikeBox // by box
	titleTag  atom.Atom
	ofTitle   lineage // of the headline's box
	ofLead    lineage // of the box of the first running text
	leadPath  uint32
	leadKin   uint32
	leadAt    int
	linked    int     // headings after the headline so far that lead to another page
	breaks    int     // lines after the first running text so far that stand at the end of texts
	marksAt   []int32 // segments before which an author or a date is named, rising
	titleMark int     // how many of these stand before the headline
	markNext  int     // the first of these that is not before the segment in hand
	tops      int     // headings like the headline seen so far
	pageNames []string
}

// An alikeBox is one of several boxes of one kind next to each other: posts of
// a thread, cards of a list, articles one after another.
type alikeBox struct {
	rank  int32   // among them, from 0
	count int32   // of them
	good  float32 // share of the page's running text in all of them
	mine  float32 // share of that in this one
}

// findAlike finds the boxes that have at least two siblings of the same tag and
// class.
func (d *describer) findAlike() {
	p := d.page
	d.alike = make([]alikeBox, len(p.boxes))
	type key struct {
		parent int32
		kin    uint32
	}
	type group struct {
		count int32
		good  int32
	}
	groups := map[key]*group{}
	for i := range p.boxes {
		b := &p.boxes[i]
		if b.segments < 2 || b.parent < 0 {
			continue
		}
		k := key{b.parent, b.kin}
		g := groups[k]
		if g == nil {
			g = &group{}
			groups[k] = g
		}
		d.alike[i].rank = g.count
		g.count++
		g.good += b.good
	}
	for i := range p.boxes {
		b := &p.boxes[i]
		if g := groups[key{b.parent, b.kin}]; g != nil && b.segments >= 2 {
			d.alike[i].count = g.count
			d.alike[i].good = float32(g.good) / max(d.good, 1)
			d.alike[i].mine = ratio(b.good, g.good)
		}
	}
}

// A lineage tells how many steps up each box is from one, -1 where it is not
// around it.
type lineage []int16

func (p *page) lineage(box int32) lineage {
	l := make(lineage, len(p.boxes))
	for i := range l {
		l[i] = -1
	}
	for k := int16(0); box >= 0; box, k = p.boxes[box].parent, k+1 {
		l[box] = k
	}
	return l
}

// meet finds the least box around both box and the one of the lineage, and the
// steps from one to the other by way of it.
func (p *page) meet(l lineage, box int32) (common, steps int32) {
	for ; box >= 0; box, steps = p.boxes[box].parent, steps+1 {
		if l[box] >= 0 {
			return box, steps + int32(l[box])
		}
	}
	return 0, 99
}

// findLead finds the first running text after the headline, or else in the main
// box, that nothing says to be something else.
func (d *describer) findLead() int {
	from := d.titleAt + 1
	if d.titleAt < 0 && d.main >= 0 {
		from = int(d.boxes[d.main].first)
	}
	for i := max(from, 0); i < len(d.segs); i++ {
		g := &d.segs[i]
		if g.good() && !g.hidden && d.boxes[g.box].all&(cueNav|cueFooter|cueAside|cueComment|cueRelated|cueForm|cueAd) == 0 {
			return i
		}
	}
	return -1
}

type kinFacts struct{ count, runes, linkRunes, good int32 }

// wordFacts are counts over a segment's text.
type wordFacts struct {
	words, letters, upper, digits, stops, commas, capital int32
	ends, lowerStart, symbolStart, year, money            bool
	cues                                                  textCue
	inTitle                                               int32
	key                                                   uint64
	to                                                    int32 // where its terms end in page.terms
}

// logf is the logarithm of x+1 to base 2, by a straight line between one power
// and the next: a question whether it is above some limit is the same.
func logf(x float32) float32 {
	if x <= 0 {
		return 0
	}
	b := math.Float32bits(x + 1)
	return float32(int32(b>>23)-128) + math.Float32frombits(b&0x7fffff|0x3f800000)
}

func ratio(a, b int32) float32 {
	if b == 0 {
		return 0
	}
	return float32(a) / float32(b)
}

func truth(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// textCue is what a short text's words hint at.
type textCue uint16

const (
	saysMore textCue = 1 << iota
	saysShare
	saysJoin
	saysComment
	saysLegal
	saysMeta
	saysAd
	saysPhoto
	saysShop
	saysNav
)

// textCues are words of short texts around articles in the languages that
// analysts read most; a word counts where it starts with one of these.
var textCues = func() map[string]textCue {
	m := map[string]textCue{}
	for cue, words := range map[textCue]string{
		saysMore:    "related recommended more also read next previous similar popular trending latest mehr weitere auch lesen weiterlesen passend lire aussi plus leia também lee también relacionad más читайте также похожие ещё далее новости oxuyun həmçinin oku ayrıca ilgili diğer leggi anche correlati zobacz także powiązane czytaj lees ook meer læs også läs mer lue myös 関連記事 関連 おすすめ 相关 推荐 مطالب مرتبط اقرأ أيضا gostar veja leia últimas notícias populares relacionadas gustar interesar interesarte últimas noticias destacadas destacados aimerez intéresser articles derniers lus gefallen interessieren interessant meistgelesen beliebt empfohlen neueste aktuelle aktuell nieuws populair piacere interessare ultime notizie spodobać zainteresować polecane najnowsze najczęściej понравиться заинтересовать рекомендуем популярное последние новостей интересно цікаве читайте популярне останні новини beğenebilirsiniz ilginizi çekebilir haberler maraqlı xəbərlər oxşar bənzər son populyar latest trending headlines stories explore discover editor’s picks picks",
		saysShare:   "share tweet facebook twitter whatsapp email e-mail linkedin pinterest reddit telegram print copy teilen drucken merken partager imprimer compartir imprimir compartilhar поделиться распечатать твитнуть paylaş yazdır condividi stampa udostępnij delen instagram youtube follow folgen suivez síguenos подписывайтесь takip tumblr flipboard messenger shares pint pinterest baixar copiar enlace link linkedin вконтакте telegram viber одноклассники поділитися поширити bəyən paylaşın paylaşım condivisioni",
		saysJoin:    "subscribe subscription newsletter sign signup login log register registration account abonnieren abo anmelden registrieren inscription inscrivez abonnez suscríbete suscribirse assine подпишитесь подписка подписаться регистрация войти abone üye giriş iscriviti zapisz meld aanmelden member membership trial unsubscribe inbox join donate spenden support unlock donate donation donations contribute supporter newsletters inscreva assinar suscripción abonnement abonner spende unterstützen подпишись поддержать підтримати підписатися qeydiyyat daxil iscrizione abbonati prenumerera",
		saysComment: "comment comments reply replies respond response kommentar kommentare kommentieren antworten commentaire commentaires répondre comentario comentarios comentários responder комментарий комментарии комментировать ответить yorum yorumlar şərh commenti rispondi komentarz reacties コメント 评论",
		saysLegal:   "© copyright rights reserved privacy policy terms cookie cookies imprint impressum datenschutz agb rechte vorbehalten droits réservés mentions légales derechos reservados aviso права защищены политика конфиденциальности hakları gizlilik diritti riservati disclaimer",
		saysMeta:    "published updated posted modified written by von par por автор yazar opublikowano tags tag filed under topics categories category kategorie kategorien schlagworte schlagwörter mots-clés etiquetas теги метки etiketler min minutes minute lesezeit lesedauer views просмотров ago stand veröffentlicht aktualisiert publié mis опубликовано обновлено author editor redaktion",
		saysAd:      "advertisement advertising sponsored anzeige werbung publicité publicidad реклама reklam pubblicità reklama advertentie annonse promoted ad",
		saysPhoto:   "photo photos image images picture foto fotos bild bilder getty reuters shutterstock credit quelle fotograf crédit imagen фото görsel istock unsplash afp dpa imago source video watch gallery caption courtesy photograph photographer handout illustration ilustración ilustração abbildung symbolbild archivo archivfoto arquivo reprodução divulgação fotoğraf фотография иллюстрация архив пресс-служба photo: image: file",
		saysShop:    "price cart buy shop add checkout shipping delivery stock sku qty quantity warenkorb kaufen preis panier acheter carrito comprar купить корзина цена sepet save sale off rating review reviews stars wishlist compare",
		saysNav:     "home menu search skip navigation top back contact about login startseite suche menü accueil recherche contact inicio buscar contacto главная поиск меню контакты ana sayfa ara iletişim home cerca next prev page",
	} {
		for _, w := range strings.Fields(words) {
			m[w] |= cue
		}
	}
	return m
}()

// measure counts over the text of a segment in one pass.
func (d *describer) measure(g *segment) (f wordFacts) {
	text := g.text
	short := len(text) <= 600
	f.key = 14695981039346656037
	wordStart := -1
	digitRun := int32(0)
	first := true
	var last rune
	var term uint32
	termRunes := 0
	emit := func(end int) {
		if wordStart < 0 {
			return
		}
		f.words++
		if termRunes >= 4 {
			d.terms = append(d.terms, term)
		}
		term, termRunes = 0, 0
		if short {
			w := strings.ToLower(text[wordStart:end])
			f.cues |= textCues[w]
			if d.titleSet[w] {
				f.inTitle++
			}
		}
		wordStart = -1
	}
	for i, r := range text {
		switch {
		case r >= 'a' && r <= 'z':
			f.letters++
			if first {
				f.lowerStart = true
			}
		case r >= 'A' && r <= 'Z':
			f.letters++
			f.upper++
		case r >= '0' && r <= '9':
			f.digits++
		case r < 0x80:
			switch r {
			case ',', ';':
				f.commas++
			case '.', '!', '?':
				f.stops++
			case '$':
				f.money = true
			}
			if first && r != '"' && r != '\'' && r != '(' {
				f.symbolStart = true
			}
		case unicode.IsLetter(r):
			f.letters++
			if unicode.IsUpper(r) {
				f.upper++
			} else if first && unicode.IsLower(r) {
				f.lowerStart = true
			}
		default:
			switch r {
			case '，', '、', '،', '；':
				f.commas++
			case '。', '！', '？', '…', '؟', '।':
				f.stops++
			case '€', '£', '¥', '₽', '₺', '₼':
				f.money = true
			case '©':
				f.cues |= saysLegal
			}
			if first && r != '“' && r != '«' && r != '„' && r != '‘' && r != '「' && r != '¿' && r != '¡' {
				f.symbolStart = true
			}
		}
		first = false
		if r >= '0' && r <= '9' {
			digitRun++
		} else {
			if digitRun == 4 {
				f.year = f.year || i >= 4 && (text[i-4] == '1' && text[i-3] == '9' || text[i-4] == '2' && text[i-3] == '0')
			}
			digitRun = 0
		}
		if r == ' ' || r == '\n' || r == '\t' || r == '.' || r == ',' || r == ':' || r == '!' || r == '?' || r == '(' || r == ')' || r == '|' {
			emit(i)
		} else if wordStart < 0 {
			wordStart = i
			if r >= 'A' && r <= 'Z' || r >= 0x80 && unicode.IsUpper(r) {
				f.capital++
			}
		}
		f.key = (f.key ^ uint64(r)) * 1099511628211
		switch {
		case r >= 0x2E80: // a script without spaces: every two characters are a term
			if last >= 0x2E80 {
				d.terms = append(d.terms, uint32(r)*2654435761^uint32(last)*40503)
			}
		case wordStart >= 0:
			if r >= 'A' && r <= 'Z' || r >= 0x410 && r <= 0x42F {
				r += 32
			}
			term = (term ^ uint32(r)) * 16777619
			termRunes++
		}
		last = r
	}
	emit(len(text))
	f.to = int32(len(d.terms))
	if digitRun == 4 && len(text) >= 4 && (strings.HasPrefix(text[len(text)-4:], "19") || strings.HasPrefix(text[len(text)-4:], "20")) {
		f.year = true
	}
	if !short {
		f.cues = 0
	}
	switch last {
	case '.', '!', '?', '…', '。', '！', '？', '"', '”', '»', '“', ')', '؟', '」', '।':
		f.ends = true
	}
	return f
}

// describeAll gives the features of all segments of a page, row after row, each
// followed by room for those that around fills in.
func (r *reader) describeAll(collect bool) (rows []float32, names []string) {
	p := r.page
	d := &describer{page: p, r: r, collect: collect, same: map[uint64]int32{}, paths: map[uint32]*kinFacts{}, kins: map[uint32]*kinFacts{}}
	d.prepare()
	for i := range p.segs {
		d.row = rows
		d.collect = collect && i == 0
		d.describe(i)
		d.row = append(d.row, noContext...)
		rows = d.row
		if i == 0 {
			if rest := len(p.segs) * len(rows); cap(rows) < rest {
				rows = append(make([]float32, 0, rest), rows...)
			}
		}
		g := &p.segs[i]
		d.before += float32(g.runes)
		if g.good() {
			d.beforeOK += float32(g.runes)
		}
	}
	return rows, d.names
}

var noContext = make([]float32, len(contextNames))

func (d *describer) prepare() {
	p, r := d.page, d.r
	d.main = p.mainBox()
	r.main = d.main
	if d.main >= 0 {
		d.mainDepth = p.boxes[d.main].depth
	}
	if len(p.boxes) > 0 {
		d.total, d.good = float32(p.boxes[0].runes), float32(p.boxes[0].good)
	}
	d.title = fold(r.doc.Title)
	d.titleSet = map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(r.doc.Title)) {
		d.titleSet[strings.Trim(w, ".,:;!?()\"'“”")] = true
	}
	d.lead = fold(r.first("og:description", "description", "twitter:description"))
	if b := r.said.main.text("articleBody"); len(b) > 200 {
		d.body = fold(b)
	}
	d.authors = fold(strings.Join(r.doc.Byline, " "))
	d.words = make([]wordFacts, len(p.segs))
	d.titleAt = -1
	titleScore := float32(0)
	for i := range p.segs {
		g := &p.segs[i]
		d.words[i] = d.measure(g)
		p.termEnds = append(p.termEnds, d.words[i].to)
		f := &d.words[i]
		d.same[f.key]++
		b := &p.boxes[g.box]
		for _, k := range []struct {
			m  map[uint32]*kinFacts
			id uint32
		}{{d.paths, b.path}, {d.kins, b.kin}} {
			e := k.m[k.id]
			if e == nil {
				e = &kinFacts{}
				k.m[k.id] = e
			}
			e.count++
			e.runes += g.runes
			e.linkRunes += g.linkRunes
			if g.good() {
				e.good += g.runes
			}
		}
		if len(d.titleSet) > 0 && g.runes < 400 && !g.hidden && f.words > 0 {
			score := 2 * float32(f.inTitle) / float32(int(f.words)+len(d.titleSet))
			switch g.tag {
			case atom.H1:
				score += 0.5
			case atom.H2, atom.H3:
				score += 0.2
			}
			if g.linkRunes*2 > g.runes {
				score -= 0.4
			}
			if score > 0.8 && score > titleScore {
				titleScore, d.titleAt = score, i
			}
		}
	}
	if d.titleAt >= 0 {
		d.titleTag = p.segs[d.titleAt].tag
	}
	d.findAlike()
	if d.titleAt >= 0 {
		d.ofTitle = p.lineage(p.segs[d.titleAt].box)
	}
	d.leadAt = d.findLead()
	if d.leadAt >= 0 {
		b := p.segs[d.leadAt].box
		d.ofLead, d.leadPath, d.leadKin = p.lineage(b), p.boxes[b].path, p.boxes[b].kin
	}
	for _, m := range p.marks {
		if n := len(d.marksAt); n == 0 || d.marksAt[n-1] < m.seg {
			d.marksAt = append(d.marksAt, m.seg)
			if int(m.seg) <= d.titleAt {
				d.titleMark = n + 1
			}
		}
	}
	d.pageFacts()
}

// pageFacts are the features that all segments of a page share. There are few:
// measures of the whole page, such as its length, let the fit learn single pages
// by heart, and cross-validation is no better with them.
func (d *describer) pageFacts() {
	p, r := d.page, d.r
	add := func(name string, v float32) {
		d.pageRow, d.pageNames = append(d.pageRow, v), append(d.pageNames, name)
	}
	var tables, cardGood float32
	for i := range p.boxes {
		if p.boxes[i].tag == atom.Table {
			tables++
		}
	}
	for _, k := range d.paths {
		cardGood = max(cardGood, float32(k.good))
	}
	kind := float32(0)
	switch {
	case r.has("Product"):
		kind = 2
	case r.has("DiscussionForumPosting", "QAPage", "Question"):
		kind = 3
	case r.said.main.is("Recipe", "HowTo"):
		kind = 4
	case r.said.main != nil:
		kind = 1
	case r.has("CollectionPage", "ItemList", "SearchResultsPage"):
		kind = 5
	case r.has("Service", "LocalBusiness", "ProfessionalService"):
		kind = 6
	}
	og := float32(0)
	switch t := strings.ToLower(r.first("og:type")); {
	case strings.HasPrefix(t, "article"):
		og = 1
	case strings.HasPrefix(t, "product"), strings.HasPrefix(t, "og:product"):
		og = 2
	case t == "website":
		og = 3
	case t != "":
		og = 4
	}
	add("page share of running text", d.good/max(d.total, 1))
	add("page tables", tables)
	add("page schema type", kind)
	add("page og type", og)
	add("page has publication date", truth(r.doc.Published != ""))
	add("page has author", truth(len(r.doc.Byline) > 0))
	add("page articleBody length", logf(float32(len(d.body))))
	add("page share of running text with one path", cardGood/max(d.good, 1))
	if d.main >= 0 {
		m := &p.boxes[d.main]
		add("main share of running text", float32(m.good)/max(d.good, 1))
	} else {
		add("main share of running text", -1)
	}
	add("page title found", truth(d.titleAt >= 0))
}

// has says whether a JSON-LD object of one of the types stands on the page.
func (r *reader) has(types ...string) bool {
	for _, o := range r.said.objects {
		if o.is(types...) {
			return true
		}
	}
	return false
}

func (d *describer) put(name string, v float32) {
	if d.collect {
		d.names = append(d.names, name)
	}
	d.row = append(d.row, v)
}

// put2 is put for a name in two parts, which are joined only where names are
// collected.
func (d *describer) put2(a, b string, v float32) {
	if d.collect {
		d.names = append(d.names, a+b)
	}
	d.row = append(d.row, v)
}

func tagGroup(a atom.Atom) float32 {
	switch a {
	case atom.P:
		return 1
	case atom.Div:
		return 2
	case atom.Li:
		return 3
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return 4
	case atom.Td, atom.Th, atom.Table:
		return 5
	case atom.Figcaption, atom.Caption:
		return 6
	case atom.Blockquote:
		return 7
	case atom.Pre:
		return 8
	case atom.Dt, atom.Dd:
		return 9
	}
	return 10
}

// describe appends the features of segment i.
func (d *describer) describe(i int) {
	p := d.page
	g, f := &p.segs[i], &d.words[i]
	b := &p.boxes[g.box]
	n := len(p.segs)

	// the segment itself
	d.put("length", logf(float32(g.weight())))
	d.put("words", float32(f.words))
	d.put("share of links", ratio(g.linkRunes, g.runes))
	d.put("links", float32(len(g.links)))
	d.put("ends as a sentence", truth(f.ends))
	d.put("sentence stops", float32(f.stops))
	d.put("commas per word", ratio(f.commas, f.words))
	d.put("share of capitals", ratio(f.upper, f.letters))
	d.put("share of capital words", ratio(f.capital, f.words))
	d.put("share of digits", ratio(f.digits, g.runes))
	d.put("starts small", truth(f.lowerStart))
	d.put("starts with a sign", truth(f.symbolStart))
	d.put("share in bold", ratio(g.strong, g.runes))
	d.put("word length", ratio(f.letters, f.words))
	d.put("holds a year", truth(f.year))
	d.put("holds a price", truth(f.money))
	d.put("ends with a colon", truth(strings.HasSuffix(g.text, ":")))
	d.put("tag", tagGroup(g.tag))
	level := float32(0)
	if heading(g.tag) {
		level = float32(g.tag.String()[1] - '0')
	}
	d.put("heading level", level)
	d.put("hidden", truth(g.hidden))
	d.put("control", truth(g.control))
	d.put("after br", truth(g.broken))
	d.put("images", float32(g.images))
	for k, name := range []string{"more", "share", "join", "comment", "legal", "meta", "advert", "photo", "shop", "navigation"} {
		d.put2("says ", name, truth(f.cues&(1<<k) != 0))
	}
	d.put("same text elsewhere", float32(d.same[f.key]-1))
	d.put("share in title", ratio(f.inTitle, f.words))
	d.put("share of title", float32(f.inTitle)/float32(max(len(d.titleSet), 1)))
	var probe string // how the text begins
	if d.lead != "" || d.body != "" {
		probe = fold(short(g.text, 60))
	}
	d.put("stands in description", truth(len(probe) > 15 && strings.Contains(d.lead, probe)))
	d.put("names the author", truth(d.authors != "" && g.runes < 120 && len(g.text) >= len(d.authors) && strings.Contains(fold(g.text), d.authors)))
	inBody := float32(-1)
	if d.body != "" {
		inBody = truth(probe != "" && strings.Contains(d.body, probe))
		if len(probe) < 12 && inBody == 1 {
			inBody = 0.5
		}
	}
	d.put("stands in articleBody", inBody)

	// where it stands
	d.put("position", float32(i)/float32(n))
	d.put("position in text", d.before/max(d.total, 1))
	d.put("position in running text", d.beforeOK/max(d.good, 1))
	d.put("to the end", logf(float32(n-i)))
	fromTitle := float32(-99)
	if d.titleAt >= 0 {
		fromTitle = float32(i - d.titleAt)
		fromTitle = max(-60, min(fromTitle, 300))
	}
	d.put("segments after title", fromTitle)
	if heading(d.titleTag) && i > d.titleAt && g.tag <= d.titleTag && g.tag == d.titleTag {
		d.tops++
	}
	d.put("headlines since title", float32(min(d.tops, 20)))
	d.put("depth", float32(b.depth))
	d.put("list depth", float32(b.list))
	d.put("quote depth", float32(b.quote))

	// the boxes around it
	at := g.box
	for k, name := range []string{"box", "parent", "2nd parent", "3rd parent", "4th parent"} {
		if at >= 0 {
			e := &p.boxes[at]
			d.put2(name, " share of running text", float32(e.good)/max(d.good, 1))
			d.put2(name, " share of links", ratio(e.linkRunes, e.runes))
			d.put2(name, " segments", logf(float32(e.segments)))
			if k < 3 {
				d.put2(name, " length", logf(float32(e.runes)))
				d.put2(name, " part of running text", ratio(e.good, e.runes))
			}
			at = e.parent
		} else {
			d.put2(name, " share of running text", -1)
			d.put2(name, " share of links", -1)
			d.put2(name, " segments", -1)
			if k < 3 {
				d.put2(name, " length", -1)
				d.put2(name, " part of running text", -1)
			}
		}
	}
	// against the main box
	inside, up, down, side := float32(0), float32(-1), float32(-1), float32(0)
	var between cues
	if d.main >= 0 {
		m := &p.boxes[d.main]
		if int32(i) >= m.first && int32(i) < m.last {
			inside = 1
			up = 0
			down = float32(b.depth - d.mainDepth)
			for a := g.box; a >= 0 && a != d.main; a = p.boxes[a].parent {
				between |= p.boxes[a].own
			}
		} else {
			side = 1
			if int32(i) < m.first {
				side = -1
			}
			a := d.main
			up = 0
			for a >= 0 && !(int32(i) >= p.boxes[a].first && int32(i) < p.boxes[a].last) {
				a = p.boxes[a].parent
				up++
			}
			if a >= 0 {
				down = float32(b.depth - p.boxes[a].depth)
			}
			for c := g.box; c >= 0 && c != a; c = p.boxes[c].parent {
				between |= p.boxes[c].own
			}
		}
	}
	d.put("in main", inside)
	d.put("side of main", side)
	d.put("steps up from main", up)
	d.put("steps down", down)
	// boxes alike
	var a alikeBox
	var steps float32
	for at, k := g.box, float32(0); at >= 0; at, k = p.boxes[at].parent, k+1 {
		if e := &d.alike[at]; e.count >= 2 && (a.count == 0 || e.good > a.good*1.5) {
			a, steps = *e, k
		}
	}
	d.put("alike count", float32(a.count))
	d.put("alike rank", float32(min(a.rank, 30)))
	d.put("alike share of running text", a.good)
	d.put("alike part of it here", a.mine)
	d.put("alike steps up", steps)
	// against the headline and the first running text
	for k, l := range []lineage{d.ofTitle, d.ofLead} {
		name := [2]string{"title", "lead"}[k]
		if l == nil {
			d.put2("steps from ", name, -1)
			d.put2("running text shared with ", name, -1)
			d.put2("segments shared with ", name, -1)
			continue
		}
		common, steps := p.meet(l, g.box)
		d.put2("steps from ", name, float32(min(steps, 30)))
		d.put2("running text shared with ", name, float32(p.boxes[common].good)/max(d.good, 1))
		d.put2("segments shared with ", name, logf(float32(p.boxes[common].segments)))
	}
	d.put("path of lead", truth(d.ofLead != nil && b.path == d.leadPath))
	d.put("kin of lead", truth(d.ofLead != nil && b.kin == d.leadKin))
	for d.markNext < len(d.marksAt) && d.marksAt[d.markNext] <= int32(i) {
		d.markNext++
	}
	toMark := float32(60)
	if d.markNext < len(d.marksAt) {
		toMark = min(60, float32(d.marksAt[d.markNext]-int32(i)))
	}
	d.put("segments to next mark", toMark)
	d.put("marks since title", float32(max(-5, min(d.markNext-d.titleMark, 20))))
	// kin
	path, kin := d.paths[b.path], d.kins[b.kin]
	d.put("path count", logf(float32(path.count)))
	d.put("path share of running text", float32(path.good)/max(d.good, 1))
	d.put("path share of links", ratio(path.linkRunes, path.runes))
	d.put("path mean length", logf(ratio(path.runes, path.count)))
	d.put("kin count", logf(float32(kin.count)))
	d.put("kin share of running text", float32(kin.good)/max(d.good, 1))
	// cues by distance
	var dist [24]float32
	for k := range dist {
		dist[k] = 20
	}
	step := float32(0)
	for a := g.box; a >= 0 && step < 16; a = p.boxes[a].parent {
		own := p.boxes[a].own
		for k := 0; own != 0; k++ {
			if own&1 != 0 && dist[k] == 20 {
				dist[k] = step
			}
			own >>= 1
		}
		step++
	}
	for k, name := range cueNames {
		d.put2("near ", name, dist[k])
	}
	for k, name := range cueNames {
		if relativeCues&(1<<k) != 0 {
			d.put2("between ", name, truth(between&(1<<k) != 0))
		}
	}
	// neighbours
	for _, o := range []int{-2, -1, 1, 2} {
		name := neighbourNames[o+2]
		j := i + o
		if j < 0 || j >= n {
			d.put2(name, " length", -1)
			d.put2(name, " share of links", -1)
			d.put2(name, " tag", -1)
			d.put2(name, " boxes apart", -1)
			continue
		}
		h := &p.segs[j]
		d.put2(name, " length", logf(float32(h.weight())))
		d.put2(name, " share of links", ratio(h.linkRunes, h.runes))
		d.put2(name, " tag", tagGroup(h.tag))
		d.put2(name, " boxes apart", float32(p.apart(g.box, h.box)))
	}
	// the heading above
	last, headCues, headLevel, headLink := float32(99), textCue(0), float32(0), false
	for j, k := i-1, 1; j >= 0 && k <= 30; j, k = j-1, k+1 {
		if heading(p.segs[j].tag) {
			last, headCues, headLevel = float32(k), d.words[j].cues, float32(p.segs[j].tag.String()[1]-'0')
			headLink = p.segs[j].linkRunes*2 > p.segs[j].runes
			break
		}
	}
	link := heading(g.tag) && g.linkRunes*2 > g.runes
	if link && i > d.titleAt {
		d.linked++
	}
	if d.leadAt >= 0 && i > d.leadAt && g.runes < 120 && (link || f.cues&(saysMore|saysShare|saysComment|saysJoin) != 0 || b.all&(cueShare|cueRelated|cueComment|cueTags) != 0) {
		d.breaks++
	}
	d.put("heading above is a link", truth(headLink))
	d.put("linked headings since title", float32(min(d.linked, 20)))
	d.put("breaks since lead", float32(min(d.breaks, 20)))
	d.put("segments since heading", last)
	d.put("level of heading above", headLevel)
	d.put("heading above says more", truth(headCues&saysMore != 0))
	d.put("heading above says comment", truth(headCues&saysComment != 0))
	d.put("heading above says join", truth(headCues&(saysJoin|saysShare) != 0))
	d.row = append(d.row, d.pageRow...)
	if d.collect {
		d.names = append(d.names, d.pageNames...)
	}
}

var neighbourNames = [5]string{"2nd before", "before", "", "after", "2nd after"}

var cueNames = []string{"article class", "main class", "navigation", "header", "footer", "aside", "comment", "related", "share", "advert", "form", "meta",
	"caption", "title", "author", "tags", "product", "post", "teaser", "lead", "hide", "articleBody", "article tag", "main tag"}

const relativeCues = cueNav | cueHeader | cueFooter | cueAside | cueComment | cueRelated | cueShare | cueAd | cueForm | cueMeta | cueCaption | cueTitle |
	cueAuthor | cueTags | cueProduct | cuePost | cueTeaser | cueLead

// apart counts the boxes between two boxes: steps up from one and down to the
// other, at most 12.
func (p *page) apart(a, b int32) int {
	n := 0
	for a != b && n < 12 {
		if p.boxes[a].depth >= p.boxes[b].depth {
			a = p.boxes[a].parent
		} else {
			b = p.boxes[b].parent
		}
		n++
		if a < 0 || b < 0 {
			break
		}
	}
	return n
}

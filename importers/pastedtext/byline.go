package pastedtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/importers/dates"
	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// findByline tells who wrote the text: by the lines around title and date, and
// by the signature under the last paragraph, where the name of the publisher
// that a text was reprinted from stands, too. The site is no author.
func (p *paste) findByline() {
	if p.top == len(p.lines) {
		return
	}
	d := p.doc
	from := max(0, p.top-10)
	if p.titleLine >= 0 {
		from = max(0, min(p.titleLine-3, p.top-6))
	}
	head := p.lines[from:min(p.top+5, len(p.lines))]
	var site string // a byline that is the site's
	for k := range head {
		i := from + k
		if p.part[i] == title || p.lines[i].Words() > 45 || p.lines[i].Prose() && k > 0 && p.lines[i].Start&line.By == 0 {
			continue
		}
		names, agency := p.bylineIn(p.lines[i].Text)
		for _, n := range names {
			if p.isSite(n) {
				site = n
				continue
			}
			p.author(n, 0.85)
		}
		if len(names) > 0 {
			p.meta(i)
		}
		if agency != "" {
			d.Set(&d.OriginalPublisher, "original_publisher", agency, document.FromText, 0.6)
			p.meta(i)
		}
		if len(d.Byline) > 0 {
			break
		}
	}
	if len(d.Byline) == 0 {
		// A name beside the date: "Ann Lee | March 3, 2024".
		for k := range head {
			i := from + k
			if i < p.titleLine-2 || p.part[i] == title || p.lines[i].Words() > 24 || p.lines[i].Prose() {
				continue
			}
			if n := p.nameBesideDate(p.lines[i].Text); n != "" && !p.isSite(n) && !same(n, d.Section) {
				p.author(n, 0.7)
				p.meta(i)
				break
			}
		}
	}
	if len(d.Byline) == 0 {
		// A name alone, by the date or between title and text.
		for k := range head {
			i := from + k
			l := &p.lines[i]
			dated := p.nearDateline(i)
			if i <= p.titleLine-2 || p.part[i] == title || (p.titleLine < 0 || i < p.titleLine) && !dated || i > p.top+2 {
				continue
			}
			// Over a paragraph a few words are its heading.
			if i+1 < len(p.lines) && p.part[i] == body && p.lines[i+1].Prose() && !dated || strings.ToUpper(l.Text) == l.Text && !dated {
				continue
			}
			n := strings.TrimRight(l.Text, ",;|· ")
			if names := splitNames(n); len(names) > 1 && len(names) <= 4 && allPersons(names) && dated {
				for _, n := range names {
					p.author(n, 0.6)
				}
				p.meta(i)
				break
			}
			n = strings.TrimPrefix(n, "Dr. ")
			if l.Whole == 0 && isPerson(n) && !p.isSite(n) && !same(n, d.Section) && l.Repeats() <= 4 && len(n) < 40 {
				p.author(n, 0.6)
				p.meta(i)
				break
			}
		}
	}
	p.signature()
	if site != "" && len(d.Byline) == 0 {
		d.Set(&d.Site, "site", site, document.FromText, 0.5)
	}
}

func allPersons(names []string) bool {
	for _, n := range names {
		if !isPerson(n) {
			return false
		}
	}
	return true
}

// nameBesideDate gives the person that a line names besides a date and nothing
// much else: "Dan Roe - Apr 16, 2025 8:02 pm", "12.12.2022 | Ann Lee | 3".
func (p *paste) nameBesideDate(text string) string {
	found := dates.Find(text, p.lang, p.dateOptions())
	if len(found) == 0 {
		return ""
	}
	r := []rune(text)
	var parts []string
	from := 0
	for _, f := range found {
		parts = append(parts, string(r[from:f.Start]))
		from = f.End
	}
	parts = append(parts, string(r[from:]))
	for _, part := range parts {
		for _, piece := range strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune("|•·–—/,\t;()", r) }) {
			for _, piece := range strings.Split(piece, " - ") {
				piece = strings.TrimFunc(piece, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })
				if ws := strings.Fields(piece); len(ws) > 2 {
					// Words before or after the name that belong to the date.
					for len(ws) > 2 && line.CuesOf(ws[len(ws)-1]) != 0 {
						ws = ws[:len(ws)-1]
					}
					for len(ws) > 2 && line.CuesOf(ws[0]) != 0 {
						ws = ws[1:]
					}
					piece = strings.Join(ws, " ")
				}
				if names, _ := p.bylineIn(piece); len(names) > 0 && isPerson(names[0]) {
					return names[0]
				}
				if n := p.upToDate(piece); isPerson(n) && len(strings.Fields(n)) <= 4 {
					return n
				}
			}
		}
	}
	return ""
}

// author adds a name to the byline once.
func (p *paste) author(name string, confidence float64) {
	d := p.doc
	for _, n := range d.Byline {
		if same(n, name) {
			return
		}
	}
	d.Byline = append(d.Byline, name)
	d.Candidates = append(d.Candidates, document.Candidate{Field: "byline", Value: name, Origin: document.FromText, Confidence: confidence})
	if d.OriginOf == nil {
		d.OriginOf = map[string]document.Origin{}
	}
	d.OriginOf["byline"] = document.FromText
}

// isSite says that a name is the site's or a section's of the page.
func (p *paste) isSite(name string) bool {
	k := key(name)
	if isPerson(name) && k != key(p.doc.Site) && k != key(p.doc.Section) {
		for _, w := range line.Words(name) {
			if deskWords[w] {
				return true
			}
		}
		return false
	}
	for _, s := range append(p.hostNames(), key(p.doc.Site), key(p.doc.Section)) {
		if s != "" && (s == k || len(k) > 4 && strings.HasPrefix(s, k) || len(s) > 4 && strings.HasPrefix(k, s)) {
			return true
		}
	}
	if len(p.crumbs) > 0 && key(p.crumbs[0]) == k {
		return true
	}
	for _, w := range line.Words(name) {
		if deskWords[w] {
			return true
		}
	}
	return false
}

// deskWords show that a byline names a desk or an outlet, not a person.
var deskWords = words(`staff desk newsroom editorial editors editor admin administrator redaction news media press agency team board reporter reporters service correspondent
	редакция редактор новости служба агентство корреспондент админ редакторы редакції haber haberler merkezi servisi editör editörü ajansı redaksiya redaksiyası xəbər agentliyi xidməti
	redaktion nachrichten agentur rédaction agence journal redacción agencia redação redazione redakcja redactie online magazine tv radio times post daily tribune herald
	com org net az ru`)

// leads are the words that begin a byline.
var leads = []string{"by", "written by", "posted by", "reported by", "story by", "words by", "text by", "author", "authors", "reporting by", "published by", "article by", "photos and text by", "recipe by", "interview by", "review by", "analysis by", "opinion by", "guest post by", "contributed by", "created by", "автор", "авторы", "текст",
	"автор статьи", "автор текста", "yazar", "yazan", "haber", "müəllif", "von", "ein artikel von", "eine analyse von", "ein kommentar von", "ein gastbeitrag von", "text von", "text", "gepostet von", "gespeichert von", "verfasst von", "geschrieben von", "artikel von", "autor", "autorin", "autoren", "par", "auteur",
	"publié par", "rédigé par", "por", "texto", "autores", "di", "a cura di", "autore", "tekst", "autorzy", "opracował", "escrito por", "publicado por", "redactado por", "scritto da", "pubblicato da", "door", "av", "작성자", "作者", "文", "بقلم"}

// smallLeads are leads that are common words otherwise: what follows them must
// look like a name and the line must begin with them.
var smallLeads = map[string]bool{"by": true, "von": true, "par": true, "por": true, "di": true, "door": true, "av": true, "haber": true, "文": true}

// bylineIn reads the names of a byline's line: "By Ann Lee and Bob Roe",
// "Автор: …", "By AzeMedia Published October 29, 2025". agency is a press agency
// that it names.
func (p *paste) bylineIn(text string) (names []string, agency string) {
	low := lower(text)
	at := -1
	lead := ""
	for _, l := range leads {
		rest, ok := strings.CutPrefix(low, l)
		// "ByAnn Lee" is what pages without a space give.
		glued := l == "by" && len(text) > 2 && text[1] == 'y' && rest != "" && unicode.IsUpper(firstRune(text[2:]))
		if ok && len(l) > len(lead) && (rest == "" || !letterFirst(rest) || glued) {
			at, lead = len(l), l
		}
	}
	if at < 0 {
		// "March 3, 2024 by Ann Lee", "Posted on … by …".
		for _, l := range []string{" by ", " von ", " par ", " por ", " автор: ", " by: ", ", von ", " door ", " av "} {
			if k := strings.Index(low, l); k >= 0 && len(dates.Find(text[:k], p.lang, p.dateOptions())) > 0 {
				at, lead = k+len(l), "by"
				break
			}
		}
	}
	if at < 0 {
		return nil, ""
	}
	rest := strings.TrimLeft(text[at:], " :：\t-–—|")
	if rest == "" || strings.HasPrefix(rest, ",") {
		return nil, ""
	}
	rest = p.upToDate(rest)
	for _, part := range splitNames(rest) {
		if a := agencyNamed(part); a != "" {
			agency = a
			continue
		}
		// Behind a full name only full names go on: what else follows is a post.
		single := oneName(part) && (len(names) == 0 || !isPerson(names[0]))
		if isPerson(part) || single && (!smallLeads[lead] || lead == "by") {
			names = append(names, part)
			continue
		}
		break
	}
	return names, agency
}

// lower brings s to small letters where that does not change its length, so that
// places in the one are places in the other.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

func letterFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '\''
}

// bylineStops end the names of a byline.
var bylineStops = []string{" | ", " • ", " · ", " – ", " — ", " - ", "\t", " // ", " (", " on ", " for ", " in ", " at ", ": ", "; ", " Published", " Updated", " Posted", " published", " updated",
	" Reporter", " Correspondent", " Senior", " Staff", " Опубликовано", " опубликовано", " Veröffentlicht", " Aktualisiert", " Publié", " publié", " Mis à jour", " Publicado", " Actualizado", " Pubblicato", " Aggiornato", " is ", " @", " >", " /", " Contributor",
	" für ", " aus ", " le ", " el ", "  ", " Follow", " Share", " Add ", " Comment", " View", " Last ", " Email", "Staff Writer", "Staff Reporter", "Symbolbild", " Kategorien", " logo", " Logo", " Dərc", " dərc", " Yayın", " Yenilən", " Güncelle", " Опубл", " опубл", " Обновл", " Zuletzt", " Stand", " PhD", ", PhD", ", MD", " Twitter", " Account", " special to", " Special to", " via ", " am ", " vom "}

// upToDate cuts a byline before its date, or a word that ends names.
func (p *paste) upToDate(s string) string {
	if f := dates.Find(s, p.lang, p.dateOptions()); len(f) > 0 {
		r := []rune(s)
		s = string(r[:f[0].Start])
		// A weekday belongs to the date.
		s = strings.TrimRight(s, " ,|•·-–—/")
		for {
			i := strings.LastIndexAny(s, " ,")
			if w := strings.ToLower(strings.Trim(s[i+1:], " ,.")); i < 0 || !weekdays[w] && !beforeDate[w] {
				break
			}
			s = strings.TrimRight(s[:i], " ,|•·-–—/")
		}
	}
	end := len(s)
	for _, stop := range bylineStops {
		if i := strings.Index(s, stop); i > 0 && i < end {
			end = i
		}
	}
	return strings.Trim(s[:end], " ,.|•·-–—/*")
}

var weekdays = words(`monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonntag
	lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo понедельник вторник среда четверг пятница суббота воскресенье`)

// beforeDate are words that belong to the date behind them.
var beforeDate = words("on at am vom le el il em op den в от date updated published posted")

// splitNames parts "Ann Lee, Bob Roe and Cid Doe".
func splitNames(s string) []string {
	for _, and := range []string{" and ", " und ", " et ", " y ", " и ", " ve ", " və ", " e ", " i ", " & ", " en ", " og ", " och ", " with ", ", and ", " / ", "、"} {
		s = strings.ReplaceAll(s, and, ", ")
	}
	var names []string
	for _, n := range strings.Split(s, ",") {
		if n = strings.Trim(n, " .|•·-–—/*\"“”"); n != "" {
			for _, title := range []string{"Dr. ", "Dr ", "Prof. ", "Prof "} {
				n = strings.TrimPrefix(n, title)
			}
			names = append(names, n)
		}
	}
	return names
}

// agencyNamed gives a press agency as it is named, "" for anything else.
func agencyNamed(s string) string {
	switch key(s) {
	case "reuters", "afp", "ap", "associatedpress", "theassociatedpress", "dpa", "efe", "ansa", "tass", "interfax", "apa", "trend", "azertac", "azertag", "report", "anadoluagency",
		"aa", "pap", "apanews", "xinhua", "upi", "pa", "pamedia", "bloomberg", "iha", "dha", "sid", "ukrinform", "belta", "kazinform", "тасс", "интерфакс", "рианovosti", "рианости", "рианновости", "агентствофранспресс":
		return s
	}
	return ""
}

// particles may stand small within a name.
var particles = words("van von de der den da di del della dos das do la le du bin ibn al el ben ter ten zu af av oğlu qızı ogly kyzy y e и")

// isPerson says that a text looks like the name of a person: two to five words,
// each beginning with a capital.
func isPerson(s string) bool {
	if utf8.RuneCountInString(s) > 50 || strings.ContainsAny(s, "0123456789@/:|?!&()[]<>_+*\"“”«»#%=") {
		return false
	}
	parts := strings.Fields(s)
	if len(parts) < 2 || len(parts) > 5 {
		return false
	}
	capital := 0
	for i, w := range parts {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "'’‘"))
		switch {
		case unicode.IsUpper(r):
			capital++
			if n := utf8.RuneCountInString(w); strings.HasSuffix(w, ".") && n > 4 && i < len(parts)-1 {
				return false
			}
		case i > 0 && i < len(parts) && particles[strings.ToLower(w)]:
		case strings.HasPrefix(strings.ToLower(w), "al-") || strings.HasPrefix(w, "d’") || strings.HasPrefix(w, "d'"):
			capital++
		case r >= 0x0530 && !unicode.IsLower(r) && unicode.IsLetter(r): // scripts without capitals
			capital++
		default:
			return false
		}
		if low := strings.ToLower(strings.Trim(w, ".,")); notNames[low] || i == 0 && particles[low] && low != "al" && low != "el" && low != "de" && low != "la" || i == 0 && smallLeads[low] {
			return false
		}
	}
	return capital >= 2
}

// oneName says that a text may be the single name of an author or outlet.
func oneName(s string) bool {
	return len(strings.Fields(s)) <= 4 && utf8.RuneCountInString(s) <= 40 && utf8.RuneCountInString(s) > 2 && capitalised(s) && letterFirst(s) && !strings.ContainsAny(s, "0123456789@/:?!<>") &&
		line.CuesOf(s)&^(line.By|line.Share) == 0
}

// notNames are capitalised words of headlines and menus that are in no name.
var notNames = words(`the a an of in on for to and or with from about our your my is are was new latest news more all read view how why what when who where this that these video photo photos live watch home
	page story stories world politics business sports sport opinion culture economy society science health travel technology tech entertainment lifestyle local national international
	share follow print email tweet comment comments published updated posted by at min mins minute minutes ago today yesterday january february march april june july august september october november december
	monday tuesday wednesday thursday friday saturday sunday am pm est edt gmt utc getty images reuters afp photo image file credit source breaking exclusive analysis interview report press release
	newsletter subscribe sign log menu search contact privacy policy terms facebook twitter whatsapp telegram instagram youtube linkedin
	der die das ein eine und oder im am zum zur bei mit aus le les la des du au aux et ou un une el los las y en con por para
	union kingdom states republic government ministry university institute council committee foundation center centre department office bank company group party
	key takeaways takeaway highlights features findings basics solution solutions methodologies resources update letztes vorheriges weiter start show caption profilbild mira también más lo ver understanding tutorial guide guides tips request challenge
	über autor autorin author autore auteur ver redaktion startseite impressum datenschutz kontakt anzeige bildergalerie blog magazin test tests tipps serie profil
	в на и с по от для не о новости последние дня неделя политика общество экономика спорт культура мир видео фото
	ve ile için son bir xəbər xəbərlər siyasət iqtisadiyyat cəmiyyət idman`)

// nearDateline says that a line with a date stands within two lines of line i.
func (p *paste) nearDateline(i int) bool {
	for j := max(0, i-2); j <= i+2 && j < len(p.lines); j++ {
		if j != i && p.lines[j].Words() <= 20 && len(dates.Find(p.lines[j].Text, p.lang, p.dateOptions())) > 0 {
			return true
		}
	}
	return false
}

// signature reads the short lines under the last paragraph: the author's name,
// then the publisher that the text was taken from, or "Source: …".
func (p *paste) signature() {
	d := p.doc
	// The last paragraph is the last body line that reads like one.
	last := p.bottom - 1
	for last >= p.top && last > p.bottom-6 && (p.part[last] != body || !p.lines[last].Prose()) {
		last--
	}
	if last < p.top || !p.lines[last].Prose() {
		return
	}
	person := -1
	for i := last + 1; i < len(p.lines) && i <= last+6; i++ {
		l := &p.lines[i]
		if l.Words() > 30 || l.Whole&(line.Related|line.Comment|line.Share|line.Nav) != 0 {
			break
		}
		t := strings.TrimSpace(strings.TrimLeft(l.Text, "—–-©"))
		switch {
		case l.Start&line.Reprint != 0 || l.Start&line.By == 0 && reprintLead(t) != "":
			if pub := publisherIn(t); pub != "" && !p.isSite(pub) {
				d.Set(&d.OriginalPublisher, "original_publisher", pub, document.FromText, 0.8)
				p.meta(i)
			}
		case person < 0 && i <= last+2 && l.Start&line.By != 0 && l.Words() <= 8 && len(p.namesIn(t)) > 0:
			if len(d.Byline) == 0 {
				for _, n := range p.namesIn(t) {
					p.author(n, 0.8)
				}
			}
			p.meta(i)
			person = i
		case person < 0 && isPerson(t) && l.Repeats() == 1 && (l.BlankBefore || l.BlankAfter) && !p.isSite(t):
			if len(d.Byline) == 0 || p.doc.OriginOf["byline"] == "" {
				p.author(t, 0.8)
			} else if !same(d.Byline[0], t) {
				return
			}
			person = i
			p.meta(i)
		case person >= 0 && i == person+1 && l.Words() <= 4 && l.Whole == 0 && capitalised(t) && l.Repeats() == 1 && letterFirst(t) && l.Last() != '.' && !p.isSite(t) && !l.FileName() && (l.BlankBefore || l.BlankAfter):
			d.Set(&d.OriginalPublisher, "original_publisher", t, document.FromText, 0.7)
			p.meta(i)
			return
		case person < 0 && i == last+1 && l.Words() > 6:
			return
		default:
			if person >= 0 {
				return
			}
		}
	}
}

// namesIn gives the persons of a byline.
func (p *paste) namesIn(text string) []string {
	names, _ := p.bylineIn(text)
	var persons []string
	for _, n := range names {
		if isPerson(n) && !p.isSite(n) {
			persons = append(persons, n)
		}
	}
	return persons
}

// reprintLeads begin a line that names where a text was taken from.
var reprintLeads = []string{"source:", "sources:", "via:", "originally published by", "originally published in", "originally published on", "originally published at", "first published by", "first published in",
	"this article was originally published by", "this article was originally published in", "this article was originally published on", "this article was first published by",
	"this article was first published in", "this article was first published on", "this article originally appeared in", "this article originally appeared on", "this story was originally published by", "originally appeared in", "originally appeared on", "reprinted from", "republished from", "republished with permission from",
	"источник:", "по материалам", "оригинал:", "впервые опубликовано в", "перепечатано из", "kaynak:", "mənbə:", "quelle:", "zuerst erschienen in", "zuerst erschienen bei", "source :", "fuente:", "publicado originalmente en",
	"fonte:", "źródło:", "bron:", "来源：", "来源:"}

func reprintLead(s string) string {
	low := lower(s)
	best := ""
	for _, l := range reprintLeads {
		if strings.HasPrefix(low, l) && len(l) > len(best) {
			best = l
		}
	}
	return best
}

// publisherIn reads the publisher's name after a reprint lead.
func publisherIn(s string) string {
	lead := reprintLead(s)
	if lead == "" {
		return ""
	}
	rest := strings.TrimSpace(s[len(lead):])
	rest = strings.TrimPrefix(rest, "the ")
	for _, stop := range []string{". ", ", ", "; ", " (", " on ", " under ", " and ", " – ", " — ", " | "} {
		if i := strings.Index(rest, stop); i > 0 {
			rest = rest[:i]
		}
	}
	rest = strings.Trim(rest, " .\"“”«»")
	if n := len(strings.Fields(rest)); n == 0 || n > 6 || len(rest) > 60 {
		return ""
	}
	return rest
}

package webpage

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sourcebook/notebook/document"
)

// byline names the people who wrote the page, where its head says so. An author
// that is the site itself or its agency waits for what bylineNearby finds.
func (r *reader) byline() {
	s := &r.said
	if s.main != nil {
		r.setByline(s.named(s.main["author"], 0), document.FromJSONLD, 1)
		r.setByline(s.named(s.main["creator"], 0), document.FromJSONLD, 0.9)
	}
	for _, name := range []string{"article:author", "author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "citation_author", "article:author_name",
		"article.author", "creator", "cxenseparse:author", "article_author", "bt:author", "shareaholic:article_author_name", "rbauthors", "dc.contributor"} {
		origin := document.FromMeta
		if name == "article:author" {
			origin = document.FromOG
		}
		r.setByline(s.meta[name], origin, 0.9)
	}
	if s.credits != "" {
		r.setByline([]string{s.credits}, document.FromHTML, 0.9)
	}
	if n := r.first("twitter:data1"); n != "" && strings.Contains(strings.ToLower(r.first("twitter:label1")), "written") {
		r.setByline([]string{n}, document.FromMeta, 0.9)
	}
}

// setByline takes authors where none better are known.
func (r *reader) setByline(names []string, origin document.Origin, sure float64) bool {
	var out []string
	for _, n := range names {
		for _, p := range people(n) {
			if len(out) > 0 && notName(p) {
				continue // the post or the agency of the one before
			}
			if r.author(p) && !has(out, p) && len(out) < 20 {
				out = append(out, p)
			}
		}
	}
	if len(out) == 0 {
		return false
	}
	d := r.doc
	if len(out) == 1 && r.organisation(out[0]) {
		d.Candidates = append(d.Candidates, document.Candidate{Field: "byline", Value: out[0], Origin: origin, Confidence: 0.4})
		if r.deskName == "" {
			r.deskName, r.deskOrigin = out[0], origin
		}
		return false
	}
	v := strings.Join(d.Byline, "; ")
	if d.Set(&v, "byline", strings.Join(out, "; "), origin, sure) {
		d.Byline = out
		return true
	}
	return false
}

// organisation says whether a name is the site's own or a news agency's.
func (r *reader) organisation(name string) bool {
	f := strings.ReplaceAll(fold(name), " ", "")
	for _, s := range []string{r.doc.Site, r.doc.Publisher, hostLabel(r.host())} {
		if s = strings.ReplaceAll(fold(s), " ", ""); s != "" && (s == f || strings.TrimPrefix(s, "the") == strings.TrimPrefix(f, "the")) {
			return true
		}
	}
	return agencies[fold(name)]
}

// agencies supply text without being its author.
var agencies = map[string]bool{"reuters": true, "afp": true, "dpa": true, "ap": true, "associated press": true, "the associated press": true, "tass": true, "тасс": true,
	"ria novosti": true, "риа новости": true, "xinhua": true, "efe": true, "ansa": true, "pti": true, "ians": true, "ani": true, "anadolu ajansı": true, "aa": true,
	"tnn": true, "upi": true, "aap": true, "pa media": true, "press association": true, "ap news": true, "dts": true, "apa": true, "kna": true, "epd": true, "mti": true, "čtk": true,
	"ctk": true, "pap": true, "lusa": true, "agencies": true, "agencia": true, "yonhap": true, "jiji": true, "bernama": true, "irna": true, "unian": true, "уніан": true,
	"укринформ": true, "ukrinform": true, "azərtac": true, "азертадж": true, "iha": true, "dha": true, "anka": true, "agerpres": true, "cnn newsource": true, "ntb": true,
	"trend": true, "turan": true, "azertac": true, "interfax": true, "интерфакс": true, "kazinform": true, "sda": true, "tt": true, "belga": true, "kyodo": true, "staff": true}

func has(list []string, s string) bool {
	for _, e := range list {
		if strings.EqualFold(e, s) {
			return true
		}
	}
	return false
}

// authorName is the name within an element marked as author.
func authorName(n *html.Node) string {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && attr(d, "itemprop") == "name" {
			if c := attr(d, "content"); c != "" {
				return clean(c)
			}
			return textOf(d, 200)
		}
	}
	if c := attr(n, "content"); c != "" {
		return clean(c)
	}
	return partedText(n, 200)
}

// partedText is textOf where each element's text is a thing of its own, as
// those in a line of author, post and date are, though no space parts them.
func partedText(n *html.Node, limit int) string {
	var parts []string
	size := 0
	for d := range n.Descendants() {
		if d.Type == html.TextNode && size < limit && !within(d, n, unseen) {
			if t := clean(short(d.Data, limit)); t != "" {
				parts = append(parts, t)
				size += len(t)
			}
		}
	}
	return strings.Join(parts, " ")
}

// within says whether an element around n, up to top, is of a kind.
func within(n, top *html.Node, kind func(*html.Node) bool) bool {
	for p := n.Parent; p != nil && p != top; p = p.Parent {
		if kind(p) {
			return true
		}
	}
	return false
}

// bylineNearby looks for the author on the page itself: in elements marked as
// such, links to authors' pages, and lines that begin as bylines do.
func (r *reader) bylineNearby(keep []bool, at place) {
	// What is known already stays: these then only add candidates.
	r.bylineMarks(at)
	r.bylineLines(at)
	if len(r.doc.Byline) == 0 {
		r.signature(keep, at)
	}
	if len(r.doc.Byline) == 0 && r.deskName != "" {
		v := ""
		if r.doc.Set(&v, "byline", r.deskName, r.deskOrigin, 0.4) {
			r.doc.Byline = []string{r.deskName}
		}
	}
}

// signature reads the name under the text, and below it the outlet that the
// text was taken from, as reprints end: "Aygun Mammadova", "Caspian Review".
// Both are no part of the text: keep is changed.
func (r *reader) signature(keep []bool, at place) {
	if at.last < 0 {
		return
	}
	p := r.page
	line := func(i int) string {
		if i < 0 || i >= len(p.segs) {
			return ""
		}
		g := &p.segs[i]
		if g.hidden || g.control || heading(g.tag) || g.tag == atom.Li || g.runes > 50 || strings.ContainsAny(g.text, ".!?:;,\n|0123456789©") && !initials.MatchString(g.text) || p.elsewhere(g.box, at) {
			return ""
		}
		return g.text
	}
	for i := max(at.lead+1, at.last-3); i <= at.last+1; i++ {
		name := line(i)
		if n := len(strings.Fields(name)); n < 2 || n > 4 || r.nameLike(name) < 1.5 || !r.author(name) {
			continue
		}
		if !p.segs[i-1].good() && line(i-1) == "" {
			continue // it does not follow the text
		}
		if !r.setByline([]string{name}, document.FromText, 0.6) {
			continue
		}
		r.take(keep, i)
		if outlet := line(i + 1); outlet != "" && len(strings.Fields(outlet)) <= 5 && !r.organisation(outlet) && i+1 <= at.last+2 {
			r.doc.Set(&r.doc.OriginalPublisher, "original_publisher", outlet, document.FromText, 0.5)
			r.take(keep, i+1)
		}
		return
	}
}

// take leaves a segment out of the text, as it stands in the metadata.
func (r *reader) take(keep []bool, i int) {
	keep[i] = false
	if r.taken == nil {
		r.taken = map[int]bool{}
	}
	r.taken[i] = true
}

// initials are a name with shortened first names.
var initials = regexp.MustCompile(`^(?:\p{Lu}\. ?){1,2}\p{Lu}\p{L}+$`)

func (r *reader) bylineMarks(at place) {
	type found struct {
		text  string
		seg   int32
		score float64
	}
	var list []found
	for _, m := range r.page.marks {
		var base float64
		switch m.kind {
		case markAuthor:
			base = 3
		case markAuthorLink:
			base = 1.5
		case markAuthorName:
			base = 2
		default:
			continue
		}
		near := at.nearness(int(m.seg))
		if near == 0 && m.kind != markAuthor {
			continue
		}
		t := authorName(m.node)
		if t == "" || utf8.RuneCountInString(t) > 120 {
			continue
		}
		score := base + near
		if r.page.elsewhere(m.box, at) {
			score -= 4
		}
		names := people(t)
		if len(names) == 0 || !r.author(names[0]) {
			continue
		}
		for _, n := range names {
			score += r.nameLike(n) / float64(len(names))
		}
		if bylineIntro.MatchString(t) {
			score += 1.5
		}
		list = append(list, found{t, m.seg, score})
	}
	if len(list) == 0 {
		return
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].score > list[j].score })
	if list[0].score < 4 {
		return
	}
	texts := []string{list[0].text}
	for _, f := range list[1:] {
		if f.score >= list[0].score && f.seg-list[0].seg <= 2 && list[0].seg-f.seg <= 2 && !has(texts, f.text) {
			texts = append(texts, f.text)
		}
	}
	r.setByline(texts, document.FromHTML, min(0.9, list[0].score/12))
}

// bylineLines reads lines such as "By Aygun Mammadova" near the headline, and
// after the text.
func (r *reader) bylineLines(at place) {
	best, score := "", 0.0
	for i := range r.page.segs {
		g := &r.page.segs[i]
		near := at.nearness(i)
		if near < 1.5 || g.runes > 120 || g.control {
			continue
		}
		for _, line := range strings.Split(g.text, "\n") {
			m := bylineStart.FindString(line)
			if m == "" {
				continue
			}
			names := people(line)
			if len(names) == 0 || !r.author(names[0]) || r.nameLike(names[0]) <= 0 {
				continue
			}
			s := near + r.nameLike(names[0])
			if r.page.elsewhere(g.box, at) {
				s -= 3
			}
			if s > score {
				best, score = line, s
			}
		}
	}
	if score >= 2.5 {
		r.setByline([]string{best}, document.FromText, min(0.8, score/10))
	}
}

// nameLike grades how much s looks like the name of a person.
func (r *reader) nameLike(s string) float64 {
	w := strings.Fields(s)
	capital, small := 0, 0
	other := false
	for _, x := range w {
		c, _ := utf8.DecodeRuneInString(x)
		switch {
		case unicode.IsUpper(c) || unicode.IsTitle(c):
			capital++
		case particles[strings.ToLower(x)]:
		case unicode.IsLower(c):
			small++
		case unicode.IsLetter(c):
			other = true // a script without capitals
		default:
			small++
		}
	}
	switch {
	case r.organisation(s):
		return -1.5
	case other && len(w) <= 4:
		return 1
	case small == 0 && capital >= 2 && capital <= 5:
		return 1.5
	case small == 0 && capital == 1:
		return 0.3
	case small > 0 && capital == 0:
		return -1
	case small > 1:
		return -1.5
	}
	return 0
}

// particles stand uncapitalised within names.
var particles = map[string]bool{"de": true, "van": true, "von": true, "der": true, "den": true, "la": true, "le": true, "da": true, "dos": true, "di": true, "del": true,
	"al": true, "el": true, "bin": true, "ben": true, "ter": true, "zu": true, "af": true, "oğlu": true, "qızı": true, "y": true, "du": true, "das": true}

const introWords = `(?:written|posted|published|words|story|text|report|reporting|article|analysis|opinion|reviewed|contributed|edited|medically reviewed|fact checked|recipe|review|created|submitted|guest post|photos|by)\s+by|by|von|par|por|de|da|di|door|af|av|autor(?:in|en)?|auteurs?|autore|authors?|yazar|yazan|müəllif|müellif|автор(?:ы)?|текст|text|texte|testo|texto|kirjoittaja|skrevet av|publié par|posté par|geschrieben von|verfasst von|rédigé par|scritto da|escrito por|написал|подготовил[аи]?`

var (
	// bylineIntro are the words before the name in many languages.
	bylineIntro = regexp.MustCompile(`(?i)^(?:(?:` + introWords + `)\s*[:：]?\s+|(?:` + introWords + `|redaktion|redazione|reporter|著者|作者|文|撰文|記者|责任编辑|编辑|取材・文|執筆)\s*[:：/／|]\s*)`)
	// bylineStart is the same where nothing but the line itself says that it is
	// a byline, so without words that begin other lines too.
	bylineStart = regexp.MustCompile(`(?i)^(?:(?:written by|posted by|published by|words by|story by|text by|article by|by|von|par|por|door|автор(?:ы)?:?|yazan|yazar|müəllif|geschrieben von|verfasst von|rédigé par|escrito por|scritto da|text|autor(?:in)?|author|auteur|autore|yazar)(?:\s*[:：]\s*|\s+)\S|(?:著者|作者|文|撰文|記者|责任编辑|编辑|取材・文|執筆)\s*[:：/／]\s*\S)`)
	// bylineTail is what follows a name: a date, a handle, a reading time.
	bylineTail = regexp.MustCompile(`(?i)\s*(?:\B@[\w.]+|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bon\s+(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?\s+\d|\b\d{1,2}[./:-]\d|\b\d{1,2}\.?\s+\p{L}+\.?,?\s+(?:19|20)\d\d|\b\d+\s*(?:min|minutes?|hours?|days?|weeks?|months?|years?|comments?)\b|\b(?:last\s+)?(?:updated|published|posted|modified|aktualisiert|veröffentlicht)\b|(?:19|20)\d\d[年/-]|\bfor\s+[A-Z]|\bam\s+(?:\d|mo|di|mi|do|fr|sa|so)|\s[|•·–—]\s|\s-\s|\s\bvor\s+\d).*$`)
	// leadingDate stands before the name in some bylines.
	leadingDate = regexp.MustCompile(`(?i)^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|\p{L}{3,9}\.?\s+\d{1,2},?\s+\d{4}|\d{1,2}\.?\s+\p{L}{3,9}\.?,?\s+\d{4})[\s,|•·–—-]*`)
)

// nameSeparators stand between names.
var nameSeparators = regexp.MustCompile(`\s*(?:;|\||\s/\s|、|，|\s&\s|\s+(?:and|und|et|y|e|ve|və|и|en|og|och|with)\s+|•|\s·\s)\s*|,\s+(?:and\s+|und\s+|et\s+)?`)

// people parts a byline into names, without what introduces them.
func people(s string) []string {
	s = clean(s)
	if s == "" || utf8.RuneCountInString(s) > 300 {
		return nil
	}
	for range 3 {
		if m := leadingDate.FindString(s); m != "" && len(m) < len(s) {
			s = s[len(m):]
		}
		if m := bylineIntro.FindString(s); m != "" && len(m) < len(s) {
			s = strings.TrimSpace(s[len(m):])
		}
	}
	if i := strings.IndexAny(s, "(["); i > 2 {
		s = s[:i]
	}
	var out []string
	for _, p := range nameSeparators.Split(s, -1) {
		p = strings.TrimLeft(strings.TrimSpace(p), "&–—-•·,;:| ")
		if m := bylineTail.FindStringIndex(p); m != nil {
			p = p[:m[0]]
		}
		if m := roleWord.FindStringIndex(p); m != nil && len(out) == 0 && m[0] > 4 {
			p = p[:m[0]] // "Howard Blume Staff Writer"
		}
		p = strings.Trim(p, " ,.;:|-–—•·()[]\"“”/&*")
		if p == "" {
			continue
		}
		if len(out) > 0 && notName(p) {
			continue // a post, a place, an agency after the name
		}
		out = append(out, p)
	}
	return out
}

var roleWord = regexp.MustCompile(`(?i)\b(?:editor|reporter|writer|correspondent|staff|contributor|journalist|columnist|redakteur(?:in)?|redaktion|analyst|producer|chief|senior|associate|director|professor|ph\.?d|m\.?d|cpp|psp|mba|fellow|published|updated|min read|minutes?|ago|contributing|special to|manager|founder|ceo|cto|president|author|consultant|specialist|freelance|guest|business|news|post|posts|view|profile|twitter|facebook|instagram|linkedin|e-?mail|follow|alle artikel|all articles|archive)\b`)

// notName says whether a part after a name is something else.
func notName(s string) bool {
	if roleWord.MatchString(s) || agencies[fold(s)] {
		return true
	}
	for _, r := range s {
		if unicode.IsDigit(r) {
			return true
		}
	}
	return false
}

// emptyAuthors are what publishing systems write where no one is named.
var emptyAuthors = map[string]bool{"admin": true, "administrator": true, "user": true, "username": true, "guest": true, "anonymous": true, "unknown": true,
	"null": true, "undefined": true, "none": true, "author": true, "the author": true, "autor": true, "webmaster": true, "editor": true, "root": true, "n a": true, "lesedauer": true,
	"test": true, "name": true, "false": true, "true": true, "object object": true, "by": true, "staff": true, "staff writer": true, "wordpress": true, "siteadmin": true,
	"see full bio": true, "edit your profile": true, "about the author": true, "view all posts": true, "more": true, "posts": true, "follow": true, "authors": true, "all posts": true,
	"written by": true, "posted by": true, "super user": true, "view profile": true, "profile": true, "read more": true, "login": true, "sign in": true, "share": true, "redaktion": false,
	"my account": true, "about": true, "contact": true, "our team": true, "team": true, "home": true, "website": true, "bio": true, "see more": true, "author info": true, "biography": true}

// author says whether s can be the name of an author.
func (r *reader) author(s string) bool {
	n := utf8.RuneCountInString(s)
	f := fold(s)
	if n < 2 || n > 80 || f == "" || emptyAuthors[f] || strings.Contains(s, "://") || strings.HasPrefix(s, "www.") || strings.Count(s, " ") > 7 {
		return false
	}
	if strings.Contains(s, "/") && !strings.Contains(s, " ") || strings.Contains(s, "{{") || strings.Contains(s, "@") && strings.Contains(s, ".") {
		return false
	}
	digits := 0
	for _, c := range s {
		if unicode.IsDigit(c) {
			digits++
		}
	}
	return digits*2 < n && r.parseDate(s) == ""
}

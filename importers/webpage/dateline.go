package webpage

import (
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

// parseDate reads a date that a machine or a person wrote for the page, no
// later than the capture.
func (r *reader) parseDate(s string) document.Date {
	d, ok := dates.Parse(s, r.said.lang, dates.Options{From: 1994})
	if !ok || !r.past(d) {
		return ""
	}
	return d
}

// timeAttrs hold a moment for machines, in the order in which they are believed.
var timeAttrs = []string{"datetime", "content", "data-datetime", "data-timestamp", "data-date", "data-time", "data-utime", "data-published", "created-timestamp", "timestamp", "ts", "title"}

// machineDate reads a date from an attribute, where it may also be the seconds or
// milliseconds since 1970.
func (r *reader) machineDate(s string) document.Date {
	if len(s) == 10 || len(s) == 13 {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			if len(s) == 13 {
				n /= 1000
			}
			if d := dates.Of(time.Unix(n, 0).UTC()); r.past(d) && d >= "1994" && d < "2100" {
				return d
			}
			return ""
		}
	}
	return r.parseDate(s)
}

// past says whether a date is not after the capture, with a day to spare for
// time zones.
func (r *reader) past(d document.Date) bool {
	t := r.o.Received
	if t.IsZero() {
		t = r.said.saved.date
	}
	if t.IsZero() {
		return true
	}
	return string(d) <= t.AddDate(0, 0, 2).Format("2006-01-02")
}

func (r *reader) published() {
	d, s := r.doc, &r.said
	set := func(field *document.Date, name, value string, origin document.Origin, sure float64) {
		v := string(*field)
		if name == "published" && v == "" {
			value = strings.TrimSpace(value)
			r.universal = strings.HasSuffix(value, "Z") || strings.HasSuffix(value, "+00:00") || strings.HasSuffix(value, "+0000")
		}
		if d.Set(&v, name, string(r.parseDate(value)), origin, sure) {
			*field = document.Date(v)
		}
	}
	if s.main != nil {
		set(&d.Published, "published", s.main.text("datePublished"), document.FromJSONLD, 1)
		set(&d.Published, "published", s.main.text("dateCreated"), document.FromJSONLD, 0.8)
		set(&d.Modified, "modified", s.main.text("dateModified"), document.FromJSONLD, 1)
	}
	set(&d.Published, "published", r.first("article:published_time", "og:article:published_time", "og:published_time"), document.FromOG, 1)
	set(&d.Modified, "modified", r.first("article:modified_time", "og:updated_time"), document.FromOG, 0.9)
	for _, name := range []string{"datepublished", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "published_time",
		"date.issued", "dc.date.issued", "dcterms.created", "dcterms.issued", "dc.date", "dcterms.date", "citation_publication_date", "citation_date", "cxenseparse:recs:publishtime",
		"article.published", "article_date_original", "original-publication-date", "ptime", "date", "dc.date.created", "displaydate", "created", "datecreated", "rnews:datepublished", "publication_date", "pub_date"} {
		none := d.Published == ""
		set(&d.Published, "published", r.first(name), document.FromMeta, 0.9)
		r.vague = r.vague || none && d.Published != "" && (name == "date" || strings.HasPrefix(name, "dc") || strings.HasPrefix(name, "created"))
	}
	if d.Published == "" {
		for _, name := range slices.Sorted(maps.Keys(s.meta)) { // a site's own name for it
			if datedName.MatchString(name) && !hasAny(name, modifiedWords) {
				set(&d.Published, "published", r.first(name), document.FromMeta, 0.6)
			}
		}
	}
	for _, name := range []string{"datemodified", "last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "article.updated", "revised"} {
		set(&d.Modified, "modified", r.first(name), document.FromMeta, 0.8)
	}
}

// datedName is the name of a meta element that may hold the day of publication.
var datedName = regexp.MustCompile(`publish(?:ed)?(?:$|[^a-z]|date|time|on|at)|pubdate|uploaded|date_?created|created(?:_?at|_?date)|issued`)

// These words say what the date beside them is. All stand in lower case; a text
// is looked through in lower case too, as that is far cheaper than a regular
// expression that ignores case.
var (
	publishedWords = []string{"publi", "posted", "released", "erschienen", "veröffentlicht", "erstellt", "опубликовано", "yayın", "dərc", "pubblicat", "geplaatst", "投稿", "公開", "発布", "发布", "written", "created"}
	datedWords     = []string{"date", "datum", "fecha", "data", "tarih", "tarix", "дата"} // whole ones
	modifiedWords  = []string{"updat", "modifi", "aktualisiert", "last edit", "last chang", "last review", "geändert", "обновлено", "güncelle", "yenilən", "mis à jour", "actualizad", "atualizad", "aggiornat", "更新", "revis"}
	otherWords     = []string{"©", "copyright", "all rights", "since ", "event", "deadline", "expires", "joined", "member since", "registered", "accessed", "retrieved", "born", "geboren"}
)

// hasAny says whether s, in lower case, has one of the words in it.
func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// hasWhole is hasAny for words that no letter, digit or underscore stands beside.
func hasWhole(s string, words []string) bool {
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(s[from:], w)
			if i < 0 {
				break
			}
			i += from
			before, _ := utf8.DecodeLastRuneInString(s[:i])
			after, _ := utf8.DecodeRuneInString(s[i+len(w):])
			if !partOfWord(before) && !partOfWord(after) {
				return true
			}
			from = i + len(w)
		}
	}
	return false
}

func partOfWord(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// publishedNearby looks for the date on the page itself: in elements with a
// machine-readable date and in short texts, those near the headline first.
func (r *reader) publishedNearby(at place) {
	d := r.doc
	type found struct {
		date     document.Date
		origin   document.Origin
		score    float64
		modified bool
	}
	var best, revised found
	seen := map[document.Date]bool{}
	consider := func(f found) {
		if len(f.date) != 10 || !r.past(f.date) {
			return
		}
		if !seen[f.date] && f.score >= 2 && len(seen) < 12 {
			seen[f.date] = true
			name := "published"
			if f.modified {
				name = "modified"
			}
			d.Candidates = append(d.Candidates, document.Candidate{Field: name, Value: string(f.date), Origin: f.origin, Confidence: min(0.9, f.score/10)})
		}
		if f.modified {
			if f.score > revised.score {
				revised = f
			}
			return
		}
		if f.score > best.score {
			best = f
		}
	}
	for _, m := range r.page.marks {
		if m.kind != markTime && m.kind != markDate {
			continue
		}
		f := found{origin: document.FromHTML, score: at.nearness(int(m.seg))}
		if f.score == 0 && len(r.page.marks) > 60 {
			continue
		}
		n := m.node
		if m.kind == markTime {
			f.score += 2
			for _, key := range timeAttrs {
				if value := attr(n, key); value != "" {
					if f.date = r.machineDate(value); f.date != "" {
						break
					}
				}
			}
		} else {
			f.score++
			for _, key := range []string{"content", "title"} { // the second as hAtom has it
				if value := attr(n, key); value != "" && f.date == "" {
					f.date = r.parseDate(value)
				}
			}
		}
		shown := ""
		if f.date == "" {
			shown = textOf(n, 200)
			if len(shown) > 160 || shown == "" {
				continue
			}
			f.date = r.parseDate(shown)
			if f.date == "" {
				if in := r.datesIn(shown); len(in) > 0 {
					f.date = in[0].Date
				}
			}
		}
		if f.date == "" {
			continue
		}
		if shown == "" {
			shown = textOf(n, 200)
		}
		what := attr(n, "itemprop") + " " + attr(n, "class") + " " + attr(n, "property") + " " + shown
		if n.PrevSibling != nil && n.PrevSibling.Type == html.TextNode {
			what += " " + n.PrevSibling.Data
		}
		what = strings.ToLower(what)
		published := hasAny(what, publishedWords)
		f.modified = !published && hasAny(what, modifiedWords)
		if published || !f.modified && hasWhole(what, datedWords) {
			f.score++
		}
		if r.page.elsewhere(m.box, at) {
			f.score -= 4
		}
		consider(f)
	}
	for i := range r.page.segs {
		near := at.nearness(i)
		g := &r.page.segs[i]
		text := g.text
		opens := at.lead >= 0 && i > at.lead && i <= at.lead+2 // under a standfirst
		if (i == at.lead || i == at.first || opens) && g.runes > 300 {
			if r := []rune(text[:min(len(text), 400)]); len(r) > 40 { // a dateline before the first sentence
				text = string(r[:40])
			}
		} else if g.runes > 300 || near == 0 && g.runes > 80 || g.control {
			continue
		}
		if !strings.ContainsAny(text, "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹") {
			continue
		}
		in := r.datesIn(text)
		if len(in) == 0 {
			continue
		}
		score := near
		if g.runes < 60 {
			score++
		} else if len(text) < len(g.text) && (in[0].Start > 12 || opens && in[0].Start > 1) {
			continue
		}
		if r.page.elsewhere(g.box, at) {
			score -= 2.5
		}
		if hasAny(strings.ToLower(text), otherWords) {
			score -= 3
		}
		if g.hidden {
			score--
		}
		if g.linkRunes*2 > g.runes && g.runes > 40 {
			score -= 2
		}
		for k, x := range in {
			if x.Precision != document.Day || x.YearInferred {
				continue
			}
			r0, r1 := max(0, x.Start-40), x.Start
			before := strings.ToLower(string([]rune(text)[r0:r1]))
			f := found{date: x.Date, origin: document.FromText, score: score}
			published := hasAny(before, publishedWords)
			f.modified = !published && hasAny(before, modifiedWords)
			if published || !f.modified && hasWhole(before, datedWords) {
				f.score += 1.5
			}
			if k > 0 {
				f.score -= 0.5
			}
			consider(f)
		}
	}
	r.settle(best.date, best.origin, best.score)
	if best.score >= 2.5 {
		r.setPublished(best.date, best.origin, min(0.9, best.score/10))
	}
	if u := r.dateInAddress(); u != "" {
		r.setPublished(u, document.FromURL, 0.5)
	}
	for _, o := range r.said.objects {
		if v := r.parseDate(o.text("datePublished")); v != "" && !o.is("Comment", "Review", "UserComments", "Answer") {
			r.setPublished(v, document.FromJSONLD, 0.5)
			break
		}
	}
	if best.score >= 1 {
		r.setPublished(best.date, best.origin, 0.3)
	}
	if revised.score >= 2.5 && d.Published == "" {
		// the only day that the page shows: who cites it, cites it by that
		r.setPublished(revised.date, revised.origin, 0.3)
	}
	if revised.score >= 2.5 {
		v := string(d.Modified)
		if d.Set(&v, "modified", string(revised.date), revised.origin, min(0.9, revised.score/10)) {
			d.Modified = document.Date(v)
		}
	}
}

// settle weighs the day that the page shows near its text against the one that
// its head states. The head is believed but where one of five things speaks
// against it; the reader of the page has seen only what it shows.
func (r *reader) settle(shown document.Date, origin document.Origin, score float64) {
	d := r.doc
	stated, by, inAddress := d.Published, d.OriginOf["published"], r.dateInAddress()
	if len(stated) != 10 {
		return
	}
	take := func(day document.Date, from document.Origin) {
		d.Published = day
		d.OriginOf["published"] = from
	}
	if r.universal && inAddress != "" && shown != stated && neighbours(inAddress, stated) {
		take(inAddress, document.FromURL) // the site counts its days elsewhere
		return
	}
	if len(shown) != 10 || shown == stated || inAddress == stated {
		return
	}
	swapped := shown[:4] == stated[:4] && shown[5:7] == stated[8:] && shown[8:] == stated[5:7]
	switch {
	case r.universal && score >= 4 && neighbours(shown, stated):
		// the same moment, in the zone of the site's readers
	case swapped:
		if by != document.FromMeta || score < 4 {
			return // a machine's date is not to be had wrong, a meta element's is
		}
	case score < 4:
		return
	case by == document.FromJSONLD && r.alsoStated(shown):
		// two against one
	case score < 6:
		return
	case by == document.FromMeta && (r.vague || shown < stated):
		// what is called "date" may be any
	case shown < stated && d.Modified != "" && stated >= d.Modified:
		// the day of the last change under another name
	default:
		return
	}
	take(shown, origin)
}

// neighbours says whether one day follows the other.
func neighbours(a, b document.Date) bool {
	x, err1 := time.Parse("2006-01-02", string(a))
	y, err2 := time.Parse("2006-01-02", string(b))
	return err1 == nil && err2 == nil && x.Sub(y).Abs() == 24*time.Hour
}

// alsoStated says whether the page's OpenGraph elements state a day.
func (r *reader) alsoStated(day document.Date) bool {
	for _, c := range r.doc.Candidates {
		if c.Field == "published" && c.Origin == document.FromOG && c.Value == string(day) {
			return true
		}
	}
	return false
}

func (r *reader) setPublished(date document.Date, origin document.Origin, sure float64) {
	v := string(r.doc.Published)
	if r.doc.Set(&v, "published", string(date), origin, sure) {
		r.doc.Published = document.Date(v)
	}
}

func (r *reader) datesIn(s string) []dates.Found {
	return dates.Find(s, r.said.lang, dates.Options{From: 1994})
}

var addressDate = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/._-]|$)|[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[/._-]|$)`)

// wordedAddressDate is one with the month's name: /2023/nov/8/.
var wordedAddressDate = regexp.MustCompile(`(?i)/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(0?[1-9]|[12]\d|3[01])(?:[/._-]|$)`)

// dateInAddress reads the day that many sites put into an article's address.
func (r *reader) dateInAddress() document.Date {
	for _, s := range []string{r.doc.CanonicalURL, r.doc.URL} {
		u, err := url.Parse(s)
		if err != nil {
			continue
		}
		m := addressDate.FindStringSubmatch(u.Path)
		if m == nil {
			if m = wordedAddressDate.FindStringSubmatch(u.Path); m != nil {
				if d := r.parseDate(m[3] + " " + m[2] + " " + m[1]); len(d) == 10 {
					return d
				}
			}
			continue
		}
		y, mo, day := m[1], m[2], m[3]
		if y == "" {
			y, mo, day = m[4], m[5], m[6]
		}
		if d := r.parseDate(y + "-" + two(mo) + "-" + two(day)); d != "" {
			return d
		}
	}
	return ""
}

func two(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

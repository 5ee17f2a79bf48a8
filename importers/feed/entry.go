package feed

import (
	"context"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// value is a text of a feed, which may be markup.
type value struct {
	text  string
	base  string // the address that links in it are relative to
	html  bool   // it is said to be markup, or has elements
	plain bool   // it is said to be text
}

var tag = regexp.MustCompile(`<(?:/?[A-Za-z][^<>]*|!--.*?--)>`)

// markup says whether the text is to be read as HTML.
func (v value) markup() bool { return v.html || !v.plain && tag.MatchString(v.text) }

// line is the text in one line, without markup.
func (v value) line() string {
	s := v.text
	if v.markup() {
		s = html.UnescapeString(tag.ReplaceAllString(s, " "))
	} else if !v.plain && strings.Contains(s, "&") {
		s = html.UnescapeString(s) // escaped twice, as many feeds have it
	}
	return strings.Join(strings.Fields(s), " ")
}

// blocks reads the text.
func (v value) blocks(ctx context.Context, base string) (webpage.Content, error) {
	if v.markup() {
		return webpage.Blocks(ctx, v.text, resolve(base, v.base))
	}
	s := v.text
	if !v.plain && strings.Contains(s, "&") {
		s = html.UnescapeString(s)
	}
	var blocks []document.Block
	for _, p := range blankLine.Split(s, -1) {
		lines := strings.Split(p, "\n")
		for i, l := range lines {
			lines[i] = strings.Join(strings.Fields(l), " ")
		}
		if p = strings.TrimSpace(strings.Join(lines, "\n")); p != "" {
			blocks = append(blocks, document.Block{Kind: document.Paragraph, Text: p})
		}
	}
	return webpage.Content{Blocks: blocks}, nil
}

var blankLine = regexp.MustCompile(`\r?\n[ \t]*\r?\n\s*`)

// entry is one entry as the feed has it.
type entry struct {
	raw                                string
	id, title, link, permalink, origin string
	linkHTML                           bool
	published, dated, modified         string
	authors                            []string
	speaker                            string // of a podcast
	content, summary, other            value
	section, source, sourceURL         string
	lang, base                         string
	image                              string
	thumbnail                          bool // image is only a small one
	enclosures                         []Enclosure
}

func (e *entry) enclose(x Enclosure) {
	if len(e.enclosures) < maxList {
		e.enclosures = append(e.enclosures, x)
	}
}

func (e *entry) author(s string) {
	if s != "" && len(e.authors) < maxList {
		e.authors = append(e.authors, s)
	}
}

// rssAuthor is an author as RSS wants it: "ann@example.org (Ann Quay)".
var rssAuthor = regexp.MustCompile(`^\S+@\S+\s*\((.+)\)$`)

// publishedBy is the line that publishing systems put under every entry.
var publishedBy = regexp.MustCompile(`(?i)^(?:the post .* (?:appeared first on|first appeared on) .*|(?:запись|сообщение) .* (?:впервые появил\p{L}+|появились сначала) на .*|der beitrag .* erschien zuerst auf .*|l[’']article .* est apparu en premier sur .*|la entrada .* (?:se publicó primero|aparece primero) en .*|.* yazısı ilk önce .* üzerinde ortaya çıktı\.?|.* ilk olarak .* üzerinde göründü\.?|l[’']articolo .* (?:proviene da|sembra essere il primo su) .*)$`)

// goOn leads from a summary to the whole text.
var goOn = regexp.MustCompile(`(?i)^[\s\[(«]*(?:continue reading|read (?:more|the (?:rest|full (?:story|article)))|keep reading|more|weiterlesen|lire la suite|leer más|seguir leyendo|читать (?:далее|дальше|полностью)|подробнее|devamını oku|davamı|ardını oxu)\b.{0,120}$`)

// item makes a document of an entry. Its Document is nil where nothing stands in
// the entry.
func (e *entry) item(ctx context.Context, f *Feed, o Options) (Item, error) {
	it := Item{ID: e.id, Raw: e.raw}
	d := &document.Document{Kind: document.Article, OriginOf: map[string]document.Origin{}}
	from := o.URL
	if isAddress(f.URL) {
		from = f.URL
	}
	address := e.link
	if address == "" {
		address = e.permalink
	}
	if address == "" && isAddress(e.id) {
		address = e.id
	}
	if address != "" {
		address = resolve(from, resolve(resolve(o.URL, e.base), address))
		if isAddress(address) {
			d.Set(&d.URL, "url", address, document.FromMeta, 1)
			from = address
		}
	}
	if isAddress(e.origin) {
		d.Set(&d.CanonicalURL, "canonical_url", e.origin, document.FromMeta, 1)
	}
	if e.image != "" {
		it.Image = resolve(from, e.image)
	}
	for _, x := range e.enclosures {
		it.Enclosures = append(it.Enclosures, Enclosure{resolve(from, x.URL), x.MediaType})
	}
	title := e.title
	if e.source != "" {
		title = strings.TrimSuffix(strings.TrimSuffix(title, e.source), " - ")
		if title == "" {
			title = e.title
		}
		d.Set(&d.Site, "site", e.source, document.FromMeta, 0.9)
	}
	d.Set(&d.Title, "title", title, document.FromMeta, 1)
	d.Set(&d.Site, "site", f.Title, document.FromMeta, 0.8)
	d.Set(&d.Section, "section", e.section, document.FromMeta, 0.6)
	e.setAuthors(d, f)
	e.setDates(d, o)
	if err := e.text(ctx, d, from); err != nil {
		return Item{}, err
	}
	if d.Title == "" && len(d.Blocks) == 0 {
		return Item{}, nil
	}
	declared := e.lang
	if declared == "" {
		declared = f.Lang
	}
	d.Finish()
	if d.Lang = language.Check(declared, d.Title+"\n"+d.Text); d.Lang != language.Undetermined {
		d.OriginOf["lang"] = document.FromText
		if language.Primary(declared) == d.Lang {
			d.OriginOf["lang"] = document.FromMeta
		}
	}
	it.Document = d
	return it, nil
}

func (e *entry) setAuthors(d *document.Document, f *Feed) {
	list := e.authors
	if len(list) == 0 && e.speaker != "" {
		list = []string{e.speaker}
	}
	var names []string
	for _, a := range list {
		if m := rssAuthor.FindStringSubmatch(a); m != nil {
			a = m[1]
		}
		for _, n := range webpage.Authors(a) {
			if !strings.EqualFold(n, f.Title) && !contains(names, n) {
				names = append(names, n)
			}
		}
	}
	v := strings.Join(names, "; ")
	var byline string
	if d.Set(&byline, "byline", v, document.FromMeta, 0.9) {
		d.Byline = names
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (e *entry) setDates(d *document.Document, o Options) {
	read := func(field *document.Date, name, stated string, sure float64) {
		day, ok := dates.Parse(stated, "en", dates.Options{Order: dates.DayFirst})
		if !ok || !o.Received.IsZero() && string(day) > o.Received.AddDate(0, 0, 2).Format("2006-01-02") {
			return
		}
		v := string(*field)
		if d.Set(&v, name, string(day), document.FromMeta, sure) {
			*field = document.Date(v)
		}
		if stated != string(day) { // with its hour and zone
			d.Candidates = append(d.Candidates, document.Candidate{Field: name, Value: stated, Origin: document.FromMeta, Confidence: sure})
		}
	}
	read(&d.Published, "published", e.published, 1)
	read(&d.Published, "published", e.dated, 0.9)
	read(&d.Modified, "modified", e.modified, 1)
	if d.Published == "" && e.modified != "" {
		// Atom obliges an entry only to say when it was last changed.
		read(&d.Published, "published", e.modified, 0.5)
	}
}

// text makes the blocks, and the standfirst where the entry has both.
func (e *entry) text(ctx context.Context, d *document.Document, base string) error {
	full, short := e.content, e.summary
	if short.text == "" {
		short = e.other
	}
	only := false
	if strings.TrimSpace(full.text) == "" {
		full, short, only = short, value{}, true
	}
	c, err := full.blocks(ctx, base)
	if err != nil {
		return err
	}
	blocks := c.Blocks
	d.Images = c.Images
	d.Warnings = append(d.Warnings, c.Warnings...)
	shortened := false
	for n := len(blocks); n > 0; n = len(blocks) {
		text := blocks[n-1].Text
		switch {
		case publishedBy.MatchString(text):
			d.Dropped = append(d.Dropped, document.Dropped{Reason: document.Footer, Text: text})
		case goOn.MatchString(text) && len(blocks[n-1].Links) > 0:
			d.Dropped = append(d.Dropped, document.Dropped{Reason: document.Navigation, Text: text})
			shortened = true
		default:
			n = 0
		}
		if n == 0 {
			break
		}
		blocks = blocks[:n-1]
	}
	if len(blocks) > 1 && blocks[0].Kind == document.Heading && same(blocks[0].Text, d.Title) {
		d.Dropped = append(d.Dropped, document.Dropped{Reason: document.Repeated, Text: blocks[0].Text})
		blocks[0].Text = "" // its place stays, for those of the pictures
	}
	if len(blocks) > 0 {
		shortened = shortened || cutOff.MatchString(blocks[len(blocks)-1].Text)
	}
	d.Blocks = blocks
	if shortened || only && len(blocks) > 0 && utf8.RuneCountInString(document.Canonical(blocks)) < 400 {
		d.Warnings = append(d.Warnings, "the feed holds only the beginning or a summary of this entry; fetch its page for the whole text")
	}
	if s := short.line(); s != "" && utf8.RuneCountInString(s) <= 600 && !cutOff.MatchString(s) && !publishedBy.MatchString(s) && !strings.Contains(flat(blocks), flatten(s)) {
		d.Set(&d.Standfirst, "standfirst", s, document.FromMeta, 0.8)
	}
	return nil
}

// cutOff ends a text that goes on elsewhere.
var cutOff = regexp.MustCompile(`(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\])\s*$`)

func same(a, b string) bool { return flatten(a) == flatten(b) }

func flatten(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func flat(blocks []document.Block) string {
	return flatten(document.Canonical(blocks[:min(len(blocks), 3)]))
}

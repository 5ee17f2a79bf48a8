// Package post reads posts of X, Telegram, Facebook, Mastodon and Bluesky: who
// wrote one, the handle, the day, the text, a quoted or forwarded post, and the
// links. ReadText reads the text that copying a post gives, ReadPage a page that
// was saved, Each all posts of a channel's page.
//
// ReadText says with ok=false that a text is no post. It asks for a shape that
// articles do not have, such as a name over a handle over a date, since it is
// asked about every pasted text.
package post

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/notebook/document"
)

// Options say what the text itself does not.
type Options struct {
	URL      string    // where it came from; may be empty
	Received time.Time // when it was received: bounds dates without a year and "2h"
}

// longest bounds a post in bytes, and mostLines in lines. Telegram's own bound
// is 4,096 characters and X's 25,000.
const (
	longest   = 120 << 10
	mostLines = 2000
)

// read is what a layout found.
type read struct {
	site, name, handle string
	date               document.Date
	dated              bool // a date stood there, even if its year is not known
	body               []string
	quoted             *read
	forwarded          string
	dropped            []string
	address            string

	// Of a saved page:
	text   *html.Node // the element of the text, read last since reading changes it
	base   string     // the address that links in it are relative to
	pre    bool       // line breaks in it count
	blocks []document.Block
	origin document.Origin
	stated string // the date as it stands there, with its zone
}

// ReadText reads a post. ok is false where text is none.
func ReadText(text string, o Options) (*document.Document, bool) {
	if len(text) > longest || strings.TrimSpace(text) == "" {
		return nil, false
	}
	lines := split(text)
	if len(lines) > mostLines {
		return nil, false
	}
	for _, layout := range []func([]string, Options) (*read, bool){telegramCopy, xTitle, xPage, telegramPage, facebookPage, signed} {
		if r, ok := layout(lines, o); ok && len(strings.TrimSpace(strings.Join(r.body, ""))) > 0 {
			return r.document(o), true
		}
	}
	return nil, false
}

// split cuts text into lines without marks of direction.
func split(text string) []string {
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(strings.Map(func(r rune) rune {
			switch {
			case r == '\u200e' || r == '\u200f' || r == '\u202a' || r == '\u202c' || r == '\u2066' || r == '\u2069' || r == '\ufeff':
				return -1
			case unicode.Is(unicode.Zs, r):
				return ' '
			}
			return r
		}, l))
	}
	return lines
}

// document turns what was read into a document.
func (r *read) document(o Options) *document.Document {
	d := &document.Document{Kind: document.Post, Site: r.site, Publisher: r.site, URL: o.URL, OriginOf: map[string]document.Origin{}}
	if d.URL == "" {
		d.URL = r.address
	}
	d.Blocks = r.blocks
	if d.Blocks == nil {
		d.Blocks = paragraphs(r.body, document.Paragraph)
	}
	if r.forwarded != "" {
		d.OriginalPublisher = r.forwarded
		d.OriginOf["original_publisher"] = document.FromText
	}
	if q := r.quoted; q != nil {
		head := q.name
		if q.handle != "" {
			head += " (" + q.handle + ")"
		}
		if q.date != "" {
			head += ", " + string(q.date)
		}
		quote := strings.TrimSpace(strings.Join(nonEmpty(q.body), "\n"))
		if quote != "" {
			text := strings.TrimPrefix(head+": "+quote, ": ")
			d.Blocks = append(d.Blocks, document.Block{Kind: document.Quote, Level: 1, Text: text, Links: linksIn(text)})
		}
	}
	if r.name != "" || r.handle != "" {
		author := r.name
		if author == "" {
			author = r.handle
		}
		d.Byline = []string{author}
		d.OriginOf["byline"] = document.FromText
		d.SharedBy = &document.SharedBy{Name: r.name, Handle: r.handle, Date: r.date}
	}
	byID, stated := dayOfID(d.URL, o.Received)
	if byID == "" {
		byID, stated = dayOfID(r.address, o.Received)
	}
	if r.date != "" {
		d.Published = r.date
		d.OriginOf["published"] = document.FromText
	} else if byID != "" {
		d.Published = byID
		d.OriginOf["published"] = document.FromURL
		d.Candidates = append(d.Candidates, document.Candidate{Field: "published", Value: stated, Origin: document.FromURL, Confidence: 0.9})
		if d.SharedBy != nil {
			d.SharedBy.Date = byID
		}
	} else if r.dated {
		d.Warnings = append(d.Warnings, "the day of the post is not known: its date has no year, or counts from a moment that is not known")
	}
	d.Title = headline(r.body)
	d.OriginOf["title"] = document.FromText
	if drop := strings.TrimSpace(strings.Join(r.dropped, "\n")); drop != "" {
		d.Dropped = append(d.Dropped, document.Dropped{Reason: document.Share, Text: drop})
	}
	d.Finish()
	d.Lang = language.Detect(d.Text)
	return d
}

// paragraphs parts lines at blank ones. Lines of one paragraph stay lines.
func paragraphs(lines []string, kind document.BlockKind) []document.Block {
	var blocks []document.Block
	var now []string
	flush := func() {
		if text := strings.Join(now, "\n"); text != "" {
			blocks = append(blocks, document.Block{Kind: kind, Text: text, Links: linksIn(text)})
		}
		now = nil
	}
	for _, l := range lines {
		if l == "" {
			flush()
			continue
		}
		now = append(now, l)
	}
	flush()
	return blocks
}

func nonEmpty(lines []string) []string {
	var list []string
	for _, l := range lines {
		if l != "" {
			list = append(list, l)
		}
	}
	return list
}

// headline is the beginning of a post, whole words, at most some 100 characters.
func headline(lines []string) string {
	for _, l := range lines {
		if l == "" {
			continue
		}
		if utf8.RuneCountInString(l) <= 110 {
			return l
		}
		if i := strings.IndexAny(l, ".!?…"); i > 20 && utf8.RuneCountInString(l[:i]) <= 110 {
			_, size := utf8.DecodeRuneInString(l[i:])
			return l[:i+size]
		}
		r := []rune(l)[:100]
		cut := strings.LastIndexByte(string(r), ' ')
		if cut < 20 {
			cut = len(string(r))
		}
		return strings.TrimRight(string(r)[:cut], " ,;:–—-") + "…"
	}
	return ""
}

var address = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"“”«»]+|\b(?:t\.me|pic\.twitter\.com|youtu\.be|x\.com|twitter\.com)/[^\s<>"“”«»]+`)

// linksIn finds the addresses that stand in a post's text.
func linksIn(text string) []document.Link {
	links := []document.Link{}
	for _, m := range address.FindAllStringIndex(text, 200) {
		s := strings.TrimRight(text[m[0]:m[1]], ".,;:!?)]}'’…")
		start := utf8.RuneCountInString(text[:m[0]])
		u := s
		if !strings.Contains(u, "://") {
			u = "https://" + u
		}
		links = append(links, document.Link{Start: start, End: start + utf8.RuneCountInString(s), URL: u})
	}
	return links
}

// day reads the date of a post.
func day(s string, o Options) (document.Date, bool) {
	s = strings.Trim(s, " ·•|,—–-")
	if s == "" || utf8.RuneCountInString(s) > 60 {
		return "", false
	}
	lang := language.Detect(s)
	d, ok := dates.Parse(s, lang, dates.Options{Reference: dates.Of(o.Received), Now: o.Received})
	if ok {
		return d, true
	}
	if shortAgo.MatchString(s) {
		if o.Received.IsZero() {
			return "", true
		}
		m := shortAgo.FindStringSubmatch(s)
		n := 0
		for _, c := range m[1] {
			n = n*10 + int(c-'0')
		}
		unit := map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour,
			"с": time.Second, "мин": time.Minute, "ч": time.Hour, "д": 24 * time.Hour, "sa": time.Hour, "g": 24 * time.Hour}[strings.ToLower(m[2])]
		return dates.Of(o.Received.Add(-time.Duration(min(n, 10000)) * unit)), true
	}
	// A date without a year, and no moment to measure it against.
	if _, ok := dates.Parse(s, lang, dates.Options{Reference: "2096-12-31"}); ok {
		return "", true
	}
	return "", false
}

var shortAgo = regexp.MustCompile(`(?i)^(\d{1,3})\s?(s|m|h|d|w|с|мин|ч|д|sa|g)\.?$`)

package mail

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"sourcebook/importers/dates"
	"sourcebook/notebook/document"
)

// carried is the header of a message that stands within the text of another.
type carried struct {
	from    Address
	date    document.Date
	stated  string // the date as it stands there
	subject string
	at, end int  // its blocks, half-open, those of the marker above included
	level   int  // of quotation
	marked  bool // "Forwarded message" or the like stands above
}

var carriedField = regexp.MustCompile(`(?i)^[\s*>]*(?:(from|von|van|de|da|от|от кого|kimden|kimdən|göndərən|gönderen)|(date|sent|datum|gesendet|verzonden|envoyé|fecha|enviado(?: el)?|data|inviato|дата|отправлено|tarih|gönderilme tarihi|gönderildi|tarix|göndərildi)|(subject|betreff|onderwerp|objet|asunto|assunto|oggetto|тема|konu|mövzu)|(to|an|aan|à|para|a|кому|kime|kimə|cc|kopie|копия|bilgi|reply-to|antwort an|répondre à))\s*\*?\s*[:：]\*?[\s*]*(.*)$`)

// carriedHeader reads the header of a message that is quoted or passed on whole,
// from block i on: the lines From, Date, Subject, in any order and in one of
// several languages.
func carriedHeader(blocks []document.Block, i int) (c carried, ok bool) {
	c.at = i
	if len(blocks[i].Text) <= longHeader && marker.MatchString(blocks[i].Text) {
		c.marked = true
		if _, rest, more := strings.Cut(blocks[i].Text, "\n"); !more || strings.TrimSpace(rest) == "" {
			i++
		}
	}
	if i < len(blocks) && !c.marked && len(blocks[i].Text) > longHeader {
		return c, false
	}
	found := map[string]bool{}
	j := i
	for ; j < len(blocks) && j < i+9; j++ {
		b := blocks[j]
		if b.Kind == document.Heading || len(b.Text) > longHeader || j > i && (levelOf(b) != c.level || marker.MatchString(b.Text)) {
			break
		}
		if j == i {
			c.level = levelOf(b)
		}
		lines := strings.Split(b.Text, "\n")
		if marker.MatchString(lines[0]) && len(lines) > 1 {
			lines = lines[1:]
		}
		fields := 0
		for _, line := range lines {
			m := carriedField.FindStringSubmatch(strings.Replace(line, "\t", " ", 1))
			if m == nil {
				continue
			}
			fields++
			value := strings.TrimSpace(m[5])
			switch {
			case m[1] != "" && !found["from"]:
				found["from"] = true
				if list := addresses(strings.NewReplacer("[mailto:", "<", "]", ">").Replace(value)); len(list) > 0 {
					c.from = list[0]
				}
			case m[2] != "" && !found["date"]:
				found["date"] = true
				c.stated = value
				c.date, _ = dates.Parse(value, "", dates.Options{Order: dates.DayFirst})
			case m[3] != "" && !found["subject"]:
				found["subject"] = true
				c.subject = value
			case m[4] != "":
				found["to"] = true
			}
		}
		if fields == 0 || fields*2 < len(lines) {
			break
		}
	}
	c.end = j
	return c, found["from"] && (found["date"] || found["subject"]) && len(found) >= 2 && (c.marked || len(found) >= 3)
}

// longHeader bounds what is looked at as a header, in bytes.
const longHeader = 8 << 10

func levelOf(b document.Block) int {
	if b.Kind == document.Quote {
		return b.Level
	}
	return 0
}

// forwarded finds a message that this one passes on, and makes its author, day
// and text those of the document, and its sender the one who shared it. A
// message that is quoted whole in an answer becomes a quotation.
func (m *Message) forwarded(blocks []document.Block, t *trimmed) []document.Block {
	d := m.Document
	passed := forwardMark.MatchString(m.Subject)
	answer := replyMark.MatchString(m.Subject) && !passed
	before := 0 // blocks of the sender's own
	var found *carried
	for deep := 0; deep < maxDepth; deep++ {
		at := -1
		var c carried
		for i := before; i < len(blocks); i++ {
			if deep > 0 && utf8.RuneCountInString(blocks[i].Text) > longText && !marker.MatchString(blocks[i].Text) {
				break // the text has begun
			}
			var ok bool
			if c, ok = carriedHeader(blocks, i); ok {
				at = i
				break
			}
		}
		if at < 0 {
			break
		}
		if answer || deep == 0 && !passed && !(c.marked && !original.MatchString(blocks[at].Text)) {
			own := t.tail(blocks[:at:at])
			quoteAll(blocks[at:])
			blocks = append(own, blocks[at:]...)
			break
		}
		if deep == 0 {
			own := t.signature(blocks[:at:at])
			blocks = append(own, blocks[at:]...)
			c.at, c.end = len(own), c.end-at+len(own)
			at = len(own)
			before = at
		} else {
			t.drop(document.Share, blocks[before:at]...) // by someone between
		}
		t.drop(document.Repeated, blocks[at:c.end]...)
		rest := append([]document.Block(nil), blocks[c.end:]...)
		for i := range rest {
			if level := rest[i].Level; rest[i].Kind == document.Quote && c.level > 0 {
				if rest[i].Level = level - c.level; rest[i].Level <= 0 {
					rest[i].Kind, rest[i].Level = document.Paragraph, 0
				}
			}
		}
		if c.level == 0 {
			rest = unquoted(rest)
		}
		blocks = append(blocks[:before:before], rest...)
		found = &c
	}
	if found == nil {
		return blocks
	}
	m.share(*found)
	switch {
	case before == 1:
		d.Warnings = append(d.Warnings, fmt.Sprintf("the first paragraph is by %s, who passed the message on", m.sender()))
	case before > 1:
		d.Warnings = append(d.Warnings, fmt.Sprintf("the first %d paragraphs are by %s, who passed the message on", before, m.sender()))
	}
	return blocks
}

// original is the marker that programs put above an answered message as well.
var original = regexp.MustCompile(`(?i)original|ursprüngliche|origine|исходное|özgün|ilkin`)

// unquoted takes a text that is quoted throughout one level out of it.
func unquoted(blocks []document.Block) []document.Block {
	for _, b := range blocks {
		if b.Kind == document.Paragraph {
			return blocks
		}
	}
	for i := range blocks {
		if blocks[i].Kind == document.Quote {
			if blocks[i].Level--; blocks[i].Level <= 0 {
				blocks[i].Kind, blocks[i].Level = document.Paragraph, 0
			}
		}
	}
	return blocks
}

func (m *Message) sender() string {
	if len(m.From) == 0 {
		return "the sender"
	}
	if m.From[0].Name != "" {
		return m.From[0].Name
	}
	return m.From[0].Email
}

// share makes the message in c the one that the document is about.
func (m *Message) share(c carried) {
	d := m.Document
	shared := &document.SharedBy{Date: d.Published}
	if len(m.From) > 0 {
		shared.Name, shared.Handle = m.From[0].Name, m.From[0].Email
	}
	d.SharedBy = shared
	name := c.from.Name
	if name == "" {
		name = c.from.Email
	}
	d.Byline, d.Published = nil, ""
	delete(d.OriginOf, "byline")
	delete(d.OriginOf, "published")
	var byline, day, subject string
	if d.Set(&byline, "byline", name, document.FromText, 0.8) {
		d.Byline = []string{byline}
	}
	if d.Set(&day, "published", string(c.date), document.FromText, 0.8) {
		d.Published = c.date
	}
	if s := forwardMark.ReplaceAllString(replyMark.ReplaceAllString(c.subject, ""), ""); s != "" && d.Set(&subject, "title", s, document.FromText, 0.9) {
		d.Title = subject
	}
}

// passedOn makes outer the message that shared m.
func (m *Message) passedOn(outer *Message) {
	d := m.Document
	d.SharedBy = &document.SharedBy{Date: outer.day()}
	if len(outer.From) > 0 {
		d.SharedBy.Name, d.SharedBy.Handle = outer.From[0].Name, outer.From[0].Email
	}
	for _, a := range outer.Attachments {
		if a.MediaType != "message/rfc822" && a.MediaType != "message/global" {
			m.Attachments = append(m.Attachments, a)
		}
	}
}

func (m *Message) day() document.Date { return dates.Of(m.Sent) }

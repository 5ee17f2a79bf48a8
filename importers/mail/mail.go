// Package mail reads messages (.eml; RFC 5322 and MIME): who wrote what to whom
// and when, the text in its best form, and the files that came with it.
//
//   - header.go reads headers as they come: encoded words (RFC 2047), parameters
//     in pieces and with a charset (RFC 2231), bytes that nobody encoded;
//   - part.go walks the parts and chooses the text among them;
//   - plain.go makes blocks of text/plain, package webpage of text/html;
//   - trim.go parts what was written from what is quoted, signed and appended;
//   - forward.go finds the first author of a message that was passed on.
//
// What cannot be read is left out with a warning. Nothing is fetched: pictures
// that a newsletter refers to stay addresses.
package mail

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"strings"
	"time"

	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/notebook/document"
)

// Errors that callers branch on.
var (
	ErrNotMail   = errors.New("not a mail message")
	ErrEncrypted = errors.New("it is encrypted")
)

// The limits of one message. What lies beyond is left out with a warning.
const (
	maxBytes  = 64 << 20 // as received
	maxHeader = 1 << 20  // bytes of one header
	maxFields = 1000     // of one header
	maxParts  = 1000
	maxDepth  = 10      // of parts within parts, messages within messages included
	maxText   = 8 << 20 // bytes of a text that is shown, decoded
)

// Options is what is known of a message from outside it. The zero value is fine.
type Options struct {
	Charset  string    // the user's word on the encoding of the text
	Received time.Time // when it was captured: no date after it is believed
}

// Address is who wrote or received a message.
type Address struct {
	Name  string // may be empty
	Email string
}

// Attachment is a file that came with a message, or a message within it.
type Attachment struct {
	Name      string // as the sender called it, without folders; never empty
	MediaType string // as stated, such as "application/pdf"
	ID        string // Content-ID, by which the text refers to it; may be empty
	Inline    bool   // a picture or the like that belongs to the text
	Bytes     []byte // decoded
}

// Message is a message that was read.
type Message struct {
	Document    *document.Document
	From        []Address
	To, Cc      []Address
	Subject     string
	ID          string    // Message-ID, without its brackets
	Sent        time.Time // with the sender's zone; zero where not stated
	Attachments []Attachment
}

// Split parts a mailbox file (mbox, RFC 4155) into its messages. A single message
// is given as it is. The slices share b's memory.
func Split(b []byte) [][]byte {
	if !bytes.HasPrefix(b, []byte("From ")) {
		return [][]byte{b}
	}
	var list [][]byte
	start := 0
	for at := 0; at < len(b); {
		i := bytes.Index(b[at:], []byte("\nFrom "))
		if i < 0 {
			break
		}
		at += i + 1
		// Between messages stands an empty line, and a header follows.
		before := bytes.TrimSuffix(b[start:at-1], []byte("\r"))
		_, rest, _ := bytes.Cut(b[at:min(len(b), at+4096)], []byte("\n"))
		line, _, _ := bytes.Cut(rest, []byte("\n"))
		name, _, colon := bytes.Cut(line, []byte(":"))
		if bytes.HasSuffix(before, []byte("\n")) && colon && fieldName(string(name)) {
			list = append(list, b[start:at])
			start = at
		}
	}
	return append(list, b[start:])
}

// Is tells a message by its header. An archive of a web page, which has the same
// form, is none.
func Is(head []byte) bool {
	head = head[:min(len(head), 64<<10)]
	s := strings.TrimPrefix(string(head), "\xef\xbb\xbf")
	if strings.HasPrefix(s, "From ") { // of an mbox
		_, s, _ = strings.Cut(s, "\n")
	}
	seen := map[string]string{}
	for n, line := range strings.SplitN(s, "\n", 400) {
		line = strings.TrimRight(line, "\r")
		if line == "" {
			break
		}
		if n > 0 && (line[0] == ' ' || line[0] == '\t') {
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if !found || !fieldName(name) {
			if len(line) > 900 || n > 300 {
				break
			}
			return false
		}
		seen[strings.ToLower(name)] = strings.TrimSpace(value)
	}
	has := func(names ...string) bool {
		for _, n := range names {
			if _, found := seen[n]; found {
				return true
			}
		}
		return false
	}
	if has("snapshot-content-location") || strings.HasPrefix(strings.ToLower(seen["from"]), "<saved by") || strings.Contains(seen["from"], "Saved by") {
		return false
	}
	return has("from", "sender", "return-path") && has("date", "received", "subject") && has("message-id", "received", "return-path", "delivered-to", "mime-version", "content-type", "dkim-signature")
}

// HasHeader tells a message by less, for what is said to be one: its first line is
// a field, and one says from whom or of what it is.
func HasHeader(head []byte) bool {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	name, _, found := bytes.Cut(line, []byte(":"))
	h, _, ok := splitHeader(head)
	return ok && found && fieldName(string(name)) && (h.first("From") != "" || h.first("Subject") != "")
}

func fieldName(s string) bool {
	if s == "" || len(s) > 76 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

// forwardMark and replyMark stand before the subject of what is passed on or
// answered.
var (
	forwardMark = regexp.MustCompile(`(?i)^\s*(?:\[[^\]]{1,40}\]\s*)?(?:fwd?|wg|tr|rv|enc|i|ilt|ynt|пересл|пер|fw)\s*(?:\[\d+\])?\s*[:：]\s*`)
	replyMark   = regexp.MustCompile(`(?i)^\s*(?:re|aw|sv|vs|odp|antw|ответ|отв|yan|ynt|cvb|rép|ref)\s*(?:\[\d+\])?\s*[:：]\s*`)
	listMark    = regexp.MustCompile(`^\s*\[[^\]]{2,40}\]\s*`)
)

// Read reads a message. The error is ErrNotMail, ErrEncrypted or ctx's.
func Read(ctx context.Context, b []byte, o Options) (*Message, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	var warnings []string
	if len(b) > maxBytes {
		b = b[:maxBytes]
		warnings = append(warnings, fmt.Sprintf("the message is larger than %d MB: it is read up to there", maxBytes>>20))
	}
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), "\r\n")
	if bytes.HasPrefix(b, []byte("From ")) {
		if i := bytes.IndexByte(b, '\n'); i >= 0 {
			b = b[i+1:]
		}
	}
	m, err := read(ctx, b, o, 0)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", err)
	}
	m.Document.Warnings = append(warnings, m.Document.Warnings...)
	m.Document.Finish()
	return m, nil
}

// read reads a message that may stand within another.
func read(ctx context.Context, b []byte, o Options, depth int) (*Message, error) {
	h, content, ok := splitHeader(b)
	if !ok || h.first("From") == "" && h.first("Date") == "" && h.first("Subject") == "" && h.first("Content-Type") == "" {
		return nil, ErrNotMail
	}
	m := &Message{
		From:    addresses(cmp.Or(h.first("From"), h.first("Sender"))),
		To:      addresses(strings.Join(h.all("To"), ", ")),
		Cc:      addresses(strings.Join(h.all("Cc"), ", ")),
		Subject: decodeWords(h.first("Subject")),
		ID:      strings.Trim(h.first("Message-Id"), "<> "),
	}
	if t, err := mail.ParseDate(h.first("Date")); err == nil {
		m.Sent = t
	}
	d := &document.Document{Kind: document.Article, OriginOf: map[string]document.Origin{}}
	m.Document = d

	w := &walker{ctx: ctx, o: o, doc: d}
	if err := w.entity(h, content, depth); err != nil {
		return nil, err
	}
	m.Attachments = w.files
	if len(w.texts) == 0 && w.encrypted != "" {
		return nil, fmt.Errorf("%w: %s", ErrEncrypted, w.encrypted)
	}
	if len(w.texts) == 0 && w.message != nil {
		// Passed on as an attachment, with no word beside it.
		if inner, err := read(ctx, w.message, o, depth+1); err == nil {
			inner.passedOn(m)
			return inner, nil
		}
	}
	body, err := w.body()
	if err != nil {
		return nil, err
	}
	m.describe(h, o)
	t := &trimmed{}
	texts := make([]string, len(body.Blocks))
	for i, b := range body.Blocks {
		texts[i] = b.Text
	}
	blocks := quotations(body.Blocks, replyMark.MatchString(m.Subject))
	blocks = m.forwarded(blocks, t)
	d.Blocks = t.signature(t.tail(t.head(blocks)))
	d.Images = placed(body.Images, texts, d.Blocks)
	d.Dropped = append(d.Dropped, t.dropped...)
	if names := m.fileNames(); len(names) > 0 {
		d.Warnings = append(d.Warnings, "with the message came: "+strings.Join(names, ", "))
	}
	if len(d.Blocks) == 0 && len(w.texts) > 0 {
		d.Warnings = append(d.Warnings, "the message has no text of its own")
	}
	d.Finish()
	d.Lang = language.Check(h.first("Content-Language"), d.Title+"\n"+d.Text)
	return m, nil
}

// placed moves pictures along with the blocks that are left of those with texts.
func placed(images []document.Image, texts []string, left []document.Block) []document.Image {
	now := make([]int, len(texts)+1)
	j := 0
	for i, text := range texts {
		now[i] = j
		if j < len(left) && left[j].Text == text {
			j++
		}
	}
	now[len(texts)] = len(left)
	for i := range images {
		images[i].Before = now[min(max(images[i].Before, 0), len(texts))]
	}
	return images
}

// describe sets what the header says of the text.
func (m *Message) describe(h header, o Options) {
	d := m.Document
	subject := m.Subject
	for range 6 {
		s := replyMark.ReplaceAllString(forwardMark.ReplaceAllString(subject, ""), "")
		if s == subject || s == "" {
			break
		}
		subject = s
	}
	if list := decodeWords(h.first("List-Id")); list != "" {
		name := strings.Trim(strings.TrimSpace(strings.Split(list, "<")[0]), `"`)
		d.Set(&d.Site, "site", name, document.FromMeta, 0.8)
		if s := listMark.ReplaceAllString(subject, ""); s != "" {
			subject = s
		}
	}
	d.Set(&d.Title, "title", subject, document.FromMeta, 1)
	if len(m.From) > 0 {
		f := m.From[0]
		if d.Site == "" && (h.first("List-Unsubscribe") != "" || h.first("List-Post") != "") {
			d.Set(&d.Site, "site", cmp.Or(f.Name, domain(f.Email)), document.FromMeta, 0.7)
		}
		var byline string
		if d.Set(&byline, "byline", cmp.Or(inOrder(f.Name), f.Email), document.FromMeta, 0.9) {
			d.Byline = []string{byline}
		}
	}
	stated := h.first("Date")
	day := dates.Of(m.Sent)
	if m.Sent.IsZero() {
		day, _ = dates.Parse(stated, "en", dates.Options{Order: dates.DayFirst})
	}
	if day != "" && (o.Received.IsZero() || string(day) <= o.Received.AddDate(0, 0, 2).Format("2006-01-02")) {
		var v string
		if d.Set(&v, "published", string(day), document.FromMeta, 1) {
			d.Published = day
			d.Candidates = append(d.Candidates, document.Candidate{Field: "published", Value: stated, Origin: document.FromMeta, Confidence: 1})
		}
	}
	if at := strings.Trim(h.first("Archived-At"), "<> "); strings.HasPrefix(at, "http") {
		d.Set(&d.URL, "url", at, document.FromMeta, 1)
	}
}

// inOrder turns "Quay, Ann" to "Ann Quay".
func inOrder(name string) string {
	last, first, found := strings.Cut(name, ", ")
	if !found || strings.ContainsAny(first, ",.") || len(strings.Fields(last)) > 2 || len(strings.Fields(first)) > 2 {
		return name
	}
	return first + " " + last
}

func domain(email string) string {
	_, d, _ := strings.Cut(email, "@")
	return d
}

// fileNames are those of the attachments that are no part of the text.
func (m *Message) fileNames() []string {
	var list []string
	for _, a := range m.Attachments {
		if !a.Inline {
			list = append(list, a.Name)
		}
	}
	if n := len(list); n > 10 {
		list = append(list[:10:10], fmt.Sprintf("%d more", n-10))
	}
	return list
}

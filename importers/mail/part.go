package mail

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"path"
	"strings"

	"golang.org/x/net/html"

	"sourcebook/importers/charset"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// bodyText is a part that is shown as text: in one or both of two forms.
type bodyText struct {
	plain, html   []byte
	plainType     string // the whole field
	htmlType      string
	flowed, delsp bool
}

// walker goes through the parts of one message.
type walker struct {
	ctx       context.Context
	o         Options
	doc       *document.Document
	parts     int
	texts     []*bodyText
	files     []Attachment
	message   []byte // the first message within the message
	encrypted string // how, where a part is
	warned    map[string]bool
}

func (w *walker) warn(s string) {
	if w.warned == nil {
		w.warned = map[string]bool{}
	}
	if !w.warned[s] {
		w.warned[s] = true
		w.doc.Warnings = append(w.doc.Warnings, s)
	}
}

// entity takes one part with its header.
func (w *walker) entity(h header, body []byte, depth int) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if w.parts++; w.parts > maxParts {
		w.warn(fmt.Sprintf("the message has more than %d parts: the others are left out", maxParts))
		return nil
	}
	if depth > maxDepth {
		w.warn("the message nests its parts too deeply: the deepest are left out")
		return nil
	}
	stated := h.first("Content-Type")
	kind, p := params(stated)
	if kind == "" {
		kind = "text/plain"
	}
	disposition, dp := params(h.first("Content-Disposition"))
	name := path.Base(strings.ReplaceAll(dp["filename"], `\`, "/"))
	if dp["filename"] == "" {
		name = path.Base(strings.ReplaceAll(p["name"], `\`, "/"))
	}
	if name == "." || name == "/" {
		name = ""
	}
	encoding := strings.ToLower(strings.TrimSpace(h.first("Content-Transfer-Encoding")))
	switch {
	case kind == "multipart/encrypted":
		w.encrypted = "with PGP; open it in your mail program, save the text and import that"
		return nil
	case (kind == "application/pkcs7-mime" || kind == "application/x-pkcs7-mime") && p["smime-type"] != "signed-data":
		w.encrypted = "with S/MIME; open it in your mail program, save the text and import that"
		return nil
	case strings.HasPrefix(kind, "multipart/") && p["boundary"] != "":
		return w.multipart(kind, p, body, depth)
	case kind == "message/rfc822" || kind == "message/global":
		b := w.decode(encoding, body)
		if w.message == nil {
			w.message = b
		}
		if name == "" {
			if inner, _, ok := splitHeader(b); ok {
				name = decodeWords(inner.first("Subject"))
			}
			name = fileName(name) + ".eml"
		}
		w.attach(Attachment{Name: name, MediaType: kind, Bytes: b})
		return nil
	case strings.HasPrefix(kind, "multipart/"):
		kind = "text/plain" // no boundary: it is read as it stands
	}
	if (kind == "text/plain" || kind == "text/html" || kind == "text/enriched") && disposition != "attachment" && (name == "" || disposition == "inline" || len(w.texts) == 0) {
		t := &bodyText{flowed: strings.EqualFold(p["format"], "flowed"), delsp: strings.EqualFold(p["delsp"], "yes")}
		b := w.decode(encoding, body)
		if kind == "text/html" {
			t.html, t.htmlType = b, stated
		} else {
			t.plain, t.plainType = b, stated
		}
		w.texts = append(w.texts, t)
		return nil
	}
	switch kind {
	case "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature":
		return nil
	}
	if name == "" {
		name = "attachment"
		if ext, err := mime.ExtensionsByType(kind); err == nil && len(ext) > 0 {
			name += ext[0]
		}
	}
	id := strings.Trim(h.first("Content-Id"), "<> ")
	w.attach(Attachment{Name: name, MediaType: kind, ID: id, Bytes: w.decode(encoding, body),
		Inline: disposition == "inline" && strings.HasPrefix(kind, "image/") || disposition != "attachment" && id != "" && strings.HasPrefix(kind, "image/")})
	return nil
}

func (w *walker) attach(a Attachment) {
	a.Name = strings.Join(strings.Fields(strings.Map(printable, a.Name)), " ")
	w.files = append(w.files, a)
}

// fileName makes a name of a subject.
func fileName(s string) string {
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return ' '
		}
		return r
	}, s))
	if r := []rune(s); len(r) > 80 {
		s = strings.TrimSpace(string(r[:80]))
	}
	if s == "" {
		return "message"
	}
	return s
}

func (w *walker) multipart(kind string, p map[string]string, body []byte, depth int) error {
	before := len(w.texts)
	for _, part := range splitParts(body, p["boundary"]) {
		h, b, ok := splitHeader(part)
		if !ok {
			h, b = nil, bytes.TrimLeft(part, "\r\n")
		}
		if kind == "multipart/digest" && h.first("Content-Type") == "" {
			h = append(h, field{"Content-Type", "message/rfc822"})
		}
		if err := w.entity(h, b, depth+1); err != nil {
			return err
		}
	}
	if kind == "multipart/alternative" && len(w.texts) > before+1 {
		// Forms of one text: they are one.
		one := w.texts[before]
		for _, t := range w.texts[before+1:] {
			if t.html != nil && one.html == nil {
				one.html, one.htmlType = t.html, t.htmlType
			}
			if t.plain != nil && one.plain == nil {
				one.plain, one.plainType, one.flowed, one.delsp = t.plain, t.plainType, t.flowed, t.delsp
			}
		}
		w.texts = w.texts[:before+1]
	}
	return nil
}

// splitParts parts a multipart's body at its boundaries. The last part may lack
// its end. It looks at every line once.
func splitParts(body []byte, boundary string) [][]byte {
	mark := []byte("--" + strings.TrimRight(boundary, " "))
	var parts [][]byte
	start := -1
	for at := 0; at < len(body); {
		line := body[at:]
		next := len(body)
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line, next = line[:i], at+i+1
		}
		if rest, found := bytes.CutPrefix(line, mark); found {
			rest = bytes.TrimRight(rest, " \t\r")
			last := bytes.Equal(rest, []byte("--"))
			if len(rest) == 0 || last {
				if start >= 0 {
					parts = append(parts, trimBreak(body[start:at]))
				}
				start = next
				if last || len(parts) > maxParts {
					return parts
				}
			}
		}
		at = next
	}
	if start >= 0 && start < len(body) {
		parts = append(parts, body[start:])
	}
	return parts
}

// trimBreak takes off the line break before a boundary, which belongs to it.
func trimBreak(b []byte) []byte {
	return bytes.TrimSuffix(bytes.TrimSuffix(b, []byte("\n")), []byte("\r"))
}

// decode undoes a transfer encoding as far as it can be undone.
func (w *walker) decode(encoding string, body []byte) []byte {
	switch encoding {
	case "quoted-printable":
		if out, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(body))); err == nil {
			return out
		}
		return unQuoted(body)
	case "base64":
		clean := make([]byte, 0, len(body))
		for _, c := range body {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
				clean = append(clean, c)
			}
		}
		clean = clean[:len(clean)-len(clean)%4+min(len(clean)%4, 3)]
		if len(clean)%4 == 1 {
			clean = clean[:len(clean)-1]
		}
		out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
		n, err := base64.RawStdEncoding.Decode(out, clean)
		if err != nil {
			w.warn("a part of the message is not encoded as it says: it is read as far as it goes")
		}
		return out[:n]
	}
	return body
}

// unQuoted undoes quoted-printable where a program wrote it wrongly: what is no
// escape stays as it stands.
func unQuoted(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '=' {
			out = append(out, b[i])
			continue
		}
		switch rest := b[i+1:]; {
		case len(rest) >= 2 && hex(rest[0]) >= 0 && hex(rest[1]) >= 0:
			out = append(out, byte(hex(rest[0])<<4|hex(rest[1])))
			i += 2
		case len(rest) >= 2 && rest[0] == '\r' && rest[1] == '\n':
			i += 2
		case len(rest) >= 1 && rest[0] == '\n':
			i++
		default:
			out = append(out, '=')
		}
	}
	return out
}

// body makes blocks of the texts, in their order.
func (w *walker) body() (webpage.Content, error) {
	var all webpage.Content
	for _, t := range w.texts {
		if err := w.ctx.Err(); err != nil {
			return all, err
		}
		c, err := w.text(t)
		if err != nil {
			return all, err
		}
		for _, img := range c.Images {
			img.Before += len(all.Blocks)
			all.Images = append(all.Images, img)
		}
		all.Blocks = append(all.Blocks, c.Blocks...)
	}
	if len(w.texts) == 0 && len(w.files) > 0 {
		w.warn("the message has no text, only what came with it")
	}
	return all, nil
}

// text reads one text in its better form: HTML, which has the links and says
// what is quoted, unless it holds far less than the plain one.
func (w *walker) text(t *bodyText) (webpage.Content, error) {
	var rich, plain webpage.Content
	if len(bytes.TrimSpace(t.html)) > 0 {
		root, _, err := webpage.ParseLimited(w.ctx, w.cut(t.html), webpage.Options{ContentType: t.htmlType, Charset: w.o.Charset})
		switch {
		case errors.Is(err, charset.ErrBinary):
			w.warn("a text of the message is not text: it is left out")
		case err != nil:
			return rich, err
		default:
			for _, s := range webpage.Warnings(root) {
				w.warn(s)
			}
			rich = w.markup(root)
		}
	}
	if len(bytes.TrimSpace(t.plain)) > 0 {
		text, _, err := charset.Decode(w.cut(t.plain), charset.Hint{ContentType: t.plainType, Override: w.o.Charset})
		switch {
		case errors.Is(err, charset.ErrBinary):
			w.warn("a text of the message is not text: it is left out")
		case err != nil:
			return rich, err
		default:
			if strings.Contains(text, "-----BEGIN PGP MESSAGE-----") && len(w.texts) == 1 && rich.Blocks == nil {
				return rich, fmt.Errorf("%w: with PGP; open it in your mail program, save the text and import that", ErrEncrypted)
			}
			plain.Blocks = readPlain(clearSigned(text), t.flowed, t.delsp)
		}
	}
	if size(rich.Blocks)*3 < size(plain.Blocks) {
		return plain, nil
	}
	return rich, nil
}

func (w *walker) cut(b []byte) []byte {
	if len(b) > maxText {
		w.warn(fmt.Sprintf("the text of the message is longer than %d MB: it is read up to there", maxText>>20))
		return b[:maxText]
	}
	return b
}

func size(blocks []document.Block) int {
	n := 0
	for _, b := range blocks {
		n += len(b.Text)
	}
	return n
}

// markup reads an HTML body. Signatures that the mail program marked become
// dropped text; what it marked as quoted stands in a quotation.
func (w *walker) markup(root *html.Node) webpage.Content {
	var signatures []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "class" && (strings.Contains(a.Val, "gmail_signature") || strings.Contains(a.Val, "moz-signature")) || a.Key == "data-smartmail" && a.Val == "gmail_signature" {
				signatures = append(signatures, n)
			}
		}
	}
	for _, n := range signatures {
		var within bool
		for p := n.Parent; p != nil; p = p.Parent {
			for _, s := range signatures {
				within = within || p == s
			}
			if p.Data == "blockquote" {
				within = true // of the one who is quoted
			}
		}
		if within || n.Parent == nil {
			continue
		}
		n.Parent.RemoveChild(n)
		if text := document.Canonical(webpage.BlocksOf(n, "").Blocks); text != "" {
			w.doc.Dropped = append(w.doc.Dropped, document.Dropped{Reason: document.Footer, Text: text})
		}
	}
	return webpage.BlocksOf(root, "")
}

// clearSigned takes the text out of a PGP signature around it.
func clearSigned(s string) string {
	const begin, sig, end = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----", "-----END PGP SIGNATURE-----"
	at := strings.Index(s, begin)
	if at < 0 {
		return s
	}
	head, text := s[:at], strings.ReplaceAll(s[at+len(begin):], "\r\n", "\n")
	_, text, _ = strings.Cut(text, "\n\n")
	tail := ""
	if i := strings.Index(text, sig); i >= 0 {
		if _, after, found := strings.Cut(text[i:], end); found {
			tail = after
		}
		text = text[:i]
	}
	return head + strings.ReplaceAll("\n"+text, "\n- -", "\n-") + tail
}

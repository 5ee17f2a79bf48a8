package mail

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"strings"

	"sourcebook/importers/charset"
)

// field is one line of a header, unfolded.
type field struct{ name, value string }

// header is the header of a message or a part, in its order.
type header []field

// first is the first value of a field, raw.
func (h header) first(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

func (h header) all(name string) []string {
	var list []string
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			list = append(list, f.value)
		}
	}
	return list
}

// splitHeader parts a header from the body. It takes lines that are no field
// for nothing; ok is false where there is no field at all.
func splitHeader(b []byte) (h header, body []byte, ok bool) {
	rest := b
	for len(rest) > 0 && len(b)-len(rest) < maxHeader {
		line := rest
		next := len(rest)
		if i := bytes.IndexByte(rest, '\n'); i >= 0 {
			line, next = rest[:i], i+1
		}
		line = bytes.TrimRight(line, "\r")
		rest = rest[next:]
		if len(line) == 0 {
			return h, rest, len(h) > 0
		}
		if line[0] == ' ' || line[0] == '\t' {
			if n := len(h); n > 0 && len(h[n-1].value) < 256<<10 {
				h[n-1].value += " " + string(bytes.TrimSpace(line))
			}
			continue
		}
		name, value, found := bytes.Cut(line, []byte(":"))
		if !found || !fieldName(string(bytes.TrimSpace(name))) || len(h) >= maxFields {
			continue
		}
		h = append(h, field{string(bytes.TrimSpace(name)), string(bytes.TrimSpace(value))})
	}
	return h, rest, len(h) > 0
}

var encodedWord = regexp.MustCompile(`=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=`)

// decodeWords resolves the encoded words of RFC 2047. Neighbours in one charset
// are joined before they are decoded, since senders part them within a
// character. Bytes beyond ASCII that nobody encoded are read as they look.
func decodeWords(s string) string {
	var out strings.Builder
	var run []byte // bytes of encoded words in one charset
	of := ""
	flush := func() {
		if len(run) > 0 {
			out.WriteString(decodeText(run, of))
			run = nil
		}
	}
	at := 0
	for _, m := range encodedWord.FindAllStringSubmatchIndex(s, 2000) {
		between := s[at:m[0]]
		name, _, _ := strings.Cut(strings.ToLower(s[m[2]:m[3]]), "*") // RFC 2231: a language may follow
		if at == 0 || strings.TrimSpace(between) != "" {
			flush()
			out.WriteString(rawText(between))
		} else if name != of {
			flush()
		}
		of = name
		text := s[m[6]:m[7]]
		if s[m[4]] == 'b' || s[m[4]] == 'B' {
			b, _ := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
			run = append(run, b...)
		} else {
			run = append(run, unQ(text)...)
		}
		at = m[1]
	}
	flush()
	out.WriteString(rawText(s[at:]))
	return strings.Join(strings.Fields(strings.Map(printable, out.String())), " ")
}

func printable(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
		return -1
	}
	return r
}

// unQ undoes the "Q" encoding.
func unQ(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			out = append(out, ' ')
		case s[i] == '=' && i+2 < len(s) && hex(s[i+1]) >= 0 && hex(s[i+2]) >= 0:
			out = append(out, byte(hex(s[i+1])<<4|hex(s[i+2])))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return out
}

func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func decodeText(b []byte, name string) string {
	for _, try := range []string{name, ""} {
		if text, _, err := charset.Decode(b, charset.Hint{Override: try}); err == nil {
			return text
		}
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// rawText is text of a header that may hold bytes nobody encoded.
func rawText(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return decodeText([]byte(s), "")
		}
	}
	return s
}

// params reads a field such as Content-Type: its value in lower case, and its
// parameters with RFC 2231's pieces joined and charsets resolved.
func params(s string) (value string, p map[string]string) {
	p = map[string]string{}
	value, rest, _ := strings.Cut(s, ";")
	value = strings.ToLower(strings.TrimSpace(value))
	type piece struct {
		text    string
		percent bool
	}
	pieces := map[string][]piece{}
	charsets := map[string]string{}
	for n := 0; rest != "" && n < 100; n++ {
		rest = strings.TrimLeft(rest, "; \t")
		eq := strings.IndexAny(rest, "=;")
		if eq < 0 {
			break
		}
		if rest[eq] == ';' {
			rest = rest[eq+1:]
			continue
		}
		key := strings.ToLower(strings.TrimSpace(rest[:eq]))
		rest = strings.TrimLeft(rest[eq+1:], " \t")
		var v string
		if strings.HasPrefix(rest, `"`) {
			v, rest = quoted(rest)
		} else {
			v, rest, _ = strings.Cut(rest, ";")
			v = strings.TrimSpace(v)
		}
		name, star, extended := strings.Cut(key, "*")
		if !extended {
			if _, found := p[name]; !found {
				p[name] = decodeWords(v)
			}
			continue
		}
		percent := star == "" || strings.HasSuffix(star, "*")
		if percent && len(pieces[name]) == 0 {
			if parts := strings.SplitN(v, "'", 3); len(parts) == 3 {
				charsets[name], v = parts[0], parts[2]
			}
		}
		pieces[name] = append(pieces[name], piece{v, percent})
	}
	for name, list := range pieces {
		var b []byte
		for _, x := range list {
			if x.percent {
				b = append(b, unPercent(x.text)...)
			} else {
				b = append(b, x.text...)
			}
		}
		p[name] = decodeText(b, charsets[name])
	}
	return value, p
}

// quoted takes a quoted string from the start of s.
func quoted(s string) (text, rest string) {
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		case s[i] == '"':
			_, rest, _ = strings.Cut(s[i+1:], ";")
			return b.String(), rest
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}

func unPercent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hex(s[i+1]) >= 0 && hex(s[i+2]) >= 0 {
			out = append(out, byte(hex(s[i+1])<<4|hex(s[i+2])))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
}

// addresses reads a list of addresses, "Ann Quay <ann@example.org>, …".
func addresses(s string) []Address {
	var list []Address
	for _, one := range splitAddresses(s) {
		a := Address{}
		if open := strings.LastIndexByte(one, '<'); open >= 0 {
			a.Name = one[:open]
			a.Email, _, _ = strings.Cut(one[open+1:], ">")
		} else if open := strings.IndexByte(one, '('); open >= 0 && strings.Contains(one[:open], "@") { // "ann@example.org (Ann Quay)"
			a.Email = one[:open]
			a.Name = strings.Trim(one[open:], "() ")
		} else if strings.Contains(one, "@") {
			a.Email = one
		} else {
			a.Name = one
		}
		if _, members, group := strings.Cut(a.Name, ":"); group && a.Email != "" && !strings.Contains(a.Name, `"`) {
			a.Name = members
		}
		a.Name = strings.Trim(decodeWords(strings.ReplaceAll(strings.Trim(strings.TrimSpace(a.Name), `"`), `\"`, `"`)), ` "'`)
		a.Email = decodeWords(strings.TrimSpace(a.Email))
		if strings.EqualFold(a.Name, a.Email) {
			a.Name = ""
		}
		if a != (Address{}) {
			list = append(list, a)
		}
	}
	return list
}

// splitAddresses parts a list at its commas, but for those in names.
func splitAddresses(s string) []string {
	var list []string
	from, inQuote, angle, paren := 0, false, 0, 0
	for i := 0; i < len(s) && len(list) < 1000; i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"':
			inQuote = !inQuote
		case inQuote:
		case c == '<':
			angle++
		case c == '>':
			angle--
		case c == '(':
			paren++
		case c == ')':
			paren--
		case (c == ',' || c == ';') && angle <= 0 && paren <= 0:
			list = append(list, strings.TrimSpace(s[from:i]))
			from = i + 1
		}
	}
	if from < len(s) {
		list = append(list, strings.TrimSpace(s[from:]))
	}
	var full []string
	for _, x := range list {
		if x != "" {
			full = append(full, x)
		}
	}
	return full
}

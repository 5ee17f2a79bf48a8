// Package charset turns the bytes of a capture into text.
//
// The order of trust is: what the user says, a byte order mark, text that is
// beyond doubt UTF-8, what the reply's header says, what the page itself says
// in a meta element, and last what the bytes look like. A declared encoding
// that the bytes contradict is not believed: browsers and mirrors re-encode
// pages when they save them and leave the declaration as it was.
package charset

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// ErrUnknown means that the encoding which the user asked for has no such name.
var ErrUnknown = errors.New("unknown character encoding")

// ErrBinary means that the bytes are not text in any encoding.
var ErrBinary = errors.New("not text")

// Hint is what is known of a capture's encoding from outside.
type Hint struct {
	ContentType string // the reply's header, such as "text/html; charset=windows-1251"
	Override    string // the user's word; nothing else is asked
	HTML        bool   // look for a declaration inside, as the HTML standard says
}

const (
	prescanBytes = 8 << 10  // how far a declaration in the page is looked for
	sampleBytes  = 64 << 10 // how much text the detector is given
)

// Decode returns the text of b in UTF-8, without its byte order mark, and the
// encoding's name as the WHATWG Encoding standard writes it. Bytes that have no
// meaning in the encoding become U+FFFD. The error is ErrUnknown for an
// Override that names no encoding and ErrBinary where b is not text.
func Decode(b []byte, h Hint) (text string, name string, err error) {
	if h.Override != "" {
		enc, name := lookup(h.Override)
		if enc == nil {
			return "", "", fmt.Errorf("decode text as %q: %w", h.Override, ErrUnknown)
		}
		if _, n := fromBOM(b); n > 0 && name == "utf-8" {
			b = b[n:]
		}
		return decode(b, enc, name)
	}
	if name, n := fromBOM(b); n > 0 {
		enc, _ := lookup(name)
		return decode(b[n:], enc, name)
	}
	if name := wideWithoutBOM(b); name != "" {
		enc, _ := lookup(name)
		return decode(b, enc, name)
	}
	if binary(b) {
		return "", "", fmt.Errorf("decode text: %w: it holds control bytes that no text has", ErrBinary)
	}
	ascii, valid, multi, bad := survey(b)
	if valid && multi >= 2 {
		return decode(b, nil, "utf-8")
	}
	for _, declared := range []string{fromContentType(h.ContentType), fromMeta(b, h.HTML)} {
		enc, name := lookup(declared)
		if enc == nil || wide(name) {
			continue // a page whose declaration could be read is not in UTF-16
		}
		if name == "utf-8" && !valid && bad*20 > multi {
			continue // more than a stray byte: the declaration is wrong
		}
		return decode(b, enc, name)
	}
	if ascii || valid {
		if i := bytes.IndexByte(b, 0x1b); i < 0 {
			return decode(b, nil, "utf-8")
		}
	}
	name = detect(b)
	if name == "" && bad*20 <= multi {
		name = "utf-8"
	} else if name == "" {
		name = "windows-1252"
	}
	enc, name := lookup(name)
	return decode(b, enc, name)
}

func decode(b []byte, enc encoding.Encoding, name string) (string, string, error) {
	if name == "utf-8" {
		if utf8.Valid(b) {
			return string(b), name, nil
		}
		return strings.ToValidUTF8(string(b), "\uFFFD"), name, nil
	}
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", "", fmt.Errorf("decode text as %s: %w", name, err)
	}
	return strings.ToValidUTF8(string(out), "\uFFFD"), name, nil
}

// lookup finds an encoding by any of its names; nil where there is none.
func lookup(label string) (encoding.Encoding, string) {
	label = strings.ToLower(strings.Trim(strings.TrimSpace(label), `"'`))
	switch label {
	case "":
		return nil, ""
	case "utf-16le":
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), label
	case "utf-16be":
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), label
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), label
	case "utf-32be":
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), label
	case "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258":
		label = "windows-" + label[2:]
	case "utf8mb4", "utf-8-sig":
		label = "utf-8"
	case "win-1251", "win1251":
		label = "windows-1251"
	case "johab", "cp949", "uhc":
		label = "euc-kr"
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return nil, ""
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "replacement" || name == "x-user-defined" {
		return nil, ""
	}
	return enc, name
}

func wide(name string) bool {
	return strings.HasPrefix(name, "utf-16") || strings.HasPrefix(name, "utf-32")
}

// fromBOM reads a byte order mark and says how long it is.
func fromBOM(b []byte) (name string, length int) {
	switch {
	case bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}):
		return "utf-8", 3
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE, 0, 0}):
		return "utf-32le", 4
	case bytes.HasPrefix(b, []byte{0, 0, 0xFE, 0xFF}):
		return "utf-32be", 4
	case bytes.HasPrefix(b, []byte{0xFF, 0xFE}):
		return "utf-16le", 2
	case bytes.HasPrefix(b, []byte{0xFE, 0xFF}):
		return "utf-16be", 2
	}
	return "", 0
}

// wideWithoutBOM recognises UTF-16 by the zero bytes that stand at every other
// place of a text with Latin letters, spaces or markup in it.
func wideWithoutBOM(b []byte) string {
	b = b[:min(len(b), 4096)&^1]
	if len(b) < 4 {
		return ""
	}
	var even, odd int
	for i := 0; i < len(b); i += 2 {
		if b[i] == 0 && printable(b[i+1]) {
			even++
		}
		if b[i+1] == 0 && printable(b[i]) {
			odd++
		}
	}
	pairs := len(b) / 2
	switch {
	case odd*5 > pairs && even*50 < pairs:
		return "utf-16le"
	case even*5 > pairs && odd*50 < pairs:
		return "utf-16be"
	}
	return ""
}

func printable(c byte) bool { return c >= 0x20 || c == '\n' || c == '\r' || c == '\t' }

// binary says whether b has so many control bytes that it is no text.
func binary(b []byte) bool {
	s := b[:min(len(b), sampleBytes)]
	if len(s) == 0 {
		return false
	}
	for _, magic := range []string{"%PDF-", "PK\x03\x04", "\x89PNG\r\n", "\xff\xd8\xff", "GIF8", "\x1f\x8b\x08", "\x28\xb5\x2f\xfd", "\x7fELF", "MZ\x90\x00", "RIFF", "OggS", "ID3\x03"} {
		if bytes.HasPrefix(s, []byte(magic)) {
			return magic != "%PDF-" || bytes.IndexByte(s, 0) >= 0 || !utf8.Valid(s)
		}
	}
	control := 0
	for _, c := range s {
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1b && c != 0x0e && c != 0x0f && c != 0x1a {
			control++
		}
	}
	return control*50 > len(s)
}

// survey reads b as UTF-8: whether it is plain ASCII, whether it is valid, how
// many characters of more than one byte and how many bad bytes it has. A
// character cut off by the end of b is not bad.
func survey(b []byte) (ascii, valid bool, multi, bad int) {
	ascii = true
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		ascii = false
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n <= 1 {
			if len(b)-i < utf8.UTFMax && !utf8.FullRune(b[i:]) {
				break
			}
			bad++
		} else {
			multi++
		}
		i += n
	}
	return ascii, bad == 0, multi, bad
}

func fromContentType(s string) string {
	if s == "" {
		return ""
	}
	if _, p, err := mime.ParseMediaType(s); err == nil {
		return p["charset"]
	}
	return charsetParam(strings.ToLower(s))
}

// charsetParam finds charset=… in a text, as the HTML standard's algorithm for
// extracting an encoding from a meta element does.
func charsetParam(s string) string {
	for {
		i := strings.Index(s, "charset")
		if i < 0 {
			return ""
		}
		s = strings.TrimLeft(s[i+len("charset"):], " \t\r\n\f")
		if !strings.HasPrefix(s, "=") {
			continue
		}
		s = strings.TrimLeft(s[1:], " \t\r\n\f\"'")
		end := strings.IndexAny(s, " \t\r\n\f\"';>/")
		if end < 0 {
			end = len(s)
		}
		return s[:end]
	}
}

// fromMeta looks for the page's own declaration, in a meta element or an XML
// declaration. What stands in comments is passed over.
func fromMeta(b []byte, html bool) string {
	if !html {
		return ""
	}
	s := strings.ToLower(string(b[:min(len(b), prescanBytes)]))
	if strings.HasPrefix(strings.TrimSpace(s), "<?xml") {
		if end := strings.Index(s, "?>"); end > 0 {
			if i := strings.Index(s[:end], "encoding"); i > 0 {
				v := strings.TrimLeft(s[i+len("encoding"):end], " =\"'")
				if j := strings.IndexAny(v, "\"' "); j > 0 {
					return v[:j]
				}
			}
		}
	}
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			return ""
		}
		s = s[i:]
		switch {
		case strings.HasPrefix(s, "<!--"):
			end := strings.Index(s, "-->")
			if end < 0 {
				return ""
			}
			s = s[end+3:]
		case strings.HasPrefix(s, "<meta"):
			end := strings.IndexByte(s, '>')
			if end < 0 {
				end = len(s) - 1
			}
			if name := charsetParam(s[:end+1]); name != "" {
				return name
			}
			s = s[end+1:]
		default:
			s = s[1:]
		}
	}
	return ""
}

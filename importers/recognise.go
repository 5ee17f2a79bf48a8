package importers

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
	"unicode/utf16"

	"sourcebook/importers/archive"
	"sourcebook/importers/feed"
	"sourcebook/importers/mail"
	"sourcebook/importers/markdown"
	"sourcebook/importers/post"
)

type format string

const (
	formatHTML   format = "an HTML page"
	formatMHTML  format = "an MHTML page"
	formatText   format = "text"
	formatPDF    format = "a PDF"
	formatZip    format = "a zip archive"
	formatGzip   format = "a gzip archive"
	formatWARC   format = "a web archive (WARC)"
	formatSafari format = "a web archive of Safari"
	formatFeed   format = "a feed"
	formatMail   format = "a mail message"
	formatMD     format = "Markdown"
	formatOffice format = "a text document of an office program"
	formatBook   format = "a book (EPUB)"
	formatPosts  format = "a page of posts"
	formatOther  format = ""
)

// recognised is what the bytes are; media names those that cannot be read.
type recognised struct {
	format format
	media  string
}

// magics are the first bytes of files that people try and that are no text. The
// standard library's table (WHATWG MIME sniffing) is asked after these.
var magics = []magic{
	{bytes: "PK\x03\x04", format: formatZip},
	{bytes: "PK\x05\x06", format: formatZip},
	{bytes: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", media: "an old office document"},
	{bytes: "{\\rtf", format: formatOffice},
	{bytes: "SQLite format 3\x00", media: "an SQLite database"},
	{bytes: "WARC/", format: formatWARC},
	{bytes: "\x1f\x8b\x08", format: formatGzip},
	{bytes: "bplist00", media: "a binary property list"},
	{bytes: "\x7fELF", media: "a program"},
	{bytes: "MZ\x90", media: "a program"},
}

// magic names what begins with bytes: a format that is read, or else media.
type magic struct {
	bytes  string
	format format
	media  string
}

// zipped are the formats that are zips, told by an entry that each must have.
var zipped = []struct {
	entry  string
	format format
	media  string
}{
	{entry: "word/document.xml", format: formatOffice},
	{entry: "META-INF/container.xml", format: formatBook},
	{entry: "xl/workbook.xml", media: "a spreadsheet"},
	{entry: "ppt/presentation.xml", media: "a slide show"},
	{entry: "META-INF/manifest.xml", format: formatOffice},
	{entry: "META-INF/MANIFEST.MF", media: "a Java program"},
	{entry: "AndroidManifest.xml", media: "an Android program"},
}

// inZip tells what a zip is.
func inZip(in Input) recognised {
	names := make([]string, len(zipped))
	for i, z := range zipped {
		names[i] = z.entry
	}
	r, size := in.reader()
	found := archive.Holds(r, size, names...)
	for _, z := range zipped {
		if z.entry == found {
			return recognised{format: z.format, media: z.media}
		}
	}
	return recognised{format: formatZip}
}

// headBytes is how much of the start is looked at.
const headBytes = 16 << 10

// recognise decides by the bytes what in is; a stated media type or a name only
// tips the balance between HTML and text.
func recognise(in Input) recognised {
	start := in.head(headBytes)
	b := bytes.TrimPrefix(start, []byte("\xef\xbb\xbf"))
	if archive.IsWebArchive(b) {
		return recognised{format: formatSafari}
	}
	for _, m := range magics {
		switch {
		case !bytes.HasPrefix(b, []byte(m.bytes)):
		case m.format == formatZip:
			return inZip(in)
		case m.format == formatGzip && archive.IsWARC(b):
			return recognised{format: formatWARC}
		default:
			return recognised{format: m.format, media: m.media}
		}
	}
	// Readers of PDF take its mark anywhere in the first kilobyte.
	if bytes.Contains(b[:min(len(b), 1024)], []byte("%PDF-")) {
		return recognised{format: formatPDF}
	}
	head := asciiHead(start)
	switch {
	case feed.Is([]byte(head)):
		return recognised{format: formatFeed}
	case mail.Is(start), saidToBeMail(in) && !isMHTML(head) && mail.HasHeader(start):
		return recognised{format: formatMail}
	}
	if isMHTML(head) {
		return recognised{format: formatMHTML}
	}
	// Markdown may begin with elements of HTML, but is no document of it.
	md := markdown.Is(in.own(), in.MediaType, start) && !strings.Contains(head, "<html")
	if looksHTML(head) && !md {
		if post.IsChannel(head) {
			return recognised{format: formatPosts}
		}
		return recognised{format: formatHTML}
	}
	sniffed, _, _ := mime.ParseMediaType(http.DetectContentType(b))
	switch group, _, _ := strings.Cut(sniffed, "/"); {
	case sniffed == "text/html" && !md:
		return recognised{format: formatHTML}
	case group == "image", group == "audio", group == "video", group == "font":
		return recognised{media: fmt.Sprintf("%s file (%s)", article(group), sniffed)}
	case group == "application" && sniffed != "application/octet-stream":
		return recognised{media: "a file of type " + sniffed}
	}
	// Fragments of markup without any of the usual first tags: the name or the
	// server must have said that it is HTML, and there must be a tag at all.
	stated, _, _ := mime.ParseMediaType(in.MediaType)
	ext := strings.ToLower(path.Ext(in.own()))
	if (stated == "text/html" || stated == "application/xhtml+xml" || ext == ".html" || ext == ".htm" || ext == ".xhtml") && strings.Contains(head, "</") {
		return recognised{format: formatHTML}
	}
	if md {
		return recognised{format: formatMD}
	}
	return recognised{format: formatText}
}

func saidToBeMail(in Input) bool {
	stated, _, _ := mime.ParseMediaType(in.MediaType)
	return stated == "message/rfc822" || strings.EqualFold(path.Ext(in.own()), ".eml")
}

// asciiHead is the start of b in lower case, with UTF-16 turned into bytes so
// that tags can be seen in it.
func asciiHead(b []byte) string {
	b = b[:min(len(b), headBytes)]
	if len(b) >= 2 && (b[0] == 0xff && b[1] == 0xfe || b[0] == 0xfe && b[1] == 0xff) {
		big := b[0] == 0xfe
		u := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			if big {
				u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
			} else {
				u = append(u, uint16(b[i+1])<<8|uint16(b[i]))
			}
		}
		return strings.ToLower(string(utf16.Decode(u)))
	}
	return strings.ToLower(string(b))
}

// looksHTML tells markup from text that merely has a "<" in it: a document's
// first tags near the start, or several block tags.
func looksHTML(head string) bool {
	start := strings.TrimLeft(head, " \t\r\n\f\ufeff")
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<!-- saved from", "<!--\n page saved with singlefile"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	if strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<!--") {
		return strings.Contains(head, "<html")
	}
	if !strings.HasPrefix(start, "<") {
		return false
	}
	n := 0
	for _, tag := range []string{"<p>", "<p ", "<div", "<article", "<section", "<h1", "<h2", "<main", "<ul", "<table", "<span", "<meta", "<title", "<script", "<a "} {
		n += strings.Count(head, tag)
	}
	return n >= 2
}

// isMHTML tells a page saved as MIME (RFC 2557) by its header lines.
func isMHTML(head string) bool {
	header, _, found := strings.Cut(strings.ReplaceAll(head, "\r\n", "\n"), "\n\n")
	return found && strings.Contains(header, "mime-version:") && strings.Contains(header, "multipart/related")
}

// advice is the next step for a file that cannot be read.
func (r recognised) advice() string {
	if r.media == "" {
		return "save it as a web page or copy its text and paste it"
	}
	return "it is " + r.media + ": copy its text and paste it"
}

// misnamed is a warning where the file's name promises another format than the
// bytes have, else empty.
func (r recognised) misnamed(name string) string {
	promised := map[string]format{
		".html": formatHTML, ".htm": formatHTML, ".xhtml": formatHTML,
		".mht": formatMHTML, ".mhtml": formatMHTML, ".txt": formatText, ".pdf": formatPDF,
		".eml": formatMail, ".rss": formatFeed, ".atom": formatFeed, ".webarchive": formatSafari, ".docx": formatOffice, ".odt": formatOffice, ".rtf": formatOffice, ".epub": formatBook,
	}[strings.ToLower(path.Ext(name))]
	if promised == "" || promised == r.format || promised == formatText && r.format == formatMD || promised == formatHTML && r.format == formatPosts {
		return ""
	}
	return fmt.Sprintf("the file's name promises %s, but it holds %s and was read as that", promised, r.format)
}

func article(word string) string {
	if strings.ContainsAny(word[:1], "aeiou") {
		return "an " + word
	}
	return "a " + word
}

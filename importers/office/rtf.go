package office

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"strings"

	"sourcebook/importers/charset"
	"sourcebook/notebook/document"
)

// rtfGroup is what holds within one group of RTF, inherited by those within.
type rtfGroup struct {
	dest   string // what the text is of; empty for the document itself
	page   string // the encoding of bytes beyond ASCII
	uc     int    // how many characters stand for one in \u, for old readers
	hidden bool
	align  string // "super" or "sub"
	opened bool   // it is the group that a note's story began in
}

// rtf is an RTF while it is read.
type rtf struct {
	*parts
	*story
	b       []byte
	at      int
	group   rtfGroup
	groups  []rtfGroup
	lost    int            // groups beyond the limit
	fonts   map[int]string // encodings
	font    int
	levels  map[int]style // of styles, by number
	style   int
	name    strings.Builder // of the style at hand
	code    strings.Builder // of the field at hand
	pending []byte          // bytes in the encoding at hand
	skip    int             // characters that stand for one written before
	ignored bool            // \* stood before the word at hand
	cells   bool            // the paragraph stands in a table
	table   bool
	info    map[string]*strings.Builder
	notes   []document.Block
	count   int
	usual   string // the encoding where no font says another
	high    rune   // the first half of a pair of \u
}

// maxGroups bounds groups within groups.
const maxGroups = 2000

// ReadRTF reads a document in Rich Text Format 1.9. The error is ErrNotText or
// ctx's.
func ReadRTF(ctx context.Context, b []byte, o Options) (*document.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read RTF: %w", err)
	}
	b = bytes.TrimLeft(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(b, []byte(`{\rtf`)) {
		return nil, fmt.Errorf("read RTF: %w", ErrNotText)
	}
	r := &rtf{parts: &parts{ctx: ctx, doc: &document.Document{Kind: document.Report, URL: o.URL, OriginOf: map[string]document.Origin{}}}, story: &story{},
		b: b, fonts: map[int]string{}, levels: map[int]style{}, info: map[string]*strings.Builder{}, usual: "windows-1252"}
	r.group = rtfGroup{page: r.usual, uc: 1}
	r.open(&para{})
	for n := 0; r.at < len(b) && !r.full; n++ {
		if n&0xfff == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("read RTF: %w", ctx.Err())
		}
		r.token()
	}
	r.flush()
	r.endTable()
	r.closeBoxes()
	r.add(r.notes...)
	text := func(name string) string {
		if s := r.info[name]; s != nil {
			return strings.Join(strings.Fields(s.String()), " ")
		}
		return ""
	}
	r.meta = meta{title: text("title"), creator: text("author"), created: text("creatim"), modified: text("revtim")}
	r.finish(r.story, o)
	return r.doc, nil
}

func (r *rtf) token() {
	switch c := r.b[r.at]; c {
	case '{':
		r.flush()
		r.at++
		r.skip = 0
		if len(r.groups) >= maxGroups {
			r.lost++
			return
		}
		r.groups = append(r.groups, r.group)
		r.group.opened = false
	case '}':
		r.flush()
		r.at++
		r.skip = 0
		if r.lost > 0 {
			r.lost--
			return
		}
		r.endGroup()
	case '\\':
		r.control()
	case '\r', '\n', 0:
		r.at++
	default:
		r.at++
		r.char(c)
	}
}

func (r *rtf) endGroup() {
	n := len(r.groups)
	if n == 0 {
		return
	}
	was := r.group
	r.group = r.groups[n-1]
	r.groups = r.groups[:n-1]
	switch {
	case was.opened && was.dest == "footnote":
		r.endTable()
		for i, b := range r.closeBox() {
			if i == 0 {
				mark := fmt.Sprintf("[%d] ", r.count)
				b.Text = mark + b.Text
				for k := range b.Links {
					b.Links[k].Start += len(mark)
					b.Links[k].End += len(mark)
				}
			}
			r.notes = append(r.notes, b)
		}
	case was.opened && (was.dest == "header" || was.dest == "footer"):
		r.endTable()
		r.drop(document.Footer, document.Canonical(r.closeBox()))
	case was.dest == "fldrslt" && r.group.dest != "fldrslt":
		if p := r.now(); p != nil {
			p.closeLink()
		}
	case was.dest == "style" && r.name.Len() > 0:
		if len(r.levels) < 10_000 {
			r.levels[r.style] = style{name: strings.ToLower(strings.Trim(strings.TrimSpace(r.name.String()), ";"))}
		}
		r.name.Reset()
		r.style = 0
	}
}

// char takes a byte of text.
func (r *rtf) char(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	r.pending = append(r.pending, c)
}

// flush decodes the bytes at hand and puts them where they belong.
func (r *rtf) flush() {
	if len(r.pending) == 0 {
		return
	}
	text := string(r.pending)
	for i := 0; i < len(r.pending); i++ {
		if r.pending[i] >= 0x80 {
			if s, _, err := charset.Decode(r.pending, charset.Hint{Override: r.group.page}); err == nil {
				text = s
			} else {
				text = strings.ToValidUTF8(text, "\uFFFD")
			}
			break
		}
	}
	r.pending = r.pending[:0]
	r.put(text)
}

func (r *rtf) put(text string) {
	switch d := r.group.dest; d {
	case "", "fldrslt", "footnote", "header", "footer":
		switch r.group.align {
		case "super":
			text = raised(text)
		case "sub":
			text = lowered(text)
		}
		if p := r.now(); p != nil && !r.group.hidden {
			p.write(text)
		}
	case "fldinst":
		if r.code.Len() < 8192 {
			r.code.WriteString(text)
		}
	case "style":
		if r.name.Len() < 200 {
			r.name.WriteString(text)
		}
	case "title", "author":
		if r.info[d] == nil {
			r.info[d] = &strings.Builder{}
		}
		if r.info[d].Len() < 2000 {
			r.info[d].WriteString(text)
		}
	}
}

// control takes a control word or symbol.
func (r *rtf) control() {
	r.at++
	if r.at >= len(r.b) {
		return
	}
	c := r.b[r.at]
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		start := r.at
		for r.at < len(r.b) && (r.b[r.at] >= 'a' && r.b[r.at] <= 'z' || r.b[r.at] >= 'A' && r.b[r.at] <= 'Z') && r.at-start < 40 {
			r.at++
		}
		word := string(r.b[start:r.at])
		from := r.at
		if r.at < len(r.b) && r.b[r.at] == '-' {
			r.at++
		}
		for r.at < len(r.b) && r.b[r.at] >= '0' && r.b[r.at] <= '9' && r.at-from < 12 {
			r.at++
		}
		n, err := strconv.Atoi(string(r.b[from:r.at]))
		given := err == nil
		if r.at < len(r.b) && r.b[r.at] == ' ' {
			r.at++
		}
		r.word(word, n, given)
		r.ignored = false
		return
	}
	r.at++
	switch c {
	case '\'':
		if r.at+1 < len(r.b) {
			if n, err := strconv.ParseUint(string(r.b[r.at:r.at+2]), 16, 8); err == nil {
				r.at += 2
				r.char(byte(n))
			}
		}
	case '*':
		r.ignored = true
		return
	case '~':
		r.char(' ')
	case '_':
		r.char('-')
	case '-':
	case '\n', '\r':
		r.flush()
		r.endPara()
	case '\\', '{', '}':
		r.char(c)
	}
	r.ignored = false
}

// rtfChars are the control words that stand for characters.
var rtfChars = map[string]string{"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"tab": " ", "emspace": " ", "enspace": " ", "qmspace": " "}

// rtfOther are the destinations whose text is no part of the document.
var rtfOther = map[string]bool{"fonttbl": true, "colortbl": true, "pict": true, "object": true, "objdata": true, "listtext": true, "pntext": true, "pn": true,
	"xe": true, "tc": true, "rxe": true, "bkmkstart": true, "themedata": true, "datastore": true, "nonshppict": true, "filetbl": true, "revtbl": true,
	"info": true, "listtable": true, "rsidtbl": true, "generator": true, "ftnsep": true, "ftnsepc": true, "aftnsep": true, "aftnsepc": true, "operator": true, "comment": true,
	"subject": true, "keywords": true, "doccomm": true, "company": true, "manager": true, "category": true, "annotation": true, "atnid": true, "atnauthor": true}

// rtfPages are encodings by the numbers of Windows' code pages.
func rtfPage(n int) string {
	switch {
	case n >= 1250 && n <= 1258:
		return "windows-" + strconv.Itoa(n)
	case n == 932:
		return "shift_jis"
	case n == 936:
		return "gbk"
	case n == 949:
		return "euc-kr"
	case n == 950:
		return "big5"
	case n == 874:
		return "windows-874"
	case n == 10000:
		return "macintosh"
	case n == 10007:
		return "x-mac-cyrillic"
	case n == 866:
		return "ibm866"
	case n == 65001:
		return "utf-8"
	}
	return "windows-1252"
}

var rtfCharsets = map[int]int{77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}

func (r *rtf) word(word string, n int, given bool) {
	if word != "u" {
		r.flush()
	}
	g := &r.group
	text := g.dest == "" || g.dest == "fldrslt" || g.dest == "footnote" || g.dest == "header" || g.dest == "footer"
	switch word {
	case "bin":
		r.at = min(len(r.b), r.at+max(n, 0))
		return
	case "u":
		r.flush()
		if n < 0 {
			n += 65536
		}
		r.unicode(rune(n))
		r.skip = g.uc
		return
	case "uc":
		g.uc = min(max(n, 0), 10)
		return
	case "ansicpg":
		g.page, r.usual = rtfPage(n), rtfPage(n)
		return
	case "mac":
		g.page, r.usual = "macintosh", "macintosh"
		return
	case "f":
		if g.dest == "fonttbl" {
			r.font = n
		} else if page, found := r.fonts[n]; found {
			g.page = page
		} else {
			g.page = r.usual
		}
		return
	case "fcharset":
		if page, found := rtfCharsets[n]; found && g.dest == "fonttbl" && len(r.fonts) < 10_000 {
			r.fonts[r.font] = rtfPage(page)
		}
		return
	case "stylesheet":
		g.dest = "style"
		return
	case "title", "author":
		g.dest = word
		return
	case "creatim", "revtim":
		g.dest = word
		return
	case "yr", "mo", "dy":
		r.date(g.dest, word, n)
		return
	case "field":
		r.code.Reset()
		return
	case "fldinst":
		g.dest = "fldinst"
		return
	case "fldrslt":
		g.dest = "fldrslt"
		if m := hyperlink.FindStringSubmatch(r.code.String()); m != nil && r.now() != nil {
			r.now().openLink(m[1])
		}
		return
	case "footnote":
		if !text || len(r.boxes) >= maxTables {
			break
		}
		r.count++
		if p := r.now(); p != nil {
			p.space = false
			p.write(fmt.Sprintf("[%d]", r.count))
		}
		r.story.openBox()
		r.open(&para{})
		g.dest, g.opened = "footnote", true
		return
	case "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf":
		if len(r.boxes) >= maxTables {
			break
		}
		r.story.openBox()
		r.open(&para{})
		g.dest, g.opened = word[:6], true
		return
	}
	if rtfOther[word] || r.ignored {
		if word != "shppict" && word != "shptxt" && word != "fldinst" {
			g.dest = "other"
			if word == "fonttbl" {
				g.dest = word
			}
		}
		return
	}
	if g.dest == "style" {
		if word == "s" {
			r.style = n
		}
		return
	}
	if !text {
		return
	}
	if s, found := rtfChars[word]; found {
		r.put(s)
		return
	}
	p := r.now()
	switch word {
	case "par", "sect", "page":
		r.endPara()
	case "line":
		if p != nil && !g.hidden {
			p.line()
		}
	case "pard":
		r.cells = false
		if p != nil && p.runes == 0 {
			p.kind, p.level, p.title, p.sub, p.toc = "", 0, false, false, false
		}
	case "plain":
		g.hidden, g.align = false, ""
	case "super", "sub":
		if g.align = word; given && n == 0 {
			g.align = ""
		}
	case "nosupersub":
		g.align = ""
	case "v":
		g.hidden = !given || n != 0
	case "deleted":
		g.hidden = !given || n != 0
	case "s":
		if s, found := r.levels[n]; found && p != nil {
			styles{"": &s}.apply(p, "")
		}
	case "outlinelevel":
		if p != nil && n >= 0 && n < 9 {
			p.kind, p.level = document.Heading, min(n+1, 6)
		}
	case "ls":
		if p != nil && p.kind == "" && n > 0 {
			p.kind, p.level = document.ListItem, 1
		}
	case "ilvl":
		if p != nil && (p.kind == "" || p.kind == document.ListItem) && n >= 0 {
			p.kind, p.level = document.ListItem, min(n, 8)+1
		}
	case "intbl":
		r.cells = true
	case "cell", "nestcell":
		if !r.table {
			r.table = true
			r.openTable() // the open paragraph is its first cell's
		}
		r.close()
		r.endCell()
		r.open(&para{})
	case "row", "nestrow":
		r.close()
		r.endRow()
		r.open(&para{})
	}
}

func (r *rtf) endTable() {
	if !r.table {
		return
	}
	r.table = false
	r.close()
	r.closeTable()
	r.open(&para{})
}

// endPara ends the paragraph at hand; the next has the same kind until \pard.
func (r *rtf) endPara() {
	p := r.now()
	if r.table && !r.cells {
		r.table = false
		r.paras = r.paras[:max(0, len(r.paras)-1)]
		r.closeTable()
		if p != nil {
			r.open(p)
		}
	}
	next := &para{}
	if p != nil {
		next.kind, next.level = p.kind, p.level
		next.url = p.url
		next.from = -1
	}
	r.close()
	r.open(next)
}

// unicode writes a character that \u gives; two halves of a pair come one after
// the other.
func (r *rtf) unicode(c rune) {
	if c >= 0xDC00 && c < 0xE000 && r.high != 0 {
		r.put(string((r.high-0xD800)<<10 + (c - 0xDC00) + 0x10000))
		r.high = 0
		return
	}
	r.high = 0
	if c >= 0xD800 && c < 0xDC00 {
		r.high = c
		return
	}
	if c >= 0xF000 && c < 0xF100 || c >= 0xDC00 && c < 0xE000 || c > 0xFFFF { // of a symbol's font
		return
	}
	r.put(string(c))
}

// date takes a number of a day in the document's information.
func (r *rtf) date(dest, word string, n int) {
	if dest != "creatim" && dest != "revtim" || n < 0 || n > 9999 {
		return
	}
	if r.info[dest] == nil {
		r.info[dest] = &strings.Builder{}
	}
	s := r.info[dest]
	switch word {
	case "yr":
		fmt.Fprintf(s, "%04d", n)
	default:
		fmt.Fprintf(s, "-%02d", n)
	}
}

// Package docx renders a composed briefing as a Word document (ECMA-376,
// transitional). The parts are written by hand: the little that a briefing
// needs of the format is less than any library would bring.
//
// Endnotes are numbered paragraphs at the end with bookmarks, and references to
// them raised links, since a Word endnote can be referred to only once.
package docx

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
)

// Render writes d as DOCX. The same document gives the same bytes.
func Render(w io.Writer, d *briefing.Document) error {
	b := &body{doc: d, targets: map[string]string{}, cited: map[int]bool{}}
	b.write()
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relations},
		{"docProps/core.xml", b.properties()},
		{"word/document.xml", b.document()},
		{"word/_rels/document.xml.rels", b.relations()},
		{"word/styles.xml", styles},
		{"word/numbering.xml", b.numbering()},
		{"word/settings.xml", settings},
		{"word/header.xml", b.header()},
		{"word/footer.xml", b.footer()},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate})
		if err == nil {
			_, err = io.WriteString(f, part.text)
		}
		if err != nil {
			return fmt.Errorf("write briefing %q as DOCX, part %s: %w", d.Title, part.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write briefing %q as DOCX: %w", d.Title, err)
	}
	return nil
}

// body gathers the paragraphs of word/document.xml.
type body struct {
	doc     *briefing.Document
	out     strings.Builder
	targets map[string]string // address → relationship ID
	order   []string          // addresses in the order of their IDs
	cited   map[int]bool
	marks   int   // bookmarks so far
	lists   []int // the start of each ordered list
}

func (b *body) add(parts ...string) {
	for _, s := range parts {
		b.out.WriteString(s)
	}
}

func (b *body) write() {
	d := b.doc
	b.plain("Title", d.Title)
	if d.Subtitle != "" {
		b.plain("Subtitle", d.Subtitle)
	}
	by := briefing.DateWords(d.Date)
	if d.Author != "" {
		by += "  ·  " + d.Author
	}
	b.plain("Byline", by)
	sections := d.Ordered()
	for i, s := range sections {
		if s.Kind == notebook.PartJudgements {
			b.add(boxOpen)
			b.plain("JudgementHeading", s.Heading)
			b.blocks(s.Blocks, frame{})
			b.add(boxShut)
			b.plain("AfterTable", "")
		} else {
			b.plain("Heading1", strings.TrimSpace(s.Number+"  "+s.Heading))
			b.blocks(s.Blocks, frame{})
		}
		if s.Kind == notebook.PartSources {
			b.sources()
		}
		// The properties of a section stand at its end: the paper turns where
		// the next is of the other orientation.
		if i+1 < len(sections) && sections[i+1].Wide != s.Wide {
			b.add("<w:p><w:pPr>", paper(s.Wide), "</w:pPr></w:p>")
		}
	}
	b.add(paper(len(sections) > 0 && sections[len(sections)-1].Wide))
}

func paper(wide bool) string {
	size := `<w:pgSz w:w="11906" w:h="16838"/>`
	if wide {
		size = `<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`
	}
	return `<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/><w:type w:val="nextPage"/>` +
		size + `<w:pgMar w:top="1500" w:right="1200" w:bottom="1400" w:left="1200" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>`
}

// frame is where blocks stand.
type frame struct {
	style  string // of paragraphs, empty: the usual
	indent int    // in twentieths of a point
	cell   bool
}

// A list or quotation moves its text by this much, at most so often.
const (
	step    = 360
	deepest = 6
)

func (f frame) in() frame {
	if f.indent < step*deepest {
		f.indent += step
	}
	return f
}

func (b *body) blocks(blocks []briefing.Block, f frame) {
	for _, block := range blocks {
		switch block := block.(type) {
		case briefing.Heading:
			style := "Heading" + strconv.Itoa(min(max(block.Level, 1)+1, 4))
			if f.cell {
				style = "CellHeading"
			}
			t := block.Text
			if block.Number != "" {
				t = append(briefing.Plain(block.Number+"  "), t...)
			}
			b.paragraph(style, "", t)
		case briefing.Paragraph:
			style := f.style
			if block.Quiet {
				style = "Quiet"
			}
			b.paragraph(style, indent(f.indent, 0), block.Text)
		case briefing.List:
			b.list(block, f)
		case briefing.Quote:
			b.blocks(block.Blocks, frame{"Quote", f.in().indent, f.cell})
		case briefing.Code:
			for _, line := range strings.Split(block.Text, "\n") {
				b.paragraph("Code", indent(f.indent, 0), briefing.Text{{Text: line}})
			}
		case briefing.Claims:
			for _, c := range block.Items {
				b.claim(c, "", f)
			}
		case briefing.Judgements:
			for i, c := range block.Items {
				c.Countries, c.Topics, c.Date = nil, nil, ""
				b.claim(c, strconv.Itoa(i+1)+".", f)
			}
		case briefing.Timeline:
			for _, c := range block.Entries {
				b.plain("TimelineDate", briefing.DateWords(c.Date))
				c.Date = ""
				b.claim(c, "", f)
			}
		case briefing.Table:
			b.table(block)
		}
	}
}

// indent is the property of a paragraph that stands in, with its first line out.
func indent(left, hanging int) string {
	if left == 0 {
		return ""
	}
	s := `<w:ind w:left="` + strconv.Itoa(left) + `"`
	if hanging > 0 {
		s += ` w:hanging="` + strconv.Itoa(hanging) + `"`
	}
	return s + "/>"
}

func (b *body) list(l briefing.List, f frame) {
	number := 1 // the bullets
	if l.Ordered {
		b.lists = append(b.lists, l.Start)
		number = len(b.lists) + 1
	}
	inner := f.in()
	for _, item := range l.Items {
		first := true
		for _, block := range item {
			p, ok := block.(briefing.Paragraph)
			if ok && first {
				b.paragraph(or(f.style, "Item"), `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+strconv.Itoa(number)+`"/></w:numPr>`+indent(inner.indent, step*2/3), p.Text)
			} else {
				b.blocks([]briefing.Block{block}, inner)
			}
			first = false
		}
		if first {
			b.paragraph(or(f.style, "Item"), `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+strconv.Itoa(number)+`"/></w:numPr>`+indent(inner.indent, step*2/3), nil)
		}
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// claim is a claim in several paragraphs, which stay together. One with a
// number is a key judgement.
func (b *body) claim(c briefing.Claim, number string, f frame) {
	statement, facts := "Claim", "Facts"
	switch {
	case number != "":
		statement, facts = "Judgement", "JudgementFacts"
	case f.cell:
		statement, facts = "CellText", "CellFacts"
	}
	var lines []briefing.Text
	kinds := []briefing.RemarkKind{}
	put := func(t briefing.Text, k briefing.RemarkKind) { lines, kinds = append(lines, t), append(kinds, k) }
	if s := c.Facts(); len(s) > 0 {
		put(briefing.Plain(strings.Join(s, "  ·  ")), "")
	}
	if s := c.Estimate(); len(s) > 0 {
		put(briefing.Plain(strings.Join(s, "   ")), "")
	}
	for _, r := range c.Remarks {
		t := r.Text
		if label := r.Kind.Label(); label != "" {
			t = append(briefing.Text{{Text: label + " ", Bold: true}}, t...)
		}
		put(t, r.Kind)
	}
	if len(c.See) > 0 {
		put(briefing.Plain(briefing.WordSeeAlso).WithNotes(c.See...), "")
	}
	keep := ""
	if len(lines) > 0 {
		keep = "<w:keepNext/>"
	}
	b.open(statement, keep, c.Statement)
	grade := c.Grade()
	if grade == "" && c.ID != "" {
		grade = "–"
	}
	switch {
	case number != "":
		b.run(number, `<w:b/><w:color w:val="18365C"/>`)
		b.add("<w:r><w:tab/></w:r>")
	case f.cell:
	default:
		b.run(" "+grade+" ", `<w:rStyle w:val="Grade"/>`)
		b.add("<w:r><w:tab/></w:r>")
	}
	b.text(c.Statement.WithNotes(c.Notes...))
	if grade = c.Grade(); grade != "" && (f.cell || number != "") {
		b.run("  ", "")
		b.run(" "+grade+" ", `<w:rStyle w:val="Grade"/>`)
	}
	b.shut()
	for i, t := range lines {
		style := facts
		if kinds[i].Warns() && kinds[i] != "" {
			style += "Warning"
		}
		keep := "<w:keepNext/>"
		if i == len(lines)-1 {
			keep = ""
		}
		b.paragraph(style, keep, t)
	}
}

const leadColumn = 750

func (b *body) table(t briefing.Table) {
	columns := len(t.Header)
	for _, r := range t.Rows {
		columns = max(columns, len(r))
	}
	if columns == 0 {
		return
	}
	b.add(`<w:tbl><w:tblPr><w:tblStyle w:val="Comparison"/><w:tblW w:w="5000" w:type="pct"/><w:tblLook w:val="0420" w:firstRow="1"/></w:tblPr><w:tblGrid>`)
	// In fiftieths of a per cent. A column that only names the row is narrow.
	widths := make([]int, columns)
	for i := range widths {
		widths[i] = 5000 / columns
		if t.Lead && columns > 1 {
			widths[i] = (5000 - leadColumn) / (columns - 1)
		}
	}
	if t.Lead && columns > 1 {
		widths[0] = leadColumn
	}
	for _, w := range widths {
		b.add(`<w:gridCol w:w="`, strconv.Itoa(w*19/10), `"/>`)
	}
	b.add("</w:tblGrid>")
	row := func(cells []briefing.Cell, head bool) {
		b.add("<w:tr>")
		if head {
			b.add("<w:trPr><w:tblHeader/></w:trPr>")
		}
		for i := range columns {
			var c briefing.Cell
			if i < len(cells) {
				c = cells[i]
			}
			b.add(`<w:tc><w:tcPr><w:tcW w:w="`, strconv.Itoa(widths[i]), `" w:type="pct"/>`)
			if head {
				b.add(`<w:shd w:val="clear" w:color="auto" w:fill="18365C"/>`)
			}
			b.add("</w:tcPr>")
			before := b.out.Len()
			switch {
			case head:
				b.open("CellHead", "", nil)
				b.text(flat(c.Blocks))
				b.shut()
			case c.Gap:
				b.paragraph("CellFacts", "", briefing.Text{{Text: briefing.WordNothing, Italic: true}})
			case i == 0 && t.Lead:
				b.paragraph("CellHeading", "", flat(c.Blocks))
			default:
				b.blocks(c.Blocks, frame{style: "CellText", cell: true})
			}
			if b.out.Len() == before {
				b.plain("CellText", "") // a cell ends with a paragraph
			}
			b.add("</w:tc>")
		}
		b.add("</w:tr>")
	}
	if len(t.Header) > 0 {
		row(t.Header, true)
	}
	for _, r := range t.Rows {
		row(r, false)
	}
	b.add("</w:tbl>")
	b.plain("AfterTable", "") // two tables beside each other would join
}

func flat(blocks []briefing.Block) briefing.Text {
	var t briefing.Text
	briefing.Walk(blocks, func(block briefing.Block) {
		var more briefing.Text
		switch block := block.(type) {
		case briefing.Paragraph:
			more = block.Text
		case briefing.Heading:
			more = block.Text
		case briefing.Code:
			more = briefing.Plain(block.Text)
		}
		if len(t) > 0 && len(more) > 0 {
			t = append(t, briefing.Span{Text: " "})
		}
		t = append(t, more...)
	})
	return t
}

func (b *body) sources() {
	if len(b.doc.Summary) > 0 {
		b.plain("Heading2", briefing.HeadingSummary)
		for _, s := range b.doc.Summary {
			b.plain("", s)
		}
	}
	if len(b.doc.Notes) > 0 {
		b.plain("Heading2", briefing.HeadingNotes)
		for _, n := range b.doc.Notes {
			b.note(n)
		}
	}
	if scales := b.doc.Scales(); len(scales) > 0 {
		b.plain("Heading2", briefing.HeadingScales)
		for _, s := range scales {
			b.paragraph("", "<w:keepNext/>", briefing.Text{{Text: s.Name + ". ", Bold: true}, {Text: s.Text}})
			for i, r := range s.Rows {
				style, keep := "Scale", "<w:keepNext/>"
				if i == len(s.Rows)-1 {
					style, keep = "ScaleEnd", ""
				}
				b.open(style, keep, nil)
				b.run(r[0], "<w:b/>")
				b.add("<w:r><w:tab/></w:r>")
				b.run(r[1], "")
				b.shut()
			}
		}
	}
}

func (b *body) note(n briefing.Note) {
	id := strconv.Itoa(n.N)
	b.open("Endnote", "<w:keepNext/>", briefing.Plain(n.Name()))
	b.bookmark("note"+id, func() {
		if b.cited[n.N] {
			b.add(`<w:hyperlink w:anchor="ref`, id, `">`)
			b.run(id, `<w:b/><w:color w:val="1A56A0"/>`)
			b.add("</w:hyperlink>")
		} else {
			b.run(id, "<w:b/>")
		}
	})
	b.add("<w:r><w:tab/></w:r>")
	b.run(n.Name(), "<w:b/><w:bCs/>"+direction(n.Name()))
	b.shut()
	for _, s := range n.Descriptor() {
		style := "EndnoteFacts"
		if s == briefing.TextLead {
			style += "Warning"
		}
		b.plain(style, s)
	}
	if n.URL != "" {
		b.paragraph("EndnoteFacts", "", briefing.Text{{Text: n.URL, URL: n.URL}})
	}
	if n.SHA256 != "" {
		b.paragraph("EndnoteFacts", "", briefing.Text{{Text: briefing.WordSHA256 + " "}, {Text: n.SHA256, Code: true}})
	}
	for _, q := range n.Passages {
		b.paragraph("EndnoteFacts", "", briefing.Text{{Text: "“" + q + "”", Italic: true}})
	}
}

func (b *body) plain(style, s string) { b.paragraph(style, "", briefing.Plain(s)) }

func (b *body) paragraph(style, properties string, t briefing.Text) {
	b.open(style, properties, t)
	b.text(t)
	b.shut()
}

// open begins a paragraph; the properties stand in the order of the schema:
// style, keepNext, numPr, bidi, ind.
func (b *body) open(style, properties string, t briefing.Text) {
	b.add("<w:p><w:pPr>")
	if style != "" {
		b.add(`<w:pStyle w:val="`, style, `"/>`)
	}
	before, after := properties, ""
	if i := strings.Index(properties, "<w:ind"); i >= 0 {
		before, after = properties[:i], properties[i:]
	}
	b.add(before)
	if rightToLeft(t.String()) {
		b.add("<w:bidi/>")
	}
	b.add(after, "</w:pPr>")
}

func (b *body) shut() { b.add("</w:p>") }

func (b *body) text(t briefing.Text) {
	for i, s := range t {
		if s.Note > 0 {
			if i > 0 && t[i-1].Note > 0 {
				b.run(",", `<w:vertAlign w:val="superscript"/>`)
			}
			b.reference(s.Note)
			continue
		}
		var p strings.Builder
		if s.URL != "" && linkable(s.URL) {
			p.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
		} else if s.Code {
			p.WriteString(`<w:rStyle w:val="CodeText"/>`)
		}
		if s.Bold {
			p.WriteString("<w:b/><w:bCs/>")
		}
		if s.Italic {
			p.WriteString("<w:i/><w:iCs/>")
		}
		p.WriteString(direction(s.Text))
		if s.URL != "" && linkable(s.URL) {
			b.add(`<w:hyperlink r:id="`, b.target(s.URL), `">`)
			b.run(s.Text, p.String())
			b.add("</w:hyperlink>")
		} else {
			b.run(s.Text, p.String())
		}
	}
}

func direction(s string) string {
	if rightToLeft(s) {
		return "<w:rtl/>"
	}
	return ""
}

func (b *body) reference(n int) {
	id := strconv.Itoa(n)
	link := func() {
		b.add(`<w:hyperlink w:anchor="note`, id, `">`)
		b.run(id, `<w:color w:val="1A56A0"/><w:vertAlign w:val="superscript"/>`)
		b.add("</w:hyperlink>")
	}
	if b.cited[n] {
		link()
		return
	}
	b.cited[n] = true
	b.bookmark("ref"+id, link)
}

func (b *body) bookmark(name string, inside func()) {
	b.marks++
	id := strconv.Itoa(b.marks)
	b.add(`<w:bookmarkStart w:id="`, id, `" w:name="`, name, `"/>`)
	inside()
	b.add(`<w:bookmarkEnd w:id="`, id, `"/>`)
}

// run is text in one way of setting; a "\n" in it is a line break.
func (b *body) run(s, properties string) {
	if s == "" {
		return
	}
	b.add("<w:r>")
	if properties != "" {
		b.add("<w:rPr>", properties, "</w:rPr>")
	}
	for i, line := range strings.Split(clean(s), "\n") {
		if i > 0 {
			b.add("<w:br/>")
		}
		if line != "" {
			b.add(`<w:t xml:space="preserve">`, esc(line), "</w:t>")
		}
	}
	b.add("</w:r>")
}

func linkable(u string) bool {
	u = strings.ToLower(strings.TrimSpace(u))
	return strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "mailto:")
}

func (b *body) target(u string) string {
	u = strings.TrimSpace(u)
	id, ok := b.targets[u]
	if !ok {
		b.order = append(b.order, u)
		id = "rIdLink" + strconv.Itoa(len(b.order))
		b.targets[u] = id
	}
	return id
}

// clean is s in what XML may hold: valid UTF-8, one kind of line end, control
// characters shown, overrides of direction taken out.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
			return '\uFFFD'
		case r == 0x202D, r == 0x202E:
			return -1
		}
		return r
	}, s)
}

func esc(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s)) // a strings.Builder does not fail
	return b.String()
}

// uri is u with what may not stand in a URI percent-encoded; Word refuses a
// document with a link that is none.
func uri(u string) string {
	var b strings.Builder
	for i := 0; i < len(u); i++ {
		c := u[i]
		percent := c == '%' && (i+2 >= len(u) || !isHex(u[i+1]) || !isHex(u[i+2]))
		if c <= ' ' || c >= 0x7F || percent || strings.IndexByte("\"<>\\^`{|}[]", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isHex(c byte) bool { return unicode.Is(unicode.ASCII_Hex_Digit, rune(c)) }

// rightToLeft says whether text reads from the right, by its first letter.
func rightToLeft(s string) bool {
	for _, r := range s {
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) && unicode.IsLetter(r) {
			return true
		}
		if unicode.IsLetter(r) {
			return false
		}
	}
	return false
}

const names = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func (b *body) document() string {
	return xml.Header + "<w:document " + names + "><w:body>" + b.out.String() + "</w:body></w:document>"
}

func (b *body) relations() string {
	var s strings.Builder
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	s.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, part := range [][2]string{{"Styles", "styles"}, {"Numbering", "numbering"}, {"Settings", "settings"}, {"Header", "header"}, {"Footer", "footer"}} {
		fmt.Fprintf(&s, `<Relationship Id="rId%s" Type="%s%s" Target="%s.xml"/>`, part[0], office, part[1], part[1])
	}
	for i, u := range b.order {
		fmt.Fprintf(&s, `<Relationship Id="rIdLink%d" Type="%shyperlink" Target="%s" TargetMode="External"/>`, i+1, office, esc(uri(u)))
	}
	s.WriteString("</Relationships>")
	return s.String()
}

func (b *body) properties() string {
	d := b.doc
	made := d.Made.UTC()
	if made.IsZero() {
		made = time.Unix(0, 0).UTC()
	}
	stamp := made.Format("2006-01-02T15:04:05Z")
	return xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
		"<dc:title>" + esc(clean(d.Title)) + "</dc:title><dc:subject>" + esc(clean(d.Subtitle)) + "</dc:subject><dc:creator>" + esc(clean(d.Author)) + "</dc:creator><cp:keywords>" + esc(clean(briefing.MarkingWords(d.TLP))) +
		`</cp:keywords><dcterms:created xsi:type="dcterms:W3CDTF">` + stamp + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + stamp + "</dcterms:modified></cp:coreProperties>"
}

// numbering defines the bullets, and each ordered list with its own start.
func (b *body) numbering() string {
	var s strings.Builder
	s.WriteString(xml.Header + "<w:numbering " + names + ">")
	level := func(id int, format, text string, start int) {
		fmt.Fprintf(&s, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>`, id, start, format, text)
	}
	level(0, "bullet", "•", 1)
	for i, start := range b.lists {
		level(i+1, "decimal", "%1.", max(start, 0))
	}
	for i := range len(b.lists) + 1 {
		fmt.Fprintf(&s, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/></w:num>`, i+1, i)
	}
	s.WriteString("</w:numbering>")
	return s.String()
}

// marking is the label as TLP 2.0 sets it: 12 point bold in its colour on
// black, at the right.
func (b *body) marking() string {
	m := briefing.MarkingWords(b.doc.TLP)
	if m == "" {
		return ""
	}
	return `<w:r><w:rPr><w:b/><w:color w:val="` + briefing.MarkingColour(b.doc.TLP) + `"/><w:sz w:val="24"/><w:shd w:val="clear" w:color="auto" w:fill="000000"/></w:rPr><w:t xml:space="preserve">&#160;` + esc(clean(m)) + `&#160;</w:t></w:r>`
}

func (b *body) header() string {
	return xml.Header + "<w:hdr " + names + `><w:p><w:pPr><w:pStyle w:val="Margin"/><w:jc w:val="right"/></w:pPr>` + b.marking() + "</w:p></w:hdr>"
}

func (b *body) footer() string {
	field := func(name string) string {
		return `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + name + ` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
	}
	return xml.Header + "<w:ftr " + names + `><w:p><w:pPr><w:pStyle w:val="Margin"/><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">Page </w:t></w:r>` + field("PAGE") +
		`<w:r><w:t xml:space="preserve"> of </w:t></w:r>` + field("NUMPAGES") + `<w:r><w:t xml:space="preserve">    </w:t></w:r>` + b.marking() + "</w:p></w:ftr>"
}

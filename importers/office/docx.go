package office

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"sourcebook/importers/charset"
	"sourcebook/importers/webpage"
	"sourcebook/importers/xmlwalk"
	"sourcebook/notebook/document"
)

// docx is a DOCX while it is read.
type docx struct {
	*parts
	*story
	styles styles
	rels   map[string]rel              // of the part at hand, by ID
	dir    string                      // the folder of the part at hand
	notes  map[string][]document.Block // by "f" or "e" and the ID
	number map[string]int              // of a note, in the order in which the text refers to them
	order  []string
	fields []field // open ones: they nest
	run    run
	pict   string // what the program writes in place of the picture at hand
}

// field is a field of Word: an instruction and its result.
type field struct {
	code   strings.Builder
	result bool // the result has begun
	link   bool
}

// run is what is known of the run at hand.
type run struct {
	hidden bool
	align  string // "superscript" or "subscript"
}

type rel struct {
	target   string
	external bool
}

// readRels reads the relations of a part.
func (d *docx) readRels(part string) (map[string]rel, error) {
	list := map[string]rel{}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	w, err := d.walk(name)
	if w == nil {
		return list, err
	}
	for k := w.Next(); k != xmlwalk.End; k = w.Next() {
		if k == xmlwalk.Open && w.Name == "relationship" && len(list) < 50_000 {
			list[w.Attr("id")] = rel{w.Attr("target"), strings.EqualFold(w.Attr("targetmode"), "external")}
			if strings.HasSuffix(w.Attr("type"), "/officeDocument") {
				list["main"] = rel{target: w.Attr("target")}
			}
		}
	}
	return list, d.ended(w, name)
}

// at is the path in the document of a relation's target.
func (d *docx) at(target string) string {
	if strings.HasPrefix(target, "/") {
		return strings.TrimPrefix(path.Clean(target), "/")
	}
	return strings.TrimPrefix(path.Clean("/"+path.Join(d.dir, target)), "/")
}

func readDOCX(p *parts) (*story, error) {
	d := &docx{parts: p, story: &story{}, notes: map[string][]document.Block{}, number: map[string]int{}}
	top, err := d.readRels("")
	if err != nil {
		return nil, err
	}
	main := "word/document.xml"
	if m, found := top["main"]; found {
		main = d.at(m.target)
	}
	if !p.has(main) {
		return nil, ErrNotText
	}
	d.dir = path.Dir(main)
	if d.styles, err = p.readStyles(d.dir + "/styles.xml"); err != nil {
		return nil, err
	}
	for _, n := range []struct{ file, kind string }{{"/footnotes.xml", "f"}, {"/endnotes.xml", "e"}} {
		if err := d.readNotes(d.dir+n.file, n.kind); err != nil {
			return nil, err
		}
	}
	if d.rels, err = d.readRels(main); err != nil {
		return nil, err
	}
	w, err := p.walk(main)
	if err != nil {
		return nil, err
	}
	if w == nil {
		return nil, ErrNotText
	}
	d.body(w, "")
	if err := p.ended(w, main); err != nil {
		return nil, err
	}
	d.closeBoxes()
	for _, id := range d.order {
		for i, b := range d.notes[id] {
			if i == 0 {
				mark := fmt.Sprintf("[%d] ", d.number[id])
				b.Text = mark + b.Text
				for k := range b.Links {
					b.Links[k].Start += len(mark)
					b.Links[k].End += len(mark)
				}
			}
			d.add(b)
		}
	}
	p.drop(document.Navigation, strings.Join(d.toc, "\n"))
	if err := d.aside(); err != nil {
		return nil, err
	}
	return d.story, p.readMeta("docProps/core.xml")
}

// aside lists what stands on the pages and is no part of the text: heads and
// feet of pages, comments.
func (d *docx) aside() error {
	seen := map[string]bool{}
	heads := 0
	for _, name := range d.files.Names() {
		base := path.Base(name)
		reason := document.Footer
		switch {
		case path.Dir(name) != d.dir || path.Ext(name) != ".xml":
			continue
		case base == "comments.xml":
			reason = document.Comments
		case strings.HasPrefix(base, "header"), strings.HasPrefix(base, "footer"):
			if heads++; heads > 60 {
				continue
			}
		default:
			continue
		}
		w, err := d.walk(name)
		if err != nil {
			return err
		}
		if w == nil {
			continue
		}
		d.openBox()
		d.body(w, "")
		text := document.Canonical(d.closeBox())
		if !seen[text] {
			seen[text] = true
			d.drop(reason, text)
		}
	}
	return d.ctx.Err()
}

// readNotes reads footnotes or endnotes.
func (d *docx) readNotes(name, kind string) error {
	w, err := d.walk(name)
	if w == nil {
		return err
	}
	if d.rels, err = d.readRels(name); err != nil {
		return err
	}
	for k := w.Next(); k != xmlwalk.End; k = w.Next() {
		if k != xmlwalk.Open || w.Name != "w:footnote" && w.Name != "w:endnote" {
			continue
		}
		id, separator := kind+w.Attr("w:id"), w.Attr("w:type") != ""
		d.openBox()
		d.body(w, w.Name)
		if list := d.closeBox(); !separator && len(d.notes) < maxBlocks {
			d.notes[id] = list
		}
	}
	return d.ended(w, name)
}

// body reads to the end of the element called until, or of the part.
func (d *docx) body(w *xmlwalk.Walker, until string) {
	d.fields, d.run = nil, run{}
	for k := w.Next(); k != xmlwalk.End && !d.full; k = w.Next() {
		switch k {
		case xmlwalk.Open:
			d.start(w)
		case xmlwalk.Close:
			if w.Name == until {
				return
			}
			d.end(w)
		}
	}
}

// on tells whether a property that stands alone or has a value is set.
func on(w *xmlwalk.Walker) bool {
	switch w.Attr("w:val") {
	case "0", "false", "off":
		return false
	}
	return true
}

func (d *docx) start(w *xmlwalk.Walker) {
	p := d.now()
	switch w.Name {
	case "w:del", "w:movefrom", "mc:fallback", "w:pprchange", "w:rprchange", "w:tblprchange", "w:sectprchange", "w:tcprchange", "w:trprchange", "w:numberingchange", "w:deltext", "w:delinstrtext":
		w.Skip()
	case "w:p":
		if p != nil && len(d.paras) > 30 {
			return
		}
		d.run = run{}
		d.open(&para{})
	case "w:tbl":
		if len(d.tables) < maxTables {
			d.openTable()
		}
	case "w:txbxcontent":
		if len(d.boxes) < maxTables {
			d.openBox()
		}
	case "w:r":
		d.run = run{}
	case "w:altchunk":
		d.chunk(d.rels[w.Attr("r:id")])
	case "w:showingplchdr":
		if on(w) {
			d.placeholder(w)
		}
	case "w:docpartgallery":
		if w.Attr("w:val") == "Table of Contents" && len(d.paras) == 0 {
			d.contents(w)
		}
	}
	if p == nil {
		return
	}
	switch w.Name {
	case "w:pstyle":
		if numbering, level := d.styles.apply(p, w.Attr("w:val")); numbering != "" && numbering != "0" && p.kind == "" {
			p.kind, p.level = document.ListItem, min(level, 8)+1
		}
	case "w:outlinelvl":
		if n, err := strconv.Atoi(w.Attr("w:val")); err == nil && n >= 0 && n < 9 && !p.title && !p.toc {
			p.kind, p.level = document.Heading, min(n+1, 6)
		}
	case "w:ilvl":
		if n, err := strconv.Atoi(w.Attr("w:val")); err == nil && n >= 0 && (p.kind == "" || p.kind == document.ListItem) {
			p.kind, p.level = document.ListItem, min(n, 8)+1
		}
	case "w:numid":
		switch {
		case w.Attr("w:val") == "0":
			if p.kind == document.ListItem {
				p.kind, p.level = "", 0
			}
		case p.kind == "":
			p.kind, p.level = document.ListItem, 1
		}
	case "w:vanish", "w:webhidden":
		if w.Name == "w:vanish" && on(w) {
			d.run.hidden = true
		}
	case "w:vertalign":
		d.run.align = w.Attr("w:val")
	case "w:t", "m:t":
		d.text(w)
	case "w:tab", "w:ptab":
		d.write(" ")
	case "w:br", "w:cr":
		if t := w.Attr("w:type"); t == "" || t == "textWrapping" {
			if d.shown() {
				p.line()
			}
		}
	case "w:nobreakhyphen":
		d.write("-")
	case "w:sym":
		if n, err := strconv.ParseUint(w.Attr("w:char"), 16, 32); err == nil && n >= 0x20 && (n < 0xD800 || n >= 0xF900 && n < 0x110000) {
			d.write(string(rune(n)))
		}
	case "w:hyperlink":
		if r := d.rels[w.Attr("r:id")]; r.external && !p.linked() {
			p.openLink(r.target)
		}
	case "w:fldsimple":
		if m := hyperlink.FindStringSubmatch(w.Attr("w:instr")); m != nil && !p.linked() {
			p.openLink(m[1])
		}
	case "w:fldchar":
		d.field(w.Attr("w:fldchartype"))
	case "w:instrtext":
		code := w.Inner()
		if n := len(d.fields); n > 0 && d.fields[n-1].code.Len() < 8192 {
			d.fields[n-1].code.WriteString(code)
		}
	case "w:footnotereference":
		d.note("f" + w.Attr("w:id"))
	case "w:endnotereference":
		d.note("e" + w.Attr("w:id"))
	case "wp:docpr":
		d.pict = w.Attr("descr")
	case "a:blip":
		if r := d.rels[w.Attr("r:embed")]; r.target != "" && !r.external {
			d.image(d.at(r.target), d.pict)
			d.pict = ""
		}
	case "v:imagedata":
		if r := d.rels[w.Attr("r:id")]; r.target != "" && !r.external {
			d.image(d.at(r.target), w.Attr("o:title"))
		}
	}
}

func (p *para) linked() bool { return p.url != "" }

// shown tells whether text at hand is seen: not hidden, no instruction.
func (d *docx) shown() bool {
	if d.run.hidden {
		return false
	}
	for i := range d.fields {
		if !d.fields[i].result {
			return false
		}
	}
	return true
}

func (d *docx) write(s string) {
	if p := d.now(); p != nil && d.shown() {
		p.write(s)
	}
}

// text takes the text of a run as it stands.
func (d *docx) text(w *xmlwalk.Walker) {
	name := w.Name
	for {
		switch w.Next() {
		case xmlwalk.Text:
			switch d.run.align {
			case "superscript":
				d.write(raised(w.Text()))
			case "subscript":
				d.write(lowered(w.Text()))
			default:
				d.write(w.Text())
			}
		case xmlwalk.Close:
			if w.Name == name {
				return
			}
		case xmlwalk.End:
			return
		}
	}
}

// hyperlink is the instruction of a field that is a link.
var hyperlink = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+"([^"]+)"`)

func (d *docx) field(kind string) {
	switch n := len(d.fields); {
	case kind == "begin":
		if n < 50 {
			d.fields = append(d.fields, field{})
		}
	case n == 0:
	case kind == "separate":
		f := &d.fields[n-1]
		f.result = true
		if m := hyperlink.FindStringSubmatch(f.code.String()); m != nil && !d.now().linked() {
			d.now().openLink(m[1])
			f.link = true
		}
	case kind == "end":
		if d.fields[n-1].link {
			d.now().closeLink()
		}
		d.fields = d.fields[:n-1]
	}
}

// note writes the mark of a note.
func (d *docx) note(id string) {
	if _, found := d.notes[id]; !found || !d.shown() {
		return
	}
	if d.number[id] == 0 {
		d.order = append(d.order, id)
		d.number[id] = len(d.order)
	}
	p := d.now()
	p.space = false
	p.write(fmt.Sprintf("[%d]", d.number[id]))
}

func (d *docx) end(w *xmlwalk.Walker) {
	switch w.Name {
	case "w:p":
		d.close()
		// An instruction ends in the paragraph that it begins in, or is damaged.
		for n := len(d.fields); n > 0 && !d.fields[n-1].result; n = len(d.fields) {
			d.fields = d.fields[:n-1]
		}
	case "w:r":
		d.run = run{}
	case "w:hyperlink", "w:fldsimple":
		if p := d.now(); p != nil {
			p.closeLink()
		}
	case "w:tc":
		d.endCell()
	case "w:tr":
		d.endRow()
	case "w:tbl":
		d.closeTable()
	case "w:txbxcontent":
		if len(d.boxes) > 0 {
			d.add(d.closeBox()...)
		}
	}
}

// placeholder passes over the content of a form's field that nobody filled in.
func (d *docx) placeholder(w *xmlwalk.Walker) {
	for {
		switch w.Next() {
		case xmlwalk.End:
			return
		case xmlwalk.Open:
			if w.Name == "w:sdtcontent" {
				w.Skip()
				return
			}
		case xmlwalk.Close:
			if w.Name == "w:sdt" {
				return
			}
		}
	}
}

// contents passes over a table of contents that Word made, and notes it as
// dropped.
func (d *docx) contents(w *xmlwalk.Walker) {
	for {
		switch w.Next() {
		case xmlwalk.End:
			return
		case xmlwalk.Open:
			if w.Name == "w:sdtcontent" {
				d.openBox()
				d.body(w, "w:sdtcontent")
				d.drop(document.Navigation, document.Canonical(d.closeBox()))
				return
			}
		case xmlwalk.Close:
			if w.Name == "w:sdt" {
				return
			}
		}
	}
}

// chunk reads a part that another program left to Word to bring in.
func (d *docx) chunk(r rel) {
	switch strings.ToLower(path.Ext(r.target)) {
	case ".htm", ".html", ".xhtml":
	default:
		if r.target != "" {
			d.warn("a part of the document, %s, is not of a kind that is read", path.Base(r.target))
		}
		return
	}
	b, err := d.files.Read(d.ctx, d.at(r.target))
	if err != nil {
		d.warn("a part of the document, %s, cannot be read: %v", path.Base(r.target), err)
		return
	}
	text, _, err := charset.Decode(b, charset.Hint{HTML: true})
	if err != nil {
		return
	}
	if c, err := webpage.Blocks(d.ctx, text, ""); err == nil {
		d.add(c.Blocks...)
	}
}

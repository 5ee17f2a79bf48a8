package office

import (
	"fmt"
	"strconv"
	"strings"

	"sourcebook/importers/xmlwalk"
	"sourcebook/notebook/document"
)

// odt is an ODT while it is read.
type odt struct {
	*parts
	*story
	styles map[string]string // of a style, the one that it is based on
	lists  int               // open ones
	quiet  int               // open elements whose text is not the document's
	notes  []document.Block
	count  int
	alt    string
	frame  string // the picture at hand, until its description is known
}

func readODT(p *parts) (*story, error) {
	if w, err := p.walk("META-INF/manifest.xml"); err != nil {
		return nil, err
	} else if w != nil {
		for k := w.Next(); k != xmlwalk.End; k = w.Next() {
			if k == xmlwalk.Open && w.Name == "manifest:encryption-data" {
				return nil, ErrEncrypted
			}
		}
	}
	o := &odt{parts: p, story: &story{}, styles: map[string]string{}}
	if w, err := p.walk("styles.xml"); err != nil {
		return nil, err
	} else if w != nil {
		for k := w.Next(); k != xmlwalk.End; k = w.Next() {
			if k == xmlwalk.Open {
				o.style(w)
			}
		}
	}
	w, err := p.walk("content.xml")
	if err != nil {
		return nil, err
	}
	if w == nil {
		return nil, ErrNotText
	}
	text := false
	for k := w.Next(); k != xmlwalk.End && !o.full; k = w.Next() {
		switch {
		case k == xmlwalk.Open && w.Name == "office:text":
			text = true
		case !text && k == xmlwalk.Open:
			o.style(w)
		case !text:
		case k == xmlwalk.Open:
			o.start(w)
		case k == xmlwalk.Close:
			o.end(w)
		case k == xmlwalk.Text:
			if p := o.now(); p != nil && o.quiet == 0 {
				p.write(w.Text())
			}
		}
	}
	if err := p.ended(w, "content.xml"); err != nil {
		return nil, err
	}
	if !text {
		return nil, ErrNotText
	}
	o.closeBoxes()
	o.add(o.notes...)
	return o.story, p.readMeta("meta.xml")
}

func (o *odt) style(w *xmlwalk.Walker) {
	if w.Name == "style:style" && len(o.styles) < 10_000 {
		o.styles[w.Attr("style:name")] = w.Attr("style:parent-style-name")
	}
}

// apply gives a paragraph the kind that its style, or the one it is based on,
// stands for.
func (o *odt) apply(p *para, id string) {
	for range 12 {
		switch name := strings.ReplaceAll(strings.ToLower(id), "_20_", " "); name {
		case "title":
			p.title, p.kind, p.level = true, document.Heading, 1
		case "subtitle":
			p.sub = true
		case "quotations":
			p.kind, p.level = document.Quote, 1
		case "preformatted text":
			p.kind = document.Code
		case "caption", "illustration", "drawing", "figure":
			p.kind = document.Caption
		}
		parent := o.styles[id]
		if p.kind != "" || p.sub || parent == "" || parent == id {
			return
		}
		id = parent
	}
}

func (o *odt) start(w *xmlwalk.Walker) {
	switch w.Name {
	case "text:tracked-changes", "office:forms", "text:sequence-decls", "office:annotation-end", "text:variable-decls", "text:user-field-decls":
		w.Skip()
		return
	case "office:annotation":
		o.drop(document.Comments, w.Inner())
		return
	case "text:table-of-content", "text:illustration-index", "text:table-index", "text:alphabetical-index":
		o.drop(document.Navigation, w.Inner())
		return
	case "text:section":
		if w.Attr("text:display") == "none" {
			w.Skip()
		}
		return
	case "text:list":
		o.lists++
		return
	case "text:p", "text:h":
		p := &para{}
		if w.Name == "text:h" {
			n, _ := strconv.Atoi(w.Attr("text:outline-level"))
			p.kind, p.level = document.Heading, min(max(n, 1), 6)
		} else if o.apply(p, w.Attr("text:style-name")); o.lists > 0 && p.kind == "" {
			p.kind, p.level = document.ListItem, min(o.lists, 9)
		}
		if len(o.paras) < 30 {
			o.open(p)
		}
		return
	case "table:table":
		if len(o.tables) < maxTables {
			o.openTable()
		}
		return
	case "draw:text-box":
		if len(o.boxes) < maxTables {
			o.openBox()
		}
		return
	case "draw:frame":
		o.frame, o.alt = "", ""
		return
	case "draw:image":
		if at := w.Attr("xlink:href"); at != "" && !strings.Contains(at, "://") && o.frame == "" {
			o.frame = strings.TrimPrefix(at, "./")
		}
		o.quiet++
		return
	case "svg:title", "svg:desc":
		if s := w.Inner(); s != "" {
			o.alt = s
		}
		return
	}
	p := o.now()
	if p == nil || o.quiet > 0 {
		return
	}
	switch w.Name {
	case "text:s":
		p.write(" ")
	case "text:tab":
		p.write(" ")
	case "text:line-break":
		p.line()
	case "text:a":
		p.openLink(w.Attr("xlink:href"))
	case "text:note":
		o.count++
		p.space = false
		p.write(fmt.Sprintf("[%d]", o.count))
	case "text:note-citation":
		w.Skip()
	case "text:note-body":
		if len(o.boxes) < maxTables {
			o.openBox()
		}
	}
}

func (o *odt) end(w *xmlwalk.Walker) {
	switch w.Name {
	case "text:list":
		o.lists = max(0, o.lists-1)
	case "text:p", "text:h":
		o.close()
	case "text:a":
		if p := o.now(); p != nil {
			p.closeLink()
		}
	case "table:table-cell":
		o.endCell()
	case "table:table-row":
		o.endRow()
	case "table:table":
		o.closeTable()
	case "draw:image":
		o.quiet = max(0, o.quiet-1)
	case "draw:frame":
		o.image(o.frame, o.alt)
		o.frame = ""
	case "draw:text-box":
		if len(o.boxes) > 0 {
			o.add(o.closeBox()...)
		}
	case "text:note-body":
		if len(o.boxes) == 0 {
			return
		}
		for i, b := range o.closeBox() {
			if i == 0 {
				mark := fmt.Sprintf("[%d] ", o.count)
				b.Text = mark + b.Text
				for k := range b.Links {
					b.Links[k].Start += len(mark)
					b.Links[k].End += len(mark)
				}
			}
			o.notes = append(o.notes, b)
		}
	}
}

package office

import (
	"strconv"
	"strings"

	"sourcebook/importers/xmlwalk"
	"sourcebook/notebook/document"
)

// style is what a paragraph style of DOCX says of the paragraphs that have it.
type style struct {
	name    string // in lower case, in English for the styles that Word brings
	based   string
	outline int    // 1–9, 0 where it is not stated
	list    string // numbering that the style brings
	level   int
}

type styles map[string]*style

// readStyles reads word/styles.xml.
func (p *parts) readStyles(name string) (styles, error) {
	list := styles{}
	w, err := p.walk(name)
	if w == nil {
		return list, err
	}
	var now *style
	for k := w.Next(); k != xmlwalk.End; k = w.Next() {
		switch {
		case k == xmlwalk.Close && w.Name == "w:style":
			now = nil
		case k != xmlwalk.Open:
		case w.Name == "w:style":
			now = &style{}
			if len(list) < 10_000 {
				list[w.Attr("w:styleid")] = now
			}
		case now == nil:
		case w.Name == "w:name":
			now.name = strings.ToLower(w.Attr("w:val"))
		case w.Name == "w:basedon":
			now.based = w.Attr("w:val")
		case w.Name == "w:outlinelvl":
			if n, err := strconv.Atoi(w.Attr("w:val")); err == nil && n >= 0 && n < 9 {
				now.outline = n + 1
			}
		case w.Name == "w:numid":
			now.list = w.Attr("w:val")
		case w.Name == "w:ilvl":
			now.level, _ = strconv.Atoi(w.Attr("w:val"))
		}
	}
	return list, p.ended(w, name)
}

// apply gives a paragraph the kind that its style stands for, by the style
// itself or the one that it is based on.
func (list styles) apply(p *para, id string) (numbering string, level int) {
	for range 12 {
		s := list[id]
		if s == nil {
			s = &style{name: strings.ToLower(id)}
		}
		name := strings.TrimSpace(s.name)
		digits := strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyz ")
		n, _ := strconv.Atoi(digits)
		switch word := strings.TrimSpace(strings.TrimSuffix(name, digits)); {
		case word == "heading" && n > 0:
			p.kind, p.level = document.Heading, min(n, 6)
		case word == "title":
			p.title, p.kind, p.level = true, document.Heading, 1
		case word == "subtitle":
			p.sub = true
		case word == "toc" || word == "toc heading" || word == "tocheading" || word == "table of figures":
			p.toc = true
		case word == "quote" || word == "intense quote" || word == "block text" || word == "block quotation":
			p.kind, p.level = document.Quote, 1
		case word == "caption":
			p.kind = document.Caption
		case word == "html preformatted" || word == "source code" || word == "code" || word == "macro text" || word == "plain text":
			if word != "plain text" {
				p.kind = document.Code
			}
		case word == "list bullet" || word == "list number":
			p.kind, p.level = document.ListItem, max(n, 1)
		case s.outline > 0:
			p.kind, p.level = document.Heading, min(s.outline, 6)
		}
		if numbering == "" && s.list != "" {
			numbering, level = s.list, s.level
		}
		if p.kind != "" || p.toc || p.sub || s.based == "" || s.based == id {
			break
		}
		id = s.based
	}
	return numbering, level
}

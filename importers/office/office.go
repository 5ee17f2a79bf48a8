// Package office reads text documents of office programs: DOCX (ECMA-376, Word),
// ODT (OASIS OpenDocument) and RTF: headings by their styles, lists with their
// depth, tables, links, pictures by their path in the file, notes after the
// text, and what the file says of itself.
//
//   - docx.go and styles.go read DOCX, odt.go reads ODT, rtf.go
//     reads RTF;
//   - story.go is what all write into: paragraphs, lists and tables as they come.
//
// Tracked changes are read as accepted. Comments, page headers and tables of
// contents are no part of the text; they are listed as dropped. Page numbers are
// not known: they come about only when a program lays the document out.
package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"sourcebook/importers/archive"
	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/importers/webpage"
	"sourcebook/importers/xmlwalk"
	"sourcebook/notebook/document"
)

// Errors that callers branch on, beside those of package archive.
var (
	ErrNotText   = errors.New("it is no text document")
	ErrEncrypted = errors.New("it is locked with a password")
)

// The limits of one document. What lies beyond is left out with a warning.
const (
	maxPart   = 64 << 20 // bytes of one file within, unpacked
	maxGrowth = 256 << 20
	maxBlocks = 200_000
	maxText   = 32 << 20 // bytes of all text
	maxImages = 1000
	maxTables = 20 // within one another
)

// Options is what is known of a document from outside it. The zero value is fine.
type Options struct {
	URL      string
	Name     string    // file name, for a title of last resort
	Received time.Time // when it was captured: no date after it is believed
}

// Read reads a DOCX or an ODT of size bytes. The error is ErrNotText,
// ErrEncrypted, ctx's, or one of package archive.
func Read(ctx context.Context, r io.ReaderAt, size int64, o Options) (*document.Document, error) {
	room := int64(maxGrowth)
	files, err := archive.OpenFiles(r, size, archive.Limits{Entry: maxPart, Room: &room})
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	p := &parts{ctx: ctx, files: files, doc: &document.Document{Kind: document.Report, URL: o.URL, OriginOf: map[string]document.Origin{}}}
	var s *story
	switch {
	case p.has("word/document.xml"), p.has("_rels/.rels") && p.has("[Content_Types].xml"):
		s, err = readDOCX(p)
	case p.has("content.xml"):
		s, err = readODT(p)
	default:
		err = ErrNotText
	}
	if err != nil {
		return nil, fmt.Errorf("read document: %w", err)
	}
	p.finish(s, o)
	return p.doc, nil
}

// parts is a document in the making, with the files that it is read from.
type parts struct {
	ctx   context.Context
	files *archive.Files
	doc   *document.Document
	meta  meta
}

func (p *parts) has(name string) bool {
	for _, n := range p.files.Names() {
		if n == name {
			return true
		}
	}
	return false
}

func (p *parts) warn(format string, args ...any) {
	p.doc.Warnings = append(p.doc.Warnings, fmt.Sprintf(format, args...))
}

// walk opens a part of the document; nil where there is none, or where it cannot
// be read, with a warning.
func (p *parts) walk(name string) (*xmlwalk.Walker, error) {
	b, err := p.files.Read(p.ctx, name)
	switch {
	case errors.Is(err, archive.ErrAbsent):
		return nil, nil
	case p.ctx.Err() != nil:
		return nil, p.ctx.Err()
	case errors.Is(err, archive.ErrRoom), errors.Is(err, archive.ErrTooLarge):
		return nil, err
	case errors.Is(err, archive.ErrEncrypted):
		return nil, ErrEncrypted
	case err != nil:
		p.warn("%s within the document cannot be read: %v", name, err)
		return nil, nil
	}
	return xmlwalk.New(p.ctx, b), nil
}

// ended is the error that ends the reading of a part, or a warning and nil.
func (p *parts) ended(w *xmlwalk.Walker, name string) error {
	err := w.Err()
	if err == nil || p.ctx.Err() != nil {
		return p.ctx.Err()
	}
	p.warn("%s within the document is read only in part: %v", name, err)
	return nil
}

// drop lists what is no part of the text.
func (p *parts) drop(why document.Reason, text string) {
	if text = strings.TrimSpace(text); text != "" {
		p.doc.Dropped = append(p.doc.Dropped, document.Dropped{Reason: why, Text: text})
	}
}

// meta is what a file says of itself.
type meta struct {
	title, creator, lang, description string
	created, modified                 string
}

// readMeta reads Dublin Core as both formats have it.
func (p *parts) readMeta(name string) error {
	w, err := p.walk(name)
	if w == nil {
		return err
	}
	m := &p.meta
	set := func(field *string) {
		if v := w.Inner(); *field == "" {
			*field = v
		}
	}
	dated := ""
	for k := w.Next(); k != xmlwalk.End; k = w.Next() {
		if k != xmlwalk.Open {
			continue
		}
		switch w.Name {
		case "dc:title":
			set(&m.title)
		case "meta:initial-creator":
			m.creator = w.Inner()
		case "dc:creator":
			set(&m.creator)
		case "dc:language":
			set(&m.lang)
		case "dc:description":
			set(&m.description)
		case "dcterms:created", "meta:creation-date":
			set(&m.created)
		case "dcterms:modified":
			set(&m.modified)
		case "dc:date": // of OpenDocument: the last change
			set(&dated)
		}
	}
	if m.modified == "" {
		m.modified = dated
	}
	return p.ended(w, name)
}

// junkTitle is what programs call a document when its author does not.
func junkTitle(s string) bool {
	l := strings.ToLower(strings.TrimSpace(s))
	for _, start := range []string{"microsoft word", "document", "untitled", "без имени", "документ", "unbenannt", "dokument", "sans nom", "sans titre", "adsız", "word document", "template", "normal"} {
		if rest, found := strings.CutPrefix(l, start); found && len(rest) <= 4 || found && strings.HasPrefix(rest, " - ") {
			return true
		}
	}
	return l == "" || strings.HasSuffix(l, ".doc") || strings.HasSuffix(l, ".docx") || strings.HasSuffix(l, ".odt") || strings.HasSuffix(l, ".dot")
}

// finish sets the metadata and the text.
func (p *parts) finish(s *story, o Options) {
	d, m := p.doc, p.meta
	if !junkTitle(m.title) {
		d.Set(&d.Title, "title", m.title, document.FromMeta, 0.9)
	}
	d.Set(&d.Title, "title", s.title, document.FromHTML, 0.9)
	if d.Title == "" {
		for i := range s.blocks[:min(len(s.blocks), 5)] {
			if b := &s.blocks[i]; b.Kind == document.Heading && b.Level == 1 {
				d.Set(&d.Title, "title", b.Text, document.FromHTML, 0.7)
				p.drop(document.Repeated, b.Text)
				b.Text = "" // its place stays, for those of the pictures
				break
			}
		}
	}
	if s.title != "" {
		p.drop(document.Repeated, s.title)
	}
	d.Set(&d.Standfirst, "standfirst", s.subtitle, document.FromHTML, 0.6)
	name := strings.TrimSuffix(path.Base(strings.ReplaceAll(o.Name, `\`, "/")), path.Ext(o.Name))
	if name != "." && name != "/" && strings.ContainsAny(name, " -_") {
		d.Set(&d.Title, "title", strings.TrimSpace(strings.ReplaceAll(name, "_", " ")), document.FromURL, 0.3)
	}
	var names []string
	for _, one := range strings.Split(m.creator, ";") {
		names = append(names, webpage.Authors(one)...)
	}
	var byline string
	if d.Set(&byline, "byline", strings.Join(names, "; "), document.FromMeta, 0.7) {
		d.Byline = names
	}
	for _, x := range []struct {
		field        *document.Date
		name, stated string
		sure         float64
	}{{&d.Published, "published", m.created, 0.6}, {&d.Modified, "modified", m.modified, 0.9}} {
		day, ok := dates.Parse(x.stated, "en", dates.Options{From: 1980})
		if !ok || !o.Received.IsZero() && string(day) > o.Received.AddDate(0, 0, 2).Format("2006-01-02") {
			continue
		}
		var v string
		if d.Set(&v, x.name, string(day), document.FromMeta, x.sure) {
			*x.field = day
		}
	}
	if s.full {
		p.warn("the document is too long: it is read up to %d blocks or %d MB of text", maxBlocks, maxText>>20)
	}
	d.Blocks, d.Images = s.blocks, s.images
	d.Finish()
	if d.Text == "" {
		p.warn("the document holds no text")
	}
	d.Lang = language.Check(m.lang, d.Title+"\n"+d.Text)
}

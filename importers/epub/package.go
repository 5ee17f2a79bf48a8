package epub

import (
	"errors"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"sourcebook/importers/archive"
	"sourcebook/importers/xmlwalk"
)

// pkg is what the package document (OPF) says.
type pkg struct {
	dir                          string // its folder: other paths are relative to it
	title, lang, publisher       string
	description, url             string
	published, modified          string
	creators                     []creator
	items                        map[string]item // by ID
	spine                        []item
	contents                     string            // path of the table of contents
	labels                       map[string]string // of a chapter in it, by path
	skip                         map[string]bool   // paths of pages that are tables of contents
	encrypted                    map[string]bool   // paths
	anyDate, ncx, ncxID, created string
}

type creator struct{ id, name, role string }

type item struct {
	path, mediaType, properties string
	linear                      bool
}

// open walks a file of the book; nil where there is none.
func (b *book) open(name string) (*xmlwalk.Walker, error) {
	raw, err := b.files.Read(b.ctx, name)
	if errors.Is(err, archive.ErrAbsent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return xmlwalk.New(b.ctx, raw), nil
}

// fonts are the ways of hiding fonts, which are no protection of the text (EPUB
// Open Container Format, 4.2; and Adobe's).
func fonts(algorithm string) bool {
	return algorithm == "http://www.idpf.org/2008/embedding" || algorithm == "http://ns.adobe.com/pdf/enc#RC"
}

// readPackage finds and reads the package document, and refuses what is locked.
func (b *book) readPackage() error {
	p := &b.pkg
	p.items, p.labels, p.skip, p.encrypted = map[string]item{}, map[string]string{}, map[string]bool{}, map[string]bool{}
	w, err := b.open("META-INF/container.xml")
	if err != nil {
		return err
	}
	root := ""
	if w != nil {
		for k := w.Next(); k != xmlwalk.End && root == ""; k = w.Next() {
			if k == xmlwalk.Open && local(w.Name) == "rootfile" {
				root = w.Attr("full-path")
			}
		}
	}
	if root == "" {
		for _, name := range b.files.Names() {
			if strings.EqualFold(path.Ext(name), ".opf") {
				root = name
				break
			}
		}
	}
	if root == "" {
		return ErrNotBook
	}
	if err := b.readEncryption(); err != nil {
		return err
	}
	p.dir = path.Dir(root)
	if w, err = b.open(root); err != nil {
		return err
	}
	if w == nil {
		return ErrNotBook
	}
	b.readOPF(w)
	if w.Err() != nil && b.ctx.Err() != nil {
		return b.ctx.Err()
	}
	if len(p.spine) == 0 { // damaged: all pages, in the order of the manifest or the zip
		for _, name := range b.files.Names() {
			switch strings.ToLower(path.Ext(name)) {
			case ".xhtml", ".html", ".htm":
				p.spine = append(p.spine, item{path: name, linear: true})
			}
		}
		if len(p.spine) == 0 {
			return ErrNotBook
		}
		b.warn("the book does not say in which order its chapters stand: they are read as they lie in the file")
	}
	locked := 0
	for _, it := range p.spine {
		if p.encrypted[it.path] {
			locked++
		}
	}
	if locked > 0 {
		return ErrLocked
	}
	b.readContents()
	return b.ctx.Err()
}

func (b *book) readEncryption() error {
	w, err := b.open("META-INF/encryption.xml")
	if w == nil {
		return err
	}
	algorithm := ""
	for k := w.Next(); k != xmlwalk.End; k = w.Next() {
		if k != xmlwalk.Open {
			continue
		}
		switch local(w.Name) {
		case "encrypteddata":
			algorithm = ""
		case "encryptionmethod":
			if algorithm == "" {
				algorithm = w.Attr("algorithm")
			}
		case "cipherreference":
			if at := inBook("", w.Attr("uri")); !fonts(algorithm) && len(b.pkg.encrypted) < 100_000 {
				b.pkg.encrypted[at] = true
			}
		}
	}
	return b.ctx.Err()
}

func local(name string) string {
	if _, after, found := strings.Cut(name, ":"); found {
		return after
	}
	return name
}

// inBook is the path of a file that href, in a file of folder dir, leads to.
func inBook(dir, href string) string {
	href, _, _ = strings.Cut(href, "#")
	if s, err := url.PathUnescape(href); err == nil {
		href = s
	}
	return strings.TrimPrefix(path.Clean("/"+path.Join(dir, href)), "/")
}

func (b *book) readOPF(w *xmlwalk.Walker) {
	p := &b.pkg
	set := func(field *string) {
		if v := w.Inner(); *field == "" {
			*field = v
		}
	}
	roles := map[string]string{}
	for k := w.Next(); k != xmlwalk.End; k = w.Next() {
		if k != xmlwalk.Open {
			continue
		}
		switch w.Name {
		case "dc:title":
			set(&p.title)
		case "dc:language":
			set(&p.lang)
		case "dc:publisher":
			set(&p.publisher)
		case "dc:description":
			set(&p.description)
		case "dc:creator":
			c := creator{id: w.Attr("id"), role: w.Attr("opf:role")}
			if c.name = w.Inner(); len(p.creators) < 50 {
				p.creators = append(p.creators, c)
			}
		case "dc:date":
			switch event := w.Attr("opf:event"); event {
			case "publication", "original-publication":
				set(&p.published)
			case "modification":
				set(&p.modified)
			case "creation":
				set(&p.created)
			default:
				set(&p.anyDate)
			}
		case "dc:source", "dc:identifier":
			if v := w.Inner(); p.url == "" && (strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://")) {
				p.url = v
			}
		case "meta", "opf:meta":
			property, refines := w.Attr("property"), strings.TrimPrefix(w.Attr("refines"), "#")
			switch property {
			case "dcterms:modified":
				set(&p.modified)
			case "role":
				if len(roles) < 100 {
					roles[refines] = w.Inner()
				}
			}
		case "item", "opf:item":
			it := item{path: inBook(p.dir, w.Attr("href")), mediaType: strings.ToLower(w.Attr("media-type")), properties: w.Attr("properties")}
			if len(p.items) < 100_000 {
				p.items[w.Attr("id")] = it
			}
			if has(it.properties, "nav") {
				p.contents = it.path
				p.skip[it.path] = true
			}
			if it.mediaType == "application/x-dtbncx+xml" && p.ncx == "" {
				p.ncx = it.path
			}
		case "spine", "opf:spine":
			p.ncxID = w.Attr("toc")
		case "itemref", "opf:itemref":
			it, found := p.items[w.Attr("idref")]
			it.linear = w.Attr("linear") != "no"
			if found && len(p.spine) <= maxChapters && (it.mediaType == "" || strings.Contains(it.mediaType, "html") || strings.Contains(it.mediaType, "xml") && !strings.Contains(it.mediaType, "svg")) {
				p.spine = append(p.spine, it)
			}
		case "reference", "opf:reference":
			if t := strings.ToLower(w.Attr("type")); t == "toc" {
				p.skip[inBook(p.dir, w.Attr("href"))] = true
			}
		}
	}
	for i := range p.creators {
		if r := roles[p.creators[i].id]; r != "" && p.creators[i].role == "" {
			p.creators[i].role = r
		}
	}
	if p.published == "" {
		p.published = p.anyDate
	}
	if it, found := p.items[p.ncxID]; found && p.ncxID != "" {
		p.ncx = it.path
	}
	p.description = strings.Join(strings.Fields(html.UnescapeString(stripTags(p.description))), " ")
}

func has(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

// stripTags takes out the tags of a description, which is often escaped HTML.
func stripTags(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		end := strings.IndexByte(s[i:], '>')
		if end < 0 {
			break
		}
		b.WriteString(s[:i])
		if name := strings.ToLower(strings.Trim(s[i:i+end], "</ ")); name == "p" || name == "br" || name == "div" || name == "li" {
			b.WriteByte(' ')
		}
		s = s[i+end+1:]
	}
	return b.String() + s
}

// readContents reads what the table of contents calls the chapters: of EPUB 3, or
// the NCX of EPUB 2. The first entry that leads to a file names it.
func (b *book) readContents() {
	p := &b.pkg
	name := func(at, label string) {
		if label = strings.Join(strings.Fields(label), " "); label != "" && p.labels[at] == "" && len(p.labels) < 2*maxChapters && utf8.RuneCountInString(label) <= 200 {
			p.labels[at] = label
		}
	}
	if w, err := b.open(p.contents); err == nil && w != nil {
		for k := w.Next(); k != xmlwalk.End; k = w.Next() {
			if k == xmlwalk.Open && w.Name == "a" && w.Attr("href") != "" {
				at := inBook(path.Dir(p.contents), w.Attr("href"))
				name(at, w.Inner())
			}
		}
	}
	if len(p.labels) > 0 || p.ncx == "" {
		return
	}
	w, err := b.open(p.ncx)
	if err != nil || w == nil {
		return
	}
	label := ""
	for k := w.Next(); k != xmlwalk.End; k = w.Next() {
		if k != xmlwalk.Open {
			continue
		}
		switch local(w.Name) {
		case "navlabel":
			label = w.Inner()
		case "content":
			name(inBook(path.Dir(p.ncx), w.Attr("src")), label)
			label = ""
		}
	}
}

// Package epub reads books in EPUB 2 and 3: the chapters in the order of the
// spine, with their headings, lists, tables, links, notes and pictures, and what
// the package document says of the book.
//
//   - epub.go reads a book from its container to its blocks;
//   - package.go reads the package document, the table of contents and what is
//     encrypted;
//   - chapter.go reads one chapter: markup that is content throughout.
//
// Tables of contents are no part of the text, but give a chapter its heading
// where it has none of its own. A book that is encrypted for a shop's readers
// is refused with ErrLocked.
package epub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"sourcebook/importers/archive"
	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// Errors that callers branch on, beside those of package archive.
var (
	ErrNotBook = errors.New("it is no book in EPUB")
	ErrLocked  = errors.New("it is locked by the shop's copy protection (DRM)")
)

// The limits of one book. What lies beyond is left out with a warning.
const (
	maxPart     = 32 << 20 // bytes of one file within, unpacked
	maxGrowth   = 256 << 20
	maxChapters = 5000
	maxText     = 32 << 20 // bytes of all text
	maxImages   = 2000
)

// Options is what is known of a book from outside it. The zero value is fine.
type Options struct {
	URL      string
	Received time.Time // when it was captured: no date after it is believed
}

// book is a book while it is read.
type book struct {
	ctx   context.Context
	files *archive.Files
	doc   *document.Document
	pkg   pkg
}

func (b *book) warn(format string, args ...any) {
	b.doc.Warnings = append(b.doc.Warnings, fmt.Sprintf(format, args...))
}

// Read reads a book of size bytes. The error is ErrNotBook, ErrLocked, ctx's, or
// one of package archive.
func Read(ctx context.Context, r io.ReaderAt, size int64, o Options) (*document.Document, error) {
	room := int64(maxGrowth)
	files, err := archive.OpenFiles(r, size, archive.Limits{Entry: maxPart, Room: &room})
	if err != nil {
		return nil, fmt.Errorf("read book: %w", err)
	}
	b := &book{ctx: ctx, files: files, doc: &document.Document{Kind: document.Report, URL: o.URL, OriginOf: map[string]document.Origin{}}}
	if err := b.readPackage(); err != nil {
		return nil, fmt.Errorf("read book: %w", err)
	}
	b.describe(o)
	if err := b.chapters(); err != nil {
		return nil, fmt.Errorf("read book: %w", err)
	}
	d := b.doc
	d.Finish()
	if d.Text == "" {
		b.warn("the book holds no text; its pages may be pictures")
	}
	d.Lang = language.Check(b.pkg.lang, d.Title+"\n"+d.Text)
	return d, nil
}

// chapters reads the spine.
func (b *book) chapters() error {
	d := b.doc
	size, bad := 0, 0
	for i, it := range b.pkg.spine {
		if i >= maxChapters {
			b.warn("the book has more than %d chapters: the others are left out", maxChapters)
			break
		}
		if err := b.ctx.Err(); err != nil {
			return err
		}
		raw, err := b.files.Read(b.ctx, it.path)
		switch {
		case errors.Is(err, archive.ErrRoom), b.ctx.Err() != nil:
			return err
		case err != nil:
			if bad++; bad <= 3 {
				b.warn("a chapter, %s, cannot be read: %v", path.Base(it.path), err)
			}
			continue
		}
		c, err := b.chapter(it, raw)
		if err != nil {
			return err
		}
		for _, img := range c.Images {
			if len(d.Images) < maxImages {
				img.Before += len(d.Blocks)
				d.Images = append(d.Images, img)
			}
		}
		for _, bl := range c.Blocks {
			size += len(bl.Text)
		}
		d.Blocks = append(d.Blocks, c.Blocks...)
		for _, w := range c.Warnings {
			b.warn("%s: %s", path.Base(it.path), w)
		}
		if size > maxText {
			b.warn("the book has more than %d MB of text: it is read up to there", maxText>>20)
			break
		}
	}
	if bad > 3 {
		b.warn("%d more chapters cannot be read", bad-3)
	}
	return nil
}

// describe sets what the package document says of the book.
func (b *book) describe(o Options) {
	d, p := b.doc, &b.pkg
	d.Set(&d.Title, "title", p.title, document.FromMeta, 1)
	var names []string
	for _, c := range p.creators {
		if c.role != "" && c.role != "aut" && c.role != "cre" {
			continue
		}
		names = append(names, webpage.Authors(inOrder(c.name))...)
	}
	var byline string
	if d.Set(&byline, "byline", strings.Join(names, "; "), document.FromMeta, 1) {
		d.Byline = names
	}
	d.Set(&d.Publisher, "publisher", p.publisher, document.FromMeta, 1)
	if p.publisher != "" {
		d.Site = p.publisher
	}
	if s := p.description; s != "" && utf8.RuneCountInString(s) <= 1500 {
		d.Set(&d.Standfirst, "standfirst", s, document.FromMeta, 0.6)
	}
	if d.URL == "" {
		d.Set(&d.URL, "url", p.url, document.FromMeta, 0.8)
	}
	for _, x := range []struct {
		field        *document.Date
		name, stated string
	}{{&d.Published, "published", p.published}, {&d.Modified, "modified", p.modified}} {
		day, ok := dates.Parse(x.stated, "en", dates.Options{From: 1400})
		if !ok || !o.Received.IsZero() && string(day) > o.Received.AddDate(0, 0, 2).Format("2006-01-02") {
			continue
		}
		var v string
		if d.Set(&v, x.name, string(day), document.FromMeta, 0.9) {
			*x.field = day
		}
	}
}

// inOrder turns "Quay, Ann" to "Ann Quay".
func inOrder(name string) string {
	last, first, found := strings.Cut(name, ", ")
	if !found || strings.ContainsAny(first, ",.") || len(strings.Fields(last)) > 3 || len(strings.Fields(first)) > 3 {
		return name
	}
	return first + " " + last
}

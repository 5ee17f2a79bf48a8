// Package pdf renders a composed briefing as PDF.
//
// Type is set here, from the breaking of lines (UAX 14) and the order of
// right-to-left text (UAX 9) to pages; gofpdf only writes what is drawn. Its
// known faults do not reach a caller: see canvas and loadFace.
//
// A character that none of the fonts has is drawn as a box with its Unicode
// number in it, and is said to be so on the last page; none is lost.
package pdf

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jung-kurt/gofpdf"

	"sourcebook/notebook/briefing"
)

// Font is a family of TrueType fonts. Bold, Italic and BoldItalic may be empty:
// the nearest other face stands in. Scale makes a family that looks small beside
// the others larger; zero is 1.
type Font struct {
	Name                              string
	Regular, Bold, Italic, BoldItalic []byte
	Scale                             float64
}

// Paper is a format of paper.
type Paper string

// The formats.
const (
	A4     Paper = "A4"
	Letter Paper = "Letter"
)

// Options says how to render. Fonts has no default: the first family sets the
// text, the others stand in, in their order, for characters that it lacks. The
// bytes are read and not written to, so jobs may share them.
type Options struct {
	Fonts        []Font
	Mono         []byte // for code; empty: the first family
	Paper        Paper  // empty: A4
	Uncompressed bool   // page contents can be read in the file, for tests
}

// Render writes d as PDF. The same document and options give the same bytes.
// It returns ctx's error soon after ctx is done, ErrFont for a font that cannot
// be used, and what w says of writing.
func Render(ctx context.Context, w io.Writer, d *briefing.Document, o Options) error {
	fonts, err := newFaces(o.Fonts, o.Mono)
	if err != nil {
		return fmt.Errorf("render briefing %q as PDF: %w", d.Title, err)
	}
	book, err := lay(ctx, d, fonts, paper(o.Paper))
	if err != nil {
		return fmt.Errorf("render briefing %q as PDF: %w", d.Title, err)
	}
	out, err := book.write(ctx, o.Uncompressed)
	if err != nil {
		return fmt.Errorf("render briefing %q as PDF: %w", d.Title, err)
	}
	if _, err := w.Write(out); err != nil {
		return fmt.Errorf("write briefing %q as PDF: %w", d.Title, err)
	}
	return nil
}

func paper(p Paper) sheet {
	s := sheet{short: 595.28, long: 841.89, left: 60, right: 60, top: 84, bottom: 78}
	if p == Letter {
		s.short, s.long = 612, 792
	}
	return s
}

// write draws the pages. gofpdf panics where a font is damaged in a way that
// loadFace does not look for; that comes back as ErrFont.
func (b *book) write(ctx context.Context, uncompressed bool) (out []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("draw pages: %v: %w", p, ErrFont)
		}
	}()
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: b.sheet.short, Ht: b.sheet.long}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(0, 0, 0)
	pdf.SetCompression(!uncompressed)
	pdf.SetCatalogSort(true)
	made := b.doc.Made
	if made.IsZero() {
		made = time.Unix(0, 0)
	}
	pdf.SetCreationDate(made.UTC())
	pdf.SetModificationDate(made.UTC())
	pdf.SetTitle(metadata(b.doc.Title), true)
	pdf.SetSubject(metadata(b.doc.Subtitle), true)
	pdf.SetAuthor(metadata(b.doc.Author), true)
	pdf.SetKeywords(metadata(briefing.MarkingWords(b.doc.TLP)), true)
	pdf.SetCreator("Sourcebook", true)
	pdf.SetDisplayMode("fullwidth", "continuous")

	c := &canvas{pdf: pdf, faces: b.set.faces, sheet: b.sheet, added: map[*face]bool{}, links: map[string]int{}, where: b.where}
	last := b.sheet.height(b.pages[len(b.pages)-1].wide)
	for i, p := range b.pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		c.turn(p.wide)
		b.margins(c, i+1)
		b.boxes(c, p)
		for _, r := range p.rows {
			if e := r.row.entry; e != nil {
				// gofpdf counts an entry's place from the foot of the last page,
				// whatever the height of the entry's own.
				y := max(r.y-8, 0) + last - b.sheet.height(p.wide)
				title := e.title
				if e.number != "" {
					title = e.number + "  " + title
				}
				pdf.Bookmark(metadata(title), e.level, y)
			}
			if r.row.draw != nil {
				r.row.draw(c, b.sheet.left, r.y)
			}
		}
	}
	var buf bytes.Buffer
	if err := pdf.Output(&buf); err != nil {
		return nil, fmt.Errorf("write PDF: %w", err)
	}
	// What is drawn needs 1.5 (ActualText); gofpdf says 1.3 whatever is used.
	return bytes.Replace(buf.Bytes(), []byte("%PDF-1.3"), []byte("%PDF-1.5"), 1), nil
}

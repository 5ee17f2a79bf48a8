// Package pdf reads the text of a PDF: in reading order through columns, with
// headings by size, words that a line end divided joined again, running heads
// and page numbers left out, footnotes after the text, and the page of every
// block. The characters and their places come from PDFium (package pdfium); what
// they mean is worked out here, by simple rules on lines (line.go, column.go,
// running.go, block.go).
package pdf

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"sourcebook/importers/dates"
	"sourcebook/importers/pdf/pdfium"
	"sourcebook/notebook/document"
)

// Options are hints for reading.
type Options struct {
	URL      string
	Name     string        // file name, for a title of last resort
	Received time.Time     // bounds dates
	Limit    time.Duration // how long reading may take; zero: 8 seconds
}

// maxPages bounds what is read of a very long document.
const maxPages = 5000

// Read reads a PDF. A document that is too long for the time limit is read as
// far as that goes, with a warning. Errors are pdfium's, or ctx's.
func Read(ctx context.Context, b []byte, o Options) (*document.Document, error) {
	if o.Limit <= 0 {
		o.Limit = 8 * time.Second
	}
	engine, err := pdfium.Shared()
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, o.Limit)
	defer cancel()
	file, err := engine.Open(limited, b)
	if err != nil {
		if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
			return nil, fmt.Errorf("%w: it takes longer than %v", pdfium.ErrDamaged, o.Limit)
		}
		return nil, err
	}
	defer file.Close()

	d := &document.Document{Kind: document.Report, URL: o.URL, OriginOf: map[string]document.Origin{}}
	meta := map[string]string{}
	for _, key := range []string{"Title", "Author", "CreationDate", "ModDate"} {
		if meta[key], err = file.Meta(limited, key); err != nil {
			break
		}
	}
	var pages []page
	empty := 0
	for i := 0; i < min(file.Pages(), maxPages) && err == nil; i++ {
		var p pdfium.Page
		if p, err = file.Page(limited, i); err != nil {
			// A single bad page does not cost the others.
			if errors.Is(err, pdfium.ErrDamaged) {
				d.Warnings = append(d.Warnings, fmt.Sprintf("page %d cannot be read and is missing", i+1))
				err = nil
			}
			continue
		}
		lines := linesOf(p, i+1)
		if len(lines) == 0 {
			empty++
		}
		pages = append(pages, page{number: i + 1, width: p.Width, height: p.Height, lines: lines})
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, context.DeadlineExceeded) && len(pages) == 0:
		return nil, fmt.Errorf("%w: its first page takes longer than %v", pdfium.ErrDamaged, o.Limit)
	case err != nil && len(pages) == 0:
		return nil, err
	case errors.Is(err, context.DeadlineExceeded):
		d.Warnings = append(d.Warnings, fmt.Sprintf("reading took too long and ended after page %d of %d", len(pages), file.Pages()))
	case err != nil:
		d.Warnings = append(d.Warnings, fmt.Sprintf("reading ended after page %d of %d: %v", len(pages), file.Pages(), err))
	case file.Pages() > maxPages:
		d.Warnings = append(d.Warnings, fmt.Sprintf("only the first %d of %d pages were read", maxPages, file.Pages()))
	}
	switch {
	case len(pages) > 0 && empty == len(pages):
		d.Warnings = append(d.Warnings, fmt.Sprintf("there is no text in its %s: they are pictures of pages; run text recognition (OCR) on the file and import it again", count(len(pages), "page")))
	case empty > 0:
		d.Warnings = append(d.Warnings, fmt.Sprintf("%s of %d without text: perhaps pictures of pages", count(empty, "page"), len(pages)))
	}
	d.Dropped = dropRunning(pages)
	body := bodySize(pages)
	for i := range pages {
		pages[i].lines = readingOrder(pages[i])
	}
	text, notes := blocks(pages, body)
	setTitle(d, meta["Title"], o.Name, text)
	d.Blocks = append(withoutTitle(text, d.Title), notes...)
	setDates(d, meta, text)
	d.Byline = append(d.Byline, authors(meta["Author"])...)
	if len(d.Byline) > 0 {
		d.OriginOf["byline"] = document.FromMeta
		d.Candidates = append(d.Candidates, document.Candidate{Field: "byline", Value: strings.Join(d.Byline, "; "), Origin: document.FromMeta, Confidence: 0.7})
	}
	d.Finish()
	return d, nil
}

// count is a number with its word.
func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// setTitle takes the largest heading of the first two pages, unless the
// metadata have a title that the text bears out; programs leave file names and
// template names there.
func setTitle(d *document.Document, stated, name string, text []document.Block) {
	stated = strings.Join(strings.Fields(stated), " ")
	var head []string
	var heading string
	best := 7
	for _, b := range text {
		if b.Page > 2 {
			break
		}
		head = append(head, fold(b.Text))
		if b.Kind == document.Heading && b.Level < best && len([]rune(b.Text)) > 3 {
			best, heading = b.Level, b.Text
		}
	}
	if stated != "" && strings.Contains(strings.Join(head, " "), fold(stated)) {
		d.Set(&d.Title, "title", stated, document.FromMeta, 0.9)
	}
	d.Set(&d.Title, "title", heading, document.FromText, 0.7)
	if !looksGenerated(stated) {
		d.Set(&d.Title, "title", stated, document.FromMeta, 0.5)
	}
	if base, _, found := strings.Cut(name, "."); found || name != "" {
		d.Set(&d.Title, "title", strings.Join(strings.FieldsFunc(base, func(r rune) bool { return r == '_' || unicode.IsSpace(r) }), " "), document.FromURL, 0.2)
	}
}

// looksGenerated tells titles that a program wrote: "Microsoft Word - a.docx",
// "untitled", a file name.
func looksGenerated(title string) bool {
	low := strings.ToLower(title)
	for _, sign := range []string{"microsoft word", "microsoft powerpoint", "untitled", "untitel", "document1", "без имени"} {
		if strings.HasPrefix(low, sign) {
			return true
		}
	}
	for _, end := range []string{".doc", ".docx", ".indd", ".pdf", ".tex", ".odt", ".dvi", ".qxd", ".pptx"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return !strings.Contains(title, " ") && strings.ContainsAny(title, "_0123456789")
}

// withoutTitle leaves out the block that became the title, once.
func withoutTitle(text []document.Block, title string) []document.Block {
	for i, b := range text {
		if b.Kind == document.Heading && fold(b.Text) == fold(title) && title != "" {
			return append(text[:i:i], text[i+1:]...)
		}
		if b.Page > 2 {
			break
		}
	}
	return text
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// setDates looks for a date in the text of the first page before it believes
// the file's own, which is the day of its making.
func setDates(d *document.Document, meta map[string]string, text []document.Block) {
	made, madeOK := metaDate(meta["CreationDate"])
	for _, b := range text {
		if b.Page > 1 {
			break
		}
		if len([]rune(b.Text)) > 200 {
			continue
		}
		for _, f := range dates.Find(b.Text, "", dates.Options{Reference: made}) {
			if f.Date.Precision() == document.Year || f.YearInferred {
				continue
			}
			v := string(f.Date)
			confidence := 0.6
			if madeOK && f.Date.Precision() == document.Day && f.Date == made {
				confidence = 0.9
			}
			p := string(d.Published)
			if d.Set(&p, "published", v, document.FromText, confidence) {
				d.Published = document.Date(p)
			}
		}
	}
	if madeOK {
		p := string(d.Published)
		if d.Set(&p, "published", string(made), document.FromMeta, 0.4) {
			d.Published = made
		}
	}
	if changed, ok := metaDate(meta["ModDate"]); ok && changed != made {
		p := string(d.Modified)
		if d.Set(&p, "modified", string(changed), document.FromMeta, 0.6) {
			d.Modified = changed
		}
	}
}

// metaDate reads the day of a PDF date: D:YYYYMMDDHHmmSSOHH'mm' (ISO 32000-1, 7.9.4).
func metaDate(s string) (document.Date, bool) {
	s = strings.TrimPrefix(s, "D:")
	if len(s) < 8 {
		return "", false
	}
	t, err := time.Parse("20060102", s[:8])
	if err != nil || t.Year() < 1980 {
		return "", false
	}
	return document.Date(t.Format("2006-01-02")), true
}

// authors parts the author entry at semicolons, commas between full names and
// "and". An entry that is no name (a user name, a program) is left out.
func authors(s string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(strings.ReplaceAll(s, " and ", ";"), func(r rune) bool { return r == ';' || r == ',' }) {
		name := strings.Join(strings.Fields(part), " ")
		if strings.Contains(name, " ") && !strings.ContainsAny(name, "0123456789@\\/") {
			out = append(out, name)
		}
	}
	return out
}

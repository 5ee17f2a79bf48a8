// Package importers turns bytes as received into a document: it recognises what
// the bytes are and hands them to the package that reads them. It knows no
// store and no screen, and fetches nothing.
//
// Read is the way in for one capture, ReadEach for a file that may hold several
// (an archive, a feed, a message with attachments). What the bytes are is decided by the bytes; the name,
// the media type and the address are hints. Read never panics on bad input: it
// gives one of the errors in errors.go, wrapped in an *Error, or a document
// with warnings.
package importers

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sourcebook/importers/archive"
	"sourcebook/importers/charset"
	"sourcebook/importers/citation"
	"sourcebook/importers/language"
	"sourcebook/importers/markdown"
	"sourcebook/importers/mhtml"
	"sourcebook/importers/pastedtext"
	"sourcebook/importers/pdf"
	"sourcebook/importers/pdf/pdfium"
	"sourcebook/importers/post"
	"sourcebook/importers/serp"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// The limits of one capture.
const (
	MaxBytes = 64 << 20 // that Read takes
	MaxText  = 8 << 20  // bytes of text that a document keeps: a few times the longest books
	// maxSearched is how much of a text citations and countries are looked for in.
	maxSearched = 3 << 20
)

// Input is one capture to read.
type Input struct {
	Bytes     []byte
	Name      string    // file name, a hint and for messages; may be empty
	MediaType string    // as a server stated it, with its parameters; may be empty
	URL       string    // where it came from; may be empty
	Charset   string    // overrides what the bytes say of themselves; may be empty
	Received  time.Time // when it was received: bounds dates without a year

	// File stands in place of Bytes for a file that is not loaded, with its Size.
	// Containers are read from it as they are; a single capture is loaded.
	File io.ReaderAt
	Size int64
}

// Read recognises in and reads it. On error the document is nil; for an archive
// or another collection the error is ErrCollection.
func Read(ctx context.Context, in Input) (d *document.Document, err error) {
	// A fault in a reader must not take other captures with it.
	defer func() {
		if p := recover(); p != nil {
			d, err = nil, in.fault(fmt.Errorf("an internal fault (%v)", p), "nothing was changed; please report it with the file")
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, in.fault(err, "")
	}
	f := recognise(in)
	if collections[f.format] {
		return nil, in.fault(ErrCollection, "import it, or extract it, to have each of them")
	}
	if in, err = in.load(); err != nil {
		return nil, err
	}
	if len(in.Bytes) > MaxBytes {
		return nil, in.tooLarge(int64(len(in.Bytes)))
	}
	if len(bytes.TrimSpace(in.Bytes)) == 0 {
		return nil, in.fault(ErrEmpty, "save or copy it again")
	}
	switch f.format {
	case formatHTML, formatPosts:
		d, err = readHTML(ctx, in, in.Bytes, webpage.Options{URL: in.URL, ContentType: in.MediaType, Charset: in.Charset, Received: in.Received})
	case formatMHTML:
		d, err = readMHTML(ctx, in)
	case formatText, formatMD:
		d, err = readText(ctx, in, f.format)
	case formatPDF:
		d, err = readPDF(ctx, in)
	case formatMail:
		d, err = readMail(ctx, in)
	case formatOffice:
		d, err = readOffice(ctx, in)
	case formatBook:
		d, err = readBook(ctx, in)
	case formatSafari:
		d, err = readSafari(ctx, in)
	case formatGzip:
		if in, err = unpacked(ctx, in); err != nil {
			return nil, err
		}
		return Read(ctx, in)
	default:
		return nil, in.fault(ErrUnsupported, f.advice())
	}
	if err != nil {
		return nil, err
	}
	if w := f.misnamed(in.own()); w != "" {
		d.Warnings = append(d.Warnings, w)
	}
	complete(d)
	return d, nil
}

func readHTML(ctx context.Context, in Input, page []byte, o webpage.Options) (*document.Document, error) {
	root, _, err := webpage.ParseLimited(ctx, page, o)
	if err != nil {
		return nil, in.fault(err, "open it in a browser and save it again, or copy its text and paste it")
	}
	if d, ok := serp.ReadPage(root, serp.Options{URL: o.URL, Received: o.Received}); ok {
		return d, nil
	}
	if d, ok := post.ReadPage(root, post.Options{URL: o.URL, Received: o.Received}); ok {
		return d, nil
	}
	d, err := webpage.ReadNode(ctx, root, o)
	if err != nil {
		return nil, in.fault(err, "open it in a browser and save it again, or copy its text and paste it")
	}
	if d.Text == "" {
		d.Warnings = append(d.Warnings, "no text was found in this page; what stands on it may need scripts: copy the text in a browser and paste it")
	}
	return d, nil
}

func readMHTML(ctx context.Context, in Input) (*document.Document, error) {
	p, err := mhtml.Read(ctx, in.Bytes)
	if err != nil {
		return nil, in.fault(err, "save the page again as a single file or as HTML")
	}
	o := webpage.Options{URL: cmp.Or(in.URL, p.URL), ContentType: p.ContentType, Charset: in.Charset, Received: in.Received}
	if !p.Saved.IsZero() {
		o.Received = p.Saved
	}
	return readHTML(ctx, in, p.HTML, o)
}

func readSafari(ctx context.Context, in Input) (*document.Document, error) {
	w, err := archive.ReadWebArchive(ctx, in.Bytes)
	if err != nil {
		return nil, in.fault(err, "save the page again in Safari, or copy its text and paste it")
	}
	return readHTML(ctx, in, w.Page.Bytes, webpage.Options{URL: cmp.Or(in.URL, w.Page.URL), ContentType: w.Page.MediaType, Charset: in.Charset, Received: in.Received})
}

func readPDF(ctx context.Context, in Input) (*document.Document, error) {
	d, err := pdf.Read(ctx, in.Bytes, pdf.Options{URL: in.URL, Name: in.own(), Received: in.Received})
	switch {
	case errors.Is(err, pdfium.ErrPassword):
		return nil, in.fault(err, "save a copy without the password and import that")
	case err != nil:
		return nil, in.fault(err, "open it in a PDF reader and save it again, or copy its text and paste it")
	}
	return d, nil
}

func readText(ctx context.Context, in Input, f format) (*document.Document, error) {
	text, _, err := charset.Decode(in.Bytes, charset.Hint{ContentType: in.MediaType, Override: in.Charset})
	switch {
	case errors.Is(err, charset.ErrBinary) || err == nil && binary(text):
		return nil, in.fault(ErrBinary, "only pages, PDFs and text can be read")
	case err != nil:
		return nil, in.fault(fmt.Errorf("%w: %w", ErrEncoding, err), "save it as UTF-8")
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if len(text) <= MaxText {
		return readDecoded(ctx, in, f, text)
	}
	text = cutText(text, MaxText)
	text = text[:max(strings.LastIndexByte(text, '\n'), len(cutText(text, MaxText/2)))]
	d, err := readDecoded(ctx, in, f, text)
	if err == nil {
		d.Warnings = append(d.Warnings, longText)
	}
	return d, err
}

func readDecoded(ctx context.Context, in Input, f format, text string) (*document.Document, error) {
	if f == formatMD {
		d, err := markdown.Read(ctx, text, markdown.Options{URL: in.URL, Name: in.own(), Received: in.Received})
		if err != nil {
			return nil, in.fault(err, "")
		}
		return d, nil
	}
	if d, ok := serp.ReadText(text, serp.Options{URL: in.URL, Received: in.Received}); ok {
		return d, nil
	}
	if d, ok := post.ReadText(text, post.Options{URL: in.URL, Received: in.Received}); ok {
		return d, nil
	}
	d, err := pastedtext.Read(ctx, text, pastedtext.Options{URL: in.URL, Name: in.own(), Received: in.Received})
	if err != nil {
		return nil, in.fault(err, "")
	}
	return d, nil
}

// complete adds what is found the same way in every kind of document: its
// language, the countries it names and the sources it cites.
func complete(d *document.Document) {
	shorten(d)
	head := beginning(d)
	if d.Lang == "" || d.Lang == "und" {
		d.Lang = language.Detect(d.Title + "\n" + head.Text)
		head.Lang = d.Lang
	}
	if d.Kind != document.SearchSnapshot && len(d.Citations) == 0 {
		d.Citations = citation.InDocument(head)
	}
	if len(d.Countries) == 0 {
		d.Countries = country.Count(d.Title+"\n\n"+head.Text, d.Lang)
	}
	if d.Title == "" {
		d.Set(&d.Title, "title", firstWords(d.Text), document.FromText, 0.3)
	}
	d.Finish()
}

// shorten cuts a text that is longer than any that people write, after the block
// that reaches the limit.
func shorten(d *document.Document) {
	if len(d.Text) <= MaxText || d.Search != nil {
		return
	}
	size := 0
	for i, b := range d.Blocks {
		if size += len(b.Text) + 2; size <= MaxText {
			continue
		}
		if i == 0 { // a single block
			cut, runes := cutText(b.Text, MaxText), 0
			runes = utf8.RuneCountInString(cut)
			d.Blocks[0].Text = cut
			d.Blocks[0].Links = slices.DeleteFunc(d.Blocks[0].Links, func(l document.Link) bool { return l.End > runes })
			i = 1
		}
		d.Blocks = d.Blocks[:i]
		break
	}
	d.Images = slices.DeleteFunc(d.Images, func(i document.Image) bool { return i.Before >= len(d.Blocks) })
	d.Citations = nil // they count in the text that was
	d.Text = document.Canonical(d.Blocks)
	d.Warnings = append(d.Warnings, longText)
}

var longText = fmt.Sprintf("the text is longer than %d MB: it is read up to there", MaxText>>20)

// beginning is as much of a document as is searched.
func beginning(d *document.Document) *document.Document {
	head := &document.Document{Title: d.Title, Lang: d.Lang, Published: d.Published, Text: d.Text, Blocks: d.Blocks}
	if len(d.Text) <= maxSearched {
		return head
	}
	head.Text = cutText(d.Text, maxSearched)
	size := 0
	for i, b := range d.Blocks {
		if size += len(b.Text) + 2; size > maxSearched {
			head.Blocks = d.Blocks[:i]
			break
		}
	}
	d.Warnings = append(d.Warnings, fmt.Sprintf("the text is very long: cited sources and countries were looked for in its first %d MB", maxSearched>>20))
	return head
}

// cutText cuts a text between characters.
func cutText(text string, most int) string {
	for most > 0 && most < len(text) && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:min(most, len(text))]
}

// firstWords is what a text without a title goes by: its first line, cut
// between words where it is long.
func firstWords(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	line = strings.Join(strings.Fields(line), " ")
	const most = 80 // code points
	r := []rune(line)
	if len(r) <= most {
		return line
	}
	cut := string(r[:most])
	if at := strings.LastIndexByte(cut, ' '); at > most/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// binary tells whether text that was decoded cannot be text: it holds a NUL, or
// more than one control character in fifty.
func binary(text string) bool {
	control, n := 0, 0
	for _, r := range text[:min(len(text), 64<<10)] {
		n++
		switch {
		case r == 0:
			return true
		case r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != '\v' && r != 0x1b, r == utf8.RuneError:
			control++
		}
	}
	return control*50 > n
}

// label names the input in messages.
func (in Input) label() string {
	if outer, inner, found := strings.Cut(in.Name, within); found {
		return base(outer) + within + inner
	}
	if in.Name != "" {
		return base(in.Name)
	}
	return cmp.Or(in.URL, "the pasted text")
}

// own is the file name of the input itself, without the containers around it.
func (in Input) own() string {
	if at := strings.LastIndex(in.Name, within); at >= 0 {
		return base(in.Name[at+len(within):])
	}
	return base(in.Name)
}

func base(name string) string {
	if name == "" {
		return ""
	}
	return path.Base(strings.ReplaceAll(name, `\`, "/"))
}

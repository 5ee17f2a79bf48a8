// Package export writes briefings to files, in the format that the file's
// ending names. The window and the command line both go through it.
package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sourcebook/assets"
	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
	"sourcebook/notebook/briefing/docx"
	"sourcebook/notebook/briefing/html"
	"sourcebook/notebook/briefing/markdown"
	"sourcebook/notebook/briefing/pdf"
)

// Format is what a briefing is written as.
type Format string

// The formats, by the ending of the file.
const (
	PDF      Format = ".pdf"
	DOCX     Format = ".docx"
	Markdown Format = ".md"
	HTML     Format = ".html"
)

// FormatOf is the format that a file's ending names.
func FormatOf(path string) (Format, error) {
	switch f := Format(strings.ToLower(filepath.Ext(path))); f {
	case PDF, DOCX, Markdown, HTML:
		return f, nil
	}
	return "", fmt.Errorf("write %s: its ending names no format; end it in .pdf, .docx, .md or .html", path)
}

// ParseTLP reads a marking as people type it, with or without "TLP:". Empty
// stays empty.
func ParseTLP(typed string) (notebook.TLP, error) {
	word := strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(typed)), "TLP:")
	switch t := notebook.TLP(word); t {
	case "", notebook.TLPClear, notebook.TLPGreen, notebook.TLPAmber, notebook.TLPAmberStrict, notebook.TLPRed:
		return t, nil
	}
	return "", fmt.Errorf("%q is no TLP 2.0 marking; one of CLEAR, GREEN, AMBER, AMBER+STRICT, RED", typed)
}

// Briefing composes b and writes it to path. The file appears whole or not at
// all: an export that fails or is cancelled leaves what was there before.
func Briefing(ctx context.Context, nb *notebook.Notebook, b notebook.Briefing, path string, now time.Time) error {
	format, err := FormatOf(path)
	if err != nil {
		return err
	}
	var doc *briefing.Document
	err = nb.View(func(tx *notebook.Tx) error {
		doc, err = briefing.Compose(tx, b, briefing.Options{Now: now})
		return err
	})
	if err != nil {
		return fmt.Errorf("compose the briefing: %w", err)
	}
	return Atomically(path, func(w io.Writer) error { return Render(ctx, w, doc, format) })
}

// Render writes doc as format.
func Render(ctx context.Context, w io.Writer, doc *briefing.Document, format Format) error {
	switch format {
	case PDF:
		return pdf.Render(ctx, w, doc, pdf.Options{Fonts: Fonts(), Mono: assets.Font(assets.NotoSansMono)})
	case DOCX:
		return docx.Render(w, doc)
	case Markdown:
		return markdown.Render(w, doc)
	case HTML:
		return html.Render(w, doc)
	}
	return fmt.Errorf("write a briefing: unknown format %q", format)
}

// Atomically writes a file: it appears whole, under its name, or not at all.
func Atomically(path string, write func(io.Writer) error) (err error) {
	fault := func(err error) error {
		if pe, ok := err.(*os.PathError); ok {
			err = pe.Err
		}
		return fmt.Errorf("write %s: %w", path, err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".sourcebook-*")
	if err != nil {
		return fault(err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		return fault(err)
	}
	if err := w.Flush(); err != nil {
		return fault(err)
	}
	if err := f.Sync(); err != nil {
		return fault(err)
	}
	if err := f.Close(); err != nil {
		return fault(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fault(err)
	}
	return nil
}

// Package paper draws the pages of a PDF, for the viewer of widgets/pages.
package paper

import (
	"context"
	"fmt"
	"image"
	"sync"

	"sourcebook/importers/pdf/pdfium"
)

// PDF is an open PDF, a pages.Source. It is safe for use from any goroutine.
type PDF struct {
	mu     sync.Mutex
	bytes  []byte
	doc    *pdfium.Document
	count  int
	closed bool
}

// Open opens a PDF; it reads the count of pages and keeps the bytes. Close it
// after use. The first call of a program compiles the engine, which takes
// seconds, unless that was done on this computer before.
func Open(ctx context.Context, b []byte) (*PDF, error) {
	p := &PDF{bytes: b}
	if err := p.open(ctx); err != nil {
		return nil, err
	}
	return p, nil
}

func (p *PDF) open(ctx context.Context) error {
	engine, err := pdfium.Shared()
	if err != nil {
		return err
	}
	if p.doc, err = engine.Open(ctx, p.bytes); err != nil {
		return err
	}
	p.count = p.doc.Pages()
	return nil
}

// Count is the number of pages.
func (p *PDF) Count() int { return p.count }

// Draw draws page i, counted from 0.
func (p *PDF) Draw(ctx context.Context, i int, dpi float64) (image.Image, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, context.Canceled
	}
	if p.doc == nil {
		if err := p.open(ctx); err != nil {
			return nil, err
		}
	}
	img, err := p.doc.Draw(ctx, i, dpi)
	if err != nil {
		// A call that was ended leaves the document closed: it is opened again for
		// the next page.
		_ = p.doc.Close()
		p.doc = nil
		return nil, fmt.Errorf("draw page %d: %w", i+1, err)
	}
	return img, nil
}

// Close frees the engine's memory. A page that is being drawn is waited for.
func (p *PDF) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	if p.doc == nil {
		return nil
	}
	err := p.doc.Close()
	p.doc = nil
	return err
}

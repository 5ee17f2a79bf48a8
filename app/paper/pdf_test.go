package paper

import (
	"bytes"
	"context"
	"testing"

	"sourcebook/app/export"
	"sourcebook/notebook/briefing"
)

func TestOpen(t *testing.T) {
	var out bytes.Buffer
	if err := export.Render(t.Context(), &out, &briefing.Document{Title: "Ports and rails"}, export.PDF); err != nil {
		t.Fatal(err)
	}
	p, err := Open(t.Context(), out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	img, err := p.Draw(t.Context(), 0, 30)
	if err != nil || img.Bounds().Empty() {
		t.Fatalf("drawn %v: %v", img, err)
	}
	// A page that was given up does not keep the next from being drawn.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Draw(ctx, 0, 30); err == nil {
		t.Error("a page is drawn though nobody wants it")
	}
	if _, err := p.Draw(t.Context(), 0, 30); err != nil {
		t.Errorf("the next page: %v", err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
	if _, err := p.Draw(t.Context(), 0, 30); err == nil {
		t.Error("a closed document draws")
	}
	if _, err := Open(t.Context(), []byte("no PDF")); err == nil {
		t.Error("what is no PDF opens")
	}
}

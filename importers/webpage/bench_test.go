package webpage

import (
	"bytes"
	"context"
	"testing"

	"golang.org/x/net/html"
)

// BenchmarkRead reads pages of the corpus; BenchmarkParse parses the same with
// golang.org/x/net/html, the measure that Read's time is held against.
func BenchmarkRead(b *testing.B) {
	pages := corpusPages(b, 60)
	b.ResetTimer()
	for b.Loop() {
		for _, p := range pages {
			if _, err := Read(context.Background(), p, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkParse(b *testing.B) {
	pages := corpusPages(b, 60)
	b.ResetTimer()
	for b.Loop() {
		for _, p := range pages {
			if _, err := html.Parse(bytes.NewReader(p)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

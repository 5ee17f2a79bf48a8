package layout

import "testing"

func rawDocument(n int) []*Block {
	var raw []*Block
	for _, b := range longDocument(n) {
		raw = append(raw, Raw(b))
	}
	return raw
}

// BenchmarkPrepare shapes 2,000 paragraphs of 90 words with a cold word cache.
func BenchmarkPrepare(b *testing.B) {
	raw := rawDocument(2000)
	fonts, err := testFonts()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s := NewShaper(fonts)
		for _, r := range raw {
			s.Prepare(r)
		}
	}
}

// BenchmarkFirst shapes what a first screen shows, with a cold word cache.
func BenchmarkFirst(b *testing.B) {
	raw := rawDocument(12)
	fonts, err := testFonts()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s := NewShaper(fonts)
		for _, r := range raw {
			s.Prepare(r)
		}
	}
}

// BenchmarkReflow breaks all lines of 2,000 paragraphs anew.
func BenchmarkReflow(b *testing.B) {
	s := newShaper(b)
	var list []*Block
	for _, r := range rawDocument(2000) {
		list = append(list, s.Prepare(r))
	}
	p := NewPage(nil, list)
	w := float32(600)
	b.ReportAllocs()
	for b.Loop() {
		w = 1200 - w + 1
		p.SetStyle(Style{Size: 16}, w)
		p.Reflow()
	}
}

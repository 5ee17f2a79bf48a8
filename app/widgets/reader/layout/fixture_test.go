package layout

import (
	"math/rand"
	"strings"
	"sync"
	"testing"

	"sourcebook/assets"
	"sourcebook/notebook/document"
)

var testFonts = sync.OnceValues(func() (*Fonts, error) {
	source := func(name string) FontSource {
		return FontSource{Name: name, Read: func() []byte { return assets.Font(name) }}
	}
	sources := map[Face][]FontSource{Mono: {source(assets.NotoSansMono)}}
	for _, n := range assets.Fonts(false, false) {
		sources[Regular] = append(sources[Regular], source(n))
	}
	for _, n := range assets.Fonts(true, false) {
		sources[Bold] = append(sources[Bold], source(n))
	}
	for _, n := range assets.Fonts(false, true) {
		sources[Italic] = append(sources[Italic], source(n))
	}
	return NewFonts(sources, nil)
})

func newShaper(t testing.TB) *Shaper {
	t.Helper()
	fonts, err := testFonts()
	if err != nil {
		t.Fatal(err)
	}
	return NewShaper(fonts)
}

// pageOf lays blocks out at a width.
func pageOf(t testing.TB, width float32, blocks ...document.Block) *Page {
	t.Helper()
	s := newShaper(t)
	var list []*Block
	for _, b := range blocks {
		list = append(list, s.Prepare(Raw(b)))
	}
	p := NewPage(nil, list)
	p.SetStyle(Style{Size: 16}, width)
	p.Reflow()
	return p
}

func para(text string) document.Block {
	return document.Block{Kind: document.Paragraph, Text: text}
}

// longDocument is a made-up document of n paragraphs of 90 words, with words as
// often as in a language (Zipf), and headings, quotations and lists between.
func longDocument(n int) []document.Block {
	r := rand.New(rand.NewSource(1))
	vocabulary := make([]string, 15000)
	for i := range vocabulary {
		b := make([]byte, 2+r.Intn(10))
		for j := range b {
			b[j] = "etaoinshrdlucmfwypvbgk"[r.Intn(22)]
		}
		vocabulary[i] = string(b)
	}
	z := rand.NewZipf(r, 1.1, 20, uint64(len(vocabulary)-1))
	words := func(n int) string {
		var sb strings.Builder
		for i := range n {
			if i > 0 {
				sb.WriteByte(' ')
			}
			sb.WriteString(vocabulary[z.Uint64()])
			if i%13 == 12 {
				sb.WriteByte(',')
			}
		}
		return sb.String() + "."
	}
	var out []document.Block
	for i := range n {
		switch {
		case i%40 == 0:
			out = append(out, document.Block{Kind: document.Heading, Level: 2, Text: words(5)})
		case i%17 == 5:
			out = append(out, document.Block{Kind: document.Quote, Level: 1, Text: words(90)})
		case i%13 < 3:
			out = append(out, document.Block{Kind: document.ListItem, Level: 1 + i%2, Text: words(90)})
		default:
			out = append(out, document.Block{Kind: document.Paragraph, Text: words(90),
				Links: []document.Link{{Start: 10, End: 40, URL: "https://example.org/"}}})
		}
	}
	return out
}

package reader

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"sourcebook/app/widgets/reader/layout"
	"sourcebook/notebook/document"
)

// longDocument is 2,000 paragraphs of 90 words, with words as often as in a
// language (Zipf), and longMarks are 400 highlights on it.
func longDocument() []document.Block {
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
	var out []document.Block
	for i := range 2000 {
		words := make([]string, 90)
		for k := range words {
			words[k] = vocabulary[z.Uint64()]
		}
		b := document.Block{Kind: document.Paragraph, Text: strings.Join(words, " ") + "."}
		switch {
		case i%40 == 0:
			b.Kind, b.Level = document.Heading, 2
		case i%17 == 5:
			b.Kind, b.Level = document.Quote, 1
		case i%13 < 3:
			b.Kind, b.Level = document.ListItem, 1
		default:
			b.Links = []document.Link{{Start: 10, End: 40, URL: "https://example.org/"}}
		}
		out = append(out, b)
	}
	return out
}

func longMarks(length int) []Mark {
	colours := []string{"yellow", "green", "blue", "pink", "orange", "purple"}
	var out []Mark
	for i := range 400 {
		at := i * length / 400
		out = append(out, Mark{ID: fmt.Sprint(i), Range: Range{at, at + 60 + i%900}, Colour: colours[i%6], Kind: MarkKind(i % 3), Note: "n"})
	}
	return out
}

func benchReader(b *testing.B) *Reader {
	test.NewTempApp(b)
	r := New()
	r.SetRunner(Inline())
	w := test.NewTempWindow(b, r)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 850))
	r.SetDocument(longDocument(), Header{Title: "A long document"})
	r.SetMarks(longMarks(r.page.Len()))
	return r
}

// paintNew does what the painter does with lines that it has not seen yet.
func paintNew(r *Reader, painted map[layout.Ref]bool) int {
	n := 0
	for ref, v := range r.views {
		if !painted[ref] {
			painted[ref] = true
			s := v.raster.Size()
			v.raster.Generator(int(s.Width), int(s.Height))
			n++
		}
	}
	for ref := range painted {
		if r.views[ref] == nil {
			delete(painted, ref)
		}
	}
	return n
}

func benchScroll(b *testing.B, step float32) {
	r := benchReader(b)
	painted := map[layout.Ref]bool{}
	paintNew(r, painted)
	lines, dir := 0, float32(1)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		before := r.offset
		r.setOffset(r.offset + dir*step)
		if r.offset == before {
			dir = -dir
		}
		lines += paintNew(r, painted)
	}
	b.ReportMetric(float64(lines)/float64(b.N), "lines/op")
	b.ReportMetric(float64(len(r.objects)), "objects")
}

// BenchmarkScroll60 is a step of the wheel: placing, and painting what appears.
func BenchmarkScroll60(b *testing.B) { benchScroll(b, 60) }

// BenchmarkScroll600 is a page.
func BenchmarkScroll600(b *testing.B) { benchScroll(b, 600) }

// BenchmarkRelayout is the reader at a new width.
func BenchmarkRelayout(b *testing.B) {
	r := benchReader(b)
	w := float32(900)
	b.ResetTimer()
	for b.Loop() {
		w = 1300 - w
		r.Resize(fyne.NewSize(w, 850))
	}
}

// BenchmarkOpen prepares the document; first is the time until there is text.
func BenchmarkOpen(b *testing.B) {
	test.NewTempApp(b)
	blocks := longDocument()
	var first, longest time.Duration
	for b.Loop() {
		began := time.Now()
		r := New()
		n := 0
		r.SetRunner(Runner{Background: func(f func()) { f() }, Deliver: func(f func()) {
			at := time.Now()
			f()
			if n++; n == 1 {
				first += time.Since(began)
			}
			longest = max(longest, time.Since(at))
		}})
		r.Resize(fyne.NewSize(900, 850))
		r.SetDocument(blocks, Header{Title: "A long document"})
	}
	b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms-to-first-text")
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest-on-ui-thread")
}

// BenchmarkFind searches the whole document for two letters.
func BenchmarkFind(b *testing.B) {
	r := benchReader(b)
	r.Find("xx")
	b.ResetTimer()
	for b.Loop() {
		r.Find("ta")
		r.Find("tao")
	}
}

// BenchmarkOpenRichText and BenchmarkOpenLabels are the toolkit's own ways to
// show the same text.
func BenchmarkOpenRichText(b *testing.B) {
	test.NewTempApp(b)
	blocks := longDocument()
	for b.Loop() {
		var segments []widget.RichTextSegment
		for _, bl := range blocks {
			segments = append(segments, &widget.TextSegment{Text: bl.Text, Style: widget.RichTextStyleParagraph})
		}
		t := widget.NewRichText(segments...)
		t.Wrapping = fyne.TextWrapWord
		w := test.NewTempWindow(b, container.NewVScroll(t))
		w.Resize(fyne.NewSize(900, 850))
	}
}

func BenchmarkOpenLabels(b *testing.B) {
	test.NewTempApp(b)
	blocks := longDocument()
	for b.Loop() {
		box := container.NewVBox()
		for _, bl := range blocks {
			l := widget.NewLabel(bl.Text)
			l.Wrapping, l.Selectable = fyne.TextWrapWord, true
			box.Add(l)
		}
		w := test.NewTempWindow(b, container.NewVScroll(box))
		w.Resize(fyne.NewSize(900, 850))
	}
}

package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"sourcebook/importers/pdf/pdfium"
	"sourcebook/notebook/document"
)

// paper makes a PDF: a title over the whole width, then two columns, with a
// running head, page numbers and a footnote on each of four pages.
func paper(t testing.TB) []byte {
	word := func(n int) string { return [...]string{"", "one", "two", "three", "four"}[n] }
	f := gofpdf.New("P", "pt", "A4", "")
	f.SetTitle("Water and Rails", false)
	f.SetAuthor("Ayan Sample; Lala Exampleva", false)
	f.SetCreationDate(time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC))
	f.SetCompression(false)
	f.SetAutoPageBreak(false, 0)
	for p := 1; p <= 4; p++ {
		f.AddPage()
		f.SetFont("Helvetica", "", 8)
		f.Text(60, 30, "Papers on transit, no. 7")
		f.Text(295, 825, fmt.Sprint(p))
		top := 90.0
		if p == 1 {
			f.SetFont("Helvetica", "B", 22)
			f.Text(60, 80, "Water and Rails")
			f.SetFont("Helvetica", "", 9)
			f.Text(60, 100, "4 March 2025")
			top = 140
		}
		f.SetFont("Helvetica", "", 9)
		for col, x := range []float64{60, 310} {
			y := top
			if p == 2 && col == 0 {
				f.SetFont("Helvetica", "B", 14)
				f.Text(x, y, "The second part")
				f.SetFont("Helvetica", "", 9)
				y += 24
			}
			for par := range 3 {
				for l := range 6 {
					text := fmt.Sprintf("Page %d column %d par %d line %d runs on and on", p, col+1, par+1, l+1)
					switch l {
					case 0:
						text = fmt.Sprintf("Start of paragraph %s in column %s, page %s: trans-", word(par+1), word(col+1), word(p))
					case 1:
						text = "port over the water, and the rails that follow it now"
					case 5:
						text = fmt.Sprintf("end of paragraph %d.", par+1)
					}
					f.Text(x, y, text)
					y += 12
				}
				y += 10
			}
		}
		f.SetFont("Helvetica", "", 6)
		f.Text(60, 770, fmt.Sprintf("%d Note %s stands at the foot of the page, in small type.", p, word(p)))
	}
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	d, err := Read(context.Background(), paper(t), Options{Name: "a.pdf"})
	if err != nil {
		t.Fatal(err)
	}
	if d.Kind != document.Report || d.Title != "Water and Rails" || d.Published != "2025-03-04" || strings.Join(d.Byline, "; ") != "Ayan Sample; Lala Exampleva" {
		t.Errorf("kind %q, title %q, published %q, byline %q", d.Kind, d.Title, d.Published, d.Byline)
	}
	for _, foreign := range []string{"Papers on transit", "Water and Rails"} {
		if strings.Contains(d.Text, foreign) {
			t.Errorf("the text holds %q", foreign)
		}
	}
	if len(d.Dropped) != 8 {
		t.Errorf("dropped %v, want four running heads and four page numbers", d.Dropped)
	}
	// Columns in order: all of the left one before the right one.
	last := -1
	words := []string{"", "one", "two", "three", "four"}
	for p := 1; p <= 4; p++ {
		for col := 1; col <= 2; col++ {
			for par := 1; par <= 3; par++ {
				at := strings.Index(d.Text, fmt.Sprintf("Start of paragraph %s in column %s, page %s: transport over", words[par], words[col], words[p]))
				if at < last {
					t.Errorf("paragraph %d of column %d on page %d stands at %d, not after %d", par, col, p, at, last)
				}
				last = at
			}
		}
	}
	var headings, notes []string
	paragraphs := 0
	for _, b := range d.Blocks {
		switch {
		case b.Kind == document.Heading:
			headings = append(headings, fmt.Sprintf("%s p%d", b.Text, b.Page))
		case strings.Contains(b.Text, "foot of the page"):
			notes = append(notes, b.Text)
		case strings.HasPrefix(b.Text, "Start of"):
			paragraphs++
			if !strings.HasSuffix(b.Text, ".") {
				t.Errorf("a paragraph is cut: %q", b.Text)
			}
		}
	}
	if got := strings.Join(headings, "; "); got != "The second part p2" {
		t.Errorf("headings %q", got)
	}
	if len(notes) != 4 || paragraphs != 24 {
		t.Errorf("%d notes, %d paragraphs", len(notes), paragraphs)
	}
	if n := len(d.Blocks); n > 4 && !strings.Contains(d.Blocks[n-1].Text, "foot of the page") {
		t.Errorf("the notes do not stand at the end: %q", d.Blocks[n-1].Text)
	}
}

func TestReadWithoutText(t *testing.T) {
	f := gofpdf.New("P", "pt", "A4", "")
	f.AddPage()
	f.Rect(100, 100, 200, 200, "F")
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	d, err := Read(context.Background(), b.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if d.Text != "" || len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0], "OCR") {
		t.Errorf("text %q, warnings %q", d.Text, d.Warnings)
	}
}

func TestReadRefuses(t *testing.T) {
	whole := paper(t)
	locked := gofpdf.New("P", "pt", "A4", "")
	locked.SetProtection(0, "secret", "owner")
	locked.AddPage()
	var protected bytes.Buffer
	if err := locked.Output(&protected); err != nil {
		t.Fatal(err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		b    []byte
		want error
	}{
		{"nothing after the head", nil, []byte("%PDF-1.7\n"), pdfium.ErrDamaged},
		{"noise", nil, append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte{0x80, 0x31, 0xff}, 5000)...), pdfium.ErrDamaged},
		{"a password", nil, protected.Bytes(), pdfium.ErrPassword},
		{"cancelled", cancelled, whole, context.Canceled},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx := c.ctx
			if ctx == nil {
				ctx = context.Background()
			}
			if d, err := Read(ctx, c.b, Options{}); !errors.Is(err, c.want) {
				t.Errorf("got %v, %v; want %v", d, err, c.want)
			}
		})
	}
}

// TestReadLayout reads a report of three columns, headings of two sizes, a list,
// a paragraph that goes on over the page, and compounds at line ends.
func TestReadLayout(t *testing.T) {
	f := gofpdf.New("P", "pt", "A4", "")
	f.SetAutoPageBreak(false, 0)
	put := func(size float64, style string, x, y float64, lines ...string) float64 {
		f.SetFont("Helvetica", style, size)
		for _, l := range lines {
			f.Text(x, y, l)
			y += size * 1.3
		}
		return y + 8
	}
	f.AddPage()
	put(20, "B", 60, 60, "Trade by rail")
	put(14, "B", 60, 100, "Three columns of numbers")
	for i, x := range []float64{60, 225, 390} {
		word := [...]string{"first", "second", "third"}[i]
		y := 130.0
		for par := range 3 {
			y = put(9, "", x, y, fmt.Sprintf("In the %s column stands part %d,", word, par+1), "which is longer than one line of", "text in it and ends with a stop.")
		}
	}
	put(14, "B", 60, 330, "A list and a well-known word")
	put(9, "", 60, 360, "\x95 the first item of the list", "\x95 the second item of the list")
	put(9, "", 60, 400, "The last paragraph of this page has lines of full width, speaks of a well-", "known line and of its trans-", "port, and goes on without an end to its sentence until the page is over and")
	f.AddPage()
	put(9, "", 60, 60, "then ends on the next one, as paragraphs do in reports of every kind.")
	var b bytes.Buffer
	if err := f.Output(&b); err != nil {
		t.Fatal(err)
	}
	d, err := Read(context.Background(), b.Bytes(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, bl := range d.Blocks {
		got = append(got, fmt.Sprintf("%s %d p%d %s", bl.Kind, bl.Level, bl.Page, bl.Text))
	}
	var want []string
	want = append(want, "heading 2 p1 Three columns of numbers")
	for _, word := range []string{"first", "second", "third"} {
		for par := range 3 {
			want = append(want, fmt.Sprintf("paragraph 0 p1 In the %s column stands part %d, which is longer than one line of text in it and ends with a stop.", word, par+1))
		}
	}
	want = append(want, "heading 2 p1 A list and a well-known word", "list_item 1 p1 the first item of the list", "list_item 1 p1 the second item of the list",
		"paragraph 0 p1 The last paragraph of this page has lines of full width, speaks of a well-known line and of its transport, and goes on without an end to its sentence until the page is over and then ends on the next one, as paragraphs do in reports of every kind.")
	if d.Title != "Trade by rail" || strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("title %q, got\n%s\nwant\n%s", d.Title, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestReadEndless reads a tree of pages that holds itself, with a drawing that
// draws itself a thousand times over.
func TestReadEndless(t *testing.T) {
	content := strings.Repeat("/X Do ", 1000)
	b := fmt.Appendf(nil, "%%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 999999999/Kids[2 0 R 2 0 R 3 0 R]>>endobj\n"+
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"+
		"4 0 obj<</Length %[1]d>>stream\n%[2]s\nendstream endobj\n5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length %[1]d>>stream\n%[2]s\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF", len(content), content)
	start := time.Now()
	_, err := Read(context.Background(), b, Options{Limit: 300 * time.Millisecond})
	if !errors.Is(err, pdfium.ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestDraw(t *testing.T) {
	e, err := pdfium.Shared()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	d, err := e.Open(ctx, paper(t))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	img, err := d.Draw(ctx, 0, 72)
	if err != nil {
		t.Fatal(err)
	}
	if s := img.Bounds().Size(); s.X < 595 || s.X > 596 || s.Y < 841 || s.Y > 842 {
		t.Errorf("the picture is %v", s)
	}
	dark := 0
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] < 100 {
			dark++
		}
	}
	if dark < 500 {
		t.Errorf("only %d dark dots: the text is not drawn", dark)
	}
	if _, err := d.Draw(ctx, 0, 100000); err == nil {
		t.Error("a picture of any size is drawn")
	}
}

func FuzzRead(f *testing.F) {
	whole := paper(f)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R>>endobj trailer<</Root 1 0 R>>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		start := time.Now()
		d, err := Read(context.Background(), b, Options{Limit: 3 * time.Second})
		if (d == nil) == (err == nil) {
			t.Fatalf("document %v and error %v", d, err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Fatalf("took %v", took)
		}
	})
}

package pdf

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
	"sourcebook/notebook/briefing/briefingtest"
)

// fonts are the families that the program embeds, read where they lie.
var fonts = sync.OnceValues(func() (Options, error) {
	var err error
	read := func(name string) []byte {
		b, e := os.ReadFile(filepath.Join("..", "..", "..", "assets", "fonts", name+".ttf"))
		err = errors.Join(err, e)
		return b
	}
	o := Options{Uncompressed: true, Mono: read("NotoSansMono-Regular"), Fonts: []Font{
		{Name: "Noto Sans", Regular: read("NotoSans-Regular"), Bold: read("NotoSans-Bold"), Italic: read("NotoSans-Italic"), BoldItalic: read("NotoSans-BoldItalic")},
		{Name: "Noto Sans Georgian", Regular: read("NotoSansGeorgian-Regular"), Bold: read("NotoSansGeorgian-Bold")},
		{Name: "Noto Sans Armenian", Regular: read("NotoSansArmenian-Regular"), Bold: read("NotoSansArmenian-Bold")},
		{Name: "Noto Naskh Arabic", Regular: read("NotoNaskhArabic-Regular"), Bold: read("NotoNaskhArabic-Bold"), Scale: 1.2},
		{Name: "Noto Sans Hebrew", Regular: read("NotoSansHebrew-Regular"), Bold: read("NotoSansHebrew-Bold")},
		{Name: "DejaVu Sans", Regular: read("DejaVuSans")},
	}}
	return o, err
})

func options(t testing.TB) Options {
	t.Helper()
	o, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func render(t testing.TB, d *briefing.Document, o Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Render(context.Background(), &b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var shown = regexp.MustCompile(`(?s)ActualText <FEFF([0-9A-F]*)>>> BDC\n(?:.*?)EMC|Td \(((?:\\.|[^\\)])*)\) Tj`)

// read takes the text off an uncompressed PDF, piece by piece in the order of
// drawing, with what stands behind a piece in place of what is drawn.
func read(pdf []byte) []string {
	var pieces []string
	for _, m := range shown.FindAllSubmatch(pdf, -1) {
		raw := m[2]
		if m[1] != nil {
			raw, _ = hex.DecodeString(string(m[1]))
		} else {
			raw = escaped.ReplaceAllFunc(raw, func(e []byte) []byte {
				if e[1] == 'r' {
					return []byte{'\r'}
				}
				return e[1:]
			})
		}
		units := make([]uint16, len(raw)/2)
		for i := range units {
			units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
		}
		pieces = append(pieces, string(utf16.Decode(units)))
	}
	return pieces
}

var escaped = regexp.MustCompile(`(?s)\\.`)

// letters are the visible characters of s in the form that is set, sorted.
func letters(s string) string {
	s = norm.NFKC.String(clean(s))
	r := slices.DeleteFunc([]rune(s), func(r rune) bool { return unicode.IsSpace(r) || invisible(r) })
	for i := range r {
		r[i] = mirrorless(r[i])
	}
	slices.Sort(r)
	return string(r)
}

// mirrorless is one of each pair of brackets, since right-to-left text shows
// the other.
func mirrorless(r rune) rune { return min(r, mirror(r)) }

func one(statement string) *briefing.Document {
	return &briefing.Document{Title: "T", Sections: []briefing.Section{{Kind: notebook.PartSection, Number: "1", Heading: "H",
		Blocks: []briefing.Block{briefing.Paragraph{Text: briefing.Text{{Text: statement}}}}}}}
}

func TestRenderShowsAllText(t *testing.T) {
	o := options(t)
	got := strings.Join(read(render(t, briefingtest.Sample(), o)), "")
	for _, want := range []string{"The Middle Corridor after two years", "TLP:AMBER", "Page 1 of ", "Key judgements", "B2", "–6", "C3", "Contested.", "Needs a source.",
		"3 July 2025", "Likelihood: likely (55–80 %).", "Confidence: moderate.", "Nothing held", "Timeline", "Summary statement on sources", "Aktau counts its ships",
		"reprinted from Example Wire", "Captured: 2 March 2026", "Published: not stated", "https://ports.example/bulletin?half=1&year=2025", strings.Repeat("b2", 32), "cannot be judged", "95–99 %"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in the PDF", want)
		}
	}
}

func TestRenderLosesNoCharacter(t *testing.T) {
	o := options(t)
	empty := strings.Join(read(render(t, one(""), o)), "")
	for i, s := range briefingtest.Texts {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			pieces := strings.Join(read(render(t, one(s), o)), "")
			if i := strings.Index(pieces, "The fonts of this document lack"); i >= 0 {
				pieces = pieces[:i] + pieces[i:][strings.LastIndex(pieces[i:], ".")+1:]
			}
			// What a page shows besides is taken off letter by letter.
			got := map[rune]int{}
			for _, r := range letters(pieces) {
				got[r]++
			}
			for _, r := range letters(empty) {
				got[r]--
			}
			for _, r := range letters(s) {
				got[r]--
			}
			for r, n := range got {
				if n < 0 {
					t.Errorf("%q: U+%04X is shown %d times too few", s, r, -n)
				}
			}
		})
	}
}

func TestRenderSaysWhichCharactersAreMissing(t *testing.T) {
	got := strings.Join(read(render(t, one("里海 🚢"), options(t))), " ")
	if want := "U+6D77, U+91CC, U+1F6A2"; !strings.Contains(got, want) {
		t.Errorf("no %q in %q", want, got)
	}
}

func TestRenderSameBytes(t *testing.T) {
	o := options(t)
	o.Uncompressed = false
	want := render(t, briefingtest.Scripts(), o)
	// Jobs beside each other share the bytes of the fonts.
	var wg sync.WaitGroup
	got := make([][]byte, 3)
	for i := range got {
		wg.Go(func() {
			var b bytes.Buffer
			if err := Render(context.Background(), &b, briefingtest.Scripts(), o); err != nil {
				t.Error(err)
			}
			got[i] = b.Bytes()
		})
	}
	wg.Wait()
	for i := range got {
		if !bytes.Equal(got[i], want) {
			t.Errorf("run %d gave other bytes", i)
		}
	}
}

func TestRenderCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var b bytes.Buffer
	if err := Render(ctx, &b, briefingtest.Sample(), options(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	if b.Len() > 0 {
		t.Errorf("%d bytes written by a cancelled job", b.Len())
	}
}

func TestRenderBadFonts(t *testing.T) {
	good := options(t).Fonts[0].Regular
	cut := bytes.Clone(good[:len(good)/2])
	cff := append([]byte("OTTO"), good[4:]...)
	locked := bytes.Clone(good)
	for i := range int(good[5]) {
		if record := good[12+16*i:]; string(record[:4]) == "OS/2" {
			locked[int(record[9])<<16|int(record[10])<<8|int(record[11])+9] = 2
		}
	}
	for _, tt := range []struct {
		name  string
		fonts []Font
	}{
		{"none", nil},
		{"no regular face", []Font{{Name: "x", Bold: good}}},
		{"empty name, no bytes", []Font{{}}},
		{"text", []Font{{Name: "x", Regular: []byte("not a font at all")}}},
		{"half", []Font{{Name: "x", Regular: cut}}},
		{"not to be embedded", []Font{{Name: "x", Regular: locked}}},
		{"CFF outlines", []Font{{Name: "x", Regular: cff}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := Render(context.Background(), new(bytes.Buffer), briefingtest.Sample(), Options{Fonts: tt.fonts}); !errors.Is(err, ErrFont) {
				t.Errorf("error = %v, want ErrFont", err)
			}
		})
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestRenderWriteFails(t *testing.T) {
	if err := Render(context.Background(), full{}, one("x"), options(t)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error = %v, want that of the writer", err)
	}
}

func TestRenderPaper(t *testing.T) {
	o := options(t)
	for paper, box := range map[Paper]string{"": "[0 0 595.28 841.89]", A4: "[0 0 595.28 841.89]", Letter: "[0 0 612.00 792.00]"} {
		o.Paper = paper
		if b := render(t, one("x"), o); !bytes.Contains(b, []byte("/MediaBox "+box)) {
			t.Errorf("paper %q has no page of %s", paper, box)
		}
	}
}

func TestRenderWideSection(t *testing.T) {
	d := briefingtest.Sample()
	for i := range d.Sections {
		d.Sections[i].Wide = d.Sections[i].Kind == notebook.PartComparison
	}
	b := render(t, d, options(t))
	if !bytes.Contains(b, []byte("/MediaBox [0 0 841.89 595.28]")) {
		t.Error("no page in landscape")
	}
}

func TestRenderLinks(t *testing.T) {
	b := render(t, briefingtest.Sample(), options(t))
	for _, want := range []string{"/URI (https://ports.example/bulletin?half=1&year=2025)", "/URI (https://caspian.example/waiting)", "/Subtype /Link", "/Outlines"} {
		if !bytes.Contains(b, []byte(want)) {
			t.Errorf("no %s in the PDF", want)
		}
	}
	// Each of the five endnotes is led to, and leads back; each reference is a link.
	if n := bytes.Count(b, []byte("/Dest [")); n < 20 {
		t.Errorf("%d inner links and bookmarks, want 20 or more", n)
	}
	if !bytes.HasPrefix(b, []byte("%PDF-1.5")) {
		t.Errorf("version line %q", b[:8])
	}
}

func TestRenderNoScriptLinks(t *testing.T) {
	d := one("")
	d.Sections[0].Blocks = briefing.Prose("[a](javascript:alert(1)) [b](file:///etc/passwd)", nil)
	if b := render(t, d, options(t)); bytes.Contains(b, []byte("/URI")) {
		t.Error("an address that is no place on the web became a link")
	}
}

func TestRenderStandsUp(t *testing.T) {
	dir := t.TempDir()
	for name, d := range map[string]*briefing.Document{
		"sample": briefingtest.Sample(), "scripts": briefingtest.Scripts(), "empty": {}, "long": briefingtest.Long(30),
	} {
		o := options(t)
		o.Uncompressed = false
		file := filepath.Join(dir, name+".pdf")
		if err := os.WriteFile(file, render(t, d, o), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := tool("qpdf", "--check", file); err != nil {
			t.Errorf("%s: qpdf --check: %v\n%s", name, err, out)
		}
		if out, err := tool("pdftotext", file, "-"); err != nil {
			t.Errorf("%s: pdftotext: %v\n%s", name, err, out)
		} else if name == "scripts" && len(out) > 0 {
			for _, want := range []string{"Қазақстан Республикасының", "Azərbaycanın", "საქართველოს", "Հայաստանի", "Πειραιά", "里", "Việt Nam"} {
				if !strings.Contains(out, want) {
					t.Errorf("pdftotext gives no %q", want)
				}
			}
		}
	}
}

// tool runs a program where there is one; where not, there is nothing to say.
func tool(name string, args ...string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", nil
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	return string(out), err
}

func TestAddress(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&e=f#g"},
		{"https://a.example/сайт и", "https://a.example/%D1%81%D0%B0%D0%B9%D1%82%20%D0%B8"},
		{"https://a.example/%zz(x)", "https://a.example/%zz(x)"},
		{"https://пример.example/", "https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.example/"},
		{" https://a.example/\xff ", "https://a.example/%EF%BF%BD"},
		{"mailto:a@b.example", "mailto:a@b.example"},
	} {
		if got := address(tt.in); got != tt.want {
			t.Errorf("address(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, s := range briefingtest.Texts {
		f.Add(s)
	}
	o, err := fonts()
	if err != nil {
		f.Fatal(err)
	}
	// One small font: what it lacks stands in boxes, which is part of the test.
	fs, err := newFaces(o.Fonts[4:5], nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d := &briefing.Document{Title: s, Subtitle: s, Author: s, TLP: notebook.TLP(s), Sections: []briefing.Section{
			{Kind: notebook.PartSection, Number: s, Heading: s, Blocks: append(briefing.Prose(s, nil), briefing.Code{Text: s},
				briefing.Claims{Items: []briefing.Claim{{Statement: briefing.Text{{Text: s}, {Note: 1}}, Reliability: notebook.Reliability(s), Remarks: []briefing.Remark{{Text: briefing.Plain(s)}}}}},
				briefing.Table{Lead: true, Header: []briefing.Cell{{Blocks: briefing.Prose(s, nil)}}, Rows: [][]briefing.Cell{{{}, {Blocks: briefing.Prose(s, nil)}}}})}},
			Notes: []briefing.Note{{N: 1, Title: s, URL: s, Passages: []string{s}}}}
		b, err := lay(context.Background(), d, fs, paper(A4))
		if err != nil {
			t.Fatal(err)
		}
		out, err := b.write(context.Background(), true)
		if err != nil {
			t.Fatal(err)
		}
		if len(s) > 200 {
			return // the tail of a long title is cut in the head of a page
		}
		got := map[rune]int{}
		for _, r := range letters(strings.Join(read(out), "")) {
			got[r]++
		}
		want := map[rune]int{}
		for _, r := range letters(s) {
			want[r] += 3 // title, subtitle, heading at least
		}
		for r, n := range want {
			if got[r] < n {
				t.Errorf("U+%04X stands %d times, want %d or more", r, got[r], n)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	o := options(b)
	o.Uncompressed = false
	b.Run("one page", func(b *testing.B) {
		for b.Loop() {
			render(b, one("x"), o)
		}
	})
	for _, pages := range []int{75, 150, 300, 600} {
		d := briefingtest.Long(pages)
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			for b.Loop() {
				render(b, d, o)
			}
		})
	}
}

package layout

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// scripts is running text in many scripts, made up for these tests.
var scripts = []struct{ name, text string }{
	{"Latin", "The ferry waits for weather on one day in five; the rest of the “queue” is paper — forms, stamps, and (once) a missing signature."},
	{"Latin with diacritics", "Bakıda keçirilən görüşdə yüklərin həcmi, Şərq–Qərb dəhlizi və gömrük rüsumları müzakirə edildi."},
	{"Vietnamese, decomposed", "Ca\u0309ng mo\u031b\u0301i se\u0303 mo\u031b\u0309 va\u0300o na\u0306m sau."},
	{"Cyrillic", "В пятницу порт принял на 38 процентов больше контейнеров, чем год назад."},
	{"Greek", "Το λιμάνι δέχτηκε περισσότερα πλοία από κάθε άλλη χρονιά."},
	{"Georgian", "პორტმა ამ თვეში რეკორდული რაოდენობის ტვირთი მიიღო."},
	{"Armenian", "Նավահանգիստը այս ամիս ռեկորդային քանակի բեռ ընդունեց։"},
	{"Arabic", "استقبل الميناء هذا الشهر 1,240 حاوية (نحو 38٪ أكثر) مقارنة بعام 2024."},
	{"Persian", "بندر در این ماه بیش از ۱۲۴۰ کانتینر پذیرفت؛ می‌گویند ظرفیت کافی نیست."},
	{"Hebrew", "הנמל קלט החודש 1,240 מכולות, כך לפי הודעת משרד התחבורה (MOT) מיום שישי."},
	{"Hebrew in English", "The notice (הודעה) says “שלום 123 עולם” and then goes on in English."},
	{"English in Arabic", "قال Middle Corridor إن الخط Baku–Tbilisi يعمل."},
	{"Han and kana", "港は今月、過去最多のコンテナを受け入れた。空白がないので、どこででも改行できる。"},
	{"Hangul", "항만은 이번 달 기록적인 물량을 처리했다고 밝혔다."},
	{"Thai", "ท่าเรือรับตู้สินค้ามากที่สุดในเดือนนี้"},
	{"Devanagari", "बंदरगाह ने इस महीने रिकॉर्ड माल उतारा।"},
	{"emoji and joiners", "Loaded 👍🏽 by a family 👨‍👩‍👧 under 🇬🇪 and 🇦🇿 flags."},
	{"one long word", strings.Repeat("unbreakable", 30)},
	{"spaces at the ends", "  indented, and trailing   "},
	{"line ends", "first line\nsecond line\n\tindented third\n"},
	{"only spaces", "   "},
	{"control characters", "a\x00b\x01c\u200b\u2028d\ufeffe"},
	{"invalid UTF-8", "abc \xff\xfe def"},
}

func TestLinesLoseNothing(t *testing.T) {
	for _, s := range scripts {
		for _, width := range []float32{40, 170, 333.3, 600} {
			t.Run(fmt.Sprintf("%s at %g", s.name, width), func(t *testing.T) {
				p := pageOf(t, width, para(s.text))
				runes := []rune(s.text)
				at := 0
				for j := range p.Lines(0) {
					l := p.Line(Ref{0, j})
					if int(l.Start) != at || l.End <= l.Start {
						t.Fatalf("line %d takes %d..%d, after %d", j, l.Start, l.End, at)
					}
					at = int(l.End)
					start, end := p.Span(Ref{0, j})
					if n := countGraphemes(runes[start:end]); l.Width > width+0.01 && n > 1 {
						t.Errorf("line %d %q is %g wide", j, string(runes[start:end]), l.Width)
					}
					for _, o := range []int{start, end} {
						if !graphemeStart(runes, o) {
							t.Errorf("line %d is cut inside a character, at %d", j, o)
						}
					}
				}
				if at != len(runes) {
					t.Errorf("lines end at %d of %d", at, len(runes))
				}
				if got := p.Text(0, p.Len()); got != string(runes) {
					t.Errorf("text %q, want %q", got, string(runes))
				}
			})
		}
	}
}

func countGraphemes(runes []rune) int {
	n := 0
	for i := 0; i < len(runes); i = nextGrapheme(runes, i) {
		n++
	}
	return n
}

// TestPointsAndPositions clicks on both halves of every character and expects
// the caret before and behind it, and finds the caret where the character is.
func TestPointsAndPositions(t *testing.T) {
	for _, s := range scripts {
		for _, width := range []float32{120, 600} {
			t.Run(fmt.Sprintf("%s at %g", s.name, width), func(t *testing.T) {
				p := pageOf(t, width, para("Before."), para(s.text), para("Behind."))
				i, start, end, _ := p.BlockOf(9)
				runes := p.blocks[i].runes
				for o := 0; o < len(runes); {
					next := nextGrapheme(runes, o)
					pos, behind := start+o, start+next
					o = next
					var rects []Rect
					p.Rects(pos, behind, func(_ Ref, r Rect) { rects = append(rects, r) })
					if len(rects) != 1 || rects[0].W < 0.5 {
						continue // spaces at a line's end, characters without width
					}
					r := rects[0]
					lead, trail := r.X+r.W*0.2, r.X+r.W*0.8
					if level := p.levelAt(pos); level&1 == 1 {
						lead, trail = trail, lead
					}
					y := r.Y + r.H/2
					if got, ok := p.PosAt(lead, y); !ok || got != pos {
						t.Errorf("%d %q: the leading half gives %d", pos, string(runes[pos-start]), got)
					}
					if got, ok := p.PosAt(trail, y); !ok || got != behind {
						t.Errorf("%d %q: the trailing half gives %d, want %d", pos, string(runes[pos-start]), got, behind)
					}
					if got, ok := p.CharAt((lead+trail)/2, y); !ok || got != pos {
						t.Errorf("%d %q: the character there is %d", pos, string(runes[pos-start]), got)
					}
					c, ok := p.Caret(pos)
					want := r.X
					if p.levelAt(pos)&1 == 1 {
						want += r.W
					}
					if !ok || abs(c.X-want) > 0.01 || c.Y != r.Y {
						t.Errorf("%d %q: caret at %v, character at %v", pos, string(runes[pos-start]), c, r)
					}
				}
				if end != start+len(runes) {
					t.Errorf("block ends at %d, want %d", end, start+len(runes))
				}
			})
		}
	}
}

// levelAt is the embedding level of a code point, for tests.
func (p *Page) levelAt(pos int) uint8 {
	i, off, _, _ := p.locate(pos)
	for _, t := range p.blocks[i].tokens {
		if int(t.start) <= off && off < int(t.end) {
			return t.level
		}
	}
	return 0
}

func TestRightToLeftStandsRight(t *testing.T) {
	p := pageOf(t, 400,
		para("שלום עולם"),
		document.Block{Kind: document.ListItem, Level: 1, Text: "פריט ראשון"},
		document.Block{Kind: document.Quote, Level: 1, Text: "דברי הדובר"},
		para("hello"),
	)
	right := func(i int) float32 { l := p.Line(Ref{i, 0}); return l.X + l.Width }
	if got := right(0); abs(got-400) > 0.01 {
		t.Errorf("a Hebrew paragraph ends at %g, want 400", got)
	}
	if got := right(1); abs(got-(400-p.snap(indentStep*16))) > 0.01 {
		t.Errorf("a Hebrew list item ends at %g", got)
	}
	p.Bars(2, 3, func(r Rect) {
		if r.X != 397 {
			t.Errorf("the bar of a Hebrew quotation is at %g", r.X)
		}
	})
	if p.Line(Ref{3, 0}).X != 0 {
		t.Error("an English paragraph does not begin at the left")
	}
	_, end := p.Bounds(Ref{1, 0})
	if end <= right(1) {
		t.Error("the bullet of a Hebrew list item has no room on the right")
	}
}

// TestNumbersInArabic looks at the order of glyphs on the screen: the digits of
// a number run left to right inside text that runs right to left.
func TestNumbersInArabic(t *testing.T) {
	p := pageOf(t, 600, para("عام 2025 جديد"))
	x := map[rune]float32{}
	runes := p.blocks[0].runes
	p.Glyphs(Ref{0, 0}, func(g Placed) { x[runes[g.Rune]] = g.X })
	if !(x['0'] < x['5'] && x['2'] < x['5'] && x['ع'] > x['5'] && x['ج'] < x['0']) {
		t.Errorf("places on the line: %v", x)
	}
}

// TestArabicLettersJoin guards against a fault of the shaping library, which
// left letters of fonts with long coverages unjoined: yeh and noon inside a word
// must not be drawn as they are alone.
func TestArabicLettersJoin(t *testing.T) {
	s := newShaper(t)
	for _, word := range []string{"بين", "نن", "يي", "ببب", "میگ", "لمن"} {
		runes := []rune(word)
		runs := s.word(word, runes, Regular, true)
		if len(runs) != 1 {
			t.Fatalf("%q has %d runs", word, len(runs))
		}
		for _, r := range runes {
			alone, _ := s.face(runs[0].Font).NominalGlyph(r)
			for _, g := range runs[0].Glyphs {
				if g.ID == alone {
					t.Errorf("%q: the letter %q is drawn as it is alone", word, r)
				}
			}
		}
	}
}

// TestHostileText prepares and lays out what no author writes; it must end soon.
func TestHostileText(t *testing.T) {
	for name, text := range map[string]string{
		"isolates side by side": strings.Repeat("\u2067\u05d0\u2069 ", 10000),
		"isolates in isolates":  strings.Repeat("\u2067\u05d0", 10000),
		"first strong isolates": strings.Repeat("\u2068 ", 10000),
		"embeddings":            strings.Repeat("\u202b\u05d0 a", 10000),
		"brackets":              strings.Repeat("(\u05d0[", 10000),
		"one word":              strings.Repeat("x", 40000),
		"joiners":               strings.Repeat("\u200d", 40000),
		"marks":                 "\u0628" + strings.Repeat("\u0651", 40000),
		"tabs":                  strings.Repeat("\t", 40000),
		"line ends":             strings.Repeat("\n", 40000),
	} {
		t.Run(name, func(t *testing.T) {
			for _, kind := range []document.BlockKind{document.Paragraph, document.Table} {
				p := pageOf(t, 300, document.Block{Kind: kind, Text: text})
				p.Visible(p.Height()-500, p.Height(), func(r Ref) { p.Glyphs(r, func(Placed) {}) })
				p.PosAt(100, p.Height()-20)
			}
		})
	}
}

func TestListMarkers(t *testing.T) {
	for _, c := range []struct {
		name, text string
		hang       int32
	}{
		{"no marker", "Wagons: 1,240 in service", 0},
		{"number", "12. Second", 4},
		{"number in brackets", "(3) Third", 4},
		{"letter", "b) Second", 3},
		{"small letter with a dot", "a. First", 3},
		{"roman", "iv. Fourth", 4},
		{"bullet in the text", "• item", 2},
		{"dash in the text", "– item", 2},
		{"a name is not a marker", "V. Havel", 0},
		{"a decimal is not a marker", "3.5 percent", 0},
		{"a year is not a marker without a dot", "2024 was dry", 0},
		{"a dash without a space", "-5 degrees", 0},
		{"only a marker", "1.", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := ownMarker([]rune(c.text)); got != c.hang {
				t.Errorf("marker of %q is %d runes, want %d", c.text, got, c.hang)
			}
		})
	}
	p := pageOf(t, 200, document.Block{Kind: document.ListItem, Level: 1, Text: "1. a text that is long enough to take a second line"})
	if a, b := p.Line(Ref{0, 0}).X, p.Line(Ref{0, 1}).X; a >= b {
		t.Errorf("the number does not hang: first line at %g, second at %g", a, b)
	}
}

func TestTable(t *testing.T) {
	text := "Country\tRoute\tFreight\nAzerbaijan\tfrom the port of Alat over Baku to the border at the Red Bridge\t4,521\nGeorgia\t\t380"
	for _, width := range []float32{60, 200, 320, 900} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			p := pageOf(t, width, document.Block{Kind: document.Table, Text: text})
			b := p.Block(0)
			if len(b.cells) != 9 || b.cols != 3 {
				t.Fatalf("%d cells, %d columns", len(b.cells), b.cols)
			}
			if len(p.Rows(0)) != 4 {
				t.Errorf("edges of rows: %v", p.Rows(0))
			}
			// All of a column's text stands between its neighbours.
			type edge struct{ left, right float32 }
			var cols [3]edge
			for c := range cols {
				cols[c] = edge{1e9, -1e9}
			}
			for j := range p.Lines(0) {
				l := p.Line(Ref{0, j})
				for _, c := range b.cells {
					if l.Start >= c.start && l.Start <= c.end && l.Width > 0 {
						e := &cols[c.col]
						e.left, e.right = min(e.left, l.X), max(e.right, l.X+l.Width)
					}
				}
			}
			if width > 60 && (cols[0].right > cols[1].left || cols[1].right > cols[2].left || cols[2].right > width+0.01) {
				t.Errorf("columns %v in %g", cols, width)
			}
			// The figures are flush right.
			a, _ := p.LineOf(strings.Index(text, "4,521"))
			z, _ := p.LineOf(strings.Index(text, "380"))
			la, lz := p.Line(a), p.Line(z)
			if width > 60 && abs(la.X+la.Width-(lz.X+lz.Width)) > 0.01 {
				t.Errorf("figures end at %g and %g", la.X+la.Width, lz.X+lz.Width)
			}
			// A click into a cell stays in it.
			for _, c := range b.cells {
				if c.start == c.end {
					continue
				}
				var first Rect
				p.Rects(int(c.start), int(c.end), func(_ Ref, r Rect) {
					if first.W == 0 {
						first = r
					}
				})
				pos, ok := p.PosAt(first.X+first.W/2, first.Y+first.H/2)
				if !ok || pos < int(c.start) || pos > int(c.end) {
					t.Errorf("a click into row %d column %d gives %d", c.row, c.col, pos)
				}
			}
		})
	}
}

func TestCanonicalPositions(t *testing.T) {
	blocks := []document.Block{
		{Kind: document.Heading, Level: 1, Text: "Über das Meer"},
		{Kind: document.Paragraph, Text: "Ein Satz."},
		{Kind: document.Table, Text: "a\tb\nc\td"},
		{Kind: document.Code, Text: "x := 1\ny := 2"},
		{Kind: document.Paragraph, Text: "שלום"},
	}
	p := pageOf(t, 300, blocks...)
	text := []rune(document.Canonical(blocks))
	if p.Len() != len(text) {
		t.Fatalf("length %d, want %d", p.Len(), len(text))
	}
	for a := 0; a <= len(text); a++ {
		for b := a; b <= len(text); b++ {
			if got := p.Text(a, b); got != string(text[a:b]) {
				t.Fatalf("text %d..%d is %q, want %q", a, b, got, string(text[a:b]))
			}
		}
	}
	for pos := 0; pos <= len(text); pos++ {
		if _, ok := p.Caret(pos); !ok {
			t.Errorf("no caret at %d", pos)
		}
	}
	// Forward and backward through the text, and to the same places.
	var forward, backward []int
	for pos := 0; ; {
		forward = append(forward, pos)
		next := p.Next(pos)
		if next == pos {
			break
		}
		pos = next
	}
	for pos := p.Len(); ; {
		backward = append([]int{pos}, backward...)
		if pos == 0 {
			break
		}
		pos = p.Prev(pos)
	}
	if fmt.Sprint(forward) != fmt.Sprint(backward) {
		t.Errorf("forward %v\nbackward %v", forward, backward)
	}
}

func TestRawBlocksHaveAPlace(t *testing.T) {
	s := newShaper(t)
	raw := []*Block{Raw(para("First paragraph.")), Raw(para(strings.Repeat("Second paragraph. ", 40))), Raw(para("Third."))}
	p := NewPage([]*Block{s.Prepare(RawHeader(Title, "A title"))}, raw)
	p.SetStyle(Style{Size: 16}, 300)
	p.Reflow()
	if p.Ready() || p.Height() < 100 {
		t.Fatalf("ready %v, height %g", p.Ready(), p.Height())
	}
	if _, ok := p.PosAt(10, 60); ok {
		t.Error("a raw block has no places for a caret")
	}
	for i, r := range raw {
		p.SetBlock(1+i, s.Prepare(r))
	}
	p.Reflow()
	if !p.Ready() {
		t.Error("not ready after all blocks are prepared")
	}
	if pos, ok := p.PosAt(0, p.Top(1)); !ok || pos != 0 {
		t.Errorf("the first place is %d", pos)
	}
	if pos, ok := p.PosAt(0, 0); !ok || pos != 0 {
		t.Errorf("a point in the title gives %d, want the start of the text", pos)
	}
}

func TestWords(t *testing.T) {
	p := pageOf(t, 300, para("The port's new e-mail, a@b.org; 1,240 tons."), para("Second one."), para("港は今月"))
	word := func(pos int) string { s, e := p.Word(pos); return p.Text(s, e) }
	for _, c := range []struct {
		at   int
		want string
	}{{0, "The"}, {5, "port's"}, {3, " "}, {32, "1,240"}, {47, "Second"}} {
		if got := word(c.at); got != c.want {
			t.Errorf("word at %d is %q, want %q", c.at, got, c.want)
		}
	}
	if got := p.NextWord(0); got != 3 {
		t.Errorf("next word from 0 ends at %d", got)
	}
	if got := p.PrevWord(46); got != 45 {
		t.Errorf("word before 46 begins at %d", got)
	}
	if got := p.PrevWord(45); got != 43 {
		t.Errorf("before the second paragraph stands %d, want the end of the first", got)
	}
	if got := p.NextWord(p.Len()); got != p.Len() {
		t.Errorf("next word from the end is %d", got)
	}
}

func TestStep(t *testing.T) {
	p := pageOf(t, 200, para(strings.Repeat("some words ", 12)), para("Short."), para("A third paragraph that takes two lines at least, or more."))
	// Down through every line and up again, at a steady x.
	pos, seen := 0, []int{0}
	for {
		next := p.Step(pos, 0, 1)
		if next == pos || next == p.Len() {
			break
		}
		pos = next
		seen = append(seen, pos)
	}
	lines := p.Lines(0) + p.Lines(1) + p.Lines(2)
	if len(seen) != lines {
		t.Errorf("%d steps for %d lines: %v", len(seen), lines, seen)
	}
	for i := len(seen) - 2; i >= 0; i-- {
		if pos = p.Step(pos, 0, -1); pos != seen[i] {
			t.Errorf("up to %d, want %d", pos, seen[i])
		}
	}
}

func TestPixelGrid(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		p := pageOf(t, 500, longDocument(60)...)
		p.SetStyle(Style{Size: 17, LineHeight: 1.47, Pixel: 1 / scale}, 500)
		p.Reflow()
		p.Visible(0, p.Height(), func(r Ref) {
			y := float64(p.LineTop(r)) * float64(scale)
			if d := y - float64(int(y+0.5)); d > 0.02 || d < -0.02 {
				t.Fatalf("line %v lies at device pixel %g, at scale %g", r, y, scale)
			}
		})
	}
}

func TestTitlesAreBalanced(t *testing.T) {
	text := "Cooperation across the sea transforms the map of the whole region again"
	p := pageOf(t, 560, document.Block{Kind: document.Heading, Level: 1, Text: text})
	if n := p.Lines(0); n != 2 {
		t.Fatalf("%d lines", n)
	}
	a, b := p.Line(Ref{0, 0}).Width, p.Line(Ref{0, 1}).Width
	if b < a*0.7 {
		t.Errorf("lines are %g and %g wide", a, b)
	}
}

func FuzzPage(f *testing.F) {
	for _, s := range scripts {
		f.Add(s.text, byte(0), uint16(200))
		f.Add(s.text+"\t"+s.text, byte(4), uint16(300))
	}
	s := newShaper(f)
	f.Fuzz(func(t *testing.T, text string, kind byte, width uint16) {
		if len(text) > 500 || text == "" {
			return
		}
		kinds := []document.BlockKind{document.Paragraph, document.Heading, document.ListItem, document.Quote, document.Table, document.Code, document.Caption}
		clear(s.words)
		p := NewPage(nil, []*Block{
			s.Prepare(Raw(document.Block{Kind: kinds[int(kind)%len(kinds)], Level: int(kind) / 16, Text: text,
				Links: []document.Link{{Start: int(kind) - 3, End: int(width)}}})),
			s.Prepare(Raw(para("end"))),
		})
		p.SetStyle(Style{Size: 16}, float32(width%2000))
		p.Reflow()
		n := utf8.RuneCountInString(text)
		if got := p.Text(0, n); got != string([]rune(text)) {
			t.Fatalf("text came back as %q", got)
		}
		for pos := 0; pos <= p.Len(); pos++ {
			c, ok := p.Caret(pos)
			if !ok {
				t.Fatalf("no caret at %d", pos)
			}
			if got, ok := p.PosAt(c.X, c.Y+c.H/2); !ok || got < 0 || got > p.Len() {
				t.Fatalf("the point of caret %d gives %d", pos, got)
			}
			if p.Next(pos) < pos || p.Prev(pos) > pos || p.NextWord(pos) < pos || p.PrevWord(pos) > pos {
				t.Fatalf("moves from %d go the wrong way", pos)
			}
			p.Step(pos, c.X, 1)
			p.Step(pos, c.X, -1)
		}
		p.Visible(0, p.Height(), func(r Ref) {
			p.Glyphs(r, func(Placed) {})
			p.Bounds(r)
		})
		p.Rects(0, p.Len(), func(Ref, Rect) {})
	})
}

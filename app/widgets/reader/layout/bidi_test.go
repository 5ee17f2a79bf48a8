package layout

import (
	"fmt"
	"math/rand"
	"testing"

	gobidi "github.com/go-text/typesetting/bidi"
)

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		name, text string
		base       uint8
		want       string
	}{
		{"plain English", "abc", 0, "000"},
		{"plain Hebrew", "אבג", 1, "111"},
		{"Hebrew in English", "ab אב cd", 0, "00011000"},
		{"number behind Hebrew in English", "a אב 12 b", 0, "001112200"},
		{"number in Arabic", "عام 2025 م", 1, "1111222211"},
		{"number in Hebrew with separators", "עד 1,240.", 1, "111222221"},
		{"percent in Arabic", "نحو 38% في", 1, "1111221111"},
		{"English in Hebrew", "אב cd אב", 1, "11122111"},
		{"brackets of an English aside in Hebrew", "אב (cd) אב", 1, "1111221111"},
		{"brackets around Hebrew in English", "ab (אב) cd", 0, "0000110000"},
		{"leading punctuation takes the paragraph", "«אב»", 1, "1111"},
		{"neutral only", " .,!", 0, "0000"},
		{"right-to-left mark", "a\u200f!", 0, "010"},
		{"isolate of unknown direction", "a \u2068אב\u2069 12", 0, "000110000"},
		{"override", "\u202eab\u202c", 0, "0111"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lv, base := levels([]rune(c.text), auto)
			got := ""
			for _, l := range lv {
				got += fmt.Sprint(l)
			}
			if got != c.want || base != c.base {
				t.Errorf("levels of %q: %s, base %d; want %s, base %d", c.text, got, base, c.want, c.base)
			}
		})
	}
}

// TestLevelsAgree compares the direction of every rune with another
// implementation of the algorithm, on random texts of all classes.
func TestLevelsAgree(t *testing.T) {
	alphabet := []rune("abzאבגعمن0123٤٥ .,:;()[]<>«»%$€+-/!?\u0301\u05b0\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u3008\u232a")
	r := rand.New(rand.NewSource(7))
	var p gobidi.Paragraph
	for range 20000 {
		text := make([]rune, 1+r.Intn(18))
		for i := range text {
			text[i] = alphabet[r.Intn(len(alphabet))]
		}
		for dir, def := range map[direction]gobidi.Direction{ltr: gobidi.LeftToRight, rtl: gobidi.RightToLeft} {
			lv, _ := levels(text, dir)
			runs := p.Segment(text, def)
			for i := range runs.NumRuns() {
				run := runs.Run(i)
				for k := run.Start; k < run.End; k++ {
					if removedRune(text[k]) || trailing(text, k) {
						continue // UAX 9 leaves these open, or settles them a line
					}
					if lv[k]&1 == 0 != run.IsLeftToRight() {
						t.Fatalf("%+q, paragraph level %d: rune %d has level %d, the other says left-to-right %v", string(text), dir, k, lv[k], run.IsLeftToRight())
					}
				}
			}
		}
	}
}

// trailing reports white space and isolate controls at the end, which rule L1
// gives the level of the paragraph.
func trailing(text []rune, i int) bool {
	for ; i < len(text); i++ {
		if r := text[i]; r != ' ' && !(r >= 0x2066 && r <= 0x2069) && !removedRune(r) {
			return false
		}
	}
	return true
}

func removedRune(r rune) bool { return r >= 0x202a && r <= 0x202e || r == 0x200d }

func TestVisualOrder(t *testing.T) {
	for _, c := range []struct {
		name   string
		levels []uint8
		want   string
	}{
		{"left to right", []uint8{0, 0, 0}, "[0 1 2]"},
		{"right to left", []uint8{1, 1, 1}, "[2 1 0]"},
		{"number in Hebrew", []uint8{1, 2, 2, 1}, "[3 1 2 0]"},
		{"number behind Hebrew, then English", []uint8{0, 1, 2, 0}, "[0 2 1 3]"},
	} {
		if got := fmt.Sprint(visualOrder(c.levels, nil)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

package widgets

import (
	"math/rand/v2"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/theme"
)

// drawn is what a Marked draws, line by line from the left, marks in brackets.
func drawn(m *Marked, size fyne.Size) string {
	r := test.WidgetRenderer(m).(*markedRenderer)
	r.Layout(size)
	var b strings.Builder
	y := float32(-1)
	for {
		// The text that comes next: lowest line, then leftmost.
		var line []int
		next := float32(-1)
		for i, t := range r.texts[:r.used] {
			if t.Position().Y > y && (next < 0 || t.Position().Y <= next) {
				if t.Position().Y < next {
					line = nil
				}
				next = t.Position().Y
				line = append(line, i)
			}
		}
		if next < 0 {
			return b.String()
		}
		for len(line) > 0 {
			k := 0
			for j, i := range line {
				if r.texts[i].Position().X < r.texts[line[k]].Position().X {
					k = j
				}
			}
			t := r.texts[line[k]]
			text := strings.ReplaceAll(t.Text, "\u200f", "")
			line = append(line[:k], line[k+1:]...)
			if t.TextStyle.Bold {
				b.WriteString("[" + text + "]")
			} else {
				b.WriteString(text)
			}
		}
		b.WriteByte('\n')
		y = next
	}
}

func TestMarked(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light, 1))
	for _, c := range []struct {
		name, text string
		marks      [][2]int
		lines      int
		width      float32
		want       string
	}{
		{"one line", "ships at the port", [][2]int{{13, 17}}, 1, 400, "ships at the [port]\n"},
		{"two lines", "ships wait at the port of Aktau for days", [][2]int{{18, 22}}, 2, 180, "ships wait at the [port] of \nAktau for days\n"},
		{"a mark within a word", "reports", [][2]int{{2, 6}}, 1, 200, "re[port]s\n"},
		{"paragraphs", "one\n\ntwo", nil, 1, 200, "one two\n"},
		{"cut", "ships wait at the port of Aktau", nil, 1, 120, "ships wait at the…\n"},
		{"right to left", "السفن في الميناء", [][2]int{{9, 16}}, 1, 300, "[الميناء]السفن في\n"},
		{"Latin in right to left", "ميناء New York كبير", nil, 1, 300, "كبيرNew Yorkميناء\n"},
		{"a number in right to left", "ميناء 12 سفينة.", nil, 1, 300, "سفينة.12ميناء\n"},
		{"Latin of which a part is marked", "ميناء New York كبير", [][2]int{{6, 9}}, 1, 300, "كبير[New] Yorkميناء\n"},
		{"Chinese breaks anywhere", "港口合作港口合作", nil, 2, 70, "港口合\n作港口…\n"},
		{"a mark at the end of the text and past it", "port", [][2]int{{2, 9}}, 1, 100, "po[rt]\n"},
		{"empty", "", nil, 2, 100, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := NewMarked(c.lines, theme.SizeBody, "")
			m.Text, m.Marks = c.text, c.marks
			got := drawn(m, fyne.NewSize(c.width, 100))
			if c.name == "Chinese breaks anywhere" { // how wide they are depends on the face
				if lines := strings.Count(got, "\n"); lines != 2 || !strings.HasPrefix(strings.ReplaceAll(got, "\n", ""), "港口") {
					t.Errorf("drawn %q", got)
				}
				return
			}
			if got != c.want {
				t.Errorf("drawn %q, want %q", got, c.want)
			}
		})
	}
}

// TestMarkedNeverFails draws texts and marks of any kind at any width.
func TestMarkedNeverFails(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light, 1))
	r := rand.New(rand.NewPCG(1, 1))
	letters := []rune("ab  \nйğسف路口12\u200f\u0301")
	for range 300 {
		text := make([]rune, r.IntN(60))
		for i := range text {
			text[i] = letters[r.IntN(len(letters))]
		}
		m := NewMarked(1+r.IntN(3), theme.SizeBody, "")
		m.Text = string(text)
		for at := 0; at < len(text); {
			from := at + r.IntN(10)
			to := from + 1 + r.IntN(10)
			m.Marks = append(m.Marks, [2]int{from, to})
			at = to + 1
		}
		drawn(m, fyne.NewSize(float32(r.IntN(300)), 60))
	}
}

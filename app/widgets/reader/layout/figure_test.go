package layout

import "testing"

func TestFigures(t *testing.T) {
	text := "The ferry waits for weather on one day in five."
	for _, c := range []struct {
		name   string
		figure Figure
		w, h   float32
	}{
		{"small as it is", Figure{Before: 1, W: 100, H: 50}, 100, 50},
		{"wide to the column", Figure{Before: 1, W: 800, H: 400}, 400, 200},
		{"high to what may be seen", Figure{Before: 1, W: 400, H: 4000}, 30, 300},
		{"not known", Figure{Before: 1}, 400, 80},
		{"at the top", Figure{Before: 0, W: 100, H: 50}, 100, 50},
		{"at the end", Figure{Before: 3, W: 100, H: 50}, 100, 50},
	} {
		t.Run(c.name, func(t *testing.T) {
			plain := pageOf(t, 400, para(text), para(text), para(text))
			p := pageOf(t, 400, para(text), para(text), para(text))
			p.SetFigures([]Figure{c.figure})
			st := p.style
			st.Tall = 300
			p.SetStyle(st, 400)
			p.Reflow()
			r := p.Figure(0)
			if r.W != c.w || r.H != c.h {
				t.Errorf("it is %g × %g, want %g × %g", r.W, r.H, c.w, c.h)
			}
			if grown := p.Height() - plain.Height(); grown < c.h {
				t.Errorf("the page grew by %g for a figure of %g", grown, c.h)
			}
			for i := range p.Blocks() {
				top, bottom := p.Top(i), p.Top(i)+p.BlockHeight(i)
				if r.Y < bottom && r.Y+r.H > top {
					t.Errorf("it stands at %g–%g, over block %d at %g–%g", r.Y, r.Y+r.H, i, top, bottom)
				}
				if above := r.Y < top; above != (c.figure.Before <= i) {
					t.Errorf("it stands above block %d: %v", i, above)
				}
			}
			if i, ok := p.FigureAt(r.X+1, r.Y+1); !ok || i != 0 {
				t.Error("it is not found where it stands")
			}
			seen := 0
			p.Figures(r.Y+r.H-1, r.Y+r.H+5, func(int, Rect) { seen++ })
			p.Figures(r.Y-5, r.Y, func(int, Rect) { seen += 10 })
			if seen != 1 {
				t.Errorf("seen %d", seen)
			}
			// Positions pass it by: those of the text are the same points of lines.
			for pos := 0; pos < p.Len(); pos += 7 {
				c, _ := p.Caret(pos)
				if got, ok := p.PosAt(c.X+0.1, c.Y+c.H/2); !ok || got != pos {
					t.Errorf("the caret of %d is found as %d", pos, got)
				}
			}
		})
	}
}

func TestLeads(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		dir  Direction
		rtl  bool
	}{
		{"Latin under Arabic", "CNN  ·  2024", RightToLeft, true},
		{"Hebrew above English", "דנה כהן", LeftToRight, false},
		{"by its letters", "דנה כהן", ByLetters, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := RawHeader(Byline, c.text)
			b.Leads = c.dir
			if got := newShaper(t).Prepare(b).RTL; got != c.rtl {
				t.Errorf("right to left: %v, want %v", got, c.rtl)
			}
		})
	}
}

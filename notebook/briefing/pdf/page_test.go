package pdf

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A sheet of 100 by 120 points, with room for 100 below a head of 10.
var small = sheet{short: 100, long: 120, top: 10, bottom: 10}

type tally struct {
	rows  []*row
	names map[*row]string
}

func (t *tally) row(name string, height float64, keep bool) *row {
	r := &row{height: height, keep: keep}
	if t.names == nil {
		t.names = map[*row]string{}
	}
	t.names[r] = name
	t.rows = append(t.rows, r)
	return r
}

func (t *tally) pages(pages []*page) string {
	var out []string
	for _, p := range pages {
		var names []string
		for _, r := range p.rows {
			name, ok := t.names[r.row]
			if !ok {
				name = "?"
			}
			names = append(names, name)
		}
		out = append(out, strings.Join(names, " "))
	}
	return strings.Join(out, " | ")
}

func TestPaginate(t *testing.T) {
	for _, tt := range []struct {
		name string
		rows func(*tally)
		want string
	}{
		{"one page", func(y *tally) { y.row("a", 50, false); y.row("b", 50, false) }, "a b"},
		{"two pages", func(y *tally) { y.row("a", 50, false); y.row("b", 51, false) }, "a | b"},
		{"kept with the next", func(y *tally) { y.row("a", 50, false); y.row("h", 20, true); y.row("b", 40, false) }, "a | h b"},
		{"a chain of headings", func(y *tally) {
			y.row("a", 50, false)
			y.row("h", 20, true)
			y.row("i", 20, true)
			y.row("b", 20, false)
		}, "a | h i b"},
		{"a chain higher than a page", func(y *tally) { y.row("a", 60, true); y.row("b", 60, true); y.row("c", 20, false) }, "a | b c"},
		{"space above is dropped at the top", func(y *tally) {
			y.row("a", 60, false)
			y.row("b", 60, false).before = 30
			y.row("c", 40, false)
		}, "a | b c"},
		{"higher than a page", func(y *tally) { y.row("a", 10, false); y.row("b", 300, false); y.row("c", 10, false) }, "a | b | c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var y tally
			tt.rows(&y)
			pages, err := paginate(context.Background(), []flow{{rows: y.rows}}, small)
			if err != nil {
				t.Fatal(err)
			}
			if got := y.pages(pages); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestPaginateTurnsThePaper(t *testing.T) {
	var y tally
	a, b, c := y.row("a", 10, false), y.row("b", 10, false), y.row("c", 10, false)
	pages, err := paginate(context.Background(), []flow{{false, []*row{a}}, {true, []*row{b}}, {false, []*row{c}}}, small)
	if err != nil {
		t.Fatal(err)
	}
	if got := y.pages(pages); got != "a | b | c" || pages[0].wide || !pages[1].wide || pages[2].wide {
		t.Errorf("got %s, wide %v %v %v", got, pages[0].wide, pages[1].wide, pages[2].wide)
	}
}

func TestPaginateRepeatsTableHeads(t *testing.T) {
	var y tally
	top := &head{}
	h := y.row("h", 20, true)
	h.head, top.rows = top, []*row{h}
	for i := range 5 {
		y.row(fmt.Sprint(i), 30, false).head = top
	}
	pages, err := paginate(context.Background(), []flow{{rows: y.rows}}, small)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := y.pages(pages), "h 0 1 | ? 2 3 | ? 4"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPaginateCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := paginate(ctx, []flow{{rows: []*row{{height: 1}}}}, small); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v", err)
	}
}

// Whatever the rows, each stands once, in order, and none beyond the foot that
// could have stood on a page.
func TestPaginateKeepsAll(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var y tally
		for i := range 1 + rnd.IntN(60) {
			y.row(fmt.Sprint(i), 1+float64(rnd.IntN(40)), rnd.IntN(3) == 0).before = float64(rnd.IntN(12))
		}
		pages, err := paginate(context.Background(), []flow{{rows: y.rows}}, small)
		if err != nil {
			t.Fatal(err)
		}
		k := 0
		for _, p := range pages {
			y := small.top
			for _, r := range p.rows {
				if r.y < y-1e-9 || r.y+r.row.height > small.height(false)-small.bottom+1e-9 {
					t.Fatalf("row %d at %.1f, %.1f high, after %.1f", k, r.y, r.row.height, y)
				}
				y = r.y + r.row.height
				k++
			}
		}
		if got, want := strings.ReplaceAll(y.pages(pages), " | ", " "), strings.Join(names(len(y.rows)), " "); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
}

func names(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprint(i)
	}
	return out
}

// A row of a table that is split shows each line of each cell once.
func TestSplitStripe(t *testing.T) {
	b := &book{}
	cell := func(n int) []*row {
		var rows []*row
		for range n {
			rows = append(rows, &row{height: 10})
		}
		return rows
	}
	whole := stripe{cells: [][]*row{cell(1), cell(30), cell(12)}, widths: []float64{20, 40, 40}, lead: true}
	rest := b.strip(whole, nil)
	pieces := 0
	for rest != nil && pieces < 20 {
		pieces++
		if rest.height <= 100 {
			break
		}
		fits, more := rest.split(100)
		if fits == nil {
			t.Fatal("a row of thirty lines cannot be split")
		}
		if fits.height > 100 {
			t.Errorf("a piece is %.0f high, want 100 at most", fits.height)
		}
		rest = more
	}
	if pieces != 4 {
		t.Errorf("%d pieces, want 4", pieces)
	}
	if f, _ := b.strip(whole, nil).split(12); f != nil {
		t.Error("split where no line fits")
	}
}

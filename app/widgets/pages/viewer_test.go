package pages

import (
	"context"
	"errors"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/theme"
)

// book is a source of n pages of one shape; it counts what is drawn.
type book struct {
	n     int
	w, h  float64 // points
	drawn []int
	fault map[int]error
}

func (b *book) Count() int { return b.n }

func (b *book) Draw(_ context.Context, i int, dpi float64) (image.Image, error) {
	b.drawn = append(b.drawn, i)
	if err := b.fault[i]; err != nil {
		return nil, err
	}
	return image.NewRGBA(image.Rect(0, 0, int(b.w*dpi/72), int(b.h*dpi/72))), nil
}

// desk is a viewer in a window whose work waits until it is let run.
type desk struct {
	*Viewer
	later []func()
}

func (d *desk) run() {
	for len(d.later) > 0 {
		f := d.later[0]
		d.later = d.later[1:]
		f()
	}
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Light, 1))
	d := &desk{}
	d.Viewer = New(Runner{Background: func(f func(context.Context)) { d.later = append(d.later, func() { f(context.Background()) }) }, Deliver: func(f func()) { f() }})
	w := test.NewTempWindow(t, d.Content())
	w.Resize(fyne.NewSize(500, 400))
	return d
}

func TestViewer(t *testing.T) {
	d := newDesk(t)
	b := &book{n: 40, w: 400, h: 500}
	d.Show(b)
	d.run()
	if len(b.drawn) == 0 || len(b.drawn) > 6 {
		t.Fatalf("drawn %v of 40 pages, two of which are in view", b.drawn)
	}
	if d.pages[0].image == nil || d.pages[0].w < 390 || d.pages[0].w > 410 {
		t.Fatalf("the first page is %v wide", d.pages[0].w)
	}
	if d.pages[30].w != d.pages[0].w {
		t.Error("pages that were not drawn do not follow the first")
	}
	b.drawn = nil
	d.Go(20)
	d.run()
	if d.Page() != 20 || b.drawn[0] != 19 {
		t.Errorf("page %d, drawn first %v", d.Page(), b.drawn)
	}
	if d.pages[0].image != nil {
		t.Error("a page far away is kept")
	}
	if d.number.Text != "20" || d.of.Text != "of 40" {
		t.Errorf("it says %q %q", d.number.Text, d.of.Text)
	}
	wide := d.pages[19].width
	d.Zoom(1)
	d.run()
	if d.pages[19].width <= wide || d.Page() != 20 {
		t.Errorf("larger: %g after %g, page %d", d.pages[19].width, wide, d.Page())
	}
	d.sheets.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	d.run()
	if d.Page() != 40 {
		t.Errorf("End goes to page %d", d.Page())
	}
	d.sheets.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	d.sheets.TypedRune('0')
	d.run()
	if d.Page() != 1 || d.zoom != 0 {
		t.Errorf("Home goes to page %d, zoom %g", d.Page(), d.zoom)
	}
}

func TestViewerDropsWhatIsLate(t *testing.T) {
	d := newDesk(t)
	one, two := &book{n: 3, w: 400, h: 500}, &book{n: 2, w: 400, h: 500}
	d.Show(one)
	d.Show(two)
	d.run()
	if len(d.pages) != 2 {
		t.Fatalf("%d pages", len(d.pages))
	}
	d.Show(nil)
	d.run()
	if len(d.pages) != 0 {
		t.Error("pages stay")
	}
	d.Go(3)
	d.Zoom(1)
}

func TestViewerSaysWhatCannotBeDrawn(t *testing.T) {
	d := newDesk(t)
	b := &book{n: 2, w: 400, h: 500, fault: map[int]error{0: errors.New("it is damaged")}}
	d.Show(b)
	d.run()
	if d.pages[0].fault == nil || d.sheets.words[0] == nil {
		t.Error("the fault is not said")
	}
	if d.pages[1].image == nil {
		t.Error("the other page is not drawn")
	}
	if n := len(b.drawn); n > 4 {
		t.Errorf("%d attempts", n)
	}
}

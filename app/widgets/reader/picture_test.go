package reader

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"sourcebook/notebook/document"
)

func pngOf(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a small PNG that says it has very many pixels.
func bomb(t testing.TB) []byte {
	b := pngOf(t, 1, 1)
	const ihdr = 16 // behind signature, length and name
	binary.BigEndian.PutUint32(b[ihdr:], 60_000)
	binary.BigEndian.PutUint32(b[ihdr+4:], 60_000)
	binary.BigEndian.PutUint32(b[ihdr+13:], crc32.ChecksumIEEE(b[ihdr-4:ihdr+13]))
	return b
}

func TestPictures(t *testing.T) {
	read := func(b []byte) func() ([]byte, error) { return func() ([]byte, error) { return b, nil } }
	for _, c := range []struct {
		name    string
		picture Picture
		state   pictureState
		fault   string
		w, h    float32
	}{
		{"its size is stated", Picture{Width: 200, Height: 100, Read: read(pngOf(t, 200, 100))}, pictureShown, "", 200, 100},
		{"no size is stated", Picture{Read: read(pngOf(t, 120, 60))}, pictureShown, "", 120, 60},
		{"another shape is stated", Picture{Width: 300, Height: 10, Read: read(pngOf(t, 120, 60))}, pictureShown, "", 120, 60},
		{"not held", Picture{Alt: "A ferry", Width: 300, Height: 200}, pictureAbsent, "not in the capture", 0, 0},
		{"cannot be read", Picture{Read: func() ([]byte, error) { return nil, errors.New("no such part") }}, pictureAbsent, "no such part", 0, 0},
		{"no picture", Picture{Read: read([]byte("<svg/>"))}, pictureAbsent, "format", 0, 0},
		{"cut off", Picture{Width: 200, Height: 100, Read: read(pngOf(t, 200, 100)[:120])}, pictureAbsent, "decode", 0, 0},
		{"too many pixels", Picture{Read: read(bomb(t))}, pictureAbsent, "too large", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, sample, fyne.NewSize(500, 400))
			before := b.contentHeight()
			c.picture.Before = 1
			b.SetPictures([]Picture{c.picture})
			b.update() // as a frame would
			p := b.Reader.pictures[0]
			if p.state != c.state || !strings.Contains(p.fault, c.fault) {
				t.Fatalf("state %v, fault %q", p.state, p.fault)
			}
			at := b.page.Figure(0)
			if c.w > 0 && (at.W != c.w || at.H != c.h) {
				t.Errorf("it takes %g × %g, want %g × %g", at.W, at.H, c.w, c.h)
			}
			if b.contentHeight() <= before {
				t.Error("it takes no room")
			}
			if c.state == pictureAbsent && p.alt == nil {
				t.Error("nothing is said in its place")
			}
			// What stands in the text is where it was.
			b.click(b.at("terminal"), 0)
			if got, _ := b.Reader.sel.caret(); got != b.at("terminal") {
				t.Errorf("a click on the text gives %d", got)
			}
		})
	}
}

func TestPictureIsTappedAndLetGo(t *testing.T) {
	var blocks []document.Block
	for range 200 {
		blocks = append(blocks, sample...)
	}
	b := newBench(t, blocks, fyne.NewSize(500, 400))
	reads, far, tapped := 0, 0, -1
	data := pngOf(t, 300, 200)
	b.OnPictureTapped = func(i int) { tapped = i }
	b.SetPictures([]Picture{{Before: 0, Width: 300, Height: 200, Read: func() ([]byte, error) { reads++; return data, nil }},
		{Before: 700, Width: 300, Height: 200, Read: func() ([]byte, error) { far++; return data, nil }}})
	b.update()
	p := b.Reader.pictures[0]
	if p.image == nil || reads != 2 || far != 1 { // once for its size

		t.Fatalf("read %d times, shown %v", reads, p.image != nil)
	}
	at := b.page.Figure(0)
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: b.screen(at.X+20, at.Y+20)}, Button: desktop.MouseButtonPrimary}
	b.MouseDown(e)
	b.MouseUp(e)
	if tapped != 0 {
		t.Error("the click is not told")
	}
	b.setOffset(b.contentHeight() / 2)
	if p.image != nil {
		t.Error("it is kept far from view")
	}
	b.setOffset(0)
	if p.image == nil || reads != 3 {
		t.Errorf("back in view it is not read again: %d", reads)
	}
}

func TestPicturesBeforeTheText(t *testing.T) {
	b := newBench(t, nil, fyne.NewSize(500, 400))
	var later []func()
	b.SetRunner(Runner{Background: func(f func()) { later = append(later, f) }, Deliver: func(f func()) { f() }})
	data := pngOf(t, 40, 20)
	b.SetDocument(sample, Header{})
	b.SetPictures([]Picture{{Before: 1, Read: func() ([]byte, error) { return data, nil }}})
	for len(later) > 0 {
		f := later[0]
		later = later[1:]
		f()
	}
	if at := b.page.Figure(0); at.W != 40 || b.Reader.pictures[0].image == nil {
		t.Errorf("it takes %v", at)
	}
}

func TestPicturesGoWithTheirDocument(t *testing.T) {
	b := newBench(t, sample, fyne.NewSize(500, 400))
	b.SetPictures([]Picture{{Before: 4, Alt: "x"}})
	b.SetDocument(sample, Header{})
	if len(b.Reader.pictures) != 0 {
		t.Error("they outlive it")
	}
	h := b.contentHeight()
	b.SetPictures([]Picture{{Before: 99, Alt: "x"}})
	if b.contentHeight() <= h {
		t.Error("one behind the end takes no room")
	}
}

func TestOtherLettersKeepThePlace(t *testing.T) {
	var blocks []document.Block
	for range 100 {
		blocks = append(blocks, sample...)
	}
	b := newBench(t, blocks, fyne.NewSize(400, 300))
	b.SetMarks([]Mark{{ID: "1", Range: Range{5, 20}, Colour: "blue"}})
	b.SetReadingPosition(9000)
	at := b.ReadingPosition()
	b.SetStyle(Style{Letters: Serif})
	if got := b.ReadingPosition(); got != at {
		t.Errorf("the top of the view was at %d and is at %d", at, got)
	}
	if len(b.Reader.marks) != 1 || b.page == nil {
		t.Error("marks or text are gone")
	}
}

func TestBylineFollowsTheText(t *testing.T) {
	arabic := "استقبل الميناء هذا الشهر حاويات أكثر."
	for _, c := range []struct {
		name string
		text string
		rtl  bool
	}{{"Arabic", arabic, true}, {"English", "The port took more.", false}} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, nil, fyne.NewSize(500, 400))
			b.SetDocument([]document.Block{{Kind: document.Paragraph, Text: c.text}, {Kind: document.Paragraph, Text: c.text}},
				Header{Title: "x", Site: "CNN", Byline: "דנה"})
			for i := range b.page.Header() {
				if blk := b.page.Block(i); strings.Contains(blk.Text, "CNN") && blk.RTL != c.rtl {
					t.Errorf("the byline is right to left: %v", blk.RTL)
				}
			}
		})
	}
}

func FuzzPicture(f *testing.F) {
	f.Add(pngOf(f, 3, 3))
	f.Add(bomb(f))
	f.Add([]byte("GIF89a"))
	f.Add([]byte("\xff\xd8\xff\xe0"))
	f.Add([]byte("RIFF\x00\x00\x00\x00WEBPVP8 "))
	f.Fuzz(func(t *testing.T, b []byte) {
		if img, err := scaledPicture(b, 20, 10); err == nil && img.Bounds().Dx() != 20 {
			t.Errorf("scaled to %v", img.Bounds())
		}
	})
}

func TestWarm(t *testing.T) {
	b := newBench(t, sample, wide)
	b.Warm(b.win.Canvas())
	set, err := fontsOf(Sans)
	if err != nil {
		t.Fatal(err)
	}
	a := newAtlas()
	a.warm(set, 16)
	if len(a.masks) < 4*40 {
		t.Errorf("%d shapes are drawn", len(a.masks))
	}
}

package window

import (
	"context"
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sourcebook/app/sample"
	"sourcebook/app/theme"
	"sourcebook/notebook"
)

var shots = flag.String("shots", "", "folder to put pictures of the places into")

// pump stands in for the toolkit's thread: what is delivered runs on the test's
// own goroutine, when the test says so.
type pump struct {
	t       *testing.T
	w       *Window
	mu      sync.Mutex
	queue   []func()
	running int
}

func (p *pump) deliver(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.queue = append(p.queue, f)
}

func (p *pump) start(f func()) {
	p.mu.Lock()
	p.running++
	p.mu.Unlock()
	go func() {
		defer func() {
			p.mu.Lock()
			p.running--
			p.mu.Unlock()
		}()
		f()
	}()
}

// turn runs what waits and tells whether anything is still under way.
func (p *pump) turn() (busy bool) {
	p.mu.Lock()
	q := p.queue
	p.queue = nil
	busy = len(q) > 0 || p.running > 0
	p.mu.Unlock()
	for _, f := range q {
		f()
	}
	return busy || p.w != nil && (p.w.status.busy > 0 || p.w.following)
}

// settle waits until nothing is under way.
func (p *pump) settle() {
	p.t.Helper()
	still := 0
	for end := time.Now().Add(60 * time.Second); time.Now().Before(end); {
		if p.turn() {
			still = 0
		} else if still++; still > 5 {
			return
		}
		time.Sleep(2 * time.Millisecond)
	}
	p.t.Fatal("the window does not come to rest")
}

// openTest opens a window on a notebook at path with the software driver.
func openTest(t *testing.T, path string) *pump {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	a := test.NewTempApp(t)
	a.Preferences().SetString("theme.mode", string(theme.Light))
	p := &pump{t: t}
	w, err := newWindow(context.Background(), a, Options{Path: path, Default: path, SamplePath: filepath.Join(t.TempDir(), "sample.sourcebook"),
		Sample: func(ctx context.Context, path string) error {
			return sample.Create(ctx, path, notebook.Options{Actor: "window"})
		}}, p.deliver, p.start)
	if err != nil {
		t.Fatal(err)
	}
	p.w = w
	w.win.Resize(fyne.NewSize(1440, 880))
	t.Cleanup(func() {
		p.settle()
		w.close()
		w.end()
	})
	p.settle()
	return p
}

// sampleFile builds the sample notebook.
func sampleFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sample.sourcebook")
	if err := sample.Create(context.Background(), path, notebook.Options{Actor: "test"}); err != nil {
		t.Fatal(err)
	}
	return path
}

// shoot keeps a picture of the window where -shots asks for it.
func (p *pump) shoot(name string) {
	p.t.Helper()
	p.settle()
	if *shots == "" {
		return
	}
	img := p.w.win.Canvas().Capture()
	f, err := os.Create(filepath.Join(*shots, name+".png"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		p.t.Fatal(err)
	}
}

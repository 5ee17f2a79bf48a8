//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"
)

// program is a running window, with what it wrote to its trace.
type program struct {
	d        *desktop
	cmd      *exec.Cmd
	trace    string
	notebook string
	home     string
	read     int // how many trace lines were waited past
	stderr   lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// binary is the program under test. The tag e2e promises that it was built.
func binary(t *testing.T) string {
	t.Helper()
	bin := os.Getenv("SOURCEBOOK_BIN")
	if bin == "" {
		t.Skip("SOURCEBOOK_BIN names no program: run make e2e")
	}
	return bin
}

// environment is that of a user with an empty home.
func environment(home, display string) []string {
	return append(os.Environ(), "DISPLAY="+display, "WAYLAND_DISPLAY=", "HOME="+home,
		"XDG_DATA_HOME="+filepath.Join(home, "data"), "XDG_CONFIG_HOME="+filepath.Join(home, "config"), "XDG_CACHE_HOME="+filepath.Join(home, "cache"),
		"SOURCEBOOK_NOTEBOOK=", "FYNE_SCALE=1", "FYNE_THEME=light", "LIBGL_ALWAYS_SOFTWARE=1", "LC_ALL=C.UTF-8")
}

// open starts the window on a notebook and waits until it shows.
func (d *desktop) open(home, notebook string) *program {
	d.t.Helper()
	p := &program{d: d, notebook: notebook, home: home, trace: filepath.Join(d.t.TempDir(), "trace")}
	p.cmd = exec.Command(binary(d.t), notebook)
	p.cmd.Env = append(environment(home, d.display), "SOURCEBOOK_TRACE="+p.trace)
	p.cmd.Stderr = &p.stderr
	start(d.t, p.cmd)
	d.t.Cleanup(func() {
		if d.t.Failed() {
			d.t.Logf("the program's messages:\n%s", p.stderr.String())
			if b, err := os.ReadFile(p.trace); err == nil {
				d.t.Logf("its trace:\n%s", b)
			}
		}
		if s := p.stderr.String(); strings.Contains(s, "Error in Fyne call thread") {
			d.t.Errorf("the toolkit was called from a wrong thread:\n%s", s)
		}
	})
	p.wait("started", nil)
	w := d.window("Sourcebook")
	d.fill(w)
	return p
}

// event is a line of the trace.
type event map[string]any

func (e event) text(field string) string { s, _ := e[field].(string); return s }
func (e event) number(field string) int  { f, _ := e[field].(float64); return int(f) }

// box is a rectangle that an event names.
func (e event) box(field string) [4]int { return boxOf(e[field]) }

func boxOf(v any) (b [4]int) {
	list, _ := v.([]any)
	for i := range min(4, len(list)) {
		f, _ := list[i].(float64)
		b[i] = int(f)
	}
	return b
}

func (p *program) events() []event {
	b, err := os.ReadFile(p.trace)
	if err != nil {
		return nil
	}
	var out []event
	for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan(); {
		var e event
		if json.Unmarshal(sc.Bytes(), &e) == nil {
			out = append(out, e)
		}
	}
	return out
}

// wait waits for the next event of a name that fits, after those waited for before.
func (p *program) wait(name string, fits func(event) bool) event {
	p.d.t.Helper()
	var found event
	p.d.until(fmt.Sprintf("the trace says %q", name), func() bool {
		for i, e := range p.events() {
			if i >= p.read && e.text("event") == name && (fits == nil || fits(e)) {
				found, p.read = e, i+1
				return true
			}
		}
		return false
	})
	return found
}

// last waits until the trace has been still for a moment and gives the last
// event of a name.
func (p *program) last(name string) event {
	p.d.t.Helper()
	var found event
	still, since := -1, time.Now()
	p.d.until(fmt.Sprintf("the trace is still, with %q in it", name), func() bool {
		all := p.events()
		if len(all) != still {
			still, since = len(all), time.Now()
		}
		found = nil
		for _, e := range all {
			if e.text("event") == name {
				found = e
			}
		}
		return found != nil && time.Since(since) > 400*time.Millisecond
	})
	p.read = still
	return found
}

// mark makes wait look only at what comes after now.
func (p *program) mark() { p.read = len(p.events()) }

// origin is where the window's content begins on the screen.
func (p *program) origin() (x, y int) {
	w := p.d.window("Sourcebook")
	r, err := xproto.TranslateCoordinates(p.d.x, w, p.d.root, 0, 0).Reply()
	if err != nil {
		p.d.t.Fatalf("find the window: %v", err)
	}
	return int(r.DstX), int(r.DstY)
}

// quit closes the window as a user does.
func (p *program) quit() {
	p.d.t.Helper()
	p.d.press("ctrl+q")
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			p.d.t.Errorf("the program ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		p.d.t.Fatal("the window does not close")
	}
}

// cli runs the command line on the notebook and gives its standard output.
func (p *program) cli(args ...string) string {
	p.d.t.Helper()
	c := exec.Command(binary(p.d.t), append([]string{"-n", p.notebook}, args...)...)
	c.Env = environment(p.home, p.d.display)
	var errs bytes.Buffer
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		p.d.t.Fatalf("sourcebook %s: %v\n%s%s", strings.Join(args, " "), err, out, errs.String())
	}
	return string(out)
}

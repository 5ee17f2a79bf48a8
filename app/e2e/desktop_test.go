//go:build e2e

package e2e

import (
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// desktop is an X server with a window manager, and a connection to it that
// presses keys, moves the mouse, drops files and takes pictures.
type desktop struct {
	t       *testing.T
	display string
	x       *xgb.Conn
	screen  *xproto.ScreenInfo
	root    xproto.Window
	keys    map[xproto.Keysym]keyStroke
	shots   string
	shot    int
}

type keyStroke struct {
	code  xproto.Keycode
	shift bool
}

// size is the desktop's, the middle one of the sizes that screens are looked at in.
const width, height = 1440, 900

func newDesktop(t *testing.T) *desktop {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{w}
	start(t, server)
	w.Close()
	buf := make([]byte, 16)
	n, err := r.Read(buf)
	if err != nil {
		t.Fatalf("start Xvfb: %v", err)
	}
	d := &desktop{t: t, display: ":" + strings.TrimSpace(string(buf[:n]))}
	manager := exec.Command("openbox")
	manager.Env = append(os.Environ(), "DISPLAY="+d.display)
	start(t, manager)
	if d.x, err = xgb.NewConnDisplay(d.display); err != nil {
		t.Fatalf("reach the X server: %v", err)
	}
	t.Cleanup(d.x.Close)
	if err := xtest.Init(d.x); err != nil {
		t.Fatalf("XTEST: %v", err)
	}
	setup := xproto.Setup(d.x)
	d.screen = setup.DefaultScreen(d.x)
	d.root = d.screen.Root
	d.readKeys(setup)
	d.shots = shotFolder(t)
	return d
}

// start runs a program until the test ends.
func start(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Start(); err != nil {
		t.Fatalf("start %s: %v", filepath.Base(c.Path), err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
}

func shotFolder(t *testing.T) string {
	dir := filepath.Join("..", "..", "build", "e2e", strings.ReplaceAll(t.Name(), "/", "_"))
	os.RemoveAll(dir)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func (d *desktop) readKeys(setup *xproto.SetupInfo) {
	first, count := setup.MinKeycode, byte(setup.MaxKeycode-setup.MinKeycode+1)
	m, err := xproto.GetKeyboardMapping(d.x, first, count).Reply()
	if err != nil {
		d.t.Fatalf("read the keyboard: %v", err)
	}
	d.keys = map[xproto.Keysym]keyStroke{}
	per := int(m.KeysymsPerKeycode)
	for i := range int(count) {
		for level := range min(per, 2) {
			sym := m.Keysyms[i*per+level]
			if _, have := d.keys[sym]; sym != 0 && !have {
				d.keys[sym] = keyStroke{first + xproto.Keycode(i), level == 1}
			}
		}
	}
}

// The keysyms that tests name (X11/keysymdef.h).
var named = map[string]xproto.Keysym{
	"ctrl": 0xffe3, "shift": 0xffe1, "alt": 0xffe9,
	"enter": 0xff0d, "escape": 0xff1b, "tab": 0xff09, "backspace": 0xff08, "delete": 0xffff,
	"left": 0xff51, "up": 0xff52, "right": 0xff53, "down": 0xff54,
	"home": 0xff50, "end": 0xff57, "pageup": 0xff55, "pagedown": 0xff56, "space": 0x20,
	"f1": 0xffbe, "f5": 0xffc2,
}

func (d *desktop) sym(name string) xproto.Keysym {
	if s, ok := named[strings.ToLower(name)]; ok {
		return s
	}
	r := []rune(name)
	if len(r) != 1 || r[0] > 0xff {
		d.t.Fatalf("no key is called %q", name)
	}
	return xproto.Keysym(r[0]) // Latin-1 keysyms are their code points
}

func (d *desktop) fake(kind byte, detail byte, x, y int) {
	d.t.Helper()
	if err := xtest.FakeInputChecked(d.x, kind, detail, 0, d.root, int16(x), int16(y), 0).Check(); err != nil {
		d.t.Fatalf("fake input: %v", err)
	}
}

// press presses a chord such as "ctrl+shift+z".
func (d *desktop) press(chord string) {
	d.t.Helper()
	parts := strings.Split(chord, "+")
	if chord == "+" {
		parts = []string{"+"}
	}
	var held []xproto.Keycode
	for i, p := range parts {
		k, ok := d.keys[d.sym(p)]
		if !ok {
			d.t.Fatalf("the keyboard has no %q", p)
		}
		if i == len(parts)-1 && k.shift {
			s := d.keys[named["shift"]].code
			d.fake(xproto.KeyPress, byte(s), 0, 0)
			held = append(held, s)
		}
		d.fake(xproto.KeyPress, byte(k.code), 0, 0)
		held = append(held, k.code)
	}
	for i := len(held) - 1; i >= 0; i-- {
		d.fake(xproto.KeyRelease, byte(held[i]), 0, 0)
	}
	time.Sleep(15 * time.Millisecond) // as fast as a very fast typist
}

// write types a text of ASCII letters.
func (d *desktop) write(text string) {
	d.t.Helper()
	for _, r := range text {
		if r == '\n' {
			d.press("enter")
			continue
		}
		d.press(string(r))
	}
}

func (d *desktop) move(x, y int) { d.fake(xproto.MotionNotify, 0, x, y) }

func (d *desktop) click(x, y int) {
	d.t.Helper()
	d.move(x, y)
	time.Sleep(30 * time.Millisecond)
	d.fake(xproto.ButtonPress, 1, 0, 0)
	d.fake(xproto.ButtonRelease, 1, 0, 0)
	time.Sleep(30 * time.Millisecond)
}

// drag presses at one point, moves in small steps and lets go at another.
func (d *desktop) drag(x0, y0, x1, y1 int) {
	d.t.Helper()
	d.move(x0, y0)
	time.Sleep(50 * time.Millisecond)
	d.fake(xproto.ButtonPress, 1, 0, 0)
	const steps = 12
	for i := 1; i <= steps; i++ {
		d.move(x0+(x1-x0)*i/steps, y0+(y1-y0)*i/steps)
		time.Sleep(20 * time.Millisecond)
	}
	d.fake(xproto.ButtonRelease, 1, 0, 0)
	time.Sleep(50 * time.Millisecond)
}

// clip puts text on the clipboard.
func (d *desktop) clip(text string) {
	d.t.Helper()
	c := exec.Command("xclip", "-selection", "clipboard")
	c.Env = append(os.Environ(), "DISPLAY="+d.display)
	c.Stdin = strings.NewReader(text)
	if err := c.Run(); err != nil {
		d.t.Fatalf("xclip: %v", err)
	}
}

// clipped is the text on the clipboard.
func (d *desktop) clipped() string {
	c := exec.Command("timeout", "3", "xclip", "-selection", "clipboard", "-o")
	c.Env = append(os.Environ(), "DISPLAY="+d.display)
	b, _ := c.Output()
	return string(b)
}

// picture saves what the screen shows.
func (d *desktop) picture(name string) {
	d.t.Helper()
	reply, err := xproto.GetImage(d.x, xproto.ImageFormatZPixmap, xproto.Drawable(d.root), 0, 0, width, height, ^uint32(0)).Reply()
	if err != nil {
		d.t.Fatalf("take a picture: %v", err)
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	for i := range width * height {
		p := reply.Data[i*4:]
		img.Pix[i*4], img.Pix[i*4+1], img.Pix[i*4+2], img.Pix[i*4+3] = p[2], p[1], p[0], 255
	}
	d.shot++
	f, err := os.Create(filepath.Join(d.shots, fmt.Sprintf("%02d-%s.png", d.shot, name)))
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, img); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desktop) atom(name string) xproto.Atom {
	r, err := xproto.InternAtom(d.x, false, uint16(len(name)), name).Reply()
	if err != nil {
		d.t.Fatalf("atom %s: %v", name, err)
	}
	return r.Atom
}

// window finds the program's window by a part of its title.
func (d *desktop) window(title string) xproto.Window {
	d.t.Helper()
	name, utf8 := d.atom("_NET_WM_NAME"), d.atom("UTF8_STRING")
	var find func(w xproto.Window) xproto.Window
	find = func(w xproto.Window) xproto.Window {
		if p, err := xproto.GetProperty(d.x, false, w, name, utf8, 0, 256).Reply(); err == nil && strings.Contains(string(p.Value), title) {
			return w
		}
		tree, err := xproto.QueryTree(d.x, w).Reply()
		if err != nil {
			return 0
		}
		for _, c := range tree.Children {
			if f := find(c); f != 0 {
				return f
			}
		}
		return 0
	}
	var w xproto.Window
	d.until("the window shows", func() bool { w = find(d.root); return w != 0 })
	return w
}

// fill makes the window as large as the screen.
func (d *desktop) fill(w xproto.Window) {
	ev := xproto.ClientMessageEvent{Format: 32, Window: w, Type: d.atom("_NET_WM_STATE"),
		Data: xproto.ClientMessageDataUnionData32New([]uint32{1, uint32(d.atom("_NET_WM_STATE_MAXIMIZED_HORZ")), uint32(d.atom("_NET_WM_STATE_MAXIMIZED_VERT")), 1, 0})}
	xproto.SendEvent(d.x, false, d.root, xproto.EventMaskSubstructureRedirect|xproto.EventMaskSubstructureNotify, string(ev.Bytes()))
}

// drop drops files on a window, as a file manager does (XDND version 5).
func (d *desktop) drop(target xproto.Window, x, y int, paths ...string) {
	d.t.Helper()
	src, err := xproto.NewWindowId(d.x)
	if err != nil {
		d.t.Fatal(err)
	}
	xproto.CreateWindow(d.x, 0, src, d.root, -10, -10, 1, 1, 0, xproto.WindowClassInputOutput, d.screen.RootVisual, 0, nil)
	defer xproto.DestroyWindow(d.x, src)
	if err := xproto.SetSelectionOwnerChecked(d.x, src, d.atom("XdndSelection"), 0).Check(); err != nil {
		d.t.Fatalf("own the drag: %v", err)
	}
	var uris strings.Builder
	for _, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			d.t.Fatal(err)
		}
		fmt.Fprintf(&uris, "file://%s\r\n", strings.ReplaceAll(abs, " ", "%20"))
	}
	send := func(name string, data ...uint32) {
		for len(data) < 5 {
			data = append(data, 0)
		}
		ev := xproto.ClientMessageEvent{Format: 32, Window: target, Type: d.atom(name), Data: xproto.ClientMessageDataUnionData32New(data)}
		xproto.SendEvent(d.x, false, target, 0, string(ev.Bytes()))
	}
	status, finished := d.atom("XdndStatus"), d.atom("XdndFinished")
	d.move(x, y)
	send("XdndEnter", uint32(src), 5<<24, uint32(d.atom("text/uri-list")))
	send("XdndPosition", uint32(src), 0, uint32(x<<16|y), 0, uint32(d.atom("XdndActionCopy")))
	dropped, done := false, false
	d.until("the drop is taken", func() bool {
		for {
			ev, _ := d.x.PollForEvent()
			if ev == nil {
				return done
			}
			switch e := ev.(type) {
			case xproto.ClientMessageEvent:
				if e.Type == status && !dropped {
					dropped = true
					send("XdndDrop", uint32(src))
				}
				done = done || e.Type == finished
			case xproto.SelectionRequestEvent:
				xproto.ChangeProperty(d.x, xproto.PropModeReplace, e.Requestor, e.Property, e.Target, 8, uint32(uris.Len()), []byte(uris.String()))
				n := xproto.SelectionNotifyEvent{Time: e.Time, Requestor: e.Requestor, Selection: e.Selection, Target: e.Target, Property: e.Property}
				xproto.SendEvent(d.x, false, e.Requestor, 0, string(n.Bytes()))
			}
		}
	})
}

// until polls for a state, and fails the test where it does not come.
func (d *desktop) until(what string, ok func() bool) {
	d.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(25 * time.Millisecond) {
		if ok() {
			return
		}
	}
	if d.shots != "" && d.x != nil {
		d.picture("failed")
	}
	d.t.Fatalf("waited in vain until %s", what)
}

// settle waits until the screen has not changed for a while, at most 1.5 s (a
// blinking cursor never rests): until all that the
// last input set going has been drawn. It is for pictures and for fields that
// complete what is typed, not for judging.
func (d *desktop) settle() {
	d.t.Helper()
	var last string
	same := 0
	for deadline := time.Now().Add(1500 * time.Millisecond); time.Now().Before(deadline); time.Sleep(60 * time.Millisecond) {
		reply, err := xproto.GetImage(d.x, xproto.ImageFormatZPixmap, xproto.Drawable(d.root), 0, 0, width, height, ^uint32(0)).Reply()
		if err != nil {
			d.t.Fatalf("look at the screen: %v", err)
		}
		now := string(reply.Data)
		if now == last {
			if same++; same >= 5 {
				return
			}
			continue
		}
		last, same = now, 0
	}
}

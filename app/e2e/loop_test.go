//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/assets/sample"
)

// captures puts the sample's captures into files, as a user would have them.
func captures(t *testing.T) (dir string, paths []string) {
	dir = t.TempDir()
	for _, name := range []string{sample.Freight, sample.Level, sample.Search} {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, sample.Capture(name), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, p)
	}
	return dir, paths
}

// palette runs a command, or opens a thing, by its name.
func (p *program) palette(name string) {
	p.d.t.Helper()
	p.mark()
	p.d.press("ctrl+k")
	p.wait("palette", nil)
	p.d.write(name)
	p.d.settle()
	p.d.press("enter")
}

// source is what show --json prints, as far as the test looks at it.
type source struct {
	ID         string
	Title      string
	Document   struct{ Text string }
	Highlights []struct {
		ID, Exact  string
		Start, End int
	}
}

type claim struct {
	ID        string
	Statement string
	Countries []string
	Evidence  []struct{ Highlight struct{ Exact string } }
}

func decode[T any](t *testing.T, out string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return v
}

// TestLoop goes the whole way in the real window: drop, read, highlight, claim,
// undo, compare, brief, export, search, dark; and looks at what came of it.
func TestLoop(t *testing.T) {
	d := newDesktop(t)
	home := t.TempDir()
	p := d.open(home, filepath.Join(home, "loop.sourcebook"))
	w := d.window("Sourcebook")
	d.settle()
	d.picture("empty")

	// Capture: three files dropped on the window.
	_, paths := captures(t)
	p.mark()
	d.drop(w, 700, 500, paths...)
	if e := p.wait("import finished", nil); e.number("added") != 3 || e.number("failed") != 0 {
		t.Fatalf("the import ended with %v", e)
	}
	p.wait("library listed", func(e event) bool { return e.number("sources") == 3 })
	d.settle()
	d.picture("library")

	// Read: open one by its name.
	p.palette("Freight on the Middle")
	opened := p.wait("source opened", nil)
	if !strings.HasPrefix(opened.text("title"), "Freight on the Middle Corridor") {
		t.Fatalf("opened %q", opened.text("title"))
	}
	d.settle()
	d.picture("reader")
	box := opened.box("reader")

	// Highlight: drag over some lines, then H.
	p.mark()
	sel := p.dragSelect(box, 0.55, 0.62)
	d.picture("selection")
	p.mark()
	d.press("h")
	marked := p.wait("highlight saved", nil)
	if marked.number("start") != sel.number("start") || marked.number("end") != sel.number("end") {
		t.Errorf("selected %d–%d, highlighted %d–%d", sel.number("start"), sel.number("end"), marked.number("start"), marked.number("end"))
	}
	d.settle()
	d.picture("highlight")

	// Claim: select a longer passage, in which countries are named however the
	// lines fall, press C, and save what the form proposes.
	p.mark()
	p.dragSelect(box, 0.45, 0.90)
	p.mark()
	d.press("c")
	p.wait("claim form", func(e event) bool { return e["open"] == true })
	d.settle()
	d.picture("claim form")
	d.press("ctrl+enter")
	saved := p.wait("claim saved", nil)
	d.settle()
	d.picture("claim saved")

	// Undo and redo, ten times each way.
	for range 10 {
		p.mark()
		d.press("ctrl+z")
		p.wait("changed", func(e event) bool { return strings.HasPrefix(e.text("name"), "undo") })
		p.mark()
		d.press("ctrl+y")
		p.wait("changed", func(e event) bool { return strings.HasPrefix(e.text("name"), "redo") })
	}

	// Compare two countries.
	p.mark()
	d.press("ctrl+4")
	p.wait("place", nil)
	d.press("ctrl+n")
	d.settle()
	for _, name := range []string{"Kazakhstan", "Azerbaijan"} {
		d.write(name)
		d.settle()
		d.press("enter")
		d.settle()
	}
	if e := p.wait("compared", func(e event) bool { l, _ := e["countries"].([]any); return len(l) == 2 }); e.number("topics") < 0 {
		t.Errorf("compared %v", e)
	}
	d.picture("compare")

	// Brief: draft on a country, then export.
	p.palette("Draft a briefing")
	d.settle()
	for _, name := range []string{"Kazakhstan", "Azerbaijan"} {
		d.write(name)
		d.settle()
		d.press("enter")
	}
	d.picture("draft")
	d.press("tab")
	d.write("Ports and rails")
	d.press("enter")
	p.wait("briefing shown", nil)
	d.settle()
	d.picture("briefing")
	p.mark()
	d.press("ctrl+p")
	p.wait("export form", nil)
	pdf := filepath.Join(home, "briefing.pdf")
	d.press("ctrl+a")
	d.write(pdf)
	d.picture("export")
	d.press("enter")
	if e := p.wait("exported", nil); e.text("path") != pdf {
		t.Errorf("exported to %q", e.text("path"))
	}

	// Search as you type.
	p.mark()
	d.press("ctrl+7")
	p.wait("place", nil)
	d.settle()
	d.write("ferries")
	p.wait("searched", func(e event) bool { return e.text("query") == "ferries" && e.number("hits") > 0 })
	d.settle()
	d.picture("search")

	// The other places, and all in the dark.
	for key, place := range map[string]string{"ctrl+1": "library", "ctrl+2": "claims", "ctrl+3": "countries", "ctrl+5": "timeline", "ctrl+8": "bin"} {
		p.mark()
		d.press(key)
		p.wait("place", func(e event) bool { return e.text("place") == place })
		d.settle()
		d.picture(place)
	}
	p.mark()
	d.press("ctrl+shift+d")
	p.wait("theme", func(e event) bool { return e["dark"] == true })
	for key, place := range map[string]string{"ctrl+1": "library", "ctrl+4": "compare", "ctrl+6": "briefings"} {
		p.mark()
		d.press(key)
		p.wait("place", func(e event) bool { return e.text("place") == place })
		d.settle()
		d.picture("dark " + place)
	}

	// Beside the window the command line can read.
	list := p.cli("list")
	if n := strings.Count(list, "\n"); n != 3 {
		t.Errorf("beside the window the command line lists %d sources:\n%s", n, list)
	}
	p.quit()

	// What came of it.
	s := decode[source](t, p.cli("show", opened.text("source"), "--json"))
	runes := []rune(s.Document.Text)
	if len(s.Highlights) != 2 {
		t.Fatalf("%d highlights are held, want that of H and that of the claim", len(s.Highlights))
	}
	found := false
	for _, h := range s.Highlights {
		if got := string(runes[h.Start:h.End]); got != h.Exact {
			t.Errorf("the highlight %q stands on %q", h.Exact, got)
		}
		found = found || h.Start == sel.number("start") && h.End == sel.number("end")
	}
	if !found {
		t.Errorf("no highlight stands where it was selected: %v", s.Highlights)
	}
	c := decode[claim](t, p.cli("claim", "show", saved.text("claim"), "--json"))
	passages := 0 // beside them stand the sources that the passage cites
	for _, e := range c.Evidence {
		if e.Highlight.Exact != "" {
			passages++
		}
	}
	if passages != 1 || c.Statement == "" || len(c.Countries) == 0 {
		t.Errorf("the claim is %+v", c)
	}
	if out := p.cli("verify"); !strings.Contains(out, "sound") {
		t.Errorf("verify says %s", out)
	}
	text, err := exec.Command("pdftotext", "-layout", pdf, "-").Output()
	if err != nil {
		t.Fatalf("read the PDF: %v", err)
	}
	for _, want := range []string{"Ports and rails", "SHA-256", strings.Join(strings.Fields(c.Statement)[:3], " ")} {
		if !strings.Contains(strings.Join(strings.Fields(string(text)), " "), want) {
			t.Errorf("the PDF does not say %q", want)
		}
	}
	if t.Failed() {
		t.Logf("the PDF says:\n%s", text)
	}
}

// dragSelect drags over the reader from a point at a share of its height to one
// further down, and gives the selection.
func (p *program) dragSelect(box [4]int, from, to float64) event {
	p.d.t.Helper()
	x, y, w, h := box[0], box[1], box[2], box[3]
	ox, oy := p.origin()
	p.d.drag(ox+x+w*3/10, oy+y+int(float64(h)*from), ox+x+w*6/10, oy+y+int(float64(h)*to))
	e := p.last("selection")
	if e.number("end") <= e.number("start") {
		p.d.t.Fatalf("dragging selected nothing: %v", e)
	}
	return e
}

// TestSecondWindow opens the same notebook twice, kills the first and opens again.
func TestSecondWindow(t *testing.T) {
	d := newDesktop(t)
	home := t.TempDir()
	p := d.open(home, filepath.Join(home, "n.sourcebook"))
	_, paths := captures(t)
	p.mark()
	d.drop(d.window("Sourcebook"), 700, 500, paths...)
	p.wait("import finished", nil)

	second := exec.Command(binary(t), p.notebook)
	second.Env = environment(home, d.display)
	trace := filepath.Join(t.TempDir(), "second")
	second.Env = append(second.Env, "SOURCEBOOK_TRACE="+trace)
	var said lockedBuffer
	second.Stderr = &said
	start(t, second)
	d.until("the second window says that the notebook is open elsewhere", func() bool {
		b, _ := os.ReadFile(trace)
		return strings.Contains(string(b), "open in another window") || strings.Contains(said.String(), "open in another window")
	})
	d.settle()
	d.picture("second window")
	second.Process.Kill()

	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.cmd.Wait()
	again := d.open(home, p.notebook)
	again.wait("library listed", func(e event) bool { return e.number("sources") == 3 })
	d.settle()
	d.picture("after a kill")
	again.quit()
	if out := again.cli("verify"); !strings.Contains(out, "sound") {
		t.Errorf("verify says %s", out)
	}
}

// TestPaste imports a whole page from the clipboard.
func TestPaste(t *testing.T) {
	d := newDesktop(t)
	home := t.TempDir()
	p := d.open(home, filepath.Join(home, "n.sourcebook"))
	p.wait("library listed", nil)
	d.settle()
	d.clip(string(sample.Capture(sample.Level)))
	p.mark()
	d.press("ctrl+v")
	if e := p.wait("import finished", nil); e.number("added") != 1 {
		t.Fatalf("the paste ended with %v", e)
	}
	opened := p.wait("source opened", nil) // a single paste is shown at once
	d.settle()
	d.picture("pasted")

	// Select all, copy.
	box := opened.box("reader")
	ox, oy := p.origin()
	x, y := ox+box[0]+box[2]/2, oy+box[1]+box[3]*7/10
	d.click(x, y)
	d.press("ctrl+a")
	p.last("selection")
	d.press("ctrl+c")
	d.until("the text is on the clipboard", func() bool {
		got := d.clipped()
		return strings.Contains(got, "dig together") && got != string(sample.Capture(sample.Level))
	})
	if got := d.clipped(); strings.Contains(got, "Privacy Policy") || strings.Count(got, "Lower water forces") != 1 {
		t.Errorf("copied %d characters, with what is not of the article", len(got))
	}
	p.quit()
	list := decode[[]map[string]any](t, p.cli("list", "--json"))
	if len(list) != 1 || list[0]["published"] != "2025-10-06" || fmt.Sprint(list[0]["byline"]) != "[Daniyar Sample]" {
		t.Errorf("held: %v", list)
	}
}

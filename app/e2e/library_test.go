//go:build e2e

package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestLibrary chooses several sources and tags them in one step, takes it back,
// opens sources in tabs, and opens a second window on the notebook.
func TestLibrary(t *testing.T) {
	d := newDesktop(t)
	home := t.TempDir()
	p := d.open(home, filepath.Join(home, "library.sourcebook"))
	_, paths := captures(t)
	p.mark()
	d.drop(d.window("Sourcebook"), 700, 500, paths...)
	p.wait("import finished", func(e event) bool { return e.number("added") == 3 })
	p.wait("library listed", func(e event) bool { return e.number("sources") == 3 })
	d.settle()

	// Several are chosen by the keyboard, and tagged together.
	p.mark()
	d.press("ctrl+f")
	d.press("down")
	d.press("down")
	p.wait("source opened", nil)
	d.press("shift+down")
	d.press("shift+down")
	p.wait("sources chosen", func(e event) bool { return e.number("chosen") == 3 })
	d.settle()
	d.picture("three chosen")
	p.mark()
	d.press("ctrl+shift+t")
	p.wait("words form", nil)
	d.write("rail")
	d.settle()
	d.press("enter")
	d.settle()
	d.press("enter")
	p.wait("changed", func(e event) bool { return strings.HasPrefix(e.text("name"), "tag 3 sources") })
	d.settle()
	d.picture("tagged")
	tags := func() int { return strings.Count(p.cli("list", "--json"), `"rail"`) }
	if n := tags(); n != 3 {
		t.Errorf("%d sources are tagged, want 3", n)
	}
	p.mark()
	d.press("ctrl+z")
	p.wait("changed", func(e event) bool { return strings.HasPrefix(e.text("name"), "undo tag") })
	if n := tags(); n != 0 {
		t.Errorf("%d sources are tagged after undo", n)
	}

	// Tabs.
	p.mark()
	d.press("escape")
	p.wait("sources chosen", func(e event) bool { return e.number("chosen") == 1 })
	for n, key := range []string{"ctrl+up", "ctrl+down"} { // the cursor alone, from the last row up, and down again
		p.mark()
		d.press("ctrl+f")
		d.press("down")
		d.press(key)
		d.press("ctrl+enter")
		p.wait("tabs", func(e event) bool { return e.number("tabs") == n+2 })
		p.wait("source opened", nil)
		d.settle()
	}
	d.picture("tabs")
	p.mark()
	d.press("ctrl+tab")
	p.wait("tabs", func(e event) bool { return e.number("shown") == 0 })
	for n := 2; n >= 1; n-- {
		p.mark()
		d.press("ctrl+w")
		p.wait("tabs", func(e event) bool { return e.number("tabs") == n })
	}

	// The table above the text.
	p.mark()
	d.press("ctrl+t")
	p.wait("library layout", func(e event) bool { return e.text("layout") == "above" })
	d.settle()
	d.picture("table")

	// A second window on the notebook, with a place of its own.
	p.mark()
	d.press("ctrl+shift+n")
	p.wait("window opened", func(e event) bool { return e.number("window") == 2 })
	d.settle()
	d.press("ctrl+3")
	p.wait("place", func(e event) bool { return e.number("window") == 2 && e.text("place") == "countries" })
	d.settle()
	d.picture("second window")
	p.mark()
	d.press("ctrl+w")
	p.wait("window closed", nil)
	d.settle()
	d.press("ctrl+2")
	p.wait("place", func(e event) bool { return e.number("window") == 0 && e.text("place") == "claims" })
	p.quit()
	if out := p.cli("verify"); !strings.Contains(out, "sound") {
		t.Errorf("verify says %s", out)
	}
}

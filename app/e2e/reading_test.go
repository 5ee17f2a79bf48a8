//go:build e2e

package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// noted is what show --json prints of highlights and text.
type noted struct {
	Document   struct{ Text string }
	Highlights []struct{ ID, Exact, Note string }
}

// changed waits for a change of a name.
func (p *program) changed(name string) event {
	p.d.t.Helper()
	return p.wait("changed", func(e event) bool { return strings.HasPrefix(e.text("name"), name) })
}

// wordsOf gives two whole words of a statement to search for it by; it may begin
// and end inside a word, wherever the drag did.
func wordsOf(statement string) string {
	var out []string
	for _, w := range strings.Fields(statement)[1:] {
		if w = strings.Trim(w, ".,;:“”"); len(w) > 2 {
			out = append(out, w)
		}
		if len(out) == 2 {
			break
		}
	}
	return strings.Join(out, " ")
}

// TestReading works on one source: a note typed at once, a claim, a passage
// linked to it, two claims related, a paragraph thrown out and taken back.
func TestReading(t *testing.T) {
	d := newDesktop(t)
	home := t.TempDir()
	p := d.open(home, filepath.Join(home, "reading.sourcebook"))
	_, paths := captures(t)
	p.mark()
	d.drop(d.window("Sourcebook"), 700, 500, paths...)
	p.wait("import finished", nil)
	p.palette("Freight on the Middle")
	opened := p.wait("source opened", nil)
	d.settle()
	box, id := opened.box("reader"), opened.text("source")
	before := decode[noted](t, p.cli("show", id, "--json"))

	// A note: N, and what is typed goes into it.
	p.mark()
	p.dragSelect(box, 0.55, 0.60)
	p.mark()
	d.press("n")
	p.wait("note open", nil)
	d.write("who counted")
	d.picture("note")
	d.press("ctrl+enter")
	p.changed("edit highlight")
	d.settle()

	// Two claims.
	var claims []string
	for _, at := range [][2]float64{{0.45, 0.50}, {0.68, 0.76}} {
		p.mark()
		p.dragSelect(box, at[0], at[1])
		p.mark()
		d.press("c")
		p.wait("claim form", func(e event) bool { return e["open"] == true })
		d.settle()
		d.press("ctrl+enter")
		claims = append(claims, p.wait("claim saved", nil).text("claim"))
		d.settle()
	}

	// L links a passage to the first of them.
	first := decode[claim](t, p.cli("claim", "show", claims[0], "--json"))
	p.mark()
	p.dragSelect(box, 0.86, 0.90)
	p.mark()
	d.press("l")
	p.wait("claim picker", nil)
	d.settle()
	d.write(wordsOf(first.Statement))
	d.settle()
	d.picture("link")
	d.press("enter")
	if e := p.wait("passage linked", nil); e.text("claim") != claims[0] || e["ok"] != true {
		t.Errorf("linked %v, want claim %s", e, claims[0])
	}

	// A paragraph is thrown out with Delete, and comes back.
	p.mark()
	ox, oy := p.origin()
	d.click(ox+box[0]+box[2]*4/10, oy+box[1]+box[3]*6/10)
	d.settle()
	d.press("escape")
	p.mark()
	d.press("delete")
	if e := p.wait("text edited", nil); e["ok"] != true {
		t.Errorf("thrown out: %v", e)
	}
	d.settle()
	d.picture("thrown out")
	if got := decode[noted](t, p.cli("show", id, "--json")); got.Document.Text == before.Document.Text {
		t.Error("the text is what it was")
	}
	p.mark()
	d.press("ctrl+z")
	p.changed("undo")
	d.settle()

	// The second claim refines the first.
	second := decode[claim](t, p.cli("claim", "show", claims[1], "--json"))
	p.palette(wordsOf(second.Statement))
	p.wait("claim shown", func(e event) bool { return e.text("claim") == claims[1] })
	d.settle()
	p.mark()
	d.press("ctrl+r")
	p.wait("claim picker", nil)
	d.settle()
	d.write(wordsOf(first.Statement))
	d.settle()
	d.picture("relate")
	p.mark()
	d.press("enter")
	p.changed("relate claims")
	p.quit()

	// What came of it.
	after := decode[noted](t, p.cli("show", id, "--json"))
	if after.Document.Text != before.Document.Text {
		t.Error("the text that was thrown out is not back")
	}
	note := false
	for _, h := range after.Highlights {
		note = note || h.Note == "who counted"
	}
	if !note {
		t.Errorf("no highlight has the note: %+v", after.Highlights)
	}
	linked := decode[claim](t, p.cli("claim", "show", claims[0], "--json"))
	passages := 0
	for _, e := range linked.Evidence {
		if e.Highlight.Exact != "" {
			passages++
		}
	}
	if passages != 2 {
		t.Errorf("the claim has %d passages, want its own and the linked one", passages)
	}
	if out := p.cli("verify"); !strings.Contains(out, "sound") {
		t.Errorf("verify says %s", out)
	}
}

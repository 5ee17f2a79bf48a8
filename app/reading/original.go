package reading

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sourcebook/app/paper"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/pages"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// originalView shows a capture as received: the pages of a PDF, a pasted text as
// it stands, and of a page its source, with a button that opens it in the
// browser.
type originalView struct {
	p      *Pane
	box    *fyne.Container
	viewer *pages.Viewer
	pdf    *paper.PDF
	shown  notebook.CaptureID
	page   int // to go to once the pages are there
	loader session.Loader
}

func newOriginalView(p *Pane) *originalView {
	v := &originalView{p: p, box: container.NewStack()}
	v.viewer = pages.New(pages.Runner{Background: p.s.Background, Deliver: p.s.Deliver})
	return v
}

// show brings the view up to the capture that the pane holds.
func (v *originalView) show() {
	id := v.p.capture
	if v.shown == id {
		return
	}
	v.close()
	v.shown = id
	c := v.p.held.held(id)
	v.set(widgets.Empty("loading", "Reading the original…", ""))
	session.LoadElse(v.p.s, &v.loader, func(_ context.Context, tx *notebook.Tx) ([]byte, error) { return tx.Original(id) }, func(b []byte) {
		v.fill(c, b)
	}, func(err error) {
		v.shown = ""
		v.set(widgets.Empty("error", "The original cannot be read", err.Error()))
	})
}

// close lets go of what the view holds.
func (v *originalView) close() {
	v.loader.Cancel()
	v.shown = ""
	if pdf := v.pdf; pdf != nil {
		v.pdf = nil
		v.viewer.Show(nil)
		v.p.s.Background(func(context.Context) { _ = pdf.Close() }) // a page that is being drawn is waited for
	}
}

func (v *originalView) set(o fyne.CanvasObject) {
	v.box.Objects = []fyne.CanvasObject{o}
	v.box.Refresh()
}

func (v *originalView) fill(c notebook.Capture, b []byte) {
	open := widgets.NewButton("Open", "external-link", v.p.openOriginal)
	open.Tip = "Open it in the program that this computer has for it, without scripts"
	head := widgets.Pad(theme.Gap3, theme.Gap1, widgets.Column(theme.Gap1,
		widgets.Section("As received", open),
		widgets.Muted(present.Join(present.Label(present.Methods, string(c.Method)), c.Name, c.MediaType, present.Bytes(c.Size), present.Moment(c.Received))),
		hash(c.SHA256)))
	switch {
	case strings.HasPrefix(c.MediaType, "application/pdf"), bytes.HasPrefix(b, []byte("%PDF-")):
		v.set(widgets.Dock(widgets.Ruled(head), nil, nil, nil,
			widgets.Empty("loading", "Opening the pages…", "The first time on a computer this takes some seconds.")))
		v.openPages(c.ID, b, head)
	case !bytes.ContainsRune(b[:min(len(b), 4096)], 0):
		r := v.p.newReader()
		r.SetDocument(rawBlocks(c, b), reader.Header{})
		v.set(widgets.Dock(widgets.Ruled(head), nil, nil, nil, r))
	default:
		v.set(widgets.Dock(widgets.Ruled(head), nil, nil, nil,
			widgets.Empty("file", "Not a text", "The capture is kept as it came. “Open” shows it in the program that it belongs to.")))
	}
}

// rawBlocks sets a text as received, line by line; of a very long one the
// beginning. A pasted text reads as a text, markup as code.
func rawBlocks(c notebook.Capture, b []byte) []document.Block {
	const most = 2 << 20
	cut := len(b) > most
	text := string(b[:min(len(b), most)])
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	kind := document.Code
	if strings.HasPrefix(c.MediaType, "text/plain") {
		kind = document.Paragraph
	}
	var blocks []document.Block
	lines := strings.Split(text, "\n")
	for len(lines) > 0 {
		n := 1
		if kind == document.Code { // a block of some lines is laid out as one
			n = min(40, len(lines))
		}
		part := strings.TrimRight(strings.Join(lines[:n], "\n"), "\n")
		lines = lines[n:]
		if strings.TrimSpace(part) != "" {
			blocks = append(blocks, document.Block{Kind: kind, Text: part})
		}
	}
	if cut {
		blocks = append(blocks, document.Block{Kind: document.Caption, Text: fmt.Sprintf("The first %s of %s.", present.Bytes(most), present.Bytes(c.Size))})
	}
	return blocks
}

// openPages draws the pages of a PDF.
func (v *originalView) openPages(id notebook.CaptureID, b []byte, head fyne.CanvasObject) {
	v.p.s.Background(func(ctx context.Context) {
		pdf, err := paper.Open(ctx, b)
		v.p.s.Deliver(func() {
			switch {
			case err != nil && v.shown == id:
				v.set(widgets.Empty("error", "The pages cannot be drawn", err.Error()+". “Open” shows them in another program."))
			case err != nil:
			case v.shown != id:
				v.p.s.Background(func(context.Context) { _ = pdf.Close() })
			default:
				v.pdf = pdf
				v.set(widgets.Dock(widgets.Ruled(head), nil, nil, nil, v.viewer.Content()))
				v.viewer.Show(pdf)
				v.goTo(v.page)
				v.p.s.Trace("pages shown", map[string]any{"pages": pdf.Count()})
			}
		})
	})
}

// goTo brings a page of a paged capture into view, now or once it is open.
func (v *originalView) goTo(page int) {
	v.page = page
	if v.pdf != nil && page > 0 {
		v.viewer.Go(page)
	}
}

// held is one of the captures by ID.
func (h *held) held(id notebook.CaptureID) notebook.Capture {
	for _, c := range h.captures {
		if c.ID == id {
			return c
		}
	}
	return notebook.Capture{}
}

// showPage shows the page of the original that the text at the caret, or at the
// top of the view, stands on.
func (p *Pane) showPage() bool {
	pos := p.reader.ReadingPosition()
	if at, ok := p.reader.Caret(); ok {
		pos = at
	}
	page := 0
	if i, _, ok := p.reader.BlockOf(pos); ok && i < len(p.held.doc.Blocks) {
		page = p.held.doc.Blocks[i].Page
	}
	if page == 0 {
		p.s.Toast(session.Toast{Text: "This text has no pages"})
		return true
	}
	p.goTo(OriginalView)
	p.originalView.goTo(page)
	return true
}

// keptOpen is how long a file that another program was asked to open stays: long
// enough for a slow one to start.
const keptOpen = 10 * time.Minute

// openOriginal writes the kept bytes to a private temporary file and opens it
// in the program that the desktop has for it. A page is opened without its
// scripts: they are told to the browser as forbidden by a policy in its head.
// The file goes when the source is left for good or the window closes.
func (p *Pane) openOriginal() {
	if p.held == nil {
		return
	}
	id := p.capture
	p.s.Background(func(ctx context.Context) {
		var path string
		err := p.s.Notebook().View(func(tx *notebook.Tx) error {
			c, err := tx.Capture(id)
			if err != nil {
				return err
			}
			b, err := tx.Original(id)
			if err != nil {
				return err
			}
			path, err = writeOriginal(c, b)
			return err
		})
		p.s.Deliver(func() {
			if err == nil {
				err = fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
			}
			if err != nil {
				p.s.Fail("open the original", err)
			}
		})
		if path == "" {
			return
		}
		select {
		case <-time.After(keptOpen):
		case <-ctx.Done(): // the window closes
		}
		_ = os.RemoveAll(filepath.Dir(path))
	})
}

// policy forbids a kept page to run scripts or to reach the network.
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:; form-action 'none'; base-uri 'none'">`

func writeOriginal(c notebook.Capture, b []byte) (string, error) {
	dir, err := os.MkdirTemp("", "sourcebook-original-")
	if err != nil {
		return "", fmt.Errorf("make a folder for the original: %w", err)
	}
	// The ending says to the desktop which program opens the file, so it is never
	// taken from the capture's name: that could be one that runs.
	ext := ".txt"
	switch {
	case strings.HasPrefix(c.MediaType, "text/html"), strings.HasPrefix(c.MediaType, "application/xhtml"):
		ext, b = ".html", withPolicy(b)
	case strings.HasPrefix(c.MediaType, "application/pdf"):
		ext = ".pdf"
	}
	path := filepath.Join(dir, "original"+ext)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return "", fmt.Errorf("write the original to %s: %w", path, err)
	}
	return path, nil
}

// withPolicy puts the policy before anything that could run: after the byte
// order mark and the doctype, without which the page would be set otherwise.
func withPolicy(b []byte) []byte {
	at := 0
	if bytes.HasPrefix(b, []byte{0xEF, 0xBB, 0xBF}) {
		at = 3
	}
	at += len(b[at:]) - len(bytes.TrimLeft(b[at:], " \t\r\n"))
	if head := b[at:min(len(b), at+300)]; len(head) > 9 && strings.EqualFold(string(head[:9]), "<!doctype") {
		if end := bytes.IndexByte(head, '>'); end > 0 {
			at += end + 1
		}
	}
	// What a policy does not hold back: being sent on, and a look at other hosts.
	rest := leaks.ReplaceAll(b[at:], nil)
	return slices.Concat(b[:at], []byte(policy), rest)
}

var leaks = regexp.MustCompile(`(?i)<meta[^>]*\bhttp-equiv\s*=\s*["']?\s*refresh[^>]*>|<link[^>]*\brel\s*=\s*["']?\s*(?:dns-prefetch|preconnect|prefetch|prerender|preload|modulepreload)[^>]*>`)

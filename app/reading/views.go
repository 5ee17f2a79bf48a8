package reading

import (
	"bytes"
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// dropped is the view of what the importer left out, by reason.
func (p *Pane) dropped() fyne.CanvasObject {
	d := p.held.doc.Dropped
	if len(d) == 0 {
		return widgets.Empty("dropped", "Nothing was left out", "All of the capture is in the text.")
	}
	byReason := map[document.Reason][]string{}
	for _, x := range d {
		byReason[x.Reason] = append(byReason[x.Reason], x.Text)
	}
	col := widgets.Column(theme.Gap4, widgets.Para(
		fmt.Sprintf("%s of the capture %s not part of the text, each with the reason. The original is kept whole.", present.Count(len(d), "passage"), map[bool]string{true: "is", false: "are"}[len(d) == 1]), theme.SizeBody, true))
	for _, c := range present.Reasons {
		texts := byReason[document.Reason(c.Key)]
		if len(texts) == 0 {
			continue
		}
		delete(byReason, document.Reason(c.Key))
		col.Add(reasonPart(c, texts))
	}
	for r, texts := range byReason {
		col.Add(reasonPart(present.Choice{Label: string(r)}, texts))
	}
	return container.NewVScroll(widgets.Pad(theme.Gap6, theme.Gap4, widgets.AtMost(760, col)))
}

func reasonPart(c present.Choice, texts []string) fyne.CanvasObject {
	const most = 60 // passages of one reason that are shown
	title := fmt.Sprintf("%s (%d)", c.Label, len(texts))
	part := widgets.Column(theme.Gap2, widgets.Column(1, widgets.Section(title), widgets.Muted(present.UpperFirst(c.Hint))))
	var lines []string
	for i, t := range texts {
		if i == most {
			lines = append(lines, fmt.Sprintf("… and %d more", len(texts)-most))
			break
		}
		lines = append(lines, present.Short(t, 400))
	}
	l := widget.NewLabel(strings.Join(lines, "\n"))
	l.Wrapping = fyne.TextWrapWord
	l.SizeName = theme.SizeCaption
	l.Selectable = true
	part.Add(widgets.NewCard(widgets.Flush(l)))
	return part
}

// original is the view of the capture as received: pasted text and small pages
// as plain text; the rest opens in the browser from the kept bytes.
func (p *Pane) original() fyne.CanvasObject {
	area := container.NewStack(widgets.Empty("loading", "Reading the original…", ""))
	var c notebook.Capture
	for _, x := range p.held.captures {
		if x.ID == p.capture {
			c = x
		}
	}
	session.LoadElse(p.s, &p.origin, func(_ context.Context, tx *notebook.Tx) ([]byte, error) { return tx.Original(c.ID) }, func(b []byte) {
		head := widgets.Column(theme.Gap1,
			widgets.Section("As received", widgets.NewButton("Open in the browser", "external-link", p.openOriginal)),
			widgets.Muted(present.Join(present.Label(present.Methods, string(c.Method)), c.Name, c.MediaType, present.Bytes(c.Size), present.Moment(c.Received))),
			hash(c.SHA256))
		const most = 60_000
		text := string(b[:min(len(b), most)])
		note := ""
		if len(b) > most {
			note = fmt.Sprintf("The first %s of %s.", present.Bytes(most), present.Bytes(int64(len(b))))
		}
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\uFFFD")
		}
		if strings.ContainsRune(text, 0) {
			area.Objects = []fyne.CanvasObject{container.NewBorder(widgets.Pad(theme.Gap6, theme.Gap4, head), nil, nil, nil,
				widgets.Empty("file", "Not a text", "The capture is kept as it came. Open it in the program that it belongs to."))}
			area.Refresh()
			return
		}
		grid := widget.NewTextGridFromString(strings.ReplaceAll(text, "\r\n", "\n"))
		grid.Scroll = fyne.ScrollBoth
		if note != "" {
			head.Add(widgets.Muted(note))
		}
		area.Objects = []fyne.CanvasObject{container.NewBorder(widgets.Pad(theme.Gap6, theme.Gap4, head), nil, nil, nil, widgets.Pad(theme.Gap6, 0, grid))}
		area.Refresh()
	}, func(err error) {
		area.Objects = []fyne.CanvasObject{widgets.Empty("error", "The original cannot be read", err.Error())}
		area.Refresh()
	})
	return area
}

// openOriginal writes the kept bytes to a private temporary file and opens it
// in the program that the desktop has for it. A page is opened without its
// scripts: they are told to the browser as forbidden by a policy in its head.
func (p *Pane) openOriginal() {
	if p.held == nil {
		return
	}
	id := p.capture
	p.s.Background(func(context.Context) {
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
	})
}

// policy forbids a kept page to run scripts or to reach the network.
const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline' data:; img-src data:; font-src data:">`

func writeOriginal(c notebook.Capture, b []byte) (string, error) {
	dir, err := os.MkdirTemp("", "sourcebook-original-")
	if err != nil {
		return "", fmt.Errorf("make a folder for the original: %w", err)
	}
	// The ending says to the desktop which program opens the file, so it is never
	// taken from the capture's name: that could be one that runs.
	ext := ".txt"
	switch {
	case strings.HasPrefix(c.MediaType, "text/html"):
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
	return slices.Concat(b[:at], []byte(policy), b[at:])
}

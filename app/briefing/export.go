package briefing

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/compare"
	"sourcebook/app/export"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

var formats = []present.Choice{
	{Key: string(export.PDF), Label: "PDF", Hint: "Pages with marking, endnotes, links and bookmarks."},
	{Key: string(export.DOCX), Label: "Word", Hint: "A document to go on working in."},
	{Key: string(export.Markdown), Label: "Markdown", Hint: "Plain text with its structure."},
	{Key: string(export.HTML), Label: "HTML", Hint: "One page that stands alone."},
}

// export asks for format and file, and writes the briefing.
func (c *Screen) export() {
	if !c.open {
		c.s.Toast(session.Toast{Text: "Open a briefing first"})
		return
	}
	c.flush()
	folder := c.s.Preferences().StringWithFallback("export.folder", defaultFolder())
	path := widgets.NewEntry("")
	format := widgets.NewExplained(formats, "", nil)
	set := func(k string) {
		path.SetText(filepath.Join(folder, compare.FileName(name(c.b))+k))
	}
	format.OnChanged = func(k string) {
		base := strings.TrimSuffix(path.Text, filepath.Ext(path.Text))
		path.SetText(base + k)
		c.s.Preferences().SetString("export.format", k)
		format.Explain()
	}
	kind := c.s.Preferences().StringWithFallback("export.format", string(export.PDF))
	if !slices.ContainsFunc(formats, func(f present.Choice) bool { return f.Key == kind }) {
		kind = string(export.PDF)
	}
	format.Set(kind)
	set(kind)
	var pop *widget.PopUp
	browse := widgets.NewButton("Browse…", "folder-open", func() {
		d := dialog.NewFolderOpen(func(l fyne.ListableURI, err error) {
			if err == nil && l != nil {
				folder = l.Path()
				set(format.Key())
			}
		}, c.s.Window())
		if l, err := storage.ListerForURI(storage.NewFileURI(folder)); err == nil {
			d.SetLocation(l)
		}
		d.Show()
	})
	head := widgets.NewText("Export the briefing", theme.SizeSub, "")
	head.Bold = true
	problem := widget.NewLabel("")
	problem.Importance = widget.DangerImportance
	problem.Wrapping = fyne.TextWrapWord
	problem.Hide()
	write := func() {
		file := strings.TrimSpace(path.Text)
		if _, err := export.FormatOf(file); err != nil {
			problem.SetText(present.UpperFirst(err.Error()))
			problem.Show()
			return
		}
		put := func() {
			pop.Hide()
			c.s.Preferences().SetString("export.folder", filepath.Dir(file))
			c.write(file, false)
		}
		if _, err := os.Stat(file); err == nil {
			d := dialog.NewConfirm("Replace the file?", filepath.Base(file)+" is there already.", func(yes bool) {
				if yes {
					put()
				}
			}, c.s.Window())
			d.SetConfirmText("Replace")
			d.SetDismissText("Cancel")
			d.Show()
			return
		}
		put()
	}
	path.OnSubmitted = func(string) { write() }
	path.OnEscape = func() { pop.Hide() }
	body := widgets.Column(theme.Gap3, head, widgets.Field("Format", format.Box, ""),
		widgets.Field("File", widgets.Spread(theme.Gap1, 0, path, browse), ""), problem,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", func() { pop.Hide() }), widgets.Primary("Export", "export", write)))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), c.s.Window().Canvas())
	pop.Resize(fyne.NewSize(620, pop.MinSize().Height+20))
	pop.Show()
	c.s.Window().Canvas().Focus(path)
	c.s.Trace("export form", map[string]any{"open": true})
}

func defaultFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	if docs := filepath.Join(home, "Documents"); isDir(docs) {
		return docs
	}
	return home
}

func isDir(p string) bool {
	st, err := os.Stat(p)
	return err == nil && st.IsDir()
}

// openPDF writes the briefing to a temporary file and opens it.
func (c *Screen) openPDF() {
	if !c.open {
		return
	}
	c.flush()
	dir, err := os.MkdirTemp("", "sourcebook-briefing-")
	if err != nil {
		c.s.Fail("make a folder for the PDF", err)
		return
	}
	c.write(filepath.Join(dir, compare.FileName(name(c.b))+".pdf"), true)
}

// write composes and writes the open briefing, with a progress line that can
// be cancelled.
func (c *Screen) write(path string, open bool) {
	b := c.b
	done := c.s.Working("Writing " + filepath.Base(path))
	c.s.Background(func(context.Context) {
		err := export.Briefing(done.Context(), c.s.Notebook(), b, path, time.Now())
		c.s.Deliver(func() {
			done.Finish()
			switch {
			case err != nil && done.Context().Err() != nil:
				c.s.Toast(session.Toast{Text: "Export cancelled"})
			case err != nil:
				c.s.Fail("export the briefing", err)
			case open:
				show(c.s, path)
			default:
				c.s.Toast(session.Toast{Text: "Written: " + filepath.Base(path), Action: "Open", Do: func() { show(c.s, path) }})
			}
			if err == nil {
				c.s.Trace("exported", map[string]any{"path": path, "kind": strings.TrimPrefix(filepath.Ext(path), ".")})
			}
		})
	})
}

func show(s session.Session, path string) {
	if err := fyne.CurrentApp().OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}); err != nil {
		s.Fail("open "+filepath.Base(path), err)
	}
}

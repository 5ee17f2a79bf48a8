package compare

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/export"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// formats are what a comparison can be written as.
var formats = []present.Choice{
	{Key: ".csv", Label: "CSV", Hint: "A table for a spreadsheet: a row a topic, a column a country."},
	{Key: string(export.PDF), Label: "PDF", Hint: "Pages with the table, endnotes and sources."},
	{Key: string(export.DOCX), Label: "Word", Hint: "A document to go on working in."},
	{Key: string(export.Markdown), Label: "Markdown", Hint: "Plain text with its structure."},
	{Key: string(export.HTML), Label: "HTML", Hint: "One page that stands alone."},
}

// export asks for a format and a file, and writes the comparison.
func (c *Screen) export() {
	if len(c.table.Rows) == 0 || len(c.current.Countries) < atLeast {
		c.s.Toast(session.Toast{Text: "There is no comparison to export yet"})
		return
	}
	p := c.s.Preferences()
	folder := p.String("export.folder")
	if folder == "" {
		folder, _ = os.UserHomeDir()
	}
	path := widgets.NewEntry("")
	format := widgets.NewExplained(formats, "", nil)
	kind := p.StringWithFallback("compare.format", ".csv")
	format.OnChanged = func(k string) {
		path.SetText(strings.TrimSuffix(path.Text, filepath.Ext(path.Text)) + k)
		p.SetString("compare.format", k)
		format.Explain()
	}
	format.Set(kind)
	path.SetText(filepath.Join(folder, FileName(Title(c.current))+kind))
	head := widgets.NewText("Export the comparison", theme.SizeSub, "")
	head.Bold = true
	problem := widget.NewLabel("")
	problem.Importance = widget.DangerImportance
	problem.Wrapping = fyne.TextWrapWord
	problem.Hide()
	var pop *widget.PopUp
	write := func() {
		file := strings.TrimSpace(path.Text)
		if err := known(file); err != nil {
			problem.SetText(present.UpperFirst(err.Error()))
			problem.Show()
			return
		}
		put := func() {
			pop.Hide()
			p.SetString("export.folder", filepath.Dir(file))
			c.write(file)
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
	body := widgets.Column(theme.Gap3, head, widgets.Field("Format", format.Box, ""), widgets.Field("File", path, ""), problem,
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", func() { pop.Hide() }), widgets.Primary("Export", "export", write)))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), c.s.Window().Canvas())
	pop.Resize(fyne.NewSize(620, pop.MinSize().Height+20))
	pop.Show()
	c.s.Window().Canvas().Focus(path)
	c.s.Trace("export form", map[string]any{"open": true})
}

// known tells whether a file's ending names a format.
func known(path string) error {
	ending := strings.ToLower(filepath.Ext(path))
	for _, f := range formats {
		if f.Key == ending {
			return nil
		}
	}
	return fmt.Errorf("the ending %q names no format: end the file in .csv, .pdf, .docx, .md or .html", ending)
}

// write writes the comparison that is shown to a file, in the background.
func (c *Screen) write(path string) {
	nb, table, grades, current := c.s.Notebook(), c.table, c.grades, c.current
	work := c.s.Working("Exporting " + filepath.Base(path))
	c.s.Background(func(context.Context) {
		var err error
		if strings.EqualFold(filepath.Ext(path), ".csv") {
			err = writeFile(path, table, grades)
		} else {
			err = export.Briefing(work.Context(), nb, asBriefing(current), path, time.Now())
		}
		c.s.Deliver(func() {
			work.Finish()
			if err != nil {
				c.s.Fail("write the comparison to "+filepath.Base(path), err)
				return
			}
			c.s.Toast(session.Toast{Text: "Comparison written to " + filepath.Base(path)})
			c.s.Trace("exported", map[string]any{"path": path, "kind": strings.TrimPrefix(filepath.Ext(path), ".")})
		})
	})
}

// asBriefing is a comparison as a briefing of its own, for the formats that
// briefings have.
func asBriefing(c notebook.Comparison) notebook.Briefing {
	return notebook.Briefing{Title: Title(c), Parts: []notebook.Part{
		{Kind: notebook.PartComparison, Countries: c.Countries, Topics: c.Topics},
		{Kind: notebook.PartSources},
	}}
}

func writeFile(path string, t notebook.Table, grades map[notebook.ClaimID]string) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".sourcebook-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	err = Write(f, t, grades)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// FileName turns a title into a name for a file.
func FileName(title string) string {
	out := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < 32 {
			return '-'
		}
		return r
	}, strings.TrimSpace(title))
	if out = strings.Trim(present.Short(out, 80), " .…"); out == "" {
		return "untitled"
	}
	return out
}

// Write writes a comparison as CSV: a row a topic, a column a country. A cell
// that a spreadsheet would take for a formula is written as text.
func Write(w io.Writer, t notebook.Table, grades map[notebook.ClaimID]string) error {
	out := csv.NewWriter(w)
	head := []string{"Topic"}
	for _, c := range t.Countries {
		head = append(head, country.Name(c, "en"))
	}
	if err := out.Write(head); err != nil {
		return fmt.Errorf("write the heading: %w", err)
	}
	for _, r := range t.Rows {
		row := []string{present.CSVCell(r.Topic)}
		for _, cell := range r.Cells {
			var lines []string
			if cell.Note != "" {
				lines = append(lines, cell.Note)
			}
			for _, c := range cell.Claims {
				end := present.Join(grades[c.ID], string(c.EventDate))
				if end != "" {
					end = " (" + end + ")"
				}
				lines = append(lines, c.Statement+end)
			}
			row = append(row, present.CSVCell(strings.Join(lines, "\n")))
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write topic %q: %w", r.Topic, err)
		}
	}
	out.Flush()
	return out.Error()
}

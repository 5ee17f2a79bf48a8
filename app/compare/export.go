package compare

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// export asks for a file and writes the table as CSV.
func (c *Screen) export() {
	if len(c.table.Rows) == 0 || len(c.current.Countries) < atLeast {
		c.s.Toast(session.Toast{Text: "There is no comparison to export yet"})
		return
	}
	table, grades := c.table, c.grades
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil {
			c.s.Fail("choose a file for the comparison", err)
			return
		}
		if w == nil {
			return
		}
		path := w.URI().Path()
		c.s.Background(func(context.Context) {
			err := Write(w, table, grades)
			if cerr := w.Close(); err == nil {
				err = cerr
			}
			if err != nil {
				os.Remove(path)
			}
			c.s.Deliver(func() {
				if err != nil {
					c.s.Fail("write the comparison to "+filepath.Base(path), err)
					return
				}
				c.s.Toast(session.Toast{Text: "Comparison written to " + filepath.Base(path)})
				c.s.Trace("exported", map[string]any{"path": path, "kind": "csv"})
			})
		})
	}, c.s.Window())
	d.SetFilter(storage.NewExtensionFileFilter([]string{".csv"}))
	d.SetFileName(FileName(Title(c.current)) + ".csv")
	size := c.s.Window().Canvas().Size()
	d.Resize(fyne.NewSize(min(900, size.Width-60), min(620, size.Height-80)))
	d.Show()
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
		row := []string{plain(r.Topic)}
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
			row = append(row, plain(strings.Join(lines, "\n")))
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write topic %q: %w", r.Topic, err)
		}
	}
	out.Flush()
	return out.Error()
}

func plain(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

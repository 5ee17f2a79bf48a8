package library

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
	"sourcebook/notebook/country"
)

func sourcesSaid(n int) string { return present.Count(n, "source") }
func chosenSaid(n int) string  { return present.Number(n) + " chosen" }

func separator() fyne.CanvasObject { return widget.NewSeparator() }

func showMenu(s session.Session, items []*fyne.MenuItem, at fyne.Position) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), s.Window().Canvas(), at)
}

// carry shows a word beside the pointer while something is dragged; an empty
// one takes it away.
func (b *bulk) carry(text string, at fyne.Position) {
	c := b.l.s.Window().Canvas()
	if text == "" {
		if b.ghost != nil {
			b.l.s.Window().Canvas().Overlays().Remove(b.ghost)
			b.ghost = nil
		}
		return
	}
	if b.ghost == nil {
		b.label = widgets.NewText("", theme.SizeBody, theme.ColorOnToast)
		b.label.Whole = true
		b.pop = container.NewStack(widgets.NewSurface(theme.ColorToast), widgets.Pad(theme.Gap2, theme.Gap1, b.label))
		b.ghost = container.NewWithoutLayout(b.pop)
		c.Overlays().Add(b.ghost)
	}
	b.label.SetText(text)
	b.pop.Resize(b.pop.MinSize())
	b.pop.Move(at.AddXY(14, 10))
	b.ghost.Refresh()
}

// items are what can be done with the chosen sources, for menus.
func (b *bulk) items() []*fyne.MenuItem {
	grade := fyne.NewMenuItem("Set the reliability", nil)
	var grades []*fyne.MenuItem
	for _, c := range present.Reliabilities {
		grades = append(grades, fyne.NewMenuItem(c.Key+"  "+c.Label, func() { b.grade(notebook.Reliability(c.Key)) }))
	}
	grades = append(grades, fyne.NewMenuItemSeparator(), fyne.NewMenuItem("As its publisher", func() { b.grade("") }))
	grade.ChildMenu = fyne.NewMenu("", grades...)
	return []*fyne.MenuItem{
		fyne.NewMenuItem("Mark as read", func() { b.mark(true) }),
		fyne.NewMenuItem("Mark as unread", func() { b.mark(false) }),
		fyne.NewMenuItem("Tag…", b.askTag),
		fyne.NewMenuItem("Take tags away…", b.askUntag),
		fyne.NewMenuItem("Move to a folder…", b.askFolder),
		grade,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Make a briefing from these", b.brief),
		fyne.NewMenuItem("Export the list as CSV…", b.askCSV),
	}
}

// mark marks the chosen sources as read or unread.
func (b *bulk) mark(read bool) {
	ids := b.l.ids()
	word := "read"
	if !read {
		word = "unread"
	}
	b.l.edit("mark them as "+word, sourcesSaid(len(ids))+" marked as "+word, &notebook.EditSources{Sources: ids, Read: &read})
}

// grade sets the reliability of the chosen sources; empty: that of their
// publishers.
func (b *bulk) grade(r notebook.Reliability) {
	said := sourcesSaid(len(b.l.chosen)) + " graded " + string(r)
	if r == "" {
		said = sourcesSaid(len(b.l.chosen)) + " graded as their publishers"
	}
	b.l.edit("grade the sources", said, &notebook.EditSources{Sources: b.l.ids(), Reliability: &r})
}

// tag adds tags to sources.
func (l *Screen) tag(ids []notebook.SourceID, tags []string) {
	if len(tags) == 0 {
		return
	}
	l.edit("tag the sources", sourcesSaid(len(ids))+" tagged "+strings.Join(tags, ", "), &notebook.EditSources{Sources: ids, AddTags: tags})
}

// file moves sources to a folder, out of all where it is empty.
func (l *Screen) file(ids []notebook.SourceID, folder string) {
	said := sourcesSaid(len(ids)) + " moved to " + folder
	if folder == "" {
		said = sourcesSaid(len(ids)) + " taken out of their folders"
	}
	l.edit("move the sources to a folder", said, &notebook.EditSources{Sources: ids, Folder: &folder})
}

// askWords asks for words in a small form, with what is in use offered.
func (b *bulk) askWords(title, label, ok string, most int, have []string, free bool, take func([]string)) {
	s := b.l.s
	var options []widgets.Option
	for _, w := range have {
		options = append(options, widgets.Option{Key: w, Label: w})
	}
	var own func(string) (widgets.Option, bool)
	if free {
		own = func(typed string) (widgets.Option, bool) {
			return widgets.Option{Key: typed, Label: typed}, typed != ""
		}
	}
	tokens := widgets.NewTokens(label, widgets.CompleteWord(options), own)
	tokens.Max = most
	head := widgets.NewText(title, theme.SizeSub, "")
	head.Bold = true
	var pop *widget.PopUp
	do := func() {
		typed := strings.TrimSpace(tokens.Entry.Text)
		words := tokens.Keys()
		if typed != "" && free {
			words = append(words, typed)
		}
		pop.Hide()
		take(words)
	}
	tokens.Entry.OnEscape = func() { pop.Hide() }
	inner := tokens.Entry.OnKey
	tokens.Entry.OnKey = func(k fyne.KeyName) bool {
		if (k == fyne.KeyReturn || k == fyne.KeyEnter) && strings.TrimSpace(tokens.Entry.Text) == "" && len(tokens.Keys()) > 0 {
			do()
			return true
		}
		return inner(k)
	}
	body := widgets.Column(theme.Gap3, head, widgets.Muted(sourcesSaid(len(b.l.chosen))), tokens.Box, widgets.Tall(150, container.NewStack()),
		widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", func() { pop.Hide() }), widgets.Primary(ok, "check", do)))
	pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap3, body), s.Window().Canvas())
	pop.Resize(fyne.NewSize(460, pop.MinSize().Height))
	pop.Show()
	s.Window().Canvas().Focus(tokens.Entry)
	s.Trace("words form", map[string]any{"open": true})
}

func (b *bulk) askTag() {
	ids := b.l.ids()
	b.askWords("Tag", "Add a tag", "Tag", 0, b.l.bar.tags, true, func(tags []string) { b.l.tag(ids, tags) })
}

func (b *bulk) askUntag() {
	ids := b.l.ids()
	b.askWords("Take tags away", "A tag to take away", "Take away", 0, b.l.bar.tags, false, func(tags []string) {
		if len(tags) == 0 {
			return
		}
		b.l.edit("take tags away", "Took "+strings.Join(tags, ", ")+" from "+sourcesSaid(len(ids)), &notebook.EditSources{Sources: ids, RemoveTags: tags})
	})
}

func (b *bulk) askFolder() {
	ids := b.l.ids()
	b.askWords("Move to a folder", "A folder, or a new one; none: out of all folders", "Move", 1, b.l.bar.folders, true, func(words []string) {
		b.l.file(ids, strings.Join(words, ""))
	})
}

// brief makes a briefing of what is claimed on the chosen sources: the claims
// that lean on them, the best graded as key judgements, and a section for each
// country.
func (b *bulk) brief() {
	ids := b.l.ids()
	s := b.l.s
	loader := &session.Loader{}
	session.Load(s, loader, "make the briefing", func(ctx context.Context, tx *notebook.Tx) (notebook.Briefing, error) {
		return briefingOf(ctx, tx, ids)
	}, func(br notebook.Briefing) {
		if len(br.Parts) == 0 {
			s.Toast(session.Toast{Text: "No claim leans on " + map[bool]string{true: "this source", false: "these sources"}[len(ids) == 1] + " yet: make claims first"})
			return
		}
		br.Author = s.Preferences().String("briefing.author")
		br.TLP = notebook.TLP(s.Preferences().String("briefing.tlp"))
		cmd := &notebook.PutBriefing{Briefing: br}
		s.Do("make the briefing", func(err error) {
			if err == nil {
				s.Go(session.Target{Place: session.Briefings, ID: string(cmd.Briefing.ID)})
			}
		}, cmd)
	})
}

// briefingOf puts the claims that lean on sources into a briefing, by the
// country that each names first. It has no parts where there are none.
func briefingOf(ctx context.Context, tx *notebook.Tx, ids []notebook.SourceID) (notebook.Briefing, error) {
	var br notebook.Briefing
	seen := map[notebook.ClaimID]bool{}
	var order []country.Code
	parts := map[country.Code][]notebook.ClaimID{}
	for _, id := range ids {
		if ctx.Err() != nil {
			return br, ctx.Err()
		}
		for c, err := range tx.Claims(notebook.ClaimQuery{Source: id}) {
			if err != nil {
				return br, err
			}
			if seen[c.ID] {
				continue
			}
			seen[c.ID] = true
			var code country.Code
			if len(c.Countries) > 0 {
				code = c.Countries[0]
			}
			if parts[code] == nil {
				order = append(order, code)
			}
			parts[code] = append(parts[code], c.ID)
		}
	}
	if len(order) == 0 {
		return br, nil
	}
	slices.SortStableFunc(order, func(a, b country.Code) int {
		if (a == "") != (b == "") { // what names no country comes last
			return map[bool]int{true: 1, false: -1}[a == ""]
		}
		return strings.Compare(country.Name(a, "en"), country.Name(b, "en"))
	})
	var names []string
	for _, code := range order {
		heading := "Not of one country"
		if code != "" {
			heading = country.Name(code, "en")
			names = append(names, heading)
		}
		br.Parts = append(br.Parts, notebook.Part{Kind: notebook.PartSection, Heading: heading, Claims: parts[code]})
	}
	br.Parts = append(br.Parts, notebook.Part{Kind: notebook.PartSources, Heading: briefing.HeadingSources})
	br.Title = "What " + sourcesSaid(len(ids)) + " say"
	if len(ids) == 1 {
		br.Title = "What one source says"
	}
	if n := len(names); n > 0 && n <= 4 {
		br.Title = present.Short(strings.Join(names, ", "), 80)
	}
	return br, nil
}

// askCSV writes the chosen sources as a table to a file.
func (b *bulk) askCSV() {
	s := b.l.s
	ids := b.l.ids()
	d := dialog.NewFileSave(func(w fyne.URIWriteCloser, err error) {
		if err != nil {
			s.Fail("choose a file for the list", err)
			return
		}
		if w == nil {
			return
		}
		path := w.URI().Path()
		nb := s.Notebook()
		s.Background(func(ctx context.Context) {
			err := nb.View(func(tx *notebook.Tx) error { return WriteCSV(ctx, w, tx, ids) })
			if cerr := w.Close(); err == nil {
				err = cerr
			}
			if err != nil {
				os.Remove(path)
			}
			s.Deliver(func() {
				if err != nil {
					s.Fail("write the list to "+filepath.Base(path), err)
					return
				}
				s.Toast(session.Toast{Text: sourcesSaid(len(ids)) + " written to " + filepath.Base(path)})
				s.Trace("exported", map[string]any{"path": path, "kind": "csv"})
			})
		})
	}, s.Window())
	d.SetFilter(storage.NewExtensionFileFilter([]string{".csv"}))
	d.SetFileName("sources.csv")
	size := s.Window().Canvas().Size()
	d.Resize(fyne.NewSize(min(900, size.Width-60), min(620, size.Height-80)))
	d.Show()
}

// WriteCSV writes sources as CSV, a line each, in the order given. Dates are as
// stored, ISO 8601. A cell that a spreadsheet would take for a formula is
// written as text.
func WriteCSV(ctx context.Context, w io.Writer, tx *notebook.Tx, ids []notebook.SourceID) error {
	out := csv.NewWriter(w)
	head := []string{"Title", "Site", "Author", "Published", "Captured", "Kind", "Language", "Countries", "Tags", "Folder", "Reliability", "Highlights", "Claims", "Words", "Read", "Address", "ID"}
	if err := out.Write(head); err != nil {
		return fmt.Errorf("write the heading: %w", err)
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s, err := tx.Source(id)
		if err != nil {
			return err
		}
		grade, err := tx.GradeOf(s)
		if err != nil {
			return err
		}
		claims, err := tx.CountClaims(notebook.ClaimQuery{Source: id})
		if err != nil {
			return err
		}
		highlights, err := tx.Highlights(id)
		if err != nil {
			return err
		}
		var codes []string
		for _, c := range s.Countries {
			codes = append(codes, c.Code)
		}
		row := []string{present.SourceTitle(s), siteOf(s), strings.Join(s.Byline, "; "), string(s.Published), s.Captured.Format("2006-01-02"), string(s.Kind), s.Lang,
			strings.Join(codes, " "), strings.Join(s.Tags, "; "), s.Folder, string(grade), fmt.Sprint(len(highlights)), fmt.Sprint(claims), fmt.Sprint(s.Words), fmt.Sprint(s.Read), s.URL, string(s.ID)}
		for i := range row {
			row[i] = present.CSVCell(row[i])
		}
		if err := out.Write(row); err != nil {
			return fmt.Errorf("write source %s: %w", id, err)
		}
	}
	out.Flush()
	return out.Error()
}

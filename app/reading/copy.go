package reading

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// The ways to copy a passage.
const (
	copyPlain    = "plain"
	copyQuote    = "quote"
	copyMarkdown = "markdown"
)

// copySelection copies the selection of the text.
func (p *Pane) copySelection(as string) bool { return p.copyOf(p.reader, as) }

// copyOf copies what is selected in one of the pane's texts.
func (p *Pane) copyOf(r *reader.Reader, as string) bool {
	sel, text, ok := r.Selection()
	if !ok || p.held == nil {
		return false
	}
	said := "Copied"
	switch as {
	case copyQuote:
		text, said = quotation(text, p.held.source), "Copied with its source"
	case copyMarkdown:
		text, said = markdown(p.held.doc.Blocks, sel, p.held.source), "Copied as Markdown"
	}
	fyne.CurrentApp().Clipboard().SetContent(text)
	p.s.Toast(session.Toast{Text: said})
	return true
}

// quotation sets a passage in quotation marks with its source behind.
func quotation(text string, s notebook.Source) string {
	return "“" + text + "” (" + present.Join(present.SourceTitle(s), strings.Join(s.Byline, ", "), s.Site, present.Date(s.Published), s.URL) + ")"
}

// markdown writes the blocks that a selection takes as Markdown, as a quotation
// with a linked source line.
func markdown(blocks []document.Block, sel reader.Range, s notebook.Source) string {
	var out []string
	at := 0
	list := false
	for _, b := range blocks {
		if b.Text == "" {
			continue
		}
		runes := []rune(b.Text)
		start, end := max(sel.Start-at, 0), min(sel.End-at, len(runes))
		at += len(runes) + 2
		if start >= end {
			continue
		}
		part := markdownBlock(b, start, end)
		if b.Kind == document.ListItem && list && len(out) > 0 { // items of a list stand together
			out[len(out)-1] += "\n" + part
			continue
		}
		list = b.Kind == document.ListItem
		out = append(out, part)
	}
	text := strings.Join(out, "\n\n")
	title := escapeMarkdown(present.SourceTitle(s))
	if s.URL != "" {
		title = "[" + title + "](" + strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29").Replace(s.URL) + ")"
	}
	source := "— " + present.Join(title, escapeMarkdown(strings.Join(s.Byline, ", ")), escapeMarkdown(s.Site), present.Date(s.Published))
	return "> " + strings.ReplaceAll(text+"\n\n"+source, "\n", "\n> ") + "\n"
}

// markdownBlock writes runes start..end of a block.
func markdownBlock(b document.Block, start, end int) string {
	runes := []rune(b.Text)
	if b.Kind == document.Code {
		return "```\n" + string(runes[start:end]) + "\n```"
	}
	var sb strings.Builder
	from := start
	for _, l := range b.Links {
		s, e := max(l.Start, from), min(l.End, end)
		if s >= e {
			continue
		}
		sb.WriteString(escapeMarkdown(string(runes[from:s])))
		sb.WriteString("[" + escapeMarkdown(string(runes[s:e])) + "](" + strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29").Replace(l.URL) + ")")
		from = e
	}
	sb.WriteString(escapeMarkdown(string(runes[from:end])))
	text := sb.String()
	switch b.Kind {
	case document.Heading:
		return strings.Repeat("#", min(max(b.Level, 1)+1, 6)) + " " + strings.Join(strings.Fields(text), " ")
	case document.ListItem:
		marker := "- "
		if first, _ := utf8.DecodeRuneInString(b.Text); first >= '0' && first <= '9' && start == 0 {
			marker = "" // it brings its number along
		}
		return strings.Repeat("    ", max(b.Level, 1)-1) + marker + text
	case document.Quote:
		return "> " + strings.ReplaceAll(text, "\n", "\n> ")
	case document.Table:
		return markdownTable(text)
	case document.Caption:
		return "*" + text + "*"
	}
	return strings.ReplaceAll(text, "\n", "  \n")
}

func markdownTable(text string) string {
	var sb strings.Builder
	for i, row := range strings.Split(text, "\n") {
		cells := strings.Split(row, "\t")
		for j := range cells {
			cells[j] = strings.ReplaceAll(cells[j], "|", "\\|")
		}
		if i > 0 {
			sb.WriteByte('\n')
		}
		sb.WriteString("| " + strings.Join(cells, " | ") + " |")
		if i == 0 {
			sb.WriteString("\n|" + strings.Repeat(" --- |", len(cells)))
		}
	}
	return sb.String()
}

// escapeMarkdown keeps letters that mean something in Markdown what they are.
var escapeMarkdown = strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "[", "\\[", "]", "\\]", "<", "\\<", "`", "\\`").Replace

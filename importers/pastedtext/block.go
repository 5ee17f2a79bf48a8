package pastedtext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/importers/pastedtext/line"
	"sourcebook/notebook/document"
)

// blocks makes blocks of the body's lines.
func (p *paste) blocks() []document.Block {
	var list []document.Block
	for i := range p.lines {
		if p.part[i] == body {
			list = append(list, p.block(i, p.blockKind(i)))
		}
	}
	return list
}

// block is line i as a block of a kind.
func (p *paste) block(i int, kind document.BlockKind) document.Block {
	b := document.Block{Kind: kind, Text: p.lines[i].Text}
	switch kind {
	case document.Heading:
		b.Level = 2
	case document.ListItem:
		b.Level = 1
		b.Text = cutBullet(b.Text)
	}
	b.Links = linksIn(b.Text)
	return b
}

// blockKind tells a heading, list item, caption or table row from a paragraph.
func (p *paste) blockKind(i int) document.BlockKind {
	l := &p.lines[i]
	switch {
	case cutBullet(l.Text) != l.Text:
		return document.ListItem
	case strings.Count(l.Text, "\t") > 0:
		return document.Table
	case l.Start&line.Credit != 0 && l.Words() <= 30 && credit(l.Text):
		return document.Caption
	}
	// A heading is short, ends without a mark, and prose follows.
	next := i + 1
	for next < len(p.lines) && p.part[next] != body {
		next++
	}
	if l.Words() <= 14 && l.Words() > 0 && capitalised(l.Text) && headingEnd(l.Last()) && next < len(p.lines) && next <= i+3 && i > p.top && p.lines[next].Words() >= 12 && (l.BlankBefore || l.BlankAfter || p.lines[next].Prose()) {
		previous := i - 1
		for previous > p.top && p.part[previous] != body {
			previous--
		}
		if previous >= 0 && (p.lines[previous].Words() >= 6 || l.BlankBefore) {
			return document.Heading
		}
	}
	return document.Paragraph
}

// headingEnd says whether a heading may end with r.
func headingEnd(r rune) bool {
	switch r {
	case '.', ',', ';', ':', '…', '。', '-', '–', '—':
		return false
	}
	return true
}

// credit says that a line names the maker of a picture: "Photo: …", "Фото: …".
func credit(text string) bool {
	head, _, ok := strings.Cut(text, ":")
	return ok && len(strings.Fields(head)) <= 3
}

// cutBullet takes the bullet or dash off a list item.
func cutBullet(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	switch r {
	case '•', '▪', '●', '◦', '‣', '■', '○', '·', '*', '◆', '►', '–', '-':
		rest := text[size:]
		if s := strings.TrimLeftFunc(rest, unicode.IsSpace); s != rest && s != "" {
			return s
		}
	}
	return text
}

// linksIn finds the addresses that are written out in text.
func linksIn(text string) []document.Link {
	var links []document.Link
	runes, counted := 0, 0 // code points before byte counted
	for from := 0; ; {
		i := strings.Index(text[from:], "http")
		if i < 0 {
			return links
		}
		i += from
		rest := text[i:]
		if !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") {
			from = i + 4
			continue
		}
		n := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("<>\"“”«»", r) })
		if n < 0 {
			n = len(rest)
		}
		address := strings.TrimRight(rest[:n], ".,;:!?'’")
		if !strings.Contains(address, "(") {
			address = strings.TrimRight(address, ")")
		}
		if len(address) > 10 && len(address) < 2000 {
			start := runes + utf8.RuneCountInString(text[counted:i])
			runes, counted = start, i
			links = append(links, document.Link{Start: start, End: start + utf8.RuneCountInString(address), URL: address})
		}
		from = i + max(n, 4)
	}
}

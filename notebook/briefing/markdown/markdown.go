// Package markdown renders a composed briefing as Markdown: CommonMark with
// the tables and the footnotes of GitHub and Pandoc.
//
// What is text in the briefing is text in the Markdown, whatever signs stand in
// it; tests read the result back and compare.
package markdown

import (
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
)

// Render writes d as Markdown. The same document gives the same bytes. The
// marking stands on the first line and on the last.
func Render(w io.Writer, d *briefing.Document) error {
	p := &page{doc: d}
	p.marking()
	p.add("# " + line(briefing.Plain(d.Title)))
	if d.Subtitle != "" {
		p.add("*" + escape(d.Subtitle) + "*")
	}
	by := briefing.DateWords(d.Date)
	if d.Author != "" {
		by += " · " + escape(d.Author)
	}
	p.add(by)
	for _, s := range d.Ordered() {
		p.add("## " + line(briefing.Plain(strings.TrimSpace(s.Number+" "+s.Heading))))
		p.blocks(s.Blocks)
		if s.Kind == notebook.PartSources {
			p.sources()
		}
	}
	p.notes()
	p.marking()
	if _, err := io.WriteString(w, strings.Join(p.parts, "\n\n")+"\n"); err != nil {
		return fmt.Errorf("write briefing %q as Markdown: %w", d.Title, err)
	}
	return nil
}

// page gathers blocks, which a blank line parts.
type page struct {
	doc   *briefing.Document
	parts []string
}

func (p *page) add(block string) { p.parts = append(p.parts, block) }

func (p *page) marking() {
	if m := briefing.MarkingWords(p.doc.TLP); m != "" {
		p.add("**" + escape(m) + "**")
	}
}

func (p *page) blocks(blocks []briefing.Block) {
	for _, b := range blocks {
		if s := block(b); s != "" {
			p.add(s)
		}
	}
}

// sources are the summary statement and the scales; the endnotes themselves are
// footnote definitions, which a reader sets below these.
func (p *page) sources() {
	if len(p.doc.Summary) > 0 {
		p.add("### " + briefing.HeadingSummary)
		for _, s := range p.doc.Summary {
			p.add(escape(s))
		}
	}
	if scales := p.doc.Scales(); len(scales) > 0 {
		p.add("### " + briefing.HeadingScales)
		for _, s := range scales {
			p.add("**" + escape(s.Name) + ".** " + escape(s.Text))
			var rows []string
			for _, r := range s.Rows {
				rows = append(rows, "- **"+escape(r[0])+"** "+escape(r[1]))
			}
			p.add(strings.Join(rows, "\n"))
		}
	}
	if len(p.doc.Notes) > 0 {
		p.add("### " + briefing.HeadingNotes)
	}
}

func (p *page) notes() {
	for _, n := range p.doc.Notes {
		name := "**" + escape(n.Name()) + "**"
		lines := []string{name}
		for _, d := range n.Descriptor() {
			lines = append(lines, escape(d))
		}
		if n.URL != "" {
			lines = append(lines, link(escape(n.URL), n.URL))
		}
		if n.SHA256 != "" {
			lines = append(lines, briefing.WordSHA256+" `"+strings.Map(hexOnly, n.SHA256)+"`")
		}
		for _, q := range n.Passages {
			lines = append(lines, "“"+escape(q)+"”")
		}
		p.add("[^" + strconv.Itoa(n.N) + "]: " + strings.Join(lines, "  \n    "))
	}
}

func hexOnly(r rune) rune {
	if unicode.Is(unicode.ASCII_Hex_Digit, r) {
		return r
	}
	return -1
}

func block(b briefing.Block) string {
	switch b := b.(type) {
	case briefing.Heading:
		return strings.Repeat("#", min(b.Level+2, 6)) + " " + line(append(briefing.Plain(prefix(b.Number)), b.Text...))
	case briefing.Paragraph:
		return inline(b.Text, "  \n")
	case briefing.Quote:
		return indent(join(b.Blocks), "> ", "> ")
	case briefing.Code:
		return fence(b.Text)
	case briefing.List:
		return list(b)
	case briefing.Claims:
		return claims(b.Items, false, true)
	case briefing.Judgements:
		return claims(b.Items, true, false)
	case briefing.Timeline:
		return timeline(b)
	case briefing.Table:
		return table(b)
	}
	return ""
}

func prefix(number string) string {
	if number == "" {
		return ""
	}
	return number + " "
}

func join(blocks []briefing.Block) string {
	var parts []string
	for _, b := range blocks {
		if s := block(b); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n\n")
}

// indent sets first before the first line of s and rest before the others.
func indent(s, first, rest string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		switch {
		case i == 0:
			lines[i] = strings.TrimRight(first+l, " ")
			if strings.HasSuffix(l, "  ") {
				lines[i] = first + l
			}
		case l == "":
			lines[i] = strings.TrimRight(rest, " ")
		default:
			lines[i] = rest + l
		}
	}
	return strings.Join(lines, "\n")
}

func list(l briefing.List) string {
	var items []string
	for i, item := range l.Items {
		mark := "- "
		if l.Ordered {
			mark = strconv.Itoa(l.Start+i) + ". "
		}
		items = append(items, indent(join(item), mark, strings.Repeat(" ", len(mark))))
	}
	return strings.Join(items, "\n")
}

func claims(items []briefing.Claim, numbered, facts bool) string {
	var out []string
	for i, c := range items {
		mark := "- "
		if numbered {
			mark = strconv.Itoa(i+1) + ". "
		}
		out = append(out, indent(strings.Join(claim(c, facts), "  \n"), mark, strings.Repeat(" ", len(mark))))
	}
	return strings.Join(out, "\n")
}

// claim is a claim line by line.
func claim(c briefing.Claim, facts bool) []string {
	head := inline(c.Statement.WithNotes(c.Notes...), " ")
	if g := c.Grade(); g != "" {
		head = "**" + escape(g) + "** " + head
	}
	lines := []string{head}
	if f := c.Facts(); facts && len(f) > 0 {
		lines = append(lines, escape(strings.Join(f, " · ")))
	}
	if e := c.Estimate(); len(e) > 0 {
		lines = append(lines, escape(strings.Join(e, " ")))
	}
	for _, r := range c.Remarks {
		s := inline(r.Text, " ")
		if label := r.Kind.Label(); label != "" {
			s = "**" + escape(label) + "** " + s
		}
		lines = append(lines, s)
	}
	if len(c.See) > 0 {
		lines = append(lines, inline(briefing.Plain(briefing.WordSeeAlso).WithNotes(c.See...), " "))
	}
	return lines
}

func timeline(t briefing.Timeline) string {
	var out []string
	for _, c := range t.Entries {
		when := "**" + escape(briefing.DateWords(c.Date)) + "**"
		c.Date = ""
		out = append(out, indent(strings.Join(append([]string{when}, claim(c, true)...), "  \n"), "- ", "  "))
	}
	return strings.Join(out, "\n")
}

func table(t briefing.Table) string {
	columns := len(t.Header)
	for _, r := range t.Rows {
		columns = max(columns, len(r))
	}
	if columns == 0 {
		return ""
	}
	row := func(cells []briefing.Cell) string {
		var b strings.Builder
		b.WriteString("|")
		for i := range columns {
			var s string
			if i < len(cells) {
				s = cell(cells[i])
			}
			b.WriteString(" " + s + " |")
		}
		return b.String()
	}
	lines := []string{row(t.Header), "|" + strings.Repeat(" --- |", columns)}
	for _, r := range t.Rows {
		lines = append(lines, row(r))
	}
	return strings.Join(lines, "\n")
}

// cell is a cell on one line: what would be lines of its own is parted by <br>,
// the one tag that all readers of such tables know.
func cell(c briefing.Cell) string {
	if c.Gap {
		return "*" + briefing.WordNothing + "*"
	}
	var parts []string
	briefing.Walk(c.Blocks, func(b briefing.Block) {
		switch b := b.(type) {
		case briefing.Paragraph:
			parts = append(parts, inline(b.Text, "<br>"))
		case briefing.Heading:
			parts = append(parts, "**"+inline(b.Text, " ")+"**")
		case briefing.Code:
			parts = append(parts, inline(briefing.Plain(b.Text), "<br>"))
		case briefing.Claims:
			for _, item := range b.Items {
				parts = append(parts, strings.Join(claim(item, true), "<br>"))
			}
		}
	})
	return strings.Join(parts, "<br>")
}

// line is running text that must stay on one line, as in a heading.
func line(t briefing.Text) string { return inline(t, " ") }

// inline writes running text; brk stands for a line break within it.
func inline(t briefing.Text, brk string) string {
	var b strings.Builder
	for _, s := range t {
		if s.Note > 0 {
			b.WriteString("[^" + strconv.Itoa(s.Note) + "]")
			continue
		}
		for i, part := range strings.Split(clean(s.Text), "\n") {
			if i > 0 {
				b.WriteString(brk)
			}
			b.WriteString(span(part, s))
		}
	}
	out := b.String()
	if trimmed := strings.TrimLeft(out, " "); trimmed != "" {
		return starts(trimmed)
	}
	return ""
}

func span(text string, s briefing.Span) string {
	// Marks of emphasis must touch a letter, so white space stays outside.
	core := strings.TrimSpace(text)
	if core == "" {
		return text
	}
	lead, tail := text[:strings.Index(text, core)], text[strings.Index(text, core)+len(core):]
	out := mask(core)
	if s.Code {
		out = codeSpan(core)
	}
	if s.Italic {
		out = "*" + out + "*"
	}
	if s.Bold {
		out = "**" + out + "**"
	}
	if s.URL != "" {
		out = link(out, s.URL)
	}
	return lead + out + tail
}

func link(words, target string) string {
	if u, err := url.Parse(target); err != nil || u.Scheme == "javascript" {
		return words
	}
	var b strings.Builder
	for i := 0; i < len(target); i++ {
		if c := target[i]; c <= ' ' || c >= 0x7F || strings.IndexByte("<>\\()|`\"", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return "[" + words + "](" + b.String() + ")"
}

// codeSpan is text between as many backticks as it has none in a row of.
func codeSpan(s string) string {
	ticks := strings.Repeat("`", longest(s, '`')+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return ticks + strings.ReplaceAll(s, "|", "\\|") + ticks
}

func fence(s string) string {
	ticks := strings.Repeat("`", max(longest(s, '`')+1, 3))
	return ticks + "\n" + clean(s) + "\n" + ticks
}

func longest(s string, c byte) int {
	most, n := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			n = 0
			continue
		}
		n++
		most = max(most, n)
	}
	return most
}

// clean is s in valid UTF-8, with one kind of line end and without the control
// characters that Markdown readers treat each in their own way.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return '\uFFFD'
		}
		return r
	}, s)
}

// escape is one line of plain text as Markdown.
func escape(s string) string { return line(briefing.Plain(s)) }

// mask sets a backslash before every sign that could begin markup.
func mask(s string) string {
	var b strings.Builder
	last := ' '
	for _, r := range s {
		if strings.ContainsRune("\\`*_[]<>|~&", r) || r == '#' && (last == ' ' || last == '#') {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// starts masks what makes a block of a line by standing at its beginning.
func starts(s string) string {
	var out []string
	for i, l := range strings.Split(s, "\n") {
		if i > 0 {
			l = strings.TrimLeft(l, " ")
		}
		switch {
		case l == "":
		case strings.IndexByte("+-=:!", l[0]) >= 0:
			l = "\\" + l
		case l[0] >= '0' && l[0] <= '9':
			n := strings.IndexFunc(l, func(r rune) bool { return r < '0' || r > '9' })
			if n > 0 && (l[n] == '.' || l[n] == ')') && (n+1 == len(l) || l[n+1] == ' ') {
				l = l[:n] + "\\" + l[n:]
			}
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

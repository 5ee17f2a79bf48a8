package mail

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// plainLine is a line of a plain text without its quotation marks.
type plainLine struct {
	text  string
	depth int // of quotation
}

// readPlain makes blocks of a plain text. Lines that the sender's program broke
// are joined again: by the marks of RFC 3676 where it is "flowed", else where
// the lines of a paragraph look broken at a margin.
func readPlain(text string, flowed, delsp bool) []document.Block {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	var lines []plainLine
	soft := false // the line before goes on
	for _, raw := range strings.Split(text, "\n") {
		l := plainLine{text: strings.TrimSuffix(strings.Map(visible, raw), "\u00a0")}
		l.depth, l.text = quoteDepth(l.text, flowed)
		if flowed {
			l.text = strings.TrimPrefix(l.text, " ") // stuffing
		}
		ends := flowed && strings.HasSuffix(l.text, " ") && l.text != "-- "
		if ends && delsp {
			l.text = strings.TrimSuffix(l.text, " ")
		}
		if n := len(lines); soft && n > 0 && lines[n-1].depth == l.depth && l.text != "-- " {
			lines[n-1].text += l.text
		} else {
			lines = append(lines, l)
		}
		soft = ends
	}
	var blocks []document.Block
	for i := 0; i < len(lines); {
		if strings.TrimSpace(lines[i].text) == "" {
			i++
			continue
		}
		j := i
		for j < len(lines) && lines[j].depth == lines[i].depth && strings.TrimSpace(lines[j].text) != "" {
			j++
		}
		blocks = append(blocks, paragraph(lines[i:j], flowed)...)
		i = j
	}
	return blocks
}

func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case r < ' ' || r == 0x7f || r == '\u200b' || r == '\ufeff':
		return -1
	}
	return r
}

// quoteDepth counts the marks of quotation before a line.
func quoteDepth(s string, flowed bool) (int, string) {
	n, rest := 0, s
	for {
		t := rest
		if n > 0 && !flowed {
			t = strings.TrimPrefix(rest, " ")
		}
		if n == 0 && strings.HasPrefix(t, ">From ") {
			return 0, t[1:] // as mailbox files write a line that begins so
		}
		if !strings.HasPrefix(t, ">") {
			break
		}
		n, rest = n+1, t[1:]
		if n > 50 {
			break
		}
	}
	if n > 0 && !flowed {
		rest = strings.TrimPrefix(rest, " ")
	}
	return n, rest
}

var (
	bullet   = regexp.MustCompile(`^( *)(?:[-*•·–]|\(?\d{1,2}[.)]) +\S`)
	bulletAt = regexp.MustCompile(`^ *(?:[-*•·–]) +`)
	rule     = regexp.MustCompile(`^[\s\-_=*~+#.]{3,}$`)
)

// margin bounds what counts as a line that was broken by a program, and nearly
// is how long the lines before its end are at least.
const (
	margin = 100
	nearly = 45
)

// paragraph makes blocks of neighbouring lines.
func paragraph(lines []plainLine, flowed bool) []document.Block {
	kind, level := document.Paragraph, 0
	if lines[0].depth > 0 {
		kind, level = document.Quote, lines[0].depth
	}
	var blocks []document.Block
	var now []string
	add := func() {
		if len(now) == 0 {
			return
		}
		text := strings.TrimSpace(join(now, flowed))
		b := document.Block{Kind: kind, Level: level, Text: text}
		if m := bullet.FindStringSubmatch(now[0]); m != nil && kind == document.Paragraph {
			b.Kind, b.Level = document.ListItem, 1+min(len(m[1])/2, 5)
			b.Text = strings.TrimSpace(bulletAt.ReplaceAllString(strings.TrimRight(text, " "), ""))
		}
		b.Links = linksIn(b.Text)
		if b.Text != "" {
			blocks = append(blocks, b)
		}
		now = nil
	}
	list := 0
	for _, l := range lines {
		if bullet.MatchString(l.text) {
			list++
		}
	}
	for _, l := range lines {
		if list > 0 && bullet.MatchString(l.text) && (list > 1 || len(now) == 0) || strings.TrimRight(l.text, " ") == "--" || rule.MatchString(l.text) {
			add()
		}
		if len(now) > 0 && kind == document.Paragraph && bullet.MatchString(now[0]) && strings.HasPrefix(l.text, " ") && !bullet.MatchString(l.text) {
			now[len(now)-1] += " " + strings.TrimSpace(l.text) // an entry of a list goes on
			continue
		}
		now = append(now, l.text)
		if rule.MatchString(l.text) {
			add()
		}
	}
	add()
	return blocks
}

// join puts lines together: with spaces where a program broke them, else with
// line breaks.
func join(lines []string, flowed bool) string {
	for i, l := range lines {
		lines[i] = strings.Join(strings.Fields(l), " ")
	}
	if flowed || len(lines) < 2 {
		return strings.Join(lines, "\n")
	}
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	if longest > margin || longest < nearly {
		return strings.Join(lines, "\n")
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			// The line before was broken if this one's first word had no room on it.
			first, _, _ := strings.Cut(l, " ")
			if n := utf8.RuneCountInString(lines[i-1]); n >= nearly && n+1+utf8.RuneCountInString(first) > longest-4 {
				b.WriteByte(' ')
			} else {
				b.WriteByte('\n')
			}
		}
		b.WriteString(l)
	}
	return b.String()
}

var address = regexp.MustCompile(`(?i)\bhttps?://[^\s<>"“”«»]+`)

// linksIn finds the addresses that stand in a text.
func linksIn(text string) []document.Link {
	var links []document.Link
	runes, at := 0, 0
	for _, m := range address.FindAllStringIndex(text, 500) {
		s := strings.TrimRight(text[m[0]:m[1]], ".,;:!?)]}'’…*")
		runes += utf8.RuneCountInString(text[at:m[0]])
		at = m[0]
		if n := utf8.RuneCountInString(s); n > 8 {
			links = append(links, document.Link{Start: runes, End: runes + n, URL: s})
		}
	}
	return links
}

// Package markdown reads Markdown (CommonMark with the tables, notes and other
// additions of GitHub, Pandoc and Obsidian), as note takers, clippers and site
// generators write it: the text as blocks, and what the front matter says.
//
// goldmark makes HTML of the text, and package webpage makes blocks of that, so
// that HTML within Markdown is read the same way.
package markdown

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"regexp"
	"strings"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"sourcebook/importers/language"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// The limits of one text. What lies beyond is left out with a warning.
const (
	maxBytes   = 4 << 20
	maxNesting = 60 // quotations and lists within one another on a line
	maxLine    = 256 << 10
	maxCells   = 500_000     // of tables, filled up
	maxPairing = 400_000_000 // steps that pairing marks of emphasis and links may take
)

// Options is what is known of a text from outside it. The zero value is fine.
type Options struct {
	URL      string    // where it was found
	Name     string    // file name, for a title of last resort
	Received time.Time // when it was captured: no date after it is believed
}

// Is tells by name, media type and first bytes whether a text is Markdown: by its
// ending, by what the server said, or by front matter.
func Is(name, mediaType string, head []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd":
		return true
	}
	if strings.HasPrefix(strings.ToLower(mediaType), "text/markdown") || strings.HasPrefix(strings.ToLower(mediaType), "text/x-markdown") {
		return true
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(head), "\xef\xbb\xbf"), "\r\n", "\n")
	front, _ := splitFront(text)
	return front.kind == "yaml" && frontKey.MatchString(front.text)
}

var engine = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.DefinitionList, extension.NewFootnote(extension.WithFootnoteBacklinkHTML(""))),
	goldmark.WithRendererOptions(html.WithUnsafe()), // what it lets through is read by package webpage, shown nowhere
)

var (
	noteMark = regexp.MustCompile(`<sup id="fnref[^"]*"><a href="[^"]*" class="footnote-ref"[^>]*>(\d+)</a></sup>`)
	noteText = regexp.MustCompile(`<li id="fn:(\d+)">\s*(<p>)?`)
)

// Read reads a text of Markdown in UTF-8. The error is ctx's.
func Read(ctx context.Context, text string, o Options) (*document.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read Markdown: %w", err)
	}
	d := &document.Document{Kind: document.Note, OriginOf: map[string]document.Origin{}}
	if len(text) > maxBytes {
		text = strings.ToValidUTF8(text[:maxBytes], "")
		d.Warnings = append(d.Warnings, fmt.Sprintf("the text is longer than %d MB: it is read up to there", maxBytes>>20))
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\ufeff"))
	front, body := splitFront(text)
	meta, err := front.fields()
	if err != nil {
		d.Warnings = append(d.Warnings, fmt.Sprintf("the front matter is not well-formed: it is read line by line (%v)", err))
	}
	body = tamed(d, wikiText(d, body))
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read Markdown: %w", err)
	}
	var out bytes.Buffer
	if err := engine.Convert([]byte(body), &out); err != nil {
		return nil, fmt.Errorf("read Markdown: %w", err)
	}
	describe(d, meta, o)
	markup := noteMark.ReplaceAllString(out.String(), "[$1]")
	markup = noteText.ReplaceAllString(markup, "<li>$2[$1] ")
	content, err := webpage.Blocks(ctx, markup, d.URL)
	if err != nil {
		return nil, fmt.Errorf("read Markdown: %w", err)
	}
	d.Warnings = append(d.Warnings, content.Warnings...)
	d.Images = content.Images
	d.Blocks = titled(d, content.Blocks, o)
	if d.URL != "" || len(d.Byline) > 0 {
		d.Kind = document.Article
	}
	d.Finish()
	d.Lang = language.Check(meta.first("lang", "language", "locale"), d.Title+"\n"+d.Text)
	return d, nil
}

// titled takes the headline out of the blocks, where it stands at their head.
func titled(d *document.Document, blocks []document.Block, o Options) []document.Block {
	if len(blocks) > 0 && blocks[0].Kind == document.Heading && blocks[0].Level == 1 {
		h := blocks[0].Text
		if d.Title == "" || strings.EqualFold(strings.TrimSpace(h), d.Title) {
			d.Set(&d.Title, "title", h, document.FromText, 0.9)
			d.Dropped = append(d.Dropped, document.Dropped{Reason: document.Repeated, Text: h})
			blocks[0].Text = "" // its place stays, for those of the pictures
			return blocks
		}
	}
	name := strings.TrimSuffix(path.Base(strings.ReplaceAll(o.Name, `\`, "/")), path.Ext(o.Name))
	if name != "." && name != "/" && strings.ContainsAny(name, " -_") {
		d.Set(&d.Title, "title", strings.TrimSpace(strings.ReplaceAll(name, "_", " ")), document.FromURL, 0.4)
	}
	return blocks
}

var (
	fence    = regexp.MustCompile("^ {0,3}(?:> ?)*(```+|~~~+)")
	embed    = regexp.MustCompile(`!\[\[[^\[\]\n]*\]\]`)
	wikiLink = regexp.MustCompile(`\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]`)
	marked   = regexp.MustCompile(`==([^=\n]+)==`)
	callout  = regexp.MustCompile(`^((?:> ?)+)\[!\w+\][+-]? ?`)
	comment  = regexp.MustCompile(`%%[^%\n]*%%`)
)

// wikiText turns what Obsidian and other wikis add to Markdown into what it
// stands for: links to notes into their text, comments into nothing. Code stays
// as it is.
func wikiText(d *document.Document, text string) string {
	if !strings.Contains(text, "[[") && !strings.Contains(text, "==") && !strings.Contains(text, "%%") && !strings.Contains(text, "[!") {
		return text
	}
	lines := strings.Split(text, "\n")
	open := ""
	for i, line := range lines {
		if m := fence.FindStringSubmatch(line); m != nil {
			switch {
			case open == "":
				open = m[1]
			case strings.HasPrefix(m[1], open):
				open = ""
			}
			continue
		}
		if open != "" {
			continue
		}
		if m := callout.FindStringSubmatch(line); m != nil {
			if rest := line[len(m[0]):]; rest != "" {
				line = m[1] + rest + "\n" + m[1] // its title is a paragraph
			} else {
				line = m[1]
			}
		}
		parts := strings.Split(line, "`")
		for k := 0; k < len(parts); k += 2 { // outside code
			s := comment.ReplaceAllStringFunc(parts[k], func(c string) string {
				if c = strings.Trim(c, "% "); c != "" {
					d.Dropped = append(d.Dropped, document.Dropped{Reason: document.Comments, Text: c})
				}
				return ""
			})
			s = embed.ReplaceAllString(s, "")
			s = wikiLink.ReplaceAllStringFunc(s, func(l string) string {
				m := wikiLink.FindStringSubmatch(l)
				if m[2] != "" {
					return m[2]
				}
				return m[1]
			})
			parts[k] = marked.ReplaceAllString(s, "$1")
		}
		lines[i] = strings.Join(parts, "`")
	}
	return strings.Join(lines, "\n")
}

// delimiters is the row under the head of a table.
var delimiters = regexp.MustCompile(`^[ >]*[|:-][|:\- \t]*\|[|:\- \t]*$`)

var bare = strings.NewReplacer("*", `\*`, "_", `\_`, "~", `\~`, "]", `\]`)

var nested = regexp.MustCompile(`^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t]))+`)

// tamed bounds what a hostile text may cost: how deep a line nests quotations
// and lists, and how long it is.
func tamed(d *document.Document, text string) string {
	lines := strings.Split(text, "\n")
	deep, long := false, false
	for i, line := range lines {
		if len(line) > maxLine {
			long = true
			line = strings.ToValidUTF8(line[:maxLine], "")
			lines[i] = line
		}
		head := nested.FindString(line)
		if len(head) <= maxNesting {
			continue
		}
		n := 0
		for at := 0; at < len(head); at++ {
			if strings.IndexByte(">-+*.)", head[at]) >= 0 {
				if n++; n == maxNesting {
					lines[i] = head[:at+1] + " " + line[len(head):]
					deep = true
					break
				}
			}
		}
	}
	cells, wide := 0, false
	for i, line := range lines { // goldmark fills every row of a table up to the width of its head
		if !delimiters.MatchString(line) {
			continue
		}
		rows := 1
		for rows+i < len(lines) && strings.TrimSpace(lines[i+rows]) != "" {
			rows++
		}
		if cells += rows * strings.Count(line, "|"); cells > maxCells {
			cells -= rows * strings.Count(line, "|")
			lines[i] = `\` + strings.TrimSpace(line)
			wide = true
		}
	}
	if wide {
		d.Warnings = append(d.Warnings, "a table is too large: it stands as text")
	}
	unpaired := false
	cost := 0
	for i := 0; i < len(lines); i++ { // goldmark pairs the marks of a paragraph in quadratic time
		marks, links, from := 0, 0, i
		for ; i < len(lines) && strings.TrimSpace(lines[i]) != ""; i++ {
			for at := 0; at < len(lines[i]); at++ {
				switch lines[i][at] {
				case '*', '_', '~':
					marks++
				case ']':
					links++
				}
			}
		}
		if cost += marks*marks + 4*links*links; cost < maxPairing {
			continue
		}
		cost -= marks*marks + 4*links*links
		unpaired = true
		for k := from; k < i; k++ {
			lines[k] = bare.Replace(lines[k])
		}
	}
	if unpaired {
		d.Warnings = append(d.Warnings, "a paragraph has too many marks of emphasis or links: they stand in the text")
	}
	if deep {
		d.Warnings = append(d.Warnings, "the text nests quotations or lists too deeply: the deepest are read side by side")
	}
	if long {
		d.Warnings = append(d.Warnings, fmt.Sprintf("a line is longer than %d KB: it is read up to there", maxLine>>10))
	}
	return strings.Join(lines, "\n")
}

package pastedtext

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"sourcebook/importers/language"
	"sourcebook/notebook/document"
)

// pageLines is the most lines, blank ones too, that a pasted page is taken to
// have. No page comes near; a text with more is a list, a log or a book.
const pageLines = 100_000

// readLong keeps a text of very many lines as a note: a block for each
// paragraph, its lines as they are.
func readLong(ctx context.Context, text string, o Options) (*document.Document, error) {
	d := &document.Document{Kind: document.Note, URL: o.URL}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	lines := 0
	for n := 0; text != ""; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// A paragraph ends at a blank line, or after as many lines as a block holds.
		end, next, inside := 0, 0, 0
		for next < len(text) && inside < 1000 {
			i := strings.IndexByte(text[next:], '\n')
			line := text[next:]
			if i >= 0 {
				line = text[next : next+i]
			}
			blank := strings.TrimSpace(line) == ""
			next = min(next+len(line)+1, len(text))
			if blank {
				break
			}
			end = next
			inside++
		}
		if s := strings.TrimSpace(text[:end]); s != "" {
			d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: s})
			if lines += inside; lines > MaxLines {
				return nil, fmt.Errorf("read pasted text of more than %d lines: %w", MaxLines, ErrTooLarge)
			}
		}
		text = text[next:]
	}
	if len(d.Blocks) == 0 {
		return nil, fmt.Errorf("read pasted text: %w", ErrEmpty)
	}
	d.Lang = language.Detect(headOf(d.Blocks))
	d.Warnings = append(d.Warnings, fmt.Sprintf("the text has %d lines and was kept whole, as a note", lines))
	d.Finish()
	return d, nil
}

// headOf is the text of the first blocks, as much as tells the language.
func headOf(blocks []document.Block) string {
	var b strings.Builder
	for i := 0; i < len(blocks) && b.Len() < 8<<10; i++ {
		t := blocks[i].Text
		n := min(len(t), 8<<10)
		for n < len(t) && !utf8.RuneStart(t[n]) {
			n++
		}
		b.WriteString(t[:n])
		b.WriteByte('\n')
	}
	return b.String()
}

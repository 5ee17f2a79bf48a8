package reading

import (
	"bytes"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// placeIn finds where a dropped passage stood: the block before which it comes
// back. original is the text of the capture as received (plainOriginal); what is
// not found in it comes back at the end, and sure is false.
func placeIn(d *document.Document, dropped int, original string) (at int, sure bool) {
	whole := squeeze(original)
	key := squeezedKey(d.Dropped[dropped].Text)
	if key == "" || whole == "" {
		return len(d.Blocks), false
	}
	// Where the blocks stand, one after the other; some are not found, such as
	// those that the importer put together.
	starts := make([]int, len(d.Blocks))
	from, found := 0, 0
	for i, b := range d.Blocks {
		starts[i] = -1
		k := squeezedKey(b.Text)
		if k == "" {
			continue
		}
		if j := strings.Index(whole[from:], k); j >= 0 {
			starts[i] = from + j
			from += j + len(k)
			found++
		}
	}
	if found == 0 {
		return len(d.Blocks), false
	}
	where := strings.Index(whole, key)
	if where < 0 {
		return len(d.Blocks), false
	}
	for i, s := range starts {
		if s > where {
			return i, true
		}
	}
	return len(d.Blocks), true
}

// squeezedKey is what a passage is looked for by: its first letters.
func squeezedKey(text string) string {
	const most = 90 // runes: enough to be one of a kind, short enough to stand in one piece
	s := []rune(squeeze(text))
	return string(s[:min(len(s), most)])
}

// squeeze takes the spaces out of a text, and the case, which styles change.
func squeeze(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// plainOriginal gives the text of a capture as received, without judging it:
// of a page what stands between its tags, of a text all of it; empty for others.
func plainOriginal(c notebook.Capture, b []byte) string {
	switch {
	case strings.HasPrefix(c.MediaType, "text/html"), strings.HasPrefix(c.MediaType, "application/xhtml"):
		var out strings.Builder
		z := html.NewTokenizer(bytes.NewReader(b))
		skip := ""
		for {
			switch z.Next() {
			case html.ErrorToken:
				return out.String()
			case html.TextToken:
				if skip == "" {
					out.Write(z.Text())
				}
			case html.StartTagToken:
				if name, _ := z.TagName(); string(name) == "script" || string(name) == "style" {
					skip = string(name)
				}
			case html.EndTagToken:
				if name, _ := z.TagName(); string(name) == skip {
					skip = ""
				}
			}
		}
	case strings.HasPrefix(c.MediaType, "text/"):
		return string(b)
	}
	return ""
}

// withPassages puts dropped passages back, each at its place.
func withPassages(d *document.Document, dropped []int, original string) (out *document.Document, sure bool, err error) {
	out, sure = d, true
	for n := len(dropped) - 1; n >= 0; n-- { // from the last, so that the numbers of the others hold
		at, ok := placeIn(out, dropped[n], original)
		sure = sure && ok
		if out, err = notebook.WithPassage(out, dropped[n], at); err != nil {
			return nil, false, err
		}
	}
	return out, sure, nil
}

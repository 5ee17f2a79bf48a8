package webpage

import (
	"context"
	"encoding/json"
	"html"
	"sort"
	"strings"

	"sourcebook/notebook/document"
)

// thin is how little text, in runes, a page may have before its scripts' data
// are asked for more.
const thin = 500

// hydrate takes the text out of a page's data where scripts draw the page and
// its elements hold next to nothing: JSON-LD's articleBody first, then the state
// that the scripts start from.
func (r *reader) hydrate() {
	have := 0
	for _, b := range r.doc.Blocks {
		have += len([]rune(b.Text))
	}
	if have >= thin {
		return
	}
	var best []document.Block
	size := 0
	take := func(blocks []document.Block) {
		n := 0
		for _, b := range blocks {
			n += len([]rune(b.Text))
		}
		if n > 2*have+200 && n > size {
			best, size = blocks, n
		}
	}
	if body, _ := r.said.main["articleBody"].(string); body != "" {
		take(r.blocksOf(body))
	}
	if best == nil {
		for _, text := range r.said.data {
			var v any
			if err := json.NewDecoder(strings.NewReader(text)).Decode(&v); err != nil {
				continue
			}
			take(r.blocksOf(mainString(v)))
		}
	}
	if best == nil {
		return
	}
	for _, b := range r.doc.Blocks { // it stays to be seen, but is no part of the text
		r.doc.Dropped = append(r.doc.Dropped, document.Dropped{Reason: document.Repeated, Text: b.Text})
	}
	r.doc.Blocks, r.doc.Images = best, nil
	r.doc.Warnings = append(r.doc.Warnings, "the page draws its text by scripts: it was read from the page's data")
}

// bodyKeys are the names under which sites keep the text of an article.
var bodyKeys = map[string]bool{"articlebody": true, "body": true, "content": true, "contents": true, "text": true, "html": true, "bodyhtml": true, "body_html": true,
	"contenthtml": true, "content_html": true, "richtext": true, "paragraphs": true, "rendered": true, "bodytext": true, "fulltext": true, "copy": true, "markup": true,
	"story": true, "articletext": true, "value": true, "paragraph": true}

// mainString finds the text of the article in a page's data: the strings under
// one list of keys (leaving places in lists out) that hold most running text.
func mainString(v any) string {
	type group struct {
		parts []string
		score int
		first int
	}
	groups := map[string]*group{}
	count := 0
	var walk func(v any, path string, key string, depth int)
	walk = func(v any, path, key string, depth int) {
		if depth > 60 || count > 500_000 {
			return
		}
		count++
		switch v := v.(type) {
		case string:
			if len(v) < 40 || strings.Count(v, " ") < 6 && len([]rune(v)) == len(v) || strings.HasPrefix(v, "http") || strings.HasPrefix(v, "{") {
				return
			}
			g := groups[path]
			if g == nil {
				g = &group{first: count}
				groups[path] = g
			}
			g.parts = append(g.parts, v)
			n := min(len(v), 20000)
			if bodyKeys[strings.ToLower(key)] {
				n *= 3
			}
			g.score += n
		case []any:
			for _, e := range v {
				walk(e, path, key, depth+1)
			}
		case map[string]any:
			keys := make([]string, 0, len(v))
			for k := range v {
				keys = append(keys, k)
			}
			sort.Strings(keys)
			for _, k := range keys {
				walk(v[k], path+"/"+k, k, depth+1)
			}
		}
	}
	walk(v, "", "", 0)
	var best *group
	for _, g := range groups {
		if best == nil || g.score > best.score || g.score == best.score && g.first < best.first {
			best = g
		}
	}
	if best == nil {
		return ""
	}
	return strings.Join(best.parts, "\n\n")
}

// blocksOf reads a text that may be markup as blocks.
func (r *reader) blocksOf(text string) []document.Block {
	if strings.Contains(text, "&lt;p") || strings.Contains(text, "&lt;div") {
		text = html.UnescapeString(text)
	}
	var out []document.Block
	if !strings.Contains(text, "</") && !strings.Contains(text, "<br") && !strings.Contains(text, "<p>") {
		text = html.UnescapeString(text)
		sep := "\n\n"
		if !strings.Contains(text, sep) {
			sep = "\n"
		}
		for _, p := range strings.Split(text, sep) {
			if p = clean(p); p != "" {
				out = append(out, document.Block{Kind: document.Paragraph, Text: p})
			}
		}
		return out
	}
	if len(text) > maxJSON {
		text = text[:maxJSON]
	}
	root, _, err := buildTree(context.Background(), strings.ToValidUTF8("<body>"+text, "\uFFFD"))
	if err != nil {
		return nil
	}
	p := segmentPage(root, r.resolve)
	for i := range p.segs {
		if !p.segs[i].hidden && !p.segs[i].control {
			out = append(out, p.block(&p.segs[i]))
		}
	}
	return out
}

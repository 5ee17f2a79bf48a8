package markdown

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"sourcebook/importers/dates"
	"sourcebook/importers/webpage"
	"sourcebook/notebook/document"
)

// front is the part of a text above its body.
type front struct {
	kind string // "yaml", "toml", "pandoc" or empty
	text string
}

const maxFront = 64 << 10 // bytes

// frontKey is a line that front matter has and other texts between rules have
// not.
var frontKey = regexp.MustCompile(`(?mi)^(?:title|author|authors|date|published|created|url|source|tags|layout|categories|draft|slug|aliases|description|lang|permalink)\s*:`)

// splitFront parts the front matter from the body: YAML between lines of three
// dashes, TOML between lines of three pluses, or Pandoc's lines with a percent
// sign.
func splitFront(text string) (front, string) {
	for _, f := range []struct{ kind, open string }{{"yaml", "---"}, {"toml", "+++"}} {
		first, rest, found := strings.Cut(text, "\n")
		if !found || strings.TrimRight(first, " \t") != f.open {
			continue
		}
		at := 0
		for at < len(rest) && at < maxFront {
			line, _, more := strings.Cut(rest[at:], "\n")
			next := at + len(line) + 1
			if l := strings.TrimRight(line, " \t"); l == f.open || f.kind == "yaml" && l == "..." {
				if !more {
					next = len(rest)
				}
				return front{f.kind, rest[:at]}, rest[next:]
			}
			at = next
		}
		return front{}, text
	}
	if strings.HasPrefix(text, "% ") {
		var lines []string
		rest := text
		for len(lines) < 3 && strings.HasPrefix(rest, "%") {
			var line string
			line, rest, _ = strings.Cut(rest, "\n")
			lines = append(lines, strings.TrimSpace(strings.TrimPrefix(line, "%")))
		}
		return front{"pandoc", strings.Join(lines, "\n")}, rest
	}
	return front{}, text
}

// fields are what front matter says, by name in lower case.
type fields map[string][]string

func (f fields) first(names ...string) string {
	for _, n := range names {
		for _, v := range f[n] {
			if v = strings.TrimSpace(v); v != "" {
				return v
			}
		}
	}
	return ""
}

func (f fields) add(name, value string) {
	name = strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(strings.TrimSpace(name)))
	value = strings.TrimSpace(wikiLink.ReplaceAllStringFunc(value, func(l string) string {
		m := wikiLink.FindStringSubmatch(l)
		if m[2] != "" {
			return m[2]
		}
		return m[1]
	}))
	if value != "" && len(f[name]) < 100 && len(f) < 500 {
		f[name] = append(f[name], value)
	}
}

// fields reads front matter. On an error it holds what could be read line by
// line.
func (f front) fields() (fields, error) {
	out := fields{}
	switch f.kind {
	case "pandoc":
		for i, line := range strings.Split(f.text, "\n") {
			name := []string{"title", "author", "date"}[i]
			for _, v := range strings.Split(line, ";") {
				out.add(name, v)
			}
		}
		return out, nil
	case "toml":
		for _, line := range strings.Split(f.text, "\n") {
			key, value, found := strings.Cut(line, "=")
			if strings.HasPrefix(strings.TrimSpace(line), "[") && !found {
				break // a table: nothing in it concerns us
			}
			if found {
				for _, v := range loose(value) {
					out.add(key, v)
				}
			}
		}
		return out, nil
	case "yaml":
		var doc yaml.Node
		err := yaml.Unmarshal([]byte(f.text), &doc)
		if err == nil && len(doc.Content) > 0 && doc.Content[0].Kind == yaml.MappingNode {
			m := doc.Content[0].Content
			for i := 0; i+1 < len(m); i += 2 {
				values(m[i+1], 0, func(v string) { out.add(m[i].Value, v) })
			}
			return out, nil
		}
		if err == nil {
			return out, nil
		}
		last := ""
		for _, line := range strings.Split(f.text, "\n") {
			if item, found := strings.CutPrefix(strings.TrimSpace(line), "- "); found && last != "" {
				out.add(last, strings.Trim(item, `"' `))
				continue
			}
			if key, value, found := strings.Cut(line, ":"); found && !strings.HasPrefix(line, " ") {
				last = key
				for _, v := range loose(value) {
					out.add(key, v)
				}
			}
		}
		return out, fmt.Errorf("%s", strings.Join(strings.Fields(strings.TrimPrefix(err.Error(), "yaml: ")), " "))
	}
	return out, nil
}

// values calls each with the texts in a node: one, a list, or the names in a list
// of people.
func values(n *yaml.Node, depth int, each func(string)) {
	if depth > 4 {
		return
	}
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag != "!!null" {
			each(n.Value)
		}
	case yaml.SequenceNode:
		// "[[A note]]" without quotes is a list in a list.
		for i, c := range n.Content {
			if i < 100 {
				values(c, depth+1, each)
			}
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if k := strings.ToLower(n.Content[i].Value); k == "name" || k == "title" || k == "url" || k == "text" {
				values(n.Content[i+1], depth+1, each)
				return
			}
		}
	}
}

// loose reads a value of TOML, or of YAML that is not well-formed: a text, bare
// or in quotes, or a list of such.
func loose(s string) []string {
	s = strings.TrimSpace(s)
	if inner, found := strings.CutPrefix(s, "["); found && !strings.HasPrefix(inner, "[") {
		var list []string
		for _, v := range strings.Split(strings.TrimSuffix(inner, "]"), ",") {
			list = append(list, strings.Trim(v, `"' `))
		}
		return list
	}
	if len(s) > 1 && (s[0] == '"' || s[0] == '\'') {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return []string{s[1 : 1+end]}
		}
	}
	return []string{s}
}

// describe sets what the front matter says of the text.
func describe(d *document.Document, f fields, o Options) {
	d.Set(&d.Title, "title", strings.Join(strings.Fields(f.first("title", "headline", "name")), " "), document.FromMeta, 1)
	d.Set(&d.Standfirst, "standfirst", strings.Join(strings.Fields(f.first("description", "summary", "excerpt", "abstract", "subtitle", "dek")), " "), document.FromMeta, 0.8)
	for _, key := range []string{"url", "source_url", "source", "link", "canonical_url", "canonical", "permalink", "original_url"} {
		for _, v := range f[key] {
			if u, err := url.Parse(strings.Trim(v, "<>")); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
				d.Set(&d.URL, "url", u.String(), document.FromMeta, 1)
			}
		}
	}
	if d.URL == "" && o.URL != "" {
		d.URL = o.URL
	}
	d.Set(&d.Site, "site", f.first("site", "site_name", "sitename", "publication", "website", "container_title", "publisher", "outlet"), document.FromMeta, 0.9)
	d.Set(&d.Publisher, "publisher", f.first("publisher"), document.FromMeta, 0.9)
	d.Set(&d.Section, "section", f.first("section", "category", "categories"), document.FromMeta, 0.6)
	var names []string
	for _, key := range []string{"author", "authors", "byline", "by", "creator"} {
		for _, v := range f[key] {
			names = append(names, webpage.Authors(v)...)
		}
		if len(names) > 0 {
			break
		}
	}
	var byline string
	if d.Set(&byline, "byline", strings.Join(names, "; "), document.FromMeta, 0.9) {
		d.Byline = names
	}
	setDate := func(field *document.Date, name string, keys ...string) {
		for _, key := range keys {
			stated := f.first(key)
			day, ok := dates.Parse(stated, f.first("lang", "language"), dates.Options{})
			if !ok || !o.Received.IsZero() && string(day) > o.Received.AddDate(0, 0, 2).Format("2006-01-02") {
				continue
			}
			v := string(*field)
			if d.Set(&v, name, string(day), document.FromMeta, 0.9) {
				*field = document.Date(v)
			}
		}
	}
	setDate(&d.Published, "published", "published", "date_published", "publish_date", "publishdate", "published_at", "pubdate", "date", "issued")
	setDate(&d.Modified, "modified", "modified", "updated", "lastmod", "last_modified_at", "date_modified", "updated_at", "last_updated")
	if d.URL == "" { // else it is the day when a page was clipped
		setDate(&d.Published, "published", "created", "created_at")
	}
}

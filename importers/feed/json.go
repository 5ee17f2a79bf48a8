package feed

import (
	"encoding/json"
	"fmt"
	"strings"
)

// jsonAuthor is an author of JSON Feed 1.1; 1.0 has one where 1.1 has a list.
type jsonAuthor struct {
	Name string `json:"name"`
}

// jsonFeed is the top of a JSON Feed (jsonfeed.org, versions 1 and 1.1). Its
// items are read one by one, so that a bad one does not cost the others.
type jsonFeed struct {
	Version string            `json:"version"`
	Title   string            `json:"title"`
	Home    string            `json:"home_page_url"`
	Self    string            `json:"feed_url"`
	Lang    string            `json:"language"`
	Authors []jsonAuthor      `json:"authors"`
	Author  jsonAuthor        `json:"author"`
	Items   []json.RawMessage `json:"items"`
}

type jsonItem struct {
	ID          any          `json:"id"` // a text by the standard, a number in many feeds
	URL         string       `json:"url"`
	External    string       `json:"external_url"`
	Title       string       `json:"title"`
	HTML        string       `json:"content_html"`
	Text        string       `json:"content_text"`
	Summary     string       `json:"summary"`
	Image       string       `json:"image"`
	Banner      string       `json:"banner_image"`
	Published   string       `json:"date_published"`
	Modified    string       `json:"date_modified"`
	Authors     []jsonAuthor `json:"authors"`
	Author      jsonAuthor   `json:"author"`
	Lang        string       `json:"language"`
	Tags        []string     `json:"tags"`
	Attachments []struct {
		URL  string `json:"url"`
		Type string `json:"mime_type"`
	} `json:"attachments"`
}

// readJSON reads a JSON Feed.
func readJSON(f *Feed, text string, o Options) ([]*entry, error) {
	var top jsonFeed
	if err := json.Unmarshal([]byte(text), &top); err != nil {
		if !strings.Contains(top.Version, "jsonfeed.org/version") && !strings.Contains(text[:min(len(text), 64<<10)], "jsonfeed.org/version") {
			return nil, ErrNotFeed
		}
		return nil, fmt.Errorf("%w: its JSON is damaged: %w", ErrNotFeed, err)
	}
	if !strings.Contains(top.Version, "jsonfeed.org/version") {
		return nil, ErrNotFeed
	}
	f.Format, f.Title, f.URL, f.Lang = "JSON Feed", value{text: top.Title, plain: true}.line(), resolve(o.URL, top.Home), top.Lang
	if len(top.Items) > maxEntries {
		f.More = true
		f.warn("the feed has %d entries: only the first %d are read", len(top.Items), maxEntries)
		top.Items = top.Items[:maxEntries]
	}
	bad, long := 0, false
	var entries []*entry
	for _, raw := range top.Items {
		var it jsonItem
		if err := json.Unmarshal(raw, &it); err != nil && it.Title+it.HTML+it.Text+it.Summary == "" {
			bad++
			continue
		}
		long = long || max(len(it.HTML), len(it.Text)) > maxField
		e := &entry{raw: string(raw), title: value{text: it.Title, plain: true}.line(), link: it.URL, published: it.Published, modified: it.Modified, lang: it.Lang, image: it.Image}
		if it.ID != nil {
			e.id = fmt.Sprint(it.ID)
		}
		if e.image == "" {
			e.image = it.Banner
		}
		if it.External != "" && isAddress(it.External) { // an entry about another page
			e.origin = it.External
		}
		if it.HTML != "" {
			e.content = value{text: upTo(it.HTML, maxField), html: true}
		} else {
			e.content = value{text: upTo(it.Text, maxField), plain: true}
		}
		e.summary = value{text: upTo(it.Summary, maxField), plain: true}
		for _, list := range [][]jsonAuthor{it.Authors, {it.Author}, top.Authors, {top.Author}} {
			for _, a := range list {
				e.author(a.Name)
			}
			if len(e.authors) > 0 {
				break
			}
		}
		if len(it.Tags) > 0 {
			e.section = it.Tags[0]
		}
		for _, a := range it.Attachments {
			e.enclose(Enclosure{a.URL, a.Type})
		}
		entries = append(entries, e)
	}
	if bad > 0 {
		f.warn("%d entries of the feed are damaged and left out", bad)
	}
	if long {
		f.warn("a text in the feed is longer than %d MB: it is read up to there", maxField>>20)
	}
	return entries, nil
}

// Package serp reads result pages of search engines: the engine, the query, the
// ranked results, and an AI answer with its sections and statements. A page may
// be saved markup (ReadPage) or the text that copying it in a browser gives
// (ReadText).
//
// Both say with ok=false that what they were given is no result page, and say
// so quickly: they are asked about every page. Pages are read by structure
// (what is linked, headed, repeated) and by the engines' addresses; class names
// change too often to be relied on. What a layout does not give is left empty
// and said in the document's warnings; nothing is guessed.
//
// An AI answer is kept as sections and statements, so that each can be cited
// as what it is: a lead without a source of its own.
package serp

import (
	"time"

	"sourcebook/notebook/document"
)

// Options say what the capture itself does not.
type Options struct {
	URL      string    // where it came from; may be empty
	Received time.Time // when it was received; may be zero
}

// limits bound what one page may hold, whatever it claims to be.
const (
	maxResults  = 2000
	maxLines    = 20000
	maxBytes    = 32 << 20
	maxSections = 500
	headLines   = 40 // how far down the first lines of a page may reach
)

// Engine names, as Search.Engine has them.
const (
	google     = "google"
	bing       = "bing"
	duckduckgo = "duckduckgo"
	yandex     = "yandex"
	baidu      = "baidu"
	ecosia     = "ecosia"
	yahoo      = "yahoo"
	brave      = "brave"
	ask        = "ask"
	startpage  = "startpage"
)

// siteOf names the site of an engine for people.
var siteOf = map[string]string{
	google: "Google", bing: "Bing", duckduckgo: "DuckDuckGo", yandex: "Yandex", baidu: "Baidu", ecosia: "Ecosia",
	yahoo: "Yahoo", brave: "Brave", ask: "Ask", startpage: "Startpage",
}

// snapshot begins the document of a result page.
func snapshot(engine, query, address string, truncated bool) *document.Document {
	d := &document.Document{
		Kind:  document.SearchSnapshot,
		Title: query,
		Site:  siteOf[engine],
		Search: &document.Search{
			Engine: engine, Query: query, URL: address, URLTruncated: truncated,
			Results: []document.Result{},
		},
	}
	d.Publisher = d.Site
	return d
}

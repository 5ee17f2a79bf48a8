// Package feed reads feeds: RSS 0.9x, 1.0 and 2.0, Atom (RFC 4287, and 0.3) and
// JSON Feed. Every entry becomes a document of its own.
//
//   - xml.go walks the elements of RSS and Atom with the tokenizer of HTML, which
//     takes markup as it comes: bare ampersands, tags that do not match, HTML
//     that nobody escaped. It expands no entity that a document defines, so that
//     a "billion laughs" stays a few hundred bytes.
//   - json.go reads JSON Feed.
//   - entry.go makes a document of what either found.
//
// A damaged feed is read as far as it goes, with a warning.
package feed

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sourcebook/importers/charset"
	"sourcebook/notebook/document"
)

// ErrNotFeed means that the bytes are no feed of a known kind.
var ErrNotFeed = errors.New("not a feed")

// The limits of one feed. What lies beyond is left out with a warning.
const (
	maxBytes   = 64 << 20 // as received
	maxEntries = 10_000
	maxField   = 2 << 20 // bytes of one text, such as the content of an entry
	maxToken   = 4 << 20 // bytes of one tag or one stretch of text
	maxDepth   = 200     // elements within elements
	maxList    = 200     // authors, links, enclosures and categories of an entry, each
)

// Options is what is known of a feed from outside it. The zero value is fine.
type Options struct {
	URL         string    // where it was found
	ContentType string    // the reply's header
	Charset     string    // the user's word on the encoding
	Received    time.Time // when it was captured: no date after it is believed
}

// Feed is what a feed says of itself.
type Feed struct {
	Format   string // "RSS", "Atom" or "JSON Feed"
	Title    string
	URL      string   // of the site; empty where it is not stated
	Lang     string   // as declared, a BCP 47 tag
	Entries  int      // how many were given
	More     bool     // it has more entries than are read
	Warnings []string // of the feed as a whole; the first entry's document has them too
}

// Item is one entry of a feed.
type Item struct {
	Document   *document.Document
	MediaType  string // of Raw
	Raw        string // the entry as it stands in the feed, in UTF-8
	ID         string // as the feed has it: a GUID, an address; may be empty
	Image      string // address of the picture that stands for the entry
	Enclosures []Enclosure
}

// Enclosure is a file that an entry carries by its address.
type Enclosure struct{ URL, MediaType string }

var mediaTypes = map[string]string{"RSS": "application/rss+xml", "Atom": "application/atom+xml", "JSON Feed": "application/feed+json"}

// Is tells a feed by its first bytes, a few thousand of them. It takes a sitemap
// or a page of XHTML for none.
func Is(head []byte) bool {
	s := strings.ToLower(string(head[:min(len(head), 16<<10)]))
	s = strings.TrimLeft(strings.TrimPrefix(s, "\xef\xbb\xbf"), " \t\r\n")
	if strings.HasPrefix(s, "{") {
		return strings.Contains(s, "jsonfeed.org/version")
	}
	for strings.HasPrefix(s, "<?") || strings.HasPrefix(s, "<!") {
		close := ">"
		if strings.HasPrefix(s, "<!--") {
			close = "-->"
		} else if doctype, _, _ := strings.Cut(s, ">"); strings.Contains(doctype, "[") {
			close = "]>"
		}
		_, rest, found := strings.Cut(s, close)
		if !found {
			return false
		}
		s = strings.TrimLeft(rest, " \t\r\n")
	}
	tag, _, _ := strings.Cut(s, ">")
	name := strings.TrimPrefix(tag, "<")
	if end := strings.IndexAny(name, " \t\r\n/"); end >= 0 {
		name = name[:end]
	}
	_, local, prefixed := strings.Cut(name, ":")
	if !prefixed {
		local = name
	}
	switch {
	case !strings.HasPrefix(s, "<"):
		return false
	case local == "rss":
		return true
	case local == "feed":
		return strings.Contains(tag, "atom") || strings.Contains(s, "<entry") || strings.Contains(s, "<updated")
	case local == "rdf":
		return strings.Contains(tag, "purl.org/rss") || strings.Contains(tag, "netscape.com/rdf/simple")
	case local == "channel":
		return strings.Contains(s, "<item")
	}
	return false
}

// Each reads the feed in b and calls give with each of its entries, in the order
// of the feed. The error is ErrNotFeed, one of package charset, ctx's or give's;
// Feed holds what was learnt until then.
func Each(ctx context.Context, b []byte, o Options, give func(Item) error) (Feed, error) {
	var f Feed
	if err := ctx.Err(); err != nil {
		return f, fmt.Errorf("read feed: %w", err)
	}
	if len(b) > maxBytes {
		b = b[:maxBytes]
		f.warn("the feed is larger than %d MB: it is read up to there", maxBytes>>20)
	}
	text, _, err := charset.Decode(b, charset.Hint{ContentType: o.ContentType, Override: o.Charset, HTML: true})
	if err != nil {
		return f, fmt.Errorf("read feed: %w", err)
	}
	if strings.ContainsRune(text, '\uFFFD') {
		f.warn("some characters of the feed cannot be read in the encoding that it states")
	}
	text = strings.Map(func(r rune) rune { // XML allows none of them, and nothing shows them
		if r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f {
			return -1
		}
		return r
	}, text)
	var entries []*entry
	if strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "{") {
		entries, err = readJSON(&f, text, o)
	} else {
		entries, err = readXML(ctx, &f, text)
	}
	if err != nil {
		return f, fmt.Errorf("read feed: %w", err)
	}
	for i, e := range entries {
		if err := ctx.Err(); err != nil {
			return f, fmt.Errorf("read feed: %w", err)
		}
		item, err := e.item(ctx, &f, o)
		if err != nil {
			return f, fmt.Errorf("read feed: %w", err)
		}
		if item.Document == nil {
			continue // nothing at all stands in it
		}
		entries[i] = nil
		item.MediaType = mediaTypes[f.Format]
		if f.Entries++; f.Entries == 1 {
			item.Document.Warnings = append(item.Document.Warnings, f.Warnings...)
		}
		if err := give(item); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (f *Feed) warn(format string, args ...any) {
	f.Warnings = append(f.Warnings, fmt.Sprintf(format, args...))
}

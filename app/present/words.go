package present

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// UpperFirst gives s with a capital at its head.
func UpperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// Count writes a number with its noun, in the plural but for one: "1 claim",
// "1,204 claims". Nouns in -y and -s are known.
func Count(n int, noun string) string {
	if n != 1 {
		switch {
		case strings.HasSuffix(noun, "y") && !strings.HasSuffix(noun, "ay"):
			noun = noun[:len(noun)-1] + "ies"
		default:
			noun += "s"
		}
	}
	return Number(n) + " " + noun
}

// Number writes a whole number with commas at the thousands.
func Number(n int) string {
	s := strconv.Itoa(n)
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	if neg {
		s = "-" + s
	}
	return s
}

// Join writes the parts that are not empty with a middle dot between them.
func Join(parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// Short cuts s to at most n code points at a word, with an ellipsis. Line
// breaks become spaces.
func Short(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n]
	cut := n
	for i := n - 1; i > n*2/3; i-- {
		if unicode.IsSpace(r[i]) {
			cut = i
			break
		}
	}
	return strings.TrimRightFunc(string(r[:cut]), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-", r) }) + "…"
}

// Kinds are the kinds of source.
var Kinds = []Choice{
	{string(document.Article), "Article", ""},
	{string(document.SearchSnapshot), "Search snapshot", ""},
	{string(document.Post), "Post", ""},
	{string(document.Report), "Document", ""},
	{string(document.Note), "Note", ""},
}

// KindIcon is the icon of a kind of source.
func KindIcon(k document.Kind) string {
	switch k {
	case document.SearchSnapshot:
		return "search"
	case document.Post:
		return "user"
	case document.Report:
		return "file"
	case document.Note:
		return "note"
	}
	return "article"
}

// Reasons say why a passage was dropped.
var Reasons = []Choice{
	{string(document.Navigation), "Navigation", "menus and paths through the site"},
	{string(document.Related), "Related articles", "other articles that the page offers"},
	{string(document.Share), "Sharing", "share buttons and counters"},
	{string(document.Comments), "Comments", "readers' comments"},
	{string(document.Footer), "Footer", "the foot of the page"},
	{string(document.Advert), "Advertising", "advertising and offers"},
	{string(document.Form), "Forms", "sign-in, newsletters, search fields"},
	{string(document.Repeated), "Repeated", "stands elsewhere: title, byline, standfirst"},
	{"user", "Thrown out by you", "no longer part of the text by your decision"},
}

// Origins say where a metadatum was read.
var Origins = []Choice{
	{string(document.FromUser), "you", ""},
	{string(document.FromJSONLD), "JSON-LD", ""},
	{string(document.FromOG), "Open Graph", ""},
	{string(document.FromMeta), "meta tag", ""},
	{string(document.FromHTML), "page markup", ""},
	{string(document.FromText), "running text", ""},
	{string(document.FromURL), "address", ""},
}

// Methods say how a capture came in.
var Methods = []Choice{
	{string(notebook.ByFile), "from a file", ""},
	{string(notebook.ByPaste), "pasted", ""},
	{string(notebook.ByDrop), "dropped", ""},
	{string(notebook.ByURL), "fetched", ""},
	{string(notebook.ByStdin), "from standard input", ""},
	{string(notebook.ByExtension), "from the browser", ""},
	{string(notebook.BySample), "sample", ""},
}

// SourceTitle is a source's title, or what else names it.
func SourceTitle(s notebook.Source) string {
	for _, t := range []string{s.Title, s.Standfirst, s.CanonicalURL, s.URL} {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return "Untitled source"
}

// SourceLine is the line under a source's title: where, who, when.
func SourceLine(s notebook.Source) string {
	site := s.Site
	if site == "" {
		site = Host(s.URL)
	}
	return Join(site, strings.Join(s.Byline, ", "), Date(s.Published))
}

// Host is the host of an address without "www.", empty where it has none.
func Host(url string) string {
	_, rest, ok := strings.Cut(url, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	return strings.TrimPrefix(strings.ToLower(rest), "www.")
}

// LinkTitle is what names a source link.
func LinkTitle(l notebook.SourceLink) string {
	for _, t := range []string{l.Title, l.Stub, l.URL} {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return "Untitled link"
}

// LinkStates say whether what a link names is held.
var LinkStates = []Choice{
	{string(notebook.Cited), "Cited, not held", "Import the source and this link will point at it."},
	{string(notebook.Held), "Held", "The source is in this notebook."},
	{string(notebook.Unreachable), "Unreachable", "The address did not answer."},
}

// Bytes writes a size: "812 bytes", "14 kB", "2.3 MB".
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return Count(int(n), "byte")
	case n < 1_000_000:
		return strconv.FormatInt((n+500)/1000, 10) + " kB"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

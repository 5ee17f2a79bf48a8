package webpage

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// cues is a set of hints that an element's tag, class, id and role give.
type cues uint32

const (
	cueArticle cues = 1 << iota // holds the text: entry-content, articleBody
	cueMain                     // the main part of the page
	cueNav
	cueHeader
	cueFooter
	cueAside
	cueComment
	cueRelated
	cueShare
	cueAd
	cueForm // sign-up, search, cookie notice, dialog
	cueMeta // date, byline, tags
	cueCaption
	cueTitle
	cueAuthor
	cueTags
	cueProduct
	cuePost // one post, question, answer or message of several
	cueTeaser
	cueLead // standfirst
	cueHide // hidden by a class that sites commonly use for it
	cueRoleBody
	cueTagArticle
	cueTagMain
)

// classCue is a word within a class or id and what it hints at.
type classCue struct {
	word string
	cue  cues
	how  byte // 'x' a whole word, 'p' the start of one, 'c' anywhere in the name
}

// classCues are common class and id names of many publishing systems, not of
// any one site. The first column is compared with each part of a class name
// between hyphens, underscores and changes of case, and with the whole of it.
var classCues = []classCue{
	{"articlebody", cueArticle, 'c'}, {"article-body", cueArticle, 'c'}, {"article_body", cueArticle, 'c'}, {"entry-content", cueArticle, 'c'},
	{"post-content", cueArticle, 'c'}, {"post-body", cueArticle, 'c'}, {"article-content", cueArticle, 'c'}, {"article__content", cueArticle, 'c'},
	{"article__body", cueArticle, 'c'}, {"article_content", cueArticle, 'c'}, {"story-body", cueArticle, 'c'}, {"storybody", cueArticle, 'c'},
	{"articletext", cueArticle, 'c'}, {"article-text", cueArticle, 'c'}, {"article_text", cueArticle, 'c'}, {"post_content", cueArticle, 'c'},
	{"postcontent", cueArticle, 'c'}, {"entry_content", cueArticle, 'c'}, {"content-body", cueArticle, 'c'}, {"content__body", cueArticle, 'c'},
	{"body-content", cueArticle, 'c'}, {"bodytext", cueArticle, 'c'}, {"body-text", cueArticle, 'c'}, {"richtext", cueArticle, 'c'},
	{"rich-text", cueArticle, 'c'}, {"articlecontent", cueArticle, 'c'}, {"news-text", cueArticle, 'c'}, {"newstext", cueArticle, 'c'},
	{"story-content", cueArticle, 'c'}, {"markdown", cueArticle, 'c'}, {"wysiwyg", cueArticle, 'c'}, {"prose", cueArticle, 'x'},
	{"story", cueArticle, 'x'}, {"paragraph", cueArticle, 'c'}, {"page-content", cueMain, 'c'}, {"main-content", cueMain, 'c'},
	{"maincontent", cueMain, 'c'}, {"main", cueMain, 'x'}, {"article", cueMain, 'x'}, {"content", cueMain, 'x'}, {"post", cueMain, 'x'},
	{"entry", cueMain, 'x'}, {"hentry", cueMain, 'x'}, {"single", cueMain, 'x'},
	{"nav", cueNav, 'p'}, {"menu", cueNav, 'c'}, {"breadcrumb", cueNav, 'c'}, {"crumb", cueNav, 'p'}, {"pagination", cueNav, 'c'}, {"pager", cueNav, 'p'},
	{"skip", cueNav, 'x'}, {"toc", cueNav, 'x'}, {"topbar", cueNav, 'c'}, {"navbar", cueNav, 'c'}, {"toolbar", cueNav, 'c'}, {"dropdown", cueNav, 'c'},
	{"header", cueHeader, 'x'}, {"masthead", cueHeader, 'c'}, {"banner", cueHeader, 'x'}, {"logo", cueHeader, 'x'},
	{"footer", cueFooter, 'c'}, {"foot", cueFooter, 'x'}, {"colophon", cueFooter, 'c'}, {"copyright", cueFooter, 'c'}, {"bottom", cueFooter, 'x'},
	{"legal", cueFooter, 'x'}, {"disclaimer", cueFooter, 'c'},
	{"sidebar", cueAside, 'c'}, {"aside", cueAside, 'p'}, {"widget", cueAside, 'c'}, {"rail", cueAside, 'x'}, {"secondary", cueAside, 'x'},
	{"infobox", cueAside, 'c'}, {"factbox", cueAside, 'c'}, {"callout", cueAside, 'c'}, {"inset", cueAside, 'x'},
	{"comment", cueComment, 'p'}, {"disqus", cueComment, 'c'}, {"respond", cueComment, 'x'}, {"kommentar", cueComment, 'c'}, {"livefyre", cueComment, 'c'},
	{"discussion", cueComment, 'x'}, {"reply", cueComment, 'x'}, {"replies", cueComment, 'x'},
	{"related", cueRelated, 'c'}, {"recommend", cueRelated, 'c'}, {"popular", cueRelated, 'c'}, {"trending", cueRelated, 'c'}, {"readmore", cueRelated, 'c'},
	{"read-more", cueRelated, 'c'}, {"more", cueRelated, 'x'}, {"also", cueRelated, 'x'}, {"similar", cueRelated, 'x'}, {"latest", cueRelated, 'x'},
	{"mostread", cueRelated, 'c'}, {"most-read", cueRelated, 'c'}, {"taboola", cueRelated, 'c'}, {"outbrain", cueRelated, 'c'}, {"upnext", cueRelated, 'c'},
	{"next", cueRelated, 'x'}, {"prev", cueRelated, 'x'}, {"previous", cueRelated, 'x'}, {"suggest", cueRelated, 'p'}, {"yarpp", cueRelated, 'p'},
	{"share", cueShare, 'p'}, {"sharing", cueShare, 'c'}, {"social", cueShare, 'c'}, {"facebook", cueShare, 'c'}, {"twitter", cueShare, 'x'},
	{"follow", cueShare, 'x'}, {"addthis", cueShare, 'c'}, {"sharedaddy", cueShare, 'c'}, {"like", cueShare, 'x'}, {"vote", cueShare, 'x'},
	{"ad", cueAd, 'x'}, {"ads", cueAd, 'x'}, {"advert", cueAd, 'c'}, {"sponsor", cueAd, 'c'}, {"promo", cueAd, 'c'}, {"adslot", cueAd, 'c'},
	{"dfp", cueAd, 'x'}, {"banners", cueAd, 'x'}, {"affiliate", cueAd, 'c'}, {"partner", cueAd, 'p'}, {"gpt", cueAd, 'x'}, {"reklam", cueAd, 'c'},
	{"newsletter", cueForm, 'c'}, {"subscri", cueForm, 'c'}, {"signup", cueForm, 'c'}, {"sign-up", cueForm, 'c'}, {"login", cueForm, 'c'},
	{"cookie", cueForm, 'c'}, {"consent", cueForm, 'c'}, {"gdpr", cueForm, 'c'}, {"modal", cueForm, 'c'}, {"popup", cueForm, 'c'}, {"overlay", cueForm, 'c'},
	{"search", cueForm, 'x'}, {"form", cueForm, 'x'}, {"paywall", cueForm, 'c'}, {"signin", cueForm, 'c'}, {"register", cueForm, 'x'}, {"cta", cueForm, 'x'},
	{"dialog", cueForm, 'c'}, {"notice", cueForm, 'x'}, {"alert", cueForm, 'x'}, {"filter", cueForm, 'p'}, {"cart", cueForm, 'x'}, {"checkout", cueForm, 'x'},
	{"meta", cueMeta, 'x'}, {"date", cueMeta, 'p'}, {"time", cueMeta, 'p'}, {"timestamp", cueMeta, 'c'}, {"published", cueMeta, 'x'}, {"postmeta", cueMeta, 'c'},
	{"info", cueMeta, 'x'}, {"dateline", cueMeta, 'c'}, {"byline", cueMeta | cueAuthor, 'c'}, {"views", cueMeta, 'x'}, {"counter", cueMeta, 'x'},
	{"caption", cueCaption, 'c'}, {"credit", cueCaption, 'c'}, {"gallery", cueCaption, 'c'}, {"slideshow", cueCaption, 'c'}, {"carousel", cueRelated, 'c'},
	{"slider", cueRelated, 'c'}, {"figure", cueCaption, 'x'}, {"photo", cueCaption, 'x'}, {"image", cueCaption, 'x'},
	{"title", cueTitle, 'x'}, {"headline", cueTitle, 'c'}, {"heading", cueTitle, 'x'}, {"kicker", cueTitle, 'c'},
	{"author", cueAuthor, 'c'}, {"bio", cueAuthor, 'x'}, {"profile", cueAuthor, 'x'}, {"autor", cueAuthor, 'c'}, {"contributor", cueAuthor, 'c'},
	{"tag", cueTags, 'x'}, {"tags", cueTags, 'x'}, {"taglist", cueTags, 'c'}, {"categor", cueTags, 'p'}, {"cat", cueTags, 'x'}, {"topics", cueTags, 'x'},
	{"keyword", cueTags, 'p'}, {"hashtag", cueTags, 'c'}, {"labels", cueTags, 'x'},
	{"product", cueProduct, 'c'}, {"price", cueProduct, 'c'}, {"sku", cueProduct, 'x'}, {"review", cueProduct, 'p'}, {"rating", cueProduct, 'p'},
	{"message", cuePost, 'x'}, {"thread", cuePost, 'c'}, {"topic", cuePost, 'x'}, {"answer", cuePost, 'p'}, {"question", cuePost, 'p'}, {"forum", cuePost, 'c'},
	{"bbcode", cuePost, 'c'}, {"postbody", cuePost, 'c'}, {"postbit", cuePost, 'c'}, {"cooked", cuePost, 'x'},
	{"teaser", cueTeaser, 'c'}, {"card", cueTeaser, 'x'}, {"item", cueTeaser, 'x'}, {"list", cueTeaser, 'x'}, {"grid", cueTeaser, 'x'}, {"tile", cueTeaser, 'x'},
	{"excerpt", cueTeaser | cueLead, 'c'}, {"feed", cueTeaser, 'x'}, {"thumb", cueTeaser, 'p'}, {"block", cueTeaser, 'x'},
	{"standfirst", cueLead, 'c'}, {"lead", cueLead, 'x'}, {"lede", cueLead, 'x'}, {"summary", cueLead, 'x'}, {"subtitle", cueLead, 'c'}, {"subhead", cueLead, 'p'},
	{"intro", cueLead, 'p'}, {"deck", cueLead, 'x'}, {"dek", cueLead, 'x'}, {"abstract", cueLead, 'x'}, {"description", cueLead, 'x'}, {"chapo", cueLead, 'x'},
	{"hidden", cueHide, 'x'}, {"hide", cueHide, 'x'}, {"sr-only", cueHide, 'c'}, {"visually-hidden", cueHide, 'c'}, {"screen-reader", cueHide, 'c'},
	{"visuallyhidden", cueHide, 'c'}, {"print-only", cueHide, 'c'}, {"noprint", cueForm, 'c'}, {"no-print", cueForm, 'c'},
}

// The same by how they are looked up: whole words, and by their first two
// letters those that may stand anywhere and those that start a word.
var exactCues, looseCues = func() (map[string]cues, *[1024][]classCue) {
	exact, loose := map[string]cues{}, &[1024][]classCue{}
	for _, c := range classCues {
		if c.how == 'x' {
			exact[c.word] |= c.cue
		} else {
			k := pairOf(c.word[0], c.word[1])
			loose[k] = append(loose[k], c)
		}
	}
	return exact, loose
}()

func pairOf(a, b byte) uint { return uint(a&31)<<5 | uint(b&31) }

// cuesOf reads the hints of one element.
func (p *page) cuesOf(n *html.Node) (c cues) {
	switch n.DataAtom {
	case atom.Article:
		c |= cueTagArticle
	case atom.Main:
		c |= cueTagMain
	case atom.Nav, atom.Menu:
		c |= cueNav
	case atom.Header:
		c |= cueHeader
	case atom.Footer:
		c |= cueFooter
	case atom.Aside:
		c |= cueAside
	case atom.Form, atom.Dialog, atom.Fieldset, atom.Button, atom.Select, atom.Textarea:
		c |= cueForm
	case atom.Figure, atom.Figcaption:
		c |= cueCaption
	}
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "class", "id", "data-component", "data-testid", "data-module":
			if len(a.Val) < 1024 && a.Val != "" {
				c |= p.classCues(a.Val)
			}
		case "role":
			switch a.Val {
			case "navigation", "menu", "menubar", "tablist":
				c |= cueNav
			case "banner":
				c |= cueHeader
			case "contentinfo":
				c |= cueFooter
			case "complementary":
				c |= cueAside
			case "main":
				c |= cueTagMain
			case "article":
				c |= cueTagArticle
			case "dialog", "search", "alertdialog", "form":
				c |= cueForm
			}
		case "itemprop", "property":
			switch {
			case strings.Contains(a.Val, "articleBody"):
				c |= cueRoleBody
			case a.Val == "author" || strings.Contains(a.Val, "creator"):
				c |= cueAuthor
			case strings.Contains(a.Val, "date"):
				c |= cueMeta
			case a.Val == "comment":
				c |= cueComment
			case a.Val == "headline" || a.Val == "name":
				c |= cueTitle
			case a.Val == "description":
				c |= cueLead
			case a.Val == "offers" || a.Val == "review":
				c |= cueProduct
			}
		case "aria-hidden":
			if a.Val == "true" {
				c |= cueHide
			}
		}
	}
	return c
}

// classCues reads a class or id attribute, remembering what it read: the same
// ones stand on many elements of a page.
func (p *page) classCues(attr string) (c cues) {
	if c, ok := p.vocab[attr]; ok {
		return c
	}
	for token := range strings.FieldsSeq(attr) {
		k, ok := p.tokens[token]
		if !ok {
			k = tokenCues(token)
			p.tokens[token] = k
		}
		c |= k
	}
	p.vocab[attr] = c
	return c
}

// tokenCues reads one class name.
func tokenCues(token string) (c cues) {
	if len(token) > 80 {
		return 0
	}
	lower := strings.ToLower(token)
	for i := 1; i < len(lower); i++ {
		for _, l := range looseCues[pairOf(lower[i-1], lower[i])] {
			if l.how == 'c' && strings.HasPrefix(lower[i-1:], l.word) {
				c |= l.cue
			}
		}
	}
	eachWord(token, func(word string) {
		c |= exactCues[word]
		if len(word) > 1 {
			for _, l := range looseCues[pairOf(word[0], word[1])] {
				if l.how == 'p' && strings.HasPrefix(word, l.word) {
					c |= l.cue
				}
			}
		}
	})
	return c
}

// eachWord calls f with the words of a class name in lower case: parts between
// other signs than letters, and between a small and a capital letter.
func eachWord(s string, f func(string)) {
	start := -1
	emit := func(end int) {
		if start >= 0 && end > start {
			f(strings.ToLower(s[start:end]))
		}
		start = -1
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		lower := c >= 'a' && c <= 'z' || c >= 0x80
		upper := c >= 'A' && c <= 'Z'
		switch {
		case upper && start >= 0 && s[i-1] >= 'a' && s[i-1] <= 'z':
			emit(i)
			start = i
		case lower || upper:
			if start < 0 {
				start = i
			}
		default:
			emit(i)
		}
	}
	emit(len(s))
}

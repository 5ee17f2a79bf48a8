// Package html renders a composed briefing as one HTML page that stands alone:
// its style is in it, and nothing is fetched when it is opened.
//
// The body goes through a bluemonday policy that knows the elements written
// here and no others, so that no text of a source can become markup or script.
package html

import (
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"

	"github.com/microcosm-cc/bluemonday"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
)

// Render writes d as HTML. The same document gives the same bytes. The marking
// stands at the head and the foot, and on each page when it is printed.
func Render(w io.Writer, d *briefing.Document) error {
	p := &page{doc: d, cited: map[int]bool{}}
	p.body()
	_, err := io.WriteString(w, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"+
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"+
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"+
		"<meta name=\"generator\" content=\"Sourcebook\">\n<title>"+esc(d.Title)+"</title>\n<style>\n"+style(d.TLP)+"</style>\n</head>\n<body>\n"+
		policy().Sanitize(p.out.String())+"</body>\n</html>\n")
	if err != nil {
		return fmt.Errorf("write briefing %q as HTML: %w", d.Title, err)
	}
	return nil
}

func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowNoAttrs().OnElements("header", "footer", "main", "section", "nav", "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "pre", "code",
		"b", "i", "sup", "br", "div", "span", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "cite")
	p.AllowAttrs("class", "id", "dir").Globally()
	p.AllowAttrs("start").Matching(bluemonday.Integer).OnElements("ol")
	p.AllowAttrs("scope").OnElements("th")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireNoFollowOnLinks(false)
	p.RequireNoReferrerOnFullyQualifiedLinks(true)
	return p
}

type page struct {
	doc   *briefing.Document
	out   strings.Builder
	cited map[int]bool
}

func (p *page) write(parts ...string) {
	for _, s := range parts {
		p.out.WriteString(s)
	}
}

func (p *page) marking(tag string) {
	if m := briefing.MarkingWords(p.doc.TLP); m != "" {
		p.write("<", tag, " class=\"marking\"><span class=\"tlp\">", esc(m), "</span></", tag, ">\n")
	}
}

func (p *page) body() {
	d := p.doc
	p.marking("header")
	p.write("<main>\n<div class=\"cover\"><h1 dir=\"auto\">", esc(d.Title), "</h1>\n")
	if d.Subtitle != "" {
		p.write("<p class=\"subtitle\" dir=\"auto\">", esc(d.Subtitle), "</p>\n")
	}
	p.write("<p class=\"by\">", esc(briefing.DateWords(d.Date)))
	if d.Author != "" {
		p.write(" · ", esc(d.Author))
	}
	p.write("</p></div>\n")
	sections := d.Ordered()
	contents := func() {
		if len(sections) <= 5 {
			return
		}
		p.write("<nav><h2>", briefing.HeadingContents, "</h2>\n<ul>\n")
		for i, s := range sections {
			p.write("<li><a href=\"#s", strconv.Itoa(i+1), "\">", esc(title(s)), "</a></li>\n")
		}
		p.write("</ul></nav>\n")
	}
	// Key judgements stand before everything else.
	first := len(sections) > 0 && sections[0].Kind == notebook.PartJudgements
	if !first {
		contents()
	}
	for i, s := range sections {
		class := string(s.Kind)
		if s.Wide {
			class += " wide"
		}
		p.write("<section class=\"", class, "\" id=\"s", strconv.Itoa(i+1), "\">\n<h2 dir=\"auto\">", esc(title(s)), "</h2>\n")
		p.blocks(s.Blocks, false)
		if s.Kind == notebook.PartSources {
			p.sources()
		}
		p.write("</section>\n")
		if first && i == 0 {
			contents()
		}
	}
	p.write("</main>\n")
	p.marking("footer")
}

func title(s briefing.Section) string { return strings.TrimSpace(s.Number + " " + s.Heading) }

func (p *page) blocks(blocks []briefing.Block, cell bool) {
	for _, b := range blocks {
		switch b := b.(type) {
		case briefing.Heading:
			tag := "h" + strconv.Itoa(min(max(b.Level, 1)+2, 6))
			p.write("<", tag, " dir=\"auto\">")
			if b.Number != "" {
				p.write(esc(b.Number), " ")
			}
			p.text(b.Text)
			p.write("</", tag, ">\n")
		case briefing.Paragraph:
			p.write("<p dir=\"auto\"")
			if b.Quiet {
				p.write(" class=\"quiet\"")
			}
			p.write(">")
			p.text(b.Text)
			p.write("</p>\n")
		case briefing.List:
			tag := "ul"
			if b.Ordered {
				tag = "ol"
			}
			p.write("<", tag)
			if b.Ordered && b.Start != 1 {
				p.write(" start=\"", strconv.Itoa(b.Start), "\"")
			}
			p.write(">\n")
			for _, item := range b.Items {
				p.write("<li>")
				if one, ok := only(item); ok {
					p.text(one)
				} else {
					p.blocks(item, cell)
				}
				p.write("</li>\n")
			}
			p.write("</", tag, ">\n")
		case briefing.Quote:
			p.write("<blockquote>\n")
			p.blocks(b.Blocks, cell)
			p.write("</blockquote>\n")
		case briefing.Code:
			p.write("<pre><code>", esc(b.Text), "</code></pre>\n")
		case briefing.Claims:
			p.claims("ul", "claims", b.Items, true)
		case briefing.Judgements:
			p.claims("ol", "judgements", b.Items, false)
		case briefing.Timeline:
			p.timeline(b)
		case briefing.Table:
			p.table(b)
		}
	}
}

// only gives the one plain paragraph that an item is, so that short lists stay tight.
func only(item []briefing.Block) (briefing.Text, bool) {
	if len(item) != 1 {
		return nil, false
	}
	p, ok := item[0].(briefing.Paragraph)
	return p.Text, ok && !p.Quiet
}

func (p *page) claims(tag, class string, items []briefing.Claim, facts bool) {
	p.write("<", tag, " class=\"", class, "\">\n")
	for _, c := range items {
		p.write("<li>")
		p.claim(c, facts)
		p.write("</li>\n")
	}
	p.write("</", tag, ">\n")
}

func (p *page) claim(c briefing.Claim, facts bool) {
	p.write("<p class=\"statement\" dir=\"auto\">")
	switch {
	case c.Graded():
		p.write("<span class=\"grade\">", esc(c.Grade()), "</span> ")
	case c.ID != "":
		p.write("<span class=\"grade none\">–</span> ")
	}
	p.text(c.Statement.WithNotes(c.Notes...))
	p.write("</p>\n")
	if f := c.Facts(); facts && len(f) > 0 {
		p.write("<p class=\"facts\">", esc(strings.Join(f, " · ")), "</p>\n")
	}
	if e := c.Estimate(); len(e) > 0 {
		p.write("<p class=\"facts\">", esc(strings.Join(e, " ")), "</p>\n")
	}
	for _, r := range c.Remarks {
		class := "remark"
		if r.Kind.Warns() {
			class += " warns"
		}
		p.write("<p class=\"", class, "\" dir=\"auto\">")
		if label := r.Kind.Label(); label != "" {
			p.write("<b>", esc(label), "</b> ")
		}
		p.text(r.Text)
		p.write("</p>\n")
	}
	if len(c.See) > 0 {
		p.write("<p class=\"facts\">")
		p.text(briefing.Plain(briefing.WordSeeAlso).WithNotes(c.See...))
		p.write("</p>\n")
	}
}

func (p *page) timeline(t briefing.Timeline) {
	p.write("<dl class=\"timeline\">\n")
	for _, c := range t.Entries {
		p.write("<dt>", esc(briefing.DateWords(c.Date)), "</dt>\n<dd>")
		c.Date = ""
		p.claim(c, true)
		p.write("</dd>\n")
	}
	p.write("</dl>\n")
}

func (p *page) table(t briefing.Table) {
	p.write("<table>\n<thead><tr>")
	for _, c := range t.Header {
		p.write("<th scope=\"col\">")
		p.cell(c)
		p.write("</th>")
	}
	p.write("</tr></thead>\n<tbody>\n")
	for _, r := range t.Rows {
		p.write("<tr>")
		for i, c := range r {
			tag, attr := "td", ""
			if i == 0 && t.Lead {
				tag, attr = "th", " scope=\"row\""
			}
			p.write("<", tag, attr, ">")
			p.cell(c)
			p.write("</", tag, ">")
		}
		p.write("</tr>\n")
	}
	p.write("</tbody>\n</table>\n")
}

func (p *page) cell(c briefing.Cell) {
	if c.Gap {
		p.write("<span class=\"gap\">", briefing.WordNothing, "</span>")
	} else if one, ok := only(c.Blocks); ok {
		p.text(one)
	} else {
		p.blocks(c.Blocks, true)
	}
}

func (p *page) sources() {
	if len(p.doc.Summary) > 0 {
		p.write("<h3>", briefing.HeadingSummary, "</h3>\n")
		for _, s := range p.doc.Summary {
			p.write("<p>", esc(s), "</p>\n")
		}
	}
	if len(p.doc.Notes) > 0 {
		p.write("<h3>", briefing.HeadingNotes, "</h3>\n<ol class=\"notes\">\n")
		for _, n := range p.doc.Notes {
			p.note(n)
		}
		p.write("</ol>\n")
	}
	if scales := p.doc.Scales(); len(scales) > 0 {
		p.write("<h3>", briefing.HeadingScales, "</h3>\n<div class=\"scales\">\n")
		for _, s := range scales {
			p.write("<div><h4>", esc(s.Name), "</h4>\n<p class=\"facts\">", esc(s.Text), "</p>\n<dl>")
			for _, r := range s.Rows {
				p.write("<dt>", esc(r[0]), "</dt><dd>", esc(r[1]), "</dd>")
			}
			p.write("</dl></div>\n")
		}
		p.write("</div>\n")
	}
}

func (p *page) note(n briefing.Note) {
	id := strconv.Itoa(n.N)
	p.write("<li id=\"n", id, "\"><p class=\"statement\" dir=\"auto\"><cite>", esc(n.Name()), "</cite>")
	if p.cited[n.N] {
		p.write(" <a class=\"back\" href=\"#r", id, "\">↩</a>")
	}
	p.write("</p>\n")
	for _, s := range n.Descriptor() {
		class := "facts"
		if s == briefing.TextLead {
			class = "remark warns"
		}
		p.write("<p class=\"", class, "\" dir=\"auto\">", esc(s), "</p>\n")
	}
	if n.URL != "" {
		p.write("<p class=\"facts\">")
		p.link(n.URL, func() { p.write(esc(n.URL)) })
		p.write("</p>\n")
	}
	if n.SHA256 != "" {
		p.write("<p class=\"facts\">", briefing.WordSHA256, " <code>", esc(n.SHA256), "</code></p>\n")
	}
	for _, q := range n.Passages {
		p.write("<p class=\"passage\" dir=\"auto\">“", esc(q), "”</p>\n")
	}
	p.write("</li>\n")
}

func (p *page) text(t briefing.Text) {
	for i, s := range t {
		if s.Note > 0 {
			comma := ""
			if i > 0 && t[i-1].Note > 0 {
				comma = ","
			}
			n := strconv.Itoa(s.Note)
			p.write("<sup>", comma, "<a href=\"#n", n, "\"")
			if !p.cited[s.Note] {
				p.cited[s.Note] = true
				p.write(" id=\"r", n, "\"")
			}
			p.write(">", n, "</a></sup>")
			continue
		}
		words := func() {
			open, shut := "", ""
			for _, tag := range []struct {
				on   bool
				name string
			}{{s.Bold, "b"}, {s.Italic, "i"}, {s.Code, "code"}} {
				if tag.on {
					open, shut = open+"<"+tag.name+">", "</"+tag.name+">"+shut
				}
			}
			p.write(open, strings.ReplaceAll(esc(s.Text), "\n", "<br>"), shut)
		}
		if s.URL != "" {
			p.link(s.URL, words)
		} else {
			words()
		}
	}
}

// link leads to places on the web and to mail, and nowhere else.
func (p *page) link(target string, words func()) {
	lower := strings.ToLower(strings.TrimSpace(target))
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") && !strings.HasPrefix(lower, "mailto:") {
		words()
		return
	}
	p.write("<a href=\"", esc(strings.TrimSpace(target)), "\">")
	words()
	p.write("</a>")
}

// esc is s as text of a page: valid UTF-8, control characters shown, overrides
// of direction taken out.
func esc(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return html.EscapeString(strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
			return '\n'
		case r < 0x20, r >= 0x7F && r < 0xA0, r == 0xFFFE, r == 0xFFFF:
			return '\uFFFD'
		case r == 0x202D, r == 0x202E:
			return -1
		}
		return r
	}, s))
}

func style(t notebook.TLP) string {
	return strings.ReplaceAll(sheet, "MARKING", "#"+briefing.MarkingColour(t))
}

const sheet = `:root{color-scheme:light dark;--ink:#1f242c;--quiet:#626a75;--hair:#cdd2d9;--strong:#18365c;--link:#1a56a0;--tint:#e2eaf4;--ground:#f2f6fa;--warn:#962a1c;--paper:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#dfe3e8;--quiet:#9aa3ae;--hair:#3b434d;--strong:#a9c6ea;--link:#7fb2f0;--tint:#26384e;--ground:#1c242e;--warn:#f0907f;--paper:#14181d}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 "Noto Sans","Segoe UI",system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:1rem 1.5rem 3rem}
.wide{width:min(96vw,80rem);margin-left:50%;transform:translateX(-50%)}
.marking{padding:.6rem 1.5rem;text-align:right}
.tlp{background:#000;color:MARKING;font-weight:bold;font-size:12pt;padding:.1rem .4rem}
.cover{border-bottom:1px solid var(--hair);margin-bottom:1.5rem}
.cover::before{content:"";display:block;width:4.5rem;height:.35rem;background:var(--strong)}
h1{font-size:2.1rem;line-height:1.2;margin:.8rem 0 .3rem;color:var(--strong)}
h2{font-size:1.4rem;border-top:1px solid var(--hair);padding-top:.6rem;margin:2.2rem 0 .6rem;color:var(--strong)}
h3{font-size:1.1rem;margin:1.5rem 0 .4rem;color:var(--strong)}
h4{font-size:1rem;margin:1rem 0 .3rem}
p{margin:.4rem 0}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
.subtitle{font-size:1.15rem;color:var(--quiet)}
.quiet,.facts,.gap{color:var(--quiet)}
.facts,.remark,.passage{font-size:.85rem;margin:.1rem 0}
.passage{font-style:italic}
.remark{color:var(--quiet)}
.warns{color:var(--warn)}
.grade{display:inline-block;min-width:1.8rem;text-align:center;background:var(--tint);color:var(--strong);font-weight:bold;font-size:.8rem;border-radius:.25rem;padding:0 .2rem}
.grade.none{background:none;outline:1px solid var(--hair)}
.statement{margin:.1rem 0}
ul.claims{list-style:none;padding:0}
ul.claims>li{margin:.8rem 0;padding-left:2.6rem}
.claims .grade{margin-left:-2.6rem;margin-right:.4rem}
section.judgements{background:var(--ground);border-left:.25rem solid var(--strong);padding:.2rem 1.2rem .8rem}
section.judgements h2{border:0;margin-top:.6rem}
section.judgements li{margin:.6rem 0}
sup{line-height:0;font-size:.7em}
blockquote{border-left:.2rem solid var(--hair);margin:.6rem 0;padding-left:1rem}
pre,code{font-family:"Noto Sans Mono",ui-monospace,monospace;font-size:.85em}
pre{background:var(--ground);padding:.8rem;overflow-x:auto}
.notes code{overflow-wrap:anywhere;font-size:.75em}
table{border-collapse:collapse;width:100%;font-size:.88rem}
th,td{text-align:left;vertical-align:top;padding:.5rem;border-bottom:1px solid var(--hair);overflow-wrap:break-word}
td ul.claims{margin:0}
td ul.claims>li{padding-left:0;margin:0 0 .6rem}
td .claims .grade{margin-left:0}
thead th{background:#18365c;color:#fff}
tbody th{color:var(--strong)}
dl.timeline{display:grid;grid-template-columns:9rem 1fr;gap:.8rem 1rem}
dl.timeline dt{font-weight:bold;color:var(--strong)}
dl.timeline dd{margin:0;border-left:2px solid var(--hair);padding-left:1rem}
.scales{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem;font-size:.88rem}
.scales dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.3rem 0}
.scales dt{font-weight:bold}
.scales dd{margin:0}
nav ul{list-style:none;padding:0}
@media print{:root{color-scheme:light;--ink:#1f242c;--quiet:#626a75;--hair:#cdd2d9;--strong:#18365c;--link:#1a56a0;--tint:#e2eaf4;--ground:#f2f6fa;--warn:#962a1c;--paper:#fff}body{font-size:10pt}@page{margin:14mm 16mm}body{display:table;width:100%}header.marking{display:table-header-group;break-inside:avoid}footer.marking{display:table-footer-group;break-inside:avoid}.marking .tlp{display:inline-block;margin:.4rem 0}main{display:table-row-group;max-width:none}.tlp,thead th,.grade,section.judgements{print-color-adjust:exact;-webkit-print-color-adjust:exact}li,tr,dd{break-inside:avoid}h2,h3,h4{break-after:avoid}.wide{width:auto;margin:0;transform:none}}
`

package briefing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	compose "sourcebook/notebook/briefing"
)

// preview shows a briefing as composed, or what a reviewer would send back.
type preview struct {
	s      session.Session
	box    *fyne.Container
	tabs   *widgets.Segmented
	head   *fyne.Container
	body   *fyne.Container
	scroll *container.Scroll
	loader session.Loader
	doc    *compose.Document
	found  []compose.Finding
	open   string
	id     notebook.BriefingID
	sheets *sheets
	middle *fyne.Container // the text and the findings, or the pages
}

func newPreview(s session.Session) *preview {
	p := &preview{s: s, open: "preview", head: container.NewStack(), body: widgets.Column(theme.Gap3)}
	p.scroll = container.NewVScroll(widgets.Pad(theme.Gap4, theme.Gap4, p.body))
	p.sheets = newSheets(s)
	p.middle = container.NewStack(p.scroll)
	p.box = widgets.Dock(widgets.Ruled(widgets.Pad(theme.Gap4, theme.Gap2, p.head)), nil, nil, nil, p.middle)
	p.setTabs()
	return p
}

func (p *preview) setTabs() {
	p.tabs = widgets.NewSegmented([]present.Choice{{Key: "preview", Label: "Text"}, {Key: "pages", Label: "Pages"}, {Key: "check", Label: fmt.Sprintf("Check (%d)", len(p.found))}}, func(k string) {
		p.open = k
		p.scroll.Offset = fyne.Position{}
		p.fill()
	})
	p.tabs.Set(p.open)
	p.head.Objects = []fyne.CanvasObject{widgets.Line(0, p.tabs)}
	p.head.Refresh()
}

// show composes a briefing away from the toolkit's thread and shows it.
func (p *preview) show(b notebook.Briefing) {
	if p.id != b.ID {
		p.id = b.ID
		p.scroll.Offset = fyne.Position{}
		p.sheets.close()
	}
	type composed struct {
		doc   *compose.Document
		found []compose.Finding
	}
	session.LoadElse(p.s, &p.loader, func(_ context.Context, tx *notebook.Tx) (c composed, err error) {
		if c.doc, err = compose.Compose(tx, b, compose.Options{Now: time.Now()}); err != nil {
			return c, err
		}
		c.found = compose.Check(c.doc)
		return c, nil
	}, func(c composed) {
		p.doc, p.found = c.doc, c.found
		p.setTabs()
		p.fill()
	}, func(err error) {
		p.body.Objects = []fyne.CanvasObject{widgets.Para("The briefing cannot be composed: "+err.Error(), theme.SizeBody, true)}
		p.body.Refresh()
	})
}

func (p *preview) fill() {
	if p.doc == nil {
		return
	}
	shown := fyne.CanvasObject(p.scroll)
	if p.open == "pages" {
		shown = p.sheets.box
	}
	if p.middle.Objects[0] != shown {
		p.middle.Objects = []fyne.CanvasObject{shown}
		p.middle.Refresh()
	}
	switch p.open {
	case "pages":
		p.sheets.show(p.doc)
		return
	case "check":
		p.body.Objects = p.findings()
	default:
		p.body.Objects = p.pages()
	}
	p.sheets.stop()
	p.body.Refresh()
	p.scroll.Refresh()
}

func (p *preview) findings() []fyne.CanvasObject {
	if len(p.found) == 0 {
		return []fyne.CanvasObject{widgets.Para("Nothing to send back: every statement leads to a source, and every claim is graded.", theme.SizeBody, true)}
	}
	out := []fyne.CanvasObject{widgets.Para("What a reviewer would send back.", theme.SizeBody, true)}
	for _, f := range p.found {
		tone := widgets.Caution
		if f.Kind == compose.FindUngraded || f.Kind == compose.FindMixed {
			tone = widgets.Neutral
		}
		body := widgets.Column(theme.Gap1, widgets.NewFlow(widgets.NewChip(string(f.Kind), tone), widgets.NewChip(f.Section, widgets.Neutral)),
			widgets.Para(present.Short(f.Text, 240), theme.SizeBody, false), widgets.Para(f.Advice, theme.SizeCaption, true))
		card := widgets.NewCard(body)
		if f.Claim != "" {
			card.OnTapped = func() { p.s.Go(session.Target{Place: session.Claims, ID: string(f.Claim)}) }
		}
		out = append(out, card)
	}
	return out
}

// most is how many blocks of a document the preview shows: it is a look at the
// document, the PDF is the document.
const most = 400

func (p *preview) pages() []fyne.CanvasObject {
	d := p.doc
	sheet := widgets.Column(theme.Gap3)
	if d.TLP != "" {
		sheet.Add(container.NewHBox(widgets.NewChip(compose.MarkingWords(d.TLP), tlpTone(d.TLP))))
	}
	title := widget.NewLabel(d.Title)
	title.Wrapping = fyne.TextWrapWord
	title.SizeName = theme.SizeHeading
	title.TextStyle.Bold = true
	sheet.Add(widgets.Flush(title))
	if d.Subtitle != "" {
		sheet.Add(widgets.Para(d.Subtitle, theme.SizeLead, true))
	}
	if line := present.Join(d.Author, compose.DateWords(d.Date)); line != "" {
		sheet.Add(widgets.Muted(line))
	}
	n := 0
	for _, s := range d.Ordered() {
		h := widget.NewLabel(strings.TrimSpace(s.Number + "  " + s.Heading))
		h.Wrapping = fyne.TextWrapWord
		h.SizeName = theme.SizeSub
		h.TextStyle.Bold = true
		sheet.Add(widget.NewSeparator())
		sheet.Add(widgets.Flush(h))
		if s.Kind == notebook.PartSources {
			for _, t := range d.Summary {
				sheet.Add(widgets.Para(t, theme.SizeBody, false))
			}
			for _, note := range d.Notes {
				sheet.Add(numbered(fmt.Sprintf("%d", note.N), widgets.Column(1, widgets.Para(note.Name(), theme.SizeCaption, false), widgets.Para(strings.Join(note.Descriptor(), " · "), theme.SizeCaption, true))))
			}
			continue
		}
		for _, b := range s.Blocks {
			if n++; n > most {
				break
			}
			sheet.Add(p.block(b))
		}
	}
	if n > most {
		sheet.Add(widgets.Muted("The preview stops here; the exported document goes on."))
	}
	return []fyne.CanvasObject{widgets.NewCard(widgets.Pad(theme.Gap3, theme.Gap3, sheet))}
}

func (p *preview) block(b compose.Block) fyne.CanvasObject {
	switch b := b.(type) {
	case compose.Heading:
		l := widget.NewLabel(strings.TrimSpace(b.Number + "  " + b.Text.String()))
		l.Wrapping = fyne.TextWrapWord
		l.TextStyle.Bold = true
		return widgets.Flush(l)
	case compose.Paragraph:
		return widgets.Flush(rich(b.Text, b.Quiet))
	case compose.List:
		col := widgets.Column(theme.Gap1)
		for i, item := range b.Items {
			mark := "•"
			if b.Ordered {
				mark = fmt.Sprintf("%d.", b.Start+i)
			}
			inner := widgets.Column(theme.Gap1)
			for _, x := range item {
				inner.Add(p.block(x))
			}
			col.Add(numbered(mark, inner))
		}
		return col
	case compose.Quote:
		col := widgets.Column(theme.Gap1)
		for _, x := range b.Blocks {
			col.Add(p.block(x))
		}
		return widgets.Pad(theme.Gap4, 0, col)
	case compose.Code:
		l := widget.NewLabel(b.Text)
		l.TextStyle.Monospace = true
		l.Wrapping = fyne.TextWrapBreak
		return l
	case compose.Claims:
		return p.claims(b.Items)
	case compose.Judgements:
		return p.claims(b.Items)
	case compose.Timeline:
		col := widgets.Column(theme.Gap2)
		for _, c := range b.Entries {
			col.Add(widgets.Column(1, widgets.Muted(compose.DateWords(c.Date)), p.claim(c)))
		}
		return col
	case compose.Table:
		return p.table(b)
	}
	return container.NewStack()
}

func (p *preview) claims(items []compose.Claim) fyne.CanvasObject {
	col := widgets.Column(theme.Gap2)
	for _, c := range items {
		col.Add(numbered("•", p.claim(c)))
	}
	return col
}

func (p *preview) claim(c compose.Claim) fyne.CanvasObject {
	text := c.Statement
	if len(c.Notes) > 0 {
		text = text.WithNotes(c.Notes...)
	}
	col := widgets.Column(2, widgets.Flush(rich(text, false)))
	var chips []fyne.CanvasObject
	if g := c.Grade(); g != "" {
		chips = append(chips, widgets.NewChip(g, claims.GradeTone(c.Credibility)))
	}
	for _, r := range c.Remarks {
		tone := widgets.Neutral
		if r.Kind.Warns() {
			tone = widgets.Caution
		}
		chips = append(chips, widgets.NewChip(string(r.Kind), tone))
	}
	if len(chips) > 0 {
		col.Add(widgets.NewFlow(chips...))
	}
	return col
}

func (p *preview) table(t compose.Table) fyne.CanvasObject {
	n := len(t.Header)
	if n == 0 {
		return container.NewStack()
	}
	col := widgets.Column(1)
	row := func(cells []compose.Cell, bold bool) fyne.CanvasObject {
		var objects []fyne.CanvasObject
		for _, c := range cells {
			inner := widgets.Column(theme.Gap1)
			for _, b := range c.Blocks {
				inner.Add(p.block(b))
			}
			if c.Gap {
				inner.Add(widgets.Muted("gap"))
			}
			ground := theme.ColorPanel
			if bold {
				ground = theme.ColorChip
			}
			objects = append(objects, widgets.Ground(ground, widgets.Pad(6, 5, inner)))
		}
		for len(objects) < n {
			objects = append(objects, container.NewStack())
		}
		return container.NewGridWithColumns(n, objects...)
	}
	col.Add(row(t.Header, true))
	for _, r := range t.Rows {
		col.Add(row(r, false))
	}
	return col
}

// numbered sets content beside a mark.
func numbered(mark string, content fyne.CanvasObject) fyne.CanvasObject {
	m := widgets.NewText(mark, theme.SizeBody, theme.ColorMuted)
	m.Whole = true
	return container.NewBorder(nil, nil, container.NewVBox(widgets.Wide(22, m)), nil, content)
}

// rich sets a text with its styles; references are small numbers in brackets.
func rich(t compose.Text, quiet bool) *widget.RichText {
	var segs []widget.RichTextSegment
	for _, s := range t {
		st := widget.RichTextStyle{Inline: true, SizeName: theme.SizeBody, ColorName: "foreground"}
		if quiet {
			st.ColorName = theme.ColorMuted
		}
		st.TextStyle = fyne.TextStyle{Bold: s.Bold, Italic: s.Italic, Monospace: s.Code}
		text := s.Text
		if s.Note > 0 {
			text = fmt.Sprintf("[%d]", s.Note)
			st.SizeName = theme.SizeCaption
			st.ColorName = "primary"
		}
		if text != "" {
			segs = append(segs, &widget.TextSegment{Style: st, Text: text})
		}
	}
	r := widget.NewRichText(segs...)
	r.Wrapping = fyne.TextWrapWord
	return r
}

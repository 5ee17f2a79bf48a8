package office

import (
	"strings"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// para is a paragraph in the making.
type para struct {
	kind  document.BlockKind
	level int
	title bool // it is the document's title, or
	sub   bool // its subtitle
	toc   bool // it is a line of a table of contents
	skip  bool // it is hidden
	text  strings.Builder
	runes int
	links []document.Link
	url   string // of the open link
	from  int
	space bool             // a space is due before the next word
	after []document.Block // of text boxes that hang on it
}

// write adds running text; line breaks and tabs in it are spaces.
func (p *para) write(s string) {
	for _, r := range s {
		switch {
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			p.space = true
			continue
		case r < ' ' || r == 0x7f || r == '\u00ad' || r == '\ufeff' || r == '\u200b':
			continue
		}
		if p.space && p.runes > 0 {
			p.text.WriteByte(' ')
			p.runes++
		}
		p.space = false
		if p.url != "" && p.from < 0 {
			p.from = p.runes
		}
		p.text.WriteRune(r)
		p.runes++
	}
}

// raised writes the digits of a raised text so that they are no part of a number
// before them: a note's mark, a power.
func raised(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '1':
			return '¹'
		case r == '2' || r == '3':
			return '²' + r - '2'
		case r >= '0' && r <= '9':
			return '⁰' + r - '0'
		}
		return r
	}, s)
}

// lowered is raised for a lowered text.
func lowered(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return '₀' + r - '0'
		}
		return r
	}, s)
}

// line breaks the line.
func (p *para) line() {
	if t := p.text.String(); p.runes > 0 && !strings.HasSuffix(t, "\n") {
		p.text.WriteByte('\n')
		p.runes++
	}
	p.space = false
}

func (p *para) openLink(url string) {
	p.closeLink()
	if strings.HasPrefix(url, "http://") || strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "mailto:") {
		p.url, p.from = url, -1
	}
}

func (p *para) closeLink() {
	if p.url != "" && p.from >= 0 && p.runes > p.from {
		p.links = append(p.links, document.Link{Start: p.from, End: p.runes, URL: p.url})
	}
	p.url = ""
}

// block is the paragraph as it stands.
func (p *para) block() document.Block {
	p.closeLink()
	text := strings.TrimRight(p.text.String(), " \n")
	n := utf8.RuneCountInString(text)
	for i := range p.links {
		p.links[i].End = min(p.links[i].End, n)
	}
	kind := p.kind
	if kind == "" {
		kind = document.Paragraph
	}
	return document.Block{Kind: kind, Level: p.level, Text: text, Links: p.links}
}

// table is a table in the making: finished rows of finished cells.
type table struct {
	rows  [][]document.Block
	row   []document.Block
	cell  []document.Block
	cells int
	only  []document.Block // of the first cell
}

// story is a text in the making.
type story struct {
	blocks   []document.Block
	images   []document.Image
	title    string
	subtitle string
	toc      []string
	paras    []*para // open ones
	tables   []*table
	boxes    []box // the stories around the one at hand
	bytes    int
	full     bool
}

// box is a story that stands still while one within it is read: a text box, a
// note.
type box struct {
	blocks []document.Block
	paras  []*para
	tables []*table
}

func (s *story) openBox() {
	s.boxes = append(s.boxes, box{s.blocks, s.paras, s.tables})
	s.blocks, s.paras, s.tables = nil, nil, nil
}

// closeBox gives the blocks of the story within.
func (s *story) closeBox() []document.Block {
	n := len(s.boxes) - 1
	if n < 0 {
		return nil
	}
	s.closeAll()
	inner, outer := s.blocks, s.boxes[n]
	s.boxes = s.boxes[:n]
	s.blocks, s.paras, s.tables = outer.blocks, outer.paras, outer.tables
	return inner
}

// closeAll ends what a damaged document leaves open.
func (s *story) closeAll() {
	for len(s.paras) > 0 {
		s.close()
	}
	for len(s.tables) > 0 {
		s.closeTable()
	}
}

// closeBoxes ends all, stories within others included.
func (s *story) closeBoxes() {
	for len(s.boxes) > 0 {
		s.add(s.closeBox()...)
	}
	s.closeAll()
}

func (s *story) open(p *para) *para {
	s.paras = append(s.paras, p)
	return p
}

// now is the innermost open paragraph, or nil.
func (s *story) now() *para {
	if len(s.paras) == 0 {
		return nil
	}
	return s.paras[len(s.paras)-1]
}

// close ends the innermost open paragraph.
func (s *story) close() {
	p := s.now()
	if p == nil {
		return
	}
	s.paras = s.paras[:len(s.paras)-1]
	if p.skip {
		return
	}
	b := p.block()
	switch {
	case b.Text == "":
	case p.toc:
		s.toc = append(s.toc, b.Text)
		b.Text = ""
	case p.title && s.title == "" && len(s.tables) == 0:
		s.title, b.Text = strings.ReplaceAll(b.Text, "\n", " "), ""
	case p.sub && s.subtitle == "" && len(s.tables) == 0 && len(s.blocks) == 0:
		s.subtitle = strings.ReplaceAll(b.Text, "\n", " ")
	}
	list := p.after
	if b.Text != "" {
		list = append([]document.Block{b}, p.after...)
	}
	s.add(list...)
}

// add puts finished blocks where they belong: on the paragraph that a text box
// hangs on, in the open cell, or in the text.
func (s *story) add(list ...document.Block) {
	for _, b := range list {
		if s.bytes += len(b.Text); s.bytes > maxText || len(s.blocks) >= maxBlocks {
			s.full = true
			return
		}
		switch {
		case s.now() != nil:
			s.now().after = append(s.now().after, b)
		case len(s.tables) > 0:
			t := s.tables[len(s.tables)-1]
			t.cell = append(t.cell, b)
		default:
			s.blocks = append(s.blocks, b)
		}
	}
}

func (s *story) image(url, alt string) {
	if url == "" || len(s.images) >= maxImages {
		return
	}
	before := len(s.blocks)
	if len(s.boxes) > 0 {
		before = len(s.boxes[0].blocks) + 1
	} else if s.now() != nil && s.now().runes > 0 && len(s.tables) == 0 {
		before++ // under the paragraph that it stands in
	}
	s.images = append(s.images, document.Image{URL: url, Alt: strings.Join(strings.Fields(alt), " "), Before: before})
}

func (s *story) openTable() {
	s.tables = append(s.tables, &table{})
}

func (s *story) endCell() {
	if len(s.tables) == 0 {
		return
	}
	t := s.tables[len(s.tables)-1]
	if t.cells++; t.cells == 1 {
		t.only = t.cell
	}
	t.row = append(t.row, joined(t.cell))
	t.cell = nil
}

func (s *story) endRow() {
	if len(s.tables) == 0 {
		return
	}
	t := s.tables[len(s.tables)-1]
	if len(t.row) > 0 {
		t.rows = append(t.rows, t.row)
	}
	t.row = nil
}

// closeTable makes a block of a table. One with a single cell is a frame: the
// cell's blocks stay what they are.
func (s *story) closeTable() {
	if len(s.tables) == 0 {
		return
	}
	s.endRowIfOpen()
	t := s.tables[len(s.tables)-1]
	s.tables = s.tables[:len(s.tables)-1]
	if t.cells == 1 {
		s.add(t.only...)
		return
	}
	out := &para{kind: document.Table}
	for i, row := range t.rows {
		filled := false
		for _, c := range row {
			filled = filled || c.Text != ""
		}
		if !filled {
			continue
		}
		if i > 0 && out.runes > 0 {
			out.text.WriteByte('\n')
			out.runes++
		}
		last := len(row)
		for last > 1 && row[last-1].Text == "" {
			last--
		}
		for k, c := range row[:last] {
			if k > 0 {
				out.text.WriteByte('\t')
				out.runes++
			}
			for _, l := range c.Links {
				out.links = append(out.links, document.Link{Start: out.runes + l.Start, End: out.runes + l.End, URL: l.URL})
			}
			text := strings.NewReplacer("\n", " ", "\t", " ").Replace(c.Text)
			out.text.WriteString(text)
			out.runes += utf8.RuneCountInString(text)
		}
	}
	if out.runes > 0 {
		s.add(document.Block{Kind: document.Table, Text: out.text.String(), Links: out.links})
	}
}

func (s *story) endRowIfOpen() {
	t := s.tables[len(s.tables)-1]
	if len(t.cell) > 0 {
		s.endCell()
	}
	if len(t.row) > 0 {
		s.endRow()
	}
}

// joined is the blocks of a cell as one.
func joined(list []document.Block) document.Block {
	if len(list) == 1 {
		return list[0]
	}
	out := document.Block{Kind: document.Paragraph}
	var text strings.Builder
	runes := 0
	for i, b := range list {
		if i > 0 {
			text.WriteByte('\n')
			runes++
		}
		for _, l := range b.Links {
			out.Links = append(out.Links, document.Link{Start: runes + l.Start, End: runes + l.End, URL: l.URL})
		}
		text.WriteString(b.Text)
		runes += utf8.RuneCountInString(b.Text)
	}
	out.Text = text.String()
	return out
}

package reader

import (
	"sort"
	"strings"
	"time"

	"sourcebook/app/widgets/reader/layout"
	"sourcebook/notebook/document"
)

// firstRunes is about how much text is prepared before anything is shown: more
// than fits on a screen. batchTime is how long the rest is gathered before it
// is handed over.
const (
	firstRunes = 6000
	batchTime  = 60 * time.Millisecond
)

// load prepares a document, off the toolkit's thread: first what will be seen,
// then the rest in batches.
func (r *Reader) load(generation int64, blocks []document.Block, header Header, letters Letters) {
	late := func() bool { return r.generation.Load() != generation }
	deliver := func(f func()) {
		r.run.Deliver(func() {
			if !late() {
				f()
			}
		})
	}
	set, err := fontsOf(letters)
	if err != nil {
		return // the embedded fonts are there, or nothing of the program works
	}
	shaper := layout.NewShaper(set)
	var head, raw []*layout.Block
	for _, b := range blocks {
		if b.Text != "" {
			raw = append(raw, layout.Raw(b))
		}
	}
	leads := direction(raw)
	for _, part := range titleBlock(header, raw) {
		if part.Kind == layout.Byline {
			part.Leads = leads // it follows the text, whoever's name comes first in it
		}
		head = append(head, shaper.Prepare(part))
	}
	page := layout.NewPage(head, raw)
	p := &preparation{r: r, shaper: shaper, raw: raw, head: len(head), starts: make([]int, len(raw)), done: make([]bool, len(raw))}
	for i := range raw {
		p.starts[i] = page.Start(len(head) + i)
	}
	p.around()
	for _, b := range p.batch {
		page.SetBlock(b.at, b.block)
	}
	deliver(func() { r.setPage(page) })

	// The rest from start to end; but what is looked at meanwhile comes first.
	began := time.Now()
	p.batch = nil
	hand := func() {
		if list := p.batch; len(list) > 0 {
			deliver(func() { r.setBlocks(list) })
		}
		p.batch, began = nil, time.Now()
	}
	for i := range raw {
		if late() {
			return
		}
		p.prepare(i)
		if time.Since(began) > batchTime {
			p.around()
			hand()
		}
	}
	hand()
}

// direction tells whether a text is read from right to left: by where most of
// its first paragraphs begin.
func direction(raw []*layout.Block) layout.Direction {
	toLeft, of := 0, 0
	for _, b := range raw {
		if of == 12 {
			break
		}
		if b.Kind == layout.Code || b.Kind == layout.Table {
			continue
		}
		of++
		if layout.ReadsRightToLeft(b.Text) {
			toLeft++
		}
	}
	if 2*toLeft > of {
		return layout.RightToLeft
	}
	return layout.LeftToRight
}

// prepared is a block and its place on the page.
type prepared struct {
	at    int
	block *layout.Block
}

// preparation is a document on its way to being prepared.
type preparation struct {
	r      *Reader
	shaper *layout.Shaper
	raw    []*layout.Block
	starts []int // code points
	head   int   // blocks of the title block
	done   []bool
	batch  []prepared
}

// prepare shapes block i unless that is done.
func (p *preparation) prepare(i int) {
	if p.done[i] {
		return
	}
	p.done[i] = true
	p.batch = append(p.batch, prepared{p.head + i, p.shaper.Prepare(p.raw[i])})
}

// around shapes about a screen from the wanted place on, and a little before
// it, in case that cannot be brought to the top.
func (p *preparation) around() {
	want := int(p.r.want.Load())
	first := sort.Search(len(p.starts), func(i int) bool { return p.starts[i] > want })
	first = max(first-1, 0)
	runes := 0
	for i := max(first-3, 0); i < len(p.raw) && (runes < firstRunes || i <= first); i++ {
		p.prepare(i)
		if i >= first {
			runes += len(p.raw[i].Text)
		}
	}
}

// titleBlock gives what to draw above the text. A title or standfirst that the
// text begins with is not drawn twice: that block of the text is set as one.
// raw must not be shared yet.
func titleBlock(h Header, raw []*layout.Block) []*layout.Block {
	same := func(i int, text string) bool {
		return i < len(raw) && text != "" && len(raw[i].Text) < 4*len(text)+16 &&
			strings.TrimSpace(fold(raw[i].Text).text) == strings.TrimSpace(fold(text).text)
	}
	at := 0
	title, standfirst := h.Title, h.Standfirst
	if same(0, title) {
		raw[0].Kind, title, at = layout.Title, "", 1
	}
	if same(at, standfirst) {
		raw[at].Kind, standfirst = layout.Standfirst, ""
	}
	if title == "" {
		// The title stands in the text, so what remains stands above it.
		if line := bylineOf(h); line != "" {
			return []*layout.Block{layout.RawHeader(layout.Byline, line)}
		}
		return nil
	}
	var parts []*layout.Block
	for _, part := range []struct {
		kind layout.Kind
		text string
	}{{layout.Title, title}, {layout.Standfirst, standfirst}, {layout.Byline, bylineOf(h)}} {
		if part.text != "" {
			parts = append(parts, layout.RawHeader(part.kind, part.text))
		}
	}
	return parts
}

// bylineOf joins who, where and when into one line.
func bylineOf(h Header) string {
	line := ""
	for _, s := range []string{h.Byline, h.Site, h.Date} {
		if s == "" {
			continue
		}
		if line != "" {
			line += "  ·  "
		}
		line += s
	}
	return line
}

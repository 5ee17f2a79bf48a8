package reader

import (
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
func (r *Reader) load(generation int64, blocks []document.Block, header Header) {
	late := func() bool { return r.generation.Load() != generation }
	deliver := func(f func()) {
		r.run.Deliver(func() {
			if !late() {
				f()
			}
		})
	}
	set, err := fonts()
	if err != nil {
		return // the embedded fonts are there, or nothing of the program works
	}
	shaper := layout.NewShaper(set)
	var head, raw []*layout.Block
	for _, part := range []struct {
		kind layout.Kind
		text string
	}{{layout.Title, header.Title}, {layout.Standfirst, header.Standfirst}, {layout.Byline, bylineOf(header)}} {
		if part.text != "" {
			head = append(head, shaper.Prepare(layout.RawHeader(part.kind, part.text)))
		}
	}
	for _, b := range blocks {
		if b.Text != "" {
			raw = append(raw, layout.Raw(b))
		}
	}
	page := layout.NewPage(head, raw)
	first := 0 // block of the page
	if i, _, _, ok := page.BlockOf(int(r.want.Load())); ok {
		first = max(i, len(head))
	} else {
		deliver(func() { r.setPage(page) })
		return
	}
	ready := make([]bool, len(raw))
	prepare := func(i int) *layout.Block { ready[i-len(head)] = true; return shaper.Prepare(raw[i-len(head)]) }
	// A little before the wanted place, in case it cannot be brought to the top.
	from, runes := max(first-3, len(head)), 0
	to := from
	for ; to < page.Blocks() && (runes < firstRunes || to <= first); to++ {
		b := prepare(to)
		page.SetBlock(to, b)
		runes += len(b.Text)
	}
	deliver(func() { r.setPage(page) })

	n := len(head) + len(raw)
	for _, part := range [][2]int{{to, n}, {len(head), from}} {
		start, batch, began := part[0], []*layout.Block(nil), time.Now()
		hand := func() {
			if at, list := start, batch; len(list) > 0 {
				deliver(func() { r.setBlocks(at, list) })
			}
			start, batch, began = start+len(batch), nil, time.Now()
		}
		for i := part[0]; i < part[1]; i++ {
			if late() {
				return
			}
			batch = append(batch, prepare(i))
			if time.Since(began) > batchTime {
				hand()
			}
		}
		hand()
	}
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

package reading

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/app/widgets/reader"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// versionsView compares two versions of a source word by word.
type versionsView struct {
	p          *Pane
	box        *fyne.Container
	reader     *reader.Reader
	from, to   *widget.Select
	says       *widgets.Text
	ids        []notebook.CaptureID
	changes    []reader.Range
	at         int
	loader     session.Loader
	source     notebook.SourceID
	was, is    notebook.CaptureID
	comparison *comparison
}

func newVersionsView(p *Pane) *versionsView {
	v := &versionsView{p: p, reader: p.newReader(), says: widgets.Muted("")}
	v.from, v.to = widget.NewSelect(nil, nil), widget.NewSelect(nil, nil)
	v.from.OnChanged = func(string) { v.compare() }
	v.to.OnChanged = func(string) { v.compare() }
	v.reader.OnContextMenu = func(at fyne.Position) {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", fyne.NewMenuItem("Copy", func() { p.copyOf(v.reader, copyPlain) }), fyne.NewMenuItem("Select all", v.reader.SelectAll)), p.s.Window().Canvas(), at)
	}
	arrow := widgets.NewText("→", theme.SizeBody, theme.ColorMuted)
	arrow.Whole = true
	top := widgets.Column(theme.Gap1,
		container.NewBorder(nil, nil, nil, nil, container.NewGridWithColumns(2, v.from, v.to)),
		widgets.Spread(theme.Gap1, 0, v.says,
			widgets.IconButton("chevron-up", "Previous change (Alt+Up)", func() { v.step(-1) }),
			widgets.IconButton("chevron-down", "Next change (Alt+Down)", func() { v.step(1) })))
	v.box = widgets.Dock(widgets.Ruled(widgets.Pad(theme.Gap3, theme.Gap1, top)), nil, nil, nil, v.reader)
	return v
}

// show offers the versions of the source that the pane holds: the one before
// the newest against the newest, unless two are chosen already.
func (v *versionsView) show() {
	h := v.p.held
	var names []string
	v.ids = nil
	for i, c := range h.captures {
		v.ids = append(v.ids, c.ID)
		name := fmt.Sprintf("%d: %s", i+1, present.Moment(c.Received))
		if c.Edited() {
			name += ", edited by you"
		}
		names = append(names, name)
	}
	v.from.Options, v.to.Options = names, names
	n := len(names)
	if v.source != h.source.ID || v.from.SelectedIndex() < 0 || v.to.SelectedIndex() >= n {
		v.source, v.was, v.is = h.source.ID, "", ""
		changedFrom, changedTo := v.from.OnChanged, v.to.OnChanged
		v.from.OnChanged, v.to.OnChanged = nil, nil
		v.from.SetSelectedIndex(max(n-2, 0))
		v.to.SetSelectedIndex(n - 1)
		v.from.OnChanged, v.to.OnChanged = changedFrom, changedTo
	}
	v.from.Refresh()
	v.to.Refresh()
	v.compare()
}

func (v *versionsView) compare() {
	i, j := v.from.SelectedIndex(), v.to.SelectedIndex()
	if i < 0 || j < 0 || i >= len(v.ids) || j >= len(v.ids) {
		return
	}
	was, is, source := v.ids[i], v.ids[j], v.source
	session.Load(v.p.s, &v.loader, "compare the versions", func(ctx context.Context, tx *notebook.Tx) (*comparison, error) {
		a, err := tx.Document(was)
		if err != nil {
			return nil, err
		}
		b, err := tx.Document(is)
		if err != nil {
			return nil, err
		}
		drift, err := tx.Drift(source)
		if err != nil {
			return nil, err
		}
		return compareVersions(ctx, a.Blocks, b.Blocks, drift)
	}, func(c *comparison) {
		v.comparison, v.changes, v.at = c, c.changes, -1
		v.says.SetText(c.summary())
		if v.was == was && v.is == is {
			v.reader.ReplaceDocument(c.blocks, reader.Header{}, v.reader.ReadingPosition())
		} else {
			v.reader.SetDocument(c.blocks, reader.Header{})
		}
		v.was, v.is = was, is
		v.reader.SetMarks(c.marks)
		v.p.s.Trace("versions compared", map[string]any{"added": c.added, "removed": c.removed, "changes": len(c.changes)})
	})
}

// step goes to the next or the previous change.
func (v *versionsView) step(by int) {
	n := len(v.changes)
	if n == 0 {
		return
	}
	if v.at < 0 && by < 0 {
		v.at = 0
	}
	v.at = (v.at + by + n) % n
	v.reader.ScrollTo(v.changes[v.at])
	v.says.SetText(fmt.Sprintf("Change %d of %d. %s", v.at+1, n, v.comparison.summary()))
}

// comparison is two versions as one text: words that were removed and words that
// were added stand in it side by side, marked.
type comparison struct {
	blocks  []document.Block
	marks   []reader.Mark
	changes []reader.Range // runs of marks, to go from one to the next
	drifted int            // highlights whose words changed
	added   int            // words
	removed int
	at      int
}

func (c *comparison) summary() string {
	if len(c.changes) == 0 {
		return "The two versions have the same words"
	}
	return present.Join(present.Count(c.added, "word")+" added", present.Count(c.removed, "word")+" removed")
}

// compareVersions sets was against is. On top stands what became of highlighted
// sentences.
func compareVersions(ctx context.Context, was, is []document.Block, drift []notebook.Drift) (*comparison, error) {
	c := &comparison{}
	if len(drift) > 0 {
		c.drifted = len(drift)
		c.add(document.Block{Kind: document.Heading, Level: 3, Text: fmt.Sprintf("Highlighted sentences that changed (%d)", len(drift))})
		for _, d := range drift {
			words := d.Words
			if len(words) == 0 {
				words = []notebook.WordDrift{{Change: notebook.WordsRemoved, Text: d.Was}}
			}
			c.words(document.Block{Kind: document.Quote, Level: 1}, words)
			if d.Highlight.Note != "" {
				c.add(document.Block{Kind: document.Caption, Text: d.Highlight.Note})
			}
		}
		c.add(document.Block{Kind: document.Heading, Level: 3, Text: "The text"})
	}
	// What was counted for the sentences on top is of the text too.
	c.added, c.removed, c.changes = 0, 0, nil
	for _, s := range alignBlocks(was, is) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		switch {
		case s.was == nil:
			c.words(*s.is, []notebook.WordDrift{{Change: notebook.WordsAdded, Text: s.is.Text}})
		case s.is == nil:
			c.words(*s.was, []notebook.WordDrift{{Change: notebook.WordsRemoved, Text: s.was.Text}})
		case s.was.Text == s.is.Text:
			c.add(*s.is)
		default:
			c.words(*s.is, notebook.CompareWords(s.was.Text, s.is.Text))
		}
	}
	return c, nil
}

func (c *comparison) add(b document.Block) {
	b.Links = nil
	c.blocks = append(c.blocks, b)
	c.at += utf8.RuneCountInString(b.Text) + 2
}

// words adds a block whose text is made of words that stayed, came and went.
func (c *comparison) words(b document.Block, words []notebook.WordDrift) {
	var text strings.Builder
	n := 0
	open := false // a change that the next one goes on with
	for _, w := range words {
		if w.Text == "" {
			continue
		}
		if before, _ := utf8.DecodeLastRuneInString(text.String()); n > 0 && joins(before) {
			if first, _ := utf8.DecodeRuneInString(w.Text); joins(first) {
				text.WriteByte(' ')
				n++
			}
		}
		start := n
		text.WriteString(w.Text)
		n += utf8.RuneCountInString(w.Text)
		at := reader.Range{Start: c.at + start, End: c.at + start + utf8.RuneCountInString(strings.TrimRightFunc(w.Text, unicode.IsSpace))}
		switch w.Change {
		case notebook.WordsKept:
			open = false
			continue
		case notebook.WordsAdded:
			c.added += len(strings.Fields(w.Text))
			c.marks = append(c.marks, reader.Mark{ID: fmt.Sprint("added ", len(c.marks)), Range: at, Kind: reader.MarkAdded})
		case notebook.WordsRemoved:
			c.removed += len(strings.Fields(w.Text))
			c.marks = append(c.marks, reader.Mark{ID: fmt.Sprint("removed ", len(c.marks)), Range: at, Kind: reader.MarkRemoved})
		}
		if open {
			c.changes[len(c.changes)-1].End = at.End
		} else {
			c.changes = append(c.changes, at)
		}
		open = true
	}
	b.Text = text.String()
	c.add(b)
}

// joins tells what would run into its neighbour if nothing stood between: words
// are compared, so a space stood there in the version that it is from.
func joins(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// side is a block of one version beside that of the other; either may be nil.
type side struct{ was, is *document.Block }

// alignBlocks pairs the blocks of two versions: first those whose text is the
// same, by a longest common subsequence, then between these the ones that share
// most of their words.
func alignBlocks(was, is []document.Block) []side {
	var out []side
	head := 0
	for head < len(was) && head < len(is) && was[head].Text == is[head].Text {
		out = append(out, side{&was[head], &is[head]})
		head++
	}
	tail := 0
	for tail < len(was)-head && tail < len(is)-head && was[len(was)-1-tail].Text == is[len(is)-1-tail].Text {
		tail++
	}
	a, b := was[head:len(was)-tail], is[head:len(is)-tail]
	const most = 4_000_000 // cells; longer ones are paired by likeness alone
	if len(a)*len(b) <= most && len(a) > 0 && len(b) > 0 {
		width := len(b) + 1
		longest := make([]int32, (len(a)+1)*width)
		for i := len(a) - 1; i >= 0; i-- {
			for j := len(b) - 1; j >= 0; j-- {
				if a[i].Text == b[j].Text {
					longest[i*width+j] = longest[(i+1)*width+j+1] + 1
				} else {
					longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
				}
			}
		}
		i, j, fromA, fromB := 0, 0, 0, 0
		for i < len(a) && j < len(b) {
			switch {
			case a[i].Text == b[j].Text:
				out = alike(out, a[fromA:i], b[fromB:j])
				out = append(out, side{&a[i], &b[j]})
				i, j = i+1, j+1
				fromA, fromB = i, j
			case longest[(i+1)*width+j] >= longest[i*width+j+1]:
				i++
			default:
				j++
			}
		}
		out = alike(out, a[fromA:], b[fromB:])
	} else {
		out = alike(out, a, b)
	}
	for n := tail; n > 0; n-- {
		out = append(out, side{&was[len(was)-n], &is[len(is)-n]})
	}
	return out
}

// alike pairs blocks in order by how many words they share; what has no fellow
// was removed or added.
func alike(out []side, a, b []document.Block) []side {
	bags := make([]map[string]int, len(a))
	for i := range a {
		bags[i] = bag(a[i].Text)
	}
	next := 0
	for j := range b {
		best, least := -1, 0.4
		words := bag(b[j].Text)
		for i := next; i < min(len(a), next+40); i++ {
			if l := likeness(bags[i], words); l > least {
				best, least = i, l
			}
		}
		if best < 0 {
			out = append(out, side{is: &b[j]})
			continue
		}
		for ; next < best; next++ {
			out = append(out, side{was: &a[next]})
		}
		out = append(out, side{&a[best], &b[j]})
		next = best + 1
	}
	for ; next < len(a); next++ {
		out = append(out, side{was: &a[next]})
	}
	return out
}

func bag(text string) map[string]int {
	out := map[string]int{}
	for _, w := range strings.Fields(text) {
		r := []rune(w)
		if len(r) > 20 || len(r) > 1 && !joins(r[0]) { // written without spaces
			for i := 0; i+1 < len(r); i++ {
				out[string(r[i:i+2])]++
			}
			continue
		}
		out[strings.ToLower(w)]++
	}
	return out
}

// likeness is the share of words that two texts have in common, 0 to 1.
func likeness(a, b map[string]int) float64 {
	common, all := 0, 0
	for w, n := range a {
		common += min(n, b[w])
		all += n
	}
	for _, n := range b {
		all += n
	}
	if all == 0 {
		return 0
	}
	return 2 * float64(common) / float64(all)
}

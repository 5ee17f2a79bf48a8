package reading

import (
	"context"
	"fmt"
	"slices"
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

// droppedView shows what the importer left out, by reason, as a text of its own:
// a passage of it can be put back.
type droppedView struct {
	p        *Pane
	box      fyne.CanvasObject
	reader   *reader.Reader
	says     *widget.Label
	empty    fyne.CanvasObject
	stack    *fyne.Container
	passages []passage
	shown    *document.Document
}

// passage is a dropped passage and where it stands in the view.
type passage struct {
	at      reader.Range
	dropped int // index into the document's
}

func newDroppedView(p *Pane) *droppedView {
	v := &droppedView{p: p, reader: p.newReader(), stack: container.NewStack()}
	v.reader.OnTextTapped = func(pos int, _ fyne.Position) {
		for _, x := range v.passages {
			if pos >= x.at.Start && pos < x.at.End {
				v.reader.Select(x.at)
			}
		}
	}
	v.reader.OnSelectionChanged = func(sel reader.Range, _ string) {
		if len(v.selected()) == 0 {
			p.bar.hide()
			return
		}
		p.bar.atDropped(v)
	}
	v.reader.OnContextMenu = func(at fyne.Position) {
		if pos, ok := v.reader.Caret(); ok {
			if _, _, chosen := v.reader.Selection(); !chosen {
				v.reader.OnTextTapped(pos, at)
			}
		}
		p.bar.hide()
		n := len(v.selected())
		back := fyne.NewMenuItem("Put back into the text  (P)", v.putBack)
		back.Disabled = n == 0
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", back, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem("Copy", func() { p.copyOf(v.reader, copyPlain) }), fyne.NewMenuItem("Select all", v.reader.SelectAll)),
			p.s.Window().Canvas(), at)
	}
	v.reader.OnTypedKey = func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyP, fyne.KeyReturn, fyne.KeyEnter:
			v.putBack()
		}
	}
	v.says = widget.NewLabel("")
	v.says.Wrapping = fyne.TextWrapWord
	v.says.SizeName = theme.SizeCaption
	v.says.Importance = widget.LowImportance
	v.box = widgets.Dock(widgets.Ruled(widgets.Pad(theme.Gap3, theme.Gap1, widgets.Flush(v.says))), nil, nil, nil, v.reader)
	v.empty = widgets.Empty("dropped", "Nothing was left out", "All of the capture is in the text. A paragraph can be thrown out from the text's context menu.")
	return v
}

// show brings the view up to the document that the pane holds.
func (v *droppedView) show() {
	d := v.p.held.doc
	if v.shown == d {
		return
	}
	again := v.shown != nil
	v.shown = d
	if len(d.Dropped) == 0 {
		v.stack.Objects = []fyne.CanvasObject{v.empty}
		v.stack.Refresh()
		return
	}
	v.stack.Objects = []fyne.CanvasObject{v.box}
	v.stack.Refresh()
	v.says.SetText(fmt.Sprintf("%s of the capture %s not part of the text. Click one and press P to put it back at its place; the original is kept whole.",
		present.Count(len(d.Dropped), "passage"), map[bool]string{true: "is", false: "are"}[len(d.Dropped) == 1]))
	blocks, passages := droppedBlocks(d)
	v.passages = passages
	if again {
		v.reader.ReplaceDocument(blocks, reader.Header{}, v.reader.ReadingPosition())
		return
	}
	v.reader.SetDocument(blocks, reader.Header{})
}

// droppedBlocks sets the dropped passages of a document as a text, grouped by
// reason in the order of present.Reasons.
func droppedBlocks(d *document.Document) ([]document.Block, []passage) {
	reasons := slices.Clone(present.Reasons)
	for _, x := range d.Dropped {
		if !slices.ContainsFunc(reasons, func(c present.Choice) bool { return c.Key == string(x.Reason) }) {
			reasons = append(reasons, present.Choice{Key: string(x.Reason), Label: string(x.Reason)})
		}
	}
	var blocks []document.Block
	var passages []passage
	at := 0
	add := func(b document.Block) reader.Range {
		r := reader.Range{Start: at, End: at + utf8.RuneCountInString(b.Text)}
		blocks = append(blocks, b)
		at = r.End + 2
		return r
	}
	for _, c := range reasons {
		var of []int
		for i, x := range d.Dropped {
			if string(x.Reason) == c.Key && x.Text != "" {
				of = append(of, i)
			}
		}
		if len(of) == 0 {
			continue
		}
		add(document.Block{Kind: document.Heading, Level: 3, Text: fmt.Sprintf("%s (%d)", c.Label, len(of))})
		if c.Hint != "" {
			add(document.Block{Kind: document.Caption, Text: present.UpperFirst(c.Hint)})
		}
		for _, i := range of {
			passages = append(passages, passage{add(document.Block{Kind: document.Paragraph, Text: d.Dropped[i].Text}), i})
		}
	}
	return blocks, passages
}

// selected are the passages that the selection touches, by their place in the
// document.
func (v *droppedView) selected() []int {
	sel, _, ok := v.reader.Selection()
	if !ok {
		return nil
	}
	var out []int
	for _, x := range v.passages {
		if x.at.Start < sel.End && sel.Start < x.at.End {
			out = append(out, x.dropped)
		}
	}
	slices.Sort(out)
	return out
}

// putBack puts the selected passages into the text again, each where it stood.
func (v *droppedView) putBack() {
	p := v.p
	which := v.selected()
	if len(which) == 0 || p.held == nil {
		p.s.Toast(session.Toast{Text: "Click a passage first"})
		return
	}
	p.bar.hide()
	v.reader.ClearSelection()
	d, id := p.held.doc, p.capture
	type result struct {
		doc  *document.Document
		sure bool
	}
	session.Load(p.s, &p.editing, "put the passage back", func(_ context.Context, tx *notebook.Tx) (r result, err error) {
		c, err := tx.Capture(id)
		if err != nil {
			return r, err
		}
		b, err := tx.Original(id)
		if err != nil {
			return r, err
		}
		r.doc, r.sure, err = withPassages(d, which, plainOriginal(c, b))
		return r, err
	}, func(r result) {
		said := map[bool]string{true: "Put back at its place", false: "Put back at the end: its place in the original was not found"}[r.sure]
		if len(which) > 1 {
			said = fmt.Sprintf("%d passages put back", len(which))
		}
		p.s.DoUndoable("put the passage back", said, nil, &notebook.EditDocument{Capture: id, Document: r.doc})
	})
}

// throwOut takes the blocks of the selection, or the one at the caret, out of
// the text; they join what was dropped.
func (p *Pane) throwOut() bool {
	if p.held == nil || p.view != TextView {
		return false
	}
	sel, _, ok := p.reader.Selection()
	if !ok {
		pos, there := p.reader.Caret()
		if !there {
			p.s.Toast(session.Toast{Text: "Click the paragraph to throw out first"})
			return true
		}
		sel = reader.Range{Start: pos, End: pos + 1}
	}
	first, _, ok1 := p.reader.BlockOf(sel.Start)
	last, _, ok2 := p.reader.BlockOf(max(sel.End-1, sel.Start))
	if !ok1 || !ok2 || last >= len(p.held.doc.Blocks) {
		return false
	}
	d := p.held.doc
	if last-first+1 >= len(d.Blocks) {
		p.s.Toast(session.Toast{Text: "A text keeps at least one paragraph", Bad: true})
		return true
	}
	var err error
	for i := last; i >= first && err == nil; i-- {
		d, err = notebook.WithoutBlock(d, i, document.ByUser)
	}
	if err != nil {
		p.s.Fail("throw the paragraph out", err)
		return true
	}
	p.bar.hide()
	p.reader.ClearSelection()
	p.s.DoUndoable("throw the paragraph out", present.Count(last-first+1, "paragraph")+" thrown out", func(err error) {
		p.s.Trace("text edited", map[string]any{"ok": err == nil, "blocks": len(d.Blocks)})
	}, &notebook.EditDocument{Capture: p.capture, Document: d})
	return true
}

// restoreText takes the text back to what the importer read.
func (p *Pane) restoreText() {
	p.s.DoUndoable("take the text back to the importer's reading", "The importer's reading is back", nil, &notebook.RestoreDocument{Capture: p.capture})
}

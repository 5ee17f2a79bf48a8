package claims

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
)

// Note is a field for a note in Markdown, with a preview. A long note stands in
// several fields of some paragraphs each: the toolkit's field of several lines
// gets slower with every word in it.
type Note struct {
	Box      *fyne.Container
	OnEscape func()
	OnSubmit func() // Ctrl+Return

	placeholder string
	mode        *widgets.Segmented
	body        *fyne.Container
	fields      []*widgets.Entry
}

// noteWords is how many words a field takes before the next paragraph begins a
// new one.
const noteWords = 500

// NewNote makes an empty note.
func NewNote(placeholder string) *Note {
	n := &Note{placeholder: placeholder, body: widgets.Column(theme.Gap1)}
	n.mode = widgets.NewSegmented([]present.Choice{{Key: "write", Label: "Write"}, {Key: "preview", Label: "Preview"}}, func(string) { n.show() })
	n.mode.Set("write")
	n.Box = widgets.Column(theme.Gap1, widgets.Line(0, n.mode), n.body)
	n.SetText("")
	return n
}

// SetText replaces the note.
func (n *Note) SetText(text string) {
	n.fields = nil
	for _, part := range splitNote(text, noteWords) {
		e := widgets.NewTextEntry(n.placeholder, 3)
		e.SetText(part)
		e.OnEscape = func() {
			if n.OnEscape != nil {
				n.OnEscape()
			}
		}
		e.OnSubmitted = func(string) {
			if n.OnSubmit != nil {
				n.OnSubmit()
			}
		}
		e.OnFocus = func(on bool) {
			if !on && len(strings.Fields(e.Text)) > 2*noteWords {
				n.SetText(n.Text()) // it has grown too long
			}
		}
		n.fields = append(n.fields, e)
	}
	n.show()
}

// Text is the note.
func (n *Note) Text() string {
	var parts []string
	for _, e := range n.fields {
		if t := strings.Trim(e.Text, "\n"); strings.TrimSpace(t) != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, "\n\n")
}

func (n *Note) show() {
	n.body.RemoveAll()
	if n.mode.Key() == "preview" {
		text := n.Text()
		if text == "" {
			n.body.Add(widgets.Para("Nothing is written yet.", theme.SizeCaption, true))
		} else {
			md := widget.NewRichTextFromMarkdown(text)
			md.Wrapping = fyne.TextWrapWord
			n.body.Add(widgets.NewCard(widgets.Flush(md)))
		}
	} else {
		for _, e := range n.fields {
			n.body.Add(e)
		}
	}
	n.body.Refresh()
}

// splitNote cuts a note at blank lines into parts of about most words. A fenced
// block of code stays whole.
func splitNote(text string, most int) []string {
	var parts []string
	var part []string
	words, fenced := 0, false
	flush := func() {
		if len(part) > 0 {
			parts = append(parts, strings.Join(part, "\n\n"))
			part, words = nil, 0
		}
	}
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		n := len(strings.Fields(p))
		if words > 0 && words+n > most && !fenced {
			flush()
		}
		if strings.Count(p, "```")%2 == 1 {
			fenced = !fenced
		}
		part = append(part, p)
		words += n
	}
	flush()
	if parts == nil {
		return []string{""}
	}
	return parts
}

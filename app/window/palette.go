package window

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// choice is one line of the palette.
type choice struct {
	icon  string
	flag  string
	label string
	meta  string
	do    func()
}

// palette is the open command palette.
type palette struct {
	w       *Window
	pop     *widget.PopUp
	entry   *widgets.Entry
	list    *widgets.List
	choices []choice
	loader  session.Loader
	loading bool // things are still looked for
	eager   bool // Enter was pressed before anything was found
}

// showPalette opens the palette: commands, sources, claims and countries by
// their names.
func (w *Window) showPalette() {
	if w.palette != nil && w.palette.pop.Visible() {
		w.palette.close() // the same key again puts it away
		return
	}
	p := &palette{w: w}
	w.palette = p
	p.entry = widgets.NewFilter("A command, source, claim or country", func(string) { p.fill() })
	p.entry.OnEscape = p.close
	p.entry.OnDown = func() { p.move(1) }
	p.entry.OnUp = func() { p.move(-1) }
	p.entry.OnSubmitted = func(string) { p.take() }
	p.list = widgets.NewList(func() int { return len(p.choices) }, func() fyne.CanvasObject { return newChoiceRow() }, func(i int, o fyne.CanvasObject) {
		if i < len(p.choices) {
			o.(*choiceRow).show(p.choices[i])
		}
	})
	taken := false
	p.list.OnChosen = func(int) {
		if !taken {
			taken = true
			p.take()
		}
	}
	body := container.NewBorder(widgets.Pad(0, theme.Gap2, p.entry), nil, nil, nil, p.list)
	p.pop = widget.NewModalPopUp(widgets.Pad(theme.Gap3, theme.Gap1, body), w.win.Canvas())
	size := w.win.Canvas().Size()
	p.pop.Resize(fyne.NewSize(min(640, size.Width-40), min(460, size.Height-80)))
	p.pop.Show()
	w.win.Canvas().Focus(p.entry)
	p.fill()
	w.Trace("palette", map[string]any{"open": true})
}

func (p *palette) close() {
	p.loader.Cancel()
	p.pop.Hide()
}

func (p *palette) move(by int) {
	if len(p.choices) == 0 {
		return
	}
	i := min(max(p.list.At()+by, 0), len(p.choices)-1)
	p.list.Choose(i)
}

func (p *palette) take() {
	i := max(p.list.At(), 0)
	if i >= len(p.choices) {
		p.eager = p.loading
		return
	}
	do := p.choices[i].do
	p.close()
	do()
}

func (p *palette) fill() {
	typed := strings.ToLower(strings.TrimSpace(p.entry.Text))
	p.choices = p.commands(typed)
	p.show()
	p.eager, p.loading = false, typed != ""
	if typed == "" {
		p.loader.Cancel()
		return
	}
	session.LoadElse(p.w, &p.loader, func(_ context.Context, tx *notebook.Tx) ([]choice, error) { return p.things(tx, typed) }, func(found []choice) {
		p.loading = false
		p.choices = append(append(p.commands(typed), found...), p.search())
		p.show()
		if p.eager {
			p.take()
		}
	}, func(error) { p.loading = false })
}

func (p *palette) show() {
	p.list.Refresh()
	p.list.Choose(-1)
	if len(p.choices) > 0 {
		p.list.Choose(0)
	}
}

func (p *palette) commands(typed string) []choice {
	var first, second []choice
	for _, c := range p.w.table {
		if c.id == "palette" || c.id == "paste" {
			continue
		}
		label := c.label
		if c.name != nil && c.name() != "" {
			label = c.name()
		}
		keys := keysOf(c.keys)
		if c.plain != "" {
			keys = present.Join(c.plain, keys)
		}
		x := choice{icon: "command", label: strings.TrimSuffix(label, "…"), meta: keys, do: func() { p.w.run(c.id) }}
		switch low := strings.ToLower(label); {
		case strings.HasPrefix(low, typed):
			first = append(first, x)
		case strings.Contains(low, typed), strings.Contains(strings.ToLower(c.menu), typed):
			second = append(second, x)
		}
	}
	return append(first, second...)
}

// search is the choice that looks for what was typed in the texts.
func (p *palette) search() choice {
	words := strings.TrimSpace(p.entry.Text)
	return choice{icon: "search", label: "Search all texts for “" + words + "”", meta: "search", do: func() {
		p.w.Go(session.Target{Place: session.Search, Query: words})
	}}
}

// things finds sources, claims and countries by what was typed.
func (p *palette) things(tx *notebook.Tx, typed string) ([]choice, error) {
	var out []choice
	w := p.w
	for i, o := range widgets.CompleteCountry(nil)(typed) {
		if i == 4 {
			break
		}
		out = append(out, choice{flag: o.Key, label: country.Name(country.Code(o.Key), "en"), meta: "country", do: func() {
			w.Go(session.Target{Place: session.Countries, ID: o.Key})
		}})
	}
	for s, err := range tx.Sources(notebook.SourceQuery{Text: typed, Limit: 12}) {
		if err != nil {
			return nil, err
		}
		out = append(out, choice{icon: present.KindIcon(s.Kind), label: present.SourceTitle(s), meta: "source", do: func() {
			w.Go(session.Target{Place: session.Library, ID: string(s.ID)})
		}})
	}
	for c, err := range tx.Claims(notebook.ClaimQuery{Text: typed, Limit: 12}) {
		if err != nil {
			return nil, err
		}
		out = append(out, choice{icon: "claim", label: c.Statement, meta: "claim", do: func() {
			w.Go(session.Target{Place: session.Claims, ID: string(c.ID)})
		}})
	}
	return slices.Clip(out), nil
}

// choiceRow is one line of the palette on the window.
type choiceRow struct {
	widget.BaseWidget
	icon  *widget.Icon
	label *widgets.Text
	meta  *widgets.Text
	box   *fyne.Container
}

func newChoiceRow() *choiceRow {
	r := &choiceRow{icon: widget.NewIcon(nil), label: widgets.NewText("", theme.SizeBody, ""), meta: widgets.Muted("")}
	r.meta.Whole = true
	r.box = container.NewStack(widgets.Pad(theme.Gap2, theme.Gap1, widgets.Spread(theme.Gap2, 1, r.icon, r.label, r.meta)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *choiceRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.box) }

func (r *choiceRow) show(c choice) {
	switch {
	case c.flag != "" && theme.Flag(c.flag) != nil:
		r.icon.SetResource(theme.Flag(c.flag))
	case c.icon != "":
		r.icon.SetResource(theme.IconIn(c.icon, theme.ColorMuted))
	}
	r.label.SetText(c.label)
	r.meta.SetText(c.meta)
	r.box.Refresh()
}

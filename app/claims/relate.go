package claims

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/app/theme"
	"sourcebook/app/widgets"
	"sourcebook/notebook"
)

// Relate asks how the claim that is shown stands to another, which is searched
// for as one types.
func (d *Detail) Relate() {
	if d.held == nil {
		return
	}
	from := d.held.claim
	Pick(d.s, PickOptions{
		Title:   "How does this claim stand to another?",
		Lead:    from.Statement,
		Kinds:   present.RelationKinds,
		Kind:    string(notebook.RelSupports),
		Exclude: []notebook.ClaimID{from.ID},
		Confirm: "Relate",
		OnPicked: func(kind string, ids []notebook.ClaimID) {
			var cmds []notebook.Command
			for _, to := range ids {
				cmds = append(cmds, &notebook.PutRelation{Relation: notebook.Relation{
					From: from.ID, To: to, Kind: notebook.RelationKind(kind), State: notebook.Made}})
			}
			d.s.DoUndoable("relate the claims", "Relation saved", nil, cmds...)
		},
	})
}

// PickOptions say what a claim picker asks.
type PickOptions struct {
	Title    string
	Lead     string           // the claim that it is about, empty for none
	Kinds    []present.Choice // a choice to make beside, nil for none
	Kind     string
	Many     bool // several claims can be picked
	Exclude  []notebook.ClaimID
	Query    notebook.ClaimQuery // what to offer before something is typed
	Confirm  string
	OnPicked func(kind string, ids []notebook.ClaimID)
}

// picker is a claim picker that is open.
type picker struct {
	s      session.Session
	o      PickOptions
	rows   []row
	picked []notebook.ClaimID
	loader session.Loader
	list   *widgets.List
	filter *widgets.Entry
	kinds  *widgets.Explained
	pop    *widget.PopUp
	ok     *widgets.Button
	empty  *widget.Label // says that nothing fits

	loading bool // what was typed is still being searched for
	wanted  bool // Return was pressed meanwhile
}

// Pick shows a claim picker over the window.
func Pick(s session.Session, o PickOptions) {
	p := &picker{s: s, o: o}
	p.filter = widgets.NewFilter("Search claims", func(string) { p.load() })
	p.filter.OnEscape = p.close
	p.filter.OnDown = func() { p.move(1) }
	p.filter.OnUp = func() { p.move(-1) }
	p.filter.OnSubmitted = func(string) { p.confirm() }
	p.list = widgets.NewList(func() int { return len(p.rows) }, func() fyne.CanvasObject {
		r := widgets.NewRow()
		r.Two = true
		return r
	}, func(i int, obj fyne.CanvasObject) {
		if i >= len(p.rows) {
			return
		}
		r := obj.(*widgets.Row)
		if o.Many {
			r.Lead = theme.Icon("plus")
			if slices.Contains(p.picked, p.rows[i].claim.ID) {
				r.Lead = theme.IconIn("check", "primary")
			}
		}
		FillRow(r, p.rows[i].claim, p.rows[i].grade)
	})
	p.list.OnChosen = func(i int) {
		id := p.rows[i].claim.ID
		switch at := slices.Index(p.picked, id); {
		case !o.Many:
			p.picked = []notebook.ClaimID{id}
		case at >= 0:
			p.picked = slices.Delete(p.picked, at, at+1)
		default:
			p.picked = append(p.picked, id)
		}
		if o.Many {
			p.list.Choose(-1)
			p.list.Refresh()
		}
		p.enable()
	}
	p.list.OnOpen = func(int) { p.confirm() }
	title := widgets.NewText(o.Title, theme.SizeSub, "")
	title.Bold = true
	top := widgets.Column(theme.Gap3, title)
	if o.Lead != "" {
		top.Add(widgets.Para("“"+present.Short(o.Lead, 260)+"”", theme.SizeBody, true))
	}
	if len(o.Kinds) > 0 {
		p.kinds = widgets.NewExplained(o.Kinds, "", nil)
		p.kinds.Set(o.Kind)
		top.Add(p.kinds.Box)
	}
	top.Add(p.filter)
	p.ok = widgets.Primary(o.Confirm, "check", p.confirm)
	foot := widgets.Spread(theme.Gap2, 0, container.NewStack(), widgets.Flat("Cancel", "", p.close), p.ok)
	p.empty = widget.NewLabel("")
	p.empty.Wrapping = fyne.TextWrapWord
	p.empty.Importance = widget.LowImportance
	p.empty.Hide()
	body := container.NewBorder(widgets.Pad(0, theme.Gap2, top), widgets.Pad(0, theme.Gap2, foot), nil, nil, container.NewStack(p.list, container.NewVBox(p.empty)))
	p.pop = widget.NewModalPopUp(widgets.Pad(theme.Gap4, theme.Gap2, body), s.Window().Canvas())
	size := s.Window().Canvas().Size()
	p.pop.Resize(fyne.NewSize(min(640, size.Width-40), min(620, size.Height-60)))
	p.pop.Show()
	s.Window().Canvas().Focus(p.filter)
	p.enable()
	p.load()
	s.Trace("claim picker", map[string]any{"open": true})
}

func (p *picker) load() {
	q := p.o.Query
	q.Text, q.Limit = p.filter.Text, 60+len(p.o.Exclude)
	p.loading, p.wanted = true, false
	session.Load(p.s, &p.loader, "search the claims", func(ctx context.Context, tx *notebook.Tx) ([]row, error) {
		return readRows(ctx, tx, q)
	}, func(rows []row) {
		p.loading = false
		p.rows = slices.DeleteFunc(rows, func(r row) bool { return slices.Contains(p.o.Exclude, r.claim.ID) })
		p.list.Refresh()
		switch {
		case len(p.rows) > 0:
			p.empty.Hide()
		case q.Text != "":
			p.empty.SetText("No claim has these words.")
			p.empty.Show()
		default:
			p.empty.SetText("There is no claim yet to choose from. Select a passage and press C to make one.")
			p.empty.Show()
		}
		if !p.o.Many {
			p.list.Choose(slices.IndexFunc(p.rows, func(r row) bool { return slices.Contains(p.picked, r.claim.ID) }))
		}
		if p.wanted {
			p.wanted = false
			p.confirm()
		}
	})
}

func (p *picker) move(by int) {
	if len(p.rows) == 0 {
		return
	}
	i := min(max(p.list.At()+by, 0), len(p.rows)-1)
	if i != p.list.At() {
		p.list.Select(i)
	}
}

func (p *picker) enable() {
	if len(p.picked) == 0 {
		p.ok.Disable()
	} else {
		p.ok.Enable()
	}
}

func (p *picker) close() {
	p.loader.Cancel()
	p.pop.Hide()
	p.s.Trace("claim picker", map[string]any{"open": false})
}

func (p *picker) confirm() {
	if p.loading && len(p.picked) == 0 {
		p.wanted = true
		return
	}
	if len(p.picked) == 0 && !p.o.Many && len(p.rows) > 0 && p.filter.Text != "" {
		p.picked = []notebook.ClaimID{p.rows[0].claim.ID}
	}
	if len(p.picked) == 0 {
		return
	}
	kind := ""
	if p.kinds != nil {
		kind = p.kinds.Key()
	}
	p.close()
	p.o.OnPicked(kind, p.picked)
}

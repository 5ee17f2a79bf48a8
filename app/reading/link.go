package reading

import (
	"context"

	"sourcebook/app/claims"
	"sourcebook/app/present"
	"sourcebook/app/session"
	"sourcebook/notebook"
)

// link makes the selection, or the highlight that is open, evidence of a claim
// that there is already; with neither it shows the sources that the text cites.
func (p *Pane) link() bool {
	if p.held == nil {
		return false
	}
	var q claims.Quote
	switch sel, text, ok := p.reader.Selection(); {
	case ok && p.view == TextView:
		q = claims.Quote{Source: p.id, Capture: p.capture, Range: sel, Exact: text, Colour: p.colour}
	case p.active != "":
		h, ok := p.highlight(p.active)
		if !ok {
			return false
		}
		q = claims.Quote{Highlight: h.ID, Source: h.Source, Capture: h.Capture, Exact: h.Exact, Colour: h.Colour}
	default:
		p.notes.tab("citations")
		p.notes.refresh()
		return true
	}
	p.bar.hide()
	claims.Pick(p.s, claims.PickOptions{
		Title: "Link this passage to which claim?", Lead: q.Exact, Kinds: present.Stances, Kind: string(notebook.Supports), Confirm: "Link",
		OnPicked: func(stance string, ids []notebook.ClaimID) {
			q.Stance = notebook.Stance(stance)
			session.Load(p.s, &p.editing, "read the claim", func(_ context.Context, tx *notebook.Tx) (claims.Draft, error) { return claims.Load(tx, ids[0]) },
				func(d claims.Draft) {
					for _, have := range d.Quotes {
						if q.Highlight != "" && have.Highlight == q.Highlight {
							p.s.Toast(session.Toast{Text: "This passage is evidence of that claim already"})
							return
						}
					}
					d.Quotes = append(d.Quotes, q)
					p.reader.ClearSelection()
					p.s.DoUndoable("link the passage", "Linked to the claim", func(err error) {
						p.s.Trace("passage linked", map[string]any{"claim": string(ids[0]), "ok": err == nil})
						p.Focus()
					}, &claims.Save{Draft: d})
				})
		},
	})
	return true
}

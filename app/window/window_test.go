package window

import (
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"sourcebook/app/library"
	"sourcebook/app/session"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// first gives the first of a list of the notebook.
func (p *pump) ids() (source notebook.SourceID, claim notebook.ClaimID, comparison notebook.ComparisonID, briefing notebook.BriefingID) {
	p.t.Helper()
	err := p.w.nb.View(func(tx *notebook.Tx) error {
		for s, err := range tx.Sources(notebook.SourceQuery{Order: notebook.OrderTitle}) {
			if err != nil {
				return err
			}
			source = s.ID
			break
		}
		for c, err := range tx.Claims(notebook.ClaimQuery{}) {
			if err != nil {
				return err
			}
			if len(c.Evidence) > 0 {
				claim = c.ID
			}
		}
		cs, err := tx.Comparisons()
		if err != nil {
			return err
		}
		if len(cs) > 0 {
			comparison = cs[0].ID
		}
		bs, err := tx.Briefings()
		if len(bs) > 0 {
			briefing = bs[0].ID
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return
}

func TestEveryPlaceShowsTheSample(t *testing.T) {
	p := openTest(t, sampleFile(t))
	w := p.w
	source, claim, comparison, briefing := p.ids()
	for _, dark := range []bool{false, true} {
		suffix := ""
		if dark {
			w.toggleDark()
			suffix = "-dark"
		}
		for _, x := range []struct {
			name string
			to   session.Target
		}{
			{"library", session.Target{Place: session.Library, ID: string(source)}},
			{"claims", session.Target{Place: session.Claims, ID: string(claim)}},
			{"countries", session.Target{Place: session.Countries, ID: "KZ"}},
			{"compare", session.Target{Place: session.Compare, ID: string(comparison)}},
			{"timeline", session.Target{Place: session.Timeline}},
			{"briefings", session.Target{Place: session.Briefings, ID: string(briefing)}},
			{"search", session.Target{Place: session.Search, Query: "corridor"}},
			{"bin", session.Target{Place: session.Bin}},
		} {
			w.Go(x.to)
			p.settle()
			if w.place != x.to.Place {
				t.Errorf("%s is not shown", x.name)
			}
			p.shoot(x.name + suffix)
		}
	}
	if len(w.toasts.shown) > 0 {
		t.Errorf("%d messages are shown; none was expected", len(w.toasts.shown))
	}
}

func TestEmptyNotebookTeaches(t *testing.T) {
	p := openTest(t, filepath.Join(t.TempDir(), "n.sourcebook"))
	for _, place := range session.Places {
		p.w.Go(session.Target{Place: place})
		p.shoot("empty-" + string(place))
	}
}

func TestReadingPaneShowsAllOfASource(t *testing.T) {
	p := openTest(t, sampleFile(t))
	w := p.w
	w.win.Resize(fyne.NewSize(1280, 780))
	for _, kind := range []document.Kind{document.Article, document.SearchSnapshot} {
		var id notebook.SourceID
		p.view(func(tx *notebook.Tx) error {
			for s, err := range tx.Sources(notebook.SourceQuery{Kind: kind, Order: notebook.OrderTitle}) {
				id = s.ID
				return err
			}
			return nil
		})
		if id == "" {
			t.Fatalf("the sample holds no %s", kind)
		}
		w.Go(session.Target{Place: session.Library, ID: string(id)})
		p.settle()
		pane := w.screens[session.Library].(*library.Screen).Pane()
		for _, tab := range []string{"notes", "citations", "results", "details"} {
			pane.ShowTab(tab)
			p.shoot("tab-" + string(kind) + "-" + tab)
		}
		for _, view := range []string{"dropped", "original", "text"} {
			if !pane.Command("view-" + view) {
				t.Errorf("the view %s of %s does not open", view, kind)
			}
			p.shoot("view-" + string(kind) + "-" + view)
		}
	}
	if len(w.toasts.shown) > 0 {
		t.Errorf("%d messages are shown; none was expected", len(w.toasts.shown))
	}
	w.scaleText(0.5)
	w.Go(session.Target{Place: session.Claims})
	p.shoot("scaled-claims")
	w.Go(session.Target{Place: session.Library})
	p.shoot("scaled-library")
}

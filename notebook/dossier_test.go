package notebook_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

func TestDossierAndCompare(t *testing.T) {
	n := notebooktest.New(t)
	fresh := add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	old := &notebook.AddCapture{
		Capture: notebook.Capture{Received: time.Date(2023, 5, 4, 0, 0, 0, 0, time.UTC)}, Original: []byte("b"),
		Document: article("Rail", "https://rail.example/1", "The line was closed for repairs."),
	}
	do(t, n, old)
	h1 := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: fresh.SourceID, Start: 0, End: 20}}
	h2 := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: old.SourceID, Start: 0, End: 20}}
	do(t, n, h1, h2)
	claim := func(c notebook.Claim, h notebook.HighlightID) notebook.ClaimID {
		if h != "" {
			c.Evidence = []notebook.Evidence{{Highlight: h}}
		}
		cmd := &notebook.PutClaim{Claim: c}
		do(t, n, cmd)
		return cmd.Claim.ID
	}
	late := claim(notebook.Claim{Statement: "Late.", Countries: []country.Code{"AZ"}, Topics: []string{"ports"}, EventDate: "2026-02-03"}, h1.Highlight.ID)
	early := claim(notebook.Claim{Statement: "Early.", Countries: []country.Code{"AZ"}, Topics: []string{"ports", "rail"}, EventDate: "2025"}, h2.Highlight.ID)
	loose := claim(notebook.Claim{Statement: "Loose.", Countries: []country.Code{"AZ"}}, "")
	claim(notebook.Claim{Statement: "Other.", Countries: []country.Code{"KZ"}, Topics: []string{"oil"}}, "")
	do(t, n, &notebook.PutDossierNote{Note: notebook.DossierNote{Country: "AZ", Text: "General."}},
		&notebook.PutDossierNote{Note: notebook.DossierNote{Country: "KZ", Topic: " water  use ", Text: "Note."}})

	view(t, n, func(tx *notebook.Tx) error {
		d, err := tx.Dossier("AZ")
		if err != nil {
			return err
		}
		var got []string
		for _, topic := range d.Topics {
			line := topic.Topic + ":"
			for _, c := range topic.Claims {
				line += " " + c.Statement
			}
			got = append(got, line)
		}
		if want := []string{"ports: Late. Early.", "rail: Early.", ": Loose."}; !slices.Equal(got, want) {
			t.Errorf("topics %q, want %q", got, want)
		}
		if want := []string{"no claim on oil", "nothing newer than 4 May 2023 on rail"}; !slices.Equal(d.Gaps, want) {
			t.Errorf("gaps %q, want %q", d.Gaps, want)
		}
		if d.Notes[""].Text != "General." || len(d.Sources) != 2 || d.Freshest.Year() != 2026 {
			t.Errorf("dossier %+v", d)
		}
		table, err := tx.Compare([]country.Code{"KZ", "AZ"}, nil)
		if err != nil {
			return err
		}
		var rows []string
		for _, r := range table.Rows {
			rows = append(rows, r.Topic)
		}
		if want := []string{"ports", "oil", "rail", "water use", ""}; !slices.Equal(rows, want) {
			t.Errorf("rows %q, want %q", rows, want)
		}
		table, err = tx.Compare([]country.Code{"KZ", "AZ"}, []string{"rail", "nothing yet"})
		if err != nil || len(table.Rows) != 2 || len(table.Rows[0].Cells[1].Claims) != 1 || len(table.Rows[1].Cells[0].Claims) != 0 {
			t.Errorf("chosen topics: %+v, %v", table, err)
		}
		for _, cc := range [][]country.Code{nil, {"AZ"}, {"AZ", "AZ"}, {"AZ", "KZ", "GE", "AM", "TR", "TM", "UZ"}, {"AZ", "azerbaijan"}} {
			if _, err := tx.Compare(cc, nil); !errors.Is(err, notebook.ErrInvalid) {
				t.Errorf("compare %v: %v", cc, err)
			}
		}
		if _, err := tx.Dossier("aze"); !errors.Is(err, notebook.ErrInvalid) {
			t.Errorf("dossier of aze: %v", err)
		}
		return nil
	})
	_, _, _ = late, early, loose

	// An empty note deletes it.
	do(t, n, &notebook.PutDossierNote{Note: notebook.DossierNote{Country: "AZ"}})
	view(t, n, func(tx *notebook.Tx) error {
		d, err := tx.Dossier("AZ")
		if len(d.Notes) != 0 {
			t.Errorf("notes %+v", d.Notes)
		}
		return err
	})
}

func TestImpactAndGrades(t *testing.T) {
	n := notebooktest.New(t)
	weak := add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	d := article("Rail", "https://rail.example/1", "The port has two berths now.")
	d.Site, d.Publisher = "www.Steppe Wire", ""
	strong := add(t, n, d, "b")
	serp := add(t, n, snapshot("berths", "There are two berths in the port."), "c")
	mark := func(id notebook.SourceID) notebook.HighlightID {
		h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: id, Start: 0, End: 12}}
		do(t, n, h)
		return h.Highlight.ID
	}
	w, s, l := mark(weak.SourceID), mark(strong.SourceID), mark(serp.SourceID)
	do(t, n, &notebook.PutPublisher{Publisher: notebook.Publisher{Name: "Harbour Post", Reliability: "D"}},
		&notebook.PutPublisher{Publisher: notebook.Publisher{Key: "steppe wire", Reliability: "B"}})
	claim := func(e ...notebook.Evidence) notebook.Claim {
		c := &notebook.PutClaim{Claim: notebook.Claim{Statement: "C.", Evidence: e, Countries: []country.Code{"AZ"}, Credibility: 3}}
		do(t, n, c)
		return c.Claim
	}
	ev := func(h notebook.HighlightID, st notebook.Stance) notebook.Evidence {
		return notebook.Evidence{Highlight: h, Stance: st}
	}
	alone := claim(ev(w, notebook.Supports), ev(l, notebook.Supports))
	both := claim(ev(w, notebook.Supports), ev(s, notebook.Supports))
	against := claim(ev(w, notebook.Contradicts), ev(s, notebook.Supports))
	none := claim(ev(l, notebook.Supports))
	br := &notebook.PutBriefing{Briefing: notebook.Briefing{Title: "On AZ", Parts: []notebook.Part{{Kind: notebook.PartDossier, Country: "AZ"}}}}
	unrelated := &notebook.PutBriefing{Briefing: notebook.Briefing{Title: "On KZ", Parts: []notebook.Part{{Kind: notebook.PartDossier, Country: "KZ"}}}}
	do(t, n, br, unrelated)
	view(t, n, func(tx *notebook.Tx) error {
		im, err := tx.Impact(weak.SourceID)
		if err != nil {
			return err
		}
		if len(im.Claims) != 3 || !slices.Equal(im.Alone, []notebook.ClaimID{alone.ID}) || !slices.Equal(im.Countries, []country.Code{"AZ"}) ||
			len(im.Briefings) != 1 || im.Briefings[0].Title != "On AZ" {
			t.Errorf("impact %+v", im)
		}
		for _, tt := range []struct {
			name string
			c    notebook.Claim
			want notebook.Reliability
		}{{"one source", alone, "D"}, {"the better of two", both, "B"}, {"only the supporting one", against, "B"}, {"only an AI answer", none, ""}} {
			r, cr, err := tx.GradeOfClaim(tt.c)
			if err != nil || r != tt.want || cr != 3 {
				t.Errorf("%s: %s%d, %v; want %s", tt.name, r, cr, err, tt.want)
			}
		}
		ps, err := tx.Publishers()
		var keys []string
		for _, p := range ps {
			keys = append(keys, p.Publisher.Key)
		}
		if err != nil || strings.Join(keys, "|") != "harbour post|steppe wire" {
			t.Errorf("publishers %v, %v", keys, err)
		}
		return nil
	})
	// A grade of its own counts before its publisher's; F and none count least.
	view(t, n, func(tx *notebook.Tx) error {
		src, err := tx.Source(strong.SourceID)
		if err != nil {
			return err
		}
		src.Reliability = notebook.ReliabilityUnknown
		r, err := tx.GradeOf(src)
		if r != "F" {
			t.Errorf("own grade: %s", r)
		}
		return err
	})
}

func TestPutSourceKeepsWhatIsByHand(t *testing.T) {
	n := notebooktest.New(t)
	a := add(t, n, article("Typo in tihs title", "https://harbour.example/port", portText), "a")
	var s notebook.Source
	view(t, n, func(tx *notebook.Tx) (err error) {
		s, err = tx.Source(a.SourceID)
		return err
	})
	s.Title, s.Note, s.Identity, s.Captures = "A title without typo", "Mine.", "changed", nil
	do(t, n, &notebook.PutSource{Source: s})
	d := article("Typo in tihs title, again", "https://harbour.example/port", "Another text.")
	d.Section = "Business"
	add(t, n, d, "b")
	view(t, n, func(tx *notebook.Tx) error {
		got, err := tx.Source(a.SourceID)
		if err != nil || got.Title != "A title without typo" || got.Section != "Business" || got.Note != "Mine." ||
			got.Identity != "https://harbour.example/port" || len(got.Captures) != 2 || !slices.Equal(got.ByHand, []string{"title"}) {
			t.Errorf("source %+v, %v", got, err)
		}
		return nil
	})
	for _, bad := range []notebook.Source{
		{}, {ID: "x"}, {ID: a.SourceID, Reliability: "G"}, {ID: a.SourceID, Published: "27.2.2026"},
		{ID: a.SourceID, Kind: "opera"}, {ID: a.SourceID, Countries: []document.CountryCount{{Code: "Azerbaijan"}}},
	} {
		if _, err := n.Do(&notebook.PutSource{Source: bad}); !errors.Is(err, notebook.ErrInvalid) && !errors.Is(err, notebook.ErrNotFound) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

package notebook_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// article is a document as an importer gives it.
func article(title, url string, paragraphs ...string) *document.Document {
	d := &document.Document{
		Kind: document.Article, Title: title, Site: "Harbour Post", Publisher: "Harbour Post", Byline: []string{"Ada Writer"},
		Published: "2026-02-27", Lang: "en", URL: url, CanonicalURL: url,
		Countries: []document.CountryCount{{Code: "AZ", Mentions: 3}, {Code: "KZ", Mentions: 1}},
	}
	for _, p := range paragraphs {
		d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: p})
	}
	d.Finish()
	return d
}

// snapshot is a result page with an AI answer.
func snapshot(query, answer string) *document.Document {
	d := &document.Document{
		Kind: document.SearchSnapshot, Title: query,
		Blocks: []document.Block{{Kind: document.Paragraph, Text: answer}},
		Search: &document.Search{Engine: "google", Query: query, URL: "https://www.google.com/search?q=ha…", URLTruncated: true},
	}
	d.Finish()
	return d
}

func do(t testing.TB, n *notebook.Notebook, cmds ...notebook.Command) notebook.Change {
	t.Helper()
	c, err := n.Do(cmds...)
	if err != nil {
		t.Fatalf("do: %v", err)
	}
	return c
}

func add(t testing.TB, n *notebook.Notebook, d *document.Document, original string) *notebook.AddCapture {
	t.Helper()
	c := &notebook.AddCapture{Capture: notebook.Capture{Name: "page.html", Method: notebook.ByFile}, Original: []byte(original), Document: d}
	do(t, n, c)
	return c
}

func view(t testing.TB, n *notebook.Notebook, fn func(tx *notebook.Tx) error) {
	t.Helper()
	if err := n.View(fn); err != nil {
		t.Fatalf("view: %v", err)
	}
}

const portText = "The port opened a second berth on Friday. Traffic rose by 12 per cent in a year."

// The whole loop on one notebook, closed and opened in between.
func TestLoop(t *testing.T) {
	path := filepath.Join(t.TempDir(), "loop.sourcebook")
	o := notebook.Options{Clock: notebooktest.Clock(), NewID: notebooktest.IDs()}
	n := notebooktest.Open(t, path, o)
	a := add(t, n, article("Port opens berth", "https://harbour.example/port", portText), "<html>one</html>")
	h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: a.SourceID, Exact: "opened a second berth"}}
	do(t, n, h)
	c := &notebook.PutClaim{Claim: notebook.Claim{
		Statement: " The port has two berths. ", Countries: []country.Code{"AZ"}, Topics: []string{" transport ", "transport"},
		Evidence: []notebook.Evidence{{Highlight: h.Highlight.ID, Stance: notebook.Supports}}, EventDate: "2026-02-27", Credibility: 2,
	}}
	do(t, n, c)
	l := &notebook.PutLink{Link: notebook.SourceLink{Claim: c.Claim.ID, URL: "http://www.other.example/story/?utm_source=x", Title: "Other story"}}
	do(t, n, l)
	do(t, n, &notebook.PutPublisher{Publisher: notebook.Publisher{Name: "Harbour Post", Reliability: "B"}})
	other := &notebook.PutClaim{Claim: notebook.Claim{Statement: "The port has one berth."}}
	do(t, n, other, &notebook.PutDossierNote{Note: notebook.DossierNote{Country: "AZ", Topic: "transport", Text: "Watch."}})
	do(t, n, &notebook.PutRelation{Relation: notebook.Relation{From: c.Claim.ID, To: other.Claim.ID, Kind: notebook.RelContradicts}})
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}

	o.MustExist = true
	n = notebooktest.Open(t, path, o)
	view(t, n, func(tx *notebook.Tx) error {
		got, err := tx.Claim(c.Claim.ID)
		if err != nil || got.Statement != "The port has two berths." || len(got.Topics) != 1 || len(got.Evidence) != 2 || got.NeedsSource {
			t.Errorf("claim = %+v, %v", got, err)
		}
		r, cr, err := tx.GradeOfClaim(got)
		if err != nil || r != "B" || cr != 2 {
			t.Errorf("grade = %s%d, %v", r, cr, err)
		}
		d, err := tx.Dossier("AZ")
		if err != nil || len(d.Topics) != 1 || d.Topics[0].Topic != "transport" || d.Notes["transport"].Text != "Watch." || len(d.Sources) != 1 {
			t.Errorf("dossier = %+v, %v", d, err)
		}
		im, err := tx.Impact(a.SourceID)
		if err != nil || len(im.Claims) != 1 || len(im.Alone) != 1 {
			t.Errorf("impact = %+v, %v", im, err)
		}
		raw, err := tx.Original(a.Capture.ID)
		if err != nil || string(raw) != "<html>one</html>" {
			t.Errorf("original = %q, %v", raw, err)
		}
		doc, err := tx.Document(a.Capture.ID)
		if err != nil || doc.Text != portText {
			t.Errorf("document = %+v, %v", doc, err)
		}
		id, err := tx.Resolve("claim", strings.ToLower(string(c.Claim.ID[20:])))
		if err != nil || id != string(c.Claim.ID) {
			t.Errorf("resolve = %s, %v", id, err)
		}
		contested := 0
		for _, err := range tx.Claims(notebook.ClaimQuery{Contested: true}) {
			if err != nil {
				return err
			}
			contested++
		}
		if contested != 2 {
			t.Errorf("%d contested claims, want 2", contested)
		}
		table, err := tx.Compare([]country.Code{"AZ", "KZ"}, nil)
		if err != nil || len(table.Rows) != 1 || len(table.Rows[0].Cells[0].Claims) != 1 || table.Rows[0].Cells[0].Note != "Watch." {
			t.Errorf("compare = %+v, %v", table, err)
		}
		return nil
	})

	// The cited story comes in under another spelling of its address.
	b := add(t, n, article("Other story", "https://other.example/story", "Something else."), "<html>two</html>")
	view(t, n, func(tx *notebook.Tx) error {
		got, err := tx.Link(l.Link.ID)
		if err != nil || got.State != notebook.Held || got.Source != b.SourceID {
			t.Errorf("link = %+v, %v", got, err)
		}
		return nil
	})
	for n.UndoName() != "" {
		if _, err := n.Undo(); err != nil {
			t.Fatal(err)
		}
	}
	view(t, n, func(tx *notebook.Tx) error {
		count, err := tx.CountSources(notebook.SourceQuery{})
		if err != nil || count != 0 {
			t.Errorf("%d sources after undoing all, %v", count, err)
		}
		return nil
	})
	for n.RedoName() != "" {
		if _, err := n.Redo(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := n.Redo(); !errors.Is(err, notebook.ErrNothing) {
		t.Errorf("redo after the last: %v", err)
	}
	view(t, n, func(tx *notebook.Tx) error {
		raw, err := tx.Original(b.Capture.ID)
		if err != nil || string(raw) != "<html>two</html>" {
			t.Errorf("original after redo = %q, %v", raw, err)
		}
		return nil
	})
}

package briefing_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/briefing"
	"sourcebook/notebook/briefing/docx"
	"sourcebook/notebook/briefing/html"
	"sourcebook/notebook/briefing/markdown"
	"sourcebook/notebook/briefing/pdf"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// A real notebook, drafted, saved, composed and written in every format: each
// statement that is used is in each file, with the hash of its original.
func TestFromNotebookToFiles(t *testing.T) {
	n := notebooktest.New(t)
	if err := notebooktest.Fill(n, 300, notebooktest.FillOptions{Words: 120}); err != nil {
		t.Fatal(err)
	}
	capture := &notebook.AddCapture{
		Capture:  notebook.Capture{Name: "aktau.html", MediaType: "text/html", Method: notebook.ByFile},
		Original: []byte("<p>Some 4.1 million tonnes went over the quays of Aktau.</p>"),
		Document: &document.Document{Kind: document.Article, Title: "Aktau counts its ships", Site: "Caspian Daily", Published: "2025-07-04",
			Blocks: []document.Block{{Kind: document.Paragraph, Text: "Some 4.1 million tonnes went over the quays of Aktau."}}},
	}
	capture.Document.Finish()
	if _, err := n.Do(capture); err != nil {
		t.Fatal(err)
	}
	mark := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: capture.SourceID, Start: 5, End: 23, Colour: notebook.Yellow}}
	if _, err := n.Do(mark); err != nil {
		t.Fatal(err)
	}
	claim := &notebook.PutClaim{Claim: notebook.Claim{Statement: "Aktau moved 4.1 million tonnes.", Countries: []country.Code{"KZ"}, Topics: []string{"transport"}, EventDate: "2025-07-03",
		Credibility: notebook.Confirmed, Evidence: []notebook.Evidence{{Highlight: mark.Highlight.ID, Stance: notebook.Supports}}}}
	publisher := &notebook.PutPublisher{Publisher: notebook.Publisher{Key: notebook.PublisherKey(notebook.Source{Site: "Caspian Daily"}), Name: "Caspian Daily", Reliability: notebook.CompletelyReliable}}
	if _, err := n.Do(claim, publisher); err != nil {
		t.Fatal(err)
	}

	var doc *briefing.Document
	err := n.View(func(tx *notebook.Tx) error {
		b, err := briefing.Draft(tx, []country.Code{"KZ", "AZ", "GE", "TR"}, "")
		if err != nil {
			return err
		}
		if len(b.Parts) < 7 {
			t.Errorf("%d parts drafted, want judgements, four dossiers, comparison and sources at least", len(b.Parts))
		}
		b.TLP = notebook.TLPAmber
		doc, err = briefing.Compose(tx, b, briefing.Options{Now: notebooktest.Start})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if first := doc.Sections[0].Blocks[0].(briefing.Judgements).Items[0]; first.Statement.String() != claim.Claim.Statement || first.Grade() != "A1" {
		t.Errorf("first key judgement = %q, graded %q; want the claim with the best grade", first.Statement.String(), first.Grade())
	}

	var sha string
	for _, note := range doc.Notes {
		if note.Title == "Aktau counts its ships" {
			sha = note.SHA256
			if len(note.Passages) != 1 || note.Passages[0] != "4.1 million tonnes" {
				t.Errorf("passages = %q, want the highlight", note.Passages)
			}
		}
	}
	if len(sha) != 64 {
		t.Fatalf("hash of the original = %q", sha)
	}
	font := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join("..", "..", "assets", "fonts", name+".ttf"))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, render := range map[string]func(*bytes.Buffer) error{
		"markdown": func(b *bytes.Buffer) error { return markdown.Render(b, doc) },
		"html":     func(b *bytes.Buffer) error { return html.Render(b, doc) },
		"docx":     func(b *bytes.Buffer) error { return docx.Render(b, doc) },
		"pdf": func(b *bytes.Buffer) error {
			return pdf.Render(context.Background(), b, doc, pdf.Options{Fonts: []pdf.Font{{Name: "Noto Sans", Regular: font("NotoSans-Regular"), Bold: font("NotoSans-Bold")}}})
		},
	} {
		var b bytes.Buffer
		if err := render(&b); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if text := b.String(); (name == "markdown" || name == "html") && (!strings.Contains(text, sha) || !strings.Contains(text, "TLP:AMBER")) {
			t.Errorf("%s lacks the hash or the marking", name)
		}
		if b.Len() < 4000 {
			t.Errorf("%s is %d bytes long", name, b.Len())
		}
	}
}

package serp

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sourcebook/notebook/document"
)

// TestSeed reads a real pasted page and wants it whole.
func TestSeed(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/seeds/002_*.txt")
	if len(files) == 0 {
		t.Skip("../shared/seeds is absent")
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	d, ok := ReadText(string(b), Options{})
	if !ok {
		t.Fatal("not recognised")
	}
	if d.Kind != document.SearchSnapshot || d.Search.Engine != "google" || d.Search.Query != "Russia vs Azerbaijan and Kazakhstan" || d.Search.URL != "google.com/search?q=Russia+v…" || !d.Search.URLTruncated {
		t.Errorf("search = %+v", d.Search)
	}
	if d.SharedBy == nil || *d.SharedBy != (document.SharedBy{Name: "Michael Novakhov", Handle: "@mikenov", Date: "2025-09-17"}) {
		t.Errorf("shared by %+v", d.SharedBy)
	}
	want := []struct {
		heading string
		labels  []string
	}{
		{"", []string{""}},
		{"Tensions with Azerbaijan", []string{"", "Civilian airliner crash", "Arrests of citizens", "Retaliatory arrests", "Strategic drift"}},
		{"Tensions with Kazakhstan", []string{"", "Independent foreign policy", "Economic pressure", "Energy diversification", "Naval exercises"}},
		{"Azerbaijan-Kazakhstan cooperation", []string{"", "Middle Corridor", "Military cooperation", "Economic collaboration"}},
		{"Broader regional power shift", []string{"", "", "", ""}},
	}
	if d.Search.Answer == nil || len(d.Search.Answer.Sections) != len(want) {
		t.Fatalf("answer = %+v", d.Search.Answer)
	}
	runes := []rune(d.Text)
	for i, s := range d.Search.Answer.Sections {
		if s.Heading != want[i].heading {
			t.Errorf("section %d heading %q, want %q", i, s.Heading, want[i].heading)
		}
		if len(s.Statements) != len(want[i].labels) {
			t.Errorf("section %d has %d statements, want %d: %+v", i, len(s.Statements), len(want[i].labels), s.Statements)
			continue
		}
		for k, st := range s.Statements {
			if st.Label != want[i].labels[k] {
				t.Errorf("section %d statement %d label %q, want %q", i, k, st.Label, want[i].labels[k])
			}
			if got := string(runes[st.Start:st.End]); got != st.Text {
				t.Errorf("section %d statement %d at %d..%d is %q, want %q", i, k, st.Start, st.End, got, st.Text)
			}
			if !strings.HasSuffix(st.Text, ".") && !strings.HasSuffix(st.Text, "”.") || strings.Contains(st.Text, "—") {
				t.Errorf("section %d statement %d ends as %q", i, k, st.Text)
			}
		}
	}
	if len(d.Search.Results) != 0 || len(d.Warnings) != 0 {
		t.Errorf("results %v, warnings %v", d.Search.Results, d.Warnings)
	}
}

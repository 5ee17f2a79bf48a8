package briefing

import (
	"slices"
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

func TestDateWords(t *testing.T) {
	for _, tt := range []struct {
		in   document.Date
		want string
	}{
		{"2025-07-03", "3 July 2025"}, {"2025-07", "July 2025"}, {"2025", "2025"}, {"", "not stated"}, {"spring 2025", "spring 2025"}, {"2025-13-01", "2025-13-01"},
	} {
		if got := DateWords(tt.in); got != tt.want {
			t.Errorf("DateWords(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
	if got := TimeWords(time.Date(2026, 3, 1, 23, 30, 0, 0, time.FixedZone("", -3600))); got != "2 March 2026" {
		t.Errorf("TimeWords gives %q, want the day in UTC", got)
	}
	if got := TimeWords(time.Time{}); got != WordNotStated {
		t.Errorf("TimeWords(zero) = %q", got)
	}
}

func TestGrade(t *testing.T) {
	for _, tt := range []struct {
		r    notebook.Reliability
		c    notebook.Credibility
		want string
	}{{"B", 2, "B2"}, {"", 2, "–2"}, {"B", 0, "B–"}, {"", 0, ""}, {"F", 6, "F6"}} {
		if got := (Claim{Reliability: tt.r, Credibility: tt.c}).Grade(); got != tt.want {
			t.Errorf("grade of %q and %d = %q, want %q", tt.r, tt.c, got, tt.want)
		}
	}
}

// ICD 203: likelihood and confidence never in one sentence.
func TestEstimateKeepsApart(t *testing.T) {
	c := Claim{Likelihood: notebook.Likely, Confidence: notebook.HighConfidence}
	if got, want := c.Estimate(), []string{"Likelihood: likely (55–80 %).", "Confidence: high."}; !slices.Equal(got, want) {
		t.Errorf("estimate = %q, want %q", got, want)
	}
	for _, sentence := range c.Estimate() {
		if mixes(sentence) {
			t.Errorf("%q says both", sentence)
		}
	}
}

func TestMixes(t *testing.T) {
	for sentence, want := range map[string]bool{
		"It is very likely that dues fall.":                        false,
		"We have high confidence in the count.":                    false,
		"We assess with moderate confidence that it is unlikely.":  true,
		"It is almost certain, and we are confident of it.":        true,
		"Their confidence in the port grew, as a remote place.":    false,
		"With low confidence, a roughly even chance of a closure.": true,
	} {
		if got := mixes(sentence); got != want {
			t.Errorf("mixes(%q) = %v, want %v", sentence, got, want)
		}
	}
}

func TestDescriptor(t *testing.T) {
	day := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name string
		note Note
		want []string
	}{
		{"held", Note{Kind: document.Article, Author: "D. Example", Outlet: "Daily", Original: "Wire", Published: "2025-07", Captured: day, Reliability: "B", State: notebook.Held},
			[]string{"D. Example, Daily, reprinted from Wire", "Published: July 2025 · Captured: 1 March 2026 · Source reliability: B, usually reliable · Article"}},
		{"nothing stated", Note{State: notebook.Held}, []string{"Published: not stated · Source reliability: not stated · Source"}},
		{"its own original", Note{Outlet: "Daily", Original: "daily", State: notebook.Held}, []string{"Daily", "Published: not stated · Source reliability: not stated · Source"}},
		{"cited", Note{Outlet: "APA", Accessed: day, State: notebook.Cited, CitedIn: 3},
			[]string{"APA", "Published: not stated · Accessed: 1 March 2026 · Source reliability: not stated · Cited, not held", "Cited in note 3"}},
		{"lead", Note{Kind: document.SearchSnapshot, Search: "google search for “x”", State: notebook.Held, Lead: true},
			[]string{"Published: not stated · Source reliability: not stated · Search snapshot, google search for “x”", TextLead}},
	} {
		if got := tt.note.Descriptor(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestMarking(t *testing.T) {
	for tlp, colour := range map[notebook.TLP]string{notebook.TLPClear: "FFFFFF", notebook.TLPGreen: "33FF00", notebook.TLPAmber: "FFC000", notebook.TLPAmberStrict: "FFC000", notebook.TLPRed: "FF2B2B"} {
		if got := MarkingColour(tlp); got != colour {
			t.Errorf("colour of %s = %s, want %s", tlp, got, colour)
		}
	}
	if MarkingWords("") != "" || MarkingWords(notebook.TLPAmberStrict) != "TLP:AMBER+STRICT" {
		t.Errorf("words of markings: %q, %q", MarkingWords(""), MarkingWords(notebook.TLPAmberStrict))
	}
}

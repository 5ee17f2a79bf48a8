package citation

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSeed reads a real article and wants every citation in it.
func TestSeed(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/seeds/000_*.txt")
	if len(files) == 0 {
		t.Skip("../shared/seeds is absent")
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		outlet, handle, date string
		inferred             bool
		reposted             string
	}{
		{"Times of Central Asia", "", "2025-07-24", true, ""},
		{"APA", "", "2025-10-22", true, ""},
		{"Eurasia Today", "", "2025-10-24", true, ""},
		{"EDM", "", "2024-05-08", false, ""},
		{"EDM", "", "2025-10-08", true, ""},
		{"EDM", "", "2023-04-20", false, ""},
		{"Times of Central Asia", "", "2025-10-22", true, ""},
		{"EDM", "", "2025-04-24", true, ""},
		{"Window on Eurasia", "", "2025-06-19", true, ""},
		{"Window on Eurasia", "", "2025-08-08", true, ""},
		{"Window on Eurasia", "", "2025-09-13", true, ""},
		{"APA", "", "2025-10-22", true, ""},
		{"Zakon.kz", "", "2025-10-21", true, ""},
		{"Window on Eurasia", "", "2024-12-01", false, ""},
		{"Versia", "", "2025-08-04", true, ""},
		{"Svobodnaya Press", "", "2025-08-04", true, ""},
		{"EDM", "", "2025-01-15", true, ""},
		{"EDM", "", "2025-05-20", true, ""},
		{"EDM", "", "2025-09-09", true, ""},
		{"President of Azerbaijan", "", "2025-10-21", true, ""},
		{"Telegram", "@kremlebezBashennik", "2025-07-03", true, "Kasparov.ru"},
		{"EDM", "", "2024-05-15", true, ""},
		{"EDM", "", "2024-11-21", false, ""},
		{"EDM", "", "2025-07-07", true, ""},
		{"Eurasia Today", "", "2025-10-24", true, ""},
		{"EDM", "", "2021-11-16", false, ""},
		{"Window on Eurasia", "", "2024-11-03", true, ""},
		{"Telegram", "@sytosokrata", "2024-04-28", false, "Charter97"},
	}
	text := string(b)
	runes := []rune(text)
	got := Find(text, Options{Lang: "en", Published: "2025-10-29"})
	for i, c := range got {
		t.Logf("%d %q %q..%q", i, c.Text, c.RepostedBy, string(runes[c.Start:c.End]))
	}
	if len(got) != len(want) {
		t.Errorf("%d citations, want %d", len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		g, w := got[i], want[i]
		if g.Outlet != w.outlet || g.Handle != w.handle || string(g.Date) != w.date || g.DateInferred != w.inferred || g.RepostedBy != w.reposted {
			t.Errorf("citation %d = %+v, want %+v", i, g, w)
		}
	}
}

package importers_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"sourcebook/importers"
	"sourcebook/notebook/document"
)

// seed reads one of the two real captures that the project began with. They
// are not part of it: where they are absent the test is skipped.
func seed(t *testing.T, pattern string) []byte {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("..", "..", "shared", "seeds", pattern))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Skip("the real captures are not beside the project")
	}
	b, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func readSeed(t *testing.T, pattern string) *document.Document {
	t.Helper()
	d, err := importers.Read(context.Background(), importers.Input{Bytes: seed(t, pattern), Name: "seed.txt", Received: time.Date(2025, 11, 13, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSeedArticle(t *testing.T) {
	d := readSeed(t, "000_*.txt")
	for _, c := range []struct{ what, got, want string }{
		{"kind", string(d.Kind), "article"},
		{"title", d.Title, "Azerbaijan–Kazakhstan cooperation transforms Eurasia’s geopolitical map"},
		{"site", d.Site, "Aze.Media"},
		{"section", d.Section, "Opinion"},
		{"byline", strings.Join(d.Byline, "; "), "Paul Goble"},
		{"original publisher", d.OriginalPublisher, "Eurasiareview"},
		{"published", string(d.Published), "2025-10-29"},
		{"language", d.Lang, "en"},
	} {
		if c.got != c.want {
			t.Errorf("%s is %q, want %q", c.what, c.got, c.want)
		}
	}
	if !strings.HasPrefix(d.Standfirst, "At a meeting in Astana") || strings.Contains(d.Standfirst, "bloc") {
		t.Errorf("standfirst is %q", d.Standfirst)
	}
	if len(d.Blocks) != 11 {
		t.Errorf("%d blocks, want the article's 11 paragraphs", len(d.Blocks))
	}
	for _, b := range d.Blocks {
		if b.Kind != document.Paragraph {
			t.Errorf("a %s: %.60q, want paragraphs only", b.Kind, b.Text)
		}
	}
	if len(d.Blocks) > 0 {
		if first := d.Blocks[0].Text; !strings.HasPrefix(first, "At a meeting in Astana") || !strings.HasSuffix(first, "October 24).") {
			t.Errorf("the first paragraph is %q", first)
		}
		if last := d.Blocks[len(d.Blocks)-1].Text; !strings.HasPrefix(last, "This change in the region’s") || !strings.HasSuffix(last, "but also larger ones.") {
			t.Errorf("the last paragraph is %q", last)
		}
	}
	for _, foreign := range []string{"Privacy", "Accept", "Font Resizer", "Follow US", "706 Views", "Min Read", "You Might Also Like", "New articles",
		"1760979459", "IMG 8065", "Useful links", "Sign in", "Lost your password", "Digest", "Schiff", "Paul Goble", "Eurasiareview", "AzeMedia"} {
		if strings.Contains(d.Text, foreign) {
			t.Errorf("the text holds %q", foreign)
		}
	}
	seen := map[string]bool{}
	for _, b := range d.Blocks {
		if seen[b.Text] {
			t.Errorf("twice in the text: %.60q", b.Text)
		}
		seen[b.Text] = true
	}
	var dropped strings.Builder
	for _, x := range d.Dropped {
		if x.Reason == "" {
			t.Errorf("dropped without a reason: %.60q", x.Text)
		}
		dropped.WriteString(x.Text + "\n")
	}
	for _, want := range []string{"Privacy Policy", "Logistics-Transport", "Follow US", "You Might Also Like", "IMG 8065", "New articles", "Lost your password", "706 Views"} {
		if !strings.Contains(dropped.String(), want) {
			t.Errorf("%q is neither in the text nor among what was dropped", want)
		}
	}
	if n := len(d.Countries); n < 8 {
		t.Errorf("%d countries found, want at least 8: %v", n, d.Countries)
	}
	for _, cc := range []string{"AZ", "KZ", "RU", "AM", "CN", "IR", "IN", "US", "UA"} {
		if !slices.ContainsFunc(d.Countries, func(c document.CountryCount) bool { return c.Code == cc }) {
			t.Errorf("%s is not among the countries", cc)
		}
	}
	checkCitations(t, d)
}

func TestSeedArticleCitations(t *testing.T) {
	d := readSeed(t, "000_*.txt")
	var got []string
	for _, c := range d.Citations {
		line := c.Outlet + c.Handle + " " + string(c.Date)
		if c.DateInferred {
			line += " inferred"
		}
		if c.RepostedBy != "" {
			line += " via " + c.RepostedBy
		}
		got = append(got, line)
	}
	for _, want := range []string{
		"Times of Central Asia 2025-07-24 inferred",
		"APA 2025-10-22 inferred",
		"EDM 2024-05-08",
		"EDM 2025-10-08 inferred",
		"EDM 2023-04-20",
		"Window on Eurasia 2025-08-08 inferred",
		"Window on Eurasia 2025-09-13 inferred",
		"Window on Eurasia 2024-12-01",
		"Zakon.kz 2025-10-21 inferred",
		"Versia 2025-08-04 inferred",
		"EDM 2025-05-20 inferred",
		"President of Azerbaijan 2025-10-21 inferred",
		"EDM 2024-05-15 inferred",
		"EDM 2024-11-21",
		"EDM 2025-07-07 inferred",
		"EDM 2021-11-16",
		"Window on Eurasia 2024-11-03 inferred",
		"Telegram@sytosokrata 2024-04-28 via Charter97",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("not among the citations: %s", want)
		}
	}
	if t.Failed() {
		t.Logf("the citations are:\n%s", strings.Join(got, "\n"))
	}
}

func checkCitations(t *testing.T, d *document.Document) {
	t.Helper()
	n := utf8.RuneCountInString(d.Text)
	for _, c := range d.Citations {
		if c.Start < 0 || c.End <= c.Start || c.End > n {
			t.Errorf("citation %q stands at %d–%d of %d", c.Text, c.Start, c.End, n)
		}
	}
}

func TestSeedSearch(t *testing.T) {
	d := readSeed(t, "002_*.txt")
	if d.Kind != document.SearchSnapshot || d.Search == nil || d.Search.Answer == nil {
		t.Fatalf("kind %q, search %v", d.Kind, d.Search)
	}
	s := d.Search
	if s.Engine != "google" || s.Query != "Russia vs Azerbaijan and Kazakhstan" {
		t.Errorf("engine %q, query %q", s.Engine, s.Query)
	}
	if !strings.Contains(s.URL, "google.com/search?q=Russia+v") || !s.URLTruncated {
		t.Errorf("address %q, truncated %v", s.URL, s.URLTruncated)
	}
	if b := d.SharedBy; b == nil || b.Name != "Michael Novakhov" || b.Handle != "@mikenov" || b.Date != "2025-09-17" {
		t.Errorf("shared by %+v", b)
	}
	type part struct {
		heading string
		labels  []string
	}
	var got []part
	r := []rune(d.Text)
	for _, sec := range s.Answer.Sections {
		p := part{heading: sec.Heading}
		for _, st := range sec.Statements {
			p.labels = append(p.labels, st.Label)
			if st.Start < 0 || st.End > len(r) || st.Start >= st.End || !strings.Contains(string(r[st.Start:st.End]), st.Text) {
				t.Errorf("statement %.50q does not stand at its place %d–%d", st.Text, st.Start, st.End)
			}
			if strings.Contains(st.Text, "Novakhov") {
				t.Errorf("who shared it stands in the answer: %q", st.Text)
			}
		}
		got = append(got, p)
	}
	want := []part{
		{"", []string{""}},
		{"Tensions with Azerbaijan", []string{"", "Civilian airliner crash", "Arrests of citizens", "Retaliatory arrests", "Strategic drift"}},
		{"Tensions with Kazakhstan", []string{"", "Independent foreign policy", "Economic pressure", "Energy diversification", "Naval exercises"}},
		{"Azerbaijan-Kazakhstan cooperation", []string{"", "Middle Corridor", "Military cooperation", "Economic collaboration"}},
		{"Broader regional power shift", nil},
	}
	if len(got) != len(want) {
		t.Fatalf("the answer's sections are %+v", got)
	}
	for i, w := range want {
		if got[i].heading != w.heading || w.labels != nil && !slices.Equal(got[i].labels, w.labels) {
			t.Errorf("section %d is %+v, want %+v", i, got[i], w)
		}
	}
}

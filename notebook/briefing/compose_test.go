package briefing

import (
	"errors"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// shelf is a notebook in memory, as far as composing reads one.
type shelf struct {
	sources    map[notebook.SourceID]notebook.Source
	captures   map[notebook.CaptureID]notebook.Capture
	documents  map[notebook.CaptureID]*document.Document
	highlights map[notebook.HighlightID]notebook.Highlight
	claims     []notebook.Claim
	links      map[notebook.LinkID]notebook.SourceLink
	relations  []notebook.Relation
	notes      []notebook.DossierNote
	broken     error
}

func get[K comparable, V any](m map[K]V, k K) (V, error) {
	v, ok := m[k]
	if !ok {
		return v, fmt.Errorf("%v: %w", k, notebook.ErrNotFound)
	}
	return v, nil
}

func (s *shelf) Source(id notebook.SourceID) (notebook.Source, error) { return get(s.sources, id) }
func (s *shelf) Capture(id notebook.CaptureID) (notebook.Capture, error) {
	return get(s.captures, id)
}
func (s *shelf) Document(id notebook.CaptureID) (*document.Document, error) {
	return get(s.documents, id)
}
func (s *shelf) Highlight(id notebook.HighlightID) (notebook.Highlight, error) {
	return get(s.highlights, id)
}
func (s *shelf) Link(id notebook.LinkID) (notebook.SourceLink, error) { return get(s.links, id) }

func (s *shelf) Claim(id notebook.ClaimID) (notebook.Claim, error) {
	if s.broken != nil {
		return notebook.Claim{}, s.broken
	}
	for _, c := range s.claims {
		if c.ID == id {
			return c, nil
		}
	}
	return notebook.Claim{}, fmt.Errorf("%v: %w", id, notebook.ErrNotFound)
}

func (s *shelf) Claims(q notebook.ClaimQuery) iter.Seq2[notebook.Claim, error] {
	return func(yield func(notebook.Claim, error) bool) {
		for _, c := range s.claims {
			if slices.Contains(c.Countries, q.Country) && c.Binned.IsZero() && !yield(c, nil) {
				return
			}
		}
	}
}

func (s *shelf) Relations(id notebook.ClaimID) ([]notebook.Relation, error) {
	var out []notebook.Relation
	for _, r := range s.relations {
		if r.From == id || r.To == id {
			out = append(out, r)
		}
	}
	return out, nil
}

func (s *shelf) Dossier(c country.Code) (notebook.Dossier, error) {
	d := notebook.Dossier{Country: c, Notes: map[string]notebook.DossierNote{}, Freshest: date(2026, 3, 2), Gaps: []string{"No claim on tariffs."}}
	for _, n := range s.notes {
		if n.Country == c {
			d.Notes[n.Topic] = n
		}
	}
	byTopic := map[string]int{}
	for cl := range s.Claims(notebook.ClaimQuery{Country: c}) {
		for _, topic := range cl.Topics {
			i, ok := byTopic[topic]
			if !ok {
				i = len(d.Topics)
				byTopic[topic] = i
				d.Topics = append(d.Topics, notebook.DossierTopic{Topic: topic})
			}
			d.Topics[i].Claims = append(d.Topics[i].Claims, cl)
		}
	}
	return d, nil
}

func (s *shelf) Compare(countries []country.Code, topics []string) (notebook.Table, error) {
	t := notebook.Table{Countries: countries}
	if len(countries) < 2 || len(countries) > 6 {
		return t, fmt.Errorf("compare %d countries: %w", len(countries), notebook.ErrInvalid)
	}
	for _, topic := range []string{"Transit", "Rail"} {
		row := notebook.TableRow{Topic: topic}
		for _, c := range countries {
			var cell notebook.TableCell
			for cl := range s.Claims(notebook.ClaimQuery{Country: c}) {
				if slices.Contains(cl.Topics, topic) {
					cell.Claims = append(cell.Claims, cl)
				}
			}
			row.Cells = append(row.Cells, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

func (s *shelf) GradeOf(src notebook.Source) (notebook.Reliability, error) {
	return src.Reliability, nil
}

func (s *shelf) GradeOfClaim(c notebook.Claim) (notebook.Reliability, notebook.Credibility, error) {
	var best notebook.Reliability
	for _, e := range c.Evidence {
		if h, ok := s.highlights[e.Highlight]; ok && e.Stance == notebook.Supports {
			if r := s.sources[h.Source].Reliability; best == "" || r != "" && r < best {
				best = r
			}
		}
	}
	return best, c.Credibility, nil
}

func date(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 12, 0, 0, 0, time.UTC) }

// caspian is a small notebook: two articles, one of them in two versions, one
// search snapshot, one cited source.
func caspian() *shelf {
	s := &shelf{
		sources: map[notebook.SourceID]notebook.Source{
			"S1": {ID: "S1", Kind: document.Article, Title: "Aktau counts its ships", Byline: []string{"Dana Example"}, Site: "Caspian Daily", OriginalPublisher: "Example Wire",
				Published: "2025-07-04", URL: "https://caspian.example/aktau", Reliability: "B", Captures: []notebook.CaptureID{"C1", "C1b"}},
			"S2": {ID: "S2", Kind: document.Article, Title: "Fewer tonnes than told", Site: "Harbour Bulletin", Captures: []notebook.CaptureID{"C2"}},
			"S3": {ID: "S3", Kind: document.SearchSnapshot, Title: "poti dues", Captures: []notebook.CaptureID{"C3"}},
		},
		captures: map[notebook.CaptureID]notebook.Capture{
			"C1":  {ID: "C1", Source: "S1", SHA256: strings.Repeat("1a", 32), Received: date(2026, 3, 1)},
			"C1b": {ID: "C1b", Source: "S1", SHA256: strings.Repeat("1b", 32), Received: date(2026, 3, 2)},
			"C2":  {ID: "C2", Source: "S2", SHA256: strings.Repeat("2a", 32), Received: date(2026, 3, 3)},
			"C3":  {ID: "C3", Source: "S3", SHA256: strings.Repeat("3a", 32), Received: date(2026, 3, 4)},
		},
		documents: map[notebook.CaptureID]*document.Document{
			"C1":  {Kind: document.Article, Lang: "en", Text: "Some 4.1 million tonnes went over the quays of Aktau, 12 ships a week."},
			"C1b": {Kind: document.Article, Lang: "en", Text: "Some 4.1 million tonnes went over the quays of Aktau. In October, two ferries enter service."},
			"C2":  {Kind: document.Article, Lang: "en", Text: "It was no more than 3.4 million tonnes."},
			"C3":  {Kind: document.SearchSnapshot, Search: &document.Search{Engine: "google", Query: "poti dues"}},
		},
		highlights: map[notebook.HighlightID]notebook.Highlight{
			"H1": {ID: "H1", Source: "S1", Capture: "C1", Exact: "4.1 million tonnes\n went over the quays"},
			"H2": {ID: "H2", Source: "S1", Capture: "C1b", Exact: "two ferries"},
			"H3": {ID: "H3", Source: "S2", Capture: "C2", Exact: "no more than 3.4 million"},
			"H4": {ID: "H4", Source: "S3", Capture: "C3", Exact: "dues were halved"},
		},
		links: map[notebook.LinkID]notebook.SourceLink{
			"L1": {ID: "L1", Stub: "APA, July 5", Outlet: "APA", Date: "2025-07-05", State: notebook.Cited, CitedIn: "S1"},
			"L2": {ID: "L2", URL: "https://caspian.example/aktau", State: notebook.Held, Source: "S1"},
			"L3": {ID: "L3", Stub: "APA, July 5", Outlet: "APA", Date: "2025-07-05", State: notebook.Cited},
		},
		notes: []notebook.DossierNote{{Country: "KZ", Text: "The eastern shore."}, {Country: "KZ", Topic: "Transit", Text: "See [the count](claim:K1)."}},
	}
	sup, con := notebook.Supports, notebook.Contradicts
	s.claims = []notebook.Claim{
		{ID: "K1", Statement: "Aktau moved 4.1 million tonnes.", Countries: []country.Code{"KZ"}, Topics: []string{"Transit"}, EventDate: "2025-07-03", Credibility: 2,
			Evidence: []notebook.Evidence{{Highlight: "H1", Stance: sup}, {Link: "L1", Stance: sup}, {Highlight: "H3", Stance: con}}},
		{ID: "K2", Statement: "Two ferries enter service.", Countries: []country.Code{"KZ", "AZ"}, Topics: []string{"Transit"}, EventDate: "2025-10", Credibility: 3, Likelihood: notebook.Likely, Confidence: notebook.LowConfidence,
			Evidence: []notebook.Evidence{{Highlight: "H2", Stance: sup}, {Link: "L2", Stance: sup}}},
		{ID: "K3", Statement: "Poti halved its dues.", Countries: []country.Code{"GE"}, Topics: []string{"Transit"}, EventDate: "2025", NeedsSource: true,
			Evidence: []notebook.Evidence{{Highlight: "H4", Stance: sup}}},
		{ID: "K4", Statement: "Insurance is dearer.", Countries: []country.Code{"AZ"}, Topics: []string{"Rail"}},
		{ID: "K5", Statement: "The rail link is half empty.", Countries: []country.Code{"AZ"}, Topics: []string{"Rail"}, EventDate: "2024",
			Evidence: []notebook.Evidence{{Link: "L3", Stance: sup}}},
		{ID: "K6", Statement: "Gone.", Countries: []country.Code{"AZ"}, Binned: date(2026, 3, 5)},
	}
	s.relations = []notebook.Relation{
		{ID: "R1", From: "K2", To: "K1", Kind: notebook.RelRefines, State: notebook.Made},
		{ID: "R2", From: "K4", To: "K5", Kind: notebook.RelContradicts, State: notebook.Suggested},
		{ID: "R3", From: "K3", To: "K4", Kind: notebook.RelContradicts, State: notebook.Accepted},
	}
	return s
}

func mustCompose(t *testing.T, s *shelf, b notebook.Briefing) *Document {
	t.Helper()
	d, err := compose(s, b, Options{Now: date(2026, 3, 14), Author: "A. Analyst"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func whole() notebook.Briefing {
	return notebook.Briefing{Title: "Ports", TLP: notebook.TLPGreen, Parts: []notebook.Part{
		{Kind: notebook.PartJudgements, Text: "- Ferries are the narrow place.\n", Claims: []notebook.ClaimID{"K2", "K6", "K9"}},
		{Kind: notebook.PartSection, Heading: "Overview", Text: "As [said](claim:K1), and [there](source:S2).\n\n## Method\n\nCounting.", Claims: []notebook.ClaimID{"K1", "K3"}},
		{Kind: notebook.PartDossier, Country: "KZ"},
		{Kind: notebook.PartComparison, Countries: []country.Code{"KZ", "AZ", "GE", "TM"}},
		{Kind: notebook.PartTimeline},
	}}
}

func TestComposeCover(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	if d.Title != "Ports" || d.Author != "A. Analyst" || d.Date != "2026-03-14" || d.TLP != notebook.TLPGreen {
		t.Errorf("cover = %q, %q, %q, %q", d.Title, d.Author, d.Date, d.TLP)
	}
	b := whole()
	b.Title, b.Author, b.Date = "", "Own", "2025-01-02"
	if d := mustCompose(t, caspian(), b); d.Title != WordUntitled || d.Author != "Own" || d.Date != "2025-01-02" {
		t.Errorf("stated cover = %q, %q, %q", d.Title, d.Author, d.Date)
	}
}

func TestComposeNumbersSections(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	var got []string
	for _, s := range d.Sections {
		got = append(got, strings.TrimSpace(s.Number+" "+s.Heading))
		Walk(s.Blocks, func(b Block) {
			if h, ok := b.(Heading); ok {
				got = append(got, h.Number+" "+h.Text.String())
			}
		})
	}
	want := []string{"Key judgements", "1 Overview", "1.1 Method", "2 Kazakhstan", "2.1 Transit", "2.2 Gaps", "3 Comparison", "4 Timeline", "Sources"}
	if !slices.Equal(got, want) {
		t.Errorf("headings = %q, want %q", got, want)
	}
}

func TestComposeNotes(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	for i, n := range d.Notes {
		if n.N != i+1 {
			t.Errorf("note %d has number %d", i+1, n.N)
		}
	}
	find := func(title, sha string) Note {
		t.Helper()
		for _, n := range d.Notes {
			if n.Title == title && strings.HasPrefix(n.SHA256, sha) {
				return n
			}
		}
		t.Fatalf("no note %q with hash %s… among %+v", title, sha, d.Notes)
		return Note{}
	}
	first := find("Aktau counts its ships", "1a")
	if first.Author != "Dana Example" || first.Outlet != "Caspian Daily" || first.Original != "Example Wire" || first.Reliability != "B" ||
		first.Published != "2025-07-04" || !first.Captured.Equal(date(2026, 3, 1)) || first.State != notebook.Held {
		t.Errorf("held note = %+v", first)
	}
	if want := []string{"4.1 million tonnes went over the quays"}; !slices.Equal(first.Passages, want) {
		t.Errorf("passages = %q, want %q", first.Passages, want)
	}
	// The other version of the same source is another original.
	if second := find("Aktau counts its ships", "1b"); second.N == first.N {
		t.Error("two versions share an endnote")
	}
	stub := find("APA, July 5", "")
	if stub.State != notebook.Cited || stub.Outlet != "APA" || stub.CitedIn != find("Aktau counts its ships", "1b").N {
		t.Errorf("cited note = %+v", stub)
	}
	if n := find("poti dues", "3a"); !n.Lead || n.Search != "google search for “poti dues”" {
		t.Errorf("search note = %+v", n)
	}
}

func TestComposeClaims(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	claims := map[notebook.ClaimID]Claim{}
	for _, c := range d.claims() {
		if _, ok := claims[c.ID]; !ok {
			claims[c.ID] = c
		}
	}
	kinds := func(c Claim) []RemarkKind {
		var k []RemarkKind
		for _, r := range c.Remarks {
			k = append(k, r.Kind)
		}
		return k
	}
	for _, tt := range []struct {
		id      notebook.ClaimID
		grade   string
		notes   int
		against int
		remarks []RemarkKind
	}{
		{"K1", "B2", 2, 1, []RemarkKind{Contested, Related}},
		{"K2", "B3", 1, 0, []RemarkKind{Related}},
		{"K3", "", 1, 0, []RemarkKind{NeedsSource, Contested}},
		{"K4", "", 0, 0, []RemarkKind{Unsourced, Contested}},
		{"K5", "", 1, 0, []RemarkKind{NotHeld}},
	} {
		t.Run(string(tt.id), func(t *testing.T) {
			c := claims[tt.id]
			if c.Grade() != tt.grade || len(c.Notes) != tt.notes || len(c.Against) != tt.against || !slices.Equal(kinds(c), tt.remarks) {
				t.Errorf("got grade %q, notes %v, against %v, remarks %v; want %+v", c.Grade(), c.Notes, c.Against, kinds(c), tt)
			}
			for _, n := range append(slices.Clone(c.Notes), c.Against...) {
				if _, ok := d.Note(n); !ok {
					t.Errorf("note %d is not among the %d endnotes", n, len(d.Notes))
				}
			}
		})
	}
}

func TestComposeOmitsWhatIsGone(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	var ids []notebook.ClaimID
	for _, o := range d.Omitted {
		ids = append(ids, o.Claim)
	}
	if !slices.Equal(ids, []notebook.ClaimID{"K6", "K9"}) {
		t.Errorf("omitted = %v, want K6 (in the bin) and K9 (unknown)", ids)
	}
}

func TestComposeCitesInRunningText(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	p := d.Sections[1].Blocks[0].(Paragraph).Text
	var notes []int
	for _, s := range p {
		if s.Note > 0 {
			notes = append(notes, s.Note)
		}
	}
	if p.String() != "As said, and there." || len(notes) != 3 {
		t.Errorf("text = %q with notes %v, want three references and no links", p.String(), notes)
	}
}

func TestComposeTimeline(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	entries := d.Sections[4].Blocks[0].(Timeline).Entries
	var ids []string
	for _, c := range entries {
		ids = append(ids, string(c.ID))
	}
	if want := []string{"K5", "K3", "K1", "K2"}; !slices.Equal(ids, want) {
		t.Errorf("timeline = %v, want %v", ids, want)
	}
}

func TestComposeComparison(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	s := d.Sections[3]
	table := s.Blocks[0].(Table)
	if !s.Wide || len(table.Header) != 5 || len(table.Rows) != 2 {
		t.Fatalf("wide %v, %d columns, %d rows; want true, 5, 2", s.Wide, len(table.Header), len(table.Rows))
	}
	if c := table.Rows[0][4]; !c.Gap {
		t.Error("Turkmenistan has no claim on transit; its cell is not a gap")
	}
	if c := table.Rows[0][1].Blocks[0].(Claims).Items[0]; len(c.Countries) != 0 || len(c.Topics) != 0 {
		t.Errorf("cell repeats its column and row: %v, %v", c.Countries, c.Topics)
	}
}

func TestComposeComparisonOfOne(t *testing.T) {
	d := mustCompose(t, caspian(), notebook.Briefing{Parts: []notebook.Part{{Kind: notebook.PartComparison, Countries: []country.Code{"KZ"}}, {Kind: notebook.PartTimeline}}})
	if p, ok := d.Sections[0].Blocks[0].(Paragraph); !ok || p.Text.String() != TextNoComparison {
		t.Errorf("blocks = %+v, want a word on why there is none", d.Sections[0].Blocks)
	}
}

func TestComposeSummary(t *testing.T) {
	d := mustCompose(t, caspian(), whole())
	got := strings.Join(d.Summary, "\n")
	for _, want := range []string{"rests on 4 kept originals: 3 articles and one search snapshot, captured between 1 March 2026 and 4 March 2026",
		"One further source is cited and not held.", "2 B (usually reliable) and 2 not graded", "5 claims are shown", "1 on an AI answer alone", "1 without a source"} {
		if !strings.Contains(got, want) {
			t.Errorf("summary lacks %q:\n%s", want, got)
		}
	}
	b := notebook.Briefing{Parts: []notebook.Part{{Kind: notebook.PartSection, Claims: []notebook.ClaimID{"K1"}}}}
	if got := mustCompose(t, caspian(), b).Summary[0]; !strings.HasPrefix(got, "This briefing rests on 3 kept originals, all articles, captured") {
		t.Errorf("summary of one kind = %q", got)
	}
	if d := mustCompose(t, caspian(), notebook.Briefing{}); !slices.Equal(d.Summary, []string{"This briefing cites no sources."}) {
		t.Errorf("empty summary = %q", d.Summary)
	}
}

func TestComposeSaysWhatWentWrong(t *testing.T) {
	s := caspian()
	s.broken = notebook.ErrDamaged
	if _, err := compose(s, whole(), Options{}); !errors.Is(err, notebook.ErrDamaged) {
		t.Errorf("error = %v, want ErrDamaged", err)
	}
	b := notebook.Briefing{Parts: []notebook.Part{{Kind: "poem"}}}
	if _, err := compose(caspian(), b, Options{}); !errors.Is(err, notebook.ErrInvalid) {
		t.Errorf("error = %v, want ErrInvalid", err)
	}
}

func TestComposeTwiceIsTheSame(t *testing.T) {
	if a, b := mustCompose(t, caspian(), whole()), mustCompose(t, caspian(), whole()); !reflect.DeepEqual(a, b) {
		t.Error("two compositions of one briefing differ")
	}
}

func TestDraft(t *testing.T) {
	for _, tt := range []struct {
		name      string
		countries []country.Code
		kinds     []notebook.PartKind
		best      []notebook.ClaimID
	}{
		{"one country, too few dates", []country.Code{"GE"}, []notebook.PartKind{notebook.PartDossier, notebook.PartSources}, nil},
		{"contested and unsourced claims stay out", []country.Code{"KZ", "AZ"},
			[]notebook.PartKind{notebook.PartJudgements, notebook.PartDossier, notebook.PartDossier, notebook.PartComparison, notebook.PartTimeline, notebook.PartSources}, []notebook.ClaimID{"K2", "K5"}},
		{"a country twice", []country.Code{"GE", "GE"}, []notebook.PartKind{notebook.PartDossier, notebook.PartSources}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b, err := draft(caspian(), tt.countries, "")
			if err != nil {
				t.Fatal(err)
			}
			var kinds []notebook.PartKind
			var best []notebook.ClaimID
			for _, p := range b.Parts {
				kinds = append(kinds, p.Kind)
				if p.Kind == notebook.PartJudgements {
					best = p.Claims
				}
			}
			if !slices.Equal(kinds, tt.kinds) || !slices.Equal(best, tt.best) {
				t.Errorf("parts = %v, judgements %v; want %v, %v", kinds, best, tt.kinds, tt.best)
			}
			if _, err := compose(caspian(), b, Options{Now: date(2026, 3, 14)}); err != nil {
				t.Errorf("compose the draft: %v", err)
			}
		})
	}
	if b, _ := draft(caspian(), []country.Code{"KZ", "AZ"}, ""); b.Title != "Kazakhstan and Azerbaijan" {
		t.Errorf("title = %q", b.Title)
	}
}

func TestCheck(t *testing.T) {
	b := whole()
	b.Parts[1].Text += "\n\nIt is likely, with high confidence, that dues fall. It is likely. Confidence is high."
	d := mustCompose(t, caspian(), b)
	got := map[string]int{}
	for _, f := range Check(d) {
		got[string(f.Kind)+" "+string(f.Claim)]++
		if f.Advice == "" {
			t.Errorf("finding %q has no advice", f.Kind)
		}
	}
	want := map[string]int{"omitted K6": 1, "omitted K9": 1, "no reference ": 1, "contested K1": 1, "ai answer K3": 1, "contested K3": 1, "ungraded K3": 1,
		"mixed ": 1, "no source K4": 1, "contested K4": 1, "ungraded K4": 1, "not held K5": 1, "ungraded K5": 1}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("findings = %v\nwant %v", got, want)
	}
}

func TestComposeChecksSupport(t *testing.T) {
	s := caspian()
	s.claims[0].Statement = "Aktau moved 4.1 million tonnes with 17 cranes, “as never before in spring”."
	b := whole()
	b.Parts[1].Text = "The port counts 3.4 million tonnes ([Bulletin](source:S2)) and 99 trucks ([Bulletin](source:S2)). There are 55 more, uncited elsewhere."
	find := func(d *Document) map[string]bool {
		got := map[string]bool{}
		for _, f := range Check(d) {
			if f.Kind == FindUnfound || f.Kind == FindDiffers {
				point, _, _ := strings.Cut(f.Detail, "”")
				got[string(f.Claim)+" "+strings.TrimPrefix(point, "“")] = true
			}
		}
		return got
	}
	got := find(mustCompose(t, s, b))
	for _, want := range []string{"K1 17 cranes", "K1 as never before in spring"} {
		if !got[want] {
			t.Errorf("no finding %q among %v", want, got)
		}
	}
	for point := range got {
		if strings.Contains(point, "4.1") || strings.Contains(point, "3.4") {
			t.Errorf("%q is in the original and was not found", point)
		}
	}
	d, err := compose(s, b, Options{NoSupport: true})
	if err != nil || len(d.Unfound) > 0 {
		t.Errorf("unchecked: %v, %v", d.Unfound, err)
	}
}

func TestScalesOnlyWhereUsed(t *testing.T) {
	names := func(d *Document) string {
		var n []string
		for _, s := range d.Scales() {
			n = append(n, s.Name)
		}
		return strings.Join(n, ", ")
	}
	if got := names(mustCompose(t, caspian(), notebook.Briefing{})); got != "" {
		t.Errorf("scales of an empty briefing = %q", got)
	}
	b := notebook.Briefing{Parts: []notebook.Part{{Kind: notebook.PartSection, Claims: []notebook.ClaimID{"K1"}}}}
	if got := names(mustCompose(t, caspian(), b)); got != "Reliability of the source, Credibility of the information" {
		t.Errorf("scales = %q", got)
	}
}

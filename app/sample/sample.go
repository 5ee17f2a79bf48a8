// Package sample builds the sample notebook: the captures of assets/sample with
// highlights, claims, source links, relations, three country dossiers, a
// comparison and a briefing. It goes the way that a user's captures go, through
// intake and the notebook's commands.
package sample

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sourcebook/app/intake"
	"sourcebook/assets/sample"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// Received is when the sample captures are said to have been received.
var Received = time.Date(2025, 10, 13, 9, 0, 0, 0, time.UTC)

// The topics of the sample, in the order of its comparison.
const (
	transport   = "Transport"
	environment = "Environment"
	diplomacy   = "Diplomacy"
	economy     = "Economy"
)

// Build fills nb, which should be empty, with the sample.
func Build(ctx context.Context, nb *notebook.Notebook) error {
	b := builder{ctx: ctx, nb: nb, sources: map[string]notebook.SourceID{}, claims: map[string]notebook.ClaimID{}}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"captures", b.captures},
		{"publishers", b.publishers},
		{"claims", b.addClaims},
		{"source links", b.links},
		{"relations", b.relations},
		{"dossiers", b.dossiers},
		{"comparison and briefing", b.products},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("build the sample notebook: %s: %w", step.name, err)
		}
	}
	return nil
}

type builder struct {
	ctx     context.Context
	nb      *notebook.Notebook
	sources map[string]notebook.SourceID
	claims  map[string]notebook.ClaimID // by a key of this file
}

func (b *builder) captures() error {
	names := []string{sample.Freight, sample.Level, sample.Search}
	items := make([]intake.Item, len(names))
	for i, n := range names {
		items[i] = intake.Item{Bytes: sample.Capture(n), Name: n, Method: notebook.BySample, Received: Received.Add(time.Duration(i) * time.Minute)}
	}
	sum := intake.New(b.nb, intake.Options{Tags: []string{"sample"}}).Import(b.ctx, items, nil)
	if sum.Cancelled {
		return b.ctx.Err()
	}
	for i, r := range sum.Results {
		if r.Err != nil {
			return r.Err
		}
		b.sources[names[i]] = r.Source
	}
	return nil
}

func (b *builder) publishers() error {
	grades := map[string]notebook.Reliability{
		sample.Freight: notebook.UsuallyReliable,
		sample.Level:   notebook.FairlyReliable,
		sample.Search:  notebook.ReliabilityUnknown,
	}
	for name, grade := range grades {
		var s notebook.Source
		err := b.nb.View(func(tx *notebook.Tx) error {
			var err error
			s, err = tx.Source(b.sources[name])
			return err
		})
		if err != nil {
			return err
		}
		s.Reliability = grade
		if _, err := b.nb.Do(&notebook.PutSource{Source: s}); err != nil {
			return err
		}
	}
	return nil
}

// quote is a passage of a sample capture.
type quote struct {
	source string
	text   string
	colour notebook.Colour
	note   string
	stance notebook.Stance // empty: supports
}

// claims of the sample: key, statement, evidence and judgement.
var claims = []struct {
	key         string
	statement   string
	quotes      []quote
	countries   []country.Code
	topics      []string
	date        document.Date
	credibility notebook.Credibility
	likelihood  notebook.Likelihood
	confidence  notebook.Confidence
	note        string
}{
	{
		key: "freight-ports", statement: "The Middle Corridor carried 4.1 million tonnes from January to August 2025.",
		quotes:    []quote{{source: sample.Freight, text: "reached 4.1 million tonnes in the first eight months of 2025", colour: notebook.Yellow, note: "Told to the outlet by the operators."}},
		countries: []country.Code{"KZ", "AZ", "GE"}, topics: []string{transport}, date: "2025-08", credibility: notebook.ProbablyTrue,
	},
	{
		key: "freight-ends", statement: "The Middle Corridor’s operators count 4.5 million tonnes from January to August 2025.",
		quotes:    []quote{{source: sample.Level, text: "speak of 4.5 million tonnes from January to August", colour: notebook.Orange, note: "Counted where cargo enters the route, not at the ports."}},
		countries: []country.Code{"KZ", "AZ", "GE"}, topics: []string{transport}, date: "2025-08", credibility: notebook.PossiblyTrue,
	},
	{
		key: "ferries", statement: "Six ferries ran between Aktau and Alat in the summer of 2025.",
		quotes: []quote{
			{source: sample.Freight, text: "Only six ferries ran between Aktau and Alat this summer", colour: notebook.Yellow},
			{source: sample.Search, text: "Seven ferries ran between Aktau and Alat in the summer of 2025", colour: notebook.Pink, note: "The AI answer has another number and names no source.", stance: notebook.Contradicts},
		},
		countries: []country.Code{"KZ", "AZ"}, topics: []string{transport}, date: "2025", credibility: notebook.ProbablyTrue,
	},
	{
		key: "berths", statement: "Kazakhstan has set 180 million dollars aside for two berths at Aktau, due in 2026.",
		quotes: []quote{
			{source: sample.Freight, text: "Astana wants to have two more berths at Aktau ready in 2026 and has put 180 million dollars aside for them", colour: notebook.Green},
		},
		countries: []country.Code{"KZ"}, topics: []string{economy, transport}, date: "2025-09-18", credibility: notebook.ProbablyTrue,
	},
	{
		key: "new-ferries", statement: "Azerbaijan has promised two new ferries for the spring of 2026.",
		quotes:    []quote{{source: sample.Freight, text: "Baku has promised two new ferries for the spring", colour: notebook.Green}},
		countries: []country.Code{"AZ"}, topics: []string{transport}, date: "2025-09-18", credibility: notebook.PossiblyTrue,
		likelihood: notebook.Likely,
	},
	{
		key: "level", statement: "The Caspian has fallen by 1.2 to 1.4 metres at Aktau since 2019.",
		quotes: []quote{
			{source: sample.Freight, text: "The water at Aktau has fallen by 1.2 metres since 2019, according to the port", colour: notebook.Blue},
			{source: sample.Level, text: "The sea has dropped by 1.4 metres at Aktau since 2019", colour: notebook.Blue},
		},
		countries: []country.Code{"KZ", "AZ"}, topics: []string{environment}, date: "2025", credibility: notebook.ProbablyTrue, confidence: notebook.ModerateConfidence,
		note: "Two figures, perhaps of two months. Both say *since 2019*.",
	},
	{
		key: "dredging", statement: "Azerbaijan and Kazakhstan announced a common dredging plan for Alat, Aktau and Kuryk on 29 September 2025.",
		quotes:    []quote{{source: sample.Level, text: "Azerbaijan and Kazakhstan announced a common dredging plan for Alat, Aktau and Kuryk, the first of its kind on the Caspian", colour: notebook.Purple}},
		countries: []country.Code{"AZ", "KZ"}, topics: []string{diplomacy, environment}, date: "2025-09-29", credibility: notebook.PossiblyTrue,
	},
	{
		key: "georgia-seat", statement: "Georgia wants a seat in the dredging commission of Azerbaijan and Kazakhstan and is a guest so far.",
		quotes:    []quote{{source: sample.Level, text: "its government has said that it wants a seat in the commission that Baku and Astana have set up. So far it is a guest", colour: notebook.Purple}},
		countries: []country.Code{"GE"}, topics: []string{diplomacy}, date: "2025-10", credibility: notebook.PossiblyTrue,
	},
	{
		key: "second-terminal", statement: "Azerbaijan is to decide in 2026 on a second terminal at Alat.",
		quotes:    []quote{{source: sample.Search, text: "A second terminal is being designed, with a decision due in 2026", colour: notebook.Pink, note: "A lead only: find who reported it."}},
		countries: []country.Code{"AZ"}, topics: []string{economy}, date: "2026",
	},
}

func (b *builder) addClaims() error {
	for _, c := range claims {
		cl := notebook.Claim{Statement: c.statement, Countries: c.countries, Topics: c.topics, EventDate: c.date,
			Credibility: c.credibility, Likelihood: c.likelihood, Confidence: c.confidence, Note: c.note}
		for _, q := range c.quotes {
			id, err := b.highlight(q)
			if err != nil {
				return err
			}
			stance := q.stance
			if stance == "" {
				stance = notebook.Supports
			}
			cl.Evidence = append(cl.Evidence, notebook.Evidence{Highlight: id, Stance: stance})
		}
		put := &notebook.PutClaim{Claim: cl}
		if _, err := b.nb.Do(put); err != nil {
			return err
		}
		b.claims[c.key] = put.Claim.ID
	}
	return nil
}

func (b *builder) highlight(q quote) (notebook.HighlightID, error) {
	h := notebook.Highlight{Source: b.sources[q.source], Colour: q.colour, Note: q.note}
	err := b.nb.View(func(tx *notebook.Tx) error {
		s, err := tx.Source(h.Source)
		if err != nil {
			return err
		}
		h.Capture = s.Current()
		d, err := tx.Document(h.Capture)
		if err != nil {
			return err
		}
		at := strings.Index(d.Text, q.text)
		if at < 0 {
			return fmt.Errorf("%s does not hold %q", q.source, q.text)
		}
		h.Start = utf8.RuneCountInString(d.Text[:at])
		h.End = h.Start + utf8.RuneCountInString(q.text)
		return nil
	})
	if err != nil {
		return "", err
	}
	put := &notebook.PutHighlight{Highlight: h}
	_, err = b.nb.Do(put)
	return put.Highlight.ID, err
}

func (b *builder) links() error {
	for _, l := range []struct {
		claim string
		link  notebook.SourceLink
	}{
		{"ferries", notebook.SourceLink{Stub: "Port Bulletin, August 12, 2025", Outlet: "Port Bulletin", Date: "2025-08-12", CitedIn: b.sources[sample.Freight]}},
		{"ferries", notebook.SourceLink{Stub: "Steppe Rail Weekly, September 2, 2025", Outlet: "Steppe Rail Weekly", Date: "2025-09-02", CitedIn: b.sources[sample.Freight]}},
		{"dredging", notebook.SourceLink{Stub: "Port Bulletin, September 30, 2025", Outlet: "Port Bulletin", Date: "2025-09-30", CitedIn: b.sources[sample.Level]}},
		{"freight-ports", notebook.SourceLink{URL: "https://ledger.example/economy/middle-corridor-freight", Title: "Freight on the Middle Corridor grows, but the Caspian is the bottleneck", Outlet: "The Caspian Ledger (sample)", Date: "2025-09-18"}},
	} {
		l.link.Claim = b.claims[l.claim]
		if _, err := b.nb.Do(&notebook.PutLink{Link: l.link, Stance: notebook.Supports}); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) relations() error {
	for _, r := range []struct {
		from string
		kind notebook.RelationKind
		to   string
		note string
	}{
		{"freight-ends", notebook.RelContradicts, "freight-ports", "Counted at the ends of the route against counted at the ports."},
		{"new-ferries", notebook.RelSupports, "ferries", ""},
		{"georgia-seat", notebook.RelRefines, "dredging", ""},
	} {
		rel := notebook.Relation{From: b.claims[r.from], To: b.claims[r.to], Kind: r.kind, State: notebook.Made, Note: r.note}
		if _, err := b.nb.Do(&notebook.PutRelation{Relation: rel}); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) dossiers() error {
	for _, n := range []notebook.DossierNote{
		{Country: "KZ", Text: "Eastern shore of the route. Invests in berths, and asks Russia for water."},
		{Country: "KZ", Topic: environment, Text: "Aktau loses draught every year; ships leave partly loaded."},
		{Country: "AZ", Text: "Owns most of the ferries. Plans ports together with Kazakhstan."},
		{Country: "AZ", Topic: transport, Text: "The ferries decide what the whole route can carry."},
		{Country: "GE", Text: "Western end. Earns from transit, and wants a say."},
	} {
		if _, err := b.nb.Do(&notebook.PutDossierNote{Note: n}); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) products() error {
	three := []country.Code{"AZ", "KZ", "GE"}
	topics := []string{transport, environment, diplomacy, economy}
	cmp := &notebook.PutComparison{Comparison: notebook.Comparison{Title: "Three shores of the Middle Corridor", Countries: three, Topics: topics}}
	if _, err := b.nb.Do(cmp); err != nil {
		return err
	}
	ids := func(keys ...string) (out []notebook.ClaimID) {
		for _, k := range keys {
			out = append(out, b.claims[k])
		}
		return out
	}
	_, err := b.nb.Do(&notebook.PutBriefing{Briefing: notebook.Briefing{
		Title:    "The Middle Corridor in autumn 2025",
		Subtitle: "Sample briefing, from invented sources",
		Author:   "Sample Analyst",
		TLP:      notebook.TLPGreen,
		Date:     "2025-10-13",
		Parts: []notebook.Part{
			{Kind: notebook.PartJudgements, Heading: "Key judgements", Text: "The sea leg, not the railways, limits the Middle Corridor.\nAzerbaijan and Kazakhstan have begun to plan their ports together; Georgia follows.", Claims: ids("berths", "dredging")},
			{Kind: notebook.PartSection, Heading: "How much the route carries", Text: "Two figures are in use. They count different things, and a reader should know which one is meant.", Claims: ids("freight-ports", "freight-ends", "ferries")},
			{Kind: notebook.PartSection, Heading: "Leads to follow", Text: "What only an AI answer says is listed here until a source is found.", Claims: ids("second-terminal")},
			{Kind: notebook.PartComparison, Heading: "Three shores", Countries: three, Topics: topics},
			{Kind: notebook.PartDossier, Country: "KZ"},
			{Kind: notebook.PartDossier, Country: "AZ"},
			{Kind: notebook.PartDossier, Country: "GE"},
			{Kind: notebook.PartTimeline, Heading: "Timeline", Countries: three},
			{Kind: notebook.PartSources, Heading: "Sources"},
		},
	}})
	return err
}

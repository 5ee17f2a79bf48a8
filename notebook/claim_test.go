package notebook_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// A claim on an AI answer needs a source until it has one, and again when that
// goes.
func TestNeedsSource(t *testing.T) {
	n := notebooktest.New(t)
	s := add(t, n, snapshot("harbour berths", "The port is said to have three berths, according to local media."), "serp")
	a := add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	lead := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: s.SourceID, Exact: "The port is said to have three berths"}}
	real := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: a.SourceID, Exact: "opened a second berth"}}
	do(t, n, lead, real)
	on := func(e ...notebook.Evidence) []notebook.Evidence { return e }
	byLead := notebook.Evidence{Highlight: lead.Highlight.ID, Stance: notebook.Supports}
	byReal := notebook.Evidence{Highlight: real.Highlight.ID, Stance: notebook.Supports}
	against := notebook.Evidence{Highlight: real.Highlight.ID, Stance: notebook.Contradicts}

	c := &notebook.PutClaim{Claim: notebook.Claim{Statement: "The port has three berths.", Evidence: on(byLead)}}
	do(t, n, c)
	id := c.Claim.ID
	needs := func(what string, want bool) {
		t.Helper()
		view(t, n, func(tx *notebook.Tx) error {
			got, err := tx.Claim(id)
			if err != nil || got.NeedsSource != want {
				t.Errorf("%s: needs a source %v, want %v, %v", what, got.NeedsSource, want, err)
			}
			count, err := tx.CountClaims(notebook.ClaimQuery{NeedsSource: true})
			if err != nil || (count == 1) != want {
				t.Errorf("%s: %d claims need a source, %v", what, count, err)
			}
			return nil
		})
	}
	put := func(e []notebook.Evidence) {
		t.Helper()
		do(t, n, &notebook.PutClaim{Claim: notebook.Claim{ID: id, Statement: c.Claim.Statement, Evidence: e, NeedsSource: false}})
	}
	needs("made", true)
	put(on(byLead, against))
	needs("with evidence against it", true)
	put(on(byLead, byReal))
	needs("with a source", false)
	put(on(byLead))
	needs("without it again", true)
	put(nil)
	needs("without any", true)
	put(on(byReal))
	needs("with only a source", false)
	put(nil)
	needs("never had a lead since", false)
	put(on(byLead, byReal))
	bin := &notebook.ToBin{Keys: []notebook.Key{{Kind: "highlight", ID: string(real.Highlight.ID)}}}
	do(t, n, bin)
	needs("its source's highlight deleted", true)
	if _, err := n.Undo(); err != nil {
		t.Fatal(err)
	}
	needs("undone", false)
	do(t, n, &notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(a.SourceID)}}})
	needs("its source deleted", true)
	view(t, n, func(tx *notebook.Tx) error {
		l, err := tx.BinLosses()
		if err != nil || len(l.Claims) != 1 || len(l.Unfounded) != 0 {
			t.Errorf("losses %+v, %v", l, err)
		}
		return nil
	})
	do(t, n, &notebook.EmptyBin{})
	needs("and for good", true)
	cited := &notebook.PutLink{Link: notebook.SourceLink{Claim: id, URL: "https://local.example/story", CitedIn: s.SourceID}}
	do(t, n, cited)
	needs("a link that only the answer cites", true)
	add(t, n, article("Local story", "https://local.example/story", "Three berths."), "local")
	needs("that link held", false)
}

func TestPutClaimRefused(t *testing.T) {
	n := notebooktest.New(t)
	a := add(t, n, article("Port", "https://harbour.example/port", portText), "a")
	h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: a.SourceID, Start: 0, End: 8}}
	do(t, n, h)
	other := &notebook.PutClaim{Claim: notebook.Claim{Statement: "Another."}}
	do(t, n, other)
	l := &notebook.PutLink{Link: notebook.SourceLink{Claim: other.Claim.ID, URL: "https://x.example/y"}}
	do(t, n, l)
	for _, tt := range []struct {
		name string
		c    notebook.Claim
		want error
	}{
		{"no statement", notebook.Claim{Statement: " \n"}, notebook.ErrInvalid},
		{"too long", notebook.Claim{Statement: strings.Repeat("x", 10_001)}, notebook.ErrInvalid},
		{"no such claim", notebook.Claim{ID: "x", Statement: "S."}, notebook.ErrNotFound},
		{"country in words", notebook.Claim{Statement: "S.", Countries: []country.Code{"Azerbaijan"}}, notebook.ErrInvalid},
		{"country in small letters", notebook.Claim{Statement: "S.", Countries: []country.Code{"az"}}, notebook.ErrInvalid},
		{"no such day", notebook.Claim{Statement: "S.", EventDate: "2026-02-30"}, notebook.ErrInvalid},
		{"credibility", notebook.Claim{Statement: "S.", Credibility: 7}, notebook.ErrInvalid},
		{"likelihood", notebook.Claim{Statement: "S.", Likelihood: "maybe"}, notebook.ErrInvalid},
		{"confidence", notebook.Claim{Statement: "S.", Confidence: "some"}, notebook.ErrInvalid},
		{"stance", notebook.Claim{Statement: "S.", Evidence: []notebook.Evidence{{Highlight: h.Highlight.ID, Stance: "hints"}}}, notebook.ErrInvalid},
		{"evidence of nothing", notebook.Claim{Statement: "S.", Evidence: []notebook.Evidence{{}}}, notebook.ErrInvalid},
		{"no such highlight", notebook.Claim{Statement: "S.", Evidence: []notebook.Evidence{{Highlight: "x"}}}, notebook.ErrNotFound},
		{"link of another claim", notebook.Claim{Statement: "S.", Evidence: []notebook.Evidence{{Link: l.Link.ID}}}, notebook.ErrInvalid},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := n.Sequence()
			if _, err := n.Do(&notebook.PutClaim{Claim: tt.c}); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
			if n.Sequence() != before {
				t.Error("it changed something")
			}
		})
	}
}

func TestClaimsQuery(t *testing.T) {
	n := notebooktest.New(t)
	for _, c := range []notebook.Claim{
		{Statement: "A port opens.", Countries: []country.Code{"AZ"}, Topics: []string{"transport"}, EventDate: "2026-02-03", Credibility: 2},
		{Statement: "A line closes.", Countries: []country.Code{"KZ"}, Topics: []string{"transport"}, EventDate: "2026-02"},
		{Statement: "Trade grew.", Countries: []country.Code{"AZ", "KZ"}, Topics: []string{"trade"}, EventDate: "2025"},
		{Statement: "İlham spoke.", EventDate: ""},
	} {
		do(t, n, &notebook.PutClaim{Claim: c})
	}
	for _, tt := range []struct {
		name string
		q    notebook.ClaimQuery
		want string
	}{
		{"all, newest first", notebook.ClaimQuery{}, "İlham|Trade|line|port"},
		{"page", notebook.ClaimQuery{Offset: 1, Limit: 2}, "Trade|line"},
		{"country", notebook.ClaimQuery{Country: "AZ"}, "Trade|port"},
		{"country and topic", notebook.ClaimQuery{Country: "KZ", Topic: " transport "}, "line"},
		{"ungraded", notebook.ClaimQuery{Ungraded: true}, "İlham|Trade|line"},
		{"words", notebook.ClaimQuery{Text: "PORT opens"}, "port"},
		{"words in another spelling", notebook.ClaimQuery{Text: "ilham"}, "İlham"},
		{"word of a topic", notebook.ClaimQuery{Text: "transport line"}, "line"},
		{"from a day", notebook.ClaimQuery{From: "2026-02-10"}, "line"},
		{"within a month", notebook.ClaimQuery{From: "2026-02", To: "2026-02"}, "line|port"},
		{"up to a year", notebook.ClaimQuery{To: "2025"}, "Trade"},
		{"within a year", notebook.ClaimQuery{From: "2025-06", To: "2025-07"}, "Trade"},
		{"none", notebook.ClaimQuery{Country: "GE"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			view(t, n, func(tx *notebook.Tx) error {
				var got []string
				for c, err := range tx.Claims(tt.q) {
					if err != nil {
						return err
					}
					got = append(got, c.Statement)
				}
				want := strings.FieldsFunc(tt.want, func(r rune) bool { return r == '|' })
				ok := len(got) == len(want)
				for i := range min(len(got), len(want)) {
					ok = ok && strings.Contains(got[i], want[i])
				}
				if !ok {
					t.Errorf("got %q, want %q", got, want)
				}
				return nil
			})
		})
	}
}

func TestLinksBecomeHeld(t *testing.T) {
	n := notebooktest.New(t)
	c := &notebook.PutClaim{Claim: notebook.Claim{Statement: "A port opens."}}
	do(t, n, c)
	link := func(l notebook.SourceLink) notebook.LinkID {
		l.Claim = c.Claim.ID
		cmd := &notebook.PutLink{Link: l, Stance: notebook.Mentions}
		do(t, n, cmd)
		return cmd.Link.ID
	}
	byURL := link(notebook.SourceLink{URL: "http://m.harbour.example/port/amp?fbclid=3"})
	byName := link(notebook.SourceLink{Stub: "Harbour Post, 27 February", Outlet: "harbour post", Date: "2026-02-27"})
	byInitials := link(notebook.SourceLink{Stub: "CLQ, 27 February", Outlet: "CLQ", Date: "2026-02-27"})
	otherDay := link(notebook.SourceLink{Outlet: "Harbour Post", Date: "2026-02-26"})
	otherTitle := link(notebook.SourceLink{Outlet: "Harbour Post", Date: "2026-02-27", Title: "Quite another story"})
	monthOnly := link(notebook.SourceLink{Outlet: "Harbour Post", Date: "2026-02"})

	a := add(t, n, article("Port opens", "https://www.harbour.example/port", portText), "a")
	d := article("Caspian story", "https://clq.example/1", "Text.")
	d.Site, d.Publisher = "Caspian Ledger Quarterly", ""
	b := add(t, n, d, "b")
	want := map[notebook.LinkID]notebook.SourceID{byURL: a.SourceID, byName: a.SourceID, byInitials: b.SourceID, otherDay: "", otherTitle: "", monthOnly: ""}
	check := func() {
		t.Helper()
		view(t, n, func(tx *notebook.Tx) error {
			for id, source := range want {
				l, err := tx.Link(id)
				if err != nil || l.Source != source || (l.State == notebook.Held) != (source != "") {
					t.Errorf("link %+v, %v; want source %q", l, err, source)
				}
			}
			return nil
		})
	}
	check()
	// A link to what is held is held from the start.
	late := link(notebook.SourceLink{URL: "https://harbour.example/port#end"})
	want[late] = a.SourceID
	check()
	// Gone for good, it is cited again.
	do(t, n, &notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(a.SourceID)}}})
	check()
	do(t, n, &notebook.EmptyBin{})
	want[byURL], want[byName], want[late] = "", "", ""
	check()
	again := add(t, n, article("Port opens", "https://www.harbour.example/port", portText), "a")
	want[byURL], want[byName], want[late] = again.SourceID, again.SourceID, again.SourceID
	check()
}

func TestRelationsAreNotDoubled(t *testing.T) {
	n := notebooktest.New(t)
	a, b := &notebook.PutClaim{Claim: notebook.Claim{Statement: "A."}}, &notebook.PutClaim{Claim: notebook.Claim{Statement: "B."}}
	do(t, n, a, b)
	put := func(from, to notebook.ClaimID, kind notebook.RelationKind, state notebook.RelationState) notebook.Relation {
		c := &notebook.PutRelation{Relation: notebook.Relation{From: from, To: to, Kind: kind, State: state}}
		do(t, n, c)
		return c.Relation
	}
	first := put(a.Claim.ID, b.Claim.ID, notebook.RelContradicts, notebook.Suggested)
	first.State = notebook.Dismissed
	do(t, n, &notebook.PutRelation{Relation: first})
	if got := put(b.Claim.ID, a.Claim.ID, notebook.RelContradicts, notebook.Suggested); got.ID != first.ID || got.State != notebook.Dismissed {
		t.Errorf("suggested again: %+v", got)
	}
	if got := put(b.Claim.ID, a.Claim.ID, notebook.RelContradicts, notebook.Made); got.ID != first.ID || got.State != notebook.Made {
		t.Errorf("made by a person: %+v", got)
	}
	if got := put(b.Claim.ID, a.Claim.ID, notebook.RelRefines, ""); got.ID == first.ID || got.State != notebook.Made {
		t.Errorf("of another kind: %+v", got)
	}
	if _, err := n.Do(&notebook.PutRelation{Relation: notebook.Relation{From: a.Claim.ID, To: a.Claim.ID, Kind: notebook.RelSameAs}}); !errors.Is(err, notebook.ErrInvalid) {
		t.Errorf("to itself: %v", err)
	}
}

func TestSourcesQuery(t *testing.T) {
	n := notebooktest.New(t)
	for _, s := range []struct {
		title, site string
		published   document.Date
		tags        []string
		country     string
	}{
		{"Zebra", "alpha News", "2025-01-02", []string{"x"}, "AZ"},
		{"apple", "Beta", "2026-01", []string{"x", "y"}, "KZ"},
		{"Éclair", "", "", nil, "AZ"},
		{"İstanbul limanı", "alpha news", "2024", []string{"y"}, "TR"},
	} {
		d := article(s.title, "https://q.example/"+s.title, "Text of "+s.title+".")
		d.Site, d.Publisher, d.Published, d.Byline = s.site, "", s.published, nil
		d.Countries = []document.CountryCount{{Code: s.country, Mentions: 1}}
		do(t, n, &notebook.AddCapture{Original: []byte(s.title), Document: d, Tags: s.tags, Folder: "desk"})
	}
	for _, tt := range []struct {
		name string
		q    notebook.SourceQuery
		want string
	}{
		{"newest added first", notebook.SourceQuery{}, "İstanbul limanı|Éclair|apple|Zebra"},
		{"oldest added first", notebook.SourceQuery{Reverse: true}, "Zebra|apple|Éclair|İstanbul limanı"},
		{"by title", notebook.SourceQuery{Order: notebook.OrderTitle}, "apple|Éclair|İstanbul limanı|Zebra"},
		{"by published, not stated last", notebook.SourceQuery{Order: notebook.OrderPublished}, "apple|Zebra|İstanbul limanı|Éclair"},
		{"by site, none last", notebook.SourceQuery{Order: notebook.OrderSite}, "İstanbul limanı|Zebra|apple|Éclair"},
		{"tag", notebook.SourceQuery{Tag: "x"}, "apple|Zebra"},
		{"tag and country", notebook.SourceQuery{Tag: "x", Country: "AZ"}, "Zebra"},
		{"site in any case", notebook.SourceQuery{Site: "ALPHA NEWS"}, "İstanbul limanı|Zebra"},
		{"folder and page", notebook.SourceQuery{Folder: "desk", Offset: 1, Limit: 2}, "Éclair|apple"},
		{"words of title and site", notebook.SourceQuery{Text: "zebra ALPHA"}, "Zebra"},
		{"kind", notebook.SourceQuery{Kind: document.Post}, ""},
		{"unread", notebook.SourceQuery{Unread: true, Limit: 1}, "İstanbul limanı"},
		{"without claims", notebook.SourceQuery{WithoutClaims: true, Tag: "y"}, "İstanbul limanı|apple"},
		{"offset past the end", notebook.SourceQuery{Offset: 9}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			view(t, n, func(tx *notebook.Tx) error {
				var got []string
				for s, err := range tx.Sources(tt.q) {
					if err != nil {
						return err
					}
					got = append(got, s.Title)
				}
				want := strings.FieldsFunc(tt.want, func(r rune) bool { return r == '|' })
				if !slices.Equal(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
				return nil
			})
		})
	}
	view(t, n, func(tx *notebook.Tx) error {
		for _, err := range tx.Sources(notebook.SourceQuery{Order: "mood"}) {
			if !errors.Is(err, notebook.ErrInvalid) {
				t.Errorf("unknown order: %v", err)
			}
		}
		for _, tt := range []struct {
			typed string
			want  error
		}{{"", notebook.ErrInvalid}, {"001", notebook.ErrInvalid}, {"0000", notebook.ErrNotFound}, {"ZZZZZ", notebook.ErrNotFound}} {
			if _, err := tx.Resolve("source", tt.typed); !errors.Is(err, tt.want) {
				t.Errorf("resolve %q: %v, want %v", tt.typed, err, tt.want)
			}
		}
		return nil
	})
}

// Subscribers hear of each change once, and may change the notebook.
func TestSubscribe(t *testing.T) {
	n := notebooktest.New(t)
	var heard []string
	cancel := n.Subscribe(func(c notebook.Change) {
		heard = append(heard, c.Name+":"+c.Actor)
		if c.Name == "add claim" {
			do(t, n, &notebook.PutClaim{Claim: notebook.Claim{ID: notebook.ClaimID(c.Keys[0].ID), Statement: "Changed."}})
		}
	})
	c := &notebook.PutClaim{Claim: notebook.Claim{Statement: "A."}}
	do(t, n, c)
	if _, err := n.Undo(); err != nil {
		t.Fatal(err)
	}
	cancel()
	do(t, n, &notebook.PutClaim{Claim: notebook.Claim{Statement: "B."}})
	if want := []string{"add claim:test", "edit claim:test", "undo edit claim:test"}; !slices.Equal(heard, want) {
		t.Errorf("heard %q, want %q", heard, want)
	}
	view(t, n, func(tx *notebook.Tx) error {
		var trail []string
		for c, err := range tx.Changes(1) {
			if err != nil {
				return err
			}
			if len(c.Keys) != 1 || c.Keys[0].Kind != "claim" || c.At.IsZero() {
				t.Errorf("change %+v", c)
			}
			trail = append(trail, c.Name)
		}
		if want := []string{"edit claim", "undo edit claim", "add claim"}; !slices.Equal(trail, want) {
			t.Errorf("trail %q, want %q", trail, want)
		}
		return nil
	})
}

// At least 200 steps are kept over a restart.
func TestManySteps(t *testing.T) {
	path := t.TempDir() + "/steps.sourcebook"
	n := notebooktest.Open(t, path, notebook.Options{})
	c := &notebook.PutClaim{Claim: notebook.Claim{Statement: "0"}}
	do(t, n, c)
	for range 220 {
		c.Claim.Statement += "x"
		do(t, n, c)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	n = notebooktest.Open(t, path, notebook.Options{})
	steps := 0
	for ; ; steps++ {
		if _, err := n.Undo(); errors.Is(err, notebook.ErrNothing) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if steps != 221 {
		t.Errorf("%d steps undone, want 221", steps)
	}
	for range steps {
		if _, err := n.Redo(); err != nil {
			t.Fatal(err)
		}
	}
	view(t, n, func(tx *notebook.Tx) error {
		got, err := tx.Claim(c.Claim.ID)
		if err != nil || len(got.Statement) != 221 {
			t.Errorf("after redo: %q, %v", got.Statement, err)
		}
		return nil
	})
}

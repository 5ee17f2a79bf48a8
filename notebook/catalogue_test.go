package notebook_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

// plainRow is what lists go by, worked out from the entities one by one.
type plainRow struct {
	notebook.Source
	highlights, claims int
	grade              notebook.Reliability
}

func plainRows(tx *notebook.Tx) ([]plainRow, error) {
	var rows []plainRow
	for s, err := range tx.Sources(notebook.SourceQuery{}) {
		if err != nil {
			return nil, err
		}
		row := plainRow{Source: s, grade: s.Reliability}
		hs, err := tx.Highlights(s.ID)
		if err != nil {
			return nil, err
		}
		row.highlights = len(hs)
		if row.grade == "" {
			p, err := tx.Publisher(notebook.PublisherKey(s))
			if err != nil {
				return nil, err
			}
			row.grade = p.Reliability
		}
		rows = append(rows, row)
	}
	for c, err := range tx.Claims(notebook.ClaimQuery{}) {
		if err != nil {
			return nil, err
		}
		on := map[notebook.SourceID]bool{}
		for _, e := range c.Evidence {
			if e.Highlight != "" {
				if h, err := tx.Highlight(e.Highlight); err != nil {
					return nil, err
				} else if h.Binned.IsZero() {
					on[h.Source] = true
				}
			} else if l, err := tx.Link(e.Link); err != nil {
				return nil, err
			} else if l.Binned.IsZero() {
				on[l.Source] = true
			}
		}
		for i := range rows {
			if on[rows[i].ID] {
				rows[i].claims++
			}
		}
	}
	return rows, nil
}

// plainKey is what an order compares, empty where it is not stated; numbers are
// padded so that they sort as words.
func plainKey(r plainRow, by notebook.SourceOrder) string {
	title := cmp.Or(notebook.Plain(r.Title), "\xff") // none comes last
	then := func(s string) string {
		if s == "" {
			return ""
		}
		return notebook.Plain(s) + "\x00" + title
	}
	number := func(n int) string { return fmt.Sprintf("%09d", n) }
	switch by {
	case notebook.OrderPublished:
		return string(r.Published)
	case notebook.OrderCaptured:
		return r.Captured.Format("2006-01-02T15:04:05.000")
	case notebook.OrderTitle:
		return notebook.Plain(r.Title)
	case notebook.OrderSite:
		return then(r.Site)
	case notebook.OrderAuthor:
		return then(strings.Join(r.Byline, ", "))
	case notebook.OrderKind:
		return then(string(r.Kind))
	case notebook.OrderLang:
		return then(r.Lang)
	case notebook.OrderCountry:
		if len(r.Countries) == 0 {
			return ""
		}
		return then(country.Name(country.Code(r.Countries[0].Code), "en"))
	case notebook.OrderWords:
		return number(r.Words)
	case notebook.OrderHighlights:
		return number(r.highlights)
	case notebook.OrderClaims:
		return number(r.claims)
	case notebook.OrderReliability:
		return then(string(r.grade))
	}
	return r.Added.Format("2006-01-02T15:04:05.000")
}

// plainList is what a query should list.
func plainList(rows []plainRow, q notebook.SourceQuery) []notebook.SourceID {
	down := map[notebook.SourceOrder]bool{
		"": true, notebook.OrderAdded: true, notebook.OrderPublished: true, notebook.OrderCaptured: true,
		notebook.OrderWords: true, notebook.OrderHighlights: true, notebook.OrderClaims: true,
	}[q.Order] != q.Reverse
	var list []plainRow
	for _, r := range rows {
		text := notebook.Plain(r.Title + "\n" + r.Site + "\n" + strings.Join(r.Byline, ", "))
		fits := (q.Kind == "" || r.Kind == q.Kind) && (q.Tag == "" || slices.Contains(r.Tags, q.Tag)) && (!q.Untagged || len(r.Tags) == 0) &&
			(q.Country == "" || slices.ContainsFunc(r.Countries, func(c document.CountryCount) bool { return c.Code == string(q.Country) })) &&
			(q.Folder == "" || r.Folder == q.Folder) && (!q.Unfiled || r.Folder == "") && (q.Lang == "" || r.Lang == q.Lang) &&
			(q.Site == "" || strings.EqualFold(r.Site, q.Site)) && (!q.Unread || !r.Read) && (!q.Read || r.Read) &&
			(!q.WithoutClaims || r.claims == 0) && (!q.WithClaims || r.claims > 0) && (!q.WithHighlights || r.highlights > 0) &&
			(q.Reliability == "" || r.grade == q.Reliability) && (!q.Ungraded || r.grade == "") && hasAll(text, q.Text) &&
			(q.From == "" && q.To == "" || r.Published != "" && string(r.Published)+"~" >= string(q.From) && (q.To == "" || string(r.Published) <= string(q.To)+"~"))
		if fits {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b plainRow) int {
		x, y := plainKey(a, q.Order), plainKey(b, q.Order)
		if x == "" || y == "" { // last, whichever way
			return cmp.Or(cmp.Compare(b2i(x == ""), b2i(y == "")), cmp.Compare(a.ID, b.ID))
		}
		c := cmp.Or(cmp.Compare(x, y), cmp.Compare(a.ID, b.ID))
		if down {
			c = -c
		}
		return c
	})
	var ids []notebook.SourceID
	for _, r := range list[min(q.Offset, len(list)):] {
		if q.Limit == 0 || len(ids) < q.Limit {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func hasAll(text, words string) bool {
	for _, w := range strings.Fields(notebook.Plain(words)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// randomQuery asks for something that test notebooks have.
func randomQuery(r *rand.Rand) notebook.SourceQuery {
	q := notebook.SourceQuery{Order: notebook.SourceOrders[r.IntN(len(notebook.SourceOrders))], Reverse: r.IntN(2) == 0}
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	for range r.IntN(3) {
		switch r.IntN(17) {
		case 0:
			q.Kind = document.Kind(pick("article", "search_snapshot"))
		case 1:
			q.Country = country.Code(pick("AZ", "KZ", "FR"))
		case 2:
			q.Tag = pick("rail", "port", "energy", "none")
		case 3:
			q.Untagged = true
		case 4:
			q.Folder = pick("North", "South")
		case 5:
			q.Unfiled = true
		case 6:
			q.Lang = pick("en", "az")
		case 7:
			q.Text = pick("title 1", "title", "gazette", "nowhere")
		case 8:
			q.Unread = true
		case 9:
			q.Read = true
		case 10:
			q.WithoutClaims = true
		case 11:
			q.WithClaims = true
		case 12:
			q.WithHighlights = true
		case 13:
			q.Reliability = notebook.Reliability(pick("B", "D"))
		case 14:
			q.Ungraded = true
		case 15:
			q.Site = pick("Harbour Post", "steppe wire")
		case 16:
			q.From, q.To = document.Date(pick("", "2024", "2024-03")), document.Date(pick("", "2025", "2025-01-15"))
		}
	}
	if r.IntN(3) == 0 {
		q.Offset, q.Limit = r.IntN(4), 1+r.IntN(4)
	}
	return q
}

// checkLists compares some random lists with what they should be.
func checkLists(tx *notebook.Tx, r *rand.Rand, times int) error {
	rows, err := plainRows(tx)
	if err != nil {
		return err
	}
	for range times {
		q := randomQuery(r)
		want := plainList(rows, q)
		page, err := tx.SourcePage(q)
		if err != nil {
			return err
		}
		var got []notebook.SourceID
		for _, row := range page.Rows {
			got = append(got, row.ID)
			i := slices.IndexFunc(rows, func(r plainRow) bool { return r.ID == row.ID })
			if i < 0 || rows[i].highlights != row.Highlights || rows[i].claims != row.Claims || rows[i].grade != row.Grade {
				return fmt.Errorf("%+v lists %s with %d highlights, %d claims, grade %q", q, row.ID, row.Highlights, row.Claims, row.Grade)
			}
		}
		var each []notebook.SourceID
		for s, err := range tx.Sources(q) {
			if err != nil {
				return err
			}
			each = append(each, s.ID)
		}
		if !slices.Equal(got, want) || !slices.Equal(each, want) {
			return fmt.Errorf("%+v lists\n%v and\n%v, want\n%v", q, got, each, want)
		}
		whole := q
		whole.Offset, whole.Limit = 0, 0
		all := len(plainList(rows, whole))
		n, err := tx.CountSources(q)
		if err != nil || n != all || page.Total != all {
			return fmt.Errorf("%+v counts %d and %d, want %d, %v", q, n, page.Total, all, err)
		}
		ids, err := tx.SourceIDs(whole)
		if err != nil || len(ids) != all {
			return fmt.Errorf("%+v has %d IDs, want %d, %v", whole, len(ids), all, err)
		}
	}
	return nil
}

// Lists of sources are what going through all sources one by one would give,
// also while a reader of an older state and one of a newer ask in turn.
func TestSourcePage(t *testing.T) {
	n := notebooktest.New(t)
	if err := notebooktest.Fill(n, 45, notebooktest.FillOptions{Words: 40, Batch: 30}); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	check := func(times int) {
		t.Helper()
		view(t, n, func(tx *notebook.Tx) error { return checkLists(tx, r, times) })
	}
	check(60)
	do(t, n, &notebook.PutPublisher{Publisher: notebook.Publisher{Name: "Harbour Post", Reliability: "B"}})
	check(20)
	var ids []notebook.SourceID
	view(t, n, func(tx *notebook.Tx) (err error) {
		ids, err = tx.SourceIDs(notebook.SourceQuery{})
		return err
	})
	for i, id := range ids[:20] {
		var s notebook.Source
		view(t, n, func(tx *notebook.Tx) (err error) {
			s, err = tx.Source(id)
			return err
		})
		switch i % 4 {
		case 0:
			s.Folder, s.Reliability = "North", "D"
			do(t, n, &notebook.PutSource{Source: s})
		case 1:
			s.Title, s.Byline, s.Site, s.Lang, s.Published = "", nil, "", "", ""
			do(t, n, &notebook.PutSource{Source: s})
		case 2:
			do(t, n, &notebook.ToBin{Keys: []notebook.Key{{Kind: "source", ID: string(id)}}})
		case 3:
			do(t, n, &notebook.MarkRead{Source: id, Read: true})
		}
		check(2)
	}
	check(30)
	// An older state is still listed as it was.
	err := n.View(func(old *notebook.Tx) error {
		before, err := old.CountSources(notebook.SourceQuery{WithoutClaims: true})
		if err != nil {
			return err
		}
		done := make(chan error)
		go func() {
			_, err := n.Do(&notebook.Restore{Keys: []notebook.Key{{Kind: "source", ID: string(ids[2])}}})
			if err == nil {
				err = n.View(func(tx *notebook.Tx) error { return checkLists(tx, rand.New(rand.NewPCG(5, 5)), 20) })
			}
			done <- err
		}()
		if err := <-done; err != nil {
			return err
		}
		after, err := old.CountSources(notebook.SourceQuery{WithoutClaims: true})
		if before != after {
			t.Errorf("an older state counts %d sources, was %d", after, before)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := n.Undo(); err != nil {
		t.Fatal(err)
	}
	check(20)
	view(t, n, func(tx *notebook.Tx) error {
		if _, err := tx.SourcePage(notebook.SourceQuery{Order: "colour"}); err == nil {
			t.Error("an unknown order was taken")
		}
		page, err := tx.SourcePage(notebook.SourceQuery{Binned: true, Site: "Harbour Post"})
		for _, row := range page.Rows {
			if row.Site != "Harbour Post" || row.Binned.IsZero() {
				t.Errorf("%+v is listed as in the bin", row)
			}
		}
		return err
	})
}

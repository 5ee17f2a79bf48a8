package benchfts

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"sourcebook/notebook/notebooktest"
	"sourcebook/notebook/search"
)

// texts makes entries: the four-language texts of a filled notebook, and in each
// some names. Real vocabularies never stop growing, and a dictionary that does
// would make prefixes and near spellings look cheaper than they are.
type texts struct {
	texts *notebooktest.Texts
	r     *rand.Rand
	names *rand.Zipf
	n     int
}

func newTexts() *texts {
	r := rand.New(rand.NewPCG(4, 100_000))
	return &texts{texts: notebooktest.NewTexts(4), r: r, names: rand.NewZipf(r, 1.05, 60, 3_000_000)}
}

// wordsPerText is how long a text is on average.
const wordsPerText = 600

// next makes the next entry. The same number always gives the same entry.
func (t *texts) next() search.Entry {
	c := t.texts.Capture(t.n, wordsPerText)
	d := c.Document
	body := []rune(d.Text)
	var b strings.Builder
	at := 0
	for range 8 {
		to := min(len(body), at+len(body)/9)
		b.WriteString(string(body[at:to]))
		at = to
		b.WriteString(". " + name(t.names.Uint64()) + " ")
	}
	b.WriteString(string(body[at:]))
	id := fmt.Sprintf("source:%08d", t.n)
	t.n++
	e := search.Entry{
		ID: id, Kind: search.Source, SourceID: id, SourceKind: string(d.Kind), Title: d.Title, Body: b.String(),
		Site: d.Site, Author: strings.Join(d.Byline, "\n"), Lang: d.Lang, Tags: c.Tags,
		Published: string(d.Published), Captured: c.Capture.Received.Format("2006-01-02"), Credibility: t.r.IntN(7),
	}
	for _, k := range d.Countries {
		e.Countries = append(e.Countries, k.Code)
	}
	return e
}

// name is the k-th name.
func name(k uint64) string {
	parts := strings.Fields("ba ke li mo nu ra sha te vo zi gar hol jan kov mir sen tar vek yan zad")
	var b strings.Builder
	for k += uint64(len(parts)); k > 0; k /= uint64(len(parts)) {
		b.WriteString(parts[k%uint64(len(parts))])
	}
	return b.String()
}

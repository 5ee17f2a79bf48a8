package benchfts

import (
	"context"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/simple"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"sourcebook/notebook/search"
)

// bleveIndex is bleve with its simple analyzer, nothing stored, and writes that
// return before they are on the disk.
type bleveIndex struct{ x bleve.Index }

// bleveEntry is what bleve indexes of an entry.
type bleveEntry struct {
	Text      string   `json:"text"`
	Country   []string `json:"country"`
	Published string   `json:"published"`
}

func openBleve(path string) (engine, error) {
	if x, err := bleve.Open(path); err == nil {
		return &bleveIndex{x}, nil
	}
	field := func(analyzer string) *mapping.FieldMapping {
		f := bleve.NewTextFieldMapping()
		f.Analyzer, f.Store, f.IncludeInAll = analyzer, false, false
		return f
	}
	doc := bleve.NewDocumentStaticMapping()
	doc.AddFieldMappingsAt("text", field(simple.Name))
	doc.AddFieldMappingsAt("country", field(keyword.Name))
	doc.AddFieldMappingsAt("published", field(keyword.Name))
	m := bleve.NewIndexMapping()
	m.DefaultMapping, m.DefaultField, m.DefaultAnalyzer = doc, "text", simple.Name
	x, err := bleve.NewUsing(path, m, scorch.Name, scorch.Name, map[string]any{"unsafe_batch": true})
	if err != nil {
		return nil, err
	}
	return &bleveIndex{x}, nil
}

func (e *bleveIndex) name() string { return "bleve" }

func (e *bleveIndex) count() (int, error) {
	n, err := e.x.DocCount()
	return int(n), err
}

func (e *bleveIndex) add(_ context.Context, list []search.Entry) error {
	for len(list) > 0 {
		b := e.x.NewBatch()
		n := min(100, len(list)) // more at once is no faster
		for _, s := range list[:n] {
			text := s.Title + "\n" + s.Site + "\n" + s.Author + "\n" + s.Body
			if err := b.Index(s.ID, bleveEntry{text, s.Countries, s.Published}); err != nil {
				return err
			}
		}
		if err := e.x.Batch(b); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func (e *bleveIndex) ask(ctx context.Context, q question) (int, error) {
	text := q.bleve
	if text == "" {
		text = q.ours
	}
	var asked query.Query = bleve.NewQueryStringQuery(text)
	if q.country != "" {
		in := bleve.NewTermQuery(q.country)
		in.SetField("country")
		yes := true
		when := bleve.NewTermRangeInclusiveQuery(q.from, q.to, &yes, &yes)
		when.SetField("published")
		asked = bleve.NewConjunctionQuery(asked, in, when)
	}
	req := bleve.NewSearchRequestOptions(asked, 50, 0, false)
	if q.newest {
		req.SortBy([]string{"-published"})
	}
	res, err := e.x.SearchInContext(ctx, req)
	if err != nil {
		return 0, err
	}
	return len(res.Hits), nil
}

func (e *bleveIndex) close() error { return e.x.Close() }

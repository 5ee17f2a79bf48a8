package notebook

import (
	"slices"
	"strings"
	"time"

	"sourcebook/notebook/country"
)

// Comparison is two to six dossiers against chosen topics, as saved.
type Comparison struct {
	ID        ComparisonID   `json:"id"`
	Title     string         `json:"title,omitempty"`
	Countries []country.Code `json:"countries,omitempty"`
	Topics    []string       `json:"topics,omitempty"` // empty: every topic that any of the countries has
	Note      string         `json:"note,omitempty"`
	Made      time.Time      `json:"made,omitzero"`
	Edited    time.Time      `json:"edited,omitzero"`
	Binned    time.Time      `json:"binned,omitzero"`
}

// Table is a comparison worked out: one row a topic, one cell a country.
type Table struct {
	Countries []country.Code
	Rows      []TableRow
}

// TableRow holds the cells of one topic, in the order of Table.Countries.
type TableRow struct {
	Topic string
	Cells []TableCell
}

// TableCell is what the notebook has on one country under one topic. A cell
// without claims and note is a gap.
type TableCell struct {
	Claims []Claim
	Note   string
}

var (
	comparisonByMade = newCounted("comparison.made")
	comparisonBinned = newCounted("comparison.binned")
)

var comparisons = table[Comparison]{
	word: "comparison",
	key:  func(c Comparison) string { return string(c.ID) },
	entries: func(c Comparison) []entry {
		if !c.Binned.IsZero() {
			return []entry{{ix: comparisonBinned, order: byTime(c.Binned), id: string(c.ID)}}
		}
		return []entry{{ix: comparisonByMade, order: byTime(c.Made), id: string(c.ID)}}
	},
}

// Comparison is one saved comparison by ID.
func (t *Tx) Comparison(id ComparisonID) (Comparison, error) {
	return comparisons.get(t, string(id))
}

// Comparisons are all that are saved, newest first.
func (t *Tx) Comparisons() ([]Comparison, error) {
	out, err := collect(t, comparisons, comparisonByMade, "")
	slices.Reverse(out)
	return out, err
}

// The number of countries that can be compared.
const (
	minCompared = 2
	maxCompared = 6
)

func validCompared(countries []country.Code) error {
	if n := len(unique(countries)); n != len(countries) {
		return invalid("a country stands twice in the comparison")
	} else if n < minCompared || n > maxCompared {
		return invalid("%d countries cannot be compared, %d to %d can", n, minCompared, maxCompared)
	}
	for _, c := range countries {
		if !validCountry(string(c)) {
			return invalid("country %q is not two capital letters", c)
		}
	}
	return nil
}

// Compare sets two to six countries side by side. Without topics, the rows are
// every topic that any of them has a claim or a note on, as in the list of
// topics; what has no topic comes last, under "".
func (t *Tx) Compare(countries []country.Code, topics []string) (Table, error) {
	if err := validCompared(countries); err != nil {
		return Table{}, err
	}
	table := Table{Countries: slices.Clone(countries)}
	cells := make([]map[string]TableCell, len(countries))
	any := map[string]bool{}
	for i, c := range countries {
		cells[i] = map[string]TableCell{}
		notes := map[string]DossierNote{}
		if err := t.dossierNotes(c, notes); err != nil {
			return table, err
		}
		for topic, n := range notes {
			// The general note belongs to the dossier, not to a row.
			if topic != "" {
				cells[i][topic] = TableCell{Note: n.Text}
				any[topic] = true
			}
		}
		for cl, err := range t.Claims(ClaimQuery{Country: c}) {
			if err != nil {
				return table, err
			}
			under := cl.Topics
			if len(under) == 0 {
				under = []string{""}
			}
			for _, topic := range under {
				cell := cells[i][topic]
				cell.Claims = append(cell.Claims, cl)
				cells[i][topic] = cell
				any[topic] = true
			}
		}
	}
	topics = words(topics)
	if len(topics) == 0 {
		all, err := t.Topics()
		if err != nil {
			return table, err
		}
		topics = inOrder(any, all)
	}
	for _, topic := range topics {
		row := TableRow{Topic: topic, Cells: make([]TableCell, len(countries))}
		for i := range countries {
			row.Cells[i] = cells[i][topic]
			slices.SortStableFunc(row.Cells[i].Claims, newestEvent)
		}
		table.Rows = append(table.Rows, row)
	}
	return table, nil
}

// PutComparison saves a comparison, new where its ID is empty.
type PutComparison struct{ Comparison Comparison }

// Name is "add comparison" or "edit comparison".
func (c *PutComparison) Name() string {
	if c.Comparison.ID == "" {
		return "add comparison"
	}
	return "edit comparison"
}

// Validate wants two to six countries.
func (c *PutComparison) Validate(t *Tx) error {
	if c.Comparison.ID != "" {
		if _, err := t.Comparison(c.Comparison.ID); err != nil {
			return err
		}
	}
	return validCompared(c.Comparison.Countries)
}

// Apply saves the comparison.
func (c *PutComparison) Apply(w *WriteTx) error {
	v := c.Comparison
	v.Title, v.Topics = strings.TrimSpace(v.Title), words(v.Topics)
	v.Made, v.Edited, v.Binned = time.Time{}, time.Time{}, time.Time{}
	if v.ID != "" {
		old, err := w.Comparison(v.ID)
		if err != nil {
			return err
		}
		v.Made, v.Edited, v.Binned = old.Made, old.Edited, old.Binned
	}
	if err := stamp(w, (*string)(&v.ID), &v.Made, &v.Edited, v, comparisons); err != nil {
		return err
	}
	c.Comparison = v
	return comparisons.put(w, string(v.ID), v)
}

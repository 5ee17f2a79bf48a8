package notebook

import (
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// Saved is a filter or search that the user keeps under a name.
type Saved struct {
	ID    SavedID `json:"id"`
	Name  string  `json:"name,omitempty"`
	Place string  `json:"place,omitempty"` // where it is asked: "library", "search", "claims"
	// Query is what the place understands: of the search the query as typed, of
	// the library a SourceQuery as JSON.
	Query  string    `json:"query,omitempty"`
	Made   time.Time `json:"made,omitzero"`
	Edited time.Time `json:"edited,omitzero"`
}

var savedByPlace = newIndex("saved.place") // place → saved, by name

var saveds = table[Saved]{
	word: "saved",
	key:  func(s Saved) string { return string(s.ID) },
	entries: func(s Saved) []entry {
		return []entry{{ix: savedByPlace, group: groupKey(s.Place), order: shorten(plain(s.Name), 80) + "\x00", id: string(s.ID)}}
	},
}

// Saved are the saved queries of a place, by name.
func (t *Tx) Saved(place string) ([]Saved, error) {
	if t.n.format < 2 {
		return nil, nil
	}
	return collect(t, saveds, savedByPlace, groupKey(place))
}

// PutSaved saves a query, new where its ID is empty.
type PutSaved struct{ Saved Saved }

// Name is "save" or "edit" and what.
func (c *PutSaved) Name() string {
	if c.Saved.ID == "" {
		return "save query"
	}
	return "edit saved query"
}

// Validate wants a name and a place.
func (c *PutSaved) Validate(t *Tx) error {
	if strings.TrimSpace(c.Saved.Name) == "" {
		return invalid("a saved query without a name")
	}
	if c.Saved.Place == "" {
		return invalid("the saved query %q without a place", c.Saved.Name)
	}
	if c.Saved.ID == "" {
		return nil
	}
	_, err := saveds.get(t, string(c.Saved.ID))
	return err
}

// Apply saves it.
func (c *PutSaved) Apply(w *WriteTx) error {
	s := c.Saved
	s.Name = strings.Join(strings.Fields(norm.NFC.String(s.Name)), " ")
	s.Made, s.Edited = time.Time{}, time.Time{}
	if s.ID != "" {
		old, err := saveds.get(&w.Tx, string(s.ID))
		if err != nil {
			return err
		}
		s.Made, s.Edited = old.Made, old.Edited
	}
	if err := stamp(w, (*string)(&s.ID), &s.Made, &s.Edited, s, saveds); err != nil {
		return err
	}
	c.Saved = s
	return saveds.put(w, string(s.ID), s)
}

// DropSaved deletes a saved query. It does not go to the bin; Undo brings it back.
type DropSaved struct{ ID SavedID }

// Name is "delete saved query".
func (c *DropSaved) Name() string { return "delete saved query" }

// Validate wants one that is there.
func (c *DropSaved) Validate(t *Tx) error {
	_, err := saveds.get(t, string(c.ID))
	return err
}

// Apply deletes it.
func (c *DropSaved) Apply(w *WriteTx) error { return saveds.drop(w, string(c.ID)) }

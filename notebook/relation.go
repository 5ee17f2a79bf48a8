package notebook

import (
	"iter"
	"time"
)

// RelationKind is how one claim stands to another.
type RelationKind string

// The kinds of relation, from the first claim to the second.
const (
	RelSupports    RelationKind = "supports"
	RelContradicts RelationKind = "contradicts"
	RelRefines     RelationKind = "refines"
	RelSameAs      RelationKind = "same-as"
)

// RelationState says who made a relation and what became of it.
type RelationState string

// The states. Made is by a person; a Suggested one is Accepted or Dismissed.
const (
	Made      RelationState = "made"
	Suggested RelationState = "suggested"
	Accepted  RelationState = "accepted"
	Dismissed RelationState = "dismissed"
)

// Relation joins two claims.
type Relation struct {
	ID      RelationID    `json:"id"`
	From    ClaimID       `json:"from,omitempty"`
	To      ClaimID       `json:"to,omitempty"`
	Kind    RelationKind  `json:"kind,omitempty"`
	State   RelationState `json:"state,omitempty"`
	Reasons []string      `json:"reasons,omitempty"`
	Note    string        `json:"note,omitempty"`
	Made    time.Time     `json:"made,omitzero"`
	Edited  time.Time     `json:"edited,omitzero"`
	Binned  time.Time     `json:"binned,omitzero"`
}

var (
	relationByFrom = newIndex("relation.from") // all, also in the bin
	relationByTo   = newIndex("relation.to")   // all
	relationByMade = newCounted("relation.made")
	relationBinned = newCounted("relation.binned")
)

var relations = table[Relation]{
	word: "relation",
	key:  func(r Relation) string { return string(r.ID) },
	entries: func(r Relation) []entry {
		id := string(r.ID)
		out := []entry{
			{ix: relationByFrom, group: string(r.From), id: id},
			{ix: relationByTo, group: string(r.To), id: id},
		}
		if !r.Binned.IsZero() {
			return append(out, entry{ix: relationBinned, order: byTime(r.Binned), id: id})
		}
		return append(out, entry{ix: relationByMade, order: byTime(r.Made), id: id})
	},
	refs: func(r Relation) []ref {
		return []ref{{"claim", string(r.From), "from"}, {"claim", string(r.To), "to"}}
	},
}

// Relation is one relation by ID.
func (t *Tx) Relation(id RelationID) (Relation, error) { return relations.get(t, string(id)) }

// Relations are those of a claim, both ways, oldest first: first those from it.
func (t *Tx) Relations(id ClaimID) ([]Relation, error) {
	return t.relationsOf(id, false)
}

func (t *Tx) relationsOf(id ClaimID, binned bool) ([]Relation, error) {
	var out []Relation
	for _, ix := range []*index{relationByFrom, relationByTo} {
		list, err := collect(t, relations, ix, string(id))
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			if binned || r.Binned.IsZero() {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

// AllRelations are all relations, newest first, those suggested and dismissed too.
func (t *Tx) AllRelations() iter.Seq2[Relation, error] {
	return each(t, relations, listing{order: relationByMade, desc: true})
}

// PutRelation saves a relation, new where its ID is empty. A relation of the
// same kind between the same claims is not doubled: a suggestion of what is
// there, also dismissed, changes nothing, and one that a person makes replaces
// the suggestion. Relation then is the one that is held.
type PutRelation struct{ Relation Relation }

// Name is "relate claims" or "edit relation".
func (c *PutRelation) Name() string {
	if c.Relation.ID == "" {
		return "relate claims"
	}
	return "edit relation"
}

// Validate wants two claims that are held, a kind and a state.
func (c *PutRelation) Validate(t *Tx) error {
	r := c.Relation
	if r.ID != "" {
		if _, err := t.Relation(r.ID); err != nil {
			return err
		}
	}
	switch r.Kind {
	case RelSupports, RelContradicts, RelRefines, RelSameAs:
	default:
		return invalid("relation %q is not supports, contradicts, refines or same-as", r.Kind)
	}
	switch r.State {
	case "", Made, Suggested, Accepted, Dismissed:
	default:
		return invalid("state %q of a relation is not known", r.State)
	}
	if r.From == r.To {
		return invalid("a claim cannot be related to itself")
	}
	for _, id := range []ClaimID{r.From, r.To} {
		if _, err := t.Claim(id); err != nil {
			return err
		}
	}
	return nil
}

// symmetric says whether a kind holds both ways.
func (k RelationKind) symmetric() bool { return k == RelContradicts || k == RelSameAs }

// Apply saves the relation.
func (c *PutRelation) Apply(w *WriteTx) error {
	r := c.Relation
	if r.State == "" {
		r.State = Made
	}
	r.Made, r.Edited, r.Binned = time.Time{}, time.Time{}, time.Time{}
	if r.ID == "" {
		list, err := w.Relations(r.From)
		if err != nil {
			return err
		}
		for _, held := range list {
			same := held.From == r.From && held.To == r.To || r.Kind.symmetric() && held.From == r.To && held.To == r.From
			if !same || held.Kind != r.Kind {
				continue
			}
			if r.State == Suggested {
				c.Relation = held
				return nil
			}
			r.ID = held.ID
			break
		}
	}
	if r.ID != "" {
		old, err := w.Relation(r.ID)
		if err != nil {
			return err
		}
		r.Made, r.Edited, r.Binned = old.Made, old.Edited, old.Binned
	}
	if err := stamp(w, (*string)(&r.ID), &r.Made, &r.Edited, r, relations); err != nil {
		return err
	}
	c.Relation = r
	return relations.put(w, string(r.ID), r)
}

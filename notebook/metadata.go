package notebook

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"sourcebook/notebook/document"
)

// Metadatum is one field of a source's metadata and where its value is from.
type Metadatum struct {
	Field      string               // as in JSON: "title"
	Value      string               // of a list, its members joined by ", "
	Origin     document.Origin      // FromUser where it was set by hand; empty where not stated
	ByHand     bool                 // a new version leaves it as it is
	Imported   string               // what the current document says
	Candidates []document.Candidate // what was found for it, chosen or not
}

// Metadata are the metadata of a source in the order in which they are shown,
// with the candidates that the importer found. Countries are not among them.
func (t *Tx) Metadata(id SourceID) ([]Metadatum, error) {
	s, err := t.Source(id)
	if err != nil {
		return nil, err
	}
	d, err := t.Document(s.Current())
	if err != nil {
		return nil, err
	}
	imported := s
	for _, f := range imported.fields() {
		f.set(d)
	}
	theirs := imported.fields()
	var out []Metadatum
	for i, f := range s.fields() {
		if f.name == "countries" {
			continue
		}
		m := Metadatum{Field: f.name, Value: shown(f.value), Imported: shown(theirs[i].value), Origin: d.OriginOf[f.name]}
		if slices.Contains(s.ByHand, f.name) {
			m.ByHand, m.Origin = true, document.FromUser
		}
		for _, c := range d.Candidates {
			if c.Field == f.name {
				m.Candidates = append(m.Candidates, c)
			}
		}
		out = append(out, m)
	}
	return out, nil
}

// shown gives the value that a field points to as text.
func shown(field any) string {
	v := reflect.ValueOf(field).Elem()
	if list, ok := v.Interface().([]string); ok {
		return strings.Join(list, ", ")
	}
	return v.String()
}

// SetMetadata sets fields of a source's metadata by hand, by their names in JSON
// ("title", "published"); a byline is its authors joined by ", ". Reset names
// fields that take the current document's value again, and follow the next
// version. A candidate is chosen by setting its value.
type SetMetadata struct {
	Source SourceID
	Values map[string]string
	Reset  []string
}

// Name is "edit source".
func (c *SetMetadata) Name() string { return "edit source" }

// Validate wants a source that is held, fields that there are, and values that
// they can have.
func (c *SetMetadata) Validate(t *Tx) error {
	_, err := c.edited(t)
	return err
}

// edited gives the source as it will be, before PutSource has a look at it.
func (c *SetMetadata) edited(t *Tx) (Source, error) {
	s, err := t.Source(c.Source)
	if err != nil {
		return s, err
	}
	known := map[string]bool{}
	d, err := t.Document(s.Current())
	if err != nil {
		return s, err
	}
	s.ByHand = slices.Clone(s.ByHand)
	for _, f := range s.fields() {
		known[f.name] = true
		if slices.Contains(c.Reset, f.name) {
			f.set(d)
		}
		value, ok := c.Values[f.name]
		if !ok {
			continue
		}
		switch to := f.value.(type) {
		case *string:
			*to = strings.TrimSpace(value)
		case *document.Date:
			*to = document.Date(strings.TrimSpace(value))
		case *document.Kind:
			*to = document.Kind(value)
		case *[]string:
			*to = nil
			for _, name := range strings.Split(value, ",") {
				if name = strings.TrimSpace(name); name != "" {
					*to = append(*to, name)
				}
			}
		default:
			return s, invalid("the %s of a source cannot be set as text", f.name)
		}
		if !slices.Contains(s.ByHand, f.name) {
			s.ByHand = append(s.ByHand, f.name)
		}
	}
	for name := range c.Values {
		if !known[name] {
			return s, invalid("a source has no %q", name)
		}
	}
	for _, name := range c.Reset {
		if !known[name] {
			return s, invalid("a source has no %q", name)
		}
	}
	put := &PutSource{Source: s}
	if err := put.Validate(t); err != nil {
		return s, fmt.Errorf("set metadata: %w", err)
	}
	return s, nil
}

// Apply sets them.
func (c *SetMetadata) Apply(w *WriteTx) error {
	s, err := c.edited(&w.Tx)
	if err != nil {
		return err
	}
	put := &PutSource{Source: s, follow: c.Reset}
	return put.Apply(w)
}

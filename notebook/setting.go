package notebook

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Colours are all colours of highlights, in the order in which they are offered.
var Colours = []Colour{Yellow, Green, Blue, Pink, Orange, Purple}

// setting is what goes for the whole notebook, under its key.
type setting struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
}

var settings = table[setting]{
	word: "setting",
	key:  func(s setting) string { return s.Key },
}

const settingColours = "colours" // the names of the colours

// ColourNames are the names that the user gave to colours of highlights ("green"
// is "figures"). Colours without a name of their own are not in it.
func (t *Tx) ColourNames() (map[Colour]string, error) {
	names := map[Colour]string{}
	if t.n.format < 2 {
		return names, nil
	}
	s, err := settings.getIf(t, settingColours)
	if err != nil || s == nil {
		return names, err
	}
	if err := json.Unmarshal(s.Value, &names); err != nil {
		return nil, fmt.Errorf("setting %q: %w: %v", settingColours, ErrDamaged, err)
	}
	return names, nil
}

// PutColourNames names colours of highlights, in the place of the names there
// were. One that is left out, or empty, has none of its own.
type PutColourNames struct{ Names map[Colour]string }

// Name is "name colours".
func (c *PutColourNames) Name() string { return "name colours" }

// Validate wants colours that there are.
func (c *PutColourNames) Validate(*Tx) error {
	for colour := range c.Names {
		if !slices.Contains(Colours, colour) {
			return invalid("colour %q is not known", colour)
		}
	}
	return nil
}

// Apply names them.
func (c *PutColourNames) Apply(w *WriteTx) error {
	names := map[Colour]string{}
	for colour, name := range c.Names {
		if name = strings.Join(strings.Fields(norm.NFC.String(name)), " "); name != "" {
			names[colour] = name
		}
	}
	if len(names) == 0 {
		return settings.drop(w, settingColours)
	}
	raw, err := json.Marshal(names)
	if err != nil {
		return err
	}
	return settings.put(w, settingColours, setting{settingColours, raw})
}

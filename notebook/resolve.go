package notebook

import (
	"fmt"
	"strings"
)

// minTyped is how many characters of an ID must be typed.
const minTyped = 4

// Resolve finds an ID of a kind, or of any kind where kind is empty, from its
// last characters or the whole, as a person would type it on the command line:
// at least 4 characters, unique, in capitals or not. ErrNotFound where there is
// none, ErrInvalid where there are several.
func (t *Tx) Resolve(kind, typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	search := t.kinds()
	if kind != "" {
		if tables[kind] == nil {
			return "", invalid("%q is not a kind of entity", kind)
		}
		search = []string{kind}
	}
	// Publishers and dossier notes have keys in words.
	for _, k := range search {
		if raw, err := t.get(k, typed); err != nil {
			return "", err
		} else if raw != nil {
			return typed, nil
		}
	}
	if len(typed) < minTyped {
		return "", invalid("%q: at least %d characters of an ID are needed", typed, minTyped)
	}
	end := strings.ToUpper(typed)
	found, n := "", 0
	for _, k := range search {
		if worded[k] {
			continue
		}
		b, err := t.bucket(k)
		if err != nil {
			return "", err
		}
		c := b.Cursor()
		for key, _ := c.First(); key != nil; key, _ = c.Next() {
			if strings.HasSuffix(string(key), end) {
				found = string(key)
				n++
			}
		}
	}
	what := first(kind, "ID")
	switch n {
	case 0:
		return "", fmt.Errorf("%s %q: %w", what, typed, ErrNotFound)
	case 1:
		return found, nil
	}
	return "", invalid("%s %q fits %d of them; type more of it", what, typed, n)
}

package notebook

import (
	"fmt"
	"slices"
)

// EditSources does the same to many sources, as one step of undo. What is nil
// stays as it is. Deleting many is ToBin, which takes any number of keys.
type EditSources struct {
	Sources     []SourceID
	AddTags     []string
	RemoveTags  []string
	Folder      *string      // empty: into none
	Reliability *Reliability // empty: that of the publisher
	Read        *bool        // unlike MarkRead, it can be undone

	Changed int // how many were not so already, set by Do
}

// Name says what is done to how many: "tag 3 sources".
func (c *EditSources) Name() string {
	what, n := "edit", 0
	for _, part := range []struct {
		name string
		is   bool
	}{
		{"tag", len(c.AddTags) > 0},
		{"untag", len(c.RemoveTags) > 0},
		{"move", c.Folder != nil},
		{"grade", c.Reliability != nil},
		{"mark", c.Read != nil},
	} {
		if part.is {
			what = part.name
			n++
		}
	}
	if n != 1 {
		what = "edit"
	}
	end := ""
	if what == "mark" {
		end = map[bool]string{true: " read", false: " unread"}[*c.Read]
	}
	if len(c.Sources) == 1 {
		return what + " source" + end
	}
	return fmt.Sprintf("%s %d sources%s", what, len(c.Sources), end)
}

// Validate wants sources that are held, and a grade that exists.
func (c *EditSources) Validate(t *Tx) error {
	if len(c.Sources) == 0 {
		return invalid("no source is named")
	}
	if c.Reliability != nil && !c.Reliability.valid() {
		return invalid("reliability %q is not A to F", *c.Reliability)
	}
	for _, id := range c.Sources {
		if held, err := sources.has(t, string(id)); err != nil {
			return err
		} else if !held {
			return fmt.Errorf("source %q: %w", id, ErrNotFound)
		}
	}
	return nil
}

// Apply edits them.
func (c *EditSources) Apply(w *WriteTx) error {
	c.Changed = 0
	add, remove := words(c.AddTags), words(c.RemoveTags)
	for _, id := range c.Sources {
		old, err := w.Source(id)
		if err != nil {
			return err
		}
		s := old
		s.Tags = slices.DeleteFunc(words(append(slices.Clone(s.Tags), add...)), func(tag string) bool { return slices.Contains(remove, tag) })
		if c.Folder != nil {
			s.Folder = folderName(*c.Folder)
		}
		if c.Reliability != nil {
			s.Reliability = *c.Reliability
		}
		if c.Read != nil {
			s.Read = *c.Read
		}
		if sameEntity(old, s) {
			continue
		}
		c.Changed++
		if s.Read != old.Read {
			if err := w.setRead(id, s.Read); err != nil {
				return err
			}
		}
		before, after := old, s
		before.Read, after.Read = false, false
		if sameEntity(before, after) {
			continue
		}
		s.Edited = w.now
		if err := sources.put(w, string(id), s); err != nil {
			return err
		}
	}
	return nil
}

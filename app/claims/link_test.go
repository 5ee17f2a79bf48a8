package claims

import (
	"testing"
	"time"
)

func TestReadLinkFields(t *testing.T) {
	old := Link{ID: "x", Title: "Old", Accessed: time.Date(2026, 1, 2, 15, 4, 0, 0, time.UTC)}
	l, complaint := readLink(old, " New ", "EDM", "https://example.org", "", "8 May 2024", "2026-01-02")
	if complaint != "" || l.Title != "New" || l.Date != "2024-05-08" || !l.Accessed.Equal(old.Accessed) || l.ID != "x" {
		t.Errorf("%+v %s", l, complaint)
	}
	if l, _ := readLink(old, "a", "", "", "", "", ""); !l.Accessed.IsZero() || l.Date != "" {
		t.Errorf("what was cleared stays: %+v", l)
	}
	for name, in := range map[string][6]string{
		"nothing":     {},
		"no date":     {"a", "", "", "", "someday", ""},
		"no day":      {"a", "", "", "", "", "2026"},
		"no such day": {"a", "", "", "", "", "yesteryear"},
	} {
		if _, complaint := readLink(old, in[0], in[1], in[2], in[3], in[4], in[5]); complaint == "" {
			t.Errorf("%s: taken", name)
		}
	}
}

package claims

import (
	"strings"
	"testing"
)

func TestSplitNote(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat(strings.TrimSpace(strings.Repeat("word ", 90))+"\n\n", 40))
	for _, c := range []struct {
		name, text string
		parts      int
	}{
		{"empty", "", 1}, {"short", "One.\n\nTwo.", 1}, {"long", long, 8},
		{"one paragraph", strings.Repeat("word ", 3000), 1},
		{"code stays whole", "```\n" + long + "\n```", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			parts := splitNote(c.text, noteWords)
			if len(parts) != c.parts {
				t.Errorf("%d parts, want %d", len(parts), c.parts)
			}
			if got := strings.Join(parts, "\n\n"); got != c.text {
				t.Error("joined again it is another note")
			}
		})
	}
}

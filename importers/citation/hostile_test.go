package citation

import (
	"strings"
	"testing"
	"time"
)

// TestHostile gives texts that repeat what costs most; each must be read within
// seconds; the bound only catches what grows out of hand.
func TestHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads megabytes")
	}
	for name, text := range map[string]string{
		"lists":        strings.Repeat("(EDM, May 8) ", 60000),
		"one list":     "(" + strings.Repeat("EDM, May 8; ", 60000) + ")",
		"brackets":     strings.Repeat("(", 1<<19),
		"nested":       strings.Repeat("([", 100000) + strings.Repeat("])", 100000),
		"mentions":     strings.Repeat("Reuters said ", 60000),
		"capitals":     strings.Repeat("Aa News ", 100000),
		"footnotes":    strings.Repeat("1. “Aaaaaaaaaa” Reuters, May 8, 2024\n", 12000),
		"quotations":   strings.Repeat("1. "+strings.Repeat("“a", 200)+"\n", 1000),
		"one sentence": strings.Repeat("a ", 1<<19),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			Find(text, Options{Lang: "en", Published: "2025-10-29"})
			if spent := time.Since(start); spent > 30*time.Second {
				t.Errorf("took %v", spent)
			}
		})
	}
}

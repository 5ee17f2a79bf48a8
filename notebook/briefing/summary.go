package briefing

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// summary is the summary statement on sources in the manner of ICD 206: how
// many and of what kind, how good, how old, and where the ground is thin.
func summary(d *Document) []string {
	if len(d.Notes) == 0 {
		return []string{"This briefing cites no sources."}
	}
	var out []string
	var held []Note
	kinds := map[document.Kind]int{}
	grades := map[notebook.Reliability]int{}
	var first, last time.Time
	for _, n := range d.Notes {
		if n.State != notebook.Held {
			continue
		}
		held = append(held, n)
		kinds[n.Kind]++
		grades[n.Reliability]++
		if first.IsZero() || n.Captured.Before(first) {
			first = n.Captured
		}
		if n.Captured.After(last) {
			last = n.Captured
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "This briefing rests on %s", count(len(held), "kept original"))
	var words []string
	for _, k := range []document.Kind{document.Article, document.Report, document.Post, document.Note, document.SearchSnapshot, ""} {
		if kinds[k] > 0 {
			words = append(words, count(kinds[k], KindWords(k)))
		}
	}
	switch {
	case len(words) == 1 && len(held) > 1:
		_, kind, _ := strings.Cut(words[0], " ")
		b.WriteString(", all " + kind)
	case len(words) > 0:
		b.WriteString(": " + list(words))
	}
	if !last.IsZero() {
		if TimeWords(first) == TimeWords(last) {
			b.WriteString(", captured on " + TimeWords(last))
		} else {
			b.WriteString(", captured between " + TimeWords(first) + " and " + TimeWords(last))
		}
	}
	b.WriteString(".")
	if n := len(d.Notes) - len(held); n > 0 {
		fmt.Fprintf(&b, " %s %s cited and not held.", capital(count(n, "further source")), are(n))
	}
	out = append(out, b.String())

	if len(held) > 0 {
		words = words[:0]
		for _, row := range reliabilities {
			if grades[row.grade] > 0 {
				words = append(words, fmt.Sprintf("%d %s (%s)", grades[row.grade], row.grade, row.words))
			}
		}
		if grades[""] > 0 {
			words = append(words, fmt.Sprintf("%d %s", grades[""], WordNotGraded))
		}
		out = append(out, "Reliability of the originals held: "+list(words)+".")
	}

	seen := map[notebook.ClaimID]bool{}
	var total, single, contested, leads, bare int
	for _, c := range d.claims() {
		if c.ID == "" || seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		total++
		kinds := []RemarkKind{}
		for _, r := range c.Remarks {
			kinds = append(kinds, r.Kind)
		}
		switch {
		case slices.Contains(kinds, NeedsSource):
			leads++
		case len(c.Notes) == 0:
			bare++
		case len(c.Notes) == 1:
			single++
		}
		if slices.Contains(kinds, Contested) {
			contested++
		}
	}
	if total > 0 {
		words = words[:0]
		for _, f := range []struct {
			n     int
			words string
		}{
			{single, "%s on a single source"}, {contested, "%s contested"},
			{leads, "%s on an AI answer alone, which is a lead and not evidence"}, {bare, "%s without a source"},
		} {
			if f.n > 0 {
				words = append(words, fmt.Sprintf(f.words, fmt.Sprint(f.n)))
			}
		}
		line := capital(count(total, "claim")) + " " + are(total) + " shown"
		if len(words) > 0 {
			line += "; of these, " + list(words)
		}
		out = append(out, line+".")
	}
	return out
}

func count(n int, word string) string {
	if n == 1 {
		return "one " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

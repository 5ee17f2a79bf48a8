package country

import "strings"

// withoutParticles cuts the particles that Arabic writes together with a word
// ("and", "in", "to", "as", "so" and the article), in every way that leaves
// three letters, the longest rest first.
func withoutParticles(fold string) []stripped {
	var list []stripped
	for _, p := range []string{"و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "ال", "وال", "بال", "كال", "فال", "وبال", "لل", "ولل"} {
		rest, ok := strings.CutPrefix(fold, p)
		if !ok || len(rest) < 6 {
			continue
		}
		// The article belongs to the name, as in "the Sudan".
		list = append(list, stripped{fold: rest, cut: len(strings.TrimSuffix(p, "ال"))})
		if strings.HasSuffix(p, "لل") {
			list = append(list, stripped{fold: "ال" + rest, cut: len(p)})
		}
	}
	return list
}

// stripped is a word without the particles before it.
type stripped struct {
	fold string
	cut  int // bytes cut from the front of the word
}

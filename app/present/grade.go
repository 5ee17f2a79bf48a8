package present

import (
	"strconv"

	"sourcebook/notebook"
)

// Choice is one value that a person can pick: the word as stored, a short
// label, and a sentence that says what it means.
type Choice struct {
	Key, Label, Hint string
}

// Reliabilities are the Admiralty code's grades of a publisher (AJP-2.1).
var Reliabilities = []Choice{
	{"A", "Completely reliable", "No doubt about its authenticity, trustworthiness or competence; a history of complete reliability."},
	{"B", "Usually reliable", "Minor doubts; mostly valid information in the past."},
	{"C", "Fairly reliable", "Doubts, but it has given valid information in the past."},
	{"D", "Not usually reliable", "Significant doubts, but it has given valid information at times."},
	{"E", "Unreliable", "Lacks authenticity, trustworthiness or competence; a history of invalid information."},
	{"F", "Cannot be judged", "No ground to judge it by: new, or not known well enough. This is not the worst grade."},
}

// Credibilities are the Admiralty code's grades of an item (AJP-2.1).
var Credibilities = []Choice{
	{"1", "Confirmed", "Confirmed by other independent sources; logical in itself; consistent with what else is known."},
	{"2", "Probably true", "Not confirmed; logical in itself; consistent with what else is known."},
	{"3", "Possibly true", "Not confirmed; reasonably logical; agrees with some of what else is known."},
	{"4", "Doubtful", "Not confirmed; possible but not logical; nothing else is known on the subject."},
	{"5", "Improbable", "Not logical in itself; contradicted by what else is known."},
	{"6", "Cannot be judged", "No ground to judge it by. This is not the worst grade."},
}

// Likelihoods are the seven bands of ICD 203 with their ranges.
var Likelihoods = []Choice{
	{"almost no chance", "Almost no chance", "1–5 %, also “remote”"},
	{"very unlikely", "Very unlikely", "5–20 %, also “highly improbable”"},
	{"unlikely", "Unlikely", "20–45 %, also “improbable”"},
	{"roughly even chance", "Roughly even chance", "45–55 %, also “roughly even odds”"},
	{"likely", "Likely", "55–80 %, also “probable”"},
	{"very likely", "Very likely", "80–95 %, also “highly probable”"},
	{"almost certain", "Almost certain", "95–99 %, also “nearly certain”"},
}

// Confidences are the levels of ICD 203.
var Confidences = []Choice{
	{"low", "Low", "Scant, questionable or fragmented information; solid inference is hard."},
	{"moderate", "Moderate", "Credible and plausible information, not of the quality or corroboration for more."},
	{"high", "High", "High-quality information from several sources. It may still be wrong."},
}

// Stances are how evidence stands to a claim.
var Stances = []Choice{
	{"supports", "Supports", "The passage says what the claim says."},
	{"contradicts", "Contradicts", "The passage says otherwise."},
	{"mentions", "Mentions", "The passage is about it without saying either."},
}

// RelationKinds are how one claim stands to another.
var RelationKinds = []Choice{
	{"supports", "Supports", "If this claim holds, the other is likelier."},
	{"contradicts", "Contradicts", "Both cannot hold."},
	{"refines", "Refines", "This claim says the same more exactly, or later."},
	{"same-as", "Same as", "Both say one thing."},
}

// TLPs are the markings of the Traffic Light Protocol 2.0.
var TLPs = []Choice{
	{"CLEAR", "TLP:CLEAR", "May be shared freely."},
	{"GREEN", "TLP:GREEN", "May be shared within the community, not by public channels."},
	{"AMBER", "TLP:AMBER", "Need to know, within the recipient's organisation and its clients."},
	{"AMBER+STRICT", "TLP:AMBER+STRICT", "Need to know, within the recipient's organisation only."},
	{"RED", "TLP:RED", "For the named recipients only."},
}

// Label is the label of key among choices, or key itself.
func Label(choices []Choice, key string) string {
	for _, c := range choices {
		if c.Key == key {
			return c.Label
		}
	}
	return key
}

// Hint is the explanation of key among choices, empty where there is none.
func Hint(choices []Choice, key string) string {
	for _, c := range choices {
		if c.Key == key {
			return c.Hint
		}
	}
	return ""
}

// Grade writes an Admiralty grade, such as "B2", with an en dash for a half
// that is not stated: "B–". It is empty where neither is.
func Grade(r notebook.Reliability, c notebook.Credibility) string {
	if r == "" && c == 0 {
		return ""
	}
	out := string(r)
	if r == "" {
		out = "–"
	}
	if c == 0 {
		return out + "–"
	}
	return out + strconv.Itoa(int(c))
}

// GradeInWords explains an Admiralty grade: "Usually reliable source, probably
// true".
func GradeInWords(r notebook.Reliability, c notebook.Credibility) string {
	rel, cred := "Source not graded", "item not graded"
	if r != "" {
		rel = "Source: " + lowerFirst(Label(Reliabilities, string(r)))
	}
	if c != 0 {
		cred = "item: " + lowerFirst(Label(Credibilities, strconv.Itoa(int(c))))
	}
	return rel + "; " + cred
}

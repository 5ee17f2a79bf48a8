package briefing

import "sourcebook/notebook"

var reliabilities = []struct {
	grade notebook.Reliability
	words string
}{
	{notebook.CompletelyReliable, "completely reliable"},
	{notebook.UsuallyReliable, "usually reliable"},
	{notebook.FairlyReliable, "fairly reliable"},
	{notebook.NotUsuallyReliable, "not usually reliable"},
	{notebook.Unreliable, "unreliable"},
	{notebook.ReliabilityUnknown, "reliability cannot be judged"},
}

var credibilities = []string{"confirmed by other sources", "probably true", "possibly true",
	"doubtful", "improbable", "truth cannot be judged"}

var likelihoods = []struct {
	band notebook.Likelihood
	span string
}{
	{notebook.AlmostNoChance, "1–5 %"},
	{notebook.VeryUnlikely, "5–20 %"},
	{notebook.Unlikely, "20–45 %"},
	{notebook.RoughlyEvenOdds, "45–55 %"},
	{notebook.Likely, "55–80 %"},
	{notebook.VeryLikely, "80–95 %"},
	{notebook.AlmostCertain, "95–99 %"},
}

// Scale explains one scale that a document uses.
type Scale struct {
	Name string
	Text string
	Rows [][2]string // the sign and its meaning
}

// Scales explains the scales that d uses, and no others: the two of the
// Admiralty code, the bands of likelihood, the levels of confidence.
func (d *Document) Scales() []Scale {
	var graded, likely, confident bool
	for _, c := range d.claims() {
		graded = graded || c.Graded()
		likely = likely || c.Likelihood != ""
		confident = confident || c.Confidence != ""
	}
	for _, n := range d.Notes {
		graded = graded || n.Reliability != ""
	}
	var scales []Scale
	if graded {
		r := Scale{Name: "Reliability of the source", Text: "The letter of a grade (Admiralty code, NATO AJP-2.1). F means that it cannot be judged, not that it is worst."}
		for _, row := range reliabilities {
			r.Rows = append(r.Rows, [2]string{string(row.grade), row.words})
		}
		c := Scale{Name: "Credibility of the information", Text: "The number of a grade, judged apart from the source. 6 means that it cannot be judged."}
		for i, words := range credibilities {
			c.Rows = append(c.Rows, [2]string{string(rune('1' + i)), words})
		}
		scales = append(scales, r, c)
	}
	if likely {
		l := Scale{Name: "Likelihood", Text: "The chance that a judgement is right or an event comes about (ICD 203)."}
		for _, row := range likelihoods {
			l.Rows = append(l.Rows, [2]string{row.span, string(row.band)})
		}
		scales = append(scales, l)
	}
	if confident {
		scales = append(scales, Scale{Name: "Confidence", Text: "How well founded a judgement is: the quality and number of its sources and how far they agree (ICD 203). It says nothing about likelihood.",
			Rows: [][2]string{{"high", "good sources that agree"}, {"moderate", "credible and plausible, not enough for high"}, {"low", "scant, fragmentary or doubtful sources"}}})
	}
	return scales
}

// claims are all claims and judgements of d, in order, with repetitions.
func (d *Document) claims() []Claim {
	var all []Claim
	for _, s := range d.Sections {
		Walk(s.Blocks, func(b Block) {
			switch b := b.(type) {
			case Claims:
				all = append(all, b.Items...)
			case Judgements:
				all = append(all, b.Items...)
			case Timeline:
				all = append(all, b.Entries...)
			}
		})
	}
	return all
}

package notebook

import "sourcebook/notebook/document"

// Reliability is the Admiralty code's grade of a publisher, A to F. F means
// that it cannot be judged, not that it is worst. Empty means not stated.
type Reliability string

// The grades of reliability (NATO AJP-2.1).
const (
	CompletelyReliable Reliability = "A"
	UsuallyReliable    Reliability = "B"
	FairlyReliable     Reliability = "C"
	NotUsuallyReliable Reliability = "D"
	Unreliable         Reliability = "E"
	ReliabilityUnknown Reliability = "F"
)

// Credibility is the Admiralty code's grade of one item of information, 1 to 6.
// 6 means that it cannot be judged. Zero means not stated.
type Credibility int

// The grades of credibility (NATO AJP-2.1).
const (
	Confirmed          Credibility = 1
	ProbablyTrue       Credibility = 2
	PossiblyTrue       Credibility = 3
	Doubtful           Credibility = 4
	Improbable         Credibility = 5
	CredibilityUnknown Credibility = 6
)

// Likelihood is one of the seven bands of ICD 203. Empty means not stated.
type Likelihood string

// The bands of likelihood, with their ranges in per cent.
const (
	AlmostNoChance  Likelihood = "almost no chance"    // 1–5
	VeryUnlikely    Likelihood = "very unlikely"       // 5–20
	Unlikely        Likelihood = "unlikely"            // 20–45
	RoughlyEvenOdds Likelihood = "roughly even chance" // 45–55
	Likely          Likelihood = "likely"              // 55–80
	VeryLikely      Likelihood = "very likely"         // 80–95
	AlmostCertain   Likelihood = "almost certain"      // 95–99
)

// Confidence is how well founded a judgement is (ICD 203). It is never put
// into one sentence with a Likelihood. Empty means not stated.
type Confidence string

// The levels of confidence.
const (
	LowConfidence      Confidence = "low"
	ModerateConfidence Confidence = "moderate"
	HighConfidence     Confidence = "high"
)

// TLP is a marking of the Traffic Light Protocol 2.0 (FIRST). The words are
// never translated.
type TLP string

// The markings, without their prefix "TLP:".
const (
	TLPClear       TLP = "CLEAR"
	TLPGreen       TLP = "GREEN"
	TLPAmber       TLP = "AMBER"
	TLPAmberStrict TLP = "AMBER+STRICT"
	TLPRed         TLP = "RED"
)

func (r Reliability) valid() bool {
	return r == "" || len(r) == 1 && r[0] >= 'A' && r[0] <= 'F'
}

func (c Credibility) valid() bool { return c >= 0 && c <= CredibilityUnknown }

func (l Likelihood) valid() bool {
	switch l {
	case "", AlmostNoChance, VeryUnlikely, Unlikely, RoughlyEvenOdds, Likely, VeryLikely, AlmostCertain:
		return true
	}
	return false
}

func (c Confidence) valid() bool {
	switch c {
	case "", LowConfidence, ModerateConfidence, HighConfidence:
		return true
	}
	return false
}

func (m TLP) valid() bool {
	switch m {
	case "", TLPClear, TLPGreen, TLPAmber, TLPAmberStrict, TLPRed:
		return true
	}
	return false
}

// better says whether r says more for a source: A to E in order, then F,
// then not stated.
func (r Reliability) better(than Reliability) bool { return r != "" && (than == "" || r < than) }

// GradeOf is the reliability that counts for a source: its own, else its publisher's.
func (t *Tx) GradeOf(s Source) (Reliability, error) {
	if s.Reliability != "" {
		return s.Reliability, nil
	}
	p, err := t.Publisher(PublisherKey(s))
	return p.Reliability, err
}

// GradeOfClaim is the best reliability among its supporting held sources, and
// its credibility: "B2". Sources in the bin and search snapshots do not count.
func (t *Tx) GradeOfClaim(c Claim) (Reliability, Credibility, error) {
	var best Reliability
	grounds, err := t.grounds(c)
	if err != nil {
		return "", 0, err
	}
	for _, g := range grounds {
		if g.Stance != Supports || g.source == nil || g.source.Kind == document.SearchSnapshot {
			continue
		}
		r, err := t.GradeOf(*g.source)
		if err != nil {
			return "", 0, err
		}
		if r.better(best) {
			best = r
		}
	}
	return best, c.Credibility, nil
}

package briefing

import (
	"fmt"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// The words of a document, in one place: plain English, sentence case, no full
// stop after a label. Renderers use these and add none of their own.
const (
	HeadingJudgements = "Key judgements"
	HeadingSources    = "Sources"
	HeadingSummary    = "Summary statement on sources"
	HeadingNotes      = "Endnotes"
	HeadingScales     = "How to read grades and likelihood"
	HeadingComparison = "Comparison"
	HeadingTimeline   = "Timeline"
	HeadingGaps       = "Gaps"
	HeadingContents   = "Contents"

	WordNotStated  = "not stated"
	WordNotGraded  = "not graded"
	WordNothing    = "Nothing held"
	WordUntitled   = "Untitled"
	WordTopic      = "Topic"
	WordNoTopic    = "Without a topic"
	WordLikelihood = "Likelihood"
	WordConfidence = "Confidence"
	WordPublished  = "Published"
	WordCaptured   = "Captured"
	WordAccessed   = "Accessed"
	WordReprint    = "Reprinted from"
	WordSource     = "Source reliability"
	WordSeeAlso    = "See also"
	WordAgainst    = "Contradicted by"
	WordCitedIn    = "Cited in"
	WordSHA256     = "SHA-256"

	TextLead         = "AI answer: a lead, not evidence."
	TextUnsourced    = "No source stands behind this claim."
	TextNotHeld      = "Rests only on sources that are cited and not held."
	TextNoComparison = "A comparison is of two to six countries."
	TextNoClaims     = "The notebook holds no claims here."
)

var months = [...]string{"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December"}

// DateWords is d for reading: "3 May 2024", "May 2024", "2024". A date in no
// known form comes back as it is; an empty one is "not stated".
func DateWords(d document.Date) string {
	if d == "" {
		return WordNotStated
	}
	for _, form := range []struct{ layout, words string }{
		{"2006-01-02", "2 January 2006"}, {"2006-01", "January 2006"}, {"2006", "2006"},
	} {
		if t, err := time.Parse(form.layout, string(d)); err == nil {
			return t.Format(form.words)
		}
	}
	return string(d)
}

// TimeWords is the day of t in UTC, "not stated" for the zero time.
func TimeWords(t time.Time) string {
	if t.IsZero() {
		return WordNotStated
	}
	t = t.UTC()
	return fmt.Sprintf("%d %s %d", t.Day(), months[t.Month()-1], t.Year())
}

// MarkingWords is a marking in full, "TLP:AMBER", empty where there is none.
func MarkingWords(t notebook.TLP) string {
	if t == "" {
		return ""
	}
	return "TLP:" + string(t)
}

// MarkingColour is the colour of a marking's letters as FIRST sets it, on
// black, as six hex digits. A marking of no known kind is white.
func MarkingColour(t notebook.TLP) string {
	switch t {
	case notebook.TLPRed:
		return "FF2B2B"
	case notebook.TLPAmber, notebook.TLPAmberStrict:
		return "FFC000"
	case notebook.TLPGreen:
		return "33FF00"
	}
	return "FFFFFF"
}

// KindWords names a kind of source.
func KindWords(k document.Kind) string {
	switch k {
	case document.Article:
		return "article"
	case document.SearchSnapshot:
		return "search snapshot"
	case document.Post:
		return "post"
	case document.Report:
		return "document"
	case document.Note:
		return "note"
	}
	return "source"
}

// LikelihoodWords is a band of likelihood with its range: "likely (55–80 %)".
func LikelihoodWords(l notebook.Likelihood) string {
	for _, row := range likelihoods {
		if row.band == l {
			return string(l) + " (" + row.span + ")"
		}
	}
	return string(l)
}

// ReliabilityWords is a grade of reliability with its meaning: "B, usually reliable".
func ReliabilityWords(r notebook.Reliability) string {
	for _, row := range reliabilities {
		if row.grade == r {
			return string(r) + ", " + row.words
		}
	}
	if r == "" {
		return WordNotStated
	}
	return string(r)
}

// Facts is what a claim's quiet line says: countries, topics, date, likelihood.
// Confidence stands apart (ICD 203), so it is not among them.
func (c Claim) Facts() []string {
	var facts []string
	if c.Date != "" {
		facts = append(facts, DateWords(c.Date))
	}
	if len(c.Countries) > 0 {
		facts = append(facts, strings.Join(c.Countries, ", "))
	}
	if len(c.Topics) > 0 {
		facts = append(facts, strings.Join(c.Topics, ", "))
	}
	return facts
}

// Estimate is what a claim says of its likelihood and of its confidence, each
// in a sentence of its own.
func (c Claim) Estimate() []string {
	var lines []string
	if c.Likelihood != "" {
		lines = append(lines, WordLikelihood+": "+LikelihoodWords(c.Likelihood)+".")
	}
	if c.Confidence != "" {
		lines = append(lines, WordConfidence+": "+string(c.Confidence)+".")
	}
	return lines
}

// Descriptor is what an endnote says of its source, line by line, without the
// title, the address and the passages.
func (n Note) Descriptor() []string {
	var lines []string
	var who []string
	if n.Author != "" {
		who = append(who, n.Author)
	}
	if n.Outlet != "" {
		who = append(who, n.Outlet)
	}
	if n.Original != "" && !strings.EqualFold(n.Original, n.Outlet) {
		who = append(who, strings.ToLower(WordReprint[:1])+WordReprint[1:]+" "+n.Original)
	}
	if len(who) > 0 {
		lines = append(lines, strings.Join(who, ", "))
	}
	when := []string{WordPublished + ": " + DateWords(n.Published)}
	switch {
	case !n.Captured.IsZero():
		when = append(when, WordCaptured+": "+TimeWords(n.Captured))
	case !n.Accessed.IsZero():
		when = append(when, WordAccessed+": "+TimeWords(n.Accessed))
	}
	kind := KindWords(n.Kind)
	if n.Search != "" {
		kind += ", " + n.Search
	}
	switch n.State {
	case notebook.Cited:
		kind = "cited, not held"
	case notebook.Unreachable:
		kind = "not held, unreachable"
	}
	when = append(when, WordSource+": "+ReliabilityWords(n.Reliability), strings.ToUpper(kind[:1])+kind[1:])
	lines = append(lines, strings.Join(when, " · "))
	if n.CitedIn > 0 {
		lines = append(lines, fmt.Sprintf("%s note %d", WordCitedIn, n.CitedIn))
	}
	if n.Lead {
		lines = append(lines, TextLead)
	}
	return lines
}

// Label is the word that sets a remark off, empty where its text says all.
func (k RemarkKind) Label() string {
	switch k {
	case NeedsSource:
		return "Needs a source."
	case Unsourced:
		return "Unsourced."
	case NotHeld:
		return "Not held."
	case Contested:
		return "Contested."
	}
	return ""
}

// Name is the title of an endnote, or what stands for it.
func (n Note) Name() string {
	switch {
	case n.Title != "":
		return n.Title
	case n.URL != "":
		return n.URL
	case n.Outlet != "":
		return n.Outlet
	}
	return WordUntitled
}

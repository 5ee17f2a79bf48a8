package briefing

import (
	"regexp"
	"strings"

	"github.com/clipperhouse/uax29/v2/sentences"

	"sourcebook/notebook"
	"sourcebook/notebook/evidence"
)

// Finding is one way in which a document falls short of good practice.
type Finding struct {
	Kind    FindingKind
	Section string           // heading of the section
	Claim   notebook.ClaimID // empty where it is not about a claim
	Text    string           // the claim or the sentence
	Detail  string           // what of it, and what was found instead; often empty
	Advice  string           // what to do
}

// FindingKind says what is wrong, in a stable word.
type FindingKind string

// The kinds of finding.
const (
	FindNoSource   FindingKind = "no source"    // nothing supports the claim
	FindAnswerOnly FindingKind = "ai answer"    // only a search engine's AI answer does
	FindNotHeld    FindingKind = "not held"     // only sources that are cited and not held
	FindContested  FindingKind = "contested"    // evidence or another claim contradicts it
	FindUngraded   FindingKind = "ungraded"     // no half of the grade is stated
	FindMixed      FindingKind = "mixed"        // likelihood and confidence in one sentence (ICD 203)
	FindNoNote     FindingKind = "no reference" // a key judgement of the author's own without a reference
	FindOmitted    FindingKind = "omitted"      // a claim that the briefing names is gone
	FindUnfound    FindingKind = "not found"    // a figure, date or quotation stands in none of the originals cited
	FindDiffers    FindingKind = "differs"      // the originals have another value
)

var advice = map[FindingKind]string{
	FindNoSource:   "Add evidence, or take the claim out.",
	FindAnswerOnly: "Find the source that the answer draws on, and capture it.",
	FindNotHeld:    "Capture one of the cited sources.",
	FindContested:  "Say in the text how the contradiction is weighed.",
	FindUngraded:   "Grade the publisher and the claim.",
	FindMixed:      "Say likelihood and confidence in sentences of their own.",
	FindNoNote:     "Cite what it rests on, or add the claims behind it.",
	FindOmitted:    "Take it out of the briefing, or restore it.",
	FindUnfound:    "Cite where it stands, or say how it was worked out.",
	FindDiffers:    "Correct it, or cite the source that has this value.",
}

// Check looks through d for what a reviewer would send back: first what is gone
// and what does not stand in the originals, then claim by claim in the order of
// the document. A claim that stands in it twice is named once for each kind.
func Check(d *Document) []Finding {
	var found []Finding
	seen := map[Finding]bool{}
	add := func(kind FindingKind, section string, id notebook.ClaimID, text string) {
		f := Finding{Kind: kind, Claim: id, Text: text}
		if seen[f] {
			return
		}
		seen[f] = true
		f.Section, f.Advice = section, advice[kind]
		found = append(found, f)
	}
	for _, o := range d.Omitted {
		add(FindOmitted, "", o.Claim, o.Reason)
	}
	for _, u := range d.Unfound {
		kind := FindUnfound
		if u.Point.Verdict == evidence.Differs {
			kind = FindDiffers
		}
		detail := "“" + u.Point.Text + "”"
		if u.Point.Reason != "" {
			detail += ": " + u.Point.Reason
		}
		found = append(found, Finding{Kind: kind, Section: u.Section, Claim: u.Claim, Text: u.Statement, Detail: detail, Advice: advice[kind]})
	}
	for _, s := range d.Sections {
		mixed := func(t Text, id notebook.ClaimID) {
			for _, sentence := range sentencesOf(t.String()) {
				if mixes(sentence) {
					add(FindMixed, s.Heading, id, sentence)
				}
			}
		}
		claim := func(c Claim, judgement bool) {
			mixed(c.Statement, c.ID)
			words := c.Statement.String()
			if c.ID == "" {
				if judgement && !cites(c) {
					add(FindNoNote, s.Heading, "", words)
				}
				return
			}
			for _, r := range c.Remarks {
				switch r.Kind {
				case Unsourced:
					add(FindNoSource, s.Heading, c.ID, words)
				case NeedsSource:
					add(FindAnswerOnly, s.Heading, c.ID, words)
				case NotHeld:
					add(FindNotHeld, s.Heading, c.ID, words)
				case Contested:
					add(FindContested, s.Heading, c.ID, words)
				}
			}
			if !c.Graded() {
				add(FindUngraded, s.Heading, c.ID, words)
			}
		}
		Walk(s.Blocks, func(b Block) {
			switch b := b.(type) {
			case Paragraph:
				mixed(b.Text, "")
			case Judgements:
				for _, c := range b.Items {
					claim(c, true)
				}
			case Claims:
				for _, c := range b.Items {
					claim(c, false)
				}
			case Timeline:
				for _, c := range b.Entries {
					claim(c, false)
				}
			}
		})
	}
	return found
}

func cites(c Claim) bool {
	if len(c.Notes) > 0 {
		return true
	}
	for _, s := range c.Statement {
		if s.Note > 0 {
			return true
		}
	}
	return false
}

func sentencesOf(text string) []string {
	var out []string
	for s := range split(text) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func split(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for it := sentences.FromString(text); it.Next(); {
			if !yield(it.Value()) {
				return
			}
		}
	}
}

// The terms of ICD 203, both columns of its scale, and the levels of confidence.
var (
	likelihoodTerm = regexp.MustCompile(`(?i)\b(almost no chance|remote chance|(very )?(un)?likely|(highly )?(im)?probabl[ey]|roughly even (chance|odds)|(almost|nearly) certain(ly)?)\b`)
	confidenceTerm = regexp.MustCompile(`(?i)\b((low|moderate|medium|high)(-to-\w+)? confidence|confiden(t|tly)|confidence (is|was|remains|level))\b`)
)

func mixes(sentence string) bool {
	return likelihoodTerm.MatchString(sentence) && confidenceTerm.MatchString(sentence)
}

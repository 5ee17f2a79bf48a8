package briefing

import (
	"cmp"
	"fmt"
	"slices"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

// What a draft proposes: so many key judgements in all, so many countries side
// by side, a timeline from so many dated claims on; and of each country so many
// of the newest claims are weighed for the key judgements.
const (
	draftJudgements = 5
	draftCompared   = 6
	draftDated      = 3
	draftWeighed    = 2000
)

// Draft proposes a briefing on countries: key judgements from the claims with
// the best grades, a dossier for each country, a comparison where there are two
// or more, a timeline where at least three claims have a date, and the sources.
// It is a proposal: nothing is stored, and a claim that needs a source or is
// contested is not proposed as a key judgement.
func Draft(tx *notebook.Tx, countries []country.Code, title string) (notebook.Briefing, error) {
	return draft(tx, countries, title)
}

func draft(r reader, countries []country.Code, title string) (notebook.Briefing, error) {
	b := notebook.Briefing{Title: title}
	var names []string
	var chosen []country.Code
	for _, c := range countries {
		if !slices.Contains(chosen, c) {
			chosen = append(chosen, c)
			names = append(names, countryName(c))
		}
	}
	if b.Title == "" {
		b.Title = or(list(names), WordUntitled)
	}
	best, err := bestClaims(r, chosen)
	if err != nil {
		return b, fmt.Errorf("draft briefing %q: %w", b.Title, err)
	}
	if len(best) > 0 {
		b.Parts = append(b.Parts, notebook.Part{Kind: notebook.PartJudgements, Heading: HeadingJudgements, Claims: best})
	}
	for i, c := range chosen {
		b.Parts = append(b.Parts, notebook.Part{Kind: notebook.PartDossier, Heading: names[i], Country: c})
	}
	if len(chosen) >= 2 {
		b.Parts = append(b.Parts, notebook.Part{Kind: notebook.PartComparison, Heading: HeadingComparison, Countries: chosen[:min(len(chosen), draftCompared)]})
	}
	timeline := notebook.Part{Kind: notebook.PartTimeline, Heading: HeadingTimeline, Countries: chosen}
	dated, err := timelineClaims(r, b, timeline)
	if err != nil {
		return b, fmt.Errorf("draft briefing %q: %w", b.Title, err)
	}
	if len(dated) >= draftDated {
		b.Parts = append(b.Parts, timeline)
	}
	b.Parts = append(b.Parts, notebook.Part{Kind: notebook.PartSources, Heading: HeadingSources})
	return b, nil
}

// weighed is a claim with what makes it fit for a key judgement, least first.
type weighed struct {
	claim notebook.Claim
	rank  int
}

// bestClaims takes the best of each country in turn, so that none is left out
// for another that the notebook knows better.
func bestClaims(r reader, countries []country.Code) ([]notebook.ClaimID, error) {
	lists := make([][]weighed, len(countries))
	for i, c := range countries {
		for cl, err := range r.Claims(notebook.ClaimQuery{Country: c, Limit: draftWeighed}) {
			if err != nil {
				return nil, fmt.Errorf("claims on %s: %w", c, err)
			}
			rank, err := rankOf(r, cl)
			if err != nil {
				return nil, err
			}
			if rank >= 0 {
				lists[i] = append(lists[i], weighed{cl, rank})
			}
		}
		slices.SortStableFunc(lists[i], func(a, b weighed) int {
			return cmp.Or(cmp.Compare(a.rank, b.rank), -cmp.Compare(a.claim.EventDate, b.claim.EventDate), cmp.Compare(a.claim.ID, b.claim.ID))
		})
	}
	var best []notebook.ClaimID
	for place := 0; len(best) < draftJudgements; place++ {
		more := false
		for _, l := range lists {
			if place < len(l) {
				more = true
				if id := l[place].claim.ID; len(best) < draftJudgements && !slices.Contains(best, id) {
					best = append(best, id)
				}
			}
		}
		if !more {
			break
		}
	}
	return best, nil
}

// rankOf is -1 for a claim that is no ground for a judgement. A grade that
// cannot be judged ranks behind the middle ones, and one not stated last.
func rankOf(r reader, cl notebook.Claim) (int, error) {
	if cl.NeedsSource || !cl.Binned.IsZero() {
		return -1, nil
	}
	supported := false
	for _, e := range cl.Evidence {
		if e.Stance == notebook.Contradicts {
			return -1, nil
		}
		supported = supported || e.Stance == notebook.Supports
	}
	if !supported {
		return -1, nil
	}
	related, err := r.Relations(cl.ID)
	if err != nil {
		return 0, fmt.Errorf("relations of claim %s: %w", cl.ID, err)
	}
	for _, rel := range related {
		if rel.Kind == notebook.RelContradicts && rel.Binned.IsZero() && rel.State != notebook.Suggested && rel.State != notebook.Dismissed {
			return -1, nil
		}
	}
	reliability, credibility, err := r.GradeOfClaim(cl)
	if err != nil {
		return 0, fmt.Errorf("grade of claim %s: %w", cl.ID, err)
	}
	letter := map[notebook.Reliability]int{"A": 0, "B": 1, "C": 2, "D": 4, "E": 5, "F": 3, "": 6}
	digit := [...]int{6, 0, 1, 2, 4, 5, 3}
	rank := letter[reliability]
	if credibility >= 0 && int(credibility) < len(digit) {
		rank += digit[credibility]
	}
	if cl.Likelihood == "" && cl.Confidence == "" {
		rank++ // of two equals, the one that is a judgement
	}
	return rank, nil
}

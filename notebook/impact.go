package notebook

import (
	"slices"

	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// Impact is a source's blast radius.
type Impact struct {
	Claims    []Claim        // that lean on it
	Alone     []ClaimID      // of these, the ones that nothing else supports
	Countries []country.Code // whose dossiers hold one of them
	Briefings []Briefing     // that use one of them
}

// Impact works out what leans on a source: the claims that have it as evidence,
// and where these are used. What lies in the bin does not count.
func (t *Tx) Impact(id SourceID) (Impact, error) {
	if _, err := t.Source(id); err != nil {
		return Impact{}, err
	}
	ids, err := t.claimsOfSource(id)
	if err != nil {
		return Impact{}, err
	}
	var im Impact
	for _, cid := range ids {
		c, err := claims.get(t, cid)
		if err != nil {
			return im, err
		}
		if !c.Binned.IsZero() {
			continue
		}
		leans, alone, err := t.leans(c, id)
		if err != nil {
			return im, err
		}
		if !leans {
			continue
		}
		im.Claims = append(im.Claims, c)
		if alone {
			im.Alone = append(im.Alone, c.ID)
		}
		im.Countries = append(im.Countries, c.Countries...)
	}
	im.Countries = unique(im.Countries)
	slices.Sort(im.Countries)
	slices.SortFunc(im.Claims, func(a, b Claim) int { return b.Made.Compare(a.Made) })
	all, err := t.Briefings()
	if err != nil {
		return im, err
	}
	for _, b := range all {
		if slices.ContainsFunc(im.Claims, b.uses) {
			im.Briefings = append(im.Briefings, b)
		}
	}
	return im, nil
}

// leans says whether a claim has evidence in a source, and whether it is alone:
// supported by it and by no other held source.
func (t *Tx) leans(c Claim, id SourceID) (leans, alone bool, err error) {
	grounds, err := t.grounds(c)
	if err != nil {
		return false, false, err
	}
	others := false
	for _, g := range grounds {
		switch {
		case g.source != nil && g.source.ID == id:
			leans = true
			alone = alone || g.Stance == Supports
		case g.source != nil && g.Stance == Supports && g.source.Kind != document.SearchSnapshot:
			others = true
		}
	}
	return leans, alone && !others, nil
}

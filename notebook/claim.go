package notebook

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// Stance is how a piece of evidence stands to a claim.
type Stance string

// The stances.
const (
	Supports    Stance = "supports"
	Contradicts Stance = "contradicts"
	Mentions    Stance = "mentions"
)

// Evidence is one highlight or one source link with its stance to a claim. Just
// one of Highlight and Link is set.
type Evidence struct {
	Highlight HighlightID `json:"highlight,omitempty"`
	Link      LinkID      `json:"link,omitempty"`
	Stance    Stance      `json:"stance,omitempty"`
}

// Claim is one checkable statement in the analyst's words.
type Claim struct {
	ID          ClaimID        `json:"id"`
	Statement   string         `json:"statement,omitempty"`
	Evidence    []Evidence     `json:"evidence,omitempty"`
	Countries   []country.Code `json:"countries,omitempty"`
	Topics      []string       `json:"topics,omitempty"`
	EventDate   document.Date  `json:"event_date,omitempty"` // its length tells its precision
	Credibility Credibility    `json:"credibility,omitempty"`
	Likelihood  Likelihood     `json:"likelihood,omitempty"`
	Confidence  Confidence     `json:"confidence,omitempty"`
	// NeedsSource marks a claim whose only ground is a search engine's AI answer:
	// a lead, not evidence. It is set when the claim is made and cleared by the
	// first evidence of another kind.
	NeedsSource bool      `json:"needs_source,omitempty"`
	Note        string    `json:"note,omitempty"` // Markdown
	Made        time.Time `json:"made,omitzero"`
	Edited      time.Time `json:"edited,omitzero"`
	Binned      time.Time `json:"binned,omitzero"`
}

var (
	claimByMade      = newCounted("claim.made")
	claimOfCountry   = newCounted("claim.country")
	claimOfTopic     = newCounted("claim.topic")
	claimByEvent     = newIndex("claim.event") // event date →
	claimNeeds       = newCounted("claim.needs-source")
	claimUngraded    = newCounted("claim.ungraded")
	claimText        = newIndex("claim.text")      // id → folded statement and topics
	claimByHighlight = newIndex("claim.highlight") // all, also in the bin
	claimByLink      = newIndex("claim.link")      // all
	claimBinned      = newCounted("claim.binned")
)

var claims = table[Claim]{
	word: "claim",
	key:  func(c Claim) string { return string(c.ID) },
	entries: func(c Claim) []entry {
		id := string(c.ID)
		var out []entry
		for _, e := range c.Evidence {
			if e.Highlight != "" {
				out = append(out, entry{ix: claimByHighlight, group: string(e.Highlight), id: id})
			} else {
				out = append(out, entry{ix: claimByLink, group: string(e.Link), id: id})
			}
		}
		if !c.Binned.IsZero() {
			return append(out, entry{ix: claimBinned, order: byTime(c.Binned), id: id})
		}
		out = append(out,
			entry{ix: claimByMade, order: byTime(c.Made), id: id},
			entry{ix: claimText, id: id, value: plain(c.Statement + "\n" + strings.Join(c.Topics, "\n"))})
		for _, cc := range c.Countries {
			out = append(out, entry{ix: claimOfCountry, group: string(cc), id: id})
		}
		for _, topic := range c.Topics {
			out = append(out, entry{ix: claimOfTopic, group: groupKey(topic), id: id})
		}
		if c.EventDate != "" {
			out = append(out, entry{ix: claimByEvent, group: string(c.EventDate), id: id})
		}
		if c.NeedsSource {
			out = append(out, entry{ix: claimNeeds, id: id})
		}
		if c.Credibility == 0 {
			out = append(out, entry{ix: claimUngraded, id: id})
		}
		return out
	},
	refs: func(c Claim) []ref {
		var out []ref
		for _, e := range c.Evidence {
			if e.Highlight != "" {
				out = append(out, ref{"highlight", string(e.Highlight), "evidence"})
			} else {
				out = append(out, ref{"link", string(e.Link), "evidence"})
			}
		}
		return out
	},
}

// Claim is one claim by ID.
func (t *Tx) Claim(id ClaimID) (Claim, error) { return claims.get(t, string(id)) }

// ClaimQuery chooses claims. The zero value is all, newest first.
type ClaimQuery struct {
	Country       country.Code
	Topic         string
	Text          string   // words that all stand in statement or topics, case folded
	Source        SourceID // that lean on it, by highlight or held link
	NeedsSource   bool
	Ungraded      bool
	Contested     bool          // with evidence or a relation that contradicts
	From, To      document.Date // event date, inclusive
	Binned        bool
	Offset, Limit int // Limit zero: no limit
}

// Claims lists claims through an index.
func (t *Tx) Claims(q ClaimQuery) iter.Seq2[Claim, error] {
	return func(yield func(Claim, error) bool) {
		l, err := t.claimListing(q)
		if err != nil {
			yield(Claim{}, err)
			return
		}
		each(t, claims, l)(yield)
	}
}

// CountClaims counts what Claims would list without Offset and Limit.
func (t *Tx) CountClaims(q ClaimQuery) (int, error) {
	q.Offset, q.Limit = 0, 0
	l, err := t.claimListing(q)
	if err != nil {
		return 0, err
	}
	return t.countListing(l)
}

func (t *Tx) claimListing(q ClaimQuery) (listing, error) {
	l := listing{order: claimByMade, whole: claimByMade, desc: true, offset: q.Offset, limit: q.Limit, orderKey: orderKeyOf(claims)}
	if q.Binned {
		l.order, l.whole = claimBinned, claimBinned
	}
	l.texts = claimText
	l.words = strings.Fields(plain(q.Text))
	if q.Country != "" {
		l.filter(claimOfCountry, string(q.Country))
	}
	if q.Topic != "" {
		l.filter(claimOfTopic, groupKey(first(words([]string{q.Topic})...)))
	}
	if q.NeedsSource {
		l.filter(claimNeeds, "")
	}
	if q.Ungraded {
		l.filter(claimUngraded, "")
	}
	if q.Source != "" {
		ids, err := t.claimsOfSource(q.Source)
		if err != nil {
			return l, err
		}
		l.limitTo(ids)
	}
	if (q.From != "" || q.To != "") && !q.Binned {
		ids, err := t.claimsWithin(q.From, q.To)
		if err != nil {
			return l, err
		}
		l.limitTo(ids)
	}
	if q.Contested {
		l.keep = func(id string) (bool, error) {
			c, err := claims.get(t, id)
			if err != nil {
				return false, err
			}
			return t.Contested(c)
		}
	}
	if q.Binned {
		l.byValue(func(t *Tx, id string) ([]entry, error) {
			c, err := claims.get(t, id)
			c.Binned = time.Time{}
			if err != nil {
				return nil, err
			}
			return claims.entries(c), nil
		}, claimText, t)
		if q.From != "" || q.To != "" {
			all, err := t.idsIn(claimBinned, "")
			if err != nil {
				return l, err
			}
			in := []string{}
			for _, id := range all {
				c, err := claims.get(t, id)
				if err != nil {
					return l, err
				}
				if within(c.EventDate, q.From, q.To) {
					in = append(in, id)
				}
			}
			l.limitTo(in)
		}
	}
	return l, nil
}

// within says whether a date, which may be a whole month or year, touches the
// span from from to to.
func within(d, from, to document.Date) bool {
	return d != "" && string(d)+"\xff" >= string(from) && (to == "" || string(d) <= string(to)+"\xff")
}

// Contested says whether a claim has evidence that contradicts it, or is in a
// relation that does (suggested and dismissed ones do not count).
func (t *Tx) Contested(c Claim) (bool, error) {
	grounds, err := t.grounds(c)
	if err != nil {
		return false, err
	}
	for _, g := range grounds {
		if g.Stance == Contradicts {
			return true, nil
		}
	}
	rs, err := t.Relations(c.ID)
	if err != nil {
		return false, err
	}
	for _, r := range rs {
		if r.Kind == RelContradicts && (r.State == Made || r.State == Accepted) {
			return true, nil
		}
	}
	return false, nil
}

// claimsWithin gives the claims whose event date, which may be a whole month or
// year, touches the span from from to to.
func (t *Tx) claimsWithin(from, to document.Date) ([]string, error) {
	s, err := t.shelf(claimByEvent.name)
	if err != nil {
		return nil, err
	}
	start := string(from)
	if len(start) > 4 {
		start = start[:4] // a claim of "2025" touches 2025-03
	}
	ids := []string{}
	s.each("", start, false, func(k, _ []byte) bool {
		date, _, _ := strings.Cut(string(k), "\x00")
		if to != "" && date > string(to)+"\xff" {
			return false
		}
		if within(document.Date(date), from, to) {
			ids = append(ids, entityID(k))
		}
		return true
	})
	return ids, nil
}

// claimsOfSource gives the claims, also in the bin, that lean on a source by a
// highlight or a held link.
func (t *Tx) claimsOfSource(id SourceID) ([]string, error) {
	ids := []string{}
	seen := map[string]bool{}
	add := func(list []string) {
		for _, c := range list {
			if !seen[c] {
				seen[c] = true
				ids = append(ids, c)
			}
		}
	}
	hs, err := t.idsIn(highlightBySource, string(id))
	if err != nil {
		return nil, err
	}
	for _, h := range hs {
		cs, err := t.idsIn(claimByHighlight, h)
		if err != nil {
			return nil, err
		}
		add(cs)
	}
	ls, err := t.idsIn(linkBySource, string(id))
	if err != nil {
		return nil, err
	}
	for _, l := range ls {
		cs, err := t.idsIn(claimByLink, l)
		if err != nil {
			return nil, err
		}
		add(cs)
	}
	return ids, nil
}

// ground is a piece of evidence followed to its source. What lies in the bin
// gives none; a link that is not held has no source.
type ground struct {
	Evidence
	source *Source
	link   *SourceLink
}

// grounds follows the evidence of a claim.
func (t *Tx) grounds(c Claim) ([]ground, error) {
	var out []ground
	for _, e := range c.Evidence {
		g := ground{Evidence: e}
		from := SourceID("")
		if e.Highlight != "" {
			h, err := t.Highlight(e.Highlight)
			if err != nil {
				return nil, err
			}
			if !h.Binned.IsZero() {
				continue
			}
			from = h.Source
		} else {
			l, err := t.Link(e.Link)
			if err != nil {
				return nil, err
			}
			if !l.Binned.IsZero() {
				continue
			}
			g.link = &l
			if l.State == Held {
				from = l.Source
			}
		}
		if from != "" {
			s, err := t.Source(from)
			if err != nil {
				return nil, err
			}
			if s.Binned.IsZero() {
				g.source = &s
			} else if e.Highlight != "" {
				continue
			}
		}
		out = append(out, g)
	}
	return out, nil
}

// needsSource works out Claim.NeedsSource. A lead is a highlight or held link
// on a search snapshot, or a link that only a search snapshot cites. Evidence
// that contradicts is no source for a claim. Where neither a lead nor a source
// is left, it stays as it was.
func (t *Tx) needsSource(c Claim) (bool, error) {
	grounds, err := t.grounds(c)
	if err != nil {
		return false, err
	}
	lead := false
	for _, g := range grounds {
		switch {
		case g.source != nil && g.source.Kind == document.SearchSnapshot:
			lead = true
			continue
		case g.source == nil && g.link != nil && g.link.CitedIn != "":
			citing, err := t.Source(g.link.CitedIn)
			if err != nil && !errors.Is(err, ErrNotFound) {
				return false, err
			}
			if err == nil && citing.Kind == document.SearchSnapshot {
				lead = true
				continue
			}
		}
		if g.Stance != Contradicts {
			return false, nil
		}
	}
	return lead || c.NeedsSource, nil
}

// refreshClaim works NeedsSource out anew and saves the claim.
func (w *WriteTx) refreshClaim(c Claim) error {
	needs, err := w.needsSource(c)
	if err != nil {
		return err
	}
	c.NeedsSource = needs
	return claims.put(w, string(c.ID), c)
}

// refreshClaims does so for several.
func (w *WriteTx) refreshClaims(ids []string) error {
	for _, id := range ids {
		c, err := claims.get(&w.Tx, id)
		if err != nil {
			return err
		}
		if err := w.refreshClaim(c); err != nil {
			return err
		}
	}
	return nil
}

// refreshClaimsOfSource does so for those that lean on a source, or have a link
// that it cites.
func (w *WriteTx) refreshClaimsOfSource(id SourceID) error {
	ids, err := w.claimsOfSource(id)
	if err != nil {
		return err
	}
	cited, err := w.idsIn(linkByCitedIn, string(id))
	if err != nil {
		return err
	}
	for _, l := range cited {
		more, err := w.idsIn(claimByLink, l)
		if err != nil {
			return err
		}
		ids = append(ids, more...)
	}
	return w.refreshClaims(unique(ids))
}

// maxStatement is how long a claim's statement may be, in code points.
const maxStatement = 10_000

// PutClaim saves a claim, new where its ID is empty. Topics are trimmed,
// NeedsSource is worked out.
type PutClaim struct{ Claim Claim }

// Name is "add claim" or "edit claim".
func (c *PutClaim) Name() string {
	if c.Claim.ID == "" {
		return "add claim"
	}
	return "edit claim"
}

// Validate wants a statement, evidence that is held, and grades that exist.
func (c *PutClaim) Validate(t *Tx) error {
	cl := c.Claim
	if cl.ID != "" {
		if _, err := t.Claim(cl.ID); err != nil {
			return err
		}
	}
	if n := len([]rune(strings.TrimSpace(cl.Statement))); n == 0 {
		return invalid("a claim without a statement")
	} else if n > maxStatement {
		return invalid("the statement has %d characters, more than %d", n, maxStatement)
	}
	for _, cc := range cl.Countries {
		if !validCountry(string(cc)) {
			return invalid("country %q is not two capital letters", cc)
		}
	}
	if cl.EventDate != "" && validDate(cl.EventDate) == "" {
		return invalid("event date %q is not YYYY, YYYY-MM or YYYY-MM-DD", cl.EventDate)
	}
	switch {
	case !cl.Credibility.valid():
		return invalid("credibility %d is not 1 to 6", cl.Credibility)
	case !cl.Likelihood.valid():
		return invalid("likelihood %q is not a band of ICD 203", cl.Likelihood)
	case !cl.Confidence.valid():
		return invalid("confidence %q is not low, moderate or high", cl.Confidence)
	}
	for _, e := range cl.Evidence {
		if err := c.validEvidence(t, e); err != nil {
			return err
		}
	}
	return nil
}

func (c *PutClaim) validEvidence(t *Tx, e Evidence) error {
	if !e.Stance.valid() {
		return invalid("stance %q is not supports, contradicts or mentions", e.Stance)
	}
	if (e.Highlight == "") == (e.Link == "") {
		return invalid("a piece of evidence is just one of a highlight and a link")
	}
	if e.Highlight != "" {
		_, err := t.Highlight(e.Highlight)
		return err
	}
	l, err := t.Link(e.Link)
	if err != nil {
		return err
	}
	if l.Claim != c.Claim.ID {
		return invalid("link %s belongs to claim %s", e.Link, l.Claim)
	}
	return nil
}

func (s Stance) valid() bool { return s == "" || s == Supports || s == Contradicts || s == Mentions }

// Apply saves the claim.
func (c *PutClaim) Apply(w *WriteTx) error {
	cl := c.Claim
	cl.Statement = norm.NFC.String(strings.TrimSpace(cl.Statement))
	cl.Topics = words(cl.Topics)
	cl.Countries = unique(cl.Countries)
	cl.Evidence = tidyEvidence(cl.Evidence)
	cl.NeedsSource, cl.Made, cl.Edited, cl.Binned = false, time.Time{}, time.Time{}, time.Time{}
	if cl.ID != "" {
		old, err := w.Claim(cl.ID)
		if err != nil {
			return err
		}
		cl.NeedsSource, cl.Made, cl.Edited, cl.Binned = old.NeedsSource, old.Made, old.Edited, old.Binned
		if err := w.keepLinks(&cl); err != nil {
			return err
		}
	}
	needs, err := w.needsSource(cl)
	if err != nil {
		return err
	}
	cl.NeedsSource = needs
	if err := stamp(w, (*string)(&cl.ID), &cl.Made, &cl.Edited, cl, claims); err != nil {
		return err
	}
	c.Claim = cl
	return claims.put(w, string(cl.ID), cl)
}

// keepLinks brings the evidence in step with the claim's links: a link that was
// taken out of the evidence goes to the bin, so that none hangs in the air.
func (w *WriteTx) keepLinks(c *Claim) error {
	in := map[LinkID]bool{}
	for _, e := range c.Evidence {
		in[e.Link] = true
	}
	ids, err := w.idsIn(linkByClaim, string(c.ID))
	if err != nil {
		return err
	}
	for _, id := range ids {
		l, err := w.Link(LinkID(id))
		if err != nil {
			return err
		}
		if in[l.ID] {
			continue
		}
		if l.Binned.IsZero() {
			l.Binned = w.now
			if err := links.put(w, id, l); err != nil {
				return err
			}
		}
		// In the bin it stays evidence, so that it can come back as such.
		old, err := w.Claim(c.ID)
		if err != nil {
			return err
		}
		for _, e := range old.Evidence {
			if e.Link == l.ID {
				c.Evidence = append(c.Evidence, e)
			}
		}
	}
	return nil
}

// tidyEvidence leaves out what stands twice; the stance is supports where not stated.
func tidyEvidence(list []Evidence) []Evidence {
	var out []Evidence
	seen := map[Evidence]bool{}
	for _, e := range list {
		if e.Stance == "" {
			e.Stance = Supports
		}
		id := Evidence{Highlight: e.Highlight, Link: e.Link}
		if !seen[id] {
			seen[id] = true
			out = append(out, e)
		}
	}
	return out
}

// unique leaves out what stands twice.
func unique[T comparable](list []T) []T {
	var out []T
	seen := map[T]bool{}
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}

// stamp gives a new entity its ID and the time it was made, and one that has
// changed the time it was edited.
func stamp[T any](w *WriteTx, id *string, made, edited *time.Time, v T, tb table[T]) error {
	if *id == "" {
		var err error
		*id, err = w.newID()
		*made = w.now
		return err
	}
	old, err := tb.get(&w.Tx, *id)
	if err != nil {
		return fmt.Errorf("edit: %w", err)
	}
	if !sameEntity(old, v) {
		*edited = w.now
	}
	return nil
}

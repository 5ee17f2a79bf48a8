package notebook

import (
	"iter"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"sourcebook/notebook/document"
)

// LinkState says whether what a source link names is in the notebook.
type LinkState string

// The states of a source link.
const (
	Cited       LinkState = "cited" // not held
	Held        LinkState = "held"
	Unreachable LinkState = "unreachable"
)

// SourceLink is an address or a cited source ("EDM, May 8, 2024") that is
// attached to a claim. Once the source is captured the link is held.
type SourceLink struct {
	ID       LinkID        `json:"id"`
	Claim    ClaimID       `json:"claim,omitempty"`
	URL      string        `json:"url,omitempty"`
	Stub     string        `json:"stub,omitempty"` // the citation as written, where there is no address
	Title    string        `json:"title,omitempty"`
	Outlet   string        `json:"outlet,omitempty"`
	Date     document.Date `json:"date,omitempty"`
	Accessed time.Time     `json:"accessed,omitzero"` // zero: not stated
	State    LinkState     `json:"state,omitempty"`
	Source   SourceID      `json:"source,omitempty"`   // where held
	CitedIn  SourceID      `json:"cited_in,omitempty"` // the source whose text cites it, where it came from a citation
	Made     time.Time     `json:"made,omitzero"`
	Edited   time.Time     `json:"edited,omitzero"`
	Binned   time.Time     `json:"binned,omitzero"`
}

var (
	linkByClaim   = newIndex("link.claim")    // all, also in the bin
	linkBySource  = newIndex("link.source")   // all that are held
	linkByCitedIn = newIndex("link.cited-in") // all
	linkByCited   = newCounted("link.cited")  // not held
	linkByAddress = newIndex("link.address")  // not held: canonical address →
	linkByStub    = newIndex("link.stub")     // not held, no address: folded outlet, NUL, day →
	linkBinned    = newCounted("link.binned")
)

var links = table[SourceLink]{
	word: "link",
	key:  func(l SourceLink) string { return string(l.ID) },
	entries: func(l SourceLink) []entry {
		id := string(l.ID)
		out := []entry{{ix: linkByClaim, group: string(l.Claim), id: id}}
		if l.Source != "" {
			out = append(out, entry{ix: linkBySource, group: string(l.Source), id: id})
		}
		if l.CitedIn != "" {
			out = append(out, entry{ix: linkByCitedIn, group: string(l.CitedIn), id: id})
		}
		if !l.Binned.IsZero() {
			return append(out, entry{ix: linkBinned, order: byTime(l.Binned), id: id})
		}
		if l.State == Held {
			return out
		}
		out = append(out, entry{ix: linkByCited, order: byTime(l.Made), id: id})
		if address, ok := CanonicalURL(l.URL); ok {
			out = append(out, entry{ix: linkByAddress, group: address, id: id})
		} else if l.Outlet != "" && l.Date.Precision() == document.Day {
			out = append(out, entry{ix: linkByStub, group: stubGroup(l.Outlet, l.Date), id: id})
		}
		return out
	},
	refs: func(l SourceLink) []ref {
		out := []ref{{"claim", string(l.Claim), "claim"}}
		if l.Source != "" {
			out = append(out, ref{"source", string(l.Source), "source"})
		}
		if l.CitedIn != "" {
			out = append(out, ref{"source", string(l.CitedIn), "cited_in"})
		}
		return out
	},
}

func stubGroup(outlet string, d document.Date) string {
	return groupKey(fold(outlet)) + "\x00" + string(d)
}

// Link is one source link by ID.
func (t *Tx) Link(id LinkID) (SourceLink, error) { return links.get(t, string(id)) }

// Links are those of a claim, oldest first.
func (t *Tx) Links(id ClaimID) ([]SourceLink, error) {
	all, err := collect(t, links, linkByClaim, string(id))
	if err != nil {
		return nil, err
	}
	out := all[:0]
	for _, l := range all {
		if l.Binned.IsZero() {
			out = append(out, l)
		}
	}
	return out, nil
}

// CitedLinks are all links that are not held, newest first.
func (t *Tx) CitedLinks() iter.Seq2[SourceLink, error] {
	return each(t, links, listing{order: linkByCited, desc: true})
}

// PutLink attaches a source link to a claim, and adds it to the claim's
// evidence with Stance (supports where not stated); or it saves a link that is
// there, whose stance stays where Stance is empty. The link becomes held where
// Source names a held source, where a held source has its address, or where
// just one held source is of its outlet and day.
type PutLink struct {
	Link   SourceLink
	Stance Stance
}

// Name is "add link" or "edit link".
func (c *PutLink) Name() string {
	if c.Link.ID == "" {
		return "add link"
	}
	return "edit link"
}

// Validate wants a claim that is held, and something that the link names.
func (c *PutLink) Validate(t *Tx) error {
	l := c.Link
	if l.ID != "" {
		if _, err := t.Link(l.ID); err != nil {
			return err
		}
	} else if _, err := t.Claim(l.Claim); err != nil {
		return err
	}
	if strings.TrimSpace(l.URL+l.Stub+l.Title+l.Outlet) == "" && l.Source == "" {
		return invalid("a link needs an address, a stub, a title or an outlet")
	}
	if l.Date != "" && validDate(l.Date) == "" {
		return invalid("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", l.Date)
	}
	switch l.State {
	case "", Cited, Held, Unreachable:
	default:
		return invalid("state %q is not cited, held or unreachable", l.State)
	}
	if !c.Stance.valid() {
		return invalid("stance %q is not supports, contradicts or mentions", c.Stance)
	}
	for _, id := range []SourceID{l.Source, l.CitedIn} {
		if id != "" {
			if _, err := t.Source(id); err != nil {
				return err
			}
		}
	}
	return nil
}

// Apply saves the link and its place in the claim's evidence.
func (c *PutLink) Apply(w *WriteTx) error {
	l := c.Link
	for _, s := range []*string{&l.URL, &l.Stub, &l.Title, &l.Outlet} {
		*s = strings.TrimSpace(*s)
	}
	l.Accessed = l.Accessed.UTC().Truncate(time.Millisecond)
	l.Made, l.Edited, l.Binned = time.Time{}, time.Time{}, time.Time{}
	if l.ID != "" {
		old, err := w.Link(l.ID)
		if err != nil {
			return err
		}
		l.Claim, l.Made, l.Edited, l.Binned = old.Claim, old.Made, old.Edited, old.Binned
		if l.Source == old.Source && (l.URL != old.URL || l.Stub != old.Stub || l.Outlet != old.Outlet || l.Date != old.Date) {
			l.Source = "" // it names something else now
		}
	}
	if l.Source == "" {
		held, err := w.heldSource(l)
		if err != nil {
			return err
		}
		l.Source = held
	}
	switch {
	case l.Source != "":
		l.State = Held
	case l.State != Unreachable:
		l.State = Cited
	}
	if err := stamp(w, (*string)(&l.ID), &l.Made, &l.Edited, l, links); err != nil {
		return err
	}
	if err := links.put(w, string(l.ID), l); err != nil {
		return err
	}
	c.Link = l
	claim, err := w.Claim(l.Claim)
	if err != nil {
		return err
	}
	claim.Evidence = append([]Evidence(nil), claim.Evidence...)
	found := false
	for i := range claim.Evidence {
		if e := &claim.Evidence[i]; e.Link == l.ID {
			found = true
			if c.Stance != "" {
				e.Stance = c.Stance
			}
			c.Stance = e.Stance
		}
	}
	if !found {
		if c.Stance == "" {
			c.Stance = Supports
		}
		claim.Evidence = append(claim.Evidence, Evidence{Link: l.ID, Stance: c.Stance})
	}
	return w.refreshClaim(claim)
}

// heldSource finds the source that a link names: by address, else by outlet and
// day where just one fits. Empty where none.
func (t *Tx) heldSource(l SourceLink) (SourceID, error) {
	if address, ok := CanonicalURL(l.URL); ok {
		ids, err := t.idsIn(sourceByIdentity, address)
		if err != nil || len(ids) == 0 {
			return "", err
		}
		s, err := t.Source(SourceID(ids[0]))
		if err != nil || !s.Binned.IsZero() {
			return "", err
		}
		return s.ID, nil
	}
	if l.Outlet == "" || l.Date.Precision() != document.Day {
		return "", nil
	}
	ids, err := t.idsIn(sourceByPublished, "\x00"+string(l.Date))
	if err != nil {
		return "", err
	}
	var found []SourceID
	for _, id := range ids {
		s, err := t.Source(SourceID(id))
		if err != nil {
			return "", err
		}
		if s.answers(l) {
			found = append(found, s.ID)
		}
	}
	if len(found) != 1 {
		return "", nil
	}
	return found[0], nil
}

// answers says whether the source is of a stub's outlet and day, and, where both
// have one, of its title.
func (s Source) answers(l SourceLink) bool {
	if s.Published != l.Date || l.Title != "" && s.Title != "" && fold(l.Title) != fold(s.Title) {
		return false
	}
	want := fold(l.Outlet)
	for _, o := range s.outlets() {
		if o == want {
			return true
		}
	}
	return false
}

// outlets are the folded names by which others cite a source: its site and
// publishers, their initials ("EDM" for "Eurasia Daily Monitor"), and its host.
func (s Source) outlets() []string {
	var out []string
	for _, name := range []string{s.Site, s.Publisher, s.OriginalPublisher} {
		if name = fold(name); name == "" {
			continue
		}
		out = append(out, name)
		if the, ok := strings.CutPrefix(name, "the "); ok {
			out = append(out, the)
		}
		initials := ""
		for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			r, _ := utf8.DecodeRuneInString(w)
			if w != "of" && w != "the" && w != "and" && w != "for" {
				initials += string(r)
			}
		}
		if utf8.RuneCountInString(initials) >= 3 {
			out = append(out, initials)
		}
	}
	if u, err := url.Parse(s.Identity); err == nil && u.Host != "" {
		out = append(out, u.Host)
	}
	return unique(out)
}

// holdLinks makes the cited links held that a source answers: by its address, or
// by outlet and day.
func (w *WriteTx) holdLinks(s Source) error {
	groups := []struct {
		ix    *index
		group string
	}{{linkByAddress, s.Identity}}
	if s.Published.Precision() == document.Day {
		for _, o := range s.outlets() {
			groups = append(groups, struct {
				ix    *index
				group string
			}{linkByStub, stubGroup(o, s.Published)})
		}
	}
	for _, g := range groups {
		ids, err := w.idsIn(g.ix, g.group)
		if err != nil {
			return err
		}
		for _, id := range ids {
			l, err := w.Link(LinkID(id))
			if err != nil {
				return err
			}
			if g.ix == linkByStub && !s.answers(l) {
				continue
			}
			l.State, l.Source = Held, s.ID
			if err := links.put(w, id, l); err != nil {
				return err
			}
			c, err := w.Claim(l.Claim)
			if err != nil {
				return err
			}
			if err := w.refreshClaim(c); err != nil {
				return err
			}
		}
	}
	return nil
}

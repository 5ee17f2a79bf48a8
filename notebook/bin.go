package notebook

import (
	"errors"
	"slices"
	"time"
)

// Binned is one deleted entity.
type Binned struct {
	Key   Key
	Title string
	At    time.Time
}

// binnable is what a kind of entity needs for the bin. What goes with it (the
// highlights of a source, the links and relations of a claim) has the same time
// of deletion, and comes back with it.
type binnable struct {
	kind  string
	index *index
	state func(t *Tx, id string) (at time.Time, title string, err error)
	set   func(w *WriteTx, id string, at time.Time) error
	with  func(t *Tx, id string) ([]Key, error) // what goes with it; may be nil
	owner func(t *Tx, id string) (Key, error)   // what it goes with; may be nil
	purge func(w *WriteTx, id string) error     // deletes it for good, and what names it
}

// binnables are the kinds that can be deleted, owners first.
var binnables = []binnable{
	{
		kind: "source", index: sourceBinned,
		state: func(t *Tx, id string) (time.Time, string, error) {
			s, err := sources.get(t, id)
			return s.Binned, first(s.Title, s.Identity), err
		},
		set: func(w *WriteTx, id string, at time.Time) error {
			s, err := sources.get(&w.Tx, id)
			if err != nil {
				return err
			}
			s.Binned = at
			if err := sources.put(w, id, s); err != nil {
				return err
			}
			if at.IsZero() {
				if err := w.holdLinks(s); err != nil {
					return err
				}
			}
			return w.refreshClaimsOfSource(s.ID)
		},
		with: func(t *Tx, id string) ([]Key, error) {
			ids, err := t.idsIn(highlightBySource, id)
			return keysOf("highlight", ids), err
		},
		purge: func(w *WriteTx, id string) error { return w.purgeSource(SourceID(id)) },
	},
	{
		kind: "claim", index: claimBinned,
		state: func(t *Tx, id string) (time.Time, string, error) {
			c, err := claims.get(t, id)
			return c.Binned, c.Statement, err
		},
		set: func(w *WriteTx, id string, at time.Time) error {
			c, err := claims.get(&w.Tx, id)
			c.Binned = at
			if err != nil {
				return err
			}
			return claims.put(w, id, c)
		},
		with: func(t *Tx, id string) ([]Key, error) {
			ids, err := t.idsIn(linkByClaim, id)
			if err != nil {
				return nil, err
			}
			out := keysOf("link", ids)
			rs, err := t.relationsOf(ClaimID(id), true)
			for _, r := range rs {
				out = append(out, Key{"relation", string(r.ID)})
			}
			return out, err
		},
		purge: func(w *WriteTx, id string) error { return w.purgeClaim(ClaimID(id)) },
	},
	{
		kind: "highlight", index: highlightBinned,
		state: func(t *Tx, id string) (time.Time, string, error) {
			h, err := highlights.get(t, id)
			return h.Binned, h.Exact, err
		},
		set: func(w *WriteTx, id string, at time.Time) error {
			h, err := highlights.get(&w.Tx, id)
			if err != nil {
				return err
			}
			h.Binned = at
			if err := highlights.put(w, id, h); err != nil {
				return err
			}
			ids, err := w.idsIn(claimByHighlight, id)
			if err != nil {
				return err
			}
			return w.refreshClaims(ids)
		},
		owner: func(t *Tx, id string) (Key, error) {
			h, err := highlights.get(t, id)
			return Key{"source", string(h.Source)}, err
		},
		purge: func(w *WriteTx, id string) error {
			if err := w.dropEvidence(Evidence{Highlight: HighlightID(id)}); err != nil {
				return err
			}
			h, err := w.Highlight(HighlightID(id))
			if err != nil {
				return err
			}
			if err := highlights.drop(w, id); err != nil || h.Document == "" {
				return err
			}
			return w.release(h.document())
		},
	},
	{
		kind: "link", index: linkBinned,
		state: func(t *Tx, id string) (time.Time, string, error) {
			l, err := links.get(t, id)
			return l.Binned, first(l.Title, l.Stub, l.URL, l.Outlet), err
		},
		set: func(w *WriteTx, id string, at time.Time) error {
			l, err := links.get(&w.Tx, id)
			if err != nil {
				return err
			}
			l.Binned = at
			if at.IsZero() && l.State == Cited {
				if l.Source, err = w.heldSource(l); err != nil {
					return err
				}
				if l.Source != "" {
					l.State = Held
				}
			}
			if err := links.put(w, id, l); err != nil {
				return err
			}
			ids, err := w.idsIn(claimByLink, id)
			if err != nil {
				return err
			}
			return w.refreshClaims(ids)
		},
		owner: func(t *Tx, id string) (Key, error) {
			l, err := links.get(t, id)
			return Key{"claim", string(l.Claim)}, err
		},
		purge: func(w *WriteTx, id string) error {
			if err := w.dropEvidence(Evidence{Link: LinkID(id)}); err != nil {
				return err
			}
			return links.drop(w, id)
		},
	},
	{
		kind: "relation", index: relationBinned,
		state: func(t *Tx, id string) (time.Time, string, error) {
			r, err := relations.get(t, id)
			return r.Binned, string(r.Kind), err
		},
		set: func(w *WriteTx, id string, at time.Time) error {
			r, err := relations.get(&w.Tx, id)
			r.Binned = at
			if err != nil {
				return err
			}
			return relations.put(w, id, r)
		},
		owner: func(t *Tx, id string) (Key, error) {
			// Either claim may be in the bin; the one that is comes back with it.
			r, err := relations.get(t, id)
			if err != nil {
				return Key{}, err
			}
			from, err := t.Claim(r.From)
			if err != nil || !from.Binned.IsZero() {
				return Key{"claim", string(r.From)}, err
			}
			return Key{"claim", string(r.To)}, nil
		},
		purge: func(w *WriteTx, id string) error { return relations.drop(w, id) },
	},
	{
		kind: "comparison", index: comparisonBinned,
		state: func(t *Tx, id string) (time.Time, string, error) {
			c, err := comparisons.get(t, id)
			return c.Binned, c.Title, err
		},
		set: func(w *WriteTx, id string, at time.Time) error {
			c, err := comparisons.get(&w.Tx, id)
			c.Binned = at
			if err != nil {
				return err
			}
			return comparisons.put(w, id, c)
		},
		purge: func(w *WriteTx, id string) error { return comparisons.drop(w, id) },
	},
	{
		kind: "briefing", index: briefingBinned,
		state: func(t *Tx, id string) (time.Time, string, error) {
			b, err := briefings.get(t, id)
			return b.Binned, b.Title, err
		},
		set: func(w *WriteTx, id string, at time.Time) error {
			b, err := briefings.get(&w.Tx, id)
			b.Binned = at
			if err != nil {
				return err
			}
			return briefings.put(w, id, b)
		},
		purge: func(w *WriteTx, id string) error { return briefings.drop(w, id) },
	},
}

func binnableOf(kind string) (binnable, error) {
	for _, b := range binnables {
		if b.kind == kind {
			return b, nil
		}
	}
	return binnable{}, invalid("a %q cannot be deleted", kind)
}

func keysOf(kind string, ids []string) []Key {
	out := make([]Key, len(ids))
	for i, id := range ids {
		out[i] = Key{kind, id}
	}
	return out
}

// Bin lists what was deleted, newest first. What went with something else (the
// highlights of a deleted source) is not listed apart.
func (t *Tx) Bin() ([]Binned, error) {
	var out []Binned
	for _, b := range binnables {
		ids, err := t.idsIn(b.index, "")
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			at, title, err := b.state(t, id)
			if err != nil {
				return nil, err
			}
			with, err := t.goesWith(b, id, at)
			if err != nil {
				return nil, err
			}
			if !with {
				out = append(out, Binned{Key{b.kind, id}, title, at})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Binned) int { return b.At.Compare(a.At) })
	return out, nil
}

// goesWith says whether an entity went to the bin together with its owner.
func (t *Tx) goesWith(b binnable, id string, at time.Time) (bool, error) {
	if b.owner == nil {
		return false, nil
	}
	key, err := b.owner(t, id)
	if err != nil {
		return false, err
	}
	owner, err := binnableOf(key.Kind)
	if err != nil {
		return false, err
	}
	ownerAt, _, err := owner.state(t, key.ID)
	return ownerAt.Equal(at), err
}

// ToBin deletes to the bin. With a source go its highlights, with a claim its
// links and relations. A link that is held by a source in the bin stays held.
type ToBin struct{ Keys []Key }

// Name is "delete" and what.
func (c *ToBin) Name() string { return "delete" + namesOf(c.Keys) }

func namesOf(keys []Key) string {
	kinds := map[string]bool{}
	for _, k := range keys {
		kinds[k.Kind] = true
	}
	if len(kinds) != 1 {
		return ""
	}
	if len(keys) == 1 {
		return " " + keys[0].Kind
	}
	return " " + keys[0].Kind + "s"
}

// Validate wants keys that are held and can be deleted.
func (c *ToBin) Validate(t *Tx) error { return validKeys(t, c.Keys) }

func validKeys(t *Tx, keys []Key) error {
	if len(keys) == 0 {
		return invalid("nothing is named")
	}
	for _, k := range keys {
		b, err := binnableOf(k.Kind)
		if err != nil {
			return err
		}
		if _, _, err := b.state(t, k.ID); err != nil {
			return err
		}
	}
	return nil
}

// Apply moves them to the bin.
func (c *ToBin) Apply(w *WriteTx) error {
	for _, k := range c.Keys {
		if err := w.bin(k); err != nil {
			return err
		}
	}
	return nil
}

func (w *WriteTx) bin(k Key) error {
	b, err := binnableOf(k.Kind)
	if err != nil {
		return err
	}
	at, _, err := b.state(&w.Tx, k.ID)
	if err != nil || !at.IsZero() {
		return err
	}
	if b.with != nil {
		with, err := b.with(&w.Tx, k.ID)
		if err != nil {
			return err
		}
		for _, other := range with {
			if err := w.bin(other); err != nil {
				return err
			}
		}
	}
	return b.set(w, k.ID, w.now)
}

// Restore brings back from the bin, with what went there with it. What belongs
// to something in the bin brings that back too.
type Restore struct{ Keys []Key }

// Name is "restore" and what.
func (c *Restore) Name() string { return "restore" + namesOf(c.Keys) }

// Validate wants keys that are held.
func (c *Restore) Validate(t *Tx) error { return validKeys(t, c.Keys) }

// Apply brings them back.
func (c *Restore) Apply(w *WriteTx) error {
	for _, k := range c.Keys {
		if err := w.unbin(k); err != nil {
			return err
		}
	}
	return nil
}

func (w *WriteTx) unbin(k Key) error {
	b, err := binnableOf(k.Kind)
	if err != nil {
		return err
	}
	at, _, err := b.state(&w.Tx, k.ID)
	if err != nil || at.IsZero() {
		return err
	}
	if b.owner != nil {
		for {
			owner, err := b.owner(&w.Tx, k.ID)
			if err != nil {
				return err
			}
			ob, err := binnableOf(owner.Kind)
			if err != nil {
				return err
			}
			ownerAt, _, err := ob.state(&w.Tx, owner.ID)
			if err != nil {
				return err
			}
			if ownerAt.IsZero() {
				break
			}
			if err := w.unbin(owner); err != nil {
				return err
			}
		}
		// It may have come back with its owner.
		if at, _, err = b.state(&w.Tx, k.ID); err != nil || at.IsZero() {
			return err
		}
	}
	if err := b.set(w, k.ID, time.Time{}); err != nil || b.with == nil {
		return err
	}
	with, err := b.with(&w.Tx, k.ID)
	if err != nil {
		return err
	}
	for _, other := range with {
		ob, err := binnableOf(other.Kind)
		if err != nil {
			return err
		}
		otherAt, _, err := ob.state(&w.Tx, other.ID)
		if err != nil {
			return err
		}
		if otherAt.Equal(at) {
			if err := w.unbin(other); err != nil {
				return err
			}
		}
	}
	return nil
}

// EmptyBin deletes for good what is in the bin, with its captures and their
// bytes. It cannot be undone, nor can what came before it. Tx.BinLosses says
// beforehand what claims and briefings lose.
type EmptyBin struct{}

// Name is "empty bin".
func (c *EmptyBin) Name() string { return "empty bin" }

func (c *EmptyBin) final() {}

// Validate has nothing to refuse.
func (c *EmptyBin) Validate(*Tx) error { return nil }

// Apply deletes what is in the bin.
func (c *EmptyBin) Apply(w *WriteTx) error {
	for _, b := range binnables {
		ids, err := w.idsIn(b.index, "")
		if err != nil {
			return err
		}
		for _, id := range ids {
			// It may be gone with its owner.
			if _, _, err := b.state(&w.Tx, id); errors.Is(err, ErrNotFound) {
				continue
			}
			if err := b.purge(w, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropEvidence takes a piece of evidence out of the claims that have it.
func (w *WriteTx) dropEvidence(e Evidence) error {
	ix, group := claimByHighlight, string(e.Highlight)
	if e.Link != "" {
		ix, group = claimByLink, string(e.Link)
	}
	ids, err := w.idsIn(ix, group)
	if err != nil {
		return err
	}
	for _, id := range ids {
		c, err := claims.get(&w.Tx, id)
		if err != nil {
			return err
		}
		c.Evidence = slices.DeleteFunc(slices.Clone(c.Evidence), func(have Evidence) bool {
			return have.Highlight == e.Highlight && have.Link == e.Link
		})
		if err := w.refreshClaim(c); err != nil {
			return err
		}
	}
	return nil
}

func (w *WriteTx) purgeSource(id SourceID) error {
	s, err := w.Source(id)
	if err != nil {
		return err
	}
	hs, err := w.idsIn(highlightBySource, string(id))
	if err != nil {
		return err
	}
	var hadDocuments []Highlight
	for _, id := range hs {
		h, err := w.Highlight(HighlightID(id))
		if err != nil {
			return err
		}
		if h.Document != "" {
			hadDocuments = append(hadDocuments, h)
		}
		if err := w.dropEvidence(Evidence{Highlight: h.ID}); err != nil {
			return err
		}
		if err := highlights.drop(w, id); err != nil {
			return err
		}
	}
	held, err := w.idsIn(linkBySource, string(id))
	if err != nil {
		return err
	}
	citing, err := w.idsIn(linkByCitedIn, string(id))
	if err != nil {
		return err
	}
	for _, lid := range unique(append(held, citing...)) {
		l, err := links.get(&w.Tx, lid)
		if err != nil {
			return err
		}
		if l.Source == id {
			l.Source, l.State = "", Cited
		}
		if l.CitedIn == id {
			l.CitedIn = ""
		}
		if err := links.put(w, lid, l); err != nil {
			return err
		}
		ids, err := w.idsIn(claimByLink, lid)
		if err != nil {
			return err
		}
		if err := w.refreshClaims(ids); err != nil {
			return err
		}
	}
	var left []kept
	for _, h := range hadDocuments {
		left = append(left, h.document())
	}
	for _, cid := range s.Captures {
		c, err := w.Capture(cid)
		if err != nil {
			return err
		}
		left = append(left, c.original(), c.document(), c.imported())
		if err := captures.drop(w, string(cid)); err != nil {
			return err
		}
	}
	for i, k := range left {
		if slices.Contains(left[:i], k) {
			continue
		}
		if err := w.release(k); err != nil {
			return err
		}
	}
	if err := w.setRead(id, false); err != nil {
		return err
	}
	return sources.drop(w, string(id))
}

func (w *WriteTx) purgeClaim(id ClaimID) error {
	ls, err := w.idsIn(linkByClaim, string(id))
	if err != nil {
		return err
	}
	for _, l := range ls {
		if err := links.drop(w, l); err != nil {
			return err
		}
	}
	rs, err := w.relationsOf(id, true)
	if err != nil {
		return err
	}
	for _, r := range rs {
		if err := relations.drop(w, string(r.ID)); err != nil {
			return err
		}
	}
	bs, err := w.idsIn(briefingByClaim, string(id))
	if err != nil {
		return err
	}
	for _, bid := range bs {
		b, err := briefings.get(&w.Tx, bid)
		if err != nil {
			return err
		}
		b.Parts = slices.Clone(b.Parts)
		for i := range b.Parts {
			b.Parts[i].Claims = slices.DeleteFunc(slices.Clone(b.Parts[i].Claims), func(c ClaimID) bool { return c == id })
		}
		if err := briefings.put(w, bid, b); err != nil {
			return err
		}
	}
	return claims.drop(w, string(id))
}

// Losses is what emptying the bin takes from what stays.
type Losses struct {
	Claims    []Claim    // that lose evidence
	Unfounded []ClaimID  // of these, the ones that keep none
	Briefings []Briefing // that lose a claim
}

// BinLosses says what emptying the bin would take from claims and briefings
// that are not in it.
func (t *Tx) BinLosses() (Losses, error) {
	var out Losses
	seen := map[string]bool{}
	for _, from := range []struct{ bin, claims *index }{{highlightBinned, claimByHighlight}, {linkBinned, claimByLink}} {
		ids, err := t.idsIn(from.bin, "")
		if err != nil {
			return out, err
		}
		for _, id := range ids {
			cs, err := t.idsIn(from.claims, id)
			if err != nil {
				return out, err
			}
			for _, cid := range cs {
				if seen[cid] {
					continue
				}
				seen[cid] = true
				c, err := claims.get(t, cid)
				if err != nil {
					return out, err
				}
				if !c.Binned.IsZero() {
					continue
				}
				out.Claims = append(out.Claims, c)
				grounds, err := t.grounds(c)
				if err != nil {
					return out, err
				}
				if len(grounds) == 0 {
					out.Unfounded = append(out.Unfounded, c.ID)
				}
			}
		}
	}
	binned, err := t.idsIn(claimBinned, "")
	if err != nil {
		return out, err
	}
	for _, id := range binned {
		bs, err := t.idsIn(briefingByClaim, id)
		if err != nil {
			return out, err
		}
		for _, bid := range bs {
			if seen[bid] {
				continue
			}
			seen[bid] = true
			b, err := briefings.get(t, bid)
			if err != nil {
				return out, err
			}
			if b.Binned.IsZero() {
				out.Briefings = append(out.Briefings, b)
			}
		}
	}
	return out, nil
}

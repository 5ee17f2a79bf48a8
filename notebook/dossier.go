package notebook

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"sourcebook/notebook/country"
)

// DossierNote is the analyst's own text on a country, in all (empty Topic) or
// on one topic.
type DossierNote struct {
	Country country.Code `json:"country,omitempty"`
	Topic   string       `json:"topic,omitempty"`
	Text    string       `json:"text,omitempty"` // Markdown
	Edited  time.Time    `json:"edited,omitzero"`
}

// Dossier is all that the notebook holds on one country. It is computed, not
// stored, but for its notes.
type Dossier struct {
	Country  country.Code
	Notes    map[string]DossierNote // by topic; "" is the general one
	Topics   []DossierTopic         // in the order of the topic list, then by name
	Sources  []Source               // that name the country, most mentions first, at most 200
	Freshest time.Time              // newest capture among its evidence, zero if none
	Gaps     []string               // in words: topics without a claim, claims that need a source, only stale ones
}

// DossierTopic is the claims of a dossier under one topic. Claims without a
// topic stand under "".
type DossierTopic struct {
	Topic  string
	Claims []Claim // newest event date first, then newest made
}

// maxDossierSources is how many sources a dossier lists.
const maxDossierSources = 200

// staleAfter is the age from which the newest evidence under a topic counts as a gap.
const staleAfter = 365 * 24 * time.Hour

// Dossier notes are keyed by country and topic: "AZ/energy", "AZ/".
var dossierNotes = table[DossierNote]{
	word: "dossier",
	key:  func(n DossierNote) string { return string(n.Country) + "/" + n.Topic },
}

// Dossier works out what is held on a country.
func (t *Tx) Dossier(c country.Code) (Dossier, error) {
	if !validCountry(string(c)) {
		return Dossier{}, invalid("country %q is not two capital letters", c)
	}
	d := Dossier{Country: c, Notes: map[string]DossierNote{}}
	if err := t.dossierNotes(c, d.Notes); err != nil {
		return d, err
	}
	byTopic := map[string][]Claim{}
	var held []Claim
	for cl, err := range t.Claims(ClaimQuery{Country: c}) {
		if err != nil {
			return d, err
		}
		held = append(held, cl)
		for _, topic := range cl.Topics {
			byTopic[topic] = append(byTopic[topic], cl)
		}
		if len(cl.Topics) == 0 {
			byTopic[""] = append(byTopic[""], cl)
		}
	}
	all, err := t.Topics()
	if err != nil {
		return d, err
	}
	for _, topic := range inOrder(byTopic, all) {
		list := byTopic[topic]
		slices.SortStableFunc(list, newestEvent)
		d.Topics = append(d.Topics, DossierTopic{Topic: topic, Claims: list})
	}
	newest := map[string]time.Time{} // by topic
	for _, cl := range held {
		grounds, err := t.grounds(cl)
		if err != nil {
			return d, err
		}
		for _, g := range grounds {
			if g.source == nil {
				continue
			}
			at := g.source.Captured
			if at.After(d.Freshest) {
				d.Freshest = at
			}
			for _, topic := range cl.Topics {
				if at.After(newest[topic]) {
					newest[topic] = at
				}
			}
		}
	}
	d.Gaps = gaps(d, all, newest, t.n.now())
	var failed error
	err = t.inGroup(sourceByMentions, string(c), func(id string, _ []byte) bool {
		s, err := sources.get(t, id)
		if err != nil {
			failed = err
			return false
		}
		d.Sources = append(d.Sources, s)
		return len(d.Sources) < maxDossierSources
	})
	if err == nil {
		err = failed
	}
	return d, err
}

// inOrder gives the topics of byTopic: as they stand in the list of topics, then
// by name; claims without a topic last.
func inOrder[T any](byTopic map[string]T, all []Count) []string {
	place := map[string]int{}
	for i, c := range all {
		place[c.Word] = i + 1
	}
	var out []string
	for topic := range byTopic {
		out = append(out, topic)
	}
	rank := func(topic string) int {
		switch p := place[topic]; {
		case topic == "":
			return len(all) + 2
		case p == 0:
			return len(all) + 1
		default:
			return p
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		if x, y := rank(a), rank(b); x != y {
			return x - y
		}
		return strings.Compare(a, b)
	})
	return out
}

// newestEvent orders claims by event date, then by when they were made, newest first.
func newestEvent(a, b Claim) int {
	if c := strings.Compare(string(b.EventDate), string(a.EventDate)); c != 0 {
		return c
	}
	if c := b.Made.Compare(a.Made); c != 0 {
		return c
	}
	return strings.Compare(string(b.ID), string(a.ID))
}

// maxGapTopics is how many of the notebook's most used topics a dossier should cover.
const maxGapTopics = 12

// gaps says in words what a dossier lacks.
func gaps(d Dossier, all []Count, newest map[string]time.Time, now time.Time) []string {
	var out []string
	have := map[string][]Claim{}
	needs := map[ClaimID]bool{}
	for _, topic := range d.Topics {
		have[topic.Topic] = topic.Claims
		for _, c := range topic.Claims {
			if c.NeedsSource {
				needs[c.ID] = true
			}
		}
	}
	for i, topic := range all {
		if i == maxGapTopics {
			break
		}
		if len(have[topic.Word]) == 0 {
			out = append(out, fmt.Sprintf("no claim on %s", topic.Word))
		}
	}
	switch len(needs) {
	case 0:
	case 1:
		out = append(out, "1 claim needs a source")
	default:
		out = append(out, fmt.Sprintf("%d claims need a source", len(needs)))
	}
	for _, topic := range d.Topics {
		if topic.Topic == "" {
			continue
		}
		switch at := newest[topic.Topic]; {
		case at.IsZero():
			out = append(out, fmt.Sprintf("no held source on %s", topic.Topic))
		case now.Sub(at) > staleAfter:
			out = append(out, fmt.Sprintf("nothing newer than %s on %s", at.Format("2 January 2006"), topic.Topic))
		}
	}
	return out
}

// DossierNotes are the analyst's notes on a country, by topic.
func (t *Tx) DossierNotes(c country.Code) (map[string]DossierNote, error) {
	notes := map[string]DossierNote{}
	return notes, t.dossierNotes(c, notes)
}

// AllDossierNotes lists the notes on every country, by country and topic.
func (t *Tx) AllDossierNotes() iter.Seq2[DossierNote, error] { return dossierNotes.all(t) }

// dossierNotes puts the notes on a country into notes, by topic.
func (t *Tx) dossierNotes(c country.Code, notes map[string]DossierNote) error {
	b, err := t.bucket(dossierNotes.word)
	if err != nil {
		return err
	}
	prefix := string(c) + "/"
	cur := b.Cursor()
	for k, raw := cur.Seek([]byte(prefix)); strings.HasPrefix(string(k), prefix); k, raw = cur.Next() {
		n, err := dossierNotes.read(t, string(k), raw)
		if err != nil {
			return err
		}
		notes[n.Topic] = n
	}
	return nil
}

// PutDossierNote saves the analyst's text on a country or one of its topics; an
// empty Text deletes it.
type PutDossierNote struct{ Note DossierNote }

// Name is "edit dossier note".
func (c *PutDossierNote) Name() string { return "edit dossier note" }

// Validate wants a country code.
func (c *PutDossierNote) Validate(*Tx) error {
	if !validCountry(string(c.Note.Country)) {
		return invalid("country %q is not two capital letters", c.Note.Country)
	}
	if len(c.Note.Topic) > 512 {
		return invalid("the topic has %d bytes, more than 512", len(c.Note.Topic))
	}
	return nil
}

// Apply saves the note.
func (c *PutDossierNote) Apply(w *WriteTx) error {
	n := c.Note
	n.Topic = first(words([]string{n.Topic})...)
	key := dossierNotes.key(n)
	if strings.TrimSpace(n.Text) == "" {
		return dossierNotes.drop(w, key)
	}
	n.Edited = time.Time{}
	if held, err := dossierNotes.has(&w.Tx, key); err != nil {
		return err
	} else if held {
		old, err := dossierNotes.get(&w.Tx, key)
		if err != nil {
			return err
		}
		if old.Text == n.Text {
			c.Note = old
			return nil
		}
	}
	n.Edited = w.now
	c.Note = n
	return dossierNotes.put(w, key, n)
}

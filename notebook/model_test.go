package notebook_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/notebooktest"
)

var modelRuns = flag.Int("models", 3, "random runs of the model test")

// model is what a notebook should hold, in plain maps.
type model struct {
	sources    map[notebook.SourceID]*modelSource
	byURL      map[string]notebook.SourceID
	highlights map[notebook.HighlightID]*modelHighlight
	claims     map[notebook.ClaimID]*modelClaim
	links      map[notebook.LinkID]*modelLink
	relations  map[notebook.RelationID]*modelRelation
	folders    map[string]bool // made by hand
	saved      map[notebook.SavedID]string
	green      string // the name of the colour
	clock      int    // of deletions, so that what went together comes back together
}

type modelSource struct {
	url, title, text string
	imported         string // the text before it was edited
	document         *document.Document
	current          notebook.CaptureID
	folder           string
	tags             []string
	countries        []string
	mentions         int
	byHand           bool // the countries were edited
	snapshot         bool
	versions         int
	binned           int
}

type modelHighlight struct {
	source notebook.SourceID
	exact  string
	tags   []string
	binned int
}

type modelClaim struct {
	statement string
	topics    []string
	countries []country.Code
	evidence  []notebook.Evidence
	needs     bool
	binned    int
}

type modelLink struct {
	claim  notebook.ClaimID
	url    string
	held   notebook.SourceID
	binned int
}

type modelRelation struct {
	from, to notebook.ClaimID
	kind     notebook.RelationKind
	binned   int
}

func newModel() *model {
	return &model{
		sources: map[notebook.SourceID]*modelSource{}, byURL: map[string]notebook.SourceID{},
		highlights: map[notebook.HighlightID]*modelHighlight{}, claims: map[notebook.ClaimID]*modelClaim{},
		links: map[notebook.LinkID]*modelLink{}, relations: map[notebook.RelationID]*modelRelation{},
		folders: map[string]bool{}, saved: map[notebook.SavedID]string{},
	}
}

// needs works out anew which claims need a source.
func (m *model) needs() {
	for _, c := range m.claims {
		lead, source := false, false
		for _, e := range c.evidence {
			var s *modelSource
			if e.Highlight != "" {
				h := m.highlights[e.Highlight]
				if h.binned != 0 || m.sources[h.source].binned != 0 {
					continue
				}
				s = m.sources[h.source]
			} else {
				l := m.links[e.Link]
				if l.binned != 0 {
					continue
				}
				if l.held != "" && m.sources[l.held].binned == 0 {
					s = m.sources[l.held]
				}
			}
			switch {
			case s != nil && s.snapshot:
				lead = true
			case e.Stance != notebook.Contradicts:
				source = true
			}
		}
		c.needs = !source && (lead || c.needs)
	}
}

// pick gives a random key, the zero value where there is none.
func pick[K ~string, V any](r *rand.Rand, m map[K]V) K {
	keys := slices.Sorted(maps.Keys(m))
	if len(keys) == 0 {
		return ""
	}
	return keys[r.IntN(len(keys))]
}

// The texts of versions share sentences, so that highlights move or are lost.
var modelSentences = []string{
	"The northern line carried eleven trains a day in spring.",
	"Repairs on the bridge will take until the end of August.",
	"The ministry published no figures for the second quarter.",
	"Two operators applied for the licence before the deadline.",
	"Customs officers found nothing unusual in the containers.",
}

// random makes a random command and says what it should do to the model, once
// it has been done.
func (m *model) random(r *rand.Rand, i int) (notebook.Command, func()) {
	tags := func() []string {
		all := []string{"rail", "port", "oil"}
		return slices.Clone(all[r.IntN(3):])
	}
	switch n := r.IntN(130); {
	case n < 22: // a capture, often of an address that is held
		url := fmt.Sprintf("https://paper.example/%d", r.IntN(8))
		order := r.Perm(len(modelSentences))[:2+r.IntN(3)]
		var d document.Document
		for _, s := range order {
			d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: modelSentences[s]})
		}
		d.Kind, d.Title, d.URL = document.Article, fmt.Sprintf("Title %d", i), url
		d.Countries = []document.CountryCount{{Code: []string{"AZ", "KZ", "GE"}[r.IntN(3)], Mentions: 1 + r.IntN(5)}}
		snapshot := strings.HasSuffix(url, "7")
		if snapshot {
			d.Kind = document.SearchSnapshot
		}
		d.Finish()
		c := &notebook.AddCapture{Capture: notebook.Capture{Name: "p"}, Original: fmt.Appendf(nil, "%d %s", i, d.Text), Document: &d, Tags: tags()}
		return c, func() {
			id := m.byURL[url]
			if id == "" {
				m.byURL[url] = c.SourceID
				m.sources[c.SourceID] = &modelSource{url: url, title: d.Title, text: d.Text, imported: d.Text, document: &d, current: c.Capture.ID, tags: c.Tags, countries: []string{d.Countries[0].Code}, mentions: d.Countries[0].Mentions, snapshot: snapshot, versions: 1}
				id = c.SourceID
			} else {
				s := m.sources[id]
				if s.binned != 0 {
					m.restoreSource(id)
				}
				s.versions++
				for _, t := range c.Tags {
					if !slices.Contains(s.tags, t) {
						s.tags = append(s.tags, t)
					}
				}
				s.current = c.Capture.ID
				if s.imported != d.Text {
					s.title, s.text, s.imported, s.document = d.Title, d.Text, d.Text, &d
					if !s.byHand {
						s.countries, s.mentions = []string{d.Countries[0].Code}, d.Countries[0].Mentions
					}
				}
			}
			for _, l := range m.links {
				if l.url == url && l.binned == 0 && l.held == "" {
					l.held = id
				}
			}
		}
	case n < 38: // a highlight of one whole sentence
		id := pick(r, m.sources)
		if id == "" {
			return nil, nil
		}
		s := m.sources[id]
		parts := strings.Split(s.text, "\n\n")
		h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: id, Exact: parts[r.IntN(len(parts))], Tags: tags()}}
		return h, func() {
			m.highlights[h.Highlight.ID] = &modelHighlight{source: id, exact: h.Highlight.Exact, tags: h.Highlight.Tags}
		}
	case n < 54: // a claim, new or edited
		var c notebook.Claim
		if id := pick(r, m.claims); id != "" && r.IntN(3) == 0 {
			old := m.claims[id]
			c = notebook.Claim{ID: id, Evidence: slices.Clone(old.evidence)}
		}
		c.Statement = fmt.Sprintf("Statement %d.", i)
		c.Topics = [][]string{{"trade"}, {"rail", "trade"}, nil}[r.IntN(3)]
		c.Countries = [][]country.Code{{"AZ"}, {"KZ", "AZ"}, nil}[r.IntN(3)]
		if h := pick(r, m.highlights); h != "" && !slices.ContainsFunc(c.Evidence, func(e notebook.Evidence) bool { return e.Highlight == h }) {
			c.Evidence = append(c.Evidence, notebook.Evidence{Highlight: h, Stance: []notebook.Stance{notebook.Supports, notebook.Contradicts}[r.IntN(2)]})
		}
		cmd := &notebook.PutClaim{Claim: c}
		return cmd, func() {
			v := m.claims[cmd.Claim.ID]
			if v == nil {
				v = &modelClaim{}
				m.claims[cmd.Claim.ID] = v
			}
			v.statement, v.topics, v.countries, v.evidence = c.Statement, c.Topics, c.Countries, c.Evidence
		}
	case n < 64: // a link
		id := pick(r, m.claims)
		if id == "" {
			return nil, nil
		}
		url := fmt.Sprintf("https://paper.example/%d", r.IntN(12))
		l := &notebook.PutLink{Link: notebook.SourceLink{Claim: id, URL: url + "?utm_source=x"}}
		return l, func() {
			v := &modelLink{claim: id, url: url}
			if s := m.byURL[url]; s != "" && m.sources[s].binned == 0 {
				v.held = s
			}
			m.links[l.Link.ID] = v
			m.claims[id].evidence = append(m.claims[id].evidence, notebook.Evidence{Link: l.Link.ID, Stance: notebook.Supports})
		}
	case n < 70: // a relation
		from, to := pick(r, m.claims), pick(r, m.claims)
		if from == to {
			return nil, nil
		}
		rel := &notebook.PutRelation{Relation: notebook.Relation{From: from, To: to, Kind: []notebook.RelationKind{notebook.RelSupports, notebook.RelSameAs}[r.IntN(2)]}}
		return rel, func() {
			m.relations[rel.Relation.ID] = &modelRelation{from: rel.Relation.From, to: rel.Relation.To, kind: rel.Relation.Kind}
		}
	case n < 76: // an edit of a source
		id := pick(r, m.sources)
		if id == "" {
			return nil, nil
		}
		s := notebook.Source{ID: id, Title: m.sources[id].title, Tags: tags(), Note: fmt.Sprint("note ", i), Read: r.IntN(2) == 0}
		for _, c := range m.sources[id].countries {
			s.Countries = append(s.Countries, document.CountryCount{Code: c, Mentions: 1})
		}
		cmd := &notebook.PutSource{Source: s}
		return cmd, func() {
			m.sources[id].tags, m.sources[id].folder = s.Tags, ""
			m.sources[id].byHand, m.sources[id].mentions = m.sources[id].mentions != 1, 1
		}
	case n < 90: // deleting
		k := m.anyKey(r)
		if k.ID == "" {
			return nil, nil
		}
		return &notebook.ToBin{Keys: []notebook.Key{k}}, func() { m.bin(k) }
	case n < 100: // bringing back
		k := m.anyKey(r)
		if k.ID == "" {
			return nil, nil
		}
		return &notebook.Restore{Keys: []notebook.Key{k}}, func() { m.restore(k) }
	case n < 110: // many at once
		return m.randomBulk(r)
	case n < 117:
		return m.randomFolder(r)
	case n < 123:
		return m.randomSaved(r, i)
	default:
		return m.randomText(r)
	}
}

// randomBulk does the same to some sources.
func (m *model) randomBulk(r *rand.Rand) (notebook.Command, func()) {
	c := &notebook.EditSources{}
	for range 1 + r.IntN(3) {
		if id := pick(r, m.sources); id != "" && !slices.Contains(c.Sources, id) {
			c.Sources = append(c.Sources, id)
		}
	}
	if len(c.Sources) == 0 {
		return nil, nil
	}
	switch r.IntN(5) {
	case 0:
		c.AddTags = []string{"grain"}
	case 1:
		c.RemoveTags = []string{"port", "grain"}
	case 2:
		folder := []string{"North", "South", ""}[r.IntN(3)]
		c.Folder = &folder
	case 3:
		read := r.IntN(2) == 0
		c.Read = &read
	case 4:
		grade := notebook.Reliability([]string{"B", "D", ""}[r.IntN(3)])
		c.Reliability = &grade
	}
	return c, func() {
		for _, id := range c.Sources {
			s := m.sources[id]
			s.tags = slices.Clone(s.tags)
			for _, tag := range c.AddTags {
				if !slices.Contains(s.tags, tag) {
					s.tags = append(s.tags, tag)
				}
			}
			s.tags = slices.DeleteFunc(s.tags, func(tag string) bool { return slices.Contains(c.RemoveTags, tag) })
			if c.Folder != nil {
				s.folder = *c.Folder
			}
		}
	}
}

// hasFolder says whether there is one, by hand or by a source outside the bin.
func (m *model) hasFolder(name string) bool {
	if m.folders[name] {
		return true
	}
	for _, s := range m.sources {
		if s.folder == name && s.binned == 0 {
			return true
		}
	}
	return false
}

// randomFolder makes, renames or deletes a folder.
func (m *model) randomFolder(r *rand.Rand) (notebook.Command, func()) {
	name, other := []string{"North", "South", "West"}[r.IntN(3)], []string{"North", "South", "East"}[r.IntN(3)]
	refile := func(to string) {
		for _, s := range m.sources {
			if s.folder == name {
				s.folder = to
			}
		}
	}
	if !m.hasFolder(name) {
		return &notebook.PutFolder{Folder: " " + name}, func() { m.folders[name] = true }
	}
	if r.IntN(2) == 0 {
		return &notebook.DropFolder{Folder: name}, func() {
			refile("")
			delete(m.folders, name)
		}
	}
	return &notebook.RenameFolder{From: name, To: other}, func() {
		if name == other {
			return
		}
		refile(other)
		if m.folders[name] {
			delete(m.folders, name)
			m.folders[other] = true
		}
	}
}

// randomSaved saves or deletes a query, or names colours.
func (m *model) randomSaved(r *rand.Rand, i int) (notebook.Command, func()) {
	if r.IntN(4) == 0 {
		name := fmt.Sprint("colour ", i)
		return &notebook.PutColourNames{Names: map[notebook.Colour]string{notebook.Green: name, notebook.Blue: ""}}, func() { m.green = name }
	}
	id := pick(r, m.saved)
	if id != "" && r.IntN(3) == 0 {
		return &notebook.DropSaved{ID: id}, func() { delete(m.saved, id) }
	}
	c := &notebook.PutSaved{Saved: notebook.Saved{Name: fmt.Sprint("query ", i), Place: "search", Query: "rail AND port"}}
	if r.IntN(3) == 0 {
		c.Saved.ID = id
	}
	return c, func() { m.saved[c.Saved.ID] = c.Saved.Name }
}

// randomText throws a sentence out of a text, puts it back, or restores all.
func (m *model) randomText(r *rand.Rand) (notebook.Command, func()) {
	id := pick(r, m.sources)
	if id == "" {
		return nil, nil
	}
	s := m.sources[id]
	set := func(text string) {
		if text == s.text {
			return
		}
		s.text = text
		if !s.byHand {
			s.countries, s.mentions = []string{s.document.Countries[0].Code}, s.document.Countries[0].Mentions
		}
	}
	if r.IntN(3) == 0 {
		return &notebook.RestoreDocument{Capture: s.current}, func() { set(s.imported) }
	}
	// In the other order: each sentence is found, or lost with its block.
	parts := strings.Split(s.text, "\n\n")
	slices.Reverse(parts)
	if len(parts) > 1 && r.IntN(2) == 0 {
		parts = parts[1:]
	}
	d := *s.document
	d.Blocks = nil
	for _, p := range parts {
		d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: p})
	}
	d.Finish()
	return &notebook.EditDocument{Capture: s.current, Document: &d}, func() { set(d.Text) }
}

func (m *model) anyKey(r *rand.Rand) notebook.Key {
	switch r.IntN(5) {
	case 0:
		return notebook.Key{Kind: "source", ID: string(pick(r, m.sources))}
	case 1:
		return notebook.Key{Kind: "highlight", ID: string(pick(r, m.highlights))}
	case 2:
		return notebook.Key{Kind: "link", ID: string(pick(r, m.links))}
	case 3:
		return notebook.Key{Kind: "relation", ID: string(pick(r, m.relations))}
	}
	return notebook.Key{Kind: "claim", ID: string(pick(r, m.claims))}
}

func (m *model) bin(k notebook.Key) {
	m.clock++
	set := func(at *int) {
		if *at == 0 {
			*at = m.clock
		}
	}
	switch k.Kind {
	case "source":
		id := notebook.SourceID(k.ID)
		if m.sources[id].binned != 0 {
			return
		}
		set(&m.sources[id].binned)
		for _, h := range m.highlights {
			if h.source == id {
				set(&h.binned)
			}
		}
	case "highlight":
		set(&m.highlights[notebook.HighlightID(k.ID)].binned)
	case "link":
		set(&m.links[notebook.LinkID(k.ID)].binned)
	case "relation":
		set(&m.relations[notebook.RelationID(k.ID)].binned)
	case "claim":
		id := notebook.ClaimID(k.ID)
		if m.claims[id].binned != 0 {
			return
		}
		set(&m.claims[id].binned)
		for _, l := range m.links {
			if l.claim == id {
				set(&l.binned)
			}
		}
		for _, r := range m.relations {
			if r.from == id || r.to == id {
				set(&r.binned)
			}
		}
	}
}

func (m *model) restoreSource(id notebook.SourceID) {
	at := m.sources[id].binned
	m.sources[id].binned = 0
	for _, h := range m.highlights {
		if h.source == id && h.binned == at {
			h.binned = 0
		}
	}
	for _, l := range m.links {
		if l.binned == 0 && l.held == "" && l.url == m.sources[id].url {
			l.held = id
		}
	}
}

func (m *model) restoreLink(l *modelLink) {
	l.binned = 0
	if s := m.byURL[l.url]; l.held == "" && s != "" && m.sources[s].binned == 0 {
		l.held = s
	}
}

func (m *model) restoreRelation(r *modelRelation) {
	// Its claims come back first; that may bring it back.
	for _, id := range []notebook.ClaimID{r.from, r.to} {
		if m.claims[id].binned != 0 {
			m.restoreClaim(id)
		}
	}
	r.binned = 0
}

func (m *model) restoreClaim(id notebook.ClaimID) {
	at := m.claims[id].binned
	m.claims[id].binned = 0
	for _, l := range m.links {
		if l.claim == id && l.binned == at {
			m.restoreLink(l)
		}
	}
	for _, r := range m.relations {
		if (r.from == id || r.to == id) && r.binned == at {
			m.restoreRelation(r)
		}
	}
}

func (m *model) restore(k notebook.Key) {
	switch k.Kind {
	case "source":
		if id := notebook.SourceID(k.ID); m.sources[id].binned != 0 {
			m.restoreSource(id)
		}
	case "highlight":
		h := m.highlights[notebook.HighlightID(k.ID)]
		if h.binned != 0 && m.sources[h.source].binned != 0 {
			m.restoreSource(h.source)
		}
		h.binned = 0
	case "link":
		l := m.links[notebook.LinkID(k.ID)]
		if l.binned == 0 {
			return
		}
		if m.claims[l.claim].binned != 0 {
			m.restoreClaim(l.claim)
		}
		m.restoreLink(l)
	case "relation":
		if r := m.relations[notebook.RelationID(k.ID)]; r.binned != 0 {
			m.restoreRelation(r)
		}
	case "claim":
		if id := notebook.ClaimID(k.ID); m.claims[id].binned != 0 {
			m.restoreClaim(id)
		}
	}
}

// compare says where a notebook differs from the model.
func (m *model) compare(tx *notebook.Tx) error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	tags, countries, topics := map[string]int{}, map[country.Code][2]int{}, map[string]int{}
	active := 0
	for id, want := range m.sources {
		got, err := tx.Source(id)
		if err != nil {
			return err
		}
		if got.Title != want.title || !slices.Equal(got.Tags, want.tags) || got.Folder != want.folder || got.Binned.IsZero() != (want.binned == 0) || len(got.Captures) != want.versions {
			bad("source %s is %+v, want %+v", id, got, want)
		}
		d, err := tx.Document(got.Current())
		if err != nil || d.Text != want.text {
			bad("text of source %s is %q, want %q, %v", id, d.Text, want.text, err)
		}
		if d, edited, err := tx.ImportedDocument(got.Current()); err != nil || d.Text != want.imported || !edited && want.text != want.imported {
			bad("imported text of source %s is %q, want %q, %v, %v", id, d.Text, want.imported, edited, err)
		}
		if want.binned != 0 {
			continue
		}
		active++
		for _, t := range want.tags {
			tags[t]++
		}
		for _, c := range want.countries {
			n := countries[country.Code(c)]
			n[1]++
			countries[country.Code(c)] = n
		}
	}
	for id, want := range m.highlights {
		got, err := tx.Highlight(id)
		if err != nil {
			return err
		}
		if got.Binned.IsZero() != (want.binned == 0) || got.Source != want.source {
			bad("highlight %s is %+v, want %+v", id, got, want)
		}
		// A whole sentence is found again just where the text still has it, or has
		// had it since (an orphan that was found is no orphan).
		has := strings.Contains(m.sources[want.source].text, want.exact)
		if got.Orphan == has {
			bad("highlight %s of %q: orphan %v in %q", id, want.exact, got.Orphan, m.sources[want.source].text)
		}
		if want.binned == 0 {
			for _, t := range want.tags {
				tags[t]++
			}
		}
	}
	claims := 0
	for id, want := range m.claims {
		got, err := tx.Claim(id)
		if err != nil {
			return err
		}
		if got.Statement != want.statement || !slices.Equal(got.Topics, want.topics) || !slices.Equal(got.Countries, want.countries) ||
			!slices.Equal(got.Evidence, want.evidence) || got.Binned.IsZero() != (want.binned == 0) || got.NeedsSource != want.needs {
			bad("claim %s is %+v, want %+v", id, got, want)
		}
		if want.binned != 0 {
			continue
		}
		claims++
		for _, t := range want.topics {
			topics[t]++
		}
		for _, c := range want.countries {
			n := countries[c]
			n[0]++
			countries[c] = n
		}
	}
	cited := 0
	for id, want := range m.links {
		got, err := tx.Link(id)
		if err != nil {
			return err
		}
		if got.Source != want.held || got.Binned.IsZero() != (want.binned == 0) {
			bad("link %s is %+v, want %+v", id, got, want)
		}
		if want.binned == 0 && want.held == "" {
			cited++
		}
	}
	for id, want := range m.relations {
		got, err := tx.Relation(id)
		if err != nil {
			return err
		}
		if got.From != want.from || got.To != want.to || got.Binned.IsZero() != (want.binned == 0) {
			bad("relation %s is %+v, want %+v", id, got, want)
		}
	}
	list := func(q notebook.SourceQuery) []notebook.SourceID {
		var out []notebook.SourceID
		for s, err := range tx.Sources(q) {
			if err != nil {
				bad("list %+v: %v", q, err)
				break
			}
			out = append(out, s.ID)
		}
		n, err := tx.CountSources(q)
		if err != nil || q.Limit == 0 && q.Offset == 0 && n != len(out) {
			bad("%+v counts %d, lists %d, %v", q, n, len(out), err)
		}
		return out
	}
	all := list(notebook.SourceQuery{})
	if len(all) != active {
		bad("%d sources listed, want %d", len(all), active)
	}
	if len(all) > 2 {
		if page := list(notebook.SourceQuery{Offset: 1, Limit: 2}); !slices.Equal(page, all[1:min(3, len(all))]) {
			bad("page %v of %v", page, all)
		}
	}
	if n := len(list(notebook.SourceQuery{Binned: true})); n != len(m.sources)-active {
		bad("%d sources in the bin, want %d", n, len(m.sources)-active)
	}
	for _, tag := range []string{"rail", "port", "oil", "grain"} {
		want := 0
		for _, s := range m.sources {
			if s.binned == 0 && slices.Contains(s.tags, tag) && slices.Contains(s.countries, "AZ") {
				want++
			}
		}
		if n := len(list(notebook.SourceQuery{Tag: tag, Country: "AZ", Text: "title"})); n != want {
			bad("%d sources with tag %s and AZ, want %d", n, tag, want)
		}
	}
	counts := func(what string, got []notebook.Count, err error, want map[string]int) {
		have := map[string]int{}
		for _, c := range got {
			have[c.Word] = c.N
		}
		if err != nil || !maps.Equal(have, want) {
			bad("%s are %v, want %v, %v", what, have, want, err)
		}
	}
	folders := map[string]int{}
	for name := range m.folders {
		folders[name] = 0
	}
	for _, s := range m.sources {
		if s.binned == 0 && s.folder != "" {
			folders[s.folder]++
		}
	}
	got, err := tx.Folders()
	counts("folders", got, err, folders)
	saved, err := tx.Saved("search")
	if err != nil || len(saved) != len(m.saved) {
		bad("%d saved queries, want %d, %v", len(saved), len(m.saved), err)
	}
	for _, s := range saved {
		if m.saved[s.ID] != s.Name {
			bad("saved query %+v, want %q", s, m.saved[s.ID])
		}
	}
	if names, err := tx.ColourNames(); err != nil || names[notebook.Green] != m.green {
		bad("the colours are named %v, want %q, %v", names, m.green, err)
	}
	got, err = tx.Tags()
	counts("tags", got, err, tags)
	got, err = tx.Topics()
	counts("topics", got, err, topics)
	cc, err := tx.CountryCounts()
	have := map[country.Code][2]int{}
	for _, c := range cc {
		have[c.Country] = [2]int{c.Claims, c.Sources}
	}
	if err != nil || !maps.Equal(have, countries) {
		bad("countries are %v, want %v, %v", have, countries, err)
	}
	for _, q := range []notebook.ClaimQuery{{}, {Country: "AZ"}, {Topic: "trade"}, {NeedsSource: true}, {Country: "AZ", Topic: "trade"}} {
		want := 0
		for _, c := range m.claims {
			if c.binned == 0 && (q.Country == "" || slices.Contains(c.countries, q.Country)) && (q.Topic == "" || slices.Contains(c.topics, q.Topic)) && (!q.NeedsSource || c.needs) {
				want++
			}
		}
		n := 0
		for _, err := range tx.Claims(q) {
			if err != nil {
				return err
			}
			n++
		}
		count, err := tx.CountClaims(q)
		if n != want || count != want || err != nil {
			bad("%+v lists %d and counts %d claims, want %d, %v", q, n, count, want, err)
		}
	}
	n := 0
	for _, err := range tx.CitedLinks() {
		if err != nil {
			return err
		}
		n++
	}
	if n != cited {
		bad("%d cited links, want %d", n, cited)
	}
	return errors.Join(errs...)
}

// Random commands do to a notebook what they do to a plain model; undoing them
// all gives back every byte of every state in between, and so does redoing.
func TestModel(t *testing.T) {
	for seed := range uint64(*modelRuns) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 99))
			path := filepath.Join(t.TempDir(), "model.sourcebook")
			o := notebook.Options{Clock: notebooktest.Clock(), NewID: notebooktest.IDs()}
			n := notebooktest.Open(t, path, o)
			m := newModel()
			dump := func() map[string]string {
				d, err := n.Dump()
				if err != nil {
					t.Fatal(err)
				}
				return d
			}
			states := []map[string]string{dump()}
			names := []string{""}
			for i := range 90 {
				cmd, effect := m.random(r, i)
				if cmd == nil {
					continue
				}
				change, err := n.Do(cmd)
				if err != nil {
					t.Fatalf("%d: %+v: %v", i, cmd, err)
				}
				effect()
				m.needs()
				if len(change.Keys) > 0 {
					states, names = append(states, dump()), append(names, change.Name)
				}
				if err := n.View(m.compare); err != nil {
					t.Fatalf("%d: after %s: %v", i, cmd.Name(), err)
				}
				if err := n.View(func(tx *notebook.Tx) error { return checkLists(tx, r, 1) }); err != nil {
					t.Fatalf("%d: after %s: %v", i, cmd.Name(), err)
				}
				switch r.IntN(30) {
				case 0: // over a restart, too
					if err := n.Close(); err != nil {
						t.Fatal(err)
					}
					n = notebooktest.Open(t, path, o)
				case 1:
					if err := n.Merge(); err != nil {
						t.Fatal(err)
					}
				case 2:
					notebooktest.Verify(t, n)
				}
			}
			same := func(i int, what string) {
				t.Helper()
				got, want := dump(), states[i]
				for k := range want {
					if got[k] != want[k] {
						t.Fatalf("%s to state %d (%s): %s is %q, was %q", what, i, names[i], k, got[k], want[k])
					}
				}
				for k := range got {
					if _, ok := want[k]; !ok {
						t.Fatalf("%s to state %d: %s is new", what, i, k)
					}
				}
			}
			for round := range 2 {
				for i := len(states) - 1; i > 0; i-- {
					if name := n.UndoName(); name != names[i] {
						t.Fatalf("undo name %q, want %q", name, names[i])
					}
					if _, err := n.Undo(); err != nil {
						t.Fatal(err)
					}
					same(i-1, "undone")
				}
				if _, err := n.Undo(); !errors.Is(err, notebook.ErrNothing) {
					t.Fatalf("undo before the first: %v", err)
				}
				notebooktest.Verify(t, n)
				if round == 0 {
					if err := n.Close(); err != nil {
						t.Fatal(err)
					}
					n = notebooktest.Open(t, path, o)
				}
				for i := 1; i < len(states); i++ {
					if _, err := n.Redo(); err != nil {
						t.Fatal(err)
					}
					same(i, "redone")
				}
			}
			// Emptying the bin keeps all that is not in it, and is sound.
			if _, err := n.Do(&notebook.EmptyBin{}); err != nil {
				t.Fatal(err)
			}
			view(t, n, func(tx *notebook.Tx) error {
				for id, s := range m.sources {
					_, err := tx.Source(id)
					if errors.Is(err, notebook.ErrNotFound) != (s.binned != 0) {
						t.Errorf("source %s, binned %v, after emptying the bin: %v", id, s.binned != 0, err)
					}
				}
				for id, c := range m.claims {
					_, err := tx.Claim(id)
					if errors.Is(err, notebook.ErrNotFound) != (c.binned != 0) {
						t.Errorf("claim %s, binned %v, after emptying the bin: %v", id, c.binned != 0, err)
					}
				}
				bin, err := tx.Bin()
				if len(bin) != 0 {
					t.Errorf("the bin holds %v", bin)
				}
				return err
			})
			if _, err := n.Undo(); !errors.Is(err, notebook.ErrNothing) {
				t.Errorf("undo after emptying the bin: %v", err)
			}
		})
	}
}

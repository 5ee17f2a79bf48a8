package briefing

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
	"sourcebook/notebook/evidence"
)

// Options says how to compose. Now has no default: it is the date on the cover
// of a briefing that states none, and the date inside the files.
type Options struct {
	Now         time.Time
	Author      string                    // where the briefing states none
	CountryName func(country.Code) string // nil: the English names
	NoPassages  bool                      // leave the words that claims rest on out of the endnotes
	NoSupport   bool                      // do not look for figures, dates and quotations in the originals
	Lang        string                    // of the claims, for the signs in their numbers; empty: as in English
}

// reader is what composing needs of a notebook; *notebook.Tx is one.
type reader interface {
	Source(notebook.SourceID) (notebook.Source, error)
	Capture(notebook.CaptureID) (notebook.Capture, error)
	Highlight(notebook.HighlightID) (notebook.Highlight, error)
	Claim(notebook.ClaimID) (notebook.Claim, error)
	Link(notebook.LinkID) (notebook.SourceLink, error)
	Document(notebook.CaptureID) (*document.Document, error)
	Claims(notebook.ClaimQuery) iter.Seq2[notebook.Claim, error]
	Relations(notebook.ClaimID) ([]notebook.Relation, error)
	Dossier(country.Code) (notebook.Dossier, error)
	Compare([]country.Code, []string) (notebook.Table, error)
	GradeOf(notebook.Source) (notebook.Reliability, error)
	GradeOfClaim(notebook.Claim) (notebook.Reliability, notebook.Credibility, error)
}

// Compose works b out into a document. What b names and the notebook no longer
// holds is left out and listed in Omitted; an error means that the notebook
// could not be read.
func Compose(tx *notebook.Tx, b notebook.Briefing, o Options) (*Document, error) {
	return compose(tx, b, o)
}

func compose(r reader, b notebook.Briefing, o Options) (*Document, error) {
	if o.CountryName == nil {
		o.CountryName = countryName
	}
	c := &composer{
		reader: r, options: o, doc: &Document{
			Title: b.Title, Subtitle: b.Subtitle, Author: b.Author,
			Date: document.Date(b.Date), TLP: b.TLP, Made: o.Now.UTC(),
		},
		notes:  map[string]int{},
		claims: map[notebook.ClaimID]*Claim{},
		quoted: map[string]bool{},

		versions:  map[int]notebook.CaptureID{},
		originals: map[notebook.CaptureID]evidence.Original{},
		checked:   map[notebook.ClaimID]bool{},
	}
	if c.doc.Title == "" {
		c.doc.Title = WordUntitled
	}
	if c.doc.Author == "" {
		c.doc.Author = o.Author
	}
	if c.doc.Date == "" && !o.Now.IsZero() {
		c.doc.Date = document.Date(o.Now.Format("2006-01-02"))
	}
	number := 0
	for i, p := range b.Parts {
		s, err := c.part(b, p)
		if err = errors.Join(err, c.cited); err != nil {
			return nil, fmt.Errorf("compose part %d (%s) of briefing %q: %w", i+1, p.Kind, b.Title, err)
		}
		if p.Kind != notebook.PartJudgements && p.Kind != notebook.PartSources {
			number++
			s.Number = strconv.Itoa(number)
			numberHeadings(&s)
		}
		c.doc.Sections = append(c.doc.Sections, s)
		if !o.NoSupport {
			if err := c.unfound(s); err != nil {
				return nil, fmt.Errorf("check part %d (%s) of briefing %q against its originals: %w", i+1, p.Kind, b.Title, err)
			}
		}
	}
	c.doc.Sections = c.doc.Ordered()
	c.doc.Summary = summary(c.doc)
	return c.doc, nil
}

type composer struct {
	reader
	options Options
	doc     *Document
	notes   map[string]int // note key → number
	quoted  map[string]bool
	claims  map[notebook.ClaimID]*Claim
	cited   error // what went wrong in following a link of running text

	versions  map[int]notebook.CaptureID // of the originals behind endnotes
	originals map[notebook.CaptureID]evidence.Original
	checked   map[notebook.ClaimID]bool
}

func (c *composer) part(b notebook.Briefing, p notebook.Part) (Section, error) {
	switch p.Kind {
	case notebook.PartJudgements:
		return c.judgements(p)
	case notebook.PartSection:
		return c.section(p)
	case notebook.PartDossier:
		return c.dossier(p)
	case notebook.PartComparison:
		return c.comparison(p)
	case notebook.PartTimeline:
		return c.timeline(b, p)
	case notebook.PartSources:
		return Section{Kind: p.Kind, Heading: or(p.Heading, HeadingSources), Blocks: c.prose(p.Text)}, nil
	}
	return Section{}, fmt.Errorf("kind of part %q: %w", p.Kind, notebook.ErrInvalid)
}

func (c *composer) judgements(p notebook.Part) (Section, error) {
	s := Section{Kind: p.Kind, Heading: or(p.Heading, HeadingJudgements)}
	var j Judgements
	for line := range strings.Lines(p.Text) {
		line = strings.TrimSpace(line)
		for _, mark := range []string{"- ", "* ", "• ", "– "} {
			line = strings.TrimPrefix(line, mark)
		}
		if t := ProseLine(line, c.cite); len(t) > 0 {
			j.Items = append(j.Items, Claim{Statement: t})
		}
	}
	items, err := c.list(p.Claims)
	if err != nil {
		return s, err
	}
	if j.Items = append(j.Items, items...); len(j.Items) > 0 {
		s.Blocks = []Block{j}
	}
	return s, nil
}

func (c *composer) section(p notebook.Part) (Section, error) {
	s := Section{Kind: p.Kind, Heading: or(p.Heading, WordUntitled), Blocks: c.prose(p.Text)}
	items, err := c.list(p.Claims)
	if len(items) > 0 {
		s.Blocks = append(s.Blocks, Claims{items})
	}
	return s, err
}

func (c *composer) dossier(p notebook.Part) (Section, error) {
	name := c.options.CountryName(p.Country)
	s := Section{Kind: p.Kind, Heading: or(p.Heading, name), Blocks: c.prose(p.Text)}
	d, err := c.Dossier(p.Country)
	if err != nil {
		return s, fmt.Errorf("dossier on %s: %w", p.Country, err)
	}
	if note, ok := d.Notes[""]; ok {
		s.Blocks = append(s.Blocks, c.prose(note.Text)...)
	}
	topics := map[string]notebook.DossierTopic{}
	var order []string
	for _, t := range d.Topics {
		topics[t.Topic] = t
		order = append(order, t.Topic)
	}
	for topic := range d.Notes {
		if _, ok := topics[topic]; !ok && topic != "" {
			order = append(order, topic)
		}
	}
	slices.Sort(order[len(d.Topics):])
	if len(p.Topics) > 0 {
		order = p.Topics
	}
	any := len(s.Blocks) > 0
	for _, topic := range order {
		items, err := c.items(topics[topic].Claims)
		if err != nil {
			return s, err
		}
		for i := range items {
			items[i].Countries = without(items[i].Countries, name)
			items[i].Topics = without(items[i].Topics, topic)
		}
		var note []Block
		if topic != "" {
			note = c.prose(d.Notes[topic].Text)
		}
		if len(items) == 0 && len(note) == 0 && len(p.Topics) == 0 {
			continue
		}
		any = true
		s.Blocks = append(s.Blocks, Heading{Level: 1, Text: Plain(or(topic, WordNoTopic))})
		s.Blocks = append(s.Blocks, note...)
		switch {
		case len(items) > 0:
			s.Blocks = append(s.Blocks, Claims{items})
		case len(note) == 0:
			s.Blocks = append(s.Blocks, Paragraph{Text: Plain(TextNoClaims), Quiet: true})
		}
	}
	if !any {
		s.Blocks = append(s.Blocks, Paragraph{Text: Plain(TextNoClaims), Quiet: true})
	}
	if len(d.Gaps) > 0 {
		list := List{}
		for _, gap := range d.Gaps {
			list.Items = append(list.Items, []Block{Paragraph{Text: Plain(upper(gap)), Quiet: true}})
		}
		s.Blocks = append(s.Blocks, Heading{Level: 1, Text: Plain(HeadingGaps)}, list)
	}
	if !d.Freshest.IsZero() {
		s.Blocks = append(s.Blocks, Paragraph{Text: Plain("Newest capture behind this dossier: " + TimeWords(d.Freshest) + "."), Quiet: true})
	}
	return s, nil
}

// Countries beyond this number make a comparison's columns too narrow for an
// upright page.
const upright = 3

func (c *composer) comparison(p notebook.Part) (Section, error) {
	s := Section{Kind: p.Kind, Heading: or(p.Heading, HeadingComparison), Blocks: c.prose(p.Text), Wide: len(p.Countries) > upright}
	table, err := c.Compare(p.Countries, p.Topics)
	if errors.Is(err, notebook.ErrInvalid) {
		s.Wide = false
		s.Blocks = append(s.Blocks, Paragraph{Text: Plain(TextNoComparison), Quiet: true})
		return s, nil
	} else if err != nil {
		return s, fmt.Errorf("compare %s: %w", join(p.Countries), err)
	}
	t := Table{Lead: true, Header: []Cell{{Blocks: []Block{Paragraph{Text: Plain(WordTopic)}}}}}
	for _, code := range table.Countries {
		t.Header = append(t.Header, Cell{Blocks: []Block{Paragraph{Text: Plain(c.options.CountryName(code))}}})
	}
	for _, row := range table.Rows {
		cells := []Cell{{Blocks: []Block{Paragraph{Text: Plain(or(row.Topic, WordNoTopic))}}}}
		for i, cell := range row.Cells {
			items, err := c.items(cell.Claims)
			if err != nil {
				return s, err
			}
			for j := range items {
				items[j].Topics = without(items[j].Topics, row.Topic)
				if i < len(table.Countries) {
					items[j].Countries = without(items[j].Countries, c.options.CountryName(table.Countries[i]))
				}
			}
			out := Cell{Blocks: c.prose(cell.Note)}
			if len(items) > 0 {
				out.Blocks = append(out.Blocks, Claims{items})
			}
			out.Gap = len(out.Blocks) == 0
			cells = append(cells, out)
		}
		t.Rows = append(t.Rows, cells)
	}
	if len(t.Rows) == 0 {
		s.Blocks = append(s.Blocks, Paragraph{Text: Plain(TextNoClaims), Quiet: true})
		return s, nil
	}
	s.Blocks = append(s.Blocks, t)
	return s, nil
}

// timeline takes the claims that the part names, else those on its countries,
// else those that the rest of the briefing shows.
func (c *composer) timeline(b notebook.Briefing, p notebook.Part) (Section, error) {
	s := Section{Kind: p.Kind, Heading: or(p.Heading, HeadingTimeline), Blocks: c.prose(p.Text)}
	claims, err := timelineClaims(c, b, p)
	if err != nil {
		return s, err
	}
	items, err := c.items(claims)
	if err != nil {
		return s, err
	}
	if len(items) == 0 {
		s.Blocks = append(s.Blocks, Paragraph{Text: Plain(TextNoClaims), Quiet: true})
		return s, nil
	}
	if len(p.Countries) == 1 {
		for i := range items {
			items[i].Countries = without(items[i].Countries, c.options.CountryName(p.Countries[0]))
		}
	}
	s.Blocks = append(s.Blocks, Timeline{items})
	return s, nil
}

func timelineClaims(r reader, b notebook.Briefing, p notebook.Part) ([]notebook.Claim, error) {
	seen := map[notebook.ClaimID]bool{}
	var claims []notebook.Claim
	take := func(cl notebook.Claim) {
		if cl.EventDate != "" && cl.Binned.IsZero() && !seen[cl.ID] {
			seen[cl.ID] = true
			claims = append(claims, cl)
		}
	}
	ids := p.Claims
	if len(ids) == 0 && len(p.Countries) == 0 {
		for _, other := range b.Parts {
			if other.Kind == notebook.PartTimeline {
				continue
			}
			found, err := partClaims(r, other)
			if err != nil {
				return nil, err
			}
			for _, cl := range found {
				take(cl)
			}
		}
	}
	for _, id := range ids {
		cl, err := r.Claim(id)
		if errors.Is(err, notebook.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		}
		take(cl)
	}
	if len(ids) == 0 {
		for _, code := range p.Countries {
			for cl, err := range r.Claims(notebook.ClaimQuery{Country: code}) {
				if err != nil {
					return nil, fmt.Errorf("claims on %s: %w", code, err)
				}
				take(cl)
			}
		}
	}
	slices.SortStableFunc(claims, func(a, b notebook.Claim) int {
		if n := strings.Compare(string(a.EventDate), string(b.EventDate)); n != 0 {
			return n
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return claims, nil
}

// partClaims are the claims that a part other than a timeline shows.
func partClaims(r reader, p notebook.Part) ([]notebook.Claim, error) {
	var claims []notebook.Claim
	for _, id := range p.Claims {
		cl, err := r.Claim(id)
		if errors.Is(err, notebook.ErrNotFound) {
			continue
		} else if err != nil {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		}
		claims = append(claims, cl)
	}
	switch p.Kind {
	case notebook.PartDossier:
		d, err := r.Dossier(p.Country)
		if err != nil {
			return nil, fmt.Errorf("dossier on %s: %w", p.Country, err)
		}
		for _, t := range d.Topics {
			if len(p.Topics) == 0 || slices.Contains(p.Topics, t.Topic) {
				claims = append(claims, t.Claims...)
			}
		}
	case notebook.PartComparison:
		table, err := r.Compare(p.Countries, p.Topics)
		if err != nil && !errors.Is(err, notebook.ErrInvalid) {
			return nil, fmt.Errorf("compare %s: %w", join(p.Countries), err)
		}
		for _, row := range table.Rows {
			for _, cell := range row.Cells {
				claims = append(claims, cell.Claims...)
			}
		}
	}
	return claims, nil
}

// list resolves IDs, noting what is gone.
func (c *composer) list(ids []notebook.ClaimID) ([]Claim, error) {
	var items []Claim
	for _, id := range ids {
		cl, err := c.Claim(id)
		switch {
		case errors.Is(err, notebook.ErrNotFound):
			c.doc.Omitted = append(c.doc.Omitted, Omitted{id, "the claim is no longer in the notebook"})
			continue
		case err != nil:
			return nil, fmt.Errorf("claim %s: %w", id, err)
		case !cl.Binned.IsZero():
			c.doc.Omitted = append(c.doc.Omitted, Omitted{id, "the claim is in the bin"})
			continue
		}
		item, err := c.claim(cl)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

func (c *composer) items(claims []notebook.Claim) ([]Claim, error) {
	var items []Claim
	for _, cl := range claims {
		if !cl.Binned.IsZero() {
			continue
		}
		item, err := c.claim(cl)
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// claim works out one claim, once for the whole document.
func (c *composer) claim(cl notebook.Claim) (Claim, error) {
	if done, ok := c.claims[cl.ID]; ok {
		return *done, nil
	}
	out := Claim{
		ID: cl.ID, Statement: Plain(cl.Statement), Topics: slices.Clone(cl.Topics), Date: cl.EventDate,
		Likelihood: cl.Likelihood, Confidence: cl.Confidence,
	}
	for _, code := range cl.Countries {
		out.Countries = append(out.Countries, c.options.CountryName(code))
	}
	var err error
	if out.Reliability, out.Credibility, err = c.GradeOfClaim(cl); err != nil {
		return out, fmt.Errorf("grade of claim %s: %w", cl.ID, err)
	}
	held := false
	for _, e := range cl.Evidence {
		n, err := c.evidence(e, cl.NeedsSource)
		if err != nil {
			return out, fmt.Errorf("evidence of claim %s: %w", cl.ID, err)
		}
		if n == 0 {
			continue
		}
		switch e.Stance {
		case notebook.Contradicts:
			out.Against = add(out.Against, n)
		case notebook.Mentions:
			out.See = add(out.See, n)
		default:
			out.Notes = add(out.Notes, n)
			held = held || c.doc.Notes[n-1].State == notebook.Held
		}
	}
	switch {
	case cl.NeedsSource:
		out.Remarks = append(out.Remarks, Remark{NeedsSource, Plain(TextLead)})
	case len(out.Notes) == 0:
		out.Remarks = append(out.Remarks, Remark{Unsourced, Plain(TextUnsourced)})
	case !held:
		out.Remarks = append(out.Remarks, Remark{NotHeld, Plain(TextNotHeld)})
	}
	if len(out.Against) > 0 {
		t := Plain(WordAgainst + " " + c.outlets(out.Against) + ".")
		out.Remarks = append(out.Remarks, Remark{Contested, t.WithNotes(out.Against...)})
	}
	// Kept before the relations are followed: two claims that contradict each
	// other each name the other.
	c.claims[cl.ID] = &out
	related, err := c.relations(cl)
	out.Remarks = append(out.Remarks, related...)
	return out, err
}

// outlets names who stands behind notes: "Caspian Daily, Example Wire".
func (c *composer) outlets(notes []int) string {
	var names []string
	for _, n := range notes {
		name := or(c.doc.Notes[n-1].Outlet, c.doc.Notes[n-1].Name())
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

func (c *composer) relations(cl notebook.Claim) ([]Remark, error) {
	all, err := c.Relations(cl.ID)
	if err != nil {
		return nil, fmt.Errorf("relations of claim %s: %w", cl.ID, err)
	}
	var remarks []Remark
	for _, rel := range all {
		if !rel.Binned.IsZero() || rel.State == notebook.Suggested || rel.State == notebook.Dismissed {
			continue
		}
		id, outward := rel.To, true
		if id == cl.ID {
			id, outward = rel.From, false
		}
		other, err := c.Claim(id)
		if errors.Is(err, notebook.ErrNotFound) || err == nil && !other.Binned.IsZero() {
			continue
		} else if err != nil {
			return nil, fmt.Errorf("claim %s: %w", id, err)
		}
		words, ok := relationWords[rel.Kind]
		if !ok {
			continue
		}
		phrase := words[0]
		if !outward {
			phrase = words[1]
		}
		kind := Related
		if rel.Kind == notebook.RelContradicts {
			kind = Contested
		}
		notes, err := c.supporting(other)
		if err != nil {
			return nil, err
		}
		remarks = append(remarks, Remark{kind, Plain(phrase + ": “" + sentence(other.Statement) + "”").WithNotes(notes...)})
	}
	return remarks, nil
}

// relationWords are the phrases from the first claim's side and from the second's.
var relationWords = map[notebook.RelationKind][2]string{
	notebook.RelContradicts: {"Contradicted by another claim", "Contradicted by another claim"},
	notebook.RelSupports:    {"Supports", "Supported by"},
	notebook.RelRefines:     {"Refines", "Refined by"},
	notebook.RelSameAs:      {"Also stated as", "Also stated as"},
}

func (c *composer) supporting(cl notebook.Claim) ([]int, error) {
	var notes []int
	for _, e := range cl.Evidence {
		if e.Stance != notebook.Supports {
			continue
		}
		n, err := c.evidence(e, cl.NeedsSource)
		if err != nil {
			return nil, fmt.Errorf("evidence of claim %s: %w", cl.ID, err)
		}
		if n > 0 {
			notes = add(notes, n)
		}
	}
	return notes, nil
}

func (c *composer) prose(markdown string) []Block { return Prose(markdown, c.cite) }

// cite resolves links of running text to claims and sources of the notebook.
// The words of a link to what is gone stand without a reference.
func (c *composer) cite(target string) ([]int, bool) {
	kind, id, _ := strings.Cut(target, ":")
	var notes []int
	var err error
	switch kind {
	case "claim":
		var cl notebook.Claim
		if cl, err = c.Claim(notebook.ClaimID(id)); err == nil && cl.Binned.IsZero() {
			notes, err = c.supporting(cl)
		} else if err == nil || errors.Is(err, notebook.ErrNotFound) {
			c.doc.Omitted = append(c.doc.Omitted, Omitted{notebook.ClaimID(id), "the claim that the text cites is no longer in the notebook"})
			err = nil
		}
	case "source":
		var n int
		if n, err = c.source(notebook.SourceID(id), ""); n > 0 {
			notes = []int{n}
		}
	default:
		return nil, false
	}
	if err != nil && c.cited == nil {
		c.cited = fmt.Errorf("follow the link %q: %w", target, err)
	}
	return notes, true
}

func numberHeadings(s *Section) {
	n := 0
	for i, b := range s.Blocks {
		if h, ok := b.(Heading); ok && h.Level == 1 {
			n++
			h.Number = s.Number + "." + strconv.Itoa(n)
			s.Blocks[i] = h
		}
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func add(list []int, n int) []int {
	if slices.Contains(list, n) {
		return list
	}
	return append(list, n)
}

// upper begins s with a capital where that is a plain letter.
func upper(s string) string {
	if s != "" && s[0] >= 'a' && s[0] <= 'z' {
		return strings.ToUpper(s[:1]) + s[1:]
	}
	return s
}

func without(list []string, word string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == word })
}

// sentence takes the full stop off a statement that is quoted within a sentence.
func sentence(s string) string { return strings.TrimRight(strings.TrimSpace(s), ".") }

func join(codes []country.Code) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, ", ")
}

func countryName(c country.Code) string { return country.Name(c, "en") }

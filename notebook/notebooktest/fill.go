package notebooktest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"sourcebook/notebook"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// FillOptions says what Fill makes. The zero value is an average notebook.
type FillOptions struct {
	Seed      uint64
	Words     int // of a text, on average; zero: 600
	Batch     int // sources a transaction; zero: 250
	TextsOnly bool
	Progress  func(done int)
}

// Fill adds so many sources to n, in batches, with highlights, claims, links and
// relations: what an analyst has after some years. Every tenth source has a
// highlight and a claim on it, every third claim a link, every fifth a relation.
// The same options give the same texts.
func Fill(n *notebook.Notebook, sources int, o FillOptions) error {
	if o.Words == 0 {
		o.Words = 600
	}
	if o.Batch == 0 {
		o.Batch = 250
	}
	g := NewTexts(o.Seed)
	var lastClaim notebook.ClaimID
	// While a batch is written, the next one is made and prepared; its texts come
	// from generators of their own, so that the same seed gives the same ones.
	texts := NewTexts(o.Seed + 1)
	type batch struct {
		captures []*notebook.AddCapture
		cmds     []notebook.Command
		err      error
	}
	next := func(from int) chan batch {
		made := make(chan batch, 1)
		go func() {
			var b batch
			for i := from; i < min(from+o.Batch, sources); i++ {
				c := texts.Capture(i, o.Words)
				b.captures, b.cmds = append(b.captures, c), append(b.cmds, c)
			}
			b.err = n.Prepare(b.cmds...)
			made <- b
		}()
		return made
	}
	coming := next(0)
	for done := 0; done < sources; {
		b := <-coming
		count := len(b.cmds)
		if b.err != nil {
			return fmt.Errorf("prepare sources %d to %d: %w", done, done+count, b.err)
		}
		if done+count < sources {
			coming = next(done + count)
		}
		if _, err := n.Do(b.cmds...); err != nil {
			return fmt.Errorf("add sources %d to %d: %w", done, done+count, err)
		}
		if !o.TextsOnly {
			var err error
			if lastClaim, err = g.claims(n, b.captures, lastClaim); err != nil {
				return fmt.Errorf("add claims on sources %d to %d: %w", done, done+count, err)
			}
		}
		done += count
		if o.Progress != nil {
			o.Progress(done)
		}
	}
	return nil
}

func (g *Texts) claims(n *notebook.Notebook, captures []*notebook.AddCapture, last notebook.ClaimID) (notebook.ClaimID, error) {
	var marks []*notebook.PutHighlight
	var cmds []notebook.Command
	for i := 0; i < len(captures); i += 10 {
		c := captures[i]
		h := &notebook.PutHighlight{Highlight: notebook.Highlight{Source: c.SourceID, Start: 10, End: 90}}
		marks = append(marks, h)
		cmds = append(cmds, h)
	}
	if _, err := n.Do(cmds...); err != nil {
		return last, err
	}
	var made []*notebook.PutClaim
	cmds = nil
	for i, h := range marks {
		c := &notebook.PutClaim{Claim: notebook.Claim{
			Statement:   "That " + h.Highlight.Exact,
			Evidence:    []notebook.Evidence{{Highlight: h.Highlight.ID}},
			Countries:   []country.Code{country.Code(captures[i*10].Document.Countries[0].Code)},
			Topics:      []string{topics[g.r.IntN(len(topics))]},
			EventDate:   captures[i*10].Document.Published,
			Credibility: notebook.Credibility(g.r.IntN(7)),
		}}
		made = append(made, c)
		cmds = append(cmds, c)
	}
	if _, err := n.Do(cmds...); err != nil {
		return last, err
	}
	cmds = nil
	for i, c := range made {
		if i%3 == 0 {
			cmds = append(cmds, &notebook.PutLink{Link: notebook.SourceLink{
				Claim: c.Claim.ID, Outlet: sites[g.r.IntN(len(sites))], URL: fmt.Sprintf("https://cited.example/%d", g.r.IntN(1_000_000)),
			}})
		}
		if i%5 == 0 && last != "" {
			cmds = append(cmds, &notebook.PutRelation{Relation: notebook.Relation{From: c.Claim.ID, To: last, Kind: notebook.RelSupports}})
		}
		last = c.Claim.ID
	}
	if len(cmds) == 0 {
		return last, nil
	}
	_, err := n.Do(cmds...)
	return last, err
}

// Texts makes texts in four languages whose words are as unevenly frequent as
// real ones are (Zipf's law).
type Texts struct {
	r     *rand.Rand
	zipf  *rand.Zipf
	words map[string][]string // by language
}

var (
	langs  = []string{"en", "ru", "tr", "az"}
	sites  = []string{"Harbour Post", "Steppe Wire", "Caspian Ledger", "Northern Gazette", "Rail and Port", "The Daily Meridian", "Valley Courier"}
	codes  = []string{"AZ", "KZ", "GE", "AM", "TR", "TM", "UZ", "KG", "TJ", "RU", "IR", "CN", "UA", "PL", "DE", "US"}
	topics = []string{"transport", "energy", "trade", "security", "water", "elections", "sanctions", "migration", "mining", "debt"}
)

// vocabulary is how many different words a language has.
const vocabulary = 20_000

// NewTexts makes a source of texts; the same seed gives the same texts.
func NewTexts(seed uint64) *Texts {
	g := &Texts{r: rand.New(rand.NewPCG(seed, 0x5eed)), words: map[string][]string{}}
	g.zipf = rand.NewZipf(g.r, 1.1, 8, vocabulary-1)
	syllables := map[string][]string{
		"en": strings.Fields("ta re min por con ver al ist ing ment ship er ol und pra"),
		"ru": strings.Fields("по на пре ров ско мин тор дел ник ста вод при жен го ла"),
		"tr": strings.Fields("ler bir yap tan gü şe ıl de mek ka çı liman yol ti ran"),
		"az": strings.Fields("lər də yol ça ğı mək bən də qat əl xə ri san ko mis"),
	}
	for lang, parts := range syllables {
		list := make([]string, vocabulary)
		for i := range list {
			var b strings.Builder
			// Each number in the base of the syllables: all words differ.
			for k := i; ; k /= len(parts) {
				b.WriteString(parts[k%len(parts)])
				if k < len(parts) {
					break
				}
			}
			list[i] = b.String()
		}
		g.words[lang] = list
	}
	return g
}

// Paragraph is a paragraph of so many words.
func (g *Texts) Paragraph(lang string, words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(g.words[lang][g.zipf.Uint64()])
		if i%14 == 13 {
			b.WriteByte('.')
		}
	}
	b.WriteByte('.')
	return b.String()
}

// Capture is the i-th page: a document of about so many words, and a page of
// HTML around it.
func (g *Texts) Capture(i, words int) *notebook.AddCapture {
	lang := langs[g.r.IntN(len(langs))]
	site := sites[g.r.IntN(len(sites))]
	at := Start.Add(-time.Duration(g.r.IntN(5*365*24)) * time.Hour)
	url := fmt.Sprintf("https://%s.example/%s/%d", strings.ReplaceAll(strings.ToLower(site), " ", "-"), at.Format("2006/01/02"), i)
	d := &document.Document{
		Kind: document.Article, Title: g.Paragraph(lang, 6+g.r.IntN(6)), Site: site, Publisher: site, Lang: lang,
		Byline: []string{g.words[lang][g.r.IntN(200)]}, Published: document.Date(at.Format("2006-01-02")), URL: url, CanonicalURL: url,
	}
	var page strings.Builder
	page.WriteString("<!DOCTYPE html><html><head><title>" + d.Title + "</title></head><body><nav>Menu Menu Menu</nav>")
	total := words/2 + g.r.IntN(words+1)
	for total > 0 {
		p := g.Paragraph(lang, min(total, 60)+1)
		total -= 60
		d.Blocks = append(d.Blocks, document.Block{Kind: document.Paragraph, Text: p})
		page.WriteString("<p class=\"story-paragraph\">" + p + "</p>\n")
	}
	page.WriteString("<footer>All rights reserved</footer></body></html>")
	for _, k := range g.r.Perm(len(codes))[:1+g.r.IntN(3)] {
		d.Countries = append(d.Countries, document.CountryCount{Code: codes[k], Mentions: 1 + g.r.IntN(9)})
	}
	d.Finish()
	return &notebook.AddCapture{
		Capture:  notebook.Capture{Name: fmt.Sprintf("page-%d.html", i), MediaType: "text/html", Method: notebook.ByFile, Received: at.Add(48 * time.Hour)},
		Original: []byte(page.String()), Document: d, Tags: []string{topics[g.r.IntN(len(topics))]},
	}
}

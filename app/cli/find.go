package cli

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"sourcebook/importers"
	"sourcebook/importers/citation"
	"sourcebook/importers/dates"
	"sourcebook/importers/language"
	"sourcebook/notebook/country"
	"sourcebook/notebook/document"
)

// passage is a text to look through, as find-* --batch takes it.
type passage struct {
	Text      string        `json:"text"`
	Lang      string        `json:"lang"`
	Published document.Date `json:"published"`
}

// finding holds the flags that the find commands share.
type finding struct {
	Batch     bool   `help:"One {\"text\",\"lang\",\"published\"} a line in, one object a line out."`
	Lang      string `help:"The text's language (BCP 47); default: detected."`
	Published string `placeholder:"YYYY-MM-DD" help:"When the text was published, for dates without a year."`
}

// each calls answer for the text on standard input, or for every line of a batch.
func (f finding) each(r *run, answer func(passage) any) error {
	if !f.Batch {
		b, err := io.ReadAll(io.LimitReader(r.Stdin, importers.MaxBytes+1))
		if err != nil {
			return fmt.Errorf("read standard input: %w", err)
		}
		if len(b) > importers.MaxBytes {
			return fmt.Errorf("read standard input: it has over %d MB; pass it in parts", importers.MaxBytes>>20)
		}
		return r.print(answer(f.fill(passage{Text: string(b)})))
	}
	lines := bufio.NewScanner(r.Stdin)
	lines.Buffer(nil, importers.MaxBytes)
	bad := false
	for n := 1; lines.Scan(); n++ {
		var p passage
		var out any
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			bad, out = true, map[string]string{"error": fmt.Sprintf("line %d is not the JSON that is wanted: %v", n, err)}
		} else {
			out = answer(f.fill(p))
		}
		if err := r.printLine(out); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read standard input: %w", err)
	}
	if bad {
		return errFault
	}
	return nil
}

func (f finding) fill(p passage) passage {
	if p.Lang == "" {
		p.Lang = f.Lang
	}
	if p.Lang == "" {
		p.Lang = language.Detect(p.Text)
	}
	if p.Published == "" {
		p.Published = document.Date(f.Published)
	}
	return p
}

type findCountriesCmd struct {
	finding `embed:""`
}

func (c *findCountriesCmd) Run(r *run) error {
	return c.each(r, func(p passage) any {
		found := country.Find(p.Text, p.Lang)
		if found == nil {
			found = []country.Mention{}
		}
		return map[string]any{"countries": found}
	})
}

type findCitationsCmd struct {
	finding `embed:""`
}

func (c *findCitationsCmd) Run(r *run) error {
	return c.each(r, func(p passage) any {
		found := citation.Find(p.Text, citation.Options{Lang: p.Lang, Published: p.Published})
		if found == nil {
			found = []document.Citation{}
		}
		return map[string]any{"citations": found}
	})
}

type findDatesCmd struct {
	finding `embed:""`
}

// foundDate is one date as find-dates prints it.
type foundDate struct {
	Date         document.Date      `json:"date"`
	Precision    document.Precision `json:"precision"`
	Start        int                `json:"start"`
	End          int                `json:"end"`
	Text         string             `json:"text"`
	YearInferred bool               `json:"date_inferred"`
}

func (c *findDatesCmd) Run(r *run) error {
	return c.each(r, func(p passage) any {
		runes := []rune(p.Text)
		found := []foundDate{}
		for _, f := range dates.Find(p.Text, p.Lang, dates.Options{Reference: p.Published}) {
			found = append(found, foundDate{Date: f.Date, Precision: f.Date.Precision(), Start: f.Start, End: f.End, Text: string(runes[f.Start:f.End]), YearInferred: f.YearInferred})
		}
		return map[string]any{"dates": found}
	})
}

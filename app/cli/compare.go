package cli

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"sourcebook/app/export"
	"sourcebook/notebook"
	"sourcebook/notebook/country"
)

type compareCmd struct {
	Countries []string `arg:"" name:"country" help:"Two to six countries, by code or name."`
	Topics    []string `help:"Only these topics, in this order."`
	Format    string   `default:"text" enum:"text,json,csv,pdf" help:"One of text, json, csv, pdf."`
	Out       string   `placeholder:"FILE" help:"Write to this file; wanted for pdf."`
}

type compareView struct {
	Countries []compareCountry `json:"countries"`
	Rows      []compareRow     `json:"rows"`
}

type compareCountry struct {
	Code country.Code `json:"code"`
	Name string       `json:"name"`
}

type compareRow struct {
	Topic string        `json:"topic"`
	Cells []compareCell `json:"cells"`
}

type compareCell struct {
	Note   string      `json:"note"`
	Claims []claimView `json:"claims"`
}

func (c *compareCmd) Run(r *run) error {
	cc, err := codes(c.Countries)
	if err != nil {
		return err
	}
	if len(cc) < 2 || len(cc) > 6 {
		return usagef("compare sets two to six countries side by side, not %d", len(cc))
	}
	if c.Format == "pdf" {
		if c.Out == "" {
			return usagef("--format pdf needs --out FILE")
		}
		return c.pdf(r, cc)
	}
	return r.view(func(tx *notebook.Tx) error {
		t, err := tx.Compare(cc, c.Topics)
		if err != nil {
			return err
		}
		v, err := viewTable(tx, t)
		if err != nil {
			return err
		}
		if c.Out != "" {
			return export.Atomically(c.Out, func(w io.Writer) error {
				to := *r
				to.Stdout = w
				return c.write(&to, v)
			})
		}
		return c.write(r, v)
	})
}

func viewTable(tx *notebook.Tx, t notebook.Table) (compareView, error) {
	v := compareView{Rows: []compareRow{}}
	for _, cc := range t.Countries {
		v.Countries = append(v.Countries, compareCountry{cc, country.Name(cc, "en")})
	}
	for _, row := range t.Rows {
		rv := compareRow{Topic: row.Topic}
		for _, cell := range row.Cells {
			cv := compareCell{Note: cell.Note, Claims: []claimView{}}
			for _, cl := range cell.Claims {
				clv, err := viewClaim(tx, cl)
				if err != nil {
					return v, err
				}
				cv.Claims = append(cv.Claims, clv)
			}
			rv.Cells = append(rv.Cells, cv)
		}
		v.Rows = append(v.Rows, rv)
	}
	return v, nil
}

func (c *compareCmd) write(r *run, v compareView) error {
	switch {
	case c.Format == "json" || r.json:
		return r.print(v)
	case c.Format == "csv":
		w := csv.NewWriter(r.Stdout)
		head := []string{"topic"}
		for _, cc := range v.Countries {
			head = append(head, cc.Name)
		}
		if err := w.Write(head); err != nil {
			return err
		}
		for _, row := range v.Rows {
			line := []string{cmp.Or(row.Topic, "Without a topic")}
			for _, cell := range row.Cells {
				line = append(line, strings.Join(cell.lines(), "\n"))
			}
			if err := w.Write(line); err != nil {
				return err
			}
		}
		w.Flush()
		return w.Error()
	}
	for _, row := range v.Rows {
		r.printf("%s\n", cmp.Or(row.Topic, "Without a topic"))
		w := tabwriter.NewWriter(r.Stdout, 0, 0, 2, ' ', 0)
		for i, cell := range row.Cells {
			name := v.Countries[i].Name
			lines := cell.lines()
			if len(lines) == 0 {
				lines = []string{"nothing held"}
			}
			for _, l := range lines {
				fmt.Fprintf(w, "  %s\t%s\n", name, l)
				name = ""
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	if len(v.Rows) == 0 {
		r.say("nothing is held on these countries under these topics")
	}
	return nil
}

func (c compareCell) lines() []string {
	var lines []string
	if c.Note != "" {
		lines = append(lines, c.Note)
	}
	for _, cl := range c.Claims {
		lines = append(lines, cl.Grade+" "+cl.Statement)
	}
	return lines
}

func (c *compareCmd) pdf(r *run, cc []country.Code) error {
	return r.read(func(nb *notebook.Notebook) error {
		names := make([]string, len(cc))
		for i, code := range cc {
			names[i] = country.Name(code, "en")
		}
		b := notebook.Briefing{Title: "Comparison: " + strings.Join(names, ", "),
			Parts: []notebook.Part{{Kind: notebook.PartComparison, Countries: cc, Topics: c.Topics}, {Kind: notebook.PartSources}}}
		if err := export.Briefing(r.ctx, nb, b, c.Out, r.Clock()); err != nil {
			return err
		}
		r.say("written: %s", c.Out)
		return nil
	})
}

type matrixCmd struct{}

// matrixView counts claims by pairs of countries: Counts[i][j] is how many name
// both Countries[i] and Countries[j], on the diagonal how many name it at all.
type matrixView struct {
	Countries []country.Code `json:"countries"`
	Counts    [][]int        `json:"counts"`
}

func (c *matrixCmd) Run(r *run) error {
	return r.view(func(tx *notebook.Tx) error {
		pairs := map[[2]country.Code]int{}
		v := matrixView{Countries: []country.Code{}, Counts: [][]int{}}
		for cl, err := range tx.Claims(notebook.ClaimQuery{}) {
			if err != nil {
				return err
			}
			for _, a := range cl.Countries {
				if !slices.Contains(v.Countries, a) {
					v.Countries = append(v.Countries, a)
				}
				for _, b := range cl.Countries {
					pairs[[2]country.Code{a, b}]++
				}
			}
		}
		slices.Sort(v.Countries)
		for _, a := range v.Countries {
			line := make([]int, len(v.Countries))
			for j, b := range v.Countries {
				line[j] = pairs[[2]country.Code{a, b}]
			}
			v.Counts = append(v.Counts, line)
		}
		if r.json {
			return r.print(v)
		}
		w := tabwriter.NewWriter(r.Stdout, 4, 0, 1, ' ', tabwriter.AlignRight)
		fmt.Fprint(w, "\t")
		for _, cc := range v.Countries {
			fmt.Fprintf(w, "%s\t", cc)
		}
		fmt.Fprintln(w)
		for i, line := range v.Counts {
			fmt.Fprintf(w, "%s\t", v.Countries[i])
			for _, n := range line {
				if n == 0 {
					fmt.Fprint(w, "·\t")
				} else {
					fmt.Fprintf(w, "%d\t", n)
				}
			}
			fmt.Fprintln(w)
		}
		return w.Flush()
	})
}

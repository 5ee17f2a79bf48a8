package cli

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"sourcebook/importers"
	"sourcebook/notebook/document"
)

type extractCmd struct {
	File    string `arg:"" optional:"" help:"The file to read, or - for standard input."`
	Batch   bool   `help:"Read file names from standard input, one a line; print one JSON object a line, in that order."`
	URL     string `name:"url" help:"The address that the capture came from."`
	Charset string `help:"The character set, where what the file says of itself is wrong."`
}

func (c *extractCmd) Run(r *run) error {
	if c.Batch {
		return c.batch(r)
	}
	if c.File == "" {
		return usagef("extract needs a file, or - for standard input")
	}
	d, err := c.read(r, c.File)
	if err != nil {
		return err
	}
	if r.json {
		return r.print(d)
	}
	printDocument(r.Stdout, d)
	return nil
}

func (c *extractCmd) read(r *run, name string) (*document.Document, error) {
	in := importers.Input{Name: filepath.Base(name), URL: c.URL, Charset: c.Charset, Received: r.Clock()}
	var err error
	if name == "-" {
		in.Name = ""
		in.Bytes, err = io.ReadAll(io.LimitReader(r.Stdin, importers.MaxBytes+1))
	} else {
		in.Bytes, err = readCapped(name)
	}
	if err != nil {
		return nil, err
	}
	return importers.Read(r.ctx, in)
}

// readCapped reads a file up to one byte more than importers take, so that a
// huge one is refused without being loaded.
func readCapped(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w; check the name and its permissions", name, unpath(err))
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, importers.MaxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, unpath(err))
	}
	return b, nil
}

// unpath drops the path from a file error whose message names it already.
func unpath(err error) error {
	if pe, ok := err.(*os.PathError); ok {
		return pe.Err
	}
	return err
}

// batchLine is one answer of extract --batch.
type batchLine struct {
	File  string `json:"file"`
	Error string `json:"error,omitempty"`
	*document.Document
}

// batch reads the named files on two workers and answers in their order.
func (c *extractCmd) batch(r *run) error {
	const workers = 2
	type job struct {
		name string
		out  chan batchLine
	}
	queue := make(chan job, workers)
	order := make(chan job, 2*workers)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range queue {
				line := batchLine{File: j.name}
				d, err := c.read(r, j.name)
				if err != nil {
					line.Error = oneLine(err)
				} else {
					line.Document = d
				}
				j.out <- line
			}
		}()
	}
	var scanErr error
	go func() {
		defer close(order)
		defer close(queue)
		names := bufio.NewScanner(r.Stdin)
		names.Buffer(nil, 1<<20)
		for names.Scan() {
			name := strings.TrimSpace(names.Text())
			if name == "" {
				continue
			}
			j := job{name, make(chan batchLine, 1)}
			order <- j
			queue <- j
		}
		scanErr = names.Err()
	}()
	failed := false
	for j := range order {
		line := <-j.out
		failed = failed || line.Error != ""
		if err := r.printLine(line); err != nil {
			return fmt.Errorf("write the answer for %s: %w", j.name, err)
		}
	}
	wg.Wait()
	if scanErr != nil {
		return fmt.Errorf("read the file names: %w", scanErr)
	}
	if failed {
		return errFault
	}
	return nil
}

// printDocument writes d for people: metadata, then the text.
func printDocument(w io.Writer, d *document.Document) {
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "%-12s %s\n", name, value)
		}
	}
	field("kind", string(d.Kind))
	field("title", d.Title)
	field("byline", strings.Join(d.Byline, "; "))
	field("site", d.Site)
	field("original", d.OriginalPublisher)
	field("section", d.Section)
	field("published", string(d.Published))
	field("language", d.Lang)
	field("address", d.URL)
	if s := d.Search; s != nil {
		field("engine", s.Engine)
		field("query", s.Query)
	}
	if s := d.SharedBy; s != nil {
		field("shared by", strings.TrimSpace(s.Name+" "+s.Handle+" "+string(s.Date)))
	}
	var cc []string
	for _, c := range d.Countries {
		cc = append(cc, fmt.Sprintf("%s %d", c.Code, c.Mentions))
	}
	field("countries", strings.Join(cc, ", "))
	if d.Standfirst != "" {
		fmt.Fprintf(w, "\n%s\n", d.Standfirst)
	}
	for _, b := range d.Blocks {
		switch b.Kind {
		case document.Heading:
			fmt.Fprintf(w, "\n%s %s\n", strings.Repeat("#", max(b.Level, 1)), b.Text)
		case document.ListItem:
			fmt.Fprintf(w, "%s- %s\n", strings.Repeat("  ", max(b.Level-1, 0)), b.Text)
		case document.Quote:
			fmt.Fprintf(w, "\n> %s\n", strings.ReplaceAll(b.Text, "\n", "\n> "))
		default:
			fmt.Fprintf(w, "\n%s\n", b.Text)
		}
	}
	if d.Search != nil && len(d.Search.Results) > 0 {
		fmt.Fprintln(w)
		for _, res := range d.Search.Results {
			fmt.Fprintf(w, "%2d. %s\n    %s\n", res.Rank, res.Title, res.URL)
		}
	}
	if len(d.Citations) > 0 {
		fmt.Fprintf(w, "\ncites\n")
		for _, c := range d.Citations {
			fmt.Fprintf(w, "  %s\n", c.Text)
		}
	}
	for _, warn := range d.Warnings {
		fmt.Fprintf(w, "\nwarning: %s\n", warn)
	}
}

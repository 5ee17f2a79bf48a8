package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

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
	in, closer, err := c.open(r, c.File)
	if err != nil {
		return err
	}
	defer closer.Close()
	a := answer{r: r, shape: people}
	if r.json {
		a.shape = indented
	}
	return a.read(in)
}

// open gives what is to be read: standard input in memory, a file as it lies.
func (c *extractCmd) open(r *run, name string) (importers.Input, io.Closer, error) {
	in := importers.Input{Name: filepath.Base(name), URL: c.URL, Charset: c.Charset, Received: r.Clock()}
	if name == "-" {
		in.Name = ""
		var err error
		if in.Bytes, err = io.ReadAll(io.LimitReader(r.Stdin, importers.MaxBytes+1)); err != nil {
			return in, nil, fmt.Errorf("read standard input: %w", err)
		}
		if len(in.Bytes) > importers.MaxBytes {
			return in, nil, &importers.Error{Name: "standard input", Err: importers.ErrTooLarge, Next: fmt.Sprintf("at most %d MB of it can be read: save it as a file and name that", importers.MaxBytes>>20)}
		}
		return in, io.NopCloser(nil), nil
	}
	f, err := os.Open(name)
	if err != nil {
		return in, nil, fmt.Errorf("read %s: %w; check the name and its permissions", name, unpath(err))
	}
	st, err := f.Stat()
	if err == nil && !st.Mode().IsRegular() {
		err = errors.New("it is not a regular file")
	}
	if err != nil {
		f.Close()
		return in, nil, fmt.Errorf("read %s: %w; name a file", name, unpath(err))
	}
	in.File, in.Size = f, st.Size()
	return in, f, nil
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

// shape says how an answer is written.
type shape int

const (
	people   shape = iota // for people
	indented              // one JSON document
	line                  // a line of JSON that begins with the file's name
)

// answer writes what is read out of one file: the document or, of a file that
// holds several captures, {"kind":"collection","items":[…]}, each item written
// as soon as it is read.
type answer struct {
	r      *run
	shape  shape
	file   string // as it was named, in a line
	first  *importers.Part
	items  int
	listed bool // the collection is begun
	failed bool
}

// item is a capture in an answer.
type item struct {
	File  string `json:"file,omitempty"`
	Error string `json:"error,omitempty"`
	*document.Document
}

func itemOf(name string, p importers.Part) item {
	if p.Err != nil {
		return item{File: name, Error: oneLine(p.Err)}
	}
	return item{File: name, Document: p.Document}
}

// read reads in and writes the answer. The error of a file that holds one
// capture which cannot be read comes back unwritten, but for a line.
func (a *answer) read(in importers.Input) error {
	a.listed = importers.Collection(in)
	if a.listed {
		if err := a.begin(); err != nil {
			return err
		}
	}
	if err := importers.ReadEach(a.r.ctx, in, a.part); err != nil {
		return err
	}
	return a.end()
}

// part takes the next capture. The first waits until there is a second one.
func (a *answer) part(p importers.Part) error {
	if !a.listed && a.first == nil {
		a.first = &p
		return nil
	}
	if !a.listed {
		a.listed = true
		if err := a.begin(); err != nil {
			return err
		}
		if err := a.write(*a.first); err != nil {
			return err
		}
	}
	return a.write(p)
}

func (a *answer) begin() error {
	head := ""
	switch a.shape {
	case indented:
		head = "{\n  \"kind\": \"collection\",\n  \"items\": ["
	case line:
		name, err := jsonText(a.file, "", "")
		if err != nil {
			return err
		}
		head = `{"file":` + name + `,"kind":"collection","items":[`
	}
	_, err := io.WriteString(a.r.Stdout, head)
	return err
}

// write writes one item of a collection.
func (a *answer) write(p importers.Part) error {
	a.items++
	a.failed = a.failed || p.Err != nil
	if a.shape == people {
		fmt.Fprintf(a.r.Stdout, "%s== %s\n", strings.Repeat("\n", min(a.items-1, 1)), p.Input.Name)
		if p.Err != nil {
			fmt.Fprintf(a.r.Stdout, "\nnot read: %s\n", oneLine(p.Err))
		} else {
			printDocument(a.r.Stdout, p.Document)
		}
		return nil
	}
	prefix, indent, before := "", "", ""
	if a.items > 1 {
		before = ","
	}
	if a.shape == indented {
		prefix, indent = "    ", "  "
		before += "\n    "
	}
	text, err := jsonText(itemOf(p.Input.Name, p), prefix, indent)
	if err != nil {
		return err
	}
	_, err = io.WriteString(a.r.Stdout, before+text)
	return err
}

// end closes the answer.
func (a *answer) end() error {
	var err error
	switch {
	case a.listed && a.shape == indented:
		_, err = io.WriteString(a.r.Stdout, "\n  ]\n}\n")
	case a.listed && a.shape == line:
		if _, err = io.WriteString(a.r.Stdout, "]}\n"); err == nil {
			err = flush(a.r.Stdout)
		}
	case a.listed:
		if a.items == 0 {
			fmt.Fprintln(a.r.Stdout, "nothing in it that can be read")
		}
	case a.shape == line:
		a.failed = a.first.Err != nil
		err = a.r.printLine(itemOf(a.file, *a.first))
	case a.first.Err != nil:
		return a.first.Err
	case a.shape == indented:
		err = a.r.print(a.first.Document)
	default:
		printDocument(a.r.Stdout, a.first.Document)
	}
	if err == nil && (a.failed || a.listed && a.items == 0) {
		err = errFault
	}
	return err
}

// flush hands on what was written, so that a program at the other end can go on.
func flush(w io.Writer) error {
	if f, ok := w.(interface{ Flush() error }); ok {
		return f.Flush()
	}
	return nil
}

// jsonText is v as JSON without a line end.
func jsonText(v any, prefix, indent string) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent(prefix, indent)
	err := enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// batch reads the named files on all cores and answers in their order. A file
// that holds several captures is read when it is its turn, so that its items
// need not be kept.
func (c *extractCmd) batch(r *run) error {
	if os.Getenv("GOGC") == "" {
		// What one file needs is small beside what is collected after it: rarer
		// collections save a tenth of the time for some 10 MB.
		defer debug.SetGCPercent(debug.SetGCPercent(150))
	}
	workers := runtime.GOMAXPROCS(0)
	type read struct {
		part   importers.Part
		in     importers.Input // of a file that holds several
		closer io.Closer
	}
	type job struct {
		name string
		out  chan read
	}
	queue := make(chan job, workers)
	order := make(chan job, 2*workers)
	for range workers {
		go func() {
			for j := range queue {
				in, closer, err := c.open(r, j.name)
				switch {
				case err != nil:
					j.out <- read{part: importers.Part{Err: err}}
				case importers.Several(in):
					j.out <- read{in: in, closer: closer}
				default:
					d, err := importers.Read(r.ctx, in)
					closer.Close()
					j.out <- read{part: importers.Part{Document: d, Err: err}}
				}
			}
		}()
	}
	var scanErr error
	done := make(chan struct{})
	defer close(done)
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
			j := job{name, make(chan read, 1)}
			for _, to := range []chan job{order, queue} {
				select {
				case to <- j:
				case <-done:
					return
				}
			}
		}
		scanErr = names.Err()
	}()
	failed := false
	for j := range order {
		got := <-j.out
		a := answer{r: r, shape: line, file: j.name}
		var err error
		if got.closer != nil {
			err = a.read(got.in)
			got.closer.Close()
		} else {
			a.first = &got.part
			err = a.end()
		}
		switch {
		case errors.Is(err, errFault):
			failed = true
		case err != nil:
			return fmt.Errorf("write the answer for %s: %w", j.name, err)
		}
	}
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

// Package intake brings captures into a notebook: it reads files, folders and
// pasted text, has package importers read them, and maps what comes out to
// notebook commands. It is the one place where an importer's values become
// entries, for the window and the command line alike.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"sourcebook/importers"
	"sourcebook/importers/fetch"
	"sourcebook/notebook"
	"sourcebook/notebook/document"
)

// Item is one thing to import: a file by its Path, Bytes that are there
// already, or, where there is neither, the page at URL.
type Item struct {
	Path     string
	Bytes    []byte
	Name     string // for messages where there is no path: "pasted text"
	URL      string // where it came from, or is to be fetched from
	Charset  string // overrides what the bytes say of themselves
	Method   notebook.Method
	Received time.Time // zero: now
}

// Label names the item for people.
func (i Item) Label() string {
	switch {
	case i.Name != "":
		return i.Name
	case i.Path != "":
		return filepath.Base(i.Path)
	case i.URL != "":
		return i.URL
	}
	return "pasted text"
}

// Options says how items are imported. The zero value works.
type Options struct {
	Tags    []string
	Folder  string
	Clock   func() time.Time // nil: time.Now
	Workers int              // how many are read at once; zero: one a core
	Fetcher *fetch.Fetcher   // nil: one with the default options
}

// Progress is told after every item, in order.
type Progress struct {
	Done, Total int
	Last        Result
}

// Result is what became of one item.
type Result struct {
	Item     Item
	Err      error // nil where it is in the notebook
	Source   notebook.SourceID
	Outcome  notebook.Outcome
	Kind     document.Kind
	Title    string
	Warnings []string
}

// Summary is what became of a batch, in the order of its items.
type Summary struct {
	Results   []Result
	Added     int // new sources
	Versions  int // later captures of held sources
	Held      int // the same bytes or the same text were there
	Failed    int
	Cancelled bool // the rest of the items, without a result, was not tried
}

// Importer imports into one notebook.
type Importer struct {
	nb *notebook.Notebook
	o  Options
}

// New makes an importer for nb.
func New(nb *notebook.Notebook, o Options) *Importer {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Fetcher == nil {
		o.Fetcher = fetch.New(fetch.Options{Clock: o.Clock})
	}
	return &Importer{nb: nb, o: o}
}

// read is an item after the reading and before the keeping.
type read struct {
	item      Item
	bytes     []byte
	mediaType string // as a server stated it
	doc       *document.Document
	err       error
}

// Import reads items, several at once, and keeps them in their order, one
// change each. One bad item does not stop the rest. Cancelling ctx stops after
// the item that is being kept; what was kept stays. progress may be nil; it is
// called on the calling goroutine.
func (im *Importer) Import(ctx context.Context, items []Item, progress func(Progress)) Summary {
	sum := Summary{Results: make([]Result, 0, len(items))}
	// Every item has a slot of one; the window of slots in flight bounds memory
	// to a few captures however long the batch is.
	slots := make([]chan read, len(items))
	for i := range slots {
		slots[i] = make(chan read, 1)
	}
	readCtx, stop := context.WithCancel(ctx)
	defer stop()
	inFlight := make(chan struct{}, 2*im.o.Workers)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(im.o.Workers, len(items)) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range next {
				slots[i] <- im.read(readCtx, items[i], len(items) > 1)
			}
		}()
	}
	go func() {
		defer close(next)
		for i := range items {
			select {
			case inFlight <- struct{}{}:
			case <-readCtx.Done():
				return
			}
			select {
			case next <- i:
			case <-readCtx.Done():
				return
			}
		}
	}()
	for i, item := range items {
		var r read
		select {
		case r = <-slots[i]:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			sum.Cancelled = true
			break
		}
		<-inFlight
		res := im.keep(item, r)
		sum.add(res)
		if progress != nil {
			progress(Progress{Done: i + 1, Total: len(items), Last: res})
		}
	}
	stop()
	wg.Wait()
	return sum
}

func (s *Summary) add(r Result) {
	s.Results = append(s.Results, r)
	switch {
	case r.Err != nil:
		s.Failed++
	case r.Outcome == notebook.NewSource:
		s.Added++
	case r.Outcome == notebook.NewVersion:
		s.Versions++
	default:
		s.Held++
	}
}

// read gets and reads one item. Of a batch, pages are fetched politely.
func (im *Importer) read(ctx context.Context, item Item, batch bool) (r read) {
	r.item = item
	// A fault in a reader must not take the other items with it.
	defer func() {
		if p := recover(); p != nil {
			r.doc, r.err = nil, fmt.Errorf("read %s: an internal fault (%v); nothing was changed, please report it with the file", item.Label(), p)
		}
	}()
	switch {
	case item.Bytes != nil:
		r.bytes = item.Bytes
	case item.Path != "":
		r.bytes, r.err = readFile(item)
	default:
		get := im.o.Fetcher.Fetch
		if batch {
			get = im.o.Fetcher.FetchPolitely
		}
		var p fetch.Page
		if p, r.err = get(ctx, item.URL); r.err == nil {
			r.bytes, r.mediaType, r.item.URL, r.item.Received = p.Bytes, p.ContentType, p.URL, p.Fetched
		}
	}
	if r.err != nil {
		return r
	}
	if r.item.Received.IsZero() {
		r.item.Received = im.o.Clock()
	}
	r.doc, r.err = importers.Read(ctx, importers.Input{
		Bytes: r.bytes, Name: nameOf(r.item), MediaType: r.mediaType, URL: r.item.URL, Charset: r.item.Charset, Received: r.item.Received,
	})
	return r
}

func nameOf(i Item) string {
	if i.Path != "" {
		return filepath.Base(i.Path)
	}
	return i.Name
}

// readFile reads a regular file within the size that importers take. A file
// that is too large is not read at all.
func readFile(item Item) ([]byte, error) {
	st, err := os.Stat(item.Path)
	if err != nil {
		return nil, fileFault(item, err)
	}
	if !st.Mode().IsRegular() {
		return nil, &importers.Error{Name: item.Label(), Err: importers.ErrUnsupported, Next: "it is not a regular file"}
	}
	if st.Size() > importers.MaxBytes {
		return nil, &importers.Error{Name: item.Label(), Err: importers.ErrTooLarge,
			Next: fmt.Sprintf("it has %d MB, at most %d MB can be read; save only the page or the part you need", st.Size()>>20, importers.MaxBytes>>20)}
	}
	b, err := os.ReadFile(item.Path)
	if err != nil {
		return nil, fileFault(item, err)
	}
	return b, nil
}

func fileFault(item Item, err error) error {
	next := ""
	switch {
	case errors.Is(err, fs.ErrNotExist):
		next = "check the name"
	case errors.Is(err, fs.ErrPermission):
		next = "you may not read it: change its permissions or copy it"
	}
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err // the path is in the label already
	}
	return &importers.Error{Name: item.Label(), Err: err, Next: next}
}

func (im *Importer) keep(item Item, r read) Result {
	res := Result{Item: item, Err: r.err}
	if r.err != nil {
		return res
	}
	cmd := command(r, im.o)
	if _, err := im.nb.Do(cmd); err != nil {
		res.Err = fmt.Errorf("keep %s: %w", item.Label(), err)
		return res
	}
	res.Source, res.Outcome = cmd.SourceID, cmd.Outcome
	res.Kind, res.Title, res.Warnings = r.doc.Kind, r.doc.Title, r.doc.Warnings
	return res
}

// command maps one read item to the command that keeps it.
func command(r read, o Options) *notebook.AddCapture {
	return &notebook.AddCapture{
		Capture: notebook.Capture{
			Name: nameOf(r.item), URL: firstOf(r.item.URL, r.doc.URL), Method: r.item.Method,
			MediaType: firstOf(r.mediaType, mediaType(r.bytes)), Received: r.item.Received,
		},
		Original: r.bytes,
		Document: r.doc,
		Tags:     o.Tags,
		Folder:   o.Folder,
	}
}

func firstOf(words ...string) string {
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			return w
		}
	}
	return ""
}

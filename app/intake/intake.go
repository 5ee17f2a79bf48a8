// Package intake brings captures into a notebook: it reads files, folders and
// pasted text, has package importers read them, and maps what comes out to
// notebook commands. It is the one place where an importer's values become
// entries, for the window and the command line alike.
package intake

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
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

// Progress is told after every item, in order, and of a file that holds several
// captures after each of these as well.
type Progress struct {
	Done, Total int    // items, of which the one at hand is not done while Part counts
	Part        int    // captures of the file at hand; zero when an item is done
	Last        Result // of the capture; of a file that held several only its Item
}

// Result is what became of one capture: an item, or a part of one, whose Item is
// named after both ("pages.zip > rail.html") and has neither path nor bytes.
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
	Items     int // that were tried to their end
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

// read is a capture after the reading and before the keeping.
type read struct {
	asked Item // as it was given
	item  Item // with what was found out: where it was at last, and when
	in    importers.Input
	doc   *document.Document
	err   error
	// several is set for a file that may hold several captures: it is read when it
	// is its turn, from file where it was not loaded.
	several bool
	file    io.Closer
}

func (r read) close() {
	if r.file != nil {
		r.file.Close()
	}
}

// Import reads items, several at once, and keeps them in their order, one
// change each; of a file that holds several captures each is kept as a source of
// its own. One bad item does not stop the rest. Cancelling ctx stops after the
// capture that is being kept; what was kept stays. progress may be nil; it is
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
	for i := range items {
		var r read
		select {
		case r = <-slots[i]:
		case <-ctx.Done():
		}
		if ctx.Err() != nil {
			r.close()
			sum.Cancelled = true
			break
		}
		<-inFlight
		tell := func(p Progress) {
			if p.Total = len(items); progress != nil {
				progress(p)
			}
		}
		if !r.several {
			res := im.keep(r)
			sum.add(res)
			sum.Items++
			tell(Progress{Done: i + 1, Last: res})
			continue
		}
		parts := 0
		err := im.keepEach(ctx, r, func(res Result) {
			sum.add(res)
			parts++
			tell(Progress{Done: i, Part: parts, Last: res})
		})
		if err != nil { // only that of ctx
			sum.Cancelled = true
			break
		}
		sum.Items++
		tell(Progress{Done: i + 1, Last: Result{Item: r.asked}})
	}
	stop()
	wg.Wait()
	for _, s := range slots { // what was opened and not come to
		select {
		case r := <-s:
			r.close()
		default:
		}
	}
	return sum
}

// keepEach reads and keeps the captures of one file.
func (im *Importer) keepEach(ctx context.Context, r read, each func(Result)) error {
	defer r.close()
	none := true
	err := importers.ReadEach(ctx, r.in, func(p importers.Part) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		none = false
		part := read{asked: r.asked, item: r.item, in: p.Input, doc: p.Document, err: p.Err}
		if p.Input.Name != r.in.Name {
			part.item = Item{Name: p.Input.Name, URL: p.Input.URL, Method: r.item.Method, Received: p.Input.Received}
			part.asked = part.item
		}
		each(im.keep(part))
		return nil
	})
	if err == nil && none {
		each(Result{Item: r.asked, Err: &importers.Error{Name: r.item.Label(), Err: importers.ErrEmpty, Next: "there is no page in it, and no text that can be read"}})
	}
	return err
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
	r.asked, r.item = item, item
	// A fault in a reader must not take the other items with it.
	defer func() {
		if p := recover(); p != nil {
			r.release()
			r.doc, r.err = nil, fmt.Errorf("read %s: an internal fault (%v); nothing was changed, please report it with the file", item.Label(), p)
		}
	}()
	r.in = importers.Input{Bytes: item.Bytes, Name: nameOf(item), Charset: item.Charset}
	switch {
	case item.Bytes != nil:
	case item.Path != "":
		r.err = r.open()
	default:
		get := im.o.Fetcher.Fetch
		if batch {
			get = im.o.Fetcher.FetchPolitely
		}
		var p fetch.Page
		if p, r.err = get(ctx, item.URL); r.err == nil {
			r.in.Bytes, r.in.MediaType, r.item.URL, r.item.Received = p.Bytes, p.ContentType, p.URL, p.Fetched
		}
	}
	if r.err != nil {
		return r
	}
	if r.item.Received.IsZero() {
		r.item.Received = im.o.Clock()
	}
	r.in.URL, r.in.Received = r.item.URL, r.item.Received
	if importers.Several(r.in) {
		r.several = true
		return r
	}
	defer r.release()
	err := importers.ReadEach(ctx, r.in, func(p importers.Part) error {
		r.in, r.doc, r.err = p.Input, p.Document, p.Err
		return nil
	})
	if err != nil {
		r.err = err
	}
	return r
}

// release closes the file of a capture that is loaded.
func (r *read) release() {
	r.close()
	r.file = nil
}

// open opens a regular file. It is not loaded yet: it may be a large archive.
func (r *read) open() error {
	st, err := os.Stat(r.item.Path)
	if err != nil {
		return fileFault(r.item, err)
	}
	if !st.Mode().IsRegular() {
		return &importers.Error{Name: r.item.Label(), Err: importers.ErrUnsupported, Next: "it is not a regular file"}
	}
	f, err := os.Open(r.item.Path)
	if err != nil {
		return fileFault(r.item, err)
	}
	r.file, r.in.File, r.in.Size = f, f, st.Size()
	return nil
}

func nameOf(i Item) string {
	if i.Path != "" {
		return filepath.Base(i.Path)
	}
	return i.Name
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

func (im *Importer) keep(r read) Result {
	res := Result{Item: r.asked, Err: r.err}
	if r.err != nil {
		return res
	}
	cmd := command(r, im.o)
	if _, err := im.nb.Do(cmd); err != nil {
		res.Err = fmt.Errorf("keep %s: %w", r.asked.Label(), err)
		return res
	}
	res.Source, res.Outcome = cmd.SourceID, cmd.Outcome
	res.Kind, res.Title, res.Warnings = r.doc.Kind, r.doc.Title, r.doc.Warnings
	return res
}

// command maps one capture to the command that keeps it.
func command(r read, o Options) *notebook.AddCapture {
	return &notebook.AddCapture{
		Capture: notebook.Capture{
			Name: nameOf(r.item), URL: cmp.Or(r.item.URL, r.doc.URL), Method: r.item.Method,
			MediaType: cmp.Or(r.in.MediaType, mediaType(r.in.Bytes)), Received: r.item.Received,
		},
		Original: r.in.Bytes,
		Document: r.doc,
		Tags:     o.Tags,
		Folder:   o.Folder,
	}
}
